/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/learning.h"

G_BEGIN_DECLS

/* Where one chooses what to do: practise, sit an exam, drill, find out what
 * is known already.  Every row says how it stands.  Its rows carry the
 * window's quiz actions. */

#define PC_TYPE_QUIZ_START (pc_quiz_start_get_type ())
G_DECLARE_FINAL_TYPE (PcQuizStart, pc_quiz_start, PC, QUIZ_START, GtkWidget)

/* Once, with the catalogue filled. */
void pc_quiz_start_set_learning (PcQuizStart *self,
                                 PcLearning  *learning);
/* Says anew how things stand. */
void pc_quiz_start_update (PcQuizStart *self);

G_END_DECLS
