/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small things that could cost a server much: deep nesting, huge numbers,
 * sets, patterns, and messages made to be hard to read.  Each has an answer,
 * in bounded time and with bounded memory. */

#include "servers.h"

#include "base/limits.h"
#include "proto/registry.h"

#include <string.h>

#define LOGIN "l LOGIN alex portcall\r\n"
#define SELECT LOGIN "s SELECT INBOX\r\n"
/* Of real time; the slowest row takes a tenth of it here, and sanitizers on
 * a busy machine some times as long. */
#define LONGEST (5 * G_USEC_PER_SEC)

/* -- commands -------------------------------------------------------------- */

typedef struct
{
  const char *before;
  const char *head;
  const char *piece;
  guint       n;
  const char *tail;
  const char *answer; /* how it begins */
  gboolean    ends;   /* and it is the end of the conversation */
} Command;

static const Command commands[] = {
  /* literals before login: 1 KiB in all */
  { "", "a LOGIN {1024}\r\n", "", 0, "", "+ " },
  { "", "a LOGIN {1025}\r\n", "", 0, "", "a NO [LIMIT] " },
  { "", "a LOGIN {600+}\r\n", "x", 600, " {425}\r\n", "a NO [LIMIT] " },
  { "", "a LOGIN {600+}\r\n", "x", 600, " {425+}\r\n", "* BYE ", TRUE },
  { "", "a LOGIN {2000000000}\r\n", "", 0, "", "a NO [LIMIT] " },
  { "", "a LOGIN {2000000000+}\r\n", "", 0, "", "* BYE ", TRUE },
  { "", "a LOGIN {4294967296}\r\n", "", 0, "", "a NO [LIMIT] " },
  { "", "a LOGIN {4294967300+}\r\n", "", 0, "", "* BYE ", TRUE },
  { "", "a LOGIN {9223372036854775807+}\r\n", "", 0, "", "* BYE ", TRUE },
  { "", "a LOGIN {9223372036854775808}\r\n", "", 0, "", "a NO [LIMIT] " },
  { "", "a LOGIN {18446744073709551617+}\r\n", "", 0, "", "* BYE ", TRUE },
  { "", "a LOGIN {100000000000000000000}\r\n", "", 0, "", "a NO [LIMIT] " },
  { "", "a LOGIN {100000000000000000000+}\r\n", "", 0, "", "* BYE ", TRUE },
  { "", "a LOGIN {", "9", 5000, "+}\r\n", "* BYE ", TRUE },
  { "", "a LOGIN {-1}\r\n", "", 0, "", "a BAD " },
  { "", "a LOGIN {-1+}\r\n", "", 0, "", "a BAD " },
  { "", "a LOGIN {}\r\n", "", 0, "", "a BAD " },
  { "", "a LOGIN {+}\r\n", "", 0, "", "a BAD " },
  { "", "a LOGIN {1 }\r\n", "", 0, "", "a BAD " },
  { "", "a LOGIN {0x10}\r\n", "", 0, "", "a BAD " },
  { "", "a SELECT {8}\r\n", "", 0, "", "a BAD " },
  { "", "a APPEND INBOX {100000000}\r\n", "", 0, "", "a NO [LIMIT] " },
  /* literals after login */
  { LOGIN, "a SELECT {65537}\r\n", "", 0, "", "a NO [LIMIT] " },
  { LOGIN, "a SELECT {65537+}\r\n", "", 0, "", "* BYE ", TRUE },
  { LOGIN, "a APPEND INBOX {33554433}\r\n", "", 0, "", "a NO [TOOBIG] " },
  { LOGIN, "a APPEND INBOX {5000000000}\r\n", "", 0, "", "a NO [TOOBIG] " },
  { LOGIN, "a APPEND INBOX {100000000000000000000}\r\n", "", 0, "",
    "a NO [TOOBIG] " },
  { LOGIN, "a APPEND INBOX {33554433+}\r\n", "", 0, "", "* BYE ", TRUE },
  { LOGIN, "a APPEND INBOX {100000000000000000000+}\r\n", "", 0, "",
    "* BYE ", TRUE },
  { LOGIN, "a APPEND INBOX ~{5000000000}\r\n", "", 0, "", "a NO " },
  { LOGIN, "a APPEND Nowhere {10}\r\n", "", 0, "", "a NO [TRYCREATE] " },
  { LOGIN, "a LOGIN {10}\r\n", "", 0, "", "a BAD " },
  /* nesting, and many of something */
  { "", "a ID ", "(", 8000, "\r\n", "a BAD " },
  { "", "a ID ", "(", 60000, "\r\n", "* BYE ", TRUE },
  { "", "a ID (\"x\" NIL", " \"x\" NIL", 800, ")\r\n", "a BAD " },
  { SELECT, "a SEARCH ", "(", 60000, "ALL\r\n", "a " },
  { SELECT, "a SEARCH ", "NOT ", 5000, "ALL\r\n", "a NO [LIMIT] " },
  { SELECT, "a SEARCH ", "OR ", 5000, "ALL ALL\r\n", "a NO [LIMIT] " },
  { SELECT, "a SEARCH ", "OR ALL ", 5000, "ALL\r\n", "a NO [LIMIT] " },
  { SELECT, "a SEARCH", " ALL", 5000, "\r\n", "a NO [LIMIT] " },
  { SELECT, "a SEARCH", " BODY x", 5000, "\r\n", "a NO [LIMIT] " },
  { SELECT, "a SEARCH RETURN (", "MIN ", 15000, "MIN) ALL\r\n",
    "* ESEARCH " },
  { SELECT, "a FETCH 1 ", "(", 60000, "\r\n", "a BAD " },
  { SELECT, "a FETCH 1 (FLAGS", " FLAGS", 10000, ")\r\n", "a BAD " },
  { SELECT, "a FETCH 1 BODY[1", ".1", 30000, "]\r\n", "a BAD " },
  { SELECT, "a FETCH 1 BODY[4294967296]\r\n", "", 0, "", "a BAD " },
  { SELECT, "a FETCH 1 BODY[]<4294967295.4294967295>\r\n", "", 0, "",
    "* 1 FETCH (BODY[]<4294967295> " },
  { SELECT, "a FETCH 1 BODY[]<18446744073709551616.1>\r\n", "", 0, "",
    "a BAD " },
  { SELECT, "a FETCH 1 BODY[HEADER.FIELDS (a", " a", 30000, ")]\r\n",
    "* 1 FETCH " },
  { SELECT, "a STORE 1 FLAGS (a", " a", 30000, ")\r\n", "" },
  { LOGIN, "a STATUS INBOX (MESSAGES", " MESSAGES", 7000, ")\r\n", "a BAD " },
  { LOGIN, "", "a", 65000, " NOOP\r\n", "aaaa" },
  /* sets */
  { SELECT, "a FETCH 1:4294967295 UID\r\n", "", 0, "", "" },
  { SELECT, "a UID FETCH 1:4294967295 UID\r\n", "", 0, "", "* 1 FETCH " },
  { SELECT, "a UID FETCH 4294967295:1 UID\r\n", "", 0, "", "* 1 FETCH " },
  { SELECT, "a UID FETCH *:4294967295 UID\r\n", "", 0, "", "" },
  { SELECT, "a UID SEARCH UID 1:4294967295\r\n", "", 0, "", "* SEARCH 1" },
  { SELECT, "a UID COPY 1:4294967295 INBOX\r\n", "", 0, "",
    "* 2 EXISTS" },
  { SELECT, "a FETCH 0 UID\r\n", "", 0, "", "a BAD " },
  { SELECT, "a FETCH 4294967296 UID\r\n", "", 0, "", "a BAD " },
  { SELECT, "a FETCH 1", ",1", 4000, " UID\r\n", "* 1 FETCH " },
  { SELECT, "a FETCH 1", ",1", 30000, " UID\r\n", "a BAD " },
  { SELECT, "a FETCH 1", ":1", 30000, " UID\r\n", "a BAD " },
  /* names */
  { LOGIN, "a CREATE \"../../x\"\r\n", "", 0, "", "a NO [CANNOT] " },
  { LOGIN, "a CREATE \"a/../../b\"\r\n", "", 0, "", "a NO [CANNOT] " },
  { LOGIN, "a CREATE \"/etc/passwd\"\r\n", "", 0, "", "a NO [CANNOT] " },
  { LOGIN, "a CREATE \"a//b\"\r\n", "", 0, "", "a NO [CANNOT] " },
  { LOGIN, "a CREATE \".\"\r\n", "", 0, "", "a NO [CANNOT] " },
  { LOGIN, "a CREATE \"a*b%\"\r\n", "", 0, "", "a NO [CANNOT] " },
  { LOGIN, "a CREATE \"a\tb\"\r\n", "", 0, "", "a NO [CANNOT] " },
  { LOGIN, "a CREATE {3+}\r\na\nb\r\n", "", 0, "", "a NO [CANNOT] " },
  { LOGIN, "a RENAME INBOX \"../x\"\r\n", "", 0, "", "a NO [CANNOT] " },
  { LOGIN, "a CREATE \"", "x", 300, "\"\r\n", "a NO [CANNOT] " },
  { LOGIN, "a CREATE \"", "a/", 100, "b\"\r\n", "a NO [CANNOT] " },
  { LOGIN, "a CREATE \"", "&AAA-", 1000, "\"\r\n", "a NO [CANNOT] " },
  { LOGIN, "a CREATE \"&", "A", 60000, "-\"\r\n", "a NO [CANNOT] " },
};

