/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A class vote without windows: its course, both tallies, per cents, and the
 * result file that comes of it. */

#include "quiz/statistics.h"
#include "quiz/vote.h"
#include "bank-text.h"

#define SECOND G_USEC_PER_SEC
#define BEGUN (G_GINT64_CONSTANT (1700000000) * SECOND)

#define SIMULATION \
  "\"simulation\":{\"scenario\":\"imap-read-phone\",\"step\":\"greeting\"}"

static const char text[] = BANK_TEXT (
    "\"items\":["
    "{\"id\":\"one\",\"type\":\"single\",\"stem\":\"Which?\"," SIMULATION ","
    "\"options\":[{\"id\":\"a\",\"text\":\"143\",\"correct\":true,"
    "\"feedback\":\"Yes.\"},{\"id\":\"b\",\"text\":\"110\"},"
    "{\"id\":\"c\",\"text\":\"25\"}]},"
    "{\"id\":\"some\",\"type\":\"multiple\",\"stem\":\"Which two?\","
    "\"options\":[{\"id\":\"a\",\"text\":\"1\",\"correct\":true},"
    "{\"id\":\"b\",\"text\":\"2\",\"correct\":true},"
    "{\"id\":\"c\",\"text\":\"3\"}]},"
    "{\"id\":\"number\",\"type\":\"number\",\"stem\":\"Which port?\","
    "\"unit\":\"port\",\"accept\":[{\"value\":995,\"feedback\":\"It is.\"}],"
    "\"expected_errors\":[{\"value\":110,\"feedback\":\"In the clear.\"}]},"
    "{\"id\":\"both\",\"type\":\"number\",\"stem\":\"And over what?\","
    "\"unit\":\"port\",\"ask_transport\":true,\"transport\":\"udp\","
    "\"accept\":[{\"value\":69}]},"
    "{\"id\":\"pairs\",\"type\":\"match\",\"stem\":\"Match.\","
    "\"left\":[{\"id\":\"l\",\"text\":\"L\"},{\"id\":\"m\",\"text\":\"M\"}],"
    "\"right\":[{\"id\":\"r\",\"text\":\"R\"},{\"id\":\"s\",\"text\":\"S\"}],"
    "\"pairs\":[{\"left\":\"l\",\"right\":\"r\"},"
    "{\"left\":\"m\",\"right\":\"s\"}]}]");

static PcVote *
make (const char *const *ids,
      guint64            seed)
{
  g_autoptr (PcBank) bank = bank_from_text (text);
  g_autoptr (GArray) picks = g_array_new (FALSE, FALSE, sizeof (PcPick));

  for (guint i = 0; ids[i] != NULL; i++) {
    const PcPick pick = { bank, pc_bank_lookup (bank, ids[i]) };

    g_assert_nonnull (pick.item);
    g_array_append_val (picks, pick);
  }
  return pc_vote_new ((const PcPick *) (gpointer) picks->data, picks->len,
                      seed, BEGUN);
}

/* Of the option with this text. */
static guint
find (PcVote     *vote,
      const char *wanted)
{
  for (guint i = 0; i < pc_vote_get_n_choices (vote); i++) {
    g_autofree char *shown = pc_vote_dup_text (vote, i, NULL);

    if (g_str_equal (shown, wanted))
      return i;
  }
  g_assert_not_reached ();
}

static void
raise_hands (PcVote     *vote,
             const char *wanted,
             guint       n)
{
  g_assert_true (pc_vote_set_hands (vote, find (vote, wanted), n));
}

static void
go_on (PcVote     *vote,
       PcVoteStage stage)
{
  pc_vote_go_on (vote, BEGUN + 9 * SECOND);
  g_assert_cmpint (pc_vote_get_stage (vote), ==, stage);
}

static void
go_back (PcVote     *vote,
         PcVoteStage stage)
{
  g_assert_true (pc_vote_go_back (vote));
  g_assert_cmpint (pc_vote_get_stage (vote), ==, stage);
}

/* -- course --------------------------------------------------------------- */

