/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which questions to look at first, and the same as a table. */

#include "quiz/statistics-report.h"

#include "quiz/csv.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* In the order in which a reader is told. */
static const struct
{
  PcStatisticsFlags flag;
  const char       *id;
  const char       *meaning;
} flags[PC_STATISTICS_N_FLAGS] = {
  { PC_STATISTICS_HARD, "hard", N_ ("very hard: fewer than 25 % were right") },
  { PC_STATISTICS_EASY, "easy", N_ ("very easy: more than 95 % were right") },
  { PC_STATISTICS_FLAT, "flat",
    N_ ("does not tell the best from the others") },
  { PC_STATISTICS_DEAD, "dead",
    N_ ("a wrong option that hardly anyone chose") },
  { PC_STATISTICS_FEW, "few", N_ ("too few answers to tell") },
};

static guint
find_flag (PcStatisticsFlags flag)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].flag == flag)
      return i;
  g_return_val_if_reached (0);
}

const char *
pc_statistics_flag_to_string (PcStatisticsFlags flag)
{
  return flags[find_flag (flag)].id;
}

const char *
pc_statistics_describe_flag (PcStatisticsFlags flag)
{
  return _ (flags[find_flag (flag)].meaning);
}

const PcStatisticsChoice *
pc_statistics_find_wrong (const PcStatisticsItem *item)
{
  g_return_val_if_fail (item != NULL, NULL);

  for (guint i = 0; i < item->choices->len; i++) {
    const PcStatisticsChoice *row = &g_array_index (item->choices,
                                                    PcStatisticsChoice, i);

    if (!row->right && row->n > 0 && *row->choice != '\0')
      return row;
  }
  return NULL;
}

/* -- order ---------------------------------------------------------------- */

static guint
get_rank (const PcStatisticsItem *item)
{
  if ((item->flags & PC_STATISTICS_FEW) != 0)
    return 2;
  return item->flags != 0 ? 0 : 1;
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const PcStatisticsItem *x = *(const PcStatisticsItem *const *) a;
  const PcStatisticsItem *y = *(const PcStatisticsItem *const *) b;
  gboolean flat = (x->flags & PC_STATISTICS_FLAT) != 0;

  if (get_rank (x) != get_rank (y))
    return get_rank (x) < get_rank (y) ? -1 : 1;
  /* One that the best got wrong may have the wrong key. */
  if (flat != ((y->flags & PC_STATISTICS_FLAT) != 0))
    return flat ? -1 : 1;
  if (flat && x->discrimination != y->discrimination)
    return x->discrimination < y->discrimination ? -1 : 1;
  if (x->p != y->p)
    return x->p < y->p ? -1 : 1;
  return 0;
}

GPtrArray *
pc_statistics_list_urgent (PcStatistics *self)
{
  GPtrArray *all;

  g_return_val_if_fail (self != NULL, NULL);

  all = g_ptr_array_new ();
  for (guint i = 0; i < pc_statistics_get_n_items (self); i++)
    g_ptr_array_add (all, (gpointer) pc_statistics_get_item (self, i));
  /* Stable: bank and item where nothing else differs. */
  g_ptr_array_sort (all, compare_items);
  return all;
}

/* -- table ---------------------------------------------------------------- */

static void
append_number (GString    *out,
               const char *format,
               double      number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (out, ',');
  if (!isnan (number))
    g_string_append (out,
                     g_ascii_formatd (text, sizeof text, format, number));
}

static void
append_item (GString                *out,
             const PcStatisticsItem *item)
{
  const PcStatisticsChoice *wrong = pc_statistics_find_wrong (item);
  g_autoptr (GString) raised = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if ((item->flags & flags[i].flag) != 0)
      g_string_append_printf (raised, "%s%s", raised->len > 0 ? " " : "",
                              flags[i].id);
  pc_csv_append_text (out, item->bank);
  g_string_append_c (out, ',');
  pc_csv_append_text (out, item->item);
  g_string_append_printf (out, ",%u,%u", item->revision, item->n);
  append_number (out, "%.4f", item->p);
  append_number (out, "%.4f", item->discrimination);
  append_number (out, "%.1f", item->seconds);
  g_string_append_c (out, ',');
  pc_csv_append_text (out, wrong != NULL ? wrong->choice : "");
  append_number (out, "%.4f", wrong != NULL ? wrong->share : NAN);
  g_string_append_printf (out, ",%s\r\n", raised->str);
}

char *
pc_statistics_write_csv (PcStatistics *self)
{
  GString *out;
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  all = pc_statistics_list_urgent (self);
  out = g_string_new ("bank_id,item_id,revision,n,right,discrimination,"
                      "seconds,wrong,wrong_share,flags\r\n");
  for (guint i = 0; i < all->len; i++)
    append_item (out, all->pdata[i]);
  return g_string_free (out, FALSE);
}
