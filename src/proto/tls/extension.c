/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The extensions of the two hellos.
 *
 * Those that TLS 1.3 forbids in a ServerHello belong to TLS 1.2, where they
 * have the same form.  Others are labelled as octets, with their name or
 * number.
 *
 * RFC 8446 section 4.2.
 */

#include "proto/tls/message.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_CHARS 255

typedef struct
{
  guint       message; /* in which one it stands */
  PcTlsFacts *facts;
} Place;

typedef struct
{
  guint       number;
  const char *name;
  const char *meaning;
  void (*label) (PcTlsReader *reader,
                 const Place *place);
} Extension;

static void
add_text (PcTlsReader *reader,
          const char  *label,
          const char  *meaning)
{
  gsize rest = pc_tls_reader_get_rest (reader);

  pc_tls_reader_add (reader, rest, label, meaning,
                     pc_text_from_wire (reader->at, rest, PC_TEXT_ONE_LINE,
                                        NAME_CHARS));
}

static void
label_server_name (PcTlsReader *reader,
                   const Place *place)
{
  PcTlsReader list, name;
  guint       type;

  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of names"), &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 &&
         pc_tls_reader_number (&list, 1, N_ ("Kind of name"),
                               N_ ("0: the name of a host."), &type) &&
         pc_tls_reader_enter (&list, 2, N_ ("Length of name"), &name)) {
    if (type == 0 && place->facts->name == NULL)
      place->facts->name = pc_text_from_wire (
          name.at, pc_tls_reader_get_rest (&name), PC_TEXT_ONE_LINE, 80);
    add_text (&name, N_ ("Server name"),
              N_ ("The server that the client wants. It stands here in clear: "
                  "everybody on the way can read it."));
    pc_tls_reader_leave (&list, &name);
  }
  pc_tls_reader_leave (reader, &list);
}

static void
label_status_request (PcTlsReader *reader,
                      const Place *place)
{
  guint type;

  if (pc_tls_reader_number (reader, 1, N_ ("Kind of status"),
                            N_ ("1: a note of the issuer that the certificate "
                                "is still good (OCSP)."),
                            &type) &&
      type == 1 &&
      pc_tls_reader_vector (reader, 2, N_ ("Length of responders"),
                            N_ ("Responders"),
                            N_ ("Whom the client would believe.")))
    pc_tls_reader_vector (reader, 2, N_ ("Length of request extensions"),
                          N_ ("Request extensions"),
                          N_ ("Further wishes for the note."));
}

static void
label_groups (PcTlsReader *reader,
              const Place *place)
{
  PcTlsReader list;
  guint       group;

  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of groups"), &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 &&
         pc_tls_reader_peek (&list, 2, &group))
    pc_tls_reader_add (&list, 2, N_ ("Group"),
                       N_ ("A curve, or numbers, in which both ends can make "
                           "a common secret."),
                       pc_tls_group_value (group));
  pc_tls_reader_leave (reader, &list);
}

static void
label_point_formats (PcTlsReader *reader,
                     const Place *place)
{
  pc_tls_reader_vector (reader, 1, N_ ("Length of formats"),
                        N_ ("Point formats"),
                        N_ ("How points of a curve are written; 0: in full. "
                            "TLS 1.3 has no other."));
}

void
pc_tls_label_schemes (PcTlsReader *reader)
{
  PcTlsReader list;
  guint       scheme;

  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of signature schemes"),
                            &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 &&
         pc_tls_reader_peek (&list, 2, &scheme))
    pc_tls_reader_add (&list, 2, N_ ("Signature scheme"),
                       N_ ("A kind of signature that this end can check."),
                       pc_tls_scheme_value (scheme));
  pc_tls_reader_leave (reader, &list);
}

static void
label_schemes (PcTlsReader *reader,
               const Place *place)
{
  pc_tls_label_schemes (reader);
}

static void
label_alpn (PcTlsReader *reader,
            const Place *place)
{
  PcTlsReader list, name;

  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of protocols"), &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 &&
         pc_tls_reader_enter (&list, 1, N_ ("Length of protocol"), &name)) {
    add_text (&name, N_ ("Protocol"),
              N_ ("What is to be spoken inside TLS; \"imap\" for IMAP."));
    pc_tls_reader_leave (&list, &name);
  }
  pc_tls_reader_leave (reader, &list);
}

static void
label_chosen_version (PcTlsReader *reader,
                      const Place *place)
{
  guint version;

  if (!pc_tls_reader_peek (reader, 2, &version))
    return;

  place->facts->version = version;
  pc_tls_reader_add (reader, 2, N_ ("Chosen version"),
                     N_ ("The version of TLS that holds from here on."),
                     pc_tls_version_value (version));
}

