/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one does with a player.  Only what can be done now is enabled; the
 * states of "play" and "speed" are the player's. */

#include "app/player-actions.h"

#include "app/byte-view.h"

static const double speeds[] = { 0.25, 0.5, 1, 2, 4 };

/* -- state ---------------------------------------------------------------- */

static guint
get_n_steps (PcPlayer *player)
{
  PcTimeline *timeline = pc_player_get_timeline (player);

  return timeline != NULL ? pc_timeline_get_n_steps (timeline) : 0;
}

static GSimpleAction *
get_action (GSimpleActionGroup *group,
            const char         *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (group), name));
}

static void
update_enabled (PcPlayer           *player,
                GParamSpec         *pspec,
                GSimpleActionGroup *group)
{
  static const char *const forward[] = { "forward", "last", "play" };
  static const char *const back[] = { "first", "back" };
  guint n = get_n_steps (player);

  for (guint i = 0; i < G_N_ELEMENTS (forward); i++)
    g_simple_action_set_enabled (get_action (group, forward[i]), n > 0);
  for (guint i = 0; i < G_N_ELEMENTS (back); i++)
    g_simple_action_set_enabled (get_action (group, back[i]),
                                 n > 0 && pc_player_get_position (player) > 0);
}

static void
update_playing (PcPlayer           *player,
                GParamSpec         *pspec,
                GSimpleActionGroup *group)
{
  g_simple_action_set_state (
      get_action (group, "play"),
      g_variant_new_boolean (pc_player_get_playing (player)));
}

static void
update_speed (PcPlayer           *player,
              GParamSpec         *pspec,
              GSimpleActionGroup *group)
{
  g_autofree char *text =
      g_strdup_printf ("%g", pc_player_get_speed (player));

  g_simple_action_set_state (get_action (group, "speed"),
                             g_variant_new_string (text));
}

/* -- commands ------------------------------------------------------------- */

static void
move_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  static const struct
  {
    const char *name;
    void (*move) (PcPlayer *player);
  } moves[] = {
    { "first", pc_player_first },
    { "back", pc_player_back },
    { "forward", pc_player_forward },
    { "last", pc_player_last },
  };
  const char *name = g_action_get_name (G_ACTION (action));

  pc_player_set_playing (data, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (g_str_equal (name, moves[i].name))
      moves[i].move (data);
}

/* By its number: indices are other ones in the eavesdropper's view. */
static void
show_step_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  if (get_n_steps (data) > 0)
    pc_player_show_step (data, pc_timeline_find_number (
                                   pc_player_get_timeline (data),
                                   g_variant_get_uint32 (parameter)));
}

/* At the end, play begins again. */
static void
play_cb (GSimpleAction *action,
         GVariant      *state,
         gpointer       data)
{
  gboolean play = g_variant_get_boolean (state);

  if (get_n_steps (data) == 0)
    return;
  if (play && pc_player_get_position (data) >= get_n_steps (data))
    pc_player_seek (data, 0);
  pc_player_set_playing (data, play);
}

static void
step_speed_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  int by = g_str_equal (g_action_get_name (G_ACTION (action)), "faster") ? 1
                                                                         : -1;
  int nearest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i] <= pc_player_get_speed (data))
      nearest = (int) i;
  nearest = CLAMP (nearest + by, 0, (int) G_N_ELEMENTS (speeds) - 1);
  pc_player_set_speed (data, speeds[nearest]);
}

static void
speed_cb (GSimpleAction *action,
          GVariant      *state,
          gpointer       data)
{
  double speed = g_ascii_strtod (g_variant_get_string (state, NULL), NULL);

  if (speed > 0)
    pc_player_set_speed (data, speed);
}