static void
test_course (void)
{
  g_autoptr (PcVote) vote = make ((const char *[]){ "one", "number", NULL },
                                  1);

  g_assert_cmpint (pc_vote_get_stage (vote), ==, PC_VOTE_ASKED);
  g_assert_true (pc_vote_is_counting (vote));
  g_assert_false (pc_vote_go_back (vote));
  g_assert_false (pc_vote_ask_again (vote));
  raise_hands (vote, "110", 5);
  raise_hands (vote, "143", 2);
  go_on (vote, PC_VOTE_COUNTED);
  g_assert_false (pc_vote_is_counting (vote));
  g_assert_false (pc_vote_set_hands (vote, 0, 9));
  g_assert_true (pc_vote_ask_again (vote));
  g_assert_cmpint (pc_vote_get_stage (vote), ==, PC_VOTE_ASKED_AGAIN);
  g_assert_cmpuint (pc_vote_get_n_rounds (vote), ==, 2);
  raise_hands (vote, "143", 6);
  raise_hands (vote, "25", 1);
  go_on (vote, PC_VOTE_COUNTED_AGAIN);
  g_assert_cmpuint (pc_vote_get_hands (vote, find (vote, "143"), 0), ==, 2);
  g_assert_cmpuint (pc_vote_get_hands (vote, find (vote, "143"), 1), ==, 6);
  go_on (vote, PC_VOTE_REVEALED);
  go_on (vote, PC_VOTE_PLAYED);
  go_on (vote, PC_VOTE_ASKED);
  g_assert_cmpuint (pc_vote_get_position (vote), ==, 1);
  /* Without hands there is no tally, without an exchange none is played. */
  go_on (vote, PC_VOTE_REVEALED);
  g_assert_false (pc_vote_go_on (vote, BEGUN));
  g_assert_cmpint (pc_vote_get_stage (vote), ==, PC_VOTE_OVER);
  g_assert_false (pc_vote_go_on (vote, BEGUN));
  g_assert_false (pc_vote_skip (vote, BEGUN));
  g_assert_cmpuint (pc_vote_get_position (vote), ==, 1);
}

/* Back through all of it, and a count that is mended. */
static void
test_back (void)
{
  g_autoptr (PcVote) vote = make ((const char *[]){ "one", "pairs", NULL },
                                  1);

  raise_hands (vote, "143", 3);
  go_on (vote, PC_VOTE_COUNTED);
  g_assert_true (pc_vote_ask_again (vote));
  raise_hands (vote, "143", 4);
  go_on (vote, PC_VOTE_COUNTED_AGAIN);
  go_on (vote, PC_VOTE_REVEALED);
  g_assert_true (pc_vote_skip (vote, BEGUN));
  g_assert_false (pc_vote_is_counting (vote)); /* pairs are no hands */
  go_on (vote, PC_VOTE_REVEALED);
  go_on (vote, PC_VOTE_OVER);
  go_back (vote, PC_VOTE_REVEALED);
  go_back (vote, PC_VOTE_ASKED);
  go_back (vote, PC_VOTE_REVEALED);
  g_assert_cmpuint (pc_vote_get_position (vote), ==, 0);
  go_back (vote, PC_VOTE_COUNTED_AGAIN);
  go_back (vote, PC_VOTE_ASKED_AGAIN);
  go_back (vote, PC_VOTE_COUNTED);
  go_back (vote, PC_VOTE_ASKED);
  raise_hands (vote, "143", 2);
  g_assert_cmpuint (pc_vote_get_n_hands (vote, 0), ==, 2);
  g_assert_cmpuint (pc_vote_get_n_hands (vote, 1), ==, 4);
}

/* Nobody votes again: the first tally is the only one. */
static void
test_second_without_hands (void)
{
  g_autoptr (PcVote) vote = make ((const char *[]){ "one", NULL }, 1);

  raise_hands (vote, "143", 3);
  go_on (vote, PC_VOTE_COUNTED);
  g_assert_true (pc_vote_ask_again (vote));
  go_on (vote, PC_VOTE_REVEALED);
  g_assert_cmpuint (pc_vote_get_n_rounds (vote), ==, 1);
  go_back (vote, PC_VOTE_COUNTED);
}

/* -- tallies -------------------------------------------------------------- */