/* Everything that lies in the three queues of one conversation. */
static void
run_command (const Command *row,
             GString       *text)
{
  g_auto (Server) server = { 0 };
  g_autofree char *answer = NULL;
  gint64           begin;

  server_init (&server, &server_kinds[0]);
  server_fill (&server, "Subject: a\r\n\r\nb\r\n", 17);
  g_free (server_ask (&server, row->before));
  begin = g_get_monotonic_time ();
  for (gsize at = 0; at < text->len; at += 1000) {
    pc_engine_feed (server.engine, server.now, 0,
                    (const guint8 *) text->str + at,
                    MIN (1000, text->len - at));
    g_assert_cmpuint (server_get_kept (&server), <=,
                      PC_LIMIT_IMAP_LINE + PC_LIMIT_IMAP_LITERAL + 1000);
  }
  answer = server_take (&server);
  g_test_message ("  %.70s", answer);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, LONGEST);
  g_assert_true (g_str_has_prefix (answer, row->answer));
  g_assert_cmpuint (strlen (answer), >, 0);
  g_assert_cmpuint (strlen (answer), <, 2 * PC_LIMIT_IMAP_LINE);
  g_assert_cmpint (server_is_running (&server), ==, !row->ends);
  g_assert_true (row->ends || server_get_kept (&server) < 2000);
}

