/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form.  With each change variant A is drawn anew, so that what is missing
 * is said before anything is written; the files are written in a thread. */

#include "app/sheet-window.h"

#include "app/bank-languages.h"
#include "app/choice-list.h"
#include "app/clamp-layout.h"
#include "app/file-dialog.h"
#include "app/problem-row.h"
#include "app/toasts.h"

#include "base/paths.h"
#include "print/sheet-files.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where the questions are from: @bank, or what @blueprint says, or all. */
typedef struct
{
  PcBank      *bank;
  PcBlueprint *blueprint;
} Source;

/* What the form comes to; of a thread of its own, too. */
typedef struct
{
  GPtrArray    *banks;
  PcBlueprint  *blueprint;
  guint32       seed;
  guint         n_variants;
  gboolean      coded;
  PcSheetCode   code;
  PcSheetFormat format;
  char         *language;
  char         *folder;
  guint         n_files;
} Plan;

struct _PcSheetWindow
{
  GtkWindow parent_instance;

  GtkBox        *source_box;
  GtkBox        *format_box;
  GtkSpinButton *n_items;
  GtkSpinButton *n_variants;
  GtkEditable   *seed;
  GtkLabel      *sum;
  GtkWidget     *problem_part;
  GtkListBox    *problem_list;
  GtkWidget     *save;
  PcToasts      *toasts;
  GtkWidget     *source;
  GtkWidget     *format;
  GtkWidget     *paper;
  GtkWidget     *language;

  PcContent            *content;
  GPtrArray            *banks;     /* PcBank */
  GPtrArray            *sources;   /* Source */
  GPtrArray            *languages; /* char*: tags, behind the bank's own */
  gboolean              fits;
  gboolean              saving;
};

G_DEFINE_FINAL_TYPE (PcSheetWindow, pc_sheet_window, GTK_TYPE_WINDOW)

static void
free_source (gpointer data)
{
  Source *source = data;

  g_clear_object (&source->bank);
  g_clear_pointer (&source->blueprint, pc_blueprint_unref);
  g_free (source);
}

static void
free_plan (gpointer data)
{
  Plan *plan = data;

  g_ptr_array_unref (plan->banks);
  g_clear_pointer (&plan->blueprint, pc_blueprint_unref);
  g_free (plan->language);
  g_free (plan->folder);
  g_free (plan);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Plan, free_plan)

/* -- what the form says --------------------------------------------------- */

static const Source *
get_source (PcSheetWindow *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->source));

  return self->sources->pdata[MIN (at, self->sources->len - 1)];
}

static guint
get_choice (GtkWidget *list)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (list));
}

/* A number, or a code. */
static gboolean
read_seed (PcSheetWindow *self,
           Plan          *plan)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (self->seed));
  guint64 number;

  g_strstrip (text);
  plan->coded = pc_sheet_code_parse (text, &plan->code);
  if (plan->coded) {
    plan->seed = plan->code.seed;
    return TRUE;
  }
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL))
    return FALSE;
  plan->seed = (guint32) number;
  return TRUE;
}

static PcBlueprint *
find_coded (PcSheetWindow *self,
            const Plan    *plan)
{
  g_autoptr (GPtrArray) blueprints = g_ptr_array_new ();

  for (guint i = 0; i < self->sources->len; i++) {
    const Source *source = self->sources->pdata[i];

    if (source->blueprint != NULL)
      g_ptr_array_add (blueprints, source->blueprint);
  }
  return pc_sheet_code_find (&plan->code, plan->banks, blueprints);
}

static PcBlueprint *
make_blueprint (PcSheetWindow *self)
{
  const Source *source = get_source (self);
  PcBlueprint *blueprint;

  if (source->blueprint != NULL)
    return pc_blueprint_ref (source->blueprint);
  blueprint = pc_blueprint_new ();
  blueprint->n_items = (guint) gtk_spin_button_get_value_as_int (
      self->n_items);
  if (source->bank != NULL)
    g_ptr_array_add (blueprint->banks,
                     g_strdup (pc_bank_get_id (source->bank)));
  return blueprint;
}

/* NULL where the seed is none; without a blueprint where nothing fits the
 * code. */
static Plan *
make_plan (PcSheetWindow *self)
{
  g_autoptr (Plan) plan = g_new0 (Plan, 1);
  guint language = get_choice (self->language);

  plan->banks = g_ptr_array_ref (self->banks);
  if (!read_seed (self, plan))
    return NULL;
  plan->blueprint = plan->coded ? find_coded (self, plan)
                                : make_blueprint (self);
  plan->n_variants = (guint) gtk_spin_button_get_value_as_int (
      self->n_variants);
  plan->format.pdf = get_choice (self->format) == 0;
  plan->format.paper = get_choice (self->paper) == 1 ? PC_PAPER_LETTER
                                                     : PC_PAPER_A4;
  if (language > 0 && language <= self->languages->len)
    plan->language = g_strdup (self->languages->pdata[language - 1]);
  plan->format.language = plan->language;
  return g_steal_pointer (&plan);
}

