/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows (RFC 7440), the block number's way round, and how often a thing is
 * sent. */

#include <string.h>

#include "script.h"
#include "wire.h"

#include "base/limits.h"
#include "proto/tftp/packet.h"

#define PEER 51000
#define SERVER 40321

/* -- scripts -------------------------------------------------------------- */

/* A script is a row of packets: "<4" and "<D4" come in (ACK 4, DATA 4), ">D4"
 * and ">4" must go out, "." is the timer.  DATA has eight octets; "D4." has
 * fewer, and ends the file.  Nothing else may go out. */

static void
make_packet (GByteArray *out,
             const char *word)
{
  gboolean     data = word[0] == 'D';
  guint        number = (guint)g_ascii_strtoull (word + (data ? 1 : 0), NULL,
                                                 10);
  const guint8 head[] = { 0, data ? PC_TFTP_DATA : PC_TFTP_ACK,
                          (guint8)(number >> 8), (guint8)number };

  g_byte_array_append (out, head, sizeof head);
  if (data)
    g_byte_array_append (out, (const guint8 *)"xxxxxxxx",
                         g_str_has_suffix (word, ".") ? 3 : 8);
}

static void
take_writes (PcEngine *engine,
             gint64    now)
{
  PcEvent *event;

  while ((event = pc_engine_next_event (engine)) != NULL) {
    if (event->kind == PC_EVENT_WRITE || event->kind == PC_EVENT_COMMIT)
      pc_engine_answer (engine, now, PC_FILE_OK, NULL);
    pc_event_free (event);
  }
}

static void
play (PcEngine   *engine,
      guint       peer,
      const char *script)
{
  g_auto (GStrv) words = g_strsplit (script, " ", -1);
  gint64 now = NOW;

  for (guint i = 0; words[i] != NULL; i++) {
    const char *word = words[i];
    g_autoptr (GByteArray) packet = g_byte_array_new ();

    if (*word == '\0')
      continue;
    g_test_message ("%s", word);
    if (*word != '.')
      make_packet (packet, word + 1);

    if (*word == '>') {
      expect_datagram (engine, peer, packet->data, packet->len);
      continue;
    }
    expect_silence (engine);
    now += 1000;
    if (*word == '<') {
      pc_engine_feed (engine, now, peer, packet->data, packet->len);
      take_writes (engine, now);
    } else {
      now = pc_engine_get_deadline (engine);
      g_assert_cmpint (now, !=, PC_ENGINE_NEVER);
      pc_engine_wake (engine, now);
    }
  }
  expect_silence (engine);
}

