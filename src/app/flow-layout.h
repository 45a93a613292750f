/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children in a row that breaks into further rows where the width ends, as
 * words do.  A child that wants to expand gets what its row leaves over.
 * Property "spacing": pixels between children and between rows. */

#define PC_TYPE_FLOW_LAYOUT (pc_flow_layout_get_type ())
G_DECLARE_FINAL_TYPE (PcFlowLayout, pc_flow_layout, PC, FLOW_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
