/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client: greetings of all kinds, what actions become, what replies do. */

#include "pump.h"

#include "base/limits.h"
#include "proto/imap/protocol.h"

#include <string.h>

static PcEngine *
client_new (void)
{
  PcClientConfig config = { .host = "phone.example.test" };
  PcEngine      *client = pc_imap_protocol.client_new (&config);

  pc_engine_start (client, NOW);
  return client;
}

static void
hear (PcEngine   *client,
      const char *text)
{
  for (; *text != '\0'; text++)
    pc_engine_feed (client, NOW, 0, (const guint8 *) text, 1);
}

static void
expect (PcEngine   *client,
        PcEventKind kind,
        const char *text)
{
  g_autoptr (PcEvent) event = pc_engine_next_event (client);

  g_assert_nonnull (event);
  g_assert_cmpint (event->kind, ==, kind);
  if (text != NULL)
    g_assert_cmpstr (event->text, ==, text);
}

static void
expect_output (PcEngine   *client,
               const char *text)
{
  g_autofree char *output = take_output (client);

  g_assert_cmpstr (output, ==, text);
}

static PcEngine *
greeted (void)
{
  PcEngine *client = client_new ();

  hear (client, "* OK hello\r\n");
  expect (client, PC_EVENT_DONE, "* OK hello");
  g_assert_true (pc_engine_is_idle (client));
  return client;
}

/* Pairs of parameter and value in @params. */
static gboolean
try_act (PcEngine          *client,
         const char        *name,
         const char *const *params,
         GError           **error)
{
  g_autoptr (PcAction) action = pc_action_new (name);

  for (guint i = 0; i < 8 && params[i] != NULL; i += 2)
    pc_action_set (action, params[i], params[i + 1]);
  if (strcmp (name, "append") == 0)
    pc_action_set_data (action, "A: b\n\nc\r", 8);
  return pc_engine_act (client, NOW, action, error);
}

static const struct {
  const char *said;
  gboolean    eof;
  const char *state; /* that it goes on in; NULL when it fails */
  const char *words; /* in the sentence of the failure */
} greetings[] = {
  { "* OK ready\r\n", FALSE, "Not authenticated", NULL },
  { "* ok [CAPABILITY IMAP4rev1] {3}\r\n", FALSE, "Not authenticated", NULL },
  { "* PREAUTH hello\r\n", FALSE, "Authenticated", NULL },
  { "* BYE full\r\n", FALSE, NULL, "does not want us" },
  { "+OK POP3 ready\r\n", FALSE, NULL, "how POP3 greets" },
  { "220 mail ESMTP\r\n", FALSE, NULL, "how SMTP greets" },
  { "220-mail {99999}\r\n", FALSE, NULL, "how SMTP greets" },
  { "SSH-2.0-x\r\n", FALSE, NULL, "no IMAP server" },
  { "* FLAGS ()\r\n", FALSE, NULL, "no IMAP server" },
  { "\025\003\001\n", FALSE, NULL, "TLS" },
  { "\r\n", FALSE, NULL, "no IMAP server" },
  { "+OK", TRUE, NULL, "how POP3 greets" },
  { "", TRUE, NULL, "without a greeting" },
};

static void
test_greetings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (greetings); i++) {
    g_autoptr (PcEngine) client = client_new ();
    g_autoptr (PcEvent)  event = NULL;

    g_test_message ("greeting %u", i);
    hear (client, greetings[i].said);
    if (greetings[i].eof)
      pc_engine_eof (client, NOW);
    event = pc_engine_next_event (client);
    g_assert_nonnull (event);
    if (greetings[i].state != NULL) {
      g_assert_cmpint (event->kind, ==, PC_EVENT_DONE);
      g_assert_cmpstr (pc_engine_get_state (client), ==, greetings[i].state);
    } else {
      g_assert_cmpint (event->kind, ==, PC_EVENT_FAILED);
      g_assert_nonnull (strstr (event->text, greetings[i].words));
      g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_FAILED);
    }
  }
}

