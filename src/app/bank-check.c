/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two steps, each a thread of its own: loading takes some milliseconds for a
 * bank of sixty questions, the runs that prove its keys may take a second.
 * What is typed meanwhile is checked next; runs that were made are kept. */

#include "app/bank-check.h"

#include "quiz/prove.h"

#include <string.h>

#define QUIET_MS 300 /* nobody types for so long */

struct _PcBankCheck
{
  GObject parent_instance;

  PcContent    *content;
  PcBankEdit   *edit;
  PcProver     *prover;
  PcProblems   *problems;
  PcBank       *bank;
  GCancellable *cancellable;
  guint         quiet_id;
  gboolean      running; /* a thread is at it */
  gboolean      again;   /* and the text is another one by now */
  gboolean      proven;
};

/* What a thread works on. */
typedef struct
{
  PcContent  *content;
  PcBankEdit *edit;   /* whose text it is; not touched */
  PcProver   *prover; /* only one thread at a time */
  char       *name;
  char       *text;
  PcJson     *json;
  PcBank     *bank;
  PcProblems *problems;
} Job;

enum { SIGNAL_CHECKED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcBankCheck, pc_bank_check, G_TYPE_OBJECT)

/* -- in a thread ---------------------------------------------------------- */

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->bank);
  g_clear_object (&job->content);
  g_clear_object (&job->edit);
  g_clear_pointer (&job->json, pc_json_free);
  g_clear_pointer (&job->problems, pc_problems_unref);
  g_free (job->name);
  g_free (job->text);
  g_free (job);
}

static gboolean
has_step_cb (const char *scenario,
             const char *step,
             gpointer    data)
{
  PcScenario *found = pc_library_find (data, scenario);

  return found != NULL && (step == NULL || pc_scenario_has_mark (found, step));
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Job *job = data;
  PcLibrary *library = pc_content_get_library (job->content);

  job->json = pc_json_parse (job->name, (const guint8 *) job->text,
                             strlen (job->text), job->problems);
  if (job->json != NULL)
    job->bank = pc_bank_new_from_json (
        job->json, pc_content_get_services (job->content), job->problems,
        pc_library_get_n (library) > 0 ? has_step_cb : NULL, library);
  g_task_return_boolean (task, TRUE);
}

static void
prove_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Job *job = data;

  pc_bank_prove (job->bank, job->json, job->prover, cancellable,
                 job->problems);
  g_task_return_boolean (task, TRUE);
}

/* -- in turn -------------------------------------------------------------- */

static void start (PcBankCheck *self);

static void
run (PcBankCheck        *self,
     Job                *job,
     GTaskThreadFunc     func,
     GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task =
      g_task_new (self, self->cancellable, callback, NULL);

  /* Even a cancelled one must have come to its end before the next begins:
   * they share the prover. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, func);
}

static void
finish (PcBankCheck *self)
{
  self->running = FALSE;
  if (self->again && self->edit != NULL)
    start (self);
}

static void
tell (PcBankCheck *self)
{
  g_signal_emit (self, signals[SIGNAL_CHECKED], 0);
}

static void
proven_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  PcBankCheck *self = PC_BANK_CHECK (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));

  if (self->edit == job->edit && !g_cancellable_is_cancelled (cancellable)) {
    g_clear_pointer (&self->problems, pc_problems_unref);
    self->problems = pc_problems_ref (job->problems);
    self->proven = TRUE;
  }
  finish (self);
  tell (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  PcBankCheck *self = PC_BANK_CHECK (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  Job *next;

  if (self->edit != job->edit) {
    finish (self);
    return;
  }
  g_clear_pointer (&self->problems, pc_problems_unref);
  /* Those of loading are told at once, and stay in the next list. */
  self->problems = pc_problems_copy (job->problems);
  g_set_object (&self->bank, job->bank);
  self->proven = FALSE;
  if (job->bank == NULL || self->again) {
    finish (self);
    tell (self);
    return;
  }
  next = g_new0 (Job, 1);
  next->content = g_object_ref (self->content);
  next->edit = g_object_ref (job->edit);
  next->prover = self->prover;
  next->bank = g_object_ref (job->bank);
  next->json = g_steal_pointer (&job->json);
  next->problems = pc_problems_ref (job->problems);
  run (self, next, prove_thread, proven_cb);
  tell (self);
}

