/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/session.h"

G_BEGIN_DECLS

/* A class answers by raising hands, question after question, and may talk and
 * raise them once more (peer instruction: Mazur 1997).  Counts hands; knows no
 * learner, so nothing of it goes to a record.  The same picks and seed give
 * the same questions with the same order of options on every machine. */

typedef enum {
  PC_VOTE_ASKED,         /* hands are counted */
  PC_VOTE_COUNTED,       /* the tally is shown, the key is not */
  PC_VOTE_ASKED_AGAIN,   /* hands are counted once more */
  PC_VOTE_COUNTED_AGAIN, /* both tallies are shown */
  PC_VOTE_REVEALED,      /* the key is shown */
  PC_VOTE_PLAYED,        /* the exchange that proves it */
  PC_VOTE_OVER,          /* after the last question */
} PcVoteStage;

#define PC_VOTE_ROUNDS 2

typedef struct _PcVote PcVote;

/* Holds the banks of @picks; @n > 0.  Times are Unix times in microseconds:
 * @now is when the first question is shown. */
PcVote     *pc_vote_new (const PcPick *picks,
                         guint         n,
                         guint64       seed,
                         gint64        now);
void        pc_vote_free (PcVote *self);

/* Whether hands can answer it: one of some options, or a number that is
 * called out.  Other questions are only talked about. */
gboolean    pc_vote_can_count (PcItem *item);

/* -- where it stands ------------------------------------------------------ */

PcVoteStage pc_vote_get_stage (PcVote *self);
guint64     pc_vote_get_seed (PcVote *self);
guint       pc_vote_get_n_questions (PcVote *self);
/* From 0; when it is over, that of the last question. */
guint       pc_vote_get_position (PcVote *self);
PcItem     *pc_vote_get_item (PcVote *self);
/* To show the question with: it is never answered. */
PcSession  *pc_vote_get_session (PcVote *self);
/* Whether hands are counted now. */
gboolean    pc_vote_is_counting (PcVote *self);
/* Of the current question: 0 before any hand, 1, or 2 since the second vote
 * began. */
guint       pc_vote_get_n_rounds (PcVote *self);

/* -- course --------------------------------------------------------------- */

/* The next stage.  A question without hands goes from ASKED to REVEALED, one
 * without an exchange from REVEALED to the next question.  FALSE when it is
 * over. */
gboolean    pc_vote_go_on (PcVote *self,
                           gint64  now);
/* The stage before, tallies and all.  FALSE at the very beginning. */
gboolean    pc_vote_go_back (PcVote *self);
/* Hands once more.  FALSE when this is not the time. */
gboolean    pc_vote_ask_again (PcVote *self);
/* To the next question, whatever is left of this one.  FALSE when it is
 * over. */
gboolean    pc_vote_skip (PcVote *self,
                          gint64  now);

/* -- tally ---------------------------------------------------------------- */

/* What hands are raised for: the options in the order in which they are shown,
 * or the numbers called out so far. */
guint       pc_vote_get_n_choices (PcVote *self);
/* Index of the item's option; -1 for a number. */
int         pc_vote_get_option (PcVote *self,
                                guint   choice);
/* "143", "69/udp", or the text of the option with its marks.  Transfer
 * full. */
char       *pc_vote_dup_text (PcVote     *self,
                              guint       choice,
                              const char *language);
gboolean    pc_vote_is_right (PcVote *self,
                              guint   choice);
/* What there is to say to who chose it; NULL for nothing. */
const char *pc_vote_get_feedback (PcVote     *self,
                                  guint       choice,
                                  const char *language);
/* @round: 0 or 1. */
guint       pc_vote_get_hands (PcVote *self,
                               guint   choice,
                               guint   round);
/* Of the hands of that round; together they make 100, unless there are none.
 * Rounded to the largest remainders. */
guint       pc_vote_get_percent (PcVote *self,
                                 guint   choice,
                                 guint   round);
guint       pc_vote_get_n_hands (PcVote *self,
                                 guint   round);
/* At most PC_LIMIT_VOTE_HANDS.  FALSE when no hands are counted now. */
gboolean    pc_vote_set_hands (PcVote *self,
                               guint   choice,
                               guint   n);
/* One more hand for the number that was called out ("143", "69/udp").  The
 * choice it is now; -1 when it is no number, nothing is counted, or there are
 * PC_LIMIT_VOTE_VALUES others. */
int         pc_vote_call_out (PcVote     *self,
                              const char *text);

/* -- afterwards ----------------------------------------------------------- */

/* Hands of all questions, so whether there is something to save. */
guint       pc_vote_count_all (PcVote *self);
/* How the class did with a question: hands for what is right, and all hands,
 * of a round.  FALSE when nobody raised one. */
gboolean    pc_vote_summarize (PcVote *self,
                               guint   position,
                               guint   round,
                               guint  *n_right,
                               guint  *n_hands);
/* A result file, a row for each hand of the first round, each a sitting of its
 * own since nobody knows whose it was.  Left out are questions with several
 * right answers: hands do not tell who chose what together.  Transfer full. */
char       *pc_vote_to_csv (PcVote *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcVote, pc_vote_free)

G_END_DECLS
