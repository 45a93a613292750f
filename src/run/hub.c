/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds the conversations of one run, and the services that answer.
 *
 * Thin on purpose: a conversation is conn.c's, what its ends do with octets
 * endpoint.c's, and what a scenario wants run.c's.  When anything has changed
 * in the mail store, every other server is woken, so that it can tell its own
 * client.
 */

#include "run/hub.h"

#include "run/fault-private.h"
#include "run/fault.h"
#include "run/hub-private.h"
#include "run/postman-private.h"
#include "run/puppet.h"

#include "base/limits.h"
#include "mail/account.h"
#include "proto/common/injection.h"
#include "proto/common/refusal.h"

#include <glib/gi18n-lib.h>

/* -- turns ---------------------------------------------------------------- */

void
pc_hub_enter (PcHub *self)
{
  self->depth++;
}

/* Grows with every change in any store. */
static guint64
sum_serials (PcHub *self)
{
  guint64 sum = self->store != NULL ? pc_mail_store_get_serial (self->store)
                                    : 0;

  for (guint i = 0; i < self->listenings->len; i++) {
    const PcListening *listening = self->listenings->pdata[i];

    if (listening->service.store != NULL)
      sum += pc_mail_store_get_serial (listening->service.store);
  }

  return sum;
}

/* Somebody changed a mailbox: the others may want to tell their clients. */
static void
spread_news (PcHub *self)
{
  g_autoptr (GPtrArray) endpoints = NULL;

  while (self->serial != sum_serials (self)) {
    self->serial = sum_serials (self);
    g_clear_pointer (&endpoints, g_ptr_array_unref);
    endpoints = g_ptr_array_copy (self->endpoints, NULL, NULL);
    for (guint i = 0; i < endpoints->len; i++) {
      PcEndpoint *endpoint = endpoints->pdata[i];

      if (endpoint->side != PC_SIDE_SERVER || endpoint->gone ||
          !endpoint->open)
        continue;
      pc_engine_wake (endpoint->engine, pc_net_now (self->net));
      pc_endpoint_pump (endpoint);
    }
  }
}

static gboolean
is_passing (const PcConn *conn)
{
  return conn->foreign[PC_SIDE_CLIENT] || conn->forgotten;
}

/* What foreign clients and postmen have left behind.  Our other clients' ends
 * stay: a run may still ask how they ended. */
static void
drop_past (PcHub *self)
{
  for (guint i = self->past->len; i > 0; i--) {
    const PcConn *conn = ((PcEndpoint *) self->past->pdata[i - 1])->conn;

    if (is_passing (conn) && g_queue_is_empty ((GQueue *) &conn->held))
      g_ptr_array_remove_index_fast (self->past, i - 1);
  }

  for (guint i = self->conns->len; i > 0; i--) {
    PcConn *conn = self->conns->pdata[i - 1];

    if (conn->live > 0 || !is_passing (conn) ||
        !g_queue_is_empty (&conn->held) ||
        conn->missed > pc_net_now (self->net))
      continue;
    if (self->handler->conn_ended != NULL)
      self->handler->conn_ended (conn, self->user_data);
    g_ptr_array_remove_index (self->conns, i - 1);
  }
}

void
pc_hub_leave (PcHub *self)
{
  if (self->depth == 1) {
    for (guint i = 0; i < self->postmen->len; i++)
      pc_postman_turn (self->postmen->pdata[i], self);
    spread_news (self);
  }
  if (--self->depth > 0)
    return;

  drop_past (self);
  if (self->handler->settled != NULL)
    self->handler->settled (self, self->user_data);
}

PcStoreStatus
pc_hub_restore_mailbox (PcHub      *self,
                        const char *user,
                        const char *mailbox,
                        guint       keep)
{
  PcAccount    *account = self->store != NULL
                              ? pc_mail_store_find_user (self->store, user)
                              : NULL;
  PcStoreStatus status;

  if (account == NULL)
    return PC_STORE_NOT_FOUND;

  pc_hub_enter (self);
  status = pc_account_restore_mailbox (account, mailbox, keep);
  pc_hub_leave (self);
  return status;
}

/* -- services ------------------------------------------------------------- */

