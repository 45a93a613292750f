/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each end makes of options: asked for, granted, lowered, left out,
 * refused. */

#include <string.h>

#include "script.h"

#include "base/limits.h"
#include "proto/tftp/packet.h"

#define PEER 51000
#define SERVER 40321

/* A row writes options with "|" for NUL: "blksize|512|". */
static void
append (GByteArray *out,
        const char *options)
{
  for (const char *p = options; *p != '\0'; p++) {
    guint8 octet = *p == '|' ? 0 : (guint8)*p;

    g_byte_array_append (out, &octet, 1);
  }
}

static GByteArray *
make_request (PcTftpOpcode opcode,
              const char  *mode,
              const char  *options)
{
  GByteArray  *out = g_byte_array_new ();
  const guint8 head[] = { 0, (guint8)opcode };

  g_byte_array_append (out, head, sizeof head);
  append (out, "a|");
  append (out, mode);
  append (out, options);
  return out;
}

static void
expect_packet (PcEngine    *engine,
               guint        port,
               PcTftpOpcode opcode,
               const char  *rest)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  const guint8 head[] = { 0, (guint8)opcode };

  g_byte_array_append (packet, head, sizeof head);
  append (packet, rest);
  expect_datagram (engine, port, packet->data, packet->len);
}

/* -- servers -------------------------------------------------------------- */

typedef struct
{
  const char *asked;
  const char *granted; /* NULL: no OACK */
  guint       max_block_size;
} Row;

static const Row read_rows[] = {
  { "", NULL },

  /* RFC 2347 and RFC 2348 have these. */
  { "blksize|1432|", "blksize|1432|" },
  { "blksize|1428|", "blksize|1428|" },
  { "blksize|8|", "blksize|8|" },
  { "blksize|65464|", "blksize|65464|" },
  { "blksize|7|", NULL },
  { "blksize|0|", NULL },
  { "blksize|65465|", NULL },
  { "blksize|65535|", NULL },
  { "blksize|65536|", NULL },
  { "blksize|4294967808|", NULL },           /* 2^32 + 512 */
  { "blksize|18446744073709552128|", NULL }, /* 2^64 + 512 */
  { "blksize|99999999999999999999999999|", NULL },
  { "blksize|-1|", NULL },
  { "blksize|+512|", NULL },
  { "blksize| 512|", NULL },
  { "blksize|512 |", NULL },
  { "blksize|512\n|", NULL },
  { "blksize|0512|", NULL },
  { "blksize|0x200|", NULL },
  { "blksize|1e3|", NULL },
  { "blksize|512.0|", NULL },
  { "blksize|disable|", NULL }, /* as atftp sends it */
  { "blksize||", NULL },
  { "BLKSIZE|1428|", "BLKSIZE|1428|" },
  { "BlkSize|1428|", "BlkSize|1428|" },
  { "blksize|1428|", "blksize|1000|", 1000 },
  { "blksize|1000|", "blksize|1000|", 1000 },
  { "blksize|512|", "blksize|512|", 1000 },
  { "blksize|1428|", "blksize|8|", 4 },

  { "timeout|1|", "timeout|1|" },
  { "timeout|255|", "timeout|255|" },
  { "timeout|0|", NULL },
  { "timeout|256|", NULL },
  { "timeout|-1|", NULL },
  { "timeout|01|", NULL },

  { "tsize|0|", "tsize|5|" },
  { "TSize|0|", "TSize|5|" },
  { "tsize|5|", NULL },
  { "tsize|-1|", NULL },
  { "tsize||", NULL },
  { "tsize|00|", NULL },

  { "windowsize|1|", "windowsize|1|" },
  { "windowsize|16|", "windowsize|16|" }, /* RFC 7440 section 3 */
  { "windowsize|65535|", "windowsize|192|" },
  { "windowsize|0|", NULL },
  { "windowsize|65536|", NULL },
  { "windowsize|64|blksize|1428|", "windowsize|64|blksize|1428|" },
  { "windowsize|64|blksize|8192|", "windowsize|12|blksize|8192|" },
  { "blksize|8192|windowsize|64|", "blksize|8192|windowsize|12|" },
  { "blksize|65464|windowsize|8|", "blksize|65464|windowsize|1|" },
  { "blksize|1428|windowsize|200|", "blksize|512|windowsize|192|", 512 },

  /* Any order; the answer keeps it. */
  { "tsize|0|timeout|2|blksize|1024|windowsize|4|",
    "tsize|5|timeout|2|blksize|1024|windowsize|4|" },
  { "windowsize|4|blksize|1024|timeout|2|tsize|0|",
    "windowsize|4|blksize|1024|timeout|2|tsize|5|" },

  /* Unknown ones are no mistake. */
  { "multicast||", NULL },
  { "rollover|0|", NULL },
  { "multicast||blksize|1428|rollover|0|", "blksize|1428|" },
  { "blksize|x|timeout|2|", "timeout|2|" },
  { "blksizes|512|", NULL },
  { "blksiz|512|", NULL },
  { "xblksize|512|", NULL },
  { "|512|", NULL },
  { "||||||", NULL },
  { "512|blksize|", NULL },

  /* Twice: the first counts, also when it cannot be granted. */
  { "blksize|1428|blksize|512|", "blksize|1428|" },
  { "blksize|1428|BLKSIZE|512|", "blksize|1428|" },
  { "blksize|-1|blksize|512|", NULL },

  /* Cut short. */
  { "blksize|1428", NULL },
  { "blksize|", NULL },
  { "blksize", NULL },
  { "timeout|2|blksize|1428", "timeout|2|" },
  { "timeout|2|blksize", "timeout|2|" },
};

