/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading an item, continued: what match, order, fault, predict and configure
 * have of their own.  Shape only, but for the values of settings, which mean
 * something only beside their field.
 */

#include "quiz/item-private.h"

#include "quiz/reader-private.h"

#include <glib/gi18n-lib.h>

#define MAX_STEPS 12
#define MAX_DECOYS 8
#define MAX_LIST 64
#define MAX_ACCEPT 32
#define MAX_CHOICES 32

typedef struct
{
  PcItem *item;
  GArray *rows;
} Rows;

static const char *const pair_members[] = { "left", "right", "feedback",
                                            NULL };
static const char *const prediction_members[] = { "match", "value", NULL };
static const char *const field_members[] = { "id", "label", "kind", "choices",
                                             "preset", NULL };
static const char *const rule_members[] = { "when", "feedback", "severity",
                                            NULL };
static const char *const asks[] = { "next-reply", "next-command", "next-state",
                                    "next-packet", NULL };
static const char *const matches[] = { "code", "status", "prefix", "exact",
                                       "state", NULL };
static const char *const field_kinds[] = { "port", "host", "choice", "text",
                                           "flag", NULL };
static const char *const severities[] = { "wrong", "unsafe", "works-but",
                                          NULL };

static const char *
keep (PcItem             *item,
      const PcJsonReader *reader,
      const char         *member,
      PcTextKind          kind,
      gboolean            required)
{
  return pc_item_pool_keep (item->pool,
                            pc_reader_text (reader, member, kind, required));
}

/* -- match ---------------------------------------------------------------- */

static void
read_pair (const PcJsonReader *reader,
           guint               index,
           gpointer            user_data)
{
  Rows      *self = user_data;
  PcItemPair pair;

  pc_json_check_members (reader, pair_members);
  pair.left = keep (self->item, reader, "left", PC_TEXT_ID, TRUE);
  pair.right = keep (self->item, reader, "right", PC_TEXT_ID, TRUE);
  pair.feedback = keep (self->item, reader, "feedback", PC_TEXT_LONG, FALSE);
  g_array_append_val (self->rows, pair);
}

static void
read_match (PcItem             *self,
            const PcJsonReader *reader)
{
  Rows pairs = { self, g_array_new (FALSE, FALSE, sizeof (PcItemPair)) };

  self->left = pc_item_read_options (self, reader, "left", TRUE, 2,
                                     PC_LIMIT_LEFT, &self->n_left);
  self->right = pc_item_read_options (self, reader, "right", TRUE, 2,
                                      PC_LIMIT_RIGHT, &self->n_right);
  pc_reader_objects (reader, "pairs", TRUE, 2, PC_LIMIT_LEFT, read_pair,
                     &pairs);
  self->n_pairs = pairs.rows->len;
  self->pairs = (PcItemPair *) g_array_free (pairs.rows, FALSE);
}

/* -- order ---------------------------------------------------------------- */

/* One group of "free", a list of ids. */
static void
read_group (PcItem             *self,
            const PcJsonReader *reader,
            const char         *list,
            JsonNode           *node,
            guint               index,
            GArray             *frees)
{
  g_autofree char *pointer = pc_json_pointer_index (list, index);
  JsonArray       *ids;

  if (!JSON_NODE_HOLDS_ARRAY (node)) {
    pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, "Q022",
                    pointer, "%s", _ ("a list in [ ] is expected here"));
    return;
  }
  ids = json_node_get_array (node);
  if (json_array_get_length (ids) < 2 ||
      json_array_get_length (ids) > MAX_STEPS)
    pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, "Q024",
                    pointer,
                    _ ("this list must have %u to %u elements, not %u"), 2,
                    MAX_STEPS, json_array_get_length (ids));
  for (guint i = 0; i < json_array_get_length (ids); i++) {
    JsonNode  *id = json_array_get_element (ids, i);
    PcItemFree row = { index, NULL };

    if (JSON_NODE_HOLDS_VALUE (id) &&
        json_node_get_value_type (id) == G_TYPE_STRING &&
        pc_reader_text_is (json_node_get_string (id), PC_TEXT_ID)) {
      row.id = pc_item_pool_keep (self->pool, json_node_get_string (id));
    } else {
      g_autofree char *place = pc_json_pointer_index (pointer, i);

      pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR,
                      "Q024", place, "%s", pc_reader_text_rule (PC_TEXT_ID));
      continue;
    }
    g_array_append_val (frees, row);
  }
}

