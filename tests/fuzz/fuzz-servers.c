/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Feeds octets to the mail servers in each of their states.
 *
 * The first octet chooses protocol and state, the second the size of the
 * portions; in one portion the same octets must give the same answers.  What
 * is sent has whole lines, and what is kept has a limit. */

#include "base/limits.h"
#include "mail/store.h"
#include "proto/registry.h"

#include <stdint.h>
#include <string.h>

#define NOW (G_GINT64_CONSTANT (1795419000) * G_USEC_PER_SEC)
#define IMAP_LOGIN "l LOGIN alex portcall\r\n"
#define IMAP_SELECT IMAP_LOGIN "s SELECT INBOX\r\n"
#define POP3_LOGIN "USER alex\r\nPASS portcall\r\n"
#define EHLO "EHLO pc\r\n"
#define AUTH EHLO "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n"
#define MAIL AUTH "MAIL FROM:<alex@example.test>\r\n"
#define RCPT MAIL "RCPT TO:<alex@example.test>\r\n"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static const struct
{
  const char  *id;
  PcServerRole role;
  const char  *before;
} states[] = {
  { "imap", PC_SERVER_DEFAULT, "" },
  { "imap", PC_SERVER_DEFAULT, "a AUTHENTICATE PLAIN\r\n" },
  { "imap", PC_SERVER_DEFAULT, "a AUTHENTICATE LOGIN\r\n" },
  { "imap", PC_SERVER_DEFAULT, "a AUTHENTICATE SCRAM-SHA-256\r\n" },
  { "imap", PC_SERVER_DEFAULT, "a LOGIN {4}\r\n" },
  { "imap", PC_SERVER_DEFAULT, IMAP_LOGIN },
  { "imap", PC_SERVER_DEFAULT, IMAP_SELECT },
  { "imap", PC_SERVER_DEFAULT, IMAP_LOGIN "s EXAMINE INBOX\r\n" },
  { "imap", PC_SERVER_DEFAULT, IMAP_SELECT "a IDLE\r\n" },
  { "imap", PC_SERVER_DEFAULT, IMAP_SELECT "a APPEND INBOX {40}\r\n" },
  { "pop3", PC_SERVER_DEFAULT, "" },
  { "pop3", PC_SERVER_DEFAULT, "USER alex\r\n" },
  { "pop3", PC_SERVER_DEFAULT, "AUTH PLAIN\r\n" },
  { "pop3", PC_SERVER_DEFAULT, "AUTH CRAM-MD5\r\n" },
  { "pop3", PC_SERVER_DEFAULT, "AUTH SCRAM-SHA-256 biwsbj1hbGV4LHI9YWJj\r\n" },
  { "pop3", PC_SERVER_DEFAULT, POP3_LOGIN },
  { "pop3", PC_SERVER_DEFAULT, POP3_LOGIN "DELE 1\r\n" },
  { "smtp", PC_SERVER_DEFAULT, "" },
  { "smtp", PC_SERVER_RELAY, EHLO },
  { "smtp", PC_SERVER_RELAY,
    EHLO "MAIL FROM:<>\r\nRCPT TO:<alex@example.test>\r\n" },
  { "smtp", PC_SERVER_SUBMISSION, EHLO },
  { "smtp", PC_SERVER_SUBMISSION, EHLO "AUTH LOGIN\r\n" },
  { "smtp", PC_SERVER_SUBMISSION, EHLO "AUTH CRAM-MD5\r\n" },
  { "smtp", PC_SERVER_SUBMISSION, AUTH },
  { "smtp", PC_SERVER_SUBMISSION, MAIL },
  { "smtp", PC_SERVER_SUBMISSION, RCPT },
  { "smtp", PC_SERVER_SUBMISSION, RCPT "DATA\r\n" },
  { "smtp", PC_SERVER_SUBMISSION, RCPT "BDAT 40\r\n" },
  { "smtp", PC_SERVER_SUBMISSION, RCPT "BDAT 3\r\na\r\n" },
  { "imap", PC_SERVER_DEFAULT, "a STARTTLS\r\n" },
  { "pop3", PC_SERVER_DEFAULT, "USER alex\r\nSTLS\r\n" },
  { "smtp", PC_SERVER_SUBMISSION, EHLO "STARTTLS\r\n" },
};

