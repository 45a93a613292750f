/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client has to trust to use TLS with our servers: the certificate of
 * an authority that was made for this run, and never its key. */

#include "app/lab-certificate.h"

#include "app/file-dialog.h"
#include "app/save-file.h"
#include "app/window.h"

#include "net/certificate.h"

#include <string.h>

#include <glib/gi18n-lib.h>

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
chosen_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  pc_lab_certificate_save (owner, file);
}

void
pc_lab_certificate_ask (GtkWidget *self)
{
  GtkFileChooser *chooser =
      pc_file_dialog_new (self, self, GTK_FILE_CHOOSER_ACTION_SAVE,
                          _ ("Save Certificate"), _ ("_Save"));

  gtk_file_chooser_set_current_name (chooser, "portcall-ca.pem");
  pc_file_dialog_ask (chooser, chosen_cb, NULL, NULL);
}
