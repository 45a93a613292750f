/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a mistake as compilers do: place, sentence, line of the file, hint. */

#include "app/problem-row.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static char *
dup_place_in_file (const PcProblem *problem)
{
  g_autofree char *name =
      problem->file != NULL ? g_path_get_basename (problem->file)
                            : g_strdup (_ ("No file"));
  g_autofree char *safe = pc_problem_clean_text (name);

  if (problem->line == 0)
    return g_strdup_printf ("%s: %s[%s]", safe,
                            pc_severity_to_string (problem->severity),
                            problem->code);
  return g_strdup_printf ("%s:%u:%u: %s[%s]", safe, problem->line,
                          problem->column,
                          pc_severity_to_string (problem->severity),
                          problem->code);
}

/* Beside the name of the file, which the page has already. */
static char *
dup_place (const PcProblem *problem)
{
  const char *severity = pc_severity_to_string (problem->severity);

  if (problem->line == 0)
    return g_strdup_printf ("%s[%s]", severity, problem->code);
  return g_strdup_printf ("%u:%u: %s[%s]", problem->line, problem->column,
                          severity, problem->code);
}

GtkWidget *
pc_problem_row_new (const PcProblem *problem,
                    gboolean         with_file)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *place =
      with_file ? dup_place_in_file (problem) : dup_place (problem);

  add_label (box, place, "monospace");
  add_label (box, problem->message, NULL);
  if (problem->excerpt != NULL) {
    g_autofree char *text =
        g_strdup_printf ("%s\n%*s^", problem->excerpt, (int) problem->caret,
                         "");
    GtkWidget *label = add_label (box, text, "excerpt");

    /* So that the mark stays below what it marks. */
    gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
    gtk_label_set_wrap (GTK_LABEL (label), FALSE);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  }
  if (problem->hint != NULL)
    add_label (box, problem->hint, "dim-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, place,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem->message, -1);
  return row;
}
