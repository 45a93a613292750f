/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several learners in one record, an older record, backup and restore.
 *
 * Called as "test-record-learners RECORD-1", where RECORD-1 is a file that
 * version 1 of the record wrote.
 */

#include "quiz/record.h"

#include "scratch.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static const char *version_1;

typedef struct
{
  char     *dir;
  char     *path;
  PcRecord *record;
} Fixture;

static PcRecord *
open_record (const char *path)
{
  g_autoptr (GError) error = NULL;
  PcRecord *record = pc_record_open (path, &error);

  g_assert_no_error (error);
  return record;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->dir = g_dir_make_tmp ("portcall-learners-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "record.db", NULL);
  self->record = open_record (self->path);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  pc_record_close (self->record);
  remove_tree (self->dir);
  g_free (self->dir);
  g_free (self->path);
}

static void
add (PcRecord   *record,
     const char *item,
     guint       n)
{
  PcRecordAnswer answer = { .item = item, .memory_key = item, .grade = 3,
                            .mode = "exam", .sheet = "7F3A-22",
                            .seed = G_MAXUINT64, .number = 7,
                            .type = "single", .level = "apply",
                            .objectives = "a b", .points = 2.5, .key = "o143",
                            .right_service = "imap", .chosen_service = "pop3",
                            .misconception = "any-mail-port" };

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (pc_record_add (record, &answer, NULL), >, 0);
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *text = NULL;
  gsize            len;

  g_assert_true (g_file_get_contents (from, &text, &len, NULL));
  g_assert_true (g_file_set_contents (to, text, len, NULL));
}

/* -- learners -------------------------------------------------------------- */

static void
test_separate (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) by_key = NULL;
  g_autoptr (GPtrArray) learners = NULL;
  g_autoptr (PcRecordAnswer) last = NULL;
  const PcRecordLearner *learner;
  const PcRecordAnswer  *answer;
  gint64 robin;

  g_assert_cmpint (pc_record_get_learner (self->record), ==, 1);
  add (self->record, "mine", 3);
  robin = pc_record_add_learner (self->record, "  Robin\n ", NULL);
  g_assert_cmpint (robin, >, 1);
  g_assert_true (pc_record_set_learner (self->record, robin, NULL));
  add (self->record, "theirs", 2);
  g_assert_cmpint (pc_record_count (self->record, NULL), ==, 2);
  history = pc_record_get_history (self->record, 0, 0, NULL);
  g_assert_cmpuint (history->len, ==, 2);
  answer = g_ptr_array_index (history, 0);
  g_assert_cmpint (answer->learner, ==, robin);
  g_assert_cmpstr (answer->mode, ==, "exam");
  g_assert_cmpstr (answer->sheet, ==, "7F3A-22");
  g_assert_true (answer->seed == G_MAXUINT64);
  g_assert_cmpuint (answer->number, ==, 7);
  g_assert_cmpstr (answer->type, ==, "single");
  g_assert_cmpstr (answer->level, ==, "apply");
  g_assert_cmpstr (answer->objectives, ==, "a b");
  g_assert_cmpfloat (answer->points, ==, 2.5);
  g_assert_cmpstr (answer->key, ==, "o143");
  g_assert_cmpstr (answer->right_service, ==, "imap");
  g_assert_cmpstr (answer->chosen_service, ==, "pop3");
  g_assert_cmpstr (answer->misconception, ==, "any-mail-port");
  by_key = pc_record_get_last_by_key (self->record, NULL);
  g_assert_cmpuint (by_key->len, ==, 1);
  last = pc_record_get_last (self->record, "mine", NULL);
  g_assert_null (last);
  learners = pc_record_get_learners (self->record, NULL);
  g_assert_cmpuint (learners->len, ==, 2);
  learner = g_ptr_array_index (learners, 0);
  g_assert_cmpstr (learner->name, ==, "");
  g_assert_cmpint (learner->n_answers, ==, 3);
  learner = g_ptr_array_index (learners, 1);
  g_assert_cmpstr (learner->name, ==, "Robin");
  g_assert_cmpint (learner->n_answers, ==, 2);
  g_assert_cmpint (learner->created_us, >, G_GINT64_CONSTANT (1500000000000000));
}

