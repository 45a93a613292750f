/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/syntax.h"

G_BEGIN_DECLS

/* What a FETCH asks for. */

typedef enum {
  PC_IMAP_ITEM_UID,
  PC_IMAP_ITEM_FLAGS,
  PC_IMAP_ITEM_DATE,
  PC_IMAP_ITEM_SIZE,
  PC_IMAP_ITEM_ENVELOPE,
  PC_IMAP_ITEM_SECTION, /* BODY[...] and the three RFC822 ones */
} PcImapItemKind;

typedef enum {
  PC_IMAP_SECTION_WHOLE,
  PC_IMAP_SECTION_HEADER,
  PC_IMAP_SECTION_FIELDS,
  PC_IMAP_SECTION_FIELDS_NOT,
  PC_IMAP_SECTION_TEXT,
} PcImapSection;

typedef struct
{
  PcImapItemKind kind;
  /* the rest for sections only */
  PcImapSection section;
  gboolean      peek;    /* does not set \Seen */
  char        **fields;  /* of FIELDS and FIELDS_NOT */
  gboolean      partial;
  guint32       offset;
  guint32       count;
  char         *name;    /* as the reply is to call it, partial included */
} PcImapItem;

typedef enum {
  PC_IMAP_ITEMS_DONE,
  PC_IMAP_ITEMS_BAD,
  PC_IMAP_ITEMS_UNKNOWN, /* well formed, but nothing we can give: MIME */
} PcImapItemsResult;

/* Reads items: one, a list in parentheses, or a macro.  On DONE @items is
 * transfer full: PcImapItem elements. */
PcImapItemsResult pc_imap_read_items (PcImapCursor *cursor,
                                      GArray      **items);
/* The octets of @content that @item asks for.  Transfer full. */
GBytes           *pc_imap_item_extract (const PcImapItem *item,
                                        GBytes           *content);

G_END_DECLS
