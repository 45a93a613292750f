/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scenario/scenario.h"

G_BEGIN_DECLS

/* An exchange with its fault becomes a scenario in a file. */

/* Asks where to, over the window of @owner. */
void pc_lab_fault_file_ask (GtkWidget  *owner,
                            PcScenario *scenario,
                            const char *spec);
/* Writes it, in a thread; a toast of that window tells how it went. */
void pc_lab_fault_file_save (GtkWidget  *owner,
                             PcScenario *scenario,
                             const char *spec,
                             GFile      *file);

G_END_DECLS
