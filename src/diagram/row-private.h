/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "diagram/motion.h"
#include "diagram/row-view.h"

G_BEGIN_DECLS

/* What row-view.c prepares and row-draw.c draws. */

struct _PcRowView
{
  GtkWidget     parent_instance;

  PcScene      *scene;
  PcDiagramRow *row;
  PcMotion      motion;
  double        alpha;
  PangoLayout  *number; /* of steps */
  PangoLayout  *text;   /* summary, note, gap; of pills: the client's */
  PangoLayout  *other;  /* of pills: the server's */
  PangoLayout  *ports[2]; /* at the arrow's start and end */
};

/* TRUE for steps below the protocol, drawn as a capsule. */
gboolean pc_row_view_is_event (PcRowView *self);
void     pc_row_view_draw (PcRowView   *self,
                           GtkSnapshot *snapshot);
/* How wide the box of a note is, and the margin of its text. */
double   pc_row_view_note_width (PcScene *scene);
double   pc_row_view_note_pad (PcScene *scene);
/* The width beside a pill's or capsule's text. */
double   pc_row_view_pill_pad (PcScene *scene);
/* What the texts of two pills in one row may take together. */
double   pc_row_view_pill_room (PcScene *scene);
PcArrow  pc_row_view_get_arrow (PcRowView *self);

G_END_DECLS
