/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's side of one mail: MAIL, RCPT and DATA.
 *
 * Addresses may have octets above 127 when MAIL asked for it.
 * RFC 5321 sections 3.3, 3.6, 4.1.1.2 to 4.1.1.4; RFC 6531 sections 3.4, 3.5.
 */

#include "proto/smtp/server-private.h"
#include "proto/smtp/syntax.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

/* -- arguments ------------------------------------------------------------ */

/* "FROM:" or "TO:" at the head of @args; blanks behind it are let pass.
 * Returns the octets to skip, 0 when it is not there. */
static gsize
find_prefix (const guint8 *args,
             gsize         len,
             const char   *prefix)
{
  gsize n = strlen (prefix);

  if (len < n || !pc_text_equal_ascii (args, n, prefix))
    return 0;
  while (n < len && args[n] == ' ')
    n++;

  return n;
}

/* The path behind @prefix.  @rest is set to what follows it.  On FALSE the
 * refusal was sent; its enhanced codes are x.1.7 for senders, x.1.3 for
 * recipients (RFC 3463 section 3.2). */
static gboolean
take_path (PcSmtpServer  *self,
           const char    *prefix,
           const guint8 **args,
           gsize         *len,
           PcSmtpPath    *path)
{
  gboolean      sender = self->answering == PC_SMTP_VERB_MAIL;
  gsize         skip = find_prefix (*args, *len, prefix);
  const guint8 *data = *args + skip;
  gsize         size = *len - skip;
  gboolean      bracketed;

  if (skip == 0) {
    pc_smtp_server_reply (self, 501, "5.5.4", "Write %s %s<address>",
                          pc_smtp_verbs[self->answering].name, prefix);
    return FALSE;
  }

  bracketed = size > 0 && data[0] == '<' && memchr (data, '>', size) != NULL;
  switch (pc_smtp_parse_path_utf8 (data, size, path)) {
  case PC_SMTP_PATH_OK:
    *args = data;
    *len = size;
    return TRUE;

  case PC_SMTP_PATH_LONG:
    pc_smtp_server_reply (self, 501, sender ? "5.1.7" : "5.1.3",
                          "The address is too long");
    return FALSE;

  case PC_SMTP_PATH_FOREIGN:
  case PC_SMTP_PATH_BAD:
  default:
    pc_smtp_server_reply (self, 501, sender ? "5.1.7" : "5.1.3", "%s",
                          bracketed ? "This is not an address"
                                    : "An address stands between < and >");
    return FALSE;
  }
}

/* RFC 6531 section 3.5.  On FALSE the refusal was sent. */
static gboolean
check_ascii (PcSmtpServer *self,
             const char   *address)
{
  if (self->mail.utf8 || g_str_is_ascii (address))
    return TRUE;

  pc_smtp_server_reply (self, 553, "5.6.7",
                        "Letters beyond ASCII need the parameter SMTPUTF8");

  return FALSE;
}

/* As it may stand in a reply, which is ASCII (RFC 6531 section 3.7.4.1). */
static const char *
shown (const char *address)
{
  return g_str_is_ascii (address) ? address : "...";
}

static char *
dup_address (const guint8     *data,
             const PcSmtpPath *path)
{
  return g_strndup ((const char *) data + 1 + path->route, path->address);
}

/* -- MAIL ----------------------------------------------------------------- */

void
pc_smtp_server_mail (PcSmtpServer *self,
                     const guint8 *args,
                     gsize         len)
{
  g_autofree char *sender = NULL;
  PcSmtpPath       path;

  /* RFC 6409 section 4.3, RFC 4954 section 6 */
  if (self->role == PC_SERVER_SUBMISSION && !self->track.logged_in) {
    pc_smtp_server_reply (self, 530, "5.7.0", "Log in with AUTH first");
    return;
  }
  if (!take_path (self, "FROM:", &args, &len, &path))
    return;
  if (path.address > 0 && path.address == path.local) {
    pc_smtp_server_reply (self, 501, "5.1.7",
                          "The sender's address lacks @ and a domain");
    return;
  }
  pc_smtp_server_reset (self);
  if (!pc_smtp_server_check_params (self, args + path.total,
                                    len - path.total))
    return;
  sender = dup_address (args, &path);
  if (!check_ascii (self, sender))
    return;

  self->mail.sender = g_steal_pointer (&sender);
  self->mail.accounts = g_ptr_array_new ();
  pc_smtp_server_reply (self, 250, "2.1.0", "Sender <%s> noted",
                        shown (self->mail.sender));
}

