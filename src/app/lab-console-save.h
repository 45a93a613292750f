/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/console.h"

G_BEGIN_DECLS

/* A console's session as a scenario: into a file, or onto the page of
 * exchanges.  A toast in the window of @owner tells how it went. */

/* Into @file, in a thread; its name becomes title and id. */
void pc_lab_console_save_to (GtkWidget *owner,
                             PcConsole *console,
                             GFile     *file);
/* Asks where to; @saved is called with the file, as long as @owner lives. */
typedef void (*PcLabConsoleFile) (gpointer owner,
                                  GFile   *file);
void pc_lab_console_ask_file (GtkWidget       *owner,
                              PcLabConsoleFile chosen);
/* Runs it where one watches. */
void pc_lab_console_run (GtkWidget *owner,
                         PcConsole *console);

G_END_DECLS
