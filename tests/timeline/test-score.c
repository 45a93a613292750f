/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two timelines in step: which steps share a beat, where each half is at any
 * position, and what their exchanges cost. */

#include "timeline/duet.h"
#include "timeline/totals.h"

#include "base/limits.h"

#include <string.h>

static const PcNarration narrations[] = {
  { "r.a", "A", "", { { 1, NULL } } }, { "r.b", "B", "", { { 1, NULL } } },
  { "r.c", "C", "", { { 1, NULL } } }, { "r.d", "D", "", { { 1, NULL } } },
  { "r.e", "E", "", { { 1, NULL } } },
};

static PcStep *
new_step (char   word,
          gint64 time)
{
  gboolean server = g_ascii_isupper (word);
  char     rule[] = "r.a";
  PcUnit  *unit;

  rule[2] = g_ascii_tolower (word);
  unit = pc_unit_new (server ? PC_SIDE_SERVER : PC_SIDE_CLIENT,
                      server ? PC_UNIT_REPLY : PC_UNIT_COMMAND,
                      narrations[rule[2] - 'a'].rule, "12345", 5);
  return pc_step_new_unit (1, server ? "server" : "client",
                           server ? "client" : "server", PC_LAYER_APP, time,
                           unit, &narrations[rule[2] - 'a']);
}

/* A letter a step: its rule, and a capital for the server. */
static PcTimeline *
timeline_of (const char *words)
{
  PcTimeline *timeline = pc_timeline_new ("id", "Title");

  pc_timeline_add_actor (timeline, "client", "Client", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "server", "Server", PC_ROLE_SERVER, NULL);
  for (guint i = 0; words[i] != '\0'; i++)
    pc_timeline_take_step (timeline, new_step (words[i], i));
  pc_timeline_set_outcome (timeline, PC_OUTCOME_OK, NULL);
  return timeline;
}

static PcScore *
score_of (const char   *left,
          const char   *right,
          const PcBeat *pairs,
          guint         n_pairs)
{
  g_autoptr (PcTimeline) a = timeline_of (left);
  g_autoptr (PcTimeline) b = timeline_of (right);

  return pc_score_new (a, b, pairs, n_pairs);
}

/* "aa a- -b": the words of each beat. */
static char *
describe (PcScore    *score,
          const char *left,
          const char *right)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pc_score_get_n_beats (score); i++) {
    const PcBeat *beat = pc_score_get_beat (score, i);
    guint         x = beat->step[PC_HALF_LEFT];
    guint         y = beat->step[PC_HALF_RIGHT];

    g_string_append_printf (text, "%s%c%c%s", i > 0 ? " " : "",
                            x != PC_SCORE_NONE ? left[x] : '-',
                            y != PC_SCORE_NONE ? right[y] : '-',
                            beat->paired ? "!" : "");
  }
  return g_string_free (text, FALSE);
}

static void
test_beats (void)
{
  static const struct
  {
    const char *left;
    const char *right;
    PcBeat      pairs[3];
    guint       n_pairs;
    const char *beats;
  } rows[] = {
    { "", "", { { { 0, 0 }, FALSE } }, 0, "" },
    { "aB", "", { { { 0, 0 }, FALSE } }, 0, "a- B-" },
    { "", "aB", { { { 0, 0 }, FALSE } }, 0, "-a -B" },
    { "aBcD", "aBcD", { { { 0, 0 }, FALSE } }, 0, "aa BB cc DD" },
    /* one side has a handshake more */
    { "aBcD", "aBeEcD", { { { 0, 0 }, FALSE } }, 0, "aa BB -e -E cc DD" },
    { "aBeEcD", "aBcD", { { { 0, 0 }, FALSE } }, 0, "aa BB e- E- cc DD" },
    /* other rules, but the same direction */
    { "aB", "cD", { { { 0, 0 }, FALSE } }, 0, "ac BD" },
    /* never a command beside a reply */
    { "a", "B", { { { 0, 0 }, FALSE } }, 0, "a- -B" },
    /* an author knows better: also that */
    { "aB", "Bc", { { { 0, 0 }, TRUE } }, 1, "aB! B- -c" },
    /* the side with less waits at the mark */
    { "abc", "c", { { { 2, 0 }, TRUE } }, 1, "a- b- cc!" },
    /* two pairs, and what is between them */
    { "aBcD", "aBaBcD", { { { 0, 0 }, TRUE }, { { 2, 4 }, TRUE } }, 2,
      "aa! BB -a -B cc! DD" },
    /* pairs that go back, twice the same, or nowhere are left out */
    { "aBcD", "aBcD",
      { { { 2, 2 }, TRUE }, { { 1, 3 }, TRUE }, { { 9, 3 }, TRUE } }, 3,
      "aa BB cc! DD" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcScore) score = score_of (rows[i].left, rows[i].right,
                                          rows[i].pairs, rows[i].n_pairs);
    g_autofree char *beats = describe (score, rows[i].left, rows[i].right);

    g_test_message ("%s | %s", rows[i].left, rows[i].right);
    g_assert_cmpstr (beats, ==, rows[i].beats);
  }
}

