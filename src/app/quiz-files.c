/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions as files: writing them, taking them to other programs and back,
 * to paper, and what came of them in a class. */

#include "app/quiz-page.h"

#include "app/bank-editor.h"
#include "app/exchange-window.h"
#include "app/file-dialog.h"
#include "app/quiz-page-private.h"
#include "app/sheet-window.h"
#include "app/statistics-window.h"
#include "app/toasts.h"

#include <glib/gi18n-lib.h>

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
imported_cb (gpointer        owner,
             GFile          *file,
             GtkFileChooser *chooser,
             gpointer        data)
{
  if (g_file_peek_path (file) != NULL)
    import (owner, g_file_peek_path (file));
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  GtkFileChooser *chooser;
  GtkFileFilter *filter = NULL;

  if (get_window (data) == NULL)
    return;
  chooser = pc_file_dialog_new (data, data, GTK_FILE_CHOOSER_ACTION_OPEN,
                                _ ("Import Questions"), _ ("_Open"));
  for (PcExchange i = 0; i < PC_N_EXCHANGES; i++)
    if (!pc_exchange_can_read (i))
      continue;
    else if (filter == NULL)
      filter = pc_file_dialog_add_filter (chooser, _ ("GIFT, Aiken and CSV"),
                                          pc_exchange_get_ending (i));
    else
      gtk_file_filter_add_suffix (filter, pc_exchange_get_ending (i));
  pc_file_dialog_ask (chooser, imported_cb, NULL, NULL);
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
results_cb (gpointer        owner,
            GFile          *file,
            GtkFileChooser *chooser,
            gpointer        data)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (chooser);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) one = g_list_model_get_item (files, i);
    char *path = g_file_get_path (one);

    if (path != NULL)
      g_ptr_array_add (paths, path);
  }
  g_ptr_array_add (paths, NULL);
  show_statistics (owner, (const char *const *) paths->pdata);
}

static void
statistics_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  GtkFileChooser *chooser;

  if (get_window (data) == NULL)
    return;
  chooser = pc_file_dialog_new (data, data, GTK_FILE_CHOOSER_ACTION_OPEN,
                                _ ("Open Results"), _ ("_Open"));
  pc_file_dialog_add_filter (chooser, _ ("Results (CSV)"), "csv");
  gtk_file_chooser_set_select_multiple (chooser, TRUE);
  pc_file_dialog_ask (chooser, results_cb, NULL, NULL);
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
