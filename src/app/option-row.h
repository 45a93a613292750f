/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/item.h"

G_BEGIN_DECLS

/* One option of a question as a large button: its key, its text, and after
 * the answer whether it was right and what is to be said of it. */

#define PC_TYPE_OPTION_ROW (pc_option_row_get_type ())
G_DECLARE_FINAL_TYPE (PcOptionRow, pc_option_row, PC, OPTION_ROW,
                      GtkToggleButton)

/* @index: of the option in @item; @key: the digit that chooses it. */
GtkWidget *pc_option_row_new (PcItem     *item,
                              guint       index,
                              guint       key,
                              const char *language);
guint      pc_option_row_get_index (PcOptionRow *self);
/* Whether only one option of its item can be chosen. */
gboolean   pc_option_row_get_single (PcOptionRow *self);
/* Shows the verdict on it. @chosen: it was the answer, or part of it. */
void       pc_option_row_reveal (PcOptionRow *self,
                                 gboolean     chosen);

G_END_DECLS
