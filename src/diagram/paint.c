/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shapes of the diagram, as render nodes. */

#include "diagram/paint.h"

#include <math.h>

#define RECT(x, y, w, h) \
  (&GRAPHENE_RECT_INIT ((float) (x), (float) (y), (float) (w), (float) (h)))
#define POINT(x, y) (&GRAPHENE_POINT_INIT ((float) (x), (float) (y)))

GHashTable *
pc_paint_heads_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                g_object_unref);
}

void
pc_paint_lifeline (GtkSnapshot   *snapshot,
                   double         x,
                   double         y0,
                   double         y1,
                   double         period,
                   const GdkRGBA *color)
{
  double width = MAX (round (period / 9), 2);

  for (double y = floor (y0 / period) * period; y < y1; y += period)
    {
      double from = MAX (y, y0);
      double to = MIN (y + period * 0.55, y1);

      if (to > from)
        gtk_snapshot_append_color (snapshot, color,
                                   RECT (x - floor (width / 2), from, width,
                                         to - from));
    }
}

void
pc_paint_shaft (GtkSnapshot   *snapshot,
                double         x0,
                double         x1,
                double         y,
                double         thickness,
                const GdkRGBA *color)
{
  if (x0 != x1)
    gtk_snapshot_append_color (snapshot, color,
                               RECT (MIN (x0, x1), y - thickness / 2,
                                     fabs (x1 - x0), thickness));
}

/* -- marks ---------------------------------------------------------------- */

static GQuark
marks_quark (void)
{
  return g_quark_from_static_string ("pc-paint-marks");
}

static void
mark_clear (gpointer data)
{
  g_clear_object (&((PcPaintMark *) data)->layout);
}

GArray *
pc_paint_marks_new (void)
{
  GArray *marks = g_array_new (FALSE, TRUE, sizeof (PcPaintMark));

  g_array_set_clear_func (marks, mark_clear);
  return marks;
}

void
pc_paint_keep_marks (GtkSnapshot *snapshot,
                     GArray      *marks)
{
  g_object_set_qdata_full (G_OBJECT (snapshot), marks_quark (),
                           g_array_ref (marks),
                           (GDestroyNotify) g_array_unref);
}

static GArray *
get_marks (GtkSnapshot *snapshot)
{
  return g_object_get_qdata (G_OBJECT (snapshot), marks_quark ());
}

/* Takes @inner, whose nodes @mark is about, and what @mark refers to.  By hand,
 * since gtk_snapshot_push_debug () makes nodes in debug mode only. */
static void
append_marked (GtkSnapshot *snapshot,
               GArray      *marks,
               PcPaintMark  mark,
               GtkSnapshot *inner)
{
  GskRenderNode *node = gtk_snapshot_free_to_node (inner);
  GskRenderNode *marked;

  if (node != NULL)
    {
      marked = gsk_debug_node_new (node, g_strdup_printf ("%u", marks->len));
      gtk_snapshot_append_node (snapshot, marked);
      gsk_render_node_unref (marked);
      gsk_render_node_unref (node);
    }
  g_array_append_val (marks, mark);
}

/* -- heads ---------------------------------------------------------------- */

static void
fill_head (cairo_t               *cr,
           const graphene_rect_t *rect,
           gboolean               leftward,
           const GdkRGBA         *color)
{
  double x = rect->origin.x;
  double y = rect->origin.y;
  double size = rect->size.width;
  double tip = leftward ? 0 : size;

  gdk_cairo_set_source_rgba (cr, color);
  cairo_move_to (cr, x + tip, y + size / 2.0);
  cairo_line_to (cr, x + size - tip, y + size * 0.06);
  cairo_line_to (cr, x + size - tip, y + size * 0.94);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static GdkTexture *
make_head (int            pixels,
           gboolean       leftward,
           const GdkRGBA *color)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                         pixels, pixels);
  cairo_t           *cr = cairo_create (surface);
  gsize              stride;
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture        *texture;

  fill_head (cr, RECT (0, 0, pixels, pixels), leftward, color);
  cairo_destroy (cr);

  cairo_surface_flush (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       stride * (gsize) pixels);
  texture = gdk_memory_texture_new (pixels, pixels, GDK_MEMORY_DEFAULT, bytes,
                                    stride);
  cairo_surface_destroy (surface);
  return texture;
}

static guint
octet (float part)
{
  return (guint) lround (CLAMP (part, 0, 1) * 255);
}

