/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"

#include "base/limits.h"

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
  guint64      modseq;       /* the highest */
  GSequence   *messages;     /* PcMessage* */
  /* Where the last search ended, or NULL: a cache. */
  GSequenceIter *found;
  /* By the bit in PcMessage.keywords; NULL for a free one. */
  char        *keywords[PC_LIMIT_MAILBOX_KEYWORDS];
  guint        n_keyword_uses[PC_LIMIT_MAILBOX_KEYWORDS]; /* messages */
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
/* Messages with the keywords @old now have @keywords. */
void       pc_mailbox_count_keywords (PcMailbox *self,
                                      guint64    old,
                                      guint64    keywords);
void       pc_account_free (gpointer data);
/* A validity that no mailbox of the account has had. */
guint32    pc_account_next_uid_validity (PcAccount *self);
/* Something changed in the account that is in no mailbox's log. */
void       pc_mail_store_touch (PcMailStore *self);

G_END_DECLS
