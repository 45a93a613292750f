/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/learning.h"

G_BEGIN_DECLS

/* An exam as it is sat: a question at a time, in any order, against the clock,
 * then the result and every question with its explanation.  Each answer is
 * saved as it is given.  Signals: "left", back to where one chooses; "shown",
 * another question is. */

#define PC_TYPE_EXAM_PAGE (pc_exam_page_get_type ())
G_DECLARE_FINAL_TYPE (PcExamPage, pc_exam_page, PC, EXAM_PAGE, GtkWidget)

/* @settings: whether the clock is shown, or NULL. */
void        pc_exam_page_set_learning (PcExamPage *self,
                                       PcLearning *learning,
                                       GSettings  *settings);
/* Its commands, for the window: "exam-next", "exam-previous", "exam-flag",
 * "exam-list", "exam-clock", "exam-go" (s, from 0), "exam-hand-in",
 * "exam-result", "exam-leave". */
void        pc_exam_page_add_actions (PcExamPage *self,
                                      GActionMap *map);
/* Takes over @exam, which may have been taken up again.  @session names it in
 * the record; @mode: "exam" or "placement". */
void        pc_exam_page_start (PcExamPage *self,
                                PcExam     *exam,
                                const char *session,
                                const char *mode);
/* NULL when there is none; one that is over until it is left. */
PcExam     *pc_exam_page_get_exam (PcExamPage *self);
gboolean    pc_exam_page_is_running (PcExamPage *self);
/* Saves it for another time and forgets it: the window closes, or somebody
 * else sits down. */
void        pc_exam_page_suspend (PcExamPage *self);
/* What the clock does each second. */
void        pc_exam_page_tick (PcExamPage *self,
                               gint64      now_us);
/* "question", "list" or "result". */
const char *pc_exam_page_get_view (PcExamPage *self);

G_END_DECLS
