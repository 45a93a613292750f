/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question bank: the head of the file, its items, and those set aside.
 *
 * Each item is read and checked with its own list of problems, so that one
 * bad item costs only itself and its first error can be told as the reason.
 * Not here: the sidecar files of translations.
 */

#include "quiz/bank.h"

#include "quiz/item-private.h"
#include "quiz/reader-private.h"
#include "quiz/stimulus-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "portcall-question-bank"
#define MAX_LIST 1000

struct _PcBank
{
  GObject     parent_instance;

  PcItemPool *pool;
  const char *id;
  const char *version;
  const char *language;
  const char *title;
  const char *description;
  const char *license;
  gboolean    has_reviewer;

  GPtrArray  *items;     /* PcItem */
  GHashTable *by_id;     /* id to PcItem */
  GArray     *set_aside; /* PcBankSetAside */
  GArray     *objectives; /* PcBankObjective */
};

typedef struct
{
  PcBank       *bank;
  PcItemContext context;
  PcProblems   *problems;
  GHashTable   *ids; /* of all items, also of those set aside */
} Loader;

static const char *const known_top[] = {
  "$schema", "format", "format_version", "id", "version", "language", "title",
  "description", "authors", "license", "objectives", "stimuli", "items", NULL
};
static const char *const known_objective[] = { "id", "scheme", "code", "title",
                                               NULL };

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PcBank, pc_bank, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_init))

/* -- object --------------------------------------------------------------- */

static GType
pc_bank_get_item_type (GListModel *model)
{
  return PC_TYPE_ITEM;
}

static guint
pc_bank_list_get_n_items (GListModel *model)
{
  return PC_BANK (model)->items->len;
}

static gpointer
pc_bank_list_get_item (GListModel *model,
                       guint       position)
{
  PcBank *self = PC_BANK (model);

  if (position >= self->items->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = pc_bank_get_item_type;
  iface->get_n_items = pc_bank_list_get_n_items;
  iface->get_item = pc_bank_list_get_item;
}

static void
pc_bank_finalize (GObject *object)
{
  PcBank *self = PC_BANK (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->set_aside, g_array_unref);
  g_clear_pointer (&self->objectives, g_array_unref);
  g_clear_pointer (&self->pool, pc_item_pool_unref);
  G_OBJECT_CLASS (pc_bank_parent_class)->finalize (object);
}

static void
pc_bank_class_init (PcBankClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pc_bank_finalize;
}

static void
pc_bank_init (PcBank *self)
{
  self->pool = pc_item_pool_new ();
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->set_aside = g_array_new (FALSE, FALSE, sizeof (PcBankSetAside));
  self->objectives = g_array_new (FALSE, FALSE, sizeof (PcBankObjective));
}

/* -- head ----------------------------------------------------------------- */

static const char *
keep (PcBank     *self,
      const char *text)
{
  return pc_item_pool_keep (self->pool, text);
}

static gboolean
read_format (const PcJsonReader *reader)
{
  guint       before = pc_problems_count (reader->problems, PC_SEVERITY_ERROR);
  const char *format = pc_json_read_string (reader, "format", TRUE);
  gint64      version;

  if (format != NULL && !g_str_equal (format, FORMAT))
    pc_reader_error (reader, "format", "Q024", _ ("\"%s\" is expected here"),
                     FORMAT);
  if (!json_object_has_member (reader->object, "format_version"))
    pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, "Q023",
                    reader->pointer, _ ("the member \"%s\" is missing"),
                    "format_version");
  version = pc_json_read_int (reader, "format_version", 1, G_MAXINT32, 1);
  if (version > 1)
    pc_reader_error (reader, "format_version", "Q020",
                     _ ("this bank is made for version %u of the format; "
                        "update the app"),
                     (guint) version);
  return pc_problems_count (reader->problems, PC_SEVERITY_ERROR) == before;
}

/* The reader's own "items" is left empty, so the file is asked. */
static void
check_items (const PcJsonReader *reader)
{
  guint n;

  if (pc_json_read_array (reader, "items", TRUE) != NULL &&
      !pc_json_get_length (reader->json, "/items", &n))
    pc_reader_error (reader, "items", "Q022",
                     _ ("a list in [ ] is expected here"));
}

