/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ethernet frames with IPv4 and TCP or UDP in them, as a capture has them.
 * Addresses are made up: host 0, 1, 2 … is 192.0.2.1, 192.0.2.2 … of the
 * networks that RFC 5737 keeps for examples, at 02:00:c0:00:02:01 and so on:
 * locally administered, and nobody's. */

#define PC_FRAME_MSS 1460       /* octets of TCP in a frame of 1500 */
#define PC_FRAME_MAX_UDP 65507  /* octets of UDP in a packet of 65535 */
#define PC_FRAME_MAX_HOSTS (3 * 254)

typedef enum {
  PC_TCP_FIN = 1 << 0,
  PC_TCP_SYN = 1 << 1,
  PC_TCP_RST = 1 << 2,
  PC_TCP_PSH = 1 << 3,
  PC_TCP_ACK = 1 << 4,
} PcTcpFlags;

typedef struct
{
  guint from; /* hosts; those past PC_FRAME_MAX_HOSTS share the last one */
  guint to;
  guint from_port;
  guint to_port;
  guint id; /* of the packet among those of its sender */
} PcFramePath;

/* Of IPv4, as a number: 0xc0000201 for host 0. */
guint32 pc_frame_get_address (guint host);
/* At most PC_FRAME_MAX_UDP octets; what goes past them is left out. */
void    pc_frame_append_udp (GByteArray        *frame,
                             const PcFramePath *path,
                             const guint8      *data,
                             gsize              len);
/* At most PC_FRAME_MSS octets.  A SYN has the usual options. */
void    pc_frame_append_tcp (GByteArray        *frame,
                             const PcFramePath *path,
                             PcTcpFlags         flags,
                             guint32            seq,
                             guint32            ack,
                             const guint8      *data,
                             gsize              len);

G_END_DECLS
