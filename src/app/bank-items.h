/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/bank-edit.h"

G_BEGIN_DECLS

/* The questions of a bank that is written, to choose one; each says whether it
 * has mistakes.  The first row is the bank itself.
 *
 * Signal "chosen": another one is. */

#define PC_TYPE_BANK_ITEMS (pc_bank_items_get_type ())
G_DECLARE_FINAL_TYPE (PcBankItems, pc_bank_items, PC, BANK_ITEMS, GtkWidget)

#define PC_BANK_ITEMS_HEAD (-1)

/* The head is chosen then. */
void pc_bank_items_set_edit (PcBankItems *self,
                             PcBankEdit  *edit);
void pc_bank_items_set_problems (PcBankItems *self,
                                 PcProblems  *problems);
/* The number of a question, or PC_BANK_ITEMS_HEAD. */
int  pc_bank_items_get_chosen (PcBankItems *self);
/* Also one that the search hides; then it ends. */
void pc_bank_items_choose (PcBankItems *self,
                           int          index);
void pc_bank_items_focus_search (PcBankItems *self);

G_END_DECLS
