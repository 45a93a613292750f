/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli check: what is wrong with the files a person wrote.
 *
 * What a file is, its "format" says.  The same code reads the file as in the
 * application, so what is clean here loads there.  Of questions, the keys are
 * proven besides: their scenarios are run.
 */

#include "base/json.h"
#include "base/paths.h"
#include "cli/check-private.h"
#include "cli/command.h"
#include "quiz/bank.h"
#include "quiz/blueprint.h"
#include "quiz/prove.h"
#include "quiz/services.h"
#include "scenario/comparison.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  PcLibrary  *library;
  PcServices *services;
  PcProver   *prover;
  gboolean    load_only;
  gboolean    count;
  guint       n_banks;
  PcCounts    counts; /* of all banks */
} Context;

static gboolean
has_step_cb (const char *scenario,
             const char *step,
             gpointer    user_data)
{
  const Context *context = user_data;
  PcScenario    *found = pc_library_find (context->library, scenario);

  return found != NULL && (step == NULL || pc_scenario_has_mark (found, step));
}

static const char *
get_format (PcJson *json)
{
  JsonNode *root = pc_json_get_root (json);
  JsonNode *format = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    format = json_object_get_member (json_node_get_object (root), "format");
  if (format == NULL || json_node_get_value_type (format) != G_TYPE_STRING)
    return "";
  return json_node_get_string (format);
}

static void
check_bank (PcJson     *json,
            Context    *context,
            PcProblems *problems)
{
  gboolean known = pc_library_get_n (context->library) > 0;
  g_autoptr (PcBank) bank = pc_bank_new_from_json (
      json, context->services, problems, known ? has_step_cb : NULL, context);
  PcCounts counts = { 0 };
  guint    n_proven = 0;

  if (bank == NULL)
    return;
  if (known && !context->load_only)
    n_proven = pc_bank_prove (bank, json, context->prover, NULL, problems);
  pc_counts_add (&counts, bank, n_proven);
  pc_counts_add_all (&context->counts, &counts);
  context->n_banks++;
  if (context->count)
    pc_counts_print (&counts, pc_bank_get_id (bank));
}

static void
check_file (const char *path,
            Context    *context,
            PcProblems *problems)
{
  g_autoptr (PcJson) json = pc_json_load (path, problems);
  const char *format;

  if (json == NULL)
    return;

  format = get_format (json);
  if (strcmp (format, "portcall-question-bank") == 0) {
    check_bank (json, context, problems);
  } else if (strcmp (format, "portcall-scenario") == 0) {
    g_autoptr (PcScenario) scenario = NULL;

    scenario = pc_scenario_new_from_json (json, problems);
  } else if (strcmp (format, "portcall-comparison") == 0) {
    gboolean known = pc_library_get_n (context->library) > 0;
    g_autoptr (PcComparison) comparison = NULL;

    comparison = pc_comparison_new_from_json (
        json, known ? context->library : NULL, problems);
  } else if (strcmp (format, "portcall-world") == 0) {
    g_autoptr (PcWorld) world = NULL;

    world = pc_world_new_from_json (json, problems);
  } else if (strcmp (format, "portcall-services") == 0) {
    g_autoptr (PcServices) services = NULL;

    services = pc_services_new_from_json (json, problems);
  } else if (strcmp (format, "portcall-blueprint") == 0) {
    g_autoptr (PcBlueprint) blueprint = NULL;

    blueprint = pc_blueprint_new_from_json (json, problems);
  } else
    pc_json_report (json, problems, PC_SEVERITY_ERROR, "Q024", "",
                    _ ("“format” must be portcall-question-bank, "
                       "portcall-blueprint, portcall-scenario, "
                       "portcall-comparison, portcall-world or "
                       "portcall-services."));
}

/* -- output --------------------------------------------------------------- */

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (value == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_problem (JsonBuilder     *builder,
             const PcProblem *problem)
{
  json_builder_begin_object (builder);
  add_string (builder, "severity", pc_severity_to_string (problem->severity));
  add_string (builder, "code", problem->code);
  add_string (builder, "file", problem->file);
  json_builder_set_member_name (builder, "line");
  json_builder_add_int_value (builder, problem->line);
  json_builder_set_member_name (builder, "column");
  json_builder_add_int_value (builder, problem->column);
  add_string (builder, "pointer", problem->pointer);
  add_string (builder, "message", problem->message);
  add_string (builder, "hint", problem->hint);
  json_builder_end_object (builder);
}

static void
print_json (const PcProblems *problems)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < pc_problems_get_n (problems); i++)
    add_problem (builder, pc_problems_get (problems, i));
  json_builder_end_array (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
}

static void
print_summary (const PcProblems *problems,
               int               n_files)
{
  guint            errors = pc_problems_count (problems, PC_SEVERITY_ERROR);
  guint            warnings = pc_problems_count (problems,
                                                 PC_SEVERITY_WARNING);
  g_autofree char *files_text = g_strdup_printf (
      ngettext ("%d file", "%d files", (gulong) n_files), n_files);
  g_autofree char *errors_text = g_strdup_printf (
      ngettext ("%u error", "%u errors", errors), errors);
  g_autofree char *warnings_text = g_strdup_printf (
      ngettext ("%u warning", "%u warnings", warnings), warnings);

  g_print ("%s: %s, %s\n", files_text, errors_text, warnings_text);
}

int
pc_command_check (int    argc,
                  char **argv)
{
  gboolean     json = FALSE, load_only = FALSE, count = FALSE;
  GOptionEntry entries[] = {
    { "counts", 0, 0, G_OPTION_ARG_NONE, &count,
      N_ ("Tell what question banks consist of"), NULL },
    { "load-only", 0, 0, G_OPTION_ARG_NONE, &load_only,
      N_ ("Do not run scenarios to prove the keys of questions"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { NULL },
  };
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcProblems) ignored = pc_problems_new ();
  g_autofree char *table = pc_paths_get_data ("services.json");
  Context          context = { 0 };

  if (!pc_command_parse (&argc, &argv, entries, "FILE…",
                         _ ("Checks question banks, scenarios, comparisons, "
                            "worlds and service tables. Exit status: 0 "
                            "clean, 1 warnings, 2 errors.")))
    return PC_EXIT_USAGE;
  if (argc < 2) {
    pc_command_error (_ ("Name the files to check."));
    return PC_EXIT_USAGE;
  }

  context.library = pc_command_load_library ();
  context.services = pc_services_load (table, ignored);
  context.prover = pc_prover_new (context.library);
  context.load_only = load_only;
  context.count = count && !json;
  for (int i = 1; i < argc; i++)
    check_file (argv[i], &context, problems);
  g_clear_pointer (&context.prover, pc_prover_free);
  g_clear_pointer (&context.library, pc_library_free);
  g_clear_pointer (&context.services, pc_services_unref);

  if (context.count && context.n_banks > 1)
    pc_counts_print (&context.counts, _ ("Together"));
  if (json)
    print_json (problems);
  else {
    pc_command_print_problems (problems);
    print_summary (problems, argc - 1);
  }

  if (pc_problems_count (problems, PC_SEVERITY_ERROR) > 0)
    return PC_EXIT_ERRORS;
  return pc_problems_count (problems, PC_SEVERITY_WARNING) > 0
             ? PC_EXIT_WARNINGS
             : PC_EXIT_OK;
}
