/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets: which questions a class gets, in which order, repeatable from the
 * number printed at the foot.
 *
 * Drawing is stratified: by objective where the blueprint names some, the rest
 * by bank, so every draw has the same mix.  An item's place in a draw depends
 * on the seed and its own id, so a new item in a bank does not reshuffle the
 * others.  The code at the foot is sheet-code.c's, what stands on the paper
 * sheet-blocks.c's.
 */

#include "quiz/sheet-private.h"

#include "base/limits.h"
#include "base/random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NOBODY -1 /* an item that was not drawn */
#define REST -2   /* drawn for no objective */

/* What a seed is used for: else the order of options would follow from
 * having been drawn. */
typedef enum {
  USE_DRAW,
  USE_OPTIONS,
  USE_ORDER,
} Use;

typedef struct
{
  PcSheetItem item;
  guint64     rank;
  int         owner; /* index of the objective it was drawn for */
  gboolean    seen;
} Candidate;

typedef struct
{
  const PcBlueprint *blueprint;
  GArray            *all;  /* Candidate, by rank */
  GHashTable        *keys; /* facts that are asked already */
} Draw;

/* -- what may be drawn ---------------------------------------------------- */

gboolean
pc_sheet_fits (const PcBlueprint *blueprint,
               PcItem            *item)
{
  guint difficulty = pc_item_get_difficulty (item);
  guint type = 1u << pc_item_get_item_type (item);

  if (pc_item_get_status (item) == PC_ITEM_STATUS_RETIRED)
    return FALSE;
  if (blueprint->types != 0 && (blueprint->types & type) == 0)
    return FALSE;
  return (blueprint->min_difficulty == 0 ||
          difficulty >= blueprint->min_difficulty) &&
         (blueprint->max_difficulty == 0 ||
          difficulty <= blueprint->max_difficulty);
}

static int
compare_banks (gconstpointer a,
               gconstpointer b)
{
  return strcmp (pc_bank_get_id (*(PcBank *const *) a),
                 pc_bank_get_id (*(PcBank *const *) b));
}

static gboolean
is_bank_id (gconstpointer bank,
            gconstpointer id)
{
  return g_str_equal (pc_bank_get_id ((PcBank *) bank), id);
}

GPtrArray *
pc_sheet_pick_banks (GPtrArray         *banks,
                     const PcBlueprint *blueprint)
{
  GPtrArray *some = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < banks->len; i++) {
    const char *id = pc_bank_get_id (banks->pdata[i]);

    if ((blueprint->banks->len == 0 ||
         g_ptr_array_find_with_equal_func (blueprint->banks, id, g_str_equal,
                                           NULL)) &&
        !g_ptr_array_find_with_equal_func (some, id, is_bank_id, NULL))
      g_ptr_array_add (some, g_object_ref (banks->pdata[i]));
  }
  /* The order in which they were named makes no other sheet. */
  g_ptr_array_sort (some, compare_banks);
  return some;
}

static guint64
make_seed (const PcSheet *self,
           Use            use)
{
  gboolean same = use == USE_DRAW && self->blueprint->same_items;
  guint64  state = (guint64) self->seed << 16 | (guint) use << 8 |
                  (same ? 0 : self->variant);

  return pc_random_draw (&state);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;
  int              ids;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  ids = strcmp (pc_item_get_id (one->item.item),
                pc_item_get_id (other->item.item));
  return ids != 0 ? ids
                  : strcmp (pc_bank_get_id (one->item.bank),
                            pc_bank_get_id (other->item.bank));
}

static GArray *
list_candidates (const PcSheet *self)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Candidate));
  guint64 seed = make_seed (self, USE_DRAW);

  for (guint i = 0; i < self->banks->len; i++) {
    PcBank *bank = self->banks->pdata[i];

    for (guint j = 0; j < pc_bank_get_n_items (bank); j++) {
      PcItem   *item = pc_bank_get_item (bank, j);
      guint64   state = seed ^ pc_random_hash (pc_item_get_id (item));
      Candidate candidate = { { bank, item, 0, { 0 } }, 0, NOBODY, FALSE };

      if (!pc_sheet_fits (self->blueprint, item))
        continue;
      candidate.rank = pc_random_draw (&state);
      g_array_append_val (all, candidate);
    }
  }
  g_array_sort (all, compare_candidates);
  return all;
}

/* -- drawing -------------------------------------------------------------- */

static Candidate *
get_candidate (const Draw *self,
               guint       index)
{
  return &g_array_index (self->all, Candidate, index);
}

