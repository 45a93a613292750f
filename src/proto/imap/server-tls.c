/* SPDX-License-Identifier: GPL-3.0-or-later */

/* STARTTLS: when TLS is offered, what waits for it, what it changes.
 *
 * TLS itself is the affair of whoever owns the engine.  There is no second
 * greeting, and no CAPABILITY unless it is asked for.
 *
 * RFC 9051 sections 6.2.1, 6.2.3 and 7.2.2; RFC 5530 section 3.
 */

#include "proto/imap/server-private.h"

#include "proto/common/sasl.h"

#include <string.h>

static gboolean
lacks_tls (const PcImapServer *self)
{
  return self->needs_tls && self->base.security != PC_SECURITY_ON;
}

void
pc_imap_server_write_login_offer (const PcImapServer *self,
                                  GString            *out)
{
  g_auto (GStrv) names = g_strsplit (self->mechanisms, " ", -1);

  if (self->starttls && self->base.security == PC_SECURITY_CLEAR)
    g_string_append (out, " STARTTLS");
  if (lacks_tls (self)) {
    g_string_append (out, " LOGINDISABLED");
    return;
  }

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (out, " AUTH=%s", names[i]);
}

gboolean
pc_imap_server_takes_login (PcImapServer        *self,
                            const PcImapCommand *command)
{
  if (!lacks_tls (self))
    return TRUE;

  pc_imap_server_no (self, command, "[PRIVACYREQUIRED]",
                     "No password without TLS; STARTTLS comes first");
  pc_imap_server_count_failure (self);
  return FALSE;
}

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
  pc_bytes_clear (&self->in);
  memset (&self->framer, 0, sizeof self->framer);
  self->message = FALSE;
}
