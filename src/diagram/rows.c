/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timeline as the rows of its diagram.
 *
 * Which end of a connection is the client is known from its first step: a
 * client opens, a server answers.  States are compared with the connection's
 * last ones, so a pill appears where something changed and nowhere else.
 *
 * Steps stand in the order in which they left.  Where one arrives after
 * another that left later, or the network held it back, its arrow ends in a
 * row of its own, at the place in the order where it came to its end; the rows
 * between know that it runs through them.
 */

#include "diagram/rows-private.h"

#define MAX_FLYING 256 /* datagrams on their way; the oldest are forgotten */

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PcDiagramRows, pc_diagram_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_iface_init))

/* -- making entries ------------------------------------------------------- */

guint
pc_diagram_rows_get_actor (PcDiagramRows *self,
                           const char    *id,
                           guint          fallback)
{
  int index = pc_timeline_find_actor (self->timeline, id);

  return index >= 0 ? (guint) index : fallback;
}

PcRowsConn *
pc_diagram_rows_find_conn (PcDiagramRows *self,
                           PcStep        *step)
{
  gpointer key = GUINT_TO_POINTER (pc_step_get_conn (step));
  PcRowsConn    *conn = g_hash_table_lookup (self->conns, key);

  if (conn != NULL)
    return conn;

  conn = g_new0 (PcRowsConn, 1);
  conn->client = pc_diagram_rows_get_actor (self, pc_step_get_from (step), 0);
  conn->server = pc_diagram_rows_get_actor (self, pc_step_get_to (step),
                                            conn->client);
  g_hash_table_insert (self->conns, key, conn);
  return conn;
}

static void
append (PcDiagramRows   *self,
        guint            step,
        PcDiagramRowKind kind,
        guint            flags,
        guint            part,
        guint            parts)
{
  PcRowsEntry entry = {
    .step = step,
    .kind = (guint8) kind,
    .flags = (guint8) flags,
    .part = (guint8) part,
    .parts = (guint8) parts,
  };

  g_array_append_val (self->entries, entry);
}

static gboolean
changed (const char **last,
         const char  *state)
{
  gboolean is_new = state != NULL && g_strcmp0 (*last, state) != 0;

  *last = state;
  return is_new;
}

static guint
note_parts (PcDiagramRows *self,
            const char    *note)
{
  guint parts = self->note_func != NULL
                    ? self->note_func (note, self->note_data)
                    : 1;

  return CLAMP (parts, 1, G_MAXUINT8);
}

/* The entry of step @index itself. */
static guint
find_entry (PcDiagramRows *self,
            guint          index)
{
  guint low = 0;
  guint high = self->entries->len;

  while (low < high)
    {
      guint              middle = low + (high - low) / 2;
      const PcRowsEntry *entry = &g_array_index (self->entries, PcRowsEntry,
                                                 middle);

      /* Of a step's own rows only a gap stands before it. */
      if (entry->step < index ||
          (entry->step == index && entry->kind == PC_DIAGRAM_ROW_GAP))
        low = middle + 1;
      else
        high = middle;
    }

  return low < self->entries->len ? low : 0;
}

/* -- what a filter hides -------------------------------------------------- */

static gboolean
is_seen (PcDiagramRows *self,
         guint          index)
{
  return self->filter == NULL || index >= self->filtered ||
         gtk_bitset_contains (self->filter, index);
}

/* What comes next is to be seen. */
static void
end_run (PcDiagramRows *self,
         guint          next)
{
  PcGroup group = { PC_GROUP_HIDDEN, self->run, next - 1 };

  if (self->run == G_MAXUINT)
    return;

  pc_folds_add (self->folds, &group, find_entry (self, self->run),
                self->entries->len, G_MAXUINT, TRUE);
  self->run = G_MAXUINT;
}

/* -- what is on its way --------------------------------------------------- */

static guint
get_end (const PcRowsConn *conn,
         guint       actor)
{
  return actor == conn->client ? 0 : actor == conn->server ? 1 : 2;
}

/* Something that left later has arrived already, or the network held it. */
static gboolean
is_overtaken (PcDiagramRows *self,
              guint          index)
{
  PcStep *step = pc_timeline_get_step (self->timeline, index);
  PcRowsConn   *conn = pc_diagram_rows_find_conn (self, step);
  guint   from = pc_diagram_rows_get_actor (self, pc_step_get_from (step), 0);
  guint  *arrived = &conn->arrived[get_end (conn, from)];

  if (pc_step_get_fate (step) == PC_FATE_LATE || *arrived > index + 1)
    return TRUE;

  *arrived = index + 1;
  return FALSE;
}

