/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A native file chooser has to be kept by somebody while it is open, and to be
 * destroyed by hand.  Here the owner's data does the one, and whatever takes
 * the chooser out of it does the other. */

#include "app/file-dialog.h"

#include <glib/gi18n-lib.h>

#define CHOOSER "pc-file-dialog" /* of the owner */
#define QUESTION "pc-question"   /* of the chooser */

typedef struct
{
  GObject       *owner; /* borrowed: it keeps us */
  PcFileChosen   chosen;
  gpointer       data;
  GDestroyNotify free_data;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self);
}

static void
chooser_free (gpointer data)
{
  gtk_native_dialog_destroy (data);
  g_object_unref (data);
}

/* The window is gone, maybe before the owner. */
static void
destroyed_cb (GtkFileChooser *chooser)
{
  Question *question = g_object_get_data (G_OBJECT (chooser), QUESTION);

  if (g_object_get_data (question->owner, CHOOSER) == chooser)
    g_object_set_data (question->owner, CHOOSER, NULL);
}

/* Out of the owner's data first: who is called may ask for another file. */
static void
response_cb (GObject        *owner,
             int             response,
             GtkFileChooser *chooser)
{
  Question *question = g_object_get_data (G_OBJECT (chooser), QUESTION);
  g_autoptr (GFile) file = NULL;

  g_object_steal_data (owner, CHOOSER);
  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (chooser);
  if (file != NULL)
    question->chosen (owner, file, chooser, question->data);
  chooser_free (chooser);
}

GtkFileChooser *
pc_file_dialog_new (gpointer             owner,
                    GtkWidget           *parent,
                    GtkFileChooserAction action,
                    const char          *title,
                    const char          *accept)
{
  GtkFileChooserNative *chooser;
  Question *question;
  GtkRoot *root;

  g_return_val_if_fail (G_IS_OBJECT (owner), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);

  root = gtk_widget_get_root (parent);
  chooser = gtk_file_chooser_native_new (
      title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action, accept,
      _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  question = g_new0 (Question, 1);
  question->owner = owner;
  g_object_set_data_full (G_OBJECT (chooser), QUESTION, question,
                          question_free);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb),
                           owner, G_CONNECT_SWAPPED);
  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (root, "destroy", G_CALLBACK (destroyed_cb),
                             chooser, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (owner), CHOOSER, chooser, chooser_free);
  return GTK_FILE_CHOOSER (chooser);
}

GtkFileFilter *
pc_file_dialog_add_filter (GtkFileChooser *chooser,
                           const char     *name,
                           const char     *suffix)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_return_val_if_fail (GTK_IS_FILE_CHOOSER (chooser), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  gtk_file_filter_set_name (filter, name);
  if (suffix != NULL)
    gtk_file_filter_add_suffix (filter, suffix);
  else
    gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (chooser, filter);
  return filter;
}

gboolean
pc_file_dialog_ask (GtkFileChooser *chooser,
                    PcFileChosen    chosen,
                    gpointer        data,
                    GDestroyNotify  free_data)
{
  Question *question;

  g_return_val_if_fail (GTK_IS_FILE_CHOOSER_NATIVE (chooser), FALSE);
  g_return_val_if_fail (chosen != NULL, FALSE);

  question = g_object_get_data (G_OBJECT (chooser), QUESTION);
  question->chosen = chosen;
  question->data = data;
  question->free_data = free_data;
  if (gtk_native_dialog_get_transient_for (GTK_NATIVE_DIALOG (chooser)) ==
      NULL) {
    g_object_set_data (question->owner, CHOOSER, NULL);
    return FALSE;
  }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
  return TRUE;
}
