/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mail that has been taken and must go on.
 *
 * Each recipient has a fate of its own: some may be with the next server
 * while others are tried again.  What a sender is told, report.c writes; when
 * it is told, is decided here.
 * RFC 5321 sections 4.5.4.1 and 6.1; RFC 3461 section 5.2.
 */

#include "mail/queue.h"

#include "mail/report-private.h"

#include "base/limits.h"

#include <string.h>

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)

struct _PcMailQueue
{
  guint        ref_count;
  PcMailStore *store;
  char        *host;
  PcRoutes    *routes;
  GPtrArray   *mails; /* PcQueuedMail*, in the order they came */
  gsize        size;  /* octets of all contents */
  gint64       retry;
  gint64       warn;
  gint64       give_up;
  guint        n_reports;
};

/* -- one mail ------------------------------------------------------------- */

static void
recipient_free (gpointer data)
{
  PcQueuedRecipient *self = data;

  g_free (self->address);
  g_free (self->original);
  g_free (self->host);
  g_free (self->said);
  g_free (self);
}

PcQueuedMail *
pc_queued_mail_new (const char *id,
                    const char *sender,
                    GBytes     *content,
                    gint64      now)
{
  PcQueuedMail *self;

  g_return_val_if_fail (id != NULL && sender != NULL, NULL);
  g_return_val_if_fail (content != NULL, NULL);

  self = g_new0 (PcQueuedMail, 1);
  self->id = g_strdup (id);
  self->sender = g_strdup (sender);
  self->content = g_bytes_ref (content);
  self->arrived = now;
  self->next = now + PC_LIMIT_QUEUE_FIRST;
  self->recipients = g_ptr_array_new_with_free_func (recipient_free);
  return self;
}

void
pc_queued_mail_free (PcQueuedMail *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->sender);
  g_free (self->envid);
  g_ptr_array_unref (self->recipients);
  g_bytes_unref (self->content);
  g_free (self);
}

PcQueuedRecipient *
pc_queued_mail_add (PcQueuedMail *self,
                    const char   *address,
                    PcNotify      notify,
                    const char   *original)
{
  PcQueuedRecipient *recipient;

  g_return_val_if_fail (self != NULL && address != NULL, NULL);

  recipient = g_new0 (PcQueuedRecipient, 1);
  recipient->address = g_strdup (address);
  recipient->notify = notify;
  recipient->original = g_strdup (original);
  g_ptr_array_add (self->recipients, recipient);
  return recipient;
}

void
pc_queued_recipient_settle (PcQueuedRecipient *self,
                            PcMailFate         fate,
                            const char        *host,
                            const char        *said)
{
  char *copy;

  g_return_if_fail (self != NULL);

  copy = g_strdup (host);
  g_free (self->host);
  self->host = copy;
  copy = g_strdup (said);
  g_free (self->said);
  self->said = copy;
  self->fate = fate;
}

/* -- the queue ------------------------------------------------------------ */

PcMailQueue *
pc_mail_queue_new (PcMailStore *store,
                   const char  *host)
{
  PcMailQueue *self;

  g_return_val_if_fail (store != NULL && host != NULL, NULL);

  self = g_new0 (PcMailQueue, 1);
  self->ref_count = 1;
  self->store = pc_mail_store_ref (store);
  self->host = g_strdup (host);
  self->routes = pc_routes_new ();
  self->mails = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_queued_mail_free);
  pc_mail_queue_set_waits (self, 30 * MINUTE, 4 * HOUR, 4 * 24 * HOUR);
  return self;
}

PcMailQueue *
pc_mail_queue_ref (PcMailQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->ref_count++;
  return self;
}

void
pc_mail_queue_unref (PcMailQueue *self)
{
  g_return_if_fail (self != NULL);

  if (--self->ref_count > 0)
    return;

  g_ptr_array_unref (self->mails);
  pc_routes_unref (self->routes);
  pc_mail_store_unref (self->store);
  g_free (self->host);
  g_free (self);
}

void
pc_mail_queue_set_waits (PcMailQueue *self,
                         gint64       retry,
                         gint64       warn,
                         gint64       give_up)
{
  g_return_if_fail (self != NULL);

  self->retry = retry;
  self->warn = warn;
  self->give_up = give_up;
}

