/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packets that somebody made to do harm, at each place where one can arrive:
 * what is answered, what is not, and whether the transfer goes on. */

#include <string.h>

#include "script.h"

#include "base/limits.h"

#define PEER 51000
#define SERVER 40321
#define STRANGER 666

typedef enum {
  AT_PORT_69,
  AT_SENDER,      /* the server's, DATA 1 is out */
  AT_RECEIVER,    /* the server's, ACK 0 is out */
  AT_OACK,        /* the server's, an OACK is out */
  AT_REQUEST,     /* the client's, RRQ is out */
  AT_OPTIONS,     /* the client's, RRQ with blksize=1428 is out */
  AT_GETTING,     /* the client's, ACK 1 is out */
} Place;

enum {
  SILENT = -1, /* and the transfer goes on */
  CLOSED = -2, /* no answer, and it is over */
  GOES_ON = -3, /* an answer that is no ERROR */
};

typedef struct
{
  Place       place;
  int         code; /* of the ERROR; or as above */
  const char *data;
  gsize       len;
} Row;

#define P(literal) (literal), sizeof (literal) - 1

static const Row rows[] = {
  /* Not a packet. */
  { AT_PORT_69, CLOSED, P ("") },
  { AT_PORT_69, CLOSED, P ("\0") },
  { AT_PORT_69, CLOSED, P ("\0\1") },
  { AT_PORT_69, CLOSED, P ("\0\1a") },
  { AT_SENDER, SILENT, P ("") },
  { AT_SENDER, SILENT, P ("\0\4\0") },
  { AT_RECEIVER, SILENT, P ("\0\3\0") },
  { AT_REQUEST, SILENT, P ("\0\3\0") },
  { AT_GETTING, SILENT, P ("\0\3\0") },

  /* CVE-2024-2169: what is no request starts nothing, and no quarrel. */
  { AT_PORT_69, CLOSED, P ("\0\3\0\1data") },
  { AT_PORT_69, CLOSED, P ("\0\3\0\0") },
  { AT_PORT_69, CLOSED, P ("\0\4\0\0") },
  { AT_PORT_69, CLOSED, P ("\0\4\377\377") },
  { AT_PORT_69, CLOSED, P ("\0\5\0\0") },
  { AT_PORT_69, CLOSED, P ("\0\5\0\4Illegal\0") },
  { AT_PORT_69, CLOSED, P ("\0\5\377\377no end") },
  { AT_PORT_69, CLOSED, P ("\0\6blksize\0"
                           "8\0") },
  { AT_PORT_69, CLOSED, P ("\0\6\0\0") },

  /* Requests that end too early, and names that are none. */
  { AT_PORT_69, 4, P ("\0\1abc") },
  { AT_PORT_69, 4, P ("\0\1abc\0") },
  { AT_PORT_69, 4, P ("\0\1abc\0octet") },
  { AT_PORT_69, 4, P ("\0\2abc\0octe\0") },
  { AT_PORT_69, 4, P ("\0\1abc\0octetoctetoctet\0") },
  { AT_PORT_69, 4, P ("\0\1abc\0\0\0\0\0") },
  { AT_PORT_69, 4, P ("\0\2abc\0mail\0") },
  { AT_PORT_69, 2, P ("\0\1\0octet\0") },
  { AT_PORT_69, 2, P ("\0\2\0octet\0") },
  { AT_PORT_69, 2, P ("\0\1a\nb\0octet\0") },
  { AT_PORT_69, 2, P ("\0\1\033[2J\0octet\0") },
  { AT_PORT_69, 2, P ("\0\1\377\376\0octet\0") },
  { AT_PORT_69, 2, P ("\0\1\300\257etc\0octet\0") }, /* a "/" too long */

  /* Other protocols, other numbers. */
  { AT_PORT_69, 4, P ("\0\0ab") },
  { AT_PORT_69, 4, P ("\0\7ab") },
  { AT_PORT_69, 4, P ("\1\0a\0octet\0") },
  { AT_PORT_69, 4, P ("GET / HTTP/1.1\r\n\r\n") },
  { AT_PORT_69, 4, P ("\x16\x03\x01\x02\x00\x01") },

  /* In a transfer. */
  { AT_SENDER, 4, P ("\0\3\0\1x") },
  { AT_SENDER, 4, P ("\0\1a\0octet\0") },
  { AT_SENDER, 4, P ("\0\2ab") },
  { AT_SENDER, 4, P ("\0\6blksize\0"
                     "8\0") },
  { AT_SENDER, 4, P ("\0\7ab") },
  { AT_SENDER, SILENT, P ("\0\4\0\0") },
  { AT_SENDER, SILENT, P ("\0\4\0\2") },
  { AT_SENDER, SILENT, P ("\0\4\377\377") },
  { AT_SENDER, SILENT, P ("\0\4\200\1") },
  { AT_SENDER, CLOSED, P ("\0\5\0\0") },
  { AT_SENDER, CLOSED, P ("\0\5\377\377no end") },
  { AT_SENDER, CLOSED, P ("\0\4\0\1and more") },
  { AT_RECEIVER, 4, P ("\0\4\0\0") },
  { AT_RECEIVER, 4, P ("\0\2a\0octet\0") },
  { AT_RECEIVER, SILENT, P ("\0\3\0\0x") },
  { AT_RECEIVER, SILENT, P ("\0\3\0\2x") },
  { AT_RECEIVER, SILENT, P ("\0\3\377\377x") },
  { AT_RECEIVER, CLOSED, P ("\0\5\0\3") },
  { AT_OACK, SILENT, P ("\0\4\0\1") },
  { AT_OACK, SILENT, P ("\0\4\377\377") },
  { AT_OACK, GOES_ON, P ("\0\4\0\0") },
  { AT_OACK, CLOSED, P ("\0\5\0\10No\0") },
  { AT_OACK, 4, P ("\0\6blksize\0"
                   "8\0") },

  /* At a client. */
  { AT_REQUEST, 5, P ("\0\3\0\2x") },
  { AT_REQUEST, 5, P ("\0\3\0\0x") },
  { AT_REQUEST, 5, P ("\0\4\0\0") },
  { AT_REQUEST, 5, P ("\0\1a\0octet\0") },
  { AT_REQUEST, 8, P ("\0\6blksize\0"
                      "8\0") },
  { AT_REQUEST, 8, P ("\0\6\0\0\0\0") },
  { AT_REQUEST, 4, P ("\0\0xx") },
  { AT_REQUEST, CLOSED, P ("\0\5\0\1") },
  { AT_REQUEST, CLOSED, P ("\0\5\0\1\033]0;title\7no end") },
  { AT_OPTIONS, 8, P ("\0\6blksize\0"
                      "65464\0") }, /* CVE-2019-5482, CVE-2019-5436 */
  { AT_OPTIONS, 8, P ("\0\6blksize\0"
                      "-1\0") },
  { AT_OPTIONS, 8, P ("\0\6blksize\0"
                      "1428") },
  { AT_OPTIONS, 8, P ("\0\6xx") },
  { AT_OPTIONS, GOES_ON, P ("\0\6blksize\0"
                            "1428\0") },
  { AT_OPTIONS, GOES_ON, P ("\0\6blksize\0"
                            "1428\0left over") },
  { AT_GETTING, 4, P ("\0\4\0\1") },
  { AT_GETTING, 4, P ("\0\6blksize\0"
                      "8\0") },
  { AT_GETTING, 4, P ("\0\1a\0octet\0") },
  { AT_GETTING, SILENT, P ("\0\3\0\0x") },
  { AT_GETTING, SILENT, P ("\0\3\0\3x") },
  { AT_GETTING, CLOSED, P ("\0\5\0\3full\0") },
};

