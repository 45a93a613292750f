/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/sasl.h"

G_BEGIN_DECLS

/* The client's end of one SASL exchange: challenges in, responses out, both
 * without base64. */

typedef struct _PcSaslClient PcSaslClient;

/* @nonce: for SCRAM, from pc_sasl_make_nonce (). */
PcSaslClient   *pc_sasl_client_new (PcSaslMechanism mechanism,
                                    const char     *user,
                                    const char     *password,
                                    const char     *nonce);
void            pc_sasl_client_free (PcSaslClient *self);
PcSaslMechanism pc_sasl_client_get_mechanism (const PcSaslClient *self);
/* @challenge NULL: what goes along with the command; then @response is NULL
 * when this mechanism waits for the server.  Later @response is always set,
 * unless the step is REFUSED: then the exchange is to be cancelled.  Transfer
 * full. */
PcSaslStatus    pc_sasl_client_step (PcSaslClient *self,
                                     GBytes       *challenge,
                                     GBytes      **response);
/* The same as it crosses the line.  First what stands behind the command:
 * "PLAIN AGFs…", or "LOGIN" when the server has to speak first or it would be
 * longer than @max octets.  Transfer full. */
char           *pc_sasl_client_open (PcSaslClient *self,
                                     gsize         max);
/* Then a line for every challenge, which is base64; "*" when the exchange
 * cannot go on.  Transfer full. */
char           *pc_sasl_client_answer (PcSaslClient *self,
                                       gconstpointer challenge,
                                       gsize         len);
/* FALSE when the server may not say yes already: it has yet to show that it
 * knows the password, too (SCRAM), or has not asked for it. */
gboolean        pc_sasl_client_is_done (const PcSaslClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcSaslClient, pc_sasl_client_free)

G_END_DECLS
