/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of the record, and how an older file gets the newer ones.
 *
 * A new file is made as the first version and then brought up to date like any
 * other, so both have the same shape.  Each step is one transaction, and asks
 * again for the version inside it: another program may have been faster.
 * Columns are only added, with defaults, so that an older Portcall that has
 * the file open meanwhile still adds its answers.
 */

#include "quiz/record-private.h"

#include <glib/gi18n-lib.h>

#define APPLICATION_ID 0x50434c52 /* "PCLR", shown by file(1) */
#define SCHEMA_VERSION 2

static const char version_1[] =
    "CREATE TABLE answers ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " time_us INTEGER NOT NULL,"
    " session TEXT NOT NULL,"
    " bank TEXT NOT NULL,"
    " bank_version TEXT NOT NULL,"
    " item TEXT NOT NULL,"
    " revision INTEGER NOT NULL,"
    " memory_key TEXT NOT NULL,"
    " option_order TEXT NOT NULL,"
    " choice TEXT NOT NULL,"
    " fraction REAL NOT NULL,"
    " correct INTEGER NOT NULL,"
    " certainty INTEGER NOT NULL,"
    " grade INTEGER NOT NULL,"
    " taken_us INTEGER NOT NULL,"
    " hinted INTEGER NOT NULL,"
    " retry INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX answers_by_key ON answers (memory_key, id);";

/* Learners, sittings that are not over, and what a result file needs. */
static const char version_2[] =
    "CREATE TABLE learners ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " name TEXT NOT NULL,"
    " created_us INTEGER NOT NULL"
    ") STRICT;"
    "INSERT INTO learners (id, name, created_us) "
    "VALUES (1, '', unixepoch () * 1000000);"
    "CREATE TABLE sittings ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " session TEXT NOT NULL UNIQUE,"
    " learner INTEGER NOT NULL,"
    " state TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE assumptions ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " learner INTEGER NOT NULL,"
    " after_answer INTEGER NOT NULL,"
    " time_us INTEGER NOT NULL,"
    " memory_key TEXT NOT NULL,"
    " grade INTEGER NOT NULL"
    ") STRICT;"
    "ALTER TABLE answers ADD COLUMN learner INTEGER NOT NULL DEFAULT 1;"
    "ALTER TABLE answers ADD COLUMN mode TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE answers ADD COLUMN sheet TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE answers ADD COLUMN seed INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE answers ADD COLUMN number INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE answers ADD COLUMN type TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE answers ADD COLUMN level TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE answers ADD COLUMN objectives TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE answers ADD COLUMN points REAL NOT NULL DEFAULT 1;"
    "ALTER TABLE answers ADD COLUMN answer_key TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE answers ADD COLUMN right_service TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE answers ADD COLUMN chosen_service TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE answers ADD COLUMN misconception TEXT NOT NULL DEFAULT '';"
    "DROP INDEX answers_by_key;"
    "CREATE INDEX answers_by_key ON answers (learner, memory_key, id);"
    "CREATE INDEX answers_by_learner ON answers (learner, id);";

/* What leads from version i to i + 1. */
static const char *const steps[SCHEMA_VERSION] = { version_1, version_2 };

static int
take_step (PcRecord *self,
           gint64    from)
{
  gint64 version;
  int    code = pc_record_run (self, "BEGIN IMMEDIATE");

  if (code == SQLITE_OK)
    code = pc_record_ask_number (self, "PRAGMA user_version", &version);
  if (code == SQLITE_OK && version == from) {
    g_autofree char *mark = g_strdup_printf (
        "PRAGMA application_id = %d; PRAGMA user_version = %d;",
        APPLICATION_ID, (int) from + 1);

    code = pc_record_run (self, steps[from]);
    if (code == SQLITE_OK)
      code = pc_record_run (self, mark);
  }
  if (code == SQLITE_OK)
    code = pc_record_run (self, "COMMIT");
  if (code != SQLITE_OK && !sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return code;
}

static int
bring_up_to_date (PcRecord *self,
                  gint64    version)
{
  int code = SQLITE_OK;

  for (; version < SCHEMA_VERSION && code == SQLITE_OK; version++)
    code = take_step (self, version);
  /* Our own file without our own tables: someone cut into it. */
  return code == SQLITE_ERROR ? SQLITE_CORRUPT : code;
}

gboolean
pc_record_check_version (const char *path,
                         gint64      application,
                         gint64      version,
                         GError    **error)
{
  g_autofree char *file = g_filename_display_name (path);

  if (application != APPLICATION_ID) {
    g_set_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_OPEN,
                 _ ("\"%s\" is a database of another program"), file);
    return FALSE;
  }
  if (version > SCHEMA_VERSION) {
    g_set_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_NEWER,
                 _ ("the record of answers \"%s\" was written by a newer "
                    "version of Portcall; update the app"),
                 file);
    return FALSE;
  }
  return TRUE;
}

gboolean
pc_record_check_identity (PcRecord *self,
                          int      *code,
                          GError  **error)
{
  gint64 application, version, n_tables;

  *code = pc_record_ask_number (self, "PRAGMA application_id", &application);
  if (*code == SQLITE_OK)
    *code = pc_record_ask_number (self, "PRAGMA user_version", &version);
  if (*code == SQLITE_OK)
    *code = pc_record_ask_number (self, "SELECT count(*) FROM sqlite_schema",
                                  &n_tables);
  if (*code != SQLITE_OK)
    return TRUE;
  if (application == 0 && n_tables == 0)
    version = 0;
  else if (!pc_record_check_version (self->path, application, version, error))
    return FALSE;
  *code = bring_up_to_date (self, MAX (version, 0));
  return TRUE;
}
