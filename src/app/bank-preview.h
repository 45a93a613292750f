/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/bank.h"

G_BEGIN_DECLS

/* A question as who learns sees it; it can be answered, and nothing is
 * remembered. */

#define PC_TYPE_BANK_PREVIEW (pc_bank_preview_get_type ())
G_DECLARE_FINAL_TYPE (PcBankPreview, pc_bank_preview, PC, BANK_PREVIEW,
                      GtkWidget)

/* The commands of the question, for the window. */
void pc_bank_preview_add_actions (PcBankPreview *self,
                                  GActionMap    *map);
/* @bank NULL, or without such a question: says that it has mistakes. */
void pc_bank_preview_show (PcBankPreview *self,
                           PcBank        *bank,
                           const char    *item);

G_END_DECLS
