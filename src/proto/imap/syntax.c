/* SPDX-License-Identifier: GPL-3.0-or-later */

/* IMAP's grammar: atoms, strings, sets, values, and where a frame ends.
 *
 * One cursor serves the server, the client and the observer, so that the three
 * cannot disagree.  Search keys are in search-keys.c, dates in
 * syntax-date.c.
 *
 * RFC 3501 sections 4 and 9, RFC 9051 sections 4 and 9, RFC 7888 section 3.
 */

#include "proto/imap/syntax.h"

#include "proto/imap/utf7.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

/* -- characters ----------------------------------------------------------- */

/* RFC 3501: atom-specials = "(" / ")" / "{" / SP / CTL / list-wildcards /
 * quoted-specials / resp-specials; CHAR is %x01-7F. */
gboolean
pc_imap_is_atom_char (guint8 c)
{
  return c > 0x20 && c < 0x7f && strchr ("(){%*\"\\]", c) == NULL;
}

static gboolean
is_tag_char (guint8 c)
{
  return (pc_imap_is_atom_char (c) || c == ']') && c != '+';
}

static gboolean
is_astring_char (guint8 c)
{
  return pc_imap_is_atom_char (c) || c == ']';
}

static gboolean
is_list_char (guint8 c)
{
  return is_astring_char (c) || c == '%' || c == '*';
}

/* What stands unquoted in a response: flags begin with a backslash, and
 * BODY[...] has brackets. */
static gboolean
is_value_char (guint8 c)
{
  return c > 0x20 && c != 0x7f && strchr ("(){\"", c) == NULL;
}

/* -- reading -------------------------------------------------------------- */

gboolean
pc_imap_at_end (const PcImapCursor *self)
{
  return self->pos == self->len;
}

gboolean
pc_imap_peek_char (const PcImapCursor *self,
                   char                c)
{
  return self->pos < self->len && self->data[self->pos] == (guint8) c;
}

gboolean
pc_imap_read_char (PcImapCursor *self,
                   char          c)
{
  if (!pc_imap_peek_char (self, c))
    return FALSE;

  self->pos++;
  return TRUE;
}

static gsize
span (const PcImapCursor *self,
      gboolean          (*test) (guint8 c))
{
  gsize n = 0;

  while (self->pos + n < self->len && test (self->data[self->pos + n]))
    n++;

  return n;
}

static gboolean
read_span (PcImapCursor *self,
           gboolean    (*test) (guint8 c),
           char        **out)
{
  gsize n = span (self, test);

  if (n == 0)
    return FALSE;

  *out = g_strndup ((const char *) self->data + self->pos, n);
  self->pos += n;
  return TRUE;
}

gboolean
pc_imap_read_word (PcImapCursor *self,
                   const char   *word)
{
  gsize n = span (self, pc_imap_is_atom_char);

  if (!pc_text_equal_ascii (self->data + self->pos, n, word))
    return FALSE;

  self->pos += n;
  return TRUE;
}

gboolean
pc_imap_read_tag (PcImapCursor *self,
                  char        **tag)
{
  return read_span (self, is_tag_char, tag);
}

gboolean
pc_imap_read_atom (PcImapCursor *self,
                   char        **atom)
{
  return read_span (self, pc_imap_is_atom_char, atom);
}

/* quoted = DQUOTE *QUOTED-CHAR DQUOTE; only \" and \\ are escapes.  Octets
 * past 127 are RFC 9051's UTF8-2 and up; whether they are wanted is for the
 * caller to say. */
static gboolean
read_quoted (PcImapCursor *self,
             char        **string)
{
  g_autoptr (GString) out = NULL;
  gsize               i = self->pos + 1;

  if (!pc_imap_peek_char (self, '"'))
    return FALSE;

  out = g_string_new (NULL);
  for (; i < self->len && self->data[i] != '"'; i++) {
    guint8 c = self->data[i];

    if (c == '\0' || c == '\r' || c == '\n')
      return FALSE;
    if (c == '\\') {
      c = ++i < self->len ? self->data[i] : 0;
      if (c != '"' && c != '\\')
        return FALSE;
    }
    g_string_append_c (out, (char) c);
  }
  if (i >= self->len)
    return FALSE;

  self->pos = i + 1;
  *string = g_string_free (g_steal_pointer (&out), FALSE);
  return TRUE;
}

/* A size that no number can hold is a size nevertheless: what follows must
 * not be taken for something else. */
