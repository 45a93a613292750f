/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An authority of our own, and the certificates it signs, by GnuTLS.
 *
 * Keys are on the curve P-256: made in a millisecond, and every client knows
 * it.  Serial numbers are random (RFC 5280 section 4.1.2.2).  Left out:
 * certificates of clients, and revocation.
 */

#include "net/certificate.h"

#include "net/certificate-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#define HOUR (60 * 60)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

#define AUTHORITY_NAME "Portcall practice authority"
#define OTHER_HOST "other.example.test"

struct _PcAuthority
{
  gint                  ref_count;
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t     certificate;
  char                 *pem;
};

struct _PcIdentity
{
  gint                             ref_count;
  gnutls_certificate_credentials_t credentials;
};

struct _PcTrust
{
  gint                             ref_count;
  gnutls_certificate_credentials_t credentials;
};

G_DEFINE_QUARK (pc-certificate-error-quark, pc_certificate_error)

/* TRUE when @code is no error. */
static gboolean
check (int      code,
       GError **error)
{
  if (code >= 0)
    return TRUE;

  g_set_error (error, PC_CERTIFICATE_ERROR, 0,
               _ ("A certificate cannot be made or read: %s"),
               gnutls_strerror (code));
  return FALSE;
}

static gnutls_x509_privkey_t
make_key (GError **error)
{
  gnutls_x509_privkey_t key = NULL;
  guint bits = GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1);

  if (!check (gnutls_x509_privkey_init (&key), error))
    return NULL;
  if (!check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, bits, 0),
              error)) {
    gnutls_x509_privkey_deinit (key);
    return NULL;
  }

  return key;
}

static gboolean
fill (gnutls_x509_crt_t     certificate,
      gnutls_x509_privkey_t key,
      const char           *name,
      time_t                begins,
      time_t                ends,
      GError              **error)
{
  guint8 serial[16];

  if (!check (gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial), error))
    return FALSE;

  /* Positive, and not empty. */
  serial[0] = (serial[0] & 0x7f) | 0x40;
  return check (gnutls_x509_crt_set_version (certificate, 3), error) &&
         check (gnutls_x509_crt_set_key (certificate, key), error) &&
         check (gnutls_x509_crt_set_serial (certificate, serial,
                                            sizeof serial),
                error) &&
         check (gnutls_x509_crt_set_dn_by_oid (certificate,
                                               GNUTLS_OID_X520_COMMON_NAME, 0,
                                               name, strlen (name)),
                error) &&
         check (gnutls_x509_crt_set_activation_time (certificate, begins),
                error) &&
         check (gnutls_x509_crt_set_expiration_time (certificate, ends),
                error);
}

/* -- the authority -------------------------------------------------------- */

static gboolean
sign_authority (PcAuthority *self,
                GError     **error)
{
  gnutls_datum_t   pem = { NULL, 0 };
  time_t           now = time (NULL);
  g_autofree char *name = NULL;
  guint32          number;

  /* Two authorities must not have one name: a client that knows one of them
   * would take the other's signature for a forged one. */
  if (!check (gnutls_rnd (GNUTLS_RND_NONCE, &number, sizeof number), error))
    return FALSE;
  name = g_strdup_printf (AUTHORITY_NAME " %08X", number);

  if (!check (gnutls_x509_crt_init (&self->certificate), error) ||
      !fill (self->certificate, self->key, name, now - WEEK,
             now + 2 * WEEK, error) ||
      !check (gnutls_x509_crt_set_basic_constraints (self->certificate, 1, 0),
              error) ||
      !check (gnutls_x509_crt_set_key_usage (self->certificate,
                                             GNUTLS_KEY_KEY_CERT_SIGN |
                                                 GNUTLS_KEY_CRL_SIGN),
              error) ||
      !check (gnutls_x509_crt_sign2 (self->certificate, self->certificate,
                                     self->key, GNUTLS_DIG_SHA256, 0),
              error) ||
      !check (gnutls_x509_crt_export2 (self->certificate, GNUTLS_X509_FMT_PEM,
                                       &pem),
              error))
    return FALSE;

  self->pem = g_strndup ((const char *) pem.data, pem.size);
  gnutls_free (pem.data);
  return TRUE;
}

