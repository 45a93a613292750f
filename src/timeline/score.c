/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which steps of two timelines are shown at the same moment.
 *
 * The author's pairs cut both timelines into stretches.  Within a stretch the
 * best alignment is found as in comparing two texts, by a table of what the
 * rests are worth.  A stretch whose table would be too large goes step by
 * step.  What the steps say is not looked at, only their rules. */

#include "timeline/score.h"

#include "base/limits.h"

#include <math.h>

/* A step of the same rule is worth more than any two that only look alike. */
#define WORTH_RULE 5
#define WORTH_DIRECTION 2

struct _PcScore
{
  gatomicrefcount refs;
  PcTimeline     *halves[PC_N_HALVES];
  GArray         *beats;                /* PcBeat */
  GArray         *places[PC_N_HALVES];  /* guint: the beat of each step */
  GArray         *before[PC_N_HALVES];  /* guint: steps before each beat */
};

/* -- what goes together --------------------------------------------------- */

static gboolean
is_by_server (PcTimeline *timeline,
              PcStep     *step)
{
  int from = pc_timeline_find_actor (timeline, pc_step_get_from (step));

  return from >= 0 && pc_timeline_get_actor (timeline, (guint) from)->role ==
                          PC_ROLE_SERVER;
}

static guint
get_worth (const PcScore *self,
           guint          left,
           guint          right)
{
  PcTimeline *a = self->halves[PC_HALF_LEFT];
  PcTimeline *b = self->halves[PC_HALF_RIGHT];
  PcStep     *x = pc_timeline_get_step (a, left);
  PcStep     *y = pc_timeline_get_step (b, right);

  if (is_by_server (a, x) != is_by_server (b, y) ||
      pc_step_get_layer (x) != pc_step_get_layer (y))
    return 0;
  return g_strcmp0 (pc_step_get_rule (x), pc_step_get_rule (y)) == 0
             ? WORTH_RULE
             : WORTH_DIRECTION;
}

/* -- beats ---------------------------------------------------------------- */

static void
add_beat (PcScore *self,
          guint    left,
          guint    right,
          gboolean paired)
{
  PcBeat beat = { { left, right }, paired };
  guint  index = self->beats->len;

  for (guint half = 0; half < PC_N_HALVES; half++) {
    guint done = self->places[half]->len;

    g_array_append_val (self->before[half], done);
    if (beat.step[half] != PC_SCORE_NONE)
      g_array_append_val (self->places[half], index);
  }
  g_array_append_val (self->beats, beat);
}

static void
add_in_step (PcScore *self,
             guint    left,
             guint    n_left,
             guint    right,
             guint    n_right)
{
  for (guint i = 0; i < MAX (n_left, n_right); i++)
    add_beat (self, i < n_left ? left + i : PC_SCORE_NONE,
              i < n_right ? right + i : PC_SCORE_NONE, FALSE);
}

/* worth[i * (n_right + 1) + j]: the best that can be made of the steps from
 * left + i and right + j on. */
static guint *
make_table (PcScore *self,
            guint    left,
            guint    n_left,
            guint    right,
            guint    n_right)
{
  guint  width = n_right + 1;
  guint *table = g_new0 (guint, (gsize) (n_left + 1) * width);

  for (guint i = n_left; i-- > 0;)
    for (guint j = n_right; j-- > 0;) {
      guint *cell = table + i * width + j;
      guint  worth = get_worth (self, left + i, right + j);

      *cell = MAX (cell[1], cell[width]);
      if (worth > 0)
        *cell = MAX (*cell, worth + cell[width + 1]);
    }
  return table;
}

/* The half that has to show something alone shows it first, the left one
 * before the right one; then both go on together. */
static void
add_stretch (PcScore *self,
             guint    left,
             guint    n_left,
             guint    right,
             guint    n_right)
{
  g_autofree guint *table = NULL;
  guint             width = n_right + 1;
  guint             i = 0, j = 0;

  if (n_left == 0 || n_right == 0 ||
      (guint64) (n_left + 1) * width > PC_LIMIT_SCORE_CELLS) {
    add_in_step (self, left, n_left, right, n_right);
    return;
  }
  table = make_table (self, left, n_left, right, n_right);
  while (i < n_left && j < n_right) {
    const guint *cell = table + i * width + j;
    guint        worth = get_worth (self, left + i, right + j);

    if (worth > 0 && *cell == worth + cell[width + 1])
      add_beat (self, left + i++, right + j++, FALSE);
    else if (*cell == cell[width])
      add_beat (self, left + i++, PC_SCORE_NONE, FALSE);
    else
      add_beat (self, PC_SCORE_NONE, right + j++, FALSE);
  }
  for (; i < n_left; i++)
    add_beat (self, left + i, PC_SCORE_NONE, FALSE);
  for (; j < n_right; j++)
    add_beat (self, PC_SCORE_NONE, right + j, FALSE);
}

static void
add_all (PcScore      *self,
         const PcBeat *pairs,
         guint         n_pairs)
{
  guint n_left = pc_timeline_get_n_steps (self->halves[PC_HALF_LEFT]);
  guint n_right = pc_timeline_get_n_steps (self->halves[PC_HALF_RIGHT]);
  guint left = 0, right = 0;

  for (guint i = 0; i < n_pairs; i++) {
    guint x = pairs[i].step[PC_HALF_LEFT];
    guint y = pairs[i].step[PC_HALF_RIGHT];

    if (x < left || x >= n_left || y < right || y >= n_right)
      continue;
    add_stretch (self, left, x - left, right, y - right);
    add_beat (self, x, y, TRUE);
    left = x + 1;
    right = y + 1;
  }
  add_stretch (self, left, n_left - left, right, n_right - right);
}

