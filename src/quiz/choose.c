/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which items to ask: practice by the plan, exams in fair shares, a placement
 * test from easy to hard.  Chance is the item's own seed, so that a new item
 * in a bank moves no others.  Drills are in drill.c.
 */

#include "quiz/choose.h"

#include "quiz/session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longest run of one objective. */
#define LONGEST_RUN 2
#define LEVELS 6 /* difficulty 0 (not given) to 5 */

static const PcMockExam mock_exams[PC_N_MOCK_EXAMS] = {
  { "mock-1", N_ ("Mock exam 1"), 1001, 40, 45, 75 },
  { "mock-2", N_ ("Mock exam 2"), 2002, 40, 45, 75 },
  { "mock-3", N_ ("Mock exam 3"), 3003, 40, 45, 75 },
};

static const char *const protocols[PC_PLACEMENT_PROTOCOLS] = {
  "imap", "pop3", "smtp", "tftp",
};

const PcMockExam *
pc_choose_get_mock_exam (guint index)
{
  g_return_val_if_fail (index < PC_N_MOCK_EXAMS, NULL);

  return &mock_exams[index];
}

static const char *
get_objective (PcItem *item)
{
  return pc_item_get_objectives (item)[0];
}

/* -- practice ------------------------------------------------------------- */

static void
fill_plan (PcPlan      *plan,
           PcCatalogue *catalogue)
{
  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i++) {
    const PcPick    *pick = pc_catalogue_get (catalogue, i);
    const PcPlanItem item = {
      .bank = pc_bank_get_id (pick->bank),
      .item = pc_item_get_id (pick->item),
      .key = pc_item_get_memory_key (pick->item),
      .objective = get_objective (pick->item),
      .type = pc_item_get_item_type (pick->item),
      .difficulty = pc_item_get_difficulty (pick->item),
      .data = (gpointer) pick,
    };

    pc_plan_add (plan, &item);
  }
}

GArray *
pc_choose_practice (PcCatalogue         *catalogue,
                    PcMemories            *memory,
                    const PcPlanOptions *options,
                    guint                n)
{
  GArray *picks = g_array_new (FALSE, FALSE, sizeof (PcPick));
  g_autoptr (PcPlan) plan = NULL;
  const PcPlanItem *item;

  g_return_val_if_fail (catalogue != NULL && memory != NULL, picks);
  g_return_val_if_fail (options != NULL, picks);

  plan = pc_plan_new (memory, options);
  fill_plan (plan, catalogue);
  while ((n == 0 || picks->len < n) && (item = pc_plan_next (plan)) != NULL)
    g_array_append_vals (picks, item->data, 1);
  return picks;
}

/* -- fair shares ---------------------------------------------------------- */

/* One that may be drawn. */
typedef struct
{
  PcPick  pick;
  guint64 seed;
} Draw;

static int
compare_draws (gconstpointer a,
               gconstpointer b)
{
  const Draw *x = a;
  const Draw *y = b;

  if (x->seed != y->seed)
    return x->seed < y->seed ? -1 : 1;
  return strcmp (pc_item_get_id (x->pick.item), pc_item_get_id (y->pick.item));
}

/* Divides @n among groups of @sizes by largest remainder; none gets more than
 * it has. */
static void
share (const guint *sizes,
       guint        n_groups,
       guint        n,
       guint       *shares)
{
  guint64 sum = 0;
  guint   given = 0;

  for (guint i = 0; i < n_groups; i++)
    sum += sizes[i];
  n = MIN (n, sum);
  for (guint i = 0; i < n_groups; i++) {
    shares[i] = sum > 0 ? (guint64) sizes[i] * n / sum : 0;
    given += shares[i];
  }
  while (given < n) {
    guint64 most = 0;
    guint   best = n_groups;

    for (guint i = 0; i < n_groups; i++) {
      /* What it should have, less what it has, in parts of the sum. */
      guint64 should = (guint64) sizes[i] * n;
      guint64 rest = should > shares[i] * sum ? should - shares[i] * sum : 0;

      if (shares[i] < sizes[i] && (best == n_groups || rest > most)) {
        most = rest;
        best = i;
      }
    }
    shares[best]++;
    given++;
  }
}

/* The items of a bank and difficulty, by seed; those whose fact is asked
 * already come last. */
