/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question bank while somebody writes it: a tree of JSON with a history, of
 * which each change is told, and which knows where its members usually stand.
 *
 * Whether any of it makes sense is not asked here.
 */

#include "quiz/bank-edit.h"

#include "quiz/bank-edit-private.h"

#include "base/json-edit.h"
#include "base/limits.h"

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

struct _PcBankEdit
{
  GObject parent_instance;

  PcJsonEdit *edit;
  GHashTable *baseline; /* id to text, or NULL */
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
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *spec)
{
  g_value_set_uint64 (value,
                      pc_bank_edit_get_stamp (PC_BANK_EDIT (object)));
}

static void
finalize (GObject *object)
{
  PcBankEdit *self = PC_BANK_EDIT (object);

  g_clear_pointer (&self->edit, pc_json_edit_free);
  g_clear_pointer (&self->baseline, g_hash_table_unref);
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
  self->edit = pc_json_edit_new (json_node_ref (root));
  pc_json_edit_set_order (self->edit, usual_order);
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
    pc_bank_edit_set_saved (self, path, text, 0);
  return self;
}

char *
pc_bank_edit_dup_text (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);

  return pc_json_write (pc_json_edit_get_root (self->edit));
}

/* -- values --------------------------------------------------------------- */

JsonNode *
pc_bank_edit_get (PcBankEdit *self,
                  const char *pointer)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);
  g_return_val_if_fail (pointer != NULL, NULL);

  return pc_json_edit_get (self->edit, pointer);
}

static gboolean
is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_STRING;
}

const char *
pc_bank_edit_get_text (PcBankEdit *self,
                       const char *pointer)
{
  JsonNode *node = pc_bank_edit_get (self, pointer);

  return is_string (node) ? json_node_get_string (node) : NULL;
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

static void
tell (PcBankEdit *self,
      const char *pointer,
      gboolean    shape)
{
  /* It may be of a widget, which goes by this. */
  g_autofree char *kept = g_strdup (pointer);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, kept, shape);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static gboolean
is_same (JsonNode *a,
         JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

void
pc_bank_edit_set (PcBankEdit *self,
                  const char *pointer,
                  JsonNode   *value)
{
  g_autoptr (JsonNode) mine = value;
  gboolean done;

  g_return_if_fail (PC_IS_BANK_EDIT (self));
  g_return_if_fail (pointer != NULL);

  if (*pointer == '\0' ||
      is_same (pc_json_edit_get (self->edit, pointer), value))
    return;
  /* What is typed into one field is one step. */
  pc_json_edit_begin (self->edit, is_string (value) ? pointer : NULL);
  done = pc_json_edit_put (self->edit, pointer, g_steal_pointer (&mine));
  pc_json_edit_end (self->edit);
  if (done)
    tell (self, pointer, FALSE);
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
  JsonNode *node;

  g_return_if_fail (PC_IS_BANK_EDIT (self));
  g_return_if_fail (pointer != NULL && element != NULL);

  pc_json_edit_begin (self->edit, NULL);
  node = pc_json_edit_get (self->edit, pointer);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)) {
    JsonNode *list = json_node_new (JSON_NODE_ARRAY);

    json_node_take_array (list, json_array_new ());
    pc_bank_edit_set (self, pointer, list);
  }
  if (pc_json_edit_insert (self->edit, pointer, index, element))
    tell (self, pointer, TRUE);
  pc_json_edit_end (self->edit);
}

void
pc_bank_edit_remove (PcBankEdit *self,
                     const char *pointer,
                     guint       index)
{
  g_return_if_fail (PC_IS_BANK_EDIT (self));
  g_return_if_fail (index < pc_bank_edit_get_length (self, pointer));

  pc_json_edit_begin (self->edit, NULL);
  pc_json_edit_remove (self->edit, pointer, index);
  tell (self, pointer, TRUE);
  if (pc_bank_edit_get_length (self, pointer) == 0 &&
      !g_str_equal (pointer, "/items"))
    pc_bank_edit_set (self, pointer, NULL);
  pc_json_edit_end (self->edit);
}

void
pc_bank_edit_move (PcBankEdit *self,
                   const char *pointer,
                   guint       from,
                   guint       to)
{
  g_return_if_fail (PC_IS_BANK_EDIT (self));
  g_return_if_fail (from < pc_bank_edit_get_length (self, pointer));
  g_return_if_fail (to < pc_bank_edit_get_length (self, pointer));

  if (pc_json_edit_move (self->edit, pointer, from, to))
    tell (self, pointer, TRUE);
}

/* -- steps ---------------------------------------------------------------- */

void
pc_bank_edit_begin (PcBankEdit *self)
{
  g_return_if_fail (PC_IS_BANK_EDIT (self));

  pc_json_edit_begin (self->edit, NULL);
}

void
pc_bank_edit_end (PcBankEdit *self)
{
  g_return_if_fail (PC_IS_BANK_EDIT (self));

  pc_json_edit_end (self->edit);
}

void
pc_bank_edit_end_step (PcBankEdit *self)
{
  g_return_if_fail (PC_IS_BANK_EDIT (self));

  pc_json_edit_end_step (self->edit);
}

gboolean
pc_bank_edit_can_undo (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), FALSE);

  return pc_json_edit_can_undo (self->edit);
}

gboolean
pc_bank_edit_can_redo (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), FALSE);

  return pc_json_edit_can_redo (self->edit);
}

char *
pc_bank_edit_undo (PcBankEdit *self)
{
  char *pointer;

  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);

  pointer = g_strdup (pc_json_edit_undo (self->edit));
  if (pointer != NULL)
    tell (self, pointer, TRUE);
  return pointer;
}

char *
pc_bank_edit_redo (PcBankEdit *self)
{
  char *pointer;

  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);

  pointer = g_strdup (pc_json_edit_redo (self->edit));
  if (pointer != NULL)
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

  return pc_json_edit_get_stamp (self->edit);
}

gboolean
pc_bank_edit_is_saved (PcBankEdit *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), FALSE);

  return self->path != NULL &&
         pc_bank_edit_get_stamp (self) == self->saved_stamp;
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
  self->digest = pc_json_text_digest (text);
  self->saved_stamp = stamp;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}
