/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing that happened between two actors.
 *
 * A step owns the protocol unit it was made from and answers most questions
 * out of it; events (a connection opens, closes, is refused) have no unit.
 * Actor ids repeat thousands of times in one timeline, so they are interned
 * reference-counted strings.
 */

#include "timeline/step.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>

#define SUMMARY_CHARS 200
#define VALUE_CHARS 2000

/* What few steps have; all events, whose unit is NULL, have the first four. */
typedef struct
{
  const char *kind; /* static */
  char       *summary;
  const char *client_state;
  const char *server_state;

  guint  from_port;
  guint  to_port;
  guint  repeats; /* a step's number, or 0 */
  gint64 wait_us;
  char  *note;
  char  *mark;
  GBytes *wire; /* whole records; NULL without TLS */
  gsize  n_wire_shown;
} Rare;

struct _PcStep
{
  GObject            parent_instance;

  guint              number;
  guint              conn;
  char              *from; /* GRefString */
  char              *to;   /* GRefString, or NULL */
  guint8             layer;  /* PcLayer */
  guint8             fate;   /* PcFate */
  guint8             status; /* PcStatus */
  gint64             t_us;
  gint64             t_end_us;
  PcUnit            *unit; /* NULL for events */
  const PcNarration *narration; /* NULL for a rule nobody tells of */
  guint64            place; /* on the wire of a stream */
  Rare              *rare; /* NULL where it has nothing of that */
};

G_DEFINE_FINAL_TYPE (PcStep, pc_step, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_FATE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* -- words ---------------------------------------------------------------- */

static const char *const unit_kinds[] = {
  [PC_UNIT_GREETING] = "greeting",
  [PC_UNIT_COMMAND] = "command",
  [PC_UNIT_REPLY] = "reply",
  [PC_UNIT_DATA] = "data",
  [PC_UNIT_DATAGRAM] = "datagram",
  [PC_UNIT_HANDSHAKE] = "handshake",
  [PC_UNIT_ALERT] = "alert",
};

static const char *const unit_titles[] = {
  [PC_UNIT_GREETING] = N_ ("Greeting"),
  [PC_UNIT_COMMAND] = N_ ("Command"),
  [PC_UNIT_REPLY] = N_ ("Reply"),
  [PC_UNIT_DATA] = N_ ("Data"),
  [PC_UNIT_DATAGRAM] = N_ ("Datagram"),
  [PC_UNIT_HANDSHAKE] = N_ ("Handshake"),
  [PC_UNIT_ALERT] = N_ ("Alert"),
};

/* -- what few have -------------------------------------------------------- */

static const Rare none;

static const Rare *
get_rare (PcStep *self)
{
  return self->rare != NULL ? self->rare : &none;
}

static Rare *
make_rare (PcStep *self)
{
  if (self->rare == NULL)
    self->rare = g_new0 (Rare, 1);
  return self->rare;
}

static void
rare_free (Rare *rare)
{
  g_free (rare->summary);
  g_free (rare->note);
  g_free (rare->mark);
  g_clear_pointer (&rare->wire, g_bytes_unref);
  g_free (rare);
}

/* -- life ----------------------------------------------------------------- */

static void
pc_step_finalize (GObject *object)
{
  PcStep *self = PC_STEP (object);

  g_clear_pointer (&self->from, g_ref_string_release);
  g_clear_pointer (&self->to, g_ref_string_release);
  g_clear_pointer (&self->unit, pc_unit_free);
  g_clear_pointer (&self->rare, rare_free);

  G_OBJECT_CLASS (pc_step_parent_class)->finalize (object);
}

static void
pc_step_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  PcStep *self = PC_STEP (object);

  switch (prop_id)
    {
    case PROP_FATE:
      g_value_set_uint (value, self->fate);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pc_step_class_init (PcStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pc_step_finalize;
  object_class->get_property = pc_step_get_property;

  props[PROP_FATE] = g_param_spec_uint ("fate", NULL, NULL,
                                        0, PC_FATE_LATE, PC_FATE_DELIVERED,
                                        G_PARAM_READABLE |
                                            G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_step_init (PcStep *self)
{
  self->t_end_us = -1;
}

static PcStep *
step_new (guint              conn,
          const char        *from,
          const char        *to,
          PcLayer            layer,
          gint64             t_us,
          const PcNarration *narration)
{
  PcStep *self = g_object_new (PC_TYPE_STEP, NULL);

  self->conn = conn;
  self->from = g_ref_string_new_intern (from);
  self->to = to != NULL ? g_ref_string_new_intern (to) : NULL;
  self->layer = (guint8) layer;
  self->t_us = t_us;
  self->narration = narration;
  return self;
}

PcStep *
pc_step_new_unit (guint              conn,
                  const char        *from,
                  const char        *to,
                  PcLayer            layer,
                  gint64             t_us,
                  PcUnit            *unit,
                  const PcNarration *narration)
{
  PcStep *self;

  g_return_val_if_fail (from != NULL, NULL);
  g_return_val_if_fail (unit != NULL, NULL);

  self = step_new (conn, from, to, layer, t_us, narration);
  pc_unit_pack (unit);
  self->unit = unit;
  self->status = (guint8) unit->status;
  return self;
}

PcStep *
pc_step_new_event (guint              conn,
                   const char        *from,
                   const char        *to,
                   PcLayer            layer,
                   gint64             t_us,
                   const char        *kind,
                   const char        *summary,
                   PcStatus           status,
                   const char        *client_state,
                   const char        *server_state,
                   const PcNarration *narration)
{
  PcStep *self;
  Rare   *rare;

  g_return_val_if_fail (from != NULL, NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  self = step_new (conn, from, to, layer, t_us, narration);
  rare = make_rare (self);
  rare->kind = g_intern_string (kind);
  rare->summary = g_strdup (summary != NULL ? summary : "");
  rare->client_state = client_state;
  rare->server_state = server_state;
  self->status = (guint8) status;
  return self;
}

PcStep *
pc_step_new_copy (PcStep            *original,
                  gint64             t_us,
                  const char        *client_state,
                  const char        *server_state,
                  const PcNarration *narration)
{
  PcStep *self;
  PcUnit *unit;

  g_return_val_if_fail (PC_IS_STEP (original) && original->unit != NULL, NULL);
  g_return_val_if_fail (narration != NULL, NULL);

  unit = pc_unit_copy (original->unit);
  unit->rule = narration->rule;
  unit->status = PC_STATUS_OK;
  unit->client_state = client_state;
  unit->server_state = server_state;
  self = pc_step_new_unit (original->conn, original->from, original->to,
                           original->layer, t_us, unit, narration);
  self->fate = PC_FATE_DUPLICATE;
  pc_step_set_repeats (self, original->number);
  pc_step_set_ports (self, pc_step_get_from_port (original),
                     pc_step_get_to_port (original));
  return self;
}

/* -- what it is ----------------------------------------------------------- */

guint
pc_step_get_number (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), 0);

  return self->number;
}

guint
pc_step_get_conn (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), 0);

  return self->conn;
}

const char *
pc_step_get_from (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  return self->from;
}

const char *
pc_step_get_to (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  return self->to;
}

PcLayer
pc_step_get_layer (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), PC_LAYER_NOTE);

  return self->layer;
}

