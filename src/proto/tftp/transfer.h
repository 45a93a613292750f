/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/engine.h"
#include "proto/tftp/netascii.h"
#include "proto/tftp/packet.h"

G_BEGIN_DECLS

/* Blocks and acknowledgements: what both ends do once it is known who sends.
 * Packets go out as datagrams of @engine to @port.  Blocks are counted without
 * end here and go round to 0 after 65535 on the wire.
 *
 * The sender keeps at most @window packets in flight.  What is in flight is
 * sent again when its time has come, each time after twice the wait (RFC 1123
 * section 4.2.3.2), and never for a repeated ACK (4.2.3.1).  The receiver has
 * no such timer: it only gives up. */

typedef enum {
  PC_TFTP_IGNORED, /* old, or not ours to mind; nothing was done */
  PC_TFTP_AGAIN,   /* a repeated block: acknowledged once more */
  PC_TFTP_MORE,    /* the transfer went on */
  PC_TFTP_WHOLE,   /* that was the last of it */
  PC_TFTP_ILLEGAL, /* cannot be explained by delay or duplication */
} PcTftpProgress;

typedef enum {
  PC_TFTP_TIMER_QUIET, /* not yet, or sent again */
  PC_TFTP_TIMER_OVER,  /* waited long enough: the peer is gone, or satisfied */
} PcTftpTimer;

typedef struct
{
  PcEngine *engine;     /* not owned */
  guint     port;       /* the peer's TID */
  gsize     block_size;
  guint     window;
  gint64    timeout;    /* the first wait, µs */

  struct
  {
    gint64 deadline;
    gint64 wait;
    guint  count; /* of resends */
  } timer;

  struct
  {
    GBytes       *content;
    gsize         offset;
    gboolean      netascii;
    gboolean      ended;     /* the short block was made */
    PcTftpEncoder encoder;
    guint64       base;      /* the oldest block in flight */
    GQueue        in_flight; /* GBytes*, packets base, base + 1, … */
  } send;

  struct
  {
    gboolean      netascii;
    gboolean      ended;
    guint64       expected; /* the block to come */
    PcTftpDecoder decoder;
  } receive;
} PcTftpTransfer;

/* @timeout 0: the default of one second. */
void           pc_tftp_transfer_init (PcTftpTransfer *self,
                                      PcEngine       *engine,
                                      gint64          timeout);
void           pc_tftp_transfer_clear (PcTftpTransfer *self);

/* A packet that waits for no answer: ACK, ERROR. */
void           pc_tftp_transfer_push (PcTftpTransfer   *self,
                                      guint             port,
                                      const GByteArray *packet);
void           pc_tftp_transfer_push_error (PcTftpTransfer *self,
                                            guint           port,
                                            PcTftpErrorCode code,
                                            const char     *message);
/* Sends @packet in place of block 0, and again until it is answered: the
 * request of a client. */
void           pc_tftp_transfer_open (PcTftpTransfer   *self,
                                      gint64            now,
                                      const GByteArray *packet);

/* From here on @content goes out.  Block 1 leaves at once, or with the ACK of
 * what was opened. */
void           pc_tftp_transfer_send (PcTftpTransfer *self,
                                      gint64          now,
                                      GBytes         *content,
                                      gboolean        netascii);
PcTftpProgress pc_tftp_transfer_take_ack (PcTftpTransfer *self,
                                          gint64          now,
                                          guint16         block);

/* From here on blocks come in; what was opened is answered. */
void           pc_tftp_transfer_receive (PcTftpTransfer *self,
                                         gint64          now,
                                         gboolean        netascii);
/* On MORE and WHOLE the octets of the file were appended to @out, and the
 * block waits for pc_tftp_transfer_acknowledge (). */
PcTftpProgress pc_tftp_transfer_take_data (PcTftpTransfer     *self,
                                           gint64              now,
                                           const PcTftpPacket *packet,
                                           GByteArray         *out);
/* Acknowledges the last block that came; block 0 before any. */
void           pc_tftp_transfer_acknowledge (PcTftpTransfer *self,
                                             gint64          now);

/* PC_ENGINE_NEVER when nothing is awaited. */
gint64         pc_tftp_transfer_get_deadline (const PcTftpTransfer *self);
PcTftpTimer    pc_tftp_transfer_wake (PcTftpTransfer *self,
                                      gint64          now);

G_END_DECLS
