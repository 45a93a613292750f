/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Presenting: both windows, every key, the clock, and back again.  Needs a
 * display; tests/app/meson.build gives it one. */

#include "app/application.h"
#include "app/present-window.h"
#include "app/presenter.h"
#include "app/sentence.h"
#include "app/stopwatch.h"
#include "app/window.h"

#define WAIT_US (10 * G_USEC_PER_SEC)

static PcApplication *app;
static PcWindow *window;
static PcPresenter *presenter;
static PcPlayer *player;

/* Runs the main loop until @condition holds. */
#define wait_until(condition)                               \
  G_STMT_START                                              \
  {                                                         \
    gint64 end = g_get_monotonic_time () + WAIT_US;         \
    while (!(condition) && g_get_monotonic_time () < end) { \
      g_main_context_iteration (NULL, FALSE);               \
      g_usleep (1000);                                      \
    }                                                       \
    g_assert_true (condition);                              \
  }                                                         \
  G_STMT_END

/* -- without a display ---------------------------------------------------- */

static void
test_sentence (void)
{
  static const struct
  {
    const char *text;
    const char *first;
  } rows[] = {
    { "", "" },
    { "One", "One" },
    { "One.", "One." },
    { "One. Two.", "One." },
    { "Is it so? Yes.", "Is it so?" },
    { "No! Never.", "No!" },
    { "Port 25.110 is none. Or is it?", "Port 25.110 is none." },
    { "A app, e.g. Mail, asks. It waits.", "A app, e.g. Mail, asks." },
    { "Ein Programm, z. B. Thunderbird, fragt. Es wartet.",
      "Ein Programm, z. B. Thunderbird, fragt." },
    { "It says “no.” Then it goes.", "It says “no.”" },
    { "See RFC 5321. 250 means yes.", "See RFC 5321." },
    { "Ends at 7. Then it begins.", "Ends at 7." },
    { "One.\nTwo.", "One." },
    { "How? „Ja“, sagt er.", "How?" },
    { "Vers. two is small", "Vers. two is small" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *first = pc_sentence_dup_first (rows[i].text);

    g_test_message ("row %u: %s", i, rows[i].text);
    g_assert_cmpstr (first, ==, rows[i].first);
  }
}

static void
check_time (const PcStopwatch *watch,
            gint64             seconds,
            const char        *expected)
{
  g_autofree char *text = pc_stopwatch_format (
      pc_stopwatch_get (watch, seconds * G_USEC_PER_SEC));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_stopwatch (void)
{
  PcStopwatch watch = { 0 };

  check_time (&watch, 100, "0:00");
  pc_stopwatch_start (&watch, 100 * G_USEC_PER_SEC);
  pc_stopwatch_start (&watch, 150 * G_USEC_PER_SEC); /* runs already */
  check_time (&watch, 165, "1:05");
  pc_stopwatch_pause (&watch, 170 * G_USEC_PER_SEC);
  check_time (&watch, 900, "1:10");
  pc_stopwatch_start (&watch, 1000 * G_USEC_PER_SEC);
  check_time (&watch, 1000 + 3600, "1:01:10");
  pc_stopwatch_reset (&watch, 1500 * G_USEC_PER_SEC);
  check_time (&watch, 1507, "0:07");
}

/* Of each screen, so large a part that the last row can read it. */
static void
test_type_size (void)
{
  static const struct
  {
    int width, height;
    int size;
  } rows[] = {
    { 1280, 720, 24 },  { 1920, 1080, 36 }, { 3840, 2160, 72 },
    { 1024, 768, 23 },  { 1080, 1920, 24 }, { 360, 640, 11 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (
        pc_projector_window_get_type_size (rows[i].width, rows[i].height), ==,
        rows[i].size);
}

/* -- helpers -------------------------------------------------------------- */

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_label (child, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

#define has_label(win, text) \
  (find_label (GTK_WIDGET (win), text) != NULL)

static void
open_exchange (const char *scenario,
               const char *mark)
{
  PcExchangesPage *page;

  if (window == NULL) {
    window = PC_WINDOW (pc_window_new (GTK_APPLICATION (app), NULL));
    gtk_window_present (GTK_WINDOW (window));
    wait_until (pc_window_get_content (window) != NULL);
  }
  page = pc_window_get_exchanges (window);
  g_assert_true (pc_exchanges_page_open (page, scenario, mark));
  wait_until (pc_exchanges_page_is_idle (page));
  presenter = pc_window_get_presenter (window);
  player = pc_exchanges_page_get_player (page);
}

static void
act (const char *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), name, NULL);
}

static gboolean
get_state (const char *name)
{
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (window), name);

  return g_variant_get_boolean (state);
}

/* As if somebody had pressed it with @win in front. */
static void
press (GtkWindow *win,
       guint      key)
{
  g_autoptr (GListModel) list =
      gtk_widget_observe_controllers (GTK_WIDGET (win));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (list) && !taken; i++) {
    g_autoptr (GtkEventController) keys = g_list_model_get_item (list, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (keys))
      g_signal_emit_by_name (keys, "key-pressed", key, 0, 0, &taken);
  }
}

static GtkWindow *
enter (void)
{
  if (pc_presenter_get_screen (presenter) == NULL)
    act ("present");
  g_assert_nonnull (pc_presenter_get_screen (presenter));
  wait_until (gtk_widget_get_mapped (
      GTK_WIDGET (pc_presenter_get_screen (presenter))));
  return pc_presenter_get_screen (presenter);
}

static void
leave (void)
{
  if (pc_presenter_get_screen (presenter) != NULL)
    press (pc_presenter_get_screen (presenter), GDK_KEY_Escape);
  g_assert_null (pc_presenter_get_screen (presenter));
  if (pc_presenter_get_notes (presenter) != NULL)
    press (pc_presenter_get_notes (presenter), GDK_KEY_Escape);
  g_assert_null (pc_presenter_get_notes (presenter));
}

/* Step @index is shown whole, and nothing moves. */
static gboolean
rests_at (guint index)
{
  return !pc_player_get_playing (player) &&
         pc_player_get_position (player) == index + 1.0;
}

/* -- the projector -------------------------------------------------------- */

static void
test_enter (void)
{
  GtkWindow *screen;

  open_exchange ("phone-four-ports", "greeting-143");
  g_assert_false (get_state ("present"));
  screen = enter ();
  g_assert_true (get_state ("present"));
  g_assert_true (has_label (screen, "Server greeting"));
  g_assert_true (has_label (screen, "As soon as the connection stands, the "
                                    "server speaks first."));
  g_assert_true (has_label (screen, "2 of 15"));
  g_assert_true (has_label (screen, "One phone, four ports"));
  act ("present"); /* the same again leaves */
  g_assert_null (pc_presenter_get_screen (presenter));
  g_assert_false (get_state ("present"));
}

static void
test_keys (void)
{
  static const struct
  {
    guint key;
    guint step;
  } rows[] = {
    { GDK_KEY_Home, 0 },     { GDK_KEY_Page_Down, 1 }, { GDK_KEY_space, 2 },
    { GDK_KEY_Right, 3 },    { GDK_KEY_Page_Up, 2 },   { GDK_KEY_Left, 1 },
    { GDK_KEY_BackSpace, 0 }, { GDK_KEY_Page_Up, 0 },  { GDK_KEY_End, 14 },
    { GDK_KEY_Page_Down, 14 }, { GDK_KEY_F5, 0 },
  };
  GtkWindow *screen;

  open_exchange ("phone-four-ports", "login-143");
  screen = enter ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", i);
    press (screen, rows[i].key);
    g_assert_cmpuint (pc_player_get_current (player), ==, rows[i].step);
    wait_until (rests_at (rows[i].step));
  }
  g_assert_false (pc_presenter_press (presenter, GDK_KEY_x, 0));
  g_assert_false (
      pc_presenter_press (presenter, GDK_KEY_Page_Down, GDK_CONTROL_MASK));
  g_assert_cmpuint (pc_player_get_current (player), ==, 0);
  leave ();
}

