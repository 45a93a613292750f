/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FSRS-6, the memory model, with its default weights.  Pure functions; times
 * are days, grades are 1 again, 2 hard, 3 good, 4 easy. */

#define PC_FSRS_GRADE_AGAIN 1
#define PC_FSRS_GRADE_HARD 2
#define PC_FSRS_GRADE_GOOD 3
#define PC_FSRS_GRADE_EASY 4

/* The longest a memory is trusted: a hundred years. */
#define PC_FSRS_STABILITY_MAX 36500.0

typedef struct
{
  double stability;  /* days until the chance of recall is 90 %; 0: no memory */
  double difficulty; /* 1 to 10 */
} PcFsrs;

/* After the first answer ever. */
PcFsrs pc_fsrs_first (guint grade);
/* After one more, @days later.  Less than 1: again on the same day. */
PcFsrs pc_fsrs_next (const PcFsrs *self,
                     double        days,
                     guint         grade);
/* Chance of recall @days after the last answer, 0 to 1. */
double pc_fsrs_recall (double days,
                       double stability);
/* Days until the chance of recall has fallen to @recall (above 0, below 1):
 * 1 to PC_FSRS_STABILITY_MAX, whole. */
guint  pc_fsrs_interval (double stability,
                         double recall);
/* What pc_fsrs_interval() multiplies the stability with. */
double pc_fsrs_interval_factor (double recall);

G_END_DECLS
