/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes the program comfortable: search, recent exchanges, the welcome, and
 * keys that are told. */

#include "fixture.h"

#include "app/field-chip.h"
#include "app/find-bar.h"
#include "app/recent.h"
#include "app/transport.h"

#include "diagram/diagram.h"
#include "diagram/rows.h"

#include "timeline/search.h"

#include <glib/gstdio.h>
#include <string.h>

/* -- search --------------------------------------------------------------- */

static GtkWidget *
find_bar (void)
{
  return find_type (GTK_WIDGET (window), PC_TYPE_FIND_BAR);
}

static const char *
get_count (void)
{
  GtkWidget *box = gtk_widget_get_last_child (
      gtk_widget_get_first_child (find_bar ()));

  return gtk_label_get_label (GTK_LABEL (gtk_widget_get_prev_sibling (box)));
}

static GtkDropDown *
get_filter (guint number)
{
  GtkWidget *child = gtk_widget_get_first_child (
      gtk_widget_get_first_child (find_bar ()));

  for (guint i = 0; i < number; i++)
    child = gtk_widget_get_next_sibling (child);
  return GTK_DROP_DOWN (child);
}

static void
test_find (void)
{
  GtkEditable *entry;
  guint first;

  open_window ();
  act ("watch", g_variant_new ("(ss)", "pop3-download-delete", ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  act ("find", NULL);
  g_assert_true (gtk_widget_get_visible (find_bar ()));
  entry = GTK_EDITABLE (find_type (find_bar (), GTK_TYPE_SEARCH_ENTRY));
  gtk_editable_set_text (entry, "retr 1");
  wait_until (g_str_has_prefix (get_count (), "1 of "));
  first = pc_player_get_current (player ());
  g_assert_cmpint ((int) first, ==,
                   pc_timeline_find_mark (timeline (), "retr"));
  act ("find-next", NULL);
  g_assert_cmpuint (pc_player_get_current (player ()), >, first);
  g_assert_true (g_str_has_prefix (get_count (), "2 of "));
  act ("find-previous", NULL);
  g_assert_cmpuint (pc_player_get_current (player ()), ==, first);
  /* The first letters may be further up than the word. */
  gtk_editable_set_text (entry, "");
  wait_until (g_str_equal (get_count (), ""));
  pc_player_show_step (player (), 1);
  gtk_editable_set_text (entry, "r");
  wait_until (g_str_has_prefix (get_count (), "1 of ") ||
              g_str_has_prefix (get_count (), "2 of "));
  g_assert_cmpuint (pc_player_get_current (player ()), <, first);
  gtk_editable_set_text (entry, "retr 1");
  wait_until (g_str_has_prefix (get_count (), "1 of "));
  g_assert_cmpuint (pc_player_get_current (player ()), ==, first);
  gtk_editable_set_text (entry, "no such thing");
  wait_until (g_str_equal (get_count (), "No match"));
  g_assert_cmpuint (pc_player_get_current (player ()), ==, first);
  act ("find-next", NULL);
  g_assert_cmpuint (pc_player_get_current (player ()), ==, first);
  /* A password is not found before it is shown. */
  gtk_editable_set_text (entry, "PASS portcall");
  wait_until (g_str_equal (get_count (), "No match"));
  act ("reveal", NULL);
  wait_until (g_str_has_prefix (get_count (), "1 "));
  act ("reveal", NULL);
  wait_until (g_str_equal (get_count (), "No match"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_filter (1))));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_filter (2))));
}

static void
test_filter (void)
{
  GtkEditable *entry;

  open_window ();
  act ("watch", g_variant_new ("(ss)", "imap-two-devices", ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  act ("find", NULL);
  entry = GTK_EDITABLE (find_type (find_bar (), GTK_TYPE_SEARCH_ENTRY));
  gtk_editable_set_text (entry, "");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_filter (1))));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_filter (2))));
  gtk_drop_down_set_selected (get_filter (2), 2);
  wait_until (g_str_has_prefix (get_count (), "1 of "));
  for (guint i = 0; i < 5; i++) {
    PcStep *step = pc_timeline_get_step (
        timeline (), pc_player_get_current (player ()));

    g_assert_cmpuint (pc_step_get_conn (step), ==, 2);
    act ("find-next", NULL);
  }
  /* The first actor has no part in it. */
  gtk_drop_down_set_selected (get_filter (1), 1);
  wait_until (g_str_equal (get_count (), "No match"));
  pc_find_bar_close (PC_FIND_BAR (find_bar ()));
  g_assert_false (gtk_widget_get_visible (find_bar ()));
}

