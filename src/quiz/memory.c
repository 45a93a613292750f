/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a learner remembers, replayed from the answers; so a better model or a
 * corrected rule needs no migration.
 *
 * What was wrong comes back the next day, whatever FSRS would say.  Intervals
 * of three days and more are moved by up to 5 %, by a seed made of the key, so
 * that what was learnt together does not stay together for ever; facts that a
 * placement test takes for known are spread much wider.  Wanting more recall
 * as an exam nears pulls everything forward; what would still come too late
 * gets one last turn in the three days before the exam, each key on one of
 * them.
 */

#include "quiz/memory.h"

#include "quiz/day.h"
#include "quiz/session.h"

#include <math.h>
#include <string.h>

#define RECALL 0.90
#define RECALL_AT_EXAM 0.95
#define EXAM_RISE 14 /* days */
#define EXAM_PASS 3
#define FUZZ 0.05
#define FUZZ_FROM 3 /* days */
#define FUZZ_ASSUMED 0.5

/* An item that was asked for a fact. */
typedef struct Seen
{
  struct Seen *next;
  const char  *bank; /* interned in strings */
  const char  *item;
  guint        when;
} Seen;

typedef struct
{
  PcMemoriesFact fact;
  Seen        *seen;
  gboolean     assumed;
  gboolean     again;     /* one more answer of that day has counted */
  gboolean     wrong;     /* something on the last day was */
} Entry;

struct _PcMemories
{
  GTimeZone    *zone;
  gint          exam;
  GHashTable   *by_key;  /* key → Entry */
  GPtrArray    *entries; /* Entry, owned */
  GStringChunk *strings;
  guint         n_answers;
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  while (entry->seen != NULL) {
    Seen *next = entry->seen->next;

    g_free (entry->seen);
    entry->seen = next;
  }
  g_free (entry);
}

PcMemories *
pc_memories_new (const PcMemoriesOptions *options)
{
  PcMemories *self;

  g_return_val_if_fail (options != NULL, NULL);

  self = g_new0 (PcMemories, 1);
  self->zone = options->zone != NULL ? g_time_zone_ref (options->zone)
                                     : g_time_zone_new_local ();
  self->exam = options->exam;
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->strings = g_string_chunk_new (4096);
  return self;
}

