/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every type of question in the window, answered right and wrong: by the
 * keys' own commands, and by what the widgets offer to those who press them.
 * The bank is the one of tests/quiz. */

#include "fixture.h"

#include "app/answer-kinds.h"
#include "app/form-row.h"
#include "app/match-row.h"
#include "app/order-row.h"
#include "app/part-mark.h"
#include "app/transcript.h"

#include <glib/gstdio.h>

#define BANK "eight-types"

static PcSession *
session (void)
{
  return pc_quiz_page_get_session (pc_window_get_quiz (window));
}

static GtkWidget *
answer_view (void)
{
  return GTK_WIDGET (pc_question_view_get_view (
      pc_quiz_page_get_question (pc_window_get_quiz (window))));
}

static void
ask (const char *item)
{
  open_window ();
  act ("ask", g_variant_new ("(ss)", BANK, item));
  g_assert_cmpstr (pc_item_get_id (pc_session_get_item (session ())), ==,
                   item);
}

static gboolean
can_submit (void)
{
  return g_action_get_enabled (find_action ("quiz-submit"));
}

/* The nth widget of @type below @widget, from 0; NULL when there are less. */
static GtkWidget *
nth_of (GtkWidget *widget,
        GType      type,
        guint     *n)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = nth_of (child, type, n);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
part (GType type,
      guint n)
{
  return nth_of (answer_view (), type, &n);
}

static void
submit (gboolean correct,
        double   fraction)
{
  const PcSessionAnswer *given;

  g_assert_true (can_submit ());
  act ("quiz-certainty", g_variant_new_string ("sure"));
  act ("quiz-submit", NULL);
  given = pc_session_get_answer (session ());
  g_assert_nonnull (given);
  g_assert_cmpint (given->grade.correct, ==, correct);
  g_assert_cmpfloat_with_epsilon (given->grade.fraction, fraction, 1e-9);
  /* What comes next has the focus, and says the verdict. */
  g_assert_true (GTK_IS_BUTTON (gtk_root_get_focus (GTK_ROOT (window))));
  g_assert_true (g_action_get_enabled (find_action ("quiz-next")));
}

static guint
count_seen_marks (void)
{
  guint n = 0;

  for (guint i = 0; part (PC_TYPE_PART_MARK, i) != NULL; i++)
    n += gtk_widget_get_visible (part (PC_TYPE_PART_MARK, i));
  return n;
}

/* -- match ---------------------------------------------------------------- */

static guint
find_right (const char *id)
{
  PcItem *item = pc_session_get_item (session ());
  guint n;
  const guint *order = pc_session_get_order (session (), PC_ITEM_RIGHT, &n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (pc_item_get_choice_id (item, PC_ITEM_RIGHT, order[i]),
                     id))
      return i;
  g_assert_not_reached ();
}

static void
press_digit (guint digit)
{
  act ("quiz-choose", g_variant_new_int32 ((int) digit));
}

static void
test_match (void)
{
  ask ("pairs");
  g_assert_true (PC_IS_MATCH_ANSWER (answer_view ()));
  g_assert_false (can_submit ());
  press_digit (find_right ("p143") + 1);
  press_digit (find_right ("p110") + 1);
  g_assert_false (can_submit ());
  press_digit (find_right ("p25") + 1);
  submit (TRUE, 1);
  g_assert_cmpuint (count_seen_marks (), ==, 3);
  g_assert_false (seen ("wrong; right is"));
}

static void
test_match_wrong (void)
{
  ask ("pairs");
  pc_match_row_set_partner (PC_MATCH_ROW (part (PC_TYPE_MATCH_ROW, 0)),
                            (int) find_right ("p69"));
  pc_match_row_set_partner (PC_MATCH_ROW (part (PC_TYPE_MATCH_ROW, 2)),
                            (int) find_right ("p25"));
  g_assert_false (can_submit ());
  pc_match_row_set_partner (PC_MATCH_ROW (part (PC_TYPE_MATCH_ROW, 1)),
                            (int) find_right ("p110"));
  submit (FALSE, 2 / 3.0);
  g_assert_true (seen ("wrong; right is 143"));
  g_assert_true (seen ("IMAP → 69"));
  g_assert_true (seen ("Right when: A switch fetches a file."));
}

