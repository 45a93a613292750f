/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a scenario file may say, what it may not, and where that is. */

#include "scenario/scenario.h"

#include "base/limits.h"
#include "base/paths.h"
#include "mail/account.h"

#include <string.h>

/* "'" stands for a quotation mark. */
static const char good[] =
    "{\n"
    "  'format': 'portcall-scenario',\n"
    "  'format_version': 1,\n"
    "  'id': 'x',\n"
    "  'title': 'Title',\n"
    "  'summary': 'Summary.',\n"
    "  'subtitle': 'Subtitle',\n"
    "  'protocol': 'imap',\n"
    "  'order': 7,\n"
    "  'expect': 'failure',\n"
    "  'license': 'CC0-1.0',\n"
    "  'x-mine': [ 1, 2 ],\n"
    "  'actors': [\n"
    "    { 'id': 'phone', 'name': 'Phone', 'role': 'client',\n"
    "      'speaks': 'imap', 'icon': 'phone-symbolic' },\n"
    "    { 'id': 'server', 'name': 'Server', 'role': 'server',\n"
    "      'host': 'mx.example.test',\n"
    "      'domains': [ 'own.test', 'more.test' ], 'listens': [\n"
    "        { 'protocol': 'imap', 'port': 143 },\n"
    "        { 'protocol': 'smtp', 'port': 587 },\n"
    "        { 'protocol': 'smtp', 'port': 2525, 'greylist': 3,\n"
    "          'max_connections': 4, 'max_recipients': 5, 'max_size': 6,\n"
    "          'closed': true, 'in_step': true,\n"
    "          'role': 'relay' } ] }\n"
    "  ],\n"
    "  'retry': { 'wait_ms': 10, 'warn_ms': 20, 'give_up_ms': 30 },\n"
    "  'link': { 'start': '2026-03-04T05:06:07Z', 'timeout_ms': 250,\n"
    "  'max_resends': 3,\n"
    "            'rate': 1000, 'delay_ms': 20 },\n"
    "  'world': {\n"
    "    'domain': 'own.test',\n"
    "    'accounts': [\n"
    "      { 'user': 'robin@far.test', 'password': 'far', 'quota': 9 },\n"
    "      { 'user': 'alex', 'password': 'secret', 'uid_validity': 5,\n"
    "        'mailboxes': [ { 'name': 'INBOX', 'messages': [\n"
    "          { 'flags': [ 'seen' ], 'age_hours': 2,\n"
    "            'message': { 'from': 'a@b.test', 'lines': [ 'l' ] } },\n"
    "          { 'lines': [ 'A: b', '', 'c' ] } ] },\n"
    "          { 'name': 'Old', 'special_use': '\\\\Archive' } ] }\n"
    "    ],\n"
    "    'mx': { 'own.test': 'server', 'far.test': [\n"
    "      { 'to': '.', 'preference': 7 } ] },\n"
    "    'files': [ { 'name': 'f', 'bytes': 5, 'pattern': 'ab' } ]\n"
    "  },\n"
    "  'script': [\n"
    "    { 'actor': 'phone', 'do': 'connect', 'port': 143 },\n"
    "    { 'actor': 'phone', 'do': 'login', 'user': 'alex',\n"
    "      'password': 'p', 'refused': true },\n"
    "    { 'actor': 'phone', 'do': 'wait', 'ms': 30 },\n"
    "    { 'actor': 'phone', 'do': 'cut' }\n"
    "  ],\n"
    "  'marks': [\n"
    "    { 'id': 'one', 'rule': 'imap.greeting', 'note': 'Note.' },\n"
    "    { 'id': 'two', 'rule': 'imap.login', 'from': 'phone', 'nth': 2,\n"
    "      'conn': 1 }\n"
    "  ],\n"
    "  'faults': [ { 'fault': 'drop', 'rule': 'tftp.data', 'nth': 3 } ],\n"
    "  'presenter': { 'about': 'Ask.',\n"
    "    'marks': { 'one': 'Point at it.' } },\n"
    "  'translations': { 'de': { 'strings': { 'title': 'Titel',\n"
    "    'presenter': 'Fragen.', 'presenter.one': 'Zeigen.' } } }\n"
    "}\n";

/* With @find replaced; what is to be reported stands behind the "@", which
 * goes. */
static char *
make_text (const char *find,
           const char *replace,
           guint      *line,
           guint      *column)
{
  g_autoptr (GString) text = g_string_new (good);
  char *at = NULL;

  *line = *column = 0;
  if (find != NULL)
    g_assert_cmpuint (g_string_replace (text, find, replace, 0), ==, 1);
  if (find != NULL && strchr (replace, '@') != NULL)
    at = strchr (strstr (text->str, replace), '@');
  if (at != NULL) {
    gsize pos = (gsize) (at - text->str);

    *line = 1;
    *column = 1;
    for (gsize i = 0; i < pos; i++) {
      *column = text->str[i] == '\n' ? 1 : *column + 1;
      *line += text->str[i] == '\n';
    }
    g_string_erase (text, (gssize) pos, 1);
  }
  return g_strdelimit (g_string_free (g_steal_pointer (&text), FALSE), "'",
                       '"');
}