static void
test_commands (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    const Command      *row = &commands[i];
    g_autoptr (GString) text = g_string_new (row->head);

    g_test_message ("row %u: %.40s%.10s", i, row->head, row->piece);
    for (guint k = 0; k < row->n; k++)
      g_string_append (text, row->piece);
    g_string_append (text, row->tail);
    run_command (row, text);
  }
}

/* Patterns that a simple matcher tries for ever, over as many names as there
 * may be, as long and as deep as they may be. */
static void
test_patterns (void)
{
  static const struct
  {
    const char *piece;
    guint       n;
    gboolean    refused;
  } patterns[] = { { "*a", 25 },  { "*a", 64 },    { "%a", 64 },
                   { "*a", 65, TRUE },
                   { "*a", 10000 }, { "*%", 10000 }, { "a*/", 5000 },
                   { "*", 30000 }, { "%/", 30 },   { "a/%", 60 },
                   { " *a*a*a*a*a*a*a*a", 9, TRUE },
                   { " *a*a*a*a*a*a*a", 9 } };
  g_auto (Server) server = { 0 };
  guint full = 0;

  server_init (&server, &server_kinds[0]);
  g_free (server_ask (&server, LOGIN));
  for (guint i = 0; i < PC_LIMIT_MAILBOXES; i++) {
    g_autoptr (GString) name = g_string_new ("a CREATE ");
    g_autofree char    *answer = NULL;

    g_string_append_printf (name, "a%03u", i);
    for (guint k = 2; k < PC_LIMIT_MAILBOX_LEVELS; k++)
      g_string_append (name, "/aaaaaaaaaaaa");
    g_string_append (name, "/b\r\n");
    answer = server_ask (&server, name->str);
    g_assert_true (answer[0] == 'a');
    full += g_str_has_prefix (answer, "a NO [LIMIT] ");
  }
  g_assert_cmpuint (full, ==, 1); /* INBOX was there before */
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++) {
    gboolean            list = patterns[i].piece[0] == ' ';
    g_autoptr (GString) text =
        g_string_new (list ? "a LIST \"\" (x" : "a LIST \"\" \"");
    g_autofree char    *answer = NULL;
    gint64              begin = g_get_monotonic_time ();

    for (guint k = 0; k < patterns[i].n; k++)
      g_string_append (text, patterns[i].piece);
    g_string_append (text, list ? ")\r\n" : "b\"\r\n");
    answer = server_ask (&server, text->str);
    g_test_message ("%u times %s: %" G_GINT64_FORMAT " ms", patterns[i].n,
                    patterns[i].piece,
                    (g_get_monotonic_time () - begin) / 1000);
    g_assert_cmpint (g_str_has_suffix (answer, "a OK Listed\r\n"), ==,
                     !patterns[i].refused);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, LONGEST);
  }
}

