/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"

G_BEGIN_DECLS

/* The maildrop of one session: INBOX as it was at login, with numbers that
 * stay (RFC 1939 section 4), and the marks of DELE.  Zeroed it is closed. */

typedef struct
{
  guint32  uid;
  GBytes  *content; /* kept, even if another session expunges it */
  guint64  size;    /* octets that RETR sends, but for stuffing */
  gboolean deleted; /* marked */
} PcPop3Entry;

typedef struct
{
  PcAccount *account; /* not owned; NULL when closed */
  PcMailbox *mailbox;
  GArray    *entries; /* PcPop3Entry; number n is at n - 1 */
  guint      n_left;  /* without the marked ones */
  guint64    octets_left;
} PcPop3Maildrop;

/* PC_STORE_LOCKED while another session has it. The store must outlive
 * @self. */
PcStoreStatus pc_pop3_maildrop_open (PcPop3Maildrop *self,
                                     PcAccount      *account);
/* Unlocks; deletes nothing.  Harmless when closed. */
void          pc_pop3_maildrop_close (PcPop3Maildrop *self);

/* NULL when there never was such a number; look at `deleted` as well. */
PcPop3Entry  *pc_pop3_maildrop_get (const PcPop3Maildrop *self,
                                    guint32               number);
/* A line of LIST or of UIDL: "2 512", or with @permanent "2 7.31".  There must
 * be such a number.  Transfer full. */
char         *pc_pop3_maildrop_describe (const PcPop3Maildrop *self,
                                         guint32               number,
                                         gboolean              permanent);
void          pc_pop3_maildrop_mark (PcPop3Maildrop *self,
                                     PcPop3Entry    *entry);
void          pc_pop3_maildrop_unmark_all (PcPop3Maildrop *self);
/* UPDATE (RFC 1939 section 6): removes what is marked. */
void          pc_pop3_maildrop_update (PcPop3Maildrop *self,
                                       guint           session);

G_END_DECLS
