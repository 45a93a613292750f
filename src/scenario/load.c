/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a scenario from JSON: its head, who takes part, marks and faults.
 *
 * Every problem is reported with its place.  A scenario with an error is not
 * used at all: half a script would show something nobody meant.  Warnings are
 * no hindrance.
 *
 * Texts may be translated in the file itself, as in question banks:
 * "translations": { "de": { "strings": { "title": …, "marks.login": … } } }.
 */

#include "scenario/scenario.h"

#include "scenario/scenario-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "portcall-scenario"
#define FORMAT_VERSION 1
/* RFC 2348 section 2 */
#define MIN_BLOCK_SIZE 8
#define MAX_BLOCK_SIZE 65464
#define MAX_ACTORS 4 /* lifelines that fit beside each other */

/* 2026-03-02 09:00:00 UTC, a Monday: when memory runs take place. */
#define DEFAULT_START (G_GINT64_CONSTANT (1772442000) * G_USEC_PER_SEC)

const char *
pc_scenario_keep (PcScenarioLoader *self,
                  const char       *text)
{
  return text != NULL
             ? g_string_chunk_insert_const (self->kept, text)
             : NULL;
}

const char *
pc_scenario_keep_text (PcScenarioLoader *self,
                       const char       *path,
                       const char       *text)
{
  JsonNode *node = NULL;

  if (self->strings != NULL && text != NULL)
    node = json_object_get_member (self->strings, path);
  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);

  return pc_scenario_keep (self, text);
}

static gboolean
is_name (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;

  return *text != '\0';
}

const char *
pc_scenario_read_name (PcScenarioLoader   *self,
                       const PcJsonReader *reader,
                       const char         *member,
                       gboolean            required)
{
  const char      *text = pc_json_read_string (reader, member, required);
  g_autofree char *at = NULL;

  if (text == NULL || is_name (text))
    return pc_scenario_keep (self, text);

  at = pc_json_pointer_member (reader->pointer, member);
  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S123", at,
                  _ ("A name is not empty and has no line end or other "
                     "control character in it."));
  return NULL;
}

PcJsonReader
pc_scenario_reader (PcScenarioLoader *self,
                    JsonObject       *object,
                    const char       *pointer)
{
  return (PcJsonReader){ .json = self->json,
                         .problems = self->problems,
                         .object = object,
                         .pointer = pointer };
}

void
pc_scenario_each (PcScenarioLoader   *self,
                  const PcJsonReader *parent,
                  const char         *name,
                  gboolean            required,
                  PcScenarioEach      func)
{
  g_autofree char *list_at = pc_json_pointer_member (parent->pointer, name);
  JsonArray       *list = pc_json_read_array (parent, name, required);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    g_autofree char *at = pc_json_pointer_index (list_at, i);
    JsonNode        *node = json_array_get_element (list, i);
    PcJsonReader     reader;

    if (!JSON_NODE_HOLDS_OBJECT (node)) {
      pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR,
                      "Q022", at, _ ("An object “{ … }” belongs here."));
      continue;
    }
    reader = pc_scenario_reader (self, json_node_get_object (node), at);
    func (self, &reader);
  }
}

static void
report (PcScenarioLoader   *self,
        const PcJsonReader *reader,
        const char         *member,
        const char         *code,
        const char         *message)
{
  g_autofree char *at = pc_json_pointer_member (reader->pointer, member);

  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, code, at,
                  "%s", message);
}

static const PcProtocol *
load_protocol (PcScenarioLoader   *self,
               const PcJsonReader *reader,
               const char         *member)
{
  const char       *id = pc_json_read_string (reader, member, TRUE);
  const PcProtocol *protocol = id != NULL ? pc_registry_find (id) : NULL;

  if (id != NULL && protocol == NULL)
    report (self, reader, member, "S104",
            _ ("This is none of the protocols: imap, pop3, smtp, tftp."));
  return protocol;
}

/* -- actors --------------------------------------------------------------- */

static PcServerRole
load_role (PcScenarioLoader   *self,
           const PcJsonReader *reader,
           guint               port)
{
  const char *role = pc_json_read_string (reader, "role", FALSE);

  if (role == NULL)
    return port == 587 || port == 465 ? PC_SERVER_SUBMISSION
           : port == 25               ? PC_SERVER_RELAY
                                      : PC_SERVER_DEFAULT;
  if (strcmp (role, "relay") == 0)
    return PC_SERVER_RELAY;
  if (strcmp (role, "submission") == 0)
    return PC_SERVER_SUBMISSION;

  report (self, reader, "role", "S105",
          _ ("A service's role is “relay” or “submission”."));
  return PC_SERVER_DEFAULT;
}

