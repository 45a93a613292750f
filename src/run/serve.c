/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Servers for any client on this machine.
 *
 * A hub over real sockets whose clients are all foreign.  Every conversation
 * gets a timeline and a recorder, so that curl's or a phone's session is
 * explained exactly as a scenario's.  The answer leaves first; the explaining
 * is done in the next pause.
 */

#include "run/serve.h"

#include "run/postman.h"
#include "run/stage.h"

#include "base/limits.h"
#include "proto/registry.h"

#include <glib/gi18n-lib.h>

#define SERVER_ACTOR "server"
#define CLIENT_ACTOR "client"
#define PAUSE_US 5000 /* nobody sees a transcript that is so much late */

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
  PcMailQueue          *queue; /* NULL without mail */
  char                 *host;
  PcFaults             *faults; /* or NULL */
  const PcServeHandler *handler;
  gpointer              user_data;
  GQueue                behind; /* Record*: not all of it is in its timeline */
  GSource              *later;  /* for them */
  gboolean              heard;  /* something happened since it looked */
  guint                 n_over; /* of them, those whose conversation is over */
  gsize                 late;   /* octets that they all wait with */
};

/* What is recorded of one conversation. */
typedef struct
{
  PcServe    *serve;
  PcTimeline *timeline;
  PcRecorder *recorder;
  gboolean    behind;
  gboolean    over;
  gsize       late; /* its part of the octets that wait */
} Record;

/* -- recording ------------------------------------------------------------ */

static void
count_late (Record *self)
{
  PcServe *serve = self->serve;

  serve->late -= self->late;
  self->late = pc_recorder_get_backlog (self->recorder);
  if (self->over)
    self->late += sizeof *self;
  serve->late += self->late;
}

static void
record_free (gpointer data)
{
  Record *self = data;

  while (pc_recorder_catch_up (self->recorder))
    continue;
  self->serve->late -= self->late;
  if (self->behind)
    g_queue_remove (&self->serve->behind, self);
  g_clear_pointer (&self->recorder, pc_recorder_free);
  g_clear_object (&self->timeline);
  g_free (self);
}

/* Nothing more will come. */
static void
tell_end (Record *record)
{
  PcServe *self = record->serve;

  pc_timeline_set_outcome (record->timeline, PC_OUTCOME_OK, NULL);
  if (self->handler->ends != NULL)
    self->handler->ends (record->timeline, self->user_data);
}

static void
close_record (PcServe *self,
              Record  *record)
{
  while (pc_recorder_catch_up (record->recorder))
    continue;
  if (record->over)
    self->n_over--;
  tell_end (record);
  record_free (record);
}

/* A few steps of the oldest one's. */
static void
work_off (PcServe *self)
{
  Record *record = g_queue_pop_head (&self->behind);

  if (pc_recorder_catch_up (record->recorder)) {
    g_queue_push_tail (&self->behind, record);
    count_late (record);
    return;
  }

  record->behind = FALSE;
  count_late (record);
  if (record->over)
    close_record (self, record);
}

/* Too much would wait: then the peers do. */
static void
bound_late (PcServe *self)
{
  while (self->late > PC_LIMIT_BACKLOGS && !g_queue_is_empty (&self->behind))
    work_off (self);
}

static void
call_later (PcServe *self,
            gint64   pause)
{
  g_source_set_ready_time (self->later,
                           pause > 0 ? g_get_monotonic_time () + pause : 0);
}

