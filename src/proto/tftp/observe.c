/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches one TFTP transfer: each datagram is one unit.
 *
 * Follows the ports, the options that were agreed on, and the blocks, so that
 * it can tell a block from its repetition and a peer from a stranger.  It does
 * not know which datagrams arrived: an end's state follows from what that end
 * sends, and from the packets that end its part.  Of what went by it keeps one
 * request and a few numbers.
 *
 * RFC 1350, RFC 1123 section 4.2.3, RFC 2347 to 2349, RFC 7440.
 */

#include "proto/tftp/protocol.h"

#include "proto/tftp/label.h"
#include "proto/tftp/observe-blocks.h"
#include "proto/tftp/observe-options.h"
#include "proto/tftp/packet.h"
#include "proto/tftp/rules.h"
#include "proto/tftp/verbs.h"

#include "base/limits.h"

#include <string.h>

typedef struct
{
  PcObserver base;

  struct
  {
    gboolean known;
    guint    port;
    guint    met_strangers; /* each may get an ERROR 5 from this end */
  } ends[2];                /* by PcSide */

  /* Cleared by each new request. */
  struct
  {
    GBytes      *request;
    guint        n_requests;
    gboolean     asked;        /* for options */
    gboolean     netascii;
    PcSide       sender;
    gboolean     options;      /* an OACK was seen */
    gboolean     granted;      /* an ACK 0 was seen */
    guint        first_opcode; /* of the server's first answer; or 0 */
    guint        first_hash;   /* of its octets */
    PcTftpBlocks blocks;
  } transfer;
} Observer;

/* What one datagram is. */
typedef struct
{
  PcSide              from;
  guint               port;
  const guint8       *data;
  gsize               len;
  const PcTftpPacket *packet;
} Datagram;

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

/* -- requests ------------------------------------------------------------- */

static void
begin_transfer (Observer       *self,
                const Datagram *it)
{
  gboolean read = it->packet->opcode == PC_TFTP_RRQ;

  g_clear_pointer (&self->transfer.request, g_bytes_unref);
  memset (&self->transfer, 0, sizeof self->transfer);
  memset (self->ends, 0, sizeof self->ends);
  pc_tftp_blocks_init (&self->transfer.blocks);
  self->transfer.request = g_bytes_new (it->data, it->len);
  self->transfer.n_requests = 1;
  self->transfer.asked = it->packet->n_options > 0;
  self->transfer.netascii = pc_tftp_packet_get_mode (it->packet) ==
                            PC_TFTP_MODE_NETASCII;
  self->transfer.sender = read ? PC_SIDE_SERVER : PC_SIDE_CLIENT;
  self->ends[PC_SIDE_CLIENT].known = TRUE;
  self->ends[PC_SIDE_CLIENT].port = it->port;
  set_client (self, read ? PC_TFTP_CLIENT_READING : PC_TFTP_CLIENT_WRITING);
  set_server (self, PC_TFTP_SERVER_WAITING);
}

static gboolean
is_repeated_request (const Observer *self,
                     const Datagram *it)
{
  gsize         len;
  gconstpointer data;

  if (!client_is (self, PC_TFTP_CLIENT_READING) &&
      !client_is (self, PC_TFTP_CLIENT_WRITING))
    return FALSE;

  data = g_bytes_get_data (self->transfer.request, &len);
  return len == it->len && memcmp (data, it->data, len) == 0;
}

