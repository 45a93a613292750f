/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody points at a step and a fault falls on it: on each step of every
 * scenario that is shipped, and on no other.  What is tried can be saved, and
 * the saved scenario does the same.  On live servers it strikes until it is
 * disarmed. */

#include "run/fault-aim.h"
#include "run/run.h"
#include "run/serve.h"
#include "scenario/library.h"

#include "base/paths.h"
#include "mail/world.h"

#include <gio/gio.h>
#include <string.h>

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
run (PcScenario *scenario,
     const char *spec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PcFaults) faults = NULL;
  PcTimeline *timeline;

  if (spec != NULL) {
    faults = pc_faults_new_spec (spec, scenario, &error);
    g_assert_no_error (error);
  }
  timeline = pc_run_scenario_armed (scenario, PC_LINK_MEMORY, faults, &error);
  g_assert_no_error (error);
  return timeline;
}

/* -- every step ----------------------------------------------------------- */

static PcStep *
get_step (PcTimeline *timeline,
          guint       index)
{
  PcStep *step = pc_timeline_get_step (timeline, index);

  g_assert_nonnull (step);
  return step;
}

/* Until something goes wrong all is as it was. */
static void
check_same (PcTimeline *healthy,
            PcTimeline *struck,
            guint       n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (pc_step_get_rule (get_step (struck, i)), ==,
                     pc_step_get_rule (get_step (healthy, i)));
}

static void
check_fault (PcScenario       *scenario,
             PcTimeline       *healthy,
             const PcFaultAim *aim,
             PcFaultKind       kind,
             guint             index)
{
  g_autofree char *begin = pc_fault_aim_write (aim, kind, PC_FAULT_ONCE,
                                               FALSE);
  g_autofree char *reply = NULL;
  g_autofree char *spec = NULL;
  g_autofree char *words = NULL;
  g_autoptr (PcFaults) faults = NULL;
  g_autoptr (PcTimeline) struck = NULL;
  int hit;

  if (begin == NULL)
    return;
  if (kind == PC_FAULT_ANSWER) {
    g_autofree char *said = pc_fault_aim_dup_reply (aim);

    reply = pc_fault_aim_write_reply (aim, said);
  }
  spec = reply != NULL ? g_strdup_printf ("%s,%s", begin, reply)
                       : g_strdup (begin);
  struck = run (scenario, spec);
  hit = pc_fault_aim_find_hit (aim, kind, struck);
  if (hit < 0)
    g_test_message ("%s: %s does not strike",
                    pc_scenario_get_id (scenario), spec);
  g_assert_cmpint (hit, >=, 0);
  /* A cut is noted where the unit would have been. */
  if (kind != PC_FAULT_ANSWER)
    g_assert_cmpint (hit, ==, index);
  if (kind == PC_FAULT_DROP)
    g_assert_cmpint (pc_step_get_fate (get_step (struck, index)), ==,
                     PC_FATE_LOST);
  check_same (healthy, struck, MIN ((guint) hit, index));
  faults = pc_faults_new_spec (spec, scenario, NULL);
  words = pc_fault_describe (pc_faults_get (faults, 0), scenario);
  g_assert_true (g_str_has_suffix (words, "."));
}

static void
check_scenario (PcScenario *scenario,
                guint      *n)
{
  g_autoptr (PcTimeline) healthy = run (scenario, NULL);
  g_auto (PcFaultAim) aim = { 0 };

  for (guint i = 0; i < pc_timeline_get_n_steps (healthy); i++) {
    if (!pc_fault_aim_take (&aim, healthy, i))
      continue;
    check_fault (scenario, healthy, &aim,
                 aim.protocol->stream ? PC_FAULT_CUT : PC_FAULT_DROP, i);
    (*n)++;
  }
}

static void
test_every_step (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcLibrary) library = pc_library_new (dir, problems);
  guint n = 0;

  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario *scenario = pc_library_get (library, i);

    /* Where something goes wrong anyhow, a second fault may be too late. */
    if (pc_faults_get_n (pc_scenario_get_faults (scenario)) == 0)
      check_scenario (scenario, &n);
  }
  g_test_message ("%u steps", n);
  g_assert_cmpuint (n, >, 500);
}

/* -- answers -------------------------------------------------------------- */

