/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists problems as compilers do: place, sentence, line of the file, hint.
 * Reads nothing again: a mended file counts at the next start, or, of one's
 * own questions, at once. */

#include "app/problems-window.h"

#include "app/problem-row.h"

#include <glib/gi18n-lib.h>

struct _PcProblemsWindow
{
  GtkWindow parent_instance;

  GtkWidget *list;
  GtkLabel  *dropped;
};

G_DEFINE_FINAL_TYPE (PcProblemsWindow, pc_problems_window, GTK_TYPE_WINDOW)

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
    gtk_list_box_append (
        GTK_LIST_BOX (self->list),
        pc_problem_row_new (pc_problems_get (problems, i), TRUE));
  gtk_widget_set_visible (GTK_WIDGET (self->dropped), n_dropped > 0);
  if (n_dropped > 0) {
    g_autofree char *text = g_strdup_printf (
        ngettext ("And %u more.", "And %u more.", n_dropped), n_dropped);

    gtk_label_set_label (self->dropped, text);
  }
  return GTK_WIDGET (self);
}
