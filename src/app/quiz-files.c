/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions as files: writing them, taking them to other programs and back,
 * to paper, and what came of them in a class. */

#include "app/quiz-page.h"

#include "app/bank-editor.h"
#include "app/exchange-window.h"
#include "app/quiz-page-private.h"
#include "app/sheet-window.h"
#include "app/statistics-window.h"
#include "app/toasts.h"

#include <glib/gi18n-lib.h>

#define CHOOSER "pc-chooser" /* keeps a file dialog alive */

static GtkWindow *
get_window (PcQuizPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) && self->content != NULL ? GTK_WINDOW (root)
                                                       : NULL;
}

static void
edit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcQuizPage *self = data;
  GtkWindow *window = get_window (self);

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (pc_bank_editor_new (
        gtk_window_get_application (window), self->content)));
}

/* Says so where there are none. */
static gboolean
has_banks (PcQuizPage *self)
{
  if (g_list_model_get_n_items (pc_content_get_banks (self->content)) > 0)
    return TRUE;
  pc_toasts_tell (GTK_WIDGET (self), _ ("There are no questions."));
  return FALSE;
}

static void
print_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcQuizPage *self = data;
  GtkWindow *window = get_window (self);

  if (window != NULL && has_banks (self))
    gtk_window_present (
        GTK_WINDOW (pc_sheet_window_new (window, self->content)));
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcQuizPage *self = data;
  GtkWindow *window = get_window (self);

  if (window != NULL && has_banks (self))
    gtk_window_present (GTK_WINDOW (
        pc_exchange_window_new_export (window, self->content)));
}

static void
import (PcQuizPage *self,
        const char *path)
{
  GtkWindow *window = get_window (self);
  PcExchange format;

  if (window == NULL)
    return;
  if (pc_exchange_window_guess (path, &format))
    gtk_window_present (GTK_WINDOW (pc_exchange_window_new_import (
        window, self->content, path, format)));
  else
    pc_toasts_tell (GTK_WIDGET (self),
                    _ ("The name of the file must end in .gift, .txt (Aiken) "
                       "or .csv."));
}

static void
import_from_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  import (data, g_variant_get_bytestring (parameter));
}

static void
free_chooser (gpointer data)
{
  gtk_native_dialog_destroy (data);
  g_object_unref (data);
}

static void
response_cb (PcQuizPage     *self,
             int             response,
             GtkFileChooser *chooser)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (chooser)
                               : NULL;

  g_object_set_data (G_OBJECT (self), CHOOSER, NULL);
  if (file != NULL && g_file_peek_path (file) != NULL)
    import (self, g_file_peek_path (file));
}

/* Held by the page until it is answered; borrowed. */
static GtkFileChooser *
new_chooser (PcQuizPage    *self,
             const char    *title,
             GtkFileFilter *filter,
             GCallback      callback)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      title, get_window (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
      _ ("_Cancel"));

  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", callback, self,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (self), CHOOSER, chooser, free_chooser);
  return GTK_FILE_CHOOSER (chooser);
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcQuizPage *self = data;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooser *chooser;

  if (get_window (self) == NULL)
    return;
  gtk_file_filter_set_name (filter, _ ("GIFT, Aiken and CSV"));
  for (PcExchange i = 0; i < PC_N_EXCHANGES; i++)
    if (pc_exchange_can_read (i))
      gtk_file_filter_add_suffix (filter, pc_exchange_get_ending (i));
  chooser = new_chooser (self, _ ("Import Questions"), filter,
                         G_CALLBACK (response_cb));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* -- statistics ----------------------------------------------------------- */

static void
show_statistics (PcQuizPage        *self,
                 const char *const *paths)
{
  GtkWindow *window = get_window (self);

  if (window != NULL && paths[0] != NULL)
    gtk_window_present (GTK_WINDOW (
        pc_statistics_window_new (window, self->content, paths)));
}

static void
statistics_of_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  g_autofree const char **paths =
      g_variant_get_bytestring_array (parameter, NULL);

  show_statistics (data, paths);
}

static void
results_cb (PcQuizPage     *self,
            int             response,
            GtkFileChooser *chooser)
{
  g_autoptr (GListModel) files = response == GTK_RESPONSE_ACCEPT
                                     ? gtk_file_chooser_get_files (chooser)
                                     : NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_object_set_data (G_OBJECT (self), CHOOSER, NULL);
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files);
       i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);
    char *path = g_file_get_path (file);

    if (path != NULL)
      g_ptr_array_add (paths, path);
  }
  g_ptr_array_add (paths, NULL);
  show_statistics (self, (const char *const *) paths->pdata);
}

static void
statistics_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  PcQuizPage *self = data;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooser *chooser;

  if (get_window (self) == NULL)
    return;
  gtk_file_filter_set_name (filter, _ ("Results (CSV)"));
  gtk_file_filter_add_suffix (filter, "csv");
  chooser = new_chooser (self, _ ("Open Results"), filter,
                         G_CALLBACK (results_cb));
  gtk_file_chooser_set_select_multiple (chooser, TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
pc_quiz_page_init_files (PcQuizPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "edit-questions", .activate = edit_cb },
    { .name = "export-questions", .activate = export_cb },
    { .name = "import-questions", .activate = import_cb },
    /* Those with a parameter need no dialog: for the session bus and for
     * tests. */
    { .name = "import-questions-from",
      .activate = import_from_cb,
      .parameter_type = "ay" },
    { .name = "print-sheets", .activate = print_cb },
    { .name = "item-statistics", .activate = statistics_cb },
    { .name = "item-statistics-of",
      .activate = statistics_of_cb,
      .parameter_type = "aay" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}
