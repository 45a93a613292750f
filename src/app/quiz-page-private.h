/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What quiz-page.c, quiz-modes.c, quiz-watch.c, quiz-vote.c and quiz-files.c
 * share. */

#include "app/quiz-page.h"

#include "app/class-vote.h"
#include "app/exam-page.h"
#include "app/exam-setup.h"
#include "app/quiz-start.h"
#include "app/summary-view.h"

struct _PcQuizPage
{
  GtkWidget parent_instance;

  GtkWidget      *box;
  GtkStack       *stack;
  PcQuizStart    *start;
  PcExamSetup    *setup;
  PcExamSetup    *vote_setup;
  PcExamPage     *exam;
  PcQuestionView *question;
  PcSummaryView  *summary;

  PcContent          *content;
  PcSession          *session;
  PcLearning         *learning;
  char               *sitting; /* names the session in the record */
  char               *only;    /* the item, when one alone was asked */
  char               *mode;    /* "practice" or "drill" */
  char               *scope;   /* id of the bank, or "" for all of them */
  PcSession          *outer;   /* put aside for one related question */
  char               *outer_sitting;
  char               *outer_only;
  char               *outer_mode;
  gboolean            hides_future; /* of exchanges, for a question */
  gint64              asked_at;
  GSimpleActionGroup *actions;
  PcClassVote        *vote;    /* NULL before the first */
};

/* The question or the end of the session. */
void pc_quiz_page_show_current (PcQuizPage *self);
void pc_quiz_page_update_actions (PcQuizPage *self);
/* A question is on show, and not answered yet; not of an exam. */
gboolean pc_quiz_page_is_asking (PcQuizPage *self);
/* One of its commands. */
void pc_quiz_page_set_enabled (PcQuizPage *self,
                               const char *name,
                               gboolean    enabled);
/* @mode: "practice" or "drill"; @scope: id of a bank, or "". */
void pc_quiz_page_start_mode (PcQuizPage *self,
                              const char *mode,
                              const char *scope);
/* Adds the commands that begin something. */
void pc_quiz_page_init_modes (PcQuizPage *self);

/* -- quiz-watch.c --------------------------------------------------------- */

/* Adds the commands that lead to an exchange or to the lab. */
void pc_quiz_page_init_watch (PcQuizPage *self);
void pc_quiz_page_update_watch (PcQuizPage *self);
/* After the answer; whether there is something for @key. */
gboolean pc_quiz_page_take_watch_key (PcQuizPage *self,
                                      guint       key);
/* Adds the commands of a class vote: quiz-vote.c. */
void pc_quiz_page_init_vote (PcQuizPage *self);
void pc_quiz_page_update_vote (PcQuizPage *self);
/* And those that write questions, and carry them out and in. */
void pc_quiz_page_init_files (PcQuizPage *self);
