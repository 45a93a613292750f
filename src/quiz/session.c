/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run through questions: which, in what order, and how it went.
 *
 * Every item has a seed of its own, made from the seed of the session and the
 * item's id.  Items are ordered by it, and options are shuffled by a
 * generator begun with it; so a new item in the bank changes nothing for the
 * others.  Then items are moved apart so that no objective comes three times
 * in a row, as far as there are others.
 * Not here: what is due (a scheduler chooses items), time, storage.
 */

#include "quiz/session.h"

#include "base/limits.h"
#include "base/random.h"

#include <string.h>

/* A wrong item returns after this many others, or at the end. */
#define RETURN_AFTER 3
/* Longest run of one objective. */
#define LONGEST_RUN 2
/* How far ahead to look for an item of another objective: keeps a session of
 * thousands of items quick to make. */
#define LOOK_AHEAD 200
#define MAX_IN_LIST MAX (MAX (PC_LIMIT_OPTIONS, PC_LIMIT_ORDER), PC_LIMIT_RIGHT)

typedef struct
{
  PcItem *item;
  guint64 seed;
} Draw;

/* One place in the queue. */
typedef struct
{
  PcItem *item;
  PcBank *bank;
  gboolean retry;
} Slot;

struct _PcSession
{
  PcBank          *bank;    /* drawn from; NULL: picks of several */
  PcSessionOptions options;
  GArray          *slots;   /* Slot */
  GArray          *answers; /* PcSessionAnswer, one per slot passed */
  guint            position;
  guint            n_planned;
  gboolean         answered; /* the item at position */
  gboolean         hinted;
  guint            order[MAX_IN_LIST]; /* of the shuffled list */
};

/* The order of a list that is not shuffled. */
static const guint straight[MAX_IN_LIST] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
                                             11, 12, 13, 14, 15, 16, 17, 18,
                                             19 };
G_STATIC_ASSERT (MAX_IN_LIST == 20);

/* -- seeds ---------------------------------------------------------------- */

guint64
pc_session_item_seed (guint64     seed,
                      const char *item_id)
{
  g_return_val_if_fail (item_id != NULL, 0);

  seed ^= pc_random_hash (item_id);
  return pc_random_draw (&seed);
}

/* G_RANDOM_VERSION=2.0 in the environment gives another sequence, and so a
 * sheet that nobody else can rebuild. */
static void
warn_if_not_portable (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    if (g_strcmp0 (g_getenv ("G_RANDOM_VERSION"), "2.0") == 0)
      g_warning ("G_RANDOM_VERSION is set: questions and options come in "
                 "another order than on other machines");
    g_once_init_leave (&once, 1);
  }
}

static void
shuffle (guint  *order,
         guint   n,
         guint64 seed)
{
  const guint32 words[] = { (guint32) seed, (guint32) (seed >> 32) };
  GRand        *rand = g_rand_new_with_seed_array (words, 2);

  /* Fisher and Yates, from the end. */
  for (guint i = n; i > 1; i--) {
    guint j = g_rand_int_range (rand, 0, i);
    guint swap = order[i - 1];

    order[i - 1] = order[j];
    order[j] = swap;
  }
  g_rand_free (rand);
}

/* -- choosing ------------------------------------------------------------- */

static gboolean
shares_any (const char *const *wanted,
            const char *const *has)
{
  if (wanted == NULL)
    return TRUE;
  for (guint i = 0; has[i] != NULL; i++) {
    if (g_strv_contains (wanted, has[i]))
      return TRUE;
  }
  return FALSE;
}

static int
compare_draws (gconstpointer a,
               gconstpointer b)
{
  const Draw *x = a;
  const Draw *y = b;

  if (x->seed != y->seed)
    return x->seed < y->seed ? -1 : 1;
  return strcmp (pc_item_get_id (x->item), pc_item_get_id (y->item));
}

static GArray *
draw_items (PcSession *self)
{
  GArray *draws = g_array_new (FALSE, FALSE, sizeof (Draw));

  for (guint i = 0; i < pc_bank_get_n_items (self->bank); i++) {
    PcItem *item = pc_bank_get_item (self->bank, i);
    Draw    draw = { item, pc_session_item_seed (self->options.seed,
                                                 pc_item_get_id (item)) };

    if (pc_item_get_status (item) != PC_ITEM_STATUS_RETIRED &&
        (self->options.items == NULL ||
         g_strv_contains (self->options.items, pc_item_get_id (item))) &&
        (self->options.types == 0 ||
         (self->options.types & (1u << pc_item_get_item_type (item))) != 0) &&
        shares_any (self->options.objectives, pc_item_get_objectives (item)) &&
        shares_any (self->options.tags, pc_item_get_tags (item)))
      g_array_append_val (draws, draw);
  }
  if (!self->options.keep_order)
    g_array_sort (draws, compare_draws);
  if (self->options.n_items > 0 && draws->len > self->options.n_items)
    g_array_set_size (draws, self->options.n_items);
  return draws;
}

