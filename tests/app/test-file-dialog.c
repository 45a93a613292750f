/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for a file, by GTK's own dialog: what is chosen, nothing, several,
 * and what is left when the owner or the window goes, or asks again. */

#include "fixture.h"

#include "app/file-dialog.h"

/* What an owner was told. */
typedef struct
{
  guint n_chosen;
  guint n_files;
  guint n_freed;
  char *name;
} Told;

static GtkWidget *parent;
static GObject *owner;

static void
chosen_cb (gpointer        whose,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (chooser);
  Told *told = data;

  g_assert_true (whose == owner);
  told->n_chosen++;
  told->n_files = g_list_model_get_n_items (files);
  told->name = g_file_get_basename (file);
}

static void
free_cb (gpointer data)
{
  Told *told = data;

  told->n_freed++;
}

/* -- dialogs -------------------------------------------------------------- */

/* Those that GTK has, shown or not. */
static guint
count_dialogs (void)
{
  GListModel *all = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWidget) widget = g_list_model_get_item (all, i);

    n += GTK_IS_FILE_CHOOSER (widget);
  }
  return n;
}

/* Borrowed; NULL: none is shown. */
static GtkFileChooser *
find_dialog (void)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWidget) widget = g_list_model_get_item (all, i);

    if (GTK_IS_FILE_CHOOSER (widget) && gtk_widget_get_visible (widget))
      return GTK_FILE_CHOOSER (widget);
  }
  return NULL;
}

static gboolean
is_in_folder (GtkFileChooser *dialog)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (dialog);

  return folder != NULL && g_strcmp0 (g_file_peek_path (folder), home) == 0;
}

/* Answered now, it would give so many files. */
static gboolean
would_take (GtkFileChooser *dialog,
            guint           n)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (dialog);

  return is_in_folder (dialog) && g_list_model_get_n_items (files) == n;
}

/* Its list is of another type from GTK 4.10 on. */
static gboolean
select_all (GtkFileChooser *dialog)
{
  GtkWidget *list = find_type (GTK_WIDGET (dialog), GTK_TYPE_TREE_VIEW);

  if (list != NULL)
    gtk_tree_selection_select_all (
        gtk_tree_view_get_selection (GTK_TREE_VIEW (list)));
  else
    gtk_widget_activate_action (
        find_type (GTK_WIDGET (dialog), GTK_TYPE_LIST_VIEW),
        "list.select-all", NULL);
  return TRUE;
}

static void
respond (int response)
{
  gtk_dialog_response (GTK_DIALOG (find_dialog ()), response);
}

/* GTK forgets an answer that comes while it still reads the folder: then once
 * more. */
static void
accept (void)
{
  GtkFileChooser *dialog = find_dialog ();

  for (guint i = 0; i < 50 && find_dialog () == dialog; i++) {
    gint64 later = g_get_monotonic_time () + G_USEC_PER_SEC / 5;

    respond (GTK_RESPONSE_ACCEPT);
    while (find_dialog () == dialog && g_get_monotonic_time () < later) {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  }
}

static GtkFileChooser *
make (GtkFileChooserAction action)
{
  g_autoptr (GFile) folder = g_file_new_for_path (home);
  GtkFileChooser *chooser =
      pc_file_dialog_new (owner, parent, action, "A Title", "_Accept");

  gtk_file_chooser_set_current_folder (chooser, folder, NULL);
  return chooser;
}

static void
ask_to_save (Told *told)
{
  GtkFileChooser *chooser = make (GTK_FILE_CHOOSER_ACTION_SAVE);

  gtk_file_chooser_set_current_name (chooser, "new.txt");
  pc_file_dialog_ask (chooser, chosen_cb, told, free_cb);
}

static void
begin (void)
{
  parent = gtk_window_new ();
  owner = g_object_new (G_TYPE_OBJECT, NULL);
  gtk_window_present (GTK_WINDOW (parent));
}

static void
end (void)
{
  g_clear_object (&owner);
  gtk_window_destroy (GTK_WINDOW (parent));
  g_assert_cmpuint (count_dialogs (), ==, 0);
}

/* -- tests ---------------------------------------------------------------- */

static void
test_save (void)
{
  Told told = { 0 };
  GtkFileChooser *dialog;
  g_autofree char *suggested = NULL;

  begin ();
  ask_to_save (&told);
  wait_until (find_dialog () != NULL);
  dialog = find_dialog ();
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog)) ==
                 GTK_WINDOW (parent));
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (dialog)));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (dialog)), ==, "A Title");
  suggested = gtk_file_chooser_get_current_name (dialog);
  g_assert_cmpstr (suggested, ==, "new.txt");
  wait_until (would_take (dialog, 1));
  g_assert_cmpuint (told.n_chosen, ==, 0);
  accept ();
  wait_until (told.n_chosen == 1);
  g_assert_cmpuint (told.n_files, ==, 1);
  g_assert_cmpstr (told.name, ==, "new.txt");
  wait_until (count_dialogs () == 0);
  g_assert_cmpuint (told.n_freed, ==, 1);
  end ();
  g_assert_cmpuint (told.n_freed, ==, 1);
  g_free (told.name);
}

