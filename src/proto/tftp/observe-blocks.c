/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The observer's count of blocks: new ones, repeated ones, gaps, and the way
 * from 65535 round to 0.
 *
 * In lock step everything but the next block is a repetition.  With a window
 * the sender goes back to the block after the last ACK, and sends again what
 * it had sent beyond it.  Why a packet comes again only the one knows who runs
 * its sender (PcObserverTimer); else it is guessed from what came before.
 *
 * RFC 1350 section 5, RFC 1123 section 4.2.3.1, RFC 7440 section 4.
 */

#include "proto/tftp/observe-blocks.h"

#define HALF 32768 /* further back is no repetition, but nonsense */

void
pc_tftp_blocks_init (PcTftpBlocks *self)
{
  *self = (PcTftpBlocks){ .block_size = PC_TFTP_BLOCK_SIZE,
                          .window = 1,
                          .n_acks = 1 };
}

gboolean
pc_tftp_blocks_are_whole (const PcTftpBlocks *self)
{
  return self->ended && self->acked == self->newest;
}

/* -- DATA ----------------------------------------------------------------- */

static PcTftpRule
see_next (PcTftpBlocks       *self,
          const PcTftpPacket *packet)
{
  /* Where blocks are seen only as they arrive, the lost one is new. */
  gboolean restart = self->asked && self->newest == self->acked;

  self->newest++;
  self->last_sent = self->newest;
  self->ended = packet->len < self->block_size;
  self->asked = self->asked && !restart;
  self->ahead = FALSE;
  self->n_copies = 1;

  if (packet->len == 0)
    return self->newest == 1 ? PC_TFTP_RULE_DATA_EMPTY_FILE
                             : PC_TFTP_RULE_DATA_EMPTY;
  if (self->ended)
    return PC_TFTP_RULE_DATA_LAST;
  if (packet->number == 0)
    return PC_TFTP_RULE_DATA_WRAP;
  return restart ? PC_TFTP_RULE_DATA_AGAIN_RESTART : PC_TFTP_RULE_DATA;
}

static PcTftpRule
see_window_again (PcTftpBlocks   *self,
                  PcObserverTimer timer,
                  guint64         block,
                  gboolean        next)
{
  gboolean asked = self->asked && block == self->acked + 1;

  if (next && !asked)
    return PC_TFTP_RULE_DATA_AGAIN_WINDOW;

  self->asked = FALSE;
  if (timer == PC_OBSERVER_TIMER_UNKNOWN)
    return asked ? PC_TFTP_RULE_DATA_AGAIN_RESTART
                 : PC_TFTP_RULE_DATA_AGAIN_TIMEOUT;
  return timer == PC_OBSERVER_TIMER_RANG ? PC_TFTP_RULE_DATA_AGAIN_TIMEOUT
                                         : PC_TFTP_RULE_DATA_AGAIN_RESTART;
}

/* RFC 1123 section 4.2.3.1: only the timer may send it again.  Without word of
 * the timer, an ACK that came more often than the block after it tells; but
 * once that block is acknowledged, only if this sender is known for it. */
static PcTftpRule
see_block_again (PcTftpBlocks   *self,
                 PcObserverTimer timer,
                 guint64         block)
{
  gboolean guessed = FALSE;

  if (block == self->newest) {
    if (self->acked + 1 == block)
      guessed = self->n_acks > self->n_copies;
    else if (self->old && self->acked == block)
      guessed = self->n_acks_before > self->n_copies;
    self->n_copies++;
  }

  if (timer == PC_OBSERVER_TIMER_RANG ||
      (timer == PC_OBSERVER_TIMER_UNKNOWN && !guessed))
    return PC_TFTP_RULE_DATA_AGAIN;

  self->old = TRUE;
  return PC_TFTP_RULE_DATA_AGAIN_APPRENTICE;
}

static PcTftpRule
see_sent (PcTftpBlocks   *self,
          PcObserverTimer timer,
          guint64         block)
{
  gboolean next = block == self->last_sent + 1;

  self->last_sent = block;
  /* In lock step, what no timer sends again only an apprentice does. */
  if (pc_tftp_blocks_are_whole (self) &&
      (timer != PC_OBSERVER_TIMER_QUIET || self->window > 1))
    return PC_TFTP_RULE_DATA_AGAIN_LATE;
  if (self->window > 1)
    return see_window_again (self, timer, block, next);

  return see_block_again (self, timer, block);
}