static void
test_silence (void)
{
  g_autoptr (PcEngine) client = client_new ();
  g_autoptr (PcEngine) half = client_new ();

  g_assert_cmpint (pc_engine_get_deadline (client), ==,
                   NOW + PC_LIMIT_WAIT_IMAP);
  pc_engine_wake (client, NOW + PC_LIMIT_WAIT_IMAP - 1);
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_RUNNING);
  pc_engine_wake (client, NOW + PC_LIMIT_WAIT_IMAP);
  expect (client, PC_EVENT_FAILED, NULL);

  hear (half, "220 mail");
  pc_engine_wake (half, NOW + PC_LIMIT_WAIT_IMAP);
  expect (half, PC_EVENT_FAILED, NULL);
}

/* What does not end is not kept. */
static void
test_endless (void)
{
  g_autoptr (PcEngine) client = client_new ();
  g_autofree char     *line = g_strnfill (100000, 'x');

  hear (client, line);
  expect (client, PC_EVENT_FAILED, NULL);
}

static const struct {
  const char *name;
  const char *params[9];
  const char *sent; /* NULL: refused */
} actions[] = {
  { "capability", { NULL }, "a1 CAPABILITY\r\n" },
  { "login", { "user", "alex", "password", "portcall" },
    "a1 LOGIN alex portcall\r\n" },
  { "login", { "user", "a b", "password", "\"\\" },
    "a1 LOGIN \"a b\" \"\\\"\\\\\"\r\n" },
  { "login", { "user", "", "password", "{3}" },
    "a1 LOGIN \"\" \"{3}\"\r\n" },
  { "login", { "user", "\303\274", "password", "x" }, "a1 LOGIN {2}\r\n" },
  { "login", { "user", "alex" }, NULL },
  { "login", { "user", "alex\r\na2 LOGOUT", "password", "x" }, NULL },
  { "login", { "user", "alex", "password", "x\n" }, NULL },
  { "login", { "user", "alex", "password", "x", "mode", "add" }, NULL },
  { "authenticate", { "user", "alex", "password", "x" },
    "a1 AUTHENTICATE PLAIN\r\n" },
  { "authenticate", { "user", "", "password", "x" }, NULL },
  { "list", { NULL }, "a1 LIST \"\" \"*\"\r\n" },
  { "list", { "reference", "a/", "pattern", "%" },
    "a1 LIST a/ \"%\"\r\n" },
  { "select", { "mailbox", "INBOX" }, "a1 SELECT INBOX\r\n" },
  { "examine", { "mailbox", "My mail" }, "a1 EXAMINE \"My mail\"\r\n" },
  { "status", { "mailbox", "INBOX" },
    "a1 STATUS INBOX (MESSAGES UNSEEN)\r\n" },
  { "status", { "mailbox", "INBOX", "items", "UIDNEXT" },
    "a1 STATUS INBOX (UIDNEXT)\r\n" },
  { "fetch", { "set", "1:*", "items", "FLAGS UID" },
    "a1 FETCH 1:* (FLAGS UID)\r\n" },
  { "fetch", { "set", "1", "items", "BODY[HEADER.FIELDS (FROM TO)]" },
    "a1 FETCH 1 BODY[HEADER.FIELDS (FROM TO)]\r\n" },
  { "fetch", { "set", "7", "items", "(UID)", "uid", "yes" },
    "a1 UID FETCH 7 (UID)\r\n" },
  { "fetch", { "set", "one", "items", "UID" }, NULL },
  { "fetch", { "set", "1", "uid", "yes" }, NULL },
  { "search", { "criteria", "UNSEEN FROM robin" },
    "a1 SEARCH UNSEEN FROM robin\r\n" },
  { "search", { "criteria", "BODY", "text", "a b", "uid", "yes" },
    "a1 UID SEARCH BODY \"a b\"\r\n" },
  { "search", { "criteria", "TEXT", "text", "\303\274" },
    "a1 SEARCH CHARSET UTF-8 TEXT {2}\r\n" },
  { "search", { "criteria", "TEXT \303\274" }, NULL },
  { "search", { "criteria", "" }, NULL },
  { "store", { "set", "2", "flags", "\\Seen" },
    "a1 STORE 2 FLAGS (\\Seen)\r\n" },
  { "store", { "set", "2", "flags", "\\Seen", "mode", "add", "silent", "1" },
    "a1 STORE 2 +FLAGS.SILENT (\\Seen)\r\n" },
  { "store", { "set", "2", "flags", "(\\Seen)", "mode", "remove", "uid",
               "true" },
    "a1 UID STORE 2 -FLAGS (\\Seen)\r\n" },
  { "store", { "set", "2", "flags", "\\Seen", "mode", "maybe" }, NULL },
  { "select", { "mailbox", "Entw\303\274rfe & mehr" },
    "a1 SELECT \"Entw&APw-rfe &- mehr\"\r\n" },
  { "create", { "mailbox", "a/b" }, "a1 CREATE a/b\r\n" },
  { "delete", { "mailbox", "a" }, "a1 DELETE a\r\n" },
  { "rename", { "mailbox", "a", "to", "b c" }, "a1 RENAME a \"b c\"\r\n" },
  { "rename", { "mailbox", "a" }, NULL },
  { "subscribe", { "mailbox", "a" }, "a1 SUBSCRIBE a\r\n" },
  { "unsubscribe", { "mailbox", "a" }, "a1 UNSUBSCRIBE a\r\n" },
  { "lsub", { NULL }, "a1 LSUB \"\" \"*\"\r\n" },
  { "namespace", { NULL }, "a1 NAMESPACE\r\n" },
  { "copy", { "set", "1:2", "mailbox", "My mail" },
    "a1 COPY 1:2 \"My mail\"\r\n" },
  { "copy", { "set", "x", "mailbox", "a" }, NULL },
  { "move", { "set", "7", "mailbox", "Trash", "uid", "1" },
    "a1 UID MOVE 7 Trash\r\n" },
  { "append", { "mailbox", "Sent" }, "a1 APPEND Sent {11}\r\n" },
  { "append", { "mailbox", "Sent", "flags", "\\Seen \\Draft", "date",
                "23-Nov-2026 08:00:00 +0000" },
    "a1 APPEND Sent (\\Seen \\Draft) \"23-Nov-2026 08:00:00 +0000\" {11}"
    "\r\n" },
  { "append", { NULL }, NULL },
  { "unselect", { NULL }, "a1 UNSELECT\r\n" },
  { "expunge", { NULL }, "a1 EXPUNGE\r\n" },
  { "expunge", { "set", "3" }, "a1 UID EXPUNGE 3\r\n" },
  { "expunge", { "set", "all" }, NULL },
  { "close", { NULL }, "a1 CLOSE\r\n" },
  { "check", { NULL }, "a1 CHECK\r\n" },
  { "noop", { NULL }, "a1 NOOP\r\n" },
  { "starttls", { NULL }, "a1 STARTTLS\r\n" },
  { "logout", { NULL }, "a1 LOGOUT\r\n" },
  { "raw", { "line", "x FROB {" }, "x FROB {\r\n" },
  { "raw", { "line", "x NOOP\ry" }, NULL },
  { "raw", { NULL }, NULL },
  { "idle", { NULL }, "a1 IDLE\r\n" },
  { "id", { NULL }, "a1 ID (\"name\" \"Portcall\")\r\n" },
  { "idle", { "until", "news" }, "a1 IDLE\r\n" },
  { "idle", { "until", "dawn" }, NULL },
  { "done", { NULL }, NULL },
  { "authenticate", { "user", "alex", "password", "x", "initial", "yes" },
    "a1 AUTHENTICATE PLAIN AGFsZXgAeA==\r\n" },
  { "authenticate", { "user", "alex", "password", "x", "mechanism", "login" },
    "a1 AUTHENTICATE LOGIN\r\n" },
  { "authenticate", { "user", "alex", "password", "x", "mechanism", "frob" },
    NULL },
  { "enable", { "capabilities", "IMAP4rev2 CONDSTORE" },
    "a1 ENABLE IMAP4rev2 CONDSTORE\r\n" },
  { "getquota", { NULL }, "a1 GETQUOTA \"\"\r\n" },
  { "getquotaroot", { "mailbox", "INBOX" },
    "a1 GETQUOTAROOT INBOX\r\n" },
  { "list", { "select", "SUBSCRIBED", "patterns", "INBOX Sent/%", "return",
              "CHILDREN STATUS (MESSAGES)" },
    "a1 LIST (SUBSCRIBED) \"\" (INBOX Sent/%) RETURN (CHILDREN STATUS "
    "(MESSAGES))\r\n" },
  { "select", { "mailbox", "INBOX", "uidvalidity", "7", "condstore", "yes" },
    "a1 SELECT INBOX (CONDSTORE)\r\n" },
  { "select", { "mailbox", "INBOX", "uidvalidity", "0" }, NULL },
  { "select", { "mailbox", "INBOX", "uidvalidity", "x" }, NULL },
  { "fetch", { "set", "$", "items", "UID", "changedsince", "12" },
    "a1 FETCH $ UID (CHANGEDSINCE 12)\r\n" },
  { "fetch", { "set", "1", "items", "UID", "changedsince", "x" }, NULL },
  { "store", { "set", "1", "flags", "$Work", "unchangedsince", "9" },
    "a1 STORE 1 (UNCHANGEDSINCE 9) FLAGS ($Work)\r\n" },
  { "search", { "criteria", "UNSEEN", "return", "MIN COUNT", "uid", "1" },
    "a1 UID SEARCH RETURN (MIN COUNT) UNSEEN\r\n" },
  { "create", { "mailbox", "a", "use", "\\Sent" },
    "a1 CREATE a (USE (\\Sent))\r\n" },
  /* nothing is known of LITERAL+ yet */
  { "append", { "mailbox", "Sent", "wait", "no" }, "a1 APPEND Sent {11}\r\n" },
  { "frob", { NULL }, NULL },
};

