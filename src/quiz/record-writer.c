/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The record, written in a thread of its own.
 *
 * Things to do stand in one queue.  The thread takes the first, and takes it
 * off only when it is done: one that fails blocks those behind it, so answers
 * are saved in the order in which they were given, and it is tried again when
 * the next one comes or when asked to.  What the thread has to say goes to the
 * main context of the owner.  Queue and state are shared by both and outlive
 * the owner by as long as the thread needs.
 */

#include "quiz/record-writer.h"

#include "quiz/record-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PcRecordWriterFunc func;
  gpointer           data;
  GDestroyNotify     free_data;
  gint64             learner;
  guint              n_answers; /* that are lost with it */
} Job;

typedef struct
{
  gatomicrefcount refs;
  char           *path;
  GMainContext   *context;
  PcRecordWriter *owner;   /* only for the owner's thread; NULL: gone */

  GMutex          mutex;   /* for all below */
  GCond           changed;
  GQueue          jobs;    /* Job; the first is being done */
  GQueue          done;    /* Job, to be freed by the owner */
  gboolean        blocked; /* the first has failed */
  gboolean        closing;
  gboolean        told;    /* the owner will look */
  GError         *error;   /* of the first */
  char           *set_aside;
  guint64         n_done;
  guint64         n_asked;
} Shared;

typedef struct
{
  GTask  *task;
  guint64 until; /* n_done */
} Flush;

struct _PcRecordWriter
{
  GObject  parent_instance;

  Shared  *shared;
  GThread *thread;
  gint64   learner;
  GQueue   flushes; /* Flush */
  guint    n_unsaved;
  char    *problem;
  char    *set_aside;
};

enum {
  PROP_N_UNSAVED = 1,
  PROP_PROBLEM,
  PROP_SET_ASIDE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcRecordWriter, pc_record_writer, G_TYPE_OBJECT)

static void
free_job (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static void
free_flush (gpointer data)
{
  Flush *flush = data;

  g_object_unref (flush->task);
  g_free (flush);
}

static void
unref_shared (gpointer data)
{
  Shared *shared = data;

  if (!g_atomic_ref_count_dec (&shared->refs))
    return;
  g_queue_clear_full (&shared->jobs, free_job);
  g_queue_clear_full (&shared->done, free_job);
  g_clear_pointer (&shared->context, g_main_context_unref);
  g_clear_pointer (&shared->path, g_free);
  g_clear_pointer (&shared->set_aside, g_free);
  g_clear_error (&shared->error);
  g_mutex_clear (&shared->mutex);
  g_cond_clear (&shared->changed);
  g_free (shared);
}

/* -- the owner hears of it ------------------------------------------------ */

static char *
describe (Shared *shared)
{
  guint n = 0;

  for (GList *l = shared->jobs.head; l != NULL; l = l->next)
    n += ((const Job *) l->data)->n_answers;
  if (n == 0)
    return g_strdup_printf (_ ("The record is not up to date: %s."),
                            shared->error->message);
  return g_strdup_printf (ngettext ("%u answer is not saved: %s.",
                                    "%u answers are not saved: %s.", n),
                          n, shared->error->message);
}

static void
set_text (PcRecordWriter *self,
          char          **field,
          char           *text,
          guint           prop)
{
  if (g_strcmp0 (*field, text) == 0) {
    g_free (text);
    return;
  }
  g_free (*field);
  *field = text;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
finish_flushes (PcRecordWriter *self,
                guint64         n_done,
                const GError   *error)
{
  Flush *flush;

  while ((flush = g_queue_peek_head (&self->flushes)) != NULL) {
    if (flush->until <= n_done)
      g_task_return_boolean (flush->task, TRUE);
    else if (error != NULL)
      g_task_return_error (flush->task, g_error_copy (error));
    else
      break;
    g_queue_pop_head (&self->flushes);
    free_flush (flush);
  }
}

static gboolean
tell_owner_cb (gpointer data)
{
  Shared            *shared = data;
  PcRecordWriter    *self = shared->owner;
  GQueue             done = G_QUEUE_INIT;
  g_autoptr (GError) error = NULL;
  char              *problem = NULL;
  char              *set_aside;
  guint              n_unsaved = 0;
  guint64            n_done;

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_object_ref (self);
  g_mutex_lock (&shared->mutex);
  shared->told = FALSE;
  done = shared->done;
  g_queue_init (&shared->done);
  if (shared->blocked) {
    problem = describe (shared);
    error = g_error_copy (shared->error);
    n_unsaved = shared->jobs.length;
  }
  set_aside = g_strdup (shared->set_aside);
  n_done = shared->n_done;
  g_mutex_unlock (&shared->mutex);

  g_queue_clear_full (&done, free_job);
  if (self->n_unsaved != n_unsaved) {
    self->n_unsaved = n_unsaved;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_UNSAVED]);
  }
  set_text (self, &self->problem, problem, PROP_PROBLEM);
  set_text (self, &self->set_aside, set_aside, PROP_SET_ASIDE);
  finish_flushes (self, n_done, error);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/* Called with the mutex. */
static void
tell_owner (Shared *shared)
{
  GSource *source;

  g_cond_broadcast (&shared->changed);
  if (shared->told)
    return;
  shared->told = TRUE;
  g_atomic_ref_count_inc (&shared->refs);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_owner_cb, shared, unref_shared);
  g_source_attach (source, shared->context);
  g_source_unref (source);
}

