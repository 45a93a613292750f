/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of a list of entries are to be seen.
 *
 * Nothing is taken out of the list: each group knows how many entries the
 * folded ones before it hide, so a place is found by halving, and to fold or
 * unfold costs one addition for each group behind it.
 */

#include "diagram/folds.h"

struct _PcFolds
{
  GArray *folds; /* PcFold, rising */
};

PcFolds *
pc_folds_new (void)
{
  PcFolds *self = g_new0 (PcFolds, 1);

  self->folds = g_array_new (FALSE, FALSE, sizeof (PcFold));
  return self;
}

void
pc_folds_free (PcFolds *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->folds, g_array_unref);
  g_free (self);
}

void
pc_folds_clear (PcFolds *self)
{
  g_array_set_size (self->folds, 0);
}

static PcFold *
get (PcFolds *self,
     guint    i)
{
  return &g_array_index (self->folds, PcFold, i);
}

/* Of what is seen while it is folded. */
static guint
n_shown (const PcFold *fold)
{
  return fold->pills != G_MAXUINT ? 2 : 1;
}

static guint
n_hidden (const PcFold *fold)
{
  return fold->folded ? fold->end - fold->begin - n_shown (fold) : 0;
}

/* Where the head of @fold is seen. */
static guint
seen_begin (const PcFold *fold)
{
  return fold->begin - fold->hidden;
}

/* How many folds there are before the first for which @is_behind is true. */
static guint
count_before (PcFolds *self,
              gboolean (*is_behind) (const PcFold *fold,
                                     guint         value),
              guint    value)
{
  guint low = 0;
  guint high = self->folds->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (is_behind (get (self, middle), value))
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}

static gboolean
is_step_behind (const PcFold *fold,
                guint         step)
{
  return fold->group.first > step;
}

static gboolean
is_entry_behind (const PcFold *fold,
                 guint         entry)
{
  return fold->begin > entry;
}

static gboolean
is_seen_behind (const PcFold *fold,
                guint         seen)
{
  return seen_begin (fold) > seen;
}

/* -- groups --------------------------------------------------------------- */

void
pc_folds_add (PcFolds       *self,
              const PcGroup *group,
              guint          begin,
              guint          end,
              guint          pills,
              gboolean       wanted)
{
  PcFold fold = { *group, begin, end, pills, wanted != FALSE, 0, 0 };

  g_return_if_fail (begin < end);
  g_return_if_fail (pills == G_MAXUINT || (begin < pills && pills < end));

  if (self->folds->len > 0)
    {
      const PcFold *before = get (self, self->folds->len - 1);

      g_return_if_fail (before->end <= begin);
      fold.hidden = (before->hidden + n_hidden (before));
    }
  fold.folded = wanted != FALSE;
  g_array_append_val (self->folds, fold);
}

guint
pc_folds_get_n (PcFolds *self)
{
  return self->folds->len;
}

guint
pc_folds_find_step (PcFolds *self,
                    guint    index)
{
  guint i = count_before (self, is_step_behind, index);

  return i > 0 && index <= get (self, i - 1)->group.last ? i - 1 : G_MAXUINT;
}

guint
pc_folds_find_entry (PcFolds *self,
                     guint    entry)
{
  guint i = count_before (self, is_entry_behind, entry);

  return i > 0 && entry < get (self, i - 1)->end ? i - 1 : G_MAXUINT;
}

const PcFold *
pc_folds_get (PcFolds *self,
              guint    i)
{
  g_return_val_if_fail (i < self->folds->len, NULL);

  return get (self, i);
}

void
pc_folds_set_wanted (PcFolds *self,
                     guint    i,
                     gboolean wanted)
{
  g_return_if_fail (i < self->folds->len);

  get (self, i)->wanted = wanted != FALSE;
}

void
pc_folds_set_folded (PcFolds *self,
                     guint    i,
                     gboolean folded)
{
  guint hidden;

  g_return_if_fail (i < self->folds->len);

  get (self, i)->folded = folded != FALSE;
  hidden = get (self, i)->hidden + n_hidden (get (self, i));
  for (guint k = i + 1; k < self->folds->len; k++)
    {
      get (self, k)->hidden = hidden;
      hidden += n_hidden (get (self, k));
    }
}

/* -- places --------------------------------------------------------------- */

guint
pc_folds_get_n_seen (PcFolds *self,
                     guint    n)
{
  const PcFold *last;

  if (self->folds->len == 0)
    return n;

  last = get (self, self->folds->len - 1);
  return n - last->hidden - n_hidden (last);
}

guint
pc_folds_get_height (PcFolds *self,
                     guint    i)
{
  const PcFold *fold = pc_folds_get (self, i);

  return fold->end - fold->begin - n_hidden (fold);
}

guint
pc_folds_to_entry (PcFolds *self,
                   guint    seen)
{
  guint         i = count_before (self, is_seen_behind, seen);
  const PcFold *fold;
  guint         at;

  if (i == 0)
    return seen;

  fold = get (self, i - 1);
  at = seen - seen_begin (fold);
  if (!fold->folded || at == 0)
    return fold->begin + at;
  if (at < n_shown (fold))
    return fold->pills;
  return seen + fold->hidden + n_hidden (fold);
}

guint
pc_folds_to_seen (PcFolds *self,
                  guint    entry)
{
  guint         i = count_before (self, is_entry_behind, entry);
  const PcFold *fold;

  if (i == 0)
    return entry;

  fold = get (self, i - 1);
  if (!fold->folded || entry == fold->begin)
    return entry - fold->hidden;
  if (entry >= fold->end)
    return entry - fold->hidden - n_hidden (fold);
  return seen_begin (fold) + (entry == fold->pills ? 1 : 0);
}
