/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rule a command or a reply falls under: tables, read from the top.
 *
 * A reply is known by the command it answers, then by its code, then by its
 * enhanced code.  RFC 5321 sections 4.2.1 to 4.2.3 and 4.3.2; RFC 3463.
 */

#include "proto/smtp/observe-private.h"

#include "proto/common/starttls.h"

#include <string.h>

#define ANY PC_SMTP_VERB_NONE + 1

static const PcSmtpRule command_rules[] = {
  [PC_SMTP_VERB_EHLO] = PC_SMTP_RULE_EHLO,
  [PC_SMTP_VERB_HELO] = PC_SMTP_RULE_HELO,
  [PC_SMTP_VERB_AUTH] = PC_SMTP_RULE_AUTH,
  [PC_SMTP_VERB_MAIL] = PC_SMTP_RULE_MAIL,
  [PC_SMTP_VERB_RCPT] = PC_SMTP_RULE_RCPT,
  [PC_SMTP_VERB_DATA] = PC_SMTP_RULE_DATA,
  [PC_SMTP_VERB_RSET] = PC_SMTP_RULE_RSET,
  [PC_SMTP_VERB_NOOP] = PC_SMTP_RULE_NOOP,
  [PC_SMTP_VERB_VRFY] = PC_SMTP_RULE_VRFY,
  [PC_SMTP_VERB_HELP] = PC_SMTP_RULE_HELP,
  [PC_SMTP_VERB_QUIT] = PC_SMTP_RULE_QUIT,
  [PC_SMTP_VERB_EXPN] = PC_SMTP_RULE_EXPN,
  [PC_SMTP_VERB_STARTTLS] = PC_SMTP_RULE_STARTTLS,
  [PC_SMTP_VERB_BDAT] = PC_SMTP_RULE_BDAT,
};

