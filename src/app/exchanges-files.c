/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario files that somebody opens: by the dialog, a drop, the command line
 * or the list of recent ones.  They stay in the list for the session and are
 * read again when they change; what the stage shows is then shown anew, at the
 * same step.  A file that is no scenario changes nothing but for a message. */

#include "app/exchanges-page-private.h"
#include "app/file-dialog.h"
#include "app/mistakes-view.h"
#include "app/scenario-row.h"
#include "app/window.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

static void
toast (PcExchangesPage *self,
       const char      *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (PC_IS_WINDOW (root))
    pc_window_toast (PC_WINDOW (root), text);
}

/* -- the page of mistakes, and the bar ------------------------------------ */

static gboolean
shows_mistakes (PcExchangesPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stage),
                    "mistakes") == 0;
}

static void
update_file_actions (PcExchangesPage *self)
{
  const PcScenarioSource *last =
      self->file != NULL ? pc_opened_file_get_last (self->file) : NULL;

  g_simple_action_set_enabled (pc_exchanges_page_get_action (self, "reload"),
                               self->file != NULL);
  g_simple_action_set_enabled (
      pc_exchanges_page_get_action (self, "show-mistakes"),
      last != NULL && last->state != PC_SOURCE_WHOLE);
  g_simple_action_set_enabled (
      pc_exchanges_page_get_action (self, "watch-file"),
      self->file != NULL && pc_opened_file_get_scenario (self->file) != NULL);
}

static void
show_bar (PcExchangesPage *self)
{
  if (self->file_bar == NULL && self->file == NULL)
    return;
  if (self->file_bar == NULL) {
    self->file_bar = pc_file_bar_new ();
    gtk_box_prepend (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->head))),
                     self->file_bar);
  }
  pc_file_bar_show (PC_FILE_BAR (self->file_bar), self->file);
}

static void
show_mistakes (PcExchangesPage *self)
{
  if (self->mistakes == NULL) {
    self->mistakes = pc_mistakes_view_new ();
    gtk_stack_add_named (self->stage, self->mistakes, "mistakes");
  }
  pc_mistakes_view_show (PC_MISTAKES_VIEW (self->mistakes), self->file);
  pc_player_set_playing (self->player, FALSE);
  gtk_stack_set_visible_child_name (self->stage, "mistakes");
}

/* -- the list ------------------------------------------------------------- */

/* The files come first.  NULL when it is not in the list. */
static PcScenarioRow *
find_row (PcExchangesPage *self,
          PcOpenedFile    *file)
{
  for (int i = 0;; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
    PcOpenedFile *of_row =
        row != NULL ? pc_scenario_row_get_file (PC_SCENARIO_ROW (row)) : NULL;

    if (of_row == NULL)
      return NULL;
    if (of_row == file)
      return PC_SCENARIO_ROW (row);
  }
}

static void
add_row (PcExchangesPage *self,
         PcOpenedFile    *file)
{
  int n = 0;

  for (;; n++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, n);

    if (row == NULL ||
        pc_scenario_row_get_file (PC_SCENARIO_ROW (row)) == NULL)
      break;
  }
  gtk_list_box_insert (self->list, pc_scenario_row_new_file (file), n);
}

/* -- showing -------------------------------------------------------------- */

/* What was on the stage makes room for a page without an exchange. */
static void
leave_exchange (PcExchangesPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  pc_exchanges_page_reset_security (self);
  g_clear_pointer (&self->mark, g_free);
  self->keep = 0;
  g_clear_object (&self->timeline);
  pc_player_set_timeline (self->player, NULL);
  g_simple_action_set_state (pc_exchanges_page_get_action (self, "open"),
                             g_variant_new_string (""));
  pc_exchanges_page_show_current (self);
  pc_exchanges_page_update_actions (self);
}

static void
watch_file (PcExchangesPage *self)
{
  PcScenario *scenario = pc_opened_file_get_scenario (self->file);

  if (scenario == NULL)
    return;
  if (scenario == self->scenario && self->timeline != NULL)
    gtk_stack_set_visible_child_name (self->stage, "exchange");
  else
    pc_exchanges_page_open_scenario (self, scenario);
}

void
pc_exchanges_page_show_file (PcExchangesPage *self,
                             PcOpenedFile    *file)
{
  const PcScenarioSource *last = pc_opened_file_get_last (file);

  if (last->state == PC_SOURCE_WHOLE) {
    pc_exchanges_page_open_scenario (self,
                                     pc_opened_file_get_scenario (file));
    return;
  }
  if (self->file != file)
    leave_exchange (self);
  g_set_object (&self->file, file);
  gtk_list_box_select_row (self->list,
                           GTK_LIST_BOX_ROW (find_row (self, file)));
  show_bar (self);
  show_mistakes (self);
  update_file_actions (self);
  pc_exchanges_page_remember (self);
}

void
pc_exchanges_page_follow_scenario (PcExchangesPage *self)
{
  const PcOpenedFile *before = self->file; /* only compared */

  g_clear_object (&self->file);
  for (guint i = 0; i < self->files->len; i++)
    if (pc_opened_file_get_scenario (self->files->pdata[i]) ==
        self->scenario)
      self->file = g_object_ref (self->files->pdata[i]);
  if (self->file != before)
    self->keep = 0;
  show_bar (self);
  update_file_actions (self);
  pc_exchanges_page_remember (self);
}

/* -- reading -------------------------------------------------------------- */