/* An item counts for its first objective; those without have none to run. */
static const char *
main_objective (PcItem *item)
{
  return pc_item_get_objectives (item)[0];
}

static gboolean
would_run (GArray *slots,
           PcItem *item)
{
  const char *objective = main_objective (item);

  if (objective == NULL || slots->len < LONGEST_RUN)
    return FALSE;
  for (guint i = slots->len - LONGEST_RUN; i < slots->len; i++) {
    if (g_strcmp0 (main_objective (g_array_index (slots, Slot, i).item),
                   objective) != 0)
      return FALSE;
  }
  return TRUE;
}

static void
plan (PcSession *self)
{
  g_autoptr (GArray) draws = draw_items (self);

  while (draws->len > 0) {
    guint pick = 0;
    guint reach = MIN (draws->len, LOOK_AHEAD);
    Slot  slot = { NULL, NULL, FALSE };

    if (!self->options.keep_order) {
      while (pick < reach &&
             would_run (self->slots, g_array_index (draws, Draw, pick).item))
        pick++;
      if (pick == reach)
        pick = 0;
    }
    slot.item = g_object_ref (g_array_index (draws, Draw, pick).item);
    slot.bank = g_object_ref (self->bank);
    g_array_append_val (self->slots, slot);
    g_array_remove_index (draws, pick);
  }
  self->n_planned = self->slots->len;
}

/* -- going through -------------------------------------------------------- */

static void
clear_slot (gpointer data)
{
  Slot *slot = data;

  g_clear_object (&slot->item);
  g_clear_object (&slot->bank);
}

static const Slot *
current (PcSession *self)
{
  if (self->position >= self->slots->len)
    return NULL;
  return &g_array_index (self->slots, Slot, self->position);
}

static void
clear_answer (gpointer data)
{
  PcSessionAnswer *row = data;

  pc_answer_clear (&row->answer);
}

/* Whether the first steps in this order would be a right answer. */
static gboolean
is_right_order (PcItem      *item,
                const guint *order)
{
  for (guint i = 0; i < pc_item_get_n_steps (item); i++) {
    if (pc_item_get_step_group (item, order[i]) !=
        pc_item_get_step_group (item, i))
      return FALSE;
  }
  return TRUE;
}

static void
shuffle_list (PcSession  *self,
              const Slot *slot,
              PcItemList  list)
{
  guint n = pc_item_get_n_choices (slot->item, list);

  if (list == PC_ITEM_OPTIONS && (!pc_item_get_shuffle (slot->item) ||
                                  self->options.keep_options))
    return;
  shuffle (self->order, n,
           /* Another order the second time, or its place is remembered. */
           pc_session_item_seed (self->options.seed + (slot->retry ? 1 : 0),
                                 pc_item_get_id (slot->item)));
  /* At most as often as there are steps, since all may be free. */
  for (guint i = 0; list == PC_ITEM_STEPS && i < n &&
                    is_right_order (slot->item, self->order);
       i++) {
    guint first = self->order[0];

    memmove (self->order, self->order + 1, (n - 1) * sizeof *self->order);
    self->order[n - 1] = first;
  }
}

/* Called on coming to an item. */
static void
show (PcSession *self)
{
  const Slot *slot = current (self);
  PcItemList  list;

  self->answered = FALSE;
  self->hinted = FALSE;
  memcpy (self->order, straight, sizeof straight);
  if (slot != NULL && pc_item_get_shuffled_list (slot->item, &list))
    shuffle_list (self, slot, list);
}

static PcSession *
new_empty (const PcSessionOptions *options)
{
  PcSession *self = g_new0 (PcSession, 1);

  warn_if_not_portable ();
  self->options = *options;
  self->slots = g_array_new (FALSE, FALSE, sizeof (Slot));
  g_array_set_clear_func (self->slots, clear_slot);
  self->answers = g_array_new (FALSE, FALSE, sizeof (PcSessionAnswer));
  g_array_set_clear_func (self->answers, clear_answer);
  return self;
}

