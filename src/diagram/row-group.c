/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folded group of steps: a stack of two capsules with what they are.  Where
 * a group may be folded or unfolded, a small triangle stands beside the number
 * of its first step: it points at the text, or down where the steps are there.
 */

#include "diagram/paint.h"
#include "diagram/row-private.h"

#include <math.h>

#define RECT(x, y, w, h) \
  (&GRAPHENE_RECT_INIT ((float) (x), (float) (y), (float) (w), (float) (h)))

void
pc_row_view_draw_group (PcRowView   *self,
                        GtkSnapshot *snapshot)
{
  PcScene *scene = self->scene;
  double   a = pc_layout_get_x (&scene->layout, self->row->client);
  double   b = pc_layout_get_x (&scene->layout, self->row->server);
  double   pad = pc_row_view_pill_pad (scene);
  double   height = scene->metrics.pill;
  double   y = round (scene->metrics.row / 2.0);
  double   shift = 4;
  double   width;
  double   left;
  int      text_width;
  int      text_height;
  GdkRGBA  fill = pc_palette_get (&scene->palette, PC_COLOR_CAPSULE, 1);
  GdkRGBA  border = pc_palette_get (&scene->palette, PC_COLOR_LIFELINE, 1);
  GdkRGBA  ink = pc_palette_get (&scene->palette, PC_COLOR_CAPSULE_INK,
                                 self->alpha);

  pango_layout_get_pixel_size (self->text, &text_width, &text_height);
  width = text_width + 2 * pad;
  left = pc_layout_place (&scene->layout, (a + b) / 2, width);
  pc_row_view_draw_band (self, snapshot, MIN (MIN (a, b), left),
                         MAX (MAX (a, b), left + width));
  pc_row_view_draw_lifelines (self, snapshot,
                              RECT (left, y - height / 2, width,
                                    height + shift));
  pc_row_view_draw_spans (self, snapshot, NULL, 0);
  pc_row_view_draw_number (self, snapshot, y);
  if (a != b)
    pc_paint_shaft (snapshot, a, b, y, 2, &border);
  pc_paint_box (snapshot, RECT (left + shift, y - height / 2 + shift,
                                width - 2 * shift, height),
                height / 2, &fill, &border);
  pc_paint_box (snapshot, RECT (left, y - height / 2, width, height),
                height / 2, &fill, &border);
  pc_paint_text (snapshot, self->text, left + pad, y - text_height / 2.0,
                 &ink);
}

/* -- the sign ------------------------------------------------------------- */

/* Of rows with a number; left of where that begins. */
static double
get_sign_right (PcRowView *self)
{
  const PcScene *scene = self->scene;

  return scene->layout.gutter - scene->gutter + scene->sign;
}

gboolean
pc_row_view_has_disclosure_at (PcRowView *self,
                               double     x)
{
  return self->row != NULL && self->row->is_head && self->scene->sign > 0 &&
         x < self->scene->layout.left;
}

void
pc_row_view_draw_disclosure (PcRowView   *self,
                             GtkSnapshot *snapshot)
{
  PcScene *scene = self->scene;
  double   size = round (scene->sign * 0.6);
  double   x = get_sign_right (self) - scene->sign * 0.4;
  double   y = scene->metrics.arrow_y;
  GdkRGBA  ink = pc_palette_get (&scene->palette, PC_COLOR_DIM, 1);

  if (!self->row->is_head || scene->sign <= 0)
    return;

  if (self->row->kind == PC_DIAGRAM_ROW_GROUP || pc_row_view_is_event (self))
    y = round (scene->metrics.row / 2.0);
  if (self->row->folded)
    pc_paint_head (snapshot, scene->heads, x, y, size, FALSE, scene->scale,
                   &ink);
  else
    pc_paint_line_head (snapshot, scene->heads, x - size / 2, y - size,
                        x - size / 2, y + size / 2, size, scene->scale, &ink);
}
