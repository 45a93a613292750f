/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/hub.h"
#include "run/run.h"

G_BEGIN_DECLS

/* For tests: an action of the script is over, or the whole run. */
typedef void (*PcRunWatch) (PcHub   *hub,
                            gpointer user_data);

/* pc_run_scenario () with somebody looking over its shoulder.  @faults and
 * @watch may be NULL. */
PcTimeline *pc_run_scenario_watched (PcScenario *scenario,
                                     PcLinkKind  link,
                                     PcFaults   *faults,
                                     PcRunWatch  watch,
                                     gpointer    user_data,
                                     GError    **error);

G_END_DECLS
