/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's end of PLAIN, LOGIN, CRAM-MD5 and SCRAM-SHA-256.
 *
 * With SCRAM the server has to prove that it knows the password, too: a
 * signature that is wrong ends the exchange.
 *
 * Left out: channel binding, SASLprep.
 * RFC 4616, RFC 2195, RFC 5802 sections 5 and 7, RFC 7677.
 */

#include "proto/common/sasl-client.h"

#include "proto/common/sasl-digest.h"
#include "proto/common/sasl-scram.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

#define MIN_ITERATIONS 4096 /* RFC 7677 section 4 */

struct _PcSaslClient
{
  PcSaslMechanism mechanism;
  char           *user;
  char           *password;
  char           *nonce;
  guint           step; /* responses given */
  gboolean        done;
  char           *held; /* the first response, too long for the command */
  /* SCRAM */
  char *bare;      /* client-first-message-bare */
  char *signature; /* that the server has to show */
};

PcSaslClient *
pc_sasl_client_new (PcSaslMechanism mechanism,
                    const char     *user,
                    const char     *password,
                    const char     *nonce)
{
  PcSaslClient *self;

  g_return_val_if_fail (user != NULL && password != NULL, NULL);
  g_return_val_if_fail (nonce != NULL, NULL);

  self = g_new0 (PcSaslClient, 1);
  self->mechanism = mechanism;
  self->user = g_strdup (user);
  self->password = g_strdup (password);
  self->nonce = g_strdup (nonce);

  return self;
}

void
pc_sasl_client_free (PcSaslClient *self)
{
  if (self == NULL)
    return;

  g_free (self->user);
  g_free (self->password);
  g_free (self->nonce);
  g_free (self->bare);
  g_free (self->signature);
  g_free (self->held);
  g_free (self);
}

PcSaslMechanism
pc_sasl_client_get_mechanism (const PcSaslClient *self)
{
  return self->mechanism;
}

gboolean
pc_sasl_client_is_done (const PcSaslClient *self)
{
  return self->done;
}

