/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of the scenario editor: its files, its history, and how one
 * comes to it from the page of exchanges. */

#include "app/scenario-editor-private.h"

#include "app/confirm.h"
#include "app/file-dialog.h"
#include "app/problems-window.h"
#include "app/toasts.h"
#include "app/window.h"

#include <glib/gi18n-lib.h>

/* -- saving --------------------------------------------------------------- */

static void save (PcScenarioEditor *self,
                  gboolean          force);

static void
overwrite (gpointer owner)
{
  save (owner, TRUE);
}

static void
save (PcScenarioEditor *self,
      gboolean          force)
{
  g_autoptr (GError) error = NULL;

  pc_entry_form_flush (self->form);
  if (pc_sketch_save (self->sketch, force, &error)) {
    pc_scenario_editor_tell_saved (self);
    pc_toasts_tell (GTK_WIDGET (self), _ ("Saved."));
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    pc_confirm (GTK_WIDGET (self), _ ("The file has changed on the disk"),
                _ ("Another program has written to it since it was read or "
                   "saved here. What is there now would be lost."),
                _ ("_Overwrite"), overwrite);
  else
    pc_toasts_tell (GTK_WIDGET (self), error->message);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  save (data, FALSE);
}

static void
chosen_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  PcScenarioEditor *self = owner;

  if (g_file_peek_path (file) == NULL)
    return;
  pc_sketch_set_path (self->sketch, g_file_peek_path (file));
  /* The dialog has asked whether to replace it. */
  save (self, TRUE);
}

static void
save_as_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  PcScenarioEditor *self = data;
  g_autofree char *folder =
      g_path_get_dirname (pc_sketch_get_path (self->sketch));
  g_autofree char *name =
      g_path_get_basename (pc_sketch_get_path (self->sketch));
  g_autoptr (GFile) start = g_file_new_for_path (folder);
  GtkFileChooser *chooser =
      pc_file_dialog_new (self, data, GTK_FILE_CHOOSER_ACTION_SAVE,
                          _ ("Save Scenario"), _ ("_Save"));

  g_mkdir_with_parents (folder, 0777);
  gtk_file_chooser_set_current_folder (chooser, start, NULL);
  gtk_file_chooser_set_current_name (chooser, name);
  pc_file_dialog_ask (chooser, chosen_cb, NULL, NULL);
}

/* -- closing -------------------------------------------------------------- */

static void
close_anyway (gpointer owner)
{
  PcScenarioEditor *self = owner;

  self->closes_anyway = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

gboolean
pc_scenario_editor_may_close (PcScenarioEditor *self)
{
  pc_entry_form_flush (self->form);
  if (self->closes_anyway || !pc_sketch_is_changed (self->sketch))
    return TRUE;
  pc_confirm (GTK_WIDGET (self), _ ("Close without saving?"),
              _ ("What was changed since it was saved would be lost."),
              _ ("_Discard"), close_anyway);
  return FALSE;
}

/* -- other commands ------------------------------------------------------- */

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcScenarioEditor *self = data;

  pc_json_edit_undo (pc_sketch_get_edit (self->sketch));
  pc_scenario_editor_reload (self);
}

static void
redo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcScenarioEditor *self = data;

  pc_json_edit_redo (pc_sketch_get_edit (self->sketch));
  pc_scenario_editor_reload (self);
}

static void
run_again_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  pc_scenario_editor_run_again (data);
}

static void
mark_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  pc_scenario_editor_mark_step (data);
}

static void
add_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  PcScenarioEditor *self = data;

  pc_scenario_editor_show_side (self, self->script_tab);
  pc_entry_list_offer (self->list);
}

static void
text_cb (GSimpleAction *action,
         GVariant      *state,
         gpointer       data)
{
  PcScenarioEditor *self = data;
  gboolean text = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  gtk_stack_set_visible_child_name (self->sides, text ? "text" : "entries");
  pc_scenario_editor_show_side (self, self->script_tab);
  gtk_widget_grab_focus (text ? GTK_WIDGET (self->text)
                              : GTK_WIDGET (self->list));
}

static void
set_enabled (PcScenarioEditor *self,
             const char       *name,
             gboolean          enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self),
                                                   name)),
      enabled);
}

