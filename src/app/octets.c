/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes octets down for the clipboard. */

#include "app/octets.h"

#include <string.h>

#define HEX_PER_LINE 16
#define C_PER_LINE 12

gboolean
pc_octets_format_parse (const char     *word,
                        PcOctetsFormat *format)
{
  static const char *const words[] = {
    [PC_OCTETS_HEX] = "hex",
    [PC_OCTETS_TEXT] = "text",
    [PC_OCTETS_C] = "c",
  };

  g_return_val_if_fail (word != NULL && format != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i], word)) {
      *format = (PcOctetsFormat) i;
      return TRUE;
    }
  return FALSE;
}

static void
append_hex (GString      *text,
            const guint8 *data,
            gsize         len)
{
  for (gsize i = 0; i < len; i++)
    g_string_append_printf (text, "%s%02x",
                            i == 0                  ? ""
                            : i % HEX_PER_LINE == 0 ? "\n"
                                                    : " ",
                            data[i]);
}

/* How many octets of @data are one character that can be shown as it is. */
static gsize
get_character (const guint8 *data,
               gsize         len)
{
  gunichar c = g_utf8_get_char_validated ((const char *) data, (gssize) len);

  if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0)
    return 0;
  if (c != '\t' && c != '\n' && !g_unichar_isprint (c))
    return 0;
  return (gsize) g_unichar_to_utf8 (c, NULL);
}

static void
append_text (GString      *text,
             const guint8 *data,
             gsize         len)
{
  for (gsize i = 0; i < len;) {
    gsize n = get_character (data + i, len - i);

    if (data[i] == '\r' && i + 1 < len && data[i + 1] == '\n')
      i++;
    else if (n > 0) {
      g_string_append_len (text, (const char *) data + i, (gssize) n);
      i += n;
    } else
      g_string_append_printf (text, "\\x%02x", data[i++]);
  }
}

static void
append_c (GString      *text,
          const guint8 *data,
          gsize         len)
{
  g_string_append_printf (
      text, "static const unsigned char octets[%" G_GSIZE_FORMAT "] = {", len);
  for (gsize i = 0; i < len; i++)
    g_string_append_printf (text, "%s0x%02x,",
                            i % C_PER_LINE == 0 ? "\n  " : " ", data[i]);
  g_string_append (text, "\n};\n");
}

char *
pc_octets_to_string (const guint8  *data,
                     gsize          len,
                     PcOctetsFormat format)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (data != NULL || len == 0, NULL);

  switch (format) {
  case PC_OCTETS_HEX: append_hex (text, data, len); break;
  case PC_OCTETS_TEXT: append_text (text, data, len); break;
  case PC_OCTETS_C: append_c (text, data, len); break;
  default: g_assert_not_reached ();
  }
  return g_string_free (text, FALSE);
}

GBytes *
pc_octets_of_step (PcStep  *step,
                   int      field,
                   gboolean secrets)
{
  gsize len, start = 0, end;
  const guint8 *data;
  guint8 *copy;

  g_return_val_if_fail (PC_IS_STEP (step), NULL);

  data = g_bytes_get_data (pc_step_get_bytes (step), &len);
  copy = g_memdup2 (data, len);
  end = len;
  for (guint i = 0; i < pc_step_get_n_fields (step); i++) {
    const PcField *it = pc_step_get_field (step, i);

    if (it->end > len || it->start > it->end)
      continue;
    if (it->secret && !secrets)
      memset (copy + it->start, '*', it->end - it->start);
    if ((int) i == field) {
      start = it->start;
      end = it->end;
    }
  }
  if (start > 0 || end < len) {
    g_autoptr (GBytes) all = g_bytes_new_take (copy, len);

    return g_bytes_new_from_bytes (all, start, end - start);
  }
  return g_bytes_new_take (copy, len);
}
