/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The learner's answers: reading them back.  "Last" goes by the order in
 * which answers were saved, not by the clock, which may have been set back.
 * What has been read is treated as text of strangers: made valid, numbers
 * clamped to what they may be.
 */

#include "quiz/record.h"

#include "quiz/record-private.h"

/* ?1 is the learner. */
static const char history_sql[] =
    "SELECT id, " PC_RECORD_COLUMNS " FROM answers "
    "WHERE learner = ?1 AND (?2 <= 0 OR id < ?2) ORDER BY id DESC LIMIT ?3";
static const char forward_sql[] =
    "SELECT id, " PC_RECORD_COLUMNS " FROM answers "
    "WHERE learner = ?1 AND id > ?2 ORDER BY id";
static const char last_by_key_sql[] =
    "SELECT id, " PC_RECORD_COLUMNS " FROM answers WHERE id IN "
    "(SELECT max (id) FROM answers WHERE learner = ?1 GROUP BY memory_key) "
    "ORDER BY memory_key";
static const char last_sql[] =
    "SELECT id, " PC_RECORD_COLUMNS " FROM answers "
    "WHERE learner = ?1 AND memory_key = ?2 ORDER BY id DESC LIMIT 1";
static const char count_sql[] =
    "SELECT count(*) FROM answers WHERE learner = %" G_GINT64_FORMAT;

typedef struct
{
  const char *sql;
  const char *key;    /* ?2 where not NULL */
  gint64      before; /* else ?2 */
  gint64      limit;  /* and ?3 */
} Query;

/* Texts of one row that had to be made valid. */
typedef struct
{
  sqlite3_stmt *row;
  GPtrArray    *made;
} Row;

static const char *
get_text (Row *self,
          int  column)
{
  const char *text = (const char *) sqlite3_column_text (self->row, column);

  if (text == NULL)
    return "";
  if (g_utf8_validate (text, -1, NULL))
    return text;
  g_ptr_array_add (self->made, g_utf8_make_valid (text, -1));
  return g_ptr_array_index (self->made, self->made->len - 1);
}

/* Valid until the next step. */
static void
read_answer (Row            *self,
             PcRecordAnswer *answer)
{
  sqlite3_stmt *row = self->row;

  answer->id = sqlite3_column_int64 (row, 0);
  answer->time_us = sqlite3_column_int64 (row, 1);
  answer->session = get_text (self, 2);
  answer->bank = get_text (self, 3);
  answer->bank_version = get_text (self, 4);
  answer->item = get_text (self, 5);
  answer->revision = sqlite3_column_int64 (row, 6);
  answer->memory_key = get_text (self, 7);
  answer->option_order = get_text (self, 8);
  answer->choice = get_text (self, 9);
  answer->fraction = CLAMP (sqlite3_column_double (row, 10), 0, 1);
  answer->correct = sqlite3_column_int (row, 11) != 0;
  answer->certainty = CLAMP (sqlite3_column_int64 (row, 12), 0, 3);
  answer->grade = CLAMP (sqlite3_column_int64 (row, 13), 0, 4);
  answer->taken_us = MAX (sqlite3_column_int64 (row, 14), 0);
  answer->hinted = sqlite3_column_int (row, 15) != 0;
  answer->retry = sqlite3_column_int (row, 16) != 0;
  answer->learner = sqlite3_column_int64 (row, 17);
  answer->mode = get_text (self, 18);
  answer->sheet = get_text (self, 19);
  answer->seed = (guint64) sqlite3_column_int64 (row, 20);
  answer->number = CLAMP (sqlite3_column_int64 (row, 21), 0, G_MAXUINT);
  answer->type = get_text (self, 22);
  answer->level = get_text (self, 23);
  answer->objectives = get_text (self, 24);
  answer->points = CLAMP (sqlite3_column_double (row, 25), 0, 1000);
  answer->key = get_text (self, 26);
  answer->right_service = get_text (self, 27);
  answer->chosen_service = get_text (self, 28);
  answer->misconception = get_text (self, 29);
}

/* -- answers -------------------------------------------------------------- */

