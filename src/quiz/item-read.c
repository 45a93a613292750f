/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading an item from its JSON object: shape only, every member in turn.
 * Whether the members agree with each other and with the world is the matter
 * of item-check.c.  What the types match to configure have of their own is
 * read in item-read-parts.c.
 */

#include "quiz/item-private.h"

#include "quiz/reader-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define MAX_LIST 64
#define MAX_VALUES 32
#define MAX_SECTIONS 16

typedef struct
{
  PcItem *item;
  GArray *values;
  GArray *sections;
  GArray *entries; /* of the section being read */
  GArray *references;
} ItemReader;

static const char *const common_members[] = {
  "id", "type", "revision", "status", "title", "stem", "stimulus",
  "memory_key", "difficulty", "level", "objectives", "tags", "seconds",
  "points", "scoring", "hints", "answer_line", "explanation", "exam_note",
  "facts", "references", "simulation", "authors", "license", "translations",
  NULL
};

/* By PcItemType: what each has besides. */
static const char *const type_members[][6] = {
  [PC_ITEM_SINGLE] = { "options", "shuffle" },
  [PC_ITEM_MULTIPLE] = { "options", "shuffle" },
  [PC_ITEM_NUMBER] = { "unit", "transport", "ask_transport", "accept",
                       "expected_errors" },
  [PC_ITEM_MATCH] = { "left", "right", "pairs" },
  [PC_ITEM_ORDER] = { "steps", "free", "decoys" },
  [PC_ITEM_FAULT] = { "fault_lines", "corrections", "options" },
  [PC_ITEM_PREDICT] = { "ask", "accept", "options" },
  [PC_ITEM_CONFIGURE] = { "fields", "accept", "rules" },
};

static const char *const option_members[] = {
  "id", "text", "correct", "feedback", "right_when", "misconception",
  "service", NULL
};
static const char *const value_members[] = { "value", "credit", "feedback",
                                             "right_when", NULL };
static const char *const section_members[] = { "kind", "heading", "text",
                                               "entries", "from", NULL };
static const char *const entry_members[] = { "id", "term", "text", "step",
                                             NULL };
static const char *const reference_members[] = { "kind", "number", "section",
                                                 "title", "url", NULL };
static const char *const simulation_members[] = { "scenario", "step", "label",
                                                  "params", NULL };
static const char *const person_members[] = { "name", "role", "contact",
                                              NULL };
static const char *const license_members[] = { "spdx", "attribution",
                                               "source", NULL };
static const char *const language_members[] = { "by", "of_revision",
                                                "strings", NULL };

static const char *const statuses[] = { "draft", "reviewed", "retired", NULL };
static const char *const scorings[] = { "all", "partial", NULL };
static const char *const units[] = { "port", "count", "bytes", "code", "block",
                                     NULL };
static const char *const transports[] = { "tcp", "udp", NULL };
static const char *const reference_kinds[] = { "rfc", "iana", "objectives",
                                               "book", "web", NULL };
static const char *const roles[] = { "author", "reviewer", "translator", NULL };
static const char *const froms[] = { "options", NULL };

/* -- helpers -------------------------------------------------------------- */

static const char *
keep_text (PcItem             *item,
           const PcJsonReader *reader,
           const char         *member,
           PcTextKind          kind)
{
  return pc_item_pool_keep (item->pool,
                            pc_reader_text (reader, member, kind, FALSE));
}

static const char *
keep_required (PcItem             *item,
               const PcJsonReader *reader,
               const char         *member,
               PcTextKind          kind)
{
  return pc_item_pool_keep (item->pool,
                            pc_reader_text (reader, member, kind, TRUE));
}

static const char **
keep_ids (PcItem             *item,
          const PcJsonReader *reader,
          const char         *member)
{
  g_autoptr (GPtrArray) ids = pc_reader_texts (reader, member, PC_TEXT_ID,
                                               MAX_LIST);
  const char **kept = g_new0 (const char *, ids->len + 1);

  for (guint i = 0; i < ids->len; i++)
    kept[i] = pc_item_pool_keep (item->pool, g_ptr_array_index (ids, i));
  return kept;
}

