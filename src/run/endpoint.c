/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One end of a conversation: an engine, and the link that it speaks through.
 *
 * This is the pump.  What arrives is fed to the engine; what the engine has
 * then produced is drained: octets and datagrams to the link, past the
 * recorder; events to the owner, or, when the engine asks for files, to
 * endpoint-files.c.  The clock is read once per turn.
 */

#include "run/hub.h"

#include "run/hub-private.h"

#include "base/limits.h"

#include <string.h>

/* Octets that may wait in a link before the engine's output stays where it
 * is: a reader that is slow must not make us copy everything for it. */
#define LINK_FULL (256 * 1024)

PcEndpoint *
pc_endpoint_new (PcConn   *conn,
                 PcSide    side,
                 PcEngine *engine)
{
  PcEndpoint *self = g_new0 (PcEndpoint, 1);

  self->hub = conn->hub;
  self->conn = conn;
  self->side = side;
  self->engine = engine;
  self->deadline = PC_ENGINE_NEVER;
  self->wanted = PC_ENGINE_NEVER;
  conn->live++;
  g_ptr_array_add (conn->hub->endpoints, self);
  return self;
}

void
pc_endpoint_free (gpointer data)
{
  PcEndpoint *self = data;

  g_clear_pointer (&self->timer, pc_timer_free);
  g_clear_pointer (&self->patience, pc_timer_free);
  g_clear_pointer (&self->file, pc_file_free);
  g_clear_pointer (&self->upload, pc_upload_free);
  g_clear_pointer (&self->stream, pc_stream_free);
  g_clear_pointer (&self->datagrams, pc_datagram_port_free);
  g_clear_pointer (&self->engine, pc_engine_free);
  g_free (self);
}

static gint64
now (PcEndpoint *self)
{
  return pc_net_now (self->hub->net);
}

void
pc_flight_free (PcFlight *flight)
{
  g_clear_object (&flight->step);
  g_clear_pointer (&flight->bytes, g_bytes_unref);
  g_free (flight);
}

/* They will not arrive: nobody is there to take them. */
static void
lose_flights (PcConn *conn,
              PcSide  from)
{
  PcFlight *flight;

  while ((flight = g_queue_pop_head (&conn->flights[from])) != NULL) {
    pc_step_set_arrival (flight->step, -1, PC_FATE_LOST);
    pc_flight_free (flight);
  }
}

/* The link goes; engine and struct stay until the hub has settled. */
static void
vanish (PcEndpoint *self)
{
  PcHub *hub = self->hub;

  if (self->gone)
    return;

  self->gone = TRUE;
  self->conn->live--;
  lose_flights (self->conn, PC_SIDE_OTHER (self->side));
  if (self->conn->live == 0)
    lose_flights (self->conn, self->side);
  g_clear_pointer (&self->timer, pc_timer_free);
  g_clear_pointer (&self->patience, pc_timer_free);
  g_clear_pointer (&self->file, pc_file_free);
  g_clear_pointer (&self->upload, pc_upload_free);
  g_clear_pointer (&self->stream, pc_stream_free);
  g_clear_pointer (&self->datagrams, pc_datagram_port_free);
  g_ptr_array_remove (hub->endpoints, self);
  g_ptr_array_add (hub->past, self);
}

/* -- what the engine has produced ----------------------------------------- */

/* A foreign reader cannot tell us when it has read. */
static void
left (PcEndpoint *self,
      gsize       len)
{
  if (self->conn->foreign[PC_SIDE_OTHER (self->side)])
    pc_recorder_arrived (self->conn->recorder, self->conn->recorded,
                         self->side, now (self), len);
}

static gboolean
drain_octets (PcEndpoint *self)
{
  PcBytes      *out = pc_engine_get_output (self->engine);
  gsize         len;
  const guint8 *data = pc_bytes_peek (out, &len);

  if (self->stream == NULL || len == 0 || self->finished ||
      pc_stream_get_pending (self->stream) > LINK_FULL)
    return FALSE;

  len = MIN (len, LINK_FULL);
  /* What goes through TLS is recorded record by record. */
  if (pc_stream_get_tls (self->stream) == NULL) {
    pc_recorder_sent (self->conn->recorder, self->conn->recorded, self->side,
                      now (self), data, len);
    left (self, len);
  }
  pc_stream_write (self->stream, data, len);
  pc_bytes_consume (out, len);
  return TRUE;
}

/* The number that people know in place of the one that is really used. */
static guint
registered (PcEndpoint *self,
            guint       port)
{
  const PcListening *listening = self->conn->listening;

  return listening != NULL && listening->port == port
             ? listening->service.registered
             : port;
}

