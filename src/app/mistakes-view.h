/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/opened-file.h"

G_BEGIN_DECLS

/* The page of a file with mistakes: each by line and column, what of the file
 * can be watched all the same, and a way to read it again. */

#define PC_TYPE_MISTAKES_VIEW (pc_mistakes_view_get_type ())
G_DECLARE_FINAL_TYPE (PcMistakesView, pc_mistakes_view, PC, MISTAKES_VIEW,
                      GtkWidget)

GtkWidget *pc_mistakes_view_new (void);
/* As @file was read last. */
void       pc_mistakes_view_show (PcMistakesView *self,
                                  PcOpenedFile   *file);
/* For tests: how many are listed. */
guint      pc_mistakes_view_get_n (PcMistakesView *self);

/* The bar above an exchange that is not, or not wholly, what the file says. */

#define PC_TYPE_FILE_BAR (pc_file_bar_get_type ())
G_DECLARE_FINAL_TYPE (PcFileBar, pc_file_bar, PC, FILE_BAR, GtkWidget)

GtkWidget *pc_file_bar_new (void);
/* Hides itself when @file is NULL or right. */
void       pc_file_bar_show (PcFileBar    *self,
                             PcOpenedFile *file);

G_END_DECLS
