/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server against scripts: what is sent, what must come back. */

#include "fixture.h"

#include "base/limits.h"

#include <string.h>

#define STAMP "<1.0.1700000000000000@mail.example.test>"
#define GREETING "+OK mail.example.test POP3 server ready " STAMP "\r\n"
#define LOGIN "USER alex\r\nPASS portcall\r\n"
#define LOGGED_IN \
  "+OK Now the password\r\n" \
  "+OK Maildrop locked: 3 messages, 93 octets\r\n"

#define LOCKED "+OK Maildrop locked: 3 messages, 93 octets\r\n"
#define DENIED "-ERR [AUTH] Wrong user or password\r\n"
#define UNREAD "-ERR This is not Base64, or not your turn\r\n"
#define SASL "SASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\n"
#define MECHANISMS \
  "+OK Mechanisms follow\r\nPLAIN\r\nLOGIN\r\nCRAM-MD5\r\n" \
  "SCRAM-SHA-256\r\n.\r\n"
#define APOP_DIGEST "b0faf4e119e6f0b8e7efba405d0d0c0e"
#define WRONG_DIGEST "00000000000000000000000000000000"
/* "<1.1.…>" and "alex <digest>" */
#define CRAM_STAMP \
  "PDEuMS4xNzAwMDAwMDAwMDAwMDAwQG1haWwuZXhhbXBsZS50ZXN0Pg=="
#define CRAM_ANSWER \
  "YWxleCBkMjFhNmFlZDA2MzUxZTAwMDE3ZTAxMjJjNjk5OTkxNA=="

typedef struct
{
  const char *name;
  const char *input;
  const char *output; /* behind the greeting */
  const char *state;
  gboolean    closes;
} Row;