static void
clear (PcEngine *engine)
{
  PcDatagram *datagram;
  PcEvent    *event;

  while ((datagram = pc_engine_next_datagram (engine)) != NULL)
    pc_datagram_free (datagram);
  while ((event = pc_engine_next_event (engine)) != NULL)
    pc_event_free (event);
}

static PcEngine *
make_server (Place place)
{
  PcServerConfig config = { 0 };
  PcEngine      *server = pc_tftp_server_new (&config);
  g_autoptr (GBytes) file = g_bytes_new_static ("hello", 5);

  if (place == AT_SENDER)
    FEED (server, NOW, PEER, "\0\1a\0octet\0");
  else if (place == AT_RECEIVER)
    FEED (server, NOW, PEER, "\0\2a\0octet\0");
  else if (place == AT_OACK)
    FEED (server, NOW, PEER, "\0\1a\0octet\0tsize\0"
                             "0\0");
  if (place != AT_PORT_69)
    pc_engine_answer (server, NOW, PC_FILE_OK,
                      place == AT_RECEIVER ? NULL : file);
  clear (server);
  return server;
}

static PcEngine *
make_client (Place place)
{
  PcClientConfig config = { .server_port = 69 };
  PcEngine      *client = pc_tftp_client_new (&config);
  g_autoptr (PcAction) action = pc_action_new ("get");
  guint8 block[516] = { 0, 3, 0, 1 };

  pc_action_set (action, "file", "a");
  if (place == AT_OPTIONS)
    pc_action_set (action, "blksize", "1428");
  g_assert_true (pc_engine_act (client, NOW, action, NULL));
  if (place == AT_GETTING)
    pc_engine_feed (client, NOW, PEER, block, sizeof block);
  clear (client);
  return client;
}

