/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Turns a scenario with an armed fault into a scenario that has it.
 *
 * A script that stops at a refusal says so in its file, and ends there.  Which
 * action that is, is found by trying: the file that is written is one that has
 * run.
 */

#include "run/fault-aim.h"

#include "run/run.h"
#include "scenario/scenario.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Ids of marks that no step of @timeline has.  The array is the caller's. */
static GPtrArray *
find_lost_marks (const PcScenario *scenario,
                 PcTimeline       *timeline)
{
  GPtrArray *lost = g_ptr_array_new ();

  for (guint i = 0; i < pc_scenario_get_n_marks (scenario); i++) {
    const char *id = pc_scenario_get_mark (scenario, i)->id;

    if (pc_timeline_find_mark (timeline, id) < 0)
      g_ptr_array_add (lost, (gpointer) id);
  }
  g_ptr_array_add (lost, NULL);
  return lost;
}

static gboolean
begins_like (PcTimeline *timeline,
             PcTimeline *other)
{
  guint n = pc_timeline_get_n_steps (other);

  for (guint i = 0; i < n; i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    if (step == NULL ||
        g_strcmp0 (pc_step_get_rule (step),
                   pc_step_get_rule (pc_timeline_get_step (other, i))) != 0)
      return FALSE;
  }
  return TRUE;
}

/* Whether what was written does by itself what was tried. */
static gboolean
is_proven (GBytes     *bytes,
           PcTimeline *tried)
{
  gsize         len;
  const guint8 *octets = g_bytes_get_data (bytes, &len);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) scenario = pc_scenario_parse ("saved", octets, len,
                                                       problems);
  g_autoptr (PcTimeline) timeline = NULL;

  if (scenario == NULL || pc_problems_get_n (problems) > 0)
    return FALSE;
  timeline = pc_run_scenario (scenario, PC_LINK_MEMORY, NULL);
  return timeline != NULL &&
         pc_timeline_get_outcome (timeline) != PC_OUTCOME_FAILED &&
         begins_like (timeline, tried);
}

GBytes *
pc_fault_save (PcScenario *scenario,
               const char *spec,
               PcTimeline *timeline,
               GError    **error)
{
  gboolean failed = pc_timeline_get_outcome (timeline) == PC_OUTCOME_FAILED;
  g_autoptr (GPtrArray) lost = find_lost_marks (scenario, timeline);

  g_return_val_if_fail (spec != NULL, NULL);

  for (guint i = 0; i == 0 || i < pc_scenario_get_n_actions (scenario); i++) {
    const char *last =
        failed ? pc_scenario_get_action (scenario, i)->pointer : NULL;
    g_autoptr (GBytes) bytes = pc_fault_write_scenario (
        scenario, spec, last, (const char *const *) lost->pdata, error);

    if (bytes == NULL)
      return NULL;
    if (is_proven (bytes, timeline))
      return g_steal_pointer (&bytes);
    if (!failed)
      break;
  }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _ ("A scenario cannot say how this ends: nothing was "
                          "refused, and the script was not over."));
  return NULL;
}
