/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bank is written, and its file.  Those that come with the program are
 * never changed: a copy is.  A file that somebody else changes is read again
 * when nothing would be lost, and asked about when something would. */

#include "app/bank-editor-private.h"

#include "app/confirm.h"
#include "app/file-dialog.h"
#include "app/mode-row.h"
#include "app/problems-window.h"

#include "base/json-edit.h"
#include "base/paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define QUIET_MS 150

/* -- names ---------------------------------------------------------------- */

static char *
dup_folder (void)
{
  return pc_paths_get_user_data ("questions");
}

/* "<folder>/<base>.json", or with a number, that is not there yet. */
static char *
dup_free_path (const char *base)
{
  g_autofree char *folder = dup_folder ();

  for (guint i = 1;; i++) {
    g_autofree char *name = i == 1 ? g_strconcat (base, ".json", NULL)
                                   : g_strdup_printf ("%s-%u.json", base, i);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
  }
}

/* An id that no bank has: the record tells banks apart by it. */
static char *
dup_free_id (PcBankEditor *self,
             const char   *base)
{
  for (guint i = 1;; i++) {
    g_autofree char *id = i == 1 ? g_strdup (base)
                                 : g_strdup_printf ("%s-%u", base, i);
    g_autofree char *name = g_strconcat (id, ".json", NULL);
    g_autofree char *folder = dup_folder ();
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (pc_content_find_bank (self->content, id) == NULL &&
        !g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&id);
  }
}

static char *
dup_shown_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);

  return pc_problem_clean_text (shown);
}

/* Whether it is one of those that come with the program. */
static gboolean
is_ours (const char *path)
{
  g_autofree char *ours = pc_paths_get_data ("questions");
  g_autoptr (GFile) folder = g_file_new_for_path (ours);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_has_prefix (file, folder);
}

/* -- opening -------------------------------------------------------------- */

/* NULL, and its mistakes are shown. */
static PcBankEdit *
load (PcBankEditor *self,
      const char   *path)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcBankEdit *edit = pc_bank_edit_load (path, problems);

  if (edit == NULL)
    gtk_window_present (GTK_WINDOW (
        pc_problems_window_new (GTK_WINDOW (self), problems)));
  return edit;
}

static void
copy_bank (PcBankEditor *self,
           const char   *path)
{
  g_autoptr (PcBankEdit) from = load (self, path);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBankEdit) edit = NULL;
  g_autofree char *text = NULL;
  g_autofree char *base = NULL;
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  const char *old;

  if (from == NULL)
    return;
  text = pc_bank_edit_dup_text (from);
  edit = pc_bank_edit_parse (path, (const guint8 *) text, strlen (text),
                             problems);
  if (edit == NULL)
    return;
  old = pc_bank_edit_get_text (from, "/id");
  base = g_strdup_printf ("%.50s-copy", old != NULL ? old : "bank");
  id = dup_free_id (self, base);
  old = pc_bank_edit_get_text (from, "/title");
  /* Translators: %s is the title of a bank. */
  title = g_strdup_printf (_ ("%s (copy)"), old != NULL ? old : "");
  pc_bank_edit_begin (edit);
  pc_bank_edit_set_text (edit, "/id", id);
  pc_bank_edit_set_text (edit, "/title", title);
  pc_bank_edit_end (edit);
  pc_bank_editor_show (self, edit);
}

static void
open_path (PcBankEditor *self,
           const char   *path)
{
  g_autoptr (PcBankEdit) edit = NULL;

  if (is_ours (path)) {
    copy_bank (self, path);
    return;
  }
  edit = load (self, path);
  if (edit != NULL)
    pc_bank_editor_show (self, edit);
}

static void
bank_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  const char *path = g_variant_get_string (parameter, NULL);

  if (g_str_equal (g_action_get_name (G_ACTION (action)), "bank-copy"))
    copy_bank (data, path);
  else
    open_path (data, path);
}

static void
new_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  PcBankEditor *self = data;
  g_autofree char *id = dup_free_id (self, "my-questions");
  g_autoptr (PcBankEdit) edit = pc_bank_edit_new (id, _ ("My questions"));

  pc_bank_editor_show (self, edit);
}

/* -- the list of banks ---------------------------------------------------- */

