/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Faults as people write them, in a scenario and after --fault: the same
 * reader, so every row is tried both ways; what cannot strike as it was meant
 * is told with its place or its key.
 */

#include "scenario/fault.h"

#include "base/limits.h"
#include "scenario/scenario.h"

#include <string.h>

static const char before[] =
    "{ \"format\": \"portcall-scenario\", \"format_version\": 1,\n"
    "  \"id\": \"x\", \"title\": \"T\", \"summary\": \"S\",\n"
    "  \"subtitle\": \"s\", \"protocol\": \"tftp\",\n"
    "  \"actors\": [\n"
    "    { \"id\": \"router\", \"name\": \"R\", \"role\": \"client\",\n"
    "      \"speaks\": \"tftp\", \"old_acks\": true },\n"
    "    { \"id\": \"boot\", \"name\": \"S\", \"role\": \"server\",\n"
    "      \"listens\": [ { \"protocol\": \"tftp\", \"port\": 69,\n"
    "        \"options\": false, \"old_acks\": true,\n"
    "        \"max_block_size\": 1024 } ] } ],\n"
    "  \"script\": [\n"
    "    { \"actor\": \"router\", \"do\": \"connect\", \"port\": 69 } ],\n"
    "  \"faults\": [\n";

static PcScenario *
parse (const char *fault,
       PcProblems *problems)
{
  g_auto (GStrv) quoted = g_strsplit (fault, "'", -1);
  g_autofree char *json = g_strjoinv ("\"", quoted);
  g_autofree char *text = g_strconcat (before, json, " ] }", NULL);

  return pc_scenario_parse ("x.json", (const guint8 *) text, strlen (text),
                            problems);
}

static const PcFault *
parse_good (const char  *fault,
            PcScenario **scenario)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();

  *scenario = parse (fault, problems);
  if (pc_problems_get_n (problems) > 0)
    g_error ("%s: %s", fault, pc_problems_get (problems, 0)->message);
  g_assert_cmpuint (pc_faults_get_n (pc_scenario_get_faults (*scenario)), ==,
                    1);
  return pc_faults_get (pc_scenario_get_faults (*scenario), 0);
}

static const PcFault *
read_good (PcFaults   *faults,
           const char *spec)
{
  g_autoptr (GError) error = NULL;

  pc_faults_add_spec (faults, spec, NULL, &error);
  g_assert_no_error (error);
  return pc_faults_get (faults, pc_faults_get_n (faults) - 1);
}

/* -- what is right --------------------------------------------------------- */