/* The step that is seen now is to be seen in the next run. */
static void
keep_position (PcExchangesPage *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);
  guint current = pc_player_get_current (self->player);
  PcStep *step;

  if (timeline == NULL || current >= pc_timeline_get_n_steps (timeline))
    return;
  step = pc_timeline_get_step (timeline, current);
  self->keep = pc_step_get_number (step);
  g_free (self->mark);
  self->mark = g_strdup (pc_step_get_mark (step));
}

/* The file on the stage was read again. */
static void
refresh (PcExchangesPage *self)
{
  const PcScenarioSource *last = pc_opened_file_get_last (self->file);
  PcScenario *scenario = pc_opened_file_get_scenario (self->file);

  show_bar (self);
  update_file_actions (self);
  if (last->state != PC_SOURCE_WHOLE &&
      (shows_mistakes (self) || self->timeline == NULL)) {
    show_mistakes (self);
    return;
  }
  if (scenario == self->scenario)
    return; /* an older one, that goes on */
  keep_position (self);
  pc_exchanges_page_open_scenario (self, scenario);
}

static void
drop_file (PcExchangesPage *self,
           PcOpenedFile    *file)
{
  g_autofree char *uri =
      g_filename_to_uri (pc_opened_file_get_path (file), NULL, NULL);

  toast (self, pc_opened_file_get_last (file)->message);
  if (uri != NULL && self->recent != NULL)
    pc_recent_remove (self->recent, uri);
  g_signal_handlers_disconnect_by_data (file, self);
  g_ptr_array_remove (self->files, file);
  pc_exchanges_page_begin (self);
}

static void
loaded_cb (PcOpenedFile    *file,
           PcExchangesPage *self)
{
  const PcScenarioSource *last = pc_opened_file_get_last (file);
  PcScenarioRow *row = find_row (self, file);

  if (row != NULL) {
    pc_scenario_row_update (row);
    if (self->file == file)
      refresh (self);
  } else if (last->state == PC_SOURCE_OTHER) {
    drop_file (self, file);
  } else {
    add_row (self, file);
    pc_exchanges_page_show_file (self, file);
  }
}

void
pc_exchanges_page_open_file (PcExchangesPage *self,
                             GFile           *location)
{
  g_autofree char *path = NULL;
  PcOpenedFile *file;

  g_return_if_fail (PC_IS_EXCHANGES_PAGE (self));
  g_return_if_fail (G_IS_FILE (location));

  path = g_file_get_path (location);
  if (path == NULL) {
    toast (self, _ ("Only files of this computer can be opened. Copy the file "
                    "to one of your folders, then open it from there."));
    return;
  }
  for (guint i = 0; i < self->files->len; i++) {
    file = self->files->pdata[i];
    if (!g_str_equal (pc_opened_file_get_path (file), path))
      continue;
    if (find_row (self, file) != NULL)
      pc_exchanges_page_show_file (self, file);
    return;
  }
  if (self->files->len >= PC_LIMIT_OPENED_FILES) {
    toast (self, _ ("Too many files are open. Start Portcall again to open "
                    "others."));
    return;
  }
  file = pc_opened_file_new (path);
  g_ptr_array_add (self->files, file);
  g_signal_connect_object (file, "loaded", G_CALLBACK (loaded_cb), self, 0);
}

gboolean
pc_exchanges_page_has_files (PcExchangesPage *self)
{
  return self->files->len > 0;
}

/* -- commands ------------------------------------------------------------- */

static void
chosen_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (chooser);

  pc_exchanges_page_come_forward (owner);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) one = g_list_model_get_item (files, i);

    pc_exchanges_page_open_file (owner, one);
  }
}

static void
open_file_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  GtkFileChooser *chooser =
      pc_file_dialog_new (data, data, GTK_FILE_CHOOSER_ACTION_OPEN,
                          _ ("Open Scenarios"), _ ("_Open"));

  gtk_file_chooser_set_select_multiple (chooser, TRUE);
  pc_file_dialog_add_filter (chooser, _ ("Scenarios (*.json)"), "json");
  pc_file_dialog_add_filter (chooser, _ ("All files"), NULL);
  pc_file_dialog_ask (chooser, chosen_cb, NULL, NULL);
}

static void
open_path_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  g_autoptr (GFile) file =
      g_file_new_for_commandline_arg (g_variant_get_string (parameter, NULL));

  pc_exchanges_page_come_forward (data);
  pc_exchanges_page_open_file (data, file);
}

static void
reload_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcExchangesPage *self = data;

  if (self->file != NULL)
    pc_opened_file_reload (self->file);
}

static void
show_mistakes_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  PcExchangesPage *self = data;

  if (self->file != NULL)
    show_mistakes (self);
}

static void
watch_file_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  PcExchangesPage *self = data;

  if (self->file != NULL)
    watch_file (self);
}

static const GActionEntry entries[] = {
  { .name = "open-file", .activate = open_file_cb },
  { .name = "open-path", .activate = open_path_cb, .parameter_type = "s" },
  { .name = "reload", .activate = reload_cb },
  { .name = "show-mistakes", .activate = show_mistakes_cb },
  { .name = "watch-file", .activate = watch_file_cb },
};

const char *
pc_exchanges_page_get_path (PcExchangesPage *self)
{
  g_return_val_if_fail (PC_IS_EXCHANGES_PAGE (self), NULL);

  if (self->file != NULL)
    return pc_opened_file_get_path (self->file);
  return self->scenario != NULL ? pc_scenario_get_file (self->scenario)
                                : NULL;
}

void
pc_exchanges_page_init_files (PcExchangesPage *self)
{
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  update_file_actions (self);
}
