/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* What two exchanges differ in, counted from both, as a table. */

#define PC_TYPE_TOTALS_TABLE (pc_totals_table_get_type ())
G_DECLARE_FINAL_TYPE (PcTotalsTable, pc_totals_table, PC, TOTALS_TABLE,
                      GtkWidget)

/* @left_name, @right_name: over the columns. */
void pc_totals_table_show (PcTotalsTable *self,
                           const char    *left_name,
                           PcTimeline    *left,
                           const char    *right_name,
                           PcTimeline    *right);

G_END_DECLS
