/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* An IMAP client's end of one conversation.  Its actions are in verbs.c; what
 * it fetches comes as PC_EVENT_ITEM, "INBOX 2 BODY[HEADER]". */
PcEngine *pc_imap_client_new (const PcClientConfig *config);

G_END_DECLS
