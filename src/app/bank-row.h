/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/bank.h"

G_BEGIN_DECLS

/* A question bank to choose; activates "win.quiz-start" with its id. */

#define PC_TYPE_BANK_ROW (pc_bank_row_get_type ())
G_DECLARE_FINAL_TYPE (PcBankRow, pc_bank_row, PC, BANK_ROW, GtkListBoxRow)

GtkWidget *pc_bank_row_new (PcBank *bank);

G_END_DECLS
