/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses, runs and shows scenarios.  The run is run/'s, the time is the
 * player's, the picture is diagram/'s; here they are told of each other.
 * A new choice cancels the run before it.  The commands and their keys are in
 * exchanges-actions.c. */

#include "app/exchanges-page.h"

#include "app/drawer-layout.h"
#include "app/exchanges-compare.h"
#include "app/exchanges-page-private.h"
#include "app/scenario-row.h"
#include "app/tab-stop.h"

#include "run/run.h"

#include <glib/gi18n-lib.h>

#define SPINNER_DELAY_MS 200

G_DEFINE_FINAL_TYPE (PcExchangesPage, pc_exchanges_page, GTK_TYPE_WIDGET)

/* -- showing -------------------------------------------------------------- */

void
pc_exchanges_page_show_current (PcExchangesPage *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);
  guint current = pc_player_get_current (self->player);
  PcStep *step = NULL;

  if (pc_exchanges_compare_show_current (self))
    return;
  if (timeline != NULL && current < pc_timeline_get_n_steps (timeline))
    step = pc_timeline_get_step (timeline, current);
  pc_inspector_set_step (self->inspector, step != NULL ? timeline : NULL,
                         step);
}

static void
show_empty (PcExchangesPage *self,
            const char      *title,
            const char      *text)
{
  gtk_label_set_label (self->empty_title, title);
  gtk_label_set_label (self->empty_text, text);
  gtk_stack_set_visible_child_name (self->stage, "empty");
}

static void
ensure_diagram (PcExchangesPage *self)
{
  GtkWidget *diagram;

  if (self->diagram != NULL)
    return;
  diagram = pc_diagram_new ();
  self->diagram = PC_DIAGRAM (diagram);
  gtk_widget_set_hexpand (diagram, TRUE);
  gtk_widget_set_vexpand (diagram, TRUE);
  gtk_box_append (GTK_BOX (self->canvas), diagram);
  pc_diagram_set_player (self->diagram, self->player);
  g_object_bind_property (self->inspector, "reveal", diagram, "show-secrets",
                          G_BINDING_SYNC_CREATE);
  pc_exchanges_page_update_predict (self);
}

static void
show_mark (PcExchangesPage *self,
           PcTimeline      *timeline)
{
  int index = -1;

  if (self->mark != NULL)
    index = pc_timeline_find_mark (timeline, self->mark);
  g_clear_pointer (&self->mark, g_free);
  if (index < 0 && self->keep > 0)
    index = (int) pc_timeline_find_number (timeline, self->keep);
  self->keep = 0;
  if (pc_timeline_get_n_steps (timeline) > 0)
    pc_player_show_step (self->player, index >= 0 ? (guint) index : 0);
  if (self->play)
    pc_player_seek (self->player, 0);
  pc_player_set_playing (self->player, self->play);
  self->play = FALSE;
}

