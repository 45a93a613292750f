/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose mail a server takes: relaying, greylists, quotas, limits, reports; and
 * what the client says about it. */

#include "smtp-test.h"

#include "proto/smtp/client.h"
#include "proto/smtp/server.h"

#include "mail/account.h"
#include "mail/greylist.h"
#include "mail/queue.h"

#include <stdlib.h>
#include <string.h>

#define EHLO "EHLO pc.example.test\r\n"
#define AUTH "AUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n"
#define MAIL "MAIL FROM:<alex@example.test>\r\n"
#define TO(address) "RCPT TO:<" address ">\r\n"
#define TEXT "DATA\r\nSubject: a\r\n\r\nb\r\n.\r\n"
#define LOGIN EHLO AUTH

typedef struct
{
  PcMailStore   *store;
  PcMailQueue   *queue;
  PcGreylist    *greylist;
  PcServerConfig config;
} World;

static void
world_init (World *self)
{
  g_autoptr (PcRoutes) routes = pc_routes_new ();

  self->store = smtp_test_store ();
  self->queue = pc_mail_queue_new (self->store, "mail.example.test");
  pc_routes_add (routes, "closed.test", 0, ".", 0);
  pc_routes_add (routes, "partner.test", 10, "partner", 0);
  pc_mail_queue_set_routes (self->queue, routes);
  self->config = (PcServerConfig){ .host = "mail.example.test",
                                   .store = self->store,
                                   .queue = self->queue,
                                   .role = PC_SERVER_SUBMISSION,
                                   .session = 1,
                                   .peer_address = "127.0.0.1" };
}

