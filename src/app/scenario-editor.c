/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins the entries of a scenario with its live run.  The script and the
 * diagram follow each other: an entry shows its first step, a step its entry,
 * unless somebody is typing into a field. */

#include "app/scenario-editor.h"

#include "app/scenario-editor-private.h"

#include "app/fold.h"
#include "app/lab-layout.h"
#include "app/problem-row.h"
#include "app/tab-stop.h"
#include "app/toasts.h"

#include <glib/gi18n-lib.h>

enum { SAVED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcScenarioEditor, pc_scenario_editor,
                     GTK_TYPE_APPLICATION_WINDOW)

/* -- the script and the diagram ------------------------------------------- */

/* The entry of the script that is chosen, 1 and up; 0 for none. */
static guint
get_action (PcScenarioEditor *self)
{
  const char *pointer = pc_entry_list_get_selected (self->list);

  if (pc_entry_list_get_section (self->list) != PC_SKETCH_SCRIPT ||
      pointer == NULL)
    return 0;
  return 1 + (guint) g_ascii_strtoull (strrchr (pointer, '/') + 1, NULL, 10);
}

/* The number of the step that is shown; 0 for none. */
static guint
get_step_number (PcScenarioEditor *self)
{
  PcPlayer *player = pc_lab_stage_get_player (self->stage);
  PcTimeline *shown = pc_player_get_timeline (player);
  guint current = pc_player_get_current (player);

  return shown != NULL && current < pc_timeline_get_n_steps (shown)
             ? pc_step_get_number (pc_timeline_get_step (shown, current))
             : 0;
}

/* FALSE when the run never came to it. */
static gboolean
show_action (PcScenarioEditor *self,
             guint             action)
{
  PcTimeline *timeline = pc_live_run_get_timeline (self->run);
  PcPlayer *player = pc_lab_stage_get_player (self->stage);
  guint index, number;

  if (timeline == NULL ||
      !pc_timeline_get_action (timeline, action, &index))
    return FALSE;
  number = pc_step_get_number (pc_timeline_get_step (timeline, index));
  self->syncing = TRUE;
  pc_player_show_step (player,
                       pc_timeline_find_number (
                           pc_player_get_timeline (player), number));
  self->syncing = FALSE;
  return TRUE;
}

static gboolean
is_writing (PcScenarioEditor *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  return focus != NULL &&
         gtk_widget_is_ancestor (focus, GTK_WIDGET (self->form));
}

static void
current_cb (PcScenarioEditor *self)
{
  PcTimeline *timeline = pc_live_run_get_timeline (self->run);
  g_autofree char *pointer = NULL;
  guint action;

  if (self->syncing || timeline == NULL || is_writing (self) ||
      pc_entry_list_get_section (self->list) != PC_SKETCH_SCRIPT)
    return;
  action = pc_timeline_find_action (
      timeline, pc_timeline_find_number (timeline, get_step_number (self)));
  if (action == 0)
    return;
  pointer = pc_json_pointer_index ("/script", action - 1);
  self->syncing = TRUE;
  pc_entry_list_select (self->list, PC_SKETCH_SCRIPT, pointer);
  self->syncing = FALSE;
}

/* -- what is wrong -------------------------------------------------------- */

static void
add_problem (PcScenarioEditor *self,
             const PcProblem  *problem)
{
  GtkWidget *row = pc_problem_row_new (problem, FALSE);

  g_object_set_data_full (G_OBJECT (row), "pc-pointer",
                          g_strdup (problem->pointer), g_free);
  g_object_set_data (G_OBJECT (row), "pc-line",
                     GUINT_TO_POINTER (problem->line));
  gtk_list_box_append (self->problems, row);
}

