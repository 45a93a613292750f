/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The timeline: a list model that only grows, numbers its steps and keeps
 * its bound. */

#include "timeline/timeline.h"

#include "base/limits.h"

typedef struct
{
  guint calls;
  guint position;
  guint removed;
  guint added;
} Changed;

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            Changed    *changed)
{
  changed->calls++;
  changed->position = position;
  changed->removed = removed;
  changed->added = added;
}

static PcStep *
note_step (const char *mark)
{
  PcStep *step = pc_step_new_event (1, "a", "b", PC_LAYER_TCP, 0, "open",
                                    "Open", PC_STATUS_OK, NULL, NULL, NULL);

  pc_step_set_mark (step, mark);
  return step;
}

static void
test_steps (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  PcStep                *more[] = { note_step ("two"), note_step (NULL) };
  Changed                changed = { 0 };
  g_autoptr (PcStep)     second = NULL;

  g_signal_connect (timeline, "items-changed", G_CALLBACK (changed_cb),
                    &changed);
  g_assert_true (pc_timeline_take_step (timeline, note_step ("one")));
  g_assert_cmpuint (changed.calls, ==, 1);
  g_assert_cmpuint (changed.position, ==, 0);

  pc_timeline_splice (timeline, more, 2);
  g_assert_cmpuint (changed.calls, ==, 2);
  g_assert_cmpuint (changed.position, ==, 1);
  g_assert_cmpuint (changed.removed, ==, 0);
  g_assert_cmpuint (changed.added, ==, 2);
  pc_timeline_splice (timeline, NULL, 0);
  g_assert_cmpuint (changed.calls, ==, 2);

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (timeline)) ==
                 PC_TYPE_STEP);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 3);
  second = g_list_model_get_item (G_LIST_MODEL (timeline), 1);
  g_assert_true (second == more[0]);
  g_assert_cmpuint (pc_step_get_number (second), ==, 2);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (timeline), 3));
  g_assert_null (pc_timeline_get_step (timeline, 3));

  g_assert_cmpint (pc_timeline_find_mark (timeline, "two"), ==, 1);
  g_assert_cmpint (pc_timeline_find_mark (timeline, "ten"), ==, -1);
  g_assert_cmpint (pc_timeline_find_mark (timeline, NULL), ==, -1);
}

static void
notify_cb (guint *count)
{
  (*count)++;
}

static void
test_actors (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", NULL);
  guint                  count = 0;

  g_signal_connect_swapped (timeline, "notify::actors",
                            G_CALLBACK (notify_cb), &count);
  g_assert_cmpuint (pc_timeline_add_actor (timeline, "phone", "Phone",
                                           PC_ROLE_CLIENT, NULL),
                    ==, 0);
  g_assert_cmpuint (pc_timeline_add_actor (timeline, "mail", "Mail server",
                                           PC_ROLE_SERVER, "icon-symbolic"),
                    ==, 1);
  pc_timeline_set_actor_address (timeline, "mail", "143 (lab 10143)");
  pc_timeline_set_actor_address (timeline, "mail", "143 (lab 10143)");
  pc_timeline_set_actor_address (timeline, "nobody", "0");
  g_assert_cmpuint (count, ==, 3);

  g_assert_cmpstr (pc_timeline_get_title (timeline), ==, "");
  g_assert_cmpuint (pc_timeline_get_n_actors (timeline), ==, 2);
  g_assert_cmpint (pc_timeline_find_actor (timeline, "mail"), ==, 1);
  g_assert_cmpint (pc_timeline_find_actor (timeline, "nobody"), ==, -1);
  g_assert_cmpint (pc_timeline_find_actor (timeline, NULL), ==, -1);
  g_assert_cmpstr (pc_timeline_get_actor (timeline, 1)->address, ==,
                   "143 (lab 10143)");
  g_assert_null (pc_timeline_get_actor (timeline, 0)->address);
}

static void
test_outcome (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  guint                  count = 0;

  g_signal_connect_swapped (timeline, "notify::outcome",
                            G_CALLBACK (notify_cb), &count);
  g_assert_cmpstr (pc_outcome_to_string (pc_timeline_get_outcome (timeline)),
                   ==, "running");
  pc_timeline_set_outcome (timeline, PC_OUTCOME_FAILED, "No socket.");
  pc_timeline_set_outcome (timeline, PC_OUTCOME_FAILED, "No socket.");
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (pc_timeline_get_reason (timeline), ==, "No socket.");
  g_assert_cmpstr (pc_outcome_to_string (PC_OUTCOME_OK), ==, "ok");
  g_assert_cmpstr (pc_outcome_to_string (PC_OUTCOME_FAILED), ==, "failed");
  g_assert_cmpstr (pc_outcome_to_string (PC_OUTCOME_FAILED_AS_INTENDED), ==,
                   "failed-as-intended");
}

/* A script of four: one step, none, two, and one that never was. */
static void
test_actions (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  static const guint due[] = { 0, 1, 3, 3 };
  static const struct
  {
    guint    number;
    gboolean there;
    guint    index;
  } rows[] = { { 0, FALSE, 0 }, { 1, TRUE, 1 }, { 2, TRUE, 2 },
               { 3, TRUE, 2 },  { 4, FALSE, 0 } };

  g_assert_cmpuint (pc_timeline_find_action (timeline, 0), ==, 0);
  pc_timeline_take_step (timeline, note_step (NULL));
  pc_timeline_begin_action (timeline);
  pc_timeline_take_step (timeline, note_step (NULL));
  pc_timeline_begin_action (timeline);
  pc_timeline_begin_action (timeline);
  pc_timeline_take_step (timeline, note_step (NULL));
  pc_timeline_take_step (timeline, note_step (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (due); i++)
    g_assert_cmpuint (pc_timeline_find_action (timeline, i), ==, due[i]);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint index = 0;

    g_assert_cmpint (pc_timeline_get_action (timeline, rows[i].number,
                                             &index),
                     ==, rows[i].there);
    if (rows[i].there)
      g_assert_cmpuint (index, ==, rows[i].index);
  }
  /* One that has begun, and of which nothing is seen yet. */
  pc_timeline_begin_action (timeline);
  g_assert_false (pc_timeline_get_action (timeline, 4, &(guint){ 0 }));
}

static void
test_limit (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  g_autofree PcStep    **steps = g_new (PcStep *, PC_LIMIT_STEPS + 1);
  g_autoptr (PcStep)     last = NULL;

  for (guint i = 0; i <= PC_LIMIT_STEPS; i++)
    steps[i] = note_step (NULL);
  last = g_object_ref (steps[PC_LIMIT_STEPS]);

  pc_timeline_splice (timeline, steps, PC_LIMIT_STEPS + 1);
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline), ==, PC_LIMIT_STEPS);
  g_assert_cmpuint (pc_step_get_number (last), ==, 0);
  g_assert_false (pc_timeline_take_step (timeline, g_object_ref (last)));
  g_assert_finalize_object (g_steal_pointer (&last));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/steps", test_steps);
  g_test_add_func ("/timeline/actors", test_actors);
  g_test_add_func ("/timeline/outcome", test_outcome);
  g_test_add_func ("/timeline/actions", test_actions);
  g_test_add_func ("/timeline/limit", test_limit);
  return g_test_run ();
}
