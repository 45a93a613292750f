/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways to log in to a POP3 server.
 *
 * A stranger's name goes the same way as a wrong password.
 *
 * RFC 1939 section 7, RFC 5034 section 4.
 */

#include "proto/pop3/login.h"

#include "proto/common/sasl-digest.h"

#include <string.h>

void
pc_pop3_login_init (PcPop3Login *self,
                    PcMailStore *store,
                    const char  *host,
                    guint        session,
                    gint64       now)
{
  *self = (PcPop3Login){ .store = store,
                         .host = host,
                         .session = session,
                         .stamp = pc_sasl_make_stamp (host, session, 0,
                                                      now) };
}

void
pc_pop3_login_clear (PcPop3Login *self)
{
  g_clear_pointer (&self->stamp, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->sasl, pc_sasl_server_free);
}

void
pc_pop3_login_set_user (PcPop3Login  *self,
                        const guint8 *name,
                        gsize         len)
{
  g_free (self->user);
  self->user = g_strndup ((const char *) name, len);
}

PcAccount *
pc_pop3_login_pass (PcPop3Login  *self,
                    const guint8 *password,
                    gsize         len)
{
  g_autofree char *user = g_steal_pointer (&self->user);
  g_autofree char *text = g_strndup ((const char *) password, len);

  return pc_mail_store_login (self->store, user, text);
}

PcAccount *
pc_pop3_login_apop (PcPop3Login  *self,
                    const guint8 *args,
                    gsize         len)
{
  g_autofree char *text = g_strndup ((const char *) args, len);
  g_autofree char *expected = NULL;
  char            *space = strrchr (text, ' ');
  const char      *password;
  gboolean         same;

  g_clear_pointer (&self->user, g_free);
  if (space == NULL)
    return NULL;

  *space = '\0';
  password = pc_mail_store_peek_password (self->store, text);
  expected = pc_sasl_digest_apop (self->stamp,
                                  password != NULL ? password : "");
  same = pc_sasl_equal (space + 1, expected);

  return (password != NULL) & same
             ? pc_mail_store_find_user (self->store, text)
             : NULL;
}

static const char *
peek (gpointer    users,
      const char *user)
{
  return pc_mail_store_peek_password (users, user);
}

gboolean
pc_pop3_login_begin (PcPop3Login  *self,
                     gint64        now,
                     const char   *names,
                     const guint8 *args,
                     gsize         len,
                     PcSaslStatus *status,
                     char        **challenge)
{
  const guint8      *space = len > 0 ? memchr (args, ' ', len) : NULL;
  gsize              name = space != NULL ? (gsize) (space - args) : len;
  PcSaslServerConfig config = { .host = self->host,
                                .session = self->session,
                                .now = now,
                                .peek = peek,
                                .users = self->store };

  g_clear_pointer (&self->user, g_free);
  if (!pc_sasl_find (args, name, &config.mechanism) ||
      !pc_sasl_is_among (config.mechanism, names))
    return FALSE;

  config.count = ++self->count;
  self->sasl = pc_sasl_server_new (&config);
  *status = pc_sasl_server_begin (self->sasl,
                                  space != NULL ? space + 1 : NULL,
                                  space != NULL ? len - name - 1 : 0,
                                  challenge);

  return TRUE;
}

PcSaslStatus
pc_pop3_login_answer (PcPop3Login  *self,
                      const guint8 *line,
                      gsize         len,
                      char        **challenge)
{
  return pc_sasl_server_answer (self->sasl, line, len, challenge);
}

PcAccount *
pc_pop3_login_end (PcPop3Login *self,
                   PcSaslStatus status)
{
  g_autoptr (PcSaslServer) sasl = g_steal_pointer (&self->sasl);

  if (status != PC_SASL_DONE)
    return NULL;

  return pc_mail_store_find_user (self->store, pc_sasl_server_get_user (sasl));
}
