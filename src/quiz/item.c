/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One question: what the rest of the program may ask of it.
 *
 * All strings live in the pool of the bank, which the last item frees.  A
 * translated text is found by the path that quiz files use for it, such as
 * "options.o143.feedback"; ids make the path, never positions, so that
 * translations outlive changes of order.  Hints have no ids and are counted
 * from 1.
 */

#include "quiz/item.h"

#include "quiz/item-private.h"
#include "quiz/stimulus-private.h"

#include <inttypes.h>
#include <string.h>

const char *const pc_item_types[] = { "single", "multiple", "number",
                                      "match", "order", "fault",
                                      "predict", "configure", NULL };
const char *const pc_item_levels[] = { "remember", "understand", "apply",
                                       "analyse", "evaluate", NULL };
const char *const pc_item_section_kinds[] = {
  "concept", "features", "why", "comparison", "context",
  "steps", "security", "pitfall", "conclusion", "note", NULL
};

G_DEFINE_FINAL_TYPE (PcItem, pc_item, G_TYPE_OBJECT)

/* -- pool ----------------------------------------------------------------- */

PcItemPool *
pc_item_pool_new (void)
{
  PcItemPool *self = g_atomic_rc_box_new (PcItemPool);

  self->strings = g_string_chunk_new (16384);
  self->stimuli = g_ptr_array_new ();
  return self;
}

PcItemPool *
pc_item_pool_ref (PcItemPool *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_pool (gpointer data)
{
  PcItemPool *self = data;

  for (guint i = 0; i < self->stimuli->len; i++)
    pc_stimulus_free (g_ptr_array_index (self->stimuli, i));
  g_clear_pointer (&self->stimuli, g_ptr_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
}

void
pc_item_pool_unref (PcItemPool *self)
{
  g_atomic_rc_box_release_full (self, clear_pool);
}

const char *
pc_item_pool_keep (PcItemPool *self,
                   const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->strings, text) : NULL;
}

/* -- object --------------------------------------------------------------- */

static void
pc_item_finalize (GObject *object)
{
  PcItem *self = PC_ITEM (object);

  for (guint i = 0; i < self->n_sections; i++)
    g_clear_pointer (&self->sections[i].entries, g_free);
  pc_item_clear_parts (self);
  g_clear_pointer (&self->objectives, g_free);
  g_clear_pointer (&self->tags, g_free);
  g_clear_pointer (&self->options, g_free);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->sections, g_free);
  g_clear_pointer (&self->references, g_free);
  g_clear_pointer (&self->params, g_free);
  g_clear_pointer (&self->ports, g_free);
  g_clear_pointer (&self->languages, g_free);
  g_clear_pointer (&self->translations, g_hash_table_unref);
  g_clear_pointer (&self->pool, pc_item_pool_unref);
  G_OBJECT_CLASS (pc_item_parent_class)->finalize (object);
}

static void
pc_item_class_init (PcItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pc_item_finalize;
}

static void
pc_item_init (PcItem *self)
{
  self->revision = 1;
  self->seconds = 60;
  self->points = 1;
  self->shuffle = TRUE;
}

/* -- translation ---------------------------------------------------------- */

/* The texts for @language, or for the nearest wider one: "de_AT.UTF-8" looks
 * for "de-AT", then "de" (the lookup of RFC 4647 section 3.4). */
static GHashTable *
find_language (PcItem     *self,
               const char *language)
{
  g_autofree char *tag = NULL;
  char            *cut;

  if (self->translations == NULL || language == NULL)
    return NULL;
  tag = g_strndup (language, strcspn (language, ".@"));
  g_strdelimit (tag, "_", '-');
  do {
    GHashTable *texts = g_hash_table_lookup (self->translations, tag);

    if (texts != NULL)
      return texts;
    cut = strrchr (tag, '-');
    if (cut != NULL)
      *cut = '\0';
  } while (cut != NULL);
  return NULL;
}

const char *
pc_item_translate (PcItem     *self,
                   const char *language,
                   const char *original,
                   ...)
{
  GHashTable *texts = find_language (self, language);
  g_autoptr (GString) path = NULL;
  const char *part;
  const char *found;
  va_list     parts;

  if (texts == NULL || original == NULL)
    return original;
  path = g_string_new (NULL);
  va_start (parts, original);
  while ((part = va_arg (parts, const char *)) != NULL) {
    if (path->len > 0)
      g_string_append_c (path, '.');
    g_string_append (path, part);
  }
  va_end (parts);
  found = g_hash_table_lookup (texts, path->str);
  return found != NULL ? found : original;
}

