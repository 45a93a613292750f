/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Presenting: the two windows, the keys of both, the clock.  The step is the
 * player's, so that the main window shows the same.  While the projector's
 * diagram is there, it drives the player: the main window may be hidden.
 *
 * "Next" plays one step and stops; with reduced motion it shows it at once.
 * The keys are in presenter-keys.c. */

#include "app/presenter-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NUDGE 0.001 /* into a step: its beginning, and already current */

enum { PAST_END,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcPresenter, pc_presenter, G_TYPE_OBJECT)

guint
pc_presenter_get_n_steps (PcPresenter *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);

  return timeline != NULL ? pc_timeline_get_n_steps (timeline) : 0;
}

static GSimpleAction *
get_action (PcPresenter *self,
            const char  *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

static gboolean
get_state (PcPresenter *self,
           const char  *name)
{
  g_autoptr (GVariant) state =
      g_action_get_state (G_ACTION (get_action (self, name)));

  return g_variant_get_boolean (state);
}

static void
set_state (PcPresenter *self,
           const char  *name,
           gboolean     state)
{
  g_action_change_state (G_ACTION (get_action (self, name)),
                         g_variant_new_boolean (state));
}

/* -- notes ---------------------------------------------------------------- */

static const char *
get_note (PcPresenter *self,
          PcStep      *step)
{
  PcScenario *scenario = pc_exchanges_page_get_scenario (self->page);
  const char *id = pc_step_get_mark (step);
  const PcScenarioMark *mark =
      id != NULL ? pc_scenario_find_mark (scenario, id) : NULL;

  return mark != NULL ? mark->presenter : NULL;
}

static void
find_notes (PcPresenter *self,
            PcTimeline  *timeline,
            guint        current,
            PcNotes     *notes)
{
  PcStep *step = pc_timeline_get_step (timeline, current);
  PcStep *next = pc_timeline_get_step (timeline, current + 1);

  notes->number = current + 1;
  notes->title = pc_step_get_title (step);
  notes->explanation = pc_step_get_explanation (step);
  if (next != NULL)
    notes->next = pc_step_get_title (next);
  /* In front of a class, who presents knows; alone, nobody is to. */
  notes->hide_next = next != NULL && self->screen == NULL &&
                     pc_exchanges_page_get_hide_future (self->page);
  for (guint i = current + 1; i > 0 && notes->note == NULL; i--) {
    notes->note = get_note (self, pc_timeline_get_step (timeline, i - 1));
    notes->note_step = i <= current ? i : 0;
  }
}

static void
update_notes (PcPresenter *self)
{
  PcScenario *scenario = pc_exchanges_page_get_scenario (self->page);
  PcTimeline *timeline = pc_player_get_timeline (self->player);
  guint current = pc_player_get_current (self->player);
  PcNotes notes = { .n_steps = pc_presenter_get_n_steps (self) };

  if (self->notes == NULL)
    return;
  if (scenario != NULL) {
    notes.exchange = pc_scenario_get_title (scenario);
    notes.about = pc_scenario_get_presenter (scenario);
  }
  if (scenario != NULL && current < notes.n_steps)
    find_notes (self, timeline, current, &notes);
  pc_notes_window_show (self->notes, &notes);
}

static void
update_clock (PcPresenter *self)
{
  g_autofree char *text = pc_stopwatch_format (
      pc_stopwatch_get (&self->watch, g_get_monotonic_time ()));

  if (self->notes != NULL)
    pc_notes_window_set_time (self->notes, text, self->watch.running);
}

static gboolean
clock_cb (gpointer data)
{
  update_clock (data);
  return G_SOURCE_CONTINUE;
}

/* -- steps ---------------------------------------------------------------- */

void
pc_presenter_show_screen (PcPresenter *self)
{
  set_state (self, "blank", FALSE);
}

static gboolean
has_motion (PcPresenter *self)
{
  gboolean animations = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self->window)),
                "gtk-enable-animations", &animations, NULL);
  return animations && self->screen != NULL;
}

