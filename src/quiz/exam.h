/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/catalogue.h"
#include "quiz/record.h"
#include "quiz/session.h"

G_BEGIN_DECLS

/* An exam: a fixed list of questions, answered in any order and changed until
 * it is handed in, with no word on what is right before that.  Time is told by
 * the caller: microseconds of any clock that runs on, such as
 * g_get_monotonic_time(); time when the program did not run does not count.
 * Not thread-safe. */
typedef struct _PcExam PcExam;

typedef struct
{
  const char *title;   /* for the review; may be NULL */
  const char *sheet;   /* code printed on it, or NULL */
  guint64     seed;    /* of the order of options */
  guint       minutes; /* 0: no limit */
  guint       extra;   /* per cent more of them: 0, 25, 50, 100 */
  guint       pass;    /* per cent of the points */
  gboolean    certainty; /* asked */
} PcExamOptions;

PcExam              *pc_exam_new (const PcPick        *picks,
                                  guint                n,
                                  const PcExamOptions *options,
                                  gint64               now_us);
void                 pc_exam_free (PcExam *self);
const PcExamOptions *pc_exam_get_options (PcExam *self);

guint                pc_exam_get_n_items (PcExam *self);
/* The question on show, from 0; kept over a crash. */
guint                pc_exam_get_position (PcExam *self);
void                 pc_exam_set_position (PcExam *self,
                                           guint   index);
const PcPick        *pc_exam_get_pick (PcExam *self,
                                       guint   index);
/* A session of this one question: what a view asks it from, with its order of
 * options.  The answer goes to pc_exam_answer(), not to it.  Owned. */
PcSession           *pc_exam_get_session (PcExam *self,
                                          guint   index);

/* Takes or changes an answer; a blank one takes it back.  @taken_us: how long
 * the question was on show since it was last left.  FALSE when the exam is
 * over.  Save pc_exam_to_text() after each. */
gboolean             pc_exam_answer (PcExam         *self,
                                     guint           index,
                                     const PcAnswer *answer,
                                     PcCertainty     certainty,
                                     gint64          taken_us);
/* What was answered so far, as pc_answer_to_string() writes it; "" for
 * nothing. */
const char          *pc_exam_get_choice (PcExam *self,
                                         guint   index);
PcCertainty          pc_exam_get_certainty (PcExam *self,
                                            guint   index);
gboolean             pc_exam_is_answered (PcExam *self,
                                          guint   index);
guint                pc_exam_get_n_answered (PcExam *self);
void                 pc_exam_set_flagged (PcExam  *self,
                                          guint    index,
                                          gboolean flagged);
gboolean             pc_exam_get_flagged (PcExam *self,
                                          guint   index);

/* -- time ----------------------------------------------------------------- */

/* Call now and then, once a second is enough.  TRUE when that was the end:
 * the exam has been handed in. */
gboolean             pc_exam_tick (PcExam *self,
                                   gint64  now_us);
/* Microseconds; G_MAXINT64 without a limit. */
gint64               pc_exam_get_left (PcExam *self);
gint64               pc_exam_get_used (PcExam *self);

/* -- the end -------------------------------------------------------------- */

void                 pc_exam_submit (PcExam *self,
                                     gint64  now_us);
gboolean             pc_exam_is_over (PcExam *self);
/* Whether it was the clock that handed it in. */
gboolean             pc_exam_ran_out (PcExam *self);
/* How often it was taken up again after the program had ended. */
guint                pc_exam_get_n_resumed (PcExam *self);

/* Of an exam that is over, as the next three; blank ones count as wrong. */
PcGrade              pc_exam_get_grade (PcExam *self,
                                        guint   index);
void                 pc_exam_summarize (PcExam           *self,
                                        PcSessionSummary *summary);
/* GArray of PcSessionObjective; an objective's title is in any bank that has
 * it.  Transfer full. */
GArray              *pc_exam_summarize_objectives (PcExam *self);
/* Per cent of the points. */
double               pc_exam_get_score (PcExam *self);
gboolean             pc_exam_has_passed (PcExam *self);
/* For pc_record_writer_finish_sitting(): all questions.  What was left blank
 * says nothing of memory.  @time_us: Unix time.  Transfer full,
 * PcRecordAnswer. */
GPtrArray           *pc_exam_list_answers (PcExam     *self,
                                           const char *session,
                                           const char *mode,
                                           gint64      time_us);

/* -- a crash -------------------------------------------------------------- */

/* All of it but the questions: a line of JSON.  Of no use once it is over.
 * Transfer full. */
char                *pc_exam_to_text (PcExam *self);
/* Takes it up again at @now_us.  NULL with @error set when the text is not an
 * exam, or a question of it is not in the catalogue in the same revision. */
PcExam              *pc_exam_new_from_text (const char  *text,
                                            PcCatalogue *catalogue,
                                            gint64       now_us,
                                            GError     **error);

#define PC_EXAM_ERROR (pc_exam_error_quark ())
GQuark pc_exam_error_quark (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcExam, pc_exam_free)

G_END_DECLS
