/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets the header bar of a narrow window drop the switcher, which then shows
 * below.  What an allocation decided becomes known once it is over. */

#include "app/squeezer.h"

struct _PcSqueezer
{
  GtkWidget parent_instance;

  GtkWidget *child;
  gboolean   squeezed;
  guint      notify_id;
};

enum { PROP_0,
       PROP_CHILD,
       PROP_SQUEEZED,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcSqueezer, pc_squeezer, GTK_TYPE_WIDGET)

static gboolean
notify_cb (gpointer data)
{
  PcSqueezer *self = data;

  self->notify_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SQUEEZED]);
  return G_SOURCE_REMOVE;
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  PcSqueezer *self = PC_SQUEEZER (widget);

  *minimum = *natural = 0;
  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, -1, minimum, natural, NULL,
                        NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  PcSqueezer *self = PC_SQUEEZER (widget);
  gboolean squeezed;
  int minimum;

  if (self->child == NULL)
    return;
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  squeezed = width < minimum;
  gtk_widget_set_child_visible (self->child, !squeezed);
  if (!squeezed)
    gtk_widget_size_allocate (self->child,
                              &(GtkAllocation){ 0, 0, width, height }, -1);
  if (squeezed == self->squeezed)
    return;
  self->squeezed = squeezed;
  if (self->notify_id == 0)
    self->notify_id = g_idle_add (notify_cb, self);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  PcSqueezer *self = PC_SQUEEZER (object);

  switch (id) {
  case PROP_CHILD: g_value_set_object (value, self->child); break;
  case PROP_SQUEEZED: g_value_set_boolean (value, self->squeezed); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  PcSqueezer *self = PC_SQUEEZER (object);

  if (id != PROP_CHILD) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = g_value_get_object (value);
  if (self->child != NULL)
    gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

static void
dispose (GObject *object)
{
  PcSqueezer *self = PC_SQUEEZER (object);

  g_clear_handle_id (&self->notify_id, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_squeezer_parent_class)->dispose (object);
}

static void
pc_squeezer_class_init (PcSqueezerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  props[PROP_CHILD] = g_param_spec_object (
      "child", NULL, NULL, GTK_TYPE_WIDGET,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SQUEEZED] = g_param_spec_boolean (
      "squeezed", NULL, NULL, FALSE,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_squeezer_init (PcSqueezer *self)
{
}

gboolean
pc_squeezer_get_squeezed (PcSqueezer *self)
{
  g_return_val_if_fail (PC_IS_SQUEEZER (self), FALSE);

  return self->squeezed;
}
