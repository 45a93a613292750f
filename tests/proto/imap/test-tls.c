/* SPDX-License-Identifier: GPL-3.0-or-later */

/* STARTTLS from both ends and from outside: what is offered, what is thrown
 * away, what a client must not believe. */

#include "pump.h"

#include "proto/imap/protocol.h"

#include <string.h>

/* The capabilities of the login stand behind the others. */
#define LAST " APPENDLIMIT=33554432"
#define ALL " AUTH=PLAIN AUTH=LOGIN AUTH=CRAM-MD5 AUTH=SCRAM-SHA-256"
#define GO "OK Begin TLS now\r\n"
#define NEEDS_TLS \
  "NO [PRIVACYREQUIRED] Passwords are taken under TLS only\r\n"

static PcEngine *
make_server (PcMailStore          *store,
             const PcServerConfig *with)
{
  PcServerConfig config = *with;
  PcEngine      *server;

  config.host = "mail.example.test";
  config.store = store;
  config.session = 1;
  server = pc_imap_protocol.server_new (&config);
  pc_engine_start (server, NOW);
  return server;
}

static void
feed_by (PcEngine   *engine,
         const char *text,
         gsize       step)
{
  gsize len = strlen (text);

  for (gsize at = 0; at < len; at += step)
    pc_engine_feed (engine, NOW, 0, (const guint8 *) text + at,
                    MIN (step, len - at));
}

/* -- server --------------------------------------------------------------- */

/* What is told of the login: in the greeting, and after TLS began. */
static void
test_offer (void)
{
  static const struct
  {
    PcServerConfig config;
    const char    *clear;
    const char    *secure; /* NULL: no TLS to be had */
  } rows[] = {
    { { .starttls = TRUE }, " STARTTLS" ALL, ALL },
    { { .starttls = TRUE, .needs_tls = TRUE }, " STARTTLS LOGINDISABLED",
      ALL },
    { { .needs_tls = TRUE }, " LOGINDISABLED", NULL },
    { { .starttls = FALSE }, ALL, NULL },
    { { .secure = TRUE, .starttls = TRUE, .needs_tls = TRUE }, ALL, NULL },
    { { .starttls = TRUE, .mechanisms = "X" }, " STARTTLS", "" },
    { { .starttls = TRUE, .mechanisms = "plain X" }, " STARTTLS AUTH=PLAIN",
      " AUTH=PLAIN" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcMailStore) store = world_new ();
    g_autoptr (PcEngine) server = make_server (store, &rows[i].config);
    g_autofree char *greeting = take_output (server);
    g_autofree char *code = g_strconcat (LAST, rows[i].clear, "] ", NULL);
    g_autofree char *data = NULL;
    g_autofree char *line = NULL;

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, greeting);
    g_assert_nonnull (strstr (greeting, code));
    data = say (server, "a STARTTLS\r\n");
    g_assert_cmpint (pc_engine_get_security (server) == PC_SECURITY_WANTED,
                     ==, rows[i].secure != NULL);
    if (rows[i].secure == NULL) {
      g_assert_true (g_str_has_prefix (data, "a BAD "));
      continue;
    }
    g_assert_cmpstr (data, ==, "a " GO);
    pc_engine_secured (server, NOW);
    g_free (data);
    data = say (server, "b CAPABILITY\r\n");
    line = g_strconcat (LAST, rows[i].secure, "\r\nb OK", NULL);
    g_assert_nonnull (strstr (data, line));
  }
}

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
  { "not offered", { .starttls = FALSE }, "a STARTTLS\r\n",
    "a BAD STARTTLS is not offered here\r\n", FALSE, NULL, NULL,
    "Not authenticated" },
  { "argument", { .starttls = TRUE },
    "a STARTTLS now\r\nb STARTTLS \r\nc STARTTLS {1+}\r\nx\r\n",
    "a BAD STARTTLS takes no arguments\r\n"
    "b BAD STARTTLS takes no arguments\r\n"
    "c BAD STARTTLS takes no arguments\r\n", FALSE, NULL, NULL,
    "Not authenticated" },
  { "after the login", { .starttls = TRUE },
    "a LOGIN alex portcall\r\nb STARTTLS\r\nc SELECT Trash\r\n"
    "d STARTTLS\r\ne LOGOUT\r\n",
    NULL, FALSE, NULL, NULL, "Logout" },
  { "twice", { .starttls = TRUE }, "a starttls\r\n", "a " GO, TRUE,
    "b STARTTLS\r\n", "b BAD TLS is on already\r\n", "Not authenticated" },
  { "under TLS from the start", { .secure = TRUE, .starttls = TRUE },
    "a STARTTLS\r\n", "a BAD TLS is on already\r\n", FALSE, NULL, NULL,
    "Not authenticated" },
  { "no password in clear", { .starttls = TRUE, .needs_tls = TRUE },
    "a LOGIN alex portcall\r\nb AUTHENTICATE PLAIN\r\n"
    "c AUTHENTICATE PLAIN AGFsZXgAcG9ydGNhbGw=\r\n"
    "d LOGIN alex {8+}\r\nportcall\r\ne LOGIN {4}\r\nf NOOP\r\n",
    "a " NEEDS_TLS "b " NEEDS_TLS "c " NEEDS_TLS "d " NEEDS_TLS "e " NEEDS_TLS
    "f OK Nothing done, as asked\r\n", FALSE, NULL, NULL,
    "Not authenticated" },
  { "and inside", { .starttls = TRUE, .needs_tls = TRUE },
    "a STARTTLS\r\n", "a " GO, TRUE,
    "b AUTHENTICATE PLAIN AGFsZXgAcG9ydGNhbGw=\r\nc STARTTLS\r\n",
    NULL, "Authenticated" },
  { "no mechanism", { .mechanisms = "X" },
    "a AUTHENTICATE PLAIN AGFsZXgAcG9ydGNhbGw=\r\n",
    "a NO [CANNOT] CAPABILITY tells the mechanisms there are\r\n", FALSE, NULL, NULL,
    "Not authenticated" },
};