void
pc_mail_queue_set_routes (PcMailQueue *self,
                          PcRoutes    *routes)
{
  g_return_if_fail (self != NULL && routes != NULL);

  pc_routes_ref (routes);
  pc_routes_unref (self->routes);
  self->routes = routes;
}

PcRoutes *
pc_mail_queue_get_routes (PcMailQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->routes;
}

const char *
pc_mail_queue_get_host (const PcMailQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

gboolean
pc_mail_queue_has_room (const PcMailQueue *self,
                        gsize              size)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->mails->len < PC_LIMIT_QUEUE_MAILS &&
         size <= PC_LIMIT_QUEUE_SIZE &&
         self->size <= PC_LIMIT_QUEUE_SIZE - size;
}

void
pc_mail_queue_add (PcMailQueue  *self,
                   PcQueuedMail *mail)
{
  g_return_if_fail (self != NULL && mail != NULL);

  self->size += g_bytes_get_size (mail->content);
  g_ptr_array_add (self->mails, mail);
}

guint
pc_mail_queue_get_n (const PcMailQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->mails->len;
}

PcQueuedMail *
pc_mail_queue_get (const PcMailQueue *self,
                   guint              index)
{
  g_return_val_if_fail (self != NULL, NULL);

  return index < self->mails->len ? self->mails->pdata[index] : NULL;
}

static PcQueuedMail *
find_next (const PcMailQueue *self)
{
  PcQueuedMail *next = NULL;

  for (guint i = 0; i < self->mails->len; i++) {
    PcQueuedMail *mail = self->mails->pdata[i];

    if (!mail->taken && (next == NULL || mail->next < next->next))
      next = mail;
  }

  return next;
}

gint64
pc_mail_queue_get_due (const PcMailQueue *self)
{
  const PcQueuedMail *mail;

  g_return_val_if_fail (self != NULL, G_MAXINT64);

  mail = find_next (self);
  return mail != NULL ? mail->next : G_MAXINT64;
}

PcQueuedMail *
pc_mail_queue_take (PcMailQueue *self,
                    gint64       now)
{
  PcQueuedMail *mail;

  g_return_val_if_fail (self != NULL, NULL);

  mail = find_next (self);
  if (mail == NULL || mail->next > now)
    return NULL;

  mail->taken = TRUE;
  return mail;
}

/* -- after an attempt ----------------------------------------------------- */

static gboolean
is_waiting (const PcQueuedMail *mail)
{
  for (guint i = 0; i < mail->recipients->len; i++)
    if (((PcQueuedRecipient *) mail->recipients->pdata[i])->fate ==
        PC_MAIL_WAITING)
      return TRUE;

  return FALSE;
}

static void
give_up (PcQueuedMail *mail)
{
  for (guint i = 0; i < mail->recipients->len; i++) {
    PcQueuedRecipient *recipient = mail->recipients->pdata[i];

    if (recipient->fate == PC_MAIL_WAITING)
      recipient->fate = PC_MAIL_GIVEN_UP;
  }
}

/* Twice as long each time, but never past the end. */
static void
schedule (PcMailQueue  *self,
          gint64        now,
          PcQueuedMail *mail)
{
  gint64 wait = self->retry << MIN (mail->attempts, 10);

  mail->attempts++;
  mail->next = MIN (now + wait, mail->arrived + self->give_up);
  mail->next = MAX (mail->next, now + 1);
}

/* Why @recipient is to be reported now; NONE when it is not.  RFC 3461
 * sections 5.2.2, 5.2.3, 5.2.5 and 5.2.6. */
static PcReportKind
find_reason (const PcMailQueue       *self,
             gint64                   now,
             const PcQueuedMail      *mail,
             const PcQueuedRecipient *recipient)
{
  PcNotify notify = recipient->notify;

  if (recipient->reported)
    return PC_REPORT_NONE;

  switch (recipient->fate) {
  case PC_MAIL_GIVEN_UP:
    return notify == 0 || (notify & PC_NOTIFY_FAILURE) != 0
               ? PC_REPORT_FAILED
               : PC_REPORT_NONE;
  case PC_MAIL_RELAYED:
    return (notify & PC_NOTIFY_SUCCESS) != 0 ? PC_REPORT_RELAYED
                                             : PC_REPORT_NONE;
  case PC_MAIL_STORED:
    return (notify & PC_NOTIFY_SUCCESS) != 0 ? PC_REPORT_DELIVERED
                                             : PC_REPORT_NONE;
  case PC_MAIL_WAITING:
    return !recipient->delayed && mail->attempts > 0 &&
                   now - mail->arrived >= self->warn &&
                   (notify == 0 || (notify & PC_NOTIFY_DELAY) != 0)
               ? PC_REPORT_DELAYED
               : PC_REPORT_NONE;
  case PC_MAIL_SENT:
  default:
    return PC_REPORT_NONE;
  }
}