static PcMailStore *
make_store (const guint8 *data,
            gsize         size)
{
  PcMailStore       *store = pc_mail_store_new ("example.test");
  PcAccount         *alex = pc_mail_store_add_account (store, "alex",
                                                       "portcall", 1);
  PcMailbox         *inbox = pc_account_find_mailbox (alex, "INBOX");
  g_autoptr (GBytes) mail =
      g_bytes_new_static ("From: \"A\" <a@b>\r\nSubject: s\r\n\r\n.x\r\n", 35);
  g_autoptr (GBytes) same = g_bytes_new (data, size);

  pc_account_add_mailbox (alex, "Sent", "\\Sent");
  for (guint i = 0; i < 3; i++)
    pc_mailbox_append (inbox, mail, i, NOW, 0, NULL);
  pc_mailbox_append (inbox, same, 0, NOW, 0, NULL);
  return store;
}

/* Time passes while the refusal of a login is held back. */
static void
feed (PcEngine     *engine,
      gint64       *now,
      const guint8 *data,
      gsize         size,
      gsize         step)
{
  for (gsize i = 0; i < size; i += step) {
    gsize              n = MIN (step, size - i);
    g_autofree guint8 *copy = g_memdup2 (data + i, n);

    pc_engine_feed (engine, *now, 0, copy, n);
    while (pc_engine_get_deadline (engine) > *now &&
           pc_engine_get_deadline (engine) <=
               *now + PC_LIMIT_LOGIN_DELAY_MAX) {
      *now = pc_engine_get_deadline (engine);
      pc_engine_wake (engine, *now);
    }
  }
}

static void
check_output (const char   *id,
              const guint8 *text,
              gsize         len)
{
  g_assert (len >= 2 && memcmp (text + len - 2, "\r\n", 2) == 0);
  if (strcmp (id, "smtp") != 0)
    return;

  /* Whole lines of three digits and printable ASCII. */
  for (gsize at = 0; at < len;) {
    const guint8 *end = memchr (text + at, '\n', len - at);
    gsize         line = (gsize) (end - text) + 1 - at;

    g_assert (line >= 6 && line <= 1000 && text[at + line - 2] == '\r');
    for (gsize i = at; i < at + line - 2; i++)
      g_assert (text[i] >= 0x20 && text[i] < 0x7f);
    g_assert (g_ascii_isdigit (text[at]) &&
              (text[at + 3] == ' ' || text[at + 3] == '-'));
    at += line;
  }
}

static GBytes *
run (guint         state,
     const guint8 *data,
     gsize         size,
     gsize         step)
{
  g_autoptr (PcMailStore) store = make_store (data, size);
  PcServerConfig config = { .host = "mail.example.test",
                            .store = store,
                            .role = states[state].role,
                            .fixes = TRUE,
                            .session = 1,
                            .starttls = TRUE,
                            .peer_address = "127.0.0.1" };
  g_autoptr (PcEngine) server =
      pc_registry_find (states[state].id)->server_new (&config);
  const char *before = states[state].before;
  PcBytes    *out = pc_engine_get_output (server);
  gint64      now = NOW;
  gsize       len;

  pc_engine_start (server, now);
  feed (server, &now, (const guint8 *) before, strlen (before), 1000);
  /* Later on TLS never comes: how much of a piece stands behind STARTTLS, and
   * is thrown away, depends on the pieces. */
  if (pc_engine_get_security (server) == PC_SECURITY_WANTED)
    pc_engine_secured (server, now);
  feed (server, &now, data, size, step);
  /* Long silence ends it, and so does the peer. */
  if (size % 2 == 0 && pc_engine_get_deadline (server) < PC_ENGINE_NEVER)
    pc_engine_wake (server, pc_engine_get_deadline (server));
  pc_engine_eof (server, now);
  check_output (states[state].id, pc_bytes_peek (out, &len),
                pc_bytes_get_size (out));

  return pc_bytes_take (out, pc_bytes_get_size (out));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) parts = NULL;
  guint state;
  gsize step;

  if (size < 3)
    return 0;
  state = data[0] % G_N_ELEMENTS (states);
  step = 1 + data[1] % 16;
  data += 2;
  size -= 2;

  whole = run (state, data, size, size);
  parts = run (state, data, size, step);
  g_assert (g_bytes_equal (whole, parts));

  return 0;
}
