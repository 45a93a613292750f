/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/grade.h"
#include "quiz/memory.h"
#include "quiz/record.h"

G_BEGIN_DECLS

/* What the answers say about the learner, gathered in one pass; feed it oldest
 * first.  Numbers only: how they look is the page's. */
typedef struct _PcProgress PcProgress;

/* A percentage of fewer answers than this says nothing: "3 of 4". */
#define PC_PROGRESS_PERCENT_FROM 8

typedef struct
{
  const char *objective; /* id */
  guint       n;         /* questions answered, each by its last first try */
  guint       n_correct;
  int         percent;   /* -1 when n is too small to say */
} PcProgressObjective;

typedef struct
{
  gint   day;
  guint  n;
  guint  n_correct; /* of the first tries */
  gint64 taken_us;
} PcProgressDay;

typedef struct
{
  guint n;         /* first tries with this certainty */
  guint n_correct;
  int   percent;   /* -1 when n is too small to say */
} PcProgressCertainty;

/* Sure, but wrong. */
typedef struct
{
  const char *bank;
  const char *item;
  const char *key;
  const char *choice;  /* the last one */
  gint64      time_us; /* of the last time */
  guint       n;       /* how often */
  gboolean    mended;  /* answered right on a later day */
} PcProgressSlip;

PcProgress          *pc_progress_new (GTimeZone *zone);
void                 pc_progress_free (PcProgress *self);
void                 pc_progress_add (PcProgress           *self,
                                      const PcRecordAnswer *answer);
/* All answers of a record.  FALSE with @error set. */
gboolean             pc_progress_add_record (PcProgress *self,
                                             PcRecord   *record,
                                             GError    **error);

guint                pc_progress_get_n_answers (PcProgress *self);
/* Days in a row with an answer, ending @today or the day before. */
guint                pc_progress_get_streak (PcProgress *self,
                                             gint        today);
/* Arrays: transfer full; strings in them live as long as @self. */
/* PcProgressObjective, weakest first, those too small to say last. */
GArray              *pc_progress_get_objectives (PcProgress *self);
/* PcProgressDay: each day from @from to @to, empty ones included. */
GArray              *pc_progress_get_days (PcProgress *self,
                                           gint        from,
                                           gint        to);
PcProgressCertainty  pc_progress_get_certainty (PcProgress *self,
                                                PcCertainty certainty);
/* PcProgressSlip, newest first; those mended come last. */
GArray              *pc_progress_get_slips (PcProgress *self);

/* Facts due on each of @n_days days from @today on (guint); what is overdue
 * counts for today. */
GArray              *pc_progress_forecast (PcMemories *memory,
                                           gint      today,
                                           guint     n_days);
#define PC_PROGRESS_BOXES 5
/* How many facts are known how well, to PC_PROGRESS_BOXES numbers: stability
 * below 1, 7, 21, 90 days, and beyond.  As the boxes of a card file. */
void                 pc_progress_count_boxes (PcMemories *memory,
                                              guint    *boxes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcProgress, pc_progress_free)

G_END_DECLS