static gboolean
read_size (PcImapCursor *self,
           guint64      *size)
{
  gsize n = 0;

  if (pc_imap_read_number (self, G_MAXINT64, size))
    return TRUE;

  while (self->pos + n < self->len &&
         g_ascii_isdigit (self->data[self->pos + n]))
    n++;
  self->pos += n;
  *size = G_MAXINT64;
  return n > 0;
}

gboolean
pc_imap_read_literal_header (PcImapCursor *self,
                             guint64      *size,
                             gboolean     *synchronising)
{
  PcImapCursor at = *self;
  gboolean     sync;

  pc_imap_read_char (&at, '~');
  if (!pc_imap_read_char (&at, '{') || !read_size (&at, size))
    return FALSE;
  sync = !pc_imap_read_char (&at, '+');
  if (!pc_imap_read_char (&at, '}'))
    return FALSE;
  pc_imap_read_char (&at, '\r');
  if (!pc_imap_read_char (&at, '\n'))
    return FALSE;

  *synchronising = sync;
  *self = at;
  return TRUE;
}

static gboolean
read_literal (PcImapCursor *self,
              char        **string)
{
  PcImapCursor at = *self;
  guint64      size;
  gboolean     synchronising;

  if (!pc_imap_read_literal_header (&at, &size, &synchronising) ||
      size > at.len - at.pos ||
      memchr (at.data + at.pos, '\0', (gsize) size) != NULL)
    return FALSE;

  *string = g_strndup ((const char *) at.data + at.pos, (gsize) size);
  at.pos += (gsize) size;
  *self = at;
  return TRUE;
}

gboolean
pc_imap_read_string (PcImapCursor *self,
                     char        **string)
{
  return read_quoted (self, string) || read_literal (self, string);
}

gboolean
pc_imap_read_astring (PcImapCursor *self,
                      char        **string)
{
  return read_span (self, is_astring_char, string) ||
         pc_imap_read_string (self, string);
}

gboolean
pc_imap_read_mailbox (PcImapCursor *self,
                      char        **name)
{
  g_autofree char *wire = NULL;

  if (!pc_imap_read_astring (self, &wire))
    return FALSE;

  if (self->utf8)
    *name = g_utf8_validate (wire, -1, NULL) ? g_steal_pointer (&wire) : NULL;
  else
    *name = pc_imap_utf7_decode (wire);
  if (*name == NULL)
    *name = g_strdup ("");
  return TRUE;
}

gboolean
pc_imap_read_list_mailbox (PcImapCursor *self,
                           char        **pattern)
{
  return read_span (self, is_list_char, pattern) ||
         pc_imap_read_string (self, pattern);
}

static gboolean
is_digit (guint8 c)
{
  return c >= '0' && c <= '9';
}

gboolean
pc_imap_read_number (PcImapCursor *self,
                     guint64       max,
                     guint64      *number)
{
  gsize n = span (self, is_digit);

  if (!pc_text_parse_number (self->data + self->pos, n, max, number))
    return FALSE;

  self->pos += n;
  return TRUE;
}

/* seq-number = nz-number / "*" */
static gboolean
read_seq_number (PcImapCursor *self,
                 guint32      *number)
{
  guint64 value;

  if (pc_imap_read_char (self, '*')) {
    *number = PC_IMAP_SET_LAST;
    return TRUE;
  }
  if (!pc_imap_read_number (self, G_MAXUINT32, &value) || value == 0)
    return FALSE;

  *number = (guint32) value;
  return TRUE;
}

gboolean
pc_imap_read_set (PcImapCursor *self,
                  GArray      **ranges)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (PcImapRange));
  PcImapCursor       at = *self;

  do {
    PcImapRange range;

    if (!read_seq_number (&at, &range.from))
      return FALSE;
    range.to = range.from;
    if (pc_imap_read_char (&at, ':') && !read_seq_number (&at, &range.to))
      return FALSE;
    if (out->len == PC_LIMIT_IMAP_SET)
      return FALSE;
    g_array_append_val (out, range);
  } while (pc_imap_read_char (&at, ','));

  *self = at;
  *ranges = g_steal_pointer (&out);
  return TRUE;
}

/* BODY[HEADER.FIELDS (A B)] has a list inside an item's name: the brackets
 * bind closer than the space. */
