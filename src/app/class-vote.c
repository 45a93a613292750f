/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A vote of a class: its screen, its course, and the exchange in between,
 * which the presenter shows.  When that is left, or its last step is over, the
 * vote is there again.
 *
 * A vote that was ended stays until the next one, so that its tallies can
 * still be saved. */

#include "app/class-vote.h"

#include "app/class-vote-private.h"
#include "app/file-dialog.h"
#include "app/save-file.h"
#include "app/window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OPEN_MS 30           /* how often the exchange is looked for */
#define OPEN_US (PC_LIMIT_RUN + G_USEC_PER_SEC)

enum { ENDED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcClassVote, pc_class_vote, G_TYPE_OBJECT)

static void
set_enabled (PcClassVote *self,
             const char  *name,
             gboolean     enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (
          G_ACTION_MAP (self->actions), name)),
      enabled);
}

void
pc_class_vote_update (PcClassVote *self)
{
  PcVoteStage stage;

  if (self->screen == NULL)
    return;
  stage = pc_vote_get_stage (self->vote);
  set_enabled (self, "back",
               stage != PC_VOTE_ASKED ||
                   pc_vote_get_position (self->vote) > 0);
  set_enabled (self, "again", stage == PC_VOTE_COUNTED);
  set_enabled (self, "skip", stage != PC_VOTE_OVER);
  pc_vote_window_show (self->screen, self->vote);
  pc_class_vote_update_notes (self);
}

/* -- the end -------------------------------------------------------------- */

static void
set_presenting (PcClassVote *self,
                gboolean     presenting)
{
  GActionGroup *group = G_ACTION_GROUP (self->window);

  if (g_action_group_has_action (group, "present"))
    g_action_group_change_action_state (group, "present",
                                        g_variant_new_boolean (presenting));
}

static void
end (PcClassVote *self)
{
  GtkApplication *app = gtk_window_get_application (self->window);
  GtkWindow *screen = GTK_WINDOW (self->screen);

  if (screen == NULL)
    return;
  g_clear_handle_id (&self->open_id, g_source_remove);
  self->screen = NULL;
  if (self->playing) {
    self->playing = FALSE;
    set_presenting (self, FALSE);
  }
  pc_class_vote_close_notes (self);
  gtk_window_destroy (screen);
  if (self->cookie != 0 && app != NULL)
    gtk_application_uninhibit (app, self->cookie);
  self->cookie = 0;
  pc_stopwatch_pause (&self->watch, g_get_monotonic_time ());
  g_signal_emit (self, signals[ENDED], 0);
}

static gboolean
close_screen_cb (PcClassVote *self)
{
  end (self);
  return TRUE;
}

/* -- the exchange --------------------------------------------------------- */

static PcWindow *
get_window (PcClassVote *self)
{
  return PC_WINDOW (self->window);
}

static void
come_back (PcClassVote *self)
{
  if (!self->playing)
    return;
  self->playing = FALSE;
  g_action_group_change_action_state (G_ACTION_GROUP (self->window), "place",
                                      g_variant_new_string ("quiz"));
  gtk_window_present (GTK_WINDOW (self->screen));
  pc_class_vote_update (self);
}

/* The step that proves it, as it happens. */
static void
play_step (PcClassVote *self)
{
  PcPresenter *presenter = pc_window_get_presenter (get_window (self));
  PcPlayer *player = pc_exchanges_page_get_player (
      pc_window_get_exchanges (get_window (self)));

  if (pc_player_get_current (player) == 0)
    return;
  pc_player_back (player);
  pc_presenter_press (presenter, GDK_KEY_Page_Down, 0);
}

/* As soon as there is something to present. */
static gboolean
open_cb (gpointer data)
{
  PcClassVote *self = data;
  PcExchangesPage *page = pc_window_get_exchanges (get_window (self));
  PcScenario *scenario = pc_exchanges_page_get_scenario (page);
  const char *wanted = pc_item_get_scenario (pc_vote_get_item (self->vote));

  if (pc_exchanges_page_is_idle (page) && scenario != NULL &&
      g_strcmp0 (pc_scenario_get_id (scenario), wanted) == 0) {
    self->open_id = 0;
    set_presenting (self, TRUE);
    play_step (self);
    if (pc_presenter_get_screen (pc_window_get_presenter (
            get_window (self))) == NULL)
      come_back (self);
    return G_SOURCE_REMOVE;
  }
  if (g_get_monotonic_time () < self->open_end)
    return G_SOURCE_CONTINUE;
  self->open_id = 0;
  come_back (self);
  pc_vote_window_tell (self->screen, _ ("This exchange cannot be shown."));
  return G_SOURCE_REMOVE;
}