static void
label_versions (PcTlsReader *reader,
                const Place *place)
{
  PcTlsReader list;
  guint       version;

  if (place->message == PC_TLS_SERVER_HELLO) {
    label_chosen_version (reader, place);
    return;
  }
  if (!pc_tls_reader_enter (reader, 1, N_ ("Length of versions"), &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 &&
         pc_tls_reader_peek (&list, 2, &version)) {
    if (pc_tls_version_name (version) != NULL)
      place->facts->version = MAX (place->facts->version, version);
    pc_tls_reader_add (&list, 2, N_ ("Offered version"),
                       N_ ("A version of TLS that the client speaks."),
                       pc_tls_version_value (version));
  }
  pc_tls_reader_leave (reader, &list);
}

static void
label_cookie (PcTlsReader *reader,
              const Place *place)
{
  pc_tls_reader_vector (reader, 2, N_ ("Length of cookie"), N_ ("Cookie"),
                        N_ ("The server gave it; the client brings it back, "
                            "so the server need not remember."));
}

static void
label_psk_modes (PcTlsReader *reader,
                 const Place *place)
{
  pc_tls_reader_vector (reader, 1, N_ ("Length of modes"), N_ ("Modes"),
                        N_ ("0: the old key alone. 1: with a fresh key "
                            "exchange, so that what is said now stays secret "
                            "even if the old key gets known."));
}

static gboolean
label_share (PcTlsReader *reader)
{
  guint group;

  if (!pc_tls_reader_peek (reader, 2, &group))
    return FALSE;

  pc_tls_reader_add (reader, 2, N_ ("Group"),
                     N_ ("The group that this key belongs to."),
                     pc_tls_group_value (group));
  return pc_tls_reader_vector (reader, 2, N_ ("Length of key"),
                               N_ ("Public key"),
                               N_ ("Half of the key exchange. Whoever sees "
                                   "both halves still cannot compute the "
                                   "secret."));
}

static void
label_key_share (PcTlsReader *reader,
                 const Place *place)
{
  PcTlsReader list;

  if (place->facts->retry) {
    if (!pc_tls_reader_peek (reader, 2, &place->facts->group))
      return;
    pc_tls_reader_add (reader, 2, N_ ("Wanted group"),
                       N_ ("The group that the client shall use instead."),
                       pc_tls_group_value (place->facts->group));
    return;
  }
  if (place->message == PC_TLS_SERVER_HELLO) {
    label_share (reader);
    return;
  }
  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of key shares"), &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 && label_share (&list))
    continue;
  pc_tls_reader_leave (reader, &list);
}

static void
label_binders (PcTlsReader *reader)
{
  PcTlsReader list;

  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of binders"), &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 &&
         pc_tls_reader_vector (&list, 1, N_ ("Length of binder"),
                               N_ ("Binder"),
                               N_ ("Proves that the client has the key, and "
                                   "ties it to this ClientHello.")))
    continue;
  pc_tls_reader_leave (reader, &list);
}

static void
label_psk (PcTlsReader *reader,
           const Place *place)
{
  PcTlsReader list;
  guint       number;

  if (place->message == PC_TLS_SERVER_HELLO) {
    pc_tls_reader_number (reader, 2, N_ ("Chosen identity"),
                          N_ ("Which of the client's keys is taken; they are "
                              "counted from 0."),
                          &number);
    return;
  }
  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of identities"), &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 &&
         pc_tls_reader_vector (&list, 2, N_ ("Length of identity"),
                               N_ ("Identity"),
                               N_ ("The ticket of an earlier session.")) &&
         pc_tls_reader_number (&list, 4, N_ ("Hidden age"),
                               N_ ("How old the ticket is, with a number "
                                   "added that only both ends know."),
                               &number))
    continue;
  pc_tls_reader_leave (reader, &list);
  label_binders (reader);
}

static void
label_size_limit (PcTlsReader *reader,
                  const Place *place)
{
  guint limit;

  pc_tls_reader_number (reader, 2, N_ ("Limit"),
                        N_ ("The longest content of a record that this end "
                            "takes, in octets."),
                        &limit);
}

static void
label_renegotiation (PcTlsReader *reader,
                     const Place *place)
{
  pc_tls_reader_vector (reader, 1, N_ ("Length of earlier Finished"),
                        N_ ("Earlier Finished"),
                        N_ ("Ties this handshake to the one before it."));
}

