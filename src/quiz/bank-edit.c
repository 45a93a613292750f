/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question bank while somebody writes it.  Each change is one of four, of
 * which each knows what it replaced, so that all can be taken back.  What
 * belongs together has one number and goes together.
 *
 * Whether any of it makes sense is not asked here.
 */

#include "quiz/bank-edit.h"

#include "quiz/bank-edit-private.h"

#include "base/limits.h"

#include <string.h>

typedef enum {
  CHANGE_SET,
  CHANGE_INSERT,
  CHANGE_REMOVE,
  CHANGE_MOVE,
} ChangeKind;

typedef struct
{
  ChangeKind kind;
  guint      group;
  guint64    stamp;   /* of the text after it */
  char      *pointer; /* of the value, or of the list */
  JsonNode  *before;  /* or NULL */
  JsonNode  *after;   /* or NULL */
  guint      from;    /* index in the list; place among the members */
  guint      to;
  gboolean   open;    /* more may be typed into it */
} Change;

struct _PcBankEdit
{
  GObject parent_instance;

  JsonNode   *root;
  GHashTable *baseline; /* id to text, or NULL */
  GPtrArray  *changes;
  guint       n_done;   /* of them; the rest can be redone */
  guint       depth;
  guint       group;
  guint64     stamp;
  guint64     first_stamp;
  guint64     saved_stamp;
  char       *path;
  char       *digest;
};

enum { PROP_STATE = 1,
       N_PROPERTIES };
enum { SIGNAL_CHANGED,
       N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcBankEdit, pc_bank_edit, G_TYPE_OBJECT)

/* -- life ----------------------------------------------------------------- */

static void
free_change (gpointer data)
{
  Change *change = data;

  g_free (change->pointer);
  g_clear_pointer (&change->before, json_node_unref);
  g_clear_pointer (&change->after, json_node_unref);
  g_free (change);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *spec)
{
  g_value_set_uint64 (value, PC_BANK_EDIT (object)->stamp);
}

static void
finalize (GObject *object)
{
  PcBankEdit *self = PC_BANK_EDIT (object);

  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->baseline, g_hash_table_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->digest, g_free);
  G_OBJECT_CLASS (pc_bank_edit_parent_class)->finalize (object);
}

static void
pc_bank_edit_class_init (PcBankEditClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = finalize;
  object_class->get_property = get_property;
  properties[PROP_STATE] = g_param_spec_uint64 (
      "state", NULL, NULL, 0, G_MAXUINT64, 0,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", PC_TYPE_BANK_EDIT, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                    G_TYPE_BOOLEAN);
}

static void
pc_bank_edit_init (PcBankEdit *self)
{
  self->changes = g_ptr_array_new_with_free_func (free_change);
}

/* The questions as they are, each by its id. */
static void
take_baseline (PcBankEdit *self)
{
  guint n = pc_bank_edit_get_n_items (self);

  self->baseline = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          g_free);
  for (guint i = 0; i < n; i++) {
    g_autofree char *pointer = g_strdup_printf ("/items/%u", i);
    g_autofree char *id_pointer = g_strconcat (pointer, "/id", NULL);
    const char      *id = pc_bank_edit_get_text (self, id_pointer);

    if (id != NULL)
      g_hash_table_replace (
          self->baseline, g_strdup (id),
          json_to_string (pc_bank_edit_get (self, pointer), FALSE));
  }
}

GHashTable *
pc_bank_edit_get_baseline (PcBankEdit *self)
{
  return self->baseline;
}

PcBankEdit *
pc_bank_edit_parse (const char   *name,
                    const guint8 *data,
                    gsize         len,
                    PcProblems   *problems)
{
  g_autoptr (PcJson) json = NULL;
  JsonNode   *root;
  PcBankEdit *self;

  g_return_val_if_fail (name != NULL && problems != NULL, NULL);

  json = pc_json_parse (name, data, len, problems);
  if (json == NULL)
    return NULL;
  root = pc_json_get_root (json);
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    /* The loader of banks has the words for it. */
    g_autoptr (PcBank) bank =
        pc_bank_new_from_json (json, NULL, problems, NULL, NULL);

    return NULL;
  }
  self = g_object_new (PC_TYPE_BANK_EDIT, NULL);
  self->root = json_node_ref (root);
  take_baseline (self);
  return self;
}

