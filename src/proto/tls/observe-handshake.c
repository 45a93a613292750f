/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Handshake messages in clear: cut out of records, told to the conversation.
 *
 * One record may hold several messages, and one message may take several
 * records: it is labelled as far as each record goes.  Only a ServerHello is
 * put together, because all that follows depends on it.
 *
 * RFC 8446 sections 4 and 5.1; appendix B.3 for TLS 1.2.
 */

#include "proto/tls/observe-private.h"

#include "proto/tls/message.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
see_server_hello (PcTlsObserver    *self,
                  const PcTlsFacts *facts)
{
  self->version = facts->version;
  self->cipher = facts->cipher;
  self->retried |= facts->retry;
}

static PcTlsRule
rule_of_server_hello (const PcTlsFacts *facts)
{
  if (facts->retry)
    return PC_TLS_RULE_HELLO_RETRY_REQUEST;
  if (facts->version >= PC_TLS_VERSION_13)
    return PC_TLS_RULE_SERVER_HELLO;
  return facts->version == PC_TLS_VERSION_12 ? PC_TLS_RULE_SERVER_HELLO_TLS12
                                             : PC_TLS_RULE_SERVER_HELLO_OLD;
}

PcTlsRule
pc_tls_rule_of_message (const PcTlsObserver *self,
                        PcSide               from,
                        guint                type,
                        gboolean             clear)
{
  switch (type) {
  case PC_TLS_HELLO_REQUEST:
    return PC_TLS_RULE_HELLO_REQUEST;
  case PC_TLS_CLIENT_HELLO:
    return self->retried ? PC_TLS_RULE_CLIENT_HELLO_AGAIN
                         : PC_TLS_RULE_CLIENT_HELLO;
  case PC_TLS_NEW_SESSION_TICKET:
    return PC_TLS_RULE_NEW_SESSION_TICKET;
  case PC_TLS_ENCRYPTED_EXTENSIONS:
    return PC_TLS_RULE_ENCRYPTED_EXTENSIONS;
  case PC_TLS_CERTIFICATE:
    if (from == PC_SIDE_CLIENT)
      return PC_TLS_RULE_CERTIFICATE_CLIENT;
    return clear ? PC_TLS_RULE_CERTIFICATE_CLEAR : PC_TLS_RULE_CERTIFICATE;
  case PC_TLS_SERVER_KEY_EXCHANGE:
    return PC_TLS_RULE_SERVER_KEY_EXCHANGE;
  case PC_TLS_CERTIFICATE_REQUEST:
    return PC_TLS_RULE_CERTIFICATE_REQUEST;
  case PC_TLS_SERVER_HELLO_DONE:
    return PC_TLS_RULE_SERVER_HELLO_DONE;
  case PC_TLS_CERTIFICATE_VERIFY:
    return PC_TLS_RULE_CERTIFICATE_VERIFY;
  case PC_TLS_CLIENT_KEY_EXCHANGE:
    return PC_TLS_RULE_CLIENT_KEY_EXCHANGE;
  case PC_TLS_FINISHED:
    return PC_TLS_RULE_FINISHED;
  case PC_TLS_CERTIFICATE_STATUS:
    return PC_TLS_RULE_CERTIFICATE_STATUS;
  case PC_TLS_KEY_UPDATE:
    return PC_TLS_RULE_KEY_UPDATE;
  default:
    return PC_TLS_RULE_HANDSHAKE;
  }
}

static gboolean
is_misplaced (PcSide from,
              guint  type)
{
  switch (type) {
  case PC_TLS_CLIENT_HELLO:
  case PC_TLS_CLIENT_KEY_EXCHANGE:
    return from == PC_SIDE_SERVER;
  case PC_TLS_HELLO_REQUEST:
  case PC_TLS_SERVER_HELLO:
  case PC_TLS_NEW_SESSION_TICKET:
  case PC_TLS_SERVER_KEY_EXCHANGE:
  case PC_TLS_CERTIFICATE_REQUEST:
  case PC_TLS_SERVER_HELLO_DONE:
  case PC_TLS_CERTIFICATE_STATUS:
    return from == PC_SIDE_CLIENT;
  /* These are never in clear. */
  case PC_TLS_ENCRYPTED_EXTENSIONS:
  case PC_TLS_FINISHED:
  case PC_TLS_KEY_UPDATE:
    return TRUE;
  default:
    return FALSE;
  }
}

