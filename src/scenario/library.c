/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All scenarios of a folder, in the order in which lists show them.
 *
 * A broken file is left out, its problems are told, and the others load.
 */

#include "scenario/library.h"

#include "base/paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PcLibrary
{
  GPtrArray *scenarios;
};

static guint
protocol_order (const PcScenario *scenario)
{
  guint i = 0;

  while (i < PC_N_PROTOCOLS &&
         pc_registry_get (i) != pc_scenario_get_protocol (scenario))
    i++;
  return i;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const PcScenario *x = *(PcScenario *const *) a;
  const PcScenario *y = *(PcScenario *const *) b;

  if (protocol_order (x) != protocol_order (y))
    return protocol_order (x) < protocol_order (y) ? -1 : 1;
  if (pc_scenario_get_order (x) != pc_scenario_get_order (y))
    return pc_scenario_get_order (x) < pc_scenario_get_order (y) ? -1 : 1;
  return strcmp (pc_scenario_get_id (x), pc_scenario_get_id (y));
}

static void
add (PcLibrary  *self,
     const char *path,
     PcProblems *problems)
{
  g_autoptr (PcScenario) scenario = pc_scenario_load (path, problems);

  if (scenario == NULL)
    return;
  if (pc_library_find (self, pc_scenario_get_id (scenario)) != NULL) {
    pc_problems_take (
        problems,
        pc_problem_new (PC_SEVERITY_ERROR, "S106", path, 0, 0,
                        _ ("Another scenario has the id “%s” already."),
                        pc_scenario_get_id (scenario)));
    return;
  }
  g_ptr_array_add (self->scenarios, g_steal_pointer (&scenario));
}

static void
add_dir (PcLibrary  *self,
         const char *dir,
         PcProblems *problems)
{
  g_auto (GStrv) paths = pc_paths_list (dir, ".json");

  for (guint i = 0; paths[i] != NULL; i++)
    add (self, paths[i], problems);
  g_ptr_array_sort (self->scenarios, compare);
}

PcLibrary *
pc_library_new (const char *dir,
                PcProblems *problems)
{
  PcLibrary *self = g_new0 (PcLibrary, 1);

  self->scenarios = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_scenario_unref);
  add_dir (self, dir, problems);
  return self;
}

PcLibrary *
pc_library_new_standard (PcProblems *problems)
{
  g_autofree char *ours = pc_paths_get_data ("scenarios");
  g_autofree char *own = pc_paths_get_user_data ("scenarios");
  PcLibrary       *self = pc_library_new (ours, problems);

  add_dir (self, own, problems);
  return self;
}

void
pc_library_free (PcLibrary *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->scenarios, g_ptr_array_unref);
  g_free (self);
}

guint
pc_library_get_n (const PcLibrary *self)
{
  return self->scenarios->len;
}

PcScenario *
pc_library_get (const PcLibrary *self,
                guint            index)
{
  g_return_val_if_fail (index < self->scenarios->len, NULL);

  return self->scenarios->pdata[index];
}

PcScenario *
pc_library_find (const PcLibrary *self,
                 const char      *id)
{
  for (guint i = 0; i < self->scenarios->len; i++)
    if (strcmp (pc_scenario_get_id (self->scenarios->pdata[i]), id) == 0)
      return self->scenarios->pdata[i];

  return NULL;
}
