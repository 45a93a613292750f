/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How questions did, from result files of a class.
 *
 * p is the share that was right; discrimination compares the best 27 % of
 * sittings with the worst, by their whole score (Kelley 1939).  A file may be
 * given twice, or overlap with another: a sitting is known by its sheet, seed,
 * learner and start, and counts once.  Learners without a name are told apart
 * by their files.
 */

#include "quiz/statistics.h"

#include "quiz/csv.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define BEST_AND_WORST 0.27
#define SITTINGS_MIN 4
#define P_HARD 0.25
#define P_EASY 0.95
#define FLAT 0.15
#define DEAD 0.05

/* Columns that are used, by their names in the first row. */
typedef enum {
  COLUMN_SHEET,
  COLUMN_SEED,
  COLUMN_BANK,
  COLUMN_LEARNER,
  COLUMN_STARTED,
  COLUMN_ITEM,
  COLUMN_REVISION,
  COLUMN_TYPE,
  COLUMN_POINTS,
  COLUMN_SCORE,
  COLUMN_CORRECT,
  COLUMN_CHOSEN,
  COLUMN_MS,
  N_COLUMNS,
} Column;

static const char *const names[N_COLUMNS] = {
  "sheet_id", "seed",  "bank_id", "learner", "started_utc", "item_id",
  "revision", "type",  "points",  "score",   "correct",     "chosen",
  "ms",
};

typedef struct
{
  double points;
  double score;
} Sitting;

typedef struct
{
  guint       sitting;
  gboolean    correct;
  const char *choice; /* in strings */
  double      seconds;
} Answer;

typedef struct
{
  PcStatisticsItem item;
  const char      *type;
  GArray          *answers; /* Answer */
} Entry;

struct _PcStatistics
{
  GStringChunk *strings;
  GHashTable   *by_id;       /* "bank\nitem\nrevision" → Entry */
  GPtrArray    *entries;     /* Entry */
  GHashTable   *sitting_ids; /* id → index + 1 */
  GArray       *sittings;    /* Sitting */
  GHashTable   *seen;        /* "sitting\nbank\nitem" */
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_array_unref (entry->answers);
  g_clear_pointer (&entry->item.choices, g_array_unref);
  g_free (entry);
}

PcStatistics *
pc_statistics_new (void)
{
  PcStatistics *self = g_new0 (PcStatistics, 1);

  self->strings = g_string_chunk_new (4096);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->sitting_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             NULL);
  self->sittings = g_array_new (FALSE, FALSE, sizeof (Sitting));
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
pc_statistics_free (PcStatistics *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->sitting_ids, g_hash_table_unref);
  g_clear_pointer (&self->sittings, g_array_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_free (self);
}

/* -- reading -------------------------------------------------------------- */

/* Where the columns of one file are; -1 for none. */
typedef struct
{
  const char *name; /* of the file */
  int         at[N_COLUMNS];
  guint       n;    /* cells of a row */
  PcProblems *problems;
} File;

static void
report (const File *file,
        guint       line,
        const char *message)
{
  pc_problems_take (file->problems,
                    pc_problem_new (PC_SEVERITY_WARNING, "Q300", file->name,
                                    line, 1, "%s", message));
}

static const char *
get_cell (const File *file,
          GPtrArray  *row,
          Column      column)
{
  int at = file->at[column];

  return at >= 0 ? pc_csv_skip_guard (g_ptr_array_index (row, at)) : "";
}

static gboolean
read_header (File      *file,
             GPtrArray *row)
{
  file->n = row->len;
  for (guint i = 0; i < N_COLUMNS; i++) {
    file->at[i] = -1;
    for (guint k = 0; k < row->len; k++) {
      if (strcmp (g_ptr_array_index (row, k), names[i]) == 0)
        file->at[i] = k;
    }
  }
  return file->at[COLUMN_ITEM] >= 0 && file->at[COLUMN_CORRECT] >= 0 &&
         file->at[COLUMN_CHOSEN] >= 0;
}

/* A number from 0 on; FALSE when the cell is something else. */
static gboolean
read_number (const char *cell,
             double     *number)
{
  char *end;

  if (!g_ascii_isdigit (*cell))
    return FALSE;
  *number = g_ascii_strtod (cell, &end);
  return *end == '\0' && isfinite (*number);
}

