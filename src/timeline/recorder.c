/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Turns what crossed the links into steps.
 *
 * The observer cuts octets into units; the recorder knows when octets were
 * sent and read, and finds each unit's times by its place in the stream.  A
 * step begins when its first octet was sent and ends when its last octet was
 * read; steps stand in the order in which they became whole.
 *
 * Under TLS there are two streams: what the ends say to each other, which the
 * protocol's observer reads, and the records that the wire carries in its
 * place.  Places are always counted on the wire; a unit keeps the records that
 * brought it, for the eavesdropper's view.  That is recorder-secure.c's; what
 * may become steps later is recorder-late.c's; datagrams are
 * recorder-datagram.c's.
 *
 * RFC 9293 section 3.6: each direction of a connection closes by itself.
 */

#include "timeline/recorder.h"

#include "timeline/recorder-private.h"

#include "proto/tls/narrate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SILENCE (200 * 1000) /* µs: who closes sooner has not waited */

/* A step whose last octet nobody has read yet. */
typedef struct
{
  guint64 end;
  PcStep *step; /* borrowed from the timeline */
} Pending;

/* -- life ----------------------------------------------------------------- */

static void
conn_free (gpointer data)
{
  PcRecorderConn *conn = data;

  for (guint side = 0; side < 2; side++)
    {
      PcRecorderDirection *direction = &conn->directions[side];

      g_array_unref (direction->sent);
      g_array_unref (direction->arrived);
      g_queue_clear_full (&direction->pending, g_free);
      pc_recorder_drop_chunks (direction);
      g_clear_pointer (&direction->repeats, pc_repeats_free);
      g_free (conn->ends[side]);
    }
  g_clear_pointer (&conn->strangers, g_ptr_array_unref);
  g_clear_pointer (&conn->observer, pc_observer_free);
  g_clear_pointer (&conn->tls, pc_observer_free);
  g_free (conn);
}

PcRecorder *
pc_recorder_new (PcTimeline *timeline)
{
  PcRecorder *self;

  g_return_val_if_fail (PC_IS_TIMELINE (timeline), NULL);

  self = g_new0 (PcRecorder, 1);
  self->timeline = g_object_ref (timeline);
  self->conns = g_ptr_array_new_with_free_func (conn_free);
  self->start = -1;
  return self;
}

void
pc_recorder_free (PcRecorder *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->backlog, pc_backlog_free);
  g_clear_pointer (&self->conns, g_ptr_array_unref);
  g_clear_object (&self->timeline);
  g_free (self);
}

gint64
pc_recorder_to_relative (PcRecorder *self,
                         gint64      now)
{
  if (self == NULL)
    return 0;

  if (self->start < 0)
    {
      self->start = now;
      pc_timeline_set_start (self->timeline, now);
    }
  return MAX (now - self->start, 0);
}

static PcRecorderConn *
conn_new (PcRecorder       *self,
          const PcProtocol *protocol,
          const char       *client,
          const char       *server)
{
  PcRecorderConn *conn = g_new0 (PcRecorderConn, 1);

  conn->protocol = protocol;
  conn->ends[PC_SIDE_CLIENT] = g_strdup (client);
  conn->ends[PC_SIDE_SERVER] = g_strdup (server);
  for (guint side = 0; side < 2; side++)
    {
      PcRecorderDirection *direction = &conn->directions[side];

      direction->sent = pc_moments_new ();
      direction->arrived = pc_moments_new ();
      g_queue_init (&direction->pending);
      g_queue_init (&direction->chunks);
    }

  g_ptr_array_add (self->conns, conn);
  conn->number = self->conns->len;
  return conn;
}

PcRecorderConn *
pc_recorder_find (PcRecorder *self,
                  guint       number)
{
  if (self == NULL)
    return NULL;
  g_return_val_if_fail (number >= 1 && number <= self->conns->len, NULL);

  return g_ptr_array_index (self->conns, number - 1);
}

/* -- steps ---------------------------------------------------------------- */

