/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened, in order.
 *
 * A list model over an array that grows at its end only, so an index, once
 * given out, names the same step for ever.  Who fills it and when is the
 * recorder's affair; what of it the eye sees, the player's.
 */

#include "timeline/timeline.h"

#include "base/limits.h"

struct _PcTimeline
{
  GObject     parent_instance;

  char       *id;
  char       *title;
  GPtrArray  *actors; /* PcActor */
  GPtrArray  *steps;  /* PcStep */
  PcOutcome   outcome;
  char       *reason;
  gint64      start;   /* µs since 1970 */
  GArray     *ports;   /* Ports, by connection; NULL: none known */
  GHashTable *pieces;  /* step number → GArray; NULL: none known */
  GString    *key_log; /* or NULL */
  GArray     *actions; /* guint: steps when each began; NULL: none did */
};

typedef struct
{
  guint16 client;
  guint16 server;
} Ports;

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PcTimeline, pc_timeline, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_iface_init))

enum {
  PROP_0,
  PROP_ACTORS,
  PROP_OUTCOME,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
actor_free (gpointer data)
{
  PcActor *actor = data;

  g_free (actor->id);
  g_free (actor->name);
  g_free (actor->icon);
  g_free (actor->address);
  g_free (actor);
}

/* -- GListModel ----------------------------------------------------------- */

static GType
pc_timeline_get_item_type (GListModel *model)
{
  return PC_TYPE_STEP;
}

static guint
pc_timeline_get_n_items (GListModel *model)
{
  return PC_TIMELINE (model)->steps->len;
}

static gpointer
pc_timeline_get_item (GListModel *model,
                      guint       position)
{
  PcStep *step = pc_timeline_get_step (PC_TIMELINE (model), position);

  return step != NULL ? g_object_ref (step) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = pc_timeline_get_item_type;
  iface->get_n_items = pc_timeline_get_n_items;
  iface->get_item = pc_timeline_get_item;
}

/* -- GObject -------------------------------------------------------------- */

static void
pc_timeline_finalize (GObject *object)
{
  PcTimeline *self = PC_TIMELINE (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->actors, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->ports, g_array_unref);
  g_clear_pointer (&self->pieces, g_hash_table_unref);
  g_clear_pointer (&self->actions, g_array_unref);
  if (self->key_log != NULL)
    g_string_free (g_steal_pointer (&self->key_log), TRUE);

  G_OBJECT_CLASS (pc_timeline_parent_class)->finalize (object);
}

static void
pc_timeline_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PcTimeline *self = PC_TIMELINE (object);

  switch (prop_id)
    {
    case PROP_ACTORS:
      g_value_set_uint (value, self->actors->len);
      break;
    case PROP_OUTCOME:
      g_value_set_uint (value, self->outcome);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pc_timeline_class_init (PcTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pc_timeline_finalize;
  object_class->get_property = pc_timeline_get_property;

  props[PROP_ACTORS] = g_param_spec_uint ("actors", NULL, NULL,
                                          0, G_MAXUINT, 0,
                                          G_PARAM_READABLE |
                                              G_PARAM_STATIC_STRINGS);
  props[PROP_OUTCOME] = g_param_spec_uint ("outcome", NULL, NULL,
                                           0, PC_OUTCOME_FAILED,
                                           PC_OUTCOME_RUNNING,
                                           G_PARAM_READABLE |
                                               G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_timeline_init (PcTimeline *self)
{
  self->actors = g_ptr_array_new_with_free_func (actor_free);
  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
}

PcTimeline *
pc_timeline_new (const char *id,
                 const char *title)
{
  PcTimeline *self = g_object_new (PC_TYPE_TIMELINE, NULL);

  self->id = g_strdup (id != NULL ? id : "");
  self->title = g_strdup (title != NULL ? title : "");
  return self;
}

const char *
pc_timeline_get_id (PcTimeline *self)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), NULL);

  return self->id;
}

const char *
pc_timeline_get_title (PcTimeline *self)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), NULL);

  return self->title;
}

/* -- actors --------------------------------------------------------------- */

guint
pc_timeline_add_actor (PcTimeline *self,
                       const char *id,
                       const char *name,
                       PcRole      role,
                       const char *icon)
{
  PcActor *actor;

  g_return_val_if_fail (PC_IS_TIMELINE (self), 0);
  g_return_val_if_fail (id != NULL, 0);

  actor = g_new0 (PcActor, 1);
  actor->id = g_strdup (id);
  actor->name = g_strdup (name != NULL ? name : id);
  actor->role = role;
  actor->icon = g_strdup (icon);
  g_ptr_array_add (self->actors, actor);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTORS]);
  return self->actors->len - 1;
}

