/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An account: its mailboxes by name, and which of them it is subscribed to.
 *
 * Names are UTF-8 with "/" between levels.  They are names and never paths:
 * nothing here touches a file.  A mailbox below another needs no mailbox
 * above it.
 *
 * RFC 9051 sections 5.1, 6.3.4 to 6.3.8 and 2.3.1.1.
 */

#include "mail/store.h"

#include "mail/account.h"
#include "mail/keywords.h"
#include "mail/store-private.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

void
pc_account_free (gpointer data)
{
  PcAccount *self = data;

  g_ptr_array_unref (self->mailboxes);
  g_ptr_array_unref (self->subscriptions);
  g_free (self->password);
  g_free (self->user);
  g_free (self);
}

const char *
pc_account_get_user (const PcAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->user;
}

PcStoreStatus
pc_account_lock (PcAccount    *self,
                 gconstpointer owner)
{
  g_return_val_if_fail (self != NULL && owner != NULL, PC_STORE_LOCKED);

  if (self->locked_by != NULL && self->locked_by != owner)
    return PC_STORE_LOCKED;

  self->locked_by = owner;
  return PC_STORE_OK;
}

void
pc_account_unlock (PcAccount    *self,
                   gconstpointer owner)
{
  g_return_if_fail (self != NULL);

  if (self->locked_by == owner)
    self->locked_by = NULL;
}

guint
pc_account_get_n_mailboxes (const PcAccount *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->mailboxes->len;
}

PcMailbox *
pc_account_get_mailbox (const PcAccount *self,
                        guint            index)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (index >= self->mailboxes->len)
    return NULL;

  return g_ptr_array_index (self->mailboxes, index);
}

PcMailbox *
pc_account_find_mailbox (const PcAccount *self,
                         const char      *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (pc_text_equal_ascii (name, strlen (name), "INBOX"))
    name = "INBOX";

  for (guint i = 0; i < self->mailboxes->len; i++) {
    PcMailbox *mailbox = g_ptr_array_index (self->mailboxes, i);

    if (strcmp (mailbox->name, name) == 0)
      return mailbox;
  }

  return NULL;
}

/* NULL when there is none; else where it is. */
static const char *
find_subscription (const PcAccount *self,
                   const char      *name)
{
  for (guint i = 0; i < self->subscriptions->len; i++)
    if (strcmp (g_ptr_array_index (self->subscriptions, i), name) == 0)
      return g_ptr_array_index (self->subscriptions, i);

  return NULL;
}

PcMailbox *
pc_account_add_mailbox (PcAccount  *self,
                        const char *name,
                        const char *special_use)
{
  PcMailbox *mailbox;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (self->mailboxes->len >= PC_LIMIT_MAILBOXES ||
      pc_account_find_mailbox (self, name) != NULL)
    return NULL;

  mailbox = pc_mailbox_new (self, name, special_use);
  g_ptr_array_add (self->mailboxes, mailbox);
  if (find_subscription (self, name) == NULL)
    g_ptr_array_add (self->subscriptions, g_strdup (name));
  pc_mail_store_touch (self->store);

  return mailbox;
}

/* -- names ---------------------------------------------------------------- */

/* Levels are not empty and not what a path would take for directions; no
 * controls, and no wildcards of LIST. */
static gboolean
is_usable (const char *name)
{
  g_auto (GStrv) levels = NULL;

  if (name[0] == '\0' || strlen (name) > PC_LIMIT_MAILBOX_NAME ||
      !g_utf8_validate (name, -1, NULL) || strpbrk (name, "%*") != NULL)
    return FALSE;
  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;

  levels = g_strsplit (name, "/", -1);
  if (g_strv_length (levels) > PC_LIMIT_MAILBOX_LEVELS)
    return FALSE;
  for (guint i = 0; levels[i] != NULL; i++)
    if (levels[i][0] == '\0' || strcmp (levels[i], ".") == 0 ||
        strcmp (levels[i], "..") == 0)
      return FALSE;

  return TRUE;
}

gboolean
pc_account_is_usable_name (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return is_usable (name);
}

/* A name used before must not come back with the old UIDs. */
guint32
pc_account_next_uid_validity (PcAccount *self)
{
  return self->uid_validity < G_MAXUINT32 ? ++self->uid_validity
                                          : self->uid_validity;
}

static gboolean
is_below (const char *name,
          const char *parent)
{
  gsize len = strlen (parent);

  return strncmp (name, parent, len) == 0 && name[len] == '/';
}

static gboolean
has_children (const PcAccount *self,
              const char      *name)
{
  for (guint i = 0; i < self->mailboxes->len; i++) {
    const PcMailbox *mailbox = g_ptr_array_index (self->mailboxes, i);

    if (is_below (mailbox->name, name))
      return TRUE;
  }

  return FALSE;
}

PcStoreStatus
pc_account_create_mailbox (PcAccount  *self,
                           const char *name)
{
  PcMailbox *mailbox;

  g_return_val_if_fail (self != NULL && name != NULL, PC_STORE_NAME);

  if (!is_usable (name))
    return PC_STORE_NAME;
  if (pc_account_find_mailbox (self, name) != NULL)
    return PC_STORE_EXISTS;
  if (self->mailboxes->len >= PC_LIMIT_MAILBOXES)
    return PC_STORE_FULL;

  mailbox = pc_mailbox_new (self, name, NULL);
  mailbox->uid_validity = pc_account_next_uid_validity (self);
  g_ptr_array_add (self->mailboxes, mailbox);
  pc_mail_store_touch (self->store);
  return PC_STORE_OK;
}