static void
test_server (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (server_rows); i++)
    for (gsize step = 1; step < 100000; step *= 100000) {
      const ServerRow *row = &server_rows[i];
      g_autoptr (PcMailStore) store = world_new ();
      g_autoptr (PcEngine) server = make_server (store, &row->config);
      g_autofree char *greeting = take_output (server);
      g_autofree char *reply = NULL, *after = NULL;

      g_test_message ("row: %s", row->name);
      feed_by (server, row->before, step);
      reply = take_output (server);
      if (row->reply != NULL)
        g_assert_cmpstr (reply, ==, row->reply);
      else
        g_assert_nonnull (strstr (reply, "\r\nb BAD Already logged in\r\n"));
      g_assert_cmpint (pc_engine_get_security (server) == PC_SECURITY_WANTED,
                       ==, row->wanted);
      if (row->wanted)
        pc_engine_secured (server, NOW);
      if (row->after != NULL) {
        feed_by (server, row->after, step);
        after = take_output (server);
        if (row->reply_after != NULL)
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
    "b LOGIN alex portcall\r\n", "b LOGIN alex {8+}\r\nportcall\r\n",
    "b LOGIN alex {8}\r\n", "b AUTHENTICATE PLAIN\r\n",
    "b AUTHENTICATE PLAIN AGFsZXgAcG9ydGNhbGw=\r\n", "b CAPABILITY\r\n",
    "b NOOP\r\n", "b LOGOUT\r\n", "b STARTTLS\r\n", "b NO", "\r\n", "\n",
    "b X {5+}\r\n", "\026\003\001\002", "GET / HTTP/1.1\r\n\r\n",
  };
  static const PcServerConfig config = { .starttls = TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (injected); i++) {
    g_autofree char *text = g_strconcat ("a STARTTLS\r\n", injected[i], NULL);
    gsize            len = strlen (text);

    for (gsize cut = 0; cut <= len; cut++) {
      g_autoptr (PcMailStore) store = world_new ();
      g_autoptr (PcEngine) server = make_server (store, &config);
      g_autofree char *greeting = take_output (server);
      g_autofree char *reply = NULL, *after = NULL;

      g_test_message ("“%s” cut at %" G_GSIZE_FORMAT, injected[i], cut);
      pc_engine_feed (server, NOW, 0, (const guint8 *) text, cut);
      pc_engine_feed (server, NOW, 0, (const guint8 *) text + cut, len - cut);
      reply = take_output (server);
      g_assert_cmpstr (reply, ==, "a " GO);
      pc_engine_secured (server, NOW);
      reply = (g_free (reply), take_output (server));
      g_assert_cmpstr (reply, ==, "");
      after = say (server, "OP\r\nc SELECT INBOX\r\n");
      g_assert_cmpstr (after, ==,
                       "OP BAD A command follows the tag\r\n"
                       "c BAD Log in first\r\n");
      g_assert_cmpstr (pc_engine_get_state (server), ==,
                       "Not authenticated");
    }
  }
}

