/* SPDX-License-Identifier: GPL-3.0-or-later */

/* STARTTLS from both ends and from outside: what is offered, what is thrown
 * away, what a client must not believe. */

#include "smtp-test.h"

#include <string.h>

#define EHLO "EHLO phone\r\n"
#define GREETS "250-mail.example.test greets phone\r\n"
#define EXTENSIONS \
  "250-PIPELINING\r\n250-SIZE 31457280\r\n250-8BITMIME\r\n" \
  "250-SMTPUTF8\r\n250-CHUNKING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n"
#define AUTH_ALL "250-AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\n"
#define STARTTLS_LINE "250-STARTTLS\r\n"
#define HELP "250 HELP\r\n"
#define GO "220 2.0.0 Begin TLS now\r\n"
#define NEEDS_TLS "530 5.7.0 Must issue a STARTTLS command first\r\n"
#define LOGIN "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n"
#define WELCOME "235 2.7.0 You are logged in\r\n"

static PcEngine *
server_new (PcMailStore          *store,
            const PcServerConfig *with)
{
  PcServerConfig   config = *with;
  PcEngine        *server;
  g_autofree char *greeting = NULL;

  config.host = "mail.example.test";
  config.store = store;
  config.session = 1;
  config.peer_address = "127.0.0.1";
  server = pc_smtp_protocol.server_new (&config);
  pc_engine_start (server, SMTP_TEST_NOW);
  greeting = smtp_test_output (server);
  return server;
}

/* -- server --------------------------------------------------------------- */

typedef struct
{
  const char    *name;
  PcServerConfig config;
  const char    *before; /* in clear */
  const char    *reply;
  gboolean       wanted; /* TLS; it then begins */
  const char    *after;
  const char    *reply_after;
  const char    *state;
} ServerRow;