static void
test_answers (void)
{
  static const char *const ids[] = { "imap-read-phone", "pop3-download-delete",
                                     "smtp-submit-587", "tftp-get-config" };
  guint n = 0;

  for (guint k = 0; k < G_N_ELEMENTS (ids); k++) {
    g_autoptr (PcScenario) scenario = find_scenario (ids[k]);
    g_autoptr (PcTimeline) healthy = run (scenario, NULL);
    g_auto (PcFaultAim) aim = { 0 };

    for (guint i = 0; i < pc_timeline_get_n_steps (healthy); i++) {
      if (!pc_fault_aim_take (&aim, healthy, i) ||
          aim.side != PC_SIDE_CLIENT || aim.verb == NULL)
        continue;
      check_fault (scenario, healthy, &aim, PC_FAULT_ANSWER, i);
      n++;
    }
  }
  g_assert_cmpuint (n, >, 20);
}

static void
test_words (void)
{
  static const struct
  {
    const char *spec;
    const char *words;
  } rows[] = {
    { "drop,rule=tftp.data,from=server,nth=2",
      "The second “Block of the file” from the server is lost on the way." },
    { "duplicate,rule=tftp.ack,from=client,every=true",
      "Every “Block acknowledged” from the client arrives twice." },
    { "split,rule=smtp.mail,nth=1,octets=1",
      "arrives in pieces of 1 octet." },
    { "cut,from=server", "Whatever comes from the server never leaves" },
    { "freeze,rule=imap.login,from=client,ms=500",
      "the line is frozen for 0.5 s." },
    { "answer,verb=RCPT,nth=2,reply=452 4.2.2 Mailbox full",
      "The server answers RCPT number 2 with “452 4.2.2 Mailbox full”" },
    { "drop,rule=tftp.data,rate=0.25,seed=4",
      "By chance, 25 in 100 times, “Block of the file” from either end" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PcFaults) faults = pc_faults_new_spec (rows[i].spec, NULL,
                                                      &error);
    g_autofree char *words = NULL;

    g_assert_no_error (error);
    words = pc_fault_describe (pc_faults_get (faults, 0), NULL);
    g_test_message ("%s: %s", rows[i].spec, words);
    g_assert_nonnull (strstr (words, rows[i].words));
  }
}

/* Said before anything runs, and without the spec that nobody has typed. */
static void
test_impossible (void)
{
  g_autoptr (PcScenario) scenario = find_scenario ("imap-read-phone");
  g_autoptr (GError) error = NULL;

  g_assert_null (pc_faults_new_spec ("drop,rule=imap.login,from=phone",
                                     scenario, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "TCP"));
  g_assert_null (strstr (error->message, "--fault"));
}

/* -- saved ---------------------------------------------------------------- */

static void
check_saved (const char *id,
             const char *spec,
             gboolean    fails)
{
  g_autoptr (PcScenario) scenario = find_scenario (id);
  g_autoptr (PcTimeline) tried = run (scenario, spec);
  g_autoptr (PcTimeline) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PcScenario) saved = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (GError) error = NULL;
  gsize len;
  const guint8 *octets;

  bytes = pc_fault_save (scenario, spec, tried, &error);
  g_assert_no_error (error);
  octets = g_bytes_get_data (bytes, &len);
  saved = pc_scenario_parse ("saved.json", octets, len, problems);
  for (guint i = 0; i < pc_problems_get_n (problems); i++)
    g_test_message ("%s", pc_problems_get (problems, i)->message);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  g_assert_cmpstr (pc_scenario_get_id (saved), !=, id);
  g_assert_cmpint (pc_scenario_expects_failure (saved), ==, fails);
  again = run (saved, NULL);
  /* What a script waits for after its last action may be more. */
  g_assert_cmpuint (pc_timeline_get_n_steps (again), >=,
                    pc_timeline_get_n_steps (tried));
  for (guint i = 0; i < pc_scenario_get_n_marks (saved); i++)
    g_assert_cmpint (
        pc_timeline_find_mark (again, pc_scenario_get_mark (saved, i)->id),
        >=, 0);
  check_same (tried, again, pc_timeline_get_n_steps (tried));
  g_assert_cmpint (pc_timeline_get_outcome (again), ==,
                   fails ? PC_OUTCOME_FAILED_AS_INTENDED : PC_OUTCOME_OK);
}

static void
test_unsavable (void)
{
  static const char spec[] = "freeze,rule=pop3.stat";
  g_autoptr (PcScenario) scenario = find_scenario ("pop3-download-delete");
  g_autoptr (PcTimeline) tried = run (scenario, spec);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = pc_fault_save (scenario, spec, tried, &error);

  g_test_message ("%s", pc_timeline_get_reason (tried));
  g_assert_true ((bytes == NULL) == (error != NULL));
}

