/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every scenario that comes with the program, run over sockets and in memory:
 * it ends as it should, every octet has a label, every step is explained, and
 * the observers know what the engines know.
 */

#include "run/run.h"

#include "run/fault.h"
#include "run/hub-private.h"
#include "run/run-private.h"

#include "base/limits.h"
#include "base/paths.h"
#include "scenario/library.h"
#include "timeline/export.h"

#include <string.h>

/* Longer than this, and people wait for nothing. */
#define LONGEST_GAP G_USEC_PER_SEC
/* Of real time, on a machine that is busy with other things. */
#define LONGEST_RUN (10 * G_USEC_PER_SEC)

typedef struct
{
  const char *name;
  PcLinkKind  kind;
} Link;

static const Link links[] = {
  { "memory", PC_LINK_MEMORY },
  { "sockets", PC_LINK_SOCKETS },
};

typedef void (*Check) (PcScenario *scenario,
                       const Link *link);

static PcLibrary *
load_library (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcLibrary *library = pc_library_new (dir, problems);

  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  g_assert_cmpuint (pc_library_get_n (library), >=, 14);
  return library;
}

static void
for_each (Check check)
{
  g_autoptr (PcLibrary) library = load_library ();

  for (guint i = 0; i < pc_library_get_n (library); i++)
    for (guint k = 0; k < G_N_ELEMENTS (links); k++) {
      PcScenario *scenario = pc_library_get (library, i);

      g_test_message ("%s, %s", pc_scenario_get_id (scenario),
                      links[k].name);
      check (scenario, &links[k]);
    }
}

static PcTimeline *
run (PcScenario *scenario,
     const Link *link)
{
  g_autoptr (GError) error = NULL;
  PcTimeline *timeline = pc_run_scenario (scenario, link->kind, &error);

  g_assert_no_error (error);
  g_assert_nonnull (timeline);
  return timeline;
}

/* -- how it ends ----------------------------------------------------------- */

static void
check_outcome (PcScenario *scenario,
               const Link *link)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (PcTimeline) timeline = run (scenario, link);
  gint64 took = g_get_monotonic_time () - begin;

  g_assert_cmpstr (pc_timeline_get_reason (timeline), ==, NULL);
  g_assert_cmpint (pc_timeline_get_outcome (timeline), ==,
                   pc_scenario_expects_failure (scenario)
                       ? PC_OUTCOME_FAILED_AS_INTENDED
                       : PC_OUTCOME_OK);
  g_assert_cmpint (took, <, LONGEST_RUN);
}

static void
test_outcome (void)
{
  for_each (check_outcome);
}

static void
check_marks (PcScenario *scenario,
             const Link *link)
{
  g_autoptr (PcTimeline) timeline = run (scenario, link);

  g_assert_cmpuint (pc_scenario_get_n_marks (scenario), >, 0);
  for (guint i = 0; i < pc_scenario_get_n_marks (scenario); i++) {
    const PcScenarioMark *mark = pc_scenario_get_mark (scenario, i);
    int                   at = pc_timeline_find_mark (timeline, mark->id);
    PcStep               *step;

    g_test_message ("  mark %s", mark->id);
    g_assert_cmpint (at, >=, 0);
    step = pc_timeline_get_step (timeline, (guint) at);
    g_assert_cmpstr (pc_step_get_rule (step), ==, mark->rule);
    g_assert_cmpstr (pc_step_get_note (step), ==, mark->note);
  }
}

static void
test_marks (void)
{
  for_each (check_marks);
}

/* -- every step ------------------------------------------------------------ */

static void
check_fields (PcStep *step)
{
  gsize size = g_bytes_get_size (pc_step_get_bytes (step));
  gsize at = 0;

  for (guint i = 0; i < pc_step_get_n_fields (step); i++) {
    const PcField *field = pc_step_get_field (step, i);

    g_assert_cmpuint (field->start, ==, at);
    g_assert_cmpuint (field->end, >, field->start);
    g_assert_true (field->label != NULL && *field->label != '\0');
    g_assert_nonnull (field->value);
    g_assert_true (g_utf8_validate (field->value, -1, NULL));
    at = field->end;
  }
  g_assert_cmpuint (at, ==, size);

  if (pc_step_get_layer (step) == PC_LAYER_APP)
    g_assert_cmpuint (size, >, 0);
}

