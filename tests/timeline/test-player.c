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

/* PcPlayerFind: of ten steps, 2, 3 and 7 are to be seen. */
static guint
find_some (guint    index,
           gboolean forward,
           gpointer data)
{
  static const guint seen[] = { 2, 3, 7 };
  guint              before = G_MAXUINT;

  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    {
      if (seen[i] == index || (forward && seen[i] > index))
        return seen[i];
      if (seen[i] < index)
        before = seen[i];
    }
  return forward ? G_MAXUINT : before;
}

static guint
find_none (guint    index,
           gboolean forward,
           gpointer data)
{
  return G_MAXUINT;
}

static void
test_find (void)
{
  static const struct
  {
    double from;
    void   (*verb) (PcPlayer *player);
    double to;
  } rows[] = {
    { 0, pc_player_first, 3 },     { 9, pc_player_first, 3 },
    { 0, pc_player_forward, 3 },   { 3, pc_player_forward, 4 },
    { 4, pc_player_forward, 8 },   { 4.5, pc_player_forward, 8 },
    { 8, pc_player_forward, 8 },   { 10, pc_player_forward, 10 },
    { 0, pc_player_back, 3 },      { 3, pc_player_back, 3 },
    { 4, pc_player_back, 3 },      { 8, pc_player_back, 4 },
    { 10, pc_player_back, 8 },     { 1, pc_player_back, 3 },
    { 0, pc_player_last, 8 },      { 8, pc_player_last, 8 },
  };
  g_autoptr (PcPlayer) player = player_of (10);

  pc_player_set_find (player, find_some, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      pc_player_seek (player, rows[i].from);
      rows[i].verb (player);
      g_assert_cmpfloat (pc_player_get_position (player), ==, rows[i].to);
    }

  pc_player_set_find (player, find_none, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      pc_player_seek (player, 5);
      rows[i].verb (player);
      g_assert_cmpfloat (pc_player_get_position (player), ==, 5);
    }
  pc_player_set_find (player, NULL, NULL);
  pc_player_forward (player);
  g_assert_cmpfloat (pc_player_get_position (player), ==, 6);
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

/* A wait takes time to see, a long one no more than PC_PLAYER_WAIT_US, and
 * every portion of time leads to the same place. */
static void
test_waits (void)
{
  static const struct
  {
    gint64 wait;
    gint64 shown;
  } rows[] = {
    { 0, 0 },
    { 250000, 250000 },
    { PC_PLAYER_WAIT_US, PC_PLAYER_WAIT_US },
    { G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC, PC_PLAYER_WAIT_US },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gint64 portion = 10000; portion <= 10000000; portion *= 10)
      {
        g_autoptr (PcPlayer) player = player_of (3);
        PcTimeline          *timeline = pc_player_get_timeline (player);
        gint64               whole = PC_PLAYER_STEP_US * 3 + rows[i].shown;
        gint64               gone = 0;

        pc_step_set_wait (pc_timeline_get_step (timeline, 1), rows[i].wait);
        g_test_message ("wait %" G_GINT64_FORMAT, rows[i].wait);
        g_assert_cmpint (pc_timeline_get_gap (timeline, 1), ==,
                         rows[i].wait);
        g_assert_cmpfloat_with_epsilon (
            pc_player_wait_share (rows[i].wait),
            (double) rows[i].shown / (double) (PC_PLAYER_STEP_US +
                                               rows[i].shown),
            1e-9);

        pc_player_set_playing (player, TRUE);
        while (pc_player_get_playing (player))
          {
            gint64 part = MIN (portion, whole - gone);

            /* What floating point leaves over. */
            pc_player_advance (player, MAX (part, 1));
            gone += part;
            if (gone == PC_PLAYER_STEP_US)
              g_assert_cmpfloat_with_epsilon (
                  pc_player_get_position (player), 1, 1e-6);
            if (gone == PC_PLAYER_STEP_US + rows[i].shown)
              g_assert_cmpfloat_with_epsilon (
                  pc_player_get_position (player),
                  1 + pc_player_wait_share (rows[i].wait), 1e-6);
          }
        g_assert_cmpint (gone, ==, whole);
        g_assert_cmpfloat (pc_player_get_position (player), ==, 3);
      }
}

/* A silence is told from 400 ms on; a timer always. */
static void
test_gaps (void)
{
  static const struct
  {
    gint64 t;
    gint64 wait;
    gint64 gap;
  } rows[] = {
    { 100, 0, 0 },          { 200, 0, 0 },
    { 400199, 0, 0 },       { 800199, 0, 400000 },
    { 800300, 5000, 5000 }, { 2800300, 0, 2000000 },
    { 2800300, 0, 0 },
  };
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PcStep *step = pc_step_new_event (1, "a", "b", PC_LAYER_TCP, rows[i].t,
                                        "open", "Open", PC_STATUS_OK, NULL,
                                        NULL, NULL);

      pc_step_set_wait (step, rows[i].wait);
      pc_timeline_take_step (timeline, step);
      g_test_message ("row %u", i);
      g_assert_cmpint (pc_timeline_get_gap (timeline, i), ==, rows[i].gap);
    }
}

