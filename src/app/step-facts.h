/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* What the network and the timers had to do with a step: its ports, the wait
 * before it, how long it was on its way, and, as buttons that show them, the
 * step whose octets it repeats and the step that repeats its own.  Not visible
 * where there is nothing to tell. */

#define PC_TYPE_STEP_FACTS (pc_step_facts_get_type ())
G_DECLARE_FINAL_TYPE (PcStepFacts, pc_step_facts, PC, STEP_FACTS, GtkWidget)

void pc_step_facts_set_step (PcStepFacts *self,
                             PcTimeline  *timeline,
                             PcStep      *step);
/* Nothing is told of a later step; from the next step on. */
void pc_step_facts_set_hide_future (PcStepFacts *self,
                                    gboolean     hide_future);

G_END_DECLS
