/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GETQUOTA and GETQUOTAROOT: how much room an account has.
 *
 * An account with a bound has one quota root, of the empty name, for all its
 * mailboxes.  Leaves out SETQUOTA: who has the room does not give it.
 *
 * RFC 9208 sections 3, 4.1.1, 4.1.2, 4.2 and 5.1.
 */

#include "proto/imap/server-private.h"

#include "mail/account.h"

/* STORAGE counts in units of 1024 octets; one that is begun counts. */
static guint64
to_units (guint64 octets)
{
  return octets / 1024 + (octets % 1024 > 0 ? 1 : 0);
}

static void
write_quota (const PcImapServer *self,
             GString            *out)
{
  g_string_append_printf (out,
                          "* QUOTA \"\" (STORAGE %" G_GUINT64_FORMAT
                          " %" G_GUINT64_FORMAT ")\r\n",
                          to_units (pc_account_get_used (self->account)),
                          to_units (pc_account_get_quota (self->account)));
}

static void
get_quota (PcImapServer        *self,
           const PcImapCommand *command,
           const char          *root)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (root[0] != '\0' || pc_account_get_quota (self->account) == 0) {
    pc_imap_server_no (self, command, "[NONEXISTENT]",
                       "There is no such quota root");
    return;
  }

  write_quota (self, out);
  pc_engine_send (&self->base, out->str, out->len);
  pc_imap_server_ok (self, command, "That is the quota");
}

static void
get_quota_root (PcImapServer        *self,
                const PcImapCommand *command,
                const char          *name)
{
  g_autoptr (GString) out = g_string_new ("* QUOTAROOT ");
  PcMailbox          *mailbox = pc_account_find_mailbox (self->account, name);
  gboolean            bounded = pc_account_get_quota (self->account) > 0;

  if (mailbox == NULL) {
    pc_imap_server_no (self, command, "[NONEXISTENT]",
                       "There is no such mailbox");
    return;
  }

  pc_imap_write_mailbox (out, pc_mailbox_get_name (mailbox),
                         pc_imap_server_is_utf8 (self));
  g_string_append (out, bounded ? " \"\"\r\n" : "\r\n");
  if (bounded)
    write_quota (self, out);
  pc_engine_send (&self->base, out->str, out->len);
  pc_imap_server_ok (self, command, "Those are the quota roots");
}

/* getquota = "GETQUOTA" SP quota-root-name (an astring);
 * getquotaroot = "GETQUOTAROOT" SP mailbox */
void
pc_imap_run_quota (PcImapServer  *self,
                   PcImapCommand *command)
{
  gboolean         root = command->verb == PC_IMAP_VERB_GETQUOTA;
  PcImapCursor    *args = &command->args;
  g_autofree char *name = NULL;

  if (!pc_imap_read_char (args, ' ') ||
      (root ? !pc_imap_read_astring (args, &name)
            : !pc_imap_read_mailbox (args, &name)) ||
      !pc_imap_at_end (args))
    pc_imap_server_bad (self, command,
                        root ? "GETQUOTA takes the name of a quota root"
                             : "GETQUOTAROOT takes the name of a mailbox");
  else if (root)
    get_quota (self, command, name);
  else
    get_quota_root (self, command, name);
}