/* -- messages -------------------------------------------------------------- */

typedef void (*Make) (GString *out);

static void
repeat (GString    *out,
        const char *piece,
        guint       n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (out, piece);
}

static void
make_addresses (GString *out)
{
  g_string_append (out, "From: a@b.test\r\nTo: ");
  repeat (out, "a@b.test, ", 100000);
  g_string_append (out, "a@b.test\r\n\r\nx\r\n");
}

static void
make_groups (GString *out)
{
  g_string_append (out, "To: ");
  repeat (out, "g:", 50000);
  repeat (out, "a@b;", 50000);
  g_string_append (out, "\r\nCc: ");
  repeat (out, "(", 50000);
  g_string_append (out, "\r\nFrom: ");
  repeat (out, "\"", 49999);
  g_string_append (out, "\r\nSender: ");
  repeat (out, "<@a,", 20000);
  g_string_append (out, "\r\nBcc: ");
  repeat (out, "a.", 50000);
  g_string_append (out, "\r\n\r\nx\r\n");
}

static void
make_nested (GString *out)
{
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (
        out, "Content-Type: multipart/mixed; boundary=b%u\r\n\r\n--b%u\r\n", i,
        i);
  g_string_append (out, "\r\ndeep\r\n");
  for (guint i = 1000; i > 0; i--)
    g_string_append_printf (out, "--b%u--\r\n", i - 1);
}

static void
make_messages (GString *out)
{
  repeat (out, "Content-Type: message/rfc822\r\n\r\n", 1000);
  g_string_append (out, "Subject: deep\r\n\r\nx\r\n");
}

