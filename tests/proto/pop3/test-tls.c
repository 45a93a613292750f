/* SPDX-License-Identifier: GPL-3.0-or-later */

/* STLS from both ends and from outside: what is offered, what is thrown away,
 * what a client must not believe. */

#include "fixture.h"

#include <string.h>

#define OK_LINE "+OK Begin TLS now\r\n"
#define CLEAR_CAPA \
  "+OK Capability list follows\r\n%sTOP\r\nUIDL\r\nRESP-CODES\r\n" \
  "AUTH-RESP-CODE\r\nPIPELINING\r\n.\r\n"
#define NO_PASSWORD "-ERR No password without TLS; send STLS first\r\n"

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
  server = pc_pop3_server_new (&config);
  pc_engine_start (server, NOW);
  greeting = fixture_take (server);
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
  { "offered in clear", { .starttls = TRUE }, "CAPA\r\n",
    "+OK Capability list follows\r\nUSER\r\n"
    "SASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\nSTLS\r\nTOP\r\nUIDL\r\n"
    "RESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\n.\r\n",
    FALSE, NULL, NULL, "AUTHORIZATION" },
  { "not offered after login",
    { .starttls = TRUE, .mechanisms = "" }, "USER alex\r\nPASS portcall\r\n"
    "CAPA\r\nSTLS\r\n",
    "+OK Now the password\r\n+OK Maildrop locked: 3 messages, 93 octets\r\n"
    "+OK Capability list follows\r\nUSER\r\nTOP\r\nUIDL\r\nRESP-CODES\r\n"
    "AUTH-RESP-CODE\r\nPIPELINING\r\nIMPLEMENTATION Portcall\r\n.\r\n"
    "-ERR You are logged in already\r\n",
    FALSE, NULL, NULL, "TRANSACTION" },
  { "not offered at all", { .starttls = FALSE }, "STLS\r\nNOOP\r\n",
    "-ERR TLS is not offered here\r\n-ERR Log in first\r\n", FALSE, NULL, NULL,
    "AUTHORIZATION" },
  { "argument", { .starttls = TRUE }, "STLS now\r\nSTLS \r\n",
    "-ERR STLS takes no argument\r\n" OK_LINE, TRUE, NULL, NULL,
    "AUTHORIZATION" },
  { "login inside", { .starttls = TRUE, .needs_tls = TRUE }, "stls\r\n",
    OK_LINE, TRUE, "USER alex\r\nPASS portcall\r\nSTLS\r\n",
    "+OK Now the password\r\n+OK Maildrop locked: 3 messages, 93 octets\r\n"
    "-ERR You are logged in already\r\n", "TRANSACTION" },
  { "twice", { .starttls = TRUE }, "STLS\r\n", OK_LINE, TRUE,
    "STLS\r\nCAPA\r\n",
    "-ERR TLS is on already\r\n+OK Capability list follows\r\nUSER\r\n"
    "SASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\nTOP\r\nUIDL\r\n"
    "RESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\n.\r\n",
    "AUTHORIZATION" },
  { "the named user is forgotten", { .starttls = TRUE },
    "USER alex\r\nSTLS\r\n", "+OK Now the password\r\n" OK_LINE, TRUE,
    "PASS portcall\r\n", "-ERR USER comes before PASS\r\n",
    "AUTHORIZATION" },
  { "no password in clear",
    { .starttls = TRUE, .needs_tls = TRUE },
    "CAPA\r\nUSER alex\r\nPASS portcall\r\nAUTH\r\nAUTH PLAIN\r\n"
    "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\nAPOP alex x\r\n",
    "+OK Capability list follows\r\nSTLS\r\nTOP\r\nUIDL\r\nRESP-CODES\r\n"
    "AUTH-RESP-CODE\r\nPIPELINING\r\n.\r\n" NO_PASSWORD NO_PASSWORD
    NO_PASSWORD NO_PASSWORD NO_PASSWORD NO_PASSWORD, FALSE, NULL, NULL,
    "AUTHORIZATION" },
  { "needs TLS and has it", { .secure = TRUE, .needs_tls = TRUE },
    "USER alex\r\nPASS portcall\r\n",
    "+OK Now the password\r\n+OK Maildrop locked: 3 messages, 93 octets\r\n",
    FALSE, NULL, NULL, "TRANSACTION" },
  { "under TLS from the start", { .secure = TRUE, .starttls = TRUE },
    "CAPA\r\nSTLS\r\n",
    "+OK Capability list follows\r\nUSER\r\n"
    "SASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\nTOP\r\nUIDL\r\n"
    "RESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\n.\r\n"
    "-ERR TLS is on already\r\n", FALSE, NULL, NULL, "AUTHORIZATION" },
  { "some mechanisms", { .mechanisms = "scram-sha-256 X cram-md5" },
    "CAPA\r\nAUTH\r\nAUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\nAUTH CRAM-MD5\r\n*\r\n",
    "+OK Capability list follows\r\nUSER\r\nSASL CRAM-MD5 SCRAM-SHA-256\r\n"
    "TOP\r\nUIDL\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\n.\r\n"
    "+OK Mechanisms follow\r\nCRAM-MD5\r\nSCRAM-SHA-256\r\n.\r\n"
    "-ERR No such mechanism; there are CRAM-MD5 SCRAM-SHA-256\r\n"
    "+ PDEuMS4xNzAwMDAwMDAwMDAwMDAwQG1haWwuZXhhbXBsZS50ZXN0Pg==\r\n"
    "-ERR Login given up\r\n",
    FALSE, NULL, NULL, "AUTHORIZATION" },
};

