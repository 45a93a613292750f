/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of scenarios: ours, and one where somebody made mistakes. */

#include "scenario/library.h"

#include "base/paths.h"

#include <glib/gstdio.h>
#include <string.h>

#define ICONS "icons/scalable/actions"

static void
put (const char *dir,
     const char *name,
     const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
put_scenario (const char *dir,
              const char *name,
              const char *id,
              const char *protocol,
              guint       order)
{
  g_autofree char *text = g_strdup_printf (
      "{ \"format\": \"portcall-scenario\", \"format_version\": 1, "
      "\"id\": \"%s\", \"title\": \"T\", \"summary\": \"S.\", "
      "\"subtitle\": \"s\", \"protocol\": \"%s\", \"order\": %u, "
      "\"actors\": [ { \"id\": \"c\", \"name\": \"C\", \"role\": \"client\", "
      "\"speaks\": \"%s\" }, { \"id\": \"s\", \"name\": \"S\", "
      "\"role\": \"server\" } ], \"script\": [ { \"actor\": \"c\", "
      "\"do\": \"connect\", \"port\": 1 } ] }",
      id, protocol, order, protocol);

  put (dir, name, text);
}

static void
remove_dir (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* What is broken is told and left out; the rest comes in order. */
static void
test_broken_file (void)
{
  static const char *const ids[] = { "b", "a", "c", "d" };
  g_autofree char         *dir = g_dir_make_tmp ("portcall-XXXXXX", NULL);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcLibrary) library = NULL;
  g_autofree char *twice = g_build_filename (dir, "e.json", NULL);
  const PcProblem *problem;

  put_scenario (dir, "a.json", "a", "imap", 2);
  put_scenario (dir, "b.json", "b", "imap", 1);
  put (dir, "bad.json", "{ \"format\": \"portcall-scenario\",\n  oops }");
  put_scenario (dir, "c.json", "c", "pop3", 0);
  put_scenario (dir, "d.json", "d", "tftp", 0);
  put_scenario (dir, "e.json", "a", "smtp", 0);
  put (dir, "empty.json", "");
  put (dir, "notes.txt", "no scenario");
  put (dir, ".hidden.json", "no scenario");

  library = pc_library_new (dir, problems);
  g_assert_cmpuint (pc_library_get_n (library), ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpstr (pc_scenario_get_id (pc_library_get (library, i)), ==,
                     ids[i]);
  g_assert_true (pc_library_find (library, "c") ==
                 pc_library_get (library, 2));
  g_assert_null (pc_library_find (library, "nothing"));

  g_assert_cmpuint (pc_problems_get_n (problems), ==, 3);
  problem = pc_problems_get (problems, 0);
  g_assert_true (g_str_has_suffix (problem->file, "/bad.json"));
  g_assert_cmpuint (problem->line, ==, 2);
  g_assert_cmpuint (problem->column, ==, 3);
  problem = pc_problems_get (problems, 1);
  g_assert_cmpstr (problem->code, ==, "S106");
  g_assert_cmpstr (problem->file, ==, twice);
  problem = pc_problems_get (problems, 2);
  g_assert_true (g_str_has_suffix (problem->file, "/empty.json"));

  remove_dir (dir);
}

static void
test_no_folder (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcLibrary) library = pc_library_new ("/no/such/folder",
                                                  problems);

  g_assert_cmpuint (pc_library_get_n (library), ==, 0);
  g_assert_null (pc_library_find (library, "imap-read-phone"));
}

/* -- ours ------------------------------------------------------------------ */

static PcLibrary *
load_ours (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcLibrary *library = pc_library_new (dir, problems);

  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    g_autofree char *told = pc_problem_format (pc_problems_get (problems, i));

    g_test_message ("%s", told);
  }
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  return library;
}

