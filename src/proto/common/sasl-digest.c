/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The digests of APOP and CRAM-MD5, and the texts they are made over.
 *
 * Stamps and nonces come from the host's name, the conversation's number, a
 * count and the time: engines have no random numbers, so that every run can
 * be repeated.  They never come twice but can be guessed, which an attacker
 * who plays the server might use; fit for a lesson on loopback, not for more.
 *
 * RFC 1939 section 7, RFC 2104, RFC 2195 section 2.
 */

#include "proto/common/sasl-digest.h"

#include <string.h>

#define NONCE_CHARS 24

gboolean
pc_sasl_equal (const char *given,
               const char *expected)
{
  gsize given_len = strlen (given);
  gsize len = strlen (expected);
  gsize differences = given_len ^ len;

  /* The NUL of @expected stands for what it has not. */
  for (gsize i = 0; i < given_len; i++)
    differences |= (guchar) given[i] ^ (guchar) expected[MIN (i, len)];

  return differences == 0;
}

char *
pc_sasl_make_stamp (const char *host,
                    guint       session,
                    guint       count,
                    gint64      now)
{
  return g_strdup_printf ("<%u.%u.%" G_GINT64_FORMAT "@%s>", session, count,
                          now, host);
}

char *
pc_sasl_make_nonce (const char *host,
                    guint       session,
                    guint       count,
                    gint64      now)
{
  g_autofree char *stamp = pc_sasl_make_stamp (host, session, count, now);
  char            *hex;

  hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, stamp, -1);
  hex[NONCE_CHARS] = '\0';

  return hex;
}

char *
pc_sasl_digest_apop (const char *stamp,
                     const char *password)
{
  g_autofree char *text = g_strconcat (stamp, password, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);
}

char *
pc_sasl_digest_cram (const char *challenge,
                     const char *password)
{
  return g_compute_hmac_for_string (G_CHECKSUM_MD5, (const guint8 *) password,
                                    strlen (password), challenge, -1);
}
