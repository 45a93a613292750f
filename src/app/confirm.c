/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message dialogs.  The button that does it is not the default one, so that
 * Enter alone destroys nothing. */

#include "app/confirm.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GWeakRef      owner;
  PcConfirmFunc confirm;
  PcNameFunc    name;
  GtkEditable  *entry;
} Asked;

static void
free_asked (gpointer  data,
            GClosure *closure)
{
  Asked *asked = data;

  g_weak_ref_clear (&asked->owner);
  g_free (asked);
}

static void
response_cb (GtkDialog *dialog,
             int        response,
             Asked     *asked)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&asked->owner);
  g_autofree char *name = NULL;
  PcConfirmFunc confirm = asked->confirm;
  PcNameFunc told = asked->name;

  if (asked->entry != NULL)
    name = g_strstrip (g_strdup (gtk_editable_get_text (asked->entry)));
  /* This frees what was asked. */
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (owner == NULL || response != GTK_RESPONSE_ACCEPT)
    return;
  if (confirm != NULL)
    confirm (owner);
  else
    told (owner, name);
}

static GtkWidget *
make (GtkWidget  *owner,
      const char *title,
      const char *text,
      const char *button,
      Asked     **asked)
{
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWidget *dialog = gtk_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, GTK_MESSAGE_OTHER,
      GTK_BUTTONS_NONE, "%s", title);

  if (text != NULL)
    gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog),
                                              "%s", text);
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Cancel"),
                         GTK_RESPONSE_CANCEL);
  gtk_dialog_add_button (GTK_DIALOG (dialog), button, GTK_RESPONSE_ACCEPT);
  *asked = g_new0 (Asked, 1);
  g_weak_ref_init (&(*asked)->owner, owner);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), *asked,
                         free_asked, 0);
  return dialog;
}

GtkWindow *
pc_confirm (GtkWidget    *owner,
            const char   *title,
            const char   *text,
            const char   *button,
            PcConfirmFunc func)
{
  Asked *asked;
  GtkWidget *dialog;

  g_return_val_if_fail (GTK_IS_WIDGET (owner) && func != NULL, NULL);

  dialog = make (owner, title, text, button, &asked);
  asked->confirm = func;
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WINDOW (dialog);
}

static void
changed_cb (GtkDialog   *dialog,
            GtkEditable *entry)
{
  g_autofree char *name =
      g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  gtk_dialog_set_response_sensitive (dialog, GTK_RESPONSE_ACCEPT,
                                     *name != '\0');
}

GtkWindow *
pc_ask_name (GtkWidget  *owner,
             const char *title,
             const char *name,
             const char *button,
             PcNameFunc  func)
{
  Asked *asked;
  GtkWidget *dialog, *entry;

  g_return_val_if_fail (GTK_IS_WIDGET (owner) && func != NULL, NULL);

  dialog = make (owner, title, NULL, button, &asked);
  asked->name = func;
  entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (entry), PC_LIMIT_LEARNER_NAME);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"),
                                  -1);
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  asked->entry = GTK_EDITABLE (entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), dialog,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (gtk_message_dialog_get_message_area (
                      GTK_MESSAGE_DIALOG (dialog))),
                  entry);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  changed_cb (GTK_DIALOG (dialog), GTK_EDITABLE (entry));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
  return GTK_WINDOW (dialog);
}
