/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FSRS-6 against the published vectors of py-fsrs and against numbers worked
 * out apart from this code; and what must hold for any number.
 */

#include "quiz/fsrs.h"

#include <math.h>

#define CLOSE 1e-4

/* -- published ------------------------------------------------------------- */

/* Again, Good x 5 at t = 0, 0, 1, 3, 8, 21. */
static void
test_memory_state (void)
{
  static const guint gaps[] = { 0, 1, 3, 8, 21 };
  PcFsrs self = pc_fsrs_first (PC_FSRS_GRADE_AGAIN);

  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    self = pc_fsrs_next (&self, gaps[i], PC_FSRS_GRADE_GOOD);
  g_assert_cmpfloat_with_epsilon (self.stability, 53.62691, CLOSE);
  g_assert_cmpfloat_with_epsilon (self.difficulty, 6.3574867, CLOSE);
}

typedef struct
{
  const char *name;
  const char *grades;
  guint       intervals[8];
} OnTime;

/* Each answer on the day it is due, without learning steps, recall 0.9. */
static const OnTime on_time[] = {
  { "good", "333333", { 2, 11, 46, 163, 497, 1346 } },
  { "hard", "222222", { 1, 3, 7, 12, 18, 25 } },
  { "easy", "444", { 8, 66, 397 } },
  { "again-good", "13333", { 1, 2, 6, 17, 44 } },
  { "lapse", "333133", { 2, 11, 46, 3, 8, 19 } },
};

static void
test_on_time (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (on_time); i++) {
    const OnTime *row = &on_time[i];
    PcFsrs        self = { 0 };
    guint         interval = 0;

    for (guint k = 0; row->grades[k] != '\0'; k++) {
      guint grade = row->grades[k] - '0';

      self = k == 0 ? pc_fsrs_first (grade)
                    : pc_fsrs_next (&self, interval, grade);
      interval = pc_fsrs_interval (self.stability, 0.9);
      if (interval != row->intervals[k])
        g_error ("%s, answer %u: %u days instead of %u", row->name, k,
                 interval, row->intervals[k]);
    }
  }
}

/* py-fsrs with its learning steps of 1 and 10 minutes and 10 minutes after a
 * lapse: Good x 6, Again x 2, Good x 5.  "0" is a step of minutes, so the next
 * answer falls on the same day.  Only the steps are its own: whenever it gives
 * days, they are ours. */
static void
test_with_steps (void)
{
  static const char  grades[] = "3333331133333";
  static const guint want[] = { 0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21 };
  PcFsrs self = { 0 };

  for (guint k = 0; k < G_N_ELEMENTS (want); k++) {
    guint grade = grades[k] - '0';

    self = k == 0 ? pc_fsrs_first (grade)
                  : pc_fsrs_next (&self, want[k - 1], grade);
    if (want[k] > 0)
      g_assert_cmpuint (pc_fsrs_interval (self.stability, 0.9), ==, want[k]);
  }
}

/* -- the curve ------------------------------------------------------------- */

static void
test_curve (void)
{
  static const struct
  {
    double recall;
    double factor;
  } rows[] = { { 0.80, 3.316 }, { 0.85, 1.906 }, { 0.90, 1 }, { 0.95, 0.403 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpfloat_with_epsilon (pc_fsrs_interval_factor (rows[i].recall),
                                    rows[i].factor, 1e-3);
    g_assert_cmpfloat_with_epsilon (
        pc_fsrs_recall (50 * pc_fsrs_interval_factor (rows[i].recall), 50),
        rows[i].recall, 1e-9);
  }
  g_assert_cmpfloat (pc_fsrs_recall (0, 5), ==, 1);
  g_assert_cmpfloat (pc_fsrs_recall (-3, 5), ==, 1);
  /* factor = 0.98034649… */
  g_assert_cmpfloat_with_epsilon (pc_fsrs_recall (1, 1), 0.9, 1e-12);
  g_assert_cmpfloat_with_epsilon (
      pow (pc_fsrs_recall (1, 1), -1 / 0.1542) - 1, 0.98034649, 1e-8);
}

static void
test_interval_limits (void)
{
  g_assert_cmpuint (pc_fsrs_interval (0.001, 0.9), ==, 1);
  g_assert_cmpuint (pc_fsrs_interval (1e9, 0.9), ==, 36500);
  g_assert_cmpuint (pc_fsrs_interval (36500, 0.7), ==, 36500);
  g_assert_cmpuint (pc_fsrs_interval (2.5, 0.9), ==, 2); /* half to even */
  g_assert_cmpuint (pc_fsrs_interval (3.5, 0.9), ==, 4);
}

/* -- for any numbers ------------------------------------------------------- */

static void
test_first (void)
{
  static const double stability[] = { 0.212, 1.2931, 2.3065, 8.2956 };
  static const double difficulty[] = { 6.4133, 5.1121707, 2.1181038, 1 };

  for (guint grade = 1; grade <= 4; grade++) {
    PcFsrs self = pc_fsrs_first (grade);

    g_assert_cmpfloat (self.stability, ==, stability[grade - 1]);
    g_assert_cmpfloat_with_epsilon (self.difficulty, difficulty[grade - 1],
                                    CLOSE);
  }
}

static void
assert_sane (const PcFsrs *self)
{
  g_assert_true (isfinite (self->stability) && isfinite (self->difficulty));
  g_assert_cmpfloat (self->stability, >=, 0.001);
  g_assert_cmpfloat (self->stability, <=, PC_FSRS_STABILITY_MAX);
  g_assert_cmpfloat (self->difficulty, >=, 1);
  g_assert_cmpfloat (self->difficulty, <=, 10);
}

static void
test_always_sane (void)
{
  for (guint run = 0; run < 2000; run++) {
    PcFsrs self = pc_fsrs_first (g_test_rand_int_range (1, 5));

    for (guint i = 0; i < 40; i++) {
      double days = g_test_rand_int_range (0, 4) == 0
                        ? 0
                        : g_test_rand_double_range (0, 40000);
      PcFsrs grades[5];

      for (guint grade = 1; grade <= 4; grade++) {
        grades[grade] = pc_fsrs_next (&self, days, grade);
        assert_sane (&grades[grade]);
        if (grade > 1)
          g_assert_cmpfloat (grades[grade].stability, >=,
                             grades[grade - 1].stability);
      }
      /* From "hard" on, memory never gets weaker; "again" never stronger. */
      g_assert_cmpfloat (grades[2].stability, >=, self.stability);
      g_assert_cmpfloat (grades[1].stability, <=,
                         MAX (self.stability, 0.001));
      self = grades[g_test_rand_int_range (1, 5)];
    }
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fsrs/memory-state", test_memory_state);
  g_test_add_func ("/fsrs/on-time", test_on_time);
  g_test_add_func ("/fsrs/with-steps", test_with_steps);
  g_test_add_func ("/fsrs/curve", test_curve);
  g_test_add_func ("/fsrs/interval-limits", test_interval_limits);
  g_test_add_func ("/fsrs/first", test_first);
  g_test_add_func ("/fsrs/always-sane", test_always_sane);
  return g_test_run ();
}
