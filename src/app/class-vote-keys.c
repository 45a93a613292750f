/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a vote, the same in both windows: those of people, and those
 * that pointers for presentations send.  A letter chooses an answer, digits
 * are the hands for it. */

#include "app/class-vote-private.h"

#include "app/screen-keys.h"

#define TYPED_US (3 * G_USEC_PER_SEC) /* then a digit begins a new number */

static guint
get_hands (PcClassVote *self)
{
  return pc_vote_get_hands (self->vote,
                            pc_vote_window_get_selected (self->screen),
                            pc_vote_get_stage (self->vote) ==
                                PC_VOTE_ASKED_AGAIN);
}

static void
set_hands (PcClassVote *self,
           guint        n)
{
  pc_vote_set_hands (self->vote, pc_vote_window_get_selected (self->screen),
                     n);
  pc_class_vote_update (self);
}

static void
type_digit (PcClassVote *self,
            guint        digit)
{
  gint64 now = g_get_monotonic_time ();
  guint before = now - self->typed_at < TYPED_US ? get_hands (self) : 0;

  if (10 * before + digit <= PC_LIMIT_VOTE_HANDS)
    set_hands (self, 10 * before + digit);
  self->typed_at = now;
}

static void
move (PcClassVote *self,
      int          step)
{
  guint n = pc_vote_get_n_choices (self->vote);
  guint at = pc_vote_window_get_selected (self->screen);

  self->typed_at = 0;
  if (at == G_MAXUINT)
    at = 0;
  else if (step > 0 ? at + 1 < n : at > 0)
    at = (guint) ((int) at + step);
  pc_vote_window_select (self->screen, at);
}

/* Where there is nothing to choose, what is too long for the screen moves. */
static gboolean
press_for_scroll (PcClassVote *self,
                  guint        key)
{
  gboolean down = key == GDK_KEY_Down || key == GDK_KEY_KP_Down;

  if (!down && key != GDK_KEY_Up && key != GDK_KEY_KP_Up)
    return FALSE;
  pc_vote_window_scroll (self->screen, down);
  return TRUE;
}

/* While hands are counted. */
static gboolean
press_for_tally (PcClassVote *self,
                 guint        key)
{
  gboolean number =
      pc_item_get_item_type (pc_vote_get_item (self->vote)) == PC_ITEM_NUMBER;
  int digit = pc_screen_keys_get_digit (key);

  if (!pc_vote_is_counting (self->vote) ||
      pc_vote_get_n_choices (self->vote) == 0)
    return FALSE;
  if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up ||
      key == GDK_KEY_Down || key == GDK_KEY_KP_Down) {
    move (self, key == GDK_KEY_Up || key == GDK_KEY_KP_Up ? -1 : 1);
    return TRUE;
  }
  if (!number && key >= GDK_KEY_a &&
      key < GDK_KEY_a + pc_vote_get_n_choices (self->vote)) {
    self->typed_at = 0;
    pc_vote_window_select (self->screen, key - GDK_KEY_a);
    return TRUE;
  }
  if (pc_vote_window_get_selected (self->screen) == G_MAXUINT)
    return FALSE;
  if (key == GDK_KEY_plus || key == GDK_KEY_KP_Add || key == GDK_KEY_equal) {
    set_hands (self, get_hands (self) + 1);
  } else if (key == GDK_KEY_minus || key == GDK_KEY_KP_Subtract) {
    set_hands (self, get_hands (self) - (get_hands (self) > 0));
  } else if (!number && digit >= 0) {
    type_digit (self, (guint) digit);
  } else if (!number && key == GDK_KEY_BackSpace) {
    set_hands (self, get_hands (self) / 10);
    self->typed_at = g_get_monotonic_time ();
  } else {
    return FALSE;
  }
  return TRUE;
}

gboolean
pc_class_vote_press (PcClassVote    *self,
                     guint           key,
                     GdkModifierType state)
{
  static const PcScreenKey rows[] = {
    { "next", { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, GDK_KEY_Right,
                GDK_KEY_KP_Right } },
    { "back", { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, GDK_KEY_Left,
                GDK_KEY_KP_Left } },
    { "again", { GDK_KEY_v } },
    { "skip", { GDK_KEY_x } },
    { "notes", { GDK_KEY_n } },
    { "leave", { GDK_KEY_Escape, GDK_KEY_F11 } },
  };
  const char *action;

  g_return_val_if_fail (PC_IS_CLASS_VOTE (self), FALSE);

  if (self->screen == NULL || self->vote == NULL)
    return FALSE;
  if ((state & GDK_CONTROL_MASK) && key == GDK_KEY_s) {
    pc_class_vote_save (self);
    return TRUE;
  }
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return FALSE;
  key = gdk_keyval_to_lower (key);
  if (press_for_tally (self, key) || press_for_scroll (self, key))
    return TRUE;
  action = pc_screen_keys_find (rows, G_N_ELEMENTS (rows), key);
  if (action != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self->actions), action,
                                    NULL);
  return action != NULL;
}

static gboolean
key_pressed_cb (GtkEventController *keys,
                guint               key,
                guint               code,
                GdkModifierType     state,
                PcClassVote        *self)
{
  return pc_class_vote_press (self, key, state) ? GDK_EVENT_STOP
                                                : GDK_EVENT_PROPAGATE;
}

void
pc_class_vote_adopt_window (PcClassVote *self,
                            GtkWidget   *window)
{
  pc_screen_keys_adopt_window (window, G_OBJECT (self),
                               G_CALLBACK (key_pressed_cb), "vote",
                               G_ACTION_GROUP (self->actions));
}