static const ServerRow server_rows[] = {
  { "offered in clear", { .starttls = TRUE }, EHLO,
    GREETS EXTENSIONS STARTTLS_LINE AUTH_ALL HELP, FALSE, NULL, NULL,
    "Ready" },
  { "offered by a relay", { .starttls = TRUE, .role = PC_SERVER_RELAY }, EHLO,
    GREETS EXTENSIONS STARTTLS_LINE HELP, FALSE, NULL, NULL, "Ready" },
  { "not offered", { .starttls = FALSE }, "STARTTLS\r\n" EHLO "STARTTLS\r\n",
    "502 5.5.1 STARTTLS is not done here\r\n" GREETS EXTENSIONS AUTH_ALL HELP
    "502 5.5.1 STARTTLS is not done here\r\n", FALSE, NULL, NULL, "Ready" },
  { "too early", { .starttls = TRUE },
    "STARTTLS\r\nHELO phone\r\nSTARTTLS\r\n",
    "503 5.5.1 Say EHLO first\r\n250 mail.example.test greets phone\r\n"
    "503 5.5.1 STARTTLS needs EHLO, not HELO\r\n", FALSE, NULL, NULL,
    "Ready" },
  { "argument", { .starttls = TRUE },
    EHLO "STARTTLS now\r\n",
    GREETS EXTENSIONS STARTTLS_LINE AUTH_ALL HELP
    "501 5.5.4 STARTTLS takes nothing behind it\r\n", FALSE, NULL, NULL,
    "Ready" },
  { "in the middle of a mail", { .starttls = TRUE, .mechanisms = "" },
    EHLO "MAIL FROM:<a@b.test>\r\nSTARTTLS\r\nRCPT TO:<alex@example.test>\r\n"
    "STARTTLS\r\n",
    GREETS EXTENSIONS STARTTLS_LINE HELP
    "250 2.1.0 Sender <a@b.test> noted\r\n"
    "503 5.5.1 Not in the middle of a mail\r\n"
    "250 2.1.5 Recipient <alex@example.test> noted\r\n"
    "503 5.5.1 Not in the middle of a mail\r\n", FALSE, NULL, NULL,
    "Recipients known" },
  { "everything is forgotten", { .starttls = TRUE },
    EHLO LOGIN "starttls \r\n",
    GREETS EXTENSIONS STARTTLS_LINE AUTH_ALL HELP WELCOME GO, TRUE,
    "MAIL FROM:<a@b.test>\r\nSTARTTLS\r\n" EHLO "STARTTLS\r\n" LOGIN,
    "503 5.5.1 Say EHLO first\r\n503 5.5.1 TLS is on already\r\n"
    GREETS EXTENSIONS AUTH_ALL HELP "503 5.5.1 TLS is on already\r\n" WELCOME,
    "Ready, logged in" },
  { "no password and no mail in clear",
    { .starttls = TRUE, .needs_tls = TRUE, .role = PC_SERVER_SUBMISSION },
    EHLO "AUTH PLAIN\r\n" LOGIN "AUTH X\r\nMAIL FROM:<alex@example.test>\r\n"
    "NOOP\r\nSTARTTLS\r\n",
    GREETS EXTENSIONS STARTTLS_LINE HELP
    NEEDS_TLS NEEDS_TLS NEEDS_TLS NEEDS_TLS "250 2.0.0 Still here\r\n" GO,
    TRUE, EHLO "MAIL FROM:<alex@example.test>\r\n" LOGIN
    "MAIL FROM:<alex@example.test>\r\n",
    GREETS EXTENSIONS AUTH_ALL HELP "530 5.7.0 Log in with AUTH first\r\n"
    WELCOME "250 2.1.0 Sender <alex@example.test> noted\r\n",
    "Sender known" },
  { "a relay takes mail all the same",
    { .starttls = TRUE, .needs_tls = TRUE, .role = PC_SERVER_RELAY },
    EHLO "MAIL FROM:<a@b.test>\r\n",
    GREETS EXTENSIONS STARTTLS_LINE HELP
    "250 2.1.0 Sender <a@b.test> noted\r\n", FALSE, NULL, NULL,
    "Sender known" },
  { "under TLS from the start",
    { .secure = TRUE, .starttls = TRUE, .needs_tls = TRUE,
      .role = PC_SERVER_SUBMISSION },
    EHLO "STARTTLS\r\n" LOGIN,
    GREETS EXTENSIONS AUTH_ALL HELP "503 5.5.1 TLS is on already\r\n" WELCOME,
    FALSE, NULL, NULL, "Ready, logged in" },
  { "some mechanisms", { .mechanisms = "X scram-sha-256 cram-md5" },
    EHLO LOGIN "AUTH CRAM-MD5 x\r\n",
    GREETS EXTENSIONS "250-AUTH CRAM-MD5 SCRAM-SHA-256\r\n" HELP
    "504 5.5.4 The mechanisms here are CRAM-MD5 SCRAM-SHA-256\r\n"
    "501 5.7.0 With CRAM-MD5 the server speaks first\r\n", FALSE, NULL, NULL,
    "Ready" },
  { "no mechanism", { .mechanisms = "X" }, EHLO LOGIN,
    GREETS EXTENSIONS HELP "502 5.5.1 AUTH is not done here\r\n", FALSE, NULL,
    NULL, "Ready" },
};

static void
test_server (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (server_rows); i++)
    for (gsize step = 0; step < 2; step++) {
      const ServerRow *row = &server_rows[i];
      g_autoptr (PcMailStore) store = smtp_test_store ();
      g_autoptr (PcEngine) server = server_new (store, &row->config);
      g_autofree char *reply = NULL, *after = NULL;

      g_test_message ("row: %s", row->name);
      smtp_test_feed (server, row->before, -1, step);
      reply = smtp_test_output (server);
      g_assert_cmpstr (reply, ==, row->reply);
      g_assert_cmpint (pc_engine_get_security (server) == PC_SECURITY_WANTED,
                       ==, row->wanted);
      if (row->wanted)
        pc_engine_secured (server, SMTP_TEST_NOW);
      if (row->after != NULL) {
        smtp_test_feed (server, row->after, -1, step);
        after = smtp_test_output (server);
        g_assert_cmpstr (after, ==, row->reply_after);
      }
      g_assert_cmpstr (pc_engine_get_state (server), ==, row->state);
    }
}

/* What is sent in the breath of STARTTLS is never acted upon, wherever the
 * portions are cut. */
