/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Datagrams with faults on them: lost, late, out of order, twice, changed, or
 * from somebody who has no part in it.
 *
 * Our own end's datagram is judged when it leaves, a foreign end's when it
 * arrives.  Several faults on one: it is changed first; lost, it is nothing
 * else; a copy goes its own way.
 */

#include "run/fault.h"

#include "run/fault-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

/* What becomes of one datagram. */
typedef struct
{
  GBytes    *bytes; /* as they go on */
  gboolean   lost;
  gint64     delay; /* µs */
  guint      past;
  GArray    *copies;  /* gint64: after so many µs */
  GPtrArray *injects; /* const PcFault * */
} Verdict;

/* One that is late. */
typedef struct
{
  PcConn     *conn;
  PcSide      from;
  PcEndpoint *endpoint; /* that sent it, or will have it, or NULL */
  gboolean    incoming;
  gboolean    copy; /* has no step yet: @step is the original's */
  PcStep     *step; /* or NULL */
  GBytes     *bytes;
  guint       from_port;
  guint       to_port;
  guint       past; /* so many go first; 0: only time counts */
  PcTimer    *timer;
} Held;

/* Somebody with a port of his own. */
typedef struct
{
  PcConn         *conn;
  const PcFault  *fault;
  PcDatagramPort *port;
  GQueue          flights; /* PcFlight* from him */
  GQueue          answers; /* PcFlight* to him */
} Stranger;

static void
verdict_clear (Verdict *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->copies, g_array_unref);
  g_clear_pointer (&self->injects, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verdict, verdict_clear)

static gint64
now (PcConn *conn)
{
  return pc_net_now (conn->hub->net);
}

static void
change (PcConn        *conn,
        PcSide         from,
        const PcFault *fault,
        Verdict       *verdict)
{
  gsize              len = g_bytes_get_size (verdict->bytes);
  g_autofree guint8 *octets = g_memdup2 (
      g_bytes_get_data (verdict->bytes, NULL), len);
  guint8 was;

  if (fault->octet >= len)
    return;

  was = octets[fault->octet];
  octets[fault->octet] = pc_fault_change (fault, was);
  pc_fault_note_change (conn, from, fault, was, octets[fault->octet]);
  g_bytes_unref (verdict->bytes);
  verdict->bytes = g_bytes_new_take (g_steal_pointer (&octets), len);
}

static void
apply (PcConn        *conn,
       PcSide         from,
       const PcFault *fault,
       Verdict       *verdict)
{
  gint64 wait = fault->wait;

  switch (fault->kind) {
  case PC_FAULT_DROP:
    verdict->lost = TRUE;
    break;
  case PC_FAULT_DUPLICATE:
    g_array_append_val (verdict->copies, wait);
    break;
  case PC_FAULT_DELAY:
    verdict->delay = MAX (verdict->delay, wait);
    break;
  case PC_FAULT_REORDER:
    verdict->past = MAX (verdict->past, fault->past);
    break;
  case PC_FAULT_INJECT:
    g_ptr_array_add (verdict->injects, (gpointer) fault);
    break;
  case PC_FAULT_CHANGE:
    change (conn, from, fault, verdict);
    break;
  case PC_FAULT_SPLIT:
  case PC_FAULT_JOIN:
  case PC_FAULT_SLOW:
  case PC_FAULT_CUT:
  case PC_FAULT_FREEZE:
  case PC_FAULT_ANSWER:
  default:
    break;
  }
}

static void
judge (PcConn  *conn,
       PcSide   from,
       guint    port,
       GBytes  *bytes,
       Verdict *verdict)
{
  PcFaultHit    hit;
  gsize         len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  verdict->bytes = g_bytes_ref (bytes);
  verdict->copies = g_array_new (FALSE, FALSE, sizeof (gint64));
  verdict->injects = g_ptr_array_new ();
  pc_fault_watch_say (conn->watch, from, port, data, len);
  while (pc_fault_watch_next (conn->watch, from, &hit))
    apply (conn, from, hit.fault, verdict);
}

static void
set_fate (PcConn *conn,
          PcStep *step,
          PcFate  fate)
{
  if (step != NULL)
    pc_step_set_arrival (step,
                         fate == PC_FATE_LOST
                             ? -1
                             : pc_recorder_to_relative (conn->recorder,
                                                        now (conn)),
                         fate);
}

