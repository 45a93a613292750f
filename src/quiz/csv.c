/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comma-separated values, RFC 4180: cells with a comma, a quote or an end of
 * line stand in quotes, and a quote in them is doubled.  Read as strictly as
 * written, but for the ends of lines and a byte order mark, where programs
 * differ.  Not here: which separator a file has, what the columns mean.
 */

#include "quiz/csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (pc-csv-error-quark, pc_csv_error)

/* A spreadsheet would compute it: see OWASP on "CSV injection". */
static gboolean
looks_like_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

void
pc_csv_append_text (GString    *out,
                    const char *text)
{
  gboolean guard, quote;

  g_return_if_fail (out != NULL && text != NULL);

  /* One that began so already gets another, so that reading takes one off. */
  guard = looks_like_formula (text) ||
          (*text == '\'' && looks_like_formula (text + 1));
  quote = strpbrk (text, ",\"\r\n") != NULL;
  if (quote)
    g_string_append_c (out, '"');
  if (guard)
    g_string_append_c (out, '\'');
  for (; *text != '\0'; text++) {
    if (*text == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *text);
  }
  if (quote)
    g_string_append_c (out, '"');
}

const char *
pc_csv_skip_guard (const char *cell)
{
  const char *rest;

  g_return_val_if_fail (cell != NULL, NULL);

  if (*cell != '\'')
    return cell;
  rest = cell + 1;
  if (looks_like_formula (rest) ||
      (*rest == '\'' && looks_like_formula (rest + 1)))
    return rest;
  return cell;
}

/* -- reading -------------------------------------------------------------- */

typedef struct
{
  const char *at;
  const char *end;
  char        separator;
  guint       line;
} Cursor;

/* What stands in quotes; the cursor is behind the first one. */
static gboolean
take_quoted (Cursor  *self,
             GString *cell)
{
  while (self->at < self->end) {
    char c = *self->at++;

    if (c == '"') {
      if (self->at == self->end || *self->at != '"')
        return TRUE;
      self->at++;
    } else if (c == '\n') {
      self->line++;
    }
    g_string_append_c (cell, c);
  }
  return FALSE;
}

static gboolean
is_at_line_end (const Cursor *self)
{
  if (self->at == self->end || *self->at == '\n')
    return TRUE;
  return *self->at == '\r' &&
         (self->at + 1 == self->end || self->at[1] == '\n');
}

static void
take_line_end (Cursor *self)
{
  if (self->at < self->end && *self->at == '\r')
    self->at++;
  if (self->at < self->end && *self->at == '\n')
    self->at++;
  self->line++;
}

/* One cell; NULL with @error set. */
static char *
take_cell (Cursor  *self,
           GError **error)
{
  GString *cell = g_string_new (NULL);

  if (self->at < self->end && *self->at == '"') {
    self->at++;
    if (!take_quoted (self, cell)) {
      g_set_error (error, PC_CSV_ERROR, 0, _ ("A quote is never closed."));
    } else if (!is_at_line_end (self) && *self->at != self->separator) {
      g_set_error (error, PC_CSV_ERROR, 0,
                   _ ("After a closing quote there must be a separator or the "
                      "end of the line."));
    } else {
      return g_string_free (cell, FALSE);
    }
    g_string_free (cell, TRUE);
    return NULL;
  }
  while (!is_at_line_end (self) && *self->at != self->separator)
    g_string_append_c (cell, *self->at++);
  return g_string_free (cell, FALSE);
}

GPtrArray *
pc_csv_read_row (const char *text,
                 gsize       length,
                 char        separator,
                 gsize      *position,
                 guint      *line,
                 GError    **error)
{
  Cursor     cursor;
  GPtrArray *row;
  gboolean   more = TRUE;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (position != NULL && line != NULL, NULL);

  if (*position == 0 && length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    *position = 3;
  if (*position >= length)
    return NULL;
  cursor = (Cursor){ text + *position, text + length, separator, *line };
  row = g_ptr_array_new_with_free_func (g_free);
  while (more) {
    char *cell = take_cell (&cursor, error);

    if (cell == NULL) {
      g_ptr_array_unref (row);
      return NULL;
    }
    g_ptr_array_add (row, cell);
    more = cursor.at < cursor.end && *cursor.at == separator;
    if (more)
      cursor.at++;
  }
  take_line_end (&cursor);
  *position = cursor.at - text;
  *line = cursor.line;
  return row;
}
