/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Proofs by running: the keys of the bank with every type hold; spoilt one by
 * one they do not, and it is told where; and those of the banks that come with
 * the program hold.
 */

#include "quiz/prove.h"

#include "base/paths.h"

#include <string.h>

static PcLibrary *library;
static char      *eight_types;

static gboolean
has_step (const char *scenario,
          const char *step,
          gpointer    user_data)
{
  PcScenario *found = pc_library_find (library, scenario);

  return found != NULL && (step == NULL || pc_scenario_has_mark (found, step));
}

static void
show_problems (PcProblems *problems)
{
  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    g_autofree char *text = pc_problem_format (pc_problems_get (problems, i));

    g_test_message ("%s", text);
  }
}

static guint
prove_text (const char *text,
            PcProver   *prover,
            PcProblems *problems)
{
  g_autoptr (PcJson) json = pc_json_parse ("bank", (const guint8 *) text,
                                           strlen (text), problems);
  g_autoptr (PcBank) bank = NULL;

  g_assert_nonnull (json);
  bank = pc_bank_new_from_json (json, NULL, problems, has_step, NULL);
  g_assert_nonnull (bank);
  return pc_bank_prove (bank, json, prover, NULL, problems);
}

static void
test_right (void)
{
  g_autoptr (PcProver) prover = pc_prover_new (library);
  g_autoptr (PcProblems) problems = pc_problems_new ();

  g_assert_cmpuint (prove_text (eight_types, prover, problems), ==, 9);
  show_problems (problems);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
}

typedef struct
{
  const char *change[8]; /* old, new, old, new, ... */
  const char *code;
  const char *pointer;
} SpoilRow;

