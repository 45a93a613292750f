/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/syntax.h"

G_BEGIN_DECLS

/* What a LIST asks for (RFC 3501, RFC 5258, RFC 5819, RFC 6154). */
typedef struct
{
  gboolean   utf8;     /* names are, on the wire */
  gboolean   extended; /* by any of the forms of RFC 5258 */
  char      *reference;
  GPtrArray *patterns; /* char*, with the reference, in UTF-8 */
  gboolean   only_separator; /* LIST "" "" */
  /* selection options */
  gboolean subscribed;
  gboolean special;
  gboolean recursive;
  gboolean remote; /* all there is here is local */
  /* return options */
  gboolean     tell_subscribed;
  gboolean     tell_status;
  PcImapCursor status; /* stands at the "(" of its items */
} PcImapListOptions;

/* Everything behind "LIST".  FALSE when it is wrong, or an option is not
 * known; what stands behind STATUS is only stepped over. */
gboolean pc_imap_read_list (PcImapCursor      *cursor,
                            PcImapListOptions *options);
void     pc_imap_list_options_clear (PcImapListOptions *self);
/* Whether one of the patterns fits; INBOX in any case. */
gboolean pc_imap_list_matches (const PcImapListOptions *self,
                               const char              *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PcImapListOptions,
                                  pc_imap_list_options_clear)

G_END_DECLS