static void
test_server_ends (void)
{
  static const PcServerConfig config = { .starttls = TRUE };
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine) server = make_server (store, &config);
  g_autoptr (PcEngine) patient = make_server (store, &config);

  feed_by (server, "a STARTTLS\r\nb LOGOUT\r\n", 99999);
  pc_engine_eof (server, NOW);
  g_assert_cmpstr (pc_engine_get_state (server), ==, "Logout");

  feed_by (patient, "a STARTTLS\r\n", 99999);
  g_assert_cmpint (pc_engine_get_deadline (patient), <, PC_ENGINE_NEVER);
  pc_engine_wake (patient, pc_engine_get_deadline (patient));
  g_assert_cmpint (pc_engine_get_status (patient), ==, PC_ENGINE_CLOSING);
}

/* -- client --------------------------------------------------------------- */

static PcEngine *
make_client (const char *greeting,
             gboolean    secure,
             gboolean    needs_tls)
{
  PcClientConfig config = { .host = "phone.example.test",
                            .server_host = "mail.example.test",
                            .secure = secure,
                            .needs_tls = needs_tls };
  PcEngine      *client = pc_imap_protocol.client_new (&config);

  pc_engine_start (client, NOW);
  feed_by (client, greeting, 99999);
  return client;
}

/* "name|key=value" */
static void
begin (PcEngine   *client,
       const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, "|", -1);
  g_autoptr (PcAction) action = pc_action_new (words[0]);
  g_autoptr (GError) error = NULL;

  for (guint i = 1; words[i] != NULL; i++) {
    char *equals = strchr (words[i], '=');

    *equals = '\0';
    pc_action_set (action, words[i], equals + 1);
  }
  pc_action_set_data (action, "A: b\r\n", 6);
  pc_engine_act (client, NOW, action, &error);
  g_assert_no_error (error);
}

