/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What to ask next, of as many facts as there are.
 *
 * Candidates stand in a heap for each objective, and the next one is the best
 * of those on top that do not make a third in a row.  So choosing costs the
 * number of objectives and the logarithm of the number of facts.  Recall falls
 * with days / stability, so that quotient orders facts without a power.
 * Not here: what comes back after a wrong answer (the session's), storage.
 */

#include "quiz/plan.h"

#include "quiz/session.h"

#include <string.h>

#define LONGEST_RUN 2

typedef enum {
  STAGE_DUE,
  STAGE_NEW,
  STAGE_AHEAD,
  N_STAGES,
} Stage;

/* All items for one key. */
typedef struct
{
  guint first; /* index into items */
  guint last;  /* of the chain; see Item */
} Chain;

typedef struct
{
  PcPlanItem item;
  guint      next; /* of the same key, or NO_ITEM */
} Item;

#define NO_ITEM G_MAXUINT

typedef struct
{
  guint   item;  /* the one to ask */
  Stage   stage;
  double  rank;  /* lower is sooner */
  guint64 seed;
} Candidate;

/* Candidates of one objective, in each heap the best one on top. */
typedef struct
{
  const char *objective;
  GArray     *heaps[N_STAGES]; /* Candidate */
} Group;

struct _PcPlan
{
  PcMemories      *memory;
  PcPlanOptions  options;
  GArray        *items;  /* Item */
  GArray        *chains; /* Chain */
  GHashTable    *by_key; /* key → index into chains + 1 */
  GPtrArray     *groups; /* Group; NULL until begun */
  guint          n_left[N_STAGES];
  guint          n_new;  /* that today has room for */
  const char    *run;    /* objective of the last ones */
  guint          run_length;
};

static void
free_group (gpointer data)
{
  Group *group = data;

  for (guint i = 0; i < N_STAGES; i++)
    g_array_unref (group->heaps[i]);
  g_free (group);
}

PcPlan *
pc_plan_new (PcMemories            *memory,
             const PcPlanOptions *options)
{
  PcPlan *self;

  g_return_val_if_fail (memory != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  self = g_new0 (PcPlan, 1);
  self->memory = memory;
  self->options = *options;
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  self->chains = g_array_new (FALSE, FALSE, sizeof (Chain));
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
pc_plan_free (PcPlan *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->chains, g_array_unref);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}

void
pc_plan_add (PcPlan           *self,
             const PcPlanItem *item)
{
  Item   row = { .next = NO_ITEM };
  Chain *chain;
  guint  at;

  g_return_if_fail (self != NULL && self->groups == NULL);
  g_return_if_fail (item != NULL && item->key != NULL);
  g_return_if_fail (item->bank != NULL && item->item != NULL);

  row.item = *item;
  at = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, item->key));
  if (at == 0) {
    Chain fresh = { self->items->len, self->items->len };

    g_array_append_val (self->chains, fresh);
    g_hash_table_insert (self->by_key, (gpointer) item->key,
                         GUINT_TO_POINTER (self->chains->len));
  } else {
    chain = &g_array_index (self->chains, Chain, at - 1);
    g_array_index (self->items, Item, chain->last).next = self->items->len;
    chain->last = self->items->len;
  }
  g_array_append_val (self->items, row);
}

/* -- heaps ---------------------------------------------------------------- */

static gboolean
is_sooner (const Candidate *a,
           const Candidate *b)
{
  if (a->rank != b->rank)
    return a->rank < b->rank;
  if (a->seed != b->seed)
    return a->seed < b->seed;
  return a->item < b->item;
}

static void
push (GArray          *heap,
      const Candidate *candidate)
{
  Candidate *rows;
  guint      at = heap->len;

  g_array_append_val (heap, *candidate);
  rows = (Candidate *) (gpointer) heap->data;
  while (at > 0 && is_sooner (candidate, &rows[(at - 1) / 2])) {
    rows[at] = rows[(at - 1) / 2];
    at = (at - 1) / 2;
  }
  rows[at] = *candidate;
}

