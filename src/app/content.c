/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads the data folder, and the questions that a person wrote, away from the
 * main loop.  Editors save in many ways, so any event in the folder of own
 * questions counts, and only when it has been quiet for a while are its files
 * read again.  A bank that cannot be loaded any more stays what it was as long
 * as its file is there. */

#include "app/content.h"

#include "base/paths.h"
#include "quiz/generate.h"

#include <glib/gi18n-lib.h>

#define QUIET_MS 200

struct _PcContent
{
  GObject parent_instance;

  PcLibrary  *library;
  GPtrArray  *comparisons;
  PcServices *services;
  PcProblems *problems;     /* all of them */
  PcProblems *our_problems; /* but those of own banks */
  GListStore *banks;        /* ours, then own ones */
  guint       n_ours;
  GHashTable *files;   /* path to PcBank */
  GHashTable *digests; /* path of an own bank to what its file was */

  GFileMonitor *monitor;
  guint         quiet_id;
  gboolean      reading;
  gboolean      again; /* something changed while it was read */
};

enum { SIGNAL_BANKS_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

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

/* -- own banks ------------------------------------------------------------ */

typedef struct
{
  char   *path;
  char   *digest; /* NULL when it cannot be read */
  PcBank *bank;   /* NULL when it cannot be used */
} OwnFile;

typedef struct
{
  GPtrArray  *files; /* OwnFile */
  PcProblems *problems;
} Own;

static void
free_own_file (gpointer data)
{
  OwnFile *file = data;

  g_clear_object (&file->bank);
  g_free (file->path);
  g_free (file->digest);
  g_free (file);
}

static void
free_own (gpointer data)
{
  Own *own = data;

  g_ptr_array_unref (own->files);
  pc_problems_unref (own->problems);
  g_free (own);
}

static OwnFile *
read_file (PcContent  *self,
           const char *path,
           PcProblems *problems)
{
  OwnFile *file = g_new0 (OwnFile, 1);
  g_autofree char *text = NULL;
  gsize len;

  file->path = g_strdup (path);
  if (g_file_get_contents (path, &text, &len, NULL))
    file->digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                                (const guchar *) text, len);
  file->bank = pc_bank_load (path, self->services, problems, has_step_cb,
                             self->library);
  return file;
}

/* In any thread. */
static Own *
read_own (PcContent *self)
{
  Own *own = g_new0 (Own, 1);
  g_autofree char *folder = pc_paths_get_user_data ("questions");
  g_auto (GStrv) files = pc_paths_list (folder, ".json");

  own->files = g_ptr_array_new_with_free_func (free_own_file);
  own->problems = pc_problems_new ();
  for (guint i = 0; files[i] != NULL; i++)
    g_ptr_array_add (own->files, read_file (self, files[i], own->problems));
  return own;
}

static char *
dup_title (OwnFile *file)
{
  g_autofree char *name = g_path_get_basename (file->path);
  g_autofree char *shown = g_filename_display_name (name);

  return file->bank != NULL ? g_strdup (pc_bank_get_title (file->bank))
                            : pc_problem_clean_text (shown);
}

/* What became of @file, where only one changed.  Transfer full. */
static char *
dup_news (OwnFile *file,
          PcBank  *old)
{
  g_autofree char *title = dup_title (file);

  if (file->bank == NULL && old != NULL)
    /* Translators: %s is the name of a file. */
    return g_strdup_printf (_ ("“%s” has mistakes now. Its questions stay "
                               "what they were."),
                            title);
  if (file->bank == NULL)
    return g_strdup_printf (_ ("“%s” has mistakes and cannot be used."),
                            title);
  if (old == NULL)
    /* Translators: %s is the title of a bank of questions. */
    return g_strdup_printf (_ ("New questions: “%s”."), title);
  if (pc_bank_get_n_set_aside (file->bank) > 0)
    return g_strdup_printf (
        ngettext ("“%s” was read again; %u question has mistakes and is left "
                  "out.",
                  "“%s” was read again; %u questions have mistakes and are "
                  "left out.",
                  pc_bank_get_n_set_aside (file->bank)),
        title, pc_bank_get_n_set_aside (file->bank));
  return g_strdup_printf (_ ("“%s” was read again."), title);
}

/* Puts what was read in place of what was known.  Returns what to tell of it,
 * or NULL when nothing changed.  Transfer full. */
