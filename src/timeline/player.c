/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Virtual time over a timeline.
 *
 * All that is shown follows from one number, the position; so seeking and
 * stepping back need no second thought.  The player knows no clock: its owner
 * tells it what time went by, and tests do the same.
 */

#include "timeline/player.h"

#include <math.h>

#define SPEED_MIN 0.25
#define SPEED_MAX 4.0

struct _PcPlayer
{
  GObject     parent_instance;

  PcTimeline  *timeline;
  double       position; /* as shown */
  double       time;     /* as played; differs with reduced motion only */
  double       speed;
  guint        stop; /* G_MAXUINT for none */
  PcPlayerFind find; /* NULL: every step is to be seen */
  gpointer     find_data;
  gboolean     playing;
  gboolean     reduced;
};

G_DEFINE_FINAL_TYPE (PcPlayer, pc_player, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_TIMELINE,
  PROP_POSITION,
  PROP_CURRENT,
  PROP_PLAYING,
  PROP_SPEED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static guint
n_steps (PcPlayer *self)
{
  return self->timeline != NULL ? pc_timeline_get_n_steps (self->timeline) : 0;
}

static guint
current_at (double position)
{
  return position > 0 ? (guint) ceil (position) - 1 : G_MAXUINT;
}

/* The one setter of what is shown. */
static void
show (PcPlayer *self,
      double    time)
{
  double position = self->reduced && self->playing ? ceil (time) : time;
  guint  before = current_at (self->position);

  self->time = time;
  if (self->position == position)
    return;

  self->position = position;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POSITION]);
  if (current_at (position) != before)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CURRENT]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* -- GObject -------------------------------------------------------------- */

static void
pc_player_dispose (GObject *object)
{
  g_clear_object (&PC_PLAYER (object)->timeline);

  G_OBJECT_CLASS (pc_player_parent_class)->dispose (object);
}

static void
pc_player_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  PcPlayer *self = PC_PLAYER (object);

  switch (prop_id)
    {
    case PROP_TIMELINE:
      g_value_set_object (value, self->timeline);
      break;
    case PROP_POSITION:
      g_value_set_double (value, self->position);
      break;
    case PROP_CURRENT:
      g_value_set_uint (value, pc_player_get_current (self));
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_SPEED:
      g_value_set_double (value, self->speed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pc_player_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  PcPlayer *self = PC_PLAYER (object);

  switch (prop_id)
    {
    case PROP_TIMELINE:
      pc_player_set_timeline (self, g_value_get_object (value));
      break;
    case PROP_POSITION:
      pc_player_seek (self, g_value_get_double (value));
      break;
    case PROP_PLAYING:
      pc_player_set_playing (self, g_value_get_boolean (value));
      break;
    case PROP_SPEED:
      pc_player_set_speed (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pc_player_class_init (PcPlayerClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                            G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pc_player_dispose;
  object_class->get_property = pc_player_get_property;
  object_class->set_property = pc_player_set_property;

  props[PROP_TIMELINE] = g_param_spec_object ("timeline", NULL, NULL,
                                              PC_TYPE_TIMELINE, flags);
  props[PROP_POSITION] = g_param_spec_double ("position", NULL, NULL,
                                              0, G_MAXUINT, 0, flags);
  props[PROP_CURRENT] = g_param_spec_uint ("current", NULL, NULL,
                                           0, G_MAXUINT, G_MAXUINT,
                                           G_PARAM_READABLE |
                                               G_PARAM_STATIC_STRINGS);
  props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL,
                                              FALSE, flags);
  props[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL,
                                           SPEED_MIN, SPEED_MAX, 1, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_player_init (PcPlayer *self)
{
  self->speed = 1;
  self->stop = G_MAXUINT;
}

PcPlayer *
pc_player_new (void)
{
  return g_object_new (PC_TYPE_PLAYER, NULL);
}

/* -- timeline ------------------------------------------------------------- */

void
pc_player_set_timeline (PcPlayer   *self,
                        PcTimeline *timeline)
{
  g_return_if_fail (PC_IS_PLAYER (self));
  g_return_if_fail (timeline == NULL || PC_IS_TIMELINE (timeline));

  if (self->timeline == timeline)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  pc_player_set_playing (self, FALSE);
  show (self, 0);
  g_set_object (&self->timeline, timeline);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TIMELINE]);
  g_object_thaw_notify (G_OBJECT (self));
}

PcTimeline *
pc_player_get_timeline (PcPlayer *self)
{
  g_return_val_if_fail (PC_IS_PLAYER (self), NULL);

  return self->timeline;
}

/* -- where, whether, how fast --------------------------------------------- */

double
pc_player_get_position (PcPlayer *self)
{
  g_return_val_if_fail (PC_IS_PLAYER (self), 0);

  return self->position;
}

double
pc_player_get_progress (PcPlayer *self)
{
  g_return_val_if_fail (PC_IS_PLAYER (self), 0);

  if (self->position <= 0)
    return 0;
  return self->position - current_at (self->position);
}

guint
pc_player_get_current (PcPlayer *self)
{
  g_return_val_if_fail (PC_IS_PLAYER (self), G_MAXUINT);

  return current_at (self->position);
}

gboolean
pc_player_get_playing (PcPlayer *self)
{
  g_return_val_if_fail (PC_IS_PLAYER (self), FALSE);

  return self->playing;
}

void
pc_player_set_playing (PcPlayer *self,
                       gboolean  playing)
{
  g_return_if_fail (PC_IS_PLAYER (self));

  playing = playing && n_steps (self) > 0;
  if (self->playing == playing)
    return;

  if (playing && self->time >= n_steps (self))
    show (self, 0);
  /* What is shown stays when playing stops, also where motion is reduced. */
  if (!playing)
    self->time = self->position;
  self->playing = playing;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYING]);
}

double
pc_player_get_speed (PcPlayer *self)
{
  g_return_val_if_fail (PC_IS_PLAYER (self), 1);

  return self->speed;
}

void
pc_player_set_speed (PcPlayer *self,
                     double    speed)
{
  g_return_if_fail (PC_IS_PLAYER (self));

  speed = CLAMP (speed, SPEED_MIN, SPEED_MAX);
  if (self->speed == speed)
    return;

  self->speed = speed;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SPEED]);
}

