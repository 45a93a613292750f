/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A conversation in which a learner types one end.
 *
 * The learner's lines leave through a client engine of ours, as its "raw"
 * action: so a session is nothing but a script that is written while it runs,
 * and a scenario can do it again.  What may come now, what is wrong and what
 * would help is in other files (console-choices.c, -judge.c, -goals.c); the
 * other way round, the learner as a server, is console-play.c's.
 */

#include "run/console-private.h"
#include "run/hub-private.h"
#include "run/postman.h"
#include "run/stage.h"

#include "base/limits.h"
#include "net/net.h"
#include "proto/imap/client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MEMORY_LATENCY 150 /* µs: about what loopback takes */
/* After a reply of the learner's nobody tells when the client has done all
 * that it does. */
#define SETTLE_US (G_GINT64_CONSTANT (30) * 1000)

/* -- entries -------------------------------------------------------------- */

void
pc_console_remark_free (PcConsoleRemark *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self);
}

static void
entry_free (gpointer data)
{
  PcConsoleEntry *entry = data;

  g_clear_pointer (&entry->text, g_free);
  g_clear_pointer (&entry->before, pc_console_remark_free);
  g_clear_pointer (&entry->after, pc_console_remark_free);
  g_free (entry);
}

PcConsoleEntry *
pc_console_newest_entry (PcConsole *self)
{
  return self->entries->len > 0
             ? self->entries->pdata[self->entries->len - 1]
             : NULL;
}

guint
pc_console_get_n_entries (PcConsole *self)
{
  return self->entries->len;
}

const PcConsoleEntry *
pc_console_get_entry (PcConsole *self,
                      guint      index)
{
  g_return_val_if_fail (index < self->entries->len, NULL);

  return self->entries->pdata[index];
}

const char *
pc_console_get_history (PcConsole *self,
                        guint      back)
{
  return back < self->history->len
             ? self->history->pdata[self->history->len - 1 - back]
             : NULL;
}

void
pc_console_add_deed (PcConsole     *self,
          PcScenarioVerb verb,
          const char    *line)
{
  PcConsoleDeed deed = { .verb = verb, .line = g_strdup (line) };

  g_array_append_val (self->deeds, deed);
}

PcConsoleDeed *
pc_console_last_deed (PcConsole *self)
{
  return self->deeds->len > 0 ? &g_array_index (self->deeds, PcConsoleDeed,
                                                self->deeds->len - 1)
                              : NULL;
}

/* -- where it stands ------------------------------------------------------ */

PcTimeline *
pc_console_get_timeline (PcConsole *self)
{
  return self->timeline;
}

const PcConsoleSetup *
pc_console_get_setup (PcConsole *self)
{
  return &self->setup;
}

void
pc_console_get_standpoint (PcConsole    *self,
                           PcStandpoint *standpoint)
{
  guint n = pc_timeline_get_n_steps (self->timeline);

  /* Where both ends begin: with datagrams a packet can come at once. */
  if (n == 0) {
    const PcProtocol *protocol = self->setup.protocol;

    *standpoint = (PcStandpoint){
      .protocol = protocol,
      .now = { [PC_ROLE_CLIENT] = protocol->client_states[0],
               [PC_ROLE_SERVER] = protocol->server_states[0] },
      .cover = protocol->stream ? PC_COVER_NONE : PC_COVER_NEVER,
    };
    return;
  }
  pc_standpoint_init (standpoint, self->timeline,
                      pc_timeline_get_step (self->timeline, n - 1));
  standpoint->protocol = self->setup.protocol;
}

int
pc_console_get_state (PcConsole *self)
{
  PcStandpoint at;

  pc_console_get_standpoint (self, &at);
  return pc_state_find (self->setup.protocol->server_states,
                        at.now[PC_ROLE_SERVER]);
}