static void
send_datagram (PcEndpoint *self,
               PcDatagram *datagram)
{
  PcConn       *conn = self->conn;
  PcHub        *hub = self->hub;
  guint         from = pc_datagram_port_get_number (self->datagrams);
  gsize         len;
  const guint8 *data = g_bytes_get_data (datagram->data, &len);
  PcStep       *step;

  /* Whoever waits for it need not wait for the recorder too. */
  if (conn->foreign[PC_SIDE_OTHER (self->side)] &&
      hub->handler->drops == NULL) {
    gint64 at = now (self);

    pc_datagram_port_send (self->datagrams, datagram->port, data, len);
    pc_recorder_passed (conn->recorder, conn->recorded, self->side, from,
                        registered (self, datagram->port), at, data, len,
                        datagram->data);
    return;
  }

  step = pc_recorder_datagram (conn->recorder, conn->recorded, self->side,
                               from, registered (self, datagram->port),
                               now (self), data, len);
  if (step != NULL && hub->handler->drops != NULL &&
      hub->handler->drops (conn, step, hub->user_data)) {
    pc_step_set_arrival (step, -1, PC_FATE_LOST);
    return;
  }

  if (step != NULL && conn->foreign[PC_SIDE_OTHER (self->side)])
    pc_step_set_arrival (step,
                         pc_recorder_to_relative (conn->recorder, now (self)),
                         PC_FATE_DELIVERED);
  else if (step != NULL) {
    PcFlight *flight = g_new0 (PcFlight, 1);

    flight->step = g_object_ref (step);
    flight->bytes = g_bytes_ref (datagram->data);
    g_queue_push_tail (&conn->flights[self->side], flight);
  }
  pc_datagram_port_send (self->datagrams, datagram->port, data, len);
}

static gboolean
drain_datagrams (PcEndpoint *self)
{
  gboolean any = FALSE;

  while (self->datagrams != NULL) {
    g_autoptr (PcDatagram) datagram = pc_engine_next_datagram (self->engine);

    if (datagram == NULL)
      break;
    send_datagram (self, datagram);
    any = TRUE;
  }

  return any;
}

static gboolean
drain_events (PcEndpoint *self)
{
  PcHub   *hub = self->hub;
  gboolean any = FALSE;

  while (!self->gone) {
    g_autoptr (PcEvent) event = pc_engine_next_event (self->engine);

    if (event == NULL)
      break;
    if (pc_endpoint_serve_file (self, event))
      ;
    else if (self->listener != NULL)
      self->listener (self, event, self->listener_data);
    else if (hub->handler->event != NULL && self->side == PC_SIDE_CLIENT)
      hub->handler->event (self, event, hub->user_data);
    any = TRUE;
  }

  return any;
}

static void set_timer (PcEndpoint *self);

/* What leaves next is sent since nothing came for so long; with @waited FALSE,
 * for some other reason. */
static void
tell_wait (PcEndpoint *self,
           gboolean    waited)
{
  if (self->datagrams != NULL && self->conn->recorded != 0)
    pc_recorder_waited (self->conn->recorder, self->conn->recorded,
                        self->side, waited ? now (self) - self->since : 0);
}

static void
timer_cb (gpointer user_data)
{
  PcEndpoint *self = user_data;
  PcHub      *hub = self->hub;

  g_clear_pointer (&self->timer, pc_timer_free);
  self->deadline = PC_ENGINE_NEVER;
  if (pc_engine_get_deadline (self->engine) > now (self)) {
    set_timer (self);
    return;
  }

  pc_hub_enter (hub);
  tell_wait (self, TRUE);
  pc_engine_wake (self->engine, now (self));
  pc_endpoint_pump (self);
  tell_wait (self, FALSE);
  pc_hub_leave (hub);
}

static void
set_timer (PcEndpoint *self)
{
  gint64 deadline = pc_engine_get_deadline (self->engine);

  if (deadline != self->wanted && self->datagrams != NULL) {
    self->wanted = deadline;
    self->since = now (self);
  }
  if (deadline == self->deadline || self->finished)
    return;
  /* With every command the wait begins anew: a timer that is early asks again
   * how late it is. */
  if (self->timer != NULL && deadline > self->deadline &&
      deadline != PC_ENGINE_NEVER)
    return;

  g_clear_pointer (&self->timer, pc_timer_free);
  self->deadline = deadline;
  if (deadline != PC_ENGINE_NEVER)
    self->timer = pc_net_add_timer (self->hub->net, deadline, timer_cb, self);
}

/* The engine wants no more: what is queued leaves, then the link closes. */
static void
wind_up (PcEndpoint *self)
{
  if (self->datagrams != NULL) {
    vanish (self);
    return;
  }
  if (self->finished || self->stream == NULL ||
      pc_bytes_get_size (pc_engine_get_output (self->engine)) > 0)
    return;

  pc_endpoint_close (self);
}