static void
world_clear (World *self)
{
  g_clear_pointer (&self->greylist, pc_greylist_unref);
  g_clear_pointer (&self->queue, pc_mail_queue_unref);
  g_clear_pointer (&self->store, pc_mail_store_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

/* The reply to the last command of @input, which was sent at @now. */
static char *
ask (World      *world,
     gint64      now,
     const char *input)
{
  g_autoptr (PcEngine) server = pc_smtp_protocol.server_new (&world->config);
  g_autofree char *all = NULL;
  g_auto (GStrv) lines = NULL;

  pc_engine_start (server, now);
  pc_engine_feed (server, now, 0, (const guint8 *) input, strlen (input));
  all = smtp_test_output (server);
  lines = g_strsplit (all, "\r\n", -1);

  return g_strdup (lines[g_strv_length (lines) - 2]);
}

static void
expect (World      *world,
        gint64      now,
        const char *input,
        const char *reply)
{
  g_autofree char *answer = ask (world, now, input);

  g_test_message ("%s", answer);
  g_assert_true (g_str_has_prefix (answer, reply));
}

/* -- whose mail ------------------------------------------------------------ */

static const struct
{
  const char  *name;
  PcServerRole role;
  gboolean     queue;
  const char  *input;
  const char  *reply;
  guint        queued;
  guint        alex;
} relaying[] = {
  { "relay-own", PC_SERVER_RELAY, TRUE,
    EHLO MAIL TO ("alex@example.test") TEXT, "250 2.0.0 ", 0, 1 },
  { "relay-foreign", PC_SERVER_RELAY, TRUE,
    EHLO MAIL TO ("robin@partner.test"), "550 5.7.1 ", 0, 0 },
  { "submit-no-login", PC_SERVER_SUBMISSION, TRUE, EHLO MAIL, "530 5.7.0 ", 0,
    0 },
  { "submit-foreign", PC_SERVER_SUBMISSION, TRUE,
    LOGIN MAIL TO ("robin@partner.test") TEXT, "250 2.0.0 ", 1, 0 },
  { "submit-both", PC_SERVER_SUBMISSION, TRUE,
    LOGIN MAIL TO ("robin@partner.test") TO ("alex@example.test") TEXT,
    "250 2.0.0 ", 1, 1 },
  { "submit-no-queue", PC_SERVER_SUBMISSION, FALSE,
    LOGIN MAIL TO ("robin@partner.test"), "550 5.1.2 ", 0, 0 },
  { "submit-no-route", PC_SERVER_SUBMISSION, TRUE,
    LOGIN MAIL TO ("a@nowhere.test") TEXT, "250 2.0.0 ", 1, 0 },
  { "submit-closed", PC_SERVER_SUBMISSION, TRUE,
    LOGIN MAIL TO ("a@closed.test"), "556 5.1.10 ", 0, 0 },
  { "submit-unknown-own", PC_SERVER_SUBMISSION, TRUE,
    LOGIN MAIL TO ("who@example.test"), "550 5.1.1 ", 0, 0 },
  { "either-foreign", PC_SERVER_DEFAULT, TRUE,
    EHLO MAIL TO ("robin@partner.test"), "550 5.7.1 ", 0, 0 },
  { "either-logged-in", PC_SERVER_DEFAULT, TRUE,
    LOGIN MAIL TO ("robin@partner.test") TEXT, "250 2.0.0 ", 1, 0 },
  { "pieces", PC_SERVER_SUBMISSION, TRUE,
    LOGIN MAIL TO ("robin@partner.test") "BDAT 4 LAST\r\na\r\n\r", "250 2.0.0 ",
    1, 0 },
};

static void
test_relaying (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (relaying); i++) {
    g_auto (World) world = { 0 };

    g_test_message ("%s", relaying[i].name);
    world_init (&world);
    world.config.role = relaying[i].role;
    if (!relaying[i].queue)
      world.config.queue = NULL;
    expect (&world, SMTP_TEST_NOW, relaying[i].input, relaying[i].reply);
    g_assert_cmpuint (pc_mail_queue_get_n (world.queue), ==,
                      relaying[i].queued);
    g_assert_cmpuint (smtp_test_count (world.store, "alex@example.test"), ==,
                      relaying[i].alex);
  }
}

/* What is in the queue: the envelope as it came, a Received field, and no
 * Return-Path, which is for the end of the way. */
static void
test_envelope (void)
{
  g_auto (World) world = { 0 };
  PcQueuedMail      *mail;
  PcQueuedRecipient *one;
  PcQueuedRecipient *two;
  const char        *data;

  world_init (&world);
  expect (&world, SMTP_TEST_NOW,
          LOGIN "MAIL FROM:<alex@example.test> RET=HDRS ENVID=e+3D1 SIZE=9\r\n"
                "RCPT TO:<Robin@Partner.test> NOTIFY=SUCCESS,FAILURE "
                "ORCPT=rfc822;r+2B@x\r\n" TO ("kim@partner.test") TO (
                    "kim@partner.test") TEXT,
          "250 2.0.0 Queued as ");
  mail = pc_mail_queue_get (world.queue, 0);
  g_assert_cmpstr (mail->sender, ==, "alex@example.test");
  g_assert_cmpstr (mail->envid, ==, "e+3D1");
  g_assert_cmpint (mail->ret, ==, PC_RETURN_HEADERS);
  g_assert_cmpuint (mail->recipients->len, ==, 2);
  one = mail->recipients->pdata[0];
  two = mail->recipients->pdata[1];
  g_assert_cmpstr (one->address, ==, "Robin@Partner.test");
  g_assert_cmpint (one->notify, ==, PC_NOTIFY_SUCCESS | PC_NOTIFY_FAILURE);
  g_assert_cmpstr (one->original, ==, "rfc822;r+2B@x");
  g_assert_cmpint (two->notify, ==, 0);
  g_assert_null (two->original);
  data = g_bytes_get_data (mail->content, NULL);
  g_assert_true (g_str_has_prefix (data, "Received: from pc.example.test"));
}

/* NOTIFY=SUCCESS for a mailbox of this server (RFC 3461 section 5.2.3). */
static void
test_delivered (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *report = NULL;

  world_init (&world);
  expect (&world, SMTP_TEST_NOW,
          LOGIN MAIL "RCPT TO:<robin@example.test> NOTIFY=SUCCESS\r\n" TEXT,
          "250 2.0.0 ");
  g_assert_cmpuint (smtp_test_count (world.store, "robin@example.test"), ==, 1);
  g_assert_cmpuint (smtp_test_count (world.store, "alex@example.test"), ==, 1);
  report = smtp_test_newest (world.store, "alex@example.test");
  g_assert_nonnull (strstr (report, "\r\nAction: delivered\r\n"));
  g_assert_null (strstr (report, "Remote-MTA"));

  expect (&world, SMTP_TEST_NOW,
          LOGIN MAIL "RCPT TO:<robin@example.test> NOTIFY=FAILURE\r\n" TEXT,
          "250 2.0.0 ");
  expect (&world, SMTP_TEST_NOW, LOGIN MAIL TO ("robin@example.test") TEXT,
          "250 2.0.0 ");
  g_assert_cmpuint (smtp_test_count (world.store, "alex@example.test"), ==, 1);
}

/* -- policy ---------------------------------------------------------------- */

static void
test_greylist (void)
{
  static const char input[] = EHLO MAIL TO ("robin@example.test");
  static const char known[] = LOGIN MAIL TO ("robin@example.test");
  g_auto (World) world = { 0 };

  world_init (&world);
  world.greylist = pc_greylist_new (60 * G_USEC_PER_SEC);
  world.config.greylist = world.greylist;
  world.config.role = PC_SERVER_DEFAULT;
  expect (&world, SMTP_TEST_NOW, input, "451 4.7.1 ");
  expect (&world, SMTP_TEST_NOW, known, "250 2.1.5 ");
  expect (&world, SMTP_TEST_NOW + 59 * G_USEC_PER_SEC, input, "451 4.7.1 ");
  expect (&world, SMTP_TEST_NOW + 60 * G_USEC_PER_SEC, input, "250 2.1.5 ");
  /* Nobody learns from a greylist who lives here. */
  expect (&world, SMTP_TEST_NOW, EHLO MAIL TO ("who@example.test"),
          "550 5.1.1 ");
}

static const struct
{
  const char *name;
  guint64     quota;
  const char *input;
  const char *reply;
  guint       alex;
} quotas[] = {
  { "none", 0, EHLO MAIL TO ("alex@example.test") TEXT, "250 2.0.0 ", 2 },
  { "room", 2000, EHLO MAIL TO ("alex@example.test") TEXT, "250 2.0.0 ", 2 },
  { "full", 500, EHLO MAIL TO ("alex@example.test"), "452 4.2.2 ", 1 },
  { "size-now", 700, EHLO "MAIL FROM:<a@b.test> SIZE=400\r\n" TO (
                         "alex@example.test"),
    "452 4.2.2 ", 1 },
  { "size-never", 700, EHLO "MAIL FROM:<a@b.test> SIZE=701\r\n" TO (
                           "alex@example.test"),
    "552 5.2.2 ", 1 },
  { "size-lied", 600, EHLO "MAIL FROM:<a@b.test> SIZE=1\r\n" TO (
                          "alex@example.test") TEXT,
    "452 4.2.2 ", 1 },
};

static void
test_quota (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (quotas); i++) {
    g_auto (World) world = { 0 };
    g_autofree char *text = g_strnfill (500, 'x');
    g_autoptr (GBytes) content = g_bytes_new (text, 500);
    PcAccount *account;

    g_test_message ("%s", quotas[i].name);
    world_init (&world);
    world.config.role = PC_SERVER_RELAY;
    account = pc_mail_store_find_user (world.store, "alex");
    pc_mailbox_append (pc_account_find_mailbox (account, "INBOX"), content, 0,
                       SMTP_TEST_NOW, 0, NULL);
    pc_account_set_quota (account, quotas[i].quota);
    expect (&world, SMTP_TEST_NOW, quotas[i].input, quotas[i].reply);
    g_assert_cmpuint (smtp_test_count (world.store, "alex@example.test"), ==,
                      quotas[i].alex);
  }
}

