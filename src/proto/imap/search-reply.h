/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/syntax.h"

G_BEGIN_DECLS

/* How the answer to a SEARCH is to look (RFC 4731, RFC 5182). */
typedef struct
{
  gboolean extended; /* one ESEARCH in place of SEARCH */
  gboolean min;
  gboolean max;
  gboolean all;
  gboolean count;
  gboolean save; /* keep it as "$" */
} PcImapSearchReply;

/* ["RETURN" SP "(" [option *(SP option)] ")" SP], before everything else.
 * FALSE when an option is not known. */
gboolean pc_imap_read_search_return (PcImapCursor      *cursor,
                                     PcImapSearchReply *reply);
/* The one place where answers to SEARCH are written.  @numbers: guint32,
 * ascending; UIDs when @uid.  @modseq: 0 for none (RFC 7162 section 3.1.6).
 * Nothing when only SAVE was asked for. */
void     pc_imap_write_found (GString                 *out,
                              const PcImapSearchReply *reply,
                              const char              *tag,
                              gboolean                 uid,
                              const GArray            *numbers,
                              guint64                  modseq);
/* What "$" is to hold of @uids, all that were found (RFC 5182 section 2.4).
 * Transfer full. */
GArray  *pc_imap_search_choose_saved (const PcImapSearchReply *reply,
                                      const GArray            *uids);

G_END_DECLS
