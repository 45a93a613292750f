/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several people may learn on one computer, each with a record of their own in
 * one file.  What the record refuses, such as a name that is taken, is told
 * and over; only what the disk refuses waits in the writer. */

#include "app/learning-private.h"

#include "quiz/day.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

GPtrArray *
pc_learning_get_learners (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), NULL);

  return self->learners;
}

gint64
pc_learning_get_learner (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), 0);

  return self->learner;
}

char *
pc_learning_dup_name (PcLearning *self,
                      gint64      id)
{
  const char *name = "";

  g_return_val_if_fail (PC_IS_LEARNING (self), NULL);

  for (guint i = 0; self->learners != NULL && i < self->learners->len; i++) {
    const PcRecordLearner *learner = self->learners->pdata[i];

    if (learner->id == id)
      name = learner->name;
  }
  if (*name != '\0')
    return g_strdup (name);
  return g_strdup (_ ("Learner without a name"));
}

static void
choose (PcLearning *self,
        gint64      id)
{
  self->learner = id;
  if (self->settings != NULL)
    g_settings_set_int64 (self->settings, "learner", id);
}

void
pc_learning_set_learner (PcLearning *self,
                         gint64      id)
{
  g_return_if_fail (PC_IS_LEARNING (self));

  if (id == self->learner)
    return;
  pc_learning_forget (self);
  choose (self, id);
  pc_learning_load (self);
}

/* -- the day of the exam -------------------------------------------------- */

gint
pc_learning_read_exam_day (PcLearning *self)
{
  g_autofree char *text = NULL;
  guint year, month, day;
  GDate date;

  if (self->settings == NULL)
    return PC_DAY_NONE;
  text = g_settings_get_string (self->settings, "exam-date");
  if (sscanf (text, "%4u-%2u-%2u", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month,
                         (GDateYear) year))
    return PC_DAY_NONE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month,
                  (GDateYear) year);
  return pc_day_from_date (&date);
}

gint
pc_learning_get_exam_day (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), PC_DAY_NONE);

  return self->exam_day;
}

void
pc_learning_set_exam_day (PcLearning *self,
                          gint        day)
{
  g_autofree char *text = NULL;
  GDate date;

  g_return_if_fail (PC_IS_LEARNING (self));

  if (day == self->exam_day)
    return;
  self->exam_day = day;
  if (day != PC_DAY_NONE) {
    pc_day_to_date (day, &date);
    text = g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&date),
                            (guint) g_date_get_month (&date),
                            g_date_get_day (&date));
  }
  if (self->settings != NULL)
    g_settings_set_string (self->settings, "exam-date",
                           text != NULL ? text : "");
  pc_learning_load (self);
}

/* -- tasks ---------------------------------------------------------------- */

typedef struct
{
  GTask         *task;
  PcLearningTask kind;
  gint64         learner;
  char          *text;
  gboolean       forgot; /* what we knew */
  gboolean       done;
  GError        *error;
  gint64         added;
  char          *kept;
} Work;

/* Whether trying again later would help: the disk's fault, not ours. */
static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, PC_RECORD_ERROR, PC_RECORD_ERROR_BUSY);
}

static gboolean
work (PcRecord *record,
      Work     *self,
      GError  **error)
{
  switch (self->kind) {
  case PC_LEARNING_ADD:
    self->added = pc_record_add_learner (record, self->text, error);
    return self->added != 0;
  case PC_LEARNING_RENAME:
    return pc_record_rename_learner (record, self->learner, self->text, error);
  case PC_LEARNING_REMOVE:
    return pc_record_remove_learner (record, self->learner, error);
  case PC_LEARNING_RESET:
    return pc_record_reset (record, self->learner, error);
  case PC_LEARNING_BACKUP:
    return pc_record_backup (record, self->text, error);
  case PC_LEARNING_RESTORE:
    return pc_record_restore (record, self->text, &self->kept, error);
  default: g_return_val_if_reached (FALSE);
  }
}

static gboolean
work_job (PcRecord *record,
          gpointer  data,
          GError  **error)
{
  Work *self = data;

  g_clear_error (&self->error);
  if (!work (record, self, &self->error) && is_passing (self->error)) {
    g_propagate_error (error, g_error_copy (self->error));
    return FALSE;
  }
  self->done = TRUE;
  return TRUE;
}

