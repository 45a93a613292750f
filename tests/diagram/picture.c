/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of widgets, in process. */

#include "picture.h"

static void
after_paint_cb (GdkFrameClock *clock,
                guint         *frames)
{
  (*frames)++;
}

void
picture_settle (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  guint          frames = 0;
  gulong         id = g_signal_connect (clock, "after-paint",
                                        G_CALLBACK (after_paint_cb), &frames);

  /* The first frame may find a new place to scroll to, the second shows
   * it, the third is free of late surprises. */
  while (frames < 3)
    {
      gtk_widget_queue_draw (window);
      g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (clock, id);
}

GdkTexture *
picture_take (GtkWidget *widget)
{
  g_autoptr (GdkPaintable)  paintable = gtk_widget_paintable_new (widget);
  int                       width = gtk_widget_get_width (widget);
  int                       height = gtk_widget_get_height (widget);
  GtkSnapshot              *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  return gsk_renderer_render_texture (
      gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
      &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

static guint32 *
pixels (GdkTexture *texture)
{
  gsize    width = (gsize) gdk_texture_get_width (texture);
  gsize    height = (gsize) gdk_texture_get_height (texture);
  guint32 *data = g_new (guint32, width * height);

  gdk_texture_download (texture, (guchar *) data, width * 4);
  return data;
}

guint
picture_compare (GdkTexture *a,
                 GdkTexture *b)
{
  guint               n = (guint) (gdk_texture_get_width (a) *
                                   gdk_texture_get_height (a));
  guint               count = 0;
  g_autofree guint32 *x = NULL;
  g_autofree guint32 *y = NULL;

  if (gdk_texture_get_width (a) != gdk_texture_get_width (b) ||
      gdk_texture_get_height (a) != gdk_texture_get_height (b))
    return G_MAXUINT;

  x = pixels (a);
  y = pixels (b);
  for (guint i = 0; i < n; i++)
    if (x[i] != y[i])
      count++;
  return count;
}
