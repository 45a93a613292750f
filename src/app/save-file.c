/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saves a file whole or not at all.  GIO writes to a temporary file and gives
 * it the name when it is closed, also after a write that failed: unless the
 * closing itself is cancelled. */

#include "app/save-file.h"

#include <glib/gi18n-lib.h>

static void
abandon (GFileOutputStream *stream)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (G_OUTPUT_STREAM (stream), cancelled, NULL);
}

static gboolean
save (GFile        *file,
      GBytes       *bytes,
      GCancellable *cancellable,
      GError      **error)
{
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable,
                      error);
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  if (stream == NULL)
    return FALSE;
  if (!g_output_stream_write_all (G_OUTPUT_STREAM (stream), data, length, NULL,
                                  cancellable, error)) {
    abandon (stream);
    return FALSE;
  }
  return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (save (source, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
pc_save_file_async (GFile              *file,
                    GBytes             *bytes,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file) && bytes != NULL);

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, pc_save_file_async);
  g_task_set_task_data (task, g_bytes_ref (bytes),
                        (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, save_thread);
}

gboolean
pc_save_file_finish (GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

char *
pc_save_file_finish_text (GFile        *file,
                          GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  name = g_file_get_basename (file);
  shown = g_filename_display_name (name);
  if (pc_save_file_finish (result, &error))
    /* Translators: %s is the name of a file. */
    return g_strdup_printf (_ ("Saved as “%s”."), shown);
  /* Translators: the name of a file, and why it was not saved. */
  return g_strdup_printf (_ ("“%s” could not be saved: %s"), shown,
                          error->message);
}
