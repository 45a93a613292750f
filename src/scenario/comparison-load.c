/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a comparison from JSON, each mistake told where it stands.
 *
 * Whether marks come in the same order on both sides only a run can tell, and
 * a row that does not fit is passed over there; what is checked here is that
 * the scenarios and their marks exist. */

#include "scenario/comparison.h"

#include "scenario/comparison-private.h"
#include "scenario/scenario-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "portcall-comparison"
#define FORMAT_VERSION 1

typedef struct
{
  PcScenarioLoader loader; /* for its texts; there is no scenario in it */
  PcComparison    *comparison;
  const PcLibrary *library; /* or NULL */
} Load;

static void
report (const PcJsonReader *reader,
        const char         *member,
        const char         *code,
        const char         *message)
{
  g_autofree char *at = pc_json_pointer_member (reader->pointer, member);

  pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, code, at,
                  "%s", message);
}

static void
load_scenario (Load               *self,
               const PcJsonReader *root,
               const char         *member,
               guint               half)
{
  const char *id = pc_json_read_string (root, member, TRUE);
  PcScenario *scenario = NULL;

  if (id == NULL || self->library == NULL)
    return;
  scenario = pc_library_find (self->library, id);
  if (scenario == NULL)
    report (root, member, "S171", _ ("There is no scenario with this id."));
  else
    self->comparison->scenarios[half] = pc_scenario_ref (scenario);
}

/* -- rows ----------------------------------------------------------------- */

static const char *
load_mark (Load               *self,
           const PcJsonReader *reader,
           const char         *member,
           guint               half)
{
  const char *mark = pc_json_read_string (reader, member, TRUE);
  PcScenario *scenario = self->comparison->scenarios[half];

  if (mark == NULL)
    return NULL;
  if (scenario != NULL && !pc_scenario_has_mark (scenario, mark))
    report (reader, member, "S172", _ ("The scenario has no such mark."));
  else if (pc_comparison_find_row (self->comparison, half, mark) != NULL)
    report (reader, member, "S173",
            _ ("Another row has this mark already."));
  else
    return pc_scenario_keep (&self->loader, mark);
  return NULL;
}

static void
load_row (Load               *self,
          const PcJsonReader *reader)
{
  static const char *const known[] = { "left", "right", "note", NULL };
  const char      *note = pc_json_read_string (reader, "note", FALSE);
  g_autofree char *path = NULL;
  PcComparisonRow  row = { 0 };

  pc_json_check_members (reader, known);
  row.left = load_mark (self, reader, "left", 0);
  row.right = load_mark (self, reader, "right", 1);
  if (row.left == NULL || row.right == NULL)
    return;
  path = g_strdup_printf ("rows.%s", row.left);
  row.note = pc_scenario_keep_text (&self->loader, path, note);
  g_array_append_val (self->comparison->rows, row);
}

static void
load_rows (Load               *self,
           const PcJsonReader *root)
{
  JsonArray *list = pc_json_read_array (root, "rows", TRUE);
  guint      n = list != NULL ? json_array_get_length (list) : 0;

  if (n > PC_LIMIT_ACTIONS) {
    report (root, "rows", "S174", _ ("These are too many rows."));
    return;
  }
  for (guint i = 0; i < n; i++) {
    g_autofree char *at = g_strdup_printf ("/rows/%u", i);
    JsonNode        *node = json_array_get_element (list, i);
    PcJsonReader     reader = *root;

    if (!JSON_NODE_HOLDS_OBJECT (node)) {
      pc_json_report (root->json, root->problems, PC_SEVERITY_ERROR, "Q022",
                      at, _ ("An object “{ … }” belongs here."));
      continue;
    }
    reader.object = json_node_get_object (node);
    reader.pointer = at;
    load_row (self, &reader);
  }
}

/* -- the whole ------------------------------------------------------------ */

static void
load_root (Load               *self,
           const PcJsonReader *root)
{
  static const char *const known[] = {
    "$schema", "format", "format_version", "id", "title", "summary", "order",
    "left", "right", "rows", "license", "translations", NULL
  };
  PcComparison     *comparison = self->comparison;
  PcScenarioLoader *loader = &self->loader;
  const char       *format = pc_json_read_string (root, "format", TRUE);

  pc_json_check_members (root, known);
  if (format != NULL && strcmp (format, FORMAT) != 0)
    report (root, "format", "S170",
            _ ("This is not a comparison: its “format” is another."));
  pc_json_read_int (root, "format_version", FORMAT_VERSION, FORMAT_VERSION,
                    FORMAT_VERSION);
  pc_scenario_find_strings (loader, root);
  comparison->id = pc_scenario_read_name (loader, root, "id", TRUE);
  comparison->title = pc_scenario_keep_text (
      loader, "title", pc_json_read_string (root, "title", TRUE));
  comparison->summary = pc_scenario_keep_text (
      loader, "summary", pc_json_read_string (root, "summary", TRUE));
  comparison->order = (guint) pc_json_read_int (root, "order", 0, 10000, 1000);
  load_scenario (self, root, "left", 0);
  load_scenario (self, root, "right", 1);
  load_rows (self, root);
}

PcComparison *
pc_comparison_new_from_json (PcJson          *json,
                             const PcLibrary *library,
                             PcProblems      *problems)
{
  g_autoptr (PcComparison) comparison = NULL;
  guint     before;
  JsonNode *root;
  Load      load = { .library = library };

  g_return_val_if_fail (json != NULL && problems != NULL, NULL);

  before = pc_problems_count (problems, PC_SEVERITY_ERROR);
  root = pc_json_get_root (json);
  comparison = pc_comparison_alloc (pc_json_get_name (json));
  load.comparison = comparison;
  load.loader = (PcScenarioLoader){ .kept = comparison->strings,
                                    .json = json,
                                    .problems = problems };
  if (JSON_NODE_HOLDS_OBJECT (root)) {
    PcJsonReader reader = pc_scenario_reader (
        &load.loader, json_node_get_object (root), "");

    load_root (&load, &reader);
  } else {
    pc_json_report (json, problems, PC_SEVERITY_ERROR, "Q022", "",
                    _ ("A comparison is an object “{ … }”."));
  }
  if (pc_problems_count (problems, PC_SEVERITY_ERROR) > before)
    return NULL;
  return g_steal_pointer (&comparison);
}

PcComparison *
pc_comparison_load (const char      *path,
                    const PcLibrary *library,
                    PcProblems      *problems)
{
  g_autoptr (PcJson) json = NULL;

  g_return_val_if_fail (path != NULL && problems != NULL, NULL);

  json = pc_json_load (path, problems);
  return json != NULL ? pc_comparison_new_from_json (json, library, problems)
                      : NULL;
}

PcComparison *
pc_comparison_parse (const char      *name,
                     const guint8    *data,
                     gsize            len,
                     const PcLibrary *library,
                     PcProblems      *problems)
{
  g_autoptr (PcJson) json = NULL;

  g_return_val_if_fail (name != NULL && problems != NULL, NULL);

  json = pc_json_parse (name, data, len, problems);
  return json != NULL ? pc_comparison_new_from_json (json, library, problems)
                      : NULL;
}
