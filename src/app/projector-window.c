/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The size of type is a style of the window, so that all lengths in em follow
 * it.  Styles must not change while sizes are given out: that waits. */

#include "app/projector-window.h"

#define REST_MS 2000      /* then the pointer is hidden */
#define TYPE_HEIGHT 30    /* lines of text that a window is high */
#define TYPE_WIDTH 44     /* and so many times the type size wide, at least */
#define TYPE_MIN 11       /* px */

typedef struct
{
  GtkCssProvider *provider;
  int             width;
  int             height;
  int             type_size;
  guint           size_id;
  guint           rest_id;
  double          pointer_x;
  double          pointer_y;
} PcProjectorWindowPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (PcProjectorWindow, pc_projector_window,
                            GTK_TYPE_WINDOW)

static PcProjectorWindowPrivate *
get_private (PcProjectorWindow *self)
{
  return pc_projector_window_get_instance_private (self);
}

/* -- size of type --------------------------------------------------------- */

int
pc_projector_window_get_type_size (int width,
                                   int height)
{
  return MAX (MIN (height / TYPE_HEIGHT, width / TYPE_WIDTH), TYPE_MIN);
}

static void
set_type_size (PcProjectorWindow *self,
               int                size)
{
  PcProjectorWindowPrivate *priv = get_private (self);
  g_autofree char *css = NULL;

  if (size == priv->type_size)
    return;
  priv->type_size = size;
  css = g_strdup_printf ("window { font-size: %dpx; }", size);
  gtk_css_provider_load_from_data (priv->provider, css, -1);
}

static gboolean
size_cb (gpointer data)
{
  PcProjectorWindow *self = data;
  PcProjectorWindowPrivate *priv = get_private (self);

  priv->size_id = 0;
  set_type_size (self, pc_projector_window_get_type_size (priv->width,
                                                          priv->height));
  if (PC_PROJECTOR_WINDOW_GET_CLASS (self)->resized != NULL)
    PC_PROJECTOR_WINDOW_GET_CLASS (self)->resized (self);
  return G_SOURCE_REMOVE;
}

static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  PcProjectorWindowPrivate *priv = get_private (PC_PROJECTOR_WINDOW (widget));

  GTK_WIDGET_CLASS (pc_projector_window_parent_class)
      ->size_allocate (widget, width, height, baseline);
  if (width == priv->width && height == priv->height)
    return;
  priv->width = width;
  priv->height = height;
  if (priv->size_id == 0)
    priv->size_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, size_cb, widget,
                                     NULL);
}

/* -- pointer -------------------------------------------------------------- */

static gboolean
rest_cb (gpointer data)
{
  get_private (data)->rest_id = 0;
  gtk_widget_set_cursor_from_name (data, "none");
  return G_SOURCE_REMOVE;
}

static void
wait_for_rest (PcProjectorWindow *self)
{
  PcProjectorWindowPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->rest_id, g_source_remove);
  priv->rest_id = g_timeout_add (REST_MS, rest_cb, self);
}

/* GTK also tells of motion when what lies under the pointer has moved. */
static void
motion_cb (PcProjectorWindow *self,
           double             x,
           double             y)
{
  PcProjectorWindowPrivate *priv = get_private (self);

  if (x == priv->pointer_x && y == priv->pointer_y)
    return;
  priv->pointer_x = x;
  priv->pointer_y = y;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  wait_for_rest (self);
}

/* -- screens -------------------------------------------------------------- */

/* The screen beside the one that @own is on; NULL when there is none.
 * Transfer full. */
static GdkMonitor *
find_projector (GtkWindow *own)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (own));
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (own));
  GListModel *monitors = gdk_display_get_monitors (display);
  GdkMonitor *near = surface != NULL ? gdk_display_get_monitor_at_surface (
                                           display, surface)
                                     : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++) {
    g_autoptr (GdkMonitor) other = g_list_model_get_item (monitors, i);

    if (near != NULL && other != near)
      return g_steal_pointer (&other);
  }
  return NULL;
}

gboolean
pc_projector_window_fill_screen (PcProjectorWindow *self,
                                 GtkWindow         *own)
{
  g_autoptr (GdkMonitor) monitor = NULL;

  g_return_val_if_fail (PC_IS_PROJECTOR_WINDOW (self), FALSE);
  g_return_val_if_fail (GTK_IS_WINDOW (own), FALSE);

  monitor = find_projector (own);
  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), monitor);
  else
    gtk_window_fullscreen (GTK_WINDOW (self));
  return monitor != NULL;
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcProjectorWindowPrivate *priv = get_private (PC_PROJECTOR_WINDOW (object));

  g_clear_handle_id (&priv->size_id, g_source_remove);
  g_clear_handle_id (&priv->rest_id, g_source_remove);
  g_clear_object (&priv->provider);
  G_OBJECT_CLASS (pc_projector_window_parent_class)->dispose (object);
}

static void
pc_projector_window_class_init (PcProjectorWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = size_allocate;
}

/* A first guess, so that the first picture is right already. */
static void
guess_type_size (PcProjectorWindow *self)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle area = { .width = 1280, .height = 720 };

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &area);
  set_type_size (self,
                 pc_projector_window_get_type_size (area.width, area.height));
}

static void
pc_projector_window_init (PcProjectorWindow *self)
{
  PcProjectorWindowPrivate *priv = get_private (self);
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  priv->provider = gtk_css_provider_new ();
  gtk_style_context_add_provider (gtk_widget_get_style_context (widget),
                                  GTK_STYLE_PROVIDER (priv->provider),
                                  GTK_STYLE_PROVIDER_PRIORITY_USER);
  guess_type_size (self);
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, motion);
  wait_for_rest (self);
}
