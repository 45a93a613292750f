/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every kind of fault, in memory and over sockets: it strikes where it was
 * told to, it is seen, and it strikes there every time.
 */

#include "run/run.h"

#include "base/limits.h"
#include "base/paths.h"
#include "scenario/library.h"
#include "timeline/export.h"

#include <string.h>

#define REPEATS 100

typedef struct
{
  const char *name;
  const char *scenario;
  const char *specs; /* by blanks between "; " */
  const char *rule;  /* of the note; NULL: see @fate */
  PcFate      fate;
  guint       n;     /* such notes, or steps with that fate */
  gboolean    fails; /* as it should */
} Row;

static const Row rows[] = {
  { "drop", "tftp-get-config", "drop,rule=tftp.data*,from=server,nth=2", NULL,
    PC_FATE_LOST, 1 },
  { "drop, by rule", "tftp-get-config", "drop,rule=tftp.ack,from=router", NULL,
    PC_FATE_LOST, 1 },
  { "drop, all from the second on", "tftp-get-config",
    "drop,rule=tftp.data*,nth=2,every=true", NULL, PC_FATE_LOST, 32, TRUE },
  { "drop, after", "tftp-get-config",
    "drop,rule=tftp.data*,after=tftp.ack,nth=2", NULL, PC_FATE_LOST, 1 },
  { "drop, the request", "tftp-get-config", "drop,rule=tftp.rrq", NULL,
    PC_FATE_LOST, 1 },
  { "drop, elsewhere", "tftp-get-config", "drop,rule=tftp.rrq,conn=2", NULL,
    PC_FATE_LOST, 0 },
  { "duplicate", "tftp-get-config", "duplicate,rule=tftp.data", NULL,
    PC_FATE_DUPLICATE, 1 },
  { "duplicate, later", "tftp-get-config",
    "duplicate,rule=tftp.data.first,after_ms=30", NULL, PC_FATE_DUPLICATE,
    1 },
  { "duplicate, the last", "tftp-get-config",
    "duplicate,rule=tftp.ack.last,after_ms=20", NULL, PC_FATE_DUPLICATE, 1 },
  { "delay", "tftp-get-config", "delay,rule=tftp.ack,from=router,ms=40", NULL,
    PC_FATE_LATE, 1 },
  { "delay, past the timer", "tftp-lost-block",
    "delay,rule=tftp.data.last,ms=400", NULL, PC_FATE_LATE, 1 },
  { "reorder", "tftp-lost-block", "reorder,rule=tftp.data.last", NULL,
    PC_FATE_LATE, 1 },
  { "change, a datagram", "tftp-get-config",
    "change,rule=tftp.data,octet=100,xor=32", "fault.change", 0, 1 },
  { "inject, to the client", "tftp-get-config",
    "inject,rule=tftp.data,to=client,opcode=3,block=3,text=no", "fault.inject",
    0, 1 },
  { "inject, to the server", "tftp-get-config",
    "inject,rule=tftp.data,to=server,hex=0004 0002", "fault.inject", 0, 1 },
  { "split", "smtp-submit-587", "split,rule=smtp.ehlo.reply,octets=20,ms=2",
    "fault.split", 0, 1 },
  { "split, all", "pop3-download-delete",
    "split,rule=pop3.*,octets=3,ms=0,every=true", "fault.split", 0, 17 },
  { "join", "pop3-download-delete", "join,rule=pop3.greeting", "fault.join", 0,
    1, TRUE },
  { "slow", "smtp-submit-587", "slow,rule=smtp.ehlo.reply,rate=20000",
    "fault.slow", 0, 1 },
  { "slow, from the first", "imap-read-phone", "slow,from=client,rate=5000",
    "fault.slow", 0, 1 },
  { "cut, before", "smtp-submit-587", "cut,rule=smtp.queued", "fault.cut", 0,
    1, TRUE },
  { "cut, within", "smtp-submit-587",
    "cut,after=smtp.data.go-ahead,from=client,octet=100", "fault.cut", 0, 1,
    TRUE },
  { "cut, behind", "smtp-submit-587", "cut,rule=smtp.content,octet=99999",
    "fault.cut", 0, 1, TRUE },
  { "freeze", "imap-read-phone", "freeze,rule=imap.login.ok,ms=50",
    "fault.freeze", 0, 1 },
  { "change, a stream", "smtp-submit-587",
    "change,rule=smtp.rcpt.ok,octet=0,to=53", "fault.change", 0, 1, TRUE },
  { "answer, SMTP", "smtp-submit-587",
    "answer,verb=RCPT,reply=452 4.2.2 Mailbox full", "fault.answer", 0, 1,
    TRUE },
  { "answer, POP3", "pop3-download-delete",
    "answer,verb=DELE,reply=-ERR Not today", "fault.answer", 0, 1, TRUE },
  { "answer, IMAP", "imap-read-phone", "answer,verb=SELECT,reply=NO Not now",
    "fault.answer", 0, 1, TRUE },
  { "answer, TFTP", "tftp-get-config", "answer,verb=ACK,nth=2,code=3",
    "fault.answer", 0, 1, TRUE },
  { "TLS, freeze", "smtp-implicit-465", "freeze,rule=smtp.mail.ok,ms=30",
    "fault.freeze", 0, 1 },
  { "TLS, split", "imap-implicit-993",
    "split,rule=imap.login,from=client,octets=4,ms=1", "fault.split", 0, 1 },
  { "TLS, cut", "smtp-implicit-465", "cut,rule=smtp.ehlo.reply,octet=20",
    "fault.cut", 0, 1, TRUE },
  { "TLS, slow", "imap-implicit-993", "slow,from=server,rate=60000",
    "fault.slow", 0, 1 },
  { "STARTTLS, split", "smtp-starttls-587",
    "split,rule=smtp.starttls*,octets=5,ms=2,every=true", "fault.split", 0,
    2 },
  { "a relay", "smtp-relay-second-server",
    "split,rule=smtp.*,octets=7,ms=0,every=true", "fault.split", 0, 28 },
  { "somebody in the middle", "smtp-starttls-stripped",
    "split,rule=smtp.*,octets=7,ms=0,every=true", "fault.split", 0, 30 },
  { "all of datagrams", "tftp-lost-block",
    "drop,rule=tftp.*,rate=0.2,seed=3; duplicate,rule=tftp.*,rate=0.2,seed=4; "
    "delay,rule=tftp.*,rate=0.2,seed=5,ms=30; "
    "reorder,rule=tftp.*,rate=0.1,seed=6; "
    "change,rule=tftp.data*,octet=9,xor=1,rate=0.3,seed=7; "
    "inject,rule=tftp.data*,to=client,opcode=4,block=1,rate=0.5,seed=8",
    "fault.inject", 0, 2 },
  { "all of streams", "pop3-leave-copy",
    "split,rule=pop3.*,octets=9,rate=0.3,seed=1; "
    "slow,rule=pop3.retr.reply,rate=50000; "
    "freeze,rule=pop3.*,ms=20,rate=0.1,seed=2; "
    "change,rule=pop3.retr.reply,octet=40,xor=1; "
    "answer,verb=UIDL,nth=9,reply=-ERR no; "
    "cut,rule=pop3.quit,conn=2,octet=3",
    "fault.cut", 0, 1, TRUE },
};

