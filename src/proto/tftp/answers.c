/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A TFTP packet in one word and its number, as people speak of it.
 *
 * RFC 1350 section 5, RFC 2347.
 */

#include "proto/tftp/answers.h"

static const char *const names[] = { "RRQ",   "WRQ",  "DATA", "ACK",
                                     "ERROR", "OACK" };

static const char *const aside[] = {
  "tftp.error.tid", "tftp.stranger", "tftp.stranger.second-server", NULL
};

static char *
read_word (const guint8 *octets,
           gsize         len)
{
  guint opcode = len >= 4 ? (guint) octets[0] << 8 | octets[1] : 0;

  if (opcode < 1 || opcode > G_N_ELEMENTS (names))
    return NULL;
  if (opcode == 3 || opcode == 4)
    return g_strdup_printf ("%s %u", names[opcode - 1],
                            (guint) octets[2] << 8 | octets[3]);
  return g_strdup (names[opcode - 1]);
}

const PcAnswers pc_tftp_answers = { NULL, NULL, FALSE, aside, read_word };
