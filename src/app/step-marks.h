/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* One dot per step below a scrubber: in the client's or the server's colour,
 * larger and square where something was refused.  Property "scale": the
 * scrubber whose trough the dots follow. */

#define PC_TYPE_STEP_MARKS (pc_step_marks_get_type ())
G_DECLARE_FINAL_TYPE (PcStepMarks, pc_step_marks, PC, STEP_MARKS, GtkWidget)

void pc_step_marks_set_timeline (PcStepMarks *self,
                                 PcTimeline  *timeline);
/* Beyond the slider all dots look the same. */
void pc_step_marks_set_hide_future (PcStepMarks *self,
                                    gboolean     hide_future);

G_END_DECLS
