/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One direction of a stream with faults on it.
 *
 * What an end says goes into a queue; faults are marks at places of the
 * stream, each carried out when everything before it has left.  The queue
 * lies between engine and link, above TLS: places are those of what is said.
 * What our own end says is all there before any of it leaves, so that a fault
 * falls on a unit from its first octet on; what a foreign end says goes
 * on as it comes, and a fault falls on what is left of the unit.
 *
 * Not possible: changing what a foreign end says under TLS, whose records
 * would show it.
 */

#include "run/fault.h"

#include "run/fault-private.h"

#include "base/limits.h"

/* As much may wait here as in a link. */
#define LANE_FULL (256 * 1024)
#define USUAL_GAP 1000 /* µs between pieces, where the link has no delay */
#define SLOW_STEPS 10  /* a slow line moves so often in a second */
#define SLOW_MOST 1448 /* octets at once: a segment */

struct _PcFaultLane
{
  PcConn     *conn;
  PcSide      from;     /* who says it */
  PcEndpoint *endpoint; /* our end, of this side or the other; NULL: gone */
  GByteArray *octets;   /* said, and, from @head on, not left */
  gsize       head;
  guint64     left;     /* octets, ever */
  GQueue      marks;    /* PcFaultHit*, by place */
  gint64      until;    /* nothing passes before */
  guint       piece;    /* split: so many at once, */
  gint64      gap;      /* one so long after the other, */
  guint64     piece_end; /* up to there */
  guint64     join_end; /* this unit waits for the next one; 0: none does */
  guint       speed;    /* octets per second; 0 for no bound */
  gboolean    paid;     /* the next ones have had their time */
  gboolean    cutting;  /* when what has left is through */
  gboolean    eof;      /* a foreign end will say no more */
  gboolean    flowing;
  PcTimer    *timer;
};

static PcFaultLane *
find_lane (PcEndpoint *endpoint,
           PcSide      from)
{
  PcConn      *conn = endpoint->conn;
  PcFaultLane *self = conn->lanes[from];

  if (self == NULL) {
    self = g_new0 (PcFaultLane, 1);
    self->conn = conn;
    self->from = from;
    self->endpoint = endpoint;
    self->octets = g_byte_array_new ();
    g_queue_init (&self->marks);
    conn->lanes[from] = self;
  }
  return self;
}

void
pc_fault_lane_free (PcFaultLane *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->timer, pc_timer_free);
  g_clear_pointer (&self->octets, g_byte_array_unref);
  g_queue_clear_full (&self->marks, g_free);
  g_free (self);
}

static gboolean
is_incoming (const PcFaultLane *self)
{
  return self->endpoint->side != self->from;
}

static gint64
now (PcFaultLane *self)
{
  return pc_net_now (self->conn->hub->net);
}

static void flow (PcFaultLane *self);

/* -- octets --------------------------------------------------------------- */

static gsize
count_held (const PcFaultLane *self)
{
  return self->octets->len - self->head;
}

/* Small pieces of a long queue must not move all of it each time. */
static void
let_go (PcFaultLane *self,
        gsize        n)
{
  self->head += n;
  self->left += n;
  if (2 * self->head < self->octets->len)
    return;

  g_byte_array_remove_range (self->octets, 0, (guint) self->head);
  self->head = 0;
}

/* -- marks ---------------------------------------------------------------- */

static guint64
place (const PcFaultHit *hit)
{
  guint64 octet = hit->fault->octet;

  if (hit->fault->kind != PC_FAULT_CUT || hit->ahead)
    return hit->begin;
  return hit->begin + (hit->size > 0 ? MIN (octet, hit->size) : octet);
}

static void
add_mark (PcFaultLane      *self,
          const PcFaultHit *hit)
{
  GList *before = self->marks.head;

  while (before != NULL && place (before->data) <= place (hit))
    before = before->next;
  g_queue_insert_before (&self->marks, before, g_memdup2 (hit, sizeof *hit));
}

static void
take_hits (PcFaultLane *self)
{
  PcFaultHit hit;

  while (pc_fault_watch_next (self->conn->watch, self->from, &hit)) {
    /* What is left of a unit that is cut becomes a step behind the cut. */
    if (hit.fault->kind == PC_FAULT_CUT && hit.size > 0) {
      hit.ahead = TRUE;
      add_mark (self, &hit);
      hit.ahead = FALSE;
      hit.noted = TRUE;
    }
    add_mark (self, &hit);
  }
}

static void
begin_split (PcFaultLane      *self,
             const PcFaultHit *hit)
{
  gint64 delay = self->conn->hub->delay;

  self->piece = hit->fault->octets;
  self->piece_end = hit->begin + hit->size;
  self->gap = hit->fault->wait >= 0 ? hit->fault->wait
              : delay > 0           ? delay
                                    : USUAL_GAP;
}

static void
begin_freeze (PcFaultLane      *self,
              const PcFaultHit *hit)
{
  if (hit->fault->wait >= 0) {
    self->until = MAX (self->until, now (self) + hit->fault->wait);
    return;
  }

  self->until = PC_ENGINE_NEVER;
}

