/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FSRS-6, the memory model of the Free Spaced Repetition Scheduler by Jarrett
 * Ye and others (open-spaced-repetition), written from its published formulas
 * with its published default weights.
 *
 * A fact has a stability S, the days after which nine of ten such facts are
 * still known, and a difficulty D.  The forgetting curve is a power law that
 * passes 0.9 at t = S.  Where the implementations differ, in the floor of an
 * answer on the same day, this is the newer one: from "hard" on, it never
 * makes a memory weaker.
 * Not here: optimising the weights, learning steps, fuzz, calendars.
 */

#include "quiz/fsrs.h"

#include <math.h>

#define STABILITY_MIN 0.001

/* w0 … w20, as in fsrs-rs 6.6.1, py-fsrs 6.3.1 and fsrs4anki 6.1.1. */
static const double w[] = {
  0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
  0.001,  1.8722, 0.1666, 0.796,  1.4835, 0.0614, 0.2629,
  1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
};

static double
get_decay (void)
{
  return -w[20];
}

/* So that recall is 0.9 when t = S. */
static double
get_factor (void)
{
  return pow (0.9, 1 / get_decay ()) - 1;
}

static double
clamp_stability (double stability)
{
  return CLAMP (stability, STABILITY_MIN, PC_FSRS_STABILITY_MAX);
}

double
pc_fsrs_recall (double days,
                double stability)
{
  return pow (1 + get_factor () * MAX (days, 0) / clamp_stability (stability),
              get_decay ());
}

double
pc_fsrs_interval_factor (double recall)
{
  g_return_val_if_fail (recall > 0 && recall < 1, 1);

  return (pow (recall, 1 / get_decay ()) - 1) / get_factor ();
}

guint
pc_fsrs_interval (double stability,
                  double recall)
{
  /* rint: halves go to the even number, as in the reference. */
  double days = rint (clamp_stability (stability) *
                      pc_fsrs_interval_factor (recall));

  return CLAMP (days, 1, PC_FSRS_STABILITY_MAX);
}

/* Not clamped: the pull towards "easy" uses it as it is. */
static double
first_difficulty (guint grade)
{
  return w[4] - exp (w[5] * (grade - 1.0)) + 1;
}

PcFsrs
pc_fsrs_first (guint grade)
{
  PcFsrs self = { 0 };

  g_return_val_if_fail (grade >= 1 && grade <= 4, self);

  self.stability = w[grade - 1];
  self.difficulty = CLAMP (first_difficulty (grade), 1, 10);
  return self;
}

static double
next_difficulty (double difficulty,
                 guint  grade)
{
  double moved = difficulty + (10 - difficulty) / 9 * -w[6] * (grade - 3.0);
  double pulled = w[7] * first_difficulty (PC_FSRS_GRADE_EASY) +
                  (1 - w[7]) * moved;

  return CLAMP (pulled, 1, 10);
}

static double
after_success (const PcFsrs *self,
               double        recall,
               guint         grade)
{
  double growth = exp (w[8]) * (11 - self->difficulty) *
                  pow (self->stability, -w[9]) *
                  (exp (w[10] * (1 - recall)) - 1);

  if (grade == PC_FSRS_GRADE_HARD)
    growth *= w[15];
  else if (grade == PC_FSRS_GRADE_EASY)
    growth *= w[16];
  return self->stability * (1 + growth);
}

static double
after_failure (const PcFsrs *self,
               double        recall)
{
  double forgotten = w[11] * pow (self->difficulty, -w[12]) *
                     (pow (self->stability + 1, w[13]) - 1) *
                     exp (w[14] * (1 - recall));

  return MIN (forgotten, self->stability / exp (w[17] * w[18]));
}

static double
on_same_day (const PcFsrs *self,
             guint         grade)
{
  double change = exp (w[17] * (grade - 3.0 + w[18])) *
                  pow (self->stability, -w[19]);

  if (grade >= PC_FSRS_GRADE_HARD)
    change = MAX (change, 1);
  return self->stability * change;
}

PcFsrs
pc_fsrs_next (const PcFsrs *self,
              double        days,
              guint         grade)
{
  PcFsrs next = { 0 };
  double recall;

  g_return_val_if_fail (self != NULL, next);
  g_return_val_if_fail (grade >= 1 && grade <= 4, *self);

  /* Stability is that of the old difficulty. */
  recall = pc_fsrs_recall (days, self->stability);
  if (days < 1)
    next.stability = on_same_day (self, grade);
  else if (grade == PC_FSRS_GRADE_AGAIN)
    next.stability = after_failure (self, recall);
  else
    next.stability = after_success (self, recall, grade);
  next.stability = clamp_stability (next.stability);
  next.difficulty = next_difficulty (self->difficulty, grade);
  return next;
}