/* How the run went, in a line; transfer full. */
static char *
tell_outcome (PcScenarioEditor *self)
{
  const PcScenarioSource *source = pc_live_run_get_source (self->run);
  PcTimeline *timeline = pc_live_run_get_timeline (self->run);
  const char *reason;

  if (source == NULL || source->message != NULL)
    return g_strdup (source != NULL ? source->message : "");
  if (timeline == NULL)
    return g_strdup (_ ("It could not be run."));
  reason = pc_timeline_get_reason (timeline);
  switch (pc_timeline_get_outcome (timeline)) {
  case PC_OUTCOME_FAILED:
    /* Translators: %s is the reason, a sentence. */
    return g_strdup_printf (_ ("The run ends here: %s"),
                            reason != NULL ? reason : "");
  case PC_OUTCOME_FAILED_AS_INTENDED:
    return g_strdup (_ ("It fails, as it is meant to."));
  case PC_OUTCOME_OK:
  case PC_OUTCOME_RUNNING:
  default: return g_strdup (_ ("It runs as it is written."));
  }
}

static void
show_problems (PcScenarioEditor *self)
{
  const PcScenarioSource *source = pc_live_run_get_source (self->run);
  g_autofree char *outcome = tell_outcome (self);
  guint n = pc_problems_get_n (source->problems);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->problems, 0)) != NULL)
    gtk_list_box_remove (self->problems, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++)
    add_problem (self, pc_problems_get (source->problems, i));
  gtk_widget_set_visible (GTK_WIDGET (self->problems), n > 0);
  gtk_label_set_label (self->outcome, outcome);
}

/* Lines are as they were read. */
static void
show_line (PcScenarioEditor *self,
           guint             line)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (buffer, &start, (int) line - 1);
  end = start;
  gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_to_mark (self->text,
                                gtk_text_buffer_get_insert (buffer), 0, TRUE,
                                0, 0.5);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
problem_activated_cb (PcScenarioEditor *self,
                      GtkListBoxRow    *row)
{
  const char *pointer = g_object_get_data (G_OBJECT (row), "pc-pointer");
  guint line =
      GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "pc-line"));
  PcSketchSection section;
  g_autofree char *entry = pc_sketch_find_row (self->sketch, pointer,
                                               &section);

  pc_scenario_editor_show_side (self, self->script_tab);
  if (line > 0 && g_str_equal (gtk_stack_get_visible_child_name (self->sides),
                               "text")) {
    show_line (self, line);
    return;
  }
  pc_entry_list_select (self->list, section, entry);
  pc_entry_form_focus (self->form, pointer);
}

/* -- running -------------------------------------------------------------- */

static void
ran_cb (PcScenarioEditor *self)
{
  PcTimeline *timeline = pc_live_run_get_timeline (self->run);
  guint number = get_step_number (self);

  if (timeline != NULL && pc_live_run_get_source (self->run)->scenario !=
                              NULL) {
    self->syncing = TRUE;
    pc_lab_stage_show (self->stage, timeline, number);
    self->syncing = FALSE;
    if (self->wanted > 0)
      show_action (self, self->wanted);
    self->wanted = 0;
  } else if (timeline == NULL)
    pc_lab_stage_show_text (self->stage,
                            _ ("Nothing can be run yet: see the mistakes."));
  show_problems (self);
}

static void
start (PcScenarioEditor *self,
       gboolean          now)
{
  g_autofree char *text = pc_sketch_dup_text (self->sketch);

  pc_live_run_start (self->run, pc_sketch_get_path (self->sketch), text, now);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
}

void
pc_scenario_editor_run_again (PcScenarioEditor *self)
{
  start (self, TRUE);
}

/* -- changes -------------------------------------------------------------- */

static void
show_form (PcScenarioEditor *self)
{
  pc_entry_form_show (self->form, self->sketch,
                      pc_entry_list_get_selected (self->list));
}

static gboolean
refresh_cb (gpointer data)
{
  PcScenarioEditor *self = data;

  self->refresh_id = 0;
  show_form (self);
  return G_SOURCE_REMOVE;
}

static void
changed (PcScenarioEditor *self)
{
  pc_scenario_editor_update (self);
  start (self, FALSE);
  /* Not from inside a field: it may have to make room for another. */
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh_cb, self);
}

