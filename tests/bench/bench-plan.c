/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes to choose the next question from 100,000 memory keys: a
 * third due, a third later, a third new, 40 objectives.  The target is 5 ms for
 * each next; "plan-begin" is what is paid once per sitting, "replay" the year
 * of answers behind it.  Fails beyond the target.
 */

#include "quiz/plan.h"

#include <time.h>

#define N_KEYS 100000
#define N_OBJECTIVES 40
#define N_NEXT 2000
#define TODAY 400
#define TARGET 5000 /* microseconds */

static char keys[N_KEYS][24];
static char objectives[N_OBJECTIVES][8];

/* Of this thread: what others do meanwhile does not count. */
static gint64
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
fill_memory (PcMemories *memory)
{
  for (guint i = 0; i < N_KEYS; i++) {
    PcMemoriesAnswer answer = { .bank = "bench", .item = keys[i],
                              .key = keys[i] };

    if (i % 3 == 2)
      continue;
    for (guint r = 0; r < 3; r++) {
      gint day = i % 3 == 0 ? 50 + r * 20 + i % 11 : 390 + 2 * r;

      answer.time_us = ((gint64) day * 86400 + 43200) * G_USEC_PER_SEC;
      answer.grade = 2 + (i + r) % 3;
      pc_memories_add (memory, &answer);
    }
  }
}

static void
fill_plan (PcPlan *plan)
{
  for (guint i = 0; i < N_KEYS; i++) {
    const PcPlanItem item = { .bank = "bench", .item = keys[i], .key = keys[i],
                              .objective = objectives[i % N_OBJECTIVES],
                              .difficulty = 1 + i % 5 };

    pc_plan_add (plan, &item);
  }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const PcMemoriesOptions options = { .zone = zone, .exam = PC_DAY_NONE };
  const PcPlanOptions   plan_options = { .today = TODAY, .n_new = N_KEYS,
                                         .seed = 1 };
  g_autoptr (PcMemories) memory = pc_memories_new (&options);
  g_autoptr (PcPlan) plan = NULL;
  gint64 start, longest = 0, sum = 0;

  for (guint i = 0; i < N_KEYS; i++)
    g_snprintf (keys[i], sizeof keys[i], "svc:bench-%u/port", i);
  for (guint i = 0; i < N_OBJECTIVES; i++)
    g_snprintf (objectives[i], sizeof objectives[i], "o%u", i);
  start = get_cpu_time ();
  fill_memory (memory);
  g_print ("replay-200000 %.1f ms\n",
           (get_cpu_time () - start) / 1000.0);
  start = get_cpu_time ();
  plan = pc_plan_new (memory, &plan_options);
  fill_plan (plan);
  pc_plan_get_n_due (plan);
  g_print ("plan-begin-100000 %.1f ms\n",
           (get_cpu_time () - start) / 1000.0);
  for (guint i = 0; i < N_NEXT; i++) {
    gint64 took;

    start = get_cpu_time ();
    if (pc_plan_next (plan) == NULL)
      return 1;
    took = get_cpu_time () - start;
    longest = MAX (longest, took);
    sum += took;
  }
  g_print ("plan-next %.3f ms\nplan-next-longest %.3f ms\n",
           sum / 1000.0 / N_NEXT, longest / 1000.0);
  return longest <= TARGET ? 0 : 1;
}
