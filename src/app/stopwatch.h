/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long somebody has been speaking.  All zero: not begun.  @now is
 * g_get_monotonic_time (), in µs. */
typedef struct
{
  gint64   since; /* it runs since then */
  gint64   sum;   /* µs before that */
  gboolean running;
} PcStopwatch;

void   pc_stopwatch_start (PcStopwatch *self,
                           gint64       now);
void   pc_stopwatch_pause (PcStopwatch *self,
                           gint64       now);
/* To zero; it goes on running when it ran. */
void   pc_stopwatch_reset (PcStopwatch *self,
                           gint64       now);
gint64 pc_stopwatch_get (const PcStopwatch *self,
                         gint64             now);
/* "7:05", "1:07:05".  Transfer full. */
char  *pc_stopwatch_format (gint64 time_us);

G_END_DECLS
