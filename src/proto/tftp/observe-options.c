/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server made of the options that it was asked for.
 *
 * An OACK may leave options out, and lower a block size or a window; anything
 * else in it is against the rules.
 *
 * RFC 2347, RFC 2348, RFC 2349, RFC 7440 section 3.
 */

#include "proto/tftp/observe-options.h"

#include "base/text.h"

static const struct
{
  const char *name;
  guint64     min;
  guint64     max;
  gboolean    may_shrink;
} kinds[] = {
  [PC_TFTP_ASKED_BLKSIZE] = { "blksize", 8, 65464, TRUE },
  [PC_TFTP_ASKED_TIMEOUT] = { "timeout", 1, 255, FALSE },
  [PC_TFTP_ASKED_TSIZE] = { "tsize", 0, G_MAXINT64, FALSE },
  [PC_TFTP_ASKED_WINDOWSIZE] = { "windowsize", 1, 65535, TRUE },
};

PcTftpAsked
pc_tftp_option_get_kind (const PcTftpOption *self)
{
  for (guint i = PC_TFTP_ASKED_BLKSIZE; i < G_N_ELEMENTS (kinds); i++)
    if (pc_text_equal_ascii (self->name.data, self->name.len, kinds[i].name))
      return (PcTftpAsked)i;

  return PC_TFTP_ASKED_OTHER;
}

gboolean
pc_tftp_option_get_value (const PcTftpOption *self,
                          guint64            *value)
{
  PcTftpAsked kind = pc_tftp_option_get_kind (self);

  return kind != PC_TFTP_ASKED_OTHER &&
         pc_text_parse_number (self->value.data, self->value.len,
                               kinds[kind].max, value) &&
         *value >= kinds[kind].min;
}

static gboolean
is_same (const PcTftpString *a,
         const PcTftpString *b)
{
  if (a->len != b->len)
    return FALSE;

  for (gsize i = 0; i < a->len; i++)
    if (g_ascii_tolower ((char)a->data[i]) !=
        g_ascii_tolower ((char)b->data[i]))
      return FALSE;

  return TRUE;
}

const PcTftpOption *
pc_tftp_option_find (const PcTftpPacket *request,
                     const PcTftpString *name)
{
  for (guint i = 0; request != NULL && i < request->n_options; i++)
    if (is_same (&request->options[i].name, name))
      return &request->options[i];

  return NULL;
}

PcTftpAnswer
pc_tftp_option_compare (const PcTftpOption *self,
                        const PcTftpPacket *request)
{
  const PcTftpOption *asked = pc_tftp_option_find (request, &self->name);
  PcTftpAsked         kind = pc_tftp_option_get_kind (self);
  guint64             before;
  guint64             value;

  if (asked == NULL)
    return PC_TFTP_ANSWER_UNASKED;
  if (kind == PC_TFTP_ASKED_OTHER)
    return PC_TFTP_ANSWER_SAME;
  if (!pc_tftp_option_get_value (self, &value))
    return PC_TFTP_ANSWER_INVALID;
  if (kind == PC_TFTP_ASKED_TSIZE && request->opcode == PC_TFTP_RRQ)
    return PC_TFTP_ANSWER_TOLD;

  /* A value too large to be allowed may still be lowered to one that is. */
  if (!pc_text_parse_number (asked->value.data, asked->value.len, G_MAXINT64,
                             &before))
    return PC_TFTP_ANSWER_OTHER;
  if (value == before)
    return PC_TFTP_ANSWER_SAME;
  return kinds[kind].may_shrink && value < before ? PC_TFTP_ANSWER_LOWERED
                                                  : PC_TFTP_ANSWER_OTHER;
}

PcTftpRule
pc_tftp_oack_get_rule (const PcTftpPacket *oack,
                       const PcTftpPacket *request)
{
  PcTftpRule rule = PC_TFTP_RULE_OACK;

  for (guint i = 0; request != NULL && i < request->n_options; i++)
    if (pc_tftp_option_find (oack, &request->options[i].name) == NULL)
      rule = PC_TFTP_RULE_OACK_PARTIAL;

  for (guint i = 0; i < oack->n_options; i++) {
    PcTftpAnswer answer = pc_tftp_option_compare (&oack->options[i], request);

    if (answer >= PC_TFTP_ANSWER_OTHER)
      return PC_TFTP_RULE_OACK_WRONG;
    if (answer == PC_TFTP_ANSWER_LOWERED)
      rule = PC_TFTP_RULE_OACK_LOWERED;
  }

  return rule;
}