static const struct
{
  guint       verb;
  guint       code;     /* 0: any; below 10: its first digit */
  const char *enhanced; /* what the text begins with, behind the class */
  PcSmtpRule  rule;
} reply_rules[] = {
  { PC_SMTP_VERB_CONNECT, 2, NULL, PC_SMTP_RULE_GREETING },
  { PC_SMTP_VERB_CONNECT, 521, NULL, PC_SMTP_RULE_GREETING_CLOSED },
  { PC_SMTP_VERB_CONNECT, 421, NULL, PC_SMTP_RULE_GREETING_CROWDED },
  { PC_SMTP_VERB_CONNECT, 0, NULL, PC_SMTP_RULE_GREETING_REFUSED },
  { ANY, 421, NULL, PC_SMTP_RULE_ERROR_CLOSING },
  { PC_SMTP_VERB_NONE, 0, NULL, PC_SMTP_RULE_REPLY_UNASKED },
  { ANY, 538, NULL, PC_SMTP_RULE_ERROR_TLS_NEEDED },
  { ANY, 530, NULL, PC_SMTP_RULE_ERROR_AUTH_NEEDED },

  { PC_SMTP_VERB_CONTENT, 2, NULL, PC_SMTP_RULE_QUEUED },
  { PC_SMTP_VERB_CONTENT, 5, ".4.6 ", PC_SMTP_RULE_CONTENT_LOOP },
  { PC_SMTP_VERB_CONTENT, 4, NULL, PC_SMTP_RULE_CONTENT_LATER },
  { PC_SMTP_VERB_CONTENT, 5, NULL, PC_SMTP_RULE_CONTENT_REFUSED },
  { PC_SMTP_VERB_SASL, 235, NULL, PC_SMTP_RULE_AUTH_OK },
  { PC_SMTP_VERB_SASL, 334, NULL, PC_SMTP_RULE_AUTH_CHALLENGE },
  { PC_SMTP_VERB_SASL, 0, NULL, PC_SMTP_RULE_AUTH_REFUSED },
  { PC_SMTP_VERB_AUTH, 235, NULL, PC_SMTP_RULE_AUTH_OK },
  { PC_SMTP_VERB_AUTH, 334, NULL, PC_SMTP_RULE_AUTH_CHALLENGE },
  { PC_SMTP_VERB_AUTH, 501, NULL, PC_SMTP_RULE_AUTH_REFUSED },
  { PC_SMTP_VERB_EHLO, 2, NULL, PC_SMTP_RULE_EHLO_REPLY },
  { PC_SMTP_VERB_EHLO, 0, NULL, PC_SMTP_RULE_EHLO_REFUSED },
  { PC_SMTP_VERB_HELO, 2, NULL, PC_SMTP_RULE_HELO_REPLY },
  { PC_SMTP_VERB_HELO, 0, NULL, PC_SMTP_RULE_EHLO_REFUSED },

  { PC_SMTP_VERB_STARTTLS, 2, NULL, PC_SMTP_RULE_STARTTLS_OK },
  { PC_SMTP_VERB_STARTTLS, 501, NULL, PC_SMTP_RULE_ERROR_SYNTAX },
  { PC_SMTP_VERB_STARTTLS, 503, NULL, PC_SMTP_RULE_ERROR_ORDER },
  { PC_SMTP_VERB_STARTTLS, 4, NULL, PC_SMTP_RULE_STARTTLS_REFUSED },
  { PC_SMTP_VERB_STARTTLS, 5, NULL, PC_SMTP_RULE_STARTTLS_REFUSED },

  { ANY, 500, NULL, PC_SMTP_RULE_ERROR_UNKNOWN },
  { ANY, 501, NULL, PC_SMTP_RULE_ERROR_SYNTAX },
  { ANY, 502, NULL, PC_SMTP_RULE_ERROR_UNSUPPORTED },
  { ANY, 503, NULL, PC_SMTP_RULE_ERROR_ORDER },
  { ANY, 504, NULL, PC_SMTP_RULE_ERROR_PARAMETER },
  { ANY, 555, NULL, PC_SMTP_RULE_ERROR_PARAMETER },

  { PC_SMTP_VERB_AUTH, 0, NULL, PC_SMTP_RULE_AUTH_REFUSED },
  { PC_SMTP_VERB_MAIL, 5, ".6.7 ", PC_SMTP_RULE_ERROR_ASCII_ONLY },
  { PC_SMTP_VERB_RCPT, 5, ".6.7 ", PC_SMTP_RULE_ERROR_ASCII_ONLY },
  { PC_SMTP_VERB_MAIL, 2, NULL, PC_SMTP_RULE_MAIL_OK },
  { PC_SMTP_VERB_MAIL, 5, ".3.4 ", PC_SMTP_RULE_MAIL_TOO_BIG },
  { PC_SMTP_VERB_MAIL, 0, NULL, PC_SMTP_RULE_MAIL_REFUSED },
  { PC_SMTP_VERB_RCPT, 2, NULL, PC_SMTP_RULE_RCPT_OK },
  { PC_SMTP_VERB_RCPT, 4, ".2.2 ", PC_SMTP_RULE_RCPT_FULL },
  { PC_SMTP_VERB_RCPT, 5, ".2.2 ", PC_SMTP_RULE_RCPT_FULL },
  { PC_SMTP_VERB_RCPT, 4, ".7.1 ", PC_SMTP_RULE_RCPT_GREYLISTED },
  { PC_SMTP_VERB_RCPT, 4, ".5.3 ", PC_SMTP_RULE_RCPT_TOO_MANY },
  { PC_SMTP_VERB_RCPT, 556, NULL, PC_SMTP_RULE_RCPT_CLOSED_DOMAIN },
  { PC_SMTP_VERB_RCPT, 4, NULL, PC_SMTP_RULE_RCPT_LATER },
  { PC_SMTP_VERB_RCPT, 5, ".1.1 ", PC_SMTP_RULE_RCPT_UNKNOWN_USER },
  { PC_SMTP_VERB_RCPT, 5, ".7.1 ", PC_SMTP_RULE_RCPT_RELAY_REFUSED },
  { PC_SMTP_VERB_RCPT, 0, NULL, PC_SMTP_RULE_RCPT_REFUSED },
  { PC_SMTP_VERB_DATA, 354, NULL, PC_SMTP_RULE_DATA_GO_AHEAD },
  { PC_SMTP_VERB_DATA, 0, NULL, PC_SMTP_RULE_DATA_REFUSED },
  { PC_SMTP_VERB_RSET, 2, NULL, PC_SMTP_RULE_RSET_REPLY },
  { PC_SMTP_VERB_NOOP, 2, NULL, PC_SMTP_RULE_NOOP_REPLY },
  { PC_SMTP_VERB_VRFY, 2, NULL, PC_SMTP_RULE_VRFY_REPLY },
  { PC_SMTP_VERB_EXPN, 2, NULL, PC_SMTP_RULE_EXPN_REPLY },
  { PC_SMTP_VERB_HELP, 2, NULL, PC_SMTP_RULE_HELP_REPLY },
  { PC_SMTP_VERB_QUIT, 2, NULL, PC_SMTP_RULE_QUIT_REPLY },
  { PC_SMTP_VERB_BDAT, 2, NULL, PC_SMTP_RULE_BDAT_REPLY },
  { ANY, 4, NULL, PC_SMTP_RULE_ERROR_OTHER },
  { ANY, 5, NULL, PC_SMTP_RULE_ERROR_OTHER },
};

