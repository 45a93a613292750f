/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Used by questions with options and by the reasons of a fault. */

#include "app/option-list.h"

#include "app/option-row.h"

#define SPACING 8

GtkWidget *
pc_option_list_new (PcAnswerView *view,
                    PcSession    *session,
                    const char   *name)
{
  PcItem *item = pc_answer_view_get_item (view);
  gboolean single = pc_item_get_item_type (item) != PC_ITEM_MULTIPLE;
  GtkWidget *list =
      g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                    "spacing", SPACING, "accessible-role",
                    GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkToggleButton *group = NULL;
  guint n = 0;
  const guint *order = pc_session_get_order (session, PC_ITEM_OPTIONS, &n);

  for (guint i = 0; i < n; i++) {
    GtkWidget *row = pc_option_row_new (
        item, order[i], i + 1, pc_answer_view_get_language (view));

    if (single)
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (row), group);
    group = GTK_TOGGLE_BUTTON (row);
    g_signal_connect_object (row, "toggled",
                             G_CALLBACK (pc_answer_view_changed), view,
                             G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (list), row);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

guint
pc_option_list_get_chosen (GtkWidget *list)
{
  guint chosen = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row)))
      chosen |= 1u << pc_option_row_get_index (PC_OPTION_ROW (row));
  return chosen;
}

void
pc_option_list_set_chosen (GtkWidget *list,
                           guint      chosen)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    guint index = pc_option_row_get_index (PC_OPTION_ROW (row));

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row),
                                  (chosen & (1u << index)) != 0);
  }
}

gboolean
pc_option_list_choose (GtkWidget *list,
                       guint      key)
{
  GtkWidget *row = gtk_widget_get_first_child (list);

  for (guint i = 1; row != NULL && i < key; i++)
    row = gtk_widget_get_next_sibling (row);
  if (row == NULL)
    return FALSE;
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (row),
      pc_option_row_get_single (PC_OPTION_ROW (row)) ||
          !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row)));
  gtk_widget_grab_focus (row);
  return TRUE;
}

void
pc_option_list_reveal (GtkWidget *list,
                       guint      chosen)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    guint index = pc_option_row_get_index (PC_OPTION_ROW (row));

    pc_option_row_reveal (PC_OPTION_ROW (row), (chosen & (1u << index)) != 0);
  }
}
