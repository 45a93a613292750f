/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches one TFTP transfer: each datagram is one unit.
 *
 * Follows the block numbers of both ends, the ports, and a block size that was
 * agreed on, so that it can tell a block from its repetition and a peer from a
 * stranger.  It does not know which datagrams arrived: an end's state follows
 * from what that end sends, and from the packets that end its part.
 *
 * RFC 1350, RFC 2347, RFC 2348.
 */

#include "proto/tftp/protocol.h"

#include "proto/tftp/label.h"
#include "proto/tftp/packet.h"
#include "proto/tftp/rules.h"
#include "proto/tftp/verbs.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIN_BLOCK_SIZE 8 /* RFC 2348 */
#define MAX_BLOCK_SIZE 65464

typedef struct
{
  PcObserver base;

  struct
  {
    gboolean known;
    guint    port;
    gboolean met_stranger; /* an ERROR 5 from this end may be for that one */
  } ends[2];               /* by PcSide */

  /* Cleared by each new request. */
  struct
  {
    GBytes  *request;
    PcSide   sender;
    gsize    block_size;
    gboolean options;  /* an OACK was seen */
    gboolean granted;  /* an ACK 0 was seen */
    guint    n_blocks; /* different ones, at most 2 counted */
    guint16  block;    /* the newest */
    gboolean ended;    /* it was the last */
    guint16  acked;    /* the newest acknowledged; 0 before any */
  } transfer;
} Observer;

/* -- states --------------------------------------------------------------- */

static void
set_client (Observer         *self,
            PcTftpClientState state)
{
  self->base.client_state = pc_tftp_client_states[state];
}

static void
set_server (Observer         *self,
            PcTftpServerState state)
{
  self->base.server_state = pc_tftp_server_states[state];
}

static gboolean
client_is (const Observer   *self,
           PcTftpClientState state)
{
  return self->base.client_state == pc_tftp_client_states[state];
}

static gboolean
server_is (const Observer   *self,
           PcTftpServerState state)
{
  return self->base.server_state == pc_tftp_server_states[state];
}

static void
set_both_closed (Observer *self)
{
  set_client (self, PC_TFTP_CLIENT_CLOSED);
  set_server (self, PC_TFTP_SERVER_CLOSED);
}

static void
set_sending (Observer *self,
             PcSide    side)
{
  if (side == PC_SIDE_CLIENT)
    set_client (self, PC_TFTP_CLIENT_SENDING);
  else
    set_server (self, PC_TFTP_SERVER_SENDING);
}

static void
set_receiving (Observer *self,
               PcSide    side)
{
  if (side == PC_SIDE_CLIENT)
    set_client (self, PC_TFTP_CLIENT_RECEIVING);
  else
    set_server (self, PC_TFTP_SERVER_RECEIVING);
}

/* The last ACK: the receiver dallies, the sender is done. */
static void
set_whole (Observer *self)
{
  set_both_closed (self);
  if (self->transfer.sender == PC_SIDE_CLIENT)
    set_server (self, PC_TFTP_SERVER_DALLYING);
  else
    set_client (self, PC_TFTP_CLIENT_DALLYING);
}

/* -- what a packet is in this transfer ------------------------------------ */

static void
begin_transfer (Observer           *self,
                guint               port,
                const PcTftpPacket *packet,
                GBytes             *bytes)
{
  gboolean read = packet->opcode == PC_TFTP_RRQ;

  g_clear_pointer (&self->transfer.request, g_bytes_unref);
  memset (&self->transfer, 0, sizeof self->transfer);
  memset (self->ends, 0, sizeof self->ends);
  self->transfer.request = g_bytes_ref (bytes);
  self->transfer.sender = read ? PC_SIDE_SERVER : PC_SIDE_CLIENT;
  self->transfer.block_size = PC_TFTP_BLOCK_SIZE;
  self->ends[PC_SIDE_CLIENT].known = TRUE;
  self->ends[PC_SIDE_CLIENT].port = port;
  set_client (self, read ? PC_TFTP_CLIENT_READING : PC_TFTP_CLIENT_WRITING);
  set_server (self, PC_TFTP_SERVER_WAITING);
}

