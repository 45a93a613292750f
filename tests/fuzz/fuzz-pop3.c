/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Feeds octets to all of POP3 that reads them: the grammar, a server, a client
 * that fetches, and the observer as both sides.
 *
 * The first octet chooses the size of the portions; in one portion or in many,
 * the same octets must give the same answers and the same units. */

#include "proto/pop3/protocol.h"
#include "proto/pop3/syntax.h"

#include "base/limits.h"
#include "mail/store.h"

#include <stdint.h>
#include <string.h>

#define NOW (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
fuzz_syntax (const guint8 *data,
             gsize         size)
{
  PcPop3Command   command;
  PcPop3Reply     reply;
  PcPop3Unstuffer unstuffer = { 0 };
  guint32         numbers[2];

  pc_pop3_parse_command (data, size, &command);
  g_assert (command.word_len <= size);
  g_assert (command.args + command.args_len == data + size);
  g_assert (pc_pop3_parse_numbers (data, size, numbers, 2) <= 2);
  pc_pop3_parse_reply (data, size, &reply);
  g_assert (reply.text + reply.code_len <= size);
  pc_pop3_reply_has_code (data, &reply, "AUTH");
  g_assert (pc_pop3_unstuff (&unstuffer, data, size, NULL) <= size);
  g_assert (pc_pop3_top_length (data, size, 3) <= size);
}

/* Time passes while the refusal of a login is held back. */
static void
feed (PcEngine     *engine,
      const guint8 *data,
      gsize         size,
      gsize         step)
{
  gint64 now = NOW;

  for (gsize i = 0; i < size; i += step) {
    gsize              n = MIN (step, size - i);
    g_autofree guint8 *copy = g_memdup2 (data + i, n);

    pc_engine_feed (engine, now, 0, copy, n);
    while (pc_engine_get_deadline (engine) > now &&
           pc_engine_get_deadline (engine) <=
               now + PC_LIMIT_LOGIN_DELAY_MAX) {
      now = pc_engine_get_deadline (engine);
      pc_engine_wake (engine, now);
    }
    /* We are the owner, too: what follows comes out of TLS. */
    if (pc_engine_get_security (engine) == PC_SECURITY_WANTED)
      pc_engine_secured (engine, now);
  }
}

/* The octets are a letter in the maildrop, and the commands as well. */
static GBytes *
run_server (const guint8 *data,
            gsize         size,
            gsize         step)
{
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .session = 1 };
  g_autoptr (GBytes) letter = g_bytes_new (data, size);
  g_autoptr (PcEngine) server = NULL;
  PcAccount *alex;
  PcBytes   *out;

  alex = pc_mail_store_add_account (store, "alex", "portcall", 1);
  pc_mailbox_append (pc_account_find_mailbox (alex, "INBOX"), letter, 0, NOW,
                     0, NULL);
  server = pc_pop3_protocol.server_new (&config);
  pc_engine_start (server, NOW);
  feed (server, data, size, step);
  pc_engine_eof (server, NOW);
  out = pc_engine_get_output (server);

  return pc_bytes_take (out, pc_bytes_get_size (out));
}

/* Where a portion ends decides what is thrown away, so there is nothing to
 * compare. */
static void
fuzz_tls (const guint8 *data,
          gsize         size,
          gsize         step)
{
  static const char login[] = "STLS\r\n";
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .session = 1,
                            .starttls = TRUE,
                            .needs_tls = size % 2 == 0 };
  PcClientConfig wary = { .host = "phone.example.test", .needs_tls = TRUE };
  g_autoptr (PcEngine) server = pc_pop3_protocol.server_new (&config);
  g_autoptr (PcEngine) client = pc_pop3_protocol.client_new (&wary);
  g_autoptr (PcAction) action = pc_action_new ("starttls");
  const guint8 *rest = memchr (data, '\n', size);
  gsize         first = rest == NULL ? size : (gsize) (rest - data) + 1;

  pc_engine_start (server, NOW);
  feed (server, (const guint8 *) login, sizeof login - 1, sizeof login);
  g_assert (pc_engine_get_security (server) == PC_SECURITY_ON);
  feed (server, data, size, step);

  pc_engine_start (client, NOW);
  feed (client, data, first, step);
  if (pc_engine_is_idle (client))
    pc_engine_act (client, NOW, action, NULL);
  feed (client, data + first, size - first, step);
  pc_engine_eof (client, NOW);
}

static void
fuzz_client (const guint8 *data,
             gsize         size,
             gsize         step)
{
  PcClientConfig config = { .host = "phone.example.test" };
  g_autoptr (PcEngine) client = pc_pop3_protocol.client_new (&config);
  g_autoptr (PcAction) action = pc_action_new ("retr");
  const guint8 *rest = memchr (data, '\n', size);
  gsize         first = rest == NULL ? size : (gsize) (rest - data) + 1;

  pc_action_set (action, "number", "1");
  pc_engine_start (client, NOW);
  feed (client, data, first, step);
  if (pc_engine_is_idle (client))
    pc_engine_act (client, NOW, action, NULL);
  feed (client, data + first, size - first, step);
  pc_engine_eof (client, NOW);
}

/* Lines go to the two sides in turn. */
static char *
run_observer (const guint8 *data,
              gsize         size,
              gsize         step)
{
  g_autoptr (PcObserver) observer = pc_pop3_protocol.observer_new ();
  g_autoptr (GString) units = g_string_new (NULL);
  PcSide  side = PC_SIDE_SERVER;
  PcUnit *unit;
  guint   turns = 0;

  for (gsize at = 0; at < size;) {
    const guint8 *lf = memchr (data + at, '\n', size - at);
    gsize         end = lf == NULL ? size : (gsize) (lf - data) + 1;

    for (; at < end; at += MIN (step, end - at))
      pc_observer_feed (observer, side, 0, data + at, MIN (step, end - at));
    side = PC_SIDE_OTHER (side);
    if (++turns == 3 + size % 8)
      pc_observer_secured (observer);
  }
  pc_observer_finish (observer, PC_SIDE_CLIENT);
  pc_observer_finish (observer, PC_SIDE_SERVER);

  while ((unit = pc_observer_next (observer)) != NULL) {
    g_assert (pc_unit_get_rest (unit) == 0);
    g_assert (g_utf8_validate (unit->summary, -1, NULL));
    g_string_append_printf (units, "%s %d %s %s\n", unit->rule, unit->status,
                            unit->summary, unit->server_state);
    pc_unit_free (unit);
  }

  return g_strdup (units->str);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) whole = NULL, parts = NULL;
  g_autofree char *units = NULL, *again = NULL;
  gsize            step;

  if (size < 2)
    return 0;
  step = 1 + data[0] % 16;
  data++;
  size--;

  fuzz_syntax (data, size);
  whole = run_server (data, size, size);
  parts = run_server (data, size, step);
  g_assert (g_bytes_equal (whole, parts));
  fuzz_client (data, size, step);
  fuzz_tls (data, size, step);
  units = run_observer (data, size, size);
  again = run_observer (data, size, step);
  g_assert (strcmp (units, again) == 0);

  return 0;
}