/* -- strangers ------------------------------------------------------------ */

static Stranger *
find_stranger (PcConn *conn,
               guint   port)
{
  for (guint i = 0; conn->strangers != NULL && i < conn->strangers->len; i++) {
    Stranger *stranger = conn->strangers->pdata[i];

    if (pc_datagram_port_get_number (stranger->port) == port)
      return stranger;
  }

  return NULL;
}

static gboolean
land (PcConn *conn,
      GQueue *flights)
{
  PcFlight *flight = g_queue_pop_head (flights);

  if (flight == NULL)
    return FALSE;

  set_fate (conn, flight->step, PC_FATE_DELIVERED);
  pc_flight_free (flight);
  return TRUE;
}

/* What he is told: he has no use for it.  A foreign end's answer becomes a
 * step now. */
static void
stranger_received_cb (PcDatagramPort *port,
                      guint           from,
                      const guint8   *data,
                      gsize           len,
                      gpointer        user_data)
{
  Stranger *self = user_data;
  PcConn   *conn = self->conn;
  PcSide    side = self->fault->target;

  pc_hub_enter (conn->hub);
  if (!land (conn, &self->answers) && conn->foreign[side] &&
      from == conn->ports[side])
    set_fate (conn,
              pc_recorder_datagram (conn->recorder, conn->recorded, side, from,
                                    pc_datagram_port_get_number (port),
                                    now (conn), data, len),
              PC_FATE_DELIVERED);
  pc_hub_leave (conn->hub);
}

void
pc_fault_stranger_free (gpointer data)
{
  Stranger *self = data;

  g_queue_clear_full (&self->flights, (GDestroyNotify) pc_flight_free);
  g_queue_clear_full (&self->answers, (GDestroyNotify) pc_flight_free);
  g_clear_pointer (&self->port, pc_datagram_port_free);
  g_free (self);
}

static Stranger *
add_stranger (PcConn        *conn,
              const PcFault *fault)
{
  Stranger *self;

  if (conn->strangers == NULL)
    conn->strangers = g_ptr_array_new_with_free_func (pc_fault_stranger_free);
  for (guint i = 0; i < conn->strangers->len; i++) {
    self = conn->strangers->pdata[i];
    if (self->fault == fault)
      return self;
  }

  self = g_new0 (Stranger, 1);
  self->conn = conn;
  self->fault = fault;
  self->port = pc_net_bind (conn->hub->net, 0, stranger_received_cb, self,
                            NULL);
  g_queue_init (&self->flights);
  g_queue_init (&self->answers);
  if (self->port == NULL) {
    g_free (self);
    return NULL;
  }
  g_ptr_array_add (conn->strangers, self);
  return self;
}

static void
push_flight (GQueue *flights,
             PcStep *step,
             GBytes *bytes,
             PcFate  fate)
{
  PcFlight *flight;

  if (step == NULL)
    return;

  flight = g_new0 (PcFlight, 1);
  flight->step = g_object_ref (step);
  flight->bytes = g_bytes_ref (bytes);
  flight->fate = fate;
  g_queue_push_tail (flights, flight);
}

/* Nobody can send to an end that has not shown its port yet. */
static void
inject (PcConn        *conn,
        const PcFault *fault)
{
  guint            to = conn->ports[fault->target];
  Stranger        *stranger = to != 0 ? add_stranger (conn, fault) : NULL;
  gsize            len;
  const guint8    *data = g_bytes_get_data (fault->data, &len);
  g_autofree char *summary = NULL;
  PcStep          *step;

  if (stranger == NULL)
    return;

  summary = g_strdup_printf (
      fault->target == PC_SIDE_CLIENT
          ? _ ("Somebody else sends to the client's port %u")
          : _ ("Somebody else sends to the server's port %u"),
      to);
  pc_fault_note (conn, PC_SIDE_OTHER (fault->target), fault, summary);
  step = pc_recorder_stranger (conn->recorder, conn->recorded, fault->actor,
                               fault->target,
                               pc_datagram_port_get_number (stranger->port),
                               to, now (conn), data, len);
  if (conn->foreign[fault->target])
    set_fate (conn, step, PC_FATE_DELIVERED);
  else
    push_flight (&stranger->flights, step, fault->data, PC_FATE_DELIVERED);
  pc_datagram_port_send (stranger->port, to, data, len);
}

