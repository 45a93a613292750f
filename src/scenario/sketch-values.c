/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in a field, as text and as JSON.
 *
 * A text that is no number where one belongs stays what was typed: the
 * scenario's reader says what is wrong with it.
 */

#include "scenario/sketch-private.h"

#include <string.h>

/* -- contents ------------------------------------------------------------- */

/* How octets are given, and what such a content begins with, in JSON. */
static const struct
{
  const char *member;
  const char *first;
} contents[] = {
  { "message", "{\"from\":\"Alex Moreau <alex@example.test>\",\"to\":"
               "\"robin@example.test\",\"subject\":\"Hello\",\"lines\":"
               "[\"Hello!\"]}" },
  { "lines", "[\"Hello!\"]" },
  { "bytes", "600" },
  { "from_file", "\"file.txt\"" },
  { "pattern", "\"hostname edge-1\\n\"" }, /* of bytes */
};

static const char *
find_content (PcSketch   *self,
              const char *entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autofree char *at = pc_json_pointer_member (entry, contents[i].member);

    if (pc_json_edit_get (self->edit, at) != NULL)
      return contents[i].member;
  }
  return "";
}

static void
put_content (PcSketch   *self,
             const char *entry,
             const char *member)
{
  gboolean bytes = strcmp (member, "bytes") == 0;

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autofree char *at = pc_json_pointer_member (entry, contents[i].member);

    if (strcmp (contents[i].member, member) == 0 ||
        (bytes && strcmp (contents[i].member, "pattern") == 0))
      pc_json_edit_set (self->edit, at, pc_sketch_parse (contents[i].first));
    else if (pc_json_edit_get (self->edit, at) != NULL)
      pc_json_edit_set (self->edit, at, NULL);
  }
}

/* FALSE when it was so already, or there is no such way. */
static gboolean
set_content (PcSketch            *self,
             const PcSketchField *field,
             const char          *value)
{
  g_autofree char *entry = pc_sketch_dup_parent (field->pointer);

  if (!g_strv_contains ((const char *const *) field->choices, value) ||
      strcmp (find_content (self, entry), value) == 0)
    return FALSE;
  pc_json_edit_begin (self->edit, NULL);
  put_content (self, entry, value);
  pc_json_edit_end (self->edit);
  return TRUE;
}

/* -- reading -------------------------------------------------------------- */

static char *
join (JsonArray  *array,
      const char *between)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (i > 0)
      g_string_append (out, between);
    if (json_node_get_value_type (node) == G_TYPE_STRING)
      g_string_append (out, json_node_get_string (node));
  }
  return g_string_free (out, FALSE);
}

static char *
write_number (JsonNode *node)
{
  char *text = pc_json_write (node);

  return g_strchomp (text);
}

char *
pc_sketch_get_field (PcSketch            *self,
                    const PcSketchField *field)
{
  JsonNode *node;
  GType     type;

  g_return_val_if_fail (self != NULL && field != NULL, NULL);

  if (field->input == PC_SKETCH_CONTENT) {
    g_autofree char *entry = pc_sketch_dup_parent (field->pointer);

    return g_strdup (find_content (self, entry));
  }
  node = pc_json_edit_get (self->edit, field->pointer);
  if (node == NULL)
    return g_strdup (field->input == PC_SKETCH_SWITCHED ? "yes" : "");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return join (json_node_get_array (node),
                 field->input == PC_SKETCH_LINES ? "\n" : " ");
  if (!JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("");
  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "yes" : "");
  return write_number (node);
}

/* -- writing -------------------------------------------------------------- */

static JsonNode *
split (const char *value,
       const char *between,
       gboolean    keep_empty)
{
  g_auto (GStrv) parts = g_strsplit (value, between, -1);
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; parts[i] != NULL; i++)
    if (keep_empty || *parts[i] != '\0')
      json_array_add_string_element (array, parts[i]);
  json_node_take_array (node, array);
  return node;
}

