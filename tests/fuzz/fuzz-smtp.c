/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Feeds octets to all of SMTP that reads them: the grammar, a server in each
 * role, a client, and the observer as both sides.
 *
 * The first octet chooses the role and the size of the portions; the same
 * octets in one portion must give the same answers. */

#include "proto/smtp/data-reader.h"
#include "proto/smtp/protocol.h"
#include "proto/smtp/syntax.h"

#include "base/limits.h"
#include "mail/queue.h"
#include "mail/store.h"

#include <stdint.h>
#include <string.h>

#define NOW (G_GINT64_CONSTANT (1795419000) * G_USEC_PER_SEC)

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
fuzz_syntax (const guint8 *data,
             gsize         size)
{
  PcSmtpReplyReader reader = { 0 };
  PcSmtpPath        path = { 0 };
  PcSmtpParam       param;
  gsize             total = 0;

  if (pc_smtp_parse_path (data, size, &path) == PC_SMTP_PATH_OK)
    g_assert (path.total <= size && path.local <= path.address &&
              path.route + path.address + 2 == path.total);
  if (pc_smtp_parse_param (data, size, &param) == PC_SMTP_PARAM_OK)
    g_assert (param.total <= size && param.total > param.blanks);
  if (pc_smtp_reply_find (&reader, data, size, 512, &total) !=
      PC_SMTP_REPLY_MORE)
    g_assert (total <= size);
  g_assert (pc_smtp_find_enhanced (data, size, 5) <= size);
}

/* What leaves us ends where it ends, whatever went in. */
static void
fuzz_content (const guint8 *data,
              gsize         size)
{
  g_autoptr (GByteArray) content = pc_smtp_canonicalise (data, size);
  g_autoptr (GByteArray) stuffed = pc_smtp_stuff (content);
  PcSmtpDataReader reader;
  gsize            used;

  pc_smtp_data_reader_init (&reader, G_MAXUINT);
  g_assert (pc_smtp_data_reader_feed (&reader, stuffed->data, stuffed->len,
                                      &used));
  g_assert (used == stuffed->len);
  /* No message may hold a NUL; a dot behind one is not trusted. */
  g_assert ((reader.faults & PC_SMTP_DATA_LONE_END) == 0 ||
            memchr (data, '\0', size) != NULL);
  g_assert (reader.content->len == content->len);
  g_assert (content->len == 0 ||
            memcmp (reader.content->data, content->data, content->len) == 0);
  pc_smtp_data_reader_clear (&reader);
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

/* All of it comes back. */
static void
return_mail (PcMailQueue *queue)
{
  PcQueuedMail *mail;

  while ((mail = pc_mail_queue_take (queue, G_MAXINT64 / 2)) != NULL) {
    for (guint i = 0; i < mail->recipients->len; i++)
      pc_queued_recipient_settle (mail->recipients->pdata[i],
                                  PC_MAIL_GIVEN_UP, "x.test",
                                  "550 5.1.1 Nobody");
    pc_mail_queue_put_back (queue, NOW, mail);
  }
}

static GBytes *
run_server (const guint8 *data,
            gsize         size,
            PcServerRole  role,
            gsize         step)
{
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  g_autoptr (PcMailQueue) queue = pc_mail_queue_new (store,
                                                     "mail.example.test");
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .queue = queue,
                            .role = role,
                            .session = 1,
                            .peer_address = "127.0.0.1" };
  g_autoptr (PcEngine) server = NULL;
  PcBytes *out;

  pc_mail_store_add_account (store, "alex", "portcall", 1);
  server = pc_smtp_protocol.server_new (&config);
  pc_engine_start (server, NOW);
  feed (server, data, size, step);
  return_mail (queue);
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
  static const char login[] = "EHLO phone\r\nSTARTTLS\r\n";
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .session = 1,
                            .starttls = TRUE,
                            .needs_tls = size % 2 == 0 };
  PcClientConfig wary = { .host = "phone.example.test", .needs_tls = TRUE };
  g_autoptr (PcEngine) server = pc_smtp_protocol.server_new (&config);
  g_autoptr (PcEngine) client = pc_smtp_protocol.client_new (&wary);
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
  g_autoptr (PcEngine) client = pc_smtp_protocol.client_new (&config);
  g_autoptr (PcAction) action = pc_action_new ("send");
  const guint8 *rest = memchr (data, '\n', size);
  gsize         first = rest == NULL ? size : (gsize)(rest - data) + 1;

  pc_action_set (action, "from", "alex@example.test");
  pc_action_set (action, "to", "alex@example.test,robin@example.test");
  pc_action_set_data (action, data, size);
  pc_engine_start (client, NOW);
  feed (client, data, first, step);
  if (pc_engine_is_idle (client))
    pc_engine_act (client, NOW, action, NULL);
  feed (client, data + first, size - first, step);
  pc_engine_eof (client, NOW);
}

/* Lines go to the two sides in turn. */
static void
fuzz_observer (const guint8 *data,
               gsize         size,
               gsize         step)
{
  g_autoptr (PcObserver) observer = pc_smtp_protocol.observer_new ();
  PcSide  side = PC_SIDE_SERVER;
  PcUnit *unit;
  guint   turns = 0;
  gsize   i;

  for (i = 0; i < size; i += step) {
    pc_observer_feed (observer, side, 0, data + i, MIN (step, size - i));
    if (memchr (data + i, '\n', MIN (step, size - i)) != NULL) {
      side = PC_SIDE_OTHER (side);
      if (++turns == 3 + size % 8)
        pc_observer_secured (observer);
    }
  }
  pc_observer_finish (observer, PC_SIDE_CLIENT);
  pc_observer_finish (observer, PC_SIDE_SERVER);
  while ((unit = pc_observer_next (observer)) != NULL) {
    g_assert (pc_unit_get_rest (unit) == 0);
    g_assert (unit->rule != NULL && unit->summary != NULL);
    pc_unit_free (unit);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) parts = NULL;
  PcServerRole role;
  gsize        step;

  if (size < 2)
    return 0;
  role = data[0] % 3;
  step = 1 + data[0] / 3 % 16;
  data++;
  size--;

  fuzz_syntax (data, size);
  fuzz_content (data, size);
  whole = run_server (data, size, role, size);
  parts = run_server (data, size, role, step);
  g_assert (g_bytes_equal (whole, parts));
  fuzz_client (data, size, step);
  fuzz_tls (data, size, step);
  fuzz_observer (data, size, step);

  return 0;
}