typedef struct
{
  const char *name;
  PcLinkKind  kind;
} Link;

static const Link links[] = {
  { "memory", PC_LINK_MEMORY },
  { "sockets", PC_LINK_SOCKETS },
};

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

static PcFaults *
read_faults (const char       *text,
             const PcScenario *scenario)
{
  g_auto (GStrv) specs = g_strsplit (text, "; ", -1);
  PcFaults *faults = pc_faults_new ();

  for (guint i = 0; specs[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;

    pc_faults_add_spec (faults, specs[i], scenario, &error);
    g_assert_no_error (error);
  }
  return faults;
}

static PcTimeline *
run (PcScenario *scenario,
     PcFaults   *faults,
     PcLinkKind  kind)
{
  g_autoptr (GError) error = NULL;
  PcTimeline *timeline = pc_run_scenario_armed (scenario, kind, faults,
                                                &error);

  g_assert_no_error (error);
  return timeline;
}

static PcTimeline *
run_row (const Row *row,
         PcLinkKind kind)
{
  g_autoptr (PcScenario) scenario = find_scenario (row->scenario);
  g_autoptr (PcFaults) faults = read_faults (row->specs, scenario);

  return run (scenario, faults, kind);
}

/* -- it strikes, and is seen ---------------------------------------------- */

static guint
count (PcTimeline *timeline,
       const Row  *row)
{
  guint n = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    n += row->rule != NULL
             ? strcmp (pc_step_get_rule (step), row->rule) == 0
             : pc_step_get_fate (step) == row->fate;
  }

  return n;
}