static void
test_limits (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *text = g_strnfill (120, 'x');
  g_autofree char *data = g_strconcat (LOGIN MAIL TO ("alex@example.test")
                                           "DATA\r\n",
                                       text, "\r\n.\r\n", NULL);
  g_autofree char *piece = g_strconcat (LOGIN MAIL TO ("alex@example.test")
                                            "BDAT 120 LAST\r\n",
                                        text, NULL);

  world_init (&world);
  world.config.policy.max_recipients = 2;
  world.config.policy.max_size = 100;
  expect (&world, SMTP_TEST_NOW,
          LOGIN MAIL TO ("alex@example.test") TO ("robin@example.test") TO (
              "kim@partner.test"),
          "452 4.5.3 At most 2 ");
  expect (&world, SMTP_TEST_NOW,
          LOGIN "MAIL FROM:<alex@example.test> SIZE=101\r\n", "552 5.3.4 ");
  expect (&world, SMTP_TEST_NOW,
          LOGIN "MAIL FROM:<alex@example.test> SIZE=100\r\n", "250 ");
  expect (&world, SMTP_TEST_NOW, data, "552 5.3.4 ");
  expect (&world, SMTP_TEST_NOW, piece, "552 5.3.4 ");
  g_assert_cmpuint (smtp_test_count (world.store, "alex@example.test"), ==, 0);
}

