/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sessions: the same seed gives the same sheet, wrong items come back, and
 * the summary adds up.
 */

#include "bank-text.h"

#include "quiz/session.h"

/* @n items; item i has the objective o(i mod @n_objectives). */
static PcBank *
make_bank (guint n,
           guint n_objectives)
{
  GString         *text = g_string_new ("\"objectives\":[");
  g_autofree char *whole = NULL;

  for (guint i = 0; i < n_objectives; i++)
    g_string_append_printf (text, "%s{\"id\":\"o%u\",\"title\":\"O\"}",
                            i > 0 ? "," : "", i);
  g_string_append (text, "],\"items\":[");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        text,
        "%s{\"id\":\"item-%u\",\"type\":\"single\",\"stem\":\"Which?\","
        "\"points\":2,\"objectives\":[\"o%u\"],\"tags\":[\"%s\"],"
        "\"status\":\"%s\",\"options\":["
        "{\"id\":\"a\",\"text\":\"1\",\"correct\":true},"
        "{\"id\":\"b\",\"text\":\"2\"},{\"id\":\"c\",\"text\":\"3\"},"
        "{\"id\":\"d\",\"text\":\"4\"}]}",
        i > 0 ? "," : "", i, i % n_objectives, i % 2 ? "odd" : "even",
        i == 99 ? "retired" : "draft");
  g_string_append_c (text, ']');
  whole = g_strdup_printf (BANK_TEXT ("%s"), text->str);
  g_string_free (text, TRUE);
  return bank_from_text (whole);
}

static char *
list_items (PcSession *session)
{
  GString *out = g_string_new (NULL);

  while (!pc_session_is_finished (session)) {
    g_autofree char *order = pc_session_dup_option_order (session);

    g_string_append_printf (
        out, "%s:%s ", pc_item_get_id (pc_session_get_item (session)), order);
    pc_session_next (session);
  }
  return g_string_free (out, FALSE);
}

/* -- seeds ----------------------------------------------------------------- */

typedef struct
{
  guint64     seed;
  const char *id;
  guint64     item_seed;
} SeedRow;

/* Worked out apart from this code, from the published definitions of FNV-1a
 * and splitmix64. */
static const SeedRow seed_rows[] = {
  { G_GUINT64_CONSTANT (0x0), "",
    G_GUINT64_CONSTANT (0xc3817c016ba4ff30) },
  { G_GUINT64_CONSTANT (0x0), "imap-143",
    G_GUINT64_CONSTANT (0x4c0df614aafa90d8) },
  { G_GUINT64_CONSTANT (0x11f018be6), "imap-143",
    G_GUINT64_CONSTANT (0xd303dff952881077) },
  { G_GUINT64_CONSTANT (0xffffffffffffffff), "item-0",
    G_GUINT64_CONSTANT (0x6e5efc62033e01e3) },
};

static void
test_item_seed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (seed_rows); i++) {
    g_test_message ("row %u", i);
    g_assert_cmphex (pc_session_item_seed (seed_rows[i].seed,
                                           seed_rows[i].id),
                     ==, seed_rows[i].item_seed);
  }
}

/* What a printed sheet relies on: this must never change. */
static void
test_golden (void)
{
  g_autoptr (PcBank) bank = make_bank (6, 6);
  const PcSessionOptions options = { .mode = PC_SESSION_EXAM,
                                     .seed = 4815162342 };
  g_autoptr (PcSession) session = pc_session_new (bank, &options);
  g_autofree char *list = list_items (session);

  g_assert_cmpstr (list, ==,
                   "item-5:0,1,3,2 item-1:1,3,2,0 "
                   "item-4:0,2,3,1 item-3:2,3,1,0 "
                   "item-2:0,2,1,3 item-0:1,0,3,2 ");
}

static void
test_repeatable (void)
{
  g_autoptr (PcBank) bank = make_bank (40, 4);

  for (guint64 seed = 0; seed < 50; seed++) {
    const PcSessionOptions options = { .mode = PC_SESSION_EXAM, .seed = seed };
    const PcSessionOptions other = { .mode = PC_SESSION_EXAM,
                                     .seed = seed + 1 };
    g_autoptr (PcSession) first = pc_session_new (bank, &options);
    g_autoptr (PcSession) second = pc_session_new (bank, &options);
    g_autoptr (PcSession) third = pc_session_new (bank, &other);
    g_autofree char *first_list = list_items (first);
    g_autofree char *second_list = list_items (second);
    g_autofree char *third_list = list_items (third);

    g_assert_cmpstr (first_list, ==, second_list);
    g_assert_cmpstr (first_list, !=, third_list);
  }
}

