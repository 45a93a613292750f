/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's side of STARTTLS: when TLS is offered, what it changes, and
 * what the trace says of it.
 *
 * A server for mail from anywhere may not insist on TLS; one for its own users
 * may.  TLS itself is the affair of whoever owns the engine.
 *
 * RFC 3207 sections 4 and 4.2, RFC 3848, RFC 4954 section 4, RFC 6531 section
 * 3.7.3, RFC 8314 section 4.1.
 */

#include "proto/smtp/server-private.h"

gboolean
pc_smtp_server_lacks_tls (const PcSmtpServer *self)
{
  return self->needs_tls && self->base.security != PC_SECURITY_ON;
}

gboolean
pc_smtp_server_offers_tls (const PcSmtpServer *self)
{
  return self->starttls && self->base.security == PC_SECURITY_CLEAR;
}

/* What the client sent behind it was read already; the caller throws that
 * away. */
void
pc_smtp_server_starttls (PcSmtpServer *self,
                         const guint8 *args,
                         gsize         len)
{
  if (!self->extended) {
    pc_smtp_server_reply (self, 503, "5.5.1",
                          "STARTTLS needs EHLO, not HELO");
    return;
  }

  pc_smtp_server_reply (self, 220, "2.0.0", "Begin TLS now");
  if (self->base.status == PC_ENGINE_RUNNING)
    pc_engine_want_tls (&self->base);
}

void
pc_smtp_server_forget (PcSmtpServer *self)
{
  pc_smtp_server_reset (self);
  pc_smtp_server_end_login (self);
  g_clear_pointer (&self->peer_name, g_free);
  g_clear_pointer (&self->user, g_free);
  self->extended = FALSE;
  self->track = (PcSmtpTrack){ .state = PC_SMTP_GREETED };
  pc_bytes_clear (&self->in);
  self->scanned = 0;
  self->skipping = FALSE;
}

/* Who said HELO inside TLS has no word for it. */
const char *
pc_smtp_server_get_transport (const PcSmtpServer *self)
{
  static const char *const extended[] = { "ESMTP", "ESMTPA", "ESMTPS",
                                          "ESMTPSA" };
  static const char *const utf8[] = { "UTF8SMTP", "UTF8SMTPA", "UTF8SMTPS",
                                      "UTF8SMTPSA" };
  guint i = (self->base.security == PC_SECURITY_ON ? 2 : 0) +
            (self->track.logged_in ? 1 : 0);

  if (self->mail.utf8)
    return utf8[i];

  return self->extended ? extended[i] : "SMTP";
}
