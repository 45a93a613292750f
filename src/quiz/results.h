/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/record.h"

G_BEGIN_DECLS

/* The table that a result file is (RFC 4180), row by row: spreadsheets and
 * pc_statistics_add_file() read it.  Numbers are written the same in every
 * locale. */

/* What a row says of the sitting that the answer is from. */
typedef struct
{
  const char *learner;  /* a name, or "" */
  gint64      start_us; /* Unix time, microseconds */
  gint64      end_us;
  guint       n;        /* of the answer, where it has no number itself */
} PcResultsSitting;

void        pc_results_append_header (GString *out);
void        pc_results_append_row (GString                *out,
                                   const PcRecordAnswer   *answer,
                                   const PcResultsSitting *sitting);
/* "guess", "fairly", "sure"; "" where it was not asked. */
const char *pc_results_get_certainty (guint certainty);
/* "2026-03-01T09:30:00Z"; "" for a time that no calendar has.  Transfer
 * full. */
char       *pc_results_format_time (gint64 time_us);

G_END_DECLS
