/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who answers: several learners on one machine, each with a record of their
 * own in the same file.  A name is only for telling them apart; one who is
 * alone needs none.  Not a lock: whoever uses the machine's account can read
 * all of it.
 */

#include "quiz/record.h"

#include "quiz/record-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

static const char list_sql[] =
    "SELECT learners.id, name, created_us, count (answers.id), "
    "ifnull (max (answers.time_us), 0) "
    "FROM learners LEFT JOIN answers ON answers.learner = learners.id "
    "GROUP BY learners.id ORDER BY learners.id";

/* What is changed about a learner, in a transaction. */
typedef struct
{
  gint64      id;      /* 0: a new one */
  gint64      made;    /* its id */
  const char *name;
  GError    **error;
} Change;

void
pc_record_learner_free (PcRecordLearner *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

/* -- statements ----------------------------------------------------------- */

/* Runs one statement with ?1 = @id and ?2 = @name. */
static int
run_for (PcRecord   *self,
         const char *sql,
         gint64      id,
         const char *name)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK) {
    sqlite3_bind_int64 (statement, 1, id);
    if (sqlite3_bind_parameter_count (statement) > 1)
      sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
    code = sqlite3_step (statement);
    if (code == SQLITE_DONE || code == SQLITE_ROW)
      code = SQLITE_OK;
  }
  sqlite3_finalize (statement);
  return code;
}

static int
list (PcRecord  *self,
      GPtrArray *learners)
{
  sqlite3_stmt *rows = NULL;
  int code = sqlite3_prepare_v2 (self->db, list_sql, -1, &rows, NULL);

  while (code == SQLITE_OK && (code = sqlite3_step (rows)) == SQLITE_ROW) {
    PcRecordLearner *learner = g_new0 (PcRecordLearner, 1);
    const char      *name = (const char *) sqlite3_column_text (rows, 1);

    learner->id = sqlite3_column_int64 (rows, 0);
    learner->name = g_utf8_make_valid (name != NULL ? name : "", -1);
    learner->created_us = sqlite3_column_int64 (rows, 2);
    learner->n_answers = sqlite3_column_int64 (rows, 3);
    learner->last_us = sqlite3_column_int64 (rows, 4);
    g_ptr_array_add (learners, learner);
    code = SQLITE_OK;
  }
  sqlite3_finalize (rows);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_record_learner_free);
}

static const PcRecordLearner *
find (GPtrArray *learners,
      gint64     id)
{
  for (guint i = 0; i < learners->len; i++) {
    const PcRecordLearner *learner = g_ptr_array_index (learners, i);

    if (learner->id == id)
      return learner;
  }
  return NULL;
}

static void
choose (PcRecord              *self,
        const PcRecordLearner *learner)
{
  self->learner = learner->id;
  g_free (self->learner_name);
  self->learner_name = g_strdup (learner->name);
}

/* -- the one chosen ------------------------------------------------------- */

int
pc_record_ensure_learner (PcRecord *self)
{
  g_autoptr (GPtrArray) learners = new_list ();
  int code = list (self, learners);

  if (code == SQLITE_ERROR)
    return SQLITE_CORRUPT; /* our own file without our own table */
  if (code != SQLITE_OK)
    return code;
  if (self->learner == 0 && learners->len > 0) {
    choose (self, g_ptr_array_index (learners, 0));
    return SQLITE_OK;
  }
  if (self->learner != 0 && find (learners, self->learner) != NULL)
    return SQLITE_OK;
  /* A new file in the place of a damaged one: the learner is who it was. */
  if (self->learner == 0)
    self->learner = 1;
  return run_for (self,
                  "INSERT INTO learners (id, name, created_us) "
                  "VALUES (?1, ?2, unixepoch () * 1000000)",
                  self->learner,
                  self->learner_name != NULL ? self->learner_name : "");
}

gboolean
pc_record_force_learner (PcRecord *self,
                         gint64    id,
                         GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  int code;

  if (self->learner == id || pc_record_set_learner (self, id, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, PC_RECORD_ERROR,
                        PC_RECORD_ERROR_LEARNER)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  self->learner = id;
  g_clear_pointer (&self->learner_name, g_free);
  code = pc_record_ensure_learner (self);
  if (code != SQLITE_OK)
    pc_record_set_error (self, code, error);
  return code == SQLITE_OK;
}

gint64
pc_record_get_learner (PcRecord *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->learner;
}

GPtrArray *
pc_record_get_learners (PcRecord *self,
                        GError  **error)
{
  g_autoptr (GPtrArray) learners = NULL;
  int code = SQLITE_OK;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  for (guint attempt = 0; attempt < 2; attempt++) {
    if (!pc_record_ensure_open (self, error))
      return NULL;
    g_clear_pointer (&learners, g_ptr_array_unref);
    learners = new_list ();
    code = list (self, learners);
    if (code == SQLITE_OK)
      return g_steal_pointer (&learners);
    if (!pc_record_needs_reopening (code))
      break;
    pc_record_close_file (self);
  }
  pc_record_set_error (self, code, error);
  return NULL;
}

static void
set_unknown (GError **error)
{
  g_set_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_LEARNER,
               _ ("there is no such learner in the record of answers"));
}

