/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's end alone. */

#include <string.h>

#include "script.h"

#include "base/limits.h"

#define SERVER 40321
#define STRANGER 666

static PcEngine *
new_client (void)
{
  PcClientConfig config = { .server_port = 69 };

  return pc_tftp_client_new (&config);
}

static gboolean
act (PcEngine   *client,
     const char *name,
     const char *file,
     const char *mode,
     const char *data,
     GError    **error)
{
  g_autoptr (PcAction) action = pc_action_new (name);

  if (file != NULL)
    pc_action_set (action, "file", file);
  if (mode != NULL)
    pc_action_set (action, "mode", mode);
  if (data != NULL)
    pc_action_set_data (action, data, strlen (data));
  return pc_engine_act (client, NOW, action, error);
}

static PcEngine *
new_getting (void)
{
  PcEngine *client = new_client ();

  g_assert_true (pc_engine_is_idle (client));
  g_assert_true (act (client, "get", "a.txt", NULL, NULL, NULL));
  g_assert_false (pc_engine_is_idle (client));
  EXPECT (client, 69, "\0\1a.txt\0octet\0");
  expect_status (client, PC_ENGINE_RUNNING, "Read requested");
  return client;
}

static PcEngine *
new_putting (const char *data)
{
  PcEngine *client = new_client ();

  g_assert_true (act (client, "put", "a.txt", NULL, data, NULL));
  EXPECT (client, 69, "\0\2a.txt\0octet\0");
  expect_silence (client); /* no DATA before the request is granted */
  expect_status (client, PC_ENGINE_RUNNING, "Write requested");
  return client;
}

static void
test_get (void)
{
  g_autoptr (PcEngine) client = new_getting ();

  FEED (client, NOW, SERVER, "\0\3\0\1hello");
  EXPECT (client, SERVER, "\0\4\0\1");
  expect_event (client, PC_EVENT_ITEM, "a.txt", "hello");
  expect_event (client, PC_EVENT_DONE, NULL, NULL);
  expect_status (client, PC_ENGINE_RUNNING, "Dallying");

  FEED (client, NOW + SECOND / 2, SERVER, "\0\3\0\1hello");
  EXPECT (client, SERVER, "\0\4\0\1");
  expect_no_event (client);
  /* Longer than a server waits, even one that has begun to wait longer. */
  pc_engine_wake (client, NOW + 3 * SECOND);
  expect_status (client, PC_ENGINE_RUNNING, "Dallying");
  pc_engine_wake (client, NOW + 7 * SECOND / 2);
  expect_status (client, PC_ENGINE_CLOSING, "Closed");
  expect_no_event (client);
}

/* Somebody has no time for as many resends as there may be. */
static void
test_max_resends (void)
{
  PcClientConfig config = { .server_port = 69, .max_resends = 1 };
  g_autoptr (PcEngine) client = pc_tftp_client_new (&config);

  g_assert_true (act (client, "get", "a.txt", NULL, NULL, NULL));
  EXPECT (client, 69, "\0\1a.txt\0octet\0");
  pc_engine_wake (client, NOW + SECOND);
  EXPECT (client, 69, "\0\1a.txt\0octet\0");
  pc_engine_wake (client, NOW + 3 * SECOND);
  expect_silence (client);
  expect_event (client, PC_EVENT_FAILED, "The server did not answer.", NULL);
}

/* A receiver waits as long as such a sender would try. */
static void
test_max_resends_patience (void)
{
  PcClientConfig config = { .server_port = 69, .max_resends = 2 };
  g_autoptr (PcEngine) client = pc_tftp_client_new (&config);
  guint8 packet[4 + 512] = { 0, 3, 0, 1 };

  g_assert_true (act (client, "get", "a.txt", NULL, NULL, NULL));
  EXPECT (client, 69, "\0\1a.txt\0octet\0");
  pc_engine_feed (client, NOW, SERVER, packet, sizeof packet);
  EXPECT (client, SERVER, "\0\4\0\1");
  pc_engine_wake (client, NOW + 7 * SECOND - 1);
  expect_no_event (client);
  pc_engine_wake (client, NOW + 7 * SECOND);
  expect_event (client, PC_EVENT_FAILED, "The server sent no further block.",
                NULL);
}

static void
test_put (void)
{
  g_autoptr (PcEngine) client = new_putting ("hello");

  FEED (client, NOW, SERVER, "\0\4\0\0");
  EXPECT (client, SERVER, "\0\3\0\1hello");
  expect_status (client, PC_ENGINE_RUNNING, "Sending the file");
  FEED (client, NOW, SERVER, "\0\4\0\0"); /* again: ignored */
  expect_silence (client);
  FEED (client, NOW, SERVER, "\0\4\0\1");
  expect_event (client, PC_EVENT_DONE, NULL, NULL);
  expect_status (client, PC_ENGINE_CLOSING, "Closed");
  expect_silence (client);
}