const PcNarration *
pc_recorder_find_narration (const PcRecorderConn *conn,
                            const char           *rule)
{
  const PcNarration *narration = NULL;

  if (conn->protocol != NULL)
    narration = pc_narration_find (conn->protocol->narrations,
                                   conn->protocol->n_narrations, rule);
  if (narration == NULL)
    narration = pc_narration_find (pc_common_narrations,
                                   pc_common_n_narrations, rule);
  if (narration == NULL)
    narration = pc_narration_find (pc_tls_narrations, pc_tls_n_narrations,
                                   rule);
  return narration;
}

/* NULL when the timeline is full. */
static PcStep *
add_unit (PcRecorder     *self,
          PcRecorderConn *conn,
          PcLayer         layer,
          gint64          time,
          PcUnit         *unit)
{
  PcSide  from = unit->from;
  PcStep *step = pc_step_new_unit (conn->number, conn->ends[from],
                                   conn->ends[PC_SIDE_OTHER (from)], layer,
                                   time, unit,
                                   pc_recorder_find_narration (conn,
                                                               unit->rule));

  return pc_timeline_take_step (self->timeline, step) ? step : NULL;
}

static PcStep *
add_event (PcRecorder     *self,
           PcRecorderConn *conn,
           PcSide          from,
           gint64          time,
           const char     *rule,
           const char     *summary,
           PcStatus        status)
{
  const PcNarration *narration = pc_recorder_find_narration (conn, rule);
  PcObserver        *observer = conn->observer;
  PcStep            *step;

  /* The kind is the rule without its "tcp.". */
  step = pc_step_new_event (
      conn->number, conn->ends[from], conn->ends[PC_SIDE_OTHER (from)],
      PC_LAYER_TCP, time, rule + strlen ("tcp."), summary, status,
      observer != NULL ? observer->client_state : NULL,
      observer != NULL ? observer->server_state : NULL, narration);

  return pc_timeline_take_step (self->timeline, step) ? step : NULL;
}

PcStep *
pc_recorder_add_placed (PcRecorder     *self,
                        PcRecorderConn *conn,
                        PcLayer         layer,
                        guint64         place,
                        guint64         begin,
                        guint64         end,
                        PcUnit         *unit)
{
  PcRecorderDirection *direction = &conn->directions[unit->from];
  gint64               begun = pc_moments_find (direction->sent, begin);
  gint64               arrived = pc_moments_find (direction->arrived, end);
  GArray              *pieces = pc_moments_copy (direction->sent, place, end);
  PcStep              *step;

  step = add_unit (self, conn, layer, MAX (begun, 0), unit);
  direction->n_cut = MAX (direction->n_cut, end);
  pc_moments_drop (direction->sent, direction->n_cut);
  pc_moments_drop (direction->arrived, direction->n_cut);
  if (step == NULL)
    {
      g_clear_pointer (&pieces, g_array_unref);
      return NULL;
    }

  pc_step_set_place (step, place);
  if (pieces != NULL)
    pc_timeline_take_pieces (self->timeline, step, pieces);
  if (arrived >= 0)
    pc_step_set_arrival (step, arrived, PC_FATE_DELIVERED);
  else
    {
      Pending *pending = g_new (Pending, 1);

      pending->end = end;
      pending->step = step;
      g_queue_push_tail (&direction->pending, pending);
    }
  return step;
}

static void
add_stream_unit (PcRecorder     *self,
                 PcRecorderConn *conn,
                 PcUnit         *unit)
{
  PcRecorderDirection *direction = &conn->directions[unit->from];
  gsize                size = g_bytes_get_size (unit->bytes);
  guint64              begin = direction->n_cut + MIN (size, 1);
  guint64              end = direction->n_cut + size;
  GBytes              *wire = NULL;
  gsize                n_shown = 0;
  guint64              place = direction->n_clear_cut;
  PcStep              *step;

  if (conn->secure)
    {
      begin = end = place = direction->n_sent;
      wire = pc_recorder_take_wire (direction, size, &begin, &end, &place,
                                    &n_shown);
    }
  else
    direction->n_clear_cut += size;
  step = pc_recorder_add_placed (self, conn, PC_LAYER_APP, place, begin, end,
                                 unit);
  if (step != NULL && wire != NULL)
    pc_step_take_wire (step, g_steal_pointer (&wire), n_shown);
  g_clear_pointer (&wire, g_bytes_unref);
}