void
pc_timeline_set_actor_address (PcTimeline *self,
                               const char *id,
                               const char *address)
{
  PcActor *actor;
  int      index;

  g_return_if_fail (PC_IS_TIMELINE (self));

  index = pc_timeline_find_actor (self, id);
  if (index < 0)
    return;

  actor = g_ptr_array_index (self->actors, index);
  if (g_strcmp0 (actor->address, address) == 0)
    return;

  g_free (actor->address);
  actor->address = g_strdup (address);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTORS]);
}

guint
pc_timeline_get_n_actors (PcTimeline *self)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), 0);

  return self->actors->len;
}

const PcActor *
pc_timeline_get_actor (PcTimeline *self,
                       guint       index)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), NULL);
  g_return_val_if_fail (index < self->actors->len, NULL);

  return g_ptr_array_index (self->actors, index);
}

int
pc_timeline_find_actor (PcTimeline *self,
                        const char *id)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), -1);

  for (guint i = 0; id != NULL && i < self->actors->len; i++)
    if (g_str_equal (pc_timeline_get_actor (self, i)->id, id))
      return (int) i;

  return -1;
}

/* -- steps ---------------------------------------------------------------- */

gboolean
pc_timeline_take_step (PcTimeline *self,
                       PcStep     *step)
{
  guint n;

  g_return_val_if_fail (PC_IS_TIMELINE (self), FALSE);
  g_return_val_if_fail (PC_IS_STEP (step), FALSE);

  n = self->steps->len;
  pc_timeline_splice (self, &step, 1);
  return self->steps->len > n;
}

void
pc_timeline_splice (PcTimeline *self,
                    PcStep    **steps,
                    guint       n)
{
  guint before;

  g_return_if_fail (PC_IS_TIMELINE (self));
  g_return_if_fail (steps != NULL || n == 0);

  before = self->steps->len;
  for (guint i = 0; i < n; i++)
    {
      if (self->steps->len >= PC_LIMIT_STEPS)
        {
          g_object_unref (steps[i]);
          continue;
        }
      /* In a view of another timeline they keep the numbers of that one. */
      if (pc_step_get_number (steps[i]) == 0)
        pc_step_set_number (steps[i], self->steps->len + 1);
      g_ptr_array_add (self->steps, steps[i]);
    }

  if (self->steps->len > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0,
                                self->steps->len - before);
}

guint
pc_timeline_get_n_steps (PcTimeline *self)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), 0);

  return self->steps->len;
}

PcStep *
pc_timeline_get_step (PcTimeline *self,
                      guint       index)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), NULL);

  if (index >= self->steps->len)
    return NULL;
  return g_ptr_array_index (self->steps, index);
}

int
pc_timeline_find_mark (PcTimeline *self,
                       const char *mark)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), -1);

  for (guint i = 0; mark != NULL && i < self->steps->len; i++)
    if (g_strcmp0 (pc_step_get_mark (g_ptr_array_index (self->steps, i)),
                   mark) == 0)
      return (int) i;

  return -1;
}

/* -- for captures --------------------------------------------------------- */

void
pc_timeline_set_start (PcTimeline *self,
                       gint64      start)
{
  g_return_if_fail (PC_IS_TIMELINE (self));

  self->start = start;
}

gint64
pc_timeline_get_start (PcTimeline *self)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), 0);

  return self->start;
}

void
pc_timeline_set_ports (PcTimeline *self,
                       guint       conn,
                       guint       client_port,
                       guint       server_port)
{
  Ports ports = { (guint16) client_port, (guint16) server_port };

  g_return_if_fail (PC_IS_TIMELINE (self));
  g_return_if_fail (conn > 0);
  g_return_if_fail (client_port <= G_MAXUINT16 && server_port <= G_MAXUINT16);

  if (self->ports == NULL)
    self->ports = g_array_new (FALSE, TRUE, sizeof (Ports));
  if (self->ports->len < conn)
    g_array_set_size (self->ports, conn);
  g_array_index (self->ports, Ports, conn - 1) = ports;
}

void
pc_timeline_get_ports (PcTimeline *self,
                       guint       conn,
                       guint      *client_port,
                       guint      *server_port)
{
  Ports ports = { 0, 0 };

  g_return_if_fail (PC_IS_TIMELINE (self));

  if (self->ports != NULL && conn > 0 && conn <= self->ports->len)
    ports = g_array_index (self->ports, Ports, conn - 1);
  *client_port = ports.client;
  *server_port = ports.server;
}

