/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is not turned round in a window that reads from the right. */

/* Time and the keys that go through it: @widget and all that is in it, but no
 * menu that pops up from there. */
void pc_widget_keep_left_to_right (GtkWidget *widget);
/* Protocol text and commands, which begin at the left even where their first
 * letter is a number.  The text stands at the side where the window's other
 * texts do. */
void pc_label_keep_left_to_right (GtkLabel *label);

G_END_DECLS
