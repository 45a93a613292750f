/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any octets as a JSON file: no crash, a reason for every refusal, and every
 * value found again where its tree says it is.
 */

#include "base/json.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
check_places (const PcJson *json,
              const char   *pointer,
              JsonNode     *node)
{
  guint line, column;

  if (!pc_json_locate (json, pointer, TRUE, &line, &column) || line == 0 ||
      column == 0)
    g_error ("%s is nowhere", pointer);
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      g_autofree char *child = pc_json_pointer_index (pointer, i);

      check_places (json, child, json_array_get_element (array, i));
    }
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    const char    *name;
    JsonNode      *value;

    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &value)) {
      g_autofree char *child = pc_json_pointer_member (pointer, name);

      check_places (json, child, value);
    }
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = pc_json_parse ("fuzz", data, size, problems);

  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    g_autofree char *text = pc_problem_format (pc_problems_get (problems, i));

    if (!g_utf8_validate (text, -1, NULL))
      g_error ("a message is not UTF-8");
  }
  if (json != NULL)
    check_places (json, "", pc_json_get_root (json));
  else if (pc_problems_count (problems, PC_SEVERITY_ERROR) == 0)
    g_error ("refused without a reason");
  return 0;
}