static void
show_timeline (PcExchangesPage *self,
               PcTimeline      *timeline)
{
  gboolean first = self->diagram == NULL;

  g_set_object (&self->timeline, timeline);
  pc_stage_head_show (self->head, pc_exchanges_page_get_scenario (self),
                      timeline);
  ensure_diagram (self);
  g_simple_action_set_state (pc_exchanges_page_get_action (self, "eavesdrop"),
                             g_variant_new_boolean (FALSE));
  g_simple_action_set_enabled (pc_exchanges_page_get_action (self, "eavesdrop"),
                               pc_timeline_has_secure_steps (timeline));
  pc_player_set_timeline (self->player, timeline);
  show_mark (self, timeline);
  pc_exchanges_page_show_current (self);
  pc_exchanges_page_update_actions (self);
  gtk_stack_set_visible_child_name (self->stage, "exchange");
  if (first && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* -- running -------------------------------------------------------------- */

static gboolean
spinner_cb (gpointer data)
{
  PcExchangesPage *self = data;

  self->spinner_id = 0;
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stage, "running");
  return G_SOURCE_REMOVE;
}

static void
stop_spinner (PcExchangesPage *self)
{
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  gtk_spinner_stop (self->spinner);
}

void
pc_exchanges_page_end_run (PcExchangesPage *self)
{
  stop_spinner (self);
  g_clear_object (&self->cancellable);
}

void
pc_exchanges_page_show_failure (PcExchangesPage *self,
                                const char      *message)
{
  pc_exchanges_page_end_run (self);
  if (self->player == NULL)
    return;
  g_clear_object (&self->timeline);
  pc_player_set_timeline (self->player, NULL);
  pc_exchanges_page_show_current (self);
  pc_exchanges_page_update_actions (self);
  show_empty (self, _ ("The exchange could not run"), message);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (PcExchangesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PcTimeline) timeline = pc_run_scenario_finish (result, &error);

  /* A cancelled run was followed by another, or the page is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (timeline == NULL) {
    pc_exchanges_page_show_failure (self, error->message);
    return;
  }
  pc_exchanges_page_end_run (self);
  if (self->player != NULL)
    show_timeline (self, timeline);
}

GCancellable *
pc_exchanges_page_begin_run (PcExchangesPage *self)
{
  g_cancellable_cancel (self->cancellable);
  pc_exchanges_page_end_run (self);
  self->cancellable = g_cancellable_new ();
  self->spinner_id = g_timeout_add (SPINNER_DELAY_MS, spinner_cb, self);
  pc_player_set_playing (self->player, FALSE);
  return self->cancellable;
}

void
pc_exchanges_page_run (PcExchangesPage *self)
{
  if (pc_exchanges_compare_run (self))
    return;
  pc_exchanges_page_begin_run (self);
  pc_run_scenario_async (pc_exchanges_page_get_scenario (self),
                         PC_LINK_SOCKETS, self->cancellable, run_cb,
                         g_object_ref (self));
}

static void
select_row (PcExchangesPage *self)
{
  for (int i = 0;; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

    if (row == NULL)
      return;
    if (pc_scenario_row_get_scenario (PC_SCENARIO_ROW (row)) ==
        self->scenario) {
      gtk_list_box_select_row (self->list, row);
      return;
    }
  }
}

void
pc_exchanges_page_open_scenario (PcExchangesPage *self,
                                 PcScenario      *scenario)
{
  pc_exchanges_compare_leave (self);
  pc_scenario_ref (scenario);
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  self->scenario = scenario;
  pc_exchanges_page_reset_security (self);
  g_simple_action_set_state (
      pc_exchanges_page_get_action (self, "open"),
      g_variant_new_string (pc_scenario_get_id (scenario)));
  select_row (self);
  pc_exchanges_page_follow_scenario (self);
  pc_exchanges_page_run (self);
}

/* -- list of scenarios ---------------------------------------------------- */

static void
row_activated_cb (PcExchangesPage *self,
                  PcScenarioRow   *row)
{
  PcOpenedFile *file = pc_scenario_row_get_file (row);

  g_clear_pointer (&self->mark, g_free);
  if (file != NULL)
    pc_exchanges_page_show_file (self, file);
  else
    pc_exchanges_page_open_scenario (self, pc_scenario_row_get_scenario (row));
  if (pc_fold_get_start_folded (self->fold))
    pc_fold_set_show_start (self->fold, FALSE);
}

static const char *
get_heading (GtkListBoxRow *row)
{
  PcScenarioRow *self = PC_SCENARIO_ROW (row);
  const PcProtocol *protocol;

  if (pc_scenario_row_get_file (self) != NULL)
    return _ ("Your files");
  protocol = pc_scenario_get_protocol (pc_scenario_row_get_scenario (self));
  return protocol != NULL ? protocol->name : _ ("Several protocols");
}

static void
header_func (GtkListBoxRow *row,
             GtkListBoxRow *before,
             gpointer       data)
{
  const char *heading = get_heading (row);
  GtkWidget *label;

  if (before != NULL && g_str_equal (heading, get_heading (before))) {
    gtk_list_box_row_set_header (row, NULL);
    return;
  }
  label = gtk_label_new (heading);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_box_row_set_header (row, label);
}

static gboolean
filter_func (GtkListBoxRow *row,
             gpointer       data)
{
  PcExchangesPage *self = data;

  return self->words == NULL ||
         pc_scenario_row_matches (PC_SCENARIO_ROW (row),
                                  (const char *const *) self->words);
}

static void
search_changed_cb (PcExchangesPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->words, g_strfreev);
  self->words = g_str_tokenize_and_fold (text, NULL, NULL);
  gtk_list_box_invalidate_filter (self->list);
  pc_compare_list_filter (self->compare_list,
                          (const char *const *) self->words);
}

/* Enter in the search opens the first that is left. */
static void
search_activate_cb (PcExchangesPage *self)
{
  for (int i = 0;; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

    if (row == NULL)
      return;
    if (gtk_widget_get_child_visible (GTK_WIDGET (row))) {
      row_activated_cb (self, PC_SCENARIO_ROW (row));
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return;
    }
  }
}

static void
search_stop_cb (PcExchangesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* -- life ----------------------------------------------------------------- */

/* The keys of the player work from the diagram; from the search they would
 * be letters. */
static gboolean
grab_focus (GtkWidget *widget)
{
  PcExchangesPage *self = PC_EXCHANGES_PAGE (widget);

  if (self->comparison != NULL && self->compare != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->compare));
  if (gtk_widget_child_focus (self->canvas, GTK_DIR_TAB_FORWARD))
    return TRUE;
  return gtk_widget_child_focus (GTK_WIDGET (self->list),
                                 GTK_DIR_TAB_FORWARD);
}

static void
tab_cb (PcExchangesPage *self)
{
  self->tabbing = TRUE;
}

static void
tabbed_cb (PcExchangesPage *self)
{
  self->tabbing = FALSE;
}

/* By the key Tab; not where the window itself looks for a place. */
static void
root_cb (PcExchangesPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL)
    return;
  g_signal_connect_object (root, "move-focus", G_CALLBACK (tab_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (root, "move-focus", G_CALLBACK (tabbed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* Where what had the focus went away, the window looks for another place: no
 * field to type into, since the keys are the player's. */
static gboolean
focus (GtkWidget       *widget,
       GtkDirectionType direction)
{
  PcExchangesPage *self = PC_EXCHANGES_PAGE (widget);

  if (!self->tabbing && grab_focus (widget))
    return TRUE;
  return pc_tab_stop_focus_child (widget, direction);
}

static void
dispose (GObject *object)
{
  PcExchangesPage *self = PC_EXCHANGES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  if (self->player != NULL) {
    g_signal_handlers_disconnect_by_data (self->player, self);
    pc_player_set_find (self->player, NULL, NULL);
  }
  if (self->fold != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->fold));
  self->fold = NULL;
  self->diagram = NULL;
  self->compare = NULL;
  g_clear_object (&self->player);
  g_clear_object (&self->timeline);
  g_clear_object (&self->content);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  g_clear_pointer (&self->variant, pc_scenario_unref);
  g_clear_pointer (&self->comparison, pc_comparison_unref);
  g_clear_pointer (&self->mark, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_object (&self->file);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->recent);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (pc_exchanges_page_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcExchangesPage, name)

static void
pc_exchanges_page_class_init (PcExchangesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_COMPARE_LIST);
  g_type_ensure (PC_TYPE_DRAWER_LAYOUT);
  g_type_ensure (PC_TYPE_FOLD);
  g_type_ensure (PC_TYPE_INSPECTOR);
  g_type_ensure (PC_TYPE_PREDICT_CARD);
  g_type_ensure (PC_TYPE_STAGE_HEAD);
  g_type_ensure (PC_TYPE_TAB_STOP);
  g_type_ensure (PC_TYPE_TRANSPORT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->focus = focus;
  widget_class->grab_focus = grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/exchanges-page.ui");
  BIND (fold);
  BIND (search);
  BIND (list);
  BIND (compare_list);
  BIND (stage);
  BIND (spinner);
  BIND (empty_title);
  BIND (empty_text);
  BIND (head);
  BIND (canvas);
  BIND (predict);
  BIND (transport);
  BIND (inspector);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
}

#undef BIND

static void
pc_exchanges_page_init (PcExchangesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::root", G_CALLBACK (root_cb), NULL);
  self->player = pc_player_new ();
  pc_exchanges_page_init_actions (self);
  pc_exchanges_page_init_files (self);
  pc_exchanges_page_init_find (self);
  pc_exchanges_page_init_memory (self);
  g_signal_connect_swapped (self->player, "notify::current",
                            G_CALLBACK (pc_exchanges_page_show_current), self);
  g_signal_connect_swapped (self->player, "notify::position",
                            G_CALLBACK (pc_exchanges_page_update_actions),
                            self);
  pc_transport_set_player (self->transport, self->player);
  pc_exchanges_page_init_predict (self);
  gtk_list_box_set_header_func (self->list, header_func, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, filter_func, self, NULL);
  gtk_search_entry_set_key_capture_widget (self->search, NULL);
  pc_exchanges_page_update_actions (self);
}

GtkWidget *
pc_exchanges_page_new (void)
{
  return g_object_new (PC_TYPE_EXCHANGES_PAGE, NULL);
}

void
pc_exchanges_page_add_actions (PcExchangesPage *self,
                               GActionMap      *map)
{
  g_auto (GStrv) names = NULL;

  g_return_if_fail (PC_IS_EXCHANGES_PAGE (self));

  names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));
  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (
        map, g_action_map_lookup_action (G_ACTION_MAP (self->actions),
                                         names[i]));
}

void
pc_exchanges_page_set_content (PcExchangesPage *self,
                               PcContent       *content)
{
  g_autofree char *wanted = NULL;
  PcLibrary *library;
  guint n;

  g_return_if_fail (PC_IS_EXCHANGES_PAGE (self));
  g_return_if_fail (PC_IS_CONTENT (content));

  g_set_object (&self->content, content);
  pc_inspector_set_content (self->inspector, content);
  library = pc_content_get_library (content);
  pc_recent_set_library (self->recent, library);
  n = library != NULL ? pc_library_get_n (library) : 0;
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list,
                         pc_scenario_row_new (pc_library_get (library, i)));
  pc_exchanges_compare_fill (self);
  if (n == 0) {
    show_empty (self, _ ("No exchanges found"),
                _ ("The folder with the scenarios is empty or cannot be "
                   "read. Reinstall Portcall, or set PORTCALL_DATA to the "
                   "folder that holds them."));
    return;
  }
  wanted = g_steal_pointer (&self->wanted);
  if (wanted == NULL || !pc_exchanges_page_open (self, wanted, self->mark))
    pc_exchanges_page_begin (self);
}

void
pc_exchanges_page_come_forward (PcExchangesPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    gtk_widget_activate_action (GTK_WIDGET (root), "win.place", "s",
                                "exchanges");
}

void
pc_exchanges_page_open_first (PcExchangesPage *self)
{
  PcLibrary *library =
      self->content != NULL ? pc_content_get_library (self->content) : NULL;

  if (library == NULL || pc_library_get_n (library) == 0)
    return;
  self->starting = TRUE;
  pc_exchanges_page_open_scenario (self, pc_library_get (library, 0));
  self->starting = FALSE;
}

gboolean
pc_exchanges_page_open (PcExchangesPage *self,
                        const char      *scenario_id,
                        const char      *mark)
{
  g_autofree char *copy = g_strdup (mark);
  PcLibrary *library;
  PcScenario *scenario;

  g_return_val_if_fail (PC_IS_EXCHANGES_PAGE (self), FALSE);
  g_return_val_if_fail (scenario_id != NULL, FALSE);

  g_free (self->mark);
  self->mark = g_steal_pointer (&copy);
  if (self->content == NULL) {
    g_free (self->wanted);
    self->wanted = g_strdup (scenario_id);
    return TRUE;
  }
  library = pc_content_get_library (self->content);
  scenario = library != NULL ? pc_library_find (library, scenario_id) : NULL;
  if (scenario == NULL) {
    g_clear_pointer (&self->mark, g_free);
    return FALSE;
  }
  pc_exchanges_page_open_scenario (self, scenario);
  return TRUE;
}

PcPlayer *
pc_exchanges_page_get_player (PcExchangesPage *self)
{
  g_return_val_if_fail (PC_IS_EXCHANGES_PAGE (self), NULL);

  return self->player;
}

gboolean
pc_exchanges_page_is_idle (PcExchangesPage *self)
{
  g_return_val_if_fail (PC_IS_EXCHANGES_PAGE (self), FALSE);

  return self->cancellable == NULL;
}

PcScenario *
pc_exchanges_page_get_scenario (PcExchangesPage *self)
{
  g_return_val_if_fail (PC_IS_EXCHANGES_PAGE (self), NULL);

  return self->variant != NULL ? self->variant : self->scenario;
}

PcDiagram *
pc_exchanges_page_get_diagram (PcExchangesPage *self)
{
  g_return_val_if_fail (PC_IS_EXCHANGES_PAGE (self), NULL);

  return self->diagram;
}
