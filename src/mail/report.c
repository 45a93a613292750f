/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server writes to the sender of a mail: a delivery status
 * notification in three parts, for people, for programs, and what came back.
 *
 * The words are English whatever the language of the program is: they are
 * mail, not text of ours.  Left out: message/global-delivery-status; an address
 * beyond ASCII stands in the form that fits into 7 bits (RFC 6533 section 3).
 * RFC 3464 section 2; RFC 3461 section 6; RFC 3834 section 5.
 */

#include "mail/report-private.h"

#include "base/limits.h"
#include "mail/message.h"

#include <stdio.h>
#include <string.h>

static const struct
{
  const char *action; /* RFC 3464 section 2.3.3 */
  const char *subject;
  const char *words; /* stand above the addresses */
  const char *status; /* when nothing better was said */
} kinds_table[] = {
  [PC_REPORT_FAILED] = { "failed", "Your message was not delivered",
                         "Your message could not be delivered to:", "5.0.0" },
  [PC_REPORT_DELAYED] = { "delayed", "Your message is delayed",
                          "Your message could not be delivered yet; this "
                          "server goes on trying:",
                          "4.0.0" },
  [PC_REPORT_DELIVERED] = { "delivered", "Your message was delivered",
                            "Your message lies in the mailbox of:", "2.0.0" },
  [PC_REPORT_RELAYED] = { "relayed", "Your message was passed on",
                          "Your message was passed on to a server that sends "
                          "no such reports:",
                          "2.0.0" },
};

/* -- what may stand in a report ------------------------------------------- */

