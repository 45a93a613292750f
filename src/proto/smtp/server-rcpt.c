/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's answer to RCPT: whose mail is taken, and whose is not.
 *
 * What cannot change is refused with 5xx; what may be otherwise later, a full
 * mailbox or a client that has not been seen before, with 4xx.
 * RFC 5321 sections 3.6, 4.1.1.3, 4.5.3.1.10; RFC 3463; RFC 6647; RFC 7504.
 */

#include "proto/smtp/server-private.h"
#include "proto/smtp/syntax.h"

#include "base/limits.h"
#include "mail/account.h"

#include <string.h>

void
pc_smtp_recipient_free (gpointer data)
{
  PcSmtpRecipient *self = data;

  g_free (self->address);
  g_free (self->original);
  g_free (self);
}

/* -- room ----------------------------------------------------------------- */

/* A mailbox that is full may be emptied; one that is too small for a message
 * will never hold it (RFC 3463 section 3.3). */
gboolean
pc_smtp_server_check_room (PcSmtpServer          *self,
                           const PcSmtpRecipient *recipient,
                           guint64                size)
{
  PcAccount  *account = recipient->account;
  PcMailbox  *inbox = pc_account_find_mailbox (account, "INBOX");
  const char *shown = pc_smtp_server_shown (recipient->address);
  guint64     quota = pc_account_get_quota (account);

  if (quota > 0 && size > quota)
    pc_smtp_server_reply (self, 552, "5.2.2",
                          "The mailbox of <%s> is too small for this message",
                          shown);
  else if (inbox == NULL || !pc_account_has_room (account, MAX (size, 1)) ||
           !pc_mailbox_has_room (inbox, 1, size))
    pc_smtp_server_reply (self, 452, "4.2.2", "The mailbox of <%s> is full",
                          shown);
  else
    return TRUE;

  return FALSE;
}

/* -- policy --------------------------------------------------------------- */

static const char *
domain_of (const char *address)
{
  const char *at = strrchr (address, '@');

  return at != NULL ? at + 1 : "";
}

/* Mail for another server is taken from our own users only: RFC 5321 section
 * 3.6.1, RFC 6409 section 3.3. */
static gboolean
check_foreign (PcSmtpServer *self,
               const char   *address)
{
  const char *shown = pc_smtp_server_shown (address);
  PcRoutes   *routes = self->queue != NULL
                           ? pc_mail_queue_get_routes (self->queue)
                           : NULL;

  if (!self->track.logged_in)
    pc_smtp_server_reply (self, 550, "5.7.1",
                          "No relaying: <%s> is not at %s", shown,
                          pc_mail_store_get_domain (self->store));
  else if (self->queue == NULL)
    pc_smtp_server_reply (self, 550, "5.1.2",
                          "No way leads from here to the server of <%s>",
                          shown);
  else if (pc_routes_is_closed (routes, domain_of (address)))
    pc_smtp_server_reply (self, 556, "5.1.10",
                          "The domain of <%s> does not accept mail", shown);
  else
    return TRUE;

  return FALSE;
}

/* RFC 6647 section 2.4; whoever has logged in is known. */
static gboolean
check_greylist (PcSmtpServer *self,
                const char   *address)
{
  gint64 left;

  if (self->greylist == NULL || self->track.logged_in)
    return TRUE;

  left = pc_greylist_check (self->greylist, self->now, self->peer_address,
                            self->mail.sender, address);
  if (left == 0)
    return TRUE;

  pc_smtp_server_reply (self, 451, "4.7.1",
                        "Greylisted: not seen before; come again in %d s",
                        (int) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
  return FALSE;
}

static gboolean
check_recipient (PcSmtpServer          *self,
                 const PcSmtpRecipient *recipient,
                 gboolean               has_domain)
{
  const char *address = recipient->address;

  if (recipient->account == NULL && !has_domain)
    pc_smtp_server_reply (self, 501, "5.1.3",
                          "The recipient's address lacks @ and a domain");
  else if (recipient->account == NULL &&
           !pc_mail_store_is_local (self->store, address))
    return check_foreign (self, address);
  else if (recipient->account == NULL)
    pc_smtp_server_reply (self, 550, "5.1.1", "Nobody here is called <%s>",
                          pc_smtp_server_shown (address));
  else
    return check_greylist (self, address) &&
           pc_smtp_server_check_room (self, recipient, self->mail.size);

  return FALSE;
}

/* -- RCPT ----------------------------------------------------------------- */

static gboolean
is_same (const PcSmtpRecipient *a,
         const PcSmtpRecipient *b)
{
  if (a->account != NULL || b->account != NULL)
    return a->account == b->account;

  return strcmp (a->address, b->address) == 0;
}

static void
add_recipient (PcSmtpServer    *self,
               PcSmtpRecipient *recipient)
{
  self->mail.n_accepted++;
  pc_smtp_server_reply (self, 250, "2.1.5", "Recipient <%s> noted",
                        pc_smtp_server_shown (recipient->address));
  for (guint i = 0; i < self->mail.recipients->len; i++)
    if (is_same (self->mail.recipients->pdata[i], recipient)) {
      pc_smtp_recipient_free (recipient);
      return;
    }

  recipient->notify = self->wish.notify;
  recipient->original = g_steal_pointer (&self->wish.original);
  g_ptr_array_add (self->mail.recipients, recipient);
}

static void
read_recipient (PcSmtpServer *self,
                const guint8 *args,
                gsize         len)
{
  PcSmtpRecipient *recipient;
  PcSmtpPath       path;

  if (!pc_smtp_server_take_path (self, "TO:", &args, &len, &path))
    return;
  if (path.address == 0) {
    pc_smtp_server_reply (self, 501, "5.1.3", "<> cannot receive mail");
    return;
  }
  if (!pc_smtp_server_check_params (self, args + path.total,
                                    len - path.total))
    return;

  recipient = g_new0 (PcSmtpRecipient, 1);
  recipient->address = g_strndup ((const char *) args + 1 + path.route,
                                  path.address);
  recipient->account = pc_mail_store_find_address (self->store,
                                                   recipient->address);
  if (pc_smtp_server_check_ascii (self, recipient->address) &&
      check_recipient (self, recipient, path.local < path.address))
    add_recipient (self, recipient);
  else
    pc_smtp_recipient_free (recipient);
}

void
pc_smtp_server_rcpt (PcSmtpServer *self,
                     const guint8 *args,
                     gsize         len)
{
  guint before = self->mail.n_accepted;

  if (before >= self->max_recipients)
    pc_smtp_server_reply (self, 452, "4.5.3",
                          "At most %u recipients for one mail",
                          self->max_recipients);
  else
    read_recipient (self, args, len);

  if (self->mail.n_accepted == before)
    self->mail.n_refused++;
}
