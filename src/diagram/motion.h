/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a row looks at a position of the player: pure functions, so that every
 * way to a position shows the same picture. */

typedef enum {
  PC_EMPHASIS_AHEAD, /* has not happened yet: dimmed */
  PC_EMPHASIS_LIT,   /* the current step */
  PC_EMPHASIS_DONE,
} PcEmphasis;

/* What a marker does along the way of a step. */
typedef enum {
  PC_WAY_ACROSS,    /* from one end to the other */
  PC_WAY_LOST,      /* goes out before the end */
  PC_WAY_HANDSHAKE, /* there, back and there: SYN, SYN-ACK, ACK */
  PC_WAY_RETURN,    /* there and back: SYN, RST */
} PcWay;

typedef struct
{
  PcEmphasis emphasis;
  double     progress;     /* of the step, 0 … 1 */
  double     travel;       /* of the marker, 0 at the start, 1 at the end */
  double     marker_alpha; /* 0: no marker */
} PcMotion;

/* Of step @index when the player is at @position (see timeline/player.h).
 * @wait: the part of the step's time in which nothing has left yet. */
PcMotion pc_motion_at (double position,
                       guint  index,
                       PcWay  way,
                       double wait);
/* Of the wait before step @index: its progress is how much of the wait is
 * over; it is lit while it lasts. */
PcMotion pc_motion_wait (double position,
                         guint  index,
                         double wait);
/* Of something that leaves with step @first and arrives only after step
 * @last: it is lit all the way, and rests where it is between the steps. */
PcMotion pc_motion_span (double position,
                         guint  first,
                         guint  last,
                         double wait);
/* How clear a row is that begins at @begin: 1, or less when it is ahead. */
double   pc_motion_alpha (double position,
                          double begin);
/* The same for what a step leads to, its state pills and note: they come
 * while the step arrives. */
double   pc_motion_result_alpha (double position,
                                 guint  index,
                                 double wait);
/* Between the places of the step before and of the lit one: 0 … 1.  What
 * scrolling follows. */
double   pc_motion_follow (double position);

G_END_DECLS
