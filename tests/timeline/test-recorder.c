/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The recorder: units become steps with the right ends, times and fates, in
 * whatever portions the octets came. */

#include "timeline/recorder.h"

#include "fake.h"

#include "base/limits.h"
#include "timeline/export.h"

#include <string.h>

#define BEGIN G_GINT64_CONSTANT (1700000000000000)

static void
sent (PcRecorder *recorder,
      guint       conn,
      PcSide      from,
      gint64      t,
      const char *text)
{
  pc_recorder_sent (recorder, conn, from, BEGIN + t, (const guint8 *) text,
                    strlen (text));
}

static PcStep *
last_step (PcTimeline *timeline)
{
  return pc_timeline_get_step (timeline,
                               pc_timeline_get_n_steps (timeline) - 1);
}

static void
test_conversation (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  guint                  conn = pc_recorder_open (recorder, &fake_stream,
                                                  "phone", "mail", BEGIN);
  PcStep                *step = pc_timeline_get_step (timeline, 0);

  g_assert_cmpuint (conn, ==, 1);
  g_assert_cmpstr (pc_step_get_rule (step), ==, "tcp.open");
  g_assert_cmpstr (pc_step_get_kind (step), ==, "open");
  g_assert_cmpint (pc_step_get_layer (step), ==, PC_LAYER_TCP);
  g_assert_cmpstr (pc_step_get_from (step), ==, "phone");
  g_assert_cmpstr (pc_step_get_server_state (step), ==, "shut");
  g_assert_cmpint (pc_step_get_time (step), ==, 0);
  g_assert_cmpint (pc_step_get_end_time (step), ==, 0);

  sent (recorder, conn, PC_SIDE_CLIENT, 10, "PASS x\r\n");
  step = last_step (timeline);
  g_assert_cmpstr (pc_step_get_rule (step), ==, "fake.command");
  g_assert_cmpstr (pc_step_get_title (step), ==, "A command");
  g_assert_cmpstr (pc_step_get_kind (step), ==, "command");
  g_assert_cmpint (pc_step_get_layer (step), ==, PC_LAYER_APP);
  g_assert_cmpint (pc_step_get_time (step), ==, 10);
  g_assert_cmpint (pc_step_get_end_time (step), ==, -1);
  g_assert_cmpstr (pc_step_get_client_state (step), ==, "open");
  g_assert_cmpstr (pc_recorder_get_state (recorder, conn, PC_SIDE_SERVER), ==,
                   "open");
  pc_recorder_arrived (recorder, conn, PC_SIDE_CLIENT, BEGIN + 15, 8);
  g_assert_cmpint (pc_step_get_end_time (step), ==, 15);

  sent (recorder, conn, PC_SIDE_SERVER, 20, "-no\r\n");
  step = last_step (timeline);
  g_assert_cmpstr (pc_step_get_from (step), ==, "mail");
  g_assert_cmpstr (pc_step_get_to (step), ==, "phone");
  g_assert_cmpint (pc_step_get_status (step), ==, PC_STATUS_ERROR);
  g_assert_cmpuint (pc_step_get_number (step), ==, 3);
}

/* A unit begins with its first octet and ends when its last is read, however
 * the octets were cut on either side. */
static void
test_portions (void)
{
  static const char      text[] = "ONE\r\nTWO\r\n";
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  guint                  conn = pc_recorder_open (recorder, &fake_stream,
                                                  "phone", "mail", BEGIN);

  for (guint i = 0; i < strlen (text); i++)
    {
      pc_recorder_sent (recorder, conn, PC_SIDE_SERVER, BEGIN + 100 + i,
                        (const guint8 *) text + i, 1);
      pc_recorder_arrived (recorder, conn, PC_SIDE_SERVER, BEGIN + 200 + i,
                           1);
    }

  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 3);
  g_assert_cmpint (pc_step_get_time (pc_timeline_get_step (timeline, 1)), ==,
                   100);
  g_assert_cmpint (pc_step_get_end_time (pc_timeline_get_step (timeline, 1)),
                   ==, 204);
  g_assert_cmpint (pc_step_get_time (pc_timeline_get_step (timeline, 2)), ==,
                   105);
  g_assert_cmpint (pc_step_get_end_time (pc_timeline_get_step (timeline, 2)),
                   ==, 209);
}

