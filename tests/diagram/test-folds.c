/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places in a list with folded groups, against a list that is made whole. */

#include "diagram/folds.h"

#define N 400

/* What is seen, the slow way. */
static GArray *
list_seen (PcFolds *folds,
           guint    n)
{
  GArray *seen = g_array_new (FALSE, FALSE, sizeof (guint));
  guint   entry = 0;

  for (guint i = 0; i < pc_folds_get_n (folds); i++)
    {
      const PcFold *fold = pc_folds_get (folds, i);

      for (; entry < fold->begin; entry++)
        g_array_append_val (seen, entry);
      if (!fold->folded)
        continue;
      g_array_append_val (seen, fold->begin);
      if (fold->pills != G_MAXUINT)
        g_array_append_val (seen, fold->pills);
      entry = fold->end;
    }
  for (; entry < n; entry++)
    g_array_append_val (seen, entry);
  return seen;
}

static void
check (PcFolds *folds)
{
  g_autoptr (GArray) seen = list_seen (folds, N);

  g_assert_cmpuint (pc_folds_get_n_seen (folds, N), ==, seen->len);
  for (guint i = 0; i < seen->len; i++)
    {
      guint entry = g_array_index (seen, guint, i);

      g_assert_cmpuint (pc_folds_to_entry (folds, i), ==, entry);
      g_assert_cmpuint (pc_folds_to_seen (folds, entry), ==, i);
    }
  /* The head stands for what is not seen. */
  for (guint i = 0; i < pc_folds_get_n (folds); i++)
    {
      const PcFold *fold = pc_folds_get (folds, i);

      for (guint entry = fold->begin + 1; entry < fold->end; entry++)
        if (fold->folded && entry != fold->pills)
          g_assert_cmpuint (pc_folds_to_seen (folds, entry), ==,
                            pc_folds_to_seen (folds, fold->begin));
      g_assert_cmpuint (pc_folds_find_entry (folds, fold->begin), ==, i);
      g_assert_cmpuint (pc_folds_find_entry (folds, fold->end - 1), ==, i);
      g_assert_cmpuint (pc_folds_find_step (folds, fold->group.first), ==, i);
      g_assert_cmpuint (pc_folds_find_step (folds, fold->group.last), ==, i);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 50; round++)
    {
      g_autoptr (PcFolds) folds = pc_folds_new ();
      guint               entry = (guint) g_rand_int_range (random, 0, 4);

      while (entry + 12 < N)
        {
          guint   end = entry + (guint) g_rand_int_range (random, 3, 12);
          PcGroup group = { PC_GROUP_COMMAND, entry, end - 1 };
          guint   pills = g_rand_boolean (random)
                              ? entry + 1 +
                                    (guint) g_rand_int_range (
                                        random, 0, (int) (end - entry - 1))
                              : G_MAXUINT;

          pc_folds_add (folds, &group, entry, end, pills,
                        g_rand_boolean (random));
          entry = end + (guint) g_rand_int_range (random, 0, 5);
        }
      check (folds);
      for (guint i = 0; i < 10; i++)
        {
          guint at = (guint) g_rand_int_range (
              random, 0, (int) pc_folds_get_n (folds));

          pc_folds_set_folded (folds, at, g_rand_boolean (random));
          check (folds);
        }
    }
}

static void
test_none (void)
{
  g_autoptr (PcFolds) folds = pc_folds_new ();

  check (folds);
  g_assert_cmpuint (pc_folds_find_step (folds, 3), ==, G_MAXUINT);
  g_assert_cmpuint (pc_folds_find_entry (folds, 3), ==, G_MAXUINT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagram/folds/none", test_none);
  g_test_add_func ("/diagram/folds/random", test_random);
  return g_test_run ();
}