/* Who presses in haste gets as many steps; nobody drives the player twice. */
static void
test_haste (void)
{
  GtkWindow *screen;
  gint64 begin;

  open_exchange ("phone-four-ports", "open-143");
  screen = enter ();
  for (guint i = 0; i < 4; i++)
    press (screen, GDK_KEY_Page_Down);
  g_assert_cmpuint (pc_player_get_current (player), ==, 4);
  begin = g_get_monotonic_time ();
  wait_until (rests_at (4));
  g_assert_cmpint (g_get_monotonic_time () - begin, >,
                   PC_PLAYER_STEP_US * 3 / 4);
  leave ();
}

static void
test_reduced_motion (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWindow *screen;

  open_exchange ("phone-four-ports", "open-143");
  screen = enter ();
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  press (screen, GDK_KEY_Page_Down);
  g_assert_true (rests_at (1));
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  press (screen, GDK_KEY_Page_Down);
  g_assert_false (rests_at (2));
  leave (); /* in the middle of a step: it is shown whole */
  g_assert_true (rests_at (2));
}

static void
test_number (void)
{
  GtkWindow *screen;

  open_exchange ("phone-four-ports", "open-143");
  screen = enter ();
  press (screen, GDK_KEY_0);
  press (screen, GDK_KEY_1);
  press (screen, GDK_KEY_KP_2);
  g_assert_true (has_label (screen, "Step 12"));
  g_assert_true (rests_at (0));
  press (screen, GDK_KEY_Return);
  g_assert_true (rests_at (11));
  g_assert_false (has_label (screen, "Step 12"));

  press (screen, GDK_KEY_9);
  press (screen, GDK_KEY_9);
  press (screen, GDK_KEY_KP_Enter);
  g_assert_true (rests_at (11));
  wait_until (has_label (screen, "There are only 15 steps."));

  press (screen, GDK_KEY_3);
  press (screen, GDK_KEY_Escape); /* of the number only */
  g_assert_nonnull (pc_presenter_get_screen (presenter));
  press (screen, GDK_KEY_7);
  press (screen, GDK_KEY_Page_Up); /* means itself */
  g_assert_true (rests_at (10));
  for (guint i = 0; i < 40; i++)
    press (screen, GDK_KEY_9);
  press (screen, GDK_KEY_Return);
  g_assert_true (rests_at (10));
  leave ();
}

