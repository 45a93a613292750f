/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each scenario of TFTP is there to show, step by step in memory, and in
 * a few numbers over both links.
 */

#include "run/run.h"

#include "base/paths.h"
#include "scenario/library.h"

#include <string.h>

static const PcLinkKind links[] = { PC_LINK_MEMORY, PC_LINK_SOCKETS };

static PcTimeline *
run (const char *id,
     PcLinkKind  link)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcLibrary) library = pc_library_new (dir, problems);
  g_autoptr (GError) error = NULL;
  PcTimeline *timeline;

  g_assert_nonnull (pc_library_find (library, id));
  timeline = pc_run_scenario (pc_library_find (library, id), link, &error);
  g_assert_no_error (error);
  return timeline;
}

/* -- who says what --------------------------------------------------------- */

typedef struct
{
  const char *scenario;
  const char *story; /* C client, S server, ? somebody else */
} Row;

static const Row rows[] = {
  { "tftp-access-refused",
    "C rrq; S error.access; " },
  { "tftp-disk-full",
    "C wrq; S ack.zero; C data; S ack; C data; S ack; C data; "
    "S fault.answer; S error.full; " },
  { "tftp-duplicate-request",
    "C rrq; C udp.duplicate copied; S data.first; "
    "S stranger.second-server; C ack; C error.tid; S data.last; "
    "C ack.last; " },
  { "tftp-exact-multiple",
    "C rrq; S data.first; C ack; S data; C ack; S data.empty; C ack.last; " },
  { "tftp-final-ack-lost",
    "C rrq; S data.first; C ack; S data.last; C ack.last lost; "
    "S data.again.late; C ack.again.dallying; " },
  { "tftp-final-ack-never",
    "C rrq; S data.only; C ack.last lost; S data.again.late; "
    "C ack.again.dallying lost; S data.again.late; "
    "C ack.again.dallying lost; " },
  { "tftp-firewall-69",
    "C wrq; S ack.zero lost; C wrq.again; S ack.zero lost; C wrq.again; "
    "S ack.zero lost; " },
  { "tftp-get-config",
    "C rrq; S data.first; C ack; S data; C ack; S data.last; C ack.last; " },
  { "tftp-lost-ack",
    "C rrq; S data.first; C ack lost; S data.again; C ack.again; S data; "
    "C ack; S data.last; C ack.last; " },
  { "tftp-lost-block",
    "C rrq; S data.first; C ack; S data lost; S data.again; C ack; "
    "S data.last; C ack.last; " },
  { "tftp-netascii-firmware",
    "C rrq; S data.only; C ack.last; C rrq; S data.only; C ack.last; " },
  { "tftp-nobody-listens",
    "C rrq lost; C rrq.again lost; C rrq.again lost; " },
  { "tftp-not-found",
    "C rrq; S error.not-found; " },
  { "tftp-options-lowered",
    "C rrq.options; S oack.lowered; C ack.options; S data; C ack; "
    "S data.last; C ack.last; " },
  { "tftp-options-refused",
    "C rrq.options; S fault.change; S oack.wrong; C error.oack; " },
  { "tftp-options-unknown",
    "C rrq.options; S data.without-options; C ack; S data.last; "
    "C ack.last; " },
  { "tftp-options",
    "C rrq.options; S oack; C ack.options; S data; S data; S data; S data; "
    "C ack.window; S data; S data.last; C ack.last; " },
  { "tftp-put-config",
    "C wrq; S ack.zero; C data; S ack; C data.last; S ack.last; " },
  { "tftp-put-refused",
    "C wrq; S error.exists; " },
  { "tftp-reordered",
    "C rrq.options; S oack; C ack.options; S data; S data; S data late; "
    "S data; C ack.gap; S data.again.restart; S data.again.window; S data; "
    "S data.last; C ack.last; " },
  { "tftp-server-gone",
    "C wrq; S ack.zero; C data; S ack; C data; S ack; C data lost; "
    "C data.again lost; C data.again lost; " },
  { "tftp-sorcerer-new",
    "C rrq; S data.first; C ack; S data; C ack late; S data.again; "
    "C ack.again; S data; C ack; S data; C ack; S data.last; C ack.last; " },
  { "tftp-sorcerer-old",
    "C rrq; S data.first; C ack; S data; C ack late; S data.again; "
    "C ack.again; S data; S data.again.apprentice; C ack; C ack.again; "
    "S data; S data.again.apprentice; C ack; C ack.again; S data.last; "
    "S data.again.apprentice; C ack.last; C ack.again.dallying lost; " },
  { "tftp-stranger",
    "C rrq; S data.first; C ack; ? fault.inject; ? stranger; S data; "
    "C error.tid; C ack; S data.last; C ack.last; " },
  { "tftp-tid",
    "C rrq; S data.only; C ack.last; C rrq; S data.only; C ack.last; " },
  { "tftp-window-loss",
    "C rrq.options; S oack; C ack.options; S data; S data; S data lost; "
    "S data; S data; S data; S data; S data; C ack.gap; "
    "S data.again.restart; S data.again.window; S data.again.window; "
    "S data.again.window; S data.again.window; S data.again.window; "
    "S data; S data; C ack.window; S data.last; C ack.last; " },
};

