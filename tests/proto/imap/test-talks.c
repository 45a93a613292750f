/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client over several commands: what it learns, what it makes of that, and
 * what it passes on. */

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

/* Says @greeting, then does actions: a name and its parameters in each row of
 * @does, what is sent, and what is heard.  What comes out in the end is events,
 * one in a line: D, R, I and F with the text, and the data of items. */
static const struct {
  const char *greeting;
  struct {
    const char *name;
    const char *params[7];
    const char *sent;
    const char *heard;
    const char *sent_then; /* what that leads to */
    const char *heard_then;
  } does[4];
  const char *events;
} talks[] = {
  /* the strongest mechanism that was told of; the list is asked for again */
  { "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=LOGIN AUTH=PLAIN] hi\r\n",
    { { "authenticate", { "user", "alex", "password", "x" },
        "a1 AUTHENTICATE LOGIN\r\n", "+ VXNlcg==\r\n", "YWxleA==\r\n",
        "+ \r\n" },
      { NULL } },
    "D * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=LOGIN AUTH=PLAIN] hi\n" },
  { "* OK [CAPABILITY IMAP4rev1] hi\r\n",
    { { "login", { "user", "alex", "password", "x" },
        "a1 LOGIN alex x\r\n", "a1 OK in\r\n", "a2 CAPABILITY\r\n",
        "* CAPABILITY IMAP4rev1 MOVE\r\na2 OK done\r\n" },
      { "move", { "set", "1", "mailbox", "b" }, "a3 MOVE 1 b\r\n", "" } },
    "D * OK [CAPABILITY IMAP4rev1] hi\nD OK in\n" },
  { "* OK [CAPABILITY IMAP4rev1] hi\r\n",
    { { "login", { "user", "alex", "password", "x" }, "a1 LOGIN alex x\r\n",
        "a1 OK in\r\n", "a2 CAPABILITY\r\n", "a2 BAD what?\r\n" } },
    "D * OK [CAPABILITY IMAP4rev1] hi\nD OK in\n" },
  { "* OK [CAPABILITY IMAP4rev1] hi\r\n",
    { { "login", { "user", "alex", "password", "x" }, "a1 LOGIN alex x\r\n",
        "a1 OK [CAPABILITY IMAP4rev1 MOVE] in\r\n", "", "" } },
    "D * OK [CAPABILITY IMAP4rev1] hi\n"
    "D OK [CAPABILITY IMAP4rev1 MOVE] in\n" },
  /* no server is to let us in before SCRAM is through */
  { "* OK hi\r\n",
    { { "authenticate", { "user", "alex", "password", "x", "mechanism",
                          "scram-sha-256" },
        "a1 AUTHENTICATE SCRAM-SHA-256\r\n", "a1 OK in\r\n", "", "" } },
    "D * OK hi\nF The server let us in without a proof that it knows the "
    "password, too. It may be an impostor.\n" },
  /* MOVE that the server has not: UIDs are known, EXPUNGE moves them */
  { "* PREAUTH [CAPABILITY IMAP4rev1 UIDPLUS] hi\r\n",
    { { "select", { "mailbox", "INBOX" }, "a1 SELECT INBOX\r\n",
        "* 3 EXISTS\r\n* 2 FETCH (FLAGS () UID 5)\r\n* 3 FETCH (UID 9)\r\n"
        "* 1 EXPUNGE\r\na1 OK open\r\n", "", "" },
      { "move", { "set", "1:2", "mailbox", "b" }, "a2 COPY 1:2 b\r\n",
        "a2 OK copied\r\n", "a3 UID STORE 5,9 +FLAGS.SILENT (\\Deleted)\r\n",
        "a3 OK stored\r\n" },
      { NULL } },
    "D * PREAUTH [CAPABILITY IMAP4rev1 UIDPLUS] hi\nD OK open\n" },
  { "* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n",
    { { "move", { "set", "7", "mailbox", "b", "uid", "yes" },
        "a1 UID COPY 7 b\r\n", "a1 NO [TRYCREATE] no\r\n", "", "" },
      { "move", { "set", "7", "mailbox", "b", "uid", "yes" },
        "a4 UID COPY 7 b\r\n", "a4 OK\r\n",
        "a5 UID STORE 7 +FLAGS.SILENT (\\Deleted)\r\n", "a5 NO no\r\n" } },
    "D * PREAUTH [CAPABILITY IMAP4rev1] hi\nR NO [TRYCREATE] no\nR NO no\n" },
  /* UIDVALIDITY */
  { "* PREAUTH hi\r\n",
    { { "select", { "mailbox", "a", "uidvalidity", "7" }, "a1 SELECT a\r\n",
        "* OK [UIDVALIDITY 7] x\r\na1 OK open\r\n", "", "" },
      { "select", { "mailbox", "a" }, "a2 SELECT a\r\n",
        "* OK [UIDVALIDITY 8] x\r\na2 OK open\r\n", "", "" },
      { "select", { "mailbox", "a" }, "a3 SELECT a\r\n",
        "* OK [UIDVALIDITY 8] x\r\na3 OK open\r\n", "", "" },
      { "select", { "mailbox", "a", "uidvalidity", "7" }, "a4 SELECT a\r\n",
        "* OK [UIDVALIDITY 8] x\r\na4 OK open\r\n", "", "" } },
    "D * PREAUTH hi\nD OK open\n"
    "R The mailbox is open, but its UIDVALIDITY is 8 now and was 7: it is not "
    "the one of before, and what was kept of it by UID must be forgotten.\n"
    "D OK open\n"
    "R The mailbox is open, but its UIDVALIDITY is 8 now and was 7: it is not "
    "the one of before, and what was kept of it by UID must be "
    "forgotten.\n" },
  /* lines for what was asked; hostile names are shown, nothing more */
  { "* PREAUTH hi\r\n",
    { { "search", { "criteria", "ALL" }, "a1 SEARCH ALL\r\n",
        "* SEARCH 2 5\r\n* SEARCH\r\n* ESEARCH (TAG \"a1\") UID MIN 3 COUNT 2"
        "\r\n* ESEARCH\r\n* FROB (x {2}\r\n\r\n)\r\n* 9 FROB\r\na1 OK\r\n",
        "", "" },
      { "list", { NULL }, "a2 LIST \"\" \"*\"\r\n",
        "* LIST (\\Sent) \"/\" \"Entw&APw-rfe\"\r\n"
        "* LIST () NIL ../../etc/passwd\r\n* LIST () \"/\" {3}\r\na\033b\r\n"
        "* LIST (\r\n* LSUB () \"/\" x (\"CHILDINFO\" (\"A\"))\r\na2 OK\r\n",
        "", "" },
      { "status", { "mailbox", "x" }, "a3 STATUS x (MESSAGES UNSEEN)\r\n",
        "* STATUS \"x y\" (MESSAGES 1 UNSEEN 0)\r\na3 OK\r\n", "", "" },
      { "fetch", { "set", "1", "items", "BODYSTRUCTURE" },
        "a4 FETCH 1 BODYSTRUCTURE\r\n",
        "* 1 FETCH (BODYSTRUCTURE (\"a\" NIL) BINARY[1] ~{2}\r\nab)\r\n"
        "a4 OK\r\n", "", "" } },
    "D * PREAUTH hi\nI SEARCH|2 5\nI SEARCH|\nI SEARCH|MIN 3 COUNT 2\n"
    "I SEARCH|\nD OK\n"
    "I LIST|Entw\303\274rfe (\\Sent)\nI LIST|../../etc/passwd ()\n"
    "I LIST|a\342\220\233b ()\nI LSUB|x ()\nD OK\n"
    "I STATUS|x y (MESSAGES 1 UNSEEN 0)\nD OK\n"
    "I  1 BODYSTRUCTURE|(\"a\" NIL)\nI  1 BINARY[1]|abD OK\n" },
  /* names change their form with IMAP4rev2 */
  { "* PREAUTH hi\r\n",
    { { "enable", { "capabilities", "IMAP4rev2" }, "a1 ENABLE IMAP4rev2\r\n",
        "* ENABLED IMAP4rev2\r\na1 OK\r\n", "", "" },
      { "select", { "mailbox", "\303\274" }, "a2 SELECT {2}\r\n", "+ go\r\n",
        "\303\274\r\n", "* LIST () \"/\" \"a&b\"\r\na2 OK\r\n" } },
    "D * PREAUTH hi\nI ENABLED|IMAP4rev2\nD OK\nI LIST|a&b ()\nD OK\n" },
  /* until there is news, be it before the server says "+" */
  { "* PREAUTH hi\r\n",
    { { "idle", { "until", "news" }, "a1 IDLE\r\n", "+ idling\r\n", "",
        "" },
      { NULL } },
    "D * PREAUTH hi\n" },
  { "* PREAUTH hi\r\n",
    { { "idle", { "until", "news" }, "a1 IDLE\r\n",
        "+ idling\r\n* OK still here\r\n* 4 EXISTS\r\n* 1 RECENT\r\n",
        "DONE\r\n", "a1 OK over\r\n" },
      { "idle", { "until", "news" }, "a2 IDLE\r\n",
        "* 5 EXISTS\r\n+ idling\r\n", "DONE\r\n", "a2 OK over\r\n" } },
    "D * PREAUTH hi\nD * 4 EXISTS\nD * 5 EXISTS\n" },
  /* an alert counts only through TLS */
  { "* PREAUTH hi\r\n",
    { { "noop", { NULL }, "a1 NOOP\r\n",
        "* OK [ALERT] call 555\r\na1 OK [ALERT] again\r\n", "", "" } },
    "D * PREAUTH hi\nD OK [ALERT] again\n" },
  { "* OK [CAPABILITY LITERAL+] hi\r\n",
    { { "append", { "mailbox", "Sent", "wait", "no" },
        "a1 APPEND Sent {11+}\r\nA: b\r\n\r\nc\r\n\r\n", "a1 OK\r\n", "",
        "" } },
    "D * OK [CAPABILITY LITERAL+] hi\nD OK\n" },
  { "* OK [CAPABILITY LOGINDISABLED] hi\r\n",
    { { "login", { "user", "a", "password", "b" }, "", "", NULL, NULL } },
    "D * OK [CAPABILITY LOGINDISABLED] hi\n"
    "R The server says LOGINDISABLED: it takes no password here, so none was "
    "sent. Perhaps it does after “starttls”.\n" },
};

