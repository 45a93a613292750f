/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hands of a class, question by question.  Going back takes nothing away: the
 * tallies stay, so that a count can be mended.
 *
 * Every question has a session of its own, for the order of its options; it
 * is never answered.
 */

#include "quiz/vote.h"

#include "quiz/record-answer.h"
#include "quiz/results.h"

typedef struct
{
  int      option; /* of the item; -1: a number */
  PcAnswer answer; /* of options and numbers: owns nothing */
  guint    hands[PC_VOTE_ROUNDS];
} Choice;

typedef struct
{
  PcPick     pick;
  PcSession *session;
  GArray    *choices; /* Choice */
  gint64     shown;   /* first */
  gint64     taken;   /* until the first count; 0: not counted yet */
} Question;

struct _PcVote
{
  GPtrArray  *questions; /* Question */
  guint64     seed;
  gint64      begun;
  guint       position;
  PcVoteStage stage;
};

/* -- life ----------------------------------------------------------------- */

gboolean
pc_vote_can_count (PcItem *item)
{
  g_return_val_if_fail (PC_IS_ITEM (item), FALSE);

  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  case PC_ITEM_NUMBER: return TRUE;
  case PC_ITEM_PREDICT: return pc_item_get_n_options (item) > 0;
  case PC_ITEM_MATCH:
  case PC_ITEM_ORDER:
  case PC_ITEM_FAULT:
  case PC_ITEM_CONFIGURE:
  default: return FALSE;
  }
}

static void
question_free (gpointer data)
{
  Question *question = data;

  pc_session_free (question->session);
  g_array_unref (question->choices);
  g_object_unref (question->pick.bank);
  g_free (question);
}

static Question *
question_new (const PcPick *pick,
              guint64       seed)
{
  const PcSessionOptions options = { .mode = PC_SESSION_EXAM, .seed = seed };
  Question    *self = g_new0 (Question, 1);
  const guint *order;
  guint        n = 0;

  self->pick = (PcPick){ g_object_ref (pick->bank), pick->item };
  self->session = pc_session_new_from_picks (pick, 1, &options);
  self->choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  if (!pc_vote_can_count (pick->item) ||
      pc_item_get_item_type (pick->item) == PC_ITEM_NUMBER)
    return self;
  order = pc_session_get_option_order (self->session, &n);
  for (guint i = 0; i < n; i++) {
    const Choice choice = {
      .option = (int) order[i],
      .answer = { .kind = PC_ANSWER_OPTIONS, .options = 1u << order[i] },
    };

    g_array_append_val (self->choices, choice);
  }
  return self;
}

PcVote *
pc_vote_new (const PcPick *picks,
             guint         n,
             guint64       seed,
             gint64        now)
{
  PcVote *self;

  g_return_val_if_fail (picks != NULL && n > 0, NULL);

  self = g_new0 (PcVote, 1);
  self->seed = seed;
  self->begun = now;
  self->questions = g_ptr_array_new_with_free_func (question_free);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->questions, question_new (&picks[i], seed));
  ((Question *) self->questions->pdata[0])->shown = now;
  return self;
}

void
pc_vote_free (PcVote *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->questions);
  g_free (self);
}

/* -- where it stands ------------------------------------------------------ */

static Question *
get_question (PcVote *self)
{
  return self->questions->pdata[self->position];
}

PcVoteStage
pc_vote_get_stage (PcVote *self)
{
  g_return_val_if_fail (self != NULL, PC_VOTE_OVER);

  return self->stage;
}

guint64
pc_vote_get_seed (PcVote *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->seed;
}

guint
pc_vote_get_n_questions (PcVote *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->questions->len;
}

guint
pc_vote_get_position (PcVote *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->position;
}

PcItem *
pc_vote_get_item (PcVote *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_question (self)->pick.item;
}

PcSession *
pc_vote_get_session (PcVote *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_question (self)->session;
}

gboolean
pc_vote_is_counting (PcVote *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return pc_vote_can_count (get_question (self)->pick.item) &&
         (self->stage == PC_VOTE_ASKED || self->stage == PC_VOTE_ASKED_AGAIN);
}

