/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/answer-view.h"

G_BEGIN_DECLS

/* The kinds of answers; pc_answer_view_new() picks the one that fits. */

/* Options: single, multiple. */
#define PC_TYPE_OPTIONS_ANSWER (pc_options_answer_get_type ())
G_DECLARE_FINAL_TYPE (PcOptionsAnswer, pc_options_answer, PC, OPTIONS_ANSWER,
                      PcAnswerView)

/* A number, perhaps with TCP or UDP. */
#define PC_TYPE_NUMBER_ANSWER (pc_number_answer_get_type ())
G_DECLARE_FINAL_TYPE (PcNumberAnswer, pc_number_answer, PC, NUMBER_ANSWER,
                      PcAnswerView)

/* A prediction: typed, or chosen where there are options; either way at
 * will. */
#define PC_TYPE_PREDICT_ANSWER (pc_predict_answer_get_type ())
G_DECLARE_FINAL_TYPE (PcPredictAnswer, pc_predict_answer, PC, PREDICT_ANSWER,
                      PcAnswerView)

/* A partner for each element: a list to choose from, or digits. */
#define PC_TYPE_MATCH_ANSWER (pc_match_answer_get_type ())
G_DECLARE_FINAL_TYPE (PcMatchAnswer, pc_match_answer, PC, MATCH_ANSWER,
                      PcAnswerView)

/* Steps to be put into order by buttons, Alt+Up and Alt+Down, or digits. */
#define PC_TYPE_ORDER_ANSWER (pc_order_answer_get_type ())
G_DECLARE_FINAL_TYPE (PcOrderAnswer, pc_order_answer, PC, ORDER_ANSWER,
                      PcAnswerView)

/* A transcript whose wrong lines are marked, and the reason. */
#define PC_TYPE_LINES_ANSWER (pc_lines_answer_get_type ())
G_DECLARE_FINAL_TYPE (PcLinesAnswer, pc_lines_answer, PC, LINES_ANSWER,
                      PcAnswerView)

/* The form of a mail account, as a phone shows it. */
#define PC_TYPE_CONFIGURE_ANSWER (pc_configure_answer_get_type ())
G_DECLARE_FINAL_TYPE (PcConfigureAnswer, pc_configure_answer, PC,
                      CONFIGURE_ANSWER, PcAnswerView)

G_END_DECLS