/* A service that only hands on, and perhaps not everything. */
static void
load_middle (PcScenarioLoader   *self,
             const PcJsonReader *reader,
             PcScenarioService  *service)
{
  const char *to = pc_json_read_string (reader, "relays_to", FALSE);
  const char *strip = pc_json_read_string (reader, "strip", FALSE);

  service->relays_to = pc_scenario_keep (self, to);
  service->strip = pc_scenario_keep (self, strip);
  if (strip != NULL && (to == NULL || *strip == '\0'))
    report (self, reader, "strip", "S152",
            _ ("“strip” is a word that a service with “relays_to” takes out "
               "of what the server says."));
}

/* What lies between the service and the wire. */
static void
load_tls (PcScenarioLoader   *self,
          const PcJsonReader *reader,
          PcScenarioService  *service)
{
  const char *tls = pc_json_read_string (reader, "tls", FALSE);
  const char *wrong = pc_json_read_string (reader, "certificate", FALSE);
  const char *mechanisms = pc_json_read_string (reader, "mechanisms", FALSE);

  service->secure = g_strcmp0 (tls, "implicit") == 0;
  service->starttls = g_strcmp0 (tls, "starttls") == 0;
  service->needs_tls = pc_json_read_bool (reader, "needs_tls", FALSE);
  service->mechanisms = pc_scenario_keep (self, mechanisms);
  service->certificate = pc_scenario_keep (self, wrong);
  if (tls != NULL && !service->secure && !service->starttls)
    report (self, reader, "tls", "S150",
            _ ("A service's “tls” is “starttls” or “implicit”."));
  if (wrong != NULL && strcmp (wrong, "other-name") != 0 &&
      strcmp (wrong, "expired") != 0 &&
      strcmp (wrong, "unknown-authority") != 0)
    report (self, reader, "certificate", "S151",
            _ ("A certificate may be wrong in one of three ways: "
               "“other-name”, “expired”, “unknown-authority”."));
}

/* What a TFTP server of another age does. */
static void
load_tftp (PcScenarioLoader   *self,
           const PcJsonReader *reader,
           PcScenarioService  *service)
{
  static const char *const members[] = { "options", "old_acks",
                                         "max_block_size" };

  service->policy.no_options = !pc_json_read_bool (reader, "options", TRUE);
  service->policy.old_acks = pc_json_read_bool (reader, "old_acks", FALSE);
  service->policy.max_block_size = (guint) pc_json_read_int (
      reader, "max_block_size", MIN_BLOCK_SIZE, MAX_BLOCK_SIZE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (service->protocol != NULL && service->protocol->stream &&
        json_object_has_member (reader->object, members[i]))
      report (self, reader, members[i], "S153",
              _ ("Only a TFTP service has this."));
}

static void
load_service (PcScenarioLoader   *self,
              const PcJsonReader *reader)
{
  static const char *const known[] = {
    "protocol", "port", "role", "fixes", "tls", "needs_tls", "mechanisms",
    "certificate", "relays_to", "strip", "greylist", "max_connections",
    "max_recipients", "max_size", "closed", "in_step", "options",
    "old_acks", "max_block_size", "says", NULL
  };
  PcScenario              *scenario = self->scenario;
  PcScenarioService        service = { 0 };

  pc_json_check_members (reader, known);
  service.actor = pc_scenario_get_actor (scenario,
                                         scenario->actors->len - 1)
                      ->id;
  service.protocol = load_protocol (self, reader, "protocol");
  service.port = (guint) pc_json_read_int (reader, "port", 1, G_MAXUINT16, 0);
  service.role = load_role (self, reader, service.port);
  service.fixes = pc_json_read_bool (reader, "fixes", FALSE);
  load_tls (self, reader, &service);
  load_middle (self, reader, &service);
  load_tftp (self, reader, &service);
  pc_scenario_load_policy (self, reader, &service);
  if (service.protocol != NULL)
    pc_scenario_load_says (self, reader, &service);
  if (service.port == 0)
    pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S110",
                    reader->pointer,
                    _ ("A service needs its registered port."));
  else if (service.protocol != NULL)
    g_array_append_val (scenario->services, service);
}

