/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Progress: what the answers add up to.
 */

#include "quiz/day.h"
#include "quiz/progress.h"

#define NOON(day) (((gint64) (day) * 86400 + 12 * 3600) * G_USEC_PER_SEC)

static PcProgress *
new_progress (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  return pc_progress_new (zone);
}

static void
add (PcProgress *progress,
     const char *item,
     const char *objectives,
     gint        day,
     PcCertainty certainty,
     gboolean    correct,
     gboolean    retry)
{
  const PcRecordAnswer answer = { .bank = "b", .item = item,
                                  .memory_key = item, .choice = "o1",
                                  .objectives = objectives,
                                  .time_us = NOON (day), .taken_us = 1000,
                                  .certainty = certainty, .correct = correct,
                                  .retry = retry };

  pc_progress_add (progress, &answer);
}

static void
test_objectives (void)
{
  g_autoptr (PcProgress) progress = new_progress ();
  g_autoptr (GArray) rows = NULL;
  const PcProgressObjective *row;

  for (guint i = 0; i < 8; i++) {
    g_autofree char *item = g_strdup_printf ("i%u", i);

    /* Wrong at first; what counts is the last first try. */
    add (progress, item, "a all", 1, 1, FALSE, FALSE);
    add (progress, item, "a all", 2, 1, i < 5, FALSE);
    add (progress, item, "a all", 2, 1, TRUE, TRUE);
  }
  for (guint i = 0; i < 7; i++) {
    g_autofree char *item = g_strdup_printf ("k%u", i);

    add (progress, item, "b all", 1, 1, TRUE, FALSE);
  }
  add (progress, "none", "", 1, 1, TRUE, FALSE);
  rows = pc_progress_get_objectives (progress);
  g_assert_cmpuint (rows->len, ==, 3);
  row = &g_array_index (rows, PcProgressObjective, 0);
  g_assert_cmpstr (row->objective, ==, "a");
  g_assert_cmpuint (row->n, ==, 8);
  g_assert_cmpuint (row->n_correct, ==, 5);
  g_assert_cmpint (row->percent, ==, 63); /* 62.5 */
  row = &g_array_index (rows, PcProgressObjective, 1);
  g_assert_cmpstr (row->objective, ==, "all");
  g_assert_cmpint (row->percent, ==, 80);
  /* Seven say nothing, and come last. */
  row = &g_array_index (rows, PcProgressObjective, 2);
  g_assert_cmpstr (row->objective, ==, "b");
  g_assert_cmpuint (row->n, ==, 7);
  g_assert_cmpint (row->percent, ==, -1);
}

static void
test_days (void)
{
  g_autoptr (PcProgress) progress = new_progress ();
  g_autoptr (GArray) days = NULL;
  static const guint want[] = { 0, 2, 0, 1, 1, 0 };

  add (progress, "a", "", 101, 1, TRUE, FALSE);
  add (progress, "b", "", 101, 1, FALSE, FALSE);
  add (progress, "b", "", 101, 1, TRUE, TRUE);
  add (progress, "a", "", 103, 1, TRUE, FALSE);
  add (progress, "a", "", 104, 1, TRUE, FALSE);
  days = pc_progress_get_days (progress, 100, 105);
  g_assert_cmpuint (days->len, ==, 6);
  for (guint i = 0; i < 6; i++) {
    g_assert_cmpint (g_array_index (days, PcProgressDay, i).day, ==, 100 + i);
    g_assert_cmpuint (g_array_index (days, PcProgressDay, i).n, ==, want[i]);
  }
  g_assert_cmpuint (g_array_index (days, PcProgressDay, 1).n_correct, ==, 1);
  g_assert_cmpint (g_array_index (days, PcProgressDay, 1).taken_us, ==, 3000);
  g_assert_cmpuint (pc_progress_get_streak (progress, 104), ==, 2);
  g_assert_cmpuint (pc_progress_get_streak (progress, 105), ==, 2);
  g_assert_cmpuint (pc_progress_get_streak (progress, 106), ==, 0);
  g_assert_cmpuint (pc_progress_get_n_answers (progress), ==, 5);
}

