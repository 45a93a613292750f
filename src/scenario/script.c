/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what the clients of a scenario do.
 *
 *   "script": [ { "actor": "phone", "do": "connect", "port": 143 },
 *               { "actor": "phone", "do": "login", "user": "alex",
 *                 "password": "portcall" }, … ]
 *
 * "connect", "close", "cut" and "wait" are the same for all; every other verb
 * is an action of the protocol that the actor speaks, and is checked against
 * that protocol's table.  What happens behind a server's back has the server
 * for its actor: "restore" puts a mailbox back from a backup.
 */

#include "scenario/scenario-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static PcProblem *
report (PcScenarioLoader   *self,
        const PcJsonReader *reader,
        const char         *member,
        const char         *code,
        const char         *message)
{
  g_autofree char *at = member != NULL
                            ? pc_json_pointer_member (reader->pointer, member)
                            : g_strdup (reader->pointer);

  return pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, code,
                         at, "%s", message);
}

static const char *
only_server (PcScenario *scenario)
{
  for (guint i = 0; i < scenario->actors->len; i++)
    if (pc_scenario_get_actor (scenario, i)->server)
      return pc_scenario_get_actor (scenario, i)->id;

  return NULL;
}

/* How the client wants to be safe. */
static void
load_call_tls (PcScenarioLoader   *self,
               const PcJsonReader *reader,
               PcScenarioAction   *action)
{
  const char *tls = pc_json_read_string (reader, "tls", FALSE);

  action->secure = g_strcmp0 (tls, "implicit") == 0;
  action->needs_tls = pc_json_read_bool (reader, "needs_tls", FALSE);
  action->name = pc_scenario_keep (self, pc_json_read_string (reader, "name",
                                                              FALSE));
  if (tls != NULL && !action->secure)
    report (self, reader, "tls", "S150",
            _ ("A connection's “tls” is “implicit”; for the other way the "
               "client has the action “starttls”."));
}

static void
load_connect (PcScenarioLoader   *self,
              const PcJsonReader *reader,
              PcScenarioAction   *action)
{
  static const char *const known[] = { "actor", "do", "to", "port", "refused",
                                       "tls", "needs_tls", "name", NULL };
  const char              *to = pc_json_read_string (reader, "to", FALSE);
  const PcScenarioActor   *server;

  pc_json_check_members (reader, known);
  action->verb = PC_DO_CONNECT;
  action->port = (guint) pc_json_read_int (reader, "port", 1, G_MAXUINT16, 0);
  action->server = pc_scenario_keep (
      self, to != NULL ? to : only_server (self->scenario));
  server = pc_scenario_find_actor (self->scenario, action->server);
  load_call_tls (self, reader, action);
  if (action->port == 0)
    report (self, reader, NULL, "S110",
            _ ("“connect” needs the port to connect to, from 1 to 65535."));
  if (server == NULL || !server->server)
    report (self, reader, to != NULL ? "to" : NULL, "S100",
            _ ("There is no server with this id among the actors."));
}

/* { "actor": "server", "do": "restore", "user": "alex", "mailbox": "INBOX",
 *   "keep": 3 } */
static void
load_restore (PcScenarioLoader   *self,
              const PcJsonReader *reader,
              PcScenarioAction   *action)
{
  static const char *const known[] = { "actor", "do", "user", "mailbox",
                                       "keep", NULL };

  pc_json_check_members (reader, known);
  action->verb = PC_DO_RESTORE;
  action->user = pc_scenario_read_name (self, reader, "user", TRUE);
  action->mailbox = pc_scenario_read_name (self, reader, "mailbox", TRUE);
  action->keep = (guint) pc_json_read_int (
      reader, "keep", 0, PC_LIMIT_MAILBOX_MESSAGES, PC_LIMIT_MAILBOX_MESSAGES);
}

/* One member of the object that is a parameter of the action. */
static void
load_param (PcScenarioLoader   *self,
            const PcJsonReader *reader,
            const PcActionSpec *spec,
            PcAction           *action,
            const char         *name,
            JsonNode           *node)
{
  GType            type = json_node_get_value_type (node);
  g_autofree char *text = NULL;

  if (!pc_action_spec_has_param (spec, name, NULL)) {
    g_autofree char *message = g_strdup_printf (
        _ ("“%s” has no parameter “%s”. It takes: %s %s"), spec->name, name,
        spec->required != NULL ? spec->required : "",
        spec->optional != NULL ? spec->optional : "");

    report (self, reader, name, "S103", message);
    return;
  }

  if (type == G_TYPE_STRING)
    text = json_node_dup_string (node);
  else if (type == G_TYPE_INT64)
    text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    text = g_strdup (json_node_get_boolean (node) ? "yes" : NULL);
  else
    report (self, reader, name, "Q022",
            _ ("A parameter is a string, a whole number, true or false."));
  if (text != NULL)
    pc_action_set (action, name, text);
}