static void
load_actor (PcScenarioLoader   *self,
            const PcJsonReader *reader)
{
  static const char *const known[] = { "id", "name", "role", "speaks",
                                       "icon", "host", "listens", "domains",
                                       "old_acks", NULL };
  const char              *id = pc_scenario_read_name (self, reader, "id",
                                                       TRUE);
  const char              *name = pc_json_read_string (reader, "name", TRUE);
  const char              *role = pc_json_read_string (reader, "role", TRUE);
  const char              *host = pc_scenario_read_name (self, reader, "host",
                                                         FALSE);
  g_autofree char         *path = g_strdup_printf ("actors.%s", id);
  g_autofree char         *own_host = g_strdup_printf ("%s.example.test", id);
  PcScenarioActor          actor = { 0 };

  pc_json_check_members (reader, known);
  if (id == NULL || name == NULL || role == NULL)
    return;
  if (strcmp (role, "client") != 0 && strcmp (role, "server") != 0)
    report (self, reader, "role", "S105",
            _ ("An actor's role is “client” or “server”."));
  if (pc_scenario_find_actor (self->scenario, id) != NULL)
    report (self, reader, "id", "S106", _ ("Two actors have this id."));

  actor.id = pc_scenario_keep (self, id);
  actor.name = pc_scenario_keep_text (self, path, name);
  actor.server = strcmp (role, "server") == 0;
  actor.icon = pc_scenario_keep (
      self, pc_json_read_string (reader, "icon", FALSE));
  actor.host = pc_scenario_keep (
      self, host != NULL ? host : actor.server ? "mail.example.test"
                                               : own_host);
  if (actor.server)
    actor.domains = pc_scenario_load_domains (self, reader);
  if (!actor.server) {
    const PcProtocol *protocol = load_protocol (self, reader, "speaks");

    actor.speaks = protocol != NULL ? protocol->id : NULL;
    actor.old_acks = pc_json_read_bool (reader, "old_acks", FALSE);
    if (protocol == NULL)
      return;
  }

  g_array_append_val (self->scenario->actors, actor);
  if (actor.server)
    pc_scenario_each (self, reader, "listens", FALSE, load_service);
}

/* -- marks, faults, link -------------------------------------------------- */

static const char *
load_actor_id (PcScenarioLoader   *self,
               const PcJsonReader *reader,
               const char         *member)
{
  const char            *id = pc_json_read_string (reader, member, FALSE);
  const PcScenarioActor *actor = pc_scenario_find_actor (self->scenario, id);

  if (id != NULL && actor == NULL)
    report (self, reader, member, "S100", _ ("There is no such actor."));
  return actor != NULL ? actor->id : NULL;
}

static const char *
load_rule (PcScenarioLoader   *self,
           const PcJsonReader *reader)
{
  const char *rule = pc_json_read_string (reader, "rule", TRUE);

  if (rule == NULL)
    return NULL;
  if (pc_registry_find_narration (rule) == NULL) {
    report (self, reader, "rule", "S107",
            _ ("No step has this rule. “run --format json” shows the rule of "
               "every step."));
    return NULL;
  }
  return pc_scenario_keep (self, rule);
}

static void
load_mark (PcScenarioLoader   *self,
           const PcJsonReader *reader)
{
  static const char *const known[] = { "id", "rule", "from", "nth",
                                       "conn", "note", NULL };
  const char              *id = pc_json_read_string (reader, "id", TRUE);
  g_autofree char         *path = g_strdup_printf ("marks.%s", id);
  PcScenarioMark           mark = { 0 };

  pc_json_check_members (reader, known);
  mark.id = pc_scenario_keep (self, id);
  mark.rule = load_rule (self, reader);
  mark.from = load_actor_id (self, reader, "from");
  mark.nth = (guint) pc_json_read_int (reader, "nth", 1, PC_LIMIT_STEPS, 1);
  mark.conn = (guint) pc_json_read_int (reader, "conn", 0,
                                        PC_LIMIT_CONNECTIONS, 0);
  mark.note = pc_scenario_keep_text (
      self, path, pc_json_read_string (reader, "note", FALSE));
  if (mark.id == NULL || mark.rule == NULL)
    return;
  if (pc_scenario_has_mark (self->scenario, mark.id))
    report (self, reader, "id", "S106", _ ("Two marks have this id."));
  else
    g_array_append_val (self->scenario->marks, mark);
}

