/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"

G_BEGIN_DECLS

/* Flags that people and programs make up: "work", "$Forwarded" (RFC 9051
 * section 2.3.2).  A mailbox gives each of them a bit as long as a message has
 * it.  Upper and lower case are the same; the first spelling stays. */

/* The bits of @names, ended by NULL, new ones made.  A bit that no message gets
 * is free again at the next call.  OK, or FULL when one is too long or there
 * is no bit left; then nothing is made. */
PcStoreStatus pc_mailbox_make_keywords (PcMailbox         *self,
                                        const char *const *names,
                                        guint64           *keywords);
/* The bits of those of @names that a message has. */
guint64       pc_mailbox_find_keywords (const PcMailbox   *self,
                                        const char *const *names);
/* The bits in @self of the keywords that are @keywords in @from; what finds no
 * bit any more is left out. */
guint64       pc_mailbox_translate_keywords (PcMailbox       *self,
                                             const PcMailbox *from,
                                             guint64          keywords);
/* Those that a message has. */
guint64       pc_mailbox_get_keywords (const PcMailbox *self);
/* What bit @index, below PC_LIMIT_MAILBOX_KEYWORDS, stands for; NULL when no
 * message has it. */
const char   *pc_mailbox_get_keyword (const PcMailbox *self,
                                      guint            index);

G_END_DECLS
