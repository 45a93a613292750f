/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/limits.h"
#include "quiz/item.h"

G_BEGIN_DECLS

/* Grading: pure functions of the item and the answer. */

typedef enum {
  PC_ANSWER_BLANK,   /* gave up, or ran out of time */
  PC_ANSWER_OPTIONS, /* single, multiple; predict by option */
  PC_ANSWER_NUMBER,  /* number */
  PC_ANSWER_PAIRS,   /* match */
  PC_ANSWER_ORDER,   /* order */
  PC_ANSWER_LINES,   /* fault: lines, and a reason where there are some */
  PC_ANSWER_TEXT,    /* predict, typed */
  PC_ANSWER_FIELDS,  /* configure */
} PcAnswerKind;

/* All zero is a blank answer.  Only @text and @fields are owned: answers of
 * the other kinds may be copied with = and forgotten; one that may have texts
 * is cleared with pc_answer_clear() (or declared g_auto (PcAnswer)) and copied
 * with pc_answer_copy(). */
typedef struct
{
  PcAnswerKind       kind;
  guint              options;   /* bit i: option with index i is chosen */
  gint64             number;
  PcServiceTransport transport; /* ANY unless the item asks for it */
  guint64            lines;     /* bit i: line i of the stimulus is marked */
  guint8             n_order;
  guint8             order[PC_LIMIT_ORDER]; /* indexes in PC_ITEM_STEPS */
  guint8             pairs[PC_LIMIT_LEFT]; /* by left: 1 + right; 0: none */
  char              *text;
  char              *fields[PC_LIMIT_FORM]; /* NULL: nothing entered */
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
  gboolean typed;    /* a prediction that was typed, not chosen */
} PcGrade;

void        pc_answer_clear (PcAnswer *self);
/* @to is overwritten, not cleared. */
void        pc_answer_copy (const PcAnswer *from,
                            PcAnswer       *to);
/* Each makes the answer of its kind. */
void        pc_answer_set_pair (PcAnswer *self,
                                guint     left,
                                int       right); /* -1: none */
/* -1: none. */
int         pc_answer_get_pair (const PcAnswer *self,
                                guint           left);
void        pc_answer_append_step (PcAnswer *self,
                                   guint     step);
void        pc_answer_set_line (PcAnswer *self,
                                guint     line,
                                gboolean  marked);
void        pc_answer_set_text (PcAnswer   *self,
                                const char *text);
/* @value as typed, or the id of a choice, or "yes" or "no"; NULL or blank:
 * nothing. */
void        pc_answer_set_field (PcAnswer   *self,
                                 PcItem     *item,
                                 guint       field,
                                 const char *value);
const char *pc_answer_get_field (const PcAnswer *self,
                                 guint           field);

/* A right answer: of several accepted ones the first.  Fields for which any
 * value will do stay empty.  @self is overwritten; clear it. */
void        pc_answer_fill_right (PcAnswer *self,
                                  PcItem   *item);
/* Reads what a learner typed: "995", " 995 ", "995/tcp", "udp 69".  FALSE
 * when it is not one whole number; then @answer is untouched. */
gboolean    pc_answer_parse_number (const char *text,
                                    PcAnswer   *answer);
/* For the record: "o143", "a,b", "995/tcp"; "imap=p993,pop3=p995" (match),
 * "s1,s3,s2" (order), "l3;r1" (fault), "=250 OK" (predict, typed),
 * "in-port=993&out-sec=tls" (configure); "" for blank.  Passwords other than
 * accepted ones are left out.  Transfer full. */
char       *pc_answer_to_string (const PcAnswer *self,
                                 PcItem         *item);
/* The inverse.  FALSE when @text is no answer to @item, which may have changed
 * since; then @answer is blank.  Clear it. */
gboolean    pc_answer_from_string (const char *text,
                                   PcItem     *item,
                                   PcAnswer   *answer);

/* Whether the answer is of the item's kind and complete enough to grade: one
 * option for single, at least one for multiple, a transport where asked, a
 * right element for every left one, every step of an order (some, where there
 * are decoys), a line and the reason, every field. */
gboolean    pc_answer_is_complete (const PcAnswer *self,
                                   PcItem         *item);

PcGrade     pc_grade (PcItem         *item,
                      const PcAnswer *answer);
/* Whether one part of a complete answer is right: the pair of a left element,
 * the @index-th place of the order, a line (marked or not), a field (as in the
 * settings that the answer comes nearest to), an option (chosen or not). */
gboolean    pc_grade_part (PcItem         *item,
                           const PcAnswer *answer,
                           guint           index);
/* The settings of a configure item that the answer comes nearest to. */
guint       pc_grade_find_setting (PcItem         *item,
                                   const PcAnswer *answer);

typedef enum {
  PC_FEEDBACK_CHOSEN, /* about what was answered */
  PC_FEEDBACK_MISSED, /* about what should have been */
  PC_FEEDBACK_OTHER,  /* when something else would be right */
} PcFeedbackRole;

typedef enum {
  PC_FEEDBACK_RIGHT,
  PC_FEEDBACK_WRONG,
  PC_FEEDBACK_UNSAFE,    /* configure: works, and should not be used */
  PC_FEEDBACK_WORKS_BUT, /* configure: works, but was not asked for */
} PcFeedbackMark;

/* One thing to say about an answer.  Texts carry the marks of markup.h. */
typedef struct
{
  PcFeedbackRole role;
  PcFeedbackMark mark;
  char          *subject;    /* the option, "993", "IMAP → 993"; or NULL */
  char          *expected;   /* what is right in its place; or NULL */
  const char    *text;       /* owned by the item; or NULL */
  const char    *right_when; /* owned by the item; or NULL */
} PcFeedback;

void        pc_feedback_clear (PcFeedback *self);
/* All there is to say, in the order to say it: what was answered, what should
 * have been, then when the others would be right.  A window and a terminal
 * show the same.  A right answer's "right when" is not told as such, since it
 * was right.  Transfer full: GArray of PcFeedback, cleared with it. */
GArray     *pc_grade_list_feedback (PcItem         *item,
                                    const PcAnswer *answer,
                                    const char     *language);

/* Feedback for the answer as a whole: the chosen option's of a single item,
 * the value's of a number item, the first thing to say of the others.  NULL
 * when the item has none; for multiple show each option's own. */
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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PcAnswer, pc_answer_clear)

G_END_DECLS
