/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing without waiting: in order, nothing overtakes what failed, and what
 * failed is told and tried again.  A lock on the file stands for whatever may
 * keep a disk from writing.
 */

#include "quiz/record-writer.h"

#include "scratch.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <signal.h>

typedef struct
{
  char           *dir;
  char           *path;
  PcRecordWriter *writer;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->dir = g_dir_make_tmp ("portcall-writer-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "record.db", NULL);
  self->writer = pc_record_writer_new (self->path, 0);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  if (self->writer != NULL)
    g_assert_finalize_object (self->writer);
  remove_tree (self->dir);
  g_free (self->dir);
  g_free (self->path);
}

static void
add (PcRecordWriter *writer,
     guint           number)
{
  g_autofree char *item = g_strdup_printf ("i%u", number);
  /* Nothing of it may be needed after the call. */
  PcRecordAnswer answer = { .item = item, .memory_key = "k", .grade = 3,
                            .number = number, .time_us = number };

  pc_record_writer_add (writer, &answer);
}

static gboolean
check_order_cb (const PcRecordAnswer *answer,
                gpointer              data)
{
  guint *n = data;

  g_assert_cmpuint (answer->number, ==, (*n)++);
  return TRUE;
}

/* The answers 0 to @n - 1 are there, in this order. */
static void
assert_saved (const char *path,
              guint       n)
{
  g_autoptr (PcRecord) record = pc_record_open (path, NULL);
  guint found = 0;

  g_assert_true (pc_record_foreach (record, 0, check_order_cb, &found, NULL));
  g_assert_cmpuint (found, ==, n);
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;
  int *state = data;

  *state = pc_record_writer_flush_finish (PC_RECORD_WRITER (source), result,
                                          &error)
               ? 1
               : 2;
}

/* 1 saved, 2 failed. */
static int
flush (PcRecordWriter *writer)
{
  int state = 0;

  pc_record_writer_flush_async (writer, finished_cb, &state);
  while (state == 0)
    g_main_context_iteration (NULL, TRUE);
  return state;
}

static void
test_in_order (Fixture      *self,
               gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  gint64 asked;

  for (guint i = 0; i < 200; i++)
    add (self->writer, i);
  asked = g_get_monotonic_time () - start;
  g_assert_cmpint (flush (self->writer), ==, 1);
  g_test_message ("asked in %d us, saved in %d us", (int) asked,
                  (int) (g_get_monotonic_time () - start));
  /* A frame is 16 ms; opening alone takes longer than all this. */
  g_assert_cmpint (asked, <, 100000);
  g_assert_cmpuint (pc_record_writer_get_n_unsaved (self->writer), ==, 0);
  g_assert_null (pc_record_writer_get_problem (self->writer));
  assert_saved (self->path, 200);
}

/* The end of a program waits for what it was asked. */
static void
test_dispose (Fixture      *self,
              gconstpointer data)
{
  for (guint i = 0; i < 50; i++)
    add (self->writer, i);
  g_clear_object (&self->writer);
  assert_saved (self->path, 50);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    data)
{
  ++*(guint *) data;
}

static void
test_fails (Fixture      *self,
            gconstpointer data)
{
  guint    n_told = 0;
  sqlite3 *other;

  add (self->writer, 0);
  g_assert_cmpint (flush (self->writer), ==, 1);
  g_signal_connect (self->writer, "notify::n-unsaved", G_CALLBACK (count_cb),
                    &n_told);
  g_assert_cmpint (sqlite3_open (self->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", 0, 0, 0), ==,
                   SQLITE_OK);
  add (self->writer, 1);
  g_assert_cmpint (flush (self->writer), ==, 2);
  g_assert_cmpuint (pc_record_writer_get_n_unsaved (self->writer), ==, 1);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_true (g_str_has_prefix (pc_record_writer_get_problem (self->writer),
                                   "1 answer is not saved: another program"));
  /* The next one tries again, and waits its turn. */
  add (self->writer, 2);
  g_assert_cmpint (flush (self->writer), ==, 2);
  g_assert_cmpuint (pc_record_writer_get_n_unsaved (self->writer), ==, 2);
  g_assert_true (g_str_has_prefix (pc_record_writer_get_problem (self->writer),
                                   "2 answers are not saved: "));
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", 0, 0, 0), ==, SQLITE_OK);
  sqlite3_close (other);
  pc_record_writer_retry (self->writer);
  g_assert_true (pc_record_writer_flush (self->writer, NULL));
  g_assert_cmpint (flush (self->writer), ==, 1);
  g_assert_cmpuint (pc_record_writer_get_n_unsaved (self->writer), ==, 0);
  g_assert_null (pc_record_writer_get_problem (self->writer));
  assert_saved (self->path, 3);
}

/* A full disk: told, nothing lost, and saved once there is room. */
static void
test_full (Fixture      *self,
           gconstpointer data)
{
  struct sigaction ignore = { .sa_handler = SIG_IGN }, previous;
  struct rlimit    old, low;
  GStatBuf         info;
  guint            n = 0;

  add (self->writer, n++);
  g_assert_cmpint (flush (self->writer), ==, 1);
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  low = old;
  low.rlim_cur = info.st_size + 8192;
  sigaction (SIGXFSZ, &ignore, &previous);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &low), ==, 0);
  while (n < 2000 && flush (self->writer) == 1)
    add (self->writer, n++);
  setrlimit (RLIMIT_FSIZE, &old);
  sigaction (SIGXFSZ, &previous, NULL);
  g_assert_cmpuint (pc_record_writer_get_n_unsaved (self->writer), ==, 1);
  g_assert_nonnull (strstr (pc_record_writer_get_problem (self->writer),
                            "no space left"));
  pc_record_writer_retry (self->writer);
  g_assert_true (pc_record_writer_flush (self->writer, NULL));
  assert_saved (self->path, n);
}