/* FALSE when that octet is none of these, or has left. */
static gboolean
change (PcFaultLane      *self,
        const PcFaultHit *hit)
{
  const PcFault *fault = hit->fault;
  guint64        at = hit->begin + fault->octet;
  guint8        *octet;
  guint8         was;

  if (fault->octet >= hit->size || at < self->left ||
      at - self->left >= count_held (self) ||
      (is_incoming (self) &&
       pc_stream_get_tls (self->endpoint->stream) != NULL))
    return FALSE;

  octet = &self->octets->data[self->head + (at - self->left)];
  was = *octet;
  *octet = pc_fault_change (fault, was);
  pc_fault_note_change (self->conn, self->from, fault, was, *octet);
  return TRUE;
}

static void
carry_out (PcFaultLane      *self,
           const PcFaultHit *hit)
{
  switch (hit->fault->kind) {
  case PC_FAULT_SPLIT:
    begin_split (self, hit);
    break;
  case PC_FAULT_JOIN:
    self->join_end = hit->begin + hit->size;
    break;
  case PC_FAULT_SLOW:
    self->speed = hit->fault->octets;
    self->paid = FALSE;
    break;
  case PC_FAULT_CUT:
    self->cutting = !hit->ahead;
    break;
  case PC_FAULT_FREEZE:
    begin_freeze (self, hit);
    break;
  case PC_FAULT_CHANGE:
    change (self, hit);
    return;
  case PC_FAULT_DROP:
  case PC_FAULT_DUPLICATE:
  case PC_FAULT_DELAY:
  case PC_FAULT_REORDER:
  case PC_FAULT_INJECT:
  case PC_FAULT_ANSWER:
  default:
    return;
  }
  if (!hit->noted)
    pc_fault_note_hit (self->conn, self->from, hit);
}

/* Those whose place has come. */
static void
carry_out_due (PcFaultLane *self)
{
  PcFaultHit *hit;

  while (!self->cutting &&
         (hit = g_queue_peek_head (&self->marks)) != NULL &&
         place (hit) <= self->left) {
    g_queue_pop_head (&self->marks);
    carry_out (self, hit);
    g_free (hit);
  }
}

/* -- flowing -------------------------------------------------------------- */

static void
timer_cb (gpointer user_data)
{
  PcFaultLane *self = user_data;
  PcEndpoint  *endpoint = self->endpoint;
  PcHub       *hub = self->conn->hub;

  g_clear_pointer (&self->timer, pc_timer_free);
  if (endpoint == NULL)
    return;

  pc_hub_enter (hub);
  flow (self);
  pc_endpoint_pump (endpoint);
  pc_hub_leave (hub);
}

static gboolean
is_waiting (PcFaultLane *self)
{
  if (self->until <= now (self))
    return FALSE;

  if (self->timer == NULL && self->until != PC_ENGINE_NEVER)
    self->timer = pc_net_add_timer (self->conn->hub->net, self->until,
                                    timer_cb, self);
  return TRUE;
}

/* What comes with the first one is held back no longer, and is not held back
 * for a third one. */
static void
end_join (PcFaultLane *self)
{
  const PcFaultHit *hit = g_queue_peek_head (&self->marks);

  if (hit != NULL && hit->fault->kind == PC_FAULT_JOIN &&
      place (hit) == self->join_end)
    g_free (g_queue_pop_head (&self->marks));
  self->join_end = 0;
}

static gboolean
is_joined (PcFaultLane *self)
{
  if (self->join_end == 0)
    return FALSE;

  if (pc_fault_watch_get_whole (self->conn->watch, self->from) <=
          self->join_end &&
      !self->eof && !self->endpoint->finished)
    return TRUE;
  end_join (self);
  return FALSE;
}

/* How many may leave at once. */
static gsize
measure (PcFaultLane *self)
{
  const PcFaultHit *hit = g_queue_peek_head (&self->marks);
  gsize             n = count_held (self);

  if (hit != NULL)
    n = MIN (n, place (hit) - self->left);
  if (self->left < self->piece_end) {
    n = MIN (n, self->piece);
    n = MIN (n, self->piece_end - self->left);
  }
  if (self->speed > 0)
    n = MIN (n, CLAMP (self->speed / SLOW_STEPS, 1, SLOW_MOST));
  return n;
}

static void
pass (PcFaultLane *self,
      gsize        n)
{
  g_autofree guint8 *data = g_memdup2 (self->octets->data + self->head, n);

  let_go (self, n);
  if (self->left < self->piece_end)
    self->until = now (self) + self->gap;
  self->paid = FALSE;
  if (is_incoming (self))
    pc_endpoint_take (self->endpoint, data, n);
  else
    pc_endpoint_write (self->endpoint, data, n);
}

/* An end that has said its last word closes when that is through. */
static void
end_flow (PcFaultLane *self)
{
  PcEndpoint *endpoint = self->endpoint;

  if (self->cutting) {
    if (is_incoming (self) || pc_stream_get_pending (endpoint->stream) == 0)
      pc_endpoint_break (endpoint);
    return;
  }
  if (count_held (self) > 0)
    return;

  if (is_incoming (self) && self->eof) {
    self->eof = FALSE;
    pc_endpoint_take_end (endpoint, PC_END_EOF);
  } else if (!is_incoming (self) && endpoint->finished)
    pc_endpoint_finish (endpoint);
}