PcStoreStatus
pc_account_delete_mailbox (PcAccount  *self,
                           const char *name,
                           guint       origin)
{
  PcMailbox *mailbox;
  PcMessage *message;

  g_return_val_if_fail (self != NULL && name != NULL, PC_STORE_NOT_FOUND);

  mailbox = pc_account_find_mailbox (self, name);
  if (mailbox == NULL)
    return has_children (self, name) ? PC_STORE_NAME : PC_STORE_NOT_FOUND;
  if (strcmp (mailbox->name, "INBOX") == 0)
    return PC_STORE_NAME;

  /* Who has it open sees it grow empty. */
  while ((message = pc_mailbox_get_message (mailbox, 0)) != NULL)
    pc_mailbox_expunge (mailbox, message->uid, origin);
  g_ptr_array_remove (self->mailboxes, mailbox);
  pc_mail_store_touch (self->store);
  return PC_STORE_OK;
}

/* INBOX stays, empty: what was in it goes to a new mailbox (RFC 9051 section
 * 6.3.6). */
static PcStoreStatus
rename_inbox (PcAccount  *self,
              PcMailbox  *inbox,
              const char *to,
              guint       origin)
{
  PcStoreStatus status = pc_account_create_mailbox (self, to);
  PcMailbox    *mailbox;
  PcMessage    *message;

  if (status != PC_STORE_OK)
    return status;

  mailbox = pc_account_find_mailbox (self, to);
  while ((message = pc_mailbox_get_message (inbox, 0)) != NULL) {
    pc_mailbox_add (mailbox, message->content, message->flags,
                    pc_mailbox_translate_keywords (mailbox, inbox,
                                                   message->keywords),
                    message->internal_date, origin, NULL);
    pc_mailbox_expunge (inbox, message->uid, origin);
  }
  return PC_STORE_OK;
}

/* Whether every mailbox at and below @from can have its new name. */
static PcStoreStatus
check_rename (const PcAccount *self,
              const char      *from,
              const char      *to)
{
  gboolean found = FALSE;

  if (!is_usable (to) || is_below (to, from) ||
      pc_text_equal_ascii (to, strlen (to), "INBOX"))
    return pc_account_find_mailbox (self, to) != NULL ? PC_STORE_EXISTS
                                                      : PC_STORE_NAME;

  for (guint i = 0; i < self->mailboxes->len; i++) {
    const PcMailbox *mailbox = g_ptr_array_index (self->mailboxes, i);
    g_autofree char *name = NULL;

    if (strcmp (mailbox->name, from) != 0 && !is_below (mailbox->name, from))
      continue;
    found = TRUE;
    name = g_strconcat (to, mailbox->name + strlen (from), NULL);
    if (pc_account_find_mailbox (self, name) != NULL)
      return PC_STORE_EXISTS;
    if (!is_usable (name))
      return PC_STORE_NAME;
  }

  return found ? PC_STORE_OK : PC_STORE_NOT_FOUND;
}

PcStoreStatus
pc_account_rename_mailbox (PcAccount  *self,
                           const char *from,
                           const char *to,
                           guint       origin)
{
  PcMailbox    *mailbox;
  PcStoreStatus status;

  g_return_val_if_fail (self != NULL && from != NULL && to != NULL,
                        PC_STORE_NOT_FOUND);

  mailbox = pc_account_find_mailbox (self, from);
  if (mailbox != NULL && strcmp (mailbox->name, "INBOX") == 0)
    return rename_inbox (self, mailbox, to, origin);

  status = check_rename (self, from, to);
  for (guint i = 0; status == PC_STORE_OK && i < self->mailboxes->len; i++) {
    char *name;

    mailbox = g_ptr_array_index (self->mailboxes, i);
    if (strcmp (mailbox->name, from) != 0 && !is_below (mailbox->name, from))
      continue;
    name = g_strconcat (to, mailbox->name + strlen (from), NULL);
    g_free (mailbox->name);
    mailbox->name = name;
    mailbox->uid_validity = pc_account_next_uid_validity (self);
  }
  pc_mail_store_touch (self->store);
  return status;
}

/* -- subscriptions -------------------------------------------------------- */

PcStoreStatus
pc_account_subscribe (PcAccount  *self,
                      const char *name)
{
  PcMailbox *mailbox;

  g_return_val_if_fail (self != NULL && name != NULL, PC_STORE_NOT_FOUND);

  mailbox = pc_account_find_mailbox (self, name);
  if (mailbox == NULL)
    return PC_STORE_NOT_FOUND;
  if (find_subscription (self, mailbox->name) != NULL)
    return PC_STORE_OK;
  if (self->subscriptions->len >= PC_LIMIT_MAILBOXES)
    return PC_STORE_FULL;

  g_ptr_array_add (self->subscriptions, g_strdup (mailbox->name));
  return PC_STORE_OK;
}

PcStoreStatus
pc_account_unsubscribe (PcAccount  *self,
                        const char *name)
{
  const char *subscription;

  g_return_val_if_fail (self != NULL && name != NULL, PC_STORE_NOT_FOUND);

  if (pc_text_equal_ascii (name, strlen (name), "INBOX"))
    name = "INBOX";
  subscription = find_subscription (self, name);
  if (subscription == NULL)
    return PC_STORE_NOT_FOUND;

  g_ptr_array_remove (self->subscriptions, (gpointer) subscription);
  return PC_STORE_OK;
}

guint
pc_account_get_n_subscriptions (const PcAccount *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->subscriptions->len;
}

const char *
pc_account_get_subscription (const PcAccount *self,
                             guint            index)
{
  g_return_val_if_fail (self != NULL, NULL);

  return index < self->subscriptions->len
             ? g_ptr_array_index (self->subscriptions, index)
             : NULL;
}
