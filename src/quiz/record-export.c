/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The answers of one learner as a table for spreadsheets and for
 * `portcall-cli statistics`, or as JSON with all that is known.
 *
 * A result file says when a sitting began and how long it took; the record
 * does not keep these, so a first pass over the answers finds them.  Numbers
 * are written the same in every locale.
 */

#include "quiz/record-export.h"

#include "quiz/results.h"

#include "base/json.h"

/* When a sitting began and when its last answer came. */
typedef struct
{
  gint64 start_us;
  gint64 end_us;
  guint  n;        /* answers so far, for those without a number */
} Sitting;

typedef struct
{
  GHashTable    *sittings; /* session → Sitting */
  const char    *learner;
  GOutputStream *out;
  JsonGenerator *generator;
  GString       *buffer;
  guint          n;
  GError        *error;
} Export;

/* -- first pass ----------------------------------------------------------- */

static gboolean
find_sittings_cb (const PcRecordAnswer *answer,
                  gpointer              data)
{
  Export  *self = data;
  Sitting *sitting = g_hash_table_lookup (self->sittings, answer->session);
  gint64   start = answer->time_us - answer->taken_us;

  if (sitting == NULL) {
    sitting = g_new0 (Sitting, 1);
    sitting->start_us = start;
    sitting->end_us = answer->time_us;
    g_hash_table_insert (self->sittings, g_strdup (answer->session), sitting);
  }
  sitting->start_us = MIN (sitting->start_us, start);
  sitting->end_us = MAX (sitting->end_us, answer->time_us);
  return TRUE;
}

static gboolean
write_out (Export *self)
{
  gboolean done = g_output_stream_write_all (
      self->out, self->buffer->str, self->buffer->len, NULL, NULL,
      &self->error);

  g_string_truncate (self->buffer, 0);
  return done;
}

/* -- CSV ------------------------------------------------------------------ */

static gboolean
write_row_cb (const PcRecordAnswer *answer,
              gpointer              data)
{
  Export  *self = data;
  Sitting *sitting = g_hash_table_lookup (self->sittings, answer->session);
  PcResultsSitting row = { .learner = self->learner };

  /* Answered since the first pass. */
  if (sitting == NULL)
    return TRUE;
  row.start_us = sitting->start_us;
  row.end_us = sitting->end_us;
  row.n = ++sitting->n;
  pc_results_append_row (self->buffer, answer, &row);
  self->n++;
  return write_out (self);
}

/* -- JSON ----------------------------------------------------------------- */

static void
set_string (JsonObject *object,
            const char *name,
            const char *value)
{
  if (*value != '\0')
    json_object_set_string_member (object, name, value);
}

static JsonObject *
build_answer (const PcRecordAnswer *answer)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *time = pc_results_format_time (answer->time_us);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, answer->seed);

  json_object_set_int_member (object, "id", answer->id);
  json_object_set_string_member (object, "time", time);
  json_object_set_int_member (object, "time_us", answer->time_us);
  json_object_set_string_member (object, "session", answer->session);
  set_string (object, "mode", answer->mode);
  set_string (object, "sheet", answer->sheet);
  /* Beyond what JSON numbers hold exactly. */
  json_object_set_string_member (object, "seed", seed);
  json_object_set_int_member (object, "number", answer->number);
  json_object_set_string_member (object, "bank", answer->bank);
  json_object_set_string_member (object, "bank_version", answer->bank_version);
  json_object_set_string_member (object, "item", answer->item);
  json_object_set_int_member (object, "revision", answer->revision);
  json_object_set_string_member (object, "memory_key", answer->memory_key);
  set_string (object, "type", answer->type);
  set_string (object, "level", answer->level);
  set_string (object, "objectives", answer->objectives);
  set_string (object, "option_order", answer->option_order);
  json_object_set_string_member (object, "choice", answer->choice);
  set_string (object, "key", answer->key);
  json_object_set_double_member (object, "points", answer->points);
  json_object_set_double_member (object, "fraction", answer->fraction);
  json_object_set_boolean_member (object, "correct", answer->correct);
  set_string (object, "certainty",
              pc_results_get_certainty (answer->certainty));
  json_object_set_int_member (object, "grade", answer->grade);
  json_object_set_int_member (object, "ms", answer->taken_us / 1000);
  json_object_set_boolean_member (object, "hint_used", answer->hinted);
  json_object_set_boolean_member (object, "retry", answer->retry);
  set_string (object, "right_service", answer->right_service);
  set_string (object, "chosen_service", answer->chosen_service);
  set_string (object, "misconception", answer->misconception);
  return object;
}

static gboolean
write_object_cb (const PcRecordAnswer *answer,
                 gpointer              data)
{
  Export *self = data;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, build_answer (answer));
  json_generator_set_root (self->generator, node);
  g_string_append (self->buffer, self->n++ > 0 ? ",\n " : "\n ");
  json_generator_to_gstring (self->generator, self->buffer);
  return write_out (self);
}

static void
begin_json (Export *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, self->learner);
  json_generator_set_root (self->generator, node);
  g_string_append (self->buffer, "{\"format\": \"portcall-record\", "
                                 "\"format_version\": 1, \"learner\": ");
  json_generator_to_gstring (self->generator, self->buffer);
  g_string_append (self->buffer, ",\n\"answers\": [");
}

/* -- both ----------------------------------------------------------------- */

static char *
dup_learner (PcRecord *record,
             GError  **error)
{
  g_autoptr (GPtrArray) learners = pc_record_get_learners (record, error);

  for (guint i = 0; learners != NULL && i < learners->len; i++) {
    const PcRecordLearner *learner = g_ptr_array_index (learners, i);

    if (learner->id == pc_record_get_learner (record))
      return g_strdup (learner->name);
  }
  return learners != NULL ? g_strdup ("") : NULL;
}

static gboolean
run (PcRecord *record,
     Export   *self,
     gboolean  csv,
     GError  **error)
{
  if (csv) {
    pc_results_append_header (self->buffer);
    if (!pc_record_foreach (record, 0, find_sittings_cb, self, error))
      return FALSE;
  } else {
    begin_json (self);
  }
  if (write_out (self) &&
      !pc_record_foreach (record, 0, csv ? write_row_cb : write_object_cb,
                          self, error))
    return FALSE;
  if (self->error == NULL && !csv) {
    g_string_append (self->buffer, "\n]}\n");
    write_out (self);
  }
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

gboolean
pc_record_export (PcRecord      *record,
                  PcRecordFormat format,
                  GOutputStream *out,
                  GError       **error)
{
  g_autofree char *learner = NULL;
  g_autoptr (GHashTable) sittings = NULL;
  g_autoptr (JsonGenerator) generator = NULL;
  g_autoptr (GString) buffer = NULL;
  Export self = { 0 };

  g_return_val_if_fail (record != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (out), FALSE);

  learner = dup_learner (record, error);
  if (learner == NULL)
    return FALSE;
  sittings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  generator = json_generator_new ();
  buffer = g_string_new (NULL);
  self.sittings = sittings;
  self.learner = learner;
  self.out = out;
  self.generator = generator;
  self.buffer = buffer;
  return run (record, &self, format == PC_RECORD_CSV, error);
}
