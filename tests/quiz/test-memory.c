/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days, and what is remembered: which answers move it, when it is due, and how
 * an exam bends that.
 */

#include "quiz/day.h"
#include "quiz/memory.h"

#define NOON(day) (((gint64) (day) * 86400 + 12 * 3600) * G_USEC_PER_SEC)

static PcMemories *
new_memory (gint exam)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const PcMemoriesOptions options = { .zone = zone, .exam = exam };

  return pc_memories_new (&options);
}

static void
answer_at (PcMemories   *memory,
           const char *key,
           gint64      time_us,
           guint       grade)
{
  const PcMemoriesAnswer answer = { .bank = "b", .item = "i", .key = key,
                                  .time_us = time_us, .grade = grade };

  pc_memories_add (memory, &answer);
}

static void
answer (PcMemories   *memory,
        const char *key,
        gint        day,
        guint       grade)
{
  answer_at (memory, key, NOON (day), grade);
}

/* -- days ------------------------------------------------------------------ */

typedef struct
{
  const char *zone;
  const char *time; /* ISO 8601, UTC */
  const char *date; /* of the learner's day */
} DayRow;

static const DayRow day_rows[] = {
  { "UTC", "2026-11-23T03:59:59Z", "2026-11-22" },
  { "UTC", "2026-11-23T04:00:00Z", "2026-11-23" },
  { "UTC", "2026-11-24T03:59:59Z", "2026-11-23" },
  { "UTC", "1970-01-01T03:59:59Z", "1969-12-31" },
  { "UTC", "1970-01-01T04:00:00Z", "1970-01-01" },
  { "Europe/Berlin", "2026-11-23T02:59:59Z", "2026-11-22" },
  { "Europe/Berlin", "2026-11-23T03:00:00Z", "2026-11-23" },
  /* The nights in which clocks are changed have 23 and 25 hours. */
  { "Europe/Berlin", "2026-03-29T01:59:59Z", "2026-03-28" },
  { "Europe/Berlin", "2026-03-29T02:00:00Z", "2026-03-29" },
  { "Europe/Berlin", "2026-10-25T02:59:59Z", "2026-10-24" },
  { "Europe/Berlin", "2026-10-25T03:00:00Z", "2026-10-25" },
  { "Pacific/Kiritimati", "2026-01-01T13:59:59Z", "2026-01-01" },
  { "America/Los_Angeles", "2026-01-01T11:59:59Z", "2025-12-31" },
};

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (day_rows); i++) {
    const DayRow *row = &day_rows[i];
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (row->zone);
    g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (row->time,
                                                               NULL);
    g_autofree char *date = NULL;
    GDate found;
    gint  day;

    if (zone == NULL)
      continue; /* no tzdata here */
    day = pc_day_from_time (g_date_time_to_unix (time) * G_USEC_PER_SEC, zone);
    pc_day_to_date (day, &found);
    date = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&found),
                            g_date_get_month (&found), g_date_get_day (&found));
    g_test_message ("row %u", i);
    g_assert_cmpstr (date, ==, row->date);
    g_assert_cmpint (pc_day_from_date (&found), ==, day);
  }
  /* A clock that is beyond all reason. */
  pc_day_from_time (G_MAXINT64, NULL);
  pc_day_from_time (G_MININT64, NULL);
}

/* -- which answers count --------------------------------------------------- */

/* The published vector: Again, Good x 5 at t = 0, 0, 1, 3, 8, 21 days. */
static void
test_vector (void)
{
  static const gint days[] = { 0, 0, 1, 4, 12, 33 };
  g_autoptr (PcMemories) memory = new_memory (PC_DAY_NONE);
  const PcMemoriesFact *fact;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    answer (memory, "k", 100 + days[i], i == 0 ? 1 : 3);
  fact = pc_memories_lookup (memory, "k");
  g_assert_cmpfloat_with_epsilon (fact->fsrs.stability, 53.62691, 1e-4);
  g_assert_cmpfloat_with_epsilon (fact->fsrs.difficulty, 6.3574867, 1e-4);
  g_assert_cmpuint (fact->reps, ==, 6);
  g_assert_cmpuint (fact->lapses, ==, 0);
  g_assert_cmpint (fact->first, ==, 100);
  g_assert_cmpint (fact->last, ==, 133);
}

