/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"

G_BEGIN_DECLS

/* Questions on paper: from which banks or by which blueprint, how many, in
 * how many variants; written with their keys to a folder. */

#define PC_TYPE_SHEET_WINDOW (pc_sheet_window_get_type ())
G_DECLARE_FINAL_TYPE (PcSheetWindow, pc_sheet_window, PC, SHEET_WINDOW,
                      GtkWindow)

/* @content has at least one bank. */
GtkWidget  *pc_sheet_window_new (GtkWindow *parent,
                                 PcContent *content);
/* As if that file was opened.  FALSE when it is no blueprint, which is
 * listed. */
gboolean    pc_sheet_window_open_blueprint (PcSheetWindow *self,
                                            const char    *path);
/* @seed: a number, or the code of a printed sheet. */
void        pc_sheet_window_fill (PcSheetWindow *self,
                                  guint          n_items,
                                  guint          n_variants,
                                  const char    *seed,
                                  gboolean       pdf);
/* What would be written can be. */
gboolean    pc_sheet_window_can_save (PcSheetWindow *self);
void        pc_sheet_window_save_to (PcSheetWindow *self,
                                     const char    *folder);
/* What is said of it at present: what fits, what is wrong, what was saved. */
const char *pc_sheet_window_get_text (PcSheetWindow *self);

G_END_DECLS
