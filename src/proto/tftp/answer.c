/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a TFTP server says because it was told to: an ERROR, which ends the
 * transfer, in place of going on.
 *
 * RFC 1350 section 5 and its appendix, RFC 2347.
 */

#include "proto/tftp/answer.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a client sends that a server can answer; an ERROR is never answered. */
static const PcTftpOpcode answered[] = { PC_TFTP_RRQ, PC_TFTP_WRQ, PC_TFTP_DATA,
                                         PC_TFTP_ACK };

const char *
pc_tftp_check_answer (const char *verb,
                      const char *reply,
                      char      **wire,
                      GError    **error)
{
  const char *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (answered); i++)
    if (g_ascii_strcasecmp (verb, pc_tftp_verbs[answered[i] - 1].name) == 0)
      name = pc_tftp_verbs[answered[i] - 1].name;
  if (name == NULL) {
    pc_answer_refuse_verb (verb, error);
    return NULL;
  }
  if (!pc_answer_is_line (reply, PC_LIMIT_TFTP_ERROR, reply, error))
    return NULL;
  if (reply[0] < '0' || reply[0] > '8' ||
      (reply[1] != '\0' && (reply[1] != ' ' || reply[2] == '\0'))) {
    pc_answer_refuse (reply,
                      _ ("an answer of TFTP is a code from 0 to 8, and perhaps "
                         "a blank and a text."),
                      error);
    return NULL;
  }

  *wire = g_strdup (reply);
  return name;
}

const PcAnswer *
pc_tftp_take_answer (PcEngine *engine,
                     guint     opcode)
{
  if (opcode < 1 || opcode > PC_TFTP_N_OPCODES)
    return NULL;

  return pc_engine_take_answer (engine, pc_tftp_verbs[opcode - 1].name, NULL);
}

PcTftpErrorCode
pc_tftp_answer_get_code (const PcAnswer *answer)
{
  return (PcTftpErrorCode) (answer->reply[0] - '0');
}

const char *
pc_tftp_answer_get_message (const PcAnswer *answer)
{
  return answer->reply[1] == ' ' ? answer->reply + 2 : NULL;
}
