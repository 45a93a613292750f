/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The height of something that scrolls, at a width that is known.  GTK's own
 * answer is for another width, and leaves text out of sight for no need. */

#include "app/whole-height.h"

static int
get_least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                      NULL, NULL);
  return least;
}

static int
get_height (GtkWidget *widget,
            int        width)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (width, 1), NULL,
                      &natural, NULL, NULL);
  return natural;
}

int
pc_whole_height_get_missing (GtkWidget *frame,
                             GtkWidget *scroller,
                             GtkWidget *sheet,
                             int        width)
{
  int inner = width - get_least_width (frame) + get_least_width (scroller);
  int around = get_least_width (scroller) - get_least_width (sheet);

  return get_height (sheet, inner - around) - get_height (scroller, inner);
}
