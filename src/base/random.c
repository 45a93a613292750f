/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Repeatable chance.  GRand would do, but for G_RANDOM_VERSION in the
 * environment, which gives another sequence on one machine than on the next.
 */

#include "base/random.h"

guint64
pc_random_draw (guint64 *state)
{
  guint64 x = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

guint
pc_random_below (guint64 *state,
                 guint    n)
{
  guint64 draw;

  g_return_val_if_fail (n > 0, 0);

  /* The draws above the last whole multiple of n would favour small ones. */
  do
    draw = pc_random_draw (state);
  while (draw >= G_MAXUINT64 - G_MAXUINT64 % n);
  return (guint) (draw % n);
}

void
pc_random_shuffle (guint64   *state,
                   GPtrArray *array)
{
  g_return_if_fail (array != NULL);

  for (guint i = array->len; i > 1; i--) {
    guint    j = pc_random_below (state, i);
    gpointer held = array->pdata[i - 1];

    array->pdata[i - 1] = array->pdata[j];
    array->pdata[j] = held;
  }
}

guint64
pc_random_hash (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  g_return_val_if_fail (text != NULL, hash);

  for (; *text != '\0'; text++) {
    hash ^= (guchar) *text;
    hash *= G_GUINT64_CONSTANT (0x100000001b3);
  }
  return hash;
}
