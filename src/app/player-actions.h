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
/* Does what @key is for.  FALSE when it is for nothing, or when @focus, which
 * may be NULL, needs it for itself. */
gboolean            pc_player_actions_take_key (GActionGroup   *actions,
                                                GtkWidget      *focus,
                                                guint           key,
                                                GdkModifierType state);

G_END_DECLS
