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

G_END_DECLS
