/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row for each question, since a table would not fit a narrow window.
 * All numbers are quiz/statistics.h's. */

#include "app/statistics-window.h"

#include "app/clamp-layout.h"
#include "app/file-dialog.h"
#include "app/problem-row.h"
#include "app/save-file.h"
#include "app/toasts.h"

#include "quiz/markup.h"
#include "quiz/statistics-report.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define ROWS_MAX 500 /* more are in the file only */

/* What is read in a thread. */
typedef struct
{
  PcCatalogue  *catalogue;
  char        **paths;
  PcStatistics *statistics;
  PcProblems   *problems;
} Job;

struct _PcStatisticsWindow
{
  GtkWindow parent_instance;

  GtkLabel   *sum;
  GtkWidget  *problem_part;
  GtkListBox *problem_list;
  GtkWidget  *item_part;
  GtkListBox *items;
  GtkLabel   *more;
  GtkWidget  *save;
  PcToasts   *toasts;

  char                 *csv; /* once it is read */
  gboolean              ready;
  gboolean              disposed;
};

G_DEFINE_FINAL_TYPE (PcStatisticsWindow, pc_statistics_window, GTK_TYPE_WINDOW)

static void
free_job (gpointer data)
{
  Job *job = data;

  pc_statistics_free (job->statistics);
  pc_catalogue_free (job->catalogue);
  pc_problems_unref (job->problems);
  g_strfreev (job->paths);
  g_free (job);
}

/* -- a row ---------------------------------------------------------------- */

static void
add_label (GtkWidget  *box,
           const char *text,
           const char *class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign",
                                   0.0, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, NULL);

  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  gtk_box_append (GTK_BOX (box), label);
}

/* The item as it was when it was answered; NULL when it is not at hand. */
static PcItem *
find_item (PcCatalogue            *catalogue,
           const PcStatisticsItem *row)
{
  const PcPick *pick = pc_catalogue_lookup (catalogue, row->bank, row->item);

  return pick != NULL && pc_item_get_revision (pick->item) == row->revision
             ? pick->item
             : NULL;
}

static char *
dup_name (PcItem                 *item,
          const PcStatisticsItem *row)
{
  const char *language = g_get_language_names ()[0];
  g_autofree char *bank = NULL;
  g_autofree char *id = NULL;

  if (item != NULL) {
    const char *title = pc_item_get_title (item, language);

    return pc_markup_to_plain (
        title != NULL ? title : pc_item_get_stem (item, language));
  }
  bank = pc_problem_clean_text (row->bank);
  id = pc_problem_clean_text (row->item);
  return g_strdup_printf ("%s/%s", bank, id);
}

static char *
dup_numbers (const PcStatisticsItem *row)
{
  g_autofree char *answers = g_strdup_printf (
      ngettext ("%u answer", "%u answers", row->n), row->n);

  if (isnan (row->discrimination))
    /* Translators: "24 answers, 46 % right, discrimination unknown". */
    return g_strdup_printf (_ ("%s, %.0f %% right, discrimination unknown"),
                            answers, 100 * row->p);
  return g_strdup_printf (_ ("%s, %.0f %% right, discrimination %.2f"),
                          answers, 100 * row->p, row->discrimination);
}

/* NULL when nobody was wrong. */
static char *
dup_wrong (PcItem                 *item,
           const PcStatisticsItem *row)
{
  const PcStatisticsChoice *wrong = pc_statistics_find_wrong (row);
  g_autofree char *choice = NULL;
  int option;

  if (wrong == NULL)
    return NULL;
  option = item != NULL ? pc_item_find_option (item, wrong->choice) : -1;
  choice = option >= 0
               ? pc_markup_to_plain (pc_item_get_option_text (
                     item, (guint) option, g_get_language_names ()[0]))
               : pc_problem_clean_text (wrong->choice);
  return g_strdup_printf (_ ("Most chosen wrong answer: “%s” (%.0f %%)"),
                          choice, 100 * wrong->share);
}

static GtkWidget *
new_row (PcCatalogue            *catalogue,
         const PcStatisticsItem *row)
{
  GtkWidget *widget = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  PcItem *item = find_item (catalogue, row);
  g_autofree char *name = dup_name (item, row);
  g_autofree char *numbers = dup_numbers (row);
  g_autofree char *wrong = dup_wrong (item, row);
  g_autoptr (GString) all = g_string_new (numbers);

  add_label (box, name, "heading");
  add_label (box, numbers, "numeric");
  if (wrong != NULL) {
    add_label (box, wrong, NULL);
    g_string_append_printf (all, ". %s", wrong);
  }
  for (guint i = 0; i < PC_STATISTICS_N_FLAGS; i++)
    if ((row->flags & 1u << i) != 0) {
      const char *meaning = pc_statistics_describe_flag (1u << i);
      g_autofree char *marked = g_strdup_printf ("⚠ %s", meaning);

      add_label (box, marked, NULL);
      g_string_append_printf (all, ". %s", meaning);
    }
  if (item != NULL) {
    g_autofree char *id = g_strdup_printf ("%s/%s", row->bank, row->item);

    add_label (box, id, "dim-label");
  }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  all->str, -1);
  return widget;
}

/* -- what was read -------------------------------------------------------- */

static void
show_problems (PcStatisticsWindow *self,
               PcProblems         *problems)
{
  guint n = pc_problems_get_n (problems);
  guint dropped = pc_problems_get_n_dropped (problems);

  for (guint i = 0; i < n; i++)
    gtk_list_box_append (
        self->problem_list,
        pc_problem_row_new (pc_problems_get (problems, i), TRUE));
  if (dropped > 0) {
    g_autofree char *text = g_strdup_printf (
        ngettext ("And %u more.", "And %u more.", dropped), dropped);

    gtk_list_box_append (self->problem_list, gtk_label_new (text));
  }
  gtk_widget_set_visible (self->problem_part, n > 0);
}