void
pc_scenario_editor_update (PcScenarioEditor *self)
{
  PcJsonEdit *edit = pc_sketch_get_edit (self->sketch);
  gboolean is_changed = pc_sketch_is_changed (self->sketch);
  g_autofree char *title = pc_sketch_dup_title (self->sketch);
  /* Translators: the title of a window; %s is the title of a scenario with
   * changes that are not saved. */
  g_autofree char *starred = g_strdup_printf (_ ("%s *"), title);

  gtk_window_set_title (GTK_WINDOW (self), is_changed ? starred : title);
  set_enabled (self, "undo", pc_json_edit_can_undo (edit));
  set_enabled (self, "redo", pc_json_edit_can_redo (edit));
  set_enabled (self, "save",
               is_changed || !pc_sketch_is_saved (self->sketch));
}

static void
add_properties (PcScenarioEditor *self)
{
  g_autoptr (GPropertyAction) inspector =
      g_property_action_new ("inspector", self->fold, "show-end");
  g_autoptr (GPropertyAction) reveal =
      g_property_action_new ("reveal", self->inspector, "reveal");

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (inspector));
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (reveal));
}

void
pc_scenario_editor_init_actions (PcScenarioEditor *self)
{
  static const GActionEntry entries[] = {
    { .name = "save", .activate = save_cb },
    { .name = "save-as", .activate = save_as_cb },
    { .name = "undo", .activate = undo_cb },
    { .name = "redo", .activate = redo_cb },
    { .name = "add-entry", .activate = add_cb },
    { .name = "run-again", .activate = run_again_cb },
    { .name = "mark-step", .activate = mark_cb },
    { .name = "scenario-text", .state = "false", .change_state = text_cb },
  };
  GSimpleActionGroup *stage = pc_lab_stage_get_actions (self->stage);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (stage));

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries,
                                   G_N_ELEMENTS (entries), self);
  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (
        G_ACTION_MAP (self),
        g_action_map_lookup_action (G_ACTION_MAP (stage), names[i]));
  add_properties (self);
}

/* -- coming to it --------------------------------------------------------- */

static void
saved_cb (PcWindow   *window,
          const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  pc_window_open_file (window, file);
}

/* Takes @sketch. */
static GtkWidget *
open_editor (PcWindow *window,
             PcSketch *sketch)
{
  GtkWidget *editor = pc_scenario_editor_new (
      gtk_window_get_application (GTK_WINDOW (window)), sketch,
      pc_window_get_content (window));

  g_signal_connect_object (editor, "saved", G_CALLBACK (saved_cb), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
  return editor;
}

/* The window in which this file is written already; or NULL. */
static GtkWindow *
find_editor (PcWindow   *window,
             const char *path)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (window));

  for (GList *l = gtk_application_get_windows (app); l != NULL; l = l->next)
    if (PC_IS_SCENARIO_EDITOR (l->data) &&
        g_str_equal (path, pc_sketch_get_path (
                               PC_SCENARIO_EDITOR (l->data)->sketch)))
      return l->data;
  return NULL;
}

static void
edit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcWindow *window = data;
  const char *path =
      pc_exchanges_page_get_path (pc_window_get_exchanges (window));
  GtkWindow *editor = path != NULL ? find_editor (window, path) : NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcSketch *sketch = NULL;

  if (editor != NULL) {
    gtk_window_present (editor);
    return;
  }
  if (path != NULL)
    sketch = pc_sketch_load (path, problems);
  if (path == NULL)
    pc_window_toast (window, _ ("No scenario is shown that could be "
                                "edited."));
  else if (sketch == NULL)
    gtk_window_present (GTK_WINDOW (pc_problems_window_new (
        GTK_WINDOW (window), problems)));
  else if (pc_sketch_is_saved (sketch))
    open_editor (window, sketch);
  else
    pc_toasts_tell (open_editor (window, sketch),
                    _ ("This scenario came with Portcall. You edit a copy "
                       "of it."));
}

static void
new_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  const char *protocol = g_variant_get_string (parameter, NULL);

  if (pc_registry_find (protocol) != NULL)
    open_editor (data, pc_sketch_new (protocol));
}

void
pc_scenario_editor_add_actions (GtkApplicationWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "edit-scenario", .activate = edit_cb },
    { .name = "new-scenario", .activate = new_cb, .parameter_type = "s" },
  };

  g_return_if_fail (PC_IS_WINDOW (window));

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries,
                                   G_N_ELEMENTS (entries), window);
}
