/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a mail: the verdict on it, and the delivery.
 *
 * The message is kept octet for octet below the fields that are put on top.
 * Delivery is all or nothing: every mailbox, and the queue for those at other
 * servers, is checked for room before the first one gets the message.
 * RFC 5321 sections 4.2.5, 4.4, 6.3; RFC 6409 section 8.
 */

#include "proto/smtp/server-private.h"
#include "proto/smtp/syntax.h"

#include "base/limits.h"
#include "base/text.h"
#include "mail/message.h"

#include <string.h>

/* RFC 5322 section 3.3, in UTC and in English whatever the locale. */
static char *
format_date (gint64 now)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu",
                                      "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
                                        "May", "Jun", "Jul", "Aug",
                                        "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) date = NULL;

  date = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  if (date == NULL)
    return g_strdup ("Thu, 1 Jan 1970 00:00:00 +0000");

  return g_strdup_printf ("%s, %d %s %04d %02d:%02d:%02d +0000",
                          days[g_date_time_get_day_of_week (date) - 1],
                          g_date_time_get_day_of_month (date),
                          months[g_date_time_get_month (date) - 1],
                          g_date_time_get_year (date),
                          g_date_time_get_hour (date),
                          g_date_time_get_minute (date),
                          g_date_time_get_second (date));
}

/* An atom (RFC 5322 section 3.2.3) that no other mail has: no two sessions of
 * one world have the same number. */
static char *
make_id (PcSmtpServer *self,
         gint64        now)
{
  return g_strdup_printf ("%" G_GINT64_MODIFIER "X-%u-%u",
                          now / G_USEC_PER_SEC, self->session,
                          self->n_mails + 1);
}

/* TCP-info: the address the connection came from */
static char *
format_peer (const PcSmtpServer *self)
{
  const char *address = self->peer_address;

  if (address == NULL)
    return g_strdup ("");

  return g_strdup_printf (" ([%s%s])",
                          strchr (address, ':') != NULL ? "IPv6:" : "",
                          address);
}

static gboolean
has_field (GBytes     *content,
           const char *name)
{
  gsize            len;
  gconstpointer    data = g_bytes_get_data (content, &len);
  g_autofree char *value = pc_message_get_field (data, len, name);

  return value != NULL;
}

/* Sender tells who really sent it, when From names somebody else (RFC 6409
 * section 8.1). */
static void
add_sender (PcSmtpServer *self,
            GBytes       *content,
            GString      *fields)
{
  gsize            len;
  gconstpointer    data = g_bytes_get_data (content, &len);
  g_autofree char *from = pc_message_get_field (data, len, "From");
  g_autofree char *address = NULL;
  g_autofree char *lower = NULL;

  if (from == NULL || self->user == NULL || has_field (content, "Sender"))
    return;

  address = g_strdup_printf ("%s@%s", self->user,
                             pc_mail_store_get_domain (self->store));
  lower = g_ascii_strdown (from, -1);
  if (strstr (lower, address) == NULL)
    g_string_append_printf (fields, "Sender: <%s>\r\n", address);
}

/* What a submission server may add to the mail of its users, where it was
 * told to (RFC 6409 section 8); else "".  Transfer full. */
static char *
make_fixes (PcSmtpServer *self,
            GBytes       *content,
            gint64        now,
            const char   *id)
{
  GString *fields = g_string_new (NULL);

  if (self->role == PC_SERVER_SUBMISSION && self->fixes) {
    g_autofree char *date = format_date (now);

    add_sender (self, content, fields);
    if (!has_field (content, "Date"))
      g_string_append_printf (fields, "Date: %s\r\n", date);
    if (!has_field (content, "Message-ID"))
      g_string_append_printf (fields, "Message-ID: <%s@%s>\r\n", id,
                              self->host);
  }

  return g_string_free (fields, FALSE);
}

/* A mail that came through so many servers travels in circles (RFC 5321
 * section 6.3). */
static gboolean
is_loop (GBytes *content)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (content, &len);
  gsize         offset = 0;
  guint         n = 0;
  PcHeaderField field;

  while (pc_message_next_field (data, len, &offset, &field))
    if (pc_text_equal_ascii (field.data, field.name_len, "Received"))
      n++;

  return n > PC_LIMIT_SMTP_HOPS;
}

/* RFC 5321 section 4.4.  "for" only when nobody learns of another recipient
 * by it (section 7.2). */
static char *
make_trace (PcSmtpServer *self,
            gint64        now,
            const char   *id)
{
  g_autofree char *date = format_date (now);
  g_autofree char *peer = format_peer (self);
  g_autofree char *recipient = NULL;

  if (self->mail.n_accepted == 1) {
    const PcSmtpRecipient *only = self->mail.recipients->pdata[0];

    recipient = g_strdup_printf ("\r\n\tfor <%s>", only->address);
  }

  return g_strdup_printf ("Received: from %s%s\r\n"
                          "\tby %s with %s id %s%s;\r\n"
                          "\t%s\r\n",
                          self->peer_name, peer, self->host,
                          pc_smtp_server_get_transport (self), id,
                          recipient == NULL ? "" : recipient, date);
}

/* -- delivery ------------------------------------------------------------- */

