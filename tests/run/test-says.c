/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scenarios with a server that understands nothing and says what is written
 * down for it: in memory and over sockets, what crosses the wire is that. */

#include "run/puppet.h"
#include "run/run.h"

#include "scenario/variant.h"

#include <glib/gstdio.h>
#include <string.h>

/* "'" stands for a quotation mark. */
static const struct
{
  const char *name;
  const char *protocol;
  const char *more;   /* of the service: "'tls': …, " */
  const char *says;
  const char *script; /* behind "connect" */
  const char *words;  /* what is said then, by " / " */
} rows[] = {
  { "a reply for each line", "pop3", "",
    "{ 'lines': [ '+OK hi' ] }, { 'lines': [ '+OK' ] }, "
    "{ 'lines': [ '+OK bye' ], 'then': 'close' }",
    "{ 'actor': 'c', 'do': 'noop' }, { 'actor': 'c', 'do': 'quit' }",
    "+OK hi / NOOP / +OK / QUIT / +OK bye" },
  { "half a line, then the other", "pop3", "",
    "{ 'octets': '2b4f' }, { 'hears': 0, 'after_ms': 5, 'octets': "
    "'4b 20 68690d0a' }, { 'lines': [ '+OK' ] }",
    "{ 'actor': 'c', 'do': 'quit' }", "+OK hi / QUIT / +OK" },
  { "an answer to four lines", "smtp", "",
    "{ 'lines': [ '220 hi' ] }, { 'lines': [ '250 hi' ] }, "
    "{ 'lines': [ '250 a' ] }, { 'lines': [ '250 b' ] }, "
    "{ 'lines': [ '354 c' ] }, { 'hears': 4, 'lines': [ '250 d' ] }",
    "{ 'actor': 'c', 'do': 'ehlo' }, { 'actor': 'c', 'do': 'send', "
    "'from': 'a@x.test', 'to': 'b@y.test', "
    "'lines': [ 'A: b', '', 'c' ] }",
    "220 hi / EHLO c.example.test / 250 hi / MAIL FROM:<a@x.test> / 250 a / "
    "RCPT TO:<b@y.test> / 250 b / DATA / 354 c / A: b / 250 d" },
  { "another connection, other words", "pop3", "",
    "{ 'conn': 1, 'lines': [ '+OK one' ], 'then': 'close' }, "
    "{ 'conn': 2, 'lines': [ '+OK two' ] }, "
    "{ 'conn': 2, 'lines': [ '+OK' ] }",
    "{ 'actor': 'c', 'do': 'close' }, "
    "{ 'actor': 'c', 'do': 'connect', 'port': 1 }, "
    "{ 'actor': 'c', 'do': 'quit' }",
    "+OK one / +OK two / QUIT / +OK" },
  { "silence", "pop3", "", "", NULL, "" },
  { "the line is lost", "pop3", "",
    "{ 'lines': [ '+OK hi' ] }, { 'then': 'cut' }",
    "{ 'actor': 'c', 'do': 'stat', 'refused': true }", "+OK hi / STAT" },
  { "TLS begins", "pop3", "'tls': 'starttls', ",
    "{ 'lines': [ '+OK hi' ] }, { 'lines': [ '+OK' ], 'then': 'starttls' }, "
    "{ 'lines': [ '+OK safe' ] }",
    "{ 'actor': 'c', 'do': 'starttls' }, { 'actor': 'c', 'do': 'quit' }",
    "+OK hi / STLS / +OK / QUIT / +OK safe" },
  { "a tag that nobody gave", "imap", "",
    "{ 'lines': [ '* OK hi' ] }, { 'lines': [ 'b7 OK' ] }, "
    "{ 'hears': 0, 'after_ms': 20, 'lines': [ 'a1 OK' ] }",
    "{ 'actor': 'c', 'do': 'noop' }",
    "* OK hi / a1 NOOP / b7 OK / a1 OK" },
  { "a packet", "tftp", "",
    "{ 'octets': '0003 0001 6869' }",
    "{ 'actor': 'c', 'do': 'get', 'file': 'x' }",
    "RRQ \"x\" octet / DATA 1 (2 bytes) / ACK 1" },
  { "a packet that comes too often", "tftp", "",
    "{ 'octets': '0003 0001 6869' }, "
    "{ 'hears': 0, 'after_ms': 3, 'octets': '0003 0001 6869' }",
    "{ 'actor': 'c', 'do': 'get', 'file': 'x' }",
    "RRQ \"x\" octet / DATA 1 (2 bytes) / ACK 1 / DATA 1 (2 bytes) / "
    "ACK 1" },
};

