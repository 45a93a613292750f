/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The triplets that a greylisting server remembers.
 *
 * A second attempt counts from the delay up to a day after the first one;
 * whoever comes later begins anew, and who has passed is forgotten after a
 * week of silence.  RFC 6647 section 5.
 */

#include "mail/greylist.h"

#include "base/limits.h"

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

typedef struct
{
  gint64   first;
  gint64   last;
  gboolean passed;
} Triplet;

struct _PcGreylist
{
  guint       ref_count;
  gint64      delay;
  GHashTable *triplets; /* char*, Triplet* */
};

PcGreylist *
pc_greylist_new (gint64 delay)
{
  PcGreylist *self = g_new0 (PcGreylist, 1);

  self->ref_count = 1;
  self->delay = delay;
  self->triplets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          g_free);
  return self;
}

PcGreylist *
pc_greylist_ref (PcGreylist *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->ref_count++;
  return self;
}

void
pc_greylist_unref (PcGreylist *self)
{
  g_return_if_fail (self != NULL);

  if (--self->ref_count > 0)
    return;

  g_hash_table_unref (self->triplets);
  g_free (self);
}

static gboolean
is_over (const Triplet *triplet,
         gint64         now)
{
  return now - triplet->last > (triplet->passed ? 7 * DAY : DAY);
}

static gboolean
is_over_cb (gpointer key,
            gpointer value,
            gpointer user_data)
{
  return is_over (value, *(const gint64 *) user_data);
}

/* The one that was silent for longest. */
static void
drop_oldest (PcGreylist *self)
{
  GHashTableIter iter;
  gpointer       key, value;
  const char    *oldest = NULL;
  gint64         last = G_MAXINT64;

  g_hash_table_iter_init (&iter, self->triplets);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Triplet *) value)->last < last) {
      last = ((Triplet *) value)->last;
      oldest = key;
    }
  g_hash_table_remove (self->triplets, oldest);
}

static Triplet *
find (PcGreylist *self,
      gint64      now,
      const char *client,
      const char *sender,
      const char *recipient)
{
  g_autofree char *text = g_strjoin ("\n", client != NULL ? client : "",
                                     sender, recipient, NULL);
  g_autofree char *key = g_ascii_strdown (text, -1);
  Triplet         *triplet = g_hash_table_lookup (self->triplets, key);

  if (triplet != NULL && !is_over (triplet, now))
    return triplet;

  if (triplet == NULL &&
      g_hash_table_size (self->triplets) >= PC_LIMIT_GREYLIST) {
    g_hash_table_foreach_remove (self->triplets, is_over_cb, &now);
    if (g_hash_table_size (self->triplets) >= PC_LIMIT_GREYLIST)
      drop_oldest (self);
  }
  triplet = g_new0 (Triplet, 1);
  triplet->first = now;
  triplet->last = now;
  g_hash_table_replace (self->triplets, g_steal_pointer (&key), triplet);
  return triplet;
}

gint64
pc_greylist_check (PcGreylist *self,
                   gint64      now,
                   const char *client,
                   const char *sender,
                   const char *recipient)
{
  Triplet *triplet;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (sender != NULL && recipient != NULL, 0);

  triplet = find (self, now, client, sender, recipient);
  if (triplet->passed || now - triplet->first >= self->delay) {
    triplet->passed = TRUE;
    triplet->last = now;
    return 0;
  }

  return self->delay - (now - triplet->first);
}
