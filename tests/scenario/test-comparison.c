/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparisons: what a file may say, and every mistake at its line. */

#include "scenario/comparison.h"

#include "base/paths.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD                                                     \
  "{ \"format\": \"portcall-comparison\", \"format_version\": 1,\n" \
  "  \"id\": \"c\", \"title\": \"T\", \"summary\": \"S.\",\n"

static PcLibrary *
load_library (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();

  return pc_library_new (dir, problems);
}

static PcComparison *
parse (const char *text,
       PcLibrary  *library,
       PcProblems *problems)
{
  return pc_comparison_parse ("c.json", (const guint8 *) text, strlen (text),
                              library, problems);
}

static void
test_good (void)
{
  g_autoptr (PcLibrary) library = load_library ();
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcComparison) comparison = parse (
      HEAD "\"left\": \"tftp-get-config\", \"right\": \"tftp-put-config\",\n"
           "\"order\": 7, \"x-mine\": true,\n"
           "\"rows\": [ { \"left\": \"rrq\", \"right\": \"wrq\" },\n"
           "{ \"left\": \"data-1\", \"right\": \"data-1\", "
           "\"note\": \"N.\" } ] }",
      library, problems);
  const PcComparisonRow *row;

  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  g_assert_nonnull (comparison);
  g_assert_cmpstr (pc_comparison_get_id (comparison), ==, "c");
  g_assert_cmpstr (pc_comparison_get_title (comparison), ==, "T");
  g_assert_cmpstr (pc_comparison_get_summary (comparison), ==, "S.");
  g_assert_cmpuint (pc_comparison_get_order (comparison), ==, 7);
  g_assert_cmpuint (pc_comparison_get_n_rows (comparison), ==, 2);
  g_assert_true (pc_comparison_get_scenario (comparison, 1) ==
                 pc_library_find (library, "tftp-put-config"));
  row = pc_comparison_find_row (comparison, 1, "data-1");
  g_assert_cmpstr (row->left, ==, "data-1");
  g_assert_cmpstr (row->note, ==, "N.");
  g_assert_null (pc_comparison_get_row (comparison, 0)->note);
  g_assert_null (pc_comparison_find_row (comparison, 0, "wrq"));
  g_assert_null (pc_comparison_find_row (comparison, 0, NULL));
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *code;
    guint       line;
    const char *pointer;
  } rows[] = {
    { "[]", "Q022", 1, "" },
    { "{ \"format\": \"portcall-scenario\", \"format_version\": 1 }", "S170",
      1, "/format" },
    { HEAD "\"left\": \"tftp-get-config\",\n\"right\": \"nowhere\",\n"
           "\"rows\": [] }",
      "S171", 4, "/right" },
    { HEAD "\"left\": \"tftp-get-config\",\n\"right\": 5,\n\"rows\": [] }",
      "Q022", 4, "/right" },
    { HEAD "\"left\": \"tftp-get-config\",\n"
           "\"right\": \"tftp-put-config\" }",
      "Q023", 1, "" },
    { HEAD "\"left\": \"tftp-get-config\",\n"
           "\"right\": \"tftp-put-config\",\n"
           "\"rows\": [\n{ \"left\": \"rrq\",\n\"right\": \"rrq\" } ] }",
      "S172", 7, "/rows/0/right" },
    { HEAD "\"left\": \"tftp-get-config\",\n"
           "\"right\": \"tftp-put-config\",\n"
           "\"rows\": [ { \"left\": \"rrq\", \"right\": \"wrq\" },\n"
           "{ \"left\": \"rrq\", \"right\": \"ack-0\" } ] }",
      "S173", 6, "/rows/1/left" },
    { HEAD "\"left\": \"tftp-get-config\",\n"
           "\"right\": \"tftp-put-config\",\n\"rows\": [\n3 ] }",
      "Q022", 6, "/rows/0" },
    { HEAD "\"left\": \"tftp-get-config\",\n"
           "\"right\": \"tftp-put-config\",\n"
           "\"rows\": [ { \"left\": \"rrq\" } ] }",
      "Q023", 5, "/rows/0" },
    { HEAD "\"left\": \"tftp-get-config\",\n"
           "\"right\": \"tftp-put-config\",\n\"row\": [], \"rows\": [] }",
      "Q021", 5, "/row" },
    { HEAD "oops", "Q0", 3, NULL },
  };
  g_autoptr (PcLibrary) library = load_library ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcComparison) comparison = parse (rows[i].text, library,
                                                 problems);
    gboolean found = FALSE;

    g_test_message ("%s", rows[i].text);
    g_assert_null (comparison);
    for (guint k = 0; k < pc_problems_get_n (problems); k++) {
      const PcProblem *problem = pc_problems_get (problems, k);
      g_autofree char *told = pc_problem_format (problem);

      g_test_message ("%s", told);
      found |= g_str_has_prefix (problem->code, rows[i].code) &&
               problem->line == rows[i].line &&
               (rows[i].pointer == NULL ||
                g_strcmp0 (problem->pointer, rows[i].pointer) == 0);
    }
    g_assert_true (found);
  }
}

