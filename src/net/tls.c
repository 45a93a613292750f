/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One end of a TLS connection, by GnuTLS, without a socket.
 *
 * GnuTLS reads from and writes to memory here.  It is given one record at a
 * time, so that each can be shown together with what it held; hooks tell which
 * handshake messages the encrypted ones carry.  This is why the program talks
 * to GnuTLS itself and not through GIO, whose handshake runs in a thread of
 * its own, on a clock of its own, and tells nothing of its records.
 *
 * TLS 1.2 and 1.3 (RFC 8314 section 4.1).  Left out: session tickets, so that
 * every login shows the whole handshake, and certificates of clients.
 * RFC 8446 sections 4, 5 and 6.
 */

#include "net/tls.h"

#include "net/certificate-private.h"

#include "base/limits.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define HEADER 5           /* of a record */
#define LARGEST_DATA 16384 /* RFC 8446 section 5.1 */
#define PRIORITY "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
#define NO_ALERT G_MAXUINT

enum
{
  CHANGE_CIPHER_SPEC = 20,
  ALERT = 21,
  HANDSHAKE = 22,
  DATA = 23,
};

struct _PcTls
{
  gnutls_session_t session;
  PcIdentity      *identity;
  PcTrust         *trust;
  char            *host;
  PcTlsStatus      status;
  char            *problem;
  GByteArray      *in;      /* of the wire, less than a record */
  GByteArray      *out;     /* the same */
  const guint8    *given;   /* of the record that GnuTLS may read now */
  gsize            given_len;
  GByteArray      *read;    /* types of the messages that record held */
  GByteArray      *written; /* types of those whose records are to come */
  guint            alert;   /* that is being sent */
  gboolean         finished;
  GQueue           records; /* PcTlsRecord* */
  GString         *key_log; /* that nobody has taken */
};

void
pc_tls_record_free (PcTlsRecord *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->wire, g_bytes_unref);
  g_clear_pointer (&self->plain, g_bytes_unref);
  g_free (self);
}

static PcTlsRecord *
add_record (PcTls        *self,
            gboolean      outgoing,
            const guint8 *data,
            gsize         len)
{
  PcTlsRecord *record = g_new0 (PcTlsRecord, 1);

  record->outgoing = outgoing;
  record->wire = g_bytes_new (data, len);
  record->content = data[0];
  record->detail = G_MAXUINT;
  g_queue_push_tail (&self->records, record);
  return record;
}

/* -- what GnuTLS calls ---------------------------------------------------- */

static ssize_t
pull_cb (gnutls_transport_ptr_t user_data,
         void                  *buffer,
         size_t                 size)
{
  PcTls *self = user_data;
  gsize  n = MIN (size, self->given_len);

  if (n == 0) {
    gnutls_transport_set_errno (self->session, EAGAIN);
    return -1;
  }

  memcpy (buffer, self->given, n);
  self->given += n;
  self->given_len -= n;
  return (ssize_t) n;
}

static int
pull_timeout_cb (gnutls_transport_ptr_t user_data,
                 unsigned int           milliseconds)
{
  return ((PcTls *) user_data)->given_len > 0;
}

/* What the record at the head of the output holds. */
static void
describe_outgoing (PcTls       *self,
                   PcTlsRecord *record)
{
  if (record->content == CHANGE_CIPHER_SPEC)
    return;

  if (self->alert != NO_ALERT) {
    record->content = ALERT;
    record->detail = self->alert;
  } else if (self->written->len > 0) {
    record->content = HANDSHAKE;
    record->detail = self->written->data[0];
    g_byte_array_remove_index (self->written, 0);
  } else {
    record->content = DATA;
  }
}

static gsize
record_size (const guint8 *data)
{
  return HEADER + ((gsize) data[3] << 8 | data[4]);
}

