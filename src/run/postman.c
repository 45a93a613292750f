/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The postman of one mail server.
 *
 * Mail that is due goes out domain by domain.  Of the servers that take a
 * domain's mail the most preferred comes first; the next one is tried when it
 * cannot be reached or does not want to talk, not when it refuses the mail.
 * What was said is the queue's to judge.  No address but 127.0.0.1 can be
 * reached: a route names a server of this hub, or a port on this machine.
 *
 * Leaves out: TLS, BDAT, several mails in one conversation.
 * RFC 5321 sections 3.6, 4.5.4.1, 5.1; RFC 3461 section 5.2.
 */

#include "run/postman.h"

#include "run/hub-private.h"
#include "run/postman-private.h"

#include "base/text.h"
#include "proto/registry.h"
#include "proto/smtp/client.h"

#include <string.h>

#define SMTP_PORT 25

typedef enum
{
  STAGE_GREETING, /* awaited */
  STAGE_MAIL,     /* the mail is under way */
  STAGE_GOODBYE,
} Stage;

struct _PcPostman
{
  PcHub                  *hub;
  PcMailQueue            *queue;
  char                   *actor;
  PcRecorder             *recorder;
  const PcPostmanHandler *handler;
  gpointer                user_data;
  PcTimer                *timer;
  gint64                  due; /* what the timer is set to */
  /* Under way: */
  PcQueuedMail *mail;
  GPtrArray    *asked; /* PcQueuedRecipient*: of one domain */
  GPtrArray    *done;  /* PcQueuedRecipient*: of this attempt */
  char         *domain;
  guint         next_route;
  const char   *host;  /* of the route under way */
  PcEndpoint   *endpoint;
  Stage         stage;
  gboolean      ready; /* the stage is over */
};

PcPostman *
pc_postman_new (PcMailQueue            *queue,
                const char             *actor,
                PcRecorder             *recorder,
                const PcPostmanHandler *handler,
                gpointer                user_data)
{
  PcPostman *self;

  g_return_val_if_fail (queue != NULL && actor != NULL, NULL);

  self = g_new0 (PcPostman, 1);
  self->queue = pc_mail_queue_ref (queue);
  self->actor = g_strdup (actor);
  self->recorder = recorder;
  self->handler = handler;
  self->user_data = user_data;
  self->due = G_MAXINT64;
  self->asked = g_ptr_array_new ();
  self->done = g_ptr_array_new ();
  return self;
}

void
pc_postman_free (gpointer data)
{
  PcPostman *self = data;

  g_clear_pointer (&self->timer, pc_timer_free);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_clear_pointer (&self->domain, g_free);
  g_clear_pointer (&self->queue, pc_mail_queue_unref);
  g_free (self->actor);
  g_free (self);
}

gboolean
pc_postman_is_quiet (PcPostman *self,
                     gint64     until)
{
  return self->mail == NULL && pc_mail_queue_get_due (self->queue) > until;
}

/* -- verdicts ------------------------------------------------------------- */

static void
settle (PcPostman         *self,
        PcQueuedRecipient *recipient,
        PcMailFate         fate,
        const char        *host,
        const char        *said)
{
  pc_queued_recipient_settle (recipient, fate, host, said);
  g_ptr_array_add (self->done, recipient);
}

/* Nobody is asked any more. */
static void
end_domain (PcPostman *self)
{
  g_ptr_array_set_size (self->asked, 0);
  g_clear_pointer (&self->domain, g_free);
  self->host = NULL;
}

static void
settle_all (PcPostman  *self,
            PcMailFate  fate,
            const char *host,
            const char *said)
{
  for (guint i = 0; i < self->asked->len; i++)
    settle (self, self->asked->pdata[i], fate, host, said);
  end_domain (self);
}

/* What the server said about each; where it said nothing, the line was lost:
 * perhaps it has the mail, and gets it twice (RFC 5321 section 4.1.1.4). */
static void
take_verdicts (PcPostman *self,
               PcEngine  *engine)
{
  PcSmtpVerdict farewell = pc_smtp_client_get_farewell (engine);
  gboolean      reports = pc_smtp_client_offers_reports (engine);

  for (guint i = 0; i < self->asked->len; i++) {
    PcQueuedRecipient *recipient = self->asked->pdata[i];
    PcSmtpVerdict      verdict = pc_smtp_client_get_verdict (engine, i);
    const char        *host = verdict.ours ? NULL : self->host;

    if (verdict.code == 0 && farewell.code != 0)
      settle (self, recipient, PC_MAIL_WAITING, self->host, farewell.text);
    else if (verdict.code == 0)
      settle (self, recipient, PC_MAIL_WAITING, NULL,
              "451 4.4.2 The connection was lost before the last answer");
    else if (verdict.code / 100 == 2)
      settle (self, recipient, reports ? PC_MAIL_SENT : PC_MAIL_RELAYED, host,
              verdict.text);
    else
      settle (self, recipient,
              verdict.code / 100 == 5 ? PC_MAIL_GIVEN_UP : PC_MAIL_WAITING,
              host, verdict.text);
  }
  end_domain (self);
}

