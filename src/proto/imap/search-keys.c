/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of SEARCH, read into a tree.
 *
 * Depth, number of keys and number of texts to look for are bounded, so that
 * no command is more work than the mailbox times a constant.  Leaves out
 * charsets other than UTF-8 and US-ASCII; without a word about it a text is
 * UTF-8.
 *
 * RFC 3501 sections 6.4.4 and 9, RFC 9051 sections 6.4.4 and 9, RFC 7162
 * section 3.1.5.
 */

#include "proto/imap/search-keys.h"

#include "base/limits.h"

#include <string.h>

typedef enum {
  ARG_NONE,
  ARG_NUMBER,
  ARG_DATE,
  ARG_KEYWORD,
  ARG_MODSEQ,
  ARG_TEXT,
  ARG_NAME_TEXT,
} ArgKind;

/* Those that "NOT" can say with another key stand with @negated. */
static const struct {
  const char   *word;
  PcImapKeyKind kind;
  ArgKind       arg;
  PcFlags       flags;
  gboolean      negated;
  const char   *name; /* of the header field */
} words[] = {
  { "ALL", PC_IMAP_KEY_AND },
  { "ANSWERED", PC_IMAP_KEY_FLAG, ARG_NONE, PC_FLAG_ANSWERED },
  { "BCC", PC_IMAP_KEY_HEADER, ARG_TEXT, .name = "Bcc" },
  { "BEFORE", PC_IMAP_KEY_BEFORE, ARG_DATE },
  { "BODY", PC_IMAP_KEY_BODY, ARG_TEXT },
  { "CC", PC_IMAP_KEY_HEADER, ARG_TEXT, .name = "Cc" },
  { "DELETED", PC_IMAP_KEY_FLAG, ARG_NONE, PC_FLAG_DELETED },
  { "DRAFT", PC_IMAP_KEY_FLAG, ARG_NONE, PC_FLAG_DRAFT },
  { "FLAGGED", PC_IMAP_KEY_FLAG, ARG_NONE, PC_FLAG_FLAGGED },
  { "FROM", PC_IMAP_KEY_HEADER, ARG_TEXT, .name = "From" },
  { "HEADER", PC_IMAP_KEY_HEADER, ARG_NAME_TEXT },
  { "KEYWORD", PC_IMAP_KEY_KEYWORD, ARG_KEYWORD },
  { "LARGER", PC_IMAP_KEY_LARGER, ARG_NUMBER },
  { "MODSEQ", PC_IMAP_KEY_MODSEQ, ARG_MODSEQ },
  { "OLD", PC_IMAP_KEY_RECENT, .negated = TRUE },
  { "ON", PC_IMAP_KEY_ON, ARG_DATE },
  { "RECENT", PC_IMAP_KEY_RECENT },
  { "SEEN", PC_IMAP_KEY_FLAG, ARG_NONE, PC_FLAG_SEEN },
  { "SENTBEFORE", PC_IMAP_KEY_SENT_BEFORE, ARG_DATE },
  { "SENTON", PC_IMAP_KEY_SENT_ON, ARG_DATE },
  { "SENTSINCE", PC_IMAP_KEY_SENT_SINCE, ARG_DATE },
  { "SINCE", PC_IMAP_KEY_SINCE, ARG_DATE },
  { "SMALLER", PC_IMAP_KEY_SMALLER, ARG_NUMBER },
  { "SUBJECT", PC_IMAP_KEY_HEADER, ARG_TEXT, .name = "Subject" },
  { "TEXT", PC_IMAP_KEY_TEXT, ARG_TEXT },
  { "TO", PC_IMAP_KEY_HEADER, ARG_TEXT, .name = "To" },
  { "UNANSWERED", PC_IMAP_KEY_FLAG, ARG_NONE, PC_FLAG_ANSWERED, TRUE },
  { "UNDELETED", PC_IMAP_KEY_FLAG, ARG_NONE, PC_FLAG_DELETED, TRUE },
  { "UNDRAFT", PC_IMAP_KEY_FLAG, ARG_NONE, PC_FLAG_DRAFT, TRUE },
  { "UNFLAGGED", PC_IMAP_KEY_FLAG, ARG_NONE, PC_FLAG_FLAGGED, TRUE },
  { "UNKEYWORD", PC_IMAP_KEY_KEYWORD, ARG_KEYWORD, 0, TRUE },
  { "UNSEEN", PC_IMAP_KEY_FLAG, ARG_NONE, PC_FLAG_SEEN, TRUE },
};

