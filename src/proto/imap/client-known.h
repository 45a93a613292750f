/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/syntax.h"

#include "proto/common/sasl.h"

G_BEGIN_DECLS

/* What a client has learnt of its server and of the open mailbox. */
typedef struct
{
  GPtrArray  *capabilities; /* char*; NULL: never told */
  gboolean    fresh;        /* told since it was last looked at */
  gboolean    utf8;         /* names are UTF-8: ENABLED says so */
  GArray     *uids;         /* guint32, by number less 1; 0: not known */
  gboolean    news;         /* the mailbox has changed */
  GHashTable *validities;   /* UIDVALIDITY by the mailbox's name */
  guint32     validity;     /* of the mailbox being opened; 0: not told */
} PcImapKnown;

void     pc_imap_known_init (PcImapKnown *self);
void     pc_imap_known_clear (PcImapKnown *self);
/* The login is over, or TLS has begun: all that was told is void. */
void     pc_imap_known_forget (PcImapKnown *self);
gboolean pc_imap_known_can (const PcImapKnown *self,
                            const char        *capability);
/* Told, and this was not among it. */
gboolean pc_imap_known_lacks (const PcImapKnown *self,
                              const char        *capability);
/* The strongest that both know; PLAIN when nothing was told. */
PcSaslMechanism pc_imap_known_get_mechanism (const PcImapKnown *self);
/* Behind "* " or a tag and a space: counts, EXPUNGE, UIDs, CAPABILITY, and the
 * codes of OK.  Whatever else it is is no matter. */
void     pc_imap_known_take (PcImapKnown *self,
                             PcImapCursor at);
/* A mailbox is about to be opened, or was left. */
void     pc_imap_known_deselect (PcImapKnown *self);
/* The UIDs of the messages in @set, "2:4", as a set; NULL when one of them is
 * not known.  Transfer full. */
char    *pc_imap_known_find_uids (const PcImapKnown *self,
                                  const char        *set);

G_END_DECLS