/* The first of a day moves memory, a second one as on the same day, no other
 * does. */
static void
test_same_day (void)
{
  g_autoptr (PcMemories) memory = new_memory (PC_DAY_NONE);
  PcFsrs want = pc_fsrs_first (3);
  const PcMemoriesFact *fact;

  answer (memory, "k", 10, 3);
  want = pc_fsrs_next (&want, 0, 1);
  answer_at (memory, "k", NOON (10) + 1, 1);
  answer_at (memory, "k", NOON (10) + 2, 1);
  answer_at (memory, "k", NOON (10) + 3, 4);
  fact = pc_memories_lookup (memory, "k");
  g_assert_cmpfloat (fact->fsrs.stability, ==, want.stability);
  /* Something was wrong: tomorrow again. */
  g_assert_cmpint (fact->due, ==, 11);
  want = pc_fsrs_next (&want, 2, 3);
  answer (memory, "k", 12, 3);
  g_assert_cmpfloat (fact->fsrs.stability, ==, want.stability);
  answer (memory, "k", 12, 3);
  want = pc_fsrs_next (&want, 0, 3);
  g_assert_cmpfloat (fact->fsrs.stability, ==, want.stability);
  /* Nothing at all from what was left blank in an exam. */
  answer (memory, "k", 20, 0);
  answer (memory, "other", 20, 0);
  g_assert_cmpint (fact->last, ==, 12);
  g_assert_cmpuint (pc_memories_get_n_facts (memory), ==, 1);
}

/* py-fsrs with its steps of minutes: Good x 6, Again x 2, Good x 5 gives 0, 2,
 * 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21 days.  Up to the lapse that is ours:
 * a step of minutes is an answer on the same day.  Beyond it is not, and means
 * to: of the three answers on the day of the lapse (Again, Again, Good) the
 * third does not count any more, and the fact is due tomorrow. */
static void
test_steps (void)
{
  static const guint want[] = { 2, 2, 11, 46, 163, 498 };
  g_autoptr (PcMemories) memory = new_memory (PC_DAY_NONE);
  const PcMemoriesFact *fact;
  PcFsrs lapse;
  gint   day = 0;

  for (guint i = 0; i < G_N_ELEMENTS (want); i++) {
    answer (memory, "k", day, 3);
    fact = pc_memories_lookup (memory, "k");
    g_assert_cmpuint (pc_fsrs_interval (fact->fsrs.stability, 0.9), ==,
                      want[i]);
    if (i > 0)
      day += want[i];
  }
  lapse = pc_fsrs_next (&fact->fsrs, 498, 1);
  lapse = pc_fsrs_next (&lapse, 0, 1);
  answer (memory, "k", day, 1);
  answer (memory, "k", day, 1);
  answer (memory, "k", day, 3);
  g_assert_cmpfloat (fact->fsrs.stability, ==, lapse.stability);
  g_assert_cmpint (fact->due, ==, day + 1);
}

/* What was wrong comes back tomorrow, however well it was known. */
static void
test_wrong_is_tomorrow (void)
{
  g_autoptr (PcMemories) memory = new_memory (PC_DAY_NONE);
  const PcMemoriesFact *fact;

  answer (memory, "k", 0, 4);
  answer (memory, "k", 8, 4);
  answer (memory, "k", 74, 1);
  fact = pc_memories_lookup (memory, "k");
  g_assert_cmpuint (fact->lapses, ==, 1);
  g_assert_cmpuint (pc_fsrs_interval (fact->fsrs.stability, 0.9), >, 1);
  g_assert_cmpint (fact->due, ==, 75);
  /* Right when it came back the same day: still tomorrow. */
  answer (memory, "k", 74, 2);
  g_assert_cmpint (fact->due, ==, 75);
  answer (memory, "k", 75, 3);
  g_assert_cmpint (fact->due, >, 76);
}