static PcScenario *
make (const char *protocol,
      const char *more,
      const char *says,
      const char *script)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autofree char *text = g_strdup_printf (
      "{ 'format': 'portcall-scenario', 'format_version': 1, 'id': 'x', "
      "'title': 't', 'summary': 's', 'subtitle': 's', 'protocol': '%s', "
      "'actors': [ { 'id': 'c', 'name': 'C', 'role': 'client', "
      "'speaks': '%s' }, { 'id': 's', 'name': 'S', 'role': 'server', "
      "'listens': [ { 'protocol': '%s', 'port': 1, %s'says': [ %s ] } ] } ], "
      "'link': { 'timeout_ms': 800 }, "
      "'script': [ { 'actor': 'c', 'do': 'connect', 'port': 1%s }%s%s ] }",
      protocol, protocol, protocol, more, says,
      script == NULL ? ", 'refused': true" : "", script != NULL ? ", " : "",
      script != NULL ? script : "");
  PcScenario *scenario;

  g_strdelimit (text, "'", '"');
  scenario = pc_scenario_parse ("x", (const guint8 *) text, strlen (text),
                                problems);
  for (guint i = 0; i < pc_problems_get_n (problems); i++)
    g_test_message ("%s", pc_problems_get (problems, i)->message);
  g_assert_nonnull (scenario);
  return scenario;
}

static char *
join_words (PcTimeline *timeline)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);
    gsize   len;
    const char *data = g_bytes_get_data (pc_step_get_bytes (step), &len);

    if (len == 0 || (pc_step_get_layer (step) != PC_LAYER_APP &&
                     pc_step_get_layer (step) != PC_LAYER_UDP))
      continue;
    if (words->len > 0)
      g_string_append (words, " / ");
    if (pc_step_get_layer (step) == PC_LAYER_UDP)
      g_string_append (words, pc_step_get_summary (step));
    else
      g_string_append_len (words, data,
                           (char *) memchr (data, '\r', len) - data);
  }
  return g_string_free (words, FALSE);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (PcLinkKind link = PC_LINK_SOCKETS; link <= PC_LINK_MEMORY; link++) {
      g_autoptr (PcScenario) scenario = make (
          rows[i].protocol, rows[i].more, rows[i].says, rows[i].script);
      g_autoptr (GError) error = NULL;
      g_autoptr (PcTimeline) timeline = pc_run_scenario (scenario, link,
                                                         &error);
      g_autofree char *words = join_words (timeline);

      g_test_message ("%s: %s", rows[i].name, words);
      g_assert_no_error (error);
      g_assert_cmpstr (pc_timeline_get_reason (timeline), ==, NULL);
      g_assert_cmpint (pc_timeline_get_outcome (timeline), ==, PC_OUTCOME_OK);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static PcStep *
find_rule (PcTimeline *timeline,
           const char *rule)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    if (g_str_equal (pc_step_get_rule (pc_timeline_get_step (timeline, i)),
                     rule))
      return pc_timeline_get_step (timeline, i);
  g_error ("no step %s", rule);
}

