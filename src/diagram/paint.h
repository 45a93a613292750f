/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One function per shape.  They decide nothing: where, how big and in what
 * colour is the caller's affair.  No cairo per frame (twice the cost under
 * GL): triangles are textures, made once per colour. */

/* What a picture that is not made of pixels must know of a node, beyond what
 * the node tells: that glyphs are a text, and a drawing a triangle. */
typedef enum {
  PC_MARK_HEAD,
  PC_MARK_TEXT,
} PcMarkKind;

typedef struct
{
  PcMarkKind      kind;
  GdkRGBA         color;
  graphene_rect_t rect;     /* of a head */
  gboolean        leftward; /* of a head */
  PangoLayout    *layout;   /* of a text, its corner at 0, 0 */
} PcPaintMark;

/* (element-type PcPaintMark), empty. Transfer full. */
GArray     *pc_paint_marks_new (void);
/* From now on heads and texts in @snapshot are debug nodes, whose message is
 * the decimal index of their mark in @marks, and heads are lines, not
 * textures.  Keeps a reference. */
void        pc_paint_keep_marks (GtkSnapshot *snapshot,
                                 GArray      *marks);

/* Triangles by colour and size. (transfer full) */
GHashTable *pc_paint_heads_new (void);

/* A dashed line down @x, from @y0 to @y1; dashes begin at multiples of
 * @period below 0, and are the wider the longer they are. */
void pc_paint_lifeline (GtkSnapshot   *snapshot,
                        double         x,
                        double         y0,
                        double         y1,
                        double         period,
                        const GdkRGBA *color);
/* A line from @x0 to @x1 (either way round), @thickness high around @y. */
void pc_paint_shaft (GtkSnapshot   *snapshot,
                     double         x0,
                     double         x1,
                     double         y,
                     double         thickness,
                     const GdkRGBA *color);
/* A triangle with its tip at @x, pointing right or left. */
void pc_paint_head (GtkSnapshot   *snapshot,
                    GHashTable    *heads,
                    double         x,
                    double         y,
                    double         size,
                    gboolean       leftward,
                    int            scale,
                    const GdkRGBA *color);
/* A shaft of dashes: what the network made, not an end. */
void pc_paint_dashes (GtkSnapshot   *snapshot,
                      double         x0,
                      double         x1,
                      double         y,
                      double         thickness,
                      double         period,
                      const GdkRGBA *color);
/* A straight line in any direction. */
void pc_paint_line (GtkSnapshot   *snapshot,
                    double         x0,
                    double         y0,
                    double         x1,
                    double         y1,
                    double         thickness,
                    const GdkRGBA *color);
/* A triangle with its tip at the end of such a line. */
void pc_paint_line_head (GtkSnapshot   *snapshot,
                         GHashTable    *heads,
                         double         x0,
                         double         y0,
                         double         x1,
                         double         y1,
                         double         size,
                         int            scale,
                         const GdkRGBA *color);
/* Where a line is broken off: two strokes across it. */
void pc_paint_break (GtkSnapshot   *snapshot,
                     double         x,
                     double         y,
                     double         radius,
                     const GdkRGBA *color);
/* A clock of which the hand has gone @turn of its way round. */
void pc_paint_clock (GtkSnapshot   *snapshot,
                     double         x,
                     double         y,
                     double         radius,
                     double         turn,
                     const GdkRGBA *face,
                     const GdkRGBA *color);
/* A square on its corner with an exclamation mark. */
void pc_paint_diamond (GtkSnapshot   *snapshot,
                       double         x,
                       double         y,
                       double         radius,
                       const GdkRGBA *color,
                       const GdkRGBA *ink);
void pc_paint_cross (GtkSnapshot   *snapshot,
                     double         x,
                     double         y,
                     double         radius,
                     const GdkRGBA *color);
void pc_paint_disc (GtkSnapshot   *snapshot,
                    double         x,
                    double         y,
                    double         radius,
                    const GdkRGBA *color);
/* A closed padlock in a square 2 * @radius wide; @fill is what it lies on. */
void pc_paint_lock (GtkSnapshot   *snapshot,
                    double         x,
                    double         y,
                    double         radius,
                    const GdkRGBA *color,
                    const GdkRGBA *fill);
/* A disc with an exclamation mark. */
void pc_paint_alert (GtkSnapshot   *snapshot,
                     double         x,
                     double         y,
                     double         radius,
                     const GdkRGBA *color,
                     const GdkRGBA *ink);
/* @border may be NULL. */
void pc_paint_box (GtkSnapshot           *snapshot,
                   const graphene_rect_t *rect,
                   double                 radius,
                   const GdkRGBA         *fill,
                   const GdkRGBA         *border);
void pc_paint_text (GtkSnapshot   *snapshot,
                    PangoLayout   *layout,
                    double         x,
                    double         y,
                    const GdkRGBA *color);

G_END_DECLS