static void
test_actions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    g_autoptr (PcEngine) client = greeted ();
    g_autoptr (GError)   error = NULL;
    gboolean             begun = try_act (client, actions[i].name,
                                          actions[i].params, &error);

    g_test_message ("action %u: %s", i, actions[i].name);
    g_assert_cmpint (begun, ==, actions[i].sent != NULL);
    if (!begun)
      g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
    g_assert_cmpint (pc_engine_is_idle (client), !=, begun);
    expect_output (client, begun ? actions[i].sent : "");
  }
}

/* Each action of the table can be done. */
static void
test_specs (void)
{
  for (guint i = 0; pc_imap_protocol.actions[i].name != NULL; i++) {
    gboolean found = FALSE;

    for (guint k = 0; k < G_N_ELEMENTS (actions); k++)
      found = found || (actions[k].sent != NULL &&
                        strcmp (actions[k].name,
                                pc_imap_protocol.actions[i].name) == 0);
    found = found || strcmp (pc_imap_protocol.actions[i].name, "done") == 0;
    g_test_message ("%s", pc_imap_protocol.actions[i].name);
    g_assert_true (found);
  }
}

/* A literal waits for "+", untagged data in between or not. */
static void
test_literal (void)
{
  static const char *const params[] = { "user", "\303\274", "password",
                                        "\303\244\303\266", NULL };
  g_autoptr (PcEngine) client = greeted ();
  g_autoptr (PcEngine) refused = greeted ();

  g_assert_true (try_act (client, "login", params, NULL));
  expect_output (client, "a1 LOGIN {2}\r\n");
  hear (client, "* OK by the way\r\n");
  expect_output (client, "");
  hear (client, "+ go\r\n");
  expect_output (client, "\303\274 {4}\r\n");
  hear (client, "+ go\r\n");
  expect_output (client, "\303\244\303\266\r\n");
  hear (client, "a1 OK in\r\n");
  expect (client, PC_EVENT_DONE, "OK in");
  g_assert_cmpstr (pc_engine_get_state (client), ==, "Authenticated");

  g_assert_true (try_act (refused, "login", params, NULL));
  expect_output (refused, "a1 LOGIN {2}\r\n");
  hear (refused, "a1 NO no literals\r\n");
  expect (refused, PC_EVENT_REFUSED, "NO no literals");
  expect_output (refused, "");
}

