/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One window for both ways: what is lost is the same kind of list.  Reading
 * and writing formats is quiz/exchange.h's, in a thread; what was made there
 * is what is saved. */

#include "app/exchange-window.h"

#include "app/choice-list.h"
#include "app/clamp-layout.h"
#include "app/file-dialog.h"
#include "app/problem-row.h"
#include "app/toasts.h"

#include "base/paths.h"
#include "quiz/bank-edit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PcExchangeWindow
{
  GtkWindow parent_instance;

  GtkLabel  *heading;
  GtkBox    *choices;
  GtkLabel  *sum;
  GtkListBox *lost;
  GtkWidget *lost_part;
  GtkButton *save;
  PcToasts  *toasts;
  GtkWidget *bank_list;   /* GtkDropDown, of an export */
  GtkWidget *format_list;

  PcContent            *content;
  char                 *path;   /* of what is imported; NULL: an export */
  PcExchange            format;
  char                 *text;   /* what would be saved, or NULL */
  guint                 n_items;
  guint                 generation;
  gboolean              ready;
};

G_DEFINE_FINAL_TYPE (PcExchangeWindow, pc_exchange_window, GTK_TYPE_WINDOW)

static const char *const names[PC_N_EXCHANGES] = {
  [PC_EXCHANGE_GIFT] = N_ ("GIFT, for Moodle and many others"),
  [PC_EXCHANGE_AIKEN] = N_ ("Aiken: choices only"),
  [PC_EXCHANGE_MOODLE] = N_ ("Moodle XML"),
  [PC_EXCHANGE_ANKI] = N_ ("Anki, notes in plain text"),
  [PC_EXCHANGE_AMC] = N_ ("Auto Multiple Choice, AMC-TXT"),
  [PC_EXCHANGE_CSV] = N_ ("CSV table"),
};

/* -- in a thread ---------------------------------------------------------- */

typedef struct
{
  guint       generation;
  PcContent  *content;
  PcBank     *bank;  /* to write; NULL: read */
  char       *path;
  char       *id;
  PcExchange  format;
  char       *text;  /* made of it; NULL when nothing can be taken */
  guint       n_items;
  PcProblems *problems;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->content);
  g_clear_object (&job->bank);
  g_clear_pointer (&job->problems, pc_problems_unref);
  g_free (job->path);
  g_free (job->id);
  g_free (job->text);
  g_free (job);
}

/* The loader of banks has the last word: nothing is saved that would not
 * load. */
static void
hold_against_loader (Job        *job,
                     const char *made)
{
  g_autoptr (PcBankEdit) edit = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = NULL;
  g_autoptr (PcBank) bank = NULL;

  edit = pc_bank_edit_parse (job->path, (const guint8 *) made, strlen (made),
                             problems);
  if (edit == NULL)
    return;
  job->text = pc_bank_edit_dup_text (edit);
  json = pc_json_parse (job->path, (const guint8 *) job->text,
                        strlen (job->text), problems);
  if (json != NULL)
    bank = pc_bank_new_from_json (
        json, pc_content_get_services (job->content), problems, NULL, NULL);
  job->n_items = bank != NULL ? pc_bank_get_n_items (bank) : 0;
  if (job->n_items == pc_bank_edit_get_n_items (edit))
    return;
  pc_problems_take_all (job->problems, problems);
  g_clear_pointer (&job->text, g_free);
}

static void
read_file (Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *made = NULL;
  gsize len;

  if (!g_file_get_contents (job->path, &data, &len, &error)) {
    pc_problems_take (job->problems,
                      pc_problem_new (PC_SEVERITY_ERROR, "X001", job->path, 0,
                                      0, "%s", error->message));
    return;
  }
  made = pc_exchange_read (job->path, (const guint8 *) data, len, job->format,
                           job->id, job->problems);
  if (made != NULL)
    hold_against_loader (job, made);
}

