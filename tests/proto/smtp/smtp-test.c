/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of SMTP share. */

#include "smtp-test.h"

#include "base/limits.h"

#include <string.h>

PcMailStore *
smtp_test_store (void)
{
  PcMailStore *store = pc_mail_store_new ("example.test");

  pc_mail_store_add_account (store, "alex", "portcall", 1);
  pc_mail_store_add_account (store, "robin", "portcall", 1);

  return store;
}

gboolean smtp_test_fixes;

static gint64 clock_now = SMTP_TEST_NOW;

PcEngine *
smtp_test_server (PcMailStore *store,
                  PcServerRole role)
{
  PcServerConfig   config = { .host = "mail.example.test",
                              .store = store,
                              .role = role,
                              .fixes = smtp_test_fixes,
                              .session = 1,
                              .peer_address = "127.0.0.1" };
  PcEngine        *server = pc_smtp_protocol.server_new (&config);
  g_autofree char *greeting = NULL;

  clock_now = SMTP_TEST_NOW;
  pc_engine_start (server, clock_now);
  greeting = smtp_test_output (server);
  g_assert_cmpstr (greeting, ==, "220 mail.example.test ESMTP Portcall\r\n");

  return server;
}

PcEngine *
smtp_test_client (void)
{
  PcClientConfig config = { .host = "phone.example.test",
                            .server_host = "mail.example.test" };
  PcEngine      *client = pc_smtp_protocol.client_new (&config);

  pc_engine_start (client, SMTP_TEST_NOW);
  g_assert_false (pc_engine_is_idle (client));

  return client;
}

void
smtp_test_feed (PcEngine   *engine,
                const char *data,
                gssize      len,
                gsize       step)
{
  gsize size = len < 0 ? strlen (data) : (gsize)len;
  gsize i;

  if (step == 0)
    step = MAX (size, 1);
  for (i = 0; i < size; i += step) {
    /* A copy of the exact size, so that a sanitizer sees any step beyond. */
    gsize              n = MIN (step, size - i);
    g_autofree guint8 *copy = g_memdup2 (data + i, n);

    pc_engine_feed (engine, clock_now, 0, copy, n);
    smtp_test_wait (engine);
  }
}

void
smtp_test_wait (PcEngine *engine)
{
  while (pc_engine_get_deadline (engine) <=
         clock_now + PC_LIMIT_LOGIN_DELAY_MAX) {
    clock_now = MAX (clock_now, pc_engine_get_deadline (engine));
    pc_engine_wake (engine, clock_now);
  }
}

char *
smtp_test_output (PcEngine *engine)
{
  PcBytes      *out = pc_engine_get_output (engine);
  gsize         len;
  const guint8 *data = pc_bytes_peek (out, &len);
  char         *text = g_strndup ((const char *)data, len);

  pc_bytes_consume (out, len);

  return text;
}

static PcMailbox *
inbox_of (PcMailStore *store,
          const char  *user)
{
  PcAccount *account = pc_mail_store_find_address (store, user);

  g_assert_nonnull (account);

  return pc_account_find_mailbox (account, "INBOX");
}

guint
smtp_test_count (PcMailStore *store,
                 const char  *user)
{
  return pc_mailbox_get_n_messages (inbox_of (store, user));
}

char *
smtp_test_newest (PcMailStore *store,
                  const char  *user)
{
  PcMailbox  *inbox = inbox_of (store, user);
  guint       n = pc_mailbox_get_n_messages (inbox);
  gsize       len;
  const char *data;

  g_assert_cmpuint (n, >, 0);
  data = g_bytes_get_data (pc_mailbox_get_message (inbox, n - 1)->content,
                           &len);

  return g_strndup (data, len);
}

gboolean
smtp_test_act (PcEngine   *client,
               const char *text,
               const char *data,
               GError    **error)
{
  g_auto (GStrv) words = g_strsplit (text, "|", -1);
  g_autoptr (PcAction) action = pc_action_new (words[0]);
  guint i;

  for (i = 1; words[i] != NULL; i++) {
    char *equals = strchr (words[i], '=');

    g_assert_nonnull (equals);
    *equals = '\0';
    pc_action_set (action, words[i], equals + 1);
  }
  if (data != NULL)
    pc_action_set_data (action, data, strlen (data));

  return pc_engine_act (client, SMTP_TEST_NOW, action, error);
}

static void
check_coverage (const PcUnit *unit)
{
  guint at = 0;
  guint i;

  for (i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    g_assert_cmpuint (field->start, ==, at);
    g_assert_cmpuint (field->end, >, at);
    g_assert_nonnull (field->label);
    g_assert_nonnull (field->meaning);
    g_assert_nonnull (field->value);
    g_assert_true (g_utf8_validate (field->value, -1, NULL));
    at = field->end;
  }
  g_assert_cmpuint (at, ==, g_bytes_get_size (unit->bytes));
}

char *
smtp_test_describe (PcObserver *observer)
{
  static const char *const marks[] = { [PC_STATUS_OK] = "",
                                       [PC_STATUS_WARNING] = "?",
                                       [PC_STATUS_ERROR] = "!" };
  GString                 *out = g_string_new (NULL);
  PcUnit                  *unit;

  while ((unit = pc_observer_next (observer)) != NULL) {
    guint i;

    check_coverage (unit);
    g_assert_true (strcmp (unit->rule, PC_OBSERVER_UNFINISHED) == 0 ||
                   pc_narration_find (pc_smtp_protocol.narrations,
                                      pc_smtp_protocol.n_narrations,
                                      unit->rule) != NULL);
    g_string_append_printf (out, "%c %s%s | %s | %s/%s |",
                            unit->from == PC_SIDE_CLIENT ? 'C' : 'S',
                            unit->rule,
                            marks[unit->status],
                            unit->summary, unit->client_state,
                            unit->server_state);
    for (i = 0; i < pc_unit_get_n_fields (unit); i++) {
      const PcField *field = pc_unit_get_field (unit, i);

      if (strcmp (field->label, "Blank") != 0 &&
          strcmp (field->label, "End of line") != 0)
        g_string_append_printf (out, " %s=%s", field->label, field->value);
    }
    g_string_append_c (out, '\n');
    pc_unit_free (unit);
  }

  return g_string_free (out, FALSE);
}
