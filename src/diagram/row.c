/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of the diagram, as rows.c makes it when it is asked for: plain
 * values, and references to the steps that they are of.
 */

#include "diagram/rows.h"

G_DEFINE_FINAL_TYPE (PcDiagramRow, pc_diagram_row, G_TYPE_OBJECT)

static void
pc_diagram_row_finalize (GObject *object)
{
  PcDiagramRow *self = PC_DIAGRAM_ROW (object);

  g_clear_object (&self->step);
  for (guint i = 0; i < self->n_spans; i++)
    g_clear_object (&self->spans[i].step);

  G_OBJECT_CLASS (pc_diagram_row_parent_class)->finalize (object);
}

static void
pc_diagram_row_class_init (PcDiagramRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pc_diagram_row_finalize;
}

static void
pc_diagram_row_init (PcDiagramRow *self)
{
}

const PcDiagramSpan *
pc_diagram_row_get_own_span (PcDiagramRow *row)
{
  for (guint i = 0; i < row->n_spans; i++)
    {
      const PcDiagramSpan *span = &row->spans[i];

      if (row->kind == PC_DIAGRAM_ROW_ARRIVAL ? span->below == 0
                                              : span->above == 0)
        return span;
    }

  return NULL;
}