/* With all that was made by now. */
static void
test_narrow (void)
{
  int minimum;

  open_window ();
  act ("welcome", NULL);
  act ("find", NULL);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  pc_find_bar_close (PC_FIND_BAR (find_bar ()));
}

static int
get_minimum (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  return minimum;
}

static GtkWidget *
get_widest (GtkWidget *widget)
{
  GtkWidget *widest = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) &&
        (widest == NULL || get_minimum (child) > get_minimum (widest)))
      widest = child;
  return widest;
}

static const char *
get_name (GtkWidget *widget)
{
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

  if (GTK_IS_LABEL (widget))
    return gtk_label_get_label (GTK_LABEL (widget));
  return id != NULL ? id : G_OBJECT_TYPE_NAME (widget);
}

/* The innermost that asks for more than the window may have, or NULL.  What
 * scrolls hides it from the window, but it would have to be scrolled. */
static GtkWidget *
find_wide (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *wide = find_wide (child);

    if (wide != NULL)
      return wide;
  }
  return get_minimum (widget) > 360 ? widget : NULL;
}

/* Nor may the window become higher: GTK makes a page that asks for too much
 * wider instead, and cuts off both of its sides. */
static void
check_narrow (const char *what)
{
  GtkWidget *wide = find_wide (GTK_WIDGET (window));
  int height;

  for (GtkWidget *child = wide; child != NULL; child = get_widest (child))
    g_test_message ("%s: %s asks for %d", what, get_name (child),
                    get_minimum (child));
  g_assert_null (wide);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, 360,
                      &height, NULL, NULL, NULL);
  g_test_message ("%s: %d high", what, height);
  g_assert_cmpint (height, <=, 720);
}