static ssize_t
push_cb (gnutls_transport_ptr_t user_data,
         const void            *data,
         size_t                 len)
{
  PcTls *self = user_data;

  g_byte_array_append (self->out, data, len);
  while (self->out->len >= HEADER &&
         self->out->len >= record_size (self->out->data)) {
    gsize size = record_size (self->out->data);

    describe_outgoing (self, add_record (self, TRUE, self->out->data, size));
    g_byte_array_remove_range (self->out, 0, size);
  }

  return (ssize_t) len;
}

static int
message_cb (gnutls_session_t      session,
            unsigned int          type,
            unsigned int          when,
            unsigned int          incoming,
            const gnutls_datum_t *message)
{
  PcTls *self = gnutls_session_get_ptr (session);
  guint8 octet = (guint8) type;

  g_byte_array_append (incoming ? self->read : self->written, &octet, 1);
  return 0;
}

static void
append_hex (GString              *out,
            const gnutls_datum_t *octets)
{
  for (guint i = 0; i < octets->size; i++)
    g_string_append_printf (out, "%02x", octets->data[i]);
}

/* Kept for captures, in memory only.  This is no leak: an end of the session
 * is ours, and what it said and heard is shown anyhow. */
static int
key_log_cb (gnutls_session_t      session,
            const char           *label,
            const gnutls_datum_t *secret)
{
  PcTls         *self = gnutls_session_get_ptr (session);
  gnutls_datum_t client;
  gnutls_datum_t server;

  /* Of use for other things than its records. */
  if (strcmp (label, "EXPORTER_SECRET") == 0)
    return 0;

  gnutls_session_get_random (session, &client, &server);
  g_string_append_printf (self->key_log, "%s ", label);
  append_hex (self->key_log, &client);
  g_string_append_c (self->key_log, ' ');
  append_hex (self->key_log, secret);
  g_string_append_c (self->key_log, '\n');
  return 0;
}

char *
pc_tls_take_key_log (PcTls *self)
{
  char *lines;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->key_log->len == 0)
    return NULL;

  lines = g_strdup (self->key_log->str);
  g_string_truncate (self->key_log, 0);
  return lines;
}

/* -- failures ------------------------------------------------------------- */

static char *
describe_certificate (PcTls *self)
{
  guint status = gnutls_session_get_verify_cert_status (self->session);

  if ((status & GNUTLS_CERT_SIGNER_NOT_FOUND) != 0)
    return g_strdup (_ ("The certificate was signed by an authority that "
                        "this client does not know."));
  if ((status & GNUTLS_CERT_EXPIRED) != 0)
    return g_strdup (_ ("The certificate has expired."));
  if ((status & GNUTLS_CERT_UNEXPECTED_OWNER) != 0)
    return g_strdup_printf (_ ("The certificate is not made out for “%s”."),
                            self->host);

  return g_strdup (_ ("The certificate cannot be trusted."));
}

static char *
describe_alert (PcTls *self)
{
  gnutls_alert_description_t alert = gnutls_alert_get (self->session);

  switch ((int) alert) {
  case GNUTLS_A_BAD_CERTIFICATE:
  case GNUTLS_A_UNSUPPORTED_CERTIFICATE:
  case GNUTLS_A_CERTIFICATE_EXPIRED:
  case GNUTLS_A_CERTIFICATE_UNKNOWN:
  case GNUTLS_A_UNKNOWN_CA:
    return g_strdup (_ ("The other end does not accept the certificate."));
  default:
    return g_strdup_printf (
        _ ("The other end broke off with the TLS alert “%s” (%d)."),
        gnutls_alert_get_name (alert), (int) alert);
  }
}

static char *
describe_failure (PcTls *self,
                  int    code)
{
  switch (code) {
  case GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR:
    return describe_certificate (self);
  case GNUTLS_E_FATAL_ALERT_RECEIVED:
    return describe_alert (self);
  default:
    return g_strdup_printf (_ ("TLS failed: %s"), gnutls_strerror (code));
  }
}

