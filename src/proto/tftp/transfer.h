/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/engine.h"
#include "proto/tftp/netascii.h"
#include "proto/tftp/options.h"
#include "proto/tftp/packet.h"

G_BEGIN_DECLS

/* Blocks and acknowledgements: what both ends do once it is known who sends.
 * Packets go out as datagrams of @engine to @port.  Blocks are counted without
 * end here and go round to 0 after 65535 on the wire.
 *
 * The sender keeps at most @window packets in flight.  What is in flight is
 * sent again when its time has come, each time after twice the wait up to a
 * bound (RFC 1123 section 4.2.3.2), and never for a repeated ACK (4.2.3.1);
 * but a window with a gap begins anew at the gap (RFC 7440 section 4).  The
 * receiver has no such timer: it only gives up. */

typedef enum {
  PC_TFTP_IGNORED, /* old, or not ours to mind; nothing was done */
  PC_TFTP_AGAIN,   /* something was sent once more; no progress */
  PC_TFTP_MORE,    /* the transfer went on */
  PC_TFTP_WHOLE,   /* that was the last of it */
  PC_TFTP_ILLEGAL, /* cannot be explained by delay or duplication */
} PcTftpProgress;

typedef enum {
  PC_TFTP_TIMER_QUIET, /* not yet, or sent again */
  PC_TFTP_TIMER_OVER,  /* waited long enough: the peer is gone, or satisfied */
} PcTftpTimer;

#define PC_TFTP_ROUNDS 64 /* remembered; older ones are long answered */

typedef struct
{
  PcEngine *engine;     /* not owned */
  guint     port;       /* the peer's TID */
  gsize     block_size;
  guint     window;
  gint64    timeout;    /* the first wait before anything is measured, µs */
  gboolean  fixed;      /* and after: somebody chose it */
  gboolean  old_acks;   /* the rule before RFC 1123 */
  gboolean  heard;      /* the peer acknowledged something */

  struct
  {
    gint64   deadline;
    gint64   wait;
    guint    count;  /* of resends */
    gboolean lossy;  /* a resend helped: packets get lost, the peer is there */
    /* The time from a packet to its ACK, as RFC 6298. */
    gboolean known;
    gint64   smooth;
    gint64   spread;
    gint64   begun;  /* when what is in flight left first */
    gboolean clean;  /* and it was not sent again (Karn) */
    gint64   doubt;  /* may be one: which sending was answered? -1: none */
  } timer;

  struct
  {
    gboolean      begun;
    GBytes       *content; /* octets to send, from offset on, */
    gsize         offset;
    GBytes       *next;    /* and from here on */
    gboolean      whole;   /* there are no more */
    gboolean      netascii;
    gboolean      ended;     /* the short block was made */
    PcTftpEncoder encoder;
    guint64       base;      /* the oldest block in flight */
    GQueue        in_flight; /* GBytes*, packets base, base + 1, … */
    /* The last block of each run that left; a receiver answers each once. */
    guint64       rounds[PC_TFTP_ROUNDS];
    guint         n_rounds;
    gboolean      anew;      /* what leaves next is a run of its own */
    gboolean      restarted; /* for an ACK, since base is what it is */
    gint64        restarted_at; /* the last time; 0 never */
  } send;

  struct
  {
    gboolean      netascii;
    gboolean      ended;
    guint64       expected; /* the block to come */
    guint64       acked;    /* the window begins after it */
    guint64       last;     /* the newest that came, wanted or not */
    guint64       highest;
    gboolean      due;      /* the block in hand ends the window */
    gboolean      replay;   /* the sender has begun again */
    gboolean      told;     /* of the gap that it left this time */
    gboolean      repeats;  /* blocks came twice: our ACKs get lost */
    PcTftpDecoder decoder;
  } receive;
} PcTftpTransfer;

/* @timeout 0: one second, and later what the peer's answers suggest. */
void           pc_tftp_transfer_init (PcTftpTransfer *self,
                                      PcEngine       *engine,
                                      gint64          timeout);
void           pc_tftp_transfer_clear (PcTftpTransfer *self);
/* Both ends agreed on @terms; before anything is sent or received. */
void           pc_tftp_transfer_agree (PcTftpTransfer    *self,
                                       const PcTftpTerms *terms);

/* A packet that waits for no answer. */
void           pc_tftp_transfer_push_error (PcTftpTransfer *self,
                                            guint           port,
                                            PcTftpErrorCode code,
                                            const char     *message);
/* Sends @packet in place of block 0, and again until it is answered: the
 * request of a client, the OACK of a server. */
void           pc_tftp_transfer_open (PcTftpTransfer   *self,
                                      gint64            now,
                                      const GByteArray *packet);

/* From here on @content goes out; NULL: what pc_tftp_transfer_supply () gives.
 * Block 1 leaves at once, or with the ACK of what was opened. */
void           pc_tftp_transfer_send (PcTftpTransfer *self,
                                      gint64          now,
                                      GBytes         *content,
                                      gboolean        netascii);
/* How many octets of content are to be supplied before the next block can be
 * made; 0 when there is enough, or no hurry. */
gsize          pc_tftp_transfer_get_wanted (const PcTftpTransfer *self);
/* The next piece; shorter than wanted only at the end of the file. */
void           pc_tftp_transfer_supply (PcTftpTransfer *self,
                                        gint64          now,
                                        GBytes         *piece);
PcTftpProgress pc_tftp_transfer_take_ack (PcTftpTransfer *self,
                                          gint64          now,
                                          guint16         block);

/* From here on blocks come in; what was opened is answered. */
void           pc_tftp_transfer_receive (PcTftpTransfer *self,
                                         gint64          now,
                                         gboolean        netascii);
/* On MORE and WHOLE the octets of the file were appended to @out, and the
 * block waits for pc_tftp_transfer_go_on (). */
PcTftpProgress pc_tftp_transfer_take_data (PcTftpTransfer     *self,
                                           gint64              now,
                                           const PcTftpPacket *packet,
                                           GByteArray         *out);
/* The block in hand is safe: acknowledges it if it is the last of a window or
 * of the file.  Returns whether it did. */
gboolean       pc_tftp_transfer_go_on (PcTftpTransfer *self,
                                       gint64          now);
/* Acknowledges the last block that came; block 0 before any. */
void           pc_tftp_transfer_acknowledge (PcTftpTransfer *self,
                                             gint64          now);

/* PC_ENGINE_NEVER when nothing is awaited. */
gint64         pc_tftp_transfer_get_deadline (const PcTftpTransfer *self);
PcTftpTimer    pc_tftp_transfer_wake (PcTftpTransfer *self,
                                      gint64          now);

G_END_DECLS
