/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Motion: exact at the ends, always inside, never still for 200 ms. */

#include "diagram/motion.h"

#include <math.h>

/* 200 ms of a step of 1.2 s. */
#define GLIMPSE (200.0 / 1200.0)

static void
test_emphasis (void)
{
  static const struct
  {
    double     position;
    PcEmphasis is[3];
  } rows[] = {
    { 0, { PC_EMPHASIS_AHEAD, PC_EMPHASIS_AHEAD, PC_EMPHASIS_AHEAD } },
    { 0.1, { PC_EMPHASIS_LIT, PC_EMPHASIS_AHEAD, PC_EMPHASIS_AHEAD } },
    { 1, { PC_EMPHASIS_LIT, PC_EMPHASIS_AHEAD, PC_EMPHASIS_AHEAD } },
    { 1.1, { PC_EMPHASIS_DONE, PC_EMPHASIS_LIT, PC_EMPHASIS_AHEAD } },
    { 3, { PC_EMPHASIS_DONE, PC_EMPHASIS_DONE, PC_EMPHASIS_LIT } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint index = 0; index < 3; index++)
      {
        PcMotion motion = pc_motion_at (rows[i].position, index,
                                        PC_WAY_ACROSS, 0);

        g_test_message ("position %g, step %u", rows[i].position, index);
        g_assert_cmpint (motion.emphasis, ==, rows[i].is[index]);
        g_assert_cmpfloat (pc_motion_alpha (rows[i].position, index) < 1, ==,
                           rows[i].is[index] == PC_EMPHASIS_AHEAD);
      }
}

static void
test_ends (void)
{
  for (PcWay way = PC_WAY_ACROSS; way <= PC_WAY_RETURN; way++)
    {
      PcMotion before = pc_motion_at (2, 2, way, 0);
      PcMotion begun = pc_motion_at (2.0001, 2, way, 0);
      PcMotion whole = pc_motion_at (3, 2, way, 0);

      g_assert_cmpfloat (before.marker_alpha, ==, 0);
      g_assert_cmpfloat (begun.marker_alpha, ==, 1);
      g_assert_cmpfloat (begun.travel, ==, 0);
      g_assert_cmpfloat (whole.marker_alpha, ==, 0);
      g_assert_cmpfloat (whole.travel, ==, 1);
      g_assert_cmpfloat (whole.progress, ==, 1);
    }
}

static void
test_inside (void)
{
  for (PcWay way = PC_WAY_ACROSS; way <= PC_WAY_RETURN; way++)
    for (double t = 0; t <= 1; t += 0.001)
      {
        PcMotion motion = pc_motion_at (5 + t, 5, way, 0);

        g_assert_cmpfloat (motion.travel, >=, 0);
        g_assert_cmpfloat (motion.travel, <=, 1);
        g_assert_cmpfloat (motion.marker_alpha, >=, 0);
        g_assert_cmpfloat (motion.marker_alpha, <=, 1);
      }
}

static void
test_never_still (void)
{
  for (double t = 0.001; t + GLIMPSE <= 1; t += 0.01)
    {
      PcMotion a = pc_motion_at (t, 0, PC_WAY_ACROSS, 0);
      PcMotion b = pc_motion_at (t + GLIMPSE, 0, PC_WAY_ACROSS, 0);

      g_assert_cmpfloat (fabs (a.travel - b.travel) +
                             fabs (a.marker_alpha - b.marker_alpha),
                         >, 0.03);
    }
}

/* SYN, SYN-ACK, ACK: the marker is at the far end twice. */
static void
test_handshake (void)
{
  guint turns = 0;
  double last = 0;
  double direction = 1;

  for (double t = 0.001; t < 1; t += 0.001)
    {
      double travel = pc_motion_at (t, 0, PC_WAY_HANDSHAKE, 0).travel;

      if ((travel - last) * direction < 0)
        {
          turns++;
          direction = -direction;
        }
      last = travel;
    }
  g_assert_cmpuint (turns, ==, 2);
}

static void
test_result (void)
{
  g_assert_cmpfloat (pc_motion_result_alpha (1, 1, 0), <, 0.5);
  g_assert_cmpfloat (pc_motion_result_alpha (1.5, 1, 0), <, 0.5);
  g_assert_cmpfloat (pc_motion_result_alpha (2, 1, 0), ==, 1);
  g_assert_cmpfloat (pc_motion_result_alpha (9, 1, 0), ==, 1);
}

/* While the clock runs nothing leaves; then all of the way is gone. */
static void
test_wait (void)
{
  static const double waits[] = { 0.1, 0.5, 0.9 };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      double   wait = waits[i];
      PcMotion early = pc_motion_at (3 + wait * 0.9, 3, PC_WAY_ACROSS, wait);
      PcMotion begun = pc_motion_at (3.0001 + wait, 3, PC_WAY_ACROSS, wait);
      PcMotion whole = pc_motion_at (4, 3, PC_WAY_ACROSS, wait);
      PcMotion clock = pc_motion_wait (3 + wait / 2, 3, wait);
      double   last = 0;

      g_assert_cmpint (early.emphasis, ==, PC_EMPHASIS_AHEAD);
      g_assert_cmpfloat (early.marker_alpha, ==, 0);
      g_assert_cmpint (begun.emphasis, ==, PC_EMPHASIS_LIT);
      g_assert_cmpfloat (begun.travel, ==, 0);
      g_assert_cmpfloat (whole.travel, ==, 1);
      g_assert_cmpfloat (whole.marker_alpha, ==, 0);
      g_assert_cmpfloat (pc_motion_result_alpha (4, 3, wait), ==, 1);
      g_assert_cmpfloat (pc_motion_result_alpha (3 + wait, 3, wait), <, 0.5);

      g_assert_cmpint (clock.emphasis, ==, PC_EMPHASIS_LIT);
      g_assert_cmpfloat_with_epsilon (clock.progress, 0.5, 0.001);
      g_assert_cmpint (pc_motion_wait (3, 3, wait).emphasis, ==,
                       PC_EMPHASIS_AHEAD);
      g_assert_cmpint (pc_motion_wait (4, 3, wait).emphasis, ==,
                       PC_EMPHASIS_DONE);
      g_assert_cmpfloat (pc_motion_wait (4, 3, wait).progress, ==, 1);

      for (double t = 0; t <= 1; t += 0.01)
        {
          PcMotion motion = pc_motion_at (3 + t, 3, PC_WAY_ACROSS, wait);

          if (motion.emphasis == PC_EMPHASIS_AHEAD)
            continue;
          g_assert_cmpfloat (motion.travel, >=, last);
          last = motion.travel;
        }
    }
}

