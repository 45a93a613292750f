/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A TFTP client's end of one transfer.
 *
 * The first packet goes to the server's well-known port; the port that the
 * first answer comes from is the server's TID, and every other port is a
 * stranger's from then on.  An OACK is held against what was asked for, and
 * refused when it says anything else; a server that knows no options answers
 * as if there were none, and is taken at its word (RFC 2347).
 *
 * RFC 1350; RFC 1123 section 4.2.3; RFC 2347 to 2349; RFC 7440.
 */

#include "proto/tftp/protocol.h"

#include "proto/tftp/options.h"
#include "proto/tftp/transfer.h"
#include "proto/tftp/verbs.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  PcEngine          base;
  PcTftpTransfer    transfer;
  PcTftpClientState state;
  guint             server_port;
  PcTftpMode        mode;
  gboolean          put;
  char             *name;
  GBytes           *file;     /* put */
  GByteArray       *received; /* get: what came in */
  PcTftpTerms       asked;
  gboolean          answered; /* transfer.port is the server's TID */
  gboolean          agreed;   /* by an OACK */
  gboolean          raw;      /* somebody builds the packets, and nothing of
                               * what is above is in use */
  guint             raw_port; /* the server's TID; 0: not known yet */
  gint64            raw_deadline;
} Client;

typedef void (*Handler) (Client             *self,
                         gint64              now,
                         const PcTftpPacket *packet);

#define IN(state) (1u << PC_TFTP_CLIENT_##state)

static void
set_state (Client           *self,
           PcTftpClientState state)
{
  self->state = state;
}

/* -- ends ----------------------------------------------------------------- */

static void
close_quietly (Client *self)
{
  set_state (self, PC_TFTP_CLIENT_CLOSED);
  self->base.status = PC_ENGINE_CLOSING;
}

static void
fail (Client     *self,
      const char *text)
{
  set_state (self, PC_TFTP_CLIENT_CLOSED);
  pc_engine_fail (&self->base, text);
}

static void
fail_telling (Client         *self,
              guint           port,
              PcTftpErrorCode code,
              const char     *text)
{
  pc_tftp_transfer_push_error (&self->transfer, port, code, NULL);
  fail (self, text);
}

static void
fail_illegal (Client *self)
{
  pc_tftp_transfer_push_error (&self->transfer, self->transfer.port,
                               PC_TFTP_ERROR_ILLEGAL, NULL);
  if (self->state == PC_TFTP_CLIENT_DALLYING)
    close_quietly (self);
  else
    fail (self, _ ("The server sent a packet that has no place in this "
                   "transfer."));
}

static void
hand_over (Client *self)
{
  g_autoptr (GBytes) file = NULL;

  file = g_byte_array_free_to_bytes (g_steal_pointer (&self->received));
  pc_engine_push_event (&self->base, PC_EVENT_ITEM, self->name, file, 0);
  pc_engine_finish_action (&self->base, PC_EVENT_DONE, NULL);
}

/* -- packets -------------------------------------------------------------- */

static void
on_data (Client             *self,
         gint64              now,
         const PcTftpPacket *packet)
{
  GByteArray    *into = self->received;
  PcTftpProgress progress;

  /* Dallying, the file is already handed over: nothing is taken any more. */
  progress = pc_tftp_transfer_take_data (&self->transfer, now, packet, into);
  if (progress == PC_TFTP_ILLEGAL) {
    fail_illegal (self);
    return;
  }
  if (progress != PC_TFTP_MORE && progress != PC_TFTP_WHOLE)
    return;
  if (into->len > PC_LIMIT_TFTP_FILE) {
    fail_telling (self, self->transfer.port, PC_TFTP_ERROR_FULL,
                  _ ("The file is larger than this client takes."));
    return;
  }

  if (!pc_tftp_transfer_go_on (&self->transfer, now))
    return;
  if (progress == PC_TFTP_MORE) {
    set_state (self, PC_TFTP_CLIENT_RECEIVING);
    return;
  }

  set_state (self, PC_TFTP_CLIENT_DALLYING);
  hand_over (self);
}