/* What it sends. */
static char *
act (PcEngine   *client,
     const char *text)
{
  begin (client, text);
  return take_output (client);
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
    const char *greeting;
    const char *sends; /* the action does; NULL: no greeting like this */
    const char *reply;
    PcEventKind kind;
    const char *part;
  } rows[] = {
    { "* OK hi\r\n", "a1 STARTTLS\r\n", "a1 OK go\r\n", PC_EVENT_DONE,
      "TLS is on" },
    { "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", "a1 STARTTLS\r\n",
      "a1 ok go\n", PC_EVENT_DONE, NULL },
    { "* OK hi\r\n", "a1 STARTTLS\r\n",
      "* CAPABILITY IMAP4rev1\r\n* 1 EXISTS\r\na1 OK go\r\n", PC_EVENT_DONE,
      NULL },
    { "* OK [CAPABILITY IMAP4rev1] hi\r\n", "", NULL, PC_EVENT_REFUSED,
      "does not offer" },
    { "* OK [CAPABILITY XSTARTTLS STARTTLSX] hi\r\n", "", NULL,
      PC_EVENT_REFUSED, "on the way" },
    { "* OK hi\r\n", "a1 STARTTLS\r\n", "a1 NO no\r\n", PC_EVENT_REFUSED,
      "“NO no”" },
    { "* OK hi\r\n", "a1 STARTTLS\r\n", "a1 BAD no\r\n", PC_EVENT_REFUSED,
      "on the way" },
    { "* OK hi\r\n", "a1 STARTTLS\r\n", "a1 OK go\r\na2 OK in\r\n",
      PC_EVENT_FAILED, "10 octets" },
    { "* OK hi\r\n", "a1 STARTTLS\r\n", "a1 OK go\r\n*", PC_EVENT_FAILED,
      "1 octet " },
    { "* OK hi\r\n", "a1 STARTTLS\r\n",
      "a1 OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na2 OK x\r\n",
      PC_EVENT_FAILED, "clear text" },
    { "* OK hi\r\n", "a1 STARTTLS\r\n", "* BYE no\r\n", PC_EVENT_FAILED,
      "BYE" },
    { "* OK hi\r\n", "a1 STARTTLS\r\n", "a1 OK g", PC_EVENT_FAILED,
      "in the middle of what the server was saying: “a1 OK g”" },
    { "* OK hi\r\n", "a1 STARTTLS\r\n", "", PC_EVENT_FAILED,
      "before it had answered" },
    { "* PREAUTH hi\r\n", NULL, NULL, PC_EVENT_FAILED, "PREAUTH" },
    { "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", NULL, NULL,
      PC_EVENT_FAILED, "on the way" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) client = make_client (rows[i].greeting, FALSE, TRUE);
    g_autofree char *sent = NULL;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    if (rows[i].sends != NULL) {
      check_event (client, PC_EVENT_DONE, NULL);
      sent = act (client, "starttls");
      g_assert_cmpstr (sent, ==, rows[i].sends);
    }
    if (rows[i].reply != NULL)
      feed_by (client, rows[i].reply, 99999);
    if (pc_engine_get_security (client) == PC_SECURITY_WANTED) {
      g_assert_false (pc_engine_is_idle (client));
      g_assert_null (pc_engine_next_event (client));
      feed_by (client, "* BYE not heard\r\n", 99999);
      pc_engine_secured (client, NOW);
      g_assert_cmpstr (pc_engine_get_state (client), ==,
                       "Not authenticated");
      g_assert_true (pc_engine_is_idle (client));
    }
    if (rows[i].kind == PC_EVENT_FAILED &&
        pc_engine_get_status (client) == PC_ENGINE_RUNNING)
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
    const char *action;
    gboolean    harmless;
  } rows[] = {
    { "login|user=alex|password=p", FALSE },
    { "authenticate|user=alex|password=p", FALSE },
    { "append|mailbox=INBOX", FALSE },
    { "select|mailbox=INBOX", FALSE },
    { "raw|line=a LOGIN alex p", FALSE },
    { "raw|line=a LOGNI alex p", FALSE },
    { "raw|line=secret", FALSE },
    { "raw|line=a NOOP p", FALSE },
    { "raw|line=a NOOP", TRUE },
    { "raw|line=a STARTTLS", TRUE },
    { "capability", TRUE },
    { "noop", TRUE },
    { "id", TRUE },
    { "logout", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int way = 0; way < 3; way++) { /* clear, STARTTLS, implicit */
      g_autoptr (PcEngine) client = make_client ("* OK hi\r\n", way == 2,
                                                 TRUE);
      g_autofree char *sent = NULL;

      g_test_message ("%s, %d", rows[i].action, way);
      check_event (client, PC_EVENT_DONE, NULL);
      if (way == 1) {
        sent = act (client, "starttls");
        feed_by (client, "a1 OK go\r\n", 99999);
        pc_engine_secured (client, NOW);
        check_event (client, PC_EVENT_DONE, NULL);
        g_free (sent);
      }
      sent = act (client, rows[i].action);
      if (way > 0 || rows[i].harmless) {
        g_assert_cmpstr (sent, !=, "");
      } else {
        g_assert_cmpstr (sent, ==, "");
        check_event (client, PC_EVENT_REFUSED, "without TLS");
        g_assert_true (pc_engine_is_idle (client));
      }
    }
}

/* Capabilities learnt in clear are gone; and LOGINDISABLED is heeded, from
 * wherever it comes. */