static void
test_names (Fixture      *self,
            gconstpointer data)
{
  static const char *const refused[] = { "", "  ", "ROBIN", "robin", "ÄNNE" };
  g_autofree char *longest = g_strnfill (100, 'x');
  g_autofree char *longer = g_strnfill (101, 'x');
  gint64 robin = pc_record_add_learner (self->record, "Robin", NULL);

  g_assert_cmpint (pc_record_add_learner (self->record, "Änne", NULL), >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("row %u", i);
    g_assert_cmpint (pc_record_add_learner (self->record, refused[i], &error),
                     ==, 0);
    g_assert_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_LEARNER);
  }
  g_assert_cmpint (pc_record_add_learner (self->record, longer, NULL), ==, 0);
  g_assert_cmpint (pc_record_add_learner (self->record, longest, NULL), >, 0);
  g_assert_true (pc_record_rename_learner (self->record, robin, "robin", NULL));
  g_assert_false (pc_record_rename_learner (self->record, robin, "änne", NULL));
  g_assert_false (pc_record_rename_learner (self->record, 999, "x", NULL));
  g_assert_true (pc_record_rename_learner (self->record, robin, "", NULL) ==
                 FALSE); /* the first has none */
  g_assert_true (pc_record_rename_learner (self->record, 1, "Kim", NULL));
  g_assert_true (pc_record_rename_learner (self->record, robin, "", NULL));
}

static void
test_unknown (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  g_assert_false (pc_record_set_learner (self->record, 42, &error));
  g_assert_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_LEARNER);
  g_assert_cmpint (pc_record_get_learner (self->record), ==, 1);
  g_assert_false (pc_record_reset (self->record, 42, &again));
  g_assert_error (again, PC_RECORD_ERROR, PC_RECORD_ERROR_LEARNER);
}

static gboolean
file_contains (const char *path,
               const char *text)
{
  g_autofree char *all = NULL;
  gsize            len;

  g_assert_true (g_file_get_contents (path, &all, &len, NULL));
  return memmem (all, len, text, strlen (text)) != NULL;
}

/* A reset takes all of one and nothing of another, and overwrites it. */
static void
test_reset (Fixture      *self,
            gconstpointer data)
{
  const PcRecordAssumption fact = { "assumed-secret", 3 };
  gint64 robin = pc_record_add_learner (self->record, "Robin", NULL);
  g_autoptr (GError) error = NULL;

  add (self->record, "mine", 3);
  g_assert_true (pc_record_set_learner (self->record, robin, NULL));
  add (self->record, "answered-secret", 3);
  pc_record_assume (self->record, 1, &fact, 1, NULL);
  pc_record_save_sitting (self->record, "s", "sitting-secret", NULL);
  g_assert_true (file_contains (self->path, "sitting-secret"));
  g_assert_true (pc_record_reset (self->record, robin, &error));
  g_assert_no_error (error);
  g_assert_cmpint (pc_record_count (self->record, NULL), ==, 0);
  g_assert_false (file_contains (self->path, "secret"));
  g_assert_true (pc_record_set_learner (self->record, 1, NULL));
  g_assert_cmpint (pc_record_count (self->record, NULL), ==, 3);
  g_assert_true (pc_record_remove_learner (self->record, robin, NULL));
  g_assert_false (pc_record_remove_learner (self->record, 1, &error));
  g_assert_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_LEARNER);
  g_assert_cmpint (pc_record_count (self->record, NULL), ==, 3);
}

static void
test_replay (Fixture      *self,
             gconstpointer data)
{
  const PcRecordAssumption facts[] = { { "a", 4 }, { "b", 3 } };
  const PcMemoriesOptions    options = { .exam = PC_DAY_NONE };
  g_autoptr (PcMemories) memory = pc_memories_new (&options);

  add (self->record, "a", 1);
  g_assert_true (pc_record_assume (self->record, 5, facts, 2, NULL));
  add (self->record, "c", 2);
  g_assert_true (pc_record_replay (self->record, memory, NULL));
  g_assert_cmpuint (pc_memories_get_n_facts (memory), ==, 3);
  /* What was answered is not assumed. */
  g_assert_cmpfloat (pc_memories_lookup (memory, "a")->fsrs.stability, ==,
                     pc_fsrs_first (3).stability);
  g_assert_cmpuint (pc_memories_lookup (memory, "b")->reps, ==, 0);
  g_assert_cmpuint (pc_memories_lookup (memory, "c")->reps, ==, 2);
}