/* -- order ---------------------------------------------------------------- */

static PcOrderRow *
step_row (const char *id)
{
  PcItem *item = pc_session_get_item (session ());

  for (guint i = 0;; i++) {
    PcOrderRow *row = PC_ORDER_ROW (part (PC_TYPE_ORDER_ROW, i));

    if (g_str_equal (pc_item_get_choice_id (item, PC_ITEM_STEPS,
                                            pc_order_row_get_step (row)),
                     id))
      return row;
  }
}

/* As its buttons and Alt+Up do. */
static void
take_to (const char *id,
         guint       place)
{
  PcOrderRow *row = step_row (id);

  while (pc_order_row_get_place (row) > place)
    g_signal_emit_by_name (row, "move", -1);
  while (pc_order_row_get_place (row) < place)
    g_signal_emit_by_name (row, "move", 1);
}

static void
put_in_order (void)
{
  static const char *const steps[] = { "s1", "s3", "s2", "s4", "s5" };

  g_signal_emit_by_name (step_row ("d1"), "toggle");
  g_assert_true (pc_order_row_get_omitted (step_row ("d1")));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    take_to (steps[i], i);
}

static void
test_order (void)
{
  ask ("steps");
  g_assert_true (PC_IS_ORDER_ANSWER (answer_view ()));
  put_in_order ();
  submit (TRUE, 1);
  g_assert_cmpuint (count_seen_marks (), ==, 6);
  g_assert_false (seen ("wrong"));
  /* Nothing moves any more. */
  g_signal_emit_by_name (step_row ("s1"), "move", 1);
  g_assert_cmpuint (pc_order_row_get_place (step_row ("s1")), ==, 0);
}

static void
test_order_wrong (void)
{
  ask ("steps");
  put_in_order ();
  g_signal_emit_by_name (step_row ("d1"), "toggle");
  g_assert_cmpuint (pc_order_row_get_place (step_row ("d1")), ==, 5);
  take_to ("s5", 3);
  /* A digit takes the row with the focus to its place. */
  gtk_widget_grab_focus (GTK_WIDGET (step_row ("d1")));
  press_digit (1);
  g_assert_cmpuint (pc_order_row_get_place (step_row ("d1")), ==, 0);
  act ("quiz-certainty", g_variant_new_string ("guess"));
  act ("quiz-submit", NULL);
  g_assert_false (pc_session_get_answer (session ())->grade.correct);
  g_assert_true (seen ("wrong; this one does not belong here"));
  g_assert_true (seen ("EXPUNGE is IMAP."));
}

/* -- fault ---------------------------------------------------------------- */

static GtkToggleButton *
transcript_line (guint n)
{
  for (guint i = 0;; i++) {
    GtkWidget *button = part (GTK_TYPE_TOGGLE_BUTTON, i);

    if (find_type (button, PC_TYPE_TRANSCRIPT_LINE) != NULL && n-- == 0)
      return GTK_TOGGLE_BUTTON (button);
  }
}

static guint
find_option_key (const char *id)
{
  PcItem *item = pc_session_get_item (session ());
  guint n;
  const guint *order = pc_session_get_order (session (), PC_ITEM_OPTIONS, &n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (pc_item_get_option_id (item, order[i]), id))
      return i + 1;
  g_assert_not_reached ();
}

/* The note has no button, so line 8 is the seventh. */
static void
test_fault (void)
{
  ask ("wrong-line");
  g_assert_true (PC_IS_LINES_ANSWER (answer_view ()));
  g_assert_true (seen ("The desktop deletes the message."));
  g_assert_true (seen ("+OK 283 octets␍␊"));
  press_digit (8); /* the focus is in the lines */
  g_assert_true (gtk_toggle_button_get_active (transcript_line (6)));
  g_assert_false (can_submit ());
}