static void
read_free (PcItem             *self,
           const PcJsonReader *reader)
{
  JsonArray       *groups = pc_json_read_array (reader, "free", FALSE);
  g_autofree char *pointer = NULL;
  GArray          *frees;

  if (groups == NULL)
    return;
  if (json_array_get_length (groups) > MAX_STEPS) {
    pc_reader_error (reader, "free", "Q024",
                     _ ("this list must have %u to %u elements, not %u"), 0,
                     MAX_STEPS, json_array_get_length (groups));
    return;
  }
  pointer = pc_json_pointer_member (reader->pointer, "free");
  frees = g_array_new (FALSE, FALSE, sizeof (PcItemFree));
  for (guint i = 0; i < json_array_get_length (groups); i++)
    read_group (self, reader, pointer, json_array_get_element (groups, i), i,
                frees);
  self->n_frees = frees->len;
  self->frees = (PcItemFree *) g_array_free (frees, FALSE);
}

static void
read_order (PcItem             *self,
            const PcJsonReader *reader)
{
  g_autofree PcItemOption *decoys = NULL;

  self->steps = pc_item_read_options (self, reader, "steps", TRUE, 3,
                                      MAX_STEPS, &self->n_steps);
  decoys = pc_item_read_options (self, reader, "decoys", FALSE, 0, MAX_DECOYS,
                                 &self->n_decoys);
  self->steps = g_renew (PcItemOption, self->steps,
                         self->n_steps + self->n_decoys);
  for (guint i = 0; i < self->n_decoys; i++)
    self->steps[self->n_steps + i] = decoys[i];
  read_free (self, reader);
}

/* -- fault ---------------------------------------------------------------- */

static void
read_corrections (PcItem             *self,
                  const PcJsonReader *reader)
{
  JsonObject      *object = pc_json_read_object (reader, "corrections", FALSE);
  g_autofree char *pointer = NULL;
  PcJsonReader     inner = *reader;
  JsonObjectIter   iter;
  const char      *id;
  JsonNode        *node;

  if (object == NULL)
    return;
  pointer = pc_json_pointer_member (reader->pointer, "corrections");
  inner.object = object;
  inner.pointer = pointer;
  self->corrections = g_new0 (PcItemParam, json_object_get_size (object));
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &id, &node)) {
    const char *text = pc_json_read_string (&inner, id, TRUE);

    if (!pc_reader_text_is (id, PC_TEXT_ID))
      pc_reader_error (&inner, id, "Q024", "%s",
                       pc_reader_text_rule (PC_TEXT_ID));
    else if (text != NULL)
      self->corrections[self->n_corrections++] =
          (PcItemParam){ pc_item_pool_keep (self->pool, id),
                         pc_item_pool_keep (self->pool, text) };
  }
}

static void
read_fault (PcItem             *self,
            const PcJsonReader *reader)
{
  g_autoptr (GPtrArray) lines = NULL;

  if (!json_object_has_member (reader->object, "stimulus"))
    pc_item_report_missing (reader, "stimulus");
  if (!json_object_has_member (reader->object, "fault_lines"))
    pc_item_report_missing (reader, "fault_lines");
  lines = pc_reader_texts (reader, "fault_lines", PC_TEXT_ID,
                           PC_LIMIT_FAULT_LINES);
  if (lines->len == 0 && json_object_has_member (reader->object, "fault_lines"))
    pc_reader_error (reader, "fault_lines", "Q024",
                     _ ("name the lines that are wrong"));
  self->fault_lines = g_new0 (const char *, lines->len + 1);
  for (guint i = 0; i < lines->len; i++)
    self->fault_lines[i] = pc_item_pool_keep (self->pool,
                                              g_ptr_array_index (lines, i));
  read_corrections (self, reader);
  self->options = pc_item_read_options (self, reader, "options", FALSE, 2,
                                        PC_LIMIT_OPTIONS, &self->n_options);
}