/* Who asks again before the step is done wants the next one. */
static void
next_step (PcPresenter *self)
{
  guint n = pc_presenter_get_n_steps (self);
  guint done = (guint) ceil (pc_player_get_position (self->player));

  if (done >= n && !pc_player_get_playing (self->player))
    g_signal_emit (self, signals[PAST_END], 0);
  if (done >= n || !has_motion (self)) {
    pc_player_show_step (self->player, done);
    return;
  }
  pc_player_set_playing (self->player, FALSE);
  pc_player_seek (self->player, done + NUDGE);
  pc_player_set_playing (self->player, TRUE);
  self->until = done + 1;
}

static void
position_cb (PcPresenter *self)
{
  guint until = self->until;

  if (until > 0 && pc_player_get_position (self->player) >= until)
    pc_player_show_step (self->player, until - 1);
}

static void
playing_cb (PcPresenter *self)
{
  self->until = 0;
}

static void
step_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcPresenter *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (pc_presenter_get_n_steps (self) == 0)
    return;
  pc_presenter_show_screen (self);
  if (g_str_equal (name, "next"))
    next_step (self);
  else if (g_str_equal (name, "back"))
    pc_player_back (self->player);
  else if (g_str_equal (name, "first"))
    pc_player_first (self->player);
  else
    pc_player_last (self->player);
}

static void
play_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcPresenter *self = data;

  pc_presenter_show_screen (self);
  pc_player_set_playing (self->player,
                         !pc_player_get_playing (self->player));
}

/* -- the projector's window ----------------------------------------------- */

static void
set_spotlight (PcPresenter *self)
{
  if (self->screen != NULL)
    pc_diagram_set_spotlight (pc_present_window_get_diagram (self->screen),
                              get_state (self, "spotlight"));
}

/* Two diagrams of one player: ours drives it, and both hide passwords or
 * none. */
static void
share_main_diagram (PcPresenter *self)
{
  PcDiagram *diagram = pc_exchanges_page_get_diagram (self->page);

  if (diagram == NULL)
    return;
  pc_diagram_set_driving (diagram, FALSE);
  g_object_bind_property (diagram, "show-secrets",
                          pc_present_window_get_diagram (self->screen),
                          "show-secrets", G_BINDING_SYNC_CREATE);
  g_object_bind_property (diagram, "hide-future",
                          pc_present_window_get_diagram (self->screen),
                          "hide-future", G_BINDING_SYNC_CREATE);
}

static void
free_main_diagram (PcPresenter *self)
{
  PcDiagram *diagram = pc_exchanges_page_get_diagram (self->page);

  if (diagram != NULL)
    pc_diagram_set_driving (diagram, TRUE);
}

static void
presenting_changed (PcPresenter *self)
{
  pc_exchanges_page_set_presenting (self->page, self->screen != NULL);
  update_notes (self);
}

/* A step under way is shown whole. */
static void
stop_playing (PcPresenter *self)
{
  guint current = pc_player_get_current (self->player);

  pc_player_set_playing (self->player, FALSE);
  if (current < pc_presenter_get_n_steps (self))
    pc_player_show_step (self->player, current);
}

static void
stop (PcPresenter *self)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self->window));
  GtkWindow *screen = GTK_WINDOW (self->screen);

  if (screen == NULL)
    return;
  pc_presenter_forget_typed (self);
  self->screen = NULL;
  stop_playing (self);
  gtk_window_destroy (screen);
  free_main_diagram (self);
  presenting_changed (self);
  if (self->cookie != 0 && app != NULL)
    gtk_application_uninhibit (app, self->cookie);
  self->cookie = 0;
  pc_stopwatch_pause (&self->watch, g_get_monotonic_time ());
  update_clock (self);
  g_simple_action_set_state (get_action (self, "blank"),
                             g_variant_new_boolean (FALSE));
  g_simple_action_set_state (self->present, g_variant_new_boolean (FALSE));
}

static gboolean
close_screen_cb (PcPresenter *self)
{
  stop (self);
  return TRUE;
}

