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

typedef struct
{
  JsonNode *root;  /* on its other side */
  guint64   stamp; /* of that */
  char     *first; /* where something changed in it: pointers */
  char     *last;
} Step;

struct _PcJsonEdit
{
  JsonNode          *root;
  guint64            stamp;
  guint64            n_stamps;
  const char *const *order;  /* or NULL */
  GPtrArray         *undo;   /* Step *, the newest last */
  GPtrArray         *redo;
  JsonNode          *saved;  /* or NULL */
  char              *key;    /* of the newest step; or NULL */
  char              *next;   /* of the group that is open */
  guint              depth;  /* of begin and end */
  gboolean           joined; /* the step of this group is in the history */
};

static void
free_step (gpointer data)
{
  Step *step = data;

  json_node_unref (step->root);
  g_free (step->first);
  g_free (step->last);
  g_free (step);
}

PcJsonEdit *
pc_json_edit_new (JsonNode *root)
{
  PcJsonEdit *self = g_new0 (PcJsonEdit, 1);

  g_return_val_if_fail (root != NULL, self);

  self->root = root;
  self->saved = json_node_ref (root);
  self->undo = g_ptr_array_new_with_free_func (free_step);
  self->redo = g_ptr_array_new_with_free_func (free_step);
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
  g_free (self->next);
  g_free (self);
}

void
pc_json_edit_set_order (PcJsonEdit        *self,
                        const char *const *names)
{
  g_return_if_fail (self != NULL);

  self->order = names;
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

/* G_MAXUINT for names that have none. */
static guint
get_rank (const char *const *order,
          const char        *name)
{
  for (guint i = 0; order != NULL && order[i] != NULL; i++) {
    if (strcmp (order[i], name) == 0)
      return i;
  }
  return G_MAXUINT;
}

/* The member before which @token belongs; NULL: behind all of them. */
static const char *
find_later (JsonObject        *object,
            const char        *token,
            const char *const *order)
{
  guint          rank = get_rank (order, token);
  JsonObjectIter iter;
  const char    *name;

  if (rank == G_MAXUINT)
    return NULL;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL)) {
    guint other = get_rank (order, name);

    if (other != G_MAXUINT && other > rank)
      return name;
  }
  return NULL;
}

/* @node with @value, which is taken, in place of its child @token; NULL:
 * without it.  Others are shared. */
static JsonNode *
copy_object (JsonNode          *node,
             const char        *token,
             JsonNode          *value,
             const char *const *order)
{
  JsonObject *from = json_node_get_object (node);
  JsonObject *to = json_object_new ();
  JsonNode   *copy = json_node_new (JSON_NODE_OBJECT);
  const char *place = json_object_has_member (from, token)
                          ? token
                          : find_later (from, token, order);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *member;

  json_object_iter_init_ordered (&iter, from);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    if (value != NULL && g_strcmp0 (name, place) == 0)
      json_object_set_member (to, token, g_steal_pointer (&value));
    if (strcmp (name, token) != 0)
      json_object_set_member (to, name, json_node_ref (member));
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

static JsonNode *
new_object (void)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  return node;
}

static gboolean
is_empty (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) &&
         json_object_get_size (json_node_get_object (node)) == 0;
}

/* The tree below @node with @value, which is taken, at @pointer; with @way,
 * objects on the way come and go.  NULL when there is no such place. */
static JsonNode *
replace (PcJsonEdit *self,
         JsonNode   *node,
         const char *pointer,
         JsonNode   *value,
         gboolean    way)
{
  g_autoptr (JsonNode) mine = value;
  g_autoptr (JsonNode) made = NULL;
  g_autofree char *token = NULL;
  gboolean    removes = value == NULL, is_object;
  const char *rest;
  JsonNode   *child;
  guint       index = 0;

  if (*pointer == '\0')
    return g_steal_pointer (&mine);
  if (*pointer != '/' || node == NULL)
    return NULL;
  token = cut_token (pointer, &rest);
  child = get_child (node, token);
  is_object = JSON_NODE_HOLDS_OBJECT (node);
  if (child == NULL && (removes || !is_object))
    return NULL;
  if (*rest == '\0' && way && removes && !is_object)
    return NULL;
  if (*rest != '\0') {
    if (child == NULL && way)
      child = made = new_object ();
    mine = replace (self, child, rest, g_steal_pointer (&mine), way);
    if (mine == NULL)
      return NULL;
    if (way && removes && is_object && is_empty (mine))
      g_clear_pointer (&mine, json_node_unref);
  }

  if (is_object)
    return copy_object (node, token, g_steal_pointer (&mine), self->order);
  if (!read_index (token, json_array_get_length (json_node_get_array (node)),
                   &index))
    return NULL;
  return copy_array (node, index, g_steal_pointer (&mine), FALSE);
}

/* -- changing ------------------------------------------------------------- */

static void
add_step (PcJsonEdit *self,
          const char *place)
{
  Step *step = g_new0 (Step, 1);

  step->root = json_node_ref (self->root);
  step->stamp = self->stamp;
  step->first = g_strdup (place);
  g_ptr_array_add (self->undo, step);
  if (self->undo->len > PC_LIMIT_UNDO)
    g_ptr_array_remove_index (self->undo, 0);
}

