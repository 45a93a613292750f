/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What learning.c, learning-exam.c and learning-learners.c share. */

#include "app/learning.h"

struct _PcLearning
{
  GObject parent_instance;

  GSettings      *settings;
  PcRecordWriter *writer;
  PcCatalogue    *catalogue;

  PcMemories   *memory;
  PcProgress *progress;
  GArray     *confusions;
  GPtrArray  *learners; /* NULL before they were read */
  gint64      learner;  /* wanted; the real one once loaded */
  gint        exam_day;
  guint       generation; /* of the reading asked for last */
  gboolean    loaded;
  GPtrArray  *recent;  /* answers since the last reading was asked for */
  GPtrArray  *pending; /* answers given before the learner was known */

  char *running; /* name of the exam that goes on in the window, or NULL */
  char *sitting; /* of one that was left */
  char *state;
  char *problem;
};

/* Another learner, or other answers: nothing is known until it was read. */
void pc_learning_forget (PcLearning *self);
/* Saved by other means. */
void pc_learning_remember (PcLearning           *self,
                           const PcRecordAnswer *answer);
gint pc_learning_read_exam_day (PcLearning *self);
