/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Grading: what an answer is worth.  Pure functions; no clock, no memory.
 *
 * Partial credit of a multiple item is hits / right ones minus wrong picks /
 * wrong ones, not below 0, so ticking everything earns nothing; that of an
 * order counts neighbours that belong together, so one step in the wrong place
 * does not make all behind it wrong.  Certainty marks are those of
 * Gardner-Medwin; the memory grade never looks at speed, because slow is not
 * unsure.
 */

#include "quiz/grade.h"

#include "quiz/grade-private.h"
#include "quiz/item-private.h"

#include <string.h>

static guint
count_bits (guint bits)
{
  guint n = 0;

  for (; bits != 0; bits &= bits - 1)
    n++;
  return n;
}

static guint
all_options (PcItem *item)
{
  return (1u << pc_item_get_n_options (item)) - 1;
}

static gboolean
is_one_option (const PcAnswer *self,
               PcItem         *item)
{
  return count_bits (self->options) == 1 &&
         (self->options & ~all_options (item)) == 0;
}

/* -- complete ------------------------------------------------------------- */

static gboolean
has_all_pairs (const PcAnswer *self,
               PcItem         *item)
{
  guint n_right = pc_item_get_n_choices (item, PC_ITEM_RIGHT);

  for (guint i = 0; i < pc_item_get_n_choices (item, PC_ITEM_LEFT); i++) {
    int right = pc_answer_get_pair (self, i);

    if (right < 0 || (guint) right >= n_right)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_order (const PcAnswer *self,
          PcItem         *item)
{
  guint n = pc_item_get_n_choices (item, PC_ITEM_STEPS);
  guint seen = 0;

  for (guint i = 0; i < self->n_order; i++) {
    if (self->order[i] >= n || (seen & (1u << self->order[i])) != 0)
      return FALSE;
    seen |= 1u << self->order[i];
  }
  return self->n_order > 0 &&
         (n > pc_item_get_n_steps (item) || self->n_order == n);
}

static gboolean
has_lines (const PcAnswer *self,
           PcItem         *item)
{
  const PcStimulus *shown = pc_item_get_stimulus (item);

  return self->lines != 0 &&
         (shown->n_lines >= PC_LIMIT_FAULT_LINES ||
          self->lines >> shown->n_lines == 0) &&
         (pc_item_get_n_options (item) == 0 || is_one_option (self, item));
}

static gboolean
has_all_fields (const PcAnswer *self,
                PcItem         *item)
{
  for (guint i = 0; i < pc_item_get_n_fields (item); i++) {
    if (self->fields[i] == NULL)
      return FALSE;
  }
  return TRUE;
}

gboolean
pc_answer_is_complete (const PcAnswer *self,
                       PcItem         *item)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (PC_IS_ITEM (item), FALSE);

  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_SINGLE:
    return self->kind == PC_ANSWER_OPTIONS && is_one_option (self, item);
  case PC_ITEM_MULTIPLE:
    return self->kind == PC_ANSWER_OPTIONS && self->options != 0 &&
           (self->options & ~all_options (item)) == 0;
  case PC_ITEM_NUMBER:
    return self->kind == PC_ANSWER_NUMBER &&
           (!pc_item_get_ask_transport (item) ||
            self->transport != PC_SERVICE_TRANSPORT_ANY);
  case PC_ITEM_MATCH:
    return self->kind == PC_ANSWER_PAIRS && has_all_pairs (self, item);
  case PC_ITEM_ORDER:
    return self->kind == PC_ANSWER_ORDER && is_order (self, item);
  case PC_ITEM_FAULT:
    return self->kind == PC_ANSWER_LINES && has_lines (self, item);
  case PC_ITEM_PREDICT:
    if (self->kind == PC_ANSWER_TEXT)
      return self->text != NULL && *self->text != '\0';
    return self->kind == PC_ANSWER_OPTIONS && is_one_option (self, item);
  case PC_ITEM_CONFIGURE:
    return self->kind == PC_ANSWER_FIELDS && has_all_fields (self, item);
  default: g_return_val_if_reached (FALSE);
  }
}

/* -- grading -------------------------------------------------------------- */

static guint
correct_options (PcItem *item)
{
  guint bits = 0;

  for (guint i = 0; i < pc_item_get_n_options (item); i++) {
    if (pc_item_get_option_correct (item, i))
      bits |= 1u << i;
  }
  return bits;
}

static double
grade_multiple (PcItem *item,
                guint   chosen)
{
  guint  key = correct_options (item);
  guint  n_right = pc_item_get_n_correct (item);
  guint  n_wrong = pc_item_get_n_options (item) - n_right;
  double hits, misses;

  if (chosen == key)
    return 1;
  if (!pc_item_get_partial (item))
    return 0;
  hits = (double) count_bits (chosen & key) / n_right;
  misses = (double) count_bits (chosen & ~key) / n_wrong;
  return MAX (0, hits - misses);
}