/* Takes @root; NULL for none.  @place: where it is another one. */
static gboolean
apply (PcJsonEdit *self,
       JsonNode   *root,
       const char *place)
{
  Step *step;

  if (root == NULL)
    return FALSE;
  if (!self->joined)
    add_step (self, place);
  step = self->undo->pdata[self->undo->len - 1];
  g_free (step->last);
  step->last = g_strdup (place);
  json_node_unref (self->root);
  self->root = root;
  self->stamp = ++self->n_stamps;
  g_ptr_array_set_size (self->redo, 0);
  self->joined = self->depth > 0;
  g_free (self->key);
  self->key = g_strdup (self->next);
  return TRUE;
}

gboolean
pc_json_edit_set (PcJsonEdit *self,
                  const char *pointer,
                  JsonNode   *value)
{
  g_return_val_if_fail (self != NULL && pointer != NULL, FALSE);
  g_return_val_if_fail (value != NULL || *pointer != '\0', FALSE);

  return apply (self, replace (self, self->root, pointer, value, FALSE),
                pointer);
}

gboolean
pc_json_edit_put (PcJsonEdit *self,
                  const char *pointer,
                  JsonNode   *value)
{
  g_return_val_if_fail (self != NULL && pointer != NULL, FALSE);
  g_return_val_if_fail (value != NULL || *pointer != '\0', FALSE);

  return apply (self, replace (self, self->root, pointer, value, TRUE),
                pointer);
}

/* NULL when it is none, or has no such element. */
static JsonNode *
find_list (PcJsonEdit *self,
           const char *pointer,
           guint       index)
{
  JsonNode *node = find (self->root, pointer);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
                 index < json_array_get_length (json_node_get_array (node))
             ? node
             : NULL;
}

/* Takes @list. */
static gboolean
apply_list (PcJsonEdit *self,
            const char *pointer,
            JsonNode   *list)
{
  return apply (self, replace (self, self->root, pointer, list, FALSE),
                pointer);
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
  return apply_list (self, array, node);
}

gboolean
pc_json_edit_remove (PcJsonEdit *self,
                     const char *array,
                     guint       index)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL && array != NULL, FALSE);

  node = find_list (self, array, index);
  return node != NULL &&
         apply_list (self, array, copy_array (node, index, NULL, FALSE));
}

gboolean
pc_json_edit_move (PcJsonEdit *self,
                   const char *array,
                   guint       from,
                   guint       to)
{
  JsonNode *node, *moved;
  g_autoptr (JsonNode) without = NULL;

  g_return_val_if_fail (self != NULL && array != NULL, FALSE);

  node = find_list (self, array, MAX (from, to));
  if (node == NULL || from == to)
    return FALSE;
  moved = json_array_get_element (json_node_get_array (node), from);
  without = copy_array (node, from, NULL, FALSE);
  node = copy_array (without, to, json_node_ref (moved), TRUE);
  return apply_list (self, array, node);
}

void
pc_json_edit_begin (PcJsonEdit *self,
                    const char *key)
{
  g_return_if_fail (self != NULL);

  if (self->depth++ > 0)
    return;
  self->joined = key != NULL && g_strcmp0 (self->key, key) == 0;
  self->next = g_strdup (key);
}

void
pc_json_edit_end (PcJsonEdit *self)
{
  g_return_if_fail (self != NULL && self->depth > 0);

  if (--self->depth > 0)
    return;
  self->joined = FALSE;
  g_clear_pointer (&self->next, g_free);
}

void
pc_json_edit_end_step (PcJsonEdit *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->key, g_free);
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

/* NULL when there is none. */
static Step *
go (PcJsonEdit *self,
    GPtrArray  *from,
    GPtrArray  *to)
{
  Step     *step;
  JsonNode *root = self->root;
  guint64   stamp = self->stamp;

  if (from->len == 0 || self->depth > 0)
    return NULL;
  step = g_ptr_array_steal_index (from, from->len - 1);
  self->root = step->root;
  self->stamp = step->stamp;
  step->root = root;
  step->stamp = stamp;
  g_ptr_array_add (to, step);
  pc_json_edit_end_step (self);
  return step;
}

const char *
pc_json_edit_undo (PcJsonEdit *self)
{
  Step *step;

  g_return_val_if_fail (self != NULL, NULL);

  step = go (self, self->undo, self->redo);
  return step != NULL ? step->first : NULL;
}

const char *
pc_json_edit_redo (PcJsonEdit *self)
{
  Step *step;

  g_return_val_if_fail (self != NULL, NULL);

  step = go (self, self->redo, self->undo);
  return step != NULL ? step->last : NULL;
}

void
pc_json_edit_forget (PcJsonEdit *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  self->joined = FALSE;
  pc_json_edit_end_step (self);
}

guint64
pc_json_edit_get_stamp (PcJsonEdit *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->stamp;
}

void
pc_json_edit_set_saved (PcJsonEdit *self,
                        gboolean    saved)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->saved, json_node_unref);
  if (saved)
    self->saved = json_node_ref (self->root);
  pc_json_edit_end_step (self);
}

gboolean
pc_json_edit_is_changed (PcJsonEdit *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->saved == NULL ||
         (self->saved != self->root &&
          !json_node_equal (self->saved, self->root));
}
