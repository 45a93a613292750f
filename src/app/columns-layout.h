/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two columns, the first a little wider; below a width of "ems" times the
 * letter M one below the other.  Unlike a box it does not ask its children
 * how wide they would like to be, so that columns stay put when their text
 * changes. */

#define PC_TYPE_COLUMNS_LAYOUT (pc_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (PcColumnsLayout, pc_columns_layout, PC, COLUMNS_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