const char *
pc_step_get_kind (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  return self->unit != NULL ? unit_kinds[self->unit->kind]
                            : get_rare (self)->kind;
}

PcFate
pc_step_get_fate (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), PC_FATE_DELIVERED);

  return self->fate;
}

PcStatus
pc_step_get_status (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), PC_STATUS_OK);

  return self->status;
}

gint64
pc_step_get_time (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), 0);

  return self->t_us;
}

gint64
pc_step_get_end_time (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), -1);

  return self->t_end_us;
}

const char *
pc_step_get_summary (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  return self->unit != NULL ? pc_unit_get_summary (self->unit)
                            : get_rare (self)->summary;
}

gboolean
pc_step_has_secret (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), FALSE);

  return self->unit != NULL && pc_unit_has_secret (self->unit);
}

char *
pc_step_dup_summary (PcStep  *self,
                     gboolean secrets)
{
  gsize         size;
  const guint8 *data;

  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  if (!secrets || !pc_step_has_secret (self))
    return g_strdup (pc_step_get_summary (self));

  data = g_bytes_get_data (self->unit->bytes, &size);
  return pc_text_from_wire (data, size, PC_TEXT_NO_EOL | PC_TEXT_ONE_LINE,
                            SUMMARY_CHARS);
}

GBytes *
pc_step_get_wire (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  return get_rare (self)->wire;
}

void
pc_step_take_wire (PcStep *self,
                   GBytes *wire,
                   gsize   n_shown)
{
  g_return_if_fail (PC_IS_STEP (self) && get_rare (self)->wire == NULL);
  g_return_if_fail (n_shown <= g_bytes_get_size (wire));

  make_rare (self)->wire = wire;
  self->rare->n_wire_shown = n_shown;
}

gsize
pc_step_get_n_wire_shown (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), 0);

  return get_rare (self)->n_wire_shown;
}

GBytes *
pc_step_get_bytes (PcStep *self)
{
  static GBytes *empty;

  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  if (self->unit != NULL)
    return self->unit->bytes;

  if (g_once_init_enter (&empty))
    g_once_init_leave (&empty, g_bytes_new_static ("", 0));
  return empty;
}

