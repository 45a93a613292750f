/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search in the steps of an exchange: its commands, and its bar, which is
 * made when it is first asked for. */

#include "app/exchanges-page-private.h"

static gboolean
can_find (PcExchangesPage *self)
{
  return self->timeline != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));
}

/* PcPlayerFind: the matches, while the others are hidden. */
static guint
find_shown (guint    index,
            gboolean forward,
            gpointer data)
{
  PcExchangesPage *self = data;
  const GtkBitset *matches = pc_find_bar_get_matches (self->find);
  GtkBitsetIter iter;
  guint found = 0;

  if (matches == NULL)
    return index;
  if (gtk_bitset_contains (matches, index))
    return index;
  if (gtk_bitset_iter_init_at (&iter, matches, index, &found))
    return forward || gtk_bitset_iter_previous (&iter, &found) ? found
                                                               : G_MAXUINT;
  return !forward && gtk_bitset_iter_init_last (&iter, matches, &found)
             ? found
             : G_MAXUINT;
}

static void
matches_cb (PcExchangesPage *self)
{
  if (self->diagram != NULL)
    pc_diagram_set_filter (self->diagram,
                           pc_find_bar_get_matches (self->find));
}

static void
ensure_bar (PcExchangesPage *self)
{
  GtkBox *box;

  if (self->find != NULL)
    return;
  self->find = PC_FIND_BAR (pc_find_bar_new (self->player));
  box = GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->head)));
  gtk_box_insert_child_after (box, GTK_WIDGET (self->find),
                              GTK_WIDGET (self->head));
  g_object_bind_property (self->inspector, "reveal", self->find,
                          "show-secrets", G_BINDING_SYNC_CREATE);
  pc_exchanges_page_update_predict (self);
  g_signal_connect_swapped (self->find, "notify::matches",
                            G_CALLBACK (matches_cb), self);
  pc_player_set_find (self->player, find_shown, self);
  /* The keys of the player work again. */
  g_signal_connect_swapped (self->find, "closed",
                            G_CALLBACK (gtk_widget_grab_focus), self);
}

static void
find_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcExchangesPage *self = data;

  if (!can_find (self))
    return;
  ensure_bar (self);
  pc_player_set_playing (self->player, FALSE);
  gtk_stack_set_visible_child_name (self->stage, "exchange");
  pc_find_bar_open (self->find);
}

static void
find_move_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  PcExchangesPage *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (!can_find (self))
    return;
  if (self->find == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->find)))
    find_cb (action, NULL, data);
  else
    pc_find_bar_move (self->find, g_str_equal (name, "find-next"));
}

static void
filter_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcExchangesPage *self = data;

  if (!can_find (self))
    return;
  if (self->find == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->find)))
    find_cb (action, NULL, data);
  pc_find_bar_toggle_filter (self->find);
}

static const GActionEntry entries[] = {
  { .name = "find", .activate = find_cb },
  { .name = "filter", .activate = filter_cb },
  { .name = "find-next", .activate = find_move_cb },
  { .name = "find-previous", .activate = find_move_cb },
};

void
pc_exchanges_page_init_find (PcExchangesPage *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}
