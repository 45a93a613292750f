/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an item to what other programs can ask, and back.
 *
 * An order becomes pairs of place and step, a fault a choice among the lines
 * of its transcript, a prediction a choice or a short text; settings of an
 * account have no counterpart.  Feedback and "right when" become one text,
 * the explanation the general feedback.  Scenarios, levels, objectives'
 * titles, memory keys and facts stay behind.
 */

#include "quiz/portable.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
answer_free (PcPortableAnswer *answer)
{
  g_free (answer->text);
  g_free (answer->match);
  g_free (answer->feedback);
  g_free (answer);
}

PcPortable *
pc_portable_new (PcPortableKind kind)
{
  PcPortable *self = g_new0 (PcPortable, 1);

  self->kind = kind;
  self->answers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  self->hints = g_ptr_array_new_with_free_func (g_free);
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->points = 1;
  self->shuffle = TRUE;
  return self;
}

void
pc_portable_free (PcPortable *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->title);
  g_free (self->stem);
  g_free (self->listing);
  g_free (self->general);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->hints);
  g_ptr_array_unref (self->tags);
  g_free (self);
}

PcPortableAnswer *
pc_portable_add_answer (PcPortable *self,
                        const char *text,
                        const char *match,
                        const char *feedback,
                        double      weight)
{
  PcPortableAnswer *answer = g_new0 (PcPortableAnswer, 1);

  g_return_val_if_fail (self != NULL, NULL);

  answer->text = g_strdup (text);
  answer->match = g_strdup (match);
  answer->feedback = g_strdup (feedback);
  answer->weight = weight;
  g_ptr_array_add (self->answers, answer);
  return answer;
}

/* -- from an item --------------------------------------------------------- */

typedef struct
{
  PcItem     *item;
  const char *language;
  const char *bank;
  PcProblems *left_out;
  PcPortable *question;
} Maker;

static void
tell (const Maker *self,
      PcSeverity   severity,
      const char  *sentence)
{
  pc_problems_take (self->left_out,
                    pc_problem_new (severity, "X001", self->bank,
                                    pc_item_get_line (self->item), 0,
                                    "%s: %s", pc_item_get_id (self->item),
                                    sentence));
}

/* "143 is IMAP ... Right when: the account is ..." */
static char *
join_feedback (const char *feedback,
               const char *right_when)
{
  g_autofree char *when = NULL;

  if (right_when != NULL)
    when = g_strdup_printf (_ ("Right when: %s"), right_when);
  if (feedback == NULL || when == NULL)
    return g_strdup (feedback != NULL ? feedback : when);
  return g_strdup_printf ("%s %s", feedback, when);
}

static void
add_options (Maker *self)
{
  PcItem  *item = self->item;
  guint    n = pc_item_get_n_options (item);
  guint    right = pc_item_get_n_correct (item);
  gboolean multiple = pc_item_get_item_type (item) == PC_ITEM_MULTIPLE;

  for (guint i = 0; i < n; i++) {
    gboolean         correct = pc_item_get_option_correct (item, i);
    g_autofree char *feedback = join_feedback (
        pc_item_get_option_feedback (item, i, self->language),
        correct ? NULL
                : pc_item_get_option_right_when (item, i, self->language));
    double weight = 0;

    if (correct)
      weight = multiple ? 100.0 / right : 100;
    else if (multiple)
      weight = -100.0 / (n - right);
    pc_portable_add_answer (
        self->question, pc_item_get_option_text (item, i, self->language),
        NULL, feedback, weight);
  }
}

static void
add_values (Maker *self)
{
  PcItem *item = self->item;

  for (guint i = 0; i < pc_item_get_n_values (item); i++) {
    g_autofree char *value = g_strdup_printf (
        "%" G_GINT64_FORMAT, pc_item_get_value (item, i));
    g_autofree char *feedback = join_feedback (
        pc_item_get_value_feedback (item, i, self->language),
        pc_item_get_value_right_when (item, i, self->language));

    pc_portable_add_answer (self->question, value, NULL, feedback,
                            100 * pc_item_get_value_credit (item, i));
  }
  if (pc_item_get_ask_transport (item))
    tell (self, PC_SEVERITY_NOTE, _ ("the transport is not asked for"));
}

