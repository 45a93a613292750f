/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long one scenario takes, from its JSON text to a finished timeline:
 * over real sockets and in memory.  Prints the median of many runs,
 * "scenario-run-tcp N ms" and "scenario-run-memory N ms".
 */

#include "base/paths.h"
#include "run/run.h"

#define N_RUNS 50

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void
measure (const char *path,
         PcLinkKind  link,
         const char *name)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < N_RUNS; i++) {
    gint64                 begin = g_get_monotonic_time ();
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcScenario) scenario = pc_scenario_load (path, problems);
    g_autoptr (PcTimeline) timeline = NULL;
    gint64                 took;

    g_assert_nonnull (scenario);
    timeline = pc_run_scenario (scenario, link, NULL);
    g_assert_nonnull (timeline);
    g_assert_cmpint (pc_timeline_get_outcome (timeline), ==, PC_OUTCOME_OK);
    took = g_get_monotonic_time () - begin;
    g_array_append_val (times, took);
  }

  g_array_sort (times, compare);
  g_print ("%s %.2f ms\n", name,
           (double) g_array_index (times, gint64, N_RUNS / 2) / 1000);
}

int
main (void)
{
  g_autofree char *path = pc_paths_get_data ("scenarios/imap-read-phone.json");

  measure (path, PC_LINK_SOCKETS, "scenario-run-tcp");
  measure (path, PC_LINK_MEMORY, "scenario-run-memory");
  return 0;
}
