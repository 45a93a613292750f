/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The plan: due ones by recall, then new ones, objectives mixed, another
 * wording where there is one.
 */

#include "quiz/plan.h"

#define NOON(day) (((gint64) (day) * 86400 + 12 * 3600) * G_USEC_PER_SEC)
#define TODAY 1000

/* Ids live as long as the program. */
static GStringChunk *ids;

static PcMemories *
new_memory (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const PcMemoriesOptions options = { .zone = zone, .exam = PC_DAY_NONE };

  return pc_memories_new (&options);
}

static void
remember (PcMemories   *memory,
          const char *key,
          const char *item,
          gint        day,
          guint       grade)
{
  const PcMemoriesAnswer answer = { .bank = "b", .item = item, .key = key,
                                  .time_us = NOON (day), .grade = grade };

  pc_memories_add (memory, &answer);
}

static PcPlan *
new_plan (PcMemories *memory,
          guint     n_new,
          gboolean  ahead)
{
  const PcPlanOptions options = { .today = TODAY, .n_new = n_new, .seed = 7,
                                  .ahead = ahead };

  return pc_plan_new (memory, &options);
}

static void
add (PcPlan     *plan,
     const char *key,
     const char *item,
     const char *objective,
     guint       type,
     guint       difficulty)
{
  const PcPlanItem row = { .bank = "b", .item = g_string_chunk_insert_const (ids, item),
                           .key = g_string_chunk_insert_const (ids, key),
                           .objective = objective, .type = type,
                           .difficulty = difficulty };

  pc_plan_add (plan, &row);
}

/* "a b c": the items in the order in which they come. */
static char *
list (PcPlan *plan)
{
  GString *out = g_string_new (NULL);
  const PcPlanItem *item;

  while ((item = pc_plan_next (plan)) != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", item->item);
  return g_string_free (out, FALSE);
}

static void
test_due_then_new (void)
{
  g_autoptr (PcMemories) memory = new_memory ();
  g_autoptr (PcPlan) plan = NULL;
  g_autofree char *found = NULL;

  remember (memory, "strong", "strong", 900, 4);
  remember (memory, "strong", "strong", 908, 4); /* due on 974 or so */
  remember (memory, "weak", "weak", 990, 3);
  remember (memory, "wrong", "wrong", 999, 1);
  remember (memory, "fresh", "fresh", 999, 4);
  plan = new_plan (memory, 2, FALSE);
  add (plan, "new3", "new3", "o1", 0, 3);
  add (plan, "fresh", "fresh", "o2", 0, 1);
  add (plan, "strong", "strong", "o3", 0, 1);
  add (plan, "new1", "new1", "o4", 0, 1);
  add (plan, "weak", "weak", "o5", 0, 1);
  add (plan, "wrong", "wrong", "o6", 0, 1);
  add (plan, "new2", "new2", "o7", 0, 2);
  g_assert_cmpuint (pc_plan_get_n_due (plan), ==, 3);
  g_assert_cmpuint (pc_plan_get_n_new (plan), ==, 2);
  found = list (plan);
  /* R: wrong 1 d / 0.21, weak 10 d / 2.3, strong 92 d / 66. */
  g_assert_cmpstr (found, ==, "wrong weak strong new1 new2");
}

static void
test_ahead (void)
{
  g_autoptr (PcMemories) memory = new_memory ();
  g_autoptr (PcPlan) plan = NULL;
  g_autofree char *found = NULL;

  remember (memory, "later", "later", 999, 4);
  remember (memory, "soon", "soon", 999, 3);
  plan = new_plan (memory, 0, TRUE);
  add (plan, "later", "later", NULL, 0, 1);
  add (plan, "new", "new", NULL, 0, 1);
  add (plan, "soon", "soon", NULL, 0, 1);
  found = list (plan);
  g_assert_cmpstr (found, ==, "soon later");
}

/* Ten new ones a day, those of an earlier sitting included. */
static void
test_new_a_day (void)
{
  g_autoptr (PcMemories) memory = new_memory ();
  g_autoptr (PcPlan) plan = NULL;
  guint n = 0;

  for (guint i = 0; i < 4; i++) {
    g_autofree char *key = g_strdup_printf ("today%u", i);

    remember (memory, key, key, TODAY, 3);
  }
  plan = new_plan (memory, PC_PLAN_NEW_A_DAY, FALSE);
  for (guint i = 0; i < 30; i++) {
    g_autofree char *key = g_strdup_printf ("new%u", i);

    add (plan, key, key, NULL, 0, 0);
  }
  while (pc_plan_next (plan) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 6);
}

static void
test_no_three_in_a_row (void)
{
  g_autoptr (PcMemories) memory = new_memory ();
  g_autoptr (PcPlan) plan = NULL;
  const PcPlanItem *item;
  const char *last = NULL;
  guint run = 0, n = 0;

  plan = new_plan (memory, 1000, FALSE);
  for (guint i = 0; i < 100; i++) {
    g_autofree char *key = g_strdup_printf ("k%u", i);

    /* All of the first objective would come first. */
    add (plan, key, key, i < 66 ? "a" : "b", 0, i < 66 ? 1 : 2);
  }
  while ((item = pc_plan_next (plan)) != NULL) {
    run = g_strcmp0 (item->objective, last) == 0 ? run + 1 : 1;
    last = item->objective;
    g_assert_cmpuint (run, <=, 2);
    n++;
  }
  g_assert_cmpuint (n, ==, 100);
}

/* But where there is nothing else, they come. */
static void
test_only_one_objective (void)
{
  g_autoptr (PcMemories) memory = new_memory ();
  g_autoptr (PcPlan) plan = new_plan (memory, 10, FALSE);
  guint n = 0;

  for (guint i = 0; i < 5; i++) {
    g_autofree char *key = g_strdup_printf ("k%u", i);

    add (plan, key, key, "a", 0, 1);
  }
  while (pc_plan_next (plan) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 5);
}

/* An unseen wording; among seen ones another type, then the oldest. */
static void
test_wording (void)
{
  g_autoptr (PcMemories) memory = new_memory ();
  static const struct
  {
    const char *seen[4];
    const char *want;
  } rows[] = {
    { { "one" }, "three" },          /* unseen and of another type */
    { { "one", "three" }, "two" },   /* unseen beats type */
    { { "two", "three", "one" }, "three" }, /* type beats age */
    { { "one", "two", "three" }, "one" },   /* the oldest of another type */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcMemories) own = new_memory ();
    g_autoptr (PcPlan) plan = NULL;

    for (guint k = 0; k < 4 && rows[i].seen[k] != NULL; k++)
      remember (own, "k", rows[i].seen[k], 900 + k, 3);
    plan = new_plan (own, 0, FALSE);
    add (plan, "k", "one", NULL, 1, 1);
    add (plan, "k", "two", NULL, 1, 1);
    add (plan, "k", "three", NULL, 2, 1);
    g_test_message ("row %u", i);
    g_assert_cmpstr (pc_plan_next (plan)->item, ==, rows[i].want);
    g_assert_null (pc_plan_next (plan)); /* one fact, once */
  }
}

