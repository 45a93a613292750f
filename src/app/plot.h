/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture of numbers that is also a text: the arrow keys and the pointer go
 * from one number to the next, and a line below says it in words. */

#define PC_TYPE_PLOT (pc_plot_get_type ())
G_DECLARE_DERIVABLE_TYPE (PcPlot, pc_plot, PC, PLOT, GtkWidget)

struct _PcPlotClass
{
  GtkWidgetClass parent_class;

  /* Height of the picture, in pixels. */
  int (*get_height) (PcPlot *self);
  void (*draw) (PcPlot      *self,
                GtkSnapshot *snapshot,
                int          width,
                int          height);
  /* The number at this place; -1 for none. */
  int (*find) (PcPlot *self,
               double  x,
               double  y,
               int     width,
               int     height);
};

typedef struct
{
  double value;
  char  *label; /* short, beside it; or NULL */
  char  *text;  /* a sentence */
} PcPlotCell;

/* Of PcPlotCell, with its own texts.  Transfer full. */
GArray           *pc_plot_cells_new (void);
/* Takes over the texts. */
void              pc_plot_cells_add (GArray *cells,
                                     double  value,
                                     char   *label,
                                     char   *text);

/* Takes over @cells; @name and @summary, a sentence, are for all of it. */
void              pc_plot_set_cells (PcPlot     *self,
                                     GArray     *cells,
                                     const char *name,
                                     const char *summary);
/* The sentences of all numbers but 0, one in a line.  Transfer full. */
char             *pc_plot_dup_text (PcPlot *self);
/* The sentence on show. */
const char       *pc_plot_get_caption (PcPlot *self);

/* -- for the kinds -------------------------------------------------------- */

guint             pc_plot_get_n (PcPlot *self);
const PcPlotCell *pc_plot_get_cell (PcPlot *self,
                                    guint   index);
/* Not 0. */
double            pc_plot_get_max (PcPlot *self);
/* The number that was gone to; -1 for none. */
int               pc_plot_get_cursor (PcPlot *self);
/* How far to go with Right, and with Down. */
void              pc_plot_set_strides (PcPlot *self,
                                       int     across,
                                       int     down);
/* Draws @text from @x on, or centred there, or ending there (@align 0, 0.5,
 * 1); returns its width. */
int               pc_plot_draw_text (PcPlot      *self,
                                     GtkSnapshot *snapshot,
                                     const char  *text,
                                     double       x,
                                     double       y,
                                     double       align,
                                     const char  *color);
/* Width and height of @text in the small type of plots. */
void              pc_plot_measure_text (PcPlot     *self,
                                        const char *text,
                                        int        *width,
                                        int        *height);

/* The two kinds. */
#define PC_TYPE_PLOT_BARS (pc_plot_bars_get_type ())
GType             pc_plot_bars_get_type (void);
#define PC_TYPE_PLOT_HEAT (pc_plot_heat_get_type ())
GType             pc_plot_heat_get_type (void);
/* Of a heat map: the day of the week of the first number, 0 for Monday. */
void              pc_plot_heat_set_first (PcPlot *self,
                                          guint   weekday);

G_END_DECLS