static PcEngine *
make_server (PcConn *conn)
{
  const PcHubService *service = &conn->listening->service;
  PcServerConfig      config = {
         .host = service->host,
         .store = service->store != NULL ? service->store
                                         : conn->hub->store,
         .queue = service->queue,
         .greylist = service->greylist,
         .policy = service->policy,
         .role = service->role,
         .fixes = service->fixes,
         .session = conn->number,
         .peer_address = "127.0.0.1",
         .timeout = conn->hub->timeout,
         .max_resends = conn->hub->max_resends,
         .secure = service->secure,
         .starttls = service->starttls,
         .needs_tls = service->needs_tls,
         .mechanisms = service->mechanisms,
  };

  PcEngine *engine = service->played
                         ? pc_puppet_new (&config, service->says,
                                          service->n_says)
                         : service->protocol->server_new (&config);

  pc_engine_set_patience (engine, conn->hub->patience);
  pc_conn_order (conn, engine);
  return engine;
}

static PcConn *
foreign_conn (PcListening *listening,
              gboolean     stream,
              guint        client_port)
{
  PcHub  *hub = listening->hub;
  PcConn *conn = pc_conn_new (hub, listening->service.protocol, listening,
                              stream, client_port);

  conn->foreign[PC_SIDE_CLIENT] = TRUE;
  hub->handler->conn_begins (conn, hub->user_data);
  return conn;
}

/* So many clients are there that the next one is only told so.  @ours: it is
 * one of our own, of whom the hub bears any number. */
static gboolean
is_crowded (const PcListening *listening,
            gboolean           ours)
{
  const PcHubService *service = &listening->service;
  PcHub              *hub = listening->hub;
  guint               n = 0;

  if (service->protocol->crowded == NULL || service->played)
    return FALSE;
  if (!ours && hub->endpoints->len >= PC_LIMIT_CONNECTIONS)
    return TRUE;

  for (guint i = 0; i < hub->endpoints->len; i++) {
    const PcEndpoint *endpoint = hub->endpoints->pdata[i];

    n += endpoint->side == PC_SIDE_SERVER &&
         endpoint->conn->listening == listening;
  }
  return service->max_connections > 0 && n >= service->max_connections;
}

static void
accept_cb (PcListener *listener,
           PcStream   *stream,
           gpointer    user_data)
{
  PcListening *listening = user_data;
  PcHub       *hub = listening->hub;
  guint        client_port = pc_stream_get_peer_port (stream);
  PcConn      *conn = pc_hub_find_conn (hub, TRUE, client_port);
  PcEngine    *engine;
  PcEndpoint  *endpoint;

  if (conn == NULL &&
      (hub->handler->conn_begins == NULL ||
       hub->endpoints->len >= PC_LIMIT_CONNECTIONS + PC_LIMIT_REFUSALS)) {
    pc_stream_free (stream);
    return;
  }

  pc_hub_enter (hub);
  engine = is_crowded (listening, conn != NULL)
               ? pc_refusal_new (listening->service.protocol->crowded)
               : NULL;
  if (conn == NULL)
    conn = foreign_conn (listening, TRUE, client_port);
  if (listening->service.relays_to != NULL && engine == NULL) {
    pc_middle_accept (conn, stream);
    pc_hub_leave (hub);
    return;
  }
  endpoint = pc_endpoint_new (conn, PC_SIDE_SERVER,
                              engine != NULL ? engine : make_server (conn));
  endpoint->stream = stream;
  pc_stream_set_handler (stream, &pc_endpoint_stream_handler, endpoint);
  pc_stream_set_shape (stream, hub->rate, hub->delay);
  if (listening->service.secure) {
    pc_conn_begin (conn);
    pc_endpoint_secure (endpoint, TRUE);
  } else {
    pc_endpoint_start (endpoint);
  }
  pc_hub_leave (hub);
}

static guint
count_transfers (PcHub *self)
{
  guint n = 0;

  for (guint i = 0; i < self->endpoints->len; i++) {
    PcEndpoint *endpoint = self->endpoints->pdata[i];

    n += endpoint->side == PC_SIDE_SERVER && endpoint->datagrams != NULL;
  }
  return n;
}

/* Whatever arrives at the well-known port begins a transfer of its own, with
 * a fresh port: the server's TID (RFC 1350 section 4). */
void
pc_hub_begin_transfer (PcConn       *conn,
                       guint         from,
                       const guint8 *data,
                       gsize         len)
{
  PcHub      *hub = conn->hub;
  PcEndpoint *endpoint;

  if (count_transfers (hub) >= PC_LIMIT_TFTP_TRANSFERS)
    return;

  conn->missed = 0;
  endpoint = pc_endpoint_new (conn, PC_SIDE_SERVER, make_server (conn));
  endpoint->datagrams = pc_net_bind (hub->net, 0,
                                     pc_endpoint_received_datagram, endpoint,
                                     NULL);
  pc_endpoint_start (endpoint);
  if (endpoint->datagrams != NULL)
    pc_engine_feed (endpoint->engine, pc_net_now (hub->net), from, data, len);
  pc_endpoint_pump (endpoint);
}

