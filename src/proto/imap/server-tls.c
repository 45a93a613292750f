/* SPDX-License-Identifier: GPL-3.0-or-later */

/* STARTTLS: when TLS may begin, and what it changes.  What is offered before it
 * is in server-login.c.
 *
 * TLS itself is the affair of whoever owns the engine.  There is no second
 * greeting, and no CAPABILITY unless it is asked for.
 *
 * RFC 9051 sections 6.2.1, 6.2.3 and 7.2.2; RFC 5530 section 3.
 */

#include "proto/imap/server-private.h"

#include <string.h>

/* What the client sent behind it was read already; the caller throws that
 * away. */
void
pc_imap_run_starttls (PcImapServer  *self,
                      PcImapCommand *command)
{
  if (!pc_imap_at_end (&command->args)) {
    pc_imap_server_bad (self, command, "STARTTLS takes no arguments");
  } else if (self->base.security == PC_SECURITY_ON) {
    pc_imap_server_bad (self, command, "TLS is on already");
  } else if (!self->starttls) {
    pc_imap_server_bad (self, command, "STARTTLS is not offered here");
  } else {
    pc_imap_server_ok (self, command, "Begin TLS now");
    if (self->base.status == PC_ENGINE_RUNNING)
      pc_engine_want_tls (&self->base);
  }
}

void
pc_imap_server_forget (PcImapServer *self)
{
  g_clear_pointer (&self->auth_tag, g_free);
  g_clear_pointer (&self->sasl, pc_sasl_server_free);
  pc_bytes_clear (&self->in);
  memset (&self->framer, 0, sizeof self->framer);
  self->message = FALSE;
}
