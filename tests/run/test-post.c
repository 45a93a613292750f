/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mail between servers, in memory: which server is tried, what is tried again,
 * what comes back; and what a client too many is told. */

#include "run/run.h"

#include "run/hub-private.h"
#include "run/postman.h"
#include "run/run-private.h"

#include "base/limits.h"
#include "proto/registry.h"

#include <string.h>

/* Servers of example.test (own) and partner.test (one, two); "'" stands for a
 * quotation mark. */
#define HEAD                                                                  \
  "{ 'format': 'portcall-scenario', 'format_version': 1, 'id': 'x', "         \
  "'title': 'X', 'summary': 'X.', 'subtitle': 'x', 'protocol': 'smtp', "      \
  "'actors': [ "                                                              \
  "{ 'id': 'c', 'name': 'C', 'role': 'client', 'speaks': 'smtp' }, "          \
  "{ 'id': 'own', 'name': 'O', 'role': 'server', 'listens': [ "               \
  "{ 'protocol': 'smtp', 'port': 587 }, { 'protocol': 'smtp', 'port': 25 } "  \
  "] }, "
#define ONE(more)                                                             \
  "{ 'id': 'one', 'name': '1', 'role': 'server', 'host': 'one.partner.test', " \
  "'domains': [ 'partner.test' ], 'listens': [ " more " ] }"
#define PORT(more) "{ 'protocol': 'smtp', 'port': 25" more " }"
#define TWO                                                                   \
  ", { 'id': 'two', 'name': '2', 'role': 'server', 'host': 'two.partner.test'" \
  ", 'domains': [ 'other.test', 'second.test' ], 'listens': [ " PORT ("") " ] }"
#define WORLD(mx)                                                            \
  " ], 'world': { 'accounts': [ "                                            \
  "{ 'user': 'alex', 'password': 'p' }, "                                    \
  "{ 'user': 'robin@partner.test', 'password': 'p' }, "                      \
  "{ 'user': 'robin@other.test', 'password': 'p' } ], "                      \
  "'mx': { " mx " } }, "
#define DO(what) "{ 'actor': 'c', 'do': " what " }"
#define LOGIN                                       \
  "'script': [ " DO ("'connect', 'to': 'own', 'port': 587") ", " DO ( \
      "'ehlo'") ", " DO ("'auth', 'user': 'alex', 'password': 'p'") ", "
#define SEND(from, to)                                  \
  DO ("'send', 'from': '" from "', 'to': '" to          \
      "', 'lines': [ 'Subject: x', '', 'y' ]") ", " DO ("'quit'") " ] }"

/* The INBOX of one server's user at the end of a run. */
typedef struct
{
  const char *actor;
  const char *address;
  guint       n;
  char       *newest;
} Box;

static void
read_box (PcHub *hub,
          Box   *box)
{
  for (guint i = 0; i < hub->listenings->len; i++) {
    const PcHubService *service =
        &((PcListening *) hub->listenings->pdata[i])->service;
    PcAccount *account;
    PcMailbox *inbox;
    gsize      len;
    const char *data;

    if (strcmp (service->actor, box->actor) != 0)
      continue;
    account = pc_mail_store_find_address (service->store, box->address);
    if (account == NULL)
      continue;
    inbox = pc_account_find_mailbox (account, "INBOX");
    box->n = pc_mailbox_get_n_messages (inbox);
    g_clear_pointer (&box->newest, g_free);
    if (box->n == 0)
      continue;
    data = g_bytes_get_data (
        pc_mailbox_get_message (inbox, box->n - 1)->content, &len);
    box->newest = g_strndup (data, len);
  }
}

static void
watch_cb (PcHub   *hub,
          gpointer user_data)
{
  Box *boxes = user_data;

  for (guint i = 0; boxes[i].actor != NULL; i++)
    read_box (hub, &boxes[i]);
}