void
pc_item_report_missing (const PcJsonReader *reader,
                        const char         *member)
{
  pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, "Q023",
                  reader->pointer, _ ("the member \"%s\" is missing"), member);
}

static void
check_names (const PcJsonReader *reader,
             PcItemType          type)
{
  const char *known[G_N_ELEMENTS (common_members) +
                    G_N_ELEMENTS (type_members[0])] = { NULL };
  guint       n = 0;

  while (common_members[n] != NULL) {
    known[n] = common_members[n];
    n++;
  }
  for (guint i = 0; i < G_N_ELEMENTS (type_members[0]); i++) {
    if (type_members[type][i] != NULL)
      known[n++] = type_members[type][i];
  }
  pc_json_check_members (reader, known);
}

/* A member that is an object, with a reader for it.  @pointer is what the
 * reader points to; free it. */
static gboolean
open_object (const PcJsonReader *reader,
             const char         *member,
             PcJsonReader       *inner,
             char              **pointer)
{
  JsonObject *object = pc_json_read_object (reader, member, FALSE);

  if (object == NULL)
    return FALSE;
  *pointer = pc_json_pointer_member (reader->pointer, member);
  *inner = *reader;
  inner->object = object;
  inner->pointer = *pointer;
  return TRUE;
}

/* -- options and values --------------------------------------------------- */

typedef struct
{
  PcItem *item;
  GArray *rows;
} Options;

static void
read_option (const PcJsonReader *reader,
             guint               index,
             gpointer            user_data)
{
  Options     *self = user_data;
  PcItem      *item = self->item;
  PcItemOption option = { 0 };

  pc_json_check_members (reader, option_members);
  option.id = keep_required (item, reader, "id", PC_TEXT_ID);
  option.text = keep_required (item, reader, "text", PC_TEXT_LINE);
  option.feedback = keep_text (item, reader, "feedback", PC_TEXT_LONG);
  option.right_when = keep_text (item, reader, "right_when", PC_TEXT_LONG);
  option.misconception = keep_text (item, reader, "misconception", PC_TEXT_ID);
  option.service = keep_text (item, reader, "service", PC_TEXT_ID);
  option.value = keep_text (item, reader, "x-value", PC_TEXT_LINE);
  option.settings = keep_text (item, reader, "x-settings", PC_TEXT_LINE);
  option.correct = pc_json_read_bool (reader, "correct", FALSE);
  g_array_append_val (self->rows, option);
}

PcItemOption *
pc_item_read_options (PcItem             *self,
                      const PcJsonReader *reader,
                      const char         *member,
                      gboolean            required,
                      guint               min,
                      guint               max,
                      guint              *n)
{
  Options options = { self,
                      g_array_new (FALSE, FALSE, sizeof (PcItemOption)) };

  pc_reader_objects (reader, member, required, min, max, read_option,
                     &options);
  *n = options.rows->len;
  return (PcItemOption *) g_array_free (options.rows, FALSE);
}

static double
read_credit (const PcJsonReader *reader,
             double              fallback)
{
  JsonNode *node = json_object_get_member (reader->object, "credit");
  GType     type;
  double    credit;

  if (node == NULL)
    return fallback;
  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                      : G_TYPE_NONE;
  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE) {
    credit = type == G_TYPE_INT64 ? (double) json_node_get_int (node)
                                  : json_node_get_double (node);
    if (credit >= 0 && credit <= 1)
      return credit;
  }
  pc_reader_error (reader, "credit", "Q024",
                   _ ("a number from 0 to 1 is expected here"));
  return fallback;
}