static const char *
get_objective (const Draw *self,
               int         owner)
{
  return owner >= 0 ? self->blueprint->objectives->pdata[owner] : NULL;
}

/* @objective NULL, @bank NULL: any. */
static gboolean
serves (const Candidate *candidate,
        const char      *objective,
        PcBank          *bank)
{
  if (bank != NULL && candidate->item.bank != bank)
    return FALSE;
  return objective == NULL ||
         g_strv_contains (pc_item_get_objectives (candidate->item.item),
                          objective);
}

static void
give (Draw      *self,
      Candidate *candidate,
      int        owner)
{
  candidate->owner = owner;
  g_hash_table_add (self->keys, (gpointer) pc_item_get_memory_key (
                                    candidate->item.item));
}

/* The next @n for @owner.  One fact is asked once, unless there is nothing
 * else. */
static guint
take (Draw   *self,
      int     owner,
      PcBank *bank,
      guint   n)
{
  const char *objective = get_objective (self, owner);
  guint       taken = 0;

  for (guint pass = 0; pass < 2; pass++) {
    for (guint i = 0; i < self->all->len && taken < n; i++) {
      Candidate *candidate = get_candidate (self, i);

      if (candidate->owner != NOBODY || !serves (candidate, objective, bank) ||
          (pass == 0 &&
           g_hash_table_contains (self->keys, pc_item_get_memory_key (
                                                  candidate->item.item))))
        continue;
      give (self, candidate, owner);
      taken++;
    }
  }
  return taken;
}

/* Takes an item from another objective that can do with a third one: what
 * serves two objectives may have gone to the one that had a choice. */
static gboolean
take_over (Draw *self,
           int   owner)
{
  const char *objective = get_objective (self, owner);

  for (guint i = 0; i < self->all->len; i++) {
    Candidate *candidate = get_candidate (self, i);

    if (candidate->seen || candidate->owner == owner ||
        !serves (candidate, objective, NULL))
      continue;
    candidate->seen = TRUE;
    if (candidate->owner == NOBODY || take_over (self, candidate->owner)) {
      give (self, candidate, owner);
      return TRUE;
    }
  }
  return FALSE;
}

static void
tell_missing (PcProblems *problems,
              const char *objective,
              guint       wanted,
              guint       found)
{
  if (found >= wanted)
    return;
  pc_problems_take (
      problems,
      objective != NULL
          ? pc_problem_new (PC_SEVERITY_WARNING, "S001", NULL, 0, 0,
                            _ ("only %u of %u questions were found for the "
                               "objective \"%s\""),
                            found, wanted, objective)
          : pc_problem_new (PC_SEVERITY_WARNING, "S001", NULL, 0, 0,
                            _ ("only %u of %u questions were found"), found,
                            wanted));
}

static void
draw_objectives (Draw       *self,
                 PcProblems *problems)
{
  const PcBlueprint *blueprint = self->blueprint;
  g_autofree guint  *found = g_new0 (guint, blueprint->objectives->len + 1);

  for (guint i = 0; i < blueprint->objectives->len; i++)
    found[i] = take (self, (int) i, NULL,
                     g_array_index (blueprint->counts, guint, i));
  for (guint i = 0; i < blueprint->objectives->len; i++) {
    guint    wanted = g_array_index (blueprint->counts, guint, i);
    gboolean more = TRUE;

    while (found[i] < wanted && more) {
      for (guint j = 0; j < self->all->len; j++)
        get_candidate (self, j)->seen = FALSE;
      more = take_over (self, (int) i);
      found[i] += more;
    }
    tell_missing (problems, blueprint->objectives->pdata[i], wanted, found[i]);
  }
}

/* Each bank's share of @n by what it has left; who comes nearest to one more
 * gets it (largest remainder). */
static void
draw_rest (Draw       *self,
           GPtrArray  *banks,
           guint       n,
           PcProblems *problems)
{
  g_autofree guint *left = g_new0 (guint, banks->len + 1);
  g_autofree guint *remainder = g_new0 (guint, banks->len + 1);
  guint total = 0, found = 0;

  for (guint i = 0; i < banks->len; i++) {
    for (guint j = 0; j < self->all->len; j++)
      left[i] += get_candidate (self, j)->owner == NOBODY &&
                 get_candidate (self, j)->item.bank == banks->pdata[i];
    total += left[i];
  }
  for (guint i = 0; i < banks->len && total > 0; i++) {
    guint64 share = (guint64) MIN (n, total) * left[i];

    remainder[i] = (guint) (share % total);
    found += take (self, REST, banks->pdata[i], (guint) (share / total));
  }
  while (found < MIN (n, total)) {
    guint best = 0;

    for (guint i = 1; i < banks->len; i++)
      if (remainder[i] > remainder[best])
        best = i;
    remainder[best] = 0;
    found += take (self, REST, banks->pdata[best], 1);
  }
  tell_missing (problems, NULL, n, found);
}

