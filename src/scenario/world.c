/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A world once it is read: files, and mail stores made from it.
 *
 * Reading is done in world-load.c.
 */

#include "scenario/world.h"

#include "scenario/scenario-private.h"

#include "mail/account.h"

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
pc_world_new (PcWorldBase base)
{
  PcWorld *self = g_new0 (PcWorld, 1);

  self->base = base;
  self->routes = pc_routes_new ();
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

static gboolean
has_domain (const char *const *domains,
            const char        *domain)
{
  for (guint i = 0; domains[i] != NULL; i++)
    if (g_ascii_strcasecmp (domains[i], domain) == 0)
      return TRUE;

  return FALSE;
}

/* Whether @user, with or without a domain, is at home in one of @domains. */
static gboolean
is_at_home (const PcWorld     *self,
            const char        *user,
            const char *const *domains)
{
  const char *at = strrchr (user, '@');

  return has_domain (domains, at != NULL ? at + 1 : self->domain);
}

/* The base is at the world's own domain. */
static PcMailStore *
make_base (const PcWorld     *self,
           const char *const *domains,
           gint64             now)
{
  PcWorldBase base = has_domain (domains, self->domain) ? self->base
                                                        : PC_WORLD_EMPTY;

  switch (base) {
  case PC_WORLD_EMPTY: return pc_mail_store_new (domains[0]);
  case PC_WORLD_LESSON: return pc_world_new_default (now);
  case PC_WORLD_FULL: return pc_world_new_full (now);
  default: g_return_val_if_reached (NULL);
  }
}

static void
add_account (PcMailStore             *store,
             const PcScenarioAccount *given)
{
  g_auto (GStrv) parts = g_strsplit (given->user, "@", 2);
  PcAccount *account = pc_mail_store_find_user (store, parts[0]);

  if (account == NULL)
    account = pc_mail_store_add_account (store, parts[0], given->password,
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
pc_world_make_store_for (const PcWorld     *self,
                         const char *const *domains,
                         gint64             now)
{
  const char *const own[] = { self->domain, NULL };
  g_autoptr (GPtrArray) boxes = g_ptr_array_new ();
  PcMailStore *store;

  if (domains == NULL)
    domains = own;
  store = make_base (self, domains, now);
  for (guint i = 0; domains[i] != NULL; i++)
    if (g_ascii_strcasecmp (domains[i], pc_mail_store_get_domain (store)) != 0)
      pc_mail_store_add_domain (store, domains[i]);

  for (guint i = 0; i < self->accounts->len; i++) {
    const PcScenarioAccount *account =
        &g_array_index (self->accounts, PcScenarioAccount, i);

    if (is_at_home (self, account->user, domains))
      add_account (store, account);
  }
  for (guint i = 0; i < self->mailboxes->len; i++) {
    const PcScenarioMailbox *box =
        &g_array_index (self->mailboxes, PcScenarioMailbox, i);

    g_ptr_array_add (boxes, is_at_home (self, box->user, domains)
                                ? add_mailbox (store, box)
                                : NULL);
  }

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

PcMailStore *
pc_world_make_store (const PcWorld *self,
                     gint64         now)
{
  return pc_world_make_store_for (self, NULL, now);
}
