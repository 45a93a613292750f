/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers of several parts in a terminal: pairs as "1b 2a", an order as
 * "3 1 2", the fields of an account one after the other.
 */

#include "cli/quiz-private.h"

#include "timeline/step.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
pc_quiz_is_command (const char *line,
                    char        command)
{
  return g_ascii_tolower (line[0]) == command && line[1] == '\0';
}

guint
pc_quiz_parse_numbers (const char *text,
                       guint       max,
                       guint      *numbers,
                       guint       n_numbers)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,;\t", -1);
  guint n = 0;

  for (guint i = 0; max > 0 && words[i] != NULL; i++) {
    guint64 value;

    if (*words[i] == '\0')
      continue;
    if (n == n_numbers ||
        !g_ascii_string_to_unsigned (words[i], 10, 1, max, &value, NULL))
      return 0;
    for (guint j = 0; j < n; j++) {
      if (numbers[j] == value)
        return 0;
    }
    numbers[n++] = (guint) value;
  }
  return n;
}

/* What was typed, unless it is a command that the caller need not know:
 * giving up leaves the answer blank. */
static char *
read_part (const char *prompt,
           gboolean   *gave_up)
{
  char *line = pc_quiz_read_line (prompt);

  *gave_up = line != NULL && pc_quiz_is_command (line, '-');
  return line;
}

/* -- match ---------------------------------------------------------------- */

/* "1b": the first left one with the second right one as shown. */
static gboolean
parse_pair (const PcQuizAsk *self,
            const char      *word,
            PcAnswer        *answer)
{
  guint        n_left = pc_item_get_n_choices (self->item, PC_ITEM_LEFT);
  guint        n_right;
  const guint *order = pc_session_get_order (self->session, PC_ITEM_RIGHT,
                                             &n_right);
  gsize        len = strspn (word, "0123456789");
  g_autofree char *digits = g_strndup (word, len);
  guint64      left;
  guint        right = (guint) (g_ascii_tolower (word[len]) - 'a');

  if (!g_ascii_string_to_unsigned (digits, 10, 1, n_left, &left, NULL) ||
      !g_ascii_isalpha (word[len]) || right >= n_right ||
      word[len + 1] != '\0' || pc_answer_get_pair (answer, left - 1) >= 0)
    return FALSE;
  pc_answer_set_pair (answer, left - 1, (int) order[right]);
  return TRUE;
}

static gboolean
parse_pairs (const PcQuizAsk *self,
             const char      *line,
             PcAnswer        *answer)
{
  g_auto (GStrv) words = g_strsplit_set (line, " ,;\t", -1);

  pc_answer_clear (answer);
  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] != '\0' && !parse_pair (self, words[i], answer))
      return FALSE;
  }
  return pc_answer_is_complete (answer, self->item);
}

gboolean
pc_quiz_ask_pairs (const PcQuizAsk *self,
                   PcAnswer        *answer)
{
  for (;;) {
    gboolean         gave_up;
    g_autofree char *line = read_part (_ ("Pairs, such as 1b 2a: "), &gave_up);

    if (line == NULL || pc_quiz_is_command (line, 'q'))
      return FALSE;
    if (gave_up || parse_pairs (self, line, answer))
      return TRUE;
    pc_answer_clear (answer);
    g_print ("%s\n", _ ("Every number needs one letter."));
  }
}

/* -- order ---------------------------------------------------------------- */

gboolean
pc_quiz_ask_order (const PcQuizAsk *self,
                   PcAnswer        *answer)
{
  guint        numbers[PC_LIMIT_ORDER];
  guint        n;
  const guint *order = pc_session_get_order (self->session, PC_ITEM_STEPS, &n);

  for (;;) {
    gboolean         gave_up;
    guint            n_typed;
    g_autofree char *line = read_part (_ ("Order, such as 3 1 2: "), &gave_up);

    if (line == NULL || pc_quiz_is_command (line, 'q'))
      return FALSE;
    if (gave_up)
      return TRUE;
    n_typed = pc_quiz_parse_numbers (line, n, numbers, G_N_ELEMENTS (numbers));
    for (guint i = 0; i < n_typed; i++)
      pc_answer_append_step (answer, order[numbers[i] - 1]);
    if (pc_answer_is_complete (answer, self->item))
      return TRUE;
    pc_answer_clear (answer);
    g_print ("%s\n", _ ("Type the numbers in their order, each once."));
  }
}

