/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The learner's answers in one SQLite file: opening and adding.
 *
 * Each answer is one transaction, synced before we say it is saved.  The
 * rollback journal is used, not WAL, because homes in schools often lie on
 * network file systems, where WAL does not work; "synchronous" is EXTRA, so
 * that the end of a transaction outlives a loss of power as well.
 * A damaged file is put aside with its journal, under a lock, so that two
 * programs starting at once do not put each other's new file aside.
 * Answers are only ever added; reading them back is in record-history.c, who
 * answers in record-learners.c, the tables in record-schema.c.
 */

#include "quiz/record.h"

#include "quiz/record-private.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_STEP 20000 /* microseconds between two tries */
#define BUSY_STEP 1000

static const char insert_sql[] =
    "INSERT INTO answers (" PC_RECORD_COLUMNS ") "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
    "?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, "
    "?29)";

G_DEFINE_QUARK (pc-record-error-quark, pc_record_error)

/* -- errors --------------------------------------------------------------- */

static gboolean
is_damage (int code)
{
  return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

/* Damaged, or no longer the file at our path. */
gboolean
pc_record_needs_reopening (int code)
{
  return is_damage (code) || code == SQLITE_READONLY_DBMOVED;
}

static gboolean
is_no_space (int system)
{
  /* A quota and a limit on file size are a full disk to the learner. */
  return system == ENOSPC || system == EDQUOT || system == EFBIG;
}

/* SQLite calls only ENOSPC full; the reason of other failed writes is kept
 * by the file, unless it was the journal's, which is gone by now. */
static gboolean
is_full (sqlite3 *db,
         int      code)
{
  int last = 0;

  if (db == NULL || (code & 0xff) != SQLITE_IOERR)
    return FALSE;
  sqlite3_file_control (db, "main", SQLITE_FCNTL_LAST_ERRNO, &last);
  return is_no_space (last) || is_no_space (sqlite3_system_errno (db));
}

static PcRecordError
kind_of (sqlite3 *db,
         int      code)
{
  if (is_damage (code))
    return PC_RECORD_ERROR_DAMAGED;
  if (is_full (db, code))
    return PC_RECORD_ERROR_FULL;
  switch (code & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return PC_RECORD_ERROR_BUSY;
  case SQLITE_FULL: return PC_RECORD_ERROR_FULL;
  case SQLITE_CANTOPEN:
  case SQLITE_PERM:
  case SQLITE_READONLY: return PC_RECORD_ERROR_OPEN;
  default: return PC_RECORD_ERROR_FAILED;
  }
}

void
pc_record_set_error (const PcRecord *self,
                     int             code,
                     GError        **error)
{
  PcRecordError    kind = kind_of (self->db, code);
  g_autofree char *file = g_filename_display_name (self->path);

  switch (kind) {
  case PC_RECORD_ERROR_BUSY:
    g_set_error (error, PC_RECORD_ERROR, kind,
                 _ ("another program is using the record of answers \"%s\""),
                 file);
    break;
  case PC_RECORD_ERROR_FULL:
    g_set_error (error, PC_RECORD_ERROR, kind,
                 _ ("there is no space left to save answers in \"%s\""), file);
    break;
  case PC_RECORD_ERROR_DAMAGED:
    g_set_error (error, PC_RECORD_ERROR, kind,
                 _ ("the record of answers \"%s\" is damaged"), file);
    break;
  case PC_RECORD_ERROR_OPEN:
  case PC_RECORD_ERROR_NEWER:
  case PC_RECORD_ERROR_LEARNER:
  case PC_RECORD_ERROR_FAILED:
  default:
    g_set_error (error, PC_RECORD_ERROR, kind,
                 _ ("the record of answers \"%s\" cannot be used: %s"), file,
                 sqlite3_errstr (code));
  }
}

/* -- opening -------------------------------------------------------------- */

void
pc_record_close_file (PcRecord *self)
{
  g_clear_pointer (&self->insert, sqlite3_finalize);
  g_clear_pointer (&self->db, sqlite3_close);
}

int
pc_record_run (PcRecord   *self,
               const char *sql)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  return code == SQLITE_OK ? SQLITE_OK
                           : sqlite3_extended_errcode (self->db);
}

