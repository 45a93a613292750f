/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What IMAP, POP3 and SMTP share of SASL: the names of the mechanisms, base64
 * read strictly (RFC 4648 section 4, no white space, padding required) and the
 * message of PLAIN (RFC 4616 section 2).  The exchanges are in sasl-server.h
 * and sasl-client.h. */

/* From the weakest to the strongest. */
typedef enum {
  PC_SASL_PLAIN,         /* RFC 4616 */
  PC_SASL_LOGIN,         /* has no RFC */
  PC_SASL_CRAM_MD5,      /* RFC 2195 */
  PC_SASL_SCRAM_SHA_256, /* RFC 5802, RFC 7677 */
  PC_SASL_N_MECHANISMS,
} PcSaslMechanism;

/* All of them, in order: "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256". */
#define PC_SASL_NAMES "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256"

/* What a step of an exchange led to. */
typedef enum {
  PC_SASL_MORE,    /* send what came out, and wait for the other end */
  PC_SASL_DONE,    /* this end has nothing more to ask */
  PC_SASL_REFUSED, /* wrong password, or a message against the mechanism */
  PC_SASL_BROKEN,  /* what came is not base64, or not the client's turn */
  PC_SASL_CANCELLED, /* the client gave up */
} PcSaslStatus;

/* "CRAM-MD5". */
const char *pc_sasl_get_name (PcSaslMechanism mechanism);
/* In any case (RFC 4422 section 3.1 has capitals only; clients differ). */
gboolean    pc_sasl_find (gconstpointer    name,
                          gsize            len,
                          PcSaslMechanism *mechanism);
/* Of PC_SASL_NAMES, in their order, those that are in @wanted, by blanks and
 * in any case; NULL: all.  "" when there are none.  Transfer full. */
char       *pc_sasl_select (const char *wanted);
/* Whether it is in @list, by blanks. */
gboolean    pc_sasl_is_among (PcSaslMechanism mechanism,
                              const char     *list);
/* The client's first message may come with the command.  Not so with
 * CRAM-MD5, where the server speaks first. */
gboolean    pc_sasl_takes_initial (PcSaslMechanism mechanism);

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
