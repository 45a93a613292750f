/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands a capture to Wireshark.  It holds passwords of the lab and whatever
 * was under TLS, so it lies in a folder of the user's own runtime directory
 * with modes 0700 and 0600, and goes when we go. */

#include "app/wireshark.h"

#include <errno.h>
#include <stdlib.h>

#include <glib/gstdio.h>

static GPtrArray *files; /* files, then folders, in the order of making */

static const char *
find_program (void)
{
  static gsize once;
  static char *path;

  if (g_once_init_enter (&once)) {
    path = g_find_program_in_path ("wireshark");
    g_once_init_leave (&once, 1);
  }
  return path;
}

gboolean
pc_wireshark_is_installed (void)
{
  return find_program () != NULL;
}

/* remove () takes files and empty folders. */
static void
clean_up (void)
{
  for (guint i = files->len; i-- > 0;)
    g_remove (g_ptr_array_index (files, i));
  g_clear_pointer (&files, g_ptr_array_unref);
}

static void
remember (const char *path)
{
  if (files == NULL) {
    files = g_ptr_array_new_with_free_func (g_free);
    atexit (clean_up);
  }
  g_ptr_array_add (files, g_strdup (path));
}

static gboolean
fail (const char *path,
      GError    **error)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s",
               path, g_strerror (code));
  return FALSE;
}

/* Transfer full. */
static char *
write_capture (const char *name,
               GBytes     *capture,
               GError    **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (),
                                              "portcall-XXXXXX", NULL);
  g_autofree char *file = g_strconcat (name, ".pcapng", NULL);
  g_autofree char *path = NULL;

  if (g_mkdtemp_full (folder, 0700) == NULL) {
    fail (folder, error);
    return NULL;
  }
  remember (folder);
  path = g_build_filename (folder, file, NULL);
  remember (path);
  if (!g_file_set_contents_full (path, g_bytes_get_data (capture, NULL),
                                 (gssize) g_bytes_get_size (capture),
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;
  return g_steal_pointer (&path);
}

gboolean
pc_wireshark_open (const char *name,
                   GBytes     *capture,
                   GError    **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GSubprocess) process = NULL;

  g_return_val_if_fail (name != NULL && capture != NULL, FALSE);

  if (find_program () == NULL) {
    errno = ENOENT;
    return fail ("wireshark", error);
  }
  path = write_capture (name, capture, error);
  if (path == NULL)
    return FALSE;
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                  G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              error, find_program (), "-r", path, NULL);
  return process != NULL;
}
