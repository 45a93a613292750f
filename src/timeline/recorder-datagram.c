/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recording datagrams: what the network may do to them, and who sends them.
 *
 * A datagram that an end sends again has the very octets of an earlier one;
 * a copy that the network made is no word of anybody, so the observer does not
 * hear of it; somebody else's datagram it does hear, and knows by the port.
 * What became of a datagram the caller tells.
 *
 * RFC 768 (UDP), RFC 1350 section 4 (transfer identifiers).
 */

#include "timeline/recorder.h"

#include "timeline/recorder-private.h"

#include "base/limits.h"

typedef struct
{
  char  *actor;
  PcSide to;
  guint  port;
} Stranger;

static void
stranger_free (gpointer data)
{
  Stranger *stranger = data;

  g_free (stranger->actor);
  g_free (stranger);
}

/* The actor behind @port whom @side has heard from, or NULL. */
static const char *
find_stranger (const PcRecorderConn *conn,
               PcSide                side,
               guint                 port)
{
  for (guint i = 0; conn->strangers != NULL && i < conn->strangers->len; i++) {
    const Stranger *stranger = g_ptr_array_index (conn->strangers, i);

    if (stranger->to == side && stranger->port == port)
      return stranger->actor;
  }

  return NULL;
}

/* A stranger shows where it is by sending; the ends' ports were known. */
static void
show_address (PcRecorder *self,
              const char *actor,
              guint       port)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);

  pc_timeline_set_actor_address (self->timeline, actor, address);
}

static void
remember_stranger (PcRecorderConn *conn,
                   const char     *actor,
                   PcSide          to,
                   guint           port)
{
  Stranger *stranger;

  if (find_stranger (conn, to, port) != NULL)
    return;

  if (conn->strangers == NULL)
    conn->strangers = g_ptr_array_new_with_free_func (stranger_free);
  if (conn->strangers->len == PC_LIMIT_STRANGERS)
    g_ptr_array_remove_index (conn->strangers, 0);

  stranger = g_new0 (Stranger, 1);
  stranger->actor = g_strdup (actor);
  stranger->to = to;
  stranger->port = port;
  g_ptr_array_add (conn->strangers, stranger);
}

static void
find_repeats (PcRecorder          *self,
              PcRecorderDirection *direction,
              PcStep              *step)
{
  if (direction->repeats == NULL)
    direction->repeats = pc_repeats_new ();
  pc_step_set_number (step, pc_timeline_get_n_steps (self->timeline) + 1);
  pc_step_set_repeats (
      step, pc_repeats_find (direction->repeats, self->timeline, step));
}

/* NULL when the timeline is full.  The step is whole before anybody sees it.
 * @from: an actor in place of the end @unit is from, or NULL. */
static PcStep *
add_datagram (PcRecorder     *self,
              PcRecorderConn *conn,
              const char     *from,
              guint           from_port,
              guint           to_port,
              gint64          time,
              PcUnit         *unit)
{
  PcSide               side = unit->from;
  PcRecorderDirection *direction = &conn->directions[side];
  const char          *to = conn->ends[PC_SIDE_OTHER (side)];
  const char          *stranger = NULL;
  PcStep              *step;

  if (from == NULL) {
    stranger = find_stranger (conn, side, to_port);
    from = conn->ends[side];
  }
  step = pc_step_new_unit (conn->number, from,
                           stranger != NULL ? stranger : to, PC_LAYER_UDP,
                           time, unit,
                           pc_recorder_find_narration (conn, unit->rule));
  pc_step_set_ports (step, from_port, to_port);
  find_repeats (self, direction, step);
  if (from == conn->ends[side]) {
    pc_step_set_wait (step, direction->wait_us);
    pc_step_set_arrival (step, -1, direction->fate);
    direction->wait_us = 0;
    direction->fate = PC_FATE_DELIVERED;
  }
  return pc_timeline_take_step (self->timeline, step) ? step : NULL;
}

static const char **
state_of (PcObserver *observer,
          PcSide      side)
{
  return side == PC_SIDE_CLIENT ? &observer->client_state
                                : &observer->server_state;
}

/* What never arrives changes nothing where it was meant to go. */
static void
take_back (PcObserver *observer,
           PcUnit     *unit,
           PcSide      side,
           const char *state)
{
  *state_of (observer, side) = state;
  if (side == PC_SIDE_CLIENT)
    unit->client_state = state;
  else
    unit->server_state = state;
}

