/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Client and server engines talk, the observer looks on: after every exchange
 * all three must agree on the state. */

#include "smtp-test.h"

#include <string.h>

typedef struct
{
  PcEngine   *client;
  PcEngine   *server;
  PcObserver *observer;
  gsize       step;
} Talk;

/* One direction; at most @step octets at a time. */
static gboolean
carry (Talk     *talk,
       PcEngine *from,
       PcEngine *to,
       PcSide    side)
{
  PcBytes           *out = pc_engine_get_output (from);
  gsize              len;
  const guint8      *data = pc_bytes_peek (out, &len);
  g_autofree guint8 *copy = NULL;

  len = talk->step > 0 ? MIN (len, talk->step) : len;
  if (len == 0)
    return FALSE;

  copy = g_memdup2 (data, len);
  pc_bytes_consume (out, len);
  pc_observer_feed (talk->observer, side, 0, copy, len);
  pc_engine_feed (to, SMTP_TEST_NOW, 0, copy, len);

  return TRUE;
}

static void
pump (Talk *talk)
{
  gboolean more = TRUE;

  while (more) {
    while (carry (talk, talk->client, talk->server, PC_SIDE_CLIENT))
      ;
    smtp_test_wait (talk->server);
    more = FALSE;
    while (carry (talk, talk->server, talk->client, PC_SIDE_SERVER))
      more = TRUE;
  }
  g_assert_true (pc_observer_get_state (talk->observer, PC_SIDE_CLIENT) ==
                 pc_engine_get_state (talk->client));
  g_assert_true (pc_observer_get_state (talk->observer, PC_SIDE_SERVER) ==
                 pc_engine_get_state (talk->server));
}

static void
open_talk (Talk        *talk,
           PcMailStore *store,
           PcServerRole role,
           gsize        step)
{
  PcServerConfig server = { .host = "mail.example.test",
                            .store = store,
                            .role = role,
                            .session = 1,
                            .peer_address = "127.0.0.1" };
  PcClientConfig client = { .host = "phone.example.test" };

  talk->server = pc_smtp_protocol.server_new (&server);
  talk->client = pc_smtp_protocol.client_new (&client);
  talk->observer = pc_smtp_protocol.observer_new ();
  talk->step = step;
  g_assert_true (pc_observer_get_state (talk->observer, PC_SIDE_SERVER) ==
                 pc_engine_get_state (talk->server));
  pc_engine_start (talk->client, SMTP_TEST_NOW);
  pc_engine_start (talk->server, SMTP_TEST_NOW);
  pump (talk);
}

static void
close_talk (Talk *talk)
{
  pc_engine_free (talk->client);
  pc_engine_free (talk->server);
  pc_observer_free (talk->observer);
}

static const struct
{
  const char  *name;
  PcServerRole role;
  const char  *actions[16];
  const char  *rules; /* of all units, "!" behind errors */
} talks[] = {
  { "submit-587", PC_SERVER_SUBMISSION,
    { "ehlo", "auth|user=alex|password=portcall", "mail|from=alex@example.test",
      "rcpt|to=robin@example.test", "data", "quit" },
    "greeting ehlo ehlo.reply auth auth.ok mail mail.ok rcpt rcpt.ok data "
    "data.go-ahead content queued quit quit.reply" },
  { "submit-login", PC_SERVER_SUBMISSION,
    { "ehlo", "auth|user=alex|password=portcall|mechanism=login",
      "send|from=alex@example.test|to=robin@example.test", "quit" },
    "greeting ehlo ehlo.reply auth auth.challenge auth.response "
    "auth.challenge auth.response auth.ok mail rcpt data mail.ok rcpt.ok "
    "data.go-ahead content queued quit quit.reply" },
  { "submit-cram", PC_SERVER_SUBMISSION,
    { "ehlo", "auth|user=alex|password=wrong|mechanism=cram-md5",
      "auth|user=alex|password=portcall|mechanism=cram-md5", "quit" },
    "greeting ehlo ehlo.reply auth auth.stamp auth.digest auth.refused! auth "
    "auth.stamp auth.digest auth.ok quit quit.reply" },
  { "submit-scram", PC_SERVER_SUBMISSION,
    { "ehlo", "auth|user=alex|password=wrong|mechanism=scram-sha-256",
      "auth|user=alex|password=portcall|mechanism=scram-sha-256", "quit" },
    "greeting ehlo ehlo.reply auth auth.salt auth.proof auth.refused! auth "
    "auth.salt auth.proof auth.signature auth.end auth.ok quit quit.reply" },
  { "counted", PC_SERVER_RELAY,
    { "ehlo", "mail|from=a@b.test", "rcpt|to=alex@example.test", "bdat",
      "mail|from=a@b.test", "rcpt|to=who@example.test", "bdat", "quit" },
    "greeting ehlo ehlo.reply mail mail.ok rcpt rcpt.ok bdat bdat.chunk queued "
    "mail mail.ok rcpt rcpt.unknown-user! bdat bdat.chunk content.refused! "
    "quit quit.reply" },
  { "relay-25", PC_SERVER_RELAY,
    { "ehlo", "send|from=someone@other.test|to=alex@example.test", "mail|from=",
      "rcpt|to=alex@example.test", "data", "quit" },
    "greeting ehlo ehlo.reply mail rcpt data mail.ok rcpt.ok data.go-ahead "
    "content queued mail.null mail.ok rcpt rcpt.ok data data.go-ahead content "
    "queued quit quit.reply" },
  { "relay-refused", PC_SERVER_RELAY,
    { "ehlo", "mail|from=someone@other.test", "rcpt|to=someone@third.test",
      "rcpt|to=nobody@example.test", "data", "quit" },
    "greeting ehlo ehlo.reply mail mail.ok rcpt rcpt.relay-refused! rcpt "
    "rcpt.unknown-user! data data.refused! quit quit.reply" },
  { "wrong-password", PC_SERVER_SUBMISSION,
    { "ehlo", "auth|user=alex|password=wrong", "mail|from=alex@example.test",
      "auth|user=alex|password=wrong|mechanism=login", "quit" },
    "greeting ehlo ehlo.reply auth auth.refused! mail error.auth-needed! auth "
    "auth.challenge auth.response auth.challenge auth.response auth.refused! "
    "quit quit.reply" },
  { "wrong-order", PC_SERVER_DEFAULT,
    { "mail|from=alex@example.test", "helo", "rcpt|to=alex@example.test",
      "raw|line=HALLO", "raw|line=EXPN all", "raw|line=MAIL a@b",
      "raw|line=MAIL FROM:<a@b.test> X=1", "vrfy|name=alex", "noop", "rset",
      "raw|line=HELP", "raw|line=STARTTLS", "quit" },
    "greeting mail error.order! helo helo.reply rcpt error.order! unknown! "
    "error.unknown! expn error.unsupported! mail error.syntax! mail "
    "error.parameter! vrfy vrfy.reply noop noop.reply rset rset.reply help "
    "help.reply starttls starttls.refused! quit quit.reply" },
  { "raw-mail", PC_SERVER_DEFAULT,
    { "raw|line=EHLO raw.test", "raw|line=AUTH PLAIN", "raw|line=*",
      "raw|line=AUTH LOGIN", "raw|line=YWxleA==", "raw|line=cG9ydGNhbGw=",
      "raw|line=MAIL FROM:<>", "raw|line=RCPT TO:<alex@example.test>",
      "raw|line=DATA", "raw|line=Subject: raw", "raw|line=", "raw|line=..a",
      "raw|line=.", "raw|line=QUIT" },
    "greeting ehlo ehlo.reply auth auth.challenge auth.cancel auth.refused! "
    "auth auth.challenge auth.response auth.challenge auth.response auth.ok "
    "mail.null mail.ok rcpt rcpt.ok data data.go-ahead content queued quit "
    "quit.reply" },
  { "http", PC_SERVER_DEFAULT,
    { "raw|line=GET / HTTP/1.1" }, "greeting unreadable! error.closing!" },
};