gboolean
pc_fault_land_stranger (PcConn *conn,
                        guint   from_port)
{
  Stranger *stranger = conn->watch != NULL ? find_stranger (conn, from_port)
                                           : NULL;

  if (stranger == NULL)
    return FALSE;

  land (conn, &stranger->flights);
  return TRUE;
}

/* -- what is late --------------------------------------------------------- */

void
pc_fault_held_free (gpointer data)
{
  Held *self = data;

  g_clear_pointer (&self->timer, pc_timer_free);
  g_clear_object (&self->step);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/* A port is closed as soon as its end has said all. */
static gboolean
is_awaited (const Held *held)
{
  const PcConn *conn = held->conn;
  PcHub        *hub = conn->hub;

  if (conn->listening != NULL && conn->listening->port == held->to_port)
    return TRUE;

  for (guint i = 0; i < hub->endpoints->len; i++) {
    const PcEndpoint *endpoint = hub->endpoints->pdata[i];

    if (endpoint->conn == conn && endpoint->side != held->from)
      return TRUE;
  }
  return FALSE;
}

/* From our own end: the link has it. */
static void
leave (Held  *held,
       PcFate fate)
{
  PcConn       *conn = held->conn;
  PcSide        other = PC_SIDE_OTHER (held->from);
  Stranger     *stranger = find_stranger (conn, held->to_port);
  gsize         len;
  const guint8 *data = g_bytes_get_data (held->bytes, &len);

  if (held->endpoint->datagrams == NULL || conn->live == 0) {
    set_fate (conn, held->step, PC_FATE_LOST);
    return;
  }

  if (stranger != NULL)
    push_flight (&stranger->answers, held->step, held->bytes, fate);
  else if (conn->foreign[other] || !is_awaited (held))
    set_fate (conn, held->step, fate);
  else
    push_flight (&conn->flights[held->from], held->step, held->bytes, fate);
  pc_datagram_port_send (held->endpoint->datagrams, held->to_port, data, len);
}

/* From a foreign end: our engine has it. */
static void
arrive (Held  *held,
        PcFate fate)
{
  PcConn       *conn = held->conn;
  PcEndpoint   *endpoint = held->endpoint;
  gsize         len;
  const guint8 *data = g_bytes_get_data (held->bytes, &len);

  if (endpoint != NULL ? endpoint->gone : conn->listening == NULL) {
    set_fate (conn, held->step, PC_FATE_LOST);
    return;
  }

  set_fate (conn, held->step, fate);
  if (endpoint == NULL)
    pc_hub_begin_transfer (conn, held->from_port, data, len);
  else
    pc_endpoint_take_datagram (endpoint, held->from_port, data, len);
}

static void
go_on (Held  *held,
       PcFate fate)
{
  PcConn *conn = held->conn;

  if (held->copy) {
    PcStep *copy = pc_recorder_duplicate (conn->recorder, held->step,
                                          now (conn));

    g_set_object (&held->step, copy);
    fate = PC_FATE_DUPLICATE;
  }
  if (held->incoming)
    arrive (held, fate);
  else
    leave (held, fate);
}

/* The port of an end that is gone was kept for this. */
static void
release_held (Held *held)
{
  PcConn     *conn = held->conn;
  PcEndpoint *endpoint = held->endpoint;

  g_queue_remove (&conn->held, held);
  go_on (held, PC_FATE_LATE);
  pc_fault_held_free (held);
  if (endpoint != NULL && endpoint->gone && g_queue_is_empty (&conn->held))
    g_clear_pointer (&endpoint->datagrams, pc_datagram_port_free);
}

static void
held_cb (gpointer user_data)
{
  Held  *held = user_data;
  PcHub *hub = held->conn->hub;

  pc_hub_enter (hub);
  release_held (held);
  pc_hub_leave (hub);
}

static void
hold (const Held *like,
      gint64      delay,
      guint       past,
      gboolean    copy)
{
  Held *held = g_memdup2 (like, sizeof *like);

  held->step = like->step != NULL ? g_object_ref (like->step) : NULL;
  held->bytes = g_bytes_ref (like->bytes);
  held->past = past;
  held->copy = copy;
  g_queue_push_tail (&held->conn->held, held);
  held->timer = pc_net_add_timer (held->conn->hub->net,
                                  now (held->conn) + delay, held_cb, held);
}

/* One more of @from's has left, or has arrived: who waited for it? */
static void
overtake (PcConn *conn,
          PcSide  from)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new ();

  for (GList *l = conn->held.head; l != NULL; l = l->next) {
    Held *held = l->data;

    if (held->from == from && held->past > 0 && --held->past == 0)
      g_ptr_array_add (due, held);
  }
  for (guint i = 0; i < due->len; i++)
    release_held (due->pdata[i]);
}

