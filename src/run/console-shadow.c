/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server of ours that nobody hears, beside the learner who plays one.  It
 * reads what the client says; what it would answer is the last hint.
 *
 * A client may send several commands at once: questions wait in a queue, each
 * with the answer to it, and the learner's replies take them off one by one.
 */

#include "run/console-private.h"
#include "run/hub-private.h"

#include "base/limits.h"
#include "mail/world.h"

#include <string.h>

/* -- questions ------------------------------------------------------------ */

void
pc_console_asked_free (gpointer data)
{
  PcConsoleAsked *asked = data;

  g_free (asked->verb);
  g_free (asked->tag);
  g_string_free (asked->answer, TRUE);
  g_free (asked);
}

static PcConsoleAsked *
push_asked (PcConsole  *self,
            const char *verb,
            const char *tag,
            PcStep     *data)
{
  PcConsoleAsked *asked = g_new0 (PcConsoleAsked, 1);

  asked->verb = g_strdup (verb);
  asked->tag = g_strdup (tag);
  asked->data = data;
  asked->answer = g_string_new (NULL);
  g_queue_push_tail (&self->asked, asked);
  return asked;
}

const PcConsoleAsked *
pc_console_get_asked (PcConsole *self)
{
  return g_queue_peek_head (&self->asked);
}

const char *
pc_console_get_asked_tag (PcConsole *self)
{
  const PcConsoleAsked *asked = pc_console_get_asked (self);

  return asked != NULL && asked->tag != NULL ? asked->tag : "*";
}

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
drain (PcConsole *self,
       GString   *said)
{
  gint64        now = pc_net_now (pc_hub_get_net (self->hub));
  PcBytes      *out = pc_engine_get_output (self->shadow);
  PcEvent      *event;
  PcDatagram   *datagram;
  gsize         len;
  const guint8 *data;

  while ((event = pc_engine_next_event (self->shadow)) != NULL) {
    answer_file (self, event, now);
    pc_event_free (event);
  }
  data = pc_bytes_peek (out, &len);
  g_string_append_len (said, (const char *) data, (gssize) len);
  pc_bytes_consume (out, len);
  while ((datagram = pc_engine_next_datagram (self->shadow)) != NULL) {
    const char *octets = g_bytes_get_data (datagram->data, &len);

    g_string_truncate (said, 0);
    g_string_append_len (said, octets, (gssize) len);
    pc_datagram_free (datagram);
  }
  if (pc_engine_get_security (self->shadow) == PC_SECURITY_WANTED)
    pc_engine_secured (self->shadow, now);
}

void
pc_console_shadow_begin (PcConsole *self)
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

  pc_console_shadow_clear (self);
  self->shadow_store = pc_world_new_default (now);
  config.store = self->shadow_store;
  self->shadow = self->setup.protocol->server_new (&config);
  pc_engine_start (self->shadow, now);
  if (self->setup.protocol->stream)
    drain (self, push_asked (self, NULL, NULL, NULL)->answer);
}

void
pc_console_shadow_clear (PcConsole *self)
{
  g_queue_clear_full (&self->asked, pc_console_asked_free);
  g_clear_pointer (&self->shadow, pc_engine_free);
  g_clear_pointer (&self->shadow_store, pc_mail_store_unref);
}

/* -- what is said --------------------------------------------------------- */

/* Data goes on with the command before it, whose tag the answer will carry. */
static PcConsoleAsked *
read_question (PcConsole *self,
               PcStep    *step)
{
  const char      *kind = pc_step_get_kind (step);
  gsize            len;
  const char      *data = g_bytes_get_data (pc_step_get_bytes (step), &len);
  g_autofree char *text = g_strndup (data, len);
  g_auto (PcConsoleLine) line = { 0 };

  if (!g_str_equal (kind, "command") && !g_str_equal (kind, "datagram"))
    return push_asked (self, "", self->tag, step);

  text[strcspn (text, "\r\n")] = '\0';
  if (g_str_equal (kind, "command"))
    pc_console_read_line (self, text, &line);
  g_free (self->tag);
  self->tag = g_strdup (line.tag);
  return push_asked (self, line.verb != NULL ? line.verb->name : "", line.tag,
                     NULL);
}

void
pc_console_shadow_hear (PcConsole *self,
                        PcStep    *step)
{
  gboolean        stream = self->setup.protocol->stream;
  gint64          now = pc_net_now (pc_hub_get_net (self->hub));
  gsize           len;
  const guint8   *data = g_bytes_get_data (pc_step_get_bytes (step), &len);
  PcConsoleAsked *asked;

  /* Of packets only the last one wants an answer. */
  if (!stream)
    g_queue_clear_full (&self->asked, pc_console_asked_free);
  asked = read_question (self, step);
  if (pc_engine_get_status (self->shadow) != PC_ENGINE_RUNNING)
    return;

  pc_engine_feed (self->shadow, now,
                  stream ? 0 : pc_step_get_from_port (step), data, len);
  drain (self, asked->answer);
}

void
pc_console_shadow_tell (PcConsole *self,
                        PcStep    *step)
{
  PcConsoleAsked *asked = g_queue_peek_head (&self->asked);
  gsize           len;
  const char     *data = g_bytes_get_data (pc_step_get_bytes (step), &len);

  /* Behind untagged lines more will come. */
  if (asked == NULL ||
      (self->setup.protocol->answers->tagged && asked->verb != NULL &&
       data[0] == '*'))
    return;

  pc_console_asked_free (g_queue_pop_head (&self->asked));
}

char *
pc_console_play_answer (PcConsole *self)
{
  const PcConsoleAsked *asked = pc_console_get_asked (self);
  g_autoptr (PcPacket) packet = NULL;
  g_auto (GStrv) lines = NULL;
  guint n;

  if (asked == NULL || asked->answer->len == 0)
    return NULL;
  if (!self->setup.protocol->stream) {
    packet = pc_packet_read ((const guint8 *) asked->answer->str,
                             asked->answer->len);
    return packet != NULL ? pc_packet_to_string (packet) : NULL;
  }
  if (!g_utf8_validate (asked->answer->str, (gssize) asked->answer->len,
                        NULL))
    return NULL;

  /* As it is typed: with LF between the lines, and none at the end. */
  lines = g_strsplit (asked->answer->str, "\r\n", -1);
  n = g_strv_length (lines);
  if (n > 0 && *lines[n - 1] == '\0')
    g_clear_pointer (&lines[n - 1], g_free);
  return g_strjoinv ("\n", lines);
}
