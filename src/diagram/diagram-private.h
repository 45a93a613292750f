/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What diagram.c and diagram-follow.c share. */

#include "diagram/diagram.h"

#include "diagram/row-views.h"
#include "diagram/ticker.h"

G_BEGIN_DECLS

struct _PcDiagram
{
  GtkWidget           parent_instance;

  PcPlayer           *player;
  PcScene            *scene;
  PcDiagramRows      *rows;
  GtkSingleSelection *selection;
  PcRowViews         *views;
  GtkWidget          *header;
  GtkWidget          *scroller;
  GtkWidget          *list;
  GtkAdjustment      *adjustment;
  PcTicker           *ticker;
  guint               idle_id;
  gboolean            selecting;  /* we change the selection ourselves */
  gboolean            picking;    /* the pointer chose: stay in place */
  gboolean            stale;      /* rows changed since the allocation */
  gboolean            due;        /* and the player moved since */
  double              followed;   /* the adjustment when last followed */
  double              upper;
  double              page_size;
};

/* Scrolls to the lit step; once the list is allocated. */
void  pc_diagram_follow (PcDiagram *self);
/* After an allocation. */
void  pc_diagram_settle_soon (PcDiagram *self);
/* Lights the row of the player's step, and tells of it. */
void  pc_diagram_select_current (PcDiagram *self);
/* GTK_INVALID_LIST_POSITION where there is none. */
guint pc_diagram_get_current_row (PcDiagram *self);

G_END_DECLS
