/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Both networks under the same tests; what only one of them promises after
 * that. */

#include "net/net.h"

#include <string.h>

#define START (G_GINT64_CONSTANT (1772442000) * G_USEC_PER_SEC)
#define MAX_TURNS 100000

typedef PcNet *(*MakeNet) (void);

static PcNet *
make_memory (void)
{
  return pc_memory_new (START, 100);
}

typedef struct
{
  PcStream   *stream;
  GString    *received;
  gboolean    opened;
  gboolean    ended;
  PcStreamEnd end;
  gint64      end_time;
  guint       n_received;
  guint       n_drained;
  gboolean    writing; /* under way, and no callback may come */
} End;

static void
opened_cb (PcStream *stream,
           gpointer  user_data)
{
  ((End *) user_data)->opened = TRUE;
}

static void
received_cb (PcStream     *stream,
             const guint8 *data,
             gsize         len,
             gpointer      user_data)
{
  End *end = user_data;

  g_string_append_len (end->received, (const char *) data, (gssize) len);
  end->n_received++;
}

static void
ended_cb (PcStream   *stream,
          PcStreamEnd how,
          gpointer    user_data)
{
  End *end = user_data;

  g_assert_false (end->ended);
  end->ended = TRUE;
  end->end = how;
}

static void
drained_cb (PcStream *stream,
            gpointer  user_data)
{
  End *end = user_data;

  g_assert_false (end->writing);
  g_assert_cmpuint (pc_stream_get_pending (stream), ==, 0);
  end->n_drained++;
}

static const PcStreamHandler handler = { .opened = opened_cb,
                                         .received = received_cb,
                                         .ended = ended_cb,
                                         .drained = drained_cb };

static void
end_init (End *self)
{
  *self = (End){ .received = g_string_new (NULL) };
}

static void
end_clear (End *self)
{
  g_clear_pointer (&self->stream, pc_stream_free);
  g_string_free (self->received, TRUE);
}

static void
accepted_cb (PcListener *listener,
             PcStream   *stream,
             gpointer    user_data)
{
  End *end = user_data;

  end->stream = stream;
  pc_stream_set_handler (stream, &handler, end);
}

#define TURN_UNTIL(net, condition)               \
  G_STMT_START                                   \
  {                                              \
    guint turns_ = 0;                            \
    while (!(condition) && turns_++ < MAX_TURNS) \
      if (!pc_net_turn (net))                    \
        break;                                   \
    g_assert_true (condition);                   \
  }                                              \
  G_STMT_END

static void
test_conversation (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  g_autoptr (PcListener) listener = NULL;
  End client, server;

  end_init (&client);
  end_init (&server);
  listener = pc_net_listen (net, 0, accepted_cb, &server, NULL);
  g_assert_nonnull (listener);
  client.stream = pc_net_connect (net, pc_listener_get_port (listener),
                                  &handler, &client, NULL);
  TURN_UNTIL (net, client.opened && server.stream != NULL);
  g_assert_cmpuint (pc_stream_get_peer_port (server.stream), ==,
                    pc_stream_get_local_port (client.stream));

  pc_stream_write (client.stream, "HELO\r\n", 6);
  pc_stream_write (server.stream, "250 ", 4);
  pc_stream_write (server.stream, "ok\r\n", 4);
  TURN_UNTIL (net, server.received->len == 6 && client.received->len == 8);
  g_assert_cmpstr (server.received->str, ==, "HELO\r\n");
  g_assert_cmpstr (client.received->str, ==, "250 ok\r\n");

  /* One direction ends; the other goes on. */
  pc_stream_finish (client.stream);
  TURN_UNTIL (net, server.ended);
  g_assert_cmpint (server.end, ==, PC_END_EOF);
  pc_stream_write (server.stream, "bye", 3);
  pc_stream_finish (server.stream);
  TURN_UNTIL (net, client.ended);
  g_assert_cmpstr (client.received->str, ==, "250 ok\r\nbye");

  end_clear (&client);
  end_clear (&server);
}

