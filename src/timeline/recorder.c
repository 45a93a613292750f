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
 * brought it, for the eavesdropper's view.
 *
 * RFC 9293 section 3.6: each direction of a connection closes by itself.
 */

#include "timeline/recorder.h"

#include "timeline/backlog.h"

#include "base/limits.h"
#include "proto/tls/narrate.h"
#include "proto/tls/observe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SILENCE (200 * 1000) /* µs: who closes sooner has not waited */

/* Octets up to @end of one direction were sent, or read, by @time. */
typedef struct
{
  guint64 end;
  gint64  time;
} Moment;

/* A step whose last octet nobody has read yet. */
typedef struct
{
  guint64 end;
  PcStep *step; /* borrowed from the timeline */
} Pending;

/* A record of data that no unit covers wholly yet. */
typedef struct
{
  guint64 plain_begin; /* of what is said under TLS */
  guint64 plain_end;
  guint64 wire_end;
  GBytes *wire;
  gboolean shown; /* a unit has had a part of it */
} Chunk;

typedef struct
{
  GArray *sent;    /* Moment: of octets no unit covers yet */
  GArray *arrived; /* Moment: the same */
  GQueue  pending; /* Pending* */
  guint64 n_sent;
  guint64 n_arrived;
  guint64 n_cut; /* octets that are in units */
  GQueue  chunks; /* Chunk* */
  guint64 n_plain; /* octets said under TLS */
  guint64 n_plain_cut; /* those that are in units */
  gboolean closed;
} Direction;

typedef struct
{
  guint             number;
  const PcProtocol *protocol; /* NULL where nothing listened */
  PcObserver       *observer;
  PcObserver       *tls;      /* of the records; NULL before the first */
  char             *ends[2];  /* actor ids, by PcSide */
  Direction         directions[2]; /* by the sending PcSide */
  gboolean          secure;   /* what comes now came out of TLS */
  gboolean          quiet;    /* nothing was said since the first close */
  gint64            begun;    /* when it opened */
} Conn;

struct _PcRecorder
{
  PcTimeline *timeline;
  GPtrArray  *conns; /* Conn, number 1 first */
  gint64      start; /* µs since 1970; -1 before the first time */
  PcBacklog  *backlog; /* NULL: everything becomes steps at once */
  gboolean    catching_up;
  void      (*wanted) (gpointer user_data);
  gpointer    user_data;
};

static void
chunk_free (gpointer data)
{
  Chunk *chunk = data;

  g_bytes_unref (chunk->wire);
  g_free (chunk);
}

/* -- life ----------------------------------------------------------------- */

static void
conn_free (gpointer data)
{
  Conn *conn = data;

  for (guint side = 0; side < 2; side++)
    {
      Direction *direction = &conn->directions[side];

      g_array_unref (direction->sent);
      g_array_unref (direction->arrived);
      g_queue_clear_full (&direction->pending, g_free);
      g_queue_clear_full (&direction->chunks, chunk_free);
      g_free (conn->ends[side]);
    }
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
    self->start = now;
  return MAX (now - self->start, 0);
}

static Conn *
conn_new (PcRecorder       *self,
          const PcProtocol *protocol,
          const char       *client,
          const char       *server)
{
  Conn *conn = g_new0 (Conn, 1);

  conn->protocol = protocol;
  conn->ends[PC_SIDE_CLIENT] = g_strdup (client);
  conn->ends[PC_SIDE_SERVER] = g_strdup (server);
  for (guint side = 0; side < 2; side++)
    {
      Direction *direction = &conn->directions[side];

      direction->sent = g_array_new (FALSE, FALSE, sizeof (Moment));
      direction->arrived = g_array_new (FALSE, FALSE, sizeof (Moment));
      g_queue_init (&direction->pending);
      g_queue_init (&direction->chunks);
    }

  g_ptr_array_add (self->conns, conn);
  conn->number = self->conns->len;
  return conn;
}

static Conn *
conn_find (PcRecorder *self,
           guint       number)
{
  if (self == NULL)
    return NULL;
  g_return_val_if_fail (number >= 1 && number <= self->conns->len, NULL);

  return g_ptr_array_index (self->conns, number - 1);
}

/* -- later ---------------------------------------------------------------- */

#define MANY_DEEDS 16 /* as much work as PC_LIMIT_CATCH_UP octets */

/* Whether @deed waits now. */
static gboolean
put_off (PcRecorder   *self,
         const PcDeed *deed)
{
  if (self->backlog == NULL || self->catching_up)
    return FALSE;

  pc_backlog_add (self->backlog, deed);
  self->wanted (self->user_data);
  while (pc_backlog_get_size (self->backlog) > PC_LIMIT_BACKLOG)
    pc_recorder_catch_up (self);
  return TRUE;
}

