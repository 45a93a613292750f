/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/syntax.h"

#include "mail/store.h"

G_BEGIN_DECLS

/* Flags as a command names them: those of the system, and keywords. */
typedef struct
{
  PcFlags    flags;
  GPtrArray *keywords; /* char*, ends with NULL; NULL for none */
} PcImapMarks;

/* flag-list, or flags without the parentheses.  FALSE when one is unknown, or
 * \Recent, which is not for clients to set.  @marks is to be cleared either
 * way. */
gboolean pc_imap_read_marks (PcImapCursor *args,
                             PcImapMarks  *marks);
void     pc_imap_marks_clear (PcImapMarks *self);
/* The keywords' bits in @mailbox; FALSE when they do not all fit there. */
gboolean pc_imap_marks_make (const PcImapMarks *self,
                             PcMailbox         *mailbox,
                             guint64           *keywords);
/* The bits of those that a message there has. */
guint64  pc_imap_marks_find (const PcImapMarks *self,
                             const PcMailbox   *mailbox);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PcImapMarks, pc_imap_marks_clear)

G_END_DECLS