static PcEngine *
new_sender (guint n_blocks,
            guint window)
{
  PcServerConfig config = { 0 };
  PcEngine      *server = pc_tftp_server_new (&config);
  g_autofree char *content = g_strnfill (n_blocks * 8, 'x');
  g_autoptr (GBytes) file = g_bytes_new (content, n_blocks * 8 - 5);
  g_autoptr (GString) request = g_string_new (NULL);

  g_string_append_len (request, "\0\1a\0octet\0blksize\0"
                                "8\0windowsize\0", 31);
  g_string_append_printf (request, "%u", window);
  pc_engine_feed (server, NOW, PEER, (const guint8 *)request->str,
                  request->len + 1);
  expect_event (server, PC_EVENT_OPEN_READ, "a", NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  pc_datagram_free (pc_engine_next_datagram (server));
  return server;
}

static PcEngine *
new_receiver (guint window)
{
  PcServerConfig config = { 0 };
  PcEngine      *server = pc_tftp_server_new (&config);
  g_autoptr (GString) request = g_string_new (NULL);

  g_string_append_len (request, "\0\2a\0octet\0blksize\0"
                                "8\0windowsize\0", 31);
  g_string_append_printf (request, "%u", window);
  pc_engine_feed (server, NOW, PEER, (const guint8 *)request->str,
                  request->len + 1);
  expect_event (server, PC_EVENT_OPEN_WRITE, "a", NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  pc_datagram_free (pc_engine_next_datagram (server));
  return server;
}

typedef struct
{
  const char *name;
  guint       window;
  guint       n_blocks; /* 0: to the receiver */
  const char *script;
} Row;

static const Row rows[] = {
  /* The figure of RFC 7440 section 4, n being 0: both ends. */
  { "figure-sender", 4, 99,
    "<0 >D1 >D2 >D3 >D4 <4 >D5 >D6 >D7 >D8"
    " <5 >D6 >D7 >D8 >D9 <9 >D10 >D11 >D12 >D13"
    " . >D10 >D11 >D12 >D13 <13 >D14 >D15 >D16 >D17" },
  { "figure-receiver", 4, 0,
    "<D1 <D2 <D3 <D4 >4 <D5 <D7 >5 <D6 <D7 <D8 <D9 >9"
    " <D10 <D12 >10 <D13"
    " <D10 <D11 <D12 <D13 >13 <D14 <D15 <D16 <D17 >17" },

  { "lock-step-sender", 1, 3,
    "<0 >D1 <0 <7 <1 >D2 <1 <0 . >D2 <2 >D3. <2 <3" },
  { "lock-step-receiver", 1, 0,
    "<D1 >1 <D1 >1 <D3 <D2 >2 <D1 <D2 >2 <D0 <D3. >3 <D3. >3 <D2" },

  { "short-file", 8, 3, "<0 >D1 >D2 >D3. <3" },
  { "last-window", 4, 6, "<0 >D1 >D2 >D3 >D4 <4 >D5 >D6. <6" },
  { "last-window-received", 4, 0,
    "<D1 <D2 <D3 <D4 >4 <D5 <D6. >6 <D5 <D6. >6" },

  /* The first of a window is lost: the last ACK comes again, and counts
   * once. */
  { "first-lost", 4, 99,
    "<0 >D1 >D2 >D3 >D4 <4 >D5 >D6 >D7 >D8 <4 >D5 >D6 >D7 >D8 <4 <4"
    " . >D5 >D6 >D7 >D8 <8 >D9 >D10 >D11 >D12" },
  { "first-lost-received", 4, 0,
    "<D1 <D2 <D3 <D4 >4 <D6 >4 <D7 <D8 <D5 <D6 <D7 <D8 >8" },
  { "very-first-lost-received", 2, 0, "<D2 >0 <D1 <D2 >2" },

  /* The last one is lost: nobody sees a gap, the timer has to. */
  { "last-lost-received", 4, 0,
    "<D1 <D2 <D3 <D1 <D2 <D3 <D4 >4 <D5 <D6 <D7 <D8 >8" },

  /* An ACK of a window is lost: it is answered once more, and only once. */
  { "ack-lost-received", 4, 0,
    "<D1 <D2 <D3 <D4 >4 <D1 <D2 <D3 <D4 >4 <D5 <D6 <D7 <D8 >8" },
  { "ack-of-gap-lost-received", 4, 0,
    "<D1 <D3 >1 <D4 <D1 <D2 <D3 <D4 >4" },
  { "gap-twice-received", 4, 0,
    "<D1 <D3 >1 <D4 <D2 <D3 <D5 >3 <D6 <D4 <D5 <D6 <D7 >7" },

  /* An ACK comes late, after the timer: its repetition is explained by what
   * left twice, and sets nothing off. */
  { "ack-late", 4, 99,
    "<0 >D1 >D2 >D3 >D4 . >D1 >D2 >D3 >D4 <4 >D5 >D6 >D7 >D8 <4"
    " <8 >D9 >D10 >D11 >D12 <8 >D9 >D10 >D11 >D12 <8" },
  { "ack-doubled", 4, 99,
    "<0 >D1 >D2 >D3 >D4 <4 >D5 >D6 >D7 >D8 <4 >D5 >D6 >D7 >D8"
    " <8 >D9 >D10 >D11 >D12 <8 <12 >D13 >D14 >D15 >D16" },

  /* Disorder: each gap is told, the file is whole. */
  { "disorder-received", 4, 0,
    "<D1 <D3 >1 <D2 <D4 >2 <D2 <D3 <D4 >4 <D5 <D3 <D4 <D5 >5"
    " <D6 <D7 <D8 <D9 >9" },
  { "doubled-received", 4, 0,
    "<D1 <D1 <D2 <D2 <D3 <D3 <D4 >4 <D5 <D6 <D7 <D8 >8" },

  /* What no window explains. */
  { "beyond-window", 4, 99, "<0 >D1 >D2 >D3 >D4 <5 <65535 <100" },
  { "beyond-window-received", 4, 0, "<D5 <D100 <D0 <D65535 <D40000 <D4 >0" },
};

static void
test_script (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PcEngine) engine = NULL;

  engine = row->n_blocks > 0 ? new_sender (row->n_blocks, row->window)
                             : new_receiver (row->window);
  play (engine, PEER, row->script);
}

/* -- the largest window --------------------------------------------------- */

static void
test_largest (void)
{
  PcClientConfig config = { .server_port = 69 };
  g_autoptr (PcEngine) client = pc_tftp_client_new (&config);
  g_autoptr (PcAction) action = pc_action_new ("get");
  guint8 data[PC_TFTP_HEADER + 8] = { 0, PC_TFTP_DATA };

  pc_action_set (action, "file", "a");
  pc_action_set (action, "blksize", "8");
  pc_action_set (action, "windowsize", "65535");
  g_assert_true (pc_engine_act (client, NOW, action, NULL));
  pc_datagram_free (pc_engine_next_datagram (client));
  FEED (client, NOW, SERVER, "\0\6blksize\0"
                             "8\0windowsize\0"
                             "65535\0");
  EXPECT (client, SERVER, "\0\4\0\0");

  for (guint block = 1; block <= 2 * 65535; block++) {
    data[2] = (guint8)(block >> 8);
    data[3] = (guint8)block;
    pc_engine_feed (client, NOW, SERVER, data, sizeof data);
    if (block == 65535)
      EXPECT (client, SERVER, "\0\4\377\377");
    else if (block == 2 * 65535)
      EXPECT (client, SERVER, "\0\4\377\376");
    else
      expect_silence (client);
  }
  /* 131070 was the last; the one after the next shows a gap. */
  FEED (client, NOW, SERVER, "\0\3\0\0"
                             "12345678");
  EXPECT (client, SERVER, "\0\4\377\376");
}

/* -- the way round -------------------------------------------------------- */

static GBytes *
make_content (gsize len)
{
  guint8 *content = g_malloc (len);
  guint32 x = 1;

  for (gsize i = 0; i < len; i++) {
    x = x * 1664525 + 1013904223;
    content[i] = (guint8)(x >> 24);
  }
  return g_bytes_new_take (content, len);
}

/* Twice past block 65535, with every window, both ways, also where packets are
 * lost. */
static void
test_wrap (void)
{
  static const char *const options[] = {
    "blksize=8", "blksize=8 windowsize=2", "blksize=8 windowsize=7",
    "blksize=8 windowsize=64", "blksize=8 windowsize=5000",
  };
  g_autoptr (GBytes) content = make_content (2 * 65536 * 8 + 3);

  for (guint i = 0; i < G_N_ELEMENTS (options) * 4; i++) {
    g_autoptr (Wire) wire = wire_new (i, 0, FALSE);
    gboolean put = i % 2 == 1;

    g_test_message ("row %u: %s", i, options[i / 4]);
    /* A window of thousands never arrives whole over a bad line. */
    wire->loss = i % 4 < 2 || i / 4 == 4 ? 0 : 1;
    wire->file = content;
    wire->in_pieces = TRUE;
    wire_run (wire, put ? "put" : "get", options[i / 4],
              put ? content : NULL);
    g_assert_cmpstr (wire->outcome->str, ==, "done");
    g_assert_true (g_bytes_equal (put ? wire->stored : wire->got, content));
    if (wire->loss == 0)
      g_assert_cmpuint (wire->n_data, ==, 2 * 65536 + 1);
  }
}

/* -- how often ------------------------------------------------------------ */

/* The second ACK of a get, the second DATA of a put, arrives twice. */
static WireFate
double_third (Wire         *wire,
              PcSide        from,
              guint         n,
              const guint8 *packet,
              gsize         len)
{
  return from == PC_SIDE_CLIENT && n == 3 ? WIRE_DOUBLE : WIRE_PASS;
}

/* RFC 1123 section 4.2.3.1: a file of 20 blocks.  Under the old rule a single
 * doubled packet doubles all that follow. */
static void
test_apprentice (void)
{
  static const struct
  {
    gboolean    put;
    gboolean    old;
    guint       n_data;
    guint       n_acks;
  } cases[] = {
    { FALSE, FALSE, 20, 20 },
    /* ACK 2 came twice: DATA 3 to 20 leave twice, and as many ACKs, but the
     * server is gone when the last is answered. */
    { FALSE, TRUE, 20 + 18, 20 + 18 },
    /* DATA 2 came twice: ACK 0 once, ACK 2 twice. */
    { TRUE, FALSE, 20, 1 + 20 + 1 },
    { TRUE, TRUE, 20 + 18, 1 + 20 + 1 + 18 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Wire) wire = wire_new (1, 0, cases[i].old);
    g_autoptr (GBytes) content = make_content (20 * 512 - 1);

    g_test_message ("row %u", i);
    wire->fate = double_third;
    wire->file = content;
    wire_run (wire, cases[i].put ? "put" : "get", "",
              cases[i].put ? content : NULL);
    g_assert_cmpstr (wire->outcome->str, ==, "done");
    g_assert_true (g_bytes_equal (cases[i].put ? wire->stored : wire->got,
                                  content));
    g_assert_cmpuint (wire->n_data, ==, cases[i].n_data);
    g_assert_cmpuint (wire->n_acks, ==, cases[i].n_acks);
  }
}

static WireFate
lose_after_first (Wire         *wire,
                  PcSide        from,
                  guint         n,
                  const guint8 *packet,
                  gsize         len)
{
  return from == PC_SIDE_CLIENT && n > 1 ? WIRE_LOSE : WIRE_PASS;
}

/* A forged address (A18): a request of some octets brings no more than six
 * packets, and none of them is a window. */
static void
test_never_acknowledged (void)
{
  static const struct
  {
    const char *options;
    guint64     max;
  } cases[] = {
    { "", 6 * 516 },
    { "blksize=65464", 6 * 32 },
    { "blksize=512 windowsize=64 tsize=yes timeout=1", 6 * 64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Wire) wire = wire_new (1, 0, FALSE);
    g_autoptr (GBytes) content = make_content (1024 * 1024);

    wire->fate = lose_after_first;
    wire->file = content;
    wire_run (wire, "get", cases[i].options, NULL);
    g_assert_cmpuint (wire->n_sent[PC_SIDE_SERVER], ==,
                      PC_LIMIT_TFTP_RESENDS + 1);
    g_assert_cmpuint (wire->octets_sent[PC_SIDE_SERVER], <=, cases[i].max);
  }
}

static WireFate
lose_server_after_third (Wire         *wire,
                         PcSide        from,
                         guint         n,
                         const guint8 *packet,
                         gsize         len)
{
  return from == PC_SIDE_SERVER && n > 3 ? WIRE_LOSE : WIRE_PASS;
}

/* The server falls silent in the middle of a put: the client, having been
 * heard, tries more often, and then says so. */
static void
test_gone (void)
{
  g_autoptr (Wire) wire = wire_new (1, 0, FALSE);
  g_autoptr (GBytes) content = make_content (20 * 512 - 1);
  gint64 begun = wire->now;

  wire->fate = lose_server_after_third;
  wire_run (wire, "put", "", content);
  g_assert_cmpstr (wire->outcome->str, ==,
                   "failed The server stopped acknowledging blocks.");
  /* WRQ, DATA 1 to 3, and DATA 3 again. */
  g_assert_cmpuint (wire->n_sent[PC_SIDE_CLIENT], ==,
                    1 + 3 + PC_LIMIT_TFTP_RESENDS_HEARD);
  g_assert_cmpint (wire->now - begun, <, 180 * SECOND);
}

/* A receiver that agrees to a window and acknowledges every block all the same:
 * against the rules, but no reason to send everything again each time. */
static void
test_every_block (void)
{
  const guint n_blocks = 2000;
  g_autoptr (PcEngine) server = new_sender (n_blocks, 64);
  gint64 now = NOW + 1000;
  guint  expected = 1;
  guint  n_data = 0;

  FEED (server, now, PEER, "\0\4\0\0");
  while (pc_engine_get_status (server) == PC_ENGINE_RUNNING) {
    g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint16));
    PcDatagram *datagram;

    while ((datagram = pc_engine_next_datagram (server)) != NULL) {
      const guint8 *octets = g_bytes_get_data (datagram->data, NULL);
      guint16       number = (guint16)(octets[2] << 8 | octets[3]);

      g_array_append_val (numbers, number);
      pc_datagram_free (datagram);
    }
    g_assert_cmpuint (numbers->len, >, 0);
    n_data += numbers->len;
    now += 1000;
    for (guint i = 0; i < numbers->len; i++) {
      guint16 number = g_array_index (numbers, guint16, i);
      guint8  ack[] = { 0, 4, (guint8)(number >> 8), (guint8)number };

      if (number > expected)
        continue;
      expected = MAX (expected, number + 1u);
      now += 2;
      pc_engine_feed (server, now, PEER, ack, sizeof ack);
    }
  }
  g_test_message ("%u", n_data);
  g_assert_cmpuint (expected, ==, n_blocks + 1);
  g_assert_cmpuint (n_data, <, n_blocks * 4);
}

