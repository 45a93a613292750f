/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Item statistics against numbers worked out by hand, and files that are not
 * what they should be.
 */

#include "bank-text.h"

#include "quiz/statistics.h"

#include <math.h>

#define HEADER \
  "sheet_id,seed,bank_id,bank_version,learner,started_utc,seconds,n,item_id," \
  "revision,objective,level,type,points,score,correct,certainty,chosen,key," \
  "ms,hint_used\r\n"

static void
add_row (GString    *out,
         const char *learner,
         const char *item,
         const char *chosen,
         gboolean    correct,
         guint       ms)
{
  g_string_append_printf (
      out,
      "S,1,t,1.0.0,%s,2026-01-01T00:00:00Z,60,1,%s,1,o,apply,single,1,%d,%d,,"
      "%s,a,%u,0\r\n",
      learner, item, correct, correct, chosen, ms);
}

/* 20 learners: the first k answer the items right that are easier than k. */
static char *
make_file (void)
{
  GString *out = g_string_new (HEADER);

  for (guint i = 0; i < 20; i++) {
    g_autofree char *learner = g_strdup_printf ("L%02u", i);

    add_row (out, learner, "hard", i < 4 ? "a" : "b", i < 4, 1000 + i);
    add_row (out, learner, "middle", i < 10 ? "a" : i < 19 ? "b" : "c", i < 10,
             1000 * i);
    add_row (out, learner, "easy", "a", TRUE, 1000);
    add_row (out, learner, "against", i < 10 ? "b" : "a", i >= 10, 1000);
    /* More to tell learners apart by. */
    add_row (out, learner, "x1", i < 8 ? "a" : "b", i < 8, 1000);
    add_row (out, learner, "x2", i < 12 ? "a" : "b", i < 12, 1000);
  }
  return g_string_free (out, FALSE);
}

static PcStatistics *
read_text (const char *text,
           guint      *n_problems)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcStatistics *statistics = pc_statistics_new ();

  pc_statistics_add_text (statistics, "file.csv", text, strlen (text),
                          problems);
  *n_problems = pc_problems_get_n (problems);
  return statistics;
}

static const PcStatisticsItem *
find (PcStatistics *statistics,
      const char   *id)
{
  for (guint i = 0; i < pc_statistics_get_n_items (statistics); i++) {
    const PcStatisticsItem *item = pc_statistics_get_item (statistics, i);

    if (g_str_equal (item->item, id))
      return item;
  }
  g_assert_not_reached ();
}

static void
test_numbers (void)
{
  g_autofree char *text = make_file ();
  guint n_problems;
  g_autoptr (PcStatistics) statistics = read_text (text, &n_problems);
  const PcStatisticsItem   *item;
  const PcStatisticsChoice *choice;

  g_assert_cmpuint (n_problems, ==, 0);
  pc_statistics_compute (statistics, NULL);
  g_assert_cmpuint (pc_statistics_get_n_sittings (statistics), ==, 20);
  g_assert_cmpuint (pc_statistics_get_n_items (statistics), ==, 6);
  /* Sorted. */
  g_assert_cmpstr (pc_statistics_get_item (statistics, 0)->item, ==,
                   "against");
  item = find (statistics, "middle");
  g_assert_cmpuint (item->n, ==, 20);
  g_assert_cmpfloat (item->p, ==, 0.5);
  /* 27 % of 20 are 5: the best 5 all right, the worst 5 all wrong. */
  g_assert_cmpfloat (item->discrimination, ==, 1);
  g_assert_cmpfloat (item->seconds, ==, 9.5);
  g_assert_cmpuint (item->flags, ==, 0); /* c: 5 %, not below */
  g_assert_cmpuint (item->choices->len, ==, 3);
  choice = &g_array_index (item->choices, PcStatisticsChoice, 0);
  g_assert_cmpstr (choice->choice, ==, "a");
  g_assert_cmpfloat (choice->share, ==, 0.5);
  g_assert_true (choice->right);
  choice = &g_array_index (item->choices, PcStatisticsChoice, 2);
  g_assert_cmpstr (choice->choice, ==, "c");
  g_assert_cmpfloat (choice->share, ==, 0.05);
  item = find (statistics, "hard");
  g_assert_cmpfloat (item->p, ==, 0.2);
  g_assert_cmpfloat (item->discrimination, ==, 0.8);
  g_assert_cmpuint (item->flags, ==, PC_STATISTICS_HARD);
  item = find (statistics, "easy");
  g_assert_cmpuint (item->flags, ==, PC_STATISTICS_EASY | PC_STATISTICS_FLAT);
  g_assert_cmpfloat (item->discrimination, ==, 0);
  item = find (statistics, "against");
  g_assert_cmpfloat (item->discrimination, <, 0);
  g_assert_cmpuint (item->flags, ==, PC_STATISTICS_FLAT);
}

