/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The good part of a scenario with mistakes.
 *
 * What only stands beside the exchange (names, marks, notes, faults) is left
 * out where it is wrong.  The script is cut before its first mistake: what
 * comes later counts on it.  When the actors or the world are wrong nothing is
 * left, since everything counts on these.
 */

#include "scenario/source.h"

#include "scenario/scenario-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a mistake takes away. */
typedef struct
{
  const char *start;  /* of its pointer, a whole token */
  const char *reason; /* why nothing is left; N_() */
} Ground;

static const Ground grounds[] = {
  { "/format_version",
    N_ ("Nothing of it can be watched: it is written in a version of the "
        "format that this Portcall does not know.") },
  { "/actors",
    N_ ("Nothing of it can be watched before the actors are right: "
        "everything else counts on them.") },
  { "/world",
    N_ ("Nothing of it can be watched before the world is right: it is what "
        "the exchange begins with.") },
};

static gboolean
is_under (const char *pointer,
          const char *start)
{
  gsize len = strlen (start);

  return pointer != NULL && strncmp (pointer, start, len) == 0 &&
         (pointer[len] == '\0' || pointer[len] == '/');
}

/* "/script/12/user" is 12; -1 where the script is not meant. */
static int
find_entry (const char *pointer)
{
  const char *start = "/script/";

  if (pointer == NULL || !g_str_has_prefix (pointer, start))
    return -1;
  return (int) g_ascii_strtoll (pointer + strlen (start), NULL, 10);
}

static const char *
find_ground (PcProblems *problems)
{
  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    const PcProblem *problem = pc_problems_get (problems, i);

    if (problem->severity != PC_SEVERITY_ERROR)
      continue;
    for (guint j = 0; j < G_N_ELEMENTS (grounds); j++)
      if (is_under (problem->pointer, grounds[j].start))
        return _ (grounds[j].reason);
  }
  return NULL;
}

/* The number of the first wrong entry of the script, from 0; G_MAXINT when
 * all are right. */
static int
find_first_wrong (PcProblems *problems)
{
  int first = G_MAXINT;

  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    const PcProblem *problem = pc_problems_get (problems, i);
    int entry = find_entry (problem->pointer);

    if (problem->severity == PC_SEVERITY_ERROR && entry >= 0)
      first = MIN (first, entry);
  }
  return first;
}

static void
cut_script (PcScenario *self,
            int         first)
{
  guint n = 0;

  while (n < self->actions->len &&
         find_entry (pc_scenario_get_action (self, n)->pointer) < first)
    n++;
  g_array_set_size (self->actions, n);
}

/* Names that every scenario has. */
static void
fill_names (PcScenario *self)
{
  g_autofree char *name = g_path_get_basename (self->file);
  g_autofree char *clean = pc_problem_clean_text (name);
  const char      *kept = g_string_chunk_insert (self->strings, clean);

  if (self->id == NULL)
    self->id = kept;
  if (self->title == NULL)
    self->title = kept;
}

static char *
tell_part (const PcScenario *self,
           int               first)
{
  guint n = self->actions->len;

  if (first == G_MAXINT)
    return g_strdup (_ ("The whole script can be watched; what is wrong is "
                        "left out."));
  return g_strdup_printf (
      ngettext ("The first entry of the script can be watched, up to the "
                "first mistake in it.",
                "The first %u entries of the script can be watched, up to "
                "the first mistake in it.",
                n),
      n);
}

/* NULL when something is left. */
static const char *
find_reason (const PcScenario *self,
             PcProblems       *problems)
{
  const char *reason = find_ground (problems);

  if (reason != NULL)
    return reason;
  /* A mistake that is not listed may be anywhere. */
  if (pc_problems_count (problems, PC_SEVERITY_ERROR) >
      pc_problems_get_n (problems))
    return _ ("Nothing of it can be watched: there are too many mistakes.");
  if (self->services->len == 0)
    return _ ("Nothing of it can be watched: no server listens.");
  if (self->actions->len == 0)
    return _ ("Nothing of it can be watched: the script is missing or its "
              "first entry is wrong.");
  return NULL;
}

PcScenario *
pc_scenario_new_part (PcJson     *json,
                      PcProblems *problems,
                      char      **message)
{
  g_autoptr (PcProblems) own = pc_problems_new ();
  g_autoptr (PcScenario) scenario = NULL;
  const char *reason = NULL;
  int         first;

  g_return_val_if_fail (json != NULL && problems != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  *message = NULL;
  scenario = pc_scenario_load_all (json, own);
  if (pc_problems_count (own, PC_SEVERITY_ERROR) > 0) {
    first = find_first_wrong (own);
    cut_script (scenario, first);
    fill_names (scenario);
    reason = find_reason (scenario, own);
    *message = reason != NULL ? g_strdup (reason)
                              : tell_part (scenario, first);
  }
  pc_problems_take_all (problems, own);
  return reason == NULL ? g_steal_pointer (&scenario) : NULL;
}