static void
read_value (const PcJsonReader *reader,
            ItemReader         *self,
            gboolean            accepted)
{
  PcItemValue value = { 0 };

  pc_json_check_members (reader, value_members);
  if (!json_object_has_member (reader->object, "value"))
    pc_item_report_missing (reader, "value");
  value.value = pc_json_read_int (reader, "value", G_MININT64, G_MAXINT64, 0);
  value.credit = read_credit (reader, accepted ? 1 : 0);
  value.feedback = keep_text (self->item, reader, "feedback", PC_TEXT_LONG);
  value.right_when = keep_text (self->item, reader, "right_when",
                                PC_TEXT_LONG);
  if (!accepted) {
    if (value.feedback == NULL &&
        !json_object_has_member (reader->object, "feedback"))
      pc_item_report_missing (reader, "feedback");
    if (value.credit > 0)
      pc_reader_error (reader, "credit", "Q024",
                       _ ("an expected error earns no credit"));
  }
  g_array_append_val (self->values, value);
}

static void
read_accepted (const PcJsonReader *reader,
               guint               index,
               gpointer            user_data)
{
  read_value (reader, user_data, TRUE);
}

static void
read_expected_error (const PcJsonReader *reader,
                     guint               index,
                     gpointer            user_data)
{
  read_value (reader, user_data, FALSE);
}

static void
read_number (ItemReader         *self,
             const PcJsonReader *reader)
{
  PcItem *item = self->item;

  item->unit = pc_reader_word (reader, "unit", units, TRUE, 0);
  item->transport = 1 + pc_reader_word (reader, "transport", transports, FALSE,
                                        -1);
  item->ask_transport = pc_json_read_bool (reader, "ask_transport", FALSE);
  pc_reader_objects (reader, "accept", TRUE, 1, MAX_VALUES, read_accepted,
                     self);
  item->n_accepted = self->values->len;
  pc_reader_objects (reader, "expected_errors", FALSE, 0, MAX_VALUES,
                     read_expected_error, self);
}

/* -- explanation ---------------------------------------------------------- */

static void
read_entry (const PcJsonReader *reader,
            guint               index,
            gpointer            user_data)
{
  ItemReader *self = user_data;
  PcItemEntry entry = { 0 };

  pc_json_check_members (reader, entry_members);
  entry.id = keep_text (self->item, reader, "id", PC_TEXT_ID);
  entry.term = keep_text (self->item, reader, "term", PC_TEXT_LINE);
  entry.text = keep_required (self->item, reader, "text", PC_TEXT_LONG);
  entry.step = keep_text (self->item, reader, "step", PC_TEXT_ID);
  g_array_append_val (self->entries, entry);
}

static void
read_section (const PcJsonReader *reader,
              guint               index,
              gpointer            user_data)
{
  ItemReader   *self = user_data;
  PcItemSection section = { 0 };

  pc_json_check_members (reader, section_members);
  section.kind = pc_reader_word (reader, "kind", pc_item_section_kinds, TRUE,
                                 0);
  section.heading = keep_text (self->item, reader, "heading", PC_TEXT_LINE);
  section.text = keep_text (self->item, reader, "text", PC_TEXT_LONG);
  section.from_options = pc_reader_word (reader, "from", froms, FALSE, -1) == 0;
  self->entries = g_array_new (FALSE, FALSE, sizeof (PcItemEntry));
  pc_reader_objects (reader, "entries", FALSE, 1, MAX_LIST, read_entry, self);
  section.n_entries = self->entries->len;
  section.entries = (PcItemEntry *) g_array_free (self->entries, FALSE);
  self->entries = NULL;
  if (!json_object_has_member (reader->object, "text") &&
      !json_object_has_member (reader->object, "entries") &&
      !json_object_has_member (reader->object, "from"))
    pc_json_report (reader->json, reader->problems, PC_SEVERITY_ERROR, "Q023",
                    reader->pointer, "%s",
                    _ ("a section needs \"text\", \"entries\" or \"from\""));
  g_array_append_val (self->sections, section);
}

static void
read_reference (const PcJsonReader *reader,
                guint               index,
                gpointer            user_data)
{
  ItemReader     *self = user_data;
  PcItemReference reference = { 0 };

  pc_json_check_members (reader, reference_members);
  reference.kind = pc_reader_word (reader, "kind", reference_kinds, TRUE, 0);
  reference.number = pc_json_read_int (reader, "number", 1, 99999, 0);
  reference.section = keep_text (self->item, reader, "section", PC_TEXT_LINE);
  reference.title = keep_text (self->item, reader, "title", PC_TEXT_LINE);
  reference.url = keep_text (self->item, reader, "url", PC_TEXT_URL);
  if (reference.kind == PC_ITEM_REFERENCE_RFC) {
    if (!json_object_has_member (reader->object, "number"))
      pc_item_report_missing (reader, "number");
  } else if (!json_object_has_member (reader->object, "title")) {
    pc_item_report_missing (reader, "title");
  }
  g_array_append_val (self->references, reference);
}

