/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The receiver's half of a transfer.
 *
 * Blocks are taken in order only.  The last of a window is acknowledged, and
 * so is a gap, once, with the last block before it (RFC 7440 section 4).  A
 * sender that begins again has missed an ACK: it gets another one where it
 * stopped the time before.  A window of one is lock step: each block is its
 * window's last, and what comes too early is passed over.
 *
 * RFC 1350 sections 2 and 6, RFC 7440.
 */

#include "proto/tftp/transfer.h"

#include "proto/tftp/transfer-private.h"

#define HALF 0x8000u /* of the numbers there are */

void
pc_tftp_transfer_receive (PcTftpTransfer *self,
                          gint64          now,
                          gboolean        netascii)
{
  g_queue_clear_full (&self->send.in_flight, (GDestroyNotify)g_bytes_unref);
  self->receive.netascii = netascii;
  pc_tftp_timer_start_patient (self, now);
}

/* What block @number, counted without end, says of the sender. */
static void
note_arrival (PcTftpTransfer *self,
              guint64         number)
{
  if (number < self->receive.last)
    self->receive.told = FALSE;
  /* Not: all that goes back.  After an ACK it begins anew as it should. */
  if (number <= self->receive.last && number <= self->receive.acked)
    self->receive.replay = TRUE;

  self->receive.last = number;
  self->receive.highest = MAX (self->receive.highest, number);
}

static void
take_octets (PcTftpTransfer     *self,
             const PcTftpPacket *packet,
             GByteArray         *out)
{
  if (!self->receive.netascii) {
    if (packet->len > 0)
      g_byte_array_append (out, packet->data, (guint)packet->len);
    return;
  }

  pc_tftp_decode (&self->receive.decoder, packet->data, packet->len, out);
  if (self->receive.ended)
    pc_tftp_decode_end (&self->receive.decoder, out);
}

static PcTftpProgress
take_next (PcTftpTransfer     *self,
           const PcTftpPacket *packet,
           GByteArray         *out)
{
  guint64 number = self->receive.expected;

  note_arrival (self, number);
  self->receive.expected++;
  self->receive.told = FALSE;
  self->receive.ended = packet->len < self->block_size;
  if (self->receive.ended)
    self->receive.highest = number;
  self->receive.due = self->receive.ended ||
                      number - self->receive.acked >= self->window ||
                      (self->receive.replay &&
                       number == self->receive.highest);
  take_octets (self, packet, out);
  pc_tftp_timer_stop (self);
  return self->receive.ended ? PC_TFTP_WHOLE : PC_TFTP_MORE;
}

/* A later block: one before it is missing. */
static PcTftpProgress
take_early (PcTftpTransfer *self,
            gint64          now,
            guint           ahead)
{
  if (self->receive.ended || ahead >= self->window)
    return PC_TFTP_IGNORED;

  note_arrival (self, self->receive.expected + ahead);
  if (self->receive.told)
    return PC_TFTP_IGNORED;

  pc_tftp_transfer_acknowledge (self, now);
  self->receive.told = TRUE;
  return PC_TFTP_AGAIN;
}

/* An earlier block: our ACK was lost, or late.  It is answered, and not taken
 * a second time. */
static PcTftpProgress
take_late (PcTftpTransfer *self,
           gint64          now,
           guint           back)
{
  guint64 number = self->receive.expected - back;

  if (back >= self->receive.expected)
    return PC_TFTP_IGNORED;

  note_arrival (self, number);
  if (!self->receive.ended)
    self->receive.repeats = TRUE;
  if (!self->receive.replay || back != 1 || number != self->receive.highest)
    return PC_TFTP_IGNORED;

  pc_tftp_transfer_acknowledge (self, now);
  return PC_TFTP_AGAIN;
}

PcTftpProgress
pc_tftp_transfer_take_data (PcTftpTransfer     *self,
                            gint64              now,
                            const PcTftpPacket *packet,
                            GByteArray         *out)
{
  guint ahead = (guint16)(packet->number - (guint16)self->receive.expected);

  if (packet->len > self->block_size)
    return PC_TFTP_ILLEGAL;

  if (ahead == 0 && !self->receive.ended)
    return take_next (self, packet, out);
  if (ahead < MAX (HALF, self->window))
    return take_early (self, now, ahead);
  return take_late (self, now, 0x10000u - ahead);
}

gboolean
pc_tftp_transfer_go_on (PcTftpTransfer *self,
                        gint64          now)
{
  if (!self->receive.due) {
    pc_tftp_timer_start_patient (self, now);
    return FALSE;
  }

  pc_tftp_transfer_acknowledge (self, now);
  return TRUE;
}

void
pc_tftp_transfer_acknowledge (PcTftpTransfer *self,
                              gint64          now)
{
  guint8 packet[PC_TFTP_HEADER];

  pc_tftp_pack_header (packet, PC_TFTP_ACK,
                       (guint16)(self->receive.expected - 1));
  pc_engine_push_datagram (self->engine, self->port, packet, sizeof packet);
  self->receive.acked = self->receive.expected - 1;
  self->receive.due = FALSE;
  self->receive.replay = FALSE;

  /* After the last block only its repetition is waited for: dallying
   * (RFC 1350 section 6). */
  if (self->receive.ended)
    pc_tftp_timer_start_dallying (self, now);
  else
    pc_tftp_timer_start_patient (self, now);
}