/* "lines" of a message, or how many of them TOP shows: the action's own
 * parameters come first. */
static gboolean
is_common_member (const PcActionSpec *spec,
                  const char         *name)
{
  static const char *const common[] = { "actor", "do", "refused", "lines",
                                        "message", "bytes", "pattern",
                                        "from_file", NULL };

  return !pc_action_spec_has_param (spec, name, NULL) &&
         (g_strv_contains (common, name) || g_str_has_prefix (name, "x-"));
}

static void
check_required (PcScenarioLoader   *self,
                const PcJsonReader *reader,
                const PcActionSpec *spec,
                const PcAction     *action)
{
  g_auto (GStrv) names = g_strsplit (
      spec->required != NULL ? spec->required : "", " ", -1);

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *message = NULL;

    if (*names[i] == '\0' || pc_action_get (action, names[i], NULL) != NULL)
      continue;
    message = g_strdup_printf (_ ("“%s” needs the parameter “%s”."),
                               spec->name, names[i]);
    report (self, reader, NULL, "S102", message);
  }
}

static void
load_protocol_action (PcScenarioLoader      *self,
                      const PcJsonReader    *reader,
                      const PcScenarioActor *actor,
                      const char            *verb,
                      PcScenarioAction      *result)
{
  const PcProtocol   *protocol = pc_registry_find (actor->speaks);
  const PcActionSpec *spec = pc_action_spec_find (protocol->actions, verb);
  PcAction           *action;
  JsonObjectIter      iter;
  const char         *name;
  JsonNode           *node;

  if (spec == NULL) {
    g_autofree char *message = g_strdup_printf (
        _ ("A client that speaks %s cannot “%s”."), protocol->name, verb);

    report (self, reader, "do", "S101", message);
    return;
  }

  action = pc_action_new (verb);
  json_object_iter_init (&iter, reader->object);
  while (json_object_iter_next (&iter, &name, &node))
    if (!is_common_member (spec, name))
      load_param (self, reader, spec, action, name, node);
  if (is_common_member (spec, "lines"))
    action->data = pc_scenario_load_content (self, reader);
  check_required (self, reader, spec, action);

  result->verb = PC_DO_ACT;
  result->action = action;
}

static void
load_action (PcScenarioLoader   *self,
             const PcJsonReader *reader)
{
  const char            *id = pc_json_read_string (reader, "actor", TRUE);
  const char            *verb = pc_json_read_string (reader, "do", TRUE);
  const PcScenarioActor *actor = pc_scenario_find_actor (self->scenario, id);
  PcScenarioAction       action = { 0 };

  if (id == NULL || verb == NULL)
    return;
  if (actor == NULL || (actor->server && strcmp (verb, "restore") != 0)) {
    report (self, reader, "actor", "S100",
            _ ("There is no client with this id among the actors."));
    return;
  }
  if (!actor->server && strcmp (verb, "restore") == 0) {
    report (self, reader, "actor", "S100",
            _ ("There is no server with this id among the actors."));
    return;
  }

  action.actor = actor->id;
  action.refused = pc_json_read_bool (reader, "refused", FALSE);
  if (strcmp (verb, "connect") == 0)
    load_connect (self, reader, &action);
  else if (strcmp (verb, "restore") == 0)
    load_restore (self, reader, &action);
  else if (strcmp (verb, "close") == 0)
    action.verb = PC_DO_CLOSE;
  else if (strcmp (verb, "cut") == 0)
    action.verb = PC_DO_CUT;
  else if (strcmp (verb, "wait") == 0) {
    action.verb = PC_DO_WAIT;
    action.delay = 1000 * pc_json_read_int (reader, "ms", 1, 60000, 1);
  } else
    load_protocol_action (self, reader, actor, verb, &action);

  if (action.verb != PC_DO_ACT || action.action != NULL) {
    action.pointer = g_strdup (reader->pointer);
    g_array_append_val (self->scenario->actions, action);
  }
}

void
pc_scenario_load_script (PcScenarioLoader   *self,
                         const PcJsonReader *root)
{
  pc_scenario_each (self, root, "script", TRUE, load_action);

  if (self->scenario->actions->len == 0)
    report (self, root, NULL, "S111",
            _ ("Nothing happens in this scenario: “script” is empty."));
  if (self->scenario->actions->len > PC_LIMIT_ACTIONS)
    report (self, root, "script", "S112", _ ("The script is too long."));
}