/* Several, of those that a filter lets through. */
static void
test_several (void)
{
  Told told = { 0 };
  GtkFileChooser *chooser, *dialog;
  g_autoptr (GListModel) filters = NULL;
  g_autoptr (GFile) folder = NULL;
  GtkFileFilter *texts;

  begin ();
  save ("one.txt", "1");
  save ("two.txt", "2");
  save ("three.png", "3");
  chooser = make (GTK_FILE_CHOOSER_ACTION_OPEN);
  gtk_file_chooser_set_select_multiple (chooser, TRUE);
  texts = pc_file_dialog_add_filter (chooser, "Texts", "txt");
  pc_file_dialog_add_filter (chooser, "All", NULL);
  pc_file_dialog_ask (chooser, chosen_cb, &told, free_cb);
  wait_until (find_dialog () != NULL);
  dialog = find_dialog ();
  filters = gtk_file_chooser_get_filters (dialog);
  g_assert_cmpuint (g_list_model_get_n_items (filters), ==, 2);
  g_assert_true (gtk_file_chooser_get_filter (dialog) == texts);
  wait_until (is_in_folder (dialog));
  wait_until (select_all (dialog) && would_take (dialog, 2));
  accept ();
  wait_until (told.n_chosen == 1);
  g_assert_cmpuint (told.n_files, ==, 2);
  wait_until (count_dialogs () == 0);
  end ();
  g_assert_cmpuint (told.n_freed, ==, 1);
  g_free (told.name);
}

static void
test_cancel (void)
{
  begin ();
  for (guint i = 0; i < 3; i++) {
    Told told = { 0 };

    ask_to_save (&told);
    wait_until (find_dialog () != NULL);
    respond (i == 0 ? GTK_RESPONSE_CANCEL : GTK_RESPONSE_DELETE_EVENT);
    wait_until (count_dialogs () == 0);
    g_assert_cmpuint (told.n_chosen, ==, 0);
    g_assert_cmpuint (told.n_freed, ==, 1);
  }
  end ();
}

static void
test_owner_gone (void)
{
  Told told = { 0 };

  begin ();
  ask_to_save (&told);
  wait_until (find_dialog () != NULL);
  g_clear_object (&owner);
  g_assert_cmpuint (count_dialogs (), ==, 0);
  g_assert_cmpuint (told.n_freed, ==, 1);
  g_assert_cmpuint (told.n_chosen, ==, 0);
  end ();
}

