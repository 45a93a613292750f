/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sender's half of a transfer.
 *
 * A packet is made once, without a copy in between, and kept until it is
 * acknowledged.  Of the file no more is held than the pieces that the next
 * block needs.
 *
 * A receiver answers each run of blocks once, at its end, and once more where
 * it found a gap (RFC 7440 section 4).  So that a delayed or doubled ACK does
 * not set off the Sorcerer's Apprentice again, the ends of the runs that left
 * are kept: an ACK that such an end explains makes nothing leave twice.  With a
 * window of one nothing ever does, except under the old rule (RFC 1123 section
 * 4.2.3.1).
 *
 * RFC 1350 sections 2 and 6, RFC 7440.
 */

#include "proto/tftp/transfer.h"

#include "proto/tftp/transfer-private.h"

#include "base/limits.h"

#include <string.h>

/* -- runs of blocks ------------------------------------------------------- */

static void
drop_rounds (PcTftpTransfer *self,
             guint           at,
             guint           n)
{
  guint64 *rounds = self->send.rounds;

  self->send.n_rounds -= n;
  memmove (rounds + at, rounds + at + n,
           (self->send.n_rounds - at) * sizeof *rounds);
}

static void
add_round (PcTftpTransfer *self,
           guint64         end)
{
  if (self->send.n_rounds == PC_TFTP_ROUNDS)
    drop_rounds (self, 0, 1);
  self->send.rounds[self->send.n_rounds++] = end;
}

/* TRUE when @number ended a run that was not answered yet; it is now. */
static gboolean
take_round (PcTftpTransfer *self,
            guint64         number)
{
  guint i = 0;

  while (i < self->send.n_rounds)
    if (self->send.rounds[i] == number) {
      drop_rounds (self, i, 1);
      return TRUE;
    } else if (self->send.rounds[i] < number) {
      drop_rounds (self, i, 1); /* overtaken */
    } else {
      i++;
    }

  return FALSE;
}

/* -- packets -------------------------------------------------------------- */

/* Takes @packet. */
static void
push_in_flight (PcTftpTransfer *self,
                GBytes         *packet)
{
  guint64 number = self->send.base + self->send.in_flight.length;

  if (self->send.anew || self->send.n_rounds == 0)
    add_round (self, number);
  else
    self->send.rounds[self->send.n_rounds - 1] = number;
  self->send.anew = FALSE;

  pc_engine_push_datagram_bytes (self->engine, self->port, packet);
  g_queue_push_tail (&self->send.in_flight, packet);
}

void
pc_tftp_send_again (PcTftpTransfer *self)
{
  guint n = self->send.in_flight.length;

  for (GList *l = self->send.in_flight.head; l != NULL; l = l->next)
    pc_engine_push_datagram_bytes (self->engine, self->port, l->data);

  if (n > 0)
    add_round (self, self->send.base + n - 1);
  self->send.anew = FALSE;
  self->timer.clean = FALSE;
}

void
pc_tftp_transfer_open (PcTftpTransfer   *self,
                       gint64            now,
                       const GByteArray *packet)
{
  g_assert (g_queue_is_empty (&self->send.in_flight));

  self->send.base = 0;
  push_in_flight (self, g_bytes_new (packet->data, packet->len));
  pc_tftp_timer_mark (self, now);
  pc_tftp_timer_start (self, now);
}

/* -- content -------------------------------------------------------------- */

static gsize
count_content (const PcTftpTransfer *self)
{
  gsize rest = 0;

  if (self->send.content != NULL)
    rest += g_bytes_get_size (self->send.content) - self->send.offset;
  if (self->send.next != NULL)
    rest += g_bytes_get_size (self->send.next);
  return rest;
}

/* A block needs at most as many octets of the file as it has. */
static gboolean
can_make_block (const PcTftpTransfer *self)
{
  return self->send.begun && !self->send.ended &&
         (self->send.whole || count_content (self) >= self->block_size);
}

static gboolean
has_room (const PcTftpTransfer *self)
{
  /* Before a request or an OACK is answered nothing follows it. */
  return self->send.base > 0 && self->send.in_flight.length < self->window;
}

gsize
pc_tftp_transfer_get_wanted (const PcTftpTransfer *self)
{
  if (!self->send.begun || self->send.ended || !has_room (self) ||
      can_make_block (self))
    return 0;

  return PC_LIMIT_TFTP_READ;
}

/* As much as there is in one piece into @out.  Returns how much it became. */
static gsize
convert (PcTftpTransfer *self,
         guint8         *out,
         gsize           size)
{
  gsize         len;
  const guint8 *content = g_bytes_get_data (self->send.content, &len);
  gsize         rest = len - self->send.offset;
  gsize         used = MIN (rest, size);
  gsize         made = used;

  if (content != NULL)
    content += self->send.offset;

  if (self->send.netascii)
    made = pc_tftp_encode (&self->send.encoder, content, rest, &used, out,
                           size);
  else if (used > 0)
    memcpy (out, content, used);

  self->send.offset += used;
  return made;
}

/* The next block's octets into @out, and how many.  Marks the end: a block
 * that is not full, if need be an empty one (RFC 1350 section 6). */
static gsize
make_block (PcTftpTransfer *self,
            guint8         *out)
{
  gsize made = 0;

  while (self->send.content != NULL) {
    made += convert (self, out + made, self->block_size - made);
    if (made == self->block_size || self->send.next == NULL)
      break;

    g_bytes_unref (self->send.content);
    self->send.content = g_steal_pointer (&self->send.next);
    self->send.offset = 0;
  }

  self->send.ended = made < self->block_size;
  return made;
}

