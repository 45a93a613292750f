/* SPDX-License-Identifier: GPL-3.0-or-later */
/* While predictions are on, no part of the window tells what is to come. */

#include "fixture.h"

#include "app/exchanges-compare.h"
#include "app/find-bar.h"
#include "app/predict-card.h"
#include "app/present-window.h"
#include "app/presenter.h"
#include "app/stage-head.h"

#include "diagram/row-view.h"

#include <string.h>

#define REFUSED "This would tell what comes next."

static PcPredictCard *
card (void)
{
  return PC_PREDICT_CARD (find_type (GTK_WIDGET (window),
                                     PC_TYPE_PREDICT_CARD));
}

static guint
n_steps (void)
{
  return pc_timeline_get_n_steps (timeline ());
}

static guint
current (void)
{
  return pc_player_get_current (player ());
}

/* An exchange at its first step, with predictions. */
static void
begin (const char *scenario)
{
  open_window ();
  act ("watch", g_variant_new ("(ss)", scenario, ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  if (!pc_predict_card_get_active (card ()))
    act ("predict", NULL);
  g_assert_true (pc_exchanges_page_get_hide_future (page ()));
  pc_player_show_step (player (), 0);
}

static void
dismiss_toast (const char *text)
{
  g_signal_emit_by_name (
      find_type (gtk_widget_get_ancestor (
                     find_label (GTK_WIDGET (window), text),
                     GTK_TYPE_REVEALER),
                 GTK_TYPE_BUTTON),
      "clicked");
  wait_until (!seen (text));
}

/* -- search --------------------------------------------------------------- */

static GtkWidget *
find_bar (void)
{
  return find_type (GTK_WIDGET (window), PC_TYPE_FIND_BAR);
}

static gboolean
finds (const char *said)
{
  GtkWidget *box = gtk_widget_get_last_child (
      gtk_widget_get_first_child (find_bar ()));

  return g_str_equal (
      said, gtk_label_get_label (GTK_LABEL (gtk_widget_get_prev_sibling (box))));
}

static void
test_find (void)
{
  GtkEditable *entry;
  guint retr;

  begin ("pop3-download-delete");
  retr = (guint) pc_timeline_find_mark (timeline (), "retr");
  act ("find", NULL);
  entry = GTK_EDITABLE (find_type (find_bar (), GTK_TYPE_SEARCH_ENTRY));
  gtk_editable_set_text (entry, "RETR 1");
  wait_until (finds ("No match"));
  g_assert_cmpuint (current (), ==, 0);
  /* It comes, and is found; going back, it is still known. */
  pc_player_show_step (player (), retr);
  wait_until (finds ("1 of 1"));
  pc_player_show_step (player (), 2);
  wait_until (finds ("1 match"));
  act ("find-next", NULL);
  g_assert_cmpuint (current (), ==, retr);
  /* In another run of it nothing has been seen yet. */
  pc_player_show_step (player (), 0);
  act ("run-again", NULL);
  wait_until (pc_exchanges_page_is_idle (page ()));
  wait_until (finds ("No match"));
  /* Without predictions all is found. */
  act ("predict", NULL);
  wait_until (finds ("2 matches"));
  act ("predict", NULL);
  wait_until (finds ("No match"));
  pc_find_bar_close (PC_FIND_BAR (find_bar ()));
}

/* How many connections there will be. */
static void
test_find_filters (void)
{
  GtkWidget *conns;

  begin ("imap-two-devices");
  act ("find", NULL);
  conns = gtk_widget_get_first_child (
      gtk_widget_get_first_child (find_bar ()));
  conns = gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (conns));
  g_assert_true (GTK_IS_DROP_DOWN (conns));
  g_assert_false (gtk_widget_get_visible (conns));
  act ("predict", NULL);
  g_assert_true (gtk_widget_get_visible (conns));
  pc_find_bar_close (PC_FIND_BAR (find_bar ()));
}

/* -- what carries it away -------------------------------------------------- */

static void
check_refused (const char *action,
               GVariant   *parameter,
               gboolean    refused)
{
  g_test_message ("%s", action);
  act (action, parameter);
  if (refused) {
    wait_until (seen (REFUSED));
    dismiss_toast (REFUSED);
  }
}

static void
test_carry (void)
{
  g_autofree char *path = file_path ("future.md");

  begin ("tftp-get-config");
  check_refused ("export", g_variant_new_string ("pdf"), TRUE);
  check_refused ("export-to", g_variant_new ("(s^ay)", "md", path), TRUE);
  check_refused ("copy-as", g_variant_new_string ("markdown"), TRUE);
  check_refused ("copy-as", g_variant_new_string ("picture"), TRUE);
  check_refused ("compare-with", NULL, TRUE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  /* Half of the last step is not yet the end. */
  pc_player_seek (player (), n_steps () - 0.5);
  check_refused ("copy-as", g_variant_new_string ("markdown"), TRUE);
  pc_player_last (player ());
  check_refused ("copy-as", g_variant_new_string ("markdown"), FALSE);
  wait_until (seen ("The Markdown text was copied."));
  dismiss_toast ("The Markdown text was copied.");
  check_refused ("export-to", g_variant_new ("(s^ay)", "md", path), FALSE);
  wait_until (seen ("Saved as"));
  dismiss_toast ("Saved as");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  /* Without predictions at any time. */
  pc_player_show_step (player (), 0);
  act ("predict", NULL);
  check_refused ("copy-as", g_variant_new_string ("markdown"), FALSE);
  wait_until (seen ("The Markdown text was copied."));
  dismiss_toast ("The Markdown text was copied.");
}

/* -- the head -------------------------------------------------------------- */

/* Of an exchange that fails: that is told when it has. */
static void
test_outcome (void)
{
  g_autofree char *text = write_scenario (
      "Fails", "\"number\": 1, \"refused\": true }", "\"number\": 1 }");
  GtkWidget *outcome;

  begin ("tftp-get-config");
  save ("fails.json", text);
  open_path ("fails.json");
  wait_until (shows ("Fails"));
  g_assert_cmpint (pc_timeline_get_outcome (timeline ()), ==,
                   PC_OUTCOME_FAILED);
  outcome = GTK_WIDGET (gtk_widget_get_template_child (
      find_type (GTK_WIDGET (window), PC_TYPE_STAGE_HEAD),
      PC_TYPE_STAGE_HEAD, "outcome_box"));
  g_assert_false (gtk_widget_get_visible (outcome));
  pc_player_last (player ());
  g_assert_true (gtk_widget_get_visible (outcome));
  pc_player_back (player ());
  g_assert_false (gtk_widget_get_visible (outcome));
  act ("predict", NULL);
  g_assert_true (gtk_widget_get_visible (outcome));
}

/* -- comparisons ----------------------------------------------------------- */

static void
test_compare (void)
{
  PcCompareView *view;

  begin ("tftp-get-config");
  act ("compare", g_variant_new_string ("imap-143-993"));
  wait_until (pc_exchanges_page_is_idle (page ()));
  view = pc_exchanges_page_get_compare_view (page ());
  g_assert_nonnull (view);
  /* Nothing is asked and nothing hidden, and the switch is for others. */
  g_assert_null (pc_predict_card_get_score (card ()));
  g_assert_false (pc_exchanges_page_get_hide_future (page ()));
  g_assert_false (g_action_get_enabled (find_action ("predict")));
  pc_player_set_speed (player (), 4);
  pc_player_set_playing (player (), TRUE);
  wait_until (pc_player_get_position (player ()) > 8);
  g_assert_true (pc_player_get_playing (player ()));
  g_assert_cmpint (pc_predict_card_get_stage (card ()), ==, PC_PREDICT_IDLE);
  pc_player_set_playing (player (), FALSE);
  /* Back with an exchange, it asks again. */
  act ("watch", g_variant_new ("(ss)", "tftp-get-config", ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  g_assert_true (g_action_get_enabled (find_action ("predict")));
  g_assert_true (pc_exchanges_page_get_hide_future (page ()));
  pc_player_set_playing (player (), TRUE);
  wait_until (pc_predict_card_get_stage (card ()) == PC_PREDICT_ASKING);
  pc_player_last (player ());
}

/* -- presentations --------------------------------------------------------- */

static guint n_hidden, n_shown;

/* Rows of @widget that are to come, and others. */
static void
count_rows (GtkWidget *widget)
{
  PcDiagramRow *row = NULL;

  if (PC_IS_ROW_VIEW (widget))
    row = pc_row_view_get_row (PC_ROW_VIEW (widget));
  if (row != NULL) {
    g_autofree char *name = g_strdup_printf (
        "Still to come: step %u", pc_step_get_number (row->step));
    g_autofree char *other = gtk_test_accessible_check_property (
        GTK_ACCESSIBLE (gtk_widget_get_parent (widget)),
        GTK_ACCESSIBLE_PROPERTY_LABEL, name);

    g_assert_true ((other == NULL) ==
                   (row->index >= pc_player_get_position (player ()) &&
                    pc_exchanges_page_get_hide_future (page ())));
    if (other == NULL)
      n_hidden++;
    else
      n_shown++;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count_rows (child);
}

static gboolean
hides (GtkWidget *widget)
{
  n_hidden = n_shown = 0;
  count_rows (widget);
  g_assert_cmpuint (n_shown, >, 0);
  return n_hidden > 0;
}

static void
test_present (void)
{
  PcPresenter *presenter;
  GtkWidget *screen;

  begin ("pop3-download-delete");
  presenter = pc_window_get_presenter (window);
  g_action_change_state (find_action ("presenter-notes"),
                         g_variant_new_boolean (TRUE));
  /* Alone, even the notes do not tell. */
  g_assert_null (find_label (
      GTK_WIDGET (pc_presenter_get_notes (presenter)), "Next: "));
  g_action_change_state (find_action ("present"),
                         g_variant_new_boolean (TRUE));
  screen = GTK_WIDGET (pc_presenter_get_screen (presenter));
  g_assert_nonnull (screen);
  wait_until (find_label (screen, "1 of 19") != NULL);
  wait_until (hides (screen));
  g_assert_true (hides (GTK_WIDGET (window)));
  wait_until (find_label (GTK_WIDGET (pc_presenter_get_notes (presenter)),
                          "Next: ") != NULL);
  /* Nothing is asked: the class would see no question. */
  pc_player_set_playing (player (), TRUE);
  wait_until (pc_player_get_position (player ()) > 9);
  g_assert_true (pc_player_get_playing (player ()));
  pc_player_set_playing (player (), FALSE);
  act ("predict", NULL);
  g_assert_false (hides (screen));
  g_assert_false (hides (GTK_WIDGET (window)));
  act ("predict", NULL);
  g_assert_true (hides (screen));
  g_action_change_state (find_action ("present"),
                         g_variant_new_boolean (FALSE));
  g_assert_null (find_label (
      GTK_WIDGET (pc_presenter_get_notes (presenter)), "Next: "));
  act ("predict", NULL);
  g_assert_nonnull (find_label (
      GTK_WIDGET (pc_presenter_get_notes (presenter)), "Next: "));
  act ("predict", NULL);
  g_action_change_state (find_action ("presenter-notes"),
                         g_variant_new_boolean (FALSE));
  /* And on it goes with questions. */
  pc_player_set_playing (player (), TRUE);
  wait_until (pc_predict_card_get_stage (card ()) == PC_PREDICT_ASKING);
}

/* -- the next day ---------------------------------------------------------- */

static void
test_remembered (void)
{
  g_assert_nonnull (settings);
  begin ("tftp-get-config");
  close_window ();
  open_window ();
  g_assert_true (pc_predict_card_get_active (card ()));
  act ("watch", g_variant_new ("(ss)", "tftp-get-config", ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  wait_until (hides (GTK_WIDGET (window)));
  act ("predict", NULL);
  g_assert_false (g_settings_get_boolean (settings, "predict"));
}

static void
add (void)
{
  g_test_add_func ("/future/find", test_find);
  g_test_add_func ("/future/find-filters", test_find_filters);
  g_test_add_func ("/future/carry", test_carry);
  g_test_add_func ("/future/outcome", test_outcome);
  g_test_add_func ("/future/compare", test_compare);
  g_test_add_func ("/future/present", test_present);
  g_test_add_func ("/future/remembered", test_remembered);
}

int
main (int   argc,
      char *argv[])
{
  return run_tests (argc, argv, add);
}
