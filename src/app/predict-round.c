/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions of one showing and how they were answered.  When they are put
 * is the card's to know; no widget here. */

#include "app/predict-round.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  guint            index; /* of the step */
  PcPredictOutcome outcome;
} Place;

struct _PcPredictRound
{
  PcTimeline *timeline; /* borrowed, or NULL */
  GArray     *places;   /* Place, ascending */
  guint       n_rounds; /* so far: other words and another order each time */
};

static Place *
get_place (const PcPredictRound *self,
           guint                 i)
{
  g_assert (i < self->places->len);
  return &g_array_index (self->places, Place, i);
}

static guint32
get_seed (const PcPredictRound *self)
{
  return g_str_hash (pc_timeline_get_id (self->timeline)) + self->n_rounds;
}

PcPredictRound *
pc_predict_round_new (void)
{
  PcPredictRound *self = g_new0 (PcPredictRound, 1);

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  return self;
}

void
pc_predict_round_free (PcPredictRound *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->places);
  g_free (self);
}

void
pc_predict_round_begin (PcPredictRound *self,
                        PcTimeline     *timeline)
{
  g_autoptr (GArray) plan = NULL;

  g_array_set_size (self->places, 0);
  self->timeline = timeline;
  if (timeline == NULL)
    return;
  self->n_rounds++;
  plan = pc_predict_plan (timeline, get_seed (self));
  for (guint i = 0; i < plan->len; i++) {
    Place place = { g_array_index (plan, guint, i), PC_PREDICT_OPEN };

    g_array_append_val (self->places, place);
  }
}

guint
pc_predict_round_get_n (const PcPredictRound *self)
{
  return self->places->len;
}

guint
pc_predict_round_get_index (const PcPredictRound *self,
                            guint                 i)
{
  return get_place (self, i)->index;
}

PcPredictOutcome
pc_predict_round_get_outcome (const PcPredictRound *self,
                              guint                 i)
{
  return get_place (self, i)->outcome;
}

void
pc_predict_round_set_outcome (PcPredictRound  *self,
                              guint            i,
                              PcPredictOutcome outcome)
{
  get_place (self, i)->outcome = outcome;
}

guint
pc_predict_round_find (const PcPredictRound *self,
                       double                position)
{
  guint i = 0;

  while (i < self->places->len &&
         (get_place (self, i)->index < position ||
          get_place (self, i)->outcome != PC_PREDICT_OPEN))
    i++;
  return i;
}

PcPrediction *
pc_predict_round_ask (const PcPredictRound *self,
                      guint                 i)
{
  if (i >= self->places->len)
    return NULL;
  return pc_prediction_new (self->timeline, get_place (self, i)->index,
                            get_seed (self));
}

guint
pc_predict_round_count (const PcPredictRound *self,
                        PcPredictOutcome      outcome)
{
  guint n = 0;

  for (guint i = 0; i < self->places->len; i++)
    n += get_place (self, i)->outcome == outcome;
  return n;
}

guint
pc_predict_round_count_answered (const PcPredictRound *self)
{
  return pc_predict_round_count (self, PC_PREDICT_RIGHT) +
         pc_predict_round_count (self, PC_PREDICT_WRONG);
}

char *
pc_predict_round_dup_score (const PcPredictRound *self)
{
  guint answered = pc_predict_round_count_answered (self);

  return g_strdup_printf (ngettext ("%u of %u predicted", "%u of %u predicted",
                                    answered),
                          pc_predict_round_count (self, PC_PREDICT_RIGHT),
                          answered);
}