/* A new item in the bank leaves the order of the others, and of their
 * options, alone. */
static void
test_stable (void)
{
  g_autoptr (PcBank) small = make_bank (20, 20);
  g_autoptr (PcBank) large = make_bank (25, 25);
  const PcSessionOptions options = { .mode = PC_SESSION_EXAM, .seed = 7 };
  g_autoptr (PcSession) first = pc_session_new (small, &options);
  g_autoptr (PcSession) second = pc_session_new (large, &options);

  while (!pc_session_is_finished (first)) {
    g_autofree char *first_order = pc_session_dup_option_order (first);
    g_autofree char *second_order = NULL;

    while (pc_bank_lookup (small, pc_item_get_id (
                                      pc_session_get_item (second))) == NULL)
      g_assert_true (pc_session_next (second));
    second_order = pc_session_dup_option_order (second);
    g_assert_cmpstr (pc_item_get_id (pc_session_get_item (first)), ==,
                     pc_item_get_id (pc_session_get_item (second)));
    g_assert_cmpstr (first_order, ==, second_order);
    pc_session_next (first);
    pc_session_next (second);
  }
}

/* The right option is as often in each place: chi squared with 3 degrees of
 * freedom stays under its 0.1 % point. */
static void
test_positions (void)
{
  g_autoptr (PcBank) bank = make_bank (90, 9);
  guint  count[4] = { 0 };
  guint  total = 0;
  double chi = 0;

  for (guint64 seed = 0; seed < 100; seed++) {
    const PcSessionOptions options = { .mode = PC_SESSION_EXAM, .seed = seed };
    g_autoptr (PcSession) session = pc_session_new (bank, &options);

    for (; !pc_session_is_finished (session); pc_session_next (session)) {
      guint        n;
      const guint *order = pc_session_get_option_order (session, &n);
      guint        seen = 0;

      g_assert_cmpuint (n, ==, 4);
      for (guint i = 0; i < n; i++) {
        seen |= 1u << order[i];
        if (order[i] == 0)
          count[i]++;
      }
      g_assert_cmpuint (seen, ==, 15);
      total++;
    }
  }
  for (guint i = 0; i < 4; i++) {
    double expected = total / 4.0;

    chi += (count[i] - expected) * (count[i] - expected) / expected;
  }
  g_test_message ("chi squared %f of %u", chi, total);
  g_assert_cmpfloat (chi, <, 16.27);
}

/* -- choosing -------------------------------------------------------------- */

static void
test_interleave (void)
{
  g_autoptr (PcBank) bank = make_bank (60, 3);

  for (guint64 seed = 0; seed < 50; seed++) {
    const PcSessionOptions options = { .mode = PC_SESSION_EXAM, .seed = seed };
    g_autoptr (PcSession) session = pc_session_new (bank, &options);
    const char *last = "";
    guint       run = 0, n = 0, longest = 0;

    for (; !pc_session_is_finished (session); pc_session_next (session)) {
      PcItem     *item = pc_session_get_item (session);
      const char *objective = pc_item_get_objectives (item)[0];

      run = g_str_equal (objective, last) ? run + 1 : 1;
      last = objective;
      n++;
      /* At the very end there may be only one objective left. */
      if (n <= 50)
        longest = MAX (longest, run);
    }
    g_assert_cmpuint (n, ==, 60);
    g_assert_cmpuint (longest, <=, 2);
  }
}

