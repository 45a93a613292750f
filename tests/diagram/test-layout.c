/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The layout: nothing overlaps and nothing is outside, at any width from 320
 * to 2000 and for one to eight actors. */

#include "diagram/layout.h"

#include <math.h>

static void
check (double width,
       guint  n)
{
  PcLayout layout;

  g_test_message ("width %g, %u actors", width, n);
  pc_layout_init (&layout, width, n, 14, 210);
  g_assert_cmpfloat (layout.left, >, layout.gutter);
  g_assert_cmpfloat (layout.right, <=, width);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (layout.x[i], >, layout.left);
      g_assert_cmpfloat (layout.x[i], <, layout.right);
      g_assert_cmpfloat (layout.card[i], >=, 0);
      g_assert_cmpfloat (layout.card[i] + layout.card_width, <=, width);
      if (i == 0)
        continue;
      g_assert_cmpfloat (layout.x[i], >, layout.x[i - 1] + 20);
      g_assert_cmpfloat (layout.card[i], >=,
                         layout.card[i - 1] + layout.card_width);
    }
}

static void
test_widths (void)
{
  for (double width = 320; width <= 2000; width += 7)
    for (guint n = 1; n <= PC_LAYOUT_ACTORS; n++)
      check (width, n);
}

static void
test_wide (void)
{
  PcLayout layout;

  pc_layout_init (&layout, 900, 2, 14, 210);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpfloat_with_epsilon (layout.card[i] + layout.card_width / 2,
                                    layout.x[i], 1);
}

/* In a narrow row the lifelines give their room to the text. */
static void
test_narrow (void)
{
  PcLayout layout;

  pc_layout_init (&layout, 320, 2, 14, 210);
  g_assert_cmpfloat (layout.x[1] - layout.x[0], >, 230);
}

static void
test_strange (void)
{
  PcLayout layout;

  pc_layout_init (&layout, 0, 4, 400, 210);
  g_assert_true (isfinite (pc_layout_get_x (&layout, 3)));
  pc_layout_init (&layout, 500, 0, 14, 210);
  g_assert_cmpfloat (pc_layout_get_x (&layout, 0), ==, 250);
  pc_layout_init (&layout, 500, 40, 14, 210);
  g_assert_cmpuint (layout.n_actors, ==, PC_LAYOUT_ACTORS);
  g_assert_cmpfloat (pc_layout_get_x (&layout, 39), ==,
                     layout.x[PC_LAYOUT_ACTORS - 1]);
}

static void
test_arrow (void)
{
  PcLayout layout;
  PcArrow  right;
  PcArrow  left;
  PcArrow  lost;

  pc_layout_init (&layout, 700, 2, 14, 210);
  right = pc_layout_arrow (&layout, 0, 1, FALSE);
  left = pc_layout_arrow (&layout, 1, 0, FALSE);
  lost = pc_layout_arrow (&layout, 0, 1, TRUE);

  g_assert_cmpfloat (right.start, >, layout.x[0]);
  g_assert_cmpfloat (right.end, <, layout.x[1]);
  g_assert_cmpfloat (right.end, ==, right.whole);
  g_assert_cmpfloat (left.start, ==, right.end);
  g_assert_cmpfloat (left.end, ==, right.start);
  g_assert_cmpfloat (lost.end, >, lost.start + 50);
  g_assert_cmpfloat (lost.end, <, lost.whole - 50);
}

static void
test_text (void)
{
  PcLayout layout;
  PcArrow  arrow;

  pc_layout_init (&layout, 700, 2, 14, 210);
  arrow = pc_layout_arrow (&layout, 0, 1, FALSE);
  g_assert_cmpfloat (pc_layout_text_width (&layout, &arrow, 50, 300), ==, 50);
  g_assert_cmpfloat (pc_layout_text_width (&layout, &arrow, 5000, 300), <,
                     layout.x[1] - layout.x[0]);

  /* Four actors: text may reach over the lifelines, not over the edges. */
  pc_layout_init (&layout, 320, 4, 14, 210);
  arrow = pc_layout_arrow (&layout, 0, 1, FALSE);
  g_assert_cmpfloat (pc_layout_text_width (&layout, &arrow, 200, 300), ==,
                     200);
  g_assert_cmpfloat (pc_layout_text_width (&layout, &arrow, 5000, 300), ==,
                     layout.right - layout.left);
  g_assert_cmpfloat (pc_layout_place (&layout, layout.x[0], 200), ==,
                     layout.left);
  g_assert_cmpfloat (pc_layout_place (&layout, layout.x[3], 200), ==,
                     layout.right - 200);
}

static void
test_pair (void)
{
  static const double rows[][2] = {
    { 60, 60 }, { 120, 120 }, { 30, 220 }, { 130, 130 }
  };
  PcLayout layout;

  pc_layout_init (&layout, 320, 4, 14, 210);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint a = 0; a < 4; a++)
      for (guint b = 0; b < 4; b++)
        {
          double x[2] = { layout.x[a], layout.x[b] };
          double left[2];
          guint  first;

          if (a == b)
            continue;
          pc_layout_place_pair (&layout, x, rows[i], left);
          first = a < b ? 0 : 1;
          g_test_message ("row %u, actors %u and %u", i, a, b);
          g_assert_cmpfloat (left[0], >=, layout.left);
          g_assert_cmpfloat (left[1], >=, layout.left);
          g_assert_cmpfloat (left[0] + rows[i][0], <=, layout.right);
          g_assert_cmpfloat (left[1] + rows[i][1], <=, layout.right);
          g_assert_cmpfloat (left[first] + rows[i][first], <,
                             left[1 - first]);
        }
}

static void
test_metrics (void)
{
  for (int line = 0; line < 80; line++)
    {
      PcMetrics metrics;

      pc_metrics_init (&metrics, line);
      g_test_message ("line %d", line);
      /* Text, shaft with its marker, and a port below fit in a row. */
      g_assert_cmpint (metrics.text_y + metrics.line, <=,
                       metrics.arrow_y + metrics.marker);
      g_assert_cmpint (metrics.arrow_y + (int) (metrics.line * 0.9), <=,
                       metrics.row);
      g_assert_cmpint (metrics.pill, <, metrics.row);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/widths", test_widths);
  g_test_add_func ("/layout/wide", test_wide);
  g_test_add_func ("/layout/narrow", test_narrow);
  g_test_add_func ("/layout/strange", test_strange);
  g_test_add_func ("/layout/arrow", test_arrow);
  g_test_add_func ("/layout/text", test_text);
  g_test_add_func ("/layout/pair", test_pair);
  g_test_add_func ("/layout/metrics", test_metrics);
  return g_test_run ();
}