/* -- what comes of it ----------------------------------------------------- */

static void
show_problems (PcSheetWindow *self,
               PcProblems    *problems)
{
  GtkListBoxRow *row;
  guint n = problems != NULL ? pc_problems_get_n (problems) : 0;

  while ((row = gtk_list_box_get_row_at_index (self->problem_list, 0)) != NULL)
    gtk_list_box_remove (self->problem_list, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (
        self->problem_list,
        pc_problem_row_new (pc_problems_get (problems, i),
                            pc_problems_get (problems, i)->file != NULL));
  gtk_widget_set_visible (self->problem_part, n > 0);
}

static char *
dup_sum (const Plan    *plan,
         const PcSheet *sheet)
{
  guint n = pc_sheet_get_n_items (sheet);
  guint n_files = 2 * plan->n_variants;
  g_autofree char *code = pc_sheet_dup_code (sheet);
  g_autofree char *items =
      g_strdup_printf (ngettext ("%u question", "%u questions", n), n);
  g_autofree char *files = g_strdup_printf (
      ngettext ("%u file", "%u files", n_files), n_files);

  /* Translators: "20 questions on each sheet, 8 files with the keys. Code:
   * 1F0A4C52-20-B7D1". */
  return g_strdup_printf (_ ("%s on each sheet, %s with the keys. Code: %s"),
                          items, files, code);
}

/* What is wrong, or else how it would be, to be freed. */
static char *
describe (PcSheetWindow *self,
          const Plan    *plan,
          PcProblems    *problems)
{
  g_autoptr (PcSheet) sheet = NULL;

  self->fits = FALSE;
  if (plan == NULL)
    return g_strdup_printf (_ ("The seed is a number from 0 to %u, or the "
                               "code at the foot of a printed sheet, such as "
                               "1F0A4C52-20-B7D1."),
                            G_MAXUINT32);
  if (plan->blueprint == NULL)
    return g_strdup (_ ("This code was printed with other question banks, "
                        "other versions of them, or another blueprint. Open "
                        "that blueprint."));
  sheet = pc_sheet_new (plan->banks, plan->blueprint, plan->seed, 0, problems);
  if (sheet == NULL)
    return g_strdup (_ ("No question fits this blueprint."));
  self->fits = TRUE;
  return dup_sum (plan, sheet);
}

static void
changed_cb (PcSheetWindow *self)
{
  g_autoptr (Plan) plan = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autofree char *text = NULL;
  const Source *source;
  gboolean coded;

  /* Not filled yet. */
  if (self->language == NULL)
    return;
  plan = make_plan (self);
  coded = plan != NULL && plan->coded;
  source = get_source (self);
  text = describe (self, plan, problems);
  gtk_label_set_label (self->sum, text);
  show_problems (self, problems);
  /* The code, or the blueprint, says it. */
  gtk_widget_set_sensitive (self->source, !coded);
  gtk_widget_set_sensitive (GTK_WIDGET (self->n_items),
                            !coded && source->blueprint == NULL);
  gtk_widget_set_sensitive (self->paper, get_choice (self->format) == 0);
  gtk_widget_set_sensitive (self->save, self->fits && !self->saving);
}

static void
source_cb (PcSheetWindow *self)
{
  const Source *source = get_source (self);

  if (source->blueprint != NULL)
    gtk_spin_button_set_value (self->n_items,
                               pc_blueprint_count (source->blueprint));
  changed_cb (self);
}

static void
random_cb (PcSheetWindow *self)
{
  g_autofree char *text = g_strdup_printf ("%u", g_random_int ());

  gtk_editable_set_text (self->seed, text);
}

/* -- saving --------------------------------------------------------------- */

static gboolean
write_variant (Plan    *plan,
               guint    variant,
               GError **error)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcSheet) sheet = pc_sheet_new (plan->banks, plan->blueprint,
                                            plan->seed, variant, problems);

  for (guint key = 0; key < 2; key++) {
    g_autofree char *path = pc_sheet_files_write (
        sheet, key == 1, &plan->format, plan->folder, error);

    if (path == NULL)
      return FALSE;
    plan->n_files++;
  }
  return TRUE;
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Plan *plan = data;
  GError *error = NULL;

  for (guint i = 0; i < plan->n_variants; i++)
    if (!write_variant (plan, i, &error)) {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  PcSheetWindow *self = PC_SHEET_WINDOW (object);
  const Plan *plan = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_filename_display_basename (plan->folder);
  g_autofree char *text = NULL;

  if (self->content == NULL)
    return;
  self->saving = FALSE;
  changed_cb (self);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    text = g_strdup_printf (
        ngettext ("%u file was saved in “%s”.",
                  "%u files were saved in “%s”.", plan->n_files),
        plan->n_files, folder);
  else
    /* Translators: why not all of the files were written. */
    text = g_strdup_printf (_ ("The sheets could not be saved: %s"),
                            error->message);
  gtk_label_set_label (self->sum, text);
  pc_toasts_add (self->toasts, text);
}