static const struct
{
  const char *json;
  const char *spec;
  PcFault     fault;
} good[] = {
  { "{ 'fault': 'drop', 'rule': 'tftp.data*', 'nth': 3 }",
    "drop,rule=tftp.data*,nth=3",
    { .kind = PC_FAULT_DROP, .rule = "tftp.data*", .side = -1, .nth = 3 } },
  { "{ 'fault': 'drop', 'rule': 'tftp.*', 'rate': 0.25, 'seed': 7, "
    "'conn': 2, 'after': 'tftp.rrq', 'from': 'client' }",
    "drop,rule=tftp.*,rate=0.25,seed=7,conn=2,after=tftp.rrq,from=client",
    { .kind = PC_FAULT_DROP, .rule = "tftp.*", .after = "tftp.rrq",
      .side = PC_SIDE_CLIENT, .nth = 1, .conn = 2, .seeded = TRUE,
      .rate = 0.25, .seed = 7 } },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'every': true, 'nth': 2, "
    "'from': 'server' }",
    "drop,rule=tftp.ack,every=true,nth=2,from=server",
    { .kind = PC_FAULT_DROP, .rule = "tftp.ack", .side = PC_SIDE_SERVER,
      .nth = 2, .every = TRUE } },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'rate': 1 }",
    "drop,rule=tftp.ack,rate=1",
    { .kind = PC_FAULT_DROP, .rule = "tftp.ack", .side = -1, .nth = 1,
      .seeded = TRUE, .rate = 1, .seed = 1 } },
  { "{ 'fault': 'duplicate', 'rule': 'tftp.ack', 'after_ms': 5 }",
    "duplicate,rule=tftp.ack,after_ms=5",
    { .kind = PC_FAULT_DUPLICATE, .rule = "tftp.ack", .side = -1, .nth = 1,
      .wait = 5000 } },
  { "{ 'fault': 'delay', 'rule': 'tftp.ack', 'ms': 60000 }",
    "delay,rule=tftp.ack,ms=60000",
    { .kind = PC_FAULT_DELAY, .rule = "tftp.ack", .side = -1, .nth = 1,
      .wait = 60000000 } },
  { "{ 'fault': 'reorder', 'rule': 'tftp.data', 'past': 64 }",
    "reorder,rule=tftp.data,past=64",
    { .kind = PC_FAULT_REORDER, .rule = "tftp.data", .side = -1, .nth = 1,
      .past = 64 } },
  { "{ 'fault': 'change', 'rule': 'smtp.mail', 'octet': 4, 'to': 0 }",
    "change,rule=smtp.mail,octet=4,to=0",
    { .kind = PC_FAULT_CHANGE, .rule = "smtp.mail", .side = -1, .nth = 1,
      .octet = 4, .to = 0, .mask = 1 } },
  { "{ 'fault': 'change', 'rule': 'tftp.data', 'octet': 4, 'xor': 255 }",
    "change,rule=tftp.data,octet=4,xor=255",
    { .kind = PC_FAULT_CHANGE, .rule = "tftp.data", .side = -1, .nth = 1,
      .octet = 4, .to = -1, .mask = 255 } },
  { "{ 'fault': 'split', 'rule': 'imap.*', 'octets': 1 }",
    "split,rule=imap.*,octets=1",
    { .kind = PC_FAULT_SPLIT, .rule = "imap.*", .side = -1, .nth = 1,
      .octets = 1, .wait = -1 } },
  { "{ 'fault': 'join', 'rule': 'pop3.greeting' }", "join,rule=pop3.greeting",
    { .kind = PC_FAULT_JOIN, .rule = "pop3.greeting", .side = -1, .nth = 1 } },
  { "{ 'fault': 'slow', 'from': 'client', 'rate': 1 }",
    "slow,from=client,rate=1",
    { .kind = PC_FAULT_SLOW, .side = PC_SIDE_CLIENT, .nth = 1,
      .octets = 1 } },
  { "{ 'fault': 'cut', 'from': 'client', 'after': 'smtp.data', 'octet': 9 }",
    "cut,from=client,after=smtp.data,octet=9",
    { .kind = PC_FAULT_CUT, .after = "smtp.data", .side = PC_SIDE_CLIENT,
      .nth = 1, .octet = 9 } },
  { "{ 'fault': 'freeze', 'rule': 'imap.idle', 'ms': 0 }",
    "freeze,rule=imap.idle,ms=0",
    { .kind = PC_FAULT_FREEZE, .rule = "imap.idle", .side = -1, .nth = 1 } },
  { "{ 'fault': 'freeze', 'rule': 'imap.idle' }", "freeze,rule=imap.idle",
    { .kind = PC_FAULT_FREEZE, .rule = "imap.idle", .side = -1, .nth = 1,
      .wait = -1 } },
};

static void
check_fault (const PcFault *is,
             const PcFault *want)
{
  g_assert_cmpint (is->kind, ==, want->kind);
  g_assert_cmpstr (is->rule, ==, want->rule);
  g_assert_cmpstr (is->after, ==, want->after);
  g_assert_null (is->from);
  g_assert_cmpint (is->side, ==, want->side);
  g_assert_cmpuint (is->nth, ==, want->nth);
  g_assert_cmpint (is->every, ==, want->every);
  g_assert_cmpuint (is->conn, ==, want->conn);
  g_assert_cmpint (is->seeded, ==, want->seeded);
  g_assert_cmpfloat (is->rate, ==, want->rate);
  g_assert_cmpuint (is->seed, ==, want->seed);
  g_assert_cmpint (is->wait, ==, want->wait);
  g_assert_cmpuint (is->past, ==, want->past);
  g_assert_cmpuint (is->octet, ==, want->octet);
  g_assert_cmpint (is->to, ==, want->to);
  g_assert_cmpuint (is->mask, ==, want->mask);
  g_assert_cmpuint (is->octets, ==, want->octets);
}

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (PcScenario) scenario = NULL;
    g_autoptr (PcFaults) faults = pc_faults_new ();
    const PcFault *fault;

    g_test_message ("%s", good[i].spec);
    check_fault (parse_good (good[i].json, &scenario), &good[i].fault);
    fault = read_good (faults, good[i].spec);
    check_fault (fault, &good[i].fault);
    g_assert_cmpstr (fault->text, ==, good[i].spec);
  }
}

