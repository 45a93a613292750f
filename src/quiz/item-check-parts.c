/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether match, order, fault, predict and configure items make sense: every
 * id leads somewhere, there is exactly one way to be right, and no part of the
 * item contradicts another.  Ids become indexes on the way, which is what the
 * rest of the program asks for.
 */

#include "quiz/item-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  PcItem             *item;
  const PcJsonReader *reader;
} Check;

#define complain(self, ...) pc_item_complain ((self)->reader, __VA_ARGS__)

/* -- match ---------------------------------------------------------------- */

/* The left element that the pair is for, or -1. */
static int
check_pair (const Check *self,
            guint        index,
            int         *right)
{
  PcItem           *item = self->item;
  const PcItemPair *pair = &item->pairs[index];
  g_autofree char  *tail = g_strdup_printf ("/pairs/%u", index);
  int               left = pc_item_find_choice (item, PC_ITEM_LEFT, pair->left);

  *right = pc_item_find_choice (item, PC_ITEM_RIGHT, pair->right);
  if (left < 0)
    complain (self, "Q101", tail, _ ("\"left\" has no \"%s\""), pair->left);
  if (*right < 0)
    complain (self, "Q101", tail, _ ("\"right\" has no \"%s\""), pair->right);
  return *right < 0 ? -1 : left;
}

static void
check_match (const Check *self)
{
  PcItem *item = self->item;
  guint   n_pairs[PC_LIMIT_LEFT] = { 0 };

  for (guint i = 0; i < item->n_pairs; i++) {
    int right;
    int left = check_pair (self, i, &right);

    if (left < 0)
      continue;
    n_pairs[left]++;
    item->pair_of[left].pair = i;
    item->pair_of[left].right = right;
  }
  for (guint i = 0; i < item->n_left; i++) {
    g_autofree char *tail = g_strdup_printf ("/left/%u", i);

    if (n_pairs[i] != 1)
      complain (self, "Q105", tail,
                _ ("\"%s\" must stand in exactly one pair, not in %u"),
                item->left[i].id, n_pairs[i]);
  }
}

/* -- order ---------------------------------------------------------------- */

/* The index of a step that may be moved, or -1. */
static int
check_free (const Check      *self,
            const PcItemFree *row,
            gboolean         *taken)
{
  PcItem          *item = self->item;
  int              step = pc_item_find_choice (item, PC_ITEM_STEPS, row->id);
  g_autofree char *tail = g_strdup_printf ("/free/%u", row->group);

  if (step < 0 || (guint) step >= item->n_steps) {
    complain (self, "Q101", tail, _ ("\"steps\" has no \"%s\""), row->id);
    return -1;
  }
  if (taken[step])
    complain (self, "Q100", tail,
              _ ("the step \"%s\" stands in \"free\" twice"), row->id);
  taken[step] = TRUE;
  return step;
}

static void
check_order (const Check *self)
{
  PcItem  *item = self->item;
  gboolean taken[PC_LIMIT_ORDER] = { FALSE };
  guint8   first[PC_LIMIT_ORDER];

  memset (first, PC_LIMIT_ORDER, sizeof first);
  for (guint i = 0; i < item->n_steps + item->n_decoys; i++)
    item->group_of[i] = i;
  for (guint i = 0; i < item->n_frees; i++) {
    int   step = check_free (self, &item->frees[i], taken);
    guint group = item->frees[i].group;

    if (step >= 0 && step < first[group])
      first[group] = step;
  }
  for (guint i = 0; i < item->n_frees; i++) {
    int step = pc_item_find_choice (item, PC_ITEM_STEPS, item->frees[i].id);

    if (step >= 0 && (guint) step < item->n_steps)
      item->group_of[step] = first[item->frees[i].group];
  }
}

/* -- fault ---------------------------------------------------------------- */

static int
find_line (const PcStimulus *stimulus,
           const char       *id)
{
  for (guint i = 0; i < stimulus->n_lines; i++) {
    if (g_str_equal (stimulus->lines[i].id, id))
      return i;
  }
  return -1;
}

static void
check_fault_line (const Check *self,
                  guint        index)
{
  PcItem          *item = self->item;
  const char      *id = item->fault_lines[index];
  g_autofree char *tail = g_strdup_printf ("/fault_lines/%u", index);
  int              line = find_line (item->shown, id);
  const char      *correction;

  if (line < 0) {
    complain (self, "Q101", tail, _ ("the stimulus \"%s\" has no line \"%s\""),
              item->stimulus, id);
    return;
  }
  if (item->shown->lines[line].from == 'N')
    complain (self, "Q101", tail,
              _ ("the line \"%s\" is a note, which nobody sent"), id);
  if (line < PC_LIMIT_FAULT_LINES)
    item->wrong_lines |= G_GUINT64_CONSTANT (1) << line;
  correction = pc_item_get_line_correction (item, line);
  if (correction == NULL && item->scenario != NULL)
    complain (self, "Q101", tail,
              _ ("\"corrections\" does not say what should stand in \"%s\""),
              id);
  else if (g_strcmp0 (correction, item->shown->lines[line].text) == 0)
    complain (self, "Q104", tail,
              _ ("the correction of \"%s\" is what stands there already"), id);
}