/* Every step of both has one beat, in order, and can be found again; at the
 * end of every beat both halves have shown what came up to it. */
static void
check_whole (PcScore *score)
{
  guint next[PC_N_HALVES] = { 0, 0 };
  guint n = pc_score_get_n_beats (score);

  for (guint i = 0; i < n; i++) {
    const PcBeat *beat = pc_score_get_beat (score, i);

    for (guint half = 0; half < PC_N_HALVES; half++) {
      double before = next[half];

      g_assert_cmpfloat (pc_score_get_position (score, half, i), ==, before);
      if (beat->step[half] != PC_SCORE_NONE) {
        g_assert_cmpuint (beat->step[half], ==, next[half]);
        g_assert_cmpuint (pc_score_find_beat (score, half, next[half]), ==,
                          i);
        next[half]++;
      }
      g_assert_cmpfloat (pc_score_get_position (score, half, i + 0.25), ==,
                         next[half] > before ? before + 0.25 : before);
      g_assert_cmpfloat (pc_score_get_position (score, half, i + 1), ==,
                         next[half]);
    }
    g_assert_true (beat->step[0] != PC_SCORE_NONE ||
                   beat->step[1] != PC_SCORE_NONE);
  }
  for (guint half = 0; half < PC_N_HALVES; half++)
    g_assert_cmpuint (
        next[half], ==,
        pc_timeline_get_n_steps (pc_score_get_half (score, half)));
}

static void
test_chance (void)
{
  static const char letters[] = "aBcDeABCd";

  for (guint round = 0; round < 200; round++) {
    char    words[2][20] = { "", "" };
    PcBeat  pairs[4];
    PcScore *score;

    for (guint half = 0; half < 2; half++)
      for (int i = g_test_rand_int_range (0, 19); i > 0; i--)
        words[half][strlen (words[half])] =
            letters[g_test_rand_int_range (0, sizeof letters - 1)];
    for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
      pairs[i] = (PcBeat){ { (guint) g_test_rand_int_range (0, 20),
                             (guint) g_test_rand_int_range (0, 20) },
                           TRUE };
    g_test_message ("%s | %s", words[0], words[1]);
    score = score_of (words[0], words[1], pairs, G_N_ELEMENTS (pairs));
    check_whole (score);
    pc_score_unref (score);
  }
}

/* Too long to be matched: step by step, and not for minutes. */
static void
test_long (void)
{
  g_autofree char *left = g_strnfill (5000, 'a');
  g_autofree char *right = g_strnfill (7000, 'b');
  g_autoptr (PcScore) score = score_of (left, right, NULL, 0);

  g_assert_cmpuint (pc_score_get_n_beats (score), ==, 7000);
  check_whole (score);
}

/* -- three players --------------------------------------------------------- */

static void
assert_halves (PcDuet *duet,
               double  left,
               double  right)
{
  g_assert_cmpfloat (
      pc_player_get_position (pc_duet_get_player (duet, PC_HALF_LEFT)), ==,
      left);
  g_assert_cmpfloat (
      pc_player_get_position (pc_duet_get_player (duet, PC_HALF_RIGHT)), ==,
      right);
}

