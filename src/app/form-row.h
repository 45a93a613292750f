/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/item.h"

G_BEGIN_DECLS

/* One setting of an account: its label and what it is entered with: a list, a
 * text, a switch.  Emits "changed". */

#define PC_TYPE_FORM_ROW (pc_form_row_get_type ())
G_DECLARE_FINAL_TYPE (PcFormRow, pc_form_row, PC, FORM_ROW, GtkWidget)

GtkWidget  *pc_form_row_new (PcItem     *item,
                             guint       field,
                             const char *language);
/* As pc_answer_set_field() takes it; NULL for nothing.  Until it changes. */
const char *pc_form_row_get_value (PcFormRow *self);
/* NULL for nothing.  FALSE when there is no such choice. */
gboolean    pc_form_row_set_value (PcFormRow  *self,
                                   const char *value);
/* @words: what pc_part_mark_set() shows. */
void        pc_form_row_reveal (PcFormRow  *self,
                                gboolean    right,
                                const char *words);

G_END_DECLS
