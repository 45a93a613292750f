/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the console's log.  What is wrong is told by an icon and by words,
 * and by colour besides. */

#include "app/lab-console-row.h"

#include <glib/gi18n-lib.h>

#define N_REMARKS 2

struct _PcLabConsoleRow
{
  GtkListBoxRow parent_instance;

  GtkLabel  *who;
  GtkLabel  *text;
  GtkImage  *sign;
  GtkWidget *remarks;

  GtkWidget *boxes[N_REMARKS];
  char      *said[N_REMARKS];
  char      *name;
  guint      step;
};

G_DEFINE_FINAL_TYPE (PcLabConsoleRow, pc_lab_console_row,
                     GTK_TYPE_LIST_BOX_ROW)

static const struct
{
  const char *icon;
  const char *css;
} signs[] = {
  [PC_STATUS_OK] = { "pc-note-symbolic", "note" },
  [PC_STATUS_WARNING] = { "dialog-warning-symbolic", "warning" },
  [PC_STATUS_ERROR] = { "dialog-error-symbolic", "error" },
};

/* -- in words ------------------------------------------------------------- */

static void
update_name (PcLabConsoleRow *self)
{
  GString *name = g_string_new (NULL);

  /* Translators: who says what: "Server: +OK". */
  g_string_printf (name, _ ("%s: %s"), gtk_label_get_label (self->who),
                   gtk_label_get_label (self->text));
  for (guint i = 0; i < N_REMARKS; i++)
    if (self->said[i] != NULL)
      g_string_append_printf (name, "\n%s", self->said[i]);
  g_free (self->name);
  self->name = g_string_free (name, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
}

const char *
pc_lab_console_row_get_name (PcLabConsoleRow *self)
{
  g_return_val_if_fail (PC_IS_LAB_CONSOLE_ROW (self), NULL);

  return self->name;
}

void
pc_lab_console_row_set_text (PcLabConsoleRow *self,
                             const char      *text,
                             PcStatus         status)
{
  g_return_if_fail (PC_IS_LAB_CONSOLE_ROW (self));

  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->sign), status != PC_STATUS_OK);
  gtk_image_set_from_icon_name (self->sign, signs[status].icon);
  gtk_widget_remove_css_class (GTK_WIDGET (self->sign), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (self->sign), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), signs[status].css);
  update_name (self);
}

/* -- remarks -------------------------------------------------------------- */

static GtkWidget *
make_remark (const PcConsoleRemark *remark)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (
      GTK_TYPE_IMAGE, "icon-name", signs[remark->status].icon, "valign",
      GTK_ALIGN_START, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
      NULL);
  GtkWidget *label = gtk_label_new (remark->text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (box, "callout");
  gtk_widget_add_css_class (box, signs[remark->status].css);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

void
pc_lab_console_row_set_remark (PcLabConsoleRow       *self,
                               guint                  place,
                               const PcConsoleRemark *remark)
{
  g_return_if_fail (PC_IS_LAB_CONSOLE_ROW (self));
  g_return_if_fail (place < N_REMARKS);

  if (g_strcmp0 (self->said[place],
                 remark != NULL ? remark->text : NULL) == 0)
    return;
  if (self->boxes[place] != NULL)
    gtk_box_remove (GTK_BOX (self->remarks), self->boxes[place]);
  self->boxes[place] = NULL;
  g_clear_pointer (&self->said[place], g_free);
  if (remark != NULL) {
    self->boxes[place] = make_remark (remark);
    self->said[place] = g_strdup (remark->text);
    gtk_box_insert_child_after (GTK_BOX (self->remarks), self->boxes[place],
                                place > 0 ? self->boxes[place - 1] : NULL);
  }
  gtk_widget_set_visible (self->remarks, self->boxes[0] != NULL ||
                                             self->boxes[1] != NULL);
  update_name (self);
}

void
pc_lab_console_row_set_step (PcLabConsoleRow *self,
                             guint            number)
{
  g_return_if_fail (PC_IS_LAB_CONSOLE_ROW (self));

  self->step = number;
}

guint
pc_lab_console_row_get_step (PcLabConsoleRow *self)
{
  g_return_val_if_fail (PC_IS_LAB_CONSOLE_ROW (self), 0);

  return self->step;
}

/* -- life ----------------------------------------------------------------- */

static void
finalize (GObject *object)
{
  PcLabConsoleRow *self = PC_LAB_CONSOLE_ROW (object);

  for (guint i = 0; i < N_REMARKS; i++)
    g_free (self->said[i]);
  g_free (self->name);
  G_OBJECT_CLASS (pc_lab_console_row_parent_class)->finalize (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabConsoleRow, name)

static void
pc_lab_console_row_class_init (PcLabConsoleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-console-row.ui");
  BIND (who);
  BIND (text);
  BIND (sign);
  BIND (remarks);
}

#undef BIND

static void
pc_lab_console_row_init (PcLabConsoleRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_lab_console_row_new (PcConsoleVoice voice,
                        const char    *who,
                        PcRole         role)
{
  PcLabConsoleRow *self = g_object_new (PC_TYPE_LAB_CONSOLE_ROW, NULL);

  gtk_label_set_label (self->who, who);
  if (voice == PC_CONSOLE_VOICE_NOTE) {
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "dim-label");
    gtk_widget_set_visible (GTK_WIDGET (self->who), FALSE);
    return GTK_WIDGET (self);
  }
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "monospace");
  gtk_widget_add_css_class (GTK_WIDGET (self->who),
                            role == PC_ROLE_CLIENT ? "client-text"
                                                   : "server-text");
  return GTK_WIDGET (self);
}
