/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One question in a terminal, line by line, so that it works over a pipe and
 * is read well by a screen reader: what is asked, what there is to choose
 * from, and what was typed.
 */

#include "cli/quiz-private.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TYPED 998 /* no line of mail is longer (RFC 5322 2.1.1) */

char *
pc_quiz_read_line (const char *prompt)
{
  char   *line = NULL;
  size_t  room = 0;
  ssize_t n;
  char   *text;

  g_print ("%s", prompt);
  fflush (stdout);
  n = getline (&line, &room, stdin);
  if (n < 0) {
    free (line);
    g_print ("\n");
    return NULL;
  }
  text = g_utf8_make_valid (line, MIN (n, MAX_TYPED));
  free (line);
  return g_strstrip (text);
}

void
pc_quiz_print_text (const char *text)
{
  g_autofree char *plain = pc_markup_to_plain (text);

  g_print ("%s\n", plain);
}

/* -- what is shown -------------------------------------------------------- */

static void
print_choice (const PcQuizAsk *self,
              PcItemList       list,
              guint            index,
              const char      *label)
{
  g_print ("  %s) ", label);
  pc_quiz_print_text (pc_item_get_choice_text (self->item, list, index,
                                               self->language));
}

static void
print_list (const PcQuizAsk *self,
            PcItemList       list,
            gboolean         letters)
{
  guint        n;
  const guint *order = pc_session_get_order (self->session, list, &n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *label = letters ? g_strdup_printf ("%c", 'a' + i)
                                     : g_strdup_printf ("%u", i + 1);

    print_choice (self, list, order[i], label);
  }
}

/* Lines are numbered, which a fault item asks for and others do not mind. */
static void
print_stimulus (const PcQuizAsk *self)
{
  const PcStimulus *shown = pc_item_get_stimulus (self->item);
  const char       *title = pc_item_get_stimulus_title (self->item,
                                                        self->language);

  if (shown == NULL)
    return;
  g_print ("\n");
  if (title != NULL)
    pc_quiz_print_text (title);
  for (guint i = 0; i < shown->n_lines; i++) {
    const PcStimulusLine *line = &shown->lines[i];
    g_autofree char      *text = pc_problem_clean_text (
        pc_item_get_stimulus_text (self->item, i, self->language));

    g_print ("  %3u %c: %s\n", i + 1, line->from, text);
    if (line->n_octets > 0)
      g_print ("         ");
    for (gsize j = 0; j < line->n_octets; j++)
      g_print (" %02x", line->octets[j]);
    if (line->n_octets > 0)
      g_print ("\n");
  }
}

static void
print_question (const PcQuizAsk *self)
{
  g_print ("\n");
  pc_quiz_print_text (pc_item_get_stem (self->item, self->language));
  print_stimulus (self);
  g_print ("\n");
  print_list (self, PC_ITEM_LEFT, FALSE);
  if (pc_item_get_n_choices (self->item, PC_ITEM_LEFT) > 0)
    g_print ("\n");
  print_list (self, PC_ITEM_RIGHT, TRUE);
  print_list (self, PC_ITEM_STEPS, FALSE);
  print_list (self, PC_ITEM_OPTIONS, FALSE);
}

/* -- what is typed -------------------------------------------------------- */

/* The numbers as shown, as a set of options. */
static gboolean
parse_options (const PcQuizAsk *self,
               const char      *line,
               PcAnswer        *answer)
{
  guint        numbers[PC_LIMIT_OPTIONS];
  guint        n_options;
  const guint *order = pc_session_get_option_order (self->session,
                                                    &n_options);
  guint        n = pc_quiz_parse_numbers (line, n_options, numbers,
                                          G_N_ELEMENTS (numbers));

  answer->kind = PC_ANSWER_OPTIONS;
  answer->options = 0;
  for (guint i = 0; i < n; i++)
    answer->options |= 1u << order[numbers[i] - 1];
  return n > 0;
}

static void
parse_lines (const PcQuizAsk *self,
             const char      *line,
             PcAnswer        *answer)
{
  const PcStimulus *shown = pc_item_get_stimulus (self->item);
  guint             numbers[PC_LIMIT_FAULT_LINES];
  guint             n = pc_quiz_parse_numbers (line, shown->n_lines, numbers,
                                               G_N_ELEMENTS (numbers));

  for (guint i = 0; i < n; i++)
    pc_answer_set_line (answer, numbers[i] - 1, TRUE);
}

static void
parse (const PcQuizAsk *self,
       const char      *line,
       PcAnswer        *answer)
{
  switch (pc_item_get_item_type (self->item)) {
  case PC_ITEM_NUMBER: pc_answer_parse_number (line, answer); break;
  case PC_ITEM_PREDICT:
    if (!parse_options (self, line, answer))
      pc_answer_set_text (answer, line);
    break;
  case PC_ITEM_FAULT: parse_lines (self, line, answer); break;
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  case PC_ITEM_MATCH:
  case PC_ITEM_ORDER:
  case PC_ITEM_CONFIGURE:
  default: parse_options (self, line, answer); break;
  }
}

