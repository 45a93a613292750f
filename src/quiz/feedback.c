/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What there is to say about an answer, in the order to say it: what was
 * answered, what should have been, then when the others would be right.  A
 * window and a terminal show the same rows.
 */

#include "quiz/grade.h"

#include "quiz/grade-private.h"
#include "quiz/item-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

typedef struct
{
  PcItem         *item;
  const PcAnswer *answer;
  const char     *language;
  GArray         *rows;
} Talk;

void
pc_feedback_clear (PcFeedback *self)
{
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->expected, g_free);
}

/* Takes @subject. */
static PcFeedback *
add (Talk          *self,
     PcFeedbackRole role,
     gboolean       right,
     char          *subject)
{
  const PcFeedback row = {
    .role = role,
    .mark = right ? PC_FEEDBACK_RIGHT : PC_FEEDBACK_WRONG,
    .subject = subject,
  };

  g_array_append_val (self->rows, row);
  return &g_array_index (self->rows, PcFeedback, self->rows->len - 1);
}

static char *
dup_text (Talk      *self,
          PcItemList list,
          guint      index)
{
  return g_strdup (pc_item_get_choice_text (self->item, list, index,
                                            self->language));
}

/* -- options -------------------------------------------------------------- */

static void
add_option (Talk          *self,
            PcFeedbackRole role,
            guint          index)
{
  gboolean    right = pc_item_get_option_correct (self->item, index);
  PcFeedback *row = add (self, role, right,
                         dup_text (self, PC_ITEM_OPTIONS, index));

  if (role != PC_FEEDBACK_OTHER)
    row->text = pc_item_get_option_feedback (self->item, index,
                                             self->language);
  if (!right)
    row->right_when = pc_item_get_option_right_when (self->item, index,
                                                     self->language);
}

static gboolean
is_chosen (Talk *self,
           guint index)
{
  return (self->answer->options & (1u << index)) != 0;
}

static void
talk_of_missed_options (Talk *self)
{
  for (guint i = 0; i < pc_item_get_n_options (self->item); i++) {
    if (!is_chosen (self, i) && pc_item_get_option_correct (self->item, i))
      add_option (self, PC_FEEDBACK_MISSED, i);
  }
}

static void
talk_of_other_options (Talk *self)
{
  for (guint i = 0; i < pc_item_get_n_options (self->item); i++) {
    if (!is_chosen (self, i) && !pc_item_get_option_correct (self->item, i) &&
        pc_item_get_option_right_when (self->item, i, NULL) != NULL)
      add_option (self, PC_FEEDBACK_OTHER, i);
  }
}

static void
talk_of_options (Talk *self)
{
  for (guint i = 0; i < pc_item_get_n_options (self->item); i++) {
    if (is_chosen (self, i))
      add_option (self, PC_FEEDBACK_CHOSEN, i);
  }
  talk_of_missed_options (self);
  talk_of_other_options (self);
}

/* -- number --------------------------------------------------------------- */

static char *
format_number (gint64 number)
{
  return g_strdup_printf ("%" PRId64, number);
}

static void
talk_of_number (Talk *self)
{
  PcItem     *item = self->item;
  gboolean    right = pc_grade (item, self->answer).correct;
  int         chosen = -1;
  PcFeedback *row;

  if (self->answer->kind == PC_ANSWER_NUMBER) {
    chosen = pc_grade_find_value (item, self->answer->number);
    row = add (self, PC_FEEDBACK_CHOSEN, right,
               pc_answer_to_string (self->answer, item));
    if (chosen >= 0) {
      row->text = pc_item_get_value_feedback (item, chosen, self->language);
      if (!right)
        row->right_when = pc_item_get_value_right_when (item, chosen,
                                                        self->language);
    }
  }
  if (!right) {
    row = add (self, PC_FEEDBACK_MISSED, TRUE,
               format_number (pc_item_get_value (item, 0)));
    if (chosen != 0)
      row->text = pc_item_get_value_feedback (item, 0, self->language);
  }
  for (guint i = pc_item_get_n_accepted (item);
       i < pc_item_get_n_values (item); i++) {
    const char *when = pc_item_get_value_right_when (item, i, self->language);

    if (when == NULL || (int) i == chosen)
      continue;
    row = add (self, PC_FEEDBACK_OTHER, FALSE,
               format_number (pc_item_get_value (item, i)));
    row->right_when = when;
  }
}

/* -- match and order ------------------------------------------------------ */

static char *
format_pair (Talk *self,
             guint left,
             int   right)
{
  const char *from = pc_item_get_choice_text (self->item, PC_ITEM_LEFT, left,
                                              self->language);

  if (right < 0)
    return g_strdup (from);
  return g_strdup_printf ("%s → %s", from,
                          pc_item_get_choice_text (self->item, PC_ITEM_RIGHT,
                                                   right, self->language));
}