static void
test_duet (void)
{
  g_autoptr (PcScore) score = score_of ("aBcD", "aBeEcD", NULL, 0);
  g_autoptr (PcPlayer) leader = pc_player_new ();
  g_autoptr (PcDuet) duet = pc_duet_new (leader);

  g_assert_null (pc_duet_get_beat (duet));
  pc_duet_set_score (duet, score);
  g_assert_null (pc_duet_get_beat (duet));
  assert_halves (duet, 0, 0);
  pc_player_forward (leader);
  pc_player_forward (leader);
  assert_halves (duet, 2, 2);
  /* The left half waits. */
  pc_player_forward (leader);
  assert_halves (duet, 2, 3);
  pc_player_seek (leader, 3.5);
  assert_halves (duet, 2, 3.5);
  pc_player_last (leader);
  assert_halves (duet, 4, 6);
  pc_player_back (leader);
  assert_halves (duet, 3, 5);
  pc_player_first (leader);
  assert_halves (duet, 1, 1);
  g_assert_cmpuint (pc_duet_get_half (duet), ==, PC_HALF_LEFT);

  /* By a click on either side. */
  pc_player_show_step (pc_duet_get_player (duet, PC_HALF_RIGHT), 3);
  g_assert_cmpuint (pc_duet_get_half (duet), ==, PC_HALF_RIGHT);
  assert_halves (duet, 2, 4);
  g_assert_cmpfloat (pc_player_get_position (leader), ==, 4);
  pc_player_show_step (pc_duet_get_player (duet, PC_HALF_LEFT), 2);
  g_assert_cmpuint (pc_duet_get_half (duet), ==, PC_HALF_LEFT);
  assert_halves (duet, 3, 5);
  g_assert_cmpuint (pc_duet_get_beat (duet)->step[PC_HALF_RIGHT], ==, 4);
  /* Back from a wait: the step that is lit there came beats ago. */
  pc_player_seek (leader, 4);
  pc_player_back (pc_duet_get_player (duet, PC_HALF_LEFT));
  assert_halves (duet, 1, 1);
  pc_player_seek (pc_duet_get_player (duet, PC_HALF_LEFT), 0);
  assert_halves (duet, 0, 0);

  pc_duet_set_score (duet, NULL);
  g_assert_null (pc_player_get_timeline (leader));
  g_assert_null (
      pc_player_get_timeline (pc_duet_get_player (duet, PC_HALF_LEFT)));
}

/* Playing: a beat takes as long as the longer of its waits. */
static void
test_play (void)
{
  g_autoptr (PcTimeline) left = timeline_of ("aB");
  g_autoptr (PcTimeline) right = timeline_of ("aB");
  g_autoptr (PcPlayer) leader = pc_player_new ();
  g_autoptr (PcDuet) duet = pc_duet_new (leader);
  g_autoptr (PcScore) score = NULL;

  pc_step_set_wait (pc_timeline_get_step (right, 1), 1000000);
  score = pc_score_new (left, right, NULL, 0);
  pc_duet_set_score (duet, score);
  pc_player_set_playing (leader, TRUE);
  pc_player_advance (leader, PC_PLAYER_STEP_US);
  assert_halves (duet, 1, 1);
  pc_player_advance (leader, (PC_PLAYER_STEP_US + 1000000) / 2);
  assert_halves (duet, 1.5, 1.5);
  pc_player_advance (leader, PC_PLAYER_STEP_US + 1000000);
  assert_halves (duet, 2, 2);
  g_assert_false (pc_player_get_playing (leader));
}

static void
test_timeline (void)
{
  g_autoptr (PcScore) score = score_of ("aB", "aBc", NULL, 0);
  g_autoptr (PcTimeline) beats = pc_score_new_timeline (score);

  g_assert_cmpuint (pc_timeline_get_n_steps (beats), ==, 3);
  for (guint i = 0; i < 3; i++) {
    PcStep *step = pc_timeline_get_step (beats, i);

    g_assert_cmpuint (pc_step_get_number (step), ==, i + 1);
    g_assert_cmpstr (pc_step_get_from (step), ==,
                     i == 1 ? "server" : "client");
    g_assert_cmpint (pc_step_get_time (step), <, 0);
    g_assert_false (pc_timeline_is_lost (beats, step));
  }
  /* The halves are as they were. */
  g_assert_cmpuint (pc_step_get_number (pc_timeline_get_step (
                        pc_score_get_half (score, PC_HALF_RIGHT), 2)),
                    ==, 3);
}

