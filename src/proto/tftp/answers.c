/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A TFTP packet in one word and its number, as people speak of it.
 *
 * RFC 1350 section 5, RFC 2347.
 */

#include "proto/tftp/answers.h"

#include <glib/gi18n-lib.h>

static const PcAnswerWord words[] = {
  { "RRQ", N_ ("asks to read a file") },
  { "WRQ", N_ ("asks to write a file") },
  { "DATA", N_ ("a block of the file") },
  { "ACK", N_ ("this block has come") },
  { "ERROR", N_ ("it ends here") },
  { "OACK", N_ ("agrees to options") },
  { NULL, NULL },
};

static const char *const aside[] = {
  "tftp.error.tid", "tftp.stranger", "tftp.stranger.second-server", NULL
};

static char *
read_word (const guint8 *octets,
           gsize         len)
{
  guint opcode = len >= 4 ? (guint) octets[0] << 8 | octets[1] : 0;

  if (opcode < 1 || opcode >= G_N_ELEMENTS (words))
    return NULL;
  if (opcode == 3 || opcode == 4)
    return g_strdup_printf ("%s %u", words[opcode - 1].word,
                            (guint) octets[2] << 8 | octets[3]);
  return g_strdup (words[opcode - 1].word);
}

const PcAnswers pc_tftp_answers = { NULL, words, FALSE, aside, read_word };
