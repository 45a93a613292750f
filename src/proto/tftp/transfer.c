/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What sender and receiver share: the terms, the packets and the timer.
 *
 * One struct for both; a client's request and a server's OACK stand in flight
 * as block 0, so that their first answer is an acknowledgement like any other.
 * send.c and receive.c have the halves.  Who the peer is, what goes wrong and
 * what the file is for, the engines know.
 *
 * The first wait is one second, then what the answers suggest, unless somebody
 * chose it.  Towards an address that has not answered no more is sent than
 * PC_LIMIT_TFTP_RESENDS allows: it may be forged.
 *
 * RFC 1350 sections 2 and 6; RFC 1123 section 4.2.3.2; RFC 2349; RFC 6298.
 */

#include "proto/tftp/transfer.h"

#include "proto/tftp/transfer-private.h"

#include "base/limits.h"

#define DEFAULT_TIMEOUT G_USEC_PER_SEC
#define MIN_TIMEOUT (10 * G_TIME_SPAN_MILLISECOND)
/* Measured ones: a peer that does something else for a moment is not lost. */
#define MIN_MEASURED (200 * G_TIME_SPAN_MILLISECOND)
#define MAX_MEASURED (16 * G_USEC_PER_SEC)
#define MAX_WAIT (64 * G_USEC_PER_SEC)
/* Times the first wait, for a peer that was heard: what gets lost is not worth
 * waiting longer for. */
#define MAX_HEARD_FACTOR 4
/* Times the first wait, for a sender whose second is twice as long: what it
 * sends again must not come at the very moment of going. */
#define DALLYING_FACTOR 3
/* And for one that doubles it three times, since packets do get lost. */
#define DALLYING_FACTOR_LOSSY 15

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
  self->fixed = timeout > 0;
  self->timer.deadline = PC_ENGINE_NEVER;
  self->timer.doubt = -1;
  self->send.base = 1;
  self->receive.expected = 1;
  g_queue_init (&self->send.in_flight);
}

void
pc_tftp_transfer_clear (PcTftpTransfer *self)
{
  g_clear_pointer (&self->send.content, g_bytes_unref);
  g_clear_pointer (&self->send.next, g_bytes_unref);
  g_queue_clear_full (&self->send.in_flight, (GDestroyNotify)g_bytes_unref);
}

void
pc_tftp_transfer_agree (PcTftpTransfer    *self,
                        const PcTftpTerms *terms)
{
  guint64 seconds = pc_tftp_terms_get (terms, PC_TFTP_TERM_TIMEOUT, 0);

  self->block_size = pc_tftp_terms_get (terms, PC_TFTP_TERM_BLKSIZE,
                                        PC_TFTP_BLOCK_SIZE);
  self->window = (guint)pc_tftp_terms_get (terms, PC_TFTP_TERM_WINDOWSIZE, 1);
  if (seconds > 0) {
    self->timeout = (gint64)seconds * G_USEC_PER_SEC;
    self->fixed = TRUE;
  }
}

void
pc_tftp_transfer_push_error (PcTftpTransfer *self,
                             guint           port,
                             PcTftpErrorCode code,
                             const char     *message)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();

  pc_tftp_pack_error (packet, code, message);
  pc_engine_push_datagram (self->engine, port, packet->data, packet->len);
}

/* -- the time to an answer ------------------------------------------------ */

static void
add_sample (PcTftpTransfer *self,
            gint64          sample)
{
  gint64 error = ABS (sample - self->timer.smooth);

  /* RFC 6298 section 2. */
  if (!self->timer.known) {
    self->timer.smooth = sample;
    self->timer.spread = sample / 2;
  } else {
    self->timer.spread += (error - self->timer.spread) / 4;
    self->timer.smooth += (sample - self->timer.smooth) / 8;
  }
  self->timer.known = TRUE;
}

void
pc_tftp_timer_mark (PcTftpTransfer *self,
                    gint64          now)
{
  self->timer.begun = now;
  self->timer.clean = TRUE;
}

void
pc_tftp_timer_measure (PcTftpTransfer *self,
                       gint64          now,
                       gboolean        all)
{
  if (self->timer.count > 0)
    self->timer.lossy = TRUE;

  self->timer.doubt = -1;
  if (!all)
    return;
  if (self->timer.clean)
    add_sample (self, now - self->timer.begun);
  else
    self->timer.doubt = now - self->timer.begun;
}

void
pc_tftp_timer_confirm (PcTftpTransfer *self)
{
  if (self->timer.doubt >= 0)
    add_sample (self, self->timer.doubt);
  self->timer.doubt = -1;
}

static gint64
first_wait (const PcTftpTransfer *self)
{
  if (self->fixed || !self->timer.known)
    return self->timeout;

  return CLAMP (self->timer.smooth + 4 * self->timer.spread, MIN_MEASURED,
                MAX_MEASURED);
}

/* -- timer ---------------------------------------------------------------- */

static guint
choose (const PcTftpTransfer *self,
        guint                 limit)
{
  return self->max_resends > 0 ? MIN (self->max_resends, limit) : limit;
}

static guint
max_resends (const PcTftpTransfer *self)
{
  if (!self->heard)
    return choose (self, PC_LIMIT_TFTP_RESENDS);
  /* Where nothing got lost before, the last ACK's silence means that the peer
   * has what it wants, and is gone. */
  if (self->send.ended && !self->timer.lossy)
    return choose (self, PC_LIMIT_TFTP_RESENDS);

  return choose (self, PC_LIMIT_TFTP_RESENDS_HEARD);
}

void
pc_tftp_timer_start (PcTftpTransfer *self,
                     gint64          now)
{
  self->timer.count = 0;
  self->timer.wait = first_wait (self);
  self->timer.deadline = now + self->timer.wait;
}

void
pc_tftp_timer_start_patient (PcTftpTransfer *self,
                             gint64          now)
{
  gint64 longest = MAX (self->timeout, MAX_WAIT);
  gint64 wait = self->timeout;
  gint64 sum = wait;

  for (guint i = 0; i < choose (self, PC_LIMIT_TFTP_RESENDS); i++) {
    wait = MIN (2 * wait, longest);
    sum += wait;
  }

  self->timer.count = 0;
  self->timer.deadline = now + sum;
}

void
pc_tftp_timer_start_dallying (PcTftpTransfer *self,
                              gint64          now)
{
  self->timer.count = 0;
  self->timer.deadline =
      now + self->timeout * (self->receive.repeats ? DALLYING_FACTOR_LOSSY
                                                   : DALLYING_FACTOR);
}

void
pc_tftp_timer_stop (PcTftpTransfer *self)
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
  gint64 longest = self->heard ? first_wait (self) * MAX_HEARD_FACTOR
                               : MAX (self->timeout, MAX_WAIT);

  if (now < self->timer.deadline)
    return PC_TFTP_TIMER_QUIET;

  if (g_queue_is_empty (&self->send.in_flight) ||
      self->timer.count >= max_resends (self)) {
    pc_tftp_timer_stop (self);
    return PC_TFTP_TIMER_OVER;
  }

  pc_tftp_send_again (self);
  self->timer.count++;
  self->timer.wait = MIN (2 * self->timer.wait, longest);
  self->timer.deadline = now + self->timer.wait;
  return PC_TFTP_TIMER_QUIET;
}