/* RFC 2920 section 3.1: what must wait for its reply, and what need not. */
static void
test_in_step (void)
{
  static const struct
  {
    const char *input;
    const char *last;
    gboolean    over;
  } rows[] = {
    { "EHLO pc\r\nMAIL FROM:<>\r\n", "554 5.5.0 ", TRUE },
    { "HELO pc\r\nQUIT\r\n", "554 ", TRUE },
    { EHLO "NOOP\r\n", "554 5.5.0 ", TRUE },
    { "|" EHLO "|" AUTH "|" MAIL TO ("alex@example.test") "DATA\r\n", "354 ",
      FALSE },
    { "|" EHLO "|" AUTH "|" MAIL TO ("alex@example.test") TEXT, "554 5.5.0 ",
      TRUE },
    { "|" EHLO "|" AUTH "|" MAIL TO ("alex@example.test") "DATA\r\n|Subject: "
      "a\r\n\r\nb\r\n.\r\n" MAIL, "250 2.1.0 ", FALSE },
    { "|" EHLO "|" AUTH "|" MAIL "BDAT 3 LAST\r\na\r\nRSET\r\n",
      "250 2.0.0 ", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (World) world = { 0 };
    g_autoptr (PcEngine) server = NULL;
    g_auto (GStrv) parts = g_strsplit (rows[i].input, "|", -1);
    g_auto (GStrv) lines = NULL;
    g_autoptr (GString) said = g_string_new (NULL);
    const char *last;

    world_init (&world);
    world.config.policy.in_step = TRUE;
    server = pc_smtp_server_new (&world.config);
    pc_engine_start (server, SMTP_TEST_NOW);
    for (char **part = parts; *part != NULL; part++) {
      PcBytes      *out;
      const guint8 *data;
      gsize         len;

      pc_engine_feed (server, SMTP_TEST_NOW, 0, (const guint8 *) *part,
                      strlen (*part));
      out = pc_engine_get_output (server);
      data = pc_bytes_peek (out, &len);
      g_string_append_len (said, (const char *) data, (gssize) len);
      pc_bytes_consume (out, len);
    }
    lines = g_strsplit (said->str, "\r\n", -1);
    last = lines[g_strv_length (lines) - 2];
    if (!g_str_has_prefix (last, rows[i].last) ||
        (pc_engine_get_status (server) != PC_ENGINE_RUNNING) != rows[i].over)
      g_error ("row %zu: %s", i, said->str);
    g_assert_cmpuint (smtp_test_count (world.store, "alex@example.test"), <=,
                      1);
  }
}

/* RFC 7504 section 3 */
static void
test_closed (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (PcEngine) server = NULL;
  g_autofree char *greeting = NULL;

  world_init (&world);
  world.config.policy.closed = TRUE;
  server = pc_smtp_protocol.server_new (&world.config);
  pc_engine_start (server, SMTP_TEST_NOW);
  greeting = smtp_test_output (server);
  g_assert_cmpstr (greeting, ==,
                   "521 mail.example.test does not accept mail\r\n");
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_CLOSING);
}

/* -- the client ------------------------------------------------------------ */

#define GREETING "220 x\r\n"
#define OFFER(words) "250-x\r\n" words "250 HELP\r\n"

