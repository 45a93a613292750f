/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which datagrams were there before.
 *
 * A table finds the step by a hash of a few octets; whether all are the same,
 * the step itself tells.  A ring forgets the oldest.  Of two with the same hash
 * only the later one is kept: a protocol's numbers stand in front, and are
 * hashed.
 */

#include "timeline/repeats.h"

#include "base/limits.h"

#define HASHED 48 /* octets of each end of a datagram */

struct _PcRepeats
{
  GHashTable *numbers; /* hash → number of the step */
  guint       ring[PC_LIMIT_REPEATS]; /* hashes, in order */
  guint       at;
  gboolean    full;
};

PcRepeats *
pc_repeats_new (void)
{
  PcRepeats *self = g_new0 (PcRepeats, 1);

  self->numbers = g_hash_table_new (NULL, NULL);
  return self;
}

void
pc_repeats_free (PcRepeats *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_free (self);
}

/* FNV-1a over the length and both ends. */
static guint
hash_octets (const guint8 *data,
             gsize         len)
{
  guint hash = 2166136261u;

  hash = (hash ^ (guint) len) * 16777619u;
  for (gsize i = 0; i < MIN (len, HASHED); i++)
    hash = (hash ^ data[i]) * 16777619u;
  for (gsize i = MAX (HASHED, len - MIN (len, HASHED)); i < len; i++)
    hash = (hash ^ data[i]) * 16777619u;
  return hash;
}

static void
remember (PcRepeats *self,
          guint      hash,
          guint      number)
{
  /* A later one with the same hash is forgotten with it; it is looked for in
   * vain then, and no harm is done. */
  if (self->full)
    g_hash_table_remove (self->numbers,
                         GUINT_TO_POINTER (self->ring[self->at]));
  self->ring[self->at] = hash;
  self->at = (self->at + 1) % PC_LIMIT_REPEATS;
  self->full = self->full || self->at == 0;
  g_hash_table_insert (self->numbers, GUINT_TO_POINTER (hash),
                       GUINT_TO_POINTER (number));
}

guint
pc_repeats_find (PcRepeats  *self,
                 PcTimeline *timeline,
                 PcStep     *step)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (pc_step_get_bytes (step), &len);
  guint         hash = hash_octets (data, len);
  guint         number = GPOINTER_TO_UINT (
      g_hash_table_lookup (self->numbers, GUINT_TO_POINTER (hash)));
  PcStep *earlier = NULL;

  if (number != 0)
    earlier = pc_timeline_get_step (timeline, number - 1);
  if (earlier != NULL &&
      pc_step_get_from_port (earlier) == pc_step_get_from_port (step) &&
      g_bytes_equal (pc_step_get_bytes (earlier), pc_step_get_bytes (step)))
    return number;

  remember (self, hash, pc_step_get_number (step));
  return 0;
}
