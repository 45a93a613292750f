/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads one fault: which unit it falls on, and what it does to it.
 *
 *   { "fault": "drop", "rule": "tftp.data*", "from": "server", "nth": 3 }
 *   { "fault": "cut", "after": "smtp.data.go-ahead", "from": "phone",
 *     "octet": 100 }
 *   { "fault": "answer", "verb": "RCPT", "nth": 2,
 *     "reply": "452 4.2.2 Mailbox full" }
 *
 * A fault that cannot strike as it was meant is a problem, not a fault less:
 * whoever armed it would wait for it in vain.
 */

#include "scenario/fault-private.h"
#include "scenario/scenario.h"

#include "base/limits.h"
#include "mail/store.h"
#include "proto/common/injection.h"
#include "proto/registry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_MS 60000 /* PC_LIMIT_RUN: later, nobody looks any more */
#define MAX_RATE 1000000000

/* Of packets that a stranger makes up (RFC 1350 section 5). */
#define OPCODE_DATA 3
#define OPCODE_ACK 4
#define OPCODE_ERROR 5

typedef struct
{
  PcFaults           *faults;
  const PcJsonReader *reader;
  const PcScenario   *scenario;
  PcFault             fault;
  gboolean            wrong;
} Load;

static void G_GNUC_PRINTF (4, 5)
report (Load       *self,
        const char *member,
        const char *code,
        const char *format,
        ...)
{
  const PcJsonReader *reader = self->reader;
  g_autofree char    *at = member != NULL
                               ? pc_json_pointer_member (reader->pointer,
                                                         member)
                               : g_strdup (reader->pointer);
  g_autofree char    *message = NULL;
  va_list             args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, code, at,
                  "%s", message);
}

static const char *
read_text (Load       *self,
           const char *member,
           gboolean    required)
{
  const char *text = pc_json_read_string (self->reader, member, required);

  return text != NULL ? g_string_chunk_insert_const (self->faults->strings,
                                                     text)
                      : NULL;
}

static gboolean
has (Load       *self,
     const char *member)
{
  return json_object_has_member (self->reader->object, member);
}

static guint
read_count (Load       *self,
            const char *member,
            guint       min,
            guint       max,
            guint       fallback)
{
  return (guint) pc_json_read_int (self->reader, member, min, max, fallback);
}

static gint64
read_ms (Load       *self,
         const char *member,
         gint64      fallback)
{
  return has (self, member)
             ? 1000 * pc_json_read_int (self->reader, member, 0, MAX_MS, 0)
             : fallback;
}

static void
need (Load       *self,
      const char *member)
{
  if (!has (self, member))
    report (self, NULL, "S161", _ ("“%s” needs “%s”."),
            pc_fault_kind_to_string (self->fault.kind), member);
}

/* -- which unit ----------------------------------------------------------- */

typedef enum
{
  RULE_UNKNOWN,
  RULE_OTHER, /* of the other transport only */
  RULE_OK,
} RuleCheck;

static RuleCheck
check_rule (const char *pattern,
            gboolean    datagrams,
            gboolean    streams)
{
  RuleCheck result = RULE_UNKNOWN;

  for (guint i = 0; i < PC_N_PROTOCOLS; i++) {
    const PcProtocol *protocol = pc_registry_get (i);

    for (gsize k = 0; k < protocol->n_narrations; k++) {
      if (!pc_fault_match (pattern, protocol->narrations[k].rule))
        continue;
      if (protocol->stream ? streams : datagrams)
        return RULE_OK;
      result = RULE_OTHER;
    }
  }
  return result;
}

static const char *
load_rule (Load       *self,
           const char *member)
{
  const PcFaultForm *form = &pc_fault_forms[self->fault.kind];
  const char        *rule = read_text (self, member, FALSE);

  if (rule == NULL)
    return NULL;

  switch (check_rule (rule, form->datagrams, form->streams)) {
  case RULE_UNKNOWN:
    report (self, member, "S107",
            _ ("No step has this rule. “run --format json” shows the rule of "
               "every step."));
    break;
  case RULE_OTHER:
    report (self, member, "S160",
            form->streams
                ? _ ("“%s” falls on TCP connections, and this rule belongs to "
                     "a protocol over UDP. There: drop, duplicate, delay, "
                     "reorder, inject, change.")
                : _ ("“%s” falls on datagrams, and this rule belongs to a "
                     "protocol over TCP. There: split, join, slow, cut, "
                     "freeze, change."),
            form->name);
    break;
  case RULE_OK:
  default:
    break;
  }
  return rule;
}

