/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours by the names of the style sheet, for what is drawn by hand. */

#include "app/colors.h"

GdkRGBA
pc_widget_get_color (GtkWidget  *widget,
                     const char *name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (context, name, &color))
    gtk_style_context_get_color (context, &color);
  return color;
}
