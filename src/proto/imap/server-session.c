/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands about the session itself: CAPABILITY, NOOP, LOGOUT, ID and IDLE.
 * How one logs in is in server-login.c.
 *
 * RFC 3501 section 6.1, RFC 9051 sections 6.1 and 6.3.13, RFC 2177, RFC 2971.
 */

#include "proto/imap/server-private.h"

#include "base/limits.h"
#include "base/text.h"

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

  if (pc_imap_server_answers_moment (self, tag, PC_IMAP_ANSWER_DONE))
    return;
  if (pc_text_equal_ascii (line, len, "DONE"))
    pc_imap_server_ok (self, &command, "No longer idling");
  else
    pc_imap_server_bad (self, &command, "DONE was expected");
}
