/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Decides what the eye sees: virtual time over a timeline.  Every step gets
 * the same show time (PC_PLAYER_STEP_US at speed 1), and before it whatever
 * wait there was, but no more than PC_PLAYER_WAIT_US; position p means: the
 * steps before floor (p) are done, step floor (p) is under way by its
 * fraction.  Position n_steps: all is done.  Knows no clock: the owner calls
 * pc_player_advance () with the time that went by. */

#define PC_TYPE_PLAYER (pc_player_get_type ())
G_DECLARE_FINAL_TYPE (PcPlayer, pc_player, PC, PLAYER, GObject)

#define PC_PLAYER_STEP_US (G_GINT64_CONSTANT (1200000))

#define PC_PLAYER_WAIT_US (G_GINT64_CONSTANT (1500000))

/* The part of a step's show time that goes to a wait of @gap µs before it:
 * 0 for none, always less than 1. */
double      pc_player_wait_share (gint64 gap);

PcPlayer   *pc_player_new (void);
/* Rewinds and pauses. Property "timeline". */
void        pc_player_set_timeline (PcPlayer   *self,
                                    PcTimeline *timeline);
PcTimeline *pc_player_get_timeline (PcPlayer *self);

/* Properties "position" (double), "current" (uint index of the step lit,
 * GTK_INVALID-like G_MAXUINT before the first), "playing", "speed". */
double      pc_player_get_position (PcPlayer *self);
/* How far the lit step is under way: 0 … 1, 1 when it is done. */
double      pc_player_get_progress (PcPlayer *self);
guint       pc_player_get_current (PcPlayer *self);
gboolean    pc_player_get_playing (PcPlayer *self);
/* Playing from the end begins anew; an empty timeline does not play. */
void        pc_player_set_playing (PcPlayer *self,
                                   gboolean  playing);
double      pc_player_get_speed (PcPlayer *self);
/* Clamped to 0.25 … 4. */
void        pc_player_set_speed (PcPlayer *self,
                                 double    speed);
/* Playing pauses there, exactly; G_MAXUINT for nowhere.  What has been reached
 * is no hindrance to playing on. */
void        pc_player_set_stop (PcPlayer *self,
                                guint     index);
/* The step nearest to @index that is to be seen, itself first, then forward or
 * back; G_MAXUINT when there is none. */
typedef guint (*PcPlayerFind) (guint    index,
                               gboolean forward,
                               gpointer data);
/* First, back, forward and last go only to what @find finds; NULL: to every
 * step.  @data must outlive the player, or the next call. */
void        pc_player_set_find (PcPlayer    *self,
                                PcPlayerFind find,
                                gpointer     data);
/* Any position, clamped to 0 … n. */
void        pc_player_seek (PcPlayer *self,
                            double    position);
/* Shows step @index whole (position index + 1, current index); pauses. */
void        pc_player_show_step (PcPlayer *self,
                                 guint     index);
void        pc_player_first (PcPlayer *self); /* shows step 0 */
void        pc_player_back (PcPlayer *self);
void        pc_player_forward (PcPlayer *self);
void        pc_player_last (PcPlayer *self);
/* @elapsed_us of real time went by. Stops at the end. */
void        pc_player_advance (PcPlayer *self,
                               gint64    elapsed_us);
/* With reduced motion playing jumps from step to step: the position is whole
 * while playing. */
void        pc_player_set_reduced_motion (PcPlayer *self,
                                          gboolean  reduced);

G_END_DECLS
