/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the diagram costs, and that it does not depend on the length of the
 * timeline.  A conversation of IMAP is recorded through the observer that
 * reads every real one, with 10, 1,000 and 100,000 steps; the diagram is
 * played, and then sent to places anywhere in it, each frame's work timed:
 * the tick, the layout and the painting, by the cairo renderer.  The time is
 * that of the processor, since whatever else runs on the machine is not the
 * diagram's cost.  Prints
 *
 *   diagram-100000 play 0.60 ms
 *   diagram-100000 play-p99 1.10 ms
 *   diagram-jump 2.30 ms
 *   diagram-open 80.00 ms
 *   diagram-step 350 octets
 *   diagram-step-and-rows 360 octets
 *
 * Needs a display (xvfb-run).  Exits with 1 when any of these is more than it
 * may be: see the limits below. */

#include "diagram/diagram.h"
#include "proto/imap/protocol.h"
#include "timeline/recorder.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FEW 1000
#define MANY 100000
#define WARM 30    /* frames that are not counted: fonts, first rows */
#define FRAMES 400 /* that are */
#define JUMPS 200

#define PLAY_MS 2.0       /* median */
#define PLAY_FACTOR 2.0   /* between the cheapest and the dearest */
#define PLAY_P99_MS 8.0
#define JUMP_MS 8.0       /* median */
#define OPEN_MS 1000.0
#define STEP_OCTETS 400.0 /* beside those of the wire */

typedef struct
{
  gint64  begun;
  GArray *times; /* double, ms */
} Clock;

/* -- a recording ---------------------------------------------------------- */

typedef struct
{
  PcRecorder *recorder;
  guint       conn;
  gint64      now;
  gsize       octets;
} Talk;

static void
say (Talk       *talk,
     PcSide      from,
     const char *line)
{
  gsize len = strlen (line);

  talk->now += 300;
  talk->octets += len;
  pc_recorder_sent (talk->recorder, talk->conn, from, talk->now,
                    (const guint8 *) line, len);
  talk->now += 100;
  pc_recorder_arrived (talk->recorder, talk->conn, from, talk->now, len);
}

/* A command and its answers: three steps. */
static void
fetch (Talk *talk,
       guint i)
{
  g_autofree char *ask = g_strdup_printf ("a%u FETCH %u (FLAGS)\r\n", i,
                                          i % 500 + 1);
  g_autofree char *told = g_strdup_printf ("* %u FETCH (FLAGS (\\Seen))\r\n",
                                           i % 500 + 1);
  g_autofree char *done = g_strdup_printf ("a%u OK Fetch completed\r\n", i);

  say (talk, PC_SIDE_CLIENT, ask);
  say (talk, PC_SIDE_SERVER, told);
  say (talk, PC_SIDE_SERVER, done);
}

/* With @n steps.  @octets takes those of the wire. */
static PcTimeline *
record (guint  n,
        gsize *octets)
{
  PcTimeline            *timeline = pc_timeline_new ("bench", "Bench");
  g_autoptr (PcRecorder) recorder = pc_recorder_new (timeline);
  Talk                   talk = { .recorder = recorder };

  pc_timeline_add_actor (timeline, "a", "Phone", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "b", "Mail server", PC_ROLE_SERVER, NULL);
  talk.conn = pc_recorder_open (recorder, &pc_imap_protocol, "a", "b", 0);
  say (&talk, PC_SIDE_SERVER, "* PREAUTH hello\r\n");
  say (&talk, PC_SIDE_CLIENT, "s EXAMINE INBOX\r\n");
  say (&talk, PC_SIDE_SERVER, "* 500 EXISTS\r\n");
  say (&talk, PC_SIDE_SERVER, "s OK [READ-ONLY] done\r\n");
  for (guint i = 1; pc_timeline_get_n_steps (timeline) < n; i++)
    fetch (&talk, i);
  *octets = talk.octets;
  return timeline;
}

/* -- clocks --------------------------------------------------------------- */