/* The reason of a fault item, after its lines.  FALSE to quit. */
static gboolean
ask_reason (const PcQuizAsk *self,
            PcAnswer        *answer)
{
  guint64 lines = answer->lines;

  if (answer->kind != PC_ANSWER_LINES ||
      pc_item_get_n_options (self->item) == 0)
    return TRUE;
  for (;;) {
    g_autofree char *line = pc_quiz_read_line (_ ("The number of the "
                                                  "reason: "));

    if (line == NULL || pc_quiz_is_command (line, 'q'))
      return FALSE;
    parse_options (self, line, answer);
    answer->kind = PC_ANSWER_LINES;
    answer->lines = lines;
    if (pc_answer_is_complete (answer, self->item))
      return TRUE;
    g_print ("%s\n", _ ("Type one of the numbers."));
  }
}

static const char *
get_prompt (PcItem *item)
{
  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_MULTIPLE: return _ ("The numbers, such as 1 3: ");
  case PC_ITEM_NUMBER:
    return pc_item_get_ask_transport (item)
               ? _ ("The number and the transport, such as 143/tcp: ")
               : _ ("The number: ");
  case PC_ITEM_FAULT: return _ ("The number of each wrong line: ");
  case PC_ITEM_PREDICT:
    return pc_item_get_n_options (item) > 0
               ? _ ("A number, or what comes: ")
               : _ ("What comes: ");
  case PC_ITEM_SINGLE:
  case PC_ITEM_MATCH:
  case PC_ITEM_ORDER:
  case PC_ITEM_CONFIGURE:
  default: return _ ("The number of your answer: ");
  }
}

static void
give_hint (const PcQuizAsk *self,
           guint           *n_hints)
{
  if (pc_session_get_mode (self->session) == PC_SESSION_EXAM) {
    g_print ("%s\n", _ ("An exam has no hints."));
    return;
  }
  if (*n_hints == pc_item_get_n_hints (self->item)) {
    g_print ("%s\n", *n_hints > 0 ? _ ("There are no more hints.")
                                  : _ ("This question has no hint."));
    return;
  }
  pc_session_use_hint (self->session);
  pc_quiz_print_text (pc_item_get_hint (self->item, (*n_hints)++,
                                        self->language));
}

static PcQuizResult
ask_line (const PcQuizAsk *self,
          PcAnswer        *answer)
{
  guint n_hints = 0;

  for (;;) {
    g_autofree char *line = pc_quiz_read_line (get_prompt (self->item));

    if (line == NULL || pc_quiz_is_command (line, 'q'))
      return PC_QUIZ_QUIT;
    if (pc_quiz_is_command (line, '-'))
      return PC_QUIZ_ANSWERED;
    if (pc_quiz_is_command (line, 'h')) {
      give_hint (self, &n_hints);
      continue;
    }
    if (*line != '\0')
      parse (self, line, answer);
    if (!ask_reason (self, answer))
      return PC_QUIZ_QUIT;
    if (pc_answer_is_complete (answer, self->item))
      return PC_QUIZ_ANSWERED;
    pc_answer_clear (answer);
    g_print ("%s\n", _ ("Type an answer; “-” gives up, “h” shows a hint, "
                        "“q” ends the quiz."));
  }
}

PcQuizResult
pc_quiz_ask (const PcQuizAsk *self,
             PcAnswer        *answer)
{
  gboolean done;

  *answer = (PcAnswer){ .kind = PC_ANSWER_BLANK };
  print_question (self);
  switch (pc_item_get_item_type (self->item)) {
  case PC_ITEM_MATCH: done = pc_quiz_ask_pairs (self, answer); break;
  case PC_ITEM_ORDER: done = pc_quiz_ask_order (self, answer); break;
  case PC_ITEM_CONFIGURE: done = pc_quiz_ask_form (self, answer); break;
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  case PC_ITEM_NUMBER:
  case PC_ITEM_FAULT:
  case PC_ITEM_PREDICT:
  default: return ask_line (self, answer);
  }
  return done ? PC_QUIZ_ANSWERED : PC_QUIZ_QUIT;
}

gboolean
pc_quiz_ask_certainty (PcCertainty *certainty)
{
  for (;;) {
    g_autofree char *line = pc_quiz_read_line (
        _ ("How sure are you? 1 a guess, 2 fairly sure, 3 sure: "));
    guint64          value;

    if (line == NULL)
      return FALSE;
    if (g_ascii_string_to_unsigned (line, 10, PC_CERTAINTY_GUESS,
                                    PC_CERTAINTY_SURE, &value, NULL)) {
      *certainty = (PcCertainty) value;
      return TRUE;
    }
    if (*line == '\0')
      return TRUE; /* rather not say */
    g_print ("%s\n", _ ("Type 1, 2 or 3."));
  }
}
