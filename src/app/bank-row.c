/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Title, description and number of questions of a bank. */

#include "app/bank-row.h"

#include <glib/gi18n-lib.h>

struct _PcBankRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkLabel *description;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (PcBankRow, pc_bank_row, GTK_TYPE_LIST_BOX_ROW)

static void
pc_bank_row_class_init (PcBankRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/bank-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PcBankRow, title);
  gtk_widget_class_bind_template_child (widget_class, PcBankRow, description);
  gtk_widget_class_bind_template_child (widget_class, PcBankRow, count);
}

static void
pc_bank_row_init (PcBankRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_bank_row_new (PcBank *bank)
{
  PcBankRow *self = g_object_new (PC_TYPE_BANK_ROW, NULL);
  const char *description = pc_bank_get_description (bank);
  guint n = pc_bank_get_n_items (bank);
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u question", "%u questions", n), n);

  gtk_label_set_label (self->title, pc_bank_get_title (bank));
  gtk_label_set_label (self->description,
                       description != NULL ? description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description),
                          description != NULL);
  gtk_label_set_label (self->count, count);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
      pc_bank_get_title (bank), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, count,
      -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s",
                                    pc_bank_get_id (bank));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.quiz-start");
  return GTK_WIDGET (self);
}
