/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days of a learner.  A day has 23 or 25 hours where clocks are changed; the
 * count goes by the date on the wall, not by hours that have passed.
 */

#include "quiz/day.h"

#define ROLLOVER (4 * G_TIME_SPAN_HOUR)
/* g_date_get_julian() of 1970-01-01; it counts from the year 1. */
#define JULIAN_EPOCH 719163

gint
pc_day_from_time (gint64     time_us,
                  GTimeZone *zone)
{
  g_autoptr (GTimeZone) used = NULL;
  gint64 seconds, local;
  int    interval;

  /* Of a broken clock: within the years that GDate knows. */
  time_us = CLAMP (time_us, 0, G_GINT64_CONSTANT (253402300799000000));
  seconds = time_us / G_USEC_PER_SEC;
  used = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  interval = g_time_zone_find_interval (used, G_TIME_TYPE_UNIVERSAL, seconds);
  local = seconds + g_time_zone_get_offset (used, interval) -
          ROLLOVER / G_USEC_PER_SEC;
  /* Round down: some hours of 1970-01-01 belong to the day before. */
  return local >= 0 ? local / 86400 : -((86399 - local) / 86400);
}

gint
pc_day_from_date (const GDate *date)
{
  g_return_val_if_fail (date != NULL && g_date_valid (date), 0);

  return (gint) g_date_get_julian (date) - JULIAN_EPOCH;
}

void
pc_day_to_date (gint   day,
                GDate *date)
{
  g_return_if_fail (date != NULL);

  g_date_clear (date, 1);
  g_date_set_julian (date, MAX (day + JULIAN_EPOCH, 1));
}