static const Row rows[] = {
  { "stat", LOGIN "STAT\r\nstat\r\nSTAT \r\n",
    LOGGED_IN "+OK 3 93\r\n+OK 3 93\r\n+OK 3 93\r\n", "TRANSACTION", FALSE },
  { "domain", "USER Alex@Example.test\r\nPASS portcall\r\nNOOP\r\n",
    LOGGED_IN "+OK Still here\r\n", "TRANSACTION", FALSE },
  { "list", LOGIN "LIST\r\nLIST 2\r\nLIST 4\r\nLIST 0\r\nLIST x\r\n",
    LOGGED_IN "+OK 3 messages, 93 octets\r\n1 30\r\n2 33\r\n3 30\r\n.\r\n"
              "+OK 2 33\r\n"
              "-ERR No such message, the last number is 3\r\n"
              "-ERR No such message, the last number is 3\r\n"
              "-ERR LIST takes one number or nothing\r\n",
    "TRANSACTION", FALSE },
  { "uidl", LOGIN "UIDL\r\nUIDL 3\r\n",
    LOGGED_IN "+OK 3 messages, 93 octets\r\n1 7.1\r\n2 7.2\r\n3 7.3\r\n.\r\n"
              "+OK 3 7.3\r\n",
    "TRANSACTION", FALSE },
  { "retr", LOGIN "RETR 1\r\n",
    LOGGED_IN "+OK 30 octets\r\n"
              "Subject: one\r\n\r\n1\r\n22\r\n333\r\n\r\n.\r\n",
    "TRANSACTION", FALSE },
  { "retr dots", LOGIN "RETR 2\r\n",
    LOGGED_IN "+OK 33 octets\r\n"
              "Subject: dots\r\n\r\n..\r\n...\r\n..x\r\nend\r\n.\r\n",
    "TRANSACTION", FALSE },
  { "retr without line end", LOGIN "RETR 3\r\n",
    LOGGED_IN "+OK 30 octets\r\n"
              "Subject: open\r\n\r\nno line end\r\n.\r\n",
    "TRANSACTION", FALSE },
  { "top", LOGIN "TOP 1 0\r\nTOP 1 2\r\nTOP 3 99999999\r\nTOP 1\r\nTOP 9 1\r\n",
    LOGGED_IN "+OK 16 octets of message 1\r\nSubject: one\r\n\r\n.\r\n"
              "+OK 23 octets of message 1\r\n"
              "Subject: one\r\n\r\n1\r\n22\r\n.\r\n"
              "+OK 30 octets of message 3\r\n"
              "Subject: open\r\n\r\nno line end\r\n.\r\n"
              "-ERR TOP needs a message number and a count of lines\r\n"
              "-ERR No such message, the last number is 3\r\n",
    "TRANSACTION", FALSE },
  { "dele", LOGIN "DELE 2\r\nDELE 2\r\nRETR 2\r\nSTAT\r\nLIST\r\nLIST 3\r\n",
    LOGGED_IN "+OK Message 2 will be deleted at QUIT\r\n"
              "-ERR Message 2 is deleted\r\n"
              "-ERR Message 2 is deleted\r\n"
              "+OK 2 60\r\n"
              "+OK 2 messages, 60 octets\r\n1 30\r\n3 30\r\n.\r\n"
              "+OK 3 30\r\n",
    "TRANSACTION", FALSE },
  { "dele all but one", LOGIN "DELE 1\r\nDELE 2\r\nLIST\r\nQUIT\r\n",
    LOGGED_IN "+OK Message 1 will be deleted at QUIT\r\n"
              "+OK Message 2 will be deleted at QUIT\r\n"
              "+OK 1 message, 30 octets\r\n3 30\r\n.\r\n"
              "+OK Goodbye, 1 message left\r\n",
    "UPDATE", TRUE },
  { "rset", LOGIN "DELE 1\r\nRSET\r\nRETR 4\r\nSTAT\r\n",
    LOGGED_IN "+OK Message 1 will be deleted at QUIT\r\n"
              "+OK 3 messages, 93 octets\r\n"
              "-ERR No such message, the last number is 3\r\n"
              "+OK 3 93\r\n",
    "TRANSACTION", FALSE },
  { "quit after login", LOGIN "DELE 1\r\nQUIT\r\nSTAT\r\n",
    LOGGED_IN "+OK Message 1 will be deleted at QUIT\r\n"
              "+OK Goodbye, 2 messages left\r\n",
    "UPDATE", TRUE },
  { "quit before login", "QUIT\r\n", "+OK Goodbye\r\n", "Closed", TRUE },
  { "quit with an argument", LOGIN "QUIT now\r\nSTAT\r\n",
    LOGGED_IN "-ERR QUIT takes no argument\r\n+OK 3 93\r\n", "TRANSACTION",
    FALSE },
  { "capa", "CAPA\r\n",
    "+OK Capability list follows\r\n"
    "USER\r\n" SASL "TOP\r\nUIDL\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\n"
    ".\r\n",
    "AUTHORIZATION", FALSE },
  { "capa between user and pass", "USER alex\r\nCAPA\r\nPASS portcall\r\n",
    "+OK Now the password\r\n+OK Capability list follows\r\n"
    "USER\r\n" SASL "TOP\r\nUIDL\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\n"
    ".\r\n"
    "+OK Maildrop locked: 3 messages, 93 octets\r\n",
    "TRANSACTION", FALSE },
  { "capa after login", LOGIN "CAPA\r\n",
    LOGGED_IN "+OK Capability list follows\r\n"
              "USER\r\n" SASL "TOP\r\nUIDL\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\n"
              "PIPELINING\r\nIMPLEMENTATION Portcall\r\n.\r\n",
    "TRANSACTION", FALSE },
  { "wrong password", "USER alex\r\nPASS wrong\r\nPASS portcall\r\n",
    "+OK Now the password\r\n-ERR [AUTH] Wrong user or password\r\n"
    "-ERR USER comes before PASS\r\n",
    "AUTHORIZATION", FALSE },
  { "no such user", "USER nobody\r\nPASS portcall\r\n",
    "+OK Now the password\r\n-ERR [AUTH] Wrong user or password\r\n",
    "AUTHORIZATION", FALSE },
  { "password with a space at its end", "USER alex\r\nPASS portcall \r\n",
    "+OK Now the password\r\n-ERR [AUTH] Wrong user or password\r\n",
    "AUTHORIZATION", FALSE },
  { "second user", "USER robin\r\n" LOGIN,
    "+OK Now the password\r\n" LOGGED_IN, "TRANSACTION", FALSE },
  { "wrong state", "STAT\r\nPASS x\r\nRETR 1\r\n" LOGIN "USER alex\r\n",
    "-ERR Log in first\r\n-ERR USER comes before PASS\r\n"
    "-ERR Log in first\r\n" LOGGED_IN "-ERR You are logged in already\r\n",
    "TRANSACTION", FALSE },
  { "arguments", "USER\r\nUSER \r\nCAPA x\r\nuser alex\r\nPASS\r\n",
    "-ERR USER needs a name\r\n-ERR USER needs a name\r\n"
    "-ERR CAPA takes no argument\r\n+OK Now the password\r\n"
    "-ERR PASS needs a password\r\n",
    "AUTHORIZATION", FALSE },
  { "not offered", "STLS\r\nSTLS x\r\n",
    "-ERR TLS is not offered here\r\n-ERR STLS takes no argument\r\n",
    "AUTHORIZATION", FALSE },
  { "apop", "APOP alex " APOP_DIGEST "\r\nNOOP\r\nAPOP alex x\r\n",
    LOCKED "+OK Still here\r\n-ERR You are logged in already\r\n",
    "TRANSACTION", FALSE },
  { "apop wrong",
    "APOP\r\nAPOP alex\r\nAPOP alex " WRONG_DIGEST "\r\n"
    "APOP who " APOP_DIGEST "\r\nAPOP alex@other.test " APOP_DIGEST "\r\n",
    "-ERR APOP needs a name and a digest\r\n" DENIED DENIED DENIED DENIED,
    "AUTHORIZATION", FALSE },
  { "apop after user", "USER alex\r\nAPOP alex x\r\nPASS portcall\r\n",
    "+OK Now the password\r\n" DENIED "-ERR USER comes before PASS\r\n",
    "AUTHORIZATION", FALSE },
  { "auth list", "AUTH\r\nauth\r\n" LOGIN "AUTH\r\n",
    MECHANISMS MECHANISMS LOGGED_IN "-ERR You are logged in already\r\n",
    "TRANSACTION", FALSE },
  { "auth plain", "AUTH PLAIN\r\nAGFsZXgAcG9ydGNhbGw=\r\n", "+ \r\n" LOCKED,
    "TRANSACTION", FALSE },
  { "auth plain at once",
    "auth plain AGFsZXgAcG9ydGNhbGw=\r\nAUTH PLAIN\r\n",
    LOCKED "-ERR You are logged in already\r\n", "TRANSACTION", FALSE },
  { "auth plain wrong", "AUTH PLAIN AGFsZXgAYQ==\r\nAUTH PLAIN =\r\n",
    DENIED DENIED, "AUTHORIZATION", FALSE },
  { "auth login", "AUTH LOGIN\r\nYWxleA==\r\ncG9ydGNhbGw=\r\n",
    "+ VXNlcm5hbWU6\r\n+ UGFzc3dvcmQ6\r\n" LOCKED, "TRANSACTION", FALSE },
  { "auth login at once", "AUTH LOGIN YWxleA==\r\n\r\n",
    "+ UGFzc3dvcmQ6\r\n" DENIED, "AUTHORIZATION", FALSE },
  { "auth cram", "AUTH CRAM-MD5\r\n" CRAM_ANSWER "\r\n",
    "+ " CRAM_STAMP "\r\n" LOCKED, "TRANSACTION", FALSE },
  { "auth cram with a first word", "AUTH CRAM-MD5 YWxleA==\r\nNOOP\r\n",
    "-ERR This is not Base64, or not your turn\r\n-ERR Log in first\r\n",
    "AUTHORIZATION", FALSE },
  { "auth cancelled", "AUTH CRAM-MD5\r\n*\r\nQUIT\r\n",
    "+ " CRAM_STAMP "\r\n-ERR Login given up\r\n+OK Goodbye\r\n", "Closed",
    TRUE },
  { "auth with bad base64",
    "AUTH PLAIN\r\nQUIT!\r\nAUTH PLAIN =AAA\r\nAUTH PLAIN AAA=BBBB\r\n"
    "AUTH PLAIN \r\n",
    "+ \r\n" UNREAD UNREAD UNREAD UNREAD, "AUTHORIZATION", FALSE },
  { "auth unknown", "AUTH DIGEST-MD5\r\nAUTH  \r\n",
    "-ERR No such mechanism; there are PLAIN LOGIN CRAM-MD5 "
    "SCRAM-SHA-256\r\n"
    "-ERR No such mechanism; there are PLAIN LOGIN CRAM-MD5 "
    "SCRAM-SHA-256\r\n",
    "AUTHORIZATION", FALSE },
  { "auth scram refused", "AUTH SCRAM-SHA-256 bixhPXg=\r\n", DENIED,
    "AUTHORIZATION", FALSE },
  { "commands within auth", "AUTH LOGIN\r\nQUIT\r\nGET / HTTP/1.1\r\n",
    "+ VXNlcm5hbWU6\r\n+ UGFzc3dvcmQ6\r\n" UNREAD, "AUTHORIZATION", FALSE },
  { "unknown", "FOO\r\n\r\n \r\nUSERalex\r\n",
    "-ERR There is no such command\r\n-ERR There is no such command\r\n"
    "-ERR There is no such command\r\n-ERR There is no such command\r\n",
    "AUTHORIZATION", FALSE },
  { "controls", "USER a\001b\r\nUSER a\tb\r\nUSER a\rb\r\n",
    "-ERR A command has no control characters\r\n"
    "-ERR A command has no control characters\r\n"
    "-ERR A command has no control characters\r\n",
    "AUTHORIZATION", FALSE },
  { "lone line feeds", "USER alex\nPASS portcall\nSTAT\n",
    LOGGED_IN "+OK 3 93\r\n", "TRANSACTION", FALSE },
  { "http", "GET / HTTP/1.1\r\nHost: x\r\n",
    "-ERR This port speaks POP3, not HTTP\r\n", "Closed", TRUE },
  { "tls", "\026\003\001\002",
    "-ERR This port speaks POP3 in clear text, not TLS\r\n", "Closed", TRUE },
};

