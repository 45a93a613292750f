/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When which octet of a stream was there: at one of its ends, in one
 * direction.  An offset is the number of octets before it; times are µs, in
 * whatever the caller counts them from. */

/* Octets up to offset @end were there by @time. */
typedef struct
{
  guint64 end;
  gint64  time;
} PcMoment;

/* Of PcMoment.  Free with g_array_unref (). */
GArray *pc_moments_new (void);
/* The octets up to offset @end were there at @time; neither goes back. */
void    pc_moments_add (GArray *moments,
                        guint64 end,
                        gint64  time);
/* When the octet before offset @end was there; -1 for not yet. */
gint64  pc_moments_find (const GArray *moments,
                         guint64       end);
/* The moments of the octets from offset @begin to @end, counted from @begin;
 * NULL where they are all of one moment.  Transfer full. */
GArray *pc_moments_copy (const GArray *moments,
                         guint64       begin,
                         guint64       end);
/* Forgets what lies wholly before offset @end, but for the last moment: a
 * unit without octets may still ask for it. */
void    pc_moments_drop (GArray *moments,
                         guint64 end);

G_END_DECLS
