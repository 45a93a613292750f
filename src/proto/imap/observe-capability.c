/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the capabilities that concern the login say, to the client and to
 * whoever listens on the way.
 *
 * The others have no meaning here; the step itself explains what they are.
 *
 * RFC 9051 sections 6.2.1, 6.2.3 and 7.2.2; RFC 4959 section 3.
 */

#include "proto/imap/observe-label-private.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
  const char *word; /* the beginning of it, when it ends in "=" */
  const char *meaning;
} rows[] = {
  { "STARTTLS", N_ ("The connection can be switched to TLS before the login. "
                    "Who sits on the way can remove this word, for it comes "
                    "in clear; a careful client then gives no password.") },
  { "LOGINDISABLED", N_ ("No LOGIN as things are: the server takes no "
                         "password while everybody on the way can read "
                         "along.") },
  { "AUTH=PLAIN", N_ ("A way to log in: name and password in one message. "
                      "Everybody on the way can read it, unless TLS is "
                      "around it.") },
  { "AUTH=LOGIN", N_ ("A way to log in: name and password one after the "
                      "other. Everybody on the way can read them, unless TLS "
                      "is around them.") },
  { "AUTH=", N_ ("A way to log in with AUTHENTICATE.") },
  { "SASL-IR", N_ ("The first message of a login may stand in the command "
                   "itself.") },
};

const char *
pc_imap_capability_meaning (const guint8 *word,
                            gsize         len)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize n = strlen (rows[i].word);

    if (rows[i].word[n - 1] != '=')
      n = len;
    if (n <= len && pc_text_equal_ascii (word, n, rows[i].word))
      return rows[i].meaning;
  }

  return NULL;
}
