/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"

G_BEGIN_DECLS

/* The default world: accounts alex and robin at example.test, password
 * portcall, with mailboxes INBOX, Sent, Drafts, Trash.  alex's INBOX has five
 * letters: UID 1 is long (about 2 KiB), 2 short, 3 has encoded words and a
 * body in UTF-8, 4 has lines that begin with a dot, 5 is the newest; 3 and 4
 * were not read yet, nor was 5, which is flagged.  robin has two.
 * @now (µs since 1970 UTC) dates it: the same @now makes the same octets. */
PcMailStore *pc_world_new_default (gint64 now);

G_END_DECLS
