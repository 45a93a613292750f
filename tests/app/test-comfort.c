/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes the program comfortable: one's own files, read again when they
 * change; recent exchanges; the welcome.  By actions, as a person would. */

#include "app/application.h"
#include "app/find-bar.h"
#include "app/mistakes-view.h"
#include "app/opened-file.h"
#include "app/recent.h"
#include "app/scenario-row.h"
#include "app/settings.h"
#include "app/toasts.h"
#include "app/window.h"

#include "base/paths.h"

#include <glib/gstdio.h>
#include <string.h>

#define WAIT_US (10 * G_USEC_PER_SEC)

static PcApplication *app;
static PcWindow *window;
static GSettings *settings; /* NULL where the schema is not compiled */
static char *home;

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

static GAction *
find_action (const char *name)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), name);

  g_assert_nonnull (action);
  return action;
}

static void
act (const char *name,
     GVariant   *parameter)
{
  g_assert_true (g_action_get_enabled (find_action (name)));
  g_action_activate (find_action (name), parameter);
}

static PcExchangesPage *
page (void)
{
  return pc_window_get_exchanges (window);
}

static PcPlayer *
player (void)
{
  return pc_exchanges_page_get_player (page ());
}

static PcTimeline *
timeline (void)
{
  return pc_player_get_timeline (player ());
}

static void
open_window (void)
{
  if (window != NULL)
    return;
  window = PC_WINDOW (pc_window_new (GTK_APPLICATION (app), settings));
  gtk_window_present (GTK_WINDOW (window));
  wait_until (pc_window_get_content (window) != NULL);
  wait_until (pc_exchanges_page_is_idle (page ()));
}

static void
close_window (void)
{
  PcWindow *watched = window;

  g_object_add_weak_pointer (G_OBJECT (watched), (gpointer *) &watched);
  gtk_window_close (GTK_WINDOW (window));
  window = NULL;
  wait_until (watched == NULL);
}

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* A mapped label that has @text in it. */
static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_label (child, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
seen (const char *text)
{
  return find_label (GTK_WIDGET (window), text) != NULL;
}

static PcScenarioRow *
row (int index)
{
  GtkWidget *box = find_type (GTK_WIDGET (page ()), GTK_TYPE_LIST_BOX);

  return PC_SCENARIO_ROW (
      gtk_list_box_get_row_at_index (GTK_LIST_BOX (box), index));
}

static guint
count_files (void)
{
  guint n = 0;

  while (pc_scenario_row_get_file (row ((int) n)) != NULL)
    n++;
  return n;
}

/* -- files ---------------------------------------------------------------- */

static char *
file_path (const char *name)
{
  return g_build_filename (home, name, NULL);
}

static void
save (const char *name,
      const char *text)
{
  g_autofree char *path = file_path (name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Our own scenario with another title, and @from as @to. */
static char *
write_scenario (const char *title,
                const char *from,
                const char *to)
{
  g_autofree char *path = pc_paths_get_data (
      "scenarios/pop3-download-delete.json");
  g_autofree char *text = NULL;
  g_autoptr (GString) out = NULL;
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", title);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  out = g_string_new (text);
  g_assert_cmpuint (
      g_string_replace (out, "\"Download and delete\"", quoted, 1), ==, 1);
  if (from != NULL)
    g_assert_cmpuint (g_string_replace (out, from, to, 1), ==, 1);
  return g_strdup (out->str);
}

static void
open_path (const char *name)
{
  g_autofree char *path = file_path (name);

  act ("open-path", g_variant_new_string (path));
}

static gboolean
shows (const char *title)
{
  return pc_exchanges_page_is_idle (page ()) && timeline () != NULL &&
         g_str_equal (pc_timeline_get_title (timeline ()), title);
}

static void
test_open (void)
{
  g_autofree char *text = write_scenario ("Mine", NULL, NULL);
  guint n;

  open_window ();
  n = count_files ();
  save ("mine.json", text);
  open_path ("mine.json");
  wait_until (shows ("Mine"));
  g_assert_cmpuint (count_files (), ==, n + 1);
  g_assert_true (seen ("Your files"));
  g_assert_true (seen ("mine.json"));
  /* The same file again is no second one. */
  act ("watch", g_variant_new ("(ss)", "smtp-submit-587", ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  g_assert_false (g_action_get_enabled (find_action ("reload")));
  open_path ("mine.json");
  wait_until (shows ("Mine"));
  g_assert_cmpuint (count_files (), ==, n + 1);
  g_assert_true (g_action_get_enabled (find_action ("reload")));
}

/* What is none changes nothing but for a message. */
static void
test_others (void)
{
  static const struct
  {
    const char *name;
    const char *text; /* NULL: there is no such file */
    const char *said;
  } rows[] = {
    { "picture.png", "\x89PNG\r\n\x1A\n", "is a picture" },
    { "bank.json", "{\"format\": \"portcall-question-bank\"}",
      "is a question bank" },
    { "world.json", "{\"format\": \"portcall-world\"}", "is a world" },
    { "letter.txt", "Dear Robin", "is no scenario" },
    { "empty", "", "is empty" },
    { "gone.json", NULL, "There is no file" },
    { "", NULL, "is a folder" },
  };
  guint n;

  open_window ();
  act ("watch", g_variant_new ("(ss)", "smtp-submit-587", "rcpt"));
  wait_until (pc_exchanges_page_is_idle (page ()));
  n = count_files ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcTimeline *before = timeline ();
    guint current = pc_player_get_current (player ());

    g_test_message ("%s", rows[i].name);
    if (rows[i].text != NULL)
      save (rows[i].name, rows[i].text);
    open_path (rows[i].name);
    wait_until (seen (rows[i].said));
    g_assert_true (timeline () == before);
    g_assert_cmpuint (pc_player_get_current (player ()), ==, current);
    g_assert_cmpuint (count_files (), ==, n);
    /* Dismissed, for the next one. */
    g_signal_emit_by_name (
        find_type (find_type (GTK_WIDGET (window), GTK_TYPE_REVEALER),
                   GTK_TYPE_BUTTON),
        "clicked");
    wait_until (!seen (rows[i].said));
  }
}

static void
test_drop (void)
{
  g_autofree char *text = write_scenario ("Dropped", NULL, NULL);
  g_autofree char *path = file_path ("dropped.json");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListModel) controllers = NULL;
  g_autoslist (GFile) list = g_slist_prepend (NULL, g_object_ref (file));
  GValue value = G_VALUE_INIT;
  gboolean taken = FALSE;

  open_window ();
  save ("dropped.json", text);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, list);
  act ("place", g_variant_new_string ("quiz"));
  controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (controller))
      g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &taken);
  }
  g_assert_true (taken);
  g_value_unset (&value);
  wait_until (shows ("Dropped"));
}

