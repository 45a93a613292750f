/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands about the session itself: CAPABILITY, NOOP, LOGOUT, ID, IDLE, and
 * the two ways to log in.
 *
 * Leaves out every SASL mechanism but PLAIN, and authorisation as somebody
 * else.
 *
 * RFC 3501 sections 6.1 and 6.2, RFC 9051 sections 6.1 and 6.2, RFC 4959,
 * RFC 4616, RFC 5530, RFC 2177, RFC 2971.
 */

#include "proto/imap/server-private.h"

#include "base/limits.h"
#include "base/text.h"
#include "proto/common/sasl.h"

#include <string.h>

void
pc_imap_run_capability (PcImapServer  *self,
                        PcImapCommand *command)
{
  if (!pc_imap_at_end (&command->args)) {
    pc_imap_server_bad (self, command, "CAPABILITY takes no arguments");
    return;
  }

  pc_engine_send_printf (&self->base, "* CAPABILITY %s\r\n",
                         pc_imap_server_get_capabilities (self));
  pc_imap_server_ok (self, command, "Those are the capabilities");
}

/* CHECK as well: a mailbox in memory has nothing to be tidied. */
void
pc_imap_run_noop (PcImapServer  *self,
                  PcImapCommand *command)
{
  if (!pc_imap_at_end (&command->args))
    pc_imap_server_bad (self, command, "This command takes no arguments");
  else
    pc_imap_server_ok (self, command,
                       command->verb == PC_IMAP_VERB_CHECK
                           ? "Checked"
                           : "Nothing done, as asked");
}

void
pc_imap_run_logout (PcImapServer  *self,
                    PcImapCommand *command)
{
  if (!pc_imap_at_end (&command->args)) {
    pc_imap_server_bad (self, command, "LOGOUT takes no arguments");
    return;
  }

  pc_engine_send_printf (&self->base, "* BYE Until next time\r\n");
  pc_engine_send_printf (&self->base, "%s OK Logged out\r\n", command->tag);
  pc_imap_server_close (self);
}

/* id-params-list = "(" [string SP nstring *(SP string SP nstring)] ")" / nil;
 * who calls makes no difference here. */
static gboolean
read_id (PcImapCursor *args)
{
  guint n = 0;

  if (!pc_imap_read_char (args, ' '))
    return FALSE;
  if (pc_imap_read_word (args, "NIL"))
    return pc_imap_at_end (args);
  if (!pc_imap_read_char (args, '('))
    return FALSE;
  while (!pc_imap_peek_char (args, ')')) {
    g_autofree char *field = NULL;
    g_autofree char *value = NULL;

    if ((n > 0 && !pc_imap_read_char (args, ' ')) ||
        ++n > PC_LIMIT_IMAP_ID || !pc_imap_read_string (args, &field) ||
        !pc_imap_read_char (args, ' ') ||
        (!pc_imap_read_word (args, "NIL") &&
         !pc_imap_read_string (args, &value)))
      return FALSE;
  }

  return pc_imap_read_char (args, ')') && pc_imap_at_end (args);
}

void
pc_imap_run_id (PcImapServer  *self,
                PcImapCommand *command)
{
  if (!read_id (&command->args)) {
    pc_imap_server_bad (self, command,
                        "ID takes NIL or a list of fields and values");
    return;
  }

  pc_engine_send_printf (&self->base, "* ID (\"name\" \"Portcall\")\r\n");
  pc_imap_server_ok (self, command, "Pleased to meet you");
}

/* -- waiting for news ----------------------------------------------------- */

void
pc_imap_run_idle (PcImapServer  *self,
                  PcImapCommand *command)
{
  if (!pc_imap_at_end (&command->args)) {
    pc_imap_server_bad (self, command, "This command takes no arguments");
    return;
  }

  self->idle_tag = g_strdup (command->tag);
  pc_engine_send_printf (&self->base, "+ Idling\r\n");
  pc_imap_server_tell (self);
}

void
pc_imap_server_idle (PcImapServer *self,
                     const guint8 *line,
                     gsize         len)
{
  g_autofree char *tag = g_steal_pointer (&self->idle_tag);
  PcImapCommand    command = { .tag = tag, .verb = PC_IMAP_VERB_IDLE };

  if (pc_text_equal_ascii (line, len, "DONE"))
    pc_imap_server_ok (self, &command, "No longer idling");
  else
    pc_imap_server_bad (self, &command, "DONE was expected");
}

/* -- logging in ----------------------------------------------------------- */

static void
try_login (PcImapServer        *self,
           const PcImapCommand *command,
           const char          *user,
           const char          *password)
{
  g_autofree char *text = NULL;
  PcAccount       *account = pc_mail_store_login (self->store, user,
                                                  password);

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
  else
    try_login (self, command, user, password);
}

static void
try_plain (PcImapServer        *self,
           const PcImapCommand *command,
           const guint8        *base64,
           gsize                len)
{
  g_autoptr (GBytes) message = NULL;
  g_autofree char   *authzid = NULL;
  g_autofree char   *user = NULL;
  g_autofree char   *password = NULL;

  /* RFC 3501 section 6.2.2: "*" cancels. */
  if (len == 1 && base64[0] == '*') {
    pc_imap_server_bad (self, command, "Cancelled, as asked");
    return;
  }

  message = pc_sasl_decode (base64, len);
  if (message == NULL)
    pc_imap_server_bad (self, command, "That is not base64");
  else if (!pc_sasl_parse_plain (message, &authzid, &user, &password))
    pc_imap_server_bad (self, command, "That is not a PLAIN message");
  else if (authzid[0] != '\0' && strcmp (authzid, user) != 0)
    pc_imap_server_no (self, command, "[AUTHORIZATIONFAILED]",
                       "Nobody may act for somebody else here");
  else
    try_login (self, command, user, password);
}

/* authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp]; the initial
 * response is RFC 4959's, with "=" for an empty one. */
void
pc_imap_run_authenticate (PcImapServer  *self,
                          PcImapCommand *command)
{
  PcImapCursor    *args = &command->args;
  g_autofree char *mechanism = NULL;
  gsize            rest;

  if (!pc_imap_read_char (args, ' ') ||
      !pc_imap_read_atom (args, &mechanism) ||
      (!pc_imap_at_end (args) && !pc_imap_read_char (args, ' '))) {
    pc_imap_server_bad (self, command, "AUTHENTICATE takes a mechanism");
    return;
  }
  if (g_ascii_strcasecmp (mechanism, "PLAIN") != 0) {
    pc_imap_server_no (self, command, "[CANNOT]",
                       "The only mechanism here is PLAIN");
    return;
  }

  rest = args->len - args->pos;
  if (rest > 0) {
    try_plain (self, command, args->data + args->pos, rest);
    return;
  }
  if (args->data[args->pos - 1] == ' ') {
    pc_imap_server_bad (self, command, "The initial response is missing");
    return;
  }
  self->auth_tag = g_strdup (command->tag);
  pc_engine_send_printf (&self->base, "+ \r\n");
}

void
pc_imap_server_sasl (PcImapServer *self,
                     const guint8 *line,
                     gsize         len)
{
  g_autofree char *tag = g_steal_pointer (&self->auth_tag);
  PcImapCommand    command = { .tag = tag,
                               .verb = PC_IMAP_VERB_AUTHENTICATE };

  try_plain (self, &command, line, len);
}
