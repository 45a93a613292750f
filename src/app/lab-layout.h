/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Four children: tabs, what one does, what happens, and what came of it.  The
 * first of these is as wide as it likes to be; beside it are the other two,
 * one below the other.  Below a width of "ems" times the letter M the tabs
 * appear, and only the one that is chosen (0, 1 or 2) is there.  Property
 * "first-ems": how wide the first one is beside others, in place of what it
 * likes, where that changes; 0 for none.  Property "first-high": how high it
 * is at most, in such letters too; 0 for as high as the whole. */

#define PC_TYPE_LAB_LAYOUT (pc_lab_layout_get_type ())
G_DECLARE_FINAL_TYPE (PcLabLayout, pc_lab_layout, PC, LAB_LAYOUT,
                      GtkLayoutManager)

void pc_lab_layout_set_chosen (PcLabLayout *self,
                               guint        chosen);

G_END_DECLS
