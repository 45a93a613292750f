/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modes of the quiz and the page of progress in the real window: what cannot
 * be saved is told and saved later, exams by the clock and from where they
 * were left, several learners, plots and files.  Keys are in drive-quiz.py. */

#include "fixture.h"

#include "app/confirm.h"
#include "app/exam-setup.h"
#include "app/plot.h"

#include <glib/gstdio.h>
#include <string.h>

static PcLearning *
learning (void)
{
  return pc_window_get_learning (window);
}

static PcQuizPage *
quiz (void)
{
  return pc_window_get_quiz (window);
}

static PcExamPage *
exam_page (void)
{
  return pc_quiz_page_get_exam (quiz ());
}

static void
show (const char *place)
{
  g_action_change_state (find_action ("place"), g_variant_new_string (place));
}

static void
flush (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (pc_record_writer_flush (
      pc_learning_get_writer (learning ()), &error));
  g_assert_no_error (error);
}

static void
load (void)
{
  pc_learning_load (learning ());
  flush ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (pc_learning_is_loaded (learning ()));
}

/* Answers of everybody, from the file. */
static GPtrArray *
read_answers (gint64 learner)
{
  g_autofree char *path = pc_record_dup_default_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PcRecord) record = NULL;
  GPtrArray *answers;

  flush ();
  record = pc_record_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (pc_record_set_learner (record, learner, &error));
  answers = pc_record_get_history (record, 0, 0, &error);
  g_assert_no_error (error);
  return answers;
}

static guint
count_answers (gint64 learner)
{
  g_autoptr (GPtrArray) answers = read_answers (learner);

  return answers->len;
}

static PcItem *
find_single (PcBank **bank)
{
  PcCatalogue *catalogue = pc_learning_get_catalogue (learning ());

  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i++) {
    const PcPick *pick = pc_catalogue_get (catalogue, i);

    *bank = pick->bank;
    if (pc_item_get_item_type (pick->item) == PC_ITEM_SINGLE)
      return pick->item;
  }
  g_assert_not_reached ();
}

/* Rightly, so that nothing is mixed up. */
static void
answer_one (const char *certainty)
{
  PcBank *bank;
  PcItem *item = find_single (&bank);
  guint n, key = 0;
  const guint *order;

  act ("ask", g_variant_new ("(ss)", pc_bank_get_id (bank),
                             pc_item_get_id (item)));
  order = pc_session_get_option_order (pc_quiz_page_get_session (quiz ()), &n);
  for (guint i = 0; i < n; i++)
    if (pc_item_get_option_correct (item, order[i]))
      key = i + 1;
  act ("quiz-choose", g_variant_new_int32 ((int) key));
  act ("quiz-certainty", g_variant_new_string (certainty));
  act ("quiz-submit", NULL);
  act ("quiz-leave", NULL);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWindow) shown = g_list_model_get_item (all, i);

    if (GTK_IS_MESSAGE_DIALOG (shown) &&
        gtk_widget_get_visible (GTK_WIDGET (shown)))
      return shown;
  }
  return NULL;
}

static void
answer_dialog (int response)
{
  wait_until (find_dialog () != NULL);
  gtk_dialog_response (GTK_DIALOG (find_dialog ()), response);
  g_assert_null (find_dialog ());
}

/* -- saving --------------------------------------------------------------- */

/* A file is where the folder of the record should be. */
static void
test_unsaved (void)
{
  g_autofree char *folder = file_path ("portcall");

  save ("portcall", "in the way");
  open_window ();
  show ("quiz");
  wait_until (pc_learning_get_problem (learning ()) != NULL);
  g_assert_false (pc_learning_is_loaded (learning ()));
  answer_one ("sure"); /* goes on without a record */
  wait_until (seen (pc_learning_get_problem (learning ())));
  g_assert_true (pc_learning_can_retry (learning ()));
  g_assert_true (seen ("Try Again"));

  /* The window stays, and asks. */
  gtk_window_close (GTK_WINDOW (window));
  answer_dialog (GTK_RESPONSE_CANCEL);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));

  g_assert_cmpint (g_unlink (folder), ==, 0);
  act ("record-retry", NULL);
  wait_until (pc_learning_is_loaded (learning ()));
  wait_until (pc_learning_get_problem (learning ()) == NULL);
  g_assert_false (seen ("Try Again"));
  g_assert_cmpuint (count_answers (1), ==, 1);
}

