/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/record.h"
#include "quiz/session.h"

G_BEGIN_DECLS

/* Makes a row for the record of an answer just given; transfer full.  @session
 * names the sitting and is any text, @mode says what it is for, @number counts
 * from 1. */
typedef struct
{
  const char *session;
  const char *mode;
  const char *sheet;
  guint64     seed;
  guint       number;
  gint64      time_us; /* now, Unix time */
} PcRecordSitting;

PcRecordAnswer *pc_record_answer_new (const PcSessionAnswer *given,
                                      PcBank                *bank,
                                      const char            *option_order,
                                      const PcRecordSitting *sitting);

/* The same of an answer that is known only as it was written. */
typedef struct
{
  PcPick      pick;
  const char *choice; /* pc_answer_to_string() */
  const char *option_order;
  PcGrade     grade;
  PcCertainty certainty;
  gint64      taken_us;
  gboolean    hinted;
  gboolean    retry;
  guint       memory; /* grade for memory; 0: says nothing of it */
} PcRecordGiven;

PcRecordAnswer *pc_record_answer_new_given (const PcRecordGiven   *given,
                                            const PcRecordSitting *sitting);
/* The right answer as pc_answer_to_string() writes one; of several accepted
 * ones the first.  Transfer full. */
char           *pc_record_dup_key (PcItem *item);

G_END_DECLS
