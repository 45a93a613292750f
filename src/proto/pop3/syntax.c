/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The grammar of POP3.
 *
 * A command is a keyword and arguments with one space between; a reply is an
 * indicator and a text; some replies go on with lines, up to a line with a
 * dot alone.  Octets are pointed at, not copied.
 *
 * RFC 1939 sections 3, 5 and 7; RFC 2449 sections 3 and 8; RFC 5034
 * section 4.
 */

#include "proto/pop3/syntax.h"

#include "base/text.h"
#include "mail/message.h"

#include <string.h>

static const char *const http_words[] = {
  "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT",
};

static gsize
trim_end (const guint8 *data,
          gsize         len)
{
  while (len > 0 && data[len - 1] == ' ')
    len--;

  return len;
}

void
pc_pop3_parse_command (const guint8  *line,
                       gsize          len,
                       PcPop3Command *command)
{
  const guint8 *space = len > 0 ? memchr (line, ' ', len) : NULL;
  gsize         word_len = space != NULL ? (gsize) (space - line) : len;
  gsize         args = space != NULL ? word_len + 1 : len;

  *command = (PcPop3Command){
    .verb = PC_POP3_VERB_UNKNOWN,
    .word_len = word_len,
    .args = line + args,
    .args_len = len - args,
    .has_args = trim_end (line + args, len - args) > 0,
  };

  for (guint i = 0; i < PC_POP3_N_VERBS; i++) {
    if (pc_text_equal_ascii (line, word_len, pc_pop3_verbs[i].name))
      command->verb = (PcPop3Verb) i;
  }
}

guint
pc_pop3_parse_numbers (const guint8 *args,
                       gsize         len,
                       guint32      *values,
                       guint         max)
{
  guint n = 0;
  gsize at = 0;

  len = trim_end (args, len);
  while (at < len && n < max) {
    const guint8 *space = memchr (args + at, ' ', len - at);
    gsize         end = space != NULL ? (gsize) (space - args) : len;
    guint64       value;

    if (!pc_text_parse_number (args + at, end - at, G_MAXUINT32, &value))
      return 0;

    values[n++] = (guint32) value;
    at = end + 1;
  }

  return at >= len ? n : 0;
}

gboolean
pc_pop3_is_http (const guint8 *line,
                 gsize         word_len)
{
  for (gsize i = 0; i < G_N_ELEMENTS (http_words); i++) {
    if (pc_text_equal_ascii (line, word_len, http_words[i]))
      return TRUE;
  }

  return FALSE;
}

/* -- replies -------------------------------------------------------------- */

static gboolean
begins (const guint8 *line,
        gsize         len,
        const char   *word)
{
  gsize n = strlen (word);

  return len >= n && memcmp (line, word, n) == 0 &&
         (len == n || line[n] == ' ');
}

/* resp-code = "[" resp-level *("/" resp-level) "]" (RFC 2449 section 3) */
static gsize
code_length (const guint8 *text,
             gsize         len)
{
  const guint8 *end;

  if (len == 0 || text[0] != '[')
    return 0;

  end = memchr (text, ']', len);

  return end != NULL ? (gsize) (end - text) + 1 : 0;
}

/* The indicators are in upper case (RFC 1939 section 3). */
void
pc_pop3_parse_reply (const guint8 *line,
                     gsize         len,
                     PcPop3Reply  *reply)
{
  *reply = (PcPop3Reply){ .status = PC_POP3_REPLY_BAD };

  if (begins (line, len, "+OK")) {
    reply->status = PC_POP3_REPLY_OK;
    reply->status_len = 3;
  } else if (begins (line, len, "-ERR")) {
    reply->status = PC_POP3_REPLY_ERR;
    reply->status_len = 4;
  } else if (begins (line, len, "+")) {
    reply->status = PC_POP3_REPLY_CONTINUE;
    reply->status_len = 1;
  } else {
    return;
  }

  reply->text = MIN (reply->status_len + 1, len);
  if (reply->status != PC_POP3_REPLY_CONTINUE)
    reply->code_len = code_length (line + reply->text, len - reply->text);
}

gboolean
pc_pop3_reply_has_code (const guint8      *line,
                        const PcPop3Reply *reply,
                        const char        *code)
{
  gsize         n = strlen (code);
  const guint8 *text = line + reply->text + 1;

  if (reply->code_len < n + 2 || !pc_text_equal_ascii (text, n, code))
    return FALSE;

  return text[n] == ']' || text[n] == '/';
}

/* -- text ----------------------------------------------------------------- */

static void
put (GByteArray   *out,
     const guint8 *data,
     gsize         len)
{
  if (out != NULL)
    g_byte_array_append (out, data, (guint) len);
}

static void
unstuff_octet (PcPop3Unstuffer *self,
               const guint8    *octet,
               GByteArray      *out)
{
  switch (self->at) {
  case PC_POP3_LINE_START:
    if (*octet == '.') {
      self->at = PC_POP3_DOT;
      return;
    }
    break;
  case PC_POP3_DOT:
    if (*octet == '\r') {
      self->at = PC_POP3_DOT_CR;
      return;
    }
    break;
  case PC_POP3_DOT_CR:
    if (*octet == '\n') {
      self->at = PC_POP3_END;
      return;
    }
    put (out, (const guint8 *) "\r", 1);
    break;
  case PC_POP3_CR:
    if (*octet == '\n') {
      put (out, octet, 1);
      self->at = PC_POP3_LINE_START;
      return;
    }
    break;
  case PC_POP3_TEXT:
    break;
  case PC_POP3_END:
    g_assert_not_reached ();
  }

  put (out, octet, 1);
  self->at = *octet == '\r' ? PC_POP3_CR : PC_POP3_TEXT;
}

gsize
pc_pop3_unstuff (PcPop3Unstuffer *self,
                 const guint8    *data,
                 gsize            len,
                 GByteArray      *out)
{
  gsize i = 0;

  while (i < len && self->at != PC_POP3_END) {
    const guint8 *cr;
    gsize         run;

    if (self->at != PC_POP3_TEXT) {
      unstuff_octet (self, data + i, out);
      i++;
      continue;
    }

    /* Most octets are here. */
    cr = memchr (data + i, '\r', len - i);
    run = cr != NULL ? (gsize) (cr - data) - i : len - i;
    put (out, data + i, run);
    i += run;
    if (cr != NULL) {
      unstuff_octet (self, data + i, out);
      i++;
    }
  }

  return i;
}

static gsize
line_length (const guint8 *text,
             gsize         len,
             gsize         offset)
{
  const guint8 *lf = memchr (text + offset, '\n', len - offset);

  return lf != NULL ? (gsize) (lf - text) + 1 - offset : len - offset;
}

gsize
pc_pop3_top_length (const guint8 *text,
                    gsize         len,
                    guint32       n_lines)
{
  gsize offset = pc_message_header_length (text, len);

  for (guint32 i = 0; i < n_lines && offset < len; i++)
    offset += line_length (text, len, offset);

  return offset;
}
