/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The arguments of LIST, the old form and the extended one.
 *
 * A pattern is made as short as it can be, and one that is longer than any
 * name is dropped: together with the limit on their number that bounds the
 * work, whatever a client thinks up.
 *
 * RFC 3501 section 6.3.8, RFC 9051 section 6.3.9, RFC 5258 sections 3 and 6,
 * RFC 5819 section 4, RFC 6154 section 6.
 */

#include "proto/imap/list-options.h"

#include "proto/imap/utf7.h"

#include "base/limits.h"

#include <string.h>

/* -- patterns ------------------------------------------------------------- */

/* Wildcards in a row are one, and "*" takes "%" in.  NULL when more octets
 * must fit than a name can have.  Transfer full. */
static char *
shorten (const char *pattern)
{
  GString *out = g_string_new (NULL);
  gsize    n = 0;

  for (; *pattern != '\0'; pattern++) {
    char *last = out->len > 0 ? &out->str[out->len - 1] : NULL;

    if ((*pattern == '*' || *pattern == '%') && last != NULL &&
        (*last == '*' || *last == '%')) {
      *last = *last == '*' ? '*' : *pattern;
      continue;
    }
    n += *pattern != '*' && *pattern != '%';
    g_string_append_c (out, *pattern);
  }

  return g_string_free (out, n > PC_LIMIT_MAILBOX_NAME);
}

/* What is no name in modified UTF-7, or UTF-8, fits nothing. */
static void
add_pattern (PcImapListOptions *self,
             const char        *pattern)
{
  g_autofree char *wire = g_strconcat (self->reference, pattern, NULL);
  g_autofree char *whole = self->utf8 ? g_utf8_make_valid (wire, -1)
                                      : pc_imap_utf7_decode (wire);
  char            *shorter = whole != NULL ? shorten (whole) : NULL;

  if (shorter != NULL)
    g_ptr_array_add (self->patterns, shorter);
}

gboolean
pc_imap_list_matches (const PcImapListOptions *self,
                      const char              *name)
{
  gboolean inbox = strcmp (name, "INBOX") == 0;

  for (guint i = 0; i < self->patterns->len; i++) {
    const char      *pattern = g_ptr_array_index (self->patterns, i);
    g_autofree char *upper = inbox ? g_ascii_strup (pattern, -1) : NULL;

    if (pc_imap_match_mailbox (inbox ? upper : pattern, name))
      return TRUE;
  }

  return FALSE;
}

/* In all patterns together: each is work for every name. */
static gboolean
has_too_many_wildcards (const PcImapListOptions *self)
{
  guint n = 0;

  for (guint i = 0; i < self->patterns->len; i++)
    for (const char *c = g_ptr_array_index (self->patterns, i); *c != '\0';
         c++)
      n += *c == '*' || *c == '%';

  return n > PC_LIMIT_IMAP_WILDCARDS;
}

/* mbox-or-pat = list-mailbox / "(" list-mailbox *(SP list-mailbox) ")" */
static gboolean
read_patterns (PcImapCursor      *cursor,
               PcImapListOptions *self)
{
  gboolean list = pc_imap_read_char (cursor, '(');
  guint    n = 0;

  self->extended = self->extended || list;
  do {
    g_autofree char *pattern = NULL;

    if (!pc_imap_read_list_mailbox (cursor, &pattern) ||
        n++ == PC_LIMIT_IMAP_PATTERNS)
      return FALSE;
    self->only_separator = !list && pattern[0] == '\0';
    add_pattern (self, pattern);
  } while (list && pc_imap_read_char (cursor, ' '));

  return (!list || pc_imap_read_char (cursor, ')')) &&
         !has_too_many_wildcards (self);
}

/* -- options -------------------------------------------------------------- */

static gboolean
read_selection (PcImapCursor      *cursor,
                PcImapListOptions *self)
{
  if (pc_imap_read_word (cursor, "SUBSCRIBED"))
    self->subscribed = TRUE;
  else if (pc_imap_read_word (cursor, "SPECIAL-USE"))
    self->special = TRUE;
  else if (pc_imap_read_word (cursor, "RECURSIVEMATCH"))
    self->recursive = TRUE;
  else if (pc_imap_read_word (cursor, "REMOTE"))
    self->remote = TRUE;
  else
    return FALSE;

  return TRUE;
}

static gboolean
read_return (PcImapCursor      *cursor,
             PcImapListOptions *self)
{
  if (pc_imap_read_word (cursor, "SUBSCRIBED")) {
    self->tell_subscribed = TRUE;
  } else if (pc_imap_read_word (cursor, "STATUS")) {
    if (!pc_imap_read_char (cursor, ' ') || !pc_imap_peek_char (cursor, '('))
      return FALSE;
    self->tell_status = TRUE;
    self->status = *cursor;
    return pc_imap_skip_value (cursor);
  } else if (!pc_imap_read_word (cursor, "CHILDREN") &&
             !pc_imap_read_word (cursor, "SPECIAL-USE")) {
    return FALSE; /* these two are told always */
  }

  return TRUE;
}

static gboolean
read_options (PcImapCursor      *cursor,
              PcImapListOptions *self,
              gboolean         (*read) (PcImapCursor      *cursor,
                                        PcImapListOptions *self))
{
  if (!pc_imap_read_char (cursor, '('))
    return FALSE;

  self->extended = TRUE;
  if (pc_imap_read_char (cursor, ')'))
    return TRUE;
  do {
    if (!read (cursor, self))
      return FALSE;
  } while (pc_imap_read_char (cursor, ' '));

  return pc_imap_read_char (cursor, ')');
}

gboolean
pc_imap_read_list (PcImapCursor      *cursor,
                   PcImapListOptions *self)
{
  *self = (PcImapListOptions){ .utf8 = cursor->utf8 };
  self->patterns = g_ptr_array_new_with_free_func (g_free);

  if (!pc_imap_read_char (cursor, ' '))
    return FALSE;
  if (pc_imap_peek_char (cursor, '(') &&
      (!read_options (cursor, self, read_selection) ||
       !pc_imap_read_char (cursor, ' ')))
    return FALSE;
  if (!pc_imap_read_astring (cursor, &self->reference) ||
      !pc_imap_read_char (cursor, ' ') || !read_patterns (cursor, self))
    return FALSE;
  if (pc_imap_read_char (cursor, ' ') &&
      (!pc_imap_read_word (cursor, "RETURN") ||
       !pc_imap_read_char (cursor, ' ') ||
       !read_options (cursor, self, read_return)))
    return FALSE;

  self->tell_subscribed = self->tell_subscribed || self->subscribed;
  self->only_separator = self->only_separator && !self->extended;
  /* Alone it has nothing to go by (RFC 5258 section 3.1). */
  return pc_imap_at_end (cursor) &&
         (!self->recursive || self->subscribed || self->special);
}

void
pc_imap_list_options_clear (PcImapListOptions *self)
{
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->patterns, g_ptr_array_unref);
}
