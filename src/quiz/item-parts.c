/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One question, continued: the lists that one chooses from, the stimulus, and
 * what match, order, fault, predict and configure have of their own.
 */

#include "quiz/item.h"

#include "quiz/item-private.h"

/* -- life ----------------------------------------------------------------- */

void
pc_item_clear_parts (PcItem *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    g_clear_pointer (&self->fields[i].choices, g_free);
  g_clear_pointer (&self->left, g_free);
  g_clear_pointer (&self->right, g_free);
  g_clear_pointer (&self->pairs, g_free);
  g_clear_pointer (&self->steps, g_free);
  g_clear_pointer (&self->frees, g_free);
  g_clear_pointer (&self->fault_lines, g_free);
  g_clear_pointer (&self->corrections, g_free);
  g_clear_pointer (&self->predictions, g_free);
  g_clear_pointer (&self->fields, g_free);
  g_clear_pointer (&self->settings, g_free);
  g_clear_pointer (&self->rules, g_free);
}

/* -- texts ---------------------------------------------------------------- */

static void
list_options (GHashTable         *texts,
              const PcItemOption *options,
              guint               n,
              const char         *path)
{
  for (guint i = 0; i < n; i++) {
    const PcItemOption *option = &options[i];

    pc_item_list_text (texts, option->text, path, option->id, "text");
    pc_item_list_text (texts, option->feedback, path, option->id, "feedback");
    pc_item_list_text (texts, option->right_when, path, option->id,
                       "right_when");
  }
}

static void
list_field (GHashTable        *texts,
            const PcItemField *field)
{
  g_autofree char *path = NULL;

  if (field->id == NULL)
    return;
  path = g_strjoin (".", "fields", field->id, "choices", NULL);
  pc_item_list_text (texts, field->label, "fields", field->id, "label");
  for (guint i = 0; i < field->n_choices; i++)
    pc_item_list_text (texts, field->choices[i].text, path,
                       field->choices[i].id, "text");
}

static void
list_stimulus (GHashTable       *texts,
               const PcStimulus *stimulus)
{
  pc_item_list_text (texts, stimulus->title, "stimulus.title", NULL, NULL);
  for (guint i = 0; i < stimulus->n_lines; i++) {
    if (stimulus->lines[i].from == 'N')
      pc_item_list_text (texts, stimulus->lines[i].text, "stimulus.lines",
                         stimulus->lines[i].id, "text");
  }
}

void
pc_item_list_part_texts (PcItem     *self,
                         GHashTable *texts)
{
  list_options (texts, self->options, self->n_options, "options");
  list_options (texts, self->left, self->n_left, "left");
  list_options (texts, self->right, self->n_right, "right");
  list_options (texts, self->steps, self->n_steps, "steps");
  if (self->n_decoys > 0)
    list_options (texts, self->steps + self->n_steps, self->n_decoys,
                  "decoys");
  for (guint i = 0; i < self->n_pairs; i++)
    pc_item_list_text (texts, self->pairs[i].feedback, "pairs",
                       self->pairs[i].left, "feedback");
  for (guint i = 0; i < self->n_fields; i++)
    list_field (texts, &self->fields[i]);
  for (guint i = 0; i < self->n_rules; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i + 1);

    pc_item_list_text (texts, self->rules[i].feedback, "rules", number,
                       "feedback");
  }
  if (self->shown != NULL)
    list_stimulus (texts, self->shown);
}

/* -- lists ---------------------------------------------------------------- */

const PcItemOption *
pc_item_get_list (PcItem    *self,
                  PcItemList list,
                  guint     *n)
{
  switch (list) {
  case PC_ITEM_OPTIONS: *n = self->n_options; return self->options;
  case PC_ITEM_LEFT: *n = self->n_left; return self->left;
  case PC_ITEM_RIGHT: *n = self->n_right; return self->right;
  case PC_ITEM_STEPS: *n = self->n_steps + self->n_decoys; return self->steps;
  default: *n = 0; g_return_val_if_reached (NULL);
  }
}

const char *
pc_item_get_list_name (PcItem    *self,
                       PcItemList list,
                       guint      index)
{
  switch (list) {
  case PC_ITEM_OPTIONS: return "options";
  case PC_ITEM_LEFT: return "left";
  case PC_ITEM_RIGHT: return "right";
  case PC_ITEM_STEPS: return index < self->n_steps ? "steps" : "decoys";
  default: g_return_val_if_reached ("");
  }
}

guint
pc_item_get_n_choices (PcItem    *self,
                       PcItemList list)
{
  guint n;

  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  pc_item_get_list (self, list, &n);
  return n;
}

static const PcItemOption *
get_choice (PcItem    *self,
            PcItemList list,
            guint      index)
{
  const PcItemOption *options;
  guint               n;

  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  options = pc_item_get_list (self, list, &n);
  g_return_val_if_fail (index < n, NULL);

  return &options[index];
}

