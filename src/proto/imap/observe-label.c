/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every octet of a command or a response is for.
 *
 * Arguments are labelled from a table, one row per verb.  Nothing here can
 * fail: what is cut off or wrong stays for the label "Rest".
 *
 * RFC 3501 sections 2.2, 4, 6 and 9; RFC 9051 sections 2.2, 4, 6 and 9.
 */

#include "proto/imap/observe-label.h"

#include "proto/imap/observe-label-private.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum {
  ARG_NONE,
  ARG_STRING,
  ARG_SECRET,
  ARG_LIST,
  ARG_KEYS,
  ARG_GROUP,  /* one thing, or one list in parentheses */
  ARG_OPTION, /* the same, only when it begins with a parenthesis */
} ArgKind;

typedef struct
{
  ArgKind     kind;
  const char *label;
  const char *meaning;
} Arg;

#define ARG_MAILBOX                                                       \
  {                                                                       \
    ARG_STRING, N_ ("Mailbox"),                                           \
        N_ ("The mailbox that is meant. INBOX, in any case, is the one "  \
            "where new mail arrives.")                                    \
  }
#define ARG_MESSAGES                                                      \
  {                                                                       \
    ARG_STRING, N_ ("Sequence set"),                                      \
        N_ ("Which messages: numbers in the mailbox, counted from 1. A "  \
            "colon makes a range, a comma a list, and * is the last one.") \
  }
#define ARG_UIDS                                                          \
  {                                                                       \
    ARG_STRING, N_ ("UID set"),                                           \
        N_ ("Which messages, by UID: a number that stays with a message " \
            "for good, whatever happens to the others.")                  \
  }
#define ARG_ITEMS                                                         \
  {                                                                       \
    ARG_GROUP, N_ ("Item"), N_ ("What the client wants to know.")         \
  }
#define ARG_ACTION                                                        \
  {                                                                       \
    ARG_STRING, N_ ("Action"),                                            \
        N_ ("FLAGS puts these flags in place of the old ones, +FLAGS "    \
            "adds them, -FLAGS takes them away. With .SILENT the server " \
            "need not repeat the result.")                                \
  }
#define ARG_FLAGS                                                         \
  {                                                                       \
    ARG_LIST, N_ ("Flag"),                                                \
        N_ ("A mark on a message that every client of the mailbox sees.") \
  }

#define ARG_CRITERIA                                                      \
  {                                                                       \
    ARG_KEYS, N_ ("Search key"),                                          \
        N_ ("What a message must have to be found. Several keys must all " \
            "fit.")                                                       \
  }

#define ARG_REFERENCE                                                     \
  {                                                                       \
    ARG_STRING, N_ ("Reference"),                                         \
        N_ ("Where to look; an empty string means from the top.")         \
  }
#define ARG_PATTERN                                                       \
  {                                                                       \
    ARG_STRING, N_ ("Pattern"),                                           \
        N_ ("Which names: * stands for anything, % for anything within "  \
            "one level.")                                                 \
  }
#define ARG_TARGET                                                        \
  {                                                                       \
    ARG_STRING, N_ ("Target mailbox"),                                    \
        N_ ("Where the messages are to be.")                              \
  }

#define ARG_MODIFIER                                                      \
  {                                                                       \
    ARG_OPTION, N_ ("Modifier"),                                          \
        N_ ("Changes how the command is carried out.")                    \
  }

