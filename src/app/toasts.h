/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Passing messages over a child, one after the other. */

#define PC_TYPE_TOASTS (pc_toasts_get_type ())
G_DECLARE_FINAL_TYPE (PcToasts, pc_toasts, PC, TOASTS, GtkWidget)

/* Shows @text, translated, for some seconds.  Property "child". */
void pc_toasts_add (PcToasts   *self,
                    const char *text);
/* The same, in the window that @widget is in. */
void pc_toasts_tell (GtkWidget  *widget,
                     const char *text);

G_END_DECLS