static void
check (const Row *row,
       PcEngine  *server)
{
  g_autofree char *output = fixture_take (server);
  g_autofree char *expected = g_strconcat (GREETING, row->output, NULL);

  g_test_message ("%s", row->name);
  g_assert_cmpstr (output, ==, expected);
  g_assert_cmpstr (pc_engine_get_state (server), ==, row->state);
  g_assert_cmpint (pc_engine_get_status (server), ==,
                   row->closes ? PC_ENGINE_CLOSING : PC_ENGINE_RUNNING);
}

static void
test_scripts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcMailStore) store = fixture_store ();
    g_autoptr (PcEngine) server = fixture_server (store);

    fixture_feed (server, rows[i].input);
    check (&rows[i], server);
  }
}

static void
test_byte_by_byte (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcMailStore) store = fixture_store ();
    g_autoptr (PcEngine) server = fixture_server (store);

    for (const char *p = rows[i].input; *p != '\0'; p++)
      fixture_feed_octets (server, p, 1);
    check (&rows[i], server);
  }
}

static void
feed_repeated (PcEngine *server,
               char      octet,
               gsize     n,
               gboolean  at_once)
{
  g_autofree char *text = g_strnfill (n, octet);

  if (at_once)
    pc_engine_feed (server, NOW, 0, (const guint8 *) text, n);
  else
    for (gsize i = 0; i < n; i++)
      pc_engine_feed (server, NOW, 0, (const guint8 *) text + i, 1);
}

