/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A world once it is read: files, and mail stores made from it.
 *
 * Reading is done in world-load.c.
 */

#include "scenario/world.h"

#include "scenario/scenario-private.h"

#include "mail/world.h"

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

/* @accounts: by user. */
static PcMailStore *
make_own_store (const PcWorld *self,
                GHashTable    *accounts)
{
  PcMailStore *store = pc_mail_store_new (self->domain);

  for (guint i = 0; i < self->accounts->len; i++) {
    const PcScenarioAccount *account =
        &g_array_index (self->accounts, PcScenarioAccount, i);

    g_hash_table_insert (
        accounts, (gpointer) account->user,
        pc_mail_store_add_account (store, account->user, account->password,
                                   account->uid_validity));
  }

  return store;
}

PcMailStore *
pc_world_make_store (const PcWorld *self,
                     gint64         now)
{
  g_autoptr (GHashTable) accounts = g_hash_table_new (g_str_hash,
                                                      g_str_equal);
  PcMailStore *store = self->is_default ? pc_world_new_default (now)
                                        : make_own_store (self, accounts);

  for (guint i = 0; i < self->mailboxes->len; i++) {
    const PcScenarioMailbox *box =
        &g_array_index (self->mailboxes, PcScenarioMailbox, i);
    PcAccount *account = g_hash_table_lookup (accounts, box->user);

    if (pc_account_find_mailbox (account, box->name) == NULL)
      pc_account_add_mailbox (account, box->name, box->special_use);
  }

  for (guint i = 0; i < self->messages->len; i++) {
    const PcScenarioMessage *message =
        &g_array_index (self->messages, PcScenarioMessage, i);
    PcAccount *account = g_hash_table_lookup (accounts, message->user);

    pc_mailbox_append (pc_account_find_mailbox (account, message->mailbox),
                       message->content, message->flags, now - message->age,
                       0, NULL);
  }

  return store;
}