static const Arg args[PC_IMAP_N_VERBS][4] = {
  [PC_IMAP_VERB_LOGIN] = {
    { ARG_STRING, N_ ("User name"),
      N_ ("Who logs in, as it is typed.") },
    { ARG_SECRET, N_ ("Password"),
      N_ ("Without TLS the password crosses the wire in clear text; "
          "everybody on the way can read it.") },
  },
  [PC_IMAP_VERB_ID] = {
    { ARG_LIST, N_ ("Field or value"),
      N_ ("What the client tells of itself: fields and their values in "
          "turn.") },
  },
  [PC_IMAP_VERB_ENABLE] = {
    { ARG_LIST, N_ ("Extension"),
      N_ ("What the client understands, and wants to have switched on.") },
  },
  [PC_IMAP_VERB_GETQUOTA] = {
    { ARG_STRING, N_ ("Quota root"),
      N_ ("The name under which the server keeps the account of some "
          "room.") },
  },
  [PC_IMAP_VERB_GETQUOTAROOT] = { ARG_MAILBOX },
  [PC_IMAP_VERB_LSUB] = { ARG_REFERENCE, ARG_PATTERN },
  [PC_IMAP_VERB_CREATE] = {
    ARG_MAILBOX,
    { ARG_LIST, N_ ("Special use"),
      N_ ("What the mailbox is for, so that every program finds it under "
          "any name.") },
  },
  [PC_IMAP_VERB_DELETE] = { ARG_MAILBOX },
  [PC_IMAP_VERB_RENAME] = {
    ARG_MAILBOX,
    { ARG_STRING, N_ ("New name"), N_ ("What it is to be called.") },
  },
  [PC_IMAP_VERB_SUBSCRIBE] = { ARG_MAILBOX },
  [PC_IMAP_VERB_UNSUBSCRIBE] = { ARG_MAILBOX },
  [PC_IMAP_VERB_SELECT] = { ARG_MAILBOX, ARG_MODIFIER },
  [PC_IMAP_VERB_EXAMINE] = { ARG_MAILBOX, ARG_MODIFIER },
  [PC_IMAP_VERB_STATUS] = { ARG_MAILBOX, ARG_ITEMS },
  [PC_IMAP_VERB_APPEND] = { ARG_TARGET },
  [PC_IMAP_VERB_SEARCH] = { ARG_CRITERIA },
  [PC_IMAP_VERB_UID_SEARCH] = { ARG_CRITERIA },
  [PC_IMAP_VERB_FETCH] = { ARG_MESSAGES, ARG_ITEMS, ARG_MODIFIER },
  [PC_IMAP_VERB_STORE] = { ARG_MESSAGES, ARG_MODIFIER, ARG_ACTION,
                           ARG_FLAGS },
  [PC_IMAP_VERB_COPY] = { ARG_MESSAGES, ARG_TARGET },
  [PC_IMAP_VERB_MOVE] = { ARG_MESSAGES, ARG_TARGET },
  [PC_IMAP_VERB_UID_COPY] = { ARG_UIDS, ARG_TARGET },
  [PC_IMAP_VERB_UID_MOVE] = { ARG_UIDS, ARG_TARGET },
  [PC_IMAP_VERB_UID_FETCH] = { ARG_UIDS, ARG_ITEMS, ARG_MODIFIER },
  [PC_IMAP_VERB_UID_STORE] = { ARG_UIDS, ARG_MODIFIER, ARG_ACTION,
                               ARG_FLAGS },
  [PC_IMAP_VERB_UID_EXPUNGE] = { ARG_UIDS },
};

/* Words of SEARCH that say more than a flag's name does. */
static const struct {
  const char *word;
  const char *meaning;
} search_keys[] = {
  { "$", N_ ("What the last SEARCH with SAVE has found.") },
  { "ALL", N_ ("Every message.") },
  { "BEFORE", N_ ("Arrived before this day.") },
  { "BODY", N_ ("The text behind the header has this in it.") },
  { "CHARSET", N_ ("Which character set the texts to look for are in.") },
  { "FROM", N_ ("The sender’s name or address has this in it.") },
  { "HEADER", N_ ("A field of the header, by its name, has this in it.") },
  { "KEYWORD", N_ ("Has this keyword.") },
  { "LARGER", N_ ("Bigger than so many octets.") },
  { "MODSEQ", N_ ("Changed by this mod-sequence or a later one.") },
  { "NEW", N_ ("New in this session and not read yet.") },
  { "NOT", N_ ("The key that follows must not fit.") },
  { "OLD", N_ ("Not new in this session.") },
  { "ON", N_ ("Arrived on this day.") },
  { "OR", N_ ("One of the two keys that follow must fit.") },
  { "RECENT", N_ ("This session is the first to be told of it.") },
  { "SENTBEFORE", N_ ("Written before this day, by its own Date field.") },
  { "SENTON", N_ ("Written on this day, by its own Date field.") },
  { "SENTSINCE", N_ ("Written on this day or later, by its own Date "
                     "field.") },
  { "SINCE", N_ ("Arrived on this day or later.") },
  { "SMALLER", N_ ("Smaller than so many octets.") },
  { "SUBJECT", N_ ("The subject has this in it.") },
  { "TEXT", N_ ("Header or text has this in it.") },
  { "TO", N_ ("One of the receivers has this in it.") },
  { "UID", N_ ("The UIDs that follow.") },
  { "UNKEYWORD", N_ ("Does not have this keyword.") },
  { "UNSEEN", N_ ("Not read yet.") },
};

