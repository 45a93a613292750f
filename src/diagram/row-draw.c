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

/* In lines of text: pills have less room at their ends then. */
#define NARROW 22

#define RECT(x, y, w, h) \
  (&GRAPHENE_RECT_INIT ((float) (x), (float) (y), (float) (w), (float) (h)))

/* -- measures ------------------------------------------------------------- */

gboolean
pc_row_view_is_event (PcRowView *self)
{
  PcLayer layer = pc_step_get_layer (self->row->step);

  return layer == PC_LAYER_TCP || layer == PC_LAYER_NOTE;
}

gboolean
pc_row_view_is_fault (PcRowView *self)
{
  const char *rule = pc_step_get_rule (self->row->step);

  return rule != NULL && g_str_has_prefix (rule, "fault.");
}

gboolean
pc_row_view_is_lost (PcRowView *self)
{
  PcTimeline *timeline = self->scene->timeline;

  return timeline != NULL && pc_timeline_is_lost (timeline, self->row->step);
}

PcArrow
pc_row_view_get_arrow (PcRowView *self)
{
  return pc_layout_arrow (&self->scene->layout, self->row->from,
                          self->row->to, pc_row_view_is_lost (self));
}

gboolean
pc_row_view_has_port (PcRowView *self,
                      guint      end)
{
  return self->ports[end] != NULL &&
         (self->row->new_port[end] || !self->tight);
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
  const PcLayout *layout = &scene->layout;
  gboolean        narrow = layout->right - layout->left <
                    NARROW * scene->metrics.line;

  return round (scene->metrics.line * (narrow ? 0.35 : 0.75));
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
void
pc_row_view_draw_lifelines (PcRowView             *self,
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

void
pc_row_view_draw_number (PcRowView   *self,
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

void
pc_row_view_draw_band (PcRowView   *self,
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
      pc_row_view_is_lost (self))
    return PC_COLOR_ERROR;
  return self->row->from_client ? PC_COLOR_CLIENT : PC_COLOR_SERVER;
}

/* -- a step with octets --------------------------------------------------- */

/* Of dashes where no end has sent it. */
static void
draw_shaft (PcRowView     *self,
            GtkSnapshot   *snapshot,
            double         from,
            double         to,
            double         thickness,
            const GdkRGBA *color)
{
  const PcMetrics *metrics = &self->scene->metrics;

  if (pc_step_get_fate (self->row->step) == PC_FATE_DUPLICATE)
    pc_paint_dashes (snapshot, from, to, metrics->arrow_y, thickness,
                     metrics->line * 0.7, color);
  else
    pc_paint_shaft (snapshot, from, to, metrics->arrow_y, thickness, color);
}

static void
draw_shaft_and_head (PcRowView     *self,
                     GtkSnapshot   *snapshot,
                     const PcArrow *arrow,
                     const GdkRGBA *color)
{
  PcScene *scene = self->scene;
  gboolean leftward = arrow->whole < arrow->start;
  double   y = scene->metrics.arrow_y;
  double   thickness = (self->motion.emphasis == PC_EMPHASIS_LIT ? 3 : 2) *
                     scene->metrics.pen;
  double   size = round (scene->metrics.line * 0.7);
  double   radius = scene->metrics.line * 0.42;
  double   back = leftward ? size : -size;

  if (pc_row_view_is_lost (self))
    {
      draw_shaft (self, snapshot, arrow->start,
                  arrow->end + (leftward ? radius : -radius), thickness,
                  color);
      pc_paint_cross (snapshot, arrow->end, y, radius, color);
      return;
    }

  draw_shaft (self, snapshot, arrow->start, arrow->end + back, thickness,
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
  double           clear = marker > 0 ? 1 - (1 - PC_ROW_FAINT) * marker : 1;
  GdkRGBA          color = pc_palette_get (palette, side,
                                           self->alpha * clear);
  double           y = self->scene->metrics.arrow_y;
  double           x;

  draw_shaft_and_head (self, snapshot, arrow, &color);
  if (marker <= 0)
    return;

  x = arrow->start + (arrow->end - arrow->start) * self->motion.travel;
  color = pc_palette_get (palette, side, 1);
  draw_shaft (self, snapshot, arrow->start, x, 3 * self->scene->metrics.pen,
              &color);
  color = pc_palette_get (palette, side, marker);
  pc_paint_disc (snapshot, x, y, self->scene->metrics.marker, &color);
}

/* -- ports and the words below an arrow ----------------------------------- */

#define TAG_PAD 4 /* beside the number of a port that is new */

/* Where the port stands at the start (0) or the end of @arrow. */
static PcHole
place_port (PcRowView     *self,
            const PcArrow *arrow,
            guint          end)
{
  gboolean leftward = arrow->whole < arrow->start;
  double   x = end == 0 ? arrow->start : arrow->whole;
  double   width = text_width (self->ports[end]) +
                 (self->row->new_port[end] ? 2 * TAG_PAD : 0);
  PcHole   hole = { .top = self->scene->metrics.arrow_y +
                           4 * self->scene->metrics.pen };

  /* Out of the way of an arrow that goes down. */
  if (end == 0 && pc_diagram_row_get_own_span (self->row) != NULL)
    x += (leftward ? -1.2 : 1.2) * self->scene->metrics.line;
  hole.left = (end == 0) == leftward ? x - width : x;
  hole.right = hole.left + width;
  hole.bottom = hole.top + text_height (self->ports[end]);
  return hole;
}

/* A port that its end did not have before stands out: that is how one sees
 * that the answer to a request comes from somewhere else. */
static void
draw_port (PcRowView    *self,
           GtkSnapshot  *snapshot,
           guint         end,
           const PcHole *place)
{
  const PcPalette *palette = &self->scene->palette;
  gboolean         client = self->row->from_client == (end == 0);
  GdkRGBA          ink = pc_palette_get (palette, PC_COLOR_DIM, self->alpha);
  GdkRGBA          fill;

  if (!self->row->new_port[end])
    {
      pc_paint_text (snapshot, self->ports[end], place->left, place->top,
                     &ink);
      return;
    }

  fill = pc_palette_get (palette, client ? PC_COLOR_PILL_CLIENT
                                         : PC_COLOR_PILL_SERVER,
                         1);
  ink = pc_palette_get (palette, client ? PC_COLOR_PILL_CLIENT_INK
                                        : PC_COLOR_PILL_SERVER_INK,
                        self->alpha);
  pc_paint_box (snapshot,
                RECT (place->left, place->top, place->right - place->left,
                      place->bottom - place->top),
                4, &fill, NULL);
  pc_paint_text (snapshot, self->ports[end], place->left + TAG_PAD,
                 place->top, &ink);
}

/* In the middle; of what is lost, below the cross where there is room. */
static PcHole
place_caption (PcRowView     *self,
               const PcArrow *arrow)
{
  double width = text_width (self->caption);
  double middle = (arrow->start + arrow->whole) / 2;
  double free = fabs (arrow->whole - arrow->end) - width / 2;
  PcHole hole = { .top = self->scene->metrics.arrow_y +
                         4 * self->scene->metrics.pen };

  if (pc_row_view_has_port (self, 1))
    free -= text_width (self->ports[1]) + self->scene->metrics.line;
  hole.left = pc_layout_place (&self->scene->layout,
                               free >= 0 ? arrow->end : middle, width);
  hole.right = hole.left + width;
  hole.bottom = hole.top + text_height (self->caption);
  return hole;
}

static void
draw_caption (PcRowView    *self,
              GtkSnapshot  *snapshot,
              const PcHole *place)
{
  GdkRGBA ink = pc_palette_get (&self->scene->palette,
                                pc_row_view_is_lost (self) ? PC_COLOR_ERROR
                                                           : PC_COLOR_DIM,
                                self->alpha);

  pc_paint_text (snapshot, self->caption, place->left, place->top, &ink);
}

/* The texts around the arrow, and the arrows that run through the row in what
 * these leave free. @holes holds the first @n. */
static void
draw_around (PcRowView     *self,
             GtkSnapshot   *snapshot,
             const PcArrow *arrow,
             PcHole        *holes,
             guint          n)
{
  guint ports[2] = { 0 };
  guint caption = 0;

  for (guint end = 0; end < 2; end++)
    if (pc_row_view_has_port (self, end))
      {
        ports[end] = n;
        holes[n++] = place_port (self, arrow, end);
      }
  if (self->caption != NULL)
    {
      caption = n;
      holes[n++] = place_caption (self, arrow);
    }

  pc_row_view_draw_spans (self, snapshot, holes, n);
  for (guint end = 0; end < 2; end++)
    if (pc_row_view_has_port (self, end))
      draw_port (self, snapshot, end, &holes[ports[end]]);
  if (self->caption != NULL)
    draw_caption (self, snapshot, &holes[caption]);
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
  PcHole    holes[PC_LAYOUT_HOLES] = { { left - 4, y, left + width + 4,
                                         y + height } };

  pc_row_view_draw_band (self, snapshot,
                         MIN (MIN (arrow.start, arrow.whole), left),
                         MAX (MAX (arrow.start, arrow.whole), left + width));
  pc_row_view_draw_lifelines (self, snapshot, RECT (left, y, width, height));
  pc_row_view_draw_number (self, snapshot, scene->metrics.arrow_y);
  if (alert)
    {
      GdkRGBA red = pc_palette_get (&scene->palette, PC_COLOR_ERROR,
                                    self->alpha);
      GdkRGBA on = pc_palette_get (&scene->palette, PC_COLOR_ON_SIDE, 1);

      pc_paint_alert (snapshot, left + scene->metrics.line * 0.5,
                      y + height / 2, scene->metrics.line * 0.45, &red, &on);
    }
  pc_paint_text (snapshot, self->text, left + mark, y, &ink);
  if (pc_diagram_row_get_own_span (self->row) == NULL)
    draw_arrow (self, snapshot, &arrow);
  draw_around (self, snapshot, &arrow, holes, 1);
}

/* Where an arrow over several rows ends. */
static void
draw_arrival (PcRowView   *self,
              GtkSnapshot *snapshot)
{
  PcScene             *scene = self->scene;
  const PcDiagramSpan *span = pc_diagram_row_get_own_span (self->row);
  double               width = text_width (self->text);
  double               height = text_height (self->text);
  double               y = scene->metrics.text_y;
  GdkRGBA              ink = pc_palette_get (&scene->palette, PC_COLOR_DIM,
                                             self->alpha);
  PcHole               holes[PC_LAYOUT_HOLES];
  PcArrow              arrow;
  double               left;

  if (span == NULL)
    return;

  arrow = pc_layout_arrow (&scene->layout, span->from, span->to, FALSE);
  left = pc_layout_place (&scene->layout, (arrow.start + arrow.whole) / 2,
                          width);
  holes[0] = (PcHole){ left - 4, y, left + width + 4, y + height };
  pc_row_view_draw_lifelines (self, snapshot, RECT (left, y, width, height));
  draw_around (self, snapshot, &arrow, holes, 1);
  pc_paint_text (snapshot, self->text, left, y, &ink);
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
  pc_paint_shaft (snapshot, arrow->start, end, y, 2 * scene->metrics.pen,
                  &color);

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

/* The colours of a capsule: what happened, what went wrong, and what was done
 * on purpose. */
typedef struct
{
  PcColor fill;
  PcColor ink;
  PcColor border;
  gboolean has_border;
} Capsule;

static Capsule
get_capsule (PcRowView *self)
{
  if (pc_row_view_is_fault (self))
    return (Capsule){ PC_COLOR_FAULT, PC_COLOR_FAULT_INK,
                      PC_COLOR_FAULT_BORDER, TRUE };
  if (pc_step_get_status (self->row->step) == PC_STATUS_ERROR)
    return (Capsule){ PC_COLOR_CAPSULE_ERROR, PC_COLOR_ERROR, 0, FALSE };
  return (Capsule){ PC_COLOR_CAPSULE, PC_COLOR_CAPSULE_INK, 0, FALSE };
}

static void
draw_sign (PcRowView     *self,
           GtkSnapshot   *snapshot,
           double         x,
           double         y,
           const GdkRGBA *ink,
           const GdkRGBA *fill)
{
  double line = self->scene->metrics.line;

  if (pc_row_view_is_fault (self))
    pc_paint_diamond (snapshot, x, y, line * 0.46, ink, fill);
  else
    pc_paint_cross (snapshot, x, y, line * 0.33, ink);
}

static void
draw_event (PcRowView   *self,
            GtkSnapshot *snapshot)
{
  PcScene *scene = self->scene;
  Capsule  capsule = get_capsule (self);
  gboolean sign = capsule.ink != PC_COLOR_CAPSULE_INK;
  PcArrow  arrow = pc_row_view_get_arrow (self);
  double   pad = pc_row_view_pill_pad (scene);
  double   mark = sign ? scene->metrics.line : 0;
  double   width = text_width (self->text) + mark + 2 * pad;
  double   height = scene->metrics.pill;
  double   y = scene->metrics.row / 2.0;
  double   left = pc_layout_place (&scene->layout,
                                   (arrow.start + arrow.whole) / 2, width);
  GdkRGBA  fill = pc_palette_get (&scene->palette, capsule.fill, 1);
  GdkRGBA  ink = pc_palette_get (&scene->palette, capsule.ink, self->alpha);
  GdkRGBA  border = pc_palette_get (&scene->palette, capsule.border,
                                    self->alpha);

  pc_row_view_draw_band (self, snapshot,
                         MIN (MIN (arrow.start, arrow.whole), left),
                         MAX (MAX (arrow.start, arrow.whole), left + width));
  pc_row_view_draw_lifelines (self, snapshot,
                              RECT (left, y - height / 2, width, height));
  pc_row_view_draw_spans (self, snapshot, NULL, 0);
  pc_row_view_draw_number (self, snapshot, y);
  if (self->row->from != self->row->to)
    draw_connector (self, snapshot, &arrow, y);
  pc_paint_box (snapshot, RECT (left, y - height / 2, width, height),
                height / 2, &fill, capsule.has_border ? &border : NULL);
  if (sign)
    draw_sign (self, snapshot, left + pad + mark * 0.3, y, &ink, &fill);
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

  pc_row_view_draw_lifelines (self, snapshot, NULL);
  pc_row_view_draw_spans (self, snapshot, NULL, 0);
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

  pc_row_view_draw_lifelines (self, snapshot, NULL);
  pc_row_view_draw_spans (self, snapshot, NULL, 0);
  if (self->note_rows == 0)
    return;
  gtk_snapshot_push_clip (snapshot, RECT (0, 0, scene->layout.width,
                                          row * self->note_rows));
  pc_paint_box (snapshot, RECT (left, top, width, height), 8, &fill, &border);
  pc_paint_text (snapshot, self->text, left + pad, top + 0.7 * pad, &ink);
  gtk_snapshot_pop (snapshot);
}

void
pc_row_view_draw (PcRowView   *self,
                  GtkSnapshot *snapshot)
{
  if (self->to_come)
    {
      pc_row_view_draw_lifelines (self, snapshot, NULL);
      return;
    }

  pc_row_view_draw_tunnels (self, snapshot);
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
      pc_row_view_draw_gap (self, snapshot);
      break;
    case PC_DIAGRAM_ROW_ARRIVAL:
      draw_arrival (self, snapshot);
      break;
    case PC_DIAGRAM_ROW_GROUP:
      pc_row_view_draw_group (self, snapshot);
      break;
    case PC_DIAGRAM_ROW_TUNNEL:
      pc_row_view_draw_tunnel_begin (self, snapshot);
      break;
    }
  pc_row_view_draw_disclosure (self, snapshot);
}
