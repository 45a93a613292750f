/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Octets that are no TLS, where TLS should be.
 *
 * Mostly somebody speaks in clear to a port with implicit TLS: such lines are
 * recognised by their first words, and passwords in them are masked from
 * there to the end of what that side sends.  The protocols themselves are not
 * read here.
 */

#include "proto/tls/record.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SHOWN_CHARS 80

typedef struct
{
  const char *words;
  const char *protocol;
  gboolean    tagged; /* a word of the client's own stands before */
  gboolean    secret; /* a password follows, in this line or later */
} Start;

static const Start starts[] = {
  { "EHLO", "SMTP", FALSE, FALSE },
  { "HELO", "SMTP", FALSE, FALSE },
  { "MAIL FROM:", "SMTP", FALSE, FALSE },
  { "AUTH ", "SMTP, POP3", FALSE, TRUE },
  { "220 ", "SMTP", FALSE, FALSE },
  { "220-", "SMTP", FALSE, FALSE },
  { "USER ", "POP3", FALSE, FALSE },
  { "PASS ", "POP3", FALSE, TRUE },
  { "APOP ", "POP3", FALSE, TRUE },
  { "CAPA", "POP3", FALSE, FALSE },
  { "+OK", "POP3", FALSE, FALSE },
  { "-ERR", "POP3", FALSE, FALSE },
  { "* OK", "IMAP", FALSE, FALSE },
  { "* PREAUTH", "IMAP", FALSE, FALSE },
  { "* BYE", "IMAP", FALSE, FALSE },
  { "LOGIN ", "IMAP", TRUE, TRUE },
  { "AUTHENTICATE ", "IMAP", TRUE, TRUE },
  { "CAPABILITY", "IMAP", TRUE, FALSE },
  { "ID ", "IMAP", TRUE, FALSE },
  { "LOGOUT", "IMAP", TRUE, FALSE },
  { "NOOP", "IMAP", TRUE, FALSE },
  { "STARTTLS", "IMAP", TRUE, FALSE },
  { "STARTTLS", "SMTP", FALSE, FALSE },
  { "STLS", "POP3", FALSE, FALSE },
  { "GET /", "HTTP", FALSE, FALSE },
  { "POST /", "HTTP", FALSE, FALSE },
  { "HTTP/", "HTTP", FALSE, FALSE },
  { "SSH-", "SSH", FALSE, FALSE },
};

static gboolean
is_text (const guint8 *data,
         gsize         len)
{
  for (gsize i = 0; i < len; i++)
    if ((data[i] < 0x20 && strchr ("\t\r\n", data[i]) == NULL) ||
        data[i] == '\0' || data[i] >= 0x7F)
      return FALSE;

  return len > 0;
}

/* What the line begins with, and how many octets that are; NULL when it is
 * nothing known. */
static const Start *
find_start (const guint8 *data,
            gsize         len,
            gsize        *used)
{
  const guint8 *blank = memchr (data, ' ', len);
  gsize         tag = blank == NULL ? len : (gsize) (blank - data) + 1;

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++) {
    gsize from = starts[i].tagged ? tag : 0;
    gsize n = strlen (starts[i].words);

    *used = from + n;
    if (len >= *used && pc_text_equal_ascii (data + from, n, starts[i].words))
      return &starts[i];
  }

  return NULL;
}

static char *
summarise (const guint8 *data,
           gsize         clear,
           gboolean      masked,
           const Start  *start)
{
  g_autofree char *text = pc_text_from_wire (
      data, clear, PC_TEXT_NO_EOL | PC_TEXT_ONE_LINE, SHOWN_CHARS);
  const char *dots = masked ? PC_SECRET_DOTS : "";

  if (start != NULL)
    /* Translators: SMTP, POP3 …; the line as it was sent, twice %s. */
    return g_strdup_printf (
        _ ("Clear text where TLS was expected (%s): %s%s"), start->protocol,
        text, dots);
  return g_strdup_printf (_ ("Clear text where TLS was expected: %s%s"), text,
                          dots);
}

static void
label_text (PcUnit       *unit,
            const guint8 *data,
            gsize         len,
            gboolean     *guarded)
{
  gsize        eol = len > 0 && data[len - 1] == '\n' ? 1 : 0;
  gsize        used = 0, clear;
  const Start *start = NULL;

  if (eol == 1 && len > 1 && data[len - 2] == '\r')
    eol = 2;
  clear = len - eol;
  if (*guarded) {
    clear = 0;
  } else {
    start = find_start (data, len - eol, &used);
    if (start != NULL && start->secret) {
      *guarded = TRUE;
      clear = used;
    }
  }

  pc_unit_add_field (unit, clear, N_ ("Clear text"),
                     N_ ("Nothing is encrypted here: everybody on the way can "
                         "read it. The other end waits for a ClientHello and "
                         "cannot understand it."));
  pc_unit_add_secret (unit, len - eol - clear, N_ ("Secret"),
                      N_ ("A password, or what leads to one, in clear on the "
                          "wire. It is masked here, but it was not there."));
  pc_unit_add_field (unit, eol, N_ ("End of line"),
                     N_ ("Carriage return and line feed close the line."));
  unit->summary = summarise (data, clear, clear < len - eol, start);
}

PcUnit *
pc_tls_label_foreign (PcSide        from,
                      const guint8 *data,
                      gsize         len,
                      gboolean     *guarded)
{
  PcUnit *unit = pc_unit_new (from, PC_UNIT_DATA,
                              pc_tls_narrations[PC_TLS_RULE_UNREADABLE].rule,
                              data, len);
  g_autofree char *octets = pc_tls_octets (len);

  unit->status = PC_STATUS_ERROR;
  if (is_text (data, len)) {
    label_text (unit, data, len, guarded);
    return unit;
  }

  if (*guarded)
    pc_unit_add_secret (unit, len, N_ ("Secret"),
                        N_ ("A password, or what leads to one, in clear on "
                            "the wire. It is masked here, but it was not "
                            "there."));
  pc_unit_add_field_value (unit, pc_unit_get_rest (unit), N_ ("No TLS"),
                           N_ ("No record of TLS begins like this."),
                           pc_tls_hex (data, len));
  unit->summary = g_strdup_printf (_ ("No TLS: %s"), octets);
  return unit;
}
