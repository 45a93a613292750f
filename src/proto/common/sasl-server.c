/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's end of PLAIN, LOGIN, CRAM-MD5 and SCRAM-SHA-256.
 *
 * Nobody may act for somebody else: an authorization identity must be empty
 * or the user's own name.  SCRAM's salt is worked out from the name, so that
 * strangers get one that stays the same, too.
 *
 * Left out: channel binding, SASLprep, and random numbers (sasl-digest.h).
 * RFC 4422 section 3, RFC 4616, RFC 2195, RFC 5802 sections 5 and 7, RFC 7677.
 */

#include "proto/common/sasl-server.h"

#include "proto/common/sasl-digest.h"
#include "proto/common/sasl-scram.h"

#include <string.h>

#define ITERATIONS 4096 /* RFC 7677 section 4: at least */
#define SALT_OCTETS 16

struct _PcSaslServer
{
  PcSaslMechanism mechanism;
  char           *host;
  char           *challenge; /* stamp or nonce */
  PcSaslPeek      peek;
  gpointer        users;
  guint           step;
  char           *user;
  /* SCRAM */
  char   *header;       /* "n,," in base64: what c= has to repeat */
  char   *nonce;        /* the client's and ours */
  char   *auth_message; /* the first two messages of the three */
  guint8 *salt;
};

PcSaslServer *
pc_sasl_server_new (const PcSaslServerConfig *config)
{
  PcSaslServer *self;

  g_return_val_if_fail (config != NULL && config->host != NULL, NULL);
  g_return_val_if_fail (config->peek != NULL, NULL);

  self = g_new0 (PcSaslServer, 1);
  self->mechanism = config->mechanism;
  self->host = g_strdup (config->host);
  self->peek = config->peek;
  self->users = config->users;
  if (config->challenge != NULL)
    self->challenge = g_strdup (config->challenge);
  else if (config->mechanism == PC_SASL_CRAM_MD5)
    self->challenge = pc_sasl_make_stamp (config->host, config->session,
                                          config->count, config->now);
  else
    self->challenge = pc_sasl_make_nonce (config->host, config->session,
                                          config->count, config->now);

  return self;
}

void
pc_sasl_server_free (PcSaslServer *self)
{
  if (self == NULL)
    return;

  g_free (self->host);
  g_free (self->challenge);
  g_free (self->user);
  g_free (self->header);
  g_free (self->nonce);
  g_free (self->auth_message);
  g_free (self->salt);
  g_free (self);
}

PcSaslMechanism
pc_sasl_server_get_mechanism (const PcSaslServer *self)
{
  return self->mechanism;
}

const char *
pc_sasl_server_get_user (const PcSaslServer *self)
{
  return self->user;
}

