/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/predict.h"

G_BEGIN_DECLS

/* The questions about one showing of an exchange, in the order of its steps,
 * and what became of each.  A question comes once in a round, and counts when
 * it was answered. */
typedef struct _PcPredictRound PcPredictRound;

typedef enum {
  PC_PREDICT_OPEN,
  PC_PREDICT_PASSED, /* nobody answered: it does not count */
  PC_PREDICT_RIGHT,
  PC_PREDICT_WRONG,
} PcPredictOutcome;

PcPredictRound  *pc_predict_round_new (void);
void             pc_predict_round_free (PcPredictRound *self);
/* Plans anew, none of it asked yet.  @timeline: borrowed until the next call;
 * NULL for no questions. */
void             pc_predict_round_begin (PcPredictRound *self,
                                         PcTimeline     *timeline);
guint            pc_predict_round_get_n (const PcPredictRound *self);
/* The index of the step that question @i is about. */
guint            pc_predict_round_get_index (const PcPredictRound *self,
                                             guint                 i);
PcPredictOutcome pc_predict_round_get_outcome (const PcPredictRound *self,
                                               guint                 i);
void             pc_predict_round_set_outcome (PcPredictRound  *self,
                                               guint            i,
                                               PcPredictOutcome outcome);
/* The first open question at or after @position of the player; their number
 * when there is none. */
guint            pc_predict_round_find (const PcPredictRound *self,
                                        double                position);
/* Question @i; NULL when it cannot be asked, or @i is their number.  Transfer
 * full. */
PcPrediction    *pc_predict_round_ask (const PcPredictRound *self,
                                       guint                 i);
guint            pc_predict_round_count (const PcPredictRound *self,
                                         PcPredictOutcome      outcome);
guint            pc_predict_round_count_answered (const PcPredictRound *self);
/* "3 of 4 predicted".  Transfer full. */
char            *pc_predict_round_dup_score (const PcPredictRound *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcPredictRound, pc_predict_round_free)

G_END_DECLS