static PcEngine *
make (Place place)
{
  return place < AT_REQUEST ? make_server (place) : make_client (place);
}

static void
check_reply (PcEngine *engine,
             int       code)
{
  g_autoptr (PcDatagram) reply = pc_engine_next_datagram (engine);
  const guint8 *octets;
  gsize         len;

  if (code == SILENT || code == CLOSED) {
    g_assert_null (reply);
  } else {
    g_assert_nonnull (reply);
    g_assert_cmpuint (reply->port, ==, PEER);
    octets = g_bytes_get_data (reply->data, &len);
    if (code == GOES_ON) {
      g_assert_cmpuint (octets[1], !=, 5);
    } else {
      g_assert_cmpmem (octets, 3, "\0\5\0", 3);
      g_assert_cmpint (octets[3], ==, code);
      g_assert_cmpuint (octets[len - 1], ==, 0);
    }
  }
  expect_silence (engine);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) engine = make (rows[i].place);
    /* Of its own, so that a step beyond it is seen. */
    g_autofree guint8 *copy = g_memdup2 (rows[i].data, rows[i].len);
    gboolean runs;

    g_test_message ("row %u", i);
    pc_engine_feed (engine, NOW, PEER, copy, rows[i].len);
    check_reply (engine, rows[i].code);
    runs = rows[i].code == SILENT || rows[i].code == GOES_ON ||
           rows[i].code == 5;
    g_assert_cmpint (pc_engine_get_status (engine) == PC_ENGINE_RUNNING, ==,
                     runs);
  }
}

/* Each of them from a port that is nobody's: an ERROR 5 at most, and the
 * transfer goes on to its end. */
static void
test_strangers (void)
{
  static const Place places[] = { AT_SENDER, AT_RECEIVER, AT_OACK,
                                  AT_GETTING };

  for (guint i = 0; i < G_N_ELEMENTS (rows) * G_N_ELEMENTS (places); i++) {
    const Row *row = &rows[i / G_N_ELEMENTS (places)];
    g_autoptr (PcEngine) engine = make (places[i % G_N_ELEMENTS (places)]);
    gboolean quiet = row->len < 4 || row->data[1] == 5;

    g_test_message ("row %u", i);
    pc_engine_feed (engine, NOW, STRANGER, (const guint8 *)row->data,
                    row->len);
    if (!quiet)
      EXPECT (engine, STRANGER, "\0\5\0\5Unknown transfer ID\0");
    expect_silence (engine);
    expect_no_event (engine);
    g_assert_cmpint (pc_engine_get_status (engine), ==, PC_ENGINE_RUNNING);
  }
}

/* Two servers, and one forged packet between them: the talk ends. */
static void
test_two_servers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) first = make (AT_PORT_69);
    guint       n = 0;
    PcDatagram *datagram;

    pc_engine_feed (first, NOW, 69, (const guint8 *)rows[i].data,
                    rows[i].len);
    while ((datagram = pc_engine_next_datagram (first)) != NULL) {
      g_autoptr (PcEngine) second = make (AT_PORT_69);
      gsize         len;
      const guint8 *octets = g_bytes_get_data (datagram->data, &len);

      pc_engine_feed (second, NOW, PEER, octets, len);
      expect_silence (second);
      pc_datagram_free (datagram);
      n++;
    }
    g_assert_cmpuint (n, <=, 1);
  }
}

/* Every packet of every length that is cut off from a long request. */
static void
test_prefixes (void)
{
  static const char request[] = "\0\1boot.cfg\0octet\0blksize\0"
                                "1428\0tsize\0"
                                "0\0windowsize\0"
                                "8\0";

  for (gsize len = 0; len < sizeof request; len++) {
    g_autoptr (PcEngine) server = make (AT_PORT_69);
    g_autofree guint8 *copy = g_memdup2 (request, len);

    pc_engine_feed (server, NOW, PEER, copy, len);
    if (len < 4)
      expect_silence (server);
    else if (len < 17)
      EXPECT (server, PEER, "\0\5\0\4The request is cut short\0");
    else
      expect_event (server, PC_EVENT_OPEN_READ, "boot.cfg", NULL);
    expect_silence (server);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/malformed/rows", test_rows);
  g_test_add_func ("/tftp/malformed/strangers", test_strangers);
  g_test_add_func ("/tftp/malformed/two-servers", test_two_servers);
  g_test_add_func ("/tftp/malformed/prefixes", test_prefixes);
  return g_test_run ();
}
