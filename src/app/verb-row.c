/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the list of commands. */

#include "app/verb-row.h"

#include "app/left-to-right.h"

#include <glib/gi18n-lib.h>

struct _PcVerbRow
{
  GtkListBoxRow parent_instance;

  GtkLabel         *syntax;
  GtkLabel         *meaning;
  GtkLabel         *remark;
  const PcVerbInfo *verb;
  char             *line;
};

G_DEFINE_FINAL_TYPE (PcVerbRow, pc_verb_row, GTK_TYPE_LIST_BOX_ROW)

static void
finalize (GObject *object)
{
  g_free (PC_VERB_ROW (object)->line);
  G_OBJECT_CLASS (pc_verb_row_parent_class)->finalize (object);
}

static void
pc_verb_row_class_init (PcVerbRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
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
dup_markup (const char *word,
            const char *syntax)
{
  gsize len = strlen (word);

  if (!g_str_has_prefix (syntax, word))
    return g_markup_escape_text (syntax, -1);
  return g_markup_printf_escaped ("<b>%s</b>%s", word, syntax + len);
}

/* @remark may be NULL. */
static void
fill (PcVerbRow  *self,
      const char *word,
      const char *syntax,
      const char *meaning,
      const char *remark)
{
  g_autofree char *markup = dup_markup (word, syntax);
  g_autofree char *name = NULL;

  gtk_label_set_markup (self->syntax, markup);
  pc_label_keep_left_to_right (self->syntax);
  gtk_label_set_label (self->meaning, meaning);
  gtk_label_set_label (self->remark, remark != NULL ? remark : "");
  gtk_widget_set_visible (GTK_WIDGET (self->remark), remark != NULL);
  /* Translators: a command, what it is for, what to mind. */
  name = g_strdup_printf (_ ("%1$s: %2$s. %3$s"), syntax, meaning,
                          remark != NULL ? remark : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkWidget *
pc_verb_row_new (const PcVerbInfo *verb,
                 PcCover           cover,
                 const char       *reason)
{
  PcVerbRow *self;
  const char *remark = reason;

  g_return_val_if_fail (verb != NULL, NULL);

  self = g_object_new (PC_TYPE_VERB_ROW, NULL);
  self->verb = verb;
  if (reason == NULL && verb->tls == PC_VERB_PASSWORD &&
      cover == PC_COVER_NONE)
    remark = _ ("There is no TLS yet: many servers refuse it here, since "
                "others could read it on the way.");
  if (reason != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "illegal");
  fill (self, verb->name, verb->syntax, _ (verb->meaning), remark);
  return GTK_WIDGET (self);
}

GtkWidget *
pc_verb_row_new_choice (const PcConsoleChoice *choice)
{
  PcVerbRow *self;

  g_return_val_if_fail (choice != NULL, NULL);

  self = g_object_new (PC_TYPE_VERB_ROW, "activatable", TRUE, NULL);
  self->line = g_strdup (choice->line);
  if (choice->reason != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "illegal");
  fill (self, choice->word, choice->syntax, choice->meaning, choice->reason);
  return GTK_WIDGET (self);
}

const char *
pc_verb_row_get_line (PcVerbRow *self)
{
  g_return_val_if_fail (PC_IS_VERB_ROW (self), NULL);

  return self->line;
}

const PcVerbInfo *
pc_verb_row_get_verb (PcVerbRow *self)
{
  g_return_val_if_fail (PC_IS_VERB_ROW (self), NULL);

  return self->verb;
}
