/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timeline as the rows of its diagram.
 *
 * Which end of a connection is the client is known from its first step: a
 * client opens, a server answers.  States are compared with the connection's
 * last ones, so a pill appears where something changed and nowhere else.
 */

#include "diagram/rows.h"

#define GAP_US (G_GINT64_CONSTANT (400000)) /* shorter waits are not told */

enum {
  FLAG_CLIENT_PILL = 1 << 0,
  FLAG_SERVER_PILL = 1 << 1,
};

typedef struct
{
  guint32 step;
  guint8  kind;
  guint8  flags;
  guint8  part;
  guint8  parts;
} Entry;

typedef struct
{
  guint       client; /* actor index */
  guint       server;
  const char *client_state;
  const char *server_state;
} Conn;

struct _PcDiagramRows
{
  GObject           parent_instance;

  PcTimeline       *timeline;
  GArray           *entries;
  GHashTable       *conns; /* number → Conn */
  PcDiagramNoteFunc note_func;
  gpointer          note_data;
};

G_DEFINE_FINAL_TYPE (PcDiagramRow, pc_diagram_row, G_TYPE_OBJECT)

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PcDiagramRows, pc_diagram_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_iface_init))

/* -- PcDiagramRow --------------------------------------------------------- */

static void
pc_diagram_row_finalize (GObject *object)
{
  g_clear_object (&PC_DIAGRAM_ROW (object)->step);

  G_OBJECT_CLASS (pc_diagram_row_parent_class)->finalize (object);
}

static void
pc_diagram_row_class_init (PcDiagramRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pc_diagram_row_finalize;
}

static void
pc_diagram_row_init (PcDiagramRow *self)
{
}

/* -- making entries ------------------------------------------------------- */

static guint
actor_index (PcDiagramRows *self,
             const char    *id,
             guint          fallback)
{
  int index = pc_timeline_find_actor (self->timeline, id);

  return index >= 0 ? (guint) index : fallback;
}