static guint
ensure_sitting (PcStatistics *self,
                const File   *file,
                GPtrArray    *row)
{
  const char *learner = get_cell (file, row, COLUMN_LEARNER);
  char *id = g_strjoin ("\n", get_cell (file, row, COLUMN_SHEET),
                        get_cell (file, row, COLUMN_SEED), learner,
                        get_cell (file, row, COLUMN_STARTED),
                        *learner == '\0' ? file->name : NULL, NULL);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->sitting_ids, id));
  const Sitting fresh = { 0, 0 };

  if (index > 0) {
    g_free (id);
    return index - 1;
  }
  g_array_append_val (self->sittings, fresh);
  g_hash_table_insert (self->sitting_ids, id,
                       GUINT_TO_POINTER (self->sittings->len));
  return self->sittings->len - 1;
}

static Entry *
ensure_entry (PcStatistics *self,
              const File   *file,
              GPtrArray    *row,
              guint         revision)
{
  const char *bank = get_cell (file, row, COLUMN_BANK);
  const char *item = get_cell (file, row, COLUMN_ITEM);
  char  *id = g_strdup_printf ("%s\n%s\n%u", bank, item, revision);
  Entry *entry = g_hash_table_lookup (self->by_id, id);

  if (entry != NULL) {
    g_free (id);
    return entry;
  }
  entry = g_new0 (Entry, 1);
  entry->item.bank = g_string_chunk_insert_const (self->strings, bank);
  entry->item.item = g_string_chunk_insert_const (self->strings, item);
  entry->item.revision = revision;
  entry->type = g_string_chunk_insert_const (
      self->strings, get_cell (file, row, COLUMN_TYPE));
  entry->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  g_hash_table_insert (self->by_id, id, entry);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

/* Whether this is the first try of the item in the sitting. */
static gboolean
is_first (PcStatistics *self,
          const File   *file,
          GPtrArray    *row,
          guint         sitting)
{
  return g_hash_table_add (
      self->seen, g_strdup_printf ("%u\n%s\n%s", sitting,
                                   get_cell (file, row, COLUMN_BANK),
                                   get_cell (file, row, COLUMN_ITEM)));
}

static void
add_row (PcStatistics *self,
         const File   *file,
         GPtrArray    *row,
         guint         line)
{
  double   correct, points = 1, score, revision = 1, ms = 0;
  guint    sitting;
  Entry   *entry;
  Answer   answer = { 0 };
  Sitting *total;

  if (row->len != file->n || *get_cell (file, row, COLUMN_ITEM) == '\0' ||
      !read_number (get_cell (file, row, COLUMN_CORRECT), &correct) ||
      correct > 1) {
    report (file, line, _ ("This row is not an answer; it is left out."));
    return;
  }
  read_number (get_cell (file, row, COLUMN_REVISION), &revision);
  read_number (get_cell (file, row, COLUMN_POINTS), &points);
  read_number (get_cell (file, row, COLUMN_MS), &ms);
  if (!read_number (get_cell (file, row, COLUMN_SCORE), &score))
    score = correct * points;
  sitting = ensure_sitting (self, file, row);
  if (!is_first (self, file, row, sitting))
    return;
  total = &g_array_index (self->sittings, Sitting, sitting);
  total->points += points;
  total->score += MIN (score, points);
  entry = ensure_entry (self, file, row, MIN (revision, 1e6));
  answer.sitting = sitting;
  answer.correct = correct > 0;
  answer.choice = g_string_chunk_insert_const (
      self->strings, get_cell (file, row, COLUMN_CHOSEN));
  answer.seconds = ms / 1000;
  g_array_append_val (entry->answers, answer);
}

static gboolean
add_rows (PcStatistics *self,
          File         *file,
          const char   *text,
          gsize         length)
{
  gsize position = 0;
  guint line = 1;
  guint n = 0;

  for (;;) {
    g_autoptr (GError) error = NULL;
    guint begins = line;
    g_autoptr (GPtrArray) row = pc_csv_read_row (text, length, ',', &position,
                                                 &line, &error);

    if (error != NULL)
      report (file, begins, error->message);
    if (row == NULL)
      return n > 0;
    if (n++ > 0) {
      /* An empty line at the end is nobody's fault. */
      if (row->len > 1 || *(const char *) g_ptr_array_index (row, 0) != '\0')
        add_row (self, file, row, begins);
    } else if (!read_header (file, row)) {
      return FALSE;
    }
  }
}

gboolean
pc_statistics_add_text (PcStatistics *self,
                        const char   *name,
                        const char   *text,
                        gsize         length,
                        PcProblems   *problems)
{
  File             file = { .name = name, .problems = problems };
  g_autofree char *valid = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);
  g_return_val_if_fail (text != NULL && problems != NULL, FALSE);

  valid = g_utf8_make_valid (text, length);
  if (add_rows (self, &file, valid, strlen (valid)))
    return TRUE;
  pc_problems_take (
      problems,
      pc_problem_new (PC_SEVERITY_ERROR, "Q301", name, 1, 1,
                      _ ("This is no file of results: the first row must name "
                         "the columns, item_id, correct and chosen among "
                         "them.")));
  return FALSE;
}

