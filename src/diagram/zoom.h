/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How large diagrams are: all of them alike, for as long as the program runs.
 * In percent of the text's own size. */

#define PC_ZOOM_LEAST 50
#define PC_ZOOM_MOST 200

/* Makes @diagram as large as the others, and lets Ctrl with +, - and 0 in its
 * window, and Ctrl with the wheel over it, change that.  For its lifetime. */
void  pc_zoom_attach (GtkWidget *diagram);
guint pc_zoom_get (void);
/* The nearest of some sizes. */
void  pc_zoom_set (guint percent);

G_END_DECLS
