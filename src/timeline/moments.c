/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When which octet of a direction was there.
 *
 * One moment stands for all octets that came at once; they are in the order
 * of the stream, so that one is found by halves.
 */

#include "timeline/moments.h"

GArray *
pc_moments_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (PcMoment));
}

void
pc_moments_add (GArray *moments,
                guint64 end,
                gint64  time)
{
  PcMoment  moment = { .end = end, .time = time };
  PcMoment *last = moments->len > 0
                       ? &g_array_index (moments, PcMoment,
                                         moments->len - 1)
                       : NULL;

  if (last != NULL && last->time == time)
    last->end = end;
  else
    g_array_append_val (moments, moment);
}

/* The first one by which the octet before @end was there. */
static guint
find (const GArray *moments,
      guint64       end)
{
  guint low = 0;
  guint high = moments->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (moments, PcMoment, middle).end < end)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}

gint64
pc_moments_find (const GArray *moments,
                 guint64       end)
{
  guint i = find (moments, end);

  return i < moments->len ? g_array_index (moments, PcMoment, i).time : -1;
}

GArray *
pc_moments_copy (const GArray *moments,
                 guint64       begin,
                 guint64       end)
{
  guint   first = find (moments, begin + 1);
  guint   last = find (moments, end);
  GArray *copy;

  if (first >= last || last >= moments->len)
    return NULL;

  copy = g_array_sized_new (FALSE, FALSE, sizeof (PcMoment), last - first + 1);
  for (guint i = first; i <= last; i++) {
    PcMoment moment = g_array_index (moments, PcMoment, i);

    moment.end = MIN (moment.end, end) - begin;
    g_array_append_val (copy, moment);
  }
  return copy;
}

void
pc_moments_drop (GArray *moments,
                 guint64 end)
{
  guint n = 0;

  while (n + 1 < moments->len &&
         g_array_index (moments, PcMoment, n).end <= end)
    n++;
  if (n > 0)
    g_array_remove_range (moments, 0, n);
}
