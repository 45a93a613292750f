/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/player.h"

G_BEGIN_DECLS

/* The bar below the diagram: buttons for the window's actions on the player,
 * speed, and the scrubber.  Property "player". */

#define PC_TYPE_TRANSPORT (pc_transport_get_type ())
G_DECLARE_FINAL_TYPE (PcTransport, pc_transport, PC, TRANSPORT, GtkWidget)

void  pc_transport_set_player (PcTransport *self,
                               PcPlayer    *player);
/* "0.418 ms", "2.031 s".  @time_us: µs since the timeline began.
 * Transfer full. */
char *pc_transport_format_time (gint64 time_us);
/* The steps to come all look the same below the scrubber. */
void  pc_transport_set_hide_future (PcTransport *self,
                                    gboolean     hide_future);

G_END_DECLS
