/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graphical program in one process: templates, names, courses of a quiz
 * and of an exchange.  Needs a display; tests/app/meson.build gives it one. */

#include "fixture.h"

#include "app/byte-view.h"
#include "app/colors.h"
#include "app/compare-picker.h"
#include "app/exchanges-compare.h"
#include "app/field-chip.h"
#include "app/field-row.h"
#include "app/fold.h"
#include "app/inspector.h"
#include "app/problems-window.h"
#include "app/quiz-page.h"
#include "app/toasts.h"
#include "app/transport.h"

#include <glib/gstdio.h>

/* -- names ---------------------------------------------------------------- */

static void
test_names (void)
{
  open_window ();
  pc_window_get_quiz (window);
  g_assert_cmpuint (check_names (GTK_WIDGET (window)), >, 20);
}

/* -- templates ------------------------------------------------------------ */

/* Types whose template is not part of the window's own tree. */
static void
test_templates (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  GtkWidget *list;

  open_window ();
  pc_problems_take (problems, pc_problem_new (PC_SEVERITY_ERROR, "Q102",
                                              "bank.json", 3, 7,
                                              "Something is amiss."));
  list = pc_problems_window_new (GTK_WINDOW (window), problems);
  gtk_window_present (GTK_WINDOW (list));
  wait_until (gtk_widget_get_mapped (list));
  g_assert_cmpuint (check_names (list), >, 0);
  gtk_window_destroy (GTK_WINDOW (list));
}

/* Names whoever is as wide as the window must be. */
static void
report_wide (GtkWidget *widget,
             guint      depth)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  if (minimum <= 360)
    return;
  g_test_message ("%*s%s: %d", (int) depth, "", G_OBJECT_TYPE_NAME (widget),
                  minimum);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    report_wide (child, depth + 1);
}

static void
report_high (GtkWidget *widget,
             guint      depth)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL,
                      NULL, NULL);
  if (minimum <= 100)
    return;
  g_test_message ("%*s%s: %d", (int) depth, "", G_OBJECT_TYPE_NAME (widget),
                  minimum);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    report_high (child, depth + 1);
}

static void
test_narrow (void)
{
  int minimum, natural;

  open_window ();
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, &natural, NULL, NULL);
  report_wide (GTK_WIDGET (window), 0);
  g_assert_cmpint (minimum, <=, 360);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, -1,
                      &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <=, 480);
}

/* Every style has every colour; two of GTK's themes need care. */
static void
test_style (void)
{
  static const struct
  {
    PcScheme    scheme;
    gboolean    contrast;
    const char *theme;
    gboolean    prefer_dark;
    const char *ink;
  } rows[] = {
    { PC_SCHEME_DARK, FALSE, NULL, TRUE, "rgb(246,245,244)" },
    { PC_SCHEME_DARK, TRUE, "Default-hc-dark", FALSE, "rgb(255,255,255)" },
    { PC_SCHEME_LIGHT, TRUE, "Default-hc", FALSE, "rgb(0,0,0)" },
    { PC_SCHEME_LIGHT, FALSE, NULL, FALSE, "rgb(30,30,42)" },
  };
  PcStyle *style = pc_application_get_style (app);

  open_window ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *theme = NULL;
    g_autofree char *ink = NULL;
    gboolean prefer_dark;
    GdkRGBA color;

    g_test_message ("row %u", i);
    pc_style_set_scheme (style, rows[i].scheme);
    pc_style_set_high_contrast (style, rows[i].contrast);
    g_object_get (gtk_settings_get_default (), "gtk-theme-name", &theme,
                  "gtk-application-prefer-dark-theme", &prefer_dark, NULL);
    if (rows[i].theme != NULL)
      g_assert_cmpstr (theme, ==, rows[i].theme);
    g_assert_cmpint (prefer_dark, ==, rows[i].prefer_dark);
    color = pc_widget_get_color (GTK_WIDGET (window), "pc_ink");
    ink = gdk_rgba_to_string (&color);
    g_assert_cmpstr (ink, ==, rows[i].ink);
  }
}

/* -- exchanges ------------------------------------------------------------ */