/* -- what differs ---------------------------------------------------------- */

static PcStep *
new_secret (gboolean under_tls)
{
  PcUnit *unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_COMMAND, "r.a",
                              "PASS word", 9);
  PcStep *step;

  pc_unit_add_field (unit, 5, "Verb", NULL);
  pc_unit_add_secret (unit, 4, "Password", NULL);
  unit->client_state = "asked";
  step = pc_step_new_unit (1, "client", "server", PC_LAYER_APP, 10, unit,
                           &narrations[0]);
  if (under_tls) {
    guint8 record[31] = { 23, 3, 3, 0, 26 };

    pc_step_take_wire (step, g_bytes_new (record, sizeof record), 0);
  }
  pc_step_set_arrival (step, 70, PC_FATE_DELIVERED);
  return step;
}

static PcStep *
new_datagram (PcFate fate,
              guint  repeats)
{
  PcUnit *unit = pc_unit_new (PC_SIDE_SERVER, PC_UNIT_DATAGRAM, "r.b",
                              "1234", 4);
  PcStep *step = pc_step_new_unit (2, "server", "client", PC_LAYER_UDP, 20,
                                   unit, &narrations[1]);

  pc_step_set_repeats (step, repeats);
  pc_step_set_arrival (step, fate == PC_FATE_LOST ? -1 : 30, fate);
  return step;
}

static void
test_totals (void)
{
  g_autoptr (PcTimeline) timeline = timeline_of ("");
  PcTotals               totals;

  pc_totals_count (&totals, timeline);
  g_assert_cmpuint (totals.n_turns, ==, 0);
  g_assert_cmpint (totals.duration, ==, 0);
  g_assert_null (totals.client_state);

  pc_timeline_take_step (timeline,
                         pc_step_new_event (1, "client", "server",
                                            PC_LAYER_TCP, 0, "open", "Open",
                                            PC_STATUS_OK, "shut", "open",
                                            NULL));
  pc_timeline_take_step (timeline, new_step ('B', 5));
  pc_timeline_take_step (timeline, new_secret (FALSE));
  pc_timeline_take_step (timeline, new_step ('a', 11));
  pc_timeline_take_step (timeline, new_step ('B', 12));
  pc_timeline_take_step (timeline, new_step ('B', 13));
  pc_timeline_take_step (timeline, new_secret (TRUE));
  pc_timeline_take_step (timeline, new_datagram (PC_FATE_LOST, 0));
  pc_timeline_take_step (timeline, new_datagram (PC_FATE_DELIVERED, 8));
  pc_timeline_take_step (timeline, new_datagram (PC_FATE_DUPLICATE, 0));

  pc_totals_count (&totals, timeline);
  /* The handshake; the greeting; two commands and two words of answer. */
  g_assert_cmpuint (totals.n_turns, ==, 3);
  g_assert_cmpuint (totals.n_messages, ==, 6);
  g_assert_cmpuint (totals.n_datagrams, ==, 2);
  g_assert_cmpuint (totals.n_again, ==, 1);
  /* Four of 5, one of 9, a record of 31 in place of 9, two of 4. */
  g_assert_cmpuint (totals.n_octets, ==, 4 * 5 + 9 + 31 + 8);
  g_assert_cmpint (totals.duration, ==, 70);
  g_assert_cmpuint (totals.n_secrets, ==, 1);
  g_assert_cmpint (totals.outcome, ==, PC_OUTCOME_OK);
  g_assert_cmpstr (totals.client_state, ==, "asked");
  g_assert_cmpstr (totals.server_state, ==, "open");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score/beats", test_beats);
  g_test_add_func ("/score/chance", test_chance);
  g_test_add_func ("/score/long", test_long);
  g_test_add_func ("/score/timeline", test_timeline);
  g_test_add_func ("/duet/steps", test_duet);
  g_test_add_func ("/duet/play", test_play);
  g_test_add_func ("/totals/count", test_totals);
  return g_test_run ();
}
