/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/account.h"

G_BEGIN_DECLS

/* What came of settings that were tried: whether the task is solved, what
 * happened on each side, and the ways out.  Signal "use" (pointer: the
 * const PcAccountFix of the trial): somebody wants one. */

#define PC_TYPE_LAB_RESULT (pc_lab_result_get_type ())
G_DECLARE_FINAL_TYPE (PcLabResult, pc_lab_result, PC, LAB_RESULT, GtkWidget)

/* @goal may be NULL.  @trial must stay until something else is shown. */
void pc_lab_result_show (PcLabResult          *self,
                         const PcAccountTrial *trial,
                         const PcAccountGoal  *goal);
/* Two sets of settings for the same question, and what they are called. */
void pc_lab_result_show_two (PcLabResult          *self,
                             const char           *left_name,
                             const PcAccountTrial *left,
                             const char           *right_name,
                             const PcAccountTrial *right);
void pc_lab_result_clear (PcLabResult *self);

G_END_DECLS
