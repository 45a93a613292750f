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

/* On a very wide screen arrows stay short enough to be followed, and all of it
 * stands in the middle, numbers and cards included. */
static void
test_very_wide (void)
{
  PcLayout layout;

  for (guint n = 2; n <= 4; n++)
    {
      double shift; /* of four, nothing: there is no room to spare */

      pc_layout_init (&layout, 3100, n, 14, 210);
      shift = 3100 - layout.right;
      for (guint i = 1; i < n; i++)
        g_assert_cmpfloat (layout.x[i] - layout.x[i - 1], <=, 5 * 210 + 1);
      g_assert_cmpfloat (shift, >, n == 4 ? 7 : 300);
      g_assert_cmpfloat_with_epsilon (layout.gutter - 14, shift, 1);
      g_assert_cmpfloat (layout.card[0], >=, shift - 1);
      g_assert_cmpfloat (layout.card[n - 1] + layout.card_width, <=,
                         layout.right);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon (layout.card[i] + layout.card_width / 2,
                                        layout.x[i], 1);
    }
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

/* A clock's words stand on the inner side where they fit, else where there is
 * more room. */
static void
test_beside (void)
{
  PcLayout layout;
  double   room;

  pc_layout_init (&layout, 700, 2, 14, 210);
  g_assert_cmpfloat (pc_layout_place_beside (&layout, layout.x[0], 16, 350,
                                             100),
                     ==, layout.x[0] + 16);
  g_assert_cmpfloat (pc_layout_place_beside (&layout, layout.x[1], 16, 350,
                                             100),
                     ==, layout.x[1] - 116);

  pc_layout_init (&layout, 320, 4, 14, 210);
  for (guint i = 0; i < 4; i++)
    for (double middle = 0; middle <= 320; middle += 320)
      {
        double left;

        room = pc_layout_beside_room (&layout, layout.x[i], 16);
        left = pc_layout_place_beside (&layout, layout.x[i], 16, middle,
                                       room);
        g_assert_cmpfloat (left, >=, layout.left - 1);
        g_assert_cmpfloat (left + room, <=, layout.right + 1);
        g_assert_true (left >= layout.x[i] + 15 ||
                       left + room <= layout.x[i] - 15);
      }
}

/* The slices of all rows together are the line, and no part of it lies in a
 * hole. */
static void
test_slice (void)
{
  static const struct
  {
    PcHole holes[PC_LAYOUT_HOLES];
    guint  n;
    guint  parts;
  } rows[] = {
    { { { 0 } }, 0, 1 },
    { { { 0, 0, 5, 40 } }, 1, 1 },      /* beside the line */
    { { { 60, 10, 80, 20 } }, 1, 1 },   /* above it there */
    { { { 0, 10, 100, 20 } }, 1, 2 },   /* a text across */
    { { { 0, 0, 100, 20 } }, 1, 1 },    /* at the row's top */
    { { { 0, -50, 200, 90 } }, 1, 0 },  /* all of the row */
    { { { 0, 10, 100, 20 }, { 0, 15, 100, 25 }, { 0, 30, 100, 35 } }, 3, 3 },
    { { { 0, 30, 100, 35 }, { 0, 10, 100, 20 } }, 2, 3 }, /* any order */
  };

  for (guint leftward = 0; leftward < 2; leftward++)
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        PcLine line = { 10, -20, 110, 80 };
        PcLine parts[PC_LAYOUT_HOLES + 1];
        guint  n;

        if (leftward)
          line = (PcLine){ 110, -20, 10, 80 };
        n = pc_layout_slice (&line, 0, 1, 40, rows[i].holes, rows[i].n,
                             parts);
        g_test_message ("row %u, leftward %u", i, leftward);
        if (!leftward)
          g_assert_cmpuint (n, ==, rows[i].parts);
        g_assert_cmpuint (n, <=, rows[i].n + 1);
        for (guint k = 0; k < n; k++)
          {
            double x = (parts[k].x0 + parts[k].x1) / 2;
            double y = (parts[k].y0 + parts[k].y1) / 2;

            g_assert_cmpfloat (parts[k].y0, >=, -0.001);
            g_assert_cmpfloat (parts[k].y1, <=, 40.001);
            g_assert_cmpfloat (parts[k].y0, <, parts[k].y1);
            for (guint h = 0; h < rows[i].n; h++)
              g_assert_false (x > rows[i].holes[h].left &&
                              x < rows[i].holes[h].right &&
                              y > rows[i].holes[h].top &&
                              y < rows[i].holes[h].bottom);
          }
      }
}

static void
test_slice_ends (void)
{
  PcLine line = { 0, 0, 100, 100 };
  PcLine level = { 0, 20, 100, 20 };
  PcLine part[PC_LAYOUT_HOLES + 1];
  double length = 0;

  /* Rows of 30: the slices meet. */
  for (guint row = 0; row < 4; row++)
    {
      PcLine own = { 0, -30.0 * row, 100, 100 - 30.0 * row };

      g_assert_cmpuint (pc_layout_slice (&own, 0, 1, 30, NULL, 0, part), ==,
                        1);
      length += part[0].x1 - part[0].x0;
    }
  g_assert_cmpfloat_with_epsilon (length, 100, 0.001);

  /* As far as the marker is. */
  g_assert_cmpuint (pc_layout_slice (&line, 0, 0.25, 90, NULL, 0, part), ==,
                    1);
  g_assert_cmpfloat_with_epsilon (part[0].x1, 25, 0.001);
  g_assert_cmpuint (pc_layout_slice (&line, 0, 0, 90, NULL, 0, part), ==, 0);
  g_assert_cmpuint (pc_layout_slice (&level, 0, 1, 90, NULL, 0, part), ==, 1);
  g_assert_cmpuint (pc_layout_slice (&level, 0, 1, 10, NULL, 0, part), ==, 0);
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
  g_test_add_func ("/layout/very-wide", test_very_wide);
  g_test_add_func ("/layout/narrow", test_narrow);
  g_test_add_func ("/layout/strange", test_strange);
  g_test_add_func ("/layout/arrow", test_arrow);
  g_test_add_func ("/layout/text", test_text);
  g_test_add_func ("/layout/pair", test_pair);
  g_test_add_func ("/layout/beside", test_beside);
  g_test_add_func ("/layout/slice", test_slice);
  g_test_add_func ("/layout/slice-ends", test_slice_ends);
  g_test_add_func ("/layout/metrics", test_metrics);
  return g_test_run ();
}