/* Octets of a stream are lost when all is over and nobody has read them. */
static void
test_lost (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("id", "Title");
  PcUnit *unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_COMMAND, "x", "x", 1);
  PcStep *step = pc_step_new_unit (1, "a", "b", PC_LAYER_APP, 0, unit, NULL);
  PcStep *event = pc_step_new_event (1, "a", "b", PC_LAYER_TCP, 0, "reset",
                                     "Cut", PC_STATUS_ERROR, NULL, NULL,
                                     NULL);

  pc_timeline_take_step (timeline, step);
  pc_timeline_take_step (timeline, event);
  g_assert_false (pc_timeline_is_lost (timeline, step));
  pc_timeline_set_outcome (timeline, PC_OUTCOME_FAILED, NULL);
  g_assert_true (pc_timeline_is_lost (timeline, step));
  g_assert_false (pc_timeline_is_lost (timeline, event));
  pc_step_set_arrival (step, 5, PC_FATE_DELIVERED);
  g_assert_false (pc_timeline_is_lost (timeline, step));
  pc_step_set_arrival (step, -1, PC_FATE_LOST);
  g_assert_true (pc_timeline_is_lost (timeline, step));
}

/* A stop is met exactly, whatever the frames, and passed afterwards. */
static void
test_stop (void)
{
  for (guint reduced = 0; reduced < 2; reduced++)
    {
      g_autoptr (PcPlayer) player = player_of (5);

      pc_player_set_reduced_motion (player, reduced);
      pc_player_set_stop (player, 2);
      pc_player_set_playing (player, TRUE);
      pc_player_advance (player, PC_PLAYER_STEP_US * 7 / 4);
      g_assert_true (pc_player_get_playing (player));
      pc_player_advance (player, PC_PLAYER_STEP_US * 9);
      g_assert_false (pc_player_get_playing (player));
      g_assert_cmpfloat (pc_player_get_position (player), ==, 2);
      pc_player_set_playing (player, TRUE);
      pc_player_advance (player, PC_PLAYER_STEP_US * 3 / 2);
      g_assert_true (pc_player_get_playing (player));
      g_assert_cmpfloat (pc_player_get_position (player), ==,
                         reduced ? 4 : 3.5);
      pc_player_seek (player, 0);
      pc_player_set_stop (player, G_MAXUINT);
      pc_player_advance (player, PC_PLAYER_STEP_US * 9);
      g_assert_cmpfloat (pc_player_get_position (player), ==, 5);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/player/position", test_position);
  g_test_add_func ("/player/steps", test_steps);
  g_test_add_func ("/player/find", test_find);
  g_test_add_func ("/player/empty", test_empty);
  g_test_add_func ("/player/playing", test_playing);
  g_test_add_func ("/player/reduced-motion", test_reduced_motion);
  g_test_add_func ("/player/notify", test_notify);
  g_test_add_func ("/player/waits", test_waits);
  g_test_add_func ("/player/gaps", test_gaps);
  g_test_add_func ("/player/lost", test_lost);
  g_test_add_func ("/player/stop", test_stop);
  return g_test_run ();
}