static char
initial (PcTimeline *timeline,
         PcStep     *step)
{
  const char    *from = pc_step_get_from (step);
  int            at = pc_timeline_find_actor (timeline, from);
  const PcActor *actor = pc_timeline_get_actor (timeline, (guint) at);

  if (strcmp (from, "stranger") == 0)
    return '?';
  return actor->role == PC_ROLE_CLIENT ? 'C' : 'S';
}

static const char *
fate_word (PcStep *step)
{
  switch (pc_step_get_fate (step)) {
  case PC_FATE_LOST:
    return " lost";
  case PC_FATE_LATE:
    return " late";
  case PC_FATE_DUPLICATE:
    return " copied";
  case PC_FATE_DELIVERED:
  default:
    return "";
  }
}

static void
test_stories (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcTimeline) timeline = run (rows[i].scenario, PC_LINK_MEMORY);
    g_autoptr (GString) story = g_string_new (NULL);

    for (guint k = 0; k < pc_timeline_get_n_steps (timeline); k++) {
      PcStep     *step = pc_timeline_get_step (timeline, k);
      const char *rule = pc_step_get_rule (step);

      if (g_str_has_prefix (rule, "tftp."))
        rule += strlen ("tftp.");
      g_string_append_printf (story, "%c %s%s; ", initial (timeline, step),
                              rule, fate_word (step));
    }
    g_test_message ("%s", rows[i].scenario);
    g_assert_cmpstr (story->str, ==, rows[i].story);
  }
}

/* None is left out of the table. */
static void
test_all_told (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcLibrary) library = pc_library_new (dir, problems);
  guint n = 0;

  for (guint i = 0; i < pc_library_get_n (library); i++)
    n += strcmp (pc_scenario_get_protocol (pc_library_get (library, i))->id,
                 "tftp") == 0;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (rows));
}

/* -- the one thing --------------------------------------------------------- */

typedef void (*Lesson) (PcTimeline *timeline);

static PcStep *
find (PcTimeline *timeline,
      const char *mark)
{
  int at = pc_timeline_find_mark (timeline, mark);

  g_assert_cmpint (at, >=, 0);
  return pc_timeline_get_step (timeline, (guint) at);
}

static gsize
size_of (PcStep *step)
{
  return g_bytes_get_size (pc_step_get_bytes (step));
}