static void
on_ack (Client             *self,
        gint64              now,
        const PcTftpPacket *packet)
{
  PcTftpProgress progress;

  progress = pc_tftp_transfer_take_ack (&self->transfer, now, packet->number);
  if (progress == PC_TFTP_MORE) {
    set_state (self, PC_TFTP_CLIENT_SENDING);
  } else if (progress == PC_TFTP_WHOLE) {
    pc_engine_finish_action (&self->base, PC_EVENT_DONE, NULL);
    close_quietly (self);
  }
}

static void
on_error (Client             *self,
          gint64              now,
          const PcTftpPacket *packet)
{
  g_autofree char *words = pc_tftp_packet_get_error_text (packet);

  if (self->base.busy)
    pc_engine_finish_action (&self->base, PC_EVENT_REFUSED, words);
  close_quietly (self);
}

/* Only the first one is news; again, it means that our answer was lost. */
static void
on_oack (Client             *self,
         gint64              now,
         const PcTftpPacket *packet)
{
  if (!self->agreed)
    fail_illegal (self);
  else if (self->state == PC_TFTP_CLIENT_READING &&
           self->transfer.receive.expected == 1)
    pc_tftp_transfer_acknowledge (&self->transfer, now);
}

static const struct
{
  guint   states; /* with a known peer */
  Handler handler;
} rows[PC_TFTP_N_OPCODES + 1] = {
  [PC_TFTP_DATA] = { IN (READING) | IN (RECEIVING) | IN (DALLYING), on_data },
  [PC_TFTP_ACK] = { IN (WRITING) | IN (SENDING), on_ack },
  [PC_TFTP_ERROR] = { IN (READING) | IN (WRITING) | IN (RECEIVING) |
                          IN (SENDING) | IN (DALLYING),
                      on_error },
  [PC_TFTP_OACK] = { IN (READING) | IN (RECEIVING) | IN (SENDING) |
                         IN (DALLYING),
                     on_oack },
};

/* -- options -------------------------------------------------------------- */

static void
fail_option (Client       *self,
             guint         port,
             PcTftpVerdict verdict,
             const char   *culprit)
{
  g_autofree char *text = NULL;

  if (verdict == PC_TFTP_TERMS_CHANGED)
    text = g_strdup_printf (
        _ ("The server answered the option “%s” with a value that was not "
           "asked for."),
        culprit);
  else
    text = g_strdup (_ ("The server agreed to options that were not asked "
                        "for."));
  fail_telling (self, port, PC_TFTP_ERROR_OPTION, text);
}

static void
begin (Client *self,
       gint64  now)
{
  gboolean netascii = self->mode == PC_TFTP_MODE_NETASCII;

  if (self->put)
    pc_tftp_transfer_send (&self->transfer, now, self->file, netascii);
  else
    pc_tftp_transfer_receive (&self->transfer, now, netascii);
}

/* The first answer is an OACK. */
static void
agree (Client             *self,
       gint64              now,
       guint               port,
       const PcTftpPacket *packet)
{
  PcTftpTerms   terms;
  PcTftpVerdict verdict = PC_TFTP_TERMS_UNASKED;
  g_autofree char *culprit = NULL;

  if (packet->n_options > 0)
    verdict = pc_tftp_terms_accept (&terms, &self->asked, packet, &culprit);
  if (verdict != PC_TFTP_TERMS_AGREED) {
    fail_option (self, port, verdict, culprit);
    return;
  }
  /* RFC 2349: a client that cannot take so much says so with ERROR 3. */
  if (pc_tftp_terms_get (&terms, PC_TFTP_TERM_TSIZE, 0) > PC_LIMIT_TFTP_FILE) {
    fail_telling (self, port, PC_TFTP_ERROR_FULL,
                  _ ("The file is larger than this client takes."));
    return;
  }

  self->answered = TRUE;
  self->agreed = TRUE;
  self->transfer.port = port;
  pc_tftp_transfer_agree (&self->transfer, &terms);
  begin (self, now);
  if (self->put) {
    pc_tftp_transfer_take_ack (&self->transfer, now, 0);
    set_state (self, PC_TFTP_CLIENT_SENDING);
  } else {
    pc_tftp_transfer_acknowledge (&self->transfer, now);
  }
}

/* -- the first answer ----------------------------------------------------- */

static gboolean
answers_request (const Client       *self,
                 const PcTftpPacket *packet)
{
  if (packet->opcode == PC_TFTP_ERROR)
    return TRUE;
  if (self->state == PC_TFTP_CLIENT_READING)
    return packet->opcode == PC_TFTP_DATA && packet->number == 1;

  return packet->opcode == PC_TFTP_ACK && packet->number == 0;
}