/* Other servers' words: one line of printable ASCII, not too long. */
static char *
clean (const char *text)
{
  char *copy = g_strndup (text, 400);

  for (char *c = copy; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      *c = (guchar) *c < 0x20 ? ' ' : '?';
  return copy;
}

/* xtext back to text; what is not printable ASCII afterwards is a "?" (RFC
 * 3461 section 4). */
static char *
decode_xtext (const char *text)
{
  GString         *out = g_string_new (NULL);
  g_autofree char *raw = NULL;

  for (; *text != '\0'; text++) {
    if (text[0] == '+' && g_ascii_isxdigit (text[1]) &&
        g_ascii_isxdigit (text[2])) {
      g_string_append_c (out, (char) (g_ascii_xdigit_value (text[1]) * 16 +
                                      g_ascii_xdigit_value (text[2])));
      text += 2;
    } else
      g_string_append_c (out, *text);
  }

  raw = g_string_free (out, FALSE);
  for (char *c = raw; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      *c = '?';
  return g_steal_pointer (&raw);
}

/* "rfc822; robin@partner.test" */
static char *
format_address (const char *address)
{
  GString *out;

  if (g_str_is_ascii (address))
    return g_strdup_printf ("rfc822; %s", address);

  out = g_string_new ("utf-8; ");
  for (const char *c = address; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar value = g_utf8_get_char_validated (c, -1);

    if ((gint) value < 0)
      break;
    if (value < 0x80 && value != '\\')
      g_string_append_c (out, (char) value);
    else
      g_string_append_printf (out, "\\x{%X}", value);
  }
  return g_string_free (out, FALSE);
}

/* The "5.1.1" of "550 5.1.1 Nobody here", else what its code alone tells. */
static char *
find_status (const char  *said,
             PcReportKind kind)
{
  const char *text = said != NULL && strlen (said) > 4 ? said + 4 : "";
  guint       subject, detail;
  int         n = 0;

  if (g_ascii_isdigit (text[0]) && text[1] == '.' &&
      sscanf (text + 2, "%3u.%3u%n", &subject, &detail, &n) == 2 &&
      text[0] == said[0])
    return g_strdup_printf ("%c.%u.%u", text[0], subject, detail);
  if (said != NULL && (said[0] == '4' || said[0] == '5'))
    return g_strdup_printf ("%c.0.0", said[0]);

  return g_strdup (kinds_table[kind].status);
}

/* -- the parts ------------------------------------------------------------ */

static void
append_words (GString            *out,
              const PcQueuedMail *mail,
              const PcReportKind *kinds,
              PcReportKind        kind)
{
  gboolean any = FALSE;

  for (guint i = 0; i < mail->recipients->len; i++) {
    const PcQueuedRecipient *recipient = mail->recipients->pdata[i];
    g_autofree char *said = recipient->said != NULL ? clean (recipient->said)
                                                    : NULL;

    if (kinds[i] != kind)
      continue;
    if (!any)
      g_string_append_printf (out, "%s\r\n\r\n", kinds_table[kind].words);
    any = TRUE;
    g_string_append_printf (out, "  <%s>\r\n", recipient->address);
    if (said != NULL && recipient->host != NULL)
      g_string_append_printf (out, "    %s said:\r\n    %s\r\n",
                              recipient->host, said);
    else if (said != NULL)
      g_string_append_printf (out, "    %s\r\n", said);
  }
  if (any)
    g_string_append (out, "\r\n");
}

/* RFC 3461 section 6.3, RFC 3464 section 2.3 */
static void
append_recipient (GString                 *out,
                  const PcQueuedRecipient *recipient,
                  PcReportKind             kind,
                  gint64                   now,
                  gint64                   until)
{
  g_autofree char *address = format_address (recipient->address);
  g_autofree char *status = find_status (recipient->said, kind);
  g_autofree char *date = pc_message_format_date (now);
  gboolean         bad = kind == PC_REPORT_FAILED || kind == PC_REPORT_DELAYED;

  g_string_append (out, "\r\n");
  if (recipient->original != NULL) {
    g_autofree char *original = decode_xtext (recipient->original);

    g_string_append_printf (out, "Original-Recipient: %s\r\n", original);
  }
  g_string_append_printf (out, "Final-Recipient: %s\r\n", address);
  g_string_append_printf (out, "Action: %s\r\n", kinds_table[kind].action);
  g_string_append_printf (out, "Status: %s\r\n", status);
  if (recipient->host != NULL)
    g_string_append_printf (out, "Remote-MTA: dns; %s\r\n", recipient->host);
  if (recipient->said != NULL && (bad || recipient->host != NULL)) {
    g_autofree char *said = clean (recipient->said);

    g_string_append_printf (out, "Diagnostic-Code: smtp; %s\r\n", said);
  }
  g_string_append_printf (out, "Last-Attempt-Date: %s\r\n", date);
  if (kind == PC_REPORT_DELAYED) {
    g_autofree char *last = pc_message_format_date (until);

    g_string_append_printf (out, "Will-Retry-Until: %s\r\n", last);
  }
}

static void
append_status (GString            *out,
               const PcQueuedMail *mail,
               const PcReportKind *kinds,
               const char         *host,
               gint64              now,
               gint64              until)
{
  g_autofree char *arrived = pc_message_format_date (mail->arrived);

  if (mail->envid != NULL) {
    g_autofree char *envid = decode_xtext (mail->envid);

    g_string_append_printf (out, "Original-Envelope-Id: %s\r\n", envid);
  }
  g_string_append_printf (out, "Reporting-MTA: dns; %s\r\n", host);
  g_string_append_printf (out, "Arrival-Date: %s\r\n", arrived);
  for (guint i = 0; i < mail->recipients->len; i++)
    if (kinds[i] != PC_REPORT_NONE)
      append_recipient (out, mail->recipients->pdata[i], kinds[i], now,
                        until);
}

/* Whole only where it was asked for, where something failed, and where it is
 * not too long (RFC 3461 section 6.2). */
static gsize
count_returned (const PcQueuedMail *mail,
                const PcReportKind *kinds)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (mail->content, &len);

  if (mail->ret == PC_RETURN_FULL && len <= PC_LIMIT_REPORT_CONTENT)
    for (guint i = 0; i < mail->recipients->len; i++)
      if (kinds[i] == PC_REPORT_FAILED)
        return len;

  return pc_message_header_length (data, len);
}

static gboolean
is_ascii (const guint8 *data,
          gsize         len)
{
  for (gsize i = 0; i < len; i++)
    if (data[i] > 0x7f)
      return FALSE;

  return TRUE;
}

/* No line of what comes back may look like the end of a part. */
static char *
make_boundary (const char   *id,
               const guint8 *data,
               gsize         len)
{
  for (guint i = 0;; i++) {
    g_autofree char *boundary = g_strdup_printf ("=_%s_%u", id, i);

    if (memmem (data, len, boundary, strlen (boundary)) == NULL)
      return g_steal_pointer (&boundary);
  }
}

static const char *
find_subject (const PcQueuedMail *mail,
              const PcReportKind *kinds)
{
  PcReportKind first = PC_REPORT_RELAYED;

  for (guint i = 0; i < mail->recipients->len; i++)
    if (kinds[i] != PC_REPORT_NONE)
      first = MIN (first, kinds[i]);

  return kinds_table[first].subject;
}

static void
append_header (GString            *out,
               const PcQueuedMail *mail,
               const char         *subject,
               const char         *host,
               const char         *domain,
               const char         *id,
               gint64              now)
{
  gsize            len;
  gconstpointer    data = g_bytes_get_data (mail->content, &len);
  g_autofree char *date = pc_message_format_date (now);
  g_autofree char *about = pc_message_get_field (data, len, "Message-ID");

  g_string_append_printf (out, "Date: %s\r\n", date);
  g_string_append_printf (out, "From: Mail server %s <postmaster@%s>\r\n",
                          host, domain);
  g_string_append_printf (out, "To: <%s>\r\n", mail->sender);
  g_string_append_printf (out, "Subject: %s\r\n", subject);
  g_string_append_printf (out, "Message-ID: <%s@%s>\r\n", id, host);
  if (about != NULL && strlen (about) < 900) {
    g_autofree char *reference = clean (about);

    g_string_append_printf (out, "In-Reply-To: %s\r\n", reference);
  }
  g_string_append (out, "Auto-Submitted: auto-replied\r\n"
                        "MIME-Version: 1.0\r\n");
}

static void
append_returned (GString      *out,
                 const guint8 *data,
                 gsize         len,
                 gboolean      whole,
                 const char   *encoding)
{
  g_string_append_printf (out,
                          "Content-Type: %s\r\n"
                          "Content-Transfer-Encoding: %s\r\n\r\n",
                          whole ? "message/rfc822" : "text/rfc822-headers",
                          encoding);
  g_string_append_len (out, (const char *) data, (gssize) len);
  if (len == 0 || data[len - 1] != '\n')
    g_string_append (out, "\r\n");
}

GBytes *
pc_report_new (const PcQueuedMail *mail,
               const PcReportKind *kinds,
               const char         *host,
               const char         *domain,
               const char         *id,
               gint64              now,
               gint64              until)
{
  GString         *out = g_string_new (NULL);
  gsize            all;
  const guint8    *data = g_bytes_get_data (mail->content, &all);
  gsize            len = count_returned (mail, kinds);
  g_autofree char *boundary = make_boundary (id, data, len);
  const char      *encoding = is_ascii (data, len) ? "7bit" : "8bit";
  gboolean         narrow = TRUE;

  for (guint i = 0; i < mail->recipients->len; i++)
    narrow &= g_str_is_ascii (
        ((PcQueuedRecipient *) mail->recipients->pdata[i])->address);

  append_header (out, mail, find_subject (mail, kinds), host, domain, id, now);
  g_string_append_printf (out,
                          "Content-Type: multipart/report; "
                          "report-type=delivery-status;\r\n"
                          "\tboundary=\"%s\"\r\n",
                          boundary);
  if (!narrow || !is_ascii (data, len))
    g_string_append (out, "Content-Transfer-Encoding: 8bit\r\n");
  g_string_append_printf (out,
                          "\r\n--%s\r\n"
                          "Content-Type: text/plain; charset=utf-8\r\n"
                          "Content-Transfer-Encoding: %s\r\n\r\n",
                          boundary, narrow ? "7bit" : "8bit");
  g_string_append_printf (out, "This is the mail server %s.\r\n\r\n", host);
  for (PcReportKind kind = PC_REPORT_FAILED; kind <= PC_REPORT_RELAYED; kind++)
    append_words (out, mail, kinds, kind);
  g_string_append_printf (out,
                          "\r\n--%s\r\n"
                          "Content-Type: message/delivery-status\r\n\r\n",
                          boundary);
  append_status (out, mail, kinds, host, now, until);
  g_string_append_printf (out, "\r\n--%s\r\n", boundary);
  append_returned (out, data, len, len == all, encoding);
  g_string_append_printf (out, "\r\n--%s--\r\n", boundary);

  return g_string_free_to_bytes (out);
}
