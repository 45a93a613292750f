/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/fault-aim.h"

G_BEGIN_DECLS

/* What is to go wrong: the kind of fault, how often, and what that kind needs
 * to be told; below, what will happen, or why it cannot.  Emits "changed". */

#define PC_TYPE_LAB_FAULT_FORM (pc_lab_fault_form_get_type ())
G_DECLARE_FINAL_TYPE (PcLabFaultForm, pc_lab_fault_form, PC, LAB_FAULT_FORM,
                      GtkWidget)

PcFaultKind pc_lab_fault_form_get_kind (PcLabFaultForm *self);
void        pc_lab_fault_form_set_kind (PcLabFaultForm *self,
                                        PcFaultKind     kind);
/* Falls on this step of @scenario; both must stay, and are told anew when they
 * are others.  What a server would say there stands in the form, unless
 * somebody has typed something else. */
void        pc_lab_fault_form_set_aim (PcLabFaultForm   *self,
                                       PcScenario       *scenario,
                                       const PcFaultAim *aim);
/* As pc_faults_add_spec () reads it, until the next change; NULL where it
 * could not strike. */
const char *pc_lab_fault_form_get_spec (PcLabFaultForm *self);
/* What will happen. */
const char *pc_lab_fault_form_get_sentence (PcLabFaultForm *self);
/* Why it cannot; NULL: it can. */
const char *pc_lab_fault_form_get_problem (PcLabFaultForm *self);
/* The spec, @live as in pc_fault_aim_write (), whether it could strike or not.
 * Transfer full; NULL where this kind has nothing to fall on. */
char       *pc_lab_fault_form_write (PcLabFaultForm *self,
                                     gboolean        live);

G_END_DECLS
