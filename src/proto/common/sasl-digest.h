/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Digests that prove a password without showing it, and the texts that make
 * each proof good for one login only. */

/* Whether the texts are the same.  The time depends on the length of @given
 * alone. */
gboolean pc_sasl_equal (const char *given,
                        const char *expected);

/* "<1.1.1700000000000000@mail.example.test>": an RFC 5322 msg-id (RFC 1939
 * section 7, RFC 2195 section 2).  @session is the conversation's number,
 * @count tells apart those of one conversation, @now is µs since 1970.  No
 * other stamp of this program is the same; yet it can be foreseen, because
 * engines have no random numbers.  A server for more than teaching must make
 * it unpredictable.  Transfer full. */
char *pc_sasl_make_stamp (const char *host,
                          guint       session,
                          guint       count,
                          gint64      now);
/* The same for SCRAM: 24 characters without a comma.  Can be foreseen as
 * well.  Transfer full. */
char *pc_sasl_make_nonce (const char *host,
                          guint       session,
                          guint       count,
                          gint64      now);

/* MD5 of stamp and password, in small hexadecimal digits (RFC 1939 section
 * 7, APOP).  Transfer full. */
char *pc_sasl_digest_apop (const char *stamp,
                           const char *password);
/* HMAC-MD5 of the challenge, the password being the key (RFC 2195 section 2).
 * Transfer full. */
char *pc_sasl_digest_cram (const char *challenge,
                           const char *password);

G_END_DECLS
