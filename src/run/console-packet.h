/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/unit.h"

G_BEGIN_DECLS

/* A TFTP packet that somebody builds field by field: right or wrong, it can be
 * looked at and sent.  RFC 1350 section 5, RFC 2347. */
typedef struct _PcPacket PcPacket;

typedef enum {
  PC_PACKET_CHOICE, /* one of some numbers with names: opcode, error code */
  PC_PACKET_NUMBER, /* 0 to 65535 */
  PC_PACKET_TEXT,   /* a string; the octet 0 that ends it is added */
  PC_PACKET_DATA,   /* text, or octets in hexadecimal behind "hex:" */
} PcPacketFieldKind;

typedef struct
{
  const char       *id;      /* "opcode", "block", "file", "option-1" … */
  const char       *label;   /* translated */
  const char       *meaning; /* translated: what it is for */
  PcPacketFieldKind kind;
  const char       *value;   /* as it was set */
  const char       *problem; /* translated, why it is wrong; NULL: it is not */
} PcPacketField;

typedef struct
{
  guint       number;
  const char *name;    /* "RRQ", "File not found" */
  const char *meaning; /* translated; or NULL */
} PcPacketChoice;

/* A read request for nothing yet. */
PcPacket   *pc_packet_new (void);
PcPacket   *pc_packet_copy (const PcPacket *self);
void        pc_packet_free (PcPacket *self);
/* As in "RRQ boot.cfg octet blksize=1024", "DATA 1 text", "DATA 2 hex:0d0a",
 * "ACK 1", "ERROR 1 no such file", "OACK blksize=1024"; NULL with @error: a
 * sentence.  Transfer full. */
PcPacket   *pc_packet_parse (const char *text,
                             GError    **error);
/* What came off the wire; NULL when it cannot be written so that the same
 * octets come of it.  Transfer full. */
PcPacket   *pc_packet_read (const guint8 *octets,
                            gsize         len);
/* As pc_packet_parse () takes it.  Transfer full. */
char       *pc_packet_to_string (const PcPacket *self);
guint       pc_packet_get_opcode (const PcPacket *self);
/* The fields of this kind of packet, in the order of the wire.  Valid until
 * the packet is changed. */
guint       pc_packet_get_n_fields (const PcPacket *self);
const PcPacketField *pc_packet_get_field (PcPacket *self,
                                          guint     index);
/* FALSE when there is no such field now.  "opcode" changes which ones there
 * are; what was in the others is kept.  Anything may be set, also wrong. */
gboolean    pc_packet_set (PcPacket   *self,
                           const char *id,
                           const char *value);
/* Options (RRQ, WRQ, OACK): each has the fields "option-N" and "value-N", N
 * from 1 on.  FALSE past PC_LIMIT_PACKET_OPTIONS. */
gboolean    pc_packet_add_option (PcPacket   *self,
                                  const char *name,
                                  const char *value);
void        pc_packet_remove_option (PcPacket *self,
                                     guint     n);
guint       pc_packet_get_n_options (const PcPacket *self);
/* For fields of kind CHOICE: ends with a NULL name.  NULL for others. */
const PcPacketChoice *pc_packet_get_choices (const PcPacket *self,
                                             const char     *id);
/* Names of options that there are, NULL-terminated. */
const char *const *pc_packet_get_option_names (void);
/* The octets as they go out; what cannot be written (a block number that is
 * none) goes out as 0.  Transfer full. */
GBytes     *pc_packet_to_bytes (const PcPacket *self);
/* The same with labelled fields, as the other end will see it.  Transfer
 * full. */
PcUnit     *pc_packet_label (const PcPacket *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcPacket, pc_packet_free)

G_END_DECLS