static void
add_pairs (Maker *self)
{
  PcItem *item = self->item;
  guint   n_right = pc_item_get_n_choices (item, PC_ITEM_RIGHT);
  guint64 used = 0;

  for (guint i = 0; i < pc_item_get_n_choices (item, PC_ITEM_LEFT); i++) {
    guint right = pc_item_get_pair (item, i);

    used |= G_GUINT64_CONSTANT (1) << right;
    pc_portable_add_answer (
        self->question,
        pc_item_get_choice_text (item, PC_ITEM_LEFT, i, self->language),
        pc_item_get_choice_text (item, PC_ITEM_RIGHT, right, self->language),
        pc_item_get_pair_feedback (item, i, self->language), 100);
  }
  for (guint i = 0; i < n_right; i++) {
    if ((used & G_GUINT64_CONSTANT (1) << i) == 0)
      pc_portable_add_answer (
          self->question, NULL,
          pc_item_get_choice_text (item, PC_ITEM_RIGHT, i, self->language),
          NULL, 0);
  }
}

static void
add_steps (Maker *self)
{
  PcItem  *item = self->item;
  guint    n = pc_item_get_n_steps (item);
  gboolean loose = FALSE;

  for (guint i = 0; i < pc_item_get_n_choices (item, PC_ITEM_STEPS); i++) {
    const char *text =
        pc_item_get_choice_text (item, PC_ITEM_STEPS, i, self->language);
    g_autofree char *place = g_strdup_printf (_ ("Step %u"), i + 1);

    if (i < n) {
      pc_portable_add_answer (self->question, place, text, NULL, 100);
      loose |= pc_item_get_step_group (item, i) != i;
    } else {
      pc_portable_add_answer (self->question, NULL, text, NULL, 0);
    }
  }
  if (loose)
    tell (self, PC_SEVERITY_NOTE,
          _ ("one order is asked for, though some steps may change places"));
}

/* The transcript as numbered lines, and the lines as options. */
static void
add_lines (Maker *self)
{
  const PcStimulus *stimulus = pc_item_get_stimulus (self->item);
  guint             wrong = pc_item_get_n_wrong_lines (self->item);

  for (guint i = 0; i < stimulus->n_lines; i++) {
    const char      *correction = pc_item_get_line_correction (self->item, i);
    gboolean         is_wrong = pc_item_get_line_wrong (self->item, i);
    g_autofree char *number = g_strdup_printf (_ ("Line %u"), i + 1);
    g_autofree char *feedback = NULL;
    double           weight = 0;

    if (stimulus->lines[i].from == 'N')
      continue;
    if (correction != NULL)
      feedback = g_strdup_printf (_ ("It should be: %s"), correction);
    if (is_wrong)
      weight = 100.0 / wrong;
    else if (wrong > 1)
      weight = -100.0 / (stimulus->n_lines - wrong);
    pc_portable_add_answer (self->question, number, NULL, feedback, weight);
  }
  self->question->shuffle = FALSE;
  if (pc_item_get_n_options (self->item) > 0)
    tell (self, PC_SEVERITY_NOTE, _ ("the reason is not asked for"));
}

static void
add_predictions (Maker *self)
{
  PcItem *item = self->item;

  for (guint i = 0; i < pc_item_get_n_predictions (item); i++) {
    const PcItemPrediction *prediction = pc_item_get_prediction (item, i);
    g_autofree char        *open = NULL;

    if (prediction->match == PC_ITEM_MATCH_PREFIX)
      open = g_strconcat (prediction->value, "*", NULL);
    pc_portable_add_answer (self->question,
                            open != NULL ? open : prediction->value, NULL,
                            NULL, 100);
  }
}

static char *
write_listing (const Maker *self)
{
  const PcStimulus *stimulus = pc_item_get_stimulus (self->item);
  GString          *text;

  if (stimulus == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < stimulus->n_lines; i++) {
    char from = stimulus->lines[i].from;

    g_string_append_printf (
        text, "%s%2u %s%s", i > 0 ? "\n" : "", i + 1,
        from == 'C'   ? "C: "
        : from == 'S' ? "S: "
                      : "",
        pc_item_get_stimulus_text (self->item, i, self->language));
  }
  return g_string_free (text, FALSE);
}

static void
append_section (GString     *text,
                const Maker *self,
                guint        section)
{
  PcItem     *item = self->item;
  const char *words =
      pc_item_get_section_text (item, section, self->language);

  /* Each option has its own "right when" already. */
  if (pc_item_get_section_from_options (item, section))
    return;
  g_string_append_printf (
      text, "%s**%s**", text->len > 0 ? "\n" : "",
      pc_item_get_section_heading (item, section, self->language));
  if (words != NULL)
    g_string_append_printf (text, "\n%s", words);
  for (guint i = 0; i < pc_item_get_n_entries (item, section); i++) {
    const char *term =
        pc_item_get_entry_term (item, section, i, self->language);

    g_string_append_printf (
        text, "\n%u. %s%s%s", i + 1, term != NULL ? term : "",
        term != NULL ? ": " : "",
        pc_item_get_entry_text (item, section, i, self->language));
  }
}

