/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* A timeline as the rows of its diagram: a GListModel of PcDiagramRow.  Each
 * step is a row; a state that changed, time that went by, an author's note and
 * an arrival that others have overtaken have rows of their own, so that all
 * rows can be equally high.  Rows are
 * made when they are asked for: the model holds eight octets for each. */

typedef enum {
  PC_DIAGRAM_ROW_STEP,
  PC_DIAGRAM_ROW_PILLS, /* states that the step led to */
  PC_DIAGRAM_ROW_NOTE,  /* one slice of the author's note */
  PC_DIAGRAM_ROW_GAP,   /* nothing happened for a while before the step */
  PC_DIAGRAM_ROW_ARRIVAL, /* what left earlier arrives after the step */
} PcDiagramRowKind;

/* An arrow over several rows, as one of these rows sees it: of a datagram that
 * was late, or that a later one has overtaken. */
typedef struct
{
  PcStep  *step;
  guint    index; /* of its step */
  guint    until; /* index of the last step before it arrives */
  guint    from;  /* lifelines */
  guint    to;
  gboolean from_client;
  guint    above; /* rows between its first row and this one */
  guint    below; /* rows between this one and its last */
  gint64   gap;   /* µs before its step */
} PcDiagramSpan;

#define PC_DIAGRAM_SPANS 4 /* through one row; more are not drawn */

#define PC_TYPE_DIAGRAM_ROW (pc_diagram_row_get_type ())
G_DECLARE_FINAL_TYPE (PcDiagramRow, pc_diagram_row, PC, DIAGRAM_ROW, GObject)

struct _PcDiagramRow
{
  GObject          parent_instance;

  PcDiagramRowKind kind;
  PcStep          *step;
  guint            index;        /* of the step in the timeline */
  guint            from;         /* lifelines, by actor index */
  guint            to;
  guint            client;
  guint            server;
  gboolean         from_client;
  const char      *client_state; /* of a pill: N_(); NULL: no pill there */
  const char      *server_state;
  guint            part;         /* of a note: this slice of so many */
  guint            parts;
  gint64           gap;          /* µs before the step; 0 for none */
  gboolean         new_port[2];  /* the sender's and the receiver's were not
                                  * these before */
  PcDiagramSpan    spans[PC_DIAGRAM_SPANS];
  guint            n_spans;
};

#define PC_TYPE_DIAGRAM_ROWS (pc_diagram_rows_get_type ())
G_DECLARE_FINAL_TYPE (PcDiagramRows, pc_diagram_rows, PC, DIAGRAM_ROWS,
                      GObject)

/* How many rows high @note is, 1 … 255. */
typedef guint (*PcDiagramNoteFunc) (const char *note,
                                    gpointer    user_data);

PcDiagramRows *pc_diagram_rows_new (void);
/* Without it each note has one row. */
void           pc_diagram_rows_set_note_func (PcDiagramRows    *self,
                                              PcDiagramNoteFunc func,
                                              gpointer          user_data);
void           pc_diagram_rows_set_timeline (PcDiagramRows *self,
                                             PcTimeline    *timeline);
/* Asks the note function again.  TRUE when rows changed. */
gboolean       pc_diagram_rows_reflow (PcDiagramRows *self);
/* The arrow that begins in @row or, in a row of kind arrival, ends there; NULL
 * for none. */
const PcDiagramSpan *pc_diagram_row_get_own_span (PcDiagramRow *row);
/* The row of step @index; 0 when there is none. */
guint          pc_diagram_rows_find_step (PcDiagramRows *self,
                                          guint          index);

G_END_DECLS
