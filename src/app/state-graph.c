/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a graph of states.  Where things are is state-layout's; here they get
 * their colours.  Nothing in it can be pressed. */

#include "app/state-graph.h"

#include "app/colors.h"
#include "app/state-layout.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_STATES 32
#define PAD_X 14 /* room for the mark of an end */
#define PAD_Y 5
#define MARK 7.0
#define ARROW 6.0
#define LEAST_STATE 64 /* pixels; words break to fit */

struct _PcStateGraph
{
  GtkWidget parent_instance;

  const char *const   *states;
  const PcStateChange *changes;
  PcStateLayout       *layout;
  PangoLayout         *names[MAX_STATES];
  PcStateMove          moves[2];
};

G_DEFINE_FINAL_TYPE (PcStateGraph, pc_state_graph, GTK_TYPE_WIDGET)

/* -- sizes ---------------------------------------------------------------- */

static void
clear_names (PcStateGraph *self)
{
  for (guint i = 0; i < MAX_STATES; i++)
    g_clear_object (&self->names[i]);
}

static PangoLayout *
get_name (PcStateGraph *self,
          guint         state)
{
  if (self->names[state] == NULL) {
    g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

    pango_attr_list_insert (attrs, pango_attr_insert_hyphens_new (FALSE));
    self->names[state] = gtk_widget_create_pango_layout (
        GTK_WIDGET (self), _ (self->states[state]));
    pango_layout_set_wrap (self->names[state], PANGO_WRAP_WORD_CHAR);
    pango_layout_set_attributes (self->names[state], attrs);
    pango_layout_set_alignment (self->names[state], PANGO_ALIGN_CENTER);
  }
  return self->names[state];
}

/* Places everything for @width.  Returns: the height. */
static double
place (PcStateGraph *self,
       double        width)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) ==
                 GTK_TEXT_DIR_RTL;
  double heights[MAX_STATES];

  for (guint i = 0; i < pc_state_layout_get_n_states (self->layout); i++) {
    PangoLayout *name = get_name (self, i);
    double room = pc_state_layout_get_width (self->layout, i, width);
    int height;

    pango_layout_set_width (
        name, (int) MAX (room - 2 * PAD_X, MARK) * PANGO_SCALE);
    pango_layout_get_pixel_size (name, NULL, &height);
    heights[i] = height + 2 * PAD_Y;
  }
  return pc_state_layout_place (self->layout, width, heights, rtl);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  PcStateGraph *self = PC_STATE_GRAPH (widget);
  int least;

  *minimum = *natural = 0;
  if (self->layout == NULL)
    return;
  least = (int) ceil (pc_state_layout_get_minimum (self->layout,
                                                   LEAST_STATE));
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = least;
  else
    *minimum = *natural = (int) ceil (place (self, MAX (for_size, least)));
}

static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  PcStateGraph *self = PC_STATE_GRAPH (widget);

  if (self->layout != NULL)
    place (self, width);
}

/* -- painting ------------------------------------------------------------- */

static void
paint_arrow (cairo_t          *cr,
             graphene_point_t  from,
             graphene_point_t  to,
             double            size)
{
  double angle = atan2 (to.y - from.y, to.x - from.x);

  cairo_save (cr);
  cairo_translate (cr, to.x, to.y);
  cairo_rotate (cr, angle);
  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, -size, -size * 0.6);
  cairo_line_to (cr, -size, size * 0.6);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
paint_edge (PcStateGraph  *self,
            cairo_t       *cr,
            guint          index,
            const GdkRGBA *color,
            double         width)
{
  graphene_point_t points[PC_STATE_MAX_POINTS];
  guint n = pc_state_layout_get_path (self->layout, index, points);

  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, points[0].x, points[0].y);
  for (guint i = 1; i < n; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  cairo_stroke (cr);
  paint_arrow (cr, points[n - 2], points[n - 1],
               width > 1 ? 1.6 * ARROW : ARROW);
}

static gboolean
is_taken (PcStateGraph *self,
          guint         index,
          guint         end)
{
  const PcStateEdge *edge = pc_state_layout_get_edge (self->layout, index);
  const PcStateMove *move = &self->moves[end];

  return (int) edge->from == move->before && (int) edge->to == move->now;
}

static void
paint_edges (PcStateGraph *self,
             cairo_t      *cr)
{
  static const char *const names[] = { "pc_client", "pc_server" };
  GdkRGBA quiet = pc_widget_get_color (GTK_WIDGET (self), "pc_dim");
  guint n = pc_state_layout_get_n_edges (self->layout);

  /* Together: where lines share a lane, they are one line. */
  cairo_push_group (cr);
  for (guint i = 0; i < n; i++)
    if (!is_taken (self, i, 0) && !is_taken (self, i, 1))
      paint_edge (self, cr, i, &quiet, 1);
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, 0.6);
  /* The client's below: where both went, both are seen. */
  for (guint end = 0; end < 2; end++)
    for (guint i = 0; i < n; i++)
      if (is_taken (self, i, end)) {
        GdkRGBA color = pc_widget_get_color (GTK_WIDGET (self), names[end]);
        gboolean both = is_taken (self, i, 0) && is_taken (self, i, 1);

        paint_edge (self, cr, i, &color, both && end == 0 ? 6 : 2.5);
      }
}

static gboolean
is_at (PcStateGraph *self,
       guint         state,
       guint         end)
{
  return self->moves[end].now == (int) state;
}

