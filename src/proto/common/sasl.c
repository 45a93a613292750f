/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the mail protocols share of SASL: names, strict base64 and PLAIN.
 *
 * GLib's decoder skips what is not base64; RFC 4648 section 3.3 wants that
 * refused, and a lenient server hides mistakes a learner should see.  So the
 * alphabet and the padding are checked here before GLib decodes.
 *
 * RFC 4648 sections 3.3 and 4, RFC 4616 section 2.
 */

#include "proto/common/sasl.h"

#include "base/bytes.h"
#include "base/text.h"

#include <string.h>

static const char *const names[] = {
  [PC_SASL_PLAIN] = "PLAIN",
  [PC_SASL_LOGIN] = "LOGIN",
  [PC_SASL_CRAM_MD5] = "CRAM-MD5",
  [PC_SASL_SCRAM_SHA_256] = "SCRAM-SHA-256",
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == PC_SASL_N_MECHANISMS);

const char *
pc_sasl_get_name (PcSaslMechanism mechanism)
{
  g_return_val_if_fail (mechanism < PC_SASL_N_MECHANISMS, NULL);

  return names[mechanism];
}

gboolean
pc_sasl_find (gconstpointer    name,
              gsize            len,
              PcSaslMechanism *mechanism)
{
  for (guint i = 0; i < PC_SASL_N_MECHANISMS; i++) {
    if (pc_text_equal_ascii (name, len, names[i])) {
      *mechanism = (PcSaslMechanism) i;
      return TRUE;
    }
  }

  return FALSE;
}

gboolean
pc_sasl_is_among (PcSaslMechanism mechanism,
                  const char     *list)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    PcSaslMechanism named;

    if (pc_sasl_find (words[i], strlen (words[i]), &named) &&
        named == mechanism)
      return TRUE;
  }

  return FALSE;
}

char *
pc_sasl_select (const char *wanted)
{
  g_autoptr (GString) selected = g_string_new (NULL);

  for (guint i = 0; i < PC_SASL_N_MECHANISMS; i++)
    if (wanted == NULL || pc_sasl_is_among ((PcSaslMechanism) i, wanted))
      g_string_append_printf (selected, "%s%s",
                              selected->len > 0 ? " " : "", names[i]);

  return g_strdup (selected->str);
}

gboolean
pc_sasl_takes_initial (PcSaslMechanism mechanism)
{
  return mechanism != PC_SASL_CRAM_MD5;
}

static gboolean
is_base64 (const guint8 *data,
           gsize         len)
{
  gsize body = len;

  if (len % 4 != 0)
    return FALSE;
  while (body > 0 && len - body < 2 && data[body - 1] == '=')
    body--;

  for (gsize i = 0; i < body; i++)
    if (!g_ascii_isalnum (data[i]) && data[i] != '+' && data[i] != '/')
      return FALSE;

  return TRUE;
}

GBytes *
pc_sasl_decode (gconstpointer data,
                gsize         len)
{
  g_autofree char *text = NULL;
  guint8          *out;
  gsize            out_len;

  if (len == 0)
    return g_bytes_new (NULL, 0);
  if (!is_base64 (data, len))
    return NULL;

  text = g_strndup (data, len);
  out = g_base64_decode (text, &out_len);
  return g_bytes_new_take (out, out_len);
}

char *
pc_sasl_encode (gconstpointer data,
                gsize         len)
{
  return g_base64_encode (data, len);
}

gboolean
pc_sasl_parse_plain (GBytes *message,
                     char  **authzid,
                     char  **user,
                     char  **password)
{
  gsize       size;
  const char *data = g_bytes_get_data (message, &size);
  const char *first = size > 0 ? memchr (data, '\0', size) : NULL;
  const char *second;
  gsize       rest;

  if (first == NULL)
    return FALSE;
  rest = size - (gsize) (first + 1 - data);
  second = rest > 0 ? memchr (first + 1, '\0', rest) : NULL;
  if (second == NULL)
    return FALSE;
  rest = size - (gsize) (second + 1 - data);

  /* authcid and passwd are 1*SAFE: neither may be empty. */
  if (second == first + 1 || rest == 0 || memchr (second + 1, '\0', rest) ||
      !g_utf8_validate_len (data, (gsize) (first - data), NULL) ||
      !g_utf8_validate_len (first + 1, (gsize) (second - first - 1), NULL) ||
      !g_utf8_validate_len (second + 1, rest, NULL))
    return FALSE;

  *authzid = g_strndup (data, (gsize) (first - data));
  *user = g_strndup (first + 1, (gsize) (second - first - 1));
  *password = g_strndup (second + 1, rest);
  return TRUE;
}

char *
pc_sasl_make_plain (const char *user,
                    const char *password)
{
  g_auto (PcBytes) message = { 0 };
  const guint8 *data;
  gsize         len;

  pc_bytes_append (&message, "", 1);
  pc_bytes_append_string (&message, user);
  pc_bytes_append (&message, "", 1);
  pc_bytes_append_string (&message, password);

  data = pc_bytes_peek (&message, &len);
  return pc_sasl_encode (data, len);
}