static Conn *
find_conn (PcDiagramRows *self,
           PcStep        *step)
{
  gpointer key = GUINT_TO_POINTER (pc_step_get_conn (step));
  Conn    *conn = g_hash_table_lookup (self->conns, key);

  if (conn != NULL)
    return conn;

  conn = g_new0 (Conn, 1);
  conn->client = actor_index (self, pc_step_get_from (step), 0);
  conn->server = actor_index (self, pc_step_get_to (step), conn->client);
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
  Entry entry = {
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

static gint64
gap_before (PcDiagramRows *self,
            guint          index)
{
  PcStep *step = pc_timeline_get_step (self->timeline, index);
  PcStep *before;

  if (index == 0)
    return 0;

  before = pc_timeline_get_step (self->timeline, index - 1);
  return pc_step_get_time (step) - MAX (pc_step_get_time (before),
                                        pc_step_get_end_time (before));
}

static void
append_step (PcDiagramRows *self,
             guint          index)
{
  PcStep     *step = pc_timeline_get_step (self->timeline, index);
  Conn       *conn = find_conn (self, step);
  const char *note = pc_step_get_note (step);
  guint       flags = 0;

  if (gap_before (self, index) >= GAP_US)
    append (self, index, PC_DIAGRAM_ROW_GAP, 0, 0, 1);

  append (self, index, PC_DIAGRAM_ROW_STEP, 0, 0, 1);
  /* The note is about the arrow: nothing may come between. */
  if (note != NULL && *note != '\0')
    {
      guint parts = note_parts (self, note);

      for (guint part = 0; part < parts; part++)
        append (self, index, PC_DIAGRAM_ROW_NOTE, 0, part, parts);
    }

  if (changed (&conn->client_state, pc_step_get_client_state (step)))
    flags |= FLAG_CLIENT_PILL;
  if (changed (&conn->server_state, pc_step_get_server_state (step)))
    flags |= FLAG_SERVER_PILL;
  if (flags != 0)
    append (self, index, PC_DIAGRAM_ROW_PILLS, flags, 0, 1);
}

static void
clear (PcDiagramRows *self)
{
  g_array_set_size (self->entries, 0);
  g_hash_table_remove_all (self->conns);
}

static void
rebuild (PcDiagramRows *self)
{
  guint before = self->entries->len;
  guint n = self->timeline != NULL ? pc_timeline_get_n_steps (self->timeline)
                                   : 0;

  clear (self);
  for (guint i = 0; i < n; i++)
    append_step (self, i);
  if (before > 0 || self->entries->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before,
                                self->entries->len);
}

/* A timeline only grows. */
static void
steps_added_cb (GListModel    *model,
                guint          position,
                guint          removed,
                guint          added,
                PcDiagramRows *self)
{
  guint before = self->entries->len;

  for (guint i = 0; i < added; i++)
    append_step (self, position + i);
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0,
                              self->entries->len - before);
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
  return PC_DIAGRAM_ROWS (model)->entries->len;
}

static gpointer
pc_diagram_rows_get_item (GListModel *model,
                          guint       position)
{
  PcDiagramRows *self = PC_DIAGRAM_ROWS (model);
  const Entry   *entry;
  PcDiagramRow  *row;
  Conn          *conn;

  if (position >= self->entries->len)
    return NULL;

  entry = &g_array_index (self->entries, Entry, position);
  row = g_object_new (PC_TYPE_DIAGRAM_ROW, NULL);
  row->kind = entry->kind;
  row->index = entry->step;
  row->part = entry->part;
  row->parts = entry->parts;
  row->step = g_object_ref (pc_timeline_get_step (self->timeline,
                                                  entry->step));
  conn = find_conn (self, row->step);
  row->client = conn->client;
  row->server = conn->server;
  row->from = actor_index (self, pc_step_get_from (row->step), 0);
  row->to = actor_index (self, pc_step_get_to (row->step), row->from);
  row->from_client = row->from == conn->client;
  if (entry->flags & FLAG_CLIENT_PILL)
    row->client_state = pc_step_get_client_state (row->step);
  if (entry->flags & FLAG_SERVER_PILL)
    row->server_state = pc_step_get_server_state (row->step);
  if (entry->kind == PC_DIAGRAM_ROW_GAP)
    row->gap = gap_before (self, entry->step);
  return row;
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
    g_signal_handlers_disconnect_by_func (self->timeline, steps_added_cb,
                                          self);
  g_clear_object (&self->timeline);
}

static void
pc_diagram_rows_finalize (GObject *object)
{
  PcDiagramRows *self = PC_DIAGRAM_ROWS (object);

  forget_timeline (self);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->conns, g_hash_table_unref);

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
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->conns = g_hash_table_new_full (NULL, NULL, NULL, g_free);
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
  if (timeline != NULL)
    {
      self->timeline = g_object_ref (timeline);
      g_signal_connect (timeline, "items-changed",
                        G_CALLBACK (steps_added_cb), self);
    }
  rebuild (self);
}

gboolean
pc_diagram_rows_reflow (PcDiagramRows *self)
{
  g_return_val_if_fail (PC_IS_DIAGRAM_ROWS (self), FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      PcStep      *step;

      if (entry->kind != PC_DIAGRAM_ROW_NOTE || entry->part != 0)
        continue;
      step = pc_timeline_get_step (self->timeline, entry->step);
      if (note_parts (self, pc_step_get_note (step)) != entry->parts)
        {
          rebuild (self);
          return TRUE;
        }
    }

  return FALSE;
}

guint
pc_diagram_rows_find_step (PcDiagramRows *self,
                           guint          index)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (PC_IS_DIAGRAM_ROWS (self), 0);

  high = self->entries->len;
  while (low < high)
    {
      guint        middle = low + (high - low) / 2;
      const Entry *entry = &g_array_index (self->entries, Entry, middle);

      /* Of a step's own rows only a gap stands before it. */
      if (entry->step < index ||
          (entry->step == index && entry->kind == PC_DIAGRAM_ROW_GAP))
        low = middle + 1;
      else
        high = middle;
    }

  return low < self->entries->len ? low : 0;
}
