/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves the window: every shipped scenario in every format, files from
 * the commands and from the dialog, the clipboard, Wireshark.  Needs a
 * display; tests/app/meson.build gives it one. */

#include "app/application.h"
#include "app/file-format.h"
#include "app/save-file.h"
#include "app/toasts.h"
#include "app/window.h"
#include "app/wireshark.h"

#include "run/run.h"

#include "scratch.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#define WAIT_US (10 * G_USEC_PER_SEC)

static PcApplication *app;
static PcWindow *window;
static char *folder; /* for what is written; removed at the end */

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

static void
act (const char *name,
     GVariant   *parameter)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), name);

  g_assert_nonnull (action);
  g_assert_true (g_action_get_enabled (action));
  g_action_activate (action, parameter);
}

static void
open_exchange (const char *scenario)
{
  PcExchangesPage *page;

  if (window == NULL) {
    window = PC_WINDOW (pc_window_new (GTK_APPLICATION (app), NULL));
    gtk_window_present (GTK_WINDOW (window));
    wait_until (pc_window_get_content (window) != NULL);
  }
  page = pc_window_get_exchanges (window);
  wait_until (pc_exchanges_page_is_idle (page));
  act ("watch", g_variant_new ("(ss)", scenario, ""));
  wait_until (pc_exchanges_page_is_idle (page));
}

/* The next exchange has one without messages that wait. */
static void
close_window (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
  window = NULL;
}

static gboolean
shows (GtkWidget  *widget,
       const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* -- formats -------------------------------------------------------------- */

static const struct
{
  const char *id;
  const char *begin; /* of every such file */
} magics[] = {
  { "pdf", "%PDF-" },   { "svg", "<?xml" }, { "png", "\x89PNG" },
  { "md", "# " },       { "json", "{" },    { "pcapng", "\x0a\x0d\x0d\x0a" },
};

static void
assert_begins (GBytes     *bytes,
               const char *id)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (g_str_equal (magics[i].id, id)) {
      g_assert_cmpuint (length, >, strlen (magics[i].begin));
      g_assert_cmpmem (data, strlen (magics[i].begin), magics[i].begin,
                       strlen (magics[i].begin));
      return;
    }
  g_assert_not_reached ();
}

static void
test_table (void)
{
  static const struct
  {
    const char *name;
    const char *id;
    const char *renamed;
  } rows[] = {
    { "a", "pdf", "a.pdf" },         { "a.svg", "pdf", "a.pdf" },
    { "a.SVG", "png", "a.png" },     { "v1.2", "md", "v1.2.md" },
    { "a.b.json", "svg", "a.b.svg" },
  };

  g_assert_cmpuint (pc_file_format_get_n (), ==, G_N_ELEMENTS (magics));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *renamed = pc_file_format_rename (
        pc_file_format_find (rows[i].id), rows[i].name);

    g_assert_cmpstr (renamed, ==, rows[i].renamed);
    g_assert_true (pc_file_format_guess (renamed) ==
                   pc_file_format_find (rows[i].id));
  }
  g_assert_null (pc_file_format_guess ("a"));
  g_assert_null (pc_file_format_guess ("a.exe"));
  g_assert_null (pc_file_format_find (NULL));
}

/* Warnings are fatal: a row that the SVG does not know would be one.  Each
 * format but PNG, which takes its time and is drawn by the code of PDF. */
static void
test_scenarios (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autofree char *path = g_build_filename (g_getenv ("PORTCALL_DATA"),
                                            "scenarios", NULL);
  g_autoptr (PcLibrary) library = pc_library_new (path, problems);

  g_assert_cmpuint (pc_library_get_n (library), >, 50);
  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario *scenario = pc_library_get (library, i);
    g_autoptr (GError) error = NULL;
    g_autoptr (PcTimeline) timeline =
        pc_run_scenario (scenario, PC_LINK_MEMORY, &error);
    g_autoptr (PcTimeline) view = NULL;

    g_test_message ("%s", pc_scenario_get_id (scenario));
    g_assert_no_error (error);
    view = pc_timeline_new_wire_view (timeline);
    for (guint at = 0; at < 2 * pc_file_format_get_n (); at++) {
      const PcFileFormat *format = pc_file_format_get (at / 2);
      PcFileSource source = { at % 2 == 0 ? timeline : view,
                              pc_scenario_get_title (scenario),
                              pc_scenario_get_summary (scenario), FALSE };
      g_autoptr (GBytes) bytes = NULL;

      if (g_str_equal (format->id, "png"))
        continue;
      bytes = format->make (&source, &error);
      g_assert_no_error (error);
      assert_begins (bytes, format->id);
    }
  }
}