static void
add_row (GtkListBox *list,
         const char *title,
         const char *text,
         const char *action,
         const char *target)
{
  gtk_list_box_append (list, pc_mode_row_new (title, text, action, target));
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* By its title where it could be loaded, else by its name. */
static void
add_banks (PcBankEditor *self,
           GtkListBox   *list,
           const char   *folder,
           const char   *action)
{
  g_auto (GStrv) files = pc_paths_list (folder, ".json");

  for (guint i = 0; files[i] != NULL; i++) {
    PcBank *bank = pc_content_find_file (self->content, files[i]);
    g_autofree char *name = dup_shown_name (files[i]);
    g_autofree char *text = NULL;

    /* Commands carry texts. */
    if (!g_utf8_validate (files[i], -1, NULL))
      continue;
    if (bank != NULL)
      text = g_strdup_printf (ngettext ("%s, %u question",
                                        "%s, %u questions",
                                        pc_bank_get_n_items (bank)),
                              name, pc_bank_get_n_items (bank));
    add_row (list, bank != NULL ? pc_bank_get_title (bank) : name,
             text != NULL ? text : _ ("Not read yet, or full of mistakes"),
             action, files[i]);
  }
}

void
pc_bank_editor_list_banks (PcBankEditor *self)
{
  g_autofree char *own = dup_folder ();
  g_autofree char *ours = pc_paths_get_data ("questions");

  clear_list (self->begin);
  clear_list (self->own);
  clear_list (self->ours);
  add_row (self->begin, _ ("A new bank"),
           _ ("Begins empty. It is asked in the quiz once it is saved."),
           "win.bank-new", NULL);
  add_row (self->begin, _ ("A file"),
           _ ("A question bank that lies somewhere else."), "win.open-bank",
           NULL);
  add_banks (self, self->own, own, "win.bank-open");
  add_banks (self, self->ours, ours, "win.bank-copy");
  gtk_widget_set_visible (self->own_part,
                          gtk_list_box_get_row_at_index (self->own, 0) !=
                              NULL);
}

/* -- saving --------------------------------------------------------------- */

typedef struct
{
  PcBankEditor *editor;
  PcBankEdit   *edit;
  char         *path;
  char         *text;
  char         *digest; /* NULL: whatever is there */
  guint64       stamp;
} Saving;

static void
free_saving (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->editor);
  g_object_unref (saving->edit);
  g_free (saving->path);
  g_free (saving->text);
  g_free (saving->digest);
  g_free (saving);
}

static void save (PcBankEditor *self,
                  const char   *path,
                  gboolean      replace);

static void
replace (gpointer owner)
{
  PcBankEditor *self = owner;

  if (self->edit != NULL && pc_bank_edit_get_path (self->edit) != NULL)
    save (self, pc_bank_edit_get_path (self->edit), TRUE);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;

  if (pc_bank_edit_write (saving->path, saving->text, saving->digest, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Saving *saving = g_task_get_task_data (G_TASK (result));
  PcBankEditor *self = saving->editor;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = dup_shown_name (saving->path);
  g_autofree char *text = NULL;

  self->saving = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error)) {
    gboolean moved = g_strcmp0 (pc_bank_edit_get_path (saving->edit),
                                saving->path) != 0;

    pc_bank_edit_set_saved (saving->edit, saving->path, saving->text,
                            saving->stamp);
    if (moved && saving->edit == self->edit)
      pc_bank_editor_watch_file (self);
    text = g_strdup_printf (_ ("Saved as “%s”."), shown);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG)) {
    if (saving->edit == self->edit)
      pc_confirm (GTK_WIDGET (self), _ ("Replace the file?"),
                  _ ("It is another one than when it was read: somebody "
                     "changed or removed it meanwhile. What they wrote would "
                     "be lost."),
                  _ ("_Replace"), replace);
  } else {
    text = g_strdup_printf (_ ("“%s” could not be saved: %s"), shown,
                            error->message);
  }
  if (text != NULL)
    pc_bank_editor_tell (self, text);
  pc_bank_editor_update (self);
}

static void
save (PcBankEditor *self,
      const char   *path,
      gboolean      replace)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, saved_cb, NULL);
  gboolean same = g_strcmp0 (path, pc_bank_edit_get_path (self->edit)) == 0;
  Saving *saving = g_new0 (Saving, 1);
  guint n = pc_bank_edit_apply_revisions (self->edit);

  if (n > 0) {
    g_autofree char *text = g_strdup_printf (
        ngettext ("%u question has another answer now: it got the next "
                  "revision, and what was learned of it counts no more.",
                  "%u questions have other answers now: they got the next "
                  "revision, and what was learned of them counts no more.",
                  n),
        n);

    pc_bank_editor_tell (self, text);
  }
  pc_bank_edit_end_step (self->edit);
  saving->editor = g_object_ref (self);
  saving->edit = g_object_ref (self->edit);
  saving->path = g_strdup (path);
  saving->text = pc_bank_edit_dup_text (self->edit);
  saving->stamp = pc_bank_edit_get_stamp (self->edit);
  if (same && !replace)
    saving->digest = g_strdup (pc_bank_edit_get_digest (self->edit));
  self->saving = TRUE;
  g_task_set_task_data (task, saving, free_saving);
  g_task_run_in_thread (task, save_thread);
  pc_bank_editor_update (self);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcBankEditor *self = data;
  const char *path = pc_bank_edit_get_path (self->edit);
  const char *id = pc_bank_edit_get_text (self->edit, "/id");
  g_autofree char *base = NULL;
  g_autofree char *own = NULL;

  if (path != NULL) {
    save (self, path, FALSE);
    return;
  }
  base = g_ascii_strdown (id != NULL && *id != '\0' ? id : "questions", -1);
  g_strcanon (base, "abcdefghijklmnopqrstuvwxyz0123456789_-", '-');
  own = dup_free_path (base);
  save (self, own, FALSE);
}