/* As in a run: whoever says goodbye is waited for. */
static gboolean
is_over (PcConsole *self)
{
  PcEngine             *engine = pc_endpoint_get_engine (self->endpoint);
  const PcConsoleDeed  *deed = pc_console_last_deed (self);
  gboolean              closes = deed != NULL && deed->verb == PC_DO_CLOSE;

  if (!self->answered && !closes)
    return FALSE;
  if (pc_endpoint_is_open (self->endpoint) && !closes &&
      pc_engine_get_status (engine) == PC_ENGINE_RUNNING)
    return pc_engine_is_idle (engine);

  return pc_conn_get_n_busy (pc_endpoint_get_conn (self->endpoint)) == 0;
}

static gboolean
is_alive (PcConsole *self)
{
  return self->endpoint != NULL && pc_endpoint_is_open (self->endpoint) &&
         pc_engine_get_status (pc_endpoint_get_engine (self->endpoint)) ==
             PC_ENGINE_RUNNING;
}

static PcConsoleMode
get_server_mode (PcConsole *self)
{
  PcEndpoint *server = pc_console_find_server (self);

  if (pc_endpoint_is_gone (self->endpoint) &&
      pc_conn_get_n_busy (pc_endpoint_get_conn (self->endpoint)) == 0)
    return PC_CONSOLE_CLOSED;
  if (server == NULL || !pc_endpoint_is_open (server) ||
      pc_engine_get_status (pc_endpoint_get_engine (server)) !=
          PC_ENGINE_RUNNING ||
      pc_engine_get_security (pc_endpoint_get_engine (server)) ==
          PC_SECURITY_WANTED)
    return PC_CONSOLE_WAITING;

  return self->setup.protocol->stream ? PC_CONSOLE_REPLY : PC_CONSOLE_PACKET;
}

PcConsoleMode
pc_console_get_mode (PcConsole *self)
{
  g_return_val_if_fail (self != NULL, PC_CONSOLE_CLOSED);

  if (self->endpoint == NULL)
    return PC_CONSOLE_CLOSED;
  if (self->setup.role == PC_CONSOLE_SERVER)
    return get_server_mode (self);
  if (!is_over (self))
    return PC_CONSOLE_WAITING;
  if (!is_alive (self))
    return PC_CONSOLE_CLOSED;
  if (!self->setup.protocol->stream)
    return PC_CONSOLE_PACKET;

  return self->text == PC_TEXT_COMMAND ? PC_CONSOLE_COMMAND
                                       : PC_CONSOLE_TEXT;
}

static char *
describe_text (PcConsole *self)
{
  switch (self->text) {
  case PC_TEXT_CHALLENGE:
    return g_strdup (_ ("The server waits for the next step of the login: a "
                        "line in Base64, or “*” to give it up."));
  case PC_TEXT_MESSAGE:
    return g_strdup (_ ("The server waits for the lines of the message. A "
                        "line with nothing but a dot ends it; a line that "
                        "begins with a dot gets a second one."));
  case PC_TEXT_LITERAL:
    if (!self->setup.protocol->answers->tagged)
      return g_strdup_printf (
          ngettext ("The server waits for one more octet of the message.",
                    "The server waits for %u more octets of the message. Each "
                    "line has two more than one sees: CR and LF.",
                    (guint) self->octets),
          (guint) self->octets);
    return g_strdup_printf (
        ngettext ("The server waits for one more octet, and then for the rest "
                  "of the command. Each line has two more than one sees: CR "
                  "and LF.",
                  "The server waits for %u more octets, and then for the rest "
                  "of the command. Each line has two more than one sees: CR "
                  "and LF.",
                  (guint) self->octets),
        (guint) self->octets);
  case PC_TEXT_REST:
    return g_strdup (_ ("The octets are there. Now the server waits for the "
                        "rest of the command: mostly an empty line."));
  case PC_TEXT_IDLE:
    return g_strdup (_ ("The server tells of news as they come. DONE ends "
                        "it."));
  case PC_TEXT_COMMAND:
  default:
    return g_strdup (_ ("The server waits for a command."));
  }
}

