/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/groups.h"

#include <gtk/gtk.h>

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
  PC_DIAGRAM_ROW_GROUP,   /* a group of steps, folded */
  PC_DIAGRAM_ROW_TUNNEL,  /* what comes after the step is under TLS */
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

/* TLS between two lifelines, as one row sees it. */
typedef struct
{
  guint    client;
  guint    server;
  gboolean begins; /* in this row */
  gboolean ends;   /* with this row, in order */
} PcDiagramTunnel;

#define PC_DIAGRAM_TUNNELS 4 /* through one row; more are not drawn */

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
  const char      *led_client;   /* of a step: what its pills will say */
  const char      *led_server;
  guint            part;         /* of a note: this slice of so many */
  guint            parts;
  gint64           gap;          /* µs before the step; 0 for none */
  gboolean         new_port[2];  /* the sender's and the receiver's were not
                                  * these before */
  PcDiagramSpan    spans[PC_DIAGRAM_SPANS];
  guint            n_spans;
  PcDiagramTunnel  tunnels[PC_DIAGRAM_TUNNELS];
  guint            n_tunnels;
  PcGroup          group;   /* that the row is of, where that may fold */
  gboolean         is_head; /* its first row */
  gboolean         folded;
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
/* With TRUE, groups of steps can be folded, and handshakes are.  The rows of a
 * group with the current step are there; where it is folded anyway, because
 * somebody asked for it, only until the current step is another one. */
void           pc_diagram_rows_set_folding (PcDiagramRows *self,
                                            gboolean       folding);
/* G_MAXUINT for none.  TRUE when rows changed. */
gboolean       pc_diagram_rows_set_current (PcDiagramRows *self,
                                            guint          index);
/* Folds the group that has step @index, or unfolds it.  FALSE when there is
 * none. */
gboolean       pc_diagram_rows_toggle (PcDiagramRows *self,
                                       guint          index);
/* Folds away every run of steps that are not in @steps, in place of other
 * groups, also around the current step; NULL for no filter.  Goes with the
 * timeline. */
void           pc_diagram_rows_set_filter (PcDiagramRows *self,
                                           GtkBitset     *steps);
/* The row of step @index, or of its folded group; 0 when there is none. */
guint          pc_diagram_rows_find_step (PcDiagramRows *self,
                                          guint          index);

G_END_DECLS
