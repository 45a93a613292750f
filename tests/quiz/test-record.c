/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The record of answers: it keeps what it said it kept, through kill -9,
 * damage, a full disk and a second program.
 *
 * Called as "test-record --write PATH", it is the other program: it saves
 * answers without end and prints the id of each one that is saved.
 */

#include "quiz/record.h"

#include "scratch.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *program;

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("portcall-record-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->dir, "a", "b", "record.db", NULL);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  remove_tree (self->dir);
  g_free (self->dir);
  g_free (self->path);
}

static PcRecord *
open_record (const char *path)
{
  g_autoptr (GError) error = NULL;
  PcRecord *record = pc_record_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  return record;
}

static PcRecordAnswer
make_answer (const char *item,
             const char *key,
             gboolean    correct)
{
  return (PcRecordAnswer){
    .time_us = G_GINT64_CONSTANT (1700000000000001),
    .session = "s-1",
    .bank = "mail-core",
    .bank_version = "1.0.0",
    .item = item,
    .revision = 2,
    .memory_key = key,
    .option_order = "3,0,1,2",
    .choice = "o143",
    .fraction = correct ? 1 : 0.25,
    .correct = correct,
    .certainty = 3,
    .grade = correct ? 4 : 1,
    .taken_us = 12345678,
    .hinted = !correct,
    .retry = correct,
  };
}