static void
check_words (PcStep *step)
{
  const PcNarration *narration = pc_step_get_narration (step);
  const char        *summary = pc_step_get_summary (step);

  g_assert_nonnull (narration);
  g_assert_cmpstr (narration->rule, ==, pc_step_get_rule (step));
  g_assert_cmpuint (strlen (pc_step_get_title (step)), >, 0);
  g_assert_cmpuint (strlen (pc_step_get_explanation (step)), >, 0);
  g_assert_cmpuint (narration->references[0].rfc, >, 0);
  g_assert_true (summary != NULL && *summary != '\0');
  g_assert_null (strpbrk (summary, "\r\n"));
  g_assert_nonnull (pc_step_get_kind (step));
}

static void
check_ends (PcTimeline *timeline,
            PcStep     *step)
{
  g_assert_cmpint (pc_timeline_find_actor (timeline, pc_step_get_from (step)),
                   >=, 0);
  if (pc_step_get_layer (step) == PC_LAYER_NOTE) {
    g_assert_cmpuint (pc_step_get_conn (step), ==, 0);
    g_assert_null (pc_step_get_to (step));
    return;
  }
  g_assert_cmpuint (pc_step_get_conn (step), >, 0);
  g_assert_cmpint (pc_timeline_find_actor (timeline, pc_step_get_to (step)),
                   >=, 0);
  g_assert_cmpint (pc_step_get_time (step), >=, 0);
  if (pc_step_get_fate (step) == PC_FATE_LOST)
    g_assert_cmpint (pc_step_get_end_time (step), ==, -1);
  else if (g_bytes_get_size (pc_step_get_bytes (step)) > 0)
    g_assert_cmpint (pc_step_get_end_time (step), >=,
                     pc_step_get_time (step));
}

static void
check_steps (PcScenario *scenario,
             const Link *link)
{
  g_autoptr (PcTimeline) timeline = run (scenario, link);
  guint n = pc_timeline_get_n_steps (timeline);

  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    g_test_message ("  %u %s", i + 1, pc_step_get_rule (step));
    g_assert_cmpuint (pc_step_get_number (step), ==, i + 1);
    check_fields (step);
    check_words (step);
    check_ends (timeline, step);
  }
}

static void
test_steps (void)
{
  for_each (check_steps);
}

/* What is said of a password depends on what is around it. */
static void
check_shelter (PcScenario *scenario,
               const Link *link)
{
  g_autoptr (PcTimeline) timeline = run (scenario, link);

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep            *step = pc_timeline_get_step (timeline, i);
    const PcNarration *narration = pc_step_get_narration (step);
    gboolean           secure = pc_step_get_wire (step) != NULL;

    for (guint k = 0; k < pc_step_get_n_fields (step); k++) {
      const PcField *field = pc_step_get_field (step, k);

      if (field->secret)
        g_assert_cmpint (strstr (field->meaning, "hidden by TLS") != NULL, ==,
                         secure);
    }
    g_assert_cmpstr (pc_step_get_explanation (step), ==,
                     secure && narration->under_tls != NULL
                         ? narration->under_tls
                         : narration->explanation);
  }
}

static void
test_shelter (void)
{
  for_each (check_shelter);
}

/* A password is on the wire, and nowhere that people look by default. */
static void
check_secrets (PcScenario *scenario,
               const Link *link)
{
  g_autoptr (PcTimeline) timeline = run (scenario, link);
  g_autofree char *text = pc_export_timeline (timeline, PC_EXPORT_TEXT,
                                              PC_EXPORT_DEFAULT);
  g_autofree char *markdown = pc_export_timeline (
      timeline, PC_EXPORT_MARKDOWN, PC_EXPORT_DEFAULT);

  for (guint i = 0; i < pc_scenario_get_n_actions (scenario); i++) {
    const PcScenarioAction *action = pc_scenario_get_action (scenario, i);
    const char             *password;

    if (action->action == NULL)
      continue;
    password = pc_action_get (action->action, "password", NULL);
    if (password == NULL)
      continue;
    g_assert_null (strstr (text, password));
    g_assert_null (strstr (markdown, password));
  }
}