static void
test_injection (void)
{
  static const char *const injected[] = {
    "EHLO evil\r\n", "MAIL FROM:<evil@b.test>\r\nRCPT TO:<alex@example.test>"
    "\r\nDATA\r\nFrom: evil\r\n\r\nx\r\n.\r\n", LOGIN, "AUTH LOGIN\r\n",
    "RSET\r\n", "NOOP\r\n", "QUIT\r\n", "STARTTLS\r\n", "EHLO e", "EH",
    "\r\n", "\n", "\026\003\001\002", "GET / HTTP/1.1\r\n\r\n",
  };
  static const PcServerConfig config = { .starttls = TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (injected); i++) {
    g_autofree char *text = g_strconcat ("STARTTLS\r\n", injected[i], NULL);
    gsize            len = strlen (text);

    for (gsize cut = 0; cut <= len; cut++) {
      g_autoptr (PcMailStore) store = smtp_test_store ();
      g_autoptr (PcEngine) server = server_new (store, &config);
      g_autofree char *hello = NULL, *reply = NULL, *after = NULL;

      g_test_message ("“%s” cut at %" G_GSIZE_FORMAT, injected[i], cut);
      smtp_test_feed (server, EHLO, -1, 0);
      hello = smtp_test_output (server);
      smtp_test_feed (server, text, (gssize) cut, 0);
      smtp_test_feed (server, text + cut, (gssize) (len - cut), 0);
      reply = smtp_test_output (server);
      g_assert_cmpstr (reply, ==, GO);
      pc_engine_secured (server, SMTP_TEST_NOW);
      reply = (g_free (reply), smtp_test_output (server));
      g_assert_cmpstr (reply, ==, "");
      /* "LO phone" would be a greeting if "EH" were kept. */
      smtp_test_feed (server, "LO phone\r\nMAIL FROM:<a@b.test>\r\n"
                              "RCPT TO:<alex@example.test>\r\n", -1, 0);
      after = smtp_test_output (server);
      g_assert_cmpstr (after, ==,
                       "500 5.5.1 No such command\r\n"
                       "503 5.5.1 Say EHLO first\r\n"
                       "503 5.5.1 Say EHLO first\r\n");
      g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), ==, 0);
    }
  }
}

static void
test_server_ends (void)
{
  static const PcServerConfig config = { .starttls = TRUE };
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autoptr (PcEngine) server = server_new (store, &config);
  g_autoptr (PcEngine) patient = server_new (store, &config);

  smtp_test_feed (server, EHLO "STARTTLS\r\nQUIT\r\n", -1, 0);
  pc_engine_eof (server, SMTP_TEST_NOW);
  g_assert_cmpstr (pc_engine_get_state (server), ==, "Closed");

  smtp_test_feed (patient, EHLO "STARTTLS\r\n", -1, 0);
  g_assert_cmpint (pc_engine_get_deadline (patient), <, PC_ENGINE_NEVER);
  pc_engine_wake (patient, pc_engine_get_deadline (patient));
  g_assert_cmpint (pc_engine_get_status (patient), ==, PC_ENGINE_CLOSING);
}

