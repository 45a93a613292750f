/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record is only touched in the writer's thread.  What is read there comes
 * back as the last thing that is done with it: when its data are freed, which
 * is in our thread.  An answer given meanwhile is added to what was read, so
 * that nothing is asked twice. */

#include "app/learning.h"

#include "app/learning-private.h"

#include "quiz/day.h"

#include <glib/gi18n-lib.h>

enum { LOADED,
       PROBLEM,
       LEARNER,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcLearning, pc_learning, G_TYPE_OBJECT)

/* -- reading -------------------------------------------------------------- */

typedef struct
{
  GWeakRef    owner;
  guint       generation;
  gint64      wanted;
  gint        exam_day;
  gboolean    done;
  PcMemories   *memory;
  PcProgress *progress;
  GArray     *confusions;
  GPtrArray  *learners;
  gint64      learner;
  char       *sitting;
  char       *state;
} Load;

static void
clear_load (Load *load)
{
  g_clear_pointer (&load->memory, pc_memories_free);
  g_clear_pointer (&load->progress, pc_progress_free);
  g_clear_pointer (&load->confusions, g_array_unref);
  g_clear_pointer (&load->learners, g_ptr_array_unref);
  g_clear_pointer (&load->sitting, g_free);
  g_clear_pointer (&load->state, g_free);
}

/* The one wanted, or the first. */
static gint64
choose_learner (GPtrArray *learners,
                gint64     wanted)
{
  for (guint i = 0; i < learners->len; i++) {
    const PcRecordLearner *learner = learners->pdata[i];

    if (learner->id == wanted)
      return wanted;
  }
  return learners->len > 0
             ? ((const PcRecordLearner *) learners->pdata[0])->id
             : 0;
}

/* In the writer's thread; again after a failure. */
static gboolean
load_job (PcRecord *record,
          gpointer  data,
          GError  **error)
{
  Load *load = data;
  const PcMemoriesOptions options = { .exam = load->exam_day };
  g_autoptr (GError) local_error = NULL;

  clear_load (load);
  load->learners = pc_record_get_learners (record, error);
  if (load->learners == NULL)
    return FALSE;
  load->learner = choose_learner (load->learners, load->wanted);
  if (!pc_record_set_learner (record, load->learner, error))
    return FALSE;
  load->memory = pc_memories_new (&options);
  load->progress = pc_progress_new (NULL);
  load->confusions = pc_choose_find_confusions (record, error);
  if (load->confusions == NULL ||
      !pc_record_replay (record, load->memory, error) ||
      !pc_progress_add_record (load->progress, record, error))
    return FALSE;
  load->state =
      pc_record_get_sitting (record, &load->sitting, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  load->done = TRUE;
  return TRUE;
}

static void
remember (PcLearning           *self,
          const PcRecordAnswer *answer)
{
  const PcMemoriesAnswer known = {
    .bank = answer->bank,
    .item = answer->item,
    .key = answer->memory_key,
    .time_us = answer->time_us,
    .grade = answer->grade,
  };

  pc_memories_add (self->memory, &known);
  pc_progress_add (self->progress, answer);
}

static void
take_over (PcLearning *self,
           Load       *load)
{
  pc_memories_free (self->memory);
  self->memory = g_steal_pointer (&load->memory);
  pc_progress_free (self->progress);
  self->progress = g_steal_pointer (&load->progress);
  g_array_unref (self->confusions);
  self->confusions = g_steal_pointer (&load->confusions);
  g_clear_pointer (&self->learners, g_ptr_array_unref);
  self->learners = g_steal_pointer (&load->learners);
  if (self->running == NULL) {
    g_free (self->sitting);
    self->sitting = g_steal_pointer (&load->sitting);
    g_free (self->state);
    self->state = g_steal_pointer (&load->state);
  }
  for (guint i = 0; i < self->recent->len; i++)
    remember (self, self->recent->pdata[i]);
  self->learner = load->learner;
  pc_record_writer_set_learner (self->writer, load->learner);
  for (guint i = 0; i < self->pending->len; i++)
    pc_record_writer_add (self->writer, self->pending->pdata[i]);
  g_ptr_array_set_size (self->pending, 0);
  self->loaded = TRUE;
  g_signal_emit (self, signals[LOADED], 0);
}

static void
free_load (gpointer data)
{
  Load *load = data;
  g_autoptr (PcLearning) self = g_weak_ref_get (&load->owner);

  if (self != NULL && load->done && load->generation == self->generation)
    take_over (self, load);
  clear_load (load);
  g_weak_ref_clear (&load->owner);
  g_free (load);
}

void
pc_learning_load (PcLearning *self)
{
  Load *load;

  g_return_if_fail (PC_IS_LEARNING (self));

  load = g_new0 (Load, 1);
  g_weak_ref_init (&load->owner, self);
  load->generation = ++self->generation;
  load->wanted = self->learner;
  load->exam_day = pc_learning_get_exam_day (self);
  g_ptr_array_set_size (self->recent, 0);
  for (guint i = 0; i < self->pending->len; i++)
    g_ptr_array_add (self->recent,
                     pc_record_answer_copy (self->pending->pdata[i]));
  pc_record_writer_run (self->writer, load_job, load, free_load);
}

gboolean
pc_learning_is_loaded (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), FALSE);

  return self->loaded;
}

