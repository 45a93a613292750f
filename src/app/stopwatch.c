/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time since a presentation began, without the pauses.  Knows no clock:
 * so it can be tested. */

#include "app/stopwatch.h"

void
pc_stopwatch_start (PcStopwatch *self,
                    gint64       now)
{
  if (self->running)
    return;
  self->running = TRUE;
  self->since = now;
}

void
pc_stopwatch_pause (PcStopwatch *self,
                    gint64       now)
{
  self->sum = pc_stopwatch_get (self, now);
  self->running = FALSE;
}

void
pc_stopwatch_reset (PcStopwatch *self,
                    gint64       now)
{
  self->sum = 0;
  self->since = now;
}

gint64
pc_stopwatch_get (const PcStopwatch *self,
                  gint64             now)
{
  return self->sum + (self->running ? now - self->since : 0);
}

char *
pc_stopwatch_format (gint64 time_us)
{
  guint seconds = (guint) (time_us / G_USEC_PER_SEC);
  guint hours = seconds / 3600;

  if (hours > 0)
    return g_strdup_printf ("%u:%02u:%02u", hours, seconds / 60 % 60,
                            seconds % 60);
  return g_strdup_printf ("%u:%02u", seconds / 60, seconds % 60);
}