static gboolean
begins_with (const guint8 *text,
             gsize         len,
             const char   *enhanced)
{
  gsize n = strlen (enhanced);

  return len > n && memcmp (text + 1, enhanced, n) == 0;
}

PcSmtpRule
pc_smtp_rule_for_reply (PcSmtpVerb    verb,
                        guint         code,
                        const guint8 *text,
                        gsize         len)
{
  guint i;

  /* 530 and 5.7.0 are for both; the words tell which (RFC 3207 section 4). */
  if (code == 530 && pc_starttls_is_named (text, len))
    return PC_SMTP_RULE_ERROR_TLS_NEEDED;

  for (i = 0; i < G_N_ELEMENTS (reply_rules); i++)
    if ((reply_rules[i].verb == ANY || reply_rules[i].verb == verb) &&
        (reply_rules[i].code == 0 || reply_rules[i].code == code ||
         reply_rules[i].code == code / 100) &&
        (reply_rules[i].enhanced == NULL ||
         begins_with (text, len, reply_rules[i].enhanced)))
      return reply_rules[i].rule;

  return PC_SMTP_RULE_REPLY;
}

PcSmtpRule
pc_smtp_rule_for_sasl (PcSaslPart part)
{
  static const PcSmtpRule rules[] = {
    [PC_SASL_PART_SECRET] = PC_SMTP_RULE_AUTH_RESPONSE,
    [PC_SASL_PART_DIGEST] = PC_SMTP_RULE_AUTH_DIGEST,
    [PC_SASL_PART_FIRST] = PC_SMTP_RULE_AUTH_FIRST,
    [PC_SASL_PART_PROOF] = PC_SMTP_RULE_AUTH_PROOF,
    [PC_SASL_PART_END] = PC_SMTP_RULE_AUTH_END,
    [PC_SASL_PART_QUESTION] = PC_SMTP_RULE_AUTH_CHALLENGE,
    [PC_SASL_PART_STAMP] = PC_SMTP_RULE_AUTH_STAMP,
    [PC_SASL_PART_SALT] = PC_SMTP_RULE_AUTH_SALT,
    [PC_SASL_PART_SIGNATURE] = PC_SMTP_RULE_AUTH_SIGNATURE,
  };

  return rules[part];
}

static gboolean
is_text (const guint8 *line,
         gsize         len)
{
  gsize i;

  for (i = 0; i < len; i++)
    if ((line[i] < 0x20 && line[i] != '\t') || line[i] == 0x7f)
      return FALSE;

  return TRUE;
}

PcSmtpRule
pc_smtp_rule_for_command (PcSmtpVerb    verb,
                          const guint8 *line,
                          gsize         len)
{
  gsize word;

  if (verb < PC_SMTP_N_VERBS) {
    if (verb == PC_SMTP_VERB_MAIL && memmem (line, len, ":<>", 3) != NULL)
      return PC_SMTP_RULE_MAIL_NULL;
    return command_rules[verb];
  }

  pc_smtp_verb_find (line, len, &word);

  return is_text (line, len) && !pc_smtp_is_http (line, word)
             ? PC_SMTP_RULE_UNKNOWN
             : PC_SMTP_RULE_UNREADABLE;
}
