/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scenario/comparison.h"

G_BEGIN_DECLS

/* The section "Side by side" of the sidebar.  A row asks for win.compare with
 * the comparison's id. */

#define PC_TYPE_COMPARE_LIST (pc_compare_list_get_type ())
G_DECLARE_FINAL_TYPE (PcCompareList, pc_compare_list, PC, COMPARE_LIST,
                      GtkWidget)

/* @comparisons: of PcComparison; hidden when there are none. */
void pc_compare_list_fill (PcCompareList *self,
                           GPtrArray     *comparisons);
/* Only those that have every word; NULL for all.  As for
 * pc_scenario_row_matches (). */
void pc_compare_list_filter (PcCompareList     *self,
                             const char *const *words);
/* Which one is shown; NULL for none. */
void pc_compare_list_select (PcCompareList *self,
                             const char    *id);

G_END_DECLS