static void
feed_request (PcEngine    *server,
              PcTftpOpcode opcode,
              const char  *mode,
              const char  *options)
{
  g_autoptr (GByteArray) request = make_request (opcode, mode, options);
  g_autofree guint8 *copy = g_memdup2 (request->data, request->len);

  pc_engine_feed (server, NOW, PEER, copy, request->len);
}

static void
test_server_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (read_rows); i++) {
    const Row     *row = &read_rows[i];
    PcServerConfig config = { .policy.max_block_size = row->max_block_size };
    g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
    g_autoptr (GBytes) file = g_bytes_new_static ("hello", 5);

    g_test_message ("row %u: %s", i, row->asked);
    feed_request (server, PC_TFTP_RRQ, "octet|", row->asked);
    expect_event (server, PC_EVENT_OPEN_READ, "a", NULL);
    pc_engine_answer (server, NOW, PC_FILE_OK, file);
    if (row->granted != NULL) {
      expect_packet (server, PEER, PC_TFTP_OACK, row->granted);
      expect_silence (server); /* no DATA before ACK 0 */
      expect_status (server, PC_ENGINE_RUNNING, "Sending the file");
      FEED (server, NOW, PEER, "\0\4\0\0");
    }
    EXPECT (server, PEER, "\0\3\0\1hello");
    expect_silence (server);
    FEED (server, NOW, PEER, "\0\4\0\1");
    expect_status (server, PC_ENGINE_CLOSING, "Closed");
  }
}

static const struct
{
  const char *mode;
  const char *asked;
  const char *granted;
  gint64      size;
} write_rows[] = {
  { "octet|", "", NULL, -1 },
  { "octet|", "blksize|2048|", "blksize|2048|", -1 },      /* RFC 2347 */
  { "octet|", "tsize|673312|", "tsize|673312|", 673312 },  /* RFC 2349 */
  { "octet|", "tsize|0|", "tsize|0|", 0 },
  { "octet|", "tsize|9223372036854775807|", "tsize|9223372036854775807|",
    G_MAXINT64 },
  { "octet|", "tsize|9223372036854775808|", NULL, -1 },
  { "octet|", "tsize|-5|", NULL, -1 },
  { "netascii|", "tsize|5|", NULL, -1 },
  { "netascii|", "tsize|5|blksize|600|", "blksize|600|", -1 },
  { "OCTET|", "WINDOWSIZE|3|Timeout|9|", "WINDOWSIZE|3|Timeout|9|", -1 },
  { "octet|", "windowsize|0|", NULL, -1 },
};

static void
test_server_write (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (write_rows); i++) {
    PcServerConfig config = { 0 };
    g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
    g_autoptr (PcEvent) event = NULL;

    g_test_message ("row %u: %s", i, write_rows[i].asked);
    feed_request (server, PC_TFTP_WRQ, write_rows[i].mode,
                  write_rows[i].asked);
    event = pc_engine_next_event (server);
    g_assert_cmpint (event->kind, ==, PC_EVENT_OPEN_WRITE);
    g_assert_cmpint (event->number, ==, write_rows[i].size);
    expect_silence (server);
    pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
    if (write_rows[i].granted != NULL)
      expect_packet (server, PEER, PC_TFTP_OACK, write_rows[i].granted);
    else
      EXPECT (server, PEER, "\0\4\0\0");
    expect_silence (server); /* the OACK is all the answer there is */
    expect_status (server, PC_ENGINE_RUNNING, "Receiving the file");
    FEED (server, NOW, PEER, "\0\3\0\1hello");
    expect_event (server, PC_EVENT_WRITE, NULL, "hello");
  }
}

