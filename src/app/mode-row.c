/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Title, description and state of one thing to do. */

#include "app/mode-row.h"

struct _PcModeRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkLabel *description;
  GtkLabel *state;
  char     *target;
};

G_DEFINE_FINAL_TYPE (PcModeRow, pc_mode_row, GTK_TYPE_LIST_BOX_ROW)

static void
finalize (GObject *object)
{
  g_free (PC_MODE_ROW (object)->target);
  G_OBJECT_CLASS (pc_mode_row_parent_class)->finalize (object);
}

static void
pc_mode_row_class_init (PcModeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/mode-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PcModeRow, title);
  gtk_widget_class_bind_template_child (widget_class, PcModeRow, description);
  gtk_widget_class_bind_template_child (widget_class, PcModeRow, state);
}

static void
pc_mode_row_init (PcModeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_mode_row_new (const char *title,
                 const char *description,
                 const char *action,
                 const char *target)
{
  PcModeRow *self = g_object_new (PC_TYPE_MODE_ROW, NULL);

  self->target = g_strdup (target);
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  pc_mode_row_set_description (self, description);
  pc_mode_row_set_state (self, NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action);
  return GTK_WIDGET (self);
}

const char *
pc_mode_row_get_target (PcModeRow *self)
{
  g_return_val_if_fail (PC_IS_MODE_ROW (self), NULL);

  return self->target;
}

/* Read with the name: what it is, and how it stands. */
static void
describe (PcModeRow *self)
{
  g_autofree char *text =
      g_strdup_printf ("%s\n%s", gtk_label_get_label (self->state),
                       gtk_label_get_label (self->description));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  g_strstrip (text), -1);
}

static void
show (GtkLabel   *label,
      const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

void
pc_mode_row_set_state (PcModeRow  *self,
                       const char *state)
{
  g_return_if_fail (PC_IS_MODE_ROW (self));

  show (self->state, state);
  describe (self);
}

void
pc_mode_row_set_description (PcModeRow  *self,
                             const char *description)
{
  g_return_if_fail (PC_IS_MODE_ROW (self));

  show (self->description, description);
  describe (self);
}