/* -- simulation ----------------------------------------------------------- */

char *
pc_item_value_to_text (JsonNode *node)
{
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) 
                   ? json_node_get_value_type (node)
                   : G_TYPE_NONE;

  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" PRId64, json_node_get_int (node));
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  return NULL;
}

static void
read_params (PcItem             *item,
             const PcJsonReader *reader)
{
  JsonObject    *params = pc_json_read_object (reader, "params", FALSE);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (params == NULL)
    return;
  item->params = g_new0 (PcItemParam, json_object_get_size (params));
  json_object_iter_init_ordered (&iter, params);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    g_autofree char *value = pc_item_value_to_text (node);

    if (value == NULL) {
      pc_reader_error (reader, "params", "Q022",
                       _ ("the parameter \"%s\" must be a text, a whole "
                          "number, true or false"),
                       name);
      continue;
    }
    item->params[item->n_params++] =
        (PcItemParam){ pc_item_pool_keep (item->pool, name),
                       pc_item_pool_keep (item->pool, value) };
  }
}

static void
read_simulation (PcItem             *item,
                 const PcJsonReader *reader)
{
  PcJsonReader     inner;
  g_autofree char *pointer = NULL;

  if (!open_object (reader, "simulation", &inner, &pointer))
    return;
  pc_json_check_members (&inner, simulation_members);
  item->scenario = keep_required (item, &inner, "scenario", PC_TEXT_ID);
  item->scenario_step = keep_text (item, &inner, "step", PC_TEXT_ID);
  item->scenario_label = keep_text (item, &inner, "label", PC_TEXT_LINE);
  read_params (item, &inner);
}

/* -- people and licence --------------------------------------------------- */

static void
read_person (const PcJsonReader *reader,
             guint               index,
             gpointer            user_data)
{
  gboolean *has_reviewer = user_data;

  pc_json_check_members (reader, person_members);
  pc_reader_text (reader, "name", PC_TEXT_LINE, TRUE);
  pc_reader_text (reader, "contact", PC_TEXT_LINE, FALSE);
  if (pc_reader_word (reader, "role", roles, FALSE, 0) == 1)
    *has_reviewer = TRUE;
}

gboolean
pc_item_read_people (const PcJsonReader *reader)
{
  gboolean has_reviewer = FALSE;

  pc_reader_objects (reader, "authors", FALSE, 1, MAX_LIST, read_person,
                     &has_reviewer);
  return has_reviewer;
}

const char *
pc_item_read_license (const PcJsonReader *reader)
{
  PcJsonReader     inner;
  g_autofree char *pointer = NULL;

  if (!open_object (reader, "license", &inner, &pointer))
    return NULL;
  pc_json_check_members (&inner, license_members);
  pc_reader_text (&inner, "attribution", PC_TEXT_LINE, FALSE);
  pc_reader_text (&inner, "source", PC_TEXT_LINE, FALSE);
  return pc_reader_text (&inner, "spdx", PC_TEXT_LINE, TRUE);
}

/* -- translations --------------------------------------------------------- */

static void
report_stale (const PcJsonReader *reader,
              PcItem             *item,
              const char         *language,
              guint               revision)
{
  pc_json_report (reader->json, reader->problems, PC_SEVERITY_NOTE, "Q040",
                  reader->pointer,
                  _ ("the translation to \"%s\" is of revision %u; the item "
                     "is at %u"),
                  language, revision, item->revision);
}

