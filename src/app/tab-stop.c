/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the key Tab stops, and where it goes on.  What the keys do inside of a
 * list is the list's own. */

#include "app/tab-stop.h"

struct _PcTabStop
{
  GtkWidget parent_instance;

  GtkWidget *list;
};

enum { PROP_0, PROP_LIST, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcTabStop, pc_tab_stop, GTK_TYPE_WIDGET)

static gboolean
focus (GtkWidget       *widget,
       GtkDirectionType direction)
{
  PcTabStop *self = PC_TAB_STOP (widget);
  GtkListBoxRow *row;

  if (self->list == NULL)
    return FALSE;
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return gtk_widget_child_focus (self->list, direction);
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  if (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row)))
    return gtk_widget_grab_focus (GTK_WIDGET (row));
  return gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  PcTabStop *self = PC_TAB_STOP (object);

  if (id != PROP_LIST) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  g_clear_pointer (&self->list, gtk_widget_unparent);
  self->list = g_value_get_object (value);
  if (self->list != NULL)
    gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_TAB_STOP (object)->list, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_tab_stop_parent_class)->dispose (object);
}

static void
pc_tab_stop_class_init (PcTabStopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = set_property;
  object_class->dispose = dispose;
  widget_class->focus = focus;
  props[PROP_LIST] =
      g_param_spec_object ("list", NULL, NULL, GTK_TYPE_LIST_BOX,
                           G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
pc_tab_stop_init (PcTabStop *self)
{
}

/* Where the part that had the focus went away, GTK 4.8 goes on from a child
 * that is not there, so finds none, and Tab leaves out all of them. */
static void
forget (GtkWidget *widget,
        GtkWidget *focus)
{
  GtkWidget *last = gtk_widget_get_focus_child (widget);

  if (last != NULL && (focus == NULL || (focus != last &&
                       !gtk_widget_is_ancestor (focus, last))))
    gtk_widget_set_focus_child (widget, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    forget (child, focus);
}

gboolean
pc_tab_stop_focus_child (GtkWidget       *widget,
                         GtkDirectionType direction)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root != NULL)
    forget (widget, gtk_root_get_focus (root));
  return child != NULL && gtk_widget_child_focus (child, direction);
}
