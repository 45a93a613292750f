/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/lab-stage.h"

#include "run/account.h"

G_BEGIN_DECLS

/* "Set up an account": the phone, the wire beside it, and what came of it. */

#define PC_TYPE_LAB_ACCOUNT (pc_lab_account_get_type ())
G_DECLARE_FINAL_TYPE (PcLabAccount, pc_lab_account, PC, LAB_ACCOUNT,
                      GtkWidget)

/* Tries what the form says. */
void        pc_lab_account_connect (PcLabAccount *self);
/* Puts @answer into the form and tries it on @sides; where @right is there and
 * differs, both are tried, and shown side by side. */
void        pc_lab_account_try (PcLabAccount        *self,
                                const PcAccountForm *answer,
                                const PcAccountForm *right,
                                guint                sides);
/* Whether there is a question to go back to, as long as no task is chosen. */
void        pc_lab_account_set_question_waits (PcLabAccount *self,
                                               gboolean      waits);
/* Nothing is being tried. */
gboolean    pc_lab_account_is_idle (PcLabAccount *self);
/* NULL before the first, and where two are shown. */
const PcAccountTrial *pc_lab_account_get_trial (PcLabAccount *self);
/* Borrowed. */
PcLabStage *pc_lab_account_get_stage (PcLabAccount *self);

G_END_DECLS
