/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Handshake messages in clear but the hellos: those of TLS 1.2, since in
 * TLS 1.3 all after the ServerHello is encrypted.
 *
 * Certificates are not opened: their sizes are what matters on the wire.
 *
 * RFC 8446 appendix B.3 keeps the numbers of the messages of TLS 1.2.
 */

#include "proto/tls/message.h"

#include <glib/gi18n-lib.h>

#define CURVE_NAMED 3

void
pc_tls_facts_clear (PcTlsFacts *self)
{
  g_clear_pointer (&self->name, g_free);
}

static void
label_certificates (PcTlsReader *reader,
                    PcTlsFacts  *facts)
{
  PcTlsReader list, one;

  if (!pc_tls_reader_enter (reader, 3, N_ ("Length of certificates"), &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 &&
         pc_tls_reader_enter (&list, 3, N_ ("Length of certificate"), &one)) {
    gsize       rest = pc_tls_reader_get_rest (&one);
    const char *meaning =
        facts->certificates == 0
            ? N_ ("Names its owner and holds the owner's public key, signed "
                  "by an issuer.")
            : N_ ("The certificate of an issuer: it vouches for the one "
                  "before it.");

    facts->certificates++;
    pc_tls_reader_add (&one, rest, N_ ("Certificate"), meaning,
                       pc_tls_octets (rest));
    pc_tls_reader_leave (&list, &one);
  }
  pc_tls_reader_leave (reader, &list);
}

static void
label_signature (PcTlsReader *reader)
{
  guint scheme;

  if (!pc_tls_reader_peek (reader, 2, &scheme))
    return;

  pc_tls_reader_add (reader, 2, N_ ("Signature scheme"),
                     N_ ("How the signature was made."),
                     pc_tls_scheme_value (scheme));
  pc_tls_reader_vector (reader, 2, N_ ("Length of signature"),
                        N_ ("Signature"),
                        N_ ("Made with the private key that belongs to the "
                            "certificate: nobody else can make it."));
}

static gboolean
label_curve (PcTlsReader *reader)
{
  guint kind, group;

  if (!pc_tls_reader_number (reader, 1, N_ ("Kind of curve"),
                             N_ ("3: one that has a name."), &kind))
    return FALSE;
  if (kind != CURVE_NAMED || !pc_tls_reader_peek (reader, 2, &group))
    return FALSE;

  pc_tls_reader_add (reader, 2, N_ ("Group"),
                     N_ ("The group that this key belongs to."),
                     pc_tls_group_value (group));
  return pc_tls_reader_vector (reader, 1, N_ ("Length of key"),
                               N_ ("Public key"),
                               N_ ("The server's half of the key exchange."));
}

static gboolean
label_numbers (PcTlsReader *reader)
{
  return pc_tls_reader_vector (reader, 2, N_ ("Length of prime"), N_ ("Prime"),
                               N_ ("The number that both ends reckon by.")) &&
         pc_tls_reader_vector (reader, 2, N_ ("Length of generator"),
                               N_ ("Generator"),
                               N_ ("The number that both ends start from.")) &&
         pc_tls_reader_vector (reader, 2, N_ ("Length of key"),
                               N_ ("Public key"),
                               N_ ("The server's half of the key exchange."));
}

static void
label_server_keys (PcTlsReader *reader,
                   PcTlsKeys    keys,
                   gboolean     old)
{
  gboolean read = (keys == PC_TLS_KEYS_ECDHE && label_curve (reader)) ||
                  (keys == PC_TLS_KEYS_DHE && label_numbers (reader));

  if (read && !old)
    label_signature (reader);
}

static void
label_client_keys (PcTlsReader *reader,
                   PcTlsKeys    keys)
{
  if (keys == PC_TLS_KEYS_ECDHE)
    pc_tls_reader_vector (reader, 1, N_ ("Length of key"), N_ ("Public key"),
                          N_ ("The client's half of the key exchange."));
  else if (keys == PC_TLS_KEYS_DHE)
    pc_tls_reader_vector (reader, 2, N_ ("Length of key"), N_ ("Public key"),
                          N_ ("The client's half of the key exchange."));
  else if (keys == PC_TLS_KEYS_RSA)
    pc_tls_reader_vector (
        reader, 2, N_ ("Length of secret"), N_ ("Encrypted secret"),
        N_ ("The secret itself, encrypted with the key of the server's "
            "certificate. Whoever gets that key later can read everything "
            "that was recorded: TLS 1.3 dropped this."));
}

static void
label_request (PcTlsReader *reader)
{
  PcTlsReader list;

  if (!pc_tls_reader_vector (reader, 1, N_ ("Length of kinds"),
                             N_ ("Kinds of certificate"),
                             N_ ("Which kinds of key are accepted.")))
    return;
  pc_tls_label_schemes (reader);
  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of issuers"), &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 &&
         pc_tls_reader_vector (&list, 2, N_ ("Length of issuer"),
                               N_ ("Issuer"),
                               N_ ("Whose certificates are accepted.")))
    continue;
  pc_tls_reader_leave (reader, &list);
}