static char *
take_own (PcContent *self,
          Own       *own)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->digests);
  g_autoptr (GPtrArray) banks =
      g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *news = NULL;
  guint n_changed = 0;

  self->digests =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < own->files->len; i++) {
    OwnFile *file = own->files->pdata[i];
    PcBank *before = g_hash_table_lookup (self->files, file->path);
    PcBank *bank = file->bank != NULL ? file->bank : before;

    if (g_strcmp0 (g_hash_table_lookup (old, file->path), file->digest) !=
        0) {
      n_changed++;
      g_free (news);
      news = dup_news (file, before);
    } else if (before != NULL) {
      bank = before;
    }
    g_hash_table_remove (old, file->path);
    g_hash_table_insert (self->digests, g_strdup (file->path),
                         g_strdup (file->digest));
    if (bank == NULL)
      continue;
    g_ptr_array_add (banks, g_object_ref (bank));
    g_hash_table_insert (self->files, g_strdup (file->path),
                         g_object_ref (bank));
  }
  n_changed += g_hash_table_size (old);
  {
    GHashTableIter iter;
    gpointer gone;

    g_hash_table_iter_init (&iter, old);
    while (g_hash_table_iter_next (&iter, &gone, NULL))
      g_hash_table_remove (self->files, gone);
  }
  if (n_changed == 0)
    return NULL;
  g_list_store_splice (
      self->banks, self->n_ours,
      g_list_model_get_n_items (G_LIST_MODEL (self->banks)) - self->n_ours,
      banks->pdata, banks->len);
  g_clear_pointer (&self->problems, pc_problems_unref);
  self->problems = pc_problems_copy (self->our_problems);
  pc_problems_take_all (self->problems, own->problems);
  return n_changed == 1 && news != NULL
             ? g_steal_pointer (&news)
             : g_strdup (_ ("Your questions were read again."));
}

/* -- they change ---------------------------------------------------------- */

static void read_again (PcContent *self);

static void
own_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  PcContent *self = PC_CONTENT (source);
  Own *own = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *news = take_own (self, own);

  free_own (own);
  self->reading = FALSE;
  if (news != NULL)
    g_signal_emit (self, signals[SIGNAL_BANKS_CHANGED], 0, news);
  if (self->again)
    read_again (self);
}

static void
own_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  g_task_return_pointer (task, read_own (source), free_own);
}

static void
read_again (PcContent *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, own_cb, NULL);

  self->reading = TRUE;
  self->again = FALSE;
  g_task_set_source_tag (task, read_again);
  g_task_run_in_thread (task, own_thread);
}

static gboolean
quiet_cb (gpointer data)
{
  PcContent *self = data;

  self->quiet_id = 0;
  if (self->reading)
    self->again = TRUE;
  else
    read_again (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (PcContent *self)
{
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  self->quiet_id = g_timeout_add (QUIET_MS, quiet_cb, self);
}

void
pc_content_watch (PcContent *self)
{
  g_autofree char *folder = pc_paths_get_user_data ("questions");
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  g_return_if_fail (PC_IS_CONTENT (self) && self->monitor == NULL);

  /* GIO tells of files in it once it is there, too. */
  self->monitor =
      g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed",
                              G_CALLBACK (changed_cb), self);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcContent *self = PC_CONTENT (object);

  g_clear_handle_id (&self->quiet_id, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (pc_content_parent_class)->dispose (object);
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
  g_clear_pointer (&self->digests, g_hash_table_unref);
  g_clear_pointer (&self->problems, pc_problems_unref);
  g_clear_pointer (&self->our_problems, pc_problems_unref);
  G_OBJECT_CLASS (pc_content_parent_class)->finalize (object);
}

static void
pc_content_class_init (PcContentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  signals[SIGNAL_BANKS_CHANGED] = g_signal_new (
      "banks-changed", PC_TYPE_CONTENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
pc_content_init (PcContent *self)
{
  self->problems = pc_problems_new ();
  self->banks = g_list_store_new (PC_TYPE_BANK);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       g_object_unref);
  self->digests =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

PcContent *
pc_content_load (void)
{
  g_autoptr (PcContent) self = g_object_new (PC_TYPE_CONTENT, NULL);
  g_autofree char *questions = pc_paths_get_data ("questions");
  g_autofree char *services = pc_paths_get_data ("services.json");
  g_autofree char *news = NULL;
  Own *own;

  self->library = pc_library_new_standard (self->problems);
  self->comparisons = pc_comparisons_load_standard (self->library,
                                                    self->problems);
  self->services = pc_services_load (services, self->problems);
  load_banks (self, questions);
  self->n_ours = g_list_model_get_n_items (G_LIST_MODEL (self->banks));
  self->our_problems = pc_problems_copy (self->problems);
  own = read_own (self);
  news = take_own (self, own);
  free_own (own);
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

PcBank *
pc_content_generate (PcContent         *self,
                     guint64            seed,
                     const char *const *confused)
{
  const PcGenerateOptions options = { .seed = seed,
                                      .confused = confused,
                                      .every = TRUE };
  g_autoptr (PcProblems) problems = pc_problems_new ();

  g_return_val_if_fail (PC_IS_CONTENT (self), NULL);

  return self->services != NULL
             ? pc_generate_bank (self->services, &options, problems)
             : NULL;
}