/* Its reply that TLS may begin is on its way, in clear. */
static gboolean
wants_tls (PcEndpoint *self)
{
  return self->stream != NULL && !self->finished &&
         pc_stream_get_tls (self->stream) == NULL &&
         pc_engine_get_security (self->engine) == PC_SECURITY_WANTED &&
         pc_engine_get_status (self->engine) == PC_ENGINE_RUNNING &&
         pc_bytes_get_size (pc_engine_get_output (self->engine)) == 0;
}

static void
pump (PcEndpoint *self)
{
  gboolean any = TRUE;

  while (any && !self->gone) {
    any = drain_octets (self);
    any = drain_datagrams (self) || any;
    any = drain_events (self) || any;
  }
  if (self->gone)
    return;

  if (wants_tls (self))
    pc_endpoint_secure (self, TRUE);
  set_timer (self);
  if (pc_engine_get_status (self->engine) != PC_ENGINE_RUNNING)
    wind_up (self);
}

void
pc_endpoint_pump (PcEndpoint *self)
{
  PcEndpoint *partner = self->partner;

  pump (self);
  if (partner != NULL)
    pump (partner);
}

/* -- what the link brings ------------------------------------------------- */

void
pc_endpoint_start (PcEndpoint *self)
{
  self->open = TRUE;
  pc_conn_begin (self->conn);
  pc_engine_start (self->engine, now (self));
  pc_endpoint_pump (self);
}

static void
opened_cb (PcStream *stream,
           gpointer  user_data)
{
  PcEndpoint *self = user_data;
  PcHub      *hub = self->hub;

  pc_hub_enter (hub);
  if (pc_stream_get_tls (stream) != NULL)
    pc_endpoint_secured (self);
  else
    pc_endpoint_start (self);
  pc_hub_leave (hub);
}

static void
received_cb (PcStream     *stream,
             const guint8 *data,
             gsize         len,
             gpointer      user_data)
{
  PcEndpoint *self = user_data;
  PcHub      *hub = self->hub;
  PcConn     *conn = self->conn;
  PcSide      from = PC_SIDE_OTHER (self->side);

  pc_hub_enter (hub);
  if (pc_stream_get_tls (stream) == NULL) {
    if (conn->foreign[from])
      pc_recorder_sent (conn->recorder, conn->recorded, from, now (self),
                        data, len);
    pc_recorder_arrived (conn->recorder, conn->recorded, from, now (self),
                         len);
  }
  pc_engine_feed (self->engine, now (self), 0, data, len);
  pc_endpoint_pump (self);
  pc_hub_leave (hub);
}

/* What a foreign end does, only our own can tell. */
static void
record_foreign_end (PcEndpoint *self,
                    PcStreamEnd end)
{
  PcConn *conn = self->conn;
  PcSide  other = PC_SIDE_OTHER (self->side);

  if (conn->foreign[other])
    pc_recorder_closed (conn->recorder, conn->recorded, other,
                        end == PC_END_RESET, now (self));
}

/* All that we had to say has left, and we said that it was all. */
static gboolean
is_said (PcEndpoint *self)
{
  return !self->gone && self->finished &&
         pc_stream_get_pending (self->stream) == 0;
}

static void
ended_cb (PcStream   *stream,
          PcStreamEnd end,
          gpointer    user_data)
{
  PcEndpoint *self = user_data;
  PcHub      *hub = self->hub;
  PcConn     *conn = self->conn;

  pc_hub_enter (hub);
  if (end == PC_END_REFUSED) {
    pc_recorder_refused (conn->recorder, conn->client, conn->server,
                         conn->registered, now (self));
    vanish (self);
  } else if (end == PC_END_INSECURE) {
    pc_endpoint_insecure (self);
  } else {
    record_foreign_end (self, end);
    self->eof = TRUE;
    pc_engine_eof (self->engine, now (self));
    pc_endpoint_pump (self);
    /* Where both ends have finished, nobody is to be waited for. */
    if (end == PC_END_RESET ||
        (self->finished && !self->gone &&
         pc_stream_get_pending (self->stream) == 0))
      vanish (self);
    else if (pc_bytes_get_size (pc_engine_get_output (self->engine)) == 0)
      pc_endpoint_close (self);
  }
  pc_hub_leave (hub);
}

static void
drained_cb (PcStream *stream,
            gpointer  user_data)
{
  PcEndpoint *self = user_data;
  PcHub      *hub = self->hub;

  pc_hub_enter (hub);
  pc_endpoint_pump (self);
  if (self->eof && is_said (self))
    vanish (self);
  pc_hub_leave (hub);
}

