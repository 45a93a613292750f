/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether a part of an answer was right: a sign and words, and colour
 * besides.  Hidden until it is set. */

#define PC_TYPE_PART_MARK (pc_part_mark_get_type ())
G_DECLARE_FINAL_TYPE (PcPartMark, pc_part_mark, PC, PART_MARK, GtkWidget)

/* @words: plain text, such as "wrong; right is 993". */
void pc_part_mark_set (PcPartMark *self,
                       gboolean    right,
                       const char *words);
/* The words that say it: "right", or "wrong; right is ..." with the plain
 * text of @expected, which may be NULL.  Transfer full. */
char *pc_part_mark_dup_words (gboolean    right,
                              const char *expected);

G_END_DECLS
