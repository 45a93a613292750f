/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/grade.h"

G_BEGIN_DECLS

/* Appends what there is to say about @answer to @box: of what was answered,
 * of what should have been, then when the others would be right.
 * @only_said: leave out rows without a sentence, since whether they were right
 * is shown elsewhere. */
void  pc_feedback_list_fill (GtkBox         *box,
                             PcItem         *item,
                             const PcAnswer *answer,
                             gboolean        only_said,
                             const char     *language);
/* What is said first, as plain text; NULL for nothing.  Transfer full. */
char *pc_feedback_list_dup_first (PcItem         *item,
                                  const PcAnswer *answer,
                                  const char     *language);

G_END_DECLS