static void
test_client_forgets (void)
{
  static const char *const greetings[] = {
    "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\r\n",
    "* OK hi\r\n* OK [CAPABILITY STARTTLS LOGINDISABLED] x\r\n",
    "* OK hi\r\n* CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (greetings); i++) {
    g_autoptr (PcEngine) client = make_client (greetings[i], FALSE, FALSE);
    g_autoptr (PcAction) again = pc_action_new ("starttls");
    g_autoptr (GError) error = NULL;
    g_autofree char *no = NULL, *raw = NULL, *login = NULL;

    check_event (client, PC_EVENT_DONE, NULL);
    no = act (client, "login|user=alex|password=p");
    g_assert_cmpstr (no, ==, "");
    check_event (client, PC_EVENT_REFUSED, "LOGINDISABLED");
    raw = act (client, "raw|line=x STARTTLS");
    feed_by (client, "x OK go\r\n", 99999);
    g_assert_cmpint (pc_engine_get_security (client), ==,
                     PC_SECURITY_WANTED);
    pc_engine_secured (client, NOW);
    check_event (client, PC_EVENT_DONE, NULL);
    g_assert_false (pc_engine_act (client, NOW, again, &error));
    g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
    login = act (client, "login|user=alex|password=p");
    g_assert_true (g_str_has_suffix (login, " LOGIN alex p\r\n"));
  }
}

static void
test_preauth (void)
{
  g_autoptr (PcEngine) easy = make_client ("* PREAUTH hi\r\n", FALSE, FALSE);
  g_autoptr (PcEngine) inside = make_client ("* PREAUTH hi\r\n", TRUE, TRUE);

  check_event (easy, PC_EVENT_DONE, NULL);
  check_event (inside, PC_EVENT_DONE, NULL);
  g_assert_cmpstr (pc_engine_get_state (inside), ==, "Authenticated");
}

/* Nobody answers the handshake. */
static void
test_client_deadline (void)
{
  static const char *const actions[] = { "starttls", "raw|line=a1 STARTTLS" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++) {
    g_autoptr (PcEngine) client = make_client ("* OK hi\r\n", FALSE, FALSE);
    g_autofree char *sent = NULL;

    check_event (client, PC_EVENT_DONE, NULL);
    sent = act (client, actions[i]);
    feed_by (client, "a1 OK go\r\n", 99999);
    g_assert_cmpint (pc_engine_get_deadline (client), <, PC_ENGINE_NEVER);
    pc_engine_wake (client, pc_engine_get_deadline (client));
    check_event (client, PC_EVENT_FAILED, NULL);
  }
}

/* -- the whole, with an observer ------------------------------------------ */