static PcTimeline *
show (const char *scenario,
      const char *mark)
{
  PcExchangesPage *page = pc_window_get_exchanges (window);

  act ("watch", g_variant_new ("(ss)", scenario, mark));
  wait_until (pc_exchanges_page_is_idle (page));
  return pc_player_get_timeline (pc_exchanges_page_get_player (page));
}

static void
test_steps (void)
{
  PcTimeline *timeline;
  PcPlayer *player;
  guint n;

  open_window ();
  timeline = show ("pop3-download-delete", "");
  player = pc_exchanges_page_get_player (pc_window_get_exchanges (window));
  n = pc_timeline_get_n_steps (timeline);
  g_assert_cmpuint (n, >, 10);
  g_assert_cmpuint (pc_player_get_current (player), ==, 0);
  act ("forward", NULL);
  act ("forward", NULL);
  g_assert_cmpuint (pc_player_get_current (player), ==, 2);
  act ("back", NULL);
  g_assert_cmpuint (pc_player_get_current (player), ==, 1);
  act ("last", NULL);
  g_assert_cmpuint (pc_player_get_current (player), ==, n - 1);
  act ("play", NULL); /* begins again */
  g_assert_true (pc_player_get_playing (player));
  wait_until (pc_player_get_position (player) > 0);
  act ("play", NULL);
  g_assert_false (pc_player_get_playing (player));
  act ("faster", NULL);
  g_assert_cmpfloat (pc_player_get_speed (player), ==, 2);
  act ("slower", NULL);
  g_assert_cmpfloat (pc_player_get_speed (player), ==, 1);
}

static void
test_watch (void)
{
  static const struct
  {
    const char *scenario;
    const char *mark;
  } rows[] = {
    { "pop3-download-delete", "dele" },
    { "smtp-submit-587", "rcpt" },
    { "tftp-lost-block", "lost" },
  };
  PcPlayer *player;

  open_window ();
  player = pc_exchanges_page_get_player (pc_window_get_exchanges (window));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcTimeline *timeline = show (rows[i].scenario, rows[i].mark);
    guint current = pc_player_get_current (player);

    g_test_message ("%s, %s", rows[i].scenario, rows[i].mark);
    g_assert_cmpstr (pc_timeline_get_id (timeline), ==, rows[i].scenario);
    g_assert_cmpuint (current, <, pc_timeline_get_n_steps (timeline));
    g_assert_cmpstr (
        pc_step_get_mark (pc_timeline_get_step (timeline, current)), ==,
        rows[i].mark);
  }
}

/* A field lights its octets, an octet its field. */
static void
test_bytes (void)
{
  PcTimeline *timeline;
  PcByteView *bytes;
  PcStep *step;
  int mark;

  open_window ();
  timeline = show ("pop3-download-delete", "user");
  mark = pc_timeline_find_mark (timeline, "user");
  step = pc_timeline_get_step (timeline, (guint) mark);
  bytes = g_object_ref_sink (g_object_new (PC_TYPE_BYTE_VIEW, NULL));
  pc_byte_view_set_step (bytes, step);
  g_assert_cmpint (pc_byte_view_get_field (bytes), ==, -1);
  for (guint i = 0; i < pc_step_get_n_fields (step); i++) {
    pc_byte_view_set_field (bytes, (int) i);
    g_assert_cmpuint (pc_byte_view_get_cursor (bytes), ==,
                      pc_step_get_field (step, i)->start);
  }
  g_object_unref (bytes);
}

/* Nothing inside @widget goes past the sides of @frame. */
static void
check_fits (GtkWidget *widget,
            GtkWidget *frame)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (gtk_widget_compute_bounds (widget, frame, &bounds) &&
      (bounds.origin.x < -0.5f || bounds.origin.x + bounds.size.width >
                                      (float) gtk_widget_get_width (frame) +
                                          0.5f)) {
    g_test_message ("%s from %g, %g wide in %d", G_OBJECT_TYPE_NAME (widget),
                    (double) bounds.origin.x, (double) bounds.size.width,
                    gtk_widget_get_width (frame));
    for (GtkWidget *part = widget; part != frame;
         part = gtk_widget_get_parent (part)) {
      int minimum;

      gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                          NULL, NULL, NULL);
      g_test_message ("  %s: minimum %d, has %d", G_OBJECT_TYPE_NAME (part),
                      minimum, gtk_widget_get_width (part));
    }
    g_test_fail ();
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_fits (child, frame);
}