static void
load_fault (PcScenarioLoader   *self,
            const PcJsonReader *reader)
{
  pc_faults_load (self->scenario->faults, reader, self->scenario);
}

static void
load_link (PcScenarioLoader   *self,
           const PcJsonReader *root)
{
  static const char *const known[] = { "start", "timeout_ms", "max_resends",
                                       "rate", "delay_ms", NULL };
  JsonObject              *object = pc_json_read_object (root, "link", FALSE);
  PcScenarioLink          *link = &self->scenario->link;
  PcJsonReader             reader;
  const char              *start;

  link->start = DEFAULT_START;
  if (object == NULL)
    return;

  reader = pc_scenario_reader (self, object, "/link");
  pc_json_check_members (&reader, known);
  link->timeout = 1000 * pc_json_read_int (&reader, "timeout_ms", 0, 60000, 0);
  link->max_resends = (guint) pc_json_read_int (&reader, "max_resends", 0,
                                                PC_LIMIT_TFTP_RESENDS_HEARD, 0);
  link->rate = (guint) pc_json_read_int (&reader, "rate", 0, G_MAXINT32, 0);
  link->delay = 1000 * pc_json_read_int (&reader, "delay_ms", 0, 10000, 0);
  start = pc_json_read_string (&reader, "start", FALSE);
  if (start != NULL) {
    g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (start, NULL);

    if (time != NULL)
      link->start = g_date_time_to_unix (time) * G_USEC_PER_SEC;
    else
      report (self, &reader, "start", "S109",
              _ ("Write the time like 2026-03-02T09:00:00Z."));
  }
}

/* -- the whole ------------------------------------------------------------ */

void
pc_scenario_find_strings (PcScenarioLoader   *self,
                          const PcJsonReader *root)
{
  const char *const *languages = g_get_language_names ();
  JsonObject        *all = pc_json_read_object (root, "translations", FALSE);

  for (guint i = 0; all != NULL && languages[i] != NULL; i++) {
    JsonNode *node = json_object_get_member (all, languages[i]);

    /* Our own language comes before any further preference. */
    if (g_str_has_prefix (languages[i], "en"))
      return;
    if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
      continue;
    node = json_object_get_member (json_node_get_object (node), "strings");
    if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)) {
      self->strings = json_node_get_object (node);
      return;
    }
  }
}

static void
load_expect (PcScenarioLoader   *self,
             const PcJsonReader *root)
{
  const char *expect = pc_json_read_string (root, "expect", FALSE);

  if (expect == NULL || strcmp (expect, "ok") == 0)
    return;
  if (strcmp (expect, "failure") == 0)
    self->scenario->expects_failure = TRUE;
  else
    report (self, root, "expect", "S113",
            _ ("A scenario is expected to end in “ok” or in “failure”."));
}

static void
load_head (PcScenarioLoader   *self,
           const PcJsonReader *root)
{
  static const char *const known[] = {
    "$schema", "format", "format_version", "id", "title",
    "summary", "subtitle", "protocol", "order", "expect",
    "actors", "world", "link", "script", "marks",
    "faults", "license", "translations", "retry", "presenter",
    NULL
  };
  PcScenario *scenario = self->scenario;
  const char *format = pc_json_read_string (root, "format", TRUE);

  pc_json_check_members (root, known);
  if (format != NULL && strcmp (format, FORMAT) != 0)
    report (self, root, "format", "S001",
            _ ("This is not a scenario: its “format” is another."));
  pc_json_read_int (root, "format_version", FORMAT_VERSION, FORMAT_VERSION,
                    FORMAT_VERSION);

  pc_scenario_find_strings (self, root);
  scenario->id = pc_scenario_read_name (self, root, "id", TRUE);
  scenario->title = pc_scenario_keep_text (
      self, "title", pc_json_read_string (root, "title", TRUE));
  scenario->summary = pc_scenario_keep_text (
      self, "summary", pc_json_read_string (root, "summary", TRUE));
  scenario->subtitle = pc_scenario_keep_text (
      self, "subtitle", pc_json_read_string (root, "subtitle", TRUE));
  scenario->protocol = load_protocol (self, root, "protocol");
  scenario->order = (guint) pc_json_read_int (root, "order", 0, 10000, 1000);
  load_expect (self, root);
}

