/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/rules.h"

G_BEGIN_DECLS

/* The names of rules are static. */

/* @data is a command from its tag on, or the beginning of one. */
const char *pc_imap_rule_of_command (PcImapVerb    verb,
                                     const guint8 *data,
                                     gsize         len);
/* Of a tagged reply to @verb; the cursor stands behind "OK", or "NO". */
const char *pc_imap_rule_of_success (PcImapCursor at,
                                     PcImapVerb   verb);
const char *pc_imap_rule_of_refusal (PcImapCursor at,
                                     PcImapVerb   verb);
/* "* OK [UIDNEXT 4] ..."; the cursor stands behind "OK". */
PcImapRule  pc_imap_rule_of_code (PcImapCursor at);

G_END_DECLS
