/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches one file.  Editors save in many ways: in place, or by a new file
 * that takes the name; so every event of that name counts, and only when the
 * name has been quiet for a while is the file read.  A file that is gone is
 * read as such.  Not watched: files that the scenario names. */

#include "app/opened-file.h"

#define QUIET_MS 150

struct _PcOpenedFile
{
  GObject parent_instance;

  char           *path;
  PcScenarioSource *last;
  PcScenario     *best;  /* the last one without a mistake, else a part */
  gboolean        whole; /* it has none */
  GFileMonitor   *monitor;
  GCancellable   *cancellable; /* while it is read */
  guint           quiet_id;
  gboolean        forced; /* tell it even if nothing changed */
};

enum { SIGNAL_LOADED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcOpenedFile, pc_opened_file, G_TYPE_OBJECT)

/* -- reading -------------------------------------------------------------- */

static void
free_file (gpointer data)
{
  pc_scenario_source_free (data);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, pc_scenario_source_load (data), free_file);
}

static void
take (PcOpenedFile   *self,
      PcScenarioSource *file)
{
  gboolean same = self->last != NULL && file->digest != NULL &&
                  g_strcmp0 (self->last->digest, file->digest) == 0;

  if (same && !self->forced) {
    pc_scenario_source_free (file);
    return;
  }
  self->forced = FALSE;
  g_clear_pointer (&self->last, pc_scenario_source_free);
  self->last = file;
  if (file->scenario != NULL &&
      (file->state == PC_SOURCE_WHOLE || !self->whole)) {
    g_clear_pointer (&self->best, pc_scenario_unref);
    self->best = pc_scenario_ref (file->scenario);
    self->whole = file->state == PC_SOURCE_WHOLE;
  }
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  PcOpenedFile *self = PC_OPENED_FILE (source);
  PcScenarioSource *file = g_task_propagate_pointer (G_TASK (result), NULL);

  /* NULL: cancelled, another reading follows. */
  if (file == NULL)
    return;
  g_clear_object (&self->cancellable);
  take (self, file);
}

static void
load (PcOpenedFile *self)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, load_cb, NULL);
  g_task_set_source_tag (task, load);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, load_thread);
}

static gboolean
quiet_cb (gpointer data)
{
  PcOpenedFile *self = data;

  self->quiet_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (PcOpenedFile *self)
{
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  self->quiet_id = g_timeout_add (QUIET_MS, quiet_cb, self);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcOpenedFile *self = PC_OPENED_FILE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (pc_opened_file_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  PcOpenedFile *self = PC_OPENED_FILE (object);

  g_clear_pointer (&self->last, pc_scenario_source_free);
  g_clear_pointer (&self->best, pc_scenario_unref);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (pc_opened_file_parent_class)->finalize (object);
}

static void
pc_opened_file_class_init (PcOpenedFileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  signals[SIGNAL_LOADED] =
      g_signal_new ("loaded", PC_TYPE_OPENED_FILE, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
pc_opened_file_init (PcOpenedFile *self)
{
}

PcOpenedFile *
pc_opened_file_new (const char *path)
{
  PcOpenedFile *self;
  g_autoptr (GFile) file = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (PC_TYPE_OPENED_FILE, NULL);
  file = g_file_new_for_path (path);
  self->path = g_strdup (path);
  /* Where nothing can be watched there is still the key to read it again. */
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL,
                                       NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed",
                              G_CALLBACK (changed_cb), self);
  load (self);
  return self;
}

const char *
pc_opened_file_get_path (PcOpenedFile *self)
{
  g_return_val_if_fail (PC_IS_OPENED_FILE (self), NULL);

  return self->path;
}

void
pc_opened_file_reload (PcOpenedFile *self)
{
  g_return_if_fail (PC_IS_OPENED_FILE (self));

  self->forced = TRUE;
  load (self);
}

gboolean
pc_opened_file_is_loading (PcOpenedFile *self)
{
  g_return_val_if_fail (PC_IS_OPENED_FILE (self), FALSE);

  return self->cancellable != NULL || self->quiet_id != 0;
}

const PcScenarioSource *
pc_opened_file_get_last (PcOpenedFile *self)
{
  g_return_val_if_fail (PC_IS_OPENED_FILE (self), NULL);

  return self->last;
}

PcScenario *
pc_opened_file_get_scenario (PcOpenedFile *self)
{
  g_return_val_if_fail (PC_IS_OPENED_FILE (self), NULL);

  return self->best;
}

gboolean
pc_opened_file_is_older (PcOpenedFile *self)
{
  g_return_val_if_fail (PC_IS_OPENED_FILE (self), FALSE);

  return self->best != NULL && self->last->scenario != self->best;
}

char *
pc_opened_file_dup_title (PcOpenedFile *self)
{
  PcScenario *scenario;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (PC_IS_OPENED_FILE (self), NULL);

  scenario = pc_opened_file_get_scenario (self);
  if (scenario != NULL)
    return g_strdup (pc_scenario_get_title (scenario));
  name = g_path_get_basename (self->path);
  shown = g_filename_display_name (name);
  return pc_problem_clean_text (shown);
}
