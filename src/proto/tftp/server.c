/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A TFTP server's end of one transfer.
 *
 * Files are not known here: the engine asks its owner (OPEN_READ, READ,
 * OPEN_WRITE, WRITE, COMMIT) and goes on with the answer, so no block is
 * acknowledged that was not written.  Options that it cannot grant it leaves
 * out, and without any left it answers as a server that knows none (RFC 2347).
 *
 * RFC 1350; RFC 1123 section 4.2.3; RFC 2347 to 2349; RFC 7440.  An ERROR is
 * never answered, and the first datagram only when it is a request: two servers
 * must not be set on each other by one forged packet (CVE-2024-2169).
 */

#include "proto/tftp/protocol.h"

#include "proto/tftp/answer.h"
#include "proto/tftp/options.h"
#include "proto/tftp/transfer.h"
#include "proto/tftp/verbs.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PcEngine          base;
  PcTftpTransfer    transfer;
  PcTftpServerState state;
  PcTftpMode        mode;
  PcTftpTerms       terms; /* asked for; what of it is granted */
  gint64            size;  /* of the file to read; -1 unknown */
  gboolean          no_options;
  gsize             max_block_size;
  gboolean          heard;  /* the first datagram came */
  gboolean          asking; /* the owner owes an answer to @question */
  PcEventKind       question;
  gboolean          uploading; /* the owner holds an unfinished file */
  gboolean          ended;     /* the block in hand is the last */
} Server;

typedef void (*Handler) (Server             *self,
                         gint64              now,
                         const PcTftpPacket *packet);

static void
set_state (Server           *self,
           PcTftpServerState state)
{
  self->state = state;
  /* Until it is known that all has arrived. */
  self->base.busy = state == PC_TFTP_SERVER_SENDING;
}

/* -- ends ----------------------------------------------------------------- */

static void
drop_upload (Server *self)
{
  if (self->uploading)
    pc_engine_push_event (&self->base, PC_EVENT_ABORT, NULL, NULL, 0);
  self->uploading = FALSE;
}

static void
close_quietly (Server *self)
{
  drop_upload (self);
  set_state (self, PC_TFTP_SERVER_CLOSED);
  self->base.status = PC_ENGINE_CLOSING;
}

/* The request cannot be granted, now or any longer. */
static void
refuse (Server         *self,
        PcTftpErrorCode code,
        const char     *message)
{
  pc_tftp_transfer_push_error (&self->transfer, self->transfer.port, code,
                               message);
  close_quietly (self);
}

static void
fail (Server     *self,
      const char *text)
{
  drop_upload (self);
  set_state (self, PC_TFTP_SERVER_CLOSED);
  pc_engine_fail (&self->base, text);
}

static void
fail_illegal (Server *self)
{
  pc_tftp_transfer_push_error (&self->transfer, self->transfer.port,
                               PC_TFTP_ERROR_ILLEGAL, NULL);
  if (self->state == PC_TFTP_SERVER_DALLYING)
    close_quietly (self);
  else
    fail (self, _ ("The client sent a packet that has no place in this "
                   "transfer."));
}

/* -- the owner's part ----------------------------------------------------- */

static void
ask (Server     *self,
     PcEventKind question,
     const char *text,
     GBytes     *data,
     gint64      number)
{
  g_assert (!self->asking);

  self->asking = TRUE;
  self->question = question;
  pc_engine_push_event (&self->base, question, text, data, number);
}

static void
refuse_file (Server      *self,
             PcFileStatus status)
{
  static const PcTftpErrorCode codes[] = {
    [PC_FILE_NOT_FOUND] = PC_TFTP_ERROR_NOT_FOUND,
    [PC_FILE_ACCESS] = PC_TFTP_ERROR_ACCESS,
    [PC_FILE_EXISTS] = PC_TFTP_ERROR_EXISTS,
    [PC_FILE_FULL] = PC_TFTP_ERROR_FULL,
    [PC_FILE_FAILED] = PC_TFTP_ERROR_UNDEFINED,
  };
  const char *message = NULL;

  if (status == PC_FILE_FAILED)
    message = self->question == PC_EVENT_OPEN_READ ||
                      self->question == PC_EVENT_READ
                  ? "Cannot read the file"
                  : "Cannot write the file";
  refuse (self, codes[status], message);
}