/* RFC 2449 section 4: 255 octets with CR LF are a command, 256 are not. */
static void
test_long_lines (void)
{
  for (gsize n = 249; n <= 600; n += n < 256 ? 1 : 100) {
    for (int at_once = 0; at_once < 2; at_once++) {
      g_autoptr (PcMailStore) store = fixture_store ();
      g_autoptr (PcEngine) server = fixture_server (store);
      g_autofree char *output = NULL, *expected = NULL;

      fixture_feed (server, "USER ");
      feed_repeated (server, 'a', n - 7, at_once);
      fixture_feed (server, "\r\n" LOGIN "STAT\r\n");
      output = fixture_take (server);
      g_test_message ("%" G_GSIZE_FORMAT " octets", n);
      expected = g_strconcat (
          GREETING,
          n <= PC_LIMIT_POP3_LINE
              ? "+OK Now the password\r\n"
              : "-ERR The line is longer than 255 octets\r\n",
          LOGGED_IN "+OK 3 93\r\n", NULL);
      g_assert_cmpstr (output, ==, expected);
    }
  }
}

/* Four MiB without a line end cost one reply and no memory. */
static void
test_endless_line (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  g_autoptr (PcEngine) server = fixture_server (store);
  g_autofree char *output = NULL;

  feed_repeated (server, 'x', 4 * 1024 * 1024, TRUE);
  fixture_feed (server, "\r\nQUIT\r\n");
  output = fixture_take (server);
  g_assert_cmpstr (output, ==,
                   GREETING "-ERR The line is longer than 255 octets\r\n"
                            "+OK Goodbye\r\n");
}

static void
test_nul (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  g_autoptr (PcEngine) server = fixture_server (store);
  g_autofree char *output = NULL;

  pc_engine_feed (server, NOW, 0, (const guint8 *) "USER a\0b\r\n", 10);
  output = fixture_take (server);
  g_assert_cmpstr (output, ==,
                   GREETING "-ERR A command has no control characters\r\n");
}

