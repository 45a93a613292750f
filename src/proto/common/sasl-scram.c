/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SCRAM-SHA-256: keys, proofs, and the attributes of its messages.
 *
 * Left out: SASLprep (RFC 4013), so names and passwords beyond ASCII must be
 * typed the same on both sides; and channel binding.
 *
 * RFC 5802 sections 2.2, 3, 5.1 and 7; RFC 7677 section 3.
 */

#include "proto/common/sasl-scram.h"

#include "proto/common/sasl.h"

#include <string.h>

static void
take_digest (GHmac  *hmac,
             guint8 *out)
{
  gsize len = PC_SCRAM_OCTETS;

  g_hmac_get_digest (hmac, out, &len);
}

/* HMAC (key, text) */
static void
sign (const guint8 *key,
      const char   *text,
      guint8       *out)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key,
                                       PC_SCRAM_OCTETS);

  g_hmac_update (hmac, (const guint8 *) text, -1);
  take_digest (hmac, out);
}

/* H (data) */
static void
hash (const guint8 *data,
      guint8       *out)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize len = PC_SCRAM_OCTETS;

  g_checksum_update (checksum, data, PC_SCRAM_OCTETS);
  g_checksum_get_digest (checksum, out, &len);
}

/* Hi (password, salt, iterations): PBKDF2 with an output of one block. */
static void
salt_password (const char   *password,
               const guint8 *salt,
               gsize         salt_len,
               guint         iterations,
               guint8       *out)
{
  static const guint8 one[] = { 0, 0, 0, 1 };
  g_autoptr (GHmac) keyed = NULL;
  guint8 u[PC_SCRAM_OCTETS];

  keyed = g_hmac_new (G_CHECKSUM_SHA256, (const guint8 *) password,
                      strlen (password));
  for (guint i = 0; i < iterations; i++) {
    g_autoptr (GHmac) hmac = g_hmac_copy (keyed);

    if (i == 0) {
      g_hmac_update (hmac, salt, (gssize) salt_len);
      g_hmac_update (hmac, one, sizeof one);
    } else {
      g_hmac_update (hmac, u, sizeof u);
    }
    take_digest (hmac, u);
    for (guint k = 0; k < PC_SCRAM_OCTETS; k++)
      out[k] = i == 0 ? u[k] : out[k] ^ u[k];
  }
}

void
pc_scram_derive (PcScramKeys  *self,
                 const char   *password,
                 const guint8 *salt,
                 gsize         salt_len,
                 guint         iterations)
{
  guint8 salted[PC_SCRAM_OCTETS] = { 0 };

  g_return_if_fail (self != NULL && password != NULL);
  g_return_if_fail (salt != NULL && iterations > 0);

  salt_password (password, salt, salt_len, iterations, salted);
  sign (salted, "Client Key", self->client);
  hash (self->client, self->stored);
  sign (salted, "Server Key", self->server);
}

char *
pc_scram_make_proof (const PcScramKeys *self,
                     const char        *auth_message)
{
  guint8 proof[PC_SCRAM_OCTETS];

  sign (self->stored, auth_message, proof);
  for (guint i = 0; i < PC_SCRAM_OCTETS; i++)
    proof[i] ^= self->client[i];

  return pc_sasl_encode (proof, sizeof proof);
}

gboolean
pc_scram_check_proof (const PcScramKeys *self,
                      const char        *auth_message,
                      const char        *proof)
{
  g_autoptr (GBytes) bytes = pc_sasl_decode (proof, strlen (proof));
  const guint8 *data;
  guint8        key[PC_SCRAM_OCTETS], stored[PC_SCRAM_OCTETS];
  guint         differences = 0;

  if (bytes == NULL || g_bytes_get_size (bytes) != PC_SCRAM_OCTETS)
    return FALSE;

  data = g_bytes_get_data (bytes, NULL);
  sign (self->stored, auth_message, key);
  for (guint i = 0; i < PC_SCRAM_OCTETS; i++)
    key[i] ^= data[i];
  hash (key, stored);
  for (guint i = 0; i < PC_SCRAM_OCTETS; i++)
    differences |= stored[i] ^ self->stored[i];

  return differences == 0;
}

char *
pc_scram_make_signature (const PcScramKeys *self,
                         const char        *auth_message)
{
  guint8 signature[PC_SCRAM_OCTETS];

  sign (self->server, auth_message, signature);

  return pc_sasl_encode (signature, sizeof signature);
}

char *
pc_scram_escape (const char *name)
{
  GString *text = g_string_new (NULL);

  for (; *name != '\0'; name++) {
    if (*name == ',')
      g_string_append (text, "=2C");
    else if (*name == '=')
      g_string_append (text, "=3D");
    else
      g_string_append_c (text, *name);
  }

  return g_string_free (text, FALSE);
}

char *
pc_scram_unescape (const char *text)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (; *text != '\0'; text++) {
    if (*text != '=') {
      g_string_append_c (name, *text);
      continue;
    }
    if (strncmp (text, "=2C", 3) == 0)
      g_string_append_c (name, ',');
    else if (strncmp (text, "=3D", 3) == 0)
      g_string_append_c (name, '=');
    else
      return NULL;
    text += 2;
  }
  if (name->len == 0)
    return NULL;

  return g_string_free (g_steal_pointer (&name), FALSE);
}

char *
pc_scram_take (const char **text,
               char         attribute)
{
  const char *value = *text;
  gsize       len;

  if (value[0] != attribute || value[1] != '=')
    return NULL;

  value += 2;
  len = strcspn (value, ",");
  *text = value + len + (value[len] == ',' ? 1 : 0);

  return g_strndup (value, len);
}