/* Two units in one write, read in one and a half. */
static void
test_pipelined (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  guint                  conn = pc_recorder_open (recorder, &fake_stream,
                                                  "phone", "mail", BEGIN);

  sent (recorder, conn, PC_SIDE_CLIENT, 1, "ONE\r\nTWO\r\n");
  pc_recorder_arrived (recorder, conn, PC_SIDE_CLIENT, BEGIN + 5, 7);
  g_assert_cmpint (pc_step_get_end_time (pc_timeline_get_step (timeline, 1)),
                   ==, 5);
  g_assert_cmpint (pc_step_get_end_time (pc_timeline_get_step (timeline, 2)),
                   ==, -1);
  pc_recorder_arrived (recorder, conn, PC_SIDE_CLIENT, BEGIN + 6, 3);
  g_assert_cmpint (pc_step_get_end_time (pc_timeline_get_step (timeline, 2)),
                   ==, 6);
}

static void
test_closed (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  guint                  conn = pc_recorder_open (recorder, &fake_stream,
                                                  "phone", "mail", BEGIN);

  /* What is unfinished comes out first, with a rule nobody tells of. */
  sent (recorder, conn, PC_SIDE_CLIENT, 1, "HAL");
  pc_recorder_closed (recorder, conn, PC_SIDE_CLIENT, FALSE, BEGIN + 2);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 3);
  g_assert_cmpstr (pc_step_get_title (pc_timeline_get_step (timeline, 1)), ==,
                   "Data");
  g_assert_cmpstr (pc_step_get_rule (last_step (timeline)), ==, "tcp.close");
  g_assert_cmpstr (pc_step_get_from (last_step (timeline)), ==, "phone");

  /* The second close is silent, and so is a third. */
  pc_recorder_closed (recorder, conn, PC_SIDE_SERVER, FALSE, BEGIN + 3);
  pc_recorder_closed (recorder, conn, PC_SIDE_SERVER, TRUE, BEGIN + 3);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 3);
}

static void
test_half_closed (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  guint                  conn = pc_recorder_open (recorder, &fake_stream,
                                                  "phone", "mail", BEGIN);

  pc_recorder_closed (recorder, conn, PC_SIDE_CLIENT, FALSE, BEGIN + 1);
  sent (recorder, conn, PC_SIDE_SERVER, 2, "BYE\r\n");
  pc_recorder_closed (recorder, conn, PC_SIDE_SERVER, FALSE, BEGIN + 3);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 4);
  g_assert_cmpstr (pc_step_get_rule (last_step (timeline)), ==, "tcp.close");
  g_assert_cmpstr (pc_step_get_from (last_step (timeline)), ==, "mail");
}

/* Whoever has waited for a word and heard none sees so. */
static void
test_silence (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  guint                  conn = pc_recorder_open (recorder, &fake_stream,
                                                  "phone", "mail", BEGIN);
  PcStep                *step;

  pc_recorder_closed (recorder, conn, PC_SIDE_CLIENT, FALSE, BEGIN + 500000);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 3);
  step = pc_timeline_get_step (timeline, 1);
  g_assert_cmpstr (pc_step_get_rule (step), ==, "tcp.silence");
  g_assert_cmpstr (pc_step_get_from (step), ==, "phone");
  g_assert_null (pc_step_get_to (step));
  g_assert_cmpstr (pc_step_get_rule (last_step (timeline)), ==, "tcp.close");
}

