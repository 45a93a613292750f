/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions as files: writing them, and taking them to other programs and
 * back. */

#include "app/quiz-page.h"

#include "app/bank-editor.h"
#include "app/exchange-window.h"
#include "app/quiz-page-private.h"
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

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcQuizPage *self = data;
  GtkWindow *window = get_window (self);

  if (window == NULL)
    return;
  if (g_list_model_get_n_items (pc_content_get_banks (self->content)) == 0)
    pc_toasts_tell (GTK_WIDGET (self), _ ("There are no questions."));
  else
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

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcQuizPage *self = data;
  GtkWindow *window = get_window (self);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *chooser;

  if (window == NULL)
    return;
  chooser = gtk_file_chooser_native_new (
      _ ("Import Questions"), window, GTK_FILE_CHOOSER_ACTION_OPEN,
      _ ("_Open"), _ ("_Cancel"));
  gtk_file_filter_set_name (filter, _ ("GIFT, Aiken and CSV"));
  for (PcExchange i = 0; i < PC_N_EXCHANGES; i++)
    if (pc_exchange_can_read (i))
      gtk_file_filter_add_suffix (filter, pc_exchange_get_ending (i));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb),
                           self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (self), CHOOSER, chooser, free_chooser);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
pc_quiz_page_init_files (PcQuizPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "edit-questions", .activate = edit_cb },
    { .name = "export-questions", .activate = export_cb },
    { .name = "import-questions", .activate = import_cb },
    /* Without a dialog: for the session bus and for tests. */
    { .name = "import-questions-from",
      .activate = import_from_cb,
      .parameter_type = "ay" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}