static const struct
{
  const char *name;
  const char *offer;
  const char *replies; /* to what comes after EHLO */
  guint       codes[3];
  gboolean    ours;
} verdicts[] = {
  { "all", OFFER (""), "250 a\r\n250 b\r\n250 c\r\n250 d\r\n354 e\r\n250 f\r\n",
    { 250, 250, 250 } },
  { "all-ahead", OFFER ("250-PIPELINING\r\n"),
    "250 a\r\n250 b\r\n250 c\r\n250 d\r\n354 e\r\n250 f\r\n",
    { 250, 250, 250 } },
  { "some", OFFER (""),
    "250 a\r\n550 b\r\n250 c\r\n452 d\r\n354 e\r\n250 f\r\n",
    { 550, 250, 452 } },
  { "some-ahead", OFFER ("250-PIPELINING\r\n"),
    "250 a\r\n550 b\r\n250 c\r\n452 d\r\n354 e\r\n250 f\r\n",
    { 550, 250, 452 } },
  { "sender", OFFER (""), "451 a\r\n", { 451, 451, 451 } },
  { "sender-ahead", OFFER ("250-PIPELINING\r\n"),
    "552 a\r\n503 b\r\n503 c\r\n503 d\r\n503 e\r\n", { 552, 552, 552 } },
  { "none", OFFER (""), "250 a\r\n550 b\r\n551 c\r\n552 d\r\n250 e\r\n",
    { 550, 551, 552 } },
  { "none-ahead", OFFER ("250-PIPELINING\r\n"),
    "250 a\r\n550 b\r\n551 c\r\n552 d\r\n554 e\r\n250 f\r\n",
    { 550, 551, 552 } },
  { "data", OFFER (""), "250 a\r\n250 b\r\n550 c\r\n250 d\r\n451 e\r\n",
    { 451, 550, 451 } },
  { "content", OFFER (""),
    "250 a\r\n250 b\r\n550 c\r\n250 d\r\n354 e\r\n554 f\r\n",
    { 554, 550, 554 } },
  { "lost", OFFER (""), "250 a\r\n250 b\r\n550 c\r\n250 d\r\n354 e\r\n",
    { 0, 550, 0 } },
  { "lost-early", OFFER (""), "250 a\r\n", { 0, 0, 0 } },
};

static void
test_verdicts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++) {
    g_autoptr (PcEngine) client = smtp_test_client ();
    g_autofree char *sent = NULL;

    g_test_message ("%s", verdicts[i].name);
    smtp_test_feed (client, GREETING, -1, 0);
    g_assert_true (smtp_test_act (client,
                                  "relay|from=a@x|to=b@y,\"c,\"@y,d@y",
                                  "Subject: x\r\n\r\ny\r\n", NULL));
    smtp_test_feed (client, verdicts[i].offer, -1, 0);
    smtp_test_feed (client, verdicts[i].replies, -1, 0);
    pc_engine_eof (client, SMTP_TEST_NOW);
    sent = smtp_test_output (client);
    for (guint k = 0; k < 3; k++)
      g_assert_cmpuint (pc_smtp_client_get_verdict (client, k).code, ==,
                        verdicts[i].codes[k]);
    g_assert_cmpuint (pc_smtp_client_get_verdict (client, 3).code, ==, 0);
  }
}

static void
test_eight_bit (void)
{
  g_autoptr (PcEngine) client = smtp_test_client ();

  smtp_test_feed (client, GREETING, -1, 0);
  g_assert_true (smtp_test_act (client, "relay|from=a@x|to=b@y",
                                "\303\251\r\n", NULL));
  smtp_test_feed (client, OFFER (""), -1, 0);
  g_assert_true (pc_engine_is_idle (client));
  g_assert_cmpuint (pc_smtp_client_get_verdict (client, 0).code, ==, 554);
  g_assert_true (pc_smtp_client_get_verdict (client, 0).ours);
}

/* What goes out for a mail, after EHLO. */
static char *
send_mail (const char *offer,
           const char *action)
{
  g_autoptr (PcEngine) client = smtp_test_client ();
  g_autofree char *hello = NULL;

  smtp_test_feed (client, GREETING, -1, 0);
  g_assert_true (smtp_test_act (client, action,
                                "To: b@y\r\nBcc: c@y,\r\n d@y\r\nbcc: e@y\r\n"
                                "Subject: x\r\n\r\nBcc: stays\r\n",
                                NULL));
  hello = smtp_test_output (client);
  smtp_test_feed (client, offer, -1, 0);
  smtp_test_feed (client, "250 a\r\n250 b\r\n354 c\r\n", -1, 0);
  return smtp_test_output (client);
}

/* A mail program hides Bcc; a server touches nothing. */
static void
test_bcc (void)
{
  g_autofree char *sent = send_mail (OFFER (""), "send|from=a@x|to=b@y");
  g_autofree char *relayed = send_mail (OFFER (""), "relay|from=a@x|to=b@y");

  g_assert_nonnull (strstr (sent, "DATA\r\nTo: b@y\r\nSubject: x\r\n\r\n"
                                  "Bcc: stays\r\n"));
  g_assert_nonnull (strstr (relayed, "\r\nBcc: c@y,\r\n d@y\r\nbcc: e@y\r\n"));
}

