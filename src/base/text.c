/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Wire octets to readable text.
 *
 * Controls (C0, DEL, C1) and the characters that steer the direction of
 * writing (UAX #9) are made visible, because text from a peer must not be
 * able to forge what stands beside it.  Escaping for Pango is not done here:
 * that is the widget's duty.
 */

#include "base/text.h"

#include <string.h>

/* U+2400 is the picture of NUL, U+2401 of SOH, and so on. */
#define PICTURES 0x2400
#define PICTURE_DEL 0x2421
#define ELLIPSIS "\342\200\246"

static gboolean
is_deceptive (gunichar c)
{
  return (c >= 0x80 && c < 0xa0) ||      /* C1 controls */
         c == 0x061c ||                  /* Arabic letter mark */
         (c >= 0x200b && c <= 0x200f) || /* zero width, LRM, RLM */
         (c >= 0x2028 && c <= 0x202e) || /* separators, embeddings */
         (c >= 0x2060 && c <= 0x2069) || /* invisible, isolates */
         c == 0xfeff ||
         (c >= 0xe0000 && c <= 0xe007f); /* tags */
}

static void
append_char (GString *out,
             gunichar c)
{
  if (c < 0x20)
    g_string_append_unichar (out, PICTURES + c);
  else if (c == 0x7f)
    g_string_append_unichar (out, PICTURE_DEL);
  else if (is_deceptive (c))
    g_string_append_printf (out, "\\u{%x}", c);
  else
    g_string_append_unichar (out, c);
}

/* The CR LF at @data, or nothing special. Returns the octets it took. */
static gsize
append_line_end (GString      *out,
                 const guint8 *data,
                 gsize         len,
                 PcTextFlags   flags)
{
  gsize used = 0;

  if (flags & PC_TEXT_ONE_LINE) {
    while (used + 1 < len && data[used] == '\r' && data[used + 1] == '\n')
      used += 2;
    if (used > 0)
      g_string_append_c (out, ' ');
  } else if (flags & PC_TEXT_KEEP_LINES) {
    if (len > 1 && data[0] == '\r' && data[1] == '\n')
      used = 2;
    else if (data[0] == '\n')
      used = 1;
    if (used > 0)
      g_string_append_c (out, '\n');
  }

  return used;
}

/* Printable ASCII, of which nearly everything is made, as it stands. */
static gsize
append_plain (GString      *out,
              const guint8 *data,
              gsize         len)
{
  gsize n = 0;

  while (n < len && data[n] >= 0x20 && data[n] < 0x7f)
    n++;
  g_string_append_len (out, (const char *) data, (gssize) n);
  return n;
}

static gsize
append_next (GString      *out,
             const guint8 *data,
             gsize         len,
             PcTextFlags   flags)
{
  gunichar c;
  gsize    used;

  if (data[0] == '\r' || data[0] == '\n') {
    used = append_line_end (out, data, len, flags);
    if (used > 0)
      return used;
  }
  if (data[0] == '\0') {
    append_char (out, 0);
    return 1;
  }

  c = g_utf8_get_char_validated ((const char *) data, (gssize) len);
  if (c == (gunichar) -1 || c == (gunichar) -2) {
    g_string_append_printf (out, "\\x%02x", data[0]);
    return 1;
  }

  append_char (out, c);
  return (gsize) g_unichar_to_utf8 (c, NULL);
}

char *
pc_text_from_wire (gconstpointer data,
                   gsize         len,
                   PcTextFlags   flags,
                   gsize         max_chars)
{
  const guint8 *in = data;
  gsize         most = max_chars != 0 ? MIN (len, max_chars + 3) : len;
  GString      *out = g_string_sized_new (MIN (most, 4096) + 1);
  gsize         n = 0;

  if ((flags & PC_TEXT_NO_EOL) != 0 && len >= 2 &&
      memcmp (in + len - 2, "\r\n", 2) == 0)
    len -= 2;

  for (gsize i = 0; i < len; n++) {
    gsize room = max_chars != 0 ? max_chars - n : len;
    gsize plain = append_plain (out, in + i, MIN (len - i, room));

    i += plain;
    n += plain;
    if (i == len)
      break;
    if (max_chars != 0 && n == max_chars) {
      g_string_append (out, ELLIPSIS);
      break;
    }
    i += append_next (out, in + i, len - i, flags);
  }

  return g_string_free (out, FALSE);
}

gboolean
pc_text_equal_ascii (gconstpointer data,
                     gsize         len,
                     const char   *word)
{
  return strlen (word) == len && g_ascii_strncasecmp (data, word, len) == 0;
}

gboolean
pc_text_parse_number (gconstpointer data,
                      gsize         len,
                      guint64       max,
                      guint64      *value)
{
  const guint8 *digits = data;
  guint64       result = 0;

  if (len == 0)
    return FALSE;

  for (gsize i = 0; i < len; i++) {
    guint64 digit;

    if (!g_ascii_isdigit (digits[i]))
      return FALSE;
    digit = (guint64) (digits[i] - '0');
    if (result > (max - digit) / 10 || digit > max)
      return FALSE;
    result = result * 10 + digit;
  }

  *value = result;
  return TRUE;
}
