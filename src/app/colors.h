/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How many tints tell the fields of a unit apart, in turn: the colours
 * pc_field_0, pc_field_1, … of the style sheet and its classes field-0, … */
#define PC_N_FIELD_TINTS 5

/* The colour that the style sheet calls @name; the text's own colour when it
 * knows none. */
GdkRGBA pc_widget_get_color (GtkWidget  *widget,
                             const char *name);

G_END_DECLS