static void
do_deed (PcRecorder   *self,
         const PcDeed *deed)
{
  switch (deed->kind)
    {
    case PC_DEED_SENT:
      pc_recorder_sent (self, deed->conn, deed->from, deed->now, deed->data,
                        deed->len);
      break;
    case PC_DEED_ARRIVED:
      pc_recorder_arrived (self, deed->conn, deed->from, deed->now, deed->len);
      break;
    case PC_DEED_RECORD:
      pc_recorder_record (self, deed->conn, deed->from, deed->now, deed->wire,
                          deed->content, deed->detail, deed->plain);
      break;
    case PC_DEED_SECURED:
      pc_recorder_secured (self, deed->conn);
      break;
    case PC_DEED_CLOSED:
    default:
      pc_recorder_closed (self, deed->conn, deed->from, deed->cut, deed->now);
      break;
    }
}

/* For what cannot wait: it comes after all that went before. */
static void
catch_up_wholly (PcRecorder *self)
{
  if (self != NULL && !self->catching_up)
    while (pc_recorder_catch_up (self))
      continue;
}

void
pc_recorder_put_off (PcRecorder *self,
                     void       (*wanted) (gpointer user_data),
                     gpointer    user_data)
{
  g_return_if_fail (self != NULL && self->backlog == NULL);
  g_return_if_fail (wanted != NULL);

  self->backlog = pc_backlog_new ();
  self->wanted = wanted;
  self->user_data = user_data;
}

gboolean
pc_recorder_catch_up (PcRecorder *self)
{
  gsize  rest = PC_LIMIT_CATCH_UP;
  PcDeed deed;

  g_return_val_if_fail (self != NULL && !self->catching_up, FALSE);

  if (self->backlog == NULL)
    return FALSE;

  self->catching_up = TRUE;
  for (guint i = 0; i < MANY_DEEDS && rest > 0; i++)
    {
      if (!pc_backlog_next (self->backlog, rest, &deed))
        break;
      if (deed.data != NULL)
        rest -= deed.len;
      do_deed (self, &deed);
    }
  self->catching_up = FALSE;
  return pc_backlog_get_size (self->backlog) > 0;
}

gsize
pc_recorder_get_backlog (PcRecorder *self)
{
  return self != NULL && self->backlog != NULL
             ? pc_backlog_get_size (self->backlog)
             : 0;
}

/* -- when ----------------------------------------------------------------- */

static void
moments_add (GArray *moments,
             guint64 end,
             gint64  time)
{
  Moment  moment = { .end = end, .time = time };
  Moment *last = moments->len > 0
                     ? &g_array_index (moments, Moment, moments->len - 1)
                     : NULL;

  if (last != NULL && last->time == time)
    last->end = end;
  else
    g_array_append_val (moments, moment);
}

/* When the octet before offset @end was there; -1 for not yet. */
static gint64
moments_find (const GArray *moments,
              guint64       end)
{
  guint low = 0;
  guint high = moments->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (moments, Moment, middle).end < end)
        low = middle + 1;
      else
        high = middle;
    }

  return low < moments->len ? g_array_index (moments, Moment, low).time : -1;
}

/* Forgets what lies wholly before offset @end, but for the last moment: a
 * unit without octets may still ask for it. */
static void
moments_drop (GArray *moments,
              guint64 end)
{
  guint n = 0;

  while (n + 1 < moments->len && g_array_index (moments, Moment, n).end <= end)
    n++;
  if (n > 0)
    g_array_remove_range (moments, 0, n);
}

/* -- steps ---------------------------------------------------------------- */

static const PcNarration *
find_narration (const Conn *conn,
                const char *rule)
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
add_unit (PcRecorder *self,
          Conn       *conn,
          PcLayer     layer,
          gint64      time,
          PcUnit     *unit)
{
  PcSide  from = unit->from;
  PcStep *step = pc_step_new_unit (conn->number, conn->ends[from],
                                   conn->ends[PC_SIDE_OTHER (from)], layer,
                                   time, unit,
                                   find_narration (conn, unit->rule));

  return pc_timeline_take_step (self->timeline, step) ? step : NULL;
}