/* -- mistakes ------------------------------------------------------------- */

static PcMistakesView *
mistakes (void)
{
  GtkWidget *view = find_type (GTK_WIDGET (window), PC_TYPE_MISTAKES_VIEW);

  return view != NULL && gtk_widget_get_mapped (view) ? PC_MISTAKES_VIEW (view)
                                                      : NULL;
}

static void
test_mistakes (void)
{
  g_autofree char *bad = write_scenario ("Half", "\"do\": \"stat\"",
                                         "\"do\": \"stta\"");
  g_autofree char *torn = g_strndup (bad, 700);

  open_window ();
  save ("half.json", bad);
  open_path ("half.json");
  wait_until (mistakes () != NULL);
  g_assert_cmpuint (pc_mistakes_view_get_n (mistakes ()), ==, 1);
  g_assert_true (seen ("32:33: error[S101]"));
  g_assert_true (seen ("first 3 entries"));
  act ("watch-file", NULL);
  wait_until (shows ("Half"));
  g_assert_null (mistakes ());
  g_assert_true (seen ("You see its good part."));
  g_assert_cmpuint (pc_timeline_get_n_steps (timeline ()), <, 12);
  act ("show-mistakes", NULL);
  wait_until (mistakes () != NULL);

  /* Nothing of it can be watched. */
  save ("torn.json", torn);
  open_path ("torn.json");
  wait_until (seen ("it is not JSON"));
  g_assert_false (g_action_get_enabled (find_action ("watch-file")));
  g_assert_null (timeline ());
  act ("reload", NULL);
  wait_until (seen ("it is not JSON"));
}

/* -- reading again -------------------------------------------------------- */