static void
test_cut (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  guint                  conn = pc_recorder_open (recorder, &fake_stream,
                                                  "phone", "mail", BEGIN);

  sent (recorder, conn, PC_SIDE_SERVER, 1, "HAL");
  pc_recorder_closed (recorder, conn, PC_SIDE_CLIENT, TRUE, BEGIN + 2);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 3);
  g_assert_cmpstr (pc_step_get_kind (last_step (timeline)), ==, "reset");
  g_assert_cmpint (pc_step_get_status (last_step (timeline)), ==,
                   PC_STATUS_ERROR);
  g_assert_cmpint (pc_step_get_end_time (last_step (timeline)), ==, -1);
  pc_recorder_closed (recorder, conn, PC_SIDE_SERVER, FALSE, BEGIN + 3);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 3);
}

static void
test_refused (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  guint                  conn = pc_recorder_refused (recorder, "phone",
                                                     "mail", 25, BEGIN);
  PcStep                *step = last_step (timeline);

  g_assert_cmpuint (conn, ==, 1);
  g_assert_cmpstr (pc_step_get_kind (step), ==, "refused");
  g_assert_cmpstr (pc_step_get_rule (step), ==, "tcp.refused");
  g_assert_nonnull (strstr (pc_step_get_summary (step), "25"));
  g_assert_null (pc_step_get_client_state (step));
  g_assert_null (pc_recorder_get_state (recorder, conn, PC_SIDE_CLIENT));
  pc_recorder_closed (recorder, conn, PC_SIDE_CLIENT, FALSE, BEGIN);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 1);
  g_assert_cmpuint (pc_recorder_open (recorder, &fake_stream, "phone", "mail",
                                      BEGIN),
                    ==, 2);
}

static void
test_datagram (void)
{
  static const guint8    data[] = { 0, 1, 2, 3 };
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  guint                  conn = pc_recorder_open (recorder, &fake_datagrams,
                                                  "phone", "files", BEGIN);
  PcStep                *step;

  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 0);
  step = pc_recorder_datagram (recorder, conn, PC_SIDE_CLIENT, 49152, 69,
                               BEGIN + 9, data, sizeof data);
  g_assert_true (step == last_step (timeline));
  g_assert_cmpint (pc_step_get_layer (step), ==, PC_LAYER_UDP);
  g_assert_cmpstr (pc_step_get_kind (step), ==, "datagram");
  g_assert_cmpuint (pc_step_get_from_port (step), ==, 49152);
  g_assert_cmpuint (pc_step_get_to_port (step), ==, 69);
  g_assert_cmpint (pc_step_get_time (step), ==, 9);
  g_assert_cmpint (pc_step_get_fate (step), ==, PC_FATE_DELIVERED);
  pc_recorder_closed (recorder, conn, PC_SIDE_CLIENT, FALSE, BEGIN + 10);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 1);
  g_assert_cmpint (pc_recorder_to_relative (recorder, BEGIN + 12), ==, 12);
  g_assert_cmpint (pc_recorder_to_relative (recorder, BEGIN - 5), ==, 0);
}

/* -- what is put off ------------------------------------------------------ */

static void
wanted_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* A conversation with everything in it that can wait, and one write that is
 * longer than what is caught up with at a time. */
static void
converse (PcRecorder *recorder)
{
  guint conn = pc_recorder_open (recorder, &fake_stream, "phone", "mail",
                                 BEGIN);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (lines, "LINE %u\r\n", i);
  sent (recorder, conn, PC_SIDE_CLIENT, 3, "PASS portcall\r\nHA");
  pc_recorder_arrived (recorder, conn, PC_SIDE_CLIENT, BEGIN + 5, 12);
  pc_recorder_arrived (recorder, conn, PC_SIDE_CLIENT, BEGIN + 6, 5);
  sent (recorder, conn, PC_SIDE_SERVER, 7, lines->str);
  sent (recorder, conn, PC_SIDE_CLIENT, 8, "LF\r\n");
  for (gsize i = 0; i < lines->len; i++)
    pc_recorder_arrived (recorder, conn, PC_SIDE_SERVER, BEGIN + 9 + (gint) i,
                         1);
  pc_recorder_closed (recorder, conn, PC_SIDE_CLIENT, FALSE, BEGIN + 70000);
  sent (recorder, conn, PC_SIDE_SERVER, 70001, "-no\r\n+unfini");
  pc_recorder_closed (recorder, conn, PC_SIDE_SERVER, TRUE, BEGIN + 70002);
}

