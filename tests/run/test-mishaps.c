/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Our exchanges over lines that break, crawl and spoil: each of them really
 * shows the one thing that it is there for, in memory and over sockets; and
 * what lies in the mailboxes afterwards is what it says.
 */

#include "run/run.h"

#include "run/hub-private.h"
#include "run/run-private.h"

#include "base/paths.h"
#include "scenario/library.h"

#include <string.h>

typedef struct
{
  const char *address;
  const char *mailbox;
  guint       n; /* messages, when all is over */
} Box;

/* What a unit says: the nth with this rule. */
typedef struct
{
  const char *rule;
  guint       nth;
  const char *text;
  gboolean    lacks; /* it does not say so */
} Said;

typedef struct
{
  const char *id;
  PcOutcome   outcome;
  guint       n_conns;
  const char *rules; /* of steps, one after the other; others in between */
  const char *never; /* of no step; or NULL */
  Box         boxes[3];
  Said        said[3];
} Row;

#define ROBIN "robin@example.test"
#define ALEX "alex@example.test"

static const Row rows[] = {
  { "smtp-slow-link", PC_OUTCOME_OK, 1,
    "smtp.ehlo fault.slow smtp.ehlo.reply smtp.mail smtp.queued", NULL,
    { { ROBIN, "INBOX", 1 } },
    { { "smtp.ehlo.reply", 1, "250 HELP\r\n" } } },
  { "smtp-421-in-between", PC_OUTCOME_OK, 2,
    "smtp.rcpt fault.answer smtp.error.closing tcp.close tcp.open smtp.mail "
    "smtp.rcpt smtp.rcpt.ok smtp.queued smtp.quit",
    NULL,
    { { ROBIN, "INBOX", 1 } },
    { { "smtp.error.closing", 1, "421 4.3.2" } } },
  { "smtp-full-for-one", PC_OUTCOME_OK, 1,
    "smtp.rcpt.ok fault.answer smtp.rcpt.full smtp.rcpt.ok smtp.queued "
    "smtp.mail smtp.rcpt smtp.rcpt.ok smtp.queued",
    NULL,
    { { ALEX, "INBOX", 1 },
      { ROBIN, "INBOX", 1 },
      { "kim@example.test", "INBOX", 1 } },
    { { "smtp.rcpt", 2, "<" ROBIN ">" }, { "smtp.rcpt", 4, "<" ROBIN ">" } } },
  { "smtp-cut-in-data", PC_OUTCOME_OK, 3,
    "smtp.data.go-ahead fault.cut tcp.unfinished tcp.reset pop3.stat.reply "
    "smtp.content smtp.queued",
    NULL,
    { { ROBIN, "INBOX", 1 } },
    { { "tcp.unfinished", 1, "but not to the last one", TRUE },
      { "pop3.stat.reply", 1, "+OK 0 0" },
      { "smtp.content", 1, "but not to the last one" } } },
  { "smtp-lost-verdict", PC_OUTCOME_OK, 3,
    "smtp.content fault.cut tcp.reset smtp.content smtp.queued "
    "pop3.stat.reply pop3.top.reply pop3.top.reply",
    "tcp.unfinished",
    { { ROBIN, "INBOX", 2 } },
    { { "pop3.stat.reply", 1, "+OK 2 " },
      { "pop3.top.reply", 1, "\r\nMessage-ID: <tickets.2@elsewhere.test>\r\n" },
      { "pop3.top.reply", 2,
        "\r\nMessage-ID: <tickets.2@elsewhere.test>\r\n" } } },
  { "smtp-changed-octet", PC_OUTCOME_FAILED_AS_INTENDED, 1,
    "smtp.mail.ok fault.change smtp.rcpt smtp.rcpt.unknown-user smtp.quit",
    "smtp.rcpt.ok",
    { { ROBIN, "INBOX", 0 } },
    { { "smtp.rcpt", 1, "<rocin@example.test>" } } },
  { "pop3-cut-before-quit", PC_OUTCOME_OK, 2,
    "pop3.uidl.reply pop3.dele.ok pop3.dele.ok fault.cut tcp.unfinished "
    "tcp.reset pop3.uidl.reply pop3.dele.ok pop3.dele.ok pop3.quit "
    "pop3.quit.update",
    NULL,
    { { ALEX, "INBOX", 0 } },
    { { "tcp.unfinished", 1, "QUI" }, { "pop3.uidl.reply", 2, "\r\n2 " } } },
  { "pop3-changed-octet", PC_OUTCOME_OK, 1,
    "fault.change pop3.retr.reply pop3.retr.reply pop3.quit", NULL,
    { { ALEX, "INBOX", 1 } },
    { { "pop3.retr.reply", 1, "pay 180 euros.\r\n.\r\n" },
      { "pop3.retr.reply", 2, "pay 100 euros.\r\n.\r\n" } } },
  { "pop3-cut-in-tls", PC_OUTCOME_OK, 2,
    "tls.finished pop3.retr fault.cut tcp.unfinished tcp.reset tcp.open "
    "tls.finished pop3.retr.reply tls.alert.close-notify tcp.close",
    NULL,
    { { ALEX, "INBOX", 1 } },
    { { "tcp.unfinished", 1, "as you like.\r\n" },
      { "tcp.unfinished", 1, "Unless", TRUE },
      { "pop3.retr.reply", 1, "Unless somebody objects.\r\n.\r\n" } } },
  { "imap-answer-no", PC_OUTCOME_OK, 1,
    "imap.login.ok imap.select fault.answer imap.select.no imap.select "
    "imap.exists imap.select.ok",
    "tcp.reset",
    { { ALEX, "INBOX", 1 } },
    { { "imap.select.no", 1, " NO [UNAVAILABLE] " } } },
  { "imap-joined-split", PC_OUTCOME_OK, 1,
    "fault.join imap.status.data imap.status.ok fault.split imap.fetch.data "
    "imap.fetch.ok",
    NULL,
    { { ALEX, "INBOX", 1 } },
    { { "imap.fetch.data", 1, "{23}\r\nAll pieces are there.\r\n)\r\n" } } },
  { "imap-frozen", PC_OUTCOME_OK, 2,
    "imap.status fault.freeze tcp.close tcp.open imap.login.ok imap.status "
    "imap.status.data imap.status.ok",
    "tcp.reset",
    { { ALEX, "INBOX", 1 } },
    { { "imap.status.data", 1, "MESSAGES 1 UNSEEN 1" } } },
  { "imap-cut-in-append", PC_OUTCOME_OK, 2,
    "imap.append imap.continue fault.cut tcp.unfinished tcp.reset "
    "imap.status.data imap.append imap.literal imap.append.ok",
    NULL,
    { { ALEX, "Drafts", 1 }, { ALEX, "INBOX", 0 } },
    { { "tcp.unfinished", 1, "at nine.", TRUE },
      { "imap.status.data", 1, "MESSAGES 0" },
      { "imap.literal", 1, "at nine." } } },
};

