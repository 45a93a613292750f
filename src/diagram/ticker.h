/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/player.h"

G_BEGIN_DECLS

/* Lets time go by for a player, as the frames of a widget are drawn, and tells
 * it whether things are to move at all. */
typedef struct _PcTicker PcTicker;

/* @widget: borrowed; free this before it is finalized. */
PcTicker *pc_ticker_new (GtkWidget *widget);
void      pc_ticker_free (PcTicker *self);
/* NULL for none.  Keeps a reference. */
void      pc_ticker_set_player (PcTicker *self,
                                PcPlayer *player);
/* FALSE: somebody else lets the time go by.  TRUE at first. */
void      pc_ticker_set_driving (PcTicker *self,
                                 gboolean  driving);

G_END_DECLS