static char *
export_json (PcTimeline *timeline)
{
  return pc_export_timeline (timeline, PC_EXPORT_JSON, PC_EXPORT_DEFAULT);
}

static void
test_put_off (void)
{
  g_autoptr (PcTimeline) now = pc_timeline_new ("id", "Title");
  g_autoptr (PcTimeline) later = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) at_once = pc_recorder_new (now);
  g_autoptr (PcRecorder) recorder = pc_recorder_new (later);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  guint            n_wanted = 0;
  guint            n_turns = 0;

  converse (at_once);
  g_assert_false (pc_recorder_catch_up (at_once));
  expected = export_json (now);
  g_assert_cmpuint (pc_timeline_get_n_steps (now), >, 2000);

  pc_recorder_put_off (recorder, wanted_cb, &n_wanted);
  g_assert_cmpuint (pc_recorder_get_backlog (recorder), ==, 0);
  converse (recorder);
  g_assert_cmpuint (n_wanted, >, 0);
  g_assert_cmpuint (pc_recorder_get_backlog (recorder), >, 0);
  g_assert_cmpuint (pc_timeline_get_n_steps (later), ==, 1);
  while (pc_recorder_catch_up (recorder))
    n_turns++;
  g_assert_cmpuint (n_turns, >, 4);
  g_assert_cmpuint (pc_recorder_get_backlog (recorder), ==, 0);
  found = export_json (later);
  g_assert_cmpstr (found, ==, expected);

  /* And again; what cannot wait takes the rest along. */
  n_wanted = 0;
  sent (recorder, 1, PC_SIDE_SERVER, 70003, "+late\r\n");
  g_assert_cmpuint (n_wanted, ==, 1);
  pc_recorder_refused (recorder, "phone", "mail", 110, BEGIN + 70004);
  g_assert_cmpuint (pc_recorder_get_backlog (recorder), ==, 0);
  g_assert_cmpstr (pc_step_get_rule (last_step (later)), ==, "tcp.refused");
}

/* Datagrams, one of them longer than what is caught up with at a time; some
 * with an owner; a note between them. */
static void
exchange_datagrams (PcRecorder *recorder)
{
  g_autofree guint8 *octets = g_malloc0 (60000);
  guint conn = pc_recorder_open (recorder, &fake_datagrams, "phone", "files",
                                 BEGIN);

  for (guint i = 0; i < 100; i++) {
    g_autoptr (GBytes) owner = g_bytes_new (octets, i == 50 ? 60000 : i);
    gsize         len;
    const guint8 *data = g_bytes_get_data (owner, &len);

    if (i == 60 || i == 90)
      pc_recorder_waited (recorder, conn, PC_SIDE_CLIENT, 1000 + i);
    pc_recorder_passed (recorder, conn, i % 2 ? PC_SIDE_SERVER
                                              : PC_SIDE_CLIENT,
                        49152 + i, 69, BEGIN + 10 * i,
                        len > 0 ? data : octets, len,
                        i % 3 == 0 ? owner : NULL);
    /* What has no owner is copied: this may go. */
    memset (octets, (int) i, 100);
    if (i == 70)
      pc_recorder_note (recorder, "phone", "tcp.silence", "Note",
                        BEGIN + 10 * i + 1);
  }
}