static void
show_items (PcStatisticsWindow *self,
            const Job          *job)
{
  g_autoptr (GPtrArray) all = pc_statistics_list_urgent (job->statistics);
  guint n = MIN (all->len, ROWS_MAX);

  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->items, new_row (job->catalogue, all->pdata[i]));
  gtk_widget_set_visible (self->item_part, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), all->len > n);
  if (all->len > n) {
    g_autofree char *text = g_strdup_printf (
        ngettext ("And %u more.", "And %u more.", all->len - n), all->len - n);

    gtk_label_set_label (self->more, text);
  }
}

static char *
dup_sum (PcStatistics *statistics)
{
  guint n = pc_statistics_get_n_sittings (statistics);
  guint n_items = pc_statistics_get_n_items (statistics);
  g_autofree char *sittings =
      g_strdup_printf (ngettext ("%u sitting", "%u sittings", n), n);
  g_autofree char *items = g_strdup_printf (
      ngettext ("%u question", "%u questions", n_items), n_items);

  if (n_items == 0)
    return g_strdup (_ ("There are no answers in what was opened."));
  /* Translators: "24 sittings, 20 questions; those that need attention first."
   */
  return g_strdup_printf (_ ("%s, %s; those that need attention first."),
                          sittings, items);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  PcStatisticsWindow *self = PC_STATISTICS_WINDOW (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autofree char *text = NULL;

  if (self->disposed)
    return;
  text = dup_sum (job->statistics);
  gtk_label_set_label (self->sum, text);
  show_problems (self, job->problems);
  show_items (self, job);
  if (pc_statistics_get_n_items (job->statistics) > 0)
    self->csv = pc_statistics_write_csv (job->statistics);
  gtk_widget_set_sensitive (self->save, self->csv != NULL);
  self->ready = TRUE;
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Job *job = data;

  for (guint i = 0; job->paths[i] != NULL; i++)
    pc_statistics_add_file (job->statistics, job->paths[i], job->problems);
  pc_statistics_compute (job->statistics, job->catalogue);
  g_task_return_boolean (task, TRUE);
}

/* -- saving --------------------------------------------------------------- */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (PcStatisticsWindow) self = data;
  g_autofree char *text = pc_save_file_finish_text (G_FILE (source), result);

  if (!self->disposed)
    pc_toasts_add (self->toasts, text);
}

void
pc_statistics_window_save_to (PcStatisticsWindow *self,
                              GFile              *file)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (PC_IS_STATISTICS_WINDOW (self) && self->csv != NULL);
  g_return_if_fail (G_IS_FILE (file));

  bytes = g_bytes_new (self->csv, strlen (self->csv));
  pc_save_file_async (file, bytes, NULL, saved_cb, g_object_ref (self));
}

static void
chosen_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  pc_statistics_window_save_to (owner, file);
}

static void
save_cb (PcStatisticsWindow *self)
{
  GtkFileChooser *chooser = pc_file_dialog_new (
      self, GTK_WIDGET (self), GTK_FILE_CHOOSER_ACTION_SAVE,
      _ ("Save Statistics"), _ ("_Save"));

  gtk_file_chooser_set_current_name (chooser, "statistics.csv");
  pc_file_dialog_ask (chooser, chosen_cb, NULL, NULL);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcStatisticsWindow *self = PC_STATISTICS_WINDOW (object);

  self->disposed = TRUE;
  g_clear_pointer (&self->csv, g_free);
  G_OBJECT_CLASS (pc_statistics_window_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcStatisticsWindow, name)

static void
pc_statistics_window_class_init (PcStatisticsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_TOASTS);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/statistics-window.ui");
  BIND (sum);
  BIND (problem_part);
  BIND (problem_list);
  BIND (item_part);
  BIND (items);
  BIND (more);
  BIND (save);
  BIND (toasts);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0,
                                       "window.close", NULL);
}

#undef BIND

static void
pc_statistics_window_init (PcStatisticsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_statistics_window_new (GtkWindow         *parent,
                          PcContent         *content,
                          const char *const *paths)
{
  PcStatisticsWindow *self;
  GListModel *banks;
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_val_if_fail (PC_IS_CONTENT (content), NULL);
  g_return_val_if_fail (paths != NULL, NULL);

  self = g_object_new (PC_TYPE_STATISTICS_WINDOW, "transient-for", parent,
                       NULL);
  job = g_new0 (Job, 1);
  job->catalogue = pc_catalogue_new ();
  job->paths = g_strdupv ((char **) paths);
  job->statistics = pc_statistics_new ();
  job->problems = pc_problems_new ();
  banks = pc_content_get_banks (content);
  for (guint i = 0; i < g_list_model_get_n_items (banks); i++) {
    g_autoptr (PcBank) bank = g_list_model_get_item (banks, i);

    pc_catalogue_add_bank (job->catalogue, bank);
  }
  gtk_label_set_label (self->sum, _ ("Reading…"));
  task = g_task_new (self, NULL, read_cb, NULL);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, read_thread);
  return GTK_WIDGET (self);
}

gboolean
pc_statistics_window_is_ready (PcStatisticsWindow *self)
{
  g_return_val_if_fail (PC_IS_STATISTICS_WINDOW (self), FALSE);

  return self->ready;
}
