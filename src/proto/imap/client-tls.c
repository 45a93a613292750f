/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's side of STARTTLS: asks for TLS, and keeps silent without it
 * when it must.
 *
 * Of raw lines only those few go out in clear that cannot carry a password or
 * a mail; any other might, with a verb spelt wrong.
 *
 * RFC 9051 sections 6.2.1, 6.2.3, 7.1.4 and 7.2.2; RFC 8314 section 5.2.
 */

#include "proto/imap/client-private.h"

#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* -- what comes back ------------------------------------------------------ */

/* STARTTLS comes before the login only, so who says that it is over keeps TLS
 * out (CVE-2020-14093 in a mail program). */
void
pc_imap_client_take_preauth (PcImapClient *self)
{
  if (self->base.needs_tls && self->base.security != PC_SECURITY_ON)
    pc_engine_fail (&self->base,
                    _ ("The server greets with PREAUTH, as if we were logged "
                       "in: then TLS cannot begin any more. Somebody on the "
                       "way may have put that there; this client does not go "
                       "on without TLS."));
}

void
pc_imap_client_take_tls (PcImapClient *self,
                         gboolean      ok,
                         const char   *said)
{
  if (ok) {
    pc_starttls_agreed (&self->base, self->rest);
    return;
  }

  self->deadline = PC_ENGINE_NEVER;
  pc_starttls_refused (&self->base, said);
  g_clear_pointer (&self->request, pc_imap_request_free);
}

/* It may have been forged (RFC 9051 section 6.2.1). */
void
pc_imap_client_forget (PcImapClient *self)
{
  pc_imap_known_clear (&self->known);
  pc_imap_known_init (&self->known);
  g_clear_pointer (&self->bye, g_free);
}

/* -- before an action ----------------------------------------------------- */

static gboolean
is_harmless (const char *line)
{
  PcImapCursor     at = { (const guint8 *) line, strlen (line), 0 };
  g_autofree char *tag = NULL;
  PcImapVerb       verb;

  if (!pc_imap_read_tag (&at, &tag) || !pc_imap_read_char (&at, ' '))
    return FALSE;

  verb = pc_imap_read_verb (&at);
  return pc_imap_at_end (&at) &&
         (verb == PC_IMAP_VERB_CAPABILITY || verb == PC_IMAP_VERB_NOOP ||
          verb == PC_IMAP_VERB_LOGOUT || verb == PC_IMAP_VERB_STARTTLS);
}

static gboolean
is_private (const PcAction *action,
            gboolean        open)
{
  static const char *const names[] = { "capability", "noop", "logout",
                                       "starttls", "id", NULL };

  if (strcmp (action->name, "raw") == 0)
    return open || !is_harmless (pc_action_get (action, "line", ""));

  return !g_strv_contains (names, action->name);
}

gboolean
pc_imap_client_check_tls (const PcImapClient *self,
                          const PcAction     *action,
                          GError            **error)
{
  if (strcmp (action->name, "starttls") != 0 ||
      self->base.security != PC_SECURITY_ON)
    return TRUE;

  g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                       _ ("TLS is on already."));
  return FALSE;
}

gboolean
pc_imap_client_refuse_early (PcImapClient   *self,
                             const PcAction *action)
{
  gboolean open = self->request != NULL;

  if (is_private (action, open) && pc_starttls_keeps_silent (&self->base))
    return TRUE;

  if (strcmp (action->name, "starttls") == 0 &&
      pc_imap_known_lacks (&self->known, "STARTTLS")) {
    pc_starttls_missing (&self->base);
    return TRUE;
  }
  /* RFC 9051 section 6.2.3 */
  if (strcmp (action->name, "login") == 0 &&
      pc_imap_known_can (&self->known, "LOGINDISABLED")) {
    pc_engine_finish_action (
        &self->base, PC_EVENT_REFUSED,
        _ ("The server says LOGINDISABLED: it takes no password here, so none "
           "was sent. Perhaps it does after “starttls”."));
    return TRUE;
  }

  return FALSE;
}
