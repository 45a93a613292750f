/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers of TLS and their names.
 *
 * Not the whole of the registries: what today's programs offer, and what
 * older ones still do.  Whatever is missing is shown by its number.
 *
 * RFC 8446 appendix B (B.2 alerts, B.3 handshake, B.4 cipher suites).
 */

#include "proto/tls/names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  guint       number;
  const char *name;
} Name;

static const Name versions[] = {
  { 0x0300, "SSL 3.0" },
  { 0x0301, "TLS 1.0" },
  { 0x0302, "TLS 1.1" },
  { PC_TLS_VERSION_12, "TLS 1.2" },
  { PC_TLS_VERSION_13, "TLS 1.3" },
};

static const Name contents[] = {
  { PC_TLS_CONTENT_CHANGE_CIPHER_SPEC, "change_cipher_spec" },
  { PC_TLS_CONTENT_ALERT, "alert" },
  { PC_TLS_CONTENT_HANDSHAKE, "handshake" },
  { PC_TLS_CONTENT_DATA, "application_data" },
};

static const Name messages[] = {
  { PC_TLS_HELLO_REQUEST, "HelloRequest" },
  { PC_TLS_CLIENT_HELLO, "ClientHello" },
  { PC_TLS_SERVER_HELLO, "ServerHello" },
  { PC_TLS_NEW_SESSION_TICKET, "NewSessionTicket" },
  { 5, "EndOfEarlyData" },
  { PC_TLS_ENCRYPTED_EXTENSIONS, "EncryptedExtensions" },
  { PC_TLS_CERTIFICATE, "Certificate" },
  { PC_TLS_SERVER_KEY_EXCHANGE, "ServerKeyExchange" },
  { PC_TLS_CERTIFICATE_REQUEST, "CertificateRequest" },
  { PC_TLS_SERVER_HELLO_DONE, "ServerHelloDone" },
  { PC_TLS_CERTIFICATE_VERIFY, "CertificateVerify" },
  { PC_TLS_CLIENT_KEY_EXCHANGE, "ClientKeyExchange" },
  { PC_TLS_FINISHED, "Finished" },
  { PC_TLS_CERTIFICATE_STATUS, "CertificateStatus" },
  { PC_TLS_KEY_UPDATE, "KeyUpdate" },
};