static void
draw_items (PcSheet    *self,
            PcProblems *problems)
{
  g_autoptr (GArray) all = list_candidates (self);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  Draw  draw = { self->blueprint, all, keys };
  guint n = pc_blueprint_count (self->blueprint), sum = 0;

  draw_objectives (&draw, problems);
  for (guint i = 0; i < self->blueprint->counts->len; i++)
    sum += g_array_index (self->blueprint->counts, guint, i);
  draw_rest (&draw, self->banks, n > sum ? n - sum : 0, problems);
  for (guint i = 0; i < all->len; i++) {
    if (get_candidate (&draw, i)->owner != NOBODY)
      g_array_append_val (self->items, get_candidate (&draw, i)->item);
  }
}

/* -- order ---------------------------------------------------------------- */

static void
shuffle_items (PcSheet *self)
{
  guint64 chance = make_seed (self, USE_ORDER);

  for (guint i = self->items->len; i > 1; i--) {
    guint        j = pc_random_below (&chance, i);
    PcSheetItem *a = &g_array_index (self->items, PcSheetItem, i - 1);
    PcSheetItem *b = &g_array_index (self->items, PcSheetItem, j);
    PcSheetItem  held = *a;

    *a = *b;
    *b = held;
  }
}

static gboolean
is_straight (const PcSheetItem *item)
{
  for (guint i = 0; i < item->n_order; i++) {
    if (item->order[i] != i)
      return FALSE;
  }
  return TRUE;
}

/* Options, the right sides of pairs, steps: as they are printed. */
static void
shuffle_list (PcSheetItem *item,
              guint64      seed)
{
  PcItemList list;
  guint64    chance = seed ^ pc_random_hash (pc_item_get_id (item->item));

  if (!pc_item_get_shuffled_list (item->item, &list))
    return;
  item->n_order = MIN (pc_item_get_n_choices (item->item, list),
                       G_N_ELEMENTS (item->order));
  for (guint i = 0; i < item->n_order; i++)
    item->order[i] = i;
  if (list == PC_ITEM_OPTIONS && !pc_item_get_shuffle (item->item))
    return;
  do {
    for (guint i = item->n_order; i > 1; i--) {
      guint j = pc_random_below (&chance, i);
      guint held = item->order[i - 1];

      item->order[i - 1] = item->order[j];
      item->order[j] = held;
    }
    /* Steps in their right order would be the answer. */
  } while (list == PC_ITEM_STEPS && item->n_order > 1 && is_straight (item));
}

/* -- public --------------------------------------------------------------- */

PcSheet *
pc_sheet_new (GPtrArray   *banks,
              PcBlueprint *blueprint,
              guint32      seed,
              guint        variant,
              PcProblems  *problems)
{
  g_autoptr (PcSheet) self = NULL;
  guint64 options;

  g_return_val_if_fail (banks != NULL, NULL);
  g_return_val_if_fail (blueprint != NULL, NULL);
  g_return_val_if_fail (variant < PC_SHEET_VARIANTS, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  self = g_new0 (PcSheet, 1);
  self->banks = pc_sheet_pick_banks (banks, blueprint);
  self->blueprint = pc_blueprint_ref (blueprint);
  self->seed = seed;
  self->variant = variant;
  self->items = g_array_new (FALSE, FALSE, sizeof (PcSheetItem));

  draw_items (self, problems);
  if (self->items->len == 0)
    return NULL;
  options = make_seed (self, USE_OPTIONS);
  for (guint i = 0; i < self->items->len; i++)
    shuffle_list (&g_array_index (self->items, PcSheetItem, i), options);
  shuffle_items (self);
  return g_steal_pointer (&self);
}

void
pc_sheet_free (PcSheet *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->banks);
  pc_blueprint_unref (self->blueprint);
  g_array_unref (self->items);
  g_free (self);
}

guint
pc_sheet_get_n_items (const PcSheet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

const PcSheetItem *
pc_sheet_get_item (const PcSheet *self,
                   guint          index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return &g_array_index (self->items, PcSheetItem, index);
}

guint
pc_sheet_get_variant (const PcSheet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->variant;
}

guint
pc_sheet_get_points (const PcSheet *self)
{
  guint sum = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->items->len; i++)
    sum += pc_item_get_points (pc_sheet_get_item (self, i)->item);
  return sum;
}
