/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/console.h"

G_BEGIN_DECLS

/* Where a console's conversation stands, and what can be said there.  Signal
 * "chosen" with what a line begins with (a string). */

#define PC_TYPE_LAB_CONSOLE_GUIDE (pc_lab_console_guide_get_type ())
G_DECLARE_FINAL_TYPE (PcLabConsoleGuide, pc_lab_console_guide, PC,
                      LAB_CONSOLE_GUIDE, GtkWidget)

/* Reads it anew.  @console is not kept. */
void pc_lab_console_guide_show (PcLabConsoleGuide *self,
                                PcConsole         *console);

G_END_DECLS
