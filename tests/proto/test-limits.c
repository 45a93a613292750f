/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What no server puts up with: other protocols, silence, trickles, lines
 * without end, and one mistake after the other. */

#include "servers.h"

#include "base/limits.h"
#include "proto/registry.h"

#include <string.h>

#define IMAP 0
#define POP3 1
#define SMTP 2
#define SECOND ((gint64) G_USEC_PER_SEC)
#define EHLO "EHLO pc\r\n"
#define MAIL \
  "MAIL FROM:<alex@example.test>\r\nRCPT TO:<alex@example.test>\r\n"

/* -- other protocols ------------------------------------------------------- */

/* Behind each stands what would do harm if it were read on. */
static const char *const foreign[] = {
  "GET / HTTP/1.1\r\nHost: mail.example.test\r\n\r\n",
  "GET / HTTP/1.0\n\n",
  "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\n",
  "CONNECT mail.example.test:443 HTTP/1.1\r\n\r\n",
  "PUT /x HTTP/1.1\r\n\r\n",
  "HEAD / HTTP/1.1\r\n\r\n",
  "OPTIONS * HTTP/1.1\r\n\r\n",
  "DELETE /x HTTP/1.1\r\n\r\n",
  "\026\003\001\002\001\001", /* the head of a TLS ClientHello */
  "\026\003\003",
};

static void
check_units (Server     *server,
             const char *sent,
             const char *said)
{
  const PcProtocol *protocol = pc_registry_find (server->kind->id);
  g_autoptr (PcObserver) observer = protocol->observer_new ();
  g_autofree char *rule = g_strconcat (server->kind->id, ".unreadable", NULL);
  gboolean         found = FALSE;
  PcUnit          *unit;

  pc_observer_feed (observer, PC_SIDE_SERVER, 0, (const guint8 *) said,
                    strcspn (said, "\n") + 1);
  pc_observer_feed (observer, PC_SIDE_CLIENT, 0, (const guint8 *) sent,
                    strlen (sent));
  said = strchr (said, '\n') + 1;
  pc_observer_feed (observer, PC_SIDE_SERVER, 0, (const guint8 *) said,
                    strlen (said));
  pc_observer_finish (observer, PC_SIDE_CLIENT);
  pc_observer_finish (observer, PC_SIDE_SERVER);
  while ((unit = pc_observer_next (observer)) != NULL) {
    if (unit->from == PC_SIDE_CLIENT && strcmp (unit->rule, rule) == 0)
      found = unit->status == PC_STATUS_ERROR;
    g_assert_nonnull (pc_registry_find_narration (unit->rule));
    pc_unit_free (unit);
  }
  g_assert_true (found);
}

static void
check_foreign (guint       s,
               const char *first,
               gboolean    in_pieces)
{
  g_auto (Server) server = { 0 };
  g_autofree char *sent = NULL;
  g_autofree char *said = NULL;
  g_autofree char *all = NULL;

  server_init (&server, &server_kinds[s]);
  g_test_message ("%s: %.6s%s", server.kind->id,
                  first[0] == 026 ? "TLS" : first,
                  in_pieces ? ", octet by octet" : "");
  sent = g_strconcat (first, server.kind->login, server.kind->noop, NULL);
  if (in_pieces)
    for (const char *p = sent; *p != '\0'; p++)
      pc_engine_feed (server.engine, server.now, 0, (const guint8 *) p, 1);
  else
    server_feed (&server, sent);
  said = server_take (&server);
  g_assert_true (g_str_has_prefix (said, server.kind->bye));
  g_assert_true (g_str_has_suffix (said, "\r\n"));
  g_assert_true (strchr (said, '\n') == said + strlen (said) - 1);
  g_assert_false (server_is_running (&server));
  all = g_strconcat (s == IMAP   ? "* OK hello\r\n"
                     : s == POP3 ? "+OK hello\r\n"
                                 : "220 a ESMTP\r\n",
                     said, NULL);
  check_units (&server, first, all);
}

static void
test_foreign (void)
{
  for (guint s = 0; s < N_SERVERS; s++)
    for (guint i = 0; i < G_N_ELEMENTS (foreign); i++) {
      check_foreign (s, foreign[i], FALSE);
      check_foreign (s, foreign[i], TRUE);
    }
}

/* -- mistakes -------------------------------------------------------------- */

static const struct
{
  guint    server;
  gboolean logged_in;
  guint    most; /* mistakes; the last one ends it */
} mistakes[] = {
  { IMAP, FALSE, PC_LIMIT_BAD_COMMANDS_PREAUTH },
  { IMAP, TRUE, PC_LIMIT_BAD_COMMANDS },
  { POP3, FALSE, PC_LIMIT_BAD_COMMANDS_PREAUTH },
  { POP3, TRUE, PC_LIMIT_BAD_COMMANDS },
  { SMTP, FALSE, PC_LIMIT_BAD_COMMANDS },
  { SMTP, TRUE, PC_LIMIT_BAD_COMMANDS },
};

