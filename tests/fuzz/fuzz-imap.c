/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Feeds octets to all of IMAP that reads them: the grammar, a server with
 * mail, a client, and the observer as both sides.
 *
 * The first octet chooses the size of the portions; the same octets in one
 * portion must give the same answers and the same units. */

#include "proto/imap/body-structure.h"
#include "proto/imap/fetch-items.h"
#include "proto/imap/protocol.h"
#include "proto/imap/syntax.h"

#include "base/limits.h"
#include "mail/store.h"

#include <stdint.h>
#include <string.h>

#define NOW (G_GINT64_CONSTANT (1795419000) * G_USEC_PER_SEC)

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* Parts lie inside one another, and what we write of them, we read. */
static void
check_part (const PcPart *part,
            gsize         start,
            gsize         end)
{
  g_assert (part->header >= start && part->header <= end);
  g_assert (part->body == part->header + part->header_len);
  g_assert (part->body <= end && part->body_len <= end - part->body);
  for (guint i = 0; i < part->children->len; i++)
    check_part (g_ptr_array_index (part->children, i), part->body,
                part->body + part->body_len);
}

static void
fuzz_structure (const PcPart *structure,
                GBytes       *message)
{
  g_autoptr (GString) out = g_string_new (NULL);
  PcImapCursor        at;

  check_part (structure, 0, g_bytes_get_size (message));
  pc_imap_write_structure (out, structure, message, TRUE);
  at = (PcImapCursor){ (const guint8 *) out->str, out->len, 0 };
  g_assert (pc_imap_skip_value (&at) && pc_imap_at_end (&at));
}