static PcTimeline *
run (const char *template,
     Box        *boxes)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (template), "'", '"');
  PcTimeline      *timeline;

  scenario = pc_scenario_parse ("x.json", (const guint8 *) json,
                                strlen (json), problems);
  for (guint i = 0; i < pc_problems_get_n (problems); i++)
    g_test_message ("  %s", pc_problems_get (problems, i)->message);
  g_assert_nonnull (scenario);
  timeline = pc_run_scenario_watched (scenario, PC_LINK_MEMORY, NULL, watch_cb,
                                      boxes, &error);
  g_assert_no_error (error);
  return timeline;
}

/* How often @from has sent a step with @rule. */
static guint
count (PcTimeline *timeline,
       const char *from,
       const char *rule)
{
  guint n = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    n += strcmp (pc_step_get_rule (step), rule) == 0 &&
         strcmp (pc_step_get_from (step), from) == 0;
  }

  return n;
}

static const struct
{
  const char *name;
  const char *json;
  const char *from; /* a step of this actor's with this rule is there, */
  const char *rule;
  guint       times;    /* so often */
  guint       alex;     /* letters in the end */
  guint       partner;  /* robin's at partner.test */
  guint       other;    /* robin's at other.test */
  const char *contains; /* alex's newest */
} rows[] = {
  { "straight",
    HEAD ONE (PORT ("")) WORLD ("'partner.test': 'one'") LOGIN SEND (
        "alex@example.test", "robin@partner.test"),
    "one", "smtp.queued", 1, 0, 1, 0, NULL },
  { "first-down",
    HEAD ONE ("") TWO WORLD (
        "'other.test': [ { 'to': 'two', 'preference': 20 }, "
        "{ 'to': 'one', 'preference': 10 } ]") LOGIN SEND ("alex@example.test",
                                                           "robin@other.test"),
    "two", "smtp.queued", 1, 0, 0, 1, NULL },
  { "first-closed",
    HEAD ONE (PORT (", 'closed': true")) TWO WORLD (
        "'other.test': [ { 'to': 'one', 'preference': 10 }, "
        "{ 'to': 'two', 'preference': 20 } ]") LOGIN SEND ("alex@example.test",
                                                           "robin@other.test"),
    "one", "smtp.greeting.closed", 1, 0, 0, 1, NULL },
  { "refusal-is-final",
    HEAD ONE (PORT ("")) TWO WORLD (
        "'other.test': [ { 'to': 'one', 'preference': 10 }, "
        "{ 'to': 'two', 'preference': 20 } ]") LOGIN SEND ("alex@example.test",
                                                           "robin@other.test"),
    "one", "smtp.rcpt.relay-refused", 1, 1, 0, 0, "Status: 5.7.1" },
  { "all-down",
    HEAD ONE ("") WORLD ("'partner.test': 'one'")
        "'retry': { 'wait_ms': 100, 'give_up_ms': 250 }, " LOGIN SEND (
            "alex@example.test", "robin@partner.test"),
    "own", "tcp.refused", 3, 1, 0, 0, "Status: 4.4.1" },
  { "only-closed",
    HEAD ONE (PORT (", 'closed': true")) WORLD ("'partner.test': 'one'")
        LOGIN SEND ("alex@example.test", "robin@partner.test"),
    "one", "smtp.greeting.closed", 1, 1, 0, 0, "smtp; 521 one.partner.test" },
  { "no-route",
    HEAD ONE (PORT ("")) WORLD ("") LOGIN SEND ("alex@example.test",
                                                "robin@partner.test"),
    "one", "smtp.greeting", 0, 1, 0, 0, "Status: 5.1.2" },
  { "to-itself",
    HEAD ONE (PORT ("")) WORLD ("'partner.test': 'own'") LOGIN SEND (
        "alex@example.test", "robin@partner.test"),
    "one", "smtp.greeting", 0, 1, 0, 0, "Status: 5.4.6" },
  { "second-domain",
    HEAD ONE (PORT ("")) TWO WORLD ("'second.test': 'two'") LOGIN SEND (
        "alex@example.test", "robin@second.test"),
    "two", "smtp.queued", 1, 0, 0, 1, NULL },
  { "two-domains",
    HEAD ONE (PORT ("")) TWO WORLD (
        "'other.test': 'two', 'partner.test': 'one'") LOGIN
        SEND ("alex@example.test",
              "robin@partner.test,robin@other.test,robin@PARTNER.test"),
    "own", "smtp.mail", 2, 0, 1, 1, NULL },
  { "one-refused",
    HEAD ONE (PORT ("")) WORLD ("'partner.test': 'one'") LOGIN SEND (
        "alex@example.test", "who@partner.test,robin@partner.test"),
    "one", "smtp.rcpt.unknown-user", 1, 1, 1, 0, "rfc822; who@partner.test" },
  { "report-over-the-wire",
    HEAD ONE (PORT (
        "") ", { 'protocol': 'smtp', 'port': 587 }") WORLD ("'example.test': "
                                                            "'own'")
        "'script': [ " DO ("'connect', 'to': 'one', 'port': 587") ", " DO (
            "'auth', 'user': 'robin', 'password': 'p', 'refused': true") ", "
        DO ("'ehlo'") ", " DO (
            "'auth', 'user': 'robin', 'password': 'p'") ", "
        SEND ("alex@example.test", "a@nowhere.test"),
    "one", "smtp.mail.null", 1, 1, 0, 0, "Reporting-MTA: dns; one." },
  { "never-come-again",
    HEAD ONE (PORT (", 'greylist': 60")) WORLD ("'partner.test': 'one'")
        "'retry': { 'wait_ms': 100, 'warn_ms': 150, 'give_up_ms': 500 }, "
        LOGIN SEND ("alex@example.test", "robin@partner.test"),
    "one", "smtp.rcpt.greylisted", 4, 2, 0, 0, "Action: failed" },
  { "patient",
    HEAD ONE (PORT (", 'greylist': 1")) WORLD ("'partner.test': 'one'")
        "'retry': { 'wait_ms': 500 }, " LOGIN SEND ("alex@example.test",
                                                    "robin@partner.test"),
    "one", "smtp.rcpt.greylisted", 2, 0, 1, 0, NULL },
  { "half-an-hour",
    HEAD ONE (PORT (", 'greylist': 1")) WORLD ("'partner.test': 'one'") LOGIN
        SEND ("alex@example.test", "robin@partner.test"),
    "one", "smtp.rcpt.greylisted", 1, 0, 0, 0, NULL },
  { "too-many",
    HEAD ONE (PORT (", 'max_recipients': 1")) WORLD ("'partner.test': 'one'")
        "'retry': { 'wait_ms': 100 }, " LOGIN SEND (
            "alex@example.test", "robin@partner.test,who@partner.test"),
    "one", "smtp.rcpt.too-many", 1, 1, 1, 0, "Status: 5.1.1" },
  { "too-big",
    HEAD ONE (PORT (", 'max_size': 50")) WORLD ("'partner.test': 'one'") LOGIN
        SEND ("alex@example.test", "robin@partner.test"),
    "one", "smtp.mail.too-big", 1, 1, 0, 0, "Status: 5.3.4" },
  { "null-mx",
    HEAD ONE (PORT ("")) WORLD ("'partner.test': '.'") LOGIN DO (
        "'send', 'from': 'alex@example.test', 'to': 'robin@partner.test', "
        "'lines': [ 'x' ], 'refused': true") " ] }",
    "own", "smtp.rcpt.closed-domain", 1, 0, 0, 0, NULL },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Box boxes[] = { { "own", "alex@example.test" },
                    { "one", "robin@partner.test" },
                    { "two", "robin@other.test" },
                    { NULL } };
    g_autoptr (PcTimeline) timeline = NULL;

    g_test_message ("%s", rows[i].name);
    timeline = run (rows[i].json, boxes);
    g_assert_cmpstr (pc_timeline_get_reason (timeline), ==, NULL);
    g_assert_cmpuint (count (timeline, rows[i].from, rows[i].rule), ==,
                      rows[i].times);
    g_assert_cmpuint (boxes[0].n, ==, rows[i].alex);
    g_assert_cmpuint (boxes[1].n, ==, rows[i].partner);
    g_assert_cmpuint (boxes[2].n, ==, rows[i].other);
    if (rows[i].contains != NULL) {
      g_test_message ("%s", boxes[0].newest);
      g_assert_nonnull (strstr (boxes[0].newest, rows[i].contains));
      g_assert_nonnull (strstr (boxes[0].newest, "Return-Path: <>\r\n"));
    }
    for (guint k = 0; k < 3; k++)
      g_free (boxes[k].newest);
  }
}

