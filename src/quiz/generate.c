/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Question banks from the service table: which drafts are taken, and how one
 * is written as an item.  What comes out is a bank file like any other, so
 * the checker that reads banks reads this one too.
 *
 * Drafts themselves are draft*.c's.
 */

#include "quiz/generate.h"

#include "quiz/draft-private.h"

#include <string.h>

/* Where one can see the service at work. */
static const struct
{
  const char *service;
  const char *scenario;
  const char *step;
} shown[] = {
  { "imap", "imap-read-phone", "greeting" },
  { "imaps", "imap-implicit-993", "greeting" },
  { "pop3", "pop3-download-delete", "greeting" },
  { "pop3s", "pop3-implicit-995", "greeting" },
  { "smtp", "smtp-relay-25", "greeting" },
  { "submission", "smtp-starttls-587", "greeting" },
  { "submissions", "smtp-implicit-465", "greeting" },
  { "tftp", "tftp-get-config", "rrq" },
};

/* -- an item -------------------------------------------------------------- */

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

/* "p143", "imap", "o2": what of the option is its own. */
static char *
dup_option_id (const PcDraftOption *option,
               guint                index)
{
  if (option->port != 0)
    return g_strdup_printf ("p%u", option->port);
  return option->row != NULL ? g_strdup (option->row->id)
                             : g_strdup_printf ("o%u", index + 1);
}

static JsonObject *
write_option (const PcDraftOption *option,
              guint                index)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *id = dup_option_id (option, index);

  set_text (object, "id", id);
  set_text (object, "text", option->text);
  if (option->correct)
    json_object_set_boolean_member (object, "correct", TRUE);
  if (option->row != NULL)
    set_text (object, "service", option->row->id);
  set_text (object, "feedback", option->feedback);
  set_text (object, "right_when", option->right_when);
  return object;
}

static void
write_options (const PcDraft *self,
               JsonObject    *item)
{
  JsonArray *options = json_array_new ();

  for (guint i = 0; i < self->options->len; i++)
    json_array_add_object_element (
        options, write_option (self->options->pdata[i], i));
  json_object_set_array_member (item, "options", options);
  /* "TCP only, UDP only, both" have an order of their own. */
  json_object_set_boolean_member (item, "shuffle",
                                  self->kind != PC_TEMPLATE_TRANSPORT);
}

static void
write_values (const PcDraft *self,
              JsonObject    *item)
{
  JsonArray *accept = json_array_new ();
  JsonArray *errors = json_array_new ();

  for (guint i = 0; i < self->options->len; i++) {
    const PcDraftOption *option = self->options->pdata[i];
    JsonObject          *value = json_object_new ();

    json_object_set_int_member (value, "value", option->port);
    set_text (value, "feedback", option->feedback);
    set_text (value, "right_when", option->right_when);
    json_array_add_object_element (option->correct ? accept : errors, value);
  }
  set_text (item, "unit", "port");
  set_text (item, "transport",
            pc_service_transport_to_string (self->endpoint->transport));
  json_object_set_array_member (item, "accept", accept);
  json_object_set_array_member (item, "expected_errors", errors);
}

static void
write_pairs (const PcDraft *self,
             JsonObject    *item)
{
  JsonArray *left = json_array_new ();
  JsonArray *right = json_array_new ();
  JsonArray *pairs = json_array_new ();

  for (guint i = 0; i < self->options->len; i++) {
    const PcDraftOption *option = self->options->pdata[i];
    g_autofree char     *id = dup_option_id (option, i);
    JsonObject          *object = json_object_new ();
    JsonObject          *pair = json_object_new ();

    set_text (object, "id", option->row->id);
    set_text (object, "text", option->text);
    json_array_add_object_element (left, object);
    set_text (pair, "left", option->row->id);
    set_text (pair, "right", id);
    set_text (pair, "feedback", option->row->quirks[0]);
    json_array_add_object_element (pairs, pair);
  }
  for (guint i = 0; i < self->rights->len; i++) {
    const PcDraftOption *option = self->rights->pdata[i];
    g_autofree char     *id = dup_option_id (option, i);
    JsonObject          *object = json_object_new ();

    set_text (object, "id", id);
    set_text (object, "text", option->text);
    json_array_add_object_element (right, object);
  }
  json_object_set_array_member (item, "left", left);
  json_object_set_array_member (item, "right", right);
  json_object_set_array_member (item, "pairs", pairs);
}