static char *
rules_of (const char *description)
{
  g_auto (GStrv) lines = g_strsplit (description, "\n", -1);
  GString *rules = g_string_new (NULL);
  guint    i;

  for (i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    const char *rule = lines[i] + strlen ("C smtp.");

    g_string_append_printf (rules, "%s%.*s", i > 0 ? " " : "",
                            (int)strcspn (rule, " "), rule);
  }

  return g_string_free (rules, FALSE);
}

static char *
run_talk (guint i,
          gsize step)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  Talk             talk;
  g_autofree char *rules = NULL;
  char            *description;
  guint            a;

  open_talk (&talk, store, talks[i].role, step);
  for (a = 0; talks[i].actions[a] != NULL; a++) {
    g_autoptr (GError) error = NULL;

    smtp_test_act (talk.client, talks[i].actions[a],
                   "Subject: hello\n\n.dot\nportcall\n", &error);
    g_assert_no_error (error);
    pump (&talk);
  }
  description = smtp_test_describe (talk.observer);
  rules = rules_of (description);
  g_assert_cmpstr (rules, ==, talks[i].rules);
  /* The password, in clear or in base64, is nowhere to be read. */
  g_assert_null (strstr (description, "cG9ydGNhbGw="));
  g_assert_null (strstr (description, "AGFsZXg"));
  g_assert_cmpint (pc_engine_get_status (talk.client), ==,
                   PC_ENGINE_CLOSING);
  g_assert_cmpint (pc_engine_get_status (talk.server), ==,
                   PC_ENGINE_CLOSING);
  close_talk (&talk);

  return description;
}

static void
test_talks (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (talks); i++) {
    g_autofree char *whole = NULL;
    g_autofree char *slow = NULL;
    g_autofree char *parts = NULL;

    g_test_message ("%s", talks[i].name);
    whole = run_talk (i, 0);
    slow = run_talk (i, 1);
    parts = run_talk (i, 3);
    g_assert_cmpstr (slow, ==, whole);
    g_assert_cmpstr (parts, ==, whole);
  }
}

static void
test_delivered (void)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autofree char *stored = NULL;
  Talk             talk;

  open_talk (&talk, store, PC_SERVER_DEFAULT, 0);
  smtp_test_act (talk.client,
                 "send|from=alex@example.test|to=robin@example.test,"
                 "who@example.test",
                 "Subject: dots\n\n.\n..\nend", NULL);
  pump (&talk);
  g_assert_cmpuint (smtp_test_count (store, "robin@example.test"), ==, 1);
  stored = smtp_test_newest (store, "robin@example.test");
  g_assert_true (g_str_has_suffix (
      stored, " +0000\r\nSubject: dots\r\n\r\n.\r\n..\r\nend\r\n"));
  close_talk (&talk);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/conversation/talks", test_talks);
  g_test_add_func ("/smtp/conversation/delivered", test_delivered);

  return g_test_run ();
}