const PcStreamHandler pc_endpoint_stream_handler = {
  .opened = opened_cb,
  .received = received_cb,
  .ended = ended_cb,
  .record = pc_endpoint_record_cb,
  .drained = drained_cb,
};

/* Flights that are older than the one that arrived never will. */
static PcFlight *
land (PcConn       *conn,
      PcSide        from,
      const guint8 *data,
      gsize         len)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, len);
  GQueue   *flights = &conn->flights[from];
  PcFlight *flight;

  while ((flight = g_queue_pop_head (flights)) != NULL) {
    if (g_bytes_equal (flight->bytes, bytes))
      return flight;
    pc_step_set_arrival (flight->step, -1, PC_FATE_LOST);
    pc_flight_free (flight);
  }

  return NULL;
}

void
pc_conn_arrived (PcConn       *self,
                 PcSide        from,
                 guint         from_port,
                 guint         to_port,
                 const guint8 *data,
                 gsize         len)
{
  gint64 at = pc_net_now (self->hub->net);

  if (!self->foreign[from]) {
    PcFlight *flight = land (self, from, data, len);

    if (flight == NULL)
      return;
    pc_step_set_arrival (flight->step,
                         pc_recorder_to_relative (self->recorder, at),
                         PC_FATE_DELIVERED);
    pc_flight_free (flight);
  } else {
    pc_recorder_passed (self->recorder, self->recorded, from, from_port,
                        to_port, at, data, len, NULL);
  }
}

void
pc_endpoint_received_datagram (PcDatagramPort *port,
                               guint           from,
                               const guint8   *data,
                               gsize           len,
                               gpointer        user_data)
{
  PcEndpoint *self = user_data;
  PcHub      *hub = self->hub;

  pc_hub_enter (hub);
  pc_conn_arrived (self->conn, PC_SIDE_OTHER (self->side), from,
                   pc_datagram_port_get_number (port), data, len);
  pc_engine_feed (self->engine, now (self), from, data, len);
  pc_endpoint_pump (self);
  pc_hub_leave (hub);
}

/* -- the owner's words ---------------------------------------------------- */

PcEngine *
pc_endpoint_get_engine (PcEndpoint *self)
{
  return self->engine;
}

PcConn *
pc_endpoint_get_conn (PcEndpoint *self)
{
  return self->conn;
}

gboolean
pc_endpoint_is_open (PcEndpoint *self)
{
  return self->open && !self->gone;
}

gboolean
pc_endpoint_is_gone (PcEndpoint *self)
{
  return self->gone;
}

void
pc_endpoint_set_listener (PcEndpoint    *self,
                          PcEndpointFunc listener,
                          gpointer       user_data)
{
  self->listener = listener;
  self->listener_data = user_data;
}

void
pc_endpoint_forget (PcEndpoint *self)
{
  g_return_if_fail (self->gone);

  self->listener = NULL;
  self->conn->forgotten = TRUE;
}

gboolean
pc_endpoint_act (PcEndpoint     *self,
                 const PcAction *action,
                 GError        **error)
{
  if (!pc_engine_act (self->engine, now (self), action, error))
    return FALSE;

  pc_hub_enter (self->hub);
  pc_endpoint_pump (self);
  pc_hub_leave (self->hub);
  return TRUE;
}

static void
linger_cb (gpointer user_data)
{
  PcEndpoint *self = user_data;
  PcHub      *hub = self->hub;

  pc_hub_enter (hub);
  vanish (self);
  pc_hub_leave (hub);
}

void
pc_endpoint_close (PcEndpoint *self)
{
  if (self->gone || self->finished)
    return;

  if (self->datagrams != NULL) {
    vanish (self);
    return;
  }

  self->finished = TRUE;
  /* First, since TLS has a farewell of its own. */
  pc_stream_finish (self->stream);
  pc_recorder_closed (self->conn->recorder, self->conn->recorded, self->side,
                      FALSE, now (self));
  if (self->eof && is_said (self)) {
    vanish (self);
    return;
  }

  /* A peer that never closes its side must not hold us. */
  g_clear_pointer (&self->timer, pc_timer_free);
  self->timer = pc_net_add_timer (self->hub->net, now (self) + PC_LIMIT_LINGER,
                                  linger_cb, self);
}

void
pc_endpoint_cut (PcEndpoint *self)
{
  if (self->gone)
    return;

  if (self->stream != NULL) {
    pc_recorder_closed (self->conn->recorder, self->conn->recorded,
                        self->side, TRUE, now (self));
    pc_stream_abort (self->stream);
    pc_engine_eof (self->engine, now (self));
  }
  vanish (self);
}