static void
write_why (const PcDraft *self,
           JsonObject    *item)
{
  JsonArray  *explanation = json_array_new ();
  JsonObject *why = json_object_new ();
  GString    *text = g_string_new (NULL);

  g_string_append_printf (text, "%s.", self->row->roles[0]);
  for (guint i = 0; self->row->quirks[i] != NULL; i++)
    g_string_append_printf (text, " %s", self->row->quirks[i]);
  set_text (why, "kind", "why");
  set_text (why, "text", text->str);
  json_array_add_object_element (explanation, why);
  g_string_free (text, TRUE);

  if (self->type == PC_ITEM_SINGLE && self->kind != PC_TEMPLATE_TRANSPORT) {
    JsonObject *others = json_object_new ();

    set_text (others, "kind", "comparison");
    set_text (others, "from", "options");
    json_array_add_object_element (explanation, others);
  }
  json_object_set_array_member (item, "explanation", explanation);
}

static void
write_facts (const PcDraft *self,
             JsonObject    *item)
{
  JsonArray  *facts = json_array_new ();
  JsonObject *port = json_object_new ();
  JsonArray  *references = json_array_new ();
  JsonObject *iana = json_object_new ();

  set_text (port, "service", self->row->id);
  set_text (port, "field", "port");
  json_object_set_int_member (port, "value", self->endpoint->port);
  json_array_add_object_element (facts, port);
  json_object_set_array_member (item, "facts", facts);

  for (guint i = 0; i < self->row->n_rfcs; i++) {
    JsonObject *rfc = json_object_new ();

    set_text (rfc, "kind", "rfc");
    json_object_set_int_member (rfc, "number", self->row->rfcs[i]);
    json_array_add_object_element (references, rfc);
  }
  set_text (iana, "kind", "iana");
  set_text (iana, "title",
            "Service Name and Transport Protocol Port Number Registry");
  json_array_add_object_element (references, iana);
  json_object_set_array_member (item, "references", references);
}

/* A service we do not speak is seen from outside: what an app meets on a port
 * that is not for it. */
static void
write_simulation (const PcDraft *self,
                  JsonObject    *item)
{
  JsonObject *simulation = json_object_new ();
  const char *scenario = "phone-four-ports";
  const char *step = "greeting-110";
  const char *label = "Watch what an app meets on another service's port";

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++) {
    if (!g_str_equal (shown[i].service, self->row->id))
      continue;
    scenario = shown[i].scenario;
    step = shown[i].step;
    label = "Watch this service at work";
  }
  set_text (simulation, "scenario", scenario);
  set_text (simulation, "step", step);
  set_text (simulation, "label", label);
  json_object_set_object_member (item, "simulation", simulation);
}

JsonNode *
pc_draft_to_json (const PcDraft *self)
{
  JsonNode        *node;
  JsonObject      *item;
  JsonArray       *tags;
  g_autofree char *id = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  item = json_object_new ();
  id = pc_draft_dup_id (self);
  key = pc_draft_dup_memory_key (self);
  set_text (item, "id", id);
  set_text (item, "type", pc_item_type_to_string (self->type));
  set_text (item, "stem", self->stem);
  set_text (item, "memory_key", key);
  json_object_set_int_member (
      item, "difficulty", (gint64) pc_template_get_level (self->kind));
  set_text (item, "level",
            pc_item_level_to_string (pc_template_get_level (self->kind)));
  json_object_set_int_member (item, "seconds",
                              self->type == PC_ITEM_MATCH ? 60 : 30);
  tags = json_array_new ();
  json_array_add_string_element (tags, "generated");
  json_array_add_string_element (tags, pc_template_to_string (self->kind));
  json_array_add_string_element (tags, self->row->family);
  json_object_set_array_member (item, "tags", tags);
  if (self->type == PC_ITEM_MATCH)
    write_pairs (self, item);
  else if (self->type == PC_ITEM_NUMBER)
    write_values (self, item);
  else
    write_options (self, item);
  set_text (item, "answer_line", self->answer_line);
  set_text (item, "exam_note", self->exam_note);
  write_why (self, item);
  write_facts (self, item);
  write_simulation (self, item);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, item);
  return node;
}

/* -- a bank --------------------------------------------------------------- */

typedef struct
{
  PcTemplate       kind;
  const PcService *row;
} Wish;

static gboolean
is_other_way_round (PcTemplate a,
                    PcTemplate b)
{
  return (a == PC_TEMPLATE_TYPE_PORT && b == PC_TEMPLATE_NAME_PORT) ||
         (a == PC_TEMPLATE_NAME_PORT && b == PC_TEMPLATE_TYPE_PORT);
}