/* -- the thread ----------------------------------------------------------- */

static gboolean
do_job (Shared    *shared,
        PcRecord **record,
        const Job *job,
        GError   **error)
{
  if (*record == NULL)
    *record = pc_record_open (shared->path, error);
  if (*record == NULL)
    return FALSE;
  if (job->learner != 0 &&
      !pc_record_force_learner (*record, job->learner, error))
    return FALSE;
  return job->func (*record, job->data, error);
}

/* Waits for something to do; NULL when there is nothing any more.  Called with
 * the mutex. */
static Job *
wait_for_job (Shared *shared)
{
  while (shared->jobs.length == 0 || shared->blocked) {
    if (shared->closing)
      return NULL;
    g_cond_wait (&shared->changed, &shared->mutex);
  }
  return g_queue_peek_head (&shared->jobs);
}

static gpointer
run_thread (gpointer data)
{
  Shared   *shared = data;
  PcRecord *record = NULL;
  Job      *job;

  g_mutex_lock (&shared->mutex);
  while ((job = wait_for_job (shared)) != NULL) {
    g_autoptr (GError) error = NULL;
    gboolean done;

    g_mutex_unlock (&shared->mutex);
    done = do_job (shared, &record, job, &error);
    g_mutex_lock (&shared->mutex);
    g_clear_error (&shared->error);
    if (done) {
      g_queue_push_tail (&shared->done, g_queue_pop_head (&shared->jobs));
      shared->n_done++;
    } else {
      shared->blocked = TRUE;
      shared->error = g_steal_pointer (&error);
    }
    if (record != NULL && pc_record_get_set_aside (record) != NULL) {
      g_free (shared->set_aside);
      shared->set_aside = g_strdup (pc_record_get_set_aside (record));
    }
    tell_owner (shared);
  }
  g_mutex_unlock (&shared->mutex);
  pc_record_close (record);
  unref_shared (shared);
  return NULL;
}

/* -- jobs ----------------------------------------------------------------- */

static void
ask (PcRecordWriter    *self,
     PcRecordWriterFunc func,
     gpointer           data,
     GDestroyNotify     free_data,
     guint              n_answers)
{
  Shared *shared = self->shared;
  Job    *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->learner = self->learner;
  job->n_answers = n_answers;
  if (self->thread == NULL) {
    g_atomic_ref_count_inc (&shared->refs);
    self->thread = g_thread_new ("record-writer", run_thread, shared);
  }
  g_mutex_lock (&shared->mutex);
  g_queue_push_tail (&shared->jobs, job);
  shared->n_asked++;
  /* Perhaps it works now. */
  shared->blocked = FALSE;
  g_cond_broadcast (&shared->changed);
  g_mutex_unlock (&shared->mutex);
}

static gboolean
add_job (PcRecord *record,
         gpointer  data,
         GError  **error)
{
  return pc_record_add (record, data, error) != 0;
}

void
pc_record_writer_add (PcRecordWriter       *self,
                      const PcRecordAnswer *answer)
{
  g_return_if_fail (PC_IS_RECORD_WRITER (self));
  g_return_if_fail (answer != NULL);

  ask (self, add_job, pc_record_answer_copy (answer),
       (GDestroyNotify) pc_record_answer_free, 1);
}

/* A sitting, or assumptions. */
typedef struct
{
  char      *session;
  char      *state;
  GPtrArray *answers;
  gint64     time_us;
  GArray    *facts; /* PcRecordAssumption with keys of its own */
} Bundle;