static GHashTable *
read_strings (const PcJsonReader *reader,
              PcItem             *item,
              GHashTable         *texts)
{
  PcJsonReader     inner;
  g_autofree char *pointer = NULL;
  GHashTable      *strings = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObjectIter   iter;
  const char      *path;
  JsonNode        *node;

  if (!open_object (reader, "strings", &inner, &pointer)) {
    if (!json_object_has_member (reader->object, "strings"))
      pc_item_report_missing (reader, "strings");
    return strings;
  }
  json_object_iter_init_ordered (&iter, inner.object);
  while (json_object_iter_next_ordered (&iter, &path, &node)) {
    const char *text = keep_text (item, &inner, path, PC_TEXT_LONG);

    if (!pc_reader_text_is (path, PC_TEXT_PATH)) {
      pc_reader_error (&inner, path, "Q024", "%s",
                       pc_reader_text_rule (PC_TEXT_PATH));
    } else if (!g_hash_table_contains (texts, path)) {
      g_autofree char *place = pc_json_pointer_member (pointer, path);

      pc_json_report (inner.json, inner.problems, PC_SEVERITY_WARNING, "Q041",
                      place, _ ("the item has no text \"%s\" to translate"),
                      path);
    } else if (text != NULL) {
      g_hash_table_insert (strings,
                           (gpointer) pc_item_pool_keep (item->pool, path),
                           (gpointer) text);
    }
  }
  return strings;
}

static void
read_language (const PcJsonReader *reader,
               PcItem             *item,
               const char         *language,
               GHashTable         *texts)
{
  PcJsonReader     inner;
  g_autofree char *pointer = NULL;
  guint            revision;

  if (!open_object (reader, language, &inner, &pointer))
    return;
  if (!pc_reader_text_is (language, PC_TEXT_LANGUAGE)) {
    pc_reader_error (reader, language, "Q024", "%s",
                     pc_reader_text_rule (PC_TEXT_LANGUAGE));
    return;
  }
  pc_json_check_members (&inner, language_members);
  pc_reader_text (&inner, "by", PC_TEXT_LINE, FALSE);
  revision = pc_json_read_int (&inner, "of_revision", 1, G_MAXINT32,
                               item->revision);
  if (revision < item->revision)
    report_stale (&inner, item, language, revision);
  g_hash_table_insert (item->translations,
                       (gpointer) pc_item_pool_keep (item->pool, language),
                       read_strings (&inner, item, texts));
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
read_translations (PcItem             *item,
                   const PcJsonReader *reader)
{
  PcJsonReader     inner;
  g_autofree char *pointer = NULL;
  g_autoptr (GHashTable) texts = NULL;
  JsonObjectIter   iter;
  const char      *language;
  JsonNode        *node;
  guint            n;

  if (!open_object (reader, "translations", &inner, &pointer))
    return;
  texts = pc_item_list_texts (item);
  item->translations =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                             (GDestroyNotify) g_hash_table_unref);
  json_object_iter_init_ordered (&iter, inner.object);
  while (json_object_iter_next_ordered (&iter, &language, &node))
    read_language (&inner, item, language, texts);
  item->languages = (const char **) g_hash_table_get_keys_as_array (
      item->translations, &n);
  qsort (item->languages, n, sizeof *item->languages, compare_texts);
}

/* -- the whole item ------------------------------------------------------- */

/* A warning is waived with a reason, or not at all. */
static void
check_waivers (const PcJsonReader *reader)
{
  PcJsonReader     inner;
  g_autofree char *pointer = NULL;
  JsonObjectIter   iter;
  const char      *code;
  JsonNode        *node;

  if (!open_object (reader, "x-waive", &inner, &pointer))
    return;
  json_object_iter_init_ordered (&iter, inner.object);
  while (json_object_iter_next_ordered (&iter, &code, &node))
    pc_reader_text (&inner, code, PC_TEXT_LONG, TRUE);
}