static void
thread (GTask        *task,
        gpointer      source,
        gpointer      data,
        GCancellable *cancellable)
{
  Job *job = data;

  if (job->bank == NULL) {
    read_file (job);
  } else {
    job->text = pc_exchange_write (job->bank, job->format,
                                   pc_bank_get_language (job->bank),
                                   job->problems);
    job->n_items = pc_bank_get_n_items (job->bank);
  }
  g_task_return_boolean (task, TRUE);
}

/* -- what is lost --------------------------------------------------------- */

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
show_problems (PcExchangeWindow *self,
               PcProblems       *problems)
{
  guint n = pc_problems_get_n (problems);
  guint dropped = pc_problems_get_n_dropped (problems);

  clear_list (self->lost);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (
        self->lost,
        pc_problem_row_new (pc_problems_get (problems, i), FALSE));
  if (dropped > 0) {
    g_autofree char *more = g_strdup_printf (
        ngettext ("And %u more.", "And %u more.", dropped), dropped);

    gtk_list_box_append (self->lost, gtk_label_new (more));
  }
  gtk_widget_set_visible (self->lost_part, n > 0);
}

static char *
dup_sum (PcExchangeWindow *self,
         PcProblems       *problems)
{
  guint n = pc_problems_get_n (problems) +
            pc_problems_get_n_dropped (problems);
  g_autofree char *items = g_strdup_printf (
      ngettext ("%u question", "%u questions", self->n_items), self->n_items);
  g_autofree char *lost = g_strdup_printf (
      ngettext ("%u thing does not fit and is left out:",
                "%u things do not fit and are left out:", n),
      n);

  if (self->text == NULL)
    return g_strdup (_ ("Nothing can be taken from this file. Nothing was "
                        "saved."));
  if (n == 0)
    /* Translators: %s is "12 questions". */
    return g_strdup_printf (_ ("%s. Nothing is lost."), items);
  return g_strdup_printf ("%s. %s", items, lost);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  PcExchangeWindow *self = PC_EXCHANGE_WINDOW (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autofree char *sum = NULL;

  if (job->generation != self->generation || self->lost == NULL)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&job->text);
  self->n_items = job->n_items;
  self->ready = TRUE;
  show_problems (self, job->problems);
  sum = dup_sum (self, job->problems);
  gtk_label_set_label (self->sum, sum);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), self->text != NULL);
  if (self->path != NULL && self->text != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->save));
}

/* A name that may be an id: "My Quiz.gift" is "my-quiz". */
static char *
dup_id (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');
  g_autofree char *id = NULL;

  if (dot != NULL && dot != name)
    *dot = '\0';
  id = g_ascii_strdown (name, -1);
  g_strcanon (id, "abcdefghijklmnopqrstuvwxyz0123456789._-", '-');
  if (!g_ascii_isalnum (*id) || strlen (id) > 56)
    return g_strdup ("imported");
  return g_steal_pointer (&id);
}

/* That neither a bank nor a file of one's own has. */
static char *
dup_free_id (PcExchangeWindow *self,
             const char       *base,
             char            **path)
{
  for (guint i = 1;; i++) {
    g_autofree char *id = i == 1 ? g_strdup (base)
                                 : g_strdup_printf ("%s-%u", base, i);
    g_autofree char *name = g_strconcat ("questions/", id, ".json", NULL);
    g_autofree char *file = pc_paths_get_user_data (name);

    if (pc_content_find_bank (self->content, id) != NULL ||
        g_file_test (file, G_FILE_TEST_EXISTS))
      continue;
    *path = g_steal_pointer (&file);
    return g_steal_pointer (&id);
  }
}

static PcBank *
get_bank (PcExchangeWindow *self)
{
  GListModel *banks = pc_content_get_banks (self->content);
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->bank_list));
  g_autoptr (PcBank) bank = g_list_model_get_item (banks, index);

  return bank; /* the list holds it */
}

