/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A blueprint: what a sheet is to hold, written by a teacher once and used
 * for every class.  Reading only; drawing is sheet.c's.
 */

#include "quiz/sheet.h"

#include "quiz/item-private.h"
#include "quiz/reader-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "portcall-blueprint"

static const char *const known[] = { "$schema", "format", "format_version",
                                     "title", "items", "objectives", "types",
                                     "difficulty", "minutes", "pass",
                                     "same_items", NULL };

PcBlueprint *
pc_blueprint_new (void)
{
  PcBlueprint *self = g_new0 (PcBlueprint, 1);

  self->objectives = g_ptr_array_new_with_free_func (g_free);
  self->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
pc_blueprint_free (PcBlueprint *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_clear_pointer (&self->objectives, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_array_unref);
  g_free (self);
}

static void
read_objectives (PcBlueprint        *self,
                 const PcJsonReader *reader)
{
  JsonObject      *object = pc_json_read_object (reader, "objectives", FALSE);
  g_autofree char *pointer = pc_json_pointer_member ("", "objectives");
  PcJsonReader     inner = *reader;
  g_autoptr (GList) names = NULL;

  if (object == NULL)
    return;
  inner.object = object;
  inner.pointer = pointer;
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next) {
    guint count = (guint) pc_json_read_int (&inner, l->data, 1,
                                            PC_LIMIT_SHEET, 1);

    g_ptr_array_add (self->objectives, g_strdup (l->data));
    g_array_append_val (self->counts, count);
  }
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

/* [1, 5], or nothing. */
static void
read_difficulty (PcBlueprint        *self,
                 const PcJsonReader *reader)
{
  JsonArray *array = pc_json_read_array (reader, "difficulty", FALSE);

  if (array == NULL)
    return;
  if (json_array_get_length (array) == 2) {
    gint64 low = json_array_get_int_element (array, 0);
    gint64 high = json_array_get_int_element (array, 1);

    if (low >= 1 && low <= high && high <= 5) {
      self->min_difficulty = (guint) low;
      self->max_difficulty = (guint) high;
      return;
    }
  }
  pc_reader_error (reader, "difficulty", "Q024", "%s",
                   _ ("two numbers from 1 to 5 are expected here, the lower "
                      "one first"));
}

static gboolean
check_head (const PcJsonReader *reader)
{
  const char *format = pc_json_read_string (reader, "format", TRUE);

  if (format != NULL && !g_str_equal (format, FORMAT))
    pc_reader_error (reader, "format", "Q024", _ ("\"%s\" is expected here"),
                     FORMAT);
  if (pc_json_read_int (reader, "format_version", 1, G_MAXINT64, 1) > 1)
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
      (guint) pc_json_read_int (&reader, "items", 0, PC_LIMIT_SHEET, 0);
  self->minutes = (guint) pc_json_read_int (&reader, "minutes", 0, 1440, 0);
  self->pass = (guint) pc_json_read_int (&reader, "pass", 0, 100, 0);
  self->same_items = pc_json_read_bool (&reader, "same_items", FALSE);
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