gboolean
pc_statistics_add_file (PcStatistics *self,
                        const char   *path,
                        PcProblems   *problems)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  if (g_file_get_contents (path, &text, &length, &error))
    return pc_statistics_add_text (self, path, text, length, problems);
  pc_problems_take (problems, pc_problem_new (PC_SEVERITY_ERROR, "Q302", path,
                                              0, 0, "%s", error->message));
  return FALSE;
}

/* -- computing ------------------------------------------------------------ */

/* An answer with how its sitting did. */
typedef struct
{
  double   share;
  guint    sitting;
  gboolean correct;
} Ranked;

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *x = a;
  const Ranked *y = b;

  if (x->share != y->share)
    return x->share > y->share ? -1 : 1;
  return x->sitting < y->sitting ? -1 : x->sitting > y->sitting;
}

static double
find_discrimination (PcStatistics *self,
                     const Entry  *entry)
{
  g_autoptr (GArray) ranked = NULL;
  guint n = entry->answers->len;
  guint group;
  int   difference = 0;

  if (n < SITTINGS_MIN)
    return NAN;
  ranked = g_array_sized_new (FALSE, FALSE, sizeof (Ranked), n);
  for (guint i = 0; i < n; i++) {
    const Answer  *answer = &g_array_index (entry->answers, Answer, i);
    const Sitting *sitting = &g_array_index (self->sittings, Sitting,
                                             answer->sitting);
    Ranked row = { 0, answer->sitting, answer->correct };

    if (sitting->points > 0)
      row.share = sitting->score / sitting->points;
    g_array_append_val (ranked, row);
  }
  g_array_sort (ranked, compare_ranked);
  group = MAX (1, rint (n * BEST_AND_WORST));
  for (guint i = 0; i < group; i++) {
    difference += g_array_index (ranked, Ranked, i).correct ? 1 : 0;
    difference -= g_array_index (ranked, Ranked, n - 1 - i).correct ? 1 : 0;
  }
  return (double) difference / group;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
find_median (const Entry *entry)
{
  g_autofree double *seconds = g_new (double, entry->answers->len);
  guint              n = entry->answers->len;

  for (guint i = 0; i < n; i++)
    seconds[i] = g_array_index (entry->answers, Answer, i).seconds;
  qsort (seconds, n, sizeof *seconds, compare_doubles);
  return n % 2 == 1 ? seconds[n / 2]
                    : (seconds[n / 2 - 1] + seconds[n / 2]) / 2;
}

static int
compare_choices (gconstpointer a,
                 gconstpointer b)
{
  const PcStatisticsChoice *x = a;
  const PcStatisticsChoice *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return strcmp (x->choice, y->choice);
}

static GArray *
count_choices (const Entry *entry)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (PcStatisticsChoice));

  for (guint i = 0; i < entry->answers->len; i++) {
    const Answer      *answer = &g_array_index (entry->answers, Answer, i);
    PcStatisticsChoice fresh = { .choice = answer->choice };
    PcStatisticsChoice *row;
    guint at = 0;

    while (at < choices->len &&
           strcmp (g_array_index (choices, PcStatisticsChoice, at).choice,
                   answer->choice) != 0)
      at++;
    if (at == choices->len)
      g_array_append_val (choices, fresh);
    row = &g_array_index (choices, PcStatisticsChoice, at);
    row->n++;
    row->right |= answer->correct;
  }
  for (guint i = 0; i < choices->len; i++) {
    PcStatisticsChoice *row = &g_array_index (choices, PcStatisticsChoice, i);

    row->share = (double) row->n / entry->answers->len;
  }
  g_array_sort (choices, compare_choices);
  return choices;
}