void
pc_recorder_drain (PcRecorder     *self,
                   PcRecorderConn *conn)
{
  PcUnit *unit;

  while ((unit = pc_observer_next (conn->observer)) != NULL)
    add_stream_unit (self, conn, unit);
}

/* -- public --------------------------------------------------------------- */

guint
pc_recorder_open (PcRecorder       *self,
                  const PcProtocol *protocol,
                  const char       *client,
                  const char       *server,
                  gint64            now)
{
  PcRecorderConn *conn;
  PcStep         *step;
  gint64          time;

  if (self == NULL)
    return 0;
  g_return_val_if_fail (protocol != NULL, 0);
  g_return_val_if_fail (client != NULL && server != NULL, 0);

  pc_recorder_catch_up_wholly (self);
  time = pc_recorder_to_relative (self, now);
  conn = conn_new (self, protocol, client, server);
  conn->begun = time;
  conn->observer = protocol->observer_new ();
  if (!protocol->stream)
    return conn->number;

  step = add_event (self, conn, PC_SIDE_CLIENT, time, "tcp.open",
                    _ ("TCP connection opened · SYN  SYN-ACK  ACK"),
                    PC_STATUS_OK);
  if (step != NULL)
    pc_step_set_arrival (step, time, PC_FATE_DELIVERED);
  return conn->number;
}

guint
pc_recorder_refused (PcRecorder *self,
                     const char *client,
                     const char *server,
                     guint       port,
                     gint64      now)
{
  g_autofree char *summary = NULL;
  PcRecorderConn  *conn;
  PcStep          *step;
  gint64           time;

  if (self == NULL)
    return 0;
  g_return_val_if_fail (client != NULL && server != NULL, 0);

  pc_recorder_catch_up_wholly (self);
  time = pc_recorder_to_relative (self, now);
  conn = conn_new (self, NULL, client, server);
  conn->directions[0].closed = conn->directions[1].closed = TRUE;
  summary = g_strdup_printf (_ ("TCP port %u refused · SYN  RST"), port);
  step = add_event (self, conn, PC_SIDE_CLIENT, time, "tcp.refused", summary,
                    PC_STATUS_ERROR);
  if (step != NULL)
    pc_step_set_arrival (step, time, PC_FATE_DELIVERED);
  return conn->number;
}

void
pc_recorder_set_ports (PcRecorder *self,
                       guint       conn,
                       guint       client_port,
                       guint       server_port)
{
  if (self != NULL)
    pc_timeline_set_ports (self->timeline, conn, client_port, server_port);
}

void
pc_recorder_add_key_log (PcRecorder *self,
                         const char *lines)
{
  if (self != NULL)
    pc_timeline_add_key_log (self->timeline, lines);
}

void
pc_recorder_sent (PcRecorder   *self,
                  guint         number,
                  PcSide        from,
                  gint64        now,
                  const guint8 *data,
                  gsize         len)
{
  PcRecorderConn      *conn = pc_recorder_find (self, number);
  PcRecorderDirection *direction;

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL && conn->observer != NULL);
  g_return_if_fail (data != NULL || len == 0);

  if (len == 0 ||
      pc_recorder_defer (self, &(PcDeed){ .kind = PC_DEED_SENT,
                                          .conn = number,
                                          .from = from,
                                          .now = now,
                                          .data = data,
                                          .len = len }))
    return;

  direction = &conn->directions[from];
  direction->n_sent += len;
  pc_moments_add (direction->sent, direction->n_sent,
                  pc_recorder_to_relative (self, now));
  conn->quiet = FALSE;
  pc_observer_feed (conn->observer, from, 0, data, len);
  pc_recorder_drain (self, conn);
}

