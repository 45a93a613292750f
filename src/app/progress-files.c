/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record as files: results for a spreadsheet, a backup and back, and the
 * end of all answers.  What cannot be undone is asked for first. */

#include "app/progress-page-private.h"

#include "app/confirm.h"
#include "app/file-dialog.h"
#include "app/save-file.h"
#include "app/toasts.h"

#include <glib/gi18n-lib.h>

static void
tell (PcProgressPage *self,
      const char     *text)
{
  pc_toasts_tell (GTK_WIDGET (self), text);
}

/* -- results -------------------------------------------------------------- */

typedef struct
{
  PcProgressPage *page;
  GFile          *file;
} Export;

static void
free_export (Export *export)
{
  g_object_unref (export->page);
  g_object_unref (export->file);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, free_export)

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (PcProgressPage) self = data;
  g_autofree char *text = pc_save_file_finish_text (G_FILE (source), result);

  tell (self, text);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      pc_learning_export_finish (PC_LEARNING (source), result, &error);

  if (bytes == NULL) {
    g_autofree char *text =
        g_strdup_printf (_ ("That did not work: %s."), error->message);

    tell (export->page, text);
    return;
  }
  pc_save_file_async (export->file, bytes, NULL, saved_cb,
                      g_object_ref (export->page));
}

static void
export_results (PcProgressPage *self,
                GFile          *file,
                PcRecordFormat  format)
{
  Export *export = g_new0 (Export, 1);

  export->page = g_object_ref (self);
  export->file = g_object_ref (file);
  pc_learning_export_async (pc_progress_page_get_learning (self), format,
                            exported_cb, export);
}

static void
chosen_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  export_results (owner, file, GPOINTER_TO_UINT (data));
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  gboolean json =
      g_str_equal (g_variant_get_string (parameter, NULL), "json");
  GtkFileChooser *chooser =
      pc_file_dialog_new (data, data, GTK_FILE_CHOOSER_ACTION_SAVE,
                          _ ("Export Results"), _ ("_Export"));

  gtk_file_chooser_set_current_name (chooser, json ? "portcall-results.json"
                                                   : "portcall-results.csv");
  pc_file_dialog_ask (
      chooser, chosen_cb,
      GUINT_TO_POINTER (json ? PC_RECORD_JSON : PC_RECORD_CSV), NULL);
}

/* Without a dialog: for the session bus and for tests. */
static void
export_to_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  const char *format, *path;
  g_autoptr (GFile) file = NULL;

  g_variant_get (parameter, "(&s^&ay)", &format, &path);
  file = g_file_new_for_path (path);
  export_results (data, file,
                  g_str_equal (format, "json") ? PC_RECORD_JSON
                                               : PC_RECORD_CSV);
}

/* -- backup --------------------------------------------------------------- */

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (PcProgressPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *said =
      pc_learning_do_finish (PC_LEARNING (source), result, &error);

  if (said == NULL)
    /* Translators: %s is the reason, a part of a sentence. */
    said = g_strdup_printf (_ ("That did not work: %s."), error->message);
  tell (self, said);
}

static void
ask_for (PcProgressPage *self,
         PcLearningTask  task,
         const char     *path)
{
  PcLearning *learning = pc_progress_page_get_learning (self);

  pc_learning_do_async (learning, task, pc_learning_get_learner (learning),
                        path, told_cb, g_object_ref (self));
}

static void
backup_chosen_cb (gpointer        owner,
                  GFile          *file,
                  GtkFileChooser *chooser,
                  gpointer        data)
{
  if (g_file_peek_path (file) != NULL)
    ask_for (owner, PC_LEARNING_BACKUP, g_file_peek_path (file));
}

static void
backup_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  GtkFileChooser *chooser =
      pc_file_dialog_new (data, data, GTK_FILE_CHOOSER_ACTION_SAVE,
                          _ ("Back Up the Record"), _ ("_Save"));

  gtk_file_chooser_set_current_name (chooser, "portcall-record.db");
  pc_file_dialog_ask (chooser, backup_chosen_cb, NULL, NULL);
}

#define RESTORE "pc-restore" /* the file that is asked about */

static void
restore (gpointer owner)
{
  ask_for (owner, PC_LEARNING_RESTORE,
           g_object_get_data (G_OBJECT (owner), RESTORE));
}

static void
restore_chosen_cb (gpointer        owner,
                   GFile          *file,
                   GtkFileChooser *chooser,
                   gpointer        data)
{
  if (g_file_peek_path (file) == NULL)
    return;
  g_object_set_data_full (G_OBJECT (owner), RESTORE, g_file_get_path (file),
                          g_free);
  pc_confirm (owner, _ ("Put this backup in place?"),
              _ ("It replaces the answers of all learners on this computer. "
                 "What is there now is kept in a file beside it."),
              _ ("_Restore"), restore);
}

static void
restore_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  pc_file_dialog_ask (
      pc_file_dialog_new (data, data, GTK_FILE_CHOOSER_ACTION_OPEN,
                          _ ("Restore a Backup"), _ ("_Open")),
      restore_chosen_cb, NULL, NULL);
}

/* -- the end of it -------------------------------------------------------- */

static void
reset (gpointer owner)
{
  ask_for (owner, PC_LEARNING_RESET, NULL);
}

static void
reset_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcLearning *learning = pc_progress_page_get_learning (data);
  g_autofree char *name = pc_learning_dup_name (
      learning, pc_learning_get_learner (learning));
  /* Translators: %s is a person's name. */
  g_autofree char *title =
      g_strdup_printf (_ ("Delete all answers of “%s”?"), name);

  pc_confirm (data, title,
              _ ("Everything begins anew. This cannot be undone, but for a "
                 "backup."),
              _ ("_Delete"), reset);
}

void
pc_progress_page_init_files (PcProgressPage *self,
                             GActionMap     *map)
{
  static const GActionEntry entries[] = {
    { .name = "progress-export",
      .parameter_type = "s",
      .activate = export_cb },
    { .name = "progress-export-to",
      .parameter_type = "(say)",
      .activate = export_to_cb },
    { .name = "progress-backup", .activate = backup_cb },
    { .name = "progress-restore", .activate = restore_cb },
    { .name = "progress-reset", .activate = reset_cb },
  };

  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), self);
}
