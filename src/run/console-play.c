/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The learner plays the server: a client of ours does what its goal asks for,
 * one action after the other, and decides by itself what to make of each reply.
 *
 * Beside it runs a server of ours which nobody hears.  It reads what the
 * client says; what it would answer is the last hint.
 */

#include "run/console-private.h"
#include "run/hub-private.h"

#include "base/limits.h"
#include "mail/world.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* -- the shadow ----------------------------------------------------------- */

static void
answer_file (PcConsole     *self,
             const PcEvent *event,
             gint64         now)
{
  const PcWorld *world = pc_scenario_get_world (self->scenario);

  if (event->kind == PC_EVENT_OPEN_READ) {
    for (guint i = 0; i < pc_world_get_n_files (world); i++) {
      const PcScenarioFile *file = pc_world_get_file (world, i);

      if (g_strcmp0 (file->name, event->text) == 0) {
        pc_engine_answer (self->shadow, now, PC_FILE_OK, file->content);
        return;
      }
    }
    pc_engine_answer (self->shadow, now, PC_FILE_NOT_FOUND, NULL);
  } else if (event->kind == PC_EVENT_OPEN_WRITE ||
             event->kind == PC_EVENT_WRITE || event->kind == PC_EVENT_COMMIT) {
    pc_engine_answer (self->shadow, now, PC_FILE_OK, NULL);
  }
}

static void
drain_shadow (PcConsole *self)
{
  gint64   now = pc_net_now (pc_hub_get_net (self->hub));
  PcEvent *event;
  PcBytes *out = pc_engine_get_output (self->shadow);
  gsize    len;
  const guint8 *data;
  PcDatagram *datagram;

  while ((event = pc_engine_next_event (self->shadow)) != NULL) {
    answer_file (self, event, now);
    pc_event_free (event);
  }
  data = pc_bytes_peek (out, &len);
  g_string_append_len (self->shadow_said, (const char *) data, (gssize) len);
  pc_bytes_consume (out, len);
  while ((datagram = pc_engine_next_datagram (self->shadow)) != NULL) {
    const char *octets = g_bytes_get_data (datagram->data, &len);

    g_string_truncate (self->shadow_said, 0);
    g_string_append_len (self->shadow_said, octets, (gssize) len);
    pc_datagram_free (datagram);
  }
  if (pc_engine_get_security (self->shadow) == PC_SECURITY_WANTED)
    pc_engine_secured (self->shadow, now);
}

static void
feed_shadow (PcConsole *self,
             PcStep    *step)
{
  gint64        now = pc_net_now (pc_hub_get_net (self->hub));
  gsize         len;
  const guint8 *data = g_bytes_get_data (pc_step_get_bytes (step), &len);

  g_string_truncate (self->shadow_said, 0);
  if (pc_engine_get_status (self->shadow) != PC_ENGINE_RUNNING)
    return;
  pc_engine_feed (self->shadow, now,
                  self->setup.protocol->stream
                      ? 0
                      : pc_step_get_from_port (step),
                  data, len);
  drain_shadow (self);
}

static void
begin_shadow (PcConsole *self)
{
  const PcScenarioService *service = pc_scenario_get_service (self->scenario,
                                                              0);
  gint64         now = pc_net_now (pc_hub_get_net (self->hub));
  PcServerConfig config = { .host = PC_CONSOLE_HOST,
                            .role = service->role,
                            .session = 1,
                            .peer_address = "127.0.0.1",
                            .timeout = PC_LIMIT_CONSOLE_WAIT,
                            .secure = service->secure,
                            .starttls = service->starttls };

  g_clear_pointer (&self->shadow, pc_engine_free);
  g_clear_pointer (&self->shadow_store, pc_mail_store_unref);
  if (self->shadow_said == NULL)
    self->shadow_said = g_string_new (NULL);
  g_string_truncate (self->shadow_said, 0);
  self->shadow_store = pc_world_new_default (now);
  config.store = self->shadow_store;
  self->shadow = self->setup.protocol->server_new (&config);
  pc_engine_start (self->shadow, now);
  drain_shadow (self);
}