void
pc_item_list_text (GHashTable *texts,
                   const char *original,
                   const char *path,
                   const char *id,
                   const char *member)
{
  if (original == NULL)
    return;
  g_hash_table_insert (texts,
                       id == NULL
                           ? g_strdup (path)
                           : g_strjoin (".", path, id, member, NULL),
                       (gpointer) original);
}

static void
list_section (GHashTable          *texts,
              const PcItemSection *section)
{
  const char      *kind = pc_item_section_kinds[section->kind];
  g_autofree char *base = g_strconcat ("explanation.", kind, NULL);

  pc_item_list_text (texts, section->heading, "explanation", kind, "heading");
  pc_item_list_text (texts, section->text, "explanation", kind, "text");
  for (guint i = 0; i < section->n_entries; i++) {
    const PcItemEntry *entry = &section->entries[i];

    if (entry->id == NULL)
      continue;
    pc_item_list_text (texts, entry->term, base, entry->id, "term");
    pc_item_list_text (texts, entry->text, base, entry->id, "text");
  }
}

static const char *
value_list_name (PcItem *self,
                 guint   index)
{
  return index < self->n_accepted ? "accept" : "expected_errors";
}

GHashTable *
pc_item_list_texts (PcItem *self)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             NULL);

  pc_item_list_text (texts, self->title, "title", NULL, NULL);
  pc_item_list_text (texts, self->stem, "stem", NULL, NULL);
  pc_item_list_text (texts, self->answer_line, "answer_line", NULL, NULL);
  pc_item_list_text (texts, self->exam_note, "exam_note", NULL, NULL);
  pc_item_list_text (texts, self->scenario_label, "simulation.label", NULL,
                     NULL);
  for (guint i = 0; i < self->n_hints; i++) {
    g_autofree char *path = g_strdup_printf ("hints.%u", i + 1);

    pc_item_list_text (texts, self->hints[i], path, NULL, NULL);
  }
  for (guint i = 0; i < self->n_values; i++) {
    const PcItemValue *value = &self->values[i];
    const char        *list = value_list_name (self, i);
    g_autofree char   *id = g_strdup_printf ("%" PRId64, value->value);

    pc_item_list_text (texts, value->feedback, list, id, "feedback");
    pc_item_list_text (texts, value->right_when, list, id, "right_when");
  }
  for (guint i = 0; i < self->n_sections; i++)
    list_section (texts, &self->sections[i]);
  pc_item_list_part_texts (self, texts);
  return texts;
}

/* -- what it is ----------------------------------------------------------- */

static const char *const no_texts[] = { NULL };

const char *
pc_item_get_id (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return self->id;
}

PcItemType
pc_item_get_item_type (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), PC_ITEM_SINGLE);

  return self->type;
}

const char *
pc_item_type_to_string (PcItemType type)
{
  g_return_val_if_fail (type <= PC_ITEM_CONFIGURE, NULL);

  return pc_item_types[type];
}

PcItemStatus
pc_item_get_status (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), PC_ITEM_STATUS_DRAFT);

  return self->status;
}

guint
pc_item_get_revision (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->revision;
}

const char *
pc_item_get_memory_key (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return self->memory_key;
}

guint
pc_item_get_difficulty (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->difficulty;
}

PcItemLevel
pc_item_get_level (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), PC_ITEM_LEVEL_UNSET);

  return self->level;
}

const char *
pc_item_level_to_string (PcItemLevel level)
{
  g_return_val_if_fail (level <= PC_ITEM_LEVEL_EVALUATE, NULL);

  return level == PC_ITEM_LEVEL_UNSET ? NULL : pc_item_levels[level - 1];
}

guint
pc_item_get_seconds (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->seconds;
}

guint
pc_item_get_points (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->points;
}

gboolean
pc_item_get_partial (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), FALSE);

  return self->partial;
}

const char *const *
pc_item_get_objectives (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return self->objectives != NULL ? self->objectives : no_texts;
}

const char *const *
pc_item_get_tags (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return self->tags != NULL ? self->tags : no_texts;
}

guint
pc_item_get_line (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->line;
}

guint
pc_item_get_index (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->index;
}

const char *const *
pc_item_get_languages (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return self->languages != NULL ? self->languages : no_texts;
}

/* -- the question --------------------------------------------------------- */

