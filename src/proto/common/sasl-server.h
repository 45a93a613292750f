/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/sasl.h"

G_BEGIN_DECLS

/* The server's end of one SASL exchange: responses in, challenges out, both
 * without base64.  Which protocol carries them does not matter here. */

/* How a server comes by passwords: in clear, or NULL for a stranger; valid
 * until the next call. */
typedef const char *(*PcSaslPeek) (gpointer    users,
                                   const char *user);

/* Copied. */
typedef struct
{
  PcSaslMechanism mechanism;
  const char     *host;    /* the server's name */
  guint           session; /* of the conversation */
  guint           count;   /* of the exchange, in that conversation */
  gint64          now;     /* µs since 1970 UTC */
  PcSaslPeek      peek;
  gpointer        users;     /* for @peek; must outlive the exchange */
  const char     *challenge; /* CRAM-MD5, SCRAM: the stamp or nonce to send,
                              * from a published example; else NULL */
} PcSaslServerConfig;

typedef struct _PcSaslServer PcSaslServer;

PcSaslServer *pc_sasl_server_new (const PcSaslServerConfig *config);
void          pc_sasl_server_free (PcSaslServer *self);
PcSaslMechanism pc_sasl_server_get_mechanism (const PcSaslServer *self);
/* @response: NULL at the first step when none came with the command; an
 * empty one is not NULL.  @challenge is set on MORE, may be empty; transfer
 * full.  After DONE or REFUSED nothing more may be asked.
 *
 * A wrong name takes the same way, and as long, as a wrong password. */
PcSaslStatus  pc_sasl_server_step (PcSaslServer *self,
                                   GBytes       *response,
                                   GBytes      **challenge);
/* The same as it crosses the line.  First @initial, what came along with the
 * command (NULL: nothing; "=": an empty response), then line by line; a line
 * of "*" is CANCELLED.  @challenge is set on MORE, base64, may be empty;
 * transfer full.  RFC 4954 section 4, RFC 5034 section 4. */
PcSaslStatus  pc_sasl_server_begin (PcSaslServer *self,
                                    const guint8 *initial,
                                    gsize         len,
                                    char        **challenge);
PcSaslStatus  pc_sasl_server_answer (PcSaslServer *self,
                                     const guint8 *line,
                                     gsize         len,
                                     char        **challenge);
/* Who has logged in, once DONE: as the client wrote it. */
const char   *pc_sasl_server_get_user (const PcSaslServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcSaslServer, pc_sasl_server_free)

G_END_DECLS