/* Into the mailbox of a sender who is at home here; to the queue for others,
 * while it has room.  A report that cannot be delivered is dropped: nobody is
 * left to be told (RFC 5321 section 6.1). */
static void
send_report (PcMailQueue *self,
             gint64       now,
             const char  *id,
             const char  *to,
             GBytes      *report)
{
  static const char head[] = "Return-Path: <>\r\n";
  PcAccount        *account = pc_mail_store_find_address (self->store, to);
  g_autoptr (GByteArray) whole = NULL;
  g_autoptr (GBytes) content = NULL;
  gsize         len;
  gconstpointer data = g_bytes_get_data (report, &len);

  if (account != NULL) {
    whole = g_byte_array_new ();
    g_byte_array_append (whole, (const guint8 *) head, strlen (head));
    g_byte_array_append (whole, data, (guint) len);
    content = g_byte_array_free_to_bytes (g_steal_pointer (&whole));
    pc_mailbox_append (pc_account_find_mailbox (account, "INBOX"), content, 0,
                       now, 0, NULL);
  } else if (!pc_mail_store_is_local (self->store, to) &&
             pc_mail_queue_has_room (self, g_bytes_get_size (report))) {
    PcQueuedMail *mail = pc_queued_mail_new (id, "", report, now);

    /* RFC 3461 section 6.1 */
    pc_queued_mail_add (mail, to, PC_NOTIFY_NEVER, NULL);
    mail->utf8 = !g_str_is_ascii (to);
    pc_mail_queue_add (self, mail);
  }
}

void
pc_mail_queue_report (PcMailQueue  *self,
                      gint64        now,
                      PcQueuedMail *mail)
{
  g_autofree PcReportKind *kinds = NULL;
  g_autofree char         *id = NULL;
  g_autoptr (GBytes) report = NULL;
  gboolean any = FALSE;

  g_return_if_fail (self != NULL && mail != NULL);

  kinds = g_new0 (PcReportKind, mail->recipients->len + 1);
  for (guint i = 0; i < mail->recipients->len; i++) {
    PcQueuedRecipient *recipient = mail->recipients->pdata[i];

    kinds[i] = find_reason (self, now, mail, recipient);
    any |= kinds[i] != PC_REPORT_NONE;
    recipient->delayed |= kinds[i] == PC_REPORT_DELAYED;
    recipient->reported |= recipient->fate != PC_MAIL_WAITING;
  }
  /* Never a report about a report: it would go round for ever. */
  if (!any || mail->sender[0] == '\0')
    return;

  id = g_strdup_printf ("%s-R%u", mail->id, ++self->n_reports);
  report = pc_report_new (mail, kinds, self->host,
                          pc_mail_store_get_domain (self->store), id, now,
                          mail->arrived + self->give_up);
  send_report (self, now, id, mail->sender, report);
}

void
pc_mail_queue_put_back (PcMailQueue  *self,
                        gint64        now,
                        PcQueuedMail *mail)
{
  guint index = 0;

  g_return_if_fail (self != NULL && mail != NULL && mail->taken);

  mail->taken = FALSE;
  if (now - mail->arrived >= self->give_up)
    give_up (mail);
  if (is_waiting (mail)) {
    schedule (self, now, mail);
    pc_mail_queue_report (self, now, mail);
    return;
  }

  /* Its place is free for the report. */
  g_ptr_array_find (self->mails, mail, &index);
  g_ptr_array_steal_index (self->mails, index);
  self->size -= g_bytes_get_size (mail->content);
  pc_mail_queue_report (self, now, mail);
  pc_queued_mail_free (mail);
}
