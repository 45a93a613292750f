/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A world, a pump and a look at units, for the tests of IMAP. */

#include "pump.h"

#include "base/limits.h"
#include "proto/imap/protocol.h"

#include <string.h>

static gint64 clock_now = NOW;

static void
append (PcMailbox  *mailbox,
        const char *text,
        PcFlags     flags)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));

  g_assert_cmpint (pc_mailbox_append (mailbox, content, flags, NOW, 0, NULL),
                   ==, PC_STORE_OK);
}

PcMailStore *
world_new (void)
{
  PcMailStore *store = pc_mail_store_new ("example.test");
  PcAccount   *alex = pc_mail_store_add_account (store, "alex", "portcall",
                                                 7);
  PcMailbox   *inbox = pc_account_find_mailbox (alex, "INBOX");

  pc_mail_store_add_account (store, "robin", "portcall", 8);
  pc_account_add_mailbox (alex, "Sent", "\\Sent");
  pc_account_add_mailbox (alex, "Trash", "\\Trash");
  append (inbox,
          "From: Robin <robin@example.test>\r\nTo: alex@example.test\r\n"
          "Subject: One\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\n"
          "Message-ID: <1@example.test>\r\n\r\nFirst.\r\n",
          PC_FLAG_SEEN);
  append (inbox,
          "From: \"A \\\"q\\\" B\" <a@b.test>\r\nSubject: Two\r\n folded\r\n"
          "\r\n.dot\r\nSecond.\r\n",
          0);
  append (inbox, "Subject: Three\r\n\r\n", 0);
  return store;
}

PcMailbox *
world_inbox (PcMailStore *store)
{
  return pc_account_find_mailbox (
      pc_mail_store_find_address (store, "alex@example.test"), "INBOX");
}

PcEngine *
server_new (PcMailStore *store,
            guint        session)
{
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .session = session,
                            .peer_address = "127.0.0.1" };

  clock_now = NOW;
  return pc_imap_protocol.server_new (&config);
}

char *
take_output (PcEngine *engine)
{
  PcBytes      *out = pc_engine_get_output (engine);
  gsize         len;
  const guint8 *data = pc_bytes_peek (out, &len);
  char         *text = g_strndup ((const char *) data, len);

  pc_bytes_consume (out, len);
  return text;
}

void
feed (PcEngine   *engine,
      const char *data,
      gsize       len)
{
  pc_engine_feed (engine, clock_now, 0, (const guint8 *) data, len);
  wait_for (engine);
}

void
wait_for (PcEngine *engine)
{
  while (pc_engine_get_deadline (engine) <=
         clock_now + PC_LIMIT_LOGIN_DELAY_MAX) {
    clock_now = MAX (clock_now, pc_engine_get_deadline (engine));
    pc_engine_wake (engine, clock_now);
  }
}

char *
say (PcEngine   *engine,
     const char *text)
{
  feed (engine, text, strlen (text));
  return take_output (engine);
}

Pump *
pump_new (PcMailStore *store,
          guint        session,
          gsize        portion)
{
  PcClientConfig config = { .host = "phone.example.test",
                            .server_host = "mail.example.test" };
  Pump          *self = g_new0 (Pump, 1);

  self->server = server_new (store, session);
  self->client = pc_imap_protocol.client_new (&config);
  self->observer = pc_imap_protocol.observer_new ();
  self->units = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_unit_free);
  self->portion = portion;
  g_assert_false (pc_engine_is_idle (self->client));
  pc_engine_start (self->client, NOW);
  pc_engine_start (self->server, NOW);
  return self;
}

void
pump_free (Pump *self)
{
  g_clear_pointer (&self->client, pc_engine_free);
  g_clear_pointer (&self->server, pc_engine_free);
  g_clear_pointer (&self->observer, pc_observer_free);
  g_clear_pointer (&self->units, g_ptr_array_unref);
  g_free (self);
}

void
check_cover (const PcUnit *unit)
{
  guint end = 0;

  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    g_assert_cmpuint (field->start, ==, end);
    g_assert_cmpuint (field->end, >, field->start);
    g_assert_nonnull (field->label);
    g_assert_nonnull (field->value);
    end = field->end;
  }
  g_assert_cmpuint (end, ==, g_bytes_get_size (unit->bytes));
  g_assert_true (g_utf8_validate (unit->summary, -1, NULL));
}

/* Carries what @from has to say; FALSE when that is nothing. */
static gboolean
carry (Pump     *self,
       PcEngine *from,
       PcEngine *to,
       PcSide    side)
{
  PcBytes          *out = pc_engine_get_output (from);
  gsize             len = pc_bytes_get_size (out);
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer     data;
  PcUnit           *unit;

  if (len == 0)
    return FALSE;
  if (self->portion > 0)
    len = MIN (len, self->portion);

  bytes = pc_bytes_take (out, len);
  data = g_bytes_get_data (bytes, NULL);
  pc_observer_feed (self->observer, side, 0, data, len);
  while ((unit = pc_observer_next (self->observer)) != NULL) {
    check_cover (unit);
    g_ptr_array_add (self->units, unit);
  }
  pc_engine_feed (to, NOW, 0, data, len);
  return TRUE;
}

void
pump_run (Pump *self)
{
  while (carry (self, self->server, self->client, PC_SIDE_SERVER) ||
         carry (self, self->client, self->server, PC_SIDE_CLIENT))
    wait_for (self->server);

  g_assert_true (pc_engine_get_state (self->client) ==
                 pc_observer_get_state (self->observer, PC_SIDE_CLIENT));
  g_assert_true (pc_engine_get_state (self->server) ==
                 pc_observer_get_state (self->observer, PC_SIDE_SERVER));
}

PcEvent *
pump_act (Pump       *self,
          const char *name,
          ...)
{
  g_autoptr (PcAction) action = pc_action_new (name);
  g_autoptr (GError)   error = NULL;
  va_list              args;
  const char          *param;
  PcEvent             *event;

  va_start (args, name);
  while ((param = va_arg (args, const char *)) != NULL)
    pc_action_set (action, param, va_arg (args, const char *));
  va_end (args);

  if (strcmp (name, "append") == 0)
    pc_action_set_data (action, "A: b\n\nc\n", 8);
  pc_engine_act (self->client, NOW, action, &error);
  g_assert_no_error (error);
  pump_run (self);
  while ((event = pc_engine_next_event (self->client)) != NULL) {
    if (event->kind != PC_EVENT_ITEM)
      return event;
    pc_event_free (event);
  }
  g_error ("%s: no end", name);
}