/* The owner is asked for what the next block needs. */
static void
ask_for_content (Server *self)
{
  gsize wanted = pc_tftp_transfer_get_wanted (&self->transfer);

  if (wanted > 0 && !self->asking)
    ask (self, PC_EVENT_READ, NULL, NULL, (gint64)wanted);
}

/* What is granted is settled.  TRUE when anything is: then an OACK says so. */
static gboolean
settle (Server *self)
{
  pc_tftp_terms_lower (&self->terms, self->max_block_size,
                       PC_LIMIT_TFTP_FLIGHT_SERVER);
  pc_tftp_transfer_agree (&self->transfer, &self->terms);
  return !pc_tftp_terms_is_empty (&self->terms);
}

static void
begin_sending (Server *self,
               gint64  now,
               GBytes *content)
{
  g_autoptr (GByteArray) oack = g_byte_array_new ();

  if (content != NULL)
    self->size = (gint64)g_bytes_get_size (content);

  /* curl gives up on a size of 0, though it is true. */
  if (self->size > 0 &&
      pc_tftp_terms_get (&self->terms, PC_TFTP_TERM_TSIZE, 1) == 0)
    pc_tftp_terms_set (&self->terms, PC_TFTP_TERM_TSIZE, (guint64)self->size);
  else
    pc_tftp_terms_drop (&self->terms, PC_TFTP_TERM_TSIZE);

  if (settle (self)) {
    pc_tftp_pack_oack (oack, &self->terms);
    pc_tftp_transfer_open (&self->transfer, now, oack);
  }
  pc_tftp_transfer_send (&self->transfer, now, content,
                         self->mode == PC_TFTP_MODE_NETASCII);
  set_state (self, PC_TFTP_SERVER_SENDING);
  ask_for_content (self);
}

static void
begin_receiving (Server *self,
                 gint64  now)
{
  g_autoptr (GByteArray) oack = g_byte_array_new ();

  self->uploading = TRUE;
  if (settle (self)) {
    pc_tftp_pack_oack (oack, &self->terms);
    pc_engine_push_datagram (&self->base, self->transfer.port, oack->data,
                             oack->len);
    pc_tftp_transfer_receive (&self->transfer, now,
                              self->mode == PC_TFTP_MODE_NETASCII);
  } else {
    pc_tftp_transfer_receive (&self->transfer, now,
                              self->mode == PC_TFTP_MODE_NETASCII);
    pc_tftp_transfer_acknowledge (&self->transfer, now);
  }
  set_state (self, PC_TFTP_SERVER_RECEIVING);
}

static void
go_on (Server *self,
       gint64  now,
       GBytes *content)
{
  g_autoptr (GBytes) nothing = NULL;

  switch (self->question) {
  case PC_EVENT_OPEN_READ:
    begin_sending (self, now, content);
    break;

  case PC_EVENT_READ:
    if (content == NULL)
      content = nothing = g_bytes_new (NULL, 0);
    pc_tftp_transfer_supply (&self->transfer, now, content);
    ask_for_content (self);
    break;

  case PC_EVENT_OPEN_WRITE:
    begin_receiving (self, now);
    break;

  case PC_EVENT_WRITE:
    if (self->ended)
      ask (self, PC_EVENT_COMMIT, NULL, NULL, -1);
    else
      pc_tftp_transfer_go_on (&self->transfer, now);
    break;

  case PC_EVENT_COMMIT:
    self->uploading = FALSE;
    pc_tftp_transfer_go_on (&self->transfer, now);
    set_state (self, PC_TFTP_SERVER_DALLYING);
    break;

  default:
    g_assert_not_reached ();
  }
}

static void
server_answer (PcEngine    *engine,
               gint64       now,
               PcFileStatus status,
               GBytes      *content)
{
  Server *self = (Server *)engine;

  g_return_if_fail (self->asking);

  self->asking = FALSE;
  if (status == PC_FILE_OK)
    go_on (self, now, content);
  else
    refuse_file (self, status);
}

static void
server_tell_size (PcEngine *engine,
                  gint64    size)
{
  ((Server *)engine)->size = size;
}

/* -- packets -------------------------------------------------------------- */

static gint64
get_offered_size (const Server *self)
{
  if (!self->terms.known[PC_TFTP_TERM_TSIZE])
    return -1;

  return (gint64)self->terms.value[PC_TFTP_TERM_TSIZE];
}

