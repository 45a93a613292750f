/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scenario/sketch.h"

G_BEGIN_DECLS

/* The fields of one entry of a scenario.  Emits "changed" when a person has
 * changed the scenario with one. */

#define PC_TYPE_ENTRY_FORM (pc_entry_form_get_type ())
G_DECLARE_FINAL_TYPE (PcEntryForm, pc_entry_form, PC, ENTRY_FORM, GtkWidget)

/* The entry at @pointer, which is there; NULL for none.  @sketch must live as
 * long as it is shown.  The same entry again: what has changed of it, and the
 * focus stays. */
void pc_entry_form_show (PcEntryForm *self,
                         PcSketch    *sketch,
                         const char  *pointer);
/* The field for the value at @pointer gets the focus, else the first one. */
void pc_entry_form_focus (PcEntryForm *self,
                          const char  *pointer);

G_END_DECLS