/* -- predict -------------------------------------------------------------- */

static void
read_prediction (const PcJsonReader *reader,
                 guint               index,
                 gpointer            user_data)
{
  Rows            *self = user_data;
  PcItemPrediction row;

  pc_json_check_members (reader, prediction_members);
  row.match = pc_reader_word (reader, "match", matches, TRUE, 0);
  row.value = keep (self->item, reader, "value", PC_TEXT_LINE, TRUE);
  g_array_append_val (self->rows, row);
}

static void
read_predict (PcItem             *self,
              const PcJsonReader *reader)
{
  Rows rows = { self, g_array_new (FALSE, FALSE, sizeof (PcItemPrediction)) };

  if (!json_object_has_member (reader->object, "simulation"))
    pc_item_report_missing (reader, "simulation");
  self->ask = pc_reader_word (reader, "ask", asks, TRUE, 0);
  pc_reader_objects (reader, "accept", TRUE, 1, MAX_ACCEPT, read_prediction,
                     &rows);
  self->n_predictions = rows.rows->len;
  self->predictions = (PcItemPrediction *) g_array_free (rows.rows, FALSE);
  self->options = pc_item_read_options (self, reader, "options", FALSE, 2,
                                        PC_LIMIT_OPTIONS, &self->n_options);
}

/* -- configure ------------------------------------------------------------ */

static gboolean
is_choice (const PcItemField *field,
           const char        *value)
{
  for (guint i = 0; i < field->n_choices; i++) {
    if (g_strcmp0 (field->choices[i].id, value) == 0)
      return TRUE;
  }
  return FALSE;
}

/* @member of @reader as a value of @field; NULL when it is none, which is
 * reported. */
static const char *
read_setting_value (PcItem             *item,
                    const PcJsonReader *reader,
                    const char         *member,
                    const PcItemField  *field)
{
  JsonNode        *node = json_object_get_member (reader->object, member);
  g_autofree char *text = pc_item_value_to_text (node);
  gint64           port;

  if (text != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
      field->kind != PC_ITEM_FIELD_TEXT) {
    gboolean yes = json_node_get_boolean (node);

    g_free (text);
    text = g_strdup (yes ? "yes" : "no");
  }
  if (text == NULL || !pc_reader_text_is (text, PC_TEXT_LINE)) {
    pc_reader_error (reader, member, "Q024", "%s",
                     pc_reader_text_rule (PC_TEXT_LINE));
    return NULL;
  }
  switch (field->kind) {
  case PC_ITEM_FIELD_PORT:
    if (!g_ascii_string_to_signed (text, 10, 0, 65535, &port, NULL)) {
      pc_reader_error (reader, member, "Q106",
                       _ ("a port is a number from 0 to 65535, not %s"), text);
      return NULL;
    }
    break;
  case PC_ITEM_FIELD_FLAG:
    if (!g_str_equal (text, "yes") && !g_str_equal (text, "no")) {
      pc_reader_error (reader, member, "Q024",
                       _ ("one of these is expected here: %s"), "yes, no");
      return NULL;
    }
    break;
  case PC_ITEM_FIELD_CHOICE:
    if (!is_choice (field, text)) {
      pc_reader_error (reader, member, "Q101",
                       _ ("the field \"%s\" has no choice \"%s\""), field->id,
                       text);
      return NULL;
    }
    break;
  case PC_ITEM_FIELD_HOST:
  case PC_ITEM_FIELD_TEXT:
  default: break;
  }
  return pc_item_pool_keep (item->pool, text);
}