static PcStep *
add_event (PcRecorder *self,
           Conn       *conn,
           PcSide      from,
           gint64      time,
           const char *rule,
           const char *summary,
           PcStatus    status)
{
  const PcNarration *narration = find_narration (conn, rule);
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

/* A unit of which the last octet crosses the wire before offset @end. Returns
 * its step, or NULL. */
static PcStep *
add_placed_unit (PcRecorder *self,
                 Conn       *conn,
                 PcLayer     layer,
                 guint64     begin,
                 guint64     end,
                 PcUnit     *unit)
{
  Direction *direction = &conn->directions[unit->from];
  gint64     begun = moments_find (direction->sent, begin);
  gint64     arrived = moments_find (direction->arrived, end);
  PcStep    *step = add_unit (self, conn, layer, MAX (begun, 0), unit);

  direction->n_cut = MAX (direction->n_cut, end);
  moments_drop (direction->sent, direction->n_cut);
  moments_drop (direction->arrived, direction->n_cut);
  if (step == NULL)
    return NULL;

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

/* The records that bring the next @size octets of what is said; they are
 * forgotten when nothing of them is left.  @begin, @end: the places on the
 * wire where the first one and the last one end; @n_shown: octets of a record
 * that an earlier unit has had a part of. */
static GBytes *
take_wire (Direction *direction,
           gsize      size,
           guint64   *begin,
           guint64   *end,
           gsize     *n_shown)
{
  guint64     to = direction->n_plain_cut + size;
  GByteArray *wire = g_byte_array_new ();
  Chunk      *chunk;

  direction->n_plain_cut = to;
  while ((chunk = g_queue_peek_head (&direction->chunks)) != NULL &&
         chunk->plain_begin < to)
    {
      gsize         len;
      gconstpointer data = g_bytes_get_data (chunk->wire, &len);

      if (wire->len == 0)
        *begin = chunk->wire_end;
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

static void
add_stream_unit (PcRecorder *self,
                 Conn       *conn,
                 PcUnit     *unit)
{
  Direction *direction = &conn->directions[unit->from];
  gsize      size = g_bytes_get_size (unit->bytes);
  guint64    begin = direction->n_cut + MIN (size, 1);
  guint64    end = direction->n_cut + size;
  GBytes    *wire = NULL;
  gsize      n_shown = 0;
  PcStep    *step;

  if (conn->secure)
    {
      begin = end = direction->n_sent;
      wire = take_wire (direction, size, &begin, &end, &n_shown);
    }
  step = add_placed_unit (self, conn, PC_LAYER_APP, begin, end, unit);
  if (step != NULL && wire != NULL)
    pc_step_take_wire (step, g_steal_pointer (&wire), n_shown);
  g_clear_pointer (&wire, g_bytes_unref);
}

static void
drain (PcRecorder *self,
       Conn       *conn)
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
  Conn   *conn;
  PcStep *step;
  gint64  time;

  if (self == NULL)
    return 0;
  g_return_val_if_fail (protocol != NULL, 0);
  g_return_val_if_fail (client != NULL && server != NULL, 0);

  catch_up_wholly (self);
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
  Conn            *conn;
  PcStep          *step;
  gint64           time;

  if (self == NULL)
    return 0;
  g_return_val_if_fail (client != NULL && server != NULL, 0);

  catch_up_wholly (self);
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
pc_recorder_sent (PcRecorder   *self,
                  guint         number,
                  PcSide        from,
                  gint64        now,
                  const guint8 *data,
                  gsize         len)
{
  Conn      *conn = conn_find (self, number);
  Direction *direction;

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL && conn->observer != NULL);
  g_return_if_fail (data != NULL || len == 0);

  if (len == 0 || put_off (self, &(PcDeed){ .kind = PC_DEED_SENT,
                                            .conn = number,
                                            .from = from,
                                            .now = now,
                                            .data = data,
                                            .len = len }))
    return;

  direction = &conn->directions[from];
  direction->n_sent += len;
  moments_add (direction->sent, direction->n_sent,
               pc_recorder_to_relative (self, now));
  conn->quiet = FALSE;
  pc_observer_feed (conn->observer, from, 0, data, len);
  drain (self, conn);
}

void
pc_recorder_arrived (PcRecorder *self,
                     guint       number,
                     PcSide      from,
                     gint64      now,
                     gsize       len)
{
  Conn      *conn = conn_find (self, number);
  gint64     time;
  Direction *direction;
  Pending   *pending;

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL);

  if (len == 0 || put_off (self, &(PcDeed){ .kind = PC_DEED_ARRIVED,
                                            .conn = number,
                                            .from = from,
                                            .now = now,
                                            .len = len }))
    return;

  time = pc_recorder_to_relative (self, now);
  direction = &conn->directions[from];
  direction->n_arrived += len;
  moments_add (direction->arrived, direction->n_arrived, time);

  while ((pending = g_queue_peek_head (&direction->pending)) != NULL &&
         pending->end <= direction->n_arrived)
    {
      g_queue_pop_head (&direction->pending);
      pc_step_set_arrival (pending->step, time, PC_FATE_DELIVERED);
      g_free (pending);
    }
  moments_drop (direction->arrived, direction->n_cut);
}

void
pc_recorder_secured (PcRecorder *self,
                     guint       number)
{
  Conn *conn = conn_find (self, number);

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL && conn->observer != NULL);

  if (conn->secure || put_off (self, &(PcDeed){ .kind = PC_DEED_SECURED,
                                                .conn = number }))
    return;

  pc_observer_secured (conn->observer);
  drain (self, conn);
  conn->secure = TRUE;
}

/* A record that carries no data of the protocol. */
static void
add_record (PcRecorder *self,
            Conn       *conn,
            PcSide      from,
            GBytes     *wire,
            guint       content,
            guint       detail)
{
  guint64       end = conn->directions[from].n_sent;
  gsize         len;
  const guint8 *data = g_bytes_get_data (wire, &len);
  PcUnit       *unit;

  if (conn->tls == NULL)
    conn->tls = pc_tls_observer_new ();
  if (detail != G_MAXUINT)
    pc_tls_observer_hint (conn->tls, from, content, detail);
  pc_observer_feed (conn->tls, from, 0, data, len);
  while ((unit = pc_observer_next (conn->tls)) != NULL)
    {
      unit->client_state = conn->observer->client_state;
      unit->server_state = conn->observer->server_state;
      add_placed_unit (self, conn, PC_LAYER_TLS, end, end, unit);
    }
}

static void
add_data (PcRecorder *self,
          Conn       *conn,
          PcSide      from,
          GBytes     *wire,
          GBytes     *plain)
{
  Direction    *direction = &conn->directions[from];
  Chunk        *chunk = g_new0 (Chunk, 1);
  gsize         len;
  const guint8 *data = g_bytes_get_data (plain, &len);

  pc_recorder_secured (self, conn->number);
  chunk->plain_begin = direction->n_plain;
  direction->n_plain += len;
  chunk->plain_end = direction->n_plain;
  chunk->wire_end = direction->n_sent;
  chunk->wire = g_bytes_ref (wire);
  g_queue_push_tail (&direction->chunks, chunk);
  pc_observer_feed (conn->observer, from, 0, data, len);
  drain (self, conn);
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
  Conn      *conn = conn_find (self, number);
  Direction *direction;

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL && conn->observer != NULL);
  g_return_if_fail (wire != NULL && g_bytes_get_size (wire) > 0);

  if (put_off (self, &(PcDeed){ .kind = PC_DEED_RECORD,
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
  moments_add (direction->sent, direction->n_sent,
               pc_recorder_to_relative (self, now));
  conn->quiet = FALSE;
  if (plain != NULL)
    add_data (self, conn, from, wire, plain);
  else
    add_record (self, conn, from, wire, content, detail);
}

PcStep *
pc_recorder_datagram (PcRecorder   *self,
                      guint         number,
                      PcSide        from,
                      guint         from_port,
                      guint         to_port,
                      gint64        now,
                      const guint8 *data,
                      gsize         len)
{
  Conn   *conn = conn_find (self, number);
  PcStep *first = NULL;
  gint64  time;
  PcUnit *unit;

  if (self == NULL)
    return NULL;
  g_return_val_if_fail (conn != NULL && conn->observer != NULL, NULL);
  g_return_val_if_fail (data != NULL || len == 0, NULL);

  catch_up_wholly (self);
  time = pc_recorder_to_relative (self, now);
  pc_observer_feed (conn->observer, from, from_port, data, len);
  while ((unit = pc_observer_next (conn->observer)) != NULL)
    {
      PcStep *step = add_unit (self, conn, PC_LAYER_UDP, time, unit);

      if (step != NULL)
        pc_step_set_ports (step, from_port, to_port);
      if (first == NULL)
        first = step;
    }
  return first;
}

/* What is unfinished comes out as it is, before the line ends. */
static void
cut (PcRecorder *self,
     Conn       *conn,
     PcSide      from,
     gint64      time)
{
  if (conn->observer != NULL)
    {
      pc_observer_finish (conn->observer, from);
      pc_observer_finish (conn->observer, PC_SIDE_OTHER (from));
      drain (self, conn);
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

  catch_up_wholly (self);
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
  Conn    *conn = conn_find (self, number);
  gint64   time;
  gboolean second;
  PcStep  *step;

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL);

  if (put_off (self, &(PcDeed){ .kind = PC_DEED_CLOSED,
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
  drain (self, conn);
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
  Conn *conn = conn_find (self, number);

  g_return_val_if_fail (conn != NULL, NULL);

  catch_up_wholly (self);
  return conn->observer != NULL ? pc_observer_get_state (conn->observer, side)
                                : NULL;
}