static char *
describe_reply (PcConsole *self)
{
  const PcConsoleAsked *asked = pc_console_get_asked (self);

  if (pc_console_play_is_open (self))
    return g_strdup (_ ("Your reply is not complete yet: the client waits for "
                        "the rest of it."));
  if (asked == NULL)
    return g_strdup (_ ("The client has asked nothing."));
  if (asked->verb == NULL)
    return g_strdup (_ ("The client waits for the greeting."));
  if (*asked->verb != '\0')
    return g_strdup_printf (_ ("The client waits for the answer to %s."),
                            asked->verb);
  return g_strdup (_ ("The client waits for your answer."));
}

char *
pc_console_describe_mode (PcConsole *self)
{
  switch (pc_console_get_mode (self)) {
  case PC_CONSOLE_CLOSED:
    return g_strdup (_ ("There is no connection."));
  case PC_CONSOLE_WAITING:
    return g_strdup (self->setup.role == PC_CONSOLE_CLIENT
                         ? _ ("The server has the word.")
                         : _ ("The client has the word."));
  case PC_CONSOLE_REPLY:
    return describe_reply (self);
  case PC_CONSOLE_PACKET:
    return g_strdup (self->setup.role == PC_CONSOLE_CLIENT
                         ? _ ("The server waits for a packet.")
                         : _ ("The client waits for a packet of yours."));
  case PC_CONSOLE_COMMAND:
  case PC_CONSOLE_TEXT:
  default:
    return describe_text (self);
  }
}

/* -- what came ------------------------------------------------------------ */

static gboolean
begins_with (PcStep     *step,
             const char *words)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (pc_step_get_bytes (step), &len);

  return len >= strlen (words) && memcmp (data, words, strlen (words)) == 0;
}

gboolean
pc_console_is_said_by (PcStep     *step,
                       const char *actor)
{
  PcLayer layer = pc_step_get_layer (step);

  return (layer == PC_LAYER_APP || layer == PC_LAYER_UDP) &&
         g_bytes_get_size (pc_step_get_bytes (step)) > 0 &&
         g_strcmp0 (pc_step_get_from (step), actor) == 0;
}

/* What the server's words make of the next line. */
static void
take_reply (PcConsole *self,
            PcStep    *step)
{
  if (begins_with (step, "334"))
    self->text = PC_TEXT_CHALLENGE;
  else if (begins_with (step, "354"))
    self->text = PC_TEXT_MESSAGE;
  else if (begins_with (step, "+ ") || begins_with (step, "+\r")) {
    if (self->announced > 0)
      self->text = PC_TEXT_LITERAL;
    else if (g_strcmp0 (self->pending, "IDLE") == 0)
      self->text = PC_TEXT_IDLE;
    else
      self->text = PC_TEXT_CHALLENGE;
    self->octets = self->announced;
    self->announced = 0;
  } else if (!begins_with (step, "* ")) {
    self->text = PC_TEXT_COMMAND;
    self->announced = 0;
  }
}

static void
take_steps (PcConsole *self)
{
  guint           n = pc_timeline_get_n_steps (self->timeline);
  PcConsoleEntry *entry = pc_console_newest_entry (self);

  for (; self->n_seen < n; self->n_seen++) {
    PcStep *step = pc_timeline_get_step (self->timeline, self->n_seen);

    if (self->setup.role == PC_CONSOLE_CLIENT && self->setup.protocol->stream &&
        pc_console_is_said_by (step, PC_CONSOLE_OTHER))
      take_reply (self, step);
    if (entry != NULL && pc_step_has_secret (step))
      entry->secret = TRUE;
  }
  if (entry == NULL)
    return;

  entry->n_steps = n - entry->first;
  if (self->setup.role == PC_CONSOLE_CLIENT)
    pc_console_judge_steps (self, entry);
}

static gboolean
is_answered (PcConsole            *self,
             const PcConsoleEntry *entry)
{
  for (guint i = entry->first; i < pc_timeline_get_n_steps (self->timeline);
       i++)
    if (pc_console_is_said_by (pc_timeline_get_step (self->timeline, i),
                               PC_CONSOLE_OTHER))
      return TRUE;

  return FALSE;
}

