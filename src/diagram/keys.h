/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/player.h"

G_BEGIN_DECLS

/* What a key does to @player among the rows of a diagram.  FALSE when nothing:
 * it is for somebody else. */
gboolean pc_diagram_keys_move (PcPlayer *player,
                               guint     key);

G_END_DECLS