static void
make_parts (GString *out)
{
  g_string_append (out,
                   "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
  repeat (out, "--b\r\n\r\nx\r\n", 20000);
  g_string_append (out, "--b--\r\n");
}

/* Every line might be a delimiter of any of the parts that are open. */
static void
make_boundaries (GString *out)
{
  for (guint i = 1; i < 60; i++) {
    g_string_append (out, "Content-Type: multipart/mixed; boundary=\"");
    repeat (out, "-", i);
    g_string_append (out, "\"\r\n\r\n--");
    repeat (out, "-", i);
    g_string_append (out, "\r\n");
  }
  for (guint i = 0; i < 20000; i++)
    g_string_append (out, "------------------------------x\r\n");
}

static void
make_long_boundary (GString *out)
{
  g_string_append (out, "Content-Type: multipart/mixed; boundary=\"");
  repeat (out, "b", 100000);
  g_string_append (out, "\"\r\n\r\n");
  for (guint i = 0; i < 50; i++) {
    g_string_append (out, "--");
    repeat (out, "b", 100000);
    g_string_append (out, "\r\n\r\nx\r\n");
  }
}

/* RFC 2231: a value in fifty thousand pieces, and pieces out of order. */
static void
make_parameters (GString *out)
{
  g_string_append (out, "Content-Type: text/plain");
  for (guint i = 50000; i > 0; i--)
    g_string_append_printf (out, ";\r\n name*%u*=utf-8''%%41", i - 1);
  g_string_append (out, "\r\nContent-Disposition: attachment");
  repeat (out, "; filename*0*=x; filename*4294967295=y", 20000);
  g_string_append (out, "\r\nContent-Language: ");
  repeat (out, "de,", 50000);
  g_string_append (out, "\r\n\r\nx\r\n");
}

static void
make_long_field (GString *out)
{
  g_string_append (out, "Subject: ");
  repeat (out, "x", 1024 * 1024);
  g_string_append (out, "\r\nReferences: ");
  repeat (out, "<a@b>\r\n ", 100000);
  g_string_append (out, "\r\n\r\nx\r\n");
}

static void
make_fields (GString *out)
{
  repeat (out, "Subject: x\r\nReceived: by a\r\n", 50000);
  g_string_append (out, "\r\nx\r\n");
}

static void
make_words (GString *out)
{
  g_string_append (out, "Subject: ");
  repeat (out, "=?utf-8?q?=E2=82=AC?= ", 50000);
  g_string_append (out, "\r\nFrom: ");
  repeat (out, "=?", 50000);
  g_string_append (out, "\r\nTo: =?x?b?");
  repeat (out, "====", 50000);
  g_string_append (out, "?=\r\n\r\nx\r\n");
}

/* Whatever no message should have. */
static void
make_rubbish (GString *out)
{
  g_string_append (out, "From:\r\nTo: ,;:<>()\"\r\nDate: 99 99 99\r\n"
                        "Content-Type: /;=;*=;*0=\r\n"
                        "Content-Type: multipart/mixed; boundary=\"\"\r\n"
                        "Content-Transfer-Encoding: base64\r\n: x\r\n \r\n");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (out, (char) (1 + i * 7 % 255));
}

static const struct
{
  const char *name;
  Make        make;
} bombs[] = {
  { "addresses", make_addresses },   { "groups", make_groups },
  { "nested", make_nested },         { "messages", make_messages },
  { "parts", make_parts },           { "boundaries", make_boundaries },
  { "long-boundary", make_long_boundary },
  { "parameters", make_parameters }, { "long-field", make_long_field },
  { "fields", make_fields },         { "words", make_words },
  { "rubbish", make_rubbish },
};

static const char *const questions[] = {
  "a FETCH 1 (ENVELOPE BODY BODYSTRUCTURE RFC822.SIZE)\r\n",
  "a FETCH 1 (BODY.PEEK[] BODY.PEEK[HEADER] BODY.PEEK[TEXT])\r\n",
  "a FETCH 1 (BODY.PEEK[1.1.1.1.1.1.1.1] BODY.PEEK[9999.MIME])\r\n",
  "a FETCH 1 BODY.PEEK[HEADER.FIELDS (From To Received Subject)]\r\n",
  "a SEARCH TEXT needle\r\n",
  "a SEARCH BODY needle SUBJECT needle FROM needle TO needle\r\n",
  "a SEARCH HEADER Received needle SENTSINCE 1-Jan-2020\r\n",
};

/* What the server made of it, our own client and the onlooker must read. */
static void
check_readers (const char *question,
               const char *answer)
{
  const PcProtocol *imap = pc_registry_find ("imap");
  PcClientConfig    config = { .host = "phone.example.test" };
  g_autoptr (PcEngine) client = imap->client_new (&config);
  g_autoptr (PcObserver) observer = imap->observer_new ();
  g_autoptr (PcAction) raw = pc_action_new ("raw");
  g_autofree char *line = g_strndup (question, strlen (question) - 2);
  static const char hello[] = "* OK hello\r\n";
  PcUnit           *unit;

  pc_action_set (raw, "line", line);
  pc_engine_start (client, SERVERS_NOW);
  pc_engine_feed (client, SERVERS_NOW, 0, (const guint8 *) hello,
                  strlen (hello));
  g_assert_true (pc_engine_act (client, SERVERS_NOW, raw, NULL));
  pc_engine_feed (client, SERVERS_NOW, 0, (const guint8 *) answer,
                  strlen (answer));
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_RUNNING);

  pc_observer_feed (observer, PC_SIDE_SERVER, 0, (const guint8 *) hello,
                    strlen (hello));
  pc_observer_feed (observer, PC_SIDE_CLIENT, 0, (const guint8 *) question,
                    strlen (question));
  pc_observer_feed (observer, PC_SIDE_SERVER, 0, (const guint8 *) answer,
                    strlen (answer));
  while ((unit = pc_observer_next (observer)) != NULL) {
    g_assert_cmpuint (g_bytes_get_size (unit->bytes), <=, PC_LIMIT_UNIT);
    g_assert_cmpuint (pc_unit_get_n_fields (unit), <=, PC_LIMIT_FIELDS);
    pc_unit_free (unit);
  }
}

