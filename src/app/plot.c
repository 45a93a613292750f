/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the plots share: the numbers, the way from one to the next, and the
 * line that says it.  A canvas is one thing to a screen reader, so its
 * description is the number that was gone to, else all of it. */

#include "app/plot.h"

#include "app/colors.h"

#define GAP 6 /* pixels between picture and line */

typedef struct
{
  GArray   *cells;
  char     *summary;
  GtkLabel *caption;
  int       cursor;
  int       across;
  int       down;
} PcPlotPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PcPlot, pc_plot, GTK_TYPE_WIDGET)

static PcPlotPrivate *
get (PcPlot *self)
{
  return pc_plot_get_instance_private (self);
}

static void
clear_cell (gpointer data)
{
  PcPlotCell *cell = data;

  g_free (cell->label);
  g_free (cell->text);
}

GArray *
pc_plot_cells_new (void)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (PcPlotCell));

  g_array_set_clear_func (cells, clear_cell);
  return cells;
}

void
pc_plot_cells_add (GArray *cells,
                   double  value,
                   char   *label,
                   char   *text)
{
  const PcPlotCell cell = { value, label, text };

  g_return_if_fail (cells != NULL && text != NULL);

  g_array_append_val (cells, cell);
}

/* -- the number gone to --------------------------------------------------- */

static void
set_cursor (PcPlot *self,
            int     cursor)
{
  PcPlotPrivate *priv = get (self);
  const char *text = cursor >= 0 ? pc_plot_get_cell (self, (guint) cursor)->text
                                 : priv->summary;

  priv->cursor = cursor;
  gtk_label_set_label (priv->caption, text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
move (PcPlot *self,
      int     by)
{
  int n = (int) pc_plot_get_n (self);
  int at = get (self)->cursor;

  if (n == 0)
    return;
  if (at < 0)
    set_cursor (self, 0);
  else if (at + by >= 0 && at + by < n)
    set_cursor (self, at + by);
}

static gboolean
key_pressed_cb (PcPlot         *self,
                guint           key,
                guint           code,
                GdkModifierType state)
{
  PcPlotPrivate *priv = get (self);
  gboolean rtl =
      gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int n = (int) pc_plot_get_n (self);

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK) || n == 0)
    return GDK_EVENT_PROPAGATE;
  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left: move (self, rtl ? priv->across : -priv->across); break;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    move (self, rtl ? -priv->across : priv->across);
    break;
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    if (priv->down == 0)
      return GDK_EVENT_PROPAGATE;
    move (self, -priv->down);
    break;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    if (priv->down == 0)
      return GDK_EVENT_PROPAGATE;
    move (self, priv->down);
    break;
  case GDK_KEY_Home:
  case GDK_KEY_KP_Home: set_cursor (self, 0); break;
  case GDK_KEY_End:
  case GDK_KEY_KP_End: set_cursor (self, n - 1); break;
  default: return GDK_EVENT_PROPAGATE;
  }
  return GDK_EVENT_STOP;
}

static int
get_picture_height (PcPlot *self)
{
  return PC_PLOT_GET_CLASS (self)->get_height (self);
}

static void
motion_cb (PcPlot *self,
           double  x,
           double  y)
{
  int at = PC_PLOT_GET_CLASS (self)->find (
      self, x, y, gtk_widget_get_width (GTK_WIDGET (self)),
      get_picture_height (self));

  if (at >= 0 && at != get (self)->cursor)
    set_cursor (self, at);
}

static void
leave_cb (PcPlot *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    set_cursor (self, -1);
}

/* -- drawing -------------------------------------------------------------- */

static PangoLayout *
make_layout (PcPlot     *self,
             const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self),
                                                        text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.84));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

void
pc_plot_measure_text (PcPlot     *self,
                      const char *text,
                      int        *width,
                      int        *height)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text);

  pango_layout_get_pixel_size (layout, width, height);
}

int
pc_plot_draw_text (PcPlot      *self,
                   GtkSnapshot *snapshot,
                   const char  *text,
                   double       x,
                   double       y,
                   double       align,
                   const char  *color)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text);
  GdkRGBA ink = pc_widget_get_color (GTK_WIDGET (self), color);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) (x - width * align), (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
  return width;
}

