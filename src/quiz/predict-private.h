/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/predict.h"

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* Between predict.c, predict-options.c and predict-plan.c. */

/* A step and what led to it. */
typedef struct
{
  PcTimeline       *timeline;
  PcStep           *step;
  PcStep           *before; /* the conversation's unit or opening before it */
  const PcProtocol *protocol;
  PcPredictAsk      ask;
  char             *right; /* the right word */
  char             *key;   /* PcAnswerRow's @to, or the word before */
} PcPredictPlace;

/* FALSE when there is nothing to ask about step @index; else clear it. */
gboolean pc_predict_place_init (PcPredictPlace *self,
                                PcTimeline     *timeline,
                                guint           index,
                                guint32         seed);
void     pc_predict_place_clear (PcPredictPlace *self);
/* Who sent @step, for people.  Borrowed. */
const char *pc_predict_sender (PcTimeline *timeline,
                               PcStep     *step);
/* Fills options and the right one in, in a seeded order.  FALSE with fewer
 * than three. */
gboolean pc_predict_fill_options (PcPrediction         *self,
                                  const PcPredictPlace *place,
                                  GRand                *rand);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PcPredictPlace, pc_predict_place_clear)

G_END_DECLS
