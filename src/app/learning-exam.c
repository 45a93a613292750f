/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An exam is saved as it goes on, under a name that says its mode:
 * "exam:1b9d…".  So one that a crash ended is found again. */

#include "app/learning-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
pc_learning_save_exam (PcLearning *self,
                       const char *session,
                       PcExam     *exam)
{
  g_autofree char *state = NULL;

  g_return_if_fail (PC_IS_LEARNING (self));
  g_return_if_fail (session != NULL && exam != NULL);

  if (g_strcmp0 (self->running, session) != 0) {
    g_free (self->running);
    self->running = g_strdup (session);
  }
  g_clear_pointer (&self->sitting, g_free);
  g_clear_pointer (&self->state, g_free);
  state = pc_exam_to_text (exam);
  pc_record_writer_save_sitting (self->writer, session, state);
}

void
pc_learning_suspend_exam (PcLearning *self,
                          const char *session,
                          PcExam     *exam)
{
  g_return_if_fail (PC_IS_LEARNING (self));

  pc_learning_save_exam (self, session, exam);
  g_clear_pointer (&self->running, g_free);
  self->sitting = g_strdup (session);
  self->state = pc_exam_to_text (exam);
}

/* What a right answer says is known without asking. */
static void
assume (PcLearning *self,
        PcExam     *exam,
        gint64      time_us)
{
  guint n = pc_exam_get_n_items (exam);
  g_autofree PcPlacementAnswer *answers = g_new0 (PcPlacementAnswer, n);
  g_autoptr (GArray) facts = NULL;

  pc_learning_list_placement (exam, answers);
  facts = pc_choose_assume (self->catalogue, self->memory, answers, n);
  pc_record_writer_assume (self->writer, time_us,
                           (const PcRecordAssumption *) (gpointer) facts->data,
                           facts->len);
}

void
pc_learning_list_placement (PcExam            *exam,
                            PcPlacementAnswer *answers)
{
  g_return_if_fail (exam != NULL && answers != NULL);

  for (guint i = 0; i < pc_exam_get_n_items (exam); i++) {
    answers[i].pick = *pc_exam_get_pick (exam, i);
    answers[i].correct = pc_exam_get_grade (exam, i).correct;
    answers[i].guessed =
        pc_exam_get_certainty (exam, i) == PC_CERTAINTY_GUESS;
  }
}

void
pc_learning_finish_exam (PcLearning *self,
                         const char *session,
                         const char *mode,
                         PcExam     *exam)
{
  gint64 now = g_get_real_time ();
  GPtrArray *answers;

  g_return_if_fail (PC_IS_LEARNING (self));
  g_return_if_fail (session != NULL && mode != NULL);
  g_return_if_fail (exam != NULL && pc_exam_is_over (exam));

  answers = pc_exam_list_answers (exam, session, mode, now);
  for (guint i = 0; i < answers->len; i++)
    pc_learning_remember (self, answers->pdata[i]);
  pc_record_writer_finish_sitting (self->writer, session, answers);
  if (g_str_equal (mode, "placement"))
    assume (self, exam, now);
  g_clear_pointer (&self->running, g_free);
  pc_learning_load (self);
}

void
pc_learning_drop_exam (PcLearning *self,
                       const char *session)
{
  g_return_if_fail (PC_IS_LEARNING (self));

  if (session == NULL)
    session = self->sitting;
  if (session != NULL)
    pc_record_writer_save_sitting (self->writer, session, NULL);
  g_clear_pointer (&self->running, g_free);
  g_clear_pointer (&self->sitting, g_free);
  g_clear_pointer (&self->state, g_free);
}

PcExam *
pc_learning_resume_exam (PcLearning *self,
                         char      **session,
                         char      **mode,
                         GError    **error)
{
  PcExam *exam;

  g_return_val_if_fail (PC_IS_LEARNING (self), NULL);
  g_return_val_if_fail (self->state != NULL, NULL);

  exam = pc_exam_new_from_text (self->state, self->catalogue,
                                g_get_monotonic_time (), error);
  if (exam == NULL)
    return NULL;
  *session = g_strdup (self->sitting);
  *mode = g_strndup (self->sitting, strcspn (self->sitting, ":"));
  return exam;
}

char *
pc_learning_describe_exam (PcLearning *self)
{
  g_autoptr (PcExam) exam = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *time = NULL;
  gint64 left;
  guint n, minutes;

  g_return_val_if_fail (PC_IS_LEARNING (self), NULL);

  if (self->state == NULL)
    return NULL;
  exam = pc_exam_new_from_text (self->state, self->catalogue,
                                g_get_monotonic_time (), &error);
  if (exam == NULL)
    return g_strdup (error->message);
  n = pc_exam_get_n_items (exam);
  left = pc_exam_get_left (exam);
  if (left == G_MAXINT64)
    return g_strdup_printf (
        /* Translators: how many questions of an exam are answered. */
        ngettext ("%2$u of %1$u question answered.",
                  "%2$u of %1$u questions answered.", n),
        n, pc_exam_get_n_answered (exam));
  minutes = (guint) ((left + G_TIME_SPAN_MINUTE - 1) / G_TIME_SPAN_MINUTE);
  time = g_strdup_printf (
      ngettext ("%u minute is left.", "%u minutes are left.", minutes),
      minutes);
  return g_strdup_printf (
      /* Translators: answered, number of questions, a sentence on the time
       * that is left. */
      _ ("%u of %u questions answered. %s"), pc_exam_get_n_answered (exam), n,
      time);
}
