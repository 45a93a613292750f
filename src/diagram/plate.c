/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timeline on paper.
 *
 * The rows are drawn by the code that draws them on the screen, one after the
 * other by one row widget that never has a window.  A page ends where a step
 * ends, if there is such a place in its lower two thirds.  A note, whose rows
 * on the screen draw a slice each, is drawn as one thing here, so that its
 * words are there once.
 */

#include "diagram/plate.h"

#include "diagram/paint.h"
#include "diagram/plate-head.h"
#include "diagram/row-private.h"

#define FONT "Cantarell, Noto Sans, Sans 11"
#define RESOLUTION 96
#define WIDTH_MIN 760
#define WIDTH_ACTOR 240

struct _PcPlate
{
  PcScene       *scene;
  PcRowView     *view;
  PcDiagramRows *rows;
  PcPlateHead   *head;
  GArray        *pages;  /* guint: first rows */
  double         height; /* of each page; 0: as it gets */
};

/* -- life ----------------------------------------------------------------- */

/* Paper is finer than any grid of pixels. */
static void
set_font (PangoContext *context)
{
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_context_set_font_description (context, font);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_cairo_context_set_resolution (context, RESOLUTION);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_font_description_free (font);
}

static guint
note_parts_cb (const char *note,
               gpointer    data)
{
  PcPlate *self = data;

  return pc_row_view_note_parts (self->scene, GTK_WIDGET (self->view), note);
}

PcPlate *
pc_plate_new (PcTimeline        *timeline,
              const PcPlateText *text,
              double             width)
{
  PcPlate      *self = g_new0 (PcPlate, 1);
  PangoContext *context;
  guint         n_actors;

  g_return_val_if_fail (PC_IS_TIMELINE (timeline), NULL);
  g_return_val_if_fail (text != NULL && text->title != NULL, NULL);

  n_actors = MIN (pc_timeline_get_n_actors (timeline), PC_LAYOUT_ACTORS);
  width = MAX (MAX (width, WIDTH_MIN), WIDTH_ACTOR * n_actors);

  self->scene = pc_scene_new ();
  self->view = g_object_ref_sink (PC_ROW_VIEW (pc_row_view_new (self->scene)));
  context = gtk_widget_get_pango_context (GTK_WIDGET (self->view));
  set_font (context);
  pc_scene_set_timeline (self->scene, timeline);
  pc_scene_set_paper_style (self->scene, context);
  pc_scene_set_width (self->scene, width);
  self->scene->secrets = text->secrets;
  /* Past the last step: none is lit, none is still to come. */
  self->scene->position = pc_timeline_get_n_steps (timeline) + 1.0;

  self->rows = pc_diagram_rows_new ();
  pc_diagram_rows_set_note_func (self->rows, note_parts_cb, self);
  pc_diagram_rows_set_timeline (self->rows, timeline);
  self->head = pc_plate_head_new (self->scene, context, text);
  self->pages = g_array_new (FALSE, FALSE, sizeof (guint));
  pc_plate_paginate (self, 0);
  return self;
}

void
pc_plate_free (PcPlate *self)
{
  g_array_unref (self->pages);
  pc_plate_head_free (self->head);
  g_object_unref (self->rows);
  g_object_unref (self->view);
  pc_scene_unref (self->scene);
  g_free (self);
}

/* -- pages ---------------------------------------------------------------- */

static PcDiagramRow *
get_row (PcPlate *self,
         guint    index)
{
  return g_list_model_get_item (G_LIST_MODEL (self->rows), index);
}

