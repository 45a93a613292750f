/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of the page of exchanges, and their keys.  Menus and buttons
 * ask for them by name; what opens and runs a scenario is the page's own. */

#include "app/exchanges-compare.h"
#include "app/exchanges-page-private.h"

static const double speeds[] = { 0.25, 0.5, 1, 2, 4 };

/* -- state ---------------------------------------------------------------- */

GSimpleAction *
pc_exchanges_page_get_action (PcExchangesPage *self,
                              const char      *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

static guint
get_n_steps (PcExchangesPage *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);

  return timeline != NULL ? pc_timeline_get_n_steps (timeline) : 0;
}

void
pc_exchanges_page_update_actions (PcExchangesPage *self)
{
  static const char *const forward[] = { "forward", "last", "play" };
  static const char *const back[] = { "first", "back" };
  guint n = get_n_steps (self);
  double position = pc_player_get_position (self->player);

  for (guint i = 0; i < G_N_ELEMENTS (forward); i++)
    g_simple_action_set_enabled (
        pc_exchanges_page_get_action (self, forward[i]), n > 0);
  for (guint i = 0; i < G_N_ELEMENTS (back); i++)
    g_simple_action_set_enabled (pc_exchanges_page_get_action (self, back[i]),
                                 n > 0 && position > 0);
  g_simple_action_set_enabled (pc_exchanges_page_get_action (self, "run-again"),
                               self->scenario != NULL ||
                                   self->comparison != NULL);
  pc_exchanges_page_update_export (self);
}

/* -- commands ------------------------------------------------------------- */

static void
command_cb (GSimpleAction *action,
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
  PcExchangesPage *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (g_str_equal (name, moves[i].name)) {
      pc_player_set_playing (self->player, FALSE);
      moves[i].move (self->player);
    }
}

/* By its number: indices are other ones in the eavesdropper's view. */
static void
show_step_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  PcExchangesPage *self = data;
  PcTimeline *timeline = pc_player_get_timeline (self->player);

  if (get_n_steps (self) > 0)
    pc_player_show_step (self->player,
                         pc_timeline_find_number (
                             timeline, g_variant_get_uint32 (parameter)));
}

/* At the end, play begins again. */
static void
play_cb (GSimpleAction *action,
         GVariant      *state,
         gpointer       data)
{
  PcExchangesPage *self = data;
  gboolean play = g_variant_get_boolean (state);

  if (get_n_steps (self) == 0)
    return;
  if (play &&
      pc_player_get_position (self->player) >= get_n_steps (self))
    pc_player_seek (self->player, 0);
  pc_player_set_playing (self->player, play);
}

static void
change_speed (PcExchangesPage *self,
              int              by)
{
  double speed = pc_player_get_speed (self->player);
  int nearest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i] <= speed)
      nearest = (int) i;
  nearest = CLAMP (nearest + by, 0, (int) G_N_ELEMENTS (speeds) - 1);
  pc_player_set_speed (self->player, speeds[nearest]);
}

static void
faster_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  change_speed (data, 1);
}

static void
slower_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  change_speed (data, -1);
}

static void
speed_cb (GSimpleAction *action,
          GVariant      *state,
          gpointer       data)
{
  PcExchangesPage *self = data;
  double speed = g_ascii_strtod (g_variant_get_string (state, NULL), NULL);

  if (speed > 0)
    pc_player_set_speed (self->player, speed);
}

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
  PcTimeline *shown = pc_player_get_timeline (self->player);
  guint current = pc_player_get_current (self->player);
  g_autoptr (PcTimeline) view = NULL;
  guint number = 0;

  if (self->timeline == NULL || shown == NULL)
    return;
  if (current < pc_timeline_get_n_steps (shown))
    number = pc_step_get_number (pc_timeline_get_step (shown, current));
  view = g_variant_get_boolean (state)
             ? pc_timeline_new_wire_view (self->timeline)
             : g_object_ref (self->timeline);
  g_simple_action_set_state (action, state);
  pc_player_set_playing (self->player, FALSE);
  pc_player_set_timeline (self->player, view);
  if (pc_timeline_get_n_steps (view) > 0)
    pc_player_show_step (self->player, pc_timeline_find_number (view, number));
  pc_exchanges_page_show_current (self);
  pc_exchanges_page_update_actions (self);
}

static const GActionEntry entries[] = {
  { .name = "first", .activate = command_cb },
  { .name = "back", .activate = command_cb },
  { .name = "forward", .activate = command_cb },
  { .name = "last", .activate = command_cb },
  { .name = "show-step", .parameter_type = "u", .activate = show_step_cb },
  { .name = "play", .state = "false", .change_state = play_cb },
  { .name = "faster", .activate = faster_cb },
  { .name = "slower", .activate = slower_cb },
  { .name = "speed",
    .parameter_type = "s",
    .state = "'1'",
    .change_state = speed_cb },
  { .name = "run-again", .activate = run_again_cb },
  { .name = "eavesdrop", .state = "false", .change_state = eavesdrop_cb },
  { .name = "search", .activate = search_cb },
  { .name = "open",
    .parameter_type = "s",
    .state = "''",
    .change_state = open_cb },
};

/* -- keys ----------------------------------------------------------------- */

/* Keys that the focused widget needs for itself. */
static gboolean
is_taken (GtkWidget *focus,
          guint      key)
{
  if (focus == NULL)
    return FALSE;
  if (GTK_IS_EDITABLE (focus) || gtk_widget_get_ancestor (
                                     focus, GTK_TYPE_POPOVER) != NULL)
    return TRUE;
  if (key == GDK_KEY_space)
    return GTK_IS_BUTTON (focus) || GTK_IS_SWITCH (focus) ||
           GTK_IS_MENU_BUTTON (focus);
  if (key == GDK_KEY_plus || key == GDK_KEY_minus ||
      key == GDK_KEY_KP_Add || key == GDK_KEY_KP_Subtract)
    return FALSE;
  /* The cursor among the octets, the rows of the list, selected text. */
  return g_str_equal (G_OBJECT_TYPE_NAME (focus), "PcByteView") ||
         (GTK_IS_LIST_BOX_ROW (focus) &&
          (key == GDK_KEY_Home || key == GDK_KEY_End)) ||
         (GTK_IS_LABEL (focus) &&
          gtk_label_get_selectable (GTK_LABEL (focus)));
}

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
    { GDK_KEY_space, "play" },
    { GDK_KEY_Left, "back" },
    { GDK_KEY_Right, "forward" },
    { GDK_KEY_Home, "first" },
    { GDK_KEY_End, "last" },
    { GDK_KEY_plus, "faster" },
    { GDK_KEY_KP_Add, "faster" },
    { GDK_KEY_minus, "slower" },
    { GDK_KEY_KP_Subtract, "slower" },
    { GDK_KEY_e, "eavesdrop" },
    { GDK_KEY_c, "compare-with" },
    { GDK_KEY_x, "other-half" },
    { GDK_KEY_p, "predict" },
  };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK) ||
      is_taken (gtk_root_get_focus (root), key))
    return GDK_EVENT_PROPAGATE;
  if (pc_predict_card_take_key (self->predict, key))
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

  self->actions = g_simple_action_group_new ();
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
