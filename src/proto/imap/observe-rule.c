/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rule explains a command or a status, by more than its first word.
 *
 * Options make another thing of a command, and a code in brackets of a reply.
 * What depends on the commands that are open is in observe-pair.c.
 *
 * RFC 3501 section 7.1, RFC 9051 section 7.1, RFC 5530.
 */

#include "proto/imap/observe-rule.h"

#include "proto/imap/list-options.h"
#include "proto/imap/search-reply.h"

#include <string.h>

static gsize
without_end (const guint8 *data,
             gsize         len)
{
  if (len > 0 && data[len - 1] == '\n')
    len--;
  if (len > 0 && data[len - 1] == '\r')
    len--;

  return len;
}

/* @text in any case, in the rest of what is at the cursor. */
static gboolean
contains (PcImapCursor at,
          const char  *text)
{
  g_autofree char *upper = g_ascii_strup ((const char *) at.data + at.pos,
                                          (gssize) (at.len - at.pos));

  return strstr (upper, text) != NULL;
}

const char *
pc_imap_rule_of_command (PcImapVerb    verb,
                         const guint8 *data,
                         gsize         len)
{
  g_auto (PcImapListOptions) list = { 0 };
  g_autofree char  *ignored = NULL;
  PcImapSearchReply search = { 0 };
  PcImapCursor      at = { data, without_end (data, len), 0 };

  pc_imap_read_tag (&at, &ignored);
  pc_imap_read_char (&at, ' ');
  pc_imap_read_verb (&at);
  g_clear_pointer (&ignored, g_free);

  switch (verb) {
  case PC_IMAP_VERB_LIST:
    pc_imap_read_list (&at, &list);
    return list.extended ? pc_imap_rule (PC_IMAP_RULE_LIST_EXTENDED)
                         : pc_imap_rule_command (verb);
  case PC_IMAP_VERB_SEARCH:
  case PC_IMAP_VERB_UID_SEARCH:
    pc_imap_read_char (&at, ' ');
    pc_imap_read_search_return (&at, &search);
    return search.save       ? pc_imap_rule (PC_IMAP_RULE_SEARCH_SAVE)
           : search.extended ? pc_imap_rule (PC_IMAP_RULE_SEARCH_RETURN)
                             : pc_imap_rule_command (verb);
  case PC_IMAP_VERB_CREATE:
    return pc_imap_read_char (&at, ' ') &&
                   pc_imap_read_mailbox (&at, &ignored) &&
                   pc_imap_read_char (&at, ' ')
               ? pc_imap_rule (PC_IMAP_RULE_CREATE_USE)
               : pc_imap_rule_command (verb);
  case PC_IMAP_VERB_FETCH:
  case PC_IMAP_VERB_UID_FETCH:
    return contains (at, " (CHANGEDSINCE ")
               ? pc_imap_rule (PC_IMAP_RULE_FETCH_CHANGED)
               : pc_imap_rule_command (verb);
  case PC_IMAP_VERB_STORE:
  case PC_IMAP_VERB_UID_STORE:
    return contains (at, " (UNCHANGEDSINCE ")
               ? pc_imap_rule (PC_IMAP_RULE_STORE_CONDITIONAL)
               : pc_imap_rule_command (verb);
  default:
    return pc_imap_rule_command (verb);
  }
}

const char *
pc_imap_rule_of_refusal (PcImapCursor at,
                         PcImapVerb   verb)
{
  if (pc_imap_read_char (&at, ' ')) {
    if (pc_imap_read_word (&at, "[PRIVACYREQUIRED"))
      return pc_imap_rule (PC_IMAP_RULE_TLS_NEEDED);
    if (pc_imap_read_word (&at, "[MODIFIED"))
      return pc_imap_rule (PC_IMAP_RULE_STORE_MODIFIED);
    if (pc_imap_read_word (&at, "[OVERQUOTA"))
      return pc_imap_rule (PC_IMAP_RULE_OVERQUOTA);
    if (pc_imap_read_word (&at, "[USEATTR"))
      return pc_imap_rule (PC_IMAP_RULE_USEATTR);
    if (pc_imap_read_word (&at, "[UNKNOWN-CTE"))
      return pc_imap_rule (PC_IMAP_RULE_UNKNOWN_CTE);
  }

  return pc_imap_rule_no (verb);
}

const char *
pc_imap_rule_of_success (PcImapCursor at,
                         PcImapVerb   verb)
{
  if (pc_imap_read_char (&at, ' ') && pc_imap_read_word (&at, "[MODIFIED"))
    return pc_imap_rule (PC_IMAP_RULE_STORE_MODIFIED);

  return pc_imap_rule_ok (verb);
}

PcImapRule
pc_imap_rule_of_code (PcImapCursor at)
{
  static const struct
  {
    const char *code;
    PcImapRule  rule;
  } codes[] = {
    { "[ALERT", PC_IMAP_RULE_ALERT },
    { "[UNSEEN", PC_IMAP_RULE_UNSEEN },
    { "[UIDVALIDITY", PC_IMAP_RULE_UIDVALIDITY },
    { "[UIDNEXT", PC_IMAP_RULE_UIDNEXT },
    { "[PERMANENTFLAGS", PC_IMAP_RULE_PERMANENTFLAGS },
    { "[COPYUID", PC_IMAP_RULE_COPYUID },
    { "[HIGHESTMODSEQ", PC_IMAP_RULE_HIGHESTMODSEQ },
    { "[NOMODSEQ", PC_IMAP_RULE_NOMODSEQ },
    { "[CLOSED", PC_IMAP_RULE_CLOSED },
  };

  if (pc_imap_read_char (&at, ' '))
    for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
      if (pc_imap_read_word (&at, codes[i].code))
        return codes[i].rule;

  return PC_IMAP_RULE_OK_UNTAGGED;
}
