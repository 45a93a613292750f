/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/scenario-editor.h"

#include "app/fold.h"
#include "app/inspector.h"

G_BEGIN_DECLS

/* Between scenario-editor.c and scenario-editor-file.c. */

struct _PcScenarioEditor
{
  GtkApplicationWindow parent_instance;

  PcFold      *fold;
  GtkWidget   *bench;
  GtkWidget   *script_tab;
  GtkWidget   *run_tab;
  PcEntryList *list;
  PcEntryForm *form;
  GtkStack    *sides; /* "entries", "text" */
  GtkTextView *text;
  PcLabStage  *stage;
  GtkLabel    *outcome;
  GtkListBox  *problems;
  PcInspector *inspector;

  PcSketch  *sketch;
  PcLiveRun *run;
  guint      wanted;  /* action to be shown after the run; or 0 */
  gboolean   syncing; /* not the person, but this window selects */
  guint      refresh_id;
  gboolean   closes_anyway;
};

/* Its commands; once, with the template's children there. */
void     pc_scenario_editor_init_actions (PcScenarioEditor *self);
/* Title, and what can be done now. */
void     pc_scenario_editor_update (PcScenarioEditor *self);
/* FALSE: somebody is asked first. */
gboolean pc_scenario_editor_may_close (PcScenarioEditor *self);
/* The scenario was changed, not by the list or the form. */
void     pc_scenario_editor_reload (PcScenarioEditor *self);
void     pc_scenario_editor_tell_saved (PcScenarioEditor *self);
void     pc_scenario_editor_run_again (PcScenarioEditor *self);
/* The step that is shown gets a mark. */
void     pc_scenario_editor_mark_step (PcScenarioEditor *self);
/* Where only one side is seen: the one of @tab. */
void     pc_scenario_editor_show_side (PcScenarioEditor *self,
                                       GtkWidget        *tab);

G_END_DECLS
