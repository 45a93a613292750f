/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The conversations of a hub, and how a client of ours begins one.
 *
 * A conversation knows who talks, at which ports and who records it; what its
 * ends do with octets is endpoint.c's.  Those that a foreign client begins are
 * found by hub.c, where the services are.
 */

#include "run/hub-private.h"

#include "run/fault-private.h"
#include "run/fault.h"

/* -- conversations -------------------------------------------------------- */

PcConn *
pc_conn_new (PcHub            *hub,
             const PcProtocol *protocol,
             PcListening      *listening,
             gboolean          stream,
             guint             client_port)
{
  PcConn *self = g_new0 (PcConn, 1);

  self->hub = hub;
  self->number = ++hub->n_conns;
  self->protocol = protocol;
  self->listening = listening;
  self->server = g_strdup (listening != NULL ? listening->service.actor
                                             : NULL);
  self->stream = stream;
  self->client_port = client_port;
  g_queue_init (&self->flights[PC_SIDE_CLIENT]);
  g_queue_init (&self->flights[PC_SIDE_SERVER]);
  g_queue_init (&self->held);
  g_ptr_array_add (hub->conns, self);
  return self;
}

void
pc_conn_free (gpointer data)
{
  PcConn *self = data;

  if (self->destroy != NULL)
    self->destroy (self->data);
  pc_fault_lane_free (self->lanes[PC_SIDE_CLIENT]);
  pc_fault_lane_free (self->lanes[PC_SIDE_SERVER]);
  g_clear_pointer (&self->watch, pc_fault_watch_free);
  g_queue_clear_full (&self->held, pc_fault_held_free);
  g_clear_pointer (&self->strangers, g_ptr_array_unref);
  g_queue_clear_full (&self->flights[PC_SIDE_CLIENT],
                      (GDestroyNotify) pc_flight_free);
  g_queue_clear_full (&self->flights[PC_SIDE_SERVER],
                      (GDestroyNotify) pc_flight_free);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->server_name, g_free);
  g_clear_pointer (&self->trust, pc_trust_unref);
  g_free (self);
}

PcTrust *
pc_conn_get_trust (PcConn  *self,
                   GError **error)
{
  PcHub       *hub = self->hub;
  PcAuthority *authority;

  if (self->trust != NULL)
    return self->trust;

  if (hub->trust == NULL) {
    authority = pc_authority_get_default (error);
    if (authority != NULL)
      hub->trust = pc_trust_new (authority, error);
  }
  return hub->trust;
}

PcConn *
pc_hub_find_conn (PcHub   *self,
                  gboolean stream,
                  guint    client_port)
{
  /* The newest first: a port may be used again. */
  for (guint i = self->conns->len; i > 0; i--) {
    PcConn *conn = self->conns->pdata[i - 1];

    if (!conn->foreign[PC_SIDE_CLIENT] && conn->stream == stream &&
        conn->client_port == client_port)
      return conn;
  }

  return NULL;
}

void
pc_conn_begin (PcConn *self)
{
  if (self->begun)
    return;

  self->begun = TRUE;
  self->recorded = pc_recorder_open (self->recorder, self->protocol,
                                     self->client, self->server,
                                     pc_net_now (self->hub->net));
  pc_recorder_set_ports (self->recorder, self->recorded, self->client_port,
                         self->registered != 0
                             ? self->registered
                             : self->listening->service.registered);
  self->watch = pc_fault_watch_new (self);
}

guint
pc_conn_get_number (PcConn *self)
{
  return self->number;
}

guint
pc_conn_get_client_port (PcConn *self)
{
  return self->client_port;
}

const PcHubService *
pc_conn_get_service (PcConn *self)
{
  return self->listening != NULL ? &self->listening->service : NULL;
}

void
pc_conn_set_client (PcConn     *self,
                    const char *actor,
                    PcRecorder *recorder)
{
  g_free (self->client);
  self->client = g_strdup (actor);
  self->recorder = recorder;
}

gpointer
pc_conn_get_data (PcConn *self)
{
  return self->data;
}

void
pc_conn_set_data (PcConn        *self,
                  gpointer       data,
                  GDestroyNotify destroy)
{
  self->data = data;
  self->destroy = destroy;
}

/* One end has closed, and what is frozen for ever has no last word. */
static gboolean
is_given_up (PcConn *self)
{
  gboolean stuck = FALSE;
  gboolean finished = FALSE;

  for (guint i = 0; i < self->hub->endpoints->len; i++) {
    PcEndpoint *endpoint = self->hub->endpoints->pdata[i];

    if (endpoint->conn != self || !self->stream)
      continue;
    stuck = stuck || pc_fault_is_stuck (endpoint);
    finished = finished || endpoint->finished;
  }
  return stuck && finished;
}

guint
pc_conn_get_n_busy (PcConn *self)
{
  guint n = 0;

  if (is_given_up (self))
    return 0;

  for (guint i = 0; i < self->hub->endpoints->len; i++) {
    PcEndpoint *endpoint = self->hub->endpoints->pdata[i];

    if (endpoint->conn == self &&
        (self->stream || !pc_engine_is_idle (endpoint->engine)))
      n++;
  }

  return n + g_queue_get_length (&self->held) +
         g_queue_get_length (&self->flights[PC_SIDE_CLIENT]) +
         g_queue_get_length (&self->flights[PC_SIDE_SERVER]);
}

