/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/learning.h"

G_BEGIN_DECLS

/* What an exam is to be: how many questions, from where, in what time. */

#define PC_TYPE_EXAM_SETUP (pc_exam_setup_get_type ())
G_DECLARE_FINAL_TYPE (PcExamSetup, pc_exam_setup, PC, EXAM_SETUP, GtkWidget)

/* Once, with the catalogue filled. */
void    pc_exam_setup_set_learning (PcExamSetup *self,
                                    PcLearning  *learning);
/* As set up; NULL when no question fits.  Transfer full. */
PcExam *pc_exam_setup_make (PcExamSetup *self);

/* Those that need no setting up.  NULL when there are no questions, or no
 * such exam.  Transfer full. */
PcExam *pc_exam_make_mock (PcLearning *learning,
                           const char *id);
PcExam *pc_exam_make_placement (PcLearning *learning);

G_END_DECLS