/* The last of the domain's servers did not take the mail either. */
static void
settle_unreached (PcPostman *self,
                  PcEngine  *engine)
{
  PcSmtpVerdict farewell = { 0 };

  if (engine != NULL)
    farewell = pc_smtp_client_get_farewell (engine);
  if (farewell.code != 0)
    settle_all (self,
                farewell.code / 100 == 5 ? PC_MAIL_GIVEN_UP : PC_MAIL_WAITING,
                self->host, farewell.text);
  else
    settle_all (self, PC_MAIL_WAITING, NULL,
                "451 4.4.1 The server could not be reached");
}

/* -- the conversation ----------------------------------------------------- */

static void
event_cb (PcEndpoint    *endpoint,
          const PcEvent *event,
          gpointer       user_data)
{
  PcPostman *self = user_data;

  if (self->endpoint == endpoint &&
      (event->kind == PC_EVENT_DONE || event->kind == PC_EVENT_REFUSED))
    self->ready = TRUE;
}

/* A server that is on the list itself must not send to itself, nor to those
 * behind it: the mail would go in circles (RFC 5321 section 5.1). */
static const PcRoute *
find_route (PcPostman *self)
{
  PcRoutes *routes = pc_mail_queue_get_routes (self->queue);

  for (guint i = 0; i <= self->next_route; i++) {
    const PcRoute *route = pc_routes_get (routes, self->domain, i);

    if (route == NULL || strcmp (route->host, self->actor) == 0)
      return NULL;
  }

  return pc_routes_get (routes, self->domain, self->next_route);
}

static PcEndpoint *
open_route (PcPostman     *self,
            PcHub         *hub,
            const PcRoute *route)
{
  PcHubCall    call = { .speaks = pc_registry_find ("smtp"),
                        .client = self->actor,
                        .client_host = pc_mail_queue_get_host (self->queue),
                        .server = route->host,
                        .registered = SMTP_PORT };
  PcListening *listening;

  if (route->port != 0) {
    call.registered = route->port;
    call.server_name = route->domain;
    return pc_hub_connect_out (hub, self->recorder, &call, NULL);
  }

  listening = pc_hub_find_listening (hub, route->host, SMTP_PORT, TRUE);
  if (listening != NULL)
    self->host = listening->service.host;
  return pc_hub_connect (hub, self->recorder, &call, listening, NULL);
}

static void
try_route (PcPostman *self,
           PcHub     *hub)
{
  const PcRoute *route = find_route (self);

  self->next_route++;
  self->host = route->host;
  self->stage = STAGE_GREETING;
  self->ready = FALSE;
  self->endpoint = open_route (self, hub, route);
  if (self->endpoint == NULL)
    return;

  pc_endpoint_set_listener (self->endpoint, event_cb, self);
  if (self->handler != NULL && self->handler->begins != NULL)
    self->handler->begins (self, pc_endpoint_get_conn (self->endpoint), route,
                           self->user_data);
}

static char *
join_notify (PcNotify notify)
{
  static const struct
  {
    PcNotify    bit;
    const char *word;
  } words[] = {
    { PC_NOTIFY_NEVER, "NEVER" },
    { PC_NOTIFY_SUCCESS, "SUCCESS" },
    { PC_NOTIFY_FAILURE, "FAILURE" },
    { PC_NOTIFY_DELAY, "DELAY" },
  };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((notify & words[i].bit) != 0)
      g_string_append_printf (out, "%s%s", out->len > 0 ? "," : "",
                              words[i].word);

  return g_string_free (out->len > 0 ? out : g_string_append (out, "-"),
                        FALSE);
}

/* The envelope as it came (RFC 3461 section 5.2.1). */
static PcAction *
make_action (PcPostman *self)
{
  PcAction *action = pc_action_new ("relay");
  g_autoptr (GString) to = g_string_new (NULL);
  g_autoptr (GString) notify = g_string_new (NULL);
  g_autoptr (GString) original = g_string_new (NULL);

  for (guint i = 0; i < self->asked->len; i++) {
    const PcQueuedRecipient *recipient = self->asked->pdata[i];
    g_autofree char         *word = join_notify (recipient->notify);

    g_string_append_printf (to, "%s<%s>", i > 0 ? "," : "",
                            recipient->address);
    g_string_append_printf (notify, "%s%s", i > 0 ? " " : "", word);
    g_string_append_printf (
        original, "%s%s", i > 0 ? " " : "",
        recipient->original != NULL ? recipient->original : "-");
  }
  pc_action_set (action, "from", self->mail->sender);
  pc_action_set (action, "to", to->str);
  pc_action_set (action, "notify", notify->str);
  pc_action_set (action, "orcpt", original->str);
  if (self->mail->envid != NULL)
    pc_action_set (action, "envid", self->mail->envid);
  if (self->mail->ret != PC_RETURN_UNSAID)
    pc_action_set (action, "ret",
                   self->mail->ret == PC_RETURN_FULL ? "FULL" : "HDRS");
  action->data = g_bytes_ref (self->mail->content);
  return action;
}

