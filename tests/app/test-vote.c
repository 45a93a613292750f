/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A class vote in the real window: setting it up, every key, both tallies, the
 * key shown only at the end, the exchange in between, notes, and the file. */

#include "fixture.h"

#include "app/class-vote.h"
#include "app/exam-setup.h"
#include "app/present-window.h"
#include "app/vote-window.h"

#include "quiz/generate.h"
#include "quiz/statistics.h"

#include <glib/gstdio.h>
#include <string.h>

static PcQuizPage *
quiz (void)
{
  return pc_window_get_quiz (window);
}

static PcClassVote *
lead (void)
{
  return pc_quiz_page_get_vote (quiz ());
}

static PcVote *
vote (void)
{
  return pc_class_vote_get_vote (lead ());
}

static PcVoteWindow *
screen (void)
{
  GtkWindow *found = pc_class_vote_get_screen (lead ());

  return found != NULL ? PC_VOTE_WINDOW (found) : NULL;
}

static void
press (guint key)
{
  g_assert_true (pc_class_vote_press (lead (), key, 0));
}

static gboolean
on_screen (const char *text)
{
  return find_label (GTK_WIDGET (screen ()), text) != NULL;
}

static PcItem *
find_item (PcItemType type,
           gboolean   scenario,
           PcBank   **bank)
{
  PcCatalogue *catalogue =
      pc_learning_get_catalogue (pc_window_get_learning (window));

  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i++) {
    const PcPick *pick = pc_catalogue_get (catalogue, i);

    *bank = pick->bank;
    if (pc_item_get_item_type (pick->item) == type &&
        (!scenario || pc_item_get_scenario (pick->item) != NULL))
      return pick->item;
  }
  g_assert_not_reached ();
}

/* As if somebody pressed F11 while the question was asked. */
static PcItem *
begin_with (PcItemType type)
{
  PcBank *bank;
  PcItem *item;

  open_window ();
  item = find_item (type, TRUE, &bank);
  act ("ask", g_variant_new ("(ss)", pc_bank_get_id (bank),
                             pc_item_get_id (item)));
  act ("quiz-vote", NULL);
  g_assert_nonnull (screen ());
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (screen ())));
  g_assert_true (pc_vote_get_item (vote ()) == item);
  return item;
}

static void
end (void)
{
  if (screen () != NULL)
    press (GDK_KEY_Escape);
  g_assert_null (screen ());
  g_assert_null (pc_class_vote_get_notes (lead ()));
  act ("quiz-leave", NULL);
}

static guint
find_right (void)
{
  guint at = 0;

  while (!pc_vote_is_right (vote (), at))
    at++;
  return at;
}

static void
test_setup (void)
{
  open_window ();
  g_action_change_state (find_action ("place"),
                         g_variant_new_string ("quiz"));
  act ("quiz-vote", NULL); /* nothing is asked: which questions? */
  g_assert_cmpstr (pc_quiz_page_get_view (quiz ()), ==, "vote");
  g_assert_false (g_action_get_enabled (find_action ("vote-save")));
  check_names (GTK_WIDGET (window));
  act ("quiz-vote", NULL); /* these */
  g_assert_cmpuint (pc_vote_get_n_questions (vote ()), ==, 5);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (screen ())));
  for (guint i = 0; i < 5; i++) {
    g_assert_true (pc_vote_can_count (pc_vote_get_item (vote ())));
    press (GDK_KEY_x);
  }
  g_assert_cmpint (pc_vote_get_stage (vote ()), ==, PC_VOTE_OVER);
  g_assert_true (on_screen ("Question 5: no vote"));
  press (GDK_KEY_Page_Down);
  end ();
}

