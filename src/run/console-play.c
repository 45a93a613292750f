/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The learner plays the server: a client of ours does what its goal asks for,
 * one action after the other, and decides by itself what to make of each reply.
 */

#include "run/console-private.h"
#include "run/hub-private.h"
#include "run/puppet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* -- the client ----------------------------------------------------------- */

PcEndpoint *
pc_console_find_server (PcConsole *self)
{
  PcConn *conn = self->endpoint != NULL ? pc_endpoint_get_conn (self->endpoint)
                                        : NULL;

  for (guint i = 0; i < self->hub->endpoints->len; i++) {
    PcEndpoint *end = self->hub->endpoints->pdata[i];

    if (end->conn == conn && end->side == PC_SIDE_SERVER && !end->gone)
      return end;
  }

  return NULL;
}

void
pc_console_play_begin (PcConsole *self)
{
  self->broke_off = self->broke_off || self->acting;
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  self->plan = pc_console_make_plan (&self->setup);
  self->next = 0;
  self->reached = FALSE;
  self->acting = self->setup.protocol->stream; /* it waits for the greeting */
  pc_console_shadow_begin (self);
  pc_console_play_settled (self);
}

static void
remark (PcConsole  *self,
        PcStatus    status,
        const char *code,
        char       *text)
{
  PcConsoleEntry *entry = self->entries->len > 0
                              ? self->entries->pdata[self->entries->len - 1]
                              : NULL;

  if (entry == NULL || entry->first < self->conn_first) {
    g_free (text);
    return;
  }
  g_clear_pointer (&entry->after, pc_console_remark_free);
  entry->after = pc_console_remark_new (status, code, text);
}

/* As in a run: without a word to the server there is nothing else to see. */
static void
decline (PcConsole  *self,
         const char *words)
{
  PcConsoleDeed *deed = pc_console_last_deed (self);

  deed->refused = TRUE;
  if (deed->verb == PC_DO_ACT &&
      pc_timeline_get_n_steps (self->timeline) == self->n_before)
    pc_recorder_note (self->recorder, PC_CONSOLE_OTHER, "client.declines",
                      words, pc_net_now (pc_hub_get_net (self->hub)));
}

/* Also just behind an answer that it liked; not when it has closed. */
static gboolean
may_fail (PcConsole *self)
{
  const PcConsoleDeed *deed = pc_console_last_deed (self);

  return deed != NULL && deed->verb != PC_DO_CLOSE;
}

void
pc_console_play_event (PcConsole     *self,
                       const PcEvent *event)
{
  if (self->plan == NULL)
    return;
  if (may_fail (self) && (event->kind == PC_EVENT_REFUSED ||
                          event->kind == PC_EVENT_FAILED))
    decline (self, event->text);

  if (event->kind == PC_EVENT_DONE) {
    self->acting = FALSE;
    if (self->next >= self->plan->len) {
      self->reached = TRUE;
      remark (self, PC_STATUS_OK, "reached",
              g_strdup (_ ("The client has all that it wanted.")));
    } else {
      remark (self, PC_STATUS_OK, "done",
              g_strdup (_ ("The client understands this, and goes on.")));
    }
  } else if (event->kind == PC_EVENT_REFUSED) {
    self->acting = FALSE;
    self->next = self->plan->len;
    remark (self, PC_STATUS_WARNING, "refused",
            g_strdup_printf (_ ("The client takes this for a refusal, and "
                                "gives up: %s"),
                             event->text != NULL ? event->text : ""));
  } else if (event->kind == PC_EVENT_FAILED && may_fail (self)) {
    self->acting = FALSE;
    self->next = self->plan->len;
    remark (self, PC_STATUS_ERROR, "failed",
            g_strdup_printf (_ ("The client gives up: %s"), event->text));
  }
}

gboolean
pc_console_play_is_open (PcConsole *self)
{
  const PcConsoleEntry *entry = self->entries->len > 0
                                    ? self->entries->pdata[
                                          self->entries->len - 1]
                                    : NULL;

  return entry != NULL && entry->first >= self->conn_first &&
         entry->first >= pc_timeline_get_n_steps (self->timeline);
}

/* What the client said to the reply at @index, or NULL. */
static PcStep *
find_reaction (PcConsole *self,
               guint      index)
{
  for (; index < pc_timeline_get_n_steps (self->timeline); index++) {
    PcStep *step = pc_timeline_get_step (self->timeline, index);

    if (pc_console_is_said_by (step, PC_CONSOLE_OTHER))
      return step;
  }

  return NULL;
}

static char *
describe_reaction (PcConsole *self,
                   PcStep    *reply,
                   PcStep    *reaction)
{
  if (reaction != NULL && pc_step_get_status (reply) != PC_STATUS_OK)
    return g_strdup_printf (_ ("The client takes this for a refusal, and "
                               "answers: %s"),
                            pc_step_get_summary (reaction));
  if (reaction != NULL)
    return g_strdup (_ ("The client understands this, and goes on."));
  if (*pc_console_get_asked_tag (self) != '*')
    return g_strdup_printf (_ ("The client has read this, and waits for the "
                               "answer with the tag %s."),
                            pc_console_get_asked_tag (self));
  return g_strdup (_ ("The client has read this, and waits on."));
}

