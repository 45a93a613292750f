/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list view, since a bank may have twenty thousand questions.  Its rows are
 * told when their question changes; all of them are made anew only when
 * questions come, go or move. */

#include "app/bank-items.h"

#include "quiz/bank-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TITLE 100 /* characters of a question that are shown */

/* -- a row's data --------------------------------------------------------- */

#define PC_TYPE_BANK_ENTRY (pc_bank_entry_get_type ())
G_DECLARE_FINAL_TYPE (PcBankEntry, pc_bank_entry, PC, BANK_ENTRY, GObject)

struct _PcBankEntry
{
  GObject parent_instance;

  int   index;
  char *title;
  char *subtitle;
  char *folded;   /* to search in */
  int   severity; /* of its worst problem; -1: none */
};

enum { ENTRY_CHANGED, N_ENTRY_SIGNALS };

static guint entry_signals[N_ENTRY_SIGNALS];

G_DEFINE_FINAL_TYPE (PcBankEntry, pc_bank_entry, G_TYPE_OBJECT)

static void
entry_finalize (GObject *object)
{
  PcBankEntry *self = PC_BANK_ENTRY (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->folded);
  G_OBJECT_CLASS (pc_bank_entry_parent_class)->finalize (object);
}

static void
pc_bank_entry_class_init (PcBankEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = entry_finalize;
  entry_signals[ENTRY_CHANGED] =
      g_signal_new ("changed", PC_TYPE_BANK_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
pc_bank_entry_init (PcBankEntry *self)
{
  self->severity = -1;
}

/* -- the list ------------------------------------------------------------- */

struct _PcBankItems
{
  GtkWidget parent_instance;

  GtkWidget          *box;
  GtkWidget          *search;
  GtkWidget          *view;
  GListStore         *entries;
  GtkCustomFilter    *filter;
  GtkSingleSelection *selection;
  char              **words;
  PcBankEdit         *edit;
  int                 chosen;
  gboolean            filling;
};

enum { SIGNAL_CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcBankItems, pc_bank_items, GTK_TYPE_WIDGET)

static const char *
get_type_label (const char *name)
{
  for (PcItemType type = 0; type <= PC_ITEM_CONFIGURE; type++)
    if (g_strcmp0 (pc_item_type_to_string (type), name) == 0)
      return _ (pc_form_get_type_label (type));
  return _ ("No type");
}

static const char *
get_text (PcBankItems *self,
          int          index,
          const char  *member)
{
  g_autofree char *pointer =
      index >= 0 ? g_strdup_printf ("/items/%d/%s", index, member)
                 : g_strdup_printf ("/%s", member);

  return pc_bank_edit_get_text (self->edit, pointer);
}

/* On one line, whatever was typed. */
static char *
dup_title (PcBankItems *self,
           int          index)
{
  const char *text = get_text (self, index, "title");
  g_autofree char *clean = NULL;

  if (index < 0)
    return g_strdup (text != NULL && *text != '\0' ? text
                                                   : _ ("Untitled bank"));
  if (text == NULL || *text == '\0')
    text = get_text (self, index, "stem");
  if (text == NULL || *text == '\0')
    return g_strdup (_ ("New question"));
  clean = pc_problem_clean_text (text);
  return g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1),
                                          MAX_TITLE));
}

static void
update_entry (PcBankItems *self,
              PcBankEntry *entry)
{
  const char *id = get_text (self, entry->index, "id");

  g_free (entry->title);
  entry->title = dup_title (self, entry->index);
  g_free (entry->subtitle);
  entry->subtitle =
      entry->index < 0
          ? g_strdup (_ ("About this bank"))
          : g_strdup_printf ("%s · %s", id != NULL ? id : "–",
                             get_type_label (
                                 get_text (self, entry->index, "type")));
  g_free (entry->folded);
  {
    g_autofree char *all = g_strjoin (
        " ", entry->title, entry->subtitle,
        entry->index >= 0 ? get_text (self, entry->index, "stem") : NULL,
        NULL);

    entry->folded = g_utf8_casefold (all, -1);
  }
  g_signal_emit (entry, entry_signals[ENTRY_CHANGED], 0);
}

