/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the learner does at a console: connects, sends lines and packets,
 * closes.
 *
 * Each is written down as it will be in a scenario.  What a line announces
 * (the octets of a literal, of a piece) is counted here too, since the lines
 * that follow are no commands.
 */

#include "run/console-private.h"
#include "run/hub-private.h"

#include "base/limits.h"
#include "proto/imap/client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* -- entries -------------------------------------------------------------- */

/* Passwords do not come back by a key. */
static void
remember (PcConsole  *self,
          const char *text,
          gboolean    secret)
{
  const char *last = self->history->len > 0
                         ? self->history->pdata[self->history->len - 1]
                         : NULL;

  if (secret || *text == '\0' || g_strcmp0 (last, text) == 0)
    return;
  if (self->history->len >= PC_LIMIT_CONSOLE_HISTORY)
    g_ptr_array_remove_index (self->history, 0);
  g_ptr_array_add (self->history, g_strdup (text));
}

static void
add_entry (PcConsole  *self,
           const char *text,
           gboolean    secret)
{
  PcConsoleEntry *entry = g_new0 (PcConsoleEntry, 1);

  entry->text = g_strdup (text);
  entry->secret = secret;
  entry->first = pc_timeline_get_n_steps (self->timeline);
  g_ptr_array_add (self->entries, entry);
}

/* -- what the learner does ------------------------------------------------ */

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT, why);
  return FALSE;
}

/* For so many deeds. */
static gboolean
has_room (PcConsole *self,
          guint      deeds,
          GError   **error)
{
  return (self->entries->len < PC_LIMIT_CONSOLE_ENTRIES &&
          self->deeds->len + deeds <= PC_LIMIT_ACTIONS) ||
         refuse (error, _ ("This session is as long as a scenario can be. "
                           "Begin a new one."));
}

/* What the learner types is a deed only as client. */
static guint
typed_deeds (PcConsole *self)
{
  return self->setup.role == PC_CONSOLE_CLIENT ? 1 : 0;
}

/* Of a new connection: a client of ours does all that it has in mind, and
 * closes. */
static guint
count_deeds (PcConsole *self)
{
  g_autoptr (GPtrArray) plan = NULL;

  if (self->setup.role == PC_CONSOLE_CLIENT)
    return 1;

  plan = pc_console_make_plan (&self->setup);
  return plan->len + 2;
}

gboolean
pc_console_connect (PcConsole *self,
                    GError   **error)
{
  const PcScenarioService *service = pc_scenario_get_service (self->scenario,
                                                              0);
  const PcScenarioActor   *actor = pc_scenario_get_actor (self->scenario, 0);
  gboolean                 stream = self->setup.protocol->stream;
  PcHubCall                call = { .speaks = self->setup.protocol,
                                    .client = actor->id,
                                    .client_host = actor->host,
                                    .server = service->actor,
                                    .registered = service->port,
                                    .secure = service->secure };
  g_autofree char         *address = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (stream && pc_console_get_mode (self) != PC_CONSOLE_CLOSED)
    return refuse (error, _ ("There is a connection already."));
  if (!has_room (self, count_deeds (self), error))
    return FALSE;

  pc_console_wait_for_post (self);
  self->answered = !stream;
  self->text = PC_TEXT_COMMAND;
  g_clear_pointer (&self->pending, g_free);
  g_clear_pointer (&self->tag, g_free);
  self->conn_first = pc_timeline_get_n_steps (self->timeline);
  self->endpoint = pc_hub_connect (
      self->hub, self->recorder, &call,
      pc_hub_find_listening (self->hub, service->actor, service->port, stream),
      error);
  if (self->endpoint == NULL)
    return FALSE;

  pc_console_add_deed (self, PC_DO_CONNECT, NULL);
  address = g_strdup_printf ("127.0.0.1:%u",
                             pc_conn_get_client_port (
                                 pc_endpoint_get_conn (self->endpoint)));
  pc_timeline_set_actor_address (self->timeline, actor->id, address);
  if (self->setup.role == PC_CONSOLE_SERVER)
    pc_console_play_begin (self);
  return TRUE;
}

