/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Right and wrong are told by icon and words, and by colour besides. */

#include "app/predict-option-row.h"

#include "app/flow-layout.h"

#include <glib/gi18n-lib.h>

struct _PcPredictOptionRow
{
  GtkButton parent_instance;

  GtkStack *sign;
  GtkLabel *key;
  GtkImage *icon;
  GtkLabel *word;
  GtkLabel *meaning;
  GtkLabel *tag;
};

G_DEFINE_FINAL_TYPE (PcPredictOptionRow, pc_predict_option_row,
                     GTK_TYPE_BUTTON)

#define BIND(name)                                                     \
  gtk_widget_class_bind_template_child (widget_class, PcPredictOptionRow, \
                                        name)

static void
pc_predict_option_row_class_init (PcPredictOptionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/predict-option.ui");
  BIND (sign);
  BIND (key);
  BIND (icon);
  BIND (word);
  BIND (meaning);
  BIND (tag);
}

#undef BIND

static void
pc_predict_option_row_init (PcPredictOptionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_predict_option_row_new (const PcPredictOption *option,
                           guint                  key,
                           gboolean               code)
{
  PcPredictOptionRow *self = g_object_new (PC_TYPE_PREDICT_OPTION_ROW, NULL);
  g_autofree char *digit = g_strdup_printf ("%u", key);
  g_autofree char *name =
      option->meaning[0] != '\0'
          ? g_strdup_printf ("%s, %s", option->word, option->meaning)
          : g_strdup (option->word);

  gtk_label_set_label (self->key, digit);
  gtk_label_set_label (self->word, option->word);
  if (code)
    gtk_widget_add_css_class (GTK_WIDGET (self->word), "code");
  gtk_label_set_label (self->meaning, option->meaning);
  gtk_widget_set_visible (GTK_WIDGET (self->meaning),
                          option->meaning[0] != '\0');
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
      GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, digit, -1);
  return GTK_WIDGET (self);
}

void
pc_predict_option_row_judge (PcPredictOptionRow *self,
                             gboolean            right,
                             gboolean            chosen)
{
  g_return_if_fail (PC_IS_PREDICT_OPTION_ROW (self));

  gtk_image_set_from_icon_name (self->icon, right ? "pc-right-symbolic"
                                                  : "pc-wrong-symbolic");
  gtk_stack_set_visible_child_name (self->sign, "icon");
  gtk_widget_add_css_class (GTK_WIDGET (self), right ? "right" : "wrong");
  gtk_widget_set_visible (GTK_WIDGET (self->tag), TRUE);
  gtk_label_set_label (self->tag, chosen ? _ ("Your answer") : _ ("Right"));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}