static gint64
add (PcRecord   *record,
     const char *item,
     const char *key,
     gboolean    correct)
{
  g_autoptr (GError) error = NULL;
  const PcRecordAnswer answer = make_answer (item, key, correct);
  gint64 id = pc_record_add (record, &answer, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static gint64
count (PcRecord *record)
{
  g_autoptr (GError) error = NULL;
  gint64 n = pc_record_count (record, &error);

  g_assert_no_error (error);
  return n;
}

/* -- reading back ---------------------------------------------------------- */

static void
test_round_trip (Fixture      *self,
                 gconstpointer data)
{
  PcRecord *record = open_record (self->path);
  g_autoptr (GPtrArray) history = NULL;
  const PcRecordAnswer *answer;
  const PcRecordAnswer  want = make_answer ("imap-143", "svc:imap/port", FALSE);

  g_assert_null (pc_record_get_set_aside (record));
  g_assert_cmpstr (pc_record_get_path (record), ==, self->path);
  g_assert_cmpint (count (record), ==, 0);
  add (record, "imap-143", "svc:imap/port", FALSE);
  pc_record_close (record);

  record = open_record (self->path);
  history = pc_record_get_history (record, 0, 0, NULL);
  g_assert_cmpuint (history->len, ==, 1);
  answer = g_ptr_array_index (history, 0);
  g_assert_cmpint (answer->id, ==, 1);
  g_assert_cmpint (answer->time_us, ==, want.time_us);
  g_assert_cmpstr (answer->session, ==, want.session);
  g_assert_cmpstr (answer->bank, ==, want.bank);
  g_assert_cmpstr (answer->bank_version, ==, want.bank_version);
  g_assert_cmpstr (answer->item, ==, want.item);
  g_assert_cmpuint (answer->revision, ==, want.revision);
  g_assert_cmpstr (answer->memory_key, ==, want.memory_key);
  g_assert_cmpstr (answer->option_order, ==, want.option_order);
  g_assert_cmpstr (answer->choice, ==, want.choice);
  g_assert_cmpfloat (answer->fraction, ==, want.fraction);
  g_assert_cmpint (answer->correct, ==, want.correct);
  g_assert_cmpuint (answer->certainty, ==, want.certainty);
  g_assert_cmpuint (answer->grade, ==, want.grade);
  g_assert_cmpint (answer->taken_us, ==, want.taken_us);
  g_assert_cmpint (answer->hinted, ==, want.hinted);
  g_assert_cmpint (answer->retry, ==, want.retry);
  pc_record_close (record);
}

static void
test_history (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (PcRecord) record = open_record (self->path);
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GPtrArray) next = NULL;
  g_autoptr (GPtrArray) by_key = NULL;
  g_autoptr (PcRecordAnswer) last = NULL;
  const PcRecordAnswer *answer;

  for (guint i = 0; i < 10; i++) {
    g_autofree char *item = g_strdup_printf ("i%u", i);

    add (record, item, i % 2 ? "odd" : "even", i >= 8);
  }
  page = pc_record_get_history (record, 0, 4, NULL);
  g_assert_cmpuint (page->len, ==, 4);
  answer = g_ptr_array_index (page, 0);
  g_assert_cmpstr (answer->item, ==, "i9");
  answer = g_ptr_array_index (page, 3);
  next = pc_record_get_history (record, answer->id, 0, NULL);
  g_assert_cmpuint (next->len, ==, 6);
  g_assert_cmpstr (((PcRecordAnswer *) next->pdata[0])->item, ==, "i5");

  by_key = pc_record_get_last_by_key (record, NULL);
  g_assert_cmpuint (by_key->len, ==, 2);
  answer = g_ptr_array_index (by_key, 0);
  g_assert_cmpstr (answer->memory_key, ==, "even");
  g_assert_cmpstr (answer->item, ==, "i8");
  g_assert_true (answer->correct);
  last = pc_record_get_last (record, "odd", NULL);
  g_assert_cmpstr (last->item, ==, "i9");
  g_assert_null (pc_record_get_last (record, "no'; DROP TABLE answers", NULL));
  g_assert_cmpint (count (record), ==, 10);
}

static void
test_odd_texts (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (PcRecord) record = open_record (self->path);
  g_autoptr (PcRecordAnswer) last = NULL;
  PcRecordAnswer answer = make_answer ("i", "'; --", TRUE);

  answer.choice = NULL;
  answer.option_order = "é \"x\" \n";
  g_assert_cmpint (pc_record_add (record, &answer, NULL), ==, 1);
  last = pc_record_get_last (record, "'; --", NULL);
  g_assert_cmpstr (last->choice, ==, "");
  g_assert_cmpstr (last->option_order, ==, "é \"x\" \n");
}

/* -- the other program ----------------------------------------------------- */

static int
write_forever (const char *path)
{
  PcRecord            *record = pc_record_open (path, NULL);
  const PcRecordAnswer answer = make_answer ("i", "k", TRUE);

  if (record == NULL)
    return 1;
  for (;;) {
    gint64 id = pc_record_add (record, &answer, NULL);

    if (id == 0)
      return 2;
    /* One write each, so that a line is whole or not there. */
    g_print ("%" G_GINT64_FORMAT "\n", id);
  }
}

static GPid
start_writer (const char *path,
              int        *out)
{
  const char *const argv[] = { program, "--write", path, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL,
                            G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            out, NULL, &error);
  g_assert_no_error (error);
  return pid;
}

static void
append_read (int      fd,
             GString *text)
{
  char    buffer[4096];
  gssize  n = read (fd, buffer, sizeof buffer);

  g_assert_cmpint (n, >=, 0);
  g_string_append_len (text, buffer, n);
}

/* Reads ids until there are @n of them, then kills and reads the rest.
 * Returns the last id that was reported whole. */
static gint64
read_and_kill (GPid  pid,
               int   fd,
               guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize  before;
  guint  lines = 0;
  char  *end;
  char  *start;
  int    status;

  while (lines < n) {
    before = text->len;
    append_read (fd, text);
    g_assert_cmpuint (text->len, >, before);
    for (gsize i = before; i < text->len; i++)
      lines += text->str[i] == '\n' ? 1 : 0;
  }
  /* Anywhere within the next transactions. */
  g_usleep (g_test_rand_int_range (0, 5000));
  kill (pid, SIGKILL);
  do {
    before = text->len;
    append_read (fd, text);
  } while (text->len > before);
  close (fd);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  end = strrchr (text->str, '\n');
  *end = '\0';
  start = strrchr (text->str, '\n');
  return g_ascii_strtoll (start != NULL ? start + 1 : text->str, NULL, 10);
}

/* 200 times by default; the number may be given, as a longer run. */
static guint
get_n_kills (void)
{
  const char *text = g_getenv ("PORTCALL_KILLS");

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 200;
}

/* Whatever was reported as saved is there after kill -9, every time. */
static void
test_kill (Fixture      *self,
           gconstpointer data)
{
  gint64 before = 0;

  for (guint round = 0; round < get_n_kills (); round++) {
    int       fd;
    GPid      pid = start_writer (self->path, &fd);
    gint64    reported = read_and_kill (pid, fd, 1 + round % 7);
    PcRecord *record = open_record (self->path);
    g_autoptr (GPtrArray) history = NULL;
    gint64    n = count (record);

    g_test_message ("round %u: %d reported, %d kept", round, (int) reported,
                    (int) n);
    g_assert_null (pc_record_get_set_aside (record));
    g_assert_cmpint (reported, >, before);
    g_assert_cmpint (n, >=, reported);
    /* The answer being saved may have made it, no more. */
    g_assert_cmpint (n, <=, reported + 1);
    history = pc_record_get_history (record, 0, 0, NULL);
    g_assert_cmpuint (history->len, ==, n);
    for (guint i = 0; i < history->len; i++)
      g_assert_cmpint (((PcRecordAnswer *) history->pdata[i])->id, ==, n - i);
    before = n;
    pc_record_close (record);
  }
}

/* Two programs save at once and nothing is lost. */
static void
test_two_writers (Fixture      *self,
                  gconstpointer data)
{
  int    fds[2];
  GPid   pids[2];
  gint64 n;
  g_autoptr (PcRecord) record = NULL;

  pids[0] = start_writer (self->path, &fds[0]);
  pids[1] = start_writer (self->path, &fds[1]);
  read_and_kill (pids[0], fds[0], 25);
  n = read_and_kill (pids[1], fds[1], 25);
  record = open_record (self->path);
  g_assert_null (pc_record_get_set_aside (record));
  g_assert_cmpint (count (record), >=, MAX (n, 50));
}

/* -- damage ---------------------------------------------------------------- */

static const char no_database[] = "this is no database, but it is long enough";

static char *
read_file (const char *path,
           gsize      *len)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, len, &error);
  g_assert_no_error (error);
  return text;
}