static void
test_writer (void)
{
  g_autoptr (GPtrArray) answers = NULL;
  const PcRecordAnswer *last;
  PcBank *bank;
  PcItem *item;

  open_window ();
  load ();
  answer_one ("guess");
  answers = read_answers (1);
  g_assert_cmpuint (answers->len, ==, 2);
  last = answers->pdata[0];
  item = find_single (&bank);
  g_assert_cmpstr (last->item, ==, pc_item_get_id (item));
  g_assert_cmpstr (last->bank, ==, pc_bank_get_id (bank));
  g_assert_cmpstr (last->mode, ==, "practice");
  g_assert_cmpuint (last->certainty, ==, PC_CERTAINTY_GUESS);
  g_assert_cmpuint (last->number, ==, 1);
  g_assert_cmpstr (last->type, ==, "single");
  /* At once, without reading it again. */
  g_assert_nonnull (pc_memories_lookup (pc_learning_get_memory (learning ()),
                                      pc_item_get_memory_key (item)));
}

/* -- practice ------------------------------------------------------------- */

static void
test_practice (void)
{
  PcCatalogue *catalogue;
  PcBank *bank;
  guint n_due, n_new;

  open_window ();
  load ();
  catalogue = pc_learning_get_catalogue (learning ());
  bank = pc_catalogue_get_bank (catalogue, 0);
  pc_learning_count (learning (), bank, &n_due, &n_new);
  g_assert_cmpuint (n_due, ==, 0);
  g_assert_cmpuint (n_new, ==, PC_PLAN_NEW_A_DAY - 1); /* one was today */
  act ("quiz-start", g_variant_new_string (pc_bank_get_id (bank)));
  g_assert_cmpstr (pc_quiz_page_get_view (quiz ()), ==, "question");
  g_assert_cmpuint (
      pc_session_get_n_total (pc_quiz_page_get_session (quiz ())), ==, n_new);
  g_assert_true (pc_session_get_bank (pc_quiz_page_get_session (quiz ())) ==
                 bank);
  act ("quiz-leave", NULL);
  g_assert_cmpstr (pc_quiz_page_get_view (quiz ()), ==, "choose");
  /* Nothing was mixed up. */
  act ("quiz-mode", g_variant_new_string ("drill"));
  g_assert_cmpstr (pc_quiz_page_get_view (quiz ()), ==, "choose");
  act ("quiz-start", g_variant_new_string ("no-such-bank"));
  g_assert_cmpstr (pc_quiz_page_get_view (quiz ()), ==, "choose");
}

/* -- exams ---------------------------------------------------------------- */

/* Questions may speak of what is left as well. */
static gboolean
shows_clock (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) &&
      g_regex_match_simple ("^\\d+:\\d\\d left$",
                            gtk_label_get_text (GTK_LABEL (widget)), 0, 0))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_clock (child))
      return TRUE;
  return FALSE;
}

