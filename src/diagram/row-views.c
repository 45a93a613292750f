/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The row widgets of one list view: a few hundred at most, whatever the
 * length of the timeline. */

#include "diagram/row-views.h"

struct _PcRowViews
{
  void     (*toggled) (guint    index,
                       gpointer user_data);
  gpointer   user_data;
  PcScene   *scene;
  GPtrArray *views; /* PcRowView, borrowed: those that exist */
};

static PcRowView *
get_view (PcRowViews *self,
          guint       i)
{
  return g_ptr_array_index (self->views, i);
}

/* In GTK 4.8 a list item has no name of its own; the widget around ours is
 * what takes the focus and what a screen reader meets. */
static void
name_view (PcRowViews *self,
           PcRowView  *view)
{
  PcDiagramRow    *row = pc_row_view_get_row (view);
  GtkWidget       *item = gtk_widget_get_parent (GTK_WIDGET (view));
  g_autofree char *name = NULL;
  g_autofree char *description = NULL;

  if (row == NULL || item == NULL)
    return;

  name = pc_row_view_dup_name (self->scene, row);
  description = pc_row_view_dup_description (self->scene, row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
  if (row->is_head)
    gtk_accessible_update_state (GTK_ACCESSIBLE (item),
                                 GTK_ACCESSIBLE_STATE_EXPANDED, !row->folded,
                                 -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (item),
                                GTK_ACCESSIBLE_STATE_EXPANDED);
}

static void
view_gone_cb (PcRowViews *self,
              GtkWidget  *view)
{
  g_ptr_array_remove_fast (self->views, view);
}

/* Before the list sees it: a click on the sign chooses no step. */
static void
pressed_cb (GtkGestureClick *click,
            int              n,
            double           x,
            double           y,
            PcRowViews      *self)
{
  PcRowView *view = PC_ROW_VIEW (gtk_event_controller_get_widget (
      GTK_EVENT_CONTROLLER (click)));

  if (self->toggled == NULL || !pc_row_view_has_disclosure_at (view, x))
    return;

  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  self->toggled (pc_row_view_get_row (view)->index, self->user_data);
}

static void
watch_clicks (PcRowViews *self,
              GtkWidget  *view)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          PcRowViews               *self)
{
  GtkWidget *view = pc_row_view_new (self->scene);

  gtk_list_item_set_child (item, view);
  gtk_list_item_set_activatable (item, FALSE);
  watch_clicks (self, view);
  g_ptr_array_add (self->views, view);
  g_signal_connect_swapped (view, "destroy", G_CALLBACK (view_gone_cb), self);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         PcRowViews               *self)
{
  PcRowView    *view = PC_ROW_VIEW (gtk_list_item_get_child (item));
  PcDiagramRow *row = gtk_list_item_get_item (item);

  gtk_list_item_set_selectable (item, row->kind == PC_DIAGRAM_ROW_STEP ||
                                          row->kind == PC_DIAGRAM_ROW_GROUP);
  pc_row_view_set_row (view, row);
  name_view (self, view);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           PcRowViews               *self)
{
  pc_row_view_set_row (PC_ROW_VIEW (gtk_list_item_get_child (item)), NULL);
}

PcRowViews *
pc_row_views_new (PcScene *scene)
{
  PcRowViews *self = g_new0 (PcRowViews, 1);

  self->scene = pc_scene_ref (scene);
  self->views = g_ptr_array_new ();
  return self;
}

void
pc_row_views_set_toggled (PcRowViews *self,
                          void      (*toggled) (guint    index,
                                                gpointer user_data),
                          gpointer    user_data)
{
  self->toggled = toggled;
  self->user_data = user_data;
}

void
pc_row_views_free (PcRowViews *self)
{
  if (self == NULL)
    return;

  g_assert (self->views->len == 0);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_pointer (&self->scene, pc_scene_unref);
  g_free (self);
}

GtkListItemFactory *
pc_row_views_make_factory (PcRowViews *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  return factory;
}

GtkWidget *
pc_row_views_find_step (PcRowViews *self,
                        guint       index)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      PcDiagramRow *row = pc_row_view_get_row (get_view (self, i));

      if (row == NULL)
        continue;
      if (row->kind == PC_DIAGRAM_ROW_STEP
              ? row->index == index
              : row->kind == PC_DIAGRAM_ROW_GROUP &&
                    row->group.first <= index && index <= row->group.last)
        return GTK_WIDGET (get_view (self, i));
    }

  return NULL;
}

void
pc_row_views_position_changed (PcRowViews *self)
{
  for (guint i = 0; i < self->views->len; i++)
    if (pc_row_view_position_changed (get_view (self, i)))
      name_view (self, get_view (self, i));
}

void
pc_row_views_scene_changed (PcRowViews *self)
{
  for (guint i = 0; i < self->views->len; i++)
    pc_row_view_scene_changed (get_view (self, i));
}

void
pc_row_views_rename (PcRowViews *self)
{
  for (guint i = 0; i < self->views->len; i++)
    name_view (self, get_view (self, i));
}