static void
test_order (void)
{
  const char *const ids[] = { "one", NULL };
  guint places[3] = { 0, 0, 0 };

  for (guint64 seed = 0; seed < 60; seed++) {
    g_autoptr (PcVote) vote = make (ids, seed);
    g_autoptr (PcVote) again = make (ids, seed);
    guint at = find (vote, "143");

    g_assert_cmpuint (at, ==, find (again, "143"));
    for (guint i = 0; i < 3; i++)
      g_assert_cmpint (pc_vote_is_right (vote, i), ==, i == at);
    places[at]++;
  }
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (places[i], >, 5);
}

static void
test_percent (void)
{
  static const struct
  {
    guint hands[3];
    guint percent[3];
  } rows[] = {
    { { 1, 1, 1 }, { 34, 33, 33 } }, { { 2, 2, 3 }, { 29, 28, 43 } },
    { { 0, 0, 0 }, { 0, 0, 0 } },    { { 9, 0, 0 }, { 100, 0, 0 } },
    { { 1, 0, 5 }, { 17, 0, 83 } },  { { 999, 999, 1 }, { 50, 50, 0 } },
    { { 1, 2, 999 }, { 0, 0, 100 } }, { { 1, 6, 6 }, { 8, 46, 46 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcVote) vote = make ((const char *[]){ "one", NULL }, 1);

    g_test_message ("row %u", i);
    for (guint j = 0; j < 3; j++)
      g_assert_true (pc_vote_set_hands (vote, j, rows[i].hands[j]));
    for (guint j = 0; j < 3; j++)
      g_assert_cmpuint (pc_vote_get_percent (vote, j, 0), ==,
                        rows[i].percent[j]);
    g_assert_cmpuint (pc_vote_get_percent (vote, 0, 1), ==, 0);
  }
}

static void
test_limits (void)
{
  g_autoptr (PcVote) vote = make ((const char *[]){ "one", "number", NULL },
                                  1);

  g_assert_true (pc_vote_set_hands (vote, 0, G_MAXUINT));
  g_assert_cmpuint (pc_vote_get_hands (vote, 0, 0), ==, PC_LIMIT_VOTE_HANDS);
  g_assert_false (pc_vote_set_hands (vote, 3, 1));
  g_assert_false (pc_vote_set_hands (vote, G_MAXUINT, 1));
  g_assert_cmpint (pc_vote_call_out (vote, "143"), ==, -1);
  g_assert_true (pc_vote_skip (vote, BEGUN));
  for (guint i = 0; i < PC_LIMIT_VOTE_VALUES; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i + 1);

    g_assert_cmpint (pc_vote_call_out (vote, number), ==, (int) i);
  }
  g_assert_cmpint (pc_vote_call_out (vote, "13"), ==, -1);
  g_assert_cmpint (pc_vote_call_out (vote, "12"), ==, 11);
  g_assert_cmpuint (pc_vote_get_hands (vote, 11, 0), ==, 2);
}

static void
test_numbers (void)
{
  g_autoptr (PcVote) vote = make ((const char *[]){ "number", "both", NULL },
                                  1);
  g_autofree char *shown = NULL;

  g_assert_cmpuint (pc_vote_get_n_choices (vote), ==, 0);
  g_assert_cmpint (pc_vote_call_out (vote, "none"), ==, -1);
  g_assert_cmpint (pc_vote_call_out (vote, ""), ==, -1);
  g_assert_cmpint (pc_vote_call_out (vote, " 110 "), ==, 0);
  g_assert_cmpint (pc_vote_call_out (vote, "995"), ==, 1);
  g_assert_cmpint (pc_vote_call_out (vote, "995/tcp"), ==, 1);
  g_assert_cmpint (pc_vote_get_option (vote, 0), ==, -1);
  g_assert_false (pc_vote_is_right (vote, 0));
  g_assert_true (pc_vote_is_right (vote, 1));
  g_assert_cmpstr (pc_vote_get_feedback (vote, 0, NULL), ==,
                   "In the clear.");
  g_assert_cmpstr (pc_vote_get_feedback (vote, 1, NULL), ==, "It is.");
  g_assert_cmpuint (pc_vote_get_hands (vote, 1, 0), ==, 2);
  go_on (vote, PC_VOTE_COUNTED);
  g_assert_cmpint (pc_vote_call_out (vote, "110"), ==, -1);
  g_assert_true (pc_vote_skip (vote, BEGUN));
  g_assert_cmpint (pc_vote_call_out (vote, "69"), ==, -1);
  g_assert_cmpint (pc_vote_call_out (vote, "69/tcp"), ==, 0);
  g_assert_cmpint (pc_vote_call_out (vote, "udp 69"), ==, 1);
  g_assert_false (pc_vote_is_right (vote, 0));
  g_assert_true (pc_vote_is_right (vote, 1));
  shown = pc_vote_dup_text (vote, 1, NULL);
  g_assert_cmpstr (shown, ==, "69/udp");
}