static void
test_server (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (server_rows); i++)
    for (int split = 0; split < 2; split++) {
      const ServerRow *row = &server_rows[i];
      g_autoptr (PcMailStore) store = fixture_store ();
      g_autoptr (PcEngine) server = server_new (store, &row->config);
      g_autofree char *reply = NULL, *after = NULL;

      g_test_message ("row: %s", row->name);
      if (split)
        for (const char *p = row->before; *p != '\0'; p++)
          pc_engine_feed (server, NOW, 0, (const guint8 *) p, 1);
      else
        fixture_feed (server, row->before);
      reply = fixture_take (server);
      g_assert_cmpstr (reply, ==, row->reply);
      g_assert_cmpint (pc_engine_get_security (server) == PC_SECURITY_WANTED,
                       ==, row->wanted);
      if (row->wanted)
        pc_engine_secured (server, NOW);
      if (row->after != NULL) {
        fixture_feed (server, row->after);
        after = fixture_take (server);
        g_assert_cmpstr (after, ==, row->reply_after);
      }
      g_assert_cmpstr (pc_engine_get_state (server), ==, row->state);
    }
}

/* What is sent in the breath of STLS is never acted upon, wherever the
 * portions are cut and however TLS is timed. */
static void
test_injection (void)
{
  static const char *const injected[] = {
    "USER alex\r\n", "USER alex\r\nPASS portcall\r\n", "CAPA\r\n", "QUIT\r\n",
    "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n", "AUTH LOGIN\r\n", "STLS\r\n",
    "NOOP", "US", "\r\n", "\n", "\026\003\001\002", "GET / HTTP/1.1\r\n\r\n",
  };
  static const PcServerConfig config = { .starttls = TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (injected); i++) {
    g_autofree char *text = g_strconcat ("STLS\r\n", injected[i], NULL);
    gsize            len = strlen (text);

    for (gsize cut = 0; cut <= len; cut++) {
      g_autoptr (PcMailStore) store = fixture_store ();
      g_autoptr (PcEngine) server = server_new (store, &config);
      g_autofree char *reply = NULL, *after = NULL;

      g_test_message ("“%s” cut at %" G_GSIZE_FORMAT, injected[i], cut);
      pc_engine_feed (server, NOW, 0, (const guint8 *) text, cut);
      pc_engine_feed (server, NOW, 0, (const guint8 *) text + cut, len - cut);
      reply = fixture_take (server);
      g_assert_cmpstr (reply, ==, OK_LINE);
      pc_engine_secured (server, NOW);
      reply = (g_free (reply), fixture_take (server));
      g_assert_cmpstr (reply, ==, "");
      /* "ER alex" would answer if "US" were kept. */
      fixture_feed (server, "ER alex\r\nPASS portcall\r\nNOOP\r\n");
      after = fixture_take (server);
      g_assert_cmpstr (after, ==,
                       "-ERR There is no such command\r\n"
                       "-ERR USER comes before PASS\r\n"
                       "-ERR Log in first\r\n");
    }
  }
}