static GdkTexture *
find_head (GHashTable    *heads,
           int            pixels,
           gboolean       leftward,
           const GdkRGBA *color)
{
  gint64 key = (gint64) octet (color->red) << 24 |
               (gint64) octet (color->green) << 16 |
               (gint64) octet (color->blue) << 8 |
               (gint64) octet (color->alpha) | (gint64) pixels << 33 |
               (gint64) (leftward ? 1 : 0) << 32;
  GdkTexture *head = g_hash_table_lookup (heads, &key);

  if (head == NULL)
    {
      head = make_head (pixels, leftward, color);
      g_hash_table_insert (heads, g_memdup2 (&key, sizeof key), head);
    }
  return head;
}

void
pc_paint_head (GtkSnapshot   *snapshot,
               GHashTable    *heads,
               double         x,
               double         y,
               double         size,
               gboolean       leftward,
               int            scale,
               const GdkRGBA *color)
{
  const graphene_rect_t *rect = RECT (leftward ? x : x - size, y - size / 2,
                                      size, size);
  GArray      *marks = get_marks (snapshot);
  GtkSnapshot *inner;
  cairo_t     *cr;

  if (marks == NULL)
    {
      gtk_snapshot_append_texture (snapshot,
                                   find_head (heads, (int) size * scale,
                                              leftward, color),
                                   rect);
      return;
    }

  inner = gtk_snapshot_new ();
  cr = gtk_snapshot_append_cairo (inner, rect);
  fill_head (cr, rect, leftward, color);
  cairo_destroy (cr);
  append_marked (snapshot, marks,
                 (PcPaintMark){ .kind = PC_MARK_HEAD, .color = *color,
                                .rect = *rect, .leftward = leftward },
                 inner);
}

/* -- lines ---------------------------------------------------------------- */

void
pc_paint_dashes (GtkSnapshot   *snapshot,
                 double         x0,
                 double         x1,
                 double         y,
                 double         thickness,
                 double         period,
                 const GdkRGBA *color)
{
  double forth = x1 >= x0 ? 1 : -1;
  double length = fabs (x1 - x0);

  for (double at = 0; at < length; at += period)
    pc_paint_shaft (snapshot, x0 + forth * at,
                    x0 + forth * MIN (at + period * 0.6, length), y,
                    thickness, color);
}

void
pc_paint_line (GtkSnapshot   *snapshot,
               double         x0,
               double         y0,
               double         x1,
               double         y1,
               double         thickness,
               const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, POINT (x0, y0));
  gtk_snapshot_rotate (snapshot,
                       (float) (atan2 (y1 - y0, x1 - x0) * 180 / G_PI));
  gtk_snapshot_append_color (snapshot, color,
                             RECT (0, -thickness / 2,
                                   hypot (x1 - x0, y1 - y0), thickness));
  gtk_snapshot_restore (snapshot);
}

void
pc_paint_line_head (GtkSnapshot   *snapshot,
                    GHashTable    *heads,
                    double         x0,
                    double         y0,
                    double         x1,
                    double         y1,
                    double         size,
                    int            scale,
                    const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, POINT (x1, y1));
  gtk_snapshot_rotate (snapshot,
                       (float) (atan2 (y1 - y0, x1 - x0) * 180 / G_PI));
  pc_paint_head (snapshot, heads, 0, 0, size, FALSE, scale, color);
  gtk_snapshot_restore (snapshot);
}

void
pc_paint_break (GtkSnapshot   *snapshot,
                double         x,
                double         y,
                double         radius,
                const GdkRGBA *color)
{
  double rise = radius * 0.45;

  for (double shift = -radius * 0.4; shift <= radius; shift += radius * 0.8)
    pc_paint_line (snapshot, x - radius, y + shift + rise, x + radius,
                   y + shift - rise, 2, color);
}

/* -- other shapes --------------------------------------------------------- */

void
pc_paint_clock (GtkSnapshot   *snapshot,
                double         x,
                double         y,
                double         radius,
                double         turn,
                const GdkRGBA *face,
                const GdkRGBA *color)
{
  double angle = 2 * G_PI * turn - G_PI / 2;
  double thickness = MAX (round (radius * 0.22), 1);

  pc_paint_disc (snapshot, x, y, radius, color);
  pc_paint_disc (snapshot, x, y, radius - thickness, face);
  pc_paint_line (snapshot, x, y, x + cos (angle) * radius * 0.68,
                 y + sin (angle) * radius * 0.68, thickness, color);
  pc_paint_line (snapshot, x, y, x + radius * 0.4, y, thickness, color);
}

