/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card that asks what comes next, in the real window: its course by keys,
 * what counts and what does not, and that nothing is given away before. */

#include "fixture.h"

#include "app/predict-card.h"

#include "quiz/predict.h"

static PcPredictCard *card;

static GtkWidget *
get_part (const char *id)
{
  return GTK_WIDGET (gtk_widget_get_template_child (
      GTK_WIDGET (card), PC_TYPE_PREDICT_CARD, id));
}

/* Plays an exchange from @mark on, "": from its beginning, with
 * predictions. */
static void
begin (const char *scenario,
       const char *mark)
{
  open_window ();
  card = PC_PREDICT_CARD (find_type (GTK_WIDGET (window),
                                     PC_TYPE_PREDICT_CARD));
  pc_player_set_speed (player (), 4);
  if (pc_predict_card_get_active (card))
    act ("predict", NULL);
  act ("watch", g_variant_new ("(ss)", scenario, mark));
  wait_until (pc_exchanges_page_is_idle (page ()));
  act ("predict", NULL);
  g_assert_true (pc_predict_card_get_active (card));
  g_assert_cmpint (pc_predict_card_get_stage (card), ==, PC_PREDICT_IDLE);
  pc_player_set_playing (player (), TRUE);
}

static gboolean
is_asking (void)
{
  return pc_predict_card_get_stage (card) == PC_PREDICT_ASKING;
}

/* The digit of the right option: the seed is the card's own, so by what the
 * step is. */
static guint
find_right (void)
{
  guint index = (guint) pc_player_get_position (player ());
  g_autoptr (PcPrediction) known = pc_prediction_new (timeline (), index, 0);
  GtkWidget *row = gtk_widget_get_first_child (get_part ("options"));

  g_assert_nonnull (known);
  for (guint key = 1; row != NULL; key++) {
    GtkWidget *word = GTK_WIDGET (gtk_widget_get_template_child (
        row, G_OBJECT_TYPE (row), "word"));

    if (g_str_equal (gtk_label_get_label (GTK_LABEL (word)),
                     known->options[known->right].word))
      return key;
    row = gtk_widget_get_next_sibling (row);
  }
  g_assert_not_reached ();
}

/* The digit leads there; Enter itself is pressed in drive.py. */
static void
answer (guint key)
{
  GtkWidget *focus;

  g_assert_true (pc_predict_card_take_key (card, GDK_KEY_0 + key));
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_true (gtk_widget_is_ancestor (focus, get_part ("options")));
  g_signal_emit_by_name (focus, "clicked");
  g_assert_cmpint (pc_predict_card_get_stage (card), ==, PC_PREDICT_ANSWERED);
}

static void
go_on (void)
{
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == get_part ("go_on"));
  act ("play", NULL);
  g_assert_true (pc_player_get_playing (player ()));
  g_assert_cmpint (pc_predict_card_get_stage (card), ==, PC_PREDICT_IDLE);
}

