/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a class sees.  All sizes follow the type size, and that follows the
 * window: the picture is the same on any projector.  The pointer goes away
 * when it rests.  Style: "projector". */

#define PC_TYPE_PROJECTOR_WINDOW (pc_projector_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (PcProjectorWindow, pc_projector_window, PC,
                          PROJECTOR_WINDOW, GtkWindow)

struct _PcProjectorWindowClass
{
  GtkWindowClass parent_class;

  /* Has another size, and the type that goes with it; NULL for nothing. */
  void (*resized) (PcProjectorWindow *self);
};

/* Fills the screen that is not the one @own is on, or else the same.  TRUE
 * when there was another: then who presents has a screen to himself. */
gboolean pc_projector_window_fill_screen (PcProjectorWindow *self,
                                          GtkWindow         *own);
/* The size of type, in pixels, for a window of this size: a line of text is
 * a thirtieth of the height, unless so few letters fit beside each other. */
int      pc_projector_window_get_type_size (int width,
                                            int height);

G_END_DECLS