/* -- files ---------------------------------------------------------------- */

static void
export_to (const char *id,
           const char *path)
{
  act ("export-to", g_variant_new ("(s^ay)", id, path));
}

static void
test_files (void)
{
  open_exchange ("imap-read-phone");
  for (guint i = 0; i < pc_file_format_get_n (); i++) {
    const char *id = pc_file_format_get (i)->id;
    g_autofree char *name = g_strconcat ("read.", id, NULL);
    g_autofree char *path = in_folder (name);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autoptr (GBytes) bytes = NULL;

    export_to (id, path);
    wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
    bytes = g_file_load_bytes (file, NULL, NULL, NULL);
    assert_begins (bytes, id);
  }
  wait_until (shows (GTK_WIDGET (window), "Saved as “read.pdf”."));
}

/* What a person reads has dots, unless the window shows what is below. */
static void
test_secrets (void)
{
  static const char *const ids[] = { "svg", "md" };

  open_exchange ("imap-read-phone");
  for (guint i = 0; i < 4; i++) {
    g_autofree char *name = g_strdup_printf ("secret%u.%s", i / 2, ids[i % 2]);
    g_autofree char *path = in_folder (name);
    g_autofree char *text = NULL;

    g_action_group_change_action_state (G_ACTION_GROUP (window), "reveal",
                                        g_variant_new_boolean (i >= 2));
    export_to (ids[i % 2], path);
    wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_assert_true ((strstr (text, "LOGIN alex portcall") != NULL) == (i >= 2));
  }
  g_action_group_change_action_state (G_ACTION_GROUP (window), "reveal",
                                      g_variant_new_boolean (FALSE));
}

/* Octets cannot be masked, so it is said. */
static void
test_secrets_said (void)
{
  g_autofree char *path = in_folder ("said.pcapng");

  close_window ();
  open_exchange ("imap-read-phone");
  export_to ("pcapng", path);
  wait_until (shows (GTK_WIDGET (window),
                     "Saved as “said.pcapng”. Its octets are those of the "
                     "wire, passwords among them."));
  close_window ();
  open_exchange ("tftp-get-config");
  export_to ("pcapng", path);
  wait_until (shows (GTK_WIDGET (window), "Saved as “said.pcapng”."));
}

static void
test_no_folder (void)
{
  g_autofree char *path = in_folder ("nowhere/x.pdf");

  close_window ();
  open_exchange ("tftp-get-config");
  export_to ("pdf", path);
  wait_until (shows (GTK_WIDGET (window), "“x.pdf” could not be saved: "));
  close_window ();
  open_exchange ("tftp-get-config");
  export_to ("docx", path);
  wait_until (shows (GTK_WIDGET (window), "There is no such format."));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pc_save_file_finish (result, &error));
  g_assert_nonnull (error);
  *(gboolean *) data = TRUE;
}

/* The disk is full in the middle: the old file is still whole, and nothing
 * lies beside it. */
static void
test_whole_or_not (void)
{
  g_autofree char *full = in_folder ("full");
  g_autofree char *path = g_build_filename (full, "old.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (100000), 100000);
  g_autofree char *text = NULL;
  g_autoptr (GDir) dir = NULL;
  struct rlimit before, limit;
  gboolean done = FALSE;

  g_assert_no_errno (g_mkdir (full, 0700));
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &before));
  limit = before;
  limit.rlim_cur = 50000;
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
  pc_save_file_async (file, bytes, NULL, saved_cb, &done);
  wait_until (done);
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &before));

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  dir = g_dir_open (full, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "old.pdf");
  g_assert_null (g_dir_read_name (dir));
}