/* Few steps have any, so they have no room for them. */
void
pc_timeline_take_pieces (PcTimeline *self,
                         PcStep     *step,
                         GArray     *pieces)
{
  g_return_if_fail (PC_IS_TIMELINE (self));
  g_return_if_fail (pieces != NULL);

  if (self->pieces == NULL)
    self->pieces = g_hash_table_new_full (NULL, NULL, NULL,
                                          (GDestroyNotify) g_array_unref);
  g_hash_table_insert (self->pieces,
                       GUINT_TO_POINTER (pc_step_get_number (step)), pieces);
}

const GArray *
pc_timeline_get_pieces (PcTimeline *self,
                        PcStep     *step)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), NULL);

  if (self->pieces == NULL)
    return NULL;
  return g_hash_table_lookup (self->pieces,
                              GUINT_TO_POINTER (pc_step_get_number (step)));
}

void
pc_timeline_begin_action (PcTimeline *self)
{
  guint n;

  g_return_if_fail (PC_IS_TIMELINE (self));

  n = pc_timeline_get_n_steps (self);
  if (self->actions == NULL)
    self->actions = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->actions, n);
}

guint
pc_timeline_find_action (PcTimeline *self,
                         guint       index)
{
  guint number = 0;

  g_return_val_if_fail (PC_IS_TIMELINE (self), 0);

  while (self->actions != NULL && number < self->actions->len &&
         g_array_index (self->actions, guint, number) <= index)
    number++;
  return number;
}

gboolean
pc_timeline_get_action (PcTimeline *self,
                        guint       number,
                        guint      *index)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), FALSE);
  g_return_val_if_fail (index != NULL, FALSE);

  if (self->actions == NULL || number == 0 || number > self->actions->len)
    return FALSE;
  *index = g_array_index (self->actions, guint, number - 1);
  return *index < pc_timeline_get_n_steps (self);
}

void
pc_timeline_add_key_log (PcTimeline *self,
                         const char *lines)
{
  g_return_if_fail (PC_IS_TIMELINE (self));
  g_return_if_fail (lines != NULL);

  if (self->key_log == NULL)
    self->key_log = g_string_new (NULL);
  g_string_append (self->key_log, lines);
}

const char *
pc_timeline_get_key_log (PcTimeline *self)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), NULL);

  return self->key_log != NULL ? self->key_log->str : NULL;
}

/* -- outcome -------------------------------------------------------------- */

gint64
pc_timeline_get_gap (PcTimeline *self,
                     guint       index)
{
  PcStep *step = pc_timeline_get_step (self, index);
  PcStep *before;
  gint64  gap;

  g_return_val_if_fail (step != NULL, 0);

  if (pc_step_get_wait (step) > 0)
    return pc_step_get_wait (step);
  if (index == 0)
    return 0;

  /* From begin to begin: when the one before arrived may not be known yet,
   * and what is long on its way is a wait as well. */
  before = pc_timeline_get_step (self, index - 1);
  gap = pc_step_get_time (step) - pc_step_get_time (before);
  return gap >= PC_TIMELINE_SILENCE ? gap : 0;
}

gboolean
pc_timeline_is_lost (PcTimeline *self,
                     PcStep     *step)
{
  PcLayer layer = pc_step_get_layer (step);

  g_return_val_if_fail (PC_IS_TIMELINE (self), FALSE);

  if (pc_step_get_fate (step) == PC_FATE_LOST)
    return TRUE;
  return pc_step_get_end_time (step) < 0 &&
         (layer == PC_LAYER_APP || layer == PC_LAYER_TLS) &&
         pc_timeline_get_outcome (self) != PC_OUTCOME_RUNNING;
}

PcOutcome
pc_timeline_get_outcome (PcTimeline *self)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), PC_OUTCOME_FAILED);

  return self->outcome;
}

const char *
pc_timeline_get_reason (PcTimeline *self)
{
  g_return_val_if_fail (PC_IS_TIMELINE (self), NULL);

  return self->reason;
}

void
pc_timeline_set_outcome (PcTimeline *self,
                         PcOutcome   outcome,
                         const char *reason)
{
  g_return_if_fail (PC_IS_TIMELINE (self));

  if (self->outcome == outcome && g_strcmp0 (self->reason, reason) == 0)
    return;

  g_free (self->reason);
  self->reason = g_strdup (reason);
  self->outcome = outcome;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OUTCOME]);
}

const char *
pc_outcome_to_string (PcOutcome outcome)
{
  static const char *const words[] = {
    [PC_OUTCOME_RUNNING] = "running",
    [PC_OUTCOME_OK] = "ok",
    [PC_OUTCOME_FAILED_AS_INTENDED] = "failed-as-intended",
    [PC_OUTCOME_FAILED] = "failed",
  };

  g_return_val_if_fail ((guint) outcome < G_N_ELEMENTS (words), NULL);

  return words[outcome];
}