/* -- tools ---------------------------------------------------------------- */

PcImapLabeller
pc_imap_labeller (PcUnit *unit)
{
  PcImapLabeller self = { .unit = unit };

  self.at.data = g_bytes_get_data (unit->bytes, &self.at.len);
  return self;
}

void
pc_imap_put (PcImapLabeller *self,
             gsize           len,
             const char     *label,
             const char     *meaning)
{
  pc_unit_add_field (self->unit, len, label, meaning);
  self->at.pos += len;
}

gboolean
pc_imap_put_space (PcImapLabeller *self)
{
  if (!pc_imap_peek_char (&self->at, ' '))
    return FALSE;

  pc_imap_put (self, 1, N_ ("Space"), NULL);
  return TRUE;
}

gsize
pc_imap_word_length (const PcImapLabeller *self)
{
  gsize n = self->at.pos;

  while (n < self->at.len && self->at.data[n] != ' ' &&
         self->at.data[n] != '\r' && self->at.data[n] != '\n')
    n++;

  return n - self->at.pos;
}

/* The length of a quoted string, of what there is of it. */
static gsize
quoted_length (const PcImapLabeller *self)
{
  gsize n = self->at.pos + 1;

  while (n < self->at.len && self->at.data[n] != '"' &&
         self->at.data[n] != '\r' && self->at.data[n] != '\n')
    n += self->at.data[n] == '\\' ? 2 : 1;
  if (n < self->at.len && self->at.data[n] == '"')
    n++;

  return MIN (n, self->at.len) - self->at.pos;
}

gboolean
pc_imap_put_literal_header (PcImapLabeller *self,
                            guint64        *size)
{
  PcImapCursor at = self->at;
  gboolean     synchronising;
  gsize        len;
  gsize        eol;

  if (!pc_imap_read_literal_header (&at, size, &synchronising))
    return FALSE;

  len = at.pos - self->at.pos;
  eol = at.data[at.pos - 2] == '\r' ? 2 : 1;
  pc_imap_put (self, len - eol, N_ ("Literal header"),
               N_ ("Announces that exactly so many octets follow after the "
                   "line end, whatever they are."));
  pc_imap_put (self, eol, N_ ("End of line"),
               N_ ("The literal begins right behind it."));
  *size = MIN (*size, self->at.len - self->at.pos);
  return TRUE;
}

static void
put_octets (PcImapLabeller *self,
            gsize           len,
            const char     *label,
            const char     *meaning,
            gboolean        secret)
{
  if (!secret) {
    pc_imap_put (self, len, label, meaning);
    return;
  }

  pc_unit_add_secret (self->unit, len, label, meaning);
  self->at.pos += len;
}

static gsize
line_length (const PcImapLabeller *self)
{
  gsize n = self->at.pos;

  while (n < self->at.len && self->at.data[n] != '\r' &&
         self->at.data[n] != '\n')
    n++;

  return n - self->at.pos;
}

void
pc_imap_put_string (PcImapLabeller *self,
                    const char     *label,
                    const char     *meaning,
                    gboolean        secret)
{
  guint64 size;
  gsize   len;

  if (pc_imap_put_literal_header (self, &size))
    len = (gsize) size;
  else if (pc_imap_peek_char (&self->at, '"'))
    len = quoted_length (self);
  else
    len = secret ? line_length (self) : pc_imap_word_length (self);

  put_octets (self, len, label, meaning, secret);
}

/* One thing in a list: a bracket binds closer than a space. */
static gsize
token_length (const PcImapLabeller *self)
{
  gboolean bracket = FALSE;
  gsize    n = self->at.pos;

  for (; n < self->at.len; n++) {
    guint8 c = self->at.data[n];

    if (c == '\r' || c == '\n' ||
        (!bracket && (c == ' ' || c == '(' || c == ')')))
      break;
    if (c == '[' || c == ']')
      bracket = c == '[';
  }

  return n - self->at.pos;
}

