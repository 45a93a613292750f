/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands about one mailbox: SELECT, EXAMINE, STATUS, CLOSE, UNSELECT.
 *
 * RFC 3501 sections 6.3.1, 6.3.2, 6.3.10, 6.4.2 and 7; RFC 9051 sections
 * 6.3.2, 6.3.3, 6.3.11, 6.4.1 and 6.4.2; RFC 7162 sections 3.1.2, 3.1.7 and
 * 3.1.8; RFC 7889; RFC 8438; RFC 9208 section 4.1.4.
 */

#include "proto/imap/server-private.h"

#include "base/limits.h"

/* -- SELECT and EXAMINE --------------------------------------------------- */

/* An old client learns what is new or unread; one of IMAP4rev2 does without
 * (RFC 9051 appendix E), and is told the mailbox by its right name. */
static void
write_counts (const PcImapServer *self,
              const PcImapView   *view,
              GString            *out)
{
  const PcMailbox *mailbox = pc_imap_view_get_mailbox (view);
  const char      *use = pc_mailbox_get_special_use (mailbox);
  guint            unseen = pc_imap_view_get_first_unseen (view);

  g_string_append_printf (out, "* %u EXISTS\r\n",
                          pc_imap_view_get_n_messages (view));
  if (pc_imap_server_is_rev2 (self)) {
    g_string_append_printf (out, "* LIST (%s) \"/\" ",
                            use != NULL ? use : "");
    pc_imap_write_mailbox (out, pc_mailbox_get_name (mailbox), TRUE);
    g_string_append (out, "\r\n");
    return;
  }
  g_string_append_printf (out, "* %u RECENT\r\n",
                          pc_imap_view_get_n_recent (view));
  if (unseen > 0)
    g_string_append_printf (out,
                            "* OK [UNSEEN %u] The first unread message\r\n",
                            unseen);
}

static void
send_selected (PcImapServer *self,
               PcImapView   *view)
{
  PcMailbox          *mailbox = pc_imap_view_get_mailbox (view);
  g_autoptr (GString) out = g_string_new (NULL);

  pc_imap_view_write_applicable (view, out);
  write_counts (self, view, out);
  g_string_append_printf (out,
                          "* OK [UIDVALIDITY %u] The UIDs stay valid\r\n",
                          pc_mailbox_get_uid_validity (mailbox));
  g_string_append_printf (out, "* OK [UIDNEXT %u] The next UID\r\n",
                          pc_mailbox_get_uid_next (mailbox));
  g_string_append_printf (
      out, "* OK [HIGHESTMODSEQ %" G_GUINT64_FORMAT "] The newest change\r\n",
      pc_mailbox_get_highest_modseq (mailbox));
  pc_imap_view_write_permanent (view, out);
  pc_engine_send (&self->base, out->str, out->len);
}

/* [SP "(" select-param *(SP select-param) ")"], to the end. */
static gboolean
read_select_params (PcImapCursor *args,
                    guint        *enabled)
{
  if (pc_imap_at_end (args))
    return TRUE;
  if (!pc_imap_read_char (args, ' ') || !pc_imap_read_char (args, '('))
    return FALSE;

  do {
    if (!pc_imap_read_word (args, "CONDSTORE"))
      return FALSE;
    *enabled |= PC_IMAP_ENABLED_CONDSTORE;
  } while (pc_imap_read_char (args, ' '));

  return pc_imap_read_char (args, ')') && pc_imap_at_end (args);
}

/* Whatever comes of a SELECT, the old mailbox is left (RFC 3501 6.3.1).  What
 * is told from here on is of the new one. */
static void
leave (PcImapServer *self)
{
  if (self->view == NULL)
    return;

  pc_imap_server_select (self, NULL);
  if (pc_imap_server_is_rev2 (self))
    pc_engine_send_printf (&self->base,
                           "* OK [CLOSED] The mailbox before is closed\r\n");
}

