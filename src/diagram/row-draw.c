/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a row looks: one function per kind, composed of the shapes of paint.c.
 *
 * Nothing is told by colour alone: an error has a mark, a loss a cross, and
 * the direction is an arrow head.  Lifelines leave room for a text that is
 * wider than the space between them.
 */

#include "diagram/paint.h"
#include "diagram/row-private.h"

#include <math.h>

#define RECT(x, y, w, h) \
  (&GRAPHENE_RECT_INIT ((float) (x), (float) (y), (float) (w), (float) (h)))

#define FAINT 0.35 /* an arrow where the marker has not been */

/* -- measures ------------------------------------------------------------- */

gboolean
pc_row_view_is_event (PcRowView *self)
{
  PcLayer layer = pc_step_get_layer (self->row->step);

  return layer == PC_LAYER_TCP || layer == PC_LAYER_NOTE;
}

PcArrow
pc_row_view_get_arrow (PcRowView *self)
{
  PcDiagramRow *row = self->row;
  gboolean      lost = pc_step_get_fate (row->step) == PC_FATE_LOST;

  return pc_layout_arrow (&self->scene->layout, row->from, row->to, lost);
}

double
pc_row_view_note_width (PcScene *scene)
{
  return MIN (scene->layout.right - scene->layout.left,
              scene->metrics.line * 32);
}

double
pc_row_view_note_pad (PcScene *scene)
{
  return round (scene->metrics.line * 0.6);
}

double
pc_row_view_pill_pad (PcScene *scene)
{
  return round (scene->metrics.line * 0.75);
}

double
pc_row_view_pill_room (PcScene *scene)
{
  return MAX (scene->layout.right - scene->layout.left -
                  4 * pc_row_view_pill_pad (scene) - 4,
              2);
}

static double
text_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static double
text_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

/* -- parts ---------------------------------------------------------------- */

/* Around @hole, which may be NULL. */
static void
draw_lifelines (PcRowView             *self,
                GtkSnapshot           *snapshot,
                const graphene_rect_t *hole)
{
  const PcLayout *layout = &self->scene->layout;
  double          height = self->scene->metrics.row;
  double          period = height / 5;
  GdkRGBA         color = pc_palette_get (&self->scene->palette,
                                          PC_COLOR_LIFELINE, 1);

  for (guint i = 0; i < layout->n_actors; i++)
    {
      double x = layout->x[i];

      if (hole == NULL || x < hole->origin.x - 2 ||
          x > hole->origin.x + hole->size.width + 2)
        {
          pc_paint_lifeline (snapshot, x, 0, height, period, &color);
          continue;
        }
      pc_paint_lifeline (snapshot, x, 0, hole->origin.y, period, &color);
      pc_paint_lifeline (snapshot, x, hole->origin.y + hole->size.height,
                         height, period, &color);
    }
}

static void
draw_number (PcRowView   *self,
             GtkSnapshot *snapshot,
             double       y)
{
  gboolean lit = self->motion.emphasis == PC_EMPHASIS_LIT;
  GdkRGBA  color = pc_palette_get (&self->scene->palette,
                                   lit ? PC_COLOR_INK : PC_COLOR_DIM,
                                   self->alpha);

  pc_paint_text (snapshot, self->number,
                 self->scene->layout.gutter - text_width (self->number),
                 y - text_height (self->number) / 2, &color);
}

/* The band behind the current step, from @left to @right. */
static void
draw_band (PcRowView   *self,
           GtkSnapshot *snapshot,
           double       left,
           double       right)
{
  const PcPalette *palette = &self->scene->palette;
  const PcLayout  *layout = &self->scene->layout;
  GdkRGBA          fill = pc_palette_get (palette, PC_COLOR_LIT, 1);
  GdkRGBA          border = pc_palette_get (palette, PC_COLOR_LIT_BORDER, 1);
  double           x = MAX (left - 6, layout->gutter + 3);

  if (self->motion.emphasis != PC_EMPHASIS_LIT)
    return;

  right = MIN (right + 6, layout->width - 2);
  pc_paint_box (snapshot, RECT (x, 1, right - x, self->scene->metrics.row - 2),
                6, &fill, &border);
}

static PcColor
get_side_color (PcRowView *self)
{
  if (pc_step_get_status (self->row->step) == PC_STATUS_ERROR ||
      pc_step_get_fate (self->row->step) == PC_FATE_LOST)
    return PC_COLOR_ERROR;
  return self->row->from_client ? PC_COLOR_CLIENT : PC_COLOR_SERVER;
}