static void
test_exam_clock (void)
{
  guint before;
  gint64 now;

  open_window ();
  load ();
  before = count_answers (1);
  act ("quiz-mode", g_variant_new_string ("exam"));
  g_assert_cmpstr (pc_quiz_page_get_view (quiz ()), ==, "setup");
  g_assert_cmpuint (check_names (GTK_WIDGET (quiz ())), >, 20);
  act ("exam-begin", NULL);
  g_assert_cmpstr (pc_quiz_page_get_view (quiz ()), ==, "exam");
  g_assert_true (pc_exam_page_is_running (exam_page ()));
  now = g_get_monotonic_time ();
  /* Twenty-five minutes, as the form begins with. */
  pc_exam_page_tick (exam_page (), now + 21 * G_TIME_SPAN_MINUTE);
  g_assert_true (pc_exam_page_is_running (exam_page ()));
  wait_until (shows_clock (GTK_WIDGET (window)));
  act ("exam-clock", NULL);
  g_assert_false (shows_clock (GTK_WIDGET (window)));
  act ("exam-clock", NULL);
  pc_exam_page_tick (exam_page (), now + 26 * G_TIME_SPAN_MINUTE);
  g_assert_false (pc_exam_page_is_running (exam_page ()));
  g_assert_cmpstr (pc_exam_page_get_view (exam_page ()), ==, "result");
  g_assert_true (seen ("The time ran out"));
  g_assert_true (seen ("Not passed"));
  g_assert_cmpuint (count_answers (1), ==, before + 20);
  /* What was left blank says nothing of memory. */
  load ();
  g_assert_cmpuint (
      pc_memories_get_n_facts (pc_learning_get_memory (learning ())), ==, 1);
  act ("exam-go", g_variant_new_string ("19"));
  g_assert_cmpstr (pc_exam_page_get_view (exam_page ()), ==, "question");
  /* Every question has something to watch. */
  g_assert_true (g_action_get_enabled (find_action ("quiz-watch")));
  g_assert_cmpuint (check_names (GTK_WIDGET (exam_page ())), >, 25);
  act ("exam-next", NULL);
  g_assert_cmpstr (pc_exam_page_get_view (exam_page ()), ==, "result");
  act ("exam-leave", NULL);
  g_assert_null (pc_exam_page_get_exam (exam_page ()));
  g_assert_cmpstr (pc_quiz_page_get_view (quiz ()), ==, "choose");
}

/* The first question from @from on that digits can answer. */
static guint
find_options (PcExam *exam,
              guint   from)
{
  for (guint i = from; i < pc_exam_get_n_items (exam); i++)
    if (pc_item_get_item_type (pc_exam_get_pick (exam, i)->item) ==
        PC_ITEM_SINGLE)
      return i;
  g_assert_not_reached ();
}

static PcQuestionView *
find_question (void)
{
  /* The exam's, not the one of practice. */
  GtkWidget *found =
      find_type (GTK_WIDGET (exam_page ()), PC_TYPE_QUESTION_VIEW);
  GtkWidget *sibling;

  while (found != NULL && !gtk_widget_get_mapped (found)) {
    sibling = gtk_widget_get_next_sibling (
        gtk_widget_get_parent (gtk_widget_get_parent (found)));
    found = sibling != NULL ? find_type (sibling, PC_TYPE_QUESTION_VIEW)
                            : NULL;
  }
  g_assert_nonnull (found);
  return PC_QUESTION_VIEW (found);
}

static void
go_to (guint index)
{
  g_autofree char *name = g_strdup_printf ("%u", index);

  act ("exam-go", g_variant_new_string (name));
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (find_question ())));
}

