/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record in another file, and back.  SQLite copies its pages while others
 * go on writing.  What is written gets its name only when it is whole; what is
 * restored is looked at as strictly as what is opened, before anything here
 * changes.
 */

#include "quiz/record.h"

#include "quiz/record-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* @file is what @code is about. */
static void
set_file_error (const char *path,
                sqlite3    *db,
                int         code,
                GError    **error)
{
  const PcRecord other = { .path = (char *) path, .db = db };

  pc_record_set_error (&other, code, error);
}

/* All pages of @from to @to in one go. */
static int
copy_pages (sqlite3 *from,
            sqlite3 *to)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  gint64          end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  int             code;

  if (backup == NULL)
    return sqlite3_extended_errcode (to);
  do {
    code = sqlite3_backup_step (backup, -1);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
      g_usleep (1000);
  } while ((code == SQLITE_BUSY || code == SQLITE_LOCKED) &&
           g_get_monotonic_time () < end);
  if (code == SQLITE_DONE)
    return sqlite3_backup_finish (backup);
  sqlite3_backup_finish (backup);
  return code;
}

/* -- backup --------------------------------------------------------------- */

static gboolean
is_same_file (const char *a,
              const char *b)
{
  GStatBuf x, y;

  return g_stat (a, &x) == 0 && g_stat (b, &y) == 0 && x.st_dev == y.st_dev &&
         x.st_ino == y.st_ino;
}

static gboolean
write_whole (PcRecord   *self,
             const char *part,
             GError    **error)
{
  sqlite3 *to = NULL;
  int      code = sqlite3_open_v2 (part, &to,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                                       SQLITE_OPEN_EXRESCODE,
                                   NULL);

  if (code == SQLITE_OK)
    code = copy_pages (self->db, to);
  if (code != SQLITE_OK)
    set_file_error (part, to, code, error);
  sqlite3_close (to);
  return code == SQLITE_OK;
}

gboolean
pc_record_backup (PcRecord   *self,
                  const char *path,
                  GError    **error)
{
  g_autofree char *part = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!pc_record_ensure_open (self, error))
    return FALSE;
  if (is_same_file (path, self->path)) {
    g_set_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_OPEN,
                 _ ("a backup needs a file of its own"));
    return FALSE;
  }
  part = g_strdup_printf ("%s.part-%d", path, (int) getpid ());
  g_unlink (part);
  if (!write_whole (self, part, error)) {
    g_unlink (part);
    return FALSE;
  }
  if (g_rename (part, path) != 0) {
    g_autofree char *shown = g_filename_display_name (path);

    g_set_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_OPEN,
                 _ ("the file \"%s\" cannot be written: %s"), shown,
                 g_strerror (errno));
    g_unlink (part);
    return FALSE;
  }
  return TRUE;
}

/* -- restore -------------------------------------------------------------- */

static int
ask_number (sqlite3    *db,
            const char *sql,
            gint64     *value)
{
  PcRecord other = { .db = db };

  return pc_record_ask_number (&other, sql, value);
}

/* Whether the header (https://www.sqlite.org/fileformat2.html, 1.3.3) says that
 * the file may be read and written by this SQLite: with another number in
 * there it would be read-only for ever after. */
static gboolean
is_writable_format (const char *path)
{
  guint8 header[20] = { 0 };
  FILE  *file = g_fopen (path, "rbe");
  gsize  n;

  if (file == NULL)
    return FALSE;
  n = fread (header, 1, sizeof header, file);
  fclose (file);
  return n == sizeof header && header[18] >= 1 && header[18] <= 2 &&
         header[19] >= 1 && header[19] <= 2;
}

/* Opens a backup for reading; NULL with @error set when it is not one. */
static sqlite3 *
open_backup (const char *path,
             GError    **error)
{
  sqlite3 *from = NULL;
  gint64   application = 0, version = 0;
  int      code;

  code = sqlite3_open_v2 (path, &from,
                          SQLITE_OPEN_READONLY | SQLITE_OPEN_EXRESCODE, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_exec (from, "PRAGMA trusted_schema = OFF", NULL, NULL,
                         NULL);
  if (code == SQLITE_OK)
    code = ask_number (from, "PRAGMA application_id", &application);
  if (code == SQLITE_OK)
    code = ask_number (from, "PRAGMA user_version", &version);
  if (code == SQLITE_OK &&
      !pc_record_check_version (path, application, version, error)) {
    sqlite3_close (from);
    return NULL;
  }
  if (code == SQLITE_OK)
    code = pc_record_check_pages (from);
  if (code == SQLITE_OK && !is_writable_format (path))
    code = SQLITE_CORRUPT;
  if (code == SQLITE_OK)
    return from;
  set_file_error (path, from, code, error);
  sqlite3_close (from);
  return NULL;
}

static char *
choose_name (const PcRecord *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  char *name = g_strdup_printf ("%s.before-restore-%s", self->path, stamp);

  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++) {
    g_free (name);
    name = g_strdup_printf ("%s.before-restore-%s-%u", self->path, stamp, i);
  }
  return name;
}

/* Whether the record that was chosen is usable; puts back what was there
 * before when it is not. */
static gboolean
check_restored (PcRecord   *self,
                const char *before,
                GError    **error)
{
  sqlite3 *from;

  pc_record_close_file (self);
  self->learner = 0;
  if (pc_record_ensure_open (self, error) &&
      pc_record_get_set_aside (self) == NULL)
    return TRUE;
  from = open_backup (before, NULL);
  if (from != NULL && self->db != NULL)
    copy_pages (from, self->db);
  sqlite3_close (from);
  pc_record_close_file (self);
  if (error != NULL && *error == NULL)
    pc_record_set_error (self, SQLITE_CORRUPT, error);
  return FALSE;
}

gboolean
pc_record_restore (PcRecord   *self,
                   const char *path,
                   char      **kept,
                   GError    **error)
{
  g_autofree char *before = NULL;
  sqlite3         *from;
  int              code;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL && kept != NULL, FALSE);

  *kept = NULL;
  if (!pc_record_ensure_open (self, error))
    return FALSE;
  from = open_backup (path, error);
  if (from == NULL)
    return FALSE;
  before = choose_name (self);
  if (!pc_record_backup (self, before, error)) {
    sqlite3_close (from);
    return FALSE;
  }
  *kept = g_steal_pointer (&before);
  g_clear_pointer (&self->insert, sqlite3_finalize);
  code = copy_pages (from, self->db);
  sqlite3_close (from);
  if (code != SQLITE_OK) {
    pc_record_set_error (self, code, error);
    pc_record_close_file (self);
    return FALSE;
  }
  g_clear_pointer (&self->set_aside, g_free);
  return check_restored (self, *kept, error);
}