typedef struct
{
  PcImapCursor *at;
  guint         depth;
  guint         n_keys;
  guint         n_texts;
  gboolean      ascii; /* the texts are said to be US-ASCII */
  gboolean      limit; /* one was hit */
} Reader;

/* -- the tree ------------------------------------------------------------- */

static PcImapKey *
key_new (PcImapKeyKind kind)
{
  PcImapKey *self = g_new0 (PcImapKey, 1);

  self->kind = kind;
  self->children = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_imap_key_free);
  return self;
}

void
pc_imap_key_free (PcImapKey *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->ranges, g_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/* Takes @child. */
static PcImapKey *
negate (PcImapKey *child)
{
  PcImapKey *self = key_new (PC_IMAP_KEY_NOT);

  g_ptr_array_add (self->children, child);
  return self;
}

gboolean
pc_imap_key_contains (const PcImapKey *self,
                      PcImapKeyKind    kind)
{
  if (self->kind == kind)
    return TRUE;
  for (guint i = 0; i < self->children->len; i++)
    if (pc_imap_key_contains (g_ptr_array_index (self->children, i), kind))
      return TRUE;

  return FALSE;
}

void
pc_imap_key_resolve (PcImapKey *self,
                     guint32    last_number,
                     guint32    last_uid)
{
  if (self->ranges != NULL)
    pc_imap_set_resolve (self->ranges, self->kind == PC_IMAP_KEY_UIDS
                                           ? last_uid
                                           : last_number);
  for (guint i = 0; i < self->children->len; i++)
    pc_imap_key_resolve (g_ptr_array_index (self->children, i), last_number,
                         last_uid);
}

/* -- reading -------------------------------------------------------------- */

static gboolean
read_text (Reader *self,
           char  **text)
{
  g_autofree char *raw = NULL;

  if (!pc_imap_read_char (self->at, ' ') ||
      !pc_imap_read_astring (self->at, &raw) ||
      !g_utf8_validate (raw, -1, NULL) ||
      (self->ascii && !g_str_is_ascii (raw)))
    return FALSE;
  if (++self->n_texts > PC_LIMIT_IMAP_SEARCH_TEXTS) {
    self->limit = TRUE;
    return FALSE;
  }

  *text = g_utf8_casefold (raw, -1);
  return TRUE;
}

/* SP [entry-name SP entry-type-req SP] mod-sequence-valzer; the name of one
 * flag, which a server that keeps one mod-sequence for all passes over. */
static gboolean
read_modseq (Reader    *self,
             PcImapKey *key)
{
  g_autofree char *entry = NULL;

  if (!pc_imap_read_char (self->at, ' '))
    return FALSE;
  if (pc_imap_read_string (self->at, &entry) &&
      (!pc_imap_read_char (self->at, ' ') ||
       (!pc_imap_read_word (self->at, "all") &&
        !pc_imap_read_word (self->at, "priv") &&
        !pc_imap_read_word (self->at, "shared")) ||
       !pc_imap_read_char (self->at, ' ')))
    return FALSE;

  return pc_imap_read_number (self->at, G_MAXINT64, &key->number);
}

static gboolean
read_argument (Reader    *self,
               PcImapKey *key,
               ArgKind    kind)
{
  switch (kind) {
  case ARG_NONE:
    return TRUE;
  case ARG_NUMBER:
    return pc_imap_read_char (self->at, ' ') &&
           pc_imap_read_number (self->at, G_MAXUINT32, &key->number);
  case ARG_DATE:
    return pc_imap_read_char (self->at, ' ') &&
           pc_imap_read_day (self->at, &key->number);
  case ARG_KEYWORD:
    return pc_imap_read_char (self->at, ' ') &&
           pc_imap_read_atom (self->at, &key->name);
  case ARG_MODSEQ:
    return read_modseq (self, key);
  case ARG_NAME_TEXT:
    return pc_imap_read_char (self->at, ' ') &&
           pc_imap_read_astring (self->at, &key->name) &&
           read_text (self, &key->text);
  case ARG_TEXT:
  default:
    return read_text (self, &key->text);
  }
}

static PcImapKey *read_key (Reader *self);

/* search-key *(SP search-key), up to @end or the end of all.  NULL when that
 * is wrong. */
static PcImapKey *
read_keys (Reader *self,
           char    end)
{
  g_autoptr (PcImapKey) all = key_new (PC_IMAP_KEY_AND);

  do {
    PcImapKey *key = read_key (self);

    if (key == NULL)
      return NULL;
    g_ptr_array_add (all->children, key);
  } while (pc_imap_read_char (self->at, ' '));

  if (end == '\0' ? !pc_imap_at_end (self->at)
                  : !pc_imap_read_char (self->at, end))
    return NULL;

  return g_steal_pointer (&all);
}

/* @n keys behind a word, each after a space. */
static PcImapKey *
read_children (Reader       *self,
               PcImapKeyKind kind,
               guint         n)
{
  g_autoptr (PcImapKey) key = key_new (kind);

  for (guint i = 0; i < n; i++) {
    PcImapKey *child = pc_imap_read_char (self->at, ' ') ? read_key (self)
                                                         : NULL;

    if (child == NULL)
      return NULL;
    g_ptr_array_add (key->children, child);
  }

  return g_steal_pointer (&key);
}

static PcImapKey *
read_set (Reader       *self,
          PcImapKeyKind kind)
{
  g_autoptr (PcImapKey) key = key_new (kind);

  if (pc_imap_read_char (self->at, '$')) {
    key->kind = PC_IMAP_KEY_SAVED;
    return g_steal_pointer (&key);
  }
  return pc_imap_read_set (self->at, &key->ranges) ? g_steal_pointer (&key)
                                                   : NULL;
}

static PcImapKey *
read_word_key (Reader *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autoptr (PcImapKey) key = NULL;

    if (!pc_imap_read_word (self->at, words[i].word))
      continue;

    key = key_new (words[i].kind);
    key->flags = words[i].flags;
    key->name = g_strdup (words[i].name);
    if (!read_argument (self, key, words[i].arg))
      return NULL;
    return words[i].negated ? negate (g_steal_pointer (&key))
                            : g_steal_pointer (&key);
  }

  return NULL;
}