/* -- dialog --------------------------------------------------------------- */

static GtkWidget *
find_chooser (void)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWidget) widget = g_list_model_get_item (all, i);

    if (GTK_IS_FILE_CHOOSER (widget) && gtk_widget_get_visible (widget))
      return widget;
  }
  return NULL;
}

static gboolean
has_folder (GtkFileChooser *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_current_folder (chooser);

  return file != NULL;
}

static gboolean
would_save_as (GtkFileChooser *chooser,
               const char     *path)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);

  return file != NULL && g_strcmp0 (g_file_peek_path (file), path) == 0;
}

static void
test_dialog (void)
{
  g_autofree char *path = in_folder ("tftp-get-config.svg");
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autoptr (GListModel) filters = NULL;
  g_autoptr (GtkFileFilter) svg = NULL;
  g_autofree char *suggested = NULL;
  g_autofree char *renamed = NULL;
  g_autofree char *text = NULL;
  GtkWidget *chooser;

  open_exchange ("tftp-get-config");
  act ("export", g_variant_new_string (""));
  wait_until (find_chooser () != NULL);
  chooser = find_chooser ();
  suggested = gtk_file_chooser_get_current_name (GTK_FILE_CHOOSER (chooser));
  g_assert_cmpstr (suggested, ==, "tftp-get-config.pdf");

  filters = gtk_file_chooser_get_filters (GTK_FILE_CHOOSER (chooser));
  g_assert_cmpuint (g_list_model_get_n_items (filters), ==,
                    pc_file_format_get_n ());
  svg = g_list_model_get_item (filters, 1);
  gtk_file_chooser_set_filter (GTK_FILE_CHOOSER (chooser), svg);
  renamed = gtk_file_chooser_get_current_name (GTK_FILE_CHOOSER (chooser));
  g_assert_cmpstr (renamed, ==, "tftp-get-config.svg");

  /* Not before it has read the folder of its own choice. */
  wait_until (has_folder (GTK_FILE_CHOOSER (chooser)));
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), place,
                                       NULL);
  wait_until (would_save_as (GTK_FILE_CHOOSER (chooser), path));
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "<?xml"));
  wait_until (find_chooser () == NULL);
}

static void
test_dialog_cancel (void)
{
  open_exchange ("tftp-get-config");
  for (guint i = 0; i < 3; i++) {
    act ("export", g_variant_new_string ("json"));
    wait_until (find_chooser () != NULL);
    gtk_dialog_response (GTK_DIALOG (find_chooser ()), GTK_RESPONSE_CANCEL);
    wait_until (find_chooser () == NULL);
  }
}

/* -- clipboard ------------------------------------------------------------ */

static void
text_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source),
                                                    result, NULL);
}

static void
picture_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  *(GdkTexture **) data =
      gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (void)
{
  GdkClipboard *clipboard;
  g_autofree char *text = NULL;
  g_autoptr (GdkTexture) picture = NULL;

  open_exchange ("tftp-get-config");
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  act ("copy-as", g_variant_new_string ("markdown"));
  gdk_clipboard_read_text_async (clipboard, NULL, text_cb, &text);
  wait_until (text != NULL);
  g_assert_true (g_str_has_prefix (text, "# "));

  act ("copy-as", g_variant_new_string ("picture"));
  gdk_clipboard_read_texture_async (clipboard, NULL, picture_cb, &picture);
  wait_until (picture != NULL);
  g_assert_cmpint (gdk_texture_get_width (picture), >=, 1520);
  g_assert_cmpint (gdk_texture_get_height (picture), >, 800);
}

/* -- Wireshark ------------------------------------------------------------ */

