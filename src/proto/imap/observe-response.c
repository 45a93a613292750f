/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every octet of a response is for.
 *
 * Also knows the items that FETCH and STATUS speak of, in both directions.
 *
 * RFC 3501 section 7, RFC 9051 section 7, RFC 5530.
 */

#include "proto/imap/observe-label.h"

#include "proto/imap/observe-label-private.h"

#include "base/text.h"
#include "mail/message.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CAPABILITY "[CAPABILITY "

typedef struct
{
  const char *name;
  const char *meaning;
} Row;

/* By the beginning of the name; a longer name stands before a shorter one. */
static const Row items[] = {
  { "$Forwarded", N_ ("A keyword: the message was passed on to somebody "
                      "else.") },
  { "$Junk", N_ ("A keyword: the message is unwanted advertising.") },
  { "$MDNSent", N_ ("A keyword: the sender was told that the message was "
                    "read.") },
  { "$NotJunk", N_ ("A keyword: the message is no unwanted advertising, "
                    "whatever a filter thinks.") },
  { "APPENDLIMIT", N_ ("How many octets one message may have.") },
  { "BINARY.PEEK[", N_ ("A part without its transfer encoding, without "
                        "marking the message as read.") },
  { "BINARY.SIZE[", N_ ("How long the part is without its transfer "
                        "encoding.") },
  { "BINARY[", N_ ("A part of the message, without its transfer "
                   "encoding.") },
  { "BODY.PEEK[", N_ ("A part of the message, without marking it as read.") },
  { "BODYSTRUCTURE", N_ ("The tree of parts the message is made of.") },
  { "BODY[HEADER.FIELDS", N_ ("Some lines of the header, by name.") },
  { "BODY[HEADER]", N_ ("The header with the empty line that ends it.") },
  { "BODY[TEXT]", N_ ("The text behind the header.") },
  { "BODY[]", N_ ("The whole message, header and text.") },
  { "BODY[", N_ ("A part of the message.") },
  { "BODY", N_ ("The parts the message is made of, in short.") },
  { "CHANGEDSINCE", N_ ("Only messages that changed after this "
                        "mod-sequence.") },
  { "CONDSTORE", N_ ("The client knows mod-sequences: the server is to send "
                     "them along.") },
  { "DELETED-STORAGE", N_ ("How many octets an EXPUNGE would set free.") },
  { "DELETED", N_ ("How many messages are to go at the next EXPUNGE.") },
  { "ENVELOPE", N_ ("Date, subject and addresses, taken apart by the "
                    "server.") },
  { "FLAGS", N_ ("The marks on the message.") },
  { "HIGHESTMODSEQ", N_ ("The mod-sequence of the newest change in the "
                         "mailbox.") },
  { "IMAP4rev2", N_ ("The newer edition of IMAP, of RFC 9051.") },
  { "INTERNALDATE", N_ ("When the message arrived at the server.") },
  { "MESSAGES", N_ ("How many messages there are.") },
  { "MODSEQ", N_ ("The number of the last change of the message; it grows "
                  "with every change.") },
  { "RECENT", N_ ("How many messages no client was told of before.") },
  { "RFC822.HEADER", N_ ("The header, without marking as read.") },
  { "RFC822.SIZE", N_ ("The size of the message in octets.") },
  { "RFC822.TEXT", N_ ("The text behind the header.") },
  { "RFC822", N_ ("The whole message, by its older name.") },
  { "SIZE", N_ ("The octets of all messages together.") },
  { "STORAGE", N_ ("Room for messages in units of 1024 octets: how much is "
                   "used, then how much is allowed.") },
  { "UIDNEXT", N_ ("The lowest UID the next message can get.") },
  { "UIDVALIDITY", N_ ("While this number stays, UIDs that a client "
                       "remembers are good.") },
  { "UID", N_ ("The number that stays with the message for good.") },
  { "UNCHANGEDSINCE", N_ ("A message that changed after this mod-sequence is "
                          "left alone.") },
  { "UNSEEN", N_ ("How many messages are not read yet.") },
  { "UTF8=ACCEPT", N_ ("The client reads UTF-8 in names of mailboxes and in "
                       "headers.") },
  { "\\*", N_ ("New keywords can be made up here.") },
  { "\\All", N_ ("All messages show up here.") },
  { "\\Answered", N_ ("The message was answered.") },
  { "\\Archive", N_ ("Mail that is done with is kept here.") },
  { "\\Deleted", N_ ("The message is to go at the next EXPUNGE; until then "
                     "it can be kept after all.") },
  { "\\Drafts", N_ ("Unfinished mail is kept here.") },
  { "\\Draft", N_ ("The message is not finished.") },
  { "\\Flagged", N_ ("Somebody marked the message; most programs show a "
                     "star.") },
  { "\\HasChildren", N_ ("There are mailboxes below this one.") },
  { "\\HasNoChildren", N_ ("There are no mailboxes below this one.") },
  { "\\Junk", N_ ("What is taken for junk mail is kept here.") },
  { "\\Marked", N_ ("The server has seen something new in there.") },
  { "\\NoInferiors", N_ ("No mailbox can be made below this one.") },
  { "\\NonExistent", N_ ("There is no mailbox of this name.") },
  { "\\Noselect", N_ ("A name only, no mailbox that can be opened.") },
  { "\\Recent", N_ ("This session is the first to be told of the "
                    "message.") },
  { "\\Remote", N_ ("The mailbox is on another server.") },
  { "\\Seen", N_ ("The message was read.") },
  { "\\Sent", N_ ("Copies of sent mail are kept here.") },
  { "\\Subscribed", N_ ("The user has chosen to watch this one.") },
  { "\\Trash", N_ ("Mail that was thrown away is kept here.") },
  { "\\Unmarked", N_ ("Nothing new in there since the last visit.") },
};

