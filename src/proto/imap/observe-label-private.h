/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/syntax.h"

#include "proto/common/unit.h"

G_BEGIN_DECLS

/* Between the labelling of commands and that of responses.  The cursor always
 * stands where the last field ended. */

typedef struct
{
  PcUnit      *unit;
  PcImapCursor at;
} PcImapLabeller;

PcImapLabeller pc_imap_labeller (PcUnit *unit);
void           pc_imap_put (PcImapLabeller *self,
                            gsize           len,
                            const char     *label,
                            const char     *meaning);
gboolean       pc_imap_put_space (PcImapLabeller *self);
void           pc_imap_put_tag (PcImapLabeller *self);
/* "{12}" and its line end.  @size: the octets of the literal that are there. */
gboolean       pc_imap_put_literal_header (PcImapLabeller *self,
                                           guint64        *size);
/* The next thing of a list: parenthesis, space, word, string. FALSE at a line
 * end that is not a literal's. */
gboolean       pc_imap_put_token (PcImapLabeller *self,
                                  const char     *label,
                                  const char     *meaning);
/* A whole message of @len octets, in its three parts. */
void           pc_imap_put_message (PcImapLabeller *self,
                                    gsize           len);
/* Up to a space or the line end. */
gsize          pc_imap_word_length (const PcImapLabeller *self);
/* A word, a quoted string or a literal, under one label.  A secret with an
 * unquoted space in it, which is a mistake, is still one. */
void           pc_imap_put_string (PcImapLabeller *self,
                                   const char     *label,
                                   const char     *meaning,
                                   gboolean        secret);

/* observe-extension.c: parts of commands and responses, from the cursor on. */
void           pc_imap_put_authenticate (PcImapLabeller *self);
/* Nothing when there is no RETURN. */
void           pc_imap_put_search_return (PcImapLabeller *self);
void           pc_imap_put_list_selection (PcImapLabeller *self);
void           pc_imap_put_list_return (PcImapLabeller *self);
void           pc_imap_put_esearch (PcImapLabeller *self);

/* What the capability at the cursor says, also to an onlooker, or NULL. */
const char    *pc_imap_capability_meaning (const PcImapLabeller *self);
/* What the FETCH or STATUS item or the flag at the cursor is for, or NULL. */
const char    *pc_imap_item_meaning (const PcImapLabeller *self);

G_END_DECLS
