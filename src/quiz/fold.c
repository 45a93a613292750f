/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts as a reader compares them: without case, without regard to spaces,
 * as words.  Most text of a bank is ASCII, for which the full rules of
 * Unicode are a long way round, so it takes the short one.
 */

#include "quiz/fold-private.h"

#include <string.h>

char *
pc_fold_case (const char *text)
{
  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);
  return g_utf8_casefold (text, -1);
}

char *
pc_fold_reading (const char *text)
{
  g_autofree char *lower = pc_fold_case (text);
  g_autofree char *normal = NULL;
  GString         *out;
  gboolean         space = FALSE;

  if (!g_str_is_ascii (lower))
    normal = g_utf8_normalize (lower, -1, G_NORMALIZE_NFKC);
  out = g_string_sized_new (strlen (lower) + 1);
  for (const char *p = normal != NULL ? normal : lower; *p != '\0';
       p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c)) {
      space = out->len > 0;
      continue;
    }
    if (space)
      g_string_append_c (out, ' ');
    space = FALSE;
    g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

GPtrArray *
pc_fold_split (char *folded)
{
  GPtrArray *words = g_ptr_array_sized_new (32);
  char      *p = folded;
  gboolean   inside = FALSE;

  while (*p != '\0') {
    char    *next = g_utf8_next_char (p);
    gboolean is_word = (guchar) *p < 0x80
                           ? g_ascii_isalnum (*p)
                           : g_unichar_isalnum (g_utf8_get_char (p));

    if (is_word && !inside)
      g_ptr_array_add (words, p);
    if (!is_word && inside)
      *p = '\0';
    inside = is_word;
    p = next;
  }
  return words;
}