static Candidate
pop (GArray *heap)
{
  Candidate *rows = (Candidate *) (gpointer) heap->data;
  Candidate  top = rows[0];
  Candidate  moved = rows[heap->len - 1];
  guint      n = heap->len - 1;
  guint      at = 0;

  while (2 * at + 1 < n) {
    guint child = 2 * at + 1;

    if (child + 1 < n && is_sooner (&rows[child + 1], &rows[child]))
      child++;
    if (!is_sooner (&rows[child], &moved))
      break;
    rows[at] = rows[child];
    at = child;
  }
  if (n > 0)
    rows[at] = moved;
  g_array_set_size (heap, n);
  return top;
}

/* -- which item for a fact ------------------------------------------------ */

static const PcPlanItem *
get_item (PcPlan *self,
          guint   index)
{
  return &g_array_index (self->items, Item, index).item;
}

static guint
get_seen (PcPlan           *self,
          const PcPlanItem *item)
{
  return pc_memories_get_seen (self->memory, item->key, item->bank, item->item);
}

static guint64
get_seed (PcPlan           *self,
          const PcPlanItem *item)
{
  return pc_session_item_seed (self->options.seed, item->item);
}

/* The item asked last for the chain's key; NO_ITEM when there is none. */
static guint
find_latest (PcPlan      *self,
             const Chain *chain)
{
  guint latest = NO_ITEM;
  guint when = 0;

  for (guint i = chain->first; i != NO_ITEM;
       i = g_array_index (self->items, Item, i).next) {
    guint seen = get_seen (self, get_item (self, i));

    if (seen > when) {
      when = seen;
      latest = i;
    }
  }
  return latest;
}

/* Whether @a should be asked rather than @b. */
static gboolean
is_fresher (PcPlan           *self,
            const PcPlanItem *a,
            const PcPlanItem *b,
            const PcPlanItem *latest)
{
  guint seen_a = get_seen (self, a);
  guint seen_b = get_seen (self, b);

  if ((seen_a == 0) != (seen_b == 0))
    return seen_a == 0;
  if (latest != NULL && (a->type != latest->type) != (b->type != latest->type))
    return a->type != latest->type;
  if (seen_a != seen_b)
    return seen_a < seen_b;
  /* A fact is met at its easiest. */
  if (latest == NULL && a->difficulty != b->difficulty)
    return a->difficulty < b->difficulty;
  return get_seed (self, a) < get_seed (self, b);
}

static guint
choose_item (PcPlan      *self,
             const Chain *chain)
{
  guint best = chain->first;
  guint next = g_array_index (self->items, Item, best).next;
  guint latest;

  if (next == NO_ITEM)
    return best;
  latest = find_latest (self, chain);
  for (; next != NO_ITEM; next = g_array_index (self->items, Item, next).next) {
    if (next != latest &&
        (best == latest ||
         is_fresher (self, get_item (self, next), get_item (self, best),
                     latest != NO_ITEM ? get_item (self, latest) : NULL)))
      best = next;
  }
  return best;
}

/* -- sorting facts -------------------------------------------------------- */

static Candidate
make_candidate (PcPlan      *self,
                const Chain *chain)
{
  guint               index = choose_item (self, chain);
  const PcPlanItem   *item = get_item (self, index);
  const PcMemoriesFact *fact = pc_memories_lookup (self->memory, item->key);
  Candidate           row = { .item = index, .stage = STAGE_NEW };
  gint                due;

  row.seed = get_seed (self, item);
  if (fact == NULL) {
    row.rank = item->difficulty;
    return row;
  }
  due = pc_memories_get_due (self->memory, fact, self->options.today);
  if (due <= self->options.today) {
    row.stage = STAGE_DUE;
    row.rank = -MAX (self->options.today - fact->last, 0) /
               fact->fsrs.stability;
  } else {
    row.stage = STAGE_AHEAD;
    row.rank = due;
  }
  return row;
}