int
pc_record_ask_number (PcRecord   *self,
                      const char *sql,
                      gint64     *value)
{
  sqlite3_stmt *query = NULL;
  int           code = sqlite3_prepare_v2 (self->db, sql, -1, &query, NULL);

  *value = -1;
  if (code == SQLITE_OK) {
    code = sqlite3_step (query);
    if (code == SQLITE_ROW)
      *value = sqlite3_column_int64 (query, 0);
    if (code == SQLITE_ROW || code == SQLITE_DONE)
      code = SQLITE_OK;
  }
  if (code != SQLITE_OK)
    code = sqlite3_extended_errcode (self->db);
  sqlite3_finalize (query);
  return code;
}

/* Reads every page; SQLITE_CORRUPT when something does not fit. */
int
pc_record_check_pages (sqlite3 *db)
{
  sqlite3_stmt *query = NULL;
  const char   *verdict;
  int           code;

  code = sqlite3_prepare_v2 (db, "PRAGMA quick_check(1)", -1, &query, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_step (query);
  if (code == SQLITE_ROW) {
    verdict = (const char *) sqlite3_column_text (query, 0);
    code = g_strcmp0 (verdict, "ok") == 0 ? SQLITE_OK : SQLITE_CORRUPT;
  } else if (code != SQLITE_DONE) {
    code = sqlite3_extended_errcode (db);
  } else {
    code = SQLITE_OK;
  }
  sqlite3_finalize (query);
  return code;
}

/* SQLite's own handler waits longer and longer, and so loses every race
 * against a program that writes all the time; this one keeps trying. */
static int
wait_busy_cb (void *data,
              int   n_tries)
{
  PcRecord *self = data;
  gint64    now = g_get_monotonic_time ();

  if (n_tries == 0)
    self->busy_until = now + PC_LIMIT_RECORD_WAIT * 1000;
  if (now >= self->busy_until)
    return 0;
  g_usleep (BUSY_STEP);
  return 1;
}

/* TRUE with *code when SQLite has the last word, FALSE with @error set when
 * the file is sound but not for us. */
static gboolean
open_db (PcRecord *self,
         int      *code,
         GError  **error)
{
  *code = sqlite3_open_v2 (self->path, &self->db,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                               SQLITE_OPEN_EXRESCODE,
                           NULL);
  if (*code == SQLITE_OK)
    *code = sqlite3_busy_handler (self->db, wait_busy_cb, self);
  if (*code == SQLITE_OK)
    *code = pc_record_run (self, "PRAGMA trusted_schema = OFF;"
                                 "PRAGMA synchronous = EXTRA;"
                                 "PRAGMA secure_delete = ON;"
                                 "PRAGMA journal_mode = DELETE;");
  if (*code == SQLITE_OK)
    *code = pc_record_check_pages (self->db);
  if (*code == SQLITE_OK && !pc_record_check_identity (self, code, error))
    return FALSE;
  if (*code == SQLITE_OK) {
    *code = sqlite3_prepare_v3 (self->db, insert_sql, -1,
                                SQLITE_PREPARE_PERSISTENT, &self->insert, NULL);
    /* Our own file without our own table: someone cut into it. */
    if (*code == SQLITE_ERROR)
      *code = SQLITE_CORRUPT;
  }
  if (*code == SQLITE_OK)
    *code = pc_record_ensure_learner (self);
  return TRUE;
}

static char *
choose_name_aside (const PcRecord *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  char            *name = g_strdup_printf ("%s.damaged-%s", self->path, stamp);

  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++) {
    g_free (name);
    name = g_strdup_printf ("%s.damaged-%s-%u", self->path, stamp, i);
  }
  return name;
}