static void
act (PcPostman *self,
     PcAction  *action)
{
  /* What cannot even be begun ends like a lost line: tried again, and
   * reported in the end. */
  if (!pc_endpoint_act (self->endpoint, action, NULL))
    pc_endpoint_close (self->endpoint);
}

/* The stage under way is over: the next one. */
static void
advance (PcPostman *self)
{
  g_autoptr (PcAction) action = NULL;

  self->ready = FALSE;
  if (self->stage == STAGE_GREETING) {
    action = make_action (self);
    self->stage = STAGE_MAIL;
    act (self, action);
  } else if (self->stage == STAGE_MAIL) {
    take_verdicts (self, pc_endpoint_get_engine (self->endpoint));
    action = pc_action_new ("quit");
    self->stage = STAGE_GOODBYE;
    act (self, action);
  }
}

/* The conversation is over, whoever ended it. */
static void
leave (PcPostman *self)
{
  PcEngine *engine = pc_endpoint_get_engine (self->endpoint);

  if (self->stage == STAGE_MAIL)
    take_verdicts (self, engine);
  else if (self->stage == STAGE_GREETING && find_route (self) == NULL)
    settle_unreached (self, engine);
  pc_endpoint_forget (self->endpoint);
  self->endpoint = NULL;
}

/* -- one mail ------------------------------------------------------------- */

static const char *
domain_of (const PcQueuedRecipient *recipient)
{
  const char *at = strrchr (recipient->address, '@');

  return at != NULL ? at + 1 : "";
}

/* Those of the next domain that nobody was asked about in this attempt. */
static gboolean
ask_next_domain (PcPostman *self)
{
  GPtrArray *all = self->mail->recipients;

  for (guint i = 0; i < all->len; i++) {
    PcQueuedRecipient *recipient = all->pdata[i];
    const char        *domain = domain_of (recipient);

    if (recipient->fate != PC_MAIL_WAITING ||
        g_ptr_array_find (self->done, recipient, NULL))
      continue;
    if (self->domain == NULL)
      self->domain = g_strdup (domain);
    if (pc_text_equal_ascii (domain, strlen (domain), self->domain))
      g_ptr_array_add (self->asked, recipient);
  }
  self->next_route = 0;

  return self->domain != NULL;
}

/* Nothing can be done for this domain without asking anybody. */
static gboolean
settle_unasked (PcPostman *self)
{
  PcRoutes *routes = pc_mail_queue_get_routes (self->queue);

  if (pc_routes_is_closed (routes, self->domain))
    settle_all (self, PC_MAIL_GIVEN_UP, NULL,
                "556 5.1.10 The domain does not accept mail");
  else if (pc_routes_get (routes, self->domain, 0) == NULL)
    settle_all (self, PC_MAIL_GIVEN_UP, NULL,
                "550 5.1.2 No such domain: there is no server for it");
  else if (self->next_route == 0 && find_route (self) == NULL)
    settle_all (self, PC_MAIL_GIVEN_UP, NULL,
                "554 5.4.6 This server would send the mail to itself");
  else if (find_route (self) == NULL)
    settle_unreached (self, NULL);
  else
    return FALSE;

  return TRUE;
}

static void
timer_cb (gpointer user_data)
{
  PcPostman *self = user_data;
  PcHub     *hub = self->hub;

  pc_hub_enter (hub);
  g_clear_pointer (&self->timer, pc_timer_free);
  self->due = G_MAXINT64;
  pc_hub_leave (hub);
}

/* Nothing is due now: sleep until something is. */
static void
sleep_until_due (PcPostman *self,
                 PcHub     *hub)
{
  gint64 due = pc_mail_queue_get_due (self->queue);

  if (due == self->due)
    return;

  g_clear_pointer (&self->timer, pc_timer_free);
  self->hub = hub;
  self->due = due;
  if (due != G_MAXINT64)
    self->timer = pc_net_add_timer (pc_hub_get_net (hub), due, timer_cb,
                                    self);
}

void
pc_postman_turn (PcPostman *self,
                 PcHub     *hub)
{
  for (;;) {
    gint64 now = pc_net_now (pc_hub_get_net (hub));

    if (self->mail == NULL)
      self->mail = pc_mail_queue_take (self->queue, now);
    if (self->mail == NULL) {
      sleep_until_due (self, hub);
      return;
    }

    if (self->endpoint != NULL && pc_endpoint_is_gone (self->endpoint))
      leave (self);
    else if (self->endpoint != NULL && self->ready)
      advance (self);
    else if (self->endpoint != NULL)
      return;
    else if (self->domain != NULL || ask_next_domain (self)) {
      if (!settle_unasked (self))
        try_route (self, hub);
    } else {
      g_ptr_array_set_size (self->done, 0);
      pc_mail_queue_put_back (self->queue, now,
                              g_steal_pointer (&self->mail));
    }
  }
}