gboolean
pc_imap_put_token (PcImapLabeller *self,
                   const char     *label,
                   const char     *meaning)
{
  guint64 size;

  if (pc_imap_peek_char (&self->at, '('))
    pc_imap_put (self, 1, N_ ("List begins"),
                 N_ ("Parentheses hold together what belongs together."));
  else if (pc_imap_peek_char (&self->at, ')'))
    pc_imap_put (self, 1, N_ ("List ends"), NULL);
  else if (pc_imap_peek_char (&self->at, ' '))
    pc_imap_put_space (self);
  else if (pc_imap_put_literal_header (self, &size))
    pc_imap_put (self, (gsize) size, label, meaning);
  else if (pc_imap_peek_char (&self->at, '"'))
    pc_imap_put (self, quoted_length (self), label, meaning);
  else if (token_length (self) > 0)
    pc_imap_put (self, token_length (self), label, meaning);
  else
    return FALSE;

  return TRUE;
}

static const char *
key_meaning (const PcImapLabeller *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (search_keys); i++)
    if (pc_text_equal_ascii (self->at.data + self->at.pos,
                             token_length (self), search_keys[i].word))
      return search_keys[i].meaning;

  return NULL;
}

/* -- commands ------------------------------------------------------------- */

static void
put_group (PcImapLabeller *self,
           const Arg      *arg)
{
  guint depth = 0;

  do {
    gboolean    opens = pc_imap_peek_char (&self->at, '(');
    gboolean    closes = pc_imap_peek_char (&self->at, ')');
    const char *meaning = pc_imap_item_meaning (self);

    if ((closes && depth == 0) ||
        !pc_imap_put_token (self, arg->label,
                            meaning != NULL ? meaning : arg->meaning))
      return;
    depth += opens ? 1 : 0;
    depth -= closes ? 1 : 0;
  } while (depth > 0);
}

static void
put_arg (PcImapLabeller *self,
         const Arg      *arg)
{
  const char *meaning = arg->meaning;

  if (arg->kind == ARG_GROUP || arg->kind == ARG_OPTION) {
    put_group (self, arg);
    return;
  }
  if (arg->kind == ARG_STRING && pc_imap_word_length (self) == 1 &&
      pc_imap_peek_char (&self->at, '$'))
    meaning = N_ ("The messages that the last SEARCH with SAVE has found.");
  if (arg->kind == ARG_KEYS)
    pc_imap_put_search_return (self);
  if (arg->kind != ARG_LIST && arg->kind != ARG_KEYS) {
    pc_imap_put_string (self, arg->label, meaning, arg->kind == ARG_SECRET);
    return;
  }

  do {
    const char *item = arg->kind == ARG_KEYS ? key_meaning (self)
                                             : pc_imap_item_meaning (self);

    meaning = item != NULL ? item : arg->meaning;
  } while (pc_imap_put_token (self, arg->label, meaning));
}

/* "UTF8 (~{12}...)" (RFC 6855 section 4). */
static void
put_utf8_message (PcImapLabeller *self)
{
  guint64 size;

  pc_imap_put (self, pc_imap_word_length (self), N_ ("UTF-8 mark"),
               N_ ("The header of the message is in UTF-8."));
  if (pc_imap_put_space (self) && pc_imap_peek_char (&self->at, '(') &&
      pc_imap_put_token (self, NULL, NULL) &&
      pc_imap_put_literal_header (self, &size)) {
    pc_imap_put_message (self, (gsize) size);
    if (pc_imap_peek_char (&self->at, ')'))
      pc_imap_put_token (self, NULL, NULL);
  }
}

/* Behind the mailbox of an APPEND: flags, a date, the message; the first two
 * may be left out. */
static void
put_append (PcImapLabeller *self)
{
  guint64 size;

  while (pc_imap_put_space (self)) {
    if (pc_text_equal_ascii (self->at.data + self->at.pos,
                             pc_imap_word_length (self), "UTF8")) {
      put_utf8_message (self);
      continue;
    }
    if (pc_imap_put_literal_header (self, &size)) {
      pc_imap_put_message (self, (gsize) size);
      continue;
    }
    if (pc_imap_peek_char (&self->at, '"')) {
      pc_imap_put (self, quoted_length (self), N_ ("Date"),
                   N_ ("When the message is to have arrived."));
      continue;
    }
    while (!pc_imap_peek_char (&self->at, ')') &&
           pc_imap_put_token (self, N_ ("Flag"),
                              pc_imap_item_meaning (self)))
      ;
    if (!pc_imap_put_token (self, NULL, NULL))
      return;
  }
}