static void
play (PcClassVote *self)
{
  PcItem *item = pc_vote_get_item (self->vote);
  const char *step = pc_item_get_scenario_step (item);

  /* Of the same presentation: notes go with the exchange. */
  self->playing = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.watch", "(ss)",
                              pc_item_get_scenario (item),
                              step != NULL ? step : "");
  self->open_end = g_get_monotonic_time () + OPEN_US;
  if (self->open_id == 0)
    self->open_id = g_timeout_add (OPEN_MS, open_cb, self);
}

static void
present_state_cb (GActionGroup *group,
                  const char   *name,
                  GVariant     *state,
                  gpointer      data)
{
  PcClassVote *self = data;

  if (self->screen != NULL && !g_variant_get_boolean (state) &&
      self->open_id == 0)
    come_back (self);
}

static void
past_end_cb (PcClassVote *self)
{
  if (self->playing && self->open_id == 0)
    set_presenting (self, FALSE);
}

/* -- course --------------------------------------------------------------- */

static void
next_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcClassVote *self = data;

  self->typed_at = 0;
  if (self->playing)
    return;
  if (pc_vote_get_stage (self->vote) == PC_VOTE_OVER) {
    end (self);
    return;
  }
  pc_vote_go_on (self->vote, g_get_real_time ());
  pc_class_vote_update (self);
  if (pc_vote_get_stage (self->vote) == PC_VOTE_PLAYED)
    play (self);
}

static void
course_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcClassVote *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  self->typed_at = 0;
  if (self->playing)
    return;
  if (g_str_equal (name, "back"))
    pc_vote_go_back (self->vote);
  else if (g_str_equal (name, "again"))
    pc_vote_ask_again (self->vote);
  else
    pc_vote_skip (self->vote, g_get_real_time ());
  pc_class_vote_update (self);
}

static void
hand_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcClassVote *self = data;
  guint choice = g_variant_get_uint32 (parameter);
  gboolean more = g_str_equal (g_action_get_name (G_ACTION (action)), "more");
  guint hands;

  if (choice >= pc_vote_get_n_choices (self->vote))
    return;
  self->typed_at = 0;
  hands = pc_vote_get_hands (self->vote, choice,
                             pc_vote_get_stage (self->vote) ==
                                 PC_VOTE_ASKED_AGAIN);
  pc_vote_set_hands (self->vote, choice,
                     more ? hands + 1 : hands - (hands > 0));
  pc_vote_window_select (self->screen, choice);
  pc_class_vote_update (self);
}

static void
call_out_cb (PcClassVote *self,
             const char  *text)
{
  int choice = pc_vote_call_out (self->vote, text);
  PcItem *item = pc_vote_get_item (self->vote);

  pc_class_vote_update (self);
  if (choice >= 0)
    pc_vote_window_select (self->screen, (guint) choice);
  else if (pc_vote_get_n_choices (self->vote) == PC_LIMIT_VOTE_VALUES)
    pc_vote_window_tell (self->screen, _ ("There is no room for more."));
  else
    pc_vote_window_tell (self->screen,
                         pc_item_get_ask_transport (item)
                             ? _ ("Type a number and its transport, such as "
                                  "69/udp.")
                             : _ ("Type a number."));
}

static void
notes_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcClassVote *self = data;

  if (self->notes != NULL)
    pc_class_vote_close_notes (self);
  else
    pc_class_vote_open_notes (self);
}

static void
clock_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcClassVote *self = data;
  gint64 now = g_get_monotonic_time ();

  if (g_str_equal (g_action_get_name (G_ACTION (action)), "reset"))
    pc_stopwatch_reset (&self->watch, now);
  else if (self->watch.running)
    pc_stopwatch_pause (&self->watch, now);
  else
    pc_stopwatch_start (&self->watch, now);
  pc_class_vote_update_clock (self);
}

static void
leave_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  end (data);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  pc_class_vote_save (data);
}

static const GActionEntry entries[] = {
  { .name = "next", .activate = next_cb },
  { .name = "back", .activate = course_cb },
  { .name = "again", .activate = course_cb },
  { .name = "skip", .activate = course_cb },
  { .name = "more", .activate = hand_cb, .parameter_type = "u" },
  { .name = "fewer", .activate = hand_cb, .parameter_type = "u" },
  { .name = "notes", .activate = notes_cb },
  { .name = "pause", .activate = clock_cb },
  { .name = "reset", .activate = clock_cb },
  { .name = "save", .activate = save_cb },
  { .name = "leave", .activate = leave_cb },
};

/* -- tallies -------------------------------------------------------------- */

