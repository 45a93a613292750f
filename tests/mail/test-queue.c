/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mail that must go on: routes, greylists, attempts, and what senders are told
 * (RFC 3461, RFC 3464, RFC 5321 section 4.5.4, RFC 6647). */

#include "mail/account.h"
#include "mail/greylist.h"
#include "mail/queue.h"

#include "base/limits.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1795419000) * G_USEC_PER_SEC)
#define SECOND ((gint64) G_USEC_PER_SEC)
#define MESSAGE                                                   \
  "From: Alex <alex@example.test>\r\nSubject: Hello\r\n"          \
  "Message-ID: <1@example.test>\r\n\r\nThe text.\r\n"

typedef struct
{
  PcMailStore *store;
  PcMailQueue *queue;
} World;

static void
world_init (World *self)
{
  self->store = pc_mail_store_new ("example.test");
  pc_mail_store_add_account (self->store, "alex", "p", 1);
  self->queue = pc_mail_queue_new (self->store, "mail.example.test");
  pc_mail_queue_set_waits (self->queue, 10 * SECOND, 25 * SECOND,
                           100 * SECOND);
}

static void
world_clear (World *self)
{
  g_clear_pointer (&self->queue, pc_mail_queue_unref);
  g_clear_pointer (&self->store, pc_mail_store_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static PcQueuedMail *
add (World      *world,
     const char *sender,
     PcNotify    notify)
{
  g_autoptr (GBytes) content = g_bytes_new_static (MESSAGE, strlen (MESSAGE));
  PcQueuedMail *mail = pc_queued_mail_new ("Q1", sender, content, NOW);

  pc_queued_mail_add (mail, "robin@partner.test", notify, NULL);
  pc_mail_queue_add (world->queue, mail);
  return mail;
}

static PcQueuedRecipient *
first (PcQueuedMail *mail)
{
  return mail->recipients->pdata[0];
}

/* All reports in alex's INBOX. */
static guint
count_reports (World *world)
{
  PcAccount *account = pc_mail_store_find_user (world->store, "alex");

  return pc_mailbox_get_n_messages (
      pc_account_find_mailbox (account, "INBOX"));
}

static char *
last_report (World *world)
{
  PcAccount *account = pc_mail_store_find_user (world->store, "alex");
  PcMailbox *inbox = pc_account_find_mailbox (account, "INBOX");
  GBytes    *content =
      pc_mailbox_get_message (inbox, count_reports (world) - 1)->content;
  gsize         len;
  gconstpointer data = g_bytes_get_data (content, &len);

  return g_strndup (data, len);
}

static void
attempt (World      *world,
         gint64      now,
         PcMailFate  fate,
         const char *said)
{
  PcQueuedMail *mail = pc_mail_queue_take (world->queue, now);

  g_assert_nonnull (mail);
  g_assert_null (pc_mail_queue_take (world->queue, now));
  pc_queued_recipient_settle (first (mail), fate, "mail.partner.test", said);
  pc_mail_queue_put_back (world->queue, now, mail);
}

/* -- routes and greylists -------------------------------------------------- */

static void
test_routes (void)
{
  g_autoptr (PcRoutes) routes = pc_routes_new ();
  static const char *const expected[] = { "a", "b", "c", "d" };

  pc_routes_add (routes, "x.test", 20, "c", 0);
  pc_routes_add (routes, "x.test", 10, "a", 0);
  pc_routes_add (routes, "y.test", 15, ".", 0);
  pc_routes_add (routes, "x.test", 10, "b", 0);
  pc_routes_add (routes, "x.test", 30, "d", 2525);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (pc_routes_get (routes, "X.Test", i)->host, ==,
                     expected[i]);
  g_assert_null (pc_routes_get (routes, "x.test", 4));
  g_assert_null (pc_routes_get (routes, "test", 0));
  g_assert_null (pc_routes_get (routes, "", 0));
  g_assert_true (pc_routes_is_closed (routes, "y.test"));
  g_assert_false (pc_routes_is_closed (routes, "x.test"));
  g_assert_false (pc_routes_is_closed (routes, "z.test"));
}

static gint64
check (PcGreylist *list,
       gint64      seconds,
       const char *sender)
{
  return pc_greylist_check (list, NOW + seconds * SECOND, "127.0.0.1", sender,
                            "robin@partner.test") /
         SECOND;
}

static void
test_greylist (void)
{
  g_autoptr (PcGreylist) list = pc_greylist_new (300 * SECOND);

  g_assert_cmpint (check (list, 0, "a@x"), ==, 300);
  g_assert_cmpint (check (list, 100, "a@x"), ==, 200);
  g_assert_cmpint (check (list, 100, "b@x"), ==, 300);
  g_assert_cmpint (check (list, 299, "A@x"), ==, 1);
  g_assert_cmpint (check (list, 300, "a@x"), ==, 0);
  g_assert_cmpint (check (list, 301, "a@x"), ==, 0);
  g_assert_cmpint (check (list, 301, "b@x"), ==, 99);
  /* Known for a week; unknown again after a day when they never passed. */
  g_assert_cmpint (check (list, 6 * 86400, "a@x"), ==, 0);
  g_assert_cmpint (check (list, 2 * 86400, "b@x"), ==, 300);
  g_assert_cmpint (check (list, 14 * 86400, "a@x"), ==, 300);
}

static void
test_greylist_limit (void)
{
  g_autoptr (PcGreylist) list = pc_greylist_new (10 * SECOND);

  for (guint i = 0; i < PC_LIMIT_GREYLIST + 10; i++) {
    g_autofree char *sender = g_strdup_printf ("%u@x", i);

    g_assert_cmpint (pc_greylist_check (list, NOW + i, NULL, sender, "r"), >,
                     0);
  }
  /* The newest ones are remembered, the oldest are not. */
  g_assert_cmpint (pc_greylist_check (list, NOW + 11 * SECOND, NULL, "10009@x",
                                      "r"),
                   ==, 0);
  g_assert_cmpint (pc_greylist_check (list, NOW + 11 * SECOND, NULL, "0@x",
                                      "r"),
                   >, 0);
}

/* -- attempts -------------------------------------------------------------- */

static void
test_due (void)
{
  g_auto (World) world = { 0 };
  static const gint64 waits[] = { 10, 20, 40 };
  gint64              now = NOW + PC_LIMIT_QUEUE_FIRST;

  world_init (&world);
  g_assert_cmpint (pc_mail_queue_get_due (world.queue), ==, G_MAXINT64);
  add (&world, "alex@example.test", PC_NOTIFY_FAILURE);
  g_assert_cmpint (pc_mail_queue_get_due (world.queue), ==, now);
  g_assert_null (pc_mail_queue_take (world.queue, now - 1));

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++) {
    attempt (&world, now, PC_MAIL_WAITING, "451 4.7.1 Later");
    g_assert_cmpint (pc_mail_queue_get_due (world.queue), ==,
                     now + waits[i] * SECOND);
    now += waits[i] * SECOND;
    g_assert_cmpuint (count_reports (&world), ==, 0);
  }
  /* The next wait would go past the end. */
  attempt (&world, now, PC_MAIL_WAITING, "451 4.7.1 Later");
  g_assert_cmpint (pc_mail_queue_get_due (world.queue), ==,
                   NOW + 100 * SECOND);
  attempt (&world, NOW + 100 * SECOND, PC_MAIL_WAITING, "451 4.7.1 Later");
  g_assert_cmpuint (pc_mail_queue_get_n (world.queue), ==, 0);
  g_assert_cmpuint (count_reports (&world), ==, 1);
}

static const struct
{
  const char *name;
  const char *sender;
  PcNotify    notify;
  gint64      seconds; /* since it came */
  PcMailFate  fate;
  const char *said;
  const char *action; /* NULL: no report */
  const char *status;
  guint       left; /* in the queue */
} fates[] = {
  { "refused", "alex@example.test", 0, 1, PC_MAIL_GIVEN_UP,
    "550 5.1.1 Nobody", "failed", "5.1.1", 0 },
  { "refused-plain", "alex@example.test", 0, 1, PC_MAIL_GIVEN_UP,
    "550 Nobody", "failed", "5.0.0", 0 },
  { "refused-odd", "alex@example.test", 0, 1, PC_MAIL_GIVEN_UP,
    "550 2.1.5 Nobody", "failed", "5.0.0", 0 },
  { "refused-failure", "alex@example.test", PC_NOTIFY_FAILURE, 1,
    PC_MAIL_GIVEN_UP, "550 5.1.1 Nobody", "failed", "5.1.1", 0 },
  { "refused-success-only", "alex@example.test", PC_NOTIFY_SUCCESS, 1,
    PC_MAIL_GIVEN_UP, "550 5.1.1 Nobody", NULL, NULL, 0 },
  { "refused-never", "alex@example.test", PC_NOTIFY_NEVER, 1,
    PC_MAIL_GIVEN_UP, "550 5.1.1 Nobody", NULL, NULL, 0 },
  { "refused-null", "", 0, 1, PC_MAIL_GIVEN_UP, "550 5.1.1 Nobody", NULL,
    NULL, 0 },
  { "refused-unknown-sender", "who@example.test", 0, 1, PC_MAIL_GIVEN_UP,
    "550 5.1.1 Nobody", NULL, NULL, 0 },
  { "sent", "alex@example.test", 0, 1, PC_MAIL_SENT, "250 2.0.0 Ok", NULL,
    NULL, 0 },
  { "sent-success", "alex@example.test", PC_NOTIFY_SUCCESS, 1, PC_MAIL_SENT,
    "250 2.0.0 Ok", NULL, NULL, 0 },
  { "relayed", "alex@example.test", 0, 1, PC_MAIL_RELAYED, "250 Ok", NULL,
    NULL, 0 },
  { "relayed-success", "alex@example.test", PC_NOTIFY_SUCCESS, 1,
    PC_MAIL_RELAYED, "250 Ok", "relayed", "2.0.0", 0 },
  { "waiting", "alex@example.test", 0, 1, PC_MAIL_WAITING, "452 4.2.2 Full",
    NULL, NULL, 1 },
  { "delayed", "alex@example.test", 0, 30, PC_MAIL_WAITING, "452 4.2.2 Full",
    "delayed", "4.2.2", 1 },
  { "delayed-wanted", "alex@example.test", PC_NOTIFY_DELAY, 30,
    PC_MAIL_WAITING, "452 4.2.2 Full", "delayed", "4.2.2", 1 },
  { "delayed-unwanted", "alex@example.test", PC_NOTIFY_FAILURE, 30,
    PC_MAIL_WAITING, "452 4.2.2 Full", NULL, NULL, 1 },
  { "expired", "alex@example.test", 0, 100, PC_MAIL_WAITING,
    "452 4.2.2 Full", "failed", "4.2.2", 0 },
};

static void
test_fates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fates); i++) {
    g_auto (World) world = { 0 };
    g_autofree char *report = NULL;
    g_autofree char *action = NULL;
    g_autofree char *status = NULL;

    g_test_message ("%s", fates[i].name);
    world_init (&world);
    add (&world, fates[i].sender, fates[i].notify);
    attempt (&world, NOW + fates[i].seconds * SECOND, fates[i].fate,
             fates[i].said);
    g_assert_cmpuint (pc_mail_queue_get_n (world.queue), ==, fates[i].left);
    g_assert_cmpuint (count_reports (&world), ==, fates[i].action != NULL);
    if (fates[i].action == NULL)
      continue;

    report = last_report (&world);
    action = g_strdup_printf ("\r\nAction: %s\r\n", fates[i].action);
    status = g_strdup_printf ("\r\nStatus: %s\r\n", fates[i].status);
    g_assert_nonnull (strstr (report, action));
    g_assert_nonnull (strstr (report, status));
    g_assert_true (g_str_has_prefix (report, "Return-Path: <>\r\n"));
  }
}