static GBytes *
bytes_from (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* NULL when there is a NUL in it. */
static char *
text_from (GBytes *bytes)
{
  gsize       len;
  const char *data = g_bytes_get_data (bytes, &len);

  if (len > 0 && memchr (data, '\0', len) != NULL)
    return NULL;

  return g_strndup (len > 0 ? data : "", len);
}

static PcSaslStatus
finish (PcSaslClient *self,
        GBytes      **response,
        GBytes       *last)
{
  *response = last;
  self->done = TRUE;

  return PC_SASL_DONE;
}

static PcSaslStatus
step_plain (PcSaslClient *self,
            GBytes       *challenge,
            GBytes      **response)
{
  GString *text = g_string_new (NULL);

  g_string_append_c (text, '\0');
  g_string_append (text, self->user);
  g_string_append_c (text, '\0');
  g_string_append (text, self->password);

  return finish (self, response, g_string_free_to_bytes (text));
}

static PcSaslStatus
step_login (PcSaslClient *self,
            GBytes       *challenge,
            GBytes      **response)
{
  if (self->step > 1)
    return finish (self, response, bytes_from (self->password));
  *response = bytes_from (self->user);

  return PC_SASL_MORE;
}

static PcSaslStatus
step_cram (PcSaslClient *self,
           GBytes       *challenge,
           GBytes      **response)
{
  g_autofree char *text = text_from (challenge);
  g_autofree char *digest = NULL;
  g_autofree char *answer = NULL;

  if (text == NULL)
    return PC_SASL_REFUSED;

  digest = pc_sasl_digest_cram (text, self->password);
  answer = g_strconcat (self->user, " ", digest, NULL);

  return finish (self, response, bytes_from (answer));
}

static PcSaslStatus
scram_begin (PcSaslClient *self,
             GBytes      **response)
{
  g_autofree char *name = pc_scram_escape (self->user);
  g_autofree char *text = NULL;

  self->bare = g_strdup_printf ("n=%s,r=%s", name, self->nonce);
  text = g_strconcat ("n,,", self->bare, NULL);
  *response = bytes_from (text);

  return PC_SASL_MORE;
}

/* server-first-message = nonce "," salt "," iteration-count ["," ext] */
static gboolean
read_server_first (PcSaslClient *self,
                   const char   *text,
                   char        **nonce,
                   GBytes      **salt,
                   guint64      *iterations)
{
  g_autofree char *salt_text = NULL;
  g_autofree char *count = NULL;

  *nonce = pc_scram_take (&text, 'r');
  salt_text = *nonce != NULL ? pc_scram_take (&text, 's') : NULL;
  count = salt_text != NULL ? pc_scram_take (&text, 'i') : NULL;
  if (count == NULL || !g_str_has_prefix (*nonce, self->nonce) ||
      strlen (*nonce) == strlen (self->nonce))
    return FALSE;

  *salt = pc_sasl_decode (salt_text, strlen (salt_text));

  return *salt != NULL && g_bytes_get_size (*salt) > 0 &&
         pc_text_parse_number (count, strlen (count),
                               PC_LIMIT_SCRAM_ITERATIONS, iterations) &&
         *iterations >= MIN_ITERATIONS;
}

static PcSaslStatus
scram_prove (PcSaslClient *self,
             const char   *first,
             GBytes      **response)
{
  g_autoptr (GBytes) salt = NULL;
  g_autofree char *nonce = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *message = NULL;
  g_autofree char *proof = NULL;
  g_autofree char *final = NULL;
  guint64          iterations;
  PcScramKeys      keys;
  gsize            len;
  const guint8    *octets;

  if (!read_server_first (self, first, &nonce, &salt, &iterations))
    return PC_SASL_REFUSED;

  octets = g_bytes_get_data (salt, &len);
  pc_scram_derive (&keys, self->password, octets, len, (guint) iterations);
  plain = g_strconcat ("c=biws,r=", nonce, NULL); /* "n,," in base64 */
  message = g_strconcat (self->bare, ",", first, ",", plain, NULL);
  proof = pc_scram_make_proof (&keys, message);
  self->signature = pc_scram_make_signature (&keys, message);
  final = g_strconcat (plain, ",p=", proof, NULL);
  *response = bytes_from (final);

  return PC_SASL_MORE;
}

static PcSaslStatus
step_scram (PcSaslClient *self,
            GBytes       *challenge,
            GBytes      **response)
{
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  const char      *rest;

  if (self->bare == NULL)
    return scram_begin (self, response);

  rest = text = text_from (challenge);
  if (text == NULL)
    return PC_SASL_REFUSED;
  if (self->signature == NULL)
    return scram_prove (self, text, response);

  signature = pc_scram_take (&rest, 'v');
  if (signature == NULL || !pc_sasl_equal (signature, self->signature))
    return PC_SASL_REFUSED;

  return finish (self, response, g_bytes_new (NULL, 0));
}

PcSaslStatus
pc_sasl_client_step (PcSaslClient *self,
                     GBytes       *challenge,
                     GBytes      **response)
{
  static PcSaslStatus (*const steps[]) (PcSaslClient *, GBytes *,
                                        GBytes **) = {
    [PC_SASL_PLAIN] = step_plain,
    [PC_SASL_LOGIN] = step_login,
    [PC_SASL_CRAM_MD5] = step_cram,
    [PC_SASL_SCRAM_SHA_256] = step_scram,
  };

  g_return_val_if_fail (self != NULL && response != NULL, PC_SASL_REFUSED);

  *response = NULL;
  if (self->done)
    return PC_SASL_REFUSED;
  /* LOGIN waits for its questions, CRAM-MD5 for the stamp. */
  if (challenge == NULL && (self->mechanism == PC_SASL_LOGIN ||
                            self->mechanism == PC_SASL_CRAM_MD5))
    return PC_SASL_MORE;
  self->step++;

  return steps[self->mechanism](self, challenge, response);
}

static char *
encode (GBytes *bytes)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (bytes, &len);

  return pc_sasl_encode (data, len);
}

char *
pc_sasl_client_open (PcSaslClient *self,
                     gsize         max)
{
  const char *name = pc_sasl_get_name (self->mechanism);
  g_autoptr (GBytes) response = NULL;
  g_autofree char *text = NULL;

  pc_sasl_client_step (self, NULL, &response);
  if (response == NULL)
    return g_strdup (name);

  text = encode (response);
  if (strlen (name) + 1 + strlen (text) > max) {
    self->held = g_steal_pointer (&text);
    return g_strdup (name);
  }

  return g_strconcat (name, " ", text, NULL);
}

char *
pc_sasl_client_answer (PcSaslClient *self,
                       gconstpointer challenge,
                       gsize         len)
{
  g_autoptr (GBytes) bytes = pc_sasl_decode (challenge, len);
  g_autoptr (GBytes) response = NULL;

  if (bytes != NULL && self->held != NULL)
    return g_steal_pointer (&self->held);
  if (bytes == NULL ||
      pc_sasl_client_step (self, bytes, &response) == PC_SASL_REFUSED)
    return g_strdup ("*");

  return encode (response);
}
