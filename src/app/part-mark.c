/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands at the end of a pair, a step, a line or a setting. */

#include "app/part-mark.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

struct _PcPartMark
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkImage  *icon;
  GtkLabel  *words;
};

G_DEFINE_FINAL_TYPE (PcPartMark, pc_part_mark, GTK_TYPE_WIDGET)

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_PART_MARK (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_part_mark_parent_class)->dispose (object);
}

static void
pc_part_mark_class_init (PcPartMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "partmark");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/part-mark.ui");
  gtk_widget_class_bind_template_child (widget_class, PcPartMark, box);
  gtk_widget_class_bind_template_child (widget_class, PcPartMark, icon);
  gtk_widget_class_bind_template_child (widget_class, PcPartMark, words);
}

static void
pc_part_mark_init (PcPartMark *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_part_mark_set (PcPartMark *self,
                  gboolean    right,
                  const char *words)
{
  g_return_if_fail (PC_IS_PART_MARK (self));

  gtk_image_set_from_icon_name (self->icon, right ? "pc-right-symbolic"
                                                  : "pc-wrong-symbolic");
  gtk_label_set_label (self->words, words);
  gtk_widget_remove_css_class (GTK_WIDGET (self), right ? "wrong" : "right");
  gtk_widget_add_css_class (GTK_WIDGET (self), right ? "right" : "wrong");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

char *
pc_part_mark_dup_words (gboolean    right,
                        const char *expected)
{
  g_autofree char *plain = NULL;

  if (right)
    return g_strdup (_ ("right"));
  if (expected == NULL)
    return g_strdup (_ ("wrong"));
  plain = pc_markup_to_plain (expected);
  /* Translators: %s is the answer, such as "993". */
  return g_strdup_printf (_ ("wrong; right is %s"), plain);
}
