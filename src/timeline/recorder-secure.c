/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is recorded of a connection under TLS.
 *
 * Each record that crosses the wire is a step of its own, read by the
 * observer of TLS, or brings data, read by the observer of the protocol.  The
 * records of data wait until units cover them: a unit keeps those that
 * brought it, and a record may bring parts of several.
 *
 * RFC 8446 section 5.1: what is said is cut into records.
 */

#include "timeline/recorder.h"

#include "timeline/recorder-private.h"

#include "proto/tls/observe.h"

/* A record of data that no unit covers wholly yet. */
typedef struct
{
  guint64  plain_begin; /* of what is said under TLS */
  guint64  plain_end;
  guint64  wire_end;
  GBytes  *wire;
  gboolean shown; /* a unit has had a part of it */
} Chunk;

static void
chunk_free (gpointer data)
{
  Chunk *chunk = data;

  g_bytes_unref (chunk->wire);
  g_free (chunk);
}

void
pc_recorder_drop_chunks (PcRecorderDirection *direction)
{
  g_queue_clear_full (&direction->chunks, chunk_free);
}

GBytes *
pc_recorder_take_wire (PcRecorderDirection *direction,
                       gsize                size,
                       guint64             *begin,
                       guint64             *end,
                       guint64             *place,
                       gsize               *n_shown)
{
  guint64     to = direction->n_plain_cut + size;
  GByteArray *wire = g_byte_array_new ();
  Chunk      *chunk;

  direction->n_plain_cut = to;
  while ((chunk = g_queue_peek_head (&direction->chunks)) != NULL &&
         chunk->plain_begin < to) {
    gsize         len;
    gconstpointer data = g_bytes_get_data (chunk->wire, &len);

    if (wire->len == 0) {
      *begin = chunk->wire_end;
      *place = chunk->wire_end - (chunk->shown ? 0 : len);
    }
    *end = chunk->wire_end;
    g_byte_array_append (wire, data, (guint) len);
    if (chunk->shown)
      *n_shown = len;
    chunk->shown = TRUE;
    if (chunk->plain_end > to)
      break;
    chunk_free (g_queue_pop_head (&direction->chunks));
  }
  return g_byte_array_free_to_bytes (wire);
}

void
pc_recorder_secured (PcRecorder *self,
                     guint       number)
{
  PcRecorderConn *conn = pc_recorder_find (self, number);

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL && conn->observer != NULL);

  if (conn->secure ||
      pc_recorder_defer (self, &(PcDeed){ .kind = PC_DEED_SECURED,
                                          .conn = number }))
    return;

  pc_observer_secured (conn->observer);
  pc_recorder_drain (self, conn);
  conn->secure = TRUE;
}

/* A record that carries no data of the protocol. */
static void
add_record (PcRecorder     *self,
            PcRecorderConn *conn,
            PcSide          from,
            GBytes         *wire,
            guint           content,
            guint           detail)
{
  PcRecorderDirection *direction = &conn->directions[from];
  guint64              end = direction->n_sent;
  gsize                len;
  const guint8        *data = g_bytes_get_data (wire, &len);
  PcUnit              *unit;

  if (conn->tls == NULL)
    conn->tls = pc_tls_observer_new ();
  if (detail != G_MAXUINT)
    pc_tls_observer_hint (conn->tls, from, content, detail);
  pc_observer_feed (conn->tls, from, 0, data, len);
  direction->n_tls_held += len;
  while ((unit = pc_observer_next (conn->tls)) != NULL) {
    guint64 place = end - direction->n_tls_held;

    direction->n_tls_held -= g_bytes_get_size (unit->bytes);
    unit->client_state = conn->observer->client_state;
    unit->server_state = conn->observer->server_state;
    pc_recorder_add_placed (self, conn, PC_LAYER_TLS, place, end, end, unit);
  }
}

static void
add_data (PcRecorder     *self,
          PcRecorderConn *conn,
          PcSide          from,
          GBytes         *wire,
          GBytes         *plain)
{
  PcRecorderDirection *direction = &conn->directions[from];
  Chunk               *chunk = g_new0 (Chunk, 1);
  gsize                len;
  const guint8        *data = g_bytes_get_data (plain, &len);

  pc_recorder_secured (self, conn->number);
  chunk->plain_begin = direction->n_plain;
  direction->n_plain += len;
  chunk->plain_end = direction->n_plain;
  chunk->wire_end = direction->n_sent;
  chunk->wire = g_bytes_ref (wire);
  g_queue_push_tail (&direction->chunks, chunk);
  pc_observer_feed (conn->observer, from, 0, data, len);
  pc_recorder_drain (self, conn);
}

void
pc_recorder_record (PcRecorder *self,
                    guint       number,
                    PcSide      from,
                    gint64      now,
                    GBytes     *wire,
                    guint       content,
                    guint       detail,
                    GBytes     *plain)
{
  PcRecorderConn      *conn = pc_recorder_find (self, number);
  PcRecorderDirection *direction;

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL && conn->observer != NULL);
  g_return_if_fail (wire != NULL && g_bytes_get_size (wire) > 0);

  if (pc_recorder_defer (self, &(PcDeed){ .kind = PC_DEED_RECORD,
                                          .conn = number,
                                          .from = from,
                                          .now = now,
                                          .wire = wire,
                                          .content = content,
                                          .detail = detail,
                                          .plain = plain }))
    return;

  direction = &conn->directions[from];
  direction->n_sent += g_bytes_get_size (wire);
  pc_moments_add (direction->sent, direction->n_sent,
                  pc_recorder_to_relative (self, now));
  conn->quiet = FALSE;
  if (plain != NULL)
    add_data (self, conn, from, wire, plain);
  else
    add_record (self, conn, from, wire, content, detail);
}