/* In place: the file keeps its inode, as when a disk goes bad. */
static void
write_file (const char *path,
            const char *text,
            gsize       len)
{
  FILE *file = g_fopen (path, "we");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text, 1, len, file), ==, len);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
fill (const char *path,
      guint       n)
{
  g_autoptr (PcRecord) record = open_record (path);

  for (guint i = 0; i < n; i++)
    add (record, "item", "key", TRUE);
}

/* The damaged file is put aside octet for octet, and work goes on. */
static void
assert_put_aside (const char *path,
                  const char *text,
                  gsize       len)
{
  g_autoptr (PcRecord) record = open_record (path);
  g_autofree char *kept = NULL;
  gsize            kept_len;

  g_assert_nonnull (pc_record_get_set_aside (record));
  g_assert_true (g_str_has_prefix (pc_record_get_set_aside (record), path));
  kept = read_file (pc_record_get_set_aside (record), &kept_len);
  g_assert_cmpmem (kept, kept_len, text, len);
  g_assert_cmpint (count (record), ==, 0);
  g_assert_cmpint (add (record, "i", "k", TRUE), ==, 1);
}

static void
test_damaged (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *text = NULL;
  gsize            len;

  fill (self->path, 200);
  text = read_file (self->path, &len);
  g_assert_cmpuint (len, >, 8192);

  /* Not a database at all. */
  write_file (self->path, no_database, strlen (no_database));
  assert_put_aside (self->path, no_database, strlen (no_database));
  /* Cut short. */
  write_file (self->path, text, len - 4096);
  assert_put_aside (self->path, text, len - 4096);
  /* A page overwritten. */
  memset (text + len - 4096, 0x55, 4096);
  write_file (self->path, text, len);
  assert_put_aside (self->path, text, len);
  memset (text + 100, 0xff, 200);
  write_file (self->path, text, len);
  assert_put_aside (self->path, text, len);
}

/* Several in one second do not take each other's name. */
static void
test_damaged_often (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (GHashTable) names =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  fill (self->path, 1);
  for (guint i = 0; i < 5; i++) {
    PcRecord *record;

    write_file (self->path, no_database, strlen (no_database));
    record = open_record (self->path);
    g_assert_true (g_hash_table_add (
        names, g_strdup (pc_record_get_set_aside (record))));
    pc_record_close (record);
  }
}

/* Damage that shows only later, while the file is open. */
static void
test_damaged_while_open (Fixture      *self,
                         gconstpointer data)
{
  g_autoptr (PcRecord) record = NULL;
  FILE *file;

  fill (self->path, 200);
  record = open_record (self->path);
  file = g_fopen (self->path, "r+e");
  g_assert_nonnull (file);
  for (guint i = 0; i < 4096; i++)
    fputc (0x5a, file);
  fclose (file);
  add (record, "i", "k", TRUE);
  g_assert_nonnull (pc_record_get_set_aside (record));
  g_assert_cmpint (count (record), ==, 1);
}