/* -- datagrams ------------------------------------------------------------ */

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
                         flight->fate);
    pc_flight_free (flight);
  } else {
    pc_recorder_passed (self->recorder, self->recorded, from, from_port,
                        to_port, at, data, len, NULL);
  }
}

gboolean
pc_conn_has_twin (const PcEndpoint *end)
{
  const GPtrArray *all = end->hub->endpoints;

  for (guint i = 0; i < all->len; i++) {
    const PcEndpoint *other = all->pdata[i];

    if (other != end && other->conn == end->conn &&
        other->side == end->side && !other->gone)
      return TRUE;
  }

  return FALSE;
}

/* -- clients -------------------------------------------------------------- */

/* A port on which nobody listens; held, so that nobody else can either. */
static guint
reserve (PcHub   *self,
         GError **error)
{
  PcListener *listener = pc_net_reserve (self->net, error);

  if (listener == NULL)
    return 0;

  g_ptr_array_add (self->reserved, listener);
  return pc_listener_get_port (listener);
}

static gboolean
open_link (PcEndpoint *self,
           guint       port,
           GError    **error)
{
  PcHub *hub = self->hub;

  if (self->conn->stream) {
    self->stream = pc_net_connect (hub->net, port,
                                   &pc_endpoint_stream_handler, self, error);
    if (self->stream == NULL)
      return FALSE;
    pc_stream_set_shape (self->stream, hub->rate, hub->delay);
    self->conn->client_port = pc_stream_get_local_port (self->stream);
    if (self->conn->secure)
      pc_endpoint_secure (self, FALSE);
    return TRUE;
  }

  self->datagrams = pc_net_bind (hub->net, 0, pc_endpoint_received_datagram,
                                 self, error);
  if (self->datagrams == NULL)
    return FALSE;
  self->conn->client_port = pc_datagram_port_get_number (self->datagrams);
  return TRUE;
}

PcEndpoint *
pc_conn_open (PcConn          *conn,
              PcEngine        *engine,
              PcRecorder      *recorder,
              const PcHubCall *call,
              guint            port,
              GError         **error)
{
  PcHub      *hub = conn->hub;
  PcEndpoint *endpoint;

  g_free (conn->server);
  conn->server = g_strdup (call->server);
  conn->registered = call->registered;
  conn->nobody = conn->listening == NULL && !conn->foreign[PC_SIDE_SERVER]
                     ? port
                     : 0;
  conn->secure = call->secure;
  conn->server_name = g_strdup (call->server_name);
  conn->trust = call->trust != NULL ? pc_trust_ref (call->trust) : NULL;
  if (conn->server_name == NULL && conn->listening != NULL)
    conn->server_name = g_strdup (conn->listening->service.host);
  pc_conn_set_client (conn, call->client, recorder);
  endpoint = pc_endpoint_new (conn, PC_SIDE_CLIENT, engine);
  if (!open_link (endpoint, port, error)) {
    g_ptr_array_remove (hub->endpoints, endpoint);
    conn->live--;
    pc_endpoint_free (endpoint);
    return NULL;
  }

  if (!conn->stream) {
    pc_hub_enter (hub);
    pc_endpoint_start (endpoint);
    pc_hub_leave (hub);
  }
  return endpoint;
}

static PcEngine *
make_client (PcConn          *conn,
             const PcHubCall *call,
             guint            port)
{
  const PcListening *listening = conn->listening;
  PcClientConfig     config = { .host = call->client_host,
                                .server_host = call->server_name,
                                .server_port = port,
                                .timeout = conn->hub->timeout,
                                .max_resends = conn->hub->max_resends,
                                .secure = call->secure,
                                .needs_tls = call->needs_tls,
                                .old_acks = call->old_acks };

  if (config.server_host == NULL && listening != NULL)
    config.server_host = listening->service.host;
  return call->speaks->client_new (&config);
}

PcEndpoint *
pc_hub_connect (PcHub           *self,
                PcRecorder      *recorder,
                const PcHubCall *call,
                PcListening     *listening,
                GError         **error)
{
  guint   port = listening != NULL ? listening->port : reserve (self, error);
  PcConn *conn;

  if (port == 0)
    return NULL;

  conn = pc_conn_new (self,
                      listening != NULL ? listening->service.protocol
                                        : call->speaks,
                      listening, call->speaks->stream, 0);
  return pc_conn_open (conn, make_client (conn, call, port), recorder, call,
                       port, error);
}

PcEndpoint *
pc_hub_connect_out (PcHub           *self,
                    PcRecorder      *recorder,
                    const PcHubCall *call,
                    GError         **error)
{
  PcConn *conn = pc_conn_new (self, call->speaks, NULL, call->speaks->stream,
                              0);

  conn->foreign[PC_SIDE_SERVER] = TRUE;
  return pc_conn_open (conn, make_client (conn, call, call->registered),
                       recorder, call, call->registered, error);
}