static void
test_secrets (void)
{
  for_each (check_secrets);
}

/* -- time ------------------------------------------------------------------ */

static gboolean
is_slow_on_purpose (PcScenario *scenario)
{
  const PcScenarioLink *link = pc_scenario_get_link (scenario);

  for (guint i = 0; i < pc_scenario_get_n_actions (scenario); i++)
    if (pc_scenario_get_action (scenario, i)->verb == PC_DO_WAIT)
      return TRUE;

  if (pc_scenario_get_retry (scenario)->wait > 0)
    return TRUE;
  return link->rate > 0 || link->delay > 0 || link->timeout > 0;
}

static void
check_gaps (PcScenario *scenario,
            const Link *link)
{
  g_autoptr (PcTimeline) timeline = run (scenario, link);
  gint64 before = 0;

  if (is_slow_on_purpose (scenario))
    return;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    gint64 at = pc_step_get_time (pc_timeline_get_step (timeline, i));

    g_assert_cmpint (at, >=, before);
    g_assert_cmpint (at - before, <, LONGEST_GAP);
    before = at;
  }
}

static void
test_gaps (void)
{
  for_each (check_gaps);
}

static char *
export_json (PcScenario *scenario)
{
  g_autoptr (PcTimeline) timeline = run (scenario, &links[0]);

  return pc_export_timeline (timeline, PC_EXPORT_JSON, PC_EXPORT_DEFAULT);
}

/* Where somebody in the middle hands the goodbye on, client and server close
 * at once, and nobody knows who is first. */
static gboolean
is_chance (PcScenario *scenario,
           PcStep     *step)
{
  if (strcmp (pc_step_get_rule (step), "tcp.close") != 0)
    return FALSE;
  for (guint i = 0; i < pc_scenario_get_n_services (scenario); i++)
    if (pc_scenario_get_service (scenario, i)->relays_to != NULL)
      return TRUE;
  return FALSE;
}

/* The two links tell the same story: the same rules in the same order, apart
 * from conversations that go on at once. */
static char *
list_rules (PcScenario *scenario,
            const Link *link)
{
  g_autoptr (PcTimeline) timeline = run (scenario, link);
  GString *out = g_string_new (NULL);
  guint    n = pc_timeline_get_n_steps (timeline);

  for (guint conn = 1; conn <= n; conn++)
    for (guint side = 0; side < 2; side++)
      for (guint i = 0; i < n; i++) {
        PcStep        *step = pc_timeline_get_step (timeline, i);
        int            at = pc_timeline_find_actor (timeline,
                                                    pc_step_get_from (step));
        const PcActor *actor = pc_timeline_get_actor (timeline, (guint) at);

        if (pc_step_get_conn (step) == conn && !is_chance (scenario, step) &&
            (actor->role == PC_ROLE_SERVER) == (side == 1))
          g_string_append_printf (out, "%u %s %s\n", conn, actor->id,
                                  pc_step_get_rule (step));
      }

  return g_string_free (out, FALSE);
}

static gboolean
is_secure (PcScenario *scenario)
{
  for (guint i = 0; i < pc_scenario_get_n_services (scenario); i++) {
    const PcScenarioService *service = pc_scenario_get_service (scenario, i);

    if (service->secure || service->starttls)
      return TRUE;
  }
  /* A client may try it where there is none. */
  for (guint i = 0; i < pc_scenario_get_n_actions (scenario); i++)
    if (pc_scenario_get_action (scenario, i)->secure)
      return TRUE;
  return FALSE;
}

/* In memory nothing depends on the day, the machine or the run before; but
 * for the random numbers of TLS, under which the story is the same. */
