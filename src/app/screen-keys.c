/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a key does is the vote's and the presentation's matter: here is only
 * how they come to hear of it, and how it is looked up. */

#include "app/screen-keys.h"

int
pc_screen_keys_get_digit (guint key)
{
  if (key >= GDK_KEY_0 && key <= GDK_KEY_9)
    return (int) (key - GDK_KEY_0);
  if (key >= GDK_KEY_KP_0 && key <= GDK_KEY_KP_9)
    return (int) (key - GDK_KEY_KP_0);
  return -1;
}

const char *
pc_screen_keys_find (const PcScreenKey *rows,
                     gsize              n_rows,
                     guint              key)
{
  for (gsize i = 0; i < n_rows; i++)
    for (guint k = 0; k < G_N_ELEMENTS (rows[i].keys); k++)
      if (rows[i].keys[k] != 0 && rows[i].keys[k] == key)
        return rows[i].action;
  return NULL;
}

void
pc_screen_keys_adopt_window (GtkWidget    *window,
                             GObject      *owner,
                             GCallback     pressed,
                             const char   *prefix,
                             GActionGroup *actions)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (G_IS_OBJECT (owner) && G_IS_ACTION_GROUP (actions));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", pressed, owner, 0);
  gtk_widget_add_controller (window, keys);
  gtk_widget_insert_action_group (window, prefix, actions);
}
