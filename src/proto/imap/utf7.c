/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Modified UTF-7: "Entwürfe" is "Entw&APw-rfe".
 *
 * There is one way to write a name; what decodes but would be written
 * otherwise is refused, so that no two names mean the same mailbox.
 *
 * RFC 3501 section 5.1.3.
 */

#include "proto/imap/utf7.h"

#include <string.h>

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

static gboolean
is_direct (gunichar c)
{
  return c >= 0x20 && c <= 0x7e && c != '&';
}

/* One run of characters that cannot stand for themselves. */
static const char *
encode_run (GString    *out,
            const char *at)
{
  guint32 bits = 0;
  guint   n_bits = 0;

  g_string_append_c (out, '&');
  for (; *at != '\0' && *at != '&' && !is_direct (g_utf8_get_char (at));
       at = g_utf8_next_char (at)) {
    gunichar  c = g_utf8_get_char (at);
    gunichar2 units[2] = { (gunichar2) c, 0 };
    guint     n = 1;

    if (c >= 0x10000) {
      units[0] = (gunichar2) (0xd800 + ((c - 0x10000) >> 10));
      units[1] = (gunichar2) (0xdc00 + ((c - 0x10000) & 0x3ff));
      n = 2;
    }
    for (guint i = 0; i < n; i++) {
      bits = bits << 16 | units[i];
      for (n_bits += 16; n_bits >= 6; n_bits -= 6)
        g_string_append_c (out, alphabet[bits >> (n_bits - 6) & 0x3f]);
      bits &= 0x3f;
    }
  }
  if (n_bits > 0)
    g_string_append_c (out, alphabet[bits << (6 - n_bits) & 0x3f]);
  g_string_append_c (out, '-');
  return at;
}

char *
pc_imap_utf7_encode (const char *name)
{
  GString *out = g_string_new (NULL);

  while (*name != '\0') {
    if (*name == '&') {
      g_string_append (out, "&-");
      name++;
    } else if (is_direct (g_utf8_get_char (name))) {
      g_string_append_c (out, *name++);
    } else {
      name = encode_run (out, name);
    }
  }

  return g_string_free (out, FALSE);
}

/* Behind "&", up to and with "-".  NULL when it is wrong. */
static const char *
decode_run (GString    *out,
            const char *at)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  g_autofree char   *text = NULL;
  guint32            bits = 0;
  guint              n_bits = 0;

  for (; *at != '-'; at++) {
    const char *digit = *at != '\0' ? strchr (alphabet, *at) : NULL;

    if (digit == NULL)
      return NULL;
    bits = (bits & 0xffff) << 6 | (guint32) (digit - alphabet);
    n_bits += 6;
    if (n_bits >= 16) {
      gunichar2 unit = (gunichar2) (bits >> (n_bits - 16));

      n_bits -= 16;
      g_array_append_val (units, unit);
    }
  }

  if (units->len == 0)
    return NULL;
  text = g_utf16_to_utf8 ((const gunichar2 *) units->data, units->len, NULL,
                          NULL, NULL);
  if (text == NULL || text[0] == '\0')
    return NULL;
  g_string_append (out, text);
  return at + 1;
}

char *
pc_imap_utf7_decode (const char *name)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char    *again = NULL;
  const char         *at = name;

  while (at != NULL && *at != '\0') {
    if (at[0] == '&' && at[1] == '-') {
      g_string_append_c (out, '&');
      at += 2;
    } else if (at[0] == '&') {
      at = decode_run (out, at + 1);
    } else if (is_direct ((guchar) at[0])) {
      g_string_append_c (out, *at++);
    } else {
      return NULL;
    }
  }
  if (at == NULL)
    return NULL;

  again = pc_imap_utf7_encode (out->str);
  if (strcmp (again, name) != 0)
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