static void
test_same (void)
{
  g_autoptr (PcLibrary) library = load_library ();

  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario      *scenario = pc_library_get (library, i);
    gboolean         secure = is_secure (scenario);
    g_autofree char *first = secure ? list_rules (scenario, &links[0])
                                    : export_json (scenario);

    g_test_message ("%s", pc_scenario_get_id (scenario));
    for (guint k = 0; k < 20; k++) {
      g_autofree char *again = secure ? list_rules (scenario, &links[0])
                                      : export_json (scenario);

      g_assert_true (g_str_equal (again, first));
    }
  }
}

static void
test_links (void)
{
  g_autoptr (PcLibrary) library = load_library ();

  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario      *scenario = pc_library_get (library, i);
    g_autofree char *memory = list_rules (scenario, &links[0]);
    g_autofree char *sockets = list_rules (scenario, &links[1]);

    g_test_message ("%s", pc_scenario_get_id (scenario));
    g_assert_cmpstr (sockets, ==, memory);
  }
}

/* -- observers and engines ------------------------------------------------- */

static void
check_end (PcEndpoint *endpoint)
{
  PcConn     *conn = endpoint->conn;
  const char *engine = pc_engine_get_state (endpoint->engine);
  const char *observer;

  /* An end that speaks another protocol has states of its own; the observer
   * is ahead of an end that a datagram is still on the way to, knows one of
   * two servers' ends, and does not hear one that is frozen; and who waits for
   * TLS in vain hears nothing of what is said in clear. */
  if (conn->recorded == 0 || !endpoint->open || pc_conn_has_twin (endpoint) ||
      pc_fault_find_stuck (conn) != NULL ||
      !g_queue_is_empty (&conn->flights[PC_SIDE_OTHER (endpoint->side)]) ||
      !g_str_has_prefix (endpoint->engine->klass->name, conn->protocol->id))
    return;

  g_test_message ("  connection %u, %s: %s", conn->number,
                  endpoint->side == PC_SIDE_CLIENT ? "client" : "server",
                  engine);
  observer = pc_recorder_get_state (conn->recorder, conn->recorded,
                                    endpoint->side);
  g_assert_cmpstr (observer, ==, engine);
}

static void
watch_cb (PcHub   *hub,
          gpointer user_data)
{
  guint *n = user_data;

  for (guint i = 0; i < hub->endpoints->len; i++)
    check_end (hub->endpoints->pdata[i]);
  for (guint i = 0; i < hub->past->len; i++)
    check_end (hub->past->pdata[i]);
  *n += hub->endpoints->len + hub->past->len;
}

static void
check_states (PcScenario *scenario,
              const Link *link)
{
  g_autoptr (PcTimeline) timeline = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  timeline = pc_run_scenario_watched (scenario, link->kind, NULL, watch_cb, &n,
                                      &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, >, 0);
}

static void
test_states (void)
{
  for_each (check_states);
}

/* -- what goes wrong ------------------------------------------------------- */

static PcTimeline *
run_by_id (const char *id,
           const Link *link)
{
  g_autoptr (PcLibrary) library = load_library ();
  PcScenario *scenario = pc_library_find (library, id);

  g_assert_nonnull (scenario);
  return run (scenario, link);
}

static void
test_lost (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (links); k++) {
    g_autoptr (PcTimeline) timeline = run_by_id ("tftp-lost-block", &links[k]);
    int     lost = pc_timeline_find_mark (timeline, "lost");
    int     resent = pc_timeline_find_mark (timeline, "resent");
    PcStep *first = pc_timeline_get_step (timeline, (guint) lost);
    PcStep *second = pc_timeline_get_step (timeline, (guint) resent);

    g_assert_cmpint (pc_step_get_fate (first), ==, PC_FATE_LOST);
    g_assert_cmpint (pc_step_get_end_time (first), ==, -1);
    g_assert_cmpint (pc_step_get_fate (second), ==, PC_FATE_DELIVERED);
    g_assert_cmpint (pc_step_get_time (second) - pc_step_get_time (first), >=,
                     250 * 1000);
    g_assert_true (g_bytes_equal (pc_step_get_bytes (first),
                                  pc_step_get_bytes (second)));
    g_assert_cmpuint (pc_step_get_repeats (second), ==,
                      pc_step_get_number (first));
    /* What the engine's timer was set to, and no more than a slow machine
     * adds. */
    g_assert_cmpint (pc_step_get_wait (second), >=, 250 * 1000);
    g_assert_cmpint (pc_step_get_wait (second), <=,
                     pc_step_get_time (second) - pc_step_get_time (first));
    for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
      if (i != (guint) lost)
        g_assert_cmpint (pc_step_get_fate (pc_timeline_get_step (timeline, i)),
                         ==, PC_FATE_DELIVERED);
  }
}

