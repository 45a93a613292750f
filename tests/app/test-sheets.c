/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets and statistics from the window: every file that is written, the code
 * that makes a sheet again, what is missing, numbers worked out by hand, and a
 * result file that is broken. */

#include "fixture.h"

#include "app/sheet-window.h"
#include "app/statistics-window.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEADER "sheet_id,learner,bank_id,item_id,revision,correct,chosen\n"

static GtkWidget *
find_window (GType type)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWidget) found = g_list_model_get_item (all, i);

    if (G_TYPE_CHECK_INSTANCE_TYPE (found, type) &&
        gtk_widget_get_visible (found))
      return found;
  }
  return NULL;
}

static void
open_quiz (void)
{
  open_window ();
  g_action_change_state (find_action ("place"), g_variant_new_string ("quiz"));
}

static PcSheetWindow *
open_sheets (void)
{
  GtkWidget *found;

  open_quiz ();
  act ("print-sheets", NULL);
  found = find_window (PC_TYPE_SHEET_WINDOW);
  g_assert_nonnull (found);
  wait_until (gtk_widget_get_mapped (found));
  return PC_SHEET_WINDOW (found);
}

/* In a narrow window, and with text of twice the size. */
static void
check_width (GtkWidget *widget)
{
  GtkSettings *looks = gtk_settings_get_default ();
  int dpi, least;

  g_object_get (looks, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (looks, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_widget_measure (gtk_window_get_child (GTK_WINDOW (widget)),
                      GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                      NULL);
  g_object_set (looks, "gtk-xft-dpi", dpi, NULL);
  g_test_message ("%s: %d px", G_OBJECT_TYPE_NAME (widget), least);
  g_assert_cmpint (least, <=, 360);
}

static void
close_it (GtkWidget *widget)
{
  GType type = G_OBJECT_TYPE (widget);

  g_assert_true (gtk_widget_activate_action (widget, "window.close", NULL));
  wait_until (find_window (type) == NULL);
}

/* Contents by name; all are removed. */
static GHashTable *
take_files (const char *folder)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             g_free);
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (open);
  while ((name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    char *text;

    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_hash_table_insert (files, g_strdup (name), text);
    g_remove (path);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return files;
}

static GHashTable *
write_sheets (PcSheetWindow *self,
              const char    *done)
{
  g_autofree char *folder = file_path ("sheets");

  g_assert_true (pc_sheet_window_can_save (self));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  pc_sheet_window_save_to (self, folder);
  wait_until (pc_sheet_window_can_save (self));
  g_assert_nonnull (strstr (pc_sheet_window_get_text (self), done));
  return take_files (folder);
}

static void
test_pdf (void)
{
  PcSheetWindow *self = open_sheets ();
  g_autoptr (GHashTable) files = NULL;
  GHashTableIter iter;
  gpointer name, text;
  guint n_keys = 0;

  g_assert_cmpuint (check_names (GTK_WIDGET (self)), >, 6);
  check_width (GTK_WIDGET (self));
  pc_sheet_window_fill (self, 5, 3, "7", TRUE);
  files = write_sheets (self, "6 files were saved");
  g_assert_cmpuint (g_hash_table_size (files), ==, 6);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &text)) {
    g_assert_true (g_str_has_prefix (name, "sheet-00000007-5-"));
    g_assert_true (g_str_has_suffix (name, ".pdf"));
    g_assert_true (g_str_has_prefix (text, "%PDF-"));
    n_keys += g_str_has_suffix (name, "-key.pdf");
  }
  g_assert_cmpuint (n_keys, ==, 3);
  close_it (GTK_WIDGET (self));
  close_window ();
}

/* The text of variant A, and the code. */
static char *
take_sheet (GHashTable *files,
            char      **code)
{
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (g_str_has_suffix (name, "-A.md")) {
      *code = g_strndup ((char *) name + strlen ("sheet-"),
                         strlen (name) - strlen ("sheet--A.md"));
      g_assert_nonnull (strstr (text, *code));
      return g_strdup (text);
    }
  g_assert_not_reached ();
}

static void
test_code (void)
{
  PcSheetWindow *self = open_sheets ();
  g_autoptr (GHashTable) first = NULL;
  g_autoptr (GHashTable) again = NULL;
  g_autofree char *code = NULL;
  g_autofree char *same_code = NULL;
  g_autofree char *text = NULL;
  g_autofree char *same = NULL;

  pc_sheet_window_fill (self, 9, 1, "4711", FALSE);
  first = write_sheets (self, "2 files were saved");
  text = take_sheet (first, &code);
  /* Whatever else the form says. */
  pc_sheet_window_fill (self, 3, 1, code, FALSE);
  again = write_sheets (self, "2 files were saved");
  same = take_sheet (again, &same_code);
  g_assert_cmpstr (code, ==, same_code);
  g_assert_cmpstr (text, ==, same);

  pc_sheet_window_fill (self, 3, 1, "00001267-9-0000", FALSE);
  g_assert_false (pc_sheet_window_can_save (self));
  g_assert_true (g_str_has_prefix (pc_sheet_window_get_text (self),
                                   "This code was printed with other"));
  pc_sheet_window_fill (self, 3, 1, "-1", FALSE);
  g_assert_false (pc_sheet_window_can_save (self));
  g_assert_true (g_str_has_prefix (pc_sheet_window_get_text (self),
                                   "The seed is a number"));
  close_it (GTK_WIDGET (self));
  close_window ();
}