static void
start (PcBankCheck *self)
{
  Job *job = g_new0 (Job, 1);
  const char *path = pc_bank_edit_get_path (self->edit);

  self->again = FALSE;
  self->running = TRUE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  job->content = g_object_ref (self->content);
  job->edit = g_object_ref (self->edit);
  job->name = path != NULL ? g_path_get_basename (path) : g_strdup ("");
  job->text = pc_bank_edit_dup_text (self->edit);
  job->problems = pc_problems_new ();
  run (self, job, load_thread, loaded_cb);
}

static gboolean
quiet_cb (gpointer data)
{
  PcBankCheck *self = data;

  self->quiet_id = 0;
  if (self->running) {
    self->again = TRUE;
    g_cancellable_cancel (self->cancellable);
  } else {
    start (self);
  }
  return G_SOURCE_REMOVE;
}

static void
changed_cb (PcBankCheck *self)
{
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  self->quiet_id = g_timeout_add (QUIET_MS, quiet_cb, self);
}

/* -- public --------------------------------------------------------------- */

void
pc_bank_check_set_edit (PcBankCheck *self,
                        PcBankEdit  *edit)
{
  g_return_if_fail (PC_IS_BANK_CHECK (self));

  g_clear_handle_id (&self->quiet_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_set_object (&self->edit, edit);
  g_clear_pointer (&self->problems, pc_problems_unref);
  g_clear_object (&self->bank);
  self->proven = FALSE;
  if (edit == NULL)
    return;
  g_signal_connect_object (edit, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  quiet_cb (self);
}

PcProblems *
pc_bank_check_get_problems (PcBankCheck *self)
{
  g_return_val_if_fail (PC_IS_BANK_CHECK (self), NULL);

  return self->problems;
}

PcBank *
pc_bank_check_get_bank (PcBankCheck *self)
{
  g_return_val_if_fail (PC_IS_BANK_CHECK (self), NULL);

  return self->bank;
}

gboolean
pc_bank_check_is_idle (PcBankCheck *self)
{
  g_return_val_if_fail (PC_IS_BANK_CHECK (self), FALSE);

  return !self->running && self->quiet_id == 0;
}

gboolean
pc_bank_check_is_proven (PcBankCheck *self)
{
  g_return_val_if_fail (PC_IS_BANK_CHECK (self), FALSE);

  return self->proven;
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcBankCheck *self = PC_BANK_CHECK (object);

  g_clear_handle_id (&self->quiet_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->edit);
  g_clear_object (&self->bank);
  g_clear_pointer (&self->problems, pc_problems_unref);
  G_OBJECT_CLASS (pc_bank_check_parent_class)->dispose (object);
}

/* No thread is left: each holds us. */
static void
finalize (GObject *object)
{
  PcBankCheck *self = PC_BANK_CHECK (object);

  g_clear_pointer (&self->prover, pc_prover_free);
  g_clear_object (&self->content);
  G_OBJECT_CLASS (pc_bank_check_parent_class)->finalize (object);
}

static void
pc_bank_check_class_init (PcBankCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  signals[SIGNAL_CHECKED] =
      g_signal_new ("checked", PC_TYPE_BANK_CHECK, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
pc_bank_check_init (PcBankCheck *self)
{
}

PcBankCheck *
pc_bank_check_new (PcContent *content)
{
  PcBankCheck *self;

  g_return_val_if_fail (PC_IS_CONTENT (content), NULL);

  self = g_object_new (PC_TYPE_BANK_CHECK, NULL);
  self->content = g_object_ref (content);
  self->prover = pc_prover_new (pc_content_get_library (content));
  return self;
}