/* The same seed asks the same. */
static void
test_seed (void)
{
  PcExamSetup *setup;
  GtkWidget *entry;
  g_autoptr (PcVote) one = NULL;
  g_autoptr (PcVote) again = NULL;

  open_window ();
  act ("quiz-mode", g_variant_new_string ("vote"));
  setup = PC_EXAM_SETUP (gtk_stack_get_visible_child (GTK_STACK (
      find_type (GTK_WIDGET (quiz ()), GTK_TYPE_STACK))));
  entry = find_type (GTK_WIDGET (setup), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), " 4815 ");
  one = pc_exam_setup_make_vote (setup);
  again = pc_exam_setup_make_vote (setup);
  g_assert_cmpuint (pc_vote_get_seed (one), ==, 4815);
  for (guint i = 0; i < 5; i++) {
    g_assert_true (pc_vote_get_item (one) == pc_vote_get_item (again));
    pc_vote_skip (one, 0);
    pc_vote_skip (again, 0);
  }
  gtk_editable_set_text (GTK_EDITABLE (entry), "none");
  g_assert_null (pc_exam_setup_make_vote (setup));
  g_assert_nonnull (find_label (GTK_WIDGET (setup), "The seed is a number"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  act ("quiz-leave", NULL);
}

static void
test_keys (void)
{
  guint n;

  begin_with (PC_ITEM_SINGLE);
  n = pc_vote_get_n_choices (vote ());
  g_assert_cmpuint (pc_vote_window_get_selected (screen ()), ==, 0);
  press (GDK_KEY_b);
  press (GDK_KEY_1);
  press (GDK_KEY_2);
  g_assert_cmpuint (pc_vote_get_hands (vote (), 1, 0), ==, 12);
  press (GDK_KEY_BackSpace);
  g_assert_cmpuint (pc_vote_get_hands (vote (), 1, 0), ==, 1);
  press (GDK_KEY_plus);
  press (GDK_KEY_KP_Add);
  press (GDK_KEY_minus);
  g_assert_cmpuint (pc_vote_get_hands (vote (), 1, 0), ==, 2);
  press (GDK_KEY_Down);
  press (GDK_KEY_7);
  press (GDK_KEY_Up);
  press (GDK_KEY_3); /* begins anew */
  g_assert_cmpuint (pc_vote_get_hands (vote (), 1, 0), ==, 3);
  g_assert_cmpuint (pc_vote_get_hands (vote (), 2, 0), ==, 7);
  for (guint i = 0; i < 2 * n; i++)
    press (GDK_KEY_Up);
  press (GDK_KEY_minus); /* none to take away */
  g_assert_cmpuint (pc_vote_get_hands (vote (), 0, 0), ==, 0);
  /* Neither of those in the question is a hand. */
  g_assert_false (pc_class_vote_press (lead (), GDK_KEY_z, 0));
  g_assert_false (pc_class_vote_press (lead (), GDK_KEY_7,
                                       GDK_CONTROL_MASK));
  g_assert_cmpuint (pc_vote_get_n_hands (vote (), 0), ==, 10);
  check_names (GTK_WIDGET (screen ()));
  end ();
}

static gboolean
is_told (void)
{
  return on_screen ("✓ right");
}

static void
test_course (void)
{
  guint right;
  PcPresenter *presenter;

  begin_with (PC_ITEM_SINGLE);
  presenter = pc_window_get_presenter (window);
  right = find_right ();
  press (GDK_KEY_a + right);
  press (GDK_KEY_4);
  press (GDK_KEY_a + (right + 1) % 2);
  press (GDK_KEY_6);
  g_assert_false (is_told ());
  press (GDK_KEY_Page_Down);
  g_assert_true (on_screen ("4 · 40 %"));
  g_assert_false (is_told ());
  press (GDK_KEY_v);
  g_assert_true (on_screen ("Talk to your neighbour, then vote again"));
  g_assert_false (on_screen ("4 · 40 %")); /* nor what the others did */
  press (GDK_KEY_a + right);
  press (GDK_KEY_9);
  press (GDK_KEY_Page_Down);
  g_assert_true (on_screen ("4 · 40 %"));
  g_assert_true (on_screen ("9 · 100 %"));
  g_assert_false (is_told ());
  press (GDK_KEY_Page_Down);
  g_assert_true (is_told ());
  press (GDK_KEY_Page_Up); /* and away again */
  g_assert_false (is_told ());
  press (GDK_KEY_Page_Down);
  /* The exchange, at its step. */
  press (GDK_KEY_Page_Down);
  wait_until (pc_presenter_get_screen (presenter) != NULL);
  g_assert_cmpstr (pc_scenario_get_id (pc_exchanges_page_get_scenario (
                       page ())),
                   ==, pc_item_get_scenario (pc_vote_get_item (vote ())));
  wait_until (!pc_player_get_playing (player ()));
  g_assert_cmpstr (pc_step_get_mark (pc_timeline_get_step (
                       timeline (), pc_player_get_current (player ()))),
                   ==,
                   pc_item_get_scenario_step (pc_vote_get_item (vote ())));
  /* Past its last step the vote is there again. */
  pc_presenter_press (presenter, GDK_KEY_End, 0);
  pc_presenter_press (presenter, GDK_KEY_Page_Down, 0);
  g_assert_null (pc_presenter_get_screen (presenter));
  g_assert_nonnull (screen ());
  g_assert_cmpint (pc_vote_get_stage (vote ()), ==, PC_VOTE_PLAYED);
  press (GDK_KEY_Page_Up);
  press (GDK_KEY_Page_Down); /* once more, and left by Escape */
  wait_until (pc_presenter_get_screen (presenter) != NULL);
  pc_presenter_press (presenter, GDK_KEY_Escape, 0);
  g_assert_null (pc_presenter_get_screen (presenter));
  press (GDK_KEY_Page_Down);
  g_assert_cmpint (pc_vote_get_stage (vote ()), ==, PC_VOTE_OVER);
  g_assert_true (
      on_screen ("Question 1: 4 of 10 hands right (40 %), then 9 of 9 hands "
                 "right (100 %)"));
  end ();
}

static void
test_notes (void)
{
  PcItem *item;
  GtkWidget *notes;
  char letter[4];

  item = begin_with (PC_ITEM_SINGLE);
  press (GDK_KEY_n);
  notes = GTK_WIDGET (pc_class_vote_get_notes (lead ()));
  g_assert_nonnull (notes);
  wait_until (gtk_widget_get_mapped (notes));
  g_snprintf (letter, sizeof letter, "%c  ", 'A' + find_right ());
  g_assert_nonnull (find_label (notes, letter));
  g_assert_nonnull (find_label (notes, "Question 1 of 1"));
  g_assert_nonnull (find_label (notes, "Next: Show the Answer"));
  press (GDK_KEY_a);
  press (GDK_KEY_plus);
  g_assert_nonnull (find_label (notes, "Next: Close the Vote"));
  gtk_widget_activate_action (notes, "presenter.next", NULL);
  g_assert_cmpint (pc_vote_get_stage (vote ()), ==, PC_VOTE_COUNTED);
  check_names (notes);
  press (GDK_KEY_n);
  g_assert_null (pc_class_vote_get_notes (lead ()));
  press (GDK_KEY_n);
  g_assert_nonnull (item);
  end ();
}

static void
test_number (void)
{
  GtkWidget *entry;

  begin_with (PC_ITEM_NUMBER);
  entry = find_type (GTK_WIDGET (screen ()), GTK_TYPE_ENTRY);
  g_assert_true (gtk_widget_get_mapped (entry));
  g_assert_cmpuint (pc_vote_window_get_selected (screen ()), ==, G_MAXUINT);
  /* They are for the entry. */
  g_assert_false (pc_class_vote_press (lead (), GDK_KEY_9, 0));
  for (guint i = 0; i < 3; i++) {
    gtk_editable_set_text (GTK_EDITABLE (entry), "4711/tcp");
    g_signal_emit_by_name (entry, "activate");
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  }
  gtk_editable_set_text (GTK_EDITABLE (entry), "what");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (on_screen ("Type a number"));
  g_assert_cmpuint (pc_vote_get_n_choices (vote ()), ==, 1);
  press (GDK_KEY_plus);
  g_assert_cmpuint (pc_vote_get_hands (vote (), 0, 0), ==, 4);
  g_assert_true (on_screen ("4711"));
  press (GDK_KEY_Page_Down);
  g_assert_true (on_screen ("4 · 100 %"));
  press (GDK_KEY_Page_Down);
  g_assert_false (is_told ());
  end ();
}

/* Questions that no hand answers are shown, talked about, and told. */
static void
test_other_types (void)
{
  static const PcItemType types[] = { PC_ITEM_MATCH, PC_ITEM_ORDER,
                                      PC_ITEM_FAULT, PC_ITEM_CONFIGURE };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_test_message ("%s", pc_item_type_to_string (types[i]));
    begin_with (types[i]);
    g_assert_true (on_screen ("Think about it"));
    g_assert_false (pc_class_vote_press (lead (), GDK_KEY_7, 0));
    press (GDK_KEY_Page_Down);
    g_assert_cmpint (pc_vote_get_stage (vote ()), ==, PC_VOTE_REVEALED);
    g_assert_true (on_screen ("The answer"));
    end ();
  }
}