static void
append_arrival (PcDiagramRows *self,
                guint          index,
                guint          until)
{
  PcRowsSpan span = {
    .step = index,
    .until = until,
    .first = find_entry (self, index),
    .last = self->entries->len,
  };
  guint at = self->spans->len;

  append (self, until, PC_DIAGRAM_ROW_ARRIVAL, 0, 0, 1);
  while (at > 0 &&
         g_array_index (self->spans, PcRowsSpan, at - 1).first > span.first)
    at--;
  g_array_insert_val (self->spans, at, span);
}

/* The place in the list of that one which arrives first and before @time;
 * its length when there is none. */
static guint
find_next_arrival (PcDiagramRows *self,
                   gint64         time)
{
  guint found = self->flying->len;

  for (guint i = 0; i < self->flying->len; i++)
    {
      guint   index = g_array_index (self->flying, guint, i);
      PcStep *step = pc_timeline_get_step (self->timeline, index);
      gint64  end = pc_step_get_end_time (step);

      if (end < 0 || end > time)
        continue;
      found = i;
      time = end - 1;
    }

  return found;
}

/* What has come to its end by @time, before the step after @until. */
static void
land (PcDiagramRows *self,
      guint          until,
      gint64         time)
{
  guint at;

  for (guint i = self->flying->len; i-- > 0;)
    if (pc_step_get_fate (pc_timeline_get_step (
            self->timeline, g_array_index (self->flying, guint, i))) ==
        PC_FATE_LOST)
      g_array_remove_index (self->flying, i);

  while ((at = find_next_arrival (self, time)) < self->flying->len)
    {
      guint index = g_array_index (self->flying, guint, at);

      g_array_remove_index (self->flying, at);
      if (!is_overtaken (self, index) || !is_seen (self, index))
        continue;
      end_run (self, until + 1);
      append_arrival (self, index, until);
    }
}

static void
take_off (PcDiagramRows *self,
          guint          index)
{
  PcStep *step = pc_timeline_get_step (self->timeline, index);

  if (pc_step_get_layer (step) != PC_LAYER_UDP)
    return;

  if (self->flying->len == MAX_FLYING)
    g_array_remove_index (self->flying, 0);
  g_array_append_val (self->flying, index);
}

/* -- rows of a step ------------------------------------------------------- */

static guint
port_flags (PcDiagramRows *self,
            PcRowsConn          *conn,
            PcStep        *step)
{
  guint ports[2] = { pc_step_get_from_port (step),
                     pc_step_get_to_port (step) };
  guint ends[2];
  guint flags = 0;

  ends[0] = pc_diagram_rows_get_actor (self, pc_step_get_from (step), 0);
  ends[1] = pc_diagram_rows_get_actor (self, pc_step_get_to (step), ends[0]);
  for (guint i = 0; i < 2; i++)
    {
      guint *last = &conn->ports[get_end (conn, ends[i])];

      if (ports[i] == 0 || ports[i] == *last)
        continue;
      *last = ports[i];
      flags |= i == 0 ? PC_ROWS_FROM_PORT : PC_ROWS_TO_PORT;
    }

  return flags;
}

/* The states that a group led to are in its last row of that kind: the row
 * asks both of them.  What comes from before the group and arrives in it must
 * stay to be seen. */
static void
append_group (PcDiagramRows *self,
              guint          index)
{
  guint    pills = G_MAXUINT;
  PcGroup  group;
  gboolean wanted;
  guint    begin;

  if (self->groups == NULL || !pc_groups_add (self->groups, index, &group))
    return;

  begin = find_entry (self, group.first);
  for (guint i = begin; i < self->entries->len; i++)
    {
      guint kind = g_array_index (self->entries, PcRowsEntry, i).kind;

      if (kind == PC_DIAGRAM_ROW_ARRIVAL)
        return;
      if (kind == PC_DIAGRAM_ROW_PILLS)
        pills = i;
    }

  wanted = group.kind == PC_GROUP_HANDSHAKE;
  pc_folds_add (self->folds, &group, begin, self->entries->len, pills, wanted);
  if (group.first <= self->current && self->current <= group.last)
    {
      self->kept = pc_folds_get_n (self->folds) - 1;
      pc_folds_set_folded (self->folds, self->kept, FALSE);
    }
  self->changed = MIN (self->changed, pc_folds_to_seen (self->folds, begin));
}