static void
test_mistakes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++) {
    g_auto (Server) server = { 0 };

    server_init (&server, &server_kinds[mistakes[i].server]);
    g_test_message ("%s, %d", server.kind->id, mistakes[i].logged_in);
    if (mistakes[i].logged_in)
      g_free (server_ask (&server, server.kind->login));
    for (guint n = 1; n <= mistakes[i].most; n++) {
      g_autofree char *reply = server_ask (&server, server.kind->unknown);

      g_assert_cmpint (server_is_running (&server), ==,
                       n < mistakes[i].most);
      if (n == mistakes[i].most)
        g_assert_nonnull (strstr (reply, server.kind->bye));
    }
  }
}

/* A hundred times nothing is enough; a mail in between sets it back. */
static void
test_junk (void)
{
  static const char *const junk[] = { "NOOP\r\n", "RSET\r\n", "VRFY a\r\n",
                                      "HELP\r\n", EHLO, "HELO pc\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (junk); i++) {
    g_auto (Server) server = { 0 };
    g_autofree char *last = NULL;

    server_init (&server, &server_kinds[SMTP]);
    g_test_message ("%s", junk[i]);
    g_free (server_ask (&server, server.kind->login)); /* its EHLO counts */
    for (guint n = 2; n < PC_LIMIT_SMTP_JUNK + PC_LIMIT_BAD_COMMANDS; n++)
      g_free (server_ask (&server, junk[i]));
    g_assert_true (server_is_running (&server));
    if (i == 0) {
      g_free (server_ask (&server, MAIL "DATA\r\nx\r\n.\r\n"));
      g_free (server_ask (&server, junk[i]));
      g_assert_true (server_is_running (&server));
      continue;
    }
    last = server_ask (&server, junk[i]);
    g_assert_nonnull (strstr (last, "421 4.7.0 "));
    g_assert_false (server_is_running (&server));
  }
}

/* -- silence and trickles -------------------------------------------------- */

static const struct
{
  const char *name;
  guint       server;
  const char *before;
  const char *drop;  /* said again and again, or NULL */
  gint64      every; /* seconds between two of them */
  gint64      least; /* seconds that the server waits */
  gint64      most;
  const char *last;  /* how its last words begin */
} waits[] = {
  { "silence", IMAP, "", NULL, 0, 60, 60, "* BYE " },
  { "silence", IMAP, "l LOGIN alex portcall\r\n", NULL, 0, 1800, 1800,
    "* BYE " },
  { "silence", POP3, "", NULL, 0, 600, 600, "" },
  { "silence", POP3, "USER alex\r\nPASS portcall\r\n", NULL, 0, 600, 600,
    "" },
  { "silence", SMTP, "", NULL, 0, 300, 300, "421 4.4.2 " },
  { "silence in a mail", SMTP,
    EHLO "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n" MAIL, NULL, 0, 300, 300,
    "421 4.4.2 " },
  { "silence in AUTH", IMAP, "a AUTHENTICATE PLAIN\r\n", NULL, 0, 60, 60,
    "* BYE " },
  { "silence in AUTH", POP3, "AUTH PLAIN\r\n", NULL, 0, 600, 600, "" },
  { "silence in AUTH", SMTP, EHLO "AUTH PLAIN\r\n", NULL, 0, 300, 300,
    "421 4.4.2 " },
  { "a line in octets", IMAP, "", "x", 10, 60, 60, "* BYE " },
  { "a line in octets", POP3, "", "x", 10, 600, 600, "" },
  { "a line in octets", SMTP, "", "x", 10, 300, 300, "421 4.4.2 " },
  { "a literal in octets", IMAP,
    "l LOGIN alex portcall\r\na APPEND INBOX {30000000}\r\n", "x", 10, 1800,
    1800, "* BYE " },
  { "a message in octets", SMTP,
    EHLO "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n" MAIL "DATA\r\n", "x\r\n", 10,
    300, 302, "421 4.4.2 " },
  { "a piece in octets", SMTP,
    EHLO "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n" MAIL "BDAT 30000000\r\n", "x",
    10, 300, 302, "421 4.4.2 " },
  { "a slow message", SMTP,
    EHLO "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n" MAIL "DATA\r\n",
    "seventy octets of nothing in particular, line after line after line\r\n",
    1, 320, 400, "421 4.4.2 " },
  { "commands, but no login", IMAP, "", "n NOOP\r\n", 50, 600, 600, "* BYE " },
  { "commands, but no login", POP3, "", "CAPA\r\n", 50, 600, 600, "" },
  { "commands, but no mail", SMTP, "", "NOOP\r\n", 50, 5000, 7000,
    "250 2.0.0 Still here\r\n421 4.7.0 " },
};

