/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/player.h"

G_BEGIN_DECLS

/* Finds steps of what a player shows, and leads from one to the next.  Where
 * there are more than two actors or several connections it can be held to one
 * of them, and to steps of a kind.  Property "matches", a GtkBitset of step
 * indices: what is to be seen where the others are to be hidden, else NULL.
 * Signal "closed": the person is done. */

#define PC_TYPE_FIND_BAR (pc_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (PcFindBar, pc_find_bar, PC, FIND_BAR, GtkWidget)

/* Not visible yet.  Keeps a reference. */
GtkWidget *pc_find_bar_new (PcPlayer *player);
/* Shows it, ready to be typed into. */
void       pc_find_bar_open (PcFindBar *self);
void       pc_find_bar_close (PcFindBar *self);
/* Shows the next match, or the one before; around the end. */
void       pc_find_bar_move (PcFindBar *self,
                             gboolean   forward);
/* Hides the steps that do not match, or shows them again. */
void       pc_find_bar_toggle_filter (PcFindBar *self);
/* NULL where nothing is to be hidden.  Borrowed. */
GtkBitset *pc_find_bar_get_matches (PcFindBar *self);
/* Property "show-secrets": whether passwords are looked into. */
/* With TRUE only what has been shown by now is found. */
void       pc_find_bar_set_hide_future (PcFindBar *self,
                                        gboolean   hide_future);

G_END_DECLS
