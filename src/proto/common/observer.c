/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all observers share: the queue of finished units, and the two states.
 *
 * An observer is like a dissector that also follows the conversation.  It
 * sees octets only, never an engine; so it explains foreign software as well.
 */

#include "proto/common/observer.h"

#include <glib/gi18n-lib.h>

void
pc_observer_init (PcObserver            *self,
                  const PcObserverClass *klass,
                  const char            *client_state,
                  const char            *server_state)
{
  self->klass = klass;
  g_queue_init (&self->units);
  self->client_state = client_state;
  self->server_state = server_state;
}

void
pc_observer_deinit (PcObserver *self)
{
  g_queue_clear_full (&self->units, (GDestroyNotify) pc_unit_free);
}

void
pc_observer_free (PcObserver *self)
{
  if (self != NULL)
    self->klass->free (self);
}

void
pc_observer_feed (PcObserver   *self,
                  PcSide        from,
                  guint         port,
                  const guint8 *data,
                  gsize         len)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (data != NULL || len == 0);

  self->klass->feed (self, from, port, data, len);
}

void
pc_observer_finish (PcObserver *self,
                    PcSide      from)
{
  g_return_if_fail (self != NULL);

  self->klass->finish (self, from);
}

void
pc_observer_secured (PcObserver *self)
{
  g_return_if_fail (self != NULL && !self->secure);

  self->secure = TRUE;
  if (self->klass->secured != NULL)
    self->klass->secured (self);
}

void
pc_observer_tell_timer (PcObserver *self,
                        PcSide      from,
                        gboolean    rang)
{
  g_return_if_fail (self != NULL);

  self->timers[from] = rang ? PC_OBSERVER_TIMER_RANG : PC_OBSERVER_TIMER_QUIET;
}

PcUnit *
pc_observer_next (PcObserver *self)
{
  return g_queue_pop_head (&self->units);
}

const char *
pc_observer_get_state (const PcObserver *self,
                       PcSide            side)
{
  return side == PC_SIDE_CLIENT ? self->client_state : self->server_state;
}

/* What is said of a password in clear is not true under TLS. */
static void
reassure (PcUnit *unit)
{
  for (guint i = 0; i < unit->fields->len; i++) {
    PcField *field = &g_array_index (unit->fields, PcField, i);

    if (field->secret)
      field->meaning = N_ ("It is hidden by TLS: nobody on the way can read "
                           "it. The server can, and here it is shown as "
                           "dots.");
  }
}

/* However it begins, nobody acts on it.  What could not be read anyway stays
 * that. */
static void
mark_unfinished (PcUnit *unit)
{
  if (g_str_has_suffix (unit->rule, ".unreadable"))
    return;

  unit->rule = PC_OBSERVER_UNFINISHED;
  unit->status = MAX (unit->status, PC_STATUS_WARNING);
}

void
pc_observer_emit (PcObserver *self,
                  PcUnit     *unit)
{
  if (self->cut_off)
    mark_unfinished (unit);
  pc_unit_finish (unit, N_ ("Rest"),
                  N_ ("Octets that have no place in this line."));
  if (unit->summarise == NULL)
    pc_unit_summarise (unit);
  if (self->secure)
    reassure (unit);
  unit->client_state = self->client_state;
  unit->server_state = self->server_state;
  g_queue_push_tail (&self->units, unit);
}
