/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that carry the exchange out of the window: into a file, to the
 * clipboard, to Wireshark.  What goes out is what the stage shows: also the
 * eavesdropper's view, and passwords only where they are shown. */

#include "app/exchanges-page-private.h"
#include "app/file-dialog.h"
#include "app/file-format.h"
#include "app/save-file.h"
#include "app/window.h"
#include "app/wireshark.h"

#include <string.h>

#include <glib/gi18n-lib.h>


/* -- what to export ------------------------------------------------------- */

static void
toast (PcExchangesPage *self,
       const char      *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (PC_IS_WINDOW (root))
    pc_window_toast (PC_WINDOW (root), text);
}

/* What stands below the title on the stage.  Transfer full. */
static char *
dup_summary (PcExchangesPage *self,
             PcTimeline      *timeline)
{
  const char *reason = pc_timeline_get_reason (timeline);
  const char *summary = timeline == self->timeline
                            ? pc_scenario_get_summary (
                                  pc_exchanges_page_get_scenario (self))
                            : _ ("What an eavesdropper sees.");

  if (pc_timeline_get_outcome (timeline) != PC_OUTCOME_FAILED ||
      reason == NULL)
    return g_strdup (summary);
  return g_strdup_printf ("%s\n%s", summary != NULL ? summary : "", reason);
}

/* NULL, and the person was told why. */
static GBytes *
make (PcExchangesPage    *self,
      const PcFileFormat *format)
{
  PcFileSource source = {
    .timeline = pc_player_get_timeline (self->player),
    .secrets = pc_inspector_get_reveal (self->inspector),
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  GBytes *bytes;

  if (source.timeline == NULL || self->scenario == NULL ||
      pc_exchanges_page_refuse_to_tell (self))
    return NULL;
  source.title = pc_scenario_get_title (self->scenario);
  source.summary = summary = dup_summary (self, source.timeline);
  bytes = format->make (&source, &error);
  if (bytes == NULL)
    toast (self, error->message);
  return bytes;
}

/* -- to a file ------------------------------------------------------------ */

#define HAS_SECRETS "pc-has-secrets"

static gboolean
has_secrets (PcExchangesPage *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    if (pc_step_has_secret (pc_timeline_get_step (timeline, i)))
      return TRUE;
  return FALSE;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (PcExchangesPage) self = data;
  gboolean saved = !g_task_had_error (G_TASK (result));
  g_autofree char *text = pc_save_file_finish_text (G_FILE (source), result);
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);

  if (saved && g_object_get_data (source, HAS_SECRETS) != NULL) {
    g_free (text);
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_ ("Saved as “%s”. Its octets are those of the "
                               "wire, passwords among them."),
                            shown);
  }
  toast (self, text);
}

static void
save (PcExchangesPage    *self,
      const PcFileFormat *format,
      GFile              *file)
{
  g_autoptr (GBytes) bytes = make (self, format);

  if (bytes == NULL)
    return;
  if (format->wire && has_secrets (self))
    g_object_set_data (G_OBJECT (file), HAS_SECRETS, GINT_TO_POINTER (1));
  pc_save_file_async (file, bytes, NULL, saved_cb, g_object_ref (self));
}

static const PcFileFormat *
get_chosen_format (GtkFileChooser *chooser)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);

  for (guint i = 0; i < pc_file_format_get_n (); i++)
    if (filter != NULL &&
        g_object_get_data (G_OBJECT (chooser),
                           pc_file_format_get (i)->id) == filter)
      return pc_file_format_get (i);
  return pc_file_format_get (0);
}

/* The name follows the filter. */
static void
filter_changed_cb (GtkFileChooser *chooser)
{
  g_autofree char *name = gtk_file_chooser_get_current_name (chooser);
  g_autofree char *renamed = NULL;

  if (name == NULL || *name == '\0')
    return;
  renamed = pc_file_format_rename (get_chosen_format (chooser), name);
  if (!g_str_equal (name, renamed))
    gtk_file_chooser_set_current_name (chooser, renamed);
}

/* The native chooser does not tell that its filter is another one, but where
 * it is GTK's own dialog, that does. */
static void
watch_filter (GtkNativeDialog *chooser)
{
  GtkWindow *parent = gtk_native_dialog_get_transient_for (chooser);
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWindow) dialog = g_list_model_get_item (all, i);

    if (GTK_IS_FILE_CHOOSER (dialog) &&
        gtk_window_get_transient_for (dialog) == parent)
      g_signal_connect_object (dialog, "notify::filter",
                               G_CALLBACK (filter_changed_cb), chooser,
                               G_CONNECT_SWAPPED);
  }
}

/* The end of the name says which format; a name without one is taken as it
 * is, since it was this one that the dialog asked about. */