static char *
tell_events (PcEngine *client)
{
  GString *out = g_string_new (NULL);
  PcEvent *event;

  while ((event = pc_engine_next_event (client)) != NULL) {
    gsize       len = 0;
    const char *data =
        event->data != NULL ? g_bytes_get_data (event->data, &len) : "";

    g_string_append_c (out, event->kind == PC_EVENT_DONE      ? 'D'
                            : event->kind == PC_EVENT_REFUSED ? 'R'
                            : event->kind == PC_EVENT_ITEM    ? 'I'
                                                              : 'F');
    g_string_append_printf (out, " %s", event->text);
    if (event->data != NULL) {
      g_string_append_c (out, '|');
      g_string_append_len (out, data, (gssize) len);
    } else {
      g_string_append_c (out, '\n');
    }
    pc_event_free (event);
  }

  return g_string_free (out, FALSE);
}

static void
test_talks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (talks); i++) {
    g_autoptr (PcEngine) client = client_new ();
    g_autofree char     *events = NULL;

    g_test_message ("talk %u", i);
    hear (client, talks[i].greeting);
    for (guint k = 0; k < G_N_ELEMENTS (talks[i].does) &&
                      talks[i].does[k].name != NULL; k++) {
      gboolean begun = try_act (client, talks[i].does[k].name,
                                talks[i].does[k].params, NULL);

      g_assert_cmpint (begun, ==, talks[i].does[k].sent != NULL);
      if (!begun)
        continue;
      expect_output (client, talks[i].does[k].sent);
      hear (client, talks[i].does[k].heard);
      if (talks[i].does[k].sent_then == NULL)
        continue;
      expect_output (client, talks[i].does[k].sent_then);
      hear (client, talks[i].does[k].heard_then);
    }
    events = tell_events (client);
    g_assert_cmpstr (events, ==, talks[i].events);
  }
}

