/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/answer-view.h"

#include "quiz/session.h"

G_BEGIN_DECLS

/* One question of a session: asked, answered, explained. */

#define PC_TYPE_QUESTION_VIEW (pc_question_view_get_type ())
G_DECLARE_FINAL_TYPE (PcQuestionView, pc_question_view, PC, QUESTION_VIEW,
                      GtkWidget)

/* Shows the session's current item, not answered yet. */
void        pc_question_view_ask (PcQuestionView *self,
                                  PcSession      *session);
/* What the digit @key does in this kind of question; see
 * pc_answer_view_choose(). */
gboolean    pc_question_view_choose (PcQuestionView *self,
                                     guint           key);
/* Where the answer is given; NULL before the first question. */
PcAnswerView *pc_question_view_get_view (PcQuestionView *self);
/* What is answered so far; clear it.  FALSE when it is not complete. */
gboolean    pc_question_view_get_answer (PcQuestionView *self,
                                         PcAnswer       *answer);
PcCertainty pc_question_view_get_certainty (PcQuestionView *self);
void        pc_question_view_set_certainty (PcQuestionView *self,
                                            PcCertainty     certainty);
/* Takes the person to what is still missing. */
void        pc_question_view_focus_missing (PcQuestionView *self);
/* To where it is answered, or to what is missing of the answer. */
void        pc_question_view_focus_answer (PcQuestionView *self);
/* TRUE while one of the certainty buttons has the focus; chooses it. */
gboolean    pc_question_view_take_focused_certainty (PcQuestionView *self);
/* Opens the next hint. */
void        pc_question_view_show_hint (PcQuestionView *self);
/* Shows verdict, feedback and explanation. */
void        pc_question_view_reveal (PcQuestionView        *self,
                                     const PcSessionAnswer *answer);
/* For an exam, which has its own head and buttons: shows the question alone,
 * and what explains it once it is revealed.  After each of those.  @certainty:
 * whether it is asked. */
void        pc_question_view_strip (PcQuestionView *self,
                                    gboolean        certainty);

G_END_DECLS
