/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Servers and clients that mean no good: whatever octets come to whatever
 * listener, in whatever way the client leaves, there is an answer or a clean
 * close, what was recorded is whole, and the next client is served.
 *
 * The clients are bare sockets, each in a thread of its own; the servers run
 * in the main thread, as in the program.
 */

#include "run/serve.h"

#include "base/limits.h"
#include "mail/world.h"

#include <string.h>
#include <sys/socket.h>

#define HOST "mail.example.test"
#define PATIENCE 20 /* seconds, until a server counts as hung */
#define MAX_KINDS 16

typedef struct
{
  PcServe *serve;
  guint    ports[MAX_KINDS]; /* by pc_serve_kinds */
  guint    n_begun;
  guint    n_ended;
  guint    n_steps;
} World;

/* -- what was recorded ----------------------------------------------------- */

static void
check_step (PcStep *step)
{
  gsize at = 0;

  for (guint i = 0; i < pc_step_get_n_fields (step); i++) {
    const PcField *field = pc_step_get_field (step, i);

    g_assert_cmpuint (field->start, ==, at);
    g_assert_cmpuint (field->end, >, at);
    g_assert_true (g_utf8_validate (field->value, -1, NULL));
    at = field->end;
  }
  g_assert_cmpuint (at, ==, g_bytes_get_size (pc_step_get_bytes (step)));
  g_assert_true (g_utf8_validate (pc_step_get_summary (step), -1, NULL));
  g_assert_null (strpbrk (pc_step_get_summary (step), "\r\n"));
  g_assert_cmpuint (strlen (pc_step_get_explanation (step)), >, 0);
}

static void
begins_cb (PcTimeline *timeline,
           PcConn     *conn,
           gpointer    user_data)
{
  ((World *) user_data)->n_begun++;
}

static void
ends_cb (PcTimeline *timeline,
         gpointer    user_data)
{
  World *world = user_data;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    check_step (pc_timeline_get_step (timeline, i));
  world->n_steps += pc_timeline_get_n_steps (timeline);
  world->n_ended++;
}

static const PcServeHandler handler = { begins_cb, ends_cb };

/* -- servers --------------------------------------------------------------- */

static void
world_init (World *self)
{
  g_autoptr (PcMailStore) store = pc_world_new_default (g_get_real_time ());
  PcFiles *files = pc_files_new_memory ();
  g_autoptr (GBytes) content = g_bytes_new_static ("hello\n", 6);
  g_autoptr (GError) error = NULL;

  *self = (World){ 0 };
  g_assert_true (pc_files_add (files, "boot.cfg", content));
  self->serve = pc_serve_new (store, files, HOST, &handler, self);
  for (guint i = 0; pc_serve_kinds[i].name != NULL; i++) {
    g_assert_cmpuint (i, <, MAX_KINDS);
    self->ports[i] = pc_serve_listen (self->serve, &pc_serve_kinds[i], 0,
                                      &error);
    g_assert_no_error (error);
    g_assert_cmpuint (self->ports[i], >, 0);
  }
}

static void
world_clear (World *self)
{
  g_clear_pointer (&self->serve, pc_serve_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static gboolean
is_stream (guint kind)
{
  return strcmp (pc_serve_kinds[kind].protocol, "tftp") != 0;
}

static guint
find_kind (const char *name)
{
  guint i = 0;

  while (g_strcmp0 (pc_serve_kinds[i].name, name) != 0) {
    g_assert_nonnull (pc_serve_kinds[i].name);
    i++;
  }
  return i;
}

/* Until every conversation is over. */
static void
wait_until_empty (World *self)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;

  while (pc_serve_get_n_conns (self->serve) > 0) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}

/* -- clients --------------------------------------------------------------- */

typedef enum
{
  WAY_FINISH, /* says that no more comes, and reads to the end */
  WAY_LEAVE,  /* closes at once, unread octets or not */
  WAY_RESET,  /* the connection is reset */
} Way;

typedef struct
{
  guint         port;
  const guint8 *data;
  gsize         len;
  Way           way;
  GByteArray   *answer;
  gboolean      hung;
  gint          done;
} Visit;

static GSocketAddress *
make_address (guint port)
{
  g_autoptr (GInetAddress) host = g_inet_address_new_loopback (
      G_SOCKET_FAMILY_IPV4);

  return g_inet_socket_address_new (host, (guint16) port);
}

static GSocket *
connect_to (guint port)
{
  g_autoptr (GSocketAddress) address = make_address (port);
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_set_timeout (socket, PATIENCE);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  return socket;
}

/* A server may have had enough in the middle of it. */
static void
send_all (GSocket      *socket,
          const guint8 *data,
          gsize         len)
{
  while (len > 0) {
    gssize n = g_socket_send (socket, (const char *) data, len, NULL, NULL);

    if (n <= 0)
      return;
    data += n;
    len -= (gsize) n;
  }
}

static void
read_to_end (Visit   *self,
             GSocket *socket)
{
  char buffer[65536];

  while (TRUE) {
    g_autoptr (GError) error = NULL;
    gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, &error);

    self->hung = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    if (n <= 0)
      return;
    g_byte_array_append (self->answer, (const guint8 *) buffer, (guint) n);
  }
}

