/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client against a scripted server: every row plays one conversation. */

#include "smtp-test.h"

#include "base/limits.h"

#include <string.h>

#define GREETING "220 mail.example.test ESMTP\r\n"
#define EHLO_REPLY                                             \
  "250-mail.example.test\r\n250-SIZE 1000\r\n250-8BITMIME\r\n" \
  "250 AUTH PLAIN LOGIN\r\n"

typedef struct
{
  const char *send;  /* expected from the client */
  const char *reply; /* what it is answered with */
} Turn;

static const struct
{
  const char *name;
  const char *before; /* an action whose reply is EHLO_REPLY, or NULL */
  const char *action;
  const char *data;
  Turn        turns[9];
  PcEventKind kind;
  const char *text;
  const char *state;
} rows[] = {
  { "ehlo", NULL, "ehlo", NULL,
    { { "EHLO phone.example.test\r\n", EHLO_REPLY } }, PC_EVENT_DONE,
    "250-mail.example.test 250-SIZE 1000 250-8BITMIME 250 AUTH PLAIN LOGIN",
    "Ready" },
  { "ehlo-name", NULL, "ehlo|name=a.test", NULL,
    { { "EHLO a.test\r\n", "250 x\r\n" } }, PC_EVENT_DONE, "250 x", "Ready" },
  { "ehlo-refused", NULL, "ehlo", NULL,
    { { "EHLO phone.example.test\r\n", "502 what?\r\n" } }, PC_EVENT_REFUSED,
    "502 what?", "Greeted" },
  { "helo", NULL, "helo", NULL,
    { { "HELO phone.example.test\r\n", "250 x\r\n" } }, PC_EVENT_DONE, "250 x",
    "Ready" },
  { "auth-plain", "ehlo", "auth|user=alex|password=portcall", NULL,
    { { "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n", "235 2.7.0 yes\r\n" } },
    PC_EVENT_DONE, "235 2.7.0 yes", "Ready, logged in" },
  { "auth-login", "ehlo", "auth|user=alex|password=portcall|mechanism=login",
    NULL,
    { { "AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n" },
      { "YWxleA==\r\n", "334 UGFzc3dvcmQ6\r\n" },
      { "cG9ydGNhbGw=\r\n", "535 5.7.8 no\r\n" } }, PC_EVENT_REFUSED,
    "535 5.7.8 no", "Ready" },
  { "auth-too-many-questions", "ehlo", "auth|user=alex|password=portcall", NULL,
    { { "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n", "334 eHl6\r\n" },
      { "*\r\n", "501 5.7.0 given up\r\n" } }, PC_EVENT_REFUSED,
    "501 5.7.0 given up", "Ready" },
  { "mail", "ehlo", "mail|from=alex@example.test|size=77", NULL,
    { { "MAIL FROM:<alex@example.test> SIZE=77\r\n", "250 2.1.0 ok\r\n" } },
    PC_EVENT_DONE, "250 2.1.0 ok", "Sender known" },
  { "mail-null", "ehlo", "mail|from=<>", NULL,
    { { "MAIL FROM:<>\r\n", "250 ok\r\n" } }, PC_EVENT_DONE, "250 ok",
    "Sender known" },
  { "rcpt-refused", "ehlo", "rcpt|to=<who@example.test>", NULL,
    { { "RCPT TO:<who@example.test>\r\n", "503 5.5.1 MAIL first\r\n" } },
    PC_EVENT_REFUSED, "503 5.5.1 MAIL first", "Ready" },
  { "data", "ehlo", "data", "a\n.b",
    { { "DATA\r\n", "354 go\r\n" },
      { "a\r\n..b\r\n.\r\n", "250 2.0.0 queued\r\n" } }, PC_EVENT_DONE,
    "250 2.0.0 queued", "Ready" },
  { "bdat", "ehlo", "bdat", "a\n.b",
    { { "BDAT 7 LAST\r\na\r\n.b\r\n", "250 2.0.0 queued\r\n" } },
    PC_EVENT_DONE, "250 2.0.0 queued", "Ready" },
  { "data-refused", "ehlo", "data", "a",
    { { "DATA\r\n", "503 5.5.1 no\r\n" } }, PC_EVENT_REFUSED, "503 5.5.1 no",
    "Ready" },
  { "send", "ehlo", "send|from=a@b.test|to=c@d.test, <e@f.test>", "x\n",
    { { "MAIL FROM:<a@b.test> SIZE=3\r\n", "250 a\r\n" },
      { "RCPT TO:<c@d.test>\r\n", "250 b\r\n" },
      { "RCPT TO:<e@f.test>\r\n", "250 c\r\n" },
      { "DATA\r\n", "354 d\r\n" },
      { "x\r\n.\r\n", "250 queued\r\n" } }, PC_EVENT_DONE, "250 queued",
    "Ready" },
  { "send-says-hello", NULL, "send|from=a@b.test|to=c@d.test", "x\n",
    { { "EHLO phone.example.test\r\n", "500 what?\r\n" },
      { "HELO phone.example.test\r\n", "250 hi\r\n" },
      { "MAIL FROM:<a@b.test>\r\n", "250 a\r\n" },
      { "RCPT TO:<c@d.test>\r\n", "250 b\r\n" },
      { "DATA\r\n", "354 d\r\n" },
      { "x\r\n.\r\n", "250 queued\r\n" } }, PC_EVENT_DONE, "250 queued",
    "Ready" },
  { "send-8bit", "ehlo", "send|from=a@b.test|to=c@d.test", "\303\251",
    { { "MAIL FROM:<a@b.test> SIZE=4 BODY=8BITMIME\r\n", "550 no\r\n" } },
    PC_EVENT_REFUSED, "550 no", "Ready" },
  { "send-one-refused", "ehlo", "send|from=a@b.test|to=c@d.test,e@f.test",
    "x\n",
    { { "MAIL FROM:<a@b.test> SIZE=3\r\n", "250 a\r\n" },
      { "RCPT TO:<c@d.test>\r\n", "550 5.1.1 who?\r\n" },
      { "RCPT TO:<e@f.test>\r\n", "250 c\r\n" },
      { "DATA\r\n", "354 d\r\n" },
      { "x\r\n.\r\n", "250 queued\r\n" } }, PC_EVENT_DONE,
    "250 queued\n550 5.1.1 who?", "Ready" },
  { "send-all-refused", "ehlo", "send|from=a@b.test|to=c@d.test,e@f.test",
    "x\n",
    { { "MAIL FROM:<a@b.test> SIZE=3\r\n", "250 a\r\n" },
      { "RCPT TO:<c@d.test>\r\n", "550 5.1.1 who?\r\n" },
      { "RCPT TO:<e@f.test>\r\n", "451 later\r\n" },
      { "RSET\r\n", "250 c\r\n" } }, PC_EVENT_REFUSED,
    "550 5.1.1 who?\n451 later", "Ready" },
  { "send-data-refused", "ehlo", "send|from=a@b.test|to=c@d.test", "x\n",
    { { "MAIL FROM:<a@b.test> SIZE=3\r\n", "250 a\r\n" },
      { "RCPT TO:<c@d.test>\r\n", "250 b\r\n" },
      { "DATA\r\n", "451 later\r\n" },
      { "RSET\r\n", "250 c\r\n" } }, PC_EVENT_REFUSED, "451 later", "Ready" },
  { "send-content-refused", "ehlo", "send|from=a@b.test|to=c@d.test", "x\n",
    { { "MAIL FROM:<a@b.test> SIZE=3\r\n", "250 a\r\n" },
      { "RCPT TO:<c@d.test>\r\n", "250 b\r\n" },
      { "DATA\r\n", "354 d\r\n" },
      { "x\r\n.\r\n", "554 spam\r\n" } }, PC_EVENT_REFUSED, "554 spam",
    "Ready" },
  /* RFC 2920: what goes out at once */
  { "ahead", NULL, "send|from=a@b.test|to=c@d.test,e@f.test", "x\n",
    { { "EHLO phone.example.test\r\n", "250-x\r\n250 PIPELINING\r\n" },
      { "MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n"
        "RCPT TO:<e@f.test>\r\nDATA\r\n",
        "250 a\r\n550 who?\r\n250 c\r\n354 d\r\n" },
      { "x\r\n.\r\n", "250 queued\r\n" } }, PC_EVENT_DONE,
    "250 queued\n550 who?", "Ready" },
  { "ahead-sender-refused", NULL, "send|from=a@b.test|to=c@d.test", "x\n",
    { { "EHLO phone.example.test\r\n", "250-x\r\n250 PIPELINING\r\n" },
      { "MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n",
        "530 log in\r\n503 b\r\n503 d\r\n" } }, PC_EVENT_REFUSED,
    "530 log in", "Ready" },
  { "ahead-all-refused", NULL, "send|from=a@b.test|to=c@d.test", "x\n",
    { { "EHLO phone.example.test\r\n", "250-x\r\n250 PIPELINING\r\n" },
      { "MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n",
        "250 a\r\n550 who?\r\n554 nobody\r\n" },
      { "RSET\r\n", "250 c\r\n" } }, PC_EVENT_REFUSED,
    "550 who?\n554 nobody", "Ready" },
  { "ahead-lone-dot", NULL, "send|from=a@b.test|to=c@d.test", "x\n",
    { { "EHLO phone.example.test\r\n", "250-x\r\n250 PIPELINING\r\n" },
      { "MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n",
        "250 a\r\n550 who?\r\n354 go\r\n" },
      { ".\r\n", "250 taken\r\n" } }, PC_EVENT_REFUSED,
    "250 taken\n550 who?", "Ready" },
  /* RFC 6531 */
  { "utf8", NULL, "send|from=a@b.test|to=j\303\266rg@d.test", "x\n",
    { { "EHLO phone.example.test\r\n", "250-x\r\n250 SMTPUTF8\r\n" },
      { "MAIL FROM:<a@b.test> SMTPUTF8\r\n", "550 no\r\n" } },
    PC_EVENT_REFUSED, "550 no", "Ready" },
  { "utf8-not-offered", NULL, "send|from=j\303\266rg@d.test|to=a@b.test",
    "x\n",
    { { "EHLO phone.example.test\r\n", "250 x\r\n" } }, PC_EVENT_REFUSED,
    "An address has letters beyond ASCII, and the server does not offer "
    "SMTPUTF8.",
    "Ready" },
  { "vrfy", "ehlo", "vrfy|name=alex", NULL,
    { { "VRFY alex\r\n", "252 ?\r\n" } }, PC_EVENT_DONE, "252 ?", "Ready" },
  { "noop", NULL, "noop", NULL,
    { { "NOOP\r\n", "250 ok\r\n" } }, PC_EVENT_DONE, "250 ok", "Greeted" },
  { "rset", "ehlo", "rset", NULL,
    { { "RSET\r\n", "250 ok\r\n" } }, PC_EVENT_DONE, "250 ok", "Ready" },
  { "quit", "ehlo", "quit", NULL,
    { { "QUIT\r\n", "221 bye\r\n" } }, PC_EVENT_DONE, "221 bye", "Closed" },
  { "closing", "ehlo", "noop", NULL,
    { { "NOOP\r\n", "421 enough\r\n" } }, PC_EVENT_REFUSED, "421 enough",
    "Closed" },
  { "raw", "ehlo", "raw|line=MAIL FROM:<x@y.test>", NULL,
    { { "MAIL FROM:<x@y.test>\r\n", "250 ok\r\n" } }, PC_EVENT_DONE, "250 ok",
    "Sender known" },
  { "raw-wrong", "ehlo", "raw|line=HALLO", NULL,
    { { "HALLO\r\n", "500 what?\r\n" } }, PC_EVENT_REFUSED, "500 what?",
    "Ready" },
  { "raw-auth", "ehlo", "raw|line=AUTH LOGIN", NULL,
    { { "AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n" } }, PC_EVENT_DONE,
    "334 VXNlcm5hbWU6", "Logging in" },
};

