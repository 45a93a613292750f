/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"

#include "quiz/bank-edit.h"

G_BEGIN_DECLS

/* The window in which one writes questions: which bank, its questions, the
 * form of one, and what the checker says of it meanwhile.  Its commands
 * ("win."): "bank-new", "bank-open" and "bank-copy" (s: a path), "open-bank",
 * "save", "save-as", "undo", "redo", "new-item", "add-item" (s: a type),
 * "duplicate", "remove-item", "move-item" (i: -1 or 1), "view" (s: form,
 * preview, json), "mistakes", "find", "banks". */

#define PC_TYPE_BANK_EDITOR (pc_bank_editor_get_type ())
G_DECLARE_FINAL_TYPE (PcBankEditor, pc_bank_editor, PC, BANK_EDITOR,
                      GtkApplicationWindow)

GtkWidget  *pc_bank_editor_new (GtkApplication *app,
                                PcContent      *content);
/* What is written; NULL while a bank is to be chosen. */
PcBankEdit *pc_bank_editor_get_edit (PcBankEditor *self);
/* Whether all that was typed is checked, and the keys are proven. */
gboolean    pc_bank_editor_is_checked (PcBankEditor *self);
/* What is wrong; NULL while nothing was checked. */
PcProblems *pc_bank_editor_get_problems (PcBankEditor *self);

G_END_DECLS