const char *
pc_item_get_title (PcItem     *self,
                   const char *language)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return pc_item_translate (self, language, self->title, "title", NULL);
}

const char *
pc_item_get_stem (PcItem     *self,
                  const char *language)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return pc_item_translate (self, language, self->stem, "stem", NULL);
}

guint
pc_item_get_n_hints (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_hints;
}

const char *
pc_item_get_hint (PcItem     *self,
                  guint       index,
                  const char *language)
{
  static const char *const numbers[] = { "1", "2", "3" };

  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (index < self->n_hints, NULL);

  return pc_item_translate (self, language, self->hints[index], "hints",
                            numbers[index], NULL);
}

guint
pc_item_get_n_options (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_options;
}

guint
pc_item_get_n_correct (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_correct;
}

gboolean
pc_item_get_shuffle (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), FALSE);

  return self->shuffle;
}

static const PcItemOption *
get_option (PcItem *self,
            guint   index)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (index < self->n_options, NULL);

  return &self->options[index];
}

const char *
pc_item_get_option_id (PcItem *self,
                       guint   index)
{
  return pc_item_get_choice_id (self, PC_ITEM_OPTIONS, index);
}

int
pc_item_find_option (PcItem     *self,
                     const char *id)
{
  return pc_item_find_choice (self, PC_ITEM_OPTIONS, id);
}

const char *
pc_item_get_option_text (PcItem     *self,
                         guint       index,
                         const char *language)
{
  return pc_item_get_choice_text (self, PC_ITEM_OPTIONS, index, language);
}

gboolean
pc_item_get_option_correct (PcItem *self,
                            guint   index)
{
  const PcItemOption *option = get_option (self, index);

  return option != NULL && option->correct;
}

const char *
pc_item_get_option_feedback (PcItem     *self,
                             guint       index,
                             const char *language)
{
  return pc_item_get_choice_feedback (self, PC_ITEM_OPTIONS, index, language);
}

const char *
pc_item_get_option_right_when (PcItem     *self,
                               guint       index,
                               const char *language)
{
  return pc_item_get_choice_right_when (self, PC_ITEM_OPTIONS, index,
                                        language);
}

const char *
pc_item_get_option_misconception (PcItem *self,
                                  guint   index)
{
  const PcItemOption *option = get_option (self, index);

  return option != NULL ? option->misconception : NULL;
}

const char *
pc_item_get_option_service (PcItem *self,
                            guint   index)
{
  const PcItemOption *option = get_option (self, index);

  return option != NULL ? option->service : NULL;
}

PcItemUnit
pc_item_get_unit (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), PC_ITEM_UNIT_PORT);

  return self->unit;
}

PcServiceTransport
pc_item_get_transport (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), PC_SERVICE_TRANSPORT_ANY);

  return self->transport;
}

gboolean
pc_item_get_ask_transport (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), FALSE);

  return self->ask_transport;
}

guint
pc_item_get_n_accepted (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_accepted;
}

guint
pc_item_get_n_values (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_values;
}

static const PcItemValue *
get_value (PcItem *self,
           guint   index)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (index < self->n_values, NULL);

  return &self->values[index];
}

gint64
pc_item_get_value (PcItem *self,
                   guint   index)
{
  const PcItemValue *value = get_value (self, index);

  return value != NULL ? value->value : 0;
}

double
pc_item_get_value_credit (PcItem *self,
                          guint   index)
{
  const PcItemValue *value = get_value (self, index);

  return value != NULL ? value->credit : 0;
}

static const char *
translate_value (PcItem     *self,
                 guint       index,
                 const char *language,
                 const char *original,
                 const char *member)
{
  g_autofree char *id = NULL;

  if (original == NULL || language == NULL)
    return original;
  id = g_strdup_printf ("%" PRId64, self->values[index].value);
  return pc_item_translate (self, language, original, value_list_name (self,
                            index), id, member, NULL);
}

const char *
pc_item_get_value_feedback (PcItem     *self,
                            guint       index,
                            const char *language)
{
  const PcItemValue *value = get_value (self, index);

  if (value == NULL)
    return NULL;
  return translate_value (self, index, language, value->feedback, "feedback");
}

const char *
pc_item_get_value_right_when (PcItem     *self,
                              guint       index,
                              const char *language)
{
  const PcItemValue *value = get_value (self, index);

  if (value == NULL)
    return NULL;
  return translate_value (self, index, language, value->right_when,
                          "right_when");
}