/* -- dialogs -------------------------------------------------------------- */

static void
save_as_chosen_cb (gpointer        owner,
                   GFile          *file,
                   GtkFileChooser *chooser,
                   gpointer        data)
{
  PcBankEditor *self = owner;
  const char *path = g_file_peek_path (file);

  if (path == NULL || self->edit == NULL)
    return;
  if (is_ours (path))
    pc_bank_editor_tell (self, _ ("The banks of Portcall stay as they are. "
                                  "Choose another folder."));
  else
    save (self, path, TRUE);
}

static void
save_as_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  PcBankEditor *self = data;
  const char *id = pc_bank_edit_get_text (self->edit, "/id");
  g_autofree char *name =
      g_strdup_printf ("%s.json", id != NULL && *id != '\0' ? id
                                                            : "questions");
  GtkFileChooser *chooser =
      pc_file_dialog_new (self, data, GTK_FILE_CHOOSER_ACTION_SAVE,
                          _ ("Save the Bank"), _ ("_Save"));

  gtk_file_chooser_set_current_name (chooser, name);
  pc_file_dialog_ask (chooser, save_as_chosen_cb, NULL, NULL);
}

static void
open_chosen_cb (gpointer        owner,
                GFile          *file,
                GtkFileChooser *chooser,
                gpointer        data)
{
  if (g_file_peek_path (file) != NULL)
    open_path (owner, g_file_peek_path (file));
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  pc_file_dialog_ask (
      pc_file_dialog_new (data, data, GTK_FILE_CHOOSER_ACTION_OPEN,
                          _ ("Open a Bank"), _ ("_Open")),
      open_chosen_cb, NULL, NULL);
}

/* -- others change it ----------------------------------------------------- */

static gboolean
quiet_cb (gpointer data)
{
  PcBankEditor *self = data;
  const char *path = pc_bank_edit_get_path (self->edit);
  g_autofree char *digest = NULL;

  self->quiet_id = 0;
  if (self->saving || path == NULL)
    return G_SOURCE_REMOVE;
  digest = pc_json_file_digest (path);
  if (digest == NULL ||
      g_strcmp0 (digest, pc_bank_edit_get_digest (self->edit)) == 0)
    return G_SOURCE_REMOVE;
  if (!pc_bank_edit_is_saved (self->edit)) {
    pc_bank_editor_tell (self, _ ("Somebody else changed this file. Saving "
                                  "will ask before it replaces theirs."));
  } else {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcBankEdit) edit = pc_bank_edit_load (path, problems);
    int chosen = pc_bank_items_get_chosen (self->items);

    if (edit == NULL) {
      pc_bank_editor_tell (self, _ ("Somebody else changed this file, and it "
                                    "has mistakes now. What you see is what "
                                    "it was."));
      return G_SOURCE_REMOVE;
    }
    pc_bank_editor_show (self, edit);
    pc_bank_items_choose (
        self->items,
        MIN (chosen, (int) pc_bank_edit_get_n_items (edit) - 1));
    pc_bank_editor_tell (self, _ ("Somebody else changed this file; it was "
                                  "read again."));
  }
  return G_SOURCE_REMOVE;
}

static void
file_changed_cb (PcBankEditor *self)
{
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  self->quiet_id = g_timeout_add (QUIET_MS, quiet_cb, self);
}

void
pc_bank_editor_watch_file (PcBankEditor *self)
{
  const char *path =
      self->edit != NULL ? pc_bank_edit_get_path (self->edit) : NULL;
  g_autoptr (GFile) file = NULL;

  g_clear_handle_id (&self->quiet_id, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  if (path == NULL)
    return;
  file = g_file_new_for_path (path);
  self->monitor =
      g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed",
                              G_CALLBACK (file_changed_cb), self);
}

/* -- life ----------------------------------------------------------------- */

void
pc_bank_editor_init_files (PcBankEditor *self)
{
  static const GActionEntry entries[] = {
    { .name = "bank-new", .activate = new_cb },
    { .name = "bank-open", .activate = bank_cb, .parameter_type = "s" },
    { .name = "bank-copy", .activate = bank_cb, .parameter_type = "s" },
    { .name = "open-bank", .activate = open_cb },
    { .name = "save", .activate = save_cb },
    { .name = "save-as", .activate = save_as_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries,
                                   G_N_ELEMENTS (entries), self);
}
