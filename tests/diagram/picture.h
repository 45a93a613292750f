/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Waits until the frame clock and the main loop have nothing left to do. */
void        picture_settle (GtkWidget *window);
/* What @widget shows. */
GdkTexture *picture_take (GtkWidget *widget);
/* Pixels that differ; G_MAXUINT when the sizes do. */
guint       picture_compare (GdkTexture *a,
                             GdkTexture *b);

G_END_DECLS