/* -- a step with octets --------------------------------------------------- */

static void
draw_shaft_and_head (PcRowView     *self,
                     GtkSnapshot   *snapshot,
                     const PcArrow *arrow,
                     const GdkRGBA *color)
{
  PcScene *scene = self->scene;
  gboolean leftward = arrow->whole < arrow->start;
  double   y = scene->metrics.arrow_y;
  double   thickness = self->motion.emphasis == PC_EMPHASIS_LIT ? 3 : 2;
  double   size = round (scene->metrics.line * 0.7);
  double   radius = scene->metrics.line * 0.36;
  double   back = leftward ? size : -size;

  if (pc_step_get_fate (self->row->step) == PC_FATE_LOST)
    {
      pc_paint_shaft (snapshot, arrow->start,
                      arrow->end + (leftward ? radius : -radius), y,
                      thickness, color);
      pc_paint_cross (snapshot, arrow->end, y, radius, color);
      return;
    }

  pc_paint_shaft (snapshot, arrow->start, arrow->end + back, y, thickness,
                  color);
  pc_paint_head (snapshot, scene->heads, arrow->end, y, size, leftward,
                 scene->scale, color);
}

static void
draw_arrow (PcRowView     *self,
            GtkSnapshot   *snapshot,
            const PcArrow *arrow)
{
  const PcPalette *palette = &self->scene->palette;
  PcColor          side = get_side_color (self);
  double           marker = self->motion.marker_alpha;
  /* Faint where the marker has not been; clear again when it goes. */
  double           clear = marker > 0 ? 1 - (1 - FAINT) * marker : 1;
  GdkRGBA          color = pc_palette_get (palette, side,
                                           self->alpha * clear);
  double           y = self->scene->metrics.arrow_y;
  double           x;

  draw_shaft_and_head (self, snapshot, arrow, &color);
  if (marker <= 0)
    return;

  x = arrow->start + (arrow->end - arrow->start) * self->motion.travel;
  color = pc_palette_get (palette, side, 1);
  pc_paint_shaft (snapshot, arrow->start, x, y, 3, &color);
  color = pc_palette_get (palette, side, marker);
  pc_paint_disc (snapshot, x, y, self->scene->metrics.marker, &color);
}

static void
draw_ports (PcRowView     *self,
            GtkSnapshot   *snapshot,
            const PcArrow *arrow)
{
  gboolean leftward = arrow->whole < arrow->start;
  double   y = self->scene->metrics.arrow_y + 3;
  GdkRGBA  color = pc_palette_get (&self->scene->palette, PC_COLOR_DIM,
                                   self->alpha);

  for (guint end = 0; end < 2; end++)
    if (self->ports[end] != NULL)
      {
        double   x = end == 0 ? arrow->start : arrow->whole;
        gboolean right = (end == 0) == leftward;

        pc_paint_text (snapshot, self->ports[end],
                       right ? x - text_width (self->ports[end]) : x, y,
                       &color);
      }
}

static void
draw_message (PcRowView   *self,
              GtkSnapshot *snapshot)
{
  PcScene  *scene = self->scene;
  PcArrow   arrow = pc_row_view_get_arrow (self);
  gboolean  alert = pc_step_get_status (self->row->step) == PC_STATUS_ERROR;
  double    mark = alert ? scene->metrics.line * 1.2 : 0;
  double    width = text_width (self->text) + mark;
  double    height = text_height (self->text);
  double    left = pc_layout_place (&scene->layout,
                                    (arrow.start + arrow.whole) / 2, width);
  double    y = scene->metrics.text_y;
  GdkRGBA   ink = pc_palette_get (&scene->palette, PC_COLOR_INK, self->alpha);

  draw_band (self, snapshot, MIN (MIN (arrow.start, arrow.whole), left),
             MAX (MAX (arrow.start, arrow.whole), left + width));
  draw_lifelines (self, snapshot, RECT (left, y, width, height));
  draw_number (self, snapshot, scene->metrics.arrow_y);
  if (alert)
    {
      GdkRGBA red = pc_palette_get (&scene->palette, PC_COLOR_ERROR,
                                    self->alpha);
      GdkRGBA on = pc_palette_get (&scene->palette, PC_COLOR_ON_SIDE, 1);

      pc_paint_alert (snapshot, left + scene->metrics.line * 0.5,
                      y + height / 2, scene->metrics.line * 0.45, &red, &on);
    }
  pc_paint_text (snapshot, self->text, left + mark, y, &ink);
  draw_arrow (self, snapshot, &arrow);
  draw_ports (self, snapshot, &arrow);
}

