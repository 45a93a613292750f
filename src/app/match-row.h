/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One element that wants a partner: its text and the list to choose from. */

#define PC_TYPE_MATCH_ROW (pc_match_row_get_type ())
G_DECLARE_FINAL_TYPE (PcMatchRow, pc_match_row, PC, MATCH_ROW, GtkWidget)

/* @text: with marks; @partners: plain, NULL-terminated.  Emits "changed". */
GtkWidget *pc_match_row_new (const char        *text,
                             const char *const *partners);
/* The index in the partners, or -1. */
int        pc_match_row_get_partner (PcMatchRow *self);
void       pc_match_row_set_partner (PcMatchRow *self,
                                     int         partner);
/* @words: what pc_part_mark_set() shows. */
void       pc_match_row_reveal (PcMatchRow *self,
                                gboolean    right,
                                const char *words);

G_END_DECLS
