/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rows of a diagram are folded away: what somebody asks for, what the
 * current step keeps open, and what a filter hides.  The places themselves are
 * counted in folds.c.
 */

#include "diagram/rows-private.h"

void
pc_diagram_rows_set_folding (PcDiagramRows *self,
                             gboolean       folding)
{
  g_return_if_fail (PC_IS_DIAGRAM_ROWS (self));

  if (self->folding == folding)
    return;

  self->folding = folding;
  pc_diagram_rows_rebuild (self);
}

static gboolean
fold (PcDiagramRows *self,
      guint          at,
      gboolean       folded)
{
  guint before;
  guint seen;

  if (pc_folds_get (self->folds, at)->folded == folded)
    return FALSE;

  before = pc_folds_get_height (self->folds, at);
  seen = pc_folds_to_seen (self->folds,
                           pc_folds_get (self->folds, at)->begin);
  pc_folds_set_folded (self->folds, at, folded);
  g_list_model_items_changed (G_LIST_MODEL (self), seen, before,
                              pc_folds_get_height (self->folds, at));
  return TRUE;
}

gboolean
pc_diagram_rows_set_current (PcDiagramRows *self,
                             guint          index)
{
  guint    before;
  gboolean any = FALSE;

  g_return_val_if_fail (PC_IS_DIAGRAM_ROWS (self), FALSE);

  if (self->current == index)
    return FALSE;

  before = self->kept;
  self->current = index;
  self->kept = index != G_MAXUINT && self->filter == NULL
                   ? pc_folds_find_step (self->folds, index)
                   : G_MAXUINT;
  if (before != G_MAXUINT && before != self->kept)
    any = fold (self, before, pc_folds_get (self->folds, before)->wanted);
  if (self->kept != G_MAXUINT)
    any = fold (self, self->kept, FALSE) || any;
  return any;
}

gboolean
pc_diagram_rows_toggle (PcDiagramRows *self,
                        guint          index)
{
  guint    at;
  gboolean folded;

  g_return_val_if_fail (PC_IS_DIAGRAM_ROWS (self), FALSE);

  at = pc_folds_find_step (self->folds, index);
  if (at == G_MAXUINT)
    return FALSE;

  folded = !pc_folds_get (self->folds, at)->folded;
  pc_folds_set_wanted (self->folds, at, folded);
  return fold (self, at, folded);
}

void
pc_diagram_rows_set_filter (PcDiagramRows *self,
                            GtkBitset     *steps)
{
  g_return_if_fail (PC_IS_DIAGRAM_ROWS (self));

  if (self->filter == NULL && steps == NULL)
    return;

  g_clear_pointer (&self->filter, gtk_bitset_unref);
  self->filter = steps != NULL ? gtk_bitset_ref (steps) : NULL;
  self->filtered = self->timeline != NULL
                       ? pc_timeline_get_n_steps (self->timeline)
                       : 0;
  pc_diagram_rows_rebuild (self);
}