static void
free_bundle (gpointer data)
{
  Bundle *bundle = data;

  for (guint i = 0; bundle->facts != NULL && i < bundle->facts->len; i++)
    g_free ((char *) g_array_index (bundle->facts, PcRecordAssumption, i).key);
  g_clear_pointer (&bundle->facts, g_array_unref);
  g_clear_pointer (&bundle->answers, g_ptr_array_unref);
  g_free (bundle->session);
  g_free (bundle->state);
  g_free (bundle);
}

static gboolean
save_sitting_job (PcRecord *record,
                  gpointer  data,
                  GError  **error)
{
  const Bundle *bundle = data;

  return pc_record_save_sitting (record, bundle->session, bundle->state,
                                 error);
}

void
pc_record_writer_save_sitting (PcRecordWriter *self,
                               const char     *session,
                               const char     *state)
{
  Bundle *bundle;

  g_return_if_fail (PC_IS_RECORD_WRITER (self));
  g_return_if_fail (session != NULL);

  bundle = g_new0 (Bundle, 1);
  bundle->session = g_strdup (session);
  bundle->state = g_strdup (state);
  ask (self, save_sitting_job, bundle, free_bundle, state != NULL ? 1 : 0);
}

static gboolean
finish_sitting_job (PcRecord *record,
                    gpointer  data,
                    GError  **error)
{
  const Bundle *bundle = data;

  return pc_record_finish_sitting (record, bundle->session, bundle->answers,
                                   error);
}

void
pc_record_writer_finish_sitting (PcRecordWriter *self,
                                 const char     *session,
                                 GPtrArray      *answers)
{
  Bundle *bundle;

  g_return_if_fail (PC_IS_RECORD_WRITER (self));
  g_return_if_fail (session != NULL && answers != NULL);

  bundle = g_new0 (Bundle, 1);
  bundle->session = g_strdup (session);
  bundle->answers = answers;
  ask (self, finish_sitting_job, bundle, free_bundle, answers->len);
}

static gboolean
assume_job (PcRecord *record,
            gpointer  data,
            GError  **error)
{
  const Bundle *bundle = data;
  const PcRecordAssumption *facts = (gpointer) bundle->facts->data;

  return pc_record_assume (record, bundle->time_us, facts, bundle->facts->len,
                           error);
}

void
pc_record_writer_assume (PcRecordWriter           *self,
                         gint64                    time_us,
                         const PcRecordAssumption *facts,
                         guint                     n)
{
  Bundle *bundle;

  g_return_if_fail (PC_IS_RECORD_WRITER (self));
  g_return_if_fail (facts != NULL || n == 0);

  bundle = g_new0 (Bundle, 1);
  bundle->time_us = time_us;
  bundle->facts = g_array_new (FALSE, FALSE, sizeof (PcRecordAssumption));
  for (guint i = 0; i < n; i++) {
    PcRecordAssumption fact = { g_strdup (facts[i].key), facts[i].grade };

    g_array_append_val (bundle->facts, fact);
  }
  ask (self, assume_job, bundle, free_bundle, 0);
}

void
pc_record_writer_run (PcRecordWriter    *self,
                      PcRecordWriterFunc func,
                      gpointer           data,
                      GDestroyNotify     free_data)
{
  g_return_if_fail (PC_IS_RECORD_WRITER (self));
  g_return_if_fail (func != NULL);

  ask (self, func, data, free_data, 0);
}

/* -- state ---------------------------------------------------------------- */

guint
pc_record_writer_get_n_unsaved (PcRecordWriter *self)
{
  g_return_val_if_fail (PC_IS_RECORD_WRITER (self), 0);

  return self->n_unsaved;
}

const char *
pc_record_writer_get_problem (PcRecordWriter *self)
{
  g_return_val_if_fail (PC_IS_RECORD_WRITER (self), NULL);

  return self->problem;
}

const char *
pc_record_writer_get_set_aside (PcRecordWriter *self)
{
  g_return_val_if_fail (PC_IS_RECORD_WRITER (self), NULL);

  return self->set_aside;
}

const char *
pc_record_writer_get_path (PcRecordWriter *self)
{
  g_return_val_if_fail (PC_IS_RECORD_WRITER (self), NULL);

  return self->shared->path;
}

gint64
pc_record_writer_get_learner (PcRecordWriter *self)
{
  g_return_val_if_fail (PC_IS_RECORD_WRITER (self), 0);

  return self->learner;
}