/* A delay is told once. */
static void
test_delay_once (void)
{
  g_auto (World) world = { 0 };

  world_init (&world);
  add (&world, "alex@example.test", 0);
  attempt (&world, NOW + 30 * SECOND, PC_MAIL_WAITING, "452 4.2.2 Full");
  attempt (&world, NOW + 60 * SECOND, PC_MAIL_WAITING, "452 4.2.2 Full");
  g_assert_cmpuint (count_reports (&world), ==, 1);
  attempt (&world, NOW + 90 * SECOND, PC_MAIL_SENT, "250 Ok");
  g_assert_cmpuint (count_reports (&world), ==, 1);
  g_assert_cmpuint (pc_mail_queue_get_n (world.queue), ==, 0);
}

/* One of several is refused: only that one is reported, once, and the others
 * go on. */
static void
test_some (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *report = NULL;
  PcQueuedMail    *mail;

  world_init (&world);
  mail = add (&world, "alex@example.test", 0);
  pc_queued_mail_add (mail, "kim@partner.test", 0, NULL);
  pc_queued_mail_add (mail, "jo@partner.test", 0, NULL);

  g_assert_true (pc_mail_queue_take (world.queue, NOW + SECOND) == mail);
  pc_queued_recipient_settle (mail->recipients->pdata[0], PC_MAIL_GIVEN_UP,
                              "mail.partner.test", "550 5.1.1 Nobody");
  pc_queued_recipient_settle (mail->recipients->pdata[1], PC_MAIL_WAITING,
                              "mail.partner.test", "452 4.2.2 Full");
  pc_queued_recipient_settle (mail->recipients->pdata[2], PC_MAIL_SENT,
                              "mail.partner.test", "250 2.0.0 Ok");
  pc_mail_queue_put_back (world.queue, NOW + SECOND, mail);
  g_assert_cmpuint (pc_mail_queue_get_n (world.queue), ==, 1);
  g_assert_cmpuint (count_reports (&world), ==, 1);
  report = last_report (&world);
  g_assert_nonnull (strstr (report, "rfc822; robin@partner.test"));
  g_assert_null (strstr (report, "kim@"));
  g_assert_null (strstr (report, "jo@"));

  g_assert_true (pc_mail_queue_take (world.queue, NOW + 20 * SECOND) == mail);
  pc_queued_recipient_settle (mail->recipients->pdata[1], PC_MAIL_SENT,
                              "mail.partner.test", "250 2.0.0 Ok");
  pc_mail_queue_put_back (world.queue, NOW + 20 * SECOND, mail);
  g_assert_cmpuint (pc_mail_queue_get_n (world.queue), ==, 0);
  g_assert_cmpuint (count_reports (&world), ==, 1);
}

