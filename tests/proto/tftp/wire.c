/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bad line between two ends: every datagram that an engine makes is lost,
 * doubled or late by dice, or passes. */

#include "wire.h"

#include "proto/tftp/packet.h"

#include "base/limits.h"

#include <string.h>

#define START G_GINT64_CONSTANT (1700000000000000)
#define LATE (5 * G_TIME_SPAN_MILLISECOND) /* at most */

typedef struct
{
  gint64  at;
  guint   from;
  guint   to;
  GBytes *data;
} Flight;

typedef struct
{
  PcEngine   *engine;
  gsize       given; /* octets of the file */
  gsize       sent;  /* in blocks, the highest */
  guint64     n_blocks;
  GByteArray *upload;
} Server;

static void
flight_free (Flight *self)
{
  g_bytes_unref (self->data);
  g_free (self);
}

static void
server_free (gpointer data)
{
  Server *self = data;

  pc_engine_free (self->engine);
  g_clear_pointer (&self->upload, g_byte_array_unref);
  g_free (self);
}

Wire *
wire_new (guint32  seed,
          gint64   timeout,
          gboolean old_acks)
{
  PcClientConfig config = { .server_port = 69,
                            .timeout = timeout,
                            .old_acks = old_acks };
  Wire          *self = g_new0 (Wire, 1);

  self->server_config.timeout = timeout;
  self->server_config.policy.old_acks = old_acks;
  self->latency = 300;
  self->now = START;
  self->client = pc_tftp_client_new (&config);
  self->servers = g_ptr_array_new_with_free_func (server_free);
  self->outcome = g_string_new (NULL);
  self->log = g_string_new (NULL);
  self->rand = g_rand_new_with_seed (seed);
  g_queue_init (&self->flights);
  pc_engine_start (self->client, self->now);
  return self;
}

void
wire_free (Wire *self)
{
  pc_engine_free (self->client);
  g_ptr_array_unref (self->servers);
  g_queue_clear_full (&self->flights, (GDestroyNotify)flight_free);
  g_clear_pointer (&self->got, g_bytes_unref);
  g_clear_pointer (&self->stored, g_bytes_unref);
  g_string_free (self->outcome, TRUE);
  g_string_free (self->log, TRUE);
  g_rand_free (self->rand);
  g_free (self);
}

/* -- the line ------------------------------------------------------------- */

static gboolean
hits (Wire *self,
      guint rate)
{
  return rate > 0 && g_rand_int_range (self->rand, 0, 100) < (gint32)rate;
}

static void
launch (Wire   *self,
        guint   from,
        guint   to,
        GBytes *data)
{
  Flight *flight = g_new0 (Flight, 1);
  GList  *link = self->flights.tail;
  gint64  delay = self->latency;

  if (hits (self, self->late))
    delay += g_rand_int_range (self->rand, 1, LATE);
  *flight = (Flight){ self->now + delay, from, to, g_bytes_ref (data) };

  /* Behind all that arrive no later. */
  while (link != NULL && ((Flight *)link->data)->at > flight->at)
    link = link->prev;
  if (link == NULL)
    g_queue_push_head (&self->flights, flight);
  else
    g_queue_insert_after (&self->flights, link, flight);
}

static void
count (Wire         *self,
       PcSide        side,
       const guint8 *octets,
       gsize         len)
{
  self->n_sent[side]++;
  self->octets_sent[side] += len;
  if (octets[1] == PC_TFTP_DATA)
    self->n_data++;
  if (octets[1] == PC_TFTP_ACK)
    self->n_acks++;
}