static void
check_step (PcStep *step)
{
  PcFate fate = pc_step_get_fate (step);
  gsize  size = g_bytes_get_size (pc_step_get_bytes (step));
  gsize  at = 0;

  for (guint i = 0; i < pc_step_get_n_fields (step); i++)
    at += pc_step_get_field (step, i)->end - pc_step_get_field (step, i)->start;
  g_assert_cmpuint (at, ==, size);
  g_assert_cmpuint (strlen (pc_step_get_explanation (step)), >, 0);

  if (fate == PC_FATE_LOST)
    g_assert_cmpint (pc_step_get_end_time (step), ==, -1);
  if (fate == PC_FATE_LATE || fate == PC_FATE_DUPLICATE)
    g_assert_cmpint (pc_step_get_end_time (step), >=,
                     pc_step_get_time (step));
}

static void
check_row (const Row  *row,
           const Link *link)
{
  g_autoptr (PcTimeline) timeline = run_row (row, link->kind);
  const char *reason = pc_timeline_get_reason (timeline);

  g_test_message ("%s, %s: %s", row->name, link->name,
                  reason != NULL ? reason : "went well");
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    check_step (pc_timeline_get_step (timeline, i));
  g_assert_cmpuint (count (timeline, row), ==, row->n);
  g_assert_true ((pc_timeline_get_outcome (timeline) == PC_OUTCOME_FAILED) ==
                 row->fails);
  g_assert_true ((reason != NULL) == row->fails);
}

static void
test_memory (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_row (&rows[i], &links[0]);
}

/* Those that give up after many resends or a long wait take as long here. */
static void
test_sockets (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strstr (rows[i].specs, "every=true") == NULL ||
        rows[i].rule != NULL)
      if (strcmp (rows[i].name, "join") != 0)
        check_row (&rows[i], &links[1]);
}

/* -- always the same ------------------------------------------------------- */

/* Keys and nonces of TLS are new each time. */
static gboolean
is_clear (const Row *row)
{
  return strstr (row->name, "TLS") == NULL;
}

static void
test_repeatable (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcScenario) scenario = find_scenario (rows[i].scenario);
    g_autoptr (PcFaults) faults = read_faults (rows[i].specs, scenario);
    g_autofree char *first = NULL;

    if (!is_clear (&rows[i]))
      continue;
    g_test_message ("%s", rows[i].name);
    for (guint k = 0; k < REPEATS; k++) {
      g_autoptr (PcTimeline) timeline = run (scenario, faults,
                                             PC_LINK_MEMORY);
      g_autofree char *json = pc_export_timeline (timeline, PC_EXPORT_JSON,
                                                  PC_EXPORT_DEFAULT);

      if (first == NULL)
        first = g_steal_pointer (&json);
      else
        g_assert_cmpstr (json, ==, first);
    }
  }
}

/* -- exactly there --------------------------------------------------------- */

static PcStep *
find_rule (PcTimeline *timeline,
           const char *rule,
           guint      *at)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    if (strcmp (pc_step_get_rule (step), rule) == 0) {
      *at = i;
      return step;
    }
  }

  g_error ("no %s", rule);
}

