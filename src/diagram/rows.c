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

#include "diagram/rows.h"

#define MAX_FLYING 256 /* datagrams on their way; the oldest are forgotten */
#define MAX_BACK 64    /* spans before a row that may reach it */

enum {
  FLAG_CLIENT_PILL = 1 << 0,
  FLAG_SERVER_PILL = 1 << 1,
  FLAG_FROM_PORT = 1 << 2,
  FLAG_TO_PORT = 1 << 3,
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
  /* By end: client, server, anybody else. */
  guint       ports[3];   /* last ones */
  guint       arrived[3]; /* index of the latest step that has arrived, plus
                           * 1 */
} Conn;

/* An arrow from the row of its step to a row of its own. */
typedef struct
{
  guint step;
  guint until;
  guint first;
  guint last;
} Span;

struct _PcDiagramRows
{
  GObject           parent_instance;

  PcTimeline       *timeline;
  GArray           *entries;
  GHashTable       *conns;  /* number → Conn */
  GArray           *flying; /* guint: indices of datagrams on their way */
  GArray           *spans;  /* Span, by their first row */
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
  PcDiagramRow *self = PC_DIAGRAM_ROW (object);

  g_clear_object (&self->step);
  for (guint i = 0; i < self->n_spans; i++)
    g_clear_object (&self->spans[i].step);

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

const PcDiagramSpan *
pc_diagram_row_get_own_span (PcDiagramRow *row)
{
  for (guint i = 0; i < row->n_spans; i++)
    {
      const PcDiagramSpan *span = &row->spans[i];

      if (row->kind == PC_DIAGRAM_ROW_ARRIVAL ? span->below == 0
                                              : span->above == 0)
        return span;
    }

  return NULL;
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

/* -- what is on its way --------------------------------------------------- */

static guint
get_end (const Conn *conn,
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
  Conn   *conn = find_conn (self, step);
  guint   from = actor_index (self, pc_step_get_from (step), 0);
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
  Span span = {
    .step = index,
    .until = until,
    .first = pc_diagram_rows_find_step (self, index),
    .last = self->entries->len,
  };
  guint at = self->spans->len;

  append (self, until, PC_DIAGRAM_ROW_ARRIVAL, 0, 0, 1);
  while (at > 0 &&
         g_array_index (self->spans, Span, at - 1).first > span.first)
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
      if (is_overtaken (self, index))
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
            Conn          *conn,
            PcStep        *step)
{
  guint ports[2] = { pc_step_get_from_port (step),
                     pc_step_get_to_port (step) };
  guint ends[2];
  guint flags = 0;

  ends[0] = actor_index (self, pc_step_get_from (step), 0);
  ends[1] = actor_index (self, pc_step_get_to (step), ends[0]);
  for (guint i = 0; i < 2; i++)
    {
      guint *last = &conn->ports[get_end (conn, ends[i])];

      if (ports[i] == 0 || ports[i] == *last)
        continue;
      *last = ports[i];
      flags |= i == 0 ? FLAG_FROM_PORT : FLAG_TO_PORT;
    }

  return flags;
}

static void
append_step (PcDiagramRows *self,
             guint          index)
{
  PcStep     *step = pc_timeline_get_step (self->timeline, index);
  Conn       *conn = find_conn (self, step);
  const char *note = pc_step_get_note (step);
  guint       flags = 0;

  if (index > 0)
    land (self, index - 1, pc_step_get_time (step));
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
  g_array_set_size (self->flying, 0);
  g_array_set_size (self->spans, 0);
  g_hash_table_remove_all (self->conns);
}

/* What arrives after the last step. */
static void
land_rest (PcDiagramRows *self)
{
  guint n = pc_timeline_get_n_steps (self->timeline);

  if (n > 0)
    land (self, n - 1, G_MAXINT64);
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
  if (n > 0)
    land_rest (self);
  if (before > 0 || self->entries->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before,
                                self->entries->len);
}

/* Rows that an arrow now runs through are other rows. */
static void
tell_grown (PcDiagramRows *self,
            guint          before,
            guint          n_spans)
{
  guint first = before;

  if (self->spans->len != n_spans)
    for (guint i = 0; i < self->spans->len; i++)
      {
        const Span *span = &g_array_index (self->spans, Span, i);

        if (span->last >= before)
          first = MIN (first, span->first);
      }
  if (self->entries->len > before)
    g_list_model_items_changed (G_LIST_MODEL (self), first, before - first,
                                self->entries->len - first);
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
  guint n_spans = self->spans->len;

  for (guint i = 0; i < added; i++)
    append_step (self, position + i);
  tell_grown (self, before, n_spans);
}

static void
outcome_cb (PcDiagramRows *self)
{
  guint before = self->entries->len;
  guint n_spans = self->spans->len;

  land_rest (self);
  tell_grown (self, before, n_spans);
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

/* Which end of the conversation somebody is who is neither, his role says. */
static gboolean
is_client (PcDiagramRows *self,
           const Conn    *conn,
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
          const Span    *span)
{
  PcDiagramSpan *out = &row->spans[row->n_spans++];
  Conn          *conn;

  out->step = g_object_ref (pc_timeline_get_step (self->timeline,
                                                  span->step));
  conn = find_conn (self, out->step);
  out->index = span->step;
  out->until = span->until;
  out->from = actor_index (self, pc_step_get_from (out->step), 0);
  out->to = actor_index (self, pc_step_get_to (out->step), out->from);
  out->from_client = is_client (self, conn, out->from);
  out->above = position - span->first;
  out->below = span->last - position;
  out->gap = pc_timeline_get_gap (self->timeline, span->step);
}

/* The arrow that is the row's own first. */
static void
add_spans (PcDiagramRows *self,
           PcDiagramRow  *row,
           guint          position)
{
  guint low = 0;
  guint high = self->spans->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->spans, Span, middle).first <= position)
        low = middle + 1;
      else
        high = middle;
    }

  for (guint back = 0; back < MIN (low, MAX_BACK); back++)
    {
      const Span *span = &g_array_index (self->spans, Span, low - 1 - back);

      if (span->last >= position && row->n_spans < PC_DIAGRAM_SPANS)
        add_span (self, row, position, span);
    }
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
  row->from_client = is_client (self, conn, row->from);
  row->new_port[0] = (entry->flags & FLAG_FROM_PORT) != 0;
  row->new_port[1] = (entry->flags & FLAG_TO_PORT) != 0;
  if (entry->flags & FLAG_CLIENT_PILL)
    row->client_state = pc_step_get_client_state (row->step);
  if (entry->flags & FLAG_SERVER_PILL)
    row->server_state = pc_step_get_server_state (row->step);
  row->gap = pc_timeline_get_gap (self->timeline, entry->step);
  add_spans (self, row, position);
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
  self->flying = g_array_new (FALSE, FALSE, sizeof (guint));
  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
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
      g_signal_connect_swapped (timeline, "notify::outcome",
                                G_CALLBACK (outcome_cb), self);
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