/* RFC 3848, RFC 6531 section 3.7.3 */
static void
test_trace (void)
{
  static const struct
  {
    const char *hello;
    gboolean    login;
    gboolean    utf8;
    const char *clear;
    const char *secure;
  } rows[] = {
    { EHLO, FALSE, FALSE, " with ESMTP id ", " with ESMTPS id " },
    { EHLO, TRUE, FALSE, " with ESMTPA id ", " with ESMTPSA id " },
    { EHLO, FALSE, TRUE, " with UTF8SMTP id ", " with UTF8SMTPS id " },
    { EHLO, TRUE, TRUE, " with UTF8SMTPA id ", " with UTF8SMTPSA id " },
    { "HELO phone\r\n", FALSE, FALSE, " with SMTP id ", " with SMTP id " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int way = 0; way < 3; way++) { /* clear, STARTTLS, implicit */
      PcServerConfig config = { .starttls = TRUE, .secure = way == 2 };
      g_autoptr (PcMailStore) store = smtp_test_store ();
      g_autoptr (PcEngine) server = server_new (store, &config);
      g_autofree char *mail = NULL;

      if (way == 1) {
        smtp_test_feed (server, EHLO "STARTTLS\r\n", -1, 0);
        pc_engine_secured (server, SMTP_TEST_NOW);
      }
      smtp_test_feed (server, rows[i].hello, -1, 0);
      if (rows[i].login)
        smtp_test_feed (server, LOGIN, -1, 0);
      smtp_test_feed (server,
                      rows[i].utf8 ? "MAIL FROM:<a@b.test> SMTPUTF8\r\n"
                                   : "MAIL FROM:<a@b.test>\r\n", -1, 0);
      smtp_test_feed (server,
                      "RCPT TO:<alex@example.test>\r\nDATA\r\nx: y\r\n.\r\n",
                      -1, 0);
      mail = smtp_test_newest (store, "alex@example.test");
      g_test_message ("%s", mail);
      g_assert_nonnull (strstr (mail, way == 0 ? rows[i].clear
                                               : rows[i].secure));
    }
}

/* -- client --------------------------------------------------------------- */

static PcEngine *
client_new (gboolean secure,
            gboolean needs_tls)
{
  PcClientConfig config = { .host = "phone",
                            .server_host = "mail.example.test",
                            .secure = secure,
                            .needs_tls = needs_tls };
  PcEngine      *client = pc_smtp_protocol.client_new (&config);

  pc_engine_start (client, SMTP_TEST_NOW);
  smtp_test_feed (client, "220 mail ready\r\n", -1, 0);
  g_assert_true (pc_engine_is_idle (client));
  pc_event_free (pc_engine_next_event (client));
  return client;
}

/* What the action sends. */
static char *
act (PcEngine   *client,
     const char *text)
{
  g_autoptr (GError) error = NULL;

  smtp_test_act (client, text, "A: b\r\n", &error);
  g_assert_no_error (error);
  return smtp_test_output (client);
}

static void
check_event (PcEngine   *client,
             PcEventKind kind,
             const char *part)
{
  g_autoptr (PcEvent) event = pc_engine_next_event (client);

  g_assert_nonnull (event);
  g_test_message ("%s", event->text);
  g_assert_cmpint (event->kind, ==, kind);
  if (part != NULL)
    g_assert_nonnull (strstr (event->text, part));
}

/* One row for each way a server, or somebody in its place, may answer. */
static void
test_client_answers (void)
{
  static const struct
  {
    const char *ehlo;  /* NULL: not said */
    const char *sends; /* the action does */
    const char *reply;
    PcEventKind kind;
    const char *part;
  } rows[] = {
    { "250-x\r\n250 STARTTLS\r\n", "STARTTLS\r\n", "220 go\r\n",
      PC_EVENT_DONE, "TLS is on" },
    { "250-x\r\n250-starttls\r\n250 HELP\r\n", "STARTTLS\r\n",
      "220-go\r\n220 go\r\n", PC_EVENT_DONE, NULL },
    { NULL, "STARTTLS\r\n", "220 go\r\n", PC_EVENT_DONE, NULL },
    { "250 x\r\n", "", NULL, PC_EVENT_REFUSED, "does not offer" },
    { "250-x\r\n250 XSTARTTLS\r\n", "", NULL, PC_EVENT_REFUSED,
      "on the way" },
    { NULL, "STARTTLS\r\n", "454 4.7.0 later\r\n", PC_EVENT_REFUSED,
      "on the way" },
    { NULL, "STARTTLS\r\n", "502 no\r\n", PC_EVENT_REFUSED, "“502 no”" },
    { NULL, "STARTTLS\r\n", "500 no\r\n", PC_EVENT_REFUSED, NULL },
    { NULL, "STARTTLS\r\n", "354 go\r\n", PC_EVENT_REFUSED, NULL },
    { NULL, "STARTTLS\r\n", "220 go\r\n250 x\r\n", PC_EVENT_FAILED,
      "7 octets" },
    { NULL, "STARTTLS\r\n", "220 go\r\n2", PC_EVENT_FAILED, "1 octet " },
    { NULL, "STARTTLS\r\n",
      "220 go\r\n250-x\r\n250 AUTH PLAIN\r\n235 in\r\n250 ok\r\n",
      PC_EVENT_FAILED, "clear text" },
    { NULL, "STARTTLS\r\n", "421 bye\r\n", PC_EVENT_REFUSED, "bye" },
    { NULL, "STARTTLS\r\n", "+OK go\r\n", PC_EVENT_FAILED, "POP3" },
    { NULL, "STARTTLS\r\n", "220 g", PC_EVENT_FAILED, "saying: “220 g”" },
    { NULL, "STARTTLS\r\n", "", PC_EVENT_FAILED, "before it had" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) client = client_new (FALSE, TRUE);
    g_autofree char *sent = NULL;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    if (rows[i].ehlo != NULL) {
      sent = act (client, "ehlo");
      smtp_test_feed (client, rows[i].ehlo, -1, 0);
      check_event (client, PC_EVENT_DONE, NULL);
      g_free (sent);
    }
    sent = act (client, "starttls");
    g_assert_cmpstr (sent, ==, rows[i].sends);
    if (rows[i].reply != NULL)
      smtp_test_feed (client, rows[i].reply, -1, 0);
    if (pc_engine_get_security (client) == PC_SECURITY_WANTED) {
      g_assert_false (pc_engine_is_idle (client));
      g_assert_null (pc_engine_next_event (client));
      smtp_test_feed (client, "250 not heard\r\n", -1, 0);
      pc_engine_secured (client, SMTP_TEST_NOW);
      g_assert_cmpstr (pc_engine_get_state (client), ==, "Greeted");
      g_assert_true (pc_engine_is_idle (client));
    }
    if (rows[i].kind == PC_EVENT_FAILED)
      pc_engine_eof (client, SMTP_TEST_NOW);
    check_event (client, rows[i].kind, rows[i].part);
    g_assert_null (pc_engine_next_event (client));
    if (rows[i].kind == PC_EVENT_FAILED)
      g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_FAILED);
    if (rows[i].kind != PC_EVENT_DONE)
      g_assert_cmpint (pc_engine_get_security (client), ==,
                       PC_SECURITY_CLEAR);
  }
}