/* With the bank, options that nobody chose are seen. */
static void
test_dead_options (void)
{
  g_autofree char *text = make_file ();
  guint n_problems;
  g_autoptr (PcStatistics) statistics = read_text (text, &n_problems);
  g_autoptr (PcCatalogue) catalogue = pc_catalogue_new ();
  g_autoptr (PcBank) bank = bank_from_text (BANK_TEXT (
      "\"items\":[{\"id\":\"middle\",\"type\":\"single\",\"stem\":\"Which?\","
      "\"options\":[{\"id\":\"a\",\"text\":\"1\",\"correct\":true},"
      "{\"id\":\"b\",\"text\":\"2\"},{\"id\":\"c\",\"text\":\"3\"},"
      "{\"id\":\"d\",\"text\":\"4\"}]}]"));

  pc_catalogue_add_bank (catalogue, bank);
  pc_statistics_compute (statistics, catalogue);
  g_assert_cmpuint (find (statistics, "middle")->flags, ==,
                    PC_STATISTICS_DEAD);
}

/* Twice the same file, and a second try in a sitting, count once. */
static void
test_once (void)
{
  g_autofree char *text = make_file ();
  g_autofree char *twice = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  guint n_problems;
  g_autoptr (PcStatistics) statistics = read_text (text, &n_problems);
  GString *again = g_string_new (HEADER);

  pc_statistics_add_text (statistics, "copy.csv", text, strlen (text),
                          problems);
  add_row (again, "L00", "middle", "b", FALSE, 5);
  twice = g_string_free (again, FALSE);
  pc_statistics_add_text (statistics, "again.csv", twice, strlen (twice),
                          problems);
  pc_statistics_compute (statistics, NULL);
  g_assert_cmpuint (pc_statistics_get_n_sittings (statistics), ==, 20);
  g_assert_cmpuint (find (statistics, "middle")->n, ==, 20);
}

/* Learners without a name in two files are two. */
static void
test_nameless (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcStatistics) statistics = pc_statistics_new ();
  g_autofree char *text = NULL;
  GString *out = g_string_new (HEADER);

  add_row (out, "", "middle", "b", FALSE, 5);
  text = g_string_free (out, FALSE);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("%u.csv", i);

    pc_statistics_add_text (statistics, name, text, strlen (text), problems);
  }
  pc_statistics_compute (statistics, NULL);
  g_assert_cmpuint (pc_statistics_get_n_sittings (statistics), ==, 3);
  g_assert_true (isnan (find (statistics, "middle")->discrimination));
  g_assert_cmpuint (find (statistics, "middle")->flags, ==,
                    PC_STATISTICS_FEW);
}

typedef struct
{
  const char *text;
  gboolean    is_results;
  guint       n_problems;
  guint       n_items;
} BadRow;

static const BadRow bad_rows[] = {
  { "", FALSE, 1, 0 },
  { "name,points\nx,1\n", FALSE, 1, 0 },
  { "\"never", FALSE, 2, 0 },
  { "item_id,correct,chosen\n", TRUE, 0, 0 },
  { "item_id,correct,chosen\na,1,x\n\n", TRUE, 0, 1 },
  { "item_id,correct,chosen\na,1\n", TRUE, 1, 0 },
  { "item_id,correct,chosen\na,yes,x\nb,1,x\n", TRUE, 1, 1 },
  { "item_id,correct,chosen\n,1,x\na,2,x\na,-1,x\n", TRUE, 3, 0 },
  { "item_id,correct,chosen\na,1,x\n\"b", TRUE, 1, 1 },
  { "chosen,item_id,correct,ms,score,revision\nx,a,1,nan,inf,-4\n", TRUE, 0,
    1 },
  { "item_id,correct,chosen\n\xff\xfe,1,x\n", TRUE, 0, 1 },
};

static void
test_bad_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_rows); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcStatistics) statistics = pc_statistics_new ();

    g_test_message ("row %u", i);
    g_assert_cmpint (pc_statistics_add_text (statistics, "x.csv",
                                             bad_rows[i].text,
                                             strlen (bad_rows[i].text),
                                             problems),
                     ==, bad_rows[i].is_results);
    g_assert_cmpuint (pc_problems_get_n (problems), ==,
                      bad_rows[i].n_problems);
    pc_statistics_compute (statistics, NULL);
    g_assert_cmpuint (pc_statistics_get_n_items (statistics), ==,
                      bad_rows[i].n_items);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/numbers", test_numbers);
  g_test_add_func ("/statistics/dead-options", test_dead_options);
  g_test_add_func ("/statistics/once", test_once);
  g_test_add_func ("/statistics/nameless", test_nameless);
  g_test_add_func ("/statistics/bad-files", test_bad_files);
  return g_test_run ();
}
