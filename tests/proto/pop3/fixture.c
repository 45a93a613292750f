/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of POP3 share. */

#include "fixture.h"

#include "base/limits.h"

#include <stdarg.h>
#include <string.h>

static gint64 clock_now = NOW;

static void
append (PcMailbox  *mailbox,
        const char *text)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));

  g_assert_cmpint (pc_mailbox_append (mailbox, content, 0, NOW, 0, NULL), ==,
                   PC_STORE_OK);
}

PcMailbox *
fixture_inbox (PcMailStore *store)
{
  return pc_account_find_mailbox (
      pc_mail_store_find_address (store, "alex@example.test"), "INBOX");
}

PcMailStore *
fixture_store (void)
{
  PcMailStore *store = pc_mail_store_new ("example.test");
  PcAccount   *alex = pc_mail_store_add_account (store, "alex", "portcall", 7);
  PcMailbox   *inbox = pc_account_find_mailbox (alex, "INBOX");

  pc_mail_store_add_account (store, "robin", "portcall", 7);
  append (inbox, "Subject: one\r\n\r\n1\r\n22\r\n333\r\n\r\n");
  append (inbox, "Subject: dots\r\n\r\n.\r\n..\r\n.x\r\nend\r\n");
  append (inbox, "Subject: open\r\n\r\nno line end");

  return store;
}

PcEngine *
fixture_server (PcMailStore *store)
{
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .session = 1,
                            .peer_address = "127.0.0.1" };
  PcEngine      *server = pc_pop3_server_new (&config);

  clock_now = NOW;
  pc_engine_start (server, NOW);
  return server;
}

PcEngine *
fixture_client (void)
{
  PcClientConfig config = { .host = "phone.example.test",
                            .server_host = "mail.example.test" };
  PcEngine      *client = pc_pop3_client_new (&config);

  pc_engine_start (client, NOW);
  return client;
}

char *
fixture_take (PcEngine *engine)
{
  PcBytes      *out = pc_engine_get_output (engine);
  gsize         len;
  const guint8 *data = pc_bytes_peek (out, &len);
  char         *text = g_strndup ((const char *) data, len);

  pc_bytes_consume (out, len);
  return text;
}

void
fixture_feed (PcEngine   *engine,
              const char *text)
{
  fixture_feed_octets (engine, text, strlen (text));
}

void
fixture_feed_octets (PcEngine   *engine,
                     const char *data,
                     gsize       len)
{
  pc_engine_feed (engine, clock_now, 0, (const guint8 *) data, len);
  fixture_wait (engine);
}

void
fixture_wait (PcEngine *engine)
{
  gint64 last = -1;

  /* "At once" comes again and again while nobody reads. */
  while (pc_engine_get_deadline (engine) != last &&
         pc_engine_get_deadline (engine) <=
             clock_now + PC_LIMIT_LOGIN_DELAY_MAX) {
    last = pc_engine_get_deadline (engine);
    clock_now = MAX (clock_now, last);
    pc_engine_wake (engine, clock_now);
  }
}

GByteArray *
fixture_drain (PcEngine *engine)
{
  PcBytes    *out = pc_engine_get_output (engine);
  GByteArray *all = g_byte_array_new ();

  while (pc_bytes_get_size (out) > 0) {
    gsize         len;
    const guint8 *data = pc_bytes_peek (out, &len);

    g_byte_array_append (all, data, (guint) len);
    pc_bytes_consume (out, len);
    if (pc_engine_get_deadline (engine) <= NOW)
      pc_engine_wake (engine, NOW);
  }

  return all;
}

PcAction *
fixture_action (const char *name,
                ...)
{
  PcAction   *action = pc_action_new (name);
  const char *param;
  va_list     args;

  va_start (args, name);
  while ((param = va_arg (args, const char *)) != NULL)
    pc_action_set (action, param, va_arg (args, const char *));
  va_end (args);

  return action;
}

void
fixture_check_unit (const PcUnit *unit)
{
  guint at = 0;

  g_assert_nonnull (unit->rule);
  g_assert_nonnull (unit->summary);
  g_assert_true (g_utf8_validate (unit->summary, -1, NULL));
  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    g_assert_cmpuint (field->start, ==, at);
    g_assert_cmpuint (field->end, >, at);
    g_assert_nonnull (field->label);
    g_assert_nonnull (field->value);
    g_assert_cmpstr (field->label, !=, "Rest");
    at = field->end;
  }
  g_assert_cmpuint (at, ==, g_bytes_get_size (unit->bytes));
}

void
fixture_describe_units (PcObserver *observer,
                        GString    *out)
{
  static const char *const kinds[] = { "greeting", "command", "reply", "data",
                                       "datagram" };
  static const char *const statuses[] = { "OK", "WARNING", "ERROR" };

  for (;;) {
    g_autoptr (PcUnit) unit = pc_observer_next (observer);

    if (unit == NULL)
      return;
    fixture_check_unit (unit);
    g_string_append_printf (out, "%c %s %s %s [%s] %s\n",
                            unit->from == PC_SIDE_CLIENT ? 'C' : 'S',
                            kinds[unit->kind], unit->rule,
                            statuses[unit->status], unit->summary,
                            unit->server_state);
  }
}