static void
event_cb (PcEndpoint    *endpoint,
          const PcEvent *event,
          gpointer       user_data)
{
  PcConsole      *self = user_data;
  PcConsoleDeed  *deed = pc_console_last_deed (self);
  PcConsoleEntry *entry = pc_console_newest_entry (self);

  if (self->setup.role == PC_CONSOLE_SERVER) {
    pc_console_play_event (self, event);
    return;
  }
  if (self->endpoint != endpoint || self->answered || deed == NULL ||
      deed->verb == PC_DO_CLOSE)
    return;

  if (event->kind == PC_EVENT_REFUSED || event->kind == PC_EVENT_FAILED)
    deed->refused = TRUE;
  if (deed->refused && entry != NULL && deed->verb == PC_DO_ACT &&
      (event->kind == PC_EVENT_FAILED || !is_answered (self, entry)) &&
      entry->after == NULL)
    entry->after = pc_console_remark_new (
        PC_STATUS_ERROR,
        event->kind == PC_EVENT_FAILED ? "failed" : "no-answer",
        g_strdup (event->text));
  if (event->kind == PC_EVENT_REFUSED || event->kind == PC_EVENT_FAILED ||
      event->kind == PC_EVENT_DONE)
    self->answered = TRUE;
}

static void
settled_cb (PcHub   *hub,
            gpointer user_data)
{
  PcConsole *self = user_data;

  if (self->hub == NULL || self->in_settled)
    return;

  self->in_settled = TRUE;
  if (self->setup.role == PC_CONSOLE_SERVER)
    pc_console_play_settled (self);
  take_steps (self);
  if (self->handler != NULL && self->handler->changed != NULL)
    self->handler->changed (self, self->user_data);
  self->in_settled = FALSE;
}

static const PcHubHandler hub_handler = {
  .event = event_cb,
  .settled = settled_cb,
};

/* -- the whole ------------------------------------------------------------ */

/* Who listens with a learner behind it. */
static gboolean
listen_as_puppet (PcConsole *self,
                  GError   **error)
{
  const PcScenarioService *given = pc_scenario_get_service (self->scenario, 0);
  PcHubService service = { .protocol = self->setup.protocol,
                           .role = given->role,
                           .registered = given->port,
                           .actor = given->actor,
                           .host = PC_CONSOLE_HOST,
                           .secure = given->secure,
                           .starttls = given->starttls,
                           .played = TRUE };

  return pc_hub_listen (self->hub, &service, error) != 0;
}

static gboolean
set_stage (PcConsole *self,
           GError   **error)
{
  const PcScenarioLink *link = pc_scenario_get_link (self->scenario);
  gboolean              typed = self->setup.role == PC_CONSOLE_CLIENT;
  PcNet *net = self->setup.link == PC_LINK_MEMORY
                   ? pc_memory_new (link->start, MEMORY_LATENCY)
                   : pc_loopback_new ();

  self->sites = pc_sites_new (self->scenario, pc_net_now (net));
  self->hub = pc_hub_new (net, pc_sites_get_store (self->sites),
                          pc_run_make_files (
                              pc_scenario_get_world (self->scenario)),
                          &hub_handler, self);
  pc_hub_set_link (self->hub, link->rate, link->delay,
                   typed || !self->setup.protocol->stream
                       ? link->timeout
                       : PC_LIMIT_CONSOLE_WAIT);
  pc_hub_set_patience (self->hub, PC_LIMIT_CONSOLE_WAIT);
  if (typed ? !pc_stage_listen (self->scenario, self->sites, self->hub, error)
            : !listen_as_puppet (self, error))
    return FALSE;

  pc_stage_add_actors (self->scenario, self->hub, self->timeline);
  if (typed)
    pc_sites_send_postmen (self->sites, self->hub, self->recorder);
  return TRUE;
}

static gboolean
check_setup (const PcConsoleSetup *setup,
             GError              **error)
{
  if (setup->security < PC_N_VARIANTS &&
      (setup->protocol->stream || setup->security == PC_VARIANT_CLEAR))
    return TRUE;

  g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
               _ ("%s has no TLS."), setup->protocol->name);
  return FALSE;
}