static void
form_changed_cb (PcScenarioEditor *self)
{
  self->syncing = TRUE;
  pc_entry_list_refresh (self->list);
  self->syncing = FALSE;
  changed (self);
}

static void
list_changed_cb (PcScenarioEditor *self)
{
  changed (self);
}

static void
selected_cb (PcScenarioEditor *self)
{
  guint action = get_action (self);

  show_form (self);
  if (self->syncing || action == 0)
    return;
  /* What was added or moved is shown once it has run. */
  self->wanted = action;
  if (pc_live_run_is_idle (self->run) && show_action (self, action))
    self->wanted = 0;
}

void
pc_scenario_editor_reload (PcScenarioEditor *self)
{
  self->syncing = TRUE;
  pc_entry_list_refresh (self->list);
  self->syncing = FALSE;
  show_form (self);
  pc_scenario_editor_update (self);
  start (self, FALSE);
}

void
pc_scenario_editor_tell_saved (PcScenarioEditor *self)
{
  pc_scenario_editor_update (self);
  g_signal_emit (self, signals[SAVED], 0, pc_sketch_get_path (self->sketch));
}

/* -- commands ------------------------------------------------------------- */

/* How many steps up to @index are like it. */
static guint
count_like (PcTimeline *timeline,
            guint       index,
            gboolean    same_end)
{
  PcStep *step = pc_timeline_get_step (timeline, index);
  guint n = 0;

  for (guint i = 0; i <= index; i++) {
    PcStep *other = pc_timeline_get_step (timeline, i);

    if (g_strcmp0 (pc_step_get_rule (step), pc_step_get_rule (other)) == 0 &&
        (!same_end || g_strcmp0 (pc_step_get_from (step),
                                 pc_step_get_from (other)) == 0))
      n++;
  }
  return n;
}

void
pc_scenario_editor_mark_step (PcScenarioEditor *self)
{
  PcTimeline *timeline = pc_live_run_get_timeline (self->run);
  guint number = get_step_number (self);
  g_autofree char *pointer = NULL;
  PcStep *step;
  guint index;

  if (timeline == NULL || number == 0)
    return;
  index = pc_timeline_find_number (timeline, number);
  step = pc_timeline_get_step (timeline, index);
  if (pc_step_get_mark (step) != NULL) {
    pc_toasts_tell (GTK_WIDGET (self), _ ("This step has a mark already."));
    return;
  }
  pointer = pc_sketch_add_mark (self->sketch, pc_step_get_rule (step), NULL,
                                count_like (timeline, index, FALSE), 0);
  if (pointer == NULL)
    return;
  pc_scenario_editor_show_side (self, self->script_tab);
  pc_entry_list_select (self->list, PC_SKETCH_MARKS, pointer);
  pc_entry_list_refresh (self->list);
  pc_entry_list_select (self->list, PC_SKETCH_MARKS, pointer);
  changed (self);
  pc_entry_form_focus (self->form, NULL);
}

void
pc_scenario_editor_show_side (PcScenarioEditor *self,
                              GtkWidget        *tab)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), TRUE);
}

static void
tab_toggled_cb (PcScenarioEditor *self,
                GtkToggleButton  *tab)
{
  if (gtk_toggle_button_get_active (tab))
    pc_lab_layout_set_chosen (
        PC_LAB_LAYOUT (gtk_widget_get_layout_manager (self->bench)),
        tab == (gpointer) self->script_tab ? 0
        : tab == (gpointer) self->run_tab  ? 1
                                           : 2);
}

/* -- life ----------------------------------------------------------------- */

PcSketch *
pc_scenario_editor_get_sketch (PcScenarioEditor *self)
{
  g_return_val_if_fail (PC_IS_SCENARIO_EDITOR (self), NULL);

  return self->sketch;
}

PcEntryList *
pc_scenario_editor_get_list (PcScenarioEditor *self)
{
  g_return_val_if_fail (PC_IS_SCENARIO_EDITOR (self), NULL);

  return self->list;
}

