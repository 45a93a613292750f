/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's side of STARTTLS: asks for TLS, and keeps silent without it
 * when it must.
 *
 * Of raw lines only those few go out in clear that cannot carry a password or
 * a mail; any other might, with a verb spelt wrong.
 *
 * RFC 3207 sections 4, 4.2 and 6; RFC 8314 section 5.2.
 */

#include "proto/smtp/client-private.h"

#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
pc_smtp_client_starttls (PcSmtpClient   *self,
                         gint64          now,
                         const PcAction *action,
                         GError        **error)
{
  if (self->base.security == PC_SECURITY_ON) {
    g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                         _ ("TLS is on already."));
    return FALSE;
  }

  if (self->offer.known && !self->offer.starttls)
    pc_starttls_missing (&self->base);
  else
    pc_smtp_client_send (self, PC_SMTP_VERB_STARTTLS, NULL);
  return TRUE;
}

gboolean
pc_smtp_client_take_tls (PcSmtpClient *self,
                         guint         code,
                         const char   *words)
{
  if (self->base.security != PC_SECURITY_CLEAR)
    return FALSE;

  if (code / 100 == 2)
    pc_starttls_agreed (&self->base, pc_bytes_get_size (&self->in));
  else
    pc_starttls_refused (&self->base, words);
  if (self->base.status == PC_ENGINE_FAILED)
    self->track.state = PC_SMTP_CLOSED;
  return TRUE;
}

/* What was learnt in clear may have been forged. */
void
pc_smtp_client_secured (PcEngine *engine,
                        gint64    now)
{
  PcSmtpClient *self = (PcSmtpClient *) engine;

  self->offer = (PcSmtpOffer){ 0 };
  self->track = (PcSmtpTrack){ .state = PC_SMTP_GREETED };
  pc_starttls_done (engine);
}

static gboolean
is_harmless (const char *line)
{
  static const PcSmtpVerb verbs[] = {
    PC_SMTP_VERB_EHLO, PC_SMTP_VERB_HELO, PC_SMTP_VERB_HELP,
    PC_SMTP_VERB_NOOP, PC_SMTP_VERB_QUIT, PC_SMTP_VERB_RSET,
    PC_SMTP_VERB_STARTTLS,
  };
  gsize      word;
  PcSmtpVerb verb = pc_smtp_verb_find ((const guint8 *) line, strlen (line),
                                       &word);

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (verbs[i] == verb)
      return TRUE;

  return FALSE;
}

gboolean
pc_smtp_client_is_private (const PcSmtpClient *self,
                           const PcAction     *action)
{
  static const char *const names[] = { "auth", "mail", "rcpt", "data", "bdat",
                                      "relay", "send", "vrfy", NULL };

  if (strcmp (action->name, "raw") == 0)
    return self->track.state == PC_SMTP_AUTH ||
           self->track.state == PC_SMTP_DATA || self->piece.left > 0 ||
           !is_harmless (pc_action_get (action, "line", ""));

  return g_strv_contains (names, action->name);
}