static PcStep *
feed_datagram (PcRecorder   *self,
               guint         number,
               const char   *actor,
               PcSide        from,
               guint         from_port,
               guint         to_port,
               gint64        now,
               const guint8 *data,
               gsize         len)
{
  PcRecorderConn *conn = pc_recorder_find (self, number);
  PcSide          to = PC_SIDE_OTHER (from);
  PcStep         *first = NULL;
  const char     *before;
  gboolean        lost;
  gint64          time;
  PcUnit         *unit;

  g_return_val_if_fail (conn != NULL && conn->observer != NULL, NULL);
  g_return_val_if_fail (data != NULL || len == 0, NULL);

  pc_recorder_catch_up_wholly (self);
  before = pc_observer_get_state (conn->observer, to);
  lost = actor == NULL && conn->directions[from].fate == PC_FATE_LOST;
  time = pc_recorder_to_relative (self, now);
  if (actor != NULL) {
    remember_stranger (conn, actor, to, from_port);
    show_address (self, actor, from_port);
  } else if (conn->directions[from].timed) {
    pc_observer_tell_timer (conn->observer, from,
                            conn->directions[from].rang);
  }
  pc_observer_feed (conn->observer, from, from_port, data, len);
  while ((unit = pc_observer_next (conn->observer)) != NULL) {
    PcStep *step;

    if (lost)
      take_back (conn->observer, unit, to, before);
    step = add_datagram (self, conn, actor, from_port, to_port, time, unit);
    if (first == NULL)
      first = step;
  }
  return first;
}

PcStep *
pc_recorder_datagram (PcRecorder   *self,
                      guint         conn,
                      PcSide        from,
                      guint         from_port,
                      guint         to_port,
                      gint64        now,
                      const guint8 *data,
                      gsize         len)
{
  return self != NULL ? feed_datagram (self, conn, NULL, from, from_port,
                                       to_port, now, data, len)
                      : NULL;
}

void
pc_recorder_passed (PcRecorder   *self,
                    guint         number,
                    PcSide        from,
                    guint         from_port,
                    guint         to_port,
                    gint64        now,
                    const guint8 *data,
                    gsize         len,
                    GBytes       *owner)
{
  PcRecorderConn *conn = pc_recorder_find (self, number);
  PcStep         *step;

  if (self == NULL)
    return;
  g_return_if_fail (conn != NULL && conn->observer != NULL);

  if (pc_recorder_defer (
          self, &(PcDeed){ .kind = PC_DEED_PASSED,
                           .conn = number,
                           .from = from,
                           .from_port = from_port,
                           .to_port = to_port,
                           .now = now,
                           .wait_us = conn->directions[from].wait_us,
                           .timed = conn->directions[from].timed,
                           .rang = conn->directions[from].rang,
                           .data = data,
                           .len = len,
                           .wire = owner })) {
    conn->directions[from].wait_us = 0;
    return;
  }

  step = feed_datagram (self, number, NULL, from, from_port, to_port, now, data,
                        len);
  if (step != NULL)
    pc_step_set_arrival (step, pc_recorder_to_relative (self, now),
                         PC_FATE_DELIVERED);
}

void
pc_recorder_waited (PcRecorder *self,
                    guint       number,
                    PcSide      from,
                    gint64      wait_us)
{
  PcRecorderConn *conn = pc_recorder_find (self, number);

  if (conn == NULL)
    return;

  conn->directions[from].wait_us = wait_us;
  conn->directions[from].timed = TRUE;
  conn->directions[from].rang = wait_us > 0;
}

void
pc_recorder_left (PcRecorder *self,
                  guint       number,
                  PcSide      from)
{
  PcRecorderConn *conn = pc_recorder_find (self, number);

  if (conn == NULL || conn->observer == NULL ||
      pc_recorder_defer (self, &(PcDeed){ .kind = PC_DEED_LEFT,
                                          .conn = number,
                                          .from = from }))
    return;

  pc_observer_finish (conn->observer, from);
}

void
pc_recorder_foretell (PcRecorder *self,
                      guint       number,
                      PcSide      from,
                      PcFate      fate)
{
  PcRecorderConn *conn = pc_recorder_find (self, number);

  if (conn != NULL)
    conn->directions[from].fate = fate;
}

PcStep *
pc_recorder_duplicate (PcRecorder *self,
                       PcStep     *original,
                       gint64      now)
{
  PcRecorderConn *conn;
  PcStep         *step;

  if (self == NULL || original == NULL)
    return NULL;

  conn = pc_recorder_find (self, pc_step_get_conn (original));
  g_return_val_if_fail (conn != NULL && conn->observer != NULL, NULL);

  pc_recorder_catch_up_wholly (self);
  step = pc_step_new_copy (
      original, pc_recorder_to_relative (self, now),
      pc_observer_get_state (conn->observer, PC_SIDE_CLIENT),
      pc_observer_get_state (conn->observer, PC_SIDE_SERVER),
      pc_recorder_find_narration (conn, "udp.duplicate"));
  return pc_timeline_take_step (self->timeline, step) ? step : NULL;
}

PcStep *
pc_recorder_stranger (PcRecorder   *self,
                      guint         conn,
                      const char   *actor,
                      PcSide        to_side,
                      guint         from_port,
                      guint         to_port,
                      gint64        now,
                      const guint8 *data,
                      gsize         len)
{
  g_return_val_if_fail (actor != NULL, NULL);

  return self != NULL ? feed_datagram (self, conn, actor,
                                       PC_SIDE_OTHER (to_side), from_port,
                                       to_port, now, data, len)
                      : NULL;
}