static guint
count_hands (const Question *question,
             guint           round)
{
  guint sum = 0;

  for (guint i = 0; i < question->choices->len; i++)
    sum += g_array_index (question->choices, Choice, i).hands[round];
  return sum;
}

guint
pc_vote_get_n_rounds (PcVote *self)
{
  Question *question;

  g_return_val_if_fail (self != NULL, 0);

  question = get_question (self);
  if (self->stage == PC_VOTE_ASKED_AGAIN || count_hands (question, 1) > 0)
    return 2;
  return count_hands (question, 0) > 0 ? 1 : 0;
}

/* -- course --------------------------------------------------------------- */

static gboolean
show_next (PcVote *self,
           gint64  now)
{
  Question *question;

  if (self->position + 1 == self->questions->len) {
    self->stage = PC_VOTE_OVER;
    return FALSE;
  }
  self->position++;
  self->stage = PC_VOTE_ASKED;
  question = get_question (self);
  if (question->shown == 0)
    question->shown = now;
  return TRUE;
}

gboolean
pc_vote_go_on (PcVote *self,
               gint64  now)
{
  Question *question;

  g_return_val_if_fail (self != NULL, FALSE);

  question = get_question (self);
  switch (self->stage) {
  case PC_VOTE_ASKED:
    /* A clock that was set back says nothing. */
    if (question->taken == 0)
      question->taken = MAX (now - question->shown, 0);
    self->stage = count_hands (question, 0) > 0 ? PC_VOTE_COUNTED
                                                : PC_VOTE_REVEALED;
    return TRUE;
  case PC_VOTE_ASKED_AGAIN:
    self->stage = count_hands (question, 1) > 0 ? PC_VOTE_COUNTED_AGAIN
                                                : PC_VOTE_REVEALED;
    return TRUE;
  case PC_VOTE_COUNTED:
  case PC_VOTE_COUNTED_AGAIN: self->stage = PC_VOTE_REVEALED; return TRUE;
  case PC_VOTE_REVEALED:
    if (pc_item_get_scenario (question->pick.item) == NULL)
      return show_next (self, now);
    self->stage = PC_VOTE_PLAYED;
    return TRUE;
  case PC_VOTE_PLAYED: return show_next (self, now);
  case PC_VOTE_OVER:
  default: return FALSE;
  }
}

/* The last stage before the key. */
static PcVoteStage
find_counted (const Question *question)
{
  if (count_hands (question, 1) > 0)
    return PC_VOTE_COUNTED_AGAIN;
  return count_hands (question, 0) > 0 ? PC_VOTE_COUNTED : PC_VOTE_ASKED;
}

gboolean
pc_vote_go_back (PcVote *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch (self->stage) {
  case PC_VOTE_ASKED:
    if (self->position == 0)
      return FALSE;
    self->position--;
    self->stage = PC_VOTE_REVEALED;
    return TRUE;
  case PC_VOTE_COUNTED: self->stage = PC_VOTE_ASKED; return TRUE;
  case PC_VOTE_ASKED_AGAIN: self->stage = PC_VOTE_COUNTED; return TRUE;
  case PC_VOTE_COUNTED_AGAIN: self->stage = PC_VOTE_ASKED_AGAIN; return TRUE;
  case PC_VOTE_REVEALED:
    self->stage = find_counted (get_question (self));
    return TRUE;
  case PC_VOTE_PLAYED:
  case PC_VOTE_OVER:
  default: self->stage = PC_VOTE_REVEALED; return TRUE;
  }
}

gboolean
pc_vote_ask_again (PcVote *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->stage != PC_VOTE_COUNTED)
    return FALSE;
  self->stage = PC_VOTE_ASKED_AGAIN;
  return TRUE;
}

gboolean
pc_vote_skip (PcVote *self,
              gint64  now)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->stage != PC_VOTE_OVER && show_next (self, now);
}

/* -- tally ---------------------------------------------------------------- */