static void
send (Wire       *self,
      PcSide      side,
      guint       from,
      PcDatagram *datagram)
{
  gsize         len;
  const guint8 *octets = g_bytes_get_data (datagram->data, &len);
  WireFate      fate = WIRE_PASS;

  g_assert_cmpuint (len, >=, PC_TFTP_HEADER);
  g_assert_cmpuint (len, <=, PC_LIMIT_TFTP_PACKET);
  count (self, side, octets, len);

  if (self->fate != NULL)
    fate = self->fate (self, side, self->n_sent[side], octets, len);
  else if (hits (self, self->loss))
    fate = WIRE_LOSE;
  else if (hits (self, self->doubled))
    fate = WIRE_DOUBLE;

  if (fate == WIRE_LOSE)
    return;
  launch (self, from, datagram->port, datagram->data);
  if (fate == WIRE_DOUBLE)
    launch (self, from, datagram->port, datagram->data);
}

/* -- files ---------------------------------------------------------------- */

static GBytes *
next_piece (Wire   *self,
            Server *server,
            gsize   wanted)
{
  gsize   size = g_bytes_get_size (self->file);
  gsize   len = MIN (wanted, size - server->given);
  GBytes *piece = g_bytes_new_from_bytes (self->file, server->given, len);

  server->given += len;
  self->held = MAX (self->held, server->given - MIN (server->sent,
                                                     server->given));
  return piece;
}

static PcFileStatus
commit (Wire   *self,
        Server *server)
{
  if (self->stored != NULL)
    return PC_FILE_EXISTS;

  self->stored = g_byte_array_free_to_bytes (
      g_steal_pointer (&server->upload));
  return PC_FILE_OK;
}

static void
answer (Wire          *self,
        Server        *server,
        const PcEvent *event)
{
  g_autoptr (GBytes) content = NULL;
  PcFileStatus  status = PC_FILE_OK;
  gsize         len;
  gconstpointer octets;

  switch (event->kind) {
  case PC_EVENT_OPEN_READ:
    if (self->file == NULL)
      status = PC_FILE_NOT_FOUND;
    else if (!self->in_pieces)
      content = g_bytes_ref (self->file);
    else
      pc_engine_tell_size (server->engine,
                           (gint64)g_bytes_get_size (self->file));
    break;
  case PC_EVENT_READ:
    g_assert_true (self->in_pieces);
    content = next_piece (self, server, (gsize)event->number);
    break;
  case PC_EVENT_OPEN_WRITE:
    server->upload = g_byte_array_new ();
    break;
  case PC_EVENT_WRITE:
    octets = g_bytes_get_data (event->data, &len);
    g_byte_array_append (server->upload, octets, (guint)len);
    break;
  case PC_EVENT_COMMIT:
    status = commit (self, server);
    break;
  case PC_EVENT_ABORT:
    return;
  case PC_EVENT_FAILED:
    g_string_append_printf (self->log, "%s\n", event->text);
    return;
  default:
    g_assert_not_reached ();
  }

  pc_engine_answer (server->engine, self->now, status, content);
}

/* -- the ends ------------------------------------------------------------- */

static void
drain_client (Wire *self)
{
  PcDatagram *datagram;
  PcEvent    *event;

  while ((event = pc_engine_next_event (self->client)) != NULL) {
    if (event->kind == PC_EVENT_ITEM) {
      g_assert_null (self->got);
      self->got = g_bytes_ref (event->data);
    } else {
      g_string_append_printf (
          self->outcome, "%s%s",
          event->kind == PC_EVENT_DONE      ? "done"
          : event->kind == PC_EVENT_REFUSED ? "refused "
                                            : "failed ",
          event->text != NULL ? event->text : "");
    }
    pc_event_free (event);
  }
  while ((datagram = pc_engine_next_datagram (self->client)) != NULL) {
    send (self, PC_SIDE_CLIENT, WIRE_CLIENT_PORT, datagram);
    pc_datagram_free (datagram);
  }
}

