/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks of the transport bar.  A picture only: what it says is said by
 * the list of steps, too, so that it is hidden from screen readers.  Where
 * steps are too many for the width, every so many-th is drawn. */

#include "app/step-marks.h"

#include "app/colors.h"

#define DOT 5
#define GAP 2

struct _PcStepMarks
{
  GtkWidget parent_instance;

  PcTimeline *timeline;
  GtkRange   *scale;
  gboolean hide_future;
};

enum { PROP_0,
       PROP_SCALE,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcStepMarks, pc_step_marks, GTK_TYPE_WIDGET)

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? DOT + 4 : 0;
}

/* The knob below @widget.  Not: gtk_range_get_slider_range (), whose start
 * stays behind when the knob moves. */
static GtkWidget *
find_knob (GtkWidget *widget)
{
  if (g_str_equal (gtk_widget_get_css_name (widget), "slider"))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_knob (child);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/* The way of the knob's middle, in our coordinates. */
static void
get_way (PcStepMarks *self,
         double      *start,
         double      *length)
{
  GdkRectangle trough = { 0, 0, gtk_widget_get_width (GTK_WIDGET (self)), 0 };
  GtkWidget *knob = NULL;
  double x = 0, y = 0, width;

  if (self->scale != NULL) {
    gtk_range_get_range_rect (self->scale, &trough);
    gtk_widget_translate_coordinates (GTK_WIDGET (self->scale),
                                      GTK_WIDGET (self), trough.x, 0, &x, &y);
    knob = find_knob (GTK_WIDGET (self->scale));
  }
  width = knob != NULL ? gtk_widget_get_width (knob) : 0;
  *start = x + width / 2;
  *length = MAX (trough.width - width, 0);
}

static void
paint_dot (GtkSnapshot   *snapshot,
           double         x,
           const GdkRGBA *color,
           gboolean       error)
{
  int size = error ? DOT + 2 : DOT;
  GskRoundedRect dot;

  gsk_rounded_rect_init_from_rect (
      &dot,
      &GRAPHENE_RECT_INIT ((float) (x - size / 2.0), error ? 1 : 2, size,
                           size),
      error ? 0 : size / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &dot);
  gtk_snapshot_append_color (snapshot, color, &dot.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot (GtkWidget   *widget,
          GtkSnapshot *snapshot)
{
  PcStepMarks *self = PC_STEP_MARKS (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA client = pc_widget_get_color (widget, "pc_client");
  GdkRGBA server = pc_widget_get_color (widget, "pc_server");
  GdkRGBA error = pc_widget_get_color (widget, "pc_error");
  GdkRGBA plain = pc_widget_get_color (widget, "pc_lifeline");
  double start, length, here;
  guint n, skip;

  n = self->timeline != NULL ? pc_timeline_get_n_steps (self->timeline) : 0;
  if (n == 0)
    return;
  get_way (self, &start, &length);
  here = self->hide_future && self->scale != NULL
             ? gtk_range_get_value (self->scale)
             : n;
  skip = (guint) MAX (1, (DOT + GAP) * n / MAX (length, 1));
  for (guint i = 0; i < n; i += skip) {
    PcStep *step = pc_timeline_get_step (self->timeline, i);
    int from = pc_timeline_find_actor (self->timeline, pc_step_get_from (step));
    gboolean bad = pc_step_get_status (step) == PC_STATUS_ERROR ||
                   pc_timeline_is_lost (self->timeline, step);
    gboolean by_server =
        from >= 0 &&
        pc_timeline_get_actor (self->timeline, (guint) from)->role ==
            PC_ROLE_SERVER;
    double x = length * (i + 1) / n;

    paint_dot (snapshot, start + (rtl ? length - x : x),
               i >= here   ? &plain
               : bad       ? &error
               : by_server ? &server
                           : &client,
               bad && i < here);
  }
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == PROP_SCALE)
    g_value_set_object (value, PC_STEP_MARKS (object)->scale);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Our places follow from the slider's: what moves or resizes it redraws us. */
static void
set_scale (PcStepMarks *self,
           GtkRange    *scale)
{
  if (!g_set_object (&self->scale, scale) || scale == NULL)
    return;

  g_signal_connect_object (scale, "value-changed",
                           G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_range_get_adjustment (scale), "changed",
                           G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  if (id == PROP_SCALE)
    set_scale (PC_STEP_MARKS (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dispose (GObject *object)
{
  PcStepMarks *self = PC_STEP_MARKS (object);

  g_clear_object (&self->timeline);
  g_clear_object (&self->scale);
  G_OBJECT_CLASS (pc_step_marks_parent_class)->dispose (object);
}

static void
pc_step_marks_class_init (PcStepMarksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  props[PROP_SCALE] = g_param_spec_object (
      "scale", NULL, NULL, GTK_TYPE_RANGE,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pc_step_marks_init (PcStepMarks *self)
{
}

void
pc_step_marks_set_timeline (PcStepMarks *self,
                            PcTimeline  *timeline)
{
  g_return_if_fail (PC_IS_STEP_MARKS (self));
  g_return_if_fail (timeline == NULL || PC_IS_TIMELINE (timeline));

  if (g_set_object (&self->timeline, timeline))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
pc_step_marks_set_hide_future (PcStepMarks *self,
                               gboolean     hide_future)
{
  g_return_if_fail (PC_IS_STEP_MARKS (self));

  self->hide_future = hide_future;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
