/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A list as one stop of the key Tab: it comes to the row that is selected, or
 * the first, and goes on behind the list; the arrow keys go from row to row.
 * GTK 4.8 alone would stop at each of them. */

#define PC_TYPE_TAB_STOP (pc_tab_stop_get_type ())
G_DECLARE_FINAL_TYPE (PcTabStop, pc_tab_stop, PC, TAB_STOP, GtkWidget)

/* Property "list", a GtkListBox: its child. */

/* Moves the focus among the only child of @widget: for GtkWidgetClass.focus of
 * widgets with a grab_focus of their own, which GTK would call where the child
 * has nothing more, so that Tab never left them. */
gboolean pc_tab_stop_focus_child (GtkWidget       *widget,
                                  GtkDirectionType direction);

G_END_DECLS