/* Where in the struct its strings are. */
static const gsize texts[] = {
  G_STRUCT_OFFSET (PcRecordAnswer, session),
  G_STRUCT_OFFSET (PcRecordAnswer, bank),
  G_STRUCT_OFFSET (PcRecordAnswer, bank_version),
  G_STRUCT_OFFSET (PcRecordAnswer, item),
  G_STRUCT_OFFSET (PcRecordAnswer, memory_key),
  G_STRUCT_OFFSET (PcRecordAnswer, option_order),
  G_STRUCT_OFFSET (PcRecordAnswer, choice),
  G_STRUCT_OFFSET (PcRecordAnswer, mode),
  G_STRUCT_OFFSET (PcRecordAnswer, sheet),
  G_STRUCT_OFFSET (PcRecordAnswer, type),
  G_STRUCT_OFFSET (PcRecordAnswer, level),
  G_STRUCT_OFFSET (PcRecordAnswer, objectives),
  G_STRUCT_OFFSET (PcRecordAnswer, key),
  G_STRUCT_OFFSET (PcRecordAnswer, right_service),
  G_STRUCT_OFFSET (PcRecordAnswer, chosen_service),
  G_STRUCT_OFFSET (PcRecordAnswer, misconception),
};

PcRecordAnswer *
pc_record_answer_copy (const PcRecordAnswer *self)
{
  PcRecordAnswer *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (PcRecordAnswer, 1);
  *copy = *self;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    char **text = G_STRUCT_MEMBER_P (copy, texts[i]);

    *text = g_strdup (*text != NULL ? *text : "");
  }
  return copy;
}

void
pc_record_answer_free (PcRecordAnswer *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, texts[i]));
  g_free (self);
}

/* -- queries -------------------------------------------------------------- */

/* Calls @func for each row; SQLite's code. */
static int
run_query (PcRecord    *self,
           const Query *query,
           PcRecordFunc func,
           gpointer     data)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  Row            row = { NULL, made };
  PcRecordAnswer answer = { 0 };
  int code = sqlite3_prepare_v2 (self->db, query->sql, -1, &row.row, NULL);

  if (code == SQLITE_OK) {
    sqlite3_bind_int64 (row.row, 1, self->learner);
    if (query->key != NULL)
      sqlite3_bind_text (row.row, 2, query->key, -1, SQLITE_STATIC);
    else
      sqlite3_bind_int64 (row.row, 2, query->before);
    sqlite3_bind_int64 (row.row, 3, query->limit);
    while ((code = sqlite3_step (row.row)) == SQLITE_ROW) {
      read_answer (&row, &answer);
      if (!func (&answer, data))
        break;
      g_ptr_array_set_size (made, 0);
    }
    if (code == SQLITE_DONE || code == SQLITE_ROW)
      code = SQLITE_OK;
  }
  sqlite3_finalize (row.row);
  return code;
}

static gboolean
collect_cb (const PcRecordAnswer *answer,
            gpointer              data)
{
  g_ptr_array_add (data, pc_record_answer_copy (answer));
  return TRUE;
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
    code = run_query (self, query, collect_cb, answers);
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
  g_autofree char *sql = NULL;
  gint64           n;
  int              code;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  if (!pc_record_ensure_open (self, error))
    return -1;
  sql = g_strdup_printf (count_sql, self->learner);
  code = pc_record_ask_number (self, sql, &n);
  if (code == SQLITE_OK)
    return n;
  pc_record_set_error (self, code, error);
  return -1;
}

gboolean
pc_record_foreach (PcRecord    *self,
                   gint64       after,
                   PcRecordFunc func,
                   gpointer     user_data,
                   GError     **error)
{
  const Query query = { .sql = forward_sql, .before = after };
  int         code;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!pc_record_ensure_open (self, error))
    return FALSE;
  code = run_query (self, &query, func, user_data);
  if (code == SQLITE_OK)
    return TRUE;
  /* Not again from the start: @func has seen some.  The next use opens and
   * repairs the file. */
  if (pc_record_needs_reopening (code))
    pc_record_close_file (self);
  pc_record_set_error (self, code, error);
  return FALSE;
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