/* -- messages ----------------------------------------------------------- */

static void
rule (PcTlsRecord *record,
      PcTlsRule    rule)
{
  if (!record->ruled)
    record->rule = rule;
  record->ruled = TRUE;
}

static char *
describe_message (guint             type,
                  const PcTlsFacts *facts)
{
  const char *name = pc_tls_handshake_name (type);
  const char *version = pc_tls_version_name (facts->version);
  const char *detail = NULL;

  if (facts->retry)
    name = "HelloRetryRequest";
  if (type == PC_TLS_CERTIFICATE)
    return g_strdup_printf (ngettext ("Certificate (%u certificate)",
                                      "Certificate (%u certificates)",
                                      facts->certificates),
                            facts->certificates);
  if (type == PC_TLS_CLIENT_HELLO)
    detail = facts->name;
  else if (facts->retry)
    detail = pc_tls_group_name (facts->group);
  else if (type == PC_TLS_SERVER_HELLO)
    detail = pc_tls_cipher_name (facts->cipher);

  if (name == NULL)
    return g_strdup_printf (_ ("Handshake message %u"), type);
  if (type == PC_TLS_SERVER_HELLO && !facts->retry && version != NULL &&
      detail != NULL)
    return g_strdup_printf ("%s (%s, %s)", name, version, detail);
  return detail == NULL ? g_strdup (name)
                        : g_strdup_printf ("%s (%s)", name, detail);
}

static guint
message_length (const PcTlsSide *side)
{
  const guint8 *head = side->message.head;

  return (guint) head[1] << 16 | (guint) head[2] << 8 | head[3];
}

void
pc_tls_end_message (PcTlsSide *side)
{
  side->message.n_head = 0;
  side->message.left = 0;
  g_clear_pointer (&side->message.hello, g_byte_array_unref);
}

/* The last part of a ServerHello has come: read it whole, without a unit that
 * anybody sees. */
static void
see_gathered_hello (PcTlsObserver *self,
                    PcSide         from)
{
  GByteArray *hello = self->sides[from].message.hello;
  g_autoptr (PcUnit) unit = pc_unit_new (from, PC_UNIT_HANDSHAKE, NULL,
                                         hello->data, hello->len);
  PcTlsReader        reader = { .unit = unit,
                                .at = hello->data,
                                .end = hello->data + hello->len };
  const PcTlsContext context = { .from = from };
  g_auto (PcTlsFacts) facts = { 0 };

  pc_tls_label_message (&reader, PC_TLS_SERVER_HELLO, &context, &facts);
  if (!reader.bad)
    see_server_hello (self, &facts);
}

static void
continue_message (PcTlsObserver *self,
                  PcSide         from,
                  PcTlsRecord   *record)
{
  PcTlsSide       *side = &self->sides[from];
  guint            type = side->message.head[0];
  gsize            rest = pc_tls_reader_get_rest (&record->reader);
  gsize            n = MIN (rest, side->message.left);
  const char      *name = pc_tls_handshake_name (type);
  g_autofree char *text = NULL;

  text = name != NULL
             ? g_strdup_printf (_ ("%s (continued)"), name)
             : g_strdup_printf (_ ("Handshake message %u (continued)"), type);
  if (side->message.hello != NULL)
    g_byte_array_append (side->message.hello, record->reader.at, (guint) n);
  pc_tls_reader_octets (&record->reader, n, N_ ("Continued"),
                        N_ ("Goes on with the message of the record "
                            "before."));
  pc_tls_record_summarise (record, text);
  rule (record, PC_TLS_RULE_CONTINUED);

  side->message.left -= (guint) n;
  if (side->message.left > 0)
    return;
  if (side->message.hello != NULL)
    see_gathered_hello (self, from);
  pc_tls_end_message (side);
}

