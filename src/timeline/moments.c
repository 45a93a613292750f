/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When which octet of a direction was there.
 *
 * One moment stands for all octets that came at once; they are in the order
 * of the stream, so that one is found by halves.
 */

#include "timeline/moments.h"

/* Octets up to @end of one direction were sent, or read, by @time. */
typedef struct
{
  guint64 end;
  gint64  time;
} Moment;

GArray *
pc_moments_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Moment));
}

void
pc_moments_add (GArray *moments,
                guint64 end,
                gint64  time)
{
  Moment  moment = { .end = end, .time = time };
  Moment *last = moments->len > 0
                     ? &g_array_index (moments, Moment, moments->len - 1)
                     : NULL;

  if (last != NULL && last->time == time)
    last->end = end;
  else
    g_array_append_val (moments, moment);
}

gint64
pc_moments_find (const GArray *moments,
                 guint64       end)
{
  guint low = 0;
  guint high = moments->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (moments, Moment, middle).end < end)
      low = middle + 1;
    else
      high = middle;
  }

  return low < moments->len ? g_array_index (moments, Moment, low).time : -1;
}

void
pc_moments_drop (GArray *moments,
                 guint64 end)
{
  guint n = 0;

  while (n + 1 < moments->len && g_array_index (moments, Moment, n).end <= end)
    n++;
  if (n > 0)
    g_array_remove_range (moments, 0, n);
}
