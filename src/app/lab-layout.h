/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Three children: tabs, what one does, and what comes of it.  The latter two
 * stand beside each other, the first as wide as it likes to be; below a width
 * of "ems" times the letter M the tabs appear, and only the one that is chosen
 * (0 or 1) is there. */

#define PC_TYPE_LAB_LAYOUT (pc_lab_layout_get_type ())
G_DECLARE_FINAL_TYPE (PcLabLayout, pc_lab_layout, PC, LAB_LAYOUT,
                      GtkLayoutManager)

void pc_lab_layout_set_chosen (PcLabLayout *self,
                               guint        chosen);

G_END_DECLS