static const Row codes[] = {
  { "[ALERT]", N_ ("The text is to be shown to the user. Whoever can change "
                   "what crosses the line can write it.") },
  { "[ALREADYEXISTS]", N_ ("There is such a mailbox already.") },
  { "[APPENDUID", N_ ("UIDVALIDITY of the mailbox, and the UID that the new "
                      "message got there.") },
  { "[AUTHENTICATIONFAILED]", N_ ("User name or password is wrong; the "
                                  "server does not say which.") },
  { "[CAPABILITY", N_ ("What the server can do in this state. It may differ "
                       "after the login.") },
  { "[BADCHARSET", N_ ("The characters of the text are of a set that the "
                       "server cannot read; it may list those it can.") },
  { "[CANNOT]", N_ ("This can never work on this server.") },
  { "[CLOSED]", N_ ("What was told so far is about the old mailbox; what "
                    "follows is about the new one.") },
  { "[COPYUID", N_ ("UIDVALIDITY of the other mailbox, the UIDs here, and "
                    "the UIDs that the messages got there.") },
  { "[EXPUNGEISSUED]", N_ ("Somebody else has removed the message.") },
  { "[HIGHESTMODSEQ", N_ ("The mod-sequence of the newest change in the "
                          "mailbox.") },
  { "[LIMIT]", N_ ("The server ran into a limit of its own.") },
  { "[MODIFIED", N_ ("These messages had changed before, and were left "
                     "alone.") },
  { "[NOMODSEQ]", N_ ("This mailbox keeps no mod-sequences.") },
  { "[NONEXISTENT]", N_ ("There is no such mailbox.") },
  { "[OVERQUOTA]", N_ ("There is no room left.") },
  { "[PERMANENTFLAGS", N_ ("The flags that a client can change for good.") },
  { "[PRIVACYREQUIRED]", N_ ("Not while everybody on the way can read along; "
                             "after STARTTLS perhaps.") },
  { "[READ-ONLY]", N_ ("The mailbox can be read but not changed.") },
  { "[READ-WRITE]", N_ ("The mailbox can be read and changed.") },
  { "[TOOBIG]", N_ ("The message is bigger than the server takes.") },
  { "[TRYCREATE]", N_ ("There is no such mailbox; the client may make it and "
                       "try again.") },
  { "[UIDNEXT", N_ ("The lowest UID the next message can get.") },
  { "[UIDVALIDITY", N_ ("While this number stays, UIDs that a client "
                        "remembers are good.") },
  { "[UNAVAILABLE]", N_ ("Something that the server needs does not work now. "
                         "Later it may.") },
  { "[UNKNOWN-CTE]", N_ ("The server does not know how the part is "
                         "encoded.") },
  { "[USEATTR]", N_ ("No mailbox can have this special use.") },
  { "[UNSEEN", N_ ("The number of the first message that is not read "
                   "yet.") },
};