static void
test_certainty (void)
{
  g_autoptr (PcProgress) progress = new_progress ();
  PcProgressCertainty    row;

  for (guint i = 0; i < 10; i++)
    add (progress, "i", "", i, PC_CERTAINTY_SURE, i < 9, FALSE);
  add (progress, "i", "", 10, PC_CERTAINTY_SURE, FALSE, TRUE);
  add (progress, "i", "", 10, PC_CERTAINTY_GUESS, TRUE, FALSE);
  row = pc_progress_get_certainty (progress, PC_CERTAINTY_SURE);
  g_assert_cmpuint (row.n, ==, 10);
  g_assert_cmpuint (row.n_correct, ==, 9);
  g_assert_cmpint (row.percent, ==, 90);
  row = pc_progress_get_certainty (progress, PC_CERTAINTY_GUESS);
  g_assert_cmpuint (row.n, ==, 1);
  g_assert_cmpint (row.percent, ==, -1);
}

static void
test_slips (void)
{
  g_autoptr (PcProgress) progress = new_progress ();
  g_autoptr (GArray) slips = NULL;
  const PcProgressSlip *slip;

  add (progress, "mended", "", 1, PC_CERTAINTY_SURE, FALSE, FALSE);
  add (progress, "mended", "", 1, PC_CERTAINTY_SURE, TRUE, TRUE);
  add (progress, "mended", "", 2, PC_CERTAINTY_SURE, TRUE, FALSE);
  add (progress, "twice", "", 1, PC_CERTAINTY_SURE, FALSE, FALSE);
  add (progress, "twice", "", 3, PC_CERTAINTY_SURE, FALSE, FALSE);
  add (progress, "early", "", 2, PC_CERTAINTY_SURE, FALSE, FALSE);
  /* The same day it may be the explanation that is remembered. */
  add (progress, "early", "", 2, PC_CERTAINTY_SURE, TRUE, FALSE);
  add (progress, "unsure", "", 2, PC_CERTAINTY_FAIRLY, FALSE, FALSE);
  slips = pc_progress_get_slips (progress);
  g_assert_cmpuint (slips->len, ==, 3);
  slip = &g_array_index (slips, PcProgressSlip, 0);
  g_assert_cmpstr (slip->item, ==, "twice");
  g_assert_cmpuint (slip->n, ==, 2);
  g_assert_cmpstr (slip->choice, ==, "o1");
  slip = &g_array_index (slips, PcProgressSlip, 1);
  g_assert_cmpstr (slip->item, ==, "early");
  g_assert_false (slip->mended);
  slip = &g_array_index (slips, PcProgressSlip, 2);
  g_assert_cmpstr (slip->item, ==, "mended");
  g_assert_true (slip->mended);
}

static void
test_forecast (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const PcMemoriesOptions options = { .zone = zone, .exam = PC_DAY_NONE };
  g_autoptr (PcMemories) memory = pc_memories_new (&options);
  static const struct
  {
    const char *key;
    gint        day;
    guint       grade;
  } rows[] = {
    { "overdue", 900, 3 }, { "today", 998, 3 }, { "tomorrow", 1000, 1 },
    { "in-two", 1000, 3 },
  };
  g_autoptr (GArray) days = NULL;
  guint boxes[PC_PROGRESS_BOXES];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PcMemoriesAnswer answer = { .bank = "b", .item = "i",
                                    .key = rows[i].key,
                                    .time_us = NOON (rows[i].day),
                                    .grade = rows[i].grade };

    pc_memories_add (memory, &answer);
  }
  days = pc_progress_forecast (memory, 1000, 3);
  g_assert_cmpuint (days->len, ==, 3);
  g_assert_cmpuint (g_array_index (days, guint, 0), ==, 2);
  g_assert_cmpuint (g_array_index (days, guint, 1), ==, 1);
  g_assert_cmpuint (g_array_index (days, guint, 2), ==, 1);
  pc_progress_count_boxes (memory, boxes);
  g_assert_cmpuint (boxes[0], ==, 1); /* S 0.212 */
  g_assert_cmpuint (boxes[1], ==, 3); /* S 2.3 */
  g_assert_cmpuint (boxes[2] + boxes[3] + boxes[4], ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/objectives", test_objectives);
  g_test_add_func ("/progress/days", test_days);
  g_test_add_func ("/progress/certainty", test_certainty);
  g_test_add_func ("/progress/slips", test_slips);
  g_test_add_func ("/progress/forecast", test_forecast);
  return g_test_run ();
}