static gpointer
visit_thread (gpointer user_data)
{
  Visit *self = user_data;
  g_autoptr (GSocket) socket = connect_to (self->port);
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  send_all (socket, self->data, self->len);
  if (self->way == WAY_FINISH) {
    g_socket_shutdown (socket, FALSE, TRUE, NULL);
    read_to_end (self, socket);
  } else if (self->way == WAY_RESET)
    g_assert_cmpint (setsockopt (g_socket_get_fd (socket), SOL_SOCKET,
                                 SO_LINGER, &linger, sizeof linger),
                     ==, 0);
  g_socket_close (socket, NULL);

  g_atomic_int_set (&self->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* What the server said. Transfer full. */
static GByteArray *
visit (World        *world,
       guint         port,
       const guint8 *data,
       gsize         len,
       Way           way)
{
  Visit    self = { .port = port, .data = data, .len = len, .way = way };
  GThread *thread;

  self.answer = g_byte_array_new ();
  thread = g_thread_new ("visit", visit_thread, &self);
  while (!g_atomic_int_get (&self.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);

  g_assert_false (self.hung);
  wait_until_empty (world);
  return self.answer;
}

static void
check_alive (World *world,
             guint  kind)
{
  static const struct
  {
    const char *protocol;
    const char *greeting;
  } table[] = { { "imap", "* OK" }, { "pop3", "+OK" }, { "smtp", "220 " } };
  gboolean secure = pc_serve_kinds[kind].secure;
  g_autoptr (GByteArray) answer = visit (world, world->ports[kind],
                                         (const guint8 *) "?", secure,
                                         WAY_FINISH);

  /* Where TLS comes first, clear text gets an alert (RFC 8446 section 6.2:
   * unexpected_message). */
  if (secure) {
    g_assert_cmpuint (answer->len, ==, 7);
    g_assert_cmpuint (answer->data[0], ==, 0x15);
    g_assert_cmpuint (answer->data[6], ==, 10);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].protocol, pc_serve_kinds[kind].protocol) == 0) {
      gsize len = strlen (table[i].greeting);

      g_assert_cmpuint (answer->len, >, len);
      g_assert_cmpmem (answer->data, len, table[i].greeting, len);
      return;
    }
  g_assert_not_reached ();
}

/* -- any octets at all ----------------------------------------------------- */

static GBytes *
make_random (guint32 seed,
             gsize   len)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint8 *data = g_malloc (len);

  for (gsize i = 0; i < len; i++)
    data[i] = (guint8) g_rand_int_range (rand, 0, 256);
  return g_bytes_new_take (data, len);
}

static GBytes *
make_filled (char  filler,
             gsize len)
{
  return g_bytes_new_take (g_strnfill (len, filler), len);
}

static GBytes *
make_repeated (const char *text,
               gsize       times)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < times; i++)
    g_string_append (out, text);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static const char client_hello[] =
    "\x16\x03\x01\x00\x31\x01\x00\x00\x2d\x03\x03"
    "0123456789abcdef0123456789abcdef"
    "\x00\x00\x04\x13\x01\x13\x02\x01\x00\x00\x00";

