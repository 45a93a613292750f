/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands about the names of mailboxes: LIST, LSUB, CREATE, DELETE, RENAME,
 * SUBSCRIBE, UNSUBSCRIBE and NAMESPACE.
 *
 * A name that is only the beginning of others, "a" of "a/b", is shown as
 * \Noselect.  Leaves out the extended LIST (RFC 5258) and CREATE with a
 * special use (RFC 6154 section 3).
 *
 * RFC 3501 sections 5.1, 6.3.3 to 6.3.9 and 7.2; RFC 9051 sections 6.3.4 to
 * 6.3.10 and 7.3; RFC 6154 section 2; RFC 2342 section 5; RFC 5530.
 */

#include "proto/imap/server-private.h"

#include "proto/imap/utf7.h"

#include <string.h>

void
pc_imap_write_mailbox (GString    *out,
                       const char *name)
{
  g_autofree char *wire = pc_imap_utf7_encode (name);

  pc_imap_write_astring (out, wire);
}

/* -- LIST and LSUB -------------------------------------------------------- */

static gboolean
has_children (PcAccount  *account,
              const char *name)
{
  g_autofree char *prefix = g_strconcat (name, "/", NULL);

  for (guint i = 0; i < pc_account_get_n_mailboxes (account); i++)
    if (g_str_has_prefix (
            pc_mailbox_get_name (pc_account_get_mailbox (account, i)),
            prefix))
      return TRUE;

  return FALSE;
}

/* INBOX in any case is INBOX (RFC 3501 section 5.1). */
static gboolean
matches (const char *pattern,
         const char *name)
{
  g_autofree char *upper = NULL;

  if (strcmp (name, "INBOX") != 0)
    return pc_imap_match_mailbox (pattern, name);

  upper = g_ascii_strup (pattern, -1);
  return pc_imap_match_mailbox (upper, name);
}

/* The names, and each beginning of one that is no name itself; sorted. */
static GPtrArray *
with_parents (char **names)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray             *out = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_hash_table_add (seen, names[i]))
      g_ptr_array_add (out, g_strdup (names[i]));

  for (guint i = 0; names[i] != NULL; i++)
    for (const char *slash = strchr (names[i], '/'); slash != NULL;
         slash = strchr (slash + 1, '/')) {
      char *parent = g_strndup (names[i], (gsize) (slash - names[i]));

      if (g_hash_table_contains (seen, parent)) {
        g_free (parent);
        continue;
      }
      g_ptr_array_add (out, parent);
      g_hash_table_add (seen, parent);
    }

  return out;
}

/* Transfer full, NULL-terminated; the strings are the account's. */
static char **
get_names (PcAccount *account,
           gboolean   subscribed)
{
  GPtrArray *out = g_ptr_array_new ();

  if (subscribed)
    for (guint i = 0; i < pc_account_get_n_subscriptions (account); i++)
      g_ptr_array_add (out,
                       (char *) pc_account_get_subscription (account, i));
  else
    for (guint i = 0; i < pc_account_get_n_mailboxes (account); i++)
      g_ptr_array_add (out, (char *) pc_mailbox_get_name (
                                pc_account_get_mailbox (account, i)));
  g_ptr_array_add (out, NULL);
  return (char **) g_ptr_array_free (out, FALSE);
}

static void
write_list (PcAccount  *account,
            const char *word,
            const char *name,
            gboolean    real,
            GString    *out)
{
  PcMailbox  *mailbox = pc_account_find_mailbox (account, name);
  const char *use =
      mailbox != NULL ? pc_mailbox_get_special_use (mailbox) : NULL;

  g_string_append_printf (out, "* %s (%s\\%s%s%s) \"/\" ", word,
                          real ? "" : "\\Noselect ",
                          has_children (account, name) ? "HasChildren"
                                                       : "HasNoChildren",
                          use != NULL ? " " : "", use != NULL ? use : "");
  pc_imap_write_mailbox (out, name);
  g_string_append (out, "\r\n");
}

static void
write_matches (PcImapServer *self,
               const char   *word,
               const char   *pattern,
               GString      *out)
{
  gboolean              subscribed = strcmp (word, "LSUB") == 0;
  g_autofree char     **names = get_names (self->account, subscribed);
  g_autoptr (GPtrArray) all = with_parents (names);

  for (guint i = 0; i < all->len; i++) {
    const char *name = g_ptr_array_index (all, i);
    gboolean    real = i < g_strv_length (names);

    if (!real && subscribed && strchr (pattern, '%') == NULL)
      continue;
    if (matches (pattern, name))
      write_list (self->account, word, name, real, out);
  }
}

/* list = "LIST" SP mailbox SP list-mailbox; lsub alike */
void
pc_imap_run_list (PcImapServer  *self,
                  PcImapCommand *command)
{
  PcImapCursor       *args = &command->args;
  const char         *word = pc_imap_verbs[command->verb].name;
  g_autofree char    *reference = NULL;
  g_autofree char    *pattern = NULL;
  g_autofree char    *wire = NULL;
  g_autofree char    *whole = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (!pc_imap_read_char (args, ' ') ||
      !pc_imap_read_astring (args, &reference) ||
      !pc_imap_read_char (args, ' ') ||
      !pc_imap_read_list_mailbox (args, &pattern) || !pc_imap_at_end (args)) {
    pc_imap_server_bad (self, command,
                        "LIST takes a reference and a pattern");
    return;
  }

  /* An empty pattern asks for the separator only. */
  wire = g_strconcat (reference, pattern, NULL);
  whole = pc_imap_utf7_decode (wire);
  if (pattern[0] == '\0')
    g_string_append_printf (out, "* %s (\\Noselect) \"/\" \"\"\r\n", word);
  else if (whole != NULL)
    write_matches (self, word, whole, out);

  pc_engine_send (&self->base, out->str, out->len);
  pc_imap_server_ok (self, command, "Listed");
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

/* create = "CREATE" SP mailbox; delete, subscribe, unsubscribe alike */
void
pc_imap_run_name (PcImapServer  *self,
                  PcImapCommand *command)
{
  g_autofree char *name = NULL;

  if (!pc_imap_read_char (&command->args, ' ') ||
      !pc_imap_read_mailbox (&command->args, &name) ||
      !pc_imap_at_end (&command->args)) {
    pc_imap_server_bad (self, command, "A mailbox name is needed");
    return;
  }

  switch (command->verb) {
  case PC_IMAP_VERB_CREATE:
    /* "a/": the client means to make others below it (6.3.3). */
    if (g_str_has_suffix (name, "/"))
      name[strlen (name) - 1] = '\0';
    answer (self, command, pc_account_create_mailbox (self->account, name),
            "Created");
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