static gboolean
may_flow (PcFaultLane *self)
{
  return self->endpoint != NULL && !self->cutting && !is_waiting (self) &&
         count_held (self) > 0 && !is_joined (self) &&
         (is_incoming (self) ||
          pc_stream_get_pending (self->endpoint->stream) <= LANE_FULL);
}

static void
flow (PcFaultLane *self)
{
  if (self->flowing || self->endpoint == NULL)
    return;

  self->flowing = TRUE;
  take_hits (self);
  /* What falls on an end that is silent waits until it speaks. */
  if (count_held (self) > 0)
    carry_out_due (self);
  while (may_flow (self)) {
    gsize n = measure (self);

    if (self->speed > 0 && !self->paid) {
      self->until = now (self) +
                    (gint64) (n * G_USEC_PER_SEC / self->speed);
      self->paid = TRUE;
      continue;
    }
    pass (self, n);
    if (self->endpoint == NULL)
      break;
    take_hits (self);
    carry_out_due (self);
  }
  self->flowing = FALSE;
  if (self->endpoint != NULL && !is_waiting (self))
    end_flow (self);
}

/* -- for endpoints -------------------------------------------------------- */

gboolean
pc_fault_drain (PcEndpoint *endpoint)
{
  PcFaultLane  *self = find_lane (endpoint, endpoint->side);
  PcBytes      *out = pc_engine_get_output (endpoint->engine);
  gsize         len;
  const guint8 *data = pc_bytes_peek (out, &len);

  flow (self);
  if (self->endpoint == NULL || endpoint->finished || len == 0 ||
      count_held (self) > LANE_FULL || self->cutting)
    return FALSE;

  len = pc_endpoint_note_orders (endpoint, MIN (len, LANE_FULL));
  endpoint->n_out += len;
  pc_fault_watch_say (self->conn->watch, self->from, 0, data, len);
  g_byte_array_append (self->octets, data, (guint) len);
  pc_bytes_consume (out, len);
  flow (self);
  return TRUE;
}

void
pc_fault_arrive (PcEndpoint   *endpoint,
                 const guint8 *data,
                 gsize         len)
{
  PcFaultLane *self = find_lane (endpoint, PC_SIDE_OTHER (endpoint->side));

  pc_fault_watch_say (self->conn->watch, self->from, 0, data, len);
  /* There is no way to tell a foreign end to wait: the line goes, as one that
   * is too full does. */
  if (count_held (self) + len > PC_LIMIT_FAULT_QUEUE) {
    pc_endpoint_break (endpoint);
    return;
  }
  g_byte_array_append (self->octets, data, (guint) len);
  flow (self);
}

gboolean
pc_fault_is_held (PcEndpoint *endpoint)
{
  PcFaultLane *self = endpoint->conn->lanes[endpoint->side];

  return self != NULL && (count_held (self) > 0 || self->until > now (self));
}

gboolean
pc_fault_is_stuck (PcEndpoint *endpoint)
{
  const PcFaultLane *self = endpoint->conn->lanes[endpoint->side];

  return self != NULL && self->until == PC_ENGINE_NEVER;
}

const char *
pc_fault_find_stuck (PcConn *conn)
{
  for (guint side = 0; side < 2; side++) {
    const PcFaultLane *self = conn->lanes[side];

    if (self != NULL && self->endpoint != NULL &&
        (self->until == PC_ENGINE_NEVER || self->join_end > 0))
      return side == PC_SIDE_CLIENT ? conn->client : conn->server;
  }

  return NULL;
}

gboolean
pc_fault_defer_eof (PcEndpoint *endpoint)
{
  PcFaultLane *self = endpoint->conn->lanes[PC_SIDE_OTHER (endpoint->side)];

  if (self == NULL || !endpoint->conn->foreign[self->from] ||
      (count_held (self) == 0 && self->until <= now (self)))
    return FALSE;

  self->eof = TRUE;
  flow (self);
  return TRUE;
}

void
pc_fault_drained (PcEndpoint *endpoint)
{
  PcFaultLane *self = endpoint->conn->lanes[endpoint->side];

  if (self != NULL)
    flow (self);
}

void
pc_fault_forget_arrived (PcEndpoint *endpoint)
{
  PcFaultLane *self = endpoint->conn->lanes[PC_SIDE_OTHER (endpoint->side)];

  if (self == NULL || !endpoint->conn->foreign[self->from])
    return;

  let_go (self, count_held (self));
}

void
pc_fault_stop (PcEndpoint *endpoint)
{
  for (guint side = 0; side < 2; side++) {
    PcFaultLane *self = endpoint->conn->lanes[side];

    if (self == NULL || self->endpoint != endpoint)
      continue;
    g_clear_pointer (&self->timer, pc_timer_free);
    let_go (self, count_held (self));
    self->endpoint = NULL;
  }
}