static void
test_server_ends (void)
{
  static const PcServerConfig config = { .starttls = TRUE };
  g_autoptr (PcMailStore) store = fixture_store ();
  g_autoptr (PcEngine) server = server_new (store, &config);
  g_autoptr (PcEngine) patient = server_new (store, &config);

  fixture_feed (server, "STLS\r\nQUIT\r\n");
  pc_engine_eof (server, NOW);
  g_assert_cmpstr (pc_engine_get_state (server), ==, "Closed");
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);

  fixture_feed (patient, "STLS\r\n");
  g_assert_cmpint (pc_engine_get_deadline (patient), <, PC_ENGINE_NEVER);
  pc_engine_wake (patient, pc_engine_get_deadline (patient));
  g_assert_cmpint (pc_engine_get_status (patient), ==, PC_ENGINE_CLOSING);
}

/* -- client --------------------------------------------------------------- */

static PcEngine *
client_new (gboolean secure,
            gboolean needs_tls)
{
  PcClientConfig config = { .host = "phone.example.test",
                            .server_host = "mail.example.test",
                            .secure = secure,
                            .needs_tls = needs_tls };
  PcEngine      *client = pc_pop3_client_new (&config);
  PcEvent       *event;

  pc_engine_start (client, NOW);
  fixture_feed (client, "+OK ready <1@x>\r\n");
  g_assert_true (pc_engine_is_idle (client));
  event = pc_engine_next_event (client);
  pc_event_free (event);
  return client;
}

