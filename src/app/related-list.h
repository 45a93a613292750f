/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/bank.h"

G_BEGIN_DECLS

/* Appends links to questions of @bank about what @item is about: the same
 * memory key first, then the most objectives in common.  Each does the action
 * "win.quiz-related" (s).  Nothing when there is none. */
void pc_related_list_fill (GtkBox     *box,
                           PcBank     *bank,
                           PcItem     *item,
                           const char *language);

G_END_DECLS