/* Someone deletes or moves the file: saving goes on in a new one. */
static void
test_moved_away (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (PcRecord) record = open_record (self->path);
  g_autofree char *moved = g_strconcat (self->path, ".moved", NULL);
  g_autoptr (PcRecord) old = NULL;
  g_autoptr (PcRecord) fresh = NULL;

  add (record, "i", "k", TRUE);
  g_assert_cmpint (g_rename (self->path, moved), ==, 0);
  add (record, "j", "k", TRUE);
  old = open_record (moved);
  g_assert_cmpint (count (old), ==, 1);
  fresh = open_record (self->path);
  g_assert_cmpint (count (fresh), ==, 1);
}

/* -- what is not ours, or not for us --------------------------------------- */

static void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
assert_refused (const char *path,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = read_file (path, NULL);
  g_autofree char *after = NULL;
  gsize            len;

  g_assert_null (pc_record_open (path, &error));
  g_assert_error (error, PC_RECORD_ERROR, code);
  after = read_file (path, &len);
  g_assert_cmpmem (before, len, after, len);
}

static void
test_newer (Fixture      *self,
            gconstpointer data)
{
  fill (self->path, 1);
  run_sql (self->path, "PRAGMA user_version = 99");
  assert_refused (self->path, PC_RECORD_ERROR_NEWER);
}

static void
test_foreign (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->dir, "other.db", NULL);

  run_sql (path, "CREATE TABLE mine (x); INSERT INTO mine VALUES (1)");
  assert_refused (path, PC_RECORD_ERROR_OPEN);
}

static void
test_no_folder (Fixture      *self,
                gconstpointer data)
{
  g_autofree char *file = g_build_filename (self->dir, "file", NULL);
  g_autofree char *below = g_build_filename (file, "x", "record.db", NULL);
  g_autofree char *folder = g_build_filename (self->dir, "folder", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) as_folder = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_file (file, "x", 1);
  g_assert_null (pc_record_open (below, &error));
  g_assert_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_OPEN);
  g_assert_null (pc_record_open (folder, &as_folder));
  g_assert_error (as_folder, PC_RECORD_ERROR, PC_RECORD_ERROR_OPEN);
}

/* -- a full disk, a busy file ---------------------------------------------- */

/* A limit on file size stands for the disk: the same path through SQLite. */
static void
test_full (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (PcRecord) record = open_record (self->path);
  struct rlimit   old, low;
  struct sigaction ignore = { .sa_handler = SIG_IGN }, previous;
  PcRecordAnswer  answer = make_answer ("i", "k", TRUE);
  g_autoptr (GError) error = NULL;
  GStatBuf        info;
  gint64          n, saved = 0;

  add (record, "i", "k", TRUE);
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  low = old;
  low.rlim_cur = info.st_size + 8192;
  sigaction (SIGXFSZ, &ignore, &previous);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &low), ==, 0);
  while (error == NULL && saved < 100000)
    saved = pc_record_add (record, &answer, &error);
  setrlimit (RLIMIT_FSIZE, &old);
  sigaction (SIGXFSZ, &previous, NULL);
  g_assert_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_FULL);

  /* Nothing is lost, and once there is room the same answer is saved. */
  n = count (record);
  g_assert_cmpint (n, >, 1);
  g_assert_cmpint (add (record, "i", "k", TRUE), ==, n + 1);
  g_assert_null (pc_record_get_set_aside (record));
}

static void
test_busy (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (PcRecord) record = open_record (self->path);
  const PcRecordAnswer answer = make_answer ("i", "k", TRUE);
  g_autoptr (GError) error = NULL;
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (self->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", 0, 0, 0), ==,
                   SQLITE_OK);
  g_assert_cmpint (pc_record_add (record, &answer, &error), ==, 0);
  g_assert_error (error, PC_RECORD_ERROR, PC_RECORD_ERROR_BUSY);
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", 0, 0, 0), ==, SQLITE_OK);
  sqlite3_close (other);
  g_assert_cmpint (add (record, "i", "k", TRUE), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    return write_forever (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) \
  g_test_add ("/record/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("history", test_history);
  ADD ("odd-texts", test_odd_texts);
  ADD ("kill", test_kill);
  ADD ("two-writers", test_two_writers);
  ADD ("damaged", test_damaged);
  ADD ("damaged-often", test_damaged_often);
  ADD ("damaged-while-open", test_damaged_while_open);
  ADD ("moved-away", test_moved_away);
  ADD ("newer", test_newer);
  ADD ("foreign", test_foreign);
  ADD ("no-folder", test_no_folder);
  ADD ("full", test_full);
  ADD ("busy", test_busy);
  return g_test_run ();
}