static void
load_from (Load *self)
{
  const char *id = read_text (self, "from", FALSE);

  self->fault.side = -1;
  if (id == NULL)
    return;

  if (pc_scenario_find_actor (self->scenario, id) != NULL)
    self->fault.from = id;
  else if (strcmp (id, "client") == 0)
    self->fault.side = PC_SIDE_CLIENT;
  else if (strcmp (id, "server") == 0)
    self->fault.side = PC_SIDE_SERVER;
  else if (self->scenario != NULL)
    report (self, "from", "S100", _ ("There is no such actor."));
  else
    report (self, "from", "S100", _ ("Either “client” or “server” says it."));
}

static void
load_rate (Load *self)
{
  JsonNode *node = json_object_get_member (self->reader->object, "rate");
  double    rate = -1;

  if (node == NULL) {
    if (has (self, "seed"))
      report (self, "seed", "S162", _ ("A “seed” belongs to a “rate”."));
    return;
  }

  if (JSON_NODE_HOLDS_VALUE (node) &&
      (json_node_get_value_type (node) == G_TYPE_DOUBLE ||
       json_node_get_value_type (node) == G_TYPE_INT64))
    rate = json_node_get_double (node);
  if (rate < 0 || rate > 1)
    report (self, "rate", "S162",
            _ ("A rate is a number from 0 to 1: 0.1 hits one unit in ten."));
  if (has (self, "nth") || has (self, "every"))
    report (self, "rate", "S162",
            _ ("Either units are counted (“nth”, “every”), or they are hit by "
               "chance (“rate”, “seed”)."));
  self->fault.seeded = TRUE;
  self->fault.rate = rate;
  self->fault.seed = (guint64) pc_json_read_int (self->reader, "seed", 0,
                                                 G_MAXINT64, 1);
}

/* Only what has a place on the line does not need a unit. */
static gboolean
needs_rule (PcFaultKind kind)
{
  return kind != PC_FAULT_CUT && kind != PC_FAULT_FREEZE &&
         kind != PC_FAULT_SLOW;
}

static void
load_unit (Load *self)
{
  PcFault *fault = &self->fault;

  fault->rule = load_rule (self, "rule");
  fault->after = load_rule (self, "after");
  load_from (self);
  fault->nth = read_count (self, "nth", 1, PC_LIMIT_STEPS, 1);
  fault->every = pc_json_read_bool (self->reader, "every", FALSE);
  fault->conn = read_count (self, "conn", 1, G_MAXINT32, 0);
  if (fault->kind != PC_FAULT_SLOW)
    load_rate (self);

  if (has (self, "rule"))
    return;
  if (needs_rule (fault->kind))
    need (self, "rule");
  else if (!has (self, "from"))
    report (self, NULL, "S161", _ ("“%s” needs “rule” or “from”."),
            pc_fault_kind_to_string (fault->kind));
  if (fault->seeded || has (self, "nth") || has (self, "every"))
    report (self, NULL, "S161",
            _ ("What is counted or hit by chance needs a “rule”."));
}

/* -- what to do to it ----------------------------------------------------- */

static void
load_change (Load *self)
{
  PcFault *fault = &self->fault;

  fault->octet = read_count (self, "octet", 0, G_MAXINT32, 0);
  fault->to = has (self, "to") ? (int) read_count (self, "to", 0, 255, 0) : -1;
  fault->mask = (guint8) read_count (self, "xor", 1, 255, 1);
  if (has (self, "to") == has (self, "xor"))
    report (self, NULL, "S163",
            _ ("“change” needs either “to”, the octet's new value, or “xor”, "
               "the bits that turn over."));
}

static int
hex_digit (char c)
{
  return g_ascii_isxdigit (c) ? g_ascii_xdigit_value (c) : -1;
}

static GByteArray *
parse_hex (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (const char *p = text; *p != '\0'; p += 2) {
    guint8 octet;

    while (*p == ' ')
      p++;
    if (*p == '\0')
      break;
    if (hex_digit (p[0]) < 0 || hex_digit (p[1]) < 0)
      return NULL;
    octet = (guint8) (hex_digit (p[0]) << 4 | hex_digit (p[1]));
    g_byte_array_append (bytes, &octet, 1);
  }

  return bytes->len > 0 && bytes->len <= PC_LIMIT_FAULT_INJECTED
             ? g_steal_pointer (&bytes)
             : NULL;
}

static void
append_number (GByteArray *bytes,
               guint       number)
{
  guint8 octets[] = { (guint8) (number >> 8), (guint8) number };

  g_byte_array_append (bytes, octets, sizeof octets);
}

