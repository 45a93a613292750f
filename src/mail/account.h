/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"

G_BEGIN_DECLS

/* What those who set up an account need, besides mail/store.h. */

/* How many octets all messages of the account may have together; 0: no bound
 * but those of base/limits.h. */
void     pc_account_set_quota (PcAccount *self,
                               guint64    octets);
guint64  pc_account_get_quota (const PcAccount *self);
/* The octets of all messages in all mailboxes. */
guint64  pc_account_get_used (const PcAccount *self);
/* Whether @size octets more stay within the quota. */
gboolean pc_account_has_room (const PcAccount *self,
                              guint64          size);

/* What pc_account_create_mailbox () would take: UTF-8, "/" between levels
 * none of which is empty, "." or "..", no controls and no wildcards. */
gboolean pc_account_is_usable_name (const char *name);

/* Before anybody has looked into @mailbox, which is one of the account's.
 * @uid_validity: 1 and more. */
void     pc_account_set_uid_validity (PcAccount *self,
                                      PcMailbox *mailbox,
                                      guint32    uid_validity);
/* The next message gets this UID, if it is above those given so far. */
void     pc_mailbox_raise_uid_next (PcMailbox *self,
                                    guint32    uid_next);

/* The mailbox comes back as from a backup: with the oldest @keep of its
 * messages, numbered from UID 1 again, and so with another UIDVALIDITY (RFC
 * 9051 section 2.3.1.1).  Who has the old one open sees it grow empty.  OK or
 * NOT_FOUND. */
PcStoreStatus pc_account_restore_mailbox (PcAccount  *self,
                                          const char *name,
                                          guint       keep);

G_END_DECLS