gboolean
pc_record_set_learner (PcRecord *self,
                       gint64    id,
                       GError  **error)
{
  g_autoptr (GPtrArray) learners = NULL;
  const PcRecordLearner *learner;

  g_return_val_if_fail (self != NULL, FALSE);

  learners = pc_record_get_learners (self, error);
  if (learners == NULL)
    return FALSE;
  learner = find (learners, id);
  if (learner == NULL) {
    set_unknown (error);
    return FALSE;
  }
  choose (self, learner);
  return TRUE;
}

/* -- changing ------------------------------------------------------------- */

static gboolean
is_name_free (GPtrArray  *learners,
              const char *name,
              gint64      but)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; i < learners->len; i++) {
    const PcRecordLearner *learner = g_ptr_array_index (learners, i);
    g_autofree char *taken = g_utf8_casefold (learner->name, -1);

    if (learner->id != but && g_str_equal (wanted, taken))
      return FALSE;
  }
  return TRUE;
}

/* As it is kept: one line without space around it; NULL with @error set. */
static char *
clean_name (const char *name,
            GError    **error)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  for (char *p = valid; *p != '\0'; p++) {
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  }
  g_strstrip (valid);
  if (g_utf8_strlen (valid, -1) <= PC_LIMIT_LEARNER_NAME)
    return g_steal_pointer (&valid);
  g_set_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_LEARNER,
               _ ("the name of a learner may have at most %d characters"),
               PC_LIMIT_LEARNER_NAME);
  return NULL;
}

static int
name_body (PcRecord *self,
           gpointer  data)
{
  Change *change = data;
  g_autoptr (GPtrArray) learners = new_list ();
  int code = list (self, learners);

  if (code != SQLITE_OK)
    return code;
  if (change->id != 0 && find (learners, change->id) == NULL) {
    set_unknown (change->error);
    return SQLITE_ABORT;
  }
  if (!is_name_free (learners, change->name, change->id)) {
    g_set_error (change->error, PC_RECORD_ERROR, PC_RECORD_ERROR_LEARNER,
                 _ ("there is a learner called “%s” already"), change->name);
    return SQLITE_ABORT;
  }
  if (change->id != 0)
    return run_for (self, "UPDATE learners SET name = ?2 WHERE id = ?1",
                    change->id, change->name);
  code = run_for (self,
                  "INSERT INTO learners (name, created_us) "
                  "VALUES (?2, unixepoch () * 1000000 + ?1)",
                  0, change->name);
  change->made = sqlite3_last_insert_rowid (self->db);
  return code;
}

gint64
pc_record_add_learner (PcRecord   *self,
                       const char *name,
                       GError    **error)
{
  g_autofree char *clean = NULL;
  Change           change = { .error = error };

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (name != NULL, 0);

  clean = clean_name (name, error);
  if (clean == NULL)
    return 0;
  if (*clean == '\0') {
    g_set_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_LEARNER,
                 _ ("a learner who is not alone needs a name"));
    return 0;
  }
  change.name = clean;
  return pc_record_transact (self, name_body, &change, error) ? change.made : 0;
}

gboolean
pc_record_rename_learner (PcRecord   *self,
                          gint64      id,
                          const char *name,
                          GError    **error)
{
  g_autofree char *clean = NULL;
  Change           change = { .id = id, .error = error };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id > 0 && name != NULL, FALSE);

  clean = clean_name (name, error);
  change.name = clean;
  return clean != NULL && pc_record_transact (self, name_body, &change, error);
}

static int
reset_body (PcRecord *self,
            gpointer  data)
{
  static const char *const statements[] = {
    "DELETE FROM answers WHERE learner = ?1",
    "DELETE FROM assumptions WHERE learner = ?1",
    "DELETE FROM sittings WHERE learner = ?1",
  };
  Change *change = data;
  g_autoptr (GPtrArray) learners = new_list ();
  int code = list (self, learners);

  if (code == SQLITE_OK && find (learners, change->id) == NULL) {
    set_unknown (change->error);
    return SQLITE_ABORT;
  }
  for (guint i = 0; i < G_N_ELEMENTS (statements) && code == SQLITE_OK; i++)
    code = run_for (self, statements[i], change->id, NULL);
  return code;
}

gboolean
pc_record_reset (PcRecord *self,
                 gint64    id,
                 GError  **error)
{
  Change change = { .id = id, .error = error };

  g_return_val_if_fail (self != NULL, FALSE);

  return pc_record_transact (self, reset_body, &change, error);
}

static int
remove_body (PcRecord *self,
             gpointer  data)
{
  Change *change = data;
  gint64  n = 0;
  int     code = reset_body (self, data);

  if (code == SQLITE_OK)
    code = pc_record_ask_number (self, "SELECT count(*) FROM learners", &n);
  if (code == SQLITE_OK && n < 2) {
    g_set_error (change->error, PC_RECORD_ERROR, PC_RECORD_ERROR_LEARNER,
                 _ ("the last learner stays; a reset deletes the answers"));
    return SQLITE_ABORT;
  }
  if (code == SQLITE_OK)
    code = run_for (self, "DELETE FROM learners WHERE id = ?1", change->id,
                    NULL);
  return code;
}

gboolean
pc_record_remove_learner (PcRecord *self,
                          gint64    id,
                          GError  **error)
{
  Change change = { .id = id, .error = error };

  g_return_val_if_fail (self != NULL, FALSE);

  if (!pc_record_transact (self, remove_body, &change, error))
    return FALSE;
  if (self->learner == id) {
    self->learner = 0;
    pc_record_ensure_learner (self);
  }
  return TRUE;
}