/* -- one client too many --------------------------------------------------- */

static void
test_crowded (void)
{
  static const struct
  {
    const char *protocol;
    const char *port;
    const char *rule;
  } table[] = {
    { "smtp", "25", "smtp.greeting.crowded" },
    { "imap", "143", "imap.greeting.bye" },
    { "pop3", "110", "pop3.greeting.err" },
  };
  static const char template[] =
      "{ 'format': 'portcall-scenario', 'format_version': 1, 'id': 'x', "
      "'title': 'X', 'summary': 'X.', 'subtitle': 'x', 'protocol': '%s', "
      "'actors': [ "
      "{ 'id': 'c', 'name': 'C', 'role': 'client', 'speaks': '%s' }, "
      "{ 'id': 'd', 'name': 'D', 'role': 'client', 'speaks': '%s' }, "
      "{ 'id': 'own', 'name': 'O', 'role': 'server', 'listens': [ "
      "{ 'protocol': '%s', 'port': %s, 'max_connections': 1 } ] } ], "
      "'script': [ { 'actor': 'c', 'do': 'connect', 'port': %s }, "
      "{ 'actor': 'd', 'do': 'connect', 'port': %s, 'refused': true }, "
      "{ 'actor': 'c', 'do': '%s' }, "
      "{ 'actor': 'd', 'do': 'connect', 'port': %s } ] }";

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    const char *p = table[i].protocol;
    const char *n = table[i].port;
    Box         boxes[] = { { NULL } };
    g_autoptr (PcTimeline) timeline = NULL;
    g_autofree char *json = g_strdup_printf (
        template, p, p, p, p, n, n, n, i == 1 ? "logout" : "quit", n);

    g_test_message ("%s", p);
    timeline = run (json, boxes);
    g_assert_cmpstr (pc_timeline_get_reason (timeline), ==, NULL);
    g_assert_cmpuint (count (timeline, "own", table[i].rule), ==, 1);
  }
}