static Choice *
get_choice (PcVote *self,
            guint   choice)
{
  GArray *choices = get_question (self)->choices;

  return choice < choices->len ? &g_array_index (choices, Choice, choice)
                               : NULL;
}

guint
pc_vote_get_n_choices (PcVote *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return get_question (self)->choices->len;
}

int
pc_vote_get_option (PcVote *self,
                    guint   choice)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (get_choice (self, choice) != NULL, -1);

  return get_choice (self, choice)->option;
}

char *
pc_vote_dup_text (PcVote     *self,
                  guint       choice,
                  const char *language)
{
  PcItem *item;
  Choice *known;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (get_choice (self, choice) != NULL, NULL);

  item = get_question (self)->pick.item;
  known = get_choice (self, choice);
  return known->option < 0
             ? pc_answer_to_string (&known->answer, item)
             : g_strdup (pc_item_get_option_text (item, (guint) known->option,
                                                  language));
}

static gboolean
is_right (const Question *question,
          const Choice   *choice)
{
  if (choice->option >= 0)
    return pc_item_get_option_correct (question->pick.item,
                                       (guint) choice->option);
  return pc_grade (question->pick.item, &choice->answer).correct;
}

gboolean
pc_vote_is_right (PcVote *self,
                  guint   choice)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (get_choice (self, choice) != NULL, FALSE);

  return is_right (get_question (self), get_choice (self, choice));
}

const char *
pc_vote_get_feedback (PcVote     *self,
                      guint       choice,
                      const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (get_choice (self, choice) != NULL, NULL);

  if (get_choice (self, choice)->option >= 0)
    return pc_item_get_option_feedback (
        pc_vote_get_item (self), (guint) get_choice (self, choice)->option,
        language);
  return pc_grade_get_feedback (pc_vote_get_item (self),
                                &get_choice (self, choice)->answer, language);
}

guint
pc_vote_get_hands (PcVote *self,
                   guint   choice,
                   guint   round)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (round < PC_VOTE_ROUNDS, 0);
  g_return_val_if_fail (get_choice (self, choice) != NULL, 0);

  return get_choice (self, choice)->hands[round];
}

guint
pc_vote_get_n_hands (PcVote *self,
                     guint   round)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (round < PC_VOTE_ROUNDS, 0);

  return count_hands (get_question (self), round);
}

guint
pc_vote_get_percent (PcVote *self,
                     guint   choice,
                     guint   round)
{
  GArray *choices;
  guint   sum, own, left = 100, before = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (round < PC_VOTE_ROUNDS, 0);
  g_return_val_if_fail (get_choice (self, choice) != NULL, 0);

  choices = get_question (self)->choices;
  sum = count_hands (get_question (self), round);
  if (sum == 0)
    return 0;
  own = 100 * get_choice (self, choice)->hands[round];
  /* What rounding down takes away goes to the largest remainders; among equal
   * ones, to the first. */
  for (guint i = 0; i < choices->len; i++) {
    guint other = 100 * g_array_index (choices, Choice, i).hands[round];

    left -= other / sum;
    before += other % sum > own % sum || (other % sum == own % sum &&
                                          i < choice);
  }
  return own / sum + (before < left && own % sum > 0 ? 1 : 0);
}

gboolean
pc_vote_set_hands (PcVote *self,
                   guint   choice,
                   guint   n)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!pc_vote_is_counting (self) || get_choice (self, choice) == NULL)
    return FALSE;
  get_choice (self, choice)->hands[self->stage == PC_VOTE_ASKED_AGAIN] =
      MIN (n, PC_LIMIT_VOTE_HANDS);
  return TRUE;
}

static gboolean
is_same (const Choice   *choice,
         const PcAnswer *answer)
{
  return choice->answer.number == answer->number &&
         choice->answer.transport == answer->transport;
}