/* Takes @action; what it sends. */
static char *
act (PcEngine *client,
     PcAction *action)
{
  g_autoptr (PcAction) owned = action;
  g_autoptr (GError) error = NULL;

  pc_engine_act (client, NOW, action, &error);
  g_assert_no_error (error);
  return fixture_take (client);
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
    const char *capa;  /* NULL: not asked */
    const char *sends; /* the action does */
    const char *reply;
    PcEventKind kind;
    const char *part;
  } rows[] = {
    { NULL, "STLS\r\n", "+OK go\r\n", PC_EVENT_DONE, "TLS is on" },
    { "+OK\r\nstls\r\n.\r\n", "STLS\r\n", "+OK\n", PC_EVENT_DONE, NULL },
    { "+OK\r\nUSER\r\n.\r\n", "", NULL, PC_EVENT_REFUSED, "does not offer" },
    { "+OK\r\nXSTLS\r\n.\r\n", "", NULL, PC_EVENT_REFUSED, "on the way" },
    { "-ERR\r\n", "STLS\r\n", "-ERR no\r\n", PC_EVENT_REFUSED, "on the way" },
    { NULL, "STLS\r\n", "-ERR no\r\n", PC_EVENT_REFUSED, "“no”" },
    { NULL, "STLS\r\n", "+OK go\r\n+OK in\r\n", PC_EVENT_FAILED, "8 octets" },
    { NULL, "STLS\r\n", "+OK go\r\n-", PC_EVENT_FAILED, "1 octet " },
    { NULL, "STLS\r\n", "+OK go\n+OK\r\nSTLS\r\n.\r\n+OK\r\n+OK\r\n",
      PC_EVENT_FAILED, "clear text" },
    { NULL, "STLS\r\n", "* OK\r\n", PC_EVENT_FAILED, "neither" },
    { NULL, "STLS\r\n", "220 go\r\n", PC_EVENT_FAILED, "neither" },
    { NULL, "STLS\r\n", "+OK g", PC_EVENT_FAILED, "saying: “+OK g”" },
    { NULL, "STLS\r\n", "", PC_EVENT_FAILED, "before it had answered" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) client = client_new (FALSE, TRUE);
    g_autofree char *sent = NULL;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    if (rows[i].capa != NULL) {
      PcEvent *event;

      sent = act (client, fixture_action ("capa", NULL));
      fixture_feed (client, rows[i].capa);
      while ((event = pc_engine_next_event (client)) != NULL)
        pc_event_free (event);
      g_free (sent);
    }
    sent = act (client, fixture_action ("starttls", NULL));
    g_assert_cmpstr (sent, ==, rows[i].sends);
    if (rows[i].reply != NULL)
      fixture_feed (client, rows[i].reply);
    if (pc_engine_get_security (client) == PC_SECURITY_WANTED) {
      g_assert_false (pc_engine_is_idle (client));
      g_assert_null (pc_engine_next_event (client));
      fixture_feed (client, "+OK not heard\r\n");
      pc_engine_secured (client, NOW);
      g_assert_cmpstr (pc_engine_get_state (client), ==, "AUTHORIZATION");
      g_assert_true (pc_engine_is_idle (client));
    }
    if (rows[i].kind == PC_EVENT_FAILED)
      pc_engine_eof (client, NOW);
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
    const char *action[5];
    const char *clear; /* NULL: refused */
    const char *inside;
  } rows[] = {
    { { "login", "user", "alex", "password", "p" }, NULL, "USER alex\r\n" },
    { { "user", "user", "alex" }, NULL, "USER alex\r\n" },
    { { "pass", "password", "p" }, NULL, "PASS p\r\n" },
    { { "apop", "user", "alex", "password", "p" }, NULL, NULL },
    { { "auth", "user", "alex", "password", "p" }, NULL, NULL },
    { { "raw", "line", "USER alex" }, NULL, "USER alex\r\n" },
    { { "raw", "line", "pas p" }, NULL, "pas p\r\n" },
    { { "raw", "line", "CAPA x" }, NULL, "CAPA x\r\n" },
    { { "raw", "line", "capa" }, "capa\r\n", "capa\r\n" },
    { { "raw", "line", "QUIT" }, "QUIT\r\n", "QUIT\r\n" },
    { { "capa" }, "CAPA\r\n", "CAPA\r\n" },
    { { "noop" }, "NOOP\r\n", "NOOP\r\n" },
    { { "quit" }, "QUIT\r\n", "QUIT\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int way = 0; way < 3; way++) { /* clear, STLS, implicit */
      g_autoptr (PcEngine) client = client_new (way == 2, TRUE);
      const char *const *words = rows[i].action;
      PcAction          *action;
      g_autofree char   *sent = NULL;

      g_test_message ("%s %s, %d", words[0], words[2] ? words[2] : "", way);
      action = fixture_action (words[0], words[1], words[2], words[3],
                               words[4], NULL);
      if (way == 1) {
        sent = act (client, fixture_action ("starttls", NULL));
        fixture_feed (client, "+OK\r\n");
        pc_engine_secured (client, NOW);
        check_event (client, PC_EVENT_DONE, NULL);
        g_free (sent);
      }
      sent = act (client, action);
      if (way > 0) {
        g_assert_cmpstr (sent, !=, "");
        if (rows[i].inside != NULL)
          g_assert_cmpstr (sent, ==, rows[i].inside);
      } else if (rows[i].clear != NULL) {
        g_assert_cmpstr (sent, ==, rows[i].clear);
      } else {
        g_assert_cmpstr (sent, ==, "");
        check_event (client, PC_EVENT_REFUSED, "without TLS");
        g_assert_true (pc_engine_is_idle (client));
      }
    }
}

/* Capabilities learnt in clear are gone; and TLS begins once only. */
static void
test_client_forgets (void)
{
  g_autoptr (PcEngine) client = client_new (FALSE, FALSE);
  g_autoptr (PcAction) again = fixture_action ("starttls", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *sent = NULL, *auth = NULL;

  sent = act (client, fixture_action ("capa", NULL));
  fixture_feed (client, "+OK\r\nSASL CRAM-MD5\r\nSTLS\r\n.\r\n");
  g_free (sent);
  sent = act (client, fixture_action ("raw", "line", "STLS", NULL));
  fixture_feed (client, "+OK\r\n");
  g_assert_cmpint (pc_engine_get_security (client), ==, PC_SECURITY_WANTED);
  pc_engine_secured (client, NOW);
  auth = act (client, fixture_action ("auth", "user", "a", "password", "b",
                                      NULL));
  g_assert_true (g_str_has_prefix (auth, "AUTH PLAIN"));
  fixture_feed (client, "-ERR\r\n");
  g_assert_false (pc_engine_act (client, NOW, again, &error));
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
  pc_engine_feed (sink, NOW, 0, copy, n);
  return TRUE;
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
    fixture_describe_units (line->observer, line->units);
    check_states (line);
    more = pc_engine_get_security (line->client) == PC_SECURITY_WANTED;
    if (more) {
      g_assert_cmpint (pc_engine_get_security (line->server), ==,
                       PC_SECURITY_WANTED);
      pc_engine_secured (line->server, NOW);
      pc_engine_secured (line->client, NOW);
      pc_observer_secured (line->observer);
      check_states (line);
    }
  }
}

