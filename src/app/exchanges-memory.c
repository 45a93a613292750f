/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of exchanges keeps from one day to the next: what was watched,
 * how fast, with which sides; and what it shows to somebody who is new. */

#include "app/clamp-layout.h"
#include "app/exchanges-page-private.h"
#include "app/flow-layout.h"

#include <glib/gi18n-lib.h>

/* What the welcome begins with. */
#define FIRST_SCENARIO "phone-four-ports"

static PcLibrary *
get_library (PcExchangesPage *self)
{
  return self->content != NULL ? pc_content_get_library (self->content) : NULL;
}

/* -- what was watched ----------------------------------------------------- */

void
pc_exchanges_page_remember (PcExchangesPage *self)
{
  g_autofree char *uri = NULL;

  if (self->file != NULL) {
    uri = g_filename_to_uri (pc_opened_file_get_path (self->file), NULL, NULL);
    if (uri != NULL)
      pc_recent_add (self->recent, uri);
  } else if (self->scenario != NULL && !self->starting) {
    pc_recent_add (self->recent, pc_scenario_get_id (self->scenario));
  }
}

static void
open_recent_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  PcExchangesPage *self = data;
  const char *key = g_variant_get_string (parameter, NULL);

  pc_exchanges_page_come_forward (self);
  if (g_str_has_prefix (key, "file:")) {
    g_autoptr (GFile) file = g_file_new_for_uri (key);

    pc_exchanges_page_open_file (self, file);
  } else {
    pc_exchanges_page_open (self, key, NULL);
  }
}

static void
clear_recent_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  PcExchangesPage *self = data;

  pc_recent_clear (self->recent);
}

GMenuModel *
pc_exchanges_page_get_recent_menu (PcExchangesPage *self)
{
  g_return_val_if_fail (PC_IS_EXCHANGES_PAGE (self), NULL);

  return pc_recent_get_menu (self->recent);
}

/* -- who is new ----------------------------------------------------------- */

static void
show_welcome (PcExchangesPage *self)
{
  if (self->welcome == NULL) {
    g_autoptr (GtkBuilder) builder = NULL;

    g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
    g_type_ensure (PC_TYPE_FLOW_LAYOUT);
    builder = gtk_builder_new_from_resource (
        "/io/github/portcall/Portcall/ui/welcome.ui");

    self->welcome = GTK_WIDGET (gtk_builder_get_object (builder, "welcome"));
    gtk_stack_add_named (self->stage, self->welcome, "welcome");
  }
  pc_player_set_playing (self->player, FALSE);
  gtk_stack_set_visible_child_name (self->stage, "welcome");
  if (self->settings != NULL)
    g_settings_set_boolean (self->settings, "welcomed", TRUE);
  if (gtk_widget_get_mapped (self->welcome))
    gtk_widget_child_focus (self->welcome, GTK_DIR_TAB_FORWARD);
}

static void
welcome_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  PcExchangesPage *self = data;

  pc_exchanges_page_come_forward (self);
  show_welcome (self);
}

static void
welcome_start_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  PcExchangesPage *self = data;

  self->play = pc_exchanges_page_open (self, FIRST_SCENARIO, NULL);
}

static void
welcome_close_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  PcExchangesPage *self = data;

  if (self->timeline != NULL)
    gtk_stack_set_visible_child_name (self->stage, "exchange");
  else if (self->scenario == NULL && self->file != NULL)
    gtk_stack_set_visible_child_name (self->stage, "mistakes");
  else
    pc_exchanges_page_open_first (self);
}

void
pc_exchanges_page_begin (PcExchangesPage *self)
{
  if (self->content == NULL || self->scenario != NULL || self->file != NULL ||
      pc_exchanges_page_has_files (self) ||
      g_strcmp0 (gtk_stack_get_visible_child_name (self->stage),
                 "welcome") == 0)
    return;
  if (self->settings != NULL &&
      !g_settings_get_boolean (self->settings, "welcomed") &&
      pc_library_find (get_library (self), FIRST_SCENARIO) != NULL)
    show_welcome (self);
  else
    pc_exchanges_page_open_first (self);
}

/* -- how it looked -------------------------------------------------------- */

void
pc_exchanges_page_set_settings (PcExchangesPage *self,
                                GSettings       *settings)
{
  g_return_if_fail (PC_IS_EXCHANGES_PAGE (self));
  g_return_if_fail (self->settings == NULL);

  if (settings == NULL)
    return;
  self->settings = g_object_ref (settings);
  g_clear_object (&self->recent);
  self->recent = pc_recent_new (settings);
  pc_player_set_speed (self->player, g_settings_get_double (settings,
                                                            "speed"));
  pc_fold_set_show_start (self->fold, g_settings_get_boolean (settings,
                                                              "sidebar"));
  pc_fold_set_show_end (self->fold, g_settings_get_boolean (settings,
                                                            "inspector"));
  g_settings_bind (settings, "predict", self->predict, "active",
                   G_SETTINGS_BIND_DEFAULT);
}

void
pc_exchanges_page_save_state (PcExchangesPage *self)
{
  g_return_if_fail (PC_IS_EXCHANGES_PAGE (self));

  if (self->settings == NULL)
    return;
  g_settings_set_double (self->settings, "speed",
                         pc_player_get_speed (self->player));
  g_settings_set_boolean (self->settings, "sidebar",
                          !pc_fold_get_start_hidden (self->fold));
  g_settings_set_boolean (self->settings, "inspector",
                          !pc_fold_get_end_hidden (self->fold));
}

/* Somebody plays or steps on: then that is to be seen. */
static void
moved_cb (PcExchangesPage *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stage);

  if (self->timeline != NULL && (g_strcmp0 (name, "welcome") == 0 ||
                                 g_strcmp0 (name, "mistakes") == 0))
    gtk_stack_set_visible_child_name (self->stage, "exchange");
}

/* -- life ----------------------------------------------------------------- */

static const GActionEntry entries[] = {
  { .name = "open-recent",
    .activate = open_recent_cb,
    .parameter_type = "s" },
  { .name = "clear-recent", .activate = clear_recent_cb },
  { .name = "welcome", .activate = welcome_cb },
  { .name = "welcome-start", .activate = welcome_start_cb },
  { .name = "welcome-close", .activate = welcome_close_cb },
};

void
pc_exchanges_page_init_memory (PcExchangesPage *self)
{
  self->recent = pc_recent_new (NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  g_signal_connect_swapped (self->player, "notify::current",
                            G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (self->player, "notify::playing",
                            G_CALLBACK (moved_cb), self);
}