/* Whether a space and a parenthesis come next. */
static gboolean
has_option (const PcImapLabeller *self)
{
  PcImapCursor at = self->at;

  return pc_imap_read_char (&at, ' ') && pc_imap_peek_char (&at, '(');
}

/* SP [options SP] reference SP pattern, or several, [SP options] */
static void
put_list (PcImapLabeller *self)
{
  static const Arg reference = ARG_REFERENCE;
  static const Arg pattern = ARG_PATTERN;

  if (!pc_imap_put_space (self))
    return;
  pc_imap_put_list_selection (self);
  put_arg (self, &reference);
  if (!pc_imap_put_space (self))
    return;
  if (pc_imap_peek_char (&self->at, '(')) {
    while (!pc_imap_peek_char (&self->at, ')') &&
           pc_imap_put_token (self, pattern.label, pattern.meaning))
      ;
    pc_imap_put_token (self, NULL, NULL);
  } else {
    put_arg (self, &pattern);
  }
  pc_imap_put_list_return (self);
}

static void
put_args (PcImapLabeller *self,
          PcImapVerb      verb)
{
  for (guint i = 0; verb < PC_IMAP_N_VERBS && i < G_N_ELEMENTS (args[verb]) &&
                    args[verb][i].kind != ARG_NONE;
       i++) {
    if (args[verb][i].kind == ARG_OPTION && !has_option (self))
      continue;
    if (!pc_imap_put_space (self))
      break;
    put_arg (self, &args[verb][i]);
  }

  if (verb == PC_IMAP_VERB_APPEND)
    put_append (self);
  if (verb == PC_IMAP_VERB_LIST)
    put_list (self);
  if (verb == PC_IMAP_VERB_AUTHENTICATE && pc_imap_put_space (self))
    pc_imap_put_authenticate (self);
  if (verb < PC_IMAP_N_VERBS || !pc_imap_put_space (self))
    return;

  while (pc_imap_put_token (self, N_ ("Argument"), NULL))
    ;
}

void
pc_imap_put_tag (PcImapLabeller *self)
{
  pc_imap_put (self, pc_imap_word_length (self), N_ ("Tag"),
               N_ ("The client makes up a new tag for every command; the "
                   "answer carries it back, so both know what was "
                   "answered."));
}

/* Both words of "UID FETCH"; the verb itself is read by the grammar. */
static PcImapVerb
put_verb (PcImapLabeller *self)
{
  PcImapCursor at = self->at;
  PcImapVerb   verb = pc_imap_read_verb (&at);

  if (pc_text_equal_ascii (self->at.data + self->at.pos,
                           pc_imap_word_length (self), "UID")) {
    pc_imap_put (self, 3, N_ ("UID"),
                 N_ ("The numbers in this command are UIDs, not positions "
                     "in the mailbox."));
    pc_imap_put_space (self);
  }
  pc_imap_put (self, pc_imap_word_length (self), N_ ("Command"),
               N_ ("What the client wants. Upper and lower case are the "
                   "same."));
  return verb;
}

void
pc_imap_label_command (PcUnit *unit)
{
  PcImapLabeller self = pc_imap_labeller (unit);

  pc_imap_put_tag (&self);
  if (pc_imap_put_space (&self))
    put_args (&self, put_verb (&self));
}

void
pc_imap_label_line (PcUnit *unit)
{
  PcImapLabeller self = pc_imap_labeller (unit);

  pc_imap_put (&self, line_length (&self), N_ ("Continuation"),
               N_ ("Goes on with the command that the server is waiting "
                   "in."));
}

void
pc_imap_label_part (PcUnit  *unit,
                    gboolean secret)
{
  PcImapLabeller self = pc_imap_labeller (unit);

  put_octets (&self, self.at.len, N_ ("Continued"),
              N_ ("This belongs to the step before, which is too long to be "
                  "shown at once."),
              secret);
}