/* Until it came, any port may be the server's TID. */
static void
feed_first (Client             *self,
            gint64              now,
            guint               port,
            PcTftpParsed        parsed,
            const PcTftpPacket *packet)
{
  if (parsed == PC_TFTP_SHORT)
    return;
  if (parsed == PC_TFTP_UNKNOWN) {
    fail_telling (self, port, PC_TFTP_ERROR_ILLEGAL,
                  _ ("The answer is not TFTP."));
    return;
  }
  if (packet->opcode == PC_TFTP_OACK) {
    agree (self, now, port, packet);
    return;
  }
  if (parsed != PC_TFTP_PARSED || !answers_request (self, packet)) {
    /* From another transfer, perhaps long over. */
    pc_tftp_transfer_push_error (&self->transfer, port, PC_TFTP_ERROR_TID,
                                 NULL);
    return;
  }

  self->answered = TRUE;
  self->transfer.port = port;
  if (packet->opcode != PC_TFTP_ERROR)
    begin (self, now);
  rows[packet->opcode].handler (self, now, packet);
}

static void
feed_peer (Client             *self,
           gint64              now,
           PcTftpParsed        parsed,
           const PcTftpPacket *packet)
{
  if (parsed == PC_TFTP_SHORT)
    return;

  if (parsed != PC_TFTP_PARSED ||
      (rows[packet->opcode].states & (1u << self->state)) == 0)
    fail_illegal (self);
  else
    rows[packet->opcode].handler (self, now, packet);
}

/* -- packets of somebody else's making ------------------------------------ */

/* Any answer will do, and none as well: a last ACK has none. */
static void
feed_raw (Client             *self,
          guint               port,
          PcTftpParsed        parsed,
          const PcTftpPacket *packet)
{
  g_autofree char *words = NULL;

  if (self->raw_port == 0)
    self->raw_port = port;
  if (!self->base.busy || port != self->raw_port)
    return;

  if (parsed != PC_TFTP_SHORT && packet->opcode == PC_TFTP_ERROR) {
    words = pc_tftp_packet_get_error_text (packet);
    pc_engine_finish_action (&self->base, PC_EVENT_REFUSED, words);
  } else {
    pc_engine_finish_action (&self->base, PC_EVENT_DONE, NULL);
  }
}

/* "0001 666f6f" */
static GByteArray *
read_octets (const char *text)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  for (; *text != '\0'; text++) {
    guint8 octet;

    if (*text == ' ')
      continue;
    if (!g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
      return NULL;
    octet = (guint8) (g_ascii_xdigit_value (text[0]) * 16 +
                      g_ascii_xdigit_value (text[1]));
    g_byte_array_append (octets, &octet, 1);
    text++;
  }

  return octets->len > 0 && octets->len <= PC_LIMIT_TFTP_PACKET
             ? g_steal_pointer (&octets)
             : NULL;
}

static gboolean refuse_action (GError    **error,
                               const char *text);

static gboolean
act_raw (Client         *self,
         gint64          now,
         const PcAction *action,
         GError        **error)
{
  const char            *text = pc_action_get (action, "octets", "");
  g_autoptr (GByteArray) octets = read_octets (text);
  gboolean               asks;

  if (octets == NULL)
    return refuse_action (error, _ ("The octets of a packet are written in "
                                    "hexadecimal, two digits each, and there "
                                    "is at least one."));

  asks = octets->len >= 2 && octets->data[0] == 0 &&
         (octets->data[1] == PC_TFTP_RRQ || octets->data[1] == PC_TFTP_WRQ);
  self->raw = TRUE;
  self->base.busy = TRUE;
  self->raw_deadline = now + PC_LIMIT_TFTP_PACKET_WAIT;
  pc_engine_push_datagram (&self->base,
                           self->raw_port == 0 || asks ? self->server_port
                                                       : self->raw_port,
                           octets->data, octets->len);
  return TRUE;
}

/* -- what arrives --------------------------------------------------------- */

