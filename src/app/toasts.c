/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The toast overlay: messages that need no answer.  A message is queued, so
 * none is lost; the same text twice in a row is shown once. */

#include "app/toasts.h"

#define SECONDS 5
#define CHARS_PER_SECOND 15 /* read without haste */

struct _PcToasts
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkWidget *revealer;
  GtkLabel  *label;
  GQueue     waiting; /* of char* */
  guint      timeout_id;
};

enum { PROP_0,
       PROP_CHILD,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcToasts, pc_toasts, GTK_TYPE_WIDGET)

static void
hide (PcToasts *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

static gboolean
timeout_cb (gpointer data)
{
  PcToasts *self = data;

  self->timeout_id = 0;
  hide (self);
  return G_SOURCE_REMOVE;
}

static void
show_next (PcToasts *self)
{
  g_autofree char *text = g_queue_pop_head (&self->waiting);

  if (text == NULL)
    return;
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (self->revealer, TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  self->timeout_id = g_timeout_add_seconds (
      MAX (SECONDS, (guint) g_utf8_strlen (text, -1) / CHARS_PER_SECOND),
      timeout_cb, self);
}

static void
revealed_cb (PcToasts *self)
{
  GtkRevealer *revealer = GTK_REVEALER (self->revealer);

  if (gtk_revealer_get_child_revealed (revealer) ||
      gtk_revealer_get_reveal_child (revealer))
    return;
  gtk_widget_set_visible (self->revealer, FALSE);
  show_next (self);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  PcToasts *self = PC_TOASTS (object);

  if (id == PROP_CHILD)
    g_value_set_object (value,
                        gtk_overlay_get_child (GTK_OVERLAY (self->overlay)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  PcToasts *self = PC_TOASTS (object);

  if (id == PROP_CHILD)
    gtk_overlay_set_child (GTK_OVERLAY (self->overlay),
                           g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dispose (GObject *object)
{
  PcToasts *self = PC_TOASTS (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_queue_clear_full (&self->waiting, g_free);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_toasts_parent_class)->dispose (object);
}

static void
pc_toasts_class_init (PcToastsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  props[PROP_CHILD] = g_param_spec_object (
      "child", NULL, NULL, GTK_TYPE_WIDGET,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/toasts.ui");
  gtk_widget_class_bind_template_child (widget_class, PcToasts, overlay);
  gtk_widget_class_bind_template_child (widget_class, PcToasts, revealer);
  gtk_widget_class_bind_template_child (widget_class, PcToasts, label);
  gtk_widget_class_bind_template_callback (widget_class, hide);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
}

static void
pc_toasts_init (PcToasts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_toasts_add (PcToasts   *self,
               const char *text)
{
  const char *last;

  g_return_if_fail (PC_IS_TOASTS (self));
  g_return_if_fail (text != NULL);

  last = g_queue_peek_tail (&self->waiting);
  if (last == NULL && self->timeout_id != 0)
    last = gtk_label_get_label (self->label);
  if (g_strcmp0 (last, text) == 0)
    return;
  g_queue_push_tail (&self->waiting, g_strdup (text));
  if (!gtk_widget_get_visible (self->revealer))
    show_next (self);
}

void
pc_toasts_tell (GtkWidget  *widget,
                const char *text)
{
  GtkWidget *toasts;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  toasts = gtk_widget_get_ancestor (widget, PC_TYPE_TOASTS);
  if (toasts != NULL)
    pc_toasts_add (PC_TOASTS (toasts), text);
}