/* A scenario's own actors are known by their ids. */
static void
test_actors (void)
{
  g_autoptr (PcScenario) scenario = NULL;
  const PcFault *fault = parse_good (
      "{ 'fault': 'drop', 'rule': 'tftp.ack', 'from': 'router' }", &scenario);
  g_autoptr (PcFaults) faults = pc_faults_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (fault->from, ==, "router");
  g_assert_true (pc_faults_add_spec (
      faults, "drop,rule=tftp.ack,from=boot", scenario, &error));
  g_assert_cmpstr (pc_faults_get (faults, 0)->from, ==, "boot");
  g_assert_false (pc_faults_add_spec (
      faults, "drop,rule=tftp.ack,from=boot", NULL, &error));
  g_assert_nonnull (strstr (error->message, "“from”: "));
  g_assert_cmpuint (pc_faults_get_n (faults), ==, 1);
}

static void
check_packet (const char *spec,
              const char *want,
              gsize       len)
{
  g_autoptr (PcFaults) faults = pc_faults_new ();
  const PcFault *fault = read_good (faults, spec);
  gsize          size;
  const void    *data = g_bytes_get_data (fault->data, &size);

  g_assert_cmpmem (data, size, want, len);
  g_assert_cmpstr (fault->actor, ==, PC_FAULT_STRANGER);
}

static void
test_packets (void)
{
#define RIGHT "inject,rule=tftp.data,to=client,"
  check_packet (RIGHT "opcode=3", "\0\3\0\1", 4);
  check_packet (RIGHT "opcode=3,block=258,text=a\\,b", "\0\3\1\2a,b", 7);
  check_packet (RIGHT "opcode=4,block=65535", "\0\4\377\377", 4);
  check_packet (RIGHT "opcode=5,code=2,text=No", "\0\5\0\2No\0", 7);
  check_packet (RIGHT "opcode=5", "\0\5\0\0\0", 5);
  check_packet (RIGHT "hex=00 09 ffFF", "\0\11\377\377", 4);
}

