/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the list of commands. */

#include "app/verb-row.h"

#include <glib/gi18n-lib.h>

struct _PcVerbRow
{
  GtkListBoxRow parent_instance;

  GtkLabel         *syntax;
  GtkLabel         *meaning;
  GtkLabel         *remark;
  const PcVerbInfo *verb;
};

G_DEFINE_FINAL_TYPE (PcVerbRow, pc_verb_row, GTK_TYPE_LIST_BOX_ROW)

static void
pc_verb_row_class_init (PcVerbRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/verb-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PcVerbRow, syntax);
  gtk_widget_class_bind_template_child (widget_class, PcVerbRow, meaning);
  gtk_widget_class_bind_template_child (widget_class, PcVerbRow, remark);
}

static void
pc_verb_row_init (PcVerbRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The verb stands out from what goes with it. */
static char *
dup_markup (const PcVerbInfo *verb)
{
  gsize len = strlen (verb->name);

  if (!g_str_has_prefix (verb->syntax, verb->name))
    return g_markup_escape_text (verb->syntax, -1);
  return g_markup_printf_escaped ("<b>%s</b>%s", verb->name,
                                  verb->syntax + len);
}

GtkWidget *
pc_verb_row_new (const PcVerbInfo *verb,
                 PcCover           cover,
                 const char       *reason)
{
  PcVerbRow *self;
  g_autofree char *markup = NULL;
  g_autofree char *name = NULL;
  const char *meaning;

  g_return_val_if_fail (verb != NULL, NULL);

  self = g_object_new (PC_TYPE_VERB_ROW, NULL);
  self->verb = verb;
  meaning = _ (verb->meaning);
  markup = dup_markup (verb);
  gtk_label_set_markup (self->syntax, markup);
  gtk_label_set_label (self->meaning, meaning);
  if (reason == NULL && verb->tls == PC_VERB_PASSWORD &&
      cover == PC_COVER_NONE)
    gtk_label_set_label (self->remark,
                         _ ("There is no TLS yet: many servers refuse it "
                            "here, since others could read it on the way."));
  if (reason != NULL) {
    gtk_label_set_label (self->remark, reason);
    gtk_widget_add_css_class (GTK_WIDGET (self), "illegal");
  }
  gtk_widget_set_visible (GTK_WIDGET (self->remark),
                          *gtk_label_get_label (self->remark) != '\0');
  /* Translators: a command, what it is for, what to mind. */
  name = g_strdup_printf (_ ("%1$s: %2$s. %3$s"), verb->syntax, meaning,
                          gtk_label_get_label (self->remark));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

const PcVerbInfo *
pc_verb_row_get_verb (PcVerbRow *self)
{
  g_return_val_if_fail (PC_IS_VERB_ROW (self), NULL);

  return self->verb;
}