PcSession *
pc_session_new (PcBank                 *bank,
                const PcSessionOptions *options)
{
  PcSession *self;

  g_return_val_if_fail (PC_IS_BANK (bank), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  self = new_empty (options);
  self->bank = g_object_ref (bank);
  plan (self);
  /* The caller's lists may go now. */
  self->options.objectives = NULL;
  self->options.tags = NULL;
  self->options.items = NULL;
  show (self);
  return self;
}

PcSession *
pc_session_new_from_picks (const PcPick           *picks,
                           guint                   n,
                           const PcSessionOptions *options)
{
  const PcSessionOptions used = {
    .mode = options->mode,
    .seed = options->seed,
    .keep_options = options->keep_options,
  };
  PcSession *self;

  g_return_val_if_fail (picks != NULL || n == 0, NULL);

  self = new_empty (&used);
  for (guint i = 0; i < n; i++) {
    Slot slot = { g_object_ref (picks[i].item), g_object_ref (picks[i].bank),
                  FALSE };

    g_array_append_val (self->slots, slot);
  }
  self->n_planned = n;
  show (self);
  return self;
}

void
pc_session_free (PcSession *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->answers, g_array_unref);
  g_clear_object (&self->bank);
  g_free (self);
}

PcBank *
pc_session_get_bank (PcSession *self)
{
  const Slot *slot;

  g_return_val_if_fail (self != NULL, NULL);

  slot = current (self);
  if (slot == NULL && self->slots->len > 0)
    slot = &g_array_index (self->slots, Slot, self->slots->len - 1);
  return slot != NULL ? slot->bank : self->bank;
}

PcSessionMode
pc_session_get_mode (PcSession *self)
{
  g_return_val_if_fail (self != NULL, PC_SESSION_PRACTICE);

  return self->options.mode;
}

guint64
pc_session_get_seed (PcSession *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->options.seed;
}

PcItem *
pc_session_get_item (PcSession *self)
{
  const Slot *slot;

  g_return_val_if_fail (self != NULL, NULL);

  slot = current (self);
  return slot != NULL ? slot->item : NULL;
}

gboolean
pc_session_get_retry (PcSession *self)
{
  const Slot *slot;

  g_return_val_if_fail (self != NULL, FALSE);

  slot = current (self);
  return slot != NULL && slot->retry;
}

const guint *
pc_session_get_order (PcSession *self,
                      PcItemList list,
                      guint     *n)
{
  const Slot *slot;
  PcItemList  shuffled;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n != NULL, NULL);

  slot = current (self);
  *n = slot != NULL ? pc_item_get_n_choices (slot->item, list) : 0;
  if (slot != NULL && pc_item_get_shuffled_list (slot->item, &shuffled) &&
      shuffled == list)
    return self->order;
  return straight;
}

const guint *
pc_session_get_option_order (PcSession *self,
                             guint     *n)
{
  return pc_session_get_order (self, PC_ITEM_OPTIONS, n);
}

char *
pc_session_dup_option_order (PcSession *self)
{
  const Slot  *slot;
  PcItemList   list;
  const guint *order;
  guint        n;
  GString     *out;

  g_return_val_if_fail (self != NULL, NULL);

  slot = current (self);
  if (slot == NULL || !pc_item_get_shuffled_list (slot->item, &list))
    return g_strdup ("");
  order = pc_session_get_order (self, list, &n);
  out = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? "," : "", order[i]);
  return g_string_free (out, FALSE);
}

void
pc_session_use_hint (PcSession *self)
{
  g_return_if_fail (self != NULL);

  if (!self->answered)
    self->hinted = TRUE;
}

/* Puts a wrong item back, behind RETURN_AFTER others if there are so many. */
static void
schedule_return (PcSession  *self,
                 const Slot *wrong)
{
  Slot  slot = { g_object_ref (wrong->item), g_object_ref (wrong->bank), TRUE };
  guint at = MIN (self->position + 1 + RETURN_AFTER, self->slots->len);

  /* Returning items keep their order. */
  while (at < self->slots->len && g_array_index (self->slots, Slot, at).retry)
    at++;
  g_array_insert_val (self->slots, at, slot);
}

const PcSessionAnswer *
pc_session_answer (PcSession      *self,
                   const PcAnswer *answer,
                   PcCertainty     certainty,
                   gint64          time_us)
{
  const Slot     *slot;
  PcSessionAnswer row = { 0 };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (answer != NULL, NULL);
  g_return_val_if_fail (certainty <= PC_CERTAINTY_SURE, NULL);

  slot = current (self);
  if (slot == NULL || self->answered)
    return NULL;
  row.item = slot->item;
  row.bank = slot->bank;
  pc_answer_copy (answer, &row.answer);
  row.certainty = certainty;
  row.grade = pc_grade (slot->item, answer);
  row.time_us = time_us;
  row.retry = slot->retry;
  row.hinted = self->hinted;
  g_array_append_val (self->answers, row);
  self->answered = TRUE;
  if (self->options.mode == PC_SESSION_PRACTICE && !row.retry &&
      !row.grade.correct)
    schedule_return (self, slot);
  return pc_session_get_answer (self);
}