static gboolean
skip_bare (PcImapCursor *self)
{
  gsize start = self->pos;

  while (self->pos < self->len && is_value_char (self->data[self->pos])) {
    gboolean opens = self->data[self->pos] == '[';

    self->pos++;
    while (opens && self->pos < self->len) {
      guint8 c = self->data[self->pos];

      if (c == '\r' || c == '\n')
        return FALSE;
      self->pos++;
      opens = c != ']';
    }
  }

  return self->pos > start;
}

static gboolean
skip_one (PcImapCursor *self)
{
  g_autofree char *ignored = NULL;

  return pc_imap_read_string (self, &ignored) || skip_bare (self);
}

gboolean
pc_imap_skip_value (PcImapCursor *self)
{
  PcImapCursor at = *self;
  guint        depth = 0;

  do {
    while (depth > 0 && pc_imap_read_char (&at, ' '))
      ;
    if (pc_imap_read_char (&at, '(')) {
      if (++depth > PC_LIMIT_IMAP_RESPONSE_NESTING)
        return FALSE;
    } else if (depth > 0 && pc_imap_read_char (&at, ')')) {
      depth--;
    } else if (!skip_one (&at)) {
      return FALSE;
    }
  } while (depth > 0);

  *self = at;
  return TRUE;
}

/* -- sets and patterns ---------------------------------------------------- */

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  const PcImapRange *left = a, *right = b;

  return (left->from > right->from) - (left->from < right->from);
}

void
pc_imap_set_resolve (GArray *ranges,
                     guint32 last)
{
  guint n = 0;

  for (guint i = 0; i < ranges->len; i++) {
    PcImapRange *range = &g_array_index (ranges, PcImapRange, i);
    guint32      from = range->from == PC_IMAP_SET_LAST ? last : range->from;
    guint32      to = range->to == PC_IMAP_SET_LAST ? last : range->to;

    range->from = MIN (from, to);
    range->to = MAX (from, to);
  }
  g_array_sort (ranges, compare_ranges);

  for (guint i = 0; i < ranges->len; i++) {
    PcImapRange  range = g_array_index (ranges, PcImapRange, i);
    PcImapRange *before =
        n > 0 ? &g_array_index (ranges, PcImapRange, n - 1) : NULL;

    if (before != NULL && range.from <= before->to)
      before->to = MAX (before->to, range.to);
    else
      g_array_index (ranges, PcImapRange, n++) = range;
  }
  g_array_set_size (ranges, n);
}

void
pc_imap_write_set (GString      *out,
                   const GArray *numbers)
{
  for (guint i = 0; i < numbers->len; i++) {
    guint32 first = g_array_index (numbers, guint32, i);
    guint32 last = first;

    while (i + 1 < numbers->len &&
           g_array_index (numbers, guint32, i + 1) == last + 1)
      last = g_array_index (numbers, guint32, ++i);
    g_string_append_printf (out, first < last ? "%u:%u," : "%u,", first, last);
  }
  g_string_truncate (out, out->len - 1);
}

/* Row by row: could the pattern so far match the first i octets?  Not by
 * trying again and again: "*a*a*a*b" would take for ever. */
gboolean
pc_imap_match_mailbox (const char *pattern,
                       const char *name)
{
  gsize                len = strlen (name);
  g_autofree gboolean *match = g_new0 (gboolean, len + 1);

  match[0] = TRUE;
  for (; *pattern != '\0'; pattern++) {
    gboolean wild = *pattern == '*' || *pattern == '%';
    gboolean diagonal = match[0];
    gboolean any = wild && match[0];

    match[0] = any;
    for (gsize i = 1; i <= len; i++) {
      gboolean above = match[i];

      if (wild)
        match[i] = above || (match[i - 1] &&
                             (*pattern == '*' || name[i - 1] != '/'));
      else
        match[i] = diagonal && *pattern == name[i - 1];
      any |= match[i];
      diagonal = above;
    }
    if (!any)
      return FALSE;
  }

  return match[len];
}

/* -- frames --------------------------------------------------------------- */

/* Human text follows these, and no literal (resp-cond-state, and the
 * continuation request). */
static gboolean
is_status (const guint8 *line,
           gsize         len)
{
  static const char *const words[] = { "OK", "NO", "BAD", "BYE", "PREAUTH" };
  const guint8            *space = memchr (line, ' ', len);
  PcImapCursor             at = { line, len, 0 };

  if (len > 0 && line[0] == '+')
    return TRUE;
  if (space == NULL)
    return FALSE;

  at.pos = (gsize) (space - line) + 1;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (pc_imap_read_word (&at, words[i]))
      return TRUE;

  return FALSE;
}