static void
test_clock_back (void)
{
  g_autoptr (PcMemories) memory = new_memory (PC_DAY_NONE);
  PcFsrs want = pc_fsrs_first (3);
  const PcMemoriesFact *fact;

  answer (memory, "k", 20000, 3); /* a clock years ahead */
  fact = pc_memories_lookup (memory, "k");
  /* It is not asked in years only. */
  g_assert_cmpint (pc_memories_get_due (memory, fact, 100), ==, 102);
  g_assert_cmpfloat (pc_memories_get_recall (memory, fact, 100), ==, 1);
  want = pc_fsrs_next (&want, 0, 3);
  answer (memory, "k", 100, 3);
  g_assert_cmpfloat (fact->fsrs.stability, ==, want.stability);
  want = pc_fsrs_next (&want, 5, 3);
  answer (memory, "k", 105, 3);
  g_assert_cmpfloat (fact->fsrs.stability, ==, want.stability);
}

/* -- when ------------------------------------------------------------------ */

/* Within 5 %, the same each time, not the same for all; short ones exact. */
static void
test_fuzz (void)
{
  g_autoptr (PcMemories) memory = new_memory (PC_DAY_NONE);
  g_autoptr (PcMemories) again = new_memory (PC_DAY_NONE);
  guint n_moved = 0;

  for (guint i = 0; i < 400; i++) {
    g_autofree char *key = g_strdup_printf ("k%u", i);
    const PcMemoriesFact *fact;
    double interval;

    for (guint r = 0; r < 2; r++) {
      answer (r == 0 ? memory : again, key, 0, 3);
      answer (r == 0 ? memory : again, key, 2, 3);
      answer (r == 0 ? memory : again, key, 13, 3);
    }
    fact = pc_memories_lookup (memory, key);
    interval = pc_fsrs_interval (fact->fsrs.stability, 0.9);
    g_assert_cmpfloat (interval, ==, 46);
    g_assert_cmpfloat (fact->due - 13, >=, 46 - 2.8);
    g_assert_cmpfloat (fact->due - 13, <=, 46 + 2.8);
    n_moved += fact->due - 13 != 46 ? 1 : 0;
    g_assert_cmpint (pc_memories_lookup (again, key)->due, ==, fact->due);
  }
  g_assert_cmpuint (n_moved, >, 200);
}

