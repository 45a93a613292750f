/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/exam.h"

G_BEGIN_DECLS

/* How an exam went: against the pass mark, by objective or by protocol, and
 * every question to look at again. */

#define PC_TYPE_EXAM_RESULT (pc_exam_result_get_type ())
G_DECLARE_FINAL_TYPE (PcExamResult, pc_exam_result, PC, EXAM_RESULT, GtkWidget)

/* @mode: "exam" or "placement". */
void  pc_exam_result_show (PcExamResult *self,
                           PcExam       *exam,
                           const char   *mode);
/* "3. Phone set up for IMAP4", for lists.  @index: from 0.  Transfer full. */
char *pc_exam_result_dup_title (PcItem *item,
                                guint   index);

G_END_DECLS