PcEntryForm *
pc_scenario_editor_get_form (PcScenarioEditor *self)
{
  g_return_val_if_fail (PC_IS_SCENARIO_EDITOR (self), NULL);

  return self->form;
}

PcLabStage *
pc_scenario_editor_get_stage (PcScenarioEditor *self)
{
  g_return_val_if_fail (PC_IS_SCENARIO_EDITOR (self), NULL);

  return self->stage;
}

PcLiveRun *
pc_scenario_editor_get_run (PcScenarioEditor *self)
{
  g_return_val_if_fail (PC_IS_SCENARIO_EDITOR (self), NULL);

  return self->run;
}

static void
dispose (GObject *object)
{
  PcScenarioEditor *self = PC_SCENARIO_EDITOR (object);

  self->syncing = TRUE;
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  if (self->stage != NULL) {
    g_signal_handlers_disconnect_by_data (
        pc_lab_stage_get_player (self->stage), self);
    pc_lab_stage_set_inspector (self->stage, NULL);
  }
  self->stage = NULL;
  g_clear_object (&self->run);
  G_OBJECT_CLASS (pc_scenario_editor_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  pc_sketch_free (PC_SCENARIO_EDITOR (object)->sketch);
  G_OBJECT_CLASS (pc_scenario_editor_parent_class)->finalize (object);
}

static gboolean
close_request (GtkWindow *window)
{
  if (!pc_scenario_editor_may_close (PC_SCENARIO_EDITOR (window)))
    return TRUE;
  return GTK_WINDOW_CLASS (pc_scenario_editor_parent_class)
      ->close_request (window);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcScenarioEditor, name)

static void
pc_scenario_editor_class_init (PcScenarioEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_ENTRY_FORM);
  g_type_ensure (PC_TYPE_ENTRY_LIST);
  g_type_ensure (PC_TYPE_FOLD);
  g_type_ensure (PC_TYPE_INSPECTOR);
  g_type_ensure (PC_TYPE_LAB_LAYOUT);
  g_type_ensure (PC_TYPE_LAB_STAGE);
  g_type_ensure (PC_TYPE_TAB_STOP);
  g_type_ensure (PC_TYPE_TOASTS);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  signals[SAVED] = g_signal_new ("saved", PC_TYPE_SCENARIO_EDITOR,
                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/scenario-editor.ui");
  BIND (fold);
  BIND (bench);
  BIND (script_tab);
  BIND (run_tab);
  BIND (list);
  BIND (form);
  BIND (sides);
  BIND (text);
  BIND (stage);
  BIND (outcome);
  BIND (problems);
  BIND (inspector);
  gtk_widget_class_bind_template_callback (widget_class, tab_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class,
                                           problem_activated_cb);
}

#undef BIND

static void
pc_scenario_editor_init (PcScenarioEditor *self)
{
  self->run = pc_live_run_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The script and the diagram need the room; it is a key away. */
  pc_fold_set_show_start (self->fold, FALSE);
  pc_fold_set_show_end (self->fold, FALSE);
  pc_lab_stage_set_title (self->stage, _ ("Live run"));
  pc_lab_stage_set_inspector (self->stage, self->inspector);
  pc_scenario_editor_init_actions (self);
  g_signal_connect_swapped (self->run, "ran", G_CALLBACK (ran_cb), self);
  g_signal_connect_swapped (pc_lab_stage_get_player (self->stage),
                            "notify::current", G_CALLBACK (current_cb),
                            self);
}

GtkWidget *
pc_scenario_editor_new (GtkApplication *app,
                        PcSketch       *sketch,
                        PcContent      *content)
{
  PcScenarioEditor *self =
      g_object_new (PC_TYPE_SCENARIO_EDITOR, "application", app, NULL);

  self->sketch = sketch;
  if (content != NULL)
    pc_inspector_set_content (self->inspector, content);
  self->syncing = TRUE;
  pc_entry_list_set_sketch (self->list, sketch);
  self->syncing = FALSE;
  show_form (self);
  pc_scenario_editor_update (self);
  start (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return GTK_WIDGET (self);
}