/* What to say when it is done.  Transfer full. */
static char *
describe (const Work *work)
{
  g_autofree char *shown =
      work->text != NULL ? g_filename_display_basename (work->text) : NULL;
  g_autofree char *kept =
      work->kept != NULL ? g_filename_display_name (work->kept) : NULL;

  switch (work->kind) {
  case PC_LEARNING_ADD:
    /* Translators: %s is a person's name. */
    return g_strdup_printf (_ ("“%s” learns now."), work->text);
  case PC_LEARNING_RENAME: return g_strdup (_ ("The name was changed."));
  case PC_LEARNING_REMOVE: return g_strdup (_ ("The learner was removed."));
  case PC_LEARNING_RESET: return g_strdup (_ ("All answers were deleted."));
  case PC_LEARNING_BACKUP:
    return g_strdup_printf (_ ("Saved as “%s”."), shown);
  case PC_LEARNING_RESTORE:
    if (kept == NULL)
      return g_strdup (_ ("The backup is in place."));
    return g_strdup_printf (
        /* Translators: %s is the name of a file. */
        _ ("The backup is in place. What was there before is kept as %s."),
        kept);
  default: g_return_val_if_reached (NULL);
  }
}

static void
follow (PcLearning *self,
        const Work *work)
{
  if (work->added != 0)
    pc_learning_set_learner (self, work->added);
  else if (work->forgot || work->kind == PC_LEARNING_RENAME)
    pc_learning_load (self);
}

static void
free_work (gpointer data)
{
  Work *work = data;
  g_autoptr (GTask) task = g_steal_pointer (&work->task);

  if (work->done)
    follow (g_task_get_source_object (task), work);
  if (work->error != NULL)
    g_task_return_error (task, g_steal_pointer (&work->error));
  else if (work->done)
    g_task_return_pointer (task, describe (work), g_free);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "%s", _ ("Portcall was closed before that."));
  g_free (work->text);
  g_free (work->kept);
  g_free (work);
}

void
pc_learning_do_async (PcLearning         *self,
                      PcLearningTask      task,
                      gint64              learner,
                      const char         *text,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  Work *work;

  g_return_if_fail (PC_IS_LEARNING (self));

  work = g_new0 (Work, 1);
  work->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (work->task, pc_learning_do_async);
  work->kind = task;
  work->learner = learner;
  work->text = g_strdup (text);
  work->forgot = task == PC_LEARNING_RESTORE || task == PC_LEARNING_RESET ||
                 (task == PC_LEARNING_REMOVE && learner == self->learner);
  /* Before, so that an answer of now is not for somebody who is gone then. */
  if (work->forgot)
    pc_learning_forget (self);
  pc_record_writer_run (self->writer, work_job, work, free_work);
}

char *
pc_learning_do_finish (PcLearning   *self,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- export --------------------------------------------------------------- */

typedef struct
{
  GTask         *task;
  PcRecordFormat format;
  GBytes        *bytes;
  GError        *error;
} Export;

static gboolean
export_job (PcRecord *record,
            gpointer  data,
            GError  **error)
{
  Export *self = data;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  if (pc_record_export (record, self->format, out, &self->error) &&
      g_output_stream_close (out, NULL, &self->error))
    self->bytes = g_memory_output_stream_steal_as_bytes (
        G_MEMORY_OUTPUT_STREAM (out));
  return TRUE;
}

static void
free_export (gpointer data)
{
  Export *self = data;
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (self->bytes != NULL)
    g_task_return_pointer (task, self->bytes, (GDestroyNotify) g_bytes_unref);
  else if (self->error != NULL)
    g_task_return_error (task, self->error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "%s", _ ("Portcall was closed before that."));
  g_free (self);
}

void
pc_learning_export_async (PcLearning         *self,
                          PcRecordFormat      format,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  Export *work;

  g_return_if_fail (PC_IS_LEARNING (self));

  work = g_new0 (Export, 1);
  work->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (work->task, pc_learning_export_async);
  work->format = format;
  pc_record_writer_run (self->writer, export_job, work, free_export);
}

GBytes *
pc_learning_export_finish (PcLearning   *self,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