static const Row results[] = {
  { "OK", N_ ("It worked.") },
  { "NO", N_ ("The server understood, and refuses or fails.") },
  { "BAD", N_ ("The server did not understand, or the command has no place "
               "here.") },
  { "BYE", N_ ("The server is about to close the connection.") },
  { "PREAUTH", N_ ("The connection is logged in already.") },
};

static const char *const envelope_labels[] = {
  N_ ("Date"), N_ ("Subject"), N_ ("From"), N_ ("Sender"), N_ ("Reply-To"),
  N_ ("To"), N_ ("Cc"), N_ ("Bcc"), N_ ("In-Reply-To"), N_ ("Message-ID"),
};

static const char *
find_prefix (const Row            *rows,
             gsize                 n,
             const PcImapLabeller *self)
{
  const char *at = (const char *) self->at.data + self->at.pos;
  gsize       rest = self->at.len - self->at.pos;

  for (gsize i = 0; i < n; i++) {
    gsize len = strlen (rows[i].name);

    if (len <= rest && g_ascii_strncasecmp (at, rows[i].name, len) == 0)
      return rows[i].meaning;
  }

  return NULL;
}

const char *
pc_imap_item_meaning (const PcImapLabeller *self)
{
  return find_prefix (items, G_N_ELEMENTS (items), self);
}

/* -- status --------------------------------------------------------------- */

/* "[CAPABILITY IMAP4rev1 STARTTLS]", whose bracket is at @end: word by word. */
static void
put_capabilities (PcImapLabeller *self,
                  gsize           end)
{
  pc_imap_put (self, strlen (CAPABILITY) - 1, N_ ("Response code"),
               find_prefix (codes, G_N_ELEMENTS (codes), self));
  while (self->at.pos < end) {
    const guint8 *word = self->at.data + self->at.pos;
    const guint8 *space;
    gsize         len;

    if (pc_imap_put_space (self))
      continue;
    space = memchr (word, ' ', end - self->at.pos);
    len = space != NULL ? (gsize) (space - word) : end - self->at.pos;
    pc_imap_put (self, len, N_ ("Capability"),
                 pc_imap_capability_meaning (self));
  }
  pc_imap_put (self, 1, N_ ("End of code"), NULL);
  pc_imap_put_space (self);
}

/* "[UIDNEXT 4]" up to its bracket, not past the line. */
static void
put_code (PcImapLabeller *self)
{
  gsize n = self->at.pos;

  while (n < self->at.len && self->at.data[n] != ']' &&
         self->at.data[n] != '\r' && self->at.data[n] != '\n')
    n++;
  if (n == self->at.len || self->at.data[n] != ']')
    return;

  if (n - self->at.pos > strlen (CAPABILITY) &&
      pc_text_equal_ascii (self->at.data + self->at.pos, strlen (CAPABILITY),
                           CAPABILITY)) {
    put_capabilities (self, n);
    return;
  }
  pc_imap_put (self, n + 1 - self->at.pos, N_ ("Response code"),
               find_prefix (codes, G_N_ELEMENTS (codes), self));
  pc_imap_put_space (self);
}

static void
put_text (PcImapLabeller *self)
{
  gsize rest = self->at.len - self->at.pos;

  while (rest > 0 && (self->at.data[self->at.pos + rest - 1] == '\n' ||
                      self->at.data[self->at.pos + rest - 1] == '\r'))
    rest--;
  pc_imap_put (self, rest, N_ ("Text"),
               N_ ("For people to read; programs go by what stands before "
                   "it."));
}

/* "OK [CODE] text" */
static gboolean
put_status (PcImapLabeller *self)
{
  gsize len = pc_imap_word_length (self);

  for (gsize i = 0; i < G_N_ELEMENTS (results); i++) {
    if (!pc_text_equal_ascii (self->at.data + self->at.pos, len,
                              results[i].name))
      continue;

    pc_imap_put (self, len, N_ ("Result"), results[i].meaning);
    if (pc_imap_put_space (self) && pc_imap_peek_char (&self->at, '['))
      put_code (self);
    put_text (self);
    return TRUE;
  }

  return FALSE;
}

/* -- FETCH ---------------------------------------------------------------- */

