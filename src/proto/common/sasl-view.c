/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an onlooker can tell about the lines of a login.
 *
 * SCRAM's messages tell themselves apart by how they begin; for the rest the
 * mechanism must be known from the command.  A line that is not what its
 * mechanism would send counts as a secret.
 *
 * RFC 4616, RFC 2195 section 2, RFC 5802 sections 5.1 and 7.
 */

#include "proto/common/sasl-view.h"

#include "base/text.h"
#include "proto/common/unit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_CHARS 64
#define TEXT_CHARS 300
#define MD5_DIGITS 32

void
pc_sasl_view_begin (PcSaslView   *self,
                    const guint8 *args,
                    gsize         len)
{
  const guint8 *blank = len == 0 ? NULL : memchr (args, ' ', len);
  gsize         name = blank == NULL ? len : (gsize) (blank - args);

  *self = (PcSaslView){ 0 };
  self->known = pc_sasl_find (args, name, &self->mechanism);
  self->step = blank != NULL ? 1 : 0;
}

static gboolean
is_mechanism (const PcSaslView *self,
              PcSaslMechanism   mechanism)
{
  return self->known && self->mechanism == mechanism;
}

static gboolean
begins_with (GBytes     *bytes,
             const char *text)
{
  gsize       len;
  const char *data = g_bytes_get_data (bytes, &len);

  return len >= strlen (text) && memcmp (data, text, strlen (text)) == 0;
}

/* A name, a space, and 32 hexadecimal digits. */
static gboolean
is_digest (GBytes *bytes)
{
  gsize       len;
  const char *data = g_bytes_get_data (bytes, &len);

  if (len < MD5_DIGITS + 2 || data[len - MD5_DIGITS - 1] != ' ')
    return FALSE;
  for (gsize i = len - MD5_DIGITS; i < len; i++) {
    if (!g_ascii_isxdigit (data[i]))
      return FALSE;
  }

  return TRUE;
}

PcSaslPart
pc_sasl_view_response (const PcSaslView *self,
                       const guint8     *line,
                       gsize             len)
{
  g_autoptr (GBytes) bytes = pc_sasl_decode (line, len);

  if (bytes == NULL)
    return PC_SASL_PART_SECRET;
  if (is_mechanism (self, PC_SASL_CRAM_MD5) && is_digest (bytes))
    return PC_SASL_PART_DIGEST;
  if (!is_mechanism (self, PC_SASL_SCRAM_SHA_256))
    return PC_SASL_PART_SECRET;
  if (len == 0)
    return PC_SASL_PART_END;
  if (begins_with (bytes, "n,") || begins_with (bytes, "y,"))
    return PC_SASL_PART_FIRST;

  return begins_with (bytes, "c=") ? PC_SASL_PART_PROOF : PC_SASL_PART_SECRET;
}

PcSaslPart
pc_sasl_view_challenge (const PcSaslView *self,
                        const guint8     *line,
                        gsize             len)
{
  g_autoptr (GBytes) bytes = pc_sasl_decode (line, len);

  if (bytes == NULL || len == 0)
    return PC_SASL_PART_QUESTION;
  if (is_mechanism (self, PC_SASL_CRAM_MD5) && begins_with (bytes, "<"))
    return PC_SASL_PART_STAMP;
  if (!is_mechanism (self, PC_SASL_SCRAM_SHA_256))
    return PC_SASL_PART_QUESTION;
  if (begins_with (bytes, "r="))
    return PC_SASL_PART_SALT;

  return begins_with (bytes, "v=") ? PC_SASL_PART_SIGNATURE
                                   : PC_SASL_PART_QUESTION;
}

static char *
show (GBytes *bytes,
      gsize   max)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (bytes, &len);

  return pc_text_from_wire (data, len, PC_TEXT_PICTURES, max);
}

char *
pc_sasl_view_describe (const PcSaslView *self,
                       const guint8     *line,
                       gsize             len)
{
  g_autoptr (GBytes) bytes = pc_sasl_decode (line, len);
  g_autofree char *authzid = NULL;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autofree char *shown = NULL;

  if (pc_sasl_view_response (self, line, len) != PC_SASL_PART_SECRET)
    return show (bytes, TEXT_CHARS);
  if (bytes != NULL && is_mechanism (self, PC_SASL_PLAIN) &&
      pc_sasl_parse_plain (bytes, &authzid, &user, &password)) {
    shown = pc_text_from_wire (user, strlen (user), PC_TEXT_PICTURES,
                               NAME_CHARS);
    return g_strdup_printf (_ ("User “%s”, password %s"), shown,
                            PC_SECRET_DOTS);
  }
  if (bytes != NULL && is_mechanism (self, PC_SASL_LOGIN) &&
      self->step == 0) {
    shown = show (bytes, NAME_CHARS);
    return g_strdup_printf (_ ("User “%s”"), shown);
  }

  return g_strdup (PC_SECRET_DOTS);
}

char *
pc_sasl_view_decode (const guint8 *line,
                     gsize         len)
{
  g_autoptr (GBytes) bytes = pc_sasl_decode (line, len);

  if (bytes == NULL)
    return pc_text_from_wire (line, len, PC_TEXT_PICTURES, TEXT_CHARS);

  return show (bytes, TEXT_CHARS);
}