/* A line that is part of a literal is not looked at. */
static void
follow_line (PcConsole  *self,
             const char *text)
{
  gsize    len = strlen (text) + 2;
  gsize    count;
  gboolean at_once;
  g_auto (PcConsoleLine) line = { 0 };

  if (self->text == PC_TEXT_LITERAL && self->octets >= len) {
    self->octets -= len;
    if (self->octets == 0)
      self->text = self->setup.protocol->answers->tagged ? PC_TEXT_REST
                                                         : PC_TEXT_COMMAND;
    return;
  }

  if (self->text == PC_TEXT_LITERAL)
    text += MIN (self->octets, len - 2);
  if (self->text == PC_TEXT_COMMAND) {
    pc_console_read_line (self, text, &line);
    g_free (self->pending);
    self->pending = g_ascii_strup (line.verb != NULL ? line.verb->name : "",
                                   -1);
  }
  self->octets = 0;
  self->announced = 0;
  if (g_strcmp0 (self->pending, "BDAT") == 0 &&
      self->text == PC_TEXT_COMMAND) {
    self->octets = (gsize) g_ascii_strtoull (line.args, NULL, 10);
  } else if (self->setup.protocol->answers->tagged &&
             pc_imap_client_read_count (text, &count, &at_once)) {
    self->octets = at_once ? count : 0;
    self->announced = at_once ? 0 : count;
  }
  if (self->octets > 0)
    self->text = PC_TEXT_LITERAL;
  else if (self->text == PC_TEXT_LITERAL || self->text == PC_TEXT_REST ||
           (self->text == PC_TEXT_MESSAGE && strcmp (text, ".") == 0))
    self->text = PC_TEXT_COMMAND;
}

static gboolean
check_text (PcConsole  *self,
            const char *text,
            GError    **error)
{
  PcConsoleMode mode = pc_console_get_mode (self);

  if (mode == PC_CONSOLE_CLOSED)
    return refuse (error, _ ("There is no connection: connect first."));
  if (mode == PC_CONSOLE_WAITING)
    return refuse (error, self->setup.role == PC_CONSOLE_CLIENT
                              ? _ ("The server has not answered yet.")
                              : _ ("The client has not begun yet."));
  if (mode == PC_CONSOLE_PACKET)
    return refuse (error, _ ("TFTP has no lines: build a packet."));
  if (strlen (text) > PC_LIMIT_CONSOLE_LINE)
    return refuse (error, _ ("This line is longer than any server takes."));
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, _ ("This line is not text in UTF-8."));
  if (mode != PC_CONSOLE_REPLY && strpbrk (text, "\r\n") != NULL)
    return refuse (error, _ ("One line at a time: a line has no line end in "
                             "it."));
  return has_room (self, typed_deeds (self), error);
}

static gboolean
act (PcConsole  *self,
     const char *name,
     const char *param,
     const char *value,
     GError    **error)
{
  g_autoptr (PcAction) action = pc_action_new (name);

  pc_action_set (action, param, value);
  /* Before it begins: its end may be told at once. */
  self->answered = FALSE;
  pc_console_add_deed (self, PC_DO_ACT, value);
  if (pc_endpoint_act (self->endpoint, action, error))
    return TRUE;

  self->answered = TRUE;
  g_array_set_size (self->deeds, self->deeds->len - 1);
  return FALSE;
}

static void
drop_entry (PcConsole *self)
{
  g_ptr_array_set_size (self->entries, (int) self->entries->len - 1);
}

/* "a1\nb" → "a1\r\nb\r\n"; line ends of any kind are made one. */
static void
say_reply (PcConsole  *self,
           const char *text)
{
  PcEndpoint *server = pc_console_find_server (self);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  /* Of nothing, GLib makes no line. */
  g_autoptr (GString) out = g_string_new (*text == '\0' ? "\r\n" : NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    gsize len = strlen (lines[i]);

    if (len > 0 && lines[i][len - 1] == '\r')
      len--;
    g_string_append_len (out, lines[i], (gssize) len);
    g_string_append (out, "\r\n");
  }
  pc_console_play_say (self, server, out->str, out->len);
}

