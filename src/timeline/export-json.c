/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timeline as one JSON object: the contract of `run --format json`.
 *
 * Programs compare kinds, states and rules, so these are not translated;
 * titles, explanations, labels and meanings are for people and are.  The
 * octets are those of the wire, passwords too; readable values are masked
 * unless asked for.
 */

#include "timeline/export-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

static void
add_string (JsonBuilder *builder,
            const char  *member,
            const char  *value)
{
  json_builder_set_member_name (builder, member);
  if (value == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *member,
         gint64       value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

static void
add_actors (JsonBuilder *builder,
            PcTimeline  *timeline)
{
  guint n = pc_timeline_get_n_actors (timeline);

  json_builder_set_member_name (builder, "actors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      const PcActor *actor = pc_timeline_get_actor (timeline, i);

      json_builder_begin_object (builder);
      add_string (builder, "id", actor->id);
      add_string (builder, "name", actor->name);
      add_string (builder, "role",
                  actor->role == PC_ROLE_SERVER ? "server" : "client");
      add_string (builder, "address", actor->address);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_fields (JsonBuilder *builder,
            PcStep      *step,
            gboolean     secrets)
{
  guint n = pc_step_get_n_fields (step);

  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      const PcField   *field = pc_step_get_field (step, i);
      g_autofree char *value = pc_step_dup_value (step, i, secrets);

      json_builder_begin_object (builder);
      add_int (builder, "start", field->start);
      add_int (builder, "end", field->end);
      add_string (builder, "label", _ (field->label));
      add_string (builder, "value", value);
      add_string (builder, "meaning",
                  field->meaning != NULL ? _ (field->meaning) : NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_references (JsonBuilder       *builder,
                const PcNarration *narration)
{
  json_builder_set_member_name (builder, "references");
  json_builder_begin_array (builder);
  for (guint i = 0;
       narration != NULL && i < G_N_ELEMENTS (narration->references) &&
       narration->references[i].rfc != 0;
       i++)
    {
      json_builder_begin_object (builder);
      add_int (builder, "rfc", narration->references[i].rfc);
      add_string (builder, "section", narration->references[i].section);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_times (JsonBuilder *builder,
           PcStep      *step)
{
  gint64 end = pc_step_get_end_time (step);

  add_int (builder, "t_us", pc_step_get_time (step));
  if (end >= 0)
    add_int (builder, "t_end_us", end);
  else
    add_string (builder, "t_end_us", NULL);
}

static void
add_bytes (JsonBuilder *builder,
           const char  *name,
           GBytes      *bytes)
{
  gsize            size;
  const guint8    *data = g_bytes_get_data (bytes, &size);
  g_autofree char *base64 = g_base64_encode (data, size);

  add_string (builder, name, base64);
}

/* The members in the contract's order. */
static void
add_step (JsonBuilder *builder,
          PcStep      *step,
          gboolean     secrets)
{
  g_autofree char *summary = pc_step_dup_summary (step, secrets);

  json_builder_begin_object (builder);
  add_int (builder, "n", pc_step_get_number (step));
  add_times (builder, step);
  add_int (builder, "conn", pc_step_get_conn (step));
  add_string (builder, "from", pc_step_get_from (step));
  add_string (builder, "to", pc_step_get_to (step));
  add_string (builder, "layer", pc_layer_to_string (pc_step_get_layer (step)));
  add_string (builder, "kind", pc_step_get_kind (step));
  add_string (builder, "fate", pc_fate_to_string (pc_step_get_fate (step)));
  add_string (builder, "summary", summary);
  add_bytes (builder, "bytes", pc_step_get_bytes (step));
  if (pc_step_get_wire (step) != NULL)
    add_bytes (builder, "wire", pc_step_get_wire (step));
  add_fields (builder, step, secrets);
  add_string (builder, "client_state", pc_step_get_client_state (step));
  add_string (builder, "server_state", pc_step_get_server_state (step));
  add_string (builder, "rule", pc_step_get_rule (step));
  add_string (builder, "title", pc_step_get_title (step));
  add_string (builder, "explanation", pc_step_get_explanation (step));
  add_references (builder, pc_step_get_narration (step));
  add_string (builder, "status",
              pc_status_to_string (pc_step_get_status (step)));
  if (pc_step_get_repeats (step) != 0)
    add_int (builder, "repeats", pc_step_get_repeats (step));
  if (pc_step_get_wait (step) != 0)
    add_int (builder, "wait_us", pc_step_get_wait (step));
  if (pc_step_get_mark (step) != NULL)
    add_string (builder, "mark", pc_step_get_mark (step));
  if (pc_step_get_note (step) != NULL)
    add_string (builder, "note", pc_step_get_note (step));
  json_builder_end_object (builder);
}

char *
pc_export_json (PcTimeline   *timeline,
                PcExportFlags flags)
{
  g_autoptr (JsonBuilder)   builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode)      root = NULL;
  guint                     n = pc_timeline_get_n_steps (timeline);

  json_builder_begin_object (builder);
  add_string (builder, "scenario", pc_timeline_get_id (timeline));
  add_string (builder, "title", pc_timeline_get_title (timeline));
  add_actors (builder, timeline);
  add_string (builder, "outcome",
              pc_outcome_to_string (pc_timeline_get_outcome (timeline)));
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    add_step (builder, pc_timeline_get_step (timeline, i),
              (flags & PC_EXPORT_SHOW_SECRETS) != 0);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}
