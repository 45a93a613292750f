/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's part of STLS: when TLS is offered, and what it changes.
 *
 * The greeting is not said again, and its stamp stays good for APOP.  TLS
 * itself is the affair of whoever owns the engine.
 *
 * RFC 2595 sections 2.2 and 4, RFC 8314 section 4.
 */

#include "proto/pop3/server-private.h"

gboolean
pc_pop3_server_takes_login (const PcPop3Server *self)
{
  return !self->needs_tls || self->base.security == PC_SECURITY_ON;
}

gboolean
pc_pop3_server_offers_tls (const PcPop3Server *self)
{
  return self->starttls && self->base.security == PC_SECURITY_CLEAR &&
         self->state < PC_POP3_TRANSACTION;
}

/* What the client sent behind it was read already; the caller throws that
 * away. */
void
pc_pop3_server_stls (PcPop3Server        *self,
                     const PcPop3Request *request)
{
  if (self->base.security == PC_SECURITY_ON) {
    pc_pop3_server_refuse (self, request->verb, "TLS is on already");
    return;
  }
  if (!self->starttls) {
    pc_pop3_server_refuse (self, request->verb, "TLS is not offered here");
    return;
  }

  pc_pop3_server_reply (self, request->verb, TRUE, "Begin TLS now");
  if (self->base.status == PC_ENGINE_RUNNING)
    pc_engine_want_tls (&self->base);
}

void
pc_pop3_server_forget (PcPop3Server *self)
{
  g_clear_pointer (&self->login.user, g_free);
  g_clear_pointer (&self->login.sasl, pc_sasl_server_free);
  pc_bytes_clear (&self->in);
  self->scanned = 0;
  self->skipping = FALSE;
}
