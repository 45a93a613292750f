/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/observer.h"
#include "proto/tftp/packet.h"
#include "proto/tftp/rules.h"

G_BEGIN_DECLS

/* Which block a DATA or an ACK is about, and whether it was there before.
 * Blocks are counted from 1 without end; the wire shows the lower 16 bits.
 * Nothing grows: what was sent is known by two numbers. */

typedef struct
{
  gsize    block_size;
  guint    window;    /* blocks before an ACK; 1: lock step */
  guint64  newest;    /* the highest block sent; 0 before any */
  guint64  last_sent; /* the one that was sent last: lower after a restart */
  guint64  acked;     /* the highest acknowledged */
  gboolean ended;     /* newest is the last block of the file */
  gboolean asked;     /* an ACK told of a gap: acked + 1 is wanted again */
  gboolean ahead;     /* a block beyond a gap came by since the last ACK */
  gboolean sent;      /* DATA since the last ACK */
  /* In lock step: for each ACK an old sender sends the next block once. */
  guint    n_copies;      /* of block newest */
  guint    n_acks;        /* of block acked */
  guint    n_acks_before; /* of the block before that one */
  gboolean old;           /* the sender was seen to do so */
} PcTftpBlocks;

void       pc_tftp_blocks_init (PcTftpBlocks *self);
/* The rule of a DATA packet; @block is set to its number in the file, or to
 * what the packet says when it is none of this file. */
PcTftpRule pc_tftp_blocks_see_data (PcTftpBlocks       *self,
                                    const PcTftpPacket *packet,
                                    PcObserverTimer     timer,
                                    guint64            *block);
/* The same for an ACK, once a block was sent. */
PcTftpRule pc_tftp_blocks_see_ack (PcTftpBlocks   *self,
                                   guint16         number,
                                   PcObserverTimer timer,
                                   guint64        *block);
/* Block 0 is acknowledged once more before any block was sent. */
PcTftpRule pc_tftp_blocks_see_zero_again (PcTftpBlocks   *self,
                                          PcObserverTimer timer);
/* The last block was acknowledged. */
gboolean   pc_tftp_blocks_are_whole (const PcTftpBlocks *self);

G_END_DECLS