static guint
count_foreign (const PcSmtpServer *self)
{
  guint n = 0;

  for (guint i = 0; i < self->mail.recipients->len; i++)
    n += ((PcSmtpRecipient *) self->mail.recipients->pdata[i])->account ==
         NULL;

  return n;
}

/* On FALSE the refusal was sent. */
static gboolean
check_room (PcSmtpServer *self,
            gsize         size)
{
  for (guint i = 0; i < self->mail.recipients->len; i++) {
    const PcSmtpRecipient *recipient = self->mail.recipients->pdata[i];

    if (recipient->account != NULL &&
        !pc_smtp_server_check_room (self, recipient, size))
      return FALSE;
  }
  if (count_foreign (self) == 0 || pc_mail_queue_has_room (self->queue, size))
    return TRUE;

  pc_smtp_server_reply (self, 452, "4.3.1", "Not taken: no room, try later");
  return FALSE;
}

static GBytes *
join (const char *a,
      const char *b,
      GBytes     *content)
{
  GByteArray   *all = g_byte_array_new ();
  gsize         len;
  gconstpointer data = g_bytes_get_data (content, &len);

  g_byte_array_append (all, (const guint8 *) a, strlen (a));
  g_byte_array_append (all, (const guint8 *) b, strlen (b));
  g_byte_array_append (all, data, len);
  return g_byte_array_free_to_bytes (all);
}

/* The envelope, for those recipients for whom @local says so. */
static PcQueuedMail *
make_envelope (PcSmtpServer *self,
               gint64        now,
               const char   *id,
               GBytes       *content,
               gboolean      local)
{
  PcQueuedMail *mail = pc_queued_mail_new (id, self->mail.sender, content,
                                           now);

  mail->envid = g_strdup (self->mail.envid);
  mail->ret = self->mail.ret;
  mail->utf8 = self->mail.utf8;
  for (guint i = 0; i < self->mail.recipients->len; i++) {
    const PcSmtpRecipient *recipient = self->mail.recipients->pdata[i];
    PcQueuedRecipient     *queued;

    if ((recipient->account != NULL) != local)
      continue;
    queued = pc_queued_mail_add (mail, recipient->address, recipient->notify,
                                 recipient->original);
    if (local)
      pc_queued_recipient_settle (queued, PC_MAIL_STORED, NULL, NULL);
  }

  return mail;
}

/* Return-Path is put on top at the end of the way only. */
static void
store_mail (PcSmtpServer *self,
            gint64        now,
            const char   *id,
            GBytes       *traced)
{
  g_autofree char *path = g_strdup_printf ("Return-Path: <%s>\r\n",
                                           self->mail.sender);
  g_autoptr (GBytes) whole = join (path, "", traced);

  for (guint i = 0; i < self->mail.recipients->len; i++) {
    const PcSmtpRecipient *recipient = self->mail.recipients->pdata[i];

    if (recipient->account != NULL)
      pc_mailbox_append (pc_account_find_mailbox (recipient->account, "INBOX"),
                         whole, 0, now, 0, NULL);
  }
  if (self->queue != NULL) {
    g_autoptr (PcQueuedMail) mail = make_envelope (self, now, id, traced,
                                                   TRUE);

    pc_mail_queue_report (self->queue, now, mail);
  }
}

static void
take_mail (PcSmtpServer *self,
           gint64        now,
           const char   *id,
           GBytes       *content)
{
  g_autofree char *trace = make_trace (self, now, id);
  g_autofree char *fixes = make_fixes (self, content, now, id);
  g_autoptr (GBytes) traced = join (trace, fixes, content);

  /* What is put on top counts as well, and a little for Return-Path. */
  if (!check_room (self, g_bytes_get_size (traced) +
                             strlen (self->mail.sender) + 17))
    return;

  store_mail (self, now, id, traced);
  if (count_foreign (self) > 0)
    pc_mail_queue_add (self->queue,
                       make_envelope (self, now, id, traced, FALSE));
  self->n_mails++;
  self->n_bad = 0;
  self->n_junk = 0;
  pc_smtp_server_reply (self, 250, "2.0.0", "Queued as %s", id);
}

/* RFC 5321 section 4.2.5: one reply, for all recipients. */
void
pc_smtp_server_deliver (PcSmtpServer    *self,
                        gint64           now,
                        GBytes          *content,
                        PcSmtpDataFaults faults)
{
  g_autofree char *id = make_id (self, now);

  if ((faults & PC_SMTP_DATA_LONE_END) != 0)
    pc_smtp_server_reply (self, 550, "5.5.2",
                          "Not taken: a CR alone, or a dot on a line of its "
                          "own without CR LF around it");
  else if ((faults & PC_SMTP_DATA_TOO_BIG) != 0)
    pc_smtp_server_reply (self, 552, "5.3.4",
                          "Not taken: more than %" G_GSIZE_FORMAT " octets",
                          self->max_size);
  else if ((faults & PC_SMTP_DATA_LONG_LINE) != 0)
    pc_smtp_server_reply (self, 554, "5.6.0",
                          "Not taken: a line is longer than %d octets",
                          PC_LIMIT_SMTP_TEXT_LINE);
  else if (is_loop (content))
    pc_smtp_server_reply (self, 554, "5.4.6",
                          "Not taken: more than %d Received fields, this mail "
                          "goes in circles",
                          PC_LIMIT_SMTP_HOPS);
  else
    take_mail (self, now, id, content);
}