static void
expect_event (PcEngine   *client,
              PcEventKind kind,
              const char *text)
{
  g_autoptr (PcEvent) event = pc_engine_next_event (client);

  g_assert_nonnull (event);
  g_assert_cmpint (event->kind, ==, kind);
  g_assert_cmpstr (event->text, ==, text);
  g_assert_null (pc_engine_next_event (client));
}

static void
expect_output (PcEngine   *client,
               const char *text)
{
  g_autofree char *output = smtp_test_output (client);

  g_assert_cmpstr (output, ==, text);
}

static void
run_row (guint i,
         gsize step)
{
  g_autoptr (PcEngine) client = smtp_test_client ();
  g_autoptr (GError) error = NULL;
  guint turn;

  smtp_test_feed (client, GREETING, -1, step);
  expect_event (client, PC_EVENT_DONE, "220 mail.example.test ESMTP");
  if (rows[i].before != NULL) {
    smtp_test_act (client, rows[i].before, NULL, &error);
    g_assert_no_error (error);
    smtp_test_feed (client, EHLO_REPLY, -1, step);
    pc_event_free (pc_engine_next_event (client));
    g_free (smtp_test_output (client));
  }

  smtp_test_act (client, rows[i].action, rows[i].data, &error);
  g_assert_no_error (error);
  for (turn = 0; rows[i].turns[turn].send != NULL; turn++) {
    g_assert_false (pc_engine_is_idle (client));
    expect_output (client, rows[i].turns[turn].send);
    smtp_test_feed (client, rows[i].turns[turn].reply, -1, step);
  }
  expect_event (client, rows[i].kind, rows[i].text);
  expect_output (client, "");
  g_assert_cmpstr (pc_engine_get_state (client), ==, rows[i].state);
  g_assert_true (pc_engine_is_idle (client) ==
                 (strcmp (rows[i].state, "Closed") != 0));
}

