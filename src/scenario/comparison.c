/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons in memory, and folders of them.  What reads the JSON is in
 * comparison-load.c; what runs two scenarios and matches their steps is the
 * application's. */

#include "scenario/comparison.h"

#include "scenario/comparison-private.h"

#include "base/paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>

PcComparison *
pc_comparison_alloc (const char *file)
{
  PcComparison *self = g_new0 (PcComparison, 1);

  g_atomic_ref_count_init (&self->refs);
  self->file = g_strdup (file);
  self->strings = g_string_chunk_new (256);
  self->rows = g_array_new (FALSE, TRUE, sizeof (PcComparisonRow));
  return self;
}

PcComparison *
pc_comparison_new (PcScenario *left,
                   PcScenario *right)
{
  PcComparison *self;

  g_return_val_if_fail (left != NULL && right != NULL, NULL);

  self = pc_comparison_alloc (NULL);
  self->id = "";
  self->title = g_string_chunk_insert (self->strings, _ ("Side by side"));
  self->scenarios[0] = pc_scenario_ref (left);
  self->scenarios[1] = pc_scenario_ref (right);
  return self;
}

PcComparison *
pc_comparison_ref (PcComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
pc_comparison_unref (PcComparison *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint half = 0; half < G_N_ELEMENTS (self->scenarios); half++)
    g_clear_pointer (&self->scenarios[half], pc_scenario_unref);
  g_array_unref (self->rows);
  g_string_chunk_free (self->strings);
  g_free (self->file);
  g_free (self);
}

const char *
pc_comparison_get_id (const PcComparison *self)
{
  return self->id;
}

const char *
pc_comparison_get_file (const PcComparison *self)
{
  return self->file;
}

const char *
pc_comparison_get_title (const PcComparison *self)
{
  return self->title;
}

const char *
pc_comparison_get_summary (const PcComparison *self)
{
  return self->summary;
}

guint
pc_comparison_get_order (const PcComparison *self)
{
  return self->order;
}

PcScenario *
pc_comparison_get_scenario (const PcComparison *self,
                            guint               half)
{
  g_return_val_if_fail (half < G_N_ELEMENTS (self->scenarios), NULL);

  return self->scenarios[half];
}

guint
pc_comparison_get_n_rows (const PcComparison *self)
{
  return self->rows->len;
}

const PcComparisonRow *
pc_comparison_get_row (const PcComparison *self,
                       guint               index)
{
  g_return_val_if_fail (index < self->rows->len, NULL);

  return &g_array_index (self->rows, PcComparisonRow, index);
}

const PcComparisonRow *
pc_comparison_find_row (const PcComparison *self,
                        guint               half,
                        const char         *mark)
{
  for (guint i = 0; mark != NULL && i < self->rows->len; i++) {
    const PcComparisonRow *row = pc_comparison_get_row (self, i);

    if (strcmp (half == 0 ? row->left : row->right, mark) == 0)
      return row;
  }
  return NULL;
}

/* -- folders -------------------------------------------------------------- */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const PcComparison *x = *(PcComparison *const *) a;
  const PcComparison *y = *(PcComparison *const *) b;

  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  return strcmp (x->id, y->id);
}

static void
add_dir (GPtrArray       *self,
         const char      *dir,
         const PcLibrary *library,
         PcProblems      *problems)
{
  g_auto (GStrv) paths = pc_paths_list (dir, ".json");

  for (guint i = 0; paths[i] != NULL; i++) {
    g_autoptr (PcComparison) comparison =
        pc_comparison_load (paths[i], library, problems);

    if (comparison == NULL)
      continue;
    if (pc_comparisons_find (self, comparison->id) != NULL)
      pc_problems_take (
          problems,
          pc_problem_new (PC_SEVERITY_ERROR, "S106", paths[i], 0, 0,
                          _ ("Another comparison has the id “%s” already."),
                          comparison->id));
    else
      g_ptr_array_add (self, g_steal_pointer (&comparison));
  }
  g_ptr_array_sort (self, compare);
}

GPtrArray *
pc_comparisons_load (const char      *dir,
                     const PcLibrary *library,
                     PcProblems      *problems)
{
  GPtrArray *self = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_comparison_unref);

  g_return_val_if_fail (dir != NULL && problems != NULL, self);

  add_dir (self, dir, library, problems);
  return self;
}

GPtrArray *
pc_comparisons_load_standard (const PcLibrary *library,
                              PcProblems      *problems)
{
  g_autofree char *ours = pc_paths_get_data ("comparisons");
  g_autofree char *own = pc_paths_get_user_data ("comparisons");
  GPtrArray       *self = pc_comparisons_load (ours, library, problems);

  add_dir (self, own, library, problems);
  return self;
}

PcComparison *
pc_comparisons_find (GPtrArray  *self,
                     const char *id)
{
  for (guint i = 0; i < self->len; i++)
    if (strcmp (pc_comparison_get_id (self->pdata[i]), id) == 0)
      return self->pdata[i];

  return NULL;
}
