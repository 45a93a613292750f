/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the inspector's list of fields. */

#include "app/field-row.h"

#include "app/colors.h"
#include "app/field-chip.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>

#define MAX_CHARS 300

struct _PcFieldRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel  *name;
  GtkLabel  *value;
  GtkLabel  *meaning;
  guint      index;
};

G_DEFINE_FINAL_TYPE (PcFieldRow, pc_field_row, GTK_TYPE_WIDGET)

static void
pressed_cb (PcFieldRow *self,
            int         n_press)
{
  gtk_widget_activate_action (GTK_WIDGET (self),
                              n_press == 2 ? "inspector.octets"
                                           : "inspector.field",
                              "i", (int) self->index);
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_FIELD_ROW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_field_row_parent_class)->dispose (object);
}

static void
pc_field_row_class_init (PcFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fieldrow");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PcFieldRow, box);
  gtk_widget_class_bind_template_child (widget_class, PcFieldRow, name);
  gtk_widget_class_bind_template_child (widget_class, PcFieldRow, value);
  gtk_widget_class_bind_template_child (widget_class, PcFieldRow, meaning);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
}

static void
pc_field_row_init (PcFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A blank at the very end is made visible: it matters on the wire, and GTK 4.8
 * measures a wrapping label that ends in one wrongly. */
static char *
dup_with_last_blank (const char *text)
{
  gsize len = strlen (text);

  if (len == 0 || text[len - 1] != ' ')
    return g_strdup (text);
  return g_strdup_printf ("%.*s·", (int) len - 1, text);
}

GtkWidget *
pc_field_row_new (PcStep  *step,
                  guint    index,
                  gboolean reveal)
{
  PcFieldRow *self = g_object_new (PC_TYPE_FIELD_ROW, NULL);
  const PcField *field = pc_step_get_field (step, index);
  g_autofree char *tint =
      g_strdup_printf ("field-%u", index % PC_N_FIELD_TINTS);
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;

  self->index = index;
  if ((field->secret && reveal) || field->value == NULL) {
    text = pc_field_chip_dup_text (step, field, reveal, MAX_CHARS);
  } else {
    g_autofree char *safe =
        pc_text_from_wire (field->value, strlen (field->value),
                           PC_TEXT_KEEP_LINES, MAX_CHARS);

    text = pc_field_chip_spell_controls (safe);
  }
  shown = dup_with_last_blank (text);
  gtk_label_set_label (self->name, _ (field->label));
  gtk_label_set_label (self->value, shown);
  gtk_widget_set_visible (GTK_WIDGET (self->value),
                          !pc_field_chip_is_minor (step, field));
  gtk_widget_set_visible (GTK_WIDGET (self->meaning), field->meaning != NULL);
  if (field->meaning != NULL)
    gtk_label_set_label (self->meaning, _ (field->meaning));
  gtk_widget_add_css_class (GTK_WIDGET (self), tint);
  return GTK_WIDGET (self);
}

guint
pc_field_row_get_index (PcFieldRow *self)
{
  g_return_val_if_fail (PC_IS_FIELD_ROW (self), 0);

  return self->index;
}

void
pc_field_row_set_lit (PcFieldRow *self,
                      gboolean    lit)
{
  g_return_if_fail (PC_IS_FIELD_ROW (self));

  if (lit)
    gtk_widget_add_css_class (GTK_WIDGET (self), "lit");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "lit");
}