const char *
pc_item_get_choice_id (PcItem    *self,
                       PcItemList list,
                       guint      index)
{
  const PcItemOption *option = get_choice (self, list, index);

  return option != NULL ? option->id : NULL;
}

int
pc_item_find_choice (PcItem     *self,
                     PcItemList  list,
                     const char *id)
{
  const PcItemOption *options;
  guint               n;

  g_return_val_if_fail (PC_IS_ITEM (self), -1);
  g_return_val_if_fail (id != NULL, -1);

  options = pc_item_get_list (self, list, &n);
  for (guint i = 0; i < n; i++) {
    if (g_strcmp0 (options[i].id, id) == 0)
      return i;
  }
  return -1;
}

const char *
pc_item_get_choice_text (PcItem     *self,
                         PcItemList  list,
                         guint       index,
                         const char *language)
{
  const PcItemOption *option = get_choice (self, list, index);

  if (option == NULL)
    return NULL;
  return pc_item_translate (self, language, option->text,
                            pc_item_get_list_name (self, list, index),
                            option->id, "text", NULL);
}

const char *
pc_item_get_choice_feedback (PcItem     *self,
                             PcItemList  list,
                             guint       index,
                             const char *language)
{
  const PcItemOption *option = get_choice (self, list, index);

  if (option == NULL)
    return NULL;
  return pc_item_translate (self, language, option->feedback,
                            pc_item_get_list_name (self, list, index),
                            option->id, "feedback", NULL);
}

const char *
pc_item_get_choice_right_when (PcItem     *self,
                               PcItemList  list,
                               guint       index,
                               const char *language)
{
  const PcItemOption *option = get_choice (self, list, index);

  if (option == NULL)
    return NULL;
  return pc_item_translate (self, language, option->right_when,
                            pc_item_get_list_name (self, list, index),
                            option->id, "right_when", NULL);
}

gboolean
pc_item_get_shuffled_list (PcItem     *self,
                           PcItemList *list)
{
  g_return_val_if_fail (PC_IS_ITEM (self), FALSE);
  g_return_val_if_fail (list != NULL, FALSE);

  *list = PC_ITEM_OPTIONS;
  if (self->type == PC_ITEM_MATCH)
    *list = PC_ITEM_RIGHT;
  else if (self->type == PC_ITEM_ORDER)
    *list = PC_ITEM_STEPS;
  return pc_item_get_n_choices (self, *list) > 0;
}

/* -- match and order ------------------------------------------------------ */

guint
pc_item_get_pair (PcItem *self,
                  guint   left)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);
  g_return_val_if_fail (left < self->n_left, 0);

  return self->pair_of[left].right;
}

const char *
pc_item_get_pair_feedback (PcItem     *self,
                           guint       left,
                           const char *language)
{
  const PcItemPair *pair;

  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (left < self->n_left, NULL);

  pair = &self->pairs[self->pair_of[left].pair];
  return pc_item_translate (self, language, pair->feedback, "pairs",
                            pair->left, "feedback", NULL);
}

guint
pc_item_get_n_steps (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_steps;
}

guint
pc_item_get_step_group (PcItem *self,
                        guint   step)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);
  g_return_val_if_fail (step < self->n_steps + self->n_decoys, 0);

  return self->group_of[step];
}

/* -- stimulus and fault --------------------------------------------------- */

const PcStimulus *
pc_item_get_stimulus (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  return self->shown;
}

const char *
pc_item_get_stimulus_title (PcItem     *self,
                            const char *language)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);

  if (self->shown == NULL)
    return NULL;
  return pc_item_translate (self, language, self->shown->title,
                            "stimulus.title", NULL);
}

static const PcStimulusLine *
get_line (PcItem *self,
          guint   line)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (self->shown != NULL, NULL);
  g_return_val_if_fail (line < self->shown->n_lines, NULL);

  return &self->shown->lines[line];
}

const char *
pc_item_get_stimulus_text (PcItem     *self,
                           guint       line,
                           const char *language)
{
  const PcStimulusLine *found = get_line (self, line);

  if (found == NULL)
    return NULL;
  return pc_item_translate (self, found->from == 'N' ? language : NULL,
                            found->text, "stimulus.lines", found->id, "text",
                            NULL);
}

gboolean
pc_item_get_line_wrong (PcItem *self,
                        guint   line)
{
  g_return_val_if_fail (PC_IS_ITEM (self), FALSE);

  return line < PC_LIMIT_FAULT_LINES &&
         (self->wrong_lines & (G_GUINT64_CONSTANT (1) << line)) != 0;
}

guint
pc_item_get_n_wrong_lines (PcItem *self)
{
  guint n = 0;

  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  for (guint64 bits = self->wrong_lines; bits != 0; bits &= bits - 1)
    n++;
  return n;
}

const char *
pc_item_get_line_correction (PcItem *self,
                             guint   line)
{
  const PcStimulusLine *found = get_line (self, line);

  if (found == NULL)
    return NULL;
  for (guint i = 0; i < self->n_corrections; i++) {
    if (g_str_equal (self->corrections[i].name, found->id))
      return self->corrections[i].value;
  }
  return NULL;
}