/* NULL past the last. */
static GBytes *
make_attack (guint index)
{
  switch (index) {
  case 0:
    return g_bytes_new_static ("", 0);
  case 1:
    return g_bytes_new_static (client_hello, sizeof client_hello - 1);
  case 2:
    return make_repeated ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 1);
  case 3:
    return make_filled ('x', 1024 * 1024);
  case 4:
    return make_filled ('\0', 1000);
  case 5:
    return make_filled ('\n', 4096);
  case 6:
    return make_filled ('\r', 4096);
  case 7:
    return make_repeated ("\0\r\n\0", 1);
  case 8:
    return make_repeated ("bad command\r\n", 20000);
  case 9:
    return make_repeated ("a1 NOOP\r\n", 20000);
  case 10:
    return make_repeated ("NOOP\n", 20000);
  case 11:
    return make_filled ('(', 70000);
  case 12:
    return make_repeated ("a LOGIN {99999999999999999999}\r\n", 3);
  case 13:
    return make_repeated ("a LOGIN {1000000}\r\n", 3);
  case 14:
    return make_repeated ("EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:"
                          "<alex@example.test>\r\nDATA\r\nhalf a mail",
                          1);
  case 15:
    return make_repeated ("USER alex\r\nPASS portcall\r\nRETR 1\r\nRET", 1);
  case 16:
    return make_repeated ("a LOGIN alex portcall\r\nb SELECT INBOX\r\n"
                          "c FETCH 1:* (BODY[] ENVEL",
                          1);
  case 17:
    return make_repeated ("\377\376\xc3\x28\xe2\x80\xae\r\n", 10);
  default:
    return index < 30 ? make_random (index, 1u << (index - 12)) : NULL;
  }
}

static void
test_any_octets (void)
{
  g_auto (World) world = { 0 };
  guint n = 0;

  world_init (&world);
  for (guint kind = 0; pc_serve_kinds[kind].name != NULL; kind++)
    for (guint i = 0; is_stream (kind); i++) {
      g_autoptr (GBytes) attack = make_attack (i);
      gsize         len;
      const guint8 *data;

      if (attack == NULL)
        break;
      data = g_bytes_get_data (attack, &len);
      for (guint way = WAY_FINISH; way <= WAY_RESET; way++) {
        g_autoptr (GByteArray) answer = NULL;

        g_test_message ("%s, octets %u, way %u", pc_serve_kinds[kind].name, i,
                        way);
        answer = visit (&world, world.ports[kind], data, len, (Way) way);
        n++;
      }
      check_alive (&world, kind);
      n++;
    }

  g_assert_cmpuint (world.n_begun, ==, n);
  g_assert_cmpuint (world.n_ended, ==, n);
  g_assert_cmpuint (world.n_steps, >, n);
}

/* -- datagrams ------------------------------------------------------------- */