static void
test_reload (void)
{
  g_autofree char *first = write_scenario ("First", NULL, NULL);
  g_autofree char *second = write_scenario (
      "Second",
      "{ \"actor\": \"desktop\", \"do\": \"stat\" },",
      "{ \"actor\": \"desktop\", \"do\": \"noop\" },\n"
      "{ \"actor\": \"desktop\", \"do\": \"stat\" },");
  g_autofree char *bad = write_scenario ("Bad", "\"do\": \"stat\"",
                                         "\"do\": \"stta\"");
  g_autofree char *third = write_scenario ("Third", NULL, NULL);
  g_autofree char *path = file_path ("edited.json");
  PcTimeline *before;
  guint number;

  open_window ();
  save ("edited.json", first);
  open_path ("edited.json");
  wait_until (shows ("First"));

  /* Saved by a new file that takes the name: the same mark is shown. */
  pc_player_show_step (
      player (), (guint) pc_timeline_find_mark (timeline (), "list"));
  save ("edited.json", second);
  wait_until (shows ("Second"));
  g_assert_cmpint ((int) pc_player_get_current (player ()), ==,
                   pc_timeline_find_mark (timeline (), "list"));

  /* A step without a mark keeps its number. */
  number = (guint) pc_timeline_find_mark (timeline (), "user") + 2;
  pc_player_show_step (player (), number - 1);
  g_assert_null (pc_step_get_mark (
      pc_timeline_get_step (timeline (), number - 1)));

  /* A broken save is told, and nothing is lost. */
  before = timeline ();
  save ("edited.json", bad);
  wait_until (seen ("You see its last good version."));
  g_assert_true (timeline () == before);
  act ("show-mistakes", NULL);
  wait_until (seen ("Watch the Last Good Version"));
  act ("watch-file", NULL);
  wait_until (mistakes () == NULL);
  g_assert_true (timeline () == before);

  /* Gone: the same; and back, written in place. */
  g_assert_cmpint (g_remove (path), ==, 0);
  wait_until (seen ("is no scenario any more"));
  g_assert_true (timeline () == before);
  {
    FILE *file = g_fopen (path, "we");

    g_assert_cmpuint (fwrite (third, 1, 300, file), ==, 300);
    fflush (file);
    g_usleep (20000);
    fputs (third + 300, file);
    fclose (file);
  }
  wait_until (shows ("Third"));
  g_assert_cmpuint (pc_player_get_current (player ()), ==, number - 1);
  g_assert_false (seen ("last good version"));
}

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

  return gtk_label_get_label (GTK_LABEL (gtk_widget_get_first_child (box)));
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

/* Those of GTK itself, and of widgets that everybody knows. */
static const char *const by_others[] = { "F10", "Escape", "Up",     "Down",
                                         "1",   "2",      "3",      "4",
                                         "5",   "6",      "7",      "8",
                                         "Return", NULL };

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
  if (settings == NULL) {
    g_test_skip ("the schema is not compiled");
    return;
  }
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
  if (settings == NULL) {
    g_test_skip ("the schema is not compiled");
    return;
  }
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

static void
remove_home (void)
{
  g_autoptr (GDir) open = g_dir_open (home, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = file_path (name);

    g_remove (path);
  }
  g_rmdir (home);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  home = g_dir_make_tmp ("portcall-test-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  app = pc_application_new ();
  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));
  settings = pc_settings_new ();
  if (settings != NULL)
    g_settings_set_boolean (settings, "welcomed", TRUE);

  g_test_add_func ("/comfort/files/open", test_open);
  g_test_add_func ("/comfort/files/others", test_others);
  g_test_add_func ("/comfort/files/drop", test_drop);
  g_test_add_func ("/comfort/files/mistakes", test_mistakes);
  g_test_add_func ("/comfort/files/reload", test_reload);
  g_test_add_func ("/comfort/find/text", test_find);
  g_test_add_func ("/comfort/find/filter", test_filter);
  g_test_add_func ("/comfort/narrow", test_narrow);
  g_test_add_func ("/comfort/recent/list", test_recent);
  g_test_add_func ("/comfort/recent/open", test_recent_open);
  g_test_add_func ("/comfort/shortcuts", test_shortcuts);
  g_test_add_func ("/comfort/welcome", test_welcome);
  g_test_add_func ("/comfort/memory", test_memory);
  status = g_test_run ();
  g_clear_object (&app);
  g_clear_object (&settings);
  remove_home ();
  g_free (home);
  return status;
}