static char *
write_general (const Maker *self)
{
  PcItem     *item = self->item;
  GString    *text = g_string_new (NULL);
  const char *line = pc_item_get_answer_line (item, self->language);
  const char *note = pc_item_get_exam_note (item, self->language);

  if (line != NULL)
    g_string_append (text, line);
  for (guint i = 0; i < pc_item_get_n_sections (item); i++)
    append_section (text, self, i);
  if (note != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", note);
  for (guint i = 0; i < pc_item_get_n_references (item); i++) {
    g_autofree char *reference =
        pc_item_reference_format (pc_item_get_reference (item, i));

    g_string_append_printf (text, "%s%s", i > 0 ? "; " : text->len > 0 ? "\n"
                                                                       : "",
                            reference);
  }
  return g_string_free (text, text->len == 0);
}

static void
add_words (Maker *self)
{
  PcItem            *item = self->item;
  PcPortable        *question = self->question;
  const char *const *tags = pc_item_get_tags (item);
  const char        *level =
      pc_item_level_to_string (pc_item_get_level (item));

  question->id = g_strdup (pc_item_get_id (item));
  question->title = g_strdup (pc_item_get_title (item, self->language));
  question->stem = g_strdup (pc_item_get_stem (item, self->language));
  question->listing = write_listing (self);
  question->general = write_general (self);
  question->points = pc_item_get_points (item);
  question->line = pc_item_get_line (item);
  question->shuffle = question->shuffle && pc_item_get_shuffle (item);
  for (guint i = 0; i < pc_item_get_n_hints (item); i++)
    g_ptr_array_add (question->hints,
                     g_strdup (pc_item_get_hint (item, i, self->language)));
  for (guint i = 0; tags[i] != NULL; i++)
    g_ptr_array_add (question->tags, g_strdup (tags[i]));
  if (level != NULL)
    g_ptr_array_add (question->tags, g_strdup (level));
  if (pc_item_get_scenario (item) != NULL)
    tell (self, PC_SEVERITY_NOTE, _ ("the link to its exchange is lost"));
}

PcPortable *
pc_portable_from_item (PcItem     *item,
                       const char *language,
                       const char *bank,
                       PcProblems *left_out)
{
  static const struct
  {
    PcPortableKind kind;
    void (*add) (Maker *self);
  } rows[] = {
    [PC_ITEM_SINGLE] = { PC_PORTABLE_CHOICE, add_options },
    [PC_ITEM_MULTIPLE] = { PC_PORTABLE_MULTIPLE, add_options },
    [PC_ITEM_NUMBER] = { PC_PORTABLE_NUMBER, add_values },
    [PC_ITEM_MATCH] = { PC_PORTABLE_MATCH, add_pairs },
    [PC_ITEM_ORDER] = { PC_PORTABLE_MATCH, add_steps },
    [PC_ITEM_FAULT] = { PC_PORTABLE_CHOICE, add_lines },
    [PC_ITEM_PREDICT] = { PC_PORTABLE_SHORT, add_predictions },
    [PC_ITEM_CONFIGURE] = { PC_PORTABLE_CHOICE, NULL },
  };
  Maker      self = { item, language, bank, left_out, NULL };
  PcItemType type;

  g_return_val_if_fail (PC_IS_ITEM (item), NULL);
  g_return_val_if_fail (left_out != NULL, NULL);

  type = pc_item_get_item_type (item);
  if (rows[type].add == NULL) {
    tell (&self, PC_SEVERITY_WARNING,
          _ ("the settings of an account cannot be asked for elsewhere; the "
             "question is left out"));
    return NULL;
  }
  self.question = pc_portable_new (rows[type].kind);
  if (type == PC_ITEM_FAULT && pc_item_get_n_wrong_lines (item) > 1)
    self.question->kind = PC_PORTABLE_MULTIPLE;
  if (type == PC_ITEM_PREDICT && pc_item_get_n_options (item) > 0) {
    self.question->kind = PC_PORTABLE_CHOICE;
    add_options (&self);
  } else {
    rows[type].add (&self);
  }
  add_words (&self);
  return self.question;
}
