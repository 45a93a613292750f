/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An exam that is not over as a line of text, and back.  Questions are named
 * by bank, id and revision: one that has changed meanwhile would be graded by
 * another key, so such an exam is not taken up again.  The text comes from a
 * file and is believed nothing: what is missing or of another kind is 0.
 */

#include "quiz/exam.h"

#include "quiz/exam-private.h"

#include "base/json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (pc-exam-error-quark, pc_exam_error)

/* -- writing -------------------------------------------------------------- */

static void
set_string (JsonObject *object,
            const char *name,
            const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonObject *
build_row (const PcExamRow *row)
{
  JsonObject *object = json_object_new ();

  set_string (object, "bank", pc_bank_get_id (row->pick.bank));
  set_string (object, "item", pc_item_get_id (row->pick.item));
  json_object_set_int_member (object, "revision",
                              pc_item_get_revision (row->pick.item));
  if (row->answered) {
    set_string (object, "choice", row->choice);
    json_object_set_double_member (object, "fraction", row->fraction);
    json_object_set_int_member (object, "certainty", row->certainty);
    json_object_set_int_member (object, "memory", row->memory);
  }
  json_object_set_int_member (object, "taken_us", row->taken_us);
  if (row->flagged)
    json_object_set_boolean_member (object, "flagged", TRUE);
  return object;
}

char *
pc_exam_to_text (PcExam *self)
{
  JsonObject *object;
  JsonArray  *rows;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *seed = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  object = json_object_new ();
  rows = json_array_new ();
  root = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (root, object);
  seed = g_strdup_printf ("%" G_GUINT64_FORMAT, self->options.seed);
  set_string (object, "format", "portcall-exam");
  json_object_set_int_member (object, "format_version", 1);
  set_string (object, "title", self->title);
  set_string (object, "sheet", self->sheet);
  set_string (object, "seed", seed);
  json_object_set_int_member (object, "minutes", self->options.minutes);
  json_object_set_int_member (object, "extra", self->options.extra);
  json_object_set_int_member (object, "pass", self->options.pass);
  json_object_set_int_member (object, "certainty", self->options.certainty);
  json_object_set_int_member (object, "position", self->position);
  json_object_set_int_member (object, "used_us", self->used_us);
  json_object_set_int_member (object, "n_resumed", self->n_resumed);
  for (guint i = 0; i < self->rows->len; i++)
    json_array_add_object_element (
        rows, build_row (&g_array_index (self->rows, PcExamRow, i)));
  json_object_set_array_member (object, "items", rows);
  return json_to_string (root, FALSE);
}

/* -- reading -------------------------------------------------------------- */

static JsonNode *
get_value (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

static gint64
get_int (JsonObject *object,
         const char *name,
         gint64      min,
         gint64      max)
{
  JsonNode *node = get_value (object, name);

  return CLAMP (node != NULL ? json_node_get_int (node) : 0, min, max);
}

/* NULL when it is missing. */
static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = get_value (object, name);

  return node != NULL ? json_node_get_string (node) : NULL;
}

static void
read_options (JsonObject    *object,
              PcExamOptions *options)
{
  const char *seed = get_string (object, "seed");

  options->title = get_string (object, "title");
  options->sheet = get_string (object, "sheet");
  options->seed = seed != NULL ? g_ascii_strtoull (seed, NULL, 10) : 0;
  options->minutes = get_int (object, "minutes", 0, 24 * 60);
  options->extra = get_int (object, "extra", 0, 1000);
  options->pass = get_int (object, "pass", 0, 100);
  options->certainty = get_int (object, "certainty", 0, 1) != 0;
}

static JsonObject *
get_row (JsonArray *rows,
         guint      index)
{
  JsonNode *node = json_array_get_element (rows, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* GArray of PcPick; NULL with @error set when one is not there any more. */
static GArray *
find_picks (JsonArray   *rows,
            PcCatalogue *catalogue,
            GError     **error)
{
  g_autoptr (GArray) picks = g_array_new (FALSE, FALSE, sizeof (PcPick));

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject   *row = get_row (rows, i);
    const char   *bank = row != NULL ? get_string (row, "bank") : NULL;
    const char   *item = row != NULL ? get_string (row, "item") : NULL;
    const PcPick *pick = NULL;

    if (bank != NULL && item != NULL)
      pick = pc_catalogue_lookup (catalogue, bank, item);
    if (pick == NULL || pc_item_get_revision (pick->item) !=
                            get_int (row, "revision", 0, G_MAXUINT)) {
      g_set_error (error, PC_EXAM_ERROR, 0,
                   _ ("The exam cannot be continued: the question “%s” is not "
                      "there any more, or has changed."),
                   item != NULL ? item : "");
      return NULL;
    }
    g_array_append_vals (picks, pick, 1);
  }
  return g_steal_pointer (&picks);
}

static void
read_row (JsonObject *object,
          PcExamRow  *row)
{
  const char *choice = get_string (object, "choice");
  JsonNode   *fraction = get_value (object, "fraction");

  row->flagged = get_value (object, "flagged") != NULL;
  row->taken_us = get_int (object, "taken_us", 0, G_MAXINT64 / 2);
  if (choice == NULL)
    return;
  g_free (row->choice);
  row->choice = g_strdup (choice);
  row->answered = TRUE;
  if (fraction != NULL)
    row->fraction = CLAMP (json_node_get_double (fraction), 0, 1);
  row->certainty = get_int (object, "certainty", 0, PC_CERTAINTY_SURE);
  row->memory = get_int (object, "memory", 0, 4);
}

static PcExam *
read_exam (JsonObject  *object,
           PcCatalogue *catalogue,
           gint64       now_us,
           GError     **error)
{
  JsonArray    *rows = json_object_get_array_member (object, "items");
  PcExamOptions options = { 0 };
  PcExam       *self;
  g_autoptr (GArray) picks = find_picks (rows, catalogue, error);

  if (picks == NULL)
    return NULL;
  read_options (object, &options);
  self = pc_exam_new ((const PcPick *) (gpointer) picks->data, picks->len,
                      &options, now_us);
  for (guint i = 0; i < picks->len; i++)
    read_row (get_row (rows, i), &g_array_index (self->rows, PcExamRow, i));
  self->used_us = get_int (object, "used_us", 0, G_MAXINT64 / 2);
  if (picks->len > 0)
    self->position = get_int (object, "position", 0, picks->len - 1);
  self->n_resumed = get_int (object, "n_resumed", 0, 1000000) + 1;
  return self;
}

PcExam *
pc_exam_new_from_text (const char  *text,
                       PcCatalogue *catalogue,
                       gint64       now_us,
                       GError     **error)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = NULL;
  JsonNode   *root = NULL;
  JsonObject *object = NULL;
  JsonNode   *rows = NULL;

  g_return_val_if_fail (text != NULL && catalogue != NULL, NULL);

  json = pc_json_parse ("exam", (const guint8 *) text, strlen (text),
                        problems);
  if (json != NULL)
    root = pc_json_get_root (json);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root)) {
    object = json_node_get_object (root);
    rows = json_object_get_member (object, "items");
  }
  if (rows == NULL || !JSON_NODE_HOLDS_ARRAY (rows) ||
      g_strcmp0 (get_string (object, "format"), "portcall-exam") != 0 ||
      get_int (object, "format_version", 0, 2) != 1) {
    g_set_error (error, PC_EXAM_ERROR, 0,
                 _ ("The exam cannot be continued: what was kept of it cannot "
                    "be read."));
    return NULL;
  }
  return read_exam (object, catalogue, now_us, error);
}
