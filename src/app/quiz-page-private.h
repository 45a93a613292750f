/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What quiz-page.c and quiz-modes.c share. */

#include "app/quiz-page.h"

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
};

/* The question or the end of the session. */
void pc_quiz_page_show_current (PcQuizPage *self);
void pc_quiz_page_update_actions (PcQuizPage *self);
/* @mode: "practice" or "drill"; @scope: id of a bank, or "". */
void pc_quiz_page_start_mode (PcQuizPage *self,
                              const char *mode,
                              const char *scope);
/* Adds the commands that begin something. */
void pc_quiz_page_init_modes (PcQuizPage *self);
