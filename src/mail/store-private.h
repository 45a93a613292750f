/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"

G_BEGIN_DECLS

/* Between store.c and account.c. */

struct _PcMailbox
{
  guint        ref_count;
  PcMailStore *store; /* not owned */
  char        *name;
  char        *special_use;
  guint32      uid_validity;
  guint32      uid_next;
  guint64      total_size;
  GSequence   *messages;     /* PcMessage* */
  GArray      *changes;      /* PcChange; the newest ones */
  guint64      first_change; /* serial of changes[0] */
};

struct _PcAccount
{
  PcMailStore  *store; /* not owned */
  char         *user;
  char         *password;
  guint32       uid_validity; /* the highest given to a mailbox */
  guint64       quota; /* octets; 0 for no bound */
  gconstpointer locked_by; /* never looked into; NULL for nobody */
  GPtrArray    *mailboxes; /* PcMailbox* */
  GPtrArray    *subscriptions; /* char*: names */
};

PcMailbox *pc_mailbox_new (PcAccount  *account,
                           const char *name,
                           const char *special_use);
void       pc_account_free (gpointer data);
/* Something changed in the account that is in no mailbox's log. */
void       pc_mail_store_touch (PcMailStore *self);

G_END_DECLS