void
pc_sheet_window_save_to (PcSheetWindow *self,
                         const char    *folder)
{
  g_autoptr (GTask) task = NULL;
  Plan *plan;

  g_return_if_fail (PC_IS_SHEET_WINDOW (self) && self->fits);
  g_return_if_fail (folder != NULL);

  plan = make_plan (self);
  plan->folder = g_strdup (folder);
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  task = g_task_new (self, NULL, saved_cb, NULL);
  g_task_set_task_data (task, plan, free_plan);
  g_task_run_in_thread (task, save_thread);
}

/* -- files ---------------------------------------------------------------- */

static void
folder_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  PcSheetWindow *self = owner;
  const char *path = g_file_peek_path (file);

  if (path != NULL && self->fits)
    pc_sheet_window_save_to (self, path);
}

static void
save_cb (PcSheetWindow *self)
{
  pc_file_dialog_ask (
      pc_file_dialog_new (self, GTK_WIDGET (self),
                          GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                          _ ("Folder for the Sheets"), _ ("_Save")),
      folder_cb, NULL, NULL);
}

static void
blueprint_cb (gpointer        owner,
              GFile          *file,
              GtkFileChooser *chooser,
              gpointer        data)
{
  if (g_file_peek_path (file) != NULL)
    pc_sheet_window_open_blueprint (owner, g_file_peek_path (file));
}

static void
open_cb (PcSheetWindow *self)
{
  GtkFileChooser *chooser = pc_file_dialog_new (
      self, GTK_WIDGET (self), GTK_FILE_CHOOSER_ACTION_OPEN,
      _ ("Open a Blueprint"), _ ("_Open"));

  pc_file_dialog_add_filter (chooser, _ ("Blueprints (JSON)"), "json");
  pc_file_dialog_ask (chooser, blueprint_cb, NULL, NULL);
}

/* -- sources -------------------------------------------------------------- */

static char *
dup_title (const PcBlueprint *blueprint,
           const char        *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *title = pc_problem_clean_text (
      blueprint->title != NULL ? blueprint->title : name);

  /* Translators: %s is the title of a blueprint, which says what a printed
   * test holds. */
  return g_strdup_printf (_ ("Blueprint: %s"), title);
}

static void
add_source (PcSheetWindow *self,
            GtkStringList *titles,
            const char    *title,
            PcBank        *bank,
            PcBlueprint   *blueprint)
{
  Source *source = g_new0 (Source, 1);

  source->bank = bank != NULL ? g_object_ref (bank) : NULL;
  source->blueprint = blueprint;
  g_ptr_array_add (self->sources, source);
  gtk_string_list_append (titles, title);
}

static gboolean
add_blueprint (PcSheetWindow *self,
               const char    *path,
               PcProblems    *problems)
{
  PcBlueprint *blueprint = pc_blueprint_load (path, problems);
  g_autofree char *title = NULL;

  if (blueprint == NULL)
    return FALSE;
  title = dup_title (blueprint, path);
  add_source (self,
              GTK_STRING_LIST (gtk_drop_down_get_model (
                  GTK_DROP_DOWN (self->source))),
              title, NULL, blueprint);
  return TRUE;
}

gboolean
pc_sheet_window_open_blueprint (PcSheetWindow *self,
                                const char    *path)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();

  g_return_val_if_fail (PC_IS_SHEET_WINDOW (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!add_blueprint (self, path, problems)) {
    g_autofree char *name = g_filename_display_basename (path);
    g_autofree char *text = g_strdup_printf (
        _ ("“%s” is no blueprint that can be used."), name);

    gtk_label_set_label (self->sum, text);
    show_problems (self, problems);
    return FALSE;
  }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->source),
                              self->sources->len - 1);
  return TRUE;
}