static PcTftpRule
see_request (Observer       *self,
             const Datagram *it)
{
  gboolean read = it->packet->opcode == PC_TFTP_RRQ;

  if (it->from == PC_SIDE_SERVER ||
      client_is (self, PC_TFTP_CLIENT_RECEIVING) ||
      client_is (self, PC_TFTP_CLIENT_SENDING))
    return PC_TFTP_RULE_MISPLACED;

  if (is_repeated_request (self, it)) {
    /* It has heard no answer yet: the next one decides which port it is. */
    self->ends[PC_SIDE_SERVER].known = FALSE;
    self->transfer.granted = FALSE;
    self->transfer.n_requests++;
    return read ? PC_TFTP_RULE_RRQ_AGAIN : PC_TFTP_RULE_WRQ_AGAIN;
  }

  begin_transfer (self, it);
  if (it->len > PC_LIMIT_TFTP_REQUEST)
    return PC_TFTP_RULE_REQUEST_TOO_LONG;
  if (it->packet->n_options > 0)
    return read ? PC_TFTP_RULE_RRQ_OPTIONS : PC_TFTP_RULE_WRQ_OPTIONS;
  return read ? PC_TFTP_RULE_RRQ : PC_TFTP_RULE_WRQ;
}

/* -- DATA and ACK --------------------------------------------------------- */

/* The server's grant: after an OACK the new port is no news. */
static PcTftpRule
name_first (const Observer *self,
            PcTftpRule      rule)
{
  if (self->transfer.sender == PC_SIDE_CLIENT || self->transfer.options)
    return rule;
  if (self->transfer.asked)
    return PC_TFTP_RULE_DATA_WITHOUT_OPTIONS;
  return self->transfer.blocks.ended ? PC_TFTP_RULE_DATA_ONLY
                                     : PC_TFTP_RULE_DATA_FIRST;
}

static PcTftpRule
see_data (Observer       *self,
          const Datagram *it,
          guint64        *block)
{
  PcTftpBlocks *blocks = &self->transfer.blocks;
  gboolean      none = blocks->newest == 0;
  PcTftpRule    rule;

  if (self->transfer.request == NULL || it->from != self->transfer.sender)
    return PC_TFTP_RULE_MISPLACED;

  rule = pc_tftp_blocks_see_data (blocks, it->packet,
                                  self->base.timers[it->from], block);
  if (rule == PC_TFTP_RULE_DATA_TOO_LONG)
    return rule;

  set_sending (self, it->from);
  return none && blocks->newest == 1 ? name_first (self, rule) : rule;
}

static PcTftpRule
see_ack_zero (Observer       *self,
              const Datagram *it)
{
  gboolean options = self->transfer.options;
  gboolean again = self->transfer.granted;

  if (self->transfer.sender == PC_SIDE_SERVER) {
    if (!options)
      return PC_TFTP_RULE_ACK_UNEXPECTED;
    self->transfer.granted = TRUE;
    return again ? PC_TFTP_RULE_ACK_AGAIN_OPTIONS : PC_TFTP_RULE_ACK_OPTIONS;
  }

  set_server (self, PC_TFTP_SERVER_RECEIVING);
  self->transfer.granted = TRUE;
  if (again)
    return pc_tftp_blocks_see_zero_again (&self->transfer.blocks,
                                          self->base.timers[it->from]);
  if (options)
    return PC_TFTP_RULE_ACK_UNEXPECTED;
  return self->transfer.asked ? PC_TFTP_RULE_ACK_WITHOUT_OPTIONS
                              : PC_TFTP_RULE_ACK_ZERO;
}

static gboolean
is_progress (PcTftpRule rule)
{
  return rule == PC_TFTP_RULE_ACK || rule == PC_TFTP_RULE_ACK_GAP ||
         rule == PC_TFTP_RULE_ACK_WINDOW || rule == PC_TFTP_RULE_ACK_WRAP;
}

static PcTftpRule
see_ack (Observer       *self,
         const Datagram *it,
         guint64        *block)
{
  PcTftpBlocks *blocks = &self->transfer.blocks;
  PcTftpRule    rule;

  if (self->transfer.request == NULL || it->from == self->transfer.sender)
    return PC_TFTP_RULE_MISPLACED;
  if (blocks->newest == 0)
    return it->packet->number == 0 ? see_ack_zero (self, it)
                                   : PC_TFTP_RULE_ACK_UNEXPECTED;

  rule = pc_tftp_blocks_see_ack (blocks, it->packet->number,
                                 self->base.timers[it->from], block);
  if (rule == PC_TFTP_RULE_ACK_UNEXPECTED)
    return rule;

  if (pc_tftp_blocks_are_whole (blocks))
    set_whole (self);
  else if (is_progress (rule) && *block > 0)
    set_receiving (self, it->from);

  /* The client answers the server's OACK, which came again. */
  if (*block == 0 && rule != PC_TFTP_RULE_ACK_GAP && self->transfer.options &&
      it->from == PC_SIDE_CLIENT)
    return PC_TFTP_RULE_ACK_AGAIN_OPTIONS;
  return rule;
}