/* -- the whole ------------------------------------------------------------ */

PcScore *
pc_score_new (PcTimeline   *left,
              PcTimeline   *right,
              const PcBeat *pairs,
              guint         n_pairs)
{
  PcScore *self;

  g_return_val_if_fail (PC_IS_TIMELINE (left), NULL);
  g_return_val_if_fail (PC_IS_TIMELINE (right), NULL);
  g_return_val_if_fail (pairs != NULL || n_pairs == 0, NULL);

  self = g_new0 (PcScore, 1);
  g_atomic_ref_count_init (&self->refs);
  self->halves[PC_HALF_LEFT] = g_object_ref (left);
  self->halves[PC_HALF_RIGHT] = g_object_ref (right);
  self->beats = g_array_new (FALSE, FALSE, sizeof (PcBeat));
  for (guint half = 0; half < PC_N_HALVES; half++) {
    self->places[half] = g_array_new (FALSE, FALSE, sizeof (guint));
    self->before[half] = g_array_new (FALSE, FALSE, sizeof (guint));
  }
  add_all (self, pairs, n_pairs);
  return self;
}

PcScore *
pc_score_ref (PcScore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
pc_score_unref (PcScore *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint half = 0; half < PC_N_HALVES; half++) {
    g_object_unref (self->halves[half]);
    g_array_unref (self->places[half]);
    g_array_unref (self->before[half]);
  }
  g_array_unref (self->beats);
  g_free (self);
}

PcTimeline *
pc_score_get_half (const PcScore *self,
                   PcHalf         half)
{
  g_return_val_if_fail (self != NULL && half < PC_N_HALVES, NULL);

  return self->halves[half];
}

guint
pc_score_get_n_beats (const PcScore *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->beats->len;
}

const PcBeat *
pc_score_get_beat (const PcScore *self,
                   guint          index)
{
  g_return_val_if_fail (self != NULL, NULL);

  return index < self->beats->len
             ? &g_array_index (self->beats, PcBeat, index)
             : NULL;
}

guint
pc_score_find_beat (const PcScore *self,
                    PcHalf         half,
                    guint          index)
{
  g_return_val_if_fail (self != NULL && half < PC_N_HALVES, PC_SCORE_NONE);

  return index < self->places[half]->len
             ? g_array_index (self->places[half], guint, index)
             : PC_SCORE_NONE;
}

double
pc_score_get_position (const PcScore *self,
                       PcHalf         half,
                       double         position)
{
  double        whole = floor (position);
  const PcBeat *beat;
  guint         index;
  double        done;

  g_return_val_if_fail (self != NULL && half < PC_N_HALVES, 0);

  if (position <= 0)
    return 0;
  if (whole >= self->beats->len)
    return self->places[half]->len;
  index = (guint) whole;
  beat = &g_array_index (self->beats, PcBeat, index);
  done = g_array_index (self->before[half], guint, index);
  return beat->step[half] != PC_SCORE_NONE ? done + position - whole : done;
}

/* -- for a player --------------------------------------------------------- */

static gint64
get_wait (const PcScore *self,
          const PcBeat  *beat)
{
  gint64 wait = 0;

  for (guint half = 0; half < PC_N_HALVES; half++)
    if (beat->step[half] != PC_SCORE_NONE)
      wait = MAX (wait, pc_timeline_get_gap (self->halves[half],
                                             beat->step[half]));
  return wait;
}

/* Of the half that shows something, the left one first. */
static PcStep *
make_step (const PcScore *self,
           const PcBeat  *beat)
{
  PcHalf      half = beat->step[PC_HALF_LEFT] != PC_SCORE_NONE
                         ? PC_HALF_LEFT
                         : PC_HALF_RIGHT;
  PcTimeline *timeline = self->halves[half];
  PcStep     *lead = pc_timeline_get_step (timeline, beat->step[half]);
  gboolean    server = is_by_server (timeline, lead);
  PcStatus    status = pc_step_get_status (lead);
  PcStep     *step;

  if (half == PC_HALF_LEFT && beat->step[PC_HALF_RIGHT] != PC_SCORE_NONE)
    status = MAX (status, pc_step_get_status (pc_timeline_get_step (
                              self->halves[PC_HALF_RIGHT],
                              beat->step[PC_HALF_RIGHT])));
  step = pc_step_new_event (0, server ? "server" : "client",
                            server ? "client" : "server", PC_LAYER_NOTE, -1,
                            "beat", pc_step_get_summary (lead), status, NULL,
                            NULL, NULL);
  pc_step_set_wait (step, get_wait (self, beat));
  return step;
}

PcTimeline *
pc_score_new_timeline (const PcScore *self)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  PcTimeline           *timeline;

  g_return_val_if_fail (self != NULL, NULL);

  timeline = pc_timeline_new (NULL, NULL);
  pc_timeline_add_actor (timeline, "client", NULL, PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "server", NULL, PC_ROLE_SERVER, NULL);
  for (guint i = 0; i < self->beats->len; i++)
    g_ptr_array_add (steps,
                     make_step (self, pc_score_get_beat (self, i)));
  pc_timeline_splice (timeline, (PcStep **) steps->pdata, steps->len);
  pc_timeline_set_outcome (timeline, PC_OUTCOME_OK, NULL);
  return timeline;
}
