/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The comparisons that are shipped, run: both scenarios end as they should,
 * every pair exists and comes in the same order on both sides, and what the
 * texts claim to differ does differ. */

#include "run/run.h"
#include "scenario/comparison.h"
#include "timeline/score.h"
#include "timeline/totals.h"

#include "base/paths.h"

static GPtrArray *
load_all (PcLibrary *library)
{
  g_autofree char *dir = pc_paths_get_data ("comparisons");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  GPtrArray *all = pc_comparisons_load (dir, library, problems);

  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  g_assert_cmpuint (all->len, >=, 6);
  return all;
}

static PcLibrary *
load_library (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();

  return pc_library_new (dir, problems);
}

static PcTimeline *
run_half (PcComparison *comparison,
          PcHalf        half)
{
  PcScenario *scenario = pc_comparison_get_scenario (comparison, half);
  PcTimeline *timeline = pc_run_scenario (scenario, PC_LINK_MEMORY, NULL);

  g_test_message ("%s", pc_scenario_get_id (scenario));
  g_assert_nonnull (timeline);
  g_assert_cmpint (pc_timeline_get_outcome (timeline), !=, PC_OUTCOME_FAILED);
  return timeline;
}

/* Every row is a beat of the score: none was left out. */
static void
check_pairs (PcComparison *comparison,
             PcTimeline   *left,
             PcTimeline   *right)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (PcBeat));
  g_autoptr (PcScore) score = NULL;
  guint n = 0;

  for (guint i = 0; i < pc_comparison_get_n_rows (comparison); i++) {
    const PcComparisonRow *row = pc_comparison_get_row (comparison, i);
    int    x = pc_timeline_find_mark (left, row->left);
    int    y = pc_timeline_find_mark (right, row->right);
    PcBeat pair = { { (guint) x, (guint) y }, TRUE };

    g_test_message ("%s with %s: steps %d and %d", row->left, row->right, x,
                    y);
    g_assert_cmpint (x, >=, 0);
    g_assert_cmpint (y, >=, 0);
    g_array_append_val (pairs, pair);
  }
  score = pc_score_new (left, right, (PcBeat *) pairs->data, pairs->len);
  for (guint i = 0; i < pc_score_get_n_beats (score); i++)
    n += pc_score_get_beat (score, i)->paired;
  g_assert_cmpuint (n, ==, pairs->len);
}

static void
test_all (void)
{
  g_autoptr (PcLibrary) library = load_library ();
  g_autoptr (GPtrArray) all = load_all (library);

  for (guint i = 0; i < all->len; i++) {
    PcComparison *comparison = all->pdata[i];
    g_autoptr (PcTimeline) left = run_half (comparison, PC_HALF_LEFT);
    g_autoptr (PcTimeline) right = run_half (comparison, PC_HALF_RIGHT);

    check_pairs (comparison, left, right);
  }
}

/* -- what they say --------------------------------------------------------- */

static void
count (const char *id,
       PcTotals    totals[PC_N_HALVES])
{
  g_autoptr (PcLibrary) library = load_library ();
  g_autoptr (GPtrArray) all = load_all (library);
  PcComparison *comparison = pc_comparisons_find (all, id);

  g_assert_nonnull (comparison);
  for (guint half = 0; half < PC_N_HALVES; half++) {
    g_autoptr (PcTimeline) timeline = run_half (comparison, half);

    pc_totals_count (&totals[half], timeline);
    g_test_message ("%u turns, %u messages, %u datagrams, %u again, %u "
                    "octets, %u secrets",
                    totals[half].n_turns, totals[half].n_messages,
                    totals[half].n_datagrams, totals[half].n_again,
                    (guint) totals[half].n_octets, totals[half].n_secrets);
  }
}

/* TLS hides the password; it costs a turn and some octets. */
static void
test_tls (void)
{
  PcTotals totals[PC_N_HALVES];

  count ("imap-143-993", totals);
  g_assert_cmpuint (totals[0].n_secrets, ==, 1);
  g_assert_cmpuint (totals[1].n_secrets, ==, 0);
  g_assert_cmpuint (totals[1].n_turns, ==, totals[0].n_turns + 1);
  g_assert_cmpuint (totals[1].n_octets, >, totals[0].n_octets);
}

/* STARTTLS asks first, and what was heard in clear again. */
static void
test_starttls (void)
{
  PcTotals totals[PC_N_HALVES];

  count ("smtp-587-465", totals);
  g_assert_cmpuint (totals[0].n_secrets, ==, 0);
  g_assert_cmpuint (totals[1].n_secrets, ==, 0);
  g_assert_cmpuint (totals[0].n_turns, ==, totals[1].n_turns + 2);
  count ("imap-starttls-implicit", totals);
  g_assert_cmpuint (totals[0].n_turns, ==, totals[1].n_turns + 2);
}

/* The password is seen on both stretches of the way. */
static void
test_stripped (void)
{
  PcTotals totals[PC_N_HALVES];

  count ("smtp-stripped", totals);
  g_assert_cmpuint (totals[0].n_secrets, ==, 2);
  g_assert_cmpuint (totals[1].n_secrets, ==, 0);
}

static void
test_sorcerer (void)
{
  PcTotals totals[PC_N_HALVES];

  count ("tftp-sorcerer", totals);
  g_assert_cmpuint (totals[0].n_datagrams, ==, 19);
  g_assert_cmpuint (totals[1].n_datagrams, ==, 13);
  g_assert_cmpuint (totals[0].n_again, >, totals[1].n_again);
  g_assert_cmpuint (totals[0].n_messages, ==, 0);
}

static void
test_mailbox (void)
{
  PcTotals totals[PC_N_HALVES];

  count ("pop3-imap-mailbox", totals);
  g_assert_cmpuint (totals[0].n_secrets, ==, 1);
  g_assert_cmpuint (totals[1].n_secrets, ==, 1);
  g_assert_cmpuint (totals[0].n_turns, >, totals[1].n_turns);
  g_assert_cmpuint (totals[0].n_octets, <, totals[1].n_octets);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparisons/all", test_all);
  g_test_add_func ("/comparisons/tls", test_tls);
  g_test_add_func ("/comparisons/starttls", test_starttls);
  g_test_add_func ("/comparisons/stripped", test_stripped);
  g_test_add_func ("/comparisons/sorcerer", test_sorcerer);
  g_test_add_func ("/comparisons/mailbox", test_mailbox);
  return g_test_run ();
}