static void
test_exam_left (void)
{
  g_autofree char *told = NULL;
  g_autofree char *choice = NULL;
  PcBank *bank;
  PcItem *item = NULL;
  PcExam *exam;
  guint first;

  open_window ();
  load ();
  act ("exam-mock", g_variant_new_string ("mock-2"));
  exam = pc_exam_page_get_exam (exam_page ());
  g_assert_cmpuint (pc_exam_get_n_items (exam), ==, 40);
  first = find_options (exam, 0);
  go_to (first);
  g_assert_true (pc_question_view_choose (find_question (), 2));
  g_assert_true (pc_exam_is_answered (exam, first));
  choice = g_strdup (pc_exam_get_choice (exam, first));
  act ("exam-flag", NULL);
  g_assert_true (pc_exam_get_flagged (exam, first));
  /* Another question would lead away from it. */
  item = find_single (&bank);
  act ("ask", g_variant_new ("(ss)", pc_bank_get_id (bank),
                             pc_item_get_id (item)));
  g_assert_cmpstr (pc_quiz_page_get_view (quiz ()), ==, "exam");

  act ("exam-leave", NULL);
  g_assert_null (pc_exam_page_get_exam (exam_page ()));
  told = pc_learning_describe_exam (learning ());
  g_assert_true (g_str_has_prefix (told, "1 of 40"));
  load (); /* also from the record */
  g_assert_true (seen ("1 of 40"));

  act ("exam-resume", NULL);
  exam = pc_exam_page_get_exam (exam_page ());
  g_assert_cmpuint (pc_exam_get_position (exam), ==, first);
  g_assert_cmpstr (pc_exam_get_choice (exam, first), ==, choice);
  g_assert_true (pc_exam_get_flagged (exam, first));
  g_assert_cmpuint (pc_exam_get_n_resumed (exam), ==, 1);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (find_question ())));
  {
    g_auto (PcAnswer) shown = { .kind = PC_ANSWER_BLANK };
    g_autofree char *text = NULL;

    g_assert_true (pc_question_view_get_answer (find_question (), &shown));
    text = pc_answer_to_string (&shown,
                                pc_exam_get_pick (exam, first)->item);
    g_assert_cmpstr (text, ==, choice);
  }
  act ("exam-leave", NULL);
  act ("exam-discard", NULL);
  g_assert_null (pc_learning_describe_exam (learning ()));
  load ();
  g_assert_null (pc_learning_describe_exam (learning ()));
  g_assert_false (seen ("An exam is not finished"));
}

/* The right option of the question on show. */
static guint
find_right_key (PcExam *exam,
                guint   index)
{
  PcItem *item = pc_exam_get_pick (exam, index)->item;
  guint n;
  const guint *order =
      pc_session_get_option_order (pc_exam_get_session (exam, index), &n);

  for (guint i = 0; i < n; i++)
    if (pc_item_get_option_correct (item, order[i]))
      return i + 1;
  g_assert_not_reached ();
}

/* What was shown to be known is not asked as new. */
static void
test_placement (void)
{
  PcExam *exam;
  guint n_facts, n_right = 0;

  open_window ();
  load ();
  n_facts = pc_memories_get_n_facts (pc_learning_get_memory (learning ()));
  act ("quiz-mode", g_variant_new_string ("placement"));
  exam = pc_exam_page_get_exam (exam_page ());
  g_assert_cmpuint (pc_exam_get_n_items (exam), ==, 20);
  for (guint i = 0; i < 20; i++) {
    if (pc_item_get_item_type (pc_exam_get_pick (exam, i)->item) !=
        PC_ITEM_SINGLE)
      continue;
    go_to (i);
    g_assert_true (pc_question_view_choose (find_question (),
                                            find_right_key (exam, i)));
    pc_question_view_set_certainty (find_question (), PC_CERTAINTY_SURE);
    g_assert_cmpint (pc_exam_get_certainty (exam, i), ==, PC_CERTAINTY_SURE);
    n_right++;
  }
  act ("exam-hand-in", NULL);
  answer_dialog (GTK_RESPONSE_CANCEL);
  g_assert_true (pc_exam_page_is_running (exam_page ()));
  act ("exam-hand-in", NULL);
  answer_dialog (GTK_RESPONSE_ACCEPT);
  g_assert_cmpstr (pc_exam_page_get_view (exam_page ()), ==, "result");
  g_assert_true (seen ("Where you stand"));
  load ();
  g_assert_cmpuint (
      pc_memories_get_n_facts (pc_learning_get_memory (learning ())), >=,
      n_facts + n_right - 1);
  act ("exam-leave", NULL);
}

/* -- learners ------------------------------------------------------------- */