static gboolean
read_head (PcBank             *self,
           const PcJsonReader *reader)
{
  guint before = pc_problems_count (reader->problems, PC_SEVERITY_ERROR);

  /* A newer format may differ in everything else; say only that. */
  if (!read_format (reader))
    return FALSE;
  self->id = keep (self, pc_reader_text (reader, "id", PC_TEXT_ID, TRUE));
  self->version = keep (self, pc_reader_text (reader, "version",
                                              PC_TEXT_VERSION, TRUE));
  self->language = keep (self, pc_reader_text (reader, "language",
                                               PC_TEXT_LANGUAGE, TRUE));
  self->title = keep (self, pc_reader_text (reader, "title", PC_TEXT_LINE,
                                            TRUE));
  self->description = keep (self, pc_reader_text (reader, "description",
                                                  PC_TEXT_LONG, FALSE));
  self->license = keep (self, pc_item_read_license (reader));
  if (!json_object_has_member (reader->object, "license"))
    pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, "Q023",
                    reader->pointer, _ ("the member \"%s\" is missing"),
                    "license");
  check_items (reader);
  pc_json_check_members (reader, known_top);
  self->has_reviewer = pc_item_read_people (reader);
  return pc_problems_count (reader->problems, PC_SEVERITY_ERROR) == before;
}

static void
read_objective (const PcJsonReader *reader,
                guint               index,
                gpointer            user_data)
{
  Loader         *loader = user_data;
  PcBank         *self = loader->bank;
  PcBankObjective objective = { 0 };

  pc_json_check_members (reader, known_objective);
  objective.id = keep (self, pc_reader_text (reader, "id", PC_TEXT_ID, TRUE));
  objective.scheme = keep (self, pc_reader_text (reader, "scheme",
                                                 PC_TEXT_LINE, FALSE));
  objective.code = keep (self, pc_reader_text (reader, "code", PC_TEXT_LINE,
                                               FALSE));
  objective.title = keep (self, pc_reader_text (reader, "title", PC_TEXT_LINE,
                                                TRUE));
  if (objective.id == NULL || objective.title == NULL)
    return;
  if (!g_hash_table_add (loader->context.objectives, (gpointer) objective.id))
    pc_reader_error (reader, "id", "Q100", _ ("the id \"%s\" is taken"),
                     objective.id);
  else
    g_array_append_val (self->objectives, objective);
}

static void
read_stimulus (const PcJsonReader *reader,
               guint               index,
               gpointer            user_data)
{
  Loader           *loader = user_data;
  const PcStimulus *stimulus = pc_stimulus_read (reader, index,
                                                 loader->bank->pool);

  if (stimulus != NULL &&
      !g_hash_table_insert (loader->context.stimuli, (gpointer) stimulus->id,
                            (gpointer) stimulus))
    pc_reader_error (reader, "id", "Q100", _ ("the id \"%s\" is taken"),
                     stimulus->id);
}

/* -- items ---------------------------------------------------------------- */

/* The first error of @problems, or NULL. */
static const PcProblem *
first_error (PcProblems *problems)
{
  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    const PcProblem *problem = pc_problems_get (problems, i);

    if (problem->severity == PC_SEVERITY_ERROR)
      return problem;
  }
  return NULL;
}

static void
set_aside (Loader             *self,
           const PcJsonReader *reader,
           guint               index,
           const PcProblem    *reason)
{
  PcBank        *bank = self->bank;
  PcBankSetAside row = { .index = index, .severity = reason->severity };
  JsonNode      *id = json_object_get_member (reader->object, "id");
  JsonNode      *type = json_object_get_member (reader->object, "type");

  /* As written, but only texts, and nothing that could be long. */
  if (id != NULL && json_node_get_value_type (id) == G_TYPE_STRING &&
      pc_reader_text_is (json_node_get_string (id), PC_TEXT_ID))
    row.id = keep (bank, json_node_get_string (id));
  if (type != NULL && json_node_get_value_type (type) == G_TYPE_STRING &&
      pc_reader_text_is (json_node_get_string (type), PC_TEXT_LINE))
    row.type = keep (bank, json_node_get_string (type));
  row.line = reason->line;
  row.column = reason->column;
  row.reason = keep (bank, reason->message);
  g_array_append_val (bank->set_aside, row);
}