/* A heap gives what sorting gives. */
static void
test_order_of_many (void)
{
  g_autoptr (PcMemories) memory = new_memory ();
  g_autoptr (PcPlan) plan = NULL;
  const PcPlanItem *item;
  double last = -1;
  guint  n = 0;

  for (guint i = 0; i < 3000; i++) {
    g_autofree char *key = g_strdup_printf ("k%u", i);

    remember (memory, key, key, 100 + g_test_rand_int_range (0, 300),
              g_test_rand_int_range (1, 5));
  }
  plan = new_plan (memory, 0, FALSE);
  for (guint i = 0; i < 3000; i++) {
    g_autofree char *key = g_strdup_printf ("k%u", i);

    add (plan, key, key, NULL, 0, 1);
  }
  while ((item = pc_plan_next (plan)) != NULL) {
    double recall = pc_memories_get_recall (
        memory, pc_memories_lookup (memory, item->key), TODAY);

    g_assert_cmpfloat (recall, >=, last - 1e-12);
    last = recall;
    n++;
  }
  g_assert_cmpuint (n, ==, 3000);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/due-then-new", test_due_then_new);
  g_test_add_func ("/plan/ahead", test_ahead);
  g_test_add_func ("/plan/new-a-day", test_new_a_day);
  g_test_add_func ("/plan/no-three-in-a-row", test_no_three_in_a_row);
  g_test_add_func ("/plan/only-one-objective", test_only_one_objective);
  g_test_add_func ("/plan/wording", test_wording);
  g_test_add_func ("/plan/order-of-many", test_order_of_many);
  ids = g_string_chunk_new (4096);
  result = g_test_run ();
  g_string_chunk_free (ids);
  return result;
}