/* -- a step below the protocol -------------------------------------------- */

/* The line that the capsule sits on, and the marker on it. */
static void
draw_connector (PcRowView     *self,
                GtkSnapshot   *snapshot,
                const PcArrow *arrow,
                double         y)
{
  PcScene *scene = self->scene;
  gboolean leftward = arrow->whole < arrow->start;
  double   size = round (scene->metrics.line * 0.6);
  GdkRGBA  color = pc_palette_get (&scene->palette, PC_COLOR_LIFELINE,
                                   self->alpha);
  double   end = arrow->whole;

  if (g_str_equal (pc_step_get_kind (self->row->step), "close"))
    {
      pc_paint_head (snapshot, scene->heads, end, y, size, leftward,
                     scene->scale, &color);
      end += leftward ? size : -size;
    }
  pc_paint_shaft (snapshot, arrow->start, end, y, 2, &color);

  if (self->motion.marker_alpha > 0)
    {
      color = pc_palette_get (&scene->palette, get_side_color (self),
                              self->motion.marker_alpha);
      pc_paint_disc (snapshot,
                     arrow->start + (arrow->whole - arrow->start) *
                                        self->motion.travel,
                     y, scene->metrics.marker, &color);
    }
}

static void
draw_event (PcRowView   *self,
            GtkSnapshot *snapshot)
{
  PcScene  *scene = self->scene;
  gboolean  error = pc_step_get_status (self->row->step) == PC_STATUS_ERROR;
  PcArrow   arrow = pc_row_view_get_arrow (self);
  double    pad = pc_row_view_pill_pad (scene);
  double    mark = error ? scene->metrics.line : 0;
  double    width = text_width (self->text) + mark + 2 * pad;
  double    height = scene->metrics.pill;
  double    y = scene->metrics.row / 2.0;
  double    left = pc_layout_place (&scene->layout,
                                    (arrow.start + arrow.whole) / 2, width);
  GdkRGBA   fill = pc_palette_get (&scene->palette,
                                   error ? PC_COLOR_CAPSULE_ERROR
                                         : PC_COLOR_CAPSULE,
                                   1);
  GdkRGBA   ink = pc_palette_get (&scene->palette,
                                  error ? PC_COLOR_ERROR
                                        : PC_COLOR_CAPSULE_INK,
                                  self->alpha);

  draw_band (self, snapshot, MIN (MIN (arrow.start, arrow.whole), left),
             MAX (MAX (arrow.start, arrow.whole), left + width));
  draw_lifelines (self, snapshot, RECT (left, y - height / 2, width, height));
  draw_number (self, snapshot, y);
  draw_connector (self, snapshot, &arrow, y);
  pc_paint_box (snapshot, RECT (left, y - height / 2, width, height),
                height / 2, &fill, NULL);
  if (error)
    pc_paint_cross (snapshot, left + pad + mark * 0.3, y,
                    scene->metrics.line * 0.33, &ink);
  pc_paint_text (snapshot, self->text, left + pad + mark,
                 y - text_height (self->text) / 2, &ink);
}

/* -- what a step leads to ------------------------------------------------- */

static void
draw_pill (PcRowView   *self,
           GtkSnapshot *snapshot,
           PangoLayout *text,
           double       left,
           PcColor      fill_color,
           PcColor      ink_color)
{
  PcScene *scene = self->scene;
  double   width = text_width (text) + 2 * pc_row_view_pill_pad (scene);
  double   height = scene->metrics.pill;
  double   top = round ((scene->metrics.row - height) / 2);
  GdkRGBA  fill = pc_palette_get (&scene->palette, fill_color, 1);
  GdkRGBA  ink = pc_palette_get (&scene->palette, ink_color, self->alpha);

  pc_paint_box (snapshot, RECT (left, top, width, height), height / 2, &fill,
                NULL);
  pc_paint_text (snapshot, text,
                 left + pc_row_view_pill_pad (scene),
                 top + (height - text_height (text)) / 2, &ink);
}

