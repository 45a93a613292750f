/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/record.h"

#include <sqlite3.h>

G_BEGIN_DECLS

struct _PcRecord
{
  char         *path;
  char         *set_aside;
  sqlite3      *db;
  sqlite3_stmt *insert;
  gint64        busy_until; /* monotonic; when waiting ends */
  gint64        learner;    /* chosen; 0 before the first opening */
  char         *learner_name;
};

/* All but the id, in the order of the table. */
#define PC_RECORD_COLUMNS \
  "time_us, session, bank, bank_version, item, revision, memory_key, " \
  "option_order, choice, fraction, correct, certainty, grade, taken_us, " \
  "hinted, retry, learner, mode, sheet, seed, number, type, level, " \
  "objectives, points, answer_key, right_service, chosen_service, " \
  "misconception"

/* Opens the file again if it had to be closed. */
gboolean pc_record_ensure_open (PcRecord *self,
                                GError  **error);
/* Closes the file, so that the next use opens, checks and repairs it. */
void     pc_record_close_file (PcRecord *self);
/* Runs statements without results; gives SQLite's extended code. */
int      pc_record_run (PcRecord   *self,
                        const char *sql);
/* Reads every page; SQLITE_CORRUPT when something does not fit. */
int      pc_record_check_pages (sqlite3 *db);
/* Whether the open file is ours and of our time; an empty one becomes so, and
 * an older one is brought up to date.  TRUE with *code when SQLite has the
 * last word. */
gboolean pc_record_check_identity (PcRecord *self,
                                   int      *code,
                                   GError  **error);
/* Only the application id and the version of a file that may be anyone's;
 * FALSE with @error set when it is not for us. */
gboolean pc_record_check_version (const char *path,
                                  gint64      application,
                                  gint64      version,
                                  GError    **error);
/* Chooses the first learner, or makes sure that the one chosen is there. */
int      pc_record_ensure_learner (PcRecord *self);
/* Chooses one who is made if need be: an answer is never dropped because
 * another program has removed its learner. */
gboolean pc_record_force_learner (PcRecord *self,
                                  gint64    id,
                                  GError  **error);
int      pc_record_insert (PcRecord             *self,
                           const PcRecordAnswer *answer,
                           gint64               *id);
/* Does what belongs together and gives SQLite's code; SQLITE_ABORT when it has
 * set an error of its own in its data. */
typedef int (*PcRecordBody) (PcRecord *self,
                             gpointer  data);
/* Runs @body in a transaction; all of it is done or nothing. */
gboolean pc_record_transact (PcRecord    *self,
                             PcRecordBody body,
                             gpointer     data,
                             GError     **error);
/* The first column of the first row; -1 for none.  Returns SQLite's code. */
int      pc_record_ask_number (PcRecord   *self,
                               const char *sql,
                               gint64     *value);
/* Whether an SQLite code means that the file is damaged or was moved away. */
gboolean pc_record_needs_reopening (int code);
void     pc_record_set_error (const PcRecord *self,
                              int             code,
                              GError        **error);

G_END_DECLS
