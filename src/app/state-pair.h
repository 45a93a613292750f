/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/standpoint.h"

G_BEGIN_DECLS

/* The states of both ends: in words, and lit in their graph. */

#define PC_TYPE_STATE_PAIR (pc_state_pair_get_type ())
G_DECLARE_FINAL_TYPE (PcStatePair, pc_state_pair, PC, STATE_PAIR, GtkWidget)

/* @at has a protocol.  @names: what the ends are called, by PcRole. */
void pc_state_pair_show (PcStatePair        *self,
                         const PcStandpoint *at,
                         const char *const   names[2]);

G_END_DECLS
