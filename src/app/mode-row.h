/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One thing to do in the quiz: its name, what it is, and how it stands. */

#define PC_TYPE_MODE_ROW (pc_mode_row_get_type ())
G_DECLARE_FINAL_TYPE (PcModeRow, pc_mode_row, PC, MODE_ROW, GtkListBoxRow)

/* @target: of @action, which takes a string. */
GtkWidget  *pc_mode_row_new (const char *title,
                             const char *description,
                             const char *action,
                             const char *target);
const char *pc_mode_row_get_target (PcModeRow *self);
/* NULL: nothing to say. */
void        pc_mode_row_set_state (PcModeRow  *self,
                                   const char *state);
void        pc_mode_row_set_description (PcModeRow  *self,
                                         const char *description);

G_END_DECLS