static void
test_conversation (void)
{
  static const gsize portions[] = { 1, 7, 99999 };
  static const PcServerConfig config = { .starttls = TRUE, .needs_tls = TRUE,
                                         .mechanisms = "PLAIN" };

  for (gsize i = 0; i < G_N_ELEMENTS (portions); i++) {
    g_autoptr (PcMailStore) store = fixture_store ();
    PcClientConfig client = { .host = "phone.example.test",
                              .needs_tls = TRUE };
    PcServerConfig server = config;
    Line line = { .observer = pc_pop3_observer_new (),
                  .units = g_string_new (NULL),
                  .portion = portions[i] };
    const char *const actions[] = { "capa", "starttls", "capa", NULL };
    g_autofree char *sent = NULL;

    server.host = "mail.example.test";
    server.store = store;
    server.session = 1;
    line.server = pc_pop3_server_new (&server);
    line.client = pc_pop3_client_new (&client);
    pc_engine_start (line.server, NOW);
    pc_engine_start (line.client, NOW);
    pump (&line);
    for (guint k = 0; actions[k] != NULL; k++) {
      g_autoptr (PcAction) action = fixture_action (actions[k], NULL);

      pc_engine_act (line.client, NOW, action, NULL);
      pump (&line);
    }
    {
      g_autoptr (PcAction) login = fixture_action ("login", "user", "alex",
                                                   "password", "portcall",
                                                   NULL);
      g_autoptr (PcAction) quit = fixture_action ("quit", NULL);

      pc_engine_act (line.client, NOW, login, NULL);
      pump (&line);
      pc_engine_act (line.client, NOW, quit, NULL);
      pump (&line);
    }
    g_assert_cmpstr (
        line.units->str, ==,
        "S greeting pop3.greeting OK [+OK mail.example.test POP3 server ready "
        "<1.0.1700000000000000@mail.example.test>] AUTHORIZATION\n"
        "C command pop3.capa OK [CAPA] AUTHORIZATION\n"
        "S reply pop3.capa.reply OK [+OK Capability list follows … 6 lines] "
        "AUTHORIZATION\n"
        "C command pop3.starttls OK [STLS] AUTHORIZATION\n"
        "S reply pop3.starttls.ok OK [+OK Begin TLS now] AUTHORIZATION\n"
        "C command pop3.capa OK [CAPA] AUTHORIZATION\n"
        "S reply pop3.capa.reply OK [+OK Capability list follows … 7 lines] "
        "AUTHORIZATION\n"
        "C command pop3.user OK [USER alex] AUTHORIZATION\n"
        "S reply pop3.user.ok OK [+OK Now the password] "
        "AUTHORIZATION, user named\n"
        "C command pop3.pass OK [PASS " PC_SECRET_DOTS "] "
        "AUTHORIZATION, user named\n"
        "S reply pop3.pass.ok OK [+OK Maildrop locked: 3 messages, 93 octets] "
        "TRANSACTION\n"
        "C command pop3.quit OK [QUIT] TRANSACTION\n"
        "S reply pop3.quit.unchanged OK [+OK Goodbye, 3 messages left] "
        "UPDATE\n");
    pc_engine_free (line.client);
    pc_engine_free (line.server);
    pc_observer_free (line.observer);
    g_string_free (line.units, TRUE);
  }
}

/* -- observer ------------------------------------------------------------- */