PcBankEdit *
pc_bank_edit_load (const char *path,
                   PcProblems *problems)
{
  g_autofree char *text = NULL;
  PcBankEdit *self;
  gsize       len;

  g_return_val_if_fail (path != NULL && problems != NULL, NULL);

  /* What is too large is refused by the reader, which does not load it. */
  if (!g_file_get_contents (path, &text, &len, NULL) ||
      len > PC_LIMIT_JSON_SIZE) {
    g_autoptr (PcJson) json = pc_json_load (path, problems);

    return NULL;
  }
  self = pc_bank_edit_parse (path, (const guint8 *) text, len, problems);
  if (self != NULL)
    pc_bank_edit_set_saved (self, path, text, self->stamp);
  return self;
}

char *
pc_bank_edit_dup_text (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);

  return pc_json_write (self->root);
}

/* -- values --------------------------------------------------------------- */

JsonNode *
pc_bank_edit_get (PcBankEdit *self,
                  const char *pointer)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);
  g_return_val_if_fail (pointer != NULL, NULL);

  return pc_tree_get (self->root, pointer);
}

const char *
pc_bank_edit_get_text (PcBankEdit *self,
                       const char *pointer)
{
  JsonNode *node = pc_bank_edit_get (self, pointer);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

guint
pc_bank_edit_get_length (PcBankEdit *self,
                         const char *pointer)
{
  JsonNode *node = pc_bank_edit_get (self, pointer);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node)
             ? json_array_get_length (json_node_get_array (node))
             : 0;
}

guint
pc_bank_edit_get_n_items (PcBankEdit *self)
{
  return pc_bank_edit_get_length (self, "/items");
}

/* -- changes -------------------------------------------------------------- */

/* Forwards or back.  The list, for those that have one. */
static void
apply (PcBankEdit   *self,
       const Change *change,
       gboolean      forward)
{
  ChangeKind kind = change->kind;
  JsonNode  *node;
  JsonArray *array;

  if (kind == CHANGE_SET) {
    pc_tree_set (self->root, change->pointer,
                 forward ? change->after : change->before, change->from);
    return;
  }
  node = pc_tree_get (self->root, change->pointer);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  array = json_node_get_array (node);
  if (kind == CHANGE_MOVE)
    pc_tree_move (array, forward ? change->from : change->to,
                  forward ? change->to : change->from);
  else if ((kind == CHANGE_INSERT) == forward)
    pc_tree_insert (array, change->from,
                    kind == CHANGE_INSERT ? change->after : change->before);
  else
    json_array_remove_element (array, change->from);
}

static void
tell (PcBankEdit *self,
      const char *pointer,
      gboolean    shape)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, pointer, shape);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static gboolean
is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_STRING;
}

/* What is typed into one field is one step. */
static gboolean
join (PcBankEdit   *self,
      const Change *change)
{
  Change *last;

  if (self->depth > 0 || self->n_done == 0)
    return FALSE;
  last = self->changes->pdata[self->n_done - 1];
  if (!last->open || last->kind != CHANGE_SET || change->kind != CHANGE_SET ||
      !is_string (last->after) || !is_string (change->after) ||
      !g_str_equal (last->pointer, change->pointer))
    return FALSE;
  json_node_unref (last->after);
  last->after = json_node_ref (change->after);
  last->stamp = ++self->stamp;
  return TRUE;
}

/* Takes over @change, and does it. */
static void
push (PcBankEdit *self,
      Change     *change,
      gboolean    shape)
{
  apply (self, change, TRUE);
  g_ptr_array_set_size (self->changes, (int) self->n_done);
  if (join (self, change)) {
    g_autofree char *pointer = g_strdup (change->pointer);

    free_change (change);
    tell (self, pointer, shape);
    return;
  }
  if (self->depth == 0)
    self->group++;
  change->group = self->group;
  change->stamp = ++self->stamp;
  change->open = TRUE;
  g_ptr_array_add (self->changes, change);
  self->n_done = self->changes->len;
  tell (self, change->pointer, shape);
}

static Change *
new_change (ChangeKind  kind,
            const char *pointer)
{
  Change *change = g_new0 (Change, 1);

  change->kind = kind;
  change->pointer = g_strdup (pointer);
  change->from = G_MAXUINT;
  return change;
}

