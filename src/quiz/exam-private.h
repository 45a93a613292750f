/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/exam.h"

G_BEGIN_DECLS

/* One question of an exam.  The answer is kept as it is written in the record:
 * so it outlives the program, whatever its type. */
typedef struct
{
  PcPick      pick;
  PcSession  *session; /* of this question only */
  char       *choice;
  PcCertainty certainty;
  gboolean    answered;
  double      fraction;
  gint64      taken_us;
  guint       memory;  /* grade for memory */
  gboolean    flagged;
} PcExamRow;

struct _PcExam
{
  PcExamOptions options;
  char         *title;
  char         *sheet;
  GArray       *rows;     /* PcExamRow */
  guint         position;
  gint64        used_us;
  gint64        last_us;  /* when the time was told last */
  guint         n_resumed;
  gboolean      over;
  gboolean      ran_out;
};

G_END_DECLS