void
pc_paint_diamond (GtkSnapshot   *snapshot,
                  double         x,
                  double         y,
                  double         radius,
                  const GdkRGBA *color,
                  const GdkRGBA *ink)
{
  double half = MAX (radius * 0.15, 1);
  double side = radius * G_SQRT2;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, POINT (x, y));
  gtk_snapshot_rotate (snapshot, 45);
  gtk_snapshot_append_color (snapshot, color,
                             RECT (-side / 2, -side / 2, side, side));
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_append_color (snapshot, ink,
                             RECT (x - half, y - radius * 0.55, 2 * half,
                                   radius * 0.62));
  gtk_snapshot_append_color (snapshot, ink,
                             RECT (x - half, y + radius * 0.25, 2 * half,
                                   2 * half));
}

void
pc_paint_lock (GtkSnapshot   *snapshot,
               double         x,
               double         y,
               double         radius,
               const GdkRGBA *color,
               const GdkRGBA *fill)
{
  double body = radius * 0.75;
  double bow = radius * 0.52;
  double thickness = MAX (radius * 0.24, 1.5);

  /* The bow is a ring of which the body covers the lower half. */
  pc_paint_disc (snapshot, x, y - radius * 0.3, bow, color);
  pc_paint_disc (snapshot, x, y - radius * 0.3, bow - thickness, fill);
  pc_paint_box (snapshot, RECT (x - body, y - radius * 0.2, 2 * body,
                                radius * 1.15),
                2, color, NULL);
  gtk_snapshot_append_color (snapshot, fill,
                             RECT (x - thickness / 2, y + radius * 0.15,
                                   thickness, radius * 0.45));
}

void
pc_paint_cross (GtkSnapshot   *snapshot,
                double         x,
                double         y,
                double         radius,
                const GdkRGBA *color)
{
  double thickness = MAX (radius * 0.4, 2);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, POINT (x, y));
  gtk_snapshot_rotate (snapshot, 45);
  gtk_snapshot_append_color (snapshot, color,
                             RECT (-radius, -thickness / 2, 2 * radius,
                                   thickness));
  /* In two parts, so that a translucent cross has no darker middle. */
  gtk_snapshot_append_color (snapshot, color,
                             RECT (-thickness / 2, -radius, thickness,
                                   radius - thickness / 2));
  gtk_snapshot_append_color (snapshot, color,
                             RECT (-thickness / 2, thickness / 2, thickness,
                                   radius - thickness / 2));
  gtk_snapshot_restore (snapshot);
}

void
pc_paint_disc (GtkSnapshot   *snapshot,
               double         x,
               double         y,
               double         radius,
               const GdkRGBA *color)
{
  pc_paint_box (snapshot, RECT (x - radius, y - radius, 2 * radius,
                                2 * radius),
                radius, color, NULL);
}

void
pc_paint_alert (GtkSnapshot   *snapshot,
                double         x,
                double         y,
                double         radius,
                const GdkRGBA *color,
                const GdkRGBA *ink)
{
  double half = MAX (radius * 0.17, 1);

  pc_paint_disc (snapshot, x, y, radius, color);
  gtk_snapshot_append_color (snapshot, ink,
                             RECT (x - half, y - radius * 0.6, 2 * half,
                                   radius * 0.72));
  gtk_snapshot_append_color (snapshot, ink,
                             RECT (x - half, y + radius * 0.34, 2 * half,
                                   2 * half));
}

void
pc_paint_box (GtkSnapshot           *snapshot,
              const graphene_rect_t *rect,
              double                 radius,
              const GdkRGBA         *fill,
              const GdkRGBA         *border)
{
  static const float widths[4] = { 1, 1, 1, 1 };
  GskRoundedRect     box;

  gsk_rounded_rect_init_from_rect (&box, rect, (float) radius);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, fill, rect);
  gtk_snapshot_pop (snapshot);
  if (border != NULL)
    gtk_snapshot_append_border (snapshot, &box, widths,
                                (GdkRGBA[4]) { *border, *border, *border,
                                               *border });
}

void
pc_paint_text (GtkSnapshot   *snapshot,
               PangoLayout   *layout,
               double         x,
               double         y,
               const GdkRGBA *color)
{
  GArray *marks = get_marks (snapshot);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, POINT (round (x), round (y)));
  if (marks != NULL)
    {
      GtkSnapshot *inner = gtk_snapshot_new ();

      gtk_snapshot_append_layout (inner, layout, color);
      append_marked (snapshot, marks,
                     (PcPaintMark){ .kind = PC_MARK_TEXT, .color = *color,
                                    .layout = g_object_ref (layout) },
                     inner);
    }
  else
    gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}
