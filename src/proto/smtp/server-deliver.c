/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a mail: the verdict on it, and the delivery.
 *
 * The message is kept octet for octet below the fields that are put on top.
 * Delivery is all or nothing: every mailbox is checked for room before the
 * first one gets the message.
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

  if (self->mail.n_accepted == 1)
    recipient = g_strdup_printf ("\r\n\tfor <%s>", self->mail.recipient);

  return g_strdup_printf ("Return-Path: <%s>\r\n"
                          "Received: from %s%s\r\n"
                          "\tby %s with %s id %s%s;\r\n"
                          "\t%s\r\n",
                          self->mail.sender, self->peer_name, peer, self->host,
                          pc_smtp_server_get_transport (self), id,
                          recipient == NULL ? "" : recipient, date);
}

static gboolean
all_have_room (PcSmtpServer *self)
{
  guint i;

  for (i = 0; i < self->mail.accounts->len; i++)
    if (!pc_smtp_server_has_room (g_ptr_array_index (self->mail.accounts, i)))
      return FALSE;

  return TRUE;
}

static gboolean
store_mail (PcSmtpServer *self,
            gint64        now,
            const char   *id,
            GBytes       *content)
{
  g_autofree char *trace = make_trace (self, now, id);
  g_autofree char *fixes = make_fixes (self, content, now, id);
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize         len;
  gconstpointer data = g_bytes_get_data (content, &len);
  gboolean      stored = TRUE;
  guint         i;

  g_byte_array_append (message, (const guint8 *) trace, strlen (trace));
  g_byte_array_append (message, (const guint8 *) fixes, strlen (fixes));
  g_byte_array_append (message, data, len);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&message));

  for (i = 0; i < self->mail.accounts->len; i++) {
    PcAccount *account = g_ptr_array_index (self->mail.accounts, i);
    PcMailbox *inbox = pc_account_find_mailbox (account, "INBOX");

    stored &= pc_mailbox_append (inbox, bytes, 0, now, 0, NULL) ==
              PC_STORE_OK;
  }

  return stored;
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
                          "Not taken: more than %d octets",
                          PC_LIMIT_SMTP_MESSAGE);
  else if ((faults & PC_SMTP_DATA_LONG_LINE) != 0)
    pc_smtp_server_reply (self, 554, "5.6.0",
                          "Not taken: a line is longer than %d octets",
                          PC_LIMIT_SMTP_TEXT_LINE);
  else if (is_loop (content))
    pc_smtp_server_reply (self, 554, "5.4.6",
                          "Not taken: more than %d Received fields, this mail "
                          "goes in circles",
                          PC_LIMIT_SMTP_HOPS);
  else if (!all_have_room (self) || !store_mail (self, now, id, content))
    pc_smtp_server_reply (self, 452, "4.3.1", "Not taken: no room, try later");
  else {
    self->n_mails++;
    self->n_bad = 0;
    self->n_junk = 0;
    pc_smtp_server_reply (self, 250, "2.0.0", "Queued as %s", id);
  }
}
