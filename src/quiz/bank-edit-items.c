/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Editing a bank: whole questions, what a new one must have, and which
 * revision a changed one is; and how a bank comes to the disk.
 */

#include "quiz/bank-edit.h"

#include "quiz/bank-edit-private.h"
#include "quiz/item-private.h"

#include "base/json-edit.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* -- what is new ---------------------------------------------------------- */

/* Of a new bank.  The licence is its author's to choose. */
static const char new_bank[] =
    "{\"format\": \"portcall-question-bank\", \"format_version\": 1, "
    "\"id\": \"\", \"version\": \"1.0.0\", \"language\": \"en\", "
    "\"title\": \"\", \"license\": {\"spdx\": \"CC-BY-SA-4.0\"}, "
    "\"items\": []}";

#define OPTIONS                                                             \
  "\"options\": [{\"id\": \"a\", \"text\": \"\", \"correct\": true}, "      \
  "{\"id\": \"b\", \"text\": \"\"}, {\"id\": \"c\", \"text\": \"\"}]"

/* By PcItemType: what a new question has besides id, type and stem. */
static const char *const new_items[] = {
  [PC_ITEM_SINGLE] = "{" OPTIONS "}",
  [PC_ITEM_MULTIPLE] =
      "{\"scoring\": \"partial\", "
      "\"options\": [{\"id\": \"a\", \"text\": \"\", \"correct\": true}, "
      "{\"id\": \"b\", \"text\": \"\", \"correct\": true}, "
      "{\"id\": \"c\", \"text\": \"\"}]}",
  [PC_ITEM_MATCH] =
      "{\"scoring\": \"partial\", "
      "\"left\": [{\"id\": \"l1\", \"text\": \"\"}, "
      "{\"id\": \"l2\", \"text\": \"\"}], "
      "\"right\": [{\"id\": \"r1\", \"text\": \"\"}, "
      "{\"id\": \"r2\", \"text\": \"\"}], "
      "\"pairs\": [{\"left\": \"l1\", \"right\": \"r1\"}, "
      "{\"left\": \"l2\", \"right\": \"r2\"}]}",
  [PC_ITEM_ORDER] =
      "{\"scoring\": \"partial\", "
      "\"steps\": [{\"id\": \"s1\", \"text\": \"\"}, "
      "{\"id\": \"s2\", \"text\": \"\"}, {\"id\": \"s3\", \"text\": \"\"}]}",
  [PC_ITEM_NUMBER] = "{\"unit\": \"port\", \"accept\": [{\"value\": null}]}",
  [PC_ITEM_FAULT] = "{\"fault_lines\": [\"l2\"]}",
  [PC_ITEM_PREDICT] =
      "{\"ask\": \"next-reply\", "
      "\"accept\": [{\"match\": \"code\", \"value\": \"\"}]}",
  [PC_ITEM_CONFIGURE] =
      "{\"scoring\": \"partial\", \"fields\": ["
      "{\"id\": \"in-port\", \"label\": \"Incoming port\", "
      "\"kind\": \"port\"}], \"accept\": [{\"in-port\": null}]}",
};

/* The transcript that a new fault question is about. */
static const char new_stimulus[] =
    "{\"id\": \"\", \"kind\": \"transcript\", \"lines\": ["
    "{\"id\": \"l1\", \"from\": \"C\", \"text\": \"\"}, "
    "{\"id\": \"l2\", \"from\": \"S\", \"text\": \"\"}]}";

/* By the last name of a list: what a new element has, with an id that begins
 * as given. */