static void
test_items (void)
{
  static const char *const select[] = { "mailbox", "INBOX", NULL };
  static const char *const fetch[] = { "set", "1", "items", "BODY[]", NULL };
  g_autoptr (PcEngine) client = client_new ();
  g_autoptr (PcEvent)  event = NULL;

  hear (client, "* PREAUTH hello\r\n");
  expect (client, PC_EVENT_DONE, NULL);
  g_assert_true (try_act (client, "select", select, NULL));
  hear (client, "* 2 EXISTS\r\na1 OK [READ-WRITE] done\r\n");
  expect (client, PC_EVENT_DONE, NULL);
  g_assert_true (try_act (client, "fetch", fetch, NULL));
  hear (client, "* 3 EXISTS\r\n"
                "* 1 FETCH (UID 4 ENVELOPE (NIL ({2}\r\n)) NIL)) BODY[] "
                "{5}\r\na)\r\nb FLAGS (\\Seen) BODY[TEXT] NIL "
                "body[HEADER.FIELDS (A B)]<0> \"x\\\"\")\r\n"
                "* 2 FETCH nonsense\r\n* 2 FETCH (BODY[] {0}\r\n)\r\n"
                "a9 OK not ours\r\na1 OK old\r\na2 OK done\r\n");
  event = pc_engine_next_event (client);
  g_assert_cmpint (event->kind, ==, PC_EVENT_ITEM);
  g_assert_cmpstr (event->text, ==, "INBOX 1 BODY[]");
  g_assert_cmpmem (g_bytes_get_data (event->data, NULL),
                   g_bytes_get_size (event->data), "a)\r\nb", 5);
  expect (client, PC_EVENT_ITEM, "INBOX 1 body[HEADER.FIELDS (A B)]<0>");
  expect (client, PC_EVENT_ITEM, "INBOX 2 BODY[]");
  expect (client, PC_EVENT_DONE, "OK done");
}