static void
drain_server (Wire  *self,
              guint  i)
{
  Server     *server = self->servers->pdata[i];
  PcDatagram *datagram;
  PcEvent    *event;

  while ((event = pc_engine_next_event (server->engine)) != NULL) {
    answer (self, server, event);
    pc_event_free (event);
  }
  while ((datagram = pc_engine_next_datagram (server->engine)) != NULL) {
    gsize         len;
    const guint8 *octets = g_bytes_get_data (datagram->data, &len);

    if (octets[1] == PC_TFTP_DATA &&
        (guint16)(octets[2] << 8 | octets[3]) ==
            (guint16)(server->n_blocks + 1)) {
      server->n_blocks++;
      server->sent += len - PC_TFTP_HEADER;
    }
    send (self, PC_SIDE_SERVER, WIRE_SERVER_PORT + i, datagram);
    pc_datagram_free (datagram);
  }
}

static void
drain (Wire *self)
{
  drain_client (self);
  for (guint i = 0; i < self->servers->len; i++)
    drain_server (self, i);
}

static PcEngine *
find_server (Wire *self,
             guint port)
{
  Server *server;

  if (port >= WIRE_SERVER_PORT &&
      port < WIRE_SERVER_PORT + self->servers->len)
    return ((Server *)self->servers->pdata[port - WIRE_SERVER_PORT])->engine;
  if (port != 69)
    return NULL;

  server = g_new0 (Server, 1);
  server->engine = pc_tftp_server_new (&self->server_config);
  pc_engine_start (server->engine, self->now);
  g_ptr_array_add (self->servers, server);
  return server->engine;
}

static void
deliver (Wire *self)
{
  Flight       *flight = g_queue_pop_head (&self->flights);
  PcEngine     *engine = self->client;
  gsize         len;
  const guint8 *data = g_bytes_get_data (flight->data, &len);

  self->now = MAX (self->now, flight->at);
  if (flight->to != WIRE_CLIENT_PORT)
    engine = find_server (self, flight->to);
  if (engine != NULL)
    pc_engine_feed (engine, self->now, flight->from, data, len);
  flight_free (flight);
  drain (self);
}

static gint64
next_deadline (const Wire *self)
{
  gint64 next = pc_engine_get_deadline (self->client);

  for (guint i = 0; i < self->servers->len; i++) {
    const Server *server = self->servers->pdata[i];

    next = MIN (next, pc_engine_get_deadline (server->engine));
  }
  return next;
}

static void
wake (Wire  *self,
      gint64 at)
{
  g_assert_cmpint (at, >=, self->now);

  self->now = at;
  pc_engine_wake (self->client, at);
  for (guint i = 0; i < self->servers->len; i++)
    pc_engine_wake (((Server *)self->servers->pdata[i])->engine, at);
  drain (self);
}

static void
begin (Wire       *self,
       const char *name,
       const char *options,
       GBytes     *data)
{
  g_autoptr (PcAction) action = pc_action_new (name);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strsplit (options, " ", -1);

  pc_action_set (action, "file", "a");
  for (guint i = 0; words[i] != NULL; i++) {
    g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);

    if (pair[0] != NULL && pair[1] != NULL)
      pc_action_set (action, pair[0], pair[1]);
  }
  if (data != NULL)
    pc_action_set_data (action, g_bytes_get_data (data, NULL),
                        g_bytes_get_size (data));
  pc_engine_act (self->client, self->now, action, &error);
  g_assert_no_error (error);
  drain (self);
}

void
wire_run (Wire       *self,
          const char *action,
          const char *options,
          GBytes     *data)
{
  begin (self, action, options, data);

  while (TRUE) {
    const Flight *flight = g_queue_peek_head (&self->flights);
    gint64        deadline = next_deadline (self);

    if (flight != NULL && flight->at <= deadline)
      deliver (self);
    else if (deadline != PC_ENGINE_NEVER)
      wake (self, deadline);
    else
      break;
  }

  /* All timers are off: so nobody may be waiting any more. */
  g_assert_false (self->client->busy);
}

gboolean
wire_is_done (const Wire *self)
{
  return strcmp (self->outcome->str, "done") == 0;
}
