/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/session.h"

G_BEGIN_DECLS

/* How a session went: the score, how well certainty was judged, and what to
 * look at again. */

#define PC_TYPE_SUMMARY_VIEW (pc_summary_view_get_type ())
G_DECLARE_FINAL_TYPE (PcSummaryView, pc_summary_view, PC, SUMMARY_VIEW,
                      GtkWidget)

void pc_summary_view_show (PcSummaryView *self,
                           PcSession     *session);

G_END_DECLS