static const struct
{
  const char *name;
  PcLinkKind  kind;
} links[] = {
  { "memory", PC_LINK_MEMORY },
  { "sockets", PC_LINK_SOCKETS },
};

/* -- what is left --------------------------------------------------------- */

typedef struct
{
  const Row *row;
  guint      counts[3];
} Look;

static guint
count (PcHub     *hub,
       const Box *box)
{
  for (guint i = 0; i < hub->listenings->len; i++) {
    const PcListening *listening = hub->listenings->pdata[i];
    PcAccount *account = pc_mail_store_find_address (listening->service.store,
                                                     box->address);

    if (account != NULL)
      return pc_mailbox_get_n_messages (
          pc_account_find_mailbox (account, box->mailbox));
  }

  g_error ("nobody is called %s", box->address);
}

static void
watch_cb (PcHub   *hub,
          gpointer user_data)
{
  Look *look = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (look->counts); i++)
    if (look->row->boxes[i].address != NULL)
      look->counts[i] = count (hub, &look->row->boxes[i]);
}

/* -- what was shown ------------------------------------------------------- */

static gboolean
has_rule (PcStep     *step,
          const char *rule)
{
  return strcmp (pc_step_get_rule (step), rule) == 0;
}

static PcStep *
find (PcTimeline *timeline,
      const char *rule,
      guint       nth)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    if (has_rule (step, rule) && --nth == 0)
      return step;
  }

  g_error ("no %s", rule);
}

