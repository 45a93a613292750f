/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's side of AUTH: carries the lines of a SASL exchange, which
 * proto/common does.
 *
 * Base64 is read strictly, and a wrong user name takes as long as a wrong
 * password.  RFC 4954 sections 4 and 6.
 */

#include "proto/smtp/server-private.h"

#include <string.h>

static const char *
peek (gpointer    users,
      const char *user)
{
  return pc_mail_store_peek_password (users, user);
}

void
pc_smtp_server_end_login (PcSmtpServer *self)
{
  g_clear_pointer (&self->login, pc_sasl_server_free);
}

static void
go_on (PcSmtpServer *self,
       PcSaslStatus  status,
       const char   *challenge)
{
  if (status == PC_SASL_MORE) {
    pc_smtp_server_reply (self, 334, NULL, "%s", challenge);
    return;
  }

  if (status == PC_SASL_DONE) {
    PcAccount *account = pc_mail_store_find_user (
        self->store, pc_sasl_server_get_user (self->login));

    g_free (self->user);
    self->user = g_strdup (pc_account_get_user (account));
  }
  pc_smtp_server_end_login (self);
  if (status == PC_SASL_DONE)
    pc_smtp_server_reply (self, 235, "2.7.0", "You are logged in");
  else if (status == PC_SASL_CANCELLED)
    pc_smtp_server_reply (self, 501, "5.7.0", "Login given up");
  else if (status == PC_SASL_BROKEN)
    pc_smtp_server_reply (self, 501, "5.5.2", "This is not base64");
  else
    pc_login_guard_fail (&self->guard, self->now);
}

void
pc_smtp_server_refuse_login (PcSmtpServer *self)
{
  pc_smtp_server_reply (self, 535, "5.7.8", "User name or password is wrong");
  if (pc_login_guard_is_over (&self->guard)) {
    self->answering = PC_SMTP_VERB_NONE;
    pc_smtp_server_hang_up (self, "4.7.0", "has seen too many wrong logins");
  }
}

void
pc_smtp_server_sasl (PcSmtpServer *self,
                     const guint8 *line,
                     gsize         len)
{
  g_autofree char *challenge = NULL;
  PcSaslStatus     status = pc_sasl_server_answer (self->login, line, len,
                                                   &challenge);

  go_on (self, status, challenge);
}

static void
begin (PcSmtpServer   *self,
       PcSaslMechanism mechanism,
       const guint8   *initial,
       gsize           len,
       gint64          now)
{
  PcSaslServerConfig config = { .mechanism = mechanism,
                                .host = self->host,
                                .session = self->session,
                                .count = ++self->n_logins,
                                .now = now,
                                .peek = peek,
                                .users = self->store };
  g_autofree char   *challenge = NULL;
  PcSaslStatus       status;

  if (initial != NULL && !pc_sasl_takes_initial (mechanism)) {
    pc_smtp_server_reply (self, 501, "5.7.0",
                          "With %s the server speaks first",
                          pc_sasl_get_name (mechanism));
    return;
  }

  pc_smtp_server_end_login (self);
  self->login = pc_sasl_server_new (&config);
  status = pc_sasl_server_begin (self->login, initial, len, &challenge);
  go_on (self, status, challenge);
}

/* auth-command = "AUTH" SP sasl-mech [SP initial-response]
 * initial-response = base64 / "=" */
void
pc_smtp_server_auth (PcSmtpServer *self,
                     const guint8 *args,
                     gsize         len)
{
  const guint8   *blank = len == 0 ? NULL : memchr (args, ' ', len);
  gsize           name = blank == NULL ? len : (gsize) (blank - args);
  PcSaslMechanism mechanism;

  if (!self->extended)
    pc_smtp_server_reply (self, 503, "5.5.1", "AUTH needs EHLO, not HELO");
  else if (len == 0)
    pc_smtp_server_reply (self, 501, "5.5.4", "AUTH needs a mechanism");
  else if (!pc_sasl_find (args, name, &mechanism) ||
           !pc_sasl_is_among (mechanism, self->mechanisms))
    pc_smtp_server_reply (self, 504, "5.5.4", "The mechanisms here are %s",
                          self->mechanisms);
  else
    begin (self, mechanism, blank == NULL ? NULL : blank + 1,
           blank == NULL ? 0 : len - name - 1, self->now);
}
