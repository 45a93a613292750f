/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario does while it is written.  A new change takes the place of
 * what is under way; a text that cannot be run leaves the last timeline. */

#include "app/live-run.h"

#include "run/run.h"
#include "scenario/sketch.h"

#define PAUSE 300 /* ms without a change */

struct _PcLiveRun
{
  GObject parent_instance;

  char             *path;
  char             *text;
  guint             timer_id;
  GCancellable     *cancellable; /* of what is under way */
  PcScenarioSource *source;
  PcTimeline       *timeline;
};

enum { RAN,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcLiveRun, pc_live_run, G_TYPE_OBJECT)

/* For the thread, and from it. */
typedef struct
{
  char             *path;
  char             *text;
  PcScenarioSource *source;
  PcTimeline       *timeline;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->path);
  g_free (work->text);
  g_clear_pointer (&work->source, pc_scenario_source_free);
  g_clear_object (&work->timeline);
  g_free (work);
}

static void
stop (PcLiveRun *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* -- running -------------------------------------------------------------- */

static void
work_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Work *work = data;

  work->source = pc_sketch_check (work->path, work->text);
  /* A failure of the world is nothing that the text could be blamed for. */
  if (work->source->scenario != NULL &&
      !g_cancellable_is_cancelled (cancellable))
    work->timeline = pc_run_scenario (work->source->scenario, PC_LINK_MEMORY,
                                      NULL);
  g_task_return_boolean (task, TRUE);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  PcLiveRun *self = PC_LIVE_RUN (source);
  GTask *task = G_TASK (result);
  Work *work = g_task_get_task_data (task);

  if (self->cancellable != g_task_get_cancellable (task))
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->source, pc_scenario_source_free);
  self->source = g_steal_pointer (&work->source);
  if (work->timeline != NULL)
    g_set_object (&self->timeline, work->timeline);
  g_signal_emit (self, signals[RAN], 0);
}

static gboolean
begin_cb (gpointer data)
{
  PcLiveRun *self = data;
  g_autoptr (GTask) task = NULL;
  Work *work = g_new0 (Work, 1);

  self->timer_id = 0;
  self->cancellable = g_cancellable_new ();
  work->path = g_strdup (self->path);
  work->text = g_strdup (self->text);
  task = g_task_new (self, self->cancellable, ran_cb, NULL);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_thread);
  return G_SOURCE_REMOVE;
}

void
pc_live_run_start (PcLiveRun  *self,
                   const char *path,
                   const char *text,
                   gboolean    now)
{
  g_return_if_fail (PC_IS_LIVE_RUN (self));
  g_return_if_fail (path != NULL && text != NULL);

  stop (self);
  g_free (self->path);
  self->path = g_strdup (path);
  g_free (self->text);
  self->text = g_strdup (text);
  if (now)
    begin_cb (self);
  else
    self->timer_id = g_timeout_add (PAUSE, begin_cb, self);
}

const PcScenarioSource *
pc_live_run_get_source (PcLiveRun *self)
{
  g_return_val_if_fail (PC_IS_LIVE_RUN (self), NULL);

  return self->source;
}

PcTimeline *
pc_live_run_get_timeline (PcLiveRun *self)
{
  g_return_val_if_fail (PC_IS_LIVE_RUN (self), NULL);

  return self->timeline;
}

gboolean
pc_live_run_is_idle (PcLiveRun *self)
{
  g_return_val_if_fail (PC_IS_LIVE_RUN (self), TRUE);

  return self->timer_id == 0 && self->cancellable == NULL;
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcLiveRun *self = PC_LIVE_RUN (object);

  stop (self);
  g_clear_pointer (&self->source, pc_scenario_source_free);
  g_clear_object (&self->timeline);
  G_OBJECT_CLASS (pc_live_run_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  PcLiveRun *self = PC_LIVE_RUN (object);

  g_free (self->path);
  g_free (self->text);
  G_OBJECT_CLASS (pc_live_run_parent_class)->finalize (object);
}

static void
pc_live_run_class_init (PcLiveRunClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  signals[RAN] = g_signal_new ("ran", PC_TYPE_LIVE_RUN, G_SIGNAL_RUN_LAST, 0,
                               NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pc_live_run_init (PcLiveRun *self)
{
}

PcLiveRun *
pc_live_run_new (void)
{
  return g_object_new (PC_TYPE_LIVE_RUN, NULL);
}
