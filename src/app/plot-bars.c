/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars side by side, each with its number above and its label below; labels
 * that would touch are left out. */

#include "app/plot.h"

#include "app/clamp-layout.h"
#include "app/colors.h"

#define BAR_EMS 5  /* height of the tallest */
#define MAX_BAR 56 /* pixels */
#define FILL 0.72  /* of the place that a bar has */

typedef struct
{
  PcPlot parent_instance;
} PcPlotBars;

typedef struct
{
  PcPlotClass parent_class;
} PcPlotBarsClass;

G_DEFINE_FINAL_TYPE (PcPlotBars, pc_plot_bars, PC_TYPE_PLOT)

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
  return (int) (BAR_EMS * pc_widget_get_em (GTK_WIDGET (self))) +
         2 * get_line (self) + 4;
}

static double
get_place (PcPlot *self,
           int     width)
{
  return MIN ((double) width / MAX (pc_plot_get_n (self), 1), MAX_BAR / FILL);
}

/* Where the place of a bar begins, from the left. */
static double
get_x (PcPlot *self,
       guint   index,
       int     width)
{
  double place = get_place (self, width);
  double x = place * index;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    return width - x - place;
  return x;
}

static int
find (PcPlot *self,
      double  x,
      double  y,
      int     width,
      int     height)
{
  double place = get_place (self, width);

  for (guint i = 0; i < pc_plot_get_n (self); i++) {
    double start = get_x (self, i, width);

    if (x >= start && x < start + place && y <= height)
      return (int) i;
  }
  return -1;
}

/* One label in so many. */
static guint
get_label_step (PcPlot *self,
                double  place)
{
  int widest = 1;

  for (guint i = 0; i < pc_plot_get_n (self); i++) {
    const PcPlotCell *cell = pc_plot_get_cell (self, i);
    int width = 0, height;

    if (cell->label != NULL)
      pc_plot_measure_text (self, cell->label, &width, &height);
    widest = MAX (widest, width + 8);
  }
  return (guint) MAX (1, (widest + place - 1) / place);
}

static void
draw_bar (PcPlot      *self,
          GtkSnapshot *snapshot,
          guint        index,
          double       x,
          double       place,
          int          line,
          int          height)
{
  const PcPlotCell *cell = pc_plot_get_cell (self, index);
  gboolean here = pc_plot_get_cursor (self) == (int) index;
  GdkRGBA color =
      pc_widget_get_color (GTK_WIDGET (self), here ? "pc_ink" : "pc_accent");
  double tallest = height - 2 * line - 4;
  double tall = cell->value / pc_plot_get_max (self) * tallest;
  double wide = MAX (place * FILL, 2);
  g_autofree char *number = g_strdup_printf ("%.0f", cell->value);
  int number_width, number_height;
  GskRoundedRect bar;

  if (cell->value > 0)
    tall = MAX (tall, 2);
  gsk_rounded_rect_init_from_rect (
      &bar,
      &GRAPHENE_RECT_INIT ((float) (x + (place - wide) / 2),
                           (float) (line + 2 + tallest - tall), (float) wide,
                           (float) tall),
      (float) MIN (3, tall / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  gtk_snapshot_append_color (snapshot, &color, &bar.bounds);
  gtk_snapshot_pop (snapshot);
  pc_plot_measure_text (self, number, &number_width, &number_height);
  if (cell->value > 0 && number_width <= place)
    pc_plot_draw_text (self, snapshot, number, x + place / 2,
                       tallest - tall, 0.5, "pc_ink");
}

static void
draw (PcPlot      *self,
      GtkSnapshot *snapshot,
      int          width,
      int          height)
{
  int line = get_line (self);
  double place = get_place (self, width);
  guint step = get_label_step (self, place);
  GdkRGBA ground = pc_widget_get_color (GTK_WIDGET (self), "pc_lifeline");

  for (guint i = 0; i < pc_plot_get_n (self); i++) {
    const PcPlotCell *cell = pc_plot_get_cell (self, i);
    double x = get_x (self, i, width);
    int label_width, label_height;

    draw_bar (self, snapshot, i, x, place, line, height);
    if (i % step != 0 || cell->label == NULL)
      continue;
    pc_plot_measure_text (self, cell->label, &label_width, &label_height);
    /* Inside the picture at its ends. */
    pc_plot_draw_text (
        self, snapshot, cell->label,
        CLAMP (x + place / 2, label_width / 2.0,
               MAX (width - label_width / 2.0, label_width / 2.0)),
        height - line, 0.5, "pc_dim");
  }
  gtk_snapshot_append_color (
      snapshot, &ground,
      &GRAPHENE_RECT_INIT (
          gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
              ? (float) (width - place * pc_plot_get_n (self))
              : 0,
          (float) (height - line - 2),
          (float) (place * pc_plot_get_n (self)), 1));
}

static void
pc_plot_bars_class_init (PcPlotBarsClass *klass)
{
  PcPlotClass *plot_class = &klass->parent_class;

  plot_class->get_height = get_height;
  plot_class->draw = draw;
  plot_class->find = find;
}

static void
pc_plot_bars_init (PcPlotBars *self)
{
}
