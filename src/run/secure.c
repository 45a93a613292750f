/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TLS at one end of a conversation: when it begins, and what becomes of it.
 *
 * The engine knows nothing of it but that it is there.  The recorder sees both
 * what was said and what the wire carried in its place.
 * RFC 8314 section 3: implicit TLS; RFC 3207, RFC 2595, RFC 9051 6.2.1:
 * STARTTLS.
 */

#include "run/fault-private.h"
#include "run/fault.h"
#include "run/hub-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

/* The world's fault: there is no certificate, so there can be no TLS. */
static void
give_up (PcEndpoint *self,
         const char *reason)
{
  pc_engine_fail (self->engine, reason);
}

static PcTls *
make_tls (PcEndpoint *self,
          GError    **error)
{
  PcConn *conn = self->conn;

  if (self->side == PC_SIDE_SERVER) {
    PcIdentity *identity = pc_listening_get_identity (conn->listening, error);

    return identity != NULL ? pc_tls_new_server (identity) : NULL;
  } else {
    PcTrust *trust = pc_conn_get_trust (conn, error);

    return trust != NULL ? pc_tls_new_client (trust,
                                              conn->server_name != NULL
                                                  ? conn->server_name
                                                  : "localhost")
                         : NULL;
  }
}

static void
patience_cb (gpointer user_data)
{
  PcEndpoint *self = user_data;
  PcHub      *hub = self->hub;

  pc_hub_enter (hub);
  g_clear_pointer (&self->patience, pc_timer_free);
  give_up (self, _ ("The TLS handshake takes too long: the other end does not "
                    "take part in it."));
  pc_endpoint_pump (self);
  pc_hub_leave (hub);
}

void
pc_endpoint_secure (PcEndpoint *self,
                    gboolean    opened)
{
  PcNet *net = self->hub->net;
  g_autoptr (GError) error = NULL;
  PcTls *tls = make_tls (self, &error);

  pc_fault_forget_arrived (self);
  if (tls == NULL) {
    give_up (self, error->message);
    return;
  }

  self->patience = pc_net_add_timer (net, pc_net_now (net) +
                                              PC_LIMIT_TLS_HANDSHAKE,
                                     patience_cb, self);
  self->stream = pc_stream_secure (self->stream, tls, opened,
                                   &pc_endpoint_stream_handler, self);
}

void
pc_endpoint_secured (PcEndpoint *self)
{
  PcConn *conn = self->conn;

  g_clear_pointer (&self->patience, pc_timer_free);
  pc_recorder_secured (conn->recorder, conn->recorded);
  pc_fault_watch_secured (conn->watch);
  if (!self->open) {
    pc_endpoint_start (self);
    return;
  }

  pc_engine_secured (self->engine, pc_net_now (self->hub->net));
  pc_endpoint_pump (self);
}

void
pc_endpoint_insecure (PcEndpoint *self)
{
  PcTls   *tls = pc_stream_get_tls (self->stream);
  PcBytes *out = pc_engine_get_output (self->engine);

  g_clear_pointer (&self->patience, pc_timer_free);
  /* Nothing of it may leave in clear. */
  pc_bytes_consume (out, pc_bytes_get_size (out));
  if (pc_engine_get_status (self->engine) == PC_ENGINE_RUNNING)
    give_up (self, pc_tls_get_problem (tls));
  pc_endpoint_pump (self);
}

void
pc_endpoint_record_cb (PcStream          *stream,
                       const PcTlsRecord *record,
                       gpointer           user_data)
{
  PcEndpoint *self = user_data;
  PcConn     *conn = self->conn;
  PcSide      other = PC_SIDE_OTHER (self->side);
  PcSide      from = record->outgoing ? self->side : other;
  gint64      now = pc_net_now (self->hub->net);
  g_autofree char *key_log = pc_tls_take_key_log (pc_stream_get_tls (stream));

  pc_conn_begin (conn);
  /* Both ends know them: once is enough. */
  if (key_log != NULL &&
      (self->side == PC_SIDE_SERVER || conn->foreign[PC_SIDE_SERVER]))
    pc_recorder_add_key_log (conn->recorder, key_log);
  if (record->outgoing || conn->foreign[from])
    pc_recorder_record (conn->recorder, conn->recorded, from, now,
                        record->wire, record->content, record->detail,
                        record->plain);
  if (!record->outgoing || conn->foreign[other])
    pc_recorder_arrived (conn->recorder, conn->recorded, from, now,
                         g_bytes_get_size (record->wire));
}