/* Whatever a step has to tell and however high that is, the inspector shows
 * all of its width. */
static void
test_fits (void)
{
  static const struct
  {
    const char *scenario;
    const char *mark;
  } rows[] = {
    { "pop3-download-delete", "retr" },
    { "tftp-lost-block", "lost" },
    { "tftp-lost-block", "resent" },
    { "smtp-submit-587", "rcpt" },
  };
  GtkWidget *inspector;

  open_window ();
  inspector = find_type (GTK_WIDGET (window), PC_TYPE_INSPECTOR);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    show (rows[i].scenario, rows[i].mark);
    for (int size = 0; size < 10; size++) {
      gtk_window_set_default_size (GTK_WINDOW (window), 900 + 17 * size,
                                   600 + 23 * size);
      for (guint frame = 0; frame < 3; frame++)
        gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      g_test_message ("%s, %s, size %d", rows[i].scenario, rows[i].mark,
                      size);
      g_assert_cmpint (gtk_widget_get_width (inspector), >, 200);
      check_fits (gtk_widget_get_first_child (inspector), inspector);
    }
  }
}

/* From what was lost to what was sent again for it, and back. */
static void
test_repeats (void)
{
  GtkWidget *inspector, *label, *button;
  PcPlayer *player;
  guint lost;

  open_window ();
  inspector = find_type (GTK_WIDGET (window), PC_TYPE_INSPECTOR);
  player = pc_exchanges_page_get_player (pc_window_get_exchanges (window));
  show ("tftp-lost-block", "lost");
  lost = pc_player_get_current (player);
  wait_until (find_label (inspector, "Again in step 5") != NULL);
  button = gtk_widget_get_ancestor (find_label (inspector, "Again in step 5"),
                                    GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_get_focusable (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (pc_player_get_current (player), ==, lost + 1);
  wait_until (find_label (inspector, "Again, as in step 4") != NULL);
  g_assert_null (find_label (inspector, "Again in step 5"));

  label = find_label (inspector, "Again, as in step 4");
  button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (pc_player_get_current (player), ==, lost);
}

static void
test_secret (void)
{
  PcTimeline *timeline;
  PcStep *step = NULL;
  const PcField *secret = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *shown = NULL;

  open_window ();
  timeline = show ("pop3-download-delete", "pass");
  step = pc_timeline_get_step (
      timeline, (guint) pc_timeline_find_mark (timeline, "pass"));
  for (guint i = 0; i < pc_step_get_n_fields (step); i++)
    if (pc_step_get_field (step, i)->secret)
      secret = pc_step_get_field (step, i);
  g_assert_nonnull (secret);
  hidden = pc_field_chip_dup_text (step, secret, FALSE, 100);
  shown = pc_field_chip_dup_text (step, secret, TRUE, 100);
  g_assert_cmpstr (hidden, ==, PC_SECRET_DOTS);
  g_assert_cmpstr (shown, ==, "portcall");
}

static void
test_texts (void)
{
  static const struct
  {
    const char *text;
    const char *spelled;
  } rows[] = {
    { "a1", "a1" },
    { "␍␊", "CR LF" },
    { "x␀y", "x NUL y" },
    { "", "" },
    { "␡", "DEL" },
  };
  g_autofree char *ms = pc_transport_format_time (418);
  g_autofree char *s = pc_transport_format_time (2031000);

  g_assert_cmpstr (ms, ==, "0.418 ms");
  g_assert_cmpstr (s, ==, "2.031 s");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *spelled = pc_field_chip_spell_controls (rows[i].text);

    /* U+2421 is DEL's picture, the one after SP's. */
    g_assert_cmpstr (spelled, ==, rows[i].spelled);
  }
}

/* -- quiz ----------------------------------------------------------------- */

/* The key that chooses the right option, or a wrong one. */
static guint
find_key (PcSession *session,
          gboolean   correct)
{
  PcItem *item = pc_session_get_item (session);
  guint n;
  const guint *order = pc_session_get_option_order (session, &n);

  for (guint i = 0; i < n; i++)
    if (pc_item_get_option_correct (item, order[i]) == correct)
      return i + 1;
  g_assert_not_reached ();
}

/* A bank and an item of it with one right option and a step to watch. */
static PcItem *
find_item (PcBank **bank)
{
  GListModel *banks = pc_content_get_banks (pc_window_get_content (window));

  for (guint i = 0; i < g_list_model_get_n_items (banks); i++) {
    *bank = g_list_model_get_item (banks, i);
    g_object_unref (*bank); /* the list holds it */
    for (guint j = 0; j < pc_bank_get_n_items (*bank); j++) {
      PcItem *item = pc_bank_get_item (*bank, j);

      if (pc_item_get_item_type (item) == PC_ITEM_SINGLE &&
          pc_item_get_scenario_step (item) != NULL)
        return item;
    }
  }
  g_assert_not_reached ();
}

static void
test_quiz (void)
{
  PcQuizPage *page;
  PcBank *bank;
  PcItem *item;
  PcPlayer *player;
  PcTimeline *timeline;
  const char *scenario, *mark;

  open_window ();
  page = pc_window_get_quiz (window);
  item = find_item (&bank);
  act ("ask", g_variant_new ("(ss)", pc_bank_get_id (bank),
                             pc_item_get_id (item)));
  g_assert_cmpstr (pc_quiz_page_get_view (page), ==, "question");
  g_assert_true (pc_session_get_item (pc_quiz_page_get_session (page)) ==
                 item);
  g_assert_false (g_action_group_get_action_enabled (
      G_ACTION_GROUP (window), "quiz-submit"));
  act ("quiz-choose",
       g_variant_new_int32 (
           (int) find_key (pc_quiz_page_get_session (page), TRUE)));
  act ("quiz-submit", NULL); /* certainty is missing: nothing is graded */
  g_assert_null (
      pc_session_get_answer (pc_quiz_page_get_session (page)));
  act ("quiz-certainty", g_variant_new_string ("sure"));
  act ("quiz-submit", NULL);
  g_assert_true (
      pc_session_get_answer (pc_quiz_page_get_session (page))->grade.correct);
  check_names (GTK_WIDGET (page));

  scenario = pc_item_get_scenario (item);
  mark = pc_item_get_scenario_step (item);
  act ("quiz-watch", NULL);
  wait_until (pc_exchanges_page_is_idle (pc_window_get_exchanges (window)));
  player = pc_exchanges_page_get_player (pc_window_get_exchanges (window));
  timeline = pc_player_get_timeline (player);
  g_assert_cmpstr (pc_timeline_get_id (timeline), ==, scenario);
  g_assert_cmpint ((int) pc_player_get_current (player), ==,
                   pc_timeline_find_mark (timeline, mark));

  act ("quiz-next", NULL);
  g_assert_cmpstr (pc_quiz_page_get_view (page), ==, "summary");
  act ("quiz-leave", NULL);
  g_assert_cmpstr (pc_quiz_page_get_view (page), ==, "choose");
}

/* A question missed comes back once. */
static void
test_quiz_wrong (void)
{
  PcQuizPage *page;
  PcSessionSummary summary;
  PcBank *bank;
  PcItem *item;

  open_window ();
  page = pc_window_get_quiz (window);
  item = find_item (&bank);
  g_assert_true (
      pc_quiz_page_ask (page, pc_bank_get_id (bank), pc_item_get_id (item)));
  for (guint round = 0; round < 2; round++) {
    guint key = find_key (pc_quiz_page_get_session (page), round > 0);

    act ("quiz-choose", g_variant_new_int32 ((int) key));
    act ("quiz-certainty", g_variant_new_string ("guess"));
    act ("quiz-submit", NULL);
    act ("quiz-next", NULL);
  }
  g_assert_cmpstr (pc_quiz_page_get_view (page), ==, "summary");
  pc_session_summarize (pc_quiz_page_get_session (page), &summary);
  g_assert_cmpuint (summary.n_correct, ==, 0);
  g_assert_cmpuint (summary.n_corrected, ==, 1);
  g_assert_false (pc_quiz_page_ask (page, "no-bank", "no-item"));
}

/* The last test: nothing may hold the window. */
static PcDuet *
wait_for_duet (PcExchangesPage *page)
{
  wait_until (pc_exchanges_page_is_idle (page));
  g_assert_nonnull (pc_exchanges_page_get_compare_view (page));
  return pc_compare_view_get_duet (pc_exchanges_page_get_compare_view (page));
}

static void
check_halves (PcDuet *duet,
              guint   left,
              guint   right)
{
  PcPlayer *a = pc_duet_get_player (duet, PC_HALF_LEFT);
  PcPlayer *b = pc_duet_get_player (duet, PC_HALF_RIGHT);

  g_test_message ("at %g and %g, steps %u and %u expected",
                  pc_player_get_position (a), pc_player_get_position (b), left,
                  right);
  g_assert_cmpuint (pc_step_get_number (pc_timeline_get_step (
                        pc_player_get_timeline (a),
                        pc_player_get_current (a))),
                    ==, left);
  g_assert_cmpuint (pc_step_get_number (pc_timeline_get_step (
                        pc_player_get_timeline (b),
                        pc_player_get_current (b))),
                    ==, right);
}

/* The number of the step that the inspector tells of. */
static gboolean
inspects (const char *words)
{
  GtkWidget *inspector = find_type (GTK_WIDGET (window), PC_TYPE_INSPECTOR);

  return inspector != NULL && find_label (inspector, words) != NULL;
}

/* A comparison, opened and stepped through by its actions: the left side
 * waits while the right one shakes hands. */
static void
test_compare (void)
{
  PcExchangesPage *page;
  PcDuet *duet;
  int minimum;

  open_window ();
  act ("place", g_variant_new_string ("exchanges"));
  page = pc_window_get_exchanges (window);
  act ("compare", g_variant_new_string ("imap-143-993"));
  duet = wait_for_duet (page);
  check_halves (duet, 1, 1);
  act ("forward", NULL);
  check_halves (duet, 1, 2);
  g_assert_nonnull (find_label (GTK_WIDGET (window), "Step 1 of 18 · waits"));
  for (guint i = 0; i < 8; i++)
    act ("forward", NULL);
  check_halves (duet, 1, 10);
  act ("forward", NULL);
  check_halves (duet, 2, 11);
  act ("forward", NULL);
  check_halves (duet, 3, 12);
  act ("back", NULL);
  check_halves (duet, 2, 11);
  act ("last", NULL);
  check_halves (duet, 18, 30);
  act ("show-step", g_variant_new_uint32 (12));
  check_halves (duet, 3, 12);

  /* The inspector has the side that was chosen last. */
  g_assert_true (inspects ("Phone → Mail server · step 3"));
  act ("other-half", NULL);
  g_assert_cmpuint (pc_duet_get_half (duet), ==, PC_HALF_RIGHT);
  g_assert_true (inspects ("Phone → Mail server · step 12"));
  pc_player_show_step (pc_duet_get_player (duet, PC_HALF_LEFT), 1);
  g_assert_cmpuint (pc_duet_get_half (duet), ==, PC_HALF_LEFT);
  check_halves (duet, 2, 11);
  g_assert_true (inspects ("Mail server → Phone · step 2"));

  g_assert_cmpuint (check_names (GTK_WIDGET (window)), >, 20);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);
  report_wide (GTK_WIDGET (window), 0);
  g_assert_cmpint (minimum, <=, 360);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, -1,
                      &minimum, NULL, NULL, NULL);
  report_high (GTK_WIDGET (window), 0);
  g_assert_cmpint (minimum, <=, 560);
}