static void
test_blank (void)
{
  static const guint keys[] = { GDK_KEY_b, GDK_KEY_B, GDK_KEY_period };
  PcPresentWindow *screen;

  open_exchange ("phone-four-ports", "greeting-143");
  screen = PC_PRESENT_WINDOW (enter ());
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    press (GTK_WINDOW (screen), keys[i]);
    g_assert_true (pc_present_window_get_blank (screen));
    press (GTK_WINDOW (screen), keys[i]);
    g_assert_false (pc_present_window_get_blank (screen));
  }
  press (GTK_WINDOW (screen), GDK_KEY_b);
  press (GTK_WINDOW (screen), GDK_KEY_Page_Up);
  g_assert_false (pc_present_window_get_blank (screen));
  g_assert_true (rests_at (0));
  press (GTK_WINDOW (screen), GDK_KEY_b);
  leave ();
  g_assert_false (pc_present_window_get_blank (PC_PRESENT_WINDOW (enter ())));
  leave ();
}

static GBytes *
take_picture (GtkWidget *widget)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer =
      gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;
  guchar *data = g_malloc ((gsize) width * (gsize) height * 4);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (
      renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  gdk_texture_download (texture, data, (gsize) width * 4);
  return g_bytes_new_take (data, (gsize) width * (gsize) height * 4);
}

static GBytes *
take_rested_picture (GtkWidget *widget)
{
  for (guint i = 0; i < 3; i++)
    gtk_test_widget_wait_for_draw (widget);
  return take_picture (widget);
}

static void
test_spotlight (void)
{
  g_autoptr (GBytes) lit = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) again = NULL;
  GtkWidget *diagram;
  GtkWindow *screen;

  open_exchange ("phone-four-ports", "greeting-143");
  screen = enter ();
  diagram = GTK_WIDGET (
      pc_present_window_get_diagram (PC_PRESENT_WINDOW (screen)));
  lit = take_rested_picture (diagram);
  press (screen, GDK_KEY_s);
  plain = take_rested_picture (diagram);
  press (screen, GDK_KEY_Page_Down);
  press (screen, GDK_KEY_Page_Up);
  press (screen, GDK_KEY_s);
  again = take_rested_picture (diagram);
  g_assert_false (g_bytes_equal (lit, plain));
  g_assert_true (g_bytes_equal (lit, again));
  leave ();
}

