/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to accounts from outside: who runs a server gives them room,
 * sets their UIDs up, or puts a backup back.
 *
 * RFC 9051 section 2.3.1.1, RFC 9208 section 5.1.
 */

#include "mail/account.h"

#include "mail/keywords.h"
#include "mail/store-private.h"

void
pc_account_set_quota (PcAccount *self,
                      guint64    octets)
{
  g_return_if_fail (self != NULL);

  self->quota = octets;
}

guint64
pc_account_get_quota (const PcAccount *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->quota;
}

guint64
pc_account_get_used (const PcAccount *self)
{
  guint64 used = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->mailboxes->len; i++)
    used += pc_mailbox_get_total_size (self->mailboxes->pdata[i]);

  return used;
}

gboolean
pc_account_has_room (const PcAccount *self,
                     guint64          size)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->quota == 0 ||
         (size <= self->quota &&
          pc_account_get_used (self) <= self->quota - size);
}

void
pc_account_set_uid_validity (PcAccount *self,
                             PcMailbox *mailbox,
                             guint32    uid_validity)
{
  g_return_if_fail (self != NULL && mailbox != NULL && uid_validity > 0);

  mailbox->uid_validity = uid_validity;
  self->uid_validity = MAX (self->uid_validity, uid_validity);
  pc_mail_store_touch (self->store);
}

void
pc_mailbox_raise_uid_next (PcMailbox *self,
                           guint32    uid_next)
{
  g_return_if_fail (self != NULL);

  self->uid_next = MAX (self->uid_next, uid_next);
}

static void
copy_messages (PcMailbox       *to,
               const PcMailbox *from,
               guint            n)
{
  for (guint i = 0; i < n; i++) {
    const PcMessage *message = pc_mailbox_get_message (from, i);

    pc_mailbox_add (to, message->content, message->flags,
                    pc_mailbox_translate_keywords (to, from,
                                                   message->keywords),
                    message->internal_date, 0, NULL);
  }
}

PcStoreStatus
pc_account_restore_mailbox (PcAccount  *self,
                            const char *name,
                            guint       keep)
{
  PcMailbox *old;
  PcMailbox *restored;
  PcMessage *message;
  guint      index;

  g_return_val_if_fail (self != NULL && name != NULL, PC_STORE_NOT_FOUND);

  old = pc_account_find_mailbox (self, name);
  if (old == NULL)
    return PC_STORE_NOT_FOUND;

  restored = pc_mailbox_new (self, old->name, old->special_use);
  restored->uid_validity = pc_account_next_uid_validity (self);
  copy_messages (restored, old, MIN (keep, pc_mailbox_get_n_messages (old)));
  g_ptr_array_find (self->mailboxes, old, &index);
  self->mailboxes->pdata[index] = restored;

  while ((message = pc_mailbox_get_message (old, 0)) != NULL)
    pc_mailbox_expunge (old, message->uid, 0);
  pc_mailbox_unref (old);
  pc_mail_store_touch (self->store);
  return PC_STORE_OK;
}
