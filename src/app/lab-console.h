/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/lab-stage.h"

#include "run/console.h"

G_BEGIN_DECLS

/* The console: one types what a client says to a server of ours, or what a
 * server says to a client of ours, and the wire shows what comes of it. */

#define PC_TYPE_LAB_CONSOLE (pc_lab_console_get_type ())
G_DECLARE_FINAL_TYPE (PcLabConsole, pc_lab_console, PC, LAB_CONSOLE, GtkWidget)

/* Once: where the step that is shown is explained, and whether passwords are
 * shown.  Not owned; NULL at the end. */
void                pc_lab_console_set_inspector (PcLabConsole *self,
                                                  PcInspector  *inspector);
PcLabStage         *pc_lab_console_get_stage (PcLabConsole *self);
/* "console-new", "console-connect", "console-close", "console-cut",
 * "console-hint", "console-save", "console-save-to" (ay, a path),
 * "console-run", "console-tags" (b), "console-setup" (sss: a protocol, "client"
 * or "server", "none", "starttls" or "tls").  Owned by the page. */
GSimpleActionGroup *pc_lab_console_get_actions (PcLabConsole *self);
/* A new session; what was typed in the old one is gone. */
void                pc_lab_console_begin (PcLabConsole *self);
/* NULL before the first session. */
PcConsole          *pc_lab_console_get_console (PcLabConsole *self);
/* Puts it on the wire, as Enter does.  FALSE when it stays in the line: not
 * now, or too long. */
gboolean            pc_lab_console_send (PcLabConsole *self,
                                         const char   *text);

G_END_DECLS