static GArray *
list_draws (PcCatalogue *catalogue,
            PcBank      *bank,
            guint        difficulty,
            guint64      seed)
{
  GArray *draws = g_array_new (FALSE, FALSE, sizeof (Draw));

  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i++) {
    const PcPick *pick = pc_catalogue_get (catalogue, i);
    Draw          draw = { *pick, 0 };

    if (pick->bank != bank ||
        MIN (pc_item_get_difficulty (pick->item), LEVELS - 1) != difficulty)
      continue;
    draw.seed = pc_session_item_seed (seed, pc_item_get_id (pick->item));
    g_array_append_val (draws, draw);
  }
  g_array_sort (draws, compare_draws);
  return draws;
}

/* Takes @n of @draws, of different facts as far as there are. */
static void
take (GArray     *draws,
      guint       n,
      GHashTable *keys,
      GArray     *taken)
{
  for (guint pass = 0; pass < 2 && n > 0; pass++) {
    for (guint i = 0; i < draws->len && n > 0; i++) {
      Draw       *draw = &g_array_index (draws, Draw, i);
      const char *key;

      if (draw->pick.item == NULL)
        continue;
      key = pc_item_get_memory_key (draw->pick.item);
      if (pass == 0 && g_hash_table_contains (keys, key))
        continue;
      g_hash_table_add (keys, (gpointer) key);
      g_array_append_val (taken, *draw);
      draw->pick.item = NULL;
      n--;
    }
  }
}

static void
take_from_bank (PcCatalogue *catalogue,
                PcBank      *bank,
                guint        n,
                guint64      seed,
                GHashTable  *keys,
                GArray      *taken)
{
  GArray *levels[LEVELS];
  guint   sizes[LEVELS], shares[LEVELS];

  for (guint i = 0; i < LEVELS; i++) {
    levels[i] = list_draws (catalogue, bank, i, seed);
    sizes[i] = levels[i]->len;
  }
  share (sizes, LEVELS, n, shares);
  for (guint i = 0; i < LEVELS; i++) {
    take (levels[i], shares[i], keys, taken);
    g_array_unref (levels[i]);
  }
}

/* By seed, but moved so that no objective comes three times in a row as far as
 * there are others. */
static GArray *
arrange (GArray *draws)
{
  GArray     *picks = g_array_new (FALSE, FALSE, sizeof (PcPick));
  const char *run = NULL;
  guint       length = 0;

  g_array_sort (draws, compare_draws);
  while (draws->len > 0) {
    guint       at = 0;
    PcPick      pick;
    const char *objective;

    while (at < draws->len && run != NULL && length >= LONGEST_RUN &&
           g_strcmp0 (get_objective (g_array_index (draws, Draw, at).pick.item),
                      run) == 0)
      at++;
    if (at == draws->len)
      at = 0;
    pick = g_array_index (draws, Draw, at).pick;
    g_array_append_val (picks, pick);
    g_array_remove_index (draws, at);
    objective = get_objective (pick.item);
    length = g_strcmp0 (objective, run) == 0 ? length + 1 : 1;
    run = objective;
  }
  return picks;
}

static guint
count_items (PcCatalogue *catalogue,
             PcBank      *bank)
{
  guint n = 0;

  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i++)
    n += pc_catalogue_get (catalogue, i)->bank == bank ? 1 : 0;
  return n;
}

GArray *
pc_choose_exam (PcCatalogue *catalogue,
                guint        n,
                guint64      seed)
{
  g_autoptr (GHashTable) keys = NULL;
  g_autoptr (GArray) taken = NULL;
  g_autofree guint *sizes = NULL;
  g_autofree guint *shares = NULL;
  guint             n_banks;

  g_return_val_if_fail (catalogue != NULL, NULL);

  keys = g_hash_table_new (g_str_hash, g_str_equal);
  taken = g_array_new (FALSE, FALSE, sizeof (Draw));
  n_banks = pc_catalogue_get_n_banks (catalogue);
  sizes = g_new0 (guint, n_banks);
  shares = g_new0 (guint, n_banks);
  for (guint i = 0; i < n_banks; i++)
    sizes[i] = count_items (catalogue, pc_catalogue_get_bank (catalogue, i));
  share (sizes, n_banks, n, shares);
  for (guint i = 0; i < n_banks; i++)
    take_from_bank (catalogue, pc_catalogue_get_bank (catalogue, i), shares[i],
                    seed, keys, taken);
  return arrange (taken);
}

/* -- placement ------------------------------------------------------------ */

/* Not given counts as the middle. */
static guint
get_difficulty (PcItem *item)
{
  guint difficulty = pc_item_get_difficulty (item);

  return difficulty > 0 ? difficulty : 3;
}

/* The item of the protocol nearest to the difficulty, of a fact not asked yet;
 * of several the lower seed.  NULL when there is none. */