int
pc_grade_find_value (PcItem *item,
                     gint64  number)
{
  for (guint i = 0; i < pc_item_get_n_values (item); i++) {
    if (pc_item_get_value (item, i) == number)
      return i;
  }
  return -1;
}

static double
grade_number (PcItem         *item,
              const PcAnswer *answer)
{
  int index = pc_grade_find_value (item, answer->number);

  if (index < 0)
    return 0;
  if (pc_item_get_ask_transport (item) &&
      answer->transport != pc_item_get_transport (item))
    return 0;
  return pc_item_get_value_credit (item, index);
}

static double
grade_match (PcItem         *item,
             const PcAnswer *answer)
{
  guint n = pc_item_get_n_choices (item, PC_ITEM_LEFT);
  guint hits = 0;

  for (guint i = 0; i < n; i++)
    hits += pc_answer_get_pair (answer, i) == (int) pc_item_get_pair (item, i);
  if (hits < n && !pc_item_get_partial (item))
    return 0;
  return (double) hits / n;
}

/* Neighbours of @answer that are neighbours in the right order; steps of one
 * group stand for each other. */
static guint
count_neighbours (PcItem         *item,
                  const PcAnswer *answer)
{
  guint    n = pc_item_get_n_steps (item);
  gboolean used[PC_LIMIT_ORDER] = { FALSE };
  guint    hits = 0;

  for (guint i = 0; i + 1 < answer->n_order; i++) {
    guint a = pc_item_get_step_group (item, answer->order[i]);
    guint b = pc_item_get_step_group (item, answer->order[i + 1]);

    for (guint k = 0; k + 1 < n; k++) {
      if (!used[k] && pc_item_get_step_group (item, k) == a &&
          pc_item_get_step_group (item, k + 1) == b) {
        used[k] = TRUE;
        hits++;
        break;
      }
    }
  }
  return hits;
}

static double
grade_order (PcItem         *item,
             const PcAnswer *answer)
{
  guint n = pc_item_get_n_steps (item);
  guint at = 0;

  while (at < MIN (n, answer->n_order) &&
         pc_item_get_step_group (item, answer->order[at]) ==
             pc_item_get_step_group (item, at))
    at++;
  if (at == n && answer->n_order == n)
    return 1;
  if (!pc_item_get_partial (item))
    return 0;
  /* All neighbours right and a decoy at the end is still not right. */
  return MIN ((double) count_neighbours (item, answer) / (n - 1),
              (double) (n - 1) / n);
}

static double
grade_fault (PcItem         *item,
             const PcAnswer *answer)
{
  gboolean lines = answer->lines == item->wrong_lines;
  gboolean reason = answer->options == correct_options (item);

  if (lines && reason)
    return 1;
  if (pc_item_get_n_options (item) == 0 || !pc_item_get_partial (item))
    return 0;
  return lines || reason ? 0.5 : 0;
}

static double
grade_predict (PcItem         *item,
               const PcAnswer *answer)
{
  if (answer->kind == PC_ANSWER_OPTIONS)
    return answer->options == correct_options (item) ? 1 : 0;
  for (guint i = 0; i < pc_item_get_n_predictions (item); i++) {
    if (pc_prediction_fits_typed (pc_item_get_prediction (item, i),
                                  answer->text))
      return 1;
  }
  return 0;
}

/* Whether a field of the answer is @value, which may be NULL: any. */
static gboolean
field_is (PcItem         *item,
          const PcAnswer *answer,
          guint           field,
          const char     *value)
{
  const char *typed = pc_answer_get_field (answer, field);
  gint64      port;

  if (value == NULL)
    return TRUE;
  if (typed == NULL)
    return FALSE;
  switch (pc_item_get_field_kind (item, field)) {
  case PC_ITEM_FIELD_PORT:
    return g_ascii_string_to_signed (typed, 10, 0, 65535, &port, NULL) &&
           port == g_ascii_strtoll (value, NULL, 10);
  case PC_ITEM_FIELD_HOST: return g_ascii_strcasecmp (typed, value) == 0;
  case PC_ITEM_FIELD_CHOICE:
  case PC_ITEM_FIELD_TEXT:
  case PC_ITEM_FIELD_FLAG:
  default: return strcmp (typed, value) == 0;
  }
}

static guint
count_fields (PcItem         *item,
              const PcAnswer *answer,
              guint           setting)
{
  guint hits = 0;

  for (guint i = 0; i < pc_item_get_n_fields (item); i++)
    hits += field_is (item, answer, i, pc_item_get_setting (item, setting, i));
  return hits;
}

guint
pc_grade_find_setting (PcItem         *item,
                       const PcAnswer *answer)
{
  guint best = 0, most = 0;

  g_return_val_if_fail (PC_IS_ITEM (item), 0);
  g_return_val_if_fail (answer != NULL, 0);

  for (guint i = 0; i < pc_item_get_n_settings (item); i++) {
    guint hits = count_fields (item, answer, i);

    if (hits > most) {
      most = hits;
      best = i;
    }
  }
  return best;
}