/* While it idles nothing but DONE goes out, and news comes in. */
static void
test_idle (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (PcEngine) client = greeted ();
  g_autoptr (PcEngine) refused = greeted ();
  g_autoptr (GError)   error = NULL;

  g_assert_true (try_act (client, "idle", none, NULL));
  expect_output (client, "a1 IDLE\r\n");
  hear (client, "+ idling\r\n");
  expect (client, PC_EVENT_DONE, "+ idling");
  g_assert_true (pc_engine_is_idle (client));
  hear (client, "* 4 EXISTS\r\n");
  g_assert_false (try_act (client, "noop", none, &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
  expect_output (client, "");
  g_assert_true (try_act (client, "done", none, NULL));
  expect_output (client, "DONE\r\n");
  hear (client, "a1 OK over\r\n");
  expect (client, PC_EVENT_DONE, "OK over");
  g_assert_true (try_act (client, "noop", none, NULL));
  expect_output (client, "a2 NOOP\r\n");

  g_assert_true (try_act (refused, "idle", none, NULL));
  hear (refused, "a1 BAD no\r\n");
  expect (refused, PC_EVENT_REFUSED, "BAD no");
  g_assert_false (try_act (refused, "done", none, NULL));
}

static void
test_raw (void)
{
  static const char *const login[] = { "line", "x1 LOGIN {4}", NULL };
  static const char *const rest[] = { "line", "alex portcall", NULL };
  static const char *const empty[] = { "line", "", NULL };
  g_autoptr (PcEngine) client = greeted ();

  g_assert_true (try_act (client, "raw", login, NULL));
  expect_output (client, "x1 LOGIN {4}\r\n");
  hear (client, "+ go\r\n");
  expect (client, PC_EVENT_DONE, "+ go");
  g_assert_true (try_act (client, "raw", rest, NULL));
  hear (client, "x1 OK in\r\n");
  expect (client, PC_EVENT_DONE, "OK in");
  g_assert_cmpstr (pc_engine_get_state (client), ==, "Authenticated");

  g_assert_true (try_act (client, "raw", empty, NULL));
  hear (client, "* BAD what?\r\n");
  expect (client, PC_EVENT_REFUSED, "* BAD what?");
  g_assert_true (try_act (client, "raw", rest, NULL));
  pc_engine_wake (client, NOW + PC_LIMIT_WAIT_IMAP);
  expect (client, PC_EVENT_REFUSED, NULL);
  g_assert_true (pc_engine_is_idle (client));
}

/* Lines of a literal have no answer until the command is whole. */
static const struct
{
  const char *line;
  gboolean    waits;
} literal_lines[] = {
  { "x1 APPEND INBOX {10+}", FALSE },
  { "A: bcd", FALSE }, /* 8 of 10 */
  { "", FALSE },
  { " {4}", TRUE },
  { "ab", FALSE },
  { "", TRUE },
};

static void
test_raw_literal (void)
{
  g_autoptr (PcEngine) client = greeted ();

  for (guint i = 0; i < G_N_ELEMENTS (literal_lines); i++) {
    const char *const params[] = { "line", literal_lines[i].line, NULL };

    g_test_message ("“%s”", literal_lines[i].line);
    g_assert_true (try_act (client, "raw", params, NULL));
    g_assert_cmpint (pc_engine_is_idle (client), ==, !literal_lines[i].waits);
    if (!literal_lines[i].waits) {
      expect (client, PC_EVENT_DONE, NULL);
    } else if (i + 1 < G_N_ELEMENTS (literal_lines)) {
      hear (client, "+ go\r\n");
      expect (client, PC_EVENT_DONE, "+ go");
    }
  }
  hear (client, "x1 OK done\r\n");
  expect (client, PC_EVENT_DONE, "OK done");
}

static void
test_ends (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (PcEngine) polite = greeted ();
  g_autoptr (PcEngine) hasty = greeted ();
  g_autoptr (PcEngine) thrown_out = greeted ();
  g_autoptr (PcEngine) lost = greeted ();
  g_autoptr (PcEngine) mute = greeted ();

  g_assert_true (try_act (polite, "logout", none, NULL));
  hear (polite, "* BYE bye\r\na1 OK done\r\n");
  expect (polite, PC_EVENT_DONE, NULL);
  g_assert_cmpint (pc_engine_get_status (polite), ==, PC_ENGINE_CLOSING);

  g_assert_true (try_act (hasty, "logout", none, NULL));
  hear (hasty, "* BYE bye\r\n");
  pc_engine_eof (hasty, NOW);
  expect (hasty, PC_EVENT_DONE, NULL);
  g_assert_cmpint (pc_engine_get_status (hasty), ==, PC_ENGINE_CLOSING);

  hear (thrown_out, "* BYE too long\r\n");
  g_assert_cmpstr (pc_engine_get_state (thrown_out), ==, "Logout");
  pc_engine_eof (thrown_out, NOW);
  expect (thrown_out, PC_EVENT_FAILED, NULL);

  g_assert_true (try_act (lost, "noop", none, NULL));
  pc_engine_eof (lost, NOW);
  expect (lost, PC_EVENT_FAILED, NULL);

  g_assert_cmpint (pc_engine_get_deadline (mute), ==, PC_ENGINE_NEVER);
  g_assert_true (try_act (mute, "noop", none, NULL));
  pc_engine_wake (mute, NOW + PC_LIMIT_WAIT_IMAP);
  expect (mute, PC_EVENT_FAILED, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/client/greetings", test_greetings);
  g_test_add_func ("/imap/client/silence", test_silence);
  g_test_add_func ("/imap/client/endless", test_endless);
  g_test_add_func ("/imap/client/actions", test_actions);
  g_test_add_func ("/imap/client/specs", test_specs);
  g_test_add_func ("/imap/client/literal", test_literal);
  g_test_add_func ("/imap/client/items", test_items);
  g_test_add_func ("/imap/client/idle", test_idle);
  g_test_add_func ("/imap/client/raw", test_raw);
  g_test_add_func ("/imap/client/raw-literal", test_raw_literal);
  g_test_add_func ("/imap/client/ends", test_ends);
  return g_test_run ();
}
