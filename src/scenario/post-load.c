/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what has to do with mail between servers: whose mail a server takes,
 * who takes mail for a domain, what a server demands of those who bring it.
 *
 *   "mx": { "partner.test": "partner",
 *           "two.test": [ { "to": "a", "preference": 10 },
 *                         { "to": "b", "preference": 20 } ],
 *           "none.test": "." }
 *
 * In a scenario "to" is the id of a server actor; in a world file it is a port
 * of this machine, "127.0.0.1:2525".  "." is the null MX of a domain that takes
 * no mail.
 */

#include "scenario/scenario-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LOOPBACK "127.0.0.1:"
#define PREFERENCE 10
#define MAX_MS 3600000

static void
report (PcScenarioLoader *self,
        const char       *pointer,
        const char       *code,
        const char       *message)
{
  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, code, pointer,
                  "%s", message);
}

/* -- routes --------------------------------------------------------------- */

static gboolean
find_port (const char *to,
           guint      *port)
{
  guint64 number;

  if (!g_str_has_prefix (to, LOOPBACK) ||
      !g_ascii_string_to_unsigned (to + strlen (LOOPBACK), 10, 1, G_MAXUINT16,
                                   &number, NULL))
    return FALSE;

  *port = (guint) number;
  return TRUE;
}

static void
add_route (PcScenarioLoader *self,
           const char       *pointer,
           const char       *domain,
           guint             preference,
           const char       *to)
{
  const PcScenarioActor *actor = NULL;
  guint                  port = 0;

  if (self->scenario != NULL)
    actor = pc_scenario_find_actor (self->scenario, to);
  if (strcmp (to, ".") == 0 || (actor != NULL && actor->server) ||
      (self->scenario == NULL && find_port (to, &port)))
    pc_routes_add (self->world->routes, domain, preference, to, port);
  else if (self->scenario != NULL)
    report (self, pointer, "S100",
            _ ("There is no server with this id among the actors."));
  else
    report (self, pointer, "S140",
            _ ("Mail can only go to this machine: write “127.0.0.1:” and a "
               "port, or “.” for a domain that takes no mail."));
}

static void
load_route (PcScenarioLoader *self,
            JsonObject       *object,
            const char       *pointer,
            const char       *domain)
{
  static const char *const known[] = { "to", "preference", NULL };
  PcJsonReader             reader = pc_scenario_reader (self, object, pointer);
  g_autofree char         *at = pc_json_pointer_member (pointer, "to");
  const char              *to = pc_json_read_string (&reader, "to", TRUE);

  pc_json_check_members (&reader, known);
  if (to != NULL)
    add_route (self, at, domain,
               (guint) pc_json_read_int (&reader, "preference", 0,
                                         G_MAXUINT16, PREFERENCE),
               to);
}

static void
load_domain (PcScenarioLoader *self,
             const char       *domain,
             JsonNode         *node,
             const char       *pointer)
{
  JsonArray *list;

  if (json_node_get_value_type (node) == G_TYPE_STRING) {
    add_route (self, pointer, domain, PREFERENCE,
               json_node_get_string (node));
    return;
  }
  if (!JSON_NODE_HOLDS_ARRAY (node)) {
    report (self, pointer, "Q022",
            _ ("Name one server, or a list “[ … ]” of them."));
    return;
  }

  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++) {
    g_autofree char *at = pc_json_pointer_index (pointer, i);
    JsonNode        *element = json_array_get_element (list, i);

    if (JSON_NODE_HOLDS_OBJECT (element))
      load_route (self, json_node_get_object (element), at, domain);
    else
      report (self, at, "Q022", _ ("An object “{ … }” belongs here."));
  }
}

void
pc_scenario_load_routes (PcScenarioLoader   *self,
                         const PcJsonReader *reader)
{
  g_autofree char *at = pc_json_pointer_member (reader->pointer, "mx");
  JsonObject      *object = pc_json_read_object (reader, "mx", FALSE);
  JsonObjectIter   iter;
  const char      *domain;
  JsonNode        *node;

  if (object == NULL)
    return;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &domain, &node)) {
    g_autofree char *pointer = pc_json_pointer_member (at, domain);

    load_domain (self, domain, node, pointer);
  }
}

