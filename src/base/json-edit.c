/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A JSON tree with a history.
 *
 * Trees are persistent: an edit copies the containers from the root to the
 * place, which share all their other children with the tree before.  So a
 * step of the history is a root, undoing is a pointer, and a list of 20,000
 * questions costs a list of 20,000 pointers for each change.
 */

#include "base/json-edit.h"

#include "base/limits.h"

#include <string.h>

struct _PcJsonEdit
{
  JsonNode  *root;
  GPtrArray *undo;   /* JsonNode *: roots, the newest last */
  GPtrArray *redo;
  JsonNode  *saved;  /* or NULL */
  char      *key;    /* of the newest step; or NULL */
  guint      depth;  /* of begin and end */
  gboolean   joined; /* the step of this group is in the history */
};

static void
unref_node (gpointer node)
{
  json_node_unref (node);
}

PcJsonEdit *
pc_json_edit_new (JsonNode *root)
{
  PcJsonEdit *self = g_new0 (PcJsonEdit, 1);

  g_return_val_if_fail (root != NULL, self);

  self->root = root;
  self->saved = json_node_ref (root);
  self->undo = g_ptr_array_new_with_free_func (unref_node);
  self->redo = g_ptr_array_new_with_free_func (unref_node);
  return self;
}

void
pc_json_edit_free (PcJsonEdit *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->saved, json_node_unref);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);
  g_free (self->key);
  g_free (self);
}

/* -- places --------------------------------------------------------------- */

/* "~1" is a slash, "~0" a tilde (RFC 6901 section 4). */
static char *
unescape (const char *token,
          gsize       len)
{
  GString *out = g_string_new_len (token, (gssize) len);

  g_string_replace (out, "~1", "/", 0);
  g_string_replace (out, "~0", "~", 0);
  return g_string_free (out, FALSE);
}

/* The first token of @pointer; @rest is what follows it. */
static char *
cut_token (const char  *pointer,
           const char **rest)
{
  gsize len = strcspn (pointer + 1, "/");

  *rest = pointer + 1 + len;
  return unescape (pointer + 1, len);
}

/* FALSE when it is no index below @end. */
static gboolean
read_index (const char *token,
            guint       end,
            guint      *index)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT, &value, NULL) ||
      value >= end)
    return FALSE;
  *index = (guint) value;
  return TRUE;
}

static JsonNode *
get_child (JsonNode   *node,
           const char *token)
{
  guint index;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), token);
  if (JSON_NODE_HOLDS_ARRAY (node) &&
      read_index (token, json_array_get_length (json_node_get_array (node)),
                  &index))
    return json_array_get_element (json_node_get_array (node), index);
  return NULL;
}

static JsonNode *
find (JsonNode   *node,
      const char *pointer)
{
  while (node != NULL && *pointer == '/') {
    g_autofree char *token = cut_token (pointer, &pointer);

    node = get_child (node, token);
  }
  return *pointer == '\0' ? node : NULL;
}

JsonNode *
pc_json_edit_get_root (PcJsonEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->root;
}

JsonNode *
pc_json_edit_get (PcJsonEdit *self,
                  const char *pointer)
{
  g_return_val_if_fail (self != NULL && pointer != NULL, NULL);

  return find (self->root, pointer);
}

const char *
pc_json_edit_get_string (PcJsonEdit *self,
                         const char *pointer,
                         const char *member)
{
  JsonNode *node = pc_json_edit_get (self, pointer);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  node = json_object_get_member (json_node_get_object (node), member);
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

guint
pc_json_edit_get_length (PcJsonEdit *self,
                         const char *pointer)
{
  JsonNode *node = pc_json_edit_get (self, pointer);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node));
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node));
  return 0;
}

/* -- copies --------------------------------------------------------------- */

/* @node with @value, which is taken, in place of its child @token; NULL:
 * without it.  Others are shared. */
static JsonNode *
copy_object (JsonNode   *node,
             const char *token,
             JsonNode   *value)
{
  JsonObject *from = json_node_get_object (node);
  JsonObject *to = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (from);
  JsonNode *copy = json_node_new (JSON_NODE_OBJECT);

  for (GList *l = members; l != NULL; l = l->next) {
    gboolean here = strcmp (l->data, token) == 0;

    if (!here)
      json_object_set_member (
          to, l->data, json_node_ref (json_object_get_member (from, l->data)));
    else if (value != NULL)
      json_object_set_member (to, token, g_steal_pointer (&value));
  }
  if (value != NULL)
    json_object_set_member (to, token, value);
  json_node_take_object (copy, to);
  return copy;
}

/* The same; with @insert, @value comes before the element. */
static JsonNode *
copy_array (JsonNode *node,
            guint     index,
            JsonNode *value,
            gboolean  insert)
{
  JsonArray *from = json_node_get_array (node);
  guint n = json_array_get_length (from);
  JsonArray *to = json_array_sized_new (n + 1);
  JsonNode *copy = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < n; i++) {
    if (i == index && value != NULL)
      json_array_add_element (to, g_steal_pointer (&value));
    if (i != index || insert)
      json_array_add_element (
          to, json_node_ref (json_array_get_element (from, i)));
  }
  if (value != NULL)
    json_array_add_element (to, value);
  json_node_take_array (copy, to);
  return copy;
}

