/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons in the sidebar, found by the same search as scenarios. */

#include "app/compare-list.h"

#include "app/tab-stop.h"

#include <string.h>

struct _PcCompareList
{
  GtkWidget parent_instance;

  GtkWidget  *box;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (PcCompareList, pc_compare_list, GTK_TYPE_WIDGET)

#define KEY "pc-comparison"
#define HAYSTACK "pc-haystack"

static PcComparison *
get_comparison (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), KEY);
}

static void
row_activated_cb (PcCompareList *self,
                  GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.compare", "s",
                              pc_comparison_get_id (get_comparison (row)));
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static char *
dup_haystack (PcComparison *comparison)
{
  const char *summary = pc_comparison_get_summary (comparison);
  g_autofree char *text = g_strjoin (
      " ", pc_comparison_get_title (comparison),
      summary != NULL ? summary : "",
      pc_scenario_get_title (pc_comparison_get_scenario (comparison, 0)),
      pc_scenario_get_title (pc_comparison_get_scenario (comparison, 1)),
      NULL);
  g_auto (GStrv) words = g_str_tokenize_and_fold (text, NULL, NULL);

  return g_strjoinv (" ", words);
}

static GtkWidget *
new_row (PcComparison *comparison)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *title = pc_comparison_get_title (comparison);
  const char *left = pc_scenario_get_title (
      pc_comparison_get_scenario (comparison, 0));
  const char *right = pc_scenario_get_title (
      pc_comparison_get_scenario (comparison, 1));
  g_autofree char *both = g_strdup_printf ("%s | %s", left, right);

  add_label (box, title, "row-title");
  add_label (box, both, "row-subtitle");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (row), KEY, pc_comparison_ref (comparison),
                          (GDestroyNotify) pc_comparison_unref);
  g_object_set_data_full (G_OBJECT (row), HAYSTACK, dup_haystack (comparison),
                          g_free);
  return row;
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_COMPARE_LIST (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_compare_list_parent_class)->dispose (object);
}

static void
pc_compare_list_class_init (PcCompareListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_TAB_STOP);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/compare-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PcCompareList, box);
  gtk_widget_class_bind_template_child (widget_class, PcCompareList, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
pc_compare_list_init (PcCompareList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_compare_list_fill (PcCompareList *self,
                      GPtrArray     *comparisons)
{
  g_return_if_fail (PC_IS_COMPARE_LIST (self));

  for (guint i = 0; i < comparisons->len; i++)
    gtk_list_box_append (self->list, new_row (comparisons->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self), comparisons->len > 0);
}

void
pc_compare_list_filter (PcCompareList     *self,
                        const char *const *words)
{
  gboolean any = FALSE;
  GtkListBoxRow *row;

  g_return_if_fail (PC_IS_COMPARE_LIST (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) !=
                  NULL;
       i++) {
    const char *haystack = g_object_get_data (G_OBJECT (row), HAYSTACK);
    gboolean found = TRUE;

    for (guint k = 0; words != NULL && words[k] != NULL; k++)
      found = found && strstr (haystack, words[k]) != NULL;
    gtk_widget_set_visible (GTK_WIDGET (row), found);
    any = any || found;
  }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

void
pc_compare_list_select (PcCompareList *self,
                        const char    *id)
{
  GtkListBoxRow *row;

  g_return_if_fail (PC_IS_COMPARE_LIST (self));

  gtk_list_box_unselect_all (self->list);
  for (int i = 0; id != NULL && (row = gtk_list_box_get_row_at_index (
                                     self->list, i)) != NULL;
       i++)
    if (strcmp (pc_comparison_get_id (get_comparison (row)), id) == 0)
      gtk_list_box_select_row (self->list, row);
}