static void
append_step (PcDiagramRows *self,
             guint          index)
{
  PcStep     *step = pc_timeline_get_step (self->timeline, index);
  PcRowsConn       *conn = pc_diagram_rows_find_conn (self, step);
  const char *note = pc_step_get_note (step);
  guint       flags = 0;

  if (is_seen (self, index))
    end_run (self, index);
  if (index > 0)
    land (self, index - 1, pc_step_get_time (step));
  if (self->run == G_MAXUINT && !is_seen (self, index))
    self->run = index;
  if (pc_timeline_get_gap (self->timeline, index) > 0)
    append (self, index, PC_DIAGRAM_ROW_GAP, 0, 0, 1);

  append (self, index, PC_DIAGRAM_ROW_STEP, port_flags (self, conn, step), 0,
          1);
  take_off (self, index);
  /* The note is about the arrow: nothing may come between. */
  if (note != NULL && *note != '\0')
    {
      guint parts = note_parts (self, note);

      for (guint part = 0; part < parts; part++)
        append (self, index, PC_DIAGRAM_ROW_NOTE, 0, part, parts);
    }

  if (changed (&conn->client_state, pc_step_get_client_state (step)))
    flags |= PC_ROWS_CLIENT_PILL;
  if (changed (&conn->server_state, pc_step_get_server_state (step)))
    flags |= PC_ROWS_SERVER_PILL;
  if (flags != 0)
    append (self, index, PC_DIAGRAM_ROW_PILLS, flags, 0, 1);
  append_group (self, index);
  if (pc_tunnels_add (self->tunnels, index))
    append (self, index, PC_DIAGRAM_ROW_TUNNEL, 0, 0, 1);
}

static void
clear (PcDiagramRows *self)
{
  g_array_set_size (self->entries, 0);
  g_array_set_size (self->flying, 0);
  g_array_set_size (self->spans, 0);
  g_hash_table_remove_all (self->conns);
  pc_folds_clear (self->folds);
  g_clear_pointer (&self->groups, pc_groups_free);
  g_clear_pointer (&self->tunnels, pc_tunnels_free);
  self->kept = G_MAXUINT;
  self->changed = G_MAXUINT;
  self->run = G_MAXUINT;
  if (self->timeline == NULL)
    return;

  self->tunnels = pc_tunnels_new (self->timeline);
  if (self->folding && self->filter == NULL)
    self->groups = pc_groups_new (self->timeline);
}

static guint
count_seen (PcDiagramRows *self)
{
  return pc_folds_get_n_seen (self->folds, self->entries->len);
}

/* What arrives after the last step. */
static void
land_rest (PcDiagramRows *self)
{
  guint n = pc_timeline_get_n_steps (self->timeline);

  if (n > 0)
    land (self, n - 1, G_MAXINT64);
}

void
pc_diagram_rows_rebuild (PcDiagramRows *self)
{
  guint before = count_seen (self);
  guint n = self->timeline != NULL ? pc_timeline_get_n_steps (self->timeline)
                                   : 0;

  clear (self);
  for (guint i = 0; i < n; i++)
    append_step (self, i);
  if (n > 0)
    land_rest (self);
  end_run (self, n);
  self->changed = G_MAXUINT;
  if (before > 0 || self->entries->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before,
                                count_seen (self));
}

/* What there was before a change. */
typedef struct
{
  guint n_entries;
  guint n_seen;
  guint n_spans;
} Before;

static Before
get_before (PcDiagramRows *self)
{
  self->changed = G_MAXUINT;
  return (Before){ self->entries->len, count_seen (self), self->spans->len };
}

/* Rows that an arrow now runs through are other rows, and a group that became
 * whole has another head. */
static void
tell_grown (PcDiagramRows *self,
            const Before  *before)
{
  guint first = MIN (before->n_seen, self->changed);

  if (self->spans->len != before->n_spans)
    for (guint i = 0; i < self->spans->len; i++)
      {
        const PcRowsSpan *span = &g_array_index (self->spans, PcRowsSpan, i);

        if (span->last >= before->n_entries)
          first = MIN (first, pc_folds_to_seen (self->folds, span->first));
      }
  if (self->entries->len > before->n_entries)
    g_list_model_items_changed (G_LIST_MODEL (self), first,
                                before->n_seen - first,
                                count_seen (self) - first);
}

/* A timeline only grows. */
static void
steps_added_cb (GListModel    *model,
                guint          position,
                guint          removed,
                guint          added,
                PcDiagramRows *self)
{
  Before before = get_before (self);

  for (guint i = 0; i < added; i++)
    append_step (self, position + i);
  tell_grown (self, &before);
}

