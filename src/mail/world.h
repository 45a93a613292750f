/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"

G_BEGIN_DECLS

/* What is in a store before a world file or a scenario adds to it. */
typedef enum {
  PC_WORLD_EMPTY,  /* no accounts */
  PC_WORLD_LESSON, /* pc_world_new_default () */
  PC_WORLD_FULL,   /* pc_world_new_full () */
} PcWorldBase;

/* The lesson's world, which scenarios have: accounts alex and robin at
 * example.test, password portcall, with mailboxes INBOX, Sent, Drafts, Trash.
 * alex's INBOX has five letters: UID 1 is long (about 2 KiB), 2 short, 3 has
 * encoded words and a body in UTF-8, 4 has lines that begin with a dot, 5 is
 * the newest; 3 and 4 were not read yet, nor was 5, which is flagged.  robin
 * has two.
 * @now (µs since 1970 UTC) dates it: the same @now makes the same octets. */
PcMailStore *pc_world_new_default (gint64 now);
/* The same accounts and letters, and many more, in other mailboxes too, some
 * below others and with names beyond ASCII: attachments, multiparts, forwarded
 * and encoded mail, an invitation, threads, and in alex's Archive a message of
 * about 5 MiB, which all stores share. */
PcMailStore *pc_world_new_full (gint64 now);

G_END_DECLS
