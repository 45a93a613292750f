/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which faults fall where, in one conversation.
 *
 * An observer of its own reads what an end says before it leaves; each unit
 * that it cuts is held against every fault.  So it does not matter whether
 * anything is recorded, or when.  Counts and chances begin anew in every
 * conversation: those that go on at once cannot disturb each other.
 */

#include "run/fault.h"

#include "run/fault-private.h"

#include <string.h>

/* Of one fault, in this conversation. */
typedef struct
{
  const PcFault *fault;
  gboolean       armed; /* what it comes after was said */
  guint          seen;
  guint64        state; /* of its chances */
} Count;

struct _PcFaultWatch
{
  PcConn     *conn;
  PcObserver *observer;
  gboolean    secure;
  GArray     *counts;   /* Count */
  GQueue      hits[2];  /* PcFaultHit*, by side */
  guint64     said[2];  /* octets, by side */
  guint64     whole[2]; /* those in whole units */
};

static gboolean
is_from (const Count *count,
         PcConn      *conn,
         PcSide       side)
{
  const PcFault *fault = count->fault;
  const char    *actor = side == PC_SIDE_CLIENT ? conn->client
                                                : conn->server;

  if (fault->from != NULL)
    return g_strcmp0 (fault->from, actor) == 0;
  return fault->side < 0 || fault->side == (int) side;
}

/* Some unit of @protocol could have this rule. */
static gboolean
is_of_protocol (const char       *rule,
                const PcProtocol *protocol)
{
  for (gsize i = 0; i < protocol->n_narrations; i++)
    if (pc_fault_match (rule, protocol->narrations[i].rule))
      return TRUE;

  return FALSE;
}

static gboolean
can_fall (const PcFault *fault,
          PcConn        *conn)
{
  return (conn->stream ? pc_fault_is_of_streams (fault)
                       : pc_fault_is_of_datagrams (fault)) &&
         (fault->conn == 0 || fault->conn == conn->number) &&
         (fault->rule == NULL ||
          is_of_protocol (fault->rule, conn->protocol)) &&
         (fault->after == NULL ||
          is_of_protocol (fault->after, conn->protocol));
}

static void
strike (PcFaultWatch  *self,
        const PcFault *fault,
        PcSide         side,
        guint64        begin,
        gsize          size)
{
  PcFaultHit *hit = g_new (PcFaultHit, 1);

  *hit = (PcFaultHit){ .fault = fault, .begin = begin, .size = size };
  g_queue_push_tail (&self->hits[side], hit);
}

/* What falls on no unit falls on the line, from here on: from behind what
 * @by has just said, of which more may be known already. */
static void
arm (PcFaultWatch *self,
     Count        *count,
     PcSide        by)
{
  PcSide other = PC_SIDE_OTHER (by);

  count->armed = TRUE;
  if (count->fault->rule != NULL)
    return;

  if (is_from (count, self->conn, by))
    strike (self, count->fault, by, self->whole[by], 0);
  if (is_from (count, self->conn, other))
    strike (self, count->fault, other, self->said[other], 0);
}

PcFaultWatch *
pc_fault_watch_new (PcConn *conn)
{
  GPtrArray   *all = conn->hub->faults;
  g_autoptr (GArray) counts = NULL;
  PcFaultWatch *self;

  if (all->len == 0)
    return NULL;

  counts = g_array_new (FALSE, TRUE, sizeof (Count));
  for (guint i = 0; i < all->len; i++)
    for (guint k = 0; k < pc_faults_get_n (all->pdata[i]); k++) {
      Count count = { .fault = pc_faults_get (all->pdata[i], k) };

      count.state = count.fault->seed + conn->number - 1;
      if (can_fall (count.fault, conn))
        g_array_append_val (counts, count);
    }
  if (counts->len == 0)
    return NULL;

  self = g_new0 (PcFaultWatch, 1);
  self->conn = conn;
  self->observer = conn->protocol->observer_new ();
  self->counts = g_steal_pointer (&counts);
  g_queue_init (&self->hits[PC_SIDE_CLIENT]);
  g_queue_init (&self->hits[PC_SIDE_SERVER]);
  for (guint i = 0; i < self->counts->len; i++) {
    Count *count = &g_array_index (self->counts, Count, i);

    if (count->fault->after == NULL)
      arm (self, count, PC_SIDE_CLIENT);
  }
  return self;
}

void
pc_fault_watch_free (PcFaultWatch *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->observer, pc_observer_free);
  g_clear_pointer (&self->counts, g_array_unref);
  g_queue_clear_full (&self->hits[PC_SIDE_CLIENT], g_free);
  g_queue_clear_full (&self->hits[PC_SIDE_SERVER], g_free);
  g_free (self);
}

void
pc_fault_watch_disarm (PcFaultWatch *self)
{
  if (self == NULL)
    return;

  g_array_set_size (self->counts, 0);
  g_queue_clear_full (&self->hits[PC_SIDE_CLIENT], g_free);
  g_queue_clear_full (&self->hits[PC_SIDE_SERVER], g_free);
}

void
pc_fault_watch_secured (PcFaultWatch *self)
{
  if (self == NULL || self->secure)
    return;

  self->secure = TRUE;
  pc_observer_secured (self->observer);
}

void
pc_fault_watch_tell_timer (PcFaultWatch *self,
                           PcSide        from,
                           gboolean      rang)
{
  pc_observer_tell_timer (self->observer, from, rang);
}

static gboolean
strikes (PcFaultWatch *self,
         Count        *count,
         const PcUnit *unit)
{
  const PcFault *fault = count->fault;

  if (fault->rule == NULL || !is_from (count, self->conn, unit->from) ||
      !pc_fault_match (fault->rule, unit->rule))
    return FALSE;
  if (fault->seeded)
    return pc_fault_is_struck (pc_fault_draw (&count->state), fault->rate);

  count->seen++;
  return fault->every ? count->seen >= fault->nth
                      : count->seen == fault->nth;
}

static void
judge (PcFaultWatch *self,
       const PcUnit *unit)
{
  gsize   size = g_bytes_get_size (unit->bytes);
  guint64 begin = self->whole[unit->from];

  self->whole[unit->from] += size;
  for (guint i = 0; i < self->counts->len; i++) {
    Count *count = &g_array_index (self->counts, Count, i);

    if (count->armed && strikes (self, count, unit))
      strike (self, count->fault, unit->from, begin, size);
    else if (!count->armed && pc_fault_match (count->fault->after, unit->rule))
      arm (self, count, unit->from);
  }
}

void
pc_fault_watch_say (PcFaultWatch *self,
                    PcSide        from,
                    guint         port,
                    const guint8 *data,
                    gsize         len)
{
  self->said[from] += len;
  pc_observer_feed (self->observer, from, port, data, len);
  while (TRUE) {
    g_autoptr (PcUnit) unit = pc_observer_next (self->observer);

    if (unit == NULL)
      break;
    judge (self, unit);
  }
}

gboolean
pc_fault_watch_next (PcFaultWatch *self,
                     PcSide        from,
                     PcFaultHit   *hit)
{
  g_autofree PcFaultHit *next = g_queue_pop_head (&self->hits[from]);

  if (next == NULL)
    return FALSE;

  *hit = *next;
  return TRUE;
}

guint64
pc_fault_watch_get_whole (PcFaultWatch *self,
                          PcSide        from)
{
  return self->whole[from];
}
