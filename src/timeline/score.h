/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* How two timelines are shown side by side: a list of beats, in each of which
 * one of them goes on by a step, or both do.  A pure function of the two. */
typedef struct _PcScore PcScore;

typedef enum {
  PC_HALF_LEFT,
  PC_HALF_RIGHT,
  PC_N_HALVES,
} PcHalf;

#define PC_SCORE_NONE G_MAXUINT

/* The index of each half's step; PC_SCORE_NONE where a half waits. */
typedef struct
{
  guint    step[PC_N_HALVES];
  gboolean paired; /* an author said that they belong together */
} PcBeat;

/* @pairs: indices of steps that must share a beat.  Those that would make one
 * half go back, or are not there, are left out.  Between them, steps share a
 * beat when they follow the same rule, or else have the same layer and the
 * same direction; so without pairs everything is matched like that. */
PcScore      *pc_score_new (PcTimeline   *left,
                            PcTimeline   *right,
                            const PcBeat *pairs,
                            guint         n_pairs);
PcScore      *pc_score_ref (PcScore *self);
void          pc_score_unref (PcScore *self);
PcTimeline   *pc_score_get_half (const PcScore *self,
                                 PcHalf         half);
guint         pc_score_get_n_beats (const PcScore *self);
/* Borrowed; NULL past the end. */
const PcBeat *pc_score_get_beat (const PcScore *self,
                                 guint          index);
/* The beat in which @half shows its step @index; PC_SCORE_NONE for none. */
guint         pc_score_find_beat (const PcScore *self,
                                  PcHalf         half,
                                  guint          index);
/* Where @half's player is when beat floor (@position) is under way by the
 * fraction: a half that waits stays where it is. */
double        pc_score_get_position (const PcScore *self,
                                     PcHalf         half,
                                     double         position);
/* The beats as steps, for a player: each is as long as the longer of its two,
 * from a client or a server, and has no time of its own (-1).  Transfer
 * full. */
PcTimeline   *pc_score_new_timeline (const PcScore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcScore, pc_score_unref)

G_END_DECLS