static void
talk_of_pair (Talk *self,
              guint left)
{
  PcItem     *item = self->item;
  int         chosen = self->answer->kind == PC_ANSWER_PAIRS
                           ? pc_answer_get_pair (self->answer, left)
                           : -1;
  guint       key = pc_item_get_pair (item, left);
  gboolean    right = chosen == (int) key;
  PcFeedback *row;

  if (chosen >= (int) pc_item_get_n_choices (item, PC_ITEM_RIGHT))
    chosen = -1;
  row = add (self, chosen >= 0 ? PC_FEEDBACK_CHOSEN : PC_FEEDBACK_MISSED,
             right, format_pair (self, left, chosen));
  row->text = pc_item_get_pair_feedback (item, left, self->language);
  if (right)
    return;
  row->expected = dup_text (self, PC_ITEM_RIGHT, key);
  if (row->text == NULL && chosen >= 0)
    row->text = pc_item_get_choice_feedback (item, PC_ITEM_RIGHT, chosen,
                                             self->language);
  if (row->text == NULL)
    row->text = pc_item_get_choice_feedback (item, PC_ITEM_LEFT, left,
                                             self->language);
  if (chosen >= 0)
    row->right_when = pc_item_get_choice_right_when (item, PC_ITEM_RIGHT,
                                                     chosen, self->language);
}

static void
talk_of_order (Talk *self)
{
  PcItem  *item = self->item;
  guint    n_steps = pc_item_get_n_steps (item);
  guint    n = self->answer->kind == PC_ANSWER_ORDER ? self->answer->n_order
                                                     : 0;
  gboolean used[PC_LIMIT_ORDER] = { FALSE };

  for (guint i = 0; i < n; i++) {
    guint       step = self->answer->order[i];
    gboolean    right = pc_grade_part (item, self->answer, i);
    PcFeedback *row;

    if (step >= pc_item_get_n_choices (item, PC_ITEM_STEPS))
      continue;
    used[step] = TRUE;
    row = add (self, PC_FEEDBACK_CHOSEN, right,
               dup_text (self, PC_ITEM_STEPS, step));
    row->text = pc_item_get_choice_feedback (item, PC_ITEM_STEPS, step,
                                             self->language);
    if (right)
      continue;
    row->right_when = pc_item_get_choice_right_when (item, PC_ITEM_STEPS, step,
                                                     self->language);
    if (i < n_steps)
      row->expected = dup_text (self, PC_ITEM_STEPS, i);
  }
  for (guint i = 0; i < n_steps; i++) {
    PcFeedback *row;

    if (used[i])
      continue;
    row = add (self, PC_FEEDBACK_MISSED, TRUE,
               dup_text (self, PC_ITEM_STEPS, i));
    row->text = pc_item_get_choice_feedback (item, PC_ITEM_STEPS, i,
                                             self->language);
  }
}

/* -- fault and predict ---------------------------------------------------- */

static void
talk_of_fault (Talk *self)
{
  const PcStimulus *shown = pc_item_get_stimulus (self->item);

  for (guint i = 0; i < MIN (shown->n_lines, PC_LIMIT_FAULT_LINES); i++) {
    gboolean    wrong = pc_item_get_line_wrong (self->item, i);
    gboolean    marked = (self->answer->lines >> i & 1) != 0;
    PcFeedback *row;

    if (!wrong && !marked)
      continue;
    row = add (self, marked ? PC_FEEDBACK_CHOSEN : PC_FEEDBACK_MISSED, wrong,
               g_strdup (shown->lines[i].text));
    row->expected = g_strdup (pc_item_get_line_correction (self->item, i));
  }
  talk_of_options (self);
}

/* The option that what was typed stands for, or -1. */
static int
find_typed_option (Talk *self)
{
  const PcItemPrediction exact = { PC_ITEM_MATCH_CODE, self->answer->text };

  for (guint i = 0; i < self->item->n_options; i++) {
    if (pc_prediction_fits_option (&exact, &self->item->options[i]))
      return i;
  }
  return -1;
}

static void
talk_of_typed (Talk *self)
{
  gboolean    right = pc_grade (self->item, self->answer).correct;
  int         option = find_typed_option (self);
  PcFeedback *row = add (self, PC_FEEDBACK_CHOSEN, right,
                         g_strdup (self->answer->text));

  if (right) {
    for (guint i = 0; i < self->item->n_options && option < 0; i++)
      option = self->item->options[i].correct ? (int) i : -1;
  } else {
    row->expected = g_strdup (pc_item_get_prediction (self->item, 0)->value);
  }
  if (option < 0 || pc_item_get_option_correct (self->item, option) != right)
    return;
  row->text = pc_item_get_option_feedback (self->item, option,
                                           self->language);
  if (!right)
    row->right_when = pc_item_get_option_right_when (self->item, option,
                                                     self->language);
}

static void
talk_of_predict (Talk *self)
{
  if (self->answer->kind != PC_ANSWER_TEXT) {
    talk_of_options (self);
    if (pc_item_get_n_options (self->item) == 0)
      add (self, PC_FEEDBACK_MISSED, TRUE,
           g_strdup (pc_item_get_prediction (self->item, 0)->value));
    return;
  }
  talk_of_typed (self);
  if (!pc_grade (self->item, self->answer).correct)
    talk_of_missed_options (self);
  talk_of_other_options (self);
}