static void
test_course (void)
{
  guint right;

  begin ("tftp-get-config", "");
  g_assert_null (pc_predict_card_get_score (card));
  wait_until (is_asking ());
  /* Exactly before the step, and the focus is on the question. */
  g_assert_false (pc_player_get_playing (player ()));
  g_assert_cmpfloat (pc_player_get_position (player ()), ==,
                     (guint) pc_player_get_position (player ()));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) ==
                 get_part ("sheet"));
  g_assert_false (pc_predict_card_take_key (card, GDK_KEY_9));
  answer (find_right ());
  g_assert_cmpstr (pc_predict_card_get_score (card), ==, "1 of 1 predicted");
  go_on ();
  wait_until (is_asking ());
  right = find_right ();
  answer (right == 1 ? 2 : 1);
  g_assert_cmpstr (pc_predict_card_get_score (card), ==, "1 of 2 predicted");
  g_assert_false (pc_predict_card_take_key (card, GDK_KEY_1));
  go_on ();
  while (pc_predict_card_get_stage (card) != PC_PREDICT_SUMMARY) {
    wait_until (pc_predict_card_get_stage (card) != PC_PREDICT_IDLE);
    if (is_asking ()) {
      g_signal_emit_by_name (get_part ("skip"), "clicked");
      g_assert_cmpint (pc_predict_card_get_stage (card), ==,
                       PC_PREDICT_ANSWERED);
      go_on ();
    }
  }
  /* What was only shown does not count; what was missed is a link. */
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_part ("question"))),
                   ==, "1 of 2 predicted");
  g_assert_true (gtk_widget_get_visible (get_part ("missed_box")));
  g_signal_emit_by_name (gtk_widget_get_first_child (get_part ("missed")),
                         "clicked");
  wait_until (pc_player_get_position (player ()) <
              pc_timeline_get_n_steps (timeline ()));
  g_signal_emit_by_name (get_part ("close"), "clicked");
  g_assert_cmpint (pc_predict_card_get_stage (card), ==, PC_PREDICT_IDLE);
}

/* To step, to seek or to play on puts the question away, uncounted. */
static void
test_dismiss (void)
{
  static const char *const ways[] = { "back", "forward", "last", "play",
                                      "predict", "run-again" };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_test_message ("%s", ways[i]);
    begin ("smtp-submit-587", "mail");
    wait_until (is_asking ());
    act (ways[i], NULL);
    wait_until (!is_asking ());
    g_assert_null (pc_predict_card_get_score (card));
  }
  wait_until (pc_exchanges_page_is_idle (page ()));
}

/* Without the switch it plays to the end. */
static void
test_off (void)
{
  begin ("tftp-get-config", "");
  act ("predict", NULL);
  g_assert_false (pc_predict_card_get_active (card));
  pc_player_set_playing (player (), TRUE);
  wait_until (pc_player_get_position (player ()) >=
              pc_timeline_get_n_steps (timeline ()));
  g_assert_cmpint (pc_predict_card_get_stage (card), ==, PC_PREDICT_IDLE);
}

/* -- nothing is given away ------------------------------------------------- */

static guint n_hidden, n_shown;

/* The names of the rows, as a screen reader has them. */
static void
count_rows (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (g_str_equal (G_OBJECT_TYPE_NAME (child), "PcRowView")) {
      GtkAccessible *item = GTK_ACCESSIBLE (widget);
      g_autofree char *hidden = NULL;

      for (guint k = 1; k < 40; k++) {
        g_autofree char *name = g_strdup_printf ("Still to come: step %u", k);
        g_autofree char *other = gtk_test_accessible_check_property (
            item, GTK_ACCESSIBLE_PROPERTY_LABEL, name);

        if (other == NULL) {
          g_assert_cmpuint (k, >, pc_player_get_position (player ()));
          n_hidden++;
          hidden = g_steal_pointer (&name);
          break;
        }
      }
      if (hidden == NULL)
        n_shown++;
    }
    count_rows (child);
  }
}

static void
test_hidden (void)
{
  GtkWidget *diagram;

  begin ("pop3-download-delete", "");
  wait_until (is_asking ());
  diagram = find_type (GTK_WIDGET (window), PC_TYPE_DIAGRAM);
  n_hidden = n_shown = 0;
  count_rows (diagram);
  g_assert_cmpuint (n_hidden, >, 0);
  g_assert_cmpuint (n_shown, >, 0);
  act ("predict", NULL);
  n_hidden = n_shown = 0;
  count_rows (diagram);
  g_assert_cmpuint (n_hidden, ==, 0);
}

static void
add_tests (void)
{
  g_test_add_func ("/predict-card/course", test_course);
  g_test_add_func ("/predict-card/dismiss", test_dismiss);
  g_test_add_func ("/predict-card/off", test_off);
  g_test_add_func ("/predict-card/hidden", test_hidden);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add_tests);
}