static const SpoilRow spoil_rows[] = {
  /* other values */
  { { "\"354\"}", "\"251\"}", "`354` and", "251 and" },
    "Q108", "/items/7/accept/0/value" },
  { { "\"354\"}", "\"251\"}" }, "Q110", "/items/7/options/0" },
  { { "\"status\", \"value\": \"OK\"", "\"status\", \"value\": \"NO\"" },
    "Q108", "/items/8/accept/0/value" },
  { { "\"MAIL FROM:\"", "\"RCPT TO:\"" }, "Q108", "/items/9/accept/0/value" },
  { { "\"exact\", \"value\": \"+OK Message 1 ",
      "\"exact\", \"value\": \"+OK Message 2 " },
    "Q212", "/items/10/accept/0/value" },
  { { "\"value\": \"+OK\"", "\"value\": \"-ERR\"" },
    "Q212", "/items/10/accept/1/value" },
  { { "\"value\": \"+OK\"", "\"value\": \"-ERR\"",
      "\"exact\", \"value\": \"+OK M", "\"exact\", \"value\": \"+OK N" },
    "Q108", "/items/10/accept/0/value" },
  { { "\"state\", \"value\": \"Selected\"",
      "\"state\", \"value\": \"Authenticated\"",
      "\"text\": \"Selected\", \"correct\": true", "\"text\": \"Selected\"",
      "\"text\": \"Authenticated\", \"feedback\": \"That was before.\"",
      "\"text\": \"Authenticated\", \"correct\": true" },
    "Q108", "/items/11/accept/0/value" },
  { { "\"value\": \"ACK\"", "\"value\": \"DATA\"" },
    "Q108", "/items/12/accept/0/value" },
  /* other options */
  { { "`354` and waits\", \"correct\": true", "`354` and waits\"",
      "goes on\",", "goes on\", \"correct\": true," },
    "Q110", "/items/7/options/0" },
  { { "\"x-value\": \"221\"", "\"x-value\": \"354\"" },
    "Q110", "/items/7/options/2" },
  /* other steps and questions */
  { { "\"step\": \"data\"", "\"step\": \"rcpt\"" },
    "Q108", "/items/7/accept/0/value" },
  { { "\"step\": \"data\"", "\"step\": \"nowhere\"" },
    "Q101", "/items/7/simulation/step" },
  { { "\"step\": \"auth-ok\"", "\"step\": \"quit\"" },
    "Q108", "/items/9/simulation/step" },
  { { "\"ask\": \"next-packet\"", "\"ask\": \"next-reply\"" },
    "Q108", "/items/12/accept/0/value" },
  /* other lines */
  { { "[\"l8\"], \"corrections\": {\"l8\"",
      "[\"l6\"], \"corrections\": {\"l6\"" },
    "Q108", "/stimuli/0/lines/6/text" },
  { { "[\"l8\"]", "[\"l7\"]" }, "Q101", "/items/5/fault_lines/0" },
  { { "[\"l8\"]", "[\"l4\"]" }, "Q101", "/items/5/fault_lines/0" },
  { { "-ERR Message 1 is deleted", "-ERR Message 2 is deleted" },
    "Q108", "/items/5/corrections/l8" },
  { { "\"+OK 283 octets\"", "\"-ERR Message 1 is deleted\"" },
    "Q104", "/items/5/fault_lines/0" },
  { { "\"+OK Now the password\"", "\"+OK Then the password\"" },
    "Q108", "/stimuli/0/lines/1/text" },
  { { "\"from\": \"S\", \"text\": \"+OK Now",
      "\"from\": \"C\", \"text\": \"+OK Now" },
    "Q108", "/stimuli/0/lines/1/text" },
  { { "\"text\": \"DELE 1\"", "\"text\": \"STAT\"",
      "[\"l8\"], \"corrections\": {",
      "[\"l5\", \"l8\"], \"corrections\": {\"l5\": \"LIST\", " },
    "Q108", "/items/5/corrections/l5" },
  { { "\"00017", "\"00027" }, "Q108", "/stimuli/1/lines/0/text" },
  { { "{\"p3\": \"ACK 1\"", "{\"p3\": \"ACK 3\"" },
    "Q108", "/stimuli/1/lines/3/text" },
  /* other settings */
  { { "\"in-port\": 993, \"in-sec\": \"tls\", \"out-host\": "
      "\"mail.example.test\", \"out-port\": 465",
      "\"in-port\": 143, \"in-sec\": \"tls\", \"out-host\": "
      "\"mail.example.test\", \"out-port\": 465" },
    "Q108", "/items/13/accept/0" },
  { { "\"out-port\": 587, \"out-sec\": \"starttls\"",
      "\"out-port\": 587, \"out-sec\": \"tls\"" },
    "Q108", "/items/13/accept/1" },
  { { "\"out-login\": \"yes\"", "\"out-login\": \"no\"" },
    "Q108", "/items/13/accept/1" },
  { { "{\"out-port\": 465, \"out-sec\": \"starttls\"}",
      "{\"out-port\": 465, \"in-port\": 995, \"in-proto\": \"pop3\"}" },
    "Q108", "/items/13/rules/0/when" },
  { { "{\"out-port\": 465, \"out-sec\": \"starttls\"}",
      "{\"out-port\": 587, \"out-sec\": \"starttls\"}" },
    "Q110", "/items/13/accept/1" },
  { { "{\"in-port\": 143, \"in-sec\": \"none\"}",
      "{\"in-port\": 143, \"in-sec\": \"tls\"}" },
    "Q108", "/items/13/rules/1/when" },
  { { "{\"in-proto\": \"pop3\", \"in-port\": 995}",
      "{\"in-proto\": \"pop3\", \"in-port\": 993}" },
    "Q108", "/items/13/rules/2/when" },
};

static char *
spoil (const char        *text,
       const char *const *change)
{
  char *spoilt = g_strdup (text);

  for (; *change != NULL; change += 2) {
    g_auto (GStrv) parts = g_strsplit (spoilt, change[0], -1);

    g_assert_cmpuint (g_strv_length (parts), ==, 2);
    g_free (spoilt);
    spoilt = g_strjoinv (change[1], parts);
  }
  return spoilt;
}

