/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what a scenario's author tells somebody who shows it to a class: a
 * text about the whole, and one for each mark that is worth stopping at.  The
 * class does not see them.
 *
 * Translations have their place where all others have it: "presenter" and
 * "presenter.login" among the strings of a language.
 */

#include "scenario/scenario-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PREFIX "presenter."

static void
report_mark (PcScenarioLoader *self,
             const char       *list,
             const char       *member)
{
  g_autofree char *at = pc_json_pointer_member (list, member);

  pc_json_report (self->json, self->problems, PC_SEVERITY_ERROR, "S115", at,
                  _ ("A presenter's note belongs to a mark, and there is no "
                     "such mark."));
}

static void
load_marks (PcScenarioLoader   *self,
            const PcJsonReader *presenter)
{
  JsonObject       *object = pc_json_read_object (presenter, "marks", FALSE);
  g_autofree char  *at = pc_json_pointer_member (presenter->pointer, "marks");
  g_autoptr (GList) names = NULL;
  PcJsonReader      reader;

  if (object == NULL)
    return;

  reader = pc_scenario_reader (self, object, at);
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next) {
    const char      *id = l->data;
    const char      *text = pc_json_read_string (&reader, id, TRUE);
    PcScenarioMark  *mark = (PcScenarioMark *) pc_scenario_find_mark (
         self->scenario, id);
    g_autofree char *path = g_strconcat (PREFIX, id, NULL);

    if (mark == NULL)
      report_mark (self, at, id);
    else
      mark->presenter = pc_scenario_keep_text (self, path, text);
  }
}

/* A note that is translated for no mark would never be seen. */
static void
check_strings (PcScenarioLoader *self,
               JsonObject       *strings,
               const char       *at)
{
  g_autoptr (GList) names = json_object_get_members (strings);

  for (GList *l = names; l != NULL; l = l->next)
    if (g_str_has_prefix (l->data, PREFIX) &&
        !pc_scenario_has_mark (self->scenario,
                               (const char *) l->data + strlen (PREFIX)))
      report_mark (self, at, l->data);
}

static void
check_translations (PcScenarioLoader   *self,
                    const PcJsonReader *root)
{
  JsonNode         *all = json_object_get_member (root->object,
                                                  "translations");
  g_autoptr (GList) names = NULL;

  if (all == NULL || !JSON_NODE_HOLDS_OBJECT (all))
    return;

  names = json_object_get_members (json_node_get_object (all));
  for (GList *l = names; l != NULL; l = l->next) {
    JsonNode        *node = json_object_get_member (json_node_get_object (all),
                                                    l->data);
    g_autofree char *language = pc_json_pointer_member ("/translations",
                                                        l->data);
    g_autofree char *at = pc_json_pointer_member (language, "strings");

    if (JSON_NODE_HOLDS_OBJECT (node))
      node = json_object_get_member (json_node_get_object (node), "strings");
    if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
      check_strings (self, json_node_get_object (node), at);
  }
}

void
pc_scenario_load_presenter (PcScenarioLoader   *self,
                            const PcJsonReader *root)
{
  static const char *const known[] = { "about", "marks", NULL };
  JsonObject              *object = pc_json_read_object (root, "presenter",
                                                         FALSE);
  PcJsonReader             reader;

  check_translations (self, root);
  if (object == NULL)
    return;

  reader = pc_scenario_reader (self, object, "/presenter");
  pc_json_check_members (&reader, known);
  self->scenario->presenter = pc_scenario_keep_text (
      self, "presenter", pc_json_read_string (&reader, "about", FALSE));
  load_marks (self, &reader);
}
