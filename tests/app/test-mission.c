/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colleague's phone from end to end, by keys alone, which the display
 * server sends: an exchange, the question that belongs to it, 110, and what
 * comes of it in the lab; back to the question, 143, and it works. */

#include "fixture.h"

#include "app/compare-view.h"
#include "app/option-row.h"

#include <string.h>
#include <unistd.h>

#define MAX_TABS 200

static void
run_tool (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) tool = g_subprocess_newv (
      words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  gint64 settled = g_get_monotonic_time () + 60 * 1000;

  g_assert_no_error (error);
  wait_until (g_subprocess_get_identifier (tool) == NULL);
  while (g_main_context_iteration (NULL, FALSE) ||
         g_get_monotonic_time () < settled)
    g_usleep (500);
}

static void
press (const char *key)
{
  const char *const words[] = { "xdotool", "key", key, NULL };

  run_tool (words);
}

/* There is no window manager that would give it the keys. */
static void
take_keys (void)
{
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  const char *const words[] = { "xdotool", "search", "--onlyvisible", "--pid",
                                pid, "windowfocus", "--sync", NULL };

  run_tool (words);
  wait_until (gtk_window_is_active (GTK_WINDOW (window)));
}

static GtkWidget *
get_focus (void)
{
  return gtk_window_get_focus (GTK_WINDOW (window));
}

static gboolean
focus_says (const char *text)
{
  return get_focus () != NULL && find_label (get_focus (), text) != NULL;
}

static void
go_to (const char *key,
       const char *text)
{
  for (guint i = 0; i < MAX_TABS && !focus_says (text); i++)
    press (key);
  g_assert_true (focus_says (text));
}

static PcLabAccount *
account (void)
{
  return pc_lab_page_get_account (pc_window_get_lab (window));
}

static PcSession *
session (void)
{
  return pc_quiz_page_get_session (pc_window_get_quiz (window));
}

static gboolean
is_in (const char *place)
{
  g_autoptr (GVariant) state =
      g_action_get_state (find_action ("place"));

  return g_str_equal (g_variant_get_string (state, NULL), place);
}

/* The digit of an option, which stands anywhere; fairly sure. */
static void
answer (const char *text)
{
  guint n = 0;
  const guint *order = pc_session_get_option_order (session (), &n);
  PcItem *item = pc_session_get_item (session ());

  for (guint i = 0; i < n; i++)
    if (g_str_equal (pc_item_get_option_text (item, order[i], NULL), text)) {
      g_autofree char *digit = g_strdup_printf ("%u", i + 1);

      press (digit);
    }
  press ("alt+f");
  press ("Return");
  g_assert_nonnull (pc_session_get_answer (session ()));
}

/* What the lab's wire shows of one half. */
static gboolean
wire_says (PcHalf      half,
           const char *words)
{
  GtkWidget *view = find_type (GTK_WIDGET (account ()), PC_TYPE_COMPARE_VIEW);
  PcTimeline *shown =
      view == NULL ? NULL
                   : pc_player_get_timeline (pc_duet_get_player (
                         pc_compare_view_get_duet (PC_COMPARE_VIEW (view)),
                         half));

  for (guint i = 0; shown != NULL && i < pc_timeline_get_n_steps (shown); i++)
    if (g_str_has_prefix (
            pc_step_get_summary (pc_timeline_get_step (shown, i)), words))
      return TRUE;
  return FALSE;
}

static void
find_question (void)
{
  press ("alt+1");
  go_to ("Down", "Read mail on the server");
  press ("Return");
  wait_until (shows ("Read mail on the server"));
  press ("Home");
  press ("Right");
  go_to ("Tab", "Phone set up for IMAP4");
  press ("Return");
  g_assert_true (is_in ("quiz"));
  g_assert_cmpstr (pc_item_get_id (pc_session_get_item (session ())), ==,
                   "imap-143");
}

