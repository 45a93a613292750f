/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The three mail servers behind one face. */

#include "servers.h"

#include "base/limits.h"
#include "proto/imap/server-private.h"
#include "proto/pop3/server-private.h"
#include "proto/registry.h"
#include "proto/smtp/server-private.h"

#include <string.h>

const ServerKind server_kinds[N_SERVERS] = {
  { "imap", "l LOGIN alex portcall\r\n", "n NOOP\r\n", "n OK ",
    "x FROB\r\n", "* BYE ", "a AUTHENTICATE %s\r\n", "+ " },
  { "pop3", "USER alex\r\nPASS portcall\r\n", "CAPA\r\n", "+OK ", "FROB\r\n",
    "-ERR ", "AUTH %s\r\n", "+ " },
  { "smtp", "EHLO pc\r\nAUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n", "NOOP\r\n",
    "250 2.0.0 ", "FROB\r\n", "421 ", "AUTH %s\r\n", "334 " },
};

void
server_init (Server           *self,
             const ServerKind *kind)
{
  PcServerConfig config = { .host = "mail.example.test",
                            .role = PC_SERVER_SUBMISSION,
                            .session = 1,
                            .starttls = TRUE,
                            .peer_address = "127.0.0.1" };

  *self = (Server){ .kind = kind, .now = SERVERS_NOW };
  self->store = config.store = pc_mail_store_new ("example.test");
  pc_mail_store_add_account (self->store, "alex", "portcall", 1);
  pc_mail_store_add_account (self->store, "robin", "portcall", 2);
  self->engine = pc_registry_find (kind->id)->server_new (&config);
  pc_engine_start (self->engine, self->now);
  g_free (server_take (self));
}

void
server_clear (Server *self)
{
  g_clear_pointer (&self->engine, pc_engine_free);
  g_clear_pointer (&self->store, pc_mail_store_unref);
}

void
server_fill (Server     *self,
             const char *message,
             gsize       len)
{
  g_autoptr (GBytes) content = g_bytes_new (message, len);
  PcAccount *alex = pc_mail_store_find_user (self->store, "alex");

  g_assert_cmpint (pc_mailbox_append (pc_account_find_mailbox (alex, "INBOX"),
                                      content, 0, self->now, 0, NULL),
                   ==, PC_STORE_OK);
}

void
server_feed (Server     *self,
             const char *text)
{
  g_autofree guint8 *copy = g_memdup2 (text, strlen (text));

  pc_engine_feed (self->engine, self->now, 0, copy, strlen (text));
}

char *
server_take (Server *self)
{
  PcBytes      *out = pc_engine_get_output (self->engine);
  gsize         len;
  const guint8 *data = pc_bytes_peek (out, &len);
  char         *text = g_strndup ((const char *) data, len);

  pc_bytes_consume (out, len);
  return text;
}

gboolean
server_wait (Server *self,
             gint64  most)
{
  gint64 deadline = pc_engine_get_deadline (self->engine);

  if (deadline == PC_ENGINE_NEVER || deadline > self->now + most)
    return FALSE;

  self->now = MAX (self->now, deadline);
  pc_engine_wake (self->engine, self->now);
  return TRUE;
}

char *
server_ask (Server     *self,
            const char *text)
{
  server_feed (self, text);
  while (server_wait (self, PC_LIMIT_LOGIN_DELAY_MAX))
    ;

  return server_take (self);
}

gboolean
server_is_running (Server *self)
{
  return pc_engine_get_status (self->engine) == PC_ENGINE_RUNNING;
}

gsize
server_get_kept (Server *self)
{
  const PcImapServer *imap = (const PcImapServer *) self->engine;
  const PcPop3Server *pop3 = (const PcPop3Server *) self->engine;
  const PcSmtpServer *smtp = (const PcSmtpServer *) self->engine;

  if (strcmp (self->kind->id, "imap") == 0)
    return pc_bytes_get_size (&imap->in);
  if (strcmp (self->kind->id, "pop3") == 0)
    return pc_bytes_get_size (&pop3->in);

  return pc_bytes_get_size (&smtp->in) +
         (smtp->data.content != NULL ? smtp->data.content->len : 0) +
         (smtp->mail.content != NULL ? smtp->mail.content->len : 0);
}
