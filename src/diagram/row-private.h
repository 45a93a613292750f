/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "diagram/motion.h"
#include "diagram/row-view.h"

G_BEGIN_DECLS

/* What row-view.c prepares; row-draw.c, row-gap.c and row-span.c draw it. */

struct _PcRowView
{
  GtkWidget     parent_instance;

  PcScene      *scene;
  PcDiagramRow *row;
  PcMotion      motion;
  gboolean      to_come; /* and not to be seen until then */
  double        alpha;
  PangoLayout  *number; /* of steps */
  PangoLayout  *text;   /* summary, note, gap; of pills: the client's */
  PangoLayout  *other;  /* of pills: the server's */
  PangoLayout  *caption; /* of steps, below the arrow; or NULL */
  PangoLayout  *ports[2]; /* at the arrow's start and end */
  gboolean      veiled;   /* dimmed, since another step has the spotlight */
  guint         note_rows; /* of a note, drawn from this row on; usually 1 */
  gboolean      tight;    /* no room for ports that everybody has seen */
  PcMotion      spans[PC_DIAGRAM_SPANS]; /* of the arrows over several rows */
};

#define PC_ROW_FAINT 0.35 /* an arrow where the marker has not been */

/* TRUE for steps below the protocol, drawn as a capsule. */
gboolean pc_row_view_is_event (PcRowView *self);
/* TRUE for what somebody did on purpose to the network. */
gboolean pc_row_view_is_fault (PcRowView *self);
/* TRUE when it never came to its end. */
gboolean pc_row_view_is_lost (PcRowView *self);
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
/* Whether the port at the arrow's start (0) or end (1) is shown: one that is
 * not new makes room for a caption. */
gboolean pc_row_view_has_port (PcRowView *self,
                               guint      end);

/* The band behind the current step, from @left to @right. */
void     pc_row_view_draw_band (PcRowView   *self,
                                GtkSnapshot *snapshot,
                                double       left,
                                double       right);
/* Lifelines with a hole for a text; NULL for none. */
void     pc_row_view_draw_lifelines (PcRowView             *self,
                                     GtkSnapshot           *snapshot,
                                     const graphene_rect_t *hole);
void     pc_row_view_draw_number (PcRowView   *self,
                                  GtkSnapshot *snapshot,
                                  double       y);
/* row-group.c: a folded group, and the sign of one that may be folded. */
void     pc_row_view_draw_group (PcRowView   *self,
                                 GtkSnapshot *snapshot);
void     pc_row_view_draw_disclosure (PcRowView   *self,
                                      GtkSnapshot *snapshot);
/* row-tunnel.c: TLS behind all else, and the row where it begins. */
void     pc_row_view_draw_tunnels (PcRowView   *self,
                                   GtkSnapshot *snapshot);
void     pc_row_view_draw_tunnel_begin (PcRowView   *self,
                                        GtkSnapshot *snapshot);
/* row-gap.c */
void     pc_row_view_draw_gap (PcRowView   *self,
                               GtkSnapshot *snapshot);
/* row-span.c: this row's slices of the arrows that run through it, but for
 * the holes. */
void     pc_row_view_draw_spans (PcRowView    *self,
                                 GtkSnapshot  *snapshot,
                                 const PcHole *holes,
                                 guint         n);
/* Reads the moment off the scene. TRUE when any slice looks different. */
gboolean pc_row_view_move_spans (PcRowView *self);

G_END_DECLS