/* Later by so much, counted from what it answers; and explained as ever. */
static void
test_times (void)
{
  g_autoptr (PcScenario) scenario = make (
      "pop3", "",
      "{ 'after_ms': 100, 'lines': [ '+OK hi' ] }, "
      "{ 'after_ms': 250, 'lines': [ '+OK two messages' ] }",
      "{ 'actor': 'c', 'do': 'stat' }");
  g_autoptr (PcTimeline) timeline = pc_run_scenario (scenario, PC_LINK_MEMORY,
                                                     NULL);
  PcStep *stat = find_rule (timeline, "pop3.stat");
  PcStep *answer = pc_timeline_get_step (timeline, 3);

  g_assert_cmpint (pc_step_get_time (find_rule (timeline, "pop3.greeting")) -
                       pc_step_get_time (find_rule (timeline, "tcp.open")),
                   ==, 100000);
  g_assert_cmpint (pc_step_get_time (answer) - pc_step_get_end_time (stat), ==,
                   250000);
  g_assert_cmpstr (pc_step_get_server_state (answer), ==,
                   pc_step_get_server_state (stat));
  g_assert_nonnull (pc_step_get_explanation (answer));
}

static void
hear (PcEngine   *engine,
      gint64      now,
      const char *words)
{
  pc_engine_feed (engine, now, 0, (const guint8 *) words, strlen (words));
}

static void
expect (PcEngine   *engine,
        const char *words)
{
  PcBytes      *out = pc_engine_get_output (engine);
  gsize         len;
  const guint8 *data = pc_bytes_peek (out, &len);

  g_assert_cmpmem (data, len, words, strlen (words));
  pc_bytes_consume (out, len);
}

/* The engine: what is due is not put off by a line that comes meanwhile, and
 * that one counts for the next. */
static void
test_meanwhile (void)
{
  g_autoptr (GBytes) yes = g_bytes_new_static ("yes", 3);
  g_autoptr (GBytes) no = g_bytes_new_static ("no", 2);
  const PcScenarioSaying says[] = {
    { .conn = 2, .octets = no },
    { .hears = 1, .after = 500, .octets = yes },
    { .conn = 3, .hears = 1, .octets = no, .then = PC_THEN_CLOSE },
    { .octets = yes },
  };
  PcServerConfig config = { .session = 3 };
  g_autoptr (PcEngine) puppet = pc_puppet_new (&config, says,
                                               G_N_ELEMENTS (says));

  pc_engine_start (puppet, 1000);
  expect (puppet, "");
  g_assert_cmpint (pc_engine_get_deadline (puppet), ==, PC_ENGINE_NEVER);
  hear (puppet, 2000, "half");
  g_assert_cmpint (pc_engine_get_deadline (puppet), ==, PC_ENGINE_NEVER);
  hear (puppet, 3000, " a line\n");
  g_assert_cmpint (pc_engine_get_deadline (puppet), ==, 3500);
  hear (puppet, 3200, "another\n");
  pc_engine_wake (puppet, 3499);
  expect (puppet, "");
  g_assert_cmpint (pc_engine_get_deadline (puppet), ==, 3500);
  pc_engine_wake (puppet, 3500);
  expect (puppet, "yesno");
  g_assert_cmpint (pc_engine_get_status (puppet), ==, PC_ENGINE_CLOSING);
}

/* A request that is sent again reaches a second end, as with any server. */
static void
test_lost (void)
{
  g_autoptr (PcScenario) scenario = make (
      "tftp", "", "{ 'octets': '0003 0001 6869' }",
      "{ 'actor': 'c', 'do': 'get', 'file': 'x' } ], 'faults': [ "
      "{ 'fault': 'drop', 'rule': 'tftp.data*', 'from': 's' }");
  g_autoptr (PcTimeline) timeline = pc_run_scenario (scenario, PC_LINK_MEMORY,
                                                     NULL);
  g_autofree char *words = join_words (timeline);

  g_test_message ("%s", words);
  g_assert_cmpint (pc_timeline_get_outcome (timeline), ==, PC_OUTCOME_OK);
  g_assert_true (g_str_has_suffix (words, "DATA 1 (2 bytes) / ACK 1"));
}