/* -- OACK ----------------------------------------------------------------- */

static const PcTftpPacket *
parse_request (const Observer *self,
               PcTftpPacket   *request)
{
  gsize         len;
  gconstpointer data;

  if (self->transfer.request == NULL)
    return NULL;

  data = g_bytes_get_data (self->transfer.request, &len);
  pc_tftp_packet_parse (request, data, len);
  return request;
}

static void
agree (Observer           *self,
       const PcTftpPacket *packet)
{
  PcTftpBlocks *blocks = &self->transfer.blocks;

  for (guint i = 0; i < packet->n_options; i++) {
    const PcTftpOption *option = &packet->options[i];
    guint64             value;

    if (!pc_tftp_option_get_value (option, &value))
      continue;
    if (pc_tftp_option_get_kind (option) == PC_TFTP_ASKED_BLKSIZE)
      blocks->block_size = value;
    else if (pc_tftp_option_get_kind (option) == PC_TFTP_ASKED_WINDOWSIZE)
      blocks->window = (guint)value;
  }
}

static PcTftpRule
see_oack (Observer       *self,
          const Datagram *it)
{
  gboolean     read = self->transfer.sender == PC_SIDE_SERVER;
  guint64      n_done = read ? self->transfer.blocks.newest
                             : self->transfer.blocks.acked;
  PcTftpPacket request;

  if (self->transfer.request == NULL || it->from == PC_SIDE_CLIENT)
    return PC_TFTP_RULE_MISPLACED;
  if (!self->transfer.options && self->transfer.blocks.newest > 0)
    return PC_TFTP_RULE_MISPLACED;

  /* Once blocks go by, an OACK is a late one. */
  if (n_done == 0)
    set_server (self, read ? PC_TFTP_SERVER_SENDING
                           : PC_TFTP_SERVER_RECEIVING);
  if (self->transfer.options)
    return PC_TFTP_RULE_OACK_AGAIN;

  agree (self, it->packet);
  self->transfer.options = TRUE;
  return pc_tftp_oack_get_rule (it->packet, parse_request (self, &request));
}

/* -- ERROR ---------------------------------------------------------------- */

static PcTftpRule
see_error (Observer       *self,
           const Datagram *it)
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
  guint    code = it->packet->number;
  gboolean over = client_is (self, PC_TFTP_CLIENT_CLOSED) &&
                  server_is (self, PC_TFTP_SERVER_CLOSED);

  if (code == PC_TFTP_ERROR_TID && self->ends[it->from].met_strangers > 0) {
    self->ends[it->from].met_strangers--;
    return PC_TFTP_RULE_ERROR_TID;
  }

  set_both_closed (self);
  if (over)
    return PC_TFTP_RULE_ERROR_LATE;
  if (code == PC_TFTP_ERROR_OPTION && it->from == PC_SIDE_CLIENT)
    return PC_TFTP_RULE_ERROR_OACK;
  return code < G_N_ELEMENTS (rules) ? rules[code] : PC_TFTP_RULE_ERROR_OTHER;
}

/* -- ports ---------------------------------------------------------------- */

/* Whether the server may begin with this packet. */
static gboolean
answers_request (const Observer     *self,
                 const PcTftpPacket *packet)
{
  switch (packet->opcode) {
  case PC_TFTP_DATA:
    return packet->number == 1 && self->transfer.sender == PC_SIDE_SERVER;
  case PC_TFTP_ACK:
    return packet->number == 0 && self->transfer.sender == PC_SIDE_CLIENT;
  case PC_TFTP_ERROR:
  case PC_TFTP_OACK:
    return TRUE;
  default:
    return FALSE;
  }
}

