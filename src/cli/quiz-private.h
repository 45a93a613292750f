/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/command.h"
#include "quiz/attempt.h"
#include "quiz/session.h"

G_BEGIN_DECLS

/* What a question in a terminal needs to know. */
typedef struct
{
  PcSession  *session; /* that the question belongs to */
  PcItem     *item;
  PcLibrary  *library;
  const char *language;
} PcQuizAsk;

typedef enum {
  PC_QUIZ_ANSWERED, /* perhaps with nothing: gave up */
  PC_QUIZ_QUIT,     /* or the input ended */
} PcQuizResult;

/* -- quiz-ask.c ----------------------------------------------------------- */

/* The next line of standard input without blanks around it, after @prompt;
 * NULL at its end.  Transfer full. */
char        *pc_quiz_read_line (const char *prompt);
/* Prints @text of a bank without marks. */
void         pc_quiz_print_text (const char *text);
/* Shows the question and reads until there is an answer.  Clear it. */
PcQuizResult pc_quiz_ask (const PcQuizAsk *self,
                          PcAnswer        *answer);
/* FALSE at the end of the input. */
gboolean     pc_quiz_ask_certainty (PcCertainty *certainty);

/* -- quiz-form.c ---------------------------------------------------------- */

/* Reads the answer to a match, order or configure item.  FALSE at the end of
 * the input; a blank answer is giving up. */
gboolean     pc_quiz_ask_pairs (const PcQuizAsk *self,
                                PcAnswer        *answer);
gboolean     pc_quiz_ask_order (const PcQuizAsk *self,
                                PcAnswer        *answer);
gboolean     pc_quiz_ask_form (const PcQuizAsk *self,
                               PcAnswer        *answer);
/* Numbers between blanks and commas, 1 to @max, each once; the number of
 * them, or 0 when there is anything else. */
guint        pc_quiz_parse_numbers (const char *text,
                                    guint       max,
                                    guint      *numbers,
                                    guint       n_numbers);
/* Whether @line gives up ("-"), asks for a hint ("h") or to quit ("q"). */
gboolean     pc_quiz_is_command (const char *line,
                                 char        command);

/* -- quiz-tell.c ---------------------------------------------------------- */

/* The verdict and what there is to say about the answer. */
void         pc_quiz_tell (const PcQuizAsk       *self,
                           const PcSessionAnswer *answer);
/* "e" explains, "w" plays the scenario, "t" tries the answer where it can be,
 * Enter goes on.  FALSE to quit. */
gboolean     pc_quiz_offer_more (const PcQuizAsk       *self,
                                 const PcSessionAnswer *answer);

/* -- quiz-try.c ----------------------------------------------------------- */

/* Runs what was answered and what is right, and says what came of both. */
void         pc_quiz_try (const PcAttempt *attempt);

G_END_DECLS