void
pc_player_set_stop (PcPlayer *self,
                    guint     index)
{
  g_return_if_fail (PC_IS_PLAYER (self));

  self->stop = index;
}

/* -- moving --------------------------------------------------------------- */

void
pc_player_seek (PcPlayer *self,
                double    position)
{
  g_return_if_fail (PC_IS_PLAYER (self));

  show (self, CLAMP (position, 0, n_steps (self)));
}

void
pc_player_show_step (PcPlayer *self,
                     guint     index)
{
  g_return_if_fail (PC_IS_PLAYER (self));

  pc_player_set_playing (self, FALSE);
  if (n_steps (self) > 0)
    show (self, MIN (index, n_steps (self) - 1) + 1.0);
}

void
pc_player_set_find (PcPlayer    *self,
                    PcPlayerFind find,
                    gpointer     data)
{
  g_return_if_fail (PC_IS_PLAYER (self));

  self->find = find;
  self->find_data = data;
}

/* Shows the step that is to be seen from @index on; stays where none is. */
static void
go (PcPlayer *self,
    guint     index,
    gboolean  forward)
{
  if (self->find != NULL)
    index = self->find (index, forward, self->find_data);
  if (index != G_MAXUINT)
    pc_player_show_step (self, index);
  else
    pc_player_set_playing (self, FALSE);
}

void
pc_player_first (PcPlayer *self)
{
  g_return_if_fail (PC_IS_PLAYER (self));

  go (self, 0, TRUE);
}

void
pc_player_back (PcPlayer *self)
{
  guint current = pc_player_get_current (self);

  if (current != G_MAXUINT && current > 0)
    go (self, current - 1, FALSE);
  else
    go (self, 0, TRUE);
}

/* A step under way is finished first. */
void
pc_player_forward (PcPlayer *self)
{
  g_return_if_fail (PC_IS_PLAYER (self));

  go (self, MIN ((guint) floor (self->position), G_MAXUINT - 1), TRUE);
}

void
pc_player_last (PcPlayer *self)
{
  g_return_if_fail (PC_IS_PLAYER (self));

  go (self, MAX (n_steps (self), 1) - 1, FALSE);
}

double
pc_player_wait_share (gint64 gap)
{
  double wait = (double) CLAMP (gap, 0, PC_PLAYER_WAIT_US);

  return wait / (wait + PC_PLAYER_STEP_US);
}

/* How long step @index is shown, at speed 1. */
static double
show_time (PcPlayer *self,
           guint     index)
{
  gint64 gap = pc_timeline_get_gap (self->timeline, index);

  return (double) (PC_PLAYER_STEP_US + MIN (gap, PC_PLAYER_WAIT_US));
}

void
pc_player_advance (PcPlayer *self,
                   gint64    elapsed_us)
{
  guint  n;
  double rest;
  double time;

  g_return_if_fail (PC_IS_PLAYER (self));

  if (!self->playing || elapsed_us <= 0)
    return;

  n = n_steps (self);
  rest = (double) elapsed_us * self->speed;
  time = self->time;
  if (self->stop > time)
    n = MIN (n, self->stop);
  while (time < n && rest > 0) {
    guint  index = (guint) floor (time);
    double whole = show_time (self, index);
    double left = (index + 1 - time) * whole;

    if (rest < left)
      time += rest / whole;
    else
      time = index + 1;
    rest -= left;
  }

  show (self, MIN (time, n));
  if (self->time >= n)
    pc_player_set_playing (self, FALSE);
}

void
pc_player_set_reduced_motion (PcPlayer *self,
                              gboolean  reduced)
{
  g_return_if_fail (PC_IS_PLAYER (self));

  self->reduced = reduced;
}