/* The tree below @node with @value, which is taken, at @pointer.  NULL when
 * there is no such place. */
static JsonNode *
replace (JsonNode   *node,
         const char *pointer,
         JsonNode   *value)
{
  g_autoptr (JsonNode) mine = value;
  g_autofree char *token = NULL;
  const char *rest;
  JsonNode *child;
  guint index = 0;

  if (*pointer == '\0')
    return g_steal_pointer (&mine);
  if (*pointer != '/' || node == NULL)
    return NULL;
  token = cut_token (pointer, &rest);
  child = get_child (node, token);
  if (*rest != '\0') {
    child = replace (child, rest, g_steal_pointer (&mine));
    if (child == NULL)
      return NULL;
    mine = child;
  } else if (child == NULL &&
             (mine == NULL || !JSON_NODE_HOLDS_OBJECT (node)))
    return NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return copy_object (node, token, g_steal_pointer (&mine));
  if (!read_index (token, json_array_get_length (json_node_get_array (node)),
                   &index))
    return NULL;
  return copy_array (node, index, g_steal_pointer (&mine), FALSE);
}

/* -- changing ------------------------------------------------------------- */

/* Takes @root; NULL for none. */
static gboolean
apply (PcJsonEdit *self,
       JsonNode   *root)
{
  if (root == NULL)
    return FALSE;
  if (self->joined)
    json_node_unref (self->root);
  else
    g_ptr_array_add (self->undo, self->root);
  if (self->undo->len > PC_LIMIT_UNDO)
    g_ptr_array_remove_index (self->undo, 0);
  self->root = root;
  g_ptr_array_set_size (self->redo, 0);
  if (self->depth > 0)
    self->joined = TRUE;
  else
    g_clear_pointer (&self->key, g_free);
  return TRUE;
}

gboolean
pc_json_edit_set (PcJsonEdit *self,
                  const char *pointer,
                  JsonNode   *value)
{
  g_return_val_if_fail (self != NULL && pointer != NULL, FALSE);
  g_return_val_if_fail (value != NULL || *pointer != '\0', FALSE);

  return apply (self, replace (self->root, pointer, value));
}

gboolean
pc_json_edit_insert (PcJsonEdit *self,
                     const char *array,
                     guint       index,
                     JsonNode   *value)
{
  g_autoptr (JsonNode) mine = value;
  JsonNode *node;

  g_return_val_if_fail (self != NULL && array != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  node = find (self->root, array);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  node = copy_array (node, index, g_steal_pointer (&mine), TRUE);
  return apply (self, replace (self->root, array, node));
}

gboolean
pc_json_edit_move (PcJsonEdit *self,
                   const char *array,
                   guint       from,
                   guint       to)
{
  JsonNode *node, *moved;
  g_autoptr (JsonNode) without = NULL;
  guint n;

  g_return_val_if_fail (self != NULL && array != NULL, FALSE);

  node = find (self->root, array);
  n = pc_json_edit_get_length (self, array);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || from >= n || to >= n ||
      from == to)
    return FALSE;
  moved = json_array_get_element (json_node_get_array (node), from);
  without = copy_array (node, from, NULL, FALSE);
  node = copy_array (without, to, json_node_ref (moved), TRUE);
  return apply (self, replace (self->root, array, node));
}

void
pc_json_edit_begin (PcJsonEdit *self,
                    const char *key)
{
  g_return_if_fail (self != NULL);

  if (self->depth++ > 0)
    return;
  self->joined = key != NULL && g_strcmp0 (self->key, key) == 0;
  g_free (self->key);
  self->key = g_strdup (key);
}

void
pc_json_edit_end (PcJsonEdit *self)
{
  g_return_if_fail (self != NULL && self->depth > 0);

  if (--self->depth == 0)
    self->joined = FALSE;
}

/* -- history -------------------------------------------------------------- */

gboolean
pc_json_edit_can_undo (PcJsonEdit *self)
{
  return self->undo->len > 0;
}

gboolean
pc_json_edit_can_redo (PcJsonEdit *self)
{
  return self->redo->len > 0;
}

static void
go (PcJsonEdit *self,
    GPtrArray  *from,
    GPtrArray  *to)
{
  if (from->len == 0 || self->depth > 0)
    return;
  g_ptr_array_add (to, self->root);
  self->root = g_ptr_array_steal_index (from, from->len - 1);
  g_clear_pointer (&self->key, g_free);
}

void
pc_json_edit_undo (PcJsonEdit *self)
{
  g_return_if_fail (self != NULL);

  go (self, self->undo, self->redo);
}

void
pc_json_edit_redo (PcJsonEdit *self)
{
  g_return_if_fail (self != NULL);

  go (self, self->redo, self->undo);
}

void
pc_json_edit_forget (PcJsonEdit *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  g_clear_pointer (&self->key, g_free);
}

void
pc_json_edit_set_saved (PcJsonEdit *self,
                        gboolean    saved)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->saved, json_node_unref);
  if (saved)
    self->saved = json_node_ref (self->root);
  g_clear_pointer (&self->key, g_free);
}

gboolean
pc_json_edit_is_changed (PcJsonEdit *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->saved == NULL ||
         (self->saved != self->root &&
          !json_node_equal (self->saved, self->root));
}