/* The sender lives elsewhere: the report is a mail of its own, without a
 * sender, and is never reported itself. */
static void
test_foreign_sender (void)
{
  g_auto (World) world = { 0 };
  PcQueuedMail *mail;

  world_init (&world);
  add (&world, "kim@elsewhere.test", 0);
  attempt (&world, NOW + SECOND, PC_MAIL_GIVEN_UP, "550 5.1.1 Nobody");
  g_assert_cmpuint (count_reports (&world), ==, 0);
  g_assert_cmpuint (pc_mail_queue_get_n (world.queue), ==, 1);
  mail = pc_mail_queue_get (world.queue, 0);
  g_assert_cmpstr (mail->sender, ==, "");
  g_assert_cmpstr (first (mail)->address, ==, "kim@elsewhere.test");
  g_assert_cmpint (first (mail)->notify, ==, PC_NOTIFY_NEVER);
  attempt (&world, NOW + 2 * SECOND, PC_MAIL_GIVEN_UP, "550 5.1.1 Nobody");
  g_assert_cmpuint (pc_mail_queue_get_n (world.queue), ==, 0);
}

/* -- reports --------------------------------------------------------------- */

static char *
make_report (const char *content,
             PcReturn    ret,
             const char *address,
             const char *said)
{
  g_auto (World) world = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));
  PcQueuedMail *mail = pc_queued_mail_new ("Q1", "alex@example.test", bytes,
                                           NOW);

  world_init (&world);
  pc_queued_mail_add (mail, address, 0, "rfc822;Robin+2BX@partner.test");
  mail->ret = ret;
  mail->envid = g_strdup ("E+3D1");
  pc_mail_queue_add (world.queue, mail);
  attempt (&world, NOW + SECOND, PC_MAIL_GIVEN_UP, said);
  return last_report (&world);
}

