/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/lab-field.h"

#include "run/account.h"

G_BEGIN_DECLS

/* The form of a phone's mail app.  Signal "connect": somebody wants these
 * settings tried. */

#define PC_TYPE_LAB_PHONE (pc_lab_phone_get_type ())
G_DECLARE_FINAL_TYPE (PcLabPhone, pc_lab_phone, PC, LAB_PHONE, GtkWidget)

/* Transfer full: as it stands. */
PcAccountForm *pc_lab_phone_get_form (PcLabPhone *self);
/* Only the fields of @fields, a set of PC_ACCOUNT_BIT (). */
void           pc_lab_phone_set_form (PcLabPhone          *self,
                                      const PcAccountForm *form,
                                      guint                fields);
/* Only these sides of the form are there. */
void           pc_lab_phone_set_sides (PcLabPhone *self,
                                       guint       sides);
/* What cannot be used as it is, is marked.  TRUE when nothing is. */
gboolean       pc_lab_phone_check (PcLabPhone *self);
/* What happened, at the fields where it bites; NULL takes all marks away.
 * So does a change, of its side's. */
void           pc_lab_phone_show_trial (PcLabPhone           *self,
                                        const PcAccountTrial *trial);
void           pc_lab_phone_set_busy (PcLabPhone *self,
                                      gboolean    busy);
/* Borrowed. */
PcLabField    *pc_lab_phone_get_field (PcLabPhone    *self,
                                       PcAccountField field);

G_END_DECLS