static void
client_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  Client      *self = (Client *)engine;
  PcTftpPacket packet;
  PcTftpParsed parsed = pc_tftp_packet_parse (&packet, data, len);

  if (self->raw) {
    feed_raw (self, port, parsed, &packet);
  } else if (!self->answered && self->state != PC_TFTP_CLIENT_READY) {
    feed_first (self, now, port, parsed, &packet);
  } else if (self->state != PC_TFTP_CLIENT_READY &&
             port == self->transfer.port) {
    feed_peer (self, now, parsed, &packet);
  } else if (parsed != PC_TFTP_SHORT && packet.opcode != PC_TFTP_ERROR) {
    /* A stranger; the transfer goes on (RFC 1350 section 4). */
    pc_tftp_transfer_push_error (&self->transfer, port, PC_TFTP_ERROR_TID,
                                 NULL);
  }
}

/* -- actions -------------------------------------------------------------- */

static gboolean
refuse_action (GError    **error,
               const char *text)
{
  g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT, text);
  return FALSE;
}

static gboolean
read_option (Client         *self,
             const PcAction *action,
             PcTftpTerm      term)
{
  const char *text = pc_action_get (action, pc_tftp_term_get_name (term), NULL);

  return text == NULL ||
         pc_tftp_terms_set_text (&self->asked, term, text, strlen (text));
}

/* "yes": a get asks how large the file is, a put tells it (RFC 2349). */
static gboolean
read_tsize (Client         *self,
            const PcAction *action,
            GError        **error)
{
  const char *text = pc_action_get (action, "tsize", "no");
  guint64     size = 0;

  if (strcmp (text, "no") == 0)
    return TRUE;
  if (strcmp (text, "yes") != 0)
    return refuse_action (error, _ ("tsize must be yes or no."));
  if (self->mode != PC_TFTP_MODE_OCTET)
    return refuse_action (error, _ ("tsize goes with the mode octet only: in "
                                    "netascii a file has another size on the "
                                    "way."));

  if (self->put)
    size = g_bytes_get_size (action->data);
  pc_tftp_terms_set (&self->asked, PC_TFTP_TERM_TSIZE, size);
  return TRUE;
}

static gboolean
read_options (Client         *self,
              const PcAction *action,
              GError        **error)
{
  guint64 flight;

  self->asked = (PcTftpTerms){ 0 };
  if (!read_option (self, action, PC_TFTP_TERM_BLKSIZE))
    return refuse_action (error, _ ("blksize must be a number from 8 to "
                                    "65464."));
  if (!read_option (self, action, PC_TFTP_TERM_TIMEOUT))
    return refuse_action (error, _ ("timeout must be a number of seconds "
                                    "from 1 to 255."));
  if (!read_tsize (self, action, error))
    return FALSE;
  if (!read_option (self, action, PC_TFTP_TERM_WINDOWSIZE))
    return refuse_action (error, _ ("windowsize must be a number from 1 to "
                                    "65535."));

  flight = pc_tftp_terms_get (&self->asked, PC_TFTP_TERM_BLKSIZE,
                              PC_TFTP_BLOCK_SIZE) *
           pc_tftp_terms_get (&self->asked, PC_TFTP_TERM_WINDOWSIZE, 1);
  if (flight > PC_LIMIT_TFTP_FLIGHT)
    return refuse_action (error, _ ("A window of that many blocks is too "
                                    "large; blksize times windowsize may be "
                                    "4 MiB."));
  return TRUE;
}

static gboolean
read_params (Client         *self,
             const PcAction *action,
             GError        **error)
{
  const char *name = pc_action_get (action, "file", NULL);
  const char *mode = pc_action_get (action, "mode", "octet");

  self->mode = pc_tftp_mode_from_name (mode, strlen (mode));
  self->put = strcmp (action->name, "put") == 0;

  if (pc_action_spec_find (pc_tftp_actions, action->name) == NULL)
    return refuse_action (error, _ ("A TFTP client can get or put a file, "
                                    "nothing else."));
  if (name == NULL || !pc_tftp_name_is_usable (name, strlen (name)))
    return refuse_action (error, _ ("The file name must be 1 to 255 bytes of "
                                    "text without control characters."));
  if (self->mode != PC_TFTP_MODE_OCTET && self->mode != PC_TFTP_MODE_NETASCII)
    return refuse_action (error, _ ("The mode must be octet or netascii."));
  if (self->put && action->data == NULL)
    return refuse_action (error, _ ("There is no file to send."));
  if (!read_options (self, action, error))
    return FALSE;

  g_free (self->name);
  self->name = g_strdup (name);
  if (self->put)
    self->file = g_bytes_ref (action->data);
  return TRUE;
}

