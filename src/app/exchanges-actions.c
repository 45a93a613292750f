/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of the page of exchanges, and their keys.  Menus and buttons
 * ask for them by name; what opens and runs a scenario is the page's own. */

#include "app/exchanges-compare.h"
#include "app/exchanges-page-private.h"
#include "app/player-actions.h"

/* -- state ---------------------------------------------------------------- */

GSimpleAction *
pc_exchanges_page_get_action (PcExchangesPage *self,
                              const char      *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

void
pc_exchanges_page_update_actions (PcExchangesPage *self)
{
  pc_player_actions_update (self->actions, self->player);
  g_simple_action_set_enabled (pc_exchanges_page_get_action (self, "run-again"),
                               self->scenario != NULL ||
                                   self->comparison != NULL);
  pc_exchanges_page_update_export (self);
}

/* -- commands ------------------------------------------------------------- */

static void
run_again_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  PcExchangesPage *self = data;

  if (self->scenario != NULL || self->comparison != NULL)
    pc_exchanges_page_run (self);
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcExchangesPage *self = data;

  pc_fold_set_show_start (self->fold, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
open_cb (GSimpleAction *action,
         GVariant      *state,
         gpointer       data)
{
  pc_exchanges_page_open (data, g_variant_get_string (state, NULL), NULL);
}

static void
eavesdrop_cb (GSimpleAction *action,
              GVariant      *state,
              gpointer       data)
{
  PcExchangesPage *self = data;

  if (self->timeline == NULL || pc_player_get_timeline (self->player) == NULL)
    return;
  g_simple_action_set_state (action, state);
  pc_player_show_wire (self->player, self->timeline,
                       g_variant_get_boolean (state));
  pc_exchanges_page_show_current (self);
  pc_exchanges_page_update_actions (self);
}

static const GActionEntry entries[] = {
  { .name = "run-again", .activate = run_again_cb },
  { .name = "eavesdrop", .state = "false", .change_state = eavesdrop_cb },
  { .name = "search", .activate = search_cb },
  { .name = "open",
    .parameter_type = "s",
    .state = "''",
    .change_state = open_cb },
};

/* -- keys ----------------------------------------------------------------- */

static gboolean
key_pressed_cb (PcExchangesPage *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  static const struct
  {
    guint       key;
    const char *action;
  } keys[] = {
    { GDK_KEY_e, "eavesdrop" },
    { GDK_KEY_c, "compare-with" },
    { GDK_KEY_x, "other-half" },
    { GDK_KEY_p, "predict" },
  };
  GtkWidget *focus =
      gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (pc_player_actions_is_taken (focus, key, state))
    return GDK_EVENT_PROPAGATE;
  if (pc_predict_card_take_key (self->predict, key) ||
      pc_player_actions_take_key (G_ACTION_GROUP (self->actions), focus, key,
                                  state))
    return GDK_EVENT_STOP;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == key) {
      g_action_group_activate_action (G_ACTION_GROUP (self->actions),
                                      keys[i].action, NULL);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* -- life ----------------------------------------------------------------- */

void
pc_exchanges_page_init_actions (PcExchangesPage *self)
{
  g_autoptr (GPropertyAction) sidebar =
      g_property_action_new ("sidebar", self->fold, "show-start");
  g_autoptr (GPropertyAction) inspector =
      g_property_action_new ("inspector", self->fold, "show-end");
  g_autoptr (GPropertyAction) reveal =
      g_property_action_new ("reveal", self->inspector, "reveal");
  GtkEventController *keys = gtk_event_controller_key_new ();
  GActionMap *map;

  self->actions = pc_player_actions_new (self->player);
  map = G_ACTION_MAP (self->actions);
  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), self);
  pc_exchanges_compare_init (self);
  pc_exchanges_page_init_export (self);
  pc_exchanges_page_init_security (self);
  g_action_map_add_action (map, G_ACTION (sidebar));
  g_action_map_add_action (map, G_ACTION (inspector));
  g_action_map_add_action (map, G_ACTION (reveal));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