static void
start (PcPresenter *self)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self->window));
  GtkWidget *screen;

  if (self->screen != NULL || pc_presenter_get_n_steps (self) == 0)
    return;
  pc_player_set_playing (self->player, FALSE);
  screen = pc_present_window_new (app, self->player);
  self->screen = PC_PRESENT_WINDOW (screen);
  pc_presenter_adopt_window (self, screen);
  g_signal_connect_object (screen, "close-request",
                           G_CALLBACK (close_screen_cb), self,
                           G_CONNECT_SWAPPED);
  set_spotlight (self);
  share_main_diagram (self);
  presenting_changed (self);
  if (pc_projector_window_fill_screen (PC_PROJECTOR_WINDOW (screen),
                                       GTK_WINDOW (self->window)))
    g_action_change_state (G_ACTION (self->show_notes),
                           g_variant_new_boolean (TRUE));
  if (app != NULL)
    self->cookie = gtk_application_inhibit (
        app, GTK_WINDOW (screen), GTK_APPLICATION_INHIBIT_IDLE,
        _ ("An exchange is being presented."));
  gtk_window_present (GTK_WINDOW (screen));
  pc_stopwatch_start (&self->watch, g_get_monotonic_time ());
  update_clock (self);
  g_simple_action_set_state (self->present, g_variant_new_boolean (TRUE));
}

static void
present_cb (GSimpleAction *action,
            GVariant      *state,
            gpointer       data)
{
  if (g_variant_get_boolean (state))
    start (data);
  else
    stop (data);
}

/* -- the notes' window ---------------------------------------------------- */

static void
close_notes (PcPresenter *self)
{
  GtkWindow *notes = GTK_WINDOW (self->notes);

  if (notes == NULL)
    return;
  self->notes = NULL;
  g_clear_handle_id (&self->clock_id, g_source_remove);
  gtk_window_destroy (notes);
  g_simple_action_set_state (self->show_notes, g_variant_new_boolean (FALSE));
}

static gboolean
close_notes_cb (PcPresenter *self)
{
  close_notes (self);
  return TRUE;
}

static void
open_notes (PcPresenter *self)
{
  GtkWidget *notes;

  if (self->notes != NULL)
    return;
  notes = pc_notes_window_new (
      gtk_window_get_application (GTK_WINDOW (self->window)));
  self->notes = PC_NOTES_WINDOW (notes);
  /* So that it comes up there and not on the projector. */
  gtk_window_set_transient_for (GTK_WINDOW (notes),
                                GTK_WINDOW (self->window));
  pc_presenter_adopt_window (self, notes);
  g_signal_connect_object (notes, "close-request",
                           G_CALLBACK (close_notes_cb), self,
                           G_CONNECT_SWAPPED);
  update_notes (self);
  update_clock (self);
  self->clock_id = g_timeout_add_seconds (1, clock_cb, self);
  gtk_window_present (GTK_WINDOW (notes));
  g_simple_action_set_state (self->show_notes, g_variant_new_boolean (TRUE));
}

static void
show_notes_cb (GSimpleAction *action,
               GVariant      *state,
               gpointer       data)
{
  if (g_variant_get_boolean (state))
    open_notes (data);
  else
    close_notes (data);
}

/* -- commands of both windows --------------------------------------------- */

static void
blank_cb (GSimpleAction *action,
          GVariant      *state,
          gpointer       data)
{
  PcPresenter *self = data;

  if (self->screen == NULL)
    return;
  pc_present_window_set_blank (self->screen, g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

static void
spotlight_cb (GSimpleAction *action,
              GVariant      *state,
              gpointer       data)
{
  PcPresenter *self = data;

  g_simple_action_set_state (action, state);
  set_spotlight (self);
}

static void
pause_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcPresenter *self = data;
  gint64 now = g_get_monotonic_time ();

  if (self->watch.running)
    pc_stopwatch_pause (&self->watch, now);
  else
    pc_stopwatch_start (&self->watch, now);
  update_clock (self);
}

static void
reset_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcPresenter *self = data;

  pc_stopwatch_reset (&self->watch, g_get_monotonic_time ());
  update_clock (self);
}

