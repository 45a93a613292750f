/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Compare with…": any two exchanges can be put side by side.  Those of the
 * same protocol come first, since they have the most in common. */

#include "app/compare-picker.h"

#include "app/scenario-row.h"
#include "app/tab-stop.h"

#include <glib/gi18n-lib.h>

struct _PcComparePicker
{
  GtkWindow parent_instance;

  GtkSearchEntry *search;
  GtkListBox     *list;
  PcScenario     *scenario; /* NULL: there is @action */
  GtkWidget      *owner;    /* weak */
  char           *action;
  char          **words; /* of the search, folded */
};

G_DEFINE_FINAL_TYPE (PcComparePicker, pc_compare_picker, GTK_TYPE_WINDOW)

static void
row_activated_cb (PcComparePicker *self,
                  PcScenarioRow   *row)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  PcScenario *other = pc_scenario_row_get_scenario (row);

  if (self->owner != NULL)
    gtk_widget_activate_action (self->owner, self->action, "s",
                                pc_scenario_get_id (other));
  else if (parent != NULL && self->scenario != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.compare-two",
                                "(ss)", pc_scenario_get_id (self->scenario),
                                pc_scenario_get_id (other));
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
filter_func (GtkListBoxRow *row,
             gpointer       data)
{
  PcComparePicker *self = data;

  return self->words == NULL ||
         pc_scenario_row_matches (PC_SCENARIO_ROW (row),
                                  (const char *const *) self->words);
}

static void
search_changed_cb (PcComparePicker *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->words, g_strfreev);
  self->words = g_str_tokenize_and_fold (text, NULL, NULL);
  gtk_list_box_invalidate_filter (self->list);
}

/* Enter in the search takes the first that is left. */
static void
search_activate_cb (PcComparePicker *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) !=
                  NULL;
       i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row))) {
      row_activated_cb (self, PC_SCENARIO_ROW (row));
      return;
    }
}

static void
dispose (GObject *object)
{
  PcComparePicker *self = PC_COMPARE_PICKER (object);

  g_clear_pointer (&self->scenario, pc_scenario_unref);
  g_clear_weak_pointer (&self->owner);
  g_clear_pointer (&self->action, g_free);
  g_clear_pointer (&self->words, g_strfreev);
  G_OBJECT_CLASS (pc_compare_picker_parent_class)->dispose (object);
}

static void
pc_compare_picker_class_init (PcComparePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_TAB_STOP);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/compare-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, PcComparePicker, search);
  gtk_widget_class_bind_template_child (widget_class, PcComparePicker, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0,
                                       "window.close", NULL);
}

static void
pc_compare_picker_init (PcComparePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_func, self, NULL);
}

static void
add_rows (PcComparePicker *self,
          const PcLibrary *library,
          gboolean         same_protocol)
{
  const PcProtocol *protocol = pc_scenario_get_protocol (self->scenario);

  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario *scenario = pc_library_get (library, i);

    if (scenario != self->scenario &&
        (pc_scenario_get_protocol (scenario) == protocol) == same_protocol)
      gtk_list_box_append (self->list, pc_scenario_row_new (scenario));
  }
}

GtkWidget *
pc_compare_picker_new (GtkWindow       *parent,
                       const PcLibrary *library,
                       PcScenario      *scenario)
{
  PcComparePicker *self = g_object_new (PC_TYPE_COMPARE_PICKER,
                                        "transient-for", parent, NULL);
  g_autofree char *title = g_strdup_printf (
      _ ("Compare “%s” with…"), pc_scenario_get_title (scenario));

  self->scenario = pc_scenario_ref (scenario);
  gtk_window_set_title (GTK_WINDOW (self), title);
  add_rows (self, library, TRUE);
  add_rows (self, library, FALSE);
  return GTK_WIDGET (self);
}

GtkWidget *
pc_compare_picker_new_any (GtkWidget       *owner,
                           const PcLibrary *library,
                           const char      *title,
                           const char      *action)
{
  PcComparePicker *self = g_object_new (
      PC_TYPE_COMPARE_PICKER, "transient-for", gtk_widget_get_root (owner),
      "title", title, NULL);

  g_set_weak_pointer (&self->owner, owner);
  self->action = g_strdup (action);
  for (guint i = 0; i < pc_library_get_n (library); i++)
    gtk_list_box_append (self->list,
                         pc_scenario_row_new (pc_library_get (library, i)));
  return GTK_WIDGET (self);
}