/* A client that needs TLS says nothing of consequence without it. */
static void
test_privacy (void)
{
  static const char *const login[] = { "user", "a", "password", "b", NULL };
  static const char *const raw[] = { "line", "x authenticate PLAIN AGEAYg==",
                                     NULL };
  static const char *const noop[] = { "line", "x NOOP", NULL };
  PcClientConfig       config = { .host = "phone", .needs_tls = TRUE };
  g_autoptr (PcEngine) clear = pc_imap_protocol.client_new (&config);
  g_autoptr (PcEngine) preauth = pc_imap_protocol.client_new (&config);
  g_autoptr (PcEngine) secure = NULL;
  g_autofree char     *events = NULL;

  pc_engine_start (clear, NOW);
  hear (clear, "* OK hi\r\n");
  expect (clear, PC_EVENT_DONE, NULL);
  g_assert_true (try_act (clear, "login", login, NULL));
  expect (clear, PC_EVENT_REFUSED, NULL);
  g_assert_true (try_act (clear, "authenticate", login, NULL));
  expect (clear, PC_EVENT_REFUSED, NULL);
  g_assert_true (try_act (clear, "raw", raw, NULL));
  expect (clear, PC_EVENT_REFUSED, NULL);
  expect_output (clear, "");
  g_assert_true (try_act (clear, "raw", noop, NULL));

  pc_engine_start (preauth, NOW);
  hear (preauth, "* PREAUTH hi\r\n");
  g_assert_cmpint (pc_engine_get_status (preauth), ==, PC_ENGINE_FAILED);

  config.secure = TRUE;
  secure = pc_imap_protocol.client_new (&config);
  pc_engine_start (secure, NOW);
  hear (secure, "* OK [ALERT] closing at noon\r\n");
  g_assert_true (try_act (secure, "login", login, NULL));
  hear (secure, "* NO [ALERT] no <b>room</b>\r\na1 OK [ALERT] in\r\n");
  events = tell_events (secure);
  g_assert_cmpstr (events, ==, "D * OK [ALERT] closing at noon\n"
                               "I ALERT|no <b>room</b>\nI ALERT|in\n"
                               "D OK [ALERT] in\n");
}