static void
test_bad_commands (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  g_autoptr (PcEngine) server = fixture_server (store);
  g_autofree char *output = NULL;

  for (guint i = 1; i < PC_LIMIT_BAD_COMMANDS_PREAUTH; i++)
    fixture_feed (server, "FOO\r\n");
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_RUNNING);
  fixture_feed (server, "FOO\r\n");
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
  output = fixture_take (server);
  g_assert_true (g_str_has_suffix (
      output, "-ERR Too many bad commands, goodbye\r\n"));
}

static void
test_lock (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  g_autoptr (PcEngine) first = fixture_server (store);
  g_autoptr (PcEngine) second = fixture_server (store);
  g_autofree char *output = NULL, *again = NULL;

  fixture_feed (first, LOGIN);
  fixture_feed (second, LOGIN);
  output = fixture_take (second);
  g_assert_cmpstr (output, ==,
                   GREETING "+OK Now the password\r\n"
                            "-ERR [IN-USE] Another session has this "
                            "maildrop\r\n");
  g_assert_cmpstr (pc_engine_get_state (second), ==, "AUTHORIZATION");

  /* Another account is not locked by that. */
  fixture_feed (second, "USER robin\r\nPASS portcall\r\nLIST\r\nQUIT\r\n");
  again = fixture_take (second);
  g_assert_cmpstr (again, ==,
                   "+OK Now the password\r\n"
                   "+OK Maildrop locked: 0 messages, 0 octets\r\n"
                   "+OK 0 messages, 0 octets\r\n.\r\n"
                   "+OK Goodbye, 0 messages left\r\n");
}

/* How a session can end, and what then is left of message 1. */
static void
test_endings (void)
{
  enum { QUIT, LOST, IDLE, FREED, LIMIT };
  static const struct
  {
    int   how;
    guint left;
  } endings[] = {
    { QUIT, 2 }, { LOST, 3 }, { IDLE, 3 }, { FREED, 3 }, { LIMIT, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autoptr (PcMailStore) store = fixture_store ();
    g_autoptr (PcEngine) server = fixture_server (store);
    g_autoptr (PcEngine) next = fixture_server (store);
    g_autofree char *output = NULL;

    g_test_message ("ending %" G_GSIZE_FORMAT, i);
    fixture_feed (server, LOGIN "DELE 1\r\n");
    g_assert_cmpuint (pc_mailbox_get_n_messages (fixture_inbox (store)), ==,
                      3);
    if (endings[i].how == QUIT)
      fixture_feed (server, "QUIT\r\n");
    else if (endings[i].how == LOST)
      pc_engine_eof (server, NOW);
    else if (endings[i].how == IDLE)
      pc_engine_wake (server, NOW + PC_LIMIT_IDLE_POP3);
    else if (endings[i].how == FREED)
      g_clear_pointer (&server, pc_engine_free);
    else
      for (guint n = 0; n < PC_LIMIT_BAD_COMMANDS; n++)
        fixture_feed (server, "FOO\r\n");

    g_assert_cmpuint (pc_mailbox_get_n_messages (fixture_inbox (store)), ==,
                      endings[i].left);
    if (server != NULL)
      g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);

    /* The lock is free, whatever happened. */
    fixture_feed (next, LOGIN);
    output = fixture_take (next);
    g_assert_nonnull (strstr (output, "+OK Maildrop locked"));
  }
}

static void
test_idle (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  g_autoptr (PcEngine) server = fixture_server (store);
  gint64           later = NOW + PC_LIMIT_IDLE_POP3 - 1;
  g_autofree char *output = NULL;

  fixture_feed (server, LOGIN);
  g_assert_cmpint (pc_engine_get_deadline (server), ==,
                   NOW + PC_LIMIT_IDLE_POP3);
  pc_engine_wake (server, later);
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_RUNNING);

  /* Half a command does not buy time, a whole one does. */
  pc_engine_feed (server, later, 0, (const guint8 *) "CA", 2);
  g_assert_cmpint (pc_engine_get_deadline (server), ==,
                   NOW + PC_LIMIT_IDLE_POP3);
  pc_engine_feed (server, later, 0, (const guint8 *) "P\r\n", 3);
  g_assert_cmpint (pc_engine_get_deadline (server), ==,
                   later + PC_LIMIT_IDLE_POP3);

  g_free (fixture_take (server));
  pc_engine_wake (server, later + PC_LIMIT_IDLE_POP3);
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
  output = fixture_take (server);
  g_assert_cmpstr (output, ==, "");
}