static PcScenario *
parse (const char *text,
       PcProblems *problems)
{
  return pc_scenario_parse ("x.json", (const guint8 *) text, strlen (text),
                            problems);
}

/* -- good ------------------------------------------------------------------ */

static PcScenario *
load_good (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  guint            line, column;
  g_autofree char *text = make_text (NULL, NULL, &line, &column);
  PcScenario      *scenario = parse (text, problems);

  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    g_autofree char *told = pc_problem_format (pc_problems_get (problems, i));

    g_test_message ("%s", told);
  }
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  g_assert_nonnull (scenario);
  return scenario;
}

static void
test_head (void)
{
  g_autoptr (PcScenario) scenario = load_good ();
  const PcScenarioLink *link = pc_scenario_get_link (scenario);

  g_assert_cmpstr (pc_scenario_get_id (scenario), ==, "x");
  g_assert_cmpstr (pc_scenario_get_file (scenario), ==, "x.json");
  g_assert_cmpstr (pc_scenario_get_title (scenario), ==, "Title");
  g_assert_cmpstr (pc_scenario_get_summary (scenario), ==, "Summary.");
  g_assert_cmpstr (pc_scenario_get_subtitle (scenario), ==, "Subtitle");
  g_assert_cmpstr (pc_scenario_get_protocol (scenario)->id, ==, "imap");
  g_assert_cmpuint (pc_scenario_get_order (scenario), ==, 7);
  g_assert_true (pc_scenario_expects_failure (scenario));
  g_assert_cmpint (link->start, ==,
                   G_GINT64_CONSTANT (1772600767) * G_USEC_PER_SEC);
  g_assert_cmpint (link->timeout, ==, 250000);
  g_assert_cmpuint (link->max_resends, ==, 3);
  g_assert_cmpuint (link->rate, ==, 1000);
  g_assert_cmpint (link->delay, ==, 20000);
}

static void
test_actors (void)
{
  g_autoptr (PcScenario) scenario = load_good ();
  const PcScenarioActor *phone = pc_scenario_find_actor (scenario, "phone");
  const PcScenarioActor *server = pc_scenario_get_actor (scenario, 1);
  static const struct
  {
    const char  *protocol;
    guint        port;
    PcServerRole role;
  } services[] = { { "imap", 143, PC_SERVER_DEFAULT },
                   { "smtp", 587, PC_SERVER_SUBMISSION },
                   { "smtp", 2525, PC_SERVER_RELAY } };

  g_assert_cmpuint (pc_scenario_get_n_actors (scenario), ==, 2);
  g_assert_cmpstr (phone->name, ==, "Phone");
  g_assert_false (phone->server);
  g_assert_cmpstr (phone->speaks, ==, "imap");
  g_assert_cmpstr (phone->icon, ==, "phone-symbolic");
  g_assert_cmpstr (phone->host, ==, "phone.example.test");
  g_assert_true (server->server);
  g_assert_cmpstr (server->host, ==, "mx.example.test");
  g_assert_null (pc_scenario_find_actor (scenario, "nobody"));
  g_assert_null (pc_scenario_find_actor (scenario, NULL));

  g_assert_cmpuint (pc_scenario_get_n_services (scenario), ==,
                    G_N_ELEMENTS (services));
  for (guint i = 0; i < G_N_ELEMENTS (services); i++) {
    const PcScenarioService *service = pc_scenario_get_service (scenario, i);

    g_assert_cmpstr (service->actor, ==, "server");
    g_assert_cmpstr (service->protocol->id, ==, services[i].protocol);
    g_assert_cmpuint (service->port, ==, services[i].port);
    g_assert_cmpint (service->role, ==, services[i].role);
  }
}