/* The journals go first: a new database must never meet an old journal. */
static gboolean
put_aside (PcRecord *self,
           GError  **error)
{
  static const char *const parts[] = { "-journal", "-wal", "-shm", "" };
  g_autofree char         *aside = choose_name_aside (self);

  pc_record_close_file (self);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *from = g_strconcat (self->path, parts[i], NULL);
    g_autofree char *to = g_strconcat (aside, parts[i], NULL);

    if (g_rename (from, to) != 0 && errno != ENOENT) {
      pc_record_set_error (self, SQLITE_CORRUPT, error);
      return FALSE;
    }
  }
  g_free (self->set_aside);
  self->set_aside = g_steal_pointer (&aside);
  return TRUE;
}

static gboolean
open_locked (PcRecord *self,
             GError  **error)
{
  int code = SQLITE_OK;

  if (!open_db (self, &code, error)) {
    pc_record_close_file (self);
    return FALSE;
  }
  if (is_damage (code)) {
    if (!put_aside (self, error))
      return FALSE;
    if (!open_db (self, &code, error)) {
      pc_record_close_file (self);
      return FALSE;
    }
  }
  if (code != SQLITE_OK) {
    pc_record_set_error (self, code, error);
    pc_record_close_file (self);
    return FALSE;
  }
  return TRUE;
}

/* Waits for the lock that keeps two programs from repairing at once.  *fd is
 * -1 when there is none to be had, as on a read-only disk.  FALSE when it is
 * held for too long. */
static gboolean
take_lock (const PcRecord *self,
           int            *fd)
{
  g_autofree char *path = g_strconcat (self->path, "-lock", NULL);
  gint64           end;

  *fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (*fd < 0)
    return TRUE;
  end = g_get_monotonic_time () + PC_LIMIT_RECORD_WAIT * 1000;
  while (flock (*fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      return TRUE;
    if (g_get_monotonic_time () > end) {
      close (*fd);
      *fd = -1;
      return FALSE;
    }
    g_usleep (LOCK_STEP);
  }
  return TRUE;
}

gboolean
pc_record_ensure_open (PcRecord *self,
                       GError  **error)
{
  int      fd;
  gboolean done;

  if (self->db != NULL)
    return TRUE;
  if (!take_lock (self, &fd)) {
    pc_record_set_error (self, SQLITE_BUSY, error);
    return FALSE;
  }
  done = open_locked (self, error);
  if (fd >= 0)
    close (fd);
  return done;
}

PcRecord *
pc_record_open (const char *path,
                GError    **error)
{
  g_autoptr (PcRecord) self = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  folder = g_path_get_dirname (path);
  self = g_new0 (PcRecord, 1);
  self->path = g_strdup (path);
  /* What one person got wrong is nobody else's business. */
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_autofree char *shown = g_filename_display_name (folder);

    g_set_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_OPEN,
                 _ ("the folder \"%s\" cannot be made: %s"), shown,
                 g_strerror (errno));
    return NULL;
  }
  if (!pc_record_ensure_open (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
pc_record_close (PcRecord *self)
{
  if (self == NULL)
    return;
  pc_record_close_file (self);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->set_aside, g_free);
  g_clear_pointer (&self->learner_name, g_free);
  g_free (self);
}

char *
pc_record_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "portcall", "record.db",
                           NULL);
}