/* The halves of a state where both ends are: the client's at the start. */
static void
paint_ground (PcStateGraph          *self,
              GtkSnapshot           *snapshot,
              guint                  state,
              const graphene_rect_t *rect)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA card = pc_widget_get_color (widget, "pc_card");
  GdkRGBA colors[] = { pc_widget_get_color (widget, "pc_pill_client"),
                       pc_widget_get_color (widget, "pc_pill_server") };
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  graphene_rect_t half = *rect;

  half.size.width /= 2;
  gtk_snapshot_append_color (snapshot, &card, rect);
  if (is_at (self, state, 0) && is_at (self, state, 1)) {
    gtk_snapshot_append_color (snapshot, &colors[rtl], &half);
    half.origin.x += half.size.width;
    gtk_snapshot_append_color (snapshot, &colors[!rtl], &half);
  } else if (is_at (self, state, 0) || is_at (self, state, 1)) {
    gtk_snapshot_append_color (snapshot, &colors[is_at (self, state, 1)],
                               rect);
  }
}

static void
paint_mark (PcStateGraph          *self,
            GtkSnapshot           *snapshot,
            guint                  end,
            const graphene_rect_t *rect,
            const GdkRGBA         *color)
{
  gboolean left = (gtk_widget_get_direction (GTK_WIDGET (self)) ==
                   GTK_TEXT_DIR_RTL) == (end == 1);
  double x = left ? rect->origin.x + 5
                  : rect->origin.x + rect->size.width - 5 - MARK;
  graphene_rect_t mark = GRAPHENE_RECT_INIT (
      (float) x, (float) (rect->origin.y + (rect->size.height - MARK) / 2),
      (float) MARK, (float) MARK);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &mark,
                                   end == 0 ? (float) MARK / 2 : 0);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, color, &mark);
  gtk_snapshot_pop (snapshot);
}

static void
paint_state (PcStateGraph *self,
             GtkSnapshot  *snapshot,
             guint         state)
{
  static const char *const inks[] = { "pc_dim", "pc_pill_client_text",
                                      "pc_pill_server_text" };
  gboolean client = is_at (self, state, 0);
  gboolean server = is_at (self, state, 1);
  graphene_rect_t rect = pc_state_layout_get_rect (self->layout, state);
  GdkRGBA ink = pc_widget_get_color (GTK_WIDGET (self),
                                     inks[client ? 1 : server ? 2 : 0]);
  float line = client || server ? 2 : 1;
  PangoLayout *name = get_name (self, state);
  GskRoundedRect round;
  int height;

  gsk_rounded_rect_init_from_rect (&round, &rect,
                                   MIN (rect.size.height / 2, 14));
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  paint_ground (self, snapshot, state, &rect);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &round,
                              (float[4]){ line, line, line, line },
                              (GdkRGBA[4]){ ink, ink, ink, ink });
  pango_layout_get_pixel_size (name, NULL, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (
                    rect.origin.x + PAD_X,
                    rect.origin.y + (rect.size.height - (float) height) / 2));
  gtk_snapshot_append_layout (snapshot, name, &ink);
  gtk_snapshot_restore (snapshot);
  if (client)
    paint_mark (self, snapshot, 0, &rect, &ink);
  if (server)
    paint_mark (self, snapshot, 1, &rect, &ink);
}

static void
snapshot (GtkWidget   *widget,
          GtkSnapshot *snapshot)
{
  PcStateGraph *self = PC_STATE_GRAPH (widget);
  graphene_rect_t all =
      GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                          (float) gtk_widget_get_height (widget));
  cairo_t *cr;

  if (self->layout == NULL)
    return;
  /* Somebody may have asked since how high it would be with another width. */
  place (self, gtk_widget_get_width (widget));
  cr = gtk_snapshot_append_cairo (snapshot, &all);
  paint_edges (self, cr);
  cairo_destroy (cr);
  for (guint i = 0; i < pc_state_layout_get_n_states (self->layout); i++)
    paint_state (self, snapshot, i);
}

/* -- life ----------------------------------------------------------------- */

static void
css_changed (GtkWidget         *widget,
             GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (pc_state_graph_parent_class)
      ->css_changed (widget, change);
  clear_names (PC_STATE_GRAPH (widget));
  gtk_widget_queue_resize (widget);
}

static void
system_setting_changed (GtkWidget       *widget,
                        GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (pc_state_graph_parent_class)
      ->system_setting_changed (widget, setting);
  clear_names (PC_STATE_GRAPH (widget));
  gtk_widget_queue_resize (widget);
}

static void
dispose (GObject *object)
{
  PcStateGraph *self = PC_STATE_GRAPH (object);

  clear_names (self);
  g_clear_pointer (&self->layout, pc_state_layout_free);
  G_OBJECT_CLASS (pc_state_graph_parent_class)->dispose (object);
}

static void
pc_state_graph_class_init (PcStateGraphClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  widget_class->css_changed = css_changed;
  widget_class->system_setting_changed = system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "stategraph");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pc_state_graph_init (PcStateGraph *self)
{
  self->moves[0] = self->moves[1] = (PcStateMove){ -1, -1 };
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Graph of the states"), -1);
}

void
pc_state_graph_show (PcStateGraph        *self,
                     const char *const   *states,
                     const PcStateChange *changes,
                     const PcStateMove    moves[2])
{
  g_return_if_fail (PC_IS_STATE_GRAPH (self));
  g_return_if_fail (states != NULL && changes != NULL && moves != NULL);

  if (self->states != states || self->changes != changes) {
    clear_names (self);
    g_clear_pointer (&self->layout, pc_state_layout_free);
    self->states = states;
    self->changes = changes;
    self->layout =
        pc_state_layout_new (changes, g_strv_length ((char **) states));
    gtk_widget_queue_resize (GTK_WIDGET (self));
  }
  self->moves[0] = moves[0];
  self->moves[1] = moves[1];
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
