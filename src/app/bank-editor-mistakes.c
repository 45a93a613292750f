/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the checker says, below the form: a line that sums it up, and a row for
 * each mistake, which leads to its field. */

#include "app/bank-editor-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define PLACE "pc-pointer"

/* -- places --------------------------------------------------------------- */

static gboolean
is_named (const char *message,
          const char *name)
{
  const char *found = strstr (message, name);

  return found != NULL && found > message && !g_ascii_isalnum (found[-1]) &&
         !g_ascii_isalnum (found[strlen (name)]) &&
         found[strlen (name)] != '_';
}

/* The field of a member that is missing, which only the message names. */
static const PcFormField *
find_missing (PcBankEditor *self,
              const char   *pointer,
              const char   *message)
{
  g_autofree char *place = g_strconcat (pointer, "/type", NULL);
  const char *type = pc_bank_edit_get_text (self->edit, place);

  for (PcItemType i = 0; i <= PC_ITEM_CONFIGURE; i++) {
    if (g_strcmp0 (pc_item_type_to_string (i), type) != 0)
      continue;
    for (PcFormPart part = 0; part < PC_N_FORM_PARTS; part++)
      for (const PcFormField *field = pc_form_get_fields (i, part);
           field->name != NULL; field++)
        if (is_named (message, field->name))
          return field;
  }
  return NULL;
}

/* Where it is mended, which is not always where it is found. */
static char *
dup_field (PcBankEditor    *self,
           const PcProblem *problem)
{
  const char *pointer = problem->pointer;
  guint item;
  const char *member;

  if (pointer == NULL)
    return NULL;
  if (g_str_equal (problem->code, "Q200"))
    return g_strconcat (pointer, "/feedback", NULL);
  if (g_str_equal (problem->code, "Q210"))
    return g_strconcat (pointer, "/references#add", NULL);
  if (g_str_equal (problem->code, "Q213"))
    return g_strconcat (pointer, "/simulation/scenario", NULL);
  if (strstr (pointer, "/fault_lines/") != NULL &&
      is_named (problem->message, "corrections") &&
      pc_bank_edit_split_pointer (pointer, &item, NULL)) {
    g_autofree char *map = g_strdup_printf ("/items/%u/corrections", item);
    const char *line = pc_bank_edit_get_text (self->edit, pointer);

    return line != NULL ? pc_json_pointer_member (map, line)
                        : g_strdup (map);
  }
  if (g_str_equal (problem->code, "Q023") &&
      pc_bank_edit_split_pointer (pointer, &item, &member) &&
      *member == '\0') {
    const PcFormField *field =
        find_missing (self, pointer, problem->message);

    if (field != NULL && field->kind == PC_FORM_OBJECT)
      return g_strconcat (pointer, "/", field->name, "/",
                          field->inner->name, NULL);
    if (field != NULL)
      return g_strconcat (pointer, "/", field->name,
                          field->kind == PC_FORM_LIST ? "#add" : NULL, NULL);
  }
  return g_strdup (pointer);
}

/* -- rows ----------------------------------------------------------------- */

static GtkWidget *
new_label (const char *text,
           const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

/* "imap-143 · Q102": whose mistake it is. */
static char *
dup_place (PcBankEditor    *self,
           const PcProblem *problem)
{
  guint item;
  const char *member = NULL;
  g_autofree char *pointer = NULL;
  const char *id;

  if (!pc_bank_edit_split_pointer (problem->pointer, &item, &member))
    return g_strdup_printf ("%s · %s", problem->code,
                            problem->pointer != NULL ? problem->pointer : "");
  pointer = g_strdup_printf ("/items/%u/id", item);
  id = pc_bank_edit_get_text (self->edit, pointer);
  return g_strdup_printf ("%s · %s · %s", id != NULL ? id : "–",
                          problem->code, *member != '\0' ? member + 1 : "");
}

static GtkWidget *
new_row (PcBankEditor    *self,
         const PcProblem *problem)
{
  gboolean error = problem->severity == PC_SEVERITY_ERROR;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new_from_icon_name (
      error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  g_autofree char *place = dup_place (self, problem);
  const char *severity = error ? _ ("Error")
                         : problem->severity == PC_SEVERITY_WARNING
                             ? _ ("Warning")
                             : _ ("Note");
  g_autofree char *name =
      g_strdup_printf ("%s: %s, %s", severity, problem->message, place);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, error ? "error" : "warning");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), new_label (problem->message, NULL));
  if (problem->hint != NULL)
    gtk_box_append (GTK_BOX (texts), new_label (problem->hint, "dim-label"));
  gtk_box_append (GTK_BOX (texts), new_label (place, "row-subtitle"));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), PLACE, dup_field (self, problem),
                          g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, place,
                                  -1);
  return row;
}

