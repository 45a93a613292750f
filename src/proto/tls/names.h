/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tls/rules.h"

G_BEGIN_DECLS

/* The numbers of TLS and their names, as RFC 8446 and the registries of IANA
 * spell them: they are words of the protocol and not translated. */

#define PC_TLS_VERSION_12 0x0303
#define PC_TLS_VERSION_13 0x0304

typedef enum {
  PC_TLS_CONTENT_CHANGE_CIPHER_SPEC = 20,
  PC_TLS_CONTENT_ALERT = 21,
  PC_TLS_CONTENT_HANDSHAKE = 22,
  PC_TLS_CONTENT_DATA = 23,
} PcTlsContent;

typedef enum {
  PC_TLS_HELLO_REQUEST = 0,
  PC_TLS_CLIENT_HELLO = 1,
  PC_TLS_SERVER_HELLO = 2,
  PC_TLS_NEW_SESSION_TICKET = 4,
  PC_TLS_ENCRYPTED_EXTENSIONS = 8,
  PC_TLS_CERTIFICATE = 11,
  PC_TLS_SERVER_KEY_EXCHANGE = 12,
  PC_TLS_CERTIFICATE_REQUEST = 13,
  PC_TLS_SERVER_HELLO_DONE = 14,
  PC_TLS_CERTIFICATE_VERIFY = 15,
  PC_TLS_CLIENT_KEY_EXCHANGE = 16,
  PC_TLS_FINISHED = 20,
  PC_TLS_CERTIFICATE_STATUS = 22,
  PC_TLS_KEY_UPDATE = 24,
} PcTlsHandshake;

/* How the cipher suite changes what a message or a record looks like. */
typedef enum {
  PC_TLS_KEYS_UNKNOWN,
  PC_TLS_KEYS_ECDHE,
  PC_TLS_KEYS_DHE,
  PC_TLS_KEYS_RSA,
} PcTlsKeys;

/* "TLS 1.3 (0x0304)", or the number alone. Transfer full. */
char       *pc_tls_version_value (guint version);
/* "TLS 1.3", NULL when unknown. */
const char *pc_tls_version_name (guint version);
/* "x25519 (0x001D)", or the number alone. Transfer full. */
char       *pc_tls_cipher_value (guint cipher);
char       *pc_tls_group_value (guint group);
char       *pc_tls_scheme_value (guint scheme);
/* NULL when unknown. */
const char *pc_tls_cipher_name (guint cipher);
const char *pc_tls_group_name (guint group);
const char *pc_tls_content_name (guint type);
const char *pc_tls_handshake_name (guint type);
const char *pc_tls_alert_name (guint description);
/* N_(), what an alert says; never NULL. */
const char *pc_tls_alert_meaning (guint description);
PcTlsRule   pc_tls_alert_rule (guint description);

PcTlsKeys   pc_tls_cipher_get_keys (guint cipher);
/* Octets in clear before, and of the tag after, what a record of @version
 * protects; 0 where the cipher has none or is not known. */
guint       pc_tls_cipher_get_nonce (guint cipher,
                                     guint version);
guint       pc_tls_cipher_get_tag (guint cipher);
/* Reserved for clients that try out how servers take the unknown. */
gboolean    pc_tls_is_grease (guint number);

G_END_DECLS
