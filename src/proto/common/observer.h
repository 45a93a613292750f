/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/unit.h"

G_BEGIN_DECLS

/* Watches one conversation: octets of both directions go in, units come out.
 * An observer never fails: what it cannot read becomes a unit with status
 * error and a rule "<protocol>.unreadable".  The same octets in other portions
 * give the same units. */

typedef struct _PcObserver PcObserver;

typedef enum {
  PC_OBSERVER_TIMER_UNKNOWN, /* nobody has told: somebody else's program */
  PC_OBSERVER_TIMER_QUIET,   /* the end sends for another reason */
  PC_OBSERVER_TIMER_RANG,    /* it sends since nothing came in time */
} PcObserverTimer;

typedef struct
{
  void (*free) (PcObserver *self);
  /* @from sent @len octets.  @port is the sender's port for datagrams (each
   * call is then one whole datagram), else 0. */
  void (*feed) (PcObserver   *self,
                PcSide        from,
                guint         port,
                const guint8 *data,
                gsize         len);
  /* @from sends no more: an unfinished unit comes out as it is. */
  void (*finish) (PcObserver *self,
                  PcSide      from);
  /* From here on the octets come out of TLS.  Before the first octet: TLS was
   * there from the start.  Later: whatever is unfinished comes out as it is,
   * and what the ends learnt is forgotten.  Optional. */
  void (*secured) (PcObserver *self);
} PcObserverClass;

struct _PcObserver
{
  const PcObserverClass *klass;
  GQueue                 units;        /* PcUnit*, finished, oldest first */
  const char            *client_state; /* static, N_() */
  const char            *server_state;
  gboolean               secure; /* what comes now came out of TLS */
  PcObserverTimer        timers[2]; /* by PcSide */
  gboolean               cut_off; /* what is emitted now has no end */
};

void        pc_observer_init (PcObserver            *self,
                              const PcObserverClass *klass,
                              const char            *client_state,
                              const char            *server_state);
/* For free(): drops what nobody took. */
void        pc_observer_deinit (PcObserver *self);

void        pc_observer_free (PcObserver *self);
void        pc_observer_feed (PcObserver   *self,
                              PcSide        from,
                              guint         port,
                              const guint8 *data,
                              gsize         len);
void        pc_observer_finish (PcObserver *self,
                                PcSide      from);
void        pc_observer_secured (PcObserver *self);
/* Help from who runs the end @from: whether what it sends from now on, until
 * told otherwise, is sent because its timer ran out.  The octets do not show
 * it; without this an observer has to guess why something is repeated. */
void        pc_observer_tell_timer (PcObserver *self,
                                    PcSide      from,
                                    gboolean    rang);
/* The next finished unit.  (transfer full) (nullable) */
PcUnit     *pc_observer_next (PcObserver *self);
const char *pc_observer_get_state (const PcObserver *self,
                                   PcSide            side);

/* The rule of what is emitted while @cut_off: the line ended before it did. */
#define PC_OBSERVER_UNFINISHED "tcp.unfinished"

/* For observers: finishes, summarises and stamps @unit with the states, and
 * queues it. Takes @unit. */
void        pc_observer_emit (PcObserver *self,
                              PcUnit     *unit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcObserver, pc_observer_free)

G_END_DECLS