static void
test_large (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  g_autoptr (PcListener) listener = NULL;
  g_autoptr (GString) block = g_string_new (NULL);
  End client, server;

  for (guint i = 0; i < 5 * 1024 * 1024 / 8; i++)
    g_string_append_printf (block, "%07u\n", i % 10000000);
  end_init (&client);
  end_init (&server);
  listener = pc_net_listen (net, 0, accepted_cb, &server, NULL);
  client.stream = pc_net_connect (net, pc_listener_get_port (listener),
                                  &handler, &client, NULL);
  pc_stream_write (client.stream, block->str, block->len);
  pc_stream_finish (client.stream);
  TURN_UNTIL (net, server.ended);
  g_assert_cmpuint (server.received->len, ==, block->len);
  g_assert_true (g_string_equal (server.received, block));
  g_assert_cmpuint (pc_stream_get_pending (client.stream), ==, 0);
  TURN_UNTIL (net, client.n_drained > 0);

  end_clear (&client);
  end_clear (&server);
}

static void
test_refused (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  g_autoptr (PcListener) nobody = pc_net_reserve (net, NULL);
  End client;

  end_init (&client);
  client.stream = pc_net_connect (net, pc_listener_get_port (nobody), &handler,
                                  &client, NULL);
  TURN_UNTIL (net, client.ended);
  g_assert_cmpint (client.end, ==, PC_END_REFUSED);
  g_assert_false (client.opened);
  end_clear (&client);
}

static void
test_cut (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  g_autoptr (PcListener) listener = NULL;
  End client, server;

  end_init (&client);
  end_init (&server);
  listener = pc_net_listen (net, 0, accepted_cb, &server, NULL);
  client.stream = pc_net_connect (net, pc_listener_get_port (listener),
                                  &handler, &client, NULL);
  TURN_UNTIL (net, client.opened && server.stream != NULL);
  pc_stream_abort (client.stream);
  TURN_UNTIL (net, server.ended);
  g_assert_cmpint (server.end, ==, PC_END_RESET);
  g_assert_false (client.ended);
  end_clear (&client);
  end_clear (&server);
}

static void
test_in_use (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  g_autoptr (PcListener) one = NULL;
  g_autoptr (PcListener) two = NULL;
  g_autoptr (GError) error = NULL;
  End server;

  end_init (&server);
  one = pc_net_listen (net, 0, accepted_cb, &server, NULL);
  two = pc_net_listen (net, pc_listener_get_port (one), accepted_cb, &server,
                       &error);
  g_assert_null (two);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  end_clear (&server);
}

typedef struct
{
  GString *text;
  guint    from;
} Inbox;

static void
datagram_cb (PcDatagramPort *port,
             guint           from,
             const guint8   *data,
             gsize           len,
             gpointer        user_data)
{
  Inbox *inbox = user_data;

  inbox->from = from;
  g_string_append_printf (inbox->text, "[%.*s]", (int) len,
                          (const char *) data);
}

static void
test_datagrams (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  g_autoptr (GString) text = g_string_new (NULL);
  Inbox inbox = { text, 0 };
  g_autoptr (PcDatagramPort) a = NULL;
  g_autoptr (PcDatagramPort) b = NULL;

  a = pc_net_bind (net, 0, datagram_cb, &inbox, NULL);
  b = pc_net_bind (net, 0, datagram_cb, &inbox, NULL);
  pc_datagram_port_send (a, pc_datagram_port_get_number (b), "one", 3);
  pc_datagram_port_send (a, pc_datagram_port_get_number (b), "", 0);
  pc_datagram_port_send (a, pc_datagram_port_get_number (b), "two", 3);
  TURN_UNTIL (net, strlen (text->str) == 12);
  g_assert_cmpstr (text->str, ==, "[one][][two]");
  g_assert_cmpuint (inbox.from, ==, pc_datagram_port_get_number (a));
}

typedef struct
{
  GString *order;
  char     name;
} Ring;

static void
ring_cb (gpointer user_data)
{
  Ring *ring = user_data;

  g_string_append_c (ring->order, ring->name);
}

static void
test_timers (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  g_autoptr (GString) order = g_string_new (NULL);
  Ring   rings[] = { { order, 'a' }, { order, 'b' }, { order, 'c' } };
  gint64 now = pc_net_now (net);
  g_autoptr (PcTimer) late = pc_net_add_timer (net, now + 20000, ring_cb,
                                               &rings[0]);
  g_autoptr (PcTimer) soon = pc_net_add_timer (net, now + 5000, ring_cb,
                                               &rings[1]);
  PcTimer *never = pc_net_add_timer (net, now + 10000, ring_cb,
                                     &rings[2]);

  pc_timer_free (never);
  TURN_UNTIL (net, order->len == 2);
  g_assert_cmpstr (order->str, ==, "ba");
  g_assert_cmpint (pc_net_now (net), >=, now + 20000);
}