static void
point (GtkWidget *widget,
       double     x)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (GtkEventController) motion = g_list_model_get_item (list, i);

    if (GTK_IS_EVENT_CONTROLLER_MOTION (motion))
      g_signal_emit_by_name (motion, "motion", x, 10.0);
  }
}

/* Two seconds without motion. */
static void
test_pointer (void)
{
  GtkWidget *screen;
  GdkCursor *cursor;
  gint64 begin;

  open_exchange ("phone-four-ports", NULL);
  screen = GTK_WIDGET (enter ());
  point (screen, 10);
  g_assert_null (gtk_widget_get_cursor (screen));
  begin = g_get_monotonic_time ();
  wait_until ((cursor = gtk_widget_get_cursor (screen)) != NULL);
  g_assert_cmpstr (gdk_cursor_get_name (cursor), ==, "none");
  g_assert_cmpint (g_get_monotonic_time () - begin, >, 1500 * 1000);
  point (screen, 10); /* it lies still */
  g_assert_nonnull (gtk_widget_get_cursor (screen));
  point (screen, 11);
  g_assert_null (gtk_widget_get_cursor (screen));
  leave ();
}

/* The main window's commands, too; its state changes with ours. */
static void
test_eavesdrop (void)
{
  GtkWindow *screen;

  open_exchange ("imap-login-three-ways", "login-tls");
  screen = enter ();
  g_assert_true (has_label (screen, "Log in"));
  press (screen, GDK_KEY_e);
  g_assert_true (get_state ("eavesdrop"));
  g_assert_false (has_label (screen, "Log in"));
  press (screen, GDK_KEY_e);
  g_assert_true (has_label (screen, "Log in"));
  press (screen, GDK_KEY_plus);
  g_assert_cmpfloat (pc_player_get_speed (player), ==, 2);
  press (screen, GDK_KEY_minus);
  g_assert_cmpfloat (pc_player_get_speed (player), ==, 1);
  leave ();
}

/* -- notes ---------------------------------------------------------------- */

static void
test_notes (void)
{
  GtkWindow *screen, *notes;
  PcScenario *scenario;
  const PcScenarioMark *mark;

  open_exchange ("phone-four-ports", "greeting-143");
  scenario = pc_exchanges_page_get_scenario (pc_window_get_exchanges (window));
  mark = pc_scenario_find_mark (scenario, "greeting-143");
  screen = enter ();
  press (screen, GDK_KEY_n);
  notes = pc_presenter_get_notes (presenter);
  g_assert_nonnull (notes);
  g_assert_true (get_state ("presenter-notes"));
  wait_until (has_label (notes, mark->presenter));
  g_assert_true (has_label (notes, pc_scenario_get_presenter (scenario)));
  g_assert_true (has_label (notes, "Step 2 of 15"));
  g_assert_true (has_label (notes, "Next: Log in"));
  g_assert_false (has_label (screen, mark->presenter));

  /* The keys work here too; a note stays until there is another. */
  mark = pc_scenario_find_mark (scenario, "login-143");
  press (notes, GDK_KEY_Page_Down);
  wait_until (rests_at (2) && has_label (notes, mark->presenter));
  press (notes, GDK_KEY_Page_Down);
  wait_until (rests_at (3));
  wait_until (has_label (notes, mark->presenter));
  g_assert_true (has_label (notes, "This note was written for step 3."));
  press (notes, GDK_KEY_End);
  wait_until (has_label (notes, "This was the last step."));
  press (notes, GDK_KEY_n);
  g_assert_null (pc_presenter_get_notes (presenter));
  g_assert_nonnull (pc_presenter_get_screen (presenter));
  leave ();
}