/* -- the sum -------------------------------------------------------------- */

static char *
dup_sum (PcBankEditor *self,
         PcProblems   *problems)
{
  guint errors = pc_problems_count (problems, PC_SEVERITY_ERROR);
  guint warnings = pc_problems_count (problems, PC_SEVERITY_WARNING);
  g_autofree char *all_errors = g_strdup_printf (
      ngettext ("%u error", "%u errors", errors), errors);
  g_autofree char *all_warnings = g_strdup_printf (
      ngettext ("%u warning", "%u warnings", warnings), warnings);

  if (errors == 0 && warnings == 0)
    return g_strdup (pc_bank_check_is_proven (self->check)
                         ? _ ("No mistakes; the keys hold in the exchanges")
                         : _ ("No mistakes"));
  if (warnings == 0)
    return g_steal_pointer (&all_errors);
  if (errors == 0)
    return g_steal_pointer (&all_warnings);
  /* Translators: "2 errors, 1 warning". */
  return g_strdup_printf (_ ("%s, %s"), all_errors, all_warnings);
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

void
pc_bank_editor_show_mistakes (PcBankEditor *self)
{
  PcProblems *problems = pc_bank_check_get_problems (self->check);
  guint n = problems != NULL ? pc_problems_get_n (problems) : 0;
  guint dropped = problems != NULL ? pc_problems_get_n_dropped (problems) : 0;
  g_autofree char *text = NULL;
  gboolean bad;

  clear_list (self->mistakes);
  if (self->edit == NULL || problems == NULL)
    return;
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->mistakes,
                         new_row (self, pc_problems_get (problems, i)));
  if (dropped > 0) {
    g_autofree char *more = g_strdup_printf (
        ngettext ("And %u more.", "And %u more.", dropped), dropped);
    GtkWidget *row = gtk_list_box_row_new ();

    gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row),
                                new_label (more, "dim-label"));
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
    gtk_list_box_append (self->mistakes, row);
  }
  text = dup_sum (self, problems);
  bad = pc_problems_count (problems, PC_SEVERITY_ERROR) > 0;
  gtk_label_set_label (self->mistakes_label, text);
  gtk_image_set_from_icon_name (self->mistakes_icon,
                                bad     ? "dialog-error-symbolic"
                                : n > 0 ? "dialog-warning-symbolic"
                                        : "pc-right-symbolic");
  gtk_widget_set_sensitive (self->mistakes_button, n > 0);
  if (n == 0)
    gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (self->mistakes_button), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mistakes_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  pc_bank_items_set_problems (self->items, problems);
}

/* -- to the field --------------------------------------------------------- */

/* Lines of a transcript are changed in the question that shows them. */
static int
find_item (PcBankEditor *self,
           const char   *pointer)
{
  guint n = pc_bank_edit_get_n_items (self->edit);
  guint item;

  if (pc_bank_edit_split_pointer (pointer, &item, NULL))
    return (int) item;
  for (guint i = 0; g_str_has_prefix (pointer, "/stimuli/") && i < n; i++) {
    g_autofree char *place = g_strdup_printf ("/items/%u", i);
    g_autofree char *type = g_strconcat (place, "/type", NULL);
    g_autofree char *stimulus = pc_form_find_stimulus (self->edit, place);

    if (stimulus != NULL && g_str_has_prefix (pointer, stimulus) &&
        g_strcmp0 (pc_bank_edit_get_text (self->edit, type), "fault") == 0)
      return (int) i;
  }
  return PC_BANK_ITEMS_HEAD;
}

void
pc_bank_editor_go_to_mistake (PcBankEditor  *self,
                              GtkListBoxRow *row)
{
  const char *pointer = g_object_get_data (G_OBJECT (row), PLACE);
  g_autofree char *place = g_strdup (pointer != NULL ? pointer : "");
  int item = find_item (self, place);

  gtk_stack_set_visible_child_name (self->views, "form");
  if (item != pc_bank_items_get_chosen (self->items))
    pc_bank_items_choose (self->items, item);
  pc_bank_form_focus (self->form, place);
}