/* What has to do with mail between servers. */
static void
test_post (void)
{
  g_autoptr (PcScenario) scenario = load_good ();
  const PcScenarioActor   *server = pc_scenario_get_actor (scenario, 1);
  const PcScenarioService *service = pc_scenario_get_service (scenario, 2);
  const PcScenarioRetry   *retry = pc_scenario_get_retry (scenario);
  const PcWorld           *world = pc_scenario_get_world (scenario);
  const char *const        far[] = { "far.test", NULL };
  PcRoutes                *routes = pc_world_get_routes (world);
  g_autoptr (PcMailStore) own = pc_world_make_store_for (
      world, server->domains, 0);
  g_autoptr (PcMailStore) other = pc_world_make_store_for (world, far, 0);

  g_assert_cmpstr (server->domains[0], ==, "own.test");
  g_assert_cmpstr (server->domains[1], ==, "more.test");
  g_assert_null (server->domains[2]);
  g_assert_null (pc_scenario_get_actor (scenario, 0)->domains);
  g_assert_cmpint (service->greylist, ==, 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (service->max_connections, ==, 4);
  g_assert_cmpuint (service->policy.max_recipients, ==, 5);
  g_assert_cmpuint (service->policy.max_size, ==, 6);
  g_assert_true (service->policy.closed);
  g_assert_true (service->policy.in_step);
  g_assert_false (pc_scenario_get_service (scenario, 1)->policy.closed);
  g_assert_cmpint (retry->wait, ==, 10000);
  g_assert_cmpint (retry->warn, ==, 20000);
  g_assert_cmpint (retry->give_up, ==, 30000);

  g_assert_cmpstr (pc_routes_get (routes, "own.test", 0)->host, ==, "server");
  g_assert_cmpuint (pc_routes_get (routes, "far.test", 0)->preference, ==, 7);
  g_assert_true (pc_routes_is_closed (routes, "far.test"));

  g_assert_nonnull (pc_mail_store_login (own, "alex@more.test", "secret"));
  g_assert_null (pc_mail_store_find_user (own, "robin"));
  g_assert_nonnull (pc_mail_store_login (other, "robin@far.test", "far"));
  g_assert_null (pc_mail_store_find_user (other, "alex"));
  g_assert_cmpuint (pc_account_get_quota (
                        pc_mail_store_find_user (other, "robin")),
                    ==, 9);
}

static void
test_script (void)
{
  g_autoptr (PcScenario) scenario = load_good ();
  const PcScenarioAction *connect = pc_scenario_get_action (scenario, 0);
  const PcScenarioAction *login = pc_scenario_get_action (scenario, 1);
  const PcScenarioAction *wait = pc_scenario_get_action (scenario, 2);
  const PcScenarioAction *cut = pc_scenario_get_action (scenario, 3);

  g_assert_cmpuint (pc_scenario_get_n_actions (scenario), ==, 4);
  g_assert_cmpint (connect->verb, ==, PC_DO_CONNECT);
  g_assert_cmpstr (connect->actor, ==, "phone");
  g_assert_cmpstr (connect->server, ==, "server");
  g_assert_cmpuint (connect->port, ==, 143);
  g_assert_false (connect->refused);
  g_assert_cmpint (login->verb, ==, PC_DO_ACT);
  g_assert_cmpstr (login->action->name, ==, "login");
  g_assert_cmpstr (pc_action_get (login->action, "user", NULL), ==, "alex");
  g_assert_cmpstr (pc_action_get (login->action, "password", NULL), ==, "p");
  g_assert_null (pc_action_get (login->action, "refused", NULL));
  g_assert_true (login->refused);
  g_assert_cmpstr (login->pointer, ==, "/script/1");
  g_assert_cmpint (wait->verb, ==, PC_DO_WAIT);
  g_assert_cmpint (wait->delay, ==, 30000);
  g_assert_cmpint (cut->verb, ==, PC_DO_CUT);
}

static void
test_marks (void)
{
  g_autoptr (PcScenario) scenario = load_good ();
  const PcScenarioMark  *one = pc_scenario_get_mark (scenario, 0);
  const PcScenarioMark  *two = pc_scenario_get_mark (scenario, 1);
  const PcFaults        *faults = pc_scenario_get_faults (scenario);
  const PcFault         *fault = pc_faults_get (faults, 0);

  g_assert_cmpuint (pc_scenario_get_n_marks (scenario), ==, 2);
  g_assert_cmpstr (one->id, ==, "one");
  g_assert_cmpstr (one->rule, ==, "imap.greeting");
  g_assert_cmpstr (one->note, ==, "Note.");
  g_assert_null (one->from);
  g_assert_cmpuint (one->nth, ==, 1);
  g_assert_cmpuint (one->conn, ==, 0);
  g_assert_cmpstr (two->from, ==, "phone");
  g_assert_cmpuint (two->nth, ==, 2);
  g_assert_cmpuint (two->conn, ==, 1);
  g_assert_null (two->note);
  g_assert_true (pc_scenario_has_mark (scenario, "two"));
  g_assert_false (pc_scenario_has_mark (scenario, "three"));

  g_assert_cmpuint (pc_faults_get_n (faults), ==, 1);
  g_assert_cmpint (fault->kind, ==, PC_FAULT_DROP);
  g_assert_cmpstr (fault->rule, ==, "tftp.data");
  g_assert_null (fault->from);
  g_assert_cmpint (fault->side, ==, -1);
  g_assert_cmpuint (fault->nth, ==, 3);
}

static void
test_presenter (void)
{
  g_autoptr (PcScenario) scenario = load_good ();
  const PcScenarioMark  *one = pc_scenario_find_mark (scenario, "one");
  const PcScenarioMark  *two = pc_scenario_find_mark (scenario, "two");

  g_assert_cmpstr (pc_scenario_get_presenter (scenario), ==, "Ask.");
  g_assert_cmpstr (one->presenter, ==, "Point at it.");
  g_assert_null (two->presenter);
  g_assert_null (pc_scenario_find_mark (scenario, "three"));
}

/* What is wrong does not depend on who reads it; the texts do. */
static void
test_presenter_german (void)
{
  g_autofree char *before = g_strdup (g_getenv ("LANGUAGE"));
  g_autoptr (PcScenario) scenario = NULL;

  g_setenv ("LANGUAGE", "de", TRUE);
  scenario = load_good ();
  g_assert_cmpstr (pc_scenario_get_presenter (scenario), ==, "Fragen.");
  g_assert_cmpstr (pc_scenario_find_mark (scenario, "one")->presenter, ==,
                   "Zeigen.");
  if (before != NULL)
    g_setenv ("LANGUAGE", before, TRUE);
  else
    g_unsetenv ("LANGUAGE");
}

static void
test_world (void)
{
  g_autoptr (PcScenario) scenario = load_good ();
  gint64 now = pc_scenario_get_link (scenario)->start;
  g_autoptr (PcMailStore) store = pc_world_make_store (
      pc_scenario_get_world (scenario), now);
  PcAccount            *account = pc_mail_store_login (store, "alex", "secret");
  PcMailbox            *inbox;
  const PcMessage      *message;
  const PcScenarioFile *file = pc_world_get_file (
      pc_scenario_get_world (scenario), 0);

  g_assert_cmpstr (pc_mail_store_get_domain (store), ==, "own.test");
  g_assert_nonnull (account);
  g_assert_null (pc_mail_store_login (store, "robin", "portcall"));
  g_assert_nonnull (pc_account_find_mailbox (account, "Old"));
  inbox = pc_account_find_mailbox (account, "INBOX");
  g_assert_cmpuint (pc_mailbox_get_n_messages (inbox), ==, 2);
  message = pc_mailbox_get_message (inbox, 0);
  g_assert_cmpuint (message->flags, ==, PC_FLAG_SEEN);
  g_assert_cmpint (message->internal_date, ==,
                   now - G_GINT64_CONSTANT (7200) * G_USEC_PER_SEC);
  g_assert_true (g_str_has_prefix (
      g_bytes_get_data (message->content, NULL), "From: a@b.test\r\n"));
  message = pc_mailbox_get_message (inbox, 1);
  g_assert_cmpmem (g_bytes_get_data (message->content, NULL),
                   g_bytes_get_size (message->content), "A: b\r\n\r\nc\r\n",
                   11);

  g_assert_cmpuint (pc_world_get_n_files (pc_scenario_get_world (scenario)), ==, 1);
  g_assert_cmpstr (file->name, ==, "f");
  g_assert_cmpmem (g_bytes_get_data (file->content, NULL),
                   g_bytes_get_size (file->content), "ababa", 5);
}

/* "lines" and "pattern" describe contents, unless the action has a parameter
 * of that name. */
static void
test_params_first (void)
{
  static const struct
  {
    const char *scenario;
    const char *action;
    const char *param;
    const char *value;
  } table[] = {
    { "pop3-top-preview", "top", "lines", "0" },
    { "imap-folders-move", "list", "pattern", "*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *dir = pc_paths_get_data ("scenarios");
    g_autofree char *path = g_strdup_printf ("%s/%s.json", dir,
                                             table[i].scenario);
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcScenario) scenario = pc_scenario_load (path, problems);
    const PcAction *action = NULL;

    g_assert_nonnull (scenario);
    for (guint k = 0; action == NULL; k++) {
      action = pc_scenario_get_action (scenario, k)->action;
      if (action != NULL && strcmp (action->name, table[i].action) != 0)
        action = NULL;
    }
    g_assert_cmpstr (pc_action_get (action, table[i].param, NULL), ==,
                     table[i].value);
    g_assert_null (action->data);
  }
}

static void
test_restore (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autofree char *path = g_build_filename (
      dir, "imap-uidvalidity-changed.json", NULL);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) scenario = pc_scenario_load (path, problems);
  const PcScenarioAction *action = pc_scenario_get_action (scenario, 5);

  g_assert_cmpint (action->verb, ==, PC_DO_RESTORE);
  g_assert_cmpstr (action->actor, ==, "server");
  g_assert_cmpstr (action->user, ==, "alex");
  g_assert_cmpstr (action->mailbox, ==, "INBOX");
  g_assert_cmpuint (action->keep, ==, 3);
}