static void
test_blueprint (void)
{
  PcSheetWindow *self = open_sheets ();
  g_autofree char *few = file_path ("few.json");
  g_autofree char *none = file_path ("none.json");
  g_autofree char *nowhere = file_path ("no/such/folder");

  save ("few.json",
        "{\"format\":\"portcall-blueprint\",\"format_version\":1,"
        "\"banks\":[\"imap\"],\"objectives\":{\"imap-ports\":400}}");
  save ("none.json", "{\"format\":\"portcall-blueprint\"}");
  g_assert_true (pc_sheet_window_open_blueprint (self, few));
  g_assert_nonnull (find_label (
      GTK_WIDGET (self),
      "of 400 questions were found for the objective \"imap-ports\""));
  g_assert_false (pc_sheet_window_open_blueprint (self, none));
  g_assert_nonnull (find_label (GTK_WIDGET (self), "is no blueprint"));
  g_assert_nonnull (find_label (GTK_WIDGET (self), "none.json:1:1"));
  /* The one before is still chosen; it cannot be written there. */
  pc_sheet_window_save_to (self, nowhere);
  wait_until (pc_sheet_window_can_save (self));
  g_assert_true (g_str_has_prefix (pc_sheet_window_get_text (self),
                                   "The sheets could not be saved: "));
  close_it (GTK_WIDGET (self));
  close_window ();
}

/* -- statistics ----------------------------------------------------------- */

static PcStatisticsWindow *
open_statistics (const char *name)
{
  g_autofree char *path = file_path (name);
  const char *const paths[] = { path, NULL };
  GtkWidget *found;

  open_quiz ();
  act ("item-statistics-of", g_variant_new_bytestring_array (paths, -1));
  found = find_window (PC_TYPE_STATISTICS_WINDOW);
  g_assert_nonnull (found);
  wait_until (pc_statistics_window_is_ready (PC_STATISTICS_WINDOW (found)));
  wait_until (gtk_widget_get_mapped (found));
  return PC_STATISTICS_WINDOW (found);
}

/* 20 learners: 15 know "most", 4 "few"; who knows "few" knows "most". */
static char *
make_results (void)
{
  GString *out = g_string_new (HEADER);

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (out,
                            "S,L%u,t,most,1,%d,%s\n"
                            "S,L%u,t,few,1,%d,%s\n",
                            i, i < 15, i < 15 ? "a" : "b", i, i < 4,
                            i < 4 ? "a" : i < 17 ? "c" : "b");
  return g_string_free (out, FALSE);
}

static void
test_numbers (void)
{
  g_autofree char *results = make_results ();
  g_autofree char *path = file_path ("table.csv");
  g_autofree char *table = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  PcStatisticsWindow *self;
  GtkWidget *widget, *list;

  save ("results.csv", results);
  self = open_statistics ("results.csv");
  widget = GTK_WIDGET (self);
  g_assert_nonnull (find_label (widget, "20 sittings, 2 questions"));
  g_assert_nonnull (find_label (widget, "20 answers, 20 % right, discr"));
  g_assert_nonnull (find_label (widget, "20 answers, 75 % right, discr"));
  g_assert_nonnull (find_label (widget, "wrong answer: “c” (65 %)"));
  g_assert_nonnull (find_label (widget, "wrong answer: “b” (25 %)"));
  g_assert_nonnull (find_label (widget, "very hard"));
  /* That one comes first. */
  list = gtk_widget_get_ancestor (find_label (widget, "t/few"),
                                  GTK_TYPE_LIST_BOX_ROW);
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (list)), ==,
                   0);
  g_assert_cmpuint (check_names (widget), >, 2);
  check_width (widget);

  pc_statistics_window_save_to (self, file);
  wait_until (g_file_test (path, G_FILE_TEST_EXISTS) &&
              find_label (widget, "Saved as “table.csv”.") != NULL);
  g_assert_true (g_file_get_contents (path, &table, NULL, NULL));
  g_assert_true (g_str_has_prefix (table, "bank_id,item_id,revision,n,right,"));
  g_assert_nonnull (strstr (table, "\r\nt,few,1,20,0.2000,"));
  g_assert_nonnull (strstr (table, ",c,0.6500,hard\r\n"));
  close_it (widget);
  close_window ();
}

static void
test_broken (void)
{
  PcStatisticsWindow *self;

  save ("broken.csv", HEADER "S,L1,t,one,1,1,a\nS,L2,t,one,1,perhaps,b\n");
  self = open_statistics ("broken.csv");
  g_assert_nonnull (find_label (GTK_WIDGET (self), "1 sitting, 1 question"));
  g_assert_nonnull (find_label (GTK_WIDGET (self), "broken.csv:3:1"));
  g_assert_nonnull (find_label (GTK_WIDGET (self), "is not an answer"));
  close_it (GTK_WIDGET (self));

  save ("other.csv", "a,b\n1,2\n");
  self = open_statistics ("other.csv");
  g_assert_nonnull (find_label (GTK_WIDGET (self), "There are no answers"));
  g_assert_nonnull (find_label (GTK_WIDGET (self), "other.csv:1:1"));
  close_it (GTK_WIDGET (self));
  close_window ();
}

static void
add (void)
{
  g_test_add_func ("/sheets/pdf", test_pdf);
  g_test_add_func ("/sheets/code", test_code);
  g_test_add_func ("/sheets/blueprint", test_blueprint);
  g_test_add_func ("/statistics/numbers", test_numbers);
  g_test_add_func ("/statistics/broken", test_broken);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add);
}
