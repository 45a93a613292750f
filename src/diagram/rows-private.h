/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "diagram/folds.h"
#include "diagram/rows.h"

#include "timeline/tunnels.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Between rows.c, which knows what rows there are, and rows-item.c, which makes
 * one of them. */

enum {
  PC_ROWS_CLIENT_PILL = 1 << 0,
  PC_ROWS_SERVER_PILL = 1 << 1,
  PC_ROWS_FROM_PORT = 1 << 2,
  PC_ROWS_TO_PORT = 1 << 3,
};

typedef struct
{
  guint32 step;
  guint8  kind;
  guint8  flags;
  guint8  part;
  guint8  parts;
} PcRowsEntry;

typedef struct
{
  guint       client; /* actor index */
  guint       server;
  const char *client_state;
  const char *server_state;
  /* By end: client, server, anybody else. */
  guint       ports[3];   /* last ones */
  guint       arrived[3]; /* index of the latest step that has arrived, plus
                           * 1 */
} PcRowsConn;

/* An arrow from the row of its step to a row of its own. */
typedef struct
{
  guint step;
  guint until;
  guint first;
  guint last;
} PcRowsSpan;

struct _PcDiagramRows
{
  GObject           parent_instance;

  PcTimeline       *timeline;
  GArray           *entries; /* the rows, but for what is folded away */
  GHashTable       *conns;  /* number → Conn */
  GArray           *flying; /* guint: indices of datagrams on their way */
  GArray           *spans;  /* Span, by their first entry */
  PcGroups         *groups; /* NULL where nothing folds, or no timeline */
  PcFolds          *folds;
  PcTunnels        *tunnels; /* NULL without a timeline */
  gboolean          folding;
  guint             current;  /* a step, or G_MAXUINT */
  guint             kept;     /* the group that it keeps open, or G_MAXUINT */
  guint             changed;  /* the first row that became another one */
  GtkBitset        *filter;   /* steps to be seen; or NULL: all */
  guint             filtered; /* steps that it knows; later ones are seen */
  guint             run;      /* first of the hidden steps that come to the end
                               * of the rows; or G_MAXUINT */
  PcDiagramNoteFunc note_func;
  gpointer          note_data;
};

/* rows.c */
/* All rows anew, and says so. */
void          pc_diagram_rows_rebuild (PcDiagramRows *self);
guint         pc_diagram_rows_get_actor (PcDiagramRows *self,
                                         const char    *id,
                                         guint          fallback);
PcRowsConn   *pc_diagram_rows_find_conn (PcDiagramRows *self,
                                         PcStep        *step);
/* rows-item.c: what is seen at @position. */
PcDiagramRow *pc_diagram_rows_make_item (PcDiagramRows *self,
                                         guint          position);

G_END_DECLS
