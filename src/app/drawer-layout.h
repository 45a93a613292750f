/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two children: the second lies along the lower edge of the first, as high as
 * it needs at this width.  The first makes room for it where it can, and is
 * covered where it cannot.  Only the first asks for a height. */

#define PC_TYPE_DRAWER_LAYOUT (pc_drawer_layout_get_type ())
G_DECLARE_FINAL_TYPE (PcDrawerLayout, pc_drawer_layout, PC, DRAWER_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
