/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/question-view.h"

#include "quiz/exam.h"

G_BEGIN_DECLS

/* One question of an exam, with its answer so far.  Emits "changed". */

#define PC_TYPE_EXAM_QUESTION (pc_exam_question_get_type ())
G_DECLARE_FINAL_TYPE (PcExamQuestion, pc_exam_question, PC, EXAM_QUESTION,
                      GtkWidget)

/* @exam must live as long. */
GtkWidget      *pc_exam_question_new (PcExam *exam,
                                      guint   index);
PcQuestionView *pc_exam_question_get_view (PcExamQuestion *self);
/* Hands what is answered by now to the exam. */
void            pc_exam_question_take (PcExamQuestion *self,
                                       gint64          taken_us);
/* Shows the verdict, once the exam is over. */
void            pc_exam_question_reveal (PcExamQuestion *self);

G_END_DECLS
