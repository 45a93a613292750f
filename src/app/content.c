/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads the data folder away from the main loop.  Only the program's own
 * folder: files that a person opens are no matter of this one. */

#include "app/content.h"

#include "base/paths.h"

struct _PcContent
{
  GObject parent_instance;

  PcLibrary  *library;
  GPtrArray  *comparisons;
  PcServices *services;
  PcProblems *problems;
  GListStore *banks;
  GHashTable *files; /* path to PcBank */
};

G_DEFINE_FINAL_TYPE (PcContent, pc_content, G_TYPE_OBJECT)

static gboolean
has_step_cb (const char *scenario_id,
             const char *step,
             gpointer    data)
{
  PcScenario *scenario = pc_library_find (data, scenario_id);

  if (scenario == NULL)
    return FALSE;
  return step == NULL || pc_scenario_has_mark (scenario, step);
}

static void
load_banks (PcContent  *self,
            const char *dir)
{
  g_auto (GStrv) files = pc_paths_list (dir, ".json");

  for (guint i = 0; files[i] != NULL; i++) {
    g_autoptr (PcBank) bank = pc_bank_load (
        files[i], self->services, self->problems, has_step_cb, self->library);

    if (bank == NULL)
      continue;
    g_list_store_append (self->banks, bank);
    g_hash_table_insert (self->files, g_strdup (files[i]),
                         g_object_ref (bank));
  }
}

static void
finalize (GObject *object)
{
  PcContent *self = PC_CONTENT (object);

  g_clear_object (&self->banks);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->comparisons, g_ptr_array_unref);
  g_clear_pointer (&self->library, pc_library_free);
  g_clear_pointer (&self->services, pc_services_unref);
  g_clear_pointer (&self->problems, pc_problems_unref);
  G_OBJECT_CLASS (pc_content_parent_class)->finalize (object);
}

static void
pc_content_class_init (PcContentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
pc_content_init (PcContent *self)
{
  self->problems = pc_problems_new ();
  self->banks = g_list_store_new (PC_TYPE_BANK);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       g_object_unref);
}

PcContent *
pc_content_load (void)
{
  g_autoptr (PcContent) self = g_object_new (PC_TYPE_CONTENT, NULL);
  g_autofree char *questions = pc_paths_get_data ("questions");
  g_autofree char *own_questions = pc_paths_get_user_data ("questions");
  g_autofree char *services = pc_paths_get_data ("services.json");

  self->library = pc_library_new_standard (self->problems);
  self->comparisons = pc_comparisons_load_standard (self->library,
                                                    self->problems);
  self->services = pc_services_load (services, self->problems);
  load_banks (self, questions);
  load_banks (self, own_questions);
  return g_steal_pointer (&self);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, pc_content_load (), g_object_unref);
}

void
pc_content_load_async (GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, pc_content_load_async);
  g_task_run_in_thread (task, load_thread);
}

PcContent *
pc_content_load_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

PcLibrary *
pc_content_get_library (PcContent *self)
{
  g_return_val_if_fail (PC_IS_CONTENT (self), NULL);

  return self->library;
}

GPtrArray *
pc_content_get_comparisons (PcContent *self)
{
  g_return_val_if_fail (PC_IS_CONTENT (self), NULL);

  return self->comparisons;
}

PcServices *
pc_content_get_services (PcContent *self)
{
  g_return_val_if_fail (PC_IS_CONTENT (self), NULL);

  return self->services;
}

PcProblems *
pc_content_get_problems (PcContent *self)
{
  g_return_val_if_fail (PC_IS_CONTENT (self), NULL);

  return self->problems;
}

GListModel *
pc_content_get_banks (PcContent *self)
{
  g_return_val_if_fail (PC_IS_CONTENT (self), NULL);

  return G_LIST_MODEL (self->banks);
}

PcBank *
pc_content_find_file (PcContent  *self,
                      const char *path)
{
  g_return_val_if_fail (PC_IS_CONTENT (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  return g_hash_table_lookup (self->files, path);
}

PcBank *
pc_content_find_bank (PcContent  *self,
                      const char *id)
{
  guint n;

  g_return_val_if_fail (PC_IS_CONTENT (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->banks));
  for (guint i = 0; i < n; i++) {
    g_autoptr (PcBank) bank =
        g_list_model_get_item (G_LIST_MODEL (self->banks), i);

    if (g_strcmp0 (pc_bank_get_id (bank), id) == 0)
      return bank; /* the list holds it */
  }
  return NULL;
}
