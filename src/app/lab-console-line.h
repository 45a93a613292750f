/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/console.h"

G_BEGIN_DECLS

/* Where one types into a console.  Enter sends; as a server Shift+Enter begins
 * another line of the reply.  Up and Down bring lines back that were sent, Tab
 * completes (once: where it has nothing to add it goes on), Ctrl+Space lists
 * what fits.  Signal "send" with the text; "typed" when it is another one. */

#define PC_TYPE_LAB_CONSOLE_LINE (pc_lab_console_line_get_type ())
G_DECLARE_FINAL_TYPE (PcLabConsoleLine, pc_lab_console_line, PC,
                      LAB_CONSOLE_LINE, GtkWidget)

/* @console is not owned; NULL for none. */
void  pc_lab_console_line_set_console (PcLabConsoleLine *self,
                                       PcConsole        *console);
/* Transfer full. */
char *pc_lab_console_line_get_text (PcLabConsoleLine *self);
/* The cursor goes to the end. */
void  pc_lab_console_line_set_text (PcLabConsoleLine *self,
                                    const char       *text);
/* What came last, for who does not see it: it is read with the line. */
void  pc_lab_console_line_tell (PcLabConsoleLine *self,
                                const char       *news);
/* The first completion.  FALSE when there is nothing to add. */
gboolean pc_lab_console_line_complete (PcLabConsoleLine *self);

G_END_DECLS