static void
test_mission (void)
{
  PcItem *asked;

  open_window ();
  take_keys ();
  find_question ();

  /* 110: another protocol's greeting comes back, and why it stops is said. */
  g_assert_false (g_action_get_enabled (find_action ("quiz-try")));
  answer ("110");
  g_assert_true (seen ("Not right"));
  asked = pc_session_get_item (session ());
  press ("t");
  g_assert_true (is_in ("lab"));
  wait_until (pc_lab_account_is_idle (account ()));
  g_assert_true (seen ("Your answer: Incoming port: 110"));
  g_assert_true (seen ("Right: Incoming port: 143"));
  g_assert_true (wire_says (PC_HALF_LEFT, "+OK"));
  g_assert_false (wire_says (PC_HALF_LEFT, "a1"));
  g_assert_true (wire_says (PC_HALF_RIGHT, "* OK"));
  g_assert_true (seen ("A client that speaks IMAP waits for “* OK” and cannot "
                       "go on"));
  g_assert_true (seen ("The phone has logged in"));

  /* The question is as it was left. */
  press ("alt+Left");
  g_assert_true (is_in ("quiz"));
  g_assert_true (pc_session_get_item (session ()) == asked);
  g_assert_true (seen ("Not right"));
  g_assert_true (focus_says ("Next"));

  /* It comes once more, and 143 works. */
  press ("Return");
  g_assert_true (pc_session_get_retry (session ()));
  answer ("143");
  g_assert_false (seen ("Not right"));
  press ("t");
  g_assert_true (is_in ("lab"));
  wait_until (pc_lab_account_is_idle (account ()));
  g_assert_nonnull (pc_lab_account_get_trial (account ()));
  g_assert_true (
      pc_account_trial_works (pc_lab_account_get_trial (account ())));
  g_assert_true (seen ("The phone has logged in and reads the mail where it "
                       "is stored, on the server."));
  g_assert_false (seen ("Right: Incoming port"));
  g_assert_true (focus_says ("Back to the Question"));
  press ("Return");
  g_assert_true (is_in ("quiz"));
  g_assert_true (focus_says ("Next"));
}

/* -- beside the explanation ----------------------------------------------- */

static PcAnswerStage *
stage (void)
{
  return pc_question_view_get_stage (
      pc_quiz_page_get_question (pc_window_get_quiz (window)));
}

/* Gives the option up to which @n others stand in the file. */
static void
answer_option (const char *bank,
               const char *item,
               guint       index)
{
  guint n = 0;
  const guint *order;

  act ("ask", g_variant_new ("(ss)", bank, item));
  order = pc_session_get_option_order (session (), &n);
  for (guint i = 0; i < n; i++)
    if (order[i] == index)
      act ("quiz-choose", g_variant_new_int32 ((int) i + 1));
  act ("quiz-certainty", g_variant_new_string ("sure"));
  act ("quiz-submit", NULL);
}

static const char *
get_first_reply (void)
{
  PcTimeline *shown = pc_answer_stage_get_timeline (stage ());

  return pc_step_get_summary (pc_timeline_get_step (shown, 1));
}

/* What the answer does is there without being asked for; the exchange of the
 * question where nothing can be tried. */
