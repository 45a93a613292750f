/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A world once it is read: files, and mail stores made from it.
 *
 * Reading is done in world-load.c.
 */

#include "scenario/world.h"

#include "scenario/scenario-private.h"

#include "mail/account.h"

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
pc_world_new (PcWorldBase base)
{
  PcWorld *self = g_new0 (PcWorld, 1);

  self->base = base;
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

static PcMailStore *
make_base (const PcWorld *self,
           gint64         now)
{
  switch (self->base) {
  case PC_WORLD_EMPTY: return pc_mail_store_new (self->domain);
  case PC_WORLD_LESSON: return pc_world_new_default (now);
  case PC_WORLD_FULL: return pc_world_new_full (now);
  default: g_return_val_if_reached (NULL);
  }
}

static void
add_account (PcMailStore             *store,
             const PcScenarioAccount *given)
{
  PcAccount *account = pc_mail_store_find_user (store, given->user);

  if (account == NULL)
    account = pc_mail_store_add_account (store, given->user, given->password,
                                         given->uid_validity);
  pc_account_set_quota (account, given->quota);
}

/* NULL when the account has too many already: a base may have some. */
static PcMailbox *
add_mailbox (PcMailStore             *store,
             const PcScenarioMailbox *box)
{
  PcAccount *account = pc_mail_store_find_user (store, box->user);
  PcMailbox *mailbox = pc_account_find_mailbox (account, box->name);

  if (mailbox == NULL)
    mailbox = pc_account_add_mailbox (account, box->name, box->special_use);
  if (mailbox == NULL)
    return NULL;

  if (!box->subscribed)
    pc_account_unsubscribe (account, box->name);
  if (box->uid_validity > 0)
    pc_account_set_uid_validity (account, mailbox, box->uid_validity);
  return mailbox;
}

static void
add_message (PcMailbox               *mailbox,
             const PcScenarioMessage *message,
             gint64                   now)
{
  pc_mailbox_raise_uid_next (mailbox, message->uid);
  pc_mailbox_append (mailbox, message->content, message->flags,
                     now - message->age, 0, NULL);
}

PcMailStore *
pc_world_make_store (const PcWorld *self,
                     gint64         now)
{
  PcMailStore *store = make_base (self, now);
  g_autoptr (GPtrArray) boxes = g_ptr_array_new ();

  for (guint i = 0; i < self->accounts->len; i++)
    add_account (store,
                 &g_array_index (self->accounts, PcScenarioAccount, i));
  for (guint i = 0; i < self->mailboxes->len; i++)
    g_ptr_array_add (boxes,
                     add_mailbox (store, &g_array_index (self->mailboxes,
                                                         PcScenarioMailbox,
                                                         i)));

  for (guint i = 0; i < self->messages->len; i++) {
    const PcScenarioMessage *message =
        &g_array_index (self->messages, PcScenarioMessage, i);

    if (boxes->pdata[message->box] != NULL)
      add_message (boxes->pdata[message->box], message, now);
  }

  for (guint i = 0; i < boxes->len; i++)
    if (boxes->pdata[i] != NULL)
      pc_mailbox_raise_uid_next (
          boxes->pdata[i],
          g_array_index (self->mailboxes, PcScenarioMailbox, i).uid_next);

  return store;
}
