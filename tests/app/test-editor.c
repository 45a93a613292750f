/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenario editor: what is changed in a form is run, the script and the
 * diagram follow each other, mistakes lead to their field, files are kept. */

#include "fixture.h"

#include "app/entry-field.h"
#include "app/scenario-editor.h"

#include "base/paths.h"

#include <glib/gstdio.h>
#include <string.h>

static PcScenarioEditor *editor;

static PcPlayer *
editor_player (void)
{
  return pc_lab_stage_get_player (pc_scenario_editor_get_stage (editor));
}

static PcTimeline *
editor_timeline (void)
{
  return pc_live_run_get_timeline (pc_scenario_editor_get_run (editor));
}

static void
wait_for_run (void)
{
  wait_until (pc_live_run_is_idle (pc_scenario_editor_get_run (editor)));
  /* What it tells is told at the end of the turn. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The window that came with the command. */
static void
find_editor (void)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (app));

  editor = NULL;
  for (GList *l = windows; l != NULL; l = l->next)
    if (PC_IS_SCENARIO_EDITOR (l->data))
      editor = l->data;
  g_assert_nonnull (editor);
  wait_for_run ();
}

static void
open_new (const char *protocol)
{
  open_window ();
  act ("new-scenario", g_variant_new_string (protocol));
  find_editor ();
}

static void
command (const char *name)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (editor), name);

  g_assert_nonnull (action);
  g_assert_true (g_action_get_enabled (action));
  g_action_activate (action, NULL);
}

static PcEntryList *
list (void)
{
  return pc_scenario_editor_get_list (editor);
}