/* Twice the usual letters still go into the smallest window. */
static void
test_large (void)
{
  /* One of each kind. */
  static const char *const kinds[] = {
    "imap-993-rule",
    "imap-two-ports",
    "imap-states-match",
    "imap-starttls-session",
    "imap-fault-tag",
    "imap-predict-logindisabled",
    "imap-configure-phone",
  };
  GtkSettings *look = gtk_settings_get_default ();
  g_autofree char *font = NULL;

  g_object_get (look, "gtk-font-name", &font, NULL);
  g_object_set (look, "gtk-font-name", "Sans 20", NULL);
  if (window != NULL)
    close_window ();
  open_window ();
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 720);
  act ("watch", g_variant_new ("(ss)", "imap-two-devices", "phone-flags"));
  wait_until (shows ("Two devices, one mailbox"));
  wait_until (!g_variant_get_boolean (
      g_action_get_state (find_action ("inspector"))));
  wait_until (gtk_widget_get_width (GTK_WIDGET (window)) > 0 &&
              gtk_widget_get_width (GTK_WIDGET (window)) <= 360);
  check_narrow ("an exchange");
  act ("filter", NULL);
  check_narrow ("a filter");
  act ("watch", g_variant_new ("(ss)", "imap-starttls-143", ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  check_narrow ("an exchange with TLS");
  pc_find_bar_close (PC_FIND_BAR (find_bar ()));
  act ("compare", g_variant_new_string ("imap-143-993"));
  wait_until (g_action_get_enabled (find_action ("other-half")));
  wait_until (g_action_get_enabled (find_action ("last")));
  act ("last", NULL);
  check_narrow ("a comparison");
  act ("place", g_variant_new_string ("quiz"));
  wait_until (gtk_widget_get_width (GTK_WIDGET (window)) <= 360);
  check_narrow ("the quiz");
  act ("place", g_variant_new_string ("lab"));
  check_narrow ("the lab");
  act ("lab-try", g_variant_new_parsed (
                      "({'in-proto': 'imap', 'in-port': '110'},"
                      " {'in-proto': 'imap', 'in-port': '143'})"));
  wait_until (seen ("Right: Incoming port: 143"));
  check_narrow ("two answers on the wire");
  act ("lab-page", g_variant_new_string ("client"));
  check_narrow ("servers");
  act ("lab-page", g_variant_new_string ("faults"));
  wait_until (seen ("is lost on the way"));
  check_narrow ("a fault");
  act ("run-again", NULL);
  wait_until (pc_lab_faults_is_idle (
      pc_lab_page_get_faults (pc_window_get_lab (window))));
  check_narrow ("a fault that has struck");
  act ("lab-page", g_variant_new_string ("console"));
  act ("console-setup",
       g_variant_new ("(sss)", "imap", "client", "starttls"));
  act ("console-hint", NULL);
  check_narrow ("the console");
  act ("console-setup", g_variant_new ("(sss)", "tftp", "server", "none"));
  check_narrow ("the console with packets");
  act ("lab-page", g_variant_new_string ("account"));
  act ("place", g_variant_new_string ("progress"));
  check_narrow ("the progress");
  act ("ask", g_variant_new ("(ss)", "imap", "imap-143"));
  wait_until (g_action_get_enabled (find_action ("quiz-choose")));
  check_narrow ("a question");
  act ("quiz-choose", g_variant_new_int32 (1));
  act ("quiz-certainty", g_variant_new_string ("fairly"));
  act ("quiz-submit", NULL);
  check_narrow ("an answer");
  wait_until (gtk_widget_get_width (GTK_WIDGET (window)) <= 360);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    act ("ask", g_variant_new ("(ss)", "imap", kinds[i]));
    wait_until (g_action_get_enabled (find_action ("quiz-leave")));
    check_narrow (kinds[i]);
  }
  act ("quiz-leave", NULL);
  act ("quiz-mode", g_variant_new_string ("exam"));
  check_narrow ("an exam to be");
  act ("exam-begin", NULL);
  check_narrow ("an exam");
  pc_exam_page_tick (pc_quiz_page_get_exam (pc_window_get_quiz (window)),
                     g_get_real_time () + G_TIME_SPAN_DAY);
  wait_until (gtk_widget_get_width (GTK_WIDGET (window)) <= 360);
  check_narrow ("a result");
  g_object_set (look, "gtk-font-name", font, NULL);
  close_window ();
}

static int
get_left (GtkWidget *widget)
{
  graphene_rect_t rect;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (window),
                                            &rect));
  return (int) rect.origin.x;
}

/* All is turned round but what has one direction: octets and time. */
static void
test_right_to_left (void)
{
  GtkWidget *chip, *list, *stage, *transport;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (window != NULL)
    close_window ();
  open_window ();
  act ("watch", g_variant_new ("(ss)", "pop3-download-delete", "retr"));
  wait_until (shows ("Download and delete"));
  wait_until (find_type (GTK_WIDGET (window), PC_TYPE_FIELD_CHIP) != NULL);
  chip = find_type (GTK_WIDGET (window), PC_TYPE_FIELD_CHIP);
  wait_until (gtk_widget_get_width (chip) > 0);
  list = find_type (GTK_WIDGET (page ()), GTK_TYPE_LIST_BOX);
  stage = find_type (GTK_WIDGET (page ()), PC_TYPE_DIAGRAM);
  g_assert_cmpint (get_left (list), >, get_left (stage));
  g_assert_cmpint (get_left (chip), <,
                   get_left (gtk_widget_get_next_sibling (chip)));
  transport = find_type (GTK_WIDGET (window), PC_TYPE_TRANSPORT);
  g_assert_cmpint (
      get_left (find_type (transport, GTK_TYPE_BUTTON)), <,
      get_left (find_type (transport, GTK_TYPE_SCALE)));
  g_assert_cmpint (
      gtk_widget_get_direction (find_type (transport, GTK_TYPE_SCALE)), ==,
      GTK_TEXT_DIR_LTR);
  close_window ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* -- recent --------------------------------------------------------------- */

static void
test_recent (void)
{
  g_autoptr (PcRecent) recent = pc_recent_new (NULL);
  GMenuModel *menu = pc_recent_get_menu (recent);
  g_autoptr (GMenuModel) entries = NULL;
  g_autofree char *label = NULL;

  for (guint i = 0; i < 12; i++) {
    g_autofree char *key = g_strdup_printf ("file:///tmp/a_%u.json", i);

    pc_recent_add (recent, key);
  }
  g_assert_cmpuint (
      g_strv_length ((char **) pc_recent_get_keys (recent)), ==, 10);
  g_assert_cmpstr (pc_recent_get_keys (recent)[0], ==,
                   "file:///tmp/a_11.json");
  pc_recent_add (recent, "file:///tmp/a_5.json");
  g_assert_cmpuint (
      g_strv_length ((char **) pc_recent_get_keys (recent)), ==, 10);
  g_assert_cmpstr (pc_recent_get_keys (recent)[0], ==, "file:///tmp/a_5.json");
  g_assert_cmpstr (pc_recent_get_keys (recent)[9], ==, "file:///tmp/a_2.json");

  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 2);
  entries = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
  g_assert_cmpint (g_menu_model_get_n_items (entries), ==, 10);
  g_menu_model_get_item_attribute (entries, 0, "label", "s", &label);
  g_assert_cmpstr (label, ==, "a__5.json");
  pc_recent_clear (recent);
  g_assert_null (pc_recent_get_keys (recent)[0]);
}

