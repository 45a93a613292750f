/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Right and wrong are told by icon and words, and by colour besides. */

#include "app/option-row.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

struct _PcOptionRow
{
  GtkToggleButton parent_instance;

  GtkLabel  *key;
  GtkStack  *sign;
  GtkImage  *icon;
  GtkLabel  *text;
  GtkLabel  *tag;
  GtkLabel  *feedback;

  PcItem     *item;
  const char *language;
  guint       index;
};

G_DEFINE_FINAL_TYPE (PcOptionRow, pc_option_row, GTK_TYPE_TOGGLE_BUTTON)

static void
dispose (GObject *object)
{
  g_clear_object (&PC_OPTION_ROW (object)->item);
  G_OBJECT_CLASS (pc_option_row_parent_class)->dispose (object);
}

static void
pc_option_row_class_init (PcOptionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/option-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PcOptionRow, key);
  gtk_widget_class_bind_template_child (widget_class, PcOptionRow, sign);
  gtk_widget_class_bind_template_child (widget_class, PcOptionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PcOptionRow, text);
  gtk_widget_class_bind_template_child (widget_class, PcOptionRow, tag);
  gtk_widget_class_bind_template_child (widget_class, PcOptionRow, feedback);
}

static void
pc_option_row_init (PcOptionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_option_row_new (PcItem     *item,
                   guint       index,
                   guint       key,
                   const char *language)
{
  PcOptionRow *self = g_object_new (PC_TYPE_OPTION_ROW, NULL);
  const char *text = pc_item_get_option_text (item, index, language);
  g_autofree char *digit = g_strdup_printf ("%u", key);
  g_autofree char *markup = pc_markup_to_pango (text);
  g_autofree char *plain = pc_markup_to_plain (text);

  self->item = g_object_ref (item);
  self->index = index;
  self->language = g_intern_string (language);
  gtk_label_set_label (self->key, digit);
  gtk_label_set_markup (self->text, markup);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, plain,
      GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, digit, -1);
  return GTK_WIDGET (self);
}

guint
pc_option_row_get_index (PcOptionRow *self)
{
  g_return_val_if_fail (PC_IS_OPTION_ROW (self), 0);

  return self->index;
}

gboolean
pc_option_row_get_single (PcOptionRow *self)
{
  g_return_val_if_fail (PC_IS_OPTION_ROW (self), FALSE);

  return pc_item_get_item_type (self->item) != PC_ITEM_MULTIPLE;
}

static const char *
get_tag (gboolean chosen,
         gboolean correct)
{
  if (chosen && correct)
    return _ ("your answer, right");
  if (chosen)
    return _ ("your answer");
  return correct ? _ ("right") : NULL;
}

/* The chosen one answers for itself; of the others one hears when they would
 * be the answer. */
static char *
dup_feedback (PcOptionRow *self,
              gboolean     chosen,
              gboolean     correct)
{
  const char *feedback =
      pc_item_get_option_feedback (self->item, self->index, self->language);
  const char *right_when =
      pc_item_get_option_right_when (self->item, self->index, self->language);

  if ((chosen || correct) && feedback != NULL)
    return g_strdup (feedback);
  if (right_when != NULL)
    /* Translators: %s is a sentence that says when this option is right. */
    return g_strdup_printf (_ ("Right when: %s"), right_when);
  return g_strdup (feedback);
}

void
pc_option_row_reveal (PcOptionRow *self,
                      gboolean     chosen)
{
  gboolean correct;
  const char *tag;
  g_autofree char *feedback = NULL;

  g_return_if_fail (PC_IS_OPTION_ROW (self));

  correct = pc_item_get_option_correct (self->item, self->index);
  tag = get_tag (chosen, correct);
  feedback = dup_feedback (self, chosen, correct);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  if (correct || chosen) {
    gtk_image_set_from_icon_name (self->icon, correct ? "pc-right-symbolic"
                                                      : "pc-wrong-symbolic");
    gtk_stack_set_visible_child_name (self->sign, "icon");
    gtk_widget_add_css_class (GTK_WIDGET (self), correct ? "right" : "wrong");
  } else {
    gtk_widget_add_css_class (GTK_WIDGET (self), "other");
  }
  gtk_widget_set_visible (GTK_WIDGET (self->tag), tag != NULL);
  gtk_label_set_label (self->tag, tag != NULL ? tag : "");
  gtk_widget_set_visible (GTK_WIDGET (self->feedback), feedback != NULL);
  if (feedback != NULL) {
    g_autofree char *markup = pc_markup_to_pango (feedback);
    g_autofree char *plain = pc_markup_to_plain (feedback);

    gtk_label_set_markup (self->feedback, markup);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    plain, -1);
  }
}