/* Reads and checks; problems go to the reader's own list.  NULL when the item
 * cannot be used. */
static PcItem *
read_item (Loader             *self,
           const PcJsonReader *reader)
{
  g_autoptr (PcItem) item = NULL;
  PcProblems *own = reader->problems;
  int type = pc_reader_word (reader, "type", pc_item_types, TRUE, -1);

  if (type < 0)
    return NULL;
  item = pc_item_read (reader, self->bank->pool, type,
                       self->context.stimuli);
  if (item->id != NULL && !g_hash_table_add (self->ids, (gpointer) item->id))
    pc_reader_error (reader, "id", "Q100",
                     _ ("an item above has the id \"%s\" already"), item->id);
  if (pc_problems_count (own, PC_SEVERITY_ERROR) == 0)
    pc_item_check (item, reader, &self->context);
  if (pc_problems_count (own, PC_SEVERITY_ERROR) > 0)
    return NULL;
  pc_item_lint (item, reader, &self->context);
  return g_steal_pointer (&item);
}

static void
add_item (Loader             *self,
          const PcJsonReader *reader,
          guint               index)
{
  PcJsonReader inner = *reader;
  g_autoptr (PcProblems) own = pc_problems_new ();
  PcItem      *item;
  guint        last;

  inner.problems = own;
  item = read_item (self, &inner);
  if (item != NULL)
    item->index = index;
  last = pc_problems_get_n (own);
  if (item != NULL) {
    g_ptr_array_add (self->bank->items, item);
    g_hash_table_insert (self->bank->by_id, (gpointer) item->id, item);
  } else {
    const PcProblem *reason = first_error (own);

    if (reason == NULL)
      reason = pc_problems_get (own, last - 1);
    set_aside (self, reader, index, reason);
  }
  pc_problems_take_all (self->problems, own);
}

/* One at a time: all the trees together would take twenty times the room of
 * the file. */
static void
add_items (Loader             *self,
           const PcJsonReader *reader)
{
  guint n = 0;

  pc_json_get_length (reader->json, "/items", &n);
  if (n > PC_LIMIT_BANK_ITEMS) {
    pc_reader_error (reader, "items", "Q024",
                     _ ("a bank may have %u items, not %u"),
                     PC_LIMIT_BANK_ITEMS, n);
    return;
  }
  for (guint i = 0; i < n; i++) {
    g_autofree char *pointer = pc_json_pointer_index ("/items", i);
    g_autoptr (JsonNode) node = pc_json_dup_node (reader->json, pointer, NULL);
    PcJsonReader     inner = *reader;

    if (!JSON_NODE_HOLDS_OBJECT (node)) {
      pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR,
                      "Q022", pointer, "%s",
                      _ ("an object in { } is expected here"));
      continue;
    }
    inner.object = json_node_get_object (node);
    inner.pointer = pointer;
    add_item (self, &inner, i);
  }
}

static void
load_items (PcBank             *self,
            const PcJsonReader *reader,
            PcServices         *services,
            PcBankHasStep       has_step,
            gpointer            user_data)
{
  g_autoptr (GHashTable) objectives = NULL;
  g_autoptr (GHashTable) stimuli = NULL;
  g_autoptr (GHashTable) ids = NULL;
  Loader loader = { .bank = self, .problems = reader->problems };

  objectives = g_hash_table_new (g_str_hash, g_str_equal);
  stimuli = g_hash_table_new (g_str_hash, g_str_equal);
  ids = g_hash_table_new (g_str_hash, g_str_equal);
  loader.ids = ids;
  loader.context = (PcItemContext){
    .services = services,
    .objectives = objectives,
    .stimuli = stimuli,
    .has_step = has_step,
    .user_data = user_data,
    .language = self->language,
    .has_reviewer = self->has_reviewer,
  };
  pc_reader_objects (reader, "objectives", FALSE, 0, MAX_LIST, read_objective,
                     &loader);
  pc_reader_objects (reader, "stimuli", FALSE, 0, MAX_LIST, read_stimulus,
                     &loader);
  add_items (&loader, reader);
}