/* RFC 3461 sections 5.2.1 and 5.2.2 */
static void
test_wishes (void)
{
  static const char action[] =
      "relay|from=a@x|to=b@y|ret=HDRS|envid=e|notify=SUCCESS,DELAY|"
      "orcpt=rfc822;q@y";
  g_autofree char *offered = send_mail (OFFER ("250-DSN\r\n"), action);
  g_autofree char *missing = send_mail (OFFER (""), action);
  g_autofree char *none = send_mail (OFFER ("250-DSN\r\n"),
                                     "relay|from=a@x|to=b@y|notify=-|"
                                     "orcpt=-");

  g_assert_true (g_str_has_prefix (
      offered, "MAIL FROM:<a@x> RET=HDRS ENVID=e\r\n"
               "RCPT TO:<b@y> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;q@y\r\n"));
  g_assert_true (g_str_has_prefix (missing, "MAIL FROM:<a@x>\r\n"
                                            "RCPT TO:<b@y>\r\n"));
  g_assert_true (g_str_has_prefix (none, "MAIL FROM:<a@x>\r\n"
                                         "RCPT TO:<b@y>\r\n"));
}

/* RFC 5321 section 4.5.3.2.6: ten minutes, and then it is over. */
static void
test_patience (void)
{
  g_autoptr (PcEngine) client = smtp_test_client ();
  gint64 minute = 60 * (gint64) G_USEC_PER_SEC;

  g_assert_cmpint (pc_engine_get_deadline (client), ==,
                   SMTP_TEST_NOW + 5 * minute);
  smtp_test_feed (client, GREETING, -1, 0);
  g_assert_cmpint (pc_engine_get_deadline (client), ==, PC_ENGINE_NEVER);
  g_assert_true (smtp_test_act (client, "relay|from=a@x|to=b@y", "x\r\n",
                                NULL));
  smtp_test_feed (client, OFFER ("") "250 a\r\n250 b\r\n354 c\r\n", -1, 0);
  g_assert_cmpint (pc_engine_get_deadline (client), ==,
                   SMTP_TEST_NOW + 10 * minute);
  pc_engine_wake (client, SMTP_TEST_NOW + 10 * minute - 1);
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_RUNNING);
  pc_engine_wake (client, SMTP_TEST_NOW + 10 * minute);
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_FAILED);
}

/* A long message on a slow line: as long as some of it leaves there is hope,
 * and what is said in the end depends on whether all of it has left. */
static void
test_slow_line (void)
{
  static const struct
  {
    gsize       last; /* octets that stay */
    const char *says;
  } rows[] = {
    { 1, "The mail was not sent" },
    { 0, "nobody knows" },
  };
  gint64 minute = 60 * (gint64) G_USEC_PER_SEC;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) client = smtp_test_client ();
    g_autoptr (PcEvent) event = NULL;
    PcBytes *out = pc_engine_get_output (client);
    gint64   now = SMTP_TEST_NOW + 10 * minute;

    smtp_test_feed (client, GREETING, -1, 0);
    pc_event_free (pc_engine_next_event (client));
    g_assert_true (smtp_test_act (client, "relay|from=a@x|to=b@y", "x\r\n",
                                  NULL));
    smtp_test_feed (client, OFFER ("") "250 a\r\n250 b\r\n354 c\r\n", -1, 0);
    for (guint k = 0; k < 20; k++) {
      pc_bytes_consume (out, 1);
      pc_engine_wake (client, now);
      g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_RUNNING);
      now += 3 * minute;
      g_assert_cmpint (pc_engine_get_deadline (client), ==, now);
    }
    pc_bytes_consume (out, pc_bytes_get_size (out) - rows[i].last);
    if (rows[i].last > 0) {
      pc_engine_wake (client, now);
      now += 3 * minute;
    }
    pc_engine_wake (client, now);
    event = pc_engine_next_event (client);
    g_assert_nonnull (event);
    g_assert_cmpint (event->kind, ==, PC_EVENT_FAILED);
    g_test_message ("%s", event->text);
    g_assert_nonnull (strstr (event->text, rows[i].says));
  }
}