/* The n-th that can be written. */
static PcExchange
get_format (PcExchangeWindow *self)
{
  guint index =
      gtk_drop_down_get_selected (GTK_DROP_DOWN (self->format_list));

  for (PcExchange i = 0; i < PC_N_EXCHANGES; i++)
    if (pc_exchange_can_write (i) && index-- == 0)
      return i;
  return PC_EXCHANGE_GIFT;
}

static void
make (PcExchangeWindow *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, made_cb, NULL);
  Job *job = g_new0 (Job, 1);
  g_autofree char *target = NULL;

  if (self->path == NULL)
    self->format = get_format (self);
  job->generation = ++self->generation;
  job->content = g_object_ref (self->content);
  job->format = self->format;
  job->problems = pc_problems_new ();
  job->path = g_strdup (self->path);
  if (self->path != NULL) {
    g_autofree char *base = dup_id (self->path);

    job->id = dup_free_id (self, base, &target);
  } else {
    job->bank = get_bank (self);
    if (job->bank != NULL)
      g_object_ref (job->bank);
  }
  self->ready = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  g_task_set_task_data (task, job, free_job);
  if (job->bank != NULL || self->path != NULL)
    g_task_run_in_thread (task, thread);
}

/* -- saving --------------------------------------------------------------- */

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const char *const *job = data;
  g_autoptr (GError) error = NULL;

  if (pc_bank_edit_write (job[0], job[1], NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  PcExchangeWindow *self = PC_EXCHANGE_WINDOW (source);
  const char *const *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (job[0]);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *text = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    text = g_strdup_printf (_ ("“%s” could not be saved: %s"), shown,
                            error->message);
    pc_toasts_add (self->toasts, text);
    gtk_widget_set_sensitive (GTK_WIDGET (self->save), TRUE);
    return;
  }
  gtk_window_close (GTK_WINDOW (self));
}

void
pc_exchange_window_save_to (PcExchangeWindow *self,
                            const char       *path)
{
  g_autoptr (GTask) task = NULL;
  const char *const job[] = { path, self->text, NULL };

  g_return_if_fail (PC_IS_EXCHANGE_WINDOW (self));
  g_return_if_fail (path != NULL && self->text != NULL);

  task = g_task_new (self, NULL, saved_cb, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  g_task_set_task_data (task, g_strdupv ((char **) job),
                        (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, save_thread);
}

static void
chosen_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  PcExchangeWindow *self = owner;

  if (g_file_peek_path (file) != NULL && self->text != NULL)
    pc_exchange_window_save_to (self, g_file_peek_path (file));
}

static void
save_cb (PcExchangeWindow *self)
{
  GtkFileChooser *chooser;
  g_autofree char *name = NULL;

  if (self->text == NULL)
    return;
  if (self->path != NULL) {
    g_autofree char *base = dup_id (self->path);
    g_autofree char *target = NULL;
    g_autofree char *id = dup_free_id (self, base, &target);

    pc_exchange_window_save_to (self, target);
    return;
  }
  name = g_strdup_printf ("%s.%s", pc_bank_get_id (get_bank (self)),
                          pc_exchange_get_ending (self->format));
  chooser = pc_file_dialog_new (self, GTK_WIDGET (self),
                                GTK_FILE_CHOOSER_ACTION_SAVE,
                                _ ("Export Questions"), _ ("_Save"));
  gtk_file_chooser_set_current_name (chooser, name);
  pc_file_dialog_ask (chooser, chosen_cb, NULL, NULL);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcExchangeWindow *self = PC_EXCHANGE_WINDOW (object);

  self->lost = NULL;
  g_clear_object (&self->content);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (pc_exchange_window_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcExchangeWindow, name)

static void
pc_exchange_window_class_init (PcExchangeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_TOASTS);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/exchange-window.ui");
  BIND (heading);
  BIND (choices);
  BIND (sum);
  BIND (lost);
  BIND (lost_part);
  BIND (save);
  BIND (toasts);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0,
                                       "window.close", NULL);
}

#undef BIND