/* -- broken ---------------------------------------------------------------- */

#define PLAYED(says) \
  "'imap', 'port': 143 }", "'imap', 'port': 143, 'says': [ " says " ] }"

static const struct
{
  const char *find;
  const char *replace;
  const char *code;
} rows[] = {
  /* JSON */
  { "'id': 'x',", "'id': 'x',@,", "Q001" },
  { "'id': 'x',", "'id': 'x', @'id': 'y',", "Q006" },

  /* head */
  { "'format': 'portcall-scenario'", "'format': @'other'", "S001" },
  { "'format_version': 1", "'format_version': @2", "Q024" },
  { "{\n  'format': 'portcall-scenario',\n", "@{\n", "Q023" },
  { "  'id': 'x',\n", "", "Q023" },
  { "'id': 'x'", "'id': @7", "Q022" },
  { "'id': 'x'", "'id': @''", "S123" },
  { "'title': 'Title'", "'title': @null", "Q022" },
  { "'protocol': 'imap',\n  'order'", "'protocol': @'nntp',\n  'order'",
    "S104" },
  { "'order': 7", "'order': @-1", "Q024" },
  { "'order': 7", "@'ordr': 7", "Q021" },
  { "'order': 7", "'order': @1.5", "Q022" },
  { "'expect': 'failure'", "'expect': @'joy'", "S113" },

  /* actors */
  { "'role': 'client'", "'role': @'friend'", "S105" },
  { "'id': 'server'", "'id': @'phone'", "S106" },
  { "'speaks': 'imap'", "'speaks': @'gopher'", "S104" },
  { "'icon': 'phone-symbolic'", "@'icn': 'phone-symbolic'", "Q021" },
  { "'host': 'mx.example.test'", "'host': @'a\\r\\nb'", "S123" },
  { "{ 'protocol': 'imap', 'port': 143 }", "@{ 'protocol': 'imap' }",
    "S110" },
  { "'port': 587", "'port': @65536", "Q024" },
  { "'role': 'relay'", "'role': @'boss'", "S105" },
  { "'port': 587 }", "'port': 587 }, @3", "Q022" },

  /* what a server says that is not ours */
  { PLAYED ("{ 'lines': [ '* OK' ] }, @{ 'hears': 1 }"), "S184" },
  { PLAYED ("@{ 'then': 'starttls' }"), "S184" },
  { PLAYED ("{ 'lines': [ 'x' ], 'then': @'bow' }"), "S183" },
  { PLAYED ("{ 'lines': [ 'x' ], 'hears': @-1 }"), "Q024" },
  { PLAYED ("{ 'lines': [ 'x' ], 'after_ms': @60001 }"), "Q024" },
  { PLAYED ("{ 'lines': [ 'x' ], 'conn': @1025 }"), "Q024" },
  { PLAYED ("{ 'lines': [ @5 ] }"), "Q022" },
  { PLAYED ("{ 'octets': @'2a4' }"), "S181" },
  { PLAYED ("{ 'octets': @'2 a4f' }"), "S181" },
  { PLAYED ("{ 'line': 'x', 'then': 'cut' }"), "Q021" },
  { PLAYED ("{ 'from_file': @'../x', 'then': 'cut' }"), "S124" },
  { PLAYED ("@'x'"), "Q022" },
  { "'imap', 'port': 143 }", "'imap', 'port': 143, 'says': @'x' }", "Q022" },
  { "'imap', 'port': 143 }",
    "'imap', 'port': 143, 'needs_tls': @true, 'says': [] }", "S180" },
  { "'imap', 'port': 143 }",
    "'imap', 'port': 143, 'tls': 'implicit', 'says': [ { 'lines': [ 'x' ], "
    "'then': @'starttls' } ] }",
    "S183" },

  /* link */
  { "'start': '2026-03-04T05:06:07Z'", "'start': @'noon'", "S109" },
  { "'timeout_ms': 250", "'timeout_ms': @60001", "Q024" },
  { "'max_resends': 3", "'max_resends': @32", "Q024" },
  { "'rate': 1000", "'rate': @'fast'", "Q022" },
  { "'delay_ms': 20", "@'delay': 20", "Q021" },

  /* world */
  { "'domain': 'own.test'", "'domain': @''", "S123" },
  { "'user': 'alex', 'password': 'secret'", "'user': @'', 'password': 's'",
    "S123" },
  { "'uid_validity': 5", "'uid_validity': @0", "Q024" },
  { "'Old', 'special_use': '\\\\Archive' } ] }",
    "'Old' } ] }, @{ 'user': 'Alex', 'password': 'p' }", "S106" },
  { "{ 'name': 'Old'", "{ 'name': @'O\\nld'", "S123" },
  { "{ 'flags': [ 'seen' ]", "{ 'flags': [ @'sean' ]", "S120" },
  { "{ 'flags': [ 'seen' ]", "{ @'flag': [ 'seen' ]", "Q021" },
  { "{ 'flags': [ 'seen' ]", "{ 'uid': @0, 'flags': []", "Q024" },
  { "'\\\\Archive'", "@'\\\\Attic'", "S127" },
  { "'domain': 'own.test'", "'domain': 'own.test', 'base': @'some'", "S128" },
  { "'domain': 'own.test'", "'base': 'full', 'domain': @'own.test'", "S129" },
  { "{ 'lines': [ 'A: b', '', 'c' ] }", "@{ 'age_hours': 1 }", "S121" },
  { "'lines': [ 'l' ]", "'lines': [ @5 ]", "Q022" },
  { "'message': { 'from'", "'message': { @'form'", "Q021" },
  { "'bytes': 5, 'pattern': 'ab'", "'bytes': @67108865, 'pattern': 'ab'",
    "Q024" },
  { "{ 'name': 'f', 'bytes': 5, 'pattern': 'ab' }", "@{ 'name': 'f' }",
    "S121" },

  /* mail between servers */
  { "'more.test' ]", "@3 ]", "S141" },
  { "'more.test' ]", "@'a b' ]", "S141" },
  { "[ 'own.test', 'more.test' ]", "@'own.test'", "Q022" },
  { "{ 'id': 'phone',",
    "{ 'id': 'two', 'name': 'T', 'role': 'server', 'domains': [ 'OWN.test' ] "
    "}, { 'id': 'phone',",
    "S106" },
  { "'greylist': 3", "'greylist': @0", "Q024" },
  { "'max_recipients': 5", "'max_recipients': @101", "Q024" },
  { "'closed': true", "'closed': @1", "Q022" },
  { "'in_step': true", "'in_step': @1", "Q022" },
  { "'wait_ms': 10", "'wait_ms': @0", "Q024" },
  { "'give_up_ms'", "@'giveup'", "Q021" },
  { "'quota': 9", "'quota': @-9", "Q024" },
  { "'own.test': 'server'", "'own.test': @'phone'", "S100" },
  { "'own.test': 'server'", "'own.test': @'127.0.0.1:25'", "S100" },
  { "'own.test': 'server'", "'own.test': @7", "Q022" },
  { "{ 'to': '.', 'preference': 7 }", "@7", "Q022" },
  { "{ 'to': '.', 'preference': 7 }", "@{ 'preference': 7 }", "Q023" },
  { "'preference': 7", "'preference': @65536", "Q024" },

  /* script */
  { "'do': 'connect', 'port': 143", "'do': 'connect', 'port': @0", "Q024" },
  { "'do': 'connect'", "'do': 'connect', 'to': @'phone'", "S100" },
  { "'do': 'connect'", "'do': 'connect', @'too': 'server'", "Q021" },
  { "{ 'actor': 'phone', 'do': 'wait'", "{ 'actor': @'tin', 'do': 'wait'",
    "S100" },
  { "{ 'actor': 'phone', 'do': 'wait'", "{ 'actor': @'server', 'do': 'wait'",
    "S100" },
  { "'do': 'wait', 'ms': 30", "'do': @'dance'", "S101" },
  { "{ 'actor': 'phone', 'do': 'wait', 'ms': 30 }",
    "{ 'actor': @'phone', 'do': 'restore', 'user': 'a', 'mailbox': 'b' }",
    "S100" },
  { "{ 'actor': 'phone', 'do': 'wait', 'ms': 30 }",
    "@{ 'actor': 'server', 'do': 'restore', 'user': 'alex' }", "Q023" },
  { "{ 'actor': 'phone', 'do': 'wait', 'ms': 30 }",
    "{ 'actor': 'server', 'do': 'restore', 'user': 'a', 'mailbox': 'b', "
    "'keep': @-1 }", "Q024" },
  { "{ 'actor': 'phone', 'do': 'wait', 'ms': 30 }",
    "{ 'actor': 'server', 'do': 'restore', 'user': 'a', 'mailbox': 'b', "
    "@'keeps': 1 }", "Q021" },
  { "{ 'actor': 'phone', 'do': 'wait', 'ms': 30 }",
    "@{ 'actor': 'phone', 'do': 'login', 'user': 'a' }", "S102" },
  { "'do': 'wait', 'ms': 30",
    "'do': 'login', 'user': 'a', 'password': 'b', 'colour': @'red'", "S103" },
  { "'do': 'wait', 'ms': 30",
    "'do': 'login', 'user': @[ 'a' ], 'password': 'b'", "Q022" },
  { "{ 'actor': 'phone', 'do': 'cut' }", "@4", "Q022" },

  /* marks and faults */
  { "'rule': 'imap.greeting'", "'rule': @'imap.hello'", "S107" },
  { "'from': 'phone'", "'from': @'tin'", "S100" },
  { "'nth': 2", "'nth': @0", "Q024" },
  { "'id': 'two'", "'id': @'one'", "S106" },
  { "'note': 'Note.'", "@'nte': 'Note.'", "Q021" },
  { "'fault': 'drop'", "'fault': @'bend'", "S108" },
  { "'rule': 'tftp.data'", "'rule': @'tftp.date'", "S107" },

  /* for who shows it */
  { "'about': 'Ask.'", "'about': @7", "Q022" },
  { "'about': 'Ask.'", "@'abut': 'Ask.'", "Q021" },
  { "'one': 'Point at it.'", "'three': @'Point at it.'", "S115" },
  { "'one': 'Point at it.'", "'one': @[ ]", "Q022" },
  { "'marks': { 'one': 'Point at it.' }", "'marks': @'one'", "Q022" },
  { "'presenter.one': 'Zeigen.'", "'presenter.two.': @'Zeigen.'", "S115" },
};

