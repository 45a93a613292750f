/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the answers say, in numbers.  A retry in the same sitting shows whether
 * a correction was read, not what is known, so it counts for the day's work
 * and for nothing else.  Certainty is counted only where it was asked; a
 * question counts for its objectives by the last first try, because what was
 * not known in spring is not a weakness in summer.
 */

#include "quiz/progress.h"

#include "quiz/day.h"

#include <string.h>

/* One question of a bank, by its last first try. */
typedef struct
{
  char   **objectives;
  gboolean correct;
} Question;

struct _PcProgress
{
  GTimeZone  *zone;
  guint       n_answers;
  GHashTable *days;      /* day → PcProgressDay */
  GHashTable *questions; /* "bank\nitem" → Question */
  GHashTable *slips;     /* "bank\nitem" → PcProgressSlip */
  GStringChunk *strings;
  guint       n_certain[4];
  guint       n_certain_correct[4];
};

static void
free_question (gpointer data)
{
  Question *question = data;

  g_strfreev (question->objectives);
  g_free (question);
}

PcProgress *
pc_progress_new (GTimeZone *zone)
{
  PcProgress *self = g_new0 (PcProgress, 1);

  self->zone = zone != NULL ? g_time_zone_ref (zone)
                            : g_time_zone_new_local ();
  self->days = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           free_question);
  self->slips = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       g_free);
  self->strings = g_string_chunk_new (1024);
  return self;
}

void
pc_progress_free (PcProgress *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->days, g_hash_table_unref);
  g_clear_pointer (&self->questions, g_hash_table_unref);
  g_clear_pointer (&self->slips, g_hash_table_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

/* -- gathering ------------------------------------------------------------ */

static const char *
get_text (const char *text)
{
  return text != NULL ? text : "";
}

static void
add_day (PcProgress           *self,
         const PcRecordAnswer *answer,
         gint                  number)
{
  PcProgressDay *day = g_hash_table_lookup (self->days,
                                            GINT_TO_POINTER (number));

  if (day == NULL) {
    day = g_new0 (PcProgressDay, 1);
    day->day = number;
    g_hash_table_insert (self->days, GINT_TO_POINTER (number), day);
  }
  day->taken_us += answer->taken_us;
  if (answer->retry)
    return;
  day->n++;
  day->n_correct += answer->correct ? 1 : 0;
}

static void
add_question (PcProgress           *self,
              const PcRecordAnswer *answer,
              const char           *id)
{
  Question *question = g_hash_table_lookup (self->questions, id);

  if (question == NULL) {
    question = g_new0 (Question, 1);
    g_hash_table_insert (self->questions, g_strdup (id), question);
  }
  g_strfreev (question->objectives);
  question->objectives = g_strsplit (get_text (answer->objectives), " ", -1);
  question->correct = answer->correct;
}

static const char *
keep (PcProgress *self,
      const char *text)
{
  return g_string_chunk_insert_const (self->strings, get_text (text));
}

static void
add_slip (PcProgress           *self,
          const PcRecordAnswer *answer,
          const char           *id,
          gint                  day)
{
  PcProgressSlip *slip = g_hash_table_lookup (self->slips, id);

  if (answer->correct) {
    /* On the same day it may be the explanation that is remembered. */
    if (slip != NULL && day > pc_day_from_time (slip->time_us, self->zone))
      slip->mended = TRUE;
    return;
  }
  if (answer->certainty != PC_CERTAINTY_SURE)
    return;
  if (slip == NULL) {
    slip = g_new0 (PcProgressSlip, 1);
    g_hash_table_insert (self->slips, g_strdup (id), slip);
  }
  slip->bank = keep (self, answer->bank);
  slip->item = keep (self, answer->item);
  slip->key = keep (self, answer->memory_key);
  slip->choice = keep (self, answer->choice);
  slip->time_us = answer->time_us;
  slip->mended = FALSE;
  slip->n++;
}

void
pc_progress_add (PcProgress           *self,
                 const PcRecordAnswer *answer)
{
  g_autofree char *id = NULL;
  gint             day;

  g_return_if_fail (self != NULL);
  g_return_if_fail (answer != NULL && answer->certainty <= PC_CERTAINTY_SURE);

  day = pc_day_from_time (answer->time_us, self->zone);
  self->n_answers++;
  add_day (self, answer, day);
  if (answer->retry)
    return;
  id = g_strjoin ("\n", get_text (answer->bank), get_text (answer->item), NULL);
  add_question (self, answer, id);
  add_slip (self, answer, id, day);
  self->n_certain[answer->certainty]++;
  self->n_certain_correct[answer->certainty] += answer->correct ? 1 : 0;
}

static gboolean
add_cb (const PcRecordAnswer *answer,
        gpointer              data)
{
  pc_progress_add (data, answer);
  return TRUE;
}

gboolean
pc_progress_add_record (PcProgress *self,
                        PcRecord   *record,
                        GError    **error)
{
  g_return_val_if_fail (self != NULL && record != NULL, FALSE);

  return pc_record_foreach (record, 0, add_cb, self, error);
}

/* -- asking --------------------------------------------------------------- */

static int
get_percent (guint n,
             guint n_correct)
{
  if (n < PC_PROGRESS_PERCENT_FROM)
    return -1;
  return (int) ((n_correct * 200 + n) / (2 * n)); /* rounded */
}

guint
pc_progress_get_n_answers (PcProgress *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_answers;
}

guint
pc_progress_get_streak (PcProgress *self,
                        gint        today)
{
  gint  day = today;
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  /* Today is not over. */
  if (!g_hash_table_contains (self->days, GINT_TO_POINTER (day)))
    day--;
  for (; g_hash_table_contains (self->days, GINT_TO_POINTER (day)); day--)
    n++;
  return n;
}

static PcProgressObjective *
ensure_objective (PcProgress *self,
                  GArray     *rows,
                  const char *id)
{
  PcProgressObjective fresh = { NULL, 0, 0, -1 };

  for (guint i = 0; i < rows->len; i++) {
    PcProgressObjective *row = &g_array_index (rows, PcProgressObjective, i);

    if (strcmp (row->objective, id) == 0)
      return row;
  }
  fresh.objective = keep (self, id);
  g_array_append_val (rows, fresh);
  return &g_array_index (rows, PcProgressObjective, rows->len - 1);
}

static int
compare_objectives (gconstpointer a,
                    gconstpointer b)
{
  const PcProgressObjective *x = a;
  const PcProgressObjective *y = b;

  if ((x->percent < 0) != (y->percent < 0))
    return x->percent < 0 ? 1 : -1;
  if (x->percent != y->percent)
    return x->percent < y->percent ? -1 : 1;
  return strcmp (x->objective, y->objective);
}

GArray *
pc_progress_get_objectives (PcProgress *self)
{
  GArray        *rows;
  GHashTableIter iter;
  gpointer       value;

  g_return_val_if_fail (self != NULL, NULL);

  rows = g_array_new (FALSE, FALSE, sizeof (PcProgressObjective));
  g_hash_table_iter_init (&iter, self->questions);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Question *question = value;

    for (guint i = 0; question->objectives[i] != NULL; i++) {
      PcProgressObjective *row;

      if (*question->objectives[i] == '\0')
        continue;
      row = ensure_objective (self, rows, question->objectives[i]);
      row->n++;
      row->n_correct += question->correct ? 1 : 0;
    }
  }
  for (guint i = 0; i < rows->len; i++) {
    PcProgressObjective *row = &g_array_index (rows, PcProgressObjective, i);

    row->percent = get_percent (row->n, row->n_correct);
  }
  g_array_sort (rows, compare_objectives);
  return rows;
}