/* -- an older file --------------------------------------------------------- */

static void
assert_migrated (PcRecord *record)
{
  g_autoptr (GPtrArray) history = pc_record_get_history (record, 0, 0, NULL);
  const PcRecordAnswer *answer;

  g_assert_cmpuint (history->len, ==, 5);
  answer = g_ptr_array_index (history, 4);
  g_assert_cmpint (answer->id, ==, 1);
  g_assert_cmpint (answer->time_us, ==, G_GINT64_CONSTANT (1790000000000000));
  g_assert_cmpstr (answer->session, ==, "5e55-1");
  g_assert_cmpstr (answer->bank, ==, "imap");
  g_assert_cmpstr (answer->item, ==, "imap-143");
  g_assert_cmpstr (answer->memory_key, ==, "svc:imap/port");
  g_assert_cmpstr (answer->option_order, ==, "3,0,1,2");
  g_assert_cmpstr (answer->choice, ==, "o110");
  g_assert_cmpfloat (answer->fraction, ==, 0.25);
  g_assert_false (answer->correct);
  g_assert_cmpuint (answer->certainty, ==, 3);
  g_assert_cmpuint (answer->grade, ==, 1);
  g_assert_cmpint (answer->taken_us, ==, 1234567);
  g_assert_cmpint (answer->learner, ==, 1);
  g_assert_cmpstr (answer->mode, ==, "");
  g_assert_cmpfloat (answer->points, ==, 1);
  answer = g_ptr_array_index (history, 3);
  g_assert_true (answer->retry);
  answer = g_ptr_array_index (history, 1);
  g_assert_true (answer->hinted);
  answer = g_ptr_array_index (history, 0);
  g_assert_cmpstr (answer->item, ==, "é'; --");
}

static void
test_migration (Fixture      *self,
                gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->dir, "old.db", NULL);
  PcRecord *record;

  copy_file (version_1, path);
  record = open_record (path);
  assert_migrated (record);
  add (record, "new", 1);
  pc_record_close (record);
  /* And only once. */
  record = open_record (path);
  g_assert_null (pc_record_get_set_aside (record));
  g_assert_cmpint (pc_record_count (record, NULL), ==, 6);
  pc_record_close (record);
}

/* An older Portcall has the file open when it is brought up to date: its
 * statement, of version 1, still adds answers, to the first learner. */
static void
test_migration_under_old (Fixture      *self,
                          gconstpointer data)
{
  static const char sql[] =
      "INSERT INTO answers (time_us, session, bank, bank_version, item, "
      "revision, memory_key, option_order, choice, fraction, correct, "
      "certainty, grade, taken_us, hinted, retry) VALUES "
      "(1, 's', 'b', '1', 'i', 1, 'k', '', '', 1, 1, 0, 3, 0, 0, 0)";
  g_autofree char *path = g_build_filename (self->dir, "old.db", NULL);
  sqlite3_stmt *insert;
  sqlite3      *old;
  PcRecord     *record;

  copy_file (version_1, path);
  g_assert_cmpint (sqlite3_open (path, &old), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (old, sql, -1, &insert, NULL), ==,
                   SQLITE_OK);
  record = open_record (path);
  g_assert_cmpint (sqlite3_step (insert), ==, SQLITE_DONE);
  sqlite3_finalize (insert);
  sqlite3_close (old);
  g_assert_cmpint (pc_record_count (record, NULL), ==, 6);
  pc_record_close (record);
}

static gpointer
open_thread (gpointer data)
{
  g_autoptr (PcRecord) record = open_record (data);

  g_assert_null (pc_record_get_set_aside (record));
  g_assert_cmpint (pc_record_count (record, NULL), >=, 5);
  add (record, "thread", 1);
  return NULL;
}

