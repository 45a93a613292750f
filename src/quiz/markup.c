/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Inline marks of bank text: `code`, **strong**, *em*.
 *
 * One pass over the text; a mark opens only when its partner stands later in
 * the same paragraph, so tags always close in the order they opened.  Inside
 * `code` no other mark counts.  Strong and em may nest in each other.  All
 * text is escaped, so a bank cannot smuggle Pango markup in.
 * Not here: links, lists, headings; a bank has members for those.
 */

#include "quiz/markup.h"

#include <string.h>

typedef enum {
  MARK_NONE,
  MARK_CODE,
  MARK_STRONG,
  MARK_EM,
} Mark;

typedef enum {
  FORMAT_PLAIN,
  FORMAT_PANGO,
  FORMAT_MARKDOWN,
} Format;

typedef struct
{
  const char *mark;
  const char *open;
  const char *close;
} MarkRow;

static const MarkRow marks[] = {
  [MARK_NONE] = { "", "", "" },
  [MARK_CODE] = { "`", "<tt>", "</tt>" },
  [MARK_STRONG] = { "**", "<b>", "</b>" },
  [MARK_EM] = { "*", "<i>", "</i>" },
};

typedef struct
{
  GString *out;
  Format   format;
  Mark     open[2];
  guint    n_open;
} Writer;

static Mark
mark_at (const char *p)
{
  if (*p == '`')
    return MARK_CODE;
  if (p[0] == '*' && p[1] == '*')
    return MARK_STRONG;
  return *p == '*' ? MARK_EM : MARK_NONE;
}

static gboolean
is_open (const Writer *self,
         Mark          mark)
{
  for (guint i = 0; i < self->n_open; i++) {
    if (self->open[i] == mark)
      return TRUE;
  }
  return FALSE;
}

/* The partner of the mark that ends before @p, in [@p, @end): with something
 * between them, nothing but text at both inner sides, as in "2 * 3 * 4", and
 * not inside code.  NULL when there is none. */
static const char *
find_partner (const char *p,
              const char *end,
              Mark        mark)
{
  const char *start = p;

  if (p >= end || (mark != MARK_CODE && g_ascii_isspace (*p)))
    return NULL;
  while (p < end) {
    Mark  here = mark_at (p);
    gsize len = MAX (strlen (marks[here].mark), 1);

    if (here == mark && p > start &&
        (mark == MARK_CODE || !g_ascii_isspace (p[-1])))
      return p;
    if (here == MARK_CODE && mark != MARK_CODE) {
      const char *close = memchr (p + 1, '`', end - p - 1);

      if (close != NULL)
        len = close + 1 - p;
    }
    p += len;
  }
  return NULL;
}

static void
append_char (Writer     *self,
             const char *p,
             gboolean    code)
{
  gunichar c = g_utf8_get_char (p);
  gboolean bidi = (c >= 0x202A && c <= 0x202E) ||
                  (c >= 0x2066 && c <= 0x2069);

  if (bidi || (g_unichar_iscntrl (c) && c != '\n' && c != '\t'))
    c = 0xFFFD;
  if (self->format == FORMAT_MARKDOWN && !code && c < 0x80 &&
      strchr ("\\`*_[]<>&#~|", (int) c) != NULL)
    g_string_append_c (self->out, '\\');
  if (self->format == FORMAT_PANGO && c == '<')
    g_string_append (self->out, "&lt;");
  else if (self->format == FORMAT_PANGO && c == '>')
    g_string_append (self->out, "&gt;");
  else if (self->format == FORMAT_PANGO && c == '&')
    g_string_append (self->out, "&amp;");
  else
    g_string_append_unichar (self->out, c);
}

static void
append_tag (Writer  *self,
            Mark     mark,
            gboolean close)
{
  if (self->format == FORMAT_PANGO)
    g_string_append (self->out, close ? marks[mark].close : marks[mark].open);
  else if (self->format == FORMAT_MARKDOWN)
    g_string_append (self->out, marks[mark].mark);
}

static const char *
append_code (Writer     *self,
             const char *p,
             const char *close)
{
  append_tag (self, MARK_CODE, FALSE);
  for (; p < close; p = g_utf8_next_char (p))
    append_char (self, p, TRUE);
  append_tag (self, MARK_CODE, TRUE);
  return close + 1;
}

/* A mark stands at @p: opens, closes, or stays text.  Returns where to go on.
 * @ends: where the partner of each open mark stands. */
static const char *
append_mark (Writer      *self,
             const char  *p,
             const char  *end,
             const char **ends)
{
  Mark        mark = mark_at (p);
  gsize       len = strlen (marks[mark].mark);
  const char *limit = self->n_open > 0 ? ends[self->n_open - 1] : end;
  const char *partner;

  if (self->n_open > 0 && p == limit) {
    mark = self->open[--self->n_open];
    append_tag (self, mark, TRUE);
    return p + strlen (marks[mark].mark);
  }
  partner = find_partner (p + len, limit, mark);
  if (partner != NULL && mark == MARK_CODE)
    return append_code (self, p + len, partner);
  if (partner != NULL && !is_open (self, mark)) {
    append_tag (self, mark, FALSE);
    ends[self->n_open] = partner;
    self->open[self->n_open++] = mark;
    return p + len;
  }
  for (gsize i = 0; i < len; i++)
    append_char (self, p + i, FALSE);
  return p + len;
}

static const char *
paragraph_end (const char *p)
{
  const char *end = strstr (p, "\n\n");

  return end != NULL ? end : p + strlen (p);
}

static char *
convert (const char *text,
         Format      format)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  Writer           self = { g_string_sized_new (strlen (valid) + 32), format };
  const char      *ends[2] = { NULL, NULL };
  const char      *p = valid;
  const char      *end = paragraph_end (p);

  while (*p != '\0') {
    if (p >= end)
      end = paragraph_end (p + 2);
    if (mark_at (p) != MARK_NONE) {
      p = append_mark (&self, p, end, ends);
    } else {
      append_char (&self, p, FALSE);
      p = g_utf8_next_char (p);
    }
  }
  return g_string_free (self.out, FALSE);
}

char *
pc_markup_to_pango (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return convert (text, FORMAT_PANGO);
}

char *
pc_markup_to_html (const char *text)
{
  static const char *const names[][2] = {
    { "<tt>", "<code>" },
    { "</tt>", "</code>" },
    { "<b>", "<strong>" },
    { "</b>", "</strong>" },
    { "<i>", "<em>" },
    { "</i>", "</em>" },
  };
  g_autofree char *pango = NULL;
  GString         *html;

  g_return_val_if_fail (text != NULL, NULL);

  /* What looks like a tag in the text is escaped by now. */
  pango = convert (text, FORMAT_PANGO);
  html = g_string_new (pango);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_replace (html, names[i][0], names[i][1], 0);
  return g_string_free (html, FALSE);
}

char *
pc_markup_to_plain (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return convert (text, FORMAT_PLAIN);
}

char *
pc_markup_to_markdown (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return convert (text, FORMAT_MARKDOWN);
}