/* One value, no more. */
static void
set (PcBankEdit *self,
     const char *pointer,
     JsonNode   *value)
{
  Change *change = new_change (CHANGE_SET, pointer);

  change->before = pc_tree_copy (pc_tree_get (self->root, pointer));
  change->after = value;
  change->from = pc_tree_get_position (self->root, pointer);
  push (self, change, FALSE);
}

static void
make_objects (PcBankEdit *self,
              const char *pointer)
{
  g_autofree char *parent = NULL;
  g_autofree char *last = NULL;
  JsonNode *node = pc_tree_get (self->root, pointer);

  if (node != NULL || !pc_tree_split (pointer, &parent, &last))
    return;
  make_objects (self, parent);
  node = json_node_alloc ();
  json_node_init_object (node, NULL);
  json_node_take_object (node, json_object_new ());
  set (self, pointer, node);
}

/* Objects that are members and have nothing in them. */
static void
remove_empty (PcBankEdit *self,
              const char *pointer)
{
  JsonNode *node = pc_tree_get (self->root, pointer);

  if (pc_tree_get_position (self->root, pointer) == G_MAXUINT ||
      !JSON_NODE_HOLDS_OBJECT (node) ||
      json_object_get_size (json_node_get_object (node)) > 0)
    return;
  pc_bank_edit_set (self, pointer, NULL);
}

/* Members can come and go, elements only be others; objects that are missing
 * on the way can be made. */
static gboolean
can_set (PcBankEdit *self,
         const char *pointer,
         gboolean    value)
{
  g_autofree char *parent = NULL;
  g_autofree char *last = NULL;
  JsonNode *node;

  if (!pc_tree_split (pointer, &parent, &last))
    return FALSE;
  node = pc_tree_get (self->root, parent);
  if (node == NULL)
    return value && can_set (self, parent, TRUE);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;
  return value && pc_tree_get (self->root, pointer) != NULL;
}

void
pc_bank_edit_set (PcBankEdit *self,
                  const char *pointer,
                  JsonNode   *value)
{
  g_autofree char *parent = NULL;
  g_autofree char *last = NULL;
  JsonNode *old;

  g_return_if_fail (PC_IS_BANK_EDIT (self));
  g_return_if_fail (pointer != NULL);

  old = pc_tree_get (self->root, pointer);
  if (pc_tree_equal (old, value) ||
      !can_set (self, pointer, value != NULL) ||
      !pc_tree_split (pointer, &parent, &last)) {
    g_clear_pointer (&value, json_node_unref);
    return;
  }
  if (old != NULL && value != NULL) {
    set (self, pointer, value);
    return;
  }
  pc_bank_edit_begin (self);
  if (value != NULL)
    make_objects (self, parent);
  set (self, pointer, value);
  if (value == NULL)
    remove_empty (self, parent);
  pc_bank_edit_end (self);
}

void
pc_bank_edit_set_text (PcBankEdit *self,
                       const char *pointer,
                       const char *text)
{
  pc_bank_edit_set (self, pointer,
                    text != NULL && *text != '\0'
                        ? json_node_init_string (json_node_alloc (), text)
                        : NULL);
}

/* -- lists ---------------------------------------------------------------- */

void
pc_bank_edit_insert (PcBankEdit *self,
                     const char *pointer,
                     guint       index,
                     JsonNode   *element)
{
  Change   *change;
  JsonNode *node;

  g_return_if_fail (PC_IS_BANK_EDIT (self));
  g_return_if_fail (pointer != NULL && element != NULL);

  pc_bank_edit_begin (self);
  node = pc_tree_get (self->root, pointer);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)) {
    JsonNode *list = json_node_alloc ();

    json_node_init_array (list, NULL);
    json_node_take_array (list, json_array_new ());
    pc_bank_edit_set (self, pointer, list);
  }
  change = new_change (CHANGE_INSERT, pointer);
  change->after = element;
  change->from = MIN (index, pc_bank_edit_get_length (self, pointer));
  push (self, change, TRUE);
  pc_bank_edit_end (self);
}