/* -- configure ------------------------------------------------------------ */

static void
talk_of_rules (Talk *self)
{
  for (guint i = 0; i < pc_item_get_n_rules (self->item); i++) {
    PcFeedback *row;

    if (!pc_grade_fits_rule (self->item, self->answer, i))
      continue;
    row = add (self, PC_FEEDBACK_CHOSEN, FALSE, NULL);
    row->text = pc_item_get_rule_feedback (self->item, i, self->language);
    switch (pc_item_get_rule_severity (self->item, i)) {
    case PC_ITEM_RULE_UNSAFE: row->mark = PC_FEEDBACK_UNSAFE; break;
    case PC_ITEM_RULE_WORKS_BUT: row->mark = PC_FEEDBACK_WORKS_BUT; break;
    case PC_ITEM_RULE_WRONG:
    default: break;
    }
  }
}

static void
talk_of_configure (Talk *self)
{
  PcItem *item = self->item;
  guint   best = pc_grade_find_setting (item, self->answer);

  if (self->answer->kind == PC_ANSWER_FIELDS)
    talk_of_rules (self);
  for (guint i = 0; i < pc_item_get_n_fields (item); i++) {
    const char *typed = pc_answer_get_field (self->answer, i);
    const char *key = pc_item_get_setting (item, best, i);
    const char *label = pc_item_get_field_label (item, i, self->language);
    gboolean    right = pc_grade_part (item, self->answer, i);
    PcFeedback *row;

    typed = pc_item_get_field_value_text (item, i, typed, self->language);
    row = add (self, typed != NULL ? PC_FEEDBACK_CHOSEN : PC_FEEDBACK_MISSED,
               right,
               typed != NULL ? g_strdup_printf (_ ("%s: %s"), label, typed)
                             : g_strdup (label));
    if (!right)
      row->expected = g_strdup (
          pc_item_get_field_value_text (item, i, key, self->language));
  }
}

/* -- public --------------------------------------------------------------- */

GArray *
pc_grade_list_feedback (PcItem         *item,
                        const PcAnswer *answer,
                        const char     *language)
{
  Talk talk = { item, answer, language, NULL };

  g_return_val_if_fail (PC_IS_ITEM (item), NULL);
  g_return_val_if_fail (answer != NULL, NULL);

  talk.rows = g_array_new (FALSE, FALSE, sizeof (PcFeedback));
  g_array_set_clear_func (talk.rows, (GDestroyNotify) pc_feedback_clear);
  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_NUMBER: talk_of_number (&talk); break;
  case PC_ITEM_MATCH:
    for (guint i = 0; i < pc_item_get_n_choices (item, PC_ITEM_LEFT); i++)
      talk_of_pair (&talk, i);
    break;
  case PC_ITEM_ORDER: talk_of_order (&talk); break;
  case PC_ITEM_FAULT: talk_of_fault (&talk); break;
  case PC_ITEM_PREDICT: talk_of_predict (&talk); break;
  case PC_ITEM_CONFIGURE: talk_of_configure (&talk); break;
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  default: talk_of_options (&talk); break;
  }
  return talk.rows;
}

/* The first row about the answer itself that says something. */
static gboolean
find_chosen (PcItem         *item,
             const PcAnswer *answer,
             const char     *language,
             const char    **text,
             const char    **right_when)
{
  g_autoptr (GArray) rows = NULL;

  *text = NULL;
  *right_when = NULL;
  if (pc_item_get_item_type (item) == PC_ITEM_MULTIPLE ||
      !pc_answer_is_complete (answer, item))
    return FALSE;
  rows = pc_grade_list_feedback (item, answer, language);
  for (guint i = 0; i < rows->len; i++) {
    const PcFeedback *row = &g_array_index (rows, PcFeedback, i);

    if (row->role != PC_FEEDBACK_CHOSEN ||
        (row->text == NULL && row->right_when == NULL))
      continue;
    *text = row->text;
    *right_when = row->right_when;
    return TRUE;
  }
  return FALSE;
}

const char *
pc_grade_get_feedback (PcItem         *item,
                       const PcAnswer *answer,
                       const char     *language)
{
  const char *text, *right_when;

  g_return_val_if_fail (PC_IS_ITEM (item), NULL);
  g_return_val_if_fail (answer != NULL, NULL);

  find_chosen (item, answer, language, &text, &right_when);
  return text;
}

const char *
pc_grade_get_right_when (PcItem         *item,
                         const PcAnswer *answer,
                         const char     *language)
{
  const char *text, *right_when;

  g_return_val_if_fail (PC_IS_ITEM (item), NULL);
  g_return_val_if_fail (answer != NULL, NULL);

  find_chosen (item, answer, language, &text, &right_when);
  return right_when;
}