PcAuthority *
pc_authority_new (GError **error)
{
  g_autoptr (PcAuthority) self = g_new0 (PcAuthority, 1);

  self->ref_count = 1;
  self->key = make_key (error);
  if (self->key == NULL || !sign_authority (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

PcAuthority *
pc_authority_get_default (GError **error)
{
  static GMutex       mutex;
  static PcAuthority *authority;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (authority == NULL)
    authority = pc_authority_new (error);
  return authority;
}

PcAuthority *
pc_authority_ref (PcAuthority *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pc_authority_unref (PcAuthority *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;

  if (self->certificate != NULL)
    gnutls_x509_crt_deinit (self->certificate);
  if (self->key != NULL)
    gnutls_x509_privkey_deinit (self->key);
  g_free (self->pem);
  g_free (self);
}

const char *
pc_authority_get_pem (PcAuthority *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pem;
}

/* -- identities ----------------------------------------------------------- */

static gboolean
add_names (gnutls_x509_crt_t certificate,
           const char       *host,
           gboolean          here,
           GError          **error)
{
  static const guint8 loopback[] = { 127, 0, 0, 1 };

  if (!check (gnutls_x509_crt_set_subject_alt_name (
                  certificate, GNUTLS_SAN_DNSNAME, host, strlen (host),
                  GNUTLS_FSAN_SET),
              error))
    return FALSE;

  return !here ||
         (check (gnutls_x509_crt_set_subject_alt_name (
                     certificate, GNUTLS_SAN_DNSNAME, "localhost",
                     strlen ("localhost"), GNUTLS_FSAN_APPEND),
                 error) &&
          check (gnutls_x509_crt_set_subject_alt_name (
                     certificate, GNUTLS_SAN_IPADDRESS, loopback,
                     sizeof loopback, GNUTLS_FSAN_APPEND),
                 error));
}

static gboolean
sign (PcAuthority          *self,
      gnutls_x509_crt_t     certificate,
      gnutls_x509_privkey_t key,
      const char           *host,
      PcFlaw                flaw,
      GError              **error)
{
  time_t      now = time (NULL);
  gboolean    expired = flaw == PC_FLAW_EXPIRED;
  const char *name = flaw == PC_FLAW_NAME ? OTHER_HOST : host;

  return fill (certificate, key, name, expired ? now - 5 * DAY : now - HOUR,
               expired ? now - DAY : now + WEEK, error) &&
         add_names (certificate, name, flaw != PC_FLAW_NAME, error) &&
         check (gnutls_x509_crt_set_basic_constraints (certificate, 0, -1),
                error) &&
         check (gnutls_x509_crt_set_key_usage (certificate,
                                               GNUTLS_KEY_DIGITAL_SIGNATURE),
                error) &&
         check (gnutls_x509_crt_set_key_purpose_oid (
                    certificate, GNUTLS_KP_TLS_WWW_SERVER, 0),
                error) &&
         check (gnutls_x509_crt_sign2 (certificate, self->certificate,
                                       self->key, GNUTLS_DIG_SHA256, 0),
                error);
}

static PcIdentity *
make_identity (PcAuthority          *self,
               gnutls_x509_crt_t     certificate,
               gnutls_x509_privkey_t key,
               GError              **error)
{
  gnutls_x509_crt_t chain[] = { certificate, self->certificate };
  g_autoptr (PcIdentity) identity = g_new0 (PcIdentity, 1);

  identity->ref_count = 1;
  if (!check (gnutls_certificate_allocate_credentials (
                  &identity->credentials),
              error) ||
      !check (gnutls_certificate_set_x509_key (identity->credentials, chain,
                                               G_N_ELEMENTS (chain), key),
              error))
    return NULL;

  return g_steal_pointer (&identity);
}

PcIdentity *
pc_authority_issue (PcAuthority *self,
                    const char  *host,
                    PcFlaw       flaw,
                    GError     **error)
{
  g_autoptr (PcAuthority) stranger = NULL;
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t     certificate = NULL;
  PcIdentity           *identity = NULL;

  g_return_val_if_fail (self != NULL && host != NULL, NULL);

  if (flaw == PC_FLAW_AUTHORITY) {
    stranger = pc_authority_new (error);
    if (stranger == NULL)
      return NULL;
    self = stranger;
  }

  key = make_key (error);
  if (key == NULL)
    return NULL;
  if (check (gnutls_x509_crt_init (&certificate), error)) {
    if (sign (self, certificate, key, host, flaw, error))
      identity = make_identity (self, certificate, key, error);
    gnutls_x509_crt_deinit (certificate);
  }
  gnutls_x509_privkey_deinit (key);
  return identity;
}

PcIdentity *
pc_identity_ref (PcIdentity *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pc_identity_unref (PcIdentity *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;

  if (self->credentials != NULL)
    gnutls_certificate_free_credentials (self->credentials);
  g_free (self);
}

gnutls_certificate_credentials_t
pc_identity_get_credentials (PcIdentity *self)
{
  return self->credentials;
}

/* -- trust ---------------------------------------------------------------- */

static PcTrust *
trust_new (GError **error)
{
  PcTrust *self = g_new0 (PcTrust, 1);

  self->ref_count = 1;
  if (check (gnutls_certificate_allocate_credentials (&self->credentials),
             error))
    return self;

  pc_trust_unref (self);
  return NULL;
}

PcTrust *
pc_trust_new (PcAuthority *authority,
              GError     **error)
{
  g_autoptr (PcTrust) self = trust_new (error);

  g_return_val_if_fail (authority != NULL, NULL);

  if (self == NULL ||
      !check (gnutls_certificate_set_x509_trust (self->credentials,
                                                 &authority->certificate, 1),
              error))
    return NULL;

  return g_steal_pointer (&self);
}

PcTrust *
pc_trust_new_from_file (const char *path,
                        GError    **error)
{
  g_autoptr (PcTrust) self = trust_new (error);
  int n;

  if (self == NULL)
    return NULL;

  n = path != NULL
          ? gnutls_certificate_set_x509_trust_file (self->credentials, path,
                                                    GNUTLS_X509_FMT_PEM)
          : gnutls_certificate_set_x509_system_trust (self->credentials);
  if (path == NULL || n > 0)
    return g_steal_pointer (&self);

  g_set_error (error, PC_CERTIFICATE_ERROR, 0,
               _ ("%s: no certificate can be read here. Give a file in PEM "
                  "form, as serve --ca-out writes it."),
               path);
  return NULL;
}

PcTrust *
pc_trust_ref (PcTrust *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pc_trust_unref (PcTrust *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;

  if (self->credentials != NULL)
    gnutls_certificate_free_credentials (self->credentials);
  g_free (self);
}

gnutls_certificate_credentials_t
pc_trust_get_credentials (PcTrust *self)
{
  return self->credentials;
}
