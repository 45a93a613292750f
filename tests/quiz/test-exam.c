/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exams, and how items are chosen for each mode.
 */

#include "bank-text.h"

#include "quiz/choose.h"
#include "quiz/exam.h"

#include "scratch.h"

#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)

/* A bank called @id of @n items in two objectives, difficulty 1 to 5. */
static PcBank *
make_bank (const char *id,
           guint       n)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *whole = NULL;
  PcBank          *bank;

  g_string_append_printf (
      text,
      "{\"format\":\"portcall-question-bank\",\"format_version\":1,"
      "\"id\":\"%s\",\"version\":\"1.0.0\",\"language\":\"en\","
      "\"title\":\"T\",\"license\":{\"spdx\":\"CC0-1.0\"},\"objectives\":["
      "{\"id\":\"%s-a\",\"title\":\"A\"},{\"id\":\"%s-b\",\"title\":\"B\"}],"
      "\"items\":[",
      id, id, id);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        text,
        "%s{\"id\":\"%s-%u\",\"type\":\"single\",\"stem\":\"Which?\","
        "\"difficulty\":%u,\"points\":2,\"objectives\":[\"%s-%s\"],"
        "\"options\":[{\"id\":\"right\",\"text\":\"1\",\"correct\":true,"
        "\"service\":\"imap\"},"
        "{\"id\":\"wrong\",\"text\":\"2\",\"service\":\"%s\"},"
        "{\"id\":\"idea\",\"text\":\"3\",\"misconception\":\"any-port\"},"
        "{\"id\":\"d\",\"text\":\"4\"}]}",
        i > 0 ? "," : "", id, i, 1 + i % 5, id, i % 2 ? "a" : "b",
        i % 2 ? "pop3" : "smtp");
  g_string_append (text, "]}");
  whole = g_string_free (text, FALSE);
  bank = bank_from_text (whole);
  return bank;
}

static PcCatalogue *
make_catalogue (guint imap,
                guint pop3,
                guint smtp,
                guint tftp)
{
  const struct
  {
    const char *id;
    guint       n;
  } rows[] = { { "imap", imap }, { "pop3", pop3 }, { "smtp", smtp },
               { "tftp", tftp } };
  PcCatalogue *catalogue = pc_catalogue_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (rows[i].n > 0) {
      g_autoptr (PcBank) bank = make_bank (rows[i].id, rows[i].n);

      pc_catalogue_add_bank (catalogue, bank);
    }
  }
  return catalogue;
}

static PcPick
get_pick (GArray *picks,
          guint   index)
{
  return g_array_index (picks, PcPick, index);
}

static guint
count_bank (GArray     *picks,
            const char *id)
{
  guint n = 0;

  for (guint i = 0; i < picks->len; i++)
    n += g_str_equal (pc_bank_get_id (get_pick (picks, i).bank), id) ? 1 : 0;
  return n;
}

static PcAnswer
choose (PcItem     *item,
        const char *option)
{
  return (PcAnswer){ .kind = PC_ANSWER_OPTIONS,
                     .options = 1u << pc_item_find_option (item, option) };
}

/* -- choosing -------------------------------------------------------------- */