void
pc_imap_put_message (PcImapLabeller *self,
                     gsize           len)
{
  const guint8 *data = self->at.data + self->at.pos;
  gsize         header = pc_message_header_length (data, len);
  gsize         blank =
      header >= 2 && data[header - 2] == '\r' && header < len ? 2 : 0;

  pc_imap_put (self, header - blank, N_ ("Header"),
               N_ ("Who, to whom, when, about what: the lines that describe "
                   "the message."));
  pc_imap_put (self, blank, N_ ("Empty line"),
               N_ ("Ends the header."));
  pc_imap_put (self, len - header, N_ ("Body"),
               N_ ("The text of the message."));
}

static gboolean
is_whole (const guint8 *name,
          gsize         len)
{
  return pc_text_equal_ascii (name, len, "BODY[]") ||
         pc_text_equal_ascii (name, len, "RFC822");
}

static gboolean
is_part (const guint8 *name,
         gsize         len)
{
  return len > 5 && (pc_text_equal_ascii (name, 5, "BODY[") ||
                     (len > 7 && pc_text_equal_ascii (name, 7, "BINARY[")) ||
                     pc_text_equal_ascii (name, len, "RFC822.HEADER") ||
                     pc_text_equal_ascii (name, len, "RFC822.TEXT"));
}

static gboolean
is_structure (const guint8 *name,
              gsize         len)
{
  return pc_text_equal_ascii (name, len, "BODY") ||
         pc_text_equal_ascii (name, len, "BODYSTRUCTURE");
}

static const char *
value_label (const guint8 *name,
             gsize         len)
{
  if (is_part (name, len))
    return N_ ("Message part");
  if (is_structure (name, len))
    return N_ ("Structure");
  if (pc_text_equal_ascii (name, len, "FLAGS"))
    return N_ ("Flag");

  return pc_text_equal_ascii (name, len, "MODSEQ") ? N_ ("Mod-sequence")
                                                   : N_ ("Value");
}

/* The value of one item, to any depth.  Strings of an ENVELOPE get the names
 * of its ten places. */
static void
put_value (PcImapLabeller *self,
           const guint8   *name,
           gsize           name_len)
{
  gboolean envelope = pc_text_equal_ascii (name, name_len, "ENVELOPE");
  guint    depth = 0;
  guint    place = 0;

  do {
    const char *label = value_label (name, name_len);
    gboolean    opens = pc_imap_peek_char (&self->at, '(');
    gboolean    closes = pc_imap_peek_char (&self->at, ')');
    guint64     size;

    if (closes && depth == 0)
      return;
    if (depth == 1 && pc_imap_peek_char (&self->at, ' '))
      place++;
    if (envelope && place < G_N_ELEMENTS (envelope_labels))
      label = envelope_labels[place];
    if (is_whole (name, name_len) && pc_imap_put_literal_header (self, &size))
      pc_imap_put_message (self, (gsize) size);
    else if (!pc_imap_put_token (self, label, pc_imap_item_meaning (self)))
      return;
    depth += opens ? 1 : 0;
    depth -= closes ? 1 : 0;
  } while (depth > 0);
}

static void
put_fetch (PcImapLabeller *self)
{
  if (!pc_imap_put_space (self) || !pc_imap_peek_char (&self->at, '('))
    return;

  pc_imap_put_token (self, NULL, NULL);
  do {
    const guint8 *name = self->at.data + self->at.pos;
    gsize         before = self->at.pos;

    if (!pc_imap_put_token (self, N_ ("Item"), pc_imap_item_meaning (self)))
      return;
    if (pc_imap_put_space (self))
      put_value (self, name, self->at.pos - before - 1);
  } while (pc_imap_put_space (self));

  if (pc_imap_peek_char (&self->at, ')'))
    pc_imap_put_token (self, NULL, NULL);
}

/* -- untagged ------------------------------------------------------------- */

/* "3 EXISTS", "2 FETCH (...)" */
static void
put_numbered (PcImapLabeller *self)
{
  gsize    digits = pc_imap_word_length (self);
  gsize    word;
  gboolean fetch;
  gboolean count;

  pc_imap_put (self, digits, N_ ("Number"),
               N_ ("Before FETCH and EXPUNGE it is the position of a message "
                   "in the mailbox; before EXISTS and RECENT it is a "
                   "count."));
  if (!pc_imap_put_space (self))
    return;

  word = pc_imap_word_length (self);
  fetch = pc_text_equal_ascii (self->at.data + self->at.pos, word, "FETCH");
  count = pc_text_equal_ascii (self->at.data + self->at.pos, word, "EXISTS");
  pc_imap_put (self, word, N_ ("Response"),
               count ? N_ ("So many messages are in the mailbox now.")
                     : N_ ("What is told about the number."));
  if (fetch)
    put_fetch (self);
}

