/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scenario/scenario.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* What stands above the diagram: the exchange's name, what one sees in it,
 * how it ended when it should not have, and the switches to the same exchange
 * under another security and to what an eavesdropper sees (actions win.security
 * and win.eavesdrop).  Property "compact": what one sees in it is told by the
 * name's tooltip only. */

#define PC_TYPE_STAGE_HEAD (pc_stage_head_get_type ())
G_DECLARE_FINAL_TYPE (PcStageHead, pc_stage_head, PC, STAGE_HEAD, GtkWidget)

/* @timeline: what became of @scenario. */
void pc_stage_head_show (PcStageHead *self,
                         PcScenario  *scenario,
                         PcTimeline  *timeline);
/* How well the predictions went so far, beside the switch to make some
 * (action win.predict); NULL for nothing. */
void pc_stage_head_set_score (PcStageHead *self,
                              const char  *score);
/* Whether it failed is not to be seen yet. */
void pc_stage_head_set_hide_outcome (PcStageHead *self,
                                     gboolean     hide_outcome);

G_END_DECLS