/* Cut off anywhere, with anything in between: a problem, never a crash. */
static void
test_cut (void)
{
  g_autofree char *path = pc_paths_get_data ("comparisons/tftp-sorcerer.json");
  g_autofree char *text = NULL;
  g_autoptr (PcLibrary) library = load_library ();
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  for (gsize n = 0; n < length; n++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();

    g_assert_null (pc_comparison_parse ("cut", (const guint8 *) text, n,
                                        library, problems));
    g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
  }
}

static void
test_any_two (void)
{
  g_autoptr (PcLibrary) library = load_library ();
  PcScenario *left = pc_library_find (library, "imap-read-phone");
  PcScenario *right = pc_library_find (library, "pop3-leave-copy");
  g_autoptr (PcComparison) comparison = pc_comparison_new (left, right);

  g_assert_cmpstr (pc_comparison_get_id (comparison), ==, "");
  g_assert_null (pc_comparison_get_file (comparison));
  g_assert_null (pc_comparison_get_summary (comparison));
  g_assert_cmpuint (pc_comparison_get_n_rows (comparison), ==, 0);
  g_assert_true (pc_comparison_get_scenario (comparison, 0) == left);
  g_assert_true (pc_comparison_get_scenario (comparison, 1) == right);
}

/* A folder: what is broken, or there twice, is told and left out. */
static void
test_folder (void)
{
  static const struct
  {
    const char *name;
    const char *text;
  } files[] = {
    { "a.json", HEAD "\"left\": \"tftp-get-config\", "
                     "\"right\": \"tftp-put-config\", \"rows\": [] }" },
    { "b.json", "{" },
    { "c.json", HEAD "\"left\": \"tftp-get-config\", "
                     "\"right\": \"tftp-put-config\", \"rows\": [] }" },
  };
  g_autofree char *dir = g_dir_make_tmp ("portcall-XXXXXX", NULL);
  g_autoptr (PcLibrary) library = load_library ();
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (GPtrArray) all = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (dir, files[i].name, NULL);

    g_assert_true (g_file_set_contents (path, files[i].text, -1, NULL));
  }
  all = pc_comparisons_load (dir, library, problems);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_nonnull (pc_comparisons_find (all, "c"));
  g_assert_null (pc_comparisons_find (all, "d"));
  g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), ==, 2);
  g_assert_cmpstr (pc_problems_get (problems, 1)->code, ==, "S106");
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (dir, files[i].name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* Ours: no problem, and each text has its German. */
static void
test_ours (void)
{
  static const char *const needed[] = {
    "pop3-imap-mailbox",      "imap-143-993",  "smtp-587-465",
    "imap-starttls-implicit", "smtp-stripped", "tftp-sorcerer",
  };
  g_autofree char *dir = pc_paths_get_data ("comparisons");
  g_autoptr (PcLibrary) library = load_library ();
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (GPtrArray) all = pc_comparisons_load (dir, library, problems);

  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    g_assert_nonnull (pc_comparisons_find (all, needed[i]));
  for (guint i = 0; i < all->len; i++) {
    PcComparison    *comparison = all->pdata[i];
    g_autofree char *base = g_path_get_basename (
        pc_comparison_get_file (comparison));
    g_autofree char *name = g_strconcat (pc_comparison_get_id (comparison),
                                         ".json", NULL);

    g_assert_cmpstr (base, ==, name);
    g_assert_cmpuint (pc_comparison_get_n_rows (comparison), >, 0);
    g_assert_true (
        g_str_has_suffix (pc_comparison_get_summary (comparison), ".") ||
        g_str_has_suffix (pc_comparison_get_summary (comparison), "?"));
  }
}

/* Every text has its German, and no other is there. */
static void
test_german (void)
{
  g_autofree char *dir = pc_paths_get_data ("comparisons");
  g_auto (GStrv) paths = pc_paths_list (dir, ".json");

  for (guint i = 0; paths[i] != NULL; i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcJson) json = pc_json_load (paths[i], problems);
    JsonObject *root = json_node_get_object (pc_json_get_root (json));
    JsonArray *rows = json_object_get_array_member (root, "rows");
    JsonObject *strings = json_object_get_object_member (
        json_object_get_object_member (
            json_object_get_object_member (root, "translations"), "de"),
        "strings");
    guint n = 2;

    g_test_message ("%s", paths[i]);
    g_assert_true (json_object_has_member (strings, "title"));
    g_assert_true (json_object_has_member (strings, "summary"));
    for (guint k = 0; k < json_array_get_length (rows); k++) {
      JsonObject *row = json_array_get_object_element (rows, k);
      g_autofree char *path = g_strconcat (
          "rows.", json_object_get_string_member (row, "left"), NULL);

      g_assert_cmpint (json_object_has_member (row, "note"), ==,
                       json_object_has_member (strings, path));
      n += json_object_has_member (row, "note");
    }
    g_assert_cmpuint (json_object_get_size (strings), ==, n);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/good", test_good);
  g_test_add_func ("/comparison/mistakes", test_mistakes);
  g_test_add_func ("/comparison/cut", test_cut);
  g_test_add_func ("/comparison/any-two", test_any_two);
  g_test_add_func ("/comparison/folder", test_folder);
  g_test_add_func ("/comparison/ours", test_ours);
  g_test_add_func ("/comparison/german", test_german);
  return g_test_run ();
}
