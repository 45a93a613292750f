/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A blueprint: what a sheet is to hold, written by a teacher once and used
 * for every class.  Reading only; drawing is sheet.c's.
 */

#include "quiz/blueprint.h"

#include "quiz/item-private.h"
#include "quiz/reader-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "portcall-blueprint"
#define DEFAULT_ITEMS 20

static const char *const known[] = {
  "$schema", "format",     "format_version", "title", "banks",      "items",
  "types",   "objectives", "difficulty",     "pass",  "same_items", "minutes",
  NULL
};

PcBlueprint *
pc_blueprint_new (void)
{
  PcBlueprint *self = g_atomic_rc_box_new0 (PcBlueprint);

  self->same_items = TRUE;
  self->banks = g_ptr_array_new_with_free_func (g_free);
  self->objectives = g_ptr_array_new_with_free_func (g_free);
  self->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

static void
clear (gpointer data)
{
  PcBlueprint *self = data;

  g_free (self->title);
  g_ptr_array_unref (self->banks);
  g_ptr_array_unref (self->objectives);
  g_array_unref (self->counts);
}

PcBlueprint *
pc_blueprint_ref (PcBlueprint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
pc_blueprint_unref (PcBlueprint *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

static guint
sum_objectives (const PcBlueprint *self)
{
  guint sum = 0;

  for (guint i = 0; i < self->counts->len; i++)
    sum += g_array_index (self->counts, guint, i);
  return sum;
}

guint
pc_blueprint_count (const PcBlueprint *self)
{
  guint sum;

  g_return_val_if_fail (self != NULL, 0);

  sum = sum_objectives (self);
  if (self->n_items > 0)
    return self->n_items;
  return sum > 0 ? sum : DEFAULT_ITEMS;
}

/* -- reading -------------------------------------------------------------- */

static void
read_objectives (PcBlueprint        *self,
                 const PcJsonReader *reader)
{
  JsonObject      *object = pc_json_read_object (reader, "objectives", FALSE);
  g_autofree char *pointer = pc_json_pointer_member ("", "objectives");
  PcJsonReader     inner = *reader;
  g_autoptr (GList) names = NULL;
  guint count;

  if (object == NULL)
    return;
  inner.object = object;
  inner.pointer = pointer;
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next) {
    if (!pc_reader_text_is (l->data, PC_TEXT_ID)) {
      pc_reader_error (&inner, l->data, "Q024",
                       _ ("the name of an objective is expected here: %s"),
                       pc_reader_text_rule (PC_TEXT_ID));
      continue;
    }
    count = (guint) pc_json_read_int (&inner, l->data, 1, PC_LIMIT_SHEET, 1);
    g_ptr_array_add (self->objectives, g_strdup (l->data));
    g_array_append_val (self->counts, count);
    if (sum_objectives (self) > PC_LIMIT_SHEET) {
      pc_reader_error (reader, "objectives", "Q024",
                       _ ("a sheet has at most %d questions"), PC_LIMIT_SHEET);
      return;
    }
  }
  if (self->n_items > 0 && self->n_items < sum_objectives (self))
    pc_reader_error (reader, "items", "Q024",
                     _ ("the objectives ask for %u questions already"),
                     sum_objectives (self));
}

static void
read_banks (PcBlueprint        *self,
            const PcJsonReader *reader)
{
  g_autoptr (GPtrArray) texts =
      pc_reader_texts (reader, "banks", PC_TEXT_ID, PC_LIMIT_SHEET);

  for (guint i = 0; i < texts->len; i++)
    g_ptr_array_add (self->banks, g_strdup (texts->pdata[i]));
}

static void
read_types (PcBlueprint        *self,
            const PcJsonReader *reader)
{
  g_autoptr (GPtrArray) texts =
      pc_reader_texts (reader, "types", PC_TEXT_ID, 8);

  for (guint i = 0; i < texts->len; i++) {
    gboolean found = FALSE;

    for (guint type = 0; pc_item_types[type] != NULL; type++) {
      if (g_str_equal (pc_item_types[type], texts->pdata[i])) {
        self->types |= 1u << type;
        found = TRUE;
      }
    }
    if (!found)
      pc_reader_error (reader, "types", "Q024",
                       _ ("there is no question type \"%s\""),
                       (char *) texts->pdata[i]);
  }
}

static gint64
get_int (JsonArray *array,
         guint      index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : 0;
}

/* [1, 5], or nothing. */
static void
read_difficulty (PcBlueprint        *self,
                 const PcJsonReader *reader)
{
  JsonArray *array = pc_json_read_array (reader, "difficulty", FALSE);
  gint64     low, high;

  if (array == NULL)
    return;
  low = json_array_get_length (array) == 2 ? get_int (array, 0) : 0;
  high = low > 0 ? get_int (array, 1) : 0;
  if (low < 1 || low > high || high > 5) {
    pc_reader_error (reader, "difficulty", "Q024", "%s",
                     _ ("two numbers from 1 to 5 are expected here, the "
                        "lower one first"));
    return;
  }
  self->min_difficulty = (guint) low;
  self->max_difficulty = (guint) high;
}

static gboolean
check_head (const PcJsonReader *reader)
{
  const char *format = pc_json_read_string (reader, "format", TRUE);

  if (format != NULL && !g_str_equal (format, FORMAT))
    pc_reader_error (reader, "format", "Q024", _ ("\"%s\" is expected here"),
                     FORMAT);
  if (!json_object_has_member (reader->object, "format_version"))
    pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, "Q023",
                    reader->pointer, _ ("the member \"%s\" is missing"),
                    "format_version");
  if (pc_json_read_int (reader, "format_version", 1, G_MAXINT32, 1) > 1)
    pc_reader_error (reader, "format_version", "Q020", "%s",
                     _ ("this file is made for a newer version of Portcall; "
                        "update the app"));
  pc_json_check_members (reader, known);
  return format != NULL && g_str_equal (format, FORMAT);
}

PcBlueprint *
pc_blueprint_new_from_json (PcJson     *json,
                            PcProblems *problems)
{
  g_autoptr (PcBlueprint) self = NULL;
  PcJsonReader reader = { json, problems, NULL, "" };
  JsonNode    *root;
  guint        before;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  before = pc_problems_count (problems, PC_SEVERITY_ERROR);
  root = pc_json_get_root (json);
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    pc_json_report (json, problems, PC_SEVERITY_ERROR, "Q022", "", "%s",
                    _ ("a blueprint is an object in { }"));
    return NULL;
  }
  reader.object = json_node_get_object (root);
  if (!check_head (&reader))
    return NULL;
  self = pc_blueprint_new ();
  self->title =
      g_strdup (pc_reader_text (&reader, "title", PC_TEXT_LINE, FALSE));
  self->n_items =
      (guint) pc_json_read_int (&reader, "items", 1, PC_LIMIT_SHEET, 0);
  self->minutes = (guint) pc_json_read_int (&reader, "minutes", 1, 1440, 0);
  self->pass = (guint) pc_json_read_int (&reader, "pass", 1, 100, 0);
  self->same_items = pc_json_read_bool (&reader, "same_items", TRUE);
  read_banks (self, &reader);
  read_objectives (self, &reader);
  read_types (self, &reader);
  read_difficulty (self, &reader);
  return pc_problems_count (problems, PC_SEVERITY_ERROR) == before
             ? g_steal_pointer (&self)
             : NULL;
}

PcBlueprint *
pc_blueprint_load (const char *path,
                   PcProblems *problems)
{
  g_autoptr (PcJson) json = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  json = pc_json_load (path, problems);
  return json != NULL ? pc_blueprint_new_from_json (json, problems) : NULL;
}