static void
test_memory_clock (void)
{
  g_autoptr (PcNet) net = make_memory ();
  g_autoptr (PcListener) listener = NULL;
  gint64 wall = g_get_monotonic_time ();
  End    client, server;

  end_init (&client);
  end_init (&server);
  listener = pc_net_listen (net, 143, accepted_cb, &server, NULL);
  client.stream = pc_net_connect (net, 143, &handler, &client, NULL);
  pc_stream_set_shape (client.stream, 1000, 50000);
  TURN_UNTIL (net, client.opened);
  pc_stream_write (client.stream, "0123456789", 10);
  TURN_UNTIL (net, server.received->len == 10);
  /* Opened after 200 µs, then 10 ms at 1000 octets/s, 50 ms on the way, and
   * the latency of 100 µs. */
  g_assert_cmpint (pc_net_now (net) - START, ==, 200 + 10000 + 50000 + 100);
  g_assert_cmpint (g_get_monotonic_time () - wall, <, G_USEC_PER_SEC);
  end_clear (&client);
  end_clear (&server);
}

/* What arrives, and when it has ended, of a slow stream on real sockets. */
static void
test_loopback_shape (void)
{
  g_autoptr (PcNet) net = pc_loopback_new ();
  g_autoptr (PcListener) listener = NULL;
  g_autofree char *block = g_strnfill (2000, 'x');
  gint64           begin;
  End              client, server;

  end_init (&client);
  end_init (&server);
  listener = pc_net_listen (net, 0, accepted_cb, &server, NULL);
  client.stream = pc_net_connect (net, pc_listener_get_port (listener),
                                  &handler, &client, NULL);
  pc_stream_set_shape (client.stream, 20000, 1000);
  TURN_UNTIL (net, client.opened);
  begin = pc_net_now (net);
  pc_stream_write (client.stream, block, 2000);
  TURN_UNTIL (net, server.received->len == 2000);
  g_assert_cmpint (pc_net_now (net) - begin, >=, 100000);
  g_assert_cmpuint (server.n_received, >, 3);
  end_clear (&client);
  end_clear (&server);
}

/* A connection that was never accepted must not leak, nor one that is still
 * open when everything ends. */
static void
test_memory_leftovers (void)
{
  PcNet      *net = make_memory ();
  PcListener *listener;
  End         client, server;

  end_init (&client);
  end_init (&server);
  listener = pc_net_listen (net, 25, accepted_cb, &server, NULL);
  client.stream = pc_net_connect (net, 25, &handler, &client, NULL);
  pc_stream_write (client.stream, "x", 1);
  end_clear (&client);
  end_clear (&server);
  pc_listener_free (listener);
  pc_net_free (net);
}

/* To a peer that has cut the connection everything can be written, and
 * nothing is called back from there. */
static void
test_write_after_cut (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  g_autoptr (PcListener) listener = NULL;
  g_autofree char *block = g_strnfill (100000, 'x');
  End              client, server;

  end_init (&client);
  end_init (&server);
  listener = pc_net_listen (net, 0, accepted_cb, &server, NULL);
  client.stream = pc_net_connect (net, pc_listener_get_port (listener),
                                  &handler, &client, NULL);
  TURN_UNTIL (net, client.opened && server.stream != NULL);
  pc_stream_abort (client.stream);

  server.writing = TRUE;
  for (guint i = 0; i < 100; i++)
    pc_stream_write (server.stream, block, 100000);
  server.writing = FALSE;
  TURN_UNTIL (net, server.ended);
  g_assert_cmpint (server.end, ==, PC_END_RESET);

  end_clear (&client);
  end_clear (&server);
}

/* -- a loop that others share --------------------------------------------- */

#define N_CROWD 40
#define WORK_US 1500

typedef struct
{
  PcStream *streams[N_CROWD];
  guint     n_streams;
  guint     n_heard[N_CROWD];
  guint     n_painted; /* what is more urgent */
  guint     n_in_turn;
} Crowd;

static void
crowd_received_cb (PcStream     *stream,
                   const guint8 *data,
                   gsize         len,
                   gpointer      user_data)
{
  Crowd *crowd = user_data;
  gint64 end = g_get_monotonic_time () + WORK_US;

  for (guint i = 0; i < crowd->n_streams; i++)
    if (crowd->streams[i] == stream)
      crowd->n_heard[i]++;
  crowd->n_in_turn++;
  while (g_get_monotonic_time () < end)
    continue;
}