static void
outcome_cb (PcDiagramRows *self)
{
  Before before = get_before (self);

  land_rest (self);
  tell_grown (self, &before);
}

/* -- GListModel ----------------------------------------------------------- */

static GType
pc_diagram_rows_get_item_type (GListModel *model)
{
  return PC_TYPE_DIAGRAM_ROW;
}

static guint
pc_diagram_rows_get_n_items (GListModel *model)
{
  return count_seen (PC_DIAGRAM_ROWS (model));
}

static gpointer
pc_diagram_rows_get_item (GListModel *model,
                          guint       position)
{
  PcDiagramRows *self = PC_DIAGRAM_ROWS (model);

  return position < count_seen (self)
             ? pc_diagram_rows_make_item (self, position)
             : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = pc_diagram_rows_get_item_type;
  iface->get_n_items = pc_diagram_rows_get_n_items;
  iface->get_item = pc_diagram_rows_get_item;
}

/* -- GObject -------------------------------------------------------------- */

static void
forget_timeline (PcDiagramRows *self)
{
  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_data (self->timeline, self);
  g_clear_object (&self->timeline);
}

static void
pc_diagram_rows_finalize (GObject *object)
{
  PcDiagramRows *self = PC_DIAGRAM_ROWS (object);

  forget_timeline (self);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->conns, g_hash_table_unref);
  g_clear_pointer (&self->flying, g_array_unref);
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->folds, pc_folds_free);
  g_clear_pointer (&self->groups, pc_groups_free);
  g_clear_pointer (&self->tunnels, pc_tunnels_free);
  g_clear_pointer (&self->filter, gtk_bitset_unref);

  G_OBJECT_CLASS (pc_diagram_rows_parent_class)->finalize (object);
}

static void
pc_diagram_rows_class_init (PcDiagramRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pc_diagram_rows_finalize;
}

static void
pc_diagram_rows_init (PcDiagramRows *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (PcRowsEntry));
  self->conns = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->flying = g_array_new (FALSE, FALSE, sizeof (guint));
  self->spans = g_array_new (FALSE, FALSE, sizeof (PcRowsSpan));
  self->folds = pc_folds_new ();
  self->current = G_MAXUINT;
  self->kept = G_MAXUINT;
  self->run = G_MAXUINT;
}

PcDiagramRows *
pc_diagram_rows_new (void)
{
  return g_object_new (PC_TYPE_DIAGRAM_ROWS, NULL);
}

void
pc_diagram_rows_set_note_func (PcDiagramRows    *self,
                               PcDiagramNoteFunc func,
                               gpointer          user_data)
{
  g_return_if_fail (PC_IS_DIAGRAM_ROWS (self));

  self->note_func = func;
  self->note_data = user_data;
}

void
pc_diagram_rows_set_timeline (PcDiagramRows *self,
                              PcTimeline    *timeline)
{
  g_return_if_fail (PC_IS_DIAGRAM_ROWS (self));

  if (self->timeline == timeline)
    return;

  forget_timeline (self);
  g_clear_pointer (&self->filter, gtk_bitset_unref);
  if (timeline != NULL)
    {
      self->timeline = g_object_ref (timeline);
      g_signal_connect (timeline, "items-changed",
                        G_CALLBACK (steps_added_cb), self);
      g_signal_connect_swapped (timeline, "notify::outcome",
                                G_CALLBACK (outcome_cb), self);
    }
  pc_diagram_rows_rebuild (self);
}

gboolean
pc_diagram_rows_reflow (PcDiagramRows *self)
{
  g_return_val_if_fail (PC_IS_DIAGRAM_ROWS (self), FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const PcRowsEntry *entry = &g_array_index (self->entries, PcRowsEntry, i);
      PcStep      *step;

      if (entry->kind != PC_DIAGRAM_ROW_NOTE || entry->part != 0)
        continue;
      step = pc_timeline_get_step (self->timeline, entry->step);
      if (note_parts (self, pc_step_get_note (step)) != entry->parts)
        {
          pc_diagram_rows_rebuild (self);
          return TRUE;
        }
    }

  return FALSE;
}

guint
pc_diagram_rows_find_step (PcDiagramRows *self,
                           guint          index)
{
  g_return_val_if_fail (PC_IS_DIAGRAM_ROWS (self), 0);

  return pc_folds_to_seen (self->folds, find_entry (self, index));
}