void
pc_bank_edit_remove (PcBankEdit *self,
                     const char *pointer,
                     guint       index)
{
  Change *change;

  g_return_if_fail (PC_IS_BANK_EDIT (self));
  g_return_if_fail (index < pc_bank_edit_get_length (self, pointer));

  pc_bank_edit_begin (self);
  change = new_change (CHANGE_REMOVE, pointer);
  change->from = index;
  change->before = pc_tree_copy (json_array_get_element (
      json_node_get_array (pc_tree_get (self->root, pointer)), index));
  push (self, change, TRUE);
  if (pc_bank_edit_get_length (self, pointer) == 0 &&
      !g_str_equal (pointer, "/items"))
    pc_bank_edit_set (self, pointer, NULL);
  pc_bank_edit_end (self);
}

void
pc_bank_edit_move (PcBankEdit *self,
                   const char *pointer,
                   guint       from,
                   guint       to)
{
  Change *change;

  g_return_if_fail (PC_IS_BANK_EDIT (self));
  g_return_if_fail (from < pc_bank_edit_get_length (self, pointer));
  g_return_if_fail (to < pc_bank_edit_get_length (self, pointer));

  if (from == to)
    return;
  change = new_change (CHANGE_MOVE, pointer);
  change->from = from;
  change->to = to;
  push (self, change, TRUE);
}

/* -- steps ---------------------------------------------------------------- */

void
pc_bank_edit_begin (PcBankEdit *self)
{
  g_return_if_fail (PC_IS_BANK_EDIT (self));

  if (self->depth++ == 0)
    self->group++;
}

void
pc_bank_edit_end (PcBankEdit *self)
{
  g_return_if_fail (PC_IS_BANK_EDIT (self) && self->depth > 0);

  self->depth--;
}

void
pc_bank_edit_end_step (PcBankEdit *self)
{
  g_return_if_fail (PC_IS_BANK_EDIT (self));

  if (self->n_done > 0)
    ((Change *) self->changes->pdata[self->n_done - 1])->open = FALSE;
}

gboolean
pc_bank_edit_can_undo (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), FALSE);

  return self->n_done > 0;
}

gboolean
pc_bank_edit_can_redo (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), FALSE);

  return self->n_done < self->changes->len;
}

static void
find_stamp (PcBankEdit *self)
{
  self->stamp = self->n_done > 0
                    ? ((Change *) self->changes->pdata[self->n_done - 1])->stamp
                    : self->first_stamp;
}

char *
pc_bank_edit_undo (PcBankEdit *self)
{
  char *pointer = NULL;
  guint group;

  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);

  if (self->n_done == 0)
    return NULL;
  group = ((Change *) self->changes->pdata[self->n_done - 1])->group;
  while (self->n_done > 0) {
    Change *change = self->changes->pdata[self->n_done - 1];

    if (change->group != group)
      break;
    change->open = FALSE;
    apply (self, change, FALSE);
    self->n_done--;
    g_free (pointer);
    pointer = g_strdup (change->pointer);
  }
  pc_bank_edit_end_step (self);
  find_stamp (self);
  tell (self, pointer, TRUE);
  return pointer;
}

char *
pc_bank_edit_redo (PcBankEdit *self)
{
  char *pointer = NULL;
  guint group;

  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);

  if (self->n_done == self->changes->len)
    return NULL;
  group = ((Change *) self->changes->pdata[self->n_done])->group;
  while (self->n_done < self->changes->len) {
    Change *change = self->changes->pdata[self->n_done];

    if (change->group != group)
      break;
    apply (self, change, TRUE);
    self->n_done++;
    g_free (pointer);
    pointer = g_strdup (change->pointer);
  }
  find_stamp (self);
  tell (self, pointer, TRUE);
  return pointer;
}

/* -- the file ------------------------------------------------------------- */

const char *
pc_bank_edit_get_path (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);

  return self->path;
}

const char *
pc_bank_edit_get_digest (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);

  return self->digest;
}

guint64
pc_bank_edit_get_stamp (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), 0);

  return self->stamp;
}

gboolean
pc_bank_edit_is_saved (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), FALSE);

  return self->path != NULL && self->stamp == self->saved_stamp;
}

void
pc_bank_edit_set_saved (PcBankEdit *self,
                        const char *path,
                        const char *text,
                        guint64     stamp)
{
  g_autofree char *kept = g_strdup (path); /* it may be our own */

  g_return_if_fail (PC_IS_BANK_EDIT (self));
  g_return_if_fail (path != NULL && text != NULL);

  pc_bank_edit_end_step (self);
  g_free (self->path);
  self->path = g_steal_pointer (&kept);
  g_free (self->digest);
  self->digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  self->saved_stamp = stamp;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}
