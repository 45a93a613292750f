/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a presentation, the same in both windows: those of people, and
 * those that pointers for presentations send (Page Up, Page Down, F5, Escape,
 * full stop).  A number is shown while it is typed, and soon forgotten. */

#include "app/presenter-private.h"

#include "app/screen-keys.h"

#include <glib/gi18n-lib.h>

#define TYPED_MS 4000 /* then a number that was typed is forgotten */

/* -- a number that is typed ----------------------------------------------- */

static gboolean
forget_typed_cb (gpointer data)
{
  PcPresenter *self = data;

  self->typed_id = 0;
  self->typed = 0;
  if (self->screen != NULL)
    pc_present_window_show_typed (self->screen, NULL);
  return G_SOURCE_REMOVE;
}

static void
show_typed (PcPresenter *self,
            const char  *text)
{
  g_clear_handle_id (&self->typed_id, g_source_remove);
  self->typed_id = g_timeout_add (TYPED_MS, forget_typed_cb, self);
  if (self->screen != NULL)
    pc_present_window_show_typed (self->screen, text);
}

void
pc_presenter_forget_typed (PcPresenter *self)
{
  g_clear_handle_id (&self->typed_id, g_source_remove);
  forget_typed_cb (self);
}

static void
type_digit (PcPresenter *self,
            guint        digit)
{
  g_autofree char *text = NULL;

  /* More digits than any number of steps has. */
  if (self->typed > 1000000)
    return;
  self->typed = self->typed * 10 + digit;
  text = g_strdup_printf (_ ("Step %u"), self->typed);
  show_typed (self, text);
}

static void
go_to_typed (PcPresenter *self)
{
  guint n = pc_presenter_get_n_steps (self);
  guint typed = self->typed;

  pc_presenter_forget_typed (self);
  if (typed >= 1 && typed <= n) {
    pc_presenter_show_screen (self);
    pc_player_show_step (self->player, typed - 1);
  } else {
    g_autofree char *text = g_strdup_printf (
        ngettext ("There is only %u step.", "There are only %u steps.", n),
        n);

    show_typed (self, text);
  }
}

/* -- keys ----------------------------------------------------------------- */

static gboolean
press_for_number (PcPresenter *self,
                  guint        key)
{
  int digit = pc_screen_keys_get_digit (key);

  if (digit > 0 || (digit == 0 && self->typed > 0)) {
    type_digit (self, (guint) digit);
    return TRUE;
  }
  if (self->typed == 0)
    return digit == 0;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter ||
      key == GDK_KEY_ISO_Enter) {
    go_to_typed (self);
    return TRUE;
  }
  pc_presenter_forget_typed (self);
  return key == GDK_KEY_Escape || key == GDK_KEY_BackSpace;
}

/* One of our own, or else of the main window. */
static void
activate (PcPresenter *self,
          const char  *name)
{
  GActionGroup *group = G_ACTION_GROUP (self->actions);

  if (!g_action_group_has_action (group, name))
    group = G_ACTION_GROUP (self->window);
  g_action_group_activate_action (group, name, NULL);
}

gboolean
pc_presenter_press (PcPresenter    *self,
                    guint           key,
                    GdkModifierType state)
{
  static const PcScreenKey rows[] = {
    { "next", { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, GDK_KEY_Right,
                GDK_KEY_KP_Right, GDK_KEY_space, GDK_KEY_Return,
                GDK_KEY_KP_Enter } },
    { "back", { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, GDK_KEY_Left,
                GDK_KEY_KP_Left, GDK_KEY_BackSpace } },
    { "first", { GDK_KEY_Home, GDK_KEY_KP_Home, GDK_KEY_F5 } },
    { "last", { GDK_KEY_End, GDK_KEY_KP_End } },
    { "play", { GDK_KEY_p } },
    { "blank", { GDK_KEY_b, GDK_KEY_period, GDK_KEY_KP_Decimal } },
    { "spotlight", { GDK_KEY_s } },
    { "presenter-notes", { GDK_KEY_n } },
    { "leave", { GDK_KEY_Escape } },
    { "present", { GDK_KEY_F11 } },
    { "eavesdrop", { GDK_KEY_e } },
    { "faster", { GDK_KEY_plus, GDK_KEY_KP_Add } },
    { "slower", { GDK_KEY_minus, GDK_KEY_KP_Subtract } },
  };
  const char *action;

  g_return_val_if_fail (PC_IS_PRESENTER (self), FALSE);

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return FALSE;
  if (press_for_number (self, key))
    return TRUE;
  key = gdk_keyval_to_lower (key);
  action = pc_screen_keys_find (rows, G_N_ELEMENTS (rows), key);
  if (action != NULL)
    activate (self, action);
  return action != NULL;
}

/* A button that has the focus is what these two are for. */
static gboolean
is_for_button (GtkEventController *keys,
               guint               key)
{
  GtkWidget *widget = gtk_event_controller_get_widget (keys);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));

  return GTK_IS_BUTTON (focus) &&
         (key == GDK_KEY_space || key == GDK_KEY_Return ||
          key == GDK_KEY_KP_Enter);
}

static gboolean
key_pressed_cb (GtkEventController *keys,
                guint               key,
                guint               code,
                GdkModifierType     state,
                PcPresenter        *self)
{
  if (self->typed == 0 && is_for_button (keys, key))
    return GDK_EVENT_PROPAGATE;
  return pc_presenter_press (self, key, state) ? GDK_EVENT_STOP
                                               : GDK_EVENT_PROPAGATE;
}

void
pc_presenter_adopt_window (PcPresenter *self,
                           GtkWidget   *window)
{
  pc_screen_keys_adopt_window (window, G_OBJECT (self),
                               G_CALLBACK (key_pressed_cb), "presenter",
                               G_ACTION_GROUP (self->actions));
}
