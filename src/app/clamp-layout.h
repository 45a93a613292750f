/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps the children of a widget from growing wider than a line that is good
 * to read, and puts them in the middle.  Property "ems": that width in widths
 * of the letter M, so that it grows with the text. */

#define PC_TYPE_CLAMP_LAYOUT (pc_clamp_layout_get_type ())
G_DECLARE_FINAL_TYPE (PcClampLayout, pc_clamp_layout, PC, CLAMP_LAYOUT,
                      GtkLayoutManager)

/* The size of @widget's font in pixels: the em of its text. */
double pc_widget_get_em (GtkWidget *widget);

G_END_DECLS
