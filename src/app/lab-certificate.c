/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client has to trust to use TLS with our servers: the certificate of
 * an authority that was made for this run, and never its key. */

#include "app/lab-certificate.h"

#include "app/save-file.h"
#include "app/window.h"

#include "net/certificate.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define CHOOSER "pc-ca-chooser"

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GtkWidget) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = pc_save_file_finish (result, &error);
  GtkRoot *root = gtk_widget_get_root (self);

  if (PC_IS_WINDOW (root))
    pc_window_toast (PC_WINDOW (root),
                     saved ? _ ("The certificate was saved. Import it among "
                                "the authorities of your client.")
                           : error->message);
}

void
pc_lab_certificate_save (GtkWidget *self,
                         GFile     *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PcAuthority *authority = pc_authority_get_default (&error);
  GtkRoot *root = gtk_widget_get_root (self);
  const char *pem;

  g_return_if_fail (GTK_IS_WIDGET (self));
  g_return_if_fail (G_IS_FILE (file));

  if (authority == NULL) {
    if (PC_IS_WINDOW (root))
      pc_window_toast (PC_WINDOW (root), error->message);
    return;
  }
  pem = pc_authority_get_pem (authority);
  bytes = g_bytes_new (pem, strlen (pem));
  pc_save_file_async (file, bytes, NULL, saved_cb, g_object_ref (self));
}

static void
response_cb (GtkWidget      *self,
             int             response,
             GtkFileChooser *chooser)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (chooser);
  if (file != NULL)
    pc_lab_certificate_save (self, file);
  g_object_set_data (G_OBJECT (self), CHOOSER, NULL);
}

static void
chooser_free (gpointer data)
{
  gtk_native_dialog_destroy (data);
  g_object_unref (data);
}

void
pc_lab_certificate_ask (GtkWidget *self)
{
  GtkRoot *root = gtk_widget_get_root (self);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Save Certificate"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SAVE,
      _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser),
                                     "portcall-ca.pem");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (self), CHOOSER, chooser, chooser_free);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
