/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/hub.h"
#include "run/sites.h"
#include "scenario/scenario.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Before anything happens, the stage for a scenario is set. */

/* The services of @scenario's servers listen at @hub, with what @sites has for
 * them and which must outlive it.  FALSE with @error when a port cannot be
 * had. */
gboolean pc_stage_listen (const PcScenario *scenario,
                          PcSites          *sites,
                          PcHub            *hub,
                          GError          **error);
/* Tells @timeline who takes part, and where the servers listen at @hub: they
 * must do so already. */
void     pc_stage_add_actors (const PcScenario *scenario,
                              PcHub            *hub,
                              PcTimeline       *timeline);

/* Where one of @faults (which may be NULL) lets a stranger send to an end that
 * speaks @protocol (NULL: any), he is an actor of @timeline, too. */
void     pc_stage_add_stranger (const PcFaults   *faults,
                                const PcProtocol *protocol,
                                PcTimeline       *timeline);

G_END_DECLS