static void
test_fault_right (void)
{
  ask ("wrong-line");
  gtk_toggle_button_set_active (transcript_line (6), TRUE);
  g_assert_false (can_submit ());
  gtk_widget_grab_focus (answer_view ()); /* to the reasons */
  press_digit (find_option_key ("r1"));
  submit (TRUE, 1);
  g_assert_true (seen ("you found it"));
  g_assert_true (seen ("-ERR Message 1 is deleted␍␊"));
}

static void
test_fault_wrong (void)
{
  ask ("wrong-line");
  gtk_toggle_button_set_active (transcript_line (0), TRUE);
  gtk_widget_grab_focus (answer_view ());
  press_digit (find_option_key ("r1"));
  submit (FALSE, 0.5);
  g_assert_true (seen ("nothing is wrong with this one"));
  g_assert_true (seen ("you missed this one"));
  g_assert_true (seen ("Right when: LIST had told another size."));
}

static void
test_fault_packets (void)
{
  ask ("wrong-packets");
  g_assert_true (seen ("00 04 00 02"));
  g_assert_false (seen ("ACK 2␍␊"));
  gtk_toggle_button_set_active (transcript_line (2), TRUE);
  gtk_toggle_button_set_active (transcript_line (4), TRUE);
  submit (TRUE, 1);
}

/* -- predict -------------------------------------------------------------- */

static void
type_text (const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (part (GTK_TYPE_ENTRY, 0)), text);
}

static void
test_predict (void)
{
  ask ("next-packet");
  g_assert_true (PC_IS_TEXT_ANSWER (answer_view ()));
  g_assert_false (can_submit ());
  type_text ("  ");
  g_assert_false (can_submit ());
  type_text ("ack");
  submit (TRUE, 1);
  ask ("next-packet");
  type_text ("DATA 2");
  submit (FALSE, 0);
  g_assert_true (seen ("Right is ACK."));
}

static void
test_predict_option (void)
{
  ask ("next-code");
  press_digit (find_option_key ("b"));
  submit (FALSE, 0);
  g_assert_true (seen ("250 comes after the dot."));
  g_assert_true (seen ("354 asks for the message."));
}

/* The exchange is opened at the step of the question, and what comes after it
 * is hidden until the answer was given. */
static void
test_watch_up_to (void)
{
  ask ("next-code");
  act ("quiz-watch-up-to", NULL);
  wait_until (pc_exchanges_page_is_idle (page ()));
  g_assert_cmpstr (pc_timeline_get_id (timeline ()), ==, "smtp-submit-587");
  g_assert_cmpint ((int) pc_player_get_current (player ()), ==,
                   pc_timeline_find_mark (timeline (), "data"));
  g_assert_true (pc_exchanges_page_get_hide_future (page ()));
}

/* -- configure ------------------------------------------------------------ */

static void
fill_form (const char *const *values)
{
  for (guint i = 0; values[i] != NULL; i++)
    g_assert_true (pc_form_row_set_value (
        PC_FORM_ROW (part (PC_TYPE_FORM_ROW, i)), values[i]));
}

static void
test_configure (void)
{
  static const char *const right[] = {
    "imap", "993", "tls", "mail.example.test", "587", "starttls", "yes", NULL
  };
  static const char *const wrong[] = {
    "imap", "143", "none", "mail.example.test", "465", "starttls", "yes", NULL
  };

  ask ("account");
  g_assert_true (PC_IS_CONFIGURE_ANSWER (answer_view ()));
  g_assert_cmpstr (pc_form_row_get_value (
                       PC_FORM_ROW (part (PC_TYPE_FORM_ROW, 1))),
                   ==, "143");
  g_assert_false (can_submit ());
  fill_form (right);
  submit (TRUE, 1);
  g_assert_cmpuint (count_seen_marks (), ==, 7);

  ask ("account");
  fill_form (wrong);
  g_assert_true (can_submit ());
  act ("quiz-certainty", g_variant_new_string ("sure"));
  act ("quiz-submit", NULL);
  g_assert_false (pc_session_get_answer (session ())->grade.correct);
  g_assert_true (seen ("It works, but it is not safe"));
  g_assert_true (seen ("465 expects TLS at once."));
  g_assert_true (seen ("wrong; right is 993"));
}

/* -- the rest ------------------------------------------------------------- */

