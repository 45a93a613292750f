/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of the diagram, made when it is asked for: what an entry of the list
 * says, and what runs through it: arrows over several rows, and TLS.
 */

#include "diagram/rows-private.h"

#define MAX_BACK 64 /* arrows and tunnels before a row that may reach it */

/* Which end of the conversation somebody is who is neither, his role says. */
static gboolean
is_client (PcDiagramRows *self,
           const PcRowsConn    *conn,
           guint          actor)
{
  if (actor == conn->client || actor == conn->server)
    return actor == conn->client;
  return pc_timeline_get_actor (self->timeline, actor)->role ==
         PC_ROLE_CLIENT;
}

static void
add_span (PcDiagramRows *self,
          PcDiagramRow  *row,
          guint          position,
          const PcRowsSpan    *span)
{
  PcDiagramSpan *out = &row->spans[row->n_spans++];
  PcRowsConn          *conn;

  out->step = g_object_ref (pc_timeline_get_step (self->timeline,
                                                  span->step));
  conn = pc_diagram_rows_find_conn (self, out->step);
  out->index = span->step;
  out->until = span->until;
  out->from = pc_diagram_rows_get_actor (self, pc_step_get_from (out->step), 0);
  out->to = pc_diagram_rows_get_actor (self, pc_step_get_to (out->step),
                                       out->from);
  out->from_client = is_client (self, conn, out->from);
  out->above = position - pc_folds_to_seen (self->folds, span->first);
  out->below = pc_folds_to_seen (self->folds, span->last) - position;
  out->gap = pc_timeline_get_gap (self->timeline, span->step);
}

/* The arrow that is the row's own first. @entry: what is seen at @position. */
static void
add_spans (PcDiagramRows *self,
           PcDiagramRow  *row,
           guint          position,
           guint          entry)
{
  guint low = 0;
  guint high = self->spans->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->spans, PcRowsSpan, middle).first <= entry)
        low = middle + 1;
      else
        high = middle;
    }

  for (guint back = 0; back < MIN (low, MAX_BACK); back++)
    {
      const PcRowsSpan *span = &g_array_index (self->spans, PcRowsSpan,
                                               low - 1 - back);

      if (span->last >= entry && row->n_spans < PC_DIAGRAM_SPANS)
        add_span (self, row, position, span);
    }
}

static void
add_group (PcDiagramRows *self,
           PcDiagramRow  *row,
           guint          entry)
{
  guint         at = pc_folds_find_entry (self->folds, entry);
  const PcFold *fold;

  if (at == G_MAXUINT)
    return;

  fold = pc_folds_get (self->folds, at);
  row->group = fold->group;
  row->folded = fold->folded;
  row->is_head = entry == fold->begin;
  if (row->is_head && fold->folded)
    row->kind = PC_DIAGRAM_ROW_GROUP;
  if (row->kind != PC_DIAGRAM_ROW_PILLS || !fold->folded)
    return;

  /* Of a folded group all that it led to. */
  row->index = fold->group.last;
  g_set_object (&row->step,
                pc_timeline_get_step (self->timeline, row->index));
  row->client_state = pc_step_get_client_state (row->step);
  row->server_state = pc_step_get_server_state (row->step);
}

static gboolean
runs_through (const PcDiagramRow    *row,
              const PcDiagramTunnel *tunnel,
              guint                  conn)
{
  guint left = MIN (row->from, row->to);
  guint right = MAX (row->from, row->to);

  if (pc_step_get_conn (row->step) == conn)
    return TRUE;
  /* What another connection says in between is not in the tunnel. */
  return right <= MIN (tunnel->client, tunnel->server) ||
         left >= MAX (tunnel->client, tunnel->server);
}

static void
add_tunnels (PcDiagramRows *self,
             PcDiagramRow  *row)
{
  guint last = row->kind == PC_DIAGRAM_ROW_GROUP ? row->group.last
                                                 : row->index;
  guint n = pc_tunnels_get_n (self->tunnels);
  guint low = 0;
  guint high = n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (pc_tunnels_get (self->tunnels, middle)->first <= last)
        low = middle + 1;
      else
        high = middle;
    }

  for (guint back = 0; back < MIN (low, MAX_BACK); back++)
    {
      const PcTunnel *tunnel = pc_tunnels_get (self->tunnels, low - 1 - back);
      gboolean        begins = tunnel->first == last;
      PcDiagramTunnel out = { .begins = begins };
      PcRowsConn           *conn;

      if (last > tunnel->last || row->n_tunnels == PC_DIAGRAM_TUNNELS ||
          (begins && row->kind != PC_DIAGRAM_ROW_TUNNEL))
        continue;
      conn = pc_diagram_rows_find_conn (
          self, pc_timeline_get_step (self->timeline, tunnel->first));
      out.client = conn->client;
      out.server = conn->server;
      out.ends = tunnel->closed && tunnel->last == last;
      if (runs_through (row, &out, tunnel->conn))
        row->tunnels[row->n_tunnels++] = out;
    }
}

/* The states are in a row of their own, after the notes; the words of a step
 * tell them at once. */
static void
add_states (PcDiagramRows *self,
            PcDiagramRow  *row,
            guint          entry)
{
  for (guint i = entry + 1; i < self->entries->len; i++)
    {
      const PcRowsEntry *next = &g_array_index (self->entries, PcRowsEntry, i);

      if (next->step != row->index)
        return;
      if (next->kind != PC_DIAGRAM_ROW_PILLS)
        continue;
      if (next->flags & PC_ROWS_CLIENT_PILL)
        row->led_client = pc_step_get_client_state (row->step);
      if (next->flags & PC_ROWS_SERVER_PILL)
        row->led_server = pc_step_get_server_state (row->step);
      return;
    }
}

static void
set_entry (PcDiagramRows *self,
           PcDiagramRow  *row,
           const PcRowsEntry   *entry)
{
  PcRowsConn *conn;

  row->kind = entry->kind;
  row->index = entry->step;
  row->part = entry->part;
  row->parts = entry->parts;
  row->step = g_object_ref (pc_timeline_get_step (self->timeline,
                                                  entry->step));
  conn = pc_diagram_rows_find_conn (self, row->step);
  row->client = conn->client;
  row->server = conn->server;
  row->from = pc_diagram_rows_get_actor (self, pc_step_get_from (row->step), 0);
  row->to = pc_diagram_rows_get_actor (self, pc_step_get_to (row->step),
                                       row->from);
  row->from_client = is_client (self, conn, row->from);
  row->new_port[0] = (entry->flags & PC_ROWS_FROM_PORT) != 0;
  row->new_port[1] = (entry->flags & PC_ROWS_TO_PORT) != 0;
  if (entry->flags & PC_ROWS_CLIENT_PILL)
    row->client_state = pc_step_get_client_state (row->step);
  if (entry->flags & PC_ROWS_SERVER_PILL)
    row->server_state = pc_step_get_server_state (row->step);
  row->gap = pc_timeline_get_gap (self->timeline, entry->step);
}

PcDiagramRow *
pc_diagram_rows_make_item (PcDiagramRows *self,
                           guint          position)
{
  guint         entry = pc_folds_to_entry (self->folds, position);
  PcDiagramRow *row = g_object_new (PC_TYPE_DIAGRAM_ROW, NULL);

  set_entry (self, row, &g_array_index (self->entries, PcRowsEntry, entry));
  add_group (self, row, entry);
  if (row->kind == PC_DIAGRAM_ROW_STEP)
    add_states (self, row, entry);
  add_spans (self, row, position, entry);
  add_tunnels (self, row);
  return row;
}