typedef struct
{
  char    *said;
  GError  *error;
  gboolean done;
} Told;

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Told *told = data;

  told->said = pc_learning_do_finish (PC_LEARNING (source), result,
                                      &told->error);
  told->done = TRUE;
}

static gboolean
do_task (PcLearningTask task,
         const char    *text)
{
  Told told = { NULL };
  gboolean fine;

  pc_learning_do_async (learning (), task,
                        pc_learning_get_learner (learning ()), text, told_cb,
                        &told);
  wait_until (told.done);
  fine = told.error == NULL;
  g_assert_true (fine == (told.said != NULL));
  g_clear_error (&told.error);
  g_free (told.said);
  wait_until (pc_learning_is_loaded (learning ()));
  return fine;
}

static void
test_learners (void)
{
  guint before;
  gint64 second;

  open_window ();
  load ();
  before = count_answers (1);
  g_assert_true (do_task (PC_LEARNING_RENAME, "Alex"));
  g_assert_true (do_task (PC_LEARNING_ADD, "Robin"));
  second = pc_learning_get_learner (learning ());
  g_assert_cmpint (second, !=, 1);
  g_assert_cmpuint (pc_learning_get_learners (learning ())->len, ==, 2);
  g_assert_cmpuint (
      pc_memories_get_n_facts (pc_learning_get_memory (learning ())), ==, 0);
  if (settings != NULL)
    g_assert_cmpint (g_settings_get_int64 (settings, "learner"), ==, second);
  g_assert_false (do_task (PC_LEARNING_ADD, "ALEX")); /* taken */
  g_assert_cmpuint (pc_record_writer_get_n_unsaved (
                        pc_learning_get_writer (learning ())),
                    ==, 0);
  answer_one ("fairly");
  g_assert_cmpuint (count_answers (second), ==, 1);
  g_assert_cmpuint (count_answers (1), ==, before);

  pc_learning_set_learner (learning (), 1);
  wait_until (pc_learning_is_loaded (learning ()));
  g_assert_cmpuint (pc_progress_get_n_answers (
                        pc_learning_get_progress (learning ())),
                    ==, before);
  pc_learning_set_learner (learning (), second);
  wait_until (pc_learning_is_loaded (learning ()));
  g_assert_true (do_task (PC_LEARNING_REMOVE, NULL));
  g_assert_cmpint (pc_learning_get_learner (learning ()), ==, 1);
  g_assert_cmpuint (pc_learning_get_learners (learning ())->len, ==, 1);
  g_assert_cmpuint (count_answers (1), ==, before);
  g_assert_false (do_task (PC_LEARNING_REMOVE, NULL)); /* the last one */
}

/* -- progress ------------------------------------------------------------- */

static void
press (GtkWidget *widget,
       guint      key)
{
  g_autoptr (GListModel) controllers =
      gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller =
        g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
  }
}

static void
test_progress (void)
{
  g_autofree char *first = NULL;
  GtkWidget *plot;

  open_window ();
  load ();
  show ("progress");
  wait_until (seen ("answers so far"));
  g_assert_true (seen ("When you were fairly sure") ||
                 seen ("When you guessed"));
  g_assert_cmpuint (
      check_names (GTK_WIDGET (pc_window_get_progress (window))), >, 12);
  plot = find_type (GTK_WIDGET (pc_window_get_progress (window)),
                    PC_TYPE_PLOT_BARS);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (plot),
                                   GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_true (gtk_widget_get_focusable (plot));
  g_assert_nonnull (strstr (pc_plot_get_caption (PC_PLOT (plot)),
                            "within two weeks"));
  press (plot, GDK_KEY_Home);
  first = g_strdup (pc_plot_get_caption (PC_PLOT (plot)));
  g_assert_nonnull (strstr (first, "due"));
  press (plot, GDK_KEY_Left); /* stays */
  g_assert_cmpstr (pc_plot_get_caption (PC_PLOT (plot)), ==, first);
  press (plot, GDK_KEY_Right);
  g_assert_cmpstr (pc_plot_get_caption (PC_PLOT (plot)), !=, first);
  press (plot, GDK_KEY_End);
  press (plot, GDK_KEY_Right);
  plot = find_type (GTK_WIDGET (pc_window_get_progress (window)),
                    PC_TYPE_PLOT_HEAT);
  press (plot, GDK_KEY_End);
  g_assert_nonnull (strstr (pc_plot_get_caption (PC_PLOT (plot)), "answer"));
}

