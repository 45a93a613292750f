/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/answer-view.h"

G_BEGIN_DECLS

/* The options of an item below each other, in the session's order: a box of
 * PcOptionRow that tells @view of changes. */

/* @name: for a screen reader. */
GtkWidget *pc_option_list_new (PcAnswerView *view,
                               PcSession    *session,
                               const char   *name);
/* Bit i: the option with index i is chosen. */
guint      pc_option_list_get_chosen (GtkWidget *list);
/* All of them at once. */
void       pc_option_list_set_chosen (GtkWidget *list,
                                      guint      chosen);
/* The one with this key, or takes the choice back where several may be
 * chosen.  FALSE when there is none. */
gboolean   pc_option_list_choose (GtkWidget *list,
                                  guint      key);
void       pc_option_list_reveal (GtkWidget *list,
                                  guint      chosen);

G_END_DECLS