char *
pc_console_play_answer (PcConsole *self)
{
  g_autoptr (PcPacket) packet = NULL;
  g_auto (GStrv) lines = NULL;

  if (self->shadow_said == NULL || self->shadow_said->len == 0)
    return NULL;
  if (!self->setup.protocol->stream) {
    packet = pc_packet_read ((const guint8 *) self->shadow_said->str,
                             self->shadow_said->len);
    return packet != NULL ? pc_packet_to_string (packet) : NULL;
  }
  if (!g_utf8_validate (self->shadow_said->str,
                        (gssize) self->shadow_said->len, NULL))
    return NULL;

  /* As it is typed: with LF between the lines, and none at the end. */
  lines = g_strsplit (self->shadow_said->str, "\r\n", -1);
  if (*lines[g_strv_length (lines) - 1] == '\0')
    g_clear_pointer (&lines[g_strv_length (lines) - 1], g_free);
  return g_strjoinv ("\n", lines);
}

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
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  self->plan = pc_console_make_plan (&self->setup);
  self->next = 0;
  self->reached = FALSE;
  self->acting = self->setup.protocol->stream; /* it waits for the greeting */
  begin_shadow (self);
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

void
pc_console_play_event (PcConsole     *self,
                       const PcEvent *event)
{
  if (self->plan == NULL)
    return;

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
  } else if (event->kind == PC_EVENT_FAILED && self->acting) {
    self->acting = FALSE;
    self->next = self->plan->len;
    remark (self, PC_STATUS_ERROR, "failed",
            g_strdup_printf (_ ("The client gives up: %s"), event->text));
  }
}

static void
read_client (PcConsole *self,
             PcStep    *step)
{
  gsize            len;
  const char      *data = g_bytes_get_data (pc_step_get_bytes (step), &len);
  g_autofree char *text = g_strndup (data, len);
  g_auto (PcConsoleLine) line = { 0 };

  text[strcspn (text, "\r\n")] = '\0';
  g_clear_pointer (&self->pending, g_free);
  if (g_str_equal (pc_step_get_kind (step), "command"))
    pc_console_read_line (self, text, &line);
  self->pending = g_strdup (line.verb != NULL ? line.verb->name : "");
  if (line.tag != NULL) {
    g_free (self->tag);
    self->tag = g_strdup (line.tag);
  }
  feed_shadow (self, step);
}

const char *
pc_console_play_get_tag (PcConsole *self)
{
  return self->tag != NULL ? self->tag : "*";
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

/* A line has arrived, and nothing came of it: the client reads on. */
static void
remark_waiting (PcConsole *self)
{
  PcConsoleEntry *entry = self->entries->len > 0
                              ? self->entries->pdata[self->entries->len - 1]
                              : NULL;
  guint           n = pc_timeline_get_n_steps (self->timeline);
  PcStep         *step;

  if (entry == NULL || entry->after != NULL || !self->acting ||
      entry->first >= n || entry->first < self->conn_first)
    return;
  step = pc_timeline_get_step (self->timeline, entry->first);
  if (pc_step_get_end_time (step) < 0)
    return;
  entry->after = pc_console_remark_new (
      pc_step_get_status (step), "waiting",
      *pc_console_play_get_tag (self) != '*'
          ? g_strdup_printf (_ ("The client has read this, and waits for the "
                                "answer with the tag %s."),
                             self->tag)
          : g_strdup (_ ("The client has read this, and waits on.")));
}

static void
read_steps (PcConsole *self)
{
  for (; self->n_read < pc_timeline_get_n_steps (self->timeline);
       self->n_read++) {
    PcStep *step = pc_timeline_get_step (self->timeline, self->n_read);

    if (pc_console_is_said_by (step, PC_CONSOLE_OTHER))
      read_client (self, step);
  }
}

static void
begin_action (PcConsole *self)
{
  g_autoptr (GError) error = NULL;

  self->acting = TRUE;
  if (pc_endpoint_act (self->endpoint, self->plan->pdata[self->next++],
                       &error))
    return;

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
  else if (self->setup.protocol->stream)
    pc_endpoint_close (self->endpoint);
}

void
pc_console_play_settled (PcConsole *self)
{
  if (self->endpoint == NULL || self->plan == NULL)
    return;

  read_steps (self);
  go_on (self);
  read_steps (self);
  remark_waiting (self);
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
pc_console_play_say (PcConsole  *self,
                     PcEndpoint *server,
                     const char *data,
                     gsize       len)
{
  PcEngine *engine;

  if (server == NULL)
    return;

  engine = pc_endpoint_get_engine (server);
  pc_hub_enter (self->hub);
  pc_puppet_say (engine, data, len);
  pc_endpoint_pump (server);
  if (agrees_to_tls (self) &&
      pc_engine_get_security (engine) == PC_SECURITY_CLEAR) {
    pc_engine_want_tls (engine);
    pc_endpoint_pump (server);
  }
  pc_hub_leave (self->hub);
}