PcConsole *
pc_console_new (const PcConsoleSetup   *setup,
                const PcConsoleHandler *handler,
                gpointer                user_data,
                GError                **error)
{
  g_autoptr (PcConsole) self = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autofree char *title = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (setup != NULL && setup->protocol != NULL, NULL);

  if (!check_setup (setup, error))
    return NULL;

  self = g_new0 (PcConsole, 1);
  self->setup = *setup;
  if (self->setup.goal == NULL)
    self->setup.goal = pc_console_get_goal (setup->protocol, setup->role, 0);
  self->handler = handler;
  self->user_data = user_data;
  self->auto_tag = TRUE;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->history = g_ptr_array_new_with_free_func (g_free);
  self->deeds = g_array_new (FALSE, TRUE, sizeof (PcConsoleDeed));
  g_array_set_clear_func (self->deeds, pc_console_deed_clear);
  self->said = g_array_new (FALSE, TRUE, sizeof (PcScenarioSaying));
  g_array_set_clear_func (self->said, pc_console_said_clear);
  title = g_strdup_printf (_ ("%s at the console"), setup->protocol->name);
  json = pc_console_write_scenario (setup, "console", title, NULL, NULL);
  self->scenario = pc_scenario_parse ("console", (const guint8 *) json,
                                      strlen (json), problems);
  g_return_val_if_fail (self->scenario != NULL, NULL);
  self->timeline = pc_timeline_new ("console", title);
  self->recorder = pc_recorder_new (self->timeline);
  if (!set_stage (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
pc_console_free (PcConsole *self)
{
  if (self == NULL)
    return;

  self->in_settled = TRUE;
  g_clear_pointer (&self->hub, pc_hub_free);
  g_clear_pointer (&self->sites, pc_sites_free);
  g_clear_pointer (&self->recorder, pc_recorder_free);
  g_clear_object (&self->timeline);
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->deeds, g_array_unref);
  g_clear_pointer (&self->said, g_array_unref);
  g_clear_pointer (&self->pending, g_free);
  g_clear_pointer (&self->tag, g_free);
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  pc_console_shadow_clear (self);
  g_free (self);
}

/* -- waiting -------------------------------------------------------------- */

void
pc_console_wait_for_post (PcConsole *self)
{
  PcNet *net = pc_hub_get_net (self->hub);
  gint64 end = pc_net_now (net) + PC_LIMIT_RUN;

  if (self->setup.link != PC_LINK_MEMORY ||
      self->setup.role != PC_CONSOLE_CLIENT)
    return;
  while (!pc_hub_is_post_quiet (self->hub, end) && pc_net_turn (net))
    ;
}

static void
quiet_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
settle_client (PcConsole *self)
{
  gboolean quiet = FALSE;
  PcNet   *net = pc_hub_get_net (self->hub);
  PcTimer *timer = pc_net_add_timer (net, pc_net_now (net) + SETTLE_US,
                                     quiet_cb, &quiet);

  while ((!quiet || pc_console_get_mode (self) == PC_CONSOLE_WAITING) &&
         pc_console_get_mode (self) != PC_CONSOLE_CLOSED && pc_net_turn (net))
    ;
  pc_timer_free (timer);
}

void
pc_console_settle (PcConsole *self)
{
  g_return_if_fail (self != NULL);

  if (self->endpoint == NULL)
    return;
  if (self->setup.role == PC_CONSOLE_SERVER) {
    settle_client (self);
    return;
  }

  while (pc_console_get_mode (self) == PC_CONSOLE_WAITING &&
         pc_net_turn (pc_hub_get_net (self->hub)))
    ;
  if (pc_console_get_mode (self) == PC_CONSOLE_CLOSED)
    pc_console_wait_for_post (self);
}

void
pc_console_idle (PcConsole *self)
{
  g_return_if_fail (self != NULL && self->setup.link == PC_LINK_MEMORY);

  pc_net_turn (pc_hub_get_net (self->hub));
}

/* -- tags ----------------------------------------------------------------- */

void
pc_console_set_auto_tag (PcConsole *self,
                         gboolean   auto_tag)
{
  self->auto_tag = auto_tag;
}

gboolean
pc_console_get_auto_tag (PcConsole *self)
{
  return self->auto_tag;
}
