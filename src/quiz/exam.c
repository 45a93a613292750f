/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An exam: questions in any order, one clock, no word before the end.
 *
 * Each question has a session of its own, for the order of its options and so
 * that a view can show it as it shows any other.  An answer is graded when it
 * is given and kept as text; so an exam can be written down after each answer
 * and taken up again.  The clock counts what the caller tells: time in which
 * the program did not run is not taken from the learner, but how often that
 * happened is told in the end.
 * Not here: reading and writing the text (exam-text.c), storage.
 */

#include "quiz/exam.h"

#include "quiz/exam-private.h"
#include "quiz/record-answer.h"

#include <string.h>

static void
clear_row (gpointer data)
{
  PcExamRow *row = data;

  g_clear_pointer (&row->session, pc_session_free);
  g_clear_pointer (&row->choice, g_free);
  g_clear_object (&row->pick.item);
  g_clear_object (&row->pick.bank);
}

static void
add_row (PcExam       *self,
         const PcPick *pick)
{
  const PcSessionOptions options = {
    .mode = PC_SESSION_EXAM,
    .seed = self->options.seed,
  };
  PcExamRow row = { .choice = g_strdup ("") };

  row.pick.item = g_object_ref (pick->item);
  row.pick.bank = g_object_ref (pick->bank);
  row.session = pc_session_new_from_picks (pick, 1, &options);
  g_array_append_val (self->rows, row);
}

PcExam *
pc_exam_new (const PcPick        *picks,
             guint                n,
             const PcExamOptions *options,
             gint64               now_us)
{
  PcExam *self;

  g_return_val_if_fail (picks != NULL || n == 0, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  self = g_new0 (PcExam, 1);
  self->title = g_strdup (options->title);
  self->sheet = g_strdup (options->sheet);
  self->options = *options;
  self->options.title = self->title;
  self->options.sheet = self->sheet;
  self->last_us = now_us;
  self->rows = g_array_new (FALSE, FALSE, sizeof (PcExamRow));
  g_array_set_clear_func (self->rows, clear_row);
  for (guint i = 0; i < n; i++)
    add_row (self, &picks[i]);
  return self;
}

void
pc_exam_free (PcExam *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->sheet, g_free);
  g_free (self);
}

const PcExamOptions *
pc_exam_get_options (PcExam *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->options;
}

/* -- questions ------------------------------------------------------------ */

static PcExamRow *
get_row (PcExam *self,
         guint   index)
{
  return &g_array_index (self->rows, PcExamRow, index);
}

guint
pc_exam_get_n_items (PcExam *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

guint
pc_exam_get_position (PcExam *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->position;
}

void
pc_exam_set_position (PcExam *self,
                      guint   index)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (index < self->rows->len);

  self->position = index;
}

const PcPick *
pc_exam_get_pick (PcExam *self,
                  guint   index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->rows->len, NULL);

  return &get_row (self, index)->pick;
}

PcSession *
pc_exam_get_session (PcExam *self,
                     guint   index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->rows->len, NULL);

  return get_row (self, index)->session;
}

gboolean
pc_exam_answer (PcExam         *self,
                guint           index,
                const PcAnswer *answer,
                PcCertainty     certainty,
                gint64          taken_us)
{
  PcExamRow *row;
  PcGrade    grade;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (index < self->rows->len, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);
  g_return_val_if_fail (certainty <= PC_CERTAINTY_SURE, FALSE);

  if (self->over)
    return FALSE;
  row = get_row (self, index);
  grade = pc_grade (row->pick.item, answer);
  g_free (row->choice);
  row->choice = grade.answered ? pc_answer_to_string (answer, row->pick.item)
                               : g_strdup ("");
  row->certainty = grade.answered ? certainty : PC_CERTAINTY_UNASKED;
  row->answered = grade.answered;
  row->fraction = grade.fraction;
  row->memory = grade.answered ? pc_grade_memory (&grade, row->pick.item,
                                                  certainty, FALSE)
                               : 0;
  row->taken_us += MAX (taken_us, 0);
  return TRUE;
}

const char *
pc_exam_get_choice (PcExam *self,
                    guint   index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->rows->len, NULL);

  return get_row (self, index)->choice;
}

PcCertainty
pc_exam_get_certainty (PcExam *self,
                       guint   index)
{
  g_return_val_if_fail (self != NULL, PC_CERTAINTY_UNASKED);
  g_return_val_if_fail (index < self->rows->len, PC_CERTAINTY_UNASKED);

  return get_row (self, index)->certainty;
}

gboolean
pc_exam_is_answered (PcExam *self,
                     guint   index)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (index < self->rows->len, FALSE);

  return get_row (self, index)->answered;
}

guint
pc_exam_get_n_answered (PcExam *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->rows->len; i++)
    n += get_row (self, i)->answered ? 1 : 0;
  return n;
}

void
pc_exam_set_flagged (PcExam  *self,
                     guint    index,
                     gboolean flagged)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (index < self->rows->len);

  get_row (self, index)->flagged = flagged;
}

gboolean
pc_exam_get_flagged (PcExam *self,
                     guint   index)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (index < self->rows->len, FALSE);

  return get_row (self, index)->flagged;
}

/* -- time ----------------------------------------------------------------- */

/* G_MAXINT64 without a limit. */
static gint64
get_limit (PcExam *self)
{
  const PcExamOptions *options = &self->options;

  if (options->minutes == 0)
    return G_MAXINT64;
  return (gint64) options->minutes * 60 * G_USEC_PER_SEC *
         (100 + options->extra) / 100;
}

