/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The player: every way to a position ends in the same place, and its words
 * (current, progress) follow from the position alone. */

#include "timeline/player.h"

static PcTimeline *
timeline_of (guint n)
{
  PcTimeline *timeline = pc_timeline_new ("id", "Title");

  for (guint i = 0; i < n; i++)
    pc_timeline_take_step (timeline,
                           pc_step_new_event (1, "a", "b", PC_LAYER_TCP, i,
                                              "open", "Open", PC_STATUS_OK,
                                              NULL, NULL, NULL));
  return timeline;
}

static PcPlayer *
player_of (guint n)
{
  g_autoptr (PcTimeline) timeline = timeline_of (n);
  PcPlayer              *player = pc_player_new ();

  pc_player_set_timeline (player, timeline);
  return player;
}

static void
test_position (void)
{
  static const struct
  {
    double position;
    guint  current;
    double progress;
  } rows[] = {
    { -1, G_MAXUINT, 0 }, { 0, G_MAXUINT, 0 }, { 0.25, 0, 0.25 },
    { 1, 0, 1 },          { 1.5, 1, 0.5 },     { 3, 2, 1 },
    { 99, 2, 1 },
  };
  g_autoptr (PcPlayer) player = player_of (3);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      pc_player_seek (player, rows[i].position);
      g_test_message ("position %g", rows[i].position);
      g_assert_cmpuint (pc_player_get_current (player), ==, rows[i].current);
      g_assert_cmpfloat (pc_player_get_progress (player), ==,
                         rows[i].progress);
    }
}

static void
test_steps (void)
{
  static const struct
  {
    double from;
    void   (*verb) (PcPlayer *player);
    double to;
  } rows[] = {
    { 0, pc_player_first, 1 },     { 2.5, pc_player_first, 1 },
    { 0, pc_player_forward, 1 },   { 1, pc_player_forward, 2 },
    { 1.5, pc_player_forward, 2 }, { 3, pc_player_forward, 3 },
    { 0, pc_player_back, 1 },      { 1, pc_player_back, 1 },
    { 2, pc_player_back, 1 },      { 2.5, pc_player_back, 2 },
    { 0, pc_player_last, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PcPlayer) player = player_of (3);

      g_test_message ("row %u from %g", i, rows[i].from);
      pc_player_seek (player, rows[i].from);
      pc_player_set_playing (player, TRUE);
      if (rows[i].from == 3)
        pc_player_seek (player, 3);
      rows[i].verb (player);
      g_assert_cmpfloat (pc_player_get_position (player), ==, rows[i].to);
      g_assert_false (pc_player_get_playing (player));
    }
}

static void
test_empty (void)
{
  g_autoptr (PcPlayer) player = pc_player_new ();

  pc_player_set_playing (player, TRUE);
  g_assert_false (pc_player_get_playing (player));
  pc_player_first (player);
  pc_player_last (player);
  pc_player_forward (player);
  pc_player_back (player);
  pc_player_seek (player, 4);
  pc_player_advance (player, 1000);
  g_assert_cmpfloat (pc_player_get_position (player), ==, 0);
  g_assert_cmpuint (pc_player_get_current (player), ==, G_MAXUINT);
}

static void
test_playing (void)
{
  g_autoptr (PcPlayer) player = player_of (3);

  pc_player_advance (player, PC_PLAYER_STEP_US);
  g_assert_cmpfloat (pc_player_get_position (player), ==, 0);

  pc_player_set_playing (player, TRUE);
  pc_player_advance (player, PC_PLAYER_STEP_US / 2);
  g_assert_cmpfloat (pc_player_get_position (player), ==, 0.5);
  pc_player_set_speed (player, 2);
  pc_player_advance (player, PC_PLAYER_STEP_US / 2);
  g_assert_cmpfloat (pc_player_get_position (player), ==, 1.5);
  pc_player_set_speed (player, 100);
  g_assert_cmpfloat (pc_player_get_speed (player), ==, 4);
  pc_player_advance (player, PC_PLAYER_STEP_US);
  g_assert_cmpfloat (pc_player_get_position (player), ==, 3);
  g_assert_false (pc_player_get_playing (player));

  /* Playing from the end begins anew. */
  pc_player_set_playing (player, TRUE);
  g_assert_cmpfloat (pc_player_get_position (player), ==, 0);
}

static void
test_reduced_motion (void)
{
  g_autoptr (PcPlayer) player = player_of (3);

  pc_player_set_reduced_motion (player, TRUE);
  pc_player_set_playing (player, TRUE);
  for (guint tenth = 1; tenth <= 30; tenth++)
    {
      pc_player_advance (player, PC_PLAYER_STEP_US / 10);
      g_assert_cmpfloat (pc_player_get_progress (player), ==, 1);
      if (tenth == 5)
        g_assert_cmpuint (pc_player_get_current (player), ==, 0);
      if (tenth == 15)
        g_assert_cmpuint (pc_player_get_current (player), ==, 1);
    }

  /* Stopping in the middle leaves the step whole. */
  pc_player_seek (player, 0);
  pc_player_set_playing (player, TRUE);
  pc_player_advance (player, PC_PLAYER_STEP_US / 10);
  pc_player_set_playing (player, FALSE);
  g_assert_cmpfloat (pc_player_get_position (player), ==, 1);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_notify (void)
{
  g_autoptr (PcPlayer)   player = player_of (3);
  g_autoptr (PcTimeline) other = timeline_of (1);
  guint                  positions = 0;
  guint                  currents = 0;

  g_signal_connect_swapped (player, "notify::position",
                            G_CALLBACK (count_cb), &positions);
  g_signal_connect_swapped (player, "notify::current", G_CALLBACK (count_cb),
                            &currents);
  pc_player_seek (player, 0.25);
  pc_player_seek (player, 0.5);
  pc_player_seek (player, 0.5);
  pc_player_seek (player, 1.5);
  g_assert_cmpuint (positions, ==, 3);
  g_assert_cmpuint (currents, ==, 2);

  pc_player_set_timeline (player, other);
  g_assert_cmpfloat (pc_player_get_position (player), ==, 0);
  g_assert_cmpuint (positions, ==, 4);
  g_assert_cmpuint (currents, ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/player/position", test_position);
  g_test_add_func ("/player/steps", test_steps);
  g_test_add_func ("/player/empty", test_empty);
  g_test_add_func ("/player/playing", test_playing);
  g_test_add_func ("/player/reduced-motion", test_reduced_motion);
  g_test_add_func ("/player/notify", test_notify);
  return g_test_run ();
}