/* Several open it at once: one brings it up to date, none loses anything. */
static void
test_migration_at_once (Fixture      *self,
                        gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->dir, "old.db", NULL);

  for (guint round = 0; round < 10; round++) {
    g_autoptr (PcRecord) record = NULL;
    GThread *threads[6];

    copy_file (version_1, path);
    for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
      threads[i] = g_thread_new ("open", open_thread, path);
    for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
      g_thread_join (threads[i]);
    record = open_record (path);
    g_assert_cmpint (pc_record_count (record, NULL), ==, 11);
  }
}

/* Another program writes all the time: nothing has changed, and it says so. */
static void
test_migration_fails (Fixture      *self,
                      gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->dir, "old.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *other;
  gsize    len, len_after;
  PcRecord *record;

  copy_file (version_1, path);
  g_assert_true (g_file_get_contents (path, &before, &len, NULL));
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", 0, 0, 0), ==,
                   SQLITE_OK);
  g_assert_null (pc_record_open (path, &error));
  g_assert_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_BUSY);
  sqlite3_close (other);
  g_assert_true (g_file_get_contents (path, &after, &len_after, NULL));
  g_assert_cmpmem (before, len, after, len_after);
  record = open_record (path);
  assert_migrated (record);
  pc_record_close (record);
}

/* -- backup ---------------------------------------------------------------- */

static void
test_backup (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *backup = g_build_filename (self->dir, "backup.db", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PcRecord) before = NULL;
  gint64 robin = pc_record_add_learner (self->record, "Robin", NULL);

  add (self->record, "kept", 40);
  g_assert_true (pc_record_backup (self->record, backup, &error));
  g_assert_no_error (error);
  /* Twice to one file, too. */
  g_assert_true (pc_record_backup (self->record, backup, &error));
  add (self->record, "later", 2);
  pc_record_remove_learner (self->record, robin, NULL);
  g_assert_true (pc_record_restore (self->record, backup, &kept, &error));
  g_assert_no_error (error);
  g_assert_cmpint (pc_record_count (self->record, NULL), ==, 40);
  g_assert_true (pc_record_set_learner (self->record, robin, NULL));
  add (self->record, "goes on", 1);
  before = open_record (kept);
  g_assert_cmpint (pc_record_count (before, NULL), ==, 42);
  g_assert_false (pc_record_backup (self->record, self->path, &error));
  g_assert_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_OPEN);
}

/* Another program keeps the file open over a restore. */
static void
test_restore_under_other (Fixture      *self,
                          gconstpointer data)
{
  g_autofree char *backup = g_build_filename (self->dir, "backup.db", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (PcRecord) other = open_record (self->path);

  add (self->record, "one", 1);
  g_assert_true (pc_record_backup (self->record, backup, NULL));
  add (other, "two", 1);
  g_assert_true (pc_record_restore (self->record, backup, &kept, NULL));
  g_assert_cmpint (pc_record_count (other, NULL), ==, 1);
  add (other, "three", 1);
  g_assert_cmpint (pc_record_count (self->record, NULL), ==, 2);
}

static void
test_restore_old (Fixture      *self,
                  gconstpointer data)
{
  g_autofree char *kept = NULL;

  add (self->record, "x", 1);
  g_assert_true (pc_record_restore (self->record, version_1, &kept, NULL));
  assert_migrated (self->record);
}

static void
assert_refused (Fixture    *self,
                const char *path,
                int         code)
{
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (pc_record_restore (self->record, path, &kept, &error));
  g_assert_error (error, PC_RECORD_ERROR, code);
  g_assert_null (kept);
  g_assert_cmpint (pc_record_count (self->record, NULL), ==, 1);
}

static void
test_restore_refused (Fixture      *self,
                      gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->dir, "other", NULL);
  g_autofree char *text = NULL;
  gsize            len;
  sqlite3         *db;

  add (self->record, "x", 1);
  assert_refused (self, "/nonexistent/backup.db", PC_RECORD_ERROR_OPEN);
  g_assert_true (g_file_set_contents (other, "no database, but long", -1,
                                      NULL));
  assert_refused (self, other, PC_RECORD_ERROR_DAMAGED);
  g_unlink (other);
  sqlite3_open (other, &db);
  sqlite3_exec (db, "CREATE TABLE mine (x)", 0, 0, 0);
  sqlite3_close (db);
  assert_refused (self, other, PC_RECORD_ERROR_OPEN);
  copy_file (version_1, other);
  sqlite3_open (other, &db);
  sqlite3_exec (db, "PRAGMA user_version = 99", 0, 0, 0);
  sqlite3_close (db);
  assert_refused (self, other, PC_RECORD_ERROR_NEWER);
  g_assert_true (g_file_get_contents (version_1, &text, &len, NULL));
  text[18] = 9; /* only to be read, says the header */
  g_assert_true (g_file_set_contents (other, text, len, NULL));
  assert_refused (self, other, PC_RECORD_ERROR_DAMAGED);
  text[18] = 1;
  memset (text + len - 4096, 0x55, 4096);
  g_assert_true (g_file_set_contents (other, text, len, NULL));
  assert_refused (self, other, PC_RECORD_ERROR_DAMAGED);
}

