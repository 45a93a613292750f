/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the recorder tells of datagrams: which one is sent again, after which
 * wait, which one the network copied, and which one a stranger sent. */

#include "timeline/recorder.h"

#include "fake.h"

#include "base/limits.h"
#include "timeline/duration.h"

#include <string.h>

#define BEGIN G_GINT64_CONSTANT (1700000000000000)

typedef struct
{
  PcTimeline *timeline;
  PcRecorder *recorder;
  guint       conn;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->timeline = pc_timeline_new ("id", "Title");
  self->recorder = pc_recorder_new (self->timeline);
  self->conn = pc_recorder_open (self->recorder, &fake_datagrams, "phone",
                                 "files", BEGIN);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_clear_pointer (&self->recorder, pc_recorder_free);
  g_assert_finalize_object (g_steal_pointer (&self->timeline));
}

static PcStep *
say (Fixture    *self,
     PcSide      from,
     guint       port,
     gint64      t,
     const char *text)
{
  return pc_recorder_datagram (self->recorder, self->conn, from, port, 69,
                               BEGIN + t, (const guint8 *) text,
                               strlen (text));
}

static void
test_repeats (Fixture      *self,
              gconstpointer data)
{
  static const struct
  {
    PcSide      from;
    guint       port;
    const char *text;
    guint       repeats;
  } rows[] = {
    { PC_SIDE_SERVER, 49153, "block 1", 0 },
    { PC_SIDE_CLIENT, 49152, "block 1", 0 }, /* the other end */
    { PC_SIDE_SERVER, 49153, "block 2", 0 },
    { PC_SIDE_SERVER, 49153, "block 1", 1 },
    { PC_SIDE_SERVER, 49153, "block 1", 1 }, /* always the first */
    { PC_SIDE_SERVER, 49154, "block 2", 0 }, /* another port */
    { PC_SIDE_SERVER, 49153, "", 0 },
    { PC_SIDE_SERVER, 49153, "", 7 },
    { PC_SIDE_CLIENT, 49152, "block 1", 2 },
    { PC_SIDE_SERVER, 49153, "block 1 ", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcStep *step = say (self, rows[i].from, rows[i].port, i, rows[i].text);

    g_test_message ("row %u: %s", i, rows[i].text);
    g_assert_cmpuint (pc_step_get_number (step), ==, i + 1);
    g_assert_cmpuint (pc_step_get_repeats (step), ==, rows[i].repeats);
  }
}

/* The same octets in another conversation are something else. */
static void
test_repeats_elsewhere (Fixture      *self,
                        gconstpointer data)
{
  say (self, PC_SIDE_SERVER, 49153, 1, "block 1");
  self->conn = pc_recorder_open (self->recorder, &fake_datagrams, "laptop",
                                 "files", BEGIN + 2);
  g_assert_cmpuint (pc_step_get_repeats (say (self, PC_SIDE_SERVER, 49153, 3,
                                              "block 1")),
                    ==, 0);
}

/* Long ones that differ only where the hash does not look, and only there
 * where it does. */
static void
test_repeats_long (Fixture      *self,
                   gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  say (self, PC_SIDE_SERVER, 1, 1, text);
  text[2500] = 'y';
  g_assert_cmpuint (pc_step_get_repeats (say (self, PC_SIDE_SERVER, 1, 2,
                                              text)),
                    ==, 0);
  g_assert_cmpuint (pc_step_get_repeats (say (self, PC_SIDE_SERVER, 1, 3,
                                              text)),
                    ==, 2);
  text[4999] = 'y';
  g_assert_cmpuint (pc_step_get_repeats (say (self, PC_SIDE_SERVER, 1, 4,
                                              text)),
                    ==, 0);
}

/* Block numbers go round: what was sent so long ago is not sent again. */
static void
test_repeats_bounded (Fixture      *self,
                      gconstpointer data)
{
  guint n = 20000;

  for (guint i = 0; i < n; i++) {
    g_autofree char *text = g_strdup_printf ("block %u",
                                             i % (PC_LIMIT_REPEATS + 1));

    g_assert_cmpuint (pc_step_get_repeats (say (self, PC_SIDE_SERVER, 1, i,
                                                text)),
                      ==, 0);
  }

  for (guint i = 0; i < PC_LIMIT_REPEATS; i++) {
    guint            number = n - PC_LIMIT_REPEATS + i;
    g_autofree char *text = g_strdup_printf ("block %u",
                                             number % (PC_LIMIT_REPEATS + 1));

    g_assert_cmpuint (pc_step_get_repeats (say (self, PC_SIDE_SERVER, 1, i,
                                                text)),
                      ==, number + 1);
  }
}

static void
test_wait (Fixture      *self,
           gconstpointer data)
{
  PcStep *step = say (self, PC_SIDE_SERVER, 1, 1, "block 1");

  g_assert_cmpint (pc_step_get_wait (step), ==, 0);

  /* Only the first datagram that the timer makes its end send has waited. */
  pc_recorder_waited (self->recorder, self->conn, PC_SIDE_SERVER, 250000);
  step = say (self, PC_SIDE_CLIENT, 2, 2, "ack");
  g_assert_cmpint (pc_step_get_wait (step), ==, 0);
  step = say (self, PC_SIDE_SERVER, 1, 3, "block 1");
  g_assert_cmpint (pc_step_get_wait (step), ==, 250000);
  g_assert_cmpuint (pc_step_get_repeats (step), ==, 1);
  step = say (self, PC_SIDE_SERVER, 1, 4, "block 2");
  g_assert_cmpint (pc_step_get_wait (step), ==, 0);

  /* Nothing was sent when the timer ran out. */
  pc_recorder_waited (self->recorder, self->conn, PC_SIDE_SERVER, 250000);
  pc_recorder_waited (self->recorder, self->conn, PC_SIDE_SERVER, 0);
  step = say (self, PC_SIDE_SERVER, 1, 5, "block 3");
  g_assert_cmpint (pc_step_get_wait (step), ==, 0);
  pc_recorder_waited (NULL, 1, PC_SIDE_SERVER, 1);
}

/* What is known to be lost does not change the end that never has it; an end
 * that leaves says so to nobody else. */
static void
test_states (Fixture      *self,
             gconstpointer data)
{
  const char *closed;
  const char *before;
  PcStep     *step = say (self, PC_SIDE_SERVER, 1, 1, "before");

  before = pc_step_get_server_state (step);
  pc_recorder_foretell (self->recorder, self->conn, PC_SIDE_CLIENT,
                        PC_FATE_LOST);
  step = say (self, PC_SIDE_CLIENT, 2, 2, "PASS lost");
  g_assert_cmpint (pc_step_get_fate (step), ==, PC_FATE_LOST);
  g_assert_cmpstr (pc_step_get_client_state (step), ==, "open");
  g_assert_cmpstr (pc_step_get_server_state (step), ==, before);
  g_assert_cmpstr (before, !=, "open");
  step = say (self, PC_SIDE_CLIENT, 2, 3, "PASS again");
  g_assert_cmpstr (pc_step_get_server_state (step), ==, "open");

  pc_recorder_left (self->recorder, self->conn, PC_SIDE_SERVER);
  closed = pc_recorder_get_state (self->recorder, self->conn, PC_SIDE_SERVER);
  g_assert_cmpstr (closed, ==, "gone");
  pc_recorder_left (NULL, 1, PC_SIDE_SERVER);
}

static void
test_duplicate (Fixture      *self,
                gconstpointer data)
{
  PcStep *original = say (self, PC_SIDE_SERVER, 49153, 1, "block 1");
  PcStep *copy;

  copy = pc_recorder_duplicate (self->recorder, original, BEGIN + 40);
  g_assert_cmpuint (pc_timeline_get_n_steps (self->timeline), ==, 2);
  g_assert_true (copy == pc_timeline_get_step (self->timeline, 1));
  g_assert_cmpuint (pc_step_get_number (copy), ==, 2);
  g_assert_cmpuint (pc_step_get_conn (copy), ==, self->conn);
  g_assert_cmpuint (pc_step_get_repeats (copy), ==, 1);
  g_assert_cmpint (pc_step_get_fate (copy), ==, PC_FATE_DUPLICATE);
  g_assert_cmpint (pc_step_get_time (copy), ==, 40);
  g_assert_cmpint (pc_step_get_end_time (copy), ==, -1);
  g_assert_cmpint (pc_step_get_layer (copy), ==, PC_LAYER_UDP);
  g_assert_cmpstr (pc_step_get_rule (copy), ==, "udp.duplicate");
  g_assert_cmpstr (pc_step_get_title (copy), ==, "The network's copy");
  g_assert_cmpstr (pc_step_get_kind (copy), ==, "datagram");
  g_assert_cmpstr (pc_step_get_from (copy), ==, "files");
  g_assert_cmpstr (pc_step_get_to (copy), ==, "phone");
  g_assert_cmpuint (pc_step_get_from_port (copy), ==, 49153);
  g_assert_cmpuint (pc_step_get_to_port (copy), ==, 69);
  g_assert_cmpstr (pc_step_get_client_state (copy), ==, "shut");
  g_assert_true (g_bytes_equal (pc_step_get_bytes (copy),
                                pc_step_get_bytes (original)));
  g_assert_cmpuint (pc_step_get_n_fields (copy), ==,
                    pc_step_get_n_fields (original));
  g_assert_cmpstr (pc_step_get_field (copy, 0)->value, ==,
                   pc_step_get_field (original, 0)->value);

  /* A copy is nobody's word: it is not what a later one repeats. */
  g_assert_cmpuint (pc_step_get_repeats (say (self, PC_SIDE_SERVER, 49153, 50,
                                              "block 1")),
                    ==, 1);
  g_assert_null (pc_recorder_duplicate (NULL, original, BEGIN));
  g_assert_null (pc_recorder_duplicate (self->recorder, NULL, BEGIN));
}

static void
test_stranger (Fixture      *self,
               gconstpointer data)
{
  PcStep *step;

  pc_timeline_add_actor (self->timeline, "intruder", "Intruder",
                         PC_ROLE_CLIENT, NULL);
  step = pc_recorder_stranger (self->recorder, self->conn, "intruder",
                               PC_SIDE_CLIENT, 50000, 49152, BEGIN + 7,
                               (const guint8 *) "boo", 3);

  /* It has no address before it sends something. */
  g_assert_cmpstr (pc_timeline_get_actor (self->timeline, 0)->address, ==,
                   "127.0.0.1:50000");
  g_assert_cmpstr (pc_step_get_from (step), ==, "intruder");
  g_assert_cmpstr (pc_step_get_to (step), ==, "phone");
  g_assert_cmpuint (pc_step_get_from_port (step), ==, 50000);
  g_assert_cmpuint (pc_step_get_to_port (step), ==, 49152);
  g_assert_cmpuint (pc_step_get_conn (step), ==, self->conn);
  g_assert_cmpint (pc_step_get_time (step), ==, 7);

  /* What is sent to its port goes to it; the rest goes where it did. */
  step = pc_recorder_datagram (self->recorder, self->conn, PC_SIDE_CLIENT,
                               49152, 50000, BEGIN + 8,
                               (const guint8 *) "no", 2);
  g_assert_cmpstr (pc_step_get_from (step), ==, "phone");
  g_assert_cmpstr (pc_step_get_to (step), ==, "intruder");
  step = say (self, PC_SIDE_CLIENT, 49152, 9, "ack");
  g_assert_cmpstr (pc_step_get_to (step), ==, "files");
  step = say (self, PC_SIDE_SERVER, 69, 10, "block");
  g_assert_cmpstr (pc_step_get_from (step), ==, "files");
}

/* Many strangers are no way to make us remember without end. */
static void
test_strangers (Fixture      *self,
                gconstpointer data)
{
  guint n = PC_LIMIT_STRANGERS + 5;

  for (guint i = 0; i < n; i++)
    pc_recorder_stranger (self->recorder, self->conn, "intruder",
                          PC_SIDE_CLIENT, 50000 + i, 49152, BEGIN,
                          (const guint8 *) "boo", 3);

  for (guint i = 0; i < n; i++) {
    PcStep *step = pc_recorder_datagram (self->recorder, self->conn,
                                         PC_SIDE_CLIENT, 49152, 50000 + i,
                                         BEGIN, (const guint8 *) "no", 2);

    g_assert_cmpstr (pc_step_get_to (step), ==,
                     i < n - PC_LIMIT_STRANGERS ? "files" : "intruder");
  }
}

static void
test_duration (void)
{
  static const struct
  {
    gint64      us;
    const char *text;
  } rows[] = {
    { -5, "0 ms" },
    { 0, "0 ms" },
    { 400, "under 1 ms" },
    { 500, "1 ms" },
    { 250 * 1000, "250 ms" },
    { 999499, "999 ms" },
    { 999500, "1.0 s" },
    { 2 * G_USEC_PER_SEC, "2.0 s" },
    { 59940 * 1000, "59.9 s" },
    { 59960 * 1000, "1 min" },
    { 61 * G_USEC_PER_SEC, "1 min 1 s" },
    { G_GINT64_CONSTANT (3599) * G_USEC_PER_SEC, "59 min 59 s" },
    { G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC, "1 h" },
    { G_GINT64_CONSTANT (16200) * G_USEC_PER_SEC, "4 h 30 min" },
    { G_MAXINT64, "596523 h 14 min" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = pc_duration_to_text (rows[i].us);

    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
add (const char *path,
     void      (*test) (Fixture      *self,
                        gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/datagram/repeats", test_repeats);
  add ("/datagram/repeats-elsewhere", test_repeats_elsewhere);
  add ("/datagram/repeats-long", test_repeats_long);
  add ("/datagram/repeats-bounded", test_repeats_bounded);
  add ("/datagram/wait", test_wait);
  add ("/datagram/states", test_states);
  add ("/datagram/duplicate", test_duplicate);
  add ("/datagram/stranger", test_stranger);
  add ("/datagram/strangers", test_strangers);
  g_test_add_func ("/datagram/duration", test_duration);
  return g_test_run ();
}