static void
crowd_ended_cb (PcStream   *stream,
                PcStreamEnd how,
                gpointer    user_data)
{
}

static void
crowd_accepted_cb (PcListener *listener,
                   PcStream   *stream,
                   gpointer    user_data)
{
  static const PcStreamHandler crowd_handler = {
    .received = crowd_received_cb,
    .ended = crowd_ended_cb,
  };
  Crowd *crowd = user_data;

  crowd->streams[crowd->n_streams++] = stream;
  pc_stream_set_handler (stream, &crowd_handler, crowd);
}

static guint
count_heard (const Crowd *crowd)
{
  guint n = 0;

  for (guint i = 0; i < N_CROWD; i++)
    n += crowd->n_heard[i] > 0;
  return n;
}

static gboolean
paint_cb (gpointer user_data)
{
  ((Crowd *) user_data)->n_painted++;
  return G_SOURCE_CONTINUE;
}

/* Many have something to say at once: a turn hears some of them, the window
 * has its own before, and whoever was not heard is first in the next. */
static void
test_shared (void)
{
  g_autoptr (PcNet) net = pc_loopback_new ();
  g_autoptr (PcNet) theirs = pc_loopback_new ();
  g_autoptr (PcListener) listener = NULL;
  End ends[N_CROWD];
  Crowd crowd = { 0 };
  guint paint;

  pc_net_share (net);
  listener = pc_net_listen (net, 0, crowd_accepted_cb, &crowd, NULL);
  g_assert_nonnull (listener);
  for (guint i = 0; i < N_CROWD; i++) {
    end_init (&ends[i]);
    ends[i].stream = pc_net_connect (theirs, pc_listener_get_port (listener),
                                     &handler, &ends[i], NULL);
  }
  TURN_UNTIL (net, crowd.n_streams == N_CROWD);
  for (guint i = 0; i < N_CROWD; i++) {
    TURN_UNTIL (net, ends[i].opened);
    pc_stream_write (ends[i].stream, "x", 1);
  }
  g_usleep (20000);
  paint = g_idle_add_full (120, paint_cb, &crowd, NULL);
  /* What is more urgent takes all turns. */
  for (guint i = 0; i < 5; i++)
    pc_net_turn (net);
  g_assert_cmpuint (crowd.n_painted, ==, 5);
  g_assert_cmpuint (crowd.n_in_turn, ==, 0);
  g_source_remove (paint);
  for (guint turns = 0; count_heard (&crowd) < N_CROWD; turns++) {
    g_assert_cmpuint (turns, <, 10 * N_CROWD);
    crowd.n_in_turn = 0;
    pc_net_turn (net);
    /* 4 ms, and the one that was begun before they were over. */
    g_assert_cmpuint (crowd.n_in_turn, <=, 4);
    /* The first one always has more to say. */
    if (crowd.n_heard[0] > 0)
      pc_stream_write (ends[0].stream, "x", 1);
  }
  g_assert_cmpuint (crowd.n_heard[0], <=, N_CROWD / 2);
  for (guint i = 0; i < N_CROWD; i++) {
    pc_stream_free (crowd.streams[i]);
    end_clear (&ends[i]);
  }
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    MakeNet     make;
  } nets[] = { { "memory", make_memory }, { "loopback", pc_loopback_new } };
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
  } tests[] = {
    { "conversation", test_conversation },
    { "large", test_large },
    { "refused", test_refused },
    { "cut", test_cut },
    { "write-after-cut", test_write_after_cut },
    { "in-use", test_in_use },
    { "datagrams", test_datagrams },
    { "timers", test_timers },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (nets); i++)
    for (guint k = 0; k < G_N_ELEMENTS (tests); k++) {
      g_autofree char *path = g_strdup_printf ("/net/%s/%s", nets[i].name,
                                               tests[k].name);

      g_test_add_data_func (path, nets[i].make, tests[k].func);
    }
  g_test_add_func ("/net/memory/clock", test_memory_clock);
  g_test_add_func ("/net/memory/leftovers", test_memory_leftovers);
  g_test_add_func ("/net/loopback/shape", test_loopback_shape);
  g_test_add_func ("/net/loopback/shared", test_shared);
  return g_test_run ();
}
