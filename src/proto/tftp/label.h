/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/unit.h"
#include "proto/tftp/packet.h"

G_BEGIN_DECLS

/* Labels all octets of @unit, which @packet was read from. */
void  pc_tftp_label (PcUnit             *unit,
                     PcTftpParsed        parsed,
                     const PcTftpPacket *packet);
/* The line for a packet that could be read: "DATA 1 (512 bytes)".
 * Transfer full. */
char *pc_tftp_summarise (const PcTftpPacket *packet,
                         gboolean            stranger);

G_END_DECLS