static void
check_order (PcTimeline *timeline,
             const char *text)
{
  g_auto (GStrv) rules = g_strsplit (text, " ", -1);
  guint next = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    if (rules[next] != NULL &&
        has_rule (pc_timeline_get_step (timeline, i), rules[next]))
      next++;

  /* The one that did not come. */
  g_assert_cmpstr (rules[next], ==, NULL);
}

static gboolean
says (PcStep     *step,
      const char *text)
{
  GBytes *bytes = pc_step_get_bytes (step);

  return g_strstr_len (g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes), text) != NULL;
}

static void
check_steps (PcTimeline *timeline,
             const Row  *row)
{
  guint n_conns = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);
    gsize   labelled = 0;

    n_conns = MAX (n_conns, pc_step_get_conn (step));
    for (guint k = 0; k < pc_step_get_n_fields (step); k++)
      labelled += pc_step_get_field (step, k)->end -
                  pc_step_get_field (step, k)->start;
    g_assert_cmpuint (labelled, ==,
                      g_bytes_get_size (pc_step_get_bytes (step)));
    g_assert_cmpuint (strlen (pc_step_get_explanation (step)), >, 0);
    g_assert_true (row->never == NULL || !has_rule (step, row->never));
  }
  g_assert_cmpuint (n_conns, ==, row->n_conns);
}

static PcScenario *
find_scenario (const char *id)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcLibrary) library = pc_library_new (dir, problems);
  PcScenario *scenario = pc_library_find (library, id);

  g_assert_nonnull (scenario);
  return pc_scenario_ref (scenario);
}

static PcTimeline *
run (const char *id,
     PcLinkKind  kind,
     Look       *look)
{
  g_autoptr (PcScenario) scenario = find_scenario (id);
  g_autoptr (GError) error = NULL;
  PcTimeline *timeline = pc_run_scenario_watched (
      scenario, kind, NULL, look != NULL ? watch_cb : NULL, look, &error);

  g_assert_no_error (error);
  return timeline;
}

static void
check_row (const Row *row,
           PcLinkKind kind)
{
  Look look = { .row = row };
  g_autoptr (PcTimeline) timeline = run (row->id, kind, &look);

  g_assert_cmpint (pc_timeline_get_outcome (timeline), ==, row->outcome);
  check_steps (timeline, row);
  check_order (timeline, row->rules);
  for (guint i = 0; i < G_N_ELEMENTS (row->boxes); i++)
    g_assert_cmpuint (look.counts[i], ==, row->boxes[i].n);
  for (guint i = 0; i < G_N_ELEMENTS (row->said); i++) {
    const Said *said = &row->said[i];

    if (said->rule != NULL)
      g_assert_true (says (find (timeline, said->rule, said->nth),
                           said->text) != said->lacks);
  }
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint k = 0; k < G_N_ELEMENTS (links); k++) {
      g_test_message ("%s, %s", rows[i].id, links[k].name);
      check_row (&rows[i], links[k].kind);
    }
}

