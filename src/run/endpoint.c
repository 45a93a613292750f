/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One end of a conversation: an engine, and the link that it speaks through.
 *
 * This is the pump.  What arrives is fed to the engine; what the engine has
 * then produced is drained: octets and datagrams to the link, past the
 * recorder; events to the owner, or, when the engine asks for files, to
 * endpoint-files.c.  The clock is read once per turn.
 */

#include "run/hub.h"

#include "run/fault.h"
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
  pc_endpoint_drop_orders (self);
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

void
pc_endpoint_vanish (PcEndpoint *self)
{
  PcHub *hub = self->hub;

  if (self->gone)
    return;

  self->gone = TRUE;
  self->conn->live--;
  pc_fault_stop (self);
  if (!pc_conn_has_twin (self))
    lose_flights (self->conn, PC_SIDE_OTHER (self->side));
  if (self->conn->live == 0)
    lose_flights (self->conn, self->side);
  g_clear_pointer (&self->timer, pc_timer_free);
  g_clear_pointer (&self->patience, pc_timer_free);
  g_clear_pointer (&self->file, pc_file_free);
  g_clear_pointer (&self->upload, pc_upload_free);
  g_clear_pointer (&self->stream, pc_stream_free);
  if (self->datagrams != NULL && self->conn->recorded != 0 &&
      !pc_conn_has_twin (self))
    pc_recorder_left (self->conn->recorder, self->conn->recorded, self->side);
  /* What is late leaves from this port. */
  if (g_queue_is_empty (&self->conn->held))
    g_clear_pointer (&self->datagrams, pc_datagram_port_free);
  g_ptr_array_remove (hub->endpoints, self);
  g_ptr_array_add (hub->past, self);
}

/* -- what the engine has produced ----------------------------------------- */

static gboolean
drain_octets (PcEndpoint *self)
{
  PcBytes      *out = pc_engine_get_output (self->engine);
  gsize         len;
  const guint8 *data = pc_bytes_peek (out, &len);

  if (self->stream == NULL)
    return FALSE;
  if (self->conn->watch != NULL)
    return pc_fault_drain (self);
  if (len == 0 || self->finished ||
      pc_stream_get_pending (self->stream) > LINK_FULL)
    return FALSE;

  len = pc_endpoint_note_orders (self, MIN (len, LINK_FULL));
  self->n_out += len;
  pc_endpoint_write (self, data, len);
  pc_bytes_consume (out, len);
  return TRUE;
}

/* The number that people know in place of the one that is really used. */
static guint
registered (PcEndpoint *self,
            guint       port)
{
  const PcConn      *conn = self->conn;
  const PcListening *listening = conn->listening;

  if (listening != NULL && listening->port == port)
    return listening->service.registered;
  return port == conn->nobody ? conn->registered : port;
}

PcStep *
pc_endpoint_record_datagram (PcEndpoint   *self,
                             guint         to,
                             const guint8 *data,
                             gsize         len)
{
  PcConn *conn = self->conn;

  return pc_recorder_datagram (conn->recorder, conn->recorded, self->side,
                               pc_datagram_port_get_number (self->datagrams),
                               registered (self, to), now (self), data, len);
}