static void
test_report (void)
{
  static const char *const parts[] = {
    "\r\nFrom: Mail server mail.example.test <postmaster@example.test>\r\n",
    "\r\nTo: <alex@example.test>\r\n",
    "\r\nAuto-Submitted: auto-replied\r\n",
    "\r\nIn-Reply-To: <1@example.test>\r\n",
    "\r\nOriginal-Envelope-Id: E=1\r\n",
    "\r\nReporting-MTA: dns; mail.example.test\r\n",
    "\r\nArrival-Date: Mon, 23 Nov 2026 07:30:00 +0000\r\n",
    "\r\nOriginal-Recipient: rfc822;Robin+X@partner.test\r\n",
    "\r\nFinal-Recipient: rfc822; robin@partner.test\r\n",
    "\r\nRemote-MTA: dns; mail.partner.test\r\n",
    "\r\nDiagnostic-Code: smtp; 550 5.1.1 Nobody\r\n",
    "\r\nLast-Attempt-Date: Mon, 23 Nov 2026 07:30:01 +0000\r\n",
  };
  g_autofree char *brief = make_report (MESSAGE, PC_RETURN_UNSAID,
                                        "robin@partner.test",
                                        "550 5.1.1 Nobody");
  g_autofree char *whole = make_report (MESSAGE, PC_RETURN_FULL,
                                        "robin@partner.test",
                                        "550 5.1.1 Nobody");

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_test_message ("%s", parts[i]);
    g_assert_nonnull (strstr (brief, parts[i]));
  }
  g_assert_nonnull (strstr (brief, "Content-Type: text/rfc822-headers\r\n"));
  g_assert_nonnull (strstr (brief, "Subject: Hello"));
  g_assert_null (strstr (brief, "The text."));
  g_assert_nonnull (strstr (whole, "Content-Type: message/rfc822\r\n"));
  g_assert_nonnull (strstr (whole, "The text."));
}

