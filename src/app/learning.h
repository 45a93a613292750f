/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/content.h"

#include "quiz/choose.h"
#include "quiz/exam.h"
#include "quiz/progress.h"
#include "quiz/record-export.h"
#include "quiz/record-writer.h"

G_BEGIN_DECLS

/* Who learns here and what they know: the record, written and read in a
 * thread of its own, and what follows from it.  One for all windows' pages.
 * Signals: "loaded" when the record was read (again), "problem" when what the
 * banner should say changed, "learner" before another one is chosen. */

#define PC_TYPE_LEARNING (pc_learning_get_type ())
G_DECLARE_FINAL_TYPE (PcLearning, pc_learning, PC, LEARNING, GObject)

/* @settings: where learner and exam date are remembered, or NULL. */
PcLearning     *pc_learning_new (GSettings *settings);
void            pc_learning_set_content (PcLearning *self,
                                         PcContent  *content);
/* Of all banks; empty before there is content. */
PcCatalogue    *pc_learning_get_catalogue (PcLearning *self);
PcRecordWriter *pc_learning_get_writer (PcLearning *self);

/* Reads the record anew; "loaded" follows. */
void            pc_learning_load (PcLearning *self);
/* Whether it was read since the learner was chosen. */
gboolean        pc_learning_is_loaded (PcLearning *self);
/* What is remembered, answers of a moment ago included. */
PcMemories       *pc_learning_get_memory (PcLearning *self);
PcProgress     *pc_learning_get_progress (PcLearning *self);
/* PcConfusion, borrowed; as of the last time that the record was read. */
GArray         *pc_learning_get_confusions (PcLearning *self);
gint            pc_learning_get_today (PcLearning *self);
/* Due and new facts of today; @bank NULL: of all. */
void            pc_learning_count (PcLearning *self,
                                   PcBank     *bank,
                                   guint      *n_due,
                                   guint      *n_new);

/* Saves it, and remembers; takes over @answer. */
void            pc_learning_add (PcLearning     *self,
                                 PcRecordAnswer *answer);

/* -- an exam that goes on ------------------------------------------------- */

void            pc_learning_save_exam (PcLearning *self,
                                       const char *session,
                                       PcExam     *exam);
/* With its answers; also saves what a placement test takes for known. */
void            pc_learning_finish_exam (PcLearning *self,
                                         const char *session,
                                         const char *mode,
                                         PcExam     *exam);
/* Saves it for later: as after a crash. */
void            pc_learning_suspend_exam (PcLearning *self,
                                          const char *session,
                                          PcExam     *exam);
/* It is over without answers.  @session NULL: the one that was left. */
void            pc_learning_drop_exam (PcLearning *self,
                                       const char *session);
/* Takes up the one that a crash or a closed window left.  @session, @mode:
 * transfer full.  NULL with @error set when that is not possible any more. */
PcExam         *pc_learning_resume_exam (PcLearning *self,
                                         char      **session,
                                         char      **mode,
                                         GError    **error);
/* What is known of it, a sentence; NULL when there is none.  Transfer full. */
char           *pc_learning_describe_exam (PcLearning *self);
/* The answers of a placement test that is over, to as many. */
void            pc_learning_list_placement (PcExam            *exam,
                                            PcPlacementAnswer *answers);

/* -- learners ------------------------------------------------------------- */

/* PcRecordLearner, borrowed; NULL before it was read. */
GPtrArray      *pc_learning_get_learners (PcLearning *self);
gint64          pc_learning_get_learner (PcLearning *self);
/* A name to show, translated.  Transfer full. */
char           *pc_learning_dup_name (PcLearning *self,
                                      gint64      id);
void            pc_learning_set_learner (PcLearning *self,
                                         gint64      id);
/* PC_DAY_NONE for none. */
gint            pc_learning_get_exam_day (PcLearning *self);
void            pc_learning_set_exam_day (PcLearning *self,
                                          gint        day);

typedef enum {
  PC_LEARNING_ADD,     /* a learner called @text, and chooses them */
  PC_LEARNING_RENAME,  /* the learner to @text */
  PC_LEARNING_REMOVE,  /* the learner with all answers */
  PC_LEARNING_RESET,   /* all answers of the learner */
  PC_LEARNING_BACKUP,  /* everybody's record to the file @text */
  PC_LEARNING_RESTORE, /* from the file @text */
} PcLearningTask;

/* Done in its turn.  Finish gives what to tell, translated and transfer full;
 * NULL with @error set. */
void            pc_learning_do_async (PcLearning         *self,
                                      PcLearningTask      task,
                                      gint64              learner,
                                      const char         *text,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
char           *pc_learning_do_finish (PcLearning   *self,
                                       GAsyncResult *result,
                                       GError      **error);
/* The answers of the learner as a file.  Transfer full. */
void            pc_learning_export_async (PcLearning         *self,
                                          PcRecordFormat      format,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
GBytes         *pc_learning_export_finish (PcLearning   *self,
                                           GAsyncResult *result,
                                           GError      **error);

/* -- trouble -------------------------------------------------------------- */

/* What the banner says; NULL when all is well. */
const char     *pc_learning_get_problem (PcLearning *self);
/* Whether trying again may help. */
gboolean        pc_learning_can_retry (PcLearning *self);

G_END_DECLS
