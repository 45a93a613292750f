/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What drawing costs, and that it does not depend on the length of the
 * timeline: a diagram of 100,000 steps and one of 100 are scrolled by jumps,
 * each frame's painting is timed.  Prints medians:
 *
 *   diagram-100 paint 2.10 ms
 *   diagram-100000 paint 2.30 ms
 *
 * Needs a display (xvfb-run), and exits with 1 when the long one costs more
 * than three times the short one and more than a frame of 16 ms. */

#include "diagram/diagram.h"

#include <stdlib.h>

#define FRAMES 120
#define FRAME_MS 16.0
#define FACTOR 3.0

typedef struct
{
  gint64  begun;
  GArray *times; /* double, ms */
} Clock;

static PcTimeline *
make_timeline (guint n)
{
  static const char   text[] = "a3 FETCH 2 (FLAGS BODY[HEADER])\r\n";
  PcTimeline         *timeline = pc_timeline_new ("bench", "Bench");
  g_autofree PcStep **steps = g_new (PcStep *, n);

  pc_timeline_add_actor (timeline, "a", "Phone", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "b", "Mail server", PC_ROLE_SERVER, NULL);
  for (guint i = 0; i < n; i++)
    {
      PcSide  from = i % 2 == 0 ? PC_SIDE_CLIENT : PC_SIDE_SERVER;
      PcUnit *unit = pc_unit_new (from, PC_UNIT_COMMAND, "bench", text,
                                  sizeof text - 1);

      pc_unit_finish (unit, "Line", NULL);
      steps[i] = pc_step_new_unit (1, i % 2 == 0 ? "a" : "b",
                                   i % 2 == 0 ? "b" : "a", PC_LAYER_APP, i,
                                   unit, NULL);
    }
  pc_timeline_splice (timeline, steps, n);
  return timeline;
}

static void
before_paint_cb (GdkFrameClock *frames,
                 Clock         *clock)
{
  clock->begun = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *frames,
                Clock         *clock)
{
  double ms = (double) (g_get_monotonic_time () - clock->begun) / 1000;

  g_array_append_val (clock->times, ms);
}

static int
compare_double (gconstpointer a,
                gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* The median of FRAMES frames, each after a jump to somewhere else. */
static double
measure (guint n)
{
  g_autoptr (PcTimeline) timeline = make_timeline (n);
  g_autoptr (PcPlayer)   player = pc_player_new ();
  g_autoptr (GArray)     times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GRand)      random = g_rand_new_with_seed (1);
  Clock                  clock = { .times = times };
  GtkWidget             *window = gtk_window_new ();
  GtkWidget             *diagram = pc_diagram_new ();
  GdkFrameClock         *frames;

  pc_player_set_timeline (player, timeline);
  pc_diagram_set_player (PC_DIAGRAM (diagram), player);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 760);
  gtk_window_set_child (GTK_WINDOW (window), diagram);
  gtk_window_present (GTK_WINDOW (window));
  frames = gtk_widget_get_frame_clock (window);
  g_signal_connect (frames, "before-paint", G_CALLBACK (before_paint_cb),
                    &clock);
  g_signal_connect (frames, "after-paint", G_CALLBACK (after_paint_cb),
                    &clock);

  for (guint done = 0; done < FRAMES; done = times->len)
    {
      pc_player_show_step (player,
                           (guint) g_rand_int_range (random, 0,
                                                     (gint32) n));
      gtk_widget_queue_draw (diagram);
      while (times->len == done)
        g_main_context_iteration (NULL, TRUE);
    }

  gtk_window_destroy (GTK_WINDOW (window));
  g_array_sort (times, compare_double);
  return g_array_index (times, double, times->len / 2);
}

int
main (void)
{
  double few;
  double many;

  gtk_init ();
  few = measure (100);
  g_print ("diagram-100 paint %.2f ms\n", few);
  many = measure (100000);
  g_print ("diagram-100000 paint %.2f ms\n", many);
  return many > FRAME_MS && many > few * FACTOR ? EXIT_FAILURE : EXIT_SUCCESS;
}
