/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Problems: how one is written, and which stay when there are too many. */

#include "base/limits.h"
#include "base/problem.h"

#include <string.h>

static PcProblem *
make (PcSeverity  severity,
      const char *message)
{
  return pc_problem_new (severity, "Q102", "b.json", 41, 17, "%s", message);
}

static void
test_format (void)
{
  g_autoptr (PcProblem) problem = make (PC_SEVERITY_ERROR, "two keys");
  g_autofree char *plain = NULL;
  g_autofree char *full = NULL;

  plain = pc_problem_format (problem);
  g_assert_cmpstr (plain, ==, "b.json:41:17: error[Q102] two keys");
  problem->pointer = g_strdup ("/items/3");
  problem->excerpt = g_strdup ("  \"options\": [");
  problem->caret = 2;
  problem->hint = g_strdup ("remove one");
  full = pc_problem_format (problem);
  g_assert_cmpstr (full, ==,
                   "b.json:41:17: error[Q102] /items/3  two keys\n"
                   "   41 |   \"options\": [\n"
                   "      |   ^ hint: remove one");
}

static void
test_format_without_place (void)
{
  g_autoptr (PcProblem) problem =
      pc_problem_new (PC_SEVERITY_NOTE, "Q012", "b.json", 0, 0, "gone");
  g_autoptr (PcProblem) bare =
      pc_problem_new (PC_SEVERITY_WARNING, "Q1", NULL, 0, 0, "x %d", 5);
  g_autofree char *text = pc_problem_format (problem);
  g_autofree char *bare_text = pc_problem_format (bare);

  g_assert_cmpstr (text, ==, "b.json: note[Q012] gone");
  g_assert_cmpstr (bare_text, ==, "warning[Q1] x 5");
}

typedef struct
{
  const char *text;
  const char *clean;
} CleanRow;

static const CleanRow clean_rows[] = {
  { "plain é", "plain é" },
  { "a\tb", "a b" },
  { "a\nb", "a\357\277\275b" },
  { "\033[31mred", "\357\277\275[31mred" },
  { "\302\233m", "\357\277\275m" },             /* U+009B */
  { "a\342\200\256b", "a\357\277\275b" },       /* U+202E */
  { "a\342\201\246b", "a\357\277\275b" },       /* U+2066 */
  { "a\342\200\250b", "a\357\277\275b" },       /* U+2028 */
  { "bad \377 octet", "bad \357\277\275 octet" },
};

static void
test_clean (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (clean_rows); i++) {
    g_autofree char *clean = pc_problem_clean_text (clean_rows[i].text);
    g_autoptr (PcProblem) problem =
        pc_problem_new (PC_SEVERITY_ERROR, "Q", clean_rows[i].text, 0, 0, "%s",
                        clean_rows[i].text);
    g_autofree char *text = pc_problem_format (problem);

    g_test_message ("row %u", i);
    g_assert_cmpstr (clean, ==, clean_rows[i].clean);
    g_assert_cmpstr (problem->message, ==, clean_rows[i].clean);
    g_assert_true (g_str_has_prefix (text, clean_rows[i].clean));
  }
}

static void
test_limit (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();

  for (guint i = 0; i < PC_LIMIT_PROBLEMS + 50; i++)
    pc_problems_take (problems, make (PC_SEVERITY_WARNING, "w"));
  g_assert_cmpuint (pc_problems_get_n (problems), ==, PC_LIMIT_PROBLEMS);
  g_assert_cmpuint (pc_problems_get_n_dropped (problems), ==, 50);
  g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_WARNING), ==,
                    PC_LIMIT_PROBLEMS + 50);

  /* The graver one gets in, and a hint may still be given to either. */
  pc_problems_take (problems, make (PC_SEVERITY_ERROR, "e"));
  g_assert_cmpuint (pc_problems_get_n (problems), ==, PC_LIMIT_PROBLEMS);
  g_assert_cmpstr (
      pc_problems_get (problems, PC_LIMIT_PROBLEMS - 1)->message, ==, "e");
  {
    PcProblem *dropped = make (PC_SEVERITY_NOTE, "n");

    pc_problems_take (problems, dropped);
    dropped->hint = g_strdup ("late");
  }
  g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), ==, 1);
  g_assert_cmpuint (pc_problems_get_n_dropped (problems), ==, 52);
}

static void
test_take_all (void)
{
  g_autoptr (PcProblems) to = pc_problems_new ();
  g_autoptr (PcProblems) from = pc_problems_new ();

  pc_problems_take (to, make (PC_SEVERITY_ERROR, "a"));
  for (guint i = 0; i < PC_LIMIT_PROBLEMS + 5; i++)
    pc_problems_take (from, make (PC_SEVERITY_WARNING, "w"));
  pc_problems_take_all (to, from);
  g_assert_cmpuint (pc_problems_get_n (from), ==, 0);
  g_assert_cmpuint (pc_problems_get_n_dropped (from), ==, 0);
  g_assert_cmpuint (pc_problems_get_n (to), ==, PC_LIMIT_PROBLEMS);
  g_assert_cmpuint (pc_problems_count (to, PC_SEVERITY_WARNING), ==,
                    PC_LIMIT_PROBLEMS + 5);
  g_assert_cmpuint (pc_problems_get_n_dropped (to), ==, 6);
  g_assert_cmpstr (pc_problems_get (to, 0)->message, ==, "a");
}

static void
test_severities (void)
{
  g_assert_cmpstr (pc_severity_to_string (PC_SEVERITY_NOTE), ==, "note");
  g_assert_cmpstr (pc_severity_to_string (PC_SEVERITY_WARNING), ==, "warning");
  g_assert_cmpstr (pc_severity_to_string (PC_SEVERITY_ERROR), ==, "error");
}

static void
test_soften (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();

  for (guint i = 0; i < PC_LIMIT_PROBLEMS + 5; i++)
    pc_problems_take (problems, pc_problem_new (PC_SEVERITY_ERROR, "X1", "f",
                                                1, 1, "no"));
  pc_problems_take (problems, pc_problem_new (PC_SEVERITY_NOTE, "X2", "f", 1,
                                              1, "oh"));
  pc_problems_soften (problems);
  g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), ==, 0);
  g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_WARNING), ==,
                    PC_LIMIT_PROBLEMS + 5);
  g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_NOTE), ==, 1);
  g_assert_cmpint (pc_problems_get (problems, 0)->severity, ==,
                   PC_SEVERITY_WARNING);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/format", test_format);
  g_test_add_func ("/problem/format-without-place", test_format_without_place);
  g_test_add_func ("/problem/clean", test_clean);
  g_test_add_func ("/problem/limit", test_limit);
  g_test_add_func ("/problem/take-all", test_take_all);
  g_test_add_func ("/problem/soften", test_soften);
  g_test_add_func ("/problem/severities", test_severities);
  return g_test_run ();
}