static GSocket *
make_datagram_socket (void)
{
  g_autoptr (GSocketAddress) address = make_address (0);
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4,
                                  G_SOCKET_TYPE_DATAGRAM,
                                  G_SOCKET_PROTOCOL_UDP, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

static void
send_datagram (GSocket      *socket,
               guint         port,
               gconstpointer data,
               gsize         len)
{
  g_autoptr (GSocketAddress) address = make_address (port);
  g_autoptr (GError) error = NULL;

  g_socket_send_to (socket, address, data, len, NULL, &error);
  g_assert_no_error (error);
}

/* The next datagram, and who sent it; NULL when none comes for so long. */
static GBytes *
receive_datagram (GSocket *socket,
                  gint64   wait,
                  guint   *port)
{
  gint64 end = g_get_monotonic_time () + wait;
  char   buffer[65536];

  while (g_get_monotonic_time () < end) {
    g_autoptr (GSocketAddress) from = NULL;
    gssize n = g_socket_receive_from (socket, &from, buffer, sizeof buffer,
                                      NULL, NULL);

    if (n >= 0) {
      if (port != NULL)
        *port = g_inet_socket_address_get_port (
            G_INET_SOCKET_ADDRESS (from));
      return g_bytes_new (buffer, (gsize) n);
    }
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
  }

  return NULL;
}

static const char read_request[] = "\0\1boot.cfg\0octet";
static const char whole_file[] = "\0\3\0\1hello\n";

/* A whole transfer: the server still works. */
static void
check_transfer (guint port)
{
  g_autoptr (GSocket) socket = make_datagram_socket ();
  g_autoptr (GBytes) block = NULL;
  guint tid;

  send_datagram (socket, port, read_request, sizeof read_request);
  block = receive_datagram (socket, PATIENCE * G_USEC_PER_SEC, &tid);
  g_assert_nonnull (block);
  g_assert_cmpmem (g_bytes_get_data (block, NULL), g_bytes_get_size (block),
                   whole_file, sizeof whole_file - 1);
  g_assert_cmpuint (tid, !=, port);
  send_datagram (socket, tid, "\0\4\0\1", 4);
}

static void
test_any_datagrams (void)
{
  static const struct
  {
    const char *data;
    gsize       len;
    gboolean    answered;
  } rows[] = {
    { "", 0, FALSE },
    { "\0", 1, FALSE },
    { "\0\1", 2, FALSE },
    { "\0\1x", 3, FALSE },
    { "\0\1x\0", 4, TRUE },
    { "\0\1x\0octet", 9, TRUE },
    { "\0\1x\0octet\0", 10, TRUE },
    { "\0\1\0\0", 4, TRUE },
    { "\0\2boot.cfg\0octet\0", 17, TRUE },
    { "\0\1../../etc/passwd\0octet\0", 25, TRUE },
    { "\0\1boot.cfg\0mail\0", 16, TRUE },
    { "\0\3\0\1data", 8, FALSE },
    { "\0\4\0\1", 4, FALSE },
    { "\0\5\0\1error\0", 10, FALSE },
    { "\0\6blksize\0008\0", 12, FALSE },
    { "\377\377", 2, FALSE },
    { client_hello, sizeof client_hello - 1, FALSE },
  };
  g_auto (World) world = { 0 };
  g_autoptr (GSocket) socket = make_datagram_socket ();
  guint port;

  world_init (&world);
  port = world.ports[find_kind ("tftp")];
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) answer = NULL;

    g_test_message ("row %u", i);
    send_datagram (socket, port, rows[i].data, rows[i].len);
    answer = receive_datagram (
        socket, rows[i].answered ? PATIENCE * G_USEC_PER_SEC : 20000, NULL);
    if (rows[i].answered) {
      g_assert_nonnull (answer);
      g_assert_cmpmem (g_bytes_get_data (answer, NULL), 2, "\0\5", 2);
    } else if (answer != NULL) /* an error packet, or silence */
      g_assert_cmpmem (g_bytes_get_data (answer, NULL), 2, "\0\5", 2);
  }
  for (guint i = 0; i < 200; i++) {
    g_autoptr (GBytes) noise = make_random (i, i * 40);

    send_datagram (socket, port, g_bytes_get_data (noise, NULL),
                   g_bytes_get_size (noise));
    g_main_context_iteration (NULL, FALSE);
  }
  wait_until_empty (&world);

  check_transfer (port);
  wait_until_empty (&world);
}

/* -- limits ---------------------------------------------------------------- */

/* Reads what is there after a while; "" when the server has closed. */
static char *
read_some (GSocket *socket)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  char   buffer[4096];

  while (g_get_monotonic_time () < end) {
    g_autoptr (GError) error = NULL;
    gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, &error);

    if (n >= 0 || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
      return g_strndup (buffer, (gsize) MAX (n, 0));
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
  }
  g_assert_not_reached ();
}

static GSocket *
connect_without_waiting (guint port)
{
  GSocket *socket = connect_to (port);

  g_socket_set_blocking (socket, FALSE);
  return socket;
}

static void
test_connections (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (
      g_object_unref);
  guint port;

  world_init (&world);
  port = world.ports[find_kind ("imap")];
  for (guint i = 0; i < PC_LIMIT_CONNECTIONS; i++) {
    GSocket         *socket = connect_without_waiting (port);
    g_autofree char *greeting = read_some (socket);

    g_ptr_array_add (sockets, socket);
    g_assert_true (g_str_has_prefix (greeting, "* OK"));
  }
  g_assert_cmpuint (pc_serve_get_n_conns (world.serve), ==,
                    PC_LIMIT_CONNECTIONS);

  /* No room: told so, and the others are not disturbed. */
  for (guint i = 0; i < PC_LIMIT_REFUSALS; i++) {
    GSocket         *socket = connect_without_waiting (port);
    g_autofree char *greeting = read_some (socket);

    g_ptr_array_add (sockets, socket);
    g_assert_cmpstr (greeting, ==,
                     "* BYE [UNAVAILABLE] Too many connections; try again "
                     "later\r\n");
  }
  /* No room even for that: closed at once. */
  for (guint i = 0; i < 10; i++) {
    g_autoptr (GSocket) socket = connect_without_waiting (port);
    g_autofree char *greeting = read_some (socket);

    g_assert_cmpstr (greeting, ==, "");
  }
  g_assert_cmpuint (pc_serve_get_n_conns (world.serve), ==,
                    PC_LIMIT_CONNECTIONS + PC_LIMIT_REFUSALS);

  g_ptr_array_set_size (sockets, 0);
  wait_until_empty (&world);
  check_alive (&world, find_kind ("imap"));
}