/* Nothing that others wrote can end a part, a line or a field. */
static void
test_report_hostile (void)
{
  g_autofree char *inside = make_report (
      "Subject: x\r\n\r\n--=_Q1-R1_0--\r\n--=_Q1-R1_1\r\n", PC_RETURN_FULL,
      "robin@partner.test", "550 5.1.1 a\r\nStatus: 2.0.0\001\303\251");
  g_autofree char *foreign = make_report (
      MESSAGE, PC_RETURN_HEADERS, "ren\303\251\\e@partner.test",
      "553 5.6.7 No");

  g_assert_nonnull (strstr (inside, "boundary=\"=_Q1-R1_2\""));
  g_assert_null (strstr (inside, "\nStatus: 2.0.0"));
  g_assert_nonnull (
      strstr (inside, "smtp; 550 5.1.1 a  Status: 2.0.0 ??\r\n"));
  g_assert_nonnull (strstr (foreign, "Final-Recipient: utf-8; "
                                     "ren\\x{E9}\\x{5C}e@partner.test\r\n"));
}

static void
test_report_long (void)
{
  g_autofree char *text = g_strnfill (PC_LIMIT_REPORT_CONTENT, 'x');
  g_autofree char *content = g_strconcat ("Subject: long\r\n\r\n", text, NULL);
  g_autofree char *report = make_report (content, PC_RETURN_FULL,
                                         "robin@partner.test", NULL);

  g_assert_cmpuint (strlen (report), <, 4000);
  g_assert_nonnull (strstr (report, "text/rfc822-headers"));
}

