/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of the console, which of them are possible, and the ladder of
 * hints: each asks for one rung more. */

#include "app/lab-console-private.h"

#include "app/lab-console-save.h"

#include <glib/gi18n-lib.h>

/* -- which are possible ---------------------------------------------------- */

static GSimpleAction *
get_action (PcLabConsole *self,
            const char   *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

void
pc_lab_console_update_actions (PcLabConsole *self)
{
  PcConsoleMode mode = self->console != NULL
                           ? pc_console_get_mode (self->console)
                           : PC_CONSOLE_CLOSED;
  gboolean open = mode != PC_CONSOLE_CLOSED;
  gboolean some = self->console != NULL &&
                  pc_console_get_n_entries (self->console) > 0;
  const PcConsoleSetup *setup =
      self->console != NULL ? pc_console_get_setup (self->console) : NULL;
  gboolean client = setup != NULL && setup->role == PC_CONSOLE_CLIENT;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->link),
                                  open ? "console.console-close"
                                       : "console.console-connect");
  gtk_button_set_label (self->link, open     ? _ ("_Hang Up")
                                    : client ? _ ("Co_nnect")
                                             : _ ("Let the Client _Call"));
  if (open)
    gtk_widget_remove_css_class (GTK_WIDGET (self->link), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->link), "suggested-action");
  g_simple_action_set_enabled (get_action (self, "console-connect"),
                               self->console != NULL && !open);
  g_simple_action_set_enabled (get_action (self, "console-close"), open);
  g_simple_action_set_enabled (get_action (self, "console-cut"), open);
  g_simple_action_set_enabled (get_action (self, "console-save"), some);
  g_simple_action_set_enabled (get_action (self, "console-save-to"), some);
  g_simple_action_set_enabled (get_action (self, "console-run"), some);
  g_simple_action_set_enabled (get_action (self, "console-tags"),
                               client &&
                                   g_str_equal (setup->protocol->id, "imap"));
}

gboolean
pc_lab_console_makes_tags (PcLabConsole *self)
{
  g_autoptr (GVariant) state =
      g_action_get_state (G_ACTION (get_action (self, "console-tags")));

  return g_variant_get_boolean (state);
}

/* -- hints ---------------------------------------------------------------- */

static void
hint (PcLabConsole *self)
{
  g_autofree char *text = NULL;
  g_autofree char *told = NULL;
  guint rung = MIN (self->rung + 1, PC_CONSOLE_RUNGS);

  if (self->console == NULL)
    return;
  text = pc_console_get_hint (self->console, rung);
  if (text == NULL) {
    pc_lab_console_say (self, PC_LAB_CONSOLE_HINT,
                        _ ("There is nothing to say now."), NULL);
    return;
  }
  self->rung = rung;
  told = g_strdup_printf (
      /* Translators: which hint of how many, and what it says. */
      _ ("Hint %1$u of %2$u: %3$s"), rung, PC_CONSOLE_RUNGS, text);
  pc_lab_console_say (self, PC_LAB_CONSOLE_HINT, told,
                      rung == PC_CONSOLE_RUNGS ? text : NULL);
}

/* -- commands ------------------------------------------------------------- */

static void
action_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcLabConsole *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "console-new")) {
    pc_lab_console_begin (self);
  } else if (g_str_equal (name, "console-connect")) {
    pc_lab_console_open_line (self);
    pc_lab_console_focus_input (self);
  } else if (g_str_equal (name, "console-close")) {
    pc_console_close (self->console);
  } else if (g_str_equal (name, "console-cut")) {
    pc_console_cut (self->console);
  } else if (g_str_equal (name, "console-hint")) {
    hint (self);
  } else {
    pc_lab_console_run (GTK_WIDGET (self), self->console);
  }
  pc_lab_console_update_soon (self);
}

static void
chosen_file_cb (gpointer owner,
                GFile   *file)
{
  PcLabConsole *self = owner;

  if (self->console != NULL)
    pc_lab_console_save_to (GTK_WIDGET (self), self->console, file);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  pc_lab_console_ask_file (data, chosen_file_cb);
}

static void
save_to_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  g_autoptr (GFile) file =
      g_file_new_for_path (g_variant_get_bytestring (parameter));

  chosen_file_cb (data, file);
}

static void
tags_cb (GSimpleAction *action,
         GVariant      *state,
         gpointer       data)
{
  PcLabConsole *self = data;

  g_simple_action_set_state (action, state);
  if (self->console != NULL)
    pc_console_set_auto_tag (self->console, g_variant_get_boolean (state));
  pc_lab_console_update_soon (self);
}

static void
setup_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  const char *protocol, *role, *security;

  g_variant_get (parameter, "(&s&s&s)", &protocol, &role, &security);
  pc_lab_console_choose (data, protocol, role, security);
  pc_lab_console_begin (data);
}

void
pc_lab_console_init_actions (PcLabConsole *self)
{
  static const GActionEntry entries[] = {
    { .name = "console-new", .activate = action_cb },
    { .name = "console-connect", .activate = action_cb },
    { .name = "console-close", .activate = action_cb },
    { .name = "console-cut", .activate = action_cb },
    { .name = "console-hint", .activate = action_cb },
    { .name = "console-run", .activate = action_cb },
    { .name = "console-save", .activate = save_cb },
    { .name = "console-save-to",
      .parameter_type = "ay",
      .activate = save_to_cb },
    { .name = "console-setup",
      .parameter_type = "(sss)",
      .activate = setup_cb },
    { .name = "console-tags", .state = "true", .change_state = tags_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console",
                                  G_ACTION_GROUP (self->actions));
}