/* The note stands right before what it is about, at who says it. */
static void
test_note_place (void)
{
  static const struct
  {
    const char *scenario;
    const char *spec;
    const char *note;
    const char *rule;
  } places[] = {
    { "smtp-submit-587", "split,rule=smtp.mail.ok,octets=5", "fault.split",
      "smtp.mail.ok" },
    { "smtp-submit-587", "freeze,rule=smtp.content,ms=10", "fault.freeze",
      "smtp.content" },
    { "smtp-submit-587", "freeze,after=smtp.mail,from=server,ms=10",
      "fault.freeze", "smtp.mail.ok" },
    { "pop3-download-delete", "slow,rule=pop3.stat.reply,rate=9999",
      "fault.slow", "pop3.stat.reply" },
    { "pop3-download-delete", "answer,verb=STAT,reply=-ERR no",
      "fault.answer", "pop3.stat.err" },
    { "tftp-get-config", "change,rule=tftp.data,octet=7,xor=1",
      "fault.change", "tftp.data" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (PcScenario) scenario = find_scenario (places[i].scenario);
    g_autoptr (PcFaults) faults = read_faults (places[i].spec, scenario);
    g_autoptr (PcTimeline) timeline = run (scenario, faults, PC_LINK_MEMORY);
    guint   note_at, at;
    PcStep *note = find_rule (timeline, places[i].note, &note_at);
    PcStep *step = find_rule (timeline, places[i].rule, &at);

    g_test_message ("%s", places[i].spec);
    g_assert_cmpuint (note_at + 1, ==, at);
    g_assert_cmpstr (pc_step_get_from (note), ==, pc_step_get_from (step));
    g_assert_cmpint (pc_step_get_layer (note), ==, PC_LAYER_NOTE);
  }
}

static void
test_split_times (void)
{
  g_autoptr (PcScenario) scenario = find_scenario ("smtp-submit-587");
  g_autoptr (PcFaults) faults = read_faults (
      "split,rule=smtp.mail.ok,octets=10,ms=7", scenario);
  g_autoptr (PcTimeline) timeline = run (scenario, faults, PC_LINK_MEMORY);
  guint   at;
  PcStep *step = find_rule (timeline, "smtp.mail.ok", &at);
  gsize   size = g_bytes_get_size (pc_step_get_bytes (step));

  /* The last piece arrives so many gaps after the first has left. */
  g_assert_cmpint (pc_step_get_end_time (step) - pc_step_get_time (step), ==,
                   150 + 7000 * (gint64) ((size - 1) / 10));
}

static void
test_slow_times (void)
{
  g_autoptr (PcScenario) scenario = find_scenario ("smtp-submit-587");
  g_autoptr (PcFaults) faults = read_faults (
      "slow,rule=smtp.mail.ok,rate=1000", scenario);
  g_autoptr (PcTimeline) timeline = run (scenario, faults, PC_LINK_MEMORY);
  guint   at;
  PcStep *before = find_rule (timeline, "smtp.mail", &at);
  PcStep *step = find_rule (timeline, "smtp.mail.ok", &at);
  gsize   size = g_bytes_get_size (pc_step_get_bytes (step));

  g_assert_cmpint (pc_step_get_end_time (step) -
                       pc_step_get_end_time (before),
                   ==, 150 + 1000 * (gint64) size);
}

static void
test_freeze_times (void)
{
  g_autoptr (PcScenario) scenario = find_scenario ("smtp-submit-587");
  g_autoptr (PcFaults) faults = read_faults (
      "freeze,rule=smtp.mail.ok,ms=321", scenario);
  g_autoptr (PcTimeline) timeline = run (scenario, faults, PC_LINK_MEMORY);
  guint   at;
  PcStep *note = find_rule (timeline, "fault.freeze", &at);
  PcStep *step = find_rule (timeline, "smtp.mail.ok", &at);

  g_assert_cmpint (pc_step_get_time (step) - pc_step_get_time (note), ==,
                   321000);
}

static void
test_changed (void)
{
  g_autoptr (PcScenario) scenario = find_scenario ("smtp-submit-587");
  g_autoptr (PcFaults) faults = read_faults (
      "change,rule=smtp.rcpt,octet=11,to=88", scenario);
  g_autoptr (PcTimeline) timeline = run (scenario, faults, PC_LINK_MEMORY);
  guint         at;
  PcStep       *step = find_rule (timeline, "smtp.rcpt", &at);
  const guint8 *data = g_bytes_get_data (pc_step_get_bytes (step), NULL);

  /* It is recorded, and arrives, as it went. */
  g_assert_cmpint (data[11], ==, 'X');
  find_rule (timeline, "smtp.rcpt.unknown-user", &at);
}

/* What waits comes in one piece with what it waited for. */
static void
test_joined (void)
{
  g_autoptr (PcScenario) scenario = find_scenario ("imap-read-phone");
  g_autoptr (PcFaults) faults = read_faults (
      "join,rule=imap.capability.data", scenario);
  g_autoptr (PcTimeline) timeline = run (scenario, faults, PC_LINK_MEMORY);
  guint   at, next;
  PcStep *first = find_rule (timeline, "imap.capability.data", &at);
  PcStep *second = find_rule (timeline, "imap.capability.ok", &next);

  g_assert_cmpint (pc_timeline_get_outcome (timeline), ==, PC_OUTCOME_OK);
  g_assert_cmpuint (at + 1, ==, next);
  g_assert_cmpint (pc_step_get_time (first), ==, pc_step_get_time (second));
  g_assert_cmpint (pc_step_get_end_time (first), ==,
                   pc_step_get_end_time (second));
}

/* -- the line, cut everywhere ---------------------------------------------- */

static gsize
count_octets (PcTimeline *timeline,
              const char *actor)
{
  gsize n = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    if (strcmp (pc_step_get_from (step), actor) == 0)
      n += g_bytes_get_size (pc_step_get_bytes (step));
  }

  return n;
}

/* Octets of the last thing that @actor says. */
static gsize
measure_last (PcTimeline *timeline,
              const char *actor)
{
  gsize size = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    if (strcmp (pc_step_get_from (step), actor) == 0 &&
        pc_step_get_layer (step) == PC_LAYER_APP)
      size = g_bytes_get_size (pc_step_get_bytes (step));
  }

  return size;
}

