/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"

#include "quiz/bank-form.h"

G_BEGIN_DECLS

/* The form of one question of a bank, or of the bank's head.  What is typed
 * stands in the PcBankEdit at once; what changes there is shown.  Parts that
 * are closed are made when they are opened. */

#define PC_TYPE_BANK_FORM (pc_bank_form_get_type ())
G_DECLARE_FINAL_TYPE (PcBankForm, pc_bank_form, PC, BANK_FORM, GtkWidget)

/* @content: what can be chosen from. */
void  pc_bank_form_set_content (PcBankForm *self,
                                PcContent  *content);
/* @pointer: "/items/3", or "" for the head of the bank. */
void  pc_bank_form_show (PcBankForm *self,
                         PcBankEdit *edit,
                         const char *pointer);
/* Takes the person to the field of @pointer, or to what is nearest. */
void  pc_bank_form_focus (PcBankForm *self,
                          const char *pointer);

G_END_DECLS