/* Whether @wish may follow what was taken so far. */
static gboolean
may_follow (GPtrArray  *taken,
            const Wish *wish,
            guint       n_recall)
{
  if (taken->len > 0 &&
      ((Wish *) taken->pdata[taken->len - 1])->kind == wish->kind)
    return FALSE;
  if (pc_template_is_recall (wish->kind) && 4 * (n_recall + 1) > taken->len + 4)
    return FALSE;
  for (guint i = 0; i < taken->len; i++) {
    const Wish *before = taken->pdata[i];

    if (before->row == wish->row &&
        is_other_way_round (before->kind, wish->kind))
      return FALSE;
  }
  return TRUE;
}

static GPtrArray *
list_wishes (const PcServices *services,
             guint64          *chance)
{
  GPtrArray *wishes = g_ptr_array_new_with_free_func (g_free);

  for (PcTemplate kind = 0; kind < PC_N_TEMPLATES; kind++) {
    for (guint i = 0; i < pc_services_get_n (services); i++) {
      Wish *wish = g_new (Wish, 1);

      *wish = (Wish){ kind, pc_services_get (services, i) };
      g_ptr_array_add (wishes, wish);
    }
  }
  pc_random_shuffle (chance, wishes);
  return wishes;
}

static void
remember_options (const PcDraft *draft,
                  GHashTable    *used)
{
  for (guint i = 0; i < draft->options->len; i++) {
    const PcDraftOption *option = draft->options->pdata[i];

    if (option->row != NULL && !option->correct)
      g_hash_table_add (used, (gpointer) option->row->id);
  }
}

/* Takes the first wish that may follow; FALSE when none is left that may. */
static gboolean
take_next (const PcServices        *services,
           const PcGenerateOptions *options,
           GPtrArray               *wishes,
           GPtrArray               *taken,
           guint                   *n_recall,
           PcDraftHints            *hints,
           JsonArray               *items)
{
  for (guint i = 0; i < wishes->len; i++) {
    Wish *wish = wishes->pdata[i];
    g_autoptr (PcDraft) draft = NULL;

    if (!options->every && !may_follow (taken, wish, *n_recall))
      continue;
    draft = pc_draft_new (services, wish->kind, wish->row, options->seed,
                          hints);
    if (draft == NULL) {
      g_ptr_array_remove_index_fast (wishes, i--);
      continue;
    }
    *n_recall += pc_template_is_recall (wish->kind);
    remember_options (draft, hints->used);
    json_array_add_element (items, pc_draft_to_json (draft));
    g_ptr_array_add (taken, wish);
    g_ptr_array_steal_index (wishes, i);
    return TRUE;
  }
  return FALSE;
}

static JsonArray *
write_items (const PcServices        *services,
             const PcGenerateOptions *options)
{
  guint64 chance = options->seed;
  g_autoptr (GPtrArray) wishes = list_wishes (services, &chance);
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  PcDraftHints hints = { options->confused, used };
  JsonArray   *items = json_array_new ();
  guint        n_recall = 0;

  while (options->n_items == 0 || taken->len < options->n_items) {
    if (!take_next (services, options, wishes, taken, &n_recall, &hints,
                    items))
      break;
    /* All rows have had their turn: begin again. */
    if (g_hash_table_size (used) + 4 > pc_services_get_n (services))
      g_hash_table_remove_all (used);
  }
  return items;
}

char *
pc_generate_text (const PcServices        *services,
                  const PcGenerateOptions *options)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *bank = json_object_new ();
  JsonObject *license = json_object_new ();

  g_return_val_if_fail (services != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  set_text (bank, "format", "portcall-question-bank");
  json_object_set_int_member (bank, "format_version", 1);
  set_text (bank, "id", PC_GENERATE_BANK_ID);
  set_text (bank, "version", "1.0.0");
  set_text (bank, "language", "en");
  set_text (bank, "title", "Ports, roles and transports");
  set_text (bank, "description",
            "Made from the service table; another seed makes others.");
  set_text (license, "spdx", "CC-BY-SA-4.0");
  set_text (license, "attribution", "Portcall authors");
  json_object_set_object_member (bank, "license", license);
  json_object_set_array_member (bank, "items",
                                write_items (services, options));
  json_node_take_object (root, bank);
  return json_to_string (root, TRUE);
}

PcBank *
pc_generate_bank (PcServices              *services,
                  const PcGenerateOptions *options,
                  PcProblems              *problems)
{
  g_autofree char *text = NULL;
  g_autoptr (PcJson) json = NULL;

  g_return_val_if_fail (services != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  text = pc_generate_text (services, options);
  json = pc_json_parse ("generated", (const guint8 *) text, strlen (text),
                        problems);
  return json != NULL
             ? pc_bank_new_from_json (json, services, problems, NULL, NULL)
             : NULL;
}