/* A reply has arrived, and the action under way has not ended with it. */
static void
remark_reaction (PcConsole *self)
{
  PcConsoleEntry *entry = self->entries->len > 0
                              ? self->entries->pdata[self->entries->len - 1]
                              : NULL;
  guint           n = pc_timeline_get_n_steps (self->timeline);
  PcStep         *reply, *reaction;

  if (entry == NULL || entry->after != NULL || !self->acting ||
      entry->first >= n || entry->first < self->conn_first)
    return;
  reply = pc_timeline_get_step (self->timeline, entry->first);
  if (pc_step_get_end_time (reply) < 0)
    return;
  reaction = find_reaction (self, entry->first);
  entry->after = pc_console_remark_new (
      pc_step_get_status (reply), reaction != NULL ? "answered" : "waiting",
      describe_reaction (self, reply, reaction));
}

static void
read_steps (PcConsole *self)
{
  for (; self->n_read < pc_timeline_get_n_steps (self->timeline);
       self->n_read++) {
    PcStep *step = pc_timeline_get_step (self->timeline, self->n_read);

    if (pc_console_is_said_by (step, PC_CONSOLE_OTHER))
      pc_console_shadow_hear (self, step);
    else if (pc_console_is_said_by (step, PC_CONSOLE_LEARNER))
      pc_console_shadow_tell (self, step);
  }
}

static void
begin_action (PcConsole *self)
{
  g_autoptr (GError) error = NULL;

  self->acting = TRUE;
  self->n_before = pc_timeline_get_n_steps (self->timeline);
  pc_console_add_deed (self, PC_DO_ACT, NULL);
  pc_console_last_deed (self)->act = self->next;
  if (pc_endpoint_act (self->endpoint, self->plan->pdata[self->next++],
                       &error))
    return;

  g_array_set_size (self->deeds, self->deeds->len - 1);
  self->acting = FALSE;
  self->next = self->plan->len;
  remark (self, PC_STATUS_ERROR, "failed",
          g_strdup_printf (_ ("The client gives up: %s"), error->message));
}

/* The next action; or the client has had all its own, and leaves. */
static void
go_on (PcConsole *self)
{
  PcEngine *engine = pc_endpoint_get_engine (self->endpoint);

  if (self->acting || !pc_endpoint_is_open (self->endpoint) ||
      pc_engine_get_status (engine) != PC_ENGINE_RUNNING ||
      !pc_engine_is_idle (engine))
    return;

  if (self->next < self->plan->len)
    begin_action (self);
  else if (self->setup.protocol->stream && !self->endpoint->finished) {
    pc_console_add_deed (self, PC_DO_CLOSE, NULL);
    pc_endpoint_close (self->endpoint);
  }
}

void
pc_console_play_settled (PcConsole *self)
{
  if (self->endpoint == NULL || self->plan == NULL)
    return;

  read_steps (self);
  go_on (self);
  read_steps (self);
  remark_reaction (self);
}

/* -- the learner ---------------------------------------------------------- */

/* The words that let TLS begin have left. */
static gboolean
agrees_to_tls (PcConsole *self)
{
  guint n = pc_timeline_get_n_steps (self->timeline);
  PcStep *last = n > 0 ? pc_timeline_get_step (self->timeline, n - 1) : NULL;

  return self->setup.security == PC_VARIANT_STARTTLS && last != NULL &&
         pc_step_get_wire (last) == NULL &&
         g_str_has_suffix (pc_step_get_rule (last), ".starttls.ok");
}

void
pc_console_said_clear (gpointer data)
{
  PcScenarioSaying *said = data;

  g_clear_pointer (&said->octets, g_bytes_unref);
}

/* What a scenario has to say again, and when.  @octets, which may be NULL, is
 * taken. */
static void
write_down (PcConsole     *self,
            PcEndpoint    *server,
            GBytes        *octets,
            PcScenarioThen then)
{
  gint64           now = pc_net_now (pc_hub_get_net (self->hub));
  PcScenarioSaying said = { .conn = pc_conn_get_number (server->conn),
                            .octets = octets,
                            .then = then };

  pc_puppet_measure (pc_endpoint_get_engine (server), now, &said.hears,
                     &said.after);
  g_array_append_val (self->said, said);
}

void
pc_console_play_leave (PcConsole     *self,
                       PcEndpoint    *server,
                       PcScenarioThen then)
{
  if (server == NULL || (then == PC_THEN_CLOSE && server->finished))
    return;

  write_down (self, server, NULL, then);
  pc_hub_enter (self->hub);
  if (then == PC_THEN_CUT)
    pc_endpoint_cut (server);
  else
    pc_endpoint_close (server);
  pc_hub_leave (self->hub);
}

void
pc_console_play_say (PcConsole  *self,
                     PcEndpoint *server,
                     const char *data,
                     gsize       len)
{
  PcEngine *engine;

  if (server == NULL)
    return;

  engine = pc_endpoint_get_engine (server);
  /* Who has closed has said all. */
  if (!server->finished)
    write_down (self, server, g_bytes_new (data, len), PC_THEN_GO_ON);
  pc_hub_enter (self->hub);
  pc_puppet_say (engine, pc_net_now (pc_hub_get_net (self->hub)), data, len);
  pc_endpoint_pump (server);
  if (agrees_to_tls (self) &&
      pc_engine_get_security (engine) == PC_SECURITY_CLEAR) {
    g_array_index (self->said, PcScenarioSaying, self->said->len - 1).then =
        PC_THEN_STARTTLS;
    pc_engine_want_tls (engine);
    pc_endpoint_pump (server);
  }
  pc_hub_leave (self->hub);
}
