/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scenario/sketch.h"

G_BEGIN_DECLS

/* One field of an entry of a scenario: its label, what it is entered with, and
 * a hint.  Emits "changed" when a person changed it. */

#define PC_TYPE_ENTRY_FIELD (pc_entry_field_get_type ())
G_DECLARE_FINAL_TYPE (PcEntryField, pc_entry_field, PC, ENTRY_FIELD,
                      GtkWidget)

/* Takes @field. */
GtkWidget           *pc_entry_field_new (PcSketchField *field);
const PcSketchField *pc_entry_field_get_field (PcEntryField *self);
/* As pc_sketch_set_field () takes it.  Transfer full. */
char                *pc_entry_field_dup_value (PcEntryField *self);
/* Emits nothing. */
void                 pc_entry_field_set_value (PcEntryField *self,
                                               const char   *value);

G_END_DECLS
