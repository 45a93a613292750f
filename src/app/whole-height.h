/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How much higher @frame would be at @width, were the scrolled window in it,
 * @scroller, as high as all of @sheet, which it scrolls.  A scrolled window
 * asks for the height that its child has at the child's own natural width. */
int pc_whole_height_get_missing (GtkWidget *frame,
                                 GtkWidget *scroller,
                                 GtkWidget *sheet,
                                 int        width);

G_END_DECLS