/* What was known is not of the one who learns now. */
static void
forget (PcLearning *self)
{
  const PcMemoriesOptions options = {
    .exam = pc_learning_get_exam_day (self),
  };

  self->loaded = FALSE;
  g_ptr_array_set_size (self->recent, 0);
  g_clear_pointer (&self->memory, pc_memories_free);
  self->memory = pc_memories_new (&options);
  g_clear_pointer (&self->progress, pc_progress_free);
  self->progress = pc_progress_new (NULL);
  g_clear_pointer (&self->confusions, g_array_unref);
  self->confusions = g_array_new (FALSE, FALSE, sizeof (PcConfusion));
  g_clear_pointer (&self->sitting, g_free);
  g_clear_pointer (&self->state, g_free);
  pc_record_writer_set_learner (self->writer, 0);
}

void
pc_learning_forget (PcLearning *self)
{
  g_signal_emit (self, signals[LEARNER], 0);
  forget (self);
}

/* -- answers -------------------------------------------------------------- */

void
pc_learning_add (PcLearning     *self,
                 PcRecordAnswer *answer)
{
  g_return_if_fail (PC_IS_LEARNING (self));
  g_return_if_fail (answer != NULL);

  remember (self, answer);
  g_ptr_array_add (self->recent, pc_record_answer_copy (answer));
  if (self->loaded) {
    pc_record_writer_add (self->writer, answer);
    pc_record_answer_free (answer);
  } else {
    g_ptr_array_add (self->pending, answer);
  }
}

void
pc_learning_remember (PcLearning           *self,
                      const PcRecordAnswer *answer)
{
  remember (self, answer);
  g_ptr_array_add (self->recent, pc_record_answer_copy (answer));
}

PcMemories *
pc_learning_get_memory (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), NULL);

  return self->memory;
}

PcProgress *
pc_learning_get_progress (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), NULL);

  return self->progress;
}

GArray *
pc_learning_get_confusions (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), NULL);

  return self->confusions;
}

gint
pc_learning_get_today (PcLearning *self)
{
  return pc_day_from_time (g_get_real_time (), NULL);
}