/* A clock that goes back takes nothing away. */
static void
advance (PcExam *self,
         gint64  now_us)
{
  gint64 limit = get_limit (self);

  self->used_us += MAX (now_us - self->last_us, 0);
  self->last_us = now_us;
  self->used_us = MIN (self->used_us, limit);
}

gboolean
pc_exam_tick (PcExam *self,
              gint64  now_us)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->over)
    return FALSE;
  advance (self, now_us);
  if (self->used_us < get_limit (self))
    return FALSE;
  self->over = TRUE;
  self->ran_out = TRUE;
  return TRUE;
}

gint64
pc_exam_get_left (PcExam *self)
{
  gint64 limit;

  g_return_val_if_fail (self != NULL, 0);

  limit = get_limit (self);
  return limit == G_MAXINT64 ? limit : limit - self->used_us;
}

gint64
pc_exam_get_used (PcExam *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->used_us;
}

void
pc_exam_submit (PcExam *self,
                gint64  now_us)
{
  g_return_if_fail (self != NULL);

  if (self->over)
    return;
  advance (self, now_us);
  self->over = TRUE;
}

gboolean
pc_exam_is_over (PcExam *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->over;
}

gboolean
pc_exam_ran_out (PcExam *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->ran_out;
}

guint
pc_exam_get_n_resumed (PcExam *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_resumed;
}

/* -- the end -------------------------------------------------------------- */

PcGrade
pc_exam_get_grade (PcExam *self,
                   guint   index)
{
  const PcGrade    none = { 0 };
  const PcExamRow *row;

  g_return_val_if_fail (self != NULL && self->over, none);
  g_return_val_if_fail (index < self->rows->len, none);

  row = get_row (self, index);
  return (PcGrade){
    .answered = row->answered,
    .correct = row->answered && row->fraction >= 1,
    .fraction = row->fraction,
    .points = row->fraction * pc_item_get_points (row->pick.item),
  };
}

void
pc_exam_summarize (PcExam           *self,
                   PcSessionSummary *summary)
{
  g_return_if_fail (self != NULL && self->over);
  g_return_if_fail (summary != NULL);

  *summary = (PcSessionSummary){ .n_items = self->rows->len };
  for (guint i = 0; i < self->rows->len; i++) {
    const PcExamRow *row = get_row (self, i);
    const PcGrade    grade = pc_exam_get_grade (self, i);

    summary->points_max += pc_item_get_points (row->pick.item);
    summary->points += grade.points;
    summary->n_answered += grade.answered ? 1 : 0;
    summary->n_correct += grade.correct ? 1 : 0;
    summary->certainty_mark += pc_grade_certainty_mark (&grade,
                                                        row->certainty);
    if (grade.answered) {
      summary->n_certain[row->certainty]++;
      summary->n_certain_correct[row->certainty] += grade.correct ? 1 : 0;
    }
  }
}

static void
count_objective (GArray     *rows,
                 const char *id,
                 gboolean    correct)
{
  PcSessionObjective fresh = { id, 0, 0 };
  guint              at = 0;

  while (at < rows->len &&
         !g_str_equal (g_array_index (rows, PcSessionObjective, at).objective,
                       id))
    at++;
  if (at == rows->len)
    g_array_append_val (rows, fresh);
  g_array_index (rows, PcSessionObjective, at).n_answered++;
  g_array_index (rows, PcSessionObjective, at).n_correct += correct ? 1 : 0;
}

GArray *
pc_exam_summarize_objectives (PcExam *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (PcSessionObjective));

  g_return_val_if_fail (self != NULL && self->over, rows);

  for (guint i = 0; i < self->rows->len; i++) {
    const char *const *ids = pc_item_get_objectives (
        get_row (self, i)->pick.item);

    for (guint k = 0; ids[k] != NULL; k++)
      count_objective (rows, ids[k], pc_exam_get_grade (self, i).correct);
  }
  return rows;
}

double
pc_exam_get_score (PcExam *self)
{
  PcSessionSummary summary;

  g_return_val_if_fail (self != NULL && self->over, 0);

  pc_exam_summarize (self, &summary);
  return summary.points_max > 0 ? 100 * summary.points / summary.points_max
                                : 0;
}

gboolean
pc_exam_has_passed (PcExam *self)
{
  g_return_val_if_fail (self != NULL && self->over, FALSE);

  /* Thirds of a point must not fail anyone. */
  return pc_exam_get_score (self) + 1e-9 >= self->options.pass;
}

static PcRecordAnswer *
make_answer (PcExam                *self,
             guint                  index,
             const PcRecordSitting *sitting)
{
  const PcExamRow *row = get_row (self, index);
  g_autofree char *order = pc_session_dup_option_order (row->session);
  const PcRecordGiven given = {
    .pick = row->pick,
    .choice = row->choice,
    .option_order = order,
    .grade = pc_exam_get_grade (self, index),
    .certainty = row->certainty,
    .taken_us = row->taken_us,
    .memory = row->memory,
  };

  return pc_record_answer_new_given (&given, sitting);
}

GPtrArray *
pc_exam_list_answers (PcExam     *self,
                      const char *session,
                      const char *mode,
                      gint64      time_us)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_record_answer_free);

  g_return_val_if_fail (self != NULL && self->over, answers);

  for (guint i = 0; i < self->rows->len; i++) {
    const PcRecordSitting sitting = {
      .session = session,
      .mode = mode,
      .sheet = self->options.sheet,
      .seed = self->options.seed,
      .number = i + 1,
      .time_us = time_us,
    };

    g_ptr_array_add (answers, make_answer (self, i, &sitting));
  }
  return answers;
}