static gboolean
client_act (PcEngine       *engine,
            gint64          now,
            const PcAction *action,
            GError        **error)
{
  Client *self = (Client *)engine;
  g_autoptr (GByteArray) packet = g_byte_array_new ();

  if (self->state == PC_TFTP_CLIENT_READY &&
      strcmp (action->name, "packet") == 0)
    return act_raw (self, now, action, error);
  if (self->state != PC_TFTP_CLIENT_READY || self->raw) {
    g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_BUSY,
                         _ ("This socket has had its transfer; the next "
                            "one needs a socket of its own."));
    return FALSE;
  }
  if (!read_params (self, action, error))
    return FALSE;

  self->base.busy = TRUE;
  self->transfer.port = self->server_port;
  pc_tftp_pack_request (packet, self->put ? PC_TFTP_WRQ : PC_TFTP_RRQ,
                        self->name, self->mode);
  pc_tftp_pack_terms (packet, &self->asked);
  pc_tftp_transfer_open (&self->transfer, now, packet);
  set_state (self, self->put ? PC_TFTP_CLIENT_WRITING
                             : PC_TFTP_CLIENT_READING);
  return TRUE;
}

/* -- the class ------------------------------------------------------------ */

static void
client_eof (PcEngine *engine,
            gint64    now)
{
  Client *self = (Client *)engine;

  if (!self->base.busy)
    close_quietly (self);
  else if (!self->answered)
    fail (self, _ ("Nobody listens on the server's port."));
  else
    fail (self, _ ("The server's port is closed."));
}

static void
client_wake (PcEngine *engine,
             gint64    now)
{
  Client *self = (Client *)engine;

  if (self->raw) {
    if (self->base.busy && now >= self->raw_deadline)
      pc_engine_finish_action (&self->base, PC_EVENT_DONE, NULL);
    return;
  }
  if (pc_tftp_transfer_wake (&self->transfer, now) == PC_TFTP_TIMER_QUIET)
    return;

  if (!self->answered) {
    fail (self, _ ("The server did not answer."));
    return;
  }

  switch (self->state) {
  case PC_TFTP_CLIENT_READING:
  case PC_TFTP_CLIENT_RECEIVING:
    fail (self, _ ("The server sent no further block."));
    break;

  case PC_TFTP_CLIENT_SENDING:
    if (self->transfer.send.ended)
      fail (self, _ ("The last block was never acknowledged; the server "
                     "may have the whole file all the same."));
    else
      fail (self, _ ("The server stopped acknowledging blocks."));
    break;

  default:
    close_quietly (self);
  }
}

static gint64
client_deadline (const PcEngine *engine)
{
  const Client *self = (const Client *)engine;

  if (self->raw)
    return engine->busy ? self->raw_deadline : PC_ENGINE_NEVER;
  return pc_tftp_transfer_get_deadline (&self->transfer);
}

static const char *
client_state (const PcEngine *engine)
{
  return pc_tftp_client_states[((const Client *)engine)->state];
}

static void
client_free (PcEngine *engine)
{
  Client *self = (Client *)engine;

  pc_tftp_transfer_clear (&self->transfer);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_clear_pointer (&self->received, g_byte_array_unref);
  pc_engine_deinit (engine);
  g_free (self);
}

static const PcEngineClass client_class = {
  .name = "tftp-client",
  .free = client_free,
  .feed = client_feed,
  .eof = client_eof,
  .wake = client_wake,
  .deadline = client_deadline,
  .state = client_state,
  .act = client_act,
};

PcEngine *
pc_tftp_client_new (const PcClientConfig *config)
{
  Client *self;

  g_return_val_if_fail (config != NULL, NULL);

  self = g_new0 (Client, 1);
  pc_engine_init (&self->base, &client_class);
  pc_tftp_transfer_init (&self->transfer, &self->base, config->timeout);
  self->transfer.old_acks = config->old_acks;
  self->transfer.max_resends = config->max_resends;
  self->server_port = config->server_port;
  self->received = g_byte_array_new ();
  return &self->base;
}
