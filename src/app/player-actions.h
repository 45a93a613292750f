/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/player.h"

G_BEGIN_DECLS

/* The commands that take a player through its timeline, and their keys:
 * "first", "back", "play", "forward", "last", "faster", "slower", "speed" (s),
 * "show-step" (u, the step's number).  A bar of transport buttons asks for
 * them by name.  Transfer full; the group keeps the player. */
GSimpleActionGroup *pc_player_actions_new (PcPlayer *player);
/* What can be done now, where the timeline has grown or was not the player's
 * until now; else the group sees to it. */
void                pc_player_actions_update (GSimpleActionGroup *self,
                                              PcPlayer           *player);
/* Shows @whole, or what an eavesdropper sees of it, at the same step. */
void                pc_player_show_wire (PcPlayer   *player,
                                         PcTimeline *whole,
                                         gboolean    wire);
/* Whether @key is not for a player: a command of another kind, or one that
 * @focus, which may be NULL, needs for itself. */
gboolean            pc_player_actions_is_taken (GtkWidget      *focus,
                                                guint           key,
                                                GdkModifierType state);
/* Does what @key is for.  FALSE when it is for nothing, or when @focus, which
 * may be NULL, needs it for itself. */
gboolean            pc_player_actions_take_key (GActionGroup   *actions,
                                                GtkWidget      *focus,
                                                guint           key,
                                                GdkModifierType state);

G_END_DECLS
