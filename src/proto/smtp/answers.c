/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an SMTP server may answer to which command.
 *
 * Without the codes that our observer does not know how to explain, and
 * without those that only a broken command brings, where there are others.
 * RFC 5321 sections 4.2.3 and 4.3.2, RFC 3207 section 4, RFC 4954 sections 4
 * and 6, RFC 3030 section 2, RFC 7504 section 3.
 */

#include "proto/smtp/answers.h"

#include <glib/gi18n-lib.h>

static const PcAnswerRow rows[] = {
  { "greeting", "220|554|421" },
  { "EHLO", "250|502|550|504" },
  { "HELO", "250|502|550|504" },
  { "AUTH", "235|334|535|454|504|503" },
  { "MAIL", "250|550|552|451|530|503" },
  { "RCPT", "250|251|550|450|452|503" },
  { "DATA", "354|250|503|554|451" },
  { "BDAT", "250|354|503|552|452" },
  { "RSET", "250|221|503|501" },
  { "NOOP", "250|220|500|421" },
  { "VRFY", "250|252|550|502" },
  { "HELP", "214|250|502|500" },
  { "EXPN", "250|252|502|550" },
  { "STARTTLS", "220|250|454|503" },
  { "QUIT", "221|250|220|503" },
  { "smtp.content", "250|354|552|554|451|452" },
  { "smtp.auth.", "235|334|535|501" },
  { NULL, NULL },
};

static const PcAnswerWord words[] = {
  { "214", N_ ("help follows") },
  { "220", N_ ("ready: begin") },
  { "221", N_ ("goodbye, the connection closes") },
  { "235", N_ ("you are logged in") },
  { "250", N_ ("done") },
  { "251", N_ ("not here, but it will be passed on") },
  { "252", N_ ("will not say, but would try to deliver") },
  { "334", N_ ("go on with the login") },
  { "354", N_ ("go on: send the message") },
  { "421", N_ ("the server gives up and closes") },
  { "450", N_ ("the mailbox cannot be used now, try later") },
  { "451", N_ ("trouble on the server, try later") },
  { "452", N_ ("no room at present, try later") },
  { "454", N_ ("not possible at present, try later") },
  { "500", N_ ("this is no command that I know") },
  { "501", N_ ("something behind the command is wrong") },
  { "502", N_ ("I do not do this command") },
  { "503", N_ ("not now: commands in a wrong order") },
  { "504", N_ ("I do not do this with that parameter") },
  { "530", N_ ("first log in, or switch to TLS") },
  { "535", N_ ("user name or password is wrong") },
  { "550", N_ ("refused: no such mailbox, or not allowed") },
  { "551", N_ ("not here, try another address") },
  { "552", N_ ("too big, or the mailbox is full") },
  { "553", N_ ("this address cannot be") },
  { "554", N_ ("it failed, and for good") },
  { NULL, NULL },
};

static const char *const aside[] = { "smtp.reply.unasked", NULL };

static char *
read_word (const guint8 *octets,
           gsize         len)
{
  if (len < 3)
    return NULL;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_isdigit (octets[i]))
      return NULL;
  return g_strndup ((const char *) octets, 3);
}

const PcAnswers pc_smtp_answers = { rows, words, FALSE, aside, read_word };
