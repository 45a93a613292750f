/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "run/files.h"
#include "scenario/scenario.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Makes a scenario happen: servers, clients and links come up, the clients do
 * what the scenario says, and what crossed the links becomes a timeline. */

typedef enum {
  PC_LINK_SOCKETS, /* real TCP and UDP on 127.0.0.1, real time */
  PC_LINK_MEMORY,  /* in memory, with a clock of its own: always the same */
} PcLinkKind;

/* Runs @scenario on the thread-default main context.  Finish returns the
 * timeline (transfer full), whose outcome says how it went; an error only
 * when the world failed: no sockets to be had, or cancelled. */
void        pc_run_scenario_async (PcScenario         *scenario,
                                   PcLinkKind          link,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
/* The same, and @faults (which may be NULL) go wrong as well as its own; ends
 * with pc_run_scenario_finish (). */
void        pc_run_scenario_armed_async (PcScenario         *scenario,
                                         PcLinkKind          link,
                                         PcFaults           *faults,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
PcTimeline *pc_run_scenario_finish (GAsyncResult *result,
                                    GError      **error);
/* The same, at once. (transfer full) (nullable) */
PcTimeline *pc_run_scenario (PcScenario *scenario,
                             PcLinkKind  link,
                             GError    **error);

/* The same, and @faults (which may be NULL) go wrong as well as its own. */
PcTimeline *pc_run_scenario_armed (PcScenario *scenario,
                                   PcLinkKind  link,
                                   PcFaults   *faults,
                                   GError    **error);

/* The files of a world, in memory. Transfer full. */
PcFiles    *pc_run_make_files (const PcWorld *world);

G_END_DECLS
