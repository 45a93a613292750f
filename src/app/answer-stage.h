/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/attempt.h"
#include "scenario/scenario.h"

G_BEGIN_DECLS

/* What an answer does: beside its explanation, the exchange that it causes,
 * where there is room for it.  Nothing is run before the stage is seen. */

#define PC_TYPE_ANSWER_STAGE (pc_answer_stage_get_type ())
G_DECLARE_FINAL_TYPE (PcAnswerStage, pc_answer_stage, PC, ANSWER_STAGE,
                      GtkWidget)

/* Once: the page size of @across says how much room there is. */
void        pc_answer_stage_set_room (PcAnswerStage *self,
                                      GtkAdjustment *across);
/* The settings that were answered, really tried; and a word on the right
 * ones, where they are others. */
void        pc_answer_stage_show_attempt (PcAnswerStage   *self,
                                          const PcAttempt *attempt);
/* The exchange that goes with the question.  @mark: the step to show, or
 * NULL. */
void        pc_answer_stage_show_scenario (PcAnswerStage *self,
                                           PcScenario    *scenario,
                                           const char    *mark);
/* Nothing; ends what is under way. */
void        pc_answer_stage_clear (PcAnswerStage *self);
/* What is shown; NULL before it is. */
PcTimeline *pc_answer_stage_get_timeline (PcAnswerStage *self);
/* Nothing is running, or waits to be seen. */
gboolean    pc_answer_stage_is_idle (PcAnswerStage *self);

G_END_DECLS