/* -- predict -------------------------------------------------------------- */

PcItemAsk
pc_item_get_ask (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), PC_ITEM_ASK_REPLY);

  return self->ask;
}

guint
pc_item_get_n_predictions (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_predictions;
}

const PcItemPrediction *
pc_item_get_prediction (PcItem *self,
                        guint   index)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (index < self->n_predictions, NULL);

  return &self->predictions[index];
}

/* -- configure ------------------------------------------------------------ */

guint
pc_item_get_n_fields (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_fields;
}

static const PcItemField *
get_field (PcItem *self,
           guint   field)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (field < self->n_fields, NULL);

  return &self->fields[field];
}

const char *
pc_item_get_field_id (PcItem *self,
                      guint   field)
{
  const PcItemField *found = get_field (self, field);

  return found != NULL ? found->id : NULL;
}

int
pc_item_find_field (PcItem     *self,
                    const char *id)
{
  g_return_val_if_fail (PC_IS_ITEM (self), -1);
  g_return_val_if_fail (id != NULL, -1);

  for (guint i = 0; i < self->n_fields; i++) {
    if (g_strcmp0 (self->fields[i].id, id) == 0)
      return i;
  }
  return -1;
}

PcItemFieldKind
pc_item_get_field_kind (PcItem *self,
                        guint   field)
{
  const PcItemField *found = get_field (self, field);

  return found != NULL ? found->kind : PC_ITEM_FIELD_TEXT;
}

const char *
pc_item_get_field_label (PcItem     *self,
                         guint       field,
                         const char *language)
{
  const PcItemField *found = get_field (self, field);

  if (found == NULL)
    return NULL;
  return pc_item_translate (self, language, found->label, "fields", found->id,
                            "label", NULL);
}

const char *
pc_item_get_field_preset (PcItem *self,
                          guint   field)
{
  const PcItemField *found = get_field (self, field);

  return found != NULL ? found->preset : NULL;
}

guint
pc_item_get_n_field_choices (PcItem *self,
                             guint   field)
{
  const PcItemField *found = get_field (self, field);

  return found != NULL ? found->n_choices : 0;
}

const char *
pc_item_get_field_choice_id (PcItem *self,
                             guint   field,
                             guint   choice)
{
  const PcItemField *found = get_field (self, field);

  g_return_val_if_fail (found != NULL, NULL);
  g_return_val_if_fail (choice < found->n_choices, NULL);

  return found->choices[choice].id;
}

const char *
pc_item_get_field_choice_text (PcItem     *self,
                               guint       field,
                               guint       choice,
                               const char *language)
{
  const PcItemField *found = get_field (self, field);

  g_return_val_if_fail (found != NULL, NULL);
  g_return_val_if_fail (choice < found->n_choices, NULL);

  return pc_item_translate (self, language, found->choices[choice].text,
                            "fields", found->id, "choices",
                            found->choices[choice].id, "text", NULL);
}

const char *
pc_item_get_field_value_text (PcItem     *self,
                              guint       field,
                              const char *value,
                              const char *language)
{
  const PcItemField *found = get_field (self, field);

  if (found == NULL || value == NULL)
    return value;
  for (guint i = 0; i < found->n_choices; i++) {
    if (g_str_equal (found->choices[i].id, value))
      return pc_item_get_field_choice_text (self, field, i, language);
  }
  return value;
}

guint
pc_item_get_n_settings (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_settings;
}

const char *
pc_item_get_setting (PcItem *self,
                     guint   setting,
                     guint   field)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (setting < self->n_settings, NULL);
  g_return_val_if_fail (field < self->n_fields, NULL);

  return self->settings[setting].values[field];
}

guint
pc_item_get_n_rules (PcItem *self)
{
  g_return_val_if_fail (PC_IS_ITEM (self), 0);

  return self->n_rules;
}

PcItemSeverity
pc_item_get_rule_severity (PcItem *self,
                           guint   rule)
{
  g_return_val_if_fail (PC_IS_ITEM (self), PC_ITEM_RULE_WRONG);
  g_return_val_if_fail (rule < self->n_rules, PC_ITEM_RULE_WRONG);

  return self->rules[rule].severity;
}

const char *
pc_item_get_rule_feedback (PcItem     *self,
                           guint       rule,
                           const char *language)
{
  g_autofree char *number = g_strdup_printf ("%u", rule + 1);

  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (rule < self->n_rules, NULL);

  return pc_item_translate (self, language, self->rules[rule].feedback,
                            "rules", number, "feedback", NULL);
}

const char *
pc_item_get_rule_when (PcItem *self,
                       guint   rule,
                       guint   field)
{
  g_return_val_if_fail (PC_IS_ITEM (self), NULL);
  g_return_val_if_fail (rule < self->n_rules, NULL);
  g_return_val_if_fail (field < self->n_fields, NULL);

  return self->rules[rule].values[field];
}
