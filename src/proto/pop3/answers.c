/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a POP3 server may answer: there are only these four manners, and any
 * command can in principle meet each.  Whether lines follow is the command's
 * business, and worth knowing.
 *
 * RFC 1939 section 3, RFC 5034 section 4.
 */

#include "proto/pop3/answers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const PcAnswerRow rows[] = {
  { "greeting", "+OK|-ERR|+" },
  { "", "+OK|+OK \342\200\246|-ERR|+" },
  { NULL, NULL },
};

static const PcAnswerWord words[] = {
  { "+OK", N_ ("done, in one line") },
  { "+OK \342\200\246", N_ ("done, and lines follow, up to a single dot") },
  { "-ERR", N_ ("it could not be done") },
  { "+", N_ ("go on with the login") },
  { NULL, NULL },
};

static const char *const aside[] = { "pop3.unasked", NULL };

static char *
read_word (const guint8 *octets,
           gsize         len)
{
  const guint8 *end = len == 0 ? NULL : memchr (octets, '\n', len);

  if (end == NULL)
    return NULL;
  if (len >= 4 && memcmp (octets, "-ERR", 4) == 0)
    return g_strdup ("-ERR");
  if (len >= 3 && memcmp (octets, "+OK", 3) == 0)
    return g_strdup (end + 1 < octets + len ? "+OK \342\200\246" : "+OK");
  if (octets[0] == '+' && (octets[1] == ' ' || octets[1] == '\r'))
    return g_strdup ("+");
  return NULL;
}

const PcAnswers pc_pop3_answers = { rows, words, FALSE, aside, read_word };
