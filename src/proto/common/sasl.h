/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What IMAP, POP3 and SMTP share of SASL: base64 read strictly (RFC 4648
 * section 4, no white space, padding required) and the message of PLAIN
 * (RFC 4616 section 2). */

/* (transfer full) (nullable): NULL unless @data is strict base64. */
GBytes  *pc_sasl_decode (gconstpointer data,
                         gsize         len);
/* Transfer full. */
char    *pc_sasl_encode (gconstpointer data,
                         gsize         len);
/* [authzid] NUL authcid NUL passwd.  FALSE unless the message is well formed
 * UTF-8 without further NULs.  Out values transfer full. */
gboolean pc_sasl_parse_plain (GBytes *message,
                              char  **authzid,
                              char  **user,
                              char  **password);
/* The base64 of a PLAIN message. Transfer full. */
char    *pc_sasl_make_plain (const char *user,
                             const char *password);

G_END_DECLS
