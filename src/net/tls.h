/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/certificate.h"

G_BEGIN_DECLS

/* One end of a TLS connection without a socket: octets of the wire go in and
 * come out, record by record, together with what they hold.  Like the
 * protocol engines it waits for nothing and calls nobody; so TLS works over
 * any stream, also one in memory. */

typedef struct _PcTls PcTls;

typedef enum {
  PC_TLS_HANDSHAKE,
  PC_TLS_OPEN,
  PC_TLS_ENDED,  /* the peer said in order that it sends no more */
  PC_TLS_FAILED, /* pc_tls_get_problem () says why */
} PcTlsStatus;

/* One record (RFC 8446 section 5.1), as it crossed the wire. */
typedef struct
{
  gboolean outgoing;
  GBytes  *wire;
  /* What is inside, also where the wire does not tell: 22 handshake, 21
   * alert, 23 data, 20 change cipher spec; 0 for what is no TLS at all. */
  guint    content;
  /* Type of the (first) handshake message, or description of the alert. */
  guint    detail;
  GBytes  *plain; /* of data; else NULL */
} PcTlsRecord;

/* Keep references. */
PcTls      *pc_tls_new_server (PcIdentity *identity);
/* @host must be a name of the server's certificate, or the handshake fails. */
PcTls      *pc_tls_new_client (PcTrust    *trust,
                               const char *host);
void        pc_tls_free (PcTls *self);
/* The link is there: a client says hello. */
void        pc_tls_start (PcTls *self);
/* What became known of the session's secrets since it was last asked, as lines
 * of an SSLKEYLOGFILE: with them, and only with them, somebody else can read
 * the records.  NULL for nothing.  Transfer full. */
char       *pc_tls_take_key_log (PcTls *self);
/* Octets of the wire, in any portions. */
void        pc_tls_feed (PcTls        *self,
                         const guint8 *data,
                         gsize         len);
/* The wire brings no more: without a farewell of TLS (RFC 8446 section 6.1)
 * this is a cut, and no end in order. */
void        pc_tls_eof (PcTls *self);
/* Only when OPEN or ENDED. */
void        pc_tls_write (PcTls        *self,
                          const guint8 *data,
                          gsize         len);
/* Says in order that no more comes from here. */
void        pc_tls_finish (PcTls *self);
/* The oldest record that nobody has taken: an outgoing one is to be sent, an
 * incoming one was read.  (transfer full) (nullable) */
PcTlsRecord *pc_tls_next_record (PcTls *self);
/* The same of the outgoing ones alone, whatever was read before them. */
PcTlsRecord *pc_tls_next_outgoing (PcTls *self);
void        pc_tls_record_free (PcTlsRecord *self);
PcTlsStatus pc_tls_get_status (PcTls *self);
/* Translated, for people; NULL unless FAILED. */
const char *pc_tls_get_problem (PcTls *self);
/* "TLS 1.3 · AES-256-GCM" once OPEN.  Transfer full. */
char       *pc_tls_describe (PcTls *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcTls, pc_tls_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcTlsRecord, pc_tls_record_free)

G_END_DECLS