/* It plays, by itself and both sides, and any two can be compared. */
static void
test_compare_two (void)
{
  PcExchangesPage *page;
  PcPlayer *player;
  PcDuet *duet;

  open_window ();
  act ("place", g_variant_new_string ("exchanges"));
  page = pc_window_get_exchanges (window);
  player = pc_exchanges_page_get_player (page);
  act ("compare-two", g_variant_new ("(ss)", "tftp-get-config",
                                     "tftp-put-config"));
  duet = wait_for_duet (page);
  check_halves (duet, 1, 1);
  act ("play", NULL);
  wait_until (pc_player_get_current (pc_duet_get_player (
                  duet, PC_HALF_LEFT)) == 1);
  g_assert_cmpfloat (pc_player_get_position (player), >, 1);
  act ("play", NULL);
  act ("run-again", NULL);
  duet = wait_for_duet (page);
  check_halves (duet, 1, 1);

  /* One exchange again: it has the player for itself. */
  act ("open", g_variant_new_string ("tftp-get-config"));
  wait_until (pc_exchanges_page_is_idle (page));
  g_assert_null (pc_exchanges_page_get_compare_view (page));
  act ("forward", NULL);
  g_assert_cmpuint (pc_player_get_current (player), ==, 1);
  g_assert_true (inspects ("TFTP server → Router · step 2"));
  g_assert_cmpstr (pc_timeline_get_id (pc_player_get_timeline (player)), ==,
                   "tftp-get-config");
  /* Gone while it runs. */
  act ("compare", g_variant_new_string ("tftp-sorcerer"));
  act ("open", g_variant_new_string ("tftp-put-config"));
  wait_until (pc_exchanges_page_is_idle (page));
  g_assert_null (pc_exchanges_page_get_compare_view (page));
  g_assert_cmpstr (pc_timeline_get_id (pc_player_get_timeline (player)), ==,
                   "tftp-put-config");
  g_assert_false (pc_exchanges_page_compare (page, "tftp-get-config",
                                             "nothing"));
}