GArray *
pc_progress_get_days (PcProgress *self,
                      gint        from,
                      gint        to)
{
  GArray *rows;

  g_return_val_if_fail (self != NULL, NULL);

  rows = g_array_new (FALSE, FALSE, sizeof (PcProgressDay));
  for (gint day = from; day <= to; day++) {
    const PcProgressDay *found = g_hash_table_lookup (self->days,
                                                      GINT_TO_POINTER (day));
    const PcProgressDay  empty = { .day = day };

    g_array_append_vals (rows, found != NULL ? found : &empty, 1);
  }
  return rows;
}

PcProgressCertainty
pc_progress_get_certainty (PcProgress *self,
                           PcCertainty certainty)
{
  PcProgressCertainty row = { 0, 0, -1 };

  g_return_val_if_fail (self != NULL, row);
  g_return_val_if_fail (certainty <= PC_CERTAINTY_SURE, row);

  row.n = self->n_certain[certainty];
  row.n_correct = self->n_certain_correct[certainty];
  row.percent = get_percent (row.n, row.n_correct);
  return row;
}

static int
compare_slips (gconstpointer a,
               gconstpointer b)
{
  const PcProgressSlip *x = a;
  const PcProgressSlip *y = b;

  if (x->mended != y->mended)
    return x->mended ? 1 : -1;
  if (x->time_us != y->time_us)
    return x->time_us > y->time_us ? -1 : 1;
  return strcmp (x->item, y->item);
}

GArray *
pc_progress_get_slips (PcProgress *self)
{
  GArray        *rows;
  GHashTableIter iter;
  gpointer       value;

  g_return_val_if_fail (self != NULL, NULL);

  rows = g_array_new (FALSE, FALSE, sizeof (PcProgressSlip));
  g_hash_table_iter_init (&iter, self->slips);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_array_append_vals (rows, value, 1);
  g_array_sort (rows, compare_slips);
  return rows;
}

/* -- memory --------------------------------------------------------------- */

GArray *
pc_progress_forecast (PcMemories *memory,
                      gint      today,
                      guint     n_days)
{
  GArray *days;

  g_return_val_if_fail (memory != NULL, NULL);

  days = g_array_sized_new (FALSE, TRUE, sizeof (guint), n_days);
  g_array_set_size (days, n_days);
  for (guint i = 0; i < pc_memories_get_n_facts (memory); i++) {
    gint due = pc_memories_get_due (memory, pc_memories_get_fact (memory, i),
                                  today);
    gint in = MAX (due - today, 0);

    if ((guint) in < n_days)
      g_array_index (days, guint, in)++;
  }
  return days;
}

void
pc_progress_count_boxes (PcMemories *memory,
                         guint    *boxes)
{
  static const double ends[PC_PROGRESS_BOXES - 1] = { 1, 7, 21, 90 };

  g_return_if_fail (memory != NULL && boxes != NULL);

  memset (boxes, 0, PC_PROGRESS_BOXES * sizeof *boxes);
  for (guint i = 0; i < pc_memories_get_n_facts (memory); i++) {
    double stability = pc_memories_get_fact (memory, i)->fsrs.stability;
    guint  box = 0;

    while (box < G_N_ELEMENTS (ends) && stability >= ends[box])
      box++;
    boxes[box]++;
  }
}