/* A whole number that is written as numbers are, or NULL. */
static JsonNode *
make_whole (const char *value)
{
  g_autofree char *again = NULL;
  gint64 number;

  if (!g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number,
                                 NULL))
    return NULL;
  again = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  return strcmp (again, value) == 0
             ? json_node_init_int (json_node_alloc (), number)
             : NULL;
}

static JsonNode *
make_number (const char *value)
{
  JsonNode *node = make_whole (value);
  char     *end;
  double    number;

  if (node != NULL)
    return node;
  number = g_ascii_strtod (value, &end);
  if (end == value || *end != '\0' || number != number ||
      number - number != 0)
    return pc_sketch_string (value);
  return json_node_init_double (json_node_alloc (), number);
}

static JsonNode *
make_flag (gboolean value)
{
  return json_node_init_boolean (json_node_alloc (), value);
}

/* What @value is in the file; NULL: nothing.  @was may be NULL. */
static JsonNode *
make_value (const PcSketchField *field,
            const char         *value,
            JsonNode           *was)
{
  GType     type = was != NULL ? json_node_get_value_type (was)
                               : G_TYPE_INVALID;
  JsonNode *node = NULL;

  if (field->input == PC_SKETCH_SWITCH)
    return *value != '\0' ? make_flag (TRUE) : NULL;
  if (field->input == PC_SKETCH_SWITCHED)
    return *value != '\0' ? NULL : make_flag (FALSE);
  if (*value == '\0' && !field->required)
    return NULL;
  if (field->input == PC_SKETCH_LINES)
    return split (value, "\n", TRUE);
  if (field->input == PC_SKETCH_WORDS)
    return split (value, " ", FALSE);
  if (field->input == PC_SKETCH_NUMBER)
    return make_number (value);
  /* A parameter that was a number, or says yes as a switch does. */
  if (type == G_TYPE_INT64)
    node = make_whole (value);
  if (type == G_TYPE_BOOLEAN && strcmp (value, "yes") == 0)
    node = make_flag (TRUE);
  return node != NULL ? node : pc_sketch_string (value);
}

/* The objects that a value has left empty go too, up to the entry. */
static void
prune (PcSketch    *self,
       const char *pointer)
{
  g_autofree char *parent = pc_sketch_dup_parent (pointer);
  JsonNode *node = *parent != '\0' ? pc_json_edit_get (self->edit, parent)
                                   : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
      json_object_get_size (json_node_get_object (node)) > 0 ||
      pc_sketch_can_remove (self, parent))
    return;
  pc_json_edit_set (self->edit, parent, NULL);
  prune (self, parent);
}

/* -- names that others refer to ------------------------------------------- */

static void
replace_member (PcSketch    *self,
                const char *entry,
                const char *member,
                const char *from,
                const char *to)
{
  g_autofree char *at = pc_json_pointer_member (entry, member);

  if (g_strcmp0 (pc_json_edit_get_string (self->edit, entry, member), from) ==
      0)
    pc_json_edit_set (self->edit, at, pc_sketch_string (to));
}

/* A member's name, where it is one; it goes to the end. */
static void
rename_member (PcSketch    *self,
               const char *object,
               const char *from,
               const char *to)
{
  g_autofree char *old = pc_json_pointer_member (object, from);
  g_autofree char *new = pc_json_pointer_member (object, to);
  JsonNode *node = pc_json_edit_get (self->edit, old);
  g_autoptr (JsonNode) kept = node != NULL ? json_node_ref (node) : NULL;

  if (kept == NULL || pc_json_edit_get (self->edit, new) != NULL)
    return;
  pc_json_edit_set (self->edit, old, NULL);
  pc_json_edit_set (self->edit, new, g_steal_pointer (&kept));
}