static void
read_common (PcItem             *item,
             const PcJsonReader *reader)
{
  g_autoptr (GPtrArray) hints = NULL;

  item->id = keep_required (item, reader, "id", PC_TEXT_ID);
  item->stem = keep_required (item, reader, "stem", PC_TEXT_LONG);
  item->title = keep_text (item, reader, "title", PC_TEXT_LINE);
  item->stimulus = keep_text (item, reader, "stimulus", PC_TEXT_ID);
  item->answer_line = keep_text (item, reader, "answer_line", PC_TEXT_LINE);
  item->exam_note = keep_text (item, reader, "exam_note", PC_TEXT_LONG);
  item->memory_key = keep_text (item, reader, "memory_key",
                                PC_TEXT_MEMORY_KEY);
  if (item->memory_key == NULL)
    item->memory_key = item->id;
  item->objectives = keep_ids (item, reader, "objectives");
  item->tags = keep_ids (item, reader, "tags");
  hints = pc_reader_texts (reader, "hints", PC_TEXT_LONG,
                           G_N_ELEMENTS (item->hints));
  for (guint i = 0; i < hints->len; i++)
    item->hints[item->n_hints++] =
        pc_item_pool_keep (item->pool, g_ptr_array_index (hints, i));
}

static void
read_numbers (PcItem             *item,
              const PcJsonReader *reader)
{
  item->revision = pc_json_read_int (reader, "revision", 1, G_MAXINT32, 1);
  item->difficulty = pc_json_read_int (reader, "difficulty", 1, 5, 0);
  item->seconds = pc_json_read_int (reader, "seconds", 5, 1800, 60);
  item->points = pc_json_read_int (reader, "points", 1, 20, 1);
  item->status = pc_reader_word (reader, "status", statuses, FALSE, 0);
  item->level = 1 + pc_reader_word (reader, "level", pc_item_levels, FALSE, -1);
  item->partial = pc_reader_word (reader, "scoring", scorings, FALSE, 0) == 1;
}

static void
read_type (ItemReader         *self,
           const PcJsonReader *reader)
{
  PcItem *item = self->item;

  if (item->type == PC_ITEM_NUMBER) {
    read_number (self, reader);
  } else if (item->type == PC_ITEM_SINGLE || item->type == PC_ITEM_MULTIPLE) {
    item->shuffle = pc_json_read_bool (reader, "shuffle", TRUE);
    item->options = pc_item_read_options (item, reader, "options", TRUE, 2,
                                          PC_LIMIT_OPTIONS, &item->n_options);
  } else {
    pc_item_read_parts (item, reader);
  }
  for (guint i = 0; i < item->n_options; i++)
    item->n_correct += item->options[i].correct ? 1 : 0;
}

PcItem *
pc_item_read (const PcJsonReader *reader,
              PcItemPool         *pool,
              PcItemType          type,
              GHashTable         *stimuli)
{
  PcItem    *item = g_object_new (PC_TYPE_ITEM, NULL);
  ItemReader self = { .item = item };

  item->pool = pc_item_pool_ref (pool);
  item->type = type;
  pc_json_locate (reader->json, reader->pointer, FALSE, &item->line, NULL);
  self.values = g_array_new (FALSE, FALSE, sizeof (PcItemValue));
  self.sections = g_array_new (FALSE, FALSE, sizeof (PcItemSection));
  self.references = g_array_new (FALSE, FALSE, sizeof (PcItemReference));

  check_names (reader, type);
  read_common (item, reader);
  read_numbers (item, reader);
  read_type (&self, reader);
  pc_reader_objects (reader, "explanation", FALSE, 0, MAX_SECTIONS,
                     read_section, &self);
  pc_reader_objects (reader, "references", FALSE, 0, MAX_LIST, read_reference,
                     &self);
  read_simulation (item, reader);
  item->has_reviewer = pc_item_read_people (reader);
  pc_item_read_license (reader);
  check_waivers (reader);

  item->n_values = self.values->len;
  item->values = (PcItemValue *) g_array_free (self.values, FALSE);
  item->n_sections = self.sections->len;
  item->sections = (PcItemSection *) g_array_free (self.sections, FALSE);
  item->n_references = self.references->len;
  item->references = (PcItemReference *) g_array_free (self.references, FALSE);
  if (item->stimulus != NULL)
    item->shown = g_hash_table_lookup (stimuli, item->stimulus);
  read_translations (item, reader);
  return item;
}
