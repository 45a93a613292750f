/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TLS as a tunnel between two lifelines: a tint with a border, behind the
 * arrows of its connection.  It begins in a row of its own, with a lock and
 * words, so that nothing hangs on the colour; one that close_notify has ended
 * is closed below, one that was cut off stays open.
 */

#include "diagram/paint.h"
#include "diagram/row-private.h"

#include <math.h>

#define RECT(x, y, w, h) \
  (&GRAPHENE_RECT_INIT ((float) (x), (float) (y), (float) (w), (float) (h)))

#define BEYOND 20.0 /* of the row, where the tunnel goes on */
#define INSET 3.0   /* beside a lifeline */
#define RADIUS 10.0

static void
draw_tunnel (PcRowView             *self,
             GtkSnapshot           *snapshot,
             const PcDiagramTunnel *tunnel)
{
  PcScene *scene = self->scene;
  double   a = pc_layout_get_x (&scene->layout, tunnel->client);
  double   b = pc_layout_get_x (&scene->layout, tunnel->server);
  double   left = MIN (a, b) + INSET;
  double   width = fabs (a - b) - 2 * INSET;
  double   row = scene->metrics.row;
  double   top = tunnel->begins ? 2 : -BEYOND;
  double   bottom = tunnel->ends ? row - 2 : row + BEYOND;
  GdkRGBA  fill = pc_palette_get (&scene->palette, PC_COLOR_TUNNEL, 1);
  GdkRGBA  border = pc_palette_get (&scene->palette, PC_COLOR_TUNNEL_BORDER,
                                    1);

  if (width <= 2 * RADIUS)
    return;

  pc_paint_box (snapshot, RECT (left, top, width, bottom - top), RADIUS,
                &fill, &border);
}

void
pc_row_view_draw_tunnels (PcRowView   *self,
                          GtkSnapshot *snapshot)
{
  const PcDiagramRow *row = self->row;

  if (row->n_tunnels == 0)
    return;

  gtk_snapshot_push_clip (snapshot, RECT (0, 0, self->scene->layout.width,
                                          self->scene->metrics.row));
  for (guint i = row->n_tunnels; i-- > 0;)
    draw_tunnel (self, snapshot, &row->tunnels[i]);
  gtk_snapshot_pop (snapshot);
}

void
pc_row_view_draw_tunnel_begin (PcRowView   *self,
                               GtkSnapshot *snapshot)
{
  PcScene *scene = self->scene;
  double   a = pc_layout_get_x (&scene->layout, self->row->client);
  double   b = pc_layout_get_x (&scene->layout, self->row->server);
  double   lock = scene->metrics.line * 1.3;
  double   y = round (scene->metrics.row / 2.0);
  double   left;
  int      width;
  int      height;
  GdkRGBA  ink = pc_palette_get (&scene->palette, PC_COLOR_TUNNEL_INK,
                                 self->alpha);
  GdkRGBA  fill = pc_palette_get (&scene->palette, PC_COLOR_TUNNEL, 1);

  pango_layout_get_pixel_size (self->text, &width, &height);
  left = pc_layout_place (&scene->layout, (a + b) / 2, width + lock);
  pc_row_view_draw_lifelines (self, snapshot,
                              RECT (left, y - height / 2.0, width + lock,
                                    height));
  pc_row_view_draw_spans (self, snapshot, NULL, 0);
  pc_paint_lock (snapshot, left + lock * 0.4, y, scene->metrics.line * 0.5,
                 &ink, &fill);
  pc_paint_text (snapshot, self->text, left + lock, y - height / 2.0, &ink);
}