static const struct
{
  const char *list;
  const char *id; /* NULL: has none */
  const char *text;
} new_elements[] = {
  { "options", "o", "{\"id\": \"\", \"text\": \"\"}" },
  { "left", "l", "{\"id\": \"\", \"text\": \"\"}" },
  { "right", "r", "{\"id\": \"\", \"text\": \"\"}" },
  { "steps", "s", "{\"id\": \"\", \"text\": \"\"}" },
  { "decoys", "d", "{\"id\": \"\", \"text\": \"\"}" },
  { "choices", "c", "{\"id\": \"\", \"text\": \"\"}" },
  { "lines", "l", "{\"id\": \"\", \"from\": \"S\", \"text\": \"\"}" },
  { "fields", "field-",
    "{\"id\": \"\", \"label\": \"\", \"kind\": \"port\"}" },
  { "pairs", NULL, "{\"left\": \"\", \"right\": \"\"}" },
  { "expected_errors", NULL, "{\"value\": null, \"feedback\": \"\"}" },
  { "rules", NULL,
    "{\"when\": {}, \"severity\": \"wrong\", \"feedback\": \"\"}" },
  { "explanation", NULL, "{\"kind\": \"why\", \"text\": \"\"}" },
  { "entries", "e", "{\"id\": \"\", \"text\": \"\"}" },
  { "references", NULL, "{\"kind\": \"rfc\", \"number\": null}" },
  { "facts", NULL,
    "{\"service\": \"\", \"field\": \"port\", \"value\": null}" },
  { "objectives", "objective-", "{\"id\": \"\", \"title\": \"\"}" },
  { "stimuli", "transcript-", new_stimulus },
  { "authors", NULL, "{\"name\": \"\", \"role\": \"author\"}" },
};

static JsonNode *
make_node (const char *text)
{
  JsonNode *node = json_from_string (text, NULL);

  g_assert (node != NULL);
  return node;
}

PcBankEdit *
pc_bank_edit_new (const char *id,
                  const char *title)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (JsonNode) bank = make_node (new_bank);
  g_autofree char *text = NULL;

  g_return_val_if_fail (id != NULL && title != NULL, NULL);

  json_object_set_string_member (json_node_get_object (bank), "id", id);
  json_object_set_string_member (json_node_get_object (bank), "title", title);
  text = json_to_string (bank, FALSE);
  return pc_bank_edit_parse ("", (const guint8 *) text, strlen (text),
                             problems);
}

/* -- ids ------------------------------------------------------------------ */

static gboolean
is_taken (PcBankEdit *self,
          const char *pointer,
          const char *id)
{
  guint n = pc_bank_edit_get_length (self, pointer);

  for (guint i = 0; i < n; i++) {
    g_autofree char *place = g_strdup_printf ("%s/%u/id", pointer, i);

    if (g_strcmp0 (pc_bank_edit_get_text (self, place), id) == 0)
      return TRUE;
  }
  return FALSE;
}

char *
pc_bank_edit_dup_free_id (PcBankEdit *self,
                          const char *pointer,
                          const char *base)
{
  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);
  g_return_val_if_fail (pointer != NULL && base != NULL, NULL);

  for (guint i = 1;; i++) {
    g_autofree char *id = g_strdup_printf ("%s%u", base, i);

    if (!is_taken (self, pointer, id))
      return g_steal_pointer (&id);
  }
}

JsonNode *
pc_bank_edit_make_element (PcBankEdit *self,
                           const char *pointer)
{
  const char *list = strrchr (pointer, '/');
  guint       item;
  const char *member;

  g_return_val_if_fail (PC_IS_BANK_EDIT (self), NULL);
  g_return_val_if_fail (list != NULL, NULL);

  list++;
  if (g_str_equal (list, "accept") &&
      pc_bank_edit_split_pointer (pointer, &item, &member)) {
    g_autofree char *place = g_strdup_printf ("/items/%u/type", item);
    const char *type = pc_bank_edit_get_text (self, place);

    if (g_strcmp0 (type, "predict") == 0)
      return make_node ("{\"match\": \"code\", \"value\": \"\"}");
    return make_node (g_strcmp0 (type, "configure") == 0
                          ? "{}"
                          : "{\"value\": null}");
  }
  for (guint i = 0; i < G_N_ELEMENTS (new_elements); i++) {
    JsonNode *node;

    if (!g_str_equal (new_elements[i].list, list))
      continue;
    node = make_node (new_elements[i].text);
    if (new_elements[i].id != NULL) {
      g_autofree char *id =
          pc_bank_edit_dup_free_id (self, pointer, new_elements[i].id);

      json_object_set_string_member (json_node_get_object (node), "id", id);
    }
    return node;
  }
  return make_node ("{}");
}

/* -- questions ------------------------------------------------------------ */

/* The lines that a fault question needs, beside the questions. */
static void
add_stimulus (PcBankEdit *self,
              JsonObject *item)
{
  JsonNode   *node = pc_bank_edit_make_element (self, "/stimuli");
  const char *id =
      json_object_get_string_member (json_node_get_object (node), "id");

  json_object_set_string_member (item, "stimulus", id);
  pc_bank_edit_insert (self, "/stimuli", G_MAXUINT, node);
}