static void
test_recent_open (void)
{
  g_autofree char *text = write_scenario ("Once more", NULL, NULL);
  g_autofree char *path = file_path ("again.json");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  open_window ();
  save ("again.json", text);
  open_path ("again.json");
  wait_until (shows ("Once more"));
  act ("watch", g_variant_new ("(ss)", "tftp-not-found", ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  if (settings != NULL) {
    g_auto (GStrv) keys = g_settings_get_strv (settings, "recent");

    g_assert_cmpstr (keys[0], ==, "tftp-not-found");
    g_assert_cmpstr (keys[1], ==, uri);
  }
  act ("open-recent", g_variant_new_string (uri));
  wait_until (shows ("Once more"));
  act ("open-recent", g_variant_new_string ("pop3-leave-copy"));
  wait_until (pc_exchanges_page_is_idle (page ()));
  g_assert_cmpstr (pc_timeline_get_id (timeline ()), ==, "pop3-leave-copy");
  act ("clear-recent", NULL);
  if (settings != NULL) {
    g_auto (GStrv) keys = g_settings_get_strv (settings, "recent");

    g_assert_null (keys[0]);
  }
}

/* -- keys ----------------------------------------------------------------- */

/* "<Control>g" as GTK writes it. */
static char *
normalize (const char *text)
{
  guint key;
  GdkModifierType mods;

  g_assert_true (gtk_accelerator_parse (text, &key, &mods));
  return gtk_accelerator_name (key, mods);
}

static void
add_keys (GHashTable *set,
          const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    const char *range = strstr (parts[i], "...");

    if (range == NULL) {
      g_hash_table_add (set, normalize (parts[i]));
      continue;
    }
    for (char c = parts[i][0]; c <= range[3]; c++)
      g_hash_table_add (set, normalize ((const char[]){ c, '\0' }));
  }
}

static void
collect_keys (GtkWidget  *widget,
              GHashTable *set)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget)) {
    g_autofree char *text = NULL;

    g_object_get (widget, "accelerator", &text, NULL);
    add_keys (set, text);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_keys (child, set);
}

static GtkEventController *
find_keys (GtkWidget *widget)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (all, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      return controller; /* the widget holds it */
  }
  g_assert_not_reached ();
}

/* Those of GTK itself, of widgets that everybody knows, of the diagram, and of
 * the window for a projector (tests/app/test-present.c presses those). */
static const char *const by_others[] = {
  "F10",    "Escape",    "Up",      "Down", "0",      "1", "2", "3",
  "4",      "5",         "6",       "7",    "8",      "9", "b", "n",
  "s",      "Page_Down", "Page_Up", "Return", "period",
  "<Control>plus", "<Control>minus", "<Control>0", "Tab", "F1",
  "<Control>space",
  /* of a window of its own, which has its tests */
  "Insert", "Delete", "<Alt>Up", "<Alt>Down", "<Control>m", "<Control>t",
  "<Control>z", "<Shift><Control>z", "<Control>s", "<Shift><Control>s",
  /* of the quiz and the lab */
  "t", "<Alt>Left", NULL
};