static void
load_world (PcScenarioLoader   *self,
            const PcJsonReader *root)
{
  JsonObject  *object = pc_json_read_object (root, "world", FALSE);
  JsonObject  *none = NULL;
  PcJsonReader reader;

  if (object == NULL)
    object = none = json_object_new ();
  reader = pc_scenario_reader (self, object, "/world");
  pc_scenario_load_world (self, &reader);
  g_clear_pointer (&none, json_object_unref);
}

static void
load_root (PcScenarioLoader *self,
           JsonObject       *object)
{
  PcJsonReader root = pc_scenario_reader (self, object, "");

  load_head (self, &root);
  pc_scenario_each (self, &root, "actors", TRUE, load_actor);
  if (self->scenario->actors->len > MAX_ACTORS)
    report (self, &root, "actors", "S114",
            _ ("At most four actors fit beside each other."));
  load_link (self, &root);
  pc_scenario_load_retry (self, &root);
  load_world (self, &root);
  pc_scenario_load_script (self, &root);
  pc_scenario_each (self, &root, "marks", FALSE, load_mark);
  pc_scenario_load_presenter (self, &root);
  pc_scenario_each (self, &root, "faults", FALSE, load_fault);
}

static void
clear_action (gpointer data)
{
  PcScenarioAction *action = data;

  g_clear_pointer (&action->pointer, g_free);
  pc_action_free ((PcAction *) action->action);
}

static PcScenario *
scenario_new (const char *file)
{
  PcScenario *self = g_new0 (PcScenario, 1);

  g_atomic_ref_count_init (&self->refs);
  self->file = g_strdup (file);
  self->strings = g_string_chunk_new (1024);
  self->actors = g_array_new (FALSE, TRUE, sizeof (PcScenarioActor));
  self->services = g_array_new (FALSE, TRUE, sizeof (PcScenarioService));
  self->actions = g_array_new (FALSE, TRUE, sizeof (PcScenarioAction));
  self->faults = pc_faults_new ();
  self->marks = g_array_new (FALSE, TRUE, sizeof (PcScenarioMark));
  self->lists = g_ptr_array_new_with_free_func (g_free);
  self->says = g_ptr_array_new_with_free_func (
      (GDestroyNotify) g_array_unref);
  g_array_set_clear_func (self->actions, clear_action);
  self->world = pc_world_new (PC_WORLD_LESSON);
  return self;
}

PcScenario *
pc_scenario_load_all (PcJson     *json,
                      PcProblems *problems)
{
  g_autoptr (PcScenario) scenario = scenario_new (pc_json_get_name (json));
  PcScenarioLoader loader = { .scenario = scenario,
                              .world = scenario->world,
                              .kept = scenario->strings,
                              .json = json,
                              .problems = problems };
  JsonNode        *root = pc_json_get_root (json);

  if (JSON_NODE_HOLDS_OBJECT (root))
    load_root (&loader, json_node_get_object (root));
  else
    pc_json_report (json, problems, PC_SEVERITY_ERROR, "Q022", "",
                    _ ("A scenario is an object “{ … }”."));

  return g_steal_pointer (&scenario);
}

PcScenario *
pc_scenario_new_from_json (PcJson     *json,
                           PcProblems *problems)
{
  guint before = pc_problems_count (problems, PC_SEVERITY_ERROR);
  g_autoptr (PcScenario) scenario = pc_scenario_load_all (json, problems);

  if (pc_problems_count (problems, PC_SEVERITY_ERROR) > before)
    return NULL;
  return g_steal_pointer (&scenario);
}

PcScenario *
pc_scenario_load (const char *path,
                  PcProblems *problems)
{
  g_autoptr (PcJson) json = NULL;

  g_return_val_if_fail (path != NULL && problems != NULL, NULL);

  json = pc_json_load (path, problems);
  return json != NULL ? pc_scenario_new_from_json (json, problems) : NULL;
}

PcScenario *
pc_scenario_parse (const char   *name,
                   const guint8 *data,
                   gsize         len,
                   PcProblems   *problems)
{
  g_autoptr (PcJson) json = NULL;

  g_return_val_if_fail (name != NULL && problems != NULL, NULL);

  json = pc_json_parse (name, data, len, problems);
  return json != NULL ? pc_scenario_new_from_json (json, problems) : NULL;
}
