/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time for a player: from frame to frame of the widget that shows it, and only
 * while it plays.  What the player makes of it is its own.
 */

#include "diagram/ticker.h"

struct _PcTicker
{
  GtkWidget   *widget;     /* borrowed */
  GtkSettings *settings;
  PcPlayer    *player;     /* or NULL */
  gint64       frame_time; /* of the last tick; 0 for none */
  guint        tick_id;
  gboolean     idle;       /* somebody else drives the player */
};

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  PcTicker *self = user_data;
  gint64    now = gdk_frame_clock_get_frame_time (clock);
  gint64    elapsed = self->frame_time > 0 ? now - self->frame_time : 0;

  self->frame_time = now;
  /* The last step ends the playing, and that removes this callback. */
  pc_player_advance (self->player, elapsed);
  return G_SOURCE_CONTINUE;
}

static void
playing_cb (PcTicker *self)
{
  gboolean playing = self->player != NULL && !self->idle &&
                     pc_player_get_playing (self->player);

  if (playing == (self->tick_id != 0))
    return;

  if (playing)
    {
      self->frame_time = 0;
      self->tick_id = gtk_widget_add_tick_callback (self->widget, tick_cb,
                                                    self, NULL);
    }
  else
    {
      gtk_widget_remove_tick_callback (self->widget, self->tick_id);
      self->tick_id = 0;
    }
}

static void
motion_cb (PcTicker *self)
{
  gboolean animations = TRUE;

  if (self->player == NULL)
    return;

  g_object_get (self->settings, "gtk-enable-animations", &animations, NULL);
  pc_player_set_reduced_motion (self->player, !animations);
}

PcTicker *
pc_ticker_new (GtkWidget *widget)
{
  PcTicker *self = g_new0 (PcTicker, 1);

  self->widget = widget;
  self->settings = g_object_ref (gtk_widget_get_settings (widget));
  g_signal_connect_swapped (self->settings, "notify::gtk-enable-animations",
                            G_CALLBACK (motion_cb), self);
  return self;
}

void
pc_ticker_free (PcTicker *self)
{
  if (self == NULL)
    return;

  pc_ticker_set_player (self, NULL);
  g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_free (self);
}

void
pc_ticker_set_player (PcTicker *self,
                      PcPlayer *player)
{
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_set_object (&self->player, player);
  if (player != NULL)
    g_signal_connect_swapped (player, "notify::playing",
                              G_CALLBACK (playing_cb), self);
  motion_cb (self);
  playing_cb (self);
}

void
pc_ticker_set_driving (PcTicker *self,
                       gboolean  driving)
{
  self->idle = !driving;
  playing_cb (self);
}