static void
test_transfers (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (
      g_object_unref);
  guint port;
  guint n_answered = 0;

  world_init (&world);
  port = world.ports[find_kind ("tftp")];
  for (guint i = 0; i < PC_LIMIT_TFTP_TRANSFERS + 6; i++) {
    GSocket *socket = make_datagram_socket ();

    g_ptr_array_add (sockets, socket);
    send_datagram (socket, port, read_request, sizeof read_request);
    for (guint k = 0; k < 3; k++)
      g_main_context_iteration (NULL, FALSE);
  }
  for (guint i = 0; i < sockets->len; i++) {
    guint tid;
    g_autoptr (GBytes) block = receive_datagram (sockets->pdata[i], 300000,
                                                 &tid);

    n_answered += block != NULL;
    if (block != NULL)
      send_datagram (sockets->pdata[i], tid, "\0\4\0\1", 4);
  }
  g_assert_cmpuint (n_answered, ==, PC_LIMIT_TFTP_TRANSFERS);
  wait_until_empty (&world);
  check_transfer (port);
  wait_until_empty (&world);
}

/* -- ports ----------------------------------------------------------------- */

static void
test_port_in_use (void)
{
  g_auto (World) world = { 0 };

  world_init (&world);
  for (guint i = 0; pc_serve_kinds[i].name != NULL; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *number = g_strdup_printf ("Port %u ", world.ports[i]);
    g_autofree char *offer = g_strdup_printf ("--%s=",
                                              pc_serve_kinds[i].name);
    g_autofree char *any = g_strdup_printf ("--%s=0", pc_serve_kinds[i].name);
    const char      *found;
    guint64          port;

    g_assert_cmpuint (pc_serve_listen (world.serve, &pc_serve_kinds[i],
                                       world.ports[i], &error),
                      ==, 0);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, number));
    g_assert_nonnull (strstr (error->message, any));

    /* What it offers works. */
    found = strstr (error->message, offer);
    port = g_ascii_strtoull (found + strlen (offer), NULL, 10);
    g_assert_cmpuint (port, !=, world.ports[i]);
    g_clear_error (&error);
    g_assert_cmpuint (pc_serve_listen (world.serve, &pc_serve_kinds[i],
                                       (guint) port, &error),
                      ==, port);
    g_assert_no_error (error);
  }
}

/* What is under way when the servers go: everything is freed. */
static void
test_free_amid (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (GSocket) stream = NULL;
  g_autoptr (GSocket) datagrams = make_datagram_socket ();
  g_autofree char *greeting = NULL;
  g_autoptr (GBytes) block = NULL;

  world_init (&world);
  stream = connect_without_waiting (world.ports[find_kind ("smtp")]);
  greeting = read_some (stream);
  send_datagram (datagrams, world.ports[find_kind ("tftp")], read_request,
                 sizeof read_request);
  block = receive_datagram (datagrams, PATIENCE * G_USEC_PER_SEC, NULL);
  g_assert_nonnull (block);
  g_assert_cmpuint (pc_serve_get_n_conns (world.serve), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serve/any-octets", test_any_octets);
  g_test_add_func ("/serve/any-datagrams", test_any_datagrams);
  g_test_add_func ("/serve/connections", test_connections);
  g_test_add_func ("/serve/transfers", test_transfers);
  g_test_add_func ("/serve/port-in-use", test_port_in_use);
  g_test_add_func ("/serve/free-amid", test_free_amid);

  return g_test_run ();
}