/* Of a tree nothing is changed: what is in it can be in others, too. */
static void
share_members (JsonNode   *from,
               JsonObject *to)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init_ordered (&iter, json_node_get_object (from));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (to, name, json_node_ref (value));
}

guint
pc_bank_edit_add_item (PcBankEdit *self,
                       PcItemType  type,
                       guint       after)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) rest = NULL;
  JsonNode   *node = json_node_alloc ();
  JsonObject *item = json_object_new ();
  guint       n = pc_bank_edit_get_n_items (self);
  guint       index = after < n ? after + 1 : n;

  g_return_val_if_fail (type < G_N_ELEMENTS (new_items), 0);

  id = pc_bank_edit_dup_free_id (self, "/items", "question-");
  json_object_set_string_member (item, "id", id);
  json_object_set_string_member (item, "type", pc_item_types[type]);
  json_object_set_string_member (item, "stem", "");
  pc_bank_edit_begin (self);
  if (type == PC_ITEM_FAULT)
    add_stimulus (self, item);
  rest = make_node (new_items[type]);
  share_members (rest, item);
  json_node_init_object (node, item);
  json_object_unref (item);
  pc_bank_edit_insert (self, "/items", index, node);
  pc_bank_edit_end (self);
  return index;
}

guint
pc_bank_edit_duplicate_item (PcBankEdit *self,
                             guint       index)
{
  g_autofree char *pointer = g_strdup_printf ("/items/%u", index);
  JsonNode *node = pc_bank_edit_get (self, pointer);

  g_return_val_if_fail (node != NULL, 0);

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject      *item = json_object_new ();
    g_autofree char *own = g_strconcat (pointer, "/id", NULL);
    const char      *old = pc_bank_edit_get_text (self, own);
    g_autofree char *base =
        g_strdup_printf ("%.50s-", old != NULL ? old : "question");
    g_autofree char *id = pc_bank_edit_dup_free_id (self, "/items", base);

    share_members (node, item);
    json_object_set_string_member (item, "id", id);
    /* It is another question, which nobody has read yet. */
    if (json_object_has_member (item, "revision"))
      json_object_set_int_member (item, "revision", 1);
    if (json_object_has_member (item, "status"))
      json_object_set_string_member (item, "status", "draft");
    node = json_node_new (JSON_NODE_OBJECT);
    json_node_take_object (node, item);
  } else {
    json_node_ref (node);
  }
  pc_bank_edit_insert (self, "/items", index + 1, node);
  return index + 1;
}

/* -- revisions ------------------------------------------------------------ */

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : "";
}

/* Whatever somebody wrote there. */
static gint64
get_revision (JsonObject *item)
{
  JsonNode *node = json_object_get_member (item, "revision");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : 1;
}

static gboolean
is_true (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

/* Ids of what is right, in their order; what else of an option changes is
 * wording. */
static void
write_correct (GString    *out,
               JsonObject *item)
{
  JsonNode  *node = json_object_get_member (item, "options");
  JsonArray *options;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  options = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (options); i++) {
    JsonNode *option = json_array_get_element (options, i);

    if (!JSON_NODE_HOLDS_OBJECT (option))
      continue;
    if (is_true (json_node_get_object (option), "correct"))
      g_string_append_printf (
          out, "%s ", get_string (json_node_get_object (option), "id"));
  }
}

/* A list of objects, of which only some members belong to the key. */
static void
write_list (GString    *out,
            JsonObject *item,
            const char *name,
            const char *const *members)
{
  JsonNode  *node = json_object_get_member (item, name);
  JsonArray *list;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  g_string_append (out, name);
  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonNode *row = json_array_get_element (list, i);

    for (guint k = 0; members[k] != NULL && JSON_NODE_HOLDS_OBJECT (row);
         k++) {
      JsonNode *member =
          json_object_get_member (json_node_get_object (row), members[k]);
      g_autofree char *text =
          member != NULL ? json_to_string (member, FALSE) : g_strdup ("-");

      g_string_append_printf (out, " %s", text);
    }
  }
}