static void
check_fault (const Check *self)
{
  PcItem *item = self->item;

  if (item->shown == NULL)
    return; /* reported as a link that leads nowhere */
  if (item->shown->n_lines > PC_LIMIT_FAULT_LINES)
    complain (self, "Q024", "/stimulus",
              _ ("a stimulus to find a fault in has at most %u lines"),
              PC_LIMIT_FAULT_LINES);
  for (guint i = 0; item->fault_lines[i] != NULL; i++)
    check_fault_line (self, i);
  for (guint i = 0; i < item->n_corrections; i++) {
    const char      *id = item->corrections[i].name;
    g_autofree char *tail = g_strconcat ("/corrections/", id, NULL);

    if (!g_strv_contains (item->fault_lines, id))
      complain (self, "Q101", tail,
                _ ("\"fault_lines\" does not name \"%s\""), id);
  }
}

/* -- predict -------------------------------------------------------------- */

static gboolean
fits_any (PcItem             *item,
          const PcItemOption *option)
{
  for (guint i = 0; i < item->n_predictions; i++) {
    if (pc_prediction_fits_option (&item->predictions[i], option))
      return TRUE;
  }
  return FALSE;
}

static void
check_predictions (const Check *self)
{
  PcItem *item = self->item;

  for (guint i = 0; i < item->n_predictions; i++) {
    const PcItemPrediction *a = &item->predictions[i];
    gboolean         state = a->match == PC_ITEM_MATCH_STATE;
    g_autofree char *tail = g_strdup_printf ("/accept/%u", i);

    if (state != (item->ask == PC_ITEM_ASK_STATE))
      complain (self, "Q109", tail,
                state ? _ ("\"state\" fits only where \"next-state\" is asked")
                      : _ ("\"next-state\" needs the match \"state\""));
    for (guint j = 0; j < i; j++) {
      if (item->predictions[j].match == a->match &&
          g_str_equal (item->predictions[j].value, a->value))
        complain (self, "Q109", tail,
                  _ ("\"%s\" stands above already, so this is never "
                     "reached"),
                  a->value);
    }
  }
}

static void
check_predict (const Check *self)
{
  PcItem *item = self->item;

  check_predictions (self);
  if (item->scenario_step == NULL)
    complain (self, "Q023", "/simulation",
              _ ("a prediction needs the \"step\" that comes before it"));
  for (guint i = 0; i < item->n_options; i++) {
    const PcItemOption *option = &item->options[i];
    g_autofree char    *tail = g_strdup_printf ("/options/%u", i);

    if (fits_any (item, option) == option->correct)
      continue;
    if (option->correct)
      complain (self, "Q110", tail,
                _ ("the correct option \"%s\" does not begin with what "
                   "\"accept\" names"),
                option->id)
          ->hint = g_strdup (_ ("say what it stands for: \"x-value\""));
    else
      complain (self, "Q110", tail,
                _ ("the wrong option \"%s\" is what \"accept\" names"),
                option->id);
  }
}

/* -- configure ------------------------------------------------------------ */

static void
check_fields (const Check *self)
{
  PcItem *item = self->item;

  for (guint i = 0; i < item->n_fields; i++) {
    const PcItemField *field = &item->fields[i];
    g_autofree char   *tail = g_strdup_printf ("/fields/%u", i);

    if ((guint) pc_item_find_field (item, field->id) != i)
      complain (self, "Q100", tail, _ ("two fields have the id \"%s\""),
                field->id);
    if (field->kind != PC_ITEM_FIELD_CHOICE && field->n_choices > 0)
      complain (self, "Q109", tail,
                _ ("only a field of the kind \"choice\" has choices"));
    for (guint j = 0; j < field->n_choices; j++) {
      for (guint k = 0; k < j; k++) {
        if (g_str_equal (field->choices[j].id, field->choices[k].id))
          complain (self, "Q100", tail, _ ("two options have the id \"%s\""),
                    field->choices[j].id);
      }
    }
  }
}

/* Whether everything that @rule asks for is so in @setting. */
static gboolean
is_within (PcItem              *item,
           const PcItemSetting *setting,
           const PcItemSetting *rule)
{
  for (guint i = 0; i < item->n_fields; i++) {
    if (rule->values[i] != NULL &&
        g_strcmp0 (rule->values[i], setting->values[i]) != 0)
      return FALSE;
  }
  return TRUE;
}

static void
check_configure (const Check *self)
{
  PcItem *item = self->item;

  check_fields (self);
  for (guint i = 0; i < item->n_settings; i++) {
    g_autofree char *tail = g_strdup_printf ("/accept/%u", i);

    for (guint j = 0; j < i; j++) {
      if (is_within (item, &item->settings[i], &item->settings[j])) {
        complain (self, "Q109", tail,
                  _ ("an accepted answer above fits the same, so this is "
                     "never reached"));
        break;
      }
    }
    for (guint j = 0; j < item->n_rules; j++) {
      if (is_within (item, &item->settings[i], &item->rules[j]))
        complain (self, "Q110", tail,
                  _ ("rule %u speaks against this accepted answer"), j + 1);
    }
  }
}

void
pc_item_check_parts (PcItem              *self,
                     const PcJsonReader  *reader,
                     const PcItemContext *context)
{
  Check check = { self, reader };

  if (self->type == PC_ITEM_MATCH)
    check_match (&check);
  else if (self->type == PC_ITEM_ORDER)
    check_order (&check);
  else if (self->type == PC_ITEM_FAULT)
    check_fault (&check);
  else if (self->type == PC_ITEM_PREDICT)
    check_predict (&check);
  else if (self->type == PC_ITEM_CONFIGURE)
    check_configure (&check);
}