/* NEW is (RECENT UNSEEN). */
static PcImapKey *
new_messages (void)
{
  PcImapKey *key = key_new (PC_IMAP_KEY_AND);
  PcImapKey *seen = key_new (PC_IMAP_KEY_FLAG);

  seen->flags = PC_FLAG_SEEN;
  g_ptr_array_add (key->children, key_new (PC_IMAP_KEY_RECENT));
  g_ptr_array_add (key->children, negate (seen));
  return key;
}

static PcImapKey *
read_one (Reader *self)
{
  if (pc_imap_read_char (self->at, '('))
    return read_keys (self, ')');
  if (pc_imap_read_word (self->at, "NOT"))
    return read_children (self, PC_IMAP_KEY_NOT, 1);
  if (pc_imap_read_word (self->at, "OR"))
    return read_children (self, PC_IMAP_KEY_OR, 2);
  if (pc_imap_read_word (self->at, "NEW"))
    return new_messages ();
  if (pc_imap_read_word (self->at, "UID"))
    return pc_imap_read_char (self->at, ' ')
               ? read_set (self, PC_IMAP_KEY_UIDS)
               : NULL;
  if (self->at->pos < self->at->len &&
      (g_ascii_isdigit (self->at->data[self->at->pos]) ||
       pc_imap_peek_char (self->at, '*') ||
       pc_imap_peek_char (self->at, '$')))
    return read_set (self, PC_IMAP_KEY_NUMBERS);

  return read_word_key (self);
}

static PcImapKey *
read_key (Reader *self)
{
  PcImapKey *key;

  if (self->depth == PC_LIMIT_IMAP_SEARCH_DEPTH ||
      ++self->n_keys > PC_LIMIT_IMAP_SEARCH_KEYS) {
    self->limit = TRUE;
    return NULL;
  }

  self->depth++;
  key = read_one (self);
  self->depth--;
  return key;
}

/* ["CHARSET" SP charset SP] search-key *(SP search-key) */
PcImapSearchResult
pc_imap_read_search (PcImapCursor *cursor,
                     PcImapKey   **key)
{
  Reader           reader = { .at = cursor };
  g_autofree char *charset = NULL;

  if (pc_imap_read_word (cursor, "CHARSET") &&
      (!pc_imap_read_char (cursor, ' ') ||
       !pc_imap_read_astring (cursor, &charset) ||
       !pc_imap_read_char (cursor, ' ')))
    return PC_IMAP_SEARCH_BAD;
  if (charset != NULL && g_ascii_strcasecmp (charset, "UTF-8") != 0 &&
      g_ascii_strcasecmp (charset, "US-ASCII") != 0)
    return PC_IMAP_SEARCH_CHARSET;

  reader.ascii = charset != NULL &&
                 g_ascii_strcasecmp (charset, "US-ASCII") == 0;
  *key = read_keys (&reader, '\0');
  if (*key != NULL)
    return PC_IMAP_SEARCH_DONE;
  return reader.limit ? PC_IMAP_SEARCH_LIMIT : PC_IMAP_SEARCH_BAD;
}
