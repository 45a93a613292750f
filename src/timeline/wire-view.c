/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The eavesdropper's view of a timeline: what crossed the wire, and no more.
 *
 * In clear text that is everything.  Under TLS it is records whose length and
 * time can be seen, and no state of any end.  Notes of the author stay with
 * what is still to be seen.
 */

#include "timeline/timeline.h"

#include "proto/tls/narrate.h"
#include "proto/tls/observe.h"

gboolean
pc_timeline_has_secure_steps (PcTimeline *self)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), FALSE);

  for (guint i = 0; i < pc_timeline_get_n_steps (self); i++)
    if (pc_step_get_wire (pc_timeline_get_step (self, i)) != NULL)
      return TRUE;

  return FALSE;
}

/* One conversation, as somebody on the way follows it. */
typedef struct
{
  const char *client;   /* actor */
  PcObserver *observer; /* of the records, without a hint from any end */
} Wire;

static void
wire_free (gpointer data)
{
  Wire *wire = data;

  pc_observer_free (wire->observer);
  g_free (wire);
}

/* By its first step, which the client begins. */
static Wire *
find_wire (GHashTable *wires,
           PcStep     *step)
{
  gpointer conn = GUINT_TO_POINTER (pc_step_get_conn (step));
  Wire    *wire = g_hash_table_lookup (wires, conn);

  if (wire == NULL)
    {
      wire = g_new0 (Wire, 1);
      wire->client = pc_step_get_from (step);
      wire->observer = pc_tls_observer_new ();
      g_hash_table_insert (wires, conn, wire);
    }
  return wire;
}

/* Takes @unit. */
static PcStep *
make_step (PcStep *step,
           PcUnit *unit)
{
  const PcNarration *narration = pc_narration_find (pc_tls_narrations,
                                                    pc_tls_n_narrations,
                                                    unit->rule);
  PcStep            *view;

  unit->client_state = unit->server_state = NULL;
  view = pc_step_new_unit (pc_step_get_conn (step), pc_step_get_from (step),
                           pc_step_get_to (step), PC_LAYER_TLS,
                           pc_step_get_time (step), unit, narration);
  pc_step_set_arrival (view, pc_step_get_end_time (step),
                       pc_step_get_fate (step));
  pc_step_set_mark (view, pc_step_get_mark (step));
  pc_step_set_number (view, pc_step_get_number (step));
  pc_step_set_place (view, pc_step_get_place (step));
  return view;
}

/* The last of the units that @data makes; or NULL.  Transfer full. */
static PcUnit *
observe (Wire         *wire,
         PcSide        from,
         const guint8 *data,
         gsize         len)
{
  PcUnit *unit = NULL;
  PcUnit *next;

  pc_observer_feed (wire->observer, from, 0, data, len);
  while ((next = pc_observer_next (wire->observer)) != NULL)
    {
      g_clear_pointer (&unit, pc_unit_free);
      unit = next;
    }
  return unit;
}

/* NULL when an earlier step has shown all of it.  Transfer full. */
static PcStep *
view_data (PcStep *step,
           Wire   *wire,
           PcSide  from)
{
  gsize             n_shown = pc_step_get_n_wire_shown (step);
  gsize             len;
  const guint8     *data = g_bytes_get_data (pc_step_get_wire (step), &len);
  g_autoptr (PcUnit) unit = NULL;

  if (n_shown == len)
    return NULL;

  unit = observe (wire, from, data + n_shown, len - n_shown);
  return make_step (step, pc_tls_view_data (from, data + n_shown,
                                            len - n_shown));
}

/* A record of the handshake, or an alert: what is encrypted of it has no name
 * from outside.  Transfer full. */
static PcStep *
view_record (PcStep *step,
             Wire   *wire,
             PcSide  from)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (pc_step_get_bytes (step), &len);
  PcUnit       *unit = observe (wire, from, data, len);

  return unit != NULL ? make_step (step, unit) : g_object_ref (step);
}

static PcStep *
view_step (PcStep *step,
           Wire   *wire)
{
  PcSide from = g_strcmp0 (wire->client, pc_step_get_from (step)) == 0
                    ? PC_SIDE_CLIENT
                    : PC_SIDE_SERVER;

  if (pc_step_get_wire (step) != NULL)
    return view_data (step, wire, from);
  if (pc_step_get_layer (step) == PC_LAYER_TLS)
    return view_record (step, wire, from);
  return g_object_ref (step);
}

static void
copy_actors (PcTimeline *self,
             PcTimeline *view)
{
  for (guint i = 0; i < pc_timeline_get_n_actors (self); i++)
    {
      const PcActor *actor = pc_timeline_get_actor (self, i);

      pc_timeline_add_actor (view, actor->id, actor->name, actor->role,
                             actor->icon);
      pc_timeline_set_actor_address (view, actor->id, actor->address);
    }
}

/* Not: the key log.  Nobody on the way has it. */
static void
copy_facts (PcTimeline *self,
            PcTimeline *view,
            guint       n_conns)
{
  guint client;
  guint server;

  pc_timeline_set_start (view, pc_timeline_get_start (self));
  for (guint conn = 1; conn <= n_conns; conn++)
    {
      pc_timeline_get_ports (self, conn, &client, &server);
      pc_timeline_set_ports (view, conn, client, server);
    }
  for (guint i = 0; i < pc_timeline_get_n_steps (self); i++)
    {
      PcStep       *step = pc_timeline_get_step (self, i);
      const GArray *pieces = pc_timeline_get_pieces (self, step);

      if (pieces != NULL)
        pc_timeline_take_pieces (view, step,
                                 g_array_ref ((GArray *) pieces));
    }
}

PcTimeline *
pc_timeline_new_wire_view (PcTimeline *self)
{
  g_autoptr (GHashTable) wires = g_hash_table_new_full (NULL, NULL, NULL,
                                                        wire_free);
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  PcTimeline *view;
  guint       n_conns = 0;

  g_return_val_if_fail (PC_IS_TIMELINE (self), NULL);

  view = pc_timeline_new (pc_timeline_get_id (self),
                          pc_timeline_get_title (self));
  copy_actors (self, view);
  for (guint i = 0; i < pc_timeline_get_n_steps (self); i++)
    {
      PcStep *step = pc_timeline_get_step (self, i);
      PcStep *seen = view_step (step, find_wire (wires, step));

      n_conns = MAX (n_conns, pc_step_get_conn (step));
      if (seen != NULL)
        g_ptr_array_add (steps, seen);
    }
  pc_timeline_splice (view, (PcStep **) steps->pdata, steps->len);
  copy_facts (self, view, n_conns);
  pc_timeline_set_outcome (view, pc_timeline_get_outcome (self),
                           pc_timeline_get_reason (self));
  return view;
}

guint
pc_timeline_find_number (PcTimeline *self,
                         guint       number)
{
  guint index = 0;

  g_return_val_if_fail (PC_IS_TIMELINE (self), 0);

  for (guint i = 0; i < pc_timeline_get_n_steps (self); i++)
    if (pc_step_get_number (pc_timeline_get_step (self, i)) <= number)
      index = i;

  return index;
}
