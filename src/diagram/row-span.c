/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Arrows over several rows: each row draws its own slice, and leaves room for
 * its texts.
 *
 * The marker goes down such an arrow as slowly as the steps beside it happen;
 * between two steps it rests in mid-air, since that is where the datagram is.
 */

#include "diagram/paint.h"
#include "diagram/row-private.h"

#include "timeline/player.h"

#include <math.h>

static PcLine
get_line (PcRowView           *self,
          const PcDiagramSpan *span)
{
  const PcMetrics *metrics = &self->scene->metrics;
  PcArrow          arrow = pc_layout_arrow (&self->scene->layout, span->from,
                                            span->to, FALSE);

  return (PcLine){
    .x0 = arrow.start,
    .y0 = metrics->arrow_y - (double) metrics->row * span->above,
    .x1 = arrow.end,
    .y1 = metrics->arrow_y + (double) metrics->row * span->below,
  };
}

typedef struct
{
  const PcHole *holes;
  guint         n;
} Holes;

static void
draw_slice (PcRowView     *self,
            GtkSnapshot   *snapshot,
            const PcLine  *line,
            double         to,
            const Holes   *holes,
            double         thickness,
            const GdkRGBA *color)
{
  PcLine parts[PC_LAYOUT_HOLES + 1];
  guint  n = pc_layout_slice (line, 0, to, self->scene->metrics.row,
                              holes->holes, holes->n, parts);

  for (guint i = 0; i < n; i++)
    pc_paint_line (snapshot, parts[i].x0, parts[i].y0, parts[i].x1,
                   parts[i].y1, thickness, color);
}

static void
draw_marker (PcRowView      *self,
             GtkSnapshot    *snapshot,
             const PcLine   *line,
             const PcMotion *motion,
             PcColor         side)
{
  PcScene *scene = self->scene;
  double   x = line->x0 + (line->x1 - line->x0) * motion->travel;
  double   y = line->y0 + (line->y1 - line->y0) * motion->travel;
  double   radius = scene->metrics.marker;
  GdkRGBA  color = pc_palette_get (&scene->palette, side,
                                   motion->marker_alpha);

  if (y > -radius && y < scene->metrics.row + radius)
    pc_paint_disc (snapshot, x, y, radius, &color);
}

static void
draw_span (PcRowView           *self,
           GtkSnapshot         *snapshot,
           const PcDiagramSpan *span,
           const PcMotion      *motion,
           const Holes         *holes)
{
  PcScene *scene = self->scene;
  PcColor  side = span->from_client ? PC_COLOR_CLIENT : PC_COLOR_SERVER;
  PcLine   line = get_line (self, span);
  double   size = round (scene->metrics.line * 0.7);
  double   length = hypot (line.x1 - line.x0, line.y1 - line.y0);
  double   whole = 1 - MIN (size / length, 1);
  double   clear = 1 - (1 - PC_ROW_FAINT) * motion->marker_alpha;
  double   thickness = (motion->emphasis == PC_EMPHASIS_LIT ? 3 : 2) *
                     scene->metrics.pen;
  double   alpha = pc_motion_alpha (motion->emphasis != PC_EMPHASIS_AHEAD, 0);
  GdkRGBA  color = pc_palette_get (&scene->palette, side, alpha * clear);

  draw_slice (self, snapshot, &line, whole, holes, thickness, &color);
  if (span->below == 0)
    pc_paint_line_head (snapshot, scene->heads, line.x0, line.y0, line.x1,
                        line.y1, size, scene->scale, &color);
  if (motion->marker_alpha <= 0)
    return;

  color = pc_palette_get (&scene->palette, side, 1);
  draw_slice (self, snapshot, &line, MIN (motion->travel, whole), holes,
              thickness, &color);
  draw_marker (self, snapshot, &line, motion, side);
}

void
pc_row_view_draw_spans (PcRowView    *self,
                        GtkSnapshot  *snapshot,
                        const PcHole *holes,
                        guint         n)
{
  Holes all = { holes, n };

  for (guint i = 0; i < self->row->n_spans; i++)
    draw_span (self, snapshot, &self->row->spans[i], &self->spans[i], &all);
}

gboolean
pc_row_view_move_spans (PcRowView *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->row->n_spans; i++) {
    const PcDiagramSpan *span = &self->row->spans[i];
    PcMotion             before = self->spans[i];
    PcMotion            *now = &self->spans[i];

    *now = pc_motion_span (self->scene->position, span->index, span->until,
                           pc_player_wait_share (span->gap));
    any = any || before.emphasis != now->emphasis ||
          before.travel != now->travel ||
          before.marker_alpha != now->marker_alpha;
  }

  return any;
}
