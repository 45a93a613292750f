/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/step.h"

G_BEGIN_DECLS

/* One field in words: its name, its value, what it is for.  A click activates
 * "inspector.field" with its index; keys do so on the field's chip. */

#define PC_TYPE_FIELD_ROW (pc_field_row_get_type ())
G_DECLARE_FINAL_TYPE (PcFieldRow, pc_field_row, PC, FIELD_ROW, GtkWidget)

GtkWidget *pc_field_row_new (PcStep  *step,
                             guint    index,
                             gboolean reveal);
guint      pc_field_row_get_index (PcFieldRow *self);
void       pc_field_row_set_lit (PcFieldRow *self,
                                 gboolean    lit);

G_END_DECLS