/* Takes @problem. */
static void
fail (PcTls *self,
      char  *problem,
      int    alert)
{
  if (self->status == PC_TLS_FAILED) {
    g_free (problem);
    return;
  }

  self->status = PC_TLS_FAILED;
  self->problem = problem;
  if (alert < 0)
    return;
  self->alert = (guint) alert;
  gnutls_alert_send (self->session, GNUTLS_AL_FATAL, alert);
  self->alert = NO_ALERT;
}

/* RFC 8446 section 6.2; GnuTLS itself would not tell one from another. */
static int
choose_alert (PcTls *self,
              int    code)
{
  int   level = 0;
  guint status;

  if (code == GNUTLS_E_FATAL_ALERT_RECEIVED)
    return -1;
  if (code != GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
    return gnutls_error_to_alert (code, &level);

  status = gnutls_session_get_verify_cert_status (self->session);
  if ((status & GNUTLS_CERT_SIGNER_NOT_FOUND) != 0)
    return GNUTLS_A_UNKNOWN_CA;
  if ((status & GNUTLS_CERT_EXPIRED) != 0)
    return GNUTLS_A_CERTIFICATE_EXPIRED;
  return GNUTLS_A_BAD_CERTIFICATE;
}

static void
fail_by (PcTls *self,
         int    code)
{
  fail (self, describe_failure (self, code), choose_alert (self, code));
}

/* -- records that arrive -------------------------------------------------- */

static gboolean
may_go_on (int code)
{
  return code == GNUTLS_E_AGAIN || code == GNUTLS_E_INTERRUPTED ||
         code == GNUTLS_E_WARNING_ALERT_RECEIVED;
}

static void
shake_hands (PcTls *self)
{
  int code;

  do
    code = gnutls_handshake (self->session);
  while (code < 0 && !gnutls_error_is_fatal (code) &&
         code != GNUTLS_E_AGAIN);

  if (code == GNUTLS_E_SUCCESS)
    self->status = PC_TLS_OPEN;
  else if (!may_go_on (code))
    fail_by (self, code);
}

static void
read_data (PcTls       *self,
           PcTlsRecord *record)
{
  guint8  buffer[LARGEST_DATA];
  ssize_t n;

  do
    n = gnutls_record_recv (self->session, buffer, sizeof buffer);
  while (n == GNUTLS_E_INTERRUPTED);

  if (n > 0) {
    record->plain = g_bytes_new (buffer, (gsize) n);
    record->content = DATA;
  } else if (n == 0) {
    self->status = PC_TLS_ENDED;
    record->content = ALERT;
    record->detail = GNUTLS_A_CLOSE_NOTIFY;
  } else if (n == GNUTLS_E_REHANDSHAKE) {
    /* RFC 5746 section 4.5: an end may always decline. */
    self->alert = GNUTLS_A_NO_RENEGOTIATION;
    gnutls_alert_send (self->session, GNUTLS_AL_WARNING,
                       GNUTLS_A_NO_RENEGOTIATION);
    self->alert = NO_ALERT;
  } else if (!may_go_on ((int) n)) {
    fail_by (self, (int) n);
  }
}

static void
take_record (PcTls        *self,
             const guint8 *data,
             gsize         len)
{
  PcTlsRecord *record = add_record (self, FALSE, data, len);

  g_byte_array_set_size (self->read, 0);
  self->given = data;
  self->given_len = len;
  if (self->status == PC_TLS_HANDSHAKE)
    shake_hands (self);
  else
    read_data (self, record);
  self->given_len = 0;

  if (self->read->len > 0) {
    record->content = HANDSHAKE;
    record->detail = self->read->data[0];
  } else if (self->status == PC_TLS_FAILED &&
             gnutls_alert_get (self->session) != 0) {
    record->content = ALERT;
    record->detail = gnutls_alert_get (self->session);
  }
}

static gboolean
is_over (const PcTls *self)
{
  return self->status == PC_TLS_FAILED || self->status == PC_TLS_ENDED;
}

/* Octets that begin no record: nobody on the other side speaks TLS. */
static void
refuse_clear_text (PcTls *self)
{
  add_record (self, FALSE, self->in->data, self->in->len)->content = 0;
  g_byte_array_set_size (self->in, 0);
  if (!is_over (self))
    fail (self,
          g_strdup (_ ("This is not TLS: the other end speaks in clear text "
                       "here.")),
          GNUTLS_A_UNEXPECTED_MESSAGE);
}

static void
refuse_long_record (PcTls *self)
{
  if (!is_over (self))
    fail (self, g_strdup (_ ("A TLS record is longer than allowed.")),
          GNUTLS_A_RECORD_OVERFLOW);
  g_byte_array_set_size (self->in, 0);
}

static gboolean
begins_record (const GByteArray *in)
{
  return in->data[0] >= CHANGE_CIPHER_SPEC && in->data[0] <= DATA &&
         (in->len < 2 || in->data[1] == 3);
}

/* What comes after the end is not looked at; but it has come. */
void
pc_tls_feed (PcTls        *self,
             const guint8 *data,
             gsize         len)
{
  g_return_if_fail (self != NULL && (data != NULL || len == 0));

  g_byte_array_append (self->in, data, len);
  while (self->in->len > 0) {
    gsize size;

    if (!begins_record (self->in)) {
      refuse_clear_text (self);
      return;
    }
    if (self->in->len < HEADER)
      return;
    size = record_size (self->in->data);
    if (size > HEADER + PC_LIMIT_TLS_RECORD) {
      refuse_long_record (self);
      return;
    }
    if (self->in->len < size)
      return;
    if (is_over (self))
      add_record (self, FALSE, self->in->data, size);
    else
      take_record (self, self->in->data, size);
    g_byte_array_remove_range (self->in, 0, size);
  }
}

void
pc_tls_eof (PcTls *self)
{
  g_return_if_fail (self != NULL);

  if (self->status == PC_TLS_HANDSHAKE)
    fail (self,
          g_strdup (_ ("The other end closed the connection during the TLS "
                       "handshake.")),
          -1);
}

/* -- records that leave --------------------------------------------------- */

void
pc_tls_start (PcTls *self)
{
  g_return_if_fail (self != NULL);

  if (self->status == PC_TLS_HANDSHAKE)
    shake_hands (self);
}

void
pc_tls_write (PcTls        *self,
              const guint8 *data,
              gsize         len)
{
  g_return_if_fail (self != NULL && (data != NULL || len == 0));

  while (len > 0 && !self->finished &&
         (self->status == PC_TLS_OPEN || self->status == PC_TLS_ENDED)) {
    ssize_t n = gnutls_record_send (self->session, data,
                                    MIN (len, LARGEST_DATA));
    PcTlsRecord *record = g_queue_peek_tail (&self->records);

    if (n <= 0) {
      fail_by (self, (int) n);
      return;
    }
    record->plain = g_bytes_new (data, (gsize) n);
    data += n;
    len -= (gsize) n;
  }
}

void
pc_tls_finish (PcTls *self)
{
  g_return_if_fail (self != NULL);

  if (self->finished ||
      (self->status != PC_TLS_OPEN && self->status != PC_TLS_ENDED))
    return;

  self->finished = TRUE;
  self->alert = GNUTLS_A_CLOSE_NOTIFY;
  gnutls_bye (self->session, GNUTLS_SHUT_WR);
  self->alert = NO_ALERT;
}

PcTlsRecord *
pc_tls_next_record (PcTls *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_queue_pop_head (&self->records);
}

PcTlsRecord *
pc_tls_next_outgoing (PcTls *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (GList *l = self->records.head; l != NULL; l = l->next) {
    PcTlsRecord *record = l->data;

    if (record->outgoing) {
      g_queue_delete_link (&self->records, l);
      return record;
    }
  }
  return NULL;
}

/* -- life ----------------------------------------------------------------- */

static gnutls_priority_t
get_priority (void)
{
  static gsize             once;
  static gnutls_priority_t priority;

  if (g_once_init_enter (&once)) {
    if (gnutls_priority_init (&priority, PRIORITY, NULL) < 0)
      g_error ("GnuTLS does not know “%s”", PRIORITY);
    g_once_init_leave (&once, 1);
  }
  return priority;
}

static PcTls *
tls_new (unsigned int                     role,
         gnutls_certificate_credentials_t credentials)
{
  PcTls *self = g_new0 (PcTls, 1);

  self->in = g_byte_array_new ();
  self->out = g_byte_array_new ();
  self->read = g_byte_array_new ();
  self->written = g_byte_array_new ();
  self->key_log = g_string_new (NULL);
  self->alert = NO_ALERT;
  g_queue_init (&self->records);

  if (gnutls_init (&self->session,
                   role | GNUTLS_NONBLOCK | GNUTLS_NO_TICKETS) < 0)
    g_error ("GnuTLS cannot begin a session");
  gnutls_session_set_ptr (self->session, self);
  gnutls_priority_set (self->session, get_priority ());
  gnutls_credentials_set (self->session, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_handshake_set_timeout (self->session, 0);
  gnutls_handshake_set_hook_function (self->session, GNUTLS_HANDSHAKE_ANY,
                                      GNUTLS_HOOK_POST, message_cb);
  gnutls_session_set_keylog_function (self->session, key_log_cb);
  gnutls_transport_set_ptr (self->session, self);
  gnutls_transport_set_pull_function (self->session, pull_cb);
  gnutls_transport_set_pull_timeout_function (self->session, pull_timeout_cb);
  gnutls_transport_set_push_function (self->session, push_cb);
  return self;
}

PcTls *
pc_tls_new_server (PcIdentity *identity)
{
  PcTls *self;

  g_return_val_if_fail (identity != NULL, NULL);

  self = tls_new (GNUTLS_SERVER, pc_identity_get_credentials (identity));
  self->identity = pc_identity_ref (identity);
  return self;
}

PcTls *
pc_tls_new_client (PcTrust    *trust,
                   const char *host)
{
  PcTls *self;

  g_return_val_if_fail (trust != NULL && host != NULL, NULL);

  self = tls_new (GNUTLS_CLIENT, pc_trust_get_credentials (trust));
  self->trust = pc_trust_ref (trust);
  self->host = g_strdup (host);
  gnutls_session_set_verify_cert (self->session, self->host, 0);
  /* RFC 6066 section 3: an address is not a name. */
  if (!g_hostname_is_ip_address (host))
    gnutls_server_name_set (self->session, GNUTLS_NAME_DNS, host,
                            strlen (host));
  return self;
}

void
pc_tls_free (PcTls *self)
{
  if (self == NULL)
    return;

  gnutls_deinit (self->session);
  g_clear_pointer (&self->identity, pc_identity_unref);
  g_clear_pointer (&self->trust, pc_trust_unref);
  g_queue_clear_full (&self->records, (GDestroyNotify) pc_tls_record_free);
  g_byte_array_unref (self->in);
  g_byte_array_unref (self->out);
  g_byte_array_unref (self->read);
  g_byte_array_unref (self->written);
  g_string_free (self->key_log, TRUE);
  g_free (self->host);
  g_free (self->problem);
  g_free (self);
}

PcTlsStatus
pc_tls_get_status (PcTls *self)
{
  return self->status;
}

const char *
pc_tls_get_problem (PcTls *self)
{
  return self->problem;
}

char *
pc_tls_describe (PcTls *self)
{
  gnutls_protocol_t version;

  g_return_val_if_fail (self != NULL, NULL);

  version = gnutls_protocol_get_version (self->session);
  return g_strdup_printf (
      "TLS %s · %s", version == GNUTLS_TLS1_3 ? "1.3" : "1.2",
      gnutls_cipher_get_name (gnutls_cipher_get (self->session)));
}