/* -- servers -------------------------------------------------------------- */

static gboolean
is_taken (const PcScenario *scenario,
          const char       *domain)
{
  for (guint i = 0; i < scenario->actors->len; i++) {
    const PcScenarioActor *actor = pc_scenario_get_actor (scenario, i);

    for (guint k = 0; actor->domains != NULL && actor->domains[k] != NULL; k++)
      if (g_ascii_strcasecmp (actor->domains[k], domain) == 0)
        return TRUE;
  }

  return FALSE;
}

const char *const *
pc_scenario_load_domains (PcScenarioLoader   *self,
                          const PcJsonReader *reader)
{
  g_autofree char *at = pc_json_pointer_member (reader->pointer, "domains");
  JsonArray       *list = pc_json_read_array (reader, "domains", FALSE);
  g_autoptr (GPtrArray) domains = g_ptr_array_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    g_autofree char *pointer = pc_json_pointer_index (at, i);
    JsonNode        *node = json_array_get_element (list, i);
    const char      *domain = "";

    if (json_node_get_value_type (node) == G_TYPE_STRING)
      domain = json_node_get_string (node);
    if (*domain == '\0' || strpbrk (domain, " @<>\r\n") != NULL)
      report (self, pointer, "S141",
              _ ("A domain is a name such as “partner.test”."));
    else if (is_taken (self->scenario, domain))
      report (self, pointer, "S106", _ ("Two servers have this domain."));
    else
      g_ptr_array_add (domains, (gpointer) pc_scenario_keep (self, domain));
  }
  if (domains->len == 0)
    return NULL;

  g_ptr_array_add (domains, NULL);
  g_ptr_array_add (self->scenario->lists,
                   g_memdup2 (domains->pdata,
                              domains->len * sizeof (gpointer)));
  return self->scenario->lists->pdata[self->scenario->lists->len - 1];
}

void
pc_scenario_load_policy (PcScenarioLoader   *self,
                         const PcJsonReader *reader,
                         PcScenarioService  *service)
{
  service->greylist = G_USEC_PER_SEC *
                      pc_json_read_int (reader, "greylist", 1, 86400, 0);
  service->max_connections = (guint) pc_json_read_int (
      reader, "max_connections", 1, PC_LIMIT_CONNECTIONS, 0);
  service->policy.max_recipients = (guint) pc_json_read_int (
      reader, "max_recipients", 1, PC_LIMIT_SMTP_RECIPIENTS, 0);
  service->policy.max_size = (gsize) pc_json_read_int (reader, "max_size", 1,
                                                PC_LIMIT_SMTP_MESSAGE, 0);
  service->policy.closed = pc_json_read_bool (reader, "closed", FALSE);
  service->policy.in_step = pc_json_read_bool (reader, "in_step", FALSE);
}

void
pc_scenario_load_retry (PcScenarioLoader   *self,
                        const PcJsonReader *root)
{
  static const char *const known[] = { "wait_ms", "warn_ms", "give_up_ms",
                                       NULL };
  JsonObject              *object = pc_json_read_object (root, "retry", FALSE);
  PcScenarioRetry         *retry = &self->scenario->retry;
  PcJsonReader             reader;

  if (object == NULL)
    return;

  reader = pc_scenario_reader (self, object, "/retry");
  pc_json_check_members (&reader, known);
  retry->wait = 1000 * pc_json_read_int (&reader, "wait_ms", 1, MAX_MS, 1000);
  retry->warn = 1000 * pc_json_read_int (&reader, "warn_ms", 1, MAX_MS,
                                         MAX_MS);
  retry->give_up = 1000 * pc_json_read_int (&reader, "give_up_ms", 1, MAX_MS,
                                            MAX_MS);
}
