/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets: which questions a class gets, in which order, repeatable from the
 * number printed at the foot.
 *
 * Drawing is stratified by objective, so every variant has the same mix.  An
 * item's place in a draw depends on the seed and its own id, so a new item in
 * a bank does not reshuffle the others.  How it looks is sheet-text.c's.
 */

#include "quiz/sheet-private.h"

#include "base/limits.h"
#include "base/random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  PcSheetItem item;
  guint64     rank;
  gboolean    taken;
} Candidate;

/* -- what may be drawn ---------------------------------------------------- */

static gboolean
fits (const PcBlueprint *blueprint,
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
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  return strcmp (pc_item_get_id (one->item.item),
                 pc_item_get_id (other->item.item));
}

static GArray *
list_candidates (GPtrArray         *banks,
                 const PcBlueprint *blueprint,
                 guint64            seed)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < banks->len; i++) {
    PcBank *bank = banks->pdata[i];

    for (guint j = 0; j < pc_bank_get_n_items (bank); j++) {
      PcItem   *item = pc_bank_get_item (bank, j);
      guint64   state = seed ^ pc_random_hash (pc_item_get_id (item));
      Candidate candidate = { { bank, item, 0, { 0 } }, 0, FALSE };

      if (!fits (blueprint, item))
        continue;
      candidate.rank = pc_random_draw (&state);
      g_array_append_val (all, candidate);
    }
  }
  g_array_sort (all, compare_candidates);
  return all;
}

/* -- drawing -------------------------------------------------------------- */

static gboolean
is_known_fact (GPtrArray  *keys,
               const char *key)
{
  return g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL);
}

/* The next @n for @objective (NULL: any).  One fact is asked once, unless
 * there is nothing else. */
static guint
take (PcSheet    *self,
      GArray     *all,
      const char *objective,
      guint       n,
      GPtrArray  *keys)
{
  guint taken = 0;

  for (guint pass = 0; pass < 2; pass++) {
    for (guint i = 0; i < all->len && taken < n; i++) {
      Candidate  *candidate = &g_array_index (all, Candidate, i);
      PcItem     *item = candidate->item.item;
      const char *key = pc_item_get_memory_key (item);

      if (candidate->taken ||
          (objective != NULL &&
           !g_strv_contains (pc_item_get_objectives (item), objective)) ||
          (pass == 0 && is_known_fact (keys, key)))
        continue;
      candidate->taken = TRUE;
      g_ptr_array_add (keys, (gpointer) key);
      g_array_append_val (self->items, candidate->item);
      taken++;
    }
  }
  return taken;
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
draw_items (PcSheet    *self,
            GArray     *all,
            PcProblems *problems)
{
  const PcBlueprint *blueprint = self->blueprint;
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  guint rest = blueprint->n_items;

  for (guint i = 0; i < blueprint->objectives->len; i++) {
    guint       wanted = g_array_index (blueprint->counts, guint, i);
    const char *objective = blueprint->objectives->pdata[i];
    guint       found = take (self, all, objective, wanted, keys);

    tell_missing (problems, objective, wanted, found);
    rest -= MIN (rest, found);
  }
  if (blueprint->n_items == 0)
    rest = blueprint->objectives->len > 0 ? 0 : PC_DEFAULT_SHEET;
  if (rest > 0)
    tell_missing (problems, NULL, rest, take (self, all, NULL, rest, keys));
}

/* -- order ---------------------------------------------------------------- */

static void
shuffle_items (PcSheet *self,
               guint64 *chance)
{
  for (guint i = self->items->len; i > 1; i--) {
    guint        j = pc_random_below (chance, i);
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
  do {
    for (guint i = 0; i < item->n_order; i++)
      item->order[i] = i;
    for (guint i = item->n_order; i > 1; i--) {
      guint j = pc_random_below (&chance, i);
      guint held = item->order[i - 1];

      item->order[i - 1] = item->order[j];
      item->order[j] = held;
    }
    /* Steps in their right order would be the answer. */
  } while (list == PC_ITEM_STEPS && item->n_order > 2 && is_straight (item));
}

/* -- public --------------------------------------------------------------- */

PcSheet *
pc_sheet_new (GPtrArray         *banks,
              const PcBlueprint *blueprint,
              guint32            seed,
              guint              variant,
              PcProblems        *problems)
{
  g_autoptr (PcSheet) self = NULL;
  g_autoptr (GArray) all = NULL;
  guint64 own;

  g_return_val_if_fail (banks != NULL, NULL);
  g_return_val_if_fail (blueprint != NULL, NULL);
  g_return_val_if_fail (variant < PC_SHEET_VARIANTS, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  self = g_new0 (PcSheet, 1);
  self->banks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < banks->len; i++)
    g_ptr_array_add (self->banks, g_object_ref (banks->pdata[i]));
  self->blueprint = blueprint;
  self->seed = seed;
  self->variant = variant;
  self->items = g_array_new (FALSE, FALSE, sizeof (PcSheetItem));

  own = ((guint64) seed << 8) | variant;
  all = list_candidates (banks, blueprint,
                         blueprint->same_items ? (guint64) seed << 8 : own);
  draw_items (self, all, problems);
  if (self->items->len == 0)
    return NULL;
  for (guint i = 0; i < self->items->len; i++)
    shuffle_list (&g_array_index (self->items, PcSheetItem, i), own);
  shuffle_items (self, &own);
  return g_steal_pointer (&self);
}

void
pc_sheet_free (PcSheet *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->banks);
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

/* "imap 1.1.0, ports 1.0.0" */
static char *
dup_banks (const PcSheet *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->banks->len; i++)
    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "",
                            pc_bank_get_id (self->banks->pdata[i]),
                            pc_bank_get_version (self->banks->pdata[i]));
  return g_string_free (text, FALSE);
}