static GByteArray *
make_packet (Load *self)
{
  GByteArray *bytes = g_byte_array_new ();
  guint       opcode = read_count (self, "opcode", OPCODE_DATA, OPCODE_ERROR,
                                   OPCODE_DATA);
  const char *text = pc_json_read_string (self->reader, "text", FALSE);

  append_number (bytes, opcode);
  append_number (bytes, opcode == OPCODE_ERROR
                            ? read_count (self, "code", 0, G_MAXUINT16, 0)
                            : read_count (self, "block", 0, G_MAXUINT16, 1));
  if (opcode != OPCODE_ACK && text != NULL)
    g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  if (opcode == OPCODE_ERROR)
    g_byte_array_append (bytes, (const guint8 *) "", 1);
  return bytes;
}

static void
load_inject (Load *self)
{
  PcFault    *fault = &self->fault;
  const char *to = read_text (self, "to", TRUE);
  const char *hex = pc_json_read_string (self->reader, "hex", FALSE);
  GByteArray *bytes = NULL;

  fault->actor = read_text (self, "actor", FALSE);
  if (fault->actor == NULL)
    fault->actor = PC_FAULT_STRANGER;
  else if (self->scenario != NULL &&
           pc_scenario_find_actor (self->scenario, fault->actor) == NULL)
    report (self, "actor", "S100", _ ("There is no such actor."));
  if (to != NULL && strcmp (to, "client") != 0 && strcmp (to, "server") != 0)
    report (self, "to", "S164",
            _ ("A stranger sends to the “client” or to the “server”."));
  fault->target = g_strcmp0 (to, "server") == 0 ? PC_SIDE_SERVER
                                                : PC_SIDE_CLIENT;

  if (has (self, "hex") == has (self, "opcode"))
    report (self, NULL, "S164",
            _ ("“inject” needs either “opcode”, from 3 to 5, or “hex”, the "
               "octets of the whole datagram."));
  else if (hex != NULL)
    bytes = parse_hex (hex);
  else if (!has (self, "hex"))
    bytes = make_packet (self);
  if (hex != NULL && bytes == NULL)
    report (self, "hex", "S164",
            _ ("Two hexadecimal digits for each octet, up to %d of them."),
            PC_LIMIT_FAULT_INJECTED);
  if (bytes != NULL)
    fault->data = g_byte_array_free_to_bytes (bytes);
}

/* The four protocols' answers do not look alike. */
static const PcProtocol *
find_protocol (const PcFault *fault)
{
  char first = fault->reply != NULL ? *fault->reply : '\0';

  if (fault->code != PC_FAULT_NO_ERROR_CODE)
    return pc_registry_find ("tftp");
  if (g_ascii_isdigit (first))
    return pc_registry_find ("smtp");
  return pc_registry_find (first == '+' || first == '-' ? "pop3" : "imap");
}

char *
pc_fault_dup_answer (const PcFault *self)
{
  if (self->code == PC_FAULT_NO_ERROR_CODE)
    return g_strdup (self->reply);
  if (self->reply == NULL)
    return g_strdup_printf ("%d", self->code);
  return g_strdup_printf ("%d %s", self->code, self->reply);
}

/* A server of that protocol knows best what it could say. */
static void
check_answer (Load       *self,
              const char *member)
{
  const PcFault   *fault = &self->fault;
  g_autofree char *reply = pc_fault_dup_answer (fault);
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  g_autoptr (PcEngine) server = NULL;
  g_autoptr (GError) error = NULL;
  PcServerConfig config = { .host = "mail.example.test",
                            .peer_address = "127.0.0.1",
                            .session = 1,
                            .store = store };

  server = fault->protocol->server_new (&config);
  if (!pc_engine_inject_answer (server, fault->verb, 1, reply, &error))
    report (self, member, "S165", "%s", error->message);
}

static void
load_answer (Load *self)
{
  PcFault    *fault = &self->fault;
  const char *verb = read_text (self, "verb", TRUE);
  const char *words = has (self, "code") ? "text" : "reply";

  load_from (self);
  fault->verb = verb;
  fault->nth = read_count (self, "nth", 1, PC_LIMIT_STEPS, 1);
  fault->every = pc_json_read_bool (self->reader, "every", FALSE);
  fault->conn = read_count (self, "conn", 1, G_MAXINT32, 0);
  fault->code = has (self, "code") ? (int) read_count (self, "code", 0, 8, 0)
                                   : PC_FAULT_NO_ERROR_CODE;
  fault->reply = read_text (self, words, FALSE);
  if (has (self, "code") == has (self, "reply"))
    report (self, NULL, "S165",
            _ ("“answer” needs either “reply”, the server's line, or for "
               "TFTP “code”, from 0 to 8."));
  else if (verb != NULL && (fault->reply != NULL || has (self, "code"))) {
    fault->protocol = find_protocol (fault);
    check_answer (self, words);
  }
}