void
pc_learning_count (PcLearning *self,
                   PcBank     *bank,
                   guint      *n_due,
                   guint      *n_new)
{
  const PcPlanOptions options = {
    .today = pc_learning_get_today (self),
    .n_new = PC_PLAN_NEW_A_DAY,
  };
  g_autoptr (PcPlan) plan = NULL;

  g_return_if_fail (PC_IS_LEARNING (self));

  plan = pc_plan_new (self->memory, &options);
  for (guint i = 0; i < pc_catalogue_get_n (self->catalogue); i++) {
    const PcPick *pick = pc_catalogue_get (self->catalogue, i);
    const PcPlanItem item = {
      .bank = pc_bank_get_id (pick->bank),
      .item = pc_item_get_id (pick->item),
      .key = pc_item_get_memory_key (pick->item),
    };

    if (bank == NULL || pick->bank == bank)
      pc_plan_add (plan, &item);
  }
  *n_due = pc_plan_get_n_due (plan);
  *n_new = pc_plan_get_n_new (plan);
}

/* -- trouble -------------------------------------------------------------- */

static void
problem_cb (PcLearning *self)
{
  const char *problem = pc_record_writer_get_problem (self->writer);
  const char *set_aside = pc_record_writer_get_set_aside (self->writer);

  g_clear_pointer (&self->problem, g_free);
  if (problem != NULL)
    self->problem = g_strdup (problem);
  else if (set_aside != NULL)
    self->problem = g_strdup_printf (
        _ ("The record of your answers was damaged. It was kept as %s, and a "
           "new one begun."),
        set_aside);
  g_signal_emit (self, signals[PROBLEM], 0);
}

const char *
pc_learning_get_problem (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), NULL);

  return self->problem;
}

gboolean
pc_learning_can_retry (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), FALSE);

  return pc_record_writer_get_problem (self->writer) != NULL;
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcLearning *self = PC_LEARNING (object);

  g_clear_object (&self->writer);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (pc_learning_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  PcLearning *self = PC_LEARNING (object);

  pc_memories_free (self->memory);
  pc_progress_free (self->progress);
  g_array_unref (self->confusions);
  g_clear_pointer (&self->learners, g_ptr_array_unref);
  g_ptr_array_unref (self->recent);
  g_ptr_array_unref (self->pending);
  pc_catalogue_free (self->catalogue);
  g_free (self->running);
  g_free (self->sitting);
  g_free (self->state);
  g_free (self->problem);
  G_OBJECT_CLASS (pc_learning_parent_class)->finalize (object);
}

static void
pc_learning_class_init (PcLearningClass *klass)
{
  static const char *const names[N_SIGNALS] = { "loaded", "problem",
                                                "learner" };

  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass),
                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
pc_learning_init (PcLearning *self)
{
  g_autofree char *path = pc_record_dup_default_path ();

  self->writer = pc_record_writer_new (path, 0);
  self->catalogue = pc_catalogue_new ();
  self->recent = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_record_answer_free);
  self->pending = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_record_answer_free);
  g_signal_connect_object (self->writer, "notify::problem",
                           G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->writer, "notify::set-aside",
                           G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
}

PcLearning *
pc_learning_new (GSettings *settings)
{
  PcLearning *self = g_object_new (PC_TYPE_LEARNING, NULL);

  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  if (settings != NULL)
    self->learner = g_settings_get_int64 (settings, "learner");
  self->exam_day = pc_learning_read_exam_day (self);
  forget (self);
  return self;
}

void
pc_learning_set_content (PcLearning *self,
                         PcContent  *content)
{
  GListModel *banks;

  g_return_if_fail (PC_IS_LEARNING (self));
  g_return_if_fail (PC_IS_CONTENT (content));

  banks = pc_content_get_banks (content);
  g_clear_pointer (&self->catalogue, pc_catalogue_free);
  self->catalogue = pc_catalogue_new ();
  for (guint i = 0; i < g_list_model_get_n_items (banks); i++) {
    g_autoptr (PcBank) bank = g_list_model_get_item (banks, i);

    pc_catalogue_add_bank (self->catalogue, bank);
  }
}

PcCatalogue *
pc_learning_get_catalogue (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), NULL);

  return self->catalogue;
}

PcRecordWriter *
pc_learning_get_writer (PcLearning *self)
{
  g_return_val_if_fail (PC_IS_LEARNING (self), NULL);

  return self->writer;
}
