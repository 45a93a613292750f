/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions of the console that become scenarios.  What is run is a file as
 * well, one of our own, so that the page of exchanges can read it again. */

#include "app/lab-console-save.h"

#include "app/file-dialog.h"
#include "app/save-file.h"
#include "app/toasts.h"
#include "app/window.h"

#include "base/paths.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define SUFFIX ".json"

typedef struct
{
  GtkWidget *owner;
  gboolean   run;
} Saving;

/* -- names ---------------------------------------------------------------- */

/* "My session" of ".../My session.json".  Transfer full. */
static char *
dup_title (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  char *title = g_filename_display_name (name);

  if (g_str_has_suffix (title, SUFFIX) && strlen (title) > strlen (SUFFIX))
    title[strlen (title) - strlen (SUFFIX)] = '\0';
  return title;
}

/* "my-session": letters, digits and hyphens between them.  Transfer full. */
static char *
dup_id (const char *title)
{
  g_autofree char *plain = g_str_to_ascii (title, "C");
  GString *id = g_string_new (NULL);

  for (const char *at = plain; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (id, g_ascii_tolower (*at));
    else if (id->len > 0 && id->str[id->len - 1] != '-')
      g_string_append_c (id, '-');
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  if (id->len == 0)
    g_string_append (id, "session");
  return g_string_free (id, FALSE);
}

/* -- saving --------------------------------------------------------------- */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autofree Saving *saving = data;
  g_autoptr (GtkWidget) owner = saving->owner;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *text = NULL;
  gboolean saved = pc_save_file_finish (result, &error);
  GtkRoot *root = gtk_widget_get_root (owner);

  if (saved && saving->run) {
    if (PC_IS_WINDOW (root))
      pc_window_open_file (PC_WINDOW (root), G_FILE (source));
    return;
  }
  if (saved)
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_ ("Saved as “%s”."), shown);
  else
    /* Translators: the name of a file, and why it was not saved. */
    text = g_strdup_printf (_ ("“%s” could not be saved: %s"), shown,
                            error->message);
  pc_toasts_tell (owner, text);
}

static void
save (GtkWidget  *owner,
      PcConsole  *console,
      GFile      *file,
      const char *title,
      gboolean    run)
{
  g_autofree char *id = dup_id (title);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Saving *saving;

  text = pc_console_save (console, id, title, &error);
  if (text == NULL) {
    pc_toasts_tell (owner, error->message);
    return;
  }
  bytes = g_bytes_new (text, strlen (text));
  saving = g_new0 (Saving, 1);
  saving->owner = g_object_ref (owner);
  saving->run = run;
  pc_save_file_async (file, bytes, NULL, saved_cb, saving);
}

void
pc_lab_console_save_to (GtkWidget *owner,
                        PcConsole *console,
                        GFile     *file)
{
  g_autofree char *title = NULL;

  g_return_if_fail (GTK_IS_WIDGET (owner));
  g_return_if_fail (console != NULL);
  g_return_if_fail (G_IS_FILE (file));

  title = dup_title (file);
  save (owner, console, file, title, FALSE);
}

void
pc_lab_console_run (GtkWidget *owner,
                    PcConsole *console)
{
  g_autofree char *folder = pc_paths_get_user_data ("console");
  g_autofree char *path = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GFile) file = NULL;
  const PcConsoleSetup *setup;

  g_return_if_fail (GTK_IS_WIDGET (owner));
  g_return_if_fail (console != NULL);

  setup = pc_console_get_setup (console);
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    pc_toasts_tell (owner, g_strerror (errno));
    return;
  }
  path = g_build_filename (folder, "session" SUFFIX, NULL);
  file = g_file_new_for_path (path);
  /* Translators: %s is a protocol. */
  title = g_strdup_printf (_ ("%s session from the console"),
                           setup->protocol->name);
  save (owner, console, file, title, TRUE);
}

/* -- where to ------------------------------------------------------------- */

static void
chosen_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  PcLabConsoleFile chosen = data;

  chosen (owner, file);
}

void
pc_lab_console_ask_file (GtkWidget       *owner,
                         PcLabConsoleFile chosen)
{
  GtkFileChooser *chooser;

  g_return_if_fail (GTK_IS_WIDGET (owner));

  chooser = pc_file_dialog_new (owner, owner, GTK_FILE_CHOOSER_ACTION_SAVE,
                                _ ("Save as Scenario"), _ ("_Save"));
  gtk_file_chooser_set_current_name (chooser, "my-session" SUFFIX);
  pc_file_dialog_ask (chooser, chosen_cb, chosen, NULL);
}