const PcSessionAnswer *
pc_session_get_answer (PcSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->answered)
    return NULL;
  return &g_array_index (self->answers, PcSessionAnswer,
                         self->answers->len - 1);
}

gboolean
pc_session_next (PcSession *self)
{
  static const PcAnswer blank = { .kind = PC_ANSWER_BLANK };

  g_return_val_if_fail (self != NULL, FALSE);

  if (current (self) == NULL)
    return FALSE;
  if (!self->answered)
    pc_session_answer (self, &blank, PC_CERTAINTY_UNASKED, 0);
  self->position++;
  show (self);
  return current (self) != NULL;
}

gboolean
pc_session_is_finished (PcSession *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return current (self) == NULL;
}

guint
pc_session_get_position (PcSession *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MIN (self->position + 1, self->slots->len);
}

guint
pc_session_get_n_total (PcSession *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->slots->len;
}

guint
pc_session_get_n_answers (PcSession *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->answers->len;
}

const PcSessionAnswer *
pc_session_get_nth_answer (PcSession *self,
                           guint      index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->answers->len, NULL);

  return &g_array_index (self->answers, PcSessionAnswer, index);
}

/* -- how it went ---------------------------------------------------------- */

static void
summarize_first (const PcSessionAnswer *row,
                 PcSessionSummary      *summary)
{
  summary->n_answered++;
  summary->n_correct += row->grade.correct ? 1 : 0;
  summary->points += row->grade.points;
  summary->certainty_mark += pc_grade_certainty_mark (&row->grade,
                                                      row->certainty);
  if (row->grade.answered) {
    summary->n_certain[row->certainty]++;
    summary->n_certain_correct[row->certainty] += row->grade.correct ? 1 : 0;
  }
}

void
pc_session_summarize (PcSession        *self,
                      PcSessionSummary *summary)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (summary != NULL);

  *summary = (PcSessionSummary){ .n_items = self->n_planned };
  for (guint i = 0; i < self->slots->len; i++) {
    const Slot *slot = &g_array_index (self->slots, Slot, i);

    if (!slot->retry)
      summary->points_max += pc_item_get_points (slot->item);
  }
  for (guint i = 0; i < self->answers->len; i++) {
    const PcSessionAnswer *row = pc_session_get_nth_answer (self, i);

    if (row->retry)
      summary->n_corrected += row->grade.correct ? 1 : 0;
    else
      summarize_first (row, summary);
  }
}

static PcSessionObjective
summarize_objective (PcSession  *self,
                     const char *id)
{
  PcSessionObjective row = { .objective = id };

  for (guint i = 0; i < self->answers->len; i++) {
    const PcSessionAnswer *answer = pc_session_get_nth_answer (self, i);

    if (answer->retry ||
        !g_strv_contains (pc_item_get_objectives (answer->item), id))
      continue;
    row.n_answered++;
    row.n_correct += answer->grade.correct ? 1 : 0;
  }
  return row;
}

/* Banks met, in the order in which they come. */
static GPtrArray *
list_banks (PcSession *self)
{
  GPtrArray *banks = g_ptr_array_new ();

  for (guint i = 0; i < self->slots->len; i++) {
    PcBank *bank = g_array_index (self->slots, Slot, i).bank;

    if (!g_ptr_array_find (banks, bank, NULL))
      g_ptr_array_add (banks, bank);
  }
  return banks;
}

static gboolean
has_objective (GArray     *rows,
               const char *id)
{
  for (guint i = 0; i < rows->len; i++) {
    if (g_str_equal (g_array_index (rows, PcSessionObjective, i).objective, id))
      return TRUE;
  }
  return FALSE;
}

GArray *
pc_session_summarize_objectives (PcSession *self)
{
  g_autoptr (GPtrArray) banks = NULL;
  GArray *rows;

  g_return_val_if_fail (self != NULL, NULL);

  rows = g_array_new (FALSE, FALSE, sizeof (PcSessionObjective));
  banks = list_banks (self);
  for (guint k = 0; k < banks->len; k++) {
    PcBank *bank = g_ptr_array_index (banks, k);

    for (guint i = 0; i < pc_bank_get_n_objectives (bank); i++) {
      const char        *id = pc_bank_get_objective (bank, i)->id;
      PcSessionObjective row = { NULL, 0, 0 };

      /* Objectives of an exam are the same in all banks. */
      if (!has_objective (rows, id))
        row = summarize_objective (self, id);
      if (row.n_answered > 0)
        g_array_append_val (rows, row);
    }
  }
  return rows;
}
