/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Four children: the head of the left half, that of the right one, and their
 * bodies.  Beside each other where there is room; below a width of "ems" times
 * the letter M the heads stay beside each other, like tabs, and only the body
 * of the half that is chosen (0 or 1) is there; property "narrow" tells. */

#define PC_TYPE_HALVES_LAYOUT (pc_halves_layout_get_type ())
G_DECLARE_FINAL_TYPE (PcHalvesLayout, pc_halves_layout, PC, HALVES_LAYOUT,
                      GtkLayoutManager)

void pc_halves_layout_set_chosen (PcHalvesLayout *self,
                                  guint           half);

G_END_DECLS