/* Whoever made the client may have less patience, for every reply. */
static void
test_less_patience (void)
{
  PcClientConfig config = { .host = "phone.example.test",
                            .server_host = "mail.example.test",
                            .timeout = 3 * G_USEC_PER_SEC };
  g_autoptr (PcEngine) client = pc_smtp_protocol.client_new (&config);
  g_autoptr (PcEvent) done = NULL;
  g_autoptr (PcEvent) failed = NULL;

  pc_engine_start (client, SMTP_TEST_NOW);
  g_assert_cmpint (pc_engine_get_deadline (client), ==,
                   SMTP_TEST_NOW + config.timeout);
  smtp_test_feed (client, GREETING, -1, 0);
  done = pc_engine_next_event (client);
  g_assert_true (smtp_test_act (client, "noop", NULL, NULL));
  g_assert_cmpint (pc_engine_get_deadline (client), ==,
                   SMTP_TEST_NOW + config.timeout);
  pc_engine_wake (client, SMTP_TEST_NOW + config.timeout);
  failed = pc_engine_next_event (client);
  g_assert_cmpint (failed->kind, ==, PC_EVENT_FAILED);
  g_assert_cmpstr (failed->text, ==, "The server does not answer any more.");
}

/* Half an answer is no consent, and only 354 asks for the message. */
static void
test_false_consent (void)
{
  static const struct
  {
    const char *action;
    const char *replies;
    const char *output; /* what follows the command; the end of it */
    const char *says;
  } rows[] = {
    { "mail|from=a@x", "354 go\r\n", "", "354 go" },
    { "noop", "334 go\r\n", "", "334 go" },
    { "auth|user=a|password=b", "354 go\r\n", "", "354 go" },
    { "data", "250 ok\r\n", "DATA\r\n", "“250 ok” and not with 354" },
    { "data", "334 ok\r\n", "DATA\r\n", "was not sent" },
    { "relay|from=a@x|to=b@y",
      OFFER ("") "250 a\r\n250 b\r\n250 ok\r\n250 forgotten\r\n",
      "DATA\r\nRSET\r\n", "“250 ok” and not with 354" },
    { "relay|from=a@x|to=b@y", OFFER ("") "250 a\r\n250 b\r\n354 go\r\n"
      "354 more\r\n",
      "x\r\n.\r\n", "354 more" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) client = smtp_test_client ();
    g_autoptr (PcEvent) event = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *output = NULL;

    smtp_test_feed (client, GREETING, -1, 0);
    pc_event_free (pc_engine_next_event (client));
    smtp_test_act (client, rows[i].action, "x\r\n", &error);
    g_assert_no_error (error);
    smtp_test_feed (client, rows[i].replies, -1, 0);
    output = smtp_test_output (client);
    event = pc_engine_next_event (client);
    g_test_message ("%s: %s", rows[i].action, event->text);
    g_assert_cmpint (event->kind, ==, PC_EVENT_REFUSED);
    g_assert_nonnull (strstr (event->text, rows[i].says));
    g_assert_true (g_str_has_suffix (output, rows[i].output));
    g_assert_cmpuint (
        pc_smtp_client_get_verdict (client, 0).code / 100, !=, 2);
  }
}

static void
test_farewell (void)
{
  static const char *const greetings[] = { "421 4.3.2 Too many\r\n",
                                           "521 No mail\r\n", "554 No\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (greetings); i++) {
    g_autoptr (PcEngine) client = smtp_test_client ();
    PcSmtpVerdict farewell;

    smtp_test_feed (client, greetings[i], -1, 0);
    farewell = pc_smtp_client_get_farewell (client);
    g_assert_cmpuint (farewell.code, ==, (guint) atoi (greetings[i]));
    g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_FAILED);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/relaying", test_relaying);
  g_test_add_func ("/policy/envelope", test_envelope);
  g_test_add_func ("/policy/delivered", test_delivered);
  g_test_add_func ("/policy/greylist", test_greylist);
  g_test_add_func ("/policy/quota", test_quota);
  g_test_add_func ("/policy/limits", test_limits);
  g_test_add_func ("/policy/in-step", test_in_step);
  g_test_add_func ("/policy/closed", test_closed);
  g_test_add_func ("/policy/verdicts", test_verdicts);
  g_test_add_func ("/policy/eight-bit", test_eight_bit);
  g_test_add_func ("/policy/bcc", test_bcc);
  g_test_add_func ("/policy/wishes", test_wishes);
  g_test_add_func ("/policy/patience", test_patience);
  g_test_add_func ("/policy/slow-line", test_slow_line);
  g_test_add_func ("/policy/less-patience", test_less_patience);
  g_test_add_func ("/policy/false-consent", test_false_consent);
  g_test_add_func ("/policy/farewell", test_farewell);

  return g_test_run ();
}