/* SP "(" attributes ")" SP separator SP mailbox [SP "(" more ")"] */
static void
put_list_data (PcImapLabeller *self)
{
  if (!pc_imap_put_space (self))
    return;
  while (!pc_imap_peek_char (&self->at, ')') &&
         pc_imap_put_token (self, N_ ("Attribute"),
                            pc_imap_item_meaning (self)))
    ;
  if (!pc_imap_put_token (self, NULL, NULL) || !pc_imap_put_space (self))
    return;

  pc_imap_put_string (self, N_ ("Separator"),
                      N_ ("Stands between the levels of a name, as the slash "
                          "does in paths."),
                      FALSE);
  if (!pc_imap_put_space (self))
    return;

  pc_imap_put_string (self, N_ ("Mailbox"), N_ ("The name to SELECT it by."),
                      FALSE);
  while (pc_imap_put_token (self, N_ ("More about it"),
                            N_ ("CHILDINFO: mailboxes below this one fit "
                                "what was asked for.")))
    ;
}

/* "LIST (...) "/" INBOX", "FLAGS (...)", "CAPABILITY ..." */
static void
put_named (PcImapLabeller *self)
{
  static const struct {
    const char *name;
    const char *label;
  } names[] = {
    { "CAPABILITY", N_ ("Capability") },
    { "ENABLED", N_ ("Extension") },
    { "FLAGS", N_ ("Flag") },
    { "ID", N_ ("Field or value") },
    { "NAMESPACE", N_ ("Namespace") },
    { "QUOTA", N_ ("Resource or amount") },
    { "QUOTAROOT", N_ ("Mailbox or quota root") },
    { "SEARCH", N_ ("Found") },
  };
  gsize       word = pc_imap_word_length (self);
  const char *label = N_ ("Value");
  const char *meaning;
  gboolean    capability, esearch, list;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (pc_text_equal_ascii (self->at.data + self->at.pos, word,
                             names[i].name))
      label = names[i].label;
  capability = pc_text_equal_ascii (self->at.data + self->at.pos, word,
                                    "CAPABILITY");
  esearch = pc_text_equal_ascii (self->at.data + self->at.pos, word,
                                 "ESEARCH");
  list = pc_text_equal_ascii (self->at.data + self->at.pos, word, "LIST") ||
         pc_text_equal_ascii (self->at.data + self->at.pos, word, "LSUB");
  pc_imap_put (self, word, N_ ("Response"),
               N_ ("What kind of information follows."));

  if (esearch)
    pc_imap_put_esearch (self);
  else if (list)
    put_list_data (self);
  else
    do
      meaning = capability ? pc_imap_capability_meaning (self)
                           : pc_imap_item_meaning (self);
    while (pc_imap_put_token (self, label, meaning));
}

static void
put_untagged (PcImapLabeller *self)
{
  pc_imap_put (self, 1, N_ ("Untagged mark"),
               N_ ("The asterisk stands where a tag would: this is "
                   "information, not yet the answer that ends a command."));
  if (!pc_imap_put_space (self) || pc_imap_at_end (&self->at))
    return;

  if (g_ascii_isdigit (self->at.data[self->at.pos]))
    put_numbered (self);
  else if (!put_status (self))
    put_named (self);
}

void
pc_imap_label_response (PcUnit *unit)
{
  PcImapLabeller self = pc_imap_labeller (unit);

  if (pc_imap_peek_char (&self.at, '*')) {
    put_untagged (&self);
  } else if (pc_imap_peek_char (&self.at, '+')) {
    pc_imap_put (&self, 1, N_ ("Go-ahead"),
                 N_ ("The command is not complete yet, and the server is "
                     "ready for more of it."));
    pc_imap_put_space (&self);
    put_text (&self);
  } else {
    pc_imap_put_tag (&self);
    if (pc_imap_put_space (&self))
      put_status (&self);
  }
}