/* By turns, in pauses: a client that has just been answered will ask again. */
static gboolean
catch_up_cb (gpointer user_data)
{
  PcServe *self = user_data;

  if (self->heard) {
    self->heard = FALSE;
    call_later (self, PAUSE_US);
    return G_SOURCE_CONTINUE;
  }

  if (!g_queue_is_empty (&self->behind))
    work_off (self);
  if (g_queue_is_empty (&self->behind))
    g_source_set_ready_time (self->later, -1);
  else
    call_later (self, 0);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_later (GSource    *source,
                GSourceFunc func,
                gpointer    user_data)
{
  return func (user_data);
}

static GSource *
make_later (PcServe *self)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_later };
  GSource *source = g_source_new (&funcs, sizeof *source);

  g_source_set_priority (source, G_PRIORITY_LOW);
  g_source_set_callback (source, catch_up_cb, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
wanted_cb (gpointer user_data)
{
  Record  *record = user_data;
  PcServe *self = record->serve;

  self->heard = TRUE;
  count_late (record);
  if (!record->behind) {
    record->behind = TRUE;
    g_queue_push_tail (&self->behind, record);
    if (self->behind.length == 1)
      call_later (self, PAUSE_US);
  }
  bound_late (self);
}

static PcTimeline *
make_timeline (PcServe *self,
               PcConn  *conn)
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
  pc_stage_add_stranger (self->faults, service->protocol, timeline);
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
  record->serve = self;
  record->timeline = make_timeline (self, conn);
  record->recorder = pc_recorder_new (record->timeline);
  pc_recorder_put_off (record->recorder, wanted_cb, record);
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
  if (!record->behind) {
    tell_end (record);
    return;
  }

  /* It outlives the conversation. */
  pc_conn_set_data (conn, NULL, NULL);
  record->over = TRUE;
  self->n_over++;
  count_late (record);
  bound_late (self);
}

/* The server itself is the client now. */
static void
post_begins_cb (PcPostman     *postman,
                PcConn        *conn,
                const PcRoute *route,
                gpointer       user_data)
{
  PcServe         *self = user_data;
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  g_autofree char *address = NULL;
  Record          *record;

  if (self->handler == NULL)
    return;

  id = g_strdup_printf ("live-%u", pc_conn_get_number (conn));
  title = g_strdup_printf (_ ("SMTP to port %u, for %s"), route->port,
                           route->domain);
  address = g_strdup_printf ("127.0.0.1:%u", route->port);
  record = g_new0 (Record, 1);
  record->serve = self;
  record->timeline = pc_timeline_new (id, title);
  pc_timeline_add_actor (record->timeline, SERVER_ACTOR, _ ("Server"),
                         PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (record->timeline, route->host, route->domain,
                         PC_ROLE_SERVER, NULL);
  pc_timeline_set_actor_address (record->timeline, route->host, address);
  record->recorder = pc_recorder_new (record->timeline);
  pc_conn_set_client (conn, SERVER_ACTOR, record->recorder);
  pc_conn_set_data (conn, record, record_free);
  if (self->handler->begins != NULL)
    self->handler->begins (record->timeline, conn, self->user_data);
}

static const PcPostmanHandler postman_handler = {
  .begins = post_begins_cb,
};

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
  self->later = make_later (self);
  self->user_data = user_data;
  self->hub = pc_hub_new (pc_loopback_new (), store, files, &hub_handler,
                          self);
  if (store != NULL) {
    self->queue = pc_mail_queue_new (store, host);
    pc_hub_add_postman (self->hub,
                        pc_postman_new (self->queue, SERVER_ACTOR, NULL,
                                        &postman_handler, self));
  }
  return self;
}

void
pc_serve_set_routes (PcServe  *self,
                     PcRoutes *routes)
{
  g_return_if_fail (self != NULL && routes != NULL);

  if (self->queue != NULL)
    pc_mail_queue_set_routes (self->queue, routes);
}

void
pc_serve_share (PcServe *self)
{
  g_return_if_fail (self != NULL);

  pc_net_share (pc_hub_get_net (self->hub));
}

void
pc_serve_arm (PcServe  *self,
              PcFaults *faults)
{
  g_return_if_fail (self != NULL && faults != NULL);

  pc_serve_disarm (self);
  pc_hub_arm (self->hub, faults);
  self->faults = pc_faults_ref (faults);
}

void
pc_serve_disarm (PcServe *self)
{
  g_return_if_fail (self != NULL);

  pc_hub_disarm (self->hub);
  g_clear_pointer (&self->faults, pc_faults_unref);
}

void
pc_serve_free (PcServe *self)
{
  Record *record;

  if (self == NULL)
    return;

  g_clear_pointer (&self->hub, pc_hub_free);
  while ((record = g_queue_pop_head (&self->behind)) != NULL) {
    record->behind = FALSE;
    close_record (self, record);
  }
  g_source_destroy (self->later);
  g_clear_pointer (&self->later, g_source_unref);
  g_clear_pointer (&self->queue, pc_mail_queue_unref);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->faults, pc_faults_unref);
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
    .queue = self->queue,
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
  return pc_hub_get_n_conns (self->hub) + self->n_over;
}