/* Two digits of all that must be the same for the same sheet. */
static guint
get_check (const PcSheet *self)
{
  const PcBlueprint *blueprint = self->blueprint;
  g_autofree char   *banks = dup_banks (self);
  GString           *text = g_string_new (banks);
  guint64            state;

  g_string_append_printf (text, "|%u|%u|%u|%u|%u|%u", self->seed,
                          blueprint->n_items, blueprint->types,
                          blueprint->min_difficulty,
                          blueprint->max_difficulty, blueprint->same_items);
  for (guint i = 0; i < blueprint->objectives->len; i++)
    g_string_append_printf (text, "|%s=%u",
                            (char *) blueprint->objectives->pdata[i],
                            g_array_index (blueprint->counts, guint, i));
  state = pc_random_hash (text->str);
  g_string_free (text, TRUE);
  return (guint) (pc_random_draw (&state) & 0xff);
}

char *
pc_sheet_dup_code (const PcSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%08X-%02X", self->seed, get_check (self));
}

gboolean
pc_sheet_parse_code (const char *code,
                     guint32    *seed,
                     guint      *check)
{
  g_autofree char *trimmed = NULL;

  g_return_val_if_fail (code != NULL, FALSE);

  trimmed = g_strstrip (g_strdup (code));
  if (strlen (trimmed) != 11 || trimmed[8] != '-')
    return FALSE;
  for (guint i = 0; i < 11; i++) {
    if (i != 8 && !g_ascii_isxdigit (trimmed[i]))
      return FALSE;
  }
  *seed = (guint32) g_ascii_strtoull (trimmed, NULL, 16);
  *check = (guint) g_ascii_strtoull (trimmed + 9, NULL, 16);
  return TRUE;
}

gboolean
pc_sheet_is_check (const PcSheet *self,
                   guint          check)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return get_check (self) == check;
}

char *
pc_sheet_dup_footer (const PcSheet *self)
{
  g_autofree char *code = NULL;
  g_autofree char *banks = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  code = pc_sheet_dup_code (self);
  banks = dup_banks (self);
  /* Translators: the foot of a printed sheet: its code, the number it was
   * drawn with, the variant's letter, the question banks. */
  return g_strdup_printf (_ ("sheet %s · seed %u · variant %c · %s"), code,
                          self->seed, 'A' + self->variant, banks);
}