static Group *
ensure_group (PcPlan     *self,
              GHashTable *by_objective,
              const char *objective)
{
  const char *name = objective != NULL ? objective : "";
  Group      *group = g_hash_table_lookup (by_objective, name);

  if (group != NULL)
    return group;
  group = g_new0 (Group, 1);
  group->objective = objective;
  for (guint i = 0; i < N_STAGES; i++)
    group->heaps[i] = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_hash_table_insert (by_objective, (gpointer) name, group);
  g_ptr_array_add (self->groups, group);
  return group;
}

static void
begin (PcPlan *self)
{
  g_autoptr (GHashTable) by_objective =
      g_hash_table_new (g_str_hash, g_str_equal);
  guint begun;

  if (self->groups != NULL)
    return;
  self->groups = g_ptr_array_new_with_free_func (free_group);
  for (guint i = 0; i < self->chains->len; i++) {
    Candidate row = make_candidate (self, &g_array_index (self->chains, Chain,
                                                          i));

    if (row.stage == STAGE_AHEAD && !self->options.ahead)
      continue;
    push (ensure_group (self, by_objective,
                        get_item (self, row.item)->objective)
              ->heaps[row.stage],
          &row);
    self->n_left[row.stage]++;
  }
  begun = pc_memories_count_new (self->memory, self->options.today);
  self->n_new = self->options.n_new > begun ? self->options.n_new - begun : 0;
}

/* -- choosing ------------------------------------------------------------- */

static gboolean
would_run (PcPlan      *self,
           const Group *group)
{
  return group->objective != NULL && self->run_length >= LONGEST_RUN &&
         g_strcmp0 (group->objective, self->run) == 0;
}

/* The group whose top is soonest; one that would make a third in a row only
 * when @any. */
static Group *
find_soonest (PcPlan  *self,
              Stage    stage,
              gboolean any)
{
  Group           *best = NULL;
  const Candidate *soonest = NULL;

  for (guint i = 0; i < self->groups->len; i++) {
    Group           *group = g_ptr_array_index (self->groups, i);
    GArray          *heap = group->heaps[stage];
    const Candidate *top = (const Candidate *) (gpointer) heap->data;

    if (heap->len == 0 || (!any && would_run (self, group)))
      continue;
    if (soonest == NULL || is_sooner (top, soonest)) {
      soonest = top;
      best = group;
    }
  }
  return best;
}

static const PcPlanItem *
take (PcPlan *self,
      Group  *group,
      Stage   stage)
{
  Candidate row = pop (group->heaps[stage]);

  self->n_left[stage]--;
  if (stage == STAGE_NEW)
    self->n_new--;
  if (g_strcmp0 (group->objective, self->run) == 0) {
    self->run_length++;
  } else {
    self->run = group->objective;
    self->run_length = 1;
  }
  return get_item (self, row.item);
}

static gboolean
may_ask (PcPlan *self,
         Stage   stage)
{
  return self->n_left[stage] > 0 && (stage != STAGE_NEW || self->n_new > 0);
}

const PcPlanItem *
pc_plan_next (PcPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  begin (self);
  for (guint pass = 0; pass < 2; pass++) {
    /* A new fact is better than a third of the same among those due. */
    for (Stage stage = STAGE_DUE; stage < N_STAGES; stage++) {
      Group *group = NULL;

      if (may_ask (self, stage))
        group = find_soonest (self, stage, pass > 0);
      if (group != NULL)
        return take (self, group, stage);
    }
  }
  return NULL;
}

guint
pc_plan_get_n_due (PcPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  begin (self);
  return self->n_left[STAGE_DUE];
}

guint
pc_plan_get_n_new (PcPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  begin (self);
  return MIN (self->n_left[STAGE_NEW], self->n_new);
}