/* Known before anybody sees the step. */
static void
foretell (PcConn        *conn,
          PcSide         from,
          const Verdict *verdict)
{
  if (verdict->lost || verdict->delay > 0 || verdict->past > 0)
    pc_recorder_foretell (conn->recorder, conn->recorded, from,
                          verdict->lost ? PC_FATE_LOST : PC_FATE_LATE);
}

/* Right behind the first. */
static void
copy_at_once (const Held *like)
{
  Held copy = *like;

  copy.copy = TRUE;
  copy.step = like->step != NULL ? g_object_ref (like->step) : NULL;
  go_on (&copy, PC_FATE_DUPLICATE);
  g_clear_object (&copy.step);
}

/* -- the whole ------------------------------------------------------------ */

static void
carry_out (Held          *held,
           const Verdict *verdict)
{
  PcConn *conn = held->conn;

  if (verdict->lost)
    set_fate (conn, held->step, PC_FATE_LOST);
  else if (verdict->delay > 0 || verdict->past > 0)
    hold (held, verdict->past > 0 ? PC_LIMIT_FAULT_HELD : verdict->delay,
          verdict->past, FALSE);
  else
    go_on (held, PC_FATE_DELIVERED);

  for (guint i = 0; i < verdict->copies->len && !verdict->lost; i++) {
    gint64 after = g_array_index (verdict->copies, gint64, i);

    if (after > 0)
      hold (held, after, 0, TRUE);
    else
      copy_at_once (held);
  }
  for (guint i = 0; i < verdict->injects->len; i++)
    inject (conn, verdict->injects->pdata[i]);
}

void
pc_fault_send (PcEndpoint *self,
               PcDatagram *datagram)
{
  PcConn *conn = self->conn;
  guint   from = pc_datagram_port_get_number (self->datagrams);
  g_auto (Verdict) verdict = { 0 };
  Held          held = { .conn = conn,
                         .from = self->side,
                         .endpoint = self,
                         .from_port = from,
                         .to_port = datagram->port };
  gsize         len;
  const guint8 *data;

  conn->ports[self->side] = from;
  judge (conn, self->side, from, datagram->data, &verdict);
  held.bytes = verdict.bytes;
  data = g_bytes_get_data (held.bytes, &len);
  foretell (conn, self->side, &verdict);
  held.step = pc_endpoint_record_datagram (self, datagram->port, data, len);
  /* Those that waited for it go behind it; it does not wait for itself. */
  if (verdict.past == 0)
    carry_out (&held, &verdict);
  overtake (conn, self->side);
  if (verdict.past > 0)
    carry_out (&held, &verdict);
}

void
pc_fault_receive (PcConn       *conn,
                  PcEndpoint   *self,
                  guint         from_port,
                  guint         to_port,
                  const guint8 *data,
                  gsize         len)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);
  PcSide        from = self != NULL ? PC_SIDE_OTHER (self->side)
                                    : PC_SIDE_CLIENT;
  g_auto (Verdict) verdict = { 0 };
  Held held = { .conn = conn,
                .from = from,
                .endpoint = self,
                .incoming = TRUE,
                .from_port = from_port,
                .to_port = to_port };

  conn->ports[from] = from_port;
  judge (conn, from, from_port, bytes, &verdict);
  held.bytes = verdict.bytes;
  data = g_bytes_get_data (held.bytes, &len);
  foretell (conn, from, &verdict);
  held.step = pc_recorder_datagram (conn->recorder, conn->recorded, from,
                                    from_port, to_port, now (conn), data, len);
  if (verdict.past == 0)
    carry_out (&held, &verdict);
  overtake (conn, from);
  if (verdict.past > 0)
    carry_out (&held, &verdict);
}