#define G "S+OK ready\r\n"
#define GREETED "S greeting pop3.greeting OK [+OK ready] AUTHORIZATION\n"
#define STLS "C command pop3.starttls OK [STLS] AUTHORIZATION\n"
#define AGREED "S reply pop3.starttls.ok OK [+OK go] AUTHORIZATION\n"
#define DOTS PC_SECRET_DOTS

typedef struct
{
  const char *name;
  const char *talk[12]; /* "C…" or "S…"; "c", "s": that side ends; "T": TLS */
  const char *units;
} ObserverRow;

static const ObserverRow observer_rows[] = {
  { "secured before the first octet",
    { "T", G, "CUSER a\r\n", "S+OK\r\n" },
    GREETED "C command pop3.user OK [USER a] AUTHORIZATION\n"
            "S reply pop3.user.ok OK [+OK] AUTHORIZATION, user named\n" },
  { "a named user is forgotten, and what follows pairs anew",
    { G, "CUSER a\r\n", "S+OK\r\n", "CSTLS\r\n", "S+OK go\r\n", "T",
      "CUSER b\r\n", "S+OK\r\n" },
    GREETED "C command pop3.user OK [USER a] AUTHORIZATION\n"
            "S reply pop3.user.ok OK [+OK] AUTHORIZATION, user named\n"
            "C command pop3.starttls OK [STLS] AUTHORIZATION, user named\n"
            AGREED "C command pop3.user OK [USER b] AUTHORIZATION\n"
            "S reply pop3.user.ok OK [+OK] AUTHORIZATION, user named\n" },
  { "injected by the client, in one breath",
    { G, "CSTLS\r\nUSER a\r\nPASS secret\r\nfoo\r\n", "S+OK go\r\n", "T",
      "CCAPA\r\n", "S+OK\r\n.\r\n" },
    GREETED STLS AGREED
    "C command pop3.injected WARNING [USER a] AUTHORIZATION\n"
    "C command pop3.injected WARNING [PASS " DOTS "] AUTHORIZATION\n"
    "C command pop3.injected WARNING [foo] AUTHORIZATION\n"
    "C command pop3.capa OK [CAPA] AUTHORIZATION\n"
    "S reply pop3.capa.reply OK [+OK … 0 lines] AUTHORIZATION\n" },
  { "injected by the client, later, and a login",
    { G, "CSTLS\r\n", "S+OK go\r\n", "CAUTH PLAIN\r\nc2VjcmV0\r\nNOO", "T" },
    GREETED STLS AGREED
    "C command pop3.injected WARNING [AUTH PLAIN] AUTHORIZATION\n"
    "C command pop3.injected WARNING [" DOTS "] AUTHORIZATION\n"
    "C command pop3.injected WARNING [" DOTS "] AUTHORIZATION\n" },
  { "injected by the server",
    { G, "CSTLS\r\n", "S+OK go\r\n+OK in\r\nfoo\r\n+O", "T", "CSTAT\r\n",
      "S-ERR no\r\n" },
    GREETED STLS AGREED
    "S reply pop3.injected WARNING [+OK in] AUTHORIZATION\n"
    "S reply pop3.injected WARNING [foo] AUTHORIZATION\n"
    "S reply pop3.injected WARNING [+O] AUTHORIZATION\n"
    "C command pop3.stat OK [STAT] AUTHORIZATION\n"
    "S reply pop3.state.err ERROR [-ERR no] AUTHORIZATION\n" },
  { "refused: what was held is commands",
    { G, "CSTLS\r\nUSER a\r\nPASS b\r\n", "S-ERR no\r\n+OK\r\n+OK\r\n" },
    GREETED STLS "S reply pop3.starttls.refused ERROR [-ERR no] AUTHORIZATION\n"
    "C command pop3.user OK [USER a] AUTHORIZATION\n"
    "C command pop3.pass OK [PASS " DOTS "] AUTHORIZATION\n"
    "S reply pop3.user.ok OK [+OK] AUTHORIZATION, user named\n"
    "S reply pop3.pass.ok OK [+OK] TRANSACTION\n" },
  { "never answered",
    { G, "CSTLS\r\nCAPA\r\nQU", "c", "s" },
    GREETED STLS "C command pop3.capa OK [CAPA] Closed\n"
                 "C command tcp.unfinished WARNING [QU] Closed\n" },
  { "answered after the client's last octet",
    { G, "CSTLS\r\nCAPA\r\n", "c", "S+OK go\r\n" },
    GREETED STLS "S reply pop3.starttls.ok OK [+OK go] Closed\n"
                 "C command pop3.injected WARNING [CAPA] Closed\n" },
  { "TLS that nobody opens, behind an injection",
    { G, "CSTLS\r\n", "S+OK go\r\n", "CNOO\026\003\001",
      "C" "\001" "x" },
    GREETED STLS AGREED
    "C command pop3.injected WARNING [NOO] AUTHORIZATION\n" },
  { "password refused for lack of TLS",
    { G, "CUSER a\r\n", "S-ERR [AUTH] Cleartext is disallowed without TLS\r\n" },
    GREETED "C command pop3.user OK [USER a] AUTHORIZATION\n"
            "S reply pop3.tls-needed ERROR "
            "[-ERR [AUTH] Cleartext is disallowed without TLS] "
            "AUTHORIZATION\n" },
};

