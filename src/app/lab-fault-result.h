/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* What a fault has done to an exchange.  Not visible until there is
 * something. */

#define PC_TYPE_LAB_FAULT_RESULT (pc_lab_fault_result_get_type ())
G_DECLARE_FINAL_TYPE (PcLabFaultResult, pc_lab_fault_result, PC,
                      LAB_FAULT_RESULT, GtkWidget)

/* @hit: the index of the step of @struck; -1: the fault did not strike. */
void pc_lab_fault_result_show (PcLabFaultResult *self,
                               PcTimeline       *healthy,
                               PcTimeline       *struck,
                               int               hit);

G_END_DECLS
