/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a learner takes for what, and a drill on just that.  Each wrong answer
 * says which service was chosen for which, and which wrong idea the author saw
 * behind it; each right answer to the same fact takes one off.
 */

#include "quiz/choose.h"

#include "quiz/session.h"

#include <string.h>

/* With strings of its own; the same struct is handed out. */
typedef struct
{
  PcConfusion own;
  char       *id;
} Entry;

typedef struct
{
  GHashTable *by_id;  /* id → Entry */
  GHashTable *by_key; /* memory key → GPtrArray of Entry */
} Collection;

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free ((char *) entry->own.right);
  g_free ((char *) entry->own.chosen);
  g_free ((char *) entry->own.misconception);
  g_free (entry->id);
  g_free (entry);
}

static const char *
none_if_empty (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static void
count_wrong (Collection           *self,
             const PcRecordAnswer *answer,
             const char           *right,
             const char           *chosen,
             const char           *misconception)
{
  g_autofree char *id = g_strjoin ("\n", misconception != NULL
                                             ? misconception
                                             : "",
                                   right != NULL ? right : "",
                                   chosen != NULL ? chosen : "", NULL);
  Entry     *entry = g_hash_table_lookup (self->by_id, id);
  GPtrArray *linked = g_hash_table_lookup (self->by_key, answer->memory_key);

  if (entry == NULL) {
    entry = g_new0 (Entry, 1);
    entry->own.right = g_strdup (right);
    entry->own.chosen = g_strdup (chosen);
    entry->own.misconception = g_strdup (misconception);
    entry->id = g_steal_pointer (&id);
    g_hash_table_insert (self->by_id, entry->id, entry);
  }
  if (linked == NULL) {
    linked = g_ptr_array_new ();
    g_hash_table_insert (self->by_key, g_strdup (answer->memory_key), linked);
  }
  if (!g_ptr_array_find (linked, entry, NULL))
    g_ptr_array_add (linked, entry);
  entry->own.n++;
  entry->own.last_us = answer->time_us;
}

static void
count_right (Collection           *self,
             const PcRecordAnswer *answer)
{
  GPtrArray *linked = g_hash_table_lookup (self->by_key, answer->memory_key);

  for (guint i = 0; linked != NULL && i < linked->len; i++) {
    Entry *entry = g_ptr_array_index (linked, i);

    if (entry->own.n > 0)
      entry->own.n--;
  }
}

static gboolean
collect_cb (const PcRecordAnswer *answer,
            gpointer              data)
{
  Collection *self = data;
  const char *right = none_if_empty (answer->right_service);
  const char *chosen = none_if_empty (answer->chosen_service);
  const char *misconception = none_if_empty (answer->misconception);

  if (answer->correct) {
    count_right (self, answer);
    return TRUE;
  }
  if (right != NULL && chosen != NULL && strcmp (right, chosen) != 0)
    count_wrong (self, answer, right, chosen, NULL);
  if (misconception != NULL)
    count_wrong (self, answer, NULL, NULL, misconception);
  return TRUE;
}

static int
compare_confusions (gconstpointer a,
                    gconstpointer b)
{
  const PcConfusion *x = a;
  const PcConfusion *y = b;
  int order;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  if (x->last_us != y->last_us)
    return x->last_us > y->last_us ? -1 : 1;
  order = g_strcmp0 (x->right, y->right);
  if (order == 0)
    order = g_strcmp0 (x->chosen, y->chosen);
  return order != 0 ? order : g_strcmp0 (x->misconception, y->misconception);
}

static void
clear_confusion (gpointer data)
{
  PcConfusion *confusion = data;

  g_free ((char *) confusion->right);
  g_free ((char *) confusion->chosen);
  g_free ((char *) confusion->misconception);
}

static GArray *
sort_out (Collection *self)
{
  GArray        *rows = g_array_new (FALSE, FALSE, sizeof (PcConfusion));
  GHashTableIter iter;
  gpointer       value;

  g_array_set_clear_func (rows, clear_confusion);
  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    PcConfusion row = ((Entry *) value)->own;

    if (row.n == 0)
      continue;
    row.right = g_strdup (row.right);
    row.chosen = g_strdup (row.chosen);
    row.misconception = g_strdup (row.misconception);
    g_array_append_val (rows, row);
  }
  g_array_sort (rows, compare_confusions);
  return rows;
}

GArray *
pc_choose_find_confusions (PcRecord *record,
                           GError  **error)
{
  g_autoptr (GHashTable) by_id = NULL;
  g_autoptr (GHashTable) by_key = NULL;
  Collection self;

  g_return_val_if_fail (record != NULL, NULL);

  by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_entry);
  by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                  (GDestroyNotify) g_ptr_array_unref);
  self = (Collection){ by_id, by_key };
  if (!pc_record_foreach (record, 0, collect_cb, &self, error))
    return NULL;
  return sort_out (&self);
}

/* -- the drill ------------------------------------------------------------ */

static gboolean
fits (PcItem            *item,
      const PcConfusion *confusion)
{
  gboolean has_right = FALSE, has_chosen = FALSE;

  for (guint i = 0; i < pc_item_get_n_options (item); i++) {
    const char *service = pc_item_get_option_service (item, i);

    if (confusion->misconception != NULL) {
      if (g_strcmp0 (pc_item_get_option_misconception (item, i),
                     confusion->misconception) == 0)
        return TRUE;
      continue;
    }
    has_right |= g_strcmp0 (service, confusion->right) == 0;
    has_chosen |= g_strcmp0 (service, confusion->chosen) == 0;
  }
  return confusion->misconception == NULL && has_right && has_chosen;
}

/* The item with the lowest seed that fits and is not in the drill yet. */
static const PcPick *
find_item (PcCatalogue       *catalogue,
           const PcConfusion *confusion,
           guint64            seed,
           GHashTable        *used)
{
  const PcPick *best = NULL;
  guint64       lowest = 0;

  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i++) {
    const PcPick *pick = pc_catalogue_get (catalogue, i);
    guint64       own;

    if (g_hash_table_contains (used, pick->item) ||
        !fits (pick->item, confusion))
      continue;
    own = pc_session_item_seed (seed, pc_item_get_id (pick->item));
    if (best == NULL || own < lowest) {
      best = pick;
      lowest = own;
    }
  }
  return best;
}

GArray *
pc_choose_drill (PcCatalogue *catalogue,
                 GArray      *confusions,
                 guint        n,
                 guint64      seed)
{
  GArray  *picks = g_array_new (FALSE, FALSE, sizeof (PcPick));
  gboolean found = TRUE;
  g_autoptr (GHashTable) used = NULL;

  g_return_val_if_fail (catalogue != NULL && confusions != NULL, picks);

  used = g_hash_table_new (NULL, NULL);
  while (found && picks->len < n) {
    found = FALSE;
    for (guint i = 0; i < confusions->len && picks->len < n; i++) {
      const PcPick *pick = find_item (
          catalogue, &g_array_index (confusions, PcConfusion, i), seed, used);

      if (pick == NULL)
        continue;
      g_hash_table_add (used, pick->item);
      g_array_append_vals (picks, pick, 1);
      found = TRUE;
    }
  }
  return picks;
}