/* How many chose the option, alone or with others. */
static guint
count_option (const Entry *entry,
              const char  *option)
{
  guint n = 0;

  for (guint i = 0; i < entry->item.choices->len; i++) {
    const PcStatisticsChoice *row = &g_array_index (entry->item.choices,
                                                    PcStatisticsChoice, i);
    g_auto (GStrv) chosen = g_strsplit (row->choice, ",", -1);

    if (g_strv_contains ((const char *const *) chosen, option))
      n += row->n;
  }
  return n;
}

/* Whether hardly anyone chose some wrong option.  Without the bank only those
 * that somebody chose are known. */
static gboolean
has_dead_option (const Entry  *entry,
                 const PcPick *pick)
{
  double least = DEAD * entry->answers->len;

  if (pick == NULL) {
    for (guint i = 0; i < entry->item.choices->len; i++) {
      const PcStatisticsChoice *row = &g_array_index (entry->item.choices,
                                                      PcStatisticsChoice, i);

      if (strcmp (entry->type, "single") == 0 && !row->right &&
          *row->choice != '\0' && row->n < least)
        return TRUE;
    }
    return FALSE;
  }
  for (guint i = 0; i < pc_item_get_n_options (pick->item); i++) {
    if (!pc_item_get_option_correct (pick->item, i) &&
        count_option (entry, pc_item_get_option_id (pick->item, i)) < least)
      return TRUE;
  }
  return FALSE;
}

static PcStatisticsFlags
find_flags (const Entry  *entry,
            const PcPick *pick)
{
  PcStatisticsFlags flags = 0;

  if (entry->item.n < PC_STATISTICS_ENOUGH)
    return PC_STATISTICS_FEW;
  if (entry->item.p < P_HARD)
    flags |= PC_STATISTICS_HARD;
  if (entry->item.p > P_EASY)
    flags |= PC_STATISTICS_EASY;
  if (entry->item.discrimination < FLAT)
    flags |= PC_STATISTICS_FLAT;
  if (has_dead_option (entry, pick))
    flags |= PC_STATISTICS_DEAD;
  return flags;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const PcStatisticsItem *x = &(*(const Entry *const *) a)->item;
  const PcStatisticsItem *y = &(*(const Entry *const *) b)->item;
  int order = strcmp (x->bank, y->bank);

  if (order == 0)
    order = strcmp (x->item, y->item);
  if (order == 0)
    order = x->revision < y->revision ? -1 : x->revision > y->revision;
  return order;
}

static void
compute_entry (PcStatistics *self,
               Entry        *entry,
               PcCatalogue  *catalogue)
{
  PcStatisticsItem *item = &entry->item;
  const PcPick     *pick = NULL;
  guint             n_correct = 0;

  for (guint i = 0; i < entry->answers->len; i++)
    n_correct += g_array_index (entry->answers, Answer, i).correct ? 1 : 0;
  item->n = entry->answers->len;
  item->p = (double) n_correct / item->n;
  item->discrimination = find_discrimination (self, entry);
  item->seconds = find_median (entry);
  g_clear_pointer (&item->choices, g_array_unref);
  item->choices = count_choices (entry);
  if (catalogue != NULL)
    pick = pc_catalogue_lookup (catalogue, item->bank, item->item);
  if (pick != NULL && pc_item_get_revision (pick->item) != item->revision)
    pick = NULL;
  item->flags = find_flags (entry, pick);
}

void
pc_statistics_compute (PcStatistics *self,
                       PcCatalogue  *catalogue)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->entries->len; i++)
    compute_entry (self, g_ptr_array_index (self->entries, i), catalogue);
  g_ptr_array_sort (self->entries, compare_entries);
}

guint
pc_statistics_get_n_sittings (PcStatistics *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->sittings->len;
}

guint
pc_statistics_get_n_items (PcStatistics *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries->len;
}

const PcStatisticsItem *
pc_statistics_get_item (PcStatistics *self,
                        guint         index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->entries->len, NULL);

  return &((Entry *) g_ptr_array_index (self->entries, index))->item;
}
