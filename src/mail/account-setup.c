/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to accounts from outside: who runs a server gives them room.
 *
 * RFC 9208 section 5.1.
 */

#include "mail/account.h"

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