/* -- afterwards ----------------------------------------------------------- */

static PcVote *
make_voted (void)
{
  PcVote *vote = make ((const char *[]){ "one", "some", "number", NULL }, 7);

  raise_hands (vote, "143", 12);
  raise_hands (vote, "110", 8);
  go_on (vote, PC_VOTE_COUNTED);
  g_assert_true (pc_vote_ask_again (vote));
  raise_hands (vote, "143", 20);
  pc_vote_skip (vote, BEGUN);
  raise_hands (vote, "1", 3);
  raise_hands (vote, "2", 4);
  raise_hands (vote, "3", 5);
  pc_vote_skip (vote, BEGUN);
  pc_vote_call_out (vote, "110");
  return vote;
}

static void
test_summary (void)
{
  g_autoptr (PcVote) vote = make_voted ();
  guint n_right, n_hands;

  g_assert_cmpuint (pc_vote_count_all (vote), ==, 20 + 20 + 12 + 1);
  g_assert_true (pc_vote_summarize (vote, 0, 0, &n_right, &n_hands));
  g_assert_cmpuint (n_right, ==, 12);
  g_assert_cmpuint (n_hands, ==, 20);
  g_assert_true (pc_vote_summarize (vote, 0, 1, &n_right, &n_hands));
  g_assert_cmpuint (n_right, ==, 20);
  g_assert_true (pc_vote_summarize (vote, 1, 0, &n_right, &n_hands));
  g_assert_cmpuint (n_right, ==, 7);
  g_assert_cmpuint (n_hands, ==, 12);
  g_assert_false (pc_vote_summarize (vote, 2, 1, &n_right, &n_hands));
}

/* What a teacher collects is read by the statistics. */
static void
test_csv (void)
{
  g_autoptr (PcVote) vote = make_voted ();
  g_autofree char *csv = pc_vote_to_csv (vote);
  g_autoptr (PcStatistics) statistics = pc_statistics_new ();
  g_autoptr (PcProblems) problems = pc_problems_new ();
  const PcStatisticsItem *item;

  g_assert_true (pc_statistics_add_text (statistics, "vote.csv", csv,
                                         strlen (csv), problems));
  /* Given twice, a file counts once. */
  g_assert_true (pc_statistics_add_text (statistics, "again.csv", csv,
                                         strlen (csv), problems));
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  pc_statistics_compute (statistics, NULL);
  g_assert_cmpuint (pc_statistics_get_n_sittings (statistics), ==, 21);
  g_assert_cmpuint (pc_statistics_get_n_items (statistics), ==, 2);
  item = pc_statistics_get_item (statistics, 1);
  g_assert_cmpstr (item->item, ==, "one");
  g_assert_cmpuint (item->n, ==, 20);
  g_assert_cmpfloat_with_epsilon (item->p, 0.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (item->seconds, 9, 1e-9);
  g_assert_true (item->discrimination != item->discrimination); /* NAN */
  g_assert_cmpuint (item->choices->len, ==, 2);
  g_assert_cmpstr (g_array_index (item->choices, PcStatisticsChoice, 0).choice,
                   ==, "a");
  g_assert_false (item->flags & PC_STATISTICS_FLAT);
  g_assert_nonnull (strstr (csv, ",hand 1-20,2023-11-14T22:13:20Z,"));
  g_assert_null (strstr (csv, ",some,"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vote/course", test_course);
  g_test_add_func ("/vote/back", test_back);
  g_test_add_func ("/vote/second-without-hands", test_second_without_hands);
  g_test_add_func ("/vote/order", test_order);
  g_test_add_func ("/vote/percent", test_percent);
  g_test_add_func ("/vote/limits", test_limits);
  g_test_add_func ("/vote/numbers", test_numbers);
  g_test_add_func ("/vote/summary", test_summary);
  g_test_add_func ("/vote/csv", test_csv);
  return g_test_run ();
}
