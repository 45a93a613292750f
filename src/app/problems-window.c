/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists problems as compilers do: place, sentence, line of the file, hint.
 * Reads nothing again; a mended file counts at the next start. */

#include "app/problems-window.h"

#include <glib/gi18n-lib.h>

struct _PcProblemsWindow
{
  GtkWindow parent_instance;

  GtkWidget *list;
  GtkLabel  *dropped;
};

G_DEFINE_FINAL_TYPE (PcProblemsWindow, pc_problems_window, GTK_TYPE_WINDOW)

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
dup_place (const PcProblem *problem)
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

static void
add_problem (PcProblemsWindow *self,
             const PcProblem  *problem)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *place = dup_place (problem);

  add_label (box, place, "monospace");
  add_label (box, problem->message, NULL);
  if (problem->excerpt != NULL) {
    g_autofree char *text =
        g_strdup_printf ("%s\n%*s^", problem->excerpt, (int) problem->caret,
                         "");
    GtkWidget *label = add_label (box, text, "excerpt");

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
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
pc_problems_window_class_init (PcProblemsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/problems-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PcProblemsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, PcProblemsWindow,
                                        dropped);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0,
                                       "window.close", NULL);
}

static void
pc_problems_window_init (PcProblemsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_problems_window_new (GtkWindow  *parent,
                        PcProblems *problems)
{
  PcProblemsWindow *self = g_object_new (PC_TYPE_PROBLEMS_WINDOW,
                                         "transient-for", parent, NULL);
  guint n_dropped = pc_problems_get_n_dropped (problems);

  for (guint i = 0; i < pc_problems_get_n (problems); i++)
    add_problem (self, pc_problems_get (problems, i));
  gtk_widget_set_visible (GTK_WIDGET (self->dropped), n_dropped > 0);
  if (n_dropped > 0) {
    g_autofree char *text = g_strdup_printf (
        ngettext ("And %u more.", "And %u more.", n_dropped), n_dropped);

    gtk_label_set_label (self->dropped, text);
  }
  return GTK_WIDGET (self);
}
