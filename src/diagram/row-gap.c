/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row in which time goes by: the lifelines are broken, and a clock tells for
 * how long, on the line of whose timer it was.
 */

#include "diagram/paint.h"
#include "diagram/row-private.h"

#include <math.h>

/* Time has a hole here: the lifelines are broken, but where a clock runs. */
static void
draw_broken_lifelines (PcRowView    *self,
                       GtkSnapshot  *snapshot,
                       double        clock_x,
                       const PcHole *text)
{
  double          radius = self->scene->metrics.line * 0.36;
  const PcLayout *layout = &self->scene->layout;
  double          height = self->scene->metrics.row;
  double          hole = round (height * 0.24);
  GdkRGBA         color = pc_palette_get (&self->scene->palette,
                                          PC_COLOR_LIFELINE, 1);

  for (guint i = 0; i < layout->n_actors; i++)
    {
      double x = layout->x[i];

      pc_paint_lifeline (snapshot, x, 0, height / 2 - hole, height / 5,
                         &color);
      pc_paint_lifeline (snapshot, x, height / 2 + hole, height, height / 5,
                         &color);
      if (x != clock_x &&
          (x + radius < text->left || x - radius > text->right))
        pc_paint_break (snapshot, x, height / 2, radius, &color);
    }
}

static void
draw_clock (PcRowView   *self,
            GtkSnapshot *snapshot,
            double       x,
            PcColor      hue)
{
  PcScene *scene = self->scene;
  GdkRGBA  color = pc_palette_get (&scene->palette, hue, self->alpha);
  GdkRGBA  face = pc_palette_get (&scene->palette, PC_COLOR_CARD, 1);

  pc_paint_clock (snapshot, x, scene->metrics.row / 2.0,
                  round (scene->metrics.line * 0.6), self->motion.progress,
                  &face, &color);
}

void
pc_row_view_draw_gap (PcRowView   *self,
                      GtkSnapshot *snapshot)
{
  PcScene        *scene = self->scene;
  const PcLayout *layout = &scene->layout;
  gboolean        timer = pc_step_get_wait (self->row->step) > 0;
  PcArrow         arrow = pc_row_view_get_arrow (self);
  double          beside = scene->metrics.line;
  double          clock = pc_layout_get_x (layout, self->row->from);
  double          y = scene->metrics.row / 2.0;
  double          middle = (arrow.start + arrow.whole) / 2;
  double          left;
  int             width;
  int             height;
  PcColor         hue = PC_COLOR_DIM;
  GdkRGBA         ink = pc_palette_get (&scene->palette,
                                        timer ? PC_COLOR_INK : PC_COLOR_DIM,
                                        self->alpha);
  PcHole          hole;

  pango_layout_get_pixel_size (self->text, &width, &height);
  /* A timer stands on the line of whose it is, its words beside it. */
  if (timer)
    {
      hue = self->row->from_client ? PC_COLOR_CLIENT : PC_COLOR_SERVER;
      left = pc_layout_place_beside (layout, clock, beside, middle, width);
    }
  else
    {
      clock = pc_layout_place (layout, middle, width + 2 * beside) +
              beside * 0.7;
      left = clock + beside;
    }

  hole = (PcHole){ left - 4, y - height / 2.0, left + width + 4,
                   y + height / 2.0 };
  pc_row_view_draw_band (self, snapshot, MIN (left, clock - beside),
                         MAX (left + width, clock + beside));
  draw_broken_lifelines (self, snapshot, clock, &hole);
  pc_row_view_draw_spans (self, snapshot, &hole, 1);
  draw_clock (self, snapshot, clock, hue);
  pc_paint_text (snapshot, self->text, left, y - height / 2.0, &ink);
}
