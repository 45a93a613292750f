/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A drop-down list whose rows wrap, so that it fits a narrow window, and whose
 * button tells a screen reader what it is for and what is chosen.  What is
 * chosen is cut to the button's width: show it whole beside the list. */

/* @texts: plain, NULL-terminated; the first stands for nothing chosen.
 * @numbered: show the digit that chooses each. */
GtkWidget *pc_choice_list_new (const char        *name,
                               const char *const *texts,
                               gboolean           numbered);
/* One without numbers at the end of @box, below a label.  Transfer none. */
GtkWidget *pc_choice_list_append (GtkBox            *box,
                                  const char        *name,
                                  const char *const *texts);

G_END_DECLS