static void
test_room (void)
{
  g_auto (World) world = { 0 };
  PcQueuedMail *mail;

  world_init (&world);
  g_assert_true (pc_mail_queue_has_room (world.queue, PC_LIMIT_QUEUE_SIZE));
  add (&world, "alex@example.test", 0);
  g_assert_false (pc_mail_queue_has_room (world.queue, PC_LIMIT_QUEUE_SIZE));
  g_assert_false (pc_mail_queue_has_room (world.queue, G_MAXSIZE));
  for (guint i = 1; i < PC_LIMIT_QUEUE_MAILS; i++) {
    g_assert_true (pc_mail_queue_has_room (world.queue, 1));
    add (&world, "alex@example.test", 0);
  }
  g_assert_false (pc_mail_queue_has_room (world.queue, 1));
  mail = pc_mail_queue_take (world.queue, NOW + SECOND);
  pc_queued_recipient_settle (first (mail), PC_MAIL_SENT, NULL, NULL);
  pc_mail_queue_put_back (world.queue, NOW + SECOND, mail);
  g_assert_true (pc_mail_queue_has_room (world.queue, 1));

  /* The report on one that goes takes its place; no other is added. */
  add (&world, "kim@elsewhere.test", PC_NOTIFY_SUCCESS);
  mail = pc_queued_mail_new ("Q2", "kim@elsewhere.test",
                             pc_mail_queue_get (world.queue, 0)->content, NOW);
  pc_queued_recipient_settle (pc_queued_mail_add (mail, "alex@example.test",
                                                  PC_NOTIFY_SUCCESS, NULL),
                              PC_MAIL_STORED, NULL, NULL);
  pc_mail_queue_report (world.queue, NOW, mail);
  pc_queued_mail_free (mail);
  g_assert_cmpuint (pc_mail_queue_get_n (world.queue), ==,
                    PC_LIMIT_QUEUE_MAILS);
  mail = pc_mail_queue_get (world.queue, PC_LIMIT_QUEUE_MAILS - 1);
  mail->next = 0;
  g_assert_true (pc_mail_queue_take (world.queue, NOW) == mail);
  pc_queued_recipient_settle (first (mail), PC_MAIL_RELAYED, "x", "250 Ok");
  pc_mail_queue_put_back (world.queue, NOW, mail);
  g_assert_cmpuint (pc_mail_queue_get_n (world.queue), ==,
                    PC_LIMIT_QUEUE_MAILS);
  mail = pc_mail_queue_get (world.queue, PC_LIMIT_QUEUE_MAILS - 1);
  g_assert_cmpstr (mail->sender, ==, "");
}

static void
test_quota (void)
{
  g_auto (World) world = { 0 };
  PcAccount *account;
  g_autoptr (GBytes) content = g_bytes_new_static (MESSAGE, strlen (MESSAGE));

  world_init (&world);
  account = pc_mail_store_find_user (world.store, "alex");
  g_assert_true (pc_account_has_room (account, G_MAXUINT64));
  pc_account_set_quota (account, strlen (MESSAGE) + 10);
  g_assert_true (pc_account_has_room (account, strlen (MESSAGE) + 10));
  g_assert_false (pc_account_has_room (account, strlen (MESSAGE) + 11));
  pc_mailbox_append (pc_account_find_mailbox (account, "INBOX"), content, 0,
                     NOW, 0, NULL);
  g_assert_cmpuint (pc_account_get_used (account), ==, strlen (MESSAGE));
  g_assert_true (pc_account_has_room (account, 10));
  g_assert_false (pc_account_has_room (account, 11));
}

static void
test_domains (void)
{
  g_autoptr (PcMailStore) store = pc_mail_store_new ("a.test");

  pc_mail_store_add_account (store, "robin", "p", 1);
  pc_mail_store_add_domain (store, "b.test");
  g_assert_true (pc_mail_store_is_local (store, "x@A.test"));
  g_assert_true (pc_mail_store_is_local (store, "x@B.test"));
  g_assert_false (pc_mail_store_is_local (store, "x@c.test"));
  g_assert_nonnull (pc_mail_store_find_address (store, "Robin@b.test"));
  g_assert_null (pc_mail_store_find_address (store, "robin@c.test"));
  g_assert_nonnull (pc_mail_store_login (store, "robin@b.test", "p"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queue/routes", test_routes);
  g_test_add_func ("/queue/greylist", test_greylist);
  g_test_add_func ("/queue/greylist-limit", test_greylist_limit);
  g_test_add_func ("/queue/due", test_due);
  g_test_add_func ("/queue/fates", test_fates);
  g_test_add_func ("/queue/delay-once", test_delay_once);
  g_test_add_func ("/queue/some", test_some);
  g_test_add_func ("/queue/foreign-sender", test_foreign_sender);
  g_test_add_func ("/queue/report", test_report);
  g_test_add_func ("/queue/report-hostile", test_report_hostile);
  g_test_add_func ("/queue/report-long", test_report_long);
  g_test_add_func ("/queue/room", test_room);
  g_test_add_func ("/queue/quota", test_quota);
  g_test_add_func ("/queue/domains", test_domains);

  return g_test_run ();
}