/* A script that says with what it was called, first in PATH. */
static void
make_wireshark (void)
{
  g_autofree char *bin = in_folder ("bin");
  g_autofree char *script = g_build_filename (bin, "wireshark", NULL);
  g_autofree char *said = in_folder ("said");
  g_autofree char *path = g_strconcat (bin, ":", g_getenv ("PATH"), NULL);
  g_autofree char *text = g_strdup_printf (
      "#!/bin/sh\necho \"$1 $2 $(stat -c %%a \"$2\")"
      " $(stat -c %%a \"$(dirname \"$2\")\")\" > '%s.new'\n"
      "mv '%s.new' '%s'\n",
      said, said, said);

  g_assert_no_errno (g_mkdir (bin, 0700));
  g_assert_true (g_file_set_contents_full (script, text, -1,
                                           G_FILE_SET_CONTENTS_NONE, 0700,
                                           NULL));
  g_setenv ("PATH", path, TRUE);
}

static void
wireshark_child (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\x0a\x0d\x0d\x0a", 4);
  g_autoptr (GError) error = NULL;
  g_autofree char *said = in_folder ("said");

  g_assert_true (pc_wireshark_is_installed ());
  g_assert_true (pc_wireshark_open ("name", bytes, &error));
  g_assert_no_error (error);
  wait_until (g_file_test (said, G_FILE_TEST_EXISTS));
  exit (0);
}

/* Nobody else may read it, and it is gone with the program. */
static void
test_wireshark (void)
{
  g_autofree char *said = in_folder ("said");
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (g_test_subprocess ()) {
    wireshark_child ();
    return;
  }
  g_test_trap_subprocess (NULL, WAIT_US, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_assert_true (g_file_get_contents (said, &text, NULL, NULL));
  words = g_strsplit (g_strchomp (text), " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 4);
  g_assert_cmpstr (words[0], ==, "-r");
  g_assert_true (g_str_has_prefix (words[1], g_get_user_runtime_dir ()));
  g_assert_true (g_str_has_suffix (words[1], "/name.pcapng"));
  g_assert_cmpstr (words[2], ==, "600");
  g_assert_cmpstr (words[3], ==, "700");
  g_assert_false (g_file_test (words[1], G_FILE_TEST_EXISTS));
  g_assert_no_errno (g_remove (said));
}

static void
test_wireshark_command (void)
{
  g_autofree char *said = in_folder ("said");
  g_autofree char *text = NULL;

  open_exchange ("tftp-get-config");
  act ("wireshark", NULL);
  wait_until (g_file_test (said, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (said, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "/tftp-get-config.pcapng 600 700"));
}

/* -- life ----------------------------------------------------------------- */

int
main (int   argc,
      char *argv[])
{
  int status;

  /* A child of a test uses its parent's. */
  folder = g_strdup (g_getenv ("PC_TEST_FOLDER"));
  if (folder == NULL) {
    folder = g_dir_make_tmp ("portcall-export-XXXXXX", NULL);
    g_setenv ("PC_TEST_FOLDER", folder, TRUE);
    g_setenv ("XDG_DATA_HOME", folder, TRUE);
    g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
    make_wireshark ();
  }
  gtk_test_init (&argc, &argv);
  app = pc_application_new ();
  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));

  g_test_add_func ("/app/export/table", test_table);
  g_test_add_func ("/app/export/scenarios", test_scenarios);
  g_test_add_func ("/app/export/files", test_files);
  g_test_add_func ("/app/export/secrets", test_secrets);
  g_test_add_func ("/app/export/secrets-said", test_secrets_said);
  g_test_add_func ("/app/export/no-folder", test_no_folder);
  g_test_add_func ("/app/export/whole-or-not", test_whole_or_not);
  g_test_add_func ("/app/export/dialog", test_dialog);
  g_test_add_func ("/app/export/dialog-cancel", test_dialog_cancel);
  g_test_add_func ("/app/export/copy", test_copy);
  g_test_add_func ("/app/export/wireshark", test_wireshark);
  g_test_add_func ("/app/export/wireshark-command", test_wireshark_command);
  status = g_test_run ();
  if (window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&app);
  remove_tree (folder);
  g_free (folder);
  return status;
}
