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

/* NULL when an earlier step has shown all of it.  Transfer full. */
static PcStep *
view_step (PcStep *step,
           PcSide  from)
{
  GBytes       *wire = pc_step_get_wire (step);
  gsize         n_shown = pc_step_get_n_wire_shown (step);
  gsize         len;
  const guint8 *data = g_bytes_get_data (wire, &len);
  PcUnit       *unit;
  PcStep       *view;

  if (n_shown == len)
    return NULL;

  unit = pc_tls_view_data (from, data + n_shown, len - n_shown);
  view = pc_step_new_unit (pc_step_get_conn (step), pc_step_get_from (step),
                           pc_step_get_to (step), PC_LAYER_TLS,
                           pc_step_get_time (step), unit,
                           pc_narration_find (pc_tls_narrations,
                                              pc_tls_n_narrations,
                                              unit->rule));
  pc_step_set_arrival (view, pc_step_get_end_time (step),
                       pc_step_get_fate (step));
  pc_step_set_mark (view, pc_step_get_mark (step));
  pc_step_set_number (view, pc_step_get_number (step));
  return view;
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

/* By the first step of its connection, which the client begins. */
static PcSide
find_side (GHashTable *clients,
           PcStep     *step)
{
  gpointer    conn = GUINT_TO_POINTER (pc_step_get_conn (step));
  const char *client = g_hash_table_lookup (clients, conn);

  if (client == NULL)
    {
      client = pc_step_get_from (step);
      g_hash_table_insert (clients, conn, (gpointer) client);
    }
  return g_strcmp0 (client, pc_step_get_from (step)) == 0 ? PC_SIDE_CLIENT
                                                          : PC_SIDE_SERVER;
}

PcTimeline *
pc_timeline_new_wire_view (PcTimeline *self)
{
  g_autoptr (GHashTable) clients = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  PcTimeline *view;

  g_return_val_if_fail (PC_IS_TIMELINE (self), NULL);

  view = pc_timeline_new (pc_timeline_get_id (self),
                          pc_timeline_get_title (self));
  copy_actors (self, view);
  for (guint i = 0; i < pc_timeline_get_n_steps (self); i++)
    {
      PcStep *step = pc_timeline_get_step (self, i);
      PcSide  from = find_side (clients, step);
      PcStep *seen = pc_step_get_wire (step) != NULL ? view_step (step, from)
                                                     : g_object_ref (step);

      if (seen != NULL)
        g_ptr_array_add (steps, seen);
    }
  pc_timeline_splice (view, (PcStep **) steps->pdata, steps->len);
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
