/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a session is about: the protocol, who one is, how secure the line is,
 * and what there is to reach.  It holds from the next session on. */

#include "app/lab-console-private.h"

#include "app/choice-list.h"

#include <glib/gi18n-lib.h>

static const char *const protocol_ids[] = { "imap", "pop3", "smtp", "tftp" };

static guint
get_choice (GtkWidget *list)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (list));
}

static const PcProtocol *
get_protocol (PcLabConsole *self)
{
  return pc_registry_find (protocol_ids[get_choice (self->protocols)]);
}

static PcConsoleRole
get_role (PcLabConsole *self)
{
  return get_choice (self->roles) == 0 ? PC_CONSOLE_CLIENT
                                       : PC_CONSOLE_SERVER;
}

PcConsoleSetup
pc_lab_console_get_setup (PcLabConsole *self)
{
  PcConsoleSetup setup = { .protocol = get_protocol (self),
                           .role = get_role (self),
                           .link = PC_LINK_SOCKETS };

  setup.goal = pc_console_get_goal (setup.protocol, setup.role,
                                    get_choice (self->goals));
  setup.security = setup.protocol->stream
                       ? (PcVariant) get_choice (self->securities)
                       : PC_VARIANT_CLEAR;
  return setup;
}

/* What there is to reach depends on who one is. */
static void
fill_goals (PcLabConsole *self)
{
  const PcProtocol *protocol = get_protocol (self);
  PcConsoleRole role = get_role (self);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  const PcConsoleGoal *goal;

  for (guint i = 0;
       (goal = pc_console_get_goal (protocol, role, i)) != NULL; i++)
    gtk_string_list_append (titles, _ (goal->title));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->goals),
                           G_LIST_MODEL (titles));
}

/* Nothing that was typed is lost by a look at another protocol. */
static void
chooser_cb (PcLabConsole *self,
            GParamSpec   *pspec,
            GtkWidget    *list)
{
  gboolean silent = self->silent;

  self->silent = TRUE;
  if (list == self->protocols || list == self->roles)
    fill_goals (self);
  self->silent = silent;
  gtk_widget_set_sensitive (self->securities, get_protocol (self)->stream);
  if (silent)
    return;
  if (self->console != NULL && pc_console_get_n_entries (self->console) > 0)
    pc_lab_console_say (self, PC_LAB_CONSOLE_HINT,
                        _ ("Press New Session to begin with this."), NULL);
  else
    pc_lab_console_make (self);
}

static GtkWidget *
add_chooser (PcLabConsole      *self,
             const char        *name,
             const char *const *texts)
{
  GtkWidget *list = pc_choice_list_new (name, texts, FALSE);

  gtk_box_append (GTK_BOX (self->choosers), list);
  g_signal_connect_swapped (list, "notify::selected", G_CALLBACK (chooser_cb),
                            self);
  return list;
}

void
pc_lab_console_add_choosers (PcLabConsole *self)
{
  const char *protocols[G_N_ELEMENTS (protocol_ids) + 1] = { NULL };
  const char *const roles[] = { _ ("I am the client"), _ ("I am the server"),
                                NULL };
  const char *const securities[] = { _ ("In clear"), _ ("STARTTLS"),
                                     _ ("TLS from the first octet"), NULL };
  const char *const none[] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (protocol_ids); i++)
    protocols[i] = pc_registry_find (protocol_ids[i])->name;
  self->silent = TRUE;
  self->protocols = add_chooser (self, _ ("Protocol"), protocols);
  self->roles = add_chooser (self, _ ("Role"), roles);
  self->securities = add_chooser (self, _ ("Security"), securities);
  self->goals = add_chooser (self, _ ("Goal"), none);
  fill_goals (self);
  self->silent = FALSE;
}

void
pc_lab_console_choose (PcLabConsole *self,
                       const char   *protocol,
                       const char   *role,
                       const char   *security)
{
  static const char *const securities[] = { "none", "starttls", "tls" };

  self->silent = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (protocol_ids); i++)
    if (g_str_equal (protocol_ids[i], protocol))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->protocols), i);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->roles),
                              g_str_equal (role, "server"));
  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    if (g_str_equal (securities[i], security))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->securities), i);
  self->silent = FALSE;
}