static void
read_field (const PcJsonReader *reader,
            guint               index,
            gpointer            user_data)
{
  Rows       *self = user_data;
  PcItemField field = { 0 };

  pc_json_check_members (reader, field_members);
  field.id = keep (self->item, reader, "id", PC_TEXT_ID, TRUE);
  field.label = keep (self->item, reader, "label", PC_TEXT_LINE, TRUE);
  field.kind = pc_reader_word (reader, "kind", field_kinds, TRUE,
                               PC_ITEM_FIELD_TEXT);
  field.choices = pc_item_read_options (
      self->item, reader, "choices", field.kind == PC_ITEM_FIELD_CHOICE, 2,
      MAX_CHOICES, &field.n_choices);
  if (field.id != NULL && json_object_has_member (reader->object, "preset"))
    field.preset = read_setting_value (self->item, reader, "preset", &field);
  g_array_append_val (self->rows, field);
}

static void
read_values (PcItem             *item,
             const PcJsonReader *reader,
             PcItemSetting      *setting)
{
  JsonObjectIter iter;
  const char    *id;
  JsonNode      *node;

  if (json_object_get_size (reader->object) == 0)
    pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, "Q024",
                    reader->pointer, "%s",
                    _ ("this fits everything; name at least one field"));
  json_object_iter_init_ordered (&iter, reader->object);
  while (json_object_iter_next_ordered (&iter, &id, &node)) {
    int field = pc_item_find_field (item, id);

    if (field >= 0)
      setting->values[field] = read_setting_value (item, reader, id,
                                                   &item->fields[field]);
    else
      pc_reader_error (reader, id, "Q101",
                       _ ("the item has no field \"%s\""), id);
  }
}

static void
read_setting (const PcJsonReader *reader,
              guint               index,
              gpointer            user_data)
{
  Rows         *self = user_data;
  PcItemSetting setting = { 0 };

  read_values (self->item, reader, &setting);
  g_array_append_val (self->rows, setting);
}

static void
read_rule (const PcJsonReader *reader,
           guint               index,
           gpointer            user_data)
{
  Rows            *self = user_data;
  PcItemSetting    rule = { 0 };
  PcJsonReader     inner = *reader;
  g_autofree char *pointer = NULL;

  pc_json_check_members (reader, rule_members);
  rule.feedback = keep (self->item, reader, "feedback", PC_TEXT_LONG, TRUE);
  rule.severity = pc_reader_word (reader, "severity", severities, FALSE, 0);
  inner.object = pc_json_read_object (reader, "when", TRUE);
  if (inner.object != NULL) {
    pointer = pc_json_pointer_member (reader->pointer, "when");
    inner.pointer = pointer;
    read_values (self->item, &inner, &rule);
  }
  g_array_append_val (self->rows, rule);
}

static void
read_configure (PcItem             *self,
                const PcJsonReader *reader)
{
  Rows fields = { self, g_array_new (FALSE, FALSE, sizeof (PcItemField)) };
  Rows settings = { self, NULL };
  Rows rules = { self, NULL };

  pc_reader_objects (reader, "fields", TRUE, 1, PC_LIMIT_FORM, read_field,
                     &fields);
  self->n_fields = fields.rows->len;
  self->fields = (PcItemField *) g_array_free (fields.rows, FALSE);
  settings.rows = g_array_new (FALSE, FALSE, sizeof (PcItemSetting));
  pc_reader_objects (reader, "accept", TRUE, 1, MAX_ACCEPT, read_setting,
                     &settings);
  self->n_settings = settings.rows->len;
  self->settings = (PcItemSetting *) g_array_free (settings.rows, FALSE);
  rules.rows = g_array_new (FALSE, FALSE, sizeof (PcItemSetting));
  pc_reader_objects (reader, "rules", FALSE, 0, MAX_LIST, read_rule, &rules);
  self->n_rules = rules.rows->len;
  self->rules = (PcItemSetting *) g_array_free (rules.rows, FALSE);
}

void
pc_item_read_parts (PcItem             *self,
                    const PcJsonReader *reader)
{
  if (self->type == PC_ITEM_MATCH)
    read_match (self, reader);
  else if (self->type == PC_ITEM_ORDER)
    read_order (self, reader);
  else if (self->type == PC_ITEM_FAULT)
    read_fault (self, reader);
  else if (self->type == PC_ITEM_PREDICT)
    read_predict (self, reader);
  else if (self->type == PC_ITEM_CONFIGURE)
    read_configure (self, reader);
}