static char *
observe (const ObserverRow *row,
         gsize              step)
{
  g_autoptr (PcObserver) observer = pc_pop3_observer_new ();
  GString *units = g_string_new (NULL);

  for (guint i = 0; i < 12 && row->talk[i] != NULL; i++) {
    const char *text = row->talk[i] + 1;
    char        who = row->talk[i][0];
    gsize       len = strlen (text);

    if (who == 'T')
      pc_observer_secured (observer);
    else if (who == 'c' || who == 's')
      pc_observer_finish (observer,
                          who == 'c' ? PC_SIDE_CLIENT : PC_SIDE_SERVER);
    for (gsize at = 0; at < len; at += step)
      pc_observer_feed (observer,
                        who == 'C' ? PC_SIDE_CLIENT : PC_SIDE_SERVER, 0,
                        (const guint8 *) text + at, MIN (step, len - at));
  }
  fixture_describe_units (observer, units);
  return g_string_free (units, FALSE);
}

static void
test_observer (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (observer_rows); i++) {
    static const gsize steps[] = { 99999, 1, 3 };

    for (gsize k = 0; k < G_N_ELEMENTS (steps); k++) {
      g_autofree char *units = observe (&observer_rows[i], steps[k]);

      g_test_message ("%s, %" G_GSIZE_FORMAT, observer_rows[i].name,
                      steps[k]);
      g_assert_cmpstr (units, ==, observer_rows[i].units);
    }
  }
}

/* A client that never waits does not fill the memory. */
static void
test_observer_bounded (void)
{
  g_autoptr (PcObserver) observer = pc_pop3_observer_new ();
  g_autofree char *many = g_strnfill (1024 * 1024, 'x');
  guint            n = 0;
  PcUnit          *unit;

  pc_observer_feed (observer, PC_SIDE_SERVER, 0, (const guint8 *) "+OK\r\n",
                    5);
  pc_observer_feed (observer, PC_SIDE_CLIENT, 0, (const guint8 *) "STLS\r\n",
                    6);
  pc_observer_feed (observer, PC_SIDE_CLIENT, 0, (const guint8 *) many,
                    1024 * 1024);
  while ((unit = pc_observer_next (observer)) != NULL) {
    fixture_check_unit (unit);
    pc_unit_free (unit);
    n++;
  }
  g_assert_cmpuint (n, >, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/tls/server", test_server);
  g_test_add_func ("/pop3/tls/injection", test_injection);
  g_test_add_func ("/pop3/tls/server-ends", test_server_ends);
  g_test_add_func ("/pop3/tls/client-answers", test_client_answers);
  g_test_add_func ("/pop3/tls/client-silent", test_client_silent);
  g_test_add_func ("/pop3/tls/client-forgets", test_client_forgets);
  g_test_add_func ("/pop3/tls/conversation", test_conversation);
  g_test_add_func ("/pop3/tls/observer", test_observer);
  g_test_add_func ("/pop3/tls/observer-bounded", test_observer_bounded);

  return g_test_run ();
}