static void
test_exam_day (void)
{
  open_window ();
  load ();
  show ("progress");
  act ("progress-exam-date", g_variant_new_string ("2031-05-20"));
  wait_until (seen ("Your exam is in"));
  if (settings != NULL) {
    g_autofree char *text = g_settings_get_string (settings, "exam-date");

    g_assert_cmpstr (text, ==, "2031-05-20");
  }
  act ("progress-exam-date", g_variant_new_string ("no date"));
  wait_until (seen ("Is there an exam?"));
  g_assert_cmpint (pc_learning_get_exam_day (learning ()), ==, PC_DAY_NONE);
}

static void
test_files (void)
{
  g_autofree char *csv = file_path ("results.csv");
  g_autofree char *json = file_path ("results.json");
  g_autofree char *backup = file_path ("backup.db");
  g_autofree char *text = NULL;
  guint before;

  open_window ();
  load ();
  show ("progress");
  act ("progress-export-to", g_variant_new ("(s^ay)", "csv", csv));
  wait_until (g_file_test (csv, G_FILE_TEST_EXISTS));
  act ("progress-export-to", g_variant_new ("(s^ay)", "json", json));
  wait_until (g_file_test (json, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (csv, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "sheet_id,") ||
                 strstr (text, "sheet_id") != NULL);

  before = count_answers (1);
  g_assert_true (do_task (PC_LEARNING_BACKUP, backup));
  act ("progress-reset", NULL);
  answer_dialog (GTK_RESPONSE_CANCEL);
  g_assert_cmpuint (count_answers (1), ==, before);
  act ("progress-reset", NULL);
  answer_dialog (GTK_RESPONSE_ACCEPT);
  wait_until (count_answers (1) == 0);
  wait_until (seen ("No answers yet"));
  g_assert_true (do_task (PC_LEARNING_RESTORE, backup));
  g_assert_cmpuint (count_answers (1), ==, before);
  wait_until (seen ("answers so far"));
  /* No record: nothing changes, and nothing waits. */
  g_assert_false (do_task (PC_LEARNING_RESTORE, csv));
  g_assert_cmpuint (count_answers (1), ==, before);
}

/* Also what a window that closes leaves. */
static void
test_close (void)
{
  g_autofree char *folder = file_path ("portcall");
  g_autofree char *told = NULL;
  g_autoptr (GDir) open = NULL;
  const char *name;

  open_window ();
  load ();
  act ("exam-mock", g_variant_new_string ("mock-3"));
  close_window ();
  open_window ();
  show ("quiz");
  wait_until (pc_learning_is_loaded (learning ()));
  told = pc_learning_describe_exam (learning ());
  g_assert_nonnull (told);
  wait_until (seen ("An exam is not finished"));
  close_window ();

  open = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

static void
add (void)
{
  g_test_add_func ("/modes/unsaved", test_unsaved);
  g_test_add_func ("/modes/writer", test_writer);
  g_test_add_func ("/modes/practice", test_practice);
  g_test_add_func ("/modes/exam-clock", test_exam_clock);
  g_test_add_func ("/modes/exam-left", test_exam_left);
  g_test_add_func ("/modes/placement", test_placement);
  g_test_add_func ("/modes/learners", test_learners);
  g_test_add_func ("/modes/progress", test_progress);
  g_test_add_func ("/modes/exam-day", test_exam_day);
  g_test_add_func ("/modes/files", test_files);
  g_test_add_func ("/modes/close", test_close);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add);
}
