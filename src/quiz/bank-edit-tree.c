/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trees of JSON that change, by JSON Pointer.  json-glib has objects that
 * remember the order of their members, and lists; to put something in the
 * middle of either, the rest is taken out and put back.
 */

#include "quiz/bank-edit-private.h"

#include <string.h>

/* The order in which members usually stand, in any object. */
static const char *const usual_order[] = {
  "$schema", "format", "format_version", "id", "kind", "type", "number",
  "section", "version", "language", "revision", "status", "from", "protocol",
  "role", "name", "contact", "title", "url", "term", "heading", "label",
  "description", "authors", "license", "spdx", "attribution", "source",
  "objectives", "stimuli", "items", "stem", "stimulus", "memory_key",
  "difficulty", "level", "tags", "seconds", "points", "scoring", "hints",
  "unit", "transport", "ask_transport", "match", "service", "field", "ask",
  "shuffle", "options", "text", "correct", "value", "x-value", "credit",
  "misconception", "feedback", "right_when", "hex", "left", "right", "pairs",
  "steps", "free", "decoys", "fault_lines", "corrections", "fields",
  "choices", "preset", "accept", "expected_errors", "when", "severity",
  "rules", "entries", "lines", "answer_line", "explanation", "exam_note",
  "facts", "references", "simulation", "scenario", "step", "params",
  "translations", NULL
};

/* -- whole trees ---------------------------------------------------------- */

JsonNode *
pc_tree_copy (JsonNode *node)
{
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    g_autoptr (JsonObject) copy = json_object_new ();
    JsonObjectIter iter;
    const char    *name;
    JsonNode      *member;

    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &member))
      json_object_set_member (copy, name, pc_tree_copy (member));
    return json_node_init_object (json_node_alloc (), copy);
  }
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    g_autoptr (JsonArray) copy =
        json_array_sized_new (json_array_get_length (array));

    for (guint i = 0; i < json_array_get_length (array); i++)
      json_array_add_element (copy,
                              pc_tree_copy (json_array_get_element (array,
                                                                    i)));
    return json_node_init_array (json_node_alloc (), copy);
  }
  return json_node_copy (node);
}

gboolean
pc_tree_equal (JsonNode *a,
               JsonNode *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return json_node_equal (a, b);
}

/* -- places --------------------------------------------------------------- */

/* What stands between two slashes, unescaped (RFC 6901 section 4). */
static char *
unescape (const char *token,
          gsize       len)
{
  GString *out = g_string_new_len (token, (gssize) len);

  g_string_replace (out, "~1", "/", 0);
  g_string_replace (out, "~0", "~", 0);
  return g_string_free (out, FALSE);
}

gboolean
pc_tree_read_index (const char *text,
                    guint      *index)
{
  guint64 value;

  if (!g_ascii_isdigit (*text) ||
      !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT - 1, &value, NULL))
    return FALSE;
  *index = (guint) value;
  return TRUE;
}

gboolean
pc_tree_split (const char *pointer,
               char      **parent,
               char      **last)
{
  const char *slash = strrchr (pointer, '/');

  if (slash == NULL)
    return FALSE;
  *parent = g_strndup (pointer, (gsize) (slash - pointer));
  *last = unescape (slash + 1, strlen (slash + 1));
  return TRUE;
}

static JsonNode *
get_child (JsonNode   *node,
           const char *token)
{
  guint index;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), token);
  if (JSON_NODE_HOLDS_ARRAY (node) && pc_tree_read_index (token, &index) &&
      index < json_array_get_length (json_node_get_array (node)))
    return json_array_get_element (json_node_get_array (node), index);
  return NULL;
}

JsonNode *
pc_tree_get (JsonNode   *root,
             const char *pointer)
{
  JsonNode *node = root;

  while (node != NULL && *pointer == '/') {
    gsize            len = strcspn (pointer + 1, "/");
    g_autofree char *token = unescape (pointer + 1, len);

    node = get_child (node, token);
    pointer += 1 + len;
  }
  return node;
}

/* -- changes -------------------------------------------------------------- */

