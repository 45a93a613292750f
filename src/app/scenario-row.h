/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/opened-file.h"

#include "scenario/scenario.h"

G_BEGIN_DECLS

/* A scenario in the sidebar. */

#define PC_TYPE_SCENARIO_ROW (pc_scenario_row_get_type ())
G_DECLARE_FINAL_TYPE (PcScenarioRow, pc_scenario_row, PC, SCENARIO_ROW,
                      GtkListBoxRow)

GtkWidget  *pc_scenario_row_new (PcScenario *scenario);
/* Of a file that somebody opened: its title, or its name; below, its name. */
GtkWidget  *pc_scenario_row_new_file (PcOpenedFile *file);
/* That file was read again. */
void        pc_scenario_row_update (PcScenarioRow *self);
/* NULL when nothing of the file can be watched. */
PcScenario *pc_scenario_row_get_scenario (PcScenarioRow *self);
/* NULL for those of the program. */
PcOpenedFile *pc_scenario_row_get_file (PcScenarioRow *self);
/* Whether title, subtitle, summary or protocol hold every word of @words,
 * whatever the case. @words: folded by g_str_tokenize_and_fold (). */
gboolean    pc_scenario_row_matches (PcScenarioRow     *self,
                                     const char *const *words);

G_END_DECLS
