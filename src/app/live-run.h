/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "scenario/source.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Runs a scenario while somebody writes it, some time after the last change:
 * in a thread, and in memory, where each run is the same.
 *
 * Signal "ran": it was read, and run as far as it can be. */

#define PC_TYPE_LIVE_RUN (pc_live_run_get_type ())
G_DECLARE_FINAL_TYPE (PcLiveRun, pc_live_run, PC, LIVE_RUN, GObject)

PcLiveRun              *pc_live_run_new (void);
/* @text is what @path would have. @now: at once. */
void                    pc_live_run_start (PcLiveRun  *self,
                                           const char *path,
                                           const char *text,
                                           gboolean    now);
/* As it was read last; NULL before the first time.  Until the next "ran". */
const PcScenarioSource *pc_live_run_get_source (PcLiveRun *self);
/* Of the last one that could be run; NULL before that. */
PcTimeline             *pc_live_run_get_timeline (PcLiveRun *self);
/* Nothing is under way. */
gboolean                pc_live_run_is_idle (PcLiveRun *self);

G_END_DECLS
