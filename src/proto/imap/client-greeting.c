/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client says to a greeting that is none of IMAP's.
 *
 * RFC 9051 section 7.1, RFC 1939 section 3, RFC 5321 section 4.2, RFC 8446
 * section 5.1.
 */

#include "proto/imap/client-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Each sentence says what came and whose way of greeting that is. */
static const char *
judge_greeting (const guint8 *data,
                gsize         len)
{
  if (len >= 3 && (memcmp (data, "+OK", 3) == 0 ||
                   memcmp (data, "-ER", 3) == 0))
    return N_ ("The server answered “%s”, which is how POP3 greets. An IMAP "
               "server greets with “* OK”; this is another protocol’s port.");
  if (len >= 3 && g_ascii_isdigit (data[0]) && g_ascii_isdigit (data[1]) &&
      g_ascii_isdigit (data[2]))
    return N_ ("The server answered “%s”, which is how SMTP greets. An IMAP "
               "server greets with “* OK”; this is another protocol’s port.");
  if (len >= 2 && (data[0] == 0x15 || data[0] == 0x16) && data[1] == 3)
    return N_ ("The server answered with TLS (“%s”). This port wants "
               "encryption before the first word of IMAP.");

  return N_ ("The server answered “%s”. An IMAP server greets with “* OK”; "
             "this is no IMAP server.");
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
/* The format is one of the four above. */
void
pc_imap_client_fail_greeting (PcImapClient *self,
                              const guint8 *data,
                              gsize         len)
{
  g_autofree char *said = pc_imap_client_quote (data, len);
  g_autofree char *text =
      g_strdup_printf (_ (judge_greeting (data, len)), said);

  pc_engine_fail (&self->base, text);
}
#pragma GCC diagnostic pop
