/* SPDX-License-Identifier: GPL-3.0-or-later */

/* LOGIN and AUTHENTICATE: how one gets in, and what is offered for it.
 *
 * A server that needs TLS offers nothing in clear, and says LOGINDISABLED.
 * Leaves out authorisation as somebody else.
 *
 * RFC 3501 and RFC 9051 sections 6.2.2, 6.2.3 and 11; RFC 4959; RFC 5530.
 */

#include "proto/imap/server-private.h"

#include "proto/common/sasl-server.h"

#include <string.h>

/* -- what is offered ------------------------------------------------------ */

static gboolean
may_log_in (const PcImapServer *self)
{
  return !self->needs_tls || self->base.security == PC_SECURITY_ON;
}

static gboolean
offers (const PcImapServer *self,
        PcSaslMechanism     mechanism)
{
  g_auto (GStrv) names = g_strsplit (self->mechanisms, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], pc_sasl_get_name (mechanism)) == 0)
      return TRUE;

  return FALSE;
}

void
pc_imap_server_write_logins (const PcImapServer *self,
                             GString            *out)
{
  if (self->starttls && self->base.security == PC_SECURITY_CLEAR)
    g_string_append (out, " STARTTLS");
  if (!may_log_in (self)) {
    g_string_append (out, " LOGINDISABLED");
    return;
  }

  for (guint i = 0; i < PC_SASL_N_MECHANISMS; i++)
    if (offers (self, i))
      g_string_append_printf (out, " AUTH=%s", pc_sasl_get_name (i));
}

/* -- the end of any login ------------------------------------------------- */

gboolean
pc_imap_server_takes_login (PcImapServer        *self,
                            const PcImapCommand *command)
{
  if (may_log_in (self))
    return TRUE;

  pc_imap_server_no (self, command, "[PRIVACYREQUIRED]",
                     "Passwords are taken under TLS only");
  pc_imap_server_count_failure (self);
  return FALSE;
}

/* @account NULL: that was nobody. */
static void
log_in (PcImapServer        *self,
        const PcImapCommand *command,
        PcAccount           *account)
{
  g_autofree char *text = NULL;

  if (account == NULL) {
    pc_imap_server_refuse_login (self, command);
    return;
  }

  pc_imap_server_log_in (self, account);
  text = g_strdup_printf ("[CAPABILITY %s] Logged in",
                          pc_imap_server_get_capabilities (self));
  pc_imap_server_ok (self, command, text);
}

/* login = "LOGIN" SP userid SP password, both astrings */
void
pc_imap_run_login (PcImapServer  *self,
                   PcImapCommand *command)
{
  PcImapCursor    *args = &command->args;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;

  if (!pc_imap_read_char (args, ' ') ||
      !pc_imap_read_astring (args, &user) ||
      !pc_imap_read_char (args, ' ') ||
      !pc_imap_read_astring (args, &password) || !pc_imap_at_end (args))
    pc_imap_server_bad (self, command,
                        "LOGIN takes a user name and a password");
  else if (pc_imap_server_takes_login (self, command))
    log_in (self, command,
            pc_mail_store_login (self->store, user, password));
}

/* -- AUTHENTICATE --------------------------------------------------------- */

static const char *
peek (gpointer    users,
      const char *user)
{
  return pc_mail_store_peek_password (users, user);
}

/* A step led to @status: the exchange goes on, or it is over. */
static void
go_on (PcImapServer        *self,
       const PcImapCommand *command,
       PcSaslStatus         status,
       const char          *challenge)
{
  g_autoptr (PcSaslServer) sasl = NULL;
  PcAccount               *account = NULL;

  if (status == PC_SASL_MORE) {
    g_free (self->auth_tag);
    self->auth_tag = g_strdup (command->tag);
    pc_engine_send_printf (&self->base, "+ %s\r\n", challenge);
    return;
  }

  sasl = g_steal_pointer (&self->sasl);
  if (status == PC_SASL_CANCELLED) {
    pc_imap_server_bad (self, command, "Cancelled, as asked");
  } else if (status == PC_SASL_BROKEN) {
    pc_imap_server_bad (self, command, "That is not base64, or not your turn");
  } else {
    if (status == PC_SASL_DONE)
      account = pc_mail_store_find_user (self->store,
                                         pc_sasl_server_get_user (sasl));
    log_in (self, command, account);
  }
}

static void
begin (PcImapServer        *self,
       const PcImapCommand *command,
       PcSaslMechanism      mechanism,
       const guint8        *initial,
       gsize                len)
{
  PcSaslServerConfig config = { .mechanism = mechanism,
                                .host = self->host,
                                .session = self->session,
                                .count = ++self->n_logins,
                                .now = self->active,
                                .peek = peek,
                                .users = self->store };
  g_autofree char   *challenge = NULL;
  PcSaslStatus       status;

  self->sasl = pc_sasl_server_new (&config);
  status = pc_sasl_server_begin (self->sasl, initial, len, &challenge);
  go_on (self, command, status, challenge);
}

/* authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp]; the initial
 * response is RFC 4959's, with "=" for an empty one. */
void
pc_imap_run_authenticate (PcImapServer  *self,
                          PcImapCommand *command)
{
  PcImapCursor    *args = &command->args;
  g_autofree char *name = NULL;
  PcSaslMechanism  mechanism;
  gboolean         more;

  if (!pc_imap_read_char (args, ' ') || !pc_imap_read_atom (args, &name) ||
      (!pc_imap_at_end (args) && !pc_imap_peek_char (args, ' '))) {
    pc_imap_server_bad (self, command, "AUTHENTICATE takes a mechanism");
    return;
  }
  /* mutt 2.2 puts a blank behind the mechanism, and nothing behind that. */
  more = pc_imap_read_char (args, ' ') && !pc_imap_at_end (args);
  if (!pc_imap_server_takes_login (self, command))
    return;
  if (!pc_sasl_find (name, strlen (name), &mechanism) ||
      !offers (self, mechanism)) {
    pc_imap_server_no (self, command, "[CANNOT]",
                       "CAPABILITY tells the mechanisms there are");
    return;
  }

  begin (self, command, mechanism,
         more ? args->data + args->pos : NULL, args->len - args->pos);
}

void
pc_imap_server_sasl (PcImapServer *self,
                     const guint8 *line,
                     gsize         len)
{
  g_autofree char *tag = g_steal_pointer (&self->auth_tag);
  g_autofree char *challenge = NULL;
  PcImapCommand    command = { .tag = tag,
                               .verb = PC_IMAP_VERB_AUTHENTICATE };
  PcSaslStatus     status;

  if (pc_imap_server_answers_moment (self, tag, PC_IMAP_ANSWER_RESPONSE)) {
    g_clear_pointer (&self->sasl, pc_sasl_server_free);
    return;
  }

  status = pc_sasl_server_answer (self->sasl, line, len, &challenge);
  go_on (self, &command, status, challenge);
}
