/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands about one mailbox: SELECT, EXAMINE, STATUS, CLOSE, UNSELECT.
 *
 * RFC 3501 sections 6.3.1, 6.3.2, 6.3.10, 6.4.2 and 7; RFC 9051 sections
 * 6.3.2, 6.3.3, 6.3.11, 6.4.1 and 6.4.2.
 */

#include "proto/imap/server-private.h"

#include "base/limits.h"

#define FLAGS "\\Answered \\Flagged \\Deleted \\Seen \\Draft"

/* -- SELECT and EXAMINE --------------------------------------------------- */

static void
send_selected (PcImapServer *self,
               PcImapView   *view)
{
  PcMailbox *mailbox = pc_imap_view_get_mailbox (view);
  PcEngine  *out = &self->base;
  guint      unseen = pc_imap_view_get_first_unseen (view);

  pc_engine_send_printf (out, "* FLAGS (%s)\r\n", FLAGS);
  pc_engine_send_printf (out, "* %u EXISTS\r\n",
                         pc_imap_view_get_n_messages (view));
  pc_engine_send_printf (out, "* %u RECENT\r\n",
                         pc_imap_view_get_n_recent (view));
  if (unseen > 0)
    pc_engine_send_printf (out, "* OK [UNSEEN %u] The first unread message\r\n",
                           unseen);
  pc_engine_send_printf (out, "* OK [UIDVALIDITY %u] The UIDs stay valid\r\n",
                         pc_mailbox_get_uid_validity (mailbox));
  pc_engine_send_printf (out, "* OK [UIDNEXT %u] The next UID\r\n",
                         pc_mailbox_get_uid_next (mailbox));
  if (pc_imap_view_is_read_only (view))
    pc_engine_send_printf (out, "* OK [PERMANENTFLAGS ()] Nothing can be "
                                "changed\r\n");
  else
    pc_engine_send_printf (out, "* OK [PERMANENTFLAGS (%s)] These can be "
                                "changed\r\n", FLAGS);
}

/* select = "SELECT" SP mailbox; examine alike */
void
pc_imap_run_select (PcImapServer  *self,
                    PcImapCommand *command)
{
  PcImapCursor    *args = &command->args;
  gboolean         read_only = command->verb == PC_IMAP_VERB_EXAMINE;
  g_autofree char *name = NULL;
  PcMailbox       *mailbox;
  PcImapView      *view;

  if (!pc_imap_read_char (args, ' ') || !pc_imap_read_mailbox (args, &name) ||
      !pc_imap_at_end (args)) {
    pc_imap_server_bad (self, command, "A mailbox name is needed");
    return;
  }

  /* Whatever comes of it, the old mailbox is left (RFC 3501 6.3.1). */
  pc_imap_server_select (self, NULL);
  mailbox = pc_account_find_mailbox (self->account, name);
  if (mailbox == NULL) {
    pc_imap_server_no (self, command, "[NONEXISTENT]",
                       "There is no such mailbox");
    return;
  }

  view = pc_imap_view_new (mailbox, self->session, read_only);
  send_selected (self, view);
  pc_imap_server_select (self, view);
  pc_imap_server_ok (self, command, read_only ? "[READ-ONLY] Examined"
                                              : "[READ-WRITE] Selected");
}

/* CLOSE removes what is flagged \Deleted, without telling this client;
 * UNSELECT removes nothing. */
void
pc_imap_run_close (PcImapServer  *self,
                   PcImapCommand *command)
{
  PcMailbox *mailbox = pc_imap_view_get_mailbox (self->view);
  gboolean   removes = command->verb == PC_IMAP_VERB_CLOSE &&
                     !pc_imap_view_is_read_only (self->view);

  if (!pc_imap_at_end (&command->args)) {
    pc_imap_server_bad (self, command, "This command takes no arguments");
    return;
  }

  for (guint i = 0;
       removes && i < pc_imap_view_get_n_messages (self->view); i++) {
    PcMessage *message = pc_imap_view_get_message (self->view, i);

    if (message != NULL && (message->flags & PC_FLAG_DELETED) != 0)
      pc_mailbox_expunge (mailbox, message->uid, self->session);
  }

  pc_imap_server_select (self, NULL);
  pc_imap_server_ok (self, command, "Closed");
}

/* -- STATUS --------------------------------------------------------------- */

static guint
count_messages (const PcMailbox *mailbox,
                gboolean         recent)
{
  guint n = 0;

  for (guint i = 0; i < pc_mailbox_get_n_messages (mailbox); i++) {
    const PcMessage *message = pc_mailbox_get_message (mailbox, i);

    if (recent ? message->recent : (message->flags & PC_FLAG_SEEN) == 0)
      n++;
  }

  return n;
}

static gboolean
read_status_item (PcImapCursor *args,
                  PcMailbox    *mailbox,
                  GString      *out)
{
  const char *name;
  guint       value;

  if (pc_imap_read_word (args, name = "MESSAGES"))
    value = pc_mailbox_get_n_messages (mailbox);
  else if (pc_imap_read_word (args, name = "RECENT"))
    value = count_messages (mailbox, TRUE);
  else if (pc_imap_read_word (args, name = "UIDNEXT"))
    value = pc_mailbox_get_uid_next (mailbox);
  else if (pc_imap_read_word (args, name = "UIDVALIDITY"))
    value = pc_mailbox_get_uid_validity (mailbox);
  else if (pc_imap_read_word (args, name = "UNSEEN"))
    value = count_messages (mailbox, FALSE);
  else
    return FALSE;

  g_string_append_printf (out, "%s %u", name, value);
  return TRUE;
}

gboolean
pc_imap_read_status_items (PcImapCursor *args,
                           PcMailbox    *mailbox,
                           GString      *out)
{
  guint n = 0;

  if (!pc_imap_read_char (args, '('))
    return FALSE;
  do {
    if (n > 0)
      g_string_append_c (out, ' ');
    if (++n > PC_LIMIT_IMAP_ITEMS || !read_status_item (args, mailbox, out))
      return FALSE;
  } while (pc_imap_read_char (args, ' '));

  return pc_imap_read_char (args, ')');
}

/* status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")" */
void
pc_imap_run_status (PcImapServer  *self,
                    PcImapCommand *command)
{
  PcImapCursor       *args = &command->args;
  g_autofree char    *name = NULL;
  g_autoptr (GString) out = g_string_new ("* STATUS ");
  PcMailbox          *mailbox;

  if (!pc_imap_read_char (args, ' ') || !pc_imap_read_mailbox (args, &name) ||
      !pc_imap_read_char (args, ' ')) {
    pc_imap_server_bad (self, command,
                        "STATUS takes a mailbox name and a list of items");
    return;
  }
  mailbox = pc_account_find_mailbox (self->account, name);
  if (mailbox == NULL) {
    pc_imap_server_no (self, command, "[NONEXISTENT]",
                       "There is no such mailbox");
    return;
  }

  pc_imap_write_mailbox (out, pc_mailbox_get_name (mailbox));
  g_string_append (out, " (");
  if (!pc_imap_read_status_items (args, mailbox, out) ||
      !pc_imap_at_end (args)) {
    pc_imap_server_bad (self, command,
                        "The items are MESSAGES RECENT UIDNEXT UIDVALIDITY "
                        "UNSEEN, in parentheses");
    return;
  }
  g_string_append (out, ")\r\n");
  pc_engine_send (&self->base, out->str, out->len);
  pc_imap_server_ok (self, command, "Counted");
}
