/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Servers for any client on this machine.
 *
 * A hub over real sockets whose clients are all foreign.  Every conversation
 * gets a timeline and a recorder, so that curl's or a phone's session is
 * explained exactly as a scenario's.
 */

#include "run/serve.h"

#include "base/limits.h"
#include "proto/registry.h"

#include <glib/gi18n-lib.h>

#define SERVER_ACTOR "server"
#define CLIENT_ACTOR "client"

const PcServeKind pc_serve_kinds[] = {
  { "imap", "imap", 143, PC_SERVER_DEFAULT },
  { "imaps", "imap", 993, PC_SERVER_DEFAULT, TRUE },
  { "pop3", "pop3", 110, PC_SERVER_DEFAULT },
  { "pop3s", "pop3", 995, PC_SERVER_DEFAULT, TRUE },
  { "smtp", "smtp", 25, PC_SERVER_RELAY },
  { "submission", "smtp", 587, PC_SERVER_SUBMISSION },
  { "submissions", "smtp", 465, PC_SERVER_SUBMISSION, TRUE },
  { "tftp", "tftp", 69, PC_SERVER_DEFAULT },
  { NULL },
};

struct _PcServe
{
  PcHub                *hub;
  char                 *host;
  const PcServeHandler *handler;
  gpointer              user_data;
};

/* What is recorded of one conversation. */
typedef struct
{
  PcTimeline *timeline;
  PcRecorder *recorder;
} Record;

static void
record_free (gpointer data)
{
  Record *self = data;

  g_clear_pointer (&self->recorder, pc_recorder_free);
  g_clear_object (&self->timeline);
  g_free (self);
}

static PcTimeline *
make_timeline (PcConn *conn)
{
  const PcHubService *service = pc_conn_get_service (conn);
  g_autofree char    *id = g_strdup_printf ("live-%u",
                                            pc_conn_get_number (conn));
  g_autofree char    *title = g_strdup_printf (
         _ ("%s from port %u"), service->protocol->name,
         pc_conn_get_client_port (conn));
  g_autofree char *client = g_strdup_printf (
      "127.0.0.1:%u", pc_conn_get_client_port (conn));
  g_autofree char *server = g_strdup_printf (
      _ ("%u (lab %u)"), service->registered, service->port);
  PcTimeline *timeline = pc_timeline_new (id, title);

  pc_timeline_add_actor (timeline, CLIENT_ACTOR, _ ("Client"), PC_ROLE_CLIENT,
                         NULL);
  pc_timeline_add_actor (timeline, SERVER_ACTOR, _ ("Server"), PC_ROLE_SERVER,
                         NULL);
  pc_timeline_set_actor_address (timeline, CLIENT_ACTOR, client);
  pc_timeline_set_actor_address (timeline, SERVER_ACTOR, server);
  return timeline;
}

static void
conn_begins_cb (PcConn  *conn,
                gpointer user_data)
{
  PcServe *self = user_data;
  Record  *record;

  /* What nobody looks at need not be kept. */
  if (self->handler == NULL) {
    pc_conn_set_client (conn, CLIENT_ACTOR, NULL);
    return;
  }

  record = g_new0 (Record, 1);
  record->timeline = make_timeline (conn);
  record->recorder = pc_recorder_new (record->timeline);
  pc_conn_set_client (conn, CLIENT_ACTOR, record->recorder);
  pc_conn_set_data (conn, record, record_free);
  if (self->handler->begins != NULL)
    self->handler->begins (record->timeline, conn, self->user_data);
}

static void
conn_ended_cb (PcConn  *conn,
               gpointer user_data)
{
  PcServe *self = user_data;
  Record  *record = pc_conn_get_data (conn);

  if (record == NULL)
    return;
  pc_timeline_set_outcome (record->timeline, PC_OUTCOME_OK, NULL);
  if (self->handler->ends != NULL)
    self->handler->ends (record->timeline, conn, self->user_data);
}

static const PcHubHandler hub_handler = {
  .conn_begins = conn_begins_cb,
  .conn_ended = conn_ended_cb,
};

PcServe *
pc_serve_new (PcMailStore          *store,
              PcFiles              *files,
              const char           *host,
              const PcServeHandler *handler,
              gpointer              user_data)
{
  PcServe *self = g_new0 (PcServe, 1);

  self->host = g_strdup (host);
  self->handler = handler;
  self->user_data = user_data;
  self->hub = pc_hub_new (pc_loopback_new (), store, files, &hub_handler,
                          self);
  return self;
}

void
pc_serve_free (PcServe *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->hub, pc_hub_free);
  g_clear_pointer (&self->host, g_free);
  g_free (self);
}

static void
ignore_cb (PcDatagramPort *port,
           guint           from,
           const guint8   *data,
           gsize           len,
           gpointer        user_data)
{
}

/* The system picks a free port; what it picked is what we offer. */
static guint
find_free_port (PcServe          *self,
                const PcProtocol *protocol)
{
  PcNet *net = pc_hub_get_net (self->hub);

  if (protocol->stream) {
    g_autoptr (PcListener) probe = pc_net_reserve (net, NULL);

    return probe != NULL ? pc_listener_get_port (probe) : 0;
  } else {
    g_autoptr (PcDatagramPort) probe = pc_net_bind (net, 0, ignore_cb, NULL,
                                                    NULL);

    return probe != NULL ? pc_datagram_port_get_number (probe) : 0;
  }
}

guint
pc_serve_listen (PcServe           *self,
                 const PcServeKind *kind,
                 guint              port,
                 GError           **error)
{
  PcHubService service = {
    .protocol = pc_registry_find (kind->protocol),
    .role = kind->role,
    .registered = kind->registered,
    .port = port,
    .actor = SERVER_ACTOR,
    .host = self->host,
    .secure = kind->secure,
    .starttls = !kind->secure,
  };
  g_autoptr (GError) problem = NULL;
  guint taken = pc_hub_listen (self->hub, &service, &problem);
  guint offer;

  if (taken != 0)
    return taken;

  if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return 0;
  }

  offer = find_free_port (self, service.protocol);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
               _ ("Port %u is in use by another program. Try --%s=%u, or "
                  "--%s=0 for any free port."),
               port, kind->name, offer, kind->name);
  return 0;
}

guint
pc_serve_get_n_conns (PcServe *self)
{
  return pc_hub_get_n_conns (self->hub);
}