/* Its words are a file beside the scenario, as they are. */
static void
test_file (void)
{
  static const char words[] = "+OK \0hi\r\n";
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("portcall-says-XXXXXX", &error);
  g_autofree char *beside = g_build_filename (dir, "words", NULL);
  g_autofree char *path = g_build_filename (dir, "x.json", NULL);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) scenario = NULL;
  g_autoptr (PcTimeline) timeline = NULL;
  g_autofree char *text = g_strdup (
      "{ 'format': 'portcall-scenario', 'format_version': 1, 'id': 'x', "
      "'title': 't', 'summary': 's', 'subtitle': 's', 'protocol': 'pop3', "
      "'actors': [ { 'id': 'c', 'name': 'C', 'role': 'client', "
      "'speaks': 'pop3' }, { 'id': 's', 'name': 'S', 'role': 'server', "
      "'listens': [ { 'protocol': 'pop3', 'port': 110, "
      "'says': [ { 'from_file': 'words' } ] } ] } ], "
      "'script': [ { 'actor': 'c', 'do': 'connect', 'port': 110 } ] }");

  g_assert_no_error (error);
  g_strdelimit (text, "'", '"');
  g_assert_true (g_file_set_contents (beside, words, sizeof words - 1, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  scenario = pc_scenario_load (path, problems);
  g_assert_nonnull (scenario);
  timeline = pc_run_scenario (scenario, PC_LINK_MEMORY, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (
      g_bytes_get_data (pc_step_get_bytes (pc_timeline_get_step (timeline, 1)),
                        NULL),
      g_bytes_get_size (
          pc_step_get_bytes (pc_timeline_get_step (timeline, 1))),
      words, sizeof words - 1);
  g_remove (path);
  g_remove (beside);
  g_rmdir (dir);
}

/* What goes wrong just behind a yes is no yes; a yes is no refusal. */
static void
test_refused (void)
{
  static const struct
  {
    const char *says;
    gboolean    ok;
  } cases[] = {
    { "{ 'lines': [ '+OK hi' ] }, { 'lines': [ '+OK', 'and' ] }", TRUE },
    { "{ 'lines': [ '+OK hi' ] }, { 'lines': [ '-ERR' ] }", TRUE },
    { "{ 'lines': [ '+OK hi' ] }, { 'lines': [ '+OK' ] }", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PcScenario) scenario = make (
        "pop3", "", cases[i].says,
        "{ 'actor': 'c', 'do': 'noop', 'refused': true }");
    g_autoptr (PcTimeline) timeline = pc_run_scenario (
        scenario, PC_LINK_MEMORY, NULL);

    g_assert_cmpint (pc_timeline_get_outcome (timeline), ==,
                     cases[i].ok ? PC_OUTCOME_OK : PC_OUTCOME_FAILED);
  }
}

/* Other words would not fit. */
static void
test_variants (void)
{
  g_autoptr (PcScenario) scenario = make (
      "pop3", "", "{ 'lines': [ '+OK hi' ] }", "{ 'actor': 'c', "
                                               "'do': 'close' }");

  for (PcVariant i = 0; i < PC_N_VARIANTS; i++)
    g_assert_nonnull (pc_scenario_check_variant (scenario, i));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/says/rows", test_rows);
  g_test_add_func ("/run/says/times", test_times);
  g_test_add_func ("/run/says/meanwhile", test_meanwhile);
  g_test_add_func ("/run/says/lost", test_lost);
  g_test_add_func ("/run/says/file", test_file);
  g_test_add_func ("/run/says/refused", test_refused);
  g_test_add_func ("/run/says/variants", test_variants);
  return g_test_run ();
}
