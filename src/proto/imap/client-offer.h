/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/syntax.h"

#include "proto/common/action.h"

G_BEGIN_DECLS

/* What a server has said it can do, as far as it matters for the login.
 * Zeroed, it has said nothing. */
typedef struct
{
  gboolean known;
  gboolean starttls;
  gboolean login_disabled;
} PcImapOffer;

/* The cursor stands behind "CAPABILITY"; reads up to a "]" or the end. */
void     pc_imap_offer_read (PcImapOffer *self,
                             PcImapCursor at);
/* The cursor stands behind "OK": nothing happens unless "[CAPABILITY" is
 * next. */
void     pc_imap_offer_read_code (PcImapOffer *self,
                                  PcImapCursor at);
/* Whether the action may give a password or a mail away: in clear, a client
 * that needs TLS does not begin it.  @open: a command waits for more. */
gboolean pc_imap_is_private (const PcAction *action,
                             gboolean        open);

G_END_DECLS