/* -- a server that loses its line ------------------------------------------ */

/* Somebody else's server: takes one mail, and the first time is gone before
 * it has said so. */
typedef struct
{
  PcStream *stream;
  GString  *said;
  guint     n_conns;
  guint     n_copies;
} Clumsy;

static void
clumsy_say (Clumsy     *self,
            const char *text)
{
  pc_stream_write (self->stream, text, strlen (text));
}

static void
clumsy_received (PcStream     *stream,
                 const guint8 *data,
                 gsize         len,
                 gpointer      user_data)
{
  Clumsy *self = user_data;

  g_string_append_len (self->said, (const char *) data, (gssize) len);
  if (g_str_has_suffix (self->said->str, "\r\n.\r\n")) {
    self->n_copies++;
    if (self->n_conns > 1)
      clumsy_say (self, "250 taken\r\n");
    else {
      pc_stream_abort (stream);
      g_clear_pointer (&self->stream, pc_stream_free);
    }
  } else if (g_str_has_suffix (self->said->str, "QUIT\r\n")) {
    clumsy_say (self, "221 bye\r\n");
    pc_stream_finish (stream);
  } else if (g_str_has_suffix (self->said->str, "DATA\r\n"))
    clumsy_say (self, "354 go\r\n");
  else
    clumsy_say (self, "250 yes\r\n");
  g_string_truncate (self->said, 0);
}