static void
test_refused (void)
{
  g_autoptr (PcEngine) get = new_getting ();
  g_autoptr (PcEngine) put = new_putting ("x");

  FEED (get, NOW, SERVER, "\0\5\0\1File not found\0");
  expect_event (get, PC_EVENT_REFUSED, "File not found", NULL);
  expect_silence (get); /* an ERROR is never acknowledged */
  expect_status (get, PC_ENGINE_CLOSING, "Closed");

  FEED (put, NOW, SERVER, "\0\5\0\6");
  expect_event (put, PC_EVENT_REFUSED, "File already exists", NULL);
  expect_status (put, PC_ENGINE_CLOSING, "Closed");
}

static void
test_refused_half_way (void)
{
  g_autoptr (PcEngine) client = new_putting ("hello");

  FEED (client, NOW, SERVER, "\0\4\0\0");
  FEED (client, NOW, SERVER, "\0\5\0\3Disk full\0");
  expect_event (client, PC_EVENT_REFUSED, "Disk full", NULL);
  expect_status (client, PC_ENGINE_CLOSING, "Closed");
}

/* RFC 1350 section 4: the first answer decides, the second is rejected. */
static void
test_two_answers (void)
{
  g_autoptr (PcEngine) client = new_getting ();
  g_autoptr (GByteArray) block = g_byte_array_new ();

  g_byte_array_append (block, (const guint8 *)"\0\3\0\1", 4);
  g_byte_array_set_size (block, 516);
  pc_engine_feed (client, NOW, SERVER, block->data, block->len);
  EXPECT (client, SERVER, "\0\4\0\1");
  pc_engine_feed (client, NOW, SERVER + 1, block->data, block->len);
  EXPECT (client, SERVER + 1, "\0\5\0\5Unknown transfer ID\0");
  FEED (client, NOW, STRANGER, "\0\5\0\0stop\0");
  expect_silence (client);
  FEED (client, NOW, SERVER, "\0\3\0\2x");
  EXPECT (client, SERVER, "\0\4\0\2");
  expect_event (client, PC_EVENT_ITEM, NULL, NULL);
  expect_event (client, PC_EVENT_DONE, NULL, NULL);
}

/* What answers no request of ours does not fix the peer's port. */
static void
test_stale_answers (void)
{
  g_autoptr (PcEngine) client = new_getting ();

  FEED (client, NOW, STRANGER, "\0\3\0\7x");
  EXPECT (client, STRANGER, "\0\5\0\5Unknown transfer ID\0");
  FEED (client, NOW, STRANGER, "\0\4\0\0");
  EXPECT (client, STRANGER, "\0\5\0\5Unknown transfer ID\0");
  FEED (client, NOW, STRANGER, "\0\3\0");
  expect_silence (client);
  FEED (client, NOW, SERVER, "\0\3\0\1hello");
  EXPECT (client, SERVER, "\0\4\0\1");
}

static void
test_before_any_action (void)
{
  g_autoptr (PcEngine) client = new_client ();

  FEED (client, NOW, STRANGER, "\0\3\0\1x");
  EXPECT (client, STRANGER, "\0\5\0\5Unknown transfer ID\0");
  expect_status (client, PC_ENGINE_RUNNING, "Ready");
  g_assert_cmpint (pc_engine_get_deadline (client), ==, PC_ENGINE_NEVER);
}

static void
test_unasked_options (void)
{
  g_autoptr (PcEngine) client = new_getting ();

  FEED (client, NOW, SERVER, "\0\6blksize\0"
                             "1428\0");
  EXPECT (client, SERVER, "\0\5\0\10Option not acceptable\0");
  expect_event (client, PC_EVENT_FAILED, NULL, NULL);
  expect_status (client, PC_ENGINE_FAILED, "Closed");
}

static void
test_not_tftp (void)
{
  g_autoptr (PcEngine) client = new_getting ();

  FEED (client, NOW, 69, "HTTP/1.0 400 Bad Request\r\n");
  EXPECT (client, 69, "\0\5\0\4Illegal TFTP operation\0");
  expect_event (client, PC_EVENT_FAILED, "The answer is not TFTP.", NULL);
}