static void
test_saved (void)
{
  check_saved ("tftp-get-config", "drop,rule=tftp.data.first,from=server",
               FALSE);
  check_saved ("pop3-download-delete", "cut,rule=pop3.stat,octet=2", TRUE);
  check_saved ("smtp-submit-587",
               "answer,verb=RCPT,nth=1,reply=452 4.2.2 Full\\, I fear", TRUE);
}

/* -- live ----------------------------------------------------------------- */


static void
turn_until (GSocketConnection *client,
            const char        *words,
            GString           *heard)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (client));
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (strstr (heard->str, words) == NULL) {
    char buffer[512];
    gssize n;

    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, FALSE);
    n = g_pollable_input_stream_read_nonblocking (
        G_POLLABLE_INPUT_STREAM (in), buffer, sizeof buffer, NULL, NULL);
    if (n > 0)
      g_string_append_len (heard, buffer, n);
  }
}

/* What the server says to CAPA; the greeting first. */
static void
check_reply (guint       port,
             const char *greeting,
             const char *reply)
{
  g_autoptr (GSocketClient) maker = g_socket_client_new ();
  g_autoptr (GSocketConnection) client = g_socket_client_connect_to_host (
      maker, "127.0.0.1", (guint16) port, NULL, NULL);
  g_autoptr (GString) heard = g_string_new (NULL);

  g_assert_nonnull (client);
  turn_until (client, greeting, heard);
  g_assert_true (g_output_stream_write_all (
      g_io_stream_get_output_stream (G_IO_STREAM (client)), "NOOP\r\n", 6,
      NULL, NULL, NULL));
  g_string_truncate (heard, 0);
  turn_until (client, reply, heard);
}

static PcFaults *
order (const char *reply)
{
  g_autofree char *spec = g_strdup_printf (
      "answer,verb=NOOP,every=true,reply=%s", reply);
  g_autoptr (GError) error = NULL;
  PcFaults *faults = pc_faults_new_spec (spec, NULL, &error);

  g_assert_no_error (error);
  return faults;
}

static void
test_live (void)
{
  g_autoptr (PcMailStore) store = pc_world_new_default (g_get_real_time ());
  g_autoptr (PcServe) serve = pc_serve_new (store, pc_files_new_memory (),
                                            "mail.example.test", NULL, NULL);
  g_autoptr (PcFaults) first = order ("450 4.0.0 One");
  g_autoptr (PcFaults) second = order ("450 4.0.0 Two");
  g_autoptr (GSocketClient) maker = g_socket_client_new ();
  g_autoptr (GSocketConnection) early = NULL;
  g_autoptr (GString) heard = g_string_new (NULL);
  guint port = 0;

  for (guint i = 0; pc_serve_kinds[i].name != NULL; i++)
    if (strcmp (pc_serve_kinds[i].name, "smtp") == 0)
      port = pc_serve_listen (serve, &pc_serve_kinds[i], 0, NULL);
  g_assert_cmpuint (port, >, 0);
  check_reply (port, "220", "250");
  pc_serve_arm (serve, first);
  early = g_socket_client_connect_to_host (maker, "127.0.0.1", (guint16) port,
                                           NULL, NULL);
  turn_until (early, "220", heard);
  check_reply (port, "220", "One");
  /* One in place of the other. */
  pc_serve_arm (serve, second);
  check_reply (port, "220", "Two");
  pc_serve_disarm (serve);
  check_reply (port, "220", "250");
  /* Nor does it lie in wait where it was armed when somebody came. */
  g_assert_true (g_output_stream_write_all (
      g_io_stream_get_output_stream (G_IO_STREAM (early)), "NOOP\r\n", 6, NULL,
      NULL, NULL));
  g_string_truncate (heard, 0);
  turn_until (early, "250", heard);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aim/every-step", test_every_step);
  g_test_add_func ("/aim/answers", test_answers);
  g_test_add_func ("/aim/words", test_words);
  g_test_add_func ("/aim/impossible", test_impossible);
  g_test_add_func ("/aim/saved", test_saved);
  g_test_add_func ("/aim/unsavable", test_unsavable);
  g_test_add_func ("/aim/live", test_live);
  return g_test_run ();
}