void
pc_recorder_arrived (PcRecorder *self,
                     guint       number,
                     PcSide      from,
                     gint64      now,
                     gsize       len)
{
  PcRecorderConn      *conn = pc_recorder_find (self, number);
  gint64               time;
  PcRecorderDirection *direction;
  Pending             *pending;

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL);

  if (len == 0 ||
      pc_recorder_defer (self, &(PcDeed){ .kind = PC_DEED_ARRIVED,
                                          .conn = number,
                                          .from = from,
                                          .now = now,
                                          .len = len }))
    return;

  time = pc_recorder_to_relative (self, now);
  direction = &conn->directions[from];
  direction->n_arrived += len;
  pc_moments_add (direction->arrived, direction->n_arrived, time);

  while ((pending = g_queue_peek_head (&direction->pending)) != NULL &&
         pending->end <= direction->n_arrived)
    {
      g_queue_pop_head (&direction->pending);
      pc_step_set_arrival (pending->step, time, PC_FATE_DELIVERED);
      g_free (pending);
    }
  pc_moments_drop (direction->arrived, direction->n_cut);
}

/* What is unfinished comes out as it is, before the line ends. */
static void
cut (PcRecorder     *self,
     PcRecorderConn *conn,
     PcSide          from,
     gint64          time)
{
  if (conn->observer != NULL)
    {
      pc_observer_finish (conn->observer, from);
      pc_observer_finish (conn->observer, PC_SIDE_OTHER (from));
      pc_recorder_drain (self, conn);
    }
  conn->directions[0].closed = conn->directions[1].closed = TRUE;
  add_event (self, conn, from, time, "tcp.reset", _ ("TCP connection cut"),
             PC_STATUS_ERROR);
}

void
pc_recorder_note (PcRecorder *self,
                  const char *actor,
                  const char *rule,
                  const char *summary,
                  gint64      now)
{
  const PcNarration *narration = pc_narration_find (
      pc_common_narrations, pc_common_n_narrations, rule);
  gint64             time = pc_recorder_to_relative (self, now);
  PcStep            *step;

  if (self == NULL)
    return;

  pc_recorder_catch_up_wholly (self);
  step = pc_step_new_event (0, actor, NULL, PC_LAYER_NOTE, time, "note",
                            summary, PC_STATUS_OK, NULL, NULL, narration);
  if (pc_timeline_take_step (self->timeline, step))
    pc_step_set_arrival (step, time, PC_FATE_DELIVERED);
}

void
pc_recorder_closed (PcRecorder *self,
                    guint       number,
                    PcSide      from,
                    gboolean    is_cut,
                    gint64      now)
{
  PcRecorderConn *conn = pc_recorder_find (self, number);
  gint64          time;
  gboolean        second;
  PcStep         *step;

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL);

  if (pc_recorder_defer (self, &(PcDeed){ .kind = PC_DEED_CLOSED,
                                          .conn = number,
                                          .from = from,
                                          .cut = is_cut,
                                          .now = now }))
    return;

  second = conn->directions[PC_SIDE_OTHER (from)].closed;
  if (conn->directions[from].closed ||
      (conn->protocol != NULL && !conn->protocol->stream))
    return;

  time = pc_recorder_to_relative (self, now);
  if (is_cut)
    {
      cut (self, conn, from, time);
      return;
    }

  conn->directions[from].closed = TRUE;
  pc_observer_finish (conn->observer, from);
  pc_recorder_drain (self, conn);
  if (second && conn->quiet)
    return;

  if (!second && time - conn->begun >= SILENCE &&
      conn->directions[0].n_sent + conn->directions[1].n_sent == 0)
    pc_recorder_note (self, conn->ends[from], "tcp.silence",
                      _ ("Silence: not one octet either way"), now);
  conn->quiet = TRUE;
  step = add_event (self, conn, from, time, "tcp.close",
                    second ? _ ("Other direction closed too · FIN")
                           : _ ("TCP connection closed · FIN"),
                    PC_STATUS_OK);
  if (step != NULL)
    pc_step_set_arrival (step, time, PC_FATE_DELIVERED);
}

const char *
pc_recorder_get_state (PcRecorder *self,
                       guint       number,
                       PcSide      side)
{
  PcRecorderConn *conn = pc_recorder_find (self, number);

  g_return_val_if_fail (conn != NULL, NULL);

  pc_recorder_catch_up_wholly (self);
  return conn->observer != NULL ? pc_observer_get_state (conn->observer, side)
                                : NULL;
}