static void
pc_exchange_window_init (PcExchangeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
add_choice (PcExchangeWindow  *self,
            const char        *label,
            const char *const *texts)
{
  GtkWidget *list = pc_choice_list_append (self->choices, label, texts);

  g_signal_connect_object (list, "notify::selected", G_CALLBACK (make), self,
                           G_CONNECT_SWAPPED);
  return list;
}

static PcExchangeWindow *
new_window (GtkWindow  *parent,
            PcContent  *content,
            const char *title,
            const char *button)
{
  PcExchangeWindow *self =
      g_object_new (PC_TYPE_EXCHANGE_WINDOW, "transient-for", parent, "title",
                    title, NULL);

  self->content = g_object_ref (content);
  gtk_label_set_label (self->heading, title);
  gtk_button_set_label (self->save, button);
  return self;
}

GtkWidget *
pc_exchange_window_new_export (GtkWindow *parent,
                               PcContent *content)
{
  PcExchangeWindow *self;
  GListModel *banks;
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) formats = g_ptr_array_new ();

  g_return_val_if_fail (PC_IS_CONTENT (content), NULL);

  self = new_window (parent, content, _ ("Export Questions"), _ ("_Save…"));
  banks = pc_content_get_banks (content);
  for (guint i = 0; i < g_list_model_get_n_items (banks); i++) {
    g_autoptr (PcBank) bank = g_list_model_get_item (banks, i);

    g_ptr_array_add (titles, g_strdup (pc_bank_get_title (bank)));
  }
  g_ptr_array_add (titles, NULL);
  for (PcExchange i = 0; i < PC_N_EXCHANGES; i++)
    if (pc_exchange_can_write (i))
      g_ptr_array_add (formats, (gpointer) _ (names[i]));
  g_ptr_array_add (formats, NULL);
  self->bank_list = add_choice (self, _ ("Bank"),
                                (const char *const *) titles->pdata);
  self->format_list = add_choice (self, _ ("Format"),
                                  (const char *const *) formats->pdata);
  make (self);
  return GTK_WIDGET (self);
}

GtkWidget *
pc_exchange_window_new_import (GtkWindow  *parent,
                               PcContent  *content,
                               const char *path,
                               PcExchange  format)
{
  PcExchangeWindow *self;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (PC_IS_CONTENT (content), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = new_window (parent, content, _ ("Import Questions"),
                     _ ("_Import"));
  self->path = g_strdup (path);
  self->format = format;
  name = g_path_get_basename (path);
  shown = g_filename_display_name (name);
  /* Translators: the name of a file, and of its format. */
  heading = g_strdup_printf (_ ("%s: %s"), shown, _ (names[format]));
  gtk_label_set_label (self->heading, heading);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), FALSE);
  make (self);
  return GTK_WIDGET (self);
}

gboolean
pc_exchange_window_guess (const char *path,
                          PcExchange *format)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (PcExchange i = 0; i < PC_N_EXCHANGES; i++) {
    g_autofree char *ending =
        g_strconcat (".", pc_exchange_get_ending (i), NULL);

    if (pc_exchange_can_read (i) && g_str_has_suffix (lower, ending)) {
      *format = i;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
pc_exchange_window_is_ready (PcExchangeWindow *self)
{
  g_return_val_if_fail (PC_IS_EXCHANGE_WINDOW (self), FALSE);

  return self->ready;
}

gboolean
pc_exchange_window_can_save (PcExchangeWindow *self)
{
  g_return_val_if_fail (PC_IS_EXCHANGE_WINDOW (self), FALSE);

  return self->ready && self->text != NULL;
}

void
pc_exchange_window_choose (PcExchangeWindow *self,
                           guint             bank,
                           PcExchange        format)
{
  guint index = 0;

  g_return_if_fail (PC_IS_EXCHANGE_WINDOW (self) && self->path == NULL);
  g_return_if_fail (pc_exchange_can_write (format));

  for (PcExchange i = 0; i < format; i++)
    index += pc_exchange_can_write (i) ? 1 : 0;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->bank_list), bank);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->format_list), index);
}
