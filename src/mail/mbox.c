/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes the messages out of an mbox file.
 *
 * A line that begins with "From " separates, when it is the first or follows
 * an empty line; the empty line before it belongs to the format, not to the
 * message.  Writing mbox is left out.
 *
 * RFC 4155 appendix A.
 */

#include "mail/mbox.h"

#include <string.h>

#define SEPARATOR "From "

/* Length of the line at @data with its end. */
static gsize
line_length (const guint8 *data,
             gsize         len)
{
  const guint8 *lf = memchr (data, '\n', len);

  return lf != NULL ? (gsize) (lf - data) + 1 : len;
}

static gboolean
is_empty (const guint8 *line,
          gsize         len)
{
  return (len == 1 && line[0] == '\n') ||
         (len == 2 && line[0] == '\r' && line[1] == '\n');
}

static gboolean
is_separator (const guint8 *line,
              gsize         len)
{
  return len >= strlen (SEPARATOR) &&
         memcmp (line, SEPARATOR, strlen (SEPARATOR)) == 0;
}

/* ">From ", ">>From " and so on: one mark came with the format. */
static gboolean
is_quoted (const guint8 *line,
           gsize         len)
{
  gsize marks = 0;

  while (marks < len && line[marks] == '>')
    marks++;
  return marks > 0 && is_separator (line + marks, len - marks);
}

static void
finish_message (GPtrArray *messages,
                GString  **message)
{
  GString *text = g_steal_pointer (message);

  if (text == NULL)
    return;

  if (g_str_has_suffix (text->str, "\r\n\r\n"))
    g_string_truncate (text, text->len - 2);
  else if (g_str_has_suffix (text->str, "\n\n"))
    g_string_truncate (text, text->len - 1);
  g_ptr_array_add (messages, g_string_free_to_bytes (text));
}

GPtrArray *
pc_mbox_split (const guint8 *data,
               gsize         len)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (
      (GDestroyNotify) g_bytes_unref);
  GString *message = NULL;
  gboolean after_empty = TRUE;

  for (gsize at = 0; at < len;) {
    const guint8 *line = data + at;
    gsize         n = line_length (line, len - at);

    at += n;
    if (after_empty && is_separator (line, n)) {
      finish_message (messages, &message);
      message = g_string_new (NULL);
    } else if (message != NULL) {
      gsize mark = is_quoted (line, n) ? 1 : 0;

      g_string_append_len (message, (const char *) line + mark,
                           (gssize) (n - mark));
    }
    after_empty = is_empty (line, n);
  }

  finish_message (messages, &message);
  return messages;
}