/* From step 2 until after step 4: under way all the time, and in mid-air
 * between the steps. */
static void
test_span (void)
{
  double last = -1;

  g_assert_cmpint (pc_motion_span (2, 2, 4, 0).emphasis, ==,
                   PC_EMPHASIS_AHEAD);
  g_assert_cmpfloat (pc_motion_span (2, 2, 4, 0).marker_alpha, ==, 0);
  for (double position = 2.001; position < 5; position += 0.01)
    {
      PcMotion motion = pc_motion_span (position, 2, 4, 0);

      g_assert_cmpint (motion.emphasis, ==, PC_EMPHASIS_LIT);
      g_assert_cmpfloat (motion.travel, >=, last);
      g_assert_cmpfloat (motion.marker_alpha, >, 0);
      last = motion.travel;
    }
  for (guint whole = 3; whole < 5; whole++)
    {
      g_assert_cmpfloat (pc_motion_span (whole, 2, 4, 0).travel, >, 0.2);
      g_assert_cmpfloat (pc_motion_span (whole, 2, 4, 0).travel, <, 0.8);
    }
  g_assert_cmpfloat (pc_motion_span (5, 2, 4, 0).travel, ==, 1);
  g_assert_cmpfloat (pc_motion_span (5, 2, 4, 0).marker_alpha, ==, 0);
  g_assert_cmpint (pc_motion_span (5, 2, 4, 0).emphasis, ==,
                   PC_EMPHASIS_DONE);
  g_assert_cmpint (pc_motion_span (2.3, 2, 4, 0.5).emphasis, ==,
                   PC_EMPHASIS_AHEAD);
}

static void
test_follow (void)
{
  g_assert_cmpfloat (pc_motion_follow (0), ==, 0);
  g_assert_cmpfloat (pc_motion_follow (3.0001), <, 0.01);
  g_assert_cmpfloat (pc_motion_follow (3.5), ==, 1);
  g_assert_cmpfloat (pc_motion_follow (4), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/motion/emphasis", test_emphasis);
  g_test_add_func ("/motion/ends", test_ends);
  g_test_add_func ("/motion/inside", test_inside);
  g_test_add_func ("/motion/never-still", test_never_still);
  g_test_add_func ("/motion/handshake", test_handshake);
  g_test_add_func ("/motion/result", test_result);
  g_test_add_func ("/motion/wait", test_wait);
  g_test_add_func ("/motion/span", test_span);
  g_test_add_func ("/motion/follow", test_follow);
  return g_test_run ();
}