static void
snapshot (GtkWidget   *widget,
          GtkSnapshot *snapshot)
{
  PcPlot *self = PC_PLOT (widget);

  if (pc_plot_get_n (self) > 0)
    PC_PLOT_GET_CLASS (self)->draw (self, snapshot,
                                    gtk_widget_get_width (widget),
                                    get_picture_height (self));
  gtk_widget_snapshot_child (widget, GTK_WIDGET (get (self)->caption),
                             snapshot);
}

/* -- size ----------------------------------------------------------------- */

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
  PcPlot *self = PC_PLOT (widget);
  int caption;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (GTK_WIDGET (get (self)->caption), orientation, -1,
                        minimum, natural, NULL, NULL);
    return;
  }
  gtk_widget_measure (GTK_WIDGET (get (self)->caption), orientation, for_size,
                      &caption, NULL, NULL, NULL);
  *minimum = *natural = get_picture_height (self) + GAP + caption;
}

static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  PcPlot *self = PC_PLOT (widget);
  int y = get_picture_height (self) + GAP;

  gtk_widget_size_allocate (
      GTK_WIDGET (get (self)->caption),
      &(GtkAllocation){ 0, y, width, MAX (height - y, 0) }, -1);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcPlotPrivate *priv = get (PC_PLOT (object));
  GtkWidget *caption = GTK_WIDGET (priv->caption);

  g_clear_pointer (&caption, gtk_widget_unparent);
  priv->caption = NULL;
  G_OBJECT_CLASS (pc_plot_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  PcPlotPrivate *priv = get (PC_PLOT (object));

  g_array_unref (priv->cells);
  g_free (priv->summary);
  G_OBJECT_CLASS (pc_plot_parent_class)->finalize (object);
}

static void
pc_plot_class_init (PcPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dispose;
  object_class->finalize = finalize;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "plot");
}

static void
pc_plot_init (PcPlot *self)
{
  PcPlotPrivate *priv = get (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  priv->cells = pc_plot_cells_new ();
  priv->cursor = -1;
  priv->across = 1;
  priv->caption = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (priv->caption, TRUE);
  gtk_label_set_wrap_mode (priv->caption, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (priv->caption, 0);
  gtk_label_set_yalign (priv->caption, 0);
  gtk_widget_add_css_class (GTK_WIDGET (priv->caption), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (priv->caption), "numeric");
  gtk_widget_set_parent (GTK_WIDGET (priv->caption), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

void
pc_plot_set_cells (PcPlot     *self,
                   GArray     *cells,
                   const char *name,
                   const char *summary)
{
  PcPlotPrivate *priv;

  g_return_if_fail (PC_IS_PLOT (self));
  g_return_if_fail (cells != NULL);

  priv = get (self);
  g_array_unref (priv->cells);
  priv->cells = cells;
  g_free (priv->summary);
  priv->summary = g_strdup (summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  set_cursor (self, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

char *
pc_plot_dup_text (PcPlot *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (PC_IS_PLOT (self), NULL);

  for (guint i = 0; i < pc_plot_get_n (self); i++) {
    const PcPlotCell *cell = pc_plot_get_cell (self, i);

    if (cell->value > 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                              cell->text);
  }
  return g_strdup (text->str);
}

const char *
pc_plot_get_caption (PcPlot *self)
{
  g_return_val_if_fail (PC_IS_PLOT (self), NULL);

  return gtk_label_get_label (get (self)->caption);
}

guint
pc_plot_get_n (PcPlot *self)
{
  return get (self)->cells->len;
}

const PcPlotCell *
pc_plot_get_cell (PcPlot *self,
                  guint   index)
{
  return &g_array_index (get (self)->cells, PcPlotCell, index);
}

double
pc_plot_get_max (PcPlot *self)
{
  double max = 0;

  for (guint i = 0; i < pc_plot_get_n (self); i++)
    max = MAX (max, pc_plot_get_cell (self, i)->value);
  return max > 0 ? max : 1;
}

int
pc_plot_get_cursor (PcPlot *self)
{
  return get (self)->cursor;
}

void
pc_plot_set_strides (PcPlot *self,
                     int     across,
                     int     down)
{
  get (self)->across = across;
  get (self)->down = down;
}
