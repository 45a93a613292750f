/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"
#include "app/entry-form.h"
#include "app/entry-list.h"
#include "app/lab-stage.h"
#include "app/live-run.h"

G_BEGIN_DECLS

/* A window in which somebody writes a scenario: its entries and their fields
 * on one side, on the other what it does, which is run anew with each change.
 *
 * Signal "saved" (char *path). */

#define PC_TYPE_SCENARIO_EDITOR (pc_scenario_editor_get_type ())
G_DECLARE_FINAL_TYPE (PcScenarioEditor, pc_scenario_editor, PC,
                      SCENARIO_EDITOR, GtkApplicationWindow)

/* Takes @sketch.  @content may be NULL: nothing is told of questions. */
GtkWidget   *pc_scenario_editor_new (GtkApplication *app,
                                     PcSketch       *sketch,
                                     PcContent      *content);
/* All of these are owned by the window. */
PcSketch    *pc_scenario_editor_get_sketch (PcScenarioEditor *self);
PcEntryList *pc_scenario_editor_get_list (PcScenarioEditor *self);
PcEntryForm *pc_scenario_editor_get_form (PcScenarioEditor *self);
PcLabStage  *pc_scenario_editor_get_stage (PcScenarioEditor *self);
PcLiveRun   *pc_scenario_editor_get_run (PcScenarioEditor *self);

/* Commands for the window with the page of exchanges: "edit-scenario", the
 * one that is shown, and "new-scenario" (s), of a protocol. */
void         pc_scenario_editor_add_actions (GtkApplicationWindow *window);

G_END_DECLS
