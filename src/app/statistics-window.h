/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"

G_BEGIN_DECLS

/* How questions did in a class, from collected result files: what needs
 * attention first. */

#define PC_TYPE_STATISTICS_WINDOW (pc_statistics_window_get_type ())
G_DECLARE_FINAL_TYPE (PcStatisticsWindow, pc_statistics_window, PC,
                      STATISTICS_WINDOW, GtkWindow)

/* @paths: of result files, NULL-terminated.  They are read in a thread. */
GtkWidget *pc_statistics_window_new (GtkWindow         *parent,
                                     PcContent         *content,
                                     const char *const *paths);
/* They are read. */
gboolean   pc_statistics_window_is_ready (PcStatisticsWindow *self);
/* Once that is so, and there was something in them: the table. */
void       pc_statistics_window_save_to (PcStatisticsWindow *self,
                                         GFile              *file);

G_END_DECLS
