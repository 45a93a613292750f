/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/item.h"

G_BEGIN_DECLS

/* Grading: pure functions of the item and the answer. */

typedef enum {
  PC_ANSWER_BLANK,   /* gave up, or ran out of time */
  PC_ANSWER_OPTIONS, /* single, multiple */
  PC_ANSWER_NUMBER,  /* number */
} PcAnswerKind;

typedef struct
{
  PcAnswerKind       kind;
  guint              options;   /* bit i: option with index i is chosen */
  gint64             number;
  PcServiceTransport transport; /* ANY unless the item asks for it */
} PcAnswer;

/* How sure the learner says to be, asked before the verdict. */
typedef enum {
  PC_CERTAINTY_UNASKED,
  PC_CERTAINTY_GUESS,
  PC_CERTAINTY_FAIRLY,
  PC_CERTAINTY_SURE,
} PcCertainty;

typedef struct
{
  gboolean answered;
  gboolean correct;  /* fully right */
  double   fraction; /* 0 to 1 */
  double   points;   /* fraction of the item's points */
} PcGrade;

/* Reads what a learner typed: "995", " 995 ", "995/tcp", "udp 69".  FALSE
 * when it is not one whole number; then @answer is untouched. */
gboolean    pc_answer_parse_number (const char *text,
                                    PcAnswer   *answer);
/* For the record: "o143", "a,b", "995/tcp", "" for blank.  Transfer full. */
char       *pc_answer_to_string (const PcAnswer *self,
                                 PcItem         *item);

/* Whether the answer is of the item's kind and complete enough to grade: one
 * option for single, at least one for multiple, a transport where asked. */
gboolean    pc_answer_is_complete (const PcAnswer *self,
                                   PcItem         *item);

PcGrade     pc_grade (PcItem         *item,
                      const PcAnswer *answer);
/* Feedback for the answer as a whole: the chosen option's of a single item,
 * the value's of a number item.  NULL when the item has none; for multiple
 * show each option's own. */
const char *pc_grade_get_feedback (PcItem         *item,
                                   const PcAnswer *answer,
                                   const char     *language);
/* When the answer would have been right, in the same way. */
const char *pc_grade_get_right_when (PcItem         *item,
                                     const PcAnswer *answer,
                                     const char     *language);

/* Certainty-based mark (Gardner-Medwin): right +1, +2, +3; wrong 0, -2, -6;
 * no answer or certainty not asked 0.  A partly right answer gets that part
 * of the positive mark. */
double      pc_grade_certainty_mark (const PcGrade *self,
                                     PcCertainty    certainty);
/* 1 again, 2 hard, 3 good, 4 easy: what the answer says about memory.
 * @helped: after a hint, or on a second try.  Never from speed. */
guint       pc_grade_memory (const PcGrade *self,
                             PcItem        *item,
                             PcCertainty    certainty,
                             gboolean       helped);

G_END_DECLS