void
pc_record_writer_set_learner (PcRecordWriter *self,
                              gint64          learner)
{
  g_return_if_fail (PC_IS_RECORD_WRITER (self));

  self->learner = learner;
}

void
pc_record_writer_retry (PcRecordWriter *self)
{
  g_return_if_fail (PC_IS_RECORD_WRITER (self));

  g_mutex_lock (&self->shared->mutex);
  self->shared->blocked = FALSE;
  g_cond_broadcast (&self->shared->changed);
  g_mutex_unlock (&self->shared->mutex);
}

void
pc_record_writer_flush_async (PcRecordWriter     *self,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  Flush *flush;

  g_return_if_fail (PC_IS_RECORD_WRITER (self));

  flush = g_new0 (Flush, 1);
  flush->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (flush->task, pc_record_writer_flush_async);
  g_mutex_lock (&self->shared->mutex);
  flush->until = self->shared->n_asked;
  g_queue_push_tail (&self->flushes, flush);
  tell_owner (self->shared);
  g_mutex_unlock (&self->shared->mutex);
}

gboolean
pc_record_writer_flush_finish (PcRecordWriter *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
pc_record_writer_flush (PcRecordWriter *self,
                        GError        **error)
{
  Shared  *shared;
  gboolean done;

  g_return_val_if_fail (PC_IS_RECORD_WRITER (self), FALSE);

  shared = self->shared;
  g_mutex_lock (&shared->mutex);
  while (shared->jobs.length > 0 && !shared->blocked)
    g_cond_wait (&shared->changed, &shared->mutex);
  done = shared->jobs.length == 0;
  if (!done)
    g_propagate_error (error, g_error_copy (shared->error));
  g_mutex_unlock (&shared->mutex);
  return done;
}

/* -- object --------------------------------------------------------------- */

static void
pc_record_writer_dispose (GObject *object)
{
  PcRecordWriter *self = PC_RECORD_WRITER (object);

  if (self->thread != NULL) {
    g_mutex_lock (&self->shared->mutex);
    self->shared->closing = TRUE;
    g_cond_broadcast (&self->shared->changed);
    g_mutex_unlock (&self->shared->mutex);
    g_thread_join (g_steal_pointer (&self->thread));
  }
  self->shared->owner = NULL;
  G_OBJECT_CLASS (pc_record_writer_parent_class)->dispose (object);
}

static void
pc_record_writer_finalize (GObject *object)
{
  PcRecordWriter *self = PC_RECORD_WRITER (object);

  g_queue_clear_full (&self->flushes, free_flush);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->set_aside, g_free);
  g_clear_pointer (&self->shared, unref_shared);
  G_OBJECT_CLASS (pc_record_writer_parent_class)->finalize (object);
}

static void
pc_record_writer_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  PcRecordWriter *self = PC_RECORD_WRITER (object);

  switch (prop_id) {
  case PROP_N_UNSAVED: g_value_set_uint (value, self->n_unsaved); break;
  case PROP_PROBLEM: g_value_set_string (value, self->problem); break;
  case PROP_SET_ASIDE: g_value_set_string (value, self->set_aside); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
pc_record_writer_class_init (PcRecordWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = pc_record_writer_dispose;
  object_class->finalize = pc_record_writer_finalize;
  object_class->get_property = pc_record_writer_get_property;
  props[PROP_N_UNSAVED] = g_param_spec_uint ("n-unsaved", NULL, NULL, 0,
                                             G_MAXUINT, 0, flags);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                             flags);
  props[PROP_SET_ASIDE] = g_param_spec_string ("set-aside", NULL, NULL, NULL,
                                               flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_record_writer_init (PcRecordWriter *self)
{
  g_queue_init (&self->flushes);
}

PcRecordWriter *
pc_record_writer_new (const char *path,
                      gint64      learner)
{
  PcRecordWriter *self;
  Shared         *shared;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (PC_TYPE_RECORD_WRITER, NULL);
  shared = g_new0 (Shared, 1);
  g_atomic_ref_count_init (&shared->refs);
  shared->path = g_strdup (path);
  shared->context = g_main_context_ref_thread_default ();
  shared->owner = self;
  g_mutex_init (&shared->mutex);
  g_cond_init (&shared->changed);
  g_queue_init (&shared->jobs);
  g_queue_init (&shared->done);
  self->shared = shared;
  self->learner = learner;
  return self;
}