static guint
hash_datagram (const Datagram *it)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (it->data, it->len);

  return g_bytes_hash (bytes);
}

/* The other end will send an ERROR 5 to the port that @it came from. */
static PcTftpRule
meet_stranger (Observer       *self,
               const Datagram *it)
{
  gboolean twin = FALSE;

  if (it->packet->opcode != PC_TFTP_ERROR)
    self->ends[PC_SIDE_OTHER (it->from)].met_strangers++;

  if (it->from == PC_SIDE_SERVER && self->transfer.first_opcode != 0 &&
      it->packet->opcode != PC_TFTP_ERROR &&
      answers_request (self, it->packet))
    twin = self->transfer.n_requests > 1 ||
           (it->packet->opcode == self->transfer.first_opcode &&
            hash_datagram (it) == self->transfer.first_hash);

  return twin ? PC_TFTP_RULE_STRANGER_SECOND_SERVER : PC_TFTP_RULE_STRANGER;
}

/* TRUE when the port is not the one that this end has in this transfer.  The
 * first answer shows the server's. */
static gboolean
is_stranger (Observer       *self,
             const Datagram *it)
{
  gboolean request = it->packet->opcode == PC_TFTP_RRQ ||
                     it->packet->opcode == PC_TFTP_WRQ;
  gboolean over = client_is (self, PC_TFTP_CLIENT_CLOSED) ||
                  client_is (self, PC_TFTP_CLIENT_DALLYING);

  if (self->ends[it->from].known)
    return self->ends[it->from].port != it->port &&
           !(it->from == PC_SIDE_CLIENT && over && request);
  if (self->transfer.request == NULL || it->from == PC_SIDE_CLIENT)
    return FALSE;
  if (!answers_request (self, it->packet))
    return TRUE;

  self->ends[it->from].known = TRUE;
  self->ends[it->from].port = it->port;
  self->transfer.first_opcode = it->packet->opcode;
  self->transfer.first_hash = hash_datagram (it);
  return FALSE;
}

/* -- packets -------------------------------------------------------------- */

static PcTftpRule
see_packet (Observer       *self,
            const Datagram *it,
            guint64        *block)
{
  if (is_stranger (self, it))
    return meet_stranger (self, it);

  switch (it->packet->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
    return see_request (self, it);
  case PC_TFTP_DATA:
    return see_data (self, it, block);
  case PC_TFTP_ACK:
    return see_ack (self, it, block);
  case PC_TFTP_ERROR:
    return see_error (self, it);
  case PC_TFTP_OACK:
    return see_oack (self, it);
  default:
    g_assert_not_reached ();
  }
}

/* A stranger is answered even when it makes no sense. */
static PcTftpRule
see_unreadable (Observer       *self,
                const Datagram *it,
                PcTftpParsed    parsed)
{
  if (parsed == PC_TFTP_SHORT)
    return PC_TFTP_RULE_UNREADABLE_SHORT;
  if (self->ends[it->from].known && self->ends[it->from].port != it->port)
    self->ends[PC_SIDE_OTHER (it->from)].met_strangers++;

  /* Others do not begin with a zero. */
  return parsed == PC_TFTP_UNKNOWN && it->packet->opcode <= G_MAXUINT8
             ? PC_TFTP_RULE_UNREADABLE_OPCODE
             : PC_TFTP_RULE_UNREADABLE;
}