/* What has to be answered, as a text to compare. */
static char *
dup_key (JsonObject *item)
{
  static const char *const whole[] = { "type", "unit", "transport",
                                       "ask_transport", "ask", "free",
                                       "fault_lines", "corrections",
                                       "memory_key", NULL };
  static const char *const values[] = { "value", "credit", NULL };
  static const char *const pairs[] = { "left", "right", NULL };
  static const char *const ids[] = { "id", NULL };
  GString    *out = g_string_new (NULL);

  for (guint i = 0; whole[i] != NULL; i++) {
    JsonNode *node = json_object_get_member (item, whole[i]);
    g_autofree char *text =
        node != NULL ? json_to_string (node, FALSE) : g_strdup ("-");

    g_string_append_printf (out, "%s ", text);
  }
  write_correct (out, item);
  write_list (out, item, "pairs", pairs);
  write_list (out, item, "steps", ids);
  write_list (out, item, "decoys", ids);
  if (g_str_equal (get_string (item, "type"), "number")) {
    write_list (out, item, "accept", values);
  } else if (json_object_has_member (item, "accept")) {
    g_autofree char *text =
        json_to_string (json_object_get_member (item, "accept"), FALSE);

    g_string_append (out, text);
  }
  return g_string_free (out, FALSE);
}

/* Whether the question at @pointer needed, and got, another revision. */
static gboolean
apply_revision (PcBankEdit *self,
                const char *pointer,
                const char *old_text)
{
  g_autoptr (JsonNode) old_node = json_from_string (old_text, NULL);
  JsonObject *old = json_node_get_object (old_node);
  JsonObject *item = json_node_get_object (pc_bank_edit_get (self, pointer));
  g_autofree char *old_key = dup_key (old);
  g_autofree char *key = dup_key (item);
  g_autofree char *revision = g_strconcat (pointer, "/revision", NULL);
  g_autofree char *resets = g_strconcat (pointer, "/x-resets-memory", NULL);
  gint64 was = get_revision (old);

  if (g_str_equal (key, old_key) ||
      get_revision (item) > was)
    return FALSE;
  pc_bank_edit_set (self, revision,
                    json_node_init_int (json_node_alloc (), was + 1));
  pc_bank_edit_set (self, resets,
                    json_node_init_boolean (json_node_alloc (), TRUE));
  return TRUE;
}

guint
pc_bank_edit_apply_revisions (PcBankEdit *self)
{
  GHashTable *baseline = pc_bank_edit_get_baseline (self);
  guint       n_items = pc_bank_edit_get_n_items (self);
  guint       n = 0;

  g_return_val_if_fail (PC_IS_BANK_EDIT (self), 0);

  pc_bank_edit_begin (self);
  for (guint i = 0; i < n_items; i++) {
    g_autofree char *pointer = g_strdup_printf ("/items/%u", i);
    g_autofree char *id_pointer = g_strconcat (pointer, "/id", NULL);
    const char *id = pc_bank_edit_get_text (self, id_pointer);
    const char *old = id != NULL ? g_hash_table_lookup (baseline, id) : NULL;

    if (old != NULL && apply_revision (self, pointer, old))
      n++;
  }
  pc_bank_edit_end (self);
  return n;
}

/* -- the file ------------------------------------------------------------- */

gboolean
pc_bank_edit_write (const char *path,
                    const char *text,
                    const char *digest,
                    GError    **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *now = NULL;

  g_return_val_if_fail (path != NULL && text != NULL, FALSE);

  now = digest != NULL ? pc_json_file_digest (path) : NULL;
  if (g_strcmp0 (now, digest) != 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
                         "the file is not what was read");
    return FALSE;
  }
  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0755) != 0) {
    int code = errno;

    g_set_error_literal (error, G_FILE_ERROR,
                         g_file_error_from_errno (code), g_strerror (code));
    return FALSE;
  }
  return pc_json_file_save (path, text, NULL, NULL, error);
}

/* -- problems ------------------------------------------------------------- */

gboolean
pc_bank_edit_split_pointer (const char  *pointer,
                            guint       *item,
                            const char **member)
{
  static const char start[] = "/items/";
  g_autofree char *number = NULL;
  const char *end;
  guint64 value;

  if (pointer == NULL || !g_str_has_prefix (pointer, start))
    return FALSE;
  pointer += strlen (start);
  end = pointer + strcspn (pointer, "/");
  number = g_strndup (pointer, (gsize) (end - pointer));
  if (!g_ascii_string_to_unsigned (number, 10, 0, G_MAXUINT - 1, &value,
                                   NULL))
    return FALSE;
  *item = (guint) value;
  if (member != NULL)
    *member = end;
  return TRUE;
}