/* Fails closed: not an octet of it goes out in clear. */
static void
test_client_silent (void)
{
  static const struct
  {
    const char *action;
    const char *clear; /* NULL: refused */
  } rows[] = {
    { "auth|user=alex|password=p", NULL },
    { "mail|from=a@b.test", NULL },
    { "rcpt|to=a@b.test", NULL },
    { "data", NULL },
    { "bdat", NULL },
    { "send|from=a@b.test|to=b@b.test", NULL },
    { "vrfy|name=alex", NULL },
    { "raw|line=AUTH PLAIN x", NULL },
    { "raw|line=MAIL FROM:<a@b.test>", NULL },
    { "raw|line=XAUTH x", NULL },
    { "raw|line=", NULL },
    { "raw|line=noop", "noop\r\n" },
    { "raw|line=STARTTLS", "STARTTLS\r\n" },
    { "ehlo", "EHLO phone\r\n" },
    { "helo", "HELO phone\r\n" },
    { "noop", "NOOP\r\n" },
    { "rset", "RSET\r\n" },
    { "quit", "QUIT\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int way = 0; way < 3; way++) { /* clear, STARTTLS, implicit */
      g_autoptr (PcEngine) client = client_new (way == 2, TRUE);
      g_autofree char     *sent = NULL;

      g_test_message ("%s, %d", rows[i].action, way);
      if (way == 1) {
        sent = act (client, "starttls");
        smtp_test_feed (client, "220 go\r\n", -1, 0);
        pc_engine_secured (client, SMTP_TEST_NOW);
        check_event (client, PC_EVENT_DONE, NULL);
        g_free (sent);
      }
      sent = act (client, rows[i].action);
      if (way > 0) {
        g_assert_cmpstr (sent, !=, "");
      } else if (rows[i].clear != NULL) {
        g_assert_cmpstr (sent, ==, rows[i].clear);
      } else {
        g_assert_cmpstr (sent, ==, "");
        check_event (client, PC_EVENT_REFUSED, "without TLS");
        g_assert_true (pc_engine_is_idle (client));
      }
    }
}

/* Extensions learnt in clear are gone, and EHLO has to be said again. */
static void
test_client_forgets (void)
{
  g_autoptr (PcEngine) client = client_new (FALSE, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *sent = NULL, *raw = NULL, *mail = NULL;

  sent = act (client, "ehlo");
  smtp_test_feed (client, "250-x\r\n250-SIZE\r\n250-PIPELINING\r\n"
                          "250 STARTTLS\r\n", -1, 0);
  raw = act (client, "raw|line=STARTTLS");
  smtp_test_feed (client, "220 go\r\n", -1, 0);
  g_assert_cmpint (pc_engine_get_security (client), ==, PC_SECURITY_WANTED);
  pc_engine_secured (client, SMTP_TEST_NOW);
  mail = act (client, "send|from=a@b.test|to=b@b.test");
  g_assert_cmpstr (mail, ==, "EHLO phone\r\n");
  smtp_test_feed (client, "250 x\r\n", -1, 0);
  mail = (g_free (mail), smtp_test_output (client));
  g_assert_cmpstr (mail, ==, "MAIL FROM:<a@b.test>\r\n");
  smtp_test_feed (client, "550 no\r\n", -1, 0);
  g_assert_false (smtp_test_act (client, "starttls", NULL, &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
}

/* -- the whole, with an observer ------------------------------------------ */

typedef struct
{
  PcEngine   *client;
  PcEngine   *server;
  PcObserver *observer;
  GString    *units;
  gsize       portion;
} Line;

static gboolean
carry (Line     *line,
       PcSide    from,
       PcEngine *source,
       PcEngine *sink)
{
  PcBytes         *out = pc_engine_get_output (source);
  gsize            size;
  const guint8    *data = pc_bytes_peek (out, &size);
  gsize            n = MIN (size, line->portion);
  g_autofree void *copy = g_memdup2 (data, n);

  if (n == 0)
    return FALSE;
  pc_bytes_consume (out, n);
  pc_observer_feed (line->observer, from, 0, copy, n);
  pc_engine_feed (sink, SMTP_TEST_NOW, 0, copy, n);
  return TRUE;
}

/* "C smtp.ehlo" and so on, one line each; the fields are checked. */
static void
take_rules (PcObserver *observer,
            GString    *units)
{
  g_autofree char *text = smtp_test_describe (observer);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    char *bar = strstr (lines[i], " | ");

    *bar = '\0';
    g_string_append_printf (units, "%s%s", units->len > 0 ? ", " : "",
                            lines[i]);
  }
}

static void
check_states (Line *line)
{
  g_assert_true (pc_observer_get_state (line->observer, PC_SIDE_CLIENT) ==
                 pc_engine_get_state (line->client));
  g_assert_true (pc_observer_get_state (line->observer, PC_SIDE_SERVER) ==
                 pc_engine_get_state (line->server));
}

/* Plays the owner as well: TLS begins when both want it and all is out. */
static void
pump (Line *line)
{
  gboolean more = TRUE;

  while (more) {
    while (carry (line, PC_SIDE_CLIENT, line->client, line->server) ||
           carry (line, PC_SIDE_SERVER, line->server, line->client))
      ;
    take_rules (line->observer, line->units);
    check_states (line);
    more = pc_engine_get_security (line->client) == PC_SECURITY_WANTED;
    if (more) {
      g_assert_cmpint (pc_engine_get_security (line->server), ==,
                       PC_SECURITY_WANTED);
      pc_engine_secured (line->server, SMTP_TEST_NOW);
      pc_engine_secured (line->client, SMTP_TEST_NOW);
      pc_observer_secured (line->observer);
      check_states (line);
    }
  }
}

static void
test_conversation (void)
{
  static const gsize       portions[] = { 1, 7, 99999 };
  static const char *const actions[] = {
    "ehlo", "starttls", "ehlo", "auth|user=alex|password=portcall",
    "send|from=alex@example.test|to=robin@example.test", "quit", NULL
  };

  for (gsize i = 0; i < G_N_ELEMENTS (portions); i++) {
    g_autoptr (PcMailStore) store = smtp_test_store ();
    PcClientConfig client = { .host = "phone", .needs_tls = TRUE };
    PcServerConfig server = { .host = "mail.example.test",
                              .store = store,
                              .session = 1,
                              .role = PC_SERVER_SUBMISSION,
                              .starttls = TRUE,
                              .needs_tls = TRUE };
    g_autofree char *mail = NULL;
    Line line = { .server = pc_smtp_protocol.server_new (&server),
                  .client = pc_smtp_protocol.client_new (&client),
                  .observer = pc_smtp_protocol.observer_new (),
                  .units = g_string_new (NULL),
                  .portion = portions[i] };

    pc_engine_start (line.server, SMTP_TEST_NOW);
    pc_engine_start (line.client, SMTP_TEST_NOW);
    pump (&line);
    for (guint k = 0; actions[k] != NULL; k++) {
      g_assert_true (smtp_test_act (line.client, actions[k], "A: b\r\n",
                                    NULL));
      pump (&line);
    }
    g_assert_cmpstr (
        line.units->str, ==,
        "S smtp.greeting, C smtp.ehlo, S smtp.ehlo.reply, C smtp.starttls, "
        "S smtp.starttls.ok, C smtp.ehlo, S smtp.ehlo.reply, C smtp.auth, "
        "S smtp.auth.ok, C smtp.mail, C smtp.rcpt, C smtp.data, "
        "S smtp.mail.ok, S smtp.rcpt.ok, S smtp.data.go-ahead, "
        "C smtp.content, S smtp.queued, C smtp.quit, S smtp.quit.reply");
    mail = smtp_test_newest (store, "robin@example.test");
    g_assert_nonnull (strstr (mail, " with ESMTPSA id "));
    pc_engine_free (line.client);
    pc_engine_free (line.server);
    pc_observer_free (line.observer);
    g_string_free (line.units, TRUE);
  }
}

/* -- observer ------------------------------------------------------------- */

#define G "S220 ready\r\n"
#define GREETED "S smtp.greeting | 220 ready | Greeted/Greeted | \n"
#define ASKED "C smtp.starttls | STARTTLS | Greeted/Greeted | \n"
#define AGREED "S smtp.starttls.ok | 220 go | Greeted/Greeted | \n"
#define DOTS PC_SECRET_DOTS

typedef struct
{
  const char *name;
  const char *talk[12]; /* "C…" or "S…"; "c", "s": that side ends; "T": TLS */
  const char *units;    /* fields are left out */
} ObserverRow;

static const ObserverRow observer_rows[] = {
  { "secured before the first octet",
    { "T", G, "CNOOP\r\n", "S250 x\r\n" },
    GREETED "C smtp.noop | NOOP | Greeted/Greeted | \n"
            "S smtp.noop.reply | 250 x | Greeted/Greeted | \n" },
  { "back to the greeting, and what follows pairs anew",
    { G, "CEHLO a\r\n", "S250 x\r\n", "CSTARTTLS\r\n", "S220 go\r\n", "T",
      "CEHLO a\r\n", "S250 x\r\n" },
    GREETED "C smtp.ehlo | EHLO a | Greeted/Greeted | \n"
            "S smtp.ehlo.reply | 250 x | Ready/Ready | \n"
            "C smtp.starttls | STARTTLS | Ready/Ready | \n" AGREED
            "C smtp.ehlo | EHLO a | Greeted/Greeted | \n"
            "S smtp.ehlo.reply | 250 x | Ready/Ready | \n" },
  { "injected by the client, in one breath",
    { G, "CSTARTTLS\r\nMAIL FROM:<a@b>\r\nAUTH PLAIN cGFzcw==\r\nfoo\r\n",
      "S220 go\r\n", "T", "CNOOP\r\n", "S250 x\r\n" },
    GREETED ASKED AGREED
    "C smtp.injected? | MAIL FROM:<a@b> | Greeted/Greeted | \n"
    "C smtp.injected? | AUTH PLAIN " DOTS " | Greeted/Greeted | \n"
    "C smtp.injected? | " DOTS " | Greeted/Greeted | \n"
    "C smtp.noop | NOOP | Greeted/Greeted | \n"
    "S smtp.noop.reply | 250 x | Greeted/Greeted | \n" },
  { "injected by the client, later and unfinished",
    { G, "CSTARTTLS\r\n", "S220 go\r\n", "CEHLO e\r\nfoo\r\nNOO", "T" },
    GREETED ASKED AGREED
    "C smtp.injected? | EHLO e | Greeted/Greeted | \n"
    "C smtp.injected? | foo | Greeted/Greeted | \n"
    "C smtp.injected? | NOO | Greeted/Greeted | \n" },
  { "injected by the server",
    { G, "CSTARTTLS\r\n", "S220 go\r\n250-x\r\n250 AUTH PLAIN\r\nfoo\r\n23",
      "T", "CNOOP\r\n", "S250 x\r\n" },
    GREETED ASKED AGREED
    "S smtp.injected? | 250-x | Greeted/Greeted | \n"
    "S smtp.injected? | 250 AUTH PLAIN | Greeted/Greeted | \n"
    "S smtp.injected? | foo | Greeted/Greeted | \n"
    "S smtp.injected? | 23 | Greeted/Greeted | \n"
    "C smtp.noop | NOOP | Greeted/Greeted | \n"
    "S smtp.noop.reply | 250 x | Greeted/Greeted | \n" },
  { "refused: what was held is commands",
    { G, "CSTARTTLS\r\nNOOP\r\n", "S454 no\r\n250 x\r\n" },
    GREETED ASKED "S smtp.starttls.refused! | 454 no | Greeted/Greeted | \n"
    "C smtp.noop | NOOP | Greeted/Greeted | \n"
    "S smtp.noop.reply | 250 x | Greeted/Greeted | \n" },
  { "TLS that nobody opens, behind an injection",
    { G, "CSTARTTLS\r\n", "S220 go\r\n", "CNOO\026\003\001" },
    GREETED ASKED AGREED
    "C smtp.injected? | NOO | Greeted/Greeted | \n" },
  { "for lack of TLS",
    { G, "CAUTH PLAIN\r\n", "S530 5.7.0 Must issue a STARTTLS command first\r\n",
      "CAUTH PLAIN\r\n", "S538 5.7.11 Encryption required\r\n",
      "CMAIL FROM:<a@b>\r\n", "S530 5.7.0 Authentication required\r\n" },
    GREETED "C smtp.auth | AUTH PLAIN | Greeted/Greeted | \n"
    "S smtp.error.tls-needed! | 530 5.7.0 Must issue a STARTTLS command first "
    "| Greeted/Greeted | \n"
    "C smtp.auth | AUTH PLAIN | Greeted/Greeted | \n"
    "S smtp.error.tls-needed! | 538 5.7.11 Encryption required "
    "| Greeted/Greeted | \n"
    "C smtp.mail | MAIL FROM:<a@b> | Greeted/Greeted | \n"
    "S smtp.error.auth-needed! | 530 5.7.0 Authentication required "
    "| Greeted/Greeted | \n" },
};

static char *
observe (const ObserverRow *row,
         gsize              step)
{
  g_autoptr (PcObserver) observer = pc_smtp_protocol.observer_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GString *units = g_string_new (NULL);

  for (guint i = 0; i < 12 && row->talk[i] != NULL; i++) {
    const char *octets = row->talk[i] + 1;
    char        who = row->talk[i][0];
    gsize       len = strlen (octets);

    if (who == 'T')
      pc_observer_secured (observer);
    for (gsize at = 0; at < len; at += step)
      pc_observer_feed (observer,
                        who == 'C' ? PC_SIDE_CLIENT : PC_SIDE_SERVER, 0,
                        (const guint8 *) octets + at, MIN (step, len - at));
  }
  text = smtp_test_describe (observer);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    char *bar = strrchr (lines[i], '|');

    bar[1] = '\0';
    g_string_append_printf (units, "%s \n", lines[i]);
  }
  return g_string_free (units, FALSE);
}

static void
test_observer (void)
{
  static const gsize steps[] = { 99999, 1, 3 };

  for (gsize i = 0; i < G_N_ELEMENTS (observer_rows); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (steps); k++) {
      g_autofree char *units = observe (&observer_rows[i], steps[k]);

      g_test_message ("%s, %" G_GSIZE_FORMAT, observer_rows[i].name,
                      steps[k]);
      g_assert_cmpstr (units, ==, observer_rows[i].units);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/tls/server", test_server);
  g_test_add_func ("/smtp/tls/injection", test_injection);
  g_test_add_func ("/smtp/tls/server-ends", test_server_ends);
  g_test_add_func ("/smtp/tls/trace", test_trace);
  g_test_add_func ("/smtp/tls/client-answers", test_client_answers);
  g_test_add_func ("/smtp/tls/client-silent", test_client_silent);
  g_test_add_func ("/smtp/tls/client-forgets", test_client_forgets);
  g_test_add_func ("/smtp/tls/conversation", test_conversation);
  g_test_add_func ("/smtp/tls/observer", test_observer);

  return g_test_run ();
}