static PcStatus
status_of (PcTftpRule rule)
{
  switch (rule) {
  case PC_TFTP_RULE_ACK_AGAIN:
  case PC_TFTP_RULE_ACK_AGAIN_DALLYING:
  case PC_TFTP_RULE_ACK_AGAIN_OPTIONS:
  case PC_TFTP_RULE_ACK_AGAIN_TIMER:
  case PC_TFTP_RULE_ACK_GAP:
  case PC_TFTP_RULE_ACK_UNEXPECTED:
  case PC_TFTP_RULE_DATA_AGAIN:
  case PC_TFTP_RULE_DATA_AGAIN_APPRENTICE:
  case PC_TFTP_RULE_DATA_AGAIN_LATE:
  case PC_TFTP_RULE_DATA_AGAIN_RESTART:
  case PC_TFTP_RULE_DATA_AGAIN_TIMEOUT:
  case PC_TFTP_RULE_DATA_AGAIN_WINDOW:
  case PC_TFTP_RULE_DATA_GAP:
  case PC_TFTP_RULE_DATA_UNEXPECTED:
  case PC_TFTP_RULE_ERROR_LATE:
  case PC_TFTP_RULE_OACK_AGAIN:
  case PC_TFTP_RULE_OACK_WRONG:
  case PC_TFTP_RULE_REQUEST_TOO_LONG:
  case PC_TFTP_RULE_RRQ_AGAIN:
  case PC_TFTP_RULE_STRANGER:
  case PC_TFTP_RULE_STRANGER_SECOND_SERVER:
  case PC_TFTP_RULE_WRQ_AGAIN:
    return PC_STATUS_WARNING;

  case PC_TFTP_RULE_DATA_TOO_LONG:
  case PC_TFTP_RULE_ERROR_ACCESS:
  case PC_TFTP_RULE_ERROR_EXISTS:
  case PC_TFTP_RULE_ERROR_FULL:
  case PC_TFTP_RULE_ERROR_ILLEGAL:
  case PC_TFTP_RULE_ERROR_NOT_FOUND:
  case PC_TFTP_RULE_ERROR_OACK:
  case PC_TFTP_RULE_ERROR_OPTION:
  case PC_TFTP_RULE_ERROR_OTHER:
  case PC_TFTP_RULE_ERROR_TID:
  case PC_TFTP_RULE_ERROR_USER:
  case PC_TFTP_RULE_MISPLACED:
  case PC_TFTP_RULE_UNREADABLE:
  case PC_TFTP_RULE_UNREADABLE_OPCODE:
  case PC_TFTP_RULE_UNREADABLE_SHORT:
    return PC_STATUS_ERROR;

  default:
    return PC_STATUS_OK;
  }
}

/* An OACK is told beside what was asked. */
static gboolean
is_answer (PcTftpRule rule)
{
  return rule == PC_TFTP_RULE_OACK || rule == PC_TFTP_RULE_OACK_AGAIN ||
         rule == PC_TFTP_RULE_OACK_LOWERED ||
         rule == PC_TFTP_RULE_OACK_PARTIAL || rule == PC_TFTP_RULE_OACK_WRONG;
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
  PcTftpPacket request;
  Datagram     it = { from, port, data, len, &packet };
  PcTftpSeen   seen = { .packet = &packet };
  PcUnit      *unit;

  seen.parsed = pc_tftp_packet_parse (&packet, data, len);
  seen.block = packet.number;
  if (seen.parsed == PC_TFTP_PARSED)
    seen.rule = see_packet (self, &it, &seen.block);
  else
    seen.rule = see_unreadable (self, &it, seen.parsed);

  seen.full = packet.len >= self->transfer.blocks.block_size;
  seen.netascii = self->transfer.netascii;
  if (is_answer (seen.rule))
    seen.request = parse_request (self, &request);

  unit = pc_unit_new (from, PC_UNIT_DATAGRAM,
                      pc_tftp_narrations[seen.rule].rule, data, len);
  unit->status = status_of (seen.rule);
  pc_tftp_label (unit, &seen);
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

  pc_tftp_blocks_init (&self->transfer.blocks);
  pc_observer_init (&self->base, &observer_class,
                    pc_tftp_client_states[PC_TFTP_CLIENT_READY],
                    pc_tftp_server_states[PC_TFTP_SERVER_WAITING]);
  return &self->base;
}