static void
show_chosen (PcBankItems *self)
{
  GListModel *model = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (PcBankEntry) entry = g_list_model_get_item (model, i);

    if (entry->index == self->chosen) {
      gtk_single_selection_set_selected (self->selection, i);
      return;
    }
  }
  gtk_single_selection_set_selected (self->selection,
                                     GTK_INVALID_LIST_POSITION);
}

/* The head, and all questions. */
static void
fill (PcBankItems *self)
{
  guint n = self->edit != NULL ? pc_bank_edit_get_n_items (self->edit) + 1 : 0;
  guint old = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  self->filling = TRUE;
  for (guint i = 0; i < n; i++) {
    PcBankEntry *entry = g_object_new (PC_TYPE_BANK_ENTRY, NULL);

    entry->index = (int) i - 1;
    update_entry (self, entry);
    g_ptr_array_add (all, entry);
  }
  g_list_store_splice (self->entries, 0, old, all->pdata, n);
  self->chosen = MIN (self->chosen, (int) n - 2);
  show_chosen (self);
  self->filling = FALSE;
}

static void
changed_cb (PcBankItems *self,
            const char  *pointer,
            gboolean     shape)
{
  guint item;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  g_autoptr (PcBankEntry) entry = NULL;

  if (n != pc_bank_edit_get_n_items (self->edit) + 1 ||
      (shape && g_strcmp0 (pointer, "/items") == 0)) {
    fill (self);
    return;
  }
  entry = g_list_model_get_item (
      G_LIST_MODEL (self->entries),
      pc_bank_edit_split_pointer (pointer, &item, NULL) ? item + 1 : 0);
  if (entry != NULL)
    update_entry (self, entry);
}

/* -- rows ----------------------------------------------------------------- */

static GtkWidget *
new_label (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);
  return label;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new ();

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), new_label ("row-title"));
  gtk_box_append (GTK_BOX (texts), new_label ("row-subtitle"));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_list_item_set_child (row, box);
}

static const char *
get_severity_name (int severity)
{
  return severity == PC_SEVERITY_ERROR     ? _ ("has an error")
         : severity == PC_SEVERITY_WARNING ? _ ("has a warning")
                                           : NULL;
}

static void
update_row (GtkListItem *row,
            PcBankEntry *entry)
{
  GtkWidget *box = gtk_list_item_get_child (row);
  GtkWidget *texts = gtk_widget_get_first_child (box);
  GtkWidget *icon = gtk_widget_get_last_child (box);
  const char *severity = get_severity_name (entry->severity);
  GtkWidget *parent = gtk_widget_get_parent (box);
  g_autofree char *name =
      severity != NULL ? g_strdup_printf ("%s, %s", entry->title, severity)
                       : g_strdup (entry->title);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (texts)),
                       entry->title);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (texts)),
                       entry->subtitle);
  gtk_widget_set_visible (icon, severity != NULL);
  gtk_widget_set_tooltip_text (icon, severity);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon),
                                entry->severity == PC_SEVERITY_ERROR
                                    ? "dialog-error-symbolic"
                                    : "dialog-warning-symbolic");
  if (entry->severity == PC_SEVERITY_ERROR)
    gtk_widget_add_css_class (icon, "error");
  else
    gtk_widget_remove_css_class (icon, "error");
  if (parent != NULL)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
        GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, entry->subtitle, -1);
}

static void
entry_changed_cb (GtkListItem *row,
                  PcBankEntry *entry)
{
  update_row (row, entry);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *row)
{
  PcBankEntry *entry = gtk_list_item_get_item (row);

  g_signal_connect_object (entry, "changed", G_CALLBACK (entry_changed_cb),
                           row, G_CONNECT_SWAPPED);
  update_row (row, entry);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *row)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (row), row);
}

/* -- choosing ------------------------------------------------------------- */