static void
test_put_off_datagrams (void)
{
  g_autoptr (PcTimeline) now = pc_timeline_new ("id", "Title");
  g_autoptr (PcTimeline) later = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) at_once = pc_recorder_new (now);
  g_autoptr (PcRecorder) recorder = pc_recorder_new (later);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  guint            n_wanted = 0;
  PcStep          *step;

  exchange_datagrams (at_once);
  expected = export_json (now);
  g_assert_cmpuint (pc_timeline_get_n_steps (now), ==, 101);
  step = pc_timeline_get_step (now, 50);
  g_assert_cmpuint (g_bytes_get_size (pc_step_get_bytes (step)), ==, 60000);
  g_assert_cmpint (pc_step_get_time (step), ==, 500);
  g_assert_cmpint (pc_step_get_end_time (step), ==, 500);
  step = pc_timeline_get_step (now, 60);
  g_assert_cmpint (pc_step_get_wait (step), ==, 1060);

  pc_recorder_put_off (recorder, wanted_cb, &n_wanted);
  exchange_datagrams (recorder);
  g_assert_cmpuint (n_wanted, ==, 100);
  /* The note took along what went before. */
  g_assert_cmpuint (pc_timeline_get_n_steps (later), ==, 72);
  while (pc_recorder_catch_up (recorder))
    continue;
  found = export_json (later);
  g_assert_cmpstr (found, ==, expected);
}

/* Nobody catches up, and still it does not grow. */
static void
test_put_off_bounded (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  g_autofree char *line = g_strnfill (60000, 'x');
  guint            n_wanted = 0;
  guint            conn;

  line[0] = '+';
  memcpy (line + 59998, "\r\n", 2);
  pc_recorder_put_off (recorder, wanted_cb, &n_wanted);
  conn = pc_recorder_open (recorder, &fake_stream, "phone", "mail", BEGIN);
  for (guint i = 0; i < 2000; i++) {
    sent (recorder, conn, PC_SIDE_CLIENT, i, line);
    pc_recorder_arrived (recorder, conn, PC_SIDE_CLIENT, BEGIN + i, 60000);
    g_assert_cmpuint (pc_recorder_get_backlog (recorder), <=,
                      PC_LIMIT_BACKLOG);
  }
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), >, 800);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), <, 2000);
}

/* -- under TLS ------------------------------------------------------------ */

/* A record of data as the wire has it; what is inside it is told beside. */
static GBytes *
record (PcRecorder *recorder,
        guint       conn,
        PcSide      from,
        gint64      t,
        const char *plain)
{
  guint8            header[] = { 23, 3, 3, 0, 40 };
  g_autoptr (GBytes) said = g_bytes_new (plain, strlen (plain));
  GByteArray        *wire = g_byte_array_new ();
  GBytes            *bytes;

  g_byte_array_append (wire, header, sizeof header);
  for (guint i = 0; i < 40; i++)
    g_byte_array_append (wire, (const guint8 *) &t, 1);
  bytes = g_byte_array_free_to_bytes (wire);
  pc_recorder_record (recorder, conn, from, BEGIN + t, bytes, 23, G_MAXUINT,
                      said);
  return bytes;
}

/* What was said under TLS keeps the records that brought it; a record that
 * brought parts of two is the end of the one and the beginning of the other. */