void
pc_memories_free (PcMemories *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

/* -- replay --------------------------------------------------------------- */

static Entry *
ensure_entry (PcMemories   *self,
              const char *key)
{
  Entry *entry = g_hash_table_lookup (self->by_key, key);

  if (entry != NULL)
    return entry;
  entry = g_new0 (Entry, 1);
  entry->fact.key = g_string_chunk_insert_const (self->strings, key);
  entry->fact.first = PC_DAY_NONE;
  entry->fact.last = PC_DAY_NONE;
  g_hash_table_insert (self->by_key, (gpointer) entry->fact.key, entry);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

static Seen *
find_seen (const Entry *entry,
           const char  *bank,
           const char  *item)
{
  for (Seen *seen = entry->seen; seen != NULL; seen = seen->next) {
    if (strcmp (seen->item, item) == 0 && strcmp (seen->bank, bank) == 0)
      return seen;
  }
  return NULL;
}

static void
note_seen (PcMemories             *self,
           Entry                *entry,
           const PcMemoriesAnswer *answer)
{
  Seen *seen = find_seen (entry, answer->bank, answer->item);

  self->n_answers++;
  if (seen == NULL) {
    seen = g_new0 (Seen, 1);
    seen->bank = g_string_chunk_insert_const (self->strings, answer->bank);
    seen->item = g_string_chunk_insert_const (self->strings, answer->item);
    seen->next = entry->seen;
    entry->seen = seen;
  }
  seen->when = self->n_answers;
}

/* The first answer on a day. */
static void
begin_day (Entry                *entry,
           const PcMemoriesAnswer *answer,
           gint                  day)
{
  PcMemoriesFact *fact = &entry->fact;

  if (fact->last == PC_DAY_NONE) {
    fact->fsrs = pc_fsrs_first (answer->grade);
    entry->again = FALSE;
  } else {
    /* A clock that was set back: no time has passed. */
    gint days = MAX (day - fact->last, 0);

    if (answer->grade == PC_FSRS_GRADE_AGAIN && days > 0)
      fact->lapses++;
    fact->fsrs = pc_fsrs_next (&fact->fsrs, days, answer->grade);
    entry->again = days == 0;
  }
  entry->wrong = FALSE;
  fact->last = day;
}

static guint
fuzz (const Entry *entry,
      guint        interval)
{
  double  width = entry->assumed ? FUZZ_ASSUMED : FUZZ;
  guint64 seed = pc_session_item_seed (entry->fact.reps, entry->fact.key);
  double  u = (double) (seed >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53);

  if (interval < FUZZ_FROM && !entry->assumed)
    return interval;
  return MAX (1, rint (interval * (1 + width * (2 * u - 1))));
}

static gint
days_until_due (const Entry *entry,
                double       recall)
{
  if (entry->wrong)
    return 1;
  return fuzz (entry, pc_fsrs_interval (entry->fact.fsrs.stability, recall));
}

void
pc_memories_add (PcMemories             *self,
               const PcMemoriesAnswer *answer)
{
  Entry        *entry;
  PcMemoriesFact *fact;
  gint          day;

  g_return_if_fail (self != NULL);
  g_return_if_fail (answer != NULL && answer->key != NULL);
  g_return_if_fail (answer->grade <= 4);

  if (answer->grade == 0)
    return;
  day = pc_day_from_time (answer->time_us, self->zone);
  entry = ensure_entry (self, answer->key);
  fact = &entry->fact;
  /* What has been answered is not assumed any more. */
  if (answer->assumed && fact->reps > 0)
    return;
  /* An assumption of the same day is no evidence: begin with the answer. */
  if (entry->assumed && fact->last == day)
    fact->last = PC_DAY_NONE;

  if (fact->last != day) {
    begin_day (entry, answer, day);
  } else if (!entry->again) {
    fact->fsrs = pc_fsrs_next (&fact->fsrs, 0, answer->grade);
    entry->again = TRUE;
  }
  entry->assumed = answer->assumed;
  if (!answer->assumed) {
    entry->wrong |= answer->grade == PC_FSRS_GRADE_AGAIN;
    if (fact->first == PC_DAY_NONE)
      fact->first = day;
    fact->reps++;
    note_seen (self, entry, answer);
  }
  fact->due = day + (gint) days_until_due (entry, RECALL);
}

/* -- asking --------------------------------------------------------------- */

guint
pc_memories_get_n_facts (PcMemories *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries->len;
}

const PcMemoriesFact *
pc_memories_get_fact (PcMemories *self,
                    guint     index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->entries->len, NULL);

  return &((Entry *) g_ptr_array_index (self->entries, index))->fact;
}

const PcMemoriesFact *
pc_memories_lookup (PcMemories   *self,
                  const char *key)
{
  const Entry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  entry = g_hash_table_lookup (self->by_key, key);
  return entry != NULL ? &entry->fact : NULL;
}

guint
pc_memories_get_seen (PcMemories   *self,
                    const char *key,
                    const char *bank,
                    const char *item)
{
  const Entry *entry;
  const Seen  *seen;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (key != NULL && bank != NULL && item != NULL, 0);

  entry = g_hash_table_lookup (self->by_key, key);
  seen = entry != NULL ? find_seen (entry, bank, item) : NULL;
  return seen != NULL ? seen->when : 0;
}

guint
pc_memories_count_new (PcMemories *self,
                     gint      day)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->entries->len; i++)
    n += pc_memories_get_fact (self, i)->first == day ? 1 : 0;
  return n;
}

/* -- the exam ------------------------------------------------------------- */

static gboolean
is_before_exam (PcMemories *self,
                gint      today)
{
  return self->exam != PC_DAY_NONE && today < self->exam;
}

double
pc_memories_get_wanted (PcMemories *self,
                      gint      today)
{
  gint left;

  g_return_val_if_fail (self != NULL, RECALL);

  if (!is_before_exam (self, today))
    return RECALL;
  left = MIN (self->exam - today, EXAM_RISE);
  return RECALL +
         (RECALL_AT_EXAM - RECALL) * (EXAM_RISE - left) / (double) EXAM_RISE;
}

/* The day of a key's turn in the final pass. */
static gint
get_pass_day (PcMemories   *self,
              const char *key)
{
  return self->exam - EXAM_PASS +
         (gint) (pc_session_item_seed (self->exam, key) % EXAM_PASS);
}

gint
pc_memories_get_due (PcMemories           *self,
                   const PcMemoriesFact *fact,
                   gint                today)
{
  /* The fact is the first member. */
  const Entry *entry = (const Entry *) (gconstpointer) fact;
  gint         last, due;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (fact != NULL, 0);

  /* An answer of tomorrow: the clock was set back since. */
  last = MIN (fact->last, today);
  if (!is_before_exam (self, today))
    return last + (fact->due - fact->last);
  due = last +
        (gint) days_until_due (entry, pc_memories_get_wanted (self, today));
  if (last < self->exam - EXAM_PASS)
    due = MIN (due, get_pass_day (self, fact->key));
  return due;
}

double
pc_memories_get_recall (PcMemories           *self,
                      const PcMemoriesFact *fact,
                      gint                today)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (fact != NULL, 0);

  return pc_fsrs_recall (today - fact->last, fact->fsrs.stability);
}