static const Name ciphers[] = {
  { 0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA" },
  { 0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA" },
  { 0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA" },
  { 0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA" },
  { 0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA" },
  { 0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256" },
  { 0x003D, "TLS_RSA_WITH_AES_256_CBC_SHA256" },
  { 0x0067, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256" },
  { 0x006B, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256" },
  { 0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256" },
  { 0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384" },
  { 0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256" },
  { 0x009F, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384" },
  { 0x00FF, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV" },
  { 0x1301, "TLS_AES_128_GCM_SHA256" },
  { 0x1302, "TLS_AES_256_GCM_SHA384" },
  { 0x1303, "TLS_CHACHA20_POLY1305_SHA256" },
  { 0x1304, "TLS_AES_128_CCM_SHA256" },
  { 0x1305, "TLS_AES_128_CCM_8_SHA256" },
  { 0x5600, "TLS_FALLBACK_SCSV" },
  { 0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA" },
  { 0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA" },
  { 0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA" },
  { 0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA" },
  { 0xC023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256" },
  { 0xC024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384" },
  { 0xC027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256" },
  { 0xC028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384" },
  { 0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256" },
  { 0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384" },
  { 0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" },
  { 0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" },
  { 0xC09C, "TLS_RSA_WITH_AES_128_CCM" },
  { 0xC09D, "TLS_RSA_WITH_AES_256_CCM" },
  { 0xC09E, "TLS_DHE_RSA_WITH_AES_128_CCM" },
  { 0xC09F, "TLS_DHE_RSA_WITH_AES_256_CCM" },
  { 0xC0AC, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM" },
  { 0xC0AD, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM" },
  { 0xC0AE, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8" },
  { 0xC0AF, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8" },
  { 0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256" },
  { 0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256" },
  { 0xCCAA, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256" },
};

static const Name groups[] = {
  { 0x0017, "secp256r1" },
  { 0x0018, "secp384r1" },
  { 0x0019, "secp521r1" },
  { 0x001A, "brainpoolP256r1" },
  { 0x001B, "brainpoolP384r1" },
  { 0x001C, "brainpoolP512r1" },
  { 0x001D, "x25519" },
  { 0x001E, "x448" },
  { 0x0100, "ffdhe2048" },
  { 0x0101, "ffdhe3072" },
  { 0x0102, "ffdhe4096" },
  { 0x0103, "ffdhe6144" },
  { 0x0104, "ffdhe8192" },
  { 0x11EB, "SecP256r1MLKEM768" },
  { 0x11EC, "X25519MLKEM768" },
  { 0x11ED, "SecP384r1MLKEM1024" },
};

static const Name schemes[] = {
  { 0x0201, "rsa_pkcs1_sha1" },
  { 0x0202, "dsa_sha1" },
  { 0x0203, "ecdsa_sha1" },
  { 0x0301, "rsa_pkcs1_sha224" },
  { 0x0302, "dsa_sha224" },
  { 0x0303, "ecdsa_sha224" },
  { 0x0401, "rsa_pkcs1_sha256" },
  { 0x0402, "dsa_sha256" },
  { 0x0403, "ecdsa_secp256r1_sha256" },
  { 0x0501, "rsa_pkcs1_sha384" },
  { 0x0502, "dsa_sha384" },
  { 0x0503, "ecdsa_secp384r1_sha384" },
  { 0x0601, "rsa_pkcs1_sha512" },
  { 0x0602, "dsa_sha512" },
  { 0x0603, "ecdsa_secp521r1_sha512" },
  { 0x0804, "rsa_pss_rsae_sha256" },
  { 0x0805, "rsa_pss_rsae_sha384" },
  { 0x0806, "rsa_pss_rsae_sha512" },
  { 0x0807, "ed25519" },
  { 0x0808, "ed448" },
  { 0x0809, "rsa_pss_pss_sha256" },
  { 0x080A, "rsa_pss_pss_sha384" },
  { 0x080B, "rsa_pss_pss_sha512" },
};

/* RFC 8446 section 6.2 */
static const struct
{
  guint       number;
  PcTlsRule   rule;
  const char *name;
  const char *meaning;
} alerts[] = {
  { 0, PC_TLS_RULE_ALERT_CLOSE_NOTIFY, "close_notify",
    N_ ("I send no more: a proper end.") },
  { 10, PC_TLS_RULE_ALERT_UNEXPECTED_MESSAGE, "unexpected_message",
    N_ ("This message has no place here.") },
  { 20, PC_TLS_RULE_ALERT_BAD_RECORD_MAC, "bad_record_mac",
    N_ ("The record does not decrypt: it was changed, or the keys differ.") },
  { 22, PC_TLS_RULE_ALERT_DECODE_ERROR, "record_overflow",
    N_ ("The record is longer than records may be.") },
  { 40, PC_TLS_RULE_ALERT_HANDSHAKE_FAILURE, "handshake_failure",
    N_ ("We have nothing in common: no cipher, group or signature that both "
        "accept.") },
  { 42, PC_TLS_RULE_ALERT_BAD_CERTIFICATE, "bad_certificate",
    N_ ("The certificate is damaged, or its signature is wrong.") },
  { 43, PC_TLS_RULE_ALERT, "unsupported_certificate",
    N_ ("The certificate is of a kind that cannot be used here.") },
  { 44, PC_TLS_RULE_ALERT, "certificate_revoked",
    N_ ("Who issued the certificate has taken it back.") },
  { 45, PC_TLS_RULE_ALERT_CERTIFICATE_EXPIRED, "certificate_expired",
    N_ ("The certificate's time is over, or has not begun.") },
  { 46, PC_TLS_RULE_ALERT_CERTIFICATE_UNKNOWN, "certificate_unknown",
    N_ ("The certificate is not accepted, for some other reason.") },
  { 47, PC_TLS_RULE_ALERT, "illegal_parameter",
    N_ ("A value contradicts others, or is not allowed here.") },
  { 48, PC_TLS_RULE_ALERT_UNKNOWN_CA, "unknown_ca",
    N_ ("I do not know who issued this certificate.") },
  { 49, PC_TLS_RULE_ALERT, "access_denied",
    N_ ("The certificate is good, but its owner may not come in.") },
  { 50, PC_TLS_RULE_ALERT_DECODE_ERROR, "decode_error",
    N_ ("A message cannot be read: a length or a value is wrong.") },
  { 51, PC_TLS_RULE_ALERT, "decrypt_error",
    N_ ("A signature or a Finished message does not fit the handshake.") },
  { 70, PC_TLS_RULE_ALERT_PROTOCOL_VERSION, "protocol_version",
    N_ ("I do not speak any version of TLS that you offer.") },
  { 71, PC_TLS_RULE_ALERT_HANDSHAKE_FAILURE, "insufficient_security",
    N_ ("What you offer is too weak for me.") },
  { 80, PC_TLS_RULE_ALERT, "internal_error",
    N_ ("Something failed inside, through no fault of yours.") },
  { 86, PC_TLS_RULE_ALERT_PROTOCOL_VERSION, "inappropriate_fallback",
    N_ ("You came back with an older version, but I speak a newer one.") },
  { 90, PC_TLS_RULE_ALERT, "user_canceled",
    N_ ("Somebody stopped the handshake; nothing went wrong.") },
  { 100, PC_TLS_RULE_ALERT, "no_renegotiation",
    N_ ("I will not begin a second handshake in this connection.") },
  { 109, PC_TLS_RULE_ALERT, "missing_extension",
    N_ ("An extension that must be there is missing.") },
  { 110, PC_TLS_RULE_ALERT, "unsupported_extension",
    N_ ("There is an extension that nobody asked for.") },
  { 112, PC_TLS_RULE_ALERT_UNRECOGNIZED_NAME, "unrecognized_name",
    N_ ("I am no server of that name.") },
  { 113, PC_TLS_RULE_ALERT, "bad_certificate_status_response",
    N_ ("What was said about the certificate's validity is wrong.") },
  { 115, PC_TLS_RULE_ALERT, "unknown_psk_identity",
    N_ ("I do not know the key that you want to use again.") },
  { 116, PC_TLS_RULE_ALERT, "certificate_required",
    N_ ("You must show a certificate, and did not.") },
  { 120, PC_TLS_RULE_ALERT, "no_application_protocol",
    N_ ("I speak none of the protocols that you named.") },
};

static const char *
find (const Name *table,
      gsize       n,
      guint       number)
{
  for (gsize i = 0; i < n; i++)
    if (table[i].number == number)
      return table[i].name;

  return NULL;
}

static char *
describe (const char *name,
          guint       number)
{
  if (name == NULL)
    name = pc_tls_is_grease (number) ? "GREASE" : NULL;

  return name == NULL ? g_strdup_printf ("0x%04X", number)
                      : g_strdup_printf ("%s (0x%04X)", name, number);
}

const char *
pc_tls_version_name (guint version)
{
  return find (versions, G_N_ELEMENTS (versions), version);
}

char *
pc_tls_version_value (guint version)
{
  return describe (pc_tls_version_name (version), version);
}

const char *
pc_tls_cipher_name (guint cipher)
{
  return find (ciphers, G_N_ELEMENTS (ciphers), cipher);
}

char *
pc_tls_cipher_value (guint cipher)
{
  return describe (pc_tls_cipher_name (cipher), cipher);
}

const char *
pc_tls_group_name (guint group)
{
  return find (groups, G_N_ELEMENTS (groups), group);
}

char *
pc_tls_group_value (guint group)
{
  return describe (pc_tls_group_name (group), group);
}

char *
pc_tls_scheme_value (guint scheme)
{
  return describe (find (schemes, G_N_ELEMENTS (schemes), scheme), scheme);
}

const char *
pc_tls_content_name (guint type)
{
  return find (contents, G_N_ELEMENTS (contents), type);
}

const char *
pc_tls_handshake_name (guint type)
{
  return find (messages, G_N_ELEMENTS (messages), type);
}

static gsize
find_alert (guint description)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (alerts) && alerts[i].number != description)
    i++;
  return i;
}

const char *
pc_tls_alert_name (guint description)
{
  gsize i = find_alert (description);

  return i < G_N_ELEMENTS (alerts) ? alerts[i].name : NULL;
}

const char *
pc_tls_alert_meaning (guint description)
{
  gsize i = find_alert (description);

  return i < G_N_ELEMENTS (alerts) ? alerts[i].meaning
                                   : N_ ("What is wrong, as a number.");
}

PcTlsRule
pc_tls_alert_rule (guint description)
{
  gsize i = find_alert (description);

  return i < G_N_ELEMENTS (alerts) ? alerts[i].rule : PC_TLS_RULE_ALERT;
}

PcTlsKeys
pc_tls_cipher_get_keys (guint cipher)
{
  const char *name = pc_tls_cipher_name (cipher);

  if (name == NULL)
    return PC_TLS_KEYS_UNKNOWN;
  if (g_str_has_prefix (name, "TLS_ECDHE_"))
    return PC_TLS_KEYS_ECDHE;
  if (g_str_has_prefix (name, "TLS_DHE_"))
    return PC_TLS_KEYS_DHE;
  return g_str_has_prefix (name, "TLS_RSA_") ? PC_TLS_KEYS_RSA
                                             : PC_TLS_KEYS_UNKNOWN;
}

/* Until TLS 1.2, GCM and CCM send half of their nonce; CBC sends a whole
 * block, here always of AES but for one cipher. */
guint
pc_tls_cipher_get_nonce (guint cipher,
                         guint version)
{
  const char *name = pc_tls_cipher_name (cipher);

  if (name == NULL || version != PC_TLS_VERSION_12)
    return 0;
  if (strstr (name, "_GCM_") != NULL || strstr (name, "_CCM") != NULL)
    return 8;
  if (strstr (name, "_CBC_") == NULL)
    return 0;
  return strstr (name, "3DES") != NULL ? 8 : 16;
}

guint
pc_tls_cipher_get_tag (guint cipher)
{
  const char *name = pc_tls_cipher_name (cipher);

  if (name == NULL)
    return 0;
  if (strstr (name, "_CCM_8") != NULL)
    return 8;
  return strstr (name, "_GCM_") != NULL || strstr (name, "_CCM") != NULL ||
                 strstr (name, "_POLY1305_") != NULL
             ? 16
             : 0;
}

gboolean
pc_tls_is_grease (guint number)
{
  return (number & 0x0F0F) == 0x0A0A && number >> 8 == (number & 0xFF);
}
