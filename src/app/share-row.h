/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How many of how many: in words, with a bar. */

#define PC_TYPE_SHARE_ROW (pc_share_row_get_type ())
G_DECLARE_FINAL_TYPE (PcShareRow, pc_share_row, PC, SHARE_ROW, GtkListBoxRow)

/* @percent: -1 when @n is too small to say. */
GtkWidget *pc_share_row_new (const char *title,
                             guint       n_correct,
                             guint       n,
                             int         percent);

G_END_DECLS