static void
on_request (Server             *self,
            gint64              now,
            const PcTftpPacket *packet)
{
  g_autofree char *name = NULL;

  self->mode = pc_tftp_packet_get_mode (packet);
  if (self->mode == PC_TFTP_MODE_MAIL || self->mode == PC_TFTP_MODE_OTHER) {
    refuse (self, PC_TFTP_ERROR_ILLEGAL,
            "The mode must be octet or netascii");
    return;
  }
  if (!pc_tftp_name_is_usable (packet->name.data, packet->name.len)) {
    refuse (self, PC_TFTP_ERROR_ACCESS, "The file name is not usable");
    return;
  }

  if (!self->no_options)
    pc_tftp_terms_read (&self->terms, packet);
  /* On the way the file has another size than here. */
  if (self->mode != PC_TFTP_MODE_OCTET)
    pc_tftp_terms_drop (&self->terms, PC_TFTP_TERM_TSIZE);

  name = g_strndup ((const char *)packet->name.data, packet->name.len);
  if (packet->opcode == PC_TFTP_RRQ)
    ask (self, PC_EVENT_OPEN_READ, name, NULL, -1);
  else
    ask (self, PC_EVENT_OPEN_WRITE, name, NULL, get_offered_size (self));
}

static void
on_data (Server             *self,
         gint64              now,
         const PcTftpPacket *packet)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autoptr (GBytes) data = NULL;
  PcTftpProgress progress;

  progress = pc_tftp_transfer_take_data (&self->transfer, now, packet, octets);
  if (progress == PC_TFTP_ILLEGAL) {
    fail_illegal (self);
    return;
  }
  if (progress != PC_TFTP_MORE && progress != PC_TFTP_WHOLE)
    return;

  self->ended = progress == PC_TFTP_WHOLE;
  data = g_byte_array_free_to_bytes (g_steal_pointer (&octets));
  if (g_bytes_get_size (data) > 0) {
    ask (self, PC_EVENT_WRITE, NULL, data, -1);
  } else {
    /* An empty last block, or half a pair of netascii. */
    self->question = PC_EVENT_WRITE;
    go_on (self, now, NULL);
  }
}

static void
on_ack (Server             *self,
        gint64              now,
        const PcTftpPacket *packet)
{
  if (pc_tftp_transfer_take_ack (&self->transfer, now, packet->number) ==
      PC_TFTP_WHOLE)
    close_quietly (self);
  else
    ask_for_content (self);
}

static void
on_error (Server             *self,
          gint64              now,
          const PcTftpPacket *packet)
{
  g_autofree char *words = pc_tftp_packet_get_error_text (packet);
  g_autofree char *text = NULL;

  if (self->state == PC_TFTP_SERVER_DALLYING) {
    close_quietly (self);
    return;
  }

  text = g_strdup_printf (_ ("The client gave up: %s"), words);
  fail (self, text);
}

/* TRUE: an answer was injected for it, and that is the end. */
static gboolean
answers (Server             *self,
         const PcTftpPacket *packet)
{
  const PcAnswer *answer = pc_tftp_take_answer (&self->base, packet->opcode);

  if (answer == NULL)
    return FALSE;

  pc_engine_tell_answer (&self->base, answer);
  refuse (self, pc_tftp_answer_get_code (answer),
          pc_tftp_answer_get_message (answer));
  return TRUE;
}

/* By opcode; in which states, pc_tftp_verbs says. */
static const Handler handlers[PC_TFTP_N_OPCODES + 1] = {
  [PC_TFTP_RRQ] = on_request,
  [PC_TFTP_WRQ] = on_request,
  [PC_TFTP_DATA] = on_data,
  [PC_TFTP_ACK] = on_ack,
  [PC_TFTP_ERROR] = on_error,
};

/* What came to the well-known port.  Only a request, or what may have been
 * meant as one, is answered. */
static void
feed_first (Server             *self,
            gint64              now,
            PcTftpParsed        parsed,
            const PcTftpPacket *packet,
            gsize               len)
{
  gboolean request = packet->opcode == PC_TFTP_RRQ ||
                     packet->opcode == PC_TFTP_WRQ;

  if (parsed == PC_TFTP_UNKNOWN)
    refuse (self, PC_TFTP_ERROR_ILLEGAL, NULL);
  else if (parsed == PC_TFTP_SHORT || !request)
    close_quietly (self);
  else if (parsed == PC_TFTP_MALFORMED)
    refuse (self, PC_TFTP_ERROR_ILLEGAL, "The request is cut short");
  else if (len > PC_LIMIT_TFTP_REQUEST)
    refuse (self, PC_TFTP_ERROR_ILLEGAL, "The request is too long");
  else if (!answers (self, packet))
    handlers[packet->opcode](self, now, packet);
}