static void
clumsy_opened (PcStream *stream,
               gpointer  user_data)
{
}

static void
clumsy_ended (PcStream   *stream,
              PcStreamEnd end,
              gpointer    user_data)
{
  g_clear_pointer (&((Clumsy *) user_data)->stream, pc_stream_free);
}

static const PcStreamHandler clumsy_handler = {
  .opened = clumsy_opened,
  .received = clumsy_received,
  .ended = clumsy_ended,
};

static void
clumsy_accept (PcListener *listener,
               PcStream   *stream,
               gpointer    user_data)
{
  Clumsy *self = user_data;

  self->n_conns++;
  self->stream = stream;
  pc_stream_set_handler (stream, &clumsy_handler, self);
  clumsy_say (self, "220 clumsy\r\n");
}

static void
test_lost_answer (void)
{
  static const PcHubHandler nobody = { 0 };
  PcNet     *net = pc_memory_new (0, 150);
  Clumsy     clumsy = { .said = g_string_new (NULL) };
  g_autoptr (PcListener) listener = pc_net_listen (net, 0, clumsy_accept,
                                                   &clumsy, NULL);
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  g_autoptr (PcMailQueue) queue = pc_mail_queue_new (store, "own");
  g_autoptr (PcRoutes) routes = pc_routes_new ();
  g_autoptr (GBytes) content = g_bytes_new_static ("Subject: x\r\n\r\ny\r\n",
                                                   17);
  PcQueuedMail *mail = pc_queued_mail_new ("Q", "alex@example.test", content,
                                           0);
  PcHub *hub = pc_hub_new (net, store, NULL, &nobody, NULL);

  pc_mail_store_add_account (store, "alex", "p", 1);
  pc_routes_add (routes, "partner.test", 0, "p", pc_listener_get_port (listener));
  pc_mail_queue_set_routes (queue, routes);
  pc_queued_mail_add (mail, "robin@partner.test", 0, NULL);
  pc_mail_queue_add (queue, mail);
  pc_hub_add_postman (hub, pc_postman_new (queue, "own", NULL, NULL, NULL));
  pc_hub_enter (hub);
  pc_hub_leave (hub);

  g_assert_false (pc_hub_is_post_quiet (hub, pc_net_now (net) + 1000000));
  while (pc_mail_queue_get_n (queue) > 0 && pc_net_turn (net))
    ;
  /* It has the mail twice, which is better than never. */
  g_assert_cmpuint (clumsy.n_conns, ==, 2);
  g_assert_cmpuint (clumsy.n_copies, ==, 2);
  g_assert_cmpuint (pc_mail_queue_get_n (queue), ==, 0);
  g_assert_cmpint (pc_net_now (net), >=, 30 * 60 * G_USEC_PER_SEC);
  g_assert_true (pc_hub_is_post_quiet (hub, G_MAXINT64 - 1));

  /* Nothing is kept of conversations that are over. */
  while (pc_hub_get_n_conns (hub) > 0 && pc_net_turn (net))
    ;
  g_assert_cmpuint (pc_hub_get_n_conns (hub), ==, 0);
  g_assert_cmpuint (hub->past->len, ==, 0);
  g_clear_pointer (&clumsy.stream, pc_stream_free);
  g_clear_pointer (&listener, pc_listener_free);
  pc_hub_free (hub);
  g_string_free (clumsy.said, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/post/rows", test_rows);
  g_test_add_func ("/post/crowded", test_crowded);
  g_test_add_func ("/post/lost-answer", test_lost_answer);

  return g_test_run ();
}
