/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A world once it is read: files, and mail stores made from it.
 *
 * Reading is done in world-load.c.
 */

#include "scenario/world.h"

#include "scenario/scenario-private.h"

#include "mail/account.h"
#include "mail/world.h"

#include <string.h>

static void
clear_file (gpointer data)
{
  g_clear_pointer (&((PcScenarioFile *) data)->content, g_bytes_unref);
}

static void
clear_message (gpointer data)
{
  g_clear_pointer (&((PcScenarioMessage *) data)->content, g_bytes_unref);
}

PcWorld *
pc_world_new (void)
{
  PcWorld *self = g_new0 (PcWorld, 1);

  self->is_default = TRUE;
  self->domain = "example.test";
  self->strings = g_string_chunk_new (1024);
  self->routes = pc_routes_new ();
  self->files = g_array_new (FALSE, TRUE, sizeof (PcScenarioFile));
  self->accounts = g_array_new (FALSE, TRUE, sizeof (PcScenarioAccount));
  self->mailboxes = g_array_new (FALSE, TRUE, sizeof (PcScenarioMailbox));
  self->messages = g_array_new (FALSE, TRUE, sizeof (PcScenarioMessage));
  g_array_set_clear_func (self->files, clear_file);
  g_array_set_clear_func (self->messages, clear_message);
  return self;
}

void
pc_world_free (PcWorld *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->files, g_array_unref);
  g_clear_pointer (&self->accounts, g_array_unref);
  g_clear_pointer (&self->mailboxes, g_array_unref);
  g_clear_pointer (&self->messages, g_array_unref);
  g_clear_pointer (&self->routes, pc_routes_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_free (self);
}

guint
pc_world_get_n_files (const PcWorld *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->files->len;
}

const PcScenarioFile *
pc_world_get_file (const PcWorld *self,
                   guint          index)
{
  g_return_val_if_fail (self != NULL && index < self->files->len, NULL);

  return &g_array_index (self->files, PcScenarioFile, index);
}

PcRoutes *
pc_world_get_routes (const PcWorld *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->routes;
}

/* -- stores --------------------------------------------------------------- */

gboolean
pc_scenario_is_at (const PcWorld           *world,
                   const PcScenarioAccount *account,
                   const char              *domain)
{
  const char *at = strrchr (account->user, '@');

  return g_ascii_strcasecmp (at != NULL ? at + 1 : world->domain, domain) ==
         0;
}

static gboolean
is_at_any (const PcWorld           *self,
           const PcScenarioAccount *account,
           const char *const       *domains)
{
  for (guint i = 0; domains[i] != NULL; i++)
    if (pc_scenario_is_at (self, account, domains[i]))
      return TRUE;

  return FALSE;
}

static gboolean
has_domain (const char *const *domains,
            const char        *domain)
{
  for (guint i = 0; domains[i] != NULL; i++)
    if (g_ascii_strcasecmp (domains[i], domain) == 0)
      return TRUE;

  return FALSE;
}

/* @accounts: by user, as the world has it. */
static void
add_accounts (const PcWorld     *self,
              const char *const *domains,
              PcMailStore       *store,
              GHashTable        *accounts)
{
  for (guint i = 0; i < self->accounts->len; i++) {
    const PcScenarioAccount *account =
        &g_array_index (self->accounts, PcScenarioAccount, i);
    g_auto (GStrv) user = g_strsplit (account->user, "@", 2);
    PcAccount *added;

    if (!is_at_any (self, account, domains))
      continue;
    added = pc_mail_store_add_account (store, user[0], account->password,
                                       account->uid_validity);
    pc_account_set_quota (added, account->quota);
    g_hash_table_insert (accounts, (gpointer) account->user, added);
  }
}

PcMailStore *
pc_world_make_store_for (const PcWorld     *self,
                         const char *const *domains,
                         gint64             now)
{
  g_autoptr (GHashTable) accounts = g_hash_table_new (g_str_hash,
                                                      g_str_equal);
  const char *const own[] = { self->domain, NULL };
  PcMailStore      *store;

  if (domains == NULL)
    domains = own;
  store = self->is_default && has_domain (domains, self->domain)
              ? pc_world_new_default (now)
              : pc_mail_store_new (domains[0]);
  for (guint i = 0; domains[i] != NULL; i++)
    if (g_ascii_strcasecmp (domains[i], pc_mail_store_get_domain (store)) != 0)
      pc_mail_store_add_domain (store, domains[i]);
  add_accounts (self, domains, store, accounts);

  for (guint i = 0; i < self->mailboxes->len; i++) {
    const PcScenarioMailbox *box =
        &g_array_index (self->mailboxes, PcScenarioMailbox, i);
    PcAccount *account = g_hash_table_lookup (accounts, box->user);

    if (account != NULL && pc_account_find_mailbox (account, box->name) == NULL)
      pc_account_add_mailbox (account, box->name, box->special_use);
  }

  for (guint i = 0; i < self->messages->len; i++) {
    const PcScenarioMessage *message =
        &g_array_index (self->messages, PcScenarioMessage, i);
    PcAccount *account = g_hash_table_lookup (accounts, message->user);

    if (account != NULL)
      pc_mailbox_append (pc_account_find_mailbox (account, message->mailbox),
                         message->content, message->flags, now - message->age,
                         0, NULL);
  }

  return store;
}

PcMailStore *
pc_world_make_store (const PcWorld *self,
                     gint64         now)
{
  return pc_world_make_store_for (self, NULL, now);
}
