/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GTK turns all round for a language that is written from the right, and takes
 * the side on which a text begins from its first letter.  Octets and time have
 * one direction only.  Knows the direction at the start; it does not change
 * while the program runs. */

#include "app/left-to-right.h"

void
pc_widget_keep_left_to_right (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_POPOVER (widget))
    return;
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    pc_widget_keep_left_to_right (child);
}

void
pc_label_keep_left_to_right (GtkLabel *label)
{
  g_return_if_fail (GTK_IS_LABEL (label));

  gtk_widget_set_direction (GTK_WIDGET (label), GTK_TEXT_DIR_LTR);
  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL)
    gtk_label_set_xalign (label, 1);
}
