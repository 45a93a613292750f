/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The learner's answers: reading them back.  "Last" goes by the order in
 * which answers were saved, not by the clock, which may have been set back.
 * What has been read is treated as text of strangers: made valid, numbers
 * clamped to what they may be.
 */

#include "quiz/record.h"

#include "quiz/record-private.h"

static const char history_sql[] =
    "SELECT id, " PC_RECORD_COLUMNS " FROM answers WHERE ?1 <= 0 OR id < ?1 "
    "ORDER BY id DESC LIMIT ?2";
static const char last_by_key_sql[] =
    "SELECT id, " PC_RECORD_COLUMNS " FROM answers WHERE id IN "
    "(SELECT max (id) FROM answers GROUP BY memory_key) ORDER BY memory_key";
static const char last_sql[] =
    "SELECT id, " PC_RECORD_COLUMNS " FROM answers WHERE memory_key = ?1 "
    "ORDER BY id DESC LIMIT 1";

typedef struct
{
  const char *sql;
  const char *key;    /* ?1 where not NULL */
  gint64      before; /* else ?1 */
  gint64      limit;  /* and ?2 */
} Query;

static const char *
dup_text (sqlite3_stmt *row,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");
}

static PcRecordAnswer *
read_answer (sqlite3_stmt *row)
{
  PcRecordAnswer *answer = g_new0 (PcRecordAnswer, 1);

  answer->id = sqlite3_column_int64 (row, 0);
  answer->time_us = sqlite3_column_int64 (row, 1);
  answer->session = dup_text (row, 2);
  answer->bank = dup_text (row, 3);
  answer->bank_version = dup_text (row, 4);
  answer->item = dup_text (row, 5);
  answer->revision = sqlite3_column_int64 (row, 6);
  answer->memory_key = dup_text (row, 7);
  answer->option_order = dup_text (row, 8);
  answer->choice = dup_text (row, 9);
  answer->fraction = sqlite3_column_double (row, 10);
  answer->correct = sqlite3_column_int (row, 11) != 0;
  answer->certainty = MIN (sqlite3_column_int64 (row, 12), 3);
  answer->grade = CLAMP (sqlite3_column_int64 (row, 13), 1, 4);
  answer->taken_us = sqlite3_column_int64 (row, 14);
  answer->hinted = sqlite3_column_int (row, 15) != 0;
  answer->retry = sqlite3_column_int (row, 16) != 0;
  return answer;
}

void
pc_record_answer_free (PcRecordAnswer *self)
{
  if (self == NULL)
    return;
  g_free ((gpointer) self->session);
  g_free ((gpointer) self->bank);
  g_free ((gpointer) self->bank_version);
  g_free ((gpointer) self->item);
  g_free ((gpointer) self->memory_key);
  g_free ((gpointer) self->option_order);
  g_free ((gpointer) self->choice);
  g_free (self);
}

static int
run_query (PcRecord    *self,
           const Query *query,
           GPtrArray   *answers)
{
  sqlite3_stmt *rows = NULL;
  int code = sqlite3_prepare_v2 (self->db, query->sql, -1, &rows, NULL);

  if (code == SQLITE_OK) {
    if (query->key != NULL)
      sqlite3_bind_text (rows, 1, query->key, -1, SQLITE_STATIC);
    else if (sqlite3_bind_parameter_count (rows) == 2) {
      sqlite3_bind_int64 (rows, 1, query->before);
      sqlite3_bind_int64 (rows, 2, query->limit);
    }
    while ((code = sqlite3_step (rows)) == SQLITE_ROW)
      g_ptr_array_add (answers, read_answer (rows));
    if (code == SQLITE_DONE)
      code = SQLITE_OK;
  }
  sqlite3_finalize (rows);
  return code;
}

static GPtrArray *
fetch (PcRecord    *self,
       const Query *query,
       GError     **error)
{
  g_autoptr (GPtrArray) answers = NULL;
  int code = SQLITE_OK;

  for (guint attempt = 0; attempt < 2; attempt++) {
    if (!pc_record_ensure_open (self, error))
      return NULL;
    g_clear_pointer (&answers, g_ptr_array_unref);
    answers = g_ptr_array_new_with_free_func (
        (GDestroyNotify) pc_record_answer_free);
    code = run_query (self, query, answers);
    if (code == SQLITE_OK)
      return g_steal_pointer (&answers);
    if (!pc_record_needs_reopening (code))
      break;
    pc_record_close_file (self);
  }
  pc_record_set_error (self, code, error);
  return NULL;
}

gint64
pc_record_count (PcRecord *self,
                 GError  **error)
{
  gint64 n;
  int    code;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  if (!pc_record_ensure_open (self, error))
    return -1;
  code = pc_record_ask_number (self, "SELECT count(*) FROM answers", &n);
  if (code == SQLITE_OK)
    return n;
  pc_record_set_error (self, code, error);
  return -1;
}

GPtrArray *
pc_record_get_history (PcRecord *self,
                       gint64    before,
                       guint     limit,
                       GError  **error)
{
  Query query = { .sql = history_sql, .before = before, .limit = limit };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (limit == 0)
    query.limit = -1; /* SQLite's word for all */
  return fetch (self, &query, error);
}

GPtrArray *
pc_record_get_last_by_key (PcRecord *self,
                           GError  **error)
{
  const Query query = { .sql = last_by_key_sql };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return fetch (self, &query, error);
}

PcRecordAnswer *
pc_record_get_last (PcRecord   *self,
                    const char *memory_key,
                    GError    **error)
{
  const Query query = { .sql = last_sql, .key = memory_key };
  g_autoptr (GPtrArray) answers = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (memory_key != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  answers = fetch (self, &query, error);
  if (answers == NULL || answers->len == 0)
    return NULL;
  return g_ptr_array_steal_index (answers, 0);
}