static void
describe (PcObserver *observer,
          GString    *out)
{
  static const char *const marks[] = { [PC_STATUS_OK] = "",
                                       [PC_STATUS_WARNING] = "?",
                                       [PC_STATUS_ERROR] = "!" };

  for (;;) {
    g_autoptr (PcUnit) unit = pc_observer_next (observer);

    if (unit == NULL)
      return;
    check_cover (unit);
    g_assert_nonnull (pc_narration_find (pc_imap_protocol.narrations,
                                         pc_imap_protocol.n_narrations,
                                         unit->rule));
    g_string_append_printf (out, "%c %s%s [%s] %s\n",
                            unit->from == PC_SIDE_CLIENT ? 'C' : 'S',
                            unit->rule, marks[unit->status], unit->summary,
                            unit->server_state);
  }
}

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
run (Line *line)
{
  gboolean more = TRUE;

  while (more) {
    while (carry (line, PC_SIDE_CLIENT, line->client, line->server) ||
           carry (line, PC_SIDE_SERVER, line->server, line->client))
      ;
    describe (line->observer, line->units);
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

/* As far as it goes into the shortest summary of a line. */
#define REV1 \
  "IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR CHILDREN SPECIAL-USE UIDPLUS MOVE " \
  "UNSELECT NAMESPACE IDLE ID ESEARCH SEARCHRES LIST-EXTENDED LIST-STATUS " \
  "CREATE-SPECIAL-USE BINARY MULTIAPPEND EN"

static void
test_conversation (void)
{
  static const gsize       portions[] = { 1, 7, 99999 };
  static const char *const actions[] = {
    "starttls", "capability", "login|user=alex|password=portcall",
    "select|mailbox=Sent", "logout", NULL
  };

  for (gsize i = 0; i < G_N_ELEMENTS (portions); i++) {
    g_autoptr (PcMailStore) store = world_new ();
    PcClientConfig client = { .host = "phone", .needs_tls = TRUE };
    PcServerConfig server = { .starttls = TRUE, .needs_tls = TRUE };
    Line line = { .server = make_server (store, &server),
                  .client = pc_imap_protocol.client_new (&client),
                  .observer = pc_imap_protocol.observer_new (),
                  .units = g_string_new (NULL),
                  .portion = portions[i] };

    pc_engine_start (line.client, NOW);
    run (&line);
    for (guint k = 0; actions[k] != NULL; k++) {
      PcEvent *event;

      while ((event = pc_engine_next_event (line.client)) != NULL) {
        g_assert_cmpint (event->kind, ==, PC_EVENT_DONE);
        pc_event_free (event);
      }
      begin (line.client, actions[k]);
      run (&line);
    }
    g_assert_true (g_str_has_prefix (
        line.units->str,
        "S imap.greeting [* OK [CAPABILITY " REV1 "A…] Not authenticated\n"
        "C imap.starttls [a1 STARTTLS] Not authenticated\n"
        "S imap.starttls.ok [a1 OK Begin TLS now] Not authenticated\n"
        "C imap.capability [a2 CAPABILITY] Not authenticated\n"
        "S imap.capability.data [* CAPABILITY " REV1 "ABLE …] "
        "Not authenticated\n"
        "S imap.capability.ok [a2 OK Those are the capabilities] "
        "Not authenticated\n"
        "C imap.login [a3 LOGIN alex " PC_SECRET_DOTS "] Not authenticated\n"
        "S imap.login.ok [a3 OK [CAPABILITY " REV1 "…] Authenticated\n"));
    g_assert_true (g_str_has_suffix (
        line.units->str, "S imap.logout.ok [a5 OK Logged out] Logout\n"));
    pc_engine_free (line.client);
    pc_engine_free (line.server);
    pc_observer_free (line.observer);
    g_string_free (line.units, TRUE);
  }
}

/* -- observer ------------------------------------------------------------- */

#define G "S* OK hi\r\n"
#define IN "Not authenticated\n"
#define GREETED "S imap.greeting [* OK hi] " IN
#define ASKED "C imap.starttls [a STARTTLS] " IN
#define AGREED "S imap.starttls.ok [a OK go] " IN
#define DOTS PC_SECRET_DOTS

typedef struct
{
  const char *name;
  const char *talk[12]; /* "C…" or "S…"; "c", "s": that side ends; "T": TLS */
  const char *units;
} ObserverRow;

static const ObserverRow observer_rows[] = {
  { "secured before the first octet",
    { "T", G, "Ca NOOP\r\n", "Sa OK x\r\n" },
    GREETED "C imap.noop [a NOOP] " IN "S imap.noop.ok [a OK x] " IN },
  { "what follows pairs anew",
    { G, "Cb CAPABILITY\r\na STARTTLS\r\n", "Sa OK go\r\n", "T",
      "Sb OK x\r\n", "Cb NOOP\r\n", "Sb OK x\r\n" },
    GREETED "C imap.capability [b CAPABILITY] " IN ASKED AGREED
    "S imap.tag-unknown [b OK x] " IN
    "C imap.noop [b NOOP] " IN "S imap.noop.ok [b OK x] " IN },
  { "injected by the client, in one breath",
    { G, "Ca STARTTLS\r\nb NOOP\r\nfoo\r\nc LOGIN alex {6+}\r\nsecret\r\n",
      "Sa OK go\r\n", "T", "Cb NOOP\r\n", "Sb OK x\r\n" },
    GREETED ASKED AGREED
    "C imap.injected? [b NOOP] " IN "C imap.injected? [foo] " IN
    "C imap.injected? [c LOGIN alex {6+}] " IN
    "C imap.injected? [" DOTS "] " IN
    "C imap.noop [b NOOP] " IN "S imap.noop.ok [b OK x] " IN },
  { "injected by the client, later and unfinished",
    { G, "Ca STARTTLS\r\n", "Sa OK go\r\n", "Cb LOGIN alex secret\r\nb NO",
      "T" },
    GREETED ASKED AGREED
    "C imap.injected? [b LOGIN alex " DOTS "] " IN
    "C imap.injected? [" DOTS "] " IN },
  { "injected by the server",
    { G, "Ca STARTTLS\r\n",
      "Sa OK go\r\n* CAPABILITY IMAP4rev1\r\nb OK x\r\nfoo\r\n* B", "T",
      "Cb NOOP\r\n", "Sb OK x\r\n" },
    GREETED ASKED AGREED
    "S imap.injected? [* CAPABILITY IMAP4rev1] " IN
    "S imap.injected? [b OK x] " IN "S imap.injected? [foo] " IN
    "S imap.injected? [* B] " IN
    "C imap.noop [b NOOP] " IN "S imap.noop.ok [b OK x] " IN },
  { "refused: what was held is commands",
    { G, "Ca STARTTLS\r\nb LOGIN a p\r\n", "Sa BAD no\r\nb OK in\r\n" },
    GREETED ASKED "S imap.starttls.refused! [a BAD no] " IN
    "C imap.login [b LOGIN a " DOTS "] " IN
    "S imap.login.ok [b OK in] Authenticated\n" },
  { "TLS in the middle of a command",
    { G, "Ca STARTTLS {5}\r\n", "T", "Cb NOOP\r\n", "Sb OK x\r\n" },
    GREETED "C imap.starttls [a STARTTLS {5}] " IN
    "C imap.noop [b NOOP] " IN "S imap.noop.ok [b OK x] " IN },
  { "TLS in the middle of a response",
    { G, "Ca STARTTLS\r\n", "S* 1 FETCH (BODY {9}\r\nx", "T",
      "Cb NOOP\r\n", "Sb OK x\r\n" },
    GREETED ASKED "S imap.injected? [* 1 FETCH (BODY {9}] " IN
    "S imap.injected? [x] " IN
    "C imap.noop [b NOOP] " IN "S imap.noop.ok [b OK x] " IN },
  { "refused with NO",
    { G, "Ca STARTTLS\r\n", "Sa NO no\r\n" },
    GREETED ASKED "S imap.starttls.refused! [a NO no] " IN },
  { "never answered",
    { G, "Ca STARTTLS\r\nb NOOP\r\nc", "c", "s" },
    GREETED ASKED "C imap.noop [b NOOP] " IN "C imap.unreadable! [c] " IN },
  { "answered after the client's last octet",
    { G, "Ca STARTTLS\r\nb NOOP\r\n", "c", "Sa OK go\r\n", "s" },
    GREETED ASKED AGREED "C imap.injected? [b NOOP] " IN },
  { "TLS that nobody opens, behind an injection",
    { G, "Ca STARTTLS\r\n", "Sa OK go\r\n", "CNOO\026\003\001\001\001" },
    GREETED ASKED AGREED "C imap.injected? [NOO] " IN },
  { "for lack of TLS",
    { G, "Ca LOGIN a p\r\n", "Sa NO [PRIVACYREQUIRED] no\r\n" },
    GREETED "C imap.login [a LOGIN a " DOTS "] " IN
    "S imap.tls-needed! [a NO [PRIVACYREQUIRED] no] " IN },
};

static void
test_observer (void)
{
  static const gsize steps[] = { 99999, 1, 3 };

  for (gsize i = 0; i < G_N_ELEMENTS (observer_rows); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (steps); k++) {
      const ObserverRow *row = &observer_rows[i];
      g_autoptr (PcObserver) observer = pc_imap_protocol.observer_new ();
      g_autoptr (GString) units = g_string_new (NULL);

      g_test_message ("%s, %" G_GSIZE_FORMAT, row->name, steps[k]);
      for (guint t = 0; t < 12 && row->talk[t] != NULL; t++) {
        const char *octets = row->talk[t] + 1;
        char        who = row->talk[t][0];
        gsize       len = strlen (octets);

        if (who == 'T')
          pc_observer_secured (observer);
        else if (who == 'c' || who == 's')
          pc_observer_finish (observer,
                              who == 'c' ? PC_SIDE_CLIENT : PC_SIDE_SERVER);
        for (gsize at = 0; at < len; at += steps[k])
          pc_observer_feed (observer,
                            who == 'C' ? PC_SIDE_CLIENT : PC_SIDE_SERVER, 0,
                            (const guint8 *) octets + at,
                            MIN (steps[k], len - at));
      }
      describe (observer, units);
      g_assert_cmpstr (units->str, ==, row->units);
    }
}

/* A record of TLS, of foreign software, that nobody opens. */
static void
test_records (void)
{
  static const char record[] = "\026\003\001\000\002zz\027\003\003\000\000x";
  g_autoptr (PcObserver) observer = pc_imap_protocol.observer_new ();
  g_autoptr (GString) units = g_string_new (NULL);

  pc_observer_feed (observer, PC_SIDE_SERVER, 0,
                    (const guint8 *) "* OK\r\n", 6);
  pc_observer_feed (observer, PC_SIDE_CLIENT, 0,
                    (const guint8 *) "a STARTTLS\r\n", 12);
  pc_observer_feed (observer, PC_SIDE_SERVER, 0,
                    (const guint8 *) "a OK\r\n", 6);
  describe (observer, units);
  g_string_set_size (units, 0);
  for (gsize i = 0; i < sizeof record - 1; i++)
    pc_observer_feed (observer, PC_SIDE_SERVER, 0,
                      (const guint8 *) record + i, 1);
  pc_observer_finish (observer, PC_SIDE_SERVER);
  describe (observer, units);
  g_assert_cmpstr (units->str, ==,
                   "S imap.tls-record [TLS record of 7 octets] " IN
                   "S imap.tls-record [TLS record of 5 octets] " IN
                   "S imap.injected? [x] " IN);
}

/* The words of the login, where they are told: in the greeting too. */
static void
test_words (void)
{
  static const char greeting[] =
      "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED AUTH=PLAIN] hi\r\n";
  static const char *const words[] = { "STARTTLS", "LOGINDISABLED",
                                       "AUTH=PLAIN" };
  g_autoptr (PcObserver) observer = pc_imap_protocol.observer_new ();
  g_autoptr (PcUnit) unit = NULL;
  guint found = 0;

  pc_observer_feed (observer, PC_SIDE_SERVER, 0, (const guint8 *) greeting,
                    sizeof greeting - 1);
  unit = pc_observer_next (observer);
  check_cover (unit);
  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    for (guint k = 0; k < G_N_ELEMENTS (words); k++)
      if (strcmp (field->value, words[k]) == 0) {
        g_assert_cmpstr (field->label, ==, "Capability");
        g_assert_nonnull (field->meaning);
        found++;
      }
  }
  g_assert_cmpuint (found, ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/tls/offer", test_offer);
  g_test_add_func ("/imap/tls/server", test_server);
  g_test_add_func ("/imap/tls/injection", test_injection);
  g_test_add_func ("/imap/tls/server-ends", test_server_ends);
  g_test_add_func ("/imap/tls/client-answers", test_client_answers);
  g_test_add_func ("/imap/tls/client-silent", test_client_silent);
  g_test_add_func ("/imap/tls/client-forgets", test_client_forgets);
  g_test_add_func ("/imap/tls/preauth", test_preauth);
  g_test_add_func ("/imap/tls/client-deadline", test_client_deadline);
  g_test_add_func ("/imap/tls/conversation", test_conversation);
  g_test_add_func ("/imap/tls/observer", test_observer);
  g_test_add_func ("/imap/tls/records", test_records);
  g_test_add_func ("/imap/tls/words", test_words);
  return g_test_run ();
}