/* IDLE begins anew before the server can lose patience. */
static void
test_idle_again (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (PcEngine) client = greeted ();
  gint64               later = NOW + PC_LIMIT_IMAP_REIDLE;

  g_assert_true (try_act (client, "idle", none, NULL));
  hear (client, "+ idling\r\n");
  expect (client, PC_EVENT_DONE, NULL);
  expect_output (client, "a1 IDLE\r\n");
  g_assert_cmpint (pc_engine_get_deadline (client), ==, later);
  pc_engine_wake (client, later - 1);
  expect_output (client, "");
  pc_engine_wake (client, later);
  expect_output (client, "DONE\r\n");
  hear (client, "a1 OK over\r\n");
  expect_output (client, "a2 IDLE\r\n");
  hear (client, "+ idling\r\n");
  g_assert_null (pc_engine_next_event (client));
  g_assert_true (pc_engine_is_idle (client));
  g_assert_true (try_act (client, "done", none, NULL));
  expect_output (client, "DONE\r\n");
  hear (client, "a2 OK over\r\n");
  expect (client, PC_EVENT_DONE, "OK over");
}

/* A server that claims the impossible costs no memory. */
static void
test_claims (void)
{
  static const char *const params[] = { "mailbox", "x", NULL };
  g_autoptr (PcEngine) client = greeted ();
  g_autoptr (GString)  words = g_string_new ("* CAPABILITY");

  for (guint i = 0; i < 10000; i++)
    g_string_append (words, " X");
  g_string_append (words, "\r\n");
  g_assert_true (try_act (client, "select", params, NULL));
  hear (client, words->str);
  hear (client, "* 4294967295 EXISTS\r\n* 4294967295 FETCH (UID 1)\r\n"
                "* 0 EXPUNGE\r\n* 4294967296 EXISTS\r\n* 1 EXPUNGE\r\n"
                "* 1 FETCH (UID 99999999999)\r\na1 OK open\r\n");
  expect (client, PC_EVENT_DONE, "OK open");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/talks/talks", test_talks);
  g_test_add_func ("/imap/talks/privacy", test_privacy);
  g_test_add_func ("/imap/talks/idle-again", test_idle_again);
  g_test_add_func ("/imap/talks/claims", test_claims);
  return g_test_run ();
}