static void
push_block (PcTftpTransfer *self)
{
  guint64 number = self->send.base + self->send.in_flight.length;
  guint8 *packet = g_malloc (PC_TFTP_HEADER + self->block_size);
  gsize   len;

  pc_tftp_pack_header (packet, PC_TFTP_DATA, (guint16)number);
  len = PC_TFTP_HEADER + make_block (self, packet + PC_TFTP_HEADER);
  if (self->send.ended)
    packet = g_realloc (packet, len);
  push_in_flight (self, g_bytes_new_take (packet, len));
}

/* Returns whether anything left. */
static gboolean
fill_window (PcTftpTransfer *self)
{
  gboolean any = FALSE;

  while (has_room (self) && can_make_block (self)) {
    push_block (self);
    any = TRUE;
  }

  return any;
}

static void
begin_window (PcTftpTransfer *self,
              gint64          now)
{
  self->send.anew = TRUE;
  if (fill_window (self)) {
    pc_tftp_timer_mark (self, now);
    pc_tftp_timer_start (self, now);
  } else {
    pc_tftp_timer_stop (self);
  }
}

void
pc_tftp_transfer_send (PcTftpTransfer *self,
                       gint64          now,
                       GBytes         *content,
                       gboolean        netascii)
{
  g_assert (!self->send.begun);

  self->send.begun = TRUE;
  self->send.netascii = netascii;
  if (content != NULL) {
    self->send.content = g_bytes_ref (content);
    self->send.whole = TRUE;
  }
  if (g_queue_is_empty (&self->send.in_flight))
    begin_window (self, now);
}

void
pc_tftp_transfer_supply (PcTftpTransfer *self,
                         gint64          now,
                         GBytes         *piece)
{
  g_assert (self->send.begun && self->send.next == NULL);

  if (g_bytes_get_size (piece) < PC_LIMIT_TFTP_READ)
    self->send.whole = TRUE;
  if (self->send.content == NULL)
    self->send.content = g_bytes_ref (piece);
  else
    self->send.next = g_bytes_ref (piece);

  if (g_queue_is_empty (&self->send.in_flight))
    begin_window (self, now);
  else
    fill_window (self);
}

/* -- acknowledgements ----------------------------------------------------- */

/* What is in flight leaves again because an ACK says so: not more often than an
 * answer to it can have come. */
static gboolean
restart (PcTftpTransfer *self,
         gint64          now)
{
  if (self->send.restarted_at > 0 && self->timer.known &&
      now - self->send.restarted_at < self->timer.smooth / 2)
    return FALSE;

  pc_tftp_send_again (self);
  self->send.restarted = TRUE;
  self->send.restarted_at = now;
  return TRUE;
}

/* What was acknowledged last is acknowledged again. */
static PcTftpProgress
take_repetition (PcTftpTransfer *self,
                 gint64          now)
{
  gboolean explained = take_round (self, self->send.base - 1);

  pc_tftp_timer_confirm (self);
  if (g_queue_is_empty (&self->send.in_flight))
    return PC_TFTP_IGNORED;

  /* Not: send DATA again; only the timer does (RFC 1123 section 4.2.3.1).  In a
   * window it may mean that the first block did not arrive. */
  if (!self->old_acks &&
      (self->window == 1 || explained || self->send.restarted))
    return PC_TFTP_IGNORED;

  if (self->old_acks)
    pc_tftp_send_again (self);
  else if (!restart (self, now))
    return PC_TFTP_IGNORED;
  self->timer.deadline = now + self->timer.wait;
  return PC_TFTP_AGAIN;
}

static void
take_off (PcTftpTransfer *self,
          guint           n)
{
  for (guint i = 0; i < n; i++)
    g_bytes_unref (g_queue_pop_head (&self->send.in_flight));
  self->send.base += n;
  self->send.restarted = FALSE;
}

/* Part of the window arrived. */
static void
go_on_in_window (PcTftpTransfer *self,
                 gint64          now,
                 gboolean        explained)
{
  /* The rest is on its way, or it is behind a gap. */
  if (!explained && restart (self, now))
    self->timer.lossy = TRUE;
  fill_window (self);
  pc_tftp_timer_start (self, now);
}

PcTftpProgress
pc_tftp_transfer_take_ack (PcTftpTransfer *self,
                           gint64          now,
                           guint16         block)
{
  guint16  past = (guint16)(block - (guint16)self->send.base);
  gboolean explained;
  gboolean all;

  if (self->send.base > 0 && past == G_MAXUINT16)
    return take_repetition (self, now);
  /* Old, or of a block never sent. */
  if (past >= self->send.in_flight.length)
    return PC_TFTP_IGNORED;

  all = past + 1u == self->send.in_flight.length;
  explained = take_round (self, self->send.base + past);
  self->heard = TRUE;
  pc_tftp_timer_measure (self, now, all);
  take_off (self, past + 1u);

  if (!all) {
    go_on_in_window (self, now, explained);
    return PC_TFTP_MORE;
  }
  if (self->send.ended) {
    pc_tftp_timer_stop (self);
    return PC_TFTP_WHOLE;
  }

  begin_window (self, now);
  return PC_TFTP_MORE;
}
