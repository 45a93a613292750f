/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of our clients against a foreign server on this machine.
 *
 * As a scenario's run, but with one client, and the other end is not ours: so
 * what it sends is recorded when it arrives.  An action that is refused ends
 * the sequence; the conversation is closed in order.
 */

#include "run/connect.h"

#include "run/hub.h"
#include "run/stage.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

#define CLIENT_ACTOR "client"
#define SERVER_ACTOR "server"
#define CLIENT_HOST "client.example.test"

typedef struct
{
  PcTimeline   *timeline;
  PcHub        *hub;
  PcEndpoint   *endpoint;
  GPtrArray    *actions; /* PcAction* */
  guint         next;
  gboolean      ready; /* the one before is answered */
  gboolean      over;
  char         *reason; /* why it failed; or NULL */
  PcConnectItem item;
  gpointer      user_data;
} Connect;

static void
stop (Connect    *self,
      const char *reason)
{
  if (self->reason == NULL)
    self->reason = g_strdup (reason);
  self->next = self->actions->len;
  self->ready = TRUE;
}

/* Whoever closes without a goodbye may find that the other end minds. */
static gboolean
is_farewell (Connect       *self,
             const PcEvent *event)
{
  return event->kind == PC_EVENT_FAILED && self->ready &&
         self->next == self->actions->len;
}

static void
event_cb (PcEndpoint    *endpoint,
          const PcEvent *event,
          gpointer       user_data)
{
  Connect *self = user_data;

  if (event->kind == PC_EVENT_ITEM && self->item != NULL)
    self->item (event->text, event->data, self->user_data);
  else if (is_farewell (self, event))
    return;
  else if (event->kind == PC_EVENT_REFUSED || event->kind == PC_EVENT_FAILED)
    stop (self, event->text);
  else if (event->kind == PC_EVENT_DONE)
    self->ready = TRUE;
}

/* Datagram clients have nothing to close, and may still answer repeats. */
static gboolean
is_finished (Connect *self)
{
  PcEngine *engine = pc_endpoint_get_engine (self->endpoint);

  if (self->next < self->actions->len)
    return FALSE;
  return pc_endpoint_is_gone (self->endpoint) || pc_engine_is_idle (engine);
}

static void
settled_cb (PcHub   *hub,
            gpointer user_data)
{
  Connect *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->over || self->endpoint == NULL || !self->ready)
    return;

  if (pc_endpoint_is_gone (self->endpoint)) {
    if (self->next < self->actions->len)
      stop (self, _ ("The server has closed the connection."));
    self->over = TRUE;
  } else if (self->next < self->actions->len &&
             pc_engine_is_idle (pc_endpoint_get_engine (self->endpoint))) {
    self->ready = FALSE;
    if (!pc_endpoint_act (self->endpoint,
                          self->actions->pdata[self->next++], &error))
      stop (self, error->message);
  } else if (is_finished (self)) {
    pc_endpoint_close (self->endpoint);
    self->over = pc_endpoint_is_gone (self->endpoint);
  }
}

static const PcHubHandler hub_handler = {
  .event = event_cb,
  .settled = settled_cb,
};

static void
limit_cb (gpointer user_data)
{
  Connect         *self = user_data;
  g_autofree char *reason = pc_hub_describe_limit (self->hub);

  stop (self, reason);
  self->over = TRUE;
}

PcTimeline *
pc_connect_make_timeline (const PcProtocol *protocol,
                          guint             port)
{
  g_autofree char *title = g_strdup_printf (_ ("%s to port %u"),
                                            protocol->name, port);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  PcTimeline      *timeline = pc_timeline_new ("connect", title);

  pc_timeline_add_actor (timeline, CLIENT_ACTOR, _ ("Client"), PC_ROLE_CLIENT,
                         NULL);
  pc_timeline_add_actor (timeline, SERVER_ACTOR, _ ("Server"), PC_ROLE_SERVER,
                         NULL);
  pc_timeline_set_actor_address (timeline, SERVER_ACTOR, address);
  return timeline;
}

/* A refused connection makes no event. */
static gboolean
was_refused (Connect *self)
{
  guint n = pc_timeline_get_n_steps (self->timeline);

  return n > 0 && g_str_equal (pc_step_get_kind (pc_timeline_get_step (
                                   self->timeline, n - 1)),
                               "refused");
}

static void
turn_until_over (Connect *self)
{
  PcNet   *net = pc_hub_get_net (self->hub);
  PcTimer *limit = pc_net_add_timer (net, pc_net_now (net) + PC_LIMIT_RUN,
                                     limit_cb, self);

  settled_cb (self->hub, self);
  while (!self->over) {
    pc_net_turn (net);
    if (pc_endpoint_is_gone (self->endpoint) && was_refused (self))
      stop (self, _ ("The connection was refused: nothing listens on this "
                     "port."));
    settled_cb (self->hub, self);
  }
  pc_timer_free (limit);
}

static PcEndpoint *
call (Connect               *self,
      PcRecorder            *recorder,
      const PcConnectTarget *target,
      GError               **error)
{
  g_autoptr (PcTrust) trust = NULL;
  PcHubCall call = { .speaks = target->protocol,
                     .client = CLIENT_ACTOR,
                     .client_host = CLIENT_HOST,
                     .server = SERVER_ACTOR,
                     .registered = target->port,
                     .secure = target->secure,
                     .needs_tls = target->needs_tls,
                     .server_name = target->host };

  if (target->secure || target->needs_tls) {
    trust = pc_trust_new_from_file (target->ca, error);
    if (trust == NULL)
      return NULL;
    call.trust = trust;
  }
  return pc_hub_connect_out (self->hub, recorder, &call, error);
}

gboolean
pc_connect_run (PcTimeline            *timeline,
                const PcConnectTarget *target,
                GPtrArray             *actions,
                PcConnectItem          item,
                gpointer               user_data,
                GError               **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  g_autoptr (PcHub) hub = NULL;
  g_autofree char *reason = NULL;
  Connect          self = { .timeline = timeline,
                            .actions = actions,
                            .item = item,
                            .user_data = user_data };

  g_return_val_if_fail (target->port > 0 && target->port <= G_MAXUINT16,
                        FALSE);

  g_main_context_push_thread_default (context);
  hub = pc_hub_new (pc_loopback_new (), NULL, NULL, &hub_handler, &self);
  self.hub = hub;
  if (target->faults != NULL)
    pc_hub_arm (hub, target->faults);
  pc_stage_add_stranger (target->faults, target->protocol, timeline);
  /* Datagrams have no greeting to wait for. */
  self.ready = !target->protocol->stream;
  self.endpoint = call (&self, recorder, target, error);
  if (self.endpoint != NULL)
    turn_until_over (&self);
  g_clear_pointer (&hub, pc_hub_free);
  g_main_context_pop_thread_default (context);
  if (self.endpoint == NULL)
    return FALSE;

  reason = self.reason;
  pc_timeline_set_outcome (timeline,
                           reason == NULL ? PC_OUTCOME_OK : PC_OUTCOME_FAILED,
                           reason);
  return reason == NULL;
}