int
pc_vote_call_out (PcVote     *self,
                  const char *text)
{
  Choice fresh = { .option = -1 };
  GArray *choices;
  guint   at = 0;

  g_return_val_if_fail (self != NULL && text != NULL, -1);

  choices = get_question (self)->choices;
  if (!pc_vote_is_counting (self) ||
      pc_item_get_item_type (pc_vote_get_item (self)) != PC_ITEM_NUMBER ||
      !pc_answer_parse_number (text, &fresh.answer))
    return -1;
  if (!pc_item_get_ask_transport (pc_vote_get_item (self)))
    fresh.answer.transport = PC_SERVICE_TRANSPORT_ANY;
  else if (fresh.answer.transport == PC_SERVICE_TRANSPORT_ANY)
    return -1;
  while (at < choices->len &&
         !is_same (&g_array_index (choices, Choice, at), &fresh.answer))
    at++;
  if (at == PC_LIMIT_VOTE_VALUES)
    return -1;
  if (at == choices->len)
    g_array_append_val (choices, fresh);
  pc_vote_set_hands (
      self, at,
      pc_vote_get_hands (self, at, self->stage == PC_VOTE_ASKED_AGAIN) + 1);
  return (int) at;
}

/* -- afterwards ----------------------------------------------------------- */

guint
pc_vote_count_all (PcVote *self)
{
  guint sum = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->questions->len; i++)
    for (guint round = 0; round < PC_VOTE_ROUNDS; round++)
      sum += count_hands (self->questions->pdata[i], round);
  return sum;
}

gboolean
pc_vote_summarize (PcVote *self,
                   guint   position,
                   guint   round,
                   guint  *n_right,
                   guint  *n_hands)
{
  const Question *question;

  g_return_val_if_fail (self != NULL && position < self->questions->len,
                        FALSE);
  g_return_val_if_fail (round < PC_VOTE_ROUNDS, FALSE);
  g_return_val_if_fail (n_right != NULL && n_hands != NULL, FALSE);

  question = self->questions->pdata[position];
  *n_hands = count_hands (question, round);
  *n_right = 0;
  for (guint i = 0; i < question->choices->len; i++) {
    const Choice *choice = &g_array_index (question->choices, Choice, i);

    if (is_right (question, choice))
      *n_right += choice->hands[round];
  }
  return *n_hands > 0;
}

/* Nobody knows whose hand it was: each is somebody who answered this alone. */
static void
append_hands (PcVote         *self,
              const Question *question,
              guint           number,
              const Choice   *choice,
              guint          *hand,
              GString        *csv)
{
  g_autofree char *session =
      g_strdup_printf ("vote-%016" G_GINT64_MODIFIER "x", self->seed);
  g_autofree char *order = pc_session_dup_option_order (question->session);
  g_autofree char *given = pc_answer_to_string (&choice->answer,
                                                question->pick.item);
  const PcRecordSitting sitting = { .session = session,
                                    .mode = "vote",
                                    .seed = self->seed,
                                    .number = number,
                                    .time_us = question->shown };
  const PcRecordGiven row = {
    .pick = question->pick,
    .choice = given,
    .option_order = order,
    .grade = pc_grade (question->pick.item, &choice->answer),
    .taken_us = question->taken,
  };
  PcRecordAnswer *answer = pc_record_answer_new_given (&row, &sitting);

  for (guint i = 0; i < choice->hands[0]; i++) {
    g_autofree char *learner = g_strdup_printf ("hand %u-%u", number,
                                                ++*hand);
    const PcResultsSitting whose = { .learner = learner,
                                     .start_us = self->begun,
                                     .end_us = self->begun };

    pc_results_append_row (csv, answer, &whose);
  }
  pc_record_answer_free (answer);
}

char *
pc_vote_to_csv (PcVote *self)
{
  GString *csv;

  g_return_val_if_fail (self != NULL, NULL);

  csv = g_string_new (NULL);
  pc_results_append_header (csv);
  for (guint i = 0; i < self->questions->len; i++) {
    const Question *question = self->questions->pdata[i];
    guint           hand = 0;

    if (pc_item_get_item_type (question->pick.item) == PC_ITEM_MULTIPLE)
      continue;
    for (guint j = 0; j < question->choices->len; j++)
      append_hands (self, question, i + 1,
                    &g_array_index (question->choices, Choice, j), &hand,
                    csv);
  }
  return g_string_free (csv, FALSE);
}
