/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds where a sentence ends.  Not by Pango's rules: they take the "B." of
 * "z. B. Thunderbird" for an end.  Knows no list of abbreviations: one letter
 * before a full stop is one. */

#include "app/sentence.h"

#include <string.h>

static gboolean
is_closing (gunichar c)
{
  return c == ')' || c == '"' || c == '\'' || c == 0x201c || c == 0x201d ||
         c == 0x2019 || c == 0xbb || c == 0xab;
}

/* What a sentence begins with: no small letter. */
static gboolean
is_beginning (gunichar c)
{
  return g_unichar_isupper (c) || g_unichar_isdigit (c) ||
         g_unichar_ispunct (c) || g_unichar_type (c) == G_UNICODE_OTHER_LETTER;
}

/* TRUE when only one letter or digit stands between the blank before and
 * @stop: "B.", "1." */
static gboolean
is_short (const char *text,
          const char *stop)
{
  const char *one, *two;

  if (stop == text)
    return FALSE;
  one = g_utf8_prev_char (stop);
  if (!g_unichar_isalnum (g_utf8_get_char (one)))
    return FALSE;
  if (one == text)
    return TRUE;
  two = g_utf8_prev_char (one);
  return !g_unichar_isalnum (g_utf8_get_char (two)) && *two != '-' &&
         !g_unichar_isdigit (g_utf8_get_char (one));
}

/* Behind the sentence that @stop ends, or NULL when it ends none. */
static const char *
find_end (const char *text,
          const char *stop)
{
  const char *end = stop + 1;

  if (*stop == '.' && is_short (text, stop))
    return NULL;
  while (*end != '\0' && is_closing (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  if (*end == '\0' || *end == '\n')
    return end;
  if (*end == ' ' && is_beginning (g_utf8_get_char (end + 1)))
    return end;
  return NULL;
}

char *
pc_sentence_dup_first (const char *text)
{
  for (const char *p = text; *p != '\0'; p++) {
    const char *end = strchr (".!?", *p) != NULL ? find_end (text, p) : NULL;

    if (end != NULL)
      return g_strndup (text, (gsize) (end - text));
  }
  return g_strdup (text);
}
