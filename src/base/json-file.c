/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text into a file, whole or not at all, and not over what somebody else
 * wrote there meanwhile.
 */

#include "base/json-edit.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

static char *
digest_of (gconstpointer data,
           gsize         len)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, len);
}

char *
pc_json_file_digest (const char *path)
{
  g_autofree char *text = NULL;
  gsize len;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) ||
      !g_file_get_contents (path, &text, &len, NULL))
    return NULL;
  return digest_of (text, len);
}

char *
pc_json_text_digest (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return digest_of (text, strlen (text));
}

gboolean
pc_json_file_save (const char *path,
                   const char *text,
                   const char *digest,
                   char      **new_digest,
                   GError    **error)
{
  g_autofree char *now = NULL;
  /* A link stays one. */
  char *real = realpath (path, NULL);
  gboolean done;

  g_return_val_if_fail (path != NULL && text != NULL, FALSE);

  now = digest != NULL ? pc_json_file_digest (path) : NULL;
  /* One that is gone is written again. */
  if (now != NULL && strcmp (now, digest) != 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
                         _ ("The file has changed on the disk."));
    free (real);
    return FALSE;
  }
  done = g_file_set_contents_full (real != NULL ? real : path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT |
                                       G_FILE_SET_CONTENTS_DURABLE,
                                   0666, error);
  free (real);
  if (done && new_digest != NULL)
    *new_digest = pc_json_text_digest (text);
  return done;
}
