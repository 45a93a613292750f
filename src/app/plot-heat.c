/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A square for each day, a column for each week, as on a wall calendar turned
 * by a quarter; the last weeks that fit.  Four tints say how much; the line
 * below says it without colour. */

#include "app/plot.h"

#include "app/clamp-layout.h"
#include "app/colors.h"

#define DAYS 7
#define GAP 3
#define TINTS 4

typedef struct
{
  PcPlot parent_instance;

  guint first; /* day of the week of the first number */
} PcPlotHeat;

typedef struct
{
  PcPlotClass parent_class;
} PcPlotHeatClass;

G_DEFINE_FINAL_TYPE (PcPlotHeat, pc_plot_heat, PC_TYPE_PLOT)

static PcPlotHeat *
get (PcPlot *self)
{
  return (PcPlotHeat *) self;
}

static int
get_side (PcPlot *self)
{
  return (int) (0.95 * pc_widget_get_em (GTK_WIDGET (self)));
}

static int
get_line (PcPlot *self)
{
  int width, height;

  pc_plot_measure_text (self, "0", &width, &height);
  return height;
}

static int
get_height (PcPlot *self)
{
  return DAYS * (get_side (self) + GAP) + get_line (self);
}

static int
get_n_weeks (PcPlot *self)
{
  return (int) ((pc_plot_get_n (self) + get (self)->first + DAYS - 1) / DAYS);
}

/* The first week that is drawn. */
static int
get_first_week (PcPlot *self,
                int     width)
{
  int fit = MAX (1, (width + GAP) / (get_side (self) + GAP));

  return MAX (0, get_n_weeks (self) - fit);
}

static double
get_x (PcPlot *self,
       int     week,
       int     width)
{
  int side = get_side (self);
  int x = (week - get_first_week (self, width)) * (side + GAP);

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    return width - x - side;
  return x;
}

static int
find (PcPlot *self,
      double  x,
      double  y,
      int     width,
      int     height)
{
  int step = get_side (self) + GAP;
  int row = (int) (y - get_line (self)) / step;
  int at;

  if (y < get_line (self) || row >= DAYS)
    return -1;
  for (int week = get_first_week (self, width); week < get_n_weeks (self);
       week++) {
    double start = get_x (self, week, width);

    at = week * DAYS + row - (int) get (self)->first;
    if (x >= start && x < start + step && at >= 0 &&
        at < (int) pc_plot_get_n (self))
      return at;
  }
  return -1;
}

static void
draw_day (PcPlot      *self,
          GtkSnapshot *snapshot,
          guint        index,
          double       x,
          double       y)
{
  int side = get_side (self);
  double value = pc_plot_get_cell (self, index)->value;
  guint tint = value > 0 ? 1 + (guint) ((value / pc_plot_get_max (self)) *
                                        (TINTS - 0.001))
                         : 0;
  GdkRGBA color = pc_widget_get_color (GTK_WIDGET (self),
                                       value > 0 ? "pc_accent" : "pc_capsule");
  GdkRGBA frame = pc_widget_get_color (GTK_WIDGET (self), "pc_ink");
  const float widths[] = { 2, 2, 2, 2 };
  const GdkRGBA frames[] = { frame, frame, frame, frame };
  GskRoundedRect square;

  gsk_rounded_rect_init_from_rect (
      &square, &GRAPHENE_RECT_INIT ((float) x, (float) y, side, side), 3);
  if (tint > 0)
    color.alpha = 0.25f + 0.75f * (tint - 1) / (TINTS - 1);
  gtk_snapshot_push_rounded_clip (snapshot, &square);
  gtk_snapshot_append_color (snapshot, &color, &square.bounds);
  gtk_snapshot_pop (snapshot);
  if (pc_plot_get_cursor (self) == (int) index)
    gtk_snapshot_append_border (snapshot, &square, widths, frames);
}

static void
draw (PcPlot      *self,
      GtkSnapshot *snapshot,
      int          width,
      int          height)
{
  int first = get_first_week (self, width);
  int step = get_side (self) + GAP;
  int line = get_line (self);
  gboolean rtl =
      gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  double next_label = -1;

  for (guint i = 0; i < pc_plot_get_n (self); i++) {
    const PcPlotCell *cell = pc_plot_get_cell (self, i);
    int place = (int) (i + get (self)->first);
    int week = place / DAYS;
    double x;
    int label_width, label_height;

    if (week < first)
      continue;
    x = get_x (self, week, width);
    draw_day (self, snapshot, i, x, line + place % DAYS * step);
    if (cell->label == NULL)
      continue;
    pc_plot_measure_text (self, cell->label, &label_width, &label_height);
    if ((week - first) * step < next_label ||
        (week - first) * step + label_width > width)
      continue;
    pc_plot_draw_text (self, snapshot, cell->label,
                       rtl ? x + get_side (self) : x, 0, rtl ? 1 : 0,
                       "pc_dim");
    next_label = (week - first) * step + label_width + 8;
  }
}

static void
pc_plot_heat_class_init (PcPlotHeatClass *klass)
{
  PcPlotClass *plot_class = &klass->parent_class;

  plot_class->get_height = get_height;
  plot_class->draw = draw;
  plot_class->find = find;
}

static void
pc_plot_heat_init (PcPlotHeat *self)
{
  pc_plot_set_strides (PC_PLOT (self), DAYS, 1);
}

void
pc_plot_heat_set_first (PcPlot *self,
                        guint   weekday)
{
  g_return_if_fail (G_TYPE_CHECK_INSTANCE_TYPE (self, PC_TYPE_PLOT_HEAT));
  g_return_if_fail (weekday < DAYS);

  get (self)->first = weekday;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
