/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One step that wants its place: its number, its text, and buttons that move
 * it.  Emits "move" (int: places down, negative for up) and "toggle", when it
 * is left out or put in again. */

#define PC_TYPE_ORDER_ROW (pc_order_row_get_type ())
G_DECLARE_FINAL_TYPE (PcOrderRow, pc_order_row, PC, ORDER_ROW, GtkListBoxRow)

/* @step: what pc_order_row_get_step() gives; @text: with marks; @can_omit:
 * there is a button that leaves it out. */
GtkWidget *pc_order_row_new (guint       step,
                             const char *text,
                             gboolean    can_omit);
guint      pc_order_row_get_step (PcOrderRow *self);
/* Its place in the list, from 0. */
guint      pc_order_row_get_place (PcOrderRow *self);
gboolean   pc_order_row_get_omitted (PcOrderRow *self);
/* @n: how many rows are in the order. */
void       pc_order_row_set_place (PcOrderRow *self,
                                   guint       place,
                                   guint       n,
                                   gboolean    omitted);
/* @words: what pc_part_mark_set() shows. */
void       pc_order_row_reveal (PcOrderRow *self,
                                gboolean    right,
                                const char *words);

G_END_DECLS
