/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/class-vote.h"
#include "app/content.h"
#include "app/exam-page.h"
#include "app/learning.h"
#include "app/question-view.h"

#include "quiz/session.h"

G_BEGIN_DECLS

/* The place where one practises and sits exams: choose, answer, read the
 * summary.  Each answer is on its way to the record before its verdict is
 * shown. */

#define PC_TYPE_QUIZ_PAGE (pc_quiz_page_get_type ())
G_DECLARE_FINAL_TYPE (PcQuizPage, pc_quiz_page, PC, QUIZ_PAGE, GtkWidget)

GtkWidget      *pc_quiz_page_new (void);
/* Its commands, for the window: "quiz-start" (s: a bank, or "", or
 * PC_GENERATE_BANK_ID), "quiz-mode" (s: drill, placement, exam, vote),
 * "quiz-vote", "vote-begin", "vote-save", "vote-save-to" (ay), "exam-mock" (s),
 * "exam-begin", "exam-resume", "exam-discard" and those of its exam page;
 * "quiz-choose" (i, from 1), "quiz-certainty" (s: guess, fairly, sure),
 * "quiz-hint", "quiz-submit", "quiz-next", "quiz-watch", "quiz-watch-up-to",
 * "quiz-try", "quiz-related" (s), "quiz-again", "quiz-leave";
 * "edit-questions", "export-questions", "import-questions",
 * "import-questions-from" (ay), "print-sheets", "item-statistics",
 * "item-statistics-of" (aay). */
void            pc_quiz_page_add_actions (PcQuizPage *self,
                                          GActionMap *map);
/* Before the content.  @settings may be NULL. */
void            pc_quiz_page_set_learning (PcQuizPage *self,
                                           PcLearning *learning,
                                           GSettings  *settings);
void            pc_quiz_page_set_content (PcQuizPage *self,
                                          PcContent  *content);
/* The banks of the content are others now, and the catalogue is.  Whatever is
 * being asked goes on. */
void            pc_quiz_page_banks_changed (PcQuizPage *self);
/* Asks this one question.  FALSE when there is no such. */
gboolean        pc_quiz_page_ask (PcQuizPage *self,
                                  const char *bank,
                                  const char *item);
/* NULL while a bank is to be chosen. */
PcSession      *pc_quiz_page_get_session (PcQuizPage *self);
PcQuestionView *pc_quiz_page_get_question (PcQuizPage *self);
PcExamPage     *pc_quiz_page_get_exam (PcQuizPage *self);
/* NULL before the first. */
PcClassVote    *pc_quiz_page_get_vote (PcQuizPage *self);
/* The window closes: an exam is saved for another time. */
void            pc_quiz_page_save_state (PcQuizPage *self);
/* "loading", "empty", "choose", "setup", "vote", "exam", "question" or
 * "summary". */
const char     *pc_quiz_page_get_view (PcQuizPage *self);

G_END_DECLS