static GtkWidget *
find_field (GtkWidget  *widget,
            const char *end)
{
  if (PC_IS_ENTRY_FIELD (widget) &&
      g_str_has_suffix (pc_entry_field_get_field (PC_ENTRY_FIELD (widget))
                            ->pointer,
                        end))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_field (child, end);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
field (const char *end)
{
  GtkWidget *found = find_field (
      GTK_WIDGET (pc_scenario_editor_get_form (editor)), end);

  g_test_message ("field %s", end);
  g_assert_nonnull (found);
  return found;
}

/* As a person types. */
static void
type (const char *end,
      const char *text)
{
  GtkWidget *entry = find_type (field (end), GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  wait_for_run ();
}

static void
choose (const char *end,
        const char *choice)
{
  GtkWidget *widget = field (end);
  const PcSketchField *about =
      pc_entry_field_get_field (PC_ENTRY_FIELD (widget));
  GtkWidget *down = find_type (widget, GTK_TYPE_DROP_DOWN);

  for (guint i = 0; about->choices[i] != NULL; i++)
    if (g_str_equal (about->choices[i], choice)) {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (down), i);
      wait_for_run ();
      return;
    }
  g_assert_not_reached ();
}

static const char *
get_rule (void)
{
  guint current = pc_player_get_current (editor_player ());

  return pc_step_get_rule (pc_timeline_get_step (
      pc_player_get_timeline (editor_player ()), current));
}

static gboolean
told (const char *text)
{
  return find_label (GTK_WIDGET (editor), text) != NULL;
}

static void
close_editor (void)
{
  gtk_window_destroy (GTK_WINDOW (editor));
  editor = NULL;
}

/* -- writing -------------------------------------------------------------- */

static void
test_write (void)
{
  guint n;

  open_new ("imap");
  g_assert_true (told ("It runs as it is written."));
  n = pc_timeline_get_n_steps (editor_timeline ());

  pc_entry_list_select (list (), PC_SKETCH_SCRIPT, "/script/2");
  g_assert_cmpstr (get_rule (), ==, "imap.select");
  g_assert_true (pc_entry_list_add (list (), "noop"));
  wait_for_run ();
  g_assert_cmpstr (pc_entry_list_get_selected (list ()), ==, "/script/3");
  g_assert_cmpuint (pc_timeline_get_n_steps (editor_timeline ()), ==, n + 2);
  g_assert_cmpstr (get_rule (), ==, "imap.noop");

  /* A choice that brings other fields, one of which is needed. */
  choose ("/do", "status");
  g_assert_true (told ("needs the parameter"));
  g_assert_true (told ("The first 3 entries"));
  type ("/mailbox", "INBOX");
  g_assert_true (told ("It runs as it is written."));
  g_assert_cmpuint (pc_timeline_get_n_steps (editor_timeline ()), >, n + 2);

  /* The diagram and the script. */
  gtk_widget_grab_focus (GTK_WIDGET (list ()));
  pc_player_show_step (editor_player (), 0);
  g_assert_cmpstr (pc_entry_list_get_selected (list ()), ==, "/script/0");
  pc_player_last (editor_player ());
  g_assert_cmpstr (pc_entry_list_get_selected (list ()), ==, "/script/5");

  /* And back: two fields, a choice, an entry. */
  for (guint i = 0; i < 3; i++)
    command ("undo");
  wait_for_run ();
  g_assert_cmpuint (pc_timeline_get_n_steps (editor_timeline ()), ==, n);
  command ("redo");
  wait_for_run ();
  g_assert_cmpuint (pc_timeline_get_n_steps (editor_timeline ()), ==, n + 2);
  close_editor ();
}

/* The step that is shown stays while a field is written. */
static void
test_same_step (void)
{
  guint current;

  open_new ("smtp");
  pc_entry_list_select (list (), PC_SKETCH_SCRIPT, "/script/4");
  pc_player_forward (editor_player ());
  current = pc_player_get_current (editor_player ());
  pc_entry_list_select (list (), PC_SKETCH_SCRIPT, "/script/4");
  gtk_widget_grab_focus (field ("/to"));
  pc_player_show_step (editor_player (), current);
  type ("/to", "alex@example.test");
  g_assert_cmpuint (pc_player_get_current (editor_player ()), ==, current);
  g_assert_cmpstr (pc_entry_list_get_selected (list ()), ==, "/script/4");
  close_editor ();
}

/* What happened up to the failure is shown, and why it ends. */
static void
test_failure (void)
{
  open_new ("pop3");
  pc_entry_list_select (list (), PC_SKETCH_SCRIPT, "/script/1");
  type ("/password", "wrong");
  g_assert_true (told ("The run ends here:"));
  g_assert_cmpuint (pc_timeline_get_n_steps (editor_timeline ()), >, 3);
  g_assert_cmpint (pc_timeline_get_outcome (editor_timeline ()), ==,
                   PC_OUTCOME_FAILED);
  close_editor ();
}

static void
test_problem (void)
{
  GtkWidget *row, *focus;

  open_new ("imap");
  pc_entry_list_select (list (), PC_SKETCH_ACTORS, "/actors/1/listens/0");
  type ("/port", "none");
  pc_entry_list_select (list (), PC_SKETCH_MARKS, NULL);
  row = gtk_widget_get_ancestor (
      find_label (GTK_WIDGET (editor), "whole number"),
      GTK_TYPE_LIST_BOX_ROW);
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "activate");
  g_assert_cmpstr (pc_entry_list_get_selected (list ()), ==,
                   "/actors/1/listens/0");
  focus = gtk_window_get_focus (GTK_WINDOW (editor));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, field ("/port")));
  close_editor ();
}

static void
test_mark (void)
{
  PcSketch *sketch;

  open_new ("tftp");
  sketch = pc_scenario_editor_get_sketch (editor);
  pc_player_last (editor_player ());
  command ("mark-step");
  wait_for_run ();
  g_assert_cmpstr (pc_entry_list_get_selected (list ()), ==, "/marks/1");
  g_assert_cmpstr (pc_json_edit_get_string (pc_sketch_get_edit (sketch),
                                            "/marks/1", "rule"),
                   ==, get_rule ());
  g_assert_nonnull (pc_step_get_mark (pc_timeline_get_step (
      editor_timeline (), pc_player_get_current (editor_player ()))));
  /* Once is enough. */
  command ("mark-step");
  g_assert_cmpuint (pc_json_edit_get_length (pc_sketch_get_edit (sketch),
                                             "/marks"),
                    ==, 2);
  close_editor ();
}