static const PcPick *
find_nearest (PcCatalogue *catalogue,
              const char  *protocol,
              guint        difficulty,
              guint64      seed,
              GHashTable  *keys)
{
  const PcPick *best = NULL;
  guint         distance = G_MAXUINT;
  guint64       lowest = 0;

  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i++) {
    const PcPick *pick = pc_catalogue_get (catalogue, i);
    guint   off = ABS ((int) get_difficulty (pick->item) - (int) difficulty);
    guint64 own;

    if (g_strcmp0 (pc_pick_get_protocol (pick), protocol) != 0 ||
        g_hash_table_contains (keys, pc_item_get_memory_key (pick->item)))
      continue;
    own = pc_session_item_seed (seed, pc_item_get_id (pick->item));
    if (best == NULL || off < distance || (off == distance && own < lowest)) {
      best = pick;
      distance = off;
      lowest = own;
    }
  }
  return best;
}

GArray *
pc_choose_placement (PcCatalogue *catalogue,
                     guint64      seed)
{
  GArray *picks = g_array_new (FALSE, FALSE, sizeof (PcPick));
  g_autoptr (GHashTable) keys = NULL;

  g_return_val_if_fail (catalogue != NULL, picks);

  keys = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint level = 1; level <= PC_PLACEMENT_EACH; level++) {
    for (guint i = 0; i < PC_PLACEMENT_PROTOCOLS; i++) {
      const PcPick *pick = find_nearest (catalogue, protocols[i], level, seed,
                                         keys);

      if (pick == NULL)
        continue;
      g_hash_table_add (keys, (gpointer) pc_item_get_memory_key (pick->item));
      g_array_append_vals (picks, pick, 1);
    }
  }
  return picks;
}

guint
pc_choose_get_level (const PcPlacementAnswer *answers,
                     guint                    n,
                     const char              *protocol)
{
  guint level = 0;
  guint failed = G_MAXUINT;

  g_return_val_if_fail (answers != NULL || n == 0, 0);
  g_return_val_if_fail (protocol != NULL, 0);

  for (guint i = 0; i < n; i++) {
    guint difficulty = get_difficulty (answers[i].pick.item);

    if (g_strcmp0 (pc_pick_get_protocol (&answers[i].pick), protocol) != 0)
      continue;
    if (answers[i].correct && !answers[i].guessed)
      level = MAX (level, difficulty);
    else
      failed = MIN (failed, difficulty);
  }
  return failed == G_MAXUINT ? level : MIN (level, failed - 1);
}

/* Key → the highest difficulty of its items. */
static GHashTable *
rate_keys (PcCatalogue *catalogue)
{
  GHashTable *hardest = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i++) {
    PcItem     *item = pc_catalogue_get (catalogue, i)->item;
    const char *key = pc_item_get_memory_key (item);
    guint known = GPOINTER_TO_UINT (g_hash_table_lookup (hardest, key));

    g_hash_table_insert (hardest, (gpointer) key,
                         GUINT_TO_POINTER (MAX (known,
                                                get_difficulty (item))));
  }
  return hardest;
}

static gboolean
was_asked (const PcPlacementAnswer *answers,
           guint                    n,
           const char              *key)
{
  for (guint i = 0; i < n; i++) {
    if (g_str_equal (pc_item_get_memory_key (answers[i].pick.item), key))
      return TRUE;
  }
  return FALSE;
}

GArray *
pc_choose_assume (PcCatalogue             *catalogue,
                  PcMemories                *memory,
                  const PcPlacementAnswer *answers,
                  guint                    n)
{
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (PcRecordAssumption));
  g_autoptr (GHashTable) hardest = NULL;
  g_autoptr (GHashTable) done = NULL;

  g_return_val_if_fail (catalogue != NULL && memory != NULL, facts);

  hardest = rate_keys (catalogue);
  done = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i++) {
    const PcPick      *pick = pc_catalogue_get (catalogue, i);
    const char        *protocol = pc_pick_get_protocol (pick);
    PcRecordAssumption fact = { pc_item_get_memory_key (pick->item),
                                PC_FSRS_GRADE_GOOD };
    guint level, difficulty;

    if (protocol == NULL || !g_hash_table_add (done, (gpointer) fact.key) ||
        pc_memories_lookup (memory, fact.key) != NULL ||
        was_asked (answers, n, fact.key))
      continue;
    level = pc_choose_get_level (answers, n, protocol);
    difficulty = GPOINTER_TO_UINT (g_hash_table_lookup (hardest, fact.key));
    if (difficulty > level)
      continue;
    if (difficulty < level)
      fact.grade = PC_FSRS_GRADE_EASY;
    g_array_append_val (facts, fact);
  }
  return facts;
}