static char *
wait_for_end (Server     *server,
              const char *drop,
              gint64      every)
{
  g_autofree char *last = g_strdup ("");

  while (server_is_running (server)) {
    gint64 next = server->now + every * SECOND;

    if (drop == NULL)
      server_wait (server, G_MAXINT32 * SECOND);
    else if (!server_wait (server, every * SECOND)) {
      server->now = next;
      server_feed (server, drop);
    }
    g_free (last);
    last = server_take (server);
    g_assert_cmpint (server->now, <, SERVERS_NOW + 10000 * SECOND);
  }

  return g_steal_pointer (&last);
}

static void
test_waits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++) {
    g_auto (Server) server = { 0 };
    g_autofree char *last = NULL;

    server_init (&server, &server_kinds[waits[i].server]);
    g_test_message ("%s: %s", server.kind->id, waits[i].name);
    g_free (server_ask (&server, waits[i].before));
    last = wait_for_end (&server, waits[i].drop, waits[i].every);
    g_assert_cmpint (server.now - SERVERS_NOW, >=, waits[i].least * SECOND);
    g_assert_cmpint (server.now - SERVERS_NOW, <=, waits[i].most * SECOND);
    g_assert_true (g_str_has_prefix (last, waits[i].last));
    g_assert_true (waits[i].last[0] != '\0' || last[0] == '\0');
  }
}

/* -- lines without end ----------------------------------------------------- */

#define BLOCK 1000

static const struct
{
  const char *name;
  guint       server;
  const char *before;
  gsize       most; /* octets kept */
} lines[] = {
  { "before login", IMAP, "", PC_LIMIT_IMAP_LINE_PREAUTH },
  { "after login", IMAP, "l LOGIN alex portcall\r\n", PC_LIMIT_IMAP_LINE },
  { "in AUTH", IMAP, "a AUTHENTICATE PLAIN\r\n", PC_LIMIT_SASL_LINE },
  { "in IDLE", IMAP, "l LOGIN alex portcall\r\na IDLE\r\n",
    PC_LIMIT_SASL_LINE },
  { "behind a literal", IMAP, "a LOGIN {4+}\r\nalex ",
    PC_LIMIT_IMAP_LINE_PREAUTH },
  { "in quotes", IMAP, "a LOGIN \"", PC_LIMIT_IMAP_LINE_PREAUTH },
  { "before login", POP3, "", PC_LIMIT_POP3_LINE },
  { "after login", POP3, "USER alex\r\nPASS portcall\r\n",
    PC_LIMIT_POP3_LINE },
  { "in AUTH", POP3, "AUTH PLAIN\r\n", PC_LIMIT_SASL_LINE },
  { "before EHLO", SMTP, "", PC_LIMIT_SMTP_LINE },
  { "after login", SMTP, EHLO "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n",
    PC_LIMIT_SMTP_LINE },
  { "in AUTH", SMTP, EHLO "AUTH PLAIN\r\n", PC_LIMIT_SASL_LINE },
};

static void
check_line (guint i,
            char  filler)
{
  g_auto (Server) server = { 0 };
  g_autofree char *block = g_strnfill (BLOCK, filler);
  g_autofree char *said = NULL;

  server_init (&server, &server_kinds[lines[i].server]);
  g_test_message ("%s, %s: 0x%02x", server.kind->id, lines[i].name,
                  (guint8) filler);
  g_free (server_ask (&server, lines[i].before));
  for (guint n = 0; n < 4096; n++) {
    server_feed (&server, block);
    g_assert_cmpuint (server_get_kept (&server), <=, lines[i].most + BLOCK);
  }
  said = server_take (&server);
  g_assert_cmpuint (strlen (said), >, 0);
  g_assert_cmpuint (strlen (said), <, 200);
}

static void
test_lines (void)
{
  static const char fillers[] = { 'x', ' ', '(', '{', '"', '\\', '\377' };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    for (guint k = 0; k < G_N_ELEMENTS (fillers); k++)
      check_line (i, fillers[k]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/foreign", test_foreign);
  g_test_add_func ("/limits/mistakes", test_mistakes);
  g_test_add_func ("/limits/junk", test_junk);
  g_test_add_func ("/limits/waits", test_waits);
  g_test_add_func ("/limits/lines", test_lines);

  return g_test_run ();
}