gboolean
pc_grade_fits_rule (PcItem         *item,
                    const PcAnswer *answer,
                    guint           rule)
{
  for (guint i = 0; i < pc_item_get_n_fields (item); i++) {
    if (!field_is (item, answer, i, pc_item_get_rule_when (item, rule, i)))
      return FALSE;
  }
  return TRUE;
}

static double
grade_configure (PcItem         *item,
                 const PcAnswer *answer)
{
  guint n = pc_item_get_n_fields (item);
  guint hits = count_fields (item, answer,
                             pc_grade_find_setting (item, answer));

  if (hits < n && !pc_item_get_partial (item))
    return 0;
  return (double) hits / n;
}

static double
grade_complete (PcItem         *item,
                const PcAnswer *answer)
{
  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_SINGLE:
    return answer->options == correct_options (item) ? 1 : 0;
  case PC_ITEM_MULTIPLE: return grade_multiple (item, answer->options);
  case PC_ITEM_NUMBER: return grade_number (item, answer);
  case PC_ITEM_MATCH: return grade_match (item, answer);
  case PC_ITEM_ORDER: return grade_order (item, answer);
  case PC_ITEM_FAULT: return grade_fault (item, answer);
  case PC_ITEM_PREDICT: return grade_predict (item, answer);
  case PC_ITEM_CONFIGURE: return grade_configure (item, answer);
  default: g_return_val_if_reached (0);
  }
}

PcGrade
pc_grade (PcItem         *item,
          const PcAnswer *answer)
{
  PcGrade grade = { 0 };

  g_return_val_if_fail (PC_IS_ITEM (item), grade);
  g_return_val_if_fail (answer != NULL, grade);

  if (!pc_answer_is_complete (answer, item))
    return grade;
  grade.answered = TRUE;
  grade.fraction = grade_complete (item, answer);
  grade.correct = grade.fraction >= 1;
  grade.points = grade.fraction * pc_item_get_points (item);
  return grade;
}

gboolean
pc_grade_part (PcItem         *item,
               const PcAnswer *answer,
               guint           index)
{
  g_return_val_if_fail (PC_IS_ITEM (item), FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_MATCH:
    return index < pc_item_get_n_choices (item, PC_ITEM_LEFT) &&
           pc_answer_get_pair (answer, index) ==
               (int) pc_item_get_pair (item, index);
  case PC_ITEM_ORDER:
    return index < MIN (answer->n_order, pc_item_get_n_steps (item)) &&
           pc_item_get_step_group (item, answer->order[index]) ==
               pc_item_get_step_group (item, index);
  case PC_ITEM_FAULT:
    return index < PC_LIMIT_FAULT_LINES &&
           pc_item_get_line_wrong (item, index) ==
               ((answer->lines >> index & 1) != 0);
  case PC_ITEM_CONFIGURE:
    return index < pc_item_get_n_fields (item) &&
           field_is (item, answer, index,
                     pc_item_get_setting (
                         item, pc_grade_find_setting (item, answer), index));
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  case PC_ITEM_PREDICT:
    return index < pc_item_get_n_options (item) &&
           pc_item_get_option_correct (item, index) ==
               ((answer->options >> index & 1) != 0);
  case PC_ITEM_NUMBER:
  default: return pc_grade (item, answer).correct;
  }
}

/* -- certainty and memory ------------------------------------------------- */

double
pc_grade_certainty_mark (const PcGrade *self,
                         PcCertainty    certainty)
{
  static const double wrong[] = {
    [PC_CERTAINTY_UNASKED] = 0,
    [PC_CERTAINTY_GUESS] = 0,
    [PC_CERTAINTY_FAIRLY] = -2,
    [PC_CERTAINTY_SURE] = -6,
  };

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (certainty <= PC_CERTAINTY_SURE, 0);

  if (!self->answered)
    return 0;
  if (self->fraction > 0)
    return self->fraction * certainty; /* +1, +2 or +3 */
  return wrong[certainty];
}

/* Recalled, not recognised among options.  How a prediction was given is not
 * asked here: options, where there are some, are what most people take. */
static gboolean
is_recalled (PcItem *item)
{
  PcItemType type = pc_item_get_item_type (item);

  return type == PC_ITEM_NUMBER || type == PC_ITEM_CONFIGURE ||
         (type == PC_ITEM_PREDICT && pc_item_get_n_options (item) == 0);
}

guint
pc_grade_memory (const PcGrade *self,
                 PcItem        *item,
                 PcCertainty    certainty,
                 gboolean       helped)
{
  g_return_val_if_fail (self != NULL, 1);
  g_return_val_if_fail (PC_IS_ITEM (item), 1);

  if (!self->correct)
    return 1;
  if (helped || certainty == PC_CERTAINTY_GUESS)
    return 2;
  if (certainty == PC_CERTAINTY_SURE && is_recalled (item))
    return 4;
  return 3;
}
