/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client says when its server is gone: above all, what becomes of the
 * messages that were marked.
 *
 * Only QUIT deletes them, so a line that is lost before loses nothing but
 * time; one that is lost behind it leaves the question open.
 *
 * RFC 1939 sections 3, 5 and 6.
 */

#include "proto/pop3/client-lost.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
has_quit (const PcPop3Loss *loss)
{
  return loss->busy && loss->verb == PC_POP3_VERB_QUIT && !loss->unsent;
}

static const char *
find_meaning (const PcPop3Loss *loss)
{
  if (loss->n_marked > 0 && has_quit (loss))
    return _ ("QUIT had been sent, so nobody knows whether the server has "
              "deleted what was marked. The next login will show.");
  if (loss->n_marked > 0)
    return _ ("There was no QUIT, so the server deletes nothing: what was "
              "marked is still there.");
  if (has_quit (loss))
    return _ ("Only the goodbye is missing: nothing was marked to be "
              "deleted.");

  return NULL;
}

char *
pc_pop3_describe_loss (const PcPop3Loss *loss)
{
  PcLostWhat       what = PC_LOST_NOTHING;
  const guint8    *part = loss->part;
  gsize            len = loss->part_len;
  const char      *meaning = find_meaning (loss);
  g_autofree char *both = NULL;

  if (loss->busy)
    what = loss->state == PC_POP3_CONNECT ? PC_LOST_GREETING : PC_LOST_ANSWER;
  if (loss->words != NULL) {
    part = (const guint8 *) loss->words;
    len = strlen (loss->words);
    both = g_strjoin (" ",
                      _ ("What had come is not whole, and is thrown away."),
                      meaning, NULL);
  }

  return pc_lost_describe (loss->how, what, part, len,
                           both != NULL ? both : meaning);
}