static GBytes *
bytes_from (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* NULL unless it is UTF-8 without NUL.  Transfer full. */
static char *
text_from (GBytes *bytes)
{
  gsize       len;
  const char *data = g_bytes_get_data (bytes, &len);

  if (len == 0)
    return g_strdup ("");
  if (memchr (data, '\0', len) != NULL ||
      !g_utf8_validate_len (data, len, NULL))
    return NULL;

  return g_strndup (data, len);
}

static PcSaslStatus
check_password (PcSaslServer *self,
                const char   *password)
{
  const char *expected = self->peek (self->users, self->user);
  gboolean    known = expected != NULL;
  gboolean    same = pc_sasl_equal (password, known ? expected : "");

  return known & same ? PC_SASL_DONE : PC_SASL_REFUSED;
}

/* -- PLAIN and LOGIN ------------------------------------------------------ */

static PcSaslStatus
step_plain (PcSaslServer *self,
            GBytes       *response,
            GBytes      **challenge)
{
  g_autofree char *authzid = NULL;
  g_autofree char *password = NULL;

  if (!pc_sasl_parse_plain (response, &authzid, &self->user, &password))
    return PC_SASL_REFUSED;
  if (authzid[0] != '\0' && strcmp (authzid, self->user) != 0)
    return PC_SASL_REFUSED;

  return check_password (self, password);
}

static PcSaslStatus
step_login (PcSaslServer *self,
            GBytes       *response,
            GBytes      **challenge)
{
  g_autofree char *text = text_from (response);

  if (text == NULL)
    return PC_SASL_REFUSED;
  if (self->user != NULL)
    return check_password (self, text);

  self->user = g_steal_pointer (&text);
  *challenge = bytes_from ("Password:");

  return PC_SASL_MORE;
}

/* -- CRAM-MD5 ------------------------------------------------------------- */

/* name, one space, digest: the name may have spaces in it. */
static PcSaslStatus
step_cram (PcSaslServer *self,
           GBytes       *response,
           GBytes      **challenge)
{
  g_autofree char *text = text_from (response);
  g_autofree char *digest = NULL;
  char            *space = text != NULL ? strrchr (text, ' ') : NULL;
  const char      *password;
  gboolean         same;

  if (space == NULL)
    return PC_SASL_REFUSED;

  self->user = g_strndup (text, (gsize) (space - text));
  password = self->peek (self->users, self->user);
  digest = pc_sasl_digest_cram (self->challenge,
                                password != NULL ? password : "");
  same = pc_sasl_equal (space + 1, digest);

  return (password != NULL) & same ? PC_SASL_DONE : PC_SASL_REFUSED;
}

/* -- SCRAM-SHA-256 -------------------------------------------------------- */

/* gs2-header = gs2-cbind-flag "," [authzid] ","; its flag is "n" or "y", for
 * we bind no channel.  The rest of @text, or NULL. */
static const char *
take_header (PcSaslServer *self,
             const char   *text,
             char        **authzid)
{
  const char *begin = text;

  if ((text[0] != 'n' && text[0] != 'y') || text[1] != ',')
    return NULL;
  text += 2;
  if (*text == ',') {
    text++;
  } else {
    g_autofree char *name = pc_scram_take (&text, 'a');

    *authzid = name != NULL ? pc_scram_unescape (name) : NULL;
    if (*authzid == NULL || text[-1] != ',')
      return NULL;
  }
  self->header = pc_sasl_encode (begin, (gsize) (text - begin));

  return text;
}

static void
make_salt (PcSaslServer *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *user = g_ascii_strdown (self->user, -1);
  gsize            len = PC_SCRAM_OCTETS;

  self->salt = g_malloc0 (PC_SCRAM_OCTETS);
  g_checksum_update (checksum, (const guchar *) self->host, -1);
  g_checksum_update (checksum, (const guchar *) "", 1);
  g_checksum_update (checksum, (const guchar *) user, -1);
  g_checksum_get_digest (checksum, self->salt, &len);
}

/* client-first-message-bare = username "," nonce ["," extensions] */
static PcSaslStatus
take_client_first (PcSaslServer *self,
                   GBytes       *response,
                   GBytes      **challenge)
{
  g_autofree char *text = text_from (response);
  g_autofree char *authzid = NULL;
  g_autofree char *name = NULL;
  g_autofree char *nonce = NULL;
  g_autofree char *salt = NULL;
  g_autofree char *first = NULL;
  const char      *bare, *rest;

  rest = bare = text != NULL ? take_header (self, text, &authzid) : NULL;
  name = rest != NULL ? pc_scram_take (&rest, 'n') : NULL;
  nonce = name != NULL ? pc_scram_take (&rest, 'r') : NULL;
  self->user = name != NULL ? pc_scram_unescape (name) : NULL;
  if (nonce == NULL || *nonce == '\0' || self->user == NULL ||
      (authzid != NULL && strcmp (authzid, self->user) != 0))
    return PC_SASL_REFUSED;

  make_salt (self);
  salt = pc_sasl_encode (self->salt, SALT_OCTETS);
  self->nonce = g_strconcat (nonce, self->challenge, NULL);
  first = g_strdup_printf ("r=%s,s=%s,i=%d", self->nonce, salt, ITERATIONS);
  self->auth_message = g_strconcat (bare, ",", first, NULL);
  *challenge = bytes_from (first);

  return PC_SASL_MORE;
}

/* client-final-message = channel-binding "," nonce ["," extensions] ","
 * proof */
static PcSaslStatus
take_client_final (PcSaslServer *self,
                   GBytes       *response,
                   GBytes      **challenge)
{
  g_autofree char *text = text_from (response);
  g_autofree char *binding = NULL;
  g_autofree char *nonce = NULL;
  g_autofree char *message = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *final = NULL;
  const char      *rest = text;
  char            *proof = text != NULL ? g_strrstr (text, ",p=") : NULL;
  const char      *password;
  PcScramKeys      keys;
  gboolean         same;

  if (proof == NULL)
    return PC_SASL_REFUSED;
  *proof = '\0';
  binding = pc_scram_take (&rest, 'c');
  nonce = binding != NULL ? pc_scram_take (&rest, 'r') : NULL;
  if (nonce == NULL || strcmp (binding, self->header) != 0 ||
      strcmp (nonce, self->nonce) != 0)
    return PC_SASL_REFUSED;

  message = g_strconcat (self->auth_message, ",", text, NULL);
  password = self->peek (self->users, self->user);
  pc_scram_derive (&keys, password != NULL ? password : "", self->salt,
                   SALT_OCTETS, ITERATIONS);
  same = pc_scram_check_proof (&keys, message, proof + strlen (",p="));
  if (!((password != NULL) & same))
    return PC_SASL_REFUSED;

  signature = pc_scram_make_signature (&keys, message);
  final = g_strconcat ("v=", signature, NULL);
  *challenge = bytes_from (final);

  return PC_SASL_MORE;
}

static PcSaslStatus
step_scram (PcSaslServer *self,
            GBytes       *response,
            GBytes      **challenge)
{
  if (self->auth_message == NULL)
    return take_client_first (self, response, challenge);
  if (self->step == 2)
    return take_client_final (self, response, challenge);

  /* The client has seen our signature, and says nothing more. */
  return g_bytes_get_size (response) == 0 ? PC_SASL_DONE : PC_SASL_REFUSED;
}

/* -- all ------------------------------------------------------------------ */

static PcSaslStatus
begin (PcSaslServer *self,
       GBytes      **challenge)
{
  if (self->mechanism == PC_SASL_LOGIN)
    *challenge = bytes_from ("Username:");
  else if (self->mechanism == PC_SASL_CRAM_MD5)
    *challenge = bytes_from (self->challenge);
  else
    *challenge = g_bytes_new (NULL, 0);

  return PC_SASL_MORE;
}

PcSaslStatus
pc_sasl_server_step (PcSaslServer *self,
                     GBytes       *response,
                     GBytes      **challenge)
{
  static PcSaslStatus (*const steps[]) (PcSaslServer *, GBytes *,
                                        GBytes **) = {
    [PC_SASL_PLAIN] = step_plain,
    [PC_SASL_LOGIN] = step_login,
    [PC_SASL_CRAM_MD5] = step_cram,
    [PC_SASL_SCRAM_SHA_256] = step_scram,
  };

  g_return_val_if_fail (self != NULL && challenge != NULL, PC_SASL_REFUSED);

  *challenge = NULL;
  if (response == NULL)
    return self->step == 0 ? begin (self, challenge) : PC_SASL_REFUSED;
  self->step++;

  return steps[self->mechanism](self, response, challenge);
}

/* -- lines ---------------------------------------------------------------- */

static PcSaslStatus
step_encoded (PcSaslServer *self,
              GBytes       *response,
              char        **challenge)
{
  g_autoptr (GBytes) bytes = NULL;
  PcSaslStatus status = pc_sasl_server_step (self, response, &bytes);

  if (bytes != NULL) {
    gsize         len;
    gconstpointer data = g_bytes_get_data (bytes, &len);

    *challenge = pc_sasl_encode (data, len);
  }

  return status;
}

PcSaslStatus
pc_sasl_server_begin (PcSaslServer *self,
                      const guint8 *initial,
                      gsize         len,
                      char        **challenge)
{
  g_autoptr (GBytes) response = NULL;

  g_return_val_if_fail (self != NULL && challenge != NULL, PC_SASL_REFUSED);

  *challenge = NULL;
  if (initial != NULL && !pc_sasl_takes_initial (self->mechanism))
    return PC_SASL_BROKEN;
  if (initial != NULL && len == 1 && initial[0] == '=') {
    response = g_bytes_new (NULL, 0);
  } else if (initial != NULL) {
    response = pc_sasl_decode (initial, len);
    if (response == NULL || len == 0)
      return PC_SASL_BROKEN;
  }

  return step_encoded (self, response, challenge);
}

PcSaslStatus
pc_sasl_server_answer (PcSaslServer *self,
                       const guint8 *line,
                       gsize         len,
                       char        **challenge)
{
  g_autoptr (GBytes) response = NULL;

  g_return_val_if_fail (self != NULL && challenge != NULL, PC_SASL_REFUSED);

  *challenge = NULL;
  if (len == 1 && line[0] == '*')
    return PC_SASL_CANCELLED;
  response = pc_sasl_decode (line, len);
  if (response == NULL)
    return PC_SASL_BROKEN;

  return step_encoded (self, response, challenge);
}