static PcTftpRule
see_request (Observer           *self,
             PcSide              from,
             guint               port,
             const PcTftpPacket *packet,
             GBytes             *bytes)
{
  gboolean read = packet->opcode == PC_TFTP_RRQ;
  gboolean open = client_is (self, PC_TFTP_CLIENT_READING) ||
                  client_is (self, PC_TFTP_CLIENT_WRITING);

  if (from == PC_SIDE_SERVER || client_is (self, PC_TFTP_CLIENT_RECEIVING) ||
      client_is (self, PC_TFTP_CLIENT_SENDING))
    return PC_TFTP_RULE_MISPLACED;

  if (open && g_bytes_equal (self->transfer.request, bytes)) {
    /* It has heard no answer yet: the next one decides which port it is. */
    self->ends[PC_SIDE_SERVER].known = FALSE;
    return read ? PC_TFTP_RULE_RRQ_AGAIN : PC_TFTP_RULE_WRQ_AGAIN;
  }

  begin_transfer (self, port, packet, bytes);
  if (packet->n_options > 0)
    return read ? PC_TFTP_RULE_RRQ_OPTIONS : PC_TFTP_RULE_WRQ_OPTIONS;
  return read ? PC_TFTP_RULE_RRQ : PC_TFTP_RULE_WRQ;
}

static PcTftpRule
see_new_block (Observer           *self,
               const PcTftpPacket *packet)
{
  gboolean first = self->transfer.n_blocks == 0;
  gboolean from_server = self->transfer.sender == PC_SIDE_SERVER;

  self->transfer.n_blocks = MIN (self->transfer.n_blocks + 1, 2);
  self->transfer.block = packet->number;
  self->transfer.ended = packet->len < self->transfer.block_size;

  /* After an OACK the new port is no news. */
  if (first && from_server && !self->transfer.options)
    return self->transfer.ended ? PC_TFTP_RULE_DATA_ONLY
                                : PC_TFTP_RULE_DATA_FIRST;
  if (packet->len == 0)
    return PC_TFTP_RULE_DATA_EMPTY;
  if (self->transfer.ended)
    return PC_TFTP_RULE_DATA_LAST;
  return packet->number == 0 ? PC_TFTP_RULE_DATA_WRAP : PC_TFTP_RULE_DATA;
}

static PcTftpRule
see_data (Observer           *self,
          PcSide              from,
          const PcTftpPacket *packet)
{
  gint16 step = (gint16)(packet->number - self->transfer.block);

  if (self->transfer.request == NULL || from != self->transfer.sender)
    return PC_TFTP_RULE_MISPLACED;
  if (packet->len > self->transfer.block_size)
    return PC_TFTP_RULE_MISPLACED;

  set_sending (self, from);
  if (step == 1 && !self->transfer.ended)
    return see_new_block (self, packet);
  if (step <= 0 && self->transfer.n_blocks > 0)
    return PC_TFTP_RULE_DATA_AGAIN;
  return PC_TFTP_RULE_DATA_UNEXPECTED;
}

static PcTftpRule
see_ack_zero (Observer *self)
{
  if (self->transfer.sender == PC_SIDE_SERVER)
    return self->transfer.options ? PC_TFTP_RULE_ACK_OPTIONS
                                  : PC_TFTP_RULE_ACK_UNEXPECTED;

  set_server (self, PC_TFTP_SERVER_RECEIVING);
  if (self->transfer.granted)
    return PC_TFTP_RULE_ACK_AGAIN;

  self->transfer.granted = TRUE;
  return PC_TFTP_RULE_ACK_ZERO;
}

static PcTftpRule
see_ack (Observer           *self,
         PcSide              from,
         const PcTftpPacket *packet)
{
  guint16  number = packet->number;
  gboolean again = (gint16)(number - self->transfer.acked) <= 0;
  gboolean last = self->transfer.ended && number == self->transfer.block;

  if (self->transfer.request == NULL || from == self->transfer.sender)
    return PC_TFTP_RULE_MISPLACED;
  if (self->transfer.n_blocks == 0)
    return number == 0 ? see_ack_zero (self) : PC_TFTP_RULE_ACK_UNEXPECTED;
  if ((gint16)(number - self->transfer.block) > 0)
    return PC_TFTP_RULE_ACK_UNEXPECTED;

  if (last)
    set_whole (self);
  else if (!again)
    set_receiving (self, from);
  if (again)
    return PC_TFTP_RULE_ACK_AGAIN;

  self->transfer.acked = number;
  return last ? PC_TFTP_RULE_ACK_LAST : PC_TFTP_RULE_ACK;
}