/* The owner stays, and may ask over another one. */
static void
test_window_gone (void)
{
  Told told = { 0 };
  Told again = { 0 };

  begin ();
  ask_to_save (&told);
  wait_until (find_dialog () != NULL);
  gtk_window_destroy (GTK_WINDOW (parent));
  g_assert_cmpuint (count_dialogs (), ==, 0);
  g_assert_cmpuint (told.n_freed, ==, 1);
  parent = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (parent));
  ask_to_save (&again);
  wait_until (find_dialog () != NULL);
  respond (GTK_RESPONSE_CANCEL);
  wait_until (count_dialogs () == 0);
  g_assert_cmpuint (again.n_freed, ==, 1);
  g_assert_cmpuint (told.n_chosen + again.n_chosen, ==, 0);
  end ();
}

static void
test_replaced (void)
{
  Told first = { 0 };
  Told second = { 0 };

  begin ();
  ask_to_save (&first);
  wait_until (find_dialog () != NULL);
  ask_to_save (&second);
  g_assert_cmpuint (first.n_freed, ==, 1);
  g_assert_cmpuint (second.n_freed, ==, 0);
  wait_until (find_dialog () != NULL);
  g_assert_cmpuint (count_dialogs (), ==, 1);
  wait_until (would_take (find_dialog (), 1));
  accept ();
  wait_until (second.n_chosen == 1);
  wait_until (count_dialogs () == 0);
  g_assert_cmpuint (first.n_chosen, ==, 0);
  g_assert_cmpuint (second.n_freed, ==, 1);
  end ();
  g_free (second.name);
}

static void
again_cb (gpointer        whose,
          GFile          *file,
          GtkFileChooser *chooser,
          gpointer        data)
{
  ask_to_save (data);
}

/* Who is told asks for the next one at once. */
static void
test_again (void)
{
  Told told = { 0 };
  GtkFileChooser *chooser;

  begin ();
  chooser = make (GTK_FILE_CHOOSER_ACTION_SAVE);
  gtk_file_chooser_set_current_name (chooser, "first.txt");
  pc_file_dialog_ask (chooser, again_cb, &told, NULL);
  wait_until (find_dialog () != NULL);
  wait_until (would_take (find_dialog (), 1));
  accept ();
  wait_until (count_dialogs () == 1 && find_dialog () != NULL);
  wait_until (would_take (find_dialog (), 1));
  accept ();
  wait_until (told.n_chosen == 1);
  g_assert_cmpstr (told.name, ==, "new.txt");
  wait_until (count_dialogs () == 0);
  g_assert_cmpuint (told.n_freed, ==, 1);
  end ();
  g_free (told.name);
}

/* Made and not asked, or without a window: nothing is shown or left. */
static void
test_never_asked (void)
{
  Told told = { 0 };
  GtkWidget *alone = g_object_ref_sink (gtk_label_new ("alone"));
  GtkFileChooser *chooser;

  begin ();
  make (GTK_FILE_CHOOSER_ACTION_OPEN);
  chooser = pc_file_dialog_new (owner, alone, GTK_FILE_CHOOSER_ACTION_OPEN,
                                "A Title", "_Accept");
  g_assert_false (pc_file_dialog_ask (chooser, chosen_cb, &told, free_cb));
  g_assert_cmpuint (count_dialogs (), ==, 0);
  g_assert_cmpuint (told.n_freed, ==, 1);
  g_assert_cmpuint (told.n_chosen, ==, 0);
  g_object_unref (alone);
  end ();
}

static void
add_tests (void)
{
  g_test_add_func ("/app/file-dialog/save", test_save);
  g_test_add_func ("/app/file-dialog/several", test_several);
  g_test_add_func ("/app/file-dialog/cancel", test_cancel);
  g_test_add_func ("/app/file-dialog/owner-gone", test_owner_gone);
  g_test_add_func ("/app/file-dialog/window-gone", test_window_gone);
  g_test_add_func ("/app/file-dialog/replaced", test_replaced);
  g_test_add_func ("/app/file-dialog/again", test_again);
  g_test_add_func ("/app/file-dialog/never-asked", test_never_asked);
}

int
main (int   argc,
      char *argv[])
{
  return run_tests (argc, argv, add_tests);
}
