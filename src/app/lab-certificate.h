/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks where to, over the window of @self. */
void pc_lab_certificate_ask (GtkWidget *self);
/* Into @file, in a thread; a toast of that window tells how it went. */
void pc_lab_certificate_save (GtkWidget *self,
                              GFile     *file);

G_END_DECLS