static void
test_rows (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].name);
    run_row (i, 0);
    run_row (i, 1);
    run_row (i, 5);
  }
}

/* Every listed action can be begun. */
static void
test_all_actions (void)
{
  const PcActionSpec *spec;

  for (spec = pc_smtp_protocol.actions; spec->name != NULL; spec++) {
    g_autoptr (PcEngine) client = smtp_test_client ();
    g_autoptr (PcAction) action = pc_action_new (spec->name);
    g_auto (GStrv) names = g_strsplit (spec->required, " ", -1);
    g_autoptr (GError) error = NULL;
    guint i;

    g_test_message ("%s", spec->name);
    smtp_test_feed (client, GREETING, -1, 0);
    for (i = 0; names[i] != NULL; i++)
      pc_action_set (action, names[i], "x@example.test");
    pc_action_set_data (action, "x", 1);
    pc_engine_act (client, SMTP_TEST_NOW, action, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (pc_bytes_get_size (pc_engine_get_output (client)), >, 0);
  }
}

static const char *const bad_actions[] = {
  "dance",
  "rcpt",
  "rcpt|to=a@b.test\r\nDATA",
  "mail|from=a@b.test\n",
  "mail|from=a@b.test|size=many",
  "mail|from=a@b.test|size=-1",
  "auth|user=a",
  "auth|user=a|password=b|mechanism=xoauth2",
  "bdat",
  "raw|line=NOOP\rRSET",
  "send|from=a@b.test|to=c@d.test",
  "data",
};

static void
test_bad_actions (void)
{
  g_autoptr (PcEngine) client = smtp_test_client ();
  guint i;

  smtp_test_feed (client, GREETING, -1, 0);
  pc_event_free (pc_engine_next_event (client));
  for (i = 0; i < G_N_ELEMENTS (bad_actions); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", bad_actions[i]);
    g_assert_false (smtp_test_act (client, bad_actions[i], NULL, &error));
    g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
    g_assert_true (pc_engine_is_idle (client));
    expect_output (client, "");
  }
}

/* RFC 6152 section 3 */
static void
test_eight_bit_not_offered (void)
{
  g_autoptr (PcEngine) client = smtp_test_client ();
  g_autoptr (PcEvent) event = NULL;
  g_autoptr (GError) error = NULL;

  smtp_test_feed (client, GREETING, -1, 0);
  pc_event_free (pc_engine_next_event (client));
  g_assert_true (smtp_test_act (client, "send|from=a@b.test|to=c@d.test",
                                "\303\251", NULL));
  expect_output (client, "EHLO phone.example.test\r\n");
  smtp_test_feed (client, "250 mail.example.test\r\n", -1, 0);
  event = pc_engine_next_event (client);
  g_assert_cmpint (event->kind, ==, PC_EVENT_REFUSED);
  g_assert_nonnull (strstr (event->text, "8BITMIME"));
  expect_output (client, "");
  g_assert_true (pc_engine_is_idle (client));

  g_assert_false (smtp_test_act (client, "data", "\303\251", &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
}

/* A raw DATA: lines have no reply until the one that ends the message. */
static void
test_raw_data (void)
{
  g_autoptr (PcEngine) client = smtp_test_client ();
  g_autoptr (GError) error = NULL;

  smtp_test_feed (client, GREETING, -1, 0);
  pc_event_free (pc_engine_next_event (client));
  smtp_test_act (client, "raw|line=DATA", NULL, NULL);
  smtp_test_feed (client, "354 go\r\n", -1, 0);
  expect_event (client, PC_EVENT_DONE, "354 go");
  g_assert_cmpstr (pc_engine_get_state (client), ==, "Message under way");
  g_assert_false (smtp_test_act (client, "noop", NULL, &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
  smtp_test_act (client, "raw|line=QUIT", NULL, NULL);
  expect_event (client, PC_EVENT_DONE, NULL);
  smtp_test_act (client, "raw|line=.", NULL, NULL);
  g_assert_false (pc_engine_is_idle (client));
  expect_output (client, "DATA\r\nQUIT\r\n.\r\n");
  smtp_test_feed (client, "250 ok\r\n", -1, 0);
  expect_event (client, PC_EVENT_DONE, "250 ok");
  g_assert_cmpstr (pc_engine_get_state (client), ==, "Greeted");
}

/* A raw BDAT: its octets come in lines, and the one that fills it is
 * answered. */
static void
test_raw_piece (void)
{
  g_autoptr (PcEngine) client = smtp_test_client ();
  g_autoptr (GError) error = NULL;

  smtp_test_feed (client, GREETING, -1, 0);
  pc_event_free (pc_engine_next_event (client));
  smtp_test_act (client, "raw|line=bdat 8 last", NULL, NULL);
  expect_event (client, PC_EVENT_DONE, NULL);
  g_assert_false (smtp_test_act (client, "noop", NULL, &error));
  g_clear_error (&error);
  g_assert_false (smtp_test_act (client, "raw|line=1234567", NULL, &error));
  g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
  smtp_test_act (client, "raw|line=12", NULL, NULL);
  expect_event (client, PC_EVENT_DONE, NULL);
  smtp_test_act (client, "raw|line=34", NULL, NULL);
  g_assert_false (pc_engine_is_idle (client));
  expect_output (client, "bdat 8 last\r\n12\r\n34\r\n");
  smtp_test_feed (client, "250 ok\r\n", -1, 0);
  expect_event (client, PC_EVENT_DONE, "250 ok");

  smtp_test_act (client, "raw|line=BDAT x", NULL, NULL);
  g_assert_false (pc_engine_is_idle (client));
  smtp_test_feed (client, "501 no\r\n", -1, 0);
  expect_event (client, PC_EVENT_REFUSED, "501 no");
}

static const struct
{
  const char *greeting;
  const char *part;
} strangers[] = {
  { "+OK POP3 ready\r\n", "POP3" },
  { "* OK IMAP4rev2 ready\r\n", "IMAP" },
  { "SSH-2.0-x\r\n", "SSH" },
  { "HTTP/1.1 400 Bad Request\r\n", "web" },
  { "hello %s %n\r\n", "hello %s %n" },
  { "554 go away\r\n", "554 go away" },
  { "421 busy\r\n", "421 busy" },
  { "220-a\r\n221 b\r\n", "221 b" },
};

static void
check_stranger (guint i,
                gsize step)
{
  g_autoptr (PcEngine) client = smtp_test_client ();
  g_autoptr (PcEvent) event = NULL;

  smtp_test_feed (client, strangers[i].greeting, -1, step);
  event = pc_engine_next_event (client);
  g_assert_nonnull (event);
  g_assert_cmpint (event->kind, ==, PC_EVENT_FAILED);
  g_assert_nonnull (strstr (event->text, strangers[i].part));
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_FAILED);
  g_assert_cmpstr (pc_engine_get_state (client), ==, "Closed");
}

static void
test_strangers (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (strangers); i++) {
    g_test_message ("%s", strangers[i].greeting);
    check_stranger (i, 0);
    check_stranger (i, 1);
  }
}

static gboolean
fails_at (const char *greeting,
          gsize       step)
{
  g_autoptr (PcEngine) client = smtp_test_client ();

  smtp_test_feed (client, greeting, -1, step);

  return pc_engine_get_status (client) == PC_ENGINE_FAILED;
}

static void
test_long_replies (void)
{
  static const gsize steps[] = { 0, 1, 1000 };
  guint              s;

  for (s = 0; s < G_N_ELEMENTS (steps); s++) {
    g_autoptr (GString) many = g_string_new (NULL);
    g_autofree char *endless = g_strnfill (PC_LIMIT_SMTP_LINE + 1, '2');
    guint            i;

    g_assert_true (fails_at (endless, steps[s]));
    for (i = 0; i < PC_LIMIT_SMTP_REPLY_LINES - 1; i++)
      g_string_append (many, "220-x\r\n");
    g_string_append (many, "220 x\r\n");
    g_assert_false (fails_at (many->str, steps[s]));
    g_string_prepend (many, "220-x\r\n");
    g_assert_true (fails_at (many->str, steps[s]));
  }
}

static void
test_cut (void)
{
  g_autoptr (PcEngine) client = smtp_test_client ();
  g_autoptr (PcEvent) event = NULL;

  smtp_test_feed (client, "220 hal", -1, 0);
  pc_engine_eof (client, SMTP_TEST_NOW);
  event = pc_engine_next_event (client);
  g_assert_cmpint (event->kind, ==, PC_EVENT_FAILED);
  g_assert_cmpstr (pc_engine_get_state (client), ==, "Closed");
}

static void
test_unasked (void)
{
  g_autoptr (PcEngine) client = smtp_test_client ();
  g_autoptr (PcEvent) event = NULL;

  smtp_test_feed (client, GREETING "421 4.4.2 too slow\r\n", -1, 0);
  pc_event_free (pc_engine_next_event (client));
  event = pc_engine_next_event (client);
  g_assert_cmpint (event->kind, ==, PC_EVENT_FAILED);
  g_assert_nonnull (strstr (event->text, "too slow"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/client/rows", test_rows);
  g_test_add_func ("/smtp/client/all-actions", test_all_actions);
  g_test_add_func ("/smtp/client/bad-actions", test_bad_actions);
  g_test_add_func ("/smtp/client/8bit", test_eight_bit_not_offered);
  g_test_add_func ("/smtp/client/raw-data", test_raw_data);
  g_test_add_func ("/smtp/client/raw-piece", test_raw_piece);
  g_test_add_func ("/smtp/client/strangers", test_strangers);
  g_test_add_func ("/smtp/client/long-replies", test_long_replies);
  g_test_add_func ("/smtp/client/cut", test_cut);
  g_test_add_func ("/smtp/client/unasked", test_unasked);

  return g_test_run ();
}