/* Every mark is found: a note that nobody sees teaches nothing. */
static void
test_marks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcScenario) scenario = find_scenario (rows[i].id);
    g_autoptr (PcTimeline) timeline = run (rows[i].id, PC_LINK_MEMORY, NULL);

    for (guint k = 0; k < pc_scenario_get_n_marks (scenario); k++) {
      const char *mark = pc_scenario_get_mark (scenario, k)->id;

      g_test_message ("%s: %s", rows[i].id, mark);
      g_assert_cmpint (pc_timeline_find_mark (timeline, mark), >=, 0);
    }
  }
}

/* -- times and sameness --------------------------------------------------- */

static gint64
get_duration (PcStep *step)
{
  return pc_step_get_end_time (step) - pc_step_get_time (step);
}

/* The client speaks when the last octet of the answer is there. */
static void
test_slow (void)
{
  g_autoptr (PcTimeline) timeline = run ("smtp-slow-link", PC_LINK_MEMORY,
                                         NULL);
  PcStep *reply = find (timeline, "smtp.ehlo.reply", 1);
  PcStep *mail = find (timeline, "smtp.mail", 1);

  g_assert_cmpint (get_duration (reply), >, 150000);
  g_assert_cmpint (pc_step_get_time (mail), ==, pc_step_get_end_time (reply));
}

/* Seven pieces of eight octets, six times 40 ms; and two answers as one. */
static void
test_pieces (void)
{
  g_autoptr (PcTimeline) timeline = run ("imap-joined-split", PC_LINK_MEMORY,
                                         NULL);
  PcStep *split = find (timeline, "imap.fetch.data", 1);
  PcStep *first = find (timeline, "imap.status.data", 1);
  PcStep *second = find (timeline, "imap.status.ok", 1);

  g_assert_cmpint (get_duration (split), ==, 6 * 40000 + 150);
  g_assert_cmpint (pc_step_get_time (first), ==, pc_step_get_time (second));
  g_assert_cmpint (pc_step_get_end_time (first), ==,
                   pc_step_get_end_time (second));
}

/* Its timer, and nothing else: who is frozen says no goodbye. */
static void
test_frozen (void)
{
  g_autoptr (PcTimeline) timeline = run ("imap-frozen", PC_LINK_MEMORY, NULL);
  PcStep *asked = find (timeline, "imap.status", 1);
  PcStep *closed = find (timeline, "tcp.close", 1);
  PcStep *again = find (timeline, "tcp.open", 2);

  g_assert_cmpint (pc_step_get_time (closed) - pc_step_get_time (asked), ==,
                   700000);
  g_assert_cmpint (pc_step_get_time (again) - pc_step_get_time (closed), <,
                   1000);
}

/* The summary counts what came of the content, and all of it. */
static void
test_counted (void)
{
  g_autoptr (PcTimeline) timeline = run ("imap-cut-in-append", PC_LINK_MEMORY,
                                         NULL);

  g_assert_cmpstr (pc_step_get_summary (find (timeline, "tcp.unfinished", 1)),
                   ==, "302 octets of content");
  g_assert_cmpstr (pc_step_get_summary (find (timeline, "imap.literal", 1)),
                   ==, "312 octets of content");
}

/* By these ids the tablet knows what it has. */
static void
test_same_ids (void)
{
  g_autoptr (PcTimeline) timeline = run ("pop3-cut-before-quit",
                                         PC_LINK_MEMORY, NULL);

  g_assert_true (
      g_bytes_equal (pc_step_get_bytes (find (timeline, "pop3.uidl.reply", 1)),
                     pc_step_get_bytes (find (timeline, "pop3.uidl.reply",
                                              2))));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/mishaps/rows", test_rows);
  g_test_add_func ("/run/mishaps/marks", test_marks);
  g_test_add_func ("/run/mishaps/slow", test_slow);
  g_test_add_func ("/run/mishaps/pieces", test_pieces);
  g_test_add_func ("/run/mishaps/frozen", test_frozen);
  g_test_add_func ("/run/mishaps/counted", test_counted);
  g_test_add_func ("/run/mishaps/same-ids", test_same_ids);

  return g_test_run ();
}