static PcTftpRule
see_oack (Observer           *self,
          PcSide              from,
          const PcTftpPacket *packet)
{
  if (self->transfer.request == NULL || from == PC_SIDE_CLIENT ||
      self->transfer.n_blocks > 0)
    return PC_TFTP_RULE_MISPLACED;

  for (guint i = 0; i < packet->n_options; i++) {
    const PcTftpOption *option = &packet->options[i];
    guint64             size;

    if (pc_text_equal_ascii (option->name.data, option->name.len,
                             "blksize") &&
        pc_text_parse_number (option->value.data, option->value.len,
                              MAX_BLOCK_SIZE, &size) &&
        size >= MIN_BLOCK_SIZE)
      self->transfer.block_size = size;
  }

  self->transfer.options = TRUE;
  if (self->transfer.sender == PC_SIDE_SERVER)
    set_server (self, PC_TFTP_SERVER_SENDING);
  else
    set_server (self, PC_TFTP_SERVER_RECEIVING);
  return PC_TFTP_RULE_OACK;
}

static PcTftpRule
see_error (Observer           *self,
           PcSide              from,
           const PcTftpPacket *packet)
{
  static const PcTftpRule rules[] = {
    [PC_TFTP_ERROR_UNDEFINED] = PC_TFTP_RULE_ERROR_OTHER,
    [PC_TFTP_ERROR_NOT_FOUND] = PC_TFTP_RULE_ERROR_NOT_FOUND,
    [PC_TFTP_ERROR_ACCESS] = PC_TFTP_RULE_ERROR_ACCESS,
    [PC_TFTP_ERROR_FULL] = PC_TFTP_RULE_ERROR_FULL,
    [PC_TFTP_ERROR_ILLEGAL] = PC_TFTP_RULE_ERROR_ILLEGAL,
    [PC_TFTP_ERROR_TID] = PC_TFTP_RULE_ERROR_TID,
    [PC_TFTP_ERROR_EXISTS] = PC_TFTP_RULE_ERROR_EXISTS,
    [PC_TFTP_ERROR_USER] = PC_TFTP_RULE_ERROR_USER,
    [PC_TFTP_ERROR_OPTION] = PC_TFTP_RULE_ERROR_OPTION,
  };
  gboolean over = client_is (self, PC_TFTP_CLIENT_CLOSED) &&
                  server_is (self, PC_TFTP_SERVER_CLOSED);

  if (packet->number == PC_TFTP_ERROR_TID && self->ends[from].met_stranger)
    return PC_TFTP_RULE_ERROR_TID;

  set_both_closed (self);
  if (over)
    return PC_TFTP_RULE_ERROR_LATE;
  return packet->number < G_N_ELEMENTS (rules) ? rules[packet->number]
                                               : PC_TFTP_RULE_ERROR_OTHER;
}

/* TRUE when @port is not the one that @from has in this transfer.  The first
 * answer shows the server's. */
static gboolean
is_stranger (Observer           *self,
             PcSide              from,
             guint               port,
             const PcTftpPacket *packet)
{
  gboolean over = client_is (self, PC_TFTP_CLIENT_CLOSED) ||
                  client_is (self, PC_TFTP_CLIENT_DALLYING);

  if (self->ends[from].known && self->ends[from].port != port) {
    if (from == PC_SIDE_CLIENT && over &&
        (packet->opcode == PC_TFTP_RRQ || packet->opcode == PC_TFTP_WRQ))
      return FALSE;

    self->ends[PC_SIDE_OTHER (from)].met_stranger = TRUE;
    return TRUE;
  }

  self->ends[from].known = TRUE;
  self->ends[from].port = port;
  return FALSE;
}