static void
test_illegal (void)
{
  g_autoptr (PcEngine) client = new_putting ("x");

  FEED (client, NOW, SERVER, "\0\4\0\0");
  EXPECT (client, SERVER, "\0\3\0\1x");
  FEED (client, NOW, SERVER, "\0\3\0\1x");
  EXPECT (client, SERVER, "\0\5\0\4Illegal TFTP operation\0");
  expect_event (client, PC_EVENT_FAILED, NULL, NULL);
}

/* Once the file is handed over, nothing takes that back. */
static void
test_illegal_dallying (void)
{
  g_autoptr (PcEngine) client = new_getting ();

  FEED (client, NOW, SERVER, "\0\3\0\1hello");
  EXPECT (client, SERVER, "\0\4\0\1");
  expect_event (client, PC_EVENT_ITEM, NULL, NULL);
  expect_event (client, PC_EVENT_DONE, NULL, NULL);
  FEED (client, NOW, SERVER, "\0\3\0\2more");
  expect_silence (client);
  FEED (client, NOW, SERVER, "\0\4\0\0");
  EXPECT (client, SERVER, "\0\5\0\4Illegal TFTP operation\0");
  expect_no_event (client);
  expect_status (client, PC_ENGINE_CLOSING, "Closed");
}

static void
test_no_answer (void)
{
  g_autoptr (PcEngine) client = new_getting ();
  gint64 now = NOW;
  gint64 wait = SECOND;

  for (guint i = 0; i < PC_LIMIT_TFTP_RESENDS; i++) {
    now += wait;
    wait *= 2;
    pc_engine_wake (client, now);
    EXPECT (client, 69, "\0\1a.txt\0octet\0");
  }
  pc_engine_wake (client, now + wait);
  expect_silence (client);
  expect_event (client, PC_EVENT_FAILED, "The server did not answer.", NULL);
  expect_status (client, PC_ENGINE_FAILED, "Closed");
}

static void
test_last_ack_lost (void)
{
  g_autoptr (PcEngine) client = new_putting ("hello");
  g_autoptr (PcEvent) event = NULL;

  FEED (client, NOW, SERVER, "\0\4\0\0");
  for (guint i = 0; i <= PC_LIMIT_TFTP_RESENDS; i++)
    pc_engine_wake (client, pc_engine_get_deadline (client));
  event = pc_engine_next_event (client);
  g_assert_cmpint (event->kind, ==, PC_EVENT_FAILED);
  g_assert_nonnull (strstr (event->text, "may have the whole file"));
}

static void
test_port_unreachable (void)
{
  g_autoptr (PcEngine) client = new_getting ();

  pc_engine_eof (client, NOW);
  expect_event (client, PC_EVENT_FAILED,
                "Nobody listens on the server's port.", NULL);
}

static void
test_one_transfer (void)
{
  g_autoptr (PcEngine) client = new_getting ();
  g_autoptr (GError) busy = NULL;
  g_autoptr (GError) over = NULL;

  g_assert_false (act (client, "get", "b", NULL, NULL, &busy));
  g_assert_error (busy, PC_ENGINE_ERROR, PC_ENGINE_ERROR_BUSY);
  FEED (client, NOW, SERVER, "\0\3\0\1hello");
  g_assert_true (pc_engine_is_idle (client));
  g_assert_false (act (client, "get", "b", NULL, NULL, &over));
  g_assert_error (over, PC_ENGINE_ERROR, PC_ENGINE_ERROR_BUSY);
}

