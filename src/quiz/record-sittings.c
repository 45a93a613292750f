/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is not an answer by itself: the state of an exam that is not over, what
 * a placement test took for known, and memory as all of it together.
 */

#include "quiz/record.h"

#include "quiz/record-private.h"

static const char save_sql[] =
    "INSERT INTO sittings (session, learner, state) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (session) DO UPDATE SET state = ?3";
static const char forget_sql[] = "DELETE FROM sittings WHERE session = ?1";
static const char newest_sql[] =
    "SELECT session, state FROM sittings WHERE learner = ?1 "
    "ORDER BY id DESC LIMIT 1";
static const char assume_sql[] =
    "INSERT INTO assumptions "
    "(learner, after_answer, time_us, memory_key, grade) VALUES "
    "(?1, (SELECT ifnull (max (id), 0) FROM answers), ?2, ?3, ?4)";
/* In the order in which it happened; an assumption comes after the answers
 * that were there. */
static const char replay_sql[] =
    "SELECT id AS place, 0 AS assumed, bank, item, memory_key, time_us, grade "
    "FROM answers WHERE learner = ?1 UNION ALL "
    "SELECT after_answer, 1, '', '', memory_key, time_us, grade "
    "FROM assumptions WHERE learner = ?1 ORDER BY place, assumed";

/* What is done in one transaction. */
typedef struct
{
  const char               *session;
  const char               *state;
  GPtrArray                *answers;
  const PcRecordAssumption *facts;
  guint                     n_facts;
  gint64                    time_us;
} Work;

/* -- open sittings -------------------------------------------------------- */

static int
write_state (PcRecord   *self,
             const Work *work)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (
      self->db, work->state != NULL ? save_sql : forget_sql, -1, &statement,
      NULL);

  if (code == SQLITE_OK) {
    sqlite3_bind_text (statement, 1, work->session, -1, SQLITE_STATIC);
    sqlite3_bind_int64 (statement, 2, self->learner);
    sqlite3_bind_text (statement, 3, work->state, -1, SQLITE_STATIC);
    code = sqlite3_step (statement);
    if (code == SQLITE_DONE)
      code = SQLITE_OK;
  }
  sqlite3_finalize (statement);
  return code;
}

static int
sitting_body (PcRecord *self,
              gpointer  data)
{
  const Work *work = data;
  gint64      id;
  int         code = write_state (self, work);

  for (guint i = 0; work->answers != NULL && i < work->answers->len; i++) {
    if (code == SQLITE_OK)
      code = pc_record_insert (self, g_ptr_array_index (work->answers, i),
                               &id);
  }
  return code;
}

gboolean
pc_record_save_sitting (PcRecord   *self,
                        const char *session,
                        const char *state,
                        GError    **error)
{
  Work work = { .session = session, .state = state };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (session != NULL, FALSE);

  return pc_record_transact (self, sitting_body, &work, error);
}

gboolean
pc_record_finish_sitting (PcRecord   *self,
                          const char *session,
                          GPtrArray  *answers,
                          GError    **error)
{
  Work work = { .session = session, .answers = answers };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (session != NULL && answers != NULL, FALSE);

  return pc_record_transact (self, sitting_body, &work, error);
}

static int
read_newest (PcRecord *self,
             char    **session,
             char    **state)
{
  sqlite3_stmt *row = NULL;
  int code = sqlite3_prepare_v2 (self->db, newest_sql, -1, &row, NULL);

  if (code == SQLITE_OK) {
    sqlite3_bind_int64 (row, 1, self->learner);
    code = sqlite3_step (row);
  }
  if (code == SQLITE_ROW) {
    *session = g_strdup ((const char *) sqlite3_column_text (row, 0));
    *state = g_strdup ((const char *) sqlite3_column_text (row, 1));
  }
  sqlite3_finalize (row);
  return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

char *
pc_record_get_sitting (PcRecord *self,
                       char    **session,
                       GError  **error)
{
  char *state = NULL;
  int   code;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (session != NULL, NULL);

  *session = NULL;
  if (!pc_record_ensure_open (self, error))
    return NULL;
  code = read_newest (self, session, &state);
  if (code == SQLITE_OK)
    return state;
  if (pc_record_needs_reopening (code))
    pc_record_close_file (self);
  pc_record_set_error (self, code, error);
  return NULL;
}

/* -- assumptions ---------------------------------------------------------- */

static int
assume_body (PcRecord *self,
             gpointer  data)
{
  const Work   *work = data;
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->db, assume_sql, -1, &statement, NULL);

  for (guint i = 0; i < work->n_facts && code == SQLITE_OK; i++) {
    sqlite3_bind_int64 (statement, 1, self->learner);
    sqlite3_bind_int64 (statement, 2, work->time_us);
    sqlite3_bind_text (statement, 3, work->facts[i].key, -1, SQLITE_STATIC);
    sqlite3_bind_int64 (statement, 4, work->facts[i].grade);
    code = sqlite3_step (statement);
    if (code == SQLITE_DONE)
      code = SQLITE_OK;
    sqlite3_reset (statement);
  }
  sqlite3_finalize (statement);
  return code;
}

gboolean
pc_record_assume (PcRecord                 *self,
                  gint64                    time_us,
                  const PcRecordAssumption *facts,
                  guint                     n,
                  GError                  **error)
{
  Work work = { .time_us = time_us, .facts = facts, .n_facts = n };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (facts != NULL || n == 0, FALSE);

  return pc_record_transact (self, assume_body, &work, error);
}

/* -- memory --------------------------------------------------------------- */

/* Ids are compared, not shown: what is no UTF-8 may stay so. */
static const char *
get_id (sqlite3_stmt *row,
        int           column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return text != NULL ? text : "";
}

static int
replay (PcRecord *self,
        PcMemories *memory)
{
  sqlite3_stmt *row = NULL;
  int code = sqlite3_prepare_v2 (self->db, replay_sql, -1, &row, NULL);

  if (code == SQLITE_OK) {
    sqlite3_bind_int64 (row, 1, self->learner);
    while ((code = sqlite3_step (row)) == SQLITE_ROW) {
      const PcMemoriesAnswer answer = {
        .assumed = sqlite3_column_int (row, 1) != 0,
        .bank = get_id (row, 2),
        .item = get_id (row, 3),
        .key = get_id (row, 4),
        .time_us = sqlite3_column_int64 (row, 5),
        .grade = CLAMP (sqlite3_column_int64 (row, 6), 0, 4),
      };

      pc_memories_add (memory, &answer);
    }
    if (code == SQLITE_DONE)
      code = SQLITE_OK;
  }
  sqlite3_finalize (row);
  return code;
}

gboolean
pc_record_replay (PcRecord *self,
                  PcMemories *memory,
                  GError  **error)
{
  int code;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (memory != NULL, FALSE);

  if (!pc_record_ensure_open (self, error))
    return FALSE;
  code = replay (self, memory);
  if (code == SQLITE_OK)
    return TRUE;
  if (pc_record_needs_reopening (code))
    pc_record_close_file (self);
  pc_record_set_error (self, code, error);
  return FALSE;
}