static void
add_sources (PcSheetWindow *self)
{
  static const char *const none[] = { NULL };
  g_autofree char *dir = pc_paths_get_data ("blueprints");
  g_auto (GStrv) paths = pc_paths_list (dir, ".json");
  g_autoptr (PcProblems) ignored = pc_problems_new ();
  GtkStringList *titles;

  self->source = pc_choice_list_append (self->source_box,
                                        _ ("Questions from"), none);
  titles = GTK_STRING_LIST (
      gtk_drop_down_get_model (GTK_DROP_DOWN (self->source)));
  add_source (self, titles, _ ("All banks"), NULL, NULL);
  for (guint i = 0; i < self->banks->len; i++)
    add_source (self, titles, pc_bank_get_title (self->banks->pdata[i]),
                self->banks->pdata[i], NULL);
  for (guint i = 0; paths[i] != NULL; i++)
    add_blueprint (self, paths[i], ignored);
  g_signal_connect_object (self->source, "notify::selected",
                           G_CALLBACK (source_cb), self, G_CONNECT_SWAPPED);
}

/* -- formats -------------------------------------------------------------- */

static void
add_formats (PcSheetWindow *self)
{
  const char *const formats[] = { "PDF", "Markdown", NULL };
  const char *const papers[] = { _ ("A4"), _ ("Letter"), NULL };
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  self->languages = pc_bank_languages_list (self->banks);
  g_ptr_array_add (texts, (gpointer) _ ("Language of the bank"));
  for (guint i = 0; i < self->languages->len; i++)
    g_ptr_array_add (texts, self->languages->pdata[i]);
  g_ptr_array_add (texts, NULL);
  self->format = pc_choice_list_append (self->format_box, _ ("Format"),
                                        formats);
  self->paper = pc_choice_list_append (self->format_box, _ ("Paper"), papers);
  self->language = pc_choice_list_append (self->format_box, _ ("Language"),
                                          (const char *const *) texts->pdata);
  if (g_str_equal (gtk_paper_size_get_default (), GTK_PAPER_NAME_LETTER))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->paper), 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->language),
                              pc_bank_languages_find (self->languages));
  g_signal_connect_object (self->format, "notify::selected",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcSheetWindow *self = PC_SHEET_WINDOW (object);

  g_clear_object (&self->content);
  self->language = NULL;
  G_OBJECT_CLASS (pc_sheet_window_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  PcSheetWindow *self = PC_SHEET_WINDOW (object);

  g_ptr_array_unref (self->banks);
  g_ptr_array_unref (self->sources);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  G_OBJECT_CLASS (pc_sheet_window_parent_class)->finalize (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcSheetWindow, name)

static void
pc_sheet_window_class_init (PcSheetWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_TOASTS);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/sheet-window.ui");
  BIND (source_box);
  BIND (format_box);
  BIND (n_items);
  BIND (n_variants);
  BIND (seed);
  BIND (sum);
  BIND (problem_part);
  BIND (problem_list);
  BIND (save);
  BIND (toasts);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, random_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0,
                                       "window.close", NULL);
}

#undef BIND

static void
pc_sheet_window_init (PcSheetWindow *self)
{
  self->banks = g_ptr_array_new_with_free_func (g_object_unref);
  self->sources = g_ptr_array_new_with_free_func (free_source);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_sheet_window_new (GtkWindow *parent,
                     PcContent *content)
{
  PcSheetWindow *self;
  GListModel *banks;

  g_return_val_if_fail (PC_IS_CONTENT (content), NULL);

  self = g_object_new (PC_TYPE_SHEET_WINDOW, "transient-for", parent, NULL);
  self->content = g_object_ref (content);
  banks = pc_content_get_banks (content);
  for (guint i = 0; i < g_list_model_get_n_items (banks); i++)
    g_ptr_array_add (self->banks, g_list_model_get_item (banks, i));
  add_sources (self);
  random_cb (self);
  add_formats (self);
  changed_cb (self);
  return GTK_WIDGET (self);
}

/* -- for tests ------------------------------------------------------------ */

void
pc_sheet_window_fill (PcSheetWindow *self,
                      guint          n_items,
                      guint          n_variants,
                      const char    *seed,
                      gboolean       pdf)
{
  g_return_if_fail (PC_IS_SHEET_WINDOW (self) && seed != NULL);

  gtk_spin_button_set_value (self->n_items, n_items);
  gtk_spin_button_set_value (self->n_variants, n_variants);
  gtk_editable_set_text (self->seed, seed);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->format), pdf ? 0 : 1);
}

gboolean
pc_sheet_window_can_save (PcSheetWindow *self)
{
  g_return_val_if_fail (PC_IS_SHEET_WINDOW (self), FALSE);

  return self->fits && !self->saving;
}

const char *
pc_sheet_window_get_text (PcSheetWindow *self)
{
  g_return_val_if_fail (PC_IS_SHEET_WINDOW (self), NULL);

  return gtk_label_get_label (self->sum);
}