static void
test_number (void)
{
  ask ("typed");
  type_text ("69");
  g_assert_false (can_submit ());
  type_text ("69/udp");
  submit (TRUE, 1);
  ask ("typed");
  type_text ("21/tcp");
  submit (FALSE, 0);
  g_assert_true (seen ("Right when: It is FTP."));
}

static void
test_multiple (void)
{
  ask ("some");
  press_digit (find_option_key ("a"));
  press_digit (find_option_key ("c"));
  press_digit (find_option_key ("c")); /* taken back */
  submit (FALSE, 0.5);
}

/* Goes on to a question with one right option; a session need not have one,
 * since it is drawn anew each time. */
static gboolean
go_to_single (void)
{
  while (pc_item_get_item_type (pc_session_get_item (session ())) !=
         PC_ITEM_SINGLE) {
    if (!pc_session_next (session ()))
      return FALSE;
    pc_question_view_ask (
        pc_quiz_page_get_question (pc_window_get_quiz (window)), session ());
  }
  return TRUE;
}

/* A related question comes in between; the session goes on after it. */
static void
test_related (void)
{
  guint position;
  guint tries = 0;

  open_window ();
  g_action_change_state (find_action ("place"), g_variant_new_string ("quiz"));
  do {
    g_assert_cmpuint (tries++, <, 100);
    act ("quiz-start", g_variant_new_string (BANK));
    g_assert_false (g_action_get_enabled (find_action ("quiz-related")));
  } while (!go_to_single () || pc_session_get_position (session ()) ==
                                   pc_session_get_n_total (session ()));
  press_digit (1);
  position = pc_session_get_position (session ());
  act ("quiz-certainty", g_variant_new_string ("guess"));
  act ("quiz-submit", NULL);
  g_assert_true (seen ("Questions about this"));
  act ("quiz-related", g_variant_new_string ("pairs"));
  g_assert_cmpstr (pc_item_get_id (pc_session_get_item (session ())), ==,
                   "pairs");
  press_digit (find_right ("p143") + 1);
  press_digit (find_right ("p110") + 1);
  press_digit (find_right ("p25") + 1);
  submit (TRUE, 1);
  act ("quiz-next", NULL);
  g_assert_cmpstr (pc_quiz_page_get_view (pc_window_get_quiz (window)), ==,
                   "question");
  g_assert_cmpuint (pc_session_get_position (session ()), ==, position + 1);
}

/* -- the bank ------------------------------------------------------------- */

/* Where a person's own banks are. */
static char *
bank_path (void)
{
  return g_build_filename (home, "portcall", "questions", BANK ".json", NULL);
}

static void
save_bank (void)
{
  g_autofree char *path = bank_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (EIGHT_TYPES, &text, NULL, NULL));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_end (void)
{
  g_autofree char *path = bank_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  close_window ();
  g_remove (path);
  g_rmdir (folder);
}

static void
add_tests (void)
{
  save_bank ();
  /* First: later ones use up what is new today. */
  g_test_add_func ("/app/questions/related", test_related);
  g_test_add_func ("/app/questions/match", test_match);
  g_test_add_func ("/app/questions/match-wrong", test_match_wrong);
  g_test_add_func ("/app/questions/order", test_order);
  g_test_add_func ("/app/questions/order-wrong", test_order_wrong);
  g_test_add_func ("/app/questions/fault", test_fault);
  g_test_add_func ("/app/questions/fault-right", test_fault_right);
  g_test_add_func ("/app/questions/fault-wrong", test_fault_wrong);
  g_test_add_func ("/app/questions/fault-packets", test_fault_packets);
  g_test_add_func ("/app/questions/predict", test_predict);
  g_test_add_func ("/app/questions/predict-option", test_predict_option);
  g_test_add_func ("/app/questions/configure", test_configure);
  g_test_add_func ("/app/questions/number", test_number);
  g_test_add_func ("/app/questions/multiple", test_multiple);
  g_test_add_func ("/app/questions/watch-up-to", test_watch_up_to);
  g_test_add_func ("/app/questions/end", test_end);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add_tests);
}