static void
cut_at (PcScenario *scenario,
        const char *actor,
        gsize       octet,
        gsize       needed)
{
  g_autofree char *spec = g_strdup_printf (
      "cut,conn=1,from=%s,octet=%" G_GSIZE_FORMAT, actor, octet);
  g_autoptr (PcFaults) faults = read_faults (spec, scenario);
  g_autoptr (PcTimeline) timeline = run (scenario, faults, PC_LINK_MEMORY);
  gboolean failed = pc_timeline_get_outcome (timeline) == PC_OUTCOME_FAILED;

  g_assert_cmpuint (count_octets (timeline, actor), ==, octet);
  g_assert_true (failed == (pc_timeline_get_reason (timeline) != NULL));
  /* But for the last line, nobody takes it for a success. */
  g_test_message ("%s: %s", spec, pc_timeline_get_reason (timeline));
  g_assert_true (failed || octet >= needed);
}

static void
cut_everywhere (const char *id,
                const char *client,
                const char *server)
{
  g_autoptr (PcScenario) scenario = find_scenario (id);
  g_autoptr (PcTimeline) timeline = run (scenario, NULL, PC_LINK_MEMORY);
  const char *const actors[] = { client, server };

  for (guint i = 0; i < G_N_ELEMENTS (actors); i++) {
    gsize whole = count_octets (timeline, actors[i]);
    gsize last = measure_last (timeline, actors[i]);

    g_assert_cmpuint (whole, >, 30);
    for (gsize k = 0; k < whole; k++)
      cut_at (scenario, actors[i], k, whole - last);
  }
}

static void
test_cut_smtp (void)
{
  cut_everywhere ("smtp-submit-587", "laptop", "server");
}

static void
test_cut_pop3 (void)
{
  cut_everywhere ("pop3-download-delete", "desktop", "server");
}

static void
test_cut_imap (void)
{
  cut_everywhere ("imap-wrong-password", "phone", "server");
}

/* -- frozen for ever ------------------------------------------------------- */

static void
test_frozen (void)
{
  static const struct
  {
    const char *scenario;
    const char *spec;
  } frozen[] = {
    { "smtp-submit-587", "freeze,from=server" },
    { "smtp-submit-587", "freeze,rule=smtp.mail.ok" },
    { "smtp-submit-587", "freeze,rule=smtp.content" },
    { "pop3-download-delete", "freeze,from=server" },
    { "pop3-download-delete", "freeze,rule=pop3.retr" },
    { "pop3-download-delete", "freeze,rule=pop3.retr.reply" },
    { "imap-read-phone", "freeze,from=client" },
    { "imap-read-phone", "freeze,rule=imap.login.ok" },
    { "smtp-implicit-465", "freeze,rule=smtp.mail.ok" },
    { "smtp-starttls-587", "freeze,rule=smtp.starttls.ok" },
    { "pop3-download-delete", "join,rule=pop3.stat.reply" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (frozen); i++) {
    g_autoptr (PcScenario) scenario = find_scenario (frozen[i].scenario);
    g_autoptr (PcFaults) faults = read_faults (frozen[i].spec, scenario);
    g_autoptr (PcTimeline) timeline = run (scenario, faults, PC_LINK_MEMORY);
    const char *reason = pc_timeline_get_reason (timeline);

    g_test_message ("%s: %s", frozen[i].spec, reason);
    g_assert_cmpint (pc_timeline_get_outcome (timeline), ==,
                     PC_OUTCOME_FAILED);
    g_assert_nonnull (reason);
    /* It is said what was waited for. */
    g_assert_true (strstr (reason, "on purpose") != NULL ||
                   strstr (reason, "answer") != NULL ||
                   strstr (reason, "says nothing") != NULL);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/faults/memory", test_memory);
  g_test_add_func ("/run/faults/sockets", test_sockets);
  g_test_add_func ("/run/faults/repeatable", test_repeatable);
  g_test_add_func ("/run/faults/note-place", test_note_place);
  g_test_add_func ("/run/faults/split-times", test_split_times);
  g_test_add_func ("/run/faults/slow-times", test_slow_times);
  g_test_add_func ("/run/faults/freeze-times", test_freeze_times);
  g_test_add_func ("/run/faults/changed", test_changed);
  g_test_add_func ("/run/faults/joined", test_joined);
  g_test_add_func ("/run/faults/cut-smtp", test_cut_smtp);
  g_test_add_func ("/run/faults/cut-pop3", test_cut_pop3);
  g_test_add_func ("/run/faults/cut-imap", test_cut_imap);
  g_test_add_func ("/run/faults/frozen", test_frozen);

  return g_test_run ();
}