/* -- waits ---------------------------------------------------------------- */

/* The line takes 1.5 s there and back: more than the first wait.  The second
 * ACK of what was sent twice tells so, and nothing is sent twice any more. */
static void
test_slow_line (void)
{
  g_autoptr (Wire) wire = wire_new (1, 0, FALSE);
  g_autoptr (GBytes) content = make_content (50 * 512 - 1);

  wire->latency = 750 * G_TIME_SPAN_MILLISECOND;
  wire->file = content;
  wire_run (wire, "get", "", NULL);
  g_assert_cmpstr (wire->outcome->str, ==, "done");
  g_assert_true (g_bytes_equal (wire->got, content));
  /* The client's request twice, so two servers; then DATA 1 and 2. */
  g_assert_cmpuint (wire->n_data, <=, 50 + 6);
}

/* On a fast line the wait becomes shorter than a second, but not absurd; with
 * a wait that somebody chose it stays. */
static void
test_measured (void)
{
  static const struct
  {
    gint64 timeout;
    gint64 wait;
  } cases[] = {
    { 0, 200 * G_TIME_SPAN_MILLISECOND },
    { 250 * G_TIME_SPAN_MILLISECOND, 250 * G_TIME_SPAN_MILLISECOND },
    { 5 * SECOND, 5 * SECOND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PcServerConfig config = { .timeout = cases[i].timeout };
    g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
    g_autoptr (GBytes) content = make_content (3 * 512);
    gint64 wait = cases[i].wait;
    gint64 now = NOW + 400;

    FEED (server, NOW, PEER, "\0\1a\0octet\0");
    pc_event_free (pc_engine_next_event (server));
    pc_engine_answer (server, NOW, PC_FILE_OK, content);
    FEED (server, now, PEER, "\0\4\0\1");
    for (guint k = 0; k < 5; k++) {
      g_assert_cmpint (pc_engine_get_deadline (server), ==, now + wait);
      now += wait;
      wait = MIN (2 * wait, 4 * cases[i].wait);
      pc_engine_wake (server, now);
    }
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/tftp/window/script/%s",
                                             rows[i].name);

    g_test_add_data_func (path, &rows[i], test_script);
  }
  g_test_add_func ("/tftp/window/largest", test_largest);
  g_test_add_func ("/tftp/window/wrap", test_wrap);
  g_test_add_func ("/tftp/window/apprentice", test_apprentice);
  g_test_add_func ("/tftp/window/never-acknowledged",
                   test_never_acknowledged);
  g_test_add_func ("/tftp/window/gone", test_gone);
  g_test_add_func ("/tftp/window/every-block", test_every_block);
  g_test_add_func ("/tftp/window/slow-line", test_slow_line);
  g_test_add_func ("/tftp/window/measured", test_measured);
  return g_test_run ();
}
