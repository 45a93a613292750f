/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The arithmetic and the grammar of SCRAM-SHA-256 that both ends share
 * (RFC 5802 sections 3, 5.1 and 7, RFC 7677). */

#define PC_SCRAM_OCTETS 32 /* of a SHA-256 */

/* What is worked out from a password, a salt and a count. */
typedef struct
{
  guint8 client[PC_SCRAM_OCTETS]; /* ClientKey */
  guint8 stored[PC_SCRAM_OCTETS]; /* StoredKey */
  guint8 server[PC_SCRAM_OCTETS]; /* ServerKey */
} PcScramKeys;

/* The time grows with @iterations: a few µs each. */
void     pc_scram_derive (PcScramKeys  *self,
                          const char   *password,
                          const guint8 *salt,
                          gsize         salt_len,
                          guint         iterations);
/* ClientProof in base64.  Transfer full. */
char    *pc_scram_make_proof (const PcScramKeys *self,
                              const char        *auth_message);
/* Whether whoever made @proof had the ClientKey.  In constant time. */
gboolean pc_scram_check_proof (const PcScramKeys *self,
                               const char        *auth_message,
                               const char        *proof);
/* ServerSignature in base64.  Transfer full. */
char    *pc_scram_make_signature (const PcScramKeys *self,
                                  const char        *auth_message);

/* saslname: "," and "=" are written "=2C" and "=3D".  Transfer full. */
char    *pc_scram_escape (const char *name);
/* NULL when @text is no saslname. */
char    *pc_scram_unescape (const char *text);
/* Takes "r=…" off the head of @text, and the comma behind it: @text is moved
 * on, the value returned (transfer full).  NULL when another attribute or
 * nothing is there. */
char    *pc_scram_take (const char **text,
                        char         attribute);

G_END_DECLS
