/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long something took, as people say it: with as many digits as matter,
 * and in no more than two units.
 */

#include "timeline/duration.h"

#include <glib/gi18n-lib.h>

char *
pc_duration_to_text (gint64 us)
{
  gint64 ms = MAX (us, 0) / 1000 + (MAX (us, 0) % 1000 >= 500 ? 1 : 0);
  int    seconds = (int) MIN ((ms + 500) / 1000, G_MAXINT);
  int    minutes = seconds / 60;

  if (us > 0 && ms == 0)
    return g_strdup (_ ("under 1 ms"));
  if (ms < 1000)
    return g_strdup_printf (_ ("%d ms"), (int) ms);
  if (ms < 59950)
    return g_strdup_printf (_ ("%.1f s"), (double) ms / 1000);
  if (minutes < 60 && seconds % 60 > 0)
    return g_strdup_printf (_ ("%d min %d s"), minutes, seconds % 60);
  if (minutes < 60)
    return g_strdup_printf (_ ("%d min"), minutes);
  if (minutes % 60 > 0)
    return g_strdup_printf (_ ("%d h %d min"), minutes / 60, minutes % 60);
  return g_strdup_printf (_ ("%d h"), minutes / 60);
}
