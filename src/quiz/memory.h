/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/fsrs.h"

G_BEGIN_DECLS

/* What one learner remembers: a state for each memory key, replayed from the
 * answers, oldest first.  Time is not asked for; it comes with the answers.
 * Not thread-safe; several may exist. */
typedef struct _PcMemories PcMemories;

/* What to say for "no exam". */
#define PC_DAY_NONE G_MININT

typedef struct
{
  GTimeZone *zone;   /* NULL: local */
  gint       exam;   /* day of the exam, or PC_DAY_NONE */
} PcMemoriesOptions;

/* One answer, as far as memory goes; see PcRecordAnswer. */
typedef struct
{
  const char *bank;
  const char *item;
  const char *key;
  gint64      time_us;
  guint       grade; /* 1 to 4; 0 says nothing of memory */
  gboolean    assumed; /* by a placement test: not answered */
} PcMemoriesAnswer;

typedef struct
{
  const char *key;
  PcFsrs      fsrs;
  gint        first;   /* day of the first answer; PC_DAY_NONE: assumed */
  gint        last;    /* day of the last one */
  gint        due;     /* day, before an exam bends it */
  guint       reps;    /* answers */
  guint       lapses;  /* forgotten after it had been known */
} PcMemoriesFact;

PcMemories           *pc_memories_new (const PcMemoriesOptions *options);
void                pc_memories_free (PcMemories *self);

/* Only the first answer of a day moves the state as FSRS does from day to
 * day; one more that day counts as "on the same day", others do not count.
 * When the clock was set back, no time has passed. */
void                pc_memories_add (PcMemories             *self,
                                   const PcMemoriesAnswer *answer);

guint               pc_memories_get_n_facts (PcMemories *self);
/* In the order in which they came; valid until the next add. */
const PcMemoriesFact *pc_memories_get_fact (PcMemories *self,
                                        guint     index);
/* NULL when it was never answered. */
const PcMemoriesFact *pc_memories_lookup (PcMemories   *self,
                                      const char *key);
/* When the item was last answered for @key: a number that grows with each
 * answer; 0 for never. */
guint               pc_memories_get_seen (PcMemories   *self,
                                        const char *key,
                                        const char *bank,
                                        const char *item);
/* Keys answered for the first time on @day. */
guint               pc_memories_count_new (PcMemories *self,
                                         gint      day);

/* The recall wanted on @today: 0.90, rising to 0.95 in the 14 days before the
 * exam. */
double              pc_memories_get_wanted (PcMemories *self,
                                          gint      today);
/* The day a fact is due, as seen from @today: bent by the exam (at the latest
 * in a final pass, spread over its last three days).  On or before @today
 * means now. */
gint                pc_memories_get_due (PcMemories           *self,
                                       const PcMemoriesFact *fact,
                                       gint                today);
/* Chance of recall on @today. */
double              pc_memories_get_recall (PcMemories           *self,
                                          const PcMemoriesFact *fact,
                                          gint                today);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcMemories, pc_memories_free)

G_END_DECLS