static void
test_answers (void)
{
  static const struct
  {
    const char *spec;
    const char *protocol;
    const char *reply;
  } answers[] = {
    { "answer,verb=rcpt,nth=2,reply=452 4.2.2 Mailbox full", "smtp",
      "452 4.2.2 Mailbox full" },
    { "answer,verb=EHLO,reply=250-a\\n250 b", "smtp", "250-a\n250 b" },
    { "answer,verb=.,reply=554 No\\, thanks", "smtp", "554 No, thanks" },
    { "answer,verb=STAT,reply=-ERR no", "pop3", "-ERR no" },
    { "answer,verb=APPEND,reply=NO [OVERQUOTA] Full,every=yes", "imap",
      "NO [OVERQUOTA] Full" },
    { "answer,verb=RRQ,code=3", "tftp", "3" },
    { "answer,verb=DATA,code=3,text=No room left", "tftp",
      "3 No room left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (PcFaults) faults = pc_faults_new ();
    const PcFault   *fault = read_good (faults, answers[i].spec);
    g_autofree char *reply = pc_fault_dup_answer (fault);

    g_test_message ("%s", answers[i].spec);
    g_assert_cmpint (fault->kind, ==, PC_FAULT_ANSWER);
    g_assert_cmpstr (fault->protocol->id, ==, answers[i].protocol);
    g_assert_cmpstr (reply, ==, answers[i].reply);
  }
}

static void
test_match (void)
{
  g_assert_true (pc_fault_match ("tftp.data", "tftp.data"));
  g_assert_false (pc_fault_match ("tftp.data", "tftp.data.last"));
  g_assert_true (pc_fault_match ("tftp.data*", "tftp.data"));
  g_assert_true (pc_fault_match ("tftp.data*", "tftp.data.last"));
  g_assert_false (pc_fault_match ("tftp.data.*", "tftp.data"));
  g_assert_false (pc_fault_match ("tftp.data*", "tftp.dat"));
  g_assert_true (pc_fault_match ("*", "smtp.mail"));
  g_assert_false (pc_fault_match ("", "smtp.mail"));
}

static void
test_services (void)
{
  g_autoptr (PcScenario) scenario = NULL;
  const PcScenarioService *service;

  parse_good ("{ 'fault': 'drop', 'rule': 'tftp.ack' }", &scenario);
  service = pc_scenario_get_service (scenario, 0);
  g_assert_true (service->policy.no_options);
  g_assert_true (service->policy.old_acks);
  g_assert_cmpuint (service->policy.max_block_size, ==, 1024);
  g_assert_true (pc_scenario_get_actor (scenario, 0)->old_acks);
  g_assert_false (pc_scenario_get_actor (scenario, 1)->old_acks);
}

/* -- what is wrong --------------------------------------------------------- */

static const struct
{
  const char *json;
  const char *spec; /* NULL: it cannot be written there */
  const char *code;
  const char *pointer; /* below "/faults/0" */
  const char *words;   /* in what is told of @spec */
} bad[] = {
  { "{ 'rule': 'tftp.ack' }", NULL, "Q023", "", NULL },
  { "{ 'fault': 'bend' }", "bend", "S108", "/fault", "reorder" },
  { "{ 'fault': 7 }", NULL, "Q022", "/fault", NULL },
  { "{ 'fault': 'drop' }", "drop", "S161", "", "“rule”" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'nht': 1 }",
    "drop,rule=tftp.ack,nht=1", "Q021", "/nht",
    "“drop” takes: rule, from, nth, every" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'ms': 1 }",
    "drop,rule=tftp.ack,ms=1", "Q021", "/ms", "“ms” is not known here." },
  { "{ 'fault': 'drop', 'rule': 'tftp.ac' }", "drop,rule=tftp.ac", "S107",
    "/rule", "“rule”" },
  { "{ 'fault': 'drop', 'rule': 'tcp.open' }", "drop,rule=tcp.open", "S107",
    "/rule", "“rule”" },
  { "{ 'fault': 'drop', 'rule': 'smtp.*' }", "drop,rule=smtp.*", "S160",
    "/rule", "split, join, slow" },
  { "{ 'fault': 'split', 'octets': 1, 'rule': 'tftp.data' }",
    "split,octets=1,rule=tftp.data", "S160", "/rule", "drop, duplicate" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'after': 'smtp.mail' }",
    "drop,rule=tftp.ack,after=smtp.mail", "S160", "/after", "“after”" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'from': 'me' }",
    "drop,rule=tftp.ack,from=me", "S100", "/from", "“from”" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'nth': 0 }",
    "drop,rule=tftp.ack,nth=0", "Q024", "/nth", "“nth”" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'nth': 'x' }",
    "drop,rule=tftp.ack,nth=x", "Q022", "/nth", "“nth”" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'every': 1 }",
    "drop,rule=tftp.ack,every=1", "Q022", "/every", "“every”" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'conn': 0 }",
    "drop,rule=tftp.ack,conn=0", "Q024", "/conn", "“conn”" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'rate': 1.5 }",
    "drop,rule=tftp.ack,rate=1.5", "S162", "/rate", "from 0 to 1" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'rate': 'all' }",
    "drop,rule=tftp.ack,rate=all", "S162", "/rate", "from 0 to 1" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'rate': 0.5, 'nth': 2 }",
    "drop,rule=tftp.ack,rate=0.5,nth=2", "S162", "/rate", "“nth”" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'seed': 2 }",
    "drop,rule=tftp.ack,seed=2", "S162", "/seed", "“rate”" },
  { "{ 'fault': 'drop', 'rule': 'tftp.ack', 'rate': 0.5, 'seed': -1 }",
    "drop,rule=tftp.ack,rate=0.5,seed=-1", "Q024", "/seed", "“seed”" },
  { "{ 'fault': 'duplicate', 'rule': 'tftp.ack', 'after_ms': 60001 }",
    "duplicate,rule=tftp.ack,after_ms=60001", "Q024", "/after_ms",
    "“after_ms”" },
  { "{ 'fault': 'delay', 'rule': 'tftp.ack' }", "delay,rule=tftp.ack",
    "S161", "", "“ms”" },
  { "{ 'fault': 'reorder', 'rule': 'tftp.ack', 'past': 65 }",
    "reorder,rule=tftp.ack,past=65", "Q024", "/past", "“past”" },
  { "{ 'fault': 'change', 'rule': 'tftp.ack', 'octet': 1 }",
    "change,rule=tftp.ack,octet=1", "S163", "", "“xor”" },
  { "{ 'fault': 'change', 'rule': 'tftp.ack', 'to': 1, 'xor': 1 }",
    "change,rule=tftp.ack,to=1,xor=1", "S163", "", "“xor”" },
  { "{ 'fault': 'change', 'rule': 'tftp.ack', 'to': 256 }",
    "change,rule=tftp.ack,to=256", "Q024", "/to", "“to”" },
  { "{ 'fault': 'change', 'rule': 'tftp.ack', 'xor': 0 }",
    "change,rule=tftp.ack,xor=0", "Q024", "/xor", "“xor”" },
  { "{ 'fault': 'split', 'rule': 'smtp.mail' }", "split,rule=smtp.mail",
    "S161", "", "“octets”" },
  { "{ 'fault': 'split', 'rule': 'smtp.mail', 'octets': 0 }",
    "split,rule=smtp.mail,octets=0", "Q024", "/octets", "“octets”" },
  { "{ 'fault': 'slow', 'rule': 'smtp.mail' }", "slow,rule=smtp.mail",
    "S161", "", "“rate”" },
  { "{ 'fault': 'slow', 'rule': 'smtp.mail', 'rate': 0.5 }",
    "slow,rule=smtp.mail,rate=0.5", "Q022", "/rate", "“rate”" },
  { "{ 'fault': 'cut' }", "cut", "S161", "", "“from”" },
  { "{ 'fault': 'cut', 'from': 'client', 'nth': 2 }", "cut,from=client,nth=2",
    "S161", "", "“rule”" },
  { "{ 'fault': 'cut', 'rule': 'smtp.mail', 'octet': -1 }",
    "cut,rule=smtp.mail,octet=-1", "Q024", "/octet", "“octet”" },
  { "{ 'fault': 'freeze', 'from': 'client', 'ms': -1 }",
    "freeze,from=client,ms=-1", "Q024", "/ms", "“ms”" },
  { "{ 'fault': 'inject', 'rule': 'tftp.ack', 'opcode': 4 }",
    "inject,rule=tftp.ack,opcode=4", "Q023", "", "\"to\"" },
  { "{ 'fault': 'inject', 'rule': 'tftp.ack', 'opcode': 4, 'to': 'boot' }",
    "inject,rule=tftp.ack,opcode=4,to=boot", "S164", "/to", "“client”" },
  { "{ 'fault': 'inject', 'rule': 'tftp.ack', 'to': 'client' }",
    "inject,rule=tftp.ack,to=client", "S164", "", "“hex”" },
  { "{ 'fault': 'inject', 'rule': 'tftp.ack', 'to': 'client', 'opcode': 2 }",
    "inject,rule=tftp.ack,to=client,opcode=2", "Q024", "/opcode",
    "“opcode”" },
  { "{ 'fault': 'inject', 'rule': 'tftp.ack', 'to': 'client', 'hex': '0' }",
    "inject,rule=tftp.ack,to=client,hex=0", "S164", "/hex", "“hex”" },
  { "{ 'fault': 'inject', 'rule': 'tftp.ack', 'to': 'client', 'hex': '' }",
    "inject,rule=tftp.ack,to=client,hex=", "S164", "/hex", "“hex”" },
  { "{ 'fault': 'inject', 'rule': 'tftp.ack', 'to': 'client', 'opcode': 4, "
    "'actor': 'nobody' }",
    NULL, "S100", "/actor", NULL },
  { "{ 'fault': 'answer', 'reply': '452 no' }", "answer,reply=452 no", "Q023",
    "", "\"verb\"" },
  { "{ 'fault': 'answer', 'verb': 'RCPT' }", "answer,verb=RCPT", "S165", "",
    "“reply”" },
  { "{ 'fault': 'answer', 'verb': 'RRQ', 'code': 9 }",
    "answer,verb=RRQ,code=9", "Q024", "/code", "“code”" },
  { "{ 'fault': 'answer', 'verb': 'DANCE', 'reply': '452 no' }",
    "answer,verb=DANCE,reply=452 no", "S165", "/reply", "DANCE" },
  { "{ 'fault': 'answer', 'verb': 'RCPT', 'reply': '45 no' }",
    "answer,verb=RCPT,reply=45 no", "S165", "/reply", "45 no" },
  { "{ 'fault': 'answer', 'verb': 'RCPT', 'reply': '' }",
    "answer,verb=RCPT,reply=", "S165", "/reply", "“reply”" },
};