/* FALSE when the record ends before the header does. */
static gboolean
label_message_header (PcTlsSide   *side,
                      PcTlsRecord *record)
{
  PcTlsReader *reader = &record->reader;
  guint8      *head = side->message.head;
  guint        had = side->message.n_head;
  gsize        rest = pc_tls_reader_get_rest (reader);
  guint        n = (guint) MIN (rest, PC_TLS_MESSAGE_HEADER - had);
  guint        type, length;
  const char  *name;

  memcpy (head + had, reader->at, n);
  side->message.n_head += n;
  if (n < PC_TLS_MESSAGE_HEADER) {
    pc_tls_reader_octets (reader, n, N_ ("Part of message header"),
                          N_ ("Two records share the header of this "
                              "message."));
    if (side->message.n_head < PC_TLS_MESSAGE_HEADER)
      pc_tls_record_summarise (record, "\342\200\246");
    return side->message.n_head == PC_TLS_MESSAGE_HEADER;
  }

  pc_tls_reader_peek (reader, 1, &type);
  name = pc_tls_handshake_name (type);
  pc_tls_reader_add (reader, 1, N_ ("Message type"),
                     N_ ("Which message of the handshake this is."),
                     name == NULL ? g_strdup_printf ("%u", type)
                                  : g_strdup_printf ("%u (%s)", type, name));
  pc_tls_reader_number (reader, 3, N_ ("Message length"),
                        N_ ("How many octets of the message follow."),
                        &length);
  return TRUE;
}

static void
see_message (PcTlsObserver     *self,
             PcSide             from,
             PcTlsRecord       *record,
             const PcTlsReader *body,
             const PcTlsFacts  *facts)
{
  PcTlsSide       *side = &self->sides[from];
  guint            type = side->message.head[0];
  gboolean         hello = type == PC_TLS_SERVER_HELLO;
  g_autofree char *text = describe_message (type, facts);

  pc_tls_drop_hint (side, PC_TLS_CONTENT_HANDSHAKE, type);
  pc_tls_record_summarise (record, text);
  if (body->bad) {
    pc_tls_record_spoil (record, PC_TLS_RULE_MALFORMED);
    return;
  }
  if (is_misplaced (from, type)) {
    pc_tls_record_spoil (record, PC_TLS_RULE_MISPLACED);
    return;
  }

  if (hello && body->cut)
    rule (record, PC_TLS_RULE_HANDSHAKE);
  else if (hello)
    rule (record, rule_of_server_hello (facts));
  else
    rule (record, pc_tls_rule_of_message (self, from, type, TRUE));
  if (hello && !body->cut)
    see_server_hello (self, facts);
  if (record->rule == PC_TLS_RULE_SERVER_HELLO_OLD)
    record->unit->status = PC_STATUS_WARNING;
  self->hello |= type == PC_TLS_CLIENT_HELLO;
}

static void
begin_message (PcTlsObserver *self,
               PcSide         from,
               PcTlsRecord   *record)
{
  PcTlsSide         *side = &self->sides[from];
  const PcTlsContext context = { .from = from,
                                 .version = self->version,
                                 .cipher = self->cipher };
  g_auto (PcTlsFacts) facts = { 0 };
  PcTlsReader body;
  gsize       rest;
  guint       length;

  if (!label_message_header (side, record))
    return;

  length = message_length (side);
  rest = pc_tls_reader_get_rest (&record->reader);
  body = record->reader;
  body.end = body.at + MIN (rest, length);
  body.cut = length > rest;
  if (body.cut && side->message.head[0] == PC_TLS_SERVER_HELLO &&
      from == PC_SIDE_SERVER && length <= PC_LIMIT_TLS_HELLO) {
    side->message.hello = g_byte_array_new ();
    g_byte_array_append (side->message.hello, body.at, (guint) rest);
  }
  pc_tls_label_message (&body, side->message.head[0], &context, &facts);
  record->reader.at = body.at;
  see_message (self, from, record, &body, &facts);

  side->message.left = length - (guint) MIN (rest, length);
  if (side->message.left == 0)
    pc_tls_end_message (side);
}

void
pc_tls_see_handshake (PcTlsObserver *self,
                      PcSide         from,
                      PcTlsRecord   *record)
{
  PcTlsSide *side = &self->sides[from];
  gsize      size = pc_tls_reader_get_rest (&record->reader);

  record->unit->kind = PC_UNIT_HANDSHAKE;
  record->rule = PC_TLS_RULE_HANDSHAKE;
  /* RFC 8446 5.1: no empty records, and none so long. */
  if (size == 0 || size > PC_LIMIT_TLS_CLEAR) {
    pc_tls_record_summarise (record, _ ("Handshake"));
    pc_tls_record_spoil (record, PC_TLS_RULE_MALFORMED);
    return;
  }

  while (pc_tls_reader_get_rest (&record->reader) > 0)
    if (side->message.left > 0)
      continue_message (self, from, record);
    else
      begin_message (self, from, record);
}
