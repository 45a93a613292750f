/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lock step, used by both ends.
 *
 * One struct for a sender and a receiver; a client's request stands in flight
 * as block 0, so that its first answer is an acknowledgement like any other.
 * The window is 1 (RFC 1350); a larger one (RFC 7440) finds the queue ready.
 * Who the peer is, what goes wrong and what the file is for, the engines know.
 *
 * RFC 1350 sections 2, 5 and 6; RFC 1123 section 4.2.3.
 */

#include "proto/tftp/transfer.h"

#include "base/limits.h"

#include <string.h>

#define DEFAULT_TIMEOUT G_USEC_PER_SEC
#define MIN_TIMEOUT (10 * G_TIME_SPAN_MILLISECOND)

void
pc_tftp_transfer_init (PcTftpTransfer *self,
                       PcEngine       *engine,
                       gint64          timeout)
{
  *self = (PcTftpTransfer){ 0 };
  self->engine = engine;
  self->block_size = PC_TFTP_BLOCK_SIZE;
  self->window = 1;
  self->timeout = timeout > 0 ? MAX (timeout, MIN_TIMEOUT) : DEFAULT_TIMEOUT;
  self->timer.deadline = PC_ENGINE_NEVER;
  self->send.base = 1;
  self->receive.expected = 1;
  g_queue_init (&self->send.in_flight);
}

void
pc_tftp_transfer_clear (PcTftpTransfer *self)
{
  g_clear_pointer (&self->send.content, g_bytes_unref);
  g_queue_clear_full (&self->send.in_flight, (GDestroyNotify)g_bytes_unref);
}

/* -- timer ---------------------------------------------------------------- */

static void
timer_start (PcTftpTransfer *self,
             gint64          now)
{
  self->timer.count = 0;
  self->timer.wait = self->timeout;
  self->timer.deadline = now + self->timeout;
}

/* As long as a sender with our own timer would go on trying. */
static void
timer_start_patient (PcTftpTransfer *self,
                     gint64          now)
{
  timer_start (self, now);
  self->timer.deadline =
      now + self->timeout * ((1 << (PC_LIMIT_TFTP_RESENDS + 1)) - 1);
}

static void
timer_stop (PcTftpTransfer *self)
{
  self->timer.deadline = PC_ENGINE_NEVER;
}

gint64
pc_tftp_transfer_get_deadline (const PcTftpTransfer *self)
{
  return self->timer.deadline;
}

PcTftpTimer
pc_tftp_transfer_wake (PcTftpTransfer *self,
                       gint64          now)
{
  if (now < self->timer.deadline)
    return PC_TFTP_TIMER_QUIET;

  if (g_queue_is_empty (&self->send.in_flight) ||
      self->timer.count == PC_LIMIT_TFTP_RESENDS) {
    timer_stop (self);
    return PC_TFTP_TIMER_OVER;
  }

  for (GList *l = self->send.in_flight.head; l != NULL; l = l->next) {
    gsize         len;
    gconstpointer data = g_bytes_get_data (l->data, &len);

    pc_engine_push_datagram (self->engine, self->port, data, len);
  }

  self->timer.count++;
  self->timer.wait *= 2;
  self->timer.deadline = now + self->timer.wait;
  return PC_TFTP_TIMER_QUIET;
}

/* -- packets -------------------------------------------------------------- */

void
pc_tftp_transfer_push (PcTftpTransfer   *self,
                       guint             port,
                       const GByteArray *packet)
{
  pc_engine_push_datagram (self->engine, port, packet->data, packet->len);
}

void
pc_tftp_transfer_push_error (PcTftpTransfer *self,
                             guint           port,
                             PcTftpErrorCode code,
                             const char     *message)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();

  pc_tftp_pack_error (packet, code, message);
  pc_tftp_transfer_push (self, port, packet);
}

static void
push_in_flight (PcTftpTransfer   *self,
                const GByteArray *packet)
{
  pc_tftp_transfer_push (self, self->port, packet);
  g_queue_push_tail (&self->send.in_flight,
                     g_bytes_new (packet->data, packet->len));
}

void
pc_tftp_transfer_open (PcTftpTransfer   *self,
                       gint64            now,
                       const GByteArray *packet)
{
  g_assert (g_queue_is_empty (&self->send.in_flight));

  self->send.base = 0;
  push_in_flight (self, packet);
  timer_start (self, now);
}

/* -- sending -------------------------------------------------------------- */

/* The next block's octets into @out, and how many.  Marks the end: a block
 * that is not full, if need be an empty one (RFC 1350 section 6). */