GSimpleActionGroup *
pc_player_actions_new (PcPlayer *player)
{
  static const GActionEntry entries[] = {
    { .name = "first", .activate = move_cb },
    { .name = "back", .activate = move_cb },
    { .name = "forward", .activate = move_cb },
    { .name = "last", .activate = move_cb },
    { .name = "show-step", .parameter_type = "u", .activate = show_step_cb },
    { .name = "play", .state = "false", .change_state = play_cb },
    { .name = "faster", .activate = step_speed_cb },
    { .name = "slower", .activate = step_speed_cb },
    { .name = "speed",
      .parameter_type = "s",
      .state = "'1'",
      .change_state = speed_cb },
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();

  g_return_val_if_fail (PC_IS_PLAYER (player), group);

  g_object_set_data_full (G_OBJECT (group), "pc-player",
                          g_object_ref (player), g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries,
                                   G_N_ELEMENTS (entries), player);
  g_signal_connect_object (player, "notify::position",
                           G_CALLBACK (update_enabled), group, 0);
  g_signal_connect_object (player, "notify::timeline",
                           G_CALLBACK (update_enabled), group, 0);
  g_signal_connect_object (player, "notify::playing",
                           G_CALLBACK (update_playing), group, 0);
  g_signal_connect_object (player, "notify::speed", G_CALLBACK (update_speed),
                           group, 0);
  update_enabled (player, NULL, group);
  return group;
}

void
pc_player_actions_update (GSimpleActionGroup *self,
                          PcPlayer           *player)
{
  g_return_if_fail (G_IS_SIMPLE_ACTION_GROUP (self));
  g_return_if_fail (PC_IS_PLAYER (player));

  update_enabled (player, NULL, self);
}

void
pc_player_show_wire (PcPlayer   *player,
                     PcTimeline *whole,
                     gboolean    wire)
{
  PcTimeline *shown;
  g_autoptr (PcTimeline) view = NULL;
  guint current, number = 0;

  g_return_if_fail (PC_IS_PLAYER (player));
  g_return_if_fail (PC_IS_TIMELINE (whole));

  shown = pc_player_get_timeline (player);
  current = pc_player_get_current (player);
  if (shown != NULL && current < pc_timeline_get_n_steps (shown))
    number = pc_step_get_number (pc_timeline_get_step (shown, current));
  view = wire ? pc_timeline_new_wire_view (whole) : g_object_ref (whole);
  pc_player_set_playing (player, FALSE);
  pc_player_set_timeline (player, view);
  if (pc_timeline_get_n_steps (view) > 0)
    pc_player_show_step (player, pc_timeline_find_number (view, number));
}

/* -- keys ----------------------------------------------------------------- */

gboolean
pc_player_actions_is_taken (GtkWidget      *focus,
                            guint           key,
                            GdkModifierType state)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return TRUE;
  if (focus == NULL)
    return FALSE;
  if (GTK_IS_EDITABLE (focus) ||
      gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    return TRUE;
  if (key == GDK_KEY_space)
    return GTK_IS_BUTTON (focus) || GTK_IS_SWITCH (focus) ||
           GTK_IS_MENU_BUTTON (focus) || GTK_IS_EXPANDER (focus);
  if (key == GDK_KEY_plus || key == GDK_KEY_minus ||
      key == GDK_KEY_KP_Add || key == GDK_KEY_KP_Subtract)
    return FALSE;
  /* The cursor among the octets, the rows of the list, selected text. */
  return PC_IS_BYTE_VIEW (focus) ||
         (GTK_IS_LIST_BOX_ROW (focus) &&
          (key == GDK_KEY_Home || key == GDK_KEY_End)) ||
         (GTK_IS_LABEL (focus) &&
          gtk_label_get_selectable (GTK_LABEL (focus)));
}

gboolean
pc_player_actions_take_key (GActionGroup   *actions,
                            GtkWidget      *focus,
                            guint           key,
                            GdkModifierType state)
{
  static const struct
  {
    guint       key;
    const char *action;
  } keys[] = {
    { GDK_KEY_space, "play" },        { GDK_KEY_Left, "back" },
    { GDK_KEY_Right, "forward" },     { GDK_KEY_Home, "first" },
    { GDK_KEY_End, "last" },          { GDK_KEY_plus, "faster" },
    { GDK_KEY_KP_Add, "faster" },     { GDK_KEY_minus, "slower" },
    { GDK_KEY_KP_Subtract, "slower" },
  };

  g_return_val_if_fail (G_IS_ACTION_GROUP (actions), FALSE);

  if (pc_player_actions_is_taken (focus, key, state))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == key) {
      g_action_group_activate_action (actions, keys[i].action, NULL);
      return TRUE;
    }
  return FALSE;
}