/* A foreign client whose request a fault has taken will ask again: that is
 * still the same conversation. */
static PcConn *
find_missed (PcListening *listening,
             guint        client_port)
{
  PcHub *hub = listening->hub;

  for (guint i = 0; i < hub->conns->len; i++) {
    PcConn *conn = hub->conns->pdata[i];

    if (conn->listening == listening && conn->client_port == client_port &&
        conn->missed > pc_net_now (hub->net))
      return conn;
  }

  return NULL;
}

static guint
count_missed (PcHub *self)
{
  guint n = 0;

  for (guint i = 0; i < self->conns->len; i++)
    n += ((const PcConn *) self->conns->pdata[i])->missed > 0;

  return n;
}

static void
request_cb (PcDatagramPort *port,
            guint           from,
            const guint8   *data,
            gsize           len,
            gpointer        user_data)
{
  PcListening *listening = user_data;
  PcHub       *hub = listening->hub;
  PcConn      *conn = pc_hub_find_conn (hub, FALSE, from);

  if (conn == NULL)
    conn = find_missed (listening, from);
  if ((conn == NULL && hub->handler->conn_begins == NULL) ||
      count_transfers (hub) >= PC_LIMIT_TFTP_TRANSFERS)
    return;

  pc_hub_enter (hub);
  if (conn == NULL)
    conn = foreign_conn (listening, FALSE, from);
  pc_conn_begin (conn);
  if (conn->watch != NULL && conn->foreign[PC_SIDE_CLIENT]) {
    if (count_missed (hub) < PC_LIMIT_TFTP_TRANSFERS)
      conn->missed = pc_net_now (hub->net) + PC_LIMIT_RUN;
    pc_fault_receive (conn, NULL, from, listening->service.registered, data,
                      len);
  } else if (conn->watch == NULL || !pc_fault_land_stranger (conn, from)) {
    pc_conn_arrived (conn, PC_SIDE_CLIENT, from,
                     listening->service.registered, data, len);
    pc_hub_begin_transfer (conn, from, data, len);
  }
  pc_hub_leave (hub);
}

guint
pc_hub_listen (PcHub              *self,
               const PcHubService *service,
               GError            **error)
{
  PcListening *listening = g_new0 (PcListening, 1);

  listening->hub = self;
  listening->service = *service;
  if (service->protocol->stream) {
    listening->listener = pc_net_listen (self->net, service->port,
                                         accept_cb, listening, error);
    if (listening->listener != NULL)
      listening->port = pc_listener_get_port (listening->listener);
  } else {
    listening->datagrams = pc_net_bind (self->net, service->port, request_cb,
                                        listening, error);
    if (listening->datagrams != NULL)
      listening->port = pc_datagram_port_get_number (listening->datagrams);
  }

  if (listening->port == 0) {
    g_free (listening);
    return 0;
  }
  listening->service.port = listening->port;
  g_ptr_array_add (self->listenings, listening);
  /* What is in its store already is no news. */
  if (service->store != NULL)
    self->serial += pc_mail_store_get_serial (service->store);
  return listening->port;
}

PcListening *
pc_hub_find_listening (PcHub      *self,
                       const char *actor,
                       guint       registered,
                       gboolean    stream)
{
  for (guint i = 0; i < self->listenings->len; i++) {
    PcListening *listening = self->listenings->pdata[i];

    if (listening->service.registered == registered &&
        listening->service.protocol->stream == stream &&
        g_strcmp0 (listening->service.actor, actor) == 0)
      return listening;
  }

  return NULL;
}

guint
pc_listening_get_port (PcListening *self)
{
  return self->port;
}

PcIdentity *
pc_listening_get_identity (PcListening *self,
                           GError     **error)
{
  PcAuthority *authority;

  if (self->identity == NULL) {
    authority = pc_authority_get_default (error);
    if (authority != NULL)
      self->identity = pc_authority_issue (authority, self->service.host,
                                           self->service.flaw, error);
  }
  return self->identity;
}

/* -- the hub -------------------------------------------------------------- */

static void
listening_free (gpointer data)
{
  PcListening *self = data;

  g_clear_pointer (&self->listener, pc_listener_free);
  g_clear_pointer (&self->datagrams, pc_datagram_port_free);
  g_clear_pointer (&self->identity, pc_identity_unref);
  g_free (self);
}

