/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's side of one mail: MAIL, RCPT, DATA, and the delivery.
 *
 * The message is kept octet for octet below the two trace fields that are put
 * on top.  Delivery is all or nothing: every mailbox is checked for room
 * before the first one gets the message.
 * RFC 5321 sections 3.3, 3.6, 4.1.1.2 to 4.1.1.4, 4.4; RFC 1870; RFC 3848.
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
  switch (pc_smtp_parse_path (data, size, path)) {
  case PC_SMTP_PATH_OK:
    *args = data;
    *len = size;
    return TRUE;

  case PC_SMTP_PATH_FOREIGN:
    pc_smtp_server_reply (self, 553, "5.6.7", "Only ASCII is taken here");
    return FALSE;

  case PC_SMTP_PATH_LONG:
    pc_smtp_server_reply (self, 501, sender ? "5.1.7" : "5.1.3",
                          "The address is too long");
    return FALSE;

  case PC_SMTP_PATH_BAD:
  default:
    pc_smtp_server_reply (self, 501, sender ? "5.1.7" : "5.1.3", "%s",
                          bracketed ? "This is not an address"
                                    : "An address stands between < and >");
    return FALSE;
  }
}

static char *
dup_address (const guint8     *data,
             const PcSmtpPath *path)
{
  return g_strndup ((const char *) data + 1 + path->route, path->address);
}

/* -- MAIL ----------------------------------------------------------------- */

/* size-value = 1*20DIGIT (RFC 1870 section 5); past what 64 bits hold it is
 * too big as well. */
static gboolean
check_size (PcSmtpServer *self,
            const guint8 *value,
            gsize         len)
{
  guint64 size = G_MAXUINT64;
  gsize   i;

  for (i = 0; i < len && g_ascii_isdigit (value[i]); i++)
    ;
  if (len == 0 || i < len || len > 20) {
    pc_smtp_server_reply (self, 501, "5.5.4", "SIZE is a number");
    return FALSE;
  }

  pc_text_parse_number (value, len, G_MAXUINT64, &size);
  if (size > PC_LIMIT_SMTP_MESSAGE) {
    pc_smtp_server_reply (self, 552, "5.3.4",
                          "A message has at most %d octets here",
                          PC_LIMIT_SMTP_MESSAGE);
    return FALSE;
  }

  return TRUE;
}

/* body-value = "7BIT" / "8BITMIME" (RFC 6152 section 2) */
static gboolean
check_body (PcSmtpServer *self,
            const guint8 *value,
            gsize         len)
{
  if (pc_text_equal_ascii (value, len, "7BIT") ||
      pc_text_equal_ascii (value, len, "8BITMIME"))
    return TRUE;

  pc_smtp_server_reply (self, 501, "5.5.4", "BODY is 7BIT or 8BITMIME");

  return FALSE;
}

static gboolean
check_mail_param (PcSmtpServer      *self,
                  const guint8      *data,
                  const PcSmtpParam *param)
{
  const guint8 *keyword = data + param->blanks;
  const guint8 *value = keyword + param->keyword + 1;

  if (self->answering == PC_SMTP_VERB_MAIL && self->extended) {
    if (pc_text_equal_ascii (keyword, param->keyword, "SIZE"))
      return check_size (self, value, param->value);
    if (pc_text_equal_ascii (keyword, param->keyword, "BODY"))
      return check_body (self, value, param->value);
    /* RFC 4954 section 5: who wrote it is not passed on, so any will do. */
    if (pc_text_equal_ascii (keyword, param->keyword, "AUTH") &&
        pc_smtp_server_offers_login (self) && param->value > 0)
      return TRUE;
  }

  pc_smtp_server_reply (self, 555, "5.5.4", "The parameter %.*s is not known",
                        (int) MIN (param->keyword, 64),
                        (const char *) keyword);

  return FALSE;
}

static gboolean
check_params (PcSmtpServer *self,
              const guint8 *data,
              gsize         len)
{
  for (;;) {
    PcSmtpParam       param;
    PcSmtpParamResult result = pc_smtp_parse_param (data, len, &param);

    if (result == PC_SMTP_PARAM_END)
      return TRUE;
    if (result == PC_SMTP_PARAM_BAD) {
      pc_smtp_server_reply (self, 501, "5.5.4",
                            "What follows the address is not understood");
      return FALSE;
    }
    if (!check_mail_param (self, data, &param))
      return FALSE;
    data += param.total;
    len -= param.total;
  }
}

void
pc_smtp_server_mail (PcSmtpServer *self,
                     const guint8 *args,
                     gsize         len)
{
  PcSmtpPath path;

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
  if (!check_params (self, args + path.total, len - path.total))
    return;

  pc_smtp_server_reset (self);
  self->mail.sender = dup_address (args, &path);
  self->mail.accounts = g_ptr_array_new ();
  pc_smtp_server_reply (self, 250, "2.1.0", "Sender <%s> noted",
                        self->mail.sender);
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
                          address);
  else
    pc_smtp_server_reply (self, 550, "5.7.1",
                          "No relaying: <%s> is not at %s", address,
                          pc_mail_store_get_domain (self->store));
}

static gboolean
has_room (PcAccount *account)
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
  pc_smtp_server_reply (self, 250, "2.1.5", "Recipient <%s> noted", address);
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
                          address);
  else if (!has_room (account))
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
  if (!check_params (self, args + path.total, len - path.total))
    return;

  address = dup_address (args, &path);
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
                          "\tby %s with %s%s id %s%s;\r\n"
                          "\t%s\r\n",
                          self->mail.sender, self->peer_name, peer, self->host,
                          self->extended ? "ESMTP" : "SMTP",
                          self->track.logged_in ? "A" : "", id,
                          recipient == NULL ? "" : recipient, date);
}

static gboolean
all_have_room (PcSmtpServer *self)
{
  guint i;

  for (i = 0; i < self->mail.accounts->len; i++)
    if (!has_room (g_ptr_array_index (self->mail.accounts, i)))
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
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize         len;
  gconstpointer data = g_bytes_get_data (content, &len);
  gboolean      stored = TRUE;
  guint         i;

  g_byte_array_append (message, (const guint8 *) trace, strlen (trace));
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
pc_smtp_server_deliver (PcSmtpServer *self,
                        gint64        now)
{
  g_autoptr (GBytes) content = pc_smtp_data_reader_take (&self->data);
  g_autofree char *id = make_id (self, now);
  PcSmtpDataFaults faults = self->data.faults;

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
  else if (!all_have_room (self) || !store_mail (self, now, id, content))
    pc_smtp_server_reply (self, 452, "4.3.1", "Not taken: no room, try later");
  else {
    self->n_mails++;
    self->n_bad = 0;
    pc_smtp_server_reply (self, 250, "2.0.0", "Queued as %s", id);
  }
}
