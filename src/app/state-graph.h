/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* The graph of states of one end, or of both where they have the same table:
 * where each is (a round mark for the client, a square one for the server),
 * and the edge that it has just taken.  It is a picture: whoever shows it says
 * the same in words (state-words.h). */

#define PC_TYPE_STATE_GRAPH (pc_state_graph_get_type ())
G_DECLARE_FINAL_TYPE (PcStateGraph, pc_state_graph, PC, STATE_GRAPH, GtkWidget)

typedef struct
{
  int before; /* index of the state; -1 for none */
  int now;    /* the same */
} PcStateMove;

/* @states and @changes are static.  @moves: the client's, the server's. */
void pc_state_graph_show (PcStateGraph        *self,
                          const char *const   *states,
                          const PcStateChange *changes,
                          const PcStateMove    moves[2]);

G_END_DECLS