static void
check_row (guint i)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) scenario = NULL;
  const PcProblem *problem;
  guint            line, column;
  g_autofree char *text = make_text (rows[i].find, rows[i].replace, &line,
                                     &column);
  g_autofree char *told = NULL;

  scenario = parse (text, problems);
  g_assert_cmpuint (pc_problems_get_n (problems), >=, 1);
  problem = pc_problems_get (problems, 0);
  told = pc_problem_format (problem);
  g_test_message ("%s", told);
  g_assert_null (scenario);
  g_assert_cmpstr (problem->code, ==, rows[i].code);
  g_assert_cmpstr (problem->file, ==, "x.json");
  g_assert_cmpint (problem->severity, ==, PC_SEVERITY_ERROR);
  if (line != 0) {
    g_assert_cmpuint (problem->line, ==, line);
    g_assert_cmpuint (problem->column, ==, column);
  }
}

static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u: %s", i, rows[i].replace);
    check_row (i);
  }
}

/* Every problem of a file is told, not only the first. */
static void
test_all_problems (void)
{
  static const char text[] =
      "{ \"format\": \"portcall-scenario\", \"format_version\": 1,\n"
      "  \"protocol\": \"x\", \"actors\": [ 1 ], \"script\": [] }";
  static const char *const codes[] = { "Q023", "Q023", "Q023", "Q023",
                                       "S104", "Q022", "S111" };
  g_autoptr (PcProblems) problems = pc_problems_new ();

  g_assert_null (parse (text, problems));
  g_assert_cmpuint (pc_problems_get_n (problems), ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_cmpstr (pc_problems_get (problems, i)->code, ==, codes[i]);
}

/* -- limits ---------------------------------------------------------------- */

/* '#' is another number each time. */
static char *
repeat (const char *text,
        guint       times)
{
  g_auto (GStrv) parts = g_strsplit (text, "#", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < times; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);
    g_autofree char *numbered = g_strjoinv (number, parts);

    g_string_append (out, numbered);
  }
  return g_string_free (out, FALSE);
}