/* The window of shortcuts tells every key that does something, and no other:
 * accelerators by what the application says, plain keys by pressing them
 * all. */
static void
test_shortcuts (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (
      "/io/github/portcall/Portcall/gtk/help-overlay.ui");
  GtkWidget *overlay =
      GTK_WIDGET (gtk_builder_get_object (builder, "help_overlay"));
  g_autoptr (GHashTable) told =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) done =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) actions = NULL;
  GtkEventController *keys;
  GHashTableIter iter;
  gpointer key;

  open_window ();
  act ("watch", g_variant_new ("(ss)", "imap-implicit-993", ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  collect_keys (overlay, told);
  g_assert_cmpuint (g_hash_table_size (told), >, 20);

  actions = gtk_application_list_action_descriptions (GTK_APPLICATION (app));
  for (guint i = 0; actions[i] != NULL; i++) {
    g_auto (GStrv) accels = gtk_application_get_accels_for_action (
        GTK_APPLICATION (app), actions[i]);

    g_test_message ("%s: %s", actions[i], accels[0]);
    g_assert_nonnull (accels[0]);
    g_assert_true (g_hash_table_contains (told, accels[0]));
    for (guint j = 0; accels[j] != NULL; j++)
      g_hash_table_add (done, g_strdup (accels[j]));
  }

  keys = find_keys (GTK_WIDGET (page ()));
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  for (guint code = 0x20; code <= 0xFFFF; code += code == 0x7E ? 0xFE82 : 1) {
    gboolean taken = FALSE;
    g_autofree char *name = gtk_accelerator_name (code, 0);

    g_signal_emit_by_name (keys, "key-pressed", code, 0, 0, &taken);
    if (!taken)
      continue;
    g_test_message ("key %s", name);
    g_hash_table_add (done, g_strdup (name));
    if (!g_str_has_prefix (name, "KP_"))
      g_assert_true (g_hash_table_contains (told, name));
  }
  /* One of them has switched predictions on, and that would be kept. */
  act ("predict", NULL);

  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    g_test_message ("told: %s", (char *) key);
    g_assert_true (g_hash_table_contains (done, key) ||
                   g_strv_contains (by_others, key));
  }
  gtk_window_destroy (GTK_WINDOW (overlay));
}

/* -- from one day to the next --------------------------------------------- */

static void
test_welcome (void)
{
  g_assert_nonnull (settings);
  if (window != NULL)
    close_window ();
  g_settings_reset (settings, "welcomed");
  open_window ();
  g_assert_true (seen ("Welcome to Portcall"));
  g_assert_null (timeline ());
  open_path ("gone.json");
  wait_until (seen ("There is no file"));
  g_assert_true (seen ("Welcome to Portcall"));
  act ("welcome-start", NULL);
  wait_until (timeline () != NULL && pc_player_get_playing (player ()));
  g_assert_cmpstr (pc_timeline_get_id (timeline ()), ==, "phone-four-ports");
  g_assert_false (seen ("Welcome to Portcall"));
  act ("welcome", NULL);
  g_assert_true (seen ("Welcome to Portcall"));
  g_assert_false (pc_player_get_playing (player ()));
  act ("forward", NULL);
  g_assert_false (seen ("Welcome to Portcall"));

  /* Once is enough. */
  close_window ();
  open_window ();
  wait_until (timeline () != NULL);
  g_assert_false (seen ("Welcome to Portcall"));
}

static void
test_memory (void)
{
  g_assert_nonnull (settings);
  open_window ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1300, 800);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  act ("faster", NULL);
  act ("inspector", NULL);
  close_window ();
  open_window ();
  g_assert_cmpfloat (pc_player_get_speed (player ()), ==, 2);
  g_assert_false (g_variant_get_boolean (
      g_action_get_state (find_action ("inspector"))));
  g_assert_true (g_variant_get_boolean (
      g_action_get_state (find_action ("sidebar"))));
  act ("slower", NULL);
  act ("inspector", NULL);
  close_window ();
}