static void
draw_pills (PcRowView   *self,
            GtkSnapshot *snapshot)
{
  const PcLayout *layout = &self->scene->layout;
  double          pad = 2 * pc_row_view_pill_pad (self->scene);
  double          x[2] = { pc_layout_get_x (layout, self->row->client),
                           pc_layout_get_x (layout, self->row->server) };
  double          width[2] = { 0 };
  double          left[2];

  if (self->text != NULL)
    width[0] = text_width (self->text) + pad;
  if (self->other != NULL)
    width[1] = text_width (self->other) + pad;
  if (self->text != NULL && self->other != NULL)
    pc_layout_place_pair (layout, x, width, left);
  else
    for (guint i = 0; i < 2; i++)
      left[i] = pc_layout_place (layout, x[i], width[i]);

  draw_lifelines (self, snapshot, NULL);
  if (self->text != NULL)
    draw_pill (self, snapshot, self->text, left[0], PC_COLOR_PILL_CLIENT,
               PC_COLOR_PILL_CLIENT_INK);
  if (self->other != NULL)
    draw_pill (self, snapshot, self->other, left[1], PC_COLOR_PILL_SERVER,
               PC_COLOR_PILL_SERVER_INK);
}

/* The note's box is as high as its rows together; each draws its slice. */
static void
draw_note (PcRowView   *self,
           GtkSnapshot *snapshot)
{
  PcScene *scene = self->scene;
  PcArrow  arrow = pc_row_view_get_arrow (self);
  double   row = scene->metrics.row;
  double   pad = pc_row_view_note_pad (scene);
  double   width = text_width (self->text) + 2 * pad;
  double   left = pc_layout_place (&scene->layout,
                                   (arrow.start + arrow.whole) / 2, width);
  double   height = text_height (self->text) + 1.4 * pad;
  double   top = round ((row * self->row->parts - height) / 2) -
                 row * self->row->part;
  GdkRGBA  fill = pc_palette_get (&scene->palette, PC_COLOR_NOTE, 1);
  GdkRGBA  border = pc_palette_get (&scene->palette, PC_COLOR_NOTE_BORDER, 1);
  GdkRGBA  ink = pc_palette_get (&scene->palette, PC_COLOR_INK, self->alpha);

  draw_lifelines (self, snapshot, NULL);
  gtk_snapshot_push_clip (snapshot, RECT (0, 0, scene->layout.width, row));
  pc_paint_box (snapshot, RECT (left, top, width, height), 8, &fill, &border);
  pc_paint_text (snapshot, self->text, left + pad, top + 0.7 * pad, &ink);
  gtk_snapshot_pop (snapshot);
}

static void
draw_gap (PcRowView   *self,
          GtkSnapshot *snapshot)
{
  PcScene *scene = self->scene;
  PcArrow  arrow = pc_row_view_get_arrow (self);
  double   width = text_width (self->text);
  double   left = pc_layout_place (&scene->layout,
                                   (arrow.start + arrow.whole) / 2, width);
  double   y = scene->metrics.row / 2.0;
  double   stroke = scene->metrics.line * 1.5;
  GdkRGBA  ink = pc_palette_get (&scene->palette, PC_COLOR_DIM, self->alpha);
  GdkRGBA  line = pc_palette_get (&scene->palette, PC_COLOR_LIFELINE, 1);

  draw_lifelines (self, snapshot, NULL);
  pc_paint_shaft (snapshot, left - 8 - stroke, left - 8, y, 1, &line);
  pc_paint_shaft (snapshot, left + width + 8, left + width + 8 + stroke, y, 1,
                  &line);
  pc_paint_text (snapshot, self->text, left,
                 y - text_height (self->text) / 2, &ink);
}

void
pc_row_view_draw (PcRowView   *self,
                  GtkSnapshot *snapshot)
{
  switch (self->row->kind)
    {
    case PC_DIAGRAM_ROW_STEP:
      if (pc_row_view_is_event (self))
        draw_event (self, snapshot);
      else
        draw_message (self, snapshot);
      break;
    case PC_DIAGRAM_ROW_PILLS:
      draw_pills (self, snapshot);
      break;
    case PC_DIAGRAM_ROW_NOTE:
      draw_note (self, snapshot);
      break;
    case PC_DIAGRAM_ROW_GAP:
      draw_gap (self, snapshot);
      break;
    }
}