static guint
get_rank (const char *name)
{
  for (guint i = 0; usual_order[i] != NULL; i++) {
    if (g_str_equal (usual_order[i], name))
      return i;
  }
  return G_MAXUINT;
}

/* Before the first that usually comes later. */
static guint
choose_position (JsonObject *object,
                 const char *name)
{
  g_autoptr (GList) names = json_object_get_members (object);
  guint rank = get_rank (name);
  guint position = 0;

  for (GList *l = names; l != NULL; l = l->next, position++) {
    guint other = get_rank (l->data);

    if (rank != G_MAXUINT && other != G_MAXUINT && other > rank)
      return position;
  }
  return position;
}

/* Those behind it go behind it again. */
static void
put_member (JsonObject *object,
            const char *name,
            JsonNode   *value,
            guint       position)
{
  g_autoptr (GList) names = json_object_get_members (object);
  g_autoptr (GPtrArray) later = g_ptr_array_new_with_free_func (g_free);

  for (GList *l = g_list_nth (names, position); l != NULL; l = l->next)
    g_ptr_array_add (later, g_strdup (l->data));
  json_object_set_member (object, name, value);
  for (guint i = 0; i < later->len; i++) {
    JsonNode *node = json_object_dup_member (object, later->pdata[i]);

    json_object_remove_member (object, later->pdata[i]);
    json_object_set_member (object, later->pdata[i], node);
  }
}

static gboolean
set_member (JsonObject *object,
            const char *name,
            JsonNode   *value,
            guint       position)
{
  if (value == NULL)
    json_object_remove_member (object, name);
  else if (json_object_has_member (object, name))
    json_object_set_member (object, name, pc_tree_copy (value));
  else
    put_member (object, name, pc_tree_copy (value),
                position != G_MAXUINT ? position
                                      : choose_position (object, name));
  return TRUE;
}

gboolean
pc_tree_set (JsonNode   *root,
             const char *pointer,
             JsonNode   *value,
             guint       position)
{
  g_autofree char *parent = NULL;
  g_autofree char *last = NULL;
  JsonNode  *node;
  JsonArray *array;
  guint      index;

  if (!pc_tree_split (pointer, &parent, &last))
    return FALSE;
  node = pc_tree_get (root, parent);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return set_member (json_node_get_object (node), last, value, position);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || value == NULL ||
      !pc_tree_read_index (last, &index))
    return FALSE;
  array = json_node_get_array (node);
  if (index >= json_array_get_length (array))
    return FALSE;
  json_array_remove_element (array, index);
  pc_tree_insert (array, index, value);
  return TRUE;
}

guint
pc_tree_get_position (JsonNode   *root,
                      const char *pointer)
{
  g_autofree char *parent = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GList) names = NULL;
  JsonNode *node;
  GList    *found;

  if (!pc_tree_split (pointer, &parent, &last))
    return G_MAXUINT;
  node = pc_tree_get (root, parent);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return G_MAXUINT;
  names = json_object_get_members (json_node_get_object (node));
  found = g_list_find_custom (names, last, (GCompareFunc) strcmp);
  return found != NULL ? (guint) g_list_position (names, found) : G_MAXUINT;
}

void
pc_tree_insert (JsonArray *array,
                guint      index,
                JsonNode  *value)
{
  guint n = json_array_get_length (array);
  g_autoptr (GPtrArray) later =
      g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  for (guint i = MIN (index, n); i < n; i++)
    g_ptr_array_add (later, json_array_dup_element (array, i));
  for (guint i = n; i > index; i--)
    json_array_remove_element (array, i - 1);
  json_array_add_element (array, pc_tree_copy (value));
  for (guint i = 0; i < later->len; i++)
    json_array_add_element (array, json_node_ref (later->pdata[i]));
}

void
pc_tree_move (JsonArray *array,
              guint      from,
              guint      to)
{
  g_autoptr (JsonNode) element = json_array_dup_element (array, from);

  json_array_remove_element (array, from);
  pc_tree_insert (array, to, element);
}