/* Scenarios with one client and one server; "'" stands for a quotation
 * mark. */
#define HEAD(protocol, port)                                              \
  "{ 'format': 'portcall-scenario', 'format_version': 1, 'id': 'x', "     \
  "'title': 'X', 'summary': 'X.', 'subtitle': 'x', "                      \
  "'protocol': '" protocol "', "                                          \
  "'actors': [ { 'id': 'c', 'name': 'C', 'role': 'client', "              \
  "'speaks': '" protocol "' }, "                                          \
  "{ 'id': 's', 'name': 'S', 'role': 'server', "                          \
  "'listens': [ { 'protocol': '" protocol "', 'port': " port " } ] } ], " \
  "'script': [ "
#define DO(what) "{ 'actor': 'c', 'do': " what " }"
#define CONNECT(port) DO ("'connect', 'port': " port)
#define LOGIN(password) \
  DO ("'login', 'user': 'alex', 'password': '" password "'")

static const struct
{
  const char *name;
  const char *json;
  PcOutcome   outcome;
  const char *reason; /* a part of it */
} scripts[] = {
  { "no-connection", HEAD ("imap", "143") LOGIN ("portcall") " ] }",
    PC_OUTCOME_FAILED, "no connection" },
  { "twice-goodbye",
    HEAD ("imap", "143") CONNECT ("143") ", " DO ("'logout'") ", " DO (
        "'logout'") " ] }",
    PC_OUTCOME_FAILED, "no connection" },
  { "refused", HEAD ("imap", "143") CONNECT ("110") " ] }", PC_OUTCOME_FAILED,
    "refused" },
  { "wrong-password",
    HEAD ("pop3", "110") CONNECT ("110") ", " LOGIN ("wrong") " ] }",
    PC_OUTCOME_FAILED, "" },
  { "refusal-did-not-come",
    HEAD ("imap", "143") CONNECT ("143, 'refused': true") " ] }",
    PC_OUTCOME_FAILED, "did not" },
  { "failure-did-not-come",
    HEAD ("imap", "143") CONNECT ("143") " ], 'expect': 'failure' }",
    PC_OUTCOME_FAILED, "did not" },
  { "bad-parameter",
    HEAD ("imap", "143") CONNECT ("143") ", " DO (
        "'raw', 'line': 'a\\nb'") " ] }",
    PC_OUTCOME_FAILED, "" },
  { "no-goodbye",
    HEAD ("pop3", "110") CONNECT ("110") ", " LOGIN ("portcall") " ] }",
    PC_OUTCOME_OK, NULL },
  { "close", HEAD ("smtp", "25") CONNECT ("25") ", " DO ("'close'") " ] }",
    PC_OUTCOME_OK, NULL },
  { "cut", HEAD ("smtp", "25") CONNECT ("25") ", " DO ("'cut'") " ] }",
    PC_OUTCOME_OK, NULL },
  { "connect-again",
    HEAD ("imap", "143") CONNECT ("143") ", " CONNECT ("143") ", " LOGIN (
        "portcall") ", " DO ("'logout'") " ] }",
    PC_OUTCOME_OK, NULL },
  { "wait",
    HEAD ("imap", "143") CONNECT ("143") ", " DO ("'wait', 'ms': 20") ", " DO (
        "'logout'") " ] }",
    PC_OUTCOME_OK, NULL },
  { "nobody-there",
    HEAD ("tftp", "69") CONNECT ("70") ", " DO (
        "'get', 'file': 'x', 'refused': true") " ], "
                                               "'link': { 'timeout_ms': 10 } "
                                               "}",
    PC_OUTCOME_OK, NULL },
};