/* µs that this thread has had. */
static gint64
get_busy (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* -- a window ------------------------------------------------------------- */

typedef struct
{
  GtkWidget  *window;
  GtkWidget  *diagram;
  PcPlayer   *player;
  Clock       clock;
} Stage;

static void
before_paint_cb (GdkFrameClock *frames,
                 Clock         *clock)
{
  clock->begun = get_busy ();
}

static void
after_paint_cb (GdkFrameClock *frames,
                Clock         *clock)
{
  double ms = (double) (get_busy () - clock->begun) / 1000;

  g_array_append_val (clock->times, ms);
}

static void
await_frame (Stage *stage)
{
  guint done = stage->clock.times->len;

  while (stage->clock.times->len == done)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_stage (Stage      *stage,
            PcTimeline *timeline)
{
  GdkFrameClock *frames;

  stage->player = pc_player_new ();
  stage->clock.times = g_array_new (FALSE, FALSE, sizeof (double));
  stage->window = gtk_window_new ();
  stage->diagram = pc_diagram_new ();
  pc_diagram_set_player (PC_DIAGRAM (stage->diagram), stage->player);
  pc_player_set_timeline (stage->player, timeline);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 900, 760);
  gtk_window_set_child (GTK_WINDOW (stage->window), stage->diagram);
  gtk_window_present (GTK_WINDOW (stage->window));
  frames = gtk_widget_get_frame_clock (stage->window);
  g_signal_connect (frames, "before-paint", G_CALLBACK (before_paint_cb),
                    &stage->clock);
  g_signal_connect (frames, "after-paint", G_CALLBACK (after_paint_cb),
                    &stage->clock);
  await_frame (stage);
}

static void
close_stage (Stage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  g_clear_object (&stage->player);
  g_clear_pointer (&stage->clock.times, g_array_unref);
}

static int
compare_double (gconstpointer a,
                gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
get_part (GArray *times,
          double  part)
{
  g_array_sort (times, compare_double);
  return g_array_index (times, double,
                        (guint) ((double) (times->len - 1) * part));
}

/* -- what is measured ----------------------------------------------------- */

static gboolean
check (const char *what,
       double      value,
       const char *unit,
       double      limit)
{
  g_print ("diagram-%s %.2f %s\n", what, value, unit);
  if (value < limit)
    return TRUE;

  g_printerr ("diagram-%s: must be less than %.2f %s\n", what, limit, unit);
  return FALSE;
}

/* Returns the median; a short timeline is played again and again. */
static double
play (guint     n,
      gboolean *good)
{
  gsize                  octets;
  g_autoptr (PcTimeline) timeline = record (n, &octets);
  Stage                  stage = { 0 };
  g_autofree char       *median = g_strdup_printf ("%u play", n);
  g_autofree char       *p99 = g_strdup_printf ("%u play-p99", n);
  double                 result;

  open_stage (&stage, timeline);
  pc_player_seek (stage.player, n / 2);
  for (guint i = 0; i < WARM + FRAMES; i++)
    {
      pc_player_set_playing (stage.player, TRUE);
      await_frame (&stage);
      if (i + 1 == WARM)
        g_array_set_size (stage.clock.times, 0);
    }

  result = get_part (stage.clock.times, 0.5);
  *good = check (median, result, "ms", PLAY_MS) && *good;
  *good = check (p99, get_part (stage.clock.times, 0.99), "ms",
                 PLAY_P99_MS) && *good;
  close_stage (&stage);
  return result;
}

static gboolean
jump (Stage *stage)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < WARM + JUMPS; i++)
    {
      pc_player_show_step (stage->player,
                           (guint) g_rand_int_range (random, 0, MANY));
      gtk_widget_queue_draw (stage->diagram);
      await_frame (stage);
      if (i + 1 == WARM)
        g_array_set_size (stage->clock.times, 0);
    }

  return check ("jump", get_part (stage->clock.times, 0.5), "ms", JUMP_MS);
}

/* What the allocator has given out. */
static double
get_memory (void)
{
  return (double) mallinfo2 ().uordblks + (double) mallinfo2 ().hblkhd;
}

/* A timeline and its diagram. */
typedef struct
{
  PcTimeline *timeline;
  Stage       stage;
  double      step;  /* octets of memory of the timeline alone, and */
  double      whole; /* with the diagram, but for those of the wire */
  double      took;  /* ms to open the diagram */
} Whole;

static void
open_whole (Whole *whole,
            guint  n)
{
  double before = get_memory ();
  gsize  octets;
  gint64 begun;

  whole->timeline = record (n, &octets);
  whole->step = get_memory () - before - (double) octets;
  begun = get_busy ();
  open_stage (&whole->stage, whole->timeline);
  whole->took = (double) (get_busy () - begun) / 1000;
  whole->whole = get_memory () - before - (double) octets;
}

static void
close_whole (Whole *whole)
{
  close_stage (&whole->stage);
  g_clear_object (&whole->timeline);
}

/* What one step more takes; nothing is freed in between, since what the
 * allocator keeps for later would count. */
static gboolean
open_and_jump (void)
{
  Whole    first;
  Whole    few;
  Whole    many;
  gboolean good;

  memset (&first, 0, sizeof first);
  memset (&few, 0, sizeof few);
  memset (&many, 0, sizeof many);
  open_whole (&first, 10); /* fonts, theme */
  open_whole (&few, FEW);
  open_whole (&many, MANY);
  good = check ("open", many.took, "ms", OPEN_MS);
  good = check ("step", (many.step - few.step) / (MANY - FEW), "octets",
                STEP_OCTETS) && good;
  good = check ("step-and-rows", (many.whole - few.whole) / (MANY - FEW),
                "octets", STEP_OCTETS) && good;
  good = jump (&many.stage) && good;
  close_whole (&first);
  close_whole (&few);
  close_whole (&many);
  return good;
}

int
main (void)
{
  static const guint lengths[] = { 10, FEW, MANY };
  gboolean           good = TRUE;
  double             least = G_MAXDOUBLE;
  double             most = 0;

  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_DEBUG", "gl-disable", TRUE);
  gtk_init ();
  good = open_and_jump ();
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      double median = play (lengths[i], &good);

      least = MIN (least, median);
      most = MAX (most, median);
    }
  good = check ("factor", most / least, "times", PLAY_FACTOR) && good;
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
