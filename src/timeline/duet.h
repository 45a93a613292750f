/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/player.h"
#include "timeline/score.h"

G_BEGIN_DECLS

/* Three players of one score: the owner's, which goes from beat to beat, and
 * one for each half, which follow it.  A half's player that is moved, say by
 * a click in its diagram, takes the others along.  Knows no clock. */

#define PC_TYPE_DUET (pc_duet_get_type ())
G_DECLARE_FINAL_TYPE (PcDuet, pc_duet, PC, DUET, GObject)

/* Keeps a reference to @leader. */
PcDuet   *pc_duet_new (PcPlayer *leader);
/* Gives the leader the beats and the halves their timelines, all at their
 * beginning; NULL takes them away. */
void      pc_duet_set_score (PcDuet  *self,
                             PcScore *score);
PcScore  *pc_duet_get_score (PcDuet *self);
PcPlayer *pc_duet_get_player (PcDuet *self,
                              PcHalf  half);
/* The half that was chosen last, by pc_duet_set_half () or because its player
 * was moved. Property "half" (uint). */
PcHalf    pc_duet_get_half (PcDuet *self);
void      pc_duet_set_half (PcDuet *self,
                            PcHalf  half);
/* The beat that is lit; NULL before the first. */
const PcBeat *pc_duet_get_beat (PcDuet *self);

G_END_DECLS
