/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/console-packet.h"

G_BEGIN_DECLS

/* Between console-packet.c, which has the fields and the octets, and
 * console-packet-text.c, which writes a packet as one line. */

typedef struct
{
  char *name;
  char *value;
  char *ids[2]; /* "option-1", "value-1" */
} PcPacketOption;

struct _PcPacket
{
  guint      opcode;
  char      *file;
  char      *mode;
  char      *block;
  char      *code;
  char      *message;
  char      *data;
  char      *number;   /* the opcode as text */
  GPtrArray *options;  /* PcPacketOption */
  GArray    *fields;   /* PcPacketField, made when they are asked for */
};

void        pc_packet_set_opcode (PcPacket *self,
                                  guint     opcode);
/* "RRQ"; NULL for an opcode that has no name. */
const char *pc_packet_get_name (const PcPacket *self);
/* As it stands in the field: text, or "hex:" and digits.  Transfer full. */
char       *pc_packet_write_data (const guint8 *data,
                                  gsize         len);

G_END_DECLS