static void
test_choice (void)
{
  static const char *const odd[] = { "odd", NULL };
  static const char *const two[] = { "o1", "o2", NULL };
  static const char *const none[] = { "nothing", NULL };
  g_autoptr (PcBank) bank = make_bank (100, 4);
  const PcSessionOptions all = { .seed = 1 };
  const PcSessionOptions few = { .seed = 1, .n_items = 7 };
  const PcSessionOptions tagged = { .seed = 1, .tags = odd };
  const PcSessionOptions both = { .seed = 1, .objectives = two, .tags = odd };
  const PcSessionOptions empty = { .seed = 1, .tags = none };
  const struct
  {
    const PcSessionOptions *options;
    guint                   n;
  } table[] = {
    { &all, 99 }, { &few, 7 }, { &tagged, 49 }, { &both, 25 }, { &empty, 0 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PcSession) session = pc_session_new (bank, table[i].options);

    g_test_message ("row %u", i);
    g_assert_cmpuint (pc_session_get_n_total (session), ==, table[i].n);
    g_assert_cmpint (pc_session_is_finished (session), ==, table[i].n == 0);
    if (table[i].n == 0) {
      const PcAnswer answer = { .kind = PC_ANSWER_BLANK };

      g_assert_null (pc_session_get_item (session));
      g_assert_null (pc_session_answer (session, &answer, 0, 0));
      g_assert_false (pc_session_next (session));
      g_assert_cmpuint (pc_session_get_position (session), ==, 0);
    }
  }
}

static void
test_keep (void)
{
  g_autoptr (PcBank) bank = make_bank (5, 1);
  const PcSessionOptions options = { .seed = 3, .keep_order = TRUE,
                                     .keep_options = TRUE,
                                     .mode = PC_SESSION_EXAM };
  g_autoptr (PcSession) session = pc_session_new (bank, &options);
  g_autofree char *list = list_items (session);

  g_assert_cmpstr (list, ==,
                   "item-0:0,1,2,3 item-1:0,1,2,3 item-2:0,1,2,3 "
                   "item-3:0,1,2,3 item-4:0,1,2,3 ");
}

/* -- going through --------------------------------------------------------- */

static const PcAnswer right = { .kind = PC_ANSWER_OPTIONS, .options = 1 };
static const PcAnswer wrong = { .kind = PC_ANSWER_OPTIONS, .options = 2 };
static const PcAnswer blank = { .kind = PC_ANSWER_BLANK };

/* Answers as told ("+" right, "-" wrong, "." moves on without); gives the
 * numbers of the items met, those that came back with a "r". */
static char *
go_through (PcSession  *session,
            const char *answers)
{
  GString *out = g_string_new (NULL);

  for (; !pc_session_is_finished (session); answers++) {
    const char *id = pc_item_get_id (pc_session_get_item (session));

    g_string_append_printf (out, "%s%s ", id + strlen ("item-"),
                            pc_session_get_retry (session) ? "r" : "");
    g_assert_cmpint (*answers, !=, '\0');
    if (*answers != '.')
      g_assert_nonnull (pc_session_answer (session,
                                           *answers == '+' ? &right : &wrong,
                                           PC_CERTAINTY_FAIRLY, 1000));
    pc_session_next (session);
  }
  g_assert_cmpint (*answers, ==, '\0');
  return g_string_free (out, FALSE);
}

typedef struct
{
  PcSessionMode mode;
  guint         n;
  const char   *answers;
  const char   *met;
} WayRow;

static const WayRow way_rows[] = {
  { PC_SESSION_PRACTICE, 6, "++++++", "0 1 2 3 4 5 " },
  { PC_SESSION_PRACTICE, 6, "-++++++", "0 1 2 3 0r 4 5 " },
  { PC_SESSION_PRACTICE, 6, "-+++-++", "0 1 2 3 0r 4 5 " }, /* once only */
  { PC_SESSION_PRACTICE, 6, "--++++++", "0 1 2 3 0r 1r 4 5 " },
  { PC_SESSION_PRACTICE, 6, "+++++-+", "0 1 2 3 4 5 5r " },
  { PC_SESSION_PRACTICE, 3, "---+++", "0 1 2 0r 1r 2r " },
  { PC_SESSION_PRACTICE, 5, ".+++++", "0 1 2 3 0r 4 " },
  { PC_SESSION_EXAM, 4, "--.-", "0 1 2 3 " },
};

static void
test_way (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (way_rows); i++) {
    const WayRow *row = &way_rows[i];
    g_autoptr (PcBank) bank = make_bank (row->n, row->n);
    const PcSessionOptions options = { .mode = row->mode, .keep_order = TRUE };
    g_autoptr (PcSession) session = pc_session_new (bank, &options);
    g_autofree char *met = NULL;

    g_test_message ("row %u", i);
    met = go_through (session, row->answers);
    g_assert_cmpstr (met, ==, row->met);
  }
}

