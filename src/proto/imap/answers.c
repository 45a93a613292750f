/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With what an IMAP server may begin its answer to which command.
 *
 * Of untagged data only one kind stands beside each command, since the order
 * of several is the server's choice (RFC 9051 section 7).
 * RFC 9051 sections 2.2, 6 and 7, RFC 3501 section 7.
 */

#include "proto/imap/answers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const PcAnswerRow rows[] = {
  { "greeting", "* OK|* PREAUTH|* BYE|OK" },
  { "CAPABILITY", "* CAPABILITY|OK|NO|BAD" },
  { "NOOP", "OK|* EXISTS|* FETCH|* EXPUNGE|BAD" },
  { "CHECK", "OK|* EXISTS|NO|BAD" },
  { "LOGOUT", "* BYE|OK|NO|BAD" },
  { "ID", "* ID|OK|NO|BAD" },
  { "AUTHENTICATE", "+|OK|NO|BAD" },
  { "ENABLE", "* ENABLED|OK|NO|BAD" },
  { "LIST", "* LIST|OK|NO|BAD" },
  { "LSUB", "* LSUB|OK|NO|BAD" },
  { "SELECT", "* FLAGS|OK|NO|BAD" },
  { "EXAMINE", "* FLAGS|OK|NO|BAD" },
  { "STATUS", "* STATUS|OK|NO|BAD" },
  { "NAMESPACE", "* NAMESPACE|OK|NO|BAD" },
  { "GETQUOTA", "* QUOTA|OK|NO|BAD" },
  { "GETQUOTAROOT", "* QUOTAROOT|OK|NO|BAD" },
  { "APPEND", "+|OK|NO|BAD" },
  { "IDLE", "+|OK|NO|BAD" },
  { "EXPUNGE", "* EXPUNGE|OK|NO|BAD" },
  { "UID EXPUNGE", "* EXPUNGE|OK|NO|BAD" },
  { "SEARCH", "* SEARCH|OK|NO|BAD" },
  { "UID SEARCH", "* SEARCH|OK|NO|BAD" },
  { "FETCH", "* FETCH|OK|NO|BAD" },
  { "UID FETCH", "* FETCH|OK|NO|BAD" },
  { "STORE", "* FETCH|OK|NO|BAD" },
  { "UID STORE", "* FETCH|OK|NO|BAD" },
  { "", "OK|NO|BAD|+" },
  { NULL, NULL },
};

static const PcAnswerWord words[] = {
  { "OK", N_ ("with the command’s tag: done") },
  { "NO", N_ ("with the command’s tag: it could not be done") },
  { "BAD", N_ ("with the command’s tag: not understood, or not now") },
  { "+", N_ ("go on: the server waits for more") },
  { "* OK", N_ ("untagged: all is well, and some words") },
  { "* PREAUTH", N_ ("untagged: you are logged in already") },
  { "* BYE", N_ ("untagged: the connection is about to end") },
  { "* CAPABILITY", N_ ("untagged: what the server can do") },
  { "* LIST", N_ ("untagged: a mailbox") },
  { "* LSUB", N_ ("untagged: a subscribed mailbox") },
  { "* STATUS", N_ ("untagged: the counts of a mailbox") },
  { "* SEARCH", N_ ("untagged: the messages found") },
  { "* ESEARCH", N_ ("untagged: the messages found, in the newer form") },
  { "* FLAGS", N_ ("untagged: the flags of the mailbox") },
  { "* EXISTS", N_ ("untagged: how many messages there are") },
  { "* RECENT", N_ ("untagged: how many messages are new") },
  { "* EXPUNGE", N_ ("untagged: a message is gone") },
  { "* FETCH", N_ ("untagged: facts or parts of a message") },
  { "* NAMESPACE", N_ ("untagged: where mailboxes are") },
  { "* QUOTA", N_ ("untagged: limits and what is used") },
  { "* QUOTAROOT", N_ ("untagged: to which limits a mailbox counts") },
  { "* ENABLED", N_ ("untagged: what is switched on") },
  { "* ID", N_ ("untagged: which program the server is") },
  { NULL, NULL },
};

static const char *const aside[] = { NULL };

/* The next word from @at on; moves @at behind the blanks after it. */
static char *
take_word (const guint8 *octets,
           gsize         len,
           gsize        *at)
{
  gsize start = *at;
  gsize end = start;

  while (end < len && g_ascii_isgraph (octets[end]))
    end++;
  *at = end;
  while (*at < len && octets[*at] == ' ')
    (*at)++;
  return g_ascii_strup ((const char *) octets + start, (gssize) (end - start));
}

static char *
read_word (const guint8 *octets,
           gsize         len)
{
  gsize at = 0;
  g_autofree char *tag = take_word (octets, len, &at);
  g_autofree char *word = NULL;

  if (g_str_equal (tag, "+"))
    return g_strdup ("+");
  word = take_word (octets, len, &at);
  if (!g_str_equal (tag, "*"))
    return g_str_equal (word, "OK") || g_str_equal (word, "NO") ||
                   g_str_equal (word, "BAD")
               ? g_steal_pointer (&word)
               : NULL;
  if (g_ascii_isdigit (word[0])) {
    g_free (word);
    word = take_word (octets, len, &at);
  }
  return word[0] != '\0' ? g_strconcat ("* ", word, NULL) : NULL;
}

const PcAnswers pc_imap_answers = { rows, words, TRUE, aside, read_word };