/* -- files ---------------------------------------------------------------- */

static void
test_files (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  GList *windows;

  open_window ();
  pc_exchanges_page_open (page (), "imap-read-phone", NULL);
  wait_until (shows ("Read mail on the phone") ||
              pc_exchanges_page_is_idle (page ()));
  act ("edit-scenario", NULL);
  find_editor ();
  path = g_strdup (pc_sketch_get_path (pc_scenario_editor_get_sketch (
      editor)));
  g_assert_true (g_str_has_suffix (path, "imap-read-phone-copy.json"));
  command ("save");
  scenario = pc_scenario_load (path, problems);
  g_assert_nonnull (scenario);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  /* It is shown where one watches. */
  wait_until (pc_exchanges_page_get_scenario (page ()) != NULL &&
              g_str_equal (pc_scenario_get_id (pc_exchanges_page_get_scenario (
                               page ())),
                           "imap-read-phone-copy"));

  /* Somebody else wrote to it: nothing is lost without a question. */
  g_assert_true (g_file_set_contents (path, "{}\n", -1, &error));
  pc_entry_list_remove (list ());
  wait_for_run ();
  command ("save");
  windows = gtk_window_list_toplevels ();
  g_assert_cmpuint (g_list_length (windows), >, 2);
  g_list_free (windows);
  {
    g_autofree char *there = NULL;

    g_file_get_contents (path, &there, NULL, NULL);
    g_assert_cmpstr (there, ==, "{}\n");
  }
  close_editor ();
  g_remove (path);
}

/* What is not saved is asked for. */
static void
test_close (void)
{
  open_new ("imap");
  gtk_window_close (GTK_WINDOW (editor));
  wait_until (gtk_application_get_windows (GTK_APPLICATION (app))->next ==
              NULL);

  open_new ("imap");
  pc_entry_list_remove (list ());
  gtk_window_close (GTK_WINDOW (editor));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  find_editor ();
  close_editor ();
}

/* -- all of it ------------------------------------------------------------ */

static void
test_names (void)
{
  open_new ("smtp");
  for (guint section = 0; section < PC_SKETCH_N_SECTIONS; section++) {
    pc_entry_list_select (list (), section, NULL);
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_test_message ("section %u", section);
    g_assert_cmpuint (check_names (GTK_WIDGET (editor)), >, 8);
  }
  close_editor ();
}

static void
test_narrow (void)
{
  int minimum;

  open_new ("smtp");
  for (guint section = 0; section < PC_SKETCH_N_SECTIONS; section++) {
    pc_entry_list_select (list (), section, NULL);
    gtk_widget_measure (GTK_WIDGET (editor), GTK_ORIENTATION_HORIZONTAL, -1,
                        &minimum, NULL, NULL, NULL);
    g_test_message ("section %u", section);
    g_assert_cmpint (minimum, <=, 360);
  }
  close_editor ();
}

static void
add (void)
{
  g_test_add_func ("/editor/write", test_write);
  g_test_add_func ("/editor/same-step", test_same_step);
  g_test_add_func ("/editor/failure", test_failure);
  g_test_add_func ("/editor/problem", test_problem);
  g_test_add_func ("/editor/mark", test_mark);
  g_test_add_func ("/editor/files", test_files);
  g_test_add_func ("/editor/close", test_close);
  g_test_add_func ("/editor/names", test_names);
  g_test_add_func ("/editor/narrow", test_narrow);
}

int
main (int   argc,
      char *argv[])
{
  return run_tests (argc, argv, add);
}
