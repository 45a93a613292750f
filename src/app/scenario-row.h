/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scenario/scenario.h"

G_BEGIN_DECLS

/* A scenario in the sidebar. */

#define PC_TYPE_SCENARIO_ROW (pc_scenario_row_get_type ())
G_DECLARE_FINAL_TYPE (PcScenarioRow, pc_scenario_row, PC, SCENARIO_ROW,
                      GtkListBoxRow)

GtkWidget  *pc_scenario_row_new (PcScenario *scenario);
PcScenario *pc_scenario_row_get_scenario (PcScenarioRow *self);
/* Whether title, subtitle, summary or protocol hold every word of @words,
 * whatever the case. @words: folded by g_str_tokenize_and_fold (). */
gboolean    pc_scenario_row_matches (PcScenarioRow     *self,
                                     const char *const *words);

G_END_DECLS