static GPtrArray *
new_faults (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) pc_faults_unref);
}

PcHub *
pc_hub_new (PcNet              *net,
            PcMailStore        *store,
            PcFiles            *files,
            const PcHubHandler *handler,
            gpointer            user_data)
{
  PcHub *self = g_new0 (PcHub, 1);

  self->net = net;
  self->store = store != NULL ? pc_mail_store_ref (store) : NULL;
  self->serial = store != NULL ? pc_mail_store_get_serial (store) : 0;
  self->files = files;
  self->handler = handler;
  self->user_data = user_data;
  self->listenings = g_ptr_array_new_with_free_func (listening_free);
  self->reserved = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_listener_free);
  self->endpoints = g_ptr_array_new ();
  self->past = g_ptr_array_new_with_free_func (pc_endpoint_free);
  self->conns = g_ptr_array_new_with_free_func (pc_conn_free);
  self->postmen = g_ptr_array_new_with_free_func (pc_postman_free);
  self->faults = new_faults ();
  self->disarmed = new_faults ();
  return self;
}

void
pc_hub_free (PcHub *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->postmen, g_ptr_array_unref);
  g_ptr_array_set_free_func (self->endpoints, pc_endpoint_free);
  g_clear_pointer (&self->endpoints, g_ptr_array_unref);
  g_clear_pointer (&self->past, g_ptr_array_unref);
  g_clear_pointer (&self->conns, g_ptr_array_unref);
  g_clear_pointer (&self->listenings, g_ptr_array_unref);
  g_clear_pointer (&self->reserved, g_ptr_array_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->disarmed, g_ptr_array_unref);
  g_clear_pointer (&self->net, pc_net_free);
  g_clear_pointer (&self->files, pc_files_free);
  g_clear_pointer (&self->store, pc_mail_store_unref);
  g_clear_pointer (&self->trust, pc_trust_unref);
  g_free (self);
}

void
pc_hub_add_postman (PcHub     *self,
                    PcPostman *postman)
{
  g_ptr_array_add (self->postmen, postman);
}

gboolean
pc_hub_is_quiet (PcHub *self)
{
  for (guint i = 0; i < self->conns->len; i++)
    if (pc_conn_get_n_busy (self->conns->pdata[i]) > 0)
      return FALSE;

  return TRUE;
}

gboolean
pc_hub_is_post_quiet (PcHub *self,
                      gint64 until)
{
  for (guint i = 0; i < self->postmen->len; i++)
    if (!pc_postman_is_quiet (self->postmen->pdata[i], until))
      return FALSE;

  return TRUE;
}

PcNet *
pc_hub_get_net (PcHub *self)
{
  return self->net;
}

void
pc_hub_arm (PcHub    *self,
            PcFaults *faults)
{
  if (pc_faults_get_n (faults) > 0)
    g_ptr_array_add (self->faults, pc_faults_ref (faults));
}

void
pc_hub_disarm (PcHub *self)
{
  for (guint i = 0; i < self->conns->len; i++)
    pc_fault_watch_disarm (((PcConn *) self->conns->pdata[i])->watch);
  for (guint i = 0; i < self->endpoints->len; i++)
    pc_engine_disarm_answers (((PcEndpoint *) self->endpoints->pdata[i])
                                  ->engine);
  g_ptr_array_extend_and_steal (self->disarmed,
                                g_steal_pointer (&self->faults));
  self->faults = new_faults ();
}

char *
pc_hub_describe_limit (PcHub *self)
{
  for (guint i = 0; i < self->conns->len; i++) {
    const char *actor = pc_fault_find_stuck (self->conns->pdata[i]);

    /* Translators: %s is an id, such as "server". */
    if (actor != NULL)
      return g_strdup_printf (_ ("This takes too long: what “%s” says is held "
                                 "back on purpose, and nobody gives up "
                                 "waiting for it."),
                              actor);
  }

  return g_strdup (_ ("This takes too long: an end waits for what never "
                      "comes."));
}

void
pc_hub_set_link (PcHub *self,
                 guint  rate,
                 gint64 delay,
                 gint64 timeout)
{
  self->rate = rate;
  self->delay = delay;
  self->timeout = timeout;
}

void
pc_hub_set_max_resends (PcHub *self,
                        guint  max_resends)
{
  self->max_resends = max_resends;
}

void
pc_hub_set_patience (PcHub *self,
                     gint64 patience)
{
  self->patience = patience;
}

guint
pc_hub_get_n_conns (PcHub *self)
{
  return self->conns->len;
}