/* On the screen while there is one, else in the main window. */
static void
tell (PcClassVote *self,
      const char  *text)
{
  if (self->screen != NULL)
    pc_vote_window_tell (self->screen, text);
  else
    pc_window_toast (get_window (self), text);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (PcClassVote) self = data;
  g_autofree char *text = pc_save_file_finish_text (G_FILE (source), result);

  tell (self, text);
}

void
pc_class_vote_save_to (PcClassVote *self,
                       GFile       *file)
{
  g_autoptr (GBytes) bytes = NULL;
  char *csv;

  g_return_if_fail (PC_IS_CLASS_VOTE (self));
  g_return_if_fail (self->vote != NULL && G_IS_FILE (file));

  csv = pc_vote_to_csv (self->vote);
  bytes = g_bytes_new_take (csv, strlen (csv));
  pc_save_file_async (file, bytes, NULL, saved_cb, g_object_ref (self));
}

static void
chosen_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  pc_class_vote_save_to (owner, file);
}

void
pc_class_vote_save (PcClassVote *self)
{
  GtkFileChooser *chooser;

  g_return_if_fail (PC_IS_CLASS_VOTE (self));

  if (self->vote == NULL || pc_vote_count_all (self->vote) == 0) {
    tell (self, _ ("There is no tally to save."));
    return;
  }
  chooser = pc_file_dialog_new (
      self,
      self->screen != NULL ? GTK_WIDGET (self->screen)
                           : GTK_WIDGET (self->window),
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save the Tallies"), _ ("_Save"));
  gtk_file_chooser_set_current_name (chooser, "portcall-vote.csv");
  pc_file_dialog_ask (chooser, chosen_cb, NULL, NULL);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcClassVote *self = PC_CLASS_VOTE (object);

  if (self->screen != NULL)
    end (self);
  g_clear_pointer (&self->vote, pc_vote_free);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (pc_class_vote_parent_class)->dispose (object);
}

static void
pc_class_vote_class_init (PcClassVoteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
pc_class_vote_init (PcClassVote *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}

PcClassVote *
pc_class_vote_new (GtkWindow *window)
{
  PcClassVote *self = g_object_new (PC_TYPE_CLASS_VOTE, NULL);

  self->window = window;
  /* Made here, if nobody has watched anything yet. */
  pc_window_get_exchanges (PC_WINDOW (window));
  g_signal_connect_object (window, "action-state-changed::present",
                           G_CALLBACK (present_state_cb), self, 0);
  g_signal_connect_object (pc_window_get_presenter (PC_WINDOW (window)),
                           "past-end", G_CALLBACK (past_end_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
pc_class_vote_start (PcClassVote *self,
                     PcVote      *vote)
{
  GtkApplication *app;
  GtkWidget *screen;

  g_return_if_fail (PC_IS_CLASS_VOTE (self));
  g_return_if_fail (vote != NULL);

  end (self);
  pc_vote_free (self->vote);
  self->vote = vote;
  app = gtk_window_get_application (self->window);
  screen = pc_vote_window_new (app);
  self->screen = PC_VOTE_WINDOW (screen);
  pc_class_vote_adopt_window (self, screen);
  g_signal_connect_object (screen, "close-request",
                           G_CALLBACK (close_screen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (screen, "call-out", G_CALLBACK (call_out_cb), self,
                           G_CONNECT_SWAPPED);
  pc_class_vote_update (self);
  if (pc_projector_window_fill_screen (PC_PROJECTOR_WINDOW (screen),
                                       self->window))
    pc_class_vote_open_notes (self);
  if (app != NULL)
    self->cookie = gtk_application_inhibit (
        app, GTK_WINDOW (screen), GTK_APPLICATION_INHIBIT_IDLE,
        _ ("A class is voting."));
  gtk_window_present (GTK_WINDOW (screen));
  self->watch = (PcStopwatch){ 0 };
  pc_stopwatch_start (&self->watch, g_get_monotonic_time ());
  pc_class_vote_update_clock (self);
}

PcVote *
pc_class_vote_get_vote (PcClassVote *self)
{
  g_return_val_if_fail (PC_IS_CLASS_VOTE (self), NULL);

  return self->vote;
}

GtkWindow *
pc_class_vote_get_screen (PcClassVote *self)
{
  g_return_val_if_fail (PC_IS_CLASS_VOTE (self), NULL);

  return self->screen != NULL ? GTK_WINDOW (self->screen) : NULL;
}

GtkWindow *
pc_class_vote_get_notes (PcClassVote *self)
{
  g_return_val_if_fail (PC_IS_CLASS_VOTE (self), NULL);

  return self->notes != NULL ? GTK_WINDOW (self->notes) : NULL;
}
