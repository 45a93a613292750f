/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that change the names of mailboxes: CREATE, DELETE, RENAME,
 * SUBSCRIBE and UNSUBSCRIBE; and NAMESPACE.  LIST is in server-listing.c.
 *
 * A special use that is a view of other mailboxes, as \All, cannot be had
 * here, and each of the others but once.
 *
 * RFC 3501 sections 5.1 and 6.3.3 to 6.3.7; RFC 9051 sections 6.3.4 to 6.3.10;
 * RFC 6154 section 3; RFC 2342 section 5; RFC 5530.
 */

#include "proto/imap/server-private.h"

#include "proto/imap/utf7.h"

#include <string.h>

void
pc_imap_write_mailbox (GString    *out,
                       const char *name,
                       gboolean    utf8)
{
  g_autofree char *wire = utf8 ? NULL : pc_imap_utf7_encode (name);

  if (pc_imap_write_astring (out, utf8 ? name : wire))
    return;

  g_string_append_c (out, '"');
  for (; *name != '\0'; name++) {
    if (*name == '"' || *name == '\\')
      g_string_append_c (out, '\\');
    g_string_append_c (out, *name);
  }
  g_string_append_c (out, '"');
}

/* -- making and removing -------------------------------------------------- */

/* @text: what to say when it worked. */
static void
answer (PcImapServer        *self,
        const PcImapCommand *command,
        PcStoreStatus        status,
        const char          *text)
{
  switch (status) {
  case PC_STORE_OK:
    pc_imap_server_ok (self, command, text);
    break;
  case PC_STORE_EXISTS:
    pc_imap_server_no (self, command, "[ALREADYEXISTS]",
                       "There is such a mailbox already");
    break;
  case PC_STORE_NAME:
    pc_imap_server_no (self, command, "[CANNOT]",
                       "That cannot be done with a mailbox of this name");
    break;
  case PC_STORE_FULL:
    pc_imap_server_no (self, command, "[LIMIT]",
                       "There are too many mailboxes");
    break;
  case PC_STORE_NOT_FOUND:
  case PC_STORE_LOCKED:
  default:
    pc_imap_server_no (self, command, "[NONEXISTENT]",
                       "There is no such mailbox");
  }
}

/* use-attr = "\Sent" / ...; FALSE when there cannot be one more of it. */
static gboolean
can_be_used (PcAccount  *account,
             const char *use)
{
  for (guint i = 0; i < pc_account_get_n_mailboxes (account); i++) {
    const char *taken = pc_mailbox_get_special_use (
        pc_account_get_mailbox (account, i));

    if (g_strcmp0 (taken, use) == 0)
      return FALSE;
  }

  return TRUE;
}

/* @use: one of those that a mailbox can have here, or NULL. */
static gboolean
read_use (PcImapCursor *args,
          const char  **use)
{
  static const char *const uses[] = { "\\Archive", "\\Drafts", "\\Junk",
                                      "\\Sent", "\\Trash" };
  g_autofree char *other = NULL;

  if (!pc_imap_read_char (args, '\\'))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    if (pc_imap_read_word (args, uses[i] + 1)) {
      *use = uses[i];
      return TRUE;
    }

  return pc_imap_read_atom (args, &other);
}

/* SP "(" "USE" SP "(" [use-attr *(SP use-attr)] ")" ")"; @n: how many there
 * are, of which @use is the last. */
static gboolean
read_uses (PcImapCursor *args,
           guint        *n,
           const char  **use)
{
  if (!pc_imap_read_char (args, ' ') || !pc_imap_read_char (args, '(') ||
      !pc_imap_read_word (args, "USE") || !pc_imap_read_char (args, ' ') ||
      !pc_imap_read_char (args, '('))
    return FALSE;
  if (!pc_imap_peek_char (args, ')'))
    do {
      (*n)++;
      if (!read_use (args, use))
        return FALSE;
    } while (pc_imap_read_char (args, ' '));

  return pc_imap_read_char (args, ')') && pc_imap_read_char (args, ')') &&
         pc_imap_at_end (args);
}

/* create = "CREATE" SP mailbox SP and a special use (RFC 6154 section 3) */
static void
create_used (PcImapServer  *self,
             PcImapCommand *command,
             const char    *name)
{
  const char   *use = NULL;
  guint         n = 0;
  PcStoreStatus status;

  if (!read_uses (&command->args, &n, &use)) {
    pc_imap_server_bad (self, command, "CREATE takes a name and (USE (use))");
    return;
  }
  if (n > 1 || (n == 1 && use == NULL) ||
      (use != NULL && !can_be_used (self->account, use))) {
    pc_imap_server_no (self, command, "[USEATTR]",
                       "No mailbox can be made for that use");
    return;
  }

  status = pc_account_create_mailbox (self->account, name);
  if (status == PC_STORE_OK && use != NULL)
    pc_mailbox_set_special_use (pc_account_find_mailbox (self->account, name),
                                use);
  answer (self, command, status, "Created");
}

/* create = "CREATE" SP mailbox; delete, subscribe, unsubscribe alike */
void
pc_imap_run_name (PcImapServer  *self,
                  PcImapCommand *command)
{
  g_autofree char *name = NULL;

  if (!pc_imap_read_char (&command->args, ' ') ||
      !pc_imap_read_mailbox (&command->args, &name) ||
      (!pc_imap_at_end (&command->args) &&
       command->verb != PC_IMAP_VERB_CREATE)) {
    pc_imap_server_bad (self, command, "A mailbox name is needed");
    return;
  }

  switch (command->verb) {
  case PC_IMAP_VERB_CREATE:
    /* "a/": the client means to make others below it (6.3.3). */
    if (g_str_has_suffix (name, "/"))
      name[strlen (name) - 1] = '\0';
    if (!pc_imap_at_end (&command->args))
      create_used (self, command, name);
    else
      answer (self, command,
              pc_account_create_mailbox (self->account, name), "Created");
    break;
  case PC_IMAP_VERB_DELETE:
    answer (self, command,
            pc_account_delete_mailbox (self->account, name, self->session),
            "Deleted");
    break;
  case PC_IMAP_VERB_SUBSCRIBE:
    answer (self, command, pc_account_subscribe (self->account, name),
            "Subscribed");
    break;
  default:
    answer (self, command, pc_account_unsubscribe (self->account, name),
            "Unsubscribed");
  }
}

/* rename = "RENAME" SP mailbox SP mailbox */
void
pc_imap_run_rename (PcImapServer  *self,
                    PcImapCommand *command)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (!pc_imap_read_char (&command->args, ' ') ||
      !pc_imap_read_mailbox (&command->args, &from) ||
      !pc_imap_read_char (&command->args, ' ') ||
      !pc_imap_read_mailbox (&command->args, &to) ||
      !pc_imap_at_end (&command->args))
    pc_imap_server_bad (self, command, "RENAME takes two mailbox names");
  else
    answer (self, command,
            pc_account_rename_mailbox (self->account, from, to,
                                       self->session),
            "Renamed");
}

/* One personal namespace, without a prefix; nobody else's is shown. */
void
pc_imap_run_namespace (PcImapServer  *self,
                       PcImapCommand *command)
{
  if (!pc_imap_at_end (&command->args)) {
    pc_imap_server_bad (self, command, "This command takes no arguments");
    return;
  }

  pc_engine_send_printf (&self->base,
                         "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
  pc_imap_server_ok (self, command, "Those are the namespaces");
}