static void
check_limit (const char *find,
             const char *before,
             const char *repeated,
             guint       times,
             const char *code)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autofree char *many = repeat (repeated, times);
  g_autofree char *replace = g_strconcat (before, many, NULL);
  guint            line, column;
  g_autofree char *text = make_text (find, replace, &line, &column);
  g_autoptr (PcScenario) scenario = parse (text, problems);

  g_test_message ("%s", code != NULL ? code : "as much as may be");
  if (code == NULL) {
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
    g_assert_nonnull (scenario);
    return;
  }
  g_assert_null (scenario);
  g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, code);
}

/* So many things, each of so many octets. */
static void
check_says (guint       n,
            gsize       len,
            const char *code)
{
  g_autofree char *hex = g_strnfill (2 * len, 'a');
  g_autofree char *saying = g_strdup_printf ("{ 'octets': '%s' }, ", hex);
  g_autofree char *many = repeat (saying, n - 1);
  g_autofree char *whole =
      g_strconcat ("'imap', 'port': 143, 'says': [ ", many, "{ 'octets': '",
                   hex, "' } ] }", NULL);

  check_limit ("'imap', 'port': 143 }", whole, "", 1, code);
}

static void
test_limits (void)
{
  static const char wait[] = ", { 'actor': 'phone', 'do': 'close' }";
  static const char actor[] =
      ", { 'id': 'a', 'name': 'A', 'role': 'server' }"
      ", { 'id': 'b', 'name': 'B', 'role': 'server' }";
  static const char mailbox[] = ", { 'name': 'box #' }";
  static const char file[] =
      ", { 'name': 'g', 'bytes': 33554432, 'pattern': 'abcdefgh' }";

  check_limit ("'do': 'cut' }", "'do': 'cut' }", wait, PC_LIMIT_ACTIONS - 4,
               NULL);
  check_limit ("'do': 'cut' }", "'do': 'cut' }", wait, PC_LIMIT_ACTIONS - 3,
               "S112");
  check_limit ("'role': 'relay' } ] }", "'role': 'relay' } ] }", actor, 1,
               NULL);
  check_limit ("'role': 'relay' } ] }",
               "'role': 'relay' } ] }, { 'id': 'c', 'name': 'C', "
               "'role': 'server' }",
               actor, 1, "S114");
  check_limit ("'special_use': '\\\\Archive' }",
               "'special_use': '\\\\Archive' }", mailbox,
               PC_LIMIT_MAILBOXES - 2, NULL);
  check_limit ("'special_use': '\\\\Archive' }",
               "'special_use': '\\\\Archive' }", mailbox,
               PC_LIMIT_MAILBOXES - 1, "S112");
  check_says (PC_LIMIT_SAYINGS, 1, NULL);
  check_says (PC_LIMIT_SAYINGS + 1, 1, "S185");
  check_says (1, PC_LIMIT_SAYING, NULL);
  check_says (1, PC_LIMIT_SAYING + 1, "S182");
  /* No file of a few lines takes the memory of the whole machine. */
  check_limit ("'pattern': 'ab' }", "'pattern': 'ab' }", file, 3, NULL);
  check_limit ("'pattern': 'ab' }", "'pattern': 'ab' }", file, 4, "S122");
}