static gsize
make_block (PcTftpTransfer *self,
            guint8         *out)
{
  gsize         size;
  const guint8 *content = g_bytes_get_data (self->send.content, &size);
  gsize         rest = size - self->send.offset;
  gsize         used = MIN (rest, self->block_size);
  gsize         made = used;

  if (content != NULL)
    content += self->send.offset;

  if (self->send.netascii)
    made = pc_tftp_encode (&self->send.encoder, content, rest, &used, out,
                           self->block_size);
  else if (used > 0)
    memcpy (out, content, used);

  self->send.offset += used;
  self->send.ended = made < self->block_size;
  return made;
}

static void
fill_window (PcTftpTransfer *self)
{
  g_autofree guint8 *block = NULL;
  g_autoptr (GByteArray) packet = NULL;

  if (self->send.content == NULL || self->send.ended)
    return;

  block = g_malloc (self->block_size);
  packet = g_byte_array_new ();
  while (!self->send.ended && self->send.in_flight.length < self->window) {
    guint64 number = self->send.base + self->send.in_flight.length;
    gsize   len = make_block (self, block);

    g_byte_array_set_size (packet, 0);
    pc_tftp_pack_data (packet, (guint16)number, block, len);
    push_in_flight (self, packet);
  }
}

void
pc_tftp_transfer_send (PcTftpTransfer *self,
                       gint64          now,
                       GBytes         *content,
                       gboolean        netascii)
{
  g_assert (self->send.content == NULL);

  self->send.content = g_bytes_ref (content);
  self->send.netascii = netascii;
  if (g_queue_is_empty (&self->send.in_flight)) {
    fill_window (self);
    timer_start (self, now);
  }
}

PcTftpProgress
pc_tftp_transfer_take_ack (PcTftpTransfer *self,
                           gint64          now,
                           guint16         block)
{
  guint16 past = (guint16)(block - (guint16)self->send.base);

  /* A repeated ACK, or one of a block never sent.  Not: send DATA again; only
   * the timer does (RFC 1123 section 4.2.3.1). */
  if (past >= self->send.in_flight.length)
    return PC_TFTP_IGNORED;

  for (guint i = 0; i <= past; i++)
    g_bytes_unref (g_queue_pop_head (&self->send.in_flight));
  self->send.base += past + 1u;

  fill_window (self);
  if (g_queue_is_empty (&self->send.in_flight)) {
    timer_stop (self);
    return PC_TFTP_WHOLE;
  }

  timer_start (self, now);
  return PC_TFTP_MORE;
}

/* -- receiving ------------------------------------------------------------ */

void
pc_tftp_transfer_receive (PcTftpTransfer *self,
                          gint64          now,
                          gboolean        netascii)
{
  g_queue_clear_full (&self->send.in_flight, (GDestroyNotify)g_bytes_unref);
  self->receive.netascii = netascii;
  timer_start_patient (self, now);
}

static void
take_block (PcTftpTransfer     *self,
            const PcTftpPacket *packet,
            GByteArray         *out)
{
  self->receive.expected++;
  self->receive.ended = packet->len < self->block_size;

  if (!self->receive.netascii) {
    if (packet->len > 0)
      g_byte_array_append (out, packet->data, (guint)packet->len);
    return;
  }

  pc_tftp_decode (&self->receive.decoder, packet->data, packet->len, out);
  if (self->receive.ended)
    pc_tftp_decode_end (&self->receive.decoder, out);
}

PcTftpProgress
pc_tftp_transfer_take_data (PcTftpTransfer     *self,
                            gint64              now,
                            const PcTftpPacket *packet,
                            GByteArray         *out)
{
  guint16 expected = (guint16)self->receive.expected;

  if (packet->len > self->block_size)
    return PC_TFTP_ILLEGAL;

  /* The last one again: our ACK was lost, or late.  It is answered, and not
   * taken a second time. */
  if (self->receive.expected > 1 &&
      packet->number == (guint16)(expected - 1)) {
    pc_tftp_transfer_acknowledge (self, now);
    return PC_TFTP_AGAIN;
  }
  if (packet->number != expected || self->receive.ended)
    return PC_TFTP_IGNORED;

  take_block (self, packet, out);
  timer_stop (self);
  return self->receive.ended ? PC_TFTP_WHOLE : PC_TFTP_MORE;
}

void
pc_tftp_transfer_acknowledge (PcTftpTransfer *self,
                              gint64          now)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();

  pc_tftp_pack_ack (packet, (guint16)(self->receive.expected - 1));
  pc_tftp_transfer_push (self, self->port, packet);

  /* After the last block only its repetition is waited for: dallying
   * (RFC 1350 section 6). */
  if (self->receive.ended)
    timer_start (self, now);
  else
    timer_start_patient (self, now);
}
