/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/console.h"

G_BEGIN_DECLS

/* What was typed into a console and what came back, line by line, with what is
 * to be said about it.  Signal "step-chosen" with the number (guint) of the
 * step that a row stands for. */

#define PC_TYPE_LAB_CONSOLE_LOG (pc_lab_console_log_get_type ())
G_DECLARE_FINAL_TYPE (PcLabConsoleLog, pc_lab_console_log, PC,
                      LAB_CONSOLE_LOG, GtkWidget)

/* Begins anew.  @console is not owned; NULL for none. */
void        pc_lab_console_log_set_console (PcLabConsoleLog *self,
                                            PcConsole       *console);
/* Adds what is new.  Returns what was said by others, and what there is to say
 * about it, in one text for who does not see it; NULL when nothing came.
 * Transfer full. */
char       *pc_lab_console_log_update (PcLabConsoleLog *self);
/* Whether passwords are shown as they were typed. */
void        pc_lab_console_log_set_reveal (PcLabConsoleLog *self,
                                           gboolean         reveal);
/* Rows that there are. */
guint       pc_lab_console_log_get_n (PcLabConsoleLog *self);

G_END_DECLS