/* Of the notes when nothing is presented. */
static void
leave_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcPresenter *self = data;

  if (self->screen != NULL)
    stop (self);
  else
    close_notes (self);
}

static const GActionEntry entries[] = {
  { .name = "next", .activate = step_cb },
  { .name = "back", .activate = step_cb },
  { .name = "first", .activate = step_cb },
  { .name = "last", .activate = step_cb },
  { .name = "play", .activate = play_cb },
  { .name = "blank", .state = "false", .change_state = blank_cb },
  { .name = "spotlight", .state = "true", .change_state = spotlight_cb },
  { .name = "pause", .activate = pause_cb },
  { .name = "reset", .activate = reset_cb },
  { .name = "leave", .activate = leave_cb },
};

static const GActionEntry window_entries[] = {
  { .name = "present", .state = "false", .change_state = present_cb },
  { .name = "presenter-notes", .state = "false",
    .change_state = show_notes_cb },
};

/* -- life ----------------------------------------------------------------- */

static void
timeline_cb (PcPresenter *self)
{
  g_simple_action_set_enabled (self->present,
                               self->screen != NULL ||
                                   pc_presenter_get_n_steps (self) > 0);
  update_notes (self);
}

static void
dispose (GObject *object)
{
  PcPresenter *self = PC_PRESENTER (object);

  if (self->player != NULL) {
    stop (self);
    close_notes (self);
    pc_presenter_forget_typed (self);
    g_signal_handlers_disconnect_by_data (self->player, self);
  }
  g_clear_object (&self->player);
  g_clear_object (&self->present);
  g_clear_object (&self->show_notes);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (pc_presenter_parent_class)->dispose (object);
}

static void
pc_presenter_class_init (PcPresenterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  signals[PAST_END] = g_signal_new (
      "past-end", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 0);
}

static void
pc_presenter_init (PcPresenter *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}

PcPresenter *
pc_presenter_new (GtkApplicationWindow *window,
                  PcExchangesPage      *page)
{
  PcPresenter *self = g_object_new (PC_TYPE_PRESENTER, NULL);
  GActionMap *map = G_ACTION_MAP (window);

  self->window = window;
  self->page = page;
  self->player = g_object_ref (pc_exchanges_page_get_player (page));
  g_action_map_add_action_entries (map, window_entries,
                                   G_N_ELEMENTS (window_entries), self);
  self->present = G_SIMPLE_ACTION (
      g_object_ref (g_action_map_lookup_action (map, "present")));
  self->show_notes = G_SIMPLE_ACTION (
      g_object_ref (g_action_map_lookup_action (map, "presenter-notes")));
  g_action_map_add_action (G_ACTION_MAP (self->actions),
                           G_ACTION (self->present));
  g_action_map_add_action (G_ACTION_MAP (self->actions),
                           G_ACTION (self->show_notes));
  g_signal_connect_swapped (self->player, "notify::timeline",
                            G_CALLBACK (timeline_cb), self);
  g_signal_connect_swapped (self->player, "notify::current",
                            G_CALLBACK (update_notes), self);
  g_signal_connect_swapped (self->player, "notify::position",
                            G_CALLBACK (position_cb), self);
  g_signal_connect_swapped (self->player, "notify::playing",
                            G_CALLBACK (playing_cb), self);
  g_signal_connect_object (window, "action-state-changed::predict",
                           G_CALLBACK (update_notes), self,
                           G_CONNECT_SWAPPED);
  timeline_cb (self);
  return self;
}

GtkWindow *
pc_presenter_get_screen (PcPresenter *self)
{
  g_return_val_if_fail (PC_IS_PRESENTER (self), NULL);

  return self->screen != NULL ? GTK_WINDOW (self->screen) : NULL;
}

GtkWindow *
pc_presenter_get_notes (PcPresenter *self)
{
  g_return_val_if_fail (PC_IS_PRESENTER (self), NULL);

  return self->notes != NULL ? GTK_WINDOW (self->notes) : NULL;
}
