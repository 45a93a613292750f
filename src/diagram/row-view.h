/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "diagram/rows.h"
#include "diagram/scene.h"

G_BEGIN_DECLS

/* One row of the diagram, drawn. */

#define PC_TYPE_ROW_VIEW (pc_row_view_get_type ())
G_DECLARE_FINAL_TYPE (PcRowView, pc_row_view, PC, ROW_VIEW, GtkWidget)

GtkWidget    *pc_row_view_new (PcScene *scene);
/* NULL when it shows none. */
void          pc_row_view_set_row (PcRowView    *self,
                                   PcDiagramRow *row);
PcDiagramRow *pc_row_view_get_row (PcRowView *self);
/* The scene's position is another one: draws again where that shows.  TRUE
 * when its name is another one now. */
gboolean      pc_row_view_position_changed (PcRowView *self);
/* Anything of the scene may be different. */
void          pc_row_view_scene_changed (PcRowView *self);

/* TRUE when @row is not to be seen, since it is still to come. */
gboolean      pc_row_view_is_to_come (PcScene      *scene,
                                      PcDiagramRow *row);
/* Whether a click at @x folds or unfolds. */
gboolean      pc_row_view_has_disclosure_at (PcRowView *self,
                                             double     x);
/* What a screen reader says of @row. Transfer full. */
char         *pc_row_view_dup_name (PcScene      *scene,
                                    PcDiagramRow *row);
/* What a screen reader may say besides: the states that a step led to, and
 * what it means; "" for other rows.  Transfer full. */
char         *pc_row_view_dup_description (PcScene      *scene,
                                           PcDiagramRow *row);
/* What a row of kind GROUP says.  Transfer full. */
char         *pc_row_view_dup_group (PcScene      *scene,
                                     PcDiagramRow *row);
/* "1.5 s later": what a row of kind GAP says; @brief: of a timer not whose it
 * is.  Transfer full. */
char         *pc_row_view_dup_gap (PcScene      *scene,
                                   PcDiagramRow *row,
                                   gboolean      brief);
/* "4 arrives after 1.5 s": what a row of kind ARRIVAL says.  Transfer full. */
char         *pc_row_view_dup_arrival (PcDiagramRow *row);
/* What stands below the arrow of a step: "again, as in 4"; or NULL.  Transfer
 * full. */
char         *pc_row_view_dup_caption (PcScene      *scene,
                                       PcDiagramRow *row);
/* How many rows @note is high in @scene, with the fonts of @widget. */
guint         pc_row_view_note_parts (PcScene    *scene,
                                      GtkWidget  *widget,
                                      const char *note);

G_END_DECLS