gboolean
pc_console_send (PcConsole  *self,
                 const char *text,
                 GError    **error)
{
  g_autofree char *whole = NULL;
  g_autoptr (PcConsoleRemark) remark = NULL;
  gboolean         secret;
  PcConsoleText    before = self->text;
  gsize            octets = self->octets;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (!check_text (self, text, error))
    return FALSE;

  whole = pc_console_complete_line (self, text);
  secret = pc_console_line_is_secret (self, whole);
  remark = pc_console_judge (self, text);
  add_entry (self, whole, secret);
  pc_console_newest_entry (self)->before = g_steal_pointer (&remark);
  if (self->setup.role == PC_CONSOLE_SERVER) {
    remember (self, text, FALSE);
    say_reply (self, text);
    return TRUE;
  }

  if (strcmp (whole, text) != 0)
    self->n_tags++;
  follow_line (self, whole);
  if (!act (self, "raw", "line", whole, error)) {
    self->text = before;
    self->octets = octets;
    drop_entry (self);
    return FALSE;
  }
  remember (self, text, secret || before != PC_TEXT_COMMAND);
  return TRUE;
}

gboolean
pc_console_send_packet (PcConsole      *self,
                        const PcPacket *packet,
                        GError        **error)
{
  g_autoptr (GBytes) bytes = pc_packet_to_bytes (packet);
  g_autofree char *octets = pc_console_write_octets (bytes);
  g_autofree char *text = pc_packet_to_string (packet);
  guint            opcode = pc_packet_get_opcode (packet);
  gsize            len;
  const char      *data = g_bytes_get_data (bytes, &len);

  g_return_val_if_fail (self != NULL && packet != NULL, FALSE);

  if (self->setup.protocol->stream)
    return refuse (error, _ ("Only TFTP has packets."));
  if (pc_console_get_mode (self) != PC_CONSOLE_PACKET)
    return refuse (error, self->setup.role == PC_CONSOLE_CLIENT
                              ? _ ("There is no socket: connect first.")
                              : _ ("No client has asked yet."));
  if (!has_room (self, typed_deeds (self), error))
    return FALSE;
  /* A request begins a transfer, and that has a socket of its own. */
  if (self->setup.role == PC_CONSOLE_CLIENT && (opcode == 1 || opcode == 2) &&
      pc_console_last_deed (self)->verb != PC_DO_CONNECT &&
      !pc_console_connect (self, error))
    return FALSE;

  add_entry (self, text, FALSE);
  if (self->setup.role == PC_CONSOLE_SERVER)
    pc_console_play_say (self, pc_console_find_server (self), data, len);
  else if (!act (self, "packet", "octets", octets, error)) {
    drop_entry (self);
    return FALSE;
  }
  remember (self, text, FALSE);
  return TRUE;
}

void
pc_console_close (PcConsole *self)
{
  g_return_if_fail (self != NULL);

  if (pc_console_get_mode (self) == PC_CONSOLE_CLOSED)
    return;
  if (self->setup.role == PC_CONSOLE_SERVER) {
    pc_console_play_leave (self, pc_console_find_server (self),
                           PC_THEN_CLOSE);
    return;
  }

  pc_console_add_deed (self, PC_DO_CLOSE, NULL);
  pc_hub_enter (self->hub);
  pc_endpoint_close (self->endpoint);
  pc_hub_leave (self->hub);
}

void
pc_console_cut (PcConsole *self)
{
  g_return_if_fail (self != NULL);

  if (pc_console_get_mode (self) == PC_CONSOLE_CLOSED)
    return;
  self->answered = TRUE;
  if (self->setup.role == PC_CONSOLE_SERVER) {
    pc_console_play_leave (self, pc_console_find_server (self), PC_THEN_CUT);
    return;
  }

  pc_console_add_deed (self, PC_DO_CUT, NULL);
  pc_hub_enter (self->hub);
  pc_endpoint_cut (self->endpoint);
  pc_hub_leave (self->hub);
}
