/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/syntax.h"

#include "mail/store.h"

G_BEGIN_DECLS

/* What a SEARCH asks for: a tree of keys. */

typedef enum {
  PC_IMAP_KEY_AND, /* all of children; none of them is ALL */
  PC_IMAP_KEY_OR,  /* one of two */
  PC_IMAP_KEY_NOT, /* not the one child */
  PC_IMAP_KEY_NUMBERS,
  PC_IMAP_KEY_UIDS,
  PC_IMAP_KEY_SAVED, /* "$" (RFC 5182) */
  PC_IMAP_KEY_FLAG,    /* flags is set */
  PC_IMAP_KEY_KEYWORD, /* has the keyword name */
  PC_IMAP_KEY_MODSEQ,  /* changed since: number or more (RFC 7162) */
  PC_IMAP_KEY_RECENT,
  PC_IMAP_KEY_BEFORE, /* arrived; by day */
  PC_IMAP_KEY_ON,
  PC_IMAP_KEY_SINCE,
  PC_IMAP_KEY_SENT_BEFORE, /* by the Date field */
  PC_IMAP_KEY_SENT_ON,
  PC_IMAP_KEY_SENT_SINCE,
  PC_IMAP_KEY_LARGER,
  PC_IMAP_KEY_SMALLER,
  PC_IMAP_KEY_HEADER, /* name and text; From, To and the like as well */
  PC_IMAP_KEY_BODY,
  PC_IMAP_KEY_TEXT,
} PcImapKeyKind;

typedef struct
{
  PcImapKeyKind kind;
  PcFlags       flags;
  guint64       number;   /* octets; or the day, counted as GDate does */
  char         *name;     /* of a header field, or a keyword */
  char         *text;     /* to look for: UTF-8, case folded */
  GArray       *ranges;   /* PcImapRange, not resolved yet */
  GPtrArray    *children; /* PcImapKey */
} PcImapKey;

typedef enum {
  PC_IMAP_SEARCH_DONE,
  PC_IMAP_SEARCH_BAD,
  PC_IMAP_SEARCH_CHARSET, /* well formed, but in a charset we do not know */
  PC_IMAP_SEARCH_LIMIT,   /* too many keys, or too deep */
} PcImapSearchResult;

/* Everything behind "SEARCH ".  @key out, transfer full, when DONE. */
PcImapSearchResult pc_imap_read_search (PcImapCursor *cursor,
                                        PcImapKey   **key);
void               pc_imap_key_free (PcImapKey *self);
/* Whether a key of @kind is in the tree. */
gboolean           pc_imap_key_contains (const PcImapKey *self,
                                         PcImapKeyKind    kind);
/* Puts the last number and UID for every "*" in the sets below. */
void               pc_imap_key_resolve (PcImapKey *self,
                                        guint32    last_number,
                                        guint32    last_uid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcImapKey, pc_imap_key_free)

G_END_DECLS