static PcTftpRule
see_packet (Observer           *self,
            PcSide              from,
            guint               port,
            const PcTftpPacket *packet,
            GBytes             *bytes)
{
  if (is_stranger (self, from, port, packet))
    return PC_TFTP_RULE_STRANGER;

  switch (packet->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
    return see_request (self, from, port, packet, bytes);
  case PC_TFTP_DATA:
    return see_data (self, from, packet);
  case PC_TFTP_ACK:
    return see_ack (self, from, packet);
  case PC_TFTP_ERROR:
    return see_error (self, from, packet);
  case PC_TFTP_OACK:
    return see_oack (self, from, packet);
  default:
    g_assert_not_reached ();
  }
}

static PcStatus
status_of (PcTftpRule rule)
{
  switch (rule) {
  case PC_TFTP_RULE_ACK_AGAIN:
  case PC_TFTP_RULE_ACK_UNEXPECTED:
  case PC_TFTP_RULE_DATA_AGAIN:
  case PC_TFTP_RULE_DATA_UNEXPECTED:
  case PC_TFTP_RULE_ERROR_LATE:
  case PC_TFTP_RULE_RRQ_AGAIN:
  case PC_TFTP_RULE_STRANGER:
  case PC_TFTP_RULE_WRQ_AGAIN:
    return PC_STATUS_WARNING;

  case PC_TFTP_RULE_ERROR_ACCESS:
  case PC_TFTP_RULE_ERROR_EXISTS:
  case PC_TFTP_RULE_ERROR_FULL:
  case PC_TFTP_RULE_ERROR_ILLEGAL:
  case PC_TFTP_RULE_ERROR_NOT_FOUND:
  case PC_TFTP_RULE_ERROR_OPTION:
  case PC_TFTP_RULE_ERROR_OTHER:
  case PC_TFTP_RULE_ERROR_TID:
  case PC_TFTP_RULE_ERROR_USER:
  case PC_TFTP_RULE_MISPLACED:
  case PC_TFTP_RULE_UNREADABLE:
    return PC_STATUS_ERROR;

  default:
    return PC_STATUS_OK;
  }
}

/* -- the class ------------------------------------------------------------ */

static void
observer_feed (PcObserver   *observer,
               PcSide        from,
               guint         port,
               const guint8 *data,
               gsize         len)
{
  Observer    *self = (Observer *)observer;
  PcTftpPacket packet;
  PcTftpParsed parsed = pc_tftp_packet_parse (&packet, data, len);
  PcTftpRule   rule = PC_TFTP_RULE_UNREADABLE;
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);
  PcUnit *unit;

  if (parsed == PC_TFTP_PARSED)
    rule = see_packet (self, from, port, &packet, bytes);

  unit = pc_unit_new (from, PC_UNIT_DATAGRAM, pc_tftp_narrations[rule].rule,
                      data, len);
  unit->status = status_of (rule);
  pc_tftp_label (unit, parsed, &packet);
  if (parsed == PC_TFTP_PARSED)
    unit->summary = pc_tftp_summarise (&packet, rule == PC_TFTP_RULE_STRANGER);
  pc_observer_emit (observer, unit);
}

static void
observer_finish (PcObserver *observer,
                 PcSide      from)
{
  Observer *self = (Observer *)observer;

  if (from == PC_SIDE_CLIENT)
    set_client (self, PC_TFTP_CLIENT_CLOSED);
  else
    set_server (self, PC_TFTP_SERVER_CLOSED);
}

static void
observer_free (PcObserver *observer)
{
  Observer *self = (Observer *)observer;

  g_clear_pointer (&self->transfer.request, g_bytes_unref);
  pc_observer_deinit (observer);
  g_free (self);
}

static const PcObserverClass observer_class = {
  .free = observer_free,
  .feed = observer_feed,
  .finish = observer_finish,
};

PcObserver *
pc_tftp_observer_new (void)
{
  Observer *self = g_new0 (Observer, 1);

  pc_observer_init (&self->base, &observer_class,
                    pc_tftp_client_states[PC_TFTP_CLIENT_READY],
                    pc_tftp_server_states[PC_TFTP_SERVER_WAITING]);
  return &self->base;
}