/* -- public --------------------------------------------------------------- */

PcBank *
pc_bank_new_from_json (PcJson        *json,
                       PcServices    *services,
                       PcProblems    *problems,
                       PcBankHasStep  has_step,
                       gpointer       user_data)
{
  g_autoptr (PcBank) self = NULL;
  PcJsonReader reader = { json, problems, NULL, "" };
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  root = pc_json_dup_node (json, "", "items");
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    pc_json_report (json, problems, PC_SEVERITY_ERROR, "Q022", "", "%s",
                    _ ("a question bank is an object in { }"));
    return NULL;
  }
  reader.object = json_node_get_object (root);
  self = g_object_new (PC_TYPE_BANK, NULL);
  if (!read_head (self, &reader))
    return NULL;
  load_items (self, &reader, services, has_step, user_data);
  return g_steal_pointer (&self);
}

PcBank *
pc_bank_load (const char    *path,
              PcServices    *services,
              PcProblems    *problems,
              PcBankHasStep  has_step,
              gpointer       user_data)
{
  g_autoptr (PcJson) json = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  json = pc_json_load (path, problems);
  if (json == NULL)
    return NULL;
  return pc_bank_new_from_json (json, services, problems, has_step, user_data);
}

const char *
pc_bank_get_id (PcBank *self)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);

  return self->id;
}

const char *
pc_bank_get_version (PcBank *self)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);

  return self->version;
}

const char *
pc_bank_get_language (PcBank *self)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);

  return self->language;
}

const char *
pc_bank_get_title (PcBank *self)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);

  return self->title;
}

const char *
pc_bank_get_description (PcBank *self)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);

  return self->description;
}

const char *
pc_bank_get_license (PcBank *self)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);

  return self->license;
}

guint
pc_bank_get_n_items (PcBank *self)
{
  g_return_val_if_fail (PC_IS_BANK (self), 0);

  return self->items->len;
}

PcItem *
pc_bank_get_item (PcBank *self,
                  guint   index)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return g_ptr_array_index (self->items, index);
}

PcItem *
pc_bank_lookup (PcBank     *self,
                const char *id)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

guint
pc_bank_get_n_set_aside (PcBank *self)
{
  g_return_val_if_fail (PC_IS_BANK (self), 0);

  return self->set_aside->len;
}

const PcBankSetAside *
pc_bank_get_set_aside (PcBank *self,
                       guint   index)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);
  g_return_val_if_fail (index < self->set_aside->len, NULL);

  return &g_array_index (self->set_aside, PcBankSetAside, index);
}

guint
pc_bank_get_n_objectives (PcBank *self)
{
  g_return_val_if_fail (PC_IS_BANK (self), 0);

  return self->objectives->len;
}

const PcBankObjective *
pc_bank_get_objective (PcBank *self,
                       guint   index)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);
  g_return_val_if_fail (index < self->objectives->len, NULL);

  return &g_array_index (self->objectives, PcBankObjective, index);
}

const PcBankObjective *
pc_bank_lookup_objective (PcBank     *self,
                          const char *id)
{
  g_return_val_if_fail (PC_IS_BANK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->objectives->len; i++) {
    const PcBankObjective *objective = pc_bank_get_objective (self, i);

    if (g_str_equal (objective->id, id))
      return objective;
  }
  return NULL;
}

char *
pc_bank_objective_dup_name (const PcBankObjective *objective)
{
  g_return_val_if_fail (objective != NULL, NULL);

  if (objective->scheme == NULL)
    return g_strdup (objective->title);
  if (objective->code == NULL)
    return g_strdup_printf ("%s: %s", objective->scheme, objective->title);
  return g_strdup_printf ("%s %s: %s", objective->scheme, objective->code,
                          objective->title);
}