/* All of every question can be seen: it fits, or it scrolls. */
static void
test_fits (void)
{
  PcCatalogue *catalogue;
  GtkWidget *scrolled;
  guint n_scroll = 0;
  g_autoptr (GArray) picks = g_array_new (FALSE, FALSE, sizeof (PcPick));

  begin_with (PC_ITEM_SINGLE);
  catalogue = pc_learning_get_catalogue (pc_window_get_learning (window));
  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i += 3)
    g_array_append_vals (picks, pc_catalogue_get (catalogue, i), 1);
  pc_class_vote_start (lead (),
                       pc_vote_new ((const PcPick *) (gpointer) picks->data,
                                    picks->len, 1, g_get_real_time ()));
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (screen ())));
  scrolled = find_type (GTK_WIDGET (screen ()), GTK_TYPE_SCROLLED_WINDOW);
  wait_until (gtk_widget_get_width (scrolled) > 0);
  for (guint i = 0; i < picks->len; i++) {
    GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
        GTK_SCROLLED_WINDOW (scrolled));

    while (g_main_context_iteration (NULL, FALSE))
      ;
    if (gtk_adjustment_get_upper (adjustment) >
        gtk_adjustment_get_page_size (adjustment)) {
      g_assert_cmpfloat (pc_vote_window_get_scale (screen ()), <, 0.51);
      n_scroll++;
    }
    press (GDK_KEY_x);
  }
  g_test_message ("%u of %u scroll", n_scroll, picks->len);
  g_assert_cmpuint (n_scroll, <, picks->len / 10);
  end ();
}