/* A row that says how many steps are not to be seen; each of its own group. */
static guint
count_hidden (guint *n_steps)
{
  GtkWidget *list = find_type (find_type (GTK_WIDGET (window), PC_TYPE_DIAGRAM),
                               GTK_TYPE_LIST_VIEW);
  GListModel *rows =
      G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  guint hidden = 0;

  *n_steps = 0;
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (PcDiagramRow) row = g_list_model_get_item (rows, i);

    *n_steps += row->kind == PC_DIAGRAM_ROW_STEP;
    if (row->kind == PC_DIAGRAM_ROW_GROUP)
      hidden += row->group.last - row->group.first + 1;
  }
  return hidden;
}

static void
test_hide (void)
{
  GtkEditable *entry;
  guint n, shown, at;

  open_window ();
  act ("watch", g_variant_new ("(ss)", "pop3-download-delete", "pass"));
  wait_until (pc_exchanges_page_is_idle (page ()));
  n = pc_timeline_get_n_steps (timeline ());
  act ("find", NULL);
  entry = GTK_EDITABLE (find_type (find_bar (), GTK_TYPE_SEARCH_ENTRY));
  gtk_editable_set_text (entry, "");
  act ("filter", NULL);
  /* Nothing is asked for: nothing is hidden. */
  g_assert_cmpuint (count_hidden (&shown), ==, 0);
  gtk_drop_down_set_selected (get_filter (3), PC_SEARCH_COMMANDS);
  wait_until (strstr (get_count (), "hidden") != NULL);
  g_assert_cmpuint (count_hidden (&shown), ==, n - shown);
  g_assert_cmpuint (shown, >, 3);
  g_assert_cmpuint (shown, <, n);
  /* What is hidden is not stepped to. */
  act ("first", NULL);
  for (guint i = 1; i < shown; i++)
    act ("forward", NULL);
  at = pc_player_get_current (player ());
  g_assert_true (gtk_bitset_contains (
      pc_find_bar_get_matches (PC_FIND_BAR (find_bar ())), at));
  act ("forward", NULL);
  g_assert_cmpuint (pc_player_get_current (player ()), ==, at);
  act ("last", NULL);
  g_assert_cmpuint (pc_player_get_current (player ()), ==, at);
  gtk_editable_set_text (entry, "no such thing");
  wait_until (g_str_has_prefix (get_count (), "No match · "));
  g_assert_cmpuint (count_hidden (&shown), ==, n);
  g_assert_true (pc_find_bar_get_matches (PC_FIND_BAR (find_bar ())) != NULL);
  /* It goes with its bar, and with what it was for. */
  pc_find_bar_close (PC_FIND_BAR (find_bar ()));
  g_assert_cmpuint (count_hidden (&shown), ==, 0);
  act ("find", NULL);
  wait_until (count_hidden (&shown) == n);
  act ("watch", g_variant_new ("(ss)", "tftp-not-found", ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  n = pc_timeline_get_n_steps (timeline ());
  wait_until (count_hidden (&shown) == n);
  act ("filter", NULL);
  g_assert_cmpuint (count_hidden (&shown), ==, 0);
  gtk_drop_down_set_selected (get_filter (3), PC_SEARCH_ANY);
  gtk_editable_set_text (entry, "");
  pc_find_bar_close (PC_FIND_BAR (find_bar ()));
}

static void
add_tests (void)
{
  g_test_add_func ("/comfort/find/text", test_find);
  g_test_add_func ("/comfort/find/filter", test_filter);
  g_test_add_func ("/comfort/find/hide", test_hide);
  g_test_add_func ("/comfort/narrow", test_narrow);
  g_test_add_func ("/comfort/right-to-left", test_right_to_left);
  g_test_add_func ("/comfort/recent/list", test_recent);
  g_test_add_func ("/comfort/recent/open", test_recent_open);
  g_test_add_func ("/comfort/shortcuts", test_shortcuts);
  g_test_add_func ("/comfort/welcome", test_welcome);
  g_test_add_func ("/comfort/memory", test_memory);
  /* Last: its size is remembered. */
  g_test_add_func ("/comfort/large", test_large);
}

int
main (int   argc,
      char *argv[])
{
  return run_tests (argc, argv, add_tests);
}
