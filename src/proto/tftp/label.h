/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/unit.h"
#include "proto/tftp/packet.h"
#include "proto/tftp/rules.h"

G_BEGIN_DECLS

/* A datagram, and what the observer knows of its place. */
typedef struct
{
  PcTftpParsed        parsed;
  const PcTftpPacket *packet;
  const PcTftpPacket *request;  /* that an OACK answers; or NULL */
  PcTftpRule          rule;
  guint64             block;    /* DATA, ACK: counted without going round */
  gboolean            full;     /* DATA: as long as the block size */
  gboolean            netascii;
} PcTftpSeen;

/* Labels all octets of @unit, which @seen was read from, and sees to its
 * summary: "DATA 1 (512 bytes)". */
void pc_tftp_label (PcUnit           *unit,
                    const PcTftpSeen *seen);

/* The part of it in label-options.c: the options from there on. */
void pc_tftp_label_options (PcUnit           *unit,
                            const PcTftpSeen *seen);
void pc_tftp_label_string (PcUnit             *unit,
                           const PcTftpString *string,
                           const char         *label,
                           const char         *meaning,
                           char               *value);
/* " blksize=1024 (blksize lowered from 1428; tsize left out)". */
void pc_tftp_append_options (GString          *line,
                             const PcTftpSeen *seen);
/* Safe to show.  Transfer full. */
char *pc_tftp_string_to_text (const PcTftpString *self);

G_END_DECLS
