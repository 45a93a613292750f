/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* An IMAP client's end of one conversation.  Its actions are in verbs.c; what
 * it fetches comes as PC_EVENT_ITEM, "INBOX 2 BODY[HEADER]". */
PcEngine *pc_imap_client_new (const PcClientConfig *config);

/* Whether @line, without its line end, ends with the count of a literal; and
 * whether its octets follow at once, or wait for a "+" (RFC 9051 section 4.3,
 * RFC 7888 section 4). */
gboolean  pc_imap_client_read_count (const char *line,
                                     gsize      *octets,
                                     gboolean   *at_once);

G_END_DECLS
