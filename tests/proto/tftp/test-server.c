/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's end alone: packet by packet, with every wrong one. */

#include <string.h>

#include "script.h"

#include "base/limits.h"

#define PEER 51000
#define STRANGER 666

#define WIRE(literal) (literal), sizeof (literal) - 1

static PcEngine *
new_server (void)
{
  PcServerConfig config = { .host = "files.example.test" };

  return pc_tftp_server_new (&config);
}

static PcEngine *
new_reading (const char *content,
             gsize       len)
{
  PcEngine *server = new_server ();
  g_autoptr (GBytes) file = g_bytes_new (content, len);

  FEED (server, NOW, PEER, "\0\1a.txt\0octet\0");
  expect_event (server, PC_EVENT_OPEN_READ, "a.txt", NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  return server;
}

static PcEngine *
new_writing (void)
{
  PcEngine *server = new_server ();

  FEED (server, NOW, PEER, "\0\2a.txt\0octet\0");
  expect_event (server, PC_EVENT_OPEN_WRITE, "a.txt", NULL);
  expect_silence (server);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  EXPECT (server, PEER, "\0\4\0\0");
  return server;
}

static void
test_read (void)
{
  g_autoptr (PcEngine) server = new_reading (WIRE ("hello\n"));

  EXPECT (server, PEER, "\0\3\0\1hello\n");
  expect_silence (server);
  expect_status (server, PC_ENGINE_RUNNING, "Sending the file");
  FEED (server, NOW, PEER, "\0\4\0\1");
  expect_silence (server);
  expect_no_event (server);
  expect_status (server, PC_ENGINE_CLOSING, "Closed");
}

static void
test_read_netascii (void)
{
  g_autoptr (PcEngine) server = new_server ();
  g_autoptr (GBytes) file = g_bytes_new ("a\nb\rc", 5);

  FEED (server, NOW, PEER, "\0\1a\0NetAscii\0");
  expect_event (server, PC_EVENT_OPEN_READ, "a", NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  EXPECT (server, PEER, "\0\3\0\1a\r\nb\r\0c");
}

static void
test_read_empty (void)
{
  g_autoptr (PcEngine) server = new_reading ("", 0);

  EXPECT (server, PEER, "\0\3\0\1");
  FEED (server, NOW, PEER, "\0\4\0\1");
  expect_status (server, PC_ENGINE_CLOSING, "Closed");
}

/* 1024 octets need an empty third block (RFC 1350 section 6). */
static void
test_read_full_blocks (void)
{
  g_autofree char *content = g_strnfill (1024, 'x');
  g_autoptr (PcEngine) server = new_reading (content, 1024);
  g_autoptr (PcDatagram) first = pc_engine_next_datagram (server);
  g_autoptr (PcDatagram) second = NULL;

  g_assert_cmpuint (g_bytes_get_size (first->data), ==, 516);
  FEED (server, NOW, PEER, "\0\4\0\1");
  second = pc_engine_next_datagram (server);
  g_assert_cmpuint (g_bytes_get_size (second->data), ==, 516);
  FEED (server, NOW, PEER, "\0\4\0\2");
  EXPECT (server, PEER, "\0\3\0\3");
  expect_status (server, PC_ENGINE_RUNNING, "Sending the file");
  FEED (server, NOW, PEER, "\0\4\0\3");
  expect_status (server, PC_ENGINE_CLOSING, "Closed");
}

static void
test_options_ignored (void)
{
  PcServerConfig config = { .policy.no_options = TRUE };
  g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
  g_autoptr (GBytes) file = g_bytes_new ("x", 1);

  FEED (server, NOW, PEER, "\0\1a\0octet\0tsize\0"
                           "0\0blksize\0"
                           "1428\0");
  expect_event (server, PC_EVENT_OPEN_READ, "a", NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  EXPECT (server, PEER, "\0\3\0\1x");
}

static void
test_write (void)
{
  g_autoptr (PcEngine) server = new_writing ();

  expect_status (server, PC_ENGINE_RUNNING, "Receiving the file");
  FEED (server, NOW, PEER, "\0\3\0\1abc");
  expect_event (server, PC_EVENT_WRITE, NULL, "abc");
  expect_silence (server); /* nothing is promised before it is written */
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  expect_silence (server);
  expect_event (server, PC_EVENT_COMMIT, NULL, NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  EXPECT (server, PEER, "\0\4\0\1");
  expect_status (server, PC_ENGINE_RUNNING, "Dallying");

  /* The last ACK was lost: it comes again, the file is not touched. */
  FEED (server, NOW + SECOND / 2, PEER, "\0\3\0\1abc");
  EXPECT (server, PEER, "\0\4\0\1");
  expect_no_event (server);
  pc_engine_wake (server, NOW + 3 * SECOND);
  expect_status (server, PC_ENGINE_RUNNING, "Dallying");
  pc_engine_wake (server, NOW + 7 * SECOND / 2);
  expect_status (server, PC_ENGINE_CLOSING, "Closed");
  expect_no_event (server);
}

static void
test_write_empty (void)
{
  g_autoptr (PcEngine) server = new_writing ();

  FEED (server, NOW, PEER, "\0\3\0\1");
  expect_event (server, PC_EVENT_COMMIT, NULL, NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  EXPECT (server, PEER, "\0\4\0\1");
}

static void
test_write_netascii_straddling (void)
{
  g_autoptr (PcEngine) server = new_server ();
  g_autoptr (GByteArray) block = g_byte_array_new ();
  g_autofree char *expected = NULL;

  FEED (server, NOW, PEER, "\0\2a\0netascii\0");
  expect_event (server, PC_EVENT_OPEN_WRITE, "a", NULL);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  EXPECT (server, PEER, "\0\4\0\0");

  /* Block 1 ends in CR, block 2 begins with LF. */
  g_byte_array_append (block, (const guint8 *)"\0\3\0\1", 4);
  g_byte_array_set_size (block, 516);
  memset (block->data + 4, 'x', 511);
  block->data[515] = '\r';
  pc_engine_feed (server, NOW, PEER, block->data, block->len);
  expected = g_strnfill (511, 'x');
  expect_event (server, PC_EVENT_WRITE, NULL, expected);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  EXPECT (server, PEER, "\0\4\0\1");
  FEED (server, NOW, PEER, "\0\3\0\2\nend\r");
  expect_event (server, PC_EVENT_WRITE, NULL, "\nend\r");
}

/* RFC 1123 section 4.2.3.1: no DATA for a repeated ACK. */
static void
test_sorcerers_apprentice (void)
{
  g_autofree char *content = g_strnfill (2000, 'x');
  g_autoptr (PcEngine) server = new_reading (content, 2000);
  guint n = 0;

  for (guint block = 1; block <= 3; block++) {
    const guint8 ack[] = { 0, 4, 0, (guint8)block };

    for (guint i = 0; i < 3; i++)
      pc_engine_feed (server, NOW, PEER, ack, sizeof ack);
  }
  for (PcDatagram *d; (d = pc_engine_next_datagram (server)) != NULL; n++)
    pc_datagram_free (d);
  g_assert_cmpuint (n, ==, 4);

  /* Nor for one of a block that was never sent. */
  FEED (server, NOW, PEER, "\0\4\0\7");
  FEED (server, NOW, PEER, "\0\4\377\377");
  expect_silence (server);
  expect_status (server, PC_ENGINE_RUNNING, "Sending the file");
}

static void
test_resend (void)
{
  g_autoptr (PcEngine) server = new_reading (WIRE ("hello"));
  gint64 now = NOW;
  gint64 wait = SECOND;

  EXPECT (server, PEER, "\0\3\0\1hello");
  for (guint i = 0; i < PC_LIMIT_TFTP_RESENDS; i++) {
    g_assert_cmpint (pc_engine_get_deadline (server), ==, now + wait);
    pc_engine_wake (server, now + wait - 1);
    expect_silence (server);
    now += wait;
    wait *= 2;
    pc_engine_wake (server, now);
    EXPECT (server, PEER, "\0\3\0\1hello");
    expect_silence (server);
  }

  now += wait;
  pc_engine_wake (server, now);
  expect_silence (server);
  expect_event (server, PC_EVENT_FAILED, NULL, NULL);
  expect_status (server, PC_ENGINE_FAILED, "Closed");
  g_assert_cmpint (pc_engine_get_deadline (server), ==, PC_ENGINE_NEVER);
}

static void
test_resend_starts_anew (void)
{
  g_autofree char *content = g_strnfill (600, 'x');
  g_autoptr (PcEngine) server = new_reading (content, 600);

  pc_engine_wake (server, NOW + SECOND);
  pc_engine_wake (server, NOW + 3 * SECOND);
  g_assert_cmpint (pc_engine_get_deadline (server), ==, NOW + 7 * SECOND);
  FEED (server, NOW + 4 * SECOND, PEER, "\0\4\0\1");
  g_assert_cmpint (pc_engine_get_deadline (server), ==, NOW + 5 * SECOND);
}

static void
test_first_timeout (void)
{
  PcServerConfig config = { .timeout = SECOND / 5 };
  g_autoptr (PcEngine) server = pc_tftp_server_new (&config);
  g_autoptr (GBytes) file = g_bytes_new ("x", 1);

  FEED (server, NOW, PEER, "\0\1a\0octet\0");
  pc_engine_answer (server, NOW, PC_FILE_OK, file);
  g_assert_cmpint (pc_engine_get_deadline (server), ==, NOW + SECOND / 5);
}

static void
test_receiver_gives_up (void)
{
  g_autoptr (PcEngine) server = new_writing ();

  FEED (server, NOW, PEER, "\0\3\0\2out of order");
  expect_silence (server);
  expect_no_event (server);
  g_assert_cmpint (pc_engine_get_deadline (server), ==, NOW + 63 * SECOND);
  pc_engine_wake (server, NOW + 62 * SECOND);
  expect_no_event (server);
  pc_engine_wake (server, NOW + 63 * SECOND);
  expect_silence (server);
  expect_event (server, PC_EVENT_ABORT, NULL, NULL);
  expect_event (server, PC_EVENT_FAILED, NULL, NULL);
  expect_status (server, PC_ENGINE_FAILED, "Closed");
}

static void
test_duplicate_while_writing (void)
{
  g_autoptr (PcEngine) server = new_writing ();
  g_autoptr (GByteArray) block = g_byte_array_new ();

  g_byte_array_append (block, (const guint8 *)"\0\3\0\1", 4);
  g_byte_array_set_size (block, 516);
  memset (block->data + 4, 'x', 512);

  /* The owner still writes: a repetition is not acknowledged yet. */
  pc_engine_feed (server, NOW, PEER, block->data, block->len);
  pc_engine_feed (server, NOW, PEER, block->data, block->len);
  expect_silence (server);
  expect_event (server, PC_EVENT_WRITE, NULL, NULL);
  expect_no_event (server);
  pc_engine_answer (server, NOW, PC_FILE_OK, NULL);
  EXPECT (server, PEER, "\0\4\0\1");

  pc_engine_feed (server, NOW, PEER, block->data, block->len);
  EXPECT (server, PEER, "\0\4\0\1");
  expect_no_event (server);
}

/* What must stay without an answer at the well-known port (CVE-2024-2169). */
static void
test_first_silent (void)
{
  static const struct
  {
    const char *data;
    gsize       len;
  } packets[] = {
    { WIRE ("") },
    { WIRE ("\0") },
    { WIRE ("\0\1\0") },
    { WIRE ("\0\3\0\1data") },
    { WIRE ("\0\4\0\0") },
    { WIRE ("\0\5\0\0oops\0") },
    { WIRE ("\0\5\0\4") },
    { WIRE ("\0\6blksize\0"
            "512\0") },
    { WIRE ("\0\6x") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (packets); i++) {
    g_autoptr (PcEngine) server = new_server ();

    g_test_message ("row %u", i);
    pc_engine_feed (server, NOW, PEER, (const guint8 *)packets[i].data,
                    packets[i].len);
    expect_silence (server);
    expect_no_event (server);
    expect_status (server, PC_ENGINE_CLOSING, "Closed");
  }
}

static void
test_first_refused (void)
{
  g_autofree char *long_name = g_strnfill (256, 'n');
  g_autofree char *long_request = g_strdup_printf (
      "xx%.200sxoctetx%.256sx%.100sx", long_name, long_name, long_name);
  struct
  {
    const char *data;
    gsize       len;
    guint8      code;
  } packets[] = {
    { WIRE ("\0\0\0\0"), 4 },
    { WIRE ("\0\7abc"), 4 },
    { WIRE ("\377\377abc"), 4 },
    { WIRE ("GET / HTTP/1.0\r\n\r\n"), 4 },
    { WIRE ("\0\1abc"), 4 },
    { WIRE ("\0\1abc\0"), 4 },
    { WIRE ("\0\1abc\0octet"), 4 },
    { WIRE ("\0\1abc\0binary\0"), 4 },
    { WIRE ("\0\1abc\0\0"), 4 },
    { WIRE ("\0\2alex\0mail\0"), 4 },
    { WIRE ("\0\1\0octet\0"), 2 },
    { WIRE ("\0\1a\nb\0octet\0"), 2 },
    { WIRE ("\0\1a\377\0octet\0"), 2 },
    { long_request, strlen (long_request), 4 },
  };

  /* A well formed request of more than 512 octets. */
  long_request[0] = '\0';
  long_request[1] = 1;
  long_request[202] = '\0';
  long_request[208] = '\0';
  long_request[465] = '\0';
  long_request[packets[13].len - 1] = '\0';
  g_assert_cmpuint (packets[13].len, >, PC_LIMIT_TFTP_REQUEST);

  for (guint i = 0; i < G_N_ELEMENTS (packets); i++) {
    g_autoptr (PcEngine) server = new_server ();
    g_autoptr (PcDatagram) reply = NULL;
    const guint8 *octets;
    gsize         len;

    g_test_message ("row %u", i);
    pc_engine_feed (server, NOW, PEER, (const guint8 *)packets[i].data,
                    packets[i].len);
    reply = pc_engine_next_datagram (server);
    g_assert_nonnull (reply);
    octets = g_bytes_get_data (reply->data, &len);
    g_assert_cmpmem (octets, 3, "\0\5\0", 3);
    g_assert_cmpuint (octets[3], ==, packets[i].code);
    g_assert_cmpuint (octets[len - 1], ==, 0);
    expect_silence (server);
    expect_no_event (server);
    expect_status (server, PC_ENGINE_CLOSING, "Closed");
  }
}

static void
test_file_status (void)
{
  static const struct
  {
    PcFileStatus status;
    guint8       code;
  } rows[] = {
    { PC_FILE_NOT_FOUND, 1 },
    { PC_FILE_ACCESS, 2 },
    { PC_FILE_FULL, 3 },
    { PC_FILE_EXISTS, 6 },
    { PC_FILE_FAILED, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) server = new_server ();
    g_autoptr (PcDatagram) reply = NULL;

    FEED (server, NOW, PEER, "\0\2a.txt\0octet\0");
    pc_engine_answer (server, NOW, rows[i].status, NULL);
    reply = pc_engine_next_datagram (server);
    g_assert_cmpuint (((const guint8 *)g_bytes_get_data (reply->data,
                                                         NULL))[3],
                      ==, rows[i].code);
    expect_event (server, PC_EVENT_OPEN_WRITE, NULL, NULL);
    expect_no_event (server); /* nothing was opened, so no ABORT */
    expect_status (server, PC_ENGINE_CLOSING, "Closed");
  }
}

static void
test_disk_full (void)
{
  g_autoptr (PcEngine) server = new_writing ();

  FEED (server, NOW, PEER, "\0\3\0\1abc");
  expect_event (server, PC_EVENT_WRITE, NULL, "abc");
  pc_engine_answer (server, NOW, PC_FILE_FULL, NULL);
  EXPECT (server, PEER, "\0\5\0\3Disk full or allocation exceeded\0");
  expect_event (server, PC_EVENT_ABORT, NULL, NULL);
  expect_no_event (server);
  expect_status (server, PC_ENGINE_CLOSING, "Closed");
}

static void
test_commit_refused (void)
{
  g_autoptr (PcEngine) server = new_writing ();

  FEED (server, NOW, PEER, "\0\3\0\1");
  expect_event (server, PC_EVENT_COMMIT, NULL, NULL);
  pc_engine_answer (server, NOW, PC_FILE_EXISTS, NULL);
  EXPECT (server, PEER, "\0\5\0\6File already exists\0");
  expect_event (server, PC_EVENT_ABORT, NULL, NULL);
}

static void
test_strangers (void)
{
  g_autoptr (PcEngine) server = new_reading (WIRE ("hello"));

  EXPECT (server, PEER, "\0\3\0\1hello");
  FEED (server, NOW, STRANGER, "\0\4\0\1");
  EXPECT (server, STRANGER, "\0\5\0\5Unknown transfer ID\0");
  FEED (server, NOW, STRANGER, "\0\1a.txt\0octet\0");
  EXPECT (server, STRANGER, "\0\5\0\5Unknown transfer ID\0");
  FEED (server, NOW, STRANGER, "\0\5\0\0stop\0");
  FEED (server, NOW, STRANGER, "\0\5\0\0");
  FEED (server, NOW, STRANGER, "\0");
  expect_silence (server);
  expect_status (server, PC_ENGINE_RUNNING, "Sending the file");
  FEED (server, NOW, PEER, "\0\4\0\1");
  expect_status (server, PC_ENGINE_CLOSING, "Closed");
}

static void
test_illegal (void)
{
  static const struct
  {
    gboolean    writing;
    const char *data;
    gsize       len;
  } rows[] = {
    { FALSE, WIRE ("\0\3\0\1x") },
    { FALSE, WIRE ("\0\1a\0octet\0") },
    { FALSE, WIRE ("\0\1ab") },
    { FALSE, WIRE ("\0\6blksize\0"
                   "512\0") },
    { FALSE, WIRE ("\0\11xx") },
    { TRUE, WIRE ("\0\4\0\1") },
    { TRUE, WIRE ("\0\2a\0octet\0") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) server = NULL;

    g_test_message ("row %u", i);
    server = rows[i].writing ? new_writing () : new_reading ("x", 1);
    pc_datagram_free (pc_engine_next_datagram (server));
    pc_engine_feed (server, NOW, PEER, (const guint8 *)rows[i].data,
                    rows[i].len);
    EXPECT (server, PEER, "\0\5\0\4Illegal TFTP operation\0");
    if (rows[i].writing)
      expect_event (server, PC_EVENT_ABORT, NULL, NULL);
    expect_event (server, PC_EVENT_FAILED, NULL, NULL);
    expect_status (server, PC_ENGINE_FAILED, "Closed");
  }
}

static void
test_block_too_large (void)
{
  g_autoptr (PcEngine) server = new_writing ();
  guint8 data[4 + 513] = { 0, 3, 0, 1 };

  pc_engine_feed (server, NOW, PEER, data, sizeof data);
  EXPECT (server, PEER, "\0\5\0\4Illegal TFTP operation\0");
  expect_event (server, PC_EVENT_ABORT, NULL, NULL);
}

static void
test_peer_error (void)
{
  g_autoptr (PcEngine) server = new_writing ();
  g_autoptr (PcEngine) asking = new_server ();

  FEED (server, NOW, PEER, "\0\5\0\3no room\0");
  expect_silence (server);
  expect_event (server, PC_EVENT_ABORT, NULL, NULL);
  expect_event (server, PC_EVENT_FAILED, "The client gave up: no room", NULL);

  /* Also while the owner thinks; its answer comes too late then. */
  FEED (asking, NOW, PEER, "\0\1a\0octet\0");
  expect_event (asking, PC_EVENT_OPEN_READ, NULL, NULL);
  FEED (asking, NOW, PEER, "\0\1a\0octet\0");
  expect_no_event (asking);
  FEED (asking, NOW, PEER, "\0\5\0\0");
  pc_engine_answer (asking, NOW, PC_FILE_NOT_FOUND, NULL);
  expect_silence (asking);
  expect_status (asking, PC_ENGINE_FAILED, "Closed");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/server/read", test_read);
  g_test_add_func ("/tftp/server/read-netascii", test_read_netascii);
  g_test_add_func ("/tftp/server/read-empty", test_read_empty);
  g_test_add_func ("/tftp/server/read-full-blocks", test_read_full_blocks);
  g_test_add_func ("/tftp/server/options-ignored", test_options_ignored);
  g_test_add_func ("/tftp/server/write", test_write);
  g_test_add_func ("/tftp/server/write-empty", test_write_empty);
  g_test_add_func ("/tftp/server/write-netascii-straddling",
                   test_write_netascii_straddling);
  g_test_add_func ("/tftp/server/sorcerers-apprentice",
                   test_sorcerers_apprentice);
  g_test_add_func ("/tftp/server/resend", test_resend);
  g_test_add_func ("/tftp/server/resend-starts-anew",
                   test_resend_starts_anew);
  g_test_add_func ("/tftp/server/first-timeout", test_first_timeout);
  g_test_add_func ("/tftp/server/receiver-gives-up", test_receiver_gives_up);
  g_test_add_func ("/tftp/server/duplicate-while-writing",
                   test_duplicate_while_writing);
  g_test_add_func ("/tftp/server/first-silent", test_first_silent);
  g_test_add_func ("/tftp/server/first-refused", test_first_refused);
  g_test_add_func ("/tftp/server/file-status", test_file_status);
  g_test_add_func ("/tftp/server/disk-full", test_disk_full);
  g_test_add_func ("/tftp/server/commit-refused", test_commit_refused);
  g_test_add_func ("/tftp/server/strangers", test_strangers);
  g_test_add_func ("/tftp/server/illegal", test_illegal);
  g_test_add_func ("/tftp/server/block-too-large", test_block_too_large);
  g_test_add_func ("/tftp/server/peer-error", test_peer_error);
  return g_test_run ();
}