static void
feed_peer (Server             *self,
           gint64              now,
           PcTftpParsed        parsed,
           const PcTftpPacket *packet)
{
  guint    here = 1u << self->state;
  /* While a file is read, what is in flight can be acknowledged. */
  gboolean held = self->asking && self->question != PC_EVENT_READ;

  if (parsed == PC_TFTP_SHORT)
    return;
  if (held && packet->opcode != PC_TFTP_ERROR)
    return;

  if (held)
    on_error (self, now, packet);
  else if (parsed != PC_TFTP_PARSED ||
           (pc_tftp_verbs[packet->opcode - 1].states & here) == 0)
    fail_illegal (self);
  else if (!answers (self, packet))
    handlers[packet->opcode](self, now, packet);
}

static void
server_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  Server      *self = (Server *)engine;
  PcTftpPacket packet;
  PcTftpParsed parsed = pc_tftp_packet_parse (&packet, data, len);

  if (!self->heard) {
    self->heard = TRUE;
    self->transfer.port = port;
    feed_first (self, now, parsed, &packet, len);
  } else if (port == self->transfer.port) {
    feed_peer (self, now, parsed, &packet);
  } else if (parsed != PC_TFTP_SHORT && packet.opcode != PC_TFTP_ERROR) {
    /* A stranger; the transfer goes on (RFC 1350 section 4). */
    pc_tftp_transfer_push_error (&self->transfer, port, PC_TFTP_ERROR_TID,
                                 NULL);
  }
}

/* -- the class ------------------------------------------------------------ */

static void
server_eof (PcEngine *engine,
            gint64    now)
{
  Server *self = (Server *)engine;

  if (self->state == PC_TFTP_SERVER_DALLYING || !self->heard)
    close_quietly (self);
  else
    fail (self, _ ("The client's port is closed."));
}

static void
server_wake (PcEngine *engine,
             gint64    now)
{
  Server *self = (Server *)engine;

  if (pc_tftp_transfer_wake (&self->transfer, now) == PC_TFTP_TIMER_QUIET)
    return;

  if (self->state == PC_TFTP_SERVER_DALLYING)
    close_quietly (self);
  else if (self->state == PC_TFTP_SERVER_RECEIVING)
    fail (self, _ ("The client sent no further block."));
  else if (self->transfer.send.base == 0)
    fail (self, _ ("The client did not answer the option acknowledgment."));
  else if (self->transfer.send.ended)
    fail (self, _ ("The last block was never acknowledged; the client may "
                   "have the whole file all the same."));
  else
    fail (self, _ ("The client stopped acknowledging blocks."));
}

static gint64
server_deadline (const PcEngine *engine)
{
  const Server *self = (const Server *)engine;

  return pc_tftp_transfer_get_deadline (&self->transfer);
}

static const char *
server_state (const PcEngine *engine)
{
  return pc_tftp_server_states[((const Server *)engine)->state];
}

static void
server_free (PcEngine *engine)
{
  Server *self = (Server *)engine;

  pc_tftp_transfer_clear (&self->transfer);
  pc_engine_deinit (engine);
  g_free (self);
}

static const PcEngineClass server_class = {
  .name = "tftp-server",
  .free = server_free,
  .feed = server_feed,
  .eof = server_eof,
  .wake = server_wake,
  .deadline = server_deadline,
  .state = server_state,
  .answer = server_answer,
  .check_answer = pc_tftp_check_answer,
  .tell_size = server_tell_size,
};

PcEngine *
pc_tftp_server_new (const PcServerConfig *config)
{
  Server *self;

  g_return_val_if_fail (config != NULL, NULL);

  self = g_new0 (Server, 1);
  pc_engine_init (&self->base, &server_class);
  pc_tftp_transfer_init (&self->transfer, &self->base, config->timeout);
  self->transfer.old_acks = config->policy.old_acks;
  self->transfer.max_resends = config->max_resends;
  self->no_options = config->policy.no_options;
  self->max_block_size = config->policy.max_block_size;
  self->size = -1;
  return &self->base;
}