/* -- configure ------------------------------------------------------------ */

/* The id of the choice that was typed: its number, id or text. */
static const char *
find_choice (const PcQuizAsk *self,
             guint            field,
             const char      *typed)
{
  guint   n = pc_item_get_n_field_choices (self->item, field);
  guint64 number;

  if (g_ascii_string_to_unsigned (typed, 10, 1, n, &number, NULL))
    return pc_item_get_field_choice_id (self->item, field,
                                        (guint) number - 1);
  for (guint i = 0; i < n; i++) {
    const char *id = pc_item_get_field_choice_id (self->item, field, i);

    if (g_ascii_strcasecmp (id, typed) == 0 ||
        g_ascii_strcasecmp (pc_item_get_field_choice_text (
                                self->item, field, i, self->language),
                            typed) == 0)
      return id;
  }
  return NULL;
}

static const char *
read_flag (const char *typed)
{
  if (g_ascii_strcasecmp (typed, "y") == 0 ||
      g_ascii_strcasecmp (typed, "yes") == 0 ||
      g_utf8_collate (typed, _ ("yes")) == 0)
    return "yes";
  if (g_ascii_strcasecmp (typed, "n") == 0 ||
      g_ascii_strcasecmp (typed, "no") == 0 ||
      g_utf8_collate (typed, _ ("no")) == 0)
    return "no";
  return NULL;
}

/* The value that @typed means in a field, or NULL. */
static const char *
read_value (const PcQuizAsk *self,
            guint            field,
            const char      *typed)
{
  guint64 port;

  if (*typed == '\0')
    return pc_item_get_field_preset (self->item, field);
  switch (pc_item_get_field_kind (self->item, field)) {
  case PC_ITEM_FIELD_CHOICE: return find_choice (self, field, typed);
  case PC_ITEM_FIELD_FLAG: return read_flag (typed);
  case PC_ITEM_FIELD_PORT:
    return g_ascii_string_to_unsigned (typed, 10, 0, 65535, &port, NULL)
               ? typed
               : NULL;
  case PC_ITEM_FIELD_HOST:
  case PC_ITEM_FIELD_TEXT:
  default: return typed;
  }
}

static char *
make_prompt (const PcQuizAsk *self,
             guint            field)
{
  GString    *out = g_string_new ("  ");
  const char *preset = pc_item_get_field_preset (self->item, field);

  g_string_append (out, pc_item_get_field_label (self->item, field,
                                                 self->language));
  for (guint i = 0; i < pc_item_get_n_field_choices (self->item, field); i++)
    g_string_append_printf (out, "  %u) %s", i + 1,
                            pc_item_get_field_choice_text (
                                self->item, field, i, self->language));
  if (pc_item_get_field_kind (self->item, field) == PC_ITEM_FIELD_FLAG)
    g_string_append_printf (out, " (%s, %s)", _ ("yes"), _ ("no"));
  if (preset != NULL)
    g_string_append_printf (out, " [%s]",
                            pc_item_get_field_value_text (
                                self->item, field, preset, self->language));
  g_string_append (out, ": ");
  return g_string_free (out, FALSE);
}

gboolean
pc_quiz_ask_form (const PcQuizAsk *self,
                  PcAnswer        *answer)
{
  guint n = pc_item_get_n_fields (self->item);

  for (guint field = 0; field < n;) {
    g_autofree char *made = make_prompt (self, field);
    g_autofree char *prompt = pc_problem_clean_text (made);
    gboolean         gave_up;
    g_autofree char *line = read_part (prompt, &gave_up);
    const char      *value;

    if (line == NULL || pc_quiz_is_command (line, 'q'))
      return FALSE;
    if (gave_up) {
      pc_answer_clear (answer);
      return TRUE;
    }
    value = read_value (self, field, line);
    if (value != NULL)
      pc_answer_set_field (answer, self->item, field++, value);
    else
      g_print ("%s\n", _ ("That does not fit this field."));
  }
  return TRUE;
}