static void
test_save (void)
{
  g_autofree char *path = file_path ("vote.csv");
  g_autoptr (PcStatistics) statistics = pc_statistics_new ();
  g_autoptr (PcProblems) problems = pc_problems_new ();

  begin_with (PC_ITEM_SINGLE);
  press (GDK_KEY_a);
  press (GDK_KEY_8);
  press (GDK_KEY_b);
  press (GDK_KEY_3);
  end ();
  /* The tallies are still there. */
  act ("vote-save-to", g_variant_new_bytestring (path));
  wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  wait_until (seen ("Saved as “vote.csv”."));
  g_assert_true (pc_statistics_add_file (statistics, path, problems));
  pc_statistics_compute (statistics, NULL);
  g_assert_cmpuint (pc_statistics_get_item (statistics, 0)->n, ==, 11);
}

/* Nothing of it is a learner's. */
static void
test_no_record (void)
{
  PcLearning *learning = pc_window_get_learning (window);
  g_autofree char *path = pc_record_dup_default_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PcRecord) record = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  g_assert_true (pc_record_writer_flush (
      pc_learning_get_writer (learning), &error));
  record = pc_record_open (path, &error);
  g_assert_no_error (error);
  answers = pc_record_get_history (record, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, ==, 0);
}

/* -- questions that are made ----------------------------------------------- */

static void
test_ports (void)
{
  PcLearning *learning = pc_window_get_learning (window);
  PcSession *session;
  g_autofree char *first = NULL;
  const char *key;

  open_window ();
  act ("quiz-start", g_variant_new_string (PC_GENERATE_BANK_ID));
  g_assert_cmpstr (pc_quiz_page_get_view (quiz ()), ==, "question");
  session = pc_quiz_page_get_session (quiz ());
  g_assert_cmpuint (pc_session_get_n_total (session), >=, 10);
  first = g_strdup (pc_item_get_id (pc_session_get_item (session)));
  key = pc_item_get_memory_key (pc_session_get_item (session));
  g_assert_true (g_str_has_prefix (key, "svc:"));
  g_assert_null (pc_memories_lookup (pc_learning_get_memory (learning), key));
  act ("quiz-leave", NULL);

  act ("quiz-start", g_variant_new_string (PC_GENERATE_BANK_ID));
  session = pc_quiz_page_get_session (quiz ());
  g_assert_cmpstr (pc_item_get_id (pc_session_get_item (session)), !=,
                   first);
  act ("quiz-leave", NULL);
}

/* An answer to one is remembered like any other. */
static void
test_ports_recorded (void)
{
  PcLearning *learning = pc_window_get_learning (window);
  PcSession *session = NULL;
  PcItem *item = NULL;
  g_autofree char *key = NULL;

  for (guint i = 0; i < 60 && item == NULL; i++) {
    act ("quiz-start", g_variant_new_string (PC_GENERATE_BANK_ID));
    session = pc_quiz_page_get_session (quiz ());
    item = pc_session_get_item (session);
    if (pc_item_get_item_type (item) != PC_ITEM_SINGLE)
      item = NULL;
  }
  g_assert_nonnull (item);
  key = g_strdup (pc_item_get_memory_key (item));
  act ("quiz-choose", g_variant_new_int32 (1));
  act ("quiz-certainty", g_variant_new_string ("fairly"));
  act ("quiz-submit", NULL);
  g_assert_nonnull (
      pc_memories_lookup (pc_learning_get_memory (learning), key));
  g_assert_nonnull (pc_session_get_answer (session));
  act ("quiz-leave", NULL);
}

static void
add (void)
{
  g_test_add_func ("/vote/setup", test_setup);
  g_test_add_func ("/vote/seed", test_seed);
  g_test_add_func ("/vote/keys", test_keys);
  g_test_add_func ("/vote/course", test_course);
  g_test_add_func ("/vote/notes", test_notes);
  g_test_add_func ("/vote/number", test_number);
  g_test_add_func ("/vote/other-types", test_other_types);
  g_test_add_func ("/vote/fits", test_fits);
  g_test_add_func ("/vote/save", test_save);
  g_test_add_func ("/vote/no-record", test_no_record);
  g_test_add_func ("/ports/others-every-time", test_ports);
  g_test_add_func ("/ports/recorded", test_ports_recorded);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add);
}