static void
check_bad_json (guint i)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) scenario = parse (bad[i].json, problems);
  g_autofree char *pointer = g_strconcat ("/faults/0", bad[i].pointer, NULL);
  const PcProblem *problem;

  g_assert_null (scenario);
  g_assert_cmpuint (pc_problems_get_n (problems), >=, 1);
  problem = pc_problems_get (problems, 0);
  g_test_message ("  %s %s", problem->code, problem->message);
  g_assert_cmpstr (problem->code, ==, bad[i].code);
  g_assert_cmpstr (problem->pointer, ==, pointer);
  g_assert_cmpuint (problem->line, ==, 14);
}

static void
check_bad_spec (guint i)
{
  g_autoptr (PcFaults) faults = pc_faults_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (pc_faults_add_spec (faults, bad[i].spec, NULL, &error));
  g_test_message ("  %s", error->message);
  g_assert_nonnull (strstr (error->message, bad[i].spec));
  g_assert_nonnull (strstr (error->message, bad[i].words));
  g_assert_cmpuint (pc_faults_get_n (faults), ==, 0);
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i].json);
    check_bad_json (i);
    if (bad[i].spec != NULL)
      check_bad_spec (i);
  }
}

static void
test_bad_words (void)
{
  static const char *const specs[] = { "", ",", "drop,", "drop,rule",
                                       "drop,=x", "drop,rule=tftp.ack,nth=1,"
                                                  "nth=2",
                                       "drop;rule=tftp.ack", "\\",
                                       "drop,rule=\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    g_autoptr (PcFaults) faults = pc_faults_new ();
    g_autoptr (GError) error = NULL;

    g_assert_false (pc_faults_add_spec (faults, specs[i], NULL, &error));
    g_test_message ("%s", error->message);
    g_assert_cmpuint (pc_faults_get_n (faults), ==, 0);
  }
}