static void
label_ticket (PcTlsReader *reader)
{
  guint lifetime;

  if (pc_tls_reader_number (reader, 4, N_ ("Lifetime"),
                            N_ ("How many seconds the ticket may be used."),
                            &lifetime))
    pc_tls_reader_vector (reader, 2, N_ ("Length of ticket"), N_ ("Ticket"),
                          N_ ("The server can read it, nobody else: what it "
                              "needs to go on with this session."));
}

static void
label_status (PcTlsReader *reader)
{
  guint type;

  if (pc_tls_reader_number (reader, 1, N_ ("Kind of status"),
                            N_ ("1: a note of the issuer that the certificate "
                                "is still good (OCSP)."),
                            &type))
    pc_tls_reader_vector (reader, 3, N_ ("Length of status"), N_ ("Status"),
                          N_ ("What the issuer says, signed by it."));
}

void
pc_tls_label_message (PcTlsReader        *reader,
                      guint               type,
                      const PcTlsContext *context,
                      PcTlsFacts         *facts)
{
  PcTlsKeys keys = pc_tls_cipher_get_keys (context->cipher);
  gboolean  empty = type == PC_TLS_HELLO_REQUEST ||
                   type == PC_TLS_SERVER_HELLO_DONE;
  /* Before TLS 1.2 signatures did not say how they were made. */
  gboolean  old = context->version != 0 &&
                 context->version < PC_TLS_VERSION_12;

  if (type == PC_TLS_CLIENT_HELLO)
    pc_tls_label_client_hello (reader, facts);
  else if (type == PC_TLS_SERVER_HELLO)
    pc_tls_label_server_hello (reader, facts);
  else if (type == PC_TLS_CERTIFICATE)
    label_certificates (reader, facts);
  else if (type == PC_TLS_SERVER_KEY_EXCHANGE)
    label_server_keys (reader, keys, old);
  else if (type == PC_TLS_CLIENT_KEY_EXCHANGE)
    label_client_keys (reader, keys);
  else if (type == PC_TLS_CERTIFICATE_REQUEST && !old)
    label_request (reader);
  else if (type == PC_TLS_CERTIFICATE_VERIFY && !old)
    label_signature (reader);
  else if (type == PC_TLS_NEW_SESSION_TICKET)
    label_ticket (reader);
  else if (type == PC_TLS_CERTIFICATE_STATUS)
    label_status (reader);

  if (pc_tls_reader_get_rest (reader) == 0)
    return;
  reader->bad |= empty || type == PC_TLS_CLIENT_HELLO ||
                 type == PC_TLS_SERVER_HELLO || type == PC_TLS_CERTIFICATE;
  pc_tls_reader_octets (reader, pc_tls_reader_get_rest (reader),
                        N_ ("Rest of message"),
                        N_ ("What else the message holds, as octets."));
}
