/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli statistics: how questions did in a class, from result files.
 */

#include "cli/command.h"
#include "quiz/statistics-report.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>

static gboolean as_json;
static char   **bank_paths;

static GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("As JSON"), NULL },
  { "bank", 'b', 0, G_OPTION_ARG_FILENAME_ARRAY, &bank_paths,
    N_ ("A bank the questions are from: tells options that nobody chose"),
    N_ ("FILE") },
  G_OPTION_ENTRY_NULL,
};

/* -- text ----------------------------------------------------------------- */

static void
print_item (const PcStatisticsItem *item)
{
  g_autofree char *bank = pc_problem_clean_text (item->bank);
  g_autofree char *id = pc_problem_clean_text (item->item);

  g_print ("%s/%s  n=%u  p=%.2f  ", bank, id, item->n, item->p);
  if (isnan (item->discrimination))
    g_print ("D=-");
  else
    g_print ("D=%.2f", item->discrimination);
  g_print ("  %.0f s\n", item->seconds);
  for (guint i = 0; i < item->choices->len; i++) {
    const PcStatisticsChoice *row = &g_array_index (item->choices,
                                                    PcStatisticsChoice, i);
    g_autofree char *choice = pc_problem_clean_text (row->choice);

    g_print ("  %3.0f %%  %s %s\n", 100 * row->share, row->right ? "+" : "-",
             *choice != '\0' ? choice : _ ("(no answer)"));
  }
  for (guint i = 0; i < PC_STATISTICS_N_FLAGS; i++) {
    if ((item->flags & 1u << i) != 0)
      g_print ("  ! %s\n", pc_statistics_describe_flag (1u << i));
  }
}

static void
print_text (PcStatistics *statistics)
{
  guint n = pc_statistics_get_n_sittings (statistics);

  g_print (ngettext ("%u sitting", "%u sittings", n), n);
  g_print ("\n");
  for (guint i = 0; i < pc_statistics_get_n_items (statistics); i++)
    print_item (pc_statistics_get_item (statistics, i));
}

/* -- JSON ----------------------------------------------------------------- */

static JsonObject *
build_choice (const PcStatisticsChoice *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "choice", row->choice);
  json_object_set_int_member (object, "n", row->n);
  json_object_set_double_member (object, "share", row->share);
  json_object_set_boolean_member (object, "right", row->right);
  return object;
}

static JsonObject *
build_item (const PcStatisticsItem *item)
{
  JsonObject *object = json_object_new ();
  JsonArray  *choices = json_array_new ();
  JsonArray  *raised = json_array_new ();

  json_object_set_string_member (object, "bank", item->bank);
  json_object_set_string_member (object, "item", item->item);
  json_object_set_int_member (object, "revision", item->revision);
  json_object_set_int_member (object, "n", item->n);
  json_object_set_double_member (object, "p", item->p);
  if (!isnan (item->discrimination))
    json_object_set_double_member (object, "discrimination",
                                   item->discrimination);
  json_object_set_double_member (object, "seconds", item->seconds);
  for (guint i = 0; i < item->choices->len; i++)
    json_array_add_object_element (
        choices,
        build_choice (&g_array_index (item->choices, PcStatisticsChoice, i)));
  json_object_set_array_member (object, "choices", choices);
  for (guint i = 0; i < PC_STATISTICS_N_FLAGS; i++) {
    if ((item->flags & 1u << i) != 0)
      json_array_add_string_element (raised,
                                     pc_statistics_flag_to_string (1u << i));
  }
  json_object_set_array_member (object, "flags", raised);
  return object;
}

static void
print_json (PcStatistics *statistics)
{
  JsonObject *object = json_object_new ();
  JsonArray  *items = json_array_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  for (guint i = 0; i < pc_statistics_get_n_items (statistics); i++)
    json_array_add_object_element (
        items, build_item (pc_statistics_get_item (statistics, i)));
  json_object_set_int_member (object, "sittings",
                              pc_statistics_get_n_sittings (statistics));
  json_object_set_array_member (object, "items", items);
  json_node_take_object (root, object);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

/* -- the command ---------------------------------------------------------- */

/* NULL when no bank is named; FALSE after having said what is wrong. */
static gboolean
load_banks (PcCatalogue **catalogue)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();

  *catalogue = bank_paths != NULL ? pc_catalogue_new () : NULL;
  for (guint i = 0; bank_paths != NULL && bank_paths[i] != NULL; i++) {
    g_autoptr (PcBank) bank = pc_bank_load (bank_paths[i], NULL, problems,
                                            NULL, NULL);

    if (bank == NULL) {
      pc_command_print_problems (problems);
      return FALSE;
    }
    pc_catalogue_add_bank (*catalogue, bank);
  }
  return TRUE;
}

int
pc_command_statistics (int    argc,
                       char **argv)
{
  g_autoptr (PcStatistics) statistics = pc_statistics_new ();
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcCatalogue) catalogue = NULL;

  if (!pc_command_parse (&argc, &argv, entries, _ ("FILE.csv…"),
                         _ ("How questions did, from result files of many "
                            "learners.")))
    return PC_EXIT_USAGE;
  if (argc < 2) {
    pc_command_error (_ ("Name at least one file of results."));
    return PC_EXIT_USAGE;
  }
  if (!load_banks (&catalogue))
    return PC_EXIT_USAGE;
  for (int i = 1; i < argc; i++)
    pc_statistics_add_file (statistics, argv[i], problems);
  pc_command_print_problems (problems);
  if (pc_problems_count (problems, PC_SEVERITY_ERROR) > 0)
    return PC_EXIT_ERRORS;

  pc_statistics_compute (statistics, catalogue);
  if (as_json)
    print_json (statistics);
  else
    print_text (statistics);
  return PC_EXIT_OK;
}
