/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where to ask: seldom enough that nobody is annoyed, and not the same again.
 *
 * An author's mark says that a step matters, so these come first.  A transfer
 * of thousands of blocks has one question about a block and not thousands.
 */

#include "quiz/predict-private.h"

#include <string.h>

#define ALIKE_MARKED 2
#define ALIKE        1

/* Places of which one is like the other; block numbers do not count. */
static char *
get_likeness (const PcPredictPlace *place)
{
  gboolean packet = place->ask == PC_PREDICT_PACKET;
  gsize key = packet ? strcspn (place->key, " ") : strlen (place->key);
  gsize right = packet ? strcspn (place->right, " ") : strlen (place->right);

  return g_strdup_printf ("%d %d %.*s %.*s", place->ask,
                          pc_timeline_is_lost (place->timeline, place->before),
                          (int) key, place->key, (int) right, place->right);
}

static gboolean
is_free (const guint8 *taken,
         guint         n,
         guint         index)
{
  guint from = index >= PC_PREDICT_SPACING - 1
                   ? index - (PC_PREDICT_SPACING - 1)
                   : 0;

  for (guint i = from; i < n && i < index + PC_PREDICT_SPACING; i++)
    if (taken[i])
      return FALSE;
  return TRUE;
}

static gboolean
is_wanted (PcTimeline *timeline,
           guint       index,
           guint32     seed,
           GHashTable *seen,
           guint       limit)
{
  g_auto (PcPredictPlace) place = { 0 };
  g_autoptr (PcPrediction) whole = NULL;
  g_autofree char *likeness = NULL;
  guint n;

  if (!pc_predict_place_init (&place, timeline, index, seed))
    return FALSE;
  likeness = get_likeness (&place);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, likeness));
  if (n >= limit)
    return FALSE;
  whole = pc_prediction_new (timeline, index, seed);
  if (whole == NULL)
    return FALSE;
  g_hash_table_insert (seen, g_steal_pointer (&likeness),
                       GUINT_TO_POINTER (n + 1));
  return TRUE;
}

GArray *
pc_predict_plan (PcTimeline *timeline,
                 guint32     seed)
{
  GArray *plan = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = NULL;
  g_autofree guint8 *taken = NULL;
  guint n;

  g_return_val_if_fail (PC_IS_TIMELINE (timeline), plan);

  n = pc_timeline_get_n_steps (timeline);
  taken = g_new0 (guint8, n);
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++) {
      gboolean has = pc_step_get_mark (pc_timeline_get_step (timeline, i)) !=
                     NULL;

      if (has == (pass == 0) && is_free (taken, n, i) &&
          is_wanted (timeline, i, seed, seen, has ? ALIKE_MARKED : ALIKE))
        taken[i] = 1;
    }
  for (guint i = 0; i < n; i++)
    if (taken[i])
      g_array_append_val (plan, i);
  return plan;
}