/* -- anything at all ------------------------------------------------------- */

/* Cut anywhere: told, and no crash. */
static void
test_cut_short (void)
{
  guint            line, column;
  g_autofree char *text = make_text (NULL, NULL, &line, &column);
  gsize            len = strlen (text) - 2;

  for (gsize i = 0; i < len; i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();

    g_assert_null (pc_scenario_parse ("x", (const guint8 *) text, i,
                                      problems));
    g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
  }
}

static const char *const odd_values[] = {
  "null",
  "true",
  "false",
  "0",
  "-1",
  "1e300",
  "9223372036854775807",
  "\"\"",
  "\"x\"",
  "[]",
  "{}",
  "[ null ]",
  "[ \"\" ]",
  "[ {} ]",
  "\"\\u0000\"",
  "\"\\r\\n\"",
};

static void
try_text (const char *text)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) scenario = parse (text, problems);
  g_autoptr (PcMailStore) store = NULL;

  if (scenario == NULL) {
    g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
    return;
  }
  store = pc_world_make_store (pc_scenario_get_world (scenario), 0);
  g_assert_nonnull (store);
}

/* Each value of @text in turn becomes something else; each member goes. */
static void
try_odd_values (const char *text)
{
  for (const char *at = strstr (text, "\": "); at != NULL;
       at = strstr (at + 1, "\": ")) {
    const char *value = at + 3;
    gsize       before = (gsize) (value - text);
    gsize       len = 0;

    /* A text, a number or a word; lists and objects are opened. */
    if (*value == '"')
      len = (gsize) (strchr (value + 1, '"') - value) + 1;
    else if (*value != '[' && *value != '{')
      len = strcspn (value, ",} \n");
    if (len == 0)
      continue;
    for (guint i = 0; i < G_N_ELEMENTS (odd_values); i++) {
      g_autofree char *changed = g_strdup_printf (
          "%.*s%s%s", (int) before, text, odd_values[i], value + len);

      try_text (changed);
    }
  }
}