/* Numbers are those of the login, whatever others do meanwhile. */
static void
test_stable_numbers (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  g_autoptr (PcEngine) server = fixture_server (store);
  g_autoptr (GBytes) letter = g_bytes_new_static ("A: b\r\n\r\n", 8);
  PcMailbox       *inbox = fixture_inbox (store);
  g_autofree char *output = NULL;

  fixture_feed (server, LOGIN);
  g_free (fixture_take (server));
  pc_mailbox_append (inbox, letter, 0, NOW, 0, NULL);
  pc_mailbox_expunge (inbox, 1, 9);
  pc_engine_wake (server, NOW);

  fixture_feed (server, "STAT\r\nUIDL 2\r\nTOP 1 0\r\nDELE 1\r\nQUIT\r\n");
  output = fixture_take (server);
  g_assert_cmpstr (output, ==,
                   "+OK 3 93\r\n+OK 2 7.2\r\n"
                   "+OK 16 octets of message 1\r\nSubject: one\r\n\r\n.\r\n"
                   "+OK Message 1 will be deleted at QUIT\r\n"
                   "+OK Goodbye, 2 messages left\r\n");
  g_assert_cmpuint (pc_mailbox_get_n_messages (inbox), ==, 3);
}

/* A message larger than all that may wait: the client reads, the server goes
 * on, and the commands behind are not forgotten. */
static void
test_large_message (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  g_autoptr (PcEngine) server = fixture_server (store);
  g_autoptr (GString) text = g_string_new ("A: b\r\n\r\n");
  g_autoptr (GBytes) letter = NULL;
  g_autoptr (GByteArray) all = NULL;
  g_autoptr (GString) expected = g_string_new (NULL);

  while (text->len < 20 * 1024 * 1024)
    g_string_append (text, "seventy octets of nothing in particular, "
                           "line after line after line..\r\n");
  letter = g_bytes_new (text->str, text->len);
  pc_mailbox_append (fixture_inbox (store), letter, 0, NOW, 0, NULL);

  fixture_feed (server, LOGIN "RETR 4\r\nNOOP\r\nRETR 4\r\nQUIT\r\n");
  g_assert_cmpuint (pc_bytes_get_size (pc_engine_get_output (server)), <,
                    2 * PC_LIMIT_POP3_AHEAD);
  pc_engine_eof (server, NOW);
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_RUNNING);

  all = fixture_drain (server);
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
  g_string_printf (expected,
                   GREETING "+OK Now the password\r\n"
                            "+OK Maildrop locked: 4 messages, %u octets\r\n"
                            "+OK %u octets\r\n",
                   (guint) text->len + 93, (guint) text->len);
  g_string_append (expected, text->str);
  g_string_append_printf (expected,
                          ".\r\n+OK Still here\r\n+OK %u octets\r\n",
                          (guint) text->len);
  g_string_append (expected, text->str);
  g_string_append (expected, ".\r\n+OK Goodbye, 4 messages left\r\n");
  g_assert_cmpmem (all->data, all->len, expected->str, expected->len);
}

/* Who sends commands without end and reads nothing is cut off. */
static void
test_too_much_ahead (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  g_autoptr (PcEngine) server = fixture_server (store);

  fixture_feed (server, LOGIN);
  for (guint i = 0; i < 200000; i++)
    fixture_feed (server, "RETR 1\r\n");
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
  g_assert_cmpuint (pc_bytes_get_size (pc_engine_get_output (server)), <,
                    2 * PC_LIMIT_POP3_AHEAD);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/server/scripts", test_scripts);
  g_test_add_func ("/pop3/server/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/pop3/server/long-lines", test_long_lines);
  g_test_add_func ("/pop3/server/endless-line", test_endless_line);
  g_test_add_func ("/pop3/server/nul", test_nul);
  g_test_add_func ("/pop3/server/bad-commands", test_bad_commands);
  g_test_add_func ("/pop3/server/lock", test_lock);
  g_test_add_func ("/pop3/server/endings", test_endings);
  g_test_add_func ("/pop3/server/idle", test_idle);
  g_test_add_func ("/pop3/server/stable-numbers", test_stable_numbers);
  g_test_add_func ("/pop3/server/large-message", test_large_message);
  g_test_add_func ("/pop3/server/too-much-ahead", test_too_much_ahead);

  return g_test_run ();
}
