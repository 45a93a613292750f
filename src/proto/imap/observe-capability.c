/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the words of CAPABILITY say, to the client and, before the login, to
 * whoever listens on the way.
 *
 * RFC 9051 sections 6.2.1, 6.2.3 and 7.2.2, and those of the extensions.
 */

#include "proto/imap/observe-label-private.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
  const char *word; /* the beginning of it, when it ends in "=" */
  const char *meaning;
} rows[] = {
  { "AUTH=CRAM-MD5", N_ ("One may log in by a digest instead of the "
                         "password; an old and weak one.") },
  { "AUTH=LOGIN", N_ ("A way to log in: name and password one after the "
                      "other. Everybody on the way can read them, unless TLS "
                      "is around them.") },
  { "AUTH=PLAIN", N_ ("A way to log in: name and password in one message. "
                      "Everybody on the way can read it, unless TLS is "
                      "around it.") },
  { "AUTH=SCRAM-SHA-256", N_ ("One may log in without showing the password, "
                              "and the server proves itself as well.") },
  { "AUTH=", N_ ("A way to log in with AUTHENTICATE.") },
  { "BINARY", N_ ("Parts can be had without their transfer encoding.") },
  { "CHILDREN", N_ ("LIST tells whether there are mailboxes below.") },
  { "CREATE-SPECIAL-USE", N_ ("CREATE can say what a mailbox is for.") },
  { "ESEARCH", N_ ("SEARCH can answer with a count, the first or the last "
                   "only.") },
  { "ID", N_ ("Client and server can tell which programs they are.") },
  { "IDLE", N_ ("The client can wait for news without asking.") },
  { "IMAP4rev1", N_ ("The protocol in its version of 2003.") },
  { "IMAP4rev2", N_ ("The protocol in its version of 2021.") },
  { "LIST-EXTENDED", N_ ("LIST takes options and several patterns.") },
  { "LIST-STATUS", N_ ("LIST can send the counts of mailboxes along.") },
  { "LITERAL+", N_ ("The client may send literals without waiting for "
                    "leave.") },
  { "LITERAL-", N_ ("The client may send short literals without waiting for "
                    "leave.") },
  { "LOGINDISABLED", N_ ("No LOGIN as things are: the server takes no "
                         "password while everybody on the way can read "
                         "along.") },
  { "MOVE", N_ ("Messages can be moved in one step.") },
  { "MULTIAPPEND", N_ ("One APPEND can bring several messages.") },
  { "NAMESPACE", N_ ("The client can ask how names of mailboxes begin.") },
  { "SASL-IR", N_ ("The first response of a login may come with the "
                   "command.") },
  { "SEARCHRES", N_ ("The server can remember what it found, as $.") },
  { "SPECIAL-USE", N_ ("LIST tells what a mailbox is for.") },
  { "STARTTLS", N_ ("The connection can be switched to TLS before the login. "
                    "Who sits on the way can remove this word, for it comes "
                    "in clear; a careful client then gives no password.") },
  { "UIDPLUS", N_ ("The server tells which UIDs new messages get.") },
  { "UNSELECT", N_ ("A mailbox can be left without removing anything.") },
};

/* Up to what ends a word in a list or in a response code. */
static gsize
word_length (const guint8 *word,
             gsize         rest)
{
  gsize n = 0;

  while (n < rest && word[n] > ' ' && strchr ("()\"]", word[n]) == NULL)
    n++;

  return n;
}

const char *
pc_imap_capability_meaning (const PcImapLabeller *self)
{
  const guint8 *word = self->at.data + self->at.pos;
  gsize         len = word_length (word, self->at.len - self->at.pos);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize n = strlen (rows[i].word);

    if (rows[i].word[n - 1] != '=')
      n = len;
    if (n <= len && pc_text_equal_ascii (word, n, rows[i].word))
      return rows[i].meaning;
  }

  return NULL;
}
