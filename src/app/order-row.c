/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Knows its place only to show it: the list puts its rows into order. */

#include "app/order-row.h"

#include "app/flow-layout.h"
#include "app/part-mark.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

struct _PcOrderRow
{
  GtkListBoxRow parent_instance;

  GtkLabel   *number;
  GtkLabel   *text;
  PcPartMark *mark;
  GtkWidget  *buttons;
  GtkWidget  *omit;
  GtkWidget  *up;
  GtkWidget  *down;

  char    *plain;
  guint    step;
  guint    place;
  gboolean omitted;
};

enum { MOVE,
       TOGGLE,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcOrderRow, pc_order_row, GTK_TYPE_LIST_BOX_ROW)

static void
up_cb (PcOrderRow *self)
{
  g_signal_emit (self, signals[MOVE], 0, -1);
}

static void
down_cb (PcOrderRow *self)
{
  g_signal_emit (self, signals[MOVE], 0, 1);
}

static void
omit_cb (PcOrderRow *self)
{
  g_signal_emit (self, signals[TOGGLE], 0);
}

static void
finalize (GObject *object)
{
  g_free (PC_ORDER_ROW (object)->plain);
  G_OBJECT_CLASS (pc_order_row_parent_class)->finalize (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcOrderRow, name)

static void
pc_order_row_class_init (PcOrderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  signals[MOVE] =
      g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[TOGGLE] =
      g_signal_new ("toggle", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_PART_MARK);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/order-row.ui");
  BIND (number);
  BIND (text);
  BIND (mark);
  BIND (buttons);
  BIND (omit);
  BIND (up);
  BIND (down);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_bind_template_callback (widget_class, omit_cb);
}

#undef BIND

static void
pc_order_row_init (PcOrderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @format: what the button does with %s. */
static void
name_button (PcOrderRow *self,
             GtkWidget  *button,
             const char *format)
{
  /* The formats are our own, with one %s in each. */
  g_autoptr (GString) name = g_string_new (format);

  g_string_replace (name, "%s", self->plain, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

static void
update_omit (PcOrderRow *self)
{
  gtk_button_set_label (GTK_BUTTON (self->omit), self->omitted
                                                     ? _ ("Put In")
                                                     : _ ("Leave Out"));
  gtk_label_set_wrap (
      GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->omit))), TRUE);
  name_button (self, self->omit,
               /* Translators: %s is a step of an exchange. */
               self->omitted ? _ ("Put in: %s") : _ ("Leave out: %s"));
}

GtkWidget *
pc_order_row_new (guint       step,
                  const char *text,
                  gboolean    can_omit)
{
  PcOrderRow *self = g_object_new (PC_TYPE_ORDER_ROW, NULL);
  g_autofree char *markup = pc_markup_to_pango (text);

  self->step = step;
  self->plain = pc_markup_to_plain (text);
  gtk_label_set_markup (self->text, markup);
  gtk_widget_set_visible (self->omit, can_omit);
  /* Translators: %s is a step of an exchange. */
  name_button (self, self->up, _ ("Move up: %s"));
  /* Translators: %s is a step of an exchange. */
  name_button (self, self->down, _ ("Move down: %s"));
  update_omit (self);
  return GTK_WIDGET (self);
}

guint
pc_order_row_get_step (PcOrderRow *self)
{
  g_return_val_if_fail (PC_IS_ORDER_ROW (self), 0);

  return self->step;
}

guint
pc_order_row_get_place (PcOrderRow *self)
{
  g_return_val_if_fail (PC_IS_ORDER_ROW (self), 0);

  return self->place;
}

gboolean
pc_order_row_get_omitted (PcOrderRow *self)
{
  g_return_val_if_fail (PC_IS_ORDER_ROW (self), FALSE);

  return self->omitted;
}

void
pc_order_row_set_place (PcOrderRow *self,
                        guint       place,
                        guint       n,
                        gboolean    omitted)
{
  g_autofree char *number = g_strdup_printf ("%u", place + 1);
  g_autofree char *name = NULL;

  g_return_if_fail (PC_IS_ORDER_ROW (self));

  self->place = place;
  self->omitted = omitted;
  if (omitted)
    /* Translators: %s is a step of an exchange. */
    name = g_strdup_printf (_ ("Left out: %s"), self->plain);
  else
    /* Translators: as in "Place 2 of 5: The client logs in". */
    name = g_strdup_printf (_ ("Place %u of %u: %s"), place + 1, n,
                            self->plain);
  gtk_label_set_label (self->number, omitted ? "–" : number);
  gtk_widget_set_sensitive (self->up, !omitted && place > 0);
  gtk_widget_set_sensitive (self->down, !omitted && place + 1 < n);
  if (omitted)
    gtk_widget_add_css_class (GTK_WIDGET (self), "omitted");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "omitted");
  update_omit (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
pc_order_row_reveal (PcOrderRow *self,
                     gboolean    right,
                     const char *words)
{
  g_return_if_fail (PC_IS_ORDER_ROW (self));

  gtk_widget_set_visible (self->buttons, FALSE);
  pc_part_mark_set (self->mark, right, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
}
