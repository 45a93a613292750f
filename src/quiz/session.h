/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank.h"
#include "quiz/grade.h"

G_BEGIN_DECLS

/* A run through questions of one bank.  The same bank, options and seed give
 * the same questions in the same order with the same option order on every
 * machine; adding an item to the bank does not reshuffle the others. */

typedef enum {
  PC_SESSION_PRACTICE, /* wrong items come back once, after 3 others */
  PC_SESSION_EXAM,     /* each item once */
} PcSessionMode;

typedef struct
{
  PcSessionMode      mode;
  guint64            seed;
  guint              n_items;      /* 0: all that fit */
  gboolean           keep_order;   /* of the file, instead of by seed */
  gboolean           keep_options; /* do not shuffle options */
  const char *const *objectives;   /* any of these; NULL: all */
  const char *const *tags;         /* any of these; NULL: all */
  const char *const *items;        /* ids of these only; NULL: all */
  guint              types;        /* bit by PcItemType; 0: all */
} PcSessionOptions;

/* One answer, as given. */
typedef struct
{
  PcItem     *item;      /* owned by the session */
  PcAnswer    answer;
  PcCertainty certainty;
  PcGrade     grade;
  gint64      time_us;   /* from shown to answered, as the caller measured */
  gboolean    retry;     /* second showing of the item */
  gboolean    hinted;
} PcSessionAnswer;

typedef struct
{
  guint  n_items;   /* first showings planned */
  guint  n_answered; /* of them, blank ones included */
  guint  n_correct; /* of the first showings */
  guint  n_corrected; /* wrong at first, right when they came back */
  double points;    /* of the first showings */
  double points_max;
  double certainty_mark;
  guint  n_certain[4];         /* by PcCertainty: first showings answered */
  guint  n_certain_correct[4]; /* of those, correct */
} PcSessionSummary;

typedef struct
{
  const char *objective; /* id */
  guint       n_answered;
  guint       n_correct;
} PcSessionObjective;

typedef struct _PcSession PcSession;

/* Retired items are never asked.  May be empty: see is_finished. */
PcSession              *pc_session_new (PcBank                 *bank,
                                        const PcSessionOptions *options);
void                    pc_session_free (PcSession *self);

PcBank                 *pc_session_get_bank (PcSession *self);
PcSessionMode           pc_session_get_mode (PcSession *self);
guint64                 pc_session_get_seed (PcSession *self);

/* The item to show; NULL when finished.  Transfer none. */
PcItem                 *pc_session_get_item (PcSession *self);
/* Whether it is shown for the second time. */
gboolean                pc_session_get_retry (PcSession *self);
/* Option indexes of the current item in the order to show them; @n of them.
 * Owned by the session until it moves on. */
const guint            *pc_session_get_option_order (PcSession *self,
                                                     guint     *n);
/* The same for any list of the item: rights of match and steps of order are
 * shuffled too, and steps never come in their right order. */
const guint            *pc_session_get_order (PcSession *self,
                                              PcItemList list,
                                              guint     *n);
/* "3,0,1,2": the order of the shuffled list, for the record; "" where the item
 * has none.  Transfer full. */
char                   *pc_session_dup_option_order (PcSession *self);

/* Marks that a hint was opened for the current item. */
void                    pc_session_use_hint (PcSession *self);
/* Grades the current item, once; NULL when it is answered already or the
 * session is finished.  The result belongs to the session and stays valid
 * until the next answer.  Save it before showing the verdict. */
const PcSessionAnswer  *pc_session_answer (PcSession      *self,
                                           const PcAnswer *answer,
                                           PcCertainty     certainty,
                                           gint64          time_us);
/* The answer to the current item; NULL when not answered yet. */
const PcSessionAnswer  *pc_session_get_answer (PcSession *self);
/* Moves on; an unanswered item counts as blank.  FALSE when that was the
 * last one. */
gboolean                pc_session_next (PcSession *self);
gboolean                pc_session_is_finished (PcSession *self);

/* "question 4 of 12": 1-based; the total grows when an item is to return. */
guint                   pc_session_get_position (PcSession *self);
guint                   pc_session_get_n_total (PcSession *self);
guint                   pc_session_get_n_answers (PcSession *self);
/* All answers so far, oldest first; valid until the next answer. */
const PcSessionAnswer  *pc_session_get_nth_answer (PcSession *self,
                                                   guint      index);

void                    pc_session_summarize (PcSession        *self,
                                              PcSessionSummary *summary);
/* Per objective, in bank order, only those met; first showings only.
 * Transfer full: GArray of PcSessionObjective. */
GArray                 *pc_session_summarize_objectives (PcSession *self);

/* splitmix64 (seed XOR fnv1a64 (item id)): the seed of one item's order. */
guint64                 pc_session_item_seed (guint64     seed,
                                              const char *item_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcSession, pc_session_free)

G_END_DECLS