static void
test_too_many (void)
{
  g_autoptr (PcFaults) faults = pc_faults_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < PC_LIMIT_FAULTS; i++)
    read_good (faults, "drop,rule=tftp.ack");
  g_assert_false (
      pc_faults_add_spec (faults, "drop,rule=tftp.ack", NULL, &error));
  g_assert_cmpuint (pc_faults_get_n (faults), ==, PC_LIMIT_FAULTS);
}

/* Only TFTP has these. */
static void
test_bad_services (void)
{
  static const char *const members[] = { "'options': true", "'old_acks': true",
                                         "'max_block_size': 512" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autofree char *actor = g_strdup_printf (
        "{ 'fault': 'drop', 'rule': 'tftp.ack' } ],"
        "'x-more': [ ], 'retry': { }, 'actors': [ { 'id': 'a', 'name': 'A', "
        "'role': 'server', 'listens': [ { 'protocol': 'smtp', 'port': 25, %s "
        "} ] } ], 'x-rest': [",
        members[i]);
    g_auto (GStrv) cut = g_strsplit (before, "\"actors\"", 2);
    g_auto (GStrv) parts = g_strsplit (actor, "'", -1);
    g_autofree char *json = g_strjoinv ("\"", parts);
    g_autofree char *text = g_strconcat (
        cut[0], "\"script\": [ { \"actor\": \"b\", \"do\": \"close\" } ],",
        "\"faults\": [", json, "] }", NULL);
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcScenario) scenario = pc_scenario_parse (
        "x.json", (const guint8 *) text, strlen (text), problems);

    g_assert_null (scenario);
    g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "S153");
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scenario/fault/good", test_good);
  g_test_add_func ("/scenario/fault/actors", test_actors);
  g_test_add_func ("/scenario/fault/packets", test_packets);
  g_test_add_func ("/scenario/fault/answers", test_answers);
  g_test_add_func ("/scenario/fault/match", test_match);
  g_test_add_func ("/scenario/fault/services", test_services);
  g_test_add_func ("/scenario/fault/bad", test_bad);
  g_test_add_func ("/scenario/fault/bad-words", test_bad_words);
  g_test_add_func ("/scenario/fault/too-many", test_too_many);
  g_test_add_func ("/scenario/fault/bad-services", test_bad_services);

  return g_test_run ();
}