static void
test_exam_shares (void)
{
  g_autoptr (PcCatalogue) catalogue = make_catalogue (62, 44, 74, 20);
  g_autoptr (GArray) picks = pc_choose_exam (catalogue, 40, 1);
  g_autoptr (GArray) again = pc_choose_exam (catalogue, 40, 1);
  g_autoptr (GArray) other = pc_choose_exam (catalogue, 40, 2);
  g_autoptr (GArray) all = pc_choose_exam (catalogue, 1000, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint by_difficulty[6] = { 0 };
  guint run = 0, n_same = 0;
  const char *last = NULL;

  g_assert_cmpuint (picks->len, ==, 40);
  /* 12.4, 8.8, 14.8, 4 by largest remainder. */
  g_assert_cmpuint (count_bank (picks, "imap"), ==, 12);
  g_assert_cmpuint (count_bank (picks, "pop3"), ==, 9);
  g_assert_cmpuint (count_bank (picks, "smtp"), ==, 15);
  g_assert_cmpuint (count_bank (picks, "tftp"), ==, 4);
  for (guint i = 0; i < 40; i++) {
    PcPick      pick = get_pick (picks, i);
    const char *objective = pc_item_get_objectives (pick.item)[0];

    g_assert_true (g_hash_table_add (seen, pick.item));
    g_assert_true (pick.item == get_pick (again, i).item);
    n_same += pick.item == get_pick (other, i).item ? 1 : 0;
    by_difficulty[pc_item_get_difficulty (pick.item)]++;
    run = g_strcmp0 (objective, last) == 0 ? run + 1 : 1;
    last = objective;
    g_assert_cmpuint (run, <=, 2);
  }
  g_assert_cmpuint (n_same, <, 20);
  for (guint i = 1; i <= 5; i++) {
    g_assert_cmpuint (by_difficulty[i], >=, 6);
    g_assert_cmpuint (by_difficulty[i], <=, 12);
  }
  g_assert_cmpuint (all->len, ==, 200);
}

static void
test_mock_exams (void)
{
  for (guint i = 0; i < PC_N_MOCK_EXAMS; i++) {
    const PcMockExam *exam = pc_choose_get_mock_exam (i);

    g_assert_cmpuint (exam->n_items, >, 0);
    g_assert_cmpuint (exam->pass, <=, 100);
    for (guint k = 0; k < i; k++)
      g_assert_true (pc_choose_get_mock_exam (k)->seed != exam->seed);
  }
}

static void
test_practice (void)
{
  g_autoptr (PcCatalogue) catalogue = make_catalogue (30, 30, 0, 0);
  const PcMemoriesOptions options = { .exam = PC_DAY_NONE };
  const PcPlanOptions   plan = { .today = 1000, .n_new = 10, .seed = 3 };
  g_autoptr (PcMemories) memory = pc_memories_new (&options);
  const PcMemoriesAnswer answer = { .bank = "pop3", .item = "pop3-7",
                                  .key = "pop3-7", .grade = 1,
                                  .time_us = G_USEC_PER_SEC };
  g_autoptr (GArray) picks = NULL;
  g_autoptr (GArray) few = NULL;
  PcSession *session;
  const PcSessionOptions session_options = { .mode = PC_SESSION_PRACTICE };
  PcAnswer wrong;

  pc_memories_add (memory, &answer);
  picks = pc_choose_practice (catalogue, memory, &plan, 0);
  g_assert_cmpuint (picks->len, ==, 11);
  g_assert_cmpstr (pc_item_get_id (get_pick (picks, 0).item), ==, "pop3-7");
  few = pc_choose_practice (catalogue, memory, &plan, 5);
  g_assert_cmpuint (few->len, ==, 5);
  /* A session over several banks; what is wrong comes back after three. */
  session = pc_session_new_from_picks ((PcPick *) (gpointer) picks->data,
                                       picks->len, &session_options);
  g_assert_cmpstr (pc_bank_get_id (pc_session_get_bank (session)), ==, "pop3");
  wrong = choose (pc_session_get_item (session), "wrong");
  g_assert_true (pc_session_answer (session, &wrong, 1, 1)->bank ==
                 get_pick (picks, 0).bank);
  for (guint i = 0; i < 4; i++)
    g_assert_true (pc_session_next (session));
  g_assert_true (pc_session_get_retry (session));
  g_assert_true (pc_session_get_item (session) == get_pick (picks, 0).item);
  /* And so do the three that were left blank. */
  g_assert_cmpuint (pc_session_get_n_total (session), ==, 15);
  pc_session_free (session);
}

static void
test_placement (void)
{
  g_autoptr (PcCatalogue) catalogue = make_catalogue (20, 20, 20, 20);
  g_autoptr (GArray) picks = pc_choose_placement (catalogue, 9);
  const PcMemoriesOptions options = { .exam = PC_DAY_NONE };
  g_autoptr (PcMemories) memory = pc_memories_new (&options);
  PcPlacementAnswer answers[20];
  g_autoptr (GArray) facts = NULL;
  guint n_easy = 0;

  g_assert_cmpuint (picks->len, ==, 20);
  for (guint i = 0; i < 20; i++) {
    g_assert_cmpuint (pc_item_get_difficulty (get_pick (picks, i).item), ==,
                      1 + i / 4);
    answers[i] = (PcPlacementAnswer){ .pick = get_pick (picks, i) };
  }
  g_assert_cmpuint (count_bank (picks, "tftp"), ==, 5);
  /* IMAP right up to 3, a lucky 5; POP3 all guessed; SMTP all; TFTP none. */
  for (guint i = 0; i < 20; i++) {
    guint level = 1 + i / 4;

    answers[i].correct = i % 4 == 0 ? level != 4
                                    : i % 4 == 1 || i % 4 == 2;
    answers[i].guessed = i % 4 == 1;
  }
  g_assert_cmpuint (pc_choose_get_level (answers, 20, "imap"), ==, 3);
  g_assert_cmpuint (pc_choose_get_level (answers, 20, "pop3"), ==, 0);
  g_assert_cmpuint (pc_choose_get_level (answers, 20, "smtp"), ==, 5);
  g_assert_cmpuint (pc_choose_get_level (answers, 20, "tftp"), ==, 0);
  facts = pc_choose_assume (catalogue, memory, answers, 20);
  /* 4 items of each difficulty, one of each was asked. */
  g_assert_cmpuint (facts->len, ==, 9 + 15);
  for (guint i = 0; i < facts->len; i++) {
    const PcRecordAssumption *fact = &g_array_index (facts,
                                                     PcRecordAssumption, i);

    n_easy += fact->grade == 4 ? 1 : 0;
    for (guint k = 0; k < 20; k++)
      g_assert_cmpstr (fact->key, !=,
                       pc_item_get_memory_key (answers[k].pick.item));
  }
  g_assert_cmpuint (n_easy, ==, 6 + 12);
}

static void
add_answer (PcRecord   *record,
            const char *key,
            const char *chosen,
            const char *misconception,
            gboolean    correct)
{
  const PcRecordAnswer answer = { .item = key, .memory_key = key, .grade = 1,
                                  .right_service = "imap",
                                  .chosen_service = chosen,
                                  .misconception = misconception,
                                  .correct = correct };

  g_assert_cmpint (pc_record_add (record, &answer, NULL), >, 0);
}

static void
test_drill (void)
{
  g_autofree char *dir = g_dir_make_tmp ("portcall-drill-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "record.db", NULL);
  PcRecord *record = pc_record_open (path, NULL);
  g_autoptr (PcCatalogue) catalogue = make_catalogue (20, 0, 0, 0);
  g_autoptr (GArray) confusions = NULL;
  g_autoptr (GArray) picks = NULL;
  g_autoptr (GArray) none = NULL;
  const PcConfusion *confusion;

  add_answer (record, "k1", "pop3", NULL, FALSE);
  add_answer (record, "k2", "pop3", NULL, FALSE);
  add_answer (record, "k2", NULL, "any-port", FALSE);
  add_answer (record, "k3", "smtp", NULL, FALSE);
  add_answer (record, "k3", NULL, NULL, TRUE); /* put right since */
  add_answer (record, "k9", NULL, NULL, TRUE); /* says nothing of others */
  confusions = pc_choose_find_confusions (record, NULL);
  g_assert_cmpuint (confusions->len, ==, 2);
  confusion = &g_array_index (confusions, PcConfusion, 0);
  g_assert_cmpstr (confusion->right, ==, "imap");
  g_assert_cmpstr (confusion->chosen, ==, "pop3");
  g_assert_cmpuint (confusion->n, ==, 2);
  confusion = &g_array_index (confusions, PcConfusion, 1);
  g_assert_cmpstr (confusion->misconception, ==, "any-port");
  picks = pc_choose_drill (catalogue, confusions, 6, 1);
  g_assert_cmpuint (picks->len, ==, 6);
  for (guint i = 0; i < 6; i += 2)
    g_assert_cmpstr (pc_item_get_option_service (get_pick (picks, i).item, 1),
                     ==, "pop3");
  g_array_set_size (confusions, 0);
  none = pc_choose_drill (catalogue, confusions, 6, 1);
  g_assert_cmpuint (none->len, ==, 0);
  pc_record_close (record);
  remove_tree (dir);
}

/* -- exams ----------------------------------------------------------------- */

typedef struct
{
  PcCatalogue *catalogue;
  GArray      *picks;
  PcExam      *exam;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  const PcExamOptions options = { .title = "Exam", .sheet = "7F3A-22",
                                  .seed = G_GUINT64_CONSTANT (1) << 63,
                                  .minutes = 10, .extra = 50, .pass = 75 };

  self->catalogue = make_catalogue (10, 10, 0, 0);
  self->picks = pc_choose_exam (self->catalogue, 8, 4);
  self->exam = pc_exam_new ((PcPick *) (gpointer) self->picks->data, 8,
                            &options, 0);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  pc_exam_free (self->exam);
  g_array_unref (self->picks);
  pc_catalogue_free (self->catalogue);
}

static void
answer (PcExam     *exam,
        guint       index,
        const char *option)
{
  const PcAnswer given = choose (pc_exam_get_pick (exam, index)->item, option);

  g_assert_true (pc_exam_answer (exam, index, &given, PC_CERTAINTY_SURE, 10));
}

static void
test_course (Fixture      *self,
             gconstpointer data)
{
  const PcAnswer   blank = { .kind = PC_ANSWER_BLANK };
  PcSessionSummary summary;
  g_autoptr (GArray) objectives = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const PcRecordAnswer *row;
  PcAnswer late;

  for (guint i = 0; i < 8; i++)
    answer (self->exam, i, "right");
  answer (self->exam, 3, "wrong"); /* changed */
  g_assert_true (pc_exam_answer (self->exam, 5, &blank, 0, 10));
  answer (self->exam, 6, "wrong");
  answer (self->exam, 6, "right");
  pc_exam_set_flagged (self->exam, 2, TRUE);
  g_assert_true (pc_exam_get_flagged (self->exam, 2));
  g_assert_cmpuint (pc_exam_get_n_answered (self->exam), ==, 7);
  g_assert_false (pc_exam_is_answered (self->exam, 5));
  g_assert_cmpstr (pc_exam_get_choice (self->exam, 3), ==, "wrong");
  g_assert_cmpstr (pc_exam_get_choice (self->exam, 5), ==, "");
  pc_exam_submit (self->exam, 3 * MINUTE);
  g_assert_true (pc_exam_is_over (self->exam));
  g_assert_false (pc_exam_ran_out (self->exam));
  g_assert_cmpint (pc_exam_get_used (self->exam), ==, 3 * MINUTE);
  /* Nothing is changed any more. */
  late = choose (pc_exam_get_pick (self->exam, 3)->item, "right");
  g_assert_false (pc_exam_answer (self->exam, 3, &late, 0, 0));
  pc_exam_summarize (self->exam, &summary);
  g_assert_cmpuint (summary.n_items, ==, 8);
  g_assert_cmpuint (summary.n_answered, ==, 7);
  g_assert_cmpuint (summary.n_correct, ==, 6);
  g_assert_cmpfloat (summary.points, ==, 12);
  g_assert_cmpfloat (summary.points_max, ==, 16);
  g_assert_cmpfloat (pc_exam_get_score (self->exam), ==, 75);
  g_assert_true (pc_exam_has_passed (self->exam));
  objectives = pc_exam_summarize_objectives (self->exam);
  g_assert_cmpuint (objectives->len, ==, 4);
  rows = pc_exam_list_answers (self->exam, "s-1", "exam", 99);
  g_assert_cmpuint (rows->len, ==, 8);
  row = g_ptr_array_index (rows, 3);
  g_assert_cmpstr (row->choice, ==, "wrong");
  g_assert_cmpstr (row->key, ==, "right");
  g_assert_cmpstr (row->right_service, ==, "imap");
  g_assert_cmpstr (row->sheet, ==, "7F3A-22");
  g_assert_cmpuint (row->number, ==, 4);
  g_assert_cmpuint (row->grade, ==, 1);
  g_assert_cmpint (row->taken_us, ==, 20);
  row = g_ptr_array_index (rows, 5);
  g_assert_cmpuint (row->grade, ==, 0); /* blank: nothing of memory */
  g_assert_cmpstr (row->choice, ==, "");
}

static void
test_clock (Fixture      *self,
            gconstpointer data)
{
  answer (self->exam, 0, "right");
  g_assert_false (pc_exam_tick (self->exam, 14 * MINUTE));
  g_assert_cmpint (pc_exam_get_left (self->exam), ==, MINUTE);
  /* A clock that goes back takes nothing, and gives nothing. */
  g_assert_false (pc_exam_tick (self->exam, 1 * MINUTE));
  g_assert_cmpint (pc_exam_get_left (self->exam), ==, MINUTE);
  g_assert_false (pc_exam_tick (self->exam, 2 * MINUTE - 1));
  g_assert_cmpint (pc_exam_get_left (self->exam), ==, 1);
  /* Ten minutes and half as much more are over: handed in, once. */
  g_assert_true (pc_exam_tick (self->exam, 2 * MINUTE));
  g_assert_false (pc_exam_tick (self->exam, 3 * MINUTE));
  g_assert_true (pc_exam_is_over (self->exam));
  g_assert_true (pc_exam_ran_out (self->exam));
  g_assert_false (pc_exam_has_passed (self->exam));
  g_assert_cmpfloat (pc_exam_get_score (self->exam), ==, 12.5);
}

static void
test_no_limit (Fixture      *self,
               gconstpointer data)
{
  const PcExamOptions options = { .seed = 1 };
  g_autoptr (PcExam) exam = pc_exam_new (
      (PcPick *) (gpointer) self->picks->data, 8, &options, 0);

  g_assert_false (pc_exam_tick (exam, 1000000 * MINUTE));
  g_assert_cmpint (pc_exam_get_left (exam), ==, G_MAXINT64);
}

/* After a crash all is as it was: answers, flags, order of options, the time
 * used; time away is not counted. */
static void
test_crash (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (PcExam) exam = NULL;
  g_autoptr (GError) error = NULL;

  answer (self->exam, 0, "right");
  answer (self->exam, 4, "idea");
  pc_exam_set_flagged (self->exam, 4, TRUE);
  pc_exam_set_position (self->exam, 5);
  pc_exam_tick (self->exam, 4 * MINUTE);
  text = pc_exam_to_text (self->exam);
  exam = pc_exam_new_from_text (text, self->catalogue, 1000 * MINUTE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pc_exam_get_n_items (exam), ==, 8);
  g_assert_cmpuint (pc_exam_get_position (exam), ==, 5);
  g_assert_cmpuint (pc_exam_get_n_resumed (exam), ==, 1);
  g_assert_cmpstr (pc_exam_get_options (exam)->sheet, ==, "7F3A-22");
  g_assert_false (pc_exam_tick (exam, 1001 * MINUTE));
  g_assert_cmpint (pc_exam_get_left (exam), ==, 10 * MINUTE);
  for (guint i = 0; i < 8; i++) {
    g_autofree char *before = pc_session_dup_option_order (
        pc_exam_get_session (self->exam, i));
    g_autofree char *after = pc_session_dup_option_order (
        pc_exam_get_session (exam, i));

    g_assert_true (pc_exam_get_pick (exam, i)->item ==
                   pc_exam_get_pick (self->exam, i)->item);
    g_assert_cmpstr (before, ==, after);
    g_assert_cmpstr (pc_exam_get_choice (exam, i), ==,
                     pc_exam_get_choice (self->exam, i));
    g_assert_cmpuint (pc_exam_get_certainty (exam, i), ==,
                      pc_exam_get_certainty (self->exam, i));
    g_assert_cmpint (pc_exam_get_flagged (exam, i), ==, i == 4);
  }
  pc_exam_submit (exam, 1001 * MINUTE);
  pc_exam_submit (self->exam, 4 * MINUTE);
  g_assert_cmpfloat (pc_exam_get_score (exam), ==,
                     pc_exam_get_score (self->exam));
}

/* Any text: an exam or a reason, never a crash. */
static void
test_bad_texts (Fixture      *self,
                gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (PcCatalogue) other = make_catalogue (1, 0, 0, 0);
  g_autoptr (GError) error = NULL;
  gsize len;

  answer (self->exam, 0, "right");
  text = pc_exam_to_text (self->exam);
  g_assert_null (pc_exam_new_from_text (text, other, 0, &error));
  g_assert_nonnull (strstr (error->message, "is not there any more"));
  len = strlen (text);
  for (guint i = 0; i < 3000; i++) {
    g_autofree char *changed = g_strdup (text);
    g_autoptr (GError) reason = NULL;
    PcExam *exam;

    if (i < len)
      changed[i] = '\0';
    else
      changed[g_test_rand_int_range (0, len)] = g_test_rand_int_range (1, 127);
    exam = pc_exam_new_from_text (changed, self->catalogue, 0, &reason);
    g_assert_true ((exam == NULL) == (reason != NULL));
    if (exam != NULL) {
      pc_exam_tick (exam, MINUTE);
      pc_exam_submit (exam, MINUTE);
      g_assert_cmpfloat (pc_exam_get_score (exam), <=, 100);
    }
    pc_exam_free (exam);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/choose/exam-shares", test_exam_shares);
  g_test_add_func ("/choose/mock-exams", test_mock_exams);
  g_test_add_func ("/choose/practice", test_practice);
  g_test_add_func ("/choose/placement", test_placement);
  g_test_add_func ("/choose/drill", test_drill);
#define ADD(path, func) \
  g_test_add ("/exam/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("course", test_course);
  ADD ("clock", test_clock);
  ADD ("no-limit", test_no_limit);
  ADD ("crash", test_crash);
  ADD ("bad-texts", test_bad_texts);
  return g_test_run ();
}