static void
check_script (guint       i,
              const Link *link)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) scenario = NULL;
  g_autoptr (PcTimeline) timeline = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (scripts[i].json), "'", '"');
  gint64           begin = g_get_monotonic_time ();
  const char      *reason;

  scenario = pc_scenario_parse ("x.json", (const guint8 *) json,
                                strlen (json), problems);
  for (guint k = 0; k < pc_problems_get_n (problems); k++)
    g_test_message ("  %s", pc_problems_get (problems, k)->message);
  g_assert_nonnull (scenario);

  timeline = run (scenario, link);
  reason = pc_timeline_get_reason (timeline);
  g_test_message ("  %s", reason != NULL ? reason : "no reason");
  g_assert_cmpint (pc_timeline_get_outcome (timeline), ==,
                   scripts[i].outcome);
  g_assert_true ((reason != NULL) == (scripts[i].reason != NULL));
  if (reason != NULL)
    g_assert_nonnull (strstr (reason, scripts[i].reason));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, LONGEST_RUN);
}

static void
test_scripts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (links); k++) {
      g_test_message ("%s, %s", scripts[i].name, links[k].name);
      check_script (i, &links[k]);
    }
}

/* -- at the same time ------------------------------------------------------ */

typedef struct
{
  PcTimeline *timeline;
  GError     *error;
  gboolean    done;
} Result;

static void
finished_cb (GObject      *source,
             GAsyncResult *async,
             gpointer      user_data)
{
  Result *result = user_data;

  result->timeline = pc_run_scenario_finish (async, &result->error);
  result->done = TRUE;
}

static void
wait_for (Result *result)
{
  while (!result->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_async (void)
{
  g_autoptr (PcLibrary) library = load_library ();
  guint              n = pc_library_get_n (library);
  g_autofree Result *results = g_new0 (Result, n);

  /* All at once: they must not get into each other's way. */
  for (guint i = 0; i < n; i++)
    pc_run_scenario_async (pc_library_get (library, i), PC_LINK_SOCKETS, NULL,
                           finished_cb, &results[i]);
  for (guint i = 0; i < n; i++) {
    wait_for (&results[i]);
    g_assert_no_error (results[i].error);
    g_assert_cmpint (pc_timeline_get_outcome (results[i].timeline), !=,
                     PC_OUTCOME_FAILED);
    g_clear_object (&results[i].timeline);
  }
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
check_cancelled (PcScenario *scenario,
                 guint       delay)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Result result = { 0 };

  pc_run_scenario_async (scenario, PC_LINK_SOCKETS, cancellable, finished_cb,
                         &result);
  if (delay == 0)
    g_cancellable_cancel (cancellable);
  else
    g_timeout_add (delay, cancel_cb, cancellable);
  wait_for (&result);
  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (result.timeline);
  g_clear_error (&result.error);
}

static void
test_cancel (void)
{
  g_autoptr (PcLibrary) library = load_library ();
  PcScenario *slow = pc_library_find (library, "tftp-lost-block");
  g_autoptr (GCancellable) before = g_cancellable_new ();
  Result result = { 0 };

  check_cancelled (slow, 0);
  check_cancelled (slow, 5);
  check_cancelled (slow, 50);

  g_cancellable_cancel (before);
  pc_run_scenario_async (slow, PC_LINK_SOCKETS, before, finished_cb, &result);
  wait_for (&result);
  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&result.error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/outcome", test_outcome);
  g_test_add_func ("/run/marks", test_marks);
  g_test_add_func ("/run/steps", test_steps);
  g_test_add_func ("/run/secrets", test_secrets);
  g_test_add_func ("/run/shelter", test_shelter);
  g_test_add_func ("/run/gaps", test_gaps);
  g_test_add_func ("/run/same", test_same);
  g_test_add_func ("/run/links", test_links);
  g_test_add_func ("/run/states", test_states);
  g_test_add_func ("/run/lost", test_lost);
  g_test_add_func ("/run/scripts", test_scripts);
  g_test_add_func ("/run/async", test_async);
  g_test_add_func ("/run/cancel", test_cancel);

  return g_test_run ();
}