static void
test_spoilt (void)
{
  g_autoptr (PcProver) prover = pc_prover_new (library);

  for (guint i = 0; i < G_N_ELEMENTS (spoil_rows); i++) {
    const SpoilRow *row = &spoil_rows[i];
    g_autofree char *text = spoil (eight_types, row->change);
    g_autoptr (PcProblems) problems = pc_problems_new ();
    gboolean found = FALSE;

    g_test_message ("row %u: %s", i, row->change[1]);
    prove_text (text, prover, problems);
    show_problems (problems);
    for (guint j = 0; j < pc_problems_get_n (problems); j++) {
      const PcProblem *problem = pc_problems_get (problems, j);

      g_assert_cmpuint (problem->line, >, 0);
      g_assert_cmpuint (problem->column, >, 0);
      found = found || (g_str_equal (problem->code, row->code) &&
                        g_str_equal (problem->pointer, row->pointer));
    }
    g_assert_true (found);
    if (strcmp (row->code, "Q212") != 0)
      g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
  }
}

/* A warning is waived with a reason. */
static void
test_waived (void)
{
  static const char *const change[] = {
    "\"value\": \"+OK\"", "\"value\": \"-ERR\"",
    "\"id\": \"next-exact\",",
    "\"id\": \"next-exact\", \"x-waive\": {\"Q212\": \"Both are allowed.\"},",
    NULL
  };
  g_autoptr (PcProver) prover = pc_prover_new (library);
  g_autofree char *text = spoil (eight_types, change);
  g_autoptr (PcProblems) problems = pc_problems_new ();

  prove_text (text, prover, problems);
  show_problems (problems);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
}

/* Without its file, an item still knows its line. */
static void
test_no_file (void)
{
  static const char *const change[] = { "\"value\": \"ACK\"",
                                        "\"value\": \"DATA\"", NULL };
  g_autoptr (PcProver) prover = pc_prover_new (library);
  g_autofree char *text = spoil (eight_types, change);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = pc_json_parse ("bank", (const guint8 *) text,
                                           strlen (text), problems);
  g_autoptr (PcBank) bank = pc_bank_new_from_json (json, NULL, problems,
                                                   has_step, NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  PcItem *item = pc_bank_lookup (bank, "next-packet");

  g_assert_false (pc_prover_prove (prover, item, NULL, problems));
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 1);
  g_assert_cmpuint (pc_problems_get (problems, 0)->line, ==,
                    pc_item_get_line (item));
  g_assert_cmpstr (pc_problems_get (problems, 0)->pointer, ==,
                   "/items/12/accept/0/value");
  g_cancellable_cancel (cancelled);
  g_assert_cmpuint (pc_bank_prove (bank, NULL, prover, cancelled, problems),
                    ==, 0);
}

/* The banks that come with the program. */
static void
test_data (void)
{
  g_autoptr (PcProver) prover = pc_prover_new (library);
  g_autofree char *folder = pc_paths_get_data ("questions");
  g_auto (GStrv) files = pc_paths_list (folder, ".json");
  guint n_items = 0, n_proven = 0;

  g_assert_nonnull (files[0]);
  for (guint i = 0; files[i] != NULL; i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcJson) json = pc_json_load (files[i], problems);
    g_autoptr (PcBank) bank = pc_bank_new_from_json (json, NULL, problems,
                                                     has_step, NULL);

    g_assert_nonnull (bank);
    n_proven += pc_bank_prove (bank, json, prover, NULL, problems);
    n_items += pc_bank_get_n_items (bank);
    show_problems (problems);
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  }
  g_test_message ("%u items, %u keys proven", n_items, n_proven);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  library = pc_library_new_standard (problems);
  g_assert_cmpuint (pc_library_get_n (library), >, 0);
  g_file_get_contents (EIGHT_TYPES, &eight_types, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/prove/right", test_right);
  g_test_add_func ("/prove/spoilt", test_spoilt);
  g_test_add_func ("/prove/waived", test_waived);
  g_test_add_func ("/prove/no-file", test_no_file);
  g_test_add_func ("/prove/data", test_data);
  result = g_test_run ();
  g_clear_pointer (&library, pc_library_free);
  g_clear_pointer (&eight_types, g_free);
  return result;
}