static void
test_bad_actions (void)
{
  g_autofree char *long_name = g_strnfill (256, 'n');
  const struct
  {
    const char *action;
    const char *file;
    const char *mode;
    const char *data;
  } rows[] = {
    { "get", NULL, NULL, NULL },
    { "get", "", NULL, NULL },
    { "get", "a\nb", NULL, NULL },
    { "get", "a\rb", NULL, NULL },
    { "get", "\033[2J", NULL, NULL },
    { "get", long_name, NULL, NULL },
    { "get", "a", "mail", NULL },
    { "get", "a", "binary", NULL },
    { "put", "a", NULL, NULL },
    { "list", "a", NULL, NULL },
    { "put", "\377", NULL, "x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) client = new_client ();
    g_autoptr (GError) error = NULL;

    g_test_message ("row %u", i);
    g_assert_false (act (client, rows[i].action, rows[i].file, rows[i].mode,
                         rows[i].data, &error));
    g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
    expect_silence (client);
    g_assert_true (pc_engine_is_idle (client));
    /* And a good one still works. */
    g_assert_true (act (client, "get", "a", "NETASCII", NULL, NULL));
    EXPECT (client, 69, "\0\1a\0netascii\0");
  }
}

/* A server that never ends: the client stops it past its limit. */
static void
test_too_large (void)
{
  g_autoptr (PcEngine) client = new_getting ();
  guint8      packet[4 + 512] = { 0, 3 };
  const guint n_allowed = PC_LIMIT_TFTP_FILE / 512;

  for (guint block = 1; block <= n_allowed; block++) {
    packet[2] = (guint8)(block >> 8);
    packet[3] = (guint8)block;
    pc_engine_feed (client, NOW, SERVER, packet, sizeof packet);
    pc_datagram_free (pc_engine_next_datagram (client));
  }
  expect_status (client, PC_ENGINE_RUNNING, "Receiving the file");

  packet[2] = (guint8)((n_allowed + 1) >> 8);
  packet[3] = (guint8)(n_allowed + 1);
  pc_engine_feed (client, NOW, SERVER, packet, sizeof packet);
  EXPECT (client, SERVER, "\0\5\0\3Disk full or allocation exceeded\0");
  expect_event (client, PC_EVENT_FAILED,
                "The file is larger than this client takes.", NULL);
}

static gboolean
act_packet (PcEngine   *client,
            const char *octets,
            GError    **error)
{
  g_autoptr (PcAction) action = pc_action_new ("packet");

  pc_action_set (action, "octets", octets);
  return pc_engine_act (client, NOW, action, error);
}

/* Requests go to the well-known port, all else to who has answered; nobody
 * has to. */
static void
test_packets (void)
{
  g_autoptr (PcEngine) client = new_client ();
  g_autoptr (GError) error = NULL;

  g_assert_false (act_packet (client, "", &error));
  g_clear_error (&error);
  g_assert_false (act_packet (client, "00 0", &error));
  g_clear_error (&error);
  g_assert_true (act_packet (client, "0001 6100 6f6300", NULL));
  EXPECT (client, 69, "\0\1a\0oc\0");
  g_assert_false (act_packet (client, "0004 0001", &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_BUSY);
  FEED (client, NOW, SERVER, "\0\3\0\1hello");
  expect_event (client, PC_EVENT_DONE, NULL, NULL);

  g_assert_true (act_packet (client, "00040001", NULL));
  EXPECT (client, SERVER, "\0\4\0\1");
  g_assert_cmpint (pc_engine_get_deadline (client), ==,
                   NOW + PC_LIMIT_TFTP_PACKET_WAIT);
  FEED (client, NOW, STRANGER, "\0\5\0\1no\0");
  expect_no_event (client);
  pc_engine_wake (client, NOW + PC_LIMIT_TFTP_PACKET_WAIT);
  expect_event (client, PC_EVENT_DONE, NULL, NULL);
  g_assert_true (pc_engine_is_idle (client));
  g_assert_false (act (client, "get", "a.txt", NULL, NULL, NULL));

  g_assert_true (act_packet (client, "0009", NULL));
  EXPECT (client, SERVER, "\0\11");
  FEED (client, NOW, SERVER, "\0\5\0\4no\0");
  expect_event (client, PC_EVENT_REFUSED, "no", NULL);
  expect_status (client, PC_ENGINE_RUNNING, "Ready");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/client/get", test_get);
  g_test_add_func ("/tftp/client/put", test_put);
  g_test_add_func ("/tftp/client/refused", test_refused);
  g_test_add_func ("/tftp/client/refused-half-way", test_refused_half_way);
  g_test_add_func ("/tftp/client/two-answers", test_two_answers);
  g_test_add_func ("/tftp/client/stale-answers", test_stale_answers);
  g_test_add_func ("/tftp/client/before-any-action", test_before_any_action);
  g_test_add_func ("/tftp/client/unasked-options", test_unasked_options);
  g_test_add_func ("/tftp/client/not-tftp", test_not_tftp);
  g_test_add_func ("/tftp/client/illegal", test_illegal);
  g_test_add_func ("/tftp/client/max-resends", test_max_resends);
  g_test_add_func ("/tftp/client/max-resends-patience",
                   test_max_resends_patience);
  g_test_add_func ("/tftp/client/illegal-dallying", test_illegal_dallying);
  g_test_add_func ("/tftp/client/no-answer", test_no_answer);
  g_test_add_func ("/tftp/client/last-ack-lost", test_last_ack_lost);
  g_test_add_func ("/tftp/client/port-unreachable", test_port_unreachable);
  g_test_add_func ("/tftp/client/one-transfer", test_one_transfer);
  g_test_add_func ("/tftp/client/bad-actions", test_bad_actions);
  g_test_add_func ("/tftp/client/too-large", test_too_large);
  g_test_add_func ("/tftp/client/packets", test_packets);
  return g_test_run ();
}
