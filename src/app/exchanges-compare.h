/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/compare-view.h"
#include "app/exchanges-page.h"

G_BEGIN_DECLS

/* The page of exchanges showing two of them side by side.  Its player then
 * has the beats of both as its timeline, so that all its commands work. */

/* Adds "compare" (s: id), "compare-two" (ss: ids of scenarios),
 * "compare-with" (asks for the other one) and "other-half". */
void           pc_exchanges_compare_init (PcExchangesPage *page);
/* The sidebar's section, from the page's content. */
void           pc_exchanges_compare_fill (PcExchangesPage *page);
/* One exchange is to be shown again. */
void           pc_exchanges_compare_leave (PcExchangesPage *page);
/* Runs both anew; FALSE when none are compared. */
gboolean       pc_exchanges_compare_run (PcExchangesPage *page);
/* The chosen half's step in the inspector; FALSE as before. */
gboolean       pc_exchanges_compare_show_current (PcExchangesPage *page);

/* @left and @right: ids of scenarios.  FALSE when there is no such one. */
gboolean       pc_exchanges_page_compare (PcExchangesPage *page,
                                          const char      *left,
                                          const char      *right);
/* NULL while nothing is compared. */
PcCompareView *pc_exchanges_page_get_compare_view (PcExchangesPage *page);

G_END_DECLS
