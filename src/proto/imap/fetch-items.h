/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/syntax.h"

#include "mail/message.h"

G_BEGIN_DECLS

/* What a FETCH asks for. */

typedef enum {
  PC_IMAP_ITEM_UID,
  PC_IMAP_ITEM_FLAGS,
  PC_IMAP_ITEM_DATE,
  PC_IMAP_ITEM_SIZE,
  PC_IMAP_ITEM_ENVELOPE,
  PC_IMAP_ITEM_BODY, /* the structure in short */
  PC_IMAP_ITEM_BODYSTRUCTURE,
  PC_IMAP_ITEM_SECTION, /* BODY[...] and the three RFC822 ones */
  PC_IMAP_ITEM_MODSEQ,  /* RFC 7162 */
  PC_IMAP_ITEM_BINARY_SIZE, /* BINARY.SIZE[...] (RFC 3516) */
} PcImapItemKind;

typedef enum {
  PC_IMAP_SECTION_WHOLE,
  PC_IMAP_SECTION_HEADER,
  PC_IMAP_SECTION_FIELDS,
  PC_IMAP_SECTION_FIELDS_NOT,
  PC_IMAP_SECTION_TEXT,
  PC_IMAP_SECTION_MIME, /* the header of a part */
} PcImapSection;

typedef struct
{
  PcImapItemKind kind;
  /* the rest for sections only */
  PcImapSection section;
  guint32      *numbers; /* of the part, "1.2"; NULL for the message */
  guint         n_numbers;
  gboolean      binary;  /* without its transfer encoding (RFC 3516) */
  gboolean      peek;    /* does not set \Seen */
  char        **fields;  /* of FIELDS and FIELDS_NOT */
  gboolean      partial;
  guint32       offset;
  guint32       count;
  char         *name;    /* as the reply is to call it, partial included */
} PcImapItem;

/* Reads items: one, a list in parentheses, or a macro.  FALSE when they are
 * none.  @items is transfer full: PcImapItem elements. */
gboolean pc_imap_read_items (PcImapCursor *cursor,
                             GArray      **items);
/* Whether the octets are in a transfer encoding that BINARY cannot take
 * off. */
gboolean pc_imap_item_is_unknown (const PcImapItem *item,
                                  GBytes           *content,
                                  const PcPart     *structure);
/* Whether pc_imap_item_extract () will ask for the structure. */
gboolean pc_imap_item_needs_structure (const PcImapItem *item);
/* The octets of @content that @item, a section, asks for; NULL when there is
 * no such part, or it cannot be decoded.  @structure may be NULL when it is
 * not needed.  Transfer full. */
GBytes  *pc_imap_item_extract (const PcImapItem *item,
                               GBytes           *content,
                               const PcPart     *structure);

G_END_DECLS