/* Without the projector, and for an exchange that has none. */
static void
test_no_notes (void)
{
  GtkWindow *notes;

  open_exchange ("imap-idle-push", NULL);
  act ("presenter-notes");
  notes = pc_presenter_get_notes (presenter);
  wait_until (has_label (notes, "This exchange has no notes. Scenarios may "
                                "bring them: see “presenter” in their "
                                "files."));
  g_assert_null (pc_presenter_get_screen (presenter));
  press (notes, GDK_KEY_Page_Down);
  g_assert_true (rests_at (1));
  press (notes, GDK_KEY_F11);
  g_assert_nonnull (pc_presenter_get_screen (presenter));
  press (notes, GDK_KEY_F11);
  g_assert_null (pc_presenter_get_screen (presenter));
  g_assert_nonnull (pc_presenter_get_notes (presenter));
  leave ();
  g_assert_false (get_state ("presenter-notes"));
}

static void
test_clock (void)
{
  GtkWidget *pause;
  GtkWindow *notes;

  open_exchange ("phone-four-ports", NULL);
  act ("presenter-notes");
  enter ();
  notes = pc_presenter_get_notes (presenter);
  gtk_widget_activate_action (GTK_WIDGET (notes), "presenter.reset", NULL);
  wait_until (has_label (notes, "0:00"));
  wait_until (has_label (notes, "0:01"));
  gtk_widget_activate_action (GTK_WIDGET (notes), "presenter.pause", NULL);
  pause = gtk_widget_get_next_sibling (find_label (GTK_WIDGET (notes),
                                                   "0:01"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (pause), ==,
                   "Start the clock");
  gtk_widget_activate_action (GTK_WIDGET (notes), "presenter.pause", NULL);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (pause), ==,
                   "Pause the clock");
  leave ();
}

/* -- names ---------------------------------------------------------------- */

static gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child))
      return TRUE;
  return FALSE;
}

static guint
check_buttons (GtkWidget *widget)
{
  guint n = 0;

  if (GTK_IS_BUTTON (widget)) {
    g_assert_true (
        has_text (widget) ||
        gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                          GTK_ACCESSIBLE_PROPERTY_LABEL));
    g_assert_nonnull (gtk_widget_get_tooltip_text (widget));
    n++;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_WINDOW_CONTROLS (child))
      n += check_buttons (child);
  return n;
}

static void
test_names (void)
{
  GtkWindow *notes;

  open_exchange ("phone-four-ports", NULL);
  act ("presenter-notes");
  notes = pc_presenter_get_notes (presenter);
  g_assert_cmpuint (check_buttons (GTK_WIDGET (notes)), ==, 7);
  leave ();
}

/* The main window takes both with it. */
static void
test_close (void)
{
  PcWindow *watched;
  GtkWindow *screen, *notes;

  open_exchange ("phone-four-ports", NULL);
  act ("presenter-notes");
  screen = enter ();
  notes = pc_presenter_get_notes (presenter);
  watched = window;
  g_object_add_weak_pointer (G_OBJECT (watched), (gpointer *) &watched);
  g_object_add_weak_pointer (G_OBJECT (screen), (gpointer *) &screen);
  g_object_add_weak_pointer (G_OBJECT (notes), (gpointer *) &notes);
  gtk_window_destroy (GTK_WINDOW (window));
  window = NULL;
  wait_until (watched == NULL && screen == NULL && notes == NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *home = g_dir_make_tmp ("portcall-test-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  app = pc_application_new ();
  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));

  g_test_add_func ("/present/sentence", test_sentence);
  g_test_add_func ("/present/stopwatch", test_stopwatch);
  g_test_add_func ("/present/type-size", test_type_size);
  g_test_add_func ("/present/enter", test_enter);
  g_test_add_func ("/present/keys", test_keys);
  g_test_add_func ("/present/haste", test_haste);
  g_test_add_func ("/present/reduced-motion", test_reduced_motion);
  g_test_add_func ("/present/number", test_number);
  g_test_add_func ("/present/blank", test_blank);
  g_test_add_func ("/present/spotlight", test_spotlight);
  g_test_add_func ("/present/pointer", test_pointer);
  g_test_add_func ("/present/eavesdrop", test_eavesdrop);
  g_test_add_func ("/present/notes", test_notes);
  g_test_add_func ("/present/no-notes", test_no_notes);
  g_test_add_func ("/present/clock", test_clock);
  g_test_add_func ("/present/names", test_names);
  g_test_add_func ("/present/close", test_close);
  status = g_test_run ();
  g_clear_object (&app);
  return status;
}
