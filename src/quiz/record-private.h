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
};

/* All but the id, in the order of the table. */
#define PC_RECORD_COLUMNS \
  "time_us, session, bank, bank_version, item, revision, memory_key, " \
  "option_order, choice, fraction, correct, certainty, grade, taken_us, " \
  "hinted, retry"

/* Opens the file again if it had to be closed. */
gboolean pc_record_ensure_open (PcRecord *self,
                                GError  **error);
/* Closes the file, so that the next use opens, checks and repairs it. */
void     pc_record_close_file (PcRecord *self);
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