static void
rename_translations (PcSketch    *self,
                     const char *group,
                     const char *from,
                     const char *to)
{
  JsonNode *node = pc_json_edit_get (self->edit, "/translations");
  g_autofree char *old = g_strdup_printf ("%s.%s", group, from);
  g_autofree char *new = g_strdup_printf ("%s.%s", group, to);
  g_autoptr (GList) languages = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  languages = json_object_get_members (json_node_get_object (node));
  for (GList *l = languages; l != NULL; l = l->next) {
    g_autofree char *at = pc_json_pointer_member ("/translations", l->data);
    g_autofree char *strings = pc_json_pointer_member (at, "strings");

    rename_member (self, strings, old, new);
  }
}

static void
rename_actor (PcSketch    *self,
              const char *from,
              const char *to)
{
  static const PcSketchSection sections[] = {
    PC_SKETCH_SCRIPT, PC_SKETCH_ACTORS, PC_SKETCH_MARKS, PC_SKETCH_FAULTS
  };
  static const char *const members[] = { "actor", "to", "from",
                                         "relays_to" };

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    g_autoptr (GPtrArray) rows = pc_sketch_list_rows (self, sections[i]);

    for (guint j = 0; j < rows->len; j++) {
      const PcSketchRow *row = rows->pdata[j];
      gboolean connect =
          g_strcmp0 (pc_json_edit_get_string (self->edit, row->pointer, "do"),
                     "connect") == 0;

      for (guint k = 0; k < G_N_ELEMENTS (members); k++)
        /* A recipient and a sender are no actors. */
        if (sections[i] != PC_SKETCH_SCRIPT || k == 0 || (k == 1 && connect))
          replace_member (self, row->pointer, members[k], from, to);
    }
  }
  rename_translations (self, "actors", from, to);
}

static void
rename_mark (PcSketch    *self,
             const char *from,
             const char *to)
{
  rename_member (self, "/presenter/marks", from, to);
  rename_translations (self, "marks", from, to);
  rename_translations (self, "presenter", from, to);
}

/* Whether another entry of the same list has this id already. */
static gboolean
is_taken (PcSketch    *self,
          const char *entry,
          const char *id)
{
  g_autofree char *array = pc_sketch_dup_parent (entry);
  guint n = pc_json_edit_get_length (self->edit, array);

  for (guint i = 0; i < n; i++) {
    g_autofree char *at = pc_json_pointer_index (array, i);

    if (g_strcmp0 (pc_json_edit_get_string (self->edit, at, "id"), id) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
follow_name (PcSketch    *self,
             const char *pointer,
             const char *value)
{
  g_autofree char *entry = pc_sketch_dup_parent (pointer);
  g_autofree char *old = pc_sketch_dup_member (self, entry, "id");

  if (old == NULL || *old == '\0' || is_taken (self, entry, value))
    return;
  if (pc_sketch_match (entry, "/actors/*"))
    rename_actor (self, old, value);
  else
    rename_mark (self, old, value);
}

gboolean
pc_sketch_set_field (PcSketch            *self,
                    const PcSketchField *field,
                    const char         *value)
{
  g_autofree char *is = NULL;
  JsonNode *was, *node;

  g_return_val_if_fail (self != NULL && field != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  if (field->input == PC_SKETCH_CONTENT)
    return set_content (self, field, value);
  is = pc_sketch_get_field (self, field);
  if (strcmp (is, value) == 0)
    return FALSE;
  was = pc_json_edit_get (self->edit, field->pointer);
  node = make_value (field, value, was);
  pc_json_edit_begin (self->edit,
                      field->input == PC_SKETCH_CHOICE ||
                              field->input == PC_SKETCH_NAME
                          ? NULL
                          : field->pointer);
  if (field->input == PC_SKETCH_NAME)
    follow_name (self, field->pointer, value);
  if (node != NULL)
    pc_json_edit_put (self->edit, field->pointer, node);
  else if (was != NULL) {
    pc_json_edit_set (self->edit, field->pointer, NULL);
    prune (self, field->pointer);
  }
  pc_json_edit_end (self->edit);
  return TRUE;
}
