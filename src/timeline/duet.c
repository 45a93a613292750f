/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two exchanges in step, by one set of controls.
 *
 * All follows from the leader's position: so stepping back and seeking need
 * no second thought here either.  The halves' players never play; they are
 * put where they belong. */

#include "timeline/duet.h"

#include <math.h>

struct _PcDuet
{
  GObject parent_instance;

  PcPlayer *leader;
  PcPlayer *players[PC_N_HALVES];
  PcScore  *score;
  PcHalf    half;
  gboolean  leading; /* the halves move because the leader did */
};

G_DEFINE_FINAL_TYPE (PcDuet, pc_duet, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_HALF,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
lead (PcDuet *self)
{
  double position = pc_player_get_position (self->leader);

  if (self->score == NULL)
    return;
  self->leading = TRUE;
  for (guint half = 0; half < PC_N_HALVES; half++)
    pc_player_seek (self->players[half],
                    pc_score_get_position (self->score, half, position));
  self->leading = FALSE;
}

/* A half at position p has shown its step ceil (p) - 1 up to the fraction;
 * the leader goes to the beat of that step. */
static void
follow (PcDuet *self,
        PcHalf  half)
{
  double position = pc_player_get_position (self->players[half]);
  double rest = position - floor (position);
  guint  index = pc_player_get_current (self->players[half]);
  guint  beat = PC_SCORE_NONE;

  if (self->leading || self->score == NULL)
    return;
  pc_duet_set_half (self, half);
  if (index != G_MAXUINT)
    beat = pc_score_find_beat (self->score, half, index);
  pc_player_set_playing (self->leader, FALSE);
  if (beat == PC_SCORE_NONE)
    pc_player_seek (self->leader, 0);
  else
    pc_player_seek (self->leader, beat + (rest > 0 ? rest : 1));
  /* The leader may have been there, while this half had not come. */
  lead (self);
}

static void
moved_cb (PcPlayer   *player,
          GParamSpec *pspec,
          PcDuet     *self)
{
  follow (self, player == self->players[PC_HALF_LEFT] ? PC_HALF_LEFT
                                                      : PC_HALF_RIGHT);
}

static void
get_property (GObject    *object,
              guint       prop_id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (prop_id == PROP_HALF)
    g_value_set_uint (value, PC_DUET (object)->half);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
set_property (GObject      *object,
              guint         prop_id,
              const GValue *value,
              GParamSpec   *pspec)
{
  if (prop_id == PROP_HALF)
    pc_duet_set_half (PC_DUET (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
dispose (GObject *object)
{
  PcDuet *self = PC_DUET (object);

  g_clear_pointer (&self->score, pc_score_unref);
  for (guint half = 0; half < PC_N_HALVES; half++) {
    if (self->players[half] != NULL)
      g_signal_handlers_disconnect_by_data (self->players[half], self);
    g_clear_object (&self->players[half]);
  }
  if (self->leader != NULL)
    g_signal_handlers_disconnect_by_data (self->leader, self);
  g_clear_object (&self->leader);

  G_OBJECT_CLASS (pc_duet_parent_class)->dispose (object);
}

static void
pc_duet_class_init (PcDuetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dispose;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  props[PROP_HALF] = g_param_spec_uint (
      "half", NULL, NULL, 0, PC_N_HALVES - 1, PC_HALF_LEFT,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_duet_init (PcDuet *self)
{
  for (guint half = 0; half < PC_N_HALVES; half++) {
    self->players[half] = pc_player_new ();
    g_signal_connect (self->players[half], "notify::position",
                      G_CALLBACK (moved_cb), self);
  }
}

PcDuet *
pc_duet_new (PcPlayer *leader)
{
  PcDuet *self;

  g_return_val_if_fail (PC_IS_PLAYER (leader), NULL);

  self = g_object_new (PC_TYPE_DUET, NULL);
  self->leader = g_object_ref (leader);
  g_signal_connect_swapped (leader, "notify::position", G_CALLBACK (lead),
                            self);
  return self;
}

void
pc_duet_set_score (PcDuet  *self,
                   PcScore *score)
{
  g_autoptr (PcTimeline) beats = NULL;

  g_return_if_fail (PC_IS_DUET (self));

  /* No move of a player is a wish meanwhile. */
  g_clear_pointer (&self->score, pc_score_unref);
  for (guint half = 0; half < PC_N_HALVES; half++)
    pc_player_set_timeline (
        self->players[half],
        score != NULL ? pc_score_get_half (score, half) : NULL);
  if (score != NULL)
    beats = pc_score_new_timeline (score);
  pc_player_set_timeline (self->leader, beats);
  if (score == NULL)
    return;
  self->score = pc_score_ref (score);
  lead (self);
}

PcScore *
pc_duet_get_score (PcDuet *self)
{
  g_return_val_if_fail (PC_IS_DUET (self), NULL);

  return self->score;
}

PcPlayer *
pc_duet_get_player (PcDuet *self,
                    PcHalf  half)
{
  g_return_val_if_fail (PC_IS_DUET (self) && half < PC_N_HALVES, NULL);

  return self->players[half];
}

PcHalf
pc_duet_get_half (PcDuet *self)
{
  g_return_val_if_fail (PC_IS_DUET (self), PC_HALF_LEFT);

  return self->half;
}

void
pc_duet_set_half (PcDuet *self,
                  PcHalf  half)
{
  g_return_if_fail (PC_IS_DUET (self) && half < PC_N_HALVES);

  if (self->half == half)
    return;
  self->half = half;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HALF]);
}

const PcBeat *
pc_duet_get_beat (PcDuet *self)
{
  g_return_val_if_fail (PC_IS_DUET (self), NULL);

  return self->score != NULL
             ? pc_score_get_beat (self->score,
                                  pc_player_get_current (self->leader))
             : NULL;
}
