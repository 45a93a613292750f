/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Title and subtitle of a scenario, and what a search finds it by. */

#include "app/scenario-row.h"

#include "app/left-to-right.h"

struct _PcScenarioRow
{
  GtkListBoxRow parent_instance;

  GtkLabel   *title;
  GtkLabel   *subtitle;
  PcOpenedFile *file; /* where it comes from, unless it is one of ours */
  PcScenario *scenario; /* NULL when nothing of the file can be watched */
  char       *haystack; /* folded as GLib folds search words */
};

G_DEFINE_FINAL_TYPE (PcScenarioRow, pc_scenario_row, GTK_TYPE_LIST_BOX_ROW)

static void
finalize (GObject *object)
{
  PcScenarioRow *self = PC_SCENARIO_ROW (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  g_clear_pointer (&self->haystack, g_free);
  G_OBJECT_CLASS (pc_scenario_row_parent_class)->finalize (object);
}

static void
pc_scenario_row_class_init (PcScenarioRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/scenario-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PcScenarioRow, title);
  gtk_widget_class_bind_template_child (widget_class, PcScenarioRow, subtitle);
}

static void
pc_scenario_row_init (PcScenarioRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_haystack (PcScenarioRow *self,
              const char    *text)
{
  g_auto (GStrv) words = g_str_tokenize_and_fold (text, NULL, NULL);

  g_free (self->haystack);
  self->haystack = g_strjoinv (" ", words);
}

static void
set_texts (PcScenarioRow *self,
           const char    *title,
           const char    *subtitle)
{
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");
  pc_label_keep_left_to_right (self->subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

GtkWidget *
pc_scenario_row_new (PcScenario *scenario)
{
  PcScenarioRow *self = g_object_new (PC_TYPE_SCENARIO_ROW, NULL);
  const char *title = pc_scenario_get_title (scenario);
  const char *subtitle = pc_scenario_get_subtitle (scenario);
  const char *summary = pc_scenario_get_summary (scenario);
  const PcProtocol *protocol = pc_scenario_get_protocol (scenario);
  g_autofree char *text = g_strjoin (
      " ", protocol != NULL ? protocol->name : "", title,
      subtitle != NULL ? subtitle : "", summary != NULL ? summary : "", NULL);

  self->scenario = pc_scenario_ref (scenario);
  set_haystack (self, text);
  set_texts (self, title, subtitle);
  return GTK_WIDGET (self);
}

GtkWidget *
pc_scenario_row_new_file (PcOpenedFile *file)
{
  PcScenarioRow *self = g_object_new (PC_TYPE_SCENARIO_ROW, NULL);

  self->file = g_object_ref (file);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               pc_opened_file_get_path (file));
  pc_scenario_row_update (self);
  return GTK_WIDGET (self);
}

void
pc_scenario_row_update (PcScenarioRow *self)
{
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;
  PcScenario *scenario;

  g_return_if_fail (PC_IS_SCENARIO_ROW (self) && self->file != NULL);

  title = pc_opened_file_dup_title (self->file);
  name = g_path_get_basename (pc_opened_file_get_path (self->file));
  shown = g_filename_display_name (name);
  text = g_strjoin (" ", title, shown, NULL);
  scenario = pc_opened_file_get_scenario (self->file);
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  if (scenario != NULL)
    self->scenario = pc_scenario_ref (scenario);
  set_haystack (self, text);
  set_texts (self, title, shown);
}

PcOpenedFile *
pc_scenario_row_get_file (PcScenarioRow *self)
{
  g_return_val_if_fail (PC_IS_SCENARIO_ROW (self), NULL);

  return self->file;
}

PcScenario *
pc_scenario_row_get_scenario (PcScenarioRow *self)
{
  g_return_val_if_fail (PC_IS_SCENARIO_ROW (self), NULL);

  return self->scenario;
}

gboolean
pc_scenario_row_matches (PcScenarioRow     *self,
                         const char *const *words)
{
  g_return_val_if_fail (PC_IS_SCENARIO_ROW (self), FALSE);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (self->haystack, words[i]) == NULL)
      return FALSE;
  return TRUE;
}
