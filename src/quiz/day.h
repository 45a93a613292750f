/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A learner's day: local, and it begins at 04:00, so that what is answered
 * after midnight belongs to the evening before.  Days are counted from
 * 1970-01-01. */

/* @time_us: Unix time, microseconds; @zone NULL: the local one. */
gint    pc_day_from_time (gint64     time_us,
                          GTimeZone *zone);
/* The day with this date. */
gint    pc_day_from_date (const GDate *date);
/* Its date. */
void    pc_day_to_date (gint   day,
                        GDate *date);

G_END_DECLS