static void
test_server_without (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (read_rows); i++) {
    PcServerConfig config = { .policy.no_options = TRUE };
    g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
    g_autoptr (GBytes) file = g_bytes_new_static ("hello", 5);

    g_test_message ("row %u: %s", i, read_rows[i].asked);
    feed_request (server, PC_TFTP_RRQ, "octet|", read_rows[i].asked);
    pc_engine_answer (server, NOW, PC_FILE_OK, file);
    EXPECT (server, PEER, "\0\3\0\1hello");
  }
}

static void
test_server_size (void)
{
  static const struct
  {
    const char *mode;
    gint64      told; /* -2: the content itself */
    gsize       len;
    const char *granted;
  } rows[] = {
    { "octet|", -2, 5, "tsize|5|" },
    { "octet|", -2, 0, NULL }, /* curl takes no 0 */
    { "netascii|", -2, 5, NULL },
    { "octet|", 41943040, 0, "tsize|41943040|" },
    { "octet|", 0, 0, NULL },
    { "octet|", -1, 0, NULL },
    { "netascii|", 41943040, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcServerConfig config = { 0 };
    g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
    g_autoptr (GBytes) file = NULL;

    g_test_message ("row %u", i);
    if (rows[i].told == -2)
      file = g_bytes_new_static ("hello", rows[i].len);
    feed_request (server, PC_TFTP_RRQ, rows[i].mode, "tsize|0|");
    expect_event (server, PC_EVENT_OPEN_READ, "a", NULL);
    if (rows[i].told != -2)
      pc_engine_tell_size (server, rows[i].told);
    pc_engine_answer (server, NOW, PC_FILE_OK, file);
    if (rows[i].granted != NULL) {
      expect_packet (server, PEER, PC_TFTP_OACK, rows[i].granted);
      expect_no_event (server); /* nothing is read before ACK 0 */
    } else if (rows[i].told != -2) {
      expect_event (server, PC_EVENT_READ, NULL, NULL);
    } else {
      expect_datagram (server, PEER, "\0\3\0\1hello", 4 + rows[i].len);
    }
    expect_silence (server);
  }
}

static void
test_server_too_large (void)
{
  PcServerConfig config = { 0 };
  g_autoptr (PcEngine) server = pc_tftp_server_new (&config);

  feed_request (server, PC_TFTP_WRQ, "octet|", "tsize|999999999999|");
  expect_event (server, PC_EVENT_OPEN_WRITE, "a", NULL);
  pc_engine_answer (server, NOW, PC_FILE_FULL, NULL);
  EXPECT (server, PEER, "\0\5\0\3Disk full or allocation exceeded\0");
  expect_silence (server);
  expect_no_event (server);
  expect_status (server, PC_ENGINE_CLOSING, "Closed");
}

/* RFC 2347: 512 octets at most. */
static void
test_server_longest (void)
{
  for (guint len = 510; len <= 514; len++) {
    PcServerConfig config = { 0 };
    g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
    g_autoptr (GByteArray) request = NULL;
    guint at;

    request = make_request (PC_TFTP_RRQ, "octet|", "blksize|600|x|");
    at = request->len;
    g_byte_array_set_size (request, len);
    memset (request->data + at, 'y', len - at - 1);
    request->data[len - 1] = 0;
    pc_engine_feed (server, NOW, PEER, request->data, request->len);
    if (len <= PC_LIMIT_TFTP_REQUEST) {
      expect_event (server, PC_EVENT_OPEN_READ, "a", NULL);
    } else {
      expect_no_event (server);
      EXPECT (server, PEER, "\0\5\0\4The request is too long\0");
    }
  }
}

static void
test_server_block_size (void)
{
  PcServerConfig config = { 0 };
  g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
  g_autofree char *content = g_strnfill (20, 'x');
  g_autoptr (GBytes) file = g_bytes_new (content, 16);

  feed_request (server, PC_TFTP_RRQ, "octet|", "blksize|8|");
  expect_event (server, PC_EVENT_OPEN_READ, NULL, NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  expect_packet (server, PEER, PC_TFTP_OACK, "blksize|8|");
  FEED (server, NOW, PEER, "\0\4\0\0");
  EXPECT (server, PEER, "\0\3\0\1xxxxxxxx");
  FEED (server, NOW, PEER, "\0\4\0\0"); /* again: nothing leaves twice */
  expect_silence (server);
  FEED (server, NOW, PEER, "\0\4\0\1");
  EXPECT (server, PEER, "\0\3\0\2xxxxxxxx");
  FEED (server, NOW, PEER, "\0\4\0\2");
  EXPECT (server, PEER, "\0\3\0\3");
  FEED (server, NOW, PEER, "\0\4\0\3");
  expect_status (server, PC_ENGINE_CLOSING, "Closed");
}

static void
test_server_block_too_large (void)
{
  PcServerConfig config = { 0 };
  g_autoptr (PcEngine) server = pc_tftp_server_new (&config);

  feed_request (server, PC_TFTP_WRQ, "octet|", "blksize|8|");
  expect_event (server, PC_EVENT_OPEN_WRITE, NULL, NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  expect_packet (server, PEER, PC_TFTP_OACK, "blksize|8|");
  FEED (server, NOW, PEER, "\0\3\0\1xxxxxxxxx");
  EXPECT (server, PEER, "\0\5\0\4Illegal TFTP operation\0");
}

/* The agreed time is the first wait, whatever was measured. */
static void
test_server_timeout (void)
{
  PcServerConfig config = { .timeout = SECOND / 4 };
  g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
  g_autofree char *content = g_strnfill (600, 'x');
  g_autoptr (GBytes) file = g_bytes_new (content, 600);

  feed_request (server, PC_TFTP_RRQ, "octet|", "timeout|3|");
  expect_event (server, PC_EVENT_OPEN_READ, NULL, NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  expect_packet (server, PEER, PC_TFTP_OACK, "timeout|3|");
  g_assert_cmpint (pc_engine_get_deadline (server), ==, NOW + 3 * SECOND);
  FEED (server, NOW + 1000, PEER, "\0\4\0\0");
  g_assert_cmpint (pc_engine_get_deadline (server), ==,
                   NOW + 1000 + 3 * SECOND);
  FEED (server, NOW + 2000, PEER, "\0\4\0\1");
  g_assert_cmpint (pc_engine_get_deadline (server), ==,
                   NOW + 2000 + 3 * SECOND);
}

/* An OACK that gets lost comes again, as often as any packet to an address
 * that has not answered. */
static void
test_server_resends_oack (void)
{
  PcServerConfig config = { 0 };
  g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
  g_autoptr (GBytes) file = g_bytes_new_static ("hello", 5);

  feed_request (server, PC_TFTP_RRQ, "octet|", "blksize|1428|windowsize|9|");
  expect_event (server, PC_EVENT_OPEN_READ, NULL, NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  for (guint i = 0; i <= PC_LIMIT_TFTP_RESENDS; i++) {
    expect_packet (server, PEER, PC_TFTP_OACK, "blksize|1428|windowsize|9|");
    expect_silence (server);
    pc_engine_wake (server, pc_engine_get_deadline (server));
  }
  expect_silence (server);
  expect_event (server, PC_EVENT_FAILED,
                "The client did not answer the option acknowledgment.", NULL);
}

static void
test_server_client_declines (void)
{
  PcServerConfig config = { 0 };
  g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
  g_autoptr (GBytes) file = g_bytes_new_static ("hello", 5);

  feed_request (server, PC_TFTP_RRQ, "octet|", "tsize|0|");
  expect_event (server, PC_EVENT_OPEN_READ, NULL, NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  expect_packet (server, PEER, PC_TFTP_OACK, "tsize|5|");
  FEED (server, NOW, PEER, "\0\5\0\10No\0");
  expect_silence (server);
  expect_event (server, PC_EVENT_FAILED, "The client gave up: No", NULL);
}

/* -- files in pieces ------------------------------------------------------ */

static PcEngine *
new_reading (const char *mode,
             const char *options)
{
  PcServerConfig config = { 0 };
  PcEngine      *server = pc_tftp_server_new (&config);

  feed_request (server, PC_TFTP_RRQ, mode, options);
  expect_event (server, PC_EVENT_OPEN_READ, "a", NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  return server;
}

static void
expect_read (PcEngine *server)
{
  g_autoptr (PcEvent) event = pc_engine_next_event (server);

  g_assert_nonnull (event);
  g_assert_cmpint (event->kind, ==, PC_EVENT_READ);
  g_assert_cmpint (event->number, ==, PC_LIMIT_TFTP_READ);
  expect_no_event (server);
}

static void
test_pieces (void)
{
  g_autoptr (PcEngine) server = new_reading ("octet|", "");
  g_autofree char *content = g_strnfill (PC_LIMIT_TFTP_READ, 'x');
  g_autoptr (GBytes) full = g_bytes_new (content, PC_LIMIT_TFTP_READ);
  g_autoptr (GBytes) rest = g_bytes_new_static ("end", 3);
  const guint n = PC_LIMIT_TFTP_READ / 512;

  expect_read (server);
  expect_silence (server);
  g_assert_cmpint (pc_engine_get_deadline (server), ==, PC_ENGINE_NEVER);
  pc_engine_answer (server, NOW, PC_FILE_OK, full);
  for (guint block = 1; block <= n; block++) {
    const guint8 ack[] = { 0, 4, (guint8)(block >> 8), (guint8)block };
    g_autoptr (PcDatagram) datagram = pc_engine_next_datagram (server);

    g_assert_cmpuint (g_bytes_get_size (datagram->data), ==, 516);
    expect_silence (server);
    expect_no_event (server); /* not earlier than needed */
    pc_engine_feed (server, NOW, PEER, ack, sizeof ack);
  }
  expect_read (server);
  expect_silence (server);
  pc_engine_answer (server, NOW, PC_FILE_OK, rest);
  expect_no_event (server);
  EXPECT (server, PEER, "\0\3\1\1end");
  FEED (server, NOW, PEER, "\0\4\1\1");
  expect_status (server, PC_ENGINE_CLOSING, "Closed");
}

static void
test_pieces_empty (void)
{
  g_autoptr (PcEngine) server = new_reading ("octet|", "");

  expect_read (server);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  EXPECT (server, PEER, "\0\3\0\1");
  expect_no_event (server);
}

static void
test_pieces_failing (void)
{
  g_autoptr (PcEngine) server = new_reading ("octet|", "");

  expect_read (server);
  pc_engine_answer (server, NOW, PC_FILE_FAILED, NULL);
  EXPECT (server, PEER, "\0\5\0\0Cannot read the file\0");
  expect_status (server, PC_ENGINE_CLOSING, "Closed");
}

/* While the owner reads, ACKs count. */
static void
test_pieces_slow (void)
{
  g_autoptr (PcEngine) server = new_reading ("octet|", "windowsize|2|"
                                                       "blksize|65464|");
  g_autofree char *content = g_strnfill (PC_LIMIT_TFTP_READ, 'x');
  g_autoptr (GBytes) full = g_bytes_new (content, PC_LIMIT_TFTP_READ);

  expect_packet (server, PEER, PC_TFTP_OACK, "windowsize|1|blksize|65464|");
  FEED (server, NOW, PEER, "\0\4\0\0");
  expect_read (server);
  FEED (server, NOW, PEER, "\0\4\0\0");
  pc_engine_answer (server, NOW, PC_FILE_OK, full);
  pc_datagram_free (pc_engine_next_datagram (server));
  FEED (server, NOW, PEER, "\0\4\0\1");
  pc_datagram_free (pc_engine_next_datagram (server));
  /* 144 octets are left: not enough for the next. */
  expect_no_event (server);
  FEED (server, NOW, PEER, "\0\4\0\2");
  expect_read (server);
  FEED (server, NOW, PEER, "\0\4\0\2");
  FEED (server, NOW, PEER, "\0\5\0\0bye\0");
  expect_event (server, PC_EVENT_FAILED, "The client gave up: bye", NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, full); /* comes too late */
  expect_silence (server);
}

/* A pair of netascii astride two pieces and two blocks. */
static void
test_pieces_netascii (void)
{
  g_autoptr (PcEngine) server = new_reading ("netascii|", "");
  g_autofree char *content = g_strnfill (PC_LIMIT_TFTP_READ, 'x');
  g_autoptr (GBytes) full = NULL;
  g_autoptr (GBytes) rest = g_bytes_new_static ("\n\r", 2);
  g_autoptr (GByteArray) all = g_byte_array_new ();

  content[510] = '\n';
  content[511] = '\r'; /* CR here, NUL in the next block */
  content[PC_LIMIT_TFTP_READ - 1] = '\r';
  full = g_bytes_new (content, PC_LIMIT_TFTP_READ);
  expect_read (server);
  pc_engine_answer (server, NOW, PC_FILE_OK, full);

  for (guint block = 1;; block++) {
    const guint8 ack[] = { 0, 4, (guint8)(block >> 8), (guint8)block };
    g_autoptr (PcDatagram) datagram = pc_engine_next_datagram (server);
    g_autoptr (PcEvent) event = NULL;
    gsize         len;
    const guint8 *octets = g_bytes_get_data (datagram->data, &len);

    g_byte_array_append (all, octets + 4, (guint)len - 4);
    if (len < 516)
      break;
    pc_engine_feed (server, NOW, PEER, ack, sizeof ack);
    event = pc_engine_next_event (server);
    if (event != NULL)
      pc_engine_answer (server, NOW, PC_FILE_OK, rest);
  }
  g_assert_cmpuint (all->len, ==, PC_LIMIT_TFTP_READ + 3 + 4);
  g_assert_cmpmem (all->data + 510, 4, "\r\n\r\0", 4);
  g_assert_cmpmem (all->data + all->len - 6, 6, "\r\0\r\n\r\0", 6);
}

/* -- clients -------------------------------------------------------------- */

static PcAction *
make_action (const char *name,
             const char *params)
{
  PcAction *action = pc_action_new (name);
  g_auto (GStrv) words = g_strsplit (params, " ", -1);

  pc_action_set (action, "file", "a");
  pc_action_set_data (action, "hello", 5);
  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++) {
    g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);

    pc_action_set (action, pair[0], pair[1]);
  }
  return action;
}

static PcEngine *
new_client (const char *name,
            const char *params)
{
  PcClientConfig config = { .server_port = 69 };
  PcEngine      *client = pc_tftp_client_new (&config);
  g_autoptr (PcAction) action = make_action (name, params);
  g_autoptr (GError) error = NULL;

  pc_engine_act (client, NOW, action, &error);
  g_assert_no_error (error);
  return client;
}

static void
test_client_asks (void)
{
  static const struct
  {
    const char *name;
    const char *params;
    const char *request;
  } rows[] = {
    { "get", "", "a|octet|" },
    { "get", "tsize=no", "a|octet|" },
    { "get", "blksize=1428", "a|octet|blksize|1428|" },
    { "get", "tsize=yes", "a|octet|tsize|0|" },
    { "put", "tsize=yes", "a|octet|tsize|5|" },
    { "get", "timeout=255", "a|octet|timeout|255|" },
    { "put", "windowsize=64 mode=netascii", "a|netascii|windowsize|64|" },
    { "get", "windowsize=4 tsize=yes timeout=1 blksize=8",
      "a|octet|blksize|8|timeout|1|tsize|0|windowsize|4|" },
    { "get", "windowsize=64 blksize=65464",
      "a|octet|blksize|65464|windowsize|64|" },
    { "get", "windowsize=65535 blksize=64",
      "a|octet|blksize|64|windowsize|65535|" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gboolean put = strcmp (rows[i].name, "put") == 0;
    g_autoptr (PcEngine) client = new_client (rows[i].name, rows[i].params);

    g_test_message ("row %u", i);
    expect_packet (client, 69, put ? PC_TFTP_WRQ : PC_TFTP_RRQ,
                   rows[i].request);
    expect_silence (client);
  }
}

static void
test_client_arguments (void)
{
  static const char *const rows[] = {
    "blksize=7",       "blksize=65465",        "blksize=",
    "blksize=0512",    "blksize=-1",           "blksize=512x",
    "timeout=0",       "timeout=256",          "timeout=1.5",
    "tsize=5",         "tsize=",               "tsize=YES",
    "windowsize=0",    "windowsize=65536",     "windowsize= 4",
    "windowsize=8193", "mode=netascii tsize=yes",
    "windowsize=65 blksize=65464",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows) * 2; i++) {
    PcClientConfig config = { .server_port = 69 };
    g_autoptr (PcEngine) client = pc_tftp_client_new (&config);
    g_autoptr (PcAction) bad = make_action (i % 2 == 0 ? "get" : "put",
                                            rows[i / 2]);
    g_autoptr (PcAction) good = make_action ("get", "");
    g_autoptr (GError) error = NULL;

    g_test_message ("row %u: %s", i / 2, rows[i / 2]);
    g_assert_false (pc_engine_act (client, NOW, bad, &error));
    g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
    expect_silence (client);
    g_assert_true (pc_engine_is_idle (client));
    /* Nothing of it is left. */
    g_assert_true (pc_engine_act (client, NOW, good, NULL));
    expect_packet (client, 69, PC_TFTP_RRQ, "a|octet|");
  }
}

typedef enum {
  FINE,    /* ACK 0, or DATA 1 */
  OPTION,  /* ERROR 8 */
  FULL,    /* ERROR 3 */
} Reply;

static const struct
{
  const char *params;
  const char *oack;
  Reply       get;
  Reply       put;
} oack_rows[] = {
  { "blksize=1428", "blksize|1428|", FINE, FINE },
  { "blksize=1428", "BLKSIZE|1428|", FINE, FINE },
  { "blksize=1428", "blksize|512|", FINE, FINE },
  { "blksize=1428", "blksize|8|", FINE, FINE },
  { "blksize=1428", "blksize|1429|", OPTION, OPTION },
  { "blksize=1428", "blksize|7|", OPTION, OPTION },
  { "blksize=1428", "blksize|0|", OPTION, OPTION },
  { "blksize=1428", "blksize||", OPTION, OPTION },
  { "blksize=1428", "blksize|-1|", OPTION, OPTION },
  { "blksize=1428", "blksize|1e3|", OPTION, OPTION },
  { "blksize=1428", "blksize|1428|blksize|1428|", OPTION, OPTION },
  { "blksize=1428", "blksize|1428|tsize|5|", OPTION, OPTION },
  { "blksize=1428", "tsize|5|", OPTION, OPTION },
  { "blksize=1428", "multicast||", OPTION, OPTION },
  { "blksize=1428", "", OPTION, OPTION },
  { "blksize=1428", "blksize", OPTION, OPTION },
  { "blksize=1428", "blksize|", OPTION, OPTION },
  { "blksize=1428", "blksize|1428", OPTION, OPTION },
  { "timeout=3", "timeout|3|", FINE, FINE },
  { "timeout=3", "timeout|2|", OPTION, OPTION },
  { "timeout=3", "timeout|4|", OPTION, OPTION },
  { "windowsize=8", "windowsize|8|", FINE, FINE },
  { "windowsize=8", "windowsize|1|", FINE, FINE },
  { "windowsize=8", "windowsize|9|", OPTION, OPTION },
  { "windowsize=8", "windowsize|0|", OPTION, OPTION },
  { "tsize=yes", "tsize|5|", FINE, FINE },
  { "tsize=yes", "tsize|67108864|", FINE, OPTION },
  { "tsize=yes", "tsize|67108865|", FULL, OPTION },
  { "tsize=yes", "tsize|-5|", OPTION, OPTION },
  { "blksize=1428 tsize=yes windowsize=4 timeout=2",
    "windowsize|2|timeout|2|tsize|5|blksize|512|", FINE, FINE },
  /* Granting some of them is a server's right. */
  { "blksize=1428 tsize=yes windowsize=4", "windowsize|4|", FINE, FINE },
};

static void
check_reply (PcEngine *client,
             Reply     reply,
             gboolean  put)
{
  switch (reply) {
  case FINE:
    if (put)
      EXPECT (client, SERVER, "\0\3\0\1hello");
    else
      EXPECT (client, SERVER, "\0\4\0\0");
    expect_no_event (client);
    break;
  case OPTION:
    EXPECT (client, SERVER, "\0\5\0\10Option not acceptable\0");
    break;
  case FULL:
  default:
    EXPECT (client, SERVER, "\0\5\0\3Disk full or allocation exceeded\0");
    break;
  }

  expect_silence (client);
  if (reply != FINE) {
    expect_event (client, PC_EVENT_FAILED, NULL, NULL);
    expect_status (client, PC_ENGINE_FAILED, "Closed");
  }
}

static void
test_client_oack (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (oack_rows) * 2; i++) {
    gboolean put = i % 2 == 1;
    g_autoptr (PcEngine) client = NULL;
    g_autoptr (GByteArray) oack = g_byte_array_new ();
    g_autofree guint8 *copy = NULL;

    g_test_message ("row %u: %s, %s", i / 2, oack_rows[i / 2].params,
                    oack_rows[i / 2].oack);
    client = new_client (put ? "put" : "get", oack_rows[i / 2].params);
    pc_datagram_free (pc_engine_next_datagram (client));
    g_byte_array_append (oack, (const guint8 *)"\0\6", 2);
    append (oack, oack_rows[i / 2].oack);
    copy = g_memdup2 (oack->data, oack->len);
    pc_engine_feed (client, NOW, SERVER, copy, oack->len);
    if (oack->len < PC_TFTP_HEADER)
      expect_silence (client); /* no packet at all */
    else
      check_reply (client,
                   put ? oack_rows[i / 2].put : oack_rows[i / 2].get, put);
  }
}

/* RFC 2347: a server that knows no options answers as if none were there. */
static void
test_client_old_server (void)
{
  g_autoptr (PcEngine) get = new_client ("get", "blksize=8 windowsize=4");
  g_autoptr (PcEngine) put = new_client ("put", "blksize=8 windowsize=4");

  pc_datagram_free (pc_engine_next_datagram (get));
  pc_datagram_free (pc_engine_next_datagram (put));
  FEED (get, NOW, SERVER, "\0\3\0\1more than eight octets");
  EXPECT (get, SERVER, "\0\4\0\1");
  expect_event (get, PC_EVENT_ITEM, "a", "more than eight octets");
  FEED (put, NOW, SERVER, "\0\4\0\0");
  EXPECT (put, SERVER, "\0\3\0\1hello");
  FEED (put, NOW, SERVER, "\0\4\0\1");
  expect_event (put, PC_EVENT_DONE, NULL, NULL);

  /* Too late for an OACK now. */
  FEED (get, NOW, SERVER, "\0\6blksize\0"
                          "8\0");
  EXPECT (get, SERVER, "\0\5\0\4Illegal TFTP operation\0");
}

static void
test_client_refused (void)
{
  g_autoptr (PcEngine) get = new_client ("get", "blksize=8");

  pc_datagram_free (pc_engine_next_datagram (get));
  FEED (get, NOW, SERVER, "\0\5\0\10No options here\0");
  expect_silence (get);
  expect_event (get, PC_EVENT_REFUSED, "No options here", NULL);
}

/* An OACK again means that ACK 0 was lost; DATA 1 has a timer of its own. */
static void
test_client_oack_again (void)
{
  g_autoptr (PcEngine) get = new_client ("get", "blksize=8");
  g_autoptr (PcEngine) put = new_client ("put", "blksize=8");

  pc_datagram_free (pc_engine_next_datagram (get));
  pc_datagram_free (pc_engine_next_datagram (put));
  for (guint i = 0; i < 3; i++) {
    FEED (get, NOW, SERVER, "\0\6blksize\0"
                            "8\0");
    EXPECT (get, SERVER, "\0\4\0\0");
    FEED (put, NOW, SERVER, "\0\6blksize\0"
                            "8\0");
    if (i == 0)
      EXPECT (put, SERVER, "\0\3\0\1hello");
    expect_silence (put);
  }
  expect_status (get, PC_ENGINE_RUNNING, "Read requested");
  FEED (get, NOW, SERVER + 1, "\0\6blksize\0"
                              "8\0");
  EXPECT (get, SERVER + 1, "\0\5\0\5Unknown transfer ID\0");
  FEED (get, NOW, SERVER, "\0\3\0\1"
                          "12345678");
  EXPECT (get, SERVER, "\0\4\0\1");
  expect_status (get, PC_ENGINE_RUNNING, "Receiving the file");
  FEED (get, NOW, SERVER, "\0\6blksize\0"
                          "8\0");
  expect_silence (get); /* late: a block has come since */
  FEED (get, NOW, SERVER, "\0\3\0\2");
  EXPECT (get, SERVER, "\0\4\0\2");
  expect_event (get, PC_EVENT_ITEM, "a", "12345678");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/options/server/read", test_server_read);
  g_test_add_func ("/tftp/options/server/write", test_server_write);
  g_test_add_func ("/tftp/options/server/without", test_server_without);
  g_test_add_func ("/tftp/options/server/size", test_server_size);
  g_test_add_func ("/tftp/options/server/too-large", test_server_too_large);
  g_test_add_func ("/tftp/options/server/longest", test_server_longest);
  g_test_add_func ("/tftp/options/server/block-size",
                   test_server_block_size);
  g_test_add_func ("/tftp/options/server/block-too-large",
                   test_server_block_too_large);
  g_test_add_func ("/tftp/options/server/timeout", test_server_timeout);
  g_test_add_func ("/tftp/options/server/resends-oack",
                   test_server_resends_oack);
  g_test_add_func ("/tftp/options/server/client-declines",
                   test_server_client_declines);
  g_test_add_func ("/tftp/options/pieces", test_pieces);
  g_test_add_func ("/tftp/options/pieces/empty", test_pieces_empty);
  g_test_add_func ("/tftp/options/pieces/failing", test_pieces_failing);
  g_test_add_func ("/tftp/options/pieces/slow", test_pieces_slow);
  g_test_add_func ("/tftp/options/pieces/netascii", test_pieces_netascii);
  g_test_add_func ("/tftp/options/client/asks", test_client_asks);
  g_test_add_func ("/tftp/options/client/arguments", test_client_arguments);
  g_test_add_func ("/tftp/options/client/oack", test_client_oack);
  g_test_add_func ("/tftp/options/client/old-server", test_client_old_server);
  g_test_add_func ("/tftp/options/client/refused", test_client_refused);
  g_test_add_func ("/tftp/options/client/oack-again",
                   test_client_oack_again);
  return g_test_run ();
}