static guint
get_n_rows (PcPlate *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

/* Whether a page may begin with row @index: what a step leads to stays with
 * its step, and the wait before it too. */
static gboolean
may_begin (PcPlate *self,
           guint    index)
{
  g_autoptr (PcDiagramRow) row = get_row (self, index);
  g_autoptr (PcDiagramRow) before = get_row (self, index - 1);

  if (row->kind == PC_DIAGRAM_ROW_PILLS || row->kind == PC_DIAGRAM_ROW_NOTE)
    return FALSE;
  return before->kind != PC_DIAGRAM_ROW_GAP &&
         before->kind != PC_DIAGRAM_ROW_TUNNEL;
}

/* The row after the last of a page that begins with row @first and has room
 * for @n. */
static guint
find_end (PcPlate *self,
          guint    first,
          guint    n)
{
  guint end = first + n;

  if (end >= get_n_rows (self))
    return get_n_rows (self);

  for (; end > first + n / 3; end--)
    if (may_begin (self, end))
      return end;
  return first + n;
}

guint
pc_plate_paginate (PcPlate *self,
                   double   height)
{
  guint first = 0;

  self->height = height;
  g_array_set_size (self->pages, 0);
  do
    {
      double room = height - pc_plate_head_get_height (self->head, first > 0) -
                    pc_plate_head_get_foot (self->head);
      guint  n = get_n_rows (self);

      if (height > 0)
        n = MAX ((guint) MAX (room / self->scene->metrics.row, 1), 1);
      g_array_append_val (self->pages, first);
      first = find_end (self, first, n);
    }
  while (first < get_n_rows (self));
  return self->pages->len;
}

static guint
get_first (PcPlate *self,
           guint    page)
{
  return page < self->pages->len ? g_array_index (self->pages, guint, page)
                                 : get_n_rows (self);
}

double
pc_plate_get_width (PcPlate *self)
{
  return self->scene->layout.width;
}

double
pc_plate_get_height (PcPlate *self,
                     guint    page)
{
  guint n = get_first (self, page + 1) - get_first (self, page);

  return pc_plate_head_get_height (self->head, page > 0) +
         (double) n * self->scene->metrics.row +
         pc_plate_head_get_foot (self->head);
}

/* -- drawing -------------------------------------------------------------- */

typedef struct
{
  PcPlate    *sheet;
  PcPlateFunc func;
  gpointer    data;
  double      top; /* of the first row */
  guint       first;
  guint       end;
} Page;

/* A snapshot whose corner is at @y. */
static GtkSnapshot *
begin (double  y,
       GArray *marks)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  pc_paint_keep_marks (snapshot, marks);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) y));
  return snapshot;
}

static void
end (const Page  *page,
     GtkSnapshot *snapshot,
     GArray      *marks)
{
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);

  if (node == NULL)
    return;
  page->func (node, marks, page->data);
  gsk_render_node_unref (node);
}

static void
draw_row (const Page   *page,
          guint         index,
          PcDiagramRow *row)
{
  g_autoptr (GArray) marks = pc_paint_marks_new ();
  PcPlate     *self = page->sheet;
  int          height = self->scene->metrics.row;
  double       y = page->top + (double) height * (index - page->first);
  GtkSnapshot *snapshot = begin (y, marks);

  pc_row_view_set_row (self->view, row);
  /* Slices of arrows end where their row ends. */
  if (row->n_spans > 0)
    gtk_snapshot_push_clip (
        snapshot,
        &GRAPHENE_RECT_INIT (0, 0, (float) self->scene->layout.width,
                             (float) (height * MAX (self->view->note_rows,
                                                    1))));
  pc_row_view_draw (self->view, snapshot);
  if (row->n_spans > 0)
    gtk_snapshot_pop (snapshot);
  end (page, snapshot, marks);
}

/* The rows of one note from @index to the last on this page, upwards: the
 * first has the box, over the lifelines of the others. */
static guint
draw_note (const Page   *page,
           guint         index,
           PcDiagramRow *row)
{
  PcRowView *view = page->sheet->view;
  guint      n = MIN (row->parts - row->part, page->end - index);

  for (guint i = n; i-- > 0;)
    {
      g_autoptr (PcDiagramRow) part = get_row (page->sheet, index + i);

      view->note_rows = i == 0 ? n : 0;
      draw_row (page, index + i, part);
    }
  view->note_rows = 1;
  return n;
}

void
pc_plate_draw (PcPlate    *self,
               guint       page,
               PcPlateFunc func,
               gpointer    user_data)
{
  g_autoptr (GArray) marks = pc_paint_marks_new ();
  Page         drawn = { .sheet = self, .func = func, .data = user_data };
  GtkSnapshot *snapshot;

  g_return_if_fail (page < self->pages->len);

  drawn.top = pc_plate_head_get_height (self->head, page > 0);
  drawn.first = get_first (self, page);
  drawn.end = get_first (self, page + 1);
  snapshot = begin (0, marks);
  pc_plate_head_draw (self->head, snapshot, page > 0);
  end (&drawn, snapshot, marks);
  for (guint i = drawn.first; i < drawn.end;)
    {
      g_autoptr (PcDiagramRow) row = get_row (self, i);

      if (row->kind == PC_DIAGRAM_ROW_NOTE)
        {
          i += draw_note (&drawn, i, row);
          continue;
        }
      draw_row (&drawn, i, row);
      i++;
    }
  pc_row_view_set_row (self->view, NULL);

  g_array_set_size (marks, 0);
  snapshot = begin (MAX (self->height, pc_plate_get_height (self, page)) -
                        pc_plate_head_get_foot (self->head),
                    marks);
  pc_plate_head_draw_foot (self->head, snapshot, page, self->pages->len);
  end (&drawn, snapshot, marks);
}