static void
load_effect (Load *self)
{
  PcFault *fault = &self->fault;

  switch (fault->kind) {
  case PC_FAULT_DUPLICATE:
    fault->wait = read_ms (self, "after_ms", 0);
    break;
  case PC_FAULT_DELAY:
    need (self, "ms");
    fault->wait = read_ms (self, "ms", 0);
    break;
  case PC_FAULT_REORDER:
    fault->past = read_count (self, "past", 1, PC_LIMIT_FAULT_PAST, 1);
    break;
  case PC_FAULT_INJECT:
    load_inject (self);
    break;
  case PC_FAULT_CHANGE:
    load_change (self);
    break;
  case PC_FAULT_SPLIT:
    need (self, "octets");
    fault->octets = read_count (self, "octets", 1, G_MAXINT32, 1);
    fault->wait = read_ms (self, "ms", -1);
    break;
  case PC_FAULT_SLOW:
    need (self, "rate");
    fault->octets = read_count (self, "rate", 1, MAX_RATE, 1);
    break;
  case PC_FAULT_CUT:
    fault->octet = read_count (self, "octet", 0, G_MAXINT32, 0);
    break;
  case PC_FAULT_FREEZE:
    fault->wait = read_ms (self, "ms", -1);
    break;
  case PC_FAULT_DROP:
  case PC_FAULT_JOIN:
  case PC_FAULT_ANSWER:
  default:
    break;
  }
}

/* -- the whole ------------------------------------------------------------ */

#define UNIT "fault", "rule", "from", "nth", "every", "conn", "after"
#define CHANCE "rate", "seed"

const char *const *
pc_fault_list_members (PcFaultKind kind)
{
  static const char *const members[][18] = {
    [PC_FAULT_DROP] = { UNIT, CHANCE },
    [PC_FAULT_DUPLICATE] = { UNIT, CHANCE, "after_ms" },
    [PC_FAULT_DELAY] = { UNIT, CHANCE, "ms" },
    [PC_FAULT_REORDER] = { UNIT, CHANCE, "past" },
    [PC_FAULT_INJECT] = { UNIT, CHANCE, "actor", "to", "opcode", "block",
                          "code", "text", "hex" },
    [PC_FAULT_CHANGE] = { UNIT, CHANCE, "octet", "to", "xor" },
    [PC_FAULT_SPLIT] = { UNIT, CHANCE, "octets", "ms" },
    [PC_FAULT_JOIN] = { UNIT, CHANCE },
    [PC_FAULT_SLOW] = { UNIT, "rate" },
    [PC_FAULT_CUT] = { UNIT, CHANCE, "octet" },
    [PC_FAULT_FREEZE] = { UNIT, CHANCE, "ms" },
    [PC_FAULT_ANSWER] = { "fault", "from", "conn", "verb", "nth", "reply",
                          "code", "text", "every" },
  };

  return members[kind];
}

gboolean
pc_fault_find_kind (const char  *name,
                    PcFaultKind *kind)
{
  for (guint i = 0; i < pc_fault_n_forms; i++)
    if (strcmp (pc_fault_forms[i].name, name) == 0) {
      *kind = (PcFaultKind) i;
      return TRUE;
    }

  return FALSE;
}

gboolean
pc_faults_load (PcFaults           *self,
                const PcJsonReader *reader,
                const PcScenario   *scenario)
{
  Load load = { .faults = self, .reader = reader, .scenario = scenario };
  guint before = pc_problems_count (reader->problems, PC_SEVERITY_ERROR);
  const char *name = pc_json_read_string (reader, "fault", TRUE);

  if (name == NULL)
    return FALSE;
  if (!pc_fault_find_kind (name, &load.fault.kind)) {
    report (&load, "fault", "S108",
            _ ("This fault is not known. Of datagrams: drop, duplicate, "
               "delay, reorder, inject, change. Of TCP connections: split, "
               "join, slow, cut, freeze, change. Of servers: answer."));
    return FALSE;
  }
  if (self->faults->len >= PC_LIMIT_FAULTS) {
    report (&load, NULL, "S166", _ ("These are too many faults."));
    return FALSE;
  }

  pc_json_check_members (reader, pc_fault_list_members (load.fault.kind));
  if (load.fault.kind == PC_FAULT_ANSWER)
    load_answer (&load);
  else {
    load_unit (&load);
    load_effect (&load);
  }
  if (pc_problems_count (reader->problems, PC_SEVERITY_ERROR) > before) {
    g_clear_pointer (&load.fault.data, g_bytes_unref);
    return FALSE;
  }

  g_array_append_val (self->faults, load.fault);
  return TRUE;
}
