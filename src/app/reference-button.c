/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button for one reference.  Its popover is made when it is asked for.  The
 * link is opened by the person's browser: the program itself speaks to no
 * network. */

#include "app/reference-button.h"

#include "proto/common/rfc.h"

#include <glib/gi18n-lib.h>

struct _PcReferenceButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkLabel      *number;
  GtkLabel      *section;
  GtkLabel      *document;
  GtkLinkButton *link;
};

G_DEFINE_FINAL_TYPE (PcReferenceButton, pc_reference_button, GTK_TYPE_WIDGET)

static void
dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pc_reference_button_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcReferenceButton, name)

static void
pc_reference_button_class_init (PcReferenceButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "referencebutton");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/reference-button.ui");
  BIND (button);
  BIND (popover);
  BIND (number);
  BIND (section);
  BIND (document);
  BIND (link);
}

#undef BIND

static void
pc_reference_button_init (PcReferenceButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
dup_number (const PcReference *reference)
{
  if (reference->section == NULL)
    return g_strdup_printf ("RFC %u", reference->rfc);
  return g_strdup_printf ("RFC %u §%s", reference->rfc, reference->section);
}

GtkWidget *
pc_reference_button_new (const PcReference *reference)
{
  PcReferenceButton *self;
  g_autofree char *number = NULL;
  g_autofree char *why = NULL;
  g_autofree char *uri = NULL;
  const char *title, *section = NULL;

  g_return_val_if_fail (reference != NULL && reference->rfc != 0, NULL);

  self = g_object_new (PC_TYPE_REFERENCE_BUTTON, NULL);
  number = dup_number (reference);
  /* Translators: %s is "RFC 9051 §6.4.5": where it is written. */
  why = g_strdup_printf (_ ("Why? %s"), number);
  uri = pc_rfc_dup_uri (reference->rfc, reference->section);
  title = pc_rfc_get_title (reference->rfc);
  if (reference->section != NULL)
    section = pc_rfc_get_section_title (reference->rfc, reference->section);
  gtk_menu_button_set_label (self->button, number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, why, -1);
  gtk_label_set_label (self->number, number);
  gtk_label_set_label (self->section, section != NULL ? section : "");
  gtk_widget_set_visible (GTK_WIDGET (self->section), section != NULL);
  gtk_label_set_label (self->document, title != NULL ? title : "");
  gtk_link_button_set_uri (self->link, uri);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->link), uri);
  return GTK_WIDGET (self);
}