/* -- RCPT ----------------------------------------------------------------- */

/* RFC 5321 section 3.6.1, RFC 6409 section 3.3 */
static void
refuse_foreign (PcSmtpServer *self,
                const char   *address)
{
  if (self->track.logged_in)
    pc_smtp_server_reply (self, 550, "5.1.2",
                          "No way leads from here to the server of <%s>",
                          shown (address));
  else
    pc_smtp_server_reply (self, 550, "5.7.1",
                          "No relaying: <%s> is not at %s", shown (address),
                          pc_mail_store_get_domain (self->store));
}

gboolean
pc_smtp_server_has_room (PcAccount *account)
{
  PcMailbox *inbox = pc_account_find_mailbox (account, "INBOX");

  return inbox != NULL &&
         pc_mailbox_get_n_messages (inbox) < PC_LIMIT_MAILBOX_MESSAGES;
}

static void
accept_recipient (PcSmtpServer *self,
                  const char   *address,
                  PcAccount    *account)
{
  self->mail.n_accepted++;
  if (!g_ptr_array_find (self->mail.accounts, account, NULL))
    g_ptr_array_add (self->mail.accounts, account);
  if (self->mail.recipient == NULL)
    self->mail.recipient = g_strdup (address);
  pc_smtp_server_reply (self, 250, "2.1.5", "Recipient <%s> noted",
                        shown (address));
}

static void
take_recipient (PcSmtpServer *self,
                const char   *address,
                gboolean      has_domain)
{
  PcAccount *account = pc_mail_store_find_address (self->store, address);

  if (!has_domain && account == NULL)
    pc_smtp_server_reply (self, 501, "5.1.3",
                          "The recipient's address lacks @ and a domain");
  else if (account == NULL && !pc_mail_store_is_local (self->store, address))
    refuse_foreign (self, address);
  else if (account == NULL)
    pc_smtp_server_reply (self, 550, "5.1.1", "Nobody here is called <%s>",
                          shown (address));
  else if (!pc_smtp_server_has_room (account))
    pc_smtp_server_reply (self, 452, "4.2.2", "The mailbox of <%s> is full",
                          address);
  else
    accept_recipient (self, address, account);
}

static void
read_recipient (PcSmtpServer *self,
                const guint8 *args,
                gsize         len)
{
  g_autofree char *address = NULL;
  PcSmtpPath       path;

  if (!take_path (self, "TO:", &args, &len, &path))
    return;
  if (path.address == 0) {
    pc_smtp_server_reply (self, 501, "5.1.3", "<> cannot receive mail");
    return;
  }
  if (!pc_smtp_server_check_params (self, args + path.total,
                                    len - path.total))
    return;

  address = dup_address (args, &path);
  if (!check_ascii (self, address))
    return;
  take_recipient (self, address, path.local < path.address);
}

void
pc_smtp_server_rcpt (PcSmtpServer *self,
                     const guint8 *args,
                     gsize         len)
{
  guint before = self->mail.n_accepted;

  if (before >= PC_LIMIT_SMTP_RECIPIENTS)
    pc_smtp_server_reply (self, 452, "4.5.3",
                          "At most %d recipients for one mail",
                          PC_LIMIT_SMTP_RECIPIENTS);
  else
    read_recipient (self, args, len);

  if (self->mail.n_accepted == before)
    self->mail.n_refused++;
}

/* -- DATA ----------------------------------------------------------------- */

void
pc_smtp_server_data (PcSmtpServer *self,
                     const guint8 *args,
                     gsize         len)
{
  pc_smtp_data_reader_clear (&self->data);
  pc_smtp_data_reader_init (&self->data, PC_LIMIT_SMTP_MESSAGE);
  pc_smtp_server_reply (self, 354, NULL,
                        "Send the message; a line with one dot ends it");
}