static const Extension extensions[] = {
  { 0, "server_name",
    N_ ("Names the server that is wanted, since many can share one address."),
    label_server_name },
  { 1, "max_fragment_length", N_ ("Asks for shorter records."), NULL },
  { 5, "status_request",
    N_ ("Asks for a note that the certificate has not been taken back."),
    label_status_request },
  { 10, "supported_groups",
    N_ ("The groups for the key exchange, the favourite first."),
    label_groups },
  { 11, "ec_point_formats",
    N_ ("Only of use until TLS 1.2."), label_point_formats },
  { 13, "signature_algorithms",
    N_ ("How the other end may sign to prove who it is."), label_schemes },
  { 15, "heartbeat", N_ ("Signs of life on a quiet connection."), NULL },
  { 16, "application_layer_protocol_negotiation",
    N_ ("Says which protocol will be spoken inside (ALPN), so that nobody can "
        "lead the client to a server of another one."),
    label_alpn },
  { 18, "signed_certificate_timestamp",
    N_ ("Asks for proof that the certificate is in a public log."), NULL },
  { 21, "padding", N_ ("Fills the message up; no meaning."), NULL },
  { 22, "encrypt_then_mac",
    N_ ("A safer order of encrypting and sealing for old cipher suites; "
        "TLS 1.3 does not need it."),
    NULL },
  { 23, "extended_master_secret",
    N_ ("Ties the keys of TLS 1.2 to the whole handshake; TLS 1.3 always "
        "does that."),
    NULL },
  { 27, "compress_certificate", N_ ("Certificates may come compressed."),
    NULL },
  { 28, "record_size_limit",
    N_ ("The longest records that this end can take."), label_size_limit },
  { 35, "session_ticket",
    N_ ("For going on with an earlier session in TLS 1.2; empty: the client "
        "would take a ticket."),
    NULL },
  { 41, "pre_shared_key",
    N_ ("Goes on with an earlier session, by a ticket from it."), label_psk },
  { 42, "early_data",
    N_ ("Data is sent before the server has answered."), NULL },
  { 43, "supported_versions",
    N_ ("The versions of TLS in truth; the field at the start stays at 1.2."),
    label_versions },
  { 44, "cookie", N_ ("Brought back to a server that asked for a retry."),
    label_cookie },
  { 45, "psk_key_exchange_modes",
    N_ ("How a later session may use a ticket of this one."),
    label_psk_modes },
  { 47, "certificate_authorities",
    N_ ("Whose certificates this end accepts."), NULL },
  { 49, "post_handshake_auth",
    N_ ("The client could show a certificate later on."), NULL },
  { 50, "signature_algorithms_cert",
    N_ ("How certificates may be signed."), label_schemes },
  { 51, "key_share",
    N_ ("The public half of the key exchange, sent at once to save a trip."),
    label_key_share },
  { 65281, "renegotiation_info",
    N_ ("Protects a second handshake in TLS 1.2 from being slipped in."),
    label_renegotiation },
};

static const Extension *
find_extension (guint number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (extensions[i].number == number)
      return &extensions[i];

  return NULL;
}

static char *
name_extension (const Extension *extension,
                guint            number)
{
  if (extension != NULL)
    return g_strdup_printf ("%s (%u)", extension->name, number);
  if (pc_tls_is_grease (number))
    return g_strdup_printf ("GREASE (%u)", number);
  return g_strdup_printf (_ ("Extension %u"), number);
}

static const char *
describe_extension (const Extension *extension,
                    guint            number)
{
  if (extension != NULL)
    return extension->meaning;
  if (pc_tls_is_grease (number))
    return N_ ("Means nothing: it tries whether servers ignore what they do "
               "not know, as they must.");
  return N_ ("An extension that Portcall does not know. Servers ignore what "
             "they do not know.");
}

static gboolean
label_extension (PcTlsReader *reader,
                 const Place *place)
{
  const Extension *extension;
  PcTlsReader      body;
  guint            number;

  if (!pc_tls_reader_peek (reader, 2, &number))
    return FALSE;
  extension = find_extension (number);
  pc_tls_reader_add (reader, 2, N_ ("Extension"),
                     describe_extension (extension, number),
                     name_extension (extension, number));
  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of extension"), &body))
    return FALSE;

  /* A server says yes to some by sending them back empty. */
  if (pc_tls_reader_get_rest (&body) > 0) {
    if (extension != NULL && extension->label != NULL)
      extension->label (&body, place);
    else
      pc_tls_reader_octets (&body, pc_tls_reader_get_rest (&body),
                            N_ ("Extension data"),
                            N_ ("What the extension says, as octets."));
  }
  pc_tls_reader_leave (reader, &body);
  return TRUE;
}

void
pc_tls_label_extensions (PcTlsReader *reader,
                         guint        message,
                         PcTlsFacts  *facts)
{
  Place       place = { .message = message, .facts = facts };
  PcTlsReader list;

  if (!pc_tls_reader_enter (reader, 2, N_ ("Length of extensions"), &list))
    return;

  while (pc_tls_reader_get_rest (&list) > 0 && label_extension (&list, &place))
    continue;
  pc_tls_reader_leave (reader, &list);
}