static void
test_compare_picker (void)
{
  PcLibrary *library;
  GtkWidget *picker;

  open_window ();
  library = pc_content_get_library (pc_window_get_content (window));
  picker = pc_compare_picker_new (GTK_WINDOW (window), library,
                                  pc_library_find (library,
                                                   "tftp-get-config"));
  gtk_window_present (GTK_WINDOW (picker));
  wait_until (gtk_widget_get_mapped (picker));
  g_assert_cmpuint (check_names (picker), >, pc_library_get_n (library) - 1);
  gtk_window_destroy (GTK_WINDOW (picker));
}

/* A value that ends in a blank must measure the same way twice: criticals are
 * fatal here. */
static void
test_last_blank (void)
{
  static const char octets[] = "+OK mail.example.test POP3 server ready for "
                               "everybody who comes along now ";
  PcUnit *unit = pc_unit_new (PC_SIDE_SERVER, PC_UNIT_REPLY, "tcp.open",
                              octets, strlen (octets));
  g_autoptr (PcStep) step = NULL;
  GtkWidget *frame = gtk_window_new ();

  pc_unit_add_field (unit, strlen (octets), "Text", NULL);
  step = pc_step_new_unit (1, "server", "phone", PC_LAYER_APP, 0, unit,
                           &pc_common_narrations[0]);
  gtk_window_set_child (GTK_WINDOW (frame),
                        pc_field_row_new (step, 0, FALSE));
  for (int width = 200; width < 700; width += 20) {
    gtk_window_set_default_size (GTK_WINDOW (frame), width, 300);
    gtk_window_present (GTK_WINDOW (frame));
    gtk_test_widget_wait_for_draw (frame);
  }
  gtk_window_destroy (GTK_WINDOW (frame));
}