/* select = "SELECT" SP mailbox [select-params]; examine alike */
void
pc_imap_run_select (PcImapServer  *self,
                    PcImapCommand *command)
{
  PcImapCursor    *args = &command->args;
  gboolean         read_only = command->verb == PC_IMAP_VERB_EXAMINE;
  g_autofree char *name = NULL;
  guint            enabled = 0;
  PcMailbox       *mailbox;
  PcImapView      *view;

  if (!pc_imap_read_char (args, ' ') || !pc_imap_read_mailbox (args, &name) ||
      !read_select_params (args, &enabled)) {
    pc_imap_server_bad (self, command, "A mailbox name is needed");
    return;
  }

  leave (self);
  pc_imap_server_enable (self, enabled);
  mailbox = pc_account_find_mailbox (self->account, name);
  if (mailbox == NULL) {
    pc_imap_server_no (self, command, "[NONEXISTENT]",
                       "There is no such mailbox");
    return;
  }

  view = pc_imap_view_new (mailbox, self->session, read_only);
  pc_imap_view_set_enabled (view, self->enabled);
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

typedef enum {
  COUNT_MESSAGES,
  COUNT_RECENT,
  COUNT_UNSEEN,
  COUNT_DELETED,
  COUNT_DELETED_STORAGE,
  COUNT_SIZE,
  COUNT_UIDNEXT,
  COUNT_UIDVALIDITY,
  COUNT_HIGHESTMODSEQ,
  COUNT_APPENDLIMIT,
} Count;

/* DELETED and SIZE are RFC 9051's and RFC 8438's, DELETED-STORAGE is RFC
 * 9208's, APPENDLIMIT RFC 7889's. */
static const char *const counts[] = {
  [COUNT_MESSAGES] = "MESSAGES",
  [COUNT_RECENT] = "RECENT",
  [COUNT_UNSEEN] = "UNSEEN",
  [COUNT_DELETED] = "DELETED",
  [COUNT_DELETED_STORAGE] = "DELETED-STORAGE",
  [COUNT_SIZE] = "SIZE",
  [COUNT_UIDNEXT] = "UIDNEXT",
  [COUNT_UIDVALIDITY] = "UIDVALIDITY",
  [COUNT_HIGHESTMODSEQ] = "HIGHESTMODSEQ",
  [COUNT_APPENDLIMIT] = "APPENDLIMIT",
};

/* What one message adds. */
static guint64
count_message (const PcMessage *message,
               Count            count)
{
  gboolean deleted = (message->flags & PC_FLAG_DELETED) != 0;

  switch (count) {
  case COUNT_RECENT:
    return message->recent ? 1 : 0;
  case COUNT_UNSEEN:
    return (message->flags & PC_FLAG_SEEN) == 0 ? 1 : 0;
  case COUNT_DELETED:
    return deleted ? 1 : 0;
  default:
    return deleted ? g_bytes_get_size (message->content) : 0;
  }
}

static guint64
count_messages (const PcMailbox *mailbox,
                Count            count)
{
  guint64 n = 0;

  for (guint i = 0; i < pc_mailbox_get_n_messages (mailbox); i++)
    n += count_message (pc_mailbox_get_message (mailbox, i), count);

  return n;
}

static guint64
get_count (const PcMailbox *mailbox,
           Count            count)
{
  switch (count) {
  case COUNT_MESSAGES:
    return pc_mailbox_get_n_messages (mailbox);
  case COUNT_SIZE:
    return pc_mailbox_get_total_size (mailbox);
  case COUNT_UIDNEXT:
    return pc_mailbox_get_uid_next (mailbox);
  case COUNT_UIDVALIDITY:
    return pc_mailbox_get_uid_validity (mailbox);
  case COUNT_HIGHESTMODSEQ:
    return pc_mailbox_get_highest_modseq (mailbox);
  case COUNT_APPENDLIMIT:
    return PC_LIMIT_MESSAGE;
  case COUNT_RECENT:
  case COUNT_UNSEEN:
  case COUNT_DELETED:
  case COUNT_DELETED_STORAGE:
  default:
    return count_messages (mailbox, count);
  }
}

static gboolean
read_status_item (PcImapCursor *args,
                  PcMailbox    *mailbox,
                  GString      *out,
                  gboolean     *modseq)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (counts) && !pc_imap_read_word (args, counts[i]))
    i++;
  if (i == G_N_ELEMENTS (counts))
    return FALSE;

  if (modseq != NULL && i == COUNT_HIGHESTMODSEQ)
    *modseq = TRUE;
  g_string_append_printf (out, "%s %" G_GUINT64_FORMAT, counts[i],
                          get_count (mailbox, i));
  return TRUE;
}

gboolean
pc_imap_read_status_items (PcImapCursor *args,
                           PcMailbox    *mailbox,
                           GString      *out,
                           gboolean     *modseq)
{
  guint n = 0;

  if (!pc_imap_read_char (args, '('))
    return FALSE;
  do {
    if (n > 0)
      g_string_append_c (out, ' ');
    if (++n > PC_LIMIT_IMAP_ITEMS ||
        !read_status_item (args, mailbox, out, modseq))
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
  gboolean            modseq = FALSE;
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

  pc_imap_write_mailbox (out, pc_mailbox_get_name (mailbox),
                         pc_imap_server_is_utf8 (self));
  g_string_append (out, " (");
  if (!pc_imap_read_status_items (args, mailbox, out, &modseq) ||
      !pc_imap_at_end (args)) {
    pc_imap_server_bad (self, command,
                        "The items are names as MESSAGES and UIDNEXT, in "
                        "parentheses");
    return;
  }
  if (modseq)
    pc_imap_server_enable (self, PC_IMAP_ENABLED_CONDSTORE);
  g_string_append (out, ")\r\n");
  pc_engine_send (&self->base, out->str, out->len);
  pc_imap_server_ok (self, command, "Counted");
}
