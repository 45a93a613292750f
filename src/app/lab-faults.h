/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"
#include "app/lab-client.h"
#include "app/lab-fault-form.h"
#include "app/lab-stage.h"

G_BEGIN_DECLS

/* The fault lab: an exchange, one of its steps, and what is to go wrong there.
 * Runs it beside the run in which nothing does, or arms the servers of "Your
 * own client".  Property "armed": what is armed now, there or for a run that
 * goes on, a sentence; NULL: nothing. */

#define PC_TYPE_LAB_FAULTS (pc_lab_faults_get_type ())
G_DECLARE_FINAL_TYPE (PcLabFaults, pc_lab_faults, PC, LAB_FAULTS, GtkWidget)

void            pc_lab_faults_set_content (PcLabFaults *self,
                                           PcContent   *content);
/* Once: whose servers can be armed.  Not owned. */
void            pc_lab_faults_set_client (PcLabFaults *self,
                                          PcLabClient *client);
PcLabStage     *pc_lab_faults_get_stage (PcLabFaults *self);
PcLabFaultForm *pc_lab_faults_get_form (PcLabFaults *self);
/* Shows the exchange as it is, so that a step can be chosen.  FALSE when there
 * is none with this id. */
gboolean        pc_lab_faults_open (PcLabFaults *self,
                                    const char  *scenario);
void            pc_lab_faults_run (PcLabFaults *self);
gboolean        pc_lab_faults_is_idle (PcLabFaults *self);
/* What came of it; NULL: nothing has run. */
PcTimeline     *pc_lab_faults_get_struck (PcLabFaults *self);
/* The servers of "Your own client", with what the page says now. */
void            pc_lab_faults_arm (PcLabFaults *self);
/* Stops what runs with a fault, and disarms the servers. */
void            pc_lab_faults_disarm (PcLabFaults *self);
const char     *pc_lab_faults_get_armed (PcLabFaults *self);
/* The exchange with its fault, as a scenario; in a thread; a toast tells how
 * it went. */
void            pc_lab_faults_save (PcLabFaults *self,
                                    GFile       *file);

G_END_DECLS