PcTftpRule
pc_tftp_blocks_see_data (PcTftpBlocks       *self,
                         const PcTftpPacket *packet,
                         PcObserverTimer     timer,
                         guint64            *block)
{
  guint16 ahead = (guint16)(packet->number - (guint16)self->newest);
  guint16 back = (guint16)-ahead;

  *block = packet->number;
  if (packet->len > self->block_size)
    return PC_TFTP_RULE_DATA_TOO_LONG;

  self->sent = TRUE;
  if (ahead == 1 && !self->ended) {
    *block = self->newest + 1;
    return see_next (self, packet);
  }
  if (back < self->newest - self->acked ||
      (back < self->newest && back < HALF)) {
    *block = self->newest - back;
    return see_sent (self, timer, *block);
  }
  if (ahead > 1 && ahead <= self->window && !self->ended) {
    *block = self->newest + ahead;
    self->ahead = TRUE;
    return PC_TFTP_RULE_DATA_GAP;
  }
  return PC_TFTP_RULE_DATA_UNEXPECTED;
}

/* -- ACK ------------------------------------------------------------------ */

static PcTftpRule
see_progress (PcTftpBlocks *self,
              guint64       block)
{
  gboolean last = self->ended && block == self->newest;
  gboolean beyond = self->ahead || block < self->last_sent;
  gboolean gap = self->window > 1 && !last && beyond &&
                 block != self->acked + self->window;
  gboolean round = block >> 16 > self->acked >> 16;

  self->acked = block;
  self->asked = gap;
  self->ahead = FALSE;
  self->sent = FALSE;
  self->n_acks_before = self->n_acks;
  self->n_acks = 1;

  if (last)
    return PC_TFTP_RULE_ACK_LAST;
  if (gap)
    return PC_TFTP_RULE_ACK_GAP;
  if (round)
    return PC_TFTP_RULE_ACK_WRAP;
  return self->window > 1 ? PC_TFTP_RULE_ACK_WINDOW : PC_TFTP_RULE_ACK;
}

PcTftpRule
pc_tftp_blocks_see_zero_again (PcTftpBlocks   *self,
                               PcObserverTimer timer)
{
  gboolean sent = self->sent;

  self->sent = FALSE;
  if (timer == PC_OBSERVER_TIMER_UNKNOWN)
    return sent ? PC_TFTP_RULE_ACK_AGAIN : PC_TFTP_RULE_ACK_AGAIN_TIMER;
  return timer == PC_OBSERVER_TIMER_RANG ? PC_TFTP_RULE_ACK_AGAIN_TIMER
                                         : PC_TFTP_RULE_ACK_AGAIN;
}

static PcTftpRule
see_ack_again (PcTftpBlocks   *self,
               PcObserverTimer timer,
               guint64         block)
{
  gboolean   whole = pc_tftp_blocks_are_whole (self);
  gboolean   newest = block == self->acked;
  gboolean   beyond = self->ahead || self->last_sent > self->acked + 1;
  PcTftpRule rule;

  /* The first block of the window is missing: what the receiver has in order
   * is what it had before. */
  if (self->window > 1 && newest && !whole && beyond) {
    self->asked = TRUE;
    self->ahead = FALSE;
    self->sent = FALSE;
    return PC_TFTP_RULE_ACK_GAP;
  }

  rule = pc_tftp_blocks_see_zero_again (self, timer);
  if (newest)
    self->n_acks++;
  else if (block + 1 == self->acked)
    self->n_acks_before++;
  if (rule == PC_TFTP_RULE_ACK_AGAIN && whole && newest)
    return PC_TFTP_RULE_ACK_AGAIN_DALLYING;
  return rule;
}

PcTftpRule
pc_tftp_blocks_see_ack (PcTftpBlocks   *self,
                        guint16         number,
                        PcObserverTimer timer,
                        guint64        *block)
{
  guint16 back = (guint16)((guint16)self->newest - number);

  *block = number;
  if (back > self->newest)
    return PC_TFTP_RULE_ACK_UNEXPECTED;
  if (self->newest - back < self->acked &&
      self->acked - (self->newest - back) >= HALF)
    return PC_TFTP_RULE_ACK_UNEXPECTED;

  *block = self->newest - back;
  return *block > self->acked ? see_progress (self, *block)
                              : see_ack_again (self, timer, *block);
}