/* Both requests to 69; four ports for the rest, none of them 69. */
static void
lesson_tid (PcTimeline *timeline)
{
  guint first = pc_step_get_from_port (find (timeline, "data"));
  guint second = pc_step_get_from_port (find (timeline, "data-2"));

  g_assert_cmpuint (pc_step_get_to_port (find (timeline, "rrq")), ==, 69);
  g_assert_cmpuint (pc_step_get_to_port (find (timeline, "rrq-2")), ==, 69);
  g_assert_cmpuint (first, !=, 69);
  g_assert_cmpuint (second, !=, 69);
  g_assert_cmpuint (first, !=, second);
  g_assert_cmpuint (pc_step_get_to_port (find (timeline, "ack")), ==, first);
  g_assert_cmpuint (pc_step_get_from_port (find (timeline, "rrq")), !=,
                    pc_step_get_from_port (find (timeline, "rrq-2")));
}

static void
lesson_exact (PcTimeline *timeline)
{
  g_assert_cmpuint (size_of (find (timeline, "data-2")), ==, 4 + 512);
  g_assert_cmpuint (size_of (find (timeline, "empty")), ==, 4);
}

/* A block that is sent again is the same, and says which it repeats. */
static void
lesson_lost_ack (PcTimeline *timeline)
{
  PcStep *data = find (timeline, "data-1");
  PcStep *again = find (timeline, "again");

  g_assert_true (g_bytes_equal (pc_step_get_bytes (data),
                                pc_step_get_bytes (again)));
  g_assert_cmpuint (pc_step_get_repeats (again), ==,
                    pc_step_get_number (data));
  g_assert_cmpint (pc_step_get_wait (again), >=, 250 * 1000);
}

/* The server is not done before it hears so. */
static void
lesson_final_ack (PcTimeline *timeline)
{
  g_assert_cmpstr (pc_step_get_server_state (find (timeline, "lost")), ==,
                   "Sending the file");
  g_assert_cmpstr (pc_step_get_client_state (find (timeline, "lost")), ==,
                   "Dallying");
  g_assert_cmpstr (pc_step_get_server_state (find (timeline, "ack-again")),
                   ==, "Closed");
}

static guint
count_data (PcTimeline *timeline)
{
  guint n = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    n += g_str_has_prefix (
        pc_step_get_rule (pc_timeline_get_step (timeline, i)), "tftp.data");

  return n;
}

/* Five blocks: after the first two each one twice, or only the one that the
 * timer sends again. */
static void
lesson_old (PcTimeline *timeline)
{
  g_assert_cmpuint (count_data (timeline), ==, 1 + 4 * 2);
}

static void
lesson_new (PcTimeline *timeline)
{
  g_assert_cmpuint (count_data (timeline), ==, 5 + 1);
}

static void
lesson_options (PcTimeline *timeline)
{
  g_assert_cmpstr (pc_step_get_summary (find (timeline, "oack")), ==,
                   "OACK blksize=1024 timeout=1 tsize=6000 windowsize=4");
  g_assert_cmpuint (size_of (find (timeline, "data-1")), ==, 4 + 1024);
}

static void
lesson_lowered (PcTimeline *timeline)
{
  g_assert_cmpuint (size_of (find (timeline, "data-1")), ==, 4 + 1024);
}

static void
lesson_unknown (PcTimeline *timeline)
{
  g_assert_cmpuint (size_of (find (timeline, "data-1")), ==, 4 + 512);
}

/* All that the ERROR ends is the stranger. */
static void
lesson_stranger (PcTimeline *timeline)
{
  PcStep *stranger = find (timeline, "stranger");
  PcStep *error = find (timeline, "error");

  g_assert_cmpuint (pc_step_get_from_port (stranger), !=,
                    pc_step_get_from_port (find (timeline, "data-1")));
  g_assert_cmpuint (pc_step_get_to_port (error), ==,
                    pc_step_get_from_port (stranger));
  g_assert_cmpstr (pc_step_get_to (error), ==, "stranger");
  g_assert_cmpstr (pc_step_get_server_state (error), ==, "Sending the file");
}