static void
test_secure (void)
{
  static const guint8    close[] = { 23, 3, 3, 0, 4, 1, 2, 3, 4 };
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcTimeline) view = NULL;
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) third = NULL;
  g_autoptr (GBytes) last = g_bytes_new_static (close, sizeof close);
  guint              conn = pc_recorder_open (recorder, &fake_stream, "phone",
                                              "mail", BEGIN);
  PcStep            *step;

  pc_recorder_secured (recorder, conn);
  g_assert_false (pc_timeline_has_secure_steps (timeline));
  first = record (recorder, conn, PC_SIDE_CLIENT, 10, "PASS x\r\nTW");
  second = record (recorder, conn, PC_SIDE_CLIENT, 20, "O\r\nTHREE\r\nFO");
  third = record (recorder, conn, PC_SIDE_CLIENT, 30, "UR\r\n");
  pc_recorder_record (recorder, conn, PC_SIDE_CLIENT, BEGIN + 40, last, 21, 0,
                      NULL);
  pc_recorder_arrived (recorder, conn, PC_SIDE_CLIENT, BEGIN + 50, 45);
  pc_recorder_arrived (recorder, conn, PC_SIDE_CLIENT, BEGIN + 60, 45);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 6);

  step = pc_timeline_get_step (timeline, 1);
  g_assert_true (g_bytes_equal (pc_step_get_wire (step), first));
  g_assert_cmpuint (pc_step_get_n_wire_shown (step), ==, 0);
  g_assert_cmpint (pc_step_get_time (step), ==, 10);
  g_assert_cmpint (pc_step_get_end_time (step), ==, 50);

  step = pc_timeline_get_step (timeline, 3);
  g_assert_cmpint (pc_step_get_end_time (step), ==, 60);
  step = last_step (timeline);
  g_assert_cmpint (pc_step_get_layer (step), ==, PC_LAYER_TLS);
  g_assert_null (pc_step_get_wire (step));
  g_assert_cmpint (pc_step_get_end_time (step), ==, -1);
  g_assert_true (pc_timeline_has_secure_steps (timeline));

  /* On the wire: three records of data and the alert, under the numbers of
   * the steps that they brought. */
  view = pc_timeline_new_wire_view (timeline);
  g_assert_cmpuint (pc_timeline_get_n_steps (view), ==, 5);
  for (guint i = 1; i <= 3; i++)
    {
      GBytes *wire = i == 1 ? first : i == 2 ? second : third;

      step = pc_timeline_get_step (view, i);
      g_assert_cmpstr (pc_step_get_rule (step), ==, "tls.data");
      g_assert_true (g_bytes_equal (pc_step_get_bytes (step), wire));
      g_assert_null (pc_step_get_client_state (step));
      g_assert_null (strstr (pc_step_get_summary (step), "PASS"));
    }
  g_assert_cmpuint (pc_timeline_find_number (view, 6), ==, 4);
}

/* On no connection, and from nobody to anybody. */
static void
test_note (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  PcStep *step;

  pc_recorder_open (recorder, &fake_stream, "phone", "mail", BEGIN);
  pc_recorder_note (recorder, "mail", "world.restore", "restored",
                    BEGIN + 40);
  pc_recorder_note (NULL, "mail", "world.restore", "restored", BEGIN);

  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, 2);
  step = last_step (timeline);
  g_assert_cmpint (pc_step_get_layer (step), ==, PC_LAYER_NOTE);
  g_assert_cmpstr (pc_step_get_kind (step), ==, "note");
  g_assert_cmpstr (pc_step_get_rule (step), ==, "world.restore");
  g_assert_cmpstr (pc_step_get_summary (step), ==, "restored");
  g_assert_cmpstr (pc_step_get_from (step), ==, "mail");
  g_assert_null (pc_step_get_to (step));
  g_assert_cmpuint (pc_step_get_conn (step), ==, 0);
  g_assert_cmpint (pc_step_get_time (step), ==, 40);
  g_assert_cmpint (pc_step_get_end_time (step), ==, 40);
  g_assert_cmpuint (strlen (pc_step_get_explanation (step)), >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recorder/conversation", test_conversation);
  g_test_add_func ("/recorder/portions", test_portions);
  g_test_add_func ("/recorder/pipelined", test_pipelined);
  g_test_add_func ("/recorder/closed", test_closed);
  g_test_add_func ("/recorder/half-closed", test_half_closed);
  g_test_add_func ("/recorder/silence", test_silence);
  g_test_add_func ("/recorder/cut", test_cut);
  g_test_add_func ("/recorder/refused", test_refused);
  g_test_add_func ("/recorder/datagram", test_datagram);
  g_test_add_func ("/recorder/put-off", test_put_off);
  g_test_add_func ("/recorder/put-off-datagrams", test_put_off_datagrams);
  g_test_add_func ("/recorder/put-off-bounded", test_put_off_bounded);
  g_test_add_func ("/recorder/secure", test_secure);
  g_test_add_func ("/recorder/note", test_note);
  return g_test_run ();
}