static void
test_answer_once (void)
{
  g_autoptr (PcBank) bank = make_bank (2, 2);
  const PcSessionOptions options = { .mode = PC_SESSION_PRACTICE };
  g_autoptr (PcSession) session = pc_session_new (bank, &options);
  const PcSessionAnswer *answer;

  g_assert_cmpuint (pc_session_get_position (session), ==, 1);
  g_assert_null (pc_session_get_answer (session));
  pc_session_use_hint (session);
  answer = pc_session_answer (session, &right, PC_CERTAINTY_SURE, 5);
  g_assert_nonnull (answer);
  g_assert_true (answer->hinted);
  g_assert_true (answer->grade.correct);
  g_assert_cmpint (answer->time_us, ==, 5);
  g_assert_true (answer == pc_session_get_answer (session));
  g_assert_null (pc_session_answer (session, &wrong, PC_CERTAINTY_SURE, 5));
  g_assert_true (pc_session_next (session));
  g_assert_null (pc_session_get_answer (session));
  answer = pc_session_answer (session, &blank, PC_CERTAINTY_UNASKED, 5);
  g_assert_false (answer->grade.answered);
  g_assert_false (answer->hinted);
  g_assert_cmpuint (pc_session_get_n_total (session), ==, 3);
}

static void
test_summary (void)
{
  g_autoptr (PcBank) bank = make_bank (5, 2);
  const PcSessionOptions options = { .mode = PC_SESSION_PRACTICE,
                                     .keep_order = TRUE };
  g_autoptr (PcSession) session = pc_session_new (bank, &options);
  g_autoptr (GArray) objectives = NULL;
  g_autofree char *met = NULL;
  PcSessionSummary summary;

  pc_session_summarize (session, &summary);
  g_assert_cmpuint (summary.n_items, ==, 5);
  g_assert_cmpuint (summary.n_answered, ==, 0);
  g_assert_cmpfloat (summary.points_max, ==, 10);

  /* 0 wrong, 1 right, 2 left out, 3 right, 0 again right, 4 wrong, 2 again
   * wrong, 4 again right. */
  met = go_through (session, "-+.++--+");
  g_assert_cmpstr (met, ==, "0 1 2 3 0r 4 2r 4r ");
  pc_session_summarize (session, &summary);
  g_assert_cmpuint (summary.n_items, ==, 5);
  g_assert_cmpuint (summary.n_answered, ==, 5);
  g_assert_cmpuint (summary.n_correct, ==, 2);
  g_assert_cmpuint (summary.n_corrected, ==, 2);
  g_assert_cmpfloat (summary.points, ==, 4);
  g_assert_cmpfloat (summary.points_max, ==, 10);
  g_assert_cmpfloat (summary.certainty_mark, ==, 2 + 2 - 2 - 2);
  g_assert_cmpuint (summary.n_certain[PC_CERTAINTY_FAIRLY], ==, 4);
  g_assert_cmpuint (summary.n_certain_correct[PC_CERTAINTY_FAIRLY], ==, 2);
  g_assert_cmpuint (pc_session_get_n_answers (session), ==, 8);

  objectives = pc_session_summarize_objectives (session);
  g_assert_cmpuint (objectives->len, ==, 2);
  g_assert_cmpuint (
      g_array_index (objectives, PcSessionObjective, 0).n_answered, ==, 3);
  g_assert_cmpuint (
      g_array_index (objectives, PcSessionObjective, 0).n_correct, ==, 0);
  g_assert_cmpuint (
      g_array_index (objectives, PcSessionObjective, 1).n_correct, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/item-seed", test_item_seed);
  g_test_add_func ("/session/golden", test_golden);
  g_test_add_func ("/session/repeatable", test_repeatable);
  g_test_add_func ("/session/stable", test_stable);
  g_test_add_func ("/session/positions", test_positions);
  g_test_add_func ("/session/interleave", test_interleave);
  g_test_add_func ("/session/choice", test_choice);
  g_test_add_func ("/session/keep", test_keep);
  g_test_add_func ("/session/way", test_way);
  g_test_add_func ("/session/answer-once", test_answer_once);
  g_test_add_func ("/session/summary", test_summary);
  return g_test_run ();
}
