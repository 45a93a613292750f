/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"

G_BEGIN_DECLS

/* The default world: accounts alex and robin at example.test, password
 * portcall, with believable mail in alex's INBOX (at least three messages,
 * one of them with a line that begins with a dot) and mailboxes Sent, Drafts,
 * Trash.  @now dates it: the messages arrived in the days before. */
PcMailStore *pc_world_new_default (gint64 now);

G_END_DECLS