static void
chosen_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  g_autofree char *name = g_file_get_basename (file);
  const PcFileFormat *format = pc_file_format_guess (name);

  save (owner, format != NULL ? format : get_chosen_format (chooser), file);
}

static void
add_filters (GtkFileChooser     *chooser,
             const PcFileFormat *wanted)
{
  for (guint i = 0; i < pc_file_format_get_n (); i++) {
    const PcFileFormat *format = pc_file_format_get (i);
    GtkFileFilter *filter =
        pc_file_dialog_add_filter (chooser, _ (format->name), format->id);

    g_object_set_data_full (G_OBJECT (chooser), format->id,
                            g_object_ref (filter), g_object_unref);
    if (format == wanted)
      gtk_file_chooser_set_filter (chooser, filter);
  }
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcExchangesPage *self = data;
  const PcFileFormat *format =
      pc_file_format_find (g_variant_get_string (parameter, NULL));
  GtkFileChooser *chooser;
  g_autofree char *name = NULL;

  if (self->scenario == NULL || pc_exchanges_page_refuse_to_tell (self))
    return;
  if (format == NULL)
    format = pc_file_format_get (0);
  name = pc_file_format_rename (format, pc_scenario_get_id (self->scenario));
  chooser = pc_file_dialog_new (self, GTK_WIDGET (self),
                                GTK_FILE_CHOOSER_ACTION_SAVE,
                                _ ("Export Exchange"), _ ("_Export"));
  add_filters (chooser, format);
  gtk_file_chooser_set_current_name (chooser, name);
  if (pc_file_dialog_ask (chooser, chosen_cb, NULL, NULL))
    watch_filter (GTK_NATIVE_DIALOG (chooser));
}

/* Without a dialog: for the session bus and for tests. */
static void
export_to_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  const char *id, *path;
  const PcFileFormat *format;
  g_autoptr (GFile) file = NULL;

  g_variant_get (parameter, "(&s^&ay)", &id, &path);
  format = pc_file_format_find (id);
  if (format == NULL) {
    toast (data, _ ("There is no such format."));
    return;
  }
  file = g_file_new_for_path (path);
  save (data, format, file);
}

/* -- to the clipboard ----------------------------------------------------- */

static void
copy_picture (PcExchangesPage *self,
              GdkClipboard    *clipboard)
{
  g_autoptr (GBytes) bytes = make (self, pc_file_format_find ("png"));
  g_autoptr (GdkTexture) picture = NULL;

  if (bytes == NULL)
    return;
  picture = gdk_texture_new_from_bytes (bytes, NULL);
  if (picture == NULL)
    return;
  gdk_clipboard_set_texture (clipboard, picture);
  toast (self, _ ("The picture was copied."));
}

static void
copy_markdown (PcExchangesPage *self,
               GdkClipboard    *clipboard)
{
  g_autoptr (GBytes) bytes = make (self, pc_file_format_find ("md"));
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  gdk_clipboard_set_text (clipboard, text);
  toast (self, _ ("The Markdown text was copied."));
}

static void
copy_as_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  PcExchangesPage *self = data;
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  const char *what = g_variant_get_string (parameter, NULL);

  if (g_str_equal (what, "picture"))
    copy_picture (self, clipboard);
  else if (g_str_equal (what, "markdown"))
    copy_markdown (self, clipboard);
}

/* -- to Wireshark --------------------------------------------------------- */

static void
wireshark_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  PcExchangesPage *self = data;
  g_autoptr (GBytes) bytes = make (self, pc_file_format_find ("pcapng"));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (bytes == NULL ||
      pc_wireshark_open (pc_scenario_get_id (self->scenario), bytes, &error))
    return;
  text = g_strdup_printf (_ ("Wireshark could not be started: %s"),
                          error->message);
  toast (self, text);
}

/* -- life ----------------------------------------------------------------- */

void
pc_exchanges_page_init_export (PcExchangesPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "export", .parameter_type = "s", .activate = export_cb },
    { .name = "export-to",
      .parameter_type = "(say)",
      .activate = export_to_cb },
    { .name = "copy-as", .parameter_type = "s", .activate = copy_as_cb },
    { .name = "wireshark", .activate = wireshark_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}

void
pc_exchanges_page_update_export (PcExchangesPage *self)
{
  static const char *const names[] = { "export", "export-to", "copy-as" };
  PcTimeline *timeline = pc_player_get_timeline (self->player);
  gboolean any = timeline != NULL && self->scenario != NULL &&
                 pc_timeline_get_n_steps (timeline) > 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (pc_exchanges_page_get_action (self, names[i]),
                                 any);
  g_simple_action_set_enabled (
      pc_exchanges_page_get_action (self, "wireshark"),
      any && pc_wireshark_is_installed ());
}
