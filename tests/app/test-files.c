/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that somebody opens: what they are, what is wrong with them, and that
 * they are read again when they change.  By actions, as a person would. */

#include "fixture.h"

#include "app/mistakes-view.h"
#include "app/opened-file.h"
#include "app/scenario-row.h"

#include <glib/gstdio.h>
#include <string.h>

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
        find_type (gtk_widget_get_ancestor (
                       find_label (GTK_WIDGET (window), rows[i].said),
                       GTK_TYPE_REVEALER),
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

/* The menu is there in every place; what it opens is seen. */
static void
test_elsewhere (void)
{
  const struct
  {
    const char *action;
    GVariant   *parameter;
  } rows[] = {
    { "open-recent", g_variant_new_string ("pop3-leave-copy") },
    { "compare", g_variant_new_string ("imap-143-993") },
    { "compare-two", g_variant_new ("(ss)", "tftp-not-found",
                                    "tftp-get-config") },
    { "welcome", NULL },
  };

  open_window ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GVariant) place = NULL;

    act ("place", g_variant_new_string ("lab"));
    act (rows[i].action, rows[i].parameter);
    wait_until (pc_exchanges_page_is_idle (page ()));
    place = g_action_get_state (find_action ("place"));
    g_assert_cmpstr (g_variant_get_string (place, NULL), ==, "exchanges");
  }
}

static void
add_tests (void)
{
  g_test_add_func ("/comfort/files/elsewhere", test_elsewhere);
  g_test_add_func ("/comfort/files/open", test_open);
  g_test_add_func ("/comfort/files/others", test_others);
  g_test_add_func ("/comfort/files/drop", test_drop);
  g_test_add_func ("/comfort/files/mistakes", test_mistakes);
  g_test_add_func ("/comfort/files/reload", test_reload);
}

int
main (int   argc,
      char *argv[])
{
  return run_tests (argc, argv, add_tests);
}