/* A sound file with our mark and without our tables. */
static void
test_restore_hollow (Fixture      *self,
                     gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->dir, "other", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  add (self->record, "x", 3);
  copy_file (version_1, other);
  sqlite3_open (other, &db);
  sqlite3_exec (db, "DROP TABLE answers", 0, 0, 0);
  sqlite3_close (db);
  g_assert_false (pc_record_restore (self->record, other, &kept, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (pc_record_count (self->record, NULL), ==, 3);
}

/* Backups with octets changed or cut off: taken or refused, and what was there
 * is there when refused. */
static void
test_restore_mutated (Fixture      *self,
                      gconstpointer data)
{
  g_autofree char *good = g_build_filename (self->dir, "good.db", NULL);
  g_autofree char *bad = g_build_filename (self->dir, "bad.db", NULL);
  g_autofree char *text = NULL;
  guint n_refused = 0;
  gsize len;

  add (self->record, "x", 3);
  g_assert_true (pc_record_backup (self->record, good, NULL));
  g_assert_true (g_file_get_contents (good, &text, &len, NULL));
  for (guint i = 0; i < 60; i++) {
    g_autofree char *changed = g_memdup2 (text, len);
    g_autofree char *kept = NULL;
    g_autoptr (GError) error = NULL;
    gsize    size = i % 4 == 0 ? (gsize) g_test_rand_int_range (0, len) : len;
    gboolean done;

    for (guint k = 0; k < 1 + i % 8; k++)
      changed[g_test_rand_int_range (0, i % 2 ? 200 : len)] =
          g_test_rand_int_range (0, 256);
    g_assert_true (g_file_set_contents (bad, changed, size, NULL));
    done = pc_record_restore (self->record, bad, &kept, &error);
    g_assert_true (done == (error == NULL));
    g_assert_cmpint (pc_record_count (self->record, NULL), >=, done ? 0 : 3);
    n_refused += done ? 0 : 1;
    if (done) {
      g_autofree char *again = NULL;

      pc_record_restore (self->record, good, &again, &error);
      g_assert_no_error (error);
      g_assert_cmpint (pc_record_count (self->record, NULL), ==, 3);
    }
  }
  g_test_message ("%u of 60 refused", n_refused);
  g_assert_cmpuint (n_refused, >, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  version_1 = argv[1];
#define ADD(path, func)                                                    \
  g_test_add ("/record-learners/" path, Fixture, NULL, set_up, func, \
              tear_down)
  ADD ("separate", test_separate);
  ADD ("names", test_names);
  ADD ("unknown", test_unknown);
  ADD ("reset", test_reset);
  ADD ("replay", test_replay);
  ADD ("migration", test_migration);
  ADD ("migration-under-old", test_migration_under_old);
  ADD ("migration-at-once", test_migration_at_once);
  ADD ("migration-fails", test_migration_fails);
  ADD ("backup", test_backup);
  ADD ("restore-under-other", test_restore_under_other);
  ADD ("restore-old", test_restore_old);
  ADD ("restore-refused", test_restore_refused);
  ADD ("restore-hollow", test_restore_hollow);
  ADD ("restore-mutated", test_restore_mutated);
  return g_test_run ();
}