static void
lesson_duplicate (PcTimeline *timeline)
{
  PcStep *first = find (timeline, "data-1");
  PcStep *second = find (timeline, "second");

  g_assert_true (g_bytes_equal (pc_step_get_bytes (first),
                                pc_step_get_bytes (second)));
  g_assert_cmpuint (pc_step_get_from_port (first), !=,
                    pc_step_get_from_port (second));
  g_assert_cmpuint (pc_step_get_to_port (find (timeline, "error")), ==,
                    pc_step_get_from_port (second));
  g_assert_cmpint (pc_step_get_fate (find (timeline, "ack-last")), ==,
                   PC_FATE_DELIVERED);
}

/* All that is not from port 69 is lost, and nothing is from port 69. */
static void
lesson_firewall (PcTimeline *timeline)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep  *step = pc_timeline_get_step (timeline, i);
    gboolean server = initial (timeline, step) == 'S';

    g_assert_cmpuint (server ? pc_step_get_from_port (step) == 69
                             : pc_step_get_to_port (step) != 69,
                      ==, FALSE);
    g_assert_cmpint (pc_step_get_fate (step), ==,
                     server ? PC_FATE_LOST : PC_FATE_DELIVERED);
  }
}

static void
lesson_gone (PcTimeline *timeline)
{
  gint64 first = pc_step_get_wait (find (timeline, "again"));
  gint64 second = pc_step_get_wait (find (timeline, "gives-up"));

  g_assert_cmpint (first, >=, 150 * 1000);
  g_assert_cmpint (second, >=, 2 * 150 * 1000);
}

/* It is port 69 that is closed, and no server waits there. */
static void
lesson_nobody (PcTimeline *timeline)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    g_assert_cmpuint (pc_step_get_to_port (step), ==, 69);
    g_assert_cmpint (pc_step_get_fate (step), ==, PC_FATE_LOST);
    g_assert_cmpstr (pc_step_get_server_state (step), ==, "Closed");
  }
}

static guint
count_octet (PcStep *step,
             guint8  octet)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (pc_step_get_bytes (step), &len);
  guint         n = 0;

  for (gsize i = 4; i < len; i++)
    n += data[i] == octet;
  return n;
}

/* One octet more for each CR and each LF that the file has. */
static void
lesson_netascii (PcTimeline *timeline)
{
  PcStep *right = find (timeline, "right");
  PcStep *ruined = find (timeline, "ruined");
  guint   n = count_octet (right, '\r') + count_octet (right, '\n');

  g_assert_cmpuint (size_of (right), ==, 4 + 240);
  g_assert_cmpuint (size_of (ruined), ==, 4 + 240 + n);
  g_assert_cmpuint (size_of (ruined), ==, 4 + 305);
  g_assert_cmpuint (count_octet (ruined, '\r'), ==, n);
}

static const struct
{
  const char *scenario;
  Lesson      lesson;
} lessons[] = {
  { "tftp-tid", lesson_tid },
  { "tftp-exact-multiple", lesson_exact },
  { "tftp-lost-ack", lesson_lost_ack },
  { "tftp-final-ack-lost", lesson_final_ack },
  { "tftp-sorcerer-old", lesson_old },
  { "tftp-sorcerer-new", lesson_new },
  { "tftp-options", lesson_options },
  { "tftp-options-lowered", lesson_lowered },
  { "tftp-options-unknown", lesson_unknown },
  { "tftp-stranger", lesson_stranger },
  { "tftp-duplicate-request", lesson_duplicate },
  { "tftp-firewall-69", lesson_firewall },
  { "tftp-nobody-listens", lesson_nobody },
  { "tftp-server-gone", lesson_gone },
  { "tftp-netascii-firmware", lesson_netascii },
};

static void
test_lessons (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lessons); i++)
    for (guint k = 0; k < G_N_ELEMENTS (links); k++) {
      g_autoptr (PcTimeline) timeline = run (lessons[i].scenario, links[k]);

      g_test_message ("%s, %u", lessons[i].scenario, k);
      lessons[i].lesson (timeline);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/tftp/stories", test_stories);
  g_test_add_func ("/run/tftp/all-told", test_all_told);
  g_test_add_func ("/run/tftp/lessons", test_lessons);

  return g_test_run ();
}
