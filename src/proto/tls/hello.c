/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ClientHello and ServerHello, and the ServerHello that is in truth a
 * HelloRetryRequest.
 *
 * RFC 8446 sections 4.1.2 to 4.1.4.
 */

#include "proto/tls/message.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RANDOM 32
#define MARK 8

/* RFC 8446 4.1.3: the SHA-256 of "HelloRetryRequest". */
static const guint8 retry_random[RANDOM] = {
  0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C,
  0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB,
  0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
};
/* RFC 8446 4.1.3: then 01 for TLS 1.2, or 00 for what is older. */
static const guint8 downgrade_mark[MARK - 1] = {
  0x44, 0x4F, 0x57, 0x4E, 0x47, 0x52, 0x44,
};

static gboolean
label_version (PcTlsReader *reader,
               PcTlsFacts  *facts,
               const char  *meaning)
{
  if (!pc_tls_reader_peek (reader, 2, &facts->version))
    return FALSE;

  pc_tls_reader_add (reader, 2, N_ ("Version"), meaning,
                     pc_tls_version_value (facts->version));
  return TRUE;
}

static gboolean
label_cipher (PcTlsReader *reader,
              const char  *meaning,
              guint       *cipher)
{
  if (!pc_tls_reader_peek (reader, 2, cipher))
    return FALSE;

  pc_tls_reader_add (reader, 2, N_ ("Cipher suite"), meaning,
                     pc_tls_cipher_value (*cipher));
  return TRUE;
}

static gboolean
label_ciphers (PcTlsReader *reader)
{
  PcTlsReader list;
  guint       cipher;

  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of cipher suites"), &list))
    return FALSE;

  while (pc_tls_reader_get_rest (&list) > 0)
    label_cipher (&list,
                  N_ ("One way of encrypting that the client knows; the one "
                      "that it likes best comes first."),
                  &cipher);
  pc_tls_reader_leave (reader, &list);
  return TRUE;
}

void
pc_tls_label_client_hello (PcTlsReader *reader,
                           PcTlsFacts  *facts)
{
  if (label_version (reader, facts,
                     N_ ("Stays at TLS 1.2 for old devices on the way; the "
                         "true versions are in the extension "
                         "supported_versions.")) &&
      pc_tls_reader_octets (reader, RANDOM, N_ ("Random"),
                            N_ ("32 random octets of the client make every "
                                "handshake a new one.")) &&
      pc_tls_reader_vector (reader, 1, N_ ("Length of session id"),
                            N_ ("Session id"),
                            N_ ("Once named a session to go on with. In "
                                "TLS 1.3 it only makes the handshake look "
                                "like an older one.")) &&
      label_ciphers (reader) &&
      pc_tls_reader_vector (reader, 1, N_ ("Length of compression methods"),
                            N_ ("Compression methods"),
                            N_ ("Always one zero: no compression. It would "
                                "tell an eavesdropper about the content.")) &&
      pc_tls_reader_get_rest (reader) > 0)
    pc_tls_label_extensions (reader, PC_TLS_CLIENT_HELLO, facts);
}

static gboolean
label_server_random (PcTlsReader *reader,
                     PcTlsFacts  *facts)
{
  gboolean      whole = pc_tls_reader_get_rest (reader) >= RANDOM;
  const guint8 *tail = whole ? reader->at + RANDOM - MARK : NULL;

  if (whole && memcmp (reader->at, retry_random, RANDOM) == 0) {
    facts->retry = TRUE;
    return pc_tls_reader_octets (
        reader, RANDOM, N_ ("Random of a HelloRetryRequest"),
        N_ ("Not random at all: this fixed value says that the message is a "
            "HelloRetryRequest in the form of a ServerHello."));
  }
  if (whole && memcmp (tail, downgrade_mark, MARK - 1) == 0 && tail[7] < 2)
    return pc_tls_reader_octets (reader, RANDOM - MARK, N_ ("Random"),
                                 N_ ("Random octets of the server.")) &&
           pc_tls_reader_octets (
               reader, MARK, N_ ("Downgrade mark"),
               N_ ("\"DOWNGRD\": the server could do a newer version. A "
                   "client that offered it knows now that somebody on the "
                   "way changed its offer."));

  return pc_tls_reader_octets (reader, RANDOM, N_ ("Random"),
                               N_ ("32 random octets of the server; nobody "
                                   "can replay an old handshake."));
}

void
pc_tls_label_server_hello (PcTlsReader *reader,
                           PcTlsFacts  *facts)
{
  guint compression;

  if (label_version (reader, facts,
                     N_ ("TLS 1.2, or TLS 1.3 when the extension "
                         "supported_versions says so.")) &&
      label_server_random (reader, facts) &&
      pc_tls_reader_vector (reader, 1, N_ ("Length of session id"),
                            N_ ("Session id"),
                            N_ ("In TLS 1.3 the client's own, sent back.")) &&
      label_cipher (reader,
                    N_ ("The server's choice among the client's suites."),
                    &facts->cipher) &&
      pc_tls_reader_number (reader, 1, N_ ("Compression method"),
                            N_ ("0: none."), &compression) &&
      pc_tls_reader_get_rest (reader) > 0)
    pc_tls_label_extensions (reader, PC_TLS_SERVER_HELLO, facts);
}