static void
send_datagram (PcEndpoint *self,
               PcDatagram *datagram)
{
  PcConn       *conn = self->conn;
  gsize         len;
  const guint8 *data = g_bytes_get_data (datagram->data, &len);
  PcStep       *step;

  pc_endpoint_note_orders (self, 1);
  self->n_out++;
  if (conn->watch != NULL) {
    pc_fault_send (self, datagram);
    return;
  }

  /* Whoever waits for it need not wait for the recorder too. */
  if (conn->foreign[PC_SIDE_OTHER (self->side)]) {
    gint64 at = now (self);

    pc_datagram_port_send (self->datagrams, datagram->port, data, len);
    pc_recorder_passed (conn->recorder, conn->recorded, self->side,
                        pc_datagram_port_get_number (self->datagrams),
                        registered (self, datagram->port), at, data, len,
                        datagram->data);
    return;
  }

  if (datagram->port == conn->nobody)
    pc_recorder_foretell (conn->recorder, conn->recorded, self->side,
                          PC_FATE_LOST);
  step = pc_endpoint_record_datagram (self, datagram->port, data, len);
  if (step != NULL) {
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

gboolean
pc_endpoint_drain_events (PcEndpoint *self)
{
  PcHub   *hub = self->hub;
  gboolean any = FALSE;

  while (!self->gone) {
    g_autoptr (PcEvent) event = pc_engine_next_event (self->engine);

    if (event == NULL)
      break;
    if (pc_endpoint_serve_file (self, event))
      ;
    else if (event->kind == PC_EVENT_CUT)
      pc_endpoint_cut (self);
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
  PcConn *conn = self->conn;

  if (self->datagrams == NULL)
    return;

  if (conn->watch != NULL)
    pc_fault_watch_tell_timer (conn->watch, self->side, waited);
  if (conn->recorded != 0)
    pc_recorder_waited (conn->recorder, conn->recorded, self->side,
                        waited ? now (self) - self->since : 0);
}

/* What it waits for is no answer: it was told to be slow. */
static gboolean
is_played (PcEndpoint *self)
{
  const PcListening *listening = self->conn->listening;

  return self->side == PC_SIDE_SERVER && listening != NULL &&
         listening->service.played;
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
  tell_wait (self, !is_played (self));
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
    pc_endpoint_vanish (self);
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
         pc_bytes_get_size (pc_engine_get_output (self->engine)) == 0 &&
         !pc_fault_is_held (self);
}

static void
pump (PcEndpoint *self)
{
  gboolean any = TRUE;

  while (any && !self->gone) {
    pc_endpoint_take_orders (self);
    any = drain_octets (self);
    any = drain_datagrams (self) || any;
    any = pc_endpoint_drain_events (self) || any;
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
  tell_wait (self, FALSE);
  if (self->datagrams != NULL && self->conn->nobody != 0)
    pc_recorder_left (self->conn->recorder, self->conn->recorded,
                      PC_SIDE_SERVER);
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

  pc_hub_enter (hub);
  if (conn->watch != NULL && conn->foreign[PC_SIDE_OTHER (self->side)])
    pc_fault_arrive (self, data, len);
  else
    pc_endpoint_take (self, data, len);
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
         pc_stream_get_pending (self->stream) == 0 &&
         !pc_fault_is_held (self);
}

void
pc_endpoint_take_end (PcEndpoint *self,
                      PcStreamEnd end)
{
  record_foreign_end (self, end);
  self->eof = TRUE;
  /* Whatever it would still say, not even TLS's farewell, could leave. */
  if (end == PC_END_RESET)
    self->finished = self->ended = TRUE;
  pc_engine_eof (self->engine, now (self));
  pc_endpoint_pump (self);
  /* Where both ends have finished, nobody is to be waited for. */
  if (end == PC_END_RESET || is_said (self))
    pc_endpoint_vanish (self);
  else if (pc_bytes_get_size (pc_engine_get_output (self->engine)) == 0)
    pc_endpoint_close (self);
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
    guint number = pc_recorder_refused (conn->recorder, conn->client,
                                        conn->server, conn->registered,
                                        now (self));

    pc_recorder_set_ports (conn->recorder, number, conn->client_port,
                           conn->registered);
    pc_endpoint_vanish (self);
  } else if (end == PC_END_INSECURE) {
    pc_endpoint_insecure (self);
  } else if (end == PC_END_RESET || !pc_fault_defer_eof (self)) {
    pc_endpoint_take_end (self, end);
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
  pc_fault_drained (self);
  pc_endpoint_pump (self);
  if (self->eof && is_said (self))
    pc_endpoint_vanish (self);
  pc_hub_leave (hub);
}

const PcStreamHandler pc_endpoint_stream_handler = {
  .opened = opened_cb,
  .received = received_cb,
  .ended = ended_cb,
  .record = pc_endpoint_record_cb,
  .drained = drained_cb,
};

void
pc_endpoint_received_datagram (PcDatagramPort *port,
                               guint           from,
                               const guint8   *data,
                               gsize           len,
                               gpointer        user_data)
{
  PcEndpoint *self = user_data;
  PcHub      *hub = self->hub;

  PcConn     *conn = self->conn;
  PcSide      other = PC_SIDE_OTHER (self->side);
  guint       to = pc_datagram_port_get_number (port);

  if (self->gone)
    return;

  pc_hub_enter (hub);
  if (conn->watch != NULL && pc_fault_land_stranger (conn, from))
    pc_endpoint_take_datagram (self, from, data, len);
  else if (conn->watch != NULL && conn->foreign[other])
    pc_fault_receive (conn, self, from, to, data, len);
  else {
    pc_conn_arrived (conn, other, from, to, data, len);
    pc_endpoint_take_datagram (self, from, data, len);
  }
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

static void linger_cb (gpointer user_data);

/* A peer that never closes its side must not hold us. */
static void
linger (PcEndpoint *self)
{
  g_clear_pointer (&self->timer, pc_timer_free);
  self->timer = pc_net_add_timer (self->hub->net, now (self) + PC_LIMIT_LINGER,
                                  linger_cb, self);
}

static void
linger_cb (gpointer user_data)
{
  PcEndpoint *self = user_data;
  PcHub      *hub = self->hub;

  pc_hub_enter (hub);
  g_clear_pointer (&self->timer, pc_timer_free);
  /* A slow line has its time; only one that is frozen for ever has none. */
  if (pc_fault_is_held (self) && !pc_fault_is_stuck (self))
    linger (self);
  else
    pc_endpoint_vanish (self);
  pc_hub_leave (hub);
}

void
pc_endpoint_finish (PcEndpoint *self)
{
  if (self->gone || self->ended)
    return;

  self->ended = TRUE;
  /* First, since TLS has a farewell of its own. */
  pc_stream_finish (self->stream);
  pc_recorder_closed (self->conn->recorder, self->conn->recorded, self->side,
                      FALSE, now (self));
  if (self->eof && is_said (self))
    pc_endpoint_vanish (self);
}

void
pc_endpoint_close (PcEndpoint *self)
{
  if (self->gone || self->finished)
    return;

  if (self->datagrams != NULL) {
    pc_endpoint_vanish (self);
    return;
  }

  self->finished = TRUE;
  pc_fault_drained (self);
  if (!pc_fault_is_held (self))
    pc_endpoint_finish (self);
  if (!self->gone)
    linger (self);
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
  pc_endpoint_vanish (self);
}