static void
test_stage (void)
{
  PcItem *item;
  PcTimeline *shown;
  int option;

  open_window ();
  act ("place", g_variant_new_string ("quiz"));
  item = pc_bank_lookup (
      pc_content_find_bank (pc_window_get_content (window), "imap"),
      "imap-143");
  option = pc_item_find_option (item, "o25");
  answer_option ("imap", "imap-143", (guint) option);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (stage ())));
  wait_until (pc_answer_stage_is_idle (stage ()));
  g_assert_true (seen ("What your answer does"));
  g_assert_true (g_str_has_prefix (get_first_reply (), "220 "));
  g_assert_true (seen ("Right: Incoming port: 143"));
  g_assert_true (seen ("The phone has logged in"));

  /* The right one alone, and nothing beside it. */
  answer_option ("imap", "imap-143",
                 (guint) pc_item_find_option (item, "o143"));
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (stage ())));
  wait_until (pc_answer_stage_is_idle (stage ()));
  g_assert_true (g_str_has_prefix (get_first_reply (), "* OK"));
  g_assert_false (seen ("Right: Incoming port: 143"));

  answer_option ("imap", "imap-starttls-where", 0);
  g_assert_false (g_action_get_enabled (find_action ("quiz-try")));
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (stage ())));
  wait_until (pc_answer_stage_is_idle (stage ()));
  g_assert_true (seen ("What really happens"));
  shown = pc_answer_stage_get_timeline (stage ());
  g_assert_nonnull (shown);
  g_assert_cmpstr (
      pc_timeline_get_title (shown), ==,
      pc_scenario_get_title (pc_library_find (
          pc_content_get_library (pc_window_get_content (window)),
          pc_item_get_scenario (pc_session_get_item (session ())))));
}

/* Where there is no room, nothing is run; the buttons are there. */
static void
test_no_room (void)
{
  open_window ();
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 800);
  wait_until (gtk_widget_get_width (GTK_WIDGET (window)) < 700);
  answer_option ("pop3", "pop3-110", 1);
  for (guint i = 0; i < 200; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (stage ())));
  g_assert_null (pc_answer_stage_get_timeline (stage ()));
  g_assert_false (pc_answer_stage_is_idle (stage ()));
  g_assert_true (seen ("Try your answer"));
  g_assert_true (g_action_get_enabled (find_action ("quiz-try")));
  /* It comes when there is room. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1320, 840);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (stage ())));
  wait_until (pc_answer_stage_is_idle (stage ()));
  g_assert_true (g_str_has_prefix (get_first_reply (), "* OK"));
}

static void
print_widths (GtkWidget *widget,
              guint      depth)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  if (minimum < 330)
    return;
  g_test_message ("%*s%s %d", (int) depth, "", G_OBJECT_TYPE_NAME (widget),
                  minimum);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    print_widths (child, depth + 1);
}

/* The stage, too, must let the window become narrow again. */
static void
test_narrow (void)
{
  int minimum;

  open_window ();
  answer_option ("pop3", "pop3-110", 1);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (stage ())));
  wait_until (pc_answer_stage_is_idle (stage ()));
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);
  if (minimum > 360)
    print_widths (GTK_WIDGET (window), 0);
  g_assert_cmpint (minimum, <=, 360);
}

/* The next question ends what is under way: nobody answers there, which would
 * take seconds. */
static void
test_hurry (void)
{
  open_window ();
  answer_option ("smtp", "smtp-587", 3);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (stage ())));
  g_assert_false (pc_answer_stage_is_idle (stage ()));
  act ("quiz-next", NULL);
  g_assert_true (pc_answer_stage_is_idle (stage ()));
  answer_option ("smtp", "smtp-587", 3);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (stage ())));
  close_window ();
}

/* A task of the lab's own has nothing to go back to. */
static void
test_no_way_back (void)
{
  open_window ();
  act ("place", g_variant_new_string ("lab"));
  g_assert_true (seen ("Back to the Question"));
  act ("lab-try", g_variant_new_parsed ("({'in-port': '110'},"
                                        " {'in-port': '143'})"));
  wait_until (pc_lab_account_is_idle (account ()));
  g_assert_false (seen ("Back to the Question"));
  g_assert_true (seen ("IMAP, and which port?"));
}

static void
add_tests (void)
{
  g_autofree char *tool = g_find_program_in_path ("xdotool");

  if (tool != NULL)
    g_test_add_func ("/mission/keys", test_mission);
  else
    g_test_message ("xdotool is not installed");
  g_test_add_func ("/mission/no-way-back", test_no_way_back);
  g_test_add_func ("/mission/stage", test_stage);
  g_test_add_func ("/mission/no-room", test_no_room);
  g_test_add_func ("/mission/narrow", test_narrow);
  g_test_add_func ("/mission/hurry", test_hurry);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add_tests);
}