static void
fuzz_syntax (const guint8 *data,
             gsize         size)
{
  PcImapCursor       start = { data, size, 0 };
  PcImapCursor       at = start;
  g_autoptr (GArray) ranges = NULL;
  g_autoptr (GArray) items = NULL;
  g_autofree char   *string = NULL;
  g_autoptr (GBytes) message = g_bytes_new (data, size);
  g_autoptr (PcPart) structure = pc_part_new (message);

  fuzz_structure (structure, message);
  g_assert (!pc_imap_skip_value (&at) || at.pos <= size);
  at = start;
  if (pc_imap_read_set (&at, &ranges))
    pc_imap_set_resolve (ranges, 5);
  for (guint i = 1; ranges != NULL && i < ranges->len; i++)
    g_assert (g_array_index (ranges, PcImapRange, i - 1).to <
              g_array_index (ranges, PcImapRange, i).from);

  at = start;
  if (pc_imap_read_items (&at, &items))
    for (guint i = 0; i < items->len; i++) {
      const PcImapItem  *item = &g_array_index (items, PcImapItem, i);
      g_autoptr (GBytes) part = NULL;

      if (item->kind == PC_IMAP_ITEM_SECTION)
        part = pc_imap_item_extract (item, message, structure);
      g_assert (part == NULL || g_bytes_get_size (part) <= size + 2);
    }

  /* What we write, we read. */
  at = start;
  if (pc_imap_read_astring (&at, &string)) {
    g_autoptr (GString) out = g_string_new (NULL);
    g_autofree char    *back = NULL;
    PcImapCursor        again;

    pc_imap_write_nstring (out, string);
    again = (PcImapCursor){ (const guint8 *) out->str, out->len, 0 };
    g_assert (pc_imap_read_string (&again, &back));
    g_assert (strcmp (string, back) == 0);
    pc_imap_match_mailbox (string, "INBOX/Some/Mailbox");
  }
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

static PcMailStore *
make_store (void)
{
  PcMailStore       *store = pc_mail_store_new ("example.test");
  PcAccount         *alex = pc_mail_store_add_account (store, "alex", "p", 1);
  PcMailbox         *inbox = pc_account_find_mailbox (alex, "INBOX");
  g_autoptr (GBytes) mail =
      g_bytes_new_static ("From: \"A\" <a@b>\r\nSubject: s\r\n\r\n.x\r\n", 35);

  pc_account_add_mailbox (alex, "Sent", "\\Sent");
  for (guint i = 0; i < 4; i++)
    pc_mailbox_append (inbox, mail, i, NOW, 0, NULL);
  return store;
}

/* Every line a server sends ends in CR LF, and no reply echoes controls. */
static GBytes *
run_server (const guint8 *data,
            gsize         size,
            gsize         step)
{
  static const char       login[] = "l LOGIN alex p\r\ns SELECT INBOX\r\n";
  g_autoptr (PcMailStore) store = make_store ();
  PcServerConfig          config = { .host = "mail.example.test",
                                     .store = store,
                                     .session = 1 };
  g_autoptr (PcEngine)    server = pc_imap_protocol.server_new (&config);
  PcBytes                *out;
  gsize                   len;
  const guint8           *text;

  pc_engine_start (server, NOW);
  if (size > 0 && data[0] != 'p')
    pc_engine_feed (server, NOW, 0, (const guint8 *) login,
                    sizeof login - 1);
  feed (server, data, size, step);
  out = pc_engine_get_output (server);
  text = pc_bytes_peek (out, &len);
  g_assert (len > 2 && memcmp (text + len - 2, "\r\n", 2) == 0);
  return pc_bytes_take (out, len);
}

/* Where a portion ends decides what is thrown away, so there is nothing to
 * compare. */
static void
fuzz_tls (const guint8 *data,
          gsize         size,
          gsize         step)
{
  static const char login[] = "s STARTTLS\r\n";
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .session = 1,
                            .starttls = TRUE,
                            .needs_tls = size % 2 == 0 };
  PcClientConfig wary = { .host = "phone.example.test", .needs_tls = TRUE };
  g_autoptr (PcEngine) server = pc_imap_protocol.server_new (&config);
  g_autoptr (PcEngine) client = pc_imap_protocol.client_new (&wary);
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
  PcClientConfig       config = { .host = "phone.example.test" };
  g_autoptr (PcEngine) client = pc_imap_protocol.client_new (&config);
  g_autoptr (PcAction) action = pc_action_new ("fetch");
  g_autoptr (PcAction) raw = pc_action_new ("raw");
  const guint8        *rest = memchr (data, '\n', size);
  gsize                first = rest == NULL ? size : (gsize) (rest - data) + 1;
  g_autofree char     *line = g_strndup ((const char *) data, first);

  pc_action_set (action, "set", "1:*");
  pc_action_set (action, "items", "BODY[]");
  pc_action_set (raw, "line", g_strstrip (line));
  pc_engine_start (client, NOW);
  feed (client, data, first, step);
  if (pc_engine_is_idle (client))
    pc_engine_act (client, NOW, action, NULL);
  feed (client, data + first, size - first, step);
  if (pc_engine_is_idle (client))
    pc_engine_act (client, NOW, raw, NULL);
  feed (client, data, size, step);
  pc_engine_eof (client, NOW);
}

/* Lines go to the two sides in turn, a line in portions. */
static char *
run_observer (const guint8 *data,
              gsize         size,
              gsize         step)
{
  g_autoptr (PcObserver) observer = pc_imap_protocol.observer_new ();
  GString               *out = g_string_new (NULL);
  PcSide                 side = PC_SIDE_SERVER;
  PcUnit                *unit;
  guint                  turns = 0;

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
    g_assert (strcmp (unit->rule, PC_OBSERVER_UNFINISHED) == 0 ||
              pc_narration_find (pc_imap_protocol.narrations,
                                 pc_imap_protocol.n_narrations,
                                 unit->rule) != NULL);
    g_string_append_printf (out, "%s %u %s\n", unit->rule,
                            pc_unit_get_n_fields (unit), unit->summary);
    pc_unit_free (unit);
  }
  return g_string_free (out, FALSE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) parts = NULL;
  g_autofree char   *units = NULL;
  g_autofree char   *parts_units = NULL;
  gsize              step;

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
  parts_units = run_observer (data, size, step);
  g_assert (strcmp (units, parts_units) == 0);

  return 0;
}