static void
test_damaged (Fixture      *self,
              gconstpointer data)
{
  g_assert_true (g_file_set_contents (self->path, "no database", -1, NULL));
  add (self->writer, 0);
  g_assert_cmpint (flush (self->writer), ==, 1);
  g_assert_nonnull (pc_record_writer_get_set_aside (self->writer));
  assert_saved (self->path, 1);
}

/* Answers of two learners asked for at once go to each of them, even when one
 * has been removed meanwhile. */
static void
test_learners (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (PcRecord) record = pc_record_open (self->path, NULL);
  gint64 second = pc_record_add_learner (record, "Robin", NULL);
  gint64 third = pc_record_add_learner (record, "Kim", NULL);

  g_assert_true (pc_record_remove_learner (record, third, NULL));
  add (self->writer, 0);
  pc_record_writer_set_learner (self->writer, second);
  add (self->writer, 1);
  pc_record_writer_set_learner (self->writer, third);
  add (self->writer, 2);
  pc_record_writer_set_learner (self->writer, 1);
  add (self->writer, 3);
  g_assert_cmpint (flush (self->writer), ==, 1);
  g_assert_cmpint (pc_record_count (record, NULL), ==, 2);
  g_assert_true (pc_record_set_learner (record, second, NULL));
  g_assert_cmpint (pc_record_count (record, NULL), ==, 1);
  g_assert_true (pc_record_set_learner (record, third, NULL));
  g_assert_cmpint (pc_record_count (record, NULL), ==, 1);
}

static gboolean
read_job (PcRecord *record,
          gpointer  data,
          GError  **error)
{
  *(gint64 *) data = pc_record_count (record, error);
  return TRUE;
}

static void
test_sitting (Fixture      *self,
              gconstpointer data)
{
  const PcRecordAssumption facts[] = { { "svc:imap/port", 3 } };
  GPtrArray *answers = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_record_answer_free);
  const PcRecordAnswer answer = { .item = "i", .memory_key = "k", .grade = 3 };
  g_autofree char *session = NULL;
  g_autofree char *state = NULL;
  g_autofree char *none = NULL;
  g_autofree char *gone = NULL;
  g_autoptr (PcRecord) record = pc_record_open (self->path, NULL);
  gint64 n = -1;

  pc_record_writer_save_sitting (self->writer, "s-1", "one");
  pc_record_writer_save_sitting (self->writer, "s-1", "two");
  g_assert_true (pc_record_writer_flush (self->writer, NULL));
  state = pc_record_get_sitting (record, &session, NULL);
  g_assert_cmpstr (session, ==, "s-1");
  g_assert_cmpstr (state, ==, "two");
  g_ptr_array_add (answers, pc_record_answer_copy (&answer));
  g_ptr_array_add (answers, pc_record_answer_copy (&answer));
  pc_record_writer_assume (self->writer, 1, facts, 1);
  pc_record_writer_finish_sitting (self->writer, "s-1", answers);
  pc_record_writer_run (self->writer, read_job, &n, NULL);
  g_assert_true (pc_record_writer_flush (self->writer, NULL));
  g_assert_cmpint (n, ==, 2);
  none = pc_record_get_sitting (record, &gone, NULL);
  g_assert_null (none);
  g_assert_null (gone);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) \
  g_test_add ("/record-writer/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("in-order", test_in_order);
  ADD ("dispose", test_dispose);
  ADD ("fails", test_fails);
  ADD ("full", test_full);
  ADD ("damaged", test_damaged);
  ADD ("learners", test_learners);
  ADD ("sitting", test_sitting);
  return g_test_run ();
}
