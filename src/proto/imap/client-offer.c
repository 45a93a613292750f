/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads capabilities for what they say of the login, and tells which actions
 * may go out before TLS.
 *
 * Of raw lines only those few go out in clear that cannot carry a password or
 * a mail; any other might, with a verb spelt wrong.
 *
 * RFC 9051 sections 6.2.1, 6.2.3 and 7.2.2; RFC 8314 section 5.2.
 */

#include "proto/imap/client-offer.h"

#include "proto/imap/verbs.h"

#include "base/text.h"

#include <string.h>

static gsize
word_length (PcImapCursor at)
{
  gsize n = at.pos;

  while (n < at.len && at.data[n] != ' ' && at.data[n] != ']' &&
         at.data[n] != '\r' && at.data[n] != '\n')
    n++;

  return n - at.pos;
}

void
pc_imap_offer_read (PcImapOffer *self,
                    PcImapCursor at)
{
  *self = (PcImapOffer){ .known = TRUE };
  while (pc_imap_read_char (&at, ' ')) {
    gsize         len = word_length (at);
    const guint8 *word = at.data + at.pos;

    if (pc_text_equal_ascii (word, len, "STARTTLS"))
      self->starttls = TRUE;
    else if (pc_text_equal_ascii (word, len, "LOGINDISABLED"))
      self->login_disabled = TRUE;
    at.pos += len;
  }
}

void
pc_imap_offer_read_code (PcImapOffer *self,
                         PcImapCursor at)
{
  gsize len;

  if (!pc_imap_read_char (&at, ' '))
    return;

  len = word_length (at);
  if (!pc_text_equal_ascii (at.data + at.pos, len, "[CAPABILITY"))
    return;
  at.pos += len;
  pc_imap_offer_read (self, at);
}

static gboolean
is_harmless (const char *line)
{
  PcImapCursor     at = { (const guint8 *) line, strlen (line), 0 };
  g_autofree char *tag = NULL;
  PcImapVerb       verb;

  if (!pc_imap_read_tag (&at, &tag) || !pc_imap_read_char (&at, ' '))
    return FALSE;

  verb = pc_imap_read_verb (&at);
  return pc_imap_at_end (&at) &&
         (verb == PC_IMAP_VERB_CAPABILITY || verb == PC_IMAP_VERB_NOOP ||
          verb == PC_IMAP_VERB_LOGOUT || verb == PC_IMAP_VERB_STARTTLS);
}

gboolean
pc_imap_is_private (const PcAction *action,
                    gboolean        open)
{
  static const char *const names[] = { "capability", "noop", "logout",
                                       "starttls", "id", NULL };

  if (strcmp (action->name, "raw") == 0)
    return open || !is_harmless (pc_action_get (action, "line", ""));

  return !g_strv_contains (names, action->name);
}