static gboolean
matches (gpointer object,
         gpointer data)
{
  PcBankItems *self = data;
  PcBankEntry *entry = object;

  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (entry->folded, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
search_changed_cb (PcBankItems *self)
{
  g_autofree char *folded = g_utf8_casefold (
      gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  g_strfreev (self->words);
  self->words = g_strsplit_set (folded, " \t", -1);
  self->filling = TRUE;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_chosen (self);
  self->filling = FALSE;
}

static void
selected_cb (PcBankItems *self)
{
  PcBankEntry *entry = gtk_single_selection_get_selected_item (self->selection);

  if (self->filling || entry == NULL || entry->index == self->chosen)
    return;
  self->chosen = entry->index;
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

int
pc_bank_items_get_chosen (PcBankItems *self)
{
  g_return_val_if_fail (PC_IS_BANK_ITEMS (self), PC_BANK_ITEMS_HEAD);

  return self->chosen;
}

void
pc_bank_items_choose (PcBankItems *self,
                      int          index)
{
  g_return_if_fail (PC_IS_BANK_ITEMS (self));

  self->chosen = index;
  self->filling = TRUE;
  show_chosen (self);
  if (gtk_single_selection_get_selected (self->selection) ==
      GTK_INVALID_LIST_POSITION) {
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
    search_changed_cb (self);
  }
  self->filling = FALSE;
  if (gtk_single_selection_get_selected (self->selection) !=
      GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (
        self->view, "list.scroll-to-item", "u",
        gtk_single_selection_get_selected (self->selection));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

void
pc_bank_items_focus_search (PcBankItems *self)
{
  g_return_if_fail (PC_IS_BANK_ITEMS (self));

  gtk_widget_grab_focus (self->search);
}

/* -- what is shown -------------------------------------------------------- */

void
pc_bank_items_set_edit (PcBankItems *self,
                        PcBankEdit  *edit)
{
  g_return_if_fail (PC_IS_BANK_ITEMS (self));

  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_set_object (&self->edit, edit);
  self->chosen = PC_BANK_ITEMS_HEAD;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (edit != NULL)
    g_signal_connect_object (edit, "changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
  fill (self);
}

void
pc_bank_items_set_problems (PcBankItems *self,
                            PcProblems  *problems)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  g_autofree int *worst = g_new (int, n + 1);

  g_return_if_fail (PC_IS_BANK_ITEMS (self));

  for (guint i = 0; i < n; i++)
    worst[i] = -1;
  for (guint i = 0; problems != NULL && i < pc_problems_get_n (problems);
       i++) {
    const PcProblem *problem = pc_problems_get (problems, i);
    guint item;
    guint row = pc_bank_edit_split_pointer (problem->pointer, &item, NULL)
                    ? item + 1
                    : 0;

    if (row < n)
      worst[row] = MAX (worst[row], (int) problem->severity);
  }
  for (guint i = 0; i < n; i++) {
    g_autoptr (PcBankEntry) entry =
        g_list_model_get_item (G_LIST_MODEL (self->entries), i);

    if (entry->severity == worst[i])
      continue;
    entry->severity = worst[i];
    g_signal_emit (entry, entry_signals[ENTRY_CHANGED], 0);
  }
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcBankItems *self = PC_BANK_ITEMS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->edit);
  g_clear_object (&self->entries);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->words, g_strfreev);
  G_OBJECT_CLASS (pc_bank_items_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcBankItems, name)

static void
pc_bank_items_class_init (PcBankItemsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/bank-items.ui");
  BIND (box);
  BIND (search);
  BIND (view);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  signals[SIGNAL_CHOSEN] =
      g_signal_new ("chosen", PC_TYPE_BANK_ITEMS, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
}

#undef BIND

static void
pc_bank_items_init (PcBankItems *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *filtered;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->chosen = PC_BANK_ITEMS_HEAD;
  self->entries = g_list_store_new (PC_TYPE_BANK_ENTRY);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  filtered = gtk_filter_list_model_new (
      G_LIST_MODEL (g_object_ref (self->entries)),
      GTK_FILTER (g_object_ref (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (rows, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (rows, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (rows, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->view), rows);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->view),
                           GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
}
