/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes a scenario down once more, with a fault that somebody has tried.
 *
 * Its file stays as it was written, member by member; what the fault makes
 * untrue goes: marks on what does not happen any more, and their translations.
 */

#include "scenario/fault-private.h"
#include "scenario/scenario.h"

#include <gio/gio.h>
#include <string.h>

#define SCRIPT "/script/"

static JsonObject *
get_object (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? json_node_get_object (node)
             : NULL;
}

static void
add_kind (JsonObject *object,
          const char *kind)
{
  const char      *title = json_object_get_string_member_with_default (
      object, "title", NULL);
  g_autofree char *longer = NULL;

  if (title == NULL)
    return;
  longer = g_strdup_printf ("%s · %s", title, kind);
  json_object_set_string_member (object, "title", longer);
}

static void
add_fault (JsonObject *root,
           JsonObject *fault)
{
  JsonArray *faults;

  if (!json_object_has_member (root, "faults"))
    json_object_set_array_member (root, "faults", json_array_new ());
  faults = json_object_get_array_member (root, "faults");
  json_array_add_object_element (faults, fault);
}

static void
drop_marks (JsonObject        *root,
            const char *const *lost)
{
  JsonNode  *node = json_object_get_member (root, "marks");
  JsonArray *marks;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  marks = json_node_get_array (node);
  for (guint i = json_array_get_length (marks); i > 0; i--) {
    JsonObject *mark = json_array_get_object_element (marks, i - 1);
    const char *id = json_object_get_string_member_with_default (mark, "id",
                                                                 "");

    if (g_strv_contains (lost, id))
      json_array_remove_element (marks, i - 1);
  }
}

/* With what is refused now. */
static void
end_script (JsonObject *root,
            const char *last)
{
  JsonArray *script = json_object_get_array_member (root, "script");
  guint      n = (guint) g_ascii_strtoull (last + strlen (SCRIPT), NULL, 10)
            + 1;

  g_return_if_fail (g_str_has_prefix (last, SCRIPT));
  g_return_if_fail (n <= json_array_get_length (script));

  while (json_array_get_length (script) > n)
    json_array_remove_element (script, n);
  json_object_set_boolean_member (
      json_array_get_object_element (script, n - 1), "refused", TRUE);
  json_object_set_string_member (root, "expect", "failure");
}

/* What a presenter says at them. */
static void
drop_presenter (JsonObject        *root,
                const char *const *lost)
{
  JsonObject *presenter = get_object (root, "presenter");
  JsonObject *marks = presenter != NULL ? get_object (presenter, "marks")
                                        : NULL;

  for (guint i = 0; marks != NULL && lost[i] != NULL; i++)
    json_object_remove_member (marks, lost[i]);
}

static void
drop_strings (JsonObject        *strings,
              const char *const *lost)
{
  for (guint i = 0; lost[i] != NULL; i++) {
    g_autofree char *note = g_strdup_printf ("marks.%s", lost[i]);
    g_autofree char *presenter = g_strdup_printf ("presenter.%s", lost[i]);

    json_object_remove_member (strings, note);
    json_object_remove_member (strings, presenter);
  }
}

static void
adapt_translations (JsonObject        *root,
                    const char        *kind,
                    const char *const *lost)
{
  JsonObject *all = get_object (root, "translations");
  g_autoptr (GList) languages = NULL;

  if (all == NULL)
    return;
  languages = json_object_get_members (all);
  for (GList *l = languages; l != NULL; l = l->next) {
    JsonObject *language = get_object (all, l->data);
    JsonObject *strings = language != NULL ? get_object (language, "strings")
                                           : NULL;

    if (strings == NULL)
      continue;
    add_kind (strings, kind);
    drop_strings (strings, lost);
  }
}

static GBytes *
write_down (JsonNode *root)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;
  char *whole;

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  whole = g_strconcat (text, "\n", NULL);
  return g_bytes_new_take (whole, strlen (whole));
}

GBytes *
pc_fault_write_scenario (const PcScenario  *scenario,
                         const char        *spec,
                         const char        *last,
                         const char *const *lost,
                         GError           **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonObject) fault = pc_fault_spec_to_json (spec, error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *id = NULL;
  const char      *kind;
  JsonObject      *root;

  if (fault == NULL ||
      !json_parser_load_from_file (parser, pc_scenario_get_file (scenario),
                                   error))
    return NULL;

  node = json_parser_steal_root (parser);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         pc_scenario_get_file (scenario));
    return NULL;
  }
  root = json_node_get_object (node);
  kind = json_object_get_string_member (fault, "fault");
  id = g_strdup_printf ("%s-%s", pc_scenario_get_id (scenario), kind);
  lost = lost != NULL ? lost : none;
  json_object_set_string_member (root, "id", id);
  add_kind (root, kind);
  if (last != NULL)
    end_script (root, last);
  adapt_translations (root, kind, lost);
  drop_marks (root, lost);
  drop_presenter (root, lost);
  add_fault (root, g_steal_pointer (&fault));
  return write_down (node);
}