static void
check_imap (GString *message)
{
  g_auto (Server) server = { 0 };

  server_init (&server, &server_kinds[0]);
  server_fill (&server, message->str, message->len);
  g_free (server_ask (&server, SELECT));
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++) {
    gint64           begin = g_get_monotonic_time ();
    g_autofree char *answer = server_ask (&server, questions[i]);
    gint64           took = g_get_monotonic_time () - begin;

    g_test_message ("  %.50s: %" G_GINT64_FORMAT " ms", questions[i],
                    took / 1000);
    g_assert_cmpint (took, <, LONGEST);
    g_assert_nonnull (strstr (answer, "a OK "));
    g_assert_cmpuint (strlen (answer), <, PC_LIMIT_IMAP_REPLY_TEXT +
                                              3 * message->len);
    begin = g_get_monotonic_time ();
    check_readers (questions[i], answer);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, LONGEST);
  }
}

static void
check_pop3 (GString *message)
{
  g_auto (Server) server = { 0 };
  gint64 begin = g_get_monotonic_time ();

  server_init (&server, &server_kinds[1]);
  server_fill (&server, message->str, message->len);
  g_free (server_ask (&server, server.kind->login));
  server_feed (&server, "TOP 1 0\r\nTOP 1 999999999\r\nRETR 1\r\nQUIT\r\n");
  while (server_is_running (&server)) {
    g_free (server_take (&server));
    server_wait (&server, PC_LIMIT_LOGIN_DELAY_MAX);
  }
  g_assert_cmpint (g_get_monotonic_time () - begin, <, LONGEST);
}

static void
check_smtp (GString *message)
{
  g_auto (Server) server = { 0 };
  gint64           begin = g_get_monotonic_time ();
  g_autofree char *reply = NULL;

  server_init (&server, &server_kinds[2]);
  g_free (server_ask (&server, server.kind->login));
  g_free (server_ask (&server,
                      "MAIL FROM:<alex@example.test>\r\n"
                      "RCPT TO:<robin@example.test>\r\nDATA\r\n"));
  for (gsize at = 0; at < message->len; at += 4096)
    pc_engine_feed (server.engine, server.now, 0,
                    (const guint8 *) message->str + at,
                    MIN (4096, message->len - at));
  reply = server_ask (&server, "\r\n.\r\n");
  g_assert_true (g_ascii_isdigit (reply[0]));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, LONGEST);
}

static void
test_messages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bombs); i++) {
    g_autoptr (GString) message = g_string_new (NULL);

    g_test_message ("%s", bombs[i].name);
    bombs[i].make (message);
    check_imap (message);
    check_pop3 (message);
    check_smtp (message);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bombs/commands", test_commands);
  g_test_add_func ("/bombs/patterns", test_patterns);
  g_test_add_func ("/bombs/messages", test_messages);

  return g_test_run ();
}