guint
pc_step_get_n_fields (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), 0);

  return self->unit != NULL ? pc_unit_get_n_fields (self->unit) : 0;
}

const PcField *
pc_step_get_field (PcStep *self,
                   guint   index)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);
  g_return_val_if_fail (index < pc_step_get_n_fields (self), NULL);

  return pc_unit_get_field (self->unit, index);
}

char *
pc_step_dup_value (PcStep  *self,
                   guint    index,
                   gboolean secrets)
{
  const PcField *field = pc_step_get_field (self, index);
  const guint8  *data;

  g_return_val_if_fail (field != NULL, NULL);

  if (!secrets || !field->secret)
    return g_strdup (field->value != NULL ? field->value : "");

  data = g_bytes_get_data (self->unit->bytes, NULL);
  return pc_text_from_wire (data + field->start, field->end - field->start,
                            PC_TEXT_PICTURES, VALUE_CHARS);
}

const char *
pc_step_get_client_state (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  return self->unit != NULL ? self->unit->client_state
                            : get_rare (self)->client_state;
}

const char *
pc_step_get_server_state (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  return self->unit != NULL ? self->unit->server_state
                            : get_rare (self)->server_state;
}

const char *
pc_step_get_rule (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  if (self->unit != NULL)
    return self->unit->rule;
  return self->narration != NULL ? self->narration->rule : NULL;
}

const char *
pc_step_get_title (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  if (self->narration != NULL)
    return _ (self->narration->title);
  return self->unit != NULL ? _ (unit_titles[self->unit->kind])
                            : get_rare (self)->summary;
}

const char *
pc_step_get_explanation (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  if (self->narration == NULL)
    return "";
  if (get_rare (self)->wire != NULL && self->narration->under_tls != NULL)
    return _ (self->narration->under_tls);
  return _ (self->narration->explanation);
}

const PcNarration *
pc_step_get_narration (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  return self->narration;
}

const char *
pc_step_get_note (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  return get_rare (self)->note;
}

const char *
pc_step_get_mark (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), NULL);

  return get_rare (self)->mark;
}

void
pc_step_set_note (PcStep     *self,
                  const char *note)
{
  g_return_if_fail (PC_IS_STEP (self));

  if (get_rare (self)->note == NULL && note == NULL)
    return;

  g_free (make_rare (self)->note);
  self->rare->note = g_strdup (note);
}

void
pc_step_set_mark (PcStep     *self,
                  const char *mark)
{
  g_return_if_fail (PC_IS_STEP (self));

  if (get_rare (self)->mark == NULL && mark == NULL)
    return;

  g_free (make_rare (self)->mark);
  self->rare->mark = g_strdup (mark);
}

guint
pc_step_get_from_port (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), 0);

  return get_rare (self)->from_port;
}

guint
pc_step_get_to_port (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), 0);

  return get_rare (self)->to_port;
}

void
pc_step_set_ports (PcStep *self,
                   guint   from_port,
                   guint   to_port)
{
  g_return_if_fail (PC_IS_STEP (self));

  if (self->rare == NULL && from_port == 0 && to_port == 0)
    return;

  make_rare (self)->from_port = from_port;
  self->rare->to_port = to_port;
}

guint
pc_step_get_repeats (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), 0);

  return get_rare (self)->repeats;
}

void
pc_step_set_repeats (PcStep *self,
                     guint   number)
{
  g_return_if_fail (PC_IS_STEP (self));

  if (number != get_rare (self)->repeats)
    make_rare (self)->repeats = number;
}

gint64
pc_step_get_wait (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), 0);

  return get_rare (self)->wait_us;
}

void
pc_step_set_wait (PcStep *self,
                  gint64  wait_us)
{
  g_return_if_fail (PC_IS_STEP (self));

  wait_us = MAX (wait_us, 0);
  if (wait_us != get_rare (self)->wait_us)
    make_rare (self)->wait_us = wait_us;
}

void
pc_step_set_place (PcStep *self,
                   guint64 place)
{
  g_return_if_fail (PC_IS_STEP (self));

  self->place = place;
}

guint64
pc_step_get_place (PcStep *self)
{
  g_return_val_if_fail (PC_IS_STEP (self), 0);

  return self->place;
}

void
pc_step_set_number (PcStep *self,
                    guint   number)
{
  g_return_if_fail (PC_IS_STEP (self));

  self->number = number;
}

void
pc_step_set_arrival (PcStep *self,
                     gint64  t_end_us,
                     PcFate  fate)
{
  g_return_if_fail (PC_IS_STEP (self));

  if (self->t_end_us == t_end_us && self->fate == fate)
    return;

  self->t_end_us = t_end_us;
  self->fate = (guint8) fate;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FATE]);
}