static void
test_close (void)
{
  PcWindow *watched;

  open_window ();
  watched = window;
  g_object_add_weak_pointer (G_OBJECT (watched), (gpointer *) &watched);
  gtk_window_destroy (GTK_WINDOW (window));
  window = NULL;
  wait_until (watched == NULL);
}

static void
add_tests (void)
{
  g_test_add_func ("/app/texts", test_texts);
  g_test_add_func ("/app/names", test_names);
  g_test_add_func ("/app/templates", test_templates);
  g_test_add_func ("/app/narrow", test_narrow);
  g_test_add_func ("/app/style", test_style);
  g_test_add_func ("/app/exchanges/steps", test_steps);
  g_test_add_func ("/app/exchanges/watch", test_watch);
  g_test_add_func ("/app/exchanges/bytes", test_bytes);
  g_test_add_func ("/app/exchanges/fits", test_fits);
  g_test_add_func ("/app/exchanges/repeats", test_repeats);
  g_test_add_func ("/app/exchanges/secret", test_secret);
  g_test_add_func ("/app/exchanges/last-blank", test_last_blank);
  g_test_add_func ("/app/compare/steps", test_compare);
  g_test_add_func ("/app/compare/two", test_compare_two);
  g_test_add_func ("/app/compare/picker", test_compare_picker);
  g_test_add_func ("/app/quiz/right", test_quiz);
  g_test_add_func ("/app/quiz/wrong", test_quiz_wrong);
  g_test_add_func ("/app/window/close", test_close);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add_tests);
}