static void
test_ours (void)
{
  static const char *const needed[] = {
    "imap-read-phone",
    "imap-two-devices",
    "imap-headers-slow",
    "imap-wrong-password",
    "phone-four-ports",
    "pop3-download-delete",
    "pop3-leave-copy",
    "pop3-lost-before-quit",
    "smtp-submit-587",
    "smtp-relay-25",
    "smtp-relay-refused",
    "smtp-wrong-password",
    "tftp-get-config",
    "tftp-put-config",
    "tftp-lost-block",
    "tftp-not-found",
    "imap-attachment-alone",
    "imap-uidvalidity-changed",
    "pop3-top-preview",
    "tftp-access-refused",
    "tftp-disk-full",
    "tftp-duplicate-request",
    "tftp-exact-multiple",
    "tftp-final-ack-lost",
    "tftp-final-ack-never",
    "tftp-firewall-69",
    "tftp-lost-ack",
    "tftp-netascii-firmware",
    "tftp-nobody-listens",
    "tftp-options",
    "tftp-options-lowered",
    "tftp-options-refused",
    "tftp-options-unknown",
    "tftp-put-refused",
    "tftp-reordered",
    "tftp-server-gone",
    "tftp-sorcerer-new",
    "tftp-sorcerer-old",
    "tftp-stranger",
    "tftp-tid",
    "tftp-window-loss",
    "smtp-slow-link",
    "smtp-421-in-between",
    "smtp-full-for-one",
    "smtp-cut-in-data",
    "smtp-lost-verdict",
    "smtp-changed-octet",
    "pop3-cut-before-quit",
    "pop3-changed-octet",
    "pop3-cut-in-tls",
    "imap-answer-no",
    "imap-joined-split",
    "imap-frozen",
    "imap-cut-in-append",
  };
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_auto (GStrv) paths = pc_paths_list (dir, ".json");
  g_autoptr (PcLibrary) library = load_ours ();

  g_assert_cmpuint (pc_library_get_n (library), ==, g_strv_length (paths));
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++) {
    g_test_message ("%s", needed[i]);
    g_assert_nonnull (pc_library_find (library, needed[i]));
  }
}

/* Words that a learner reads, and a file that is named as the scenario. */
static void
test_our_words (void)
{
  g_autoptr (PcLibrary) library = load_ours ();

  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario      *scenario = pc_library_get (library, i);
    g_autofree char *base = g_path_get_basename (
        pc_scenario_get_file (scenario));
    g_autofree char *name = g_strconcat (pc_scenario_get_id (scenario),
                                         ".json", NULL);

    g_test_message ("%s", name);
    g_assert_cmpstr (base, ==, name);
    g_assert_cmpuint (strlen (pc_scenario_get_title (scenario)), >, 0);
    g_assert_cmpuint (strlen (pc_scenario_get_title (scenario)), <=, 60);
    g_assert_true (g_str_has_suffix (pc_scenario_get_summary (scenario), ".") ||
                   g_str_has_suffix (pc_scenario_get_summary (scenario), "?"));
    g_assert_cmpuint (pc_scenario_get_n_marks (scenario), >, 0);
  }
}

static void
test_our_icons (void)
{
  g_autoptr (PcLibrary) library = load_ours ();
  g_autofree char *icons = pc_paths_get_data (ICONS);

  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario *scenario = pc_library_get (library, i);

    for (guint k = 0; k < pc_scenario_get_n_actors (scenario); k++) {
      const char      *icon = pc_scenario_get_actor (scenario, k)->icon;
      g_autofree char *path = NULL;
      g_autofree char *own = NULL;

      if (icon == NULL)
        continue;
      path = g_strdup_printf ("%s/%s.svg", icons, icon);
      own = g_strdup_printf ("%s/pc-%s.svg", icons, icon);
      g_test_message ("%s: %s", pc_scenario_get_id (scenario), icon);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) ||
                     g_file_test (own, G_FILE_TEST_EXISTS));
    }
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/broken-file", test_broken_file);
  g_test_add_func ("/library/no-folder", test_no_folder);
  g_test_add_func ("/library/ours", test_ours);
  g_test_add_func ("/library/our-words", test_our_words);
  g_test_add_func ("/library/our-icons", test_our_icons);

  return g_test_run ();
}