gboolean
pc_imap_ends_in_literal (const guint8 *line,
                         gsize         len,
                         guint64      *size,
                         gboolean     *synchronising)
{
  gboolean quoted = FALSE;

  for (gsize i = 0; i < len; i++) {
    PcImapCursor at = { line, len, i };

    if (quoted && line[i] == '\\')
      i++;
    else if (line[i] == '"')
      quoted = !quoted;
    else if (!quoted && line[i] == '{' &&
             pc_imap_read_literal_header (&at, size, synchronising))
      return TRUE;
  }

  return FALSE;
}

static PcImapFrameResult
end_line (PcImapFramer *self,
          const guint8 *data,
          gsize         end,
          gboolean      responses,
          guint64       literal_limit)
{
  const guint8 *line = data + self->line;
  gsize         len = end - self->line;

  self->end = end;
  if ((responses && self->line == 0 && is_status (line, len)) ||
      !pc_imap_ends_in_literal (line, len, &self->size,
                                &self->synchronising))
    return PC_IMAP_FRAME_DONE;
  if (self->size > literal_limit ||
      self->literals + self->size > literal_limit) {
    self->scanned = self->line; /* it may be asked again, with more leave */
    return PC_IMAP_FRAME_BIG;
  }

  self->text += len;
  self->literals += self->size;
  self->line = end + (gsize) self->size;
  self->scanned = self->line;
  return PC_IMAP_FRAME_LITERAL;
}

PcImapFrameResult
pc_imap_framer_next (PcImapFramer *self,
                     const guint8 *data,
                     gsize         len,
                     gboolean      responses,
                     gsize         text_limit,
                     guint64       literal_limit)
{
  while (self->line <= len) {
    gsize             from = MAX (self->scanned, self->line);
    const guint8     *lf =
        len > from ? memchr (data + from, '\n', len - from) : NULL;
    gsize             end = lf != NULL ? (gsize) (lf - data) + 1 : len;
    PcImapFrameResult result;

    if (self->text + (end - self->line) > text_limit)
      return PC_IMAP_FRAME_LONG;
    self->scanned = end;
    if (lf == NULL)
      return PC_IMAP_FRAME_MORE;

    result = end_line (self, data, end, responses, literal_limit);
    if (result != PC_IMAP_FRAME_LITERAL ||
        (self->synchronising && !responses))
      return result;
  }

  return PC_IMAP_FRAME_MORE;
}

/* -- writing -------------------------------------------------------------- */

static gboolean
can_quote (const char *string)
{
  for (; *string != '\0'; string++)
    if (*string == '\r' || *string == '\n' || (guint8) *string > 0x7f)
      return FALSE;

  return TRUE;
}

static void
write_quoted (GString    *out,
              const char *string)
{
  g_string_append_c (out, '"');
  for (; *string != '\0'; string++) {
    if (*string == '"' || *string == '\\')
      g_string_append_c (out, '\\');
    g_string_append_c (out, *string);
  }
  g_string_append_c (out, '"');
}

void
pc_imap_write_nstring (GString    *out,
                       const char *string)
{
  if (string == NULL)
    g_string_append (out, "NIL");
  else if (can_quote (string))
    write_quoted (out, string);
  else
    pc_imap_write_literal (out, (const guint8 *) string, strlen (string));
}

void
pc_imap_write_literal (GString      *out,
                       const guint8 *data,
                       gsize         len)
{
  gsize start;

  g_string_append_printf (out, "{%" G_GSIZE_FORMAT "}\r\n", len);
  start = out->len;
  g_string_append_len (out, (const char *) data, (gssize) len);

  for (gsize i = start; i < out->len; i++)
    if (out->str[i] == '\0')
      out->str[i] = '\200';
}

void
pc_imap_write_literal8 (GString      *out,
                        const guint8 *data,
                        gsize         len)
{
  g_string_append_printf (out, "~{%" G_GSIZE_FORMAT "}\r\n", len);
  g_string_append_len (out, (const char *) data, (gssize) len);
}

gboolean
pc_imap_write_astring (GString    *out,
                       const char *string)
{
  PcImapCursor at = { (const guint8 *) string, strlen (string), 0 };

  if (!can_quote (string))
    return FALSE;

  if (at.len > 0 && span (&at, is_astring_char) == at.len)
    g_string_append (out, string);
  else
    write_quoted (out, string);
  return TRUE;
}