static void
test_wanted (void)
{
  g_autoptr (PcMemories) memory = new_memory (1000);
  g_autoptr (PcMemories) none = new_memory (PC_DAY_NONE);

  g_assert_cmpfloat (pc_memories_get_wanted (none, 999), ==, 0.90);
  g_assert_cmpfloat (pc_memories_get_wanted (memory, 900), ==, 0.90);
  g_assert_cmpfloat (pc_memories_get_wanted (memory, 986), ==, 0.90);
  g_assert_cmpfloat_with_epsilon (pc_memories_get_wanted (memory, 993), 0.925,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (pc_memories_get_wanted (memory, 999), 0.9464,
                                  1e-4);
  /* After it, as ever. */
  g_assert_cmpfloat (pc_memories_get_wanted (memory, 1000), ==, 0.90);
}

/* Every key gets a turn in the last three days, spread over them, and none
 * falls due on or after the exam. */
static void
test_exam (void)
{
  g_autoptr (PcMemories) memory = new_memory (1000);
  guint on[3] = { 0 };

  for (guint i = 0; i < 300; i++) {
    g_autofree char *key = g_strdup_printf ("k%u", i);
    const PcMemoriesFact *fact;
    gint due;

    answer (memory, key, 960, 4);
    answer (memory, key, 968, 4);
    fact = pc_memories_lookup (memory, key);
    g_assert_cmpint (fact->due, >, 1000);
    due = pc_memories_get_due (memory, fact, 980);
    g_assert_cmpint (due, >=, 997);
    g_assert_cmpint (due, <=, 999);
    on[due - 997]++;
    /* After its turn it is left alone. */
    answer (memory, key, due, 3);
    if (due < 999)
      g_assert_cmpint (pc_memories_get_due (memory, fact, 999), >, 999);
    /* After the exam all is as it was without. */
    g_assert_cmpint (pc_memories_get_due (memory, fact, 1000), ==, fact->due);
  }
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (on[i], >, 70);
}

/* Wanting more pulls forward. */
static void
test_exam_pulls (void)
{
  g_autoptr (PcMemories) memory = new_memory (1000);
  const PcMemoriesFact *fact;

  answer (memory, "k", 960, 3);
  answer (memory, "k", 962, 3);
  answer (memory, "k", 973, 3); /* 46 days */
  fact = pc_memories_lookup (memory, "k");
  g_assert_cmpint (fact->due, >, 1010);
  /* 0.946 wanted: 0.43 of the interval, before the final pass. */
  g_assert_cmpint (pc_memories_get_due (memory, fact, 999), <=, 995);
}

/* -- assumptions, wordings ------------------------------------------------- */

static void
test_assumed (void)
{
  g_autoptr (PcMemories) memory = new_memory (PC_DAY_NONE);
  PcMemoriesAnswer assumption = { .bank = "", .item = "", .key = "k",
                                .time_us = NOON (10), .grade = 4,
                                .assumed = TRUE };
  const PcMemoriesFact *fact;

  pc_memories_add (memory, &assumption);
  fact = pc_memories_lookup (memory, "k");
  g_assert_cmpfloat (fact->fsrs.stability, ==, pc_fsrs_first (4).stability);
  g_assert_cmpuint (fact->reps, ==, 0);
  g_assert_cmpuint (pc_memories_count_new (memory, 10), ==, 0);
  g_assert_cmpint (fact->due, >, 10);
  /* The first answer the same day is the truth. */
  answer (memory, "k", 10, 1);
  g_assert_cmpfloat (fact->fsrs.stability, ==, pc_fsrs_first (1).stability);
  g_assert_cmpuint (pc_memories_count_new (memory, 10), ==, 1);
  /* And no assumption moves what was answered. */
  assumption.time_us = NOON (30);
  pc_memories_add (memory, &assumption);
  g_assert_cmpint (fact->last, ==, 10);
}

static void
test_seen (void)
{
  g_autoptr (PcMemories) memory = new_memory (PC_DAY_NONE);
  PcMemoriesAnswer row = { .bank = "b", .item = "one", .key = "k",
                         .time_us = NOON (1), .grade = 3 };

  pc_memories_add (memory, &row);
  row.item = "two";
  pc_memories_add (memory, &row);
  g_assert_cmpuint (pc_memories_get_seen (memory, "k", "b", "one"), >, 0);
  g_assert_cmpuint (pc_memories_get_seen (memory, "k", "b", "two"), >,
                    pc_memories_get_seen (memory, "k", "b", "one"));
  g_assert_cmpuint (pc_memories_get_seen (memory, "k", "c", "one"), ==, 0);
  g_assert_cmpuint (pc_memories_get_seen (memory, "l", "b", "one"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory/days", test_days);
  g_test_add_func ("/memory/vector", test_vector);
  g_test_add_func ("/memory/same-day", test_same_day);
  g_test_add_func ("/memory/steps", test_steps);
  g_test_add_func ("/memory/wrong-is-tomorrow", test_wrong_is_tomorrow);
  g_test_add_func ("/memory/clock-back", test_clock_back);
  g_test_add_func ("/memory/fuzz", test_fuzz);
  g_test_add_func ("/memory/wanted", test_wanted);
  g_test_add_func ("/memory/exam", test_exam);
  g_test_add_func ("/memory/exam-pulls", test_exam_pulls);
  g_test_add_func ("/memory/assumed", test_assumed);
  g_test_add_func ("/memory/seen", test_seen);
  return g_test_run ();
}
