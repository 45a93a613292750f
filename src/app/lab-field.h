/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/account.h"

G_BEGIN_DECLS

/* One field of the phone's form: its label, what one types or chooses, and
 * below it what the wire said about it.  Signals "changed": by a person or by
 * pc_lab_field_set_value (); "activate": Enter in a text. */

#define PC_TYPE_LAB_FIELD (pc_lab_field_get_type ())
G_DECLARE_FINAL_TYPE (PcLabField, pc_lab_field, PC, LAB_FIELD, GtkWidget)

typedef enum {
  PC_LAB_MARK_NONE,
  PC_LAB_MARK_RIGHT,
  PC_LAB_MARK_UNSAFE, /* works, but anybody on the way can read along */
  PC_LAB_MARK_WRONG,
} PcLabMark;

GtkWidget  *pc_lab_field_new (PcAccountField field);
/* Borrowed until the next change. */
const char *pc_lab_field_get_value (PcLabField *self);
void        pc_lab_field_set_value (PcLabField *self,
                                    const char *value);
/* @sentence: what happened there; NULL for none. */
void        pc_lab_field_set_mark (PcLabField *self,
                                   PcLabMark   mark,
                                   const char *sentence);
PcLabMark   pc_lab_field_get_mark (PcLabField *self);
/* NULL for none. */
const char *pc_lab_field_get_sentence (PcLabField *self);

G_END_DECLS