const char *
pc_record_get_path (PcRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

const char *
pc_record_get_set_aside (PcRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->set_aside;
}

/* -- writing -------------------------------------------------------------- */

static void
bind_text (sqlite3_stmt *statement,
           int           index,
           const char   *text)
{
  sqlite3_bind_text (statement, index, text != NULL ? text : "", -1,
                     SQLITE_STATIC);
}

static void
bind_answer (PcRecord             *self,
             const PcRecordAnswer *answer)
{
  sqlite3_stmt *statement = self->insert;

  sqlite3_bind_int64 (statement, 1, answer->time_us);
  bind_text (statement, 2, answer->session);
  bind_text (statement, 3, answer->bank);
  bind_text (statement, 4, answer->bank_version);
  bind_text (statement, 5, answer->item);
  sqlite3_bind_int64 (statement, 6, answer->revision);
  bind_text (statement, 7, answer->memory_key);
  bind_text (statement, 8, answer->option_order);
  bind_text (statement, 9, answer->choice);
  sqlite3_bind_double (statement, 10, answer->fraction);
  sqlite3_bind_int (statement, 11, answer->correct != FALSE);
  sqlite3_bind_int64 (statement, 12, answer->certainty);
  sqlite3_bind_int64 (statement, 13, answer->grade);
  sqlite3_bind_int64 (statement, 14, answer->taken_us);
  sqlite3_bind_int (statement, 15, answer->hinted != FALSE);
  sqlite3_bind_int (statement, 16, answer->retry != FALSE);
  sqlite3_bind_int64 (statement, 17, self->learner);
  bind_text (statement, 18, answer->mode);
  bind_text (statement, 19, answer->sheet);
  sqlite3_bind_int64 (statement, 20, (gint64) answer->seed);
  sqlite3_bind_int64 (statement, 21, answer->number);
  bind_text (statement, 22, answer->type);
  bind_text (statement, 23, answer->level);
  bind_text (statement, 24, answer->objectives);
  sqlite3_bind_double (statement, 25, answer->points);
  bind_text (statement, 26, answer->key);
  bind_text (statement, 27, answer->right_service);
  bind_text (statement, 28, answer->chosen_service);
  bind_text (statement, 29, answer->misconception);
}

/* One statement outside BEGIN is one transaction. */
int
pc_record_insert (PcRecord             *self,
                  const PcRecordAnswer *answer,
                  gint64               *id)
{
  int code;

  bind_answer (self, answer);
  code = sqlite3_step (self->insert);
  sqlite3_reset (self->insert);
  sqlite3_clear_bindings (self->insert);
  if (code != SQLITE_DONE)
    return code;
  *id = sqlite3_last_insert_rowid (self->db);
  return SQLITE_OK;
}

gint64
pc_record_add (PcRecord             *self,
               const PcRecordAnswer *answer,
               GError              **error)
{
  gint64 id = 0;
  int    code = SQLITE_OK;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (answer != NULL, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  for (guint attempt = 0; attempt < 2; attempt++) {
    if (!pc_record_ensure_open (self, error))
      return 0;
    code = pc_record_insert (self, answer, &id);
    if (code == SQLITE_OK)
      return id;
    if (!pc_record_needs_reopening (code))
      break;
    pc_record_close_file (self);
  }
  pc_record_set_error (self, code, error);
  return 0;
}

/* -- transactions --------------------------------------------------------- */

static int
run_body (PcRecord    *self,
          PcRecordBody body,
          gpointer     data)
{
  int code = pc_record_run (self, "BEGIN IMMEDIATE");

  if (code != SQLITE_OK)
    return code;
  code = body (self, data);
  if (code == SQLITE_OK)
    code = pc_record_run (self, "COMMIT");
  /* Some failures have ended it already. */
  if (code != SQLITE_OK && !sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return code;
}

gboolean
pc_record_transact (PcRecord    *self,
                    PcRecordBody body,
                    gpointer     data,
                    GError     **error)
{
  int code = SQLITE_OK;

  for (guint attempt = 0; attempt < 2; attempt++) {
    if (!pc_record_ensure_open (self, error))
      return FALSE;
    code = run_body (self, body, data);
    if (code == SQLITE_OK)
      return TRUE;
    if (!pc_record_needs_reopening (code))
      break;
    pc_record_close_file (self);
  }
  if (code != SQLITE_ABORT)
    pc_record_set_error (self, code, error);
  return FALSE;
}