static void
test_odd_values (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_auto (GStrv) paths = pc_paths_list (dir, ".json");
  guint            line, column;
  g_autofree char *text = make_text (NULL, NULL, &line, &column);

  try_odd_values (text);
  for (guint i = 0; paths[i] != NULL; i++) {
    g_autofree char *own = NULL;

    g_test_message ("%s", paths[i]);
    g_assert_true (g_file_get_contents (paths[i], &own, NULL, NULL));
    try_odd_values (own);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scenario/head", test_head);
  g_test_add_func ("/scenario/actors", test_actors);
  g_test_add_func ("/scenario/post", test_post);
  g_test_add_func ("/scenario/script", test_script);
  g_test_add_func ("/scenario/marks", test_marks);
  g_test_add_func ("/scenario/presenter", test_presenter);
  g_test_add_func ("/scenario/presenter/german", test_presenter_german);
  g_test_add_func ("/scenario/params-first", test_params_first);
  g_test_add_func ("/scenario/restore", test_restore);
  g_test_add_func ("/scenario/world", test_world);
  g_test_add_func ("/scenario/broken", test_broken);
  g_test_add_func ("/scenario/all-problems", test_all_problems);
  g_test_add_func ("/scenario/limits", test_limits);
  g_test_add_func ("/scenario/cut-short", test_cut_short);
  g_test_add_func ("/scenario/odd-values", test_odd_values);

  return g_test_run ();
}
