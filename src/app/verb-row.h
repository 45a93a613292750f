/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/console.h"
#include "run/standpoint.h"

G_BEGIN_DECLS

/* A command of a protocol in a list: how it is written, what it is for, and
 * why it is not legal now, or what to mind. */

#define PC_TYPE_VERB_ROW (pc_verb_row_get_type ())
G_DECLARE_FINAL_TYPE (PcVerbRow, pc_verb_row, PC, VERB_ROW, GtkListBoxRow)

/* @verb is static.  @reason: why it is not legal; NULL when it is. */
GtkWidget        *pc_verb_row_new (const PcVerbInfo *verb,
                                   PcCover           cover,
                                   const char       *reason);
/* Of a console: what can be said now, or why it cannot.  Can be activated. */
GtkWidget        *pc_verb_row_new_choice (const PcConsoleChoice *choice);
/* NULL for a choice. */
const PcVerbInfo *pc_verb_row_get_verb (PcVerbRow *self);
/* What a line begins with that says it; NULL for a verb. */
const char       *pc_verb_row_get_line (PcVerbRow *self);

G_END_DECLS
