/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scenario/comparison.h"
#include "timeline/duet.h"

G_BEGIN_DECLS

/* Two diagrams side by side, in step, and what their exchanges differ in.
 * Drives the player that leads them while it plays.  Property "half" (uint):
 * the half that was chosen last; "show-secrets". */

#define PC_TYPE_COMPARE_VIEW (pc_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (PcCompareView, pc_compare_view, PC, COMPARE_VIEW,
                      GtkWidget)

/* @leader: gets the beats as its timeline. Keeps a reference. */
GtkWidget *pc_compare_view_new (PcPlayer *leader);
/* Shows the first beat of what both scenarios' runs brought. */
void       pc_compare_view_show (PcCompareView *self,
                                 PcComparison  *comparison,
                                 PcTimeline    *left,
                                 PcTimeline    *right);
/* The same for exchanges of which nobody has written a comparison; without a
 * title of its own. */
void       pc_compare_view_show_timelines (PcCompareView *self,
                                           const char    *left_title,
                                           PcTimeline    *left,
                                           const char    *right_title,
                                           PcTimeline    *right);
/* Lets go of the leader: it may show something else now. */
void       pc_compare_view_clear (PcCompareView *self);
PcDuet    *pc_compare_view_get_duet (PcCompareView *self);
/* The step that is lit in the half that was chosen last, and in @timeline its
 * timeline; NULL before the first.  Borrowed. */
PcStep    *pc_compare_view_get_step (PcCompareView *self,
                                     PcTimeline   **timeline);

G_END_DECLS
