/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the problems of an opened file.  What they take away is decided in
 * scenario/part.c; here are only the words. */

#include "app/mistakes-view.h"

#include "app/flow-layout.h"
#include "app/problem-row.h"

#include <glib/gi18n-lib.h>

/* -- the page ------------------------------------------------------------- */

struct _PcMistakesView
{
  GtkWidget parent_instance;

  GtkWidget  *scroller;
  GtkLabel   *title;
  GtkLabel   *message;
  GtkWidget  *watch;
  GtkListBox *list;
  GtkLabel   *dropped;
  guint       n;
};

G_DEFINE_FINAL_TYPE (PcMistakesView, pc_mistakes_view, GTK_TYPE_WIDGET)

static char *
dup_name (PcOpenedFile *file)
{
  g_autofree char *name =
      g_path_get_basename (pc_opened_file_get_path (file));
  g_autofree char *shown = g_filename_display_name (name);

  return pc_problem_clean_text (shown);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const PcProblem *x = *(const PcProblem *const *) a;
  const PcProblem *y = *(const PcProblem *const *) b;

  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  return x->column < y->column ? -1 : x->column > y->column;
}

static void
fill_list (PcMistakesView *self,
           PcProblems     *problems)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->n = pc_problems_get_n (problems);
  for (guint i = 0; i < self->n; i++)
    g_ptr_array_add (sorted, (gpointer) pc_problems_get (problems, i));
  g_ptr_array_sort (sorted, compare);
  for (guint i = 0; i < self->n; i++)
    gtk_list_box_append (self->list,
                         pc_problem_row_new (sorted->pdata[i], FALSE));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->n > 0);
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_MISTAKES_VIEW (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_mistakes_view_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcMistakesView, name)

static void
pc_mistakes_view_class_init (PcMistakesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/mistakes-view.ui");
  BIND (scroller);
  BIND (title);
  BIND (message);
  BIND (watch);
  BIND (list);
  BIND (dropped);
}

#undef BIND

static void
pc_mistakes_view_init (PcMistakesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_mistakes_view_new (void)
{
  return g_object_new (PC_TYPE_MISTAKES_VIEW, NULL);
}

void
pc_mistakes_view_show (PcMistakesView *self,
                       PcOpenedFile   *file)
{
  const PcScenarioSource *last;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  guint n, n_dropped;
  gboolean older;

  g_return_if_fail (PC_IS_MISTAKES_VIEW (self));
  g_return_if_fail (PC_IS_OPENED_FILE (file));

  last = pc_opened_file_get_last (file);
  g_return_if_fail (last != NULL);
  name = dup_name (file);
  n = pc_problems_count (last->problems, PC_SEVERITY_ERROR);
  title = n > 0 ? g_strdup_printf (ngettext ("%u mistake in “%s”",
                                             "%u mistakes in “%s”", n),
                                   n, name)
                : g_strdup (name);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->message,
                       last->message != NULL ? last->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), last->message != NULL);
  older = pc_opened_file_is_older (file);
  gtk_button_set_label (GTK_BUTTON (self->watch),
                        older ? _ ("_Watch the Last Good Version")
                              : _ ("_Watch the Good Part"));
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (
                          GTK_BUTTON (self->watch))), TRUE);
  gtk_widget_set_tooltip_text (self->watch,
                               older ? _ ("The file as it was before the "
                                          "mistakes")
                                     : _ ("The file without what is wrong"));
  gtk_widget_set_visible (self->watch,
                          pc_opened_file_get_scenario (file) != NULL);
  fill_list (self, last->problems);
  n_dropped = pc_problems_get_n_dropped (last->problems);
  gtk_widget_set_visible (GTK_WIDGET (self->dropped), n_dropped > 0);
  if (n_dropped > 0) {
    g_autofree char *text = g_strdup_printf (
        ngettext ("And %u more.", "And %u more.", n_dropped), n_dropped);

    gtk_label_set_label (self->dropped, text);
  }
}

guint
pc_mistakes_view_get_n (PcMistakesView *self)
{
  g_return_val_if_fail (PC_IS_MISTAKES_VIEW (self), 0);

  return self->n;
}

/* -- the bar -------------------------------------------------------------- */

struct _PcFileBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel  *label;
};

G_DEFINE_FINAL_TYPE (PcFileBar, pc_file_bar, GTK_TYPE_WIDGET)

static void
file_bar_dispose (GObject *object)
{
  g_clear_pointer (&PC_FILE_BAR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_file_bar_parent_class)->dispose (object);
}

static void
pc_file_bar_class_init (PcFileBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = file_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/file-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PcFileBar, box);
  gtk_widget_class_bind_template_child (widget_class, PcFileBar, label);
}

static void
pc_file_bar_init (PcFileBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_file_bar_new (void)
{
  return g_object_new (PC_TYPE_FILE_BAR, "visible", FALSE, NULL);
}

void
pc_file_bar_show (PcFileBar    *self,
                  PcOpenedFile *file)
{
  const PcScenarioSource *last =
      file != NULL ? pc_opened_file_get_last (file) : NULL;
  const char *text;

  g_return_if_fail (PC_IS_FILE_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self),
                          last != NULL && last->state != PC_SOURCE_WHOLE);
  if (last == NULL)
    return;
  if (!pc_opened_file_is_older (file))
    text = _ ("The file has mistakes. You see its good part.");
  else if (last->state == PC_SOURCE_OTHER)
    text = _ ("The file is no scenario any more, or cannot be read. You see "
              "its last good version.");
  else
    text = _ ("The file was saved with mistakes. You see its last good "
              "version.");
  gtk_label_set_label (self->label, text);
}
